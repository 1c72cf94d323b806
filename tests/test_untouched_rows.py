"""A row of the form in which nothing is filled in is no row: all that is said is what is said without it."""

import json
import shutil
from collections.abc import Sequence
from itertools import cycle, product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Mzplan, few
from repositories import Git, commit, git
from workbooks import WRITERS

__all__ = ["git"]

pytestmark = pytest.mark.untraced

PLANS = Path(__file__).parent / "plans"
HEADER = ["报告期", "填报单位", "指标编码", "指标名称", "完成值", "分子", "分母", "说明", "佐证"]
FILLED = {
    "T01-01": ("服务类救助项目数", "30", "", "", "", ""),
    "T01-02": ("助餐点覆盖率", "", "40", "60", "", ""),
    "T02-01": ("四A级社会组织数", "12", "", "", "", ""),
    "T02-02": ("发展规划", "推进中", "", "", "", ""),
}
CELLS = {"T01-01": "E2", "T01-02": "F3", "T02-01": "E4", "T02-02": "E5"}
"""Where the figure of each is to be filled in."""
FIGURES_CELL = pytest.mark.parametrize("code", FILLED)
ENDINGS = pytest.mark.parametrize("ending", [".csv", *WRITERS])
JUNE = "data/2023-06/jia"


def report(month: str, unit: str, blank: Sequence[str] = (), absent: Sequence[str] = ()) -> list[list[str]]:
    """A whole report but for some rows: those in which nothing is filled in, and those that are not there."""
    rows = [
        [month, unit, code, cells[0], *(("",) * 5 if code in blank else cells[1:])]
        for code, cells in FILLED.items()
        if code not in absent
    ]
    return [HEADER, *rows]


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(",".join(row) + "\n" for row in rows).encode()
    path.write_bytes(WRITERS[path.suffix](rows) if path.suffix in WRITERS else lines)


def project(folder: Path, ending: str = ".csv") -> Path:
    """The counties have reported May, and two of them June."""
    (folder / "plan").mkdir(parents=True)
    shutil.copy(PLANS / "tiny.yaml", folder / "plan/2023.yaml")
    shutil.copy(PLANS / "tiny.breakdown.csv", folder / "plan/2023.breakdown.csv")
    for unit, name in (("jia", "甲县"), ("yi", "乙市"), ("devzone", "示范开发区")):
        write(folder / f"data/2023-05/{unit}.csv", report("2023-05", name))
    write(folder / f"{JUNE}{ending}", report("2023-06", "甲县"))
    write(folder / "data/2023-06/yi.csv", report("2023-06", "乙市"))
    return folder


def said(mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> Any:
    """What a command says in the folder, but for the places of findings."""
    monkeypatch.chdir(folder)
    ran = mzplan(*arguments)
    if "json" not in arguments:
        return ran
    document = json.loads(ran.out)
    for each in document.get("diagnostics", ()):
        for place in ("line", "column", "cell", "lines", "parts"):
            del each[place]
    return ran.code, document, ran.err


COMMANDS = (
    ("check", "--format", "json"),
    ("check", "--format", "json", "--strict"),
    ("check", "--fix", "--format", "json"),
    ("status", "--period", "2023-06", "--format", "json"),
    ("status", "--period", "2023-06"),
    ("status", "--period", "2023-06", "--only", "missing"),
    ("summary", "--period", "2023-06"),
    ("explain", "T01-01", "甲县", "--period", "2023-06"),
    ("template", "--unit", "甲县", "--period", "2023-07"),
)


UNTOUCHED = [*(((code,), ()) for code in FILLED), (("T01-02", "T02-02"), ()), (("T02-01",), ("T01-01",))]


@few(("rows", "ending"), product(UNTOUCHED, [".csv", *WRITERS]), zip(UNTOUCHED, cycle([".csv", *WRITERS])))
def test_every_command_says_the_same_with_the_row_and_without_it(
    rows: tuple[tuple[str, ...], tuple[str, ...]], ending: str, tmp_path: Path, mzplan: Mzplan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    blank, absent = rows
    untouched, without = project(tmp_path / "untouched", ending), project(tmp_path / "without", ending)
    write(untouched / f"{JUNE}{ending}", report("2023-06", "甲县", blank, absent))
    write(without / f"{JUNE}{ending}", report("2023-06", "甲县", (), (*blank, *absent)))
    for command in COMMANDS:
        assert said(mzplan, monkeypatch, untouched, *command) == said(mzplan, monkeypatch, without, *command), command


@ENDINGS
@FIGURES_CELL
def test_the_warning_stands_at_the_cell_that_is_to_be_filled_in(
    ending: str, code: str, tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "p", ending))
    write(Path(f"{JUNE}{ending}"), report("2023-06", "甲县", (code,)))
    ran = mzplan("check", "--format", "json", f"{JUNE}{ending}")
    (told,) = json.loads(ran.out)["diagnostics"]
    line = int(CELLS[code][1:])
    assert ran.code == 0
    assert (told["code"], told["severity"], told["line"], told["lines"]) == ("MZ603", "warning", line, [line])
    assert told["cell"].split("!")[-1] == CELLS[code]


@FIGURES_CELL
@pytest.mark.parametrize("words", [("尚在统计", ""), ("", "https://example.org/1")])
def test_a_row_with_words_and_no_figure_is_an_error_at_the_figures_cell(
    code: str, words: tuple[str, str], tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "p"))
    rows = report("2023-06", "甲县", (code,))
    next(row for row in rows if row[2] == code)[7:] = words
    write(Path(f"{JUNE}.csv"), rows)
    ran = mzplan("check", "--format", "json", f"{JUNE}.csv")
    (told,) = json.loads(ran.out)["diagnostics"]
    assert (ran.code, told["severity"], told["cell"]) == (1, "error", CELLS[code])
    assert told["code"] == ("MZ401" if code == "T01-02" else "MZ210")


@pytest.mark.parametrize(("at", "cell"), [(5, "F3"), (6, "G3")])
def test_a_ratio_with_one_of_its_parts_is_an_error_at_the_other(
    at: int, cell: str, tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "p"))
    rows = report("2023-06", "甲县")
    rows[2][at] = ""
    write(Path(f"{JUNE}.csv"), rows)
    ran = mzplan("check", "--format", "json", f"{JUNE}.csv")
    assert [(each["code"], each["cell"]) for each in json.loads(ran.out)["diagnostics"]] == [("MZ401", cell)]


def test_an_untouched_row_beside_a_filled_one_of_the_same_indicator_says_nothing(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "p"))
    rows = report("2023-06", "甲县")
    write(Path(f"{JUNE}.csv"), [*rows, [*rows[1][:4], *[""] * 5]])
    ran = mzplan("check", "--format", "json", f"{JUNE}.csv")
    assert json.loads(ran.out)["diagnostics"] == []


@ENDINGS
def test_a_form_in_which_nothing_is_filled_in_is_no_report_and_no_failure(
    ending: str, tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    untouched, without = project(tmp_path / "untouched", ending), project(tmp_path / "without", ending)
    write(untouched / f"{JUNE}{ending}", report("2023-06", "甲县", tuple(FILLED)))
    (without / f"{JUNE}{ending}").unlink()
    monkeypatch.chdir(untouched)
    ran = mzplan("check", "--format", "json", f"{JUNE}{ending}")
    assert (ran.code, [each["code"] for each in json.loads(ran.out)["diagnostics"]]) == (0, ["MZ139"])
    for command in COMMANDS[3:]:
        assert said(mzplan, monkeypatch, untouched, *command) == said(mzplan, monkeypatch, without, *command), command


def test_an_annotated_copy_marks_what_is_not_filled_in_and_lists_what_is_not_there(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "p", ".xlsx"))
    write(Path(f"{JUNE}.xlsx"), report("2023-06", "甲县", ("T01-01", "T01-02"), ("T02-02",)))
    assert mzplan("check", f"{JUNE}.xlsx", "--annotate", "marked").code == 0
    book = openpyxl.load_workbook("marked/jia.xlsx")
    listed = [row[:3] for row in book["校验结果"].iter_rows(min_row=6, values_only=True) if row[0]]
    assert listed == [
        ("E2", "警告", "T01-01 服务类救助项目数没有填"),
        ("F3", "警告", "T01-02 助餐点覆盖率没有填"),
        ("整个文件", "警告", "缺 3 项应报的指标：T01-01 服务类救助项目数、T01-02 助餐点覆盖率、T02-02 发展规划"),
    ]
    assert book["填报表"]["E2"].comment is not None
    assert book["填报表"]["F3"].comment is not None


def test_nobody_is_late_for_a_form_in_which_nothing_is_filled_in(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """开发区 has not reported June: it is late for it, not silent between other months; none is late for July."""
    folder = project(tmp_path / "p")
    before = said(mzplan, monkeypatch, folder, "check", "--format", "json")
    write(Path("data/2023-07/devzone.csv"), report("2023-07", "示范开发区", tuple(FILLED)))
    after = said(mzplan, monkeypatch, folder, "check", "--format", "json")
    told = [each for each in after[1]["diagnostics"] if each["code"] != "MZ139"]
    assert told == before[1]["diagnostics"]
    assert {each["code"] for each in told} == {"MZ602"}


def test_forms_made_among_the_data_are_in_nobodys_way(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path / "p")
    commands = [
        ("status", "--format", "json"), ("status",), ("summary",), ("summary", "--unit", "甲县"),
        ("status", "--period", "2023-07"), ("summary", "--period", "2023-07"),
    ]  # fmt: skip
    before = [said(mzplan, monkeypatch, folder, *command) for command in commands]
    assert mzplan("template", "--all", "--period", "2023-07", "--output", "data/2023-07/").code == 0
    assert [said(mzplan, monkeypatch, folder, *command) for command in commands] == before
    ran = mzplan("check", "--format", "json", "data/2023-07")
    assert (ran.code, {each["code"] for each in json.loads(ran.out)["diagnostics"]}) == (0, {"MZ139"})


def test_a_baseline_knows_what_was_missing_whether_the_row_is_there_or_not(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "p"))
    blank = report("2023-06", "甲县", ("T01-02", "T02-01"))
    absent = report("2023-06", "甲县", (), ("T01-02", "T02-01"))
    for before, after in ((blank, absent), (absent, blank)):
        write(Path(f"{JUNE}.csv"), before)
        mzplan("check", "--write-baseline", "known.json", "--force", f"{JUNE}.csv")
        write(Path(f"{JUNE}.csv"), after)
        ran = mzplan("check", "--baseline", "known.json", "--format", "json", f"{JUNE}.csv")
        assert json.loads(ran.out)["diagnostics"] == []


@pytest.mark.parametrize(
    ("blank", "absent"),
    [(("T01-01", "T02-02"), ()), ((), ("T01-01", "T02-02")), (("T01-01",), ("T02-02",))],
)
def test_what_is_emptied_or_taken_out_is_told_by_what_has_changed(
    blank: tuple[str, ...],
    absent: tuple[str, ...],
    tmp_path: Path,
    mzplan: Mzplan,
    monkeypatch: pytest.MonkeyPatch,
    git: Git,
) -> None:
    monkeypatch.chdir(project(tmp_path / "p"))
    git("init", "-q")
    before = commit(git)
    write(Path(f"{JUNE}.csv"), report("2023-06", "甲县", blank, absent))
    ran = mzplan("check", "--since", before, "--ignore", "MZ614", "--format", "json", f"{JUNE}.csv")
    (told,) = json.loads(ran.out)["diagnostics"]
    assert (told["code"], told["severity"]) == ("MZ603", "warning")
    assert told["message"] == "缺 2 项应报的指标：T01-01 服务类救助项目数、T02-02 发展规划"
    deleted = json.loads(mzplan("check", "--since", before, "--format", "json", f"{JUNE}.csv").out)["diagnostics"]
    assert [each["code"] for each in deleted] == ["MZ614"], "it is told once: the figures are gone"


def test_what_is_filed_of_a_form_is_the_same_with_the_row_and_without_it(
    tmp_path: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = []
    for name, blank, absent in (("untouched", ("T01-02",), ()), ("without", (), ("T01-02",))):
        monkeypatch.chdir(project(tmp_path / name))
        Path(f"{JUNE}.csv").unlink()
        write(Path("inbox/甲县6月.xlsx"), report("2023年6月", "甲县", blank, absent))
        ran = mzplan("collect", "inbox")
        filed.append((ran.code, Path(f"{JUNE}.csv").read_bytes()))
    assert filed[0] == filed[1]
    assert filed[0][0] == 0
