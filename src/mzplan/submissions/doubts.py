"""Whether words outside of the records put anything in doubt: what the figures are, whose, or for when."""

from mzplan.reading.patterns import late
from mzplan.submissions.names import Names
from mzplan.submissions.ordinals import without_ordinals
from mzplan.submissions.reasons import admits
from mzplan.submissions.remarks import indicators_in

VOID = late("作废|废止|草稿|演示|以(?![此本这])[^,，。;；]{1,10}为准")
"""The table is not the one that counts."""
_COMMENT = late(r"\s*(?:#|//|/\*|--)")
"""How a line begins that is taken out and kept: it may be a record."""
_IF_ASKED = late(r"如(?:果|若)?(?:有|遇|对)[^,，。;；]{0,8}?(?:疑[问义]|问题|不明)(?:之?处)?")
"""What sets out whom to ask, and asks nothing."""
_OF_FIGURES = late(
    "|".join(
        (
            # what they are, and how they were come by
            r"数(?!字化)|值(?![得班守])|额|(?<![质力])量|率(?![先领])|(?<!多)元(?!旦)|[十百千万亿倍半均]|人次|口径|指标|系统|单位",
            "统计|计入|算(?![法盘])|[合小总累会]计|折|换|估|核|审(?!阅)|测|准|误|错|漏|缺|差|反(?![馈映])|颠倒|串|重|遗|剔|扣|归|[增减加乘]|调(?!研)|更|订正|[修改]正|改(?!革|善|造)",
            "[填写报抄按凭]|(?<![讯目附])录|截|取自|来自|取|导[入出]|凑|虚|水分|编(?!者)|样|真|实际|属实|目标|完成|[预拟待暂]|尚(?!德)|陆续|还(?:在|要|有|差|缺|需)|摸[底排]|走访(?!慰问)|在收集|收集中|走.{0,2}流程|初步|应(?!急)|大[概致约]|约|差不多|左右",
            r"粗(?!放)|模糊|拍脑|偏(?![远僻])|乐观|保守(?!秘)|舍[去入五]|进位|争议|变(?=[动化了]|\W|$)|练习|[举示范]例|范本|(?<![终定])稿(?![件费约])",
            # which of them, and which not
            r"含|在内|里面|除|部分|个别|全部|[县区](?![委局域政])|[乡镇村]|街道|其[余中]|仅|只|另[外有加行计]|以[上下外]|上述|之外|[前后][几两三]|[行列栏格](?![动业为政])|[页表](?![彰扬示达])|分[子母]",
            r"没|未(?!成年|来)|不|无|非(?!常)|停|删|废|旧|参考|供参|[相如雷等]同|同[上前左]|一致|沿用|照(?!片)|的(?=\W|$)",
            # when
            r"[上去前往今本当每各下][一二两三几]?个?[月年季期次]|[年月](?:底|末|初|份|度)|季|半年|日前|同期",
        )
    )
)
"""Words that may say it. They are looked for broadly: what is missed here is told, and does not keep a table away."""


def leaves_doubt(text: str, names: Names, unit: str | None = None) -> bool:
    """Whether a text that is no record may say what the figures are, or that they are another unit's or month's.

    The table's own `unit` may be named.
    """
    text = _IF_ASKED.sub("\n", without_ordinals(text))
    return (
        not names.units_in(text) <= {unit}
        or any(indicators_in(text, names))
        or admits(text)
        or bool(_COMMENT.match(text) or VOID.search(text) or _OF_FIGURES.search(names.without_units(text)))
        or any(map(str.isdigit, text))
    )
