"""English for what is said of a plan's file, its keys, and the names in it."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "{fact}（另有 {count} 行同样）": "{fact} (and {count:more row|more rows} likewise)",
        "是不是 {meant}？": "did you mean “{meant}”?",
        "，单位是{unit}": ", in {unit}",
        "{word}（{chinese}）": "{word} ({chinese})",
        "计划有 {count} 处错误，改正后再运行：": "{count:error|errors} in the plan, to be corrected first:",
        "…还有 {count} 处，用 mzplan plan check 查看全部": "… and {count} more; mzplan plan check shows all",
        "{location}: {code} {severity}：{message}；{hint}": "{location}: {code} {severity}: {message}; {hint}",
        "检查路径": "check the path",
        "检查文件权限": "check the permissions of the file",
        "关掉它再试": "close it and try again",
        "确认给的是计划文件": "make sure that it is the plan file",
        "{reason}": "{reason}",
        "检查磁盘和网络": "check the disk and the network",
        "给出文件本身的路径": "give the path of the file itself",
        "是否要写 {name}？": "Did you mean {name}?",
        "是否要写“{name}”？": "Did you mean “{name}”?",
        "{city} 不是填报单位，是各单位合起来的全市。": "{city} is the whole city, not a reporting unit.",
        "没有{what} {text}。{hint}": "{what} {text} is not known. {hint}",
        "可用的有：{names}。": "There are: {names}.",
        "{text} 可以指多个{what}：{names}。请写全。": "{what} {text} may mean several: {names}. Write it in full.",
        "{names} 等": "{names} and others",
        "指标见 mzplan plan。": "mzplan plan lists the indicators.",
        "{folder} 里没有计划文件(*.yaml)。请用 --plan 指定计划文件。": (
            "{folder} has no plan file (*.yaml). Name one with --plan."
        ),
        "{folder} 里没有 {year} 年的计划，只有 {years}。": "{folder} has no plan of {year}, only of {years}.",
        "{folder} 里有几份计划，都读不出年份（year: 2023 这样的一行）。请用 --plan 指定计划文件。": (
            "{folder} has several plans, and no year can be read of any (a line such as year: 2023). Name one with "
            "--plan."
        ),
        "计划用 {path}（{year}年）；{folder} 里还有 {others}。": (
            "Using the plan {path} ({year}); {folder} also has {others}."
        ),
        "用的是随程序附带的《{title}》（{publisher}）；自己的计划用 --plan 指定。": (
            "Using the plan that comes with the program, {title} ({publisher}); name your own with --plan."
        ),
        "{name}（{year}年）": "{name} ({year})",
        "{name}（读不出年份）": "{name} (year cannot be read)",
        "{year} 年的计划有两份，另一份是 {other}": "There are two plans of {year}; the other is {other}",
        "只留一份，或用 --plan 指定；草稿放在别的文件夹里": (
            "keep one, or name it with --plan; put drafts into another folder"
        ),
        "分解表没有核对：计划里的指标、单位或年份还不对": (
            "The breakdown was not checked: indicators, units or the year of the plan are not right yet"
        ),
        "先改正计划文件，再核对分解表": "correct the plan file first, then check the breakdown",
        "{key} 还没有改：{text}": "{key} is still to be written: “{text}”",
        "照今年的文件写，删去“【待改】”": "write it as this year's document has it, and delete “【待改】” (to be edited)",
        "文件有 {size} 字节，上限是 {limit} 字节": "The file has {size} bytes, the limit is {limit}",
        "嵌套超过 {limit} 层": "Nested deeper than {limit:level|levels}",
        "检查此处的括号和缩进": "check brackets and indentation here",
        "内容超过 {limit} 项": "More than {limit:item|items}",
        "文件是 {encoding} 编码": "The file is encoded as {encoding}",
        "用编辑器“另存为”，编码选 UTF-8": "save it as UTF-8 in the editor",
        "第一个不是 UTF-8 的字节是 0x{byte:02x}": "The first byte that is not UTF-8 is 0x{byte:02x}",
        "文件可能是 GBK 编码：用编辑器“另存为”，编码选 UTF-8": "it may be GBK: save it as UTF-8 in the editor",
        "文件里没有内容（空文件或只有注释）": "The file is empty, or has comments only",
        "从 title: 写起": "begin with title:",
        "整个文件是一个列表，应由“键: 值”组成": "The whole file is a list, not “key: value” pairs",
        "去掉行首的“- ”，从 title: 写起": "remove the “- ” in front of the lines and begin with title:",
        "整个文件只是一段文字，应由“键: 值”组成": "The whole file is a text, not “key: value” pairs",
        "从 title: 写起，冒号后留一个空格": "begin with title: and a blank behind the colon",
        "文件里有不止一份文档（第 {first} 行已有一份）": (
            "There is more than one document in the file (the first on line {first})"
        ),
        "去掉这里的“---”，或分成两个文件": "remove this “---”, or make two files of it",
        "不接受锚点 &{name}": "Anchors are not taken: &{name}",
        "去掉 &{name}，内容照写": "remove &{name} and keep the content",
        "不接受引用 *{name}": "Aliases are not taken: *{name}",
        "把 {name} 所指的内容直接写在这里": "write here what {name} stands for",
        "不接受类型标签 {name}": "Tags are not taken: {name}",
        "去掉标签；要当文字就加引号": "remove the tag; quote it if it is text",
        "不接受合并键 <<": "Merge keys are not taken: <<",
        "把要合并的各键直接写在这里": "write the keys themselves here",
        "键必须是一个词，不能是列表或映射": "A key is a word, no list or mapping",
        "键写成“名称:”，值写在后面": "write the key as “name:” and the value behind it",
        "键 {name} 重复，第 {first} 行已经写过": "Key {name} is there twice; the first is on line {first}",
        "删去其中一个": "remove one of the two",
        "有看不见的字符 U+{code:04X}（{what}）": "Hidden character U+{code:04X} ({what})",
        "删去该字符重新输入": "delete the character and type the text again",
        "缩进只用空格，冒号后留一个空格，引号和括号要成对": (
            "indent with blanks only, put a blank behind colons, close quotes and brackets"
        ),
        "文字里有换行": "Line break in a text",
        "写成一行，或用 > 折行": "write it on one line, or fold it with >",
        "软连字符": "soft hyphen",
        "零宽空格": "zero-width space",
        "零宽非连接符": "zero-width non-joiner",
        "零宽连接符": "zero-width joiner",
        "零宽空格（多余的BOM）": "zero-width no-break space, a stray BOM",
        "乱码替换符，原来的字已丢失": "replacement character: the original is lost",
        "控制字符": "control character",
        "格式或方向控制符": "format or direction mark",
        "不成对的代理字符": "lone surrogate",
        "变体选择符": "variation selector",
        "行分隔符": "line separator",
        "段分隔符": "paragraph separator",
        "看不见的字符": "hidden character",
        "引号在这里打开，没有结束：本行少了收尾的引号，或引号里又有同样的引号": (
            "A quote opens here and does not end: the line lacks its closing one, or has the same one inside"
        ),
        "{bracket} 在这里打开，读到第 {line} 行还没有结束：少了收尾的括号，或各项之间缺少逗号（要用半角 , ）": (
            "{bracket} opens here and is not closed by line {line}: the closing one is missing, or a comma between "
            "members (a half-width , )"
        ),
        "这里是全角的 {sign}：YAML 只认半角的 {half}": "Full-width “{sign}”: YAML knows only “{half}”",
        "“: ”（后面留空格）": "“: ” (a blank behind it)",
        "“, ”（后面留空格）": "“, ” (a blank behind it)",
        "这里不该有冒号：本行与上一行的缩进没有对齐，或文字里的“: ”没有加引号": (
            "No colon belongs here: the line is not indented as the one above, or a text with “: ” is not quoted"
        ),
        "冒号后面没有空格，或文字里的冒号没有加引号": "No blank behind a colon, or a text with a colon is not quoted",
        "这一项缺少冒号，或冒号后没有空格": "The entry has no colon, or no blank behind it",
        "列表项没有对齐：同一列表的“- ”要在同一列": (
            "Members of a list are not aligned: each “- ” of a list stands in the same column"
        ),
        "本行比同一项的其他键少缩进 {count} 格：同一项的键要在同一列": (
            "This line stands {count:blank|blanks} left of the other keys of its member: they stand in one column"
        ),
        "这里应是一个“键: 值”：检查本行缩进，以及引号后面是否还有别的字": (
            "A “key: value” belongs here: check the indentation, and whether something follows a closing quote"
        ),
        "这里的缩进或引号不对：检查本行缩进，以及引号后面是否还有别的字": (
            "Wrong indentation or quotes: check the indentation, and whether something follows a closing quote"
        ),
        "方括号 [ ] 没有成对，或各项之间缺少逗号（要用半角 , ）": (
            "[ ] do not pair, or a comma is missing between members (a half-width , )"
        ),
        "花括号 { } 没有成对，或各项之间缺少逗号（要用半角 , ）": (
            "{ } do not pair, or a comma is missing between members (a half-width , )"
        ),
        "这个字符不能开头（制表符、@、%、` 等）：缩进用空格，文字加引号": (
            "Nothing may begin with this character (tab, @, %, ` …): indent with blanks, quote texts"
        ),
        "双引号里的 \\ 转义写错了；不需要转义就用单引号": (
            "Wrong \\ escape within double quotes; single quotes need none"
        ),
        "缩进里有制表符，只能用空格": "Tab in the indentation: blanks only",
        "不接受类型标签": "Tags are not taken",
        "| 或 > 后面只能换行，正文从下一行缩进写起": (
            "Only a line break may follow | or >: the text begins on the next line, indented"
        ),
        "文字以 & 开头时要加引号；不接受锚点": "Quote a text that opens with &; anchors are not taken",
        "文字以 * 开头时要加引号；不接受引用": "Quote a text that opens with *; aliases are not taken",
        "不接受以 % 开头的指令": "Directives with % are not taken",
        "顶格的内容不完整：上面某一行缩进不对，或括号多了一个": (
            "What is not indented is incomplete: a line above is indented wrongly, or there is a bracket too many"
        ),
        "读不懂（{problem}）": "Cannot be understood ({problem})",
        "，数量写 {year}-06: {{value: 350}}": ", an amount as {year}-06: {{value: 350}}",
        '用两个以上数字或大写字母，例如 "330702"': 'two or more digits or capitals, for example "330702"',
        "写成 {day} 这样的日期": "write a date such as {day}",
        "权重的名称用小写字母、数字和下划线，例如 townships": (
            "name a weight with small letters, digits and underscores, for example townships"
        ),
        "用小写字母、数字和连字符，例如 own-2023": "small letters, digits and hyphens, for example own-2023",
        "权重的名称用小写字母、数字和下划线，例如 townships；均分写 equal": (
            "name a weight with small letters, digits and underscores, for example townships; equal for equal parts"
        ),
        "写成 {year}-06 这样的月份": "write a month such as {year}-06",
        "进度点的月份写成 {year}-06: 50": "write a point as {year}-06: 50",
        "{inside}缺少必填的键 {key}": "{inside}required key {key} is missing",
        "补上 {key}": "add {key}",
        "{inside}没有 {key} 这个键": "{inside}there is no key {key}",
        "补上 {key}，可选：{expected}": "add {key}, one of: {expected}",
        "可用的键：{keys}": "keys: {keys}",
        "{key} 应是文字，写的是{given}": "{key} should be text, not {given}",
        "写成一段文字": "write a text",
        "{key} 是空的": "{key} is empty",
        "写上内容，或删去这一行": "write something, or remove the line",
        "{key} 太长，最多 {max_length} 个字": "{key} is too long: {max_length} characters at most",
        "写短一些；说明放在 note": "shorten it; explanations go into note",
        "{key} 的格式不对：{given}": "{key} is not written as it should be: {given}",
        "{key} 里没有这个月：{given}": "{key} has a month that there is not: {given}",
        "{key} 前后有空格": "Blanks around {key}",
        "{key} 里有 |：{given}": "{key} has a |: {given}",
        "名称里不写 |；分一个、几个的是 words_en 里的量词": (
            "leave the | out of names; a word for one and for many is a measure of words_en"
        ),
        "{key} 有多余的 |：{given}": "{key} has a | too many: {given}",
        "写成 bed|beds：一个怎么说、几个怎么说": "write it as bed|beds: the word for one, then that for many",
        "删去引号里前后的空格": "remove the blanks within the quotes",
        "{key} 以 {first} 开头，表格软件会当成公式": (
            "{key} opens with {first}: a spreadsheet would take it for a formula"
        ),
        "去掉开头的 {first}": "remove the {first} in front",
        "{key} 不是日历上的一天：{given}": "{key} is no day of the calendar: {given}",
        "{key} 应是数，写的是{given}": "{key} should be a number, not {given}",
        "只写数字和小数点，不加引号、逗号、%和单位": "digits and a point only, without quotes, commas, % or units",
        "{key} 位数太多：{given}": "{key} has too many digits: {given}",
        "小数点前最多12位，后最多6位；数太大就换计量单位": (
            "at most 12 digits before the point and 6 behind it; for more, change the unit of measure"
        ),
        "{key} 应是整数，写的是{given}": "{key} should be a whole number, not {given}",
        "只写数字，不加引号": "digits only, without quotes",
        "只写数字，不加引号；不升级的写 0": "digits only, without quotes; 0 for never",
        "{key} 写在 {holders} 下面；这里可用的键：{keys}": "{key} stands under {holders}; keys here: {keys}",
        "没有的，删去 {key}": "where there is none, take {key} out",
        "写成 {key}: {meant}": "write “{key}: {meant}”",
        "写成 {{{required}}}，或每个键一行、缩进两格": "write {{{required}}}, or a key a line, indented by two",
        "每项一行，写成 - {{{required}}}": "a member a line, as - {{{required}}}",
        "{key}: 值": "{key}: value",
        "键": "key",
        "{key} 应是 true 或 false，写的是{given}": "{key} should be true or false, not {given}",
        "写 true 或 false，不加引号": "write true or false, without quotes",
        "{key} 不能是{given}": "{key} cannot be {given}",
        "可选：{expected}": "choose from: {expected}",
        "{key} 应是列表，写的是{given}": "{key} should be a list, not {given}",
        "写成 [甲, 乙]，或每项一行、以“- ”开头": "write [a, b], or a member a line behind “- ”",
        "{key} 应是“键: 值”，写的是{given}": "{key} should be “key: value”, not {given}",
        "写成 {{键: 值}}，或每个键一行、缩进两格": "write {{key: value}}, or a key a line, indented by two",
        "{key} 至少要有 {min_length} 项": "{key} needs at least {min_length:member|members}",
        "补上内容": "add what is missing",
        "{key} 是{given}，不能小于 {ge}": "{key} is {given}, and may not be less than {ge}",
        "核对这个数": "check the number",
        "{key} 是{given}，要大于 {gt}": "{key} is {given}, and must be more than {gt}",
        "{key} 是{given}，不能大于 {le}": "{key} is {given}, and may not be more than {le}",
        "写填报单位的 id，或 county、zone、bureau，如 [county]": (
            "write ids of reporting units, or county, zone, bureau, such as [county]"
        ),
        "每项以“- ”开头，只有一项的也是": "each member starts with “- ”, a single one as well",
        "{inside}{key} 的冒号后面没有空格": "{inside}{key}: no blank behind its colon",
        "写成“{key}: ”，后面再写值": "write “{key}: ” with its value behind",
        "改成半角的": "write it half-width",
        "{key} 后面没有写值": "{key} has no value",
        "写上值": "write a value",
        "写上值，或删去这一行": "write a value, or remove the line",
        "{inside}的 kind 是 {kind}，不用 {key}": "{inside}kind is {kind}, which has no {key}",
        "删去 {key}，它只用于 {kinds}；或改正 kind": "remove {key}, which is for {kinds} only, or correct kind",
        "是不是 {meant}？可用的键：{keys}": "did you mean {meant}? keys: {keys}",
        "加上引号：{meant}": "put it in quotes: {meant}",
        "写成 {meant}": "write {meant}",
        "可选：{expected}；指定填报单位写成列表：[{word}]，一类单位写成 [county]、[zone]、[bureau]；各单位的数写在计划旁边的 {year}.breakdown.csv 里": "choose from: {expected}; name units in a list: [{word}], kinds of units as [county], [zone], [bureau]; the units' own numbers stand in {year}.breakdown.csv beside the plan",
        "可选：{expected}；指定填报单位要写成列表：[{word}]": "choose from: {expected}; name units in a list: [{word}]",
        "可选：{expected}；或写进度点：{{{year}-06: 50, {year}-12: 100}}{or_value}": (
            "choose from: {expected}; or write points: {{{year}-06: 50, {year}-12: 100}}{or_value}"
        ),
        "{key} 要写方向，写的是{given}": "{key} needs a direction, not {given}",
        "写成 {{at_least: 数}}、{{at_most: 数}}、{{about: 数, tolerance: 百分数}}、{{growth: 百分数}}{or_undefined}": (
            "write {{at_least: number}}, {{at_most: number}}, {{about: number, tolerance: per cent}}, {{growth: per "
            "cent}}{or_undefined}"
        ),
        "写成 {key}: {meant}{in_unit}": "write {key}: {meant}{in_unit}",
        "“键: 值”": "“key: value”",
        "{key} 的第 {number} 项": "member {number} of {key}",
        "列表": "a list",
        " 或 undefined": " or undefined",
        " {value}": "{value}",
        "{name} ": "{name}: ",
        " {name} ": "{name}",
        "{name} {member} ": "{name}, {member}: ",
        "{written}，另写 baseline: 上年的数": "{written}, and baseline: last year's figure beside it",
        "{key} 应是一个月份，写的是{given}": "{key} should be a month, not {given}",
        "{key} 只能是一个月份，写的是{given}": "{key} is one month, not {given}",
        "写全部完成的月份；各月要求多少写成进度点：schedule: {{{year}-06: 50, {year}-12: 100}}": (
            "write the month when all is done; how much is asked for when goes into points: schedule: {{{year}-06: "
            "50, {year}-12: 100}}"
        ),
        "{name} 印发，不像是 {year} 年的计划": "Issued on {name}: hardly the plan of {year}",
        "核对 issued 和 year": "check issued and year",
        "year 是 {year}，印发日期、期限、进度点和目标调整却有 {count} 个月份在 {other} 年": (
            "year is {year}, yet {count:month|months} of issue, due dates, points and revisions are in {other}"
        ),
        "改正 year，或把这些月份改成 {year} 年的": "correct year, or move these months into {year}",
        "{count} 项指标写了 breakdown，却没有分解表 {file}": (
            "{count:indicator has|indicators have} breakdown, and there is no breakdown file {file}"
        ),
        "用 mzplan breakdown --write 生成参考分解": "work reference parts out with mzplan breakdown --write",
        "{what} {name} 重复，第 {line} 行已经有了": "{what} {name} is there twice; the first is on line {line}",
        "改掉其中一个": "change one of the two",
        "指标名称 {name} 与第 {line} 行的 {other} 相同": "Indicator name “{name}” is that of {other} on line {line}",
        "给其中一个加上限定词": "qualify one of the two",
        "{name} 也是 {other}（第 {line} 行）的称呼": "“{name}” also means “{other}” (line {line})",
        "改掉或删去其中一个": "change or remove one of the two",
        "{name} 是全市的称呼，不能又指一个填报单位": "“{name}” means the whole city, and cannot mean a reporting unit",
        "改掉这里，或改 city、publisher": "change it here, or change city or publisher",
        "换一个称呼": "call it otherwise",
        "改正 kind，或换一个 id，如 wucheng": "put the kind right, or choose another id, such as wucheng",
        "指标编码 {name} 不稳妥：{reason}": "Indicator id “{name}” is not safe: {reason}",
        "写成 T05-03 这样：大写字母开头，只用大写字母、数字和连字符": (
            "write it like T05-03: a capital first, then capitals, digits and hyphens"
        ),
        "填报单位 id {name} 不能作文件名：{reason}": "Unit id “{name}” cannot name files: {reason}",
        "用小写字母开头的拼音或英文，如 wucheng": "pinyin or English with a small letter first, such as wucheng",
    }
)
