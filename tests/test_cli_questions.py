"""What is asked on the command line: an option means the same in every command, on every view, or is refused."""

import json
import re
import shutil
from collections.abc import Sequence
from itertools import cycle, product
from pathlib import Path

import pytest

from conftest import Mzplan, few
from factory import write_project
from mzplan.plan.load import load_plan

ARGUMENTS: Sequence[tuple[str, ...]] = (
    (),
    ("--unit", "开发区"),
    ("--area", "1"),
    ("--indicator", "T01-01"),
    ("--by", "area"),
    ("--by", "area", "--unit", "开发区"),
    ("--trend",),
    ("--compare",),
    ("--only", "behind"),
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_project(tmp_path))
    return tmp_path


GATED = ("plain", "csv", "json", "html")


@few(("arguments", "name"), product(ARGUMENTS, GATED), zip(ARGUMENTS, cycle(GATED)))
def test_a_gate_closes_on_every_view_in_every_format(
    project: Path, mzplan: Mzplan, arguments: tuple[str, ...], name: str
) -> None:
    """开发区 lags in beds and has exceeded a limit; it owes nothing, and nothing is 严重滞后."""
    asked = ("status", *arguments, "--format", name)
    sees_accidents = not {"--area", "--indicator"} & set(arguments)
    for gate, code in (("behind", 1), ("far_behind", 0), ("exceeded", int(sees_accidents))):
        ran = mzplan(*asked, "--fail-on", gate)
        assert ran.code == code
        assert ran.out == mzplan(*asked).out, "a gate changes nothing that is shown"


def test_compared_with_nothing_named_it_is_the_period_before(project: Path, mzplan: Mzplan) -> None:
    assert mzplan("status", "--compare") == mzplan("status", "--compare", "2023-05")
    assert mzplan("status", "--compare", "--unit", "南县") == mzplan("status", "--compare=2023-05", "--unit=南县")
    refused = mzplan("status", "--compare", "--period", "2023-01")
    assert (refused.code, refused.out) == (2, "")
    assert "2023-01 以前没有任何一期有填报，没有上期可比：请用 --period 另选一期，数据到 2023-06。" in refused.err
    for month in range(2, 7):
        shutil.rmtree(f"data/2023-{month:02d}", ignore_errors=True)
    assert mzplan("status", "--compare").err == "mzplan: 2023-01 以前没有任何一期有填报，没有上期可比。\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--unit", ","), "“,”里没有写名称"),
        (("--only", " ， "), "里没有写名称"),
        (("--unit", ""), "--unit 的值是空的"),
        (("--changed",), "要和 --trend 或 --compare 一起用"),
        (("--sort", "contribution"), "没有可按 contribution"),
        (("--trend", "--compare", "-f", "csv"), "csv 只写一张表"),
        (("--by", "area", "-f", "jsonl"), "jsonl 只写单个指标"),
        (("--compare", "-f", "jsonl"), "jsonl 只写单个指标"),
    ],
)
def test_what_a_view_or_format_has_no_place_for_is_refused(
    project: Path, mzplan: Mzplan, arguments: tuple[str, ...], words: str
) -> None:
    ran = mzplan("status", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.parametrize(
    ("arguments", "example"),
    [
        (("status",), "mzplan status --plan 计划.yaml --data data"),
        (("check",), "mzplan check --plan 计划.yaml --data data"),
        (("explain", "T05-03", "义乌市"), "mzplan explain T05-03 义乌市 --plan 计划.yaml --data data"),
        (("impact", "HEAD~1"), "mzplan impact HEAD~1 --plan 计划.yaml --data data"),
        (("collect", "收 件"), "mzplan collect '收 件' --plan 计划.yaml --data data"),
        (("status", "--plan", "p.yaml", "-p", "2023-06"), "mzplan status --plan p.yaml -p 2023-06 --data data"),
        (("breakdown", "T05-03"), "mzplan breakdown T05-03 --plan 计划.yaml"),
        (("plan", "--area", "2"), "mzplan plan --area 2 --plan 计划.yaml"),
        (("plan", "check", "-f", "json"), "mzplan plan check -f json 计划.yaml"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_plan_and_data_that_are_not_there_are_asked_for_with_what_was_typed(
    arguments: tuple[str, ...], example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan
) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"例如：{example}。" in mzplan(*arguments).err


def test_what_is_proposed_leads_to_a_path_however_long_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan
) -> None:
    monkeypatch.chdir(tmp_path)
    long = "/".join(["收件"] * 200)
    assert f"例如：mzplan collect {long} --plan 计划.yaml --data data。" in mzplan("collect", long).err


@pytest.mark.parametrize("command", ["status", "summary", "lights", "explain"])
def test_each_example_of_a_help_page_has_a_line_of_its_own(mzplan: Mzplan, command: str) -> None:
    text = mzplan(command, "--help").out
    examples = text.partition("用法示例：")[2].partition("\n\n")[0].splitlines()
    assert len(examples) > 1
    assert all(line.strip().startswith(f"mzplan {command}") for line in examples)


def test_zero_is_the_safeguards_wherever_an_area_is_named(project: Path, mzplan: Mzplan) -> None:
    assert mzplan("status", "--area", "0") == mzplan("status", "--area", "工作保障")
    assert mzplan("summary", "--area", "0", "--draft") == mzplan("summary", "--area", "工作保障", "--draft")


def test_the_whole_city_is_a_unit_wherever_one_is_named(project: Path, mzplan: Mzplan) -> None:
    assert mzplan("status", "--unit", "全市").code == 0
    assert mzplan("report", "--unit", "全市").code == 0
    assert mzplan("summary", "--unit", "全市") == mzplan("summary")
    assert mzplan("summary", "--kind", "reminder", "--unit", "city") == mzplan("summary", "--kind", "reminder")
    assert "南县" in mzplan("summary", "--unit", "南").out.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--unit", "南县", "--area", "2"), "--area 不能与 --unit 同用：反馈函写这家的全部工作。去掉其中一个。"),
        (("--kind", "brief", "--unit", "南县"), "--unit 不能与 --kind brief 同用：去掉 --kind，"),
        (("--kind", "bulletin", "--area", "2"), "--area 不能与 --kind bulletin 同用"),
        (("--kind", "reminder", "--area", "2"), "--area 不能与 --kind reminder 同用"),
        (("--unit", "南县", "--task", "1"), "--task 不能与 --unit 同用"),
        (("--unit", "南县", "--unit", "北县"), "--unit 一次只能给一个单位"),
        (("--unit", "南县,北县"), "--unit 一次只能给一个单位"),
        (("--area", "1", "--task", "3"), "没有指标，没有可写的内容"),
        (("--lead", "养老处"), "计划里没有写责任处室"),
        (("--kind", "area"), "领域进展要用 --area 指明"),
        (("--kind", "unit"), "反馈函要用 --unit 指明"),
    ],
)
def test_a_document_that_is_not_of_one_unit_or_area_refuses_its_name(
    project: Path, mzplan: Mzplan, arguments: tuple[str, ...], words: str
) -> None:
    ran = mzplan("summary", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert mzplan("summary", "--kind", "brief", "--unit", "全市") == mzplan("summary", "--kind", "brief")


@pytest.mark.parametrize("kind", ["bulletin", "brief", "half-year", "annual", "reminder"])
@pytest.mark.parametrize("option", [("--unit", "南县"), ("--area", "2"), ("--task", "3")], ids=" ".join)
def test_what_is_proposed_in_place_of_a_kind_is_written(
    project: Path, mzplan: Mzplan, kind: str, option: tuple[str, str]
) -> None:
    ran = mzplan("summary", "--draft", "--kind", kind, *option)
    if ran.code:
        assert f"{option[0]} 不能与 --kind {kind} 同用：去掉 --kind，" in ran.err
        assert ("改成 --kind reminder" in ran.err) is (option[0] == "--unit")
        assert mzplan("summary", "--draft", *option).code == 0
    assert mzplan("summary", "--draft", "--kind", "reminder", "--unit", "南县").code == 0


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (("--task", "1"), "{tasks[0]}"),
        (("--task", "T01,3"), "{tasks[0]}、{tasks[2]}"),
        (("--area", "1", "--area", "0"), "{areas[0]}、工作保障"),
        (("--lead", "养老处"), "养老处负责的工作"),
        (("--lead", "养老处", "--area", "2"), "养老处负责的{areas[1]}"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_document_is_of_what_the_same_options_show_and_agrees_with_itself(
    project: Path, mzplan: Mzplan, asked: tuple[str, ...], name: str
) -> None:
    """养老处 leads the first task and the third, of two areas."""
    path = project / "plan/2023.yaml"
    text = path.read_text("utf-8")
    for name_of_task in ("扩大供给", "帮扶"):
        text = text.replace(f"        name: {name_of_task}\n", f"        name: {name_of_task}\n        lead: 养老处\n")
    path.write_text(text, "utf-8")
    plan = load_plan(path)
    title = name.format(tasks=[task.name for task in plan.tasks], areas=[area.name for area in plan.action_areas])
    rows = json.loads(mzplan("status", *asked, "--format", "json").out)["rows"]
    said = mzplan("summary", *asked, "--draft", "-o", "draft.md")
    assert (said.code, said.out) == (0, "")
    written = Path("draft.md").read_text("utf-8")
    assert f"2023年1—6月{title}进展情况" in written.splitlines()[0]
    assert {row["name"] for row in rows} == {one.name for one in plan.indicators.values() if one.name in written}
    checked = mzplan("summary", *asked, "--verify", "draft.md", "--strict")
    assert (checked.code, checked.err) == (0, "")
    share = re.search(r"(..完成率)[0-9.]+%", written)
    assert share is not None
    assert share[1] == "年度完成率", "as status has it: only an action area has one of an area"
    Path("wrong.md").write_text(written.replace(share[0], f"{share[1]}1.3%"), "utf-8")
    assert f"{title}应为" in mzplan("summary", *asked, "--verify", "wrong.md").out
