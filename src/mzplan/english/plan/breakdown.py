"""English for what is said of a breakdown."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "填报单位没有权重 {weight}。可用的权重：{known}。": (
            "No reporting unit has the weight {weight}. Weights: {known}."
        ),
        "{indicator} {name}不是可以分解的全市总量：只有适用范围为全市合计、目标明确的累计量和存量可以分解。": (
            "{indicator} {name} cannot be broken down: only counts and stocks of the whole city with a defined "
            "target can."
        ),
        "{indicator} {name}在计划里没有写分解权重（breakdown），请用 --by 指定，可用的权重：{known}。": (
            "{indicator} {name} has no breakdown weight in the plan. Name one with --by: {known}."
        ),
        "{indicator} {name}的填报单位都没有权重 {weight}，无从分解。": (
            "{indicator} {name} cannot be broken down: no unit that reports it has the weight {weight}."
        ),
        (
            "{indicator} {name}{since}各单位都已正式下达，合计 {official}{unit}，全市目标是 {total}{unit}，请先核对"
            "分解文件。"
        ): (
            "{indicator} {name}{since}: every unit has an official part, together {official} {unit}, and the whole "
            "city's target is {total} {unit}. Check the breakdown file first."
        ),
        "从 {month} 起": " from {month} on",
        (
            "{indicator} {name}{since}正式下达的分解数合计 {official}{unit}，已超过全市目标 {total}{unit}，请先核对"
            "分解文件。"
        ): (
            "{indicator} {name}{since}: the official parts are {official} {unit}, more than the whole city's target "
            "of {total} {unit}. Check the breakdown file first."
        ),
        "{indicator} {name}的目标无法用六位小数写出，不能分解。": (
            "{indicator} {name} cannot be broken down: six decimals do not write its target."
        ),
        "{place}：表头应为 unit,weight，现为 {found}。": "{place}: the header should be unit,weight, not “{found}”.",
        "{place}：没有表头，第一行应为 unit,weight。": "{place}: there is no header; the first line should be unit,weight.",
        "{place}：没有写权重。": "{place}: no weight is given.",
        "{place}：{fact}": "{place}: {fact}",
        "{place}：{name}的权重写了两次。": "{place}: {name} has two weights.",
        "{place}：权重 {found} 不是不小于 0 的数。": "{place}: the weight “{found}” is not a number of 0 or more.",
        "{place}：没有一行权重大于 0。": "{place}: no row has a weight above 0.",
        "单位平均": "equal parts",
        "乡镇街道数": "townships",
        "常住人口": "residents",
        "来源": "source",
        "目标值": "target value",
        "基期值": "baseline",
        "完成时限": "due date",
        "起始月份": "first month",
        "从这一行起引号没有成对，一直到文件末尾": "from this line on a quote has no end",
        "这一行的引号后面还有别的字": "something follows a closing quote on this line",
        "有一格太长": "a cell is too long",
        "编码不是 UTF-8、UTF-16 或 GB18030：第一个读不懂的字节是 {detail}": (
            "Neither UTF-8, UTF-16 nor GB18030: the first byte that cannot be read is {detail}"
        ),
        "用表格软件另存为“CSV UTF-8”": "save it as “CSV UTF-8” in the spreadsheet",
        "编码是 {detail}（繁体中文）": "Encoded as {detail} (traditional Chinese)",
        "这不是 CSV，而是 {detail}": "This is no CSV but {detail}",
        "用表格软件打开，另存为“CSV UTF-8”": "open it in a spreadsheet and save it as “CSV UTF-8”",
        "读不成表格：{detail}": "No table can be read: {detail}",
        "检查双引号是否成对；用表格软件重新另存为“CSV UTF-8”": (
            "check that double quotes pair, and save it again as “CSV UTF-8”"
        ),
        "分解表是空的": "The breakdown is empty",
        "第一行写 {columns}；没有分解就删去这个文件": (
            "write {columns} on its first line; without any parts, remove the file"
        ),
        "表头是 {found}": "The header is “{found}”",
        "应是 {columns}，可加 {optional}（次序不限，也可用中文）": (
            "it should be {columns}, with {optional} if needed (in any order, or in Chinese)"
        ),
        "表头缺 {missing}": "The header lacks {missing}",
        "应有 {columns}，可加 {optional}（次序不限，也可用中文）": (
            "it needs {columns}, with {optional} if needed (in any order, or in Chinese)"
        ),
        "不认识的列 {found}": "Unknown column “{found}”",
        "可以有的列：{columns},{optional}": "columns: {columns},{optional}",
        "{found} 和 {first} 是同一列": "“{found}” and “{first}” are the same column",
        "删去其中一列": "remove one of them",
        "这一行有 {found} 列，表头有 {expected} 列": "{found:column|columns} here, {expected} in the header",
        "文字里有分隔符时整格加双引号": "put a cell with a separator in it into double quotes",
        "：{number}{written}是 {figure}{measure}": ": {number} “{written}” is {figure} {measure}",
        "全市目标是 {known}": "the whole city's target is {known}",
        "计划对每个单位的要求是 {known}": "the plan asks {known} of each unit",
        "{what} 是 {number}，{known}：不像是按“{measure}”写的": (
            "{what} is {number}, {known}: hardly written in “{measure}”"
        ),
        "按“{measure}”写数{meant}": "write it in “{measure}”{meant}",
        "写上内容": "fill it in",
        "{column} 超过 {limit} 个字": "{column} exceeds {limit:character|characters}",
        "写短一些": "shorten it",
        "{column} 里有看不见的字符 {detail}": "Hidden character {detail} in {column}",
        "{column} 以 {detail} 开头，表格软件会当成公式": (
            "{column} opens with {detail}: a spreadsheet would take it for a formula"
        ),
        "去掉开头的 {detail}": "remove the {detail} in front",
        "{column} 不是零或正数：{value}": "{column} is not zero or more: “{value}”",
        "只写数字，小数点后最多6位，不写约数和别的单位": (
            "digits only, six decimals at most, neither about nor other units"
        ),
        "只写数字：{meant}{unit_in}": "digits only: {meant}{unit_in}",
        "basis 不能是 {value}": "basis cannot be “{value}”",
        "正式下达的写 official（正式），测算的写 reference（参考）": (
            "official (“正式”) for what was issued, reference (“参考”) for what was worked out"
        ),
        "{column} 不是 {year} 年的月份：{value}": "{column} is no month of {year}: “{value}”",
        "写成 {example}": "write it as {example}",
        "计划里没有指标 {value}": "The plan has no indicator “{value}”",
        "写计划里的指标编码或名称": "write the id or name of an indicator of the plan",
        "{value} 不是 {indicator} 的名称，计划里是 {name}": "“{value}” is not the name of {indicator}, which is {name}",
        "核对编码和名称，是否错了行": "check id and name: has a row slipped?",
        "计划里没有填报单位 {value}": "The plan has no reporting unit “{value}”",
        "{value} 是合计，不是填报单位": "“{value}” is the total, not a reporting unit",
        "删去这一行，全市的数写在计划里": "remove the row: the city's figure stands in the plan",
        "写 reporting_units 里的 id、名称或别名": "write an id, name or alias from reporting_units",
        "{indicator} 的目标是 undefined，没有数可分解": "The target of {indicator} is undefined: nothing to break down",
        "删去这一行": "remove the row",
        "{unit_name} 不填报 {indicator}，目标不适用于它": (
            "{unit_name} does not report {indicator}, and no target of it holds there"
        ),
        "删去这一行，或在计划里改 reporting": "remove the row, or change reporting in the plan",
        "{indicator} 的目标不适用于 {unit_name}": "The target of {indicator} does not apply to {unit_name}",
        "删去这一行，或在计划里改 applies_to": "remove the row, or change applies_to in the plan",
        "{indicator} 对 {unit_name} 已有一行（第 {line} 行）": (
            "{indicator} has a row for {unit_name} already (line {line})"
        ),
        "删去其中一行；年中调整的，后一行写起始月份（from）": (
            "remove one of them; for a change within the year, write its first month (from)"
        ),
        "{indicator} 是里程碑，目标没有数": "{indicator} is a milestone: its target is no number",
        "target 留空，完成时限写在 due": "leave target empty and write the due date into due",
        "{indicator} 是里程碑，进度是{schedule}，没有什么可分给一个单位": (
            "{indicator} is a milestone with the schedule {schedule}: nothing can be given to a unit"
        ),
        "{indicator} 是里程碑，要写这个单位的完成时限": "{indicator} is a milestone: the unit's due date is needed",
        "在 due 写上月份，或删去这一行": "write a month into due, or remove the row",
        "{indicator} 是逐单位的要求，0 没有意义": "{indicator} is asked of each unit: 0 means nothing",
        "不作要求的单位不写；计划里可改 applies_to": (
            "leave out units that it is not asked of; applies_to can be changed in the plan"
        ),
        "{column} 是 {value}，超过 {limit}：分子是分母的一部分，比率到不了": (
            "{column} is {value}, above {limit}: the numerator is a part of the denominator, and no ratio gets there"
        ),
        "{column} 是 {value}，像是按{words}填的：计划里是 {known}": (
            "{column} is {value}, as if written {words}: the plan has {known}"
        ),
        "按“{measure}”应是 {meant}": "in “{measure}” that is {meant}",
        "{indicator} 是{kind}，不从基期值算起": "{indicator} is a {kind}, which does not start from a baseline",
        "删去 baseline；存量和比率才从基期值算起": "remove baseline; stocks and ratios may start from one",
        "基期值 {value} 不参与计算：{indicator} 的目标是{target}，不从它算起": (
            "The baseline {value} does not count: the target of {indicator} is {target}, which does not start from it"
        ),
        "删去 baseline；从基期值算起的只有 at_least，和比它低的 at_most": (
            "remove baseline; only at_least starts from one, and an at_most below it"
        ),
        "基期值等于目标 {target}：一开始就完成了": "The baseline equals the target {target}: done at the outset",
        "基期值 {value} 已经超过目标 {target}": "The baseline {value} is beyond the target {target} already",
        "{indicator} 从 {start} 起用，完成时限 {end} 已经过了": (
            "{indicator} begins in {start}, after its due date {end}"
        ),
        "改正 from 或 due，写上新的完成时限": "correct from or due, or write a new due date",
        "{unit_name}的期限是 {due}，{indicator} 那个月不报（{every}报送）": (
            "{unit_name} is due in {due}, when {indicator} is not reported (reported {every})"
        ),
        "期限写成应报的月份，或在计划里改 report_every": (
            "make it a month that is reported, or change report_every in the plan"
        ),
        "{indicator} 的进度是{schedule}，不能给一个单位另定时限": (
            "{indicator} has the schedule {schedule}: no unit can have a due date of its own"
        ),
        "删去 due，或在计划里改 schedule": "remove due, or change schedule in the plan",
        "（{units} 空白）": " (blank for {units})",
        "{indicator} 表内{heading}": "{indicator} “{heading}” in the sheet",
        "{unit}原有 {target}": "{unit} has had {target}",
        "写上数；不再分解的写 0 或“—”": "write a number; 0 or “—” for no part any more",
        "写上数；{indicator} 不能从年中起不作要求": "write a number; {indicator} cannot be dropped within the year",
        "看不出哪一行是表头": "No header row was found",
        "这是分解表，不是各单位一列的下达表": "This is a breakdown, no sheet with a column for each unit",
        "不用 --import：并入 plan/ 里的 <计划名>.breakdown.csv": (
            "leave --import out: put its rows into <plan>.breakdown.csv under plan/"
        ),
        "表头一行写各单位，左边一列写指标（或者相反）；名称与计划一致": (
            "units in one row and indicators in the left column, or the other way round, with the names that the plan has"
        ),
        "不认识 {value}，计划里没有这个填报单位": "“{value}”: the plan has no such reporting unit",
        "不认识 {value}，计划里没有这个指标": "“{value}”: the plan has no such indicator",
        "{value} 与前面的 {first} 是同一个": "“{value}” is the same as “{first}” before it",
        "{indicator} 的计量单位是 {measure}，这里写的是 {value}": (
            "{indicator} is measured in “{measure}”, here in “{value}”"
        ),
        "换算成计划的计量单位": "convert to the plan's unit of measure",
        "{name} 表内{heading}是 {value}，各单位之和是 {total}{blank}": (
            "{name}: “{heading}” in the sheet is {value}, the units together have {total}{blank}"
        ),
        "核对下达文件": "check the file issued",
        "{name} 各单位之和是 {total}{blank}，全市目标是 {target}": (
            "{name}: the units together have {total}{blank}, the whole city's target is {target}"
        ),
        "核对下达文件，空白的补上；没有任务的写 0 或“—”": (
            "check the file issued and fill the blanks; 0 or “—” for no task"
        ),
        "{name} {units}，表内空着或没有写数：是不是还照原来的，看不出来": (
            "{name}: {units}, and the sheet has no number there: does the old one still hold?"
        ),
        "{name} 表内{heading}是 {value}，计划里是 {target}": (
            "{name}: “{heading}” in the sheet is {value}, {target} in the plan"
        ),
        "核对下达文件和计划": "check the file issued and the plan",
        "参考分解应正好等于全市目标：用 mzplan breakdown --write 重新测算": (
            "reference parts add up to the whole city's target exactly: work them out again with mzplan breakdown "
            "--write"
        ),
        "全市目标有调整，分解没有跟上：{remedy}": (
            "the whole city's target was revised and the parts were not: {remedy}"
        ),
        "{indicator} {since}各单位合计": "{indicator}{since}: all parts together",
        "核对下达文件；有意加码的可以不管": "check the file issued; ignore this where more is asked on purpose",
        "核对下达文件：各单位都完成了，全市也完不成": (
            "check the file issued: with all units done, the city would not be"
        ),
        "核对下达文件：各单位都没有超过，全市也会超过": (
            "check the file issued: with no unit above its limit, the city would be"
        ),
        "核对下达文件；有意从严的可以不管": "check the file issued; ignore this where it is stricter on purpose",
        "{names}等{count}家": "{names} and others, {count:unit|units}",
        "{indicator} {since}各单位合计 {total}，比全市目标 {target} {how} {gap}": (
            "{indicator}{since}: the parts add up to {total}, {gap} {how} than the whole city's target of {target}"
        ),
        "{indicator} {since}各单位基期值合计 {total}，全市基期值是 {target}": (
            "{indicator}{since}: the baselines add up to {total}, the whole city's is {target}"
        ),
        "核对基期值是不是同一时点、同一口径": "check that the baselines are of one date and one measure",
        "{indicator} 从基期值 {baseline} 算起，{units}没有自己的基期值：{due}以前不判断快慢，到期才考核": (
            "{indicator} starts from the baseline {baseline}, and {units} have none of their own: they are judged "
            "at the due date only ({due})"
        ),
        "在 baseline 写上各单位的基期值": "write each unit's baseline into baseline",
        "少": "less",
        "多": "more",
        "{first} 至 {last} 各自到期": "due from {first} to {last}",
        "{due} 到期": "due in {due}",
        "{source} 里没有填报单位，写成 甲县,乙县 这样。": "{source} has no reporting units; write them like East,West.",
        "{source} 里“{text}”有看不见或认不出的字符，请重新输入。": (
            "“{text}” in {source} has a hidden or unknown character; type it again."
        ),
        "{source} 里“{text}”出现了两次。": "“{text}” is twice in {source}.",
        (
            "{source} 第一行要有表头，至少有 name（单位名称）一栏，另可有 id、aliases（简称）、code（区划代码）、"
            "kind（类别）、parent（上级）。"
        ): (
            "The first line of {source} should be a header with name at least, and id, aliases, code, kind and parent "
            "if needed."
        ),
        "{source} 里没有单位“{text}”，不能作上级：上级自己也要列一行。": (
            "{source} has no unit “{text}” to be a parent: a parent needs a line of its own."
        ),
        "{source} 第{line}行没有单位名称。": "Line {line} of {source} has no name of a unit.",
        "{source} 第{line}行的类别“{text}”看不懂，请写 county（县、市、区）、zone（开发区）或 bureau（市本级）。": (
            "Line {line} of {source} has an unknown kind “{text}”; write county, zone or bureau."
        ),
        "{column} 是空的": "{column} is empty",
        "baseline 是 {value}，像是按“{written}”写的：这个单位的目标是 {target}": (
            "baseline is {value}, as if written in “{written}”: the unit's target is {target}"
        ),
    }
)
