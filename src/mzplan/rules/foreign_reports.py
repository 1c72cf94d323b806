"""A whole report that another unit has sent, for that month or the last. Part of family MZ5xx."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from fractions import Fraction
from functools import lru_cache, partial
from itertools import chain, repeat
from math import comb, prod
from typing import NamedTuple

from mzplan.diagnostics import Location
from mzplan.figures import SCALE, millionths
from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.rules.copies import BUT, LEAST, MOST_OTHERS, is_target, report_path
from mzplan.rules.examples import table
from mzplan.rules.exchanged_reports import SentReport, exchanged_reports
from mzplan.rules.likely_steps import USUAL_APART, apart, vote
from mzplan.rules.registry import ERROR, Finding, Found, whole_rule
from mzplan.rules.scope import Whole
from mzplan.rules.series import SAME_FLOOR
from mzplan.said import say
from mzplan.submissions.ledger import MONTHS, Ledger

_EXCHANGE = "核实两个单位的表，或同一张表里两个单位的列，是否放反了；放反的，换过来。"
_OF_EITHER = "看不出是哪个单位的报表"
_NEAR = 3 * SCALE
"""Figures of two units that differ by no more are near each other."""
_MOST_NOT_NEAR = 3
"""Where no more than this part of another unit's report is not near, few equal figures are enough."""
_SURE = 3
"""Whose the figures are is known where more than this part of them is for it, those against it taken off."""
_LEAST_TELLING = SAME_FLOOR * SCALE
_SELDOM = Fraction(1, 10)
"""Fewer pairs of units than this may be expected to agree by chance as two do: among thousands some do."""
_REMEMBERED = 1000
"""The figures of so many reports are kept at a time: each is held against several others of its month."""


@whole_rule(
    "MZ514",
    ERROR,
    title="像是别的单位的报表",
    what=say(
        "一个单位一个月的数与另一个单位同月或上月报的相同：至少 {least} 项，并且是两张表中少的一张里能看出来的数"
        "的一半以上（{same_floor} 以上，又不是目标的），或有三分之二以上相差不过 {near}。"
        "单位很多、数又小，碰巧也会相同这么多的，不算。"
        "两个单位的数都接不上自己上次报的、却接得上对方上次报的（各至少 {least} 项，相反的不超过十分之一），"
        "是互相填错了。"
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
    foreign: set[SentReport] = set()
    for one, other, count in exchanged_reports(whole):
        foreign |= {one, other}
        here, there = (Location(report_path(ledger, each.unit, each.month)) for each in (one, other))
        message = say(
            "{name}和{name2} {month} 月的数像是互相填错了：{count} 项接不上自己上次报的，接得上对方上次报的",
            name=plan.units[one.unit].name,
            name2=plan.units[other.unit].name,
            month=one.month,
            count=count,
        )
        finding = Finding(message, "", _EXCHANGE, related=(there,))
        yield Found(finding, here, one.unit, "", f"{plan.year}-{one.month:02d}", is_of_all=True)
    for sent, other, cells, same, told in sorted(
        _alike(whole), key=lambda each: (each.sent, -each.same, -len(each.cells), each.other)
    ):
        if sent in foreign:
            continue
        is_own, is_older = _continues(ledger, sent, other, cells, foreign), other.month < sent.month
        if is_own or (is_older and other in foreign):
            continue
        foreign.add(sent)
        name = plan.units[other.unit].name
        here, there = (Location(report_path(ledger, each.unit, each.month)) for each in (sent, other))
        others, near = told - same, len(cells) - same
        but = say(BUT, others=others) if others else ""
        if near:
            but = say("{but}（{near} 项相差不过 {most}）", but=but, near=near, most=_NEAR // SCALE)
        message = say(
            "{name} {month} 月的 {count} 项与{name2} {month2} 月报的相同{but}，{looks}",
            name=plan.units[sent.unit].name,
            month=sent.month,
            count=same,
            name2=name,
            month2=other.month,
            but=but,
            looks=_OF_EITHER if is_own is None and not is_older else say("像是{name}的报表", name=name),
        )
        finding = Finding(message, "", "核实是否交错了文件；交错的，换成本单位的表。", related=(there,))
        yield Found(finding, here, sent.unit, "", f"{plan.year}-{sent.month:02d}", is_of_all=True)


class _Alike(NamedTuple):
    """Two reports so much alike that one is told as the other, with the ledger's cells in which both are near."""

    sent: SentReport
    other: SentReport
    cells: Sequence[int]
    same: int
    """In how many of these they agree."""
    told: int
    """How many figures of the first tell whose it is."""


def _alike(whole: Whole) -> Iterator[_Alike]:
    """Every two reports that are so: of those that agree in enough, as nearly all are near some other one somewhere."""
    ids = [unit.id for unit in whole.plan.reporting_units]
    months = {*whole.ledger.months()}
    if len({unit for month in months for unit in whole.ledger.reporters(Period(whole.plan.year, month))}) < 2:
        return  # as in a file that is checked by itself
    promised = _promised(whole)

    @lru_cache(_REMEMBERED)
    def telling(report: SentReport) -> Sequence[int]:
        return _telling(whole, promised, report)

    for month in sorted(months):
        for before in (month, month - 1) if month - 1 in months else (month,):
            for at, other_at, same, by_chance in _agreeing(whole, promised, month, before):
                sent, other = SentReport(month, ids[at]), SentReport(before, ids[other_at])
                figures, others = telling(sent), telling(other)
                told, least = (len(each) - each.count(0) for each in (figures, others))
                least = min(told, least)
                cells = _near(whole.ledger, sent, figures, other, others)
                is_alike = same * MOST_OTHERS >= least or (told - len(cells)) * _MOST_NOT_NEAR <= told
                if is_alike and by_chance() * comb(least, same) < _SELDOM:  # it may be any so many of them
                    yield _Alike(sent, other, cells, same, told)


def _promised(whole: Whole) -> Mapping[str, Set[int]]:
    """By indicator the figures that are promised of any unit: hardly any other one has to be held against its own."""
    promised: defaultdict[str, set[int]] = defaultdict(set)
    for code, indicator in whole.plan.indicators.items():
        targets = [indicator.target, *(revision.target for revision in indicator.revisions)]
        promised[code].update(millionths(target.value) for target in targets)
    for (code, _), parts in whole.plan.parts.items():
        promised[code].update(millionths(part.target.value) for part in parts)
    return promised


_Agreed = tuple[tuple[int, int], Sequence[int], int]
"""A figure with what it is taken of, who has the same, and how many units have any."""


def _agreeing(
    whole: Whole, promised: Mapping[str, Set[int]], month: int, before: int
) -> Iterator[tuple[int, int, int, Callable[[], Fraction]]]:
    """The positions of two units whose reports, of a month and of that or the last one, agree, and in how many figures.

    Those are `LEAST` or more. The last tells how many pairs would agree in these by chance. One sender after another,
    as of many units the pairs of which some figure agrees fit into no memory.
    """
    alike: defaultdict[int, list[_Agreed]] = defaultdict(list)
    most = 0
    for position, indicator in enumerate(whole.plan.indicators.values()):
        if indicator.stages:
            continue
        held = _holders(whole, position, indicator, promised[indicator.id], before)
        sent = held if before == month else _holders(whole, position, indicator, promised[indicator.id], month)
        count = sum(map(len, held.values()))
        most = max(most, count)
        for key in sent.keys() & held.keys():
            others = held[key]
            for unit in sent[key] if len(others) > 1 or others != sent[key] else ():
                alike[unit].append((key, others, count))
    for unit, figures in alike.items():
        agreed = Counter(chain.from_iterable(others for _, others, _ in figures)) if len(figures) >= LEAST else {}
        same = {other: times for other, times in agreed.items() if times >= LEAST and other != unit}
        for other, times in same.items():
            yield unit, other, times, partial(_by_chance, figures, other, {unit, *same}, most)


def _by_chance(figures: Sequence[_Agreed], other: int, alike: Set[int], most: int) -> Fraction:
    """How many of all pairs agree by chance in what another unit has of these figures, as often as the rest have each.

    One that stands in a report twice counts once; `alike` are the two and whoever else agrees with the one in enough.
    """
    agreeing = {
        key: Fraction(len({*others} - alike) + 1, count + SAME_FLOOR)
        for key, others, count in figures
        if other in others
    }
    return prod(agreeing.values(), start=Fraction(most**2))


def _holders(
    whole: Whole, position: int, indicator: Indicator, promised: Set[int], month: int
) -> Mapping[tuple[int, int], Sequence[int]]:
    """By a telling figure of the indicator in that position, and what it is taken of, the positions of its units."""
    ledger, units = whole.ledger, whole.plan.reporting_units
    year = slice(position * ledger.block_count + month - 1, (position + 1) * ledger.block_count, MONTHS)
    below = ledger.denominators[year] if indicator.ratio else repeat(0)
    holders: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for unit, key in enumerate(zip(ledger.values[year], below, strict=False)):
        if key[0] >= _LEAST_TELLING and not (
            key[0] in promised and is_target(whole, indicator, units[unit], month, key[0])
        ):
            holders[key].append(unit)
    return holders


def _telling(whole: Whole, promised: Mapping[str, Set[int]], report: SentReport) -> Sequence[int]:
    """The figures of a report, of every indicator in plan order; 0 for those that do not tell whose it is.

    A stage does not, nor what is small or promised.
    """
    unit, indicators = whole.plan.units[report.unit], whole.plan.indicators.values()
    return [
        0
        if figure < _LEAST_TELLING
        or indicator.stages
        or (figure in promised[indicator.id] and is_target(whole, indicator, unit, report.month, figure))
        else figure
        for indicator, figure in zip(indicators, whole.ledger.report(report.unit, report.month), strict=True)
    ]


def _near(
    ledger: Ledger, sent: SentReport, figures: Sequence[int], other: SentReport, others: Sequence[int]
) -> Sequence[int]:
    """The cells of a report in which telling figures of both are near each other, what they are taken of the same."""
    first, below = ledger.block(sent.unit, sent.month), ledger.denominators
    apart = ledger.block(other.unit, other.month) - first
    near = (at for at, (one, two) in enumerate(zip(figures, others, strict=True)) if one and abs(one - two) <= _NEAR)
    cells = (first + at * ledger.block_count for at in near)
    return [cell for cell in cells if below[cell] == below[cell + apart]]


def _continues(
    ledger: Ledger, sent: SentReport, other: SentReport, cells: Sequence[int], foreign: set[SentReport]
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
            [apart(ledger, cell, cell + ledger.block(each.unit, month) - here) for cell in cells] if months else []
            for each, months in ((sent, own), (other, others))
        )
        usual = [USUAL_APART] * len(cells)
        votes += map(vote, mine or usual, theirs or usual)
    balance, least = sum(votes), len([each for each in votes if each]) // _SURE
    against = 0 if own and others else -1 if own else 1  # what but one unit has sent may follow by chance
    is_open = abs(balance) <= least or (against * balance < 0 and against in votes)
    return None if is_open else balance > 0


def _other_months(
    ledger: Ledger, unit: str, sent: SentReport, other: SentReport, foreign: set[SentReport]
) -> list[int]:
    """The months of which a unit has reports of its own, but for those that are compared."""
    return [
        month
        for month in range(1, MONTHS + 1)
        if not other.month <= month <= sent.month
        and ledger.has_report(unit, month)
        and SentReport(month, unit) not in foreign
    ]


def _nearest(months: Sequence[int], month: int) -> Iterator[int]:
    """Of these the last before a month, and the first behind it."""
    yield from [each for each in months if each < month][-1:]
    yield from [each for each in months if each > month][:1]
