"""What the plan says of an indicator besides its clause: who leads it, when it is owed, how its target came."""

from collections.abc import Iterator

from mzplan.diagnostics import show
from mzplan.figures import decimal_text
from mzplan.plan.indicator import CYCLE_ZH, Indicator
from mzplan.render.plan import target_text
from mzplan.said import say

_LEAD = "责任处室：{lead}"
_EVERY = "{every}报送，只在期末那个月应报"
_WEIGHT = "平均完成率里的权重：{weight}"
_GROWTH = "{target}：上年 {base}{unit}，增长 {percent}%"
_FIRST = "年初目标 {target}"
_REVISED = "{period} 起调整为 {target}（{source}）"
_LONG = 400


def promise_lines(indicator: Indicator) -> Iterator[str]:
    """A line for each thing that is said, in the plan's own indicator and not as judged at some period."""
    if indicator.lead:
        yield say(_LEAD, lead=show(indicator.lead))
    if indicator.report_every != "month":
        yield say(_EVERY, every=CYCLE_ZH[indicator.report_every])
    if indicator.weight != 1:
        yield say(_WEIGHT, weight=decimal_text(indicator.weight))
    if growth := indicator.target.growth:
        base = decimal_text(indicator.target.value / (1 + growth))
        target = indicator.target_text(indicator.target) + show(indicator.unit)
        yield say(_GROWTH, target=target, base=base, unit=show(indicator.unit), percent=decimal_text(growth * 100))
    if indicator.revisions:
        yield say(_FIRST, target=target_text(indicator))
    for revision in indicator.revisions:
        target = target_text(indicator.at(revision.start))
        note = f"；{show(revision.note, _LONG)}" if revision.note else ""
        yield say(_REVISED, period=revision.start, target=target, source=show(revision.source, _LONG)) + note


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
