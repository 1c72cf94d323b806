"""Figures that are finer than an indicator's can be: half a bed promised where beds are counted."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from mzplan.diagnostics import Location
from mzplan.figures import decimal_text, decimals_of
from mzplan.plan import rules as rule
from mzplan.plan.findings import Findings
from mzplan.said import say

DECIMALS_AT_MOST = "最多 {decimals} 位小数"
MESSAGES: Mapping[str, tuple[str, str]] = {
    "finer": (
        "{number} 有小数，按“{measure}”{most}",
        "核对这个数；这项指标确有{finest}位小数的，在计划里写 decimals: {finest}",
    ),
}


def check_fineness(
    found: Findings, place: Location, figure: Fraction, decimals: int | None, measure: str, indicator: str = ""
) -> None:
    """Report a figure that is written with more decimals than those of its indicator may have, if it says how many."""
    finest = decimals_of(figure)
    if finest is not None and decimals is not None and finest > decimals:
        most = say(DECIMALS_AT_MOST, decimals=decimals) if decimals else "只能是整数"
        number = decimal_text(figure)
        said: dict[str, Any] = {"number": number, "measure": measure, "most": most, "finest": finest}
        found.report(rule.FINER_FIGURE, place, "finer", indicator=indicator, **said)
