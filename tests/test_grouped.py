"""What is told of many rows at once: one remedy, and of each row no less than is told of it alone."""

import json
import re
from pathlib import Path

import pytest

from conftest import run
from mzplan.check.folded import narrowed
from mzplan.diagnostics import Diagnostic
from test_clerk import ROOT, Rows, checked, october, project, put, written

__all__ = ["project"]

Cells = dict[str, str]
OF_ALL_KINDS = {
    "T05-04": "9（同上月）",
    "T05-03": "七家",
    "T03-07": "301个",
    "T17-02": "1（9月）",
    "T09-06": "￥44.6",
    "T03-01": "一个",
    "T09-07": "45家（含新增2家）",
    "T25-09": "6项",
}
MONTHS = {"T05-04": "16", "T03-07": "24", "T03-08": "150", "T17-07": "12", "T05-03": "14", "T25-05": "300"}
YUAN = {"T09-06": "446000", "T16-09": "1690000", "T25-05": "22660000"}
AS_BEFORE = {"T05-04": "同9月", "T05-03": "同9月", "T03-07": "同9月"}
IN_UNITS = {"T03-06": "15个", "T05-02": "10个", "T05-05": "8家", "T20-05": "6项", "T05-04": "141人", "T17-07": "310人"}


def found(project: Path, cells: Cells) -> list[Diagnostic]:
    """What is said of the figures of 义乌市's report of October with these cells in it."""
    rows: Rows = october()
    for code, text in cells.items():
        put("value", text, code)(rows)
    return [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]


def told(findings: list[Diagnostic]) -> dict[str, tuple[str, str, str]]:
    """By indicator the rule, the remedy and the figure meant."""
    singles = [single for finding in findings for single in finding.singly()]
    return {each.indicator: (each.rule.code, each.hint, each.meant) for each in singles}


@pytest.mark.untraced
@pytest.mark.parametrize("cells", [OF_ALL_KINDS, MONTHS, YUAN, AS_BEFORE, IN_UNITS])
def test_a_row_among_many_is_told_what_it_is_told_alone(project: Path, cells: Cells) -> None:
    alone = [told(found(project, {code: text})) for code, text in cells.items()]
    assert told(found(project, cells)) == {code: each for single in alone for code, each in single.items()}


def test_cells_that_are_mended_in_different_ways_are_told_apart(project: Path) -> None:
    """照此改 beside 1（9月） would have September's figure filed."""
    apart = found(project, OF_ALL_KINDS)
    assert [each.parts for each in apart] == [()] * 8
    assert {each.indicator: each.hint for each in apart}["T17-02"].startswith("像是照“上次填报”一栏抄的")


def test_cells_that_are_mended_in_one_way_are_told_together_each_with_its_figure(project: Path) -> None:
    """Each must write another figure."""
    by_size = sorted(found(project, {**IN_UNITS, "T17-02": "1（9月）"}), key=lambda each: len(each.parts))
    assert [len(each.parts) for each in by_size] == [0, 6]
    assert {part.indicator: part.meant for part in by_size[1].parts} == {
        code: re.sub(r"\D", "", text) for code, text in IN_UNITS.items()
    }


def test_what_is_left_of_many_is_told_with_its_own_figure(project: Path) -> None:
    """As of the rows that have changed."""
    (yuan,) = found(project, YUAN)
    last = narrowed(yuan, yuan.parts[1:])
    assert (last.indicator, last.meant, last.hint.partition("；")[0]) == ("T16-09", "169", "按“万元”应是 169")
    assert narrowed(yuan, yuan.parts[2:]).hint == yuan.parts[2].hint


@pytest.mark.parametrize("cells", [YUAN, {"T09-06": "446000"}, {"T05-04": "1410"}])
def test_no_words_are_given_that_would_clear_a_figure_that_is_off_by_its_digits(project: Path, cells: Cells) -> None:
    for each in found(project, cells):
        assert "比上次增加__" in each.hint


def shown(project: Path, monkeypatch: pytest.MonkeyPatch, cells: Cells, *options: str) -> int:
    rows = october()
    for code, text in cells.items():
        put("value", text, code)(rows)
    (project / "plan/2023.yaml").write_bytes((ROOT / "plan" / "2023.yaml").read_bytes())
    (project / "data/2023-10/yiwu.csv").write_text(written(rows), encoding="utf-8")
    monkeypatch.chdir(project)
    return run("check", "data/2023-10/yiwu.csv", "--today", "2023-11-05", *options)


def test_the_screen_names_place_indicator_and_figure_of_each(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(project, monkeypatch, MONTHS) == 1
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("  各处：") + 1
    names = ("引导社会力量参与救助人数", "服务困难群众人次")
    assert [re.sub(r"^ {4}E\d+ ", "", line) for line in lines[start : start + 2]] == [
        f"T03-07 {names[0]}：24",  # 257, or about 240
        f"T03-08 {names[1]}：150 → 2614",
    ]


def test_so_do_the_formats_for_programs(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(project, monkeypatch, MONTHS, "--format", "json") == 1
    (months,) = [each for each in json.loads(capsys.readouterr().out)["diagnostics"] if each["code"] == "MZ501"]
    meant = {"T03-08": "2614", "T17-07": "312", "T05-03": "204"}  # the others may as well have lost a digit
    assert {each["indicator"]: each["meant"] for each in months["parts"] if each["meant"]} == meant
    for name in ("sarif", "github"):
        shown(project, monkeypatch, MONTHS, "--format", name)
        output = capsys.readouterr().out
        assert [code for code, figure in meant.items() if f"→ {figure}" not in output] == []


def test_all_of_a_whole_is_no_number_and_the_whole_is_offered(project: Path) -> None:
    rows = october()
    put("numerator", "全部", "T08-06")(rows)
    (all_of_them,) = [
        each for each in checked(project, written(rows).encode()).diagnostics if each.field == "numerator"
    ]
    assert all_of_them.hint == "全部都是的，分子和分母一样：14。"


def test_percentages_without_their_parts_are_one_finding_be_they_per_cent_or_per_ten_thousand(project: Path) -> None:
    rows = october()
    for code in ("T05-06", "T05-07", "T12-05"):
        for field, text in (("value", "80%"), ("numerator", ""), ("denominator", "")):
            put(field, text, code)(rows)
    (one,) = [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]
    assert (one.rule.code, [part.indicator for part in one.parts]) == ("MZ401", ["T05-06", "T05-07", "T12-05"])


@pytest.mark.parametrize(("parts", "is_error"), [("19650/36500", True), ("1965/3650", False), ("25000/36500", False)])
def test_both_parts_of_a_growing_whole_tenfold_alike_are_an_error_with_the_figures_meant(
    project: Path, parts: str, is_error: bool
) -> None:
    """September has 1930/3581."""
    rows = october()
    for field, text in zip(("numerator", "denominator"), parts.split("/"), strict=True):
        put(field, text, "T25-06")(rows)
    errors = [each for each in checked(project, written(rows).encode()).diagnostics if each.severity == "error"]
    assert [each.meant for each in errors] == ["分子 1965、分母 3650"] * is_error


def of_parts(project: Path, cells: dict[str, str]) -> list[Diagnostic]:
    """What is said of ratios with these parts; September has 296/362, 9/14, 14/14 and 2032/1136087."""
    rows = october()
    for code, text in cells.items():
        for field, part in zip(("numerator", "denominator"), text.split("/"), strict=True):
            put(field, part, code)(rows)
    return [each for each in checked(project, written(rows).encode()).diagnostics if each.rule.code != "MZ511"]


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        ({"T05-06": "362/302"}, ["302/362"]),
        ({"T05-06": "362/302", "T05-07": "14/9"}, ["302/362", "9/14"]),
        ({"T05-06": "363/362"}, []),  # the numerator has grown beyond its whole
        ({"T05-06": "362/30"}, []),  # exchanged it would be a tenth
        ({"T05-06": "362/290"}, ["290/362"]),
    ],
)
def test_parts_in_each_others_place_are_told_with_the_parts_meant(
    project: Path, cells: dict[str, str], meant: list[str]
) -> None:
    (told,) = of_parts(project, cells)
    assert [hint[1] for each in told.singly() if (hint := re.search(r"应是 (\d+/\d+)，", each.hint))] == meant
    written = [f"分子 {above}、分母 {below}" for above, _, below in (each.partition("/") for each in meant)]
    assert [each.meant for each in told.singly() if each.meant] == written


@pytest.mark.parametrize(
    ("above", "meant"),
    [("20355", "2035"), ("22035", "2035"), ("20235", ""), ("20340", "2034")],  # of which digit is too many nobody knows
)
def test_beside_a_whole_that_has_not_changed_the_part_is_named_and_what_it_is_without_a_digit_typed_twice(
    project: Path, above: str, meant: str
) -> None:
    (told,) = of_parts(project, {"T12-05": f"{above}/1136087"})
    assert ("的分子多半" in told.message, told.meant) == (True, meant)


def test_stages_in_other_words_are_one_finding_and_each_has_its_own(project: Path) -> None:
    done = {"T02-03": "完成", "T03-10": "√", "T04-03": "100%", "T05-01": "是", "T06-05": "已办结"}
    (told,) = found(project, {**done, "T08-04": "进行中"})
    assert {part.indicator: part.meant for part in told.parts} == {**dict.fromkeys(done, "已完成"), "T08-04": "推进中"}
    unknown, known = sorted(
        found(project, {"T02-03": "完成", "T03-10": "待办", "T04-03": "√"}), key=lambda each: each.meant
    )
    assert (unknown.indicator, [part.indicator for part in known.parts]) == ("T03-10", ["T02-03", "T04-03"])


def test_nothing_to_report_and_the_same_as_the_whole_are_told_as_their_sisters_are(project: Path) -> None:
    nothing, none = (found(project, {"T05-03": word})[0] for word in ("零报告", "无"))
    assert (nothing.rule, nothing.hint) == (none.rule, none.hint)
    for word in ("同分母", "与分母相同", "等于分母", "跟分母一样"):
        (told,) = of_parts(project, {"T08-06": f"{word}/14"})
        assert told.meant == "14"
