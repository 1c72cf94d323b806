"""English for the rules about a plan's file."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "计划文件打不开": "Plan file cannot be opened",
        "计划文件过大或嵌套过深": "Plan file is too large or too deep",
        "计划文件不是UTF-8编码": "Plan file is not UTF-8",
        "YAML语法错误": "YAML syntax error",
        "不是一份计划": "Not a plan",
        "用了锚点、引用、合并键或类型标签": "Anchor, alias, merge key or tag",
        "同一个键写了两次": "Key written twice",
        "含有看不见的字符": "Hidden character",
        "一年有两份计划": "Two plans of one year",
        "不认识的键": "Unknown key",
        "缺少必填的键": "Missing key",
        "这类指标不用这个键": "Key of another kind of indicator",
        "值的写法不对": "Wrong type of value",
        "值不在允许的范围": "Value not allowed",
        "year 与各处的月份不一致": "Year disagrees with the months",
        "印发日期不像是这一年的计划": "Date of issue does not fit the year",
        "还有没改的地方": "Text still to be written",
        "给出的路径不存在、不是普通文件，或没有读取权限。": (
            "The path does not exist, is no regular file, or may not be read."
        ),
        "没有计划就无从核对数据。": "Without a plan no data can be checked.",
        "检查路径；计划通常在 plan/ 下，文件名是年份，如 plan/2023.yaml。": (
            "Check the path; plans stand in plan/, named by year: plan/2023.yaml."
        ),
        "计划文件超过8 MiB、分解表超过64 MiB、嵌套超过32层，或内容超过100万项。": (
            "The plan file exceeds 8 MiB, the breakdown 64 MiB, the nesting 32 levels, or the content a million items."
        ),
        "正常的年度计划只有几十KB、十层以内；远超此数的文件多半是误传，或是有意耗尽内存。": (
            "A year's plan has some dozen KB and fewer than ten levels; far more is another file, or meant to "
            "exhaust memory."
        ),
        "确认给的是计划文件；若确有这么多内容，分成几个计划。": (
            "Make sure that it is the plan file; if there is that much, make several plans of it."
        ),
        "计划文件必须是UTF-8（开头可有一个BOM）；分解表也可以是UTF-16（开头有BOM）或GB18030。": (
            "A plan file is UTF-8, with or without a BOM; a breakdown may also be UTF-16 with a BOM, or GB18030."
        ),
        "GBK、UTF-16按别的编码读会变成乱码，而且有时没有人发现。": (
            "Read in another encoding, GBK and UTF-16 turn into rubbish, and sometimes nobody notices."
        ),
        "用编辑器“另存为”，编码选UTF-8；表格软件里选“CSV UTF-8”。": (
            "Save as UTF-8 in the editor, as “CSV UTF-8” in the spreadsheet."
        ),
        "文件在此处不符合YAML语法，后面的内容无法读取。": (
            "The file is no YAML here, and nothing behind it can be read."
        ),
        "语法不通就无法知道写的是什么，不能猜。": (
            "Without syntax nobody knows what is written, and nothing is guessed."
        ),
        (
            "看本行和上一行：缩进是否对齐（只能用空格），冒号后是否有空格，引号、括号是否成对；含“: ”或“ #”的文字加"
            "引号。"
        ): (
            "Look at this line and the one above: indentation (blanks only), a blank behind colons, quotes and "
            "brackets in pairs; quote texts with “: ” or “ #”."
        ),
        "计划文件应是一个由“键: 值”组成的文档；空文件、只有注释、只有一个列表、或用“---”分成几份都不行。": (
            "A plan file is one document of “key: value” pairs: not empty, not only comments or a list, not several "
            "documents divided by “---”."
        ),
        "一个文件说一份计划，才知道数据对照的是哪一份。": (
            "One file is one plan, so that it is clear which one data are held against."
        ),
        "从 title: 写起；多份计划分成多个文件。": "Begin with title: and put several plans into several files.",
        "计划文件不接受 &名、*名、<< 和 !标签。": "A plan file takes no &name, *name, << or !tag.",
        "它们可以让几百字节展开成几个GB，也让人看不出某一行到底写了什么。": (
            "They can make gigabytes of some hundred bytes, and hide what a line really says."
        ),
        "把内容直接写出来；多数键有默认值，不必重复。": (
            "Write the content itself; most keys have a default and need not be repeated."
        ),
        "同一层里一个键只能出现一次。": "A key may stand once on each level.",
        "YAML通常悄悄取后一个，前一个就白写了，没有人会发现。": (
            "YAML silently takes the second: what the first says is lost, and nobody notices."
        ),
        "删去其中一个。": "Remove one of the two.",
        "文字里有控制字符、零宽字符、方向控制符、换行或乱码替换符。": (
            "A text has a control character, a zero-width character, a direction mark, a line break or a "
            "replacement character."
        ),
        "看上去一样的两个名称其实不同，对不上数据；方向控制符还能让人看到的与实际的不一样。": (
            "Two names that look alike differ and match no data; direction marks show something else than there is."
        ),
        "删去该字符重新输入；从网页复制的文字容易带上零宽字符。多行文字用 > 折行或写在一行里。": (
            "Delete the character and type the text again; text copied from web pages brings zero-width ones. Fold "
            "longer texts with >, or write them on one line."
        ),
        "plan/ 里有两份计划的 year 相同。": "Two plans in plan/ have the same year.",
        "不知道数据对照的是哪一份；把上年的计划复制过来、忘了改 year，上年的数就全变了。": (
            "It is open which one data are held against; with last year's copied and its year forgotten, last "
            "year's figures would change."
        ),
        "改正 year，或只留一份；也可以用 --plan 指定。": "Correct year, or keep one of them; --plan names one, too.",
        "这一层没有这个键。": "There is no such key on this level.",
        "写错的键若被忽略，它后面的内容就等于没写，还以为写了。": (
            "If a mistyped key were ignored, what stands under it would seem to be said and would not be."
        ),
        "照提示改成正确的键；所有键见 mzplan help plan 或 mzplan plan schema。": (
            "Write the key that the hint names; all keys: mzplan help plan or mzplan plan schema."
        ),
        "这一层必须有的键没有写。": "A key that must stand on this level is missing.",
        "缺了它，指标就不知道叫什么、算什么、由谁报。": (
            "Without it an indicator has no name, no meaning, or nobody who reports it."
        ),
        "补上提示的键。": "Add the key that the hint names.",
        "键本身是有的，但不用于这一类（kind）指标：如目标不是增长率（growth）的累计量没有基期值，里程碑没有目标值。": (
            "The key exists, but not for this kind of indicator: a count has no baseline unless its target is a growth, a milestone no target."
        ),
        "多半是 kind 写错了，或把别的指标的键抄了过来。": (
            "Most likely kind is wrong, or the key was copied from another indicator."
        ),
        "删去这个键，或改正 kind。": "Remove the key, or correct kind.",
        "这里应是另一种写法：文字、数、列表或映射。": (
            "Something else belongs here: a text, a number, a list or a mapping."
        ),
        'YAML里 330702 是数，"330702" 是文字；1,000、12:30、010 都不是数。': (
            'In YAML 330702 is a number and "330702" a text; 1,000, 12:30 and 010 are no numbers.'
        ),
        "照提示改写；代码、日期加引号，数只写数字和小数点，列表写成 [甲, 乙]。": (
            "Rewrite it as the hint says: codes and dates in quotes, numbers as digits and a point, lists as [a, b]."
        ),
        "值的类型对，但不是可选的几个之一、超出范围，或格式不合。": (
            "The type is right, but the value is none of those allowed, out of range, or in another form."
        ),
        "超出范围的值算出来没有意义。": "Out of range, a value means nothing.",
        "照提示改成允许的值。": "Write a value that the hint allows.",
        "印发日期、期限、进度点、目标调整的月份多数在另一年。": (
            "Most months of issue, due dates, points and revisions are of another year."
        ),
        "多半是复制了上年的计划，只改了 year 或只改了月份。": (
            "Most likely last year's plan was copied, and only year or only the months were changed."
        ),
        "改正 year，或把各处的月份都改成这一年。": "Correct year, or move all the months into it.",
        "issued 既不在计划年度，也不在上一年的第四季度。": (
            "issued is neither in the plan's year nor in the last quarter before it."
        ),
        "年度计划在当年或上年年底印发；多半是 issued 或 year 忘了改。": (
            "A year's plan is issued in that year or late in the one before; most likely issued or year was not "
            "changed."
        ),
        "核对 issued 和 year。": "Check issued and year.",
        "一处文字以“【待改】”开头：mzplan init 写的样例，或从上年计划带过来的原话、出处。": (
            "A text opens with “【待改】” (to be edited): a sample by mzplan init, or a quote or source taken over from last year's "
            "plan."
        ),
        "没改的原话是样例或上年文件里的，explain 会照样引用。": (
            "What was not changed is a sample or from last year's document, and explain would quote it."
        ),
        "照今年的文件改好，删去“【待改】”。": "Write it as this year's document has it, and delete “【待改】” (to be edited).",
    }
)
