"""What bounds a figure: one digit too many in it, or too few, is seen, and plain growth is not asked about."""

from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import dear, few
from mzplan.check.run import CheckResult, run_checks
from mzplan.plan.indicator import Indicator, RatioIndicator
from mzplan.plan.load import load_plan
from mzplan.plan.model import ReportingUnit
from mzplan.rules import bounds
from mzplan.submissions.header import FIELDS
from mzplan.submissions.names import stage_names
from mzplan.submissions.sources import Source
from rule_examples import DOUBTS

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
PLAN = load_plan(ROOT / "plan" / "2023.yaml")
OF_MAGNITUDE = {"MZ501", "MZ507", "MZ508"} | DOUBTS


def test_every_bound_is_told_by_a_rule() -> None:
    table = [each for each in vars(bounds).values() if isinstance(each, bounds.Bound)]
    assert {each.code for each in table} == {"MZ507", "MZ508"} | (DOUBTS - {"MZ519", "MZ520"})
    assert all(each.times == 1 or each.part == 1 for each in table)


def promised(indicator: Indicator, unit: ReportingUnit) -> Fraction:
    """What a unit is to come to by December: its own target, or its part of the city's by population."""
    own = PLAN.target_for(indicator, unit.id, PLAN.periods[-1])
    if own:
        return own[0].value
    everybody = sum((people(PLAN.units[each]) for each in indicator.reporting), Fraction(0))
    return indicator.target.value * people(unit) / everybody


def people(unit: ReportingUnit) -> Fraction:
    return Fraction(unit.weights.get("population", 300_000))


def grown(indicator: Indicator, unit: ReportingUnit, month: int, pace: Fraction) -> str:
    """The figures of a month of plain growth, so many per cent of the promise a year."""
    if isinstance(indicator, RatioIndicator):
        below = int(people(unit) if indicator.unit != "%" else people(unit) / 1000) + 7
        share = indicator.target.value / indicator.scale * (Fraction(1, 2) + pace * month / 24)
        above = int(below * (min(share, Fraction(1)) if indicator.part_of_whole else share))
        return f",{above},{below}"
    start = Fraction(0) if indicator.cumulative else Fraction(1, 2)
    return f"{int(promised(indicator, unit) * pace * (start + (1 - start) * month / 12))},,"


@dear()
@given(st.lists(st.integers(60, 120), min_size=len(PLAN.reporting_units), max_size=len(PLAN.reporting_units)))
def test_nothing_is_asked_of_a_year_of_plain_growth(paces: list[int]) -> None:
    rows = [
        f"2023-{month:02d},{unit.name},{indicator.id},,{grown(indicator, unit, month, Fraction(pace, 100))},,"
        for indicator in PLAN.indicators.values()
        if not stage_names(indicator)
        for unit, pace in zip(PLAN.reporting_units, paces, strict=True)
        if unit.id in indicator.reporting
        for month in range(1, 13)
    ]
    data = "\n".join((",".join(FIELDS), *rows, "")).encode()
    result = run_checks(PLAN, [Source.of_bytes("示例.csv", data)])
    assert result.ledger.count() == len(rows)
    assert told(result) == []


@cache
def shipped() -> tuple[tuple[str, str], ...]:
    """Path and text of each report in `data/`."""
    files = sorted((ROOT / "data").glob("2023-*/*.csv"))
    return tuple((each.relative_to(ROOT).as_posix(), each.read_text(encoding="utf-8-sig")) for each in files)


def with_row(path: str, code: str, figures: str, upto: int = 12, *, is_first: bool = False) -> CheckResult:
    """The shipped figures of an indicator to that month, another in one, without a note, the unit's first if so."""
    sources, is_there = [], False
    for each, text in shipped():
        is_before = each[12:] == path[12:] and each < path
        if int(each[10:12]) <= upto and not (is_first and is_before):
            head, *lines = (line.split(",") for line in text.splitlines())
            rows = [cells for cells in lines if cells[2] == code]
            for cells in rows if each == path else ():
                cells[4:8] = ["", *figures.split("/"), ""] if "/" in figures else [figures, "", "", ""]
                is_there = True
            sources.append(Source.of_bytes(each, "\n".join((*map(",".join, [head, *rows]), "")).encode()))
    assert is_there
    return run_checks(PLAN, sources)


def told(result: CheckResult) -> list[tuple[str, str, str, str]]:
    """Period, unit, code and severity of what is said of magnitudes."""
    return [
        (each.period, each.unit, each.rule.code, each.severity.value)
        for each in result.diagnostics
        if each.rule.code in OF_MAGNITUDE
    ]


@pytest.mark.parametrize("month", [2, 3, 5, 8])
def test_nothing_is_asked_across_a_report_that_could_not_be_read(month: int) -> None:
    """What explains the step may stand in it."""
    period = f"2023-{month:02d}"
    sources = [Source.of_bytes(path, b"x\0y" if period in path else text.encode()) for path, text in shipped()]
    assert told(run_checks(PLAN, sources)) == []


def test_across_a_report_that_was_never_sent_a_step_is_asked_about() -> None:
    sent = [Source.of_bytes(path, text.encode()) for path, text in shipped() if path != "data/2023-03/yiwu.csv"]
    assert told(run_checks(PLAN, sent)) == [("2023-04", "yiwu", "MZ502", "warning")]


def test_nothing_is_asked_of_the_shipped_data() -> None:
    assert told(run_checks(PLAN, [Source.of_bytes(path, text.encode()) for path, text in shipped()])) == []


@few("month", [f"{month:02d}" for month in range(1, 9)], ["01", "03", "08"])
def test_a_month_that_is_missing_or_unreadable_blames_no_row_of_the_next(month: str) -> None:
    sources = [Source.of_bytes(path, b"x\0y" if path[10:12] == month else text.encode()) for path, text in shipped()]
    result = run_checks(PLAN, sources)
    said = {each.indicator for each in result.diagnostics if each.rule.code in OF_MAGNITUDE}
    assert said <= ({"T25-05"} if month == "03" else set())  # March's note says why so much was paid


@few(("month", "times"), product(["02", "03", "04"], [5, 12, 30]), [("02", 5), ("03", 12), ("04", 30)])
def test_both_parts_of_a_ratio_are_asked_about_at_once_and_later_found_wrong_themselves(month: str, times: int) -> None:
    above = {"02": 1697, "03": 1720, "04": 1747}[month]  # of 3581
    path, figures = f"data/2023-{month}/yiwu.csv", f"{above * times}/{3581 * times}"
    ((period, unit, _, _),) = told(with_row(path, "T25-06", figures, int(month)))
    assert (period, unit) == (f"2023-{month}", "yiwu")
    assert told(with_row(path, "T25-06", figures)) == [(f"2023-{month}", "yiwu", "MZ507", "error")]


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        ("2023-09/wucheng", "T01-05", ("MZ507", "error")),  # one brand is promised, and was there
        ("2023-02/wucheng", "T03-01", ("MZ507", "error")),
        ("2023-08/lanxi", "T14-07", ("MZ507", "error")),
        ("2023-04/yiwu", "T09-07", ("MZ507", "error")),
        ("2023-08/panan", "T14-07", ("MZ502", "warning")),  # there was none
        ("2023-08/pujiang", "T03-12", ("MZ507", "error")),  # more than the 4 of the whole city
        ("2023-08/wucheng", "T25-09", ("MZ502", "warning")),
    ],
)
def test_a_digit_too_many_in_one_is_seen(path: str, code: str, expected: tuple[str, str]) -> None:
    (finding,) = told(with_row(f"data/{path}.csv", code, "10", int(path[5:7])))
    assert finding == (path[:7], path[8:], *expected)


@pytest.mark.parametrize(
    ("path", "code", "figure"),
    [
        ("2023-08/pujiang", "T05-02", "60"),
        ("2023-08/dongyang", "T09-07", "30"),
        ("2023-08/jindong", "T05-05", "40"),
        ("2023-08/lanxi", "T20-05", "60"),
        ("2023-08/lanxi", "T25-05", "4968"),
    ],
)
def test_a_tenfold_figure_is_an_error_at_once_and_when_the_next_has_come(path: str, code: str, figure: str) -> None:
    for upto in (8, 9):
        assert told(with_row(f"data/{path}.csv", code, figure, upto)) == [(path[:7], path[8:], "MZ507", "error")]


@pytest.mark.parametrize(
    ("month", "unit", "code", "figures", "expected"),
    [
        (6, "yiwu", "T12-05", "1412/1136087", "MZ515"),  # 2012
        (6, "yongkang", "T12-05", "1947/741700", "MZ502"),  # 1347
        (4, "wucheng", "T12-05", "852/321008", "MZ502"),  # 581
        (7, "yiwu", "T14-11", "53", "MZ502"),  # 40
        (4, "jindong", "T14-11", "16", "MZ502"),  # 10
        (8, "wuyi", "T16-09", "30.3", "MZ515"),  # 35.8 after 33.6, which never fell
    ],
)
def test_a_wrong_digit_that_a_rows_own_steps_do_not_bear_is_asked_about(
    month: int, unit: str, code: str, figures: str, expected: str
) -> None:
    period = f"2023-{month:02d}"
    assert told(with_row(f"data/{period}/{unit}.csv", code, figures, month)) == [(period, unit, expected, "warning")]


@pytest.mark.parametrize(
    ("unit", "code", "figure"),
    [
        ("yiwu", "T03-01", "9"),  # one is promised, and it is there
        ("wucheng", "T01-05", "8"),
        ("wucheng", "T05-05", "16"),  # the 7 of August and the 9 of September; 10 are promised
        ("lanxi", "T03-12", "8"),  # the figure of the next row; 1 until then
        ("yiwu", "T14-07", "9"),
    ],
)
def test_a_few_beyond_what_is_promised_and_ever_came_in_a_month_are_asked_about(
    unit: str, code: str, figure: str
) -> None:
    (finding,) = told(with_row(f"data/2023-09/{unit}.csv", code, figure, 9))
    assert finding == ("2023-09", unit, "MZ502", "warning")


@pytest.mark.parametrize(
    ("unit", "code", "figures"),
    [
        ("dongyang", "T14-11", "2"),  # 20 organizations
        ("dongyang", "T16-09", "5.7"),  # 57.3
        ("yiwu", "T05-06", "22/36"),  # 223/362
        ("yiwu", "T05-06", "22/362"),
        ("yiwu", "T14-08", "38/791"),  # 382/791
        ("jindong", "T14-08", "22/100"),  # 118/238
        ("wucheng", "T32-09", "1/4"),  # 10/42
    ],
)
def test_a_digit_too_few_in_january_is_asked_about(unit: str, code: str, figures: str) -> None:
    (finding,) = told(with_row(f"data/2023-01/{unit}.csv", code, figures, 1))
    assert finding == ("2023-01", unit, "MZ519" if figures.endswith("/100") else "MZ518", "warning")


@pytest.mark.parametrize(
    ("unit", "code", "figures"),
    [
        ("lanxi", "T14-10", "248/248"),  # 24 of 248; the others have a tenth
        ("bureau", "T14-10", "399/399"),
        ("bureau", "T02-06", "2/2"),  # 22 of 22
        ("bureau", "T17-07", "780"),  # 78, of the city's 1500 by eleven units
        ("lanxi", "T03-12", "9"),  # of the city's 4 by ten
        ("yiwu", "T25-05", "226"),  # 2266
        ("lanxi", "T05-03", "4"),  # 44
    ],
)
def test_a_first_figure_later_in_the_year_is_set_beside_the_others_and_the_city(
    unit: str, code: str, figures: str
) -> None:
    (finding,) = told(with_row(f"data/2023-09/{unit}.csv", code, figures, 9, is_first=True))
    code = "MZ518" if figures in ("226", "4", "2/2") else "MZ517"
    assert finding == ("2023-09", unit, code, "warning")


@pytest.mark.parametrize(
    ("code", "figures"), [("T25-05", "188"), ("T05-04", "11"), ("T03-08", "204"), ("T14-10", "799/799")]
)
def test_of_a_wrong_first_figure_and_a_right_next_one_the_first_is_told(code: str, figures: str) -> None:
    found = told(with_row("data/2023-08/yiwu.csv", code, figures, 9, is_first=True))
    assert [finding for finding in found if finding[0] == "2023-09"] == []
    assert ("2023-08", "yiwu", "MZ517" if "/" in figures else "MZ518", "warning") in found


def test_a_first_denominator_that_the_next_denies_is_told_and_not_the_next() -> None:
    """61 for 261, where the others by their size have 254 at least: the first is less than a fifth of nobody's."""
    found = told(with_row("data/2023-08/yiwu.csv", "T02-06", "43/61", 9, is_first=True))
    assert found == [("2023-08", "yiwu", "MZ518", "warning")]


@few(("unit", "month"), product(PLAN.units, ["04", "08"]), [("lanxi", "04"), ("bureau", "08"), ("yiwu", "08")])
def test_nothing_is_asked_of_a_unit_that_begins_to_report_later(unit: str, month: str) -> None:
    sources = [
        Source.of_bytes(path, text.encode())
        for path, text in shipped()
        if not path.endswith(f"/{unit}.csv") or path >= f"data/2023-{month}"
    ]
    assert told(run_checks(PLAN, sources)) == []


@few("unit", PLAN.units, ["yiwu", "wuyi", "devzone"])
def test_exchanged_headings_of_the_parts_are_one_finding(unit: str) -> None:
    """Whatever each row looks like with its parts exchanged: above its whole, of nothing, a rate of nobody."""
    path = f"data/2023-08/{unit}.csv"
    files = [(each, text) for each, text in shipped() if each <= "data/2023-08~"]
    exchanged = [
        (each, text.replace("numerator,denominator", "denominator,numerator", 1) if each == path else text)
        for each, text in files
    ]
    found = run_checks(PLAN, [Source.of_bytes(each, text.encode()) for each, text in exchanged]).diagnostics
    of_file = [finding for finding in found if finding.location.path == path]
    ratios = [line for line in dict(files)[path].splitlines() if line.split(",")[6].isdigit()]
    same = sum(cells[5] == cells[6] for cells in (line.split(",") for line in ratios))
    assert [finding.rule.code for finding in of_file] == ["MZ404"]
    assert len(of_file[0].parts) == len(ratios) - same
