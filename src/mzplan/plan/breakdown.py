"""Reference parts of a city total: how it is shared out among units, and the breakdown file. Prints nothing."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from mzplan.diagnostics import InputError, Location, show
from mzplan.figures import SCALE, decimal_text, decimals_of, parse_plain, share_out
from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.lookup import find_indicator, find_unit
from mzplan.plan.model import BEGINNING, Part, Plan, in_force, in_order
from mzplan.reading.sheet import SheetRow
from mzplan.said import listed, say

COLUMNS = ("indicator", "unit", "target", "basis", "source")
"""What the breakdown file holds …"""
OPTIONAL = ("baseline", "due", "from")
"""… and may hold."""

EQUAL = "equal"
"""The weight that every unit has alike; the bureau is no unit to share a city's total with."""

_WEIGHT_NAMES = {EQUAL: "单位平均", "townships": "乡镇街道数", "population": "常住人口"}
_SOURCE = "参考分解（测算）：按{weight}"

_NO_WEIGHT = "填报单位没有权重 {weight}。可用的权重：{known}。"
_NOT_DIVISIBLE = "{indicator} {name}不是可以分解的全市总量：只有适用范围为全市合计、目标明确的累计量和存量可以分解。"
_NO_OWN_WEIGHT = "{indicator} {name}在计划里没有写分解权重（breakdown），请用 --by 指定，可用的权重：{known}。"
_NOBODY = "{indicator} {name}的填报单位都没有权重 {weight}，无从分解。"
_ALL_GIVEN = (
    "{indicator} {name}{since}各单位都已正式下达，合计 {official}{unit}，全市目标是 {total}{unit}，请先核对分解文件。"
)
SINCE = "从 {month} 起"
_EXCEEDED = (
    "{indicator} {name}{since}正式下达的分解数合计 {official}{unit}，已超过全市目标 {total}{unit}，请先核对分解文件。"
)
_FINER_THAN_FIGURES = "{indicator} {name}的目标无法用六位小数写出，不能分解。"

_BAD_HEADER = "{place}：表头应为 unit,weight，现为 {found}。"
_NO_HEADER = "{place}：没有表头，第一行应为 unit,weight。"
_BAD_UNIT = "{place}：{fact}"
_TWICE = "{place}：{name}的权重写了两次。"
_BAD_WEIGHT = "{place}：权重 {found} 不是不小于 0 的数。"
_BLANK_WEIGHT = "{place}：没有写权重。"
_EMPTY = "{place}：没有一行权重大于 0。"


class Share(NamedTuple):
    """How one unit's part of a total came about."""

    unit: str
    weight: Fraction
    quota: Fraction
    """The exact share in proportion to the weight, in the measure unit."""
    whole: Fraction
    """The quota without what does not fill a smallest step."""
    extra: Fraction
    """One smallest step for those with the largest remainders, else 0."""

    @property
    def remainder(self) -> Fraction:
        """What the quota holds beyond whole steps."""
        return self.quota - self.whole

    @property
    def part(self) -> Fraction:
        """The unit's target."""
        return self.whole + self.extra


class Breakdown(NamedTuple):
    """One city total shared out: official parts stand, the rest is divided by weight."""

    indicator: Indicator
    """As it is judged from `start` on."""
    weight: str
    """What the weight is called in the file's source column and in tables."""
    step: Fraction
    """The smallest amount a part differs by: 1, or a unit of the total's last decimal."""
    official: Mapping[str, Fraction]
    """Parts that were kept, by unit id."""
    shares: tuple[Share, ...]
    left_out: tuple[str, ...]
    """Ids of reporting units without the weight."""
    start: Period | None = None
    """The month from which on it holds; None for all of the year."""

    @property
    def since(self) -> str:
        """From when on it holds, in words; empty for all of the year."""
        return since(self.start)

    @property
    def total(self) -> Fraction:
        """The city's target."""
        return self.indicator.target.value

    @property
    def shared(self) -> Fraction:
        """What was left to share out."""
        return self.total - sum(self.official.values())

    @property
    def parts(self) -> dict[str, Part]:
        """The computed parts by unit id, marked as reference."""
        source = say(_SOURCE, weight=self.weight)
        target = self.indicator.target
        return {
            share.unit: Part(target.with_value(share.part), "reference", source, start=self.start)
            for share in self.shares
        }


def since(start: Period | None) -> str:
    """From when on something holds, in words; empty for all of the year."""
    return "" if start in (None, BEGINNING) else say(SINCE, month=start)


def weight_name(weight: str) -> str:
    """What a weight of the plan is called in Chinese, or its own key in the plan, in quotes."""
    return _WEIGHT_NAMES.get(weight, f"“{weight}”")


def known_weights(plan: Plan) -> list[str]:
    """The weights that the plan's units have, and `equal`."""
    return list(dict.fromkeys([*(name for unit in plan.reporting_units for name in unit.weights), EQUAL]))


def plan_weights(plan: Plan, weight: str) -> dict[str, Fraction]:
    """The weight of every unit that has it; InputError when none has."""
    if weight == EQUAL:
        return {unit.id: Fraction(1) for unit in plan.reporting_units if unit.is_ranked}
    weights = {unit.id: unit.weights[weight] for unit in plan.reporting_units if weight in unit.weights}
    if not weights:
        raise InputError(say(_NO_WEIGHT, weight=show(weight), known=listed(known_weights(plan))))
    return weights


def read_weights(plan: Plan, rows: Sequence[SheetRow], path: str) -> dict[str, Fraction]:
    """Weights from a table `unit,weight`; units by any accepted name. InputError with the line of the first mistake."""
    header = ",".join(rows[0].cells) if rows else ""
    if header != "unit,weight":
        raise InputError(say(_BAD_HEADER if header else _NO_HEADER, place=show(path), found=show(header)))
    weights: dict[str, Fraction] = {}
    for row in rows[1:]:
        place = show(str(Location(path, row.line)))
        name, weight = [*row.cells, "", ""][:2]
        try:
            unit = find_unit(plan, name).id
        except InputError as error:
            raise InputError(say(_BAD_UNIT, place=place, fact=error.message)) from None
        if unit in weights:
            raise InputError(say(_TWICE, place=place, name=plan.units[unit].name))
        figure = parse_plain(weight)
        if figure is None or figure < 0:
            raise InputError(say(_BAD_WEIGHT if weight else _BLANK_WEIGHT, place=place, found=show(weight)))
        weights[unit] = Fraction(figure, SCALE)
    if not any(weights.values()):
        raise InputError(say(_EMPTY, place=show(path)))
    return weights


def is_divisible(indicator: Indicator) -> bool:
    """Whether it is a city total with a target that parts can add up to."""
    return indicator.additive and indicator.applies_to == "total" and indicator.target.operator != "undefined"


def break_down(
    plan: Plan,
    indicator: Indicator,
    weights: Mapping[str, Fraction],
    weight: str,
    *,
    keep_official: bool = True,
    start: Period | None = None,
) -> Breakdown:
    """Share a city total out among the units that report it and have a weight, by largest remainder.

    The total is the one in force at `start`, or the one that the year begins with. Official parts stay as they are and
    only the rest is shared out among the other units, unless they are to be replaced. InputError when the official
    parts exceed the total already, or when nobody has the weight.
    """
    indicator = indicator.at(start or BEGINNING)
    if not is_divisible(indicator):
        raise InputError(say(_NOT_DIVISIBLE, indicator=indicator.id, name=indicator.name))
    official = _official(plan, indicator, start or BEGINNING) if keep_official else {}
    total = indicator.target.value
    rest = total - sum(official.values())
    open_units = [unit for unit in indicator.reporting if unit not in official]
    if rest < 0 or (rest and not open_units):
        raise InputError(
            say(
                _EXCEEDED if rest < 0 else _ALL_GIVEN,
                indicator=indicator.id,
                name=indicator.name,
                since=since(start),
                official=decimal_text(total - rest),
                total=decimal_text(total),
                unit=indicator.unit,
            )
        )
    sharing = {unit: weights[unit] for unit in open_units if unit in weights}
    if not any(sharing.values()) and (not official or rest):
        raise InputError(say(_NOBODY, indicator=indicator.id, name=indicator.name, weight=show(weight)))
    step = _step(indicator, [total, *official.values()])
    return Breakdown(
        indicator=indicator,
        weight=weight,
        step=step,
        official=official,
        shares=_shares(rest, step, sharing),
        left_out=tuple(unit for unit in open_units if unit not in weights),
        start=start,
    )


def break_down_through(
    plan: Plan, indicator: Indicator, weights: Mapping[str, Fraction], weight: str, *, keep_official: bool = True
) -> tuple[Breakdown, ...]:
    """The total that the year begins with shared out, and again from where it or an official part changes."""
    starts = {revision.start for revision in indicator.revisions}
    if keep_official:
        rows = [part for unit in indicator.reporting for part in plan.parts.get((indicator.id, unit), ())]
        starts |= {part.start for part in rows if part.basis == "official" and part.start is not None}
    return tuple(
        break_down(plan, indicator, weights, weight, keep_official=keep_official, start=start)
        for start in (None, *sorted(starts))
    )


def _official(plan: Plan, indicator: Indicator, moment: Period) -> dict[str, Fraction]:
    parts = {unit: plan.part_for(indicator, unit, moment) for unit in indicator.reporting}
    return {unit: part.target.value for unit, part in parts.items() if part and part.basis == "official"}


def _step(indicator: Indicator, amounts: Iterable[Fraction]) -> Fraction:
    """The smallest decimal place that any of the amounts needs."""
    finest = 0
    for decimals in map(decimals_of, amounts):
        if decimals is None:
            raise InputError(say(_FINER_THAN_FIGURES, indicator=indicator.id, name=indicator.name))
        finest = max(finest, decimals)
    return Fraction(1, 10**finest)


def _shares(rest: Fraction, step: Fraction, weights: Mapping[str, Fraction]) -> tuple[Share, ...]:
    whole_weight = sum(weights.values())
    if not whole_weight:
        return ()
    common = lcm(*(weight.denominator for weight in weights.values()))
    steps = share_out(int(rest / step), [int(weight * common) for weight in weights.values()])
    shares = []
    for (unit, weight), part in zip(weights.items(), steps, strict=True):
        quota = rest * weight / whole_weight
        whole = quota // step * step
        shares.append(Share(unit, weight, quota, whole, part * step - whole))
    return tuple(shares)


def select(plan: Plan, identifiers: Iterable[str], *, any_weight: bool) -> list[Indicator]:
    """The indicators to break down: those named, or all city totals (only those with a weight of their own unless any).

    InputError when a name is unknown or cannot be broken down.
    """
    named = [find_indicator(plan, identifier) for identifier in identifiers]
    if not named:
        return [each for each in plan.indicators.values() if is_divisible(each) and (any_weight or each.breakdown)]
    for each in named:
        if not is_divisible(each):
            raise InputError(say(_NOT_DIVISIBLE, indicator=each.id, name=each.name))
        if not any_weight and not each.breakdown:
            known = listed(known_weights(plan))
            raise InputError(say(_NO_OWN_WEIGHT, indicator=each.id, name=each.name, known=known))
    return list({each.id: each for each in named}.values())


def break_down_by_plan(
    plan: Plan, indicators: Iterable[Indicator], *, keep_official: bool = True
) -> tuple[Breakdown, ...]:
    """Each indicator shared out by the weight that the plan names for it, through the year."""
    return tuple(
        breakdown
        for each in indicators
        for breakdown in break_down_through(
            plan, each, plan_weights(plan, each.breakdown), weight_name(each.breakdown), keep_official=keep_official
        )
    )


def updated_file(plan: Plan, breakdowns: Iterable[Breakdown]) -> bytes:
    """The breakdown file with these parts in place of the old ones of the same indicators, in plan order.

    Rows of other indicators stay, and so do the official rows that a breakdown kept; a computed part keeps the unit's
    own baseline and due date, and stands there once while it does not change. UTF-8 with BOM, so that a spreadsheet
    opens it rightly.
    """
    given = list(breakdowns)
    renewed = {each.indicator.id for each in given}
    official = {(each.indicator.id, unit) for each in given for unit in each.official}
    parts: dict[tuple[str, str], list[Part]] = {
        key: [part for part in rows if key[0] not in renewed or part.basis == "official"]
        for key, rows in plan.parts.items()
        if key[0] not in renewed or key in official
    }
    for each in given:
        for unit, part in each.parts.items():
            rows = parts.setdefault((each.indicator.id, unit), [])
            moment = each.start or BEGINNING
            if old := plan.part_for(each.indicator, unit, moment):
                part = part._replace(baseline=old.baseline, due=old.due)
            before = in_force(rows, moment)
            if before is None or before._replace(start=each.start) != part:
                rows.append(part)
    return breakdown_file(plan, {key: in_order(rows) for key, rows in parts.items()})


def breakdown_file(plan: Plan, parts: Mapping[tuple[str, str], Sequence[Part]]) -> bytes:
    """The breakdown file that holds these parts, in plan order, with the columns that any of them needs."""
    rows = [
        (identifier, unit, part)
        for identifier in plan.indicators
        for unit in plan.units
        for part in parts.get((identifier, unit), ())
    ]
    cells = [_cells(plan, *row) for row in rows]
    columns = [*COLUMNS, *(column for column in OPTIONAL if any(row[column] for row in cells))]
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in cells)
    return written.getvalue().encode("utf-8-sig")


def _cells(plan: Plan, identifier: str, unit: str, part: Part) -> dict[str, str]:
    """A row of the file; what the plan itself says of the target is left to it."""
    indicator = plan.indicators[identifier]
    says_more = part.baseline is not None or part.due is not None or indicator.counts_silence
    is_own = indicator.contributes or part.target != indicator.target or not says_more
    return {
        "indicator": identifier,
        "unit": unit,
        "target": decimal_text(part.target.value) if is_own else "",
        "basis": part.basis,
        "source": part.source,
        "baseline": "" if part.baseline is None else decimal_text(part.baseline),
        "due": str(part.due or ""),
        "from": str(part.start or ""),
    }
