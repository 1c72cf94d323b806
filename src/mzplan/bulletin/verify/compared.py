"""What a draft says of two figures: so much more than the month before, or than another unit has."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import EVERY, Ref, Subject
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.grammar import COUNTED, NUMBER
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import UNKNOWN, Passage, area_of, is_apart, is_closed
from mzplan.diagnostics import show
from mzplan.figures import rounded
from mzplan.period import Period
from mzplan.rules.draft import FIGURE_MISMATCH

_DIFFERS = "“{said}”与数据不符：{one}为{first}，{other}为{second}"
_AFTER, _PLACE = re.compile("(?:(?:年度|综合|总体)?完成率)?(?:位次|排名)?仅次于"), "第{rank}位"
_MORE = "提高|上升|提升|增长|增加|多|高出|高于|高"
_LESS = "下降|下滑|回落|降低|减少|少|低于|低"
_GROUPS: Mapping[str, str] = dict(COUNTED)
_COUNTS = rf"(?P<count>{'|'.join(sorted(_GROUPS, key=len, reverse=True))})的?(?:指标|项数|事项)?数?"
_SHARE = "(?P<share>(?:年度|综合|总体|平均|领域)?完成率)"
_BY = rf"了?(?P<size>{NUMBER})(?P<measure>个百分点|项)"
_THEN = re.compile(
    rf"(?:{_SHARE}|{_COUNTS})(?:较|比)(?:(?P<last>上月|上个月)|(?P<month>[0-9]{{1,2}})月份?[底末]?)"
    rf"(?:相比)?，?(?:(?P<more>{_MORE})|(?:{_LESS})){_BY}"
)
_FROM = re.compile(
    rf"{_SHARE}(?:由|从)(?:(?P<last>上月|上个月)|(?P<month>[0-9]{{1,2}})月份?[底末]?)的?(?P<then>{NUMBER})%"
    rf"(?:(?P<more>{_MORE})|(?:{_LESS}))(?:到|至|为)(?P<now>{NUMBER})%"
)
_ENDS = re.compile("(?:的?领域|水平)?(?=[，；。、）]|$)")
_OTHER = re.compile(
    rf"[：，]?(?:领域)?{_SHARE}(?:[为达]?{NUMBER}%，?)?(?:(?:比|较)(?={_MORE}|{_LESS})|比|较)?(?P<before>高出|高于|低于)?$"
)
_BEYOND = re.compile(rf"(?:的?{_SHARE})?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))?{_BY}")


class _Pair(NamedTuple):
    """Two figures: what each is called, and its value."""

    one: str
    first: Fraction
    other: str
    second: Fraction


def compared(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every claim of a difference whose two figures are known, right or wrong."""
    for match in _THEN.finditer(passage.text):
        month = facts.period.month - 1 if match["last"] else int(match["month"])
        if 0 < month < facts.period.month and (match["share"] is None) == (match["measure"] == "项"):
            yield from _of_months(passage, match, facts, Period(facts.period.year, month))
    for match in _FROM.finditer(passage.text):
        month = facts.period.month - 1 if match["last"] else int(match["month"])
        if 0 < month < facts.period.month:
            yield from _of_rise(passage, match, facts, Period(facts.period.year, month))
    yield from _next_to(passage, facts)
    units = [one for one in passage.mentions if one.kind in ("unit", "area", "city")]
    for one, other in pairwise(units):
        opening = _OTHER.fullmatch(passage.text[one.end : other.start])
        by = _BEYOND.match(passage.text, other.end)
        plain = _ENDS.match(passage.text, other.end)
        if opening and opening["before"] and plain:
            yield from _of_units(passage, facts, (one, other), plain, is_more=opening["before"] in _MORE)
        elif opening and by and bool(opening["before"]) != bool(by["more"] or by["less"]) and by["measure"] != "项":
            is_more = (opening["before"] or by["more"] or "低") in _MORE
            yield from _of_units(passage, facts, (one, other), by, is_more=is_more)


def _next_to(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Of each unit that is told to come right after another one: 年度完成率仅次于某县."""
    units = [one for one in passage.mentions if one.kind == "unit"]
    for match in _AFTER.finditer(passage.text):
        one = next((unit for unit in reversed(units) if unit.end <= match.start()), None)
        other = next((unit for unit in units if unit.start == match.end()), None)
        if one is None or other is None or "；" in passage.text[one.end : other.start]:
            continue
        first, second = (facts.card.units[unit.ids[0]] for unit in (one, other))
        if passage.scope.area != EVERY or first.rank is None or second.rank is None:
            continue
        names = [passage.text[unit.start : unit.end] for unit in (one, other)]
        pair = _Pair(names[0], Fraction(first.rank), names[1], Fraction(second.rank))
        texts = _PLACE.format(rank=first.rank), _PLACE.format(rank=second.rank)
        is_right = first.rank == second.rank + second.ties
        slip = None if is_right else _slip(passage, (one.start, other.end), pair, texts, match.start())
        yield Claim(match.start(), other.end, (one, other), slip)


def _figure(passage: Passage, match: re.Match[str]) -> tuple[Ref, tuple[Mention, ...]] | None:
    """The share or the count that a claim is made of, with the names it is of; None where that cannot be told."""
    named = tuple(
        one
        for one in passage.mentions
        if one.end <= match.start() and not (is_closed(passage.text, one, match.start()) or one.kind == "city")
        if not is_apart(passage.text, one, match.start())
    )
    if (
        passage.carried
        or passage.scope.area == UNKNOWN
        or any(one.kind not in ("unit", "area", "indicator", "other") for one in named)
    ):
        return None
    of = {one.kind: one.ids[0] for one in named if one.ids}
    area = area_of(of["area"]) if "area" in of else passage.scope.area
    subject = Subject(of.get("indicator", ""), of.get("unit", passage.scope.unit), area)
    if count := match.groupdict().get("count"):
        return None if subject.indicator else (Ref("count", _GROUPS[count], subject), named)
    if subject.indicator:
        return Ref("completion", "", subject._replace(area=EVERY)), named
    return Ref("overall" if subject.area == EVERY else "area_mean", "", subject), named


def _of_months(passage: Passage, match: re.Match[str], facts: Facts, before: Period) -> Iterator[Claim]:
    if (found := _figure(passage, match)) is None:
        return
    ref, named = found
    now, then = facts.value(ref), facts.at(before).value(ref)
    if now is not None and then is not None:
        pair = _Pair(f"{facts.period.month}月", now, f"{before.month}月", then)
        yield _claim(passage, match.span(), match, pair, named, is_more=bool(match["more"]))


def _of_rise(passage: Passage, match: re.Match[str], facts: Facts, before: Period) -> Iterator[Claim]:
    """From so much to so much: both figures as they are printed, and which way it went."""
    if (found := _figure(passage, match)) is None:
        return
    ref, named = found
    now, then = facts.value(ref), facts.at(before).value(ref)
    if now is None or then is None:
        return
    texts = facts.cite(ref).text, facts.at(before).cite(ref).text
    is_right = texts == (match["now"], match["then"]) and bool(match["more"]) == (now > then) and now != then
    pair = _Pair(f"{facts.period.month}月", now, f"{before.month}月", then)
    slip = (
        None if is_right else _slip(passage, match.span(), pair, (texts[1] + "%", texts[0] + "%"), match.start("now"))
    )
    yield Claim(*match.span(), named, slip)


def _of_units(
    passage: Passage, facts: Facts, sides: tuple[Mention, Mention], by: re.Match[str], *, is_more: bool
) -> Iterator[Claim]:
    """Of two units, two areas, or one of them and the city; `by` ends the claim, with or without how much it is."""
    if any(one.kind == "indicator" for one in passage.mentions) or len({*(one.kind for one in sides), "city"}) > 2:
        return
    names = [passage.text[one.start : one.end] for one in sides]
    first, second = (facts.value(_share_of(one, passage)) for one in sides)
    if first is None or second is None:
        return
    pair = _Pair(names[0], first, names[1], second)
    span = sides[0].start, by.end()
    if by.groupdict().get("size"):
        yield _claim(passage, span, by, pair, sides, is_more=is_more)
        return
    texts = zh.percent(first) + "%", zh.percent(second) + "%"
    is_right = first != second and is_more == (first > second)
    yield Claim(*span, sides, None if is_right else _slip(passage, span, pair, texts, span[0]))


def _share_of(side: Mention, passage: Passage) -> Ref:
    if side.kind == "area":
        return Ref("area_mean", "", Subject(unit=passage.scope.unit, area=area_of(side.ids[0])))
    return Ref("overall", "", Subject(unit=side.ids[0] if side.kind == "unit" else None))


def _slip(passage: Passage, span: tuple[int, int], pair: _Pair, texts: tuple[str, str], at: int) -> Slip:
    words = passage.text[span[0] : span[1]]
    message = _DIFFERS.format(said=show(words, 60), one=pair.one, first=texts[0], other=pair.other, second=texts[1])
    return Slip(FIGURE_MISMATCH, passage.places[at], message, words)


def _claim(
    passage: Passage,
    span: tuple[int, int],
    by: re.Match[str],
    pair: _Pair,
    names: tuple[Mention, ...],
    *,
    is_more: bool,
) -> Claim:
    """Whether the difference is so, by the exact figures or as both are printed."""
    is_share = by["measure"] == "个百分点"
    decimals = len(by["size"].partition(".")[2])
    exact = (pair.first - pair.second) * (100 if is_share else 1)
    texts = [zh.percent(value) if is_share else str(value) for value in (pair.first, pair.second)]
    printed = Fraction(texts[0]) - Fraction(texts[1])
    said = Fraction(by["size"]) * (1 if is_more else -1)
    if said in (Fraction(rounded(exact, decimals)), printed):
        return Claim(*span, names)
    unit = "%" if is_share else "项"
    slip = _slip(passage, span, pair, (texts[0] + unit, texts[1] + unit), by.start("size"))
    return Claim(*span, names, slip._replace(value=by["size"]))
