"""A whole report that was sent before: the unit's own of an earlier month, or another unit's. Part of family MZ5xx."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise, product, repeat
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
from mzplan.rules.series import SAME_FLOOR
from mzplan.said import say
from mzplan.submissions.ledger import EMPTY, MONTHS, Ledger
from mzplan.submissions.names import stage_names

_BUT, _OF_EITHER = "，{others} 项不同", "看不出是哪个单位的报表"
LEAST = 5
"""So many figures must agree before a report looks like a copy, or so many must have gone back."""
_MOST_CHANGED = 10
"""The last report with no more than this part of its figures changed looks like a copy of it."""
_USUAL_PART = Fraction(1, 3)
"""So does one of which no more than this part of those that usually change have: in a slow month more than half do."""
_OWN_ENOUGH = 3
"""So many of its own months tell how much of a unit's figures changes."""
_MOST_OTHERS = 2
"""Of a report before that, or of another unit's, no more than this part may be different."""
_NEAR = 3 * SCALE
"""Figures of two units that differ by no more are near each other."""
_MOST_NOT_NEAR = 3
"""Where no more than this part of another unit's report is not near, few equal figures are enough."""
_SURE = 3
"""Whose the figures are is known where more than this part of them is for it, those against it taken off."""
_MUCH = 2
"""A step that is so many times another one is less likely."""


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
    for unit in plan.units.values():
        months = [month for month in range(1, MONTHS + 1) if ledger.has_report(unit.id, month)]
        reports = {month: ledger.report(unit.id, month) for month in months}
        for last, month in pairwise(months):
            have_fallen = sum(map(lt, reports[month], reports[last])) >= LEAST  # as in a sound month hardly any have
            before = [each for each in months if each < last] if have_fallen else []
            earlier = [each for each in before if _is_copy(whole, reports, each, last, month)]
            if _is_the_last(whole, unit, reports, last, month, change):
                earlier.append(last)
            if not earlier:
                continue
            alike = {each: _alike(reports[month], reports[each]) for each in earlier}
            copied = max(earlier, key=lambda each: (alike[each], each))
            here, there = (Location(_path(ledger, unit.id, each)) for each in (month, copied))
            others = _different(reports[month], reports[copied])
            but = say(_BUT, others=others) if others else ""
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


def _is_the_last(
    whole: Whole, unit: ReportingUnit, reports: Mapping[int, Sequence[int]], last: int, now: int, change: _ChangeOf
) -> bool:
    """Whether fewer figures have changed since the last report than anything but a copy of it explains."""
    if any(figure == EMPTY != old for figure, old in zip(reports[now], reports[last], strict=True)):
        return False  # what is missing or in error is told; whose the rest is shows when that is mended
    changed, movable = change(unit.id, last, now)
    if movable < LEAST:
        return False
    if changed * _MOST_CHANGED <= movable:
        return True
    usual = movable * _moved(whole, unit.id, [month for month in reports if month <= last], now, change)
    return changed <= usual * _USUAL_PART


def _moved(whole: Whole, unit: str, months: Sequence[int], now: int, change: _ChangeOf) -> Fraction:
    """The part of its figures that changes in a month: the middle of the unit's own; of few, and the others' now."""
    own = [(unit, *pair) for pair in pairwise(months)]
    others = [(each, months[-1], now) for each in whole.plan.units if each != unit] if len(own) < _OWN_ENOUGH else []
    parts = sorted(Fraction(*moved) for each in (*own, *others) if (moved := change(*each)).movable)
    return parts[(len(parts) - 1) // 2] if parts else Fraction(0)


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
    return count >= LEAST and count * _MOST_OTHERS >= len(returned)


# --- another unit's --------------------------------------------------------------------------------------------------


class _SentReport(NamedTuple):
    """What a unit sent for a month; in order of these."""

    month: int
    unit: str


@whole_rule(
    "MZ514",
    ERROR,
    title="像是别的单位的报表",
    what=say(
        "一个单位一个月的数与另一个单位同月或上月报的相同：至少 {least} 项，并且是两张表中少的一张里能看出来的数"
        "的一半以上（{same_floor} 以上，又不是目标的），或有三分之二以上相差不过 {near}。"
        "整个文件不采用。看哪个单位的数接得上自己别的月份报的；看不出来的，两个单位都列出，"
        "都不采用。",
        least=LEAST,
        same_floor=SAME_FLOOR,
        near=_NEAR // SCALE,
    ),
    why="把别的单位的表改了单位名称交上来，两个单位的数就有一个全错了，全市合计里同样的数算了两遍。",
    mend="核实是否交错了文件；交错的，换成本单位的表。请核实，这不是指责。",
    bad=table(
        *(f"2031-03,{unit},T03-0{n},示例指标{n},{20 + n},,,," for unit in ("青山县", "绿水县") for n in range(1, 6))
    ),
    good=table(
        *(
            f"2031-03,{unit},T03-0{n},示例指标{n},{of + n},,,,"
            for unit, of in (("青山县", 20), ("绿水县", 30))
            for n in range(1, 6)
        )
    ),
)
def foreign_report(whole: Whole) -> Iterator[Found]:
    """Another unit's report of that month or of the last: so many figures do not agree by chance."""
    plan, ledger = whole.plan, whole.ledger
    shared = _shared(whole)
    told = {each: _told(whole, each) for each in {each for pair in shared for each in pair}}
    foreign: set[_SentReport] = set()
    for (sent, other), cells in sorted(
        shared.items(), key=lambda each: (each[0][0], -sum(each[1].values()), -len(each[1]), each[0][1])
    ):
        same = [cell for cell, is_same in cells.items() if is_same]
        is_half = len(same) * _MOST_OTHERS >= min(told[sent], told[other])
        is_near = (told[sent] - len(cells)) * _MOST_NOT_NEAR <= told[sent]
        if sent in foreign or len(same) < LEAST or not (is_half or is_near):
            continue
        is_own, is_older = _continues(ledger, sent, other, [*cells], foreign), other.month < sent.month
        if is_own or (is_older and other in foreign):
            continue
        foreign.add(sent)
        name = plan.units[other.unit].name
        here, there = (Location(_path(ledger, each.unit, each.month)) for each in (sent, other))
        others, near = told[sent] - len(same), len(cells) - len(same)
        but = say(_BUT, others=others) if others else ""
        if near:
            but = say("{but}（{near} 项相差不过 {most}）", but=but, near=near, most=_NEAR // SCALE)
        message = say(
            "{name} {month} 月的 {count} 项与{name2} {month2} 月报的相同{but}，{looks}",
            name=plan.units[sent.unit].name,
            month=sent.month,
            count=len(same),
            name2=name,
            month2=other.month,
            but=but,
            looks=_OF_EITHER if is_own is None and not is_older else say("像是{name}的报表", name=name),
        )
        finding = Finding(message, "", "核实是否交错了文件；交错的，换成本单位的表。", related=(there,))
        yield Found(finding, here, sent.unit, "", f"{plan.year}-{sent.month:02d}", is_of_all=True)


def _shared(whole: Whole) -> Mapping[tuple[_SentReport, _SentReport], Mapping[int, bool]]:
    """By two reports the ledger's cells in which both are near, each with whether they agree.

    Only of reports that agree in enough, as of thousands of units nearly all are near some other one somewhere; and
    month by month, as so many pairs agree in something that they are not all kept.
    """
    shared: dict[tuple[_SentReport, _SentReport], Mapping[int, bool]] = {}
    for month in range(1, MONTHS + 1):
        for other, same in _agreeing(whole, month).items():
            for (sent_by, unit), count in same.items():
                if count >= LEAST:
                    pair = _SentReport(month, sent_by), _SentReport(other, unit)
                    shared[pair] = dict(_near(whole, *pair))
    return shared


def _agreeing(whole: Whole, month: int) -> Mapping[int, Counter[tuple[str, str]]]:
    """In how many telling figures the reports of a month agree with those of that month, and of the last: by month.

    Pairs of ids: of the unit that sent the report, and of another one.
    """
    same: dict[int, Counter[tuple[str, str]]] = {each: Counter() for each in (month, month - 1) if each}
    for position, indicator in enumerate(whole.plan.indicators.values()):
        sent = {} if indicator.stages else _holders(whole.ledger, position, indicator, month)
        for other, pairs in same.items():
            held = sent if other == month or not sent else _holders(whole.ledger, position, indicator, other)
            for key in sent.keys() & held.keys():
                if sent[key] == held[key] and len(sent[key]) == 1:
                    continue  # it is the unit's own
                senders, others = (
                    [unit for unit in units if _tells(whole, indicator, _SentReport(when, unit), key[0])]
                    for when, units in ((month, sent[key]), (other, held[key]))
                )
                pairs.update(pair for pair in product(senders, others) if pair[0] != pair[1])
    return same


def _holders(ledger: Ledger, position: int, indicator: Indicator, month: int) -> Mapping[tuple[int, int], list[str]]:
    """The ids of the units by the figure of the indicator in that position, and by what it is taken of."""
    year = slice(position * ledger.block_count + month - 1, (position + 1) * ledger.block_count, MONTHS)
    below = ledger.denominators[year] if indicator.ratio else repeat(0)
    holders: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for unit, key in zip(ledger.plan.reporting_units, zip(ledger.values[year], below, strict=False), strict=True):
        if key[0] >= SAME_FLOOR * SCALE:
            holders[key].append(unit.id)
    return holders


def _told(whole: Whole, report: _SentReport) -> int:
    """How many figures of a report tell whose it is."""
    figures = whole.ledger.report(report.unit, report.month)
    rows = zip(whole.plan.indicators.values(), figures, strict=True)
    return sum(_tells(whole, indicator, report, figure) for indicator, figure in rows)


def _tells(whole: Whole, indicator: Indicator, report: _SentReport, figure: int) -> bool:
    """Whether a figure tells whose it is: it is no stage, not small, and not what is promised."""
    if figure < SAME_FLOOR * SCALE or indicator.stages:
        return False
    return not is_target(whole, indicator, whole.plan.units[report.unit], report.month, figure)


def _near(whole: Whole, sent: _SentReport, other: _SentReport) -> Iterator[tuple[int, bool]]:
    """The cells of a report that are near those of another one, what they are taken of being the same."""
    values, below = whole.ledger.values, whole.ledger.denominators
    first = whole.ledger.block(sent.unit, sent.month)
    apart = whole.ledger.block(other.unit, other.month) - first
    cells = range(first, len(values), whole.ledger.block_count)
    for cell, indicator in zip(cells, whole.plan.indicators.values(), strict=True):
        figure, others = values[cell], values[cell + apart]
        is_near = abs(figure - others) <= _NEAR and below[cell] == below[cell + apart]
        if is_near and _tells(whole, indicator, sent, figure) and _tells(whole, indicator, other, others):
            yield cell, figure == others


def _continues(
    ledger: Ledger, sent: _SentReport, other: _SentReport, cells: Sequence[int], foreign: set[_SentReport]
) -> bool | None:
    """Whether what both have sent follows what this unit has sent in other months, or what the other one has.

    None where that does not tell. What both have sent for one month is compared, or of a unit that alone has sent
    anything else that with what may usually follow it.
    """
    here = ledger.block(sent.unit, sent.month)
    own, others = (_other_months(ledger, each.unit, sent, other, foreign) for each in (sent, other))
    votes: list[int] = []
    for month in _nearest([each for each in own if each in others] or own or others, other.month):
        mine, theirs = (
            [_apart(ledger, cell, cell + ledger.block(each.unit, month) - here) for cell in cells] if months else []
            for each, months in ((sent, own), (other, others))
        )
        usual = [_USUAL_APART] * len(cells)
        votes += map(_vote, mine or usual, theirs or usual)
    balance, least = sum(votes), len([each for each in votes if each]) // _SURE
    against = 0 if own and others else -1 if own else 1  # what but one unit has sent may follow by chance
    is_open = abs(balance) <= least or (against * balance < 0 and against in votes)
    return None if is_open else balance > 0


class _Apart(NamedTuple):
    """How two figures of one indicator are apart; the less the likelier is it that both are one unit's."""

    fell: bool
    below: Fraction
    """The part by which the denominator differs; 0 without one."""
    grew: Fraction
    """How many times the earlier figure the later one is."""


_USUAL_APART = _Apart(fell=False, below=Fraction(1, 10), grew=Fraction(1))


def _apart(ledger: Ledger, cell: int, other: int) -> _Apart | None:
    """The step between the figures of a cell and of another one; None where there is none."""
    (earlier, below), (later, then) = (
        (ledger.values[each], ledger.denominators[each]) for each in sorted((cell, other), key=lambda at: at % MONTHS)
    )
    if earlier < 0 or later < 0:
        return None
    return _Apart(later < earlier, Fraction(abs(then - below), max(then, below, 1)), Fraction(later, max(earlier, 1)))


def _vote(mine: _Apart | None, theirs: _Apart | None) -> int:
    """Whether a step is likelier than another (1), less likely (-1) or neither (0).

    Of units of other sizes the larger one's figures are nearer to what is larger by growth: little is no evidence.
    """
    if mine is None or theirs is None:
        return 0
    if mine.fell != theirs.fell:
        return theirs.fell - mine.fell
    if mine.below != theirs.below:
        return 1 if mine.below < theirs.below else -1
    if mine.fell or max(mine.grew, theirs.grew) < min(mine.grew, theirs.grew) * _MUCH:
        return 0
    return 1 if mine.grew < theirs.grew else -1


def _other_months(
    ledger: Ledger, unit: str, sent: _SentReport, other: _SentReport, foreign: set[_SentReport]
) -> list[int]:
    """The months of which a unit has reports of its own, but for those that are compared."""
    return [
        month
        for month in range(1, MONTHS + 1)
        if not other.month <= month <= sent.month
        and ledger.has_report(unit, month)
        and _SentReport(month, unit) not in foreign
    ]


def _nearest(months: Sequence[int], month: int) -> Iterator[int]:
    """Of these the last before a month, and the first behind it."""
    yield from [each for each in months if each < month][-1:]
    yield from [each for each in months if each > month][:1]


def is_target(whole: Whole, indicator: Indicator, unit: ReportingUnit, month: int, figure: int) -> bool:
    """Whether a figure is what is promised of the unit."""
    promised = whole.plan.target_for(indicator, unit.id, Period(whole.plan.year, month))
    value = promised[0].value if promised else None
    return value is not None and value.numerator * SCALE == figure * value.denominator


def _path(ledger: Ledger, unit: str, month: int) -> str:
    """The file with a unit's report of a month."""
    block = ledger.block(unit, month)
    return next(
        ledger.path(cell) for cell in range(block, len(ledger.values), ledger.block_count) if not ledger.is_empty(cell)
    )
