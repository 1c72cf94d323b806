"""`mzplan explain` on files."""

import json
from pathlib import Path

import pytest

from conftest import run
from factory import write_project
from workbooks import WRITERS, rows_of

pytestmark = pytest.mark.untraced

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_project(tmp_path))
    return tmp_path


def test_a_number_goes_back_to_the_lines_of_the_users_own_files(project: Path, capsys: Capture) -> None:
    assert run("explain", "t01-01", "南") == 0
    shown = capsys.readouterr().out
    place = next(line for line in shown.splitlines() if "采用" in line).split()[2]
    path, line = place.rsplit(":", 1)
    row = Path(path).read_text("utf-8-sig").splitlines()[int(line) - 1]
    assert row == "2023-05,南县,T01-01,10,,,本地没有此项"
    path, line = (
        next(line for line in shown.splitlines() if "分解依据" in line).split("：")[1].split("（")[0].split(":")
    )
    assert Path(path).read_text("utf-8-sig").splitlines()[int(line) - 1] == "T01-01,south,30,reference,按人口"


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_a_record_of_a_workbook_is_told_by_its_sheet_and_cell(project: Path, capsys: Capture, ending: str) -> None:
    """As findings are: of a ratio where its first part stands, and of one that is left out likewise."""
    report = Path("data/2023-05/south.csv")
    rows = rows_of(report.read_text("utf-8-sig"))
    report.unlink()
    report.with_suffix(ending).write_bytes(WRITERS[ending](rows))
    for number, row in enumerate(rows[1:], 2):
        place = f"填报表!{'D' if row[3] else 'E'}{number}"
        assert run("explain", row[2], "南", "--format", "json", "--period", "2023-05") == 0
        (found,) = (each for each in json.loads(capsys.readouterr().out)["records"] if each["period"] == "2023-05")
        assert (found["path"], found["line"], found["cell"]) == (f"data/2023-05/south{ending}", number, place)
        assert run("explain", row[2], "南", "--period", "2023-05") == 0
        assert f"data/2023-05/south{ending} {place}" in capsys.readouterr().out
    rows[1][3] = "1O"
    report.with_suffix(ending).write_bytes(WRITERS[ending](rows))
    assert run("explain", rows[1][2], "南", "--period", "2023-05") == 0
    assert f"data/2023-05/south{ending} 填报表!D2 MZ" in capsys.readouterr().err


def test_a_file_that_is_no_report_is_told_and_ends_a_check_alone(project: Path, capsys: Capture) -> None:
    Path("data/2023-05/说明.txt").write_text("各县报表", "utf-8")
    for command, code in (("check", 1), ("explain T01-01", 0), ("status", 0)):
        assert run(*command.split()) == code
        assert "data/2023-05/说明.txt" in "".join(capsys.readouterr())


def test_without_a_unit_it_is_the_citys_number(project: Path, capsys: Capture) -> None:
    assert run("explain", "新增床位", "--format", "json", "--period", "2023-05") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["unit"], found["period"]) == (None, "2023-05")
    assert found["steps"][0] == {"name": "actual", "formula": "25 + 10 + 6", "value": "41"}
    assert run("explain", "新增床位", "全市", "--format", "json", "--period", "2023-05") == 0
    assert json.loads(capsys.readouterr().out) == found


def test_the_preset_is_the_one_asked_for(project: Path, capsys: Capture) -> None:
    assert run("explain", "T01-01", "zone", "--lights", "yinchuan-2025") == 0
    shown = capsys.readouterr().out
    assert "低于序时达到10个百分点为黄灯，超过30个百分点为红灯" in shown
    assert "差距 -5.0 个百分点 → 绿灯 → 达序时" in shown


def test_a_row_left_out_is_told_of(project: Path, capsys: Capture) -> None:
    bad = project / "data/2023-06/zone.csv"
    bad.write_text(bad.read_text("utf-8-sig").replace("T01-01,9,", "T01-01,九,"), encoding="utf-8")
    assert run("explain", "T01-01", "zone") == 0
    shown = capsys.readouterr()
    assert "沿用" in shown.out
    assert "data/2023-06/zone.csv:2" in shown.err
    assert run("explain", "T01-02", "zone") == 0
    assert capsys.readouterr().err == ""


def test_it_is_written_whole_to_a_file(project: Path) -> None:
    assert run("explain", "T01-01", "--output", "why.md", "--format", "markdown") == 0
    assert Path("why.md").read_text().startswith("# T01-01 新增床位 · 全市 · 2023-06\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("T09-99",), "没有指标 T09-99"),
        (("T01-01", "南先"), "是否要写 南县？"),
        (("T01-01", "bureau"), "市本级既不填报也不考核指标 T01-01"),
        (("T01-01", "--format", "csv"), "可用的有：text、markdown、html、latex、docx、json"),
        (("T01-01", "--period", "2023-13"), "不是报告期"),
        (("T01-01", "--period", "2023-11"), "2023-11 没有任何填报记录"),
        ((), "缺少必填的参数"),
    ],
)
def test_what_means_nothing_ends_with_2(project: Path, capsys: Capture, arguments: tuple[str, ...], words: str) -> None:
    assert run("explain", *arguments) == 2
    assert words in capsys.readouterr().err
