"""What shows where many figures are seen together: too much, equal figures that should differ. Family MZ5xx."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from mzplan.diagnostics import Location, show
from mzplan.figures import SCALE, plain
from mzplan.period import Period
from mzplan.plan.indicator import Indicator, RatioIndicator
from mzplan.plan.model import ReportingUnit
from mzplan.plan.target import Target
from mzplan.rules.magnitude import value_field
from mzplan.rules.registry import ERROR, WARNING, Finding, Found, table, whole_rule
from mzplan.rules.scope import Whole
from mzplan.rules.series import SAME_FLOOR, shown
from mzplan.submissions.ledger import EMPTY, MONTHS, NOTE, Entry, Ledger
from mzplan.submissions.names import stage_names

SAME_UNITS = 4
"""From so many units on, equal figures are worth a question."""


@whole_rule(
    "MZ506",
    WARNING,
    title="超出“左右”的上限",
    what="目标是“约多少”（左右），全市合计或有正式目标的单位已超过允许的上限。",
    why="“左右”的目标超出太多，口径或计划可能需要核对；通报时不应写成超额完成。",
    mend="核对数值和计量单位。",
    bad=table("2031-03,青山县,T01-05,福利彩票销量,1200,,,,"),
    good=table("2031-03,青山县,T01-05,福利彩票销量,1000,,,,"),
)
def target_overshot(whole: Whole) -> Iterator[Found]:
    """An `about` target passed by more than its tolerance; said once for a unit or the city, where it happens first."""
    plan, ledger = whole.plan, whole.ledger
    for code, indicator in plan.indicators.items():
        if indicator.target.operator != "about":
            continue
        months = [(period, {unit: ledger.latest(code, unit, period) for unit in plan.units}) for period in plan.periods]
        if indicator.applies_to == "total":
            yield from _first_over(whole, indicator, "全市合计", [(*month, indicator.target) for month in months])
        for unit in plan.units.values():
            own = [
                (period, {unit.id: latest[unit.id]}, promised[0])
                for period, latest in months
                if (promised := plan.target_for(indicator, unit.id, period)) and promised[1] != "reference"
            ]
            yield from _first_over(whole, indicator, unit.name, own)


def _first_over(
    whole: Whole, indicator: Indicator, who: str, months: Sequence[tuple[Period, Mapping[str, Entry | None], Target]]
) -> Iterator[Found]:
    """The month in which a sum first passes the limit, told at the largest record of that month."""
    wrong = whole.wrong
    for period, latest, target in months:
        limit = target.value * (1 + target.tolerance)
        given = {
            unit: entry
            for unit, entry in latest.items()
            if entry and not entry.is_not_applicable and entry.location not in wrong
        }
        actual = indicator.actual([entry.figure for entry in given.values()])
        fresh = {unit: entry for unit, entry in given.items() if entry.period == period}
        if actual is not None and actual > limit and fresh:
            unit = max(fresh, key=lambda name: (fresh[name].figure.value or 0, name))
            message = f"{who} {shown(actual)} 超过目标（约 {shown(target.value)}）的上限 {shown(limit)}"
            others = tuple(entry.location for name, entry in given.items() if name != unit)
            finding = Finding(message, value_field(indicator), "请核对数值和计量单位。", related=others)
            yield Found(finding, fresh[unit].location, unit, indicator.id, str(period))
            return


@whole_rule(
    "MZ512",
    WARNING,
    title="同一个分母，数不相同",
    what="计划里分母写得一样的几个比率，同一个单位同一个月填的分母不相同，“说明”都没有写原因。",
    why="同一件东西只有一个数；不相同，至少有一个填错了。",
    mend="核对提示的几个分母；确实不同的，在“说明”里写明原因。",
)
def one_denominator_two_figures(whole: Whole) -> Iterator[Found]:
    """Ratios of the same things that are not taken of the same number; said of each that differs from most.

    Where there is no most, from that which was given the month before.
    """
    plan, ledger = whole.plan, whole.ledger
    alike: dict[str, list[int]] = {}
    for position, indicator in enumerate(plan.indicators.values()):
        if isinstance(indicator, RatioIndicator) and indicator.denominator != RatioIndicator.denominator:
            alike.setdefault(indicator.denominator, []).append(position * ledger.block_count)
    codes = tuple(plan.indicators)
    for words, starts in alike.items():
        for block in range(ledger.block_count if len(starts) > 1 else 0):
            cells = [start + block for start in starts if ledger.denominators[start + block]]
            figures = [ledger.denominators[cell] for cell in cells]
            if len(set(figures)) < 2 or any(ledger.flags[cell] & NOTE for cell in cells):
                continue
            places = [ledger.location(cell) for cell in cells]
            earlier = [] if block % MONTHS == 0 else [ledger.denominators[cell - 1] for cell in cells]
            usual = max(figures, key=lambda figure: (figures.count(figure), earlier.count(figure)))
            first = figures.index(usual)
            unit, period = plan.reporting_units[block // MONTHS], Period(plan.year, block % MONTHS + 1)
            for cell, figure, place in zip(cells, figures, places, strict=True):
                if figure == usual or place in whole.wrong or places[first] in whole.wrong:
                    continue
                code = codes[cells[first] // ledger.block_count]
                message = f"分母{show(words, 60)}是 {plain(figure)}，在 {code} 里是 {plain(usual)}"
                finding = Finding(
                    message, "denominator", "请核对；确实不同的，在“说明”里写明原因。", related=(places[first],)
                )
                yield Found(finding, place, unit.id, codes[cell // ledger.block_count], str(period))


@whole_rule(
    "MZ510",
    WARNING,
    title="各单位的数相同",
    what=f"同一个月里，{SAME_UNITS} 个以上的填报单位报的数完全相同，又不是各自的目标数。",
    why="可能是巧合，也可能是同一份底稿。请核实，这不是指责。",
    mend="请各单位核实来源。",
    bad=table(*(f"2031-03,{unit},T01-02,持证护理员数,37,,,," for unit in ("青山县", "绿水县", "高新区", "市本级"))),
    good=table(
        *(
            f"2031-03,{unit},T01-02,持证护理员数,{figure},,,,"
            for unit, figure in (("青山县", 37), ("绿水县", 35), ("高新区", 37), ("市本级", 12))
        )
    ),
)
def same_in_every_unit(whole: Whole) -> Iterator[Found]:
    """One figure from everybody; said once for an indicator, at its latest month."""
    plan, ledger = whole.plan, whole.ledger
    width = len(plan.reporting_units) * MONTHS
    for position, (code, indicator) in enumerate(plan.indicators.items()):
        if stage_names(indicator) or len(indicator.reporting) < SAME_UNITS:
            continue
        start = position * width
        for month in range(MONTHS, 0, -1):
            cells = range(start + month - 1, start + width, MONTHS)
            given = {v for v in ledger.values[start + month - 1 : start + width : MONTHS] if v != EMPTY}
            figure = given.pop() if len(given) == 1 else EMPTY
            if figure < SAME_FLOOR * SCALE:
                continue
            there = [cell for cell in cells if ledger.values[cell] != EMPTY]
            below = {ledger.denominators[cell] for cell in there}
            if len(there) < max(SAME_UNITS, len(indicator.reporting)) or len(below) > 1:
                continue
            units = [plan.reporting_units[cell % width // MONTHS] for cell in there]
            if any(_is_target(whole, indicator, unit, month, figure) for unit in units):
                continue
            places = tuple(ledger.location(cell) for cell in there)
            message = f"{len(there)} 个单位 {month} 月报的都是 {plain(figure)}，请核实"
            finding = Finding(message, value_field(indicator), "请各单位核实来源。", related=places[1:])
            yield Found(finding, places[0], units[0].id, code, f"{plan.year}-{month:02d}")
            break


def _is_target(whole: Whole, indicator: Indicator, unit: ReportingUnit, month: int, figure: int) -> bool:
    promised = whole.plan.target_for(indicator, unit.id, Period(whole.plan.year, month))
    return promised is not None and promised[0].value == Fraction(figure, SCALE)


COPIED_LEAST = 5
"""So many figures other than 0 must agree before a report looks like a copy, or so many must have gone back."""
_COPIED_TENTHS = 9
"""So many tenths of what had grown since an earlier month must be as they were then."""


@whole_rule(
    "MZ511",
    ERROR,
    title="整月的数是以前的",
    what=f"一个单位这个月的累计数、里程碑退回到以前某个月报的（至少 {COPIED_LEAST} 项，其间有变化的九成以上），"
    "像是把那个月的表改了月份又交了一遍。整个文件不采用，由此而来的下降、突变、倒退不再逐项列出。"
    f"与上一次报的全部相同（至少 {COPIED_LEAST} 个不为 0 的数），可能确实没有进展，只是警告。",
    why="把以前的表改了月份又交一遍，这个月的数就全错了；与上一次相同的，也可能确实没有进展。",
    mend="核实是否交错了文件；交错的，换成这个月的表。",
    bad=table(*(f"2031-0{m},青山县,T03-0{n},示例指标{n},{20 + n - m % 2},,,," for m in (1, 2, 3) for n in range(1, 6))),
    good=table(*(f"2031-0{m},青山县,T03-0{n},示例指标{n},{20 + n + m},,,," for m in (1, 2, 3) for n in range(1, 6))),
)
def copied_report(whole: Whole) -> Iterator[Found]:
    """The report of an earlier month under a new date: of the last one it may be true, of one before that it is not."""
    plan, ledger = whole.plan, whole.ledger
    for unit in plan.units.values():
        months = [month for month in range(1, MONTHS + 1) if ledger.has_report(unit.id, month)]
        reports = {month: ledger.report(unit.id, month) for month in months}
        for last, month in pairwise(months):
            earlier = [each for each in months if each <= last and _is_copy(whole, reports, each, last, month)]
            if not earlier:
                continue
            alike = {each: _alike(reports[month], reports[each]) for each in earlier}
            copied = max(earlier, key=lambda each: (alike[each], each))
            here, there = (Location(_path(ledger, unit.id, each)) for each in (month, copied))
            looks = f"像是 {Period(plan.year, copied)} 的报表"
            message = f"{unit.name} {month} 月的 {alike[copied]} 项与 {copied} 月相同，{looks}"
            hint = f"核实是否交错了文件；交错的，换成 {month} 月的表。"
            finding = Finding(message, "", hint, related=(there,), is_question=copied == last)
            yield Found(finding, here, unit.id, "", f"{plan.year}-{month:02d}", is_of_all=copied != last)


def _alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How many figures other than 0 two reports have in common."""
    return sum(figure == old > 0 for figure, old in zip(one, other, strict=True))


def _is_copy(whole: Whole, reports: Mapping[int, Sequence[int]], earlier: int, last: int, now: int) -> bool:
    """Whether a month's report is that of an earlier one, which the one before it was not any more."""
    rows = zip(whole.plan.indicators.values(), *(reports[each] for each in (earlier, last, now)), strict=True)
    if earlier == last:
        numbers = sum(figure > 0 for indicator, _, _, figure in rows if not stage_names(indicator))
        return reports[now] == reports[last] and numbers >= COPIED_LEAST
    returned = [
        bool(figure == old)
        for indicator, old, between, figure in rows
        if 0 <= old < between and (indicator.cumulative or stage_names(indicator))
    ]
    return sum(returned) >= COPIED_LEAST and sum(returned) * 10 >= len(returned) * _COPIED_TENTHS


def _path(ledger: Ledger, unit: str, month: int) -> str:
    """The file with a unit's report of a month."""
    block = ledger.block(unit, month)
    return next(
        ledger.location(cell).path
        for cell in range(block, len(ledger.values), ledger.block_count)
        if not ledger.is_empty(cell)
    )
