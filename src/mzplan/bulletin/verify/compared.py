"""What a draft says of several figures: so much more than the month before or than another unit has, or together."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import held_against, is_judged_one_by_one, stages_of
from mzplan.bulletin.model import EVERY, Ref, Subject
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.compared_figure import ComparedFigure
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.grammar import COUNTED, NUMBER, any_of
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import (
    MARKS,
    UNKNOWN,
    YOU,
    Passage,
    area_of,
    group_before,
    is_apart,
    is_closed,
    marked,
)
from mzplan.diagnostics import show
from mzplan.figures import rounded
from mzplan.period import Period
from mzplan.rules.draft import FIGURE_MISMATCH
from mzplan.scoring.progress import Progress

_DIFFERS = "“{said}”与数据不符：{one}为{first}，{other}为{second}"
_AFTER = re.compile("(?:(?:年度|综合|总体)?完成率)?(?:位次|排名)?仅次于")
_MORE = "提高|上升|提升|增长|增加|多|高出|高于|高|前移"
_LESS = "下降|下滑|回落|降低|减少|少|低于|低|后移"
_WAY = f"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))"
_GROUPS: Mapping[str, str] = dict(COUNTED)
SHARE = "(?P<share>(?:年度|综合|总体|平均|领域)?完成率)"
_WHAT = (
    rf"(?:{SHARE}|(?P<count>{any_of(_GROUPS)})的?(?:指标|项数|事项)?数?"
    rf"|(?P<rank>(?:位[居列]|[列居]|排名?)(?:全市)?(?=第)|(?:位次|排名)(?=[较比由从])|(?<={MARKS['unit']})(?=[由从])|(?<=%，)(?=[由从][^，。；]{{0,6}}第))|(?<={MARKS['indicator']}))"
)
"""Of what figure something is told: of a rate, of a count, of a place, of that which the name right before it is of."""
_TOLD = rf"(?P<told>[为达第]*{NUMBER}[^，。；、（）0-9]{{0,3}}，)?"
"""The figure itself, which is told first and held against the data for itself."""
_MONTH = "(?:(?P<last>上个?月)|(?P<month>[0-9]{1,2})月份?[底末]?)"
MEASURE = "(?P<measure>个百分点|项|个?位(?:次|(?=[，。；、（）]|$))|[^，。；、（）0-9]{1,3}(?=[，。；、（）]|$))"
_BY = rf"了?(?P<size>{NUMBER}){MEASURE}"
_THEN = re.compile(
    rf"{_WHAT}{_TOLD}(?:较|比){_MONTH}(?:相比)?(?:的(?P<then>{NUMBER})(?P<of>[^，。；、（）0-9]{{1,3}}?))?，?{_WAY}{_BY}"
)
_FROM = re.compile(
    rf"{_WHAT}(?:由|从)(?:{_MONTH}的?)?第?(?P<then>{NUMBER})(?P<measure>[^，。；0-9]{{0,3}}?)(?:(?P<more>{_MORE}|[增升])|(?:{_LESS}|[减降]))"
    rf"(?:到|至|为)(?:(?P<by>[0-9]{{1,2}})月份?[底末]?的?)?第?(?P<now>{NUMBER})(?P=measure)(?![万亿])"
)
_RISEN = re.compile(rf"(?<=，){_WAY}{_BY}")
_LATER = re.compile(rf"{_WHAT}{_TOLD}{_WAY}{_BY}")
_NAMES = f"(?:全市|我市)?(?:[{''.join(MARKS.values())}]+(?:领域)?的?)?"
_SINCE = re.compile(rf"[与和同较比]{_MONTH}(?:相?比)?，{_NAMES}$")
"""The month that a sentence opens with, with which what it tells next is compared: 与上月相比，全市…"""
_SAME = re.compile(rf"{_WHAT}{_TOLD}[与和同较比]{_MONTH}(?:相比)?(?:基本)?(?P<more>持平)")
_YOU = re.compile(YOU)
_ENDS = re.compile("(?:的?领域|水平)?(?=[，；。、）]|$)")
_OTHER = re.compile(
    rf"[：，]?(?:领域)?(?:{SHARE}|{MARKS['indicator']}+)(?P<told>[为达]?{NUMBER}[^，。；、（）0-9]{{0,3}}，?)?"
    rf"(?:(?:比|较)(?={_MORE}|{_LESS})|比|较)?[略稍]?(?P<before>高出|高于|低于)?$"
)
_AGAIN = re.compile("，(?P<told>)[但而也]?(?P<before>高出|高于|低于)")
"""What goes between the unit that something was compared with and the next one that it is compared with."""
_BEYOND = re.compile(rf"(?:领域)?(?:的?{SHARE})?{_WAY}?{_BY}")
_COUNTED = rf"(?P<group>{any_of(_GROUPS)})"
_EACH = tuple(
    re.compile(f"{words}(?=[，；。、（）]|$)")
    for words in (
        rf"{SHARE}(?:均|都|各)[为是](?P<size>{NUMBER})%",
        rf"(?:各|均|都)有(?P<size>[1-9][0-9]*)项{_COUNTED}的?(?:指标|事项)?",
        rf"{_COUNTED}的?(?:指标|事项)?(?:各|均|都)有?(?P<size>[1-9][0-9]*)项",
    )
)
"""What each of several has: so much done, or so many that stand in a way."""


def compared(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every claim of a difference or a sum whose figures are known, right or wrong."""
    text = marked(passage)
    for pattern, tell in ((_THEN, _of_months), (_FROM, _of_rise), (_SAME, _of_same)):
        for match in pattern.finditer(text):
            found = figure_told(passage, match, facts)
            month = _month_before(match, found[0], facts) if found else 0
            if found and 0 < month < facts.period.month:
                ref, named = found
                before = facts.at(Period(facts.period.year, month))
                now, then = (ComparedFigure(ref, one, f"{one.period.month}月") for one in (facts, before))
                if now.is_reported and then.is_reported:
                    yield from _by_targets(tell, passage, match, (now, then), named)
    yield from _since(passage, facts, text)
    yield from _next_to(passage, facts)
    yield from _of_each(passage, facts, text)
    spoken = [one for one in passage.mentions if one.kind in ("unit", "area", "city")]
    addressed = passage.scope.unit
    own = [Mention("unit", (addressed,), *one.span()) for one in _YOU.finditer(text)] if addressed else []
    units = sorted([*spoken, *own], key=lambda one: one.start)
    compares: Mention | None = None
    for one, other in pairwise(units):
        again = _AGAIN.fullmatch(text, one.end, other.start) if compares else None
        opening = again or _OTHER.fullmatch(text, one.end, other.start)
        one = compares if again and compares else one
        by, plain = (pattern.match(text, other.end) for pattern in (_BEYOND, _ENDS))
        compares = one if opening and opening["before"] and plain else None
        if opening and opening["before"] and plain:
            yield from _of_units(passage, facts, (one, other), (opening, plain), is_more=opening["before"] in _MORE)
        elif opening and by and bool(opening["before"]) != bool(by["more"] or by["less"]):
            is_more = (opening["before"] or by["more"] or "低") in _MORE
            yield from _of_units(passage, facts, (one, other), (opening, by), is_more=is_more)


def _month_before(match: re.Match[str], ref: Ref, facts: Facts) -> int:
    """The month that something is compared with; 0 where that cannot be told.

    Where none is named, the last one that had the figure that it starts from.
    """
    now, row = facts.period.month, facts.row(ref.subject)
    if match["last"] or match["month"]:
        return now - 1 if match["last"] else int(match["month"])
    if row is not None and row.indicator.baseline is not None:
        return 0
    return next((month for month in range(now - 1, 0, -1) if _starts_from(match, ref, month, facts)), 0)


def _starts_from(match: re.Match[str], ref: Ref, month: int, facts: Facts) -> bool:
    then = ComparedFigure(ref, facts.at(Period(facts.period.year, month)), "")
    return match["measure"] == then.measure and then.is_told(match["then"], then.measure)


def _since(passage: Passage, facts: Facts, text: str) -> Iterator[Claim]:
    """Every claim of a change since the month that its clause opens with."""
    for match in _LATER.finditer(text):
        opening = _SINCE.search(text, 0, match.start())
        month = facts.period.month - 1 if opening and opening["last"] else int(opening["month"] if opening else 0)
        if opening is None or not 0 < month < facts.period.month or not (found := figure_told(passage, match, facts)):
            continue
        ref, named = found
        sides = (
            ComparedFigure(ref, facts, f"{facts.period.month}月"),
            ComparedFigure(ref, facts.at(Period(facts.period.year, month)), f"{month}月"),
        )
        said = Mention("other", (), opening.start(), match.start())
        if all(one.is_reported for one in sides):
            yield from _by_targets(_of_months, passage, match, sides, (*named, said))


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
        sides = [
            ComparedFigure(Ref("rank", "", Subject(unit=unit.ids[0])), facts, passage.text[unit.start : unit.end])
            for unit in (one, other)
        ]
        is_right = first.rank == second.rank + second.ties
        slip = None if is_right else differs(passage, (one.start, other.end), (sides[0], sides[1]), match.start())
        yield Claim(match.start(), other.end, (one, other), slip)


def _of_each(passage: Passage, facts: Facts, text: str) -> Iterator[Claim]:
    """Every claim of what each of several units, areas or indicators has; of those that are silent nothing is told."""
    for match in (match for pattern in _EACH for match in pattern.finditer(text)):
        names = group_before(passage, match.start(), ("unit", "area", "indicator"))
        said = {one.ids[0] for one in names}
        begun = max(text.rfind(mark, 0, match.start()) for mark in "；。")
        named = [one for one in passage.mentions if one.ids and begun < one.start < match.start()]
        is_known = len(said) == len(named) > 1 and passage.scope.area == EVERY and not said & facts.silent
        group = _GROUPS.get(match.groupdict().get("group") or "", "")
        refs = [(_own(one, passage, group, facts), passage.text[one.start : one.end]) for one in names]
        sides = [ComparedFigure(ref, facts, called) for ref, called in refs if ref is not None]
        if not is_known or len(sides) < len(names) or any(one.exact is None for one in sides):
            continue
        wrong = [one for one in sides if not one.is_told(match["size"], one.measure)]
        if wrong and all(one.by_any_target.is_told(match["size"], one.measure) for one in sides):
            continue
        pair = sides[0], next((one for one in wrong if one is not sides[0]), sides[1])
        slip = differs(passage, match.span(), pair, match.start("size")) if wrong else None
        yield Claim(*match.span(), tuple(names), slip)


def _own(name: Mention, passage: Passage, group: str, facts: Facts) -> Ref | None:
    """The count of a unit's or an area's that is meant, or where none is the share that is done."""
    if name.kind == "indicator":
        return None if group else Ref("completion", "", Subject(name.ids[0], passage.scope.unit))
    ref = figure_of(name, passage, "")
    return _count(ref.subject, group, facts) if group else ref


def _count(subject: Subject, group: str, facts: Facts) -> Ref | None:
    """The count that a group is of; None where it may not be held against whose it is."""
    held = held_against(subject.unit, group, facts.card)
    return None if held is None else Ref("count", held, subject)


def is_amount(row: Progress) -> bool:
    """Whether units have figures of it that are amounts: no stages, nor whether each is there."""
    return not (stages_of(row) or is_judged_one_by_one(row))


def figure_told(passage: Passage, match: re.Match[str], facts: Facts) -> tuple[Ref, tuple[Mention, ...]] | None:
    """The figure that a claim is made of, with the names it is of; None where that cannot be told."""
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
    if match["rank"] is not None:
        is_place = subject.unit is not None and not subject.indicator and area == EVERY
        return (Ref("rank", "", Subject(unit=subject.unit)), named) if is_place else None
    if match["count"]:
        group = _GROUPS[match["count"]]
        if group == "behind":  # with 严重滞后 and 到期未完成, or without
            return None
        ref = None if subject.indicator else _count(subject, group, facts)
        return None if ref is None else (ref, named)
    if subject.indicator:
        ref = Ref("completion" if match["share"] else "actual", "", subject._replace(area=EVERY))
        row = facts.row(ref.subject)
        return (ref, named) if match["share"] or (row is not None and is_amount(row)) else None
    return (Ref("overall" if area == EVERY else "area_mean", "", subject), named) if match["share"] else None


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where a claim stands: after the figure, where that is told first."""
    return max(match.end("told"), match.start()), match.end()


Sides = tuple[ComparedFigure, ComparedFigure]


_Tell = Callable[[Passage, re.Match[str], Sides, tuple[Mention, ...]], Iterator[Claim]]


def _by_targets(
    tell: _Tell, passage: Passage, match: re.Match[str], pair: Sides, named: tuple[Mention, ...]
) -> list[Claim]:
    """What is told of two figures, but for what is wrong by official targets and right by computed ones too."""
    told = list(tell(passage, match, pair, named))
    if any(one.slip for one in told):
        by_any = list(tell(passage, match, (pair[0].by_any_target, pair[1].by_any_target), named))
        told = told if any(one.slip for one in by_any) else []
    return told


def _of_months(passage: Passage, match: re.Match[str], pair: Sides, named: tuple[Mention, ...]) -> Iterator[Claim]:
    """So much more or less than the month before; what has come since of what adds up is a figure of its own."""
    told = match.groupdict()
    if then := told.get("then"):  # 比8月的76.8%提高
        if told["of"] != pair[1].measure or pair[1].exact is None:
            return
        if not pair[1].is_told(then, told["of"]):
            yield Claim(*_span(match), named, differs(passage, _span(match), pair, match.start("then")))
            return
    row = pair[0].facts.row(pair[0].ref.subject) if pair[0].ref.field == "actual" else None
    if not (row is not None and row.indicator.additive and match["more"]):
        yield from difference(passage, _span(match), match, pair, named, is_more=bool(match["more"]))


def _of_same(passage: Passage, match: re.Match[str], pair: Sides, named: tuple[Mention, ...]) -> Iterator[Claim]:
    """As much as the month before, as both are printed."""
    if pair[0].exact is not None and pair[1].exact is not None:
        is_right = pair[0].text == pair[1].text
        yield Claim(
            *_span(match), named, None if is_right else differs(passage, _span(match), pair, match.start("more"))
        )


def _of_rise(passage: Passage, match: re.Match[str], pair: Sides, named: tuple[Mention, ...]) -> Iterator[Claim]:
    """From so much to so much: both figures, and which way it went."""
    now, then = pair[0].exact, pair[1].exact
    measure, own = match["measure"], pair[0].measure
    is_known = measure == own or {measure, own} <= zh.YUAN.keys()
    if now is None or then is None or not is_known or match["by"] not in (None, str(pair[0].facts.period.month)):
        return
    is_right = pair[0].is_told(match["now"], measure) and pair[1].is_told(match["then"], measure) and now != then
    is_right = is_right and bool(match["more"]) == ((now > then) != (pair[0].ref.field == "rank"))
    yield Claim(*match.span(), named, None if is_right else differs(passage, match.span(), pair, match.start("now")))
    if by := _RISEN.match(match.string, match.end() + 1):  # …，提高6.7个百分点
        yield from difference(passage, by.span(), by, pair, named, is_more=bool(by["more"]))


def _of_units(
    passage: Passage,
    facts: Facts,
    sides: tuple[Mention, Mention],
    said: tuple[re.Match[str], re.Match[str]],
    *,
    is_more: bool,
) -> Iterator[Claim]:
    """Of two units, two areas, or one of them and the city; `said` is between and after them."""
    indicators = [one for one in passage.mentions if one.kind == "indicator"]
    is_inside = len(indicators) == 1 and sides[0].end <= indicators[0].start < sides[1].start
    if (indicators and not is_inside) or len({*(one.kind for one in sides), "city"}) > 2:
        return
    of = indicators[0].ids[0] if indicators else ""
    one, other = (
        ComparedFigure(figure_of(side, passage, of), facts, passage.text[side.start : side.end]) for side in sides
    )
    rows = [facts.row(side.ref.subject) for side in (one, other)] if of else []
    if any(row is None or not is_amount(row) or (row.unit is None and row.indicator.additive) for row in rows):
        return
    if one.exact is None or other.exact is None:
        return
    (opening, by), names = said, (*sides, *indicators)
    span = max(opening.end("told"), sides[0].start), by.end()
    if by.groupdict().get("size"):
        yield from difference(passage, span, by, (one, other), names, is_more=is_more)
    else:
        is_right = one.exact != other.exact and is_more == (one.exact > other.exact)
        yield Claim(*span, names, None if is_right else differs(passage, span, (one, other), span[0]))


def figure_of(side: Mention, passage: Passage, indicator: str) -> Ref:
    """The figure of a unit, an area or the city: of an indicator, or where that is empty of how much it has done."""
    unit = side.ids[0] if side.kind == "unit" else None
    if indicator:
        return Ref("actual", "", Subject(indicator, unit))
    if side.kind == "area":
        return Ref("area_mean", "", Subject(unit=passage.scope.unit, area=area_of(side.ids[0])))
    return Ref("overall", "", Subject(unit=unit))


def differs(passage: Passage, span: tuple[int, int], pair: Sides, at: int) -> Slip:
    """What is wrong with words that tell of two figures: both as they are; `at` is where it is told."""
    words = passage.text[span[0] : span[1]]
    form = "第{}{}" if pair[0].ref.field == "rank" else "{}{}"
    first, second = (form.format(one.text, one.measure) for one in pair)
    told = {"one": pair[0].called, "first": first, "other": pair[1].called, "second": second}
    return Slip(FIGURE_MISMATCH, passage.places[at], _DIFFERS.format(said=show(words, 60), **told), words)


def difference(
    passage: Passage,
    span: tuple[int, int],
    by: re.Match[str],
    pair: Sides,
    names: tuple[Mention, ...],
    *,
    is_more: bool,
) -> Iterator[Claim]:
    """Whether the difference is so, by the exact figures or as both are printed; none where it is told otherwise."""
    one, other = pair
    measure = "个百分点" if one.measure == "%" else one.measure
    if (
        one.exact is None
        or other.exact is None
        or not by["measure"].removeprefix("个").startswith(measure.removeprefix("个"))
    ):
        return
    exact, printed = one.exact - other.exact, Fraction(one.text) - Fraction(other.text)
    said = Fraction(by["size"]) * (1 if is_more != (one.ref.field == "rank") else -1)
    is_right = said in (Fraction(rounded(exact, decimals_of(by["size"]))), printed)
    slip = None if is_right else differs(passage, span, pair, by.start("size"))._replace(value=by["size"])
    yield Claim(*span, names, slip)


def decimals_of(text: str) -> int:
    """How many decimals a figure is told with."""
    return len(text.partition(".")[2])
