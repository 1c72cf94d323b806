"""What can be wrong with an edited bulletin: the MZ9 family, which only `mzplan summary --verify` reports."""

from mzplan.diagnostics import Rule, Severity

FIGURE_MISMATCH = Rule(
    "MZ901",
    "figure-mismatch",
    Severity.ERROR,
    "数字与数据不符",
    "草稿中的数字能对应到某个指标、单位或合计，但与数据算出的不同。",
    "改稿时最容易改错或抄错数字；印发后更正代价很大。",
    "按提示改成正确的数字；若草稿是对的，先更正填报数据再重新生成。",
)
FIGURE_STALE = Rule(
    "MZ902",
    "figure-stale",
    Severity.ERROR,
    "数字是以前报告期的",
    "草稿中的数字与本报告期的数据不同，却与以前某一期的相同。",
    "沿用上期文稿时，漏改的数字都是这个样子。",
    "改成本期的数字；如有意引用以前的数字，请在句中写明月份。",
)
FIGURE_UNBOUND = Rule(
    "MZ903",
    "figure-unbound",
    Severity.WARNING,
    "数字无法核对",
    "看不出这个数字说的是哪个指标、哪个单位或哪一类合计，或者计划和数据里没有它。",
    "没有核对过的数字要由人核对。",
    "写全指标名称和单位，或人工核对。",
)
LIST_MISMATCH = Rule(
    "MZ904",
    "list-mismatch",
    Severity.ERROR,
    "列出的名单与数目或数据不符",
    "句中说有几项（家），列出的却不是这几项（家）；分项之和不等于总数；或标题、要点、附件的序号不连。",
    "名单和数目常常只改了一处。",
    "按提示增减名单或改数目；没有列全的在名单末尾加“等”。",
    source="丹东市2016年第三季度通报：正文称132项，各类占比却按125项计算",
)
SHARES_NOT_WHOLE = Rule(
    "MZ905",
    "shares-not-whole",
    Severity.ERROR,
    "占比有误或合计不是100%",
    "同一整体的各项占比，合计应为100%；每个占比应等于该项数目除以总数。",
    "占比多由手工计算，分母用错或改了数目没改占比，读者一加就发现。",
    "按提示的数目重算占比。",
    source="湘潭市2019年10月通报：9项占60%、3项占27%、3项占20%，合计107%",
)
WRONG_WAY_ROUND = Rule(
    "MZ906",
    "wrong-way-round",
    Severity.ERROR,
    "快慢、位次或完成与否说反了",
    "“快于”与“慢于”、“并列”与否、“已完成”“提前”“滞后”等说法与数据相反。",
    "数字对而说法反，比数字错更难发现。",
    "按提示改说法。",
)
SOURCE_CHANGED = Rule(
    "MZ907",
    "source-changed",
    Severity.WARNING,
    "数据或计划在成稿后变过",
    "草稿末尾记的计划版本、数据摘要或亮灯规则与现在的不同。",
    "说明成稿以后数据、计划有更正，或亮灯规则换过；数字即使碰巧没变，也应知道。",
    "重新生成文稿，或在确认数字都一致后更新末尾一行。",
)

STATEMENT_OPEN = Rule(
    "MZ908",
    "statement-open",
    Severity.WARNING,
    "这句话没有核对",
    "这句话不是按数据生成的原句，其中有的说法没有数据可以对照，或者看不出说的是谁；"
    "或者生成的话里说明不足、未报的，文稿删去了。",
    "核对过的才打勾；没有核对的要由人核对，不能当作已经核对。",
    "由人核对这句话，或改回按数据生成的说法。",
)
FRAME_MISMATCH = Rule(
    "MZ909",
    "frame-mismatch",
    Severity.ERROR,
    "抬头、落款或日期与文稿不符",
    "主送单位不是标题所说的单位，落款不是计划的发文机关，成文日期早于报告期末，版头版记与 --office 给的不同，"
    "或少了应有的一行（标题、小标题、主送、署名、附件说明等）。",
    "发给谁、谁发的、何时发的写错，文就作废。",
    "按提示改抬头、落款或日期，缺的补上。",
)
ROW_MISSING = Rule(
    "MZ910",
    "annex-row-missing",
    Severity.WARNING,
    "附表缺少、缺行或缺列",
    "文稿少了应有的附表，或附表里少了应有的单位、领域、指标或列。",
    "删掉的一行往往正是读者要找的；有意不列的，应在表注里说明。",
    "补上缺少的附表、行或列，或在表注里说明为什么不列。",
)

REVISION_OPEN = Rule(
    "MZ911",
    "revision-open",
    Severity.WARNING,
    "文稿里还有没有处理的修订、批注或看不见的文字",
    "Word 文稿里有没有接受或拒绝的修订，没有删除的批注，隐藏的或白色的文字；核对时按全部接受后的文字读，白色的也读。",
    "带着修订的文稿，印出来的与核对过的可能不是同一篇。",
    "在“审阅”里接受或拒绝全部修订、删除批注，取消或删去隐藏的、白色的文字，再核对一次。",
)

VERIFY_RULES = (
    FIGURE_MISMATCH,
    FIGURE_STALE,
    FIGURE_UNBOUND,
    LIST_MISMATCH,
    SHARES_NOT_WHOLE,
    WRONG_WAY_ROUND,
    SOURCE_CHANGED,
    STATEMENT_OPEN,
    FRAME_MISMATCH,
    ROW_MISSING,
    REVISION_OPEN,
)
"""The family, in the order of its codes."""
