"""What the bulletin says in each situation: golden texts that read as prose, and the promises behind them."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

import bulletin_cases as cases
from conftest import Golden
from factory import at_least, plan_of_one
from mzplan.bulletin import EVERY, Kind, Material, Request, gather
from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, Figure, StockIndicator
from mzplan.plan.model import Plan
from mzplan.plan.target import Target
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS
from mzplan.submissions.ledger import Ledger


def printed(material: Material, kind: Kind = "bulletin", *, unit: str = "", area: int | None = EVERY) -> str:
    text = FORMATS["text"](material.write(Request(kind=kind, unit=unit, area=area)), Look())
    assert isinstance(text, str)
    return text


def _breach() -> Material:
    plan = cases.plan()
    ledger = cases.ledger(plan, 9, cases.even())
    ledger.write(ledger.cell("S1", "nan", 9), Figure(2 * 10**6))
    return gather(plan, ledger, Period(cases.YEAR, 9))


def _one_county() -> Plan:
    return cases.plan(units=cases.UNITS[:1], only=("B1", "B2", "C1", "C5", "S1"))


SITUATIONS = {
    "all-missing": lambda: printed(cases.material(9, lambda *_: None)),
    "first-month": lambda: printed(cases.material(1, cases.even())),
    "one-unit": lambda: printed(cases.material(9, cases.even(), _one_county())),
    "limit-broken": lambda: printed(_breach()),
    "mixed": lambda: printed(cases.material(9, cases.mixed)),
    "reference": lambda: printed(cases.material(9, cases.mixed, cases.plan(breakdown="reference"))),
    "official": lambda: printed(cases.material(9, cases.mixed, cases.plan(breakdown="official"))),
    "milestones-only": lambda: printed(cases.material(11, cases.even(2), cases.plan(only=("C4", "C5")))),
    "annual": lambda: printed(cases.material(12, cases.lagging("C1", "B2")), "annual"),
    "annual-all-met": lambda: printed(cases.material(12, cases.even()), "annual"),
    "brief": lambda: printed(cases.material(9, cases.mixed), "brief"),
    "unit": lambda: printed(cases.material(9, cases.mixed, cases.plan(breakdown="reference")), "unit", unit="dong"),
    "unit-silent": lambda: printed(cases.material(9, cases.mixed, cases.plan(breakdown="official")), "unit", unit="xi"),
    "area": lambda: printed(cases.material(9, cases.mixed), "area", area=2),
    "safeguards": lambda: printed(_breach(), "area", area=None),
    "reminder": lambda: printed(cases.material(9, cases.mixed), "reminder"),
    "reminder-to-one": lambda: printed(cases.material(9, cases.mixed), "reminder", unit="xi"),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_reads_as_prose(name: str, golden: Golden) -> None:
    golden(f"summary.{name}.txt", SITUATIONS[name]())


def test_no_sentence_names_a_unit_as_behind_by_a_reference() -> None:
    slow = cases.lagging("C1", pace=Fraction(1, 10))
    by_reference = cases.material(9, slow, cases.plan(breakdown="reference"))
    for unit in cases.COUNTIES:
        text = printed(by_reference, "unit", unit=unit)
        prose, _, annex = text.partition("附件")
        assert "滞后" not in prose
        assert "慢于" not in prose
        assert "滞后" not in annex.partition("说明：")[0]
        assert "相当于参考分解数（测算）200张的7.5%" in annex
    handed_down = cases.material(9, slow, cases.plan(breakdown="official"))
    assert "慢于序时进度67.5个百分点" in printed(handed_down, "unit", unit="dong")
    assert "新增护理型床位有4家未达到进度要求" in printed(handed_down)
    assert "未达到进度要求1项（新增护理型床位）" in printed(handed_down)
    assert "未达到进度要求1项（新增护理型床位）" not in printed(by_reference)
    assert "新增护理型床位有4家" not in printed(by_reference)


def test_a_reference_is_called_so_wherever_it_counts() -> None:
    text = printed(cases.material(9, cases.even(), cases.plan(breakdown="reference")))
    assert text.count("参考分解（测算），非正式下达") == 1  # under the table of the units
    assert "参考" not in printed(cases.material(9, cases.even())).replace("参考分解", "", 1)


def test_who_has_sent_nothing_is_named_once_with_all_the_totals_that_lack_it() -> None:
    """西河县 is silent: 3 × 150 + its 133 of August = 583 of 800 beds."""
    text = printed(cases.material(9, cases.silent("xi", since=9)))
    prose, _, annex = text.partition("\n附件1\n")
    assert prose.count("应报单位5家，报齐4家，未报1家（西河县），全市数据未含其9月份数据。") == 1
    assert "4项按已报数未达到进度要求，报齐后再作结论，见附件" in prose  # of beds, 67 more of 西河县 would do
    assert "新增护理型床位累计583张，完成年度目标的72.9%，报齐后再作结论。" in annex
    assert "已报3家" not in text
    assert re.search("新增护理型床位 .*│ +4 │ +3\n", annex)  # the row says over how many reports it stands
    assert "未报的沿用最近一次报送的数据（西河县沿用8月数据），仍计为未报" in text


def test_a_total_that_lacks_more_than_the_silent_says_so() -> None:
    """南江市 sends the rest and no beds, but the 133 of August: 3 × 150 + 133 = 583 of 800, where 600 are expected."""

    def speed(indicator: str, unit: str, month: int) -> Fraction | None:
        return None if month == 9 and (indicator, unit) == ("C1", "nan") else Fraction(1)

    text = printed(cases.material(9, speed))
    late = "完成年度目标的72.9%，报齐后再作结论，已报3家、未报1家（南江市）"
    assert text.count(late) == text.count("未报1家") == 1  # in its area; it is no finding before all have reported
    assert "全市数据未含" not in text


@pytest.mark.parametrize("kind", ["bulletin", "brief", "area"])
def test_whose_figures_the_totals_lack_is_said_wherever_totals_are_told(kind: Kind) -> None:
    text = printed(cases.material(9, cases.silent("xi", "gaoxin")), kind, area=2 if kind == "area" else EVERY)
    assert text.count("未报2家（西河县和高新区），全市数据未含其9月份数据。") == 1


@pytest.mark.parametrize("kind", ["bulletin", "brief", "area"])
def test_a_month_for_which_nobody_owes_a_report_has_no_line_about_reports(kind: Kind) -> None:
    """Once a quarter, and it is February."""
    plan = cases.plan(instead={one.id: {"report_every": "quarter"} for one in cases.indicators()})
    text = printed(cases.material(2, cases.even(), plan), kind, area=2 if kind == "area" else EVERY)
    assert "应报单位" not in text
    assert "\n\n\n" not in text


def test_what_is_signed_leaves_amounts_and_long_lists_to_the_annex() -> None:
    """9 916 of about 14 000 wait for one that sent nothing, and two more; nine of ten for four."""
    text, _, _ = printed(cases.material(9, cases.mixed, cases.plan(breakdown="official"))).partition("\n附件1\n")
    named = "新增护理型床位、4A级以上养老机构数和救助服务资金"  # the widest gap first
    assert f"3项按已报数未达到进度要求（{named}），报齐后再作结论。" in text
    assert "9916" not in text
    assert "共未报齐9项，其中应达而未报齐6项，见附件。" in printed(
        cases.material(9, cases.silent(*cases.COUNTIES, "gaoxin"))
    )


def test_shares_of_equal_counts_are_equal() -> None:
    def thirds(indicator: str, _unit: str, _month: int) -> Fraction | None:
        return None if indicator in ("B1", "C1") else Fraction(1, 2) if indicator in ("B3", "C3") else Fraction(2)

    bulletin = cases.material(9, thirds, cases.plan(only=("B1", "B3", "C1", "C3", "C4", "S1"))).write(Request())
    shares = [cited.text for cited in bulletin.figures if cited.ref.field == "share"]
    # due are B1 and C1, unreported, B3 and C3, late, S1, kept, and C4, met: 2, 2 and 2 of 6
    assert shares == ["33.3", "33.3", "33.3"]


def test_rounding_never_contradicts_a_verdict() -> None:
    plan = cases.plan(only=("C1",))
    ledger = cases.ledger(plan, 12, cases.even())
    ledger.write(ledger.cell("C1", "dong", 12), Figure(199_700_000))
    text = printed(gather(plan, ledger, Period(cases.YEAR, 12)))
    assert "新增护理型床位累计799.7张，完成年度目标的99.9%，到期未完成。" in text


def test_no_section_is_empty_and_headings_count_on() -> None:
    text = printed(cases.material(12, cases.even(), cases.plan(only=("C1", "C5"))), "annual")
    headings = [line for line in text.splitlines() if line[1:2] == "、"]
    assert headings == ["一、总体情况", "一、推进养老服务提升行动"]  # the second in its annex


def test_documents_of_june_and_december_refuse_another_month() -> None:
    with pytest.raises(InputError, match="--period 2031-06"):
        printed(cases.material(7, cases.even()), "half-year")
    with pytest.raises(InputError, match="--period 2031-12"):
        printed(cases.material(11, cases.even()), "annual")


def test_a_letter_needs_a_unit_and_an_area_must_exist() -> None:
    material = cases.material(9, cases.even())
    with pytest.raises(InputError, match="--unit"):
        printed(material, "unit")
    with pytest.raises(InputError, match="1、2"):
        printed(material, "area", area=7)
    with pytest.raises(InputError, match="没有可反馈的内容"):
        printed(cases.material(9, cases.even(), cases.plan(only=("C4",))), "unit", unit="dong")
    with pytest.raises(InputError, match="不给自己发函"):
        printed(material, "unit", unit="bureau")


def test_a_later_month_in_the_data_changes_no_earlier_bulletin() -> None:
    plan = cases.plan()
    longer, shorter = (cases.ledger(plan, last, cases.even()) for last in (9, 8))
    august = Period(cases.YEAR, 8)
    assert gather(plan, longer, august).write(Request()) == gather(plan, shorter, august).write(Request())


def test_a_changed_figure_changes_the_data_digest() -> None:
    plan = cases.plan()
    ledger = cases.ledger(plan, 9, cases.even())
    before = gather(plan, ledger, Period(cases.YEAR, 9)).trace.data_digest
    ledger.write(ledger.cell("C1", "dong", 3), Figure(1))
    assert gather(plan, ledger, Period(cases.YEAR, 9)).trace.data_digest != before


def test_december_reports_are_due_next_year() -> None:
    assert "12月数据应于次年1月10日前报送" in printed(cases.material(12, cases.silent("xi", since=12)), "reminder")
    assert "12月份数据请于次年1月10日前报送" in printed(cases.material(11, cases.even()))


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("target", "more", "level", "words"),
    [
        # from 50 down to 20, half of it by June
        (Target("at_most", Fraction(20)), {"baseline": Fraction(50)}, 35, "完成年度压减目标的50.0%，与序时进度持平"),
        # (50 - 60) / 30 is a third below nothing
        (
            Target("at_most", Fraction(20)),
            {"baseline": Fraction(50)},
            60,
            "高于50个的基期水平，慢于序时进度83.3个百分点，严重滞后",
        ),
        (
            Target("at_most", Fraction(20)),
            {"baseline": Fraction(50)},
            50,
            "较基期尚未下降，慢于序时进度50.0个百分点，严重滞后",
        ),
        (Target("at_most", Fraction(20)), {"baseline": Fraction(50)}, 20, "控制在20个以内"),
        (Target("at_most", Fraction(20)), {"schedule": cases.BY_DUE}, 30, "超出20个的控制目标，12月底前完成"),
        (at_least(18), {"schedule": cases.ALWAYS}, 18, "达到18个以上的目标"),
    ],
)
def test_what_is_kept_up_or_brought_down_is_told_without_a_false_word(
    target: Target, more: dict[str, object], level: int, words: str
) -> None:
    plan = replace(plan_of_one(target, StockIndicator, **{"schedule": cases.LINEAR, **more}), year=cases.YEAR)
    ledger = Ledger(plan)
    ledger.write(ledger.cell("T01-01", "north", 6), Figure(level * 10**6))
    material = gather(plan, ledger, Period(cases.YEAR, 6))
    text = printed(material, "unit", unit="north")
    assert f"水平为{level}个，{words}。" in text
    report = cases.verified("draft.txt", text.encode(), material)
    assert [finding.message for finding in report.findings] == []


def test_an_average_of_one_is_still_an_average() -> None:
    """7 of 10 by September, where 7.5 are expected, leave one a month."""
    plan = replace(plan_of_one(at_least(10), CountIndicator, schedule=cases.LINEAR), year=cases.YEAR)
    ledger = Ledger(plan)
    ledger.write(ledger.cell("T01-01", "north", 6), Figure(2 * 10**6))
    ledger.write(ledger.cell("T01-01", "north", 9), Figure(7 * 10**6))
    text = printed(gather(plan, ledger, Period(cases.YEAR, 9)), "unit", unit="north")
    assert "月均需完成1个（" in text
    assert "按月均衡推进" in printed(cases.material(11, cases.even()))
