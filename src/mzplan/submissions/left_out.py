"""What a note says is not counted, and rightly: what does not count, or not yet."""

from collections.abc import Sequence

from mzplan.reading.patterns import late
from mzplan.submissions.steps import ARRIVED_WORDS, BEGUN_WORDS, NOT, ON_WAY_WORDS, THERE_WORDS

NOT_YET = (
    f"(?:{NOT}(?:{THERE_WORDS}|[取拿验审批兑]|备案|通过|支付|核实)"
    f"|拟|正?在?申[报请](?=[的中])|待(?!遇)|计划(?!生育)|预计|{ON_WAY_WORDS}|明年|重复|已(?:注销|撤销|关停))"
)
"""What does not count, or not yet, as a note says of things."""
_UNDER_WAY = (
    f"{NOT_YET}|(?<![所存])在[审批办]|(?:[建设造修整审批报请理评定收标装试办备级升]|营业|运行)中(?!心|学|队|村|层|医)"
    f"|{NOT}(?:{ARRIVED_WORDS}|{BEGUN_WORDS}|评[定审]|改造|运行|使用|达标|开放)"
    "|正在|停[业办运]|歇业|关[停闭]|撤销|[注吊]销|试运[营行]|试营业"
)
_IN_HAND = (
    "数[据字值]|^\\D*核[实对查]\\D*$|(?:待|正在)[^,，\\d]{0,3}(?:报|统计|汇总|补|填|更[正新])"
    "|[接招等善看]待|待业|(?<!\\d)所在建|[模虚]拟"
)
_NOT_IN = "(?:[不未没]有?(?:予以?)?(?:[计算列纳]入?|统计(?:在内)?|包[含括]))"
_RIGHTLY_LEFT_OUT = late(
    f"^(?!.*(?:{_IN_HAND}))(?:(?:.*(?:{_UNDER_WAY})(?:(?!已)[^,，])*{_NOT_IN})|.*{_NOT_IN}(?:(?!已)[^,，])*(?:{_UNDER_WAY}))"
)
"""What is not there yet is said not to be counted: nothing is missing then, nor open."""
_LEFT_OUT = late(rf"\d.*{_NOT_IN}$")
_WHY = late(r"(?!.*(?:\d|预计|计划|补|下[月次期]|统|(?<!审)核)).*")
"""A clause that goes on with why, and not with when it will be made good."""


def says_what_is_missing(clauses: Sequence[str], at: int) -> bool:
    """Whether a clause, with the one beside it where that or this says why, may say of anything that it is missing."""
    together = [
        clauses[first] + clauses[first + 1]
        for first in (at - 1, at)
        if 0 <= first < len(clauses) - 1 and _WHY.fullmatch(clauses[first + 1]) and _LEFT_OUT.search(clauses[first])
    ]
    return not any(map(_RIGHTLY_LEFT_OUT.search, (clauses[at], *together)))
