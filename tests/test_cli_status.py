"""`mzplan status` and `mzplan lights` on files: what is asked for, where it goes, how it ends."""

import json
import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from conftest import Mzplan, out, run
from factory import view_of, write_project, written
from mzplan.cli import completion as offer
from mzplan.cli.status import complete_status, values_filled
from mzplan.render.formats import BINARY
from mzplan.render.layout import Look
from mzplan.render.status import FORMATS
from mzplan.scoring.progress import Status
from mzplan.views.query import Query
from test_cli_check import Run, check

__all__ = ["check"]

render = partial(written, FORMATS)
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_project(tmp_path))
    return tmp_path


def test_the_files_of_a_project_give_the_figures_worked_out_by_hand(project: Path, capsys: Capture) -> None:
    assert out(capsys, "status") == render("plain", view_of())


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (("--unit", "南县"), Query(units=("south",))),
        (("--unit", "南,330001"), Query(units=("south", "north"))),
        (("-u", "全市", "-u", "KFQ"), Query(units=(None, "zone"))),
        (("--area", "2", "--task", "建强"), Query(areas=(2,), tasks=(2,))),
        (("--area", "工作保障"), Query(areas=(None,))),
        (("-i", "t01-01,社工"), Query(indicators=("T01-01", "T02-01"))),
        (("--by", "area", "--sort", "-completion"), Query(by="area", order="completion", descending=True)),
        (("--only", "滞后,missing"), Query(only=frozenset({Status.BEHIND, Status.MISSING}))),
        (("--trend",), Query(trend=6)),
        (("--trend", "3", "--unit", "south"), Query(trend=3, units=("south",))),
        (("--trend=2",), Query(trend=2)),
        (("--no-rank",), Query(rank=False)),
    ],
)
def test_options_mean_what_they_say(project: Path, capsys: Capture, arguments: tuple[str, ...], query: Query) -> None:
    proposed = " ".join(["mzplan status", *(word for word in arguments if word == "--no-rank"), "--full"])
    shown = render("plain", view_of(query)).replace("mzplan status --full", proposed)
    assert out(capsys, "status", *arguments) == shown


def test_an_earlier_period_another_preset_and_a_comparison(project: Path, capsys: Capture) -> None:
    may = out(capsys, "status", "--period", "2023-05", "--lights", "yinchuan-2025")
    assert "报告期 2023-05" in may
    assert "yinchuan-2025" in may
    assert "2023-05与2023-06比较" in out(capsys, "status", "--compare", "2023-05")


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in BINARY])
def test_every_format_prints_and_writes_the_same(project: Path, capsys: Capture, name: str) -> None:
    shown = out(capsys, "status", "--format", name)
    expected = render(name, view_of(), Look(100 if name == "terminal" else None))
    assert shown.replace("\r\n", "\n") == expected.replace("\r\n", "\n")
    assert run("status", "--format", name, "--output", "out.txt") == 0
    assert Path("out.txt").read_bytes().decode() == expected


@pytest.mark.parametrize(
    ("path", "beginning"),
    [
        ("a.md", "# "),
        ("a.html", "<!DOCTYPE"),
        ("a.tex", "% "),
        ("a.csv", '\ufeff"'),
        ("a.tsv", "填报单位\t"),
        ("a.json", "{"),
        ("a.jsonl", '{"period"'),
        ("a.txt", "2023年试点要点"),
    ],
)
def test_a_files_suffix_says_its_format(project: Path, capsys: Capture, path: str, beginning: str) -> None:
    assert out(capsys, "status", "--output", path) == ""
    assert Path(path).read_bytes().decode().startswith(beginning)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--unit", "南先"), "是否要写 南县？"),
        (("--indicator", "T09-99"), "没有指标 T09-99"),
        (("--area", "7"), "没有行动领域 7。可用的有：1 养老、2 事务、工作保障。"),
        (("--task", "9"), "没有任务 9"),
        (("--only", "late"), "没有进度状态 late"),
        (("--by", "county"), "没有分组方式 county"),
        (("--sort", "size"), "没有排序方式 size"),
        (("--lights", "tianjin"), "tianjin-2022"),
        (("--format", "mardown"), "是否要写 markdown？"),
        (("--format", "qqq"), "可用的有：terminal、plain"),
        (("--trend", "1"), "2 到 12"),
        (("--trend", "13"), "2 到 12"),
        (("--compare", "2022-06"), "不在计划年度"),
        (("--by", "status", "--trend"), "--by status"),
        (("--fail-on", "red"), "没有进度状态 red"),
        (("--fail-on", "behind,missing", "--only", "far_behind,未报"), "--only 不列滞后，--fail-on 看不到"),
    ],
)
def test_what_means_nothing_ends_with_2_and_the_nearest_name(
    project: Path, capsys: Capture, arguments: tuple[str, ...], words: str
) -> None:
    assert run("status", *arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err


def test_what_is_asked_of_one_unit_is_headed_by_its_own_figures(project: Path, capsys: Capture) -> None:
    for unit in ("north", "zone"):
        assert run("status", "-u", unit, "-f", "json") == 0
        (told,) = json.loads(capsys.readouterr().out)["units"]
        assert run("status", "-u", unit) == 0
        head = capsys.readouterr().out.splitlines()[2].replace("*", "")
        assert head.startswith(f"{told['unit_name']}  年度完成率")
        assert f"应达 {told['due']} 项、达到 {told['on_schedule']} 项" in head
        assert head.endswith(f"已报/应报 {told['reported']}/{told['reporting']}")


def test_a_gate_looks_at_what_was_asked_for(project: Path, capsys: Capture) -> None:
    assert run("status", "--fail-on", "far_behind,missing") == 1
    shown = capsys.readouterr()
    assert shown.err == "--fail-on：未报 5 项次，未报齐 1 项次。\n"
    assert shown.out == render("plain", view_of())
    assert run("status", "--fail-on", "behind", "--unit", "north") == 0
    assert run("status", "--fail-on", "behind", "--unit", "zone", "--area", "2") == 0
    capsys.readouterr()
    assert run("status", "--fail-on", "behind", "--unit", "zone") == 1  # behind is whatever lags
    assert capsys.readouterr().err == "--fail-on：滞后 1 项次，已超上限 1 项次。\n"
    assert run("status", "--fail-on", "missing", "--unit", "south", "--indicator", "T01-02") == 1
    assert run("status", "--fail-on", "exceeded", "--only", "behind", "--unit", "zone") == 1


def test_rows_with_errors_are_left_out_and_named(project: Path, capsys: Capture) -> None:
    bad = project / "data/2023-06/zone.csv"
    bad.write_text(bad.read_text("utf-8-sig").replace("T01-01,9,", "T01-01,九,"), encoding="utf-8")
    assert run("status") == 0
    shown = capsys.readouterr().out
    assert "有错误的数据未计入任何数字：data/2023-06/zone.csv（1 处错误）。详见 mzplan check。" in shown
    assert run("status", "--format", "json", "--indicator", "T01-01", "--unit", "zone") == 0
    json_run = capsys.readouterr()
    row = json.loads(json_run.out)["rows"][0]
    assert (row["actual"], row["record_period"]) == ("6", "2023-05")  # May's figure is carried on
    assert "data/2023-06/zone.csv（1 处错误）" in json_run.err


def test_a_file_that_cannot_be_read_is_named_with_the_reason(project: Path, capsys: Capture) -> None:
    (project / "data/2023-06/zone.csv").write_bytes(b"\xff\xfe\x00\xd8\x00")
    assert run("status") == 0
    assert "未计入任何数字：data/2023-06/zone.csv（是 UTF-16 编码）。详见" in capsys.readouterr().out


def test_a_unit_whose_report_cannot_be_read_is_not_taken_for_silent(project: Path, capsys: Capture) -> None:
    """It has no rank, and the places of the others are worked out without it; South county sent nothing at all."""

    def ranks() -> dict[str, int | None]:
        run("status", "--format", "json")
        return {unit["unit"]: unit["rank"] for unit in json.loads(capsys.readouterr().out)["units"] if unit["unit"]}

    zone = project / "data/2023-06/zone.csv"
    zone.unlink()
    assert ranks() == {"north": 1, "south": 2, "zone": 3, "bureau": None}
    zone.mkdir()
    (zone / "note.txt").write_text("")
    assert ranks() == {"north": 1, "south": 2, "zone": None, "bureau": None}
    assert run("status") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[1] == "全市滞后 2 项（其中 2 项报齐后再作结论），未报齐 2 项；开发区报了但未能读入、南县未报。"
    at = shown.index("未报的单位（7月10日前报）")
    assert shown[at + 1 : at + 3] == ["  报了但未能读入：开发区5项（4项从未报过）", "  未报：南县5项（1项从未报过）"]


@pytest.mark.parametrize("format_name", ["csv", "tsv"])
@pytest.mark.parametrize(
    ("arguments", "rows", "said"),
    [
        (("--only", "far_behind"), 0, "（没有符合条件的指标；所看范围内有：已完成"),
        (("--only", "far_behind", "--by", "area"), 0, "（没有符合条件的指标；所看范围内有：已完成"),
        (("--only", "missing", "--by", "unit"), 2, "另有 3 个填报单位没有符合条件的指标，没有列出。\n"),
        (("--by", "unit"), 5, ""),
    ],
)
def test_what_a_table_of_data_leaves_out_is_said_beside_it(
    project: Path, capsys: Capture, arguments: tuple[str, ...], rows: int, said: str, format_name: str
) -> None:
    assert run("status", *arguments, "--format", format_name) == 0
    shown = capsys.readouterr()
    assert (len(shown.out.splitlines()) - 1, shown.err[: len(said)], bool(shown.err)) == (rows, said, bool(said))


def test_no_data_at_all_says_so(project: Path, capsys: Capture) -> None:
    (project / "empty").mkdir()
    assert run("status", "--data", "empty") == 2
    assert "2023 年还没有填报记录" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [40, 80, 100, 120])
def test_columns_sets_the_width(project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = out(capsys, "status", "--format", "terminal")
    assert shown == render("terminal", view_of(), Look(columns))
    assert all(Look().cells(line) <= columns for line in shown.splitlines())


@pytest.mark.parametrize("words", [["status"], ["plan"], ["lights"], ["breakdown", "--by", "equal"], ["summary"]])
def test_in_a_pipe_nothing_is_folded_to_a_width(
    words: list[str], project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = out(capsys, *words)
    monkeypatch.setenv("COLUMNS", "40")
    assert out(capsys, *words) == free


def test_colour_only_where_it_is_wanted(project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in out(capsys, "status", "--format", "terminal")
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = out(capsys, "status")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render("plain", view_of(), Look(100))


@pytest.mark.parametrize(
    ("given", "filled"),
    [
        (["--trend"], ["--trend", "6"]),
        (["--trend", "3"], ["--trend", "3"]),
        (["--trend", "-3"], ["--trend", "-3"]),
        (["--trend", "--unit", "南县"], ["--trend", "6", "--unit", "南县"]),
        (["--trend=3"], ["--trend=3"]),
        (["--unit", "南县"], ["--unit", "南县"]),
    ],
)
def test_a_trend_without_its_number_has_six_periods(given: list[str], filled: list[str]) -> None:
    assert values_filled(given) == filled


def test_lights_lists_presets_with_sources_and_what_each_would_change(project: Path, capsys: Capture) -> None:
    shown = out(capsys, "lights")
    assert "http://tj.people.com.cn/BIG5/n2/2022/0228/c375366-35152478.html" in shown
    assert "yinchuan-2025 改变 2 项次：滞后→达序时 2" in shown
    found = json.loads(out(capsys, "lights", "--format", "json"))
    assert (found["period"], found["compared_with"]) == ("2023-06", "strict")
    yinchuan = next(preset for preset in found["presets"] if preset["name"] == "yinchuan-2025")
    assert (yinchuan["yellow"], yinchuan["yellow_inclusive"], yinchuan["red"]) == ("10", True, "30")
    # beds of the city and of the zone -> on schedule, with north's beds and the two of the milestone; funds stay
    assert yinchuan["totals"] == {"on_schedule": 5, "behind": 1, "far_behind": 0}
    assert yinchuan["changed"] == 2
    assert "yinchuan-2025 改变" not in out(capsys, "lights", "strict")
    assert out(capsys, "lights", "--format", "markdown").startswith("# 亮灯规则\n")


def test_lights_needs_no_data(project: Path, capsys: Capture) -> None:
    shutil.rmtree(project / "data")
    assert "没有数据，只列规则" in out(capsys, "lights")
    assert json.loads(out(capsys, "lights", "--format", "json"))["presets"][0]["changed"] is None
    assert run("lights", "rainbow") == 2
    assert run("lights", "--format", "yaml") == 2


def test_the_shell_is_offered_what_the_plan_has(project: Path) -> None:
    assert list(offer.complete_unit("北")) == [("北县", "北县")]
    assert ("T01-01", "新增床位") in list(offer.complete_indicator("t01"))
    assert list(offer.complete_area("2")) == [("2", "事务")]
    assert list(offer.complete_task("3")) == [("3", "帮扶")]
    assert [name for name, _ in offer.complete_lights("s")] == ["strict", "sanya-2022"]
    assert list(complete_status("behind,mi")) == [("behind,missing", "未报")]


def test_the_shell_is_offered_nothing_where_there_is_no_plan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MZPLAN_PLAN", str(tmp_path / "none.yaml"))
    assert list(offer.complete_unit("")) == []
    assert list(offer.complete_indicator("")) == []
    assert next(iter(offer.complete_lights("")))[0] == "strict"


def test_a_trend_says_why_a_group_has_no_figure(check: Run, mzplan: Mzplan) -> None:
    """甲县 has no targets of its own in the first area."""
    told = mzplan("status", "--trend", "2", "--unit", "甲县", "--by", "area", "--format", "plain").out
    assert re.search(r"^\S+ +- +- +仅统计贡献$", told, re.MULTILINE)


@pytest.mark.untraced
def test_a_task_that_tracks_nothing_gets_one_sentence(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    said = out(capsys, "status", "--task", "27", "--period", "2023-09")
    assert said.count("（没有符合条件的指标）") == 1
    assert "年度完成率" not in said
