"""Figures off by a measure unit: whichever figure or part of a ratio it is, and whatever else is known of it."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from rule_examples import DOUBTS, PLAN, check_rows

PER_TEN_THOUSAND, STOCK = "T01-07", "T01-02"
UNITS = ("绿水县", "高新区", "市本级")


def told(*records: tuple[str, str, str, str], note: str = "") -> list[tuple[str, str]]:
    """Month and hint of what is said of a measure unit in 青山县's records, each month, unit, code and figures."""
    rows = []
    for month, unit, code, figures in records:
        cells = f",{figures.replace('/', ',')}" if "/" in figures else f"{figures},,"
        rows.append(f"2031-{month},{unit},{code},,{cells},{note if unit == '青山县' else ''},")
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    return [(each.period[5:], each.hint) for each in found if each.rule.code == "MZ507"]


def parts(*months: str) -> list[tuple[str, str, str, str]]:
    return [(f"{month:02d}", "青山县", PER_TEN_THOUSAND, text) for month, text in enumerate(months, start=1)]


@pytest.mark.parametrize("before", [["2032/1136087"], []])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1136087/2032", "分子应是 2032，分母应是 1136087"),
        ("2032/114", "分子应是 2032，分母应在 1140000 左右"),
        ("20320000/1136087", "分子应是 2032，分母应是 1136087"),
    ],
)
def test_parts_that_were_swapped_or_are_in_another_unit_are_told_with_those_meant(
    before: Sequence[str], written: str, meant: str
) -> None:
    ((month, hint),) = told(*parts(*before, written))
    assert (month, re.split("[：；]", hint)[0]) == (f"{len(before) + 1:02d}", meant)
    assert told(*parts(*before, written), note=f"城区重新划定，由{'、'.join(before)}更正为{written}") == []


@given(st.integers(1400, 2600), st.integers(1_000_001, 1_400_000), st.sampled_from([(1, 0), (0, 1), (1, 1)]))
def test_parts_in_another_unit_are_told_whichever_they_are(above: int, below: int, off: tuple[int, int]) -> None:
    odd = f"{above * 10_000 ** off[0]}/{below * 10_000 ** off[1]}"
    ((month, hint),) = told(*parts("2000/1200000", odd))
    assert (month, re.split("[：；]", hint)[0]) == ("02", f"分子应是 {above}，分母应是 {below}")
    assert told(*parts("2000/1200000", f"{above}/{below}")) == []


@pytest.mark.parametrize(
    ("code", "before", "written", "meant"),
    [
        ("T01-03", "790/790", "79/79", "分子应在 790 左右，分母应在 790 左右"),
        ("T01-03", "193/358", "1930/3580", "分子应是 193，分母应是 358"),
        ("T01-08", "1930/3581", "193/358", "分子应在 1930 左右，分母应在 3580 左右"),
        ("T01-08", "1930/3581", "19300000/35810000", "分子应是 1930，分母应是 3581"),
        ("T01-08", "1930/3581", "193000/358100", "分子应是 1930，分母应是 3581"),
    ],
)
def test_parts_scaled_alike_or_cut_are_told_with_those_meant(code: str, before: str, written: str, meant: str) -> None:
    months = (("01", "青山县", code, before), ("02", "青山县", code, written))
    ((month, hint),) = told(*months)
    assert (month, re.split("[：；]", hint)[0]) == ("02", meant)
    assert told(*months, note=f"机构合并，由{before}变为{written}") == []


@pytest.mark.parametrize(
    ("before", "written", "meant"),
    [
        ("676/365685", "1/365685", "分子应与 2031-01 的 676 相近，分母应是 365685"),
        ("1190/617244", "1195/100", "分子应是 1195，分母应与 2031-01 的 617244 相近"),
        ("676/365685", "677/365", "分子应是 677，分母应在 365000 左右"),
    ],
)
def test_one_digit_tells_nothing_of_the_figure_meant_and_the_last_one_is_named(
    before: str, written: str, meant: str
) -> None:
    ((month, hint),) = told(*parts(before, written))
    assert (month, re.split("[：；]", hint)[0]) == ("02", meant)


def test_both_parts_in_another_unit_in_the_first_month_are_told_by_what_other_units_say() -> None:
    others = [("01", unit, PER_TEN_THOUSAND, figures) for unit, figures in zip(UNITS, ("90/50000",) * 3, strict=True)]
    ((_, hint),) = told(*parts("2000000/1000000000"), *others)
    assert re.split("[：；]", hint)[0] == "分子应是 200，分母应是 100000"
    assert told(*parts("200/100000"), *others) == []


@pytest.mark.parametrize(
    ("code", "figures", "hint"),
    [
        ("T01-01", "199000000", "请核对；数没有错的，“说明”写明原因和这个数，如“…，共__张”。"),
        ("T01-05", "2500000", "按“万元”应是 250；数没有错的，“说明”写明原因和这个数，如“…，共__万元”。"),
    ],
)
def test_without_an_earlier_month_the_target_serves(code: str, figures: str, hint: str) -> None:
    assert told(("01", "青山县", code, figures)) == [("01", hint)]


@given(st.integers(0, 2000))
def test_a_small_share_or_figure_of_the_first_month_is_none(figure: int) -> None:
    assert told(("01", "青山县", "T01-03", f"{figure}/2000"), ("01", "青山县", "T01-05", str(figure))) == []


def first_month(code: str, figures: str, *others: str) -> list[tuple[str, str]]:
    """What is said of 青山县's first figure beside those of the other units, by code and hint."""
    rows = []
    for unit, figure in zip(("青山县", "绿水县", "高新区"), (figures, *others), strict=True):
        rows.append(f"2031-01,{unit},{code},,{f',{figure}'.replace('/', ',') if '/' in figure else f'{figure},,'},,")
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    codes = {"MZ503", "MZ507"} | DOUBTS
    return [
        (each.rule.code, each.hint.partition("；")[0])
        for each in found
        if each.rule.code in codes and each.unit == "qingshan"
    ]


ASKED = "请核对"
WORDS = "“说明”写明原因和这个数，如“…，{}”。"


@through(
    ("code", "figures", "others", "said"),
    [
        # 青山县's part of the total is 100; the others have 10 and 12
        ("T01-01", "11", ("10", "12"), []),
        ("T01-01", "45", ("10", "12"), []),  # less than four times 12
        ("T01-01", "110", ("10", "12"), [("MZ517", ASKED)]),
        ("T01-01", "1100", ("10", "12"), [("MZ507", "像是 11")]),
        ("T01-01", "110000", ("10", "12"), [("MZ507", "像是 11")]),
        ("T01-01", "2000", ("1", "2"), [("MZ507", "像是 2")]),
        # ten of what others have one of
        ("T01-02", "10", ("1", "1"), [("MZ517", ASKED)]),
        ("T01-02", "9", ("1", "1"), []),
        ("T01-01", "60", ("1", "2"), [("MZ517", ASKED)]),  # within twice its part
        ("T01-01", "9", ("1", "2"), []),  # a few
        ("T01-07", "19/50000", ("90/50000", "80/40000"), []),
        ("T01-07", "900/500000", ("90/50000", "80/40000"), [("MZ517", ASKED)]),
        (
            "T01-03",
            "64/100",
            ("300/360", "250/310"),
            [("MZ507", "分子、分母应填实际数，不是百分数或比率：分子是分子，分母是分母。")],
        ),
        ("T01-03", "64/100", ("100/150", "250/310"), []),  # it may be 100
        (
            "T01-03",
            "1300000/3300000",
            ("300/360", "250/310"),
            [
                ("MZ507", "分子应是 130，分母应是 330"),
            ],
        ),
    ],
)
def test_a_first_figure_is_set_beside_those_of_the_other_units(
    code: str, figures: str, others: Sequence[str], said: list[tuple[str, str]]
) -> None:
    assert first_month(code, figures, *others) == said


def test_what_the_others_come_to_is_told_in_whole_things() -> None:
    """By their population the others' 2 and 3 come to a part of a person."""
    rows = [f"2031-01,{unit},T01-02,,{figure},,,," for unit, figure in (("青山县", 300), ("绿水县", 2), ("高新区", 3))]
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    told = [each.message for each in found if each.unit == "qingshan" and "照别的单位" in each.message]
    assert told
    assert not [each for each in told if "." in each]


@pytest.mark.parametrize(
    ("before", "written", "field"),
    [
        ("799/799", "799/7990", "denominator"),
        ("296/362", "296/740", "denominator"),
        ("193/358", "1930/3580", "numerator"),
        ("50/1000", "5/1000", ""),
    ],
)
def test_the_part_that_is_to_be_mended_is_the_one_that_is_shown(before: str, written: str, field: str) -> None:
    rows = [
        f"2031-{at:02d},青山县,T01-03,,,{parts.replace('/', ',')},," for at, parts in enumerate((before, written), 1)
    ]
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    assert [each.field for each in found if each.rule.code == "MZ507"] == [field] * bool(field)


def test_digits_in_each_others_place_are_a_guess_and_no_matter_of_the_measure_unit() -> None:
    """像是 12, not 按“张”应是 12."""
    months = enumerate(("12", "21", "13"), start=1)
    ((month, hint),) = told(*((f"{month:02d}", "青山县", STOCK, text) for month, text in months))
    assert (month, hint.partition("；")[0]) == ("02", "像是 12")
