"""What has been reported does not stop to apply: a total stands, of a level somebody is asked."""

import pytest

from rule_examples import PLAN, check_rows


def said(code: str, year: str, note: str = "辖区内没有这项工作") -> list[str]:
    """Month, severity and message of what is found of 青山县's year, in which every 不适用 has that note."""
    rows = []
    for month, figure in enumerate(year.split(), start=1):
        cells = f",{figure.replace('/', ',')}" if "/" in figure else f"{figure},,"
        rows.append(f"2031-{month:02d},青山县,{code},,{cells},{note if figure == '不适用' else ''},")
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    return [f"{each.period[5:]} {each.severity.value} {each.message}" for each in found if each.rule.code == "MZ513"]


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        # a count: each time, always with the last figure
        ("T01-01", "12 20 不适用", ["03 error 2031-02 报的是 20，现在填“不适用”"]),
        ("T01-01", "12 不适用 不适用", [f"{at} error 2031-01 报的是 12，现在填“不适用”" for at in ("02", "03")]),
        # what may go: asked once
        ("T01-02", "43 不适用 不适用", ["02 warning 2031-01 报的是 43，现在填“不适用”"]),
        ("T01-03", "20/50 不适用", ["02 warning 2031-01 报的是 20/50，现在填“不适用”"]),
        ("T01-04", "推进中 不适用", ["02 warning 2031-01 报的是 推进中，现在填“不适用”"]),
        # nothing has been reported
        *((code, "不适用 不适用", []) for code in ("T01-01", "T01-02", "T01-03", "T01-04")),
        ("T01-01", "0 0 不适用", []),
        ("T01-04", "未启动 不适用", []),
        ("T01-01", "不适用 20 21", []),
    ],
)
def test_what_has_been_reported_does_not_stop_to_apply(code: str, year: str, expected: list[str]) -> None:
    assert said(code, year) == expected


@pytest.mark.parametrize(
    ("note", "severity"),
    [
        ("1月误报12张，本县没有养老机构", "warning"),
        ("1月误报11张，本县没有养老机构", "error"),
        ("以前的数填错了，错在把老年公寓计入，原来是12", "warning"),  # as the remedy asks
        ("以前的数填错了，错在把老年公寓计入，原来是11", "error"),
        ("1月的12张是误填的老人数，本县不承担", "warning"),  # whose the figure is instead
        ("1月的12系兰溪市的数，填串了，本县没有养老机构", "warning"),
        ("1月误把12张老年公寓床位计入", "warning"),
        ("12张经实地核查不存在，本县没有养老机构", "warning"),
        ("任务已取消", "error"),
        ("1月的12张已交付，任务取消", "error"),  # an event, and the figure stands
        ("1月12张，本县不承担", "error"),
        ("1月报的12张不是笔误，本县没有养老机构", "error"),
    ],
)
def test_a_total_that_was_wrong_is_named_in_the_note(note: str, severity: str) -> None:
    assert [each.split()[1] for each in said("T01-01", "12 不适用", note)] == [severity]


@pytest.mark.parametrize(
    ("code", "year", "corrected"),
    [
        ("T01-01", "12 不适用", "不适用 不适用"),
        ("T01-02", "43 不适用", "不适用 不适用"),
        ("T01-03", "20/50 不适用", "不适用 不适用"),
        ("T01-04", "推进中 不适用", "不适用 不适用"),
    ],
)
def test_the_question_names_the_month_whose_correction_clears_it(code: str, year: str, corrected: str) -> None:
    note = "1月误报12张，本县没有养老机构"
    rows = [
        f"2031-{at:02d},青山县,{code},,{',' + figure.replace('/', ',') if '/' in figure else figure + ',,'},{told},"
        for at, figure, told in zip((1, 2), year.split(), ("", note), strict=False)
    ]
    found = [each for each in check_rows(*rows, plan=PLAN, today=None).diagnostics if each.rule.code == "MZ513"]
    assert [each.hint for each in found] == ["请核对；2031-01 的数填错了的，改那个月的表。"]
    assert said(code, corrected, note) == []
