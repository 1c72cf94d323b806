"""What a hint says to fill in for a missing report or row: behind a figure no 0, which would be a total that fell."""

from pathlib import Path

import pytest

from mzplan.diagnostics import Diagnostic
from rule_examples import HEADER, check_example

MONTHS = "--- data/ [complete 2031-01 2031-03]\n"


def told(folder: Path, figures: dict[str, str], code: str) -> Diagnostic:
    """What is said of 青山县 with these figures in January, of a report in March that has the last row alone."""
    january = "".join(f"2031-01,青山县,{indicator},,{figure},,,,\n" for indicator, figure in figures.items())
    march = "2031-03,青山县,T01-03,,,20,30,,\n"
    example = (
        f"{MONTHS}--- data/2031-01/qingshan.csv\n{HEADER}\n{january}--- data/2031-03/qingshan.csv\n{HEADER}\n{march}"
    )
    (found,) = (each for each in check_example(example, folder).diagnostics if is_of(each, code))
    return found


def is_of(finding: Diagnostic, code: str) -> bool:
    period = {"MZ601": "2031-02", "MZ603": "2031-03"}[code]
    return (finding.rule.code, finding.unit, finding.period) == (code, "qingshan", period)


@pytest.mark.parametrize(("code", "begins"), [("MZ601", "补交这个月的报表；"), ("MZ603", "补上；")])
@pytest.mark.parametrize(
    ("figures", "hint"),
    [
        ({"T01-01": "12"}, "没有发生的填 0（以前报过数的，仍填上次的）"),
        ({"T01-01": "0"}, "没有发生的填 0"),
        ({}, "没有发生的填 0"),
    ],
)
def test_no_0_is_told_behind_a_figure(
    tmp_path: Path, code: str, begins: str, figures: dict[str, str], hint: str
) -> None:
    ends = {"MZ601": "。", "MZ603": "；里程碑写到了哪个阶段。"}[code]
    assert told(tmp_path, {**figures, "T02-02": "0"}, code).hint == begins + hint + ends


def test_where_all_had_figures_the_last_ones_are_told(tmp_path: Path) -> None:
    rows = "".join(f"2031-03,青山县,{code},,{figure},,,,\n" for code, figure in (("T01-02", "300"), ("T02-02", "2")))
    (found,) = (
        each
        for each in check_example(f"{MONTHS}--- data/2031-03/qingshan.csv\n{HEADER}\n{rows}", tmp_path).diagnostics
        if each.rule.code == "MZ603"
    )
    assert found.hint == "补上；没有新进展的，仍填上次报的数；里程碑写到了哪个阶段。"
