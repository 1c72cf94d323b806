"""What the words beside a number say of it: no figure at all, a threshold, one of a month, handed out to several."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import LIST_JOINTS, MARKS, SUM_JOINTS, Passage, group_before, marked
from mzplan.bulletin.verify.rough import ROUGH, SIDED

_BOUNDS = re.compile("(?:容许|允许)?下限|目标(?![为是约]|大[约致])(?!的[^，。；]{0,3}[0-9])")
_LABEL = re.compile(r"附件[：:]?$|附表$|表$|图$|第$")
_ORDINAL = re.compile(r"[0-9]{1,2}[.、．]")
_LOOSELY = re.compile("[^，。；、（）0-9]{0,3}?(?:来回|光景|之谱|许(?=[，。；）]|$))")
"""What may stand behind a number so that nobody knows how much is meant."""
_DATE = re.compile("[0-9]+(?:月?—[0-9]+)?(?:[年月日]|个?季度)|(?<=[前后])[0-9]+个月")
_WHOSE = re.compile(
    rf"(?:%(?:{SIDED})?|(?P<of>[^，。；、（）0-9的以%]{{1,5}}(?P<side>{SIDED})?))的[单位县市区（）、领域指标]*(?:[有是为：]|[仅只]有?|包括)"
)
_OF_NAMED = re.compile(f"[^，。；、（）0-9的{''.join(MARKS.values())}]{{1,4}}的{MARKS['unit']}")
_SO_MANY = re.compile("有[0-9]+[个家项].*完成率|[0-9](?:家|个(?:单位|[县市区]|领域))(?:(?!合计|平均)[^0-9])*完成率")
"""What goes before a share that so and so many have: it is that of each of them, and not of the whole."""
SUM = "(?:[合共总]计|一?共)"
TOGETHER = f"{SUM}(?:完成|新增|建成)?[为达有]?{MARKS['indicator']}*[为达有]?"
"""What goes before the sum of several."""
SO_MANY_UNITS = "(?:地|家(?:单位)?|个?(?:县（市、区）|县市区|县区|单位|[县市区]))"
_TOGETHER = re.compile(
    f"(?:(?P<sum>{SUM})[^，。；：（）0-9{MARKS['unit']}{MARKS['area']}]*"
    f"|(?<={MARKS['unit']})(?:这?[0-9]+{SO_MANY_UNITS})?(?:均|都|各)?已?(?:达到?|[为有])?)$"
)
_TAIL = "(?:[还仍尚约]|[需须应要]|完成|新增|建成|投入|数|为|是|达)*$"
_DERIVED = re.compile(
    "(?:[月季日年人户县]均|(?:平均)?每[月季家个](?:单位|县（市、区）|县市区|县区|县)?|每月平均|相差|翻"
    f"|(?<![至最不减])[多少高低]出?了?){_TAIL}"
)
_AVERAGE = re.compile(f"平均{_TAIL}")
AHEAD = re.compile("(?:最?后|今后|未来|余下的?|剩余的?|剩下的?)(?P<months>[0-9]+)个月(?:内|里|中)?")
"""When something is to be that no report has."""
_SINCE = re.compile("[较比](?:上个?月|[0-9]{1,2}月)")
_UNITS = re.compile(
    "(?<![0-9])(?<!报)(?<!报的)([0-9]+)[家个](?:单位|县（市、区）|县市区|县区|县)?的?(?:合计|累计|共计|共|均|都)*$"
)
COUNTIES = re.compile(
    rf"(?:(?<![0-9])(?<!报)(?<!报的)(?P<count>[0-9]+)个?|[各全]个?)(?:县（市、区）|县市区|县区|县)的?(?:{SUM}|累计)*$"
)
"""All counties, or so many, before what they have."""
_ENUMERATED = re.compile(rf"(?<=[{''.join(MARKS.values())}])这?([0-9]{{1,2}})(?![0-9.])")
_COUNTS_OF = {
    "unit": re.compile(SO_MANY_UNITS),
    "indicator": re.compile("[项个](?:重点)?(?:指标|事项|工作|任务)?"),
    "area": re.compile("个?(?:领域|方面|行动)"),
}
"""What names of a kind are counted in."""
_HANDED = 20
"""How many 分别 of one sentence are looked at."""


def bound_named(text: str, position: int) -> str:
    """What a sentence names last before a position, the target or the edge of what is allowed; empty for neither."""
    named = [match[0] for match in _BOUNDS.finditer(re.split("[；。]", text[:position])[-1])]
    return named[-1] if named else ""


def is_no_figure(text: str, start: int) -> bool:
    """Whether a number that fills no slot is an ordinal, an annex's number, a date, or of months: 1—9月, 前9个月."""
    if _LABEL.search(text[:start]) or (start == 0 and _ORDINAL.match(text)):
        return True
    return _DATE.match(text, start) is not None


def is_threshold(passage: Passage, number: re.Match[str]) -> bool:
    """Whether a number is nobody's figure: it tells who is meant (超过80%的有…, 300人的某市…), or is left open."""
    text = number.string
    if _LOOSELY.match(text, number.end()) or _OF_NAMED.match(marked(passage), number.end()):
        return True
    clause = re.split("[，；。：（）]", re.sub("（[市、区]+）", "", text[: number.start()]))[-1]
    whose = _WHOSE.match(text, number.end())
    if whose and whose["of"] and not (whose["side"] or text.endswith(ROUGH, 0, number.start())):
        whose = None  # 累计1213人次的是某市
    return bool(whose or (text.startswith("%", number.end()) and _SO_MANY.search(clause)))


def is_together(passage: Passage, position: int) -> bool:
    """Whether the number is what several units or areas named before it have together, or each of them."""
    told = _TOGETHER.search(marked(passage), 0, position)
    is_sum = told is not None and told["sum"] is not None
    joints = SUM_JOINTS if is_sum else LIST_JOINTS
    group = group_before(passage, told.start(), ("unit", "area"), figures=is_sum, joints=joints) if told else []
    is_of_all = any(one.kind == "city" and group[-1].end <= one.start < position for one in passage.mentions if group)
    return len(group) > 1 and not is_of_all


def units_counted(text: str, begun: int, position: int) -> int:
    """How many units are counted right before a place, of whom something is: 9个县（市、区）合计; 0 where none are."""
    found = _UNITS.search(text, begun, position)
    return int(found[1]) if found else 0


def is_derived(text: str, begun: int, position: int, *, adds_up: bool) -> bool:
    """Whether words between two places make what follows a mean, or a difference to anything but an earlier month.

    The average of what does not add up over units is the figure of the whole.
    """
    clause = re.split("[，；。：]", text[begun:position])[-1]
    if _SINCE.search(clause):
        return False
    part = text.rfind("；", 0, position) + 1
    is_mean = _DERIVED.search(clause) or (adds_up and _AVERAGE.search(clause))
    return bool(is_mean or AHEAD.search(text, part, position))


def enumerated(passage: Passage) -> Iterator[tuple[int, int, int]]:
    """Where each number stands with its measure that only counts the names right before it, and how many they are."""
    for match in _ENUMERATED.finditer(text := marked(passage)):
        group = group_before(passage, match.start(), ("unit", "indicator", "area"))
        is_counted = (
            len(group) > 1 and group[-1].end == match.start() and _COUNTS_OF[group[0].kind].match(text, match.end(1))
        )
        if is_counted:
            yield match.start(1), is_counted.end(), len(group)


def is_apportioned(passage: Passage, position: int) -> bool:
    """Whether the number is one of several that 分别 hands out: not where names follow it."""
    text = passage.text
    begun = max(text.rfind("；", 0, position), text.rfind("。", 0, position)) + 1
    names = {mention.start for mention in passage.mentions}
    return any(
        match[0] == "分别" or not names & {match.end(), match.end() + 1}
        for match in re.compile("分别[为是]?").finditer(text, begun, position)
    )


def is_of_several(passage: Passage, position: int) -> bool:
    """Whether the number counts the names before it, or is of all of them and not of the last."""
    is_count = any(start == position for start, *_ in enumerated(passage))
    return is_count or is_together(passage, position) or is_apportioned(passage, position)


def handed_out(passage: Passage, starts: Sequence[int]) -> dict[int, Mention]:
    """Whose each number after a 分别 is: of as many names before it as there are numbers in each clause after it."""
    found: dict[int, Mention] = {}
    for match in islice(re.finditer("分别", passage.text), _HANDED):
        names = group_before(passage, match.start(), ("unit", "indicator"))
        if len(names) == 1:  # 某县、某县的某率分别为
            names = group_before(passage, match.start(), ("unit",))
        told = re.match("[^；。]*", passage.text[match.end() :])
        for clause in re.finditer("（[^）]*）?|[^，（）]+", told[0] if told else ""):
            begin, end = (match.end() + position for position in clause.span())
            numbers = [start for start in starts if begin <= start < end] if clause[0][0] != "（" else []
            if len(names) == len(numbers) > 1:
                found.update(zip(numbers, names, strict=True))
            elif numbers:
                break
    return found
