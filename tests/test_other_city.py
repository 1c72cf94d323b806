"""Another city's plan and data through every command and format: nothing of the shipped plan is built into the program.

The figures are worked out by hand from the table in `other_city_data.py`.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from zipfile import ZipFile

import pytest

from conftest import few
from mzplan import cli
from mzplan.bulletin import KINDS, LAST_MONTH
from mzplan.cli.plan import CHECK_FORMATS
from mzplan.render.check import FORMATS as CHECKS
from mzplan.render.explain import FORMATS as EXPLANATIONS
from mzplan.render.formats import BINARY
from mzplan.render.lights import FORMATS as LIGHTS
from mzplan.render.plan import FORMATS as PLANS
from mzplan.render.status import FORMATS as TABLES
from mzplan.render.summary import FORMATS as BULLETINS
from other_city_data import DATA, UNITS, write_project

STRANGERS = re.compile(
    "2023|金华|婺城|金东|兰溪|东阳|义乌|永康|浦江|武义|磐安|市本级|(?<!云川)全市"
    "|jinhua|wucheng|jindong|lanxi|dongyang|yiwu|yongkang|pujiang|wuyi|panan",
    re.IGNORECASE,
)
"""What must never be printed of this city: the shipped plan's year and names, and another word for the whole city."""


class Run(Protocol):
    def __call__(self, *arguments: str, code: int = 0) -> str: ...


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("yunchuan"))


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """What a run in the project prints, on both streams; it ends as it should and names nothing of another city."""
    monkeypatch.chdir(project)
    for module in ("loading", "project"):
        monkeypatch.setattr(f"mzplan.cli.{module}.today", lambda: date(2026, 7, 10))

    def run(*arguments: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as stop:
            cli.main(list(arguments))
        said = capsys.readouterr()
        printed = said.out + said.err
        assert stop.value.code == code, printed
        assert STRANGERS.findall(printed) == []
        assert bool(said.err) == (code == 2)
        return printed

    return run


def test_the_plan_is_sound(run: Run) -> None:
    words = "4 项行动、5 项任务、12 项指标、4 个填报单位、7 个分解数，没有发现问题。"
    assert run("plan", "check") == f"√ plan/other_city.yaml：{words}\n"


def test_the_data_are_clean(run: Run) -> None:
    assert run("check") == "√ 检查了 12 个文件、96 条记录，没有发现问题。\n"


EVERY_FORMAT = {
    "plan check": CHECK_FORMATS,
    "check --verbose": CHECKS,
    "plan": PLANS,
    "lights": LIGHTS,
    "lights --lights yunchuan-2026 --period 2026-05": LIGHTS,
}


@pytest.mark.parametrize("command", EVERY_FORMAT)
def test_plan_data_and_lights_are_shown_in_every_format(run: Run, command: str) -> None:
    for name in (name for name in EVERY_FORMAT[command] if name not in BINARY):
        shown = run(*command.split(), "--format", name)
        assert command != "plan" or all(line.split()[0] in shown for line in DATA.strip().splitlines())
        assert not command.startswith("lights") or re.search("(?s)yunchuan-2026.*云督〔2026〕1号", shown)


def test_a_report_that_is_late_here_is_so_from_the_plans_own_day(run: Run, project: Path) -> None:
    path = project / "data" / "2026-06" / "hexi.csv"
    report = path.read_bytes()
    path.unlink()
    try:
        assert "MZ602" not in run("check", "--as-of", "2026-07-15")
        late = run("check", "--as-of", "2026-07-16")
    finally:
        path.write_bytes(report)
    assert "河西区没有报 2026-06，报送期限是7月15日，已过 1 天" in late


FIGURES = {
    # 160 + 180 + 60 of 900; the node of June is 50 %
    ("YL1-01", None): ("400", "900", "0.444444", "0.5", "-5.555556", "behind"),
    # against the official 300, 400 and 200; the third has been behind since April, and two periods make it far behind
    ("YL1-01", "shanqian"): ("160", "300", "0.533333", "0.5", "3.333333", "on_schedule"),
    ("YL1-01", "hexi"): ("180", "400", "0.45", "0.5", "-5", "behind"),
    ("YL1-01", "yunchuan-xian"): ("60", "200", "0.3", "0.5", "-20", "far_behind"),
    # due in November: 6/11; 7.9 points short, but so it was in April and May
    ("YL1-02", None): ("56", "120", "0.466667", "0.545455", "-7.878788", "far_behind"),
    # (105 + 160 + 92) / (42000 + 61000 + 35500) * 10000; the mean of the three ratios would be 25.7149
    ("YL1-03", None): ("25.776173", "25.5", "1.01083", "1", "1.083032", "holding"),
    # 主体 is 60 %, 基础 20 %, and only two units are asked
    ("YL2-01", None): ("0.4", "1", "0.4", "0", "40", "not_due"),
    ("JZ3-01", None): ("17100", "18000", "1", "1", "0", "holding"),
    ("JZ3-01", "hexi"): ("7600", "7500", "0.986842", "1", "-1.315789", "behind"),
    ("JZ3-01", "shanqian"): ("5200", None, None, None, None, "contribution"),
    # 250, 330 and 280 against at most 300: two of three meet it
    ("JZ3-02", None): ("2", "3", "0.666667", "0", "66.666667", "not_due"),
    ("JZ3-03", None): ("2650.75", "5200", "0.50976", "0.5", "0.975962", "on_schedule"),
    # 1440 - 1380 of 1500 - 1380, the bureau's own 130 among them
    ("ZZ4-01", None): ("1440", "1500", "0.5", "0.5", "0", "on_schedule"),
    ("ZZ4-02", None): ("60", None, None, None, None, "undefined"),
    # 1250 of 1310 are 95.42 %; from 91.25 to 98 that is 61.8 % of the way
    ("ZZ4-03", None): ("95.419847", "98", "0.617755", "0", "61.775516", "not_due"),
    ("ZL5-01", None): ("0.5", "1", "0.5", "0.5", "0", "on_schedule"),
    ("ZL5-02", None): ("0.666667", "1", "0.666667", "0.5", "16.666667", "on_schedule"),
    ("ZL5-02", "hexi"): ("0", "1", "0", "0.5", "-50", "far_behind"),
}
"""Actual, target, completion, expected, gap and status in June."""


def status(run: Run, *arguments: str) -> dict[str, Any]:
    found = json.loads(run("status", "--format", "json", *arguments))
    assert isinstance(found, dict)
    return found


def test_the_figures_are_those_worked_out_by_hand(run: Run) -> None:
    rows = {(row["indicator"], row["unit"]): row for row in status(run)["rows"]}
    names = ("actual", "target", "completion", "expected", "gap", "status")
    found = {key: tuple(rows[key][name] for name in names) for key in FIGURES}
    assert found == {key: tuple(figures) for key, figures in FIGURES.items()}
    assert rows["YL1-01", "hexi"]["target_basis"] == "official"
    assert rows["YL1-02", "hexi"]["target_basis"] == "reference"
    assert rows["YL1-01", "shanqian"]["contribution"] == "0.4"


def test_the_means_and_ranks_are_those_worked_out_by_hand(run: Run) -> None:
    found = status(run)
    standings = {
        row["unit"]: tuple(row[name] for name in ("completion", "rank", "on_schedule", "due", "judged"))
        for row in found["units"]
    }
    assert standings == {
        # 4/9 + 7/15 + 1 + 2/5 + 1 + 2/3 + 0.50976 + 1/2 + 0.61776 + 1/2 + 2/3 of eleven
        # nothing is expected yet of the community centres, the service days, the ratio: 8 are due, 2 of them late
        None: ("0.615633", None, 6, 8, 11),
        # 160/300 + 24/40 + 0.6 + 1 + 1 of five
        "shanqian": ("0.746667", 1, 4, 4, 5),
        # 180/400 + 22/40 + 0.2 + 7500/7600 + 300/330 + 0 of six
        # due are all but the centre and the 330 days, which may still fall to 300 by December
        "hexi": ("0.515989", 3, 1, 4, 6),
        # 60/200 + 10/40 + 1 + 1 of four
        "yunchuan-xian": ("0.6375", 2, 2, 4, 4),
        "shiju": ("0.5", None, 1, 1, 1),
    }
    areas = {row["area"]: row["completion"] for row in found["areas"] if row["unit"] is None}
    assert areas == {1: "0.577778", 2: "0.725475", 3: "0.558878", 4: "0.583333"}


def test_its_own_light_rule_judges_by_its_own_thresholds(run: Run) -> None:
    statuses = {
        (row["indicator"], row["unit"]): row["status"] for row in status(run, "--lights", "yunchuan-2026")["rows"]
    }
    # 1.3 % short of what is expected is green here, 10 % yellow, 40 % red
    assert statuses["JZ3-01", "hexi"] == "on_schedule"
    assert statuses["YL1-01", "hexi"] == "behind"
    assert statuses["YL1-01", "yunchuan-xian"] == "far_behind"
    preset = json.loads(run("lights", "yunchuan-2026", "--format", "json"))["presets"][0]
    assert (preset["changed"], preset["changes"]) == (1, [{"from": "behind", "to": "on_schedule", "count": 1}])


VIEWS: tuple[tuple[str, ...], ...] = (
    (),
    ("--unit", "河西"),
    ("--unit", "990203", "--area", "救助"),
    ("--area", "1,4"),
    ("--task", "5"),
    ("--indicator", "YL1-02"),
    ("--by", "area"),
    ("--by", "task", "--unit", "市局"),
    ("--by", "indicator", "--only", "behind,far_behind"),
    ("--trend", "3"),
    ("--trend", "2", "--unit", "云县"),
    ("--compare", "2026-04"),
    ("--lights", "yunchuan-2026", "--period", "2026-05"),
    ("--no-rank", "--sort", "-gap"),
)


@pytest.mark.untraced
@pytest.mark.parametrize("name", [name for name in TABLES if name not in BINARY])
def test_every_view_is_shown_in_every_format(run: Run, name: str) -> None:
    has_rows_alone = name == "jsonl"
    views = [view for view in VIEWS if not (has_rows_alone and {"--by", "--trend", "--compare"} & set(view))]
    shown = {view: run("status", "--format", name, *view) for view in views}
    assert "河西区" in shown["--unit", "河西"]
    assert "村级议事制度" in shown["--task", "5"]
    assert all(shown.values())


@pytest.mark.untraced
def test_the_report_is_of_this_city_alone(run: Run) -> None:
    page = run("report")
    assert "河西区" in page
    assert "村级议事制度" in page
    assert "河西区" not in run("report", "--unit", "云县")


def test_a_period_before_the_first_report_is_refused_but_for_a_draft(run: Run) -> None:
    for command in ("status", "report"):
        assert "2026-01 没有任何填报记录；已有数据到 2026-06。" in run(command, "--period", "2026-01", code=2)
    said = run("summary", "--period", "2026-01", code=2)
    assert "2026-01 应报的 4 家单位中有 4 家未报，已有数据到 2026-06，写不了正式文稿" in said
    draft = run("summary", "--period", "2026-01", "--draft")
    assert "应报的4家单位均未报" in draft
    assert "滞后" not in draft.partition("说明：")[0]


def test_trend_and_comparison_show_the_months_by_hand(run: Run) -> None:
    trend = run("status", "--trend", "3", "--indicator", "YL1-01", "--unit", "云川全市")
    # 160, 265 and 400 of 900
    assert re.search(r"17\.8 +29\.4 +44\.4 +\+26\.7", trend)
    compared = run("status", "--compare", "2026-05", "--unit", "河西")
    # 120 and 180 of 400; 7500 and 7600 against at most 7500
    assert re.search(r"YL1-01 .* 30\.0 +45\.0 +\+15\.0 +达序时 +滞后", compared)
    assert re.search(r"JZ3-01 .* 100\.0 +98\.7 +-1\.3 +保持达标 +滞后", compared)


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("name", "unit"),
    [*((name, None) for name in EXPLANATIONS if name not in BINARY), *(("text", unit) for unit in UNITS)],
)
def test_every_number_is_explained_in_every_format(run: Run, name: str, unit: str | None) -> None:
    owned = {line.split()[0] for line in DATA.strip().splitlines() if unit in (None, line.split()[1])}
    for indicator in sorted(owned):
        explained = run("explain", indicator, *([unit] if unit else []), "--format", name, "--lights", "yunchuan-2026")
        assert indicator in explained
        assert (UNITS[unit] if unit else "云川全市") in explained


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ("YL1-01", "云县"),
            ("分解依据：plan/other_city.breakdown.csv:4（云民〔2026〕8号）", "占云川全市 = 60 ÷ 400 = 15.0%",
             "连续滞后 3 期；计划规定连续滞后 2 期升为严重滞后"),
        ),
        (
            ("YL1-03",),
            ("口径：比率，考核云川全市合计，计量单位 人/万人",
             "完成值 = (105 + 160 + 92) ÷ (42000 + 61000 + 35500) × 10000 = 25.8人/万人"),
        ),
        (("YL2-01",), ("完成值 = (0.6 + 0.2) ÷ 2 = 40.0%", "口径：里程碑，考核 山前区、河西区")),
        (("JZ3-01", "河西"), ("须再减少 100人，余 6 个月\n",)),
        (("JZ3-02", "河西"), ("须再减少 30天，余 6 个月\n",)),
        (("ZZ4-01",), ("完成率 = (1440 − 1380) ÷ (1500 − 1380) = 50.0%", "data/2026-06/shiju.csv:2")),
        (("ZL5-01", "市局"), ("完成值 = 征求意见", "按节点：2026-06起50.0%，2026-10起100.0%")),
    ],
)  # fmt: skip
def test_an_explanation_shows_the_sum(run: Run, arguments: tuple[str, ...], lines: tuple[str, ...]) -> None:
    explained = run("explain", *arguments)
    assert [line for line in lines if line not in explained] == []


def test_nobody_is_missed_where_nothing_is_asked(run: Run) -> None:
    explained = run("explain", "ZZ4-02")
    assert "完成值 = 60家" in explained
    assert "未报" not in explained


def bulletins() -> Iterator[tuple[str, ...]]:
    """Every kind of document that half a year's data allow, for every unit and area."""
    for kind in KINDS:
        if kind == "unit":
            yield from (("--unit", unit) for unit in UNITS if unit != "shiju")
        elif kind == "area":
            yield from (("--area", str(number)) for number in (1, 2, 3, 4))
        elif LAST_MONTH.get(kind) != 12:
            yield ("--kind", kind)
    yield ("--lights", "yunchuan-2026", "--date", "2026-07-16")
    yield ("--period", "2026-05", "--no-rank")


@pytest.mark.untraced
@few("arguments", bulletins(), {arguments[0]: arguments for arguments in bulletins()}.values(), ids=" ".join)
def test_every_document_is_written_in_every_format_and_verifies(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    for name in (name for name in BULLETINS if name != "xlsx"):  # the annexes, which some have not
        path = tmp_path / f"draft.{name}"
        run("summary", *arguments, "--format", name, "--output", str(path))
        data = path.read_bytes() if name != "docx" else ZipFile(path).read("word/document.xml")
        text = re.sub("<[^>]+>", "", data.decode()) if name in ("docx", "html") else data.decode()
        assert STRANGERS.findall(text) == []
        assert "云川" in text
    for name in ("markdown", "docx"):
        draft = (tmp_path / f"draft.{name}").rename(tmp_path / f"draft.{name.replace('markdown', 'md')}")
        context = [word for word in arguments if word not in ("--date", "2026-07-16")]
        verdict = run("summary", *context, "--verify", str(draft))
        assert re.fullmatch(r"√ 核对 .*：(\d+) 句（行），一致 \1；(\d+) 个数字，一致 \2。\n", verdict)


def test_the_bulletin_speaks_of_this_city_in_its_own_words(run: Run) -> None:
    said = run("summary", "--date", "2026-07-16")
    for words in (
        "云川市民政局关于2026年1—6月云川全市民政重点工作指标进展情况的通报\n",
        "《云川市2026年民政工作计划》确定的12项指标中，纳入评价11项",
        "应达到进度要求8项，已达到6项，占75.0%，未达到2项，占25.0%；3项尚未到期",
        "云川全市年度完成率61.6%",
        "新增护理型床位累计400张，完成年度目标的44.4%，慢于序时进度5.6个百分点",
        "市局本级议事协商办法处于“征求意见”阶段",
        "7月份数据请于8月15日前报送",
        "连续两期滞后的，按计划规定升为严重滞后",
        "云川市民政局\n　　　　　　　　　　　　　　　　2026年7月16日",
    ):
        assert words in said
    assert "工作保障" not in said
    assert "村级议事制度处于“未建立”阶段，严重滞后" in run("summary", "--unit", "河西")


def test_the_whole_year_cannot_be_reported_yet(run: Run) -> None:
    assert "应报的 4 家单位中有 4 家未报，已有数据到 2026-06" in run("summary", "--kind", "annual", code=2)


def form_of(run: Run, unit: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("template", "--unit", unit).removeprefix("\ufeff"), newline="")))


def test_a_blank_form_asks_what_the_unit_owes_and_comes_back_clean(run: Run, tmp_path: Path) -> None:
    rows = form_of(run, "市局")
    assert [(row["报告期"], row["指标编码"], row["计量单位"], row["上次填报"]) for row in rows] == [
        ("2026年7月", "ZZ4-01", "家", "130（6月）"),
        ("2026年7月", "ZL5-01", "未启动/起草/征求意见/审议/印发", "征求意见（6月）"),
    ]
    for row, value in zip(rows, ("132", "审议"), strict=True):
        row["完成值"] = value
    form = tmp_path / "form.csv"
    with form.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert run("check", str(form), "--as-of", "2026-08-03") == "√ 检查了 1 个文件、2 条记录，没有发现问题。\n"


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_has_a_form(run: Run, unit: str) -> None:
    owed = {indicator for indicator, owner, *_ in map(str.split, DATA.strip().splitlines()) if owner == unit}
    assert {row["指标编码"] for row in form_of(run, unit)} == owed - {
        "ZZ4-02"
    }  # nothing is owed where the target is undefined


def test_a_total_is_shared_out_by_the_plans_own_weight(run: Run) -> None:
    # 120 by 42000, 61000.5 and 35500 of 138500.5: 36.390, 52.852 and 30.758, so that the last two are rounded up
    table = run("breakdown", "YL1-02", "--by", "elders")
    assert "YL1-02 其中认知障碍照护床位：云川全市目标120张，按“elders”分解" in table
    shares = dict(re.findall(r"^(\S+) +[\d.]+ +([\d.]+ +\d+ +[\d.]+ +\d +\d+)$", table, re.MULTILINE))
    assert {name: cells.split() for name, cells in shares.items()} == {
        "山前区": ["36.390", "36", "0.390", "0", "36"],
        "河西区": ["52.852", "52", "0.852", "1", "53"],
        "云川县": ["30.758", "30", "0.758", "1", "31"],
    }
    whole = run("breakdown")
    assert "云川全市目标900张已全部正式下达，没有需要测算的部分。" in whole
    assert re.search(r"^河西区 +正式下达 +400$", whole, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("status", "--period", "2026-6"), "是否要写 2026-06？"),
        (("status", "--period", "六月"), "例如 2026-06"),
        (("status", "--period", "2025-06"), "不在计划年度 2026 内"),
        (("status", "--unit", "河西县"), "河西区"),
        (("status", "--area", "5"), "4"),
        (("explain", "YL1-04"), "YL1-0"),
        (("summary", "--lights", "yunchuan-2025"), "yunchuan-2026"),
        (("template", "--unit", "云川区"), "云川县"),
    ],
)
def test_a_mistake_is_answered_with_this_citys_words(run: Run, arguments: tuple[str, ...], words: str) -> None:
    assert words in run(*arguments, code=2)


def test_a_wrong_file_is_answered_with_this_citys_words(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(
        "报告期,填报单位,指标编码,完成值,分子,分母,说明\n"
        "2026-06,河西县,YL1-01,1,,,\n"
        "2025-06,河西区,YL1-01,1,,,\n"
        "2026-06,河西区,YL1-09,1,,,\n"
        "2026-06,河西区,YL2-01,封顶,,,\n"
        "2026-06,河西区,ZL5-01,印发,,,\n"
        "2026-06,山前区,YL1-01,20,,,\n"
        "2026-06,山前区,YL1-02,30,,,\n",
        encoding="utf-8",
    )
    said = run("check", str(path), "--no-context", code=1)
    assert "6 个错误" in said.splitlines()[-2]
    assert "未开工、基础、主体、装修、投用" in said
