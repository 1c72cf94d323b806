"""What can be wrong with a change of what was reported. Family MZ6xx; applied where git tells what there was before."""

from mzplan.diagnostics import Rule, Severity

_WHY = "通报、排名和上报的数都以当时的数为准；以前的数悄悄变了，就没有人知道当时凭的是什么。"

DELETED_REPORT = Rule(
    code="MZ611",
    name="deleted-report",
    severity=Severity.ERROR,
    title="删去了报表",
    what="与比较的版本（--since）相比，一个单位一个月的报表没有了，也没有别的文件说这个单位的这个月（改了名，或换成别的格式）。",
    why=_WHY,
    mend="用 git 恢复这个文件；确应删去的，请市局在 waivers.csv 里写明理由和期限。",
)
DELETED_MONTH = Rule(
    code="MZ612",
    name="deleted-month",
    severity=Severity.ERROR,
    title="删去了整月的报表",
    what="与比较的版本（--since）相比，一个月原有的报表全部没有了，或原来的文件夹换成了符号链接。",
    why=_WHY,
    mend="用 git 恢复这个月的文件夹；确应删去的，请市局在 waivers.csv 里写明理由和期限。",
)
CHANGED_FIGURE = Rule(
    code="MZ613",
    name="changed-past-figure",
    severity=Severity.ERROR,
    title="改动了以前的数",
    what="与比较的版本（--since）相比，已过报送期限的月份，一个数变了，“说明”里没有新写原因。说出发生了什么（两镇合并、台风），或原来的数错在哪里（上月多报5人、笔误、录入错误、不符合条件、实地核查后减少），才是原因；与原来的说明相同，或只写“更正”“核减”“见附件”“根据领导要求”的不是，与改成的数对不上的（“72应为58”，改成的却是55；漏报5人，数却多了9；数变大了，写的是核减）也不是，说原数无误、为完成进度的也不是，别处、别年、别的指标的（床位多报7张，改的却是人数），比率没有变的那一部分的（分母多报6个，改的却是分子），还没有发生的也不是。写了原因的只提醒；以前的内容取不到、无法核对的（部分克隆、子模块、通向版本之外的符号链接）也算。",
    why=_WHY,
    mend="改回原来的数；确是更正的，在这一行的“说明”里写明原来的数错在哪里，如“更正：上月多报5人”“笔误”。",
)
DELETED_FIGURE = Rule(
    code="MZ614",
    name="deleted-past-figure",
    severity=Severity.ERROR,
    title="删去了以前的数",
    what="与比较的版本（--since）相比，已过报送期限的月份，报表还在，其中的数没有了，或那一行现在不能用而没有别的错误说明它。",
    why=_WHY,
    mend="补回原来的行；确不适用的，写“不适用”并在“说明”里写明原因。",
)

HISTORY_RULES = (DELETED_REPORT, DELETED_MONTH, CHANGED_FIGURE, DELETED_FIGURE)
