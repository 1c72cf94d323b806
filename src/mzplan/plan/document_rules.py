"""The rules about a plan held against the document it was made from (MZ79x).

The examples are run by the suite as those of `rules` are.
"""

from mzplan.diagnostics import Rule
from mzplan.plan.file_rules import ERROR, WARNING

HEADING_NOT_IN_DOCUMENT = Rule(
    "MZ791",
    "heading-not-in-document",
    ERROR,
    "原文里没有这个标题",
    what="用 plan check --document 核对时，计划里行动、任务或保障措施的名称不是原文任何一段的开头（序号除外）。",
    why="找不到标题，就不知道原文哪一段说的是这项任务；多半是名称抄错了字，或拿错了文件。",
    mend="照原文改 name；标题与正文之间可以是句号，也可以分段。",
    bad="===\n社会救助\n1.救助服务工作。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。继续做好。\n",
    good="===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。继续做好。\n",
)
SOURCE_NOT_IN_DOCUMENT = Rule(
    "MZ792",
    "source-not-in-document",
    ERROR,
    "原文里没有 source 摘的话",
    what="用 plan check --document 核对时，指标的 source 不是原文里一字不差的一段（空格、换行、全角半角不计）。",
    why="source 是判定的依据；改过的、凭记忆写的话，被通报的单位在文件里找不到。",
    mend="从原文里复制；只摘与这项指标有关的连续一段，不要用省略号接起来。",
    bad="- {id: T09-01, name: 甲, kind: milestone, source: 开展一次检查}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。开展检查。\n",
    good="- {id: T09-01, name: 甲, kind: milestone, source: 开展检查}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。开展检查。\n",
)
SOURCE_OF_ANOTHER_TASK = Rule(
    "MZ793",
    "source-of-another-task",
    ERROR,
    "source 摘自别的任务",
    what="用 plan check --document 核对时，指标的 source 在原文里，却不在它所属任务的标题下面。",
    why="指标按任务汇总、按任务追责；放错了任务，两项任务的完成情况都不对。",
    mend="把指标移到说这句话的任务下面，或改摘本任务的话。",
    bad="- {id: T09-01, name: 甲, kind: milestone, source: 开展检查}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。开展检查。\n2.另一任务。\n",
    good="- {id: T09-01, name: 甲, kind: milestone, source: 开展检查}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。开展检查。\n",
)
NUMBER_UNCLAIMED = Rule(
    "MZ794",
    "number-unclaimed",
    ERROR,
    "原文里的数没有着落",
    what="用 plan check --document 核对时，原文里有一个数，既不是摘了它的指标的目标，也没有列在 not_targets 里。"
    "年月日、序号、届次、等级（4A）和文号不算；里程碑和目标写 undefined 的指标，摘了就算有着落。",
    why="文件里的每一个数都是承诺，漏一个，年底就少考核一项；摘的是700、目标写成7000，全年的判定都跟着错。",
    mend="补上指标；目标与原文不符的改正目标；确实不是目标的（活动名称、政策简称），"
    "在 not_targets 里写上它前后的字和理由。",
    bad="===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家，服务500人。\n2.另一任务。继续做好。\n",
    good="not_targets:\n- {words: 服务500人, reason: 上年的数}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家，服务500人。\n2.另一任务。继续做好。\n",
)
DOCUMENT_SAYS_OTHERWISE = Rule(
    "MZ796",
    "document-says-otherwise",
    WARNING,
    "标题、日期或期限与原文不同",
    what="指标的 source 写着几月底前，due 和进度点却不是那个月；或用 plan check --document 核对时，"
    "摘的话前面写着的月份不同，title、issued 与原文开头的标题、日期不同。",
    why="多半是照上年的计划改的，忘了改；期限晚写三个月，到期没有完成的单位就看不出来。",
    mend="照原文改正；原文有多个日期的，issued 写印发的那一天。",
    bad="- {id: T09-01, name: 甲, kind: milestone, source: 9月底前开展检查}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。9月底前开展检查。\n",
    good="- {id: T09-01, name: 甲, kind: milestone, due: 2023-09, source: 9月底前开展检查}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。9月底前开展检查。\n",
)
TARGETS_SWAPPED = Rule(
    "MZ797",
    "targets-swapped",
    WARNING,
    "两项指标的目标像是写反了",
    what="用 plan check --document 核对时，两项指标摘了同一段话里的两个数；照数前后的字和计量单位，各是对方的目标。",
    why="两个数都有指标认领，别的核对看不出来；写反了，两项的判定全年都是错的。",
    mend="照原文改正；没有写反的，source 各摘各的话。",
    bad="- {id: T09-01, name: 床位, kind: count, unit: 张, target: {at_least: 30}, source: 床位50张、护理员30人}\n"
    "- {id: T09-02, name: 护理员, kind: count, unit: 人, target: {at_least: 50}, source: 床位50张、护理员30人}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。新增床位50张、护理员30人。\n",
    good="- {id: T09-01, name: 床位, kind: count, unit: 张, target: {at_least: 50}, source: 床位50张、护理员30人}\n"
    "- {id: T09-02, name: 护理员, kind: count, unit: 人, target: {at_least: 30}, source: 床位50张、护理员30人}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。新增床位50张、护理员30人。\n",
)
NEEDLESS_EXCUSE = Rule(
    "MZ795",
    "needless-excuse",
    WARNING,
    "not_targets 里的这一条没有用",
    what="用 plan check --document 核对时，not_targets 写的字不在原文里，或那里没有需要说明的数。",
    why="多半是照抄上年的计划；留着它，将来原文里真有这个数时就会被放过。",
    mend="照原文改正，或删去这一条。",
    bad="not_targets:\n- {words: 服务500人, reason: 上年的数}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家。\n2.另一任务。继续做好。\n",
    good="not_targets:\n- {words: 服务500人, reason: 上年的数}\n"
    "===\n社会救助\n1.救助服务。项目100个，活动200个，覆盖80%，机构60家，服务500人。\n2.另一任务。继续做好。\n",
)
