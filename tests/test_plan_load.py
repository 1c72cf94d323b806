"""Loading a plan: what a sound one becomes, and every way in which one can be wrong, each with its place."""

import codecs
import io
import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest

from conftest import unquoted
from factory import check_plan, wording
from mzplan.diagnostics import InputError, Rule, Severity
from mzplan.english import CHINESE, english
from mzplan.period import Period
from mzplan.plan.findings import MAX_FINDINGS
from mzplan.plan.indicator import DEFAULT_STAGES, MilestoneIndicator, RatioIndicator
from mzplan.plan.load import finding_line, load_plan, read_plan
from mzplan.plan.lookup import is_city
from mzplan.plan.model import CITY_WORDS, Part, Plan, Relation
from mzplan.plan.rules import COLLIDING_NAME, PLAN_RULES
from mzplan.plan.target import Schedule, Target

pytestmark = pytest.mark.traced

PLANS = Path(__file__).parent / "plans"
NAMES = {"甲县": "Jia", "乙市": "Yi", "救助服务": "Relief", "另一任务": "Another task"}
"""What the base plan's names are in English."""

BASE = {
    "title": "title: 示范计划",
    "city": "city: 全市",
    "year": "year: 2023",
    "issued": "issued: 2023-01-20",
    "publisher": "publisher: 示范市民政局",
    "source": "source: 示民发〔2023〕1号",
    "reporting": "reporting: [county]",
    "reporting_units": """\
reporting_units:
- {id: jia, name: 甲县, kind: county, weights: {townships: 6}}
- {id: yi, name: 乙市, kind: county, weights: {townships: 4}}
- {id: bureau, name: 市本级, kind: bureau}""",
    "action_areas": """\
action_areas:
- number: 1
  name: 社会救助
  tasks:
  - number: 1
    name: 救助服务
    indicators:
    - {id: T01-01, name: 项目数, kind: count, unit: 个, target: {at_least: 100}, source: 项目100个}
    - {id: T01-02, name: 活动数, kind: count, unit: 个, target: {at_least: 200}, source: 活动200个}
    - {id: T02-01, name: 覆盖率, kind: ratio, target: {at_least: 80}, source: 覆盖80%}
    - {id: T02-02, name: 机构数, kind: stock, unit: 家, target: {at_least: 60}, source: 机构60家}
  - number: 2
    name: 另一任务
    indicators:
""",
}
"""A small plan by its top-level keys; the last task has room for the indicators of a test."""


def plan_text(fragment: str = "") -> str:
    """The base plan with a fragment in it: the last task's indicators (`- id: …`), top-level keys for its own."""
    lines = fragment.splitlines(keepends=True)
    split = next((n for n, line in enumerate(lines) if not line.startswith(("-", " "))), len(lines))
    indicators, top = "".join("    " + line for line in lines[:split]), "".join(lines[split:])
    replaced = set(re.findall(r"^(\w+):", top, flags=re.M))
    blocks = {key: block for key, block in BASE.items() if key not in replaced}
    if "action_areas" in blocks:
        blocks["action_areas"] += indicators or "      []\n"
    return "\n".join([*blocks.values(), top])


HEADER = "indicator,unit,target,basis,source\n"


def write(folder: Path, text: str, breakdown: str | None = None) -> Path:
    """A plan and its breakdown, which is empty where one is needed and none is given."""
    path = folder / "plan.yaml"
    path.write_text(text)
    if breakdown is None and "breakdown:" in text:
        breakdown = HEADER
    if breakdown is not None:
        (folder / "plan.breakdown.csv").write_text(breakdown)
    return path


def codes(path: Path) -> list[str]:
    return [finding.rule.code for finding in check_plan(path)]


def places(path: Path) -> list[str]:
    """Each finding as `line:column code`, the file's name in front when it is the breakdown."""
    return [
        f"{'csv ' if f.location.path.endswith('.csv') else ''}{f.location.line}:{f.location.column} {f.rule.code}"
        for f in check_plan(path)
    ]


def one(folder: Path, fragment: str) -> str:
    """The one finding about a fragment: its code, message and remedy."""
    (said,) = all_said(folder, fragment)
    return said


def all_said(folder: Path, fragment: str) -> list[str]:
    """The findings about a fragment, as `one` gives one."""
    found = check_plan(write(folder, plan_text(fragment)))
    return [f"{finding.rule.code} {finding.message}；{finding.hint}" for finding in found]


LINE_ENDS = {
    "as git writes them on Windows": lambda text: text.replace(b"\n", b"\r\n"),
    "as old systems have them": lambda text: text.replace(b"\n", b"\r"),
    "with the mark of an editor": lambda text: codecs.BOM_UTF8 + text.removeprefix(codecs.BOM_UTF8),
    "without the mark": lambda text: text.removeprefix(codecs.BOM_UTF8),
}


@pytest.mark.parametrize("written", LINE_ENDS.values(), ids=LINE_ENDS)
def test_the_version_of_a_plan_does_not_depend_on_how_a_system_writes_lines(
    written: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """But on every other character of it and of its breakdown."""
    names = ("tiny.yaml", "tiny.breakdown.csv")
    for name in names:
        (tmp_path / name).write_bytes(written((PLANS / name).read_bytes()))
    copy = load_plan(tmp_path / names[0])
    assert copy.digest == load_plan(PLANS / names[0]).digest
    for name in names:
        text = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(text.replace("示民发".encode(), "示民字".encode()))
        assert load_plan(tmp_path / names[0]).digest != copy.digest
        (tmp_path / name).write_bytes(text)


def test_the_base_plan_is_sound(tmp_path: Path) -> None:
    assert check_plan(write(tmp_path, plan_text())) == []


@pytest.mark.parametrize("rule", [rule for rule in PLAN_RULES if rule.bad], ids=lambda rule: rule.name)
def test_each_rule_finds_its_bad_example_and_lets_the_good_one_pass(rule: Rule, tmp_path: Path) -> None:
    for example, expected in ((rule.bad, {rule.code}), (rule.good, set())):
        written, _, document = example.partition("===\n")
        fragment, header, rows = written.partition("indicator,unit,")
        text = fragment.removeprefix("---\n") if fragment.startswith("---") else plan_text(fragment)
        path = write(tmp_path, text, f"{header}{rows}" or None)
        _, found = read_plan(path, wording(document) if document else None)
        assert {finding.rule.code for finding in found} == expected, example
        for told in (finding.told(partial(english, names=NAMES)) for finding in found):
            assert not CHINESE.search(unquoted(f"{told.message} {told.hint}"))


def test_only_what_no_text_can_show_has_no_example() -> None:
    assert {rule.name for rule in PLAN_RULES if not rule.bad} == {
        "plan-unreadable",
        "plan-too-large",
        "plan-encoding",
        "two-plans-of-one-year",
        "no-breakdown-file",
        "breakdown-not-judged",  # it never stands alone
    }


TEN_MISTAKES = """\
title: 示范计划
city: 全市
year: 2023
issued: 2023-01-20
publishers: 示范市民政局
source: 示民发〔2023〕1号
reporting: [county, zones]
reporting_units:
- {id: jia, name: 甲县, kind: county, code: 330702}
- {id: yi, name: 乙市, kind: county, aliases: [甲县]}
year: 2024
action_areas:
- number: 1
  name: 社会救助
  tasks:
  - number: 1
    name: 救助服务
    indicators:
    - id: 5-3
      name: 项目数
      kind: count
      unit: 个
      target: {at_least: -5}
      source: 项目
    - id: T01-02
      name: 覆盖率
      kind: ratio
      target: {at_least: 80}
      schedule: {2023-06: 60, 2023-09: 50, 2023-12: 100}
      applies_to: [bing]
      source: 覆盖80%
    - id: T01-02
      name: 规划
      kind: milestone
      stages: docs
"""


def test_ten_mistakes_and_more_are_reported_in_one_pass(tmp_path: Path) -> None:
    breakdown = "indicator,unit,target,basis,source\nT01-02,jia,5,official,x\nT01-09,jia,5,official,x\n"
    assert places(write(tmp_path, TEN_MISTAKES, breakdown)) == [
        "csv 0:0 MZ755",  # T01-09 is not there, but nobody knows yet what is
        "5:1 MZ711",  # publishers for publisher
        "7:21 MZ731",  # zones
        "9:43 MZ714",  # a code without quotes
        "10:46 MZ722",  # an alias that is another unit's name
        "11:1 MZ707",  # year twice
        "19:11 MZ723",  # 5-3
        "23:26 MZ741",  # -5
        "29:40 MZ743",  # falls from 60 to 50
        "30:20 MZ731",  # bing
        "32:7 MZ712",  # no source
        "32:11 MZ721",  # T01-02 again
        "35:15 MZ746",  # docs
    ]


def test_an_invalid_plan_stops_the_run_with_every_error(tmp_path: Path) -> None:
    path = write(tmp_path, TEN_MISTAKES)
    with pytest.raises(InputError) as caught:
        load_plan(path)
    first, *rest = str(caught.value).splitlines()
    assert first == "计划有 12 处错误，改正后再运行："
    assert rest == [finding_line(finding) for finding in check_plan(path)]
    assert rest[1].startswith(f"{path}:7:21: MZ731 错误：没有填报单位 zones；可以写 ")


@pytest.mark.untraced
def test_a_thousand_errors_are_cut_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path, plan_text("".join(f"k{n}: 1\n" for n in range(1000))))
    with pytest.raises(InputError) as caught:
        load_plan(path)
    lines = str(caught.value).splitlines()
    assert lines[0] == "计划有 1000 处错误，改正后再运行："
    assert len(lines) == 202
    assert "还有 800 处" in lines[-1]
    assert len(check_plan(path)) == 1000


@pytest.mark.untraced
@pytest.mark.parametrize(
    "fragment",
    [
        "".join(f"k{n}: 1\n" for n in range(15_000)),
        "reporting: [" + ", ".join(f"u{n}" for n in range(30_000)) + "]\n",
        "relations:\n- {terms: [" + ", ".join(["T01-01"] * 30_000) + "], at_most: T01-02}\n",
    ],
    ids=["keys", "units", "terms"],
)
def test_a_plan_that_is_wrong_throughout_is_answered(fragment: str, tmp_path: Path) -> None:
    path = write(tmp_path, plan_text(fragment))
    assert len(check_plan(path)) == MAX_FINDINGS


@pytest.mark.parametrize(
    ("fragment", "says"),
    [
        ("kind: 1\n", "MZ711 没有 kind 这个键；kind 写在 reporting_units 或 indicators 下面；这里可用的键：title、"),
        ("year: '2023'\n", "MZ714 year 应是整数，写的是“2023”；写成 year: 2023"),
        ("report_day: 次月10日\n", "MZ714 report_day 应是整数，写的是“次月10日”；写成 report_day: 10"),
        ("escalate: 三期\n", "MZ714 escalate 应是整数，写的是“三期”；写成 escalate: 3"),
        ("escalate: 不升级\n", "MZ714 escalate 应是整数，写的是“不升级”；只写数字，不加引号；不升级的写 0"),
        ("not_targets: 甲\n", "MZ714 not_targets 应是列表，写的是“甲”；每项一行，写成 - {words: 值, reason: 值}"),
        ("action_areas: 甲\n", "MZ714 action_areas 应是列表，写的是“甲”；每项一行，写成 - {number: 值, "),
        ("words_en: {个: a|b|c}\n", "MZ715 个 有多余的 |：“a|b|c”；写成 bed|beds"),
        (
            "reporting_units:\n- {id: jia, name: 甲县, name_en: A|B, kind: county}\n",
            "MZ715 name_en 里有 |：“A|B”；名称里不写 |",
        ),
        ("words_en: {个: a|}\n", "MZ715 个 有多余的 |：“a|”；写成 bed|beds"),
        ("words_en: 甲\n", "MZ714 words_en 应是“键: 值”，写的是“甲”；写成 {键: 值}，或每个键一行、缩进两格"),
        ("not_targets: [甲]\n", "MZ714 not_targets 的第 1 项 应是“键: 值”，写的是“甲”；写成 {words: 值, reason: 值}"),
        ("year: 2023.0\n", "MZ714 year 应是整数，写的是 2023.0"),
        ("year: 1900\n", "MZ715 year 是 1900，不能小于 1949"),
        ("year:\n", "MZ714 year 后面没有写值；写上值"),
        ("title: 2023\n", 'MZ714 title 应是文字，写的是 2023；加上引号："2023"'),
        ("title: true\n", "MZ714 title 应是文字，写的是 true"),
        ("title: ''\n", "MZ715 title 是空的"),
        ("title: ' 甲'\n", "MZ715 title 前后有空格"),
        (f"title: {'甲' * 121}\n", "MZ715 title 太长，最多 120 个字"),
        ("title: [甲]\n", "MZ714 title 应是文字，写的是列表"),
        ("issued: 2023-02-30\n", "MZ715 issued 不是日历上的一天：“2023-02-30”"),
        ("issued: 2023年4月10日\n", "MZ715 issued 的格式不对：“2023年4月10日”；写成 2023-04-10"),
        ("reporting: county\n", "MZ714 reporting 应是列表，写的是“county”；写成 [county]"),
        ("reporting_units: {id: jia}\n", "MZ714 reporting_units 应是列表，写的是“键: 值”"),
        ("action_areas: []\n", "MZ715 action_areas 至少要有 1 项"),
        ("safeguards: []\n", "MZ714 safeguards 应是“键: 值”，写的是列表"),
        ("escalate: -1\n", "MZ715 escalate 是 -1，不能小于 0"),
        ("stage_sets: {甲: {一: x, 二: 100}}\n", "MZ714 一 应是数，写的是“x”；只写数字和小数点"),
        ("stage_sets: {甲: 一}\n", "MZ714 甲 应是列表，写的是“一”"),
        ("lights: [{name: Q, title: 甲, yardstick: points, yellow: 0, source: 甲}]\n", "MZ715 name 的格式不对：“Q”；"),
    ],
    ids=lambda value: None if value.startswith("MZ") else value[:40],
)  # fmt: skip
def test_what_the_form_says(fragment: str, says: str, tmp_path: Path) -> None:
    assert one(tmp_path, fragment).startswith(says)


INDICATOR = "- {{id: T09-01, name: 甲, kind: {}, source: 甲}}\n"
COUNT = "count, unit: 个, target: {at_least: 9}"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("milestones, stages: [一, 二]", "MZ715 kind 不能是“milestones”；是不是 milestone？可选：count（累计量）、"),
        ("stone, target: {at_least: 5}, scale: 100", "MZ715 kind 不能是“stone”；"),
        ("ratio, target: 80", "MZ715 target 要写方向，写的是 80；写成 {at_least: 80} 或 "),
        ("ratio, target: {at_least: 1,000}", "MZ714 at_least 应是数，写的是“1,000”；只写数字和小数点"),
        ("count, unit: 元, target: {at_least: 15,000,000}", "MZ714 at_least 应是数，写的是“15,000,000”；"),
        ("count, unit: 元, target: 1,000", "MZ715 target 要写方向，写的是“1,000”；写成 {at_least: 1000} 或 "),
        ("stock, unit: 元, target: {at_least: 9}, baseline: -1,234.5", "MZ714 baseline 应是数，写的是“-1,234.5”"),
        ("count, unit: 元, target: {at_least: 1, 000: 5}", "MZ711 T09-01 没有 000 这个键；"),
        ("ratio, target: {at_least: '80%'}", "MZ714 at_least 应是数，写的是“80%”"),
        ("ratio, target: {at_least: yes}", "MZ714 at_least 应是数，写的是“yes”"),
        ("ratio, target: {at_least: 1e1}", "MZ714 at_least 应是数，写的是“1e1”"),
        ("ratio, target: {at_least: 1.1234567}", "MZ715 at_least 位数太多： 1.1234567"),
        ("ratio, target: {at_least: 80}, scale: 1000", "MZ715 scale 不能是 1000；可选：100、10000"),
        ("ratio, target: {at_least: 80}, part_of_whole: 是", "MZ714 part_of_whole 应是 true 或 false"),
        ("milestone, applies_to: jia", "MZ715 applies_to 不能是“jia”；写成 [jia]"),
        ("milestone, schedule: {2023-13: 100}", "MZ715 schedule 里没有这个月：“2023-13”；进度点的月份写成 "),
        ("ratio, target: {at_least: 100.5}", "MZ741 目标 100.5 超过 100"),
        ("ratio, scale: 10000, part_of_whole: true, unit: 人, target: {at_least: 10001}", "MZ741 目标 10001 超过"),
        ("ratio, target: {at_least: 50, at_most: 60}", "MZ741 目标写了不止一个方向"),
        ("ratio, target: {}", "MZ741 目标没有写方向"),
        ("ratio, target: {at_least: 0}", "MZ741 at_least: 0 没有意义：一开始就完成了；零目标写成 at_most: 0"),
        ("ratio, target: {about: 50}", "MZ741 about 没有写容差"),
        ("ratio, target: {about: 50, tolerance: 0}", "MZ741 容差 0 不在0到100之间"),
        ("ratio, target: {about: 50, tolerance: 100}", "MZ741 容差 100 不在0到100之间"),
        ("ratio, target: {约: 50}", "MZ711 T09-01 没有 约 这个键；是不是 about，另写 tolerance: 5？"),
        ("ratio, target: {abuot: 50, tolerance: 5}", "MZ711 T09-01 没有 abuot 这个键；是不是 about？"),
        ("ratio, target: {at_least: 50, tolerance: 5}", "MZ741 tolerance 只用于 about"),
        ("ratio, target: {at_least: 80}, baseline: 80", "MZ742 基期值等于目标 80"),
        ("ratio, target: {at_least: 80}, baseline: 80.5", "MZ742 基期值 80.5 已经超过目标 80"),
        ("ratio, target: {at_most: 80}, baseline: 101", "MZ742 基期值 101 超过 100"),
        ("stock, unit: 家, target: {at_least: 80}, baseline: -1", "MZ742 基期值是负数 -1"),
        (f"{COUNT}, baseline: 1", "MZ713 累计量从0算起，不用 baseline；删去 baseline，它只用于存量、比率，"),
        (f"{COUNT}, stages: [一, 二]", "MZ713 T09-01 的 kind 是 count，不用 stages"),
        ("milestone, target: {at_least: 1}", "MZ713 T09-01 的 kind 是 milestone，不用 target"),
        ("ratio, scale: 10000, target: {at_least: 18}", "MZ712 缺少必填的键 unit"),
        ("milestone, applies_to: total", "MZ715 applies_to 不能是“total”；可选：each"),
        ("milestone, applies_to: [zone]", "MZ731 没有一个填报单位的 kind 是 zone"),
        ("milestone, applies_to: [甲县]", "MZ731 没有填报单位 甲县；是不是 jia？"),
        ("milestone, applies_to: [jia, yi, jia]", "MZ734 jia 写了两遍"),
        ("milestone, applies_to: [jia, county]", "MZ734 jia 写了两遍"),
        ("milestone, reporting: [yi, yi]", "MZ734 yi 写了两遍"),
        ("milestone, reporting: []", "MZ733 没有单位填报 T09-01"),
        ("milestone, due: 2023年6月", "MZ715 due 的格式不对：“2023年6月”；写成 2023-06"),
        ("milestone, due: 2022-12", "MZ745 期限 2022-12 不在 2023 年"),
        ("milestone, schedule: {}", "MZ743 进度点是空的"),
        ("milestone, schedule: {2024-01: 100}", "MZ743 进度点 2024-01 不在 2023 年"),
        ("milestone, schedule: {2023-06: 101}", "MZ743 进度点 101 不在0到100之间"),
        ("milestone, schedule: {2023-06: 100}, due: 2023-09", "MZ743 期限 2023-09 与进度点不一致：2023-06 已要求100"),
        ("milestone, schedule: {2023-12: 60}", "MZ744 进度到年底只有 60，没有到100；进度点是累计的"),
        ("milestone, due: 12", "MZ714 due 的格式不对： 12；写成 2023-12"),
        ("milestone, due: 13", "MZ714 due 的格式不对： 13；写成 2023-06 这样的月份"),
        ("milestone, due: [2023-06, 2023-12]", "MZ714 due 只能是一个月份，写的是列表；写全部完成的月份；各月要求多少"),
        ("milestone, due: {2023-06: 50}", "MZ714 due 只能是一个月份，写的是“键: 值”；写全部完成的月份；"),
        ("milestone, schedule: {2023-06: 60}", "MZ744 进度只到 60，没有到100"),
        ("milestone, schedule: monthly", "MZ715 schedule 不能是“monthly”；可选：linear（按月均衡）、"),
        ("milestone, stages: [完成]", "MZ747 阶段少于两个"),
        (f"milestone, stages: {[f'第{n}步' for n in range(21)]}", "MZ747 阶段有 21 个，最多 20 个"),
        ("milestone, stages: [一, 二, 一]", "MZ747 阶段 一 写了两次"),
        ("milestone, stages: [不适用, 二]", "MZ747 阶段不能叫 不适用"),
        ("milestone, stages: ['50%', 完成]", "MZ747 阶段不能叫 50%"),
        (
            "milestone, schedule: {2023-03: 25, 2023-06: 25, 2023-09: 25, 2023-12: 25}",
            "MZ743 进度点 25、25、25、25 像是各期新增的：加起来正好是100；进度点是累计的：依次写 25、50、75、100",
        ),
        ("milestone, schedule: {2023-03: 20, 2023-06: 30, 2023-12: 50}", "MZ743 进度点 20、30、50 像是各期新增的"),
        (
            "count, unit: 张, target: {at_least: 80}, schedule: {2023-06: {value: 30}, 2023-12: {value: 50}}",
            "MZ743 进度点 30、50 像是各期新增的：加起来正好是目标 80；进度点是累计的：依次写 {value: 30}、{value: 80}",
        ),
        (
            ("stock, unit: 张, target: {at_least: 80}, baseline: 50, "
            "schedule: {2023-06: {value: 10}, 2023-12: {value: 20}}"),
            ("MZ743 进度点 10、20 像是各期新增的：加起来正好是目标 80 与基期值 50 之差；"
            "进度点是累计的：依次写 {value: 60}、{value: 80}"),
        ),
        (
            ("stock, unit: 户, target: {at_most: 10}, baseline: 50, "
            "schedule: {2023-06: {value: 15}, 2023-12: {value: 25}}"),
            ("MZ743 进度点 15、25 像是各期新增的：加起来正好是目标 10 与基期值 50 之差；"
            "进度点是累计的：依次写 {value: 35}、{value: 10}"),
        ),
        (
            "count, unit: 张, target: {at_least: 80}, schedule: {2023-06: {value: 30}, 2023-12: {value: 60}}",
            "MZ744 进度到年底只有 60，没有到100",
        ),
        ("milestone, schedule: always", "MZ749 里程碑从头做起，要求每期都全部完成，年初总是不达标"),
        (
            "stock, unit: 张, target: {at_least: 9}, baseline: 5, schedule: always",
            "MZ749 从基期值 5 算起，要求每期都达到 9，年初总是不达标",
        ),
        ("milestone, stages: [已完成, 推进中, 未启动]", "MZ747 阶段 已完成 排在最先"),
        ("milestone, stages: {办结: 0, 办理中: 100}", "MZ747 阶段 办结 排在最先"),
        ("milestone, stages: [投用, 主体, 未开工]", "MZ747 阶段 未开工 排在最后"),
        ("milestone, stages: {一: 0, 二: 0.5, 三: 1}", "MZ747 阶段的比重 0.5 是百分之0.5；比重按百分数写"),
        ("milestone, stages: {一: 0, 二: 0.5, 三: 100}", "MZ747 阶段的比重 0.5 是百分之0.5"),
        ("milestone, stages: {一: 0, 二: 1}", "MZ747 阶段的比重 1 是百分之1"),
        ("milestone, stages: {一: 10, 二: 100}", "MZ747 第一个阶段的比重是 10，应是0"),
        ("milestone, stages: {一: 0, 二: 90}", "MZ747 最后一个阶段的比重是 90，应是100"),
        ("milestone, stages: {一: 0, 二: 50, 三: 50, 四: 100}", "MZ747 阶段的比重从 50 到 50，没有上升"),
        (f"{COUNT}, breakdown: township", "MZ751 没有单位填写权重 township；是不是 townships？可用的有：equal、"),
        (f"{COUNT}, applies_to: each, breakdown: equal", "MZ751 applies_to 不是 total，不能分解"),
        ("count, unit: 个, target: undefined, breakdown: equal", "MZ751 目标是 undefined，没有数可分解"),
        ("ratio, target: {at_least: 9}, breakdown: equal", "MZ713 T09-01 的 kind 是 ratio，不用 breakdown"),
    ],
    ids=lambda value: None if value.startswith("MZ") else value[:60],
)  # fmt: skip
def test_what_the_values_of_an_indicator_say_of_each_other(written: str, says: str, tmp_path: Path) -> None:
    assert one(tmp_path, INDICATOR.format(written)).startswith(says)


UNITS = "reporting_units:\n- {{id: jia, name: 甲县, kind: county, weights: {{a: 1}}}}\n- {}\n"


@pytest.mark.parametrize(
    ("unit", "says"),
    [
        ("{id: yi, name: 甲 县, kind: county, aliases: [ＪＩＡ]}", "MZ722 ＪＩＡ 也是 甲县（第 25 行）的称呼"),
        ("{id: yi, name: 全市, kind: county}", "MZ722 全市 是全市的称呼"),
        ("{id: yi, name: 乙县, kind: county, name_en: JIA}", "MZ722 JIA 也是 甲县（第 25 行）的称呼"),
        ("{id: jia, name: 乙县, kind: county}", "MZ721 填报单位 id jia 重复，第 25 行已经有了"),
        ("{id: zone, name: 乙县, kind: county}", "MZ724 填报单位 id zone 不能作文件名：zone 指一类单位"),
        ("{id: county, name: 乙县, kind: county}", "MZ724 填报单位 id county 不能作文件名：已有别的 county"),
        ("{id: com1, name: 乙县, kind: county}", "MZ724 填报单位 id com1 不能作文件名：是 Windows 的保留名"),
        ("{id: 义, name: 乙县, kind: county}", "MZ724 填报单位 id 义 不能作文件名：要以小写字母开头"),
        ("{id: yi, name: 乙县, kind: county, code: 330702}", 'MZ714 code 应是文字，写的是 330702；加上引号："330702"'),
        ("{id: yi, name: 乙县, kind: county, weights: {Pop: 1}}", "MZ715 weights 的格式不对：“Pop”；权重的名称用小写"),
        ("{id: yi, name: 乙县, kind: county, weights: {a: -1}}", "MZ715 a 是 -1，不能小于 0"),
    ],
)  # fmt: skip
def test_what_reporting_units_can_get_wrong(unit: str, says: str, tmp_path: Path) -> None:
    assert one(tmp_path, UNITS.format(unit)).startswith(says)


def test_what_means_the_whole_city_is_no_unit_and_what_unit_takes_for_it_is_refused(tmp_path: Path) -> None:
    """The plan's city is 全市, its publisher 示范市民政局; in English the city is `Model`."""
    words = "words_en: {全市: Model, 示范市: Model City}\n"
    said = [*CITY_WORDS, "Whole City", "ＣＩＴＹ", "示范市", "model", "Model City"]
    plan = load_plan(write(tmp_path, plan_text(words)))
    assert all(is_city(plan, text) for text in said)
    assert all(text in COLLIDING_NAME.what for text in CITY_WORDS)
    for text in said:
        for key in ("id", "name", "name_en", "aliases"):
            names = {"id": "yi", "name": "乙县", key: f"[{text}]" if key == "aliases" else text}
            unit = f"{{{', '.join(f'{each}: {name}' for each, name in names.items())}, kind: county}}"
            told = [line for line in all_said(tmp_path, words + UNITS.format(unit)) if line.startswith("MZ722")]
            assert len(told) == 1, unit
            assert "是全市的称呼" in told[0], unit


def test_an_id_for_another_kind_is_told_to_put_the_kind_right_where_it_is_free(tmp_path: Path) -> None:
    of_zone, of_county = (
        f"{{id: {kind}, name: 乙县, kind: {other}}}" for kind, other in (("zone", "county"), ("county", "zone"))
    )
    assert "；改正 kind，或换一个 id" in one(tmp_path, UNITS.format(of_zone))
    assert "改正 kind" not in one(tmp_path, UNITS.format(of_county))  # 甲县 is a county


@pytest.mark.parametrize("kind", ["county", "zone", "bureau"])
def test_a_kind_names_one_unit_only_when_it_is_the_only_one_wherever_it_stands(kind: str, tmp_path: Path) -> None:
    named, other = f"{{id: {kind}, name: 甲地, kind: {kind}}}", f"{{id: yi, name: 乙地, kind: {kind}}}"
    says = f"MZ724 填报单位 id {kind} 不能作文件名：已有别的 {kind}"
    for units in ([named, other], [other, named]):
        top = "reporting_units:\n" + "".join(f"- {unit}\n" for unit in units)
        assert any(line.startswith(says) for line in all_said(tmp_path, top)), units
    assert not any(line.startswith("MZ724") for line in all_said(tmp_path, f"reporting_units:\n- {named}\n"))


@pytest.mark.parametrize(
    ("unit", "says"),
    [
        ("{id: yi, name: 乙县, kind: county}", "MZ751 乙县 没有填写权重 a"),
        ("{id: yi, name: 乙县, kind: county, weights: {b: 1}}", "MZ751 乙县 没有填写权重 a"),
    ],
)
def test_a_county_without_the_weight_is_named(unit: str, says: str, tmp_path: Path) -> None:
    assert one(tmp_path, INDICATOR.format(f"{COUNT}, breakdown: a") + UNITS.format(unit)).startswith(says)


def test_weights_that_are_all_zero_share_nothing(tmp_path: Path) -> None:
    unit = "{id: yi, name: 乙县, kind: county, weights: {a: 0}}"
    fragment = INDICATOR.format(f"{COUNT}, breakdown: a, reporting: [yi]") + UNITS.format(unit)
    assert one(tmp_path, fragment).startswith("MZ751 各填报单位的权重 a 都是0")


def test_the_bureau_need_not_have_the_weight(tmp_path: Path) -> None:
    fragment = INDICATOR.format(f"{COUNT}, breakdown: townships, reporting: [county, bureau]")
    assert codes(write(tmp_path, plan_text(fragment))) == []


@pytest.mark.parametrize(
    "identifier", ["5-3", "t05-03", "T05_03", "TASK", "MAR-1", "DEC25", "SEP2023", "MAY-03-01", "1E5", "T05-03 "]
)
def test_ids_that_a_spreadsheet_would_change_are_refused(identifier: str, tmp_path: Path) -> None:
    fragment = f"- {{id: '{identifier}', name: 甲, kind: milestone, source: 甲}}\n"
    assert one(tmp_path, fragment).startswith("MZ723")


@pytest.mark.parametrize("identifier", ["T05-03", "A1", "YL1-01", "MARK-1", "T05-03-A"])
def test_ids_that_a_spreadsheet_keeps_are_accepted(identifier: str, tmp_path: Path) -> None:
    fragment = f"- {{id: '{identifier}', name: 甲, kind: milestone, source: 甲}}\n"
    assert codes(write(tmp_path, plan_text(fragment))) == []


@pytest.mark.parametrize(
    ("relation", "says"),
    [
        ("{terms: [T01-02], at_most: T01-1}", "MZ761 没有指标 T01-1；是不是 T01-01？写计划里的指标编码"),
        ("{terms: [T01-01], at_most: T01-1}", "MZ761 没有指标 T01-1；写计划里的指标编码"),  # it is a term already
        ("{terms: [T01-02], at_most: T01-9}", "MZ761 没有指标 T01-9；写计划里的指标编码"),  # and as near to others
        ("{terms: [T01-01, T02-01], equals: T01-02}", "MZ762 T02-01（比率）不能相加"),
        ("{terms: [T01-01, T01-02], equals: T01-02}", "MZ762 T01-02 在关系里出现了两次"),
        ("{terms: [T01-01], equals: T01-02, at_most: T02-02}", "MZ762 at_most 与 equals 要正好写一个"),
        ("{terms: [T01-01]}", "MZ762 at_most 与 equals 要正好写一个"),
        ("{terms: [T01-01], equals: T01-02, missing: zero}", "MZ715 missing 不能是“zero”；是不是 as_zero？"),
    ],
)
def test_relations(relation: str, says: str, tmp_path: Path) -> None:
    assert one(tmp_path, f"relations:\n- {relation}\n").startswith(says)


@pytest.mark.parametrize(
    ("thresholds", "says"),
    [
        ("yellow: 10, red: 10", "MZ771 红灯界限 10 必须大于黄灯界限 10"),
        ("yellow: 10, red: 5", "MZ771 红灯界限 5 必须大于黄灯界限 10"),
        ("yellow: 0, yellow_to: 20, red: 30", "MZ771 黄灯到 20 为止，红灯从 30 开始：20 到 30 之间没有灯"),
        ("yellow: 0, yellow_to: 30, red: 20", "MZ771 黄灯到 30 为止，红灯从 20 已经开始：两档重叠"),
        ("yellow: 0, yellow_to: 30", "MZ771 写了黄灯上限 30，却没有红灯"),
        ("yellow: -1, red: 20", "MZ715 yellow 是 -1，不能小于 0"),
    ],
)
def test_light_presets_have_neither_holes_nor_overlaps(thresholds: str, says: str, tmp_path: Path) -> None:
    preset = f"lights:\n- {{name: own, title: 甲, yardstick: points, {thresholds}, source: 甲}}\n"
    assert one(tmp_path, preset).startswith(says)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("T01-01,jia,60,official,x\nT01-01,yi,40,official,x\n", []),
        ("T01-01,jia,60,official,x\n", []),
        ("T01-01,jia,160,official,x\n", ["csv 2:1 MZ786"]),
        ("T01-01,jia,60,official,x\nT01-01,yi,41,official,x\n", ["csv 2:1 MZ786"]),
        ("T01-01,jia,60,official,x\nT01-01,yi,40.000001,official,x\n", ["csv 3:11 MZ754"]),
        ("T01-01,甲市,60,official,x\n", ["csv 2:8 MZ784"]),
        ("T01-01,bureau,60,official,x\n", ["csv 2:8 MZ784"]),
        ("T02-01,jia,60,official,x\n", []),
        ("T02-01,jia,160,official,x\n", ["csv 2:12 MZ783"]),
        ("T01-01,jia,-1,official,x\n", ["csv 2:12 MZ783"]),
        ('T01-01,jia,"1,00",official,x\n', ["csv 2:12 MZ783"]),
        ("T01-01,jia,1e5,Officious,\n", ["csv 2:12 MZ783", "csv 2:16 MZ783", "csv 2:26 MZ783"]),
        ("T01-01,jia,60,official,=HYPERLINK(1)\n", ["csv 2:24 MZ783"]),
        ("T01-01,jia,60,official,＠x\n", ["csv 2:24 MZ783"]),
        ("T01-01,jia,60,official\n", ["csv 2:1 MZ782"]),
        (",,,,\nT01-01,jia,60,official,x\n,,,,\n", []),
        ('T01-01,jia,60,official,"甲\n乙"\nT01-01,bing,60,official,x\n', ["csv 2:24 MZ708", "csv 4:8 MZ784"]),
        ('T01-01,jia,60,official,"x"y\n', ["csv 2:1 MZ781"]),
        ("T01-01,jia,60,official,x\x00\n", ["csv 2:24 MZ708"]),
    ],
)
def test_breakdown_rows(rows: str, expected: list[str], tmp_path: Path) -> None:
    assert places(write(tmp_path, plan_text(), HEADER + rows)) == expected


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("action_areas:", "actions:"),
        ("  tasks:", "  task:"),
        ("    indicators:", "    指标:"),
        ("- {id: T01-01,", "- {ID: T01-01,"),
        ("- {id: T01-01, name: 项目数,", "- T01-01\n    - {id: T01-05, name: 项目数,"),
        ("title: 示范计划", "title: [示范计划"),
    ],
)
def test_a_breakdown_is_not_judged_by_a_plan_that_was_not_read(right: str, wrong: str, tmp_path: Path) -> None:
    """Each row would be told as one of an indicator that is not there, before the cause."""
    rows = "".join(f"T0{n},{unit},20,official,x\n" for n in ("1-01", "2-02", "9-99") for unit in ("jia", "yi"))
    path = write(tmp_path, plan_text().replace(right, wrong, 1), HEADER + rows)
    told = [finding.rule.code for finding in check_plan(path) if finding.location.path.endswith(".csv")]
    assert told == ["MZ755"]


NAMED = (
    "- {id: T01-05, name: 甲, kind: count, unit: 张, due: 2023-10, target: {at_least: 60}, source: 甲}\n"
    "- {id: T01-06, name: 乙, kind: count, unit: 张, due: 2023-11, target: {at_least: 60}, source: 乙}\n"
)


@pytest.mark.parametrize(
    ("right", "wrong", "cause"),
    [
        ("id: T01-06", "id: T01-05", "MZ721"),
        ("id: T01-06", "id: 1-06", "MZ723"),
        ("id: yi,", "id: jia,", "MZ721"),
        ("id: yi,", "id: Yi 1,", "MZ724"),
        ("kind: county", "kind: conty", "MZ715"),
        ("year: 2023", "year: 2032", "MZ716"),
    ],
)
def test_a_plan_that_names_wrongly_is_the_one_cause_of_what_rows_would_be_told(
    right: str, wrong: str, cause: str, tmp_path: Path
) -> None:
    """Neither is a row told to go nor a month to be another, for a slip that is not theirs."""
    text = plan_text(NAMED)
    assert right in text
    rows = "".join(f"T01-0{n},{unit},30,official,x,2023-1{n - 5}\n" for n in (5, 6) for unit in ("jia", "yi"))
    path = write(tmp_path, text.replace(right, wrong, 1), HEADER.replace("source", "source,due") + rows)
    told = check_plan(path)
    assert {finding.rule.code for finding in told} == {"MZ755", cause}
    assert [finding.rule.code for finding in told if finding.location.path.endswith(".csv")] == ["MZ755"]


@pytest.mark.parametrize(
    ("month", "rows", "expected"),
    [
        ("2023-09", "jia,40,official,x,2023-09 yi,40,official,x,2023-19", "MZ783"),
        ("2023-09", "jia,40,official,x,2023-09 yi,4O,official,x,2023-09", "MZ783"),
        ("2023-19", "jia,40,official,x,2023-09 yi,40,official,x,2023-09", "MZ715"),
    ],
)
def test_what_parts_come_to_says_nothing_where_one_or_the_total_was_not_read(
    month: str, rows: str, expected: str, tmp_path: Path
) -> None:
    """30 and 30 of 60, from September on 40 and 40 of 80."""
    revised = f"source: 甲, revisions: [{{from: {month}, target: {{at_least: 80}}, source: 通知}}]"
    text = plan_text(NAMED.splitlines()[0].replace("source: 甲", revised).replace("due: 2023-10, ", "") + "\n")
    given = ["jia,30,official,x,", "yi,30,official,x,", *rows.split()]
    header = HEADER.replace("source", "source,from")
    assert codes(write(tmp_path, text, header + "".join(f"T01-05,{row}\n" for row in given))) == [expected]


def test_a_breakdown_is_judged_by_the_indicators_whose_ids_were_read(tmp_path: Path) -> None:
    """A wrong target takes nothing away of what the rows can be held against."""
    text = plan_text().replace("{at_least: 100}", "100")
    rows = "T01-01,jia,20,official,x\nT01-03,jia,20,official,x\n"
    assert places(write(tmp_path, text, HEADER + rows)) == ["csv 3:1 MZ784", "19:61 MZ715"]


FINE = "MZ754 {} 有小数，按“{}”只能是整数；核对这个数；这项指标确有1位小数的，在计划里写 decimals: 1"


@pytest.mark.parametrize(
    ("indicator", "number"),
    [
        ("stock, unit: 张, target: {at_least: 50.5}", "50.5"),
        ("stock, unit: 张, target: {at_most: 50.5}", "50.5"),
        ("count, unit: 张, target: {about: 50.5, tolerance: 2.5}", "50.5"),
        ("count, unit: 张, target: {at_least: 4.5}, applies_to: each", "4.5"),
        ("stock, unit: 张, target: {at_least: 50}, baseline: 20.5", "20.5"),
        ("count, unit: 张, target: {growth: 8}, baseline: 20.5", "20.5"),
        ("stock, unit: 张, target: {at_least: 50}, schedule: {2023-06: {value: 35.5}, 2023-12: 100}", "35.5"),
        (
            "stock, unit: 张, target: {at_most: 50}, revisions: [{from: 2023-09, target: {at_most: 60.5}, source: 甲}]",
            "60.5",
        ),
    ],
)
def test_there_is_no_half_of_a_thing_wherever_its_figure_stands(indicator: str, number: str, tmp_path: Path) -> None:
    assert one(tmp_path, INDICATOR.format(indicator)) == FINE.format(number, "张")
    assert check_plan(write(tmp_path, plan_text(INDICATOR.format(f"{indicator}, decimals: 1")))) == []


def test_half_of_a_thing_is_no_part_of_a_total(tmp_path: Path) -> None:
    halves = "T02-02,jia,30.5,official,x\nT02-02,yi,29.5,official,x\n"
    first, second = check_plan(write(tmp_path, plan_text(), HEADER + halves))
    assert [f"{each.rule.code} {each.message}；{each.hint}" for each in (first, second)] == [
        FINE.format("30.5", "家"),
        FINE.format("29.5", "家"),
    ]
    finer = plan_text().replace("unit: 家,", "unit: 家, decimals: 1,")
    assert check_plan(write(tmp_path, finer, HEADER + halves)) == []


@pytest.mark.parametrize(
    "indicator",
    [
        "ratio, target: {at_least: 98.5}, baseline: 97.25",
        "count, unit: 万元, target: {at_least: 0.5}",
        "count, unit: 件, target: {growth: 8}, baseline: 30",  # 32.4 is computed, and reached by 33
        "stock, unit: 张, target: {at_least: 50}, weight: 0.5, schedule: {2023-06: 12.5, 2023-12: 100}",
    ],
)
def test_what_is_no_figure_of_things_may_have_decimals(indicator: str, tmp_path: Path) -> None:
    assert check_plan(write(tmp_path, plan_text(INDICATOR.format(indicator)))) == []


@pytest.mark.parametrize(
    ("indicator", "says"),
    [
        (f"{COUNT}, applies_to: [yi], reporting: [county]", "MZ784 T09-01 的目标不适用于 甲县"),
        ("count, unit: 个, target: undefined", "MZ784 T09-01 的目标是 undefined，没有数可分解"),
        ("milestone", "MZ783 T09-01 是里程碑，目标没有数"),
    ],
)
def test_what_cannot_be_broken_down(indicator: str, says: str, tmp_path: Path) -> None:
    path = write(tmp_path, plan_text(INDICATOR.format(indicator)), f"{HEADER}T09-01,jia,6,official,x\n")
    assert [f"{f.rule.code} {f.message}" for f in check_plan(path)] == [says]


def test_a_cell_has_an_end(tmp_path: Path) -> None:
    path = write(tmp_path, plan_text(), f"{HEADER}T01-01,jia,6,official,{'x' * 2001}\n")
    assert [(f.rule.code, f.message) for f in check_plan(path)] == [("MZ783", "source 超过 2000 个字")]


def test_breakdown_totals_say_by_how_much(tmp_path: Path) -> None:
    finer = plan_text().replace("unit: 个,", "unit: 个, decimals: 1,")
    path = write(tmp_path, finer, HEADER + "T01-01,jia,60,official,x\nT01-01,yi,30.5,official,x\n")
    (finding,) = check_plan(path)
    assert finding.message == "T01-01 各单位合计 90.5，比全市目标 100 少 9.5"
    assert finding.severity is Severity.WARNING
    assert load_plan(path).parts["T01-01", "yi"][0].target.value == Fraction(61, 2)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["csv 0:0 MZ782"]),
        ("指标,单位\n".encode(), ["csv 1:1 MZ782"]),
        (HEADER.encode() + "T01-01,jia,60,official,金华\n".encode("gbk"), []),
        (HEADER.encode() + "T01-01,jia,60,official,金华\n".encode("gbk") + b"\xff\n", ["csv 3:1 MZ703"]),
        (b"\xef\xbb\xbf" + HEADER.replace("\n", "\r\n").encode() + b"T01-01,jia,60,official,x\r\n", []),
        (b"source,basis,target,unit,indicator\nx,official,60,jia,T01-01\n", []),
        (b"x" * (64 << 20) + b"x", ["csv 0:0 MZ702"]),
    ],
)
def test_breakdown_files(data: bytes, expected: list[str], tmp_path: Path) -> None:
    path = write(tmp_path, plan_text())
    (tmp_path / "plan.breakdown.csv").write_bytes(data)
    assert places(path) == expected


@pytest.mark.untraced
def test_a_breakdown_may_be_larger_than_a_plan(tmp_path: Path) -> None:
    blank = "\n" * (1 << 20)
    breakdown = f"{HEADER}{blank}T01-01,甲市,60,official,x\n"
    assert places(write(tmp_path, plan_text(), breakdown)) == [f"csv {(1 << 20) + 2}:8 MZ784"]


def test_a_breakdown_is_not_read_on_when_no_more_findings_are_told(tmp_path: Path) -> None:
    breakdown = HEADER + "a\n" * 1500
    assert places(write(tmp_path, plan_text(), breakdown)) == [f"csv {line}:1 MZ782" for line in range(2, 1002)]


def test_a_breakdown_that_is_a_folder_stops_the_run(tmp_path: Path) -> None:
    path = write(tmp_path, plan_text())
    (tmp_path / "plan.breakdown.csv").mkdir()
    assert codes(path) == ["MZ781"]
    with pytest.raises(InputError, match="MZ781"):
        load_plan(path)


@pytest.mark.parametrize("name", ["absent.yaml", ".", "/", "/dev/null/x", "/dev/zero", "a\0b"])
def test_what_is_not_a_file_is_one_finding(name: str, tmp_path: Path) -> None:
    (finding,) = check_plan(tmp_path / name if not name.startswith("/") else Path(name))
    assert finding.rule.code == "MZ701"


def test_a_disk_that_fails_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("mzplan.plan.load.open_own", lambda path, limit, within: Failing())
    (finding,) = check_plan(tmp_path / "plan.yaml")
    assert (finding.rule.code, finding.message) == ("MZ701", "磁盘读写出错")


def test_one_broken_value_hides_no_other(tmp_path: Path) -> None:
    """An alias, a hidden character and a merge key are each said once, and what they stand in is not complained of."""
    fragment = (
        "- {id: T09-01, name: *x , kind: milestone, source: 甲}\n- {<<: {id: T09-02}}\ntitle: 甲\u200b\nyear: no\n"
    )
    assert sorted(codes(write(tmp_path, plan_text(fragment)))) == ["MZ706", "MZ706", "MZ708", "MZ714"]


@pytest.mark.parametrize(
    "written",
    [
        "milestone, reporting: county",
        "ratio, target: {at_leats: 80}",
        "ratio, scale: 1000, target: {at_least: 180}",
        "stock, unit: 家, target: {at_least: 80}, baseline: 9千, schedule: linear",
        f"{COUNT}, breakdown: equal, applies_to: totals",
        "milestone, stages: {一: 0, 二: 半, 三: 100}",
        "milestone, schedule: {2023-6: 50}, due: 2023-09",
    ],
)
def test_nothing_is_concluded_from_what_cannot_be_read(written: str, tmp_path: Path) -> None:
    assert one(tmp_path, INDICATOR.format(written)).startswith(("MZ711", "MZ714", "MZ715"))


@pytest.fixture(scope="module")
def tiny() -> Plan:
    return load_plan(PLANS / "tiny.yaml")


def test_each_kind_gets_its_defaults(tiny: Plan) -> None:
    december = Period(2023, 12)
    everyone = ("jia", "yi", "devzone")
    count, ratio, stock, milestone, city = (tiny.indicators[i] for i in tiny.indicators)
    assert (count.kind, count.applies_to, count.judged, count.reporting) == ("count", "total", (), everyone)
    assert count.schedule == Schedule("linear", december)
    assert isinstance(ratio, RatioIndicator)
    assert (ratio.unit, ratio.scale, ratio.part_of_whole) == ("%", 100, True)
    assert ratio.schedule == Schedule("by_due", december)
    assert (stock.baseline, stock.schedule) == (Fraction(40), Schedule("linear", december))
    assert isinstance(milestone, MilestoneIndicator)
    assert (milestone.applies_to, milestone.judged, milestone.unit) == ("each", everyone, "")
    assert milestone.stages == DEFAULT_STAGES
    assert (city.judged, city.schedule, city.area) == (("bureau",), Schedule("by_due", Period(2023, 6)), None)
    assert tiny.safeguards_name == "工作保障"


def test_parts_come_with_the_line_they_stand_on(tiny: Plan) -> None:
    target = Target("at_least", Fraction(30))
    assert tiny.parts["T02-01", "jia"] == (Part(target, "official", "示民发〔2023〕9号", 5, baseline=Fraction(22)),)
    assert tiny.target_for(tiny.indicators["T01-01"], "yi", Period(2023, 1)) == (target, "reference")


def test_relations_say_what_a_missing_figure_means() -> None:
    assert load_plan(PLANS / "other_city.yaml").relations == (
        Relation(("YL1-02",), "at_most", "YL1-01"),
        Relation(("ZZ4-02",), "at_most", "ZZ4-01", "skip_all"),
    )
