"""What a plan says of time: targets that grow or are revised, nodes given as values, what is owed in which month."""

import json
import shutil
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from conftest import Mzplan
from factory import check_plan, ledger_of
from mzplan.period import Period
from mzplan.plan.form import json_schema
from mzplan.plan.indicator import Indicator
from mzplan.plan.load import load_plan, read_plan
from mzplan.plan.target import Target
from mzplan.plan.yaml_border import read_yaml
from mzplan.scoring.progress import Status
from mzplan.scoring.scorecard import score
from test_plan_load import INDICATOR, PLANS, one, plan_text, write

pytestmark = pytest.mark.traced

STOCK = "stock, unit: 张, target: {at_least: 800}"
FALL = "stock, unit: 件, target: {at_most: 30}, baseline: 60"


def read(folder: Path, written: str, top: str = "") -> Indicator:
    """The indicator T09-01 of the base plan with these keys; there is nothing to say against it."""
    path = write(folder, plan_text(INDICATOR.format(written) + top))
    assert check_plan(path) == []
    plan, _ = read_plan(path)
    assert plan is not None
    return plan.indicators["T09-01"]


def month(number: int, year: int = 2023) -> Period:
    return Period(year, number)


FROM = "revisions: [{{from: 2023-{:02}, target: {{at_least: {}}}, source: 通知}}]"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (f"{STOCK}, {FROM.format(1, 900)}", "MZ748 2023-01 以前没有一期按它前面的目标考核"),
        (f"{STOCK}, {FROM.format(1, 900).replace('2023', '2024')}", "MZ748 调整从 2024-01 起，不在 2023"),
        (f"{STOCK}, {FROM.format(2, 900)}", ""),
        (f"{STOCK}, report_every: quarter, {FROM.format(3, 900)}", "MZ748 2023-03 以前没有一期"),
        (f"{STOCK}, report_every: quarter, {FROM.format(4, 900)}", ""),
        (f"{STOCK}, due: 2023-06, {FROM.format(7, 900)}", "MZ749 期限是 2023-06，2023-07 才调整目标"),
        (f"{STOCK}, due: 2023-06, {FROM.format(6, 900)}", ""),
        (f"{STOCK}, due: 2023-06, schedule: always, {FROM.format(7, 900)}", ""),
        (f"{STOCK}, due: 2023-06, {FROM.format(7, 900).replace('2023', '2024')}", "MZ748 调整从 2024-07 起"),
    ],
)
def test_a_revision_has_months_before_and_after_it_that_are_judged(written: str, says: str, tmp_path: Path) -> None:
    told = "" if not check_plan(write(tmp_path, plan_text(INDICATOR.format(written)))) else None
    assert told == says if told is not None else one(tmp_path, INDICATOR.format(written)).startswith(says or "-")


POINT = "schedule: {{2023-06: {{value: 350}}, 2023-10: {{value: {}}}, 2023-12: 100}}"


def test_a_node_is_held_against_the_target_in_force_at_it(tmp_path: Path) -> None:
    """700 and from September 900: 800 in October are no more than is asked, 950 are; of 500 they are 600."""
    raised = f"stock, unit: 张, target: {{at_least: 700}}, {FROM.format(9, 900)}"
    indicator = read(tmp_path, f"{raised}, {POINT.format(800)}")
    assert indicator.schedule.due == month(12)
    assert indicator.schedule.expected_by(month(6)) == Fraction(1, 2)
    assert indicator.at(month(10)).schedule.expected_by(month(10)) == Fraction(8, 9)
    assert "MZ743 进度点 950 超过目标 900" in one(tmp_path, INDICATOR.format(f"{raised}, {POINT.format(950)}"))
    lowered = f"stock, unit: 张, target: {{at_least: 700}}, {FROM.format(9, 500)}"
    assert "MZ743 进度点 600 超过目标 500" in one(tmp_path, INDICATOR.format(f"{lowered}, {POINT.format(600)}"))
    reached = read(tmp_path, f"{raised}, {POINT.format(900)}".replace(", 2023-12: 100", ""))
    assert reached.schedule.due == month(10), "all of it is asked by then"


@pytest.mark.parametrize(
    ("every", "owed"),
    [
        ("month", {1: 1, 2: 2, 11: 11, 12: 12}),
        ("quarter", {1: None, 2: None, 3: 3, 5: 3, 10: 9, 12: 12}),
        ("half", {5: None, 6: 6, 11: 6, 12: 12}),
        ("year", {1: None, 11: None, 12: 12}),
    ],
)
def test_the_period_last_owed_is_the_end_of_the_last_whole_cycle(
    every: str, owed: dict[int, int | None], tmp_path: Path
) -> None:
    indicator = read(tmp_path, f"milestone, report_every: {every}")
    for number, last in owed.items():
        assert indicator.owed_by(month(number)) == (month(last) if last else None), number
        assert indicator.is_owed(month(number)) == (number == last), number


NOT_OWED = [("month", range(0)), ("quarter", (1, 2, 4, 5, 7, 8, 10, 11)), ("half", (3, 9, 11)), ("year", (6, 9, 11))]


@pytest.mark.parametrize(("every", "months"), NOT_OWED)
def test_nothing_falls_due_in_a_month_that_is_not_reported(every: str, months: Sequence[int], tmp_path: Path) -> None:
    """The plan's due date, a point of its schedule and a unit's own due date are told alike, and December is owed."""
    milestone, header = f"milestone, report_every: {every}", "indicator,unit,target,basis,source,due\n"
    for number in (*months, 12):
        due = f"2023-{number:02}"
        for written, row in (
            (f"{milestone}, due: {due}", ""),
            (f"{milestone}, schedule: {{{due}: 100}}", ""),
            (milestone, f"T09-01,jia,,official,市府办,{due}\n"),
        ):
            path = write(tmp_path, plan_text(INDICATOR.format(written)), header + row)
            told = [(each.rule.code, due in each.message and "那个月不报" in each.message) for each in check_plan(path)]
            assert told == ([] if number == 12 else [("MZ749", True)])


def test_growth_is_exact_and_remembered(tmp_path: Path) -> None:
    """65 and eight per cent of it are 70.2; of a count the baseline is last year's whole, and nothing starts there."""
    stock = read(tmp_path, "stock, unit: 张, target: {growth: 8}, baseline: 65")
    assert stock.target == Target("at_least", Fraction(351, 5), growth=Fraction(2, 25))
    assert stock.baseline == 65
    count = read(tmp_path, "count, unit: 张, target: {growth: 100}, baseline: 300")
    assert count.target.value == 600
    assert count.baseline is None


def test_growth_is_not_handed_on_to_parts(tmp_path: Path) -> None:
    stock = read(tmp_path, "stock, unit: 张, target: {growth: 8}, baseline: 65")
    assert stock.target.with_value(Fraction(7)) == Target("at_least", Fraction(7))


POINTS = "schedule: {2023-03: 20, 2023-06: {value: 350}, 2023-12: {value: 800}}"


def test_a_point_given_as_a_value_is_its_completion(tmp_path: Path) -> None:
    """350 of 800 are 43.75 %; from 200 on, the way is 600 long and 350 is a quarter of it; 800 is the whole."""
    plain = read(tmp_path, f"{STOCK}, {POINTS}").schedule
    assert [plain.expected_by(month(n)) for n in (2, 3, 6, 11, 12)] == [
        0, Fraction(1, 5), Fraction(7, 16), Fraction(7, 16), 1,
    ]  # fmt: skip
    assert plain.due == month(12)
    assert read(tmp_path, f"{STOCK}, baseline: 200, {POINTS}").schedule.expected_by(month(6)) == Fraction(1, 4)


REVISED = (
    "revisions: [{from: 2023-07, target: {at_least: 700}, source: 通知一},"
    " {from: 2023-10, target: {at_least: 1000}, source: 通知二, note: 追加}]"
)


def test_a_revision_is_in_force_from_its_month_on(tmp_path: Path) -> None:
    indicator = read(tmp_path, f"{STOCK}, {REVISED}")
    assert [(str(each.start), each.source, each.note) for each in indicator.revisions] == [
        ("2023-07", "通知一", ""),
        ("2023-10", "通知二", "追加"),
    ]
    assert indicator.at(month(6)) is indicator
    assert [indicator.at(month(n)).target.value for n in (6, 7, 9, 10, 12)] == [800, 700, 700, 1000, 1000]
    assert indicator.at(month(8)).revisions == indicator.revisions


def test_points_given_as_values_follow_the_target_in_force(tmp_path: Path) -> None:
    """350 is 7/16 of 800 and half of 700; the point that was the whole of the first target is the whole of each."""
    indicator = read(tmp_path, f"{STOCK}, {POINTS}, {REVISED}")
    expected = [indicator.at(month(n)).schedule.expected_by(month(n)) for n in (6, 8, 11, 12)]
    assert expected == [Fraction(7, 16), Fraction(1, 2), Fraction(7, 20), 1]


def test_no_revision_makes_a_schedule_fall_or_ask_for_more_than_all(tmp_path: Path) -> None:
    raised = read(
        tmp_path,
        f"{STOCK}, schedule: {{2023-03: 20, 2023-06: {{value: 200}}, 2023-12: 100}},"
        " revisions: [{from: 2023-05, target: {at_least: 2000}, source: 通知}]",
    )
    assert raised.at(month(6)).schedule.expected_by(month(6)) == Fraction(1, 5)  # 200 of 2000 would be a tenth
    lowered = raised.schedule.against(Target("at_least", Fraction(100)), None)
    assert lowered.expected_by(month(6)) == 1  # 200 of 100 would be twice all


def test_a_task_hands_on_who_leads_it(tmp_path: Path) -> None:
    text = plan_text("- {id: T09-01, name: 甲, kind: milestone, source: 甲, weight: 1.5}\n"
                     "- {id: T09-02, name: 乙, kind: milestone, source: 甲, lead: 办公室}\n")  # fmt: skip
    path = write(tmp_path, text.replace("name: 另一任务", "name: 另一任务\n    lead: 养老服务处"))
    plan, findings = read_plan(path)
    assert plan is not None, findings
    assert [plan.indicators[name].lead for name in ("T01-01", "T09-01", "T09-02")] == ["", "养老服务处", "办公室"]
    assert [task.lead for task in plan.tasks] == ["", "养老服务处"]
    assert [plan.indicators[name].weight for name in ("T01-01", "T09-01")] == [1, Fraction(3, 2)]


LATER = "revisions: [{{from: {}, target: {{{}}}, source: 甲}}]"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("milestone, weight: 0", "MZ715 weight 是 0，要大于 0"),
        ("milestone, report_every: week", "MZ715 report_every 不能是“week”；可选：month（按月）、quarter（按季）、"),
        ("stock, unit: 张, target: {growth: 8}", "MZ741 growth 是在基期值上增长，却没有写 baseline；"),
        ("stock, unit: 张, target: {growth: -5}, baseline: 10", "MZ741 增长 -5% 是下降；写成 {at_most: 9.5}；"),
        (
            "stock, unit: 张, target: {growth: 0}, baseline: 10",
            "MZ741 增长 0% 就是不低于基期值；写成 {at_least: 10}，schedule 写 always，删去 baseline",
        ),
        ("stock, unit: 张, target: {growth: 0.08}, baseline: 10", "MZ741 growth 0.08 是百分之0.08；百分之8写作"),
        ("milestone, schedule: {2023-06: 0.5, 2023-12: 100}", "MZ743 进度点 0.5 是百分之0.5；百分之50写作 50"),
        ("stock, unit: 张, target: {growth: 8}, baseline: 0", "MZ741 基期值是0，增长多少都还是0"),
        ("ratio, target: {growth: 20}, baseline: 90", "MZ741 目标 108 超过 100"),
        (f"{STOCK}, schedule: {{2023-06: {{value: 900}}, 2023-12: 100}}", "MZ743 进度点 900 超过目标 800"),
        (f"{FALL}, schedule: {{2023-06: {{value: 70}}, 2023-12: 100}}", "MZ743 进度点 70 比基期值 60 还高"),
        (f"{FALL}, schedule: {{2023-06: {{value: 20}}, 2023-12: 100}}", "MZ743 进度点 20 低于目标 30"),
        (f"{STOCK}, baseline: 90, schedule: {{2023-06: {{value: 5}}, 2023-12: 100}}", "MZ743 进度点 5 还没有到基期值"),
        (
            f"{STOCK}, schedule: {{2023-03: 50, 2023-06: {{value: 200}}, 2023-12: 100}}",
            "MZ743 进度从 50% 降到 200张（25.00%）；",
        ),
        (
            f"{STOCK}, schedule: {{2023-06: {{value: 350}}, 2023-12: 100}}, {LATER.format('2023-09', 'at_least: 300')}",
            "MZ743 进度点 350 超过 2023-09 起的目标 300；",
        ),
        (
            f"{STOCK}, schedule: {{2023-03: {{value: 350}}, 2023-06: 20, 2023-12: 100}}",
            "MZ743 进度从 350张（43.75%） 降到 20%；",
        ),
        (
            f"{STOCK}, schedule: {{2023-03: {{value: 350}}, 2023-06: {{value: 300}}, 2023-12: 100}}",
            "MZ743 进度从 350 降到 300；",
        ),
        ("milestone, schedule: {2023-06: {value: 1}, 2023-12: 100}", "MZ743 目标没有数，进度点不能写数量"),
        (f"{STOCK}, schedule: {{2023-06: {{valu: 1}}, 2023-12: 100}}", "MZ711 T09-01 没有 valu 这个键；是不是 value？"),
        (f"{STOCK}, {LATER.format('2024-07', 'at_least: 7')}", "MZ748 调整从 2024-07 起，不在 2023"),
        (f"{STOCK}, {LATER.format('2023-07', 'at_most: 7')}", "MZ748 调整后的方向是 at_most，原来是"),
        (f"{STOCK}, {LATER.format('2023-07', 'at_least: 800')}", "MZ748 调整后的目标还是 800"),
        (f"{STOCK}, revisions: [{{from: 2023-07, target: {{at_least: 700}}}}]", "MZ712 T09-01 revisions 的第 1 项"),
        (f"{STOCK}, {LATER.format('2023-07', 'at_least: 7').replace('from', 'form')}", "MZ711 T09-01 revisions"),
        (f"{STOCK}, baseline: 60, {LATER.format('2023-07', 'at_least: 50')}", "MZ748 调整后的目标 50 没有越过基期值"),
        (f"{STOCK}, baseline: 60, {LATER.format('2023-07', 'at_least: 60')}", "MZ748 调整后的目标 60 没有越过基期值"),
        (
            f"stock, unit: 张, target: {{at_most: 20}}, baseline: 50, {LATER.format('2023-07', 'at_most: 50')}",
            "MZ748 调整后的目标 50 没有越过基期值 50",
        ),
        (f"stock, unit: 张, target: undefined, {LATER.format('2023-07', 'at_least: 7')}", "MZ748 原目标是 undefined"),
        ("milestone, revisions: []", "MZ713 T09-01 的 kind 是 milestone，不用 revisions"),
    ],
    ids=lambda value: None if value.startswith("MZ") else value[:60],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(written: str, says: str, tmp_path: Path) -> None:
    assert one(tmp_path, INDICATOR.format(written)).startswith(says)


def test_revisions_stand_in_order(tmp_path: Path) -> None:
    backwards = f"{LATER.format('2023-10', 'at_least: 700')[:-1]}, {LATER.format('2023-07', 'at_least: 9')[12:]}"
    said = one(tmp_path, INDICATOR.format(f"{STOCK}, {backwards}"))
    assert said.startswith("MZ748 2023-07 的调整排在 2023-10 的后面")


def keys_in(value: object) -> set[str]:
    """Every key at any depth."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = {key for key in value if isinstance(key, str)} if isinstance(value, dict) else set()
    return own.union(*map(keys_in, held))


def test_one_plan_of_the_suite_uses_every_key() -> None:
    written = read_yaml((PLANS / "every_key.yaml").read_bytes(), "every_key.yaml").value
    schema = json_schema()
    known = set(schema["properties"]).union(*(part["properties"] for part in schema["$defs"].values()))
    assert known - keys_in(written) == set()
    assert check_plan(PLANS / "every_key.yaml") == []


def test_the_plan_shows_what_it_says_of_time(mzplan: Mzplan) -> None:
    shown = mzplan("plan", "--plan", PLANS / "every_key.yaml").out
    for said in (
        "新增护理型床位（权重2）",
        "≥800张；7月起≥700张；10月起≥1000张",
        "3月20%、6月350、12月100%",
        "≥1350万元（增长8%）",
        "按季：各县（市、区）（规划财务处）",
    ):
        assert said in shown
    document = json.loads(mzplan("plan", "--plan", PLANS / "every_key.yaml", "--format", "json").out)
    beds, subsidies = document["tasks"][0]["indicators"][:2]
    assert (beds["lead"], beds["weight"], beds["report_every"]) == ("养老服务处", "2", "month")
    assert beds["schedule"]["points"] == {"2027-03": "0.2", "2027-06": "0.4375", "2027-12": "1"}
    assert beds["schedule"]["values"] == {"2027-06": "350"}
    assert [each["from"] for each in beds["revisions"]] == ["2027-07", "2027-10"]
    assert beds["revisions"][1]["target"]["value"] == "1000"
    assert subsidies["target"]["growth"] == "0.08"


def test_what_an_office_leads_can_be_asked_for(mzplan: Mzplan) -> None:
    """YL1-02 is its own; the task of YL2 is led by two offices; a beginning is enough, a wrong name is told."""
    shown = mzplan("plan", "--plan", PLANS / "every_key.yaml", "--lead", "规划", "--format", "json").out
    listed = [each["id"] for task in json.loads(shown)["tasks"] for each in task["indicators"]]
    assert listed == ["YL1-02", "YL2-01", "YL2-02"]
    wrong = mzplan("plan", "--plan", PLANS / "every_key.yaml", "--lead", "养老服务科")
    assert (wrong.code, wrong.err) == (2, "mzplan: 没有责任处室 养老服务科。是否要写 养老服务处？\n")
    none = mzplan("plan", "--plan", PLANS / "tiny.yaml", "--lead", "办公室")
    assert (none.code, none.err) == (2, "mzplan: 计划里没有写责任处室（lead）。\n")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan with every key, and beds reported by one county in June."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mzplan.cli.loading.today", lambda: date(2027, 7, 20))
    Path("plan").mkdir()
    for suffix in ("yaml", "breakdown.csv"):
        shutil.copy(PLANS / f"every_key.{suffix}", f"plan/2027.{suffix}")
    report = Path("data/2027-06/dong.csv")
    report.parent.mkdir(parents=True)
    report.write_text("period,unit,indicator,value,numerator,denominator\n2027-06,东县,YL1-01,300,,\n")
    return tmp_path


def test_explain_tells_the_history_of_a_target(project: Path, mzplan: Mzplan) -> None:
    told = mzplan("explain", "YL1-01", "--period", "2027-06").out
    for line in (
        "责任处室：养老服务处",
        "平均完成率里的权重：2",
        "年初目标 ≥800张",
        "2027-07 起调整为 ≥700张（临民〔2027〕30号）",
        "2027-10 起调整为 ≥1000张（临民〔2027〕51号）；省里追加任务",
    ):
        assert line in told
    assert "≥1350万元：上年 1250万元，增长 8%" in mzplan("explain", "YL1-02", "--period", "2027-06").out
    facts = json.loads(mzplan("explain", "YL1-02", "--period", "2027-06", "--format", "json").out)
    assert (facts["report_every"], facts["growth"], facts["lead"]) == ("quarter", "0.08", "规划财务处")


def test_status_shows_what_an_office_leads(project: Path, mzplan: Mzplan) -> None:
    shown = mzplan("status", "--period", "2027-06", "--lead", "办公室").out
    assert "办公室" in shown
    assert "BZ3-01" in shown
    assert "YL1-01" not in shown


def test_status_groups_by_the_office_that_leads(project: Path, mzplan: Mzplan) -> None:
    """Each office on a line of its own, as it is written in the plan; what nobody leads is one group."""
    ran = mzplan("status", "--period", "2027-06", "--by", "lead", "--format", "csv")
    assert ran.code == 0
    first, *lines = ran.out.lstrip("\ufeff").splitlines()
    assert first.split(",")[:2] == ['"编号"', '"责任处室"']
    groups = [line.split(",")[1].strip('"') for line in lines]
    plan = load_plan(Path("plan/2027.yaml"))
    leads = dict.fromkeys(indicator.lead or "未写责任处室" for indicator in plan.indicators.values())
    assert groups == list(leads)


LIMITED = "{}, target: {{at_most: 60}}{}{}"


@pytest.mark.parametrize("baseline", ["", ", baseline: 50", ", baseline: 60"])
@pytest.mark.parametrize("schedule", ["", "linear", "by_due", "always", "{2023-03: 20, 2023-06: 50, 2023-12: 100}"])
@pytest.mark.parametrize(("kind", "above", "at"), [("stock, unit: 张", "80", "60"), ("ratio", "8/10", "6/10")])
def test_nothing_above_a_limit_that_no_way_leads_to_is_in_time(
    kind: str, above: str, at: str, schedule: str, baseline: str, tmp_path: Path
) -> None:
    """80 of at most 60 were "25 points ahead" in June, where half was expected."""
    asked = f", schedule: {schedule}" if schedule else ""
    plan, _ = read_plan(write(tmp_path, plan_text(INDICATOR.format(LIMITED.format(kind, baseline, asked)))))
    assert plan is not None
    for number in range(1, 13):
        said = []
        for figure in (above, at):
            ledger = ledger_of(plan, f"T09-01 jia {'- ' * (number - 1)}{figure}")
            said.append(score(plan, ledger, month(number)).rows["T09-01", None])
        assert said[0].status in (Status.NOT_DUE, Status.FAR_BEHIND, Status.OVERDUE)
        assert said[0].status is Status.NOT_DUE or (said[0].gap is not None and said[0].gap < 0)
        assert said[1].status is (Status.HOLDING if number < 12 else Status.MET)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("stock, unit: 张, target: {at_most: 60}", "by_due"),
        ("stock, unit: 张, target: {at_most: 60}, baseline: 80", "linear"),
        ("count, unit: 起, target: {at_most: 60}", "always"),
        ("count, unit: 起, target: {about: 60, tolerance: 5}", "linear"),
        ("stock, unit: 张, target: {at_least: 60}, baseline: 50", "linear"),
        ("ratio, target: {at_most: 60}, baseline: 80", "by_due"),
    ],
)
def test_what_starts_somewhere_goes_there_month_by_month(written: str, kind: str, tmp_path: Path) -> None:
    assert read(tmp_path, written).schedule.kind == kind


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            "about: 600, tolerance: 5}, baseline: 500",
            "基期值 500 不参与计算：约 600 不从基期值算起，完成率是完成值÷600",
        ),
        ("at_most: 60}, baseline: 50", "基期值 50 不参与计算：它不高于上限 60"),
        ("at_most: 60}, baseline: 60", "基期值 60 不参与计算：它不高于上限 60"),
    ],
)
def test_a_baseline_that_no_way_starts_from_is_told_and_changes_nothing(
    written: str, says: str, tmp_path: Path
) -> None:
    path = write(tmp_path, plan_text(INDICATOR.format(f"stock, unit: 张, target: {{{written}")))
    plan, findings = read_plan(path)
    assert plan is not None
    assert [(each.rule.code, each.message.startswith(says)) for each in findings] == [("MZ750", True)]
    indicator = plan.indicators["T09-01"]
    assert (indicator.baseline, indicator.schedule.kind) == (None, "by_due")


@pytest.mark.parametrize("schedule", ["linear", "{2023-06: 50, 2023-12: 100}"])
def test_part_of_a_limit_is_nothing_to_ask_for(schedule: str, tmp_path: Path) -> None:
    said = one(tmp_path, INDICATOR.format(f"stock, unit: 张, target: {{at_most: 60}}, schedule: {schedule}"))
    assert said.startswith("MZ749 60 是上限，没有逐月完成多少可言")


@pytest.mark.parametrize(
    ("baseline", "status"), [("", Status.NOT_DUE), ("15", Status.FAR_BEHIND), ("50", "on_schedule")]
)
def test_a_units_own_limit_is_asked_for_as_a_limit_is(baseline: str, status: str, tmp_path: Path) -> None:
    """35 of at most 20: half the way from 50, and from 15 no way at all; not before due from nobody knows where."""
    text = plan_text(INDICATOR.format("stock, unit: 张, target: {at_most: 60}, baseline: 150"))
    rows = f"indicator,unit,target,basis,source,baseline\nT09-01,jia,20,official,市府办,{baseline}\n"
    plan, _ = read_plan(write(tmp_path, text, rows))
    assert plan is not None
    row = score(plan, ledger_of(plan, "T09-01 jia - - - - - 35"), month(6)).rows["T09-01", "jia"]
    assert (row.status, row.baseline) == (status, 50 if baseline == "50" else None)
