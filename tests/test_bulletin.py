"""What the bulletin says in each situation: golden texts that read as prose, and the promises behind them."""

from fractions import Fraction

import pytest

import bulletin_cases as cases
from conftest import Golden
from mzplan.bulletin import EVERY, Kind, Material, Request, gather
from mzplan.indicator import Figure
from mzplan.period import Period
from mzplan.plan import Plan
from mzplan.render.summary import FORMATS


def printed(material: Material, kind: Kind = "bulletin", *, unit: str = "", area: int | None = EVERY) -> str:
    text = FORMATS["text"](material.write(Request(kind=kind, unit=unit, area=area)))
    assert isinstance(text, str)
    return text


def _mixed(indicator: str, unit: str, month: int) -> Fraction | None:
    """A lagging indicator, a late county, one that reports only some, one early finish."""
    if unit == "xi" and month >= 8:
        return None
    if unit == "nan" and month == 9 and indicator in ("C1", "C2"):
        return None
    return {"C1": Fraction(1, 2), "B3": Fraction(8, 5), "C2": Fraction(13, 14), "S2": Fraction(1)}.get(
        indicator, Fraction(1)
    )


def _breach() -> Material:
    plan = cases.plan()
    ledger = cases.ledger(plan, 9, cases.even())
    ledger.write(ledger.cell("S1", "nan", 9), Figure(2 * 10**6))
    return gather(plan, ledger, Period(cases.YEAR, 9))


def _one_county() -> Plan:
    return cases.plan(units=cases.UNITS[:1], only=("B1", "B2", "C1", "C5", "S1"))


SITUATIONS = {
    "all-well": lambda: printed(cases.material(9, cases.even(Fraction(6, 5)))),
    "all-missing": lambda: printed(cases.material(9, lambda *_: None)),
    "first-month": lambda: printed(cases.material(1, cases.even())),
    "one-unit": lambda: printed(cases.material(9, cases.even(), _one_county())),
    "ties": lambda: printed(cases.material(6, cases.silent("nan"), cases.plan(breakdown="official"))),
    "limit-broken": lambda: printed(_breach()),
    "over-fulfilled": lambda: printed(cases.material(6, cases.even(3))),
    "mixed": lambda: printed(cases.material(9, _mixed)),
    "reference": lambda: printed(cases.material(9, _mixed, cases.plan(breakdown="reference"))),
    "official": lambda: printed(cases.material(9, _mixed, cases.plan(breakdown="official"))),
    "no-rank": lambda: printed(cases.material(9, _mixed, rank=False)),
    "milestones-only": lambda: printed(cases.material(11, cases.even(2), cases.plan(only=("C4", "C5")))),
    "half-year": lambda: printed(cases.material(6, cases.lagging("C1")), "half-year"),
    "annual": lambda: printed(cases.material(12, cases.lagging("C1", "B2")), "annual"),
    "annual-all-met": lambda: printed(cases.material(12, cases.even()), "annual"),
    "brief": lambda: printed(cases.material(9, _mixed), "brief"),
    "unit": lambda: printed(cases.material(9, _mixed, cases.plan(breakdown="reference")), "unit", unit="dong"),
    "unit-silent": lambda: printed(cases.material(9, _mixed, cases.plan(breakdown="official")), "unit", unit="xi"),
    "bureau": lambda: printed(cases.material(9, _mixed), "unit", unit="bureau"),
    "area": lambda: printed(cases.material(9, _mixed), "area", area=2),
    "safeguards": lambda: printed(_breach(), "area", area=None),
    "reminder": lambda: printed(cases.material(9, _mixed), "reminder"),
    "reminder-to-one": lambda: printed(cases.material(9, _mixed), "reminder", unit="xi"),
    "reminder-to-none": lambda: printed(cases.material(9, cases.even()), "reminder"),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_reads_as_prose(name: str, golden: Golden) -> None:
    golden(f"summary.{name}.txt", SITUATIONS[name]())
