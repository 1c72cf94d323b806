"""A unit's figures from month to month, and the same figures where they should differ. Family MZ5xx."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from mzplan.diagnostics import Location
from mzplan.figures import SCALE, plain, rounded
from mzplan.plan.indicator import Indicator, RatioIndicator, Target
from mzplan.plan.model import Plan, ReportingUnit
from mzplan.rules.registry import ERROR, WARNING, Finding, Found, Series, Whole, series_rule, table, whole_rule
from mzplan.submissions.ledger import EMPTY, MONTHS, Entry
from mzplan.submissions.names import stage_names

JUMP_PART = 2
"""A change above the target (or the figure before it) divided by this is a jump …"""
JUMP_FLOOR = 10
"""… if it is also above so many units of measure."""
JUMP_PACE = 3
"""An accumulating figure without a target jumps when it grows so many times faster than before."""
DENOMINATOR_PART = 5
"""A change of a denominator above the former one divided by this is worth a question."""
SAME_MONTHS = 6
"""From so many months on, an accumulating figure that stands still is worth a question."""
SAME_UNITS = 4
"""From so many units on, equal figures are worth a question."""
SAME_FLOOR = 10
"""Figures below this are equal by chance."""

_COUNT = "青山县,T01-01,新增养老床位数"
_RATIO = "青山县,T01-03,困难老人探访率"
_STAGE = "青山县,T01-04,养老服务条例"

_CHECK = "请核对；属实的在“说明”里写明原因。"
_CHANGED = "分母由 {before} 的 {old} 变为 {new}，变化超过 20%"
_FALLEN = "分母是年内累计数，却由 {before} 的 {old} 降为 {new}"


def _falls(series: Series) -> Iterator[int]:
    """Positions of figures that are smaller than the one before, without a word."""
    for at, (before, after) in enumerate(pairwise(series.values), start=1):
        if after < before and not series.has_note(at):
            yield at


@series_rule(
    "MZ501",
    ERROR,
    title="累计数下降",
    what="累计数（从 1 月 1 日起）比上一次报的小，“说明”又是空的。后报的一行不采用。",
    why="累计数只增不减；变小了，不是这一次错，就是上一次多报了。",
    mend="核对两个数；确是更正以前多报的，在“说明”里写明原因。",
    bad=table(f"2031-02,{_COUNT},20,,,,", f"2031-03,{_COUNT},12,,,,"),
    good=table(f"2031-02,{_COUNT},20,,,,", f"2031-03,{_COUNT},12,,,更正：2月误计在建床位,"),
)
def falling_total(series: Series) -> Iterator[tuple[int, Finding]]:
    """A total since January that is lower than before, without a word."""
    if not series.indicator.cumulative:
        return
    for at in _falls(series):
        old, new = plain(series.values[at - 1]), plain(series.values[at])
        message = f"累计数由 {series.period(at - 1)} 的 {old} 降为 {new}，没有说明"
        hint = "核对两个数；更正以前的，在“说明”里写明原因。"
        yield at, Finding(message, "value", hint, related=(series.place(at - 1),))


@series_rule(
    "MZ502",
    WARNING,
    title="数值突变",
    what="与上一次相比，变化超过目标的一半（没有目标的：超过上次数值的一半，且累计数的增速超过此前月均的 3 倍），"
    "并且超过 10 个计量单位，“说明”又是空的。",
    why="多半是单位弄错（元、万元）、多写了一个 0，或把当月数和累计数弄混；也可能确有其事，那就值得说一句。",
    mend="核对；确有其事，在“说明”里写明原因。",
    bad=table(f"2031-02,{_COUNT},20,,,,", f"2031-03,{_COUNT},200,,,,"),
    good=table(f"2031-02,{_COUNT},20,,,,", f"2031-03,{_COUNT},200,,,新院投用180张,"),
)
def jump(series: Series) -> Iterator[tuple[int, Finding]]:
    """A change too large to pass without a word."""
    indicator = series.indicator
    if stage_names(indicator):
        return
    promised = series.plan.target_for(indicator, series.unit.id)
    target = promised[0].value if promised else None
    limit, over = JUMP_FLOOR, 1
    if target is not None and target > JUMP_FLOOR * JUMP_PART:
        limit, over = target.numerator, target.denominator * JUMP_PART
    for at, (old, new, one) in enumerate(_steps(series), start=1):
        change = abs(new - old)
        if change * over <= limit * one or series.has_note(at):
            continue
        if not target and not _is_jump(old, new, indicator.cumulative, series.months[at - 1], series.months[at]):
            continue
        before, after, by = (_shown(Fraction(figure, one)) for figure in (old, new, change))
        message = f"由 {series.period(at - 1)} 的 {before} 变为 {after}，变化 {by}"
        message += f"，超过目标 {_shown(target)} 的一半" if target else "，明显偏大"
        yield at, Finding(message, _value_field(indicator), _CHECK, related=(series.place(at - 1),))


def _steps(series: Series) -> Iterator[tuple[int, int, int]]:
    """Successive figures, and what one measure unit comes to in them; in whole numbers also for ratios."""
    if not isinstance(series.indicator, RatioIndicator):
        for old, new in pairwise(series.values):
            yield old, new, SCALE
        return
    scale = series.indicator.scale
    for (old, under), (new, below) in pairwise(zip(series.values, series.denominators, strict=True)):
        yield old * scale * below, new * scale * under, under * below


def _is_jump(old: int, new: int, is_total: bool, month: int, next_month: int) -> bool:
    """Without a target: large beside the figure before, and for a total also beside its pace until then."""
    change = new - old
    if not old or abs(change) * JUMP_PART <= old:
        return False
    return not is_total or change < 0 or change * month > JUMP_PACE * old * (next_month - month)


def _shown(figure: Fraction) -> str:
    return rounded(figure, 2).rstrip("0").removesuffix(".")


def _value_field(indicator: Indicator) -> str:
    return "numerator" if "numerator" in indicator.columns else "value"


@series_rule(
    "MZ503",
    WARNING,
    title="分母突变",
    what="比率的分母比上一次变化超过 20%（计划写明分母年内累计的：比上一次减少），“说明”又是空的。",
    why="分母变了，比率就不能前后相比；有人会为了比率好看而改分母。",
    mend="核对；确有增减，在“说明”里写明原因。",
    bad=table(f"2031-02,{_RATIO},,50,100,,", f"2031-03,{_RATIO},,50,70,,"),
    good=table(f"2031-02,{_RATIO},,50,100,,", f"2031-03,{_RATIO},,50,90,,"),
)
def denominator_change(series: Series) -> Iterator[tuple[int, Finding]]:
    """What a share is taken of should not change without a word, or not fall where it accumulates."""
    accumulates = isinstance(series.indicator, RatioIndicator) and series.indicator.denominator_accumulates
    for at, (old, new) in enumerate(pairwise(series.denominators), start=1):
        is_odd = new < old if accumulates else abs(new - old) * DENOMINATOR_PART > old
        if is_odd and not series.has_note(at):
            change = _FALLEN if accumulates else _CHANGED
            message = change.format(before=series.period(at - 1), old=plain(old), new=plain(new))
            yield at, Finding(message, "denominator", _CHECK, related=(series.place(at - 1),))


@series_rule(
    "MZ504",
    WARNING,
    title="里程碑倒退",
    what="里程碑报的阶段比上一次低，“说明”又是空的。",
    why="工作一般不会倒退；多半是这一次或上一次报错了。",
    mend="核对；确实退回重做的，在“说明”里写明原因。",
    bad=table(f"2031-02,{_STAGE},推进中,,,,", f"2031-03,{_STAGE},未启动,,,,"),
    good=table(f"2031-02,{_STAGE},推进中,,,,", f"2031-03,{_STAGE},未启动,,,方案退回重做,"),
)
def milestone_back(series: Series) -> Iterator[tuple[int, Finding]]:
    """A stage behind the one reported before."""
    stages = stage_names(series.indicator)
    if not stages:
        return
    for at in _falls(series):
        old, new = stages[series.values[at - 1]], stages[series.values[at]]
        message = f"由 {series.period(at - 1)} 的“{old}”退回“{new}”，没有说明"
        yield at, Finding(message, "value", _CHECK, related=(series.place(at - 1),))


@series_rule(
    "MZ505",
    WARNING,
    title="长期不变",
    what=f"累计数连续 {SAME_MONTHS} 个月以上完全相同，还没有达到目标，也没有说明。",
    why="可能确实没有进展，也可能是一直照抄上月。请核实，这不是指责。",
    mend="核实；确实没有进展的，在“说明”里写一句。",
    bad=table(*(f"2031-{month:02d},{_COUNT},20,,,," for month in range(1, 7))),
    good=table(*(f"2031-{month:02d},{_COUNT},{10 * month},,,," for month in range(1, 7))),
)
def unchanged_for_months(series: Series) -> Iterator[tuple[int, Finding]]:
    """An accumulating figure that stands still."""
    values = series.values
    if not series.indicator.cumulative or len(values) < SAME_MONTHS or values[0] < SAME_FLOOR * SCALE:
        return
    if any(value != values[0] for value in values) or any(map(series.has_note, range(len(values)))):
        return
    promised = series.plan.target_for(series.indicator, series.unit.id)
    if promised and promised[0].met_by(Fraction(values[0], SCALE)):
        return
    last = len(values) - 1
    message = f"从 {series.period(0)} 到 {series.period(last)} 一直是 {plain(values[0])}，请核实"
    places = tuple(map(series.place, range(last)))
    yield last, Finding(message, "value", "确实没有进展的，在“说明”里写一句。", related=places)


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
        months = [{unit: ledger.latest(code, unit, period) for unit in plan.units} for period in plan.periods]
        if indicator.applies_to == "total":
            yield from _first_over(plan, indicator, indicator.target, [("全市合计", latest) for latest in months])
        for unit in plan.units.values():
            promised = plan.target_for(indicator, unit.id)
            if promised and promised[1] != "reference":
                own = [(unit.name, {unit.id: latest[unit.id]}) for latest in months]
                yield from _first_over(plan, indicator, promised[0], own)


def _first_over(
    plan: Plan, indicator: Indicator, target: Target, months: Sequence[tuple[str, Mapping[str, Entry | None]]]
) -> Iterator[Found]:
    """The month in which a sum first passes the limit, told at the largest record of that month."""
    limit = target.value * (1 + target.tolerance)
    for period, (who, latest) in zip(plan.periods, months, strict=True):
        given = {unit: entry for unit, entry in latest.items() if entry and not entry.is_not_applicable}
        actual = indicator.actual([entry.figure for entry in given.values()])
        fresh = {unit: entry for unit, entry in given.items() if entry.period == period}
        if actual is not None and actual > limit and fresh:
            unit = max(fresh, key=lambda name: (fresh[name].figure.value or 0, name))
            message = f"{who} {_shown(actual)} 超过目标（约 {_shown(target.value)}）的上限 {_shown(limit)}"
            others = tuple(entry.location for name, entry in given.items() if name != unit)
            finding = Finding(message, _value_field(indicator), "请核对数值和计量单位。", related=others)
            yield Found(finding, fresh[unit].location, unit, indicator.id, str(period))
            return


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
            if any(_is_target(whole, indicator, unit, figure) for unit in units):
                continue
            places = tuple(ledger.location(cell) for cell in there)
            message = f"{len(there)} 个单位 {month} 月报的都是 {plain(figure)}，请核实"
            finding = Finding(message, _value_field(indicator), "请各单位核实来源。", related=places[1:])
            yield Found(finding, places[0], units[0].id, code, f"{plan.year}-{month:02d}")
            break


def _is_target(whole: Whole, indicator: Indicator, unit: ReportingUnit, figure: int) -> bool:
    promised = whole.plan.target_for(indicator, unit.id)
    return promised is not None and promised[0].value == Fraction(figure, SCALE)


COPIED_LEAST = 5
"""So many figures other than 0 must agree before a report looks like a copy."""


@whole_rule(
    "MZ511",
    WARNING,
    title="整月的数与上月相同",
    what=f"一个单位这个月的数与上个月全部相同（至少 {COPIED_LEAST} 个不为 0 的数）。",
    why="可能确实没有进展，也可能是把上月的表改了月份又交了一遍。请核实，这不是指责。",
    mend="请核实是否交错了文件。",
    bad=table(*(f"2031-{m},青山县,T03-0{n},示例指标{n},{20 + n},,,," for m in ("02", "03") for n in range(1, 6))),
    good=table(
        *(f"2031-{m},青山县,T03-0{n},示例指标{n},{20 + n + int(m)},,,," for m in ("02", "03") for n in range(1, 6))
    ),
)
def copied_report(whole: Whole) -> Iterator[Found]:
    """Last month's report under a new date."""
    plan, ledger = whole.plan, whole.ledger
    numbers = {code: at for at, (code, indicator) in enumerate(plan.indicators.items()) if not stage_names(indicator)}
    for unit in plan.units:
        reports = pairwise(ledger.report(unit, month) for month in range(1, MONTHS + 1))
        for month, (last, now) in enumerate(reports, start=2):
            if now == last:
                copied = [code for code, at in numbers.items() if now[at] > 0]
                if len(copied) >= COPIED_LEAST:
                    here, there = (ledger.location(ledger.cell(copied[0], unit, at)) for at in (month, month - 1))
                    message = (
                        f"{plan.units[unit].name} {month} 月的 {len(copied)} 个数与 {month - 1} 月全部相同，请核实"
                    )
                    finding = Finding(message, "", "核实是否交错了文件。", related=(Location(there.path),))
                    yield Found(finding, Location(here.path), unit, "", f"{plan.year}-{month:02d}")
