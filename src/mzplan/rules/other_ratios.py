"""What a ratio is taken of, beside what the other ratios of its report are. Part of family MZ5xx."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from mzplan.diagnostics import Location, show
from mzplan.figures import plain
from mzplan.plan.indicator import RatioIndicator
from mzplan.rules.bearing import Bearing, asked, bearing
from mzplan.rules.bounds import FLOOR
from mzplan.rules.examples import RATIO, table
from mzplan.rules.magnitude import is_off
from mzplan.rules.proportion import is_alike
from mzplan.rules.proposals import CHECK_IT
from mzplan.rules.registry import WARNING, Finding, series_rule
from mzplan.rules.scope import Series
from mzplan.said import listed, say
from mzplan.submissions.ledger import Ledger

_EARLIER = tuple(
    f"2031-{month:02d},青山县,{ratio}"
    for month in (1, 2, 3)
    for ratio in ("T01-03,困难老人探访率,,50,100,,", "T01-08,合法性审查率,,50,110,,")
)
_OTHER = "2031-04,青山县,T01-08,合法性审查率,,50,110,,"
_CONSTANT = 3
"""So many months a denominator must have been the same to be one that does not change."""


def _differs_from_another(series: Series) -> bool:
    """Whether another ratio of the unit that is taken of the same has another denominator in any month."""
    ledger, unit = series.ledger, series.unit.id
    starts = [ledger.cell(code, unit) - 1 for code in _of_the_same(ledger).get(series.indicator.id, ())]
    months = list(zip(series.months, series.denominators, strict=True)) if starts else ()
    return any(ledger.denominators[start + month] not in (0, own) for start in starts for month, own in months)


@series_rule(
    "MZ512",
    WARNING,
    _differs_from_another,
    title="同一个分母，数不相同",
    what="计划里分母写得一样的几个比率，同一个单位同一个月填的分母不相同，“说明”又没有写原因和这个数（或增减的数）。",
    why="同一件东西只有一个数；不相同，至少有一个填错了。",
    mend="核对提示的几个分母；确实不同的，在“说明”里写明原因和数。",
)
def one_denominator_two_figures(series: Series) -> Iterator[tuple[int, Finding]]:
    """A ratio that is not taken of the number of which most of the same things are.

    Where there is no most, of that which may follow what was given the month before.
    """
    alike = _of_the_same(series.ledger).get(series.indicator.id, ())
    for at, own in enumerate(series.denominators):
        now = _denominators(series, alike, series.months[at])
        now[series.indicator.id] = own
        if len({*now.values()}) < 2 or is_off(series, at):
            continue
        before = list(_denominators(series, now, series.months[at] - 1).values())
        figures = list(now.values())
        usual = max(figures, key=lambda each: (figures.count(each), *_before(before, each)))
        code = next(code for code, figure in now.items() if figure == usual)
        if own == usual or _is_off_there(series, code, at):
            continue
        message = say(
            "分母{words}是 {figure}，在 {code} 里是 {usual}",
            words=show(series.indicator.ratio.denominator if series.indicator.ratio else "", 60),
            figure=plain(own),
            code=code,
            usual=plain(usual),
        )
        place = series.ledger.location(series.ledger.cell(code, series.unit.id, series.months[at]))
        yield from _told(series, None, at, message, place)


def _has_changed_at_last(series: Series) -> bool:
    """Whether a denominator that was the same at first is not in all the year."""
    return len({*series.denominators[:_CONSTANT]}) == 1 < len({*series.denominators})


@series_rule(
    "MZ521",
    WARNING,
    _has_changed_at_last,
    title="分母是另一个指标的",
    what="比率的分母以前一直不变，这个月变成了同一个单位另一个比率这个月或上个月的分母，一个不差；那个比率的分母没有大变，"
    "“说明”又没有写原因和增减的数。变化超过 20% 的见 MZ503。",
    why="多半是填串了行：相近的两个数填错了，比率看起来还是对的。",
    mend="核对分母；确实变成这么多的，在“说明”里写明原因和增减的数。",
    bad=table(*_EARLIER, f"2031-04,{RATIO},,50,110,,", _OTHER),
    good=table(*_EARLIER, f"2031-04,{RATIO},,50,111,,", _OTHER),
)
def denominator_of_another(series: Series) -> Iterator[tuple[int, Finding]]:
    """A denominator that never changed and now is, to the last digit, that of another ratio of the same report."""
    ratio, ledger = series.indicator.ratio, series.ledger
    if ratio is None:
        return
    for at in range(_CONSTANT, len(series.denominators)):
        old, new = series.denominators[0], series.denominators[at]
        if {*series.denominators[:at]} != {old} or new == old or min(old, new) < FLOOR or not is_alike(old, new):
            continue
        month = series.months[at]
        others = [
            each
            for other in series.plan.indicators.values()
            if (each := other.ratio) and each.id != series.indicator.id
            if each.denominator != ratio.denominator or each.denominator == RatioIndicator.denominator
        ]
        now, before = (_denominators(series, [each.id for each in others], each) for each in (month, month - 1))
        codes = [code for code, last in before.items() if new in (now.get(code), last) and is_alike(last, new)]
        if codes and not is_off(series, at):
            message = say(
                "分母由 {old} 变为 {figure}，正是 {code} 的分母", old=plain(old), figure=plain(new), code=codes[0]
            )
            place = ledger.location(ledger.cell(codes[0], series.unit.id, month))
            yield from _told(series, at - 1, at, message, place)


def _told(series: Series, before: int | None, at: int, message: str, place: Location) -> Iterator[tuple[int, Finding]]:
    """The finding, unless the note of the figure bears it as a change or as what it comes to."""
    ways = [bearing(series, each, at, "denominator") for each in dict.fromkeys((before, at - 1 if at else None))]
    if Bearing.FULL not in ways:
        hint = listed((CHECK_IT, asked(series, before, at, "denominator")), "")
        yield at, Finding(message, "denominator", hint, related=(place,), of_note=ways[0])


@lru_cache(maxsize=1)  # all series are of one
def _of_the_same(ledger: Ledger) -> Mapping[str, Sequence[str]]:
    """By ratio those that the plan says to be taken of the same, itself among them."""
    words: dict[str, list[str]] = {}
    for each in ledger.plan.indicators.values():
        if each.ratio and each.ratio.denominator != RatioIndicator.denominator:
            words.setdefault(each.ratio.denominator, []).append(each.id)
    return {code: codes for codes in words.values() for code in codes}


def _denominators(series: Series, codes: Sequence[str] | Mapping[str, int], month: int) -> dict[str, int]:
    """The unit's denominators in a month, by ratio, in that order, of those that have one."""
    cells = {code: series.ledger.cell(code, series.unit.id, month) for code in codes} if month else {}
    return {code: below for code, cell in cells.items() if (below := series.ledger.denominators[cell])}


def _is_off_there(series: Series, code: str, at: int) -> bool:
    """Whether the figure of another ratio in that month is off."""
    other = Series.of(series.ledger, series.plan.indicators[code], series.unit)
    return is_off(other, other.months.index(series.months[at]))


def _before(earlier: Sequence[int], figure: int) -> tuple[int, int]:
    """How many figures of the month before it is, and how many it may follow."""
    return earlier.count(figure), sum(is_alike(old, figure) for old in earlier)
