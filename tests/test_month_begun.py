"""A month that has begun is named by whatever is handed on, and unread reports by the calendar; neither is silence."""

import json
import re
import shutil
from pathlib import Path

import pytest

from conftest import Mzplan
from mzplan.scoring.progress import UNREAD
from pages import read

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "plan" / "2023.yaml"
SHORT = ("--area", "2")
"""What makes a page of the year short: its calendar and what it says above are of all areas."""
FORMATS = ("text", "markdown", "html", "json")

pytestmark = pytest.mark.untraced


def data_with(folder: Path) -> Path:
    """The shipped data, and October's report of one county, who is early."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data)
    october = data / "2023-10"
    october.mkdir()
    text = (data / "2023-09" / "wuyi.csv").read_text(encoding="utf-8")
    (october / "wuyi.csv").write_text(text.replace("2023-09", "2023-10"), encoding="utf-8")
    return data


def calendar(text: str, unit: str) -> list[str]:
    """What stands in the calendar's line of a unit, by month."""
    (line,) = [line for line in read(text).one("calendar").all("tr") if line.text.strip().startswith(unit)]
    return [cell.text for cell in line.all("td")]


def test_a_month_that_has_begun_is_named_in_every_format_and_only_where_none_was_asked_for(
    tmp_path: Path, mzplan: Mzplan
) -> None:
    shown = ("--plan", PLAN, "--data", data_with(tmp_path))
    for name in FORMATS:
        said = '"period": "2023-10",\n      "reported": 1' if name == "json" else "2023-10 已有1家报送"
        assert said in mzplan("status", *shown, "--format", name).out, name
        assert said not in mzplan("status", *shown, "--format", name, "--period", "2023-09").out, name
    found = json.loads(mzplan("status", *shown, "--format", "json").out)
    assert (found["period"], found["begun"]) == ("2023-09", [{"period": "2023-10", "reported": 1, "unread": 0}])
    page = mzplan("report", *shown, *SHORT).out
    assert "2023-10 已有1家报送" in page
    blank = [""] * 3
    assert calendar(page, "武义县")[8:] == ["齐", "齐", "", ""]
    assert calendar(page, "义乌市")[9:] == blank, "whoever has not sent October's is not late in September"


def test_whose_report_of_a_month_begun_cannot_be_read_is_not_called_without_one(tmp_path: Path, mzplan: Mzplan) -> None:
    data = data_with(tmp_path)
    for unit in ("yiwu", "dongyang"):
        (data / "2023-10" / f"{unit}.csv").write_bytes(b"x\0y")
    ran = mzplan("status", "--plan", PLAN, "--data", data)
    assert "2023-10 已有1家报送、2家报了但未能读入" in ran.out
    assert "2023-10 已有1家报送、2家报了但未能读入，未到应报单位的半数，仍看 2023-09" in ran.err
    found = json.loads(mzplan("status", "--plan", PLAN, "--data", data, "--format", "json").out)["begun"]
    assert found == [{"period": "2023-10", "reported": 1, "unread": 2}]


def test_odd_figures_that_are_not_named_are_counted_with_the_command_that_names_them_and_full_names_all(
    tmp_path: Path, mzplan: Mzplan
) -> None:
    """Nine of ten counties have 1.6 times as many beds as they had, 磐安县 is silent; no note says why."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    for report in (data / "2023-09").iterdir():
        text = report.read_text("utf-8")
        scaled = re.sub(r"(T05-0[34],[^,]*),(\d+),", lambda it: f"{it[1]},{int(it[2]) * 16 // 10 + 1},", text)
        report.write_text(scaled, "utf-8")
    shown = ("--plan", PLAN, "--data", data)
    brief, full = ("".join(mzplan("status", *shown, *more).out.split()) for more in ((), ("--full",)))
    (found,) = re.findall(r"请先核实：([^。]*)。", brief)
    (everything,) = re.findall(r"请先核实：([^。]*)。", full)
    names, count = re.match(r"(.*)……共(\d+)个，全部见mzplancheck", found).groups()  # type: ignore[union-attr]  # asserted
    assert len(names.split("；")) == 5
    assert len(everything.split("；")) == int(count) > 5
    assert "……共" not in everything


def test_the_calendar_calls_what_could_not_be_read_so(tmp_path: Path, mzplan: Mzplan) -> None:
    data = data_with(tmp_path)
    (data / "2023-09" / "wuyi.csv").write_bytes(b"x\0y")
    page = mzplan("report", "--plan", PLAN, "--data", data, *SHORT).out
    assert calendar(page, "武义县")[8] == UNREAD
    assert calendar(page, "磐安县")[8] == "未报"


def test_whoever_could_not_be_read_has_no_rank_and_every_screen_says_so(tmp_path: Path, mzplan: Mzplan) -> None:
    """Silence keeps its rank, by what is carried; what cannot be read leaves no gap among the others'."""
    data = data_with(tmp_path)
    (data / "2023-09" / "wuyi.csv").write_bytes(b"x\0y")
    shown = ("--plan", PLAN, "--data", data, "--period", "2023-09")
    said = f"武义县 2023-09 {UNREAD}，没有位次；"
    assert said in mzplan("status", *shown).out.replace("\n", "").replace(" 没有", "没有")
    assert said in mzplan("report", *shown, *SHORT).out
    found = mzplan("status", *shown, "--format", "json")
    assert said in found.err
    units = json.loads(found.out)["units"]
    assert [(one["unit_name"], one["rank"]) for one in units if one["unread"]] == [("武义县", None)]
    ranks = [one["rank"] for one in units if one["rank"] is not None]
    assert max(ranks) == len(ranks), "without a gap where the unread one would stand"
    assert said not in mzplan("status", *shown, "--no-rank").out


def test_a_refused_row_is_not_silence(tmp_path: Path, mzplan: Mzplan) -> None:
    data = data_with(tmp_path)
    path = data / "2023-09" / "wuyi.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    (at,) = [at for at, line in enumerate(lines) if ",T25-09," in line or line.startswith("T25-09,")]
    lines[at] = re.sub(r"(T25-09,[^,]*,)[^,]*,", r"\1abc,", lines[at])
    path.write_text("\n".join(lines), encoding="utf-8")
    shown = ("--plan", PLAN, "--data", data, "--period", "2023-09")
    assert f"武义县1项{UNREAD}" in mzplan("status", *shown).out
    explained = mzplan("explain", "T25-09", "武义县", *shown).out
    assert f"武义县 2023-09 {UNREAD}" in explained
    assert re.search(rf"^ *2023-09 +{UNREAD}", explained, re.MULTILINE)
    assert f"{UNREAD}：武义县1项" in read(mzplan("report", *shown, "--task", "25").out).one("verdict").text
    found = json.loads(mzplan("status", *shown, "--format", "json").out)
    unread = [(one["indicator"], one["unit_name"]) for one in found["rows"] if one["unread"]]
    assert unread == [("T25-09", "武义县")]
    (unit,) = [one for one in found["units"] if one["unit_name"] == "武义县"]
    assert not unit["unread"]
    assert unit["rank"] is not None, "one row is not the report"


@pytest.mark.parametrize(
    ("pattern", "put", "count"),
    [
        (r"(T0[1-5]-0[1-9],[^,]*,)(\d+),", r"\g<1>\g<2>x,", "5项"),  # one finding for all of them
        (r"^(2023-09),义乌市,T03-01,", r"\1,义务市,T03-01,", "1项"),
        (r"^2023-09,义乌市,T03-01,", "2023-O9,义乌市,T03-01,", "1项"),
        (r"^(2023-09),义乌市,", r"\1,义务市,", ""),
    ],
)
def test_rows_that_were_sent_are_no_silence_however_many_are_refused(
    pattern: str, put: str, count: str, tmp_path: Path, mzplan: Mzplan
) -> None:
    data = data_with(tmp_path)
    path = data / "2023-09" / "yiwu.csv"
    text, most = path.read_text(encoding="utf-8"), int(count[:-1] or 0) if count else 0
    path.write_text(re.sub(pattern, put, text, count=most, flags=re.MULTILINE), encoding="utf-8")
    shown = mzplan("status", "--plan", PLAN, "--data", data, "--period", "2023-09").out
    assert f"义乌市{count}{UNREAD}、磐安县未报" in shown
