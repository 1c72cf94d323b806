"""Two rows of one report whose figures stand in each other's place are one finding, about both."""

import pytest

from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN

COUNT, STOCK, RATIO, OTHER_RATIO, MONEY = "T01-01", "T01-02", "T01-03", "T01-07", "T01-05"


def told(years: dict[str, str], notes: dict[str, str] | None = None) -> list[Diagnostic]:
    """What is found of 青山县's rows: each indicator's figures by month, a file each; notes are of the last."""
    sources = []
    months = len(next(iter(years.values())).split())
    for month in range(months):
        rows = [HEADER]
        for indicator, year in years.items():
            figure = year.split()[month]
            cells = f",{figure.replace('/', ',')}" if "/" in figure else f"{figure},,"
            note = (notes or {}).get(indicator, "") if month == months - 1 else ""
            rows.append(f"2031-{month + 1:02d},青山县,{indicator},,{cells},{note},")
        path = f"data/2031-{month + 1:02d}/qingshan.csv"
        sources.append(Source.of_bytes(path, "\n".join((*rows, "")).encode()))
    found = run_checks(PLAN, sources).diagnostics
    return [each for each in found if each.location.line and each.indicator in years]


def test_two_figures_in_each_others_place_are_one_finding_with_both_rows() -> None:
    (found,) = told({COUNT: "20 30 82", STOCK: "80 81 31"})
    assert "的 82 和“" in found.message
    assert found.message.endswith("的 31 像是互相填错了行，换过来两行都对得上；本文件共 2 行")
    assert [part.line for part in found.parts] == [2, 3]
    assert found.period == "2031-03"


@pytest.mark.parametrize(
    "years",
    [
        {COUNT: "20 30 5", STOCK: "5 5 31"},  # the total falls
        {STOCK: "80 81 31", COUNT: "20 30 82"},  # of each alone it would be a question
    ],
)
def test_it_is_an_error_as_each_shows_what_the_other_should_be(years: dict[str, str]) -> None:
    (found,) = told(years)
    assert found.severity.value == "error"


def test_the_row_beside_a_total_that_fell_may_have_nothing_as_it_stands() -> None:
    """36 came to 45 in a month, where 4 at most did before: exchanged 5 and 1 have come."""
    (found,) = told({COUNT: "70 75 46", STOCK: "41 45 80"})
    assert "的 46 和“" in found.message
    assert [part.line for part in found.parts] == [2, 3]
    assert found.severity.value == "error"


@pytest.mark.parametrize(
    "years",
    [
        {COUNT: "70 75 46", STOCK: "41 45 60"},  # 60 would be less than 75
        {COUNT: "70 75 46", MONEY: "41 45 80"},  # not the next row
    ],
)
def test_a_row_that_does_not_fit_or_stands_elsewhere_is_not_blamed_for_one_that_fell(years: dict[str, str]) -> None:
    assert not any("互相" in each.message for each in told(years))


def test_so_are_the_parts_of_two_ratios() -> None:
    (found,) = told({RATIO: "40/100 41/100 9/18", OTHER_RATIO: "8/18 8/18 42/100"})
    assert [part.indicator for part in found.parts] == [RATIO, OTHER_RATIO]


@pytest.mark.parametrize(
    ("years", "count"),
    [
        ({COUNT: "20 30 82", STOCK: "80 81 3"}, 2),  # 3 is no count of that row
        ({COUNT: "20 90 31", STOCK: "80 81 3"}, 2),  # 31 shows that 90 is wrong, which is told of that
    ],
)
def test_wrong_figures_that_are_not_each_others_are_findings_of_their_own(years: dict[str, str], count: int) -> None:
    assert len(told(years)) == count
    assert not any("互相" in each.message for each in told(years))


OPENED, CLOSED = "新院投用，比上次增加{}张", "护理员离职，比上次减少{}人"


def test_figures_in_each_others_place_are_asked_about_though_each_has_a_note_that_bears_it_out() -> None:
    notes = {COUNT: OPENED.format(52), STOCK: CLOSED.format(50)}
    (found,) = told({COUNT: "20 30 82", STOCK: "80 81 31"}, notes)
    assert "互相填错了行" in found.message
    assert found.severity.value == "warning"
    assert [part.line for part in found.parts] == [2, 3]


@pytest.mark.parametrize("years", [{COUNT: "20 30 82", STOCK: "80 81 20"}, {COUNT: "20 30 40", STOCK: "80 81 31"}])
def test_figures_with_such_notes_that_do_not_fit_each_other_are_not(years: dict[str, str]) -> None:
    (_, was, now), (_, stood, left) = (list(map(int, each.split())) for each in years.values())
    notes = {COUNT: OPENED.format(now - was), STOCK: CLOSED.format(stood - left)}
    assert told(years, notes) == []


def test_two_rows_on_both_sides_of_a_wrong_one_are_not_each_others() -> None:
    """Of neither is anything found: it was a fault of the program."""
    found = told({"T03-02": "20 22 25", "T03-03": "50 52 29", "T03-04": "22 24 29"})
    assert {each.indicator for each in found} == {"T03-03"}
