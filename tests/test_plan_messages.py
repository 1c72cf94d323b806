"""A plan broken in the ways in which its authors break it: one cause, one finding, at its place, and what was meant."""

import re
from pathlib import Path

import pytest
import yaml

from conftest import untraced
from factory import check_plan
from mzplan.english import english
from mzplan.plan.load import finding_line
from mzplan.plan.meant import targets_meant
from test_clause import OTHER, SAID
from test_plan_load import BASE, COUNT, INDICATOR, one, plan_text, write

pytestmark = pytest.mark.traced

STOCK = "stock, unit: 家, target: "
ANY = "写成 {at_least: 数}、{at_most: 数}、{about: 数, tolerance: 百分数}、{growth: 百分数} 或 undefined"
POINTS = "可选：linear（按月均衡）、by_due（到期完成）、always（全年保持）；或写进度点：{2023-06: 50, 2023-12: 100}"


APPLIES_TO = (
    "可选：total、each；指定填报单位写成列表：[jia]，一类单位写成 [county]、[zone]、[bureau]；"
    "各单位的数写在计划旁边的 2023.breakdown.csv 里"
)
BROKEN = [
    ("ratio, target: 95", "写成 {at_least: 95} 或 {at_most: 95} 或 {about: 95, tolerance: 5}"),
    ("ratio, target: '95'", "写成 {at_least: 95} 或 {at_most: 95} 或 {about: 95, tolerance: 5}"),
    ("ratio, target: '>=95'", "写成 {at_least: 95}"),
    ("ratio, target: '≥95'", "写成 {at_least: 95}"),
    ("ratio, target: 'at_least: 95'", "写成 {at_least: 95}"),
    ("ratio, target: '{about: 95, tolerance: 3}'", "写成 {about: 95, tolerance: 3}"),
    ("ratio, target: [{at_least: 95}]", "写成 {at_least: 95}"),
    ("ratio, target: [at_most: 95]", "写成 {at_most: 95}"),
    ("ratio, target: [{at_least: 95}, {at_most: 99}]", ANY),
    ("ratio, target: {at_least: 七成以上}", "写成 at_least: 70"),
    ("ratio, target: {at_least: 不超过5%}", "只写数字和小数点"),
    ("count, unit: 万元, target: {about: 1.4万, tolerance: 5}", "写成 about: 1.4 或 14000，单位是万元"),
    ("ratio, target: ≥ 95%", "写成 {at_least: 95}"),
    ("ratio, target: 95%以上", "写成 {at_least: 95}"),
    ("ratio, target: 不低于９５%", "写成 {at_least: 95}"),
    ("ratio, target: '<=5'", "写成 {at_most: 5}"),
    ("ratio, target: 控制在5%以内", "写成 {at_most: 5}"),
    ("ratio, target: 降至5%", "写成 {at_most: 5}"),
    ("count, unit: 起, target: 0", "写成 {at_most: 0}"),
    ("stock, unit: 张, baseline: 5, target: {growth: 翻一番}", "写成 growth: 100"),
    ("count, unit: 张, target: {min: 100}", "是不是 at_least？"),
    ("count, unit: 张, target: {至少: 100}", "是不是 at_least？"),
    ("count, unit: 张, target: {不超过: 100}", "是不是 at_most？"),
    ("stock, unit: 张, baseline: , target: {growth: 8}", "写上值"),
    (f"{COUNT}, applies_to: {{county: 24}}", APPLIES_TO),
    (f"{COUNT}, applies_to: 各县（市、区）", "写成 each"),
    ("ratio, target: 全覆盖", "写成 {at_least: 100}"),
    ("ratio, target: {at_least: 全覆盖}", "写成 at_least: 100"),
    (f"{COUNT}, schedule: monthly", f"{POINTS}，数量写 2023-06: {{value: 350}}"),
    ("count, unit: 起, target: 零发生", "写成 {at_most: 0}"),
    (f"{STOCK}约500", "写成 {about: 500, tolerance: 5}"),
    (f"{STOCK}500左右", "写成 {about: 500, tolerance: 5}"),
    (f"{STOCK}翻一番", "写成 {growth: 100}，另写 baseline: 上年的数"),
    (f"{STOCK}比上年增长8%", "写成 {growth: 8}，另写 baseline: 上年的数"),
    (f"{STOCK}60家至90家", "写成 {about: 75, tolerance: 20} 或 {at_least: 60} 或 {at_most: 90}"),
    (f"{STOCK}下降5%", ANY),
    (f"{STOCK}[80]", "写成 {at_least: 80} 或 {at_most: 80} 或 {about: 80, tolerance: 5}"),
    (f"{STOCK}[80, 90]", ANY),
    (f"{STOCK}很多", ANY),
    (f"{STOCK}true", ANY),
    (f"{STOCK}'1,200家以上'", "写成 {at_least: 1200}"),
    ("count, unit: 万元, target: 0.15亿", "写成 {at_least: 1500} 或 {at_most: 1500} 或 "),
    ("count, unit: 万元, target: 1.4亿元左右", "写成 {about: 14000, tolerance: 5}"),
    ("count, unit: 亿元, target: {at_least: 5000万}", "写成 at_least: 0.5，单位是亿元"),
    ("count, unit: 万元, target: {at_least: 0.15亿}", "写成 at_least: 1500，单位是万元"),
    ("count, unit: 万元, target: {at_least: 800万元}", "写成 at_least: 800，单位是万元"),
    ("count, unit: 人, target: {at_least: 1.5万}", "写成 at_least: 15000，单位是人"),
    ("ratio, target: {at_least: '80%'}", "写成 at_least: 80"),
    (f"{STOCK}{{at_least: 9}}, baseline: 5家", "写成 baseline: 5，单位是家"),
    (f"{COUNT}, weight: 双倍", "只写数字和小数点，不加引号、逗号、%和单位"),
    (f"{COUNT}, report_every: 季", "写成 quarter"),
    (f"{COUNT}, applies_to: {{jia: 60, yi: 40}}", APPLIES_TO),
    (f"{COUNT}, applies_to: {{each: county}}", APPLIES_TO),
    (f"{COUNT}, applies_to: 3", "可选：total、each；指定填报单位要写成列表：[jia]"),
    ("milestone, applies_to: yi", "写成 [yi]"),
    ("milestone, schedule: 按季", POINTS),
    ("milestone, schedule: [50, 100]", POINTS),
    ("milestone, schedule: 6", POINTS),
    ("milestone, schedule: {6月: 50, 2023-12: 100}", "写成 2023-06"),
    ("milestone, due: 6月底", "写成 2023-06"),
    ("milestone, due: 2023年6月", "写成 2023-06"),
    ("milestone, due: 上半年", "写成 2023-06"),
    ("milestone, due: 9月1日", "写成 2023-09"),
    ("milestone, due: Q3", "写成 2023-09"),
    ("milestone, due: 第二季度末", "写成 2023-06"),
    ("milestone, stages: 起草、印发", "写成 [起草, 印发]"),
    ("milestone, stages: 起草->审议->印发", "写成 [起草, 审议, 印发]"),
    ("milestone, stages: [起草，印发]", "写成 [起草, 印发]"),
    ("milestone, reporting: [甲县、yi]", "各单位用半角逗号隔开：jia, yi"),
    ("count, unit: （个）, target: {at_least: 9}", "写成 unit: 个"),
    ("count, unit: 单位：个, target: {at_least: 9}", "写成 unit: 个"),
    ("milestone, due: 2023-11-30", "写成 2023-11"),
    ("milestone, due: 2023年11月30日前", "写成 2023-11"),
    (f"{STOCK}{{at_least: 3}}, schedule: 常态保持", "写成 always"),
    (f"{COUNT}, revisions: [{{from: 2023-19, target: {{at_least: 5}}, source: 甲}}]", "写成 2023-06 这样的月份"),
    ("milestone, due: 年底前", "写成 2023-12"),
    ("milestone, due: 2023年底之前", "写成 2023-12"),
    ("milestone, due: 三季度末", "写成 2023-09"),
    ("count, unit: '=1+1', target: {at_least: 5}", "去掉开头的 ="),
    (f"{COUNT}, name_en: '-2+3'", "去掉开头的 -"),
    (f"{COUNT}, lead: '@SUM(A1)'", "去掉开头的 @"),
    ("milestone, due: 十月怀胎", "写成 2023-06 这样的月份"),
    (f"{COUNT}, revisions: [{{from: 9月, target: {{at_least: 5}}, source: 甲}}]", "写成 2023-09"),
    (f"{COUNT}, revisions: [{{from: 2023-09, target: 5, source: 甲}}]", "写成 {at_least: 5}"),
    (f"{COUNT}, schedule: always", "写 linear、by_due 或进度点"),
    (f"{STOCK}{{at_least: 800（家）}}", "写成 at_least: 800，单位是家"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 350家, 2023-12: 100}}", "写成 2023-06: {value: 350}"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 50%, 2023-12: 100}}", "写成 2023-06: 50"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 过半, 2023-12: 100}}", "写成 2023-06: 50"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 50, 2023-12: 110}}", "写累计百分数，到100为止"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 50, 2023-12: {{value: 770}}}}", "核对两个数"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 50, 2024-12: 100}}", "进度点只能是本年的月份"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 50, 2023-12: 全部}}", "只写数字和小数点"),
    ("rate, target: {at_least: 95}", "可选：count（累计量）、"),
    ("coverage, baseline: 60, target: {at_least: 95}", "可选：count（累计量）、"),
    ("比率, target: {at_least: 95}", "写成 ratio"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 900家, 2023-12: 100}}", "只写数字和小数点"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: {{value: 350家}}, 2023-12: 100}}", "写成 value: 350，单位是家"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{上半年: 50, 2023-12: 100}}", "写成 2023-06"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{上半年: 50, 2023-06: 50, 2023-12: 100}}", "进度点的月份写成 2023-06: 50"),
    (f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 0.5, 2023-12: 100}}", "百分之50写作 50"),
    (f"{STOCK}{{at_least: 700}}, baseline: 900家", "只写数字和小数点"),
    (f"{COUNT}, applies_to: 各县", "写成 [county]"),
    (f"{COUNT}, applies_to: 每个单位", "写成 each"),
    (f"{COUNT}, applies_to: 全市合计", "写成 total"),
    (f"{COUNT}, applies_to: county", "写成 [county]"),
    (f"{COUNT}, applies_to: 丙县", "可选：total、each；指定填报单位要写成列表：[jia]"),
    (f"{COUNT}, applies_to: eahc", "是不是 each？"),
    (f"{COUNT}, applies_to: 甲县", "写成 [jia]"),
    ("milestone, reporting: [bureau], applies_to: 市本级", "写成 [bureau]"),
    ("ratio, target: {at_least: 95}, schedule: 全年保持", "写成 always"),
    (f"{COUNT}, schedule: 均衡", "写成 linear"),
    (f"{COUNT}, schedule: 全年保持", POINTS),  # a count begins at nothing
    (f"{COUNT}, report_every: 每季度", "写成 quarter"),
    (f"{COUNT}, report_every: 半年", "写成 half"),
    (f"{COUNT}, report_every: 每天", "可选：month（按月）、quarter（按季）、half（按半年）、year（按年）"),
    ("累计量, unit: 个, target: {at_least: 9}", "写成 count"),
    ("总量, unit: 个, target: {at_least: 9}", "可选：count（累计量）、stock（存量）、ratio（比率）、"),
    (f"{COUNT}, reporting: county", "写成 [county]"),
    (f"{COUNT}, reporting: 各县", "写成 [county]"),
    (f"{COUNT}, reporting: 甲县", "写成 [jia]"),
    (f"{COUNT}, reporting: 某地", "写填报单位的 id，或 county、zone、bureau，如 [county]"),
    (f"{COUNT}, revisions: {{from: 2023-09, target: {{at_least: 5}}, source: 甲}}", "每项以“- ”开头"),
    (f"{COUNT}, name_en: 2023", '加上引号："2023"'),
    (f"{COUNT}, name_en: [a]", "写成 name_en: a"),
    (f"{COUNT}, lead: [养老处, 救助处]", "写成 lead: 养老处、救助处"),
    (f"{COUNT}, lead: {{甲: 乙}}", "写成一段文字"),
    (f"{COUNT}, due: [2023-06, 2023-12]", "写全部完成的月份；"),
    (f"{COUNT}, due: 无", "没有的，删去 due"),
    (f"{STOCK}{{at_least: 9}}, baseline: 不适用", "没有的，删去 baseline"),
    (f"{COUNT}, decimals: 两位", "写成 decimals: 2"),
    (f"{COUNT}, 责任处室: 甲处", "是不是 lead？"),
    (f"{COUNT}, 完成时限: 2023-06", "是不是 due？"),
    ("count, unit: 个, target: {at_least: 9, lead: 甲处}", "lead 写在 tasks 或 items 或 indicators 下面；"),
    ("count, unit: 个, target: 待定", "写成 undefined"),
    (f"{COUNT}, shedule: linear", "是不是 schedule？"),
    (f"{COUNT}, shedule: [linear]", "可用的键："),
    ("count, unit: 个, targets: {at_least: 9}", "是不是 target？"),
    ("count, unit: 个, 目标: {at_least: 9}", "是不是 target？"),
    ("count, unit: 个, target: {at_lest: 9}", "是不是 at_least？"),
    (f"{COUNT}, revisions: [{{from: 2023-09, target: undefined, source: 甲}}]", f"{ANY.removesuffix(' 或 undefined')}"),
    ("ratio, target: {at_least: 0.95}", "按“%”应是 95"),
    ("count, unit: 起, target: {at_most: 5}, schedule: linear", "写 schedule: always（累计量不写就是）；只在"),
    ("ratio, unit: 人/万人, target: {at_least: 19}", "写上 scale: 10000；是百分数的，删去 unit"),
    ("ratio, unit: 人/万人, target: {at_least: 150}", "写上 scale: 10000；"),
    ("ratio, unit: ‰, target: {at_least: 95}", '改成 unit: "%"、scale: 100，各数都按它写：95‰ 是 9.5%'),
    ("ratio, unit: ‰, scale: 10000, target: {at_least: 95}", '改成 unit: "%"、scale: 100，各数都按它写：95‰ 是 9.5%'),
    ("ratio, unit: ‰, baseline: 9, target: {growth: 8}", '改成 unit: "%"、scale: 100，各数都按它写'),
    ("ratio, unit: 成, target: {at_least: 9}", '改成 unit: "%"、scale: 100，各数都按它写：9成 是 90%'),
    ("ratio, unit: 百分比, target: {at_least: 9}", "删去 unit"),
    ("ratio, unit: ％, target: {at_least: 9}", "删去 unit"),
    ("ratio, unit: 百分比, scale: 10000, target: {at_least: 9}", "改成 scale: 100；"),
    ("ratio, unit: '%', scale: 10000, target: {at_least: 95}", "改成 scale: 100；"),
    ("ratio, unit: 人/千人, target: {at_least: 7}", "改成 unit: 人/万人、scale: 10000，各数都按它写：7人/千人 是 70"),
    ("ratio, unit: 例/10万人, target: {at_least: 70}", "改成 unit: 例/万人、scale: 10000，各数都按它写：70例"),
    ("ratio, scale: 10000, target: {at_least: 0.95}", "scale 不是100时要写计量单位"),
    (f"{COUNT}, report_every: quarter, due: 2023-08", "期限写成应报的月份，或改 report_every"),
]  # fmt: skip
"""What is written of an indicator, and how the hint begins."""


def test_an_empty_text_that_must_be_there_is_to_be_written_and_another_may_go(tmp_path: Path) -> None:
    for written, told in (
        ("count, unit: '', target: {at_least: 9}", "MZ715 unit 是空的；写上内容"),
        (f"{COUNT}, lead: ''", "MZ715 lead 是空的；写上内容，或删去这一行"),
    ):
        assert one(tmp_path, INDICATOR.format(written)) == told


@pytest.mark.parametrize(
    "written",
    [
        "unit: 人/万人, scale: 10000, target: {at_least: 19}",
        "unit: 床/百名老人, target: {at_least: 5}",
        "unit: 人/千米, target: {at_least: 7}",
        "unit: 天/人, target: {at_least: 30}",
        "unit: 个百分点, target: {at_least: 30}",
        "scale: 100, target: {at_least: 30}",
    ],
)
def test_a_unit_that_agrees_with_its_scale_or_says_none_is_as_it_should_be(written: str, tmp_path: Path) -> None:
    assert not check_plan(write(tmp_path, plan_text(INDICATOR.format(f"ratio, {written}"))))


@pytest.mark.parametrize(
    ("written", "stays"),
    [
        ("milestone, stages: 未启动、印发", "[未启动, 印发]"),
        ("count, unit: （张）, target: {at_least: 9}", "unit: 张"),
        (f"{COUNT}, lead: [养老处, 救助处]", "lead: 养老处、救助处"),
    ],
)
def test_what_is_to_be_written_into_the_file_is_the_same_in_english(written: str, stays: str, tmp_path: Path) -> None:
    (finding,) = check_plan(write(tmp_path, plan_text(INDICATOR.format(written))))
    assert english(finding.hint, {"张": "bed|beds", "养老处": "Care"}) == f"write “{stays}”"


@pytest.mark.parametrize(
    ("word", "meant"),
    [("县", "county"), ("县级市", "county"), ("高新技术开发区", "zone"), ("市本级", "bureau"), ("民政局", "bureau")],
)
def test_the_kind_of_a_unit_is_known_by_its_chinese_word(word: str, meant: str, tmp_path: Path) -> None:
    """And while it cannot be read, nothing is said of an id that is that of a kind."""
    units = BASE["reporting_units"] + "\n- {id: bing, name: 丙区, kind: county}"
    if meant == "bureau":
        written = units.replace("kind: bureau", f"kind: {word}")
    else:
        written = units.replace("丙区, kind: county", f"丙区, kind: {word}")
    assert one(tmp_path, written + "\n").endswith(f"写成 {meant}")


def test_a_blank_forgotten_behind_the_colon_of_a_mapping_is_named(tmp_path: Path) -> None:
    said = one(tmp_path, "- id: T09-01\n  name: 甲\n  kind: ratio\n  source: 甲\n  target:{at_least: 95}\n")
    assert said == "MZ704 T09-01 target 的冒号后面没有空格；写成“target: ”，后面再写值"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("due: 2023-13", "due 里没有这个月：“2023-13”；写成 2023-06 这样的月份"),
        ("due: 2023-00", "due 里没有这个月：“2023-00”；写成 2023-06 这样的月份"),
        ("due: 2023-9", "due 的格式不对：“2023-9”；写成 2023-09"),
        ("schedule: {2023-13: 50, 2023-12: 100}", "schedule 里没有这个月：“2023-13”；进度点的月份写成 2023-06: 50"),
        ("schedule: {half: 50, 2023-12: 100}", "schedule 的格式不对：“half”；进度点的月份写成 2023-06: 50"),
    ],
)
def test_a_month_that_there_is_not_is_told_as_that_and_once(written: str, says: str, tmp_path: Path) -> None:
    assert one(tmp_path, INDICATOR.format(f"{COUNT}, {written}")) == f"MZ715 {says}"


@pytest.mark.parametrize(("last", "codes"), [("1", ["MZ743"]), ("90", ["MZ743", "MZ744"])])
def test_points_written_as_shares_of_one_are_one_cause(last: str, codes: list[str], tmp_path: Path) -> None:
    """Only the 1 that stands for the whole beside a share is told with it."""
    written = f"{STOCK}{{at_least: 700}}, schedule: {{2023-06: 0.5, 2023-12: {last}}}"
    found = check_plan(write(tmp_path, plan_text(INDICATOR.format(written))))
    assert [each.rule.code for each in found] == codes


def test_a_clause_by_the_thousand_names_the_per_cent_that_is_proposed(tmp_path: Path) -> None:
    told = "- {{id: T09-01, name: 甲, kind: ratio, target: {{at_least: {}}}, source: 达到95‰}}\n"
    assert not check_plan(write(tmp_path, plan_text(told.format("9.5"))))
    assert one(tmp_path, told.format("9")).startswith("MZ753")


_PROPOSED = re.compile(r"(?:写成 |加上引号：|应是 |写作 )([^；]+)|是不是 ([^？]+)？")
_PLACEHOLDERS = re.compile(r"数[}、]|这样|甲, 乙|一段")


def proposals(hint: str) -> list[str]:
    """What a hint says is to be written, as it says it; forms with words in the place of figures are none."""
    found = _PROPOSED.match(re.sub("^(?:按“[^”]+”|百分之[0-9.]+)", "", hint))
    if found is None or _PLACEHOLDERS.search(hint.partition("；")[0]):
        return []
    return (found[1] or found[2]).split(" 或 ")


def obeyed(text: str, line: int, column: int, proposal: str) -> str:
    """The plan's text with what a hint says in the place of what stands where the finding is."""
    written, *more = re.split("，单位是.*|，另写 ", proposal)
    root = yaml.compose(text)
    waiting: list[yaml.Node] = [root] if root else []
    found: list[yaml.Node] = []
    while waiting:
        node = waiting.pop()
        if (node.start_mark.line, node.start_mark.column) == (line - 1, column - 1):
            found.append(node)
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        waiting += [each for pair in pairs for each in pair] + (
            node.value if isinstance(node, yaml.SequenceNode) else []
        )
    wrong = min(found, key=lambda node: node.end_mark.index)
    before, after = text[: wrong.start_mark.index], text[wrong.end_mark.index :]
    key = re.search(r"([A-Za-z_0-9-]+): $", before)
    if key is not None:
        written = written.removeprefix(f"{key[1]}: ")
    beside = "".join(f", {each.replace('上年的数', '5')}" for each in more if each)
    head, tail = after.split(", source: 甲", 1)
    return f"{before}{written}{head}{beside}, source: 甲{tail}"


@pytest.mark.parametrize(
    ("schedule", "meant"),
    [
        ("{2023-06: 350张, 2023-12: 700张}", ["2023-06: {value: 350}", "2023-12: {value: 700}"]),
        ("{6月: 50, 12月: 100}", ["2023-06", "2023-12"]),
        ("{2023-06: 50%, 2023-12: 100%}", ["2023-06: 50", "2023-12: 100"]),
    ],
)
def test_each_of_two_wrong_points_is_told_what_was_meant(schedule: str, meant: list[str], tmp_path: Path) -> None:
    """What is proposed for one is no worse for the other; nor is it told that the rest departs from the clause."""
    written = f"count, unit: 张, target: {{at_least: 700}}, schedule: {schedule}"
    text = plan_text(INDICATOR.format(written).replace("source: 甲", "source: 新增床位700张，6月底350张"))
    hints = [finding.hint for finding in check_plan(write(tmp_path, text))]
    assert hints == [f"写成 {each}" for each in meant]


def test_an_indicator_without_a_kind_or_a_unit_is_taken_for_a_ratio(tmp_path: Path) -> None:
    said = one(tmp_path, "- {id: T09-01, name: 甲, target: {at_least: 95}, source: 甲}\n")
    assert said.startswith("MZ712 T09-01 缺少必填的键 kind；补上 kind，可选：count（累计量）、")


@pytest.mark.parametrize(
    ("unit", "target", "clause", "told"),
    [
        ("万人", "800", "培训800人", "800万人 不是原文里的数：原文写的是 800人，按“万人”应是 0.08"),
        ("人", "800", "培训800万人", "800人 不是原文里的数：原文写的是 800万人，按“人”应是 8000000"),
        ("万元", "14000", "投入1.4万元", "14000万元 不是原文里的数：原文写的是 1.4万元，按“万元”应是 1.4"),
        ("张", "7000", "新增床位700张", "7000 不是原文里的数：原文写的是 700"),
    ],
)
def test_numbers_by_different_measures_are_told_with_them(
    unit: str, target: str, clause: str, told: str, tmp_path: Path
) -> None:
    asked = f"- {{id: T09-01, name: 甲, kind: count, unit: {unit}, target: {{at_least: {target}}}, source: {clause}}}\n"
    assert one(tmp_path, asked) == f"MZ756 目标值 {told}；核对目标值和计量单位"


@pytest.mark.parametrize(("written", "says"), BROKEN, ids=lambda value: value[:60])
def test_what_was_meant_is_said_and_leaves_nothing_to_say_once_it_is_written(
    written: str, says: str, tmp_path: Path
) -> None:
    """Each thing that a hint proposes, put in the place of what is wrong, makes a sound plan."""
    text = plan_text(INDICATOR.format(written))
    (finding,) = check_plan(write(tmp_path, text))
    assert finding.hint.startswith(says)
    assert "可选：undefined" not in finding.hint
    proposed = proposals(finding.hint)
    assert bool(proposed) == bool(proposals(says) or "？" in says)
    with untraced():
        for each in proposed:
            changed = obeyed(text, finding.location.line, finding.location.column, each)
            assert [finding_line(left) for left in check_plan(write(tmp_path, changed))] == [], each


def test_the_key_that_is_missing_is_the_one_that_was_misspelt(tmp_path: Path) -> None:
    """No name is near to `actions` but that of the relations, which these are not."""
    text = plan_text().replace("action_areas:", "actions:")
    (finding,) = check_plan(write(tmp_path, text))
    assert (finding.rule.code, finding.hint.partition("？")[0]) == ("MZ711", "是不是 action_areas")


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("reporting_units:", "units:", ["reporting_units"]),
        ("reporting_units:\n- {id: jia, name: 甲县,", "units:\n- {id: jia, nmae: 甲县,", ["reporting_units"]),
        ("reporting: [county]\n", "units: [county]\n", ["reporting"]),
        ("year: 2023", "plan_year: 2023", ["year"]),
        ("year: 2023", "year: 2023\nyears: 2023", []),
        ("reporting: [county]", "reporting: [county]\nreportings: [county]", []),
        ("name: 甲县,", "unit_name: 甲县,", ["name"]),
        ("name: 甲县,", "name: 甲县, nam: 甲县,", []),
        ("target: {at_least: 9}", "target: {at_least: 9, min: 9}", []),
    ],
)
def test_a_wrong_key_is_one_that_is_missing_before_others_and_none_that_is_there(
    old: str, new: str, meant: list[str], tmp_path: Path
) -> None:
    """`units` is as near to `reporting` as to `reporting_units`; the members of a list are no matter of its key."""
    text = plan_text(f"- {{id: T09-01, name: 甲, kind: {COUNT}, source: 甲}}\n")
    assert text.count(old) == 1
    found = [each for each in check_plan(write(tmp_path, text.replace(old, new))) if each.rule.code == "MZ711"]
    assert re.findall("是不是 (.+?)？", found[0].hint) == meant


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("target: {at_least: 700}, source: 新增床位700张", ""),
        ("target: {at_least: 7000}, source: 新增床位700张", "MZ756"),
        ("target: {at_least: 70}, source: 新增床位700张", "MZ756"),
        ("target: {at_least: 700}, source: 新增床位7万张", "MZ756"),
        ("target: {at_least: 750}, source: 新增床位700张", "MZ753"),
        ("target: {at_least: 700}, source: 新增床位工程7", "MZ753"),  # no 7 张
        ("target: {at_least: 7000}, source: 新增床位700张、改造80张", "MZ753"),
        ("target: {at_least: 200}, source: 两县（市）各新增床位100张", "MZ753"),
        ("target: {at_least: 20}, reporting: [jia, yi], source: 各新增床位10张", "MZ753"),
    ],
)
def test_a_zero_too_many_is_an_error_and_another_number_is_asked_about(written: str, code: str, tmp_path: Path) -> None:
    found = check_plan(write(tmp_path, plan_text(f"- {{id: T09-01, name: 甲, kind: count, unit: 张, {written}}}\n")))
    assert [finding.rule.code for finding in found] == ([code] if code else [])


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("关于调整全年目标的通知", ""),
        ("民发〔2023〕45号", ""),
        ("由700张调整为900张", ""),
        ("在原目标上增加200张", ""),
        ("调整为850张", "MZ753"),
        ("调整为90张", "MZ756"),
    ],
)
def test_a_revision_is_held_against_its_own_source(source: str, code: str, tmp_path: Path) -> None:
    revision = f"{{from: 2023-09, target: {{at_least: 900}}, source: {source}}}"
    own = f"target: {{at_least: 700}}, source: 新增床位700张, revisions: [{revision}]"
    found = check_plan(write(tmp_path, plan_text(f"- {{id: T09-01, name: 甲, kind: count, unit: 张, {own}}}\n")))
    assert [finding.rule.code for finding in found] == ([code] if code else [])


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("target: {growth: 8}, source: 上年101个，增长8%", ""),
        ("target: {at_least: 9}, source: 6月底前建成9个", "MZ796 T09-01 的原文写着“6月底前”，due 是 2023-12"),
        ("target: {at_least: 9}, due: 2023-06, source: 6月底前建成9个", ""),
        ("target: {growth: 7}, source: 增长8%", "MZ753 增长 7% 不是原文里的数：原文写的是 8%"),
        ("target: {growth: 80}, source: 增长8%", "MZ756 增长 80% 不是原文里的数：原文写的是 8%"),
        ("target: {growth: 8}, source: 提高8个百分点", "MZ753 growth 8 是在基期值上增长百分之8，原文写的是 8 个百分点"),
        ("target: {at_most: 200}, source: 200个以上", "MZ753 原文写的是“200个以上”，目标写的却是 at_most"),
    ],
)  # fmt: skip
def test_the_clause_is_held_against_growth_and_direction(written: str, says: str, tmp_path: Path) -> None:
    baseline = ", baseline: 101" if "growth" in written else ""
    text = plan_text(f"- {{id: T09-01, name: 甲, kind: count, unit: 个{baseline}, {written}}}\n")
    found = [f"{each.rule.code} {each.message}；{each.hint}" for each in check_plan(write(tmp_path, text))]
    assert found == [] if not says else len(found) == 1 and found[0].startswith(says)


def test_ten_times_as_many_where_there_are_ten_units_may_be_their_sum(tmp_path: Path) -> None:
    units = "".join(f"- {{id: u{n}, name: 第{n}县, kind: county}}\n" for n in range(10))
    asked = "- {id: T09-01, name: 甲, kind: count, unit: 张, target: {at_least: 1000}, source: 各县新增床位100张}\n"
    (finding,) = check_plan(write(tmp_path, plan_text(f"{asked}reporting_units:\n{units}")))
    assert finding.rule.code == "MZ753"


RANGE = "{about: 70, tolerance: 14.3} 或 {at_least: 60} 或 {at_most: 80}"


@pytest.mark.parametrize(
    ("written", "source", "hint"),
    [
        ("8, baseline: 900", "持证护理员同比增长8%以上", "写成 {growth: 8}"),
        ("10", "比上年增加百分之十以上", "写成 {growth: 10}，另写 baseline: 上年的数"),
        ("10", "同比下降10%", ANY),
        ("60-80", "60—80家", f"写成 {RANGE}"),
        ("20-10", "20家", ANY),
    ],
)
def test_a_bare_number_is_meant_as_its_clause_names_it(written: str, source: str, hint: str, tmp_path: Path) -> None:
    asked = f"- {{id: T09-01, name: 甲, kind: stock, unit: 家, target: {written}, source: {source}}}\n"
    (finding,) = check_plan(write(tmp_path, plan_text(asked)))
    assert (finding.rule.code, finding.hint) == ("MZ715", hint)


@pytest.mark.untraced
def test_a_direction_that_is_read_is_the_only_one_proposed() -> None:
    """Whether the target says it or its clause does."""
    for said, way in SAID.items():
        for unit, told in (("起", said), ("", said.removesuffix("起")), ("%", said.replace("5", "5%"))):
            assert targets_meant(told, unit) == [f"{{{way}: 5}}"], told
            assert targets_meant("5", unit, f"差错率{told}") == [f"{{{way}: 5}}"], told


@pytest.mark.parametrize(
    "said", ["不宜超过5%", "严禁超过5%", "未超过5%", "小于或等于5%", "不低于5%", "大于等于5%", "过半"]
)
@pytest.mark.parametrize("written", ["{}", "5", "小于5%", "高于5%"])
def test_the_way_of_the_clause_is_led_to_and_the_other_always_told(said: str, written: str, tmp_path: Path) -> None:
    """What is proposed agrees with the clause; where the target says the other way, nothing is, and nothing passes."""
    number = "50" if said == "过半" else "5"
    way = SAID.get(f"{said.replace('%', '')}起", "at_least")
    asked = "- {{id: T09-01, name: 甲, kind: ratio, target: {}, source: 差错率{}}}\n"
    target = written.replace("5", number).format(said)
    (finding,) = check_plan(write(tmp_path, plan_text(asked.format(target, said))))
    is_other = targets_meant(target, "%") == [f"{{{OTHER[way]}: {number}}}"]
    assert finding.hint == (ANY if is_other else f"写成 {{{way}: {number}}}")
    told = one(tmp_path, asked.format(f"{{{OTHER[way]}: {number}}}", said))
    assert told.startswith("MZ753 原文写的是“")
    assert told.endswith(f"写作 {{{way}: {number}}}")


@pytest.mark.parametrize(
    ("written", "unit", "targets"),
    [
        ("七成以上", "%", ["{at_least: 70}"]),
        ("过半", "%", ["{at_least: 50}"]),
        ("三分之二以上", "%", ["{at_least: 66.66}"]),  # which two of three reach
        ("三分之一以内", "%", ["{at_most: 33.34}"]),
        ("五百家以上", "家", ["{at_least: 500}"]),
        ("2023年底达到95%", "%", ["{at_least: 95}"]),
        ("由60%提高到80%", "%", ["{at_least: 80}"]),
        ("由60户降到50户", "户", ["{at_most: 50}"]),
        ("60%以上80%以下", "%", ["{about: 70, tolerance: 14.3}", "{at_least: 60}", "{at_most: 80}"]),
        ("增幅不得超过5%", "户", []),  # no target is a limit of growth
        ("不得擅自超过5", "户", []),  # what is forbidden is not read
        ("完成80%", "户", []),
        ("-5", "户", []),
    ],
)
def test_a_number_in_words_is_read_as_a_document_has_it(written: str, unit: str, targets: list[str]) -> None:
    assert list(targets_meant(written, unit)) == targets


def test_a_share_that_rises_to_its_number_is_no_growth(tmp_path: Path) -> None:
    asked = "- {id: T09-01, name: 甲, kind: ratio, target: 95, source: 覆盖率提高到95%}\n"
    (finding,) = check_plan(write(tmp_path, plan_text(asked)))
    assert "{at_least: 95}" in finding.hint
    assert "growth" not in finding.hint


@pytest.mark.parametrize("unit", ["'%'", "％", "百分点", "个百分点"])
@pytest.mark.parametrize("kind", ["count", "stock"])
def test_what_adds_up_is_not_measured_in_per_cent(kind: str, unit: str, tmp_path: Path) -> None:
    told = one(tmp_path, INDICATOR.format(f"{kind}, unit: {unit}, target: {{at_least: 5}}"))
    assert told.startswith(f"MZ715 {kind} 的计量单位不能是 ")


@pytest.mark.parametrize("written", ["95", "'≥95'", "约500", "翻一番", "0.15亿", "1.4亿元左右", "不超过3", "零发生"])
def test_a_target_that_is_proposed_is_accepted(written: str, tmp_path: Path) -> None:
    kind = "stock, unit: 万元, baseline: 5" if "番" in written else "stock, unit: 万元"
    proposed = re.findall(r"\{[^}]+\}", one(tmp_path, INDICATOR.format(f"{kind}, target: {written}")))
    assert proposed
    for target in proposed:
        assert check_plan(write(tmp_path, plan_text(INDICATOR.format(f"{kind}, target: {target}")))) == []


def test_examples_are_of_the_plans_own_year(tmp_path: Path) -> None:
    later = "year: 2031\nissued: 2031-01-05\n"
    for written in ("milestone, due: 年中", "milestone, schedule: 年中", "milestone, schedule: {}"):
        assert "2031-06" in one(tmp_path, INDICATOR.format(written) + later)
    assert "2031-04-10" in one(tmp_path, "year: 2031\nissued: 一月\n")
    assert "2024-03-01" in one(tmp_path, "year: 2023\nissued: 2024年3月1日\n")  # which is then doubted itself
    assert "2023-04-10" in one(tmp_path, "year: 2023\nissued: 2023年2月30日\n")


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        ("count, unit: 张, target: ｛at_least: 900｝", "｛"),
        ("count, unit: 张, target: {at_least: 900｝", "｝"),
        ("count, unit: 张， target: {at_least: 900}", "，"),
        ("count, unit: 张, target：{at_least: 900}", "："),
        ("count, unit: 张, target: {at_least：900}", "："),
        ("count, unit: 张, target: {at_least： 900}", "："),
        ("milestone, applies_to: ［jia］", "［"),
        ("milestone, applies_to: [jia］", "］"),
    ],
)
def test_signs_of_full_width_are_told_where_they_stand(written: str, sign: str, tmp_path: Path) -> None:
    text = plan_text(INDICATOR.format(written))
    finding = check_plan(write(tmp_path, text))[0]
    line = text.splitlines()[finding.location.line - 1]
    assert f"全角的 {sign}" in finding.message
    assert line[finding.location.column - 1] == sign


def test_signs_of_full_width_in_texts_are_as_good_as_any(tmp_path: Path) -> None:
    """A clause may hold them, and is not what is wrong with another line."""
    clause = "建成｛甲｝，新增：床位【乙】"
    sound = INDICATOR.format(COUNT).replace("source: 甲", f"source: {clause}")
    assert check_plan(write(tmp_path, plan_text(sound))) == []
    told = check_plan(write(tmp_path, plan_text(sound.replace("}\n", "\n"))))
    assert "全角" not in told[0].message


def test_a_key_with_a_colon_of_full_width_is_told_at_the_top_too(tmp_path: Path) -> None:
    told = check_plan(write(tmp_path, plan_text().replace("city: 全市", "city：全市")))
    assert "全角的 ：" in told[0].message


def due_in(*months: int) -> str:
    """A milestone for each of those months of 2023."""
    line = "- {{id: T09-{0:02}, name: 甲{0}, kind: milestone, due: 2023-{0:02}, source: 甲}}\n"
    return "".join(map(line.format, months))


def test_a_year_that_was_not_changed_everywhere_is_one_finding(tmp_path: Path) -> None:
    """A copy of last year's plan with a new `year`, and dates of three kinds in the old one."""
    dated = due_in(*range(1, 9))
    dated += "- {id: T09-20, name: 乙, kind: milestone, schedule: {2023-06: 50, 2023-12: 100}, source: 甲}\n"
    dated += INDICATOR.format(f"{COUNT}, revisions: [{{from: 2023-09, target: {{at_least: 5}}, source: 甲}}]").replace(
        "T09-01", "T09-30"
    )
    assert one(tmp_path, f"{dated}year: 2024\n") == (
        "MZ716 year 是 2024，印发日期、期限、进度点和目标调整却有 12 个月份在 2023 年；"
        "改正 year，或把这些月份改成 2024 年的"
    )


def test_one_month_and_the_date_of_issue_are_enough_to_see_a_wrong_year(tmp_path: Path) -> None:
    assert one(tmp_path, f"{due_in(6)}year: 2024\n").startswith("MZ716 year 是 2024，")


def test_a_month_of_another_year_among_many_is_told_where_it_is(tmp_path: Path) -> None:
    dated = due_in(1, 2, 3)
    assert one(tmp_path, dated.replace("2023-02", "2022-02")).startswith("MZ745 期限 2022-02 不在 2023 年")


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("name: 社会救助", 'name: "社会救助'),
        ("name: 社会救助", "name: '社会救助"),
        ("title: 示范计划", 'title: "示范计划'),
        ("source: 项目100个}", 'source: "项目100个}'),
        ("name: 另一任务", 'name: "另一任务'),
    ],
)
@pytest.mark.parametrize("follows", ["", "- {id: T09-01, name: \"甲\", kind: milestone, source: '乙'}\n"])
def test_an_unclosed_quote_is_told_where_it_opens(line: str, broken: str, follows: str, tmp_path: Path) -> None:
    text = plan_text(follows)
    assert text.count(line) == 1
    path = write(tmp_path, text.replace(line, broken))
    (finding,) = check_plan(path)
    opens = next(n for n, each in enumerate(path.read_text().splitlines(), start=1) if broken in each)
    assert (finding.rule.code, finding.location.line) == ("MZ704", opens)
    assert "引号在这里打开" in finding.message


@pytest.mark.parametrize(
    ("fragment", "says"),
    [
        ("issued: 2021-03-01\n", "MZ717 2021-03-01 印发，不像是 2023 年的计划；核对 issued 和 year"),
        ("issued: 2022-03-01\n", "MZ717 2022-03-01 印发，不像是 2023 年的计划"),
        ("issued: 2022-09-30\n", "MZ717 2022-09-30 印发，不像是 2023 年的计划"),
        ("issued: 2024-01-10\n", "MZ717 2024-01-10 印发，不像是 2023 年的计划"),
    ],
)  # fmt: skip
def test_what_is_hardly_meant_is_a_warning(fragment: str, says: str, tmp_path: Path) -> None:
    assert one(tmp_path, fragment).startswith(says)


def test_what_is_usual_is_not_warned_of(tmp_path: Path) -> None:
    """Issued in December before; a limit that one comes down to from a baseline; a rate that must always hold."""
    usual = (
        "- {id: T09-01, name: 甲, kind: stock, unit: 家, target: {at_most: 20}, baseline: 50, source: 甲}\n"
        "- {id: T09-02, name: 乙, kind: ratio, target: {at_least: 98}, schedule: always, source: 甲}\n"
        "- {id: T09-03, name: 丙, kind: milestone, report_every: half, due: 2023-06, source: 甲}\n"
    )
    assert BASE["issued"] == "issued: 2023-01-20"
    for day in ("2022-10-01", "2022-12-28", "2023-12-31"):
        assert check_plan(write(tmp_path, plan_text(f"{usual}issued: {day}\n"))) == []


def test_weights_without_a_breakdown_file_are_told_once(tmp_path: Path) -> None:
    weighed = "".join(
        INDICATOR.format(f"{COUNT}, breakdown: townships").replace("-01, name: 甲", f"-0{n}, name: 甲{n}")
        for n in (1, 2)
    )
    path = write(tmp_path, plan_text(weighed))
    assert check_plan(path) == []
    (tmp_path / "plan.breakdown.csv").unlink()
    (finding,) = check_plan(path)
    assert (finding.rule.code, finding.location.line) == ("MZ752", 26)
    assert finding.message == "2 项指标写了 breakdown，却没有分解表 plan.breakdown.csv"
