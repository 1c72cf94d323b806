"""`mzplan init --from`: next year's plan from this year's, which stays as it is, figures included."""

import copy
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import Mzplan
from factory import PLAN_HEAD, check_plan
from mzplan.plan.load import load_plan
from mzplan.plan.next_year import next_year
from mzplan.plan.yaml_border import read_yaml
from repositories import Git, commit, git
from test_region_figures import ACTIONS

__all__ = ["git"]
PLANS = Path(__file__).parent / "plans"
EVERY_KEY = (PLANS / "every_key.yaml").read_text("utf-8")
EMPTIED = ("YL1-02", "YL1-03", "YL1-04", "BZ3-03")
REPORTS = {
    # Nobody has a figure for the subsidies of the year; certified carers 150 + 170; satisfied 45 + 35 of 50 + 50.
    "data/2027-06/dong.csv": "2027-06,东县,YL1-03,150,,\n",
    "data/2027-06/xi.csv": "2027-06,西县,YL1-03,170,,\n",
    "data/2027-12/dong.csv": "2027-12,东县,YL1-03,180,,\n2027-12,东县,YL1-04,,45,50\n2027-12,东县,BZ3-03,30,,\n",
    "data/2027-12/xi.csv": "2027-12,西县,YL1-04,,35,50\n2027-12,西县,YL1-02,1200.5,,\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan with every key and some figures of June and December, in a folder of their own, and we in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mzplan.cli.loading.today", lambda: date(2028, 1, 20))
    Path("plan").mkdir()
    for suffix in ("yaml", "breakdown.csv"):
        shutil.copy(PLANS / f"every_key.{suffix}", f"plan/2027.{suffix}")
    for place, rows in REPORTS.items():
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        Path(place).write_text(f"period,unit,indicator,value,numerator,denominator\n{rows}", "utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def values(text: str) -> Any:
    document = read_yaml(text.encode(), "plan.yaml")
    assert document.is_complete
    assert document.findings == []
    return document.value


def moved(plan: Any) -> Any:
    """What next year's plan should say, worked out from the values of this year's and not from its text."""
    old, year = str(plan["year"]), str(plan["year"] + 1)
    new = copy.deepcopy(plan)
    title = plan["title"].replace(old, year) if old in plan["title"] else f"【待改】{plan['title']}"
    new |= {"title": title, "year": int(year), "source": f"【待改】{plan['source']}"}
    if "words_en" in plan:
        named = {word.replace(old, year): text.replace(old, year) for word, text in plan["words_en"].items()}
        new["words_en"] = named
    for indicator in indicators(new):
        indicator["source"] = f"【待改】{indicator['source']}"
        if "baseline" in indicator:
            indicator["baseline"] = None
        if "due" in indicator:
            indicator["due"] = indicator["due"].replace(old, year)
        if isinstance(points := indicator.get("schedule"), dict):
            indicator["schedule"] = {month.replace(old, year): point for month, point in points.items()}
        for revision in indicator.pop("revisions", []):
            indicator["target"] = revision["target"]
    return new


def indicators(plan: Any) -> list[Any]:
    tasks = [task for area in plan["action_areas"] for task in area["tasks"]]
    tasks += plan.get("safeguards", {}).get("items", [])
    return [each for task in tasks for each in task.get("indicators") or ()]


def _written(**how: Any) -> str:
    data = yaml.safe_load(re.sub(r"82\.5", "'82.5'", EVERY_KEY))
    text: str = yaml.safe_dump(data, allow_unicode=True, **how)
    return text.replace("'82.5'", "82.5")


LAYOUTS = {
    "as it is shipped": EVERY_KEY,
    "with the line ends of Windows": EVERY_KEY.replace("\n", "\r\n"),
    "without a last line end": EVERY_KEY.rstrip("\n"),
    "in blocks": _written(default_flow_style=False, sort_keys=False),
    "in blocks, keys sorted": _written(default_flow_style=False),
    "in narrow blocks": _written(default_flow_style=False, width=20),
    "in brackets": _written(default_flow_style=True, sort_keys=False),
    "in narrow brackets, keys sorted": _written(default_flow_style=True, width=20),
    "in quotes": re.sub(r"^( +(?:source|due)|title): (.+)$", r'\1: "\2"', EVERY_KEY, flags=re.MULTILINE),
    "in single quotes": re.sub(r"^( +(?:source|due)|title): (.+)$", r"\1: '\2'", EVERY_KEY, flags=re.MULTILINE),
    "quotes folded": re.sub(r"^( +)source: (.+)$", r"\1source: >-\n\1  \2", EVERY_KEY, flags=re.MULTILINE),
    "revisions first": re.sub(
        r"- id: YL1-01\n(.*?)( +)revisions:\n(.*?\n)(?= +source)",
        r"- revisions:\n\3\2id: YL1-01\n\1",
        EVERY_KEY,
        flags=re.DOTALL,
    ),
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_whatever_its_layout_it_says_the_same_of_the_next_year(text: str) -> None:
    made = next_year(text, 2027, 2028, {"YL1-03": "2027-12 全市 350人"})
    assert values(made.text) == moved(values(text))
    assert sorted(made.emptied) == sorted(EMPTIED)
    assert made.marked == 11  # ten indicators and the document itself
    again = next_year(made.text.replace("baseline:", "baseline: 1"), 2028, 2029, {})
    assert (again.marked, again.text.count("【待改】【待改】")) == (11, 0)


@pytest.mark.parametrize(
    "path", [PLANS.parent.parent / "plan" / "2023.yaml", *PLANS.glob("*.yaml")], ids=lambda path: path.name
)
def test_whatever_the_plan_its_next_year_says_what_it_should(path: Path) -> None:
    text = path.read_text("utf-8")
    plan = values(text)
    year = plan["year"]
    made = next_year(text, year, year + 1, dict.fromkeys(load_plan(path).indicators, "全市 1"))
    assert values(made.text) == moved(plan)
    assert len(text.splitlines()) - len(made.text.splitlines()) in (0, 3)


def test_a_title_that_does_not_name_the_year_in_figures_is_marked() -> None:
    made = next_year(EVERY_KEY.replace("临江市2027年", "临江市二〇二七年"), 2027, 2028, {})
    assert "title: 【待改】临江市二〇二七年民政工作要点\n" in made.text
    assert made.marked == 12


def test_everything_else_stays_to_the_letter() -> None:
    """Comments, order, the width of a line; `revisions` go with what they hold."""
    made = next_year(EVERY_KEY, 2027, 2028, {"BZ3-03": "2027-12 全市 30处"}).text
    before, after = EVERY_KEY.splitlines(), made.splitlines()
    assert [line for line in before if line.startswith("#")] == [line for line in after if line.startswith("#")]
    gone = [line.strip() for line in before if line not in after]
    assert all(
        re.match(r"title|year|issued|source|words_en|schedule|due|target|revisions|baseline|- \{", line)
        for line in gone
    )
    assert len(after) == len(before) - 3
    assert "    target: {at_least: 1000}" in made
    assert "baseline: , source: 【待改】隐患降到20处} # 【待改】2027年末的数：2027-12 全市 30处；" in made
    assert made.count("2027年计划里的基期值是 1250") == 1


def test_this_years_files_and_figures_do_not_change(project: Path, mzplan: Mzplan) -> None:
    commands = [("status",), ("status", "--format", "json"), ("summary", "--draft"), ("explain", "YL1-03")]
    figures = [mzplan(*command).out for command in commands]
    before = contents(project)
    made = mzplan("init", "--from", "plan/2027.yaml")
    assert (made.code, made.err) == (0, "")
    after = contents(project)
    assert after.keys() - before.keys() == {"plan/2028.yaml", "plan/2028.breakdown.csv"}
    assert before == {place: after[place] for place in before}
    assert [mzplan(*command).out for command in commands] == figures
    assert all(figures)
    assert mzplan("init", "--from", "plan/2027.yaml", "--force").code == 0
    assert contents(project) == after


def test_what_was_reported_is_offered_beside_and_judges_nothing(project: Path, mzplan: Mzplan) -> None:
    mzplan("init", "--from", "plan/2027.yaml")
    text = Path("plan/2028.yaml").read_text("utf-8")
    told = {line.split("：", 1)[1] for line in text.splitlines() if "【待改】2027年" in line}
    assert told == {
        "2027-12 全市 1200.5万元（已报1家、未报1家）；2027年计划里的基期值是 1250",
        "2027-12 全市 350人（已报1家、未报1家）；2027年计划里的基期值是 300",  # 180 of December and 170 of June
        "2027-12 全市 80%（80/100，2家都已报）；2027年计划里的基期值是 82.5",
        "2027-12 全市 30处（已报1家、未报1家）；2027年计划里的基期值是 50",
    }
    assert "全年的数：2027-12 全市 1200.5万元" in text
    assert all(each["baseline"] is None for each in indicators(values(text)) if "baseline" in each)
    assert Path("plan/2028.breakdown.csv").read_text("utf-8-sig") == "indicator,unit,target,basis,source\n"


def test_a_stock_that_had_no_start_is_offered_one(project: Path, mzplan: Mzplan) -> None:
    plan = Path("plan/2027.yaml")
    plan.write_text(
        plan.read_text("utf-8").replace("baseline: 50, source: 隐患", "schedule: by_due, source: 隐患"), "utf-8"
    )
    assert mzplan("init", "--from", "plan/2027.yaml").code == 0
    text = Path("plan/2028.yaml").read_text("utf-8")
    assert "# 2027-12 全市 30处（已报1家、未报1家）；要从它算起，加一行 baseline" in text


def test_plan_check_says_what_is_left_and_it_is_sound_once_that_is_done(project: Path, mzplan: Mzplan) -> None:
    made = mzplan("init", "--from", "plan/2027.yaml").out
    assert "文件里的话 11 处标了" in made
    assert "基期值 4 处空着，旁边注着2027年报的数：YL1-02、YL1-03、YL1-04、BZ3-03" in made
    assert "还提到2027年的有 4 行：第 2、122、123、130 行" in made
    path = Path("plan/2028.yaml")
    found = check_plan(path)
    codes = [finding.rule.code for finding in found]
    assert {code: codes.count(code) for code in ("MZ714", "MZ717", "MZ718")} == {"MZ714": 4, "MZ717": 1, "MZ718": 11}
    assert "plan/2028.yaml（现在 4 个错误、" in made
    text = path.read_text("utf-8").replace("【待改】", "").replace('"2026-12-30"', '"2028-02-01"')
    path.write_text(re.sub(r"baseline: (?=[ ,])", "baseline: 60", text), "utf-8")
    assert not {"MZ714", "MZ717", "MZ718"} & {finding.rule.code for finding in check_plan(path)}
    plan = load_plan(path)
    assert list(plan.indicators) == list(load_plan("plan/2027.yaml").indicators)
    assert str(plan.indicators["YL2-01"].schedule.due) == "2028-09"


@pytest.mark.untraced
def test_what_is_not_finished_stops_no_other_year(project: Path, mzplan: Mzplan, git: Git) -> None:
    git("init", "-q", ".")
    commit(git)
    commands = [("check", "--today", "2028-01-20"), ("impact", "HEAD"), ("impact", "HEAD", "--period", "2027-12")]

    def told() -> list[tuple[int, str]]:
        """What the commands say, whatever the commit is called."""
        ran = [mzplan(*command) for command in commands]
        return [(each.code, re.sub("（[0-9a-f]{10}）", "", each.out)) for each in ran]

    before = told()
    mzplan("init", "--from", "plan/2027.yaml")
    assert told() == before
    assert "计划 2028.yaml 还有错误，也没有 2028 年的数据，没有比较" in mzplan("impact", "HEAD").err
    commit(git)
    assert told() == before
    asked = mzplan("impact", "HEAD", "--period", "2028-01")
    assert (asked.code, "MZ714" in asked.err) == (2, True)


def test_without_data_or_breakdown_nothing_is_offered(project: Path, mzplan: Mzplan) -> None:
    shutil.rmtree("data")
    Path("plan/2027.breakdown.csv").unlink()
    made = mzplan("init", "--from", "plan/2027.yaml", "--year", "2030", "-o", "草稿.yml")
    assert (made.code, made.err) == (0, "")
    text = Path("草稿.yml").read_text("utf-8")
    assert "2027年末的数：还没有填报；2027年计划里的基期值是 300" in text
    assert "year: 2030\n" in text
    assert {path.name for path in Path("plan").iterdir()} == {"2027.yaml"}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--year", "2027"), "是 2027 年的计划，--year 要写后面的年份，如 2028"),
        (("-o", "plan/2028"), "不像计划文件：名字要以 .yaml 结尾，如 plan/2028.yaml"),
        (("-o", "plan/../plan/2027.yaml", "--force"), "就是今年的计划，不会覆盖"),
        (("-o", "plan/有.yaml"), "plan/有.yaml 已经有了，不会覆盖"),
        (("--city", "某市", "--git"), "--city、--git 不与 --from 同用"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    more: tuple[str, ...], says: str, project: Path, mzplan: Mzplan
) -> None:
    Path("plan/有.yaml").write_text("year: 2026\n")
    before = contents(project)
    ran = mzplan("init", "--from", "plan/2027.yaml", *more)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert contents(project) == before


def test_a_plan_that_is_wrong_is_mended_first(project: Path, mzplan: Mzplan) -> None:
    Path("plan/2027.yaml").write_text(EVERY_KEY.replace("at_least: 90", "at_least: -90"), "utf-8")
    ran = mzplan("init", "--from", "plan/2027.yaml")
    assert (ran.code, "MZ741" in ran.err) == (2, True)
    assert not Path("plan/2028.yaml").exists()
    assert "--output 只与 --from 同用" in mzplan("init", "x", "-o", "y.yaml").err


def test_regions_are_carried_into_the_next_year(tmp_path: Path, mzplan: Mzplan) -> None:
    path = tmp_path / "2024.yaml"
    units = "".join(
        f"  - {{id: {unit}, name: 单位{unit}, kind: county{parent}}}\n"
        for unit, parent in (("p", ""), ("c", ", parent: p"), ("a", ", parent: c"), ("b", ""))
    )
    path.write_text(PLAN_HEAD + units + ACTIONS, "utf-8")
    assert mzplan("init", "--from", str(path)).code == 0
    old, new = load_plan(path), load_plan(tmp_path / "2025.yaml")
    assert new.year == 2025
    assert (new.regions, new.reporting_units, new.members) == (old.regions, old.reporting_units, old.members)
    assert new.members == {"p": ("a",), "c": ("a",)}
