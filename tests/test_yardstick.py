"""A unit that reports alone, in its first month: the plan is what its figures are set beside.

Nothing is said of what sound years give in any month, and of figures off by powers of ten whatever the plan can show.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from conftest import few
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic, Severity
from mzplan.figures import plain
from mzplan.plan.indicator import Indicator
from mzplan.plan.load import load_plan
from mzplan.submissions.header import FIELDS
from mzplan.submissions.ledger import Entry, Ledger
from mzplan.submissions.names import stage_names
from mzplan.submissions.sources import Source, data_sources
from rule_examples import DOUBTS

ROOT = Path(__file__).parent.parent
PLAN = load_plan(ROOT / "plan" / "2023.yaml")
MAGNITUDES = {"MZ507", "MZ512", "MZ521"} | DOUBTS
YIWU = "yiwu"


def row(month: int, unit: str, code: str, figures: str, note: str = "") -> str:
    cells = f",{figures.replace('/', ',')}" if "/" in figures else f"{figures},,"
    return f"2023-{month:02d},{PLAN.units[unit].name},{code},,{cells},{note},"


def checked(*rows: str) -> CheckResult:
    return run_checks(PLAN, [Source.of_bytes("示例.csv", "\n".join((",".join(FIELDS), *rows, "")).encode())])


def said(*rows: str) -> list[Diagnostic]:
    """What is said of the magnitude of those rows' figures."""
    return [each for each in checked(*rows).diagnostics if is_of_magnitude(each)]


def is_of_magnitude(finding: Diagnostic) -> bool:
    return finding.rule.code in MAGNITUDES


def first(code: str, figures: str, note: str = "") -> str:
    """The code of what is said of 义乌's first figure, alone; empty for nothing."""
    found = said(row(1, YIWU, code, figures, note))
    assert len(found) < 2
    return found[0].rule.code if found else ""


@pytest.mark.parametrize(
    ("code", "figures", "told"),
    [
        # its part is 211 beds: above that by March a question, above 50 times (10550) an error
        ("T05-03", "211", ""),
        ("T05-03", "212", "MZ517"),
        ("T05-03", "10550", "MZ517"),
        ("T05-03", "10551", "MZ507"),
        ("T05-03", "20000", "MZ507"),
        ("T03-08", "30000", "MZ517"),
        # it has no part of the city's 1500: above 5 of eleven even shares a question, above 10 times an error
        ("T17-07", "681", ""),
        ("T17-07", "682", "MZ517"),
        ("T17-07", "15001", "MZ507"),
        # none at all is promised: a few are no error
        ("T29-05", "1", ""),
        ("T29-05", "150", "MZ517"),
        ("T29-05", "151", "MZ507"),
        ("T16-09", "39000", "MZ507"),
        # denominators: 1,859,390 people live there
        ("T25-06", "4770000/9890000", "MZ517"),
        ("T25-06", "35810000/71620000", "MZ507"),
        # percentages and rates in place of the parts
        ("T05-06", "89/100", "MZ519"),
        ("T25-06", "53.9/100", "MZ519"),
        ("T25-06", "0.54/1", "MZ519"),
        ("T12-05", "18/10000", "MZ507"),
        ("T12-05", "18/1", "MZ507"),
        ("T12-05", "18/100", "MZ507"),
        ("T12-05", "1800/1000000", "MZ507"),
        ("T12-05", "2032/113609", "MZ507"),
        ("T12-05", "2032/1136087", ""),
        ("T05-06", "29600/36200", "MZ519"),
        ("T05-06", "29600/36201", ""),
        ("T05-06", "300/400", ""),
        # one registry, one consortium
        ("T21-05", "1/1", ""),
        ("T03-02", "0/1", ""),
    ],
)
def test_a_first_figure_alone_is_set_beside_the_plan(code: str, figures: str, told: str) -> None:
    assert first(code, figures) == told
    unit = "" if "/" in figures else PLAN.indicators[code].unit
    assert first(code, figures, f"省里统一调整口径后共{figures}{unit}") == ""


@pytest.mark.parametrize("figures", ["54/100", "53.9/100", "0.54/1"])
def test_a_percentage_in_place_of_the_parts_gets_no_figure(figures: str) -> None:
    (finding,) = said(row(6, YIWU, "T25-06", "1930/3581"), row(7, YIWU, "T25-06", figures))
    assert finding.rule.code == "MZ507"
    assert finding.hint == (
        "分子、分母应填实际数，不是百分数或比率："
        "分子是安排用于产业转型升级项目的扶持资金（万元），分母是年度水库移民扶持资金（万元）。"
    )


@pytest.mark.parametrize(
    ("code", "sound", "invented"),
    [("T25-06", "1930/3581", "5400/10000"), ("T12-05", "2032/1136087", "1800/1000000")],
)
def test_nor_is_a_percentage_of_a_larger_round_number_silent(code: str, sound: str, invented: str) -> None:
    (finding,) = said(row(6, YIWU, code, sound), row(7, YIWU, code, invented))
    assert finding.rule.code in ("MZ503", "MZ519")


def test_ratios_of_the_same_things_are_taken_of_the_same_number() -> None:
    rows = [
        row(1, YIWU, code, figures) for code, figures in (("T03-03", "1/1"), ("T05-07", "5/14"), ("T08-06", "10/14"))
    ]
    (finding,) = said(*rows)
    assert (finding.rule.code, finding.indicator) == ("MZ512", "T03-03")
    assert finding.message == "分母乡镇街道总数是 1，在 T05-07 里是 14"
    assert said(*rows[1:], row(1, YIWU, "T03-03", "14/14")) == []
    assert said(*rows[1:], row(1, YIWU, "T03-03", "1/1", "乡镇撤并，分母共1")) == []
    (finding,) = said(*rows[1:], row(1, YIWU, "T03-03", "1/1", "数据已核对"))  # which explains nothing
    assert finding.rule.code == "MZ512"
    assert said(*rows[1:], row(2, YIWU, "T03-03", "9/15")) == []
    note = "乡镇撤并，分母共1"
    beside = [row(1, YIWU, "T05-07", "5/14", note), row(1, YIWU, "T08-06", "10/14", note)]
    (finding,) = said(rows[0], *beside)  # what they say is not of the row that is off
    assert (finding.rule.code, finding.indicator) == ("MZ512", "T03-03")


def test_of_two_numbers_of_the_same_things_the_one_is_told_that_does_not_follow_the_month_before() -> None:
    rows = (
        row(8, "bureau", "T14-10", "40/398"),
        row(9, "bureau", "T14-08", "39/39"),
        row(9, "bureau", "T14-10", "41/399"),
    )
    (finding,) = said(*rows)
    assert (finding.rule.code, finding.indicator) == ("MZ512", "T14-08")


def test_of_two_numbers_of_the_same_things_the_one_that_is_not_last_months_is_told() -> None:
    before = [row(1, YIWU, code, "5/14") for code in ("T05-07", "T08-06")]
    (finding,) = [
        each
        for each in said(*before, row(2, YIWU, "T05-07", "5/16"), row(2, YIWU, "T08-06", "5/14"))
        if each.rule.code == "MZ512"
    ]
    assert (finding.indicator, finding.message) == ("T05-07", "分母乡镇街道总数是 16，在 T08-06 里是 14")


@cache
def ledger() -> Ledger:
    """The shipped data, those of January to September."""
    return run_checks(PLAN, data_sources([ROOT / "data"], ROOT)).ledger


@cache
def entries(unit: str) -> list[tuple[Indicator, Entry]]:
    """The unit's figures in them."""
    mine = [(each, ledger().series(each.id, unit)) for each in PLAN.indicators.values() if not stage_names(each)]
    return [(each, entry) for each, series in mine for entry in series if entry.figure.value is not None]


def rows_of(unit: str, months: range) -> list[str]:
    return [
        row(entry.period.month, unit, indicator.id, indicator.told(entry.figure), note_of(indicator, unit, entry))
        for indicator, entry in entries(unit)
        if entry.period.month in months
    ]


def note_of(indicator: Indicator, unit: str, entry: Entry) -> str:
    return ledger().notes.get(ledger().cell(indicator.id, unit, entry.period.month), "")


@pytest.mark.untraced
@few("unit", PLAN.units, [*PLAN.units][::3])
def test_nothing_is_said_of_a_unit_that_is_alone(unit: str) -> None:
    assert said(*rows_of(unit, range(1, 13))) == []
    assert [said(*rows_of(unit, range(month, month + 1))) for month in range(1, 10)] == [[]] * 9


@pytest.mark.parametrize("times", [Fraction(1, 20), Fraction(1), Fraction(3, 2), Fraction(3)])
@pytest.mark.parametrize("unit", PLAN.units)
def test_nor_of_totals_and_levels_near_their_targets(unit: str, times: Fraction) -> None:
    rows = []
    for indicator in PLAN.indicators.values():
        if unit in indicator.reporting and indicator.additive:
            own = PLAN.target_for(indicator, unit, PLAN.periods[-1])
            target = own[0].value if own else indicator.target.value / len(indicator.reporting)
            rows.append(row(12, unit, indicator.id, str(int(target * times))))
    assert said(*rows) == []


def indicators(found: Sequence[Diagnostic]) -> set[str]:
    """The indicators that findings are about, those folded into one included."""
    return {each.indicator for each in found} | {part.indicator for each in found for part in each.parts}


def off(indicator: Indicator, entry: Entry, above: int, below: int) -> str:
    """The figure, or its parts, with so many places more."""
    value = plain(entry.figure.value * 10**above if entry.figure.value else 0)
    return f"{value}/{plain(entry.figure.denominator * 10**below)}" if entry.figure.denominator else value


@pytest.mark.parametrize(("above", "below"), [(2, 2), (4, 4), (4, 0), (0, 4), (0, 2), (2, 0)])
@pytest.mark.parametrize("unit", PLAN.units)
def test_what_is_off_by_powers_of_ten_beside_the_months_before_is_an_error(unit: str, above: int, below: int) -> None:
    """Each figure of September; where only 0 came before it, the plan alone bounds it, and it may be a question."""
    september = {
        indicator.id: off(indicator, entry, above, below)
        for indicator, entry in entries(unit)
        if entry.period.month == 9 and entry.figure.value and (above or entry.figure.denominator)
    }
    begun = {indicator.id for indicator, entry in entries(unit) if entry.period.month < 9 and entry.figure.value}
    rows = [*rows_of(unit, range(1, 9)), *(row(9, unit, code, figures) for code, figures in september.items())]
    data = "\n".join((",".join(FIELDS), *rows, "")).encode()
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", data)]).diagnostics
    wrong = indicators([each for each in found if each.severity is Severity.ERROR])
    asked = indicators([each for each in found if is_of_magnitude(each)]) - begun
    assert set(september) - wrong - asked == set()


def test_a_first_figure_with_a_digit_too_many_is_told_the_one_meant() -> None:
    (finding,) = said(row(1, YIWU, "T03-08", "24640"))
    assert finding.rule.code == "MZ517"
    assert "如果多写了 0，应是 2464；" in finding.hint
    (finding,) = said(row(1, YIWU, "T03-08", "24641"))
    assert "多写" not in finding.hint


@pytest.mark.parametrize(
    ("figures", "note", "codes"),
    [
        ("296/379", "", ["MZ521"]),
        ("296/379", "数据已核对", ["MZ521"]),
        ("296/379", "社区拆分", ["MZ521"]),
        ("296/379", "社区拆分，新增17个", []),
        ("296/378", "", []),
        ("296/362", "", []),
    ],
)
def test_a_denominator_that_never_changed_and_is_that_of_another_row_is_asked_about(
    figures: str, note: str, codes: list[str]
) -> None:
    """379 are the directors in T08-08, 362 the communities; 17 more of these are within a fifth."""
    parts = (("T05-06", 206, 362), ("T08-08", 267, 379))  # ten more every month
    earlier = [row(month, YIWU, code, f"{of + 10 * month}/{below}") for month in (6, 7, 8) for code, of, below in parts]
    found = said(*earlier, row(9, YIWU, "T05-06", figures, note), row(9, YIWU, "T08-08", "357/379"))
    assert [each.rule.code for each in found] == codes


def test_what_a_note_says_of_a_denominator_that_differs_is_told_as_what_it_clears() -> None:
    parts = (("T05-06", 206, 362), ("T08-08", 267, 379))
    earlier = [row(month, YIWU, code, f"{of + 10 * month}/{below}") for month in (6, 7, 8) for code, of, below in parts]
    noted = row(9, YIWU, "T05-06", "296/379", "社区拆分，新增17个")
    of_same = [
        row(1, YIWU, "T03-03", "1/1", "乡镇撤并，分母共1"),
        *(row(1, YIWU, each, "5/14") for each in ("T05-07", "T08-06")),
    ]
    cleared = [*checked(*earlier, noted, row(9, YIWU, "T08-08", "357/379")).cleared, *checked(*of_same).cleared]
    assert [(each.rule.code, each.message) for each in cleared] == [
        ("MZ521", "286/362 → 296/379"),
        ("MZ512", "第一次报 1/1"),
    ]


def test_a_denominator_that_was_the_same_twice_may_have_changed_before() -> None:
    """As where a project begins in June: 228, 228 and 226 were 226 in May."""
    parts = (("T05-06", 206, 362), ("T08-08", 267, 379))
    earlier = [row(month, YIWU, code, f"{of + 10 * month}/{below}") for month in (7, 8) for code, of, below in parts]
    assert said(*earlier, row(9, YIWU, "T05-06", "296/379"), row(9, YIWU, "T08-08", "357/379")) == []


def test_nor_does_it_pass_where_the_two_rows_are_exchanged() -> None:
    parts = (("T05-06", 206, 362), ("T08-08", 267, 379))
    earlier = [row(month, YIWU, code, f"{of + 10 * month}/{below}") for month in (6, 7, 8) for code, of, below in parts]
    (found,) = said(*earlier, row(9, YIWU, "T05-06", "357/379"), row(9, YIWU, "T08-08", "296/362"))
    assert "像是互相填错了行" in found.message
    assert [part.indicator for part in found.parts] == ["T05-06", "T08-08"]
