"""Whether words outside of the records put anything in doubt: what the figures are, whose, or for when."""

import re

from mzplan.period import Period
from mzplan.reading.patterns import late
from mzplan.submissions.labels import of_another
from mzplan.submissions.names import HAN, Names
from mzplan.submissions.ordinals import without_ordinals
from mzplan.submissions.reasons import admits
from mzplan.submissions.remarks import indicators_in, number_in
from mzplan.submissions.standing_words import OF_ITSELF, OF_NUMBERS

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
            OF_NUMBERS,
            r"值(?![得班守])|额|(?<![质力])量|率(?![先领])|(?<!多)元(?!旦)|[十百千万亿倍半均]|人次|口径|指标|系统|单位",
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

_ATTACHED = late(r"(?<![^\W\d_])附(?![近加属带录])(?:件|有|上)?\s*\d{0,2}\s*:?(?P<named>[^。;,]*(?:;\n[^。;,]*)*)")
_BETWEEN = late(r"[\s、;]+")
_DOCUMENT = late(
    "(?:材料|佐证|照片|[图截]|复印件|扫描件|原件|名单|名?册|清单|明细|目录|台账|文件|报告|总结|方案|通[知报]|合同|协议|批复|证明|证书|凭证|发票"
    r"|[^见][图表]|(?:纸质|电子|盖章|签字)版|\.(?i:xlsx?|docx?|pdf|et|wps|zip|rar|jpe?g|png))(?:(?:[合共总]?计?|各|一式)[\d一二两三四五六七八九十]{1,3}[份张页件本套幅])?$"
)
"""How the name of what is attached ends."""
_HANDED_OVER = late(
    rf"(?:已经?|均|都|现|将|一并|同时)*(?:随(?:[文函信件表]|报表|本表))?(?:已经?|一并)*"
    rf"(?:附上?|[上呈]?报[送出]?|打包|(?:打包)?[发寄递提]?[送交]|(?:打包)?[发寄](?:出)?|上传)"
    rf"(?:[至到给在]?{HAN}{{0,8}}?(?:局|科|处|室|邮箱|平台|群))?(?:完毕|了)?"
)
"""That something goes along with a table, or has been sent."""
_CLAUSE = late(r"[^,，。;；\n]+")
_CORRECTS = late(
    "更[正改新]|订正|勘误|修[正改订]|改[为正成]|应[为填]|补[报填登]|重[报填新]|错|误(?!餐)|漏|估|预[计测]|草稿|暂|[未不没]|缺|待(?!遇)|[当上本]月|去年|旧|沿用|同[期上]|另|剔除|扣|口径|为准"
)
"""What is said so may change figures, be it in the name of what is attached."""
_ASKED = late(
    "(?:以上|上述|[本此该]表|报表|数据|情况|材料|现|特此|专此|[请谨敬恳]|予以?|领导|局长|主任|[市贵]局|一并|及时|(?<=[核定批阅示])后|并|及|[妥当可]否|是否妥当"
    r"|审[阅示核定批]|[批指]示|阅[示处知]|批准|查收|汇总|[报函]告|汇报|上报|报[上送]|备案|存档|过目|[\s,、])+"
)
"""All that is said where whoever gets a table is asked to read it and to pass it on …"""
_ASKS = late("[请此]")
"""… and where that is asked, or has been done."""
_SENTENCE = late(r"[^。;\n]+")


def leaves_doubt(text: str, names: Names, unit: str | None = None, period: Period | None = None) -> bool:
    """Whether a text that is no record may say what the figures are, or that they are another unit's or month's.

    The table's own `unit` and `period` may be named. What hands something over, the names of attached documents and
    the request to read the table, says nothing by what it mentions (床位数, 以上), but where it corrects.
    """
    text = _IF_ASKED.sub("\n", without_ordinals(text))
    rest = _SENTENCE.sub(lambda said: "\n" if _asks(said[0]) else said[0], text)
    rest = _CLAUSE.sub(lambda said: "\n" if _hands_over(said[0], names, unit, period) else said[0], rest)
    rest = _ATTACHED.sub(lambda said: "\n" if _is_of_documents(said, names, unit, period) else said[0], rest)
    rest = OF_ITSELF.sub("\n", rest)
    return (
        not names.units_in(text) <= {unit}
        or any(indicators_in(rest, names))
        or admits(rest)
        or bool(_COMMENT.match(text) or VOID.search(text) or _OF_FIGURES.search(names.without_units(rest)))
        or any(map(str.isdigit, rest))
    )


def _asks(said: str) -> bool:
    """Whether a sentence does no more than to hand the table over, in however many copies."""
    said = OF_ITSELF.sub(",", said)
    return bool(_ASKED.fullmatch(said) and _ASKS.search(said))


def _hands_over(clause: str, names: Names, unit: str | None, period: Period | None) -> bool:
    """Whether a clause says but that documents, or what is not named, go along with the table or have been sent."""
    found = _HANDED_OVER.search(clause)
    if found is None or _is_told_of(clause, names, unit, period):
        return False
    rest = f"{clause[: found.start()]}{clause[found.end() :]}".strip()
    return not rest or bool(_DOCUMENT.search(rest))


def _is_of_documents(said: re.Match[str], names: Names, unit: str | None, period: Period | None) -> bool:
    """Whether what is attached is named, and no figure, no other unit and month and no correction is."""
    named = [*filter(None, _BETWEEN.split(said["named"]))]
    return all(map(_DOCUMENT.search, named)) and not _is_told_of(said[0], names, unit, period)


def _is_told_of(said: str, names: Names, unit: str | None, period: Period | None) -> bool:
    """Whether words correct something, hold what may be a figure, or name another unit or month."""
    return bool(_CORRECTS.search(said) or number_in(said, names) or next(of_another(said, names, unit, period), None))
