"""A whole report that the unit has sent before, for an earlier month. Part of family MZ5xx."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise
from operator import lt, ne
from typing import NamedTuple

from mzplan.diagnostics import Location
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import ReportingUnit
from mzplan.rules.examples import table
from mzplan.rules.registry import ERROR, Finding, Found, whole_rule
from mzplan.rules.scope import Whole
from mzplan.said import say
from mzplan.submissions.ledger import EMPTY, MONTHS, Ledger
from mzplan.submissions.names import stage_names

BUT = "，{others} 项不同"
LEAST = 5
"""So many figures must agree before a report looks like a copy, or so many must have gone back."""
_MOST_CHANGED = 10
"""The last report with no more than this part of its figures changed looks like a copy of it."""
_USUAL_PART = Fraction(1, 3)
"""So does one of which no more than this part of those that usually change have: in a slow month more than half do."""
_OWN_ENOUGH = 3
"""So many of its own months tell how much of a unit's figures changes."""
MOST_OTHERS = 2
"""Of a report before that, or of another unit's, no more than this part may be different."""


@whole_rule(
    "MZ511",
    ERROR,
    title="像是以前月份的报表",
    what=say(
        "一个单位这个月的累计数、里程碑退回到以前某个月报的（至少 {least} 项，其间有变化的一半以上），"
        "像是把那个月的表改了月份又交了一遍。整个文件不采用，由此而来的下降、突变、倒退不再逐项列出。"
        "与上一次报的全部或几乎全部相同（至少 {least} 个不为 0 的数，不同的不超过十分之一，"
        "或不超过本单位以往和别的单位这个月变化的三分之一；"
        "比率已是 100%、数正好是目标而没有变的不算），可能确实没有进展，只是警告。",
        least=LEAST,
    ),
    why="把以前的表改了月份又交一遍，这个月的数就全错了；与上一次相同的，也可能确实没有进展。",
    mend="核实是否交错了文件；交错的，换成这个月的表。",
    bad=table(*(f"2031-0{m},青山县,T03-0{n},示例指标{n},{20 + n - m % 2},,,," for m in (1, 2, 3) for n in range(1, 6))),
    good=table(*(f"2031-0{m},青山县,T03-0{n},示例指标{n},{20 + n + m},,,," for m in (1, 2, 3) for n in range(1, 6))),
)
def copied_report(whole: Whole) -> Iterator[Found]:
    """The report of an earlier month under a new date: of the last one it may be true, of one before that it is not."""
    plan, ledger = whole.plan, whole.ledger
    change = cache(partial(_change, whole))
    of_all = cache(lambda last, now: sorted(_parts(change, ((unit, last, now) for unit in plan.units))))
    for unit in plan.units.values():
        months = [month for month in range(1, MONTHS + 1) if ledger.has_report(unit.id, month)]
        reports = {month: ledger.report(unit.id, month) for month in months}
        for last, month in pairwise(months):
            have_fallen = sum(map(lt, reports[month], reports[last])) >= LEAST  # as in a sound month hardly any have
            before = [each for each in months if each < last] if have_fallen else []
            earlier = [each for each in before if _is_copy(whole, reports, each, last, month)]
            if _is_the_last(unit, reports, last, month, change, of_all):
                earlier.append(last)
            if not earlier:
                continue
            alike = {each: _alike(reports[month], reports[each]) for each in earlier}
            copied = max(earlier, key=lambda each: (alike[each], each))
            here, there = (Location(report_path(ledger, unit.id, each)) for each in (month, copied))
            others = _different(reports[month], reports[copied])
            but = say(BUT, others=others) if others else ""
            looks = say("像是 {period} 的报表", period=Period(plan.year, copied))
            message = say(
                "{name} {month} 月的 {alike} 项（0 不计）与 {copied} 月相同{but}，{looks}",
                name=unit.name,
                month=month,
                alike=alike[copied],
                copied=copied,
                but=but,
                looks=looks,
            )
            hint = say("核实是否交错了文件；交错的，换成 {month} 月的表。", month=month)
            finding = Finding(message, "", hint, related=(there,), is_question=copied == last)
            yield Found(finding, here, unit.id, "", f"{plan.year}-{month:02d}", is_of_all=copied != last)


def _alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How many figures other than 0 two reports have in common."""
    return sum(figure == old > 0 for figure, old in zip(one, other, strict=True))


def _different(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(map(ne, one, other))


class _Change(NamedTuple):
    """How many figures of a unit's report differ from those of another one, and how many could."""

    changed: int
    movable: int


_ChangeOf = Callable[[str, int, int], _Change]
"""Of a unit's id, and of the month before and now."""


_PartsOf = Callable[[int, int], Sequence[Fraction]]
"""Of the month before and now: which part of each unit's figures has changed, in order."""


def _is_the_last(
    unit: ReportingUnit,
    reports: Mapping[int, Sequence[int]],
    last: int,
    now: int,
    change: _ChangeOf,
    of_all: _PartsOf,
) -> bool:
    """Whether fewer figures have changed since the last report than anything but a copy of it explains."""
    if any(figure == EMPTY != old for figure, old in zip(reports[now], reports[last], strict=True)):
        return False  # what is missing or in error is told; whose the rest is shows when that is mended
    changed, movable = change(unit.id, last, now)
    if movable < LEAST:
        return False
    if changed * _MOST_CHANGED <= movable:
        return True
    usual = movable * _moved(unit.id, [month for month in reports if month <= last], now, change, of_all)
    return changed <= usual * _USUAL_PART


def _moved(unit: str, months: Sequence[int], now: int, change: _ChangeOf, of_all: _PartsOf) -> Fraction:
    """The part of its figures that changes in a month: the middle of the unit's own; of few, and the others' now.

    The others' are put in order once for all units: of each of them anew it would take units × units steps.
    """
    own = [(unit, *pair) for pair in pairwise(months)]
    parts: list[Fraction] = []
    if len(own) < _OWN_ENOUGH:
        parts += of_all(months[-1], now)
        for part in _parts(change, [(unit, months[-1], now)]):
            del parts[bisect_left(parts, part)]
    for part in _parts(change, own):
        insort(parts, part)
    return parts[(len(parts) - 1) // 2] if parts else Fraction(0)


def _parts(change: _ChangeOf, each: Iterable[tuple[str, int, int]]) -> Iterator[Fraction]:
    """Which part of the figures that could change has changed, of each unit between two months."""
    return (Fraction(*moved) for one in each if (moved := change(*one)).movable)


def _change(whole: Whole, unit: str, before: int, now: int) -> _Change:
    """What has changed in a unit's report between two months; nothing could where there is no report of either.

    Figures above 0 could, stages aside, but for those that are as before since all of it is done.
    """
    ledger, movable = whole.ledger, 0
    if not (ledger.has_report(unit, before) and ledger.has_report(unit, now)):
        return _Change(0, 0)
    earlier, report = ledger.report(unit, before), ledger.report(unit, now)
    cells = range(ledger.block(unit, now), len(ledger.values), ledger.block_count)
    for cell, indicator, old, figure in zip(cells, whole.plan.indicators.values(), earlier, report, strict=True):
        if figure > 0 and not indicator.stages:
            movable += figure != old or not _is_done(whole, indicator, unit, now, figure, ledger.denominators[cell])
    return _Change(_different(report, earlier), movable)


def _is_done(whole: Whole, indicator: Indicator, unit: str, month: int, figure: int, below: int) -> bool:
    """Whether a figure has come to all that there is, or to what is promised."""
    return figure == below or (not below and is_target(whole, indicator, whole.plan.units[unit], month, figure))


def _is_copy(whole: Whole, reports: Mapping[int, Sequence[int]], earlier: int, last: int, now: int) -> bool:
    """Whether a month's report is that of one before the last, which that was not any more."""
    rows = zip(whole.plan.indicators.values(), *(reports[each] for each in (earlier, last, now)), strict=True)
    returned = [
        bool(figure == old)
        for indicator, old, between, figure in rows
        if 0 <= old < between and (indicator.cumulative or stage_names(indicator))
    ]
    count = sum(returned)
    return count >= LEAST and count * MOST_OTHERS >= len(returned)


def is_target(whole: Whole, indicator: Indicator, unit: ReportingUnit, month: int, figure: int) -> bool:
    """Whether a figure is what is promised of the unit."""
    promised = whole.plan.target_for(indicator, unit.id, Period(whole.plan.year, month))
    value = promised[0].value if promised else None
    return value is not None and value.numerator * SCALE == figure * value.denominator


def report_path(ledger: Ledger, unit: str, month: int) -> str:
    """The file with a unit's report of a month."""
    block = ledger.block(unit, month)
    return next(
        ledger.path(cell) for cell in range(block, len(ledger.values), ledger.block_count) if not ledger.is_empty(cell)
    )
