"""English for the rules about a plan: its units, indicators and targets."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "编码或编号重复": "Repeated id or number",
        "填报单位的称呼相互混淆": "Names of reporting units that collide",
        "指标编码在表格软件里会变样": "Indicator id that a spreadsheet changes",
        "填报单位的 id 不能作文件名": "Unit id that cannot name a file",
        "两个指标同名": "Two indicators of one name",
        "没有这个填报单位": "Unknown reporting unit",
        "被考核的单位不填报": "Unit is judged and does not report",
        "没有单位填报": "Nobody reports",
        "单位写了两遍": "Unit named twice",
        "目标不成立": "Impossible target",
        "基期值不成立": "Impossible baseline",
        "基期值不参与计算": "Unused baseline",
        "进度安排不成立": "Impossible schedule",
        "进度安排没有到100": "Schedule that stops short of 100",
        "完成期限不在计划年度内": "Due date outside the plan's year",
        "没有这套阶段": "Unknown stage set",
        "阶段不成立": "Impossible stages",
        "目标调整不成立": "Impossible revision of a target",
        "进度安排与指标不相称": "Schedule that does not fit the indicator",
        "目标不是原文里的数": "Target is no number of its clause",
        "目标比原文的数多零或少零": "Target is off by a power of ten from its clause",
        "数的小数位多于指标允许的": "More decimals than the indicator may have",
        "无法按这个权重分解": "Nothing can be broken down by this weight",
        "写了分解权重，却没有分解表": "Breakdown weights without a breakdown file",
        "勾稽关系里的指标不存在": "Relation names an unknown indicator",
        "勾稽关系不成立": "Impossible relation",
        "亮灯界限有空档或重叠": "Gap or overlap between lights",
        "亮灯规则与自带的重名": "Light preset takes a shipped name",
        "两个指标、填报单位、行动、任务或亮灯规则用了同一个编码（编号、名字）。": (
            "Two indicators, reporting units, areas, tasks or light presets share one id, number or name."
        ),
        "数据按编码对应，重复了就不知道报的是哪一个。": (
            "Data are matched by id: with two of one, nobody knows which of them was reported."
        ),
        "改掉其中一个；任务与保障措施连续编号，全计划不重复。": (
            "Change one of them; tasks and safeguard items are numbered on, each number once in the plan."
        ),
        (
            "两个填报单位的名称、英文名称、别名、代码或 id 相同（全角半角、大小写不计），或与全市的称呼相同："
            "city、whole city、total、全市，city、publisher 里的市名和它们的英文。"
        ): (
            "Two reporting units have the same name, English name, alias, code or id (width and case aside), or one is "
            "called as the whole city is: city, whole city (“全市”), total, the names in city and publisher and their "
            "English."
        ),
        "数据里写这个称呼时，不知道说的是谁。": "Where data say this name, nobody knows who is meant.",
        "改掉或删去其中一个别名。": "Change or remove one of the aliases.",
        "指标编码要以大写字母开头、含数字，只用大写字母、数字和连字符，且不像日期（MAR-1、DEC25）。": (
            "An indicator id opens with a capital letter, has a digit, holds capitals, digits and hyphens only, and "
            "looks like no date (MAR-1, DEC25)."
        ),
        "5-3 会被表格软件改成5月3日，14.10 会变成14.1，1E5 会变成100000；改后就对不上了。": (
            "Spreadsheets turn 5-3 into 3 May, 14.10 into 14.1 and 1E5 into 100000, which match nothing any more."
        ),
        "写成 T05-03 这样的编码。": "Write an id such as T05-03.",
        (
            "id 以小写字母开头，只用小写字母、数字、下划线、连字符，不超过40个字符；不能是系统保留名（con、nul、com1"
            "…）；county、zone、bureau 指一类单位，只有这一类唯一的单位可以用。"
        ): (
            "An id opens with a small letter and holds small letters, digits, underscores and hyphens, 40 at most; "
            "it is no reserved name (con, nul, com1…); county, zone and bureau stand for a kind of unit, and only the "
            "one unit of that kind may have them."
        ),
        "数据文件以 id 命名：data/2023-06/wucheng.csv，在各种系统上都要能存。": (
            "Data files are named by it: data/2023-06/wucheng.csv must be possible on every system."
        ),
        "用拼音或英文，如 wucheng、devzone。": "Use pinyin or English, such as wucheng or devzone.",
        "两个指标的名称完全相同。": "Two indicators have exactly the same name.",
        "名称用来发现错行的数据；同名的两行错了位也看不出来，通报里也分不清。": (
            "Names show when rows have slipped: between two of one name nobody would see it, nor tell them apart in "
            "a bulletin."
        ),
        "给其中一个加上限定词。": "Qualify one of the two.",
        "applies_to 或 reporting 里写的，既不是填报单位的 id，也不是现有的一类（county、zone、bureau）。": (
            "What stands in applies_to or reporting is neither a unit's id nor a kind that there is (county, zone, "
            "bureau)."
        ),
        "写错的单位不会有人报，也不会被考核。": "Nobody reports for a unit that does not exist, and nobody is judged.",
        "照提示改成 reporting_units 里的 id。": "Write the id from reporting_units that the hint names.",
        "applies_to 里的单位不在 reporting 里。": "A unit in applies_to is not in reporting.",
        "不填报的单位永远是“未报”，永远不能完成。": (
            "A unit that does not report stays “not reported” for ever and can never finish."
        ),
        "把它加进 reporting，或从 applies_to 去掉；reporting 不写时就是 applies_to 里的单位。": (
            "Add it to reporting, or take it out of applies_to; without reporting, the units of applies_to report."
        ),
        "applies_to 或 reporting 里同一个单位写了两遍，或已包括在同处写的一类（county、zone、bureau）里。": (
            "applies_to or reporting names a unit twice, or one that a kind beside it (county, zone, bureau) includes."
        ),
        "多写的一个往往是另一个单位写错了：那个单位就没有人报，也不会被考核。": (
            "One of the two is often a slip for another unit, which then neither reports nor is judged."
        ),
        "改成原来要写的单位，或去掉多写的。": "Name the unit that was meant, or take one out.",
        "一个指标没有任何填报单位。": "An indicator has no reporting unit at all.",
        "没有人报的指标永远没有数。": "What nobody reports never has a figure.",
        "写上 reporting，例如 [county, zone] 或 [bureau]。": "Write reporting, for example [county, zone] or [bureau].",
        (
            "目标是负数；百分比目标超过100，或像是按小数、万分数写的（0.95、9500）；同时写了几个方向；about 没有容差"
            "，或容差不在0到100之间。"
        ): (
            "A target is negative, a percentage above 100, or written as a fraction or per ten thousand (0.95, "
            "9500); it has several directions; or about has no tolerance or one outside 0 to 100."
        ),
        "这样的目标永远完成，或永远完不成。": "Such a target is completed from the start, or never.",
        "核对原文的数和单位；“左右”写成 {about: 数, tolerance: 百分数}。": (
            "Check number and unit against the document; write “左右” (about) as {about: number, tolerance: per cent}."
        ),
        "基期值是负数、超出量程、等于目标，或已经超过目标。": (
            "The baseline is negative, out of range, equal to the target, or beyond it."
        ),
        "完成率从基期值算起：（完成值－基期值）÷（目标－基期值），分母为零或为负就没有意义。": (
            "Completion starts from it: (actual - baseline) / (target - baseline), which means nothing where the "
            "divisor is zero or negative."
        ),
        "核对基期值和目标是否同一口径（存量对存量，而不是当年新增）。": (
            "Check that baseline and target measure the same thing: level against level, not against what the year "
            "adds."
        ),
        "目标是 about，或基期值不高于 at_most 的上限，却写了 baseline；分解表的也是。": (
            "A baseline is written, also in the breakdown, beside an about target, or one that is not above an "
            "at_most limit."
        ),
        "从基期值算起的只有 at_least，和压降到基期值以下的 at_most；别的目标写了也不算，图上的起点却像是它。": (
            "Only at_least starts from a baseline, and an at_most below it; elsewhere it does not count, while "
            "charts would seem to start there."
        ),
        "写进 note，删去 baseline；确要从它算起的，改目标的方向或核对两个数。": (
            "Put it into note and remove baseline; if it is to count, change the direction or check both numbers."
        ),
        (
            "进度点为空、不是本年的月份、下降、超出0到100、写成了各期新增的（25、25、25、25）、写成了小数（0.5），或"
            "与 due 不一致。"
        ): (
            "Schedule points are missing, of another year, falling, outside 0 to 100, written as what each adds "
            "(25, 25, 25, 25), written as fractions (0.5), or disagree with due."
        ),
        "序时进度只会往前走，到100为止；下降的进度会让按时的单位变成滞后。": (
            "What is expected only grows, up to 100; falling points would make units late that are in time."
        ),
        "写成 {2023-03: 20, 2023-06: 50, 2023-12: 100} 这样逐步上升到100的进度点。": (
            "Write points that rise step by step to 100, such as {2023-03: 20, 2023-06: 50, 2023-12: 100}."
        ),
        "最后一个进度点小于100。": "The last schedule point is below 100.",
        "到年底也不要求全部完成，没完成的单位仍算达到序时进度。": (
            "Then nobody is asked to finish by the end of the year: whoever has not still counts as on schedule."
        ),
        "补上完成时的进度点，如 2023-12: 100。": "Add the point at which all is done, such as 2023-12: 100.",
        "due 不是计划年度的月份。": "due is no month of the plan's year.",
        "一份计划只管一年，数据也只有这一年的十二个月。": (
            "A plan covers one year, and data have its twelve months only."
        ),
        "写成本年的月份；不写就是本年12月。": "Write a month of the year; without due it is December.",
        "stages 写的名字不在 stage_sets 里。": "stages names something that is not in stage_sets.",
        "不知道有哪几个阶段，就读不懂填报的阶段。": "Without the stages nobody can read what is reported.",
        "照提示改正，或在 stage_sets 里加上；也可以直接写列表 [未启动, 起草, 印发]。": (
            "Correct it as the hint says, or add it to stage_sets; a list may be written as well: “[未启动, 起草, 印发]” (not started, drafted, issued)."
        ),
        (
            "阶段少于2个或多于20个、重名、不是从0逐级升到100，写反了（完成的在最先、没有开始的在最后），或与“不适用”"
            "、数字相混。"
        ): (
            "There are fewer than 2 stages or more than 20, two of one name, shares that do not rise from 0 to 100, "
            "an order that begins with the end, or a name that reads like “不适用” (not applicable) or a number."
        ),
        "阶段的比重就是完成率：第一个阶段是0，最后一个是100，中间逐级上升。": (
            "A stage's share is the completion: 0 for the first, 100 for the last, rising in between."
        ),
        "写成列表（比重均分），或 {未启动: 0, 起草: 40, 印发: 100}。": (
            "Write a list (shares evenly spaced), or “{未启动: 0, 起草: 40, 印发: 100}” (not started, drafted, issued)."
        ),
        (
            "revisions 里的月份不在计划年度内、没有按先后排列，调整后的方向变了、目标没有变、没有越过基期值，或原目"
            "标是 undefined。"
        ): (
            "Months of revisions are of another year or out of order; or a revision changes the direction, keeps "
            "the target, does not pass the baseline, or revises an undefined target."
        ),
        "每一期按当时有效的目标考核：从哪一期起按哪个目标，要说得清。": (
            "Each period is judged by the target in force: it must be clear which one holds from when."
        ),
        "写成 revisions: [{from: 2023-09, target: {at_least: 900}, source: 关于调整…的通知}]，按月份先后，每月一条。": (
            "Write “revisions: [{from: 2023-09, target: {at_least: 900}, source: 关于调整…的通知}]” (as the source the "
            "notice that revises it), by month, one a month."
        ),
        (
            "上限（at_most）按月均衡或按节点要求一部分；从0、从基期值、从头做起的要求每期都达到；或期限、进度点、分"
            "解表的期限不在应报的月份。"
        ): (
            "A limit (at_most) is asked for in parts, linear or by points; what starts from 0, a baseline or the "
            "first stage must hold in every period; or a due date or point is in a month without a report."
        ),
        "上限不是逐月去完成的，越少越好；从0累计的数年初总是不够；不报的月份没有数可判。": (
            "A limit is not worked off month by month; a total from 0 is always short in January; a month without a "
            "report has no figure to judge."
        ),
        (
            "上限写 schedule: always（累计量的上限不写就是）；累计量写 linear 或进度点；期限和进度点写在季末、半年末"
            "或12月，或改 report_every。"
        ): (
            "Write schedule: always for a limit (the default of a count), linear or points for a count; put dates "
            "at the end of a quarter, a half or the year, or change report_every."
        ),
        (
            "source 摘的原文里有数，目标值却不是其中任何一个（增长的，百分数不是；调整后的目标看它自己的 source，写增减的数也可以）；或原文说的是上限（不超过、以内）"
            "、目标写的是下限，或相反；或容差小于百分之一；或基期值像是按小数（0.6）、按别的计量单位写的。"
        ): (
            "The clause in source has numbers and the target is none of them (nor is a growth its per cent; a revised target is held against its own source, which may name the change); it "
            "says a limit where the target is a floor, or the reverse; a tolerance is below one per cent; or a "
            "baseline is written as a fraction (0.6) or in another unit of measure."
        ),
        "多写少写一个零，全年的判定都跟着错；容差按百分数写，0.05 是万分之五，不是百分之五。": (
            "One zero too many or too few, and every verdict of the year is wrong; a tolerance is in per cent, so "
            "that 0.05 is five in ten thousand."
        ),
        "核对目标值、计量单位和原文；原文的数确实不是目标的，只摘与目标有关的字句。": (
            "Check target, unit of measure and clause; where a number of the clause is no target, quote only the words "
            "that belong to it."
        ),
        "source 摘的原文里只有一个数，目标值是它的十倍、百倍……或十分之一、百分之一……（各单位相加正好是目标的除外）。": (
            "The clause in source has one number, and the target is ten times, a hundred times … or a tenth, a "
            "hundredth … of it (unless the units add up to the target)."
        ),
        "多写少写一个零，或计量单位错了，全年的判定都跟着错。": (
            "One zero too many or too few, or another unit of measure, and every verdict of the year is wrong."
        ),
        "累计量、存量的目标、基期值、进度点的数量或分解数，小数位比 decimals 多（不写就是整数，金额四位）。": (
            "The target, baseline, point or part of a count or stock has more decimals than decimals allows (whole "
            "numbers unless said, four for money)."
        ),
        "没有半张床、半个人：填报的数只能是整数，这样的目标多半是抄错或算错，只会差半个完不成。": (
            "There is no half bed and no half person: reports are whole numbers, and such a target, most likely a "
            "slip, would be missed by a half."
        ),
        "核对这个数；确有小数的（如平方米），写上 decimals。": (
            "Check the number; where it has decimals (square metres), write decimals."
        ),
        "breakdown 写的权重没有单位填写，或有县（区）没有填写；或指标不是全市合计的累计量、存量。": (
            "No unit has the weight that breakdown names, or a county lacks it; or the indicator is no count or "
            "stock of the whole city."
        ),
        "没有权重就算不出各单位的参考分解；比率和里程碑不能按份额分。": (
            "Without weights there are no reference parts; ratios and milestones cannot be shared out."
        ),
        "在 reporting_units 的 weights 里补上，或改用 equal（均分）；逐县要求的指标不用 breakdown。": (
            "Add it to weights in reporting_units, or use equal; what is asked of each unit takes no breakdown."
        ),
        "有的指标写了 breakdown，计划旁边却没有 <计划名>.breakdown.csv。": (
            "Some indicators have breakdown, but beside the plan there is no <plan>.breakdown.csv."
        ),
        "没有分解表，各单位就没有目标，只统计贡献。": (
            "Without it units have no targets, and only their contribution is shown."
        ),
        "用 mzplan breakdown --write 生成参考分解，或导入正式下达的数。": (
            "Run mzplan breakdown --write for reference parts, or import the official ones."
        ),
        "relations 写的指标编码不在计划里。": "relations names an indicator that the plan does not have.",
        "写错的关系永远不会被核对。": "A relation that is written wrongly is never checked.",
        "照提示改成计划里的指标编码。": "Write the id that the hint names.",
        "关系里有不能相加的指标（比率、里程碑）、同一指标出现两次，或 at_most 与 equals 没有正好写一个。": (
            "A relation holds indicators that do not add up (ratios, milestones), one of them twice, or not exactly "
            "one of at_most and equals."
        ),
        "比率不能相加，一个数也不能是自己的一部分。": "Ratios do not add up, and no figure is a part of itself.",
        "只用累计量和存量；分项写在 terms，总项写在 at_most 或 equals。": (
            "Use counts and stocks; put the parts into terms, the whole into at_most or equals."
        ),
        "黄灯与红灯的界限之间有空档、相互重叠，或某一档永远不会出现。": (
            "Between yellow and red there is a gap or an overlap, or one of them can never come."
        ),
        "落在空档里的差距没有灯，重叠处有两种灯，结果不可信。": (
            "In a gap there is no light, in an overlap there are two: the result cannot be trusted."
        ),
        "黄灯从 yellow 到 red，红灯从 red 起：0 ≤ yellow < red；原文写了黄灯上限的（yellow_to）应等于 red。": (
            "Yellow runs from yellow to red, red begins at red: 0 ≤ yellow < red; an upper end of yellow in the "
            "rule (yellow_to) equals red."
        ),
        "lights 里的 name 与程序自带的亮灯规则相同。": "A name in lights is that of a shipped preset.",
        "同一个名字在两份计划里意思不同，通报就无法比较。": (
            "One name with two meanings, and bulletins cannot be compared."
        ),
        "换一个名字，例如加上城市和年份。": "Choose another name, with the city and the year in it.",
    }
)
