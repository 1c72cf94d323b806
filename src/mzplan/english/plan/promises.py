"""English for what is said of a plan's indicators, targets and schedules."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "没有指标 {name}": "There is no indicator “{name}”",
        "写计划里的指标编码": "write the id of an indicator of the plan",
        "{name}（{kind}）不能相加": "{name} ({kind}) does not add up",
        "只用累计量（count）和存量（stock）": "use counts and stocks only",
        "{name} 在关系里出现了两次": "{name} is in the relation twice",
        "分项写在 terms，总项写在 at_most 或 equals": "put the parts into terms, the whole into at_most or equals",
        "at_most 与 equals 要正好写一个": "Exactly one of at_most and equals is needed",
        "部分不超过总数用 at_most，相等用 equals": (
            "at_most where parts do not exceed the whole, equals where they are the whole"
        ),
        "黄灯从 yellow 到 red，红灯从 red 起：0 ≤ yellow < red": (
            "yellow runs from yellow to red, red begins at red: 0 ≤ yellow < red"
        ),
        "黄灯到 {to} 为止，红灯从 {red} 开始：{to} 到 {red} 之间没有灯": (
            "Yellow ends at {to} and red begins at {red}: no light from {to} to {red}"
        ),
        "yellow_to 应等于 red": "yellow_to equals red",
        "黄灯到 {to} 为止，红灯从 {red} 已经开始：两档重叠": (
            "Yellow ends at {to} and red begins at {red}: they overlap"
        ),
        "写了黄灯上限 {to}，却没有红灯：超过上限就没有灯": "Yellow ends at {to} and there is no red: no light beyond",
        "补上 red，或删去 yellow_to": "add red, or remove yellow_to",
        "{name} 是程序自带的亮灯规则": "{name} is a shipped light preset",
        "换一个名字，例如加上城市和年份": "choose another name, with the city and the year in it",
        "要以大写字母开头，5-3 会被表格软件改成日期，14.10 改成小数，1E5 改成科学计数": (
            "it must open with a capital; spreadsheets make a date of 5-3, a decimal of 14.10 and a power of 1E5"
        ),
        "只能用大写字母、数字和连字符": "only capitals, digits and hyphens",
        "要含数字，否则与名称分不清": "it needs a digit, or it looks like a name",
        "表格软件会把它读成日期": "a spreadsheet would read it as a date",
        "要以小写字母开头，只用小写字母、数字、下划线和连字符，不超过40个": (
            "it must open with a small letter and hold small letters, digits, underscores and hyphens, 40 at most"
        ),
        "填报单位 id": "Unit id",
        "是 Windows 的保留名": "it is reserved by Windows",
        "行动编号": "Area number",
        "任务编号": "Task number",
        "{key} 指一类单位": "{key} means a kind of unit",
        "已有别的 {key}，这个词就分不清了": "there is another {key}, and the word would mean both",
        "没有填报单位 {name}": "There is no reporting unit “{name}”",
        "可以写 reporting_units 里的 id，或 county、zone、bureau": (
            "write an id from reporting_units, or county, zone, bureau"
        ),
        "没有一个填报单位的 kind 是 {name}": "No reporting unit is of the kind {name}",
        "改正这里，或在 reporting_units 里补上": "correct it here, or add one to reporting_units",
        "{name} 要考核却不填报": "{name} is judged and does not report",
        "把它加进 reporting，或从 applies_to 去掉": "add it to reporting, or take it out of applies_to",
        "about，另写 tolerance: 5": "about, and beside it tolerance: 5",
        "{names} 写了两遍": "{names} is named twice",
        "改成原来要写的单位，或去掉多写的": "name the unit that was meant, or take one out",
        "没有单位填报 {name}": "Nobody reports {name}",
        "写上 reporting，例如 [county, zone] 或 [bureau]": "write reporting, for example [county, zone] or [bureau]",
        "{name} 是一段文字，没有分成几个阶段": "“{name}” is one text, not several stages",
        "计量单位写的是 {name}": "The unit of measure is “{name}”",
        "写成 [{meant}]": "write “[{meant}]”",
        "写成 unit: {meant}": "write “unit: {meant}”",
        "各单位用半角逗号隔开：{meant}": "set units apart by commas: “{meant}”",
        "没有名为 {name} 的阶段": "There is no stage set {name}",
        "可用的有：{known}": "there are: {known}",
        "先在 stage_sets 里写上，或这里直接写列表": "write it into stage_sets first, or a list here",
        "阶段少于两个": "Fewer than two stages",
        "至少要有开始和完成两个阶段": "a beginning and an end at least",
        "阶段有 {count} 个，最多 {limit} 个": "{count} stages; {limit} at most",
        "合并相近的阶段": "join those that are alike",
        "阶段 {name} 写了两次": "Stage “{name}” is there twice",
        "阶段不能叫 {name}：与“不适用”或数字分不清": "No stage may be called “{name}”: it reads like “不适用” (not applicable) or a number",
        "换一个名称": "choose another name",
        "阶段 {name} 排在最{end}": "Stage “{name}” stands {end}",
        "从没有开始写到完成：第一个阶段是0，最后一个是100": (
            "write them from not begun to done: the first is 0, the last 100"
        ),
        "阶段的比重 {number} 是百分之{number}": "A share of {number} is {number} per cent",
        "比重按百分数写，各阶段依次是 {meant}": "write shares in per cent, here {meant}",
        "第一个阶段的比重是 {number}，应是0": "The share of the first stage is {number}, and should be 0",
        "开头加一个 未启动: 0": "put “未启动: 0” (not started) in front",
        "最后一个阶段的比重是 {number}，应是100": "The share of the last stage is {number}, and should be 100",
        "最后一个阶段就是完成，写100": "at the last stage it is done: write 100",
        "阶段的比重从 {before} 到 {number}，没有上升": "Shares of stages do not rise from {before} to {number}",
        "比重要逐级上升": "each share is more than the one before",
        "{kind} 的计量单位不能是 {name}：各单位的数要相加，百分比不能相加": (
            "A {kind} cannot be measured in “{name}”: figures of units add up, percentages do not"
        ),
        "改成 kind: ratio，报分子和分母；报的是个数的，unit 写个数的单位": (
            "make it kind: ratio with numerator and denominator; where a number of things is reported, write their unit"
        ),
        "缺少必填的键 unit": "Required key unit is missing",
        "scale 不是100时要写计量单位，例如 人/万人": (
            "with a scale other than 100 the unit of measure is needed, such as “人/万人” (people per 10,000 people)"
        ),
        "计量单位 {name} 要乘 {times}，scale 却是 {scale}": (
            "The unit of measure “{name}” is a ratio times {times}, and scale is {scale}"
        ),
        "写上 scale: {times}；是百分数的，删去 unit": "write scale: {times}; for a per cent take unit out",
        "比率的计量单位是 {name}，程序只认 %": "The unit of measure of the ratio is “{name}”; only % is known",
        "删去 unit：不写就是 %": "take unit out: without it, it is %",
        "改成 scale: {times}；不是百分数的，unit 写成 人/万人 这样的单位": (
            "make it scale: {times}; for what is no per cent write a unit such as “人/万人” (people per 10,000 people)"
        ),
        "计量单位 {name} 要乘 {times}，scale 只能是 100 或 10000": (
            "The unit of measure “{name}” is a ratio times {times}; scale can be 100 or 10000 only"
        ),
        "改成 unit: {unit}、scale: {other}，各数都按它写": (
            "make it “unit: {unit}” and “scale: {other}”, with all numbers by these"
        ),
        "改成 unit: {unit}、scale: {other}，各数都按它写：{number}{name} 是 {meant}{other_unit}": (
            "make it “unit: {unit}” and “scale: {other}”, with all numbers by these: “{number}{name}” is “{meant}{other_unit}”"
        ),
        "applies_to 不是 total，不能分解": "applies_to is not total: nothing to break down",
        "只有全市合计的目标才分解；删去 breakdown": "only a target of the whole city is broken down; remove breakdown",
        "目标是 undefined，没有数可分解": "The target is undefined: nothing to break down",
        "删去 breakdown": "remove breakdown",
        "没有单位填写权重 {name}": "No unit has the weight {name}",
        "可用的有：{known}；或在 weights 里补上": "there are: {known}; or add it to weights",
        "{unit_name} 没有填写权重 {name}": "{unit_name} has no weight {name}",
        "在它的 weights 里补上": "add it to its weights",
        "各填报单位的权重 {name} 都是0": "The weight {name} is 0 for every unit that reports",
        "核对 weights": "check weights",
        "先": "first",
        "后": "last",
        "写进 note，删去 baseline；要从它算起的，目标写 at_least，或比它低的 at_most": (
            "put it into note and remove baseline; if it is to count, make the target at_least, or at_most below it"
        ),
        "目标没有写方向": "The target has no direction",
        "写成 {{at_least: 数}}、{{at_most: 数}}、{{about: 数, tolerance: 百分数}} 或 {{growth: 百分数}}": (
            "write {{at_least: number}}, {{at_most: number}}, {{about: number, tolerance: per cent}} or {{growth: "
            "per cent}}"
        ),
        "目标写了不止一个方向": "The target has more than one direction",
        "at_least、at_most、about、growth 只能写一个": "one of at_least, at_most, about and growth",
        "目标是负数 {number}": "The target is negative: {number}",
        "核对原文的数": "check the number in the document",
        "{operator}: 0 没有意义：{meaning}": "{operator}: 0 means nothing: {meaning}",
        "零目标写成 at_most: 0": "write none as at_most: 0",
        "目标 {number} 超过 {limit}：分子是分母的一部分，比率到不了": (
            "The target {number} is above {limit}: the numerator is a part of the denominator, and no ratio gets there"
        ),
        "核对数和单位；分子可以大于分母的写 part_of_whole: false": (
            "check number and unit; where the numerator may be larger, write part_of_whole: false"
        ),
        "目标 {number} 像是按{words}写的": "The target {number} seems written {words}",
        "按“{unit}”应是 {meant}；确是这个数的，source 要摘到它": (
            "in “{unit}” it is {meant}; if it is right, quote it in source"
        ),
        "基期值 {number} 像是按{words}写的：目标是 {target}": (
            "The baseline {number} seems written {words}: the target is {target}"
        ),
        "按“{unit}”应是 {meant}": "in “{unit}” it is {meant}",
        "核对这个数和计量单位": "check number and unit of measure",
        "about 没有写容差": "about has no tolerance",
        "写上 tolerance: 5（百分之五）这样的容差": "add one, such as tolerance: 5 for five per cent",
        "tolerance 只用于 about": "tolerance is for about only",
        "删去 tolerance，或把方向改成 about": "remove tolerance, or make the direction about",
        "目标值 {number} 不是原文里的数：原文写的是 {named}": (
            "The target {number} is no number of its clause, which says {named}"
        ),
        "目标值 {number}{measure} 不是原文里的数：原文写的是 {named}，按“{measure}”应是 {meant}": (
            "The target of {number} “{measure}” is no number of its clause, which says “{named}”: {meant} “{measure}”"
        ),
        "核对目标值和计量单位": "check target and unit of measure",
        "增长 {number}% 不是原文里的数：原文写的是 {named}": (
            "A growth of {number}% is no number of its clause, which says {named}"
        ),
        "核对增长的百分数": "check the per cent of growth",
        "growth {number} 是在基期值上增长百分之{number}，原文写的是 {named} 个百分点": (
            "growth {number} is {number} per cent more than the baseline; the clause says {named} percentage points"
        ),
        "百分点直接加在基期值上：目标写 {{at_least: {at_least}}}": (
            "points are added to the baseline: write {{at_least: {at_least}}}"
        ),
        "原文写的是“{words}”，目标写的却是 {operator}": "The clause says “{words}”, the target {operator}",
        "核对方向：“{words}”写作 {{{other}: {number}}}": "check the direction: “{words}” is {{{other}: {number}}}",
        "容差 {number} 是百分之{number}": "A tolerance of {number} is {number} per cent",
        "百分之五写作 tolerance: 5": "five per cent is tolerance: 5",
        "容差 {number} 不在0到100之间": "The tolerance {number} is not between 0 and 100",
        "写百分数，例如 5 表示上下百分之五": "write per cent, such as 5 for five per cent up or down",
        "growth 是在基期值上增长，却没有写 baseline": "growth is upon a baseline, and there is none",
        "补上 baseline: 上年的数": "add baseline: last year's figure",
        "基期值是0，增长多少都还是0": "The baseline is 0, and stays so whatever the growth",
        "直接写目标：{{at_least: 数}}": "write the target: {{at_least: number}}",
        "growth {number} 是百分之{number}": "growth {number} is {number} per cent",
        "百分之{meant}写作 growth: {meant}；确是这个数的，source 要摘到它": (
            "{meant} per cent is growth: {meant}; if it is right, quote it in source"
        ),
        "基期值是负数 {number}": "The baseline is negative: {number}",
        "核对基期值": "check the baseline",
        "基期值 {number} 像是按“{written}”写的：目标是 {target}": (
            "The baseline {number} seems written in “{written}”: the target is {target}"
        ),
        "按“{measure}”应是 {meant}；核对两个数是不是同一计量单位": (
            "in “{measure}” it is {meant}; check that both numbers have one unit of measure"
        ),
        "基期值等于目标 {number}：一开始就完成了": "The baseline equals the target {number}: done at the outset",
        "核对两个数是不是同一口径": "check that both numbers measure the same thing",
        "基期值 {number} 已经超过目标 {target}": "The baseline {number} is beyond the target {target} already",
        "核对两个数是不是同一口径（存量对存量）": "check that both numbers measure the same thing, level against level",
        "基期值 {number} 不参与计算：约 {target} 不从基期值算起，完成率是完成值÷{target}": (
            "The baseline {number} does not count: about {target} does not start from it, completion is actual ÷ "
            "{target}"
        ),
        "基期值 {number} 不参与计算：它不高于上限 {target}，没有可压降的": (
            "The baseline {number} does not count: it is not above the limit {target}, and nothing is to be brought "
            "down"
        ),
        "基期值 {number} 超过 {limit}": "The baseline {number} is above {limit}",
        "核对数和单位": "check number and unit",
        "累计量从0算起，不用 baseline": "A count starts from 0 and has no baseline",
        "删去 baseline，它只用于存量、比率，以及写成 growth 的累计量；或改正 kind": (
            "remove baseline, which is for stocks, ratios and counts with growth; or correct kind"
        ),
        "原目标是 undefined，没有什么可调整": "The first target is undefined: nothing to revise",
        "直接把 target 改成补上的目标": "write the new target into target",
        "调整从 {name} 起，不在 {year} 年": "A revision from {name} is not in {year}",
        "写本年的月份：从哪一期起按新目标考核": "write the month of the year from which the new target holds",
        "{start} 以前没有一期按它前面的目标考核：前面的目标一次也用不上": (
            "Before {start} no period is judged by the target in front of it: it never holds"
        ),
        "改正 from；从年初就按新目标的，直接改 target": (
            "correct from; where the new target holds from January, change target"
        ),
        "{name} 的调整排在 {before} 的后面": "The revision from {name} stands behind that from {before}",
        "按月份先后排列，一个月只写一条": "order them by month, one a month",
        "调整后的方向是 {now}，原来是 {before}": "The revised direction is {now}, the first was {before}",
        "方向不变才是调整；不是同一件事就另立指标": (
            "a revision keeps the direction; for something else, make another indicator"
        ),
        "调整后的目标 {number} 没有越过基期值 {baseline}：一开始就完成了": (
            "The revised target {number} does not pass the baseline {baseline}: done at the outset"
        ),
        "核对新目标，是不是同一口径（存量对存量，而不是当年新增）": (
            "check the new target: a level like the baseline, not what the year adds"
        ),
        "调整后的目标还是 {number}": "The revised target is still {number}",
        "核对新目标，或删去这一条": "check the new target, or remove the revision",
        "一开始就完成了": "it is done at the outset",
        "零没有“左右”": "nothing is about zero",
        "期限 {name} 不在 {year} 年": "Due date {name} is not in {year}",
        "写成本年的月份；不写就是12月": "write a month of the year; without due it is December",
        "进度点是空的": "There are no schedule points",
        "写成 {{{year}-06: 50, {year}-12: 100}}，或写 linear、by_due、always": (
            "write {{{year}-06: 50, {year}-12: 100}}, or linear, by_due, always"
        ),
        "进度点 {name} 不在 {year} 年": "Schedule point {name} is not in {year}",
        "进度点只能是本年的月份": "points are months of the plan's year",
        "进度点 {number} 不在0到100之间": "Schedule point {number} is not between 0 and 100",
        "写累计百分数，到100为止；写数量用 {{value: 数}}": (
            "write per cent so far, up to 100; amounts as {{value: number}}"
        ),
        "进度点 {number} 是百分之{number}": "Schedule point {number} is {number} per cent",
        "百分之{meant}写作 {meant}；写数量用 {{value: 数}}": (
            "{meant} per cent is {meant}; amounts as {{value: number}}"
        ),
        "进度点 {number} {how}目标 {target}": "Schedule point {number} is {how} the target {target}",
        "核对两个数；全部完成的月份写 100": "check both numbers; the month when all is done is 100",
        "进度点 {number} 超过 {start} 起的目标 {target}": (
            "Schedule point {number} is above the target {target} from {start} on"
        ),
        "核对两个数；都对的，这个进度点写成百分数": (
            "check both numbers; if both are right, write the point in per cent"
        ),
        "进度点 {number} 还没有到基期值 {baseline}": "Schedule point {number} is below the baseline {baseline}",
        "写期末应达到的总数，不是当年新增": "write the level to be reached, not what the year adds",
        "进度点 {number} 比基期值 {baseline} 还高": "Schedule point {number} is above the baseline {baseline}",
        "写期末应降到的总数，不是当年压减": "write the level to come down to, not the decrease",
        "{what}，进度点不能写数量": "{what}: points cannot be amounts",
        "写目标的百分数，例如 50": "write per cent of the target, such as 50",
        "进度点 {numbers} 像是各期新增的：加起来正好是{whole}": (
            "Schedule points {numbers} seem to say what each adds: together they are {whole}"
        ),
        "进度点是累计的：依次写 {meant}": "points say how much so far: {meant}",
        "进度从 {before} 降到 {number}": "The schedule falls from {before} to {number}",
        "进度点是累计的，只能上升": "points say how much so far, and only rise",
        "进度只到 {number}，没有到100": "The schedule ends at {number}, short of 100",
        "补上全部完成的月份，例如 {year}-12: 100": "add the month when all is done, such as {year}-12: 100",
        "{number} 是上限，没有逐月完成多少可言：要求的每一期都不能超过": (
            "{number} is a limit, which is not met month by month: no period asked about may exceed it"
        ),
        "写 schedule: always（累计量不写就是）；只在期末考核的写 by_due": (
            "write schedule: always (the default of a count); by_due where only the end is judged"
        ),
        "{start}，要求每期都{reached}，年初总是不达标": (
            "{start}, and every period is to {reached}: the year always begins short of it"
        ),
        "写 linear、by_due 或进度点": "write linear, by_due or points",
        "期限是 {due}，那个月不报（{every}报送）": "Due {due}, a month without a report (reported {every})",
        "期限写成应报的月份，或改 report_every": "make it a month that is reported, or change report_every",
        "进度点是 {months}，那个月不报（{every}报送）": (
            "Schedule points {months} are months without a report (reported {every})"
        ),
        "进度点写在应报的月份，或改 report_every": "put points into months that are reported, or change report_every",
        "期限是 {due}，{start} 才调整目标：到期时是按原来的目标考核的": (
            "Due {due}, and revised from {start} only: when it was due it was judged by the first target"
        ),
        "核对 due 和 from；期限也推后了的，改 due": (
            "check due and from; where the date was put off as well, change due"
        ),
        "期限 {name} 与进度点不一致：{month} 已要求100": (
            "Due date {name} disagrees with the points: {month} asks for 100 already"
        ),
        "删去 due，或改进度点": "remove due, or change the points",
        "里程碑从头做起": "A milestone begins at its first stage",
        "{value}{unit}（{percent}%）": "{value} {unit} ({percent}%)",
        "低于": "below",
        "全部完成": "be done",
        "累计量从0算起": "A count starts from 0",
        "从基期值 {baseline} 算起": "It starts from the baseline {baseline}",
        "上限没有完成多少可言": "A limit is kept or not",
        "目标没有数": "The target is no number",
        "达到 {value}": "reach {value}",
        "{number} 有小数，按“{measure}”{most}": "{number} has decimals; in “{measure}” {most}",
        "核对这个数；这项指标确有{finest}位小数的，在计划里写 decimals: {finest}": (
            "check the number; where the indicator has {finest:decimal|decimals}, write decimals: {finest} into the "
            "plan"
        ),
        "只能是整数": "it must be whole",
        "最多 {decimals} 位小数": "there are {decimals} at most",
        "小数": "as a fraction",
        "万分数": "per ten thousand",
        "百分数": "in per cent",
        "百万分数": "per million",
        "{document} 里没有计划的任何一个标题": "{document} has none of the plan's headings",
        "看看是不是拿错了文件；标题要在一段的开头": (
            "make sure that it is the right file; a heading opens its paragraph"
        ),
        "原文里没有以 {name} 开头的一段": "No paragraph of the document opens with “{name}”",
        "照原文改 name{like}": "write name as the document has it{like}",
        "{indicator} 的 source 不是原文里的话": "source of {indicator} is not in the document",
        "从原文里复制连续的一段{like}": "copy one stretch from the document{like}",
        "{indicator} 的 source 在 {heading} 下面，不在 {own} 下面": (
            "source of {indicator} is under “{heading}”, not under “{own}”"
        ),
        "把指标移到那项任务，或改摘本任务的话": "move the indicator to that task, or quote this one's words",
        "“{words}”里的 {number} 没有指标认领": "No indicator claims the {number} in “{words}”",
        "补上指标；不是目标的，在 not_targets 里写上这几个字和理由": (
            "add an indicator; where it is no target, put these words and the reason into not_targets"
        ),
        "“{words}”里的 {number} 由 {indicator} 摘了，却不是它的目标（{target}）": (
            "{indicator} quotes the {number} in “{words}”, and its target is another ({target})"
        ),
        "核对目标值；不是目标的少摘几个字，或在 not_targets 里写上这几个字和理由": (
            "check the target; where it is none, quote fewer words, or put them and the reason into not_targets"
        ),
        "title 是 {name}，原文的标题是“{words}”": "title is {name}, the document is headed “{words}”",
        "照原文改 title": "write title as the document has it",
        "issued 是 {name}，原文写的日期是 {words}": "issued is {name}, the document is dated “{words}”",
        "照原文改 issued": "write issued as the document has it",
        "“{words}”里的 {number} 像是 {indicator} 的，目标却写给了 {other}，{other} 的写给了 {indicator}": (
            "The {number} in “{words}” seems to be the target of {indicator}, and is that of {other}; {other}'s is "
            "that of {indicator}"
        ),
        "核对两项的目标是不是写反了；没有写反的，source 各摘各的话": (
            "check whether the two are exchanged; if not, let each source quote its own words"
        ),
        "原文里没有“{words}”": "“{words}” is not in the document",
        "照原文改正，或删去这一条": "correct it as the document has it, or remove the entry",
        "“{words}”里没有需要说明的数": "“{words}” has no number that needs an excuse",
        "删去这一条": "remove the entry",
        "文件开头": "the head of the file",
        "；最像的是“{like}”": "; nearest is “{like}”",
        "{indicator} 的原文写着“{words}”，due 是 {name}": "The clause of {indicator} says “{words}”, due is {name}",
        "照原文改 due 或进度点；不是一回事的少摘几个字": (
            "correct due or the points; where it is about something else, quote fewer words"
        ),
        "增长 0% 就是不低于基期值": "A growth of 0% is no less than the baseline",
        "写成 {{at_least: {value}}}，schedule 写 always，删去 baseline": (
            "write {{at_least: {value}}} and schedule: always, and remove baseline"
        ),
        "增长 {number}% 是下降": "A growth of {number}% is a decrease",
        "写成 {{at_most: {value}}}；是增长的，写大于0的百分数": (
            "write {{at_most: {value}}}; if it is to grow, a per cent above 0"
        ),
        "进度到年底只有 {number}，没有到100": "By the end of the year the schedule is at {number}, short of 100",
        "进度点是累计的：全部完成的月份写 100": "points say how much so far: the month when all is done is 100",
        "目标 {end} 与基期值 {start} 之差": "the target {end} less the baseline {start}",
        "目标 {end}": "the target {end}",
    }
)
