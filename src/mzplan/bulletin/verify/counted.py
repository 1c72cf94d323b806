"""What a draft says of several counts of indicators: one as a share of another, so many more, so many together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import by_any_target, held_against, is_put_off, passes
from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify.beside_numbers import SUM
from mzplan.bulletin.verify.claims import Claim, denial_before
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.grammar import COUNTED, any_of
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import MARKS, UNKNOWN, Passage, area_of, group_before, is_of_the_rest, marked
from mzplan.bulletin.verify.put_off import counts_early
from mzplan.bulletin.verify.rough import agrees_roughly
from mzplan.bulletin.verify.set_forms import PORTION
from mzplan.bulletin.verify.spans import is_aimed, is_now
from mzplan.diagnostics import show
from mzplan.rules.draft import FIGURE_MISMATCH
from mzplan.scoring.progress import STATUS_ZH, Progress, Status
from mzplan.zh import joined, percent

NOT_SO = "“{said}”与数据不符：按数据应为{right}"
_OF_THESE = "{part}项占{whole}项的{right}%"
_DONE_OF = "{whole}项中已完成{part}项"
_BESIDE = "{first}项与{second}项"
_SENT: Mapping[str, str] = {"应报": "owed", "已报": "filed", STATUS_ZH[Status.MISSING]: "unfiled"}
"""What a unit sends, which of the city or an area would be of indicators, and not of their reports."""
_DONE = {"完成": "met"}
"""What is said of a sum alone: elsewhere 未 may go before it."""
_GROUPS: Mapping[str, str] = {
    **dict.fromkeys(("办结", "重点事项办结", "重点事项已办结"), "milestones&met"),
    **dict(COUNTED),
    **_SENT,
    "指标": "all",
}
_WHOLES: Mapping[str, str] = {
    **dict.fromkeys(("纳入评价", "纳入评价的"), "judged"),
    **dict.fromkeys(("应达到进度要求", "应达到进度要求的", "应达", "应达的"), "due"),
    **dict.fromkeys(("全部", "所有", "指标总数", "指标"), "all"),
    **dict.fromkeys((STATUS_ZH[Status.MET], f"{STATUS_ZH[Status.MET]}的"), "met"),
    "重点事项": "milestones",
}
_NOUN = "(?:的?(?:重点)?(?:指标|事项))?"
_STOP = "(?=[，；。）]|$)"
_GROUP = f"(?P<group>{any_of(_GROUPS)})"
_COUNT = (
    rf"(?:有?(?P<many>[0-9]+)项{_NOUN}(?P<of>{any_of(_GROUPS)})?"
    rf"|{_GROUP}{_NOUN}的?(?:有?(?P<size>[0-9]+)项{_NOUN})?)"
)
_SHARE = re.compile(
    rf"{_COUNT}，?占(?:比|到)?(?P<whole>{any_of(_WHOLES)}){_NOUN}(?:总数)?的?(?P<portion>{PORTION}){_STOP}"
)
_NAMED = f"{MARKS['unit']}{MARKS['area']}"
_MORE = re.compile(
    rf"{_COUNT}，?(?:比|较)(?:(?P<name>[{_NAMED}]+)(?:领域)?|(?P<other>{any_of(_GROUPS)}){_NOUN}的?)"
    rf"(?:(?P<more>多)|少)(?P<by>[0-9]+)项{_STOP}"
)
_PART_OF = re.compile(
    rf"(?P<total>[0-9]+)项{_NOUN}当?中，?(?:已?有)?(?P<many>[0-9]+)项{_NOUN}(?P<group>(?!))?(?P<of>{any_of(_GROUPS)}){_STOP}"
)
_PORTION_OF = re.compile(
    rf"(?P<total>[0-9]+)项{_NOUN}当?中，?(?:已?有)?(?P<portion>{PORTION})的?{_NOUN}(?P<group>{any_of(_GROUPS)}){_STOP}"
)
"""全市118项指标中，超过六成尚未到期."""
_YEAR = "(?:年度|全年)(?:目标)?任务"
_ALL_DONE = re.compile(
    rf"(?P<group>(?!))?(?:{_YEAR}(?:已经?)?(?:均|都|全部|全面)(?:已经?)?(?:圆满)?完成"
    rf"|(?:已经?)?(?:全面|全部|圆满)(?:圆满)?完成了?{_YEAR}"
    rf"|(?:有正式目标的)?(?P<total>[0-9]+)项{_NOUN}(?:均|都|全部)(?:已经?)?(?:全部)?完成){_STOP}"
)
_SO_MANY_EACH = r"[0-9]+项(?:(?:、|，|和)[0-9]+项)+"
_EACH = tuple(
    re.compile(words + _STOP)
    for words in (
        rf"{_GROUP}{_NOUN}的?{_NOUN}(?:数)?分别[为是有]?(?P<each>{_SO_MANY_EACH})",
        rf"分别有?(?P<each>{_SO_MANY_EACH})(?:{_NOUN}){_GROUP}",
    )
)
"""What each of several has: 某县、某市未达到进度要求的分别为2项和1项."""
_OPENS = re.compile(f"(?:^|[，；。：{_NAMED}]|领域|共?有|为|是)$")
"""What goes before a number of all indicators; of others the words before it tell what they are: 应报68项."""
_SO_MANY = "(?P<together>[0-9]+)项"
_TOTAL = f"(?P<whole>{any_of(_WHOLES)})?{_NOUN}(?:总数)?(?:(?P<total>[0-9]+)项{_NOUN})?"
_OF_WHOLE = f"(?:，占(?:比|到)?(?:全市)?{_TOTAL}的?(?P<portion>{PORTION}))?"
_THESE = "(?:领域|这?[0-9]+(?:家(?:单位)?|个?(?:领域|县（市、区）|县市区|县区|县|单位)))?"
_TOGETHER = tuple(
    re.compile(rf"(?<=[{_NAMED}]){_THESE}{words}{_OF_WHOLE}{_STOP}")
    for words in (
        rf"{_GROUP}{_NOUN}{SUM}有?{_SO_MANY}{_NOUN}",
        rf"{SUM}有?{_SO_MANY}{_NOUN}{_GROUP}?",
        rf"{SUM}[有设]?{_GROUP}{_NOUN}的?[有为]?{_SO_MANY}",
        rf"{SUM}(?P<group>{any_of(_DONE)}){_NOUN}{_SO_MANY}",
    )
)
"""What several areas or units come to: 两个领域已完成指标共6项."""

Rows = Sequence[Progress]


class _Held(NamedTuple):
    """What counts are held against: of a unit's rows those with an official target, or with any."""

    facts: Facts
    is_official: bool = True


def counted(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every claim of a share, a difference or a sum of counts that the data have, right or wrong."""
    text = marked(passage)
    if passage.carried or passage.scope.area == UNKNOWN or any(one.kind == "indicator" for one in passage.mentions):
        return
    for pattern, tell in (
        (_SHARE, _of_share),
        (_PART_OF, _of_part),
        (_PORTION_OF, _of_portion),
        (_ALL_DONE, _of_all_done),
        (_MORE, _of_more),
        *((one, _of_sum) for one in _TOGETHER),
        *((one, _of_each) for one in _EACH),
    ):
        for match in pattern.finditer(text):
            if is_now(text, match.start(), facts.period.month) and not is_of_the_rest(text, match.start()):
                is_early = any(_is_early(group, passage, match, facts) for group in _groups(match))
                claims = [one for one in tell(passage, match, _Held(facts)) if one.slip or not is_early]
                if any(one.slip for one in claims):  # nor is wrong what is so by computed targets
                    by_any = list(tell(passage, match, _Held(facts, is_official=False)))
                    claims = [] if by_any and not any(one.slip for one in by_any) else claims
                yield from claims


def _of_share(passage: Passage, match: re.Match[str], held: _Held) -> Iterator[Claim]:
    """已完成31项，占纳入评价指标的26.3%; none of what is no part of the other."""
    names = _named(passage, match)
    rows = [_rows(passage, names, group, held) for group in (_group(match), _WHOLES[match["whole"]])]
    part, whole = rows
    if part is None or not whole or not {_key(row) for row in part} <= {_key(row) for row in whole}:
        return
    share = Fraction(100 * len(part), len(whole))
    is_right = agrees_roughly(match["portion"], share) and _is_counted(match, part)
    right = _OF_THESE.format(part=len(part), whole=len(whole), right=percent(share / 100))
    yield _claim(passage, match, names, right, is_right=is_right)


def _of_part(passage: Passage, match: re.Match[str], held: _Held) -> Iterator[Claim]:
    """市本级42项中24项达到进度要求: of all, of those that are judged, or of those that are due.

    None of a unit that has others besides its official targets, nor where another whole may be meant.
    """
    names = _named(passage, match)
    whole, *parts = (_rows(passage, names, group, held) for group in ("all", _group(match)))
    if not whole or parts[0] is None:
        return
    own = {_key(row) for row in parts[0]}
    groups = [
        [row for row in whole if passes(row, group, held.facts.card)]
        for group in ("all", "judged", "due", _group(match))
    ]
    is_meant = any(len(some) == int(match["total"]) and own <= {_key(row) for row in some} for some in groups[:3])
    is_counted = _is_counted(match, parts[0])
    if len(groups[3]) == len(own) and (is_meant or not is_counted):
        right = f"{match['total']}项中{len(own)}项" if is_meant else f"{len(own)}项"
        yield _claim(passage, match, names, right, is_right=is_counted)


def _of_portion(passage: Passage, match: re.Match[str], held: _Held) -> Iterator[Claim]:
    """全市118项指标中，超过六成尚未到期: of all or of those that are judged, where one of them is so many."""
    names = _named(passage, match)
    rows = _rows(passage, names, _group(match), held)
    wholes = [_rows(passage, names, group, held) for group in ("all", "judged")]
    whole = next((some for some in wholes if some and len(some) == int(match["total"])), None)
    if rows is None or whole is None or not {_key(row) for row in rows} <= {_key(row) for row in whole}:
        return
    share = Fraction(100 * len(rows), len(whole))
    right = _OF_THESE.format(part=len(rows), whole=len(whole), right=percent(share / 100))
    yield _claim(passage, match, names, right, is_right=agrees_roughly(match["portion"], share))


def _of_all_done(passage: Passage, match: re.Match[str], held: _Held) -> Iterator[Claim]:
    """全面完成年度任务, of a unit by its official targets; wrong only where a report shows one that is not done."""
    names = _named(passage, match)
    subject = _subject(passage, names)
    if subject is None or is_aimed(passage, *match.span()) or denial_before(passage, match.start()):
        return
    if held_against(subject.unit, "met", held.facts.card) is None:
        return
    rows = _rows(passage, names, "judged", held) or ()
    left = [row for row in rows if row.status is not Status.MET]
    shown = [row for row in left if row.status is not Status.MISSING and not is_put_off(row, held.facts.card)]
    is_counted = match["total"] in (None, str(len(rows)))
    if rows and (shown or not left) and (is_counted or left):
        right = _DONE_OF.format(whole=len(rows), part=len(rows) - len(left))
        yield _claim(passage, match, names, right, is_right=not left)


def _of_each(passage: Passage, match: re.Match[str], held: _Held) -> Iterator[Claim]:
    """某县、某市未达到进度要求的分别为2项和1项: as many numbers as names, in their order."""
    names, told = group_before(passage, match.start(), ("unit", "area")), re.findall("[0-9]+", match["each"])
    known = [rows for name in names if (rows := _rows(passage, [name], _group(match), held)) is not None]
    if not len(told) == len(names) == len(known) > 1 or (_group(match) == "all" and names[0].kind == "unit"):
        return
    counts = [str(len(rows)) for rows in known]
    yield _claim(passage, match, names, joined(f"{one}项" for one in counts), is_right=told == counts)


def _of_more(passage: Passage, match: re.Match[str], held: _Held) -> Iterator[Claim]:
    """已完成31项，比保持达标的多29项; 养老领域已完成的指标比…领域少2项."""
    names = _named(passage, match)
    is_of_unit = passage.scope.unit is not None or any(name.kind == "unit" for name in names)
    is_bare = not (match["of"] or match["group"])
    if is_bare and (is_of_unit or not _OPENS.search(marked(passage), 0, match.start())):
        return
    one = _rows(passage, names, _group(match), held)
    others = (
        []
        if match["name"] is None
        else [mention for mention in passage.mentions if mention.start == match.start("name")]
    )
    if others and [mention.kind for mention in names] != [mention.kind for mention in others]:
        return
    other = _rows(passage, others or names, _group(match) if others else _GROUPS[match["other"]], held)
    if one is None or other is None:
        return
    difference = (len(one) - len(other)) * (1 if match["more"] else -1)
    is_right = difference == int(match["by"]) > 0 and _is_counted(match, one)
    right = _BESIDE.format(first=len(one), second=len(other))
    yield _claim(passage, match, [*names, *others], right, is_right=is_right)


def _of_sum(passage: Passage, match: re.Match[str], held: _Held) -> Iterator[Claim]:
    """养老领域和儿童领域共有23项指标, with their share of all; of units only where it is said how they stand."""
    names = group_before(passage, match.start(), ("unit", "area"))
    group = _group(match)
    parts = [_rows(passage, [name], group, held) for name in names]
    known = [rows for rows in parts if rows is not None]
    if len(names) < 2 or len(known) < len(names) or (group == "all" and names[0].kind == "unit"):
        return
    total, right = sum(map(len, known)), f"{sum(map(len, known))}项"
    is_right = total == int(match["together"])
    if match["portion"]:
        scope = Subject(unit=passage.scope.unit)
        whole = held.facts.rows(scope, _WHOLES[match["whole"] or "全部"])
        if names[0].kind != "area" or not {_key(row) for rows in known for row in rows} <= {_key(row) for row in whole}:
            return
        share = Fraction(100 * total, len(whole))
        is_right = is_right and match["total"] in (None, str(len(whole))) and agrees_roughly(match["portion"], share)
        right = _OF_THESE.format(part=total, whole=len(whole), right=percent(share / 100))
    yield _claim(passage, match, names, right, is_right=is_right)


def _group(match: re.Match[str]) -> str:
    words = match["group"] or match.groupdict().get("of") or "指标"
    return _DONE.get(words) or _GROUPS[words]


def _groups(match: re.Match[str]) -> list[str]:
    """All that are counted, the one that it is compared with too."""
    other = match.groupdict().get("other")
    return [_group(match), *([_GROUPS[other]] if other else [])]


def _is_early(group: str, passage: Passage, match: re.Match[str], facts: Facts) -> bool:
    """Whether some of it waits for reports, of the units that are named, or of whom the text speaks."""
    named = [one.ids[0] for one in group_before(passage, match.start(), ("unit",))]
    rows = [row for unit in named or (passage.scope.unit,) for row in facts.rows(Subject(unit=unit), group)]
    return counts_early(rows, group, facts, passage.text)


def _is_counted(match: re.Match[str], rows: Rows) -> bool:
    """Whether the count itself, where it is told, is theirs."""
    said = match["many"] or match["size"]
    return said is None or int(said) == len(rows)


def _key(row: Progress) -> str:
    return row.indicator.id


def _named(passage: Passage, match: re.Match[str]) -> list[Mention]:
    """The unit or the area named last before it in its clause, whose the count is."""
    return group_before(passage, match.start(), ("unit", "area"))


def _rows(passage: Passage, names: Sequence[Mention], group: str, held: _Held) -> Rows | None:
    """What is counted of the one that is named, or of whom the text speaks; None of several, and of what is unknown."""
    subject = _subject(passage, names)
    of_it = None if subject is None else held_against(subject.unit, group, held.facts.card)
    if subject is None or of_it is None or (subject.unit is None and group in _SENT.values()):
        return None
    return held.facts.rows(subject, of_it if held.is_official else by_any_target(of_it))


def _subject(passage: Passage, names: Sequence[Mention]) -> Subject | None:
    if len(names) > 1:
        return None
    subject = Subject(unit=passage.scope.unit, area=passage.scope.area)
    for name in names:
        if name.kind == "area":
            subject = subject._replace(area=area_of(name.ids[0]))
        else:
            subject = subject._replace(unit=name.ids[0])
    return subject


def _claim(passage: Passage, match: re.Match[str], names: Sequence[Mention], right: str, *, is_right: bool) -> Claim:
    quoted = passage.quoted(*match.span())
    said = NOT_SO.format(said=show(quoted, 60), right=right)
    slip = None if is_right else Slip(FIGURE_MISMATCH, passage.places[match.start()], said, quoted)
    return Claim(*match.span(), tuple(names), slip)
