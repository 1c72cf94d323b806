"""Of all that a clerk may have done to a figure, what fits is named: the true figure is among it, or none is named.

The years are those shipped, sound as they stand; what is obeyed where one figure alone is named is the true one.
"""

import csv
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic
from mzplan.plan.indicator import Indicator
from mzplan.plan.load import load_plan
from mzplan.submissions.header import FIELDS
from mzplan.submissions.sources import Source

ROOT = Path(__file__).parent.parent
PLAN = load_plan(ROOT / "plan" / "2023.yaml")
_NAMED = re.compile(r"(?:应是|像是|加上次的是|应在|相近) (?P<figure>\d+(?:\.\d+)?)(?P<about> 左右)?(?=[；：，]| 左右)")
_AMOUNT = re.compile(r"比上次(?:增加|减少)\d")
"""Beside a figure that may have been meant, the amount that clears the one that was written is nothing to be copied."""
_OTHER_PART = re.compile("，分母应[^；]*")


@cache
def shipped(unit: str, month: int) -> dict[str, list[str]]:
    """A unit's report of a month, by indicator."""
    text = (ROOT / "data" / f"2023-{month:02d}" / f"{unit}.csv").read_text(encoding="utf-8")
    return {row[2]: row for row in list(csv.reader(text.splitlines()))[1:]}


def told(unit: str, month: int, code: str, figure: str) -> list[Diagnostic]:
    """What is said of a figure in place of the one shipped, after the months before it."""
    rows = [list(shipped(unit, each)[code]) for each in range(1, month + 1) if code in shipped(unit, each)]
    rows[-1][FIELDS.index("numerator" if PLAN.indicators[code].ratio else "value")] = figure
    if PLAN.indicators[code].ratio:
        rows[-1][FIELDS.index("value")] = ""
    lines = [",".join(FIELDS), *(",".join(f'"{cell}"' for cell in row) for row in rows), ""]
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", "\n".join(lines).encode())]).diagnostics
    return [each for each in found if each.location.line == len(rows) + 1]


def text_of(figure: Fraction, decimals: int) -> str:
    """A figure with so many decimals at most, cut behind them."""
    digits = str(int(figure * 10**decimals)).rjust(decimals + 1, "0")
    whole, rest = digits[: len(digits) - decimals], digits[len(digits) - decimals :].rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def slips(true: str, before: str, indicator: Indicator) -> Iterator[str]:
    """What a clerk makes of a figure: a unit or a point off, the month's for the total, two digits exchanged."""
    figure, decimals = Fraction(true), indicator.decimals
    for factor in (10, 100, 10_000):
        yield text_of(figure * factor, decimals)
        yield text_of(figure / factor, decimals)
    if before:
        came = figure - Fraction(before)
        yield text_of(came, decimals)
        if "元" in indicator.unit:
            yield text_of(came * 10_000, decimals)
    for at in range(len(true) - 1):
        pair = true[at : at + 2]
        if pair.isdecimal() and pair[0] != pair[1] and (at or pair[1] != "0"):
            yield true[:at] + pair[::-1] + true[at + 2 :]


CASES = [
    (code, month)
    for code in ("T03-08", "T05-03", "T05-04", "T05-06", "T09-06", "T12-05", "T25-05", "T25-06")
    for month in (2, 9)
    if code in shipped("yiwu", month)
]


@pytest.mark.parametrize(("code", "month"), CASES)
def test_the_true_figure_is_among_those_named_or_none_is(code: str, month: int) -> None:
    indicator = PLAN.indicators[code]
    field = FIELDS.index("numerator" if indicator.ratio else "value")
    true, before = (shipped("yiwu", each).get(code, [""] * len(FIELDS))[field] for each in (month, month - 1))
    for figure in dict.fromkeys(slips(true, before, indicator)):
        if figure == true or figure.startswith("-") or not Fraction(figure):
            continue
        for finding in told("yiwu", month, code, figure):
            named = list(_NAMED.finditer(_OTHER_PART.sub("", finding.hint)))
            lost = [Fraction(each["figure"]) / Fraction(figure) / 10**indicator.decimals for each in named]
            is_true = [
                abs(Fraction(each["figure"]) - Fraction(true)) <= (unit if each["about"] else 0)
                for each, unit in zip(named, lost, strict=True)
            ]
            assert any(is_true) or not named or "相近" in finding.hint, (figure, true, finding.hint)
            assert not (named and _AMOUNT.search(finding.hint)), finding.hint
            assert finding.meant in ("", true) or "/" in finding.meant or indicator.ratio


@pytest.mark.parametrize(
    ("code", "month", "figure", "expected"),
    [
        # August has 2025 thousand yuan … a hundredth, or what came in September
        ("T25-05", 9, "22.66", ["22.66 ", "如果填的是当月数", "如果少写了 2 位，应在 2266 左右；"]),
        ("T05-06", 9, "29", ["如果填的是当月数，加上次的是 313；如果少写了 1 位，应在 290 左右；", "分子比上次减少__"]),
        ("T05-06", 9, "135", ["如果有两位写颠倒了，应是 315；", "分子比上次减少__"]),
        ("T05-06", 9, "145", ["分子比上次减少139"]),  # nothing is proposed in its place
        ("T03-08", 9, "2.464", ["如果位数写错了，应是 2464；"]),
        ("T12-05", 9, "17.96", []),
    ],
)
def test_what_fits_is_told_with_what_it_supposes(code: str, month: int, figure: str, expected: list[str]) -> None:
    (finding,) = told("yiwu", month, code, figure)
    assert all(each in f"{finding.message} {finding.hint}" for each in expected), finding.hint
    assert "应改为" not in finding.hint
