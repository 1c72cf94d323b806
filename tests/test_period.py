import pytest

from conftest import through
from mzplan.period import Period
from mzplan.submissions.names import Names
from rule_examples import PLAN


@pytest.mark.parametrize("text", ["2023-01", "2023-12", "0999-06"])
def test_a_period_prints_as_it_parses(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize("period", [Period(2023, 1), Period(2023, 10), Period(999, 12)])
def test_a_cell_may_have_a_period_as_it_prints_or_as_forms_have_it(period: Period) -> None:
    assert Period.written(str(period)) == Period.written(period.on_forms) == period


def test_forms_have_a_period_in_words() -> None:
    assert Period(2023, 6).on_forms == "2023年6月"
    for text in ("2023年06月", "2023年6月份", "2023年13月", "２０２３年6月", " 2023年6月"):
        with pytest.raises(ValueError, match="not a period"):
            Period.written(text)


@through("text", ["", "2023", "2023-13", "2023-00", "2023-1", "202301", "２０２３-01", "2023-01-01", " 2023-01"])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2023年6月", "2023年06月份", "2023/6", "2023.06", "202306", "2023-6", "2023年第6月"])
def test_common_other_spellings_are_understood(text: str) -> None:
    assert Period.guess(text) == Period(2023, 6)


@pytest.mark.parametrize("text", ["6月", "2023-13", "上半年", ""])
def test_what_cannot_be_a_month_is_not_guessed(text: str) -> None:
    assert Period.guess(text) is None


def test_periods_are_ordered_and_shift_over_the_year() -> None:
    assert Period(2022, 12) < Period(2023, 1) < Period(2023, 2)
    assert Period(2023, 1).shift(-1) == Period(2022, 12)
    assert Period(2023, 12).shift(2) == Period(2024, 2)


@pytest.mark.parametrize("spelling", ["Oct-{}", "{}-Oct", "October '{}"])
def test_two_digits_beside_the_name_of_a_month_are_a_year(spelling: str) -> None:
    read = {tail: Period.readings(spelling.format(f"{tail:02d}"), 2023) for tail in range(2, 100) if tail != 31}
    assert read == {tail: {Period(2000 + tail, 10)} for tail in read}


def test_unless_they_are_the_first_or_the_last_of_a_month() -> None:
    for day in (1, 31):
        assert Period.readings(f"Oct-{day:02d}", 2023) == {Period(2000 + day, 10), Period(2023, 10)}
    assert Period.readings("30-Oct", 2023) == {Period(2030, 10)}


@through(
    "text",
    [
        *(
            "10月31日",
            "10月31号",
            "10月1日",
            "2023年10月31日",
            "10/31/2023",
            "31/10/2023",
            "31-Oct",
            "10月底",
            "2023年10月末",
        ),
        *("二0二三年十月", "2〇23年10月", "二○二三年10月31日", "2023—10", "2023–10", "2023−10月", "2023~10"),
        *(
            "2023年1-10月",
            "2023年1—10月",
            "1-10月",
            "1月至10月",
            "2023年1-10月(累计)",
            "2023年1-10月累计",
            "一月至十月",
        ),
        *("截至10月底", "截至2023年10月31日", "1月1日-10月31日", "2023年10月1日-31日", "10月1日至10月31日"),
        *("2023.10.1-2023.10.31", "10-23", "10.23", "10.1", "10-31"),
    ],
)
def test_what_a_month_is_called_by_its_last_day_its_total_or_its_digits_is_that_month(text: str) -> None:
    assert Period(2023, 10) in Period.readings(text, 2023)


@through(
    "text",
    [
        "10月30日",
        "9月31日",
        "2023年2-10月",
        "3-10月",
        "1-13月",
        "13月31日",
        "10/30/2023",
        "2023年1-10",
        "10月1日-30日",
        "9月1日-10月31日",
        "10.12",
    ],
)
def test_any_other_day_and_a_stretch_from_another_month_are_none(text: str) -> None:
    assert Period.readings(text, 2023) == frozenset()


def test_only_a_folder_makes_an_october_of_a_january() -> None:
    names = Names(PLAN)
    assert names.period("2031.1") == (Period(2031, 1), "2031-01")
    names.begin_file(Period(2031, 10))
    assert names.period("2031.1") == (Period(2031, 10), "2031-10")
    assert names.period("2030.1") == (Period(2030, 1), "2030-01")
