"""No result is written over figures, a plan or settings unless `--force` says so, and none through a link."""

import os
import re
import shutil
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
import typer

from conftest import Mzplan, few, run
from mzplan.cli.overwriting import kept_for
from mzplan.cli.parser import COMMANDS, app
from mzplan.reading.csv_border import HEADER_ROWS
from mzplan.render.formats import suffixes
from mzplan.render.status import FORMATS
from mzplan.rules import RULES
from repositories import Git, commit, git
from test_cli_check import HEADER, SOUND, write

PLAN = Path(__file__).parent / "plans" / "tiny.yaml"
__all__ = ["git"]

FILLED = SOUND["data/2023-03/jia.csv"]
BLANK = f"{HEADER}2023-03,甲县,T01-01,服务类救助项目数,,,,,\n"

COMMANDS_THAT_WRITE = {
    "status": ["status", "--format", "plain"],
    "check": ["check", "--format", "text", "--today", "2023-04-05"],
    "summary": ["summary", "--draft", "--format", "markdown"],
    "report": ["report"],
    "explain": ["explain", "T01-01", "--format", "text"],
    "template": ["template", "--unit", "甲县", "--period", "2023-04", "--format", "csv"],
    "plan": ["plan", "--format", "plain"],
    "plan check": ["plan", "check", "--format", "text"],
    "plan schema": ["plan", "schema"],
    "breakdown": ["breakdown", "--by", "equal", "--format", "text"],
    "lights": ["lights", "--format", "text"],
    "impact": ["impact", "HEAD", "--format", "plain"],
    "rule": ["rule", "MZ301", "--format", "text"],
    "doctor": ["doctor", "--format", "text"],
}


def suffix_of(name: str) -> str:
    """What the file is called that one of these commands writes."""
    words = COMMANDS_THAT_WRITE[name]
    format_name = words[words.index("--format") + 1] if "--format" in words else {"report": "html"}.get(name, "json")
    return suffixes(format_name)[0]


def what_writes(path: str) -> list[str]:
    """A command that may write a file of that name."""
    is_known = Path(path).suffix in {suffix for each in FORMATS for suffix in suffixes(each)}
    return ["status"] if is_known else COMMANDS_THAT_WRITE["rule"]


@pytest.fixture(autouse=True)
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git: Git) -> Path:
    """A project with sound data, and we in it."""
    home = tmp_path / "project"
    for name, text in SOUND.items():
        write(home / name, text)
    (home / "plan").mkdir()
    shutil.copy(PLAN, home / "plan" / "2023.yaml")
    monkeypatch.chdir(home)
    if "impact" in request.node.name:  # which asks what was committed
        git("init", "-q", ".")
        commit(git)
    return home


def all_commands(command: Any = None, name: str = "") -> list[tuple[str, Any]]:
    """Every command and group below the program, with its name."""
    command = command or typer.main.get_command(app)
    found = [(name, command)] if name else []
    for word in getattr(command, "list_commands", lambda _: [])(None):
        found += all_commands(command.get_command(None, word), f"{name} {word}".strip())
    return found


def test_whatever_writes_a_file_is_tried_here_and_has_force() -> None:
    options = {name: {each.name for each in command.params} for name, command in all_commands()}
    assert set(options) >= set(COMMANDS)
    folders = {"sql"}  # several files at once, of one of which below
    assert {name for name, known in options.items() if "output" in known} == set(COMMANDS_THAT_WRITE) | folders
    founding = {"init"}  # a whole folder, where nothing is ever written over: tests/test_init.py
    assert {name for name, known in options.items() if "force" in known} == set(
        COMMANDS_THAT_WRITE
    ) | folders | founding


def test_none_of_several_files_is_written_where_one_would_be_over_figures(mzplan: Mzplan) -> None:
    path = Path("warehouse/units.csv")
    write(path, FILLED)
    assert mzplan("sql", "-o", "warehouse").err.startswith("mzplan: warehouse/units.csv 是已填报的数据，不会覆盖。")
    assert ([each.name for each in Path("warehouse").iterdir()], path.read_text()) == (["units.csv"], FILLED)
    assert run("sql", "-o", "warehouse", "--force") == 0
    assert path.read_text() != FILLED


@pytest.mark.parametrize("name", ["units.csv", "statement.sql"])
def test_of_a_folder_of_files_only_those_of_ours_are_written_over(name: str, mzplan: Mzplan) -> None:
    path = Path("warehouse", name)
    write(path, "text,unit,price\n螺母,个,2\n")
    assert mzplan("sql", "-o", "warehouse").err.startswith(f"mzplan: warehouse/{name} 已经有了，不是这个命令写的")
    assert [each.name for each in Path("warehouse").iterdir()] == [name]
    assert run("sql", "-o", "warehouse", "--force") == 0
    for dialect in ("spark", "duckdb"):
        assert run("sql", "-o", "warehouse", "--dialect", dialect) == 0
    write(path, "")
    assert run("sql", "-o", "warehouse") == 0, "nothing was in it"


UNKNOWN = ("out.pdf", "out.ods", "out.qxz", "out.10")


@few(("name", "file"), product(COMMANDS_THAT_WRITE, UNKNOWN), zip(COMMANDS_THAT_WRITE, cycle(UNKNOWN)))
def test_every_command_refuses_a_suffix_that_it_has_no_writer_for(name: str, file: str, mzplan: Mzplan) -> None:
    words = COMMANDS_THAT_WRITE[name]
    if "--format" in words:
        at = words.index("--format")
        words = [*words[:at], *words[at + 2 :]]
    code, printed, told = mzplan(*words, "-o", file)
    suffix = Path(file).suffix
    assert (code, printed) == (2, "")
    assert told.startswith(f"mzplan: {file} 的扩展名 {suffix} 没有对应的输出格式。可用的扩展名有：.")
    promises = file in ("out.pdf", "out.ods")
    assert ("--format" in told) == ("--format" in COMMANDS_THAT_WRITE[name] and not promises)
    assert not Path(file).exists()
    assert "--format" not in told or run(*COMMANDS_THAT_WRITE[name], "-o", file) in (0, 1)
    assert run(*words, "-o", "out") in (0, 1)
    assert Path("out").exists()


FORMATTED = [name for name, words in COMMANDS_THAT_WRITE.items() if "--format" in words]
OTHERS = (".xlsx", ".docx", ".xls", ".pdf", ".xml", ".txt", ".log")


@few(("name", "suffix"), product(FORMATTED, OTHERS), zip(FORMATTED, cycle(OTHERS)))
def test_no_file_is_called_what_another_format_is(name: str, suffix: str, mzplan: Mzplan) -> None:
    words = COMMANDS_THAT_WRITE[name]
    format_name = words[words.index("--format") + 1]
    code, printed, told = mzplan(*words, "-o", f"out{suffix}")
    fits = suffix in (".txt", ".log")
    assert (code in (0, 1), Path(f"out{suffix}").exists()) == (fits, fits)
    if not fits:
        assert (code, printed) == (2, "")
        assert told.startswith(f"mzplan: out{suffix} 的扩展名 {suffix} 不是 {format_name} 的")


@pytest.mark.parametrize("name", COMMANDS_THAT_WRITE)
def test_no_command_writes_over_figures_without_force(name: str, mzplan: Mzplan) -> None:
    path = Path("data/2023-03/jia").with_suffix(suffix_of(name))
    path.write_text(FILLED)
    said = f"{path} 是项目数据文件夹里的文件，不会覆盖。请换一个文件名；确要覆盖，请加 --force。"
    assert mzplan(*COMMANDS_THAT_WRITE[name], "-o", path) == (2, "", f"mzplan: {said}\n")
    assert path.read_text() == FILLED
    assert run(*COMMANDS_THAT_WRITE[name], "-o", path, "--force") in (0, 1)
    assert path.read_text() != FILLED


@pytest.mark.parametrize("name", COMMANDS_THAT_WRITE)
@pytest.mark.parametrize("place", ["data/2023-04/jia", "data/new"])
def test_only_a_form_is_written_among_the_data(name: str, place: str, mzplan: Mzplan) -> None:
    Path("data/2023-04").mkdir()
    path = Path(place).with_suffix(suffix_of(name))
    said = f"{path} 在项目的数据文件夹里，那里只放各单位的报表。请写到别处；确要写在那里，请加 --force。"
    result, is_form = mzplan(*COMMANDS_THAT_WRITE[name], "-o", path), name == "template"
    assert (result.code, path.exists()) == ((0, True) if is_form and path.stem == "jia" else (2, False))
    assert is_form or result.err == f"mzplan: {said}\n"


@pytest.mark.parametrize(
    ("name", "target"), list(zip(COMMANDS_THAT_WRITE, cycle(["../victim", "../nowhere", "/dev/null"]), strict=False))
)
def test_no_command_writes_through_a_link_even_with_force(name: str, target: str, mzplan: Mzplan) -> None:
    write("../victim", "old")
    Path("out").symlink_to(target)
    for force in ([], ["--force"]):
        refused = mzplan(*COMMANDS_THAT_WRITE[name], "--output", "out", *force)
        assert refused.code == 2
        assert refused.err.startswith("mzplan: 无法写入 out：是符号链接")
    assert Path("../victim").read_text() == "old"
    assert not Path("../nowhere").exists()
    assert Path("out").is_symlink()


@pytest.mark.parametrize("name", COMMANDS_THAT_WRITE)
def test_every_command_writes_again_over_what_it_wrote_and_to_devices(name: str) -> None:
    for path in ("out", "out", "/dev/null", "/dev/stdout"):
        assert run(*COMMANDS_THAT_WRITE[name], "-o", path) == 0
    assert Path("out").stat().st_size


KEPT: dict[str, tuple[str, str | bytes]] = {
    "a filled report": ("report.csv", FILLED),
    "one in GB18030": ("report.csv", FILLED.encode("gb18030")),
    "one in UTF-16": ("report.txt", FILLED.encode("utf-16")),
    "one with other headings": ("r.csv", "报告期,填报单位,指标编码,完成值,分子,分母\n2023-03,甲县,T01-01,1,,\n"),
    "one below a title": ("r.csv", f"甲县三月报表,,,\n{FILLED}"),
    "one with semicolons": ("r.csv", FILLED.replace(",", ";")),
    "one with a column twice": ("r.csv", FILLED.replace("evidence", "value", 1)),
    "one without a column": ("r.csv", FILLED.replace("period,", "", 1).replace("2023-03,", "")),
    "one with a note only": ("r.csv", BLANK.replace(",,,,,\n", ",,,,补报,\n")),
    "a form in its place": ("data/2023-04/jia.csv", BLANK),
    "whatever lies in data": ("data/README.md", "x"),
    "a plan": ("2024.yaml", PLAN.read_bytes()),
    "a plan by another name": ("plan.txt", PLAN.read_bytes()),
    "what lies in plan": ("plan/2024.yaml", "x: 1\n"),
    "a breakdown": ("b.csv", "indicator,unit,target,basis,source\n"),
    "one with Chinese headings below a title": ("b.csv", "下达表,,,,\n指标编码,填报单位,目标值,依据,来源\n"),
    "a breakdown in its place": ("plan/2023.breakdown.csv", "indicator,unit,target,basis,source\n"),
    "weights": ("w.csv", "unit,weight\n甲县,1\n"),
    "settings": ("mzplan.toml", ""),
    "waivers": ("waivers.csv", ""),
    "a baseline": ("known.json", '{\n  "schema_version": 1,\n  "findings": []\n}\n'),
    "a workbook": ("report.xlsx", b"PK\x03\x04\x14\x00xl/worksheets/sheet1.xml"),
    "an old workbook": ("report", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
}
FREE: dict[str, tuple[str, str | bytes]] = {
    "a blank form elsewhere": ("form.csv", BLANK),
    "an empty file": ("x.csv", ""),
    "a text": ("x.txt", "第一季度\n"),
    "a page": ("x.html", "<html></html>"),
    "a table of ours": ("x.csv", "填报单位,完成率%\n甲县,1\n"),
    "an answer of ours": ("x.json", '{"schema_version": 1, "summary": {}}'),
    "a document": ("x.docx", b"PK\x03\x04word/document.xml"),
    "a schema beside the plans": ("plan/plan.schema.json", "{}"),
    "an open quote": ("x.csv", '"' + "长" * 200_000),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_is_worth_keeping_is_kept(what: str, mzplan: Mzplan) -> None:
    name, content = KEPT[what]
    write(name, content)
    before = Path(name).read_bytes()
    refused = mzplan(*what_writes(name), "-o", name)
    assert (refused.code, f"{name} 是" in refused.err) == (2, True)
    assert Path(name).read_bytes() == before
    assert run(*what_writes(name), "--force", "-o", name) == 0
    assert Path(name).read_bytes() != before


@pytest.mark.parametrize("titles", range(HEADER_ROWS + 1))
def test_a_report_is_kept_below_as_many_titles_as_check_reads_it_below(titles: int, mzplan: Mzplan) -> None:
    write("report.csv", "甲县报表\n" * titles + FILLED)
    is_read = "MZ130" not in mzplan("check", "report.csv", "--today", "2023-04-05").out
    assert is_read == (titles < HEADER_ROWS)
    form = [*COMMANDS_THAT_WRITE["template"], "-o", "report.csv"]
    assert run(*form) == (2 if is_read else 0)


@pytest.mark.parametrize("path", ["plan/new.csv", "plan/2024.breakdown.csv", "way/new.csv"])
def test_no_result_becomes_a_plan(path: str, mzplan: Mzplan) -> None:
    Path("way").symlink_to("plan")
    form = COMMANDS_THAT_WRITE["template"]
    said = f"mzplan: {path} 在计划文件夹里，会被当作任务分解表。请写到别处；确要写在那里，请加 --force。\n"
    assert mzplan(*form, "-o", path) == (2, "", said)
    assert not Path(path).exists()
    assert run(*form, "-o", path, "--force") == 0


@pytest.mark.parametrize("path", ["mzplan.toml", "waivers.csv", "way/mzplan.toml", "MZPLAN.TOML"])
@pytest.mark.parametrize("command", ["status -f text", "summary -f text", "template -u 甲县 -p 2023-05 --format csv"])
def test_no_result_takes_a_name_that_the_project_reads(path: str, command: str, mzplan: Mzplan) -> None:
    """A text that is called like the settings would stop every later check."""
    Path("way").mkdir()
    ran = mzplan(*command.split(), "-o", path)
    what = "豁免表" if path == "waivers.csv" else "设置文件"
    assert (ran.code, ran.out, Path(path).exists()) == (2, "", False)
    assert f"mzplan: {path} 会被当作{what}。请换一个文件名；确要写成它，请加 --force。\n" in ran.err


def test_a_baseline_is_not_called_like_the_settings(mzplan: Mzplan) -> None:
    ran = mzplan("check", "--today", "2023-04-05", "--write-baseline", "mzplan.toml")
    assert (ran.code, Path("mzplan.toml").exists()) == (2, False)


@pytest.mark.parametrize("what", FREE)
def test_other_files_may_be_written_over(what: str) -> None:
    name, content = FREE[what]
    write(name, content)
    assert kept_for(name) == ""
    assert run(*what_writes(name), "-o", name) == 0


def test_it_is_the_file_that_counts_and_not_from_where_it_is_named(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("data/2023-04/jia.csv", BLANK)
    (tmp_path / "way").symlink_to(project)
    monkeypatch.chdir(tmp_path)
    for way in ("way", "project/plan/..", str(project)):
        assert run("rule", "MZ301", "-o", f"{way}/data/2023-04/jia.csv") == 2


@pytest.mark.untraced
@pytest.mark.parametrize("page", ["text", "markdown", "json"])
def test_a_page_that_quotes_data_or_a_plan_is_neither(page: str) -> None:
    for words in ((), *((code,) for code in RULES)):
        assert run("rule", *words, "--format", page, "-o", "page") == 0
        assert kept_for("page") == ""


def test_a_file_that_cannot_be_read_may_hold_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object, **_named: object) -> int:
        raise PermissionError(13, "Permission denied")

    write("x.csv", "x")
    monkeypatch.setattr(os, "open", forbid)
    assert kept_for("x.csv") == "读不出内容的文件，里面可能有数"


def test_a_form_may_be_made_again_but_not_over_a_report() -> None:
    form = [*COMMANDS_THAT_WRITE["template"], "-o", "甲县.csv"]
    assert run(*form) == 0
    assert run(*form) == 0
    rows = Path("甲县.csv").read_text("utf-8-sig").splitlines()
    at = rows[0].split(",").index("完成值")
    cells = rows[1].split(",")
    cells[at] = "5"
    write("甲县.csv", "\n".join([rows[0], ",".join(cells), *rows[2:], ""]))
    assert run(*form) == 2


def test_a_baseline_takes_the_place_of_a_baseline_only(tmp_path: Path) -> None:
    new = ["check", "--today", "2023-04-05", "--write-baseline"]
    assert run(*new, "known.json") == 0
    assert run(*new, "known.json") == 0
    assert run(*new, "plan/2023.yaml") == 2
    assert run(*new, "data/2023-03/jia.csv") == 2
    Path("linked.json").symlink_to("known.json")
    assert run(*new, "linked.json", "--force") == 2
    assert Path("data/2023-03/jia.csv").read_text() == FILLED


def test_parts_are_not_written_through_a_link(mzplan: Mzplan) -> None:
    write("elsewhere.csv", "indicator,unit,target,basis,source\n")
    Path("plan/2023.breakdown.csv").symlink_to("../elsewhere.csv")
    refused = mzplan("breakdown", "--by", "equal", "--write")
    assert (refused.code, "符号链接指到了项目外面" in refused.err) == (2, True)
    assert Path("elsewhere.csv").read_text() == "indicator,unit,target,basis,source\n"


def test_a_link_among_the_data_is_not_mended_and_the_others_are(mzplan: Mzplan) -> None:
    untidy = FILLED.replace(",18,", ",１８,")
    write("kept.csv", untidy)
    Path("data/2023-03/jia.csv").unlink()
    Path("data/2023-03/jia.csv").symlink_to("../../kept.csv")
    write("data/2023-03/yi.csv", SOUND["data/2023-03/yi.csv"].replace("2023-03", "2023/3"))
    said = mzplan("check", "--today", "2023-04-05", "--fix").err
    assert "没有改动 data/2023-03/jia.csv：是符号链接，不会通过它写到别处。" in said
    assert "已改正 data/2023-03/yi.csv" in said
    assert Path("kept.csv").read_text() == untidy


@pytest.mark.parametrize("name", ["jia.csv", "甲县.csv", "jia.ods"])
@pytest.mark.parametrize("output", [("--all", "-o", "data/2023-04/"), ("-u", "甲县", "-o", "data/2023-04/jia.xlsx")])
def test_no_form_is_written_beside_a_report(mzplan: Mzplan, name: str, output: tuple[str, ...]) -> None:
    """Of two files for one unit and month none might count."""
    write(Path("data/2023-04", name), FILLED)
    ran = mzplan("template", "-p", "2023-04", *output)
    assert (ran.code, [path.name for path in Path("data/2023-04").iterdir()]) == (2, [name])
    assert f"data/2023-04/{name} 已经在那里" in ran.err
    assert mzplan("template", "-p", "2023-04", *output, "--force").code == 0
    assert Path("data/2023-04/jia.xlsx").exists()


@pytest.mark.parametrize(
    "output",
    [
        *(
            ("--all", "-o", folder)
            for folder in ("data", "data/", "./data/forms/", "data/2023-03/", "data/2023-04/new/")
        ),
        *(("-u", "甲县", "-o", f"data/{file}") for file in ("jia.csv", "2023-04/yi.csv", "2023-05/jia.csv")),
        ("-u", "甲县", "-o", "way/jia.csv"),
    ],
    ids=" ".join,
)
def test_no_form_is_written_among_the_data_where_it_would_not_count(
    mzplan: Mzplan, tmp_path: Path, output: tuple[str, ...]
) -> None:
    """What is written by the hint is the report of its unit and month, and nothing to complain of when filled in."""
    Path("way").symlink_to("data")
    Path("data/2023-05").mkdir()
    before = sorted(Path().rglob("*"))
    ran = mzplan("template", "-p", "2023-04", "--format", "csv", *output)
    assert (ran.code, sorted(Path().rglob("*"))) == (2, before)
    (hint,) = re.findall(r"请写到 (\S+) 里", ran.err)
    assert hint == "data/2023-04/"
    assert mzplan("template", "-p", "2023-04", "--format", "csv", *output[:-1], hint).code == 0
    assert mzplan("check", hint, "--today", "2023-04-05").code == 0
    assert mzplan("template", "-p", "2023-04", "--format", "csv", *output, "--force").code == 0
