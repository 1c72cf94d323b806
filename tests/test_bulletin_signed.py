"""What somebody who signs it asks of the prose: one order, one spelling, which figures are old, how the year ended."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

import bulletin_cases as cases
from mzplan.bulletin import Material, Request
from mzplan.bulletin.model import EVERY, WHOLE, Bulletin, BulletinParagraph, Kind
from mzplan.bulletin.verify import Account
from mzplan.period import Period
from mzplan.plan.indicator import DEFAULT_STAGES, MilestoneIndicator
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS

pytestmark = pytest.mark.untraced


QUOTED = {*(f"“{stage.name}”" for stage in (*cases.DOCUMENT, *DEFAULT_STAGES)), "“达到”", "“未达到”", "“未完成”"}
"""Stages, and the headings that a note explains."""


def text_of(bulletin: Bulletin) -> str:
    return str(FORMATS["text"](bulletin, Look()))


def written(material: Material, kind: Kind = "bulletin", unit: str = "", area: int | None = EVERY) -> str:
    return text_of(material.write(Request(kind=kind, unit=unit, area=area)))


def section(bulletin: Bulletin, heading: str) -> tuple[BulletinParagraph, ...]:
    """The paragraphs below that heading; none where there is no such heading."""
    return next((one.paragraphs for one in bulletin.sections if one.heading == heading), ())


def stands_verified(material: Material, text: str) -> bool:
    report = cases.verified("draft.txt", text.encode(), material)
    return not report.findings and {one.account for one in report.statements} == {Account.RIGHT}


@pytest.mark.parametrize("month", [6, 12])
def test_names_stand_without_quotation_marks_alike(month: int) -> None:
    """Only a stage is a quotation (处于“起草”阶段); what is measured and what is to be done are named in one way."""
    material = cases.material(month, cases.lagging("C4", "C5"), cases.plan(breakdown="official"))
    for kind, unit, area in cases.documents(material):
        text = written(material, kind, unit, area)
        quoted = re.findall("“[^”]*”", text.partition("\n说明")[0])
        assert sorted({*quoted} - QUOTED) == []


def test_bulletin_and_brief_name_what_waits_in_one_order() -> None:
    """The widest gap to the schedule first, in both."""

    def speed(indicator: str, unit: str, month: int) -> Fraction | None:
        if unit == "xi" and month >= 8:
            return None
        return {"B1": Fraction(9, 10), "C1": Fraction(7, 10), "B3": Fraction(8, 10), "C3": Fraction(3, 2)}.get(
            indicator, Fraction(1)
        )

    material = cases.material(9, speed)
    waiting = "新增护理型床位[^。]*服务困难群众人次[^。]*救助服务资金[^。]*报齐后再作结论。"
    kinds: tuple[Kind, ...] = ("bulletin", "brief")
    for kind in kinds:
        assert re.search(f"项按已报数未达到进度要求（{waiting}", written(material, kind)), kind


def test_a_silent_unit_s_letter_says_in_each_part_from_which_month_its_figures_are() -> None:
    """西河县 has sent nothing since August: its mean, each area's figures and each cell are July's."""
    material = cases.material(9, cases.silent("xi", since=8), cases.plan(breakdown="official"))
    bulletin = material.write(Request(kind="unit", unit="xi"))
    assert "年度完成率" in str(bulletin.lead[0])
    assert "，沿用7月数据计算。" in str(bulletin.lead[0])
    (annex,) = bulletin.annexes
    assert [str(one.paragraphs[0]).endswith("，沿用7月数据。") for one in annex.sections] == [True, True, True]
    assert text_of(bulletin).count("沿用7月") == 1 + 1 + 3 + len(annex.rows) + 1  # with what it owes, and the notes
    assert stands_verified(material, text_of(bulletin))
    heard = material.write(Request(kind="unit", unit="dong"))
    assert "沿用" not in text_of(heard)


def test_the_year_s_documents_say_how_each_area_ended() -> None:
    """How much is done, whose counts are the lead's, and nothing else that stands in the annex."""
    material = cases.material(12, cases.lagging("C1", "B2", "C5"), cases.plan(breakdown="official"))
    kinds: tuple[Kind, ...] = ("bulletin", "annual")
    for kind in kinds:
        bulletin = material.write(Request(kind=kind))
        (told,) = section(bulletin, "分领域完成情况")
        assert [words[:4] for words in str(told).split("；")] == ["救助领域", "养老领域", "工作保障"]
        figures = [one for sentence in told.sentences for one in sentence.figures]
        counted = sum(int(one.value) for one in figures if one.ref.group in ("met", "steady"))
        assert counted == len(material.facts.rows(WHOLE, "met")) > 0
        assert not any(one.ref.group == "due" for one in figures)  # which the first annex has
        assert "核心指标达标数" not in str(told)
        assert not str(section(bulletin, "总体情况")[0]).startswith("口径待明确")
        assert "进展情况" not in text_of(bulletin)
        assert stands_verified(material, text_of(bulletin))
    before = cases.material(11, cases.lagging("C1")).write(Request())
    assert not section(before, "分领域完成情况")
    silent = cases.material(12, lambda _indicator, unit, _month: Fraction(1) if unit == "dong" else None)
    assert not section(silent.write(Request(draft=True)), "分领域完成情况")
    assert not section(cases.material(12, cases.even()).write(Request()), "分领域完成情况")  # the lead says all


def test_an_area_that_is_done_or_not_begun_ends_in_words_of_its_own() -> None:
    def speed(indicator: str, _unit: str, _month: int) -> Fraction:
        return Fraction(1, 2) if indicator.startswith("C") else Fraction(1)

    material = cases.material(12, speed)
    text = written(material)
    assert "\n　　救助领域3项指标已全部完成；养老领域共设指标5项，均未完成；工作保障2项指标已全部完成。" in text
    assert stands_verified(material, text)


def test_notes_explain_no_word_that_the_document_does_not_say() -> None:
    for month in (1, 6, 12):
        material = cases.material(month, cases.lagging("C1", "B2"), cases.plan(breakdown="official"))
        for kind, unit, area in cases.documents(material):
            bulletin = material.write(Request(kind=kind, unit=unit, area=area))
            notes = "".join(map(str, bulletin.notes))
            for word in ("序时", "年度完成率"):
                assert (word in notes) <= (word in bulletin.words), (month, kind, word)
            assert ("滞后" in notes) == bool(notes and month < 12)
    later = cases.LINEAR._replace(due=Period(cases.YEAR + 1, 6))
    still = cases.material(12, cases.lagging("C1"), cases.plan(instead={"C1": {"schedule": later}}))
    assert "为滞后" in written(still)


def test_a_brief_names_what_waits_for_reports_before_it_says_so() -> None:
    """Four of the bureau's are late for good, and B1 by the reports so far, for 西河县 is silent."""
    (first,) = cases.milestones(cases.BY_DUE)
    late = tuple(replace(first, id=f"M{at}", name=f"第{at}项试点") for at in range(1, 5))
    slow = cases.lagging("B1", *(one.id for one in late), pace=Fraction(1, 4))
    material = cases.material(
        12,
        lambda indicator, unit, month: None if unit == "xi" and month > 6 else slow(indicator, unit, month),
        cases.plan(only=("B1",), more=late),
    )
    text = written(material, "brief")
    assert "差距较大的如下。" in text
    assert re.search("救助服务资金累计[0-9.]+[万亿]元，报齐后再作结论。", text)
    assert stands_verified(material, text)


def test_who_does_it_and_what_is_not_begun_are_said_once() -> None:
    """市本级市级…启动尚未启动 was read aloud."""
    (first,) = cases.milestones(cases.BY_DUE)
    assert isinstance(first, MilestoneIndicator)
    started = replace(first, name="市级实验区申报启动", stages=DEFAULT_STAGES)
    other = replace(started, id="M2", name="实验区结项验收")
    plan = cases.plan(only=("B1",), more=(started, other))
    material = cases.material(12, cases.lagging("M1", "M2", pace=Fraction(0)), plan)
    text = written(material)
    assert "市级实验区申报启动尚未开始，" in text
    assert "市本级实验区结项验收尚未启动，" in text
    assert "市本级市" not in text
    assert stands_verified(material, text)


def test_december_asks_those_who_owe_for_their_reports() -> None:
    owing = cases.material(12, cases.silent("xi", since=12))
    for asked in (Request(), Request(kind="annual"), Request(kind="area", area=2)):
        bulletin = owing.write(asked)
        assert list(map(str, section(bulletin, "有关要求"))) == ["未报齐的1家单位（西河县）请尽快补报12月份数据。"]
        assert stands_verified(owing, text_of(bulletin))
    assert not section(cases.material(12, cases.even()).write(Request()), "有关要求")
    assert not section(cases.material(11, cases.silent("xi", since=11)).write(Request()), "有关要求")


def test_with_one_month_left_nobody_is_asked_for_a_mean() -> None:
    """Half of 11/12 of 200 beds in each of four units are 364 of 800; of 3500万元 each 6416, and 6884 to 95 %."""
    material = cases.material(11, cases.lagging("B1", "C1"))
    text = written(material)
    assert "月均需完成" not in text
    assert "新增护理型床位距年度目标尚差436张，下月需完成436张，" in text
    assert "救助服务资金距年度目标尚差7584万元，按允许偏差的下限1.33亿元计，下月需完成6884万元，" in text
    assert stands_verified(material, text)
    assert "下月需" not in written(cases.material(10, cases.lagging("B1", "C1")))


def test_what_has_no_clear_definition_is_said_of_several_in_one_clause() -> None:
    more = replace(next(one for one in cases.indicators() if one.id == "B4"), id="B5", name="重点指标达标数")
    text = written(cases.material(9, cases.even(), cases.plan(more=(more,))))
    assert "核心指标达标数和重点指标达标数均待明确口径，暂不评价。" in text


def test_a_brief_lists_nothing_where_its_lead_says_all() -> None:
    text = written(cases.material(12, cases.even()), "brief")
    assert "已全部完成" in text
    assert "完成情况：" not in text
