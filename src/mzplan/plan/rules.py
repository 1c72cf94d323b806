"""The rules about what a plan and its breakdown file say (MZ72x on). Knows nothing of how they are found.

The examples are run by the suite. One that starts with `- id:` stands for a task's indicators, one with `---` for a
whole file, one with `indicator,` for the breakdown file, and any other for top-level keys of a plan; the
breakdown file may follow the plan's, and so may, under a line of three equals signs, the document.
"""

from mzplan.diagnostics import Rule
from mzplan.plan import breakdown_rules, document_rules, file_rules
from mzplan.plan.file_rules import ERROR, WARNING

DUPLICATE_ID = Rule(
    "MZ721",
    "duplicate-id",
    ERROR,
    "编码或编号重复",
    what="两个指标、填报单位、行动、任务或亮灯规则用了同一个编码（编号、名字）。",
    why="数据按编码对应，重复了就不知道报的是哪一个。",
    mend="改掉其中一个；任务与保障措施连续编号，全计划不重复。",
    bad="- {id: T09-01, name: 甲, kind: milestone, source: 甲}\n"
    "- {id: T09-01, name: 乙, kind: milestone, source: 乙}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, source: 甲}\n"
    "- {id: T09-02, name: 乙, kind: milestone, source: 乙}\n",
)
COLLIDING_NAME = Rule(
    "MZ722",
    "colliding-unit-name",
    ERROR,
    "填报单位的称呼相互混淆",
    what="两个填报单位的名称、英文名称、别名、代码或 id 相同（全角半角、大小写不计），或与全市的称呼相同："
    "city、whole city、total、全市，city、publisher 里的市名和它们的英文。",
    why="数据里写这个称呼时，不知道说的是谁。",
    mend="改掉或删去其中一个别名。",
    bad="reporting_units:\n- {id: jia, name: 甲县, kind: county, aliases: [甲]}\n"
    "- {id: yi, name: 乙县, kind: county, aliases: [甲]}\n- {id: bureau, name: 市本级, kind: bureau}\n",
    good="reporting_units:\n- {id: jia, name: 甲县, kind: county, aliases: [甲]}\n"
    "- {id: yi, name: 乙县, kind: county, aliases: [乙]}\n- {id: bureau, name: 市本级, kind: bureau}\n",
)
UNSAFE_INDICATOR_ID = Rule(
    "MZ723",
    "unsafe-indicator-id",
    ERROR,
    "指标编码在表格软件里会变样",
    what="指标编码要以大写字母开头、含数字，只用大写字母、数字和连字符，且不像日期（MAR-1、DEC25）。",
    why="5-3 会被表格软件改成5月3日，14.10 会变成14.1，1E5 会变成100000；改后就对不上了。",
    mend="写成 T05-03 这样的编码。",
    bad="- {id: 5-3, name: 甲, kind: milestone, source: 甲}\n",
    good="- {id: T05-03, name: 甲, kind: milestone, source: 甲}\n",
)
UNSAFE_UNIT_ID = Rule(
    "MZ724",
    "unsafe-unit-id",
    ERROR,
    "填报单位的 id 不能作文件名",
    what="id 以小写字母开头，只用小写字母、数字、下划线、连字符，不超过40个字符；不能是系统保留名（con、nul、com1…）；"
    "county、zone、bureau 指一类单位，只有这一类唯一的单位可以用。",
    why="数据文件以 id 命名：data/2023-06/wucheng.csv，在各种系统上都要能存。",
    mend="用拼音或英文，如 wucheng、devzone。",
    bad="reporting_units:\n- {id: Jia, name: 甲县, kind: county}\n- {id: bureau, name: 市本级, kind: bureau}\n",
    good="reporting_units:\n- {id: jia, name: 甲县, kind: county}\n- {id: bureau, name: 市本级, kind: bureau}\n",
)
DUPLICATE_NAME = Rule(
    "MZ725",
    "duplicate-indicator-name",
    WARNING,
    "两个指标同名",
    what="两个指标的名称完全相同。",
    why="名称用来发现错行的数据；同名的两行错了位也看不出来，通报里也分不清。",
    mend="给其中一个加上限定词。",
    bad="- {id: T09-01, name: 甲, kind: milestone, source: 甲}\n"
    "- {id: T09-02, name: 甲, kind: milestone, source: 乙}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, source: 甲}\n"
    "- {id: T09-02, name: 乙, kind: milestone, source: 乙}\n",
)
UNKNOWN_UNIT = Rule(
    "MZ731",
    "plan-unknown-unit",
    ERROR,
    "没有这个填报单位",
    what="applies_to 或 reporting 里写的，既不是填报单位的 id，也不是现有的一类（county、zone、bureau）。",
    why="写错的单位不会有人报，也不会被考核。",
    mend="照提示改成 reporting_units 里的 id。",
    bad="- {id: T09-01, name: 甲, kind: milestone, applies_to: [jiaa], source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, applies_to: [jia], source: 甲}\n",
)
JUDGED_WITHOUT_REPORT = Rule(
    "MZ732",
    "judged-without-report",
    ERROR,
    "被考核的单位不填报",
    what="applies_to 里的单位不在 reporting 里。",
    why="不填报的单位永远是“未报”，永远不能完成。",
    mend="把它加进 reporting，或从 applies_to 去掉；reporting 不写时就是 applies_to 里的单位。",
    bad="- {id: T09-01, name: 甲, kind: milestone, applies_to: [jia], reporting: [yi], source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, applies_to: [jia], reporting: [jia, yi], source: 甲}\n",
)
NOBODY_REPORTS = Rule(
    "MZ733",
    "nobody-reports",
    ERROR,
    "没有单位填报",
    what="一个指标没有任何填报单位。",
    why="没有人报的指标永远没有数。",
    mend="写上 reporting，例如 [county, zone] 或 [bureau]。",
    bad="- {id: T09-01, name: 甲, kind: milestone, reporting: [], source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, reporting: [bureau], source: 甲}\n",
)
REPEATED_UNIT = Rule(
    "MZ734",
    "repeated-unit",
    WARNING,
    "单位写了两遍",
    what="applies_to 或 reporting 里同一个单位写了两遍，或已包括在同处写的一类（county、zone、bureau）里。",
    why="多写的一个往往是另一个单位写错了：那个单位就没有人报，也不会被考核。",
    mend="改成原来要写的单位，或去掉多写的。",
    bad="- {id: T09-01, name: 甲, kind: milestone, applies_to: [jia, jia], source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, applies_to: [jia, yi], source: 甲}\n",
)
UNKNOWN_PARENT = Rule(
    "MZ735",
    "unknown-parent",
    ERROR,
    "没有这个上级单位",
    what="parent 里写的不是 reporting_units 里的 id。",
    why="不知道这个单位归谁，它的数就不会算进任何上级单位。",
    mend="照提示改成上级单位的 id；没有上级单位的，删去 parent。",
    bad="reporting_units:\n- {id: jia, name: 甲县, kind: county, parent: noth}\n"
    "- {id: yi, name: 乙县, kind: county, parent: north}\n- {id: north, name: 北片, kind: county}\n"
    "- {id: bureau, name: 市本级, kind: bureau}\n",
    good="reporting_units:\n- {id: jia, name: 甲县, kind: county, parent: north}\n"
    "- {id: yi, name: 乙县, kind: county, parent: north}\n- {id: north, name: 北片, kind: county}\n"
    "- {id: bureau, name: 市本级, kind: bureau}\n",
)
PARENT_CIRCLE = Rule(
    "MZ736",
    "parent-circle",
    ERROR,
    "上级单位绕成一圈",
    what="一个单位的上级单位（parent），或上级单位的上级单位，又是它自己。",
    why="上级单位的数由下级单位的数合成，绕成一圈就合不出来。",
    mend="改掉其中一个 parent；最上一级的单位不写 parent。",
    bad="reporting_units:\n- {id: jia, name: 甲县, kind: county}\n- {id: yi, name: 乙县, kind: county}\n"
    "- {id: north, name: 北片, kind: county, parent: south}\n"
    "- {id: south, name: 南片, kind: county, parent: north}\n- {id: bureau, name: 市本级, kind: bureau}\n",
    good="reporting_units:\n- {id: jia, name: 甲县, kind: county, parent: north}\n"
    "- {id: yi, name: 乙县, kind: county, parent: north}\n- {id: north, name: 北片, kind: county, parent: south}\n"
    "- {id: south, name: 南片, kind: county}\n- {id: bureau, name: 市本级, kind: bureau}\n",
)
REGION_REPORTS = Rule(
    "MZ737",
    "region-reports",
    ERROR,
    "有下级单位的单位被要求填报",
    what="reporting 或 applies_to 里写了一个有下级单位的单位（有别的单位以它为 parent）。",
    why="它的数由下级单位的数合成；自己再报一份，同一件事就算了两次。",
    mend="改写它的下级单位；它自己也办这些事的，为它另写一个单位（如 市本级），归在它下面。",
    bad="reporting_units:\n- {id: jia, name: 甲县, kind: county, parent: north}\n"
    "- {id: yi, name: 乙县, kind: county, parent: north}\n- {id: north, name: 北片, kind: county}\n"
    "- {id: bureau, name: 市本级, kind: bureau}\nreporting: [county, north]\n",
    good="reporting_units:\n- {id: jia, name: 甲县, kind: county, parent: north}\n"
    "- {id: yi, name: 乙县, kind: county, parent: north}\n- {id: north, name: 北片, kind: county}\n"
    "- {id: bureau, name: 市本级, kind: bureau}\nreporting: [county, bureau]\n",
)
IMPOSSIBLE_TARGET = Rule(
    "MZ741",
    "impossible-target",
    ERROR,
    "目标不成立",
    what="目标是负数；百分比目标超过100，或像是按小数、万分数写的（0.95、9500）；"
    "同时写了几个方向；about 没有容差，或容差不在0到100之间。",
    why="这样的目标永远完成，或永远完不成。",
    mend="核对原文的数和单位；“左右”写成 {about: 数, tolerance: 百分数}。",
    bad="- {id: T09-01, name: 甲, kind: ratio, target: {at_least: 120}, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: ratio, target: {at_least: 100}, source: 甲}\n",
)
IMPOSSIBLE_BASELINE = Rule(
    "MZ742",
    "impossible-baseline",
    ERROR,
    "基期值不成立",
    what="基期值是负数、超出量程、等于目标，或已经超过目标。",
    why="完成率从基期值算起：（完成值－基期值）÷（目标－基期值），分母为零或为负就没有意义。",
    mend="核对基期值和目标是否同一口径（存量对存量，而不是当年新增）。",
    bad="- {id: T09-01, name: 甲, kind: stock, unit: 家, target: {at_least: 200}, baseline: 200, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: stock, unit: 家, target: {at_least: 200}, baseline: 160, source: 甲}\n",
)
UNUSED_BASELINE = Rule(
    "MZ750",
    "unused-baseline",
    WARNING,
    "基期值不参与计算",
    what="目标是 about，或基期值不高于 at_most 的上限，却写了 baseline；分解表的也是。",
    why="从基期值算起的只有 at_least，和压降到基期值以下的 at_most；别的目标写了也不算，图上的起点却像是它。",
    mend="写进 note，删去 baseline；确要从它算起的，改目标的方向或核对两个数。",
    bad="- {id: T09-01, name: 甲, kind: stock, unit: 人, target: {at_most: 60}, baseline: 50, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: stock, unit: 人, target: {at_most: 60}, baseline: 80, source: 甲}\n",
)
IMPOSSIBLE_SCHEDULE = Rule(
    "MZ743",
    "impossible-schedule",
    ERROR,
    "进度安排不成立",
    what="进度点为空、不是本年的月份、下降、超出0到100、"
    "写成了各期新增的（25、25、25、25）、写成了小数（0.5），或与 due 不一致。",
    why="序时进度只会往前走，到100为止；下降的进度会让按时的单位变成滞后。",
    mend="写成 {2023-03: 20, 2023-06: 50, 2023-12: 100} 这样逐步上升到100的进度点。",
    bad="- {id: T09-01, name: 甲, kind: milestone, schedule: {2023-06: 60, 2023-09: 50, 2023-12: 100}, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, schedule: {2023-06: 50, 2023-09: 60, 2023-12: 100}, source: 甲}\n",
)
UNFINISHED_SCHEDULE = Rule(
    "MZ744",
    "unfinished-schedule",
    WARNING,
    "进度安排没有到100",
    what="最后一个进度点小于100。",
    why="到年底也不要求全部完成，没完成的单位仍算达到序时进度。",
    mend="补上完成时的进度点，如 2023-12: 100。",
    bad="- {id: T09-01, name: 甲, kind: milestone, schedule: {2023-06: 50, 2023-12: 90}, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, schedule: {2023-06: 50, 2023-12: 100}, source: 甲}\n",
)
DUE_OUTSIDE_YEAR = Rule(
    "MZ745",
    "due-outside-year",
    ERROR,
    "完成期限不在计划年度内",
    what="due 不是计划年度的月份。",
    why="一份计划只管一年，数据也只有这一年的十二个月。",
    mend="写成本年的月份；不写就是本年12月。",
    bad="- {id: T09-01, name: 甲, kind: milestone, due: 2024-03, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, due: 2023-09, source: 甲}\n",
)
UNKNOWN_STAGE_SET = Rule(
    "MZ746",
    "unknown-stage-set",
    ERROR,
    "没有这套阶段",
    what="stages 写的名字不在 stage_sets 里。",
    why="不知道有哪几个阶段，就读不懂填报的阶段。",
    mend="照提示改正，或在 stage_sets 里加上；也可以直接写列表 [未启动, 起草, 印发]。",
    bad="- {id: T09-01, name: 甲, kind: milestone, stages: documents, source: 甲}\n"
    "stage_sets:\n"
    "  document: [起草, 印发]\n",
    good="- {id: T09-01, name: 甲, kind: milestone, stages: document, source: 甲}\n"
    "stage_sets:\n"
    "  document: [起草, 印发]\n",
)
IMPOSSIBLE_STAGES = Rule(
    "MZ747",
    "impossible-stages",
    ERROR,
    "阶段不成立",
    what="阶段少于2个或多于20个、重名、不是从0逐级升到100，写反了（完成的在最先、没有开始的在最后），或与“不适用”、数字相混。",
    why="阶段的比重就是完成率：第一个阶段是0，最后一个是100，中间逐级上升。",
    mend="写成列表（比重均分），或 {未启动: 0, 起草: 40, 印发: 100}。",
    bad="- {id: T09-01, name: 甲, kind: milestone, stages: {未启动: 0, 起草: 60, 审议: 40, 印发: 100}, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: milestone, stages: {未启动: 0, 起草: 40, 审议: 60, 印发: 100}, source: 甲}\n",
)
IMPOSSIBLE_REVISION = Rule(
    "MZ748",
    "impossible-revision",
    ERROR,
    "目标调整不成立",
    what="revisions 里的月份不在计划年度内、没有按先后排列，调整后的方向变了、目标没有变、没有越过基期值，"
    "或原目标是 undefined。",
    why="每一期按当时有效的目标考核：从哪一期起按哪个目标，要说得清。",
    mend="写成 revisions: [{from: 2023-09, target: {at_least: 900}, source: 关于调整…的通知}]，按月份先后，每月一条。",
    bad="- {id: T09-01, name: 甲, kind: count, unit: 个, target: {at_least: 800}, source: 甲,\n"
    "   revisions: [{from: 2024-09, target: {at_least: 900}, source: 通知}]}\n",
    good="- {id: T09-01, name: 甲, kind: count, unit: 个, target: {at_least: 800}, source: 甲,\n"
    "   revisions: [{from: 2023-09, target: {at_least: 900}, source: 通知}]}\n",
)
UNFITTING_SCHEDULE = Rule(
    "MZ749",
    "unfitting-schedule",
    WARNING,
    "进度安排与指标不相称",
    what="上限（at_most）按月均衡或按节点要求一部分；从0、从基期值、从头做起的要求每期都达到；或期限、进度点、分解表的期限不在应报的月份。",
    why="上限不是逐月去完成的，越少越好；从0累计的数年初总是不够；不报的月份没有数可判。",
    mend="上限写 schedule: always（累计量的上限不写就是）；累计量写 linear 或进度点；"
    "期限和进度点写在季末、半年末或12月，或改 report_every。",
    bad="- {id: T09-01, name: 甲, kind: count, unit: 起, target: {at_most: 5}, schedule: linear, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: count, unit: 起, target: {at_most: 5}, schedule: always, source: 甲}\n",
)
CLAUSE_MISMATCH = Rule(
    "MZ753",
    "target-not-in-clause",
    WARNING,
    "目标不是原文里的数",
    what="source 摘的原文里有数，目标值却不是其中任何一个（增长的，百分数不是；"
    "调整后的目标看它自己的 source，写增减的数也可以）；"
    "或原文说的是上限（不超过、以内）、目标写的是下限，或相反；或容差小于百分之一；或基期值像是按小数（0.6）、按别的计量单位写的。",
    why="多写少写一个零，全年的判定都跟着错；容差按百分数写，0.05 是万分之五，不是百分之五。",
    mend="核对目标值、计量单位和原文；原文的数确实不是目标的，只摘与目标有关的字句。",
    bad="- {id: T09-01, name: 甲, kind: count, unit: 张, target: {at_least: 750}, source: 新增床位700张}\n",
    good="- {id: T09-01, name: 甲, kind: count, unit: 张, target: {at_least: 700}, source: 新增床位700张}\n",
)
CLAUSE_OFF_BY_TENS = Rule(
    "MZ756",
    "target-off-by-tens",
    ERROR,
    "目标比原文的数多零或少零",
    what="source 摘的原文里只有一个数，目标值是它的十倍、百倍……或十分之一、百分之一……（各单位相加正好是目标的除外）。",
    why="多写少写一个零，或计量单位错了，全年的判定都跟着错。",
    mend="核对目标值、计量单位和原文；原文的数确实不是目标的，只摘与目标有关的字句。",
    bad="- {id: T09-01, name: 甲, kind: count, unit: 张, target: {at_least: 7000}, source: 新增床位700张}\n",
    good="- {id: T09-01, name: 甲, kind: count, unit: 张, target: {at_least: 700}, source: 新增床位700张}\n",
)
FINER_FIGURE = Rule(
    "MZ754",
    "figure-too-fine",
    ERROR,
    "数的小数位多于指标允许的",
    what="累计量、存量的目标、基期值、进度点的数量或分解数，小数位比 decimals 多（不写就是整数，金额四位）。",
    why="没有半张床、半个人：填报的数只能是整数，这样的目标多半是抄错或算错，只会差半个完不成。",
    mend="核对这个数；确有小数的（如平方米），写上 decimals。",
    bad="- {id: T09-01, name: 甲, kind: stock, unit: 张, target: {at_least: 50.5}, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: stock, unit: 亩, target: {at_least: 50.5}, decimals: 1, source: 甲}\n",
)
UNUSABLE_BREAKDOWN = Rule(
    "MZ751",
    "unusable-breakdown",
    ERROR,
    "无法按这个权重分解",
    what="breakdown 写的权重没有单位填写，或有县（区）没有填写；或指标不是全市合计的累计量、存量。",
    why="没有权重就算不出各单位的参考分解；比率和里程碑不能按份额分。",
    mend="在 reporting_units 的 weights 里补上，或改用 equal（均分）；逐县要求的指标不用 breakdown。",
    bad="- {id: T09-01, name: 甲, kind: count, unit: 个, target: {at_least: 9}, breakdown: township, source: 甲}\n",
    good="- {id: T09-01, name: 甲, kind: count, unit: 个, target: {at_least: 9}, breakdown: townships, source: 甲}\n",
)
NO_BREAKDOWN_FILE = Rule(
    "MZ752",
    "no-breakdown-file",
    WARNING,
    "写了分解权重，却没有分解表",
    what="有的指标写了 breakdown，计划旁边却没有 <计划名>.breakdown.csv。",
    why="没有分解表，各单位就没有目标，只统计贡献。",
    mend="用 mzplan breakdown --write 生成参考分解，或导入正式下达的数。",
)
RELATION_UNKNOWN = Rule(
    "MZ761",
    "relation-unknown-indicator",
    ERROR,
    "勾稽关系里的指标不存在",
    what="relations 写的指标编码不在计划里。",
    why="写错的关系永远不会被核对。",
    mend="照提示改成计划里的指标编码。",
    bad="relations:\n- {terms: [T01-01], at_most: T01-99}\n",
    good="relations:\n- {terms: [T01-01], at_most: T01-02}\n",
)
RELATION_IMPOSSIBLE = Rule(
    "MZ762",
    "impossible-relation",
    ERROR,
    "勾稽关系不成立",
    what="关系里有不能相加的指标（比率、里程碑）、同一指标出现两次，或 at_most 与 equals 没有正好写一个。",
    why="比率不能相加，一个数也不能是自己的一部分。",
    mend="只用累计量和存量；分项写在 terms，总项写在 at_most 或 equals。",
    bad="relations:\n- {terms: [T01-01], at_most: T02-01}\n",
    good="relations:\n- {terms: [T01-01], at_most: T01-02}\n",
)
LIGHT_GAP = Rule(
    "MZ771",
    "light-hole-or-overlap",
    ERROR,
    "亮灯界限有空档或重叠",
    what="黄灯与红灯的界限之间有空档、相互重叠，或某一档永远不会出现。",
    why="落在空档里的差距没有灯，重叠处有两种灯，结果不可信。",
    mend="黄灯从 yellow 到 red，红灯从 red 起：0 ≤ yellow < red；原文写了黄灯上限的（yellow_to）应等于 red。",
    bad="lights:\n- {name: own, title: 本市, yardstick: points, yellow: 10, yellow_to: 20, red: 30, source: 市府办}\n",
    good="lights:\n- {name: own, title: 本市, yardstick: points, yellow: 10, yellow_to: 30, red: 30, source: 市府办}\n",
)
LIGHT_NAME_TAKEN = Rule(
    "MZ772",
    "light-name-taken",
    ERROR,
    "亮灯规则与自带的重名",
    what="lights 里的 name 与程序自带的亮灯规则相同。",
    why="同一个名字在两份计划里意思不同，通报就无法比较。",
    mend="换一个名字，例如加上城市和年份。",
    bad="lights:\n- {name: strict, title: 本市, yardstick: points, yellow: 0, red: 20, source: 市府办}\n",
    good="lights:\n- {name: own-2023, title: 本市, yardstick: points, yellow: 0, red: 20, source: 市府办}\n",
)

PLAN_RULES: tuple[Rule, ...] = tuple(
    rule
    for holder in (vars(file_rules), dict(globals()), vars(breakdown_rules), vars(document_rules))
    for rule in holder.values()
    if isinstance(rule, Rule)
)
"""Every rule of the family, in order of code."""
