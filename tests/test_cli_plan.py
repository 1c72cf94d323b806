"""`mzplan plan`, `plan check` and `plan schema`, as a user meets them."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import Golden, Mzplan
from mzplan.cli.plan import CHECK_FORMATS
from mzplan.plan.load import load_plan

ROOT = Path(__file__).parent.parent
PLANS = Path(__file__).parent / "plans"
TINY, OTHER = PLANS / "tiny.yaml", PLANS / "other_city.yaml"
SCHEMAS = ROOT / "src" / "mzplan" / "schemas"


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny plan with two errors and a warning, in the current folder."""
    monkeypatch.chdir(tmp_path)
    text = TINY.read_text().replace("at_least: 100", "at_least: -1").replace("{at_least: 80}", "{atleast: 80}")
    Path("wrong.yaml").write_text(text.replace("发展规划\n", "服务类救助项目数\n", 1))
    Path("wrong.breakdown.csv").write_text("indicator,unit,target,basis,source\n")
    return Path("wrong.yaml")


@pytest.mark.parametrize("width", [60, 100])
def test_the_plan_on_a_terminal(width: int, mzplan: Mzplan, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = mzplan("plan", "--plan", OTHER, "--format", "terminal")
    assert (shown.code, shown.err) == (0, "")
    golden(f"plan.terminal.{width}.txt", shown.out)


def test_a_sound_plan_has_no_records_to_count(mzplan: Mzplan) -> None:
    assert mzplan("plan", "check", "--format", "github").out == "√ 检查了 1 个文件，没有发现问题。\n"


def test_the_plan_as_markdown(mzplan: Mzplan, golden: Golden) -> None:
    golden("plan.markdown.md", mzplan("plan", "--plan", TINY, "--format", "markdown").out)


def test_the_plan_as_json(mzplan: Mzplan, golden: Golden) -> None:
    shown = mzplan("plan", "--plan", OTHER, "--format", "json").out
    golden("plan.json", shown)
    document = json.loads(shown, parse_float=str)
    plan = load_plan(OTHER)
    listed = [indicator["id"] for task in document["tasks"] for indicator in task["indicators"]]
    assert listed == list(plan.indicators)
    assert document["digest"] == plan.digest
    assert "." not in str([value for value in walk(document) if isinstance(value, int)])


def walk(value: object) -> list[object]:
    """Every plain value in a JSON document."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return [value] if held is None else [leaf for member in held for leaf in walk(member)]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (("--area", "2"), ["T02-01", "T02-02"]),
        (("--area", "社会组织"), ["T02-01", "T02-02"]),
        (("--area", "工作保障"), ["T03-01"]),
        (("--task", "1", "--task", "3"), ["T01-01", "T01-02", "T03-01"]),
        (("--area", "1,2", "--task", "2"), ["T02-01", "T02-02"]),
    ],
)
def test_areas_and_tasks_can_be_picked(filters: tuple[str, ...], ids: list[str], mzplan: Mzplan) -> None:
    document = json.loads(mzplan("plan", "--plan", TINY, "--format", "json", *filters).out)
    assert [indicator["id"] for task in document["tasks"] for indicator in task["indicators"]] == ids


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--area", "社会组"), ""),
        (("--area", "社会组职"), "是否要写 2 社会组织？"),
        (("--task", "9"), "没有任务 9"),
        (("--area", "1", "--task", "2"), "行动、任务和处室对不上"),
        (("--format", "csv"), "没有输出格式 csv。可用的有：terminal、plain、markdown、html、latex、docx、json。"),
        (("plan/2024.yaml",), "要校验文件用 mzplan plan check plan/2024.yaml"),
        (("chekc",), f"没有子命令 chekc。是否要写 mzplan plan check {TINY}？"),
        (("show",), f"没有子命令 show。显示计划就写 mzplan plan --plan {TINY}；子命令有 check、schema。"),
    ],
)
def test_what_cannot_be_shown_says_why(arguments: tuple[str, ...], says: str, mzplan: Mzplan) -> None:
    run = mzplan("plan", "--plan", TINY, *arguments)
    assert run.code == (2 if says else 0)
    assert says in run.err


def test_a_wrong_plan_stops_every_command_with_all_its_errors(wrong: Path, mzplan: Mzplan) -> None:
    run = mzplan("plan", "--plan", wrong)
    assert (run.code, run.out) == (2, "")
    first, negative, misspelt = run.err.splitlines()
    assert first == "mzplan: 计划有 2 处错误，改正后再运行："
    assert negative == "wrong.yaml:28:32: MZ741 错误：目标是负数 -1；核对原文的数"
    assert misspelt.startswith("wrong.yaml:35:22: MZ711 错误：T01-02 没有 atleast 这个键；是不是 at_least？可用的键：")


def test_check_says_what_a_sound_plan_holds(mzplan: Mzplan) -> None:
    run = mzplan("plan", "check", TINY, OTHER)
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        f"√ {TINY}：2 项行动、2 项任务、1 项工作保障、5 项指标、4 个填报单位、6 个分解数，没有发现问题。\n"
        f"√ {OTHER}：4 项行动、5 项任务、12 项指标、4 个填报单位、7 个分解数，没有发现问题。\n"
    )


def test_check_lists_everything_and_exits_2(wrong: Path, mzplan: Mzplan, golden: Golden) -> None:
    run = mzplan("plan", "check", wrong, "absent.yaml", TINY)
    assert (run.code, run.err) == (2, "")
    golden("plan.check.txt", run.out.replace(str(TINY), "tiny.yaml"))


def test_check_lets_a_warning_pass(wrong: Path, mzplan: Mzplan) -> None:
    wrong.write_text(TINY.read_text().replace("发展规划\n", "服务类救助项目数\n", 1))
    run = mzplan("plan", "check", wrong)
    assert run.code == 0
    warning, verdict = run.out.splitlines()
    assert warning.startswith("wrong.yaml:55:19: MZ725 警告：指标名称 服务类救助项目数 与第 24 行的 T01-01 相同；")
    assert verdict.endswith("4 个填报单位、0 个分解数，1 个警告。")


@pytest.mark.parametrize("name", [name for name in CHECK_FORMATS if name != "text"])
def test_check_speaks_every_format_of_the_checks(name: str, wrong: Path, mzplan: Mzplan) -> None:
    run = mzplan("plan", "check", wrong, "--format", name)
    assert (run.code, run.err) == (2, "")
    assert "MZ741" in run.out


def test_check_as_json_keeps_to_the_schema_of_findings(wrong: Path, mzplan: Mzplan) -> None:
    document = json.loads(mzplan("plan", "check", wrong, "--format", "json").out)
    Draft202012Validator(json.loads((SCHEMAS / "check.schema.json").read_text())).validate(document)
    counts = {"files": 1, "records": 0, "errors": 2, "warnings": 1}
    told = dict.fromkeys(("ignored", "waived", "known", "unchanged", "excluded", "cleared"), 0)
    assert document["summary"] == counts | told
    first = document["diagnostics"][0]
    assert (first["path"], first["line"], first["column"], first["code"]) == ("wrong.yaml", 28, 32, "MZ741")


def test_the_plan_before_check_and_the_projects_plan_are_the_usual_ones(
    mzplan: Mzplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(TINY) in mzplan("plan", "--plan", TINY, "check").out
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "2026.yaml").write_bytes(OTHER.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert "2026.yaml：4 项行动" in mzplan("plan", "check").out


def test_a_file_named_twice_is_told_once(mzplan: Mzplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = mzplan("plan", "check", "b.yaml", "a.yaml", "./b.yaml", tmp_path / "a.yaml").out
    once = [
        f"{name}: MZ701 错误：没有这个文件；检查路径\n× {name}：1 个错误，0 个警告。\n" for name in ("b.yaml", "a.yaml")
    ]
    assert told == "".join(once)


def test_the_schema_is_printed_as_it_is_shipped(mzplan: Mzplan, tmp_path: Path) -> None:
    shipped = (SCHEMAS / "plan.schema.json").read_text()
    assert mzplan("plan", "schema").out == shipped
    assert mzplan("plan", "schema", "--output", tmp_path / "s.json").out == ""
    assert (tmp_path / "s.json").read_text() == shipped


@pytest.mark.parametrize(("suffix", "starts"), [("md", "# 2023年"), ("json", "{"), ("txt", "2023年")])
def test_a_file_gets_the_format_of_its_name(suffix: str, starts: str, mzplan: Mzplan, tmp_path: Path) -> None:
    target = tmp_path / f"plan.{suffix}"
    assert mzplan("plan", "--plan", TINY, "--output", target) == (0, "", "")
    assert target.read_text().startswith(starts)
