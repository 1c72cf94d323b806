"""What shows where many figures are seen together: too much, equal figures that should differ. Family MZ5xx."""

from collections.abc import Iterator, Mapping, Sequence

from mzplan.figures import SCALE, plain
from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.target import Target
from mzplan.rules.copies import is_target
from mzplan.rules.examples import table
from mzplan.rules.registry import WARNING, Finding, Found, whole_rule
from mzplan.rules.scope import Whole, value_field
from mzplan.rules.series import SAME_FLOOR
from mzplan.rules.steps import shown
from mzplan.said import say
from mzplan.submissions.ledger import EMPTY, MONTHS, Entry
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
            if entry and not entry.is_not_applicable and entry.cell not in wrong
        }
        actual = indicator.actual([entry.figure for entry in given.values()])
        fresh = {unit: entry for unit, entry in given.items() if entry.period == period}
        if actual is not None and actual > limit and fresh:
            unit = max(fresh, key=lambda name: (fresh[name].figure.value or 0, name))
            message = say(
                "{who} {actual} 超过目标（约 {value}）的上限 {limit}",
                who=who,
                actual=shown(actual),
                value=shown(target.value),
                limit=shown(limit),
            )
            others = tuple(entry.location for name, entry in given.items() if name != unit)
            finding = Finding(message, value_field(indicator), "请核对数值和计量单位。", related=others)
            yield Found(finding, fresh[unit].location, unit, indicator.id, str(period))
            return


@whole_rule(
    "MZ510",
    WARNING,
    title="各单位的数相同",
    what=say("同一个月里，{same_units} 个以上的填报单位报的数完全相同，又不是各自的目标。", same_units=SAME_UNITS),
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
    width, months = ledger.block_count, [*ledger.months()]
    for position, (code, indicator) in enumerate(plan.indicators.items()):
        if stage_names(indicator) or len(indicator.reporting) < SAME_UNITS:
            continue
        start = position * width
        for month in months:
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
            if any(is_target(whole, indicator, unit, month, figure) for unit in units):
                continue
            places = tuple(ledger.location(cell) for cell in there)
            message = say(
                "{count} 个单位 {month} 月报的都是 {figure}，请核实",
                count=len(there),
                month=month,
                figure=plain(figure),
            )
            finding = Finding(message, value_field(indicator), "请各单位核实来源。", related=places[1:])
            yield Found(finding, places[0], units[0].id, code, f"{plan.year}-{month:02d}")
            break
