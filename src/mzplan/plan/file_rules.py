"""The rules about a plan file as a file: its bytes, its YAML, its keys and what these may hold (MZ70x, MZ71x).

The examples are run by the suite as those of `rules` are.
"""

from mzplan.diagnostics import Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

UNREADABLE = Rule(
    "MZ701",
    "plan-unreadable",
    ERROR,
    "计划文件打不开",
    what="给出的路径不存在、不是普通文件，或没有读取权限。",
    why="没有计划就无从核对数据。",
    mend="检查路径；计划通常在 plan/ 下，文件名是年份，如 plan/2023.yaml。",
)
TOO_LARGE = Rule(
    "MZ702",
    "plan-too-large",
    ERROR,
    "计划文件过大或嵌套过深",
    what="计划文件超过8 MiB、分解表超过64 MiB、嵌套超过32层，或内容超过100万项。",
    why="正常的年度计划只有几十KB、十层以内；远超此数的文件多半是误传，或是有意耗尽内存。",
    mend="确认给的是计划文件；若确有这么多内容，分成几个计划。",
)
NOT_A_PLAN = "确认给的是计划文件"
"""What to do about a file that is too large for a plan."""
NOT_UTF8 = Rule(
    "MZ703",
    "plan-encoding",
    ERROR,
    "计划文件不是UTF-8编码",
    what="计划文件必须是UTF-8（开头可有一个BOM）；分解表也可以是UTF-16（开头有BOM）或GB18030。",
    why="GBK、UTF-16按别的编码读会变成乱码，而且有时没有人发现。",
    mend="用编辑器“另存为”，编码选UTF-8；表格软件里选“CSV UTF-8”。",
)
SYNTAX = Rule(
    "MZ704",
    "yaml-syntax",
    ERROR,
    "YAML语法错误",
    what="文件在此处不符合YAML语法，后面的内容无法读取。",
    why="语法不通就无法知道写的是什么，不能猜。",
    mend="看本行和上一行：缩进是否对齐（只能用空格），冒号后是否有空格，引号、括号是否成对；含“: ”或“ #”的文字加引号。",
    bad="title: 要点: 2023年\n",
    good='title: "要点: 2023年"\n',
)
NOT_A_MAPPING = Rule(
    "MZ705",
    "plan-not-a-mapping",
    ERROR,
    "不是一份计划",
    what="计划文件应是一个由“键: 值”组成的文档；空文件、只有注释、只有一个列表、或用“---”分成几份都不行。",
    why="一个文件说一份计划，才知道数据对照的是哪一份。",
    mend="从 title: 写起；多份计划分成多个文件。",
    bad="---\n- 甲\n- 乙\n",
    good="title: 甲\n",
)
SHORTHAND = Rule(
    "MZ706",
    "yaml-shorthand",
    ERROR,
    "用了锚点、引用、合并键或类型标签",
    what="计划文件不接受 &名、*名、<< 和 !标签。",
    why="它们可以让几百字节展开成几个GB，也让人看不出某一行到底写了什么。",
    mend="把内容直接写出来；多数键有默认值，不必重复。",
    bad="title: &t 要点\ncity: *t\n",
    good="title: 要点\ncity: 要点\n",
)
REPEATED_KEY = Rule(
    "MZ707",
    "repeated-key",
    ERROR,
    "同一个键写了两次",
    what="同一层里一个键只能出现一次。",
    why="YAML通常悄悄取后一个，前一个就白写了，没有人会发现。",
    mend="删去其中一个。",
    bad="year: 2023\nyear: 2024\n",
    good="year: 2023\n",
)
HIDDEN = Rule(
    "MZ708",
    "hidden-character",
    ERROR,
    "含有看不见的字符",
    what="文字里有控制字符、零宽字符、方向控制符、换行或乱码替换符。",
    why="看上去一样的两个名称其实不同，对不上数据；方向控制符还能让人看到的与实际的不一样。",
    mend="删去该字符重新输入；从网页复制的文字容易带上零宽字符。多行文字用 > 折行或写在一行里。",
    bad='title: "要\\u200b点"\n',
    good='title: "要点"\n',
)
SAME_YEAR = Rule(
    "MZ709",
    "two-plans-of-one-year",
    ERROR,
    "一年有两份计划",
    what="plan/ 里有两份计划的 year 相同。",
    why="不知道数据对照的是哪一份；把上年的计划复制过来、忘了改 year，上年的数就全变了。",
    mend="改正 year，或只留一份；也可以用 --plan 指定。",
)
UNKNOWN_KEY = Rule(
    "MZ711",
    "unknown-key",
    ERROR,
    "不认识的键",
    what="这一层没有这个键。",
    why="写错的键若被忽略，它后面的内容就等于没写，还以为写了。",
    mend="照提示改成正确的键；所有键见 mzplan help plan 或 mzplan plan schema。",
    bad="publishers: 民政局\n",
    good="publisher: 民政局\n",
)
MISSING_KEY = Rule(
    "MZ712",
    "missing-key",
    ERROR,
    "缺少必填的键",
    what="这一层必须有的键没有写。",
    why="缺了它，指标就不知道叫什么、算什么、由谁报。",
    mend="补上提示的键。",
    bad="- id: T09-01\n  name: 甲\n  kind: count\n  target: {at_least: 10}\n  source: 甲\n",
    good="- id: T09-01\n  name: 甲\n  kind: count\n  unit: 个\n  target: {at_least: 10}\n  source: 甲\n",
)
KEY_OF_OTHER_KIND = Rule(
    "MZ713",
    "key-of-other-kind",
    ERROR,
    "这类指标不用这个键",
    what="键本身是有的，但不用于这一类（kind）指标：如目标不是增长率（growth）的累计量没有基期值，里程碑没有目标值。",
    why="多半是 kind 写错了，或把别的指标的键抄了过来。",
    mend="删去这个键，或改正 kind。",
    bad="- {id: T09-01, name: 甲, kind: count, unit: 个, target: {at_least: 10}, baseline: 5, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: stock, unit: 个, target: {at_least: 10}, baseline: 5, source: 甲}\n",
)
WRONG_TYPE = Rule(
    "MZ714",
    "wrong-type",
    ERROR,
    "值的写法不对",
    what="这里应是另一种写法：文字、数、列表或映射。",
    why='YAML里 330702 是数，"330702" 是文字；1,000、12:30、010 都不是数。',
    mend="照提示改写；代码、日期加引号，数只写数字和小数点，列表写成 [甲, 乙]。",
    bad="year: 二〇二三\n",
    good="year: 2023\n",
)
NOT_ALLOWED = Rule(
    "MZ715",
    "value-not-allowed",
    ERROR,
    "值不在允许的范围",
    what="值的类型对，但不是可选的几个之一、超出范围，或格式不合。",
    why="超出范围的值算出来没有意义。",
    mend="照提示改成允许的值。",
    bad="report_day: 31\n",
    good="report_day: 10\n",
)
YEAR_DISAGREES = Rule(
    "MZ716",
    "year-disagrees",
    ERROR,
    "year 与各处的月份不一致",
    what="印发日期、期限、进度点、目标调整的月份多数在另一年。",
    why="多半是复制了上年的计划，只改了 year 或只改了月份。",
    mend="改正 year，或把各处的月份都改成这一年。",
    bad="- {id: T09-01, name: 甲, kind: milestone, due: 2022-06, source: 甲}\n"
    "- {id: T09-02, name: 乙, kind: milestone, due: 2022-09, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, due: 2023-06, source: 甲}\n"
    "- {id: T09-02, name: 乙, kind: milestone, due: 2023-09, source: 甲}\n",
)
ISSUED_ANOTHER_YEAR = Rule(
    "MZ717",
    "issued-another-year",
    WARNING,
    "印发日期不像是这一年的计划",
    what="issued 既不在计划年度，也不在上一年的第四季度。",
    why="年度计划在当年或上年年底印发；多半是 issued 或 year 忘了改。",
    mend="核对 issued 和 year。",
    bad="issued: 2022-03-01\n",
    good="issued: 2022-12-30\n",
)
UNFINISHED = Rule(
    "MZ718",
    "plan-unfinished",
    WARNING,
    "还有没改的地方",
    what="一处文字以“【待改】”开头：mzplan init 写的样例，或从上年计划带过来的原话、出处。",
    why="没改的原话是样例或上年文件里的，explain 会照样引用。",
    mend="照今年的文件改好，删去“【待改】”。",
    bad="- {id: T09-01, name: 甲, kind: milestone, source: 【待改】修订办法}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, source: 修订实施办法}\n",
)
