"""What plan and breakdown say of an indicator besides its clause: who leads it, when it is owed, how targets came."""

from collections.abc import Iterator, Sequence
from itertools import islice

from mzplan import zh
from mzplan.diagnostics import show
from mzplan.figures import decimal_or_none, decimal_text
from mzplan.plan.indicator import CYCLE_ZH, Indicator
from mzplan.plan.model import BASIS_IN_FULL, REFERENCE_CAUTION, Part, Plan
from mzplan.plan.unit_lists import units_told
from mzplan.render.guard import slashed
from mzplan.render.plan import target_text
from mzplan.said import SCREEN, say
from mzplan.scoring.explain import Explanation, Given
from mzplan.zh import Amount

_GROWTH = "{target}：上年 {base}，增长 {percent}%"
_REVISED, _REVISED_NOTE = "{period} 起调整为 {target}（{source}）", "{revised}；{note}"
_FROM_THE_START, _SINCE = "年初", "{month} 起"
_GIVEN_DUE, _GIVEN_BASELINE = "，{month}到期", "，基期值 {value}"
_LONG = 400


def promise_lines(indicator: Indicator) -> Iterator[str]:
    """A line for each thing that is said, in the plan's own indicator and not as judged at some period."""
    if indicator.lead:
        yield say("责任处室：{lead}", lead=show(indicator.lead))
    if indicator.report_every != "month":
        yield say("{every}报送，只在期末那个月应报", every=CYCLE_ZH[indicator.report_every])
    if indicator.weight != 1:
        yield say("平均完成率里的权重：{weight}", weight=decimal_text(indicator.weight))
    if growth := indicator.target.growth:
        base = decimal_text(indicator.target.value / (1 + growth))
        grown = Amount(indicator.target_text(indicator.target), show(indicator.unit))
        yield say(_GROWTH, target=grown, base=Amount(base, grown.unit), percent=decimal_text(growth * 100))
    if indicator.revisions:
        yield say("年初目标 {target}", target=target_text(indicator))
    for revision in indicator.revisions:
        target = target_text(indicator.at(revision.start))
        revised = say(_REVISED, period=revision.start, target=target, source=show(revision.source, _LONG))
        yield say(_REVISED_NOTE, revised=revised, note=show(revision.note, _LONG)) if revision.note else revised


def given_lines(found: Explanation) -> Iterator[str]:
    """Of the city what units are asked for of their own; of whom the breakdown gives more than one, how it changed.

    A date is told where any of what a unit was given has one of its own, so that one that moved is seen.
    """
    plan, indicator = found.plan, found.row.indicator
    of_unit: dict[str, list[Given]] = {}
    for one in found.given:
        of_unit.setdefault(one.unit, []).append(one)
    names = {unit: show(plan.units[unit].name) for unit in of_unit}
    if found.row.is_whole:
        alike: dict[str, list[str]] = {}
        for unit, rows in of_unit.items():
            for one in rows:
                if one.is_in_force:
                    alike.setdefault(_given(plan, indicator, one.part, rows), []).append(unit)
        for given, units in islice(alike.items(), SCREEN):
            yield say("{units}：{given}", units=units_told(plan, units), given=given)
        if rest := sum(map(len, islice(alike.values(), SCREEN, None))):
            yield say("另有 {count} 家各有自己的分解，见分解表", count=rest)
    for unit, rows in of_unit.items():
        is_whole = len(rows) == 1 and rows[0].part.start is None
        for one in () if is_whole else rows:
            yield say(
                "{unit} {since}：{given}（{place}，{source}）",
                unit=names[unit],
                since=_FROM_THE_START if one.part.start is None else say(_SINCE, month=one.part.start),
                given=_given(plan, indicator, one.part, rows),
                place=show(str(one.location), _LONG),
                source=show(one.part.source, _LONG),
            )


def _given(plan: Plan, indicator: Indicator, part: Part, rows: Sequence[Given]) -> str:
    """What one row of the breakdown asks for."""
    if not part.is_target:
        return "没有分解目标，不判定进度"
    due = part.due or indicator.schedule.due
    has_dates = any(one.part.due is not None for one in rows)
    return say(
        "{target}，{basis}{due}{baseline}",
        target=Amount(
            show(indicator.target_text(part.target)), "" if indicator.counts_silence else show(indicator.unit)
        ),
        basis=REFERENCE_CAUTION if part.basis == "reference" else BASIS_IN_FULL[part.basis],
        due=say(_GIVEN_DUE, month=zh.month_name(due, plan.year)) if has_dates else "",
        baseline="" if part.baseline is None else say(_GIVEN_BASELINE, value=decimal_text(part.baseline)),
    )


def given_facts(found: Explanation) -> list[dict[str, object]]:
    """The same for a program: every row of the breakdown."""
    return [
        {
            "unit": one.unit,
            "from": str(one.part.start) if one.part.start else None,
            "in_force": one.is_in_force,
            "operator": one.part.target.operator,
            "value": decimal_text(one.part.target.value),
            "baseline": decimal_or_none(one.part.baseline),
            "due": str(one.part.due or found.row.indicator.schedule.due),
            "basis": one.part.basis,
            "source": one.part.source,
            "location": slashed(str(one.location)),
        }
        for one in found.given
    ]


def promise_facts(indicator: Indicator) -> dict[str, object]:
    """The same for a program; figures are strings of plain decimals."""
    return {
        "lead": indicator.lead or None,
        "weight": decimal_text(indicator.weight),
        "report_every": indicator.report_every,
        "growth": decimal_text(indicator.target.growth) if indicator.target.growth else None,
        "revisions": [
            {
                "from": str(revision.start),
                "operator": revision.target.operator,
                "value": decimal_text(revision.target.value),
                "source": revision.source,
                "note": revision.note or None,
            }
            for revision in indicator.revisions
        ],
    }
