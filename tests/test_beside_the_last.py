"""What an error of one row hides of a measure unit is told by the figure of the month before."""

import re
from pathlib import Path

import pytest

from mzplan.plan.load import load_plan
from rule_examples import PLAN, check_rows

OF_2023 = load_plan(Path(__file__).parent.parent / "plan" / "2023.yaml")
SHARE = "T01-03"


@pytest.mark.parametrize(
    ("code", "last", "now", "hint"),
    [
        # two decimals of ten thousands of yuan: 0.0408 hundred millions of yuan are 408, 3,100,000 yuan are 310
        ("T25-05", "340.8,,", "0.0408,,", "像是按“亿元”填的，2023-07 是 340.8：按“万元”应是 408，请核对。"),
        ("T25-05", "340.8,,", "408.123,,", "核对数和计量单位。"),
        ("T25-05", "340.8,,", "0.4081,,", "2023-07 是 340.8：如果少写了 3 位，应在 408.1 左右；请核对。"),
        (
            "T25-06",
            ",521,989",
            ",3100000,989",
            "2023-07 是 521：如果是按“元”填的当月数，加上次的是 831；如果多写了 0，应是 310；请核对。",
        ),
        ("T25-06", ",521,989", ",0.0522,0.0990", "像是按“亿元”填的，2023-07 是 521：按“万元”应是 522，请核对。"),
    ],
)
def test_an_error_is_told_as_another_measure_unit_where_the_last_figure_shows_it(
    code: str, last: str, now: str, hint: str
) -> None:
    rows = [f"2023-{month},婺城区,{code},,{each},," for month, each in (("07", last), ("08", now))]
    found = check_rows(*rows, plan=OF_2023, today=None).diagnostics
    told = next(each for each in found if each.rule.code in ("MZ404", "MZ407") and each.indicator)
    assert told.hint == hint
    assert told.meant == (named[1] if (named := re.search("”应是 ([0-9.]+)，", hint)) else "")


@pytest.mark.parametrize(
    ("parts", "hint"),
    [
        ("24000,294", "2023-07 是 219：如果多写了 0，应是 240；请核对。"),
        ("2401,294", "核对是否填反"),  # no tenth of a person
        ("4000,294", "核对是否填反"),  # 400 of 294, and 40 is far from 219
        ("294,240", "应是 240/294，请核对。"),
    ],
)
def test_a_numerator_with_digits_too_many_is_told_the_one_meant(parts: str, hint: str) -> None:
    rows = [f"2023-{month},婺城区,T02-06,,,{each},," for month, each in (("07", "219,294"), ("08", parts))]
    (found,) = [each for each in check_rows(*rows, plan=OF_2023, today=None).diagnostics if each.rule.code == "MZ404"]
    assert hint in found.hint


def test_a_value_above_hundred_is_told_what_its_parts_give() -> None:
    found = check_rows("2023-08,婺城区,T02-06,,8000,240,300,,", plan=OF_2023, today=None).diagnostics
    assert [each.hint for each in found if each.rule.code == "MZ406"] == ["240/300 是 80.00。可以不填，由程序计算。"]


def test_no_figure_is_told_that_is_above_its_whole() -> None:
    """3,100,000 yuan are 310 ten thousands of yuan, above 200."""
    rows = [f"2023-{month},婺城区,T25-06,,,{each},," for month, each in (("07", "521,989"), ("08", "3100000,200"))]
    found = check_rows(*rows, plan=OF_2023, today=None).diagnostics
    assert not any("像是按“元”填的" in each.hint for each in found)


@pytest.mark.parametrize(
    ("last", "now", "hint"),
    [
        # 252/294 is 85.71 %, and 86/100 in place of the parts would go back once more
        (",219,294", "85.7,86,100", "像是把百分数填成了“86/100”：分子、分母都要填个数（{meaning}）。{beside}"),
        (",219,294", "80,252,294", "252/294 是 85.71。{beside}"),
        ("", "80,252,294", "252/294 是 85.71。"),
        ("", "85.7,86,100", "像是把百分数填成了“86/100”：分子、分母都要填个数（{meaning}）。"),
        ("", "70,86,100", "86/100 是 86.00。"),
    ],
)
def test_a_ratio_off_its_parts_is_told_beside_the_last_ones(last: str, now: str, hint: str) -> None:
    rows = [f"2023-{month},婺城区,T02-06,,{each},," for month, each in (("07", last), ("08", now)) if each]
    found = check_rows(*rows, plan=OF_2023, today=None).diagnostics
    meaning = "分子是年内已参训的在岗经办人员数（去重），分母是期末在岗经办人员数"
    (told,) = (each.hint for each in found if each.rule.code == "MZ405")
    assert told == hint.format(meaning=meaning, beside="2023-07 是 219/294，核对是哪个数填错了。")


@pytest.mark.parametrize(("parts", "count"), [("72.5,400", 290), ("33.33,100", 0), ("0.5,7", 0)])
def test_half_a_thing_of_a_share_is_told_as_a_percentage(parts: str, count: int) -> None:
    """72.5 % of 400 are 290; of 7, half a per cent is none."""
    found = check_rows(f"2031-03,青山县,{SHARE},,,{parts},,", plan=PLAN, today=None).diagnostics
    (finding,) = [each for each in found if each.rule.code == "MZ407"]
    assert (f"如果填的是百分数，分子约是 {count}：" in finding.hint) == bool(count)


@pytest.mark.parametrize("word", ["无", "没有", "—", "/", "暂无", "零", "同上", "持平", "无变化", ""])
@pytest.mark.parametrize(
    ("code", "last", "now", "hint"),
    [
        ("T01-01", "17,,", "{word},,", "没有新进展的，仍填上次报的累计数；"),
        ("T01-02", "17,,", "{word},,", "没有变化的，仍填上次报的数；"),
        ("T01-03", ",17,20", ",{word},20", "没有变化的，仍填上次报的数；"),
        ("T01-01", "0,,", "{word},,", "没有发生填 0；"),
    ],
)
def test_nothing_is_0_only_where_that_stands_beside_the_last_figure(
    word: str, code: str, last: str, now: str, hint: str
) -> None:
    """Obeyed, a 0 after 17 was told as a total that falls, or a level that is gone."""
    rows = [f"2031-01,青山县,{code},,{last},,", f"2031-02,青山县,{code},,{now.format(word=word)},还在统计,"]
    if code == "T01-03" and not word:
        return  # a ratio that lacks a part is told as that
    (found,) = check_rows(*rows, plan=PLAN, today=None).diagnostics
    figure = last.strip(",").replace(",", "/")
    beside = "" if figure == "0" else f"2031-01 是 {figure}，请核对。"
    assert (found.hint[: len(hint)], found.hint.partition("什么都不填。")[2]) == (hint, beside)


@pytest.mark.parametrize(("last", "together"), [("0", [[5, 6, 7]]), ("17", [[6], [5, 7]])])
def test_rows_are_told_together_if_0_stands_in_each_of_them(last: str, together: list[list[int]]) -> None:
    units = "青山县", "绿水县", "高新区"
    rows = [f"2031-01,{unit},T01-01,,{last if unit == '绿水县' else 0},,,," for unit in units]
    rows += [f"2031-02,{unit},T01-01,,无,,,," for unit in units]
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    assert [list(each.lines) for each in found] == together
    assert [each.hint.startswith("没有发生填 0；") for each in found] == [each != [6] for each in together]


def test_a_sum_that_was_not_added_up_is_told_in_the_plans_measure_unit() -> None:
    """25.2万 yuan are 25.2 ten thousands of yuan."""
    rows = ["2023-07,婺城区,T25-05,,340.8,,,,", "2023-08,婺城区,T25-05,,340.8+25.2万,,,,"]
    (found,) = [each for each in check_rows(*rows, plan=OF_2023, today=None).diagnostics if each.rule.code == "MZ213"]
    assert found.hint == "填合计的数：是否应是 366？"


def test_a_number_in_ten_thousands_that_does_not_follow_the_last_is_told_with_all_that_may_have_been_meant() -> None:
    """34.9 ten thousands of yuan came in August, or of 349 a digit is lost."""
    rows = ["2023-07,婺城区,T25-05,,340.8,,,,", "2023-08,婺城区,T25-05,,34.9万,,,,"]
    (found,) = [each for each in check_rows(*rows, plan=OF_2023, today=None).diagnostics if each.rule.code == "MZ216"]
    assert found.hint == (
        "换算成以“万元”为单位的数，只填数。"
        "2023-07 是 340.8：如果填的是当月数，累计数应是 375.7；如果少写了 1 位，应在 349 左右；请核对。"
    )
    assert not found.meant


@pytest.mark.parametrize(
    ("last", "now", "meant"),
    [
        ("2032,1136087", "2040,113.61万", ""),  # it is what the last one would be written as
        ("2032,1136087", "2040,113.6万", ""),
        ("2032,1136087", "2040,113.6087万", "1136087"),
        ("2032,1136100", "2040,113.61万", "1136100"),
        ("2032,1135087", "2040,113.61万", "1136100"),  # 113.51万
    ],
)
def test_a_number_in_ten_thousands_is_exact_unless_the_last_one_is_written_so_too(
    last: str, now: str, meant: str
) -> None:
    rows = [f"2023-09,义乌市,T12-05,,,{last},,", f"2023-10,义乌市,T12-05,,,{now},,"]
    (found,) = [each for each in check_rows(*rows, plan=OF_2023, today=None).diagnostics if each.rule.code == "MZ216"]
    assert found.meant == meant
    assert meant or found.hint.endswith(f"2023-09 是 {last.replace(',', '/')}，请核对。")
