"""What shows where many figures are seen together: too much, equal figures that should differ. Family MZ5xx."""

from collections.abc import Iterator, Mapping, Sequence

from mzplan.diagnostics import show
from mzplan.figures import SCALE, plain
from mzplan.period import Period
from mzplan.plan.indicator import Indicator, RatioIndicator
from mzplan.plan.target import Target
from mzplan.rules.bounds import FLOOR
from mzplan.rules.copies import is_target
from mzplan.rules.examples import RATIO, table
from mzplan.rules.magnitude import value_field
from mzplan.rules.proportion import is_alike
from mzplan.rules.registry import WARNING, Finding, Found, whole_rule
from mzplan.rules.scope import Whole
from mzplan.rules.series import SAME_FLOOR
from mzplan.rules.steps import shown
from mzplan.said import asking, say
from mzplan.submissions.ledger import EMPTY, MONTHS, NOTE, Entry
from mzplan.submissions.names import stage_names

_EARLIER = tuple(
    f"2031-{month:02d},青山县,{ratio}"
    for month in (1, 2, 3)
    for ratio in ("T01-03,困难老人探访率,,50,100,,", "T01-08,合法性审查率,,50,110,,")
)
_OTHER = "2031-04,青山县,T01-08,合法性审查率,,50,110,,"
_CONSTANT = 3
"""So many months a denominator must have been the same to be one that does not change."""
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
    "MZ512",
    WARNING,
    title="同一个分母，数不相同",
    what="计划里分母写得一样的几个比率，同一个单位同一个月填的分母不相同，“说明”都没有写原因。",
    why="同一件东西只有一个数；不相同，至少有一个填错了。",
    mend="核对提示的几个分母；确实不同的，在“说明”里写明原因。",
)
def one_denominator_two_figures(whole: Whole) -> Iterator[Found]:
    """Ratios of the same things that are not taken of the same number; said of each that differs from most.

    Where there is no most, from that which may follow what was given the month before.
    """
    plan, ledger = whole.plan, whole.ledger
    alike: dict[str, list[int]] = {}
    for position, indicator in enumerate(plan.indicators.values()):
        if (ratio := indicator.ratio) and ratio.denominator != RatioIndicator.denominator:
            alike.setdefault(ratio.denominator, []).append(position * ledger.block_count)
    codes = tuple(plan.indicators)
    for words, starts in alike.items():
        for block in range(ledger.block_count if len(starts) > 1 else 0):
            cells = [start + block for start in starts if ledger.denominators[start + block]]
            figures = [ledger.denominators[cell] for cell in cells]
            if len(set(figures)) < 2 or any(ledger.flags[cell] & NOTE for cell in cells):
                continue
            earlier = [] if block % MONTHS == 0 else [ledger.denominators[cell - 1] for cell in cells]
            usual = max(figures, key=lambda figure: (figures.count(figure), *_before(earlier, figure)))
            first = figures.index(usual)
            unit, period = plan.reporting_units[block // MONTHS], Period(plan.year, block % MONTHS + 1)
            for cell, figure in zip(cells, figures, strict=True):
                if figure == usual or not whole.wrong.isdisjoint((cell, cells[first])):
                    continue
                code = codes[cells[first] // ledger.block_count]
                message = say(
                    "分母{words}是 {figure}，在 {code} 里是 {usual}",
                    words=show(words, 60),
                    figure=plain(figure),
                    code=code,
                    usual=plain(usual),
                )
                finding = Finding(
                    message,
                    "denominator",
                    asking("note", "请核对；确实不同的，在“说明”里写明原因。"),
                    related=(ledger.location(cells[first]),),
                )
                place, code = ledger.location(cell), codes[cell // ledger.block_count]
                yield Found(finding, place, unit.id, code, str(period))


@whole_rule(
    "MZ521",
    WARNING,
    title="分母是另一个指标的",
    what="比率的分母以前一直不变，这个月变成了同一个单位另一个比率这个月或上个月的分母，一个不差；那个比率的分母没有大变，“说明”又没有写原因。"
    "变化超过 20% 的见 MZ503。",
    why="多半是填串了行：相近的两个数填错了，比率看起来还是对的。",
    mend="核对分母；确实变成这么多的，在“说明”里写明原因。",
    bad=table(*_EARLIER, f"2031-04,{RATIO},,50,110,,", _OTHER),
    good=table(*_EARLIER, f"2031-04,{RATIO},,50,111,,", _OTHER),
)
def denominator_of_another(whole: Whole) -> Iterator[Found]:
    """A denominator that never changed and now is, to the last digit, that of another ratio of the same report."""
    plan, ledger = whole.plan, whole.ledger
    ratios = [ratio for each in plan.indicators.values() if (ratio := each.ratio)]
    starts = {each.id: ledger.cell(each.id, plan.reporting_units[0].id) for each in ratios}
    for block in range(ledger.block_count):
        month = block % MONTHS
        if month < _CONSTANT:
            continue
        now = {each.id: ledger.denominators[starts[each.id] + block] for each in ratios}
        for ratio in ratios:
            cell = starts[ratio.id] + block
            before = [each for each in ledger.denominators[cell - month : cell] if each]
            old, new = before[0] if len(before) >= _CONSTANT and len({*before}) == 1 else 0, now[ratio.id]
            if new == old or min(old, new) < FLOOR or not is_alike(old, new) or ledger.flags[cell] & NOTE:
                continue
            others = [
                each
                for each in ratios
                if new in (now[each.id], ledger.denominators[starts[each.id] + block - 1])
                and is_alike(ledger.denominators[starts[each.id] + block - 1], new)
                and each.id != ratio.id
                and (each.denominator != ratio.denominator or each.denominator == RatioIndicator.denominator)
            ]
            unit = plan.reporting_units[block // MONTHS]
            if not others or cell in whole.wrong:
                continue
            message = say(
                "分母由 {old} 变为 {figure}，正是 {code} 的分母", old=plain(old), figure=plain(new), code=others[0].id
            )
            related = (ledger.location(starts[others[0].id] + block),)
            finding = Finding(
                message, "denominator", asking("note", "请核对；确实不同的，在“说明”里写明原因。"), related=related
            )
            yield Found(finding, ledger.location(cell), unit.id, ratio.id, str(Period(plan.year, month + 1)))


def _before(earlier: Sequence[int], figure: int) -> tuple[int, int]:
    """How many figures of the month before it is, and how many it may follow."""
    return earlier.count(figure), sum(is_alike(old, figure) for old in earlier if old)


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
