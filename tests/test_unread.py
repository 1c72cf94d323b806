"""A report that is there but cannot be read: every command says so of its unit, and none takes it for silent."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Mzplan
from factory import write_project
from mzplan.scoring.progress import UNREAD
from repositories import Git, commit, git

__all__ = ["git"]

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
REPORT = "data/2023-06/zone.csv"
Spoil = Callable[[], object]
Spoiler = Callable[[str], object]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git: Git) -> None:
    """Of June north and the bureau have reported, south has not; the zone's report is there, and committed."""
    monkeypatch.chdir(write_project(tmp_path))
    git("init", "-q", ".")
    commit(git)


def _refused(monkeypatch: pytest.MonkeyPatch, refusal: OSError) -> None:
    """Let the system refuse the report to whoever opens it."""
    known, report = os.open, str(Path(REPORT).absolute())

    def opened(path: Any, *arguments: Any, **named: Any) -> int:
        if str(Path(path).absolute()) == report:
            raise refusal
        return known(path, *arguments, **named)

    monkeypatch.setattr(os, "open", opened)


@pytest.fixture(params=["forbidden", "in use", "failed", "not text", "a folder", "an empty folder"])
def spoil(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Make the zone's report one that cannot be read."""
    held = PermissionError(13, "Permission denied", REPORT)
    held.winerror = 32  # type: ignore[attr-defined,unused-ignore]  # as Windows has it

    def empty_folder() -> None:
        Path(REPORT).unlink()
        Path(REPORT).mkdir()

    def folder() -> None:
        empty_folder()
        Path(REPORT, "note.txt").write_text("")

    ways: dict[str, Spoil] = {
        "forbidden": lambda: _refused(monkeypatch, PermissionError(13, "Permission denied", REPORT)),
        "in use": lambda: _refused(monkeypatch, held),
        "failed": lambda: _refused(monkeypatch, OSError(22, "Invalid argument", REPORT)),
        "not text": lambda: Path(REPORT).write_bytes(b"\xff\xfe\x00\xd8\x00"),
        "a folder": folder,
        "an empty folder": empty_folder,
    }
    return ways[str(request.param)]


@pytest.mark.usefixtures("project")
def test_every_command_says_so_and_none_takes_the_unit_for_silent(mzplan: Mzplan, spoil: Spoil) -> None:
    """Check fails, the bulletin is refused, and what is shown all the same says it in one line."""
    spoil()
    checked = mzplan("check", "--format", "json")
    assert checked.code == 1
    assert "zone" in {Path(each["path"]).stem for each in json.loads(checked.out)["diagnostics"]}
    refused = mzplan("summary")
    assert (refused.code, refused.out) == (1, "")
    assert REPORT in refused.err
    for words, said in {
        "status": f"开发区{UNREAD}、南县未报",
        "status --format plain": f"{UNREAD}：开发区；未报：南县",
        "report": REPORT,
        "summary --draft": f"{UNREAD}1家（开发区），未报1家（南县）",
        "summary --kind reminder --draft --unit 开发区": f"{UNREAD}，应报的5项指标须重新报送",
        "explain T01-01 开发区": f"2023-06 {UNREAD}",
        "explain T01-01": f"开发区 2023-06 {UNREAD}",
        "impact HEAD": f"现在开发区 2023-06 {UNREAD}，没有位次",
    }.items():
        ran = mzplan(*words.split())
        assert (ran.code, said in " ".join(ran.out.split())) == (0, True), words


@pytest.mark.usefixtures("project")
def test_every_command_calls_two_refused_rows_of_a_report_what_they_are(mzplan: Mzplan) -> None:
    """Of north's five rows of June the beds (25 until May) and the money (never reported) cannot be taken."""
    report = Path("data/2023-06/north.csv")
    text = report.read_text("utf-8-sig")
    report.write_text(text.replace("T01-01,30", "T01-01,三百").replace("T03-01,300", "T03-01,abc"))
    for words, said in {
        "status": f"北县2项{UNREAD}、南县未报",
        "status --format plain": f"{UNREAD}：北县2项（1项从未报过） 未报：南县5项（1项从未报过）",
        "status --only missing": f"{UNREAD}（沿用 达序时） T03-01 帮扶资金 万元 仅统计贡献（{UNREAD}）",
        "status --unit 北县": f"保持达标1 {UNREAD}1 仅统计贡献2",
        "summary --draft": f"已报3项，{UNREAD}2项（新增床位和帮扶资金）",
        "summary --draft --unit 北县": f"{UNREAD}2项（新增床位和帮扶资金），6月数据应于",
        "summary --kind reminder --draft": f"已报3项，{UNREAD}2项（新增床位和帮扶资金）",
        "explain T01-01 北县": f"结论 {UNREAD}。",
        "impact HEAD": f"60.0* → 50.0* 50.0 达序时 → {UNREAD}（沿用 达序时）",
        "status --indicator T01-01": f"滞后（{UNREAD}1家、未报1家）",
    }.items():
        ran = mzplan(*words.split())
        assert (ran.code, said in " ".join(ran.out.split())) == (0, True), (words, ran.out)
    letter = mzplan("summary", "--draft", "--unit", "北县").out
    assert f"新增床位累计25张（6月{UNREAD}，沿用5月数据）" in letter
    assert "其中年内从未报送" not in letter
    assert mzplan("summary", "--draft", "-o", "draft.md").code == 0
    assert mzplan("summary", "--verify", "draft.md").code == 0
    rows = json.loads(mzplan("status", "--format", "json", "--unit", "北县").out)["rows"]
    assert {row["indicator"] for row in rows if row["unread"]} == {"T01-01", "T03-01"}


SPOILT: dict[str, Callable[[list[str]], object]] = {
    "nine in front": lambda cells: cells.__setitem__(4, f"9{cells[4]}"),
    "thousandfold": lambda cells: cells.__setitem__(4, f"{cells[4]}000"),
    "a word": lambda cells: cells.__setitem__(4, "abc"),
    "less than nothing": lambda cells: cells.__setitem__(4, "-3"),
    "in per cent": lambda cells: cells.__setitem__(4, f"{cells[4]}%"),
    "another month": lambda cells: cells.__setitem__(0, "2023-08"),
    "another unit": lambda cells: cells.__setitem__(1, "永康市"),
    "another name": lambda cells: cells.__setitem__(3, "别的指标"),
    "cells too many": lambda cells: cells.extend("xy"),
    "cells too few": lambda cells: cells.__delitem__(slice(5, None)),
    "a quote that does not end": lambda cells: cells.__setitem__(1, f'"{cells[1]}'),
}


@pytest.mark.parametrize("count", [1, 3, 7])
@pytest.mark.parametrize("spoilt", SPOILT)
def test_every_row_that_was_sent_and_not_taken_is_called_so_however_many_are_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan, spoilt: str, count: int
) -> None:
    """Of the shipped report of 婺城区 the first rows with a figure of three digits or fewer."""
    for month in ("2023-08", "2023-09"):
        shutil.copytree(ROOT / "data" / month, tmp_path / "data" / month)
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    monkeypatch.chdir(tmp_path)
    report = Path("data/2023-09/wucheng.csv")
    lines = report.read_text("utf-8").splitlines()
    figures = [at for at, line in enumerate(lines) if line.split(",")[4].isdigit()][:count]
    sent = {lines[at].split(",")[2] for at in figures}
    for at in figures:
        cells = lines[at].split(",")
        SPOILT[spoilt](cells)
        lines[at] = ",".join(cells)
    report.write_text("\n".join(lines) + "\n", "utf-8")
    found = json.loads(mzplan("status", "--period", "2023-09", "--unit", "婺城区", "--format", "json").out)["rows"]
    silent = [row for row in found if row["indicator"] in sent and row["status"] == "missing"]
    assert all(row["unread"] for row in silent), silent
    assert silent or spoilt == "in per cent"


@pytest.mark.usefixtures("project")
def test_a_month_whose_folder_cannot_be_looked_into_is_nobodys_silence(
    mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """May's folder is closed: nobody is told to have left it out."""
    known = os.scandir

    def scandir(path: Any = ".") -> Any:
        if str(path).rstrip("/").endswith("2023-05"):
            raise PermissionError(13, "Permission denied", str(path))
        return known(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = json.loads(mzplan("check", "--format", "json").out)["diagnostics"]
    assert [each["path"] for each in found if each["code"] == "MZ101"] == ["data/2023-05"]
    assert not [each for each in found if each["code"] in ("MZ601", "MZ602") and "2023-05" in each["path"]]
    assert f"2023-05 {UNREAD}" in " ".join(mzplan("explain", "T01-01", "开发区").out.split())


@pytest.mark.usefixtures("project")
def test_of_who_is_late_nobody_says_that_later_months_came_which_cannot_be_looked_into(mzplan: Mzplan) -> None:
    """Of June all but south have reported; July's folder is a link to nowhere."""
    Path("data/2023-07").symlink_to("nowhere")
    found = json.loads(mzplan("check", "--format", "json", "--today", "2023-12-31").out)["diagnostics"]
    assert [each["code"] for each in found if each["path"] == "data/2023-06/south.csv"] == ["MZ602"]


def _away(path: str) -> None:
    far = Path.cwd().with_name(f"{Path.cwd().name}-far")
    Path(path).rename(far)
    Path(path).symlink_to(far)


def _dangling(path: str) -> None:
    shutil.rmtree(path)
    Path(path).symlink_to("nowhere")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("spoil", [_away, _dangling])
@pytest.mark.parametrize("path", ["data", "data/2023-06"])
def test_no_command_takes_data_that_cannot_be_read_for_silence(mzplan: Mzplan, path: str, spoil: Spoiler) -> None:
    """All the data, or the month's, are a share that is not read: every command refuses in the words of `check`."""
    spoil(path)
    (found,) = (
        each
        for each in json.loads(mzplan("check", "--format", "json").out)["diagnostics"]
        if each["severity"] == "error"
    )
    assert (found["path"], found["code"]) == (path, "MZ101")
    told = f"mzplan: 读不了 {path}（{found['message']}）。{found['hint']}\n"
    for words in (
        "status --period 2023-06",
        "report -o 报告.html --period 2023-06",
        "explain T01-01 开发区 --period 2023-06",
        "summary --period 2023-06",
        "summary --period 2023-06 --draft",
        "summary --period 2023-06 --kind reminder --draft",
        "impact HEAD",
    ):
        assert mzplan(*words.split()) == (2, "", told), words
    for words in (
        "explain T01-01 开发区",
        "template --unit 开发区 --period 2023-07",
        "summary --kind reminder --draft",
    ):
        ran = mzplan(*words.split())
        said = f"有错误的数据未计入任何数字：{path}（{found['message']}）。详见 mzplan check。\n"
        assert (ran.code, ran.err) == ((2, told) if path == "data" else (0, said)), words


@pytest.mark.usefixtures("project")
def test_a_plan_folder_that_cannot_be_read_is_no_empty_one(mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed, or a link to a share that is not there: nobody is told that there is no plan, or no project."""

    def iterdir(path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as closed:
        closed.setattr(Path, "iterdir", iterdir)
        for words in ("status", "check", "plan", "plan check", "summary"):
            assert mzplan(*words.split()) == (2, "", "mzplan: 读不了 plan：没有权限。\n"), words
    _dangling("plan")
    for words in ("status", "check", "plan", "summary"):
        ran = mzplan(*words.split())
        assert (ran.code, "plan: MZ701 错误：符号链接指向的文件不存在" in ran.err) == (2, True), words


@pytest.mark.usefixtures("project")
def test_what_the_system_refuses_is_called_by_its_path(mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody lets us look for it, and nothing was being written."""
    known = Path.is_dir

    def is_dir(path: Path) -> bool:
        if path.name == "neu":
            raise PermissionError(13, "Permission denied", str(path))
        return known(path)

    monkeypatch.setattr(Path, "is_dir", is_dir)
    ran = mzplan("init", "data/neu", "--city", "某市", "--year", "2024", "--units", "甲县,乙县")
    assert (ran.code, ran.err) == (2, "mzplan: data 打不开：没有权限。请检查路径和权限。\n")


def _huge(path: Path) -> None:
    path.touch()
    os.truncate(path, (1 << 30) + 1)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("make", "words", "limits"),
    [
        (os.mkfifo, "不是普通文件，是管道、设备或套接字", ("", "", "")),
        (lambda path: path.symlink_to("nowhere"), "符号链接指向的文件不存在", ("", "", "")),
        (lambda path: path.symlink_to(path.name), "符号链接绕成了圈", ("", "", "")),
        (Path.mkdir, "是文件夹", ("", "", "")),
        (_huge, "文件超过 ", ("1024 MB", "8 MB", "16 MB")),
    ],
)
def test_what_keeps_a_file_from_being_read_is_said_in_the_same_words_by_every_command(
    mzplan: Mzplan, make: Callable[[Path], object], words: str, limits: tuple[str, str, str]
) -> None:
    """Figures, a plan, and a draft; a folder of figures is none that keeps a file from being read."""
    make(Path("odd.csv"))
    asked = ("check odd.csv", "plan check odd.csv", "summary --verify odd.csv")
    for command, limit in zip(asked, limits, strict=True):
        ran = mzplan(*command.split())
        is_folder = command.startswith("check") and words == "是文件夹"
        assert is_folder or f"：{words}{limit}" in ran.out + ran.err, ran


@pytest.mark.usefixtures("project")
def test_a_later_year_that_cannot_be_read_is_named_beside_the_year_that_is_shown(mzplan: Mzplan) -> None:
    """Of 2024 there is a plan, and January's reports are on a share that is not read."""
    plan = Path("plan/2023.yaml").read_text("utf-8")
    Path("plan/2024.yaml").write_text(plan.replace("2023", "2024"), "utf-8")
    shutil.copytree("data/2023-06", "data/2024-01")
    _away("data/2024-01")
    ran = mzplan("explain", "T01-01")
    assert (ran.code, "全市 · 2023-06" in ran.out, "data/2024-01（符号链接指到了项目外面）" in ran.err) == (
        0,
        True,
        True,
    )


@pytest.mark.usefixtures("project")
def test_a_unit_that_could_not_be_read_has_no_rank_and_moves_nobodys(mzplan: Mzplan, spoil: Spoil) -> None:
    """Not in what is shown, and not in what is compared: the others' places are held against what they would be."""
    spoil()
    units = {each["unit"]: each["rank"] for each in json.loads(mzplan("status", "--format", "json").out)["units"]}
    assert units == {None: None, "north": 1, "south": 2, "zone": None, "bureau": None}
    (year,) = json.loads(mzplan("impact", "HEAD", "--format", "json").out)["years"]
    moved = {each["unit"]: [(each[side] or {}).get("rank") for side in ("before", "after")] for each in year["units"]}
    assert moved["zone"] == [None, None]
    assert all(before == after for before, after in moved.values())


@pytest.mark.usefixtures("project")
def test_every_screen_tells_the_ways_of_silence_apart_within_what_is_asked_for(mzplan: Mzplan) -> None:
    """Of north's five rows one is left out and one cannot be taken; of area 2 that one is all that is wanting."""
    report = Path("data/2023-06/north.csv")
    lines = report.read_text("utf-8-sig").splitlines()
    kept = [line.replace("T02-01,", "T02-01,x", 1) for line in lines if "T01-01" not in line]
    report.write_text("\n".join(kept), "utf-8")
    Path(REPORT).write_bytes(b"x\0y")
    for scope, ways in {
        (): [(UNREAD, "开发区", 5), ("未报", "南县", 5), ("未报齐", "北县", 2)],
        ("--area", "2"): [(UNREAD, "开发区", 2), (UNREAD, "北县", 1), ("未报", "南县", 2)],
    }.items():
        assert mzplan("status", *scope, "-o", "k.xlsx", "--force").code == 0
        cells = [row[:5] for row in openpyxl.load_workbook("k.xlsx")["关注"].values]
        told = [(unit, sum(map(int, re.findall(r"\d+", str(name))))) for unit, _, name, *_ in cells if unit]
        page = mzplan("report", *scope).out
        for way in dict.fromkeys(way for way, *_ in ways):
            units = [(unit, count) for one, unit, count in ways if one == way]
            assert f"{way}：{'、'.join(f'{unit}{count}项' for unit, count in units)}，7月10日前报" in page
            assert set(units) <= set(told)
    assert f"{UNREAD}：开发区5项" in mzplan("status").out
