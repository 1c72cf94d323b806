"""`mzplan init`: a project that works at once, for any city; and what is said where there is no project."""

import re
import sys
from pathlib import Path

import openpyxl
import pytest

from conftest import Mzplan, few
from mzplan.cli.parser import COMMANDS
from mzplan.plan.load import load_plan
from repositories import Git, git
from test_ci_examples import EXAMPLES, load
from test_form_workbook import data_sheet, rows

ROOT = Path(__file__).parent.parent
DATA, PLAN = ROOT / "data", ROOT / "plan" / "2023.yaml"
GIVEN = ("init", "示范", "--city", "示范市", "--year", "2022")
UNITS = ("--units", "甲县,乙市,示范开发区")
PLACES = {
    "plan/2022.yaml",
    "README.md",
    "data/README.md",
    "mzplan.toml",
    ".gitattributes",
    ".gitignore",
    ".github/workflows/check-data.yml",
    ".gitlab-ci.yml",
    "inbox/.gitkeep",
}
__all__ = ["git"]


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of no project, and we in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def project(mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project of three units and the bureau, and we in it."""
    made = mzplan(*GIVEN, *UNITS)
    assert (made.code, made.err) == (0, "")
    monkeypatch.chdir("示范")
    return Path.cwd()


def files(folder: Path) -> dict[str, bytes]:
    """What stands below a folder, but for git's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def test_it_says_what_to_do_next_from_where_one_is(mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    made = mzplan(*GIVEN, *UNITS).out
    assert "  cd 示范\n" in made
    assert "：unit01 甲县、unit02 乙市、unit03 示范开发区、bureau 市本级\n" in made
    Path("这里").mkdir()
    monkeypatch.chdir("这里")
    assert "cd " not in mzplan("init", ".", *GIVEN[2:], *UNITS).out


@pytest.mark.parametrize("asked", ["en", "zh"])
def test_what_it_tells_to_do_next_speaks_the_language_that_was_asked_for(
    asked: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MZPLAN_LANG", "en" if asked == "zh" else "")
    told = mzplan(*GIVEN, *UNITS, "--lang", asked).out
    told += mzplan("init", "--from", f"{GIVEN[1]}/plan/{GIVEN[-1]}.yaml", "--lang", asked).out
    named = re.findall("mzplan (?:plan check|template|doctor)[ !-~]*", told)
    assert [command.split()[1] for command in named] == ["plan", "template", "doctor", "plan"]
    assert [command for command in named if f"--lang {asked}" not in command] == []


def test_its_plan_is_sound_at_once_and_says_what_is_to_be_written(project: Path, mzplan: Mzplan) -> None:
    assert files(project).keys() == PLACES
    checked = mzplan("plan", "check")
    assert (checked.code, checked.err) == (0, "")
    *told, last = checked.out.splitlines()
    text = Path("plan/2022.yaml").read_text("utf-8").splitlines()
    marked = [number for number, line in enumerate(text, 1) if ": 【待改】" in line]
    assert len(marked) == 6  # where the document can be read, and the words of its five clauses
    assert [re.match(r"plan/2022.yaml:(\d+):\d+: MZ718 警告：source 还没有改：", line)[1] for line in told] == [  # type: ignore[index]
        str(number) for number in marked
    ]
    assert last.startswith(
        "√ plan/2022.yaml：1 项行动、2 项任务、1 项工作保障、5 项指标、4 个填报单位、0 个分解数，6 个警告"
    )


def test_what_has_been_written_is_no_longer_told(project: Path, mzplan: Mzplan) -> None:
    path = Path("plan/2022.yaml")
    path.write_text(path.read_text("utf-8").replace(": 【待改】", ": "), "utf-8")
    assert mzplan("plan", "check").out.endswith("没有发现问题。\n")


def test_every_kind_of_indicator_and_of_unit_has_its_example(project: Path) -> None:
    plan = load_plan("plan/2022.yaml")
    assert plan.title == "2022年示范市民政工作要点"
    assert [(unit.id, unit.name, unit.kind) for unit in plan.reporting_units] == [
        ("unit01", "甲县", "county"),
        ("unit02", "乙市", "county"),
        ("unit03", "示范开发区", "zone"),
        ("bureau", "市本级", "bureau"),
    ]
    kinds = [type(indicator).__name__ for indicator in plan.indicators.values()]
    assert set(kinds) == {"CountIndicator", "StockIndicator", "RatioIndicator", "MilestoneIndicator"}


def test_the_first_status_says_what_to_do_and_that_works(project: Path, mzplan: Mzplan) -> None:
    first = mzplan("status")
    assert (first.code, first.out) == (2, "")
    told = re.search(r"mzplan (template [^；]+)；收回的文件放进 (\S+) 文件夹，用 mzplan (\S+ \S+) 校验", first.err)
    assert told
    assert mzplan(*told[1].split()).code == 0
    assert Path(told[2]).is_dir()
    for form in Path("forms").iterdir():
        fill(form, Path(told[2]) / form.name)
    collected = mzplan(*told[3].split())
    assert collected.code == 0, collected.out
    assert {path.stem for path in Path("data/2022-01").iterdir()} == {"unit01", "unit02", "unit03", "bureau"}
    assert mzplan("check", "--today", "2022-02-05").code == 0
    assert mzplan("status").code == 0
    assert mzplan("summary").code == 0


def test_without_the_extra_every_way_in_names_csv(
    project: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    forms = ("template", "--all", "--period", "2022-01", "--output", "forms/")
    refused = mzplan(*forms)
    assert refused.code == 2
    for said in (refused.err, mzplan("status").err, Path("README.md").read_text("utf-8")):
        assert "mzplan doctor" in said or "-m pip install xlsxwriter" in said
        assert "--format csv" in said
    assert mzplan(*forms, "--format", "csv").code == 0
    assert {path.suffix for path in Path("forms").iterdir()} == {".csv"}


def test_where_every_row_is_wrong_that_is_said(project: Path, mzplan: Mzplan) -> None:
    Path("data/2022-01").mkdir()
    Path("data/2022-01/unit01.csv").write_text("period,unit,indicator,value\n2022-01,甲县,T01-01,一些\n", "utf-8")
    for asked in ((), ("--period", "2022-01")):
        ran = mzplan("status", *asked)
        assert (ran.code, ran.err.startswith("mzplan: 没有一条可用的填报记录：1 处错误，先用 mzplan check")) == (
            2,
            True,
        )
    Path("data/2022-02").mkdir()
    good = "period,unit,indicator,value,numerator,denominator\n2022-02,甲县,T01-01,1,,\n"
    Path("data/2022-02/unit01.csv").write_text(good, "utf-8")
    ran = mzplan("status", "--period", "2022-01")
    assert (ran.code, ran.err.startswith("mzplan: 2022-01 没有一条可用的填报记录：1 处错误")) == (2, True)


def fill(form: Path, filled: Path) -> None:
    """A form as its unit sends it in: a hundredth of every share, the second stage, and nothing of what is counted."""
    sheet = data_sheet(form.read_bytes())
    for row in rows(sheet):
        if row["分子"].protection.locked:
            row["完成值"].value = "起草" if row["指标编码"].value == "T02-01" else 0
        else:
            row["分子"].value, row["分母"].value = 1, 100
    assert sheet.parent is not None
    sheet.parent.save(filled)


def test_what_its_readme_tells_to_type_exists(project: Path) -> None:
    told = [*re.findall(r"mzplan ([a-z]+)", Path("README.md").read_text("utf-8"))]
    told += re.findall(r"`mzplan ([a-z]+)", Path("data/README.md").read_text("utf-8"))
    assert {"plan", "breakdown", "template", "check", "status", "explain", "summary", "report"} <= set(told)
    assert set(told) <= set(COMMANDS)


def test_its_checks_in_ci_are_the_examples_and_its_settings_are_taken(project: Path, mzplan: Mzplan) -> None:
    """The examples pass their linters in `make lint`; the same bytes do so here."""
    assert Path(".github/workflows/check-data.yml").read_bytes() == (EXAMPLES / "github/check-data.yml").read_bytes()
    assert Path(".gitlab-ci.yml").read_bytes() == (EXAMPLES / "gitlab/.gitlab-ci.yml").read_bytes()
    assert load(Path(".gitlab-ci.yml"))["check-data"]
    settings = Path("mzplan.toml")
    assert mzplan("check", "--show-settings").code == 0
    settings.write_text(re.sub(r"^# (?=\w+ =)", "", settings.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert "strict = true" in settings.read_text("utf-8").splitlines()[-1]
    assert mzplan("check", "--show-settings").code == 0


def test_its_checks_pass_before_the_first_report_and_a_wrong_path_does_not(project: Path, mzplan: Mzplan) -> None:
    for arguments in ((), ("data",), (project / "data",), ("--data", "data"), ("--format", "github")):
        ran = mzplan("check", *arguments)
        assert (ran.code, "MZ128" in ran.out) == (0, True), arguments
    assert mzplan("check").out.splitlines()[-2].startswith("检查了 0 个文件、0 条记录")
    assert mzplan("check", "--strict").code == 1
    Path("data/2022-01").mkdir()
    Path("date").mkdir()
    Path("date/README.md").write_text("x", "utf-8")
    for wrong in ("data/2022-01", "date"):
        ran = mzplan("check", wrong)
        assert (ran.code, "MZ102" in ran.out) == (1, True), wrong
    assert mzplan("check", "plan").code == 2
    Path("data/README.md").unlink()
    assert mzplan("check").code == 1


def test_the_rules_of_lights_can_be_read_before_the_first_report(project: Path, mzplan: Mzplan) -> None:
    ran = mzplan("lights")
    assert (ran.code, "strict" in ran.out) == (0, True)


def test_units_may_bring_their_ids(mzplan: Mzplan) -> None:
    assert mzplan(*GIVEN, "--units", "jia=甲县、unit01=乙市，局机关=市本级, 丙区").code == 2
    assert not Path("示范").exists()
    assert mzplan(*GIVEN, "--units", "jia=甲县、unit01=乙市，市本级, 丙区 ").code == 0
    plan = load_plan("示范/plan/2022.yaml")
    assert [(unit.id, unit.name) for unit in plan.reporting_units] == [
        ("jia", "甲县"),
        ("unit01", "乙市"),
        ("bureau", "市本级"),
        ("unit02", "丙区"),
    ]


def test_units_may_be_many_and_oddly_named(mzplan: Mzplan) -> None:
    names = [f"第{number}县" for number in range(1, 301)] + ['"丁"', "x: y", "#z", "null", "[a]"]
    assert mzplan(*GIVEN, "--units", ",".join(names)).code == 0
    plan = load_plan("示范/plan/2022.yaml")
    assert [unit.name for unit in plan.reporting_units] == [*names, "市本级"]
    assert [unit.id for unit in plan.reporting_units][-3:] == ["unit304", "unit305", "bureau"]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("east=East,cb=City Bureau", [("east", "county"), ("cb", "bureau")]),
        ("east=East,cb=Bureau", [("east", "county"), ("cb", "bureau")]),
        ("bureau,east=East", [("bureau", "bureau"), ("east", "county")]),
        ("East,city bureau", [("unit01", "county"), ("bureau", "bureau")]),
        ("bureau=City Affairs,east=East", [("bureau", "bureau"), ("east", "county")]),
        ("甲县,示范市民政局", [("unit01", "county"), ("bureau", "bureau")]),  # the city's own office
        ("甲县,乙市民政局", [("unit01", "county"), ("unit02", "county"), ("bureau", "bureau")]),
        ("East,East Development Zone", [("unit01", "county"), ("unit02", "zone"), ("bureau", "bureau")]),
        ("zone=甲管委,x=甲县", [("zone", "zone"), ("x", "county"), ("bureau", "bureau")]),
    ],
)
def test_what_a_unit_is_called_says_its_kind_in_either_language(
    units: str, expected: list[tuple[str, str]], mzplan: Mzplan
) -> None:
    Path("units.csv").write_text(
        "id,name\n"
        + "".join(f"{before},{name}\n" for before, _, name in (one.rpartition("=") for one in units.split(","))),
        "utf-8",
    )
    for number, given in enumerate((units, "units.csv")):
        ran = mzplan("init", f"p{number}", "--city", "示范市", "--year", "2022", "--units", given)
        assert ran.code == 0
        plan = load_plan(f"p{number}/plan/2022.yaml")
        assert [(unit.id, unit.kind) for unit in plan.reporting_units] == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("header", ["id,name,aliases,code,kind", "标识,单位名称,简称,区划代码,类别"])
def test_units_may_stand_in_a_table(header: str, encoding: str, mzplan: Mzplan) -> None:
    rows = f"{header}\njia,甲县,甲、老甲,990101,\n,高新区,,GXQ,zone\nju,示范市局,,,市本级\n"
    Path("单位.csv").write_text(rows, encoding)
    assert mzplan(*GIVEN, "--units", "单位.csv").code == 0
    plan = load_plan("示范/plan/2022.yaml")
    assert [(unit.id, unit.name, unit.kind, unit.code, unit.aliases) for unit in plan.reporting_units] == [
        ("jia", "甲县", "county", "990101", ("甲", "老甲")),
        ("unit01", "高新区", "zone", "GXQ", ()),
        ("ju", "示范市局", "bureau", "", ()),
    ]


@pytest.mark.parametrize(
    "text",
    ["甲县\n乙市\n示范开发区\n", "甲县\r\n\r\n乙市\r\n示范开发区", "甲县、乙市\n示范开发区\n", "甲县,乙市,示范开发区"],
)
@pytest.mark.parametrize("name", ["单位.txt", "单位.csv"])
def test_units_may_stand_in_a_list_of_names(name: str, text: str, mzplan: Mzplan) -> None:
    Path(name).write_text(text, "utf-8")
    assert mzplan(*GIVEN, "--units", name).code == 0
    plan = load_plan("示范/plan/2022.yaml")
    assert [(unit.id, unit.name, unit.kind) for unit in plan.reporting_units] == [
        ("unit01", "甲县", "county"),
        ("unit02", "乙市", "county"),
        ("unit03", "示范开发区", "zone"),
        ("bureau", "市本级", "bureau"),
    ]


def test_units_may_stand_in_a_workbook(mzplan: Mzplan) -> None:
    book = openpyxl.Workbook()
    for row in (("名称", "区划代码", "类别"), ("甲县", 990101, None), ("示范开发区", "KFQ", None)):
        book.worksheets[0].append(row)
    book.save("单位.xlsx")
    assert mzplan(*GIVEN, "--units", "单位.xlsx").code == 0
    plan = load_plan("示范/plan/2022.yaml")
    assert [(unit.id, unit.name, unit.kind, unit.code) for unit in plan.reporting_units] == [
        ("unit01", "甲县", "county", "990101"),
        ("unit02", "示范开发区", "zone", "KFQ"),
        ("bureau", "市本级", "bureau", ""),
    ]


@pytest.mark.parametrize("city", ["New York", "O'Fallon", "St. Louis", "Saint-Denis", " Xi'an "])
def test_a_city_has_the_blanks_and_marks_that_names_have(city: str, mzplan: Mzplan) -> None:
    assert mzplan("init", "示范", "--city", city, "--year", "2022", *UNITS).code == 0
    assert load_plan("示范/plan/2022.yaml").title == f"2022年{city.strip()}民政工作要点"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("--city", "示范市", "--year", "2022"), "缺少 --units。新建项目写成：mzplan init 文件夹"),
        ((), "缺少 --city、--year、--units。"),
        (("--city", "a: b", "--year", "2022", *UNITS), "a: b 不是市名"),
        (("--city", "示范市", "--year", "31", *UNITS), "--year 31 不是计划年度"),
        (("--city", "示范市", "--year", "二〇二二", *UNITS), "--year 要一个整数"),
        (("--city", "示范市", "--year", "2022", "--units", "甲县,甲县"), "--units 里“甲县”出现了两次"),
        (("--city", "示范市", "--year", "2022", "--units", "，"), "--units 里没有填报单位"),
        (("--city", "示范市", "--year", "2022", "--units", "市本级"), "--units 里没有填报单位"),
        (("--city", "示范市", "--year", "2022", "--units", "JIA=甲县"), "填报单位 id JIA 不能作文件名"),
        (("--city", "示范市", "--year", "2022", "--units", "甲县,乙\u200b县"), "乙\\u{200b}县”有看不见或认不出的字符"),
        (("--city", "示范市", "--year", "2022", "--units", "甲县,\udcff"), "\\u{dcff}”有看不见或认不出的字符"),
        (("--city", "示范市", "--year", "2022", "--units", "没有.csv"), "读不了 没有.csv：没有这个文件"),
        (("--city", "示范市", "--year", "2022", "--units", "坏.csv"), "坏.csv 第一行要有表头"),
        (("--city", "示范市", "--year", "2022", "--units", "类.csv"), "类.csv 第2行的类别“镇”看不懂"),
        (("--city", "示范市", "--year", "2022", "--units", "空.csv"), "空.csv 第3行没有单位名称"),
        (("--city", "示范市", "--year", "2022", "--units", "书.xlsx"), "书.xlsx：是空的。"),
    ],
)
def test_what_cannot_be_founded_is_said_and_nothing_is_written(
    given: tuple[str, ...], says: str, mzplan: Mzplan
) -> None:
    Path("坏.csv").write_text("甲县,镇数\n乙市,12\n")
    Path("类.csv").write_text("name,kind\n甲县,镇\n")
    Path("空.csv").write_text("name,kind\n甲县,county\n,county\n")
    openpyxl.Workbook().save("书.xlsx")
    ran = mzplan("init", "示范", *given)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert not Path("示范").exists()


def test_no_file_is_ever_written_over(mzplan: Mzplan) -> None:
    Path("示范").mkdir()
    Path("示范/笔记.txt").write_text("留着")
    refused = mzplan(*GIVEN, *UNITS)
    assert (refused.code, "不是空文件夹" in refused.err) == (2, True)
    assert files(Path("示范")).keys() == {"笔记.txt"}
    assert mzplan(*GIVEN, *UNITS, "--force").code == 0
    made = files(Path("示范"))
    assert made.keys() == {*PLACES, "笔记.txt"}
    Path("示范/plan/2022.yaml").unlink()
    again = mzplan(*GIVEN, "--units", "丙县", "--force")
    assert again.code == 2
    assert again.err.startswith("mzplan: 示范 里已有 README.md、data/README.md、")
    assert files(Path("示范")) == {name: data for name, data in made.items() if name != "plan/2022.yaml"}
    Path("文件").write_text("")
    assert "文件 是文件，不是文件夹" in mzplan("init", "文件", *GIVEN[2:], *UNITS).err


def test_with_git_all_of_it_is_in_the_first_commit(mzplan: Mzplan, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "t@example.invalid")
    assert mzplan(*GIVEN, *UNITS, "--git").err == ""
    assert set(git("ls-files", folder="示范").splitlines()) == PLACES
    assert git("status", "--porcelain", folder="示范") == ""
    for place in (
        "forms/甲.xlsx",
        "returns/甲.xlsx",
        "inbox/甲.xlsx",
        "inbox/filed/2022-01/甲.xlsx",
        "data/2022-01/甲.csv",
    ):
        Path("示范", place).parent.mkdir(parents=True, exist_ok=True)
        Path("示范", place).write_text("")
    git("add", "-A", folder="示范")
    kept = git("-c", "core.quotePath=false", "diff", "--cached", "--name-only", folder="示范").splitlines()
    assert kept == ["data/2022-01/甲.csv", "inbox/filed/2022-01/甲.xlsx"]
    inside = mzplan("init", "示范/再一个", *GIVEN[2:], *UNITS, "--git")
    assert (inside.code, "已在 git 仓库" in inside.err) == (2, True)
    assert not Path("示范/再一个").exists()


def test_a_git_that_cannot_commit_leaves_the_files(mzplan: Mzplan, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    ran = mzplan(*GIVEN, *UNITS, "--git")
    assert ran.code == 0
    assert "git 没有成功：" in ran.err
    assert files(Path("示范")).keys() == PLACES
    monkeypatch.setenv("PATH", "")
    assert "--git 需要 git" in mzplan("init", "另一个", *GIVEN[2:], *UNITS, "--git").err
    assert not Path("另一个").exists()


JUDGING = (
    ("status",),
    ("check",),
    ("summary",),
    ("explain", "T05-03"),
    ("report", "--output", "x.html"),
    ("impact", "HEAD"),
    ("template", "--unit", "义乌市"),
    ("breakdown",),
    ("plan",),
    ("plan", "check"),
    ("plan", "check", "--format", "json"),
)


@pytest.mark.untraced
@few("arguments", JUDGING, [JUDGING[0], JUDGING[3], *JUDGING[7:10]], ids=" ".join)
def test_where_there_is_no_project_nobody_is_shown_another_citys_plan(
    arguments: tuple[str, ...], mzplan: Mzplan
) -> None:
    ran = mzplan(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "这里不是项目" in ran.err
    assert "mzplan init 文件夹 --city" in ran.err
    example = ran.err.rpartition("例如：mzplan ")[2].strip("。\n").split()
    ran = mzplan(*({"计划.yaml": str(PLAN), "data": str(DATA)}.get(word, word) for word in example))
    assert ran.code == 0, ran.err
    assert "没有选项" not in ran.err


def test_what_judges_nobody_needs_no_project(mzplan: Mzplan) -> None:
    lights = mzplan("lights")
    assert (lights.code, lights.err) == (0, ""), "the published presets are no plan's"
    for slip in (("strcit",), ("--lights", "strcit")):
        ran = mzplan("lights", *slip)
        assert (ran.code, "没有亮灯规则 strcit。是否要写 strict？" in ran.err) == (2, True)
    assert mzplan("rule", "MZ301").code == 0
    assert mzplan("plan", "schema").code == 0


@pytest.mark.untraced
@pytest.mark.parametrize(
    "arguments",
    [("status",), ("check", DATA / "2023-09" / "yiwu.csv"), ("explain", "T05-03")],
    ids=lambda each: each[0],
)
def test_where_data_are_named_the_shipped_plan_is_meant(
    arguments: tuple[object, ...], mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = "用的是随程序附带的《2023年全市民政工作要点》（金华市民政局）；自己的计划用 --plan 指定。"
    if arguments[0] != "check":
        ran = mzplan(*arguments, "--data", DATA)
        assert (ran.code, shipped in ran.err) == (0, True)
        assert shipped not in mzplan(*arguments, "--data", DATA, "--plan", PLAN).err
        monkeypatch.setenv("MZPLAN_DATA", str(DATA))
    ran = mzplan(*arguments)
    assert (ran.code, shipped in ran.err) == (0, True)
    monkeypatch.delenv("MZPLAN_DATA", raising=False)
    monkeypatch.setenv("MZPLAN_PLAN", str(PLAN.parent))
    assert shipped not in mzplan("status", "--data", DATA).err, "a folder of plans that is named is meant"
    assert mzplan("plan", "check").code == 0


@pytest.mark.parametrize("arguments", [("status",), ("template", "--all", "-o", "forms/")], ids=lambda each: each[0])
def test_a_data_folder_without_any_report_asks_for_nobodys_plan(arguments: tuple[str, ...], mzplan: Mzplan) -> None:
    Path("data").mkdir()
    ran = mzplan(*arguments, "--data", "data")
    assert (ran.code, ran.out) == (2, "")
    assert "这里不是项目" in ran.err
    assert not Path("forms").exists()


@pytest.mark.parametrize("parent", ["dongpian", "东片"])
@pytest.mark.parametrize("header", ["id,name,parent", "标识,名称,上级"])
def test_a_table_of_units_may_name_regions(header: str, parent: str, mzplan: Mzplan) -> None:
    """A region files nothing, so that no file is told to be called like it."""
    Path("单位.csv").write_text(f"{header}\ndongpian,东片,\njia,甲县,{parent}\n,乙县,{parent}\n,丙县,\n", "utf-8")
    ran = mzplan(*GIVEN, "--units", "单位.csv")
    assert ran.code == 0
    plan = load_plan("示范/plan/2022.yaml")
    assert [region.id for region in plan.regions] == ["dongpian"]
    assert plan.members == {"dongpian": ("jia", "unit01")}
    assert "jia 甲县、unit01 乙县、unit02 丙县" in ran.out
    assert "dongpian" not in Path("示范/data/README.md").read_text("utf-8")
    Path("单位.csv").write_text(f"{header}\njia,甲县,西片\n", "utf-8")
    assert "单位.csv 里没有单位“西片”，不能作上级" in mzplan("init", "二", *GIVEN[2:], "--units", "单位.csv").err
