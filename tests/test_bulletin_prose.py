"""Every kind of document, in four months and six situations: verified clean, and as somebody would sign it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product

import pytest

import bulletin_cases as cases
from conftest import few
from factory import at_least, plan_of_one
from mzplan.bulletin import Bulletin, Material, Request, gather
from mzplan.bulletin.model import BulletinSection
from mzplan.bulletin.verify import Account
from mzplan.bulletin.verify.draft import read_draft
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator, Figure
from mzplan.plan.lights import PRESETS
from mzplan.plan.model import REFERENCE_CAUTION, Basis
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS
from mzplan.submissions.ledger import Ledger

pytestmark = pytest.mark.untraced

MONTHS = (1, 6, 9, 12)
STANDS = {
    "nobody": lambda *_: None,
    "one unit": lambda _indicator, unit, _month: Fraction(1) if unit == "dong" else None,
    "one silent": cases.silent("xi"),
    "one silent now": lambda _indicator, unit, month: None if unit == "xi" and month in MONTHS else Fraction(1),
    "all done": lambda _indicator, _unit, month: Fraction(12, month),
    "half done": cases.even(Fraction(1, 2)),
}
BREAKDOWNS: tuple[Basis | None, ...] = (None, "official", "reference")

BEFORE_THE_END = ("未达标|未完成[0-9]|到期未完成|(?:重大安全事故数|每万人口社工数)[^。；]*(?:已|提前|超额)完成",)
AT_THE_END = ("进度要求|序时进度|滞后|尚未到期|保持达标|下步重点|月均需完成|底前完成",)
IN_JANUARY = ("从未报送|上期|最近一次|沿用|此前|难度较大|如期完成",)
WHERE_ALL_IS_DONE = ("未[达完报如]|滞后|存在问题|需要关注|尚差|尚无",)
BLAMED = re.compile("(?:未达标|未完成|未如期完成|未达到进度要求|未办结|滞后)(?:[0-9]+[家项])?（([^（）]*)）")
PARTS = re.compile("，应(?:达到进度要求|完成)([0-9]+)项，([^；。]*)")
"""Of areas in short, behind whose names 应完成 stands, only what is done is told."""
OFFICE_WORDS = "纳入判定|定义缺失|里程碑|不封顶|strict|进展较快|确无进展|综合完成率"
NONSENSE = (
    "部分单位[^。]*。[^。]*有4家|(?<![月下])月需|差0|的0\\.0%|占全市的0|率0\\.0%|累计0万元，完成"
    "|“[^”]*“|”、“|、、|，，|。。|；。|：。|、。|均均|（）"
)
LIST = re.compile("（([^（）]*、[^（）]*)）")
SIGNED_LINES = 44
"""Lines of 28 characters on the two sides of a sheet."""


@cache
def material(month: int, stand: str, breakdown: Basis | None) -> Material:
    return cases.material(month, STANDS[stand], cases.plan(breakdown=breakdown))


@cache
def documents(month: int, stand: str) -> tuple[tuple[Material, Bulletin, str], ...]:
    """Each document with its text; the last line, which names the data, left out."""
    made = []
    for breakdown in BREAKDOWNS:
        given = material(month, stand, breakdown)
        for kind, unit, area in cases.documents(given):
            bulletin = given.write(Request(kind=kind, unit=unit, area=area))
            text = FORMATS["text"](bulletin, Look())
            assert isinstance(text, str)
            made.append((given, bulletin, text.partition("\n计划：")[0]))
    return tuple(made)


def paragraphs(bulletin: Bulletin) -> list[str]:
    """What is signed."""

    def of(section: BulletinSection) -> Iterator[str]:
        yield section.heading
        yield from map(str, section.paragraphs)
        for child in section.sections:
            yield from of(child)

    return [*map(str, bulletin.lead), *(line for section in bulletin.sections for line in of(section))]


CELLS = [*product(MONTHS, STANDS)]
KEPT = [(1, "nobody"), (6, "one unit"), (9, "one silent"), (12, "one silent now"), (12, "all done"), (9, "half done")]
every = few(("month", "stand"), CELLS, KEPT)


def official(month: int, stand: str) -> Iterator[tuple[Bulletin, str]]:
    """Each document of where the units' parts were given to them, and its text without tables and notes on method."""
    for given, bulletin, text in documents(month, stand):
        if given is material(month, stand, "official"):
            lines = text.partition("\n说明")[0].splitlines()
            yield bulletin, "\n".join(line for line in lines if not re.search("[│─]", line))


REPORTED = {"one of five": ("xi", "nan", "gaoxin", "bureau"), "three of five": ("xi", "nan"), "four of five": ("xi",)}
JUDGED = "快于|慢于|滞后|持平|到期未完成|达序时|保持达标|已完成|完成年度任务|达到[^，。；]*目标|控制|超出"
PUT_OFF = "报齐后再作结论|待报齐"
OF_UNITS = "有[0-9]+家|应(?:达标|完成)单位|[0-9]+家单位"


@few(("month", "heard"), product(MONTHS, REPORTED), [(6, "one of five"), (9, "three of five"), (12, "four of five")])
def test_no_indicator_is_judged_in_one_part_and_put_off_in_another(month: int, heard: str) -> None:
    """Half of what the schedule asks for is done: the silent could lift each sum, and no rate to its target."""
    slow = cases.silent(*REPORTED[heard], since=max(2, month), pace=Fraction(1, 2))
    for given in (cases.material(month, slow, cases.plan(breakdown=basis)) for basis in BREAKDOWNS):
        names = [one.name for one in given.facts.plan.indicators.values()]
        for kind, unit, area in cases.documents(given):
            bulletin = given.write(Request(kind=kind, unit=unit, area=area))
            text = str(FORMATS["text"](bulletin, Look())).partition("\n说明")[0]
            if unit:
                assert not re.search(PUT_OFF, text)
                continue
            units = "|".join(one.name for one in given.facts.plan.reporting_units)
            lines = [line for line in text.splitlines() if not re.match(f"[　 ]*(?:{units})(?:：| *│)", line)]
            told = [part for line in lines for part in re.split("[。；]", line) if not re.search(OF_UNITS, part)]
            put_off = [one for one in told if re.search(PUT_OFF, one)]
            waiting = {name for name in names if any(name in one for one in put_off)}
            judged = [one for one in told if re.search(JUDGED, one) and one not in put_off]
            assert [(one, name) for one in judged for name in waiting if name in one] == []
            if kind == "bulletin" and month > 1:
                assert waiting
                stands = re.findall("(?:│|，|。|　)(?:滞后|到期未完成)([0-9]+)项", text)
                rows = [one for one in lines if re.search("│ *(?:滞后|严重滞后|到期未完成) *│", one)]
                assert month == 12 or heard == "one of five" or sum(map(int, stands)) == len(rows)


@few(
    ("month", "stand", "third"),
    [(*cell, third) for cell in CELLS for third in range(3)],
    [(*cell, at % 3) for at, cell in enumerate(KEPT)],
)
def test_whatever_is_written_is_verified_clean(month: int, stand: str, third: int) -> None:
    """Every third document, so that each kind comes in some of the cells."""
    for given, bulletin, text in documents(month, stand)[third::3]:
        report = cases.verified("draft.txt", f"{text}\n{bulletin.made_from}\n".encode(), given)
        assert [finding.message for finding in report.findings] == []
        assert len(report.checks) == len(bulletin.figures)
        assert read_draft("draft.md", text.encode()) == read_draft("draft.txt", text.encode()), "as a shell may call it"


@every
def test_nothing_is_written_that_nobody_would_sign_there_and_then(month: int, stand: str) -> None:
    unsigned = (
        *(AT_THE_END if month == 12 else BEFORE_THE_END),
        *(IN_JANUARY if month == 1 else ()),
        *(WHERE_ALL_IS_DONE if stand == "all done" else ()),
    )
    for bulletin, prose in official(month, stand):
        assert [found[0] for pattern in unsigned if (found := re.search(f".*(?:{pattern}).*", prose))] == []
        if bulletin.kind == "unit":
            assert str(bulletin.lead[0]).startswith(f"截至{month}月底，你单位")
        if "silent" in stand:
            assert not [names for names in BLAMED.findall(prose) if "西河县" in names]


@every
def test_parts_add_up_and_no_colon_stands_within_another(month: int, stand: str) -> None:
    for bulletin, prose in official(month, stand):
        for whole, told in PARTS.findall(prose):
            counts = re.findall("([0-9]+)项", re.sub("（[^）]*）", "", told))
            assert not counts or sum(map(int, counts)) == int(whole)
        sections = [*bulletin.sections, *(one for annex in bulletin.annexes for one in annex.sections)]
        for paragraph in (*bulletin.lead, *(one for section in sections for one in section.paragraphs)):
            for number, sentence in enumerate(paragraph.sentences):
                opened = 1 if paragraph.label and not number else 0
                assert all(clause.count("：") + opened <= 1 for clause in str(sentence).split("。")), str(paragraph)


def test_december_says_of_whom_it_waits() -> None:
    """Of 800 beds 200 are 西河县's; all others have theirs, and it has sent nothing, or 183 in November."""
    for stand, known, share in (("one silent", 600, "75.0"), ("one silent now", 783, "97.9")):
        (annual,) = [prose for bulletin, prose in official(12, stand) if bulletin.kind == "annual"]
        assert f"新增护理型床位累计{known}张，完成年度目标的{share}%，报齐后再作结论。" in annual
        assert "未报1家（西河县），全市数据未含其12月份数据。" in annual


@every
def test_nobody_reads_a_word_of_the_program_or_nonsense(month: int, stand: str) -> None:
    for _, bulletin, text in documents(month, stand):
        prose = "\n".join(line for line in text.splitlines() if "│" not in line)
        assert re.findall(OFFICE_WORDS, text) == []
        assert re.findall(NONSENSE, prose) == [], bulletin.title


@every
def test_what_is_signed_fits_a_sheet_and_says_nothing_twice(month: int, stand: str) -> None:
    for _, bulletin, text in documents(month, stand):
        told = paragraphs(bulletin)
        lines = sum(-(-(len(one) + 2) // 28) for one in told) + 5 + len(bulletin.annexes)
        assert lines <= SIGNED_LINES, text
        sentences = [one for paragraph in told for one in re.split("(?<=[。；])", paragraph) if len(one) > 6]
        assert sorted(set(sentences)) == sorted(sentences)


@every
def test_lists_are_short(month: int, stand: str) -> None:
    for _, _, text in documents(month, stand):
        for names in LIST.findall(text):
            assert len(re.split("、|和", names)) <= 5, names


@every
def test_a_reference_is_called_so_once_and_nobody_is_ranked_by_it(month: int, stand: str) -> None:
    for given, bulletin, text in documents(month, stand):
        assert text.count(REFERENCE_CAUTION) <= 1
        if given.facts.is_referring:
            assert "第" not in text.replace(str(bulletin.title), "")
            assert "位次" not in text


@every
def test_the_year_is_not_over_before_december_and_over_then(month: int, stand: str) -> None:
    for _, bulletin, text in documents(month, stand):
        headings = [section.heading for section in bulletin.sections]
        if month == 12:
            assert "下步重点" not in headings
            assert "进度要求" not in text
            assert "下步" not in text
        else:
            assert not re.search("应完成[0-9]|未如期|均已完成", text.partition("附件1")[0])
            for name in ("重大安全事故数", "每万人口社工数"):
                assert not re.search(f"{name}[^。；]*(?:已完成|提前)", text)


@pytest.mark.parametrize("month", MONTHS)
def test_a_handful_of_reports_is_counted_and_called_a_handful(month: int) -> None:
    """东山县 alone reports, of five: what is late by that is late so far, and nothing is finished by everybody."""
    for _, bulletin, text in documents(month, "one unit"):
        if bulletin.kind in ("bulletin", "brief", "half-year", "annual"):
            assert re.search("4项(，占[0-9.]+%)?（均待报齐后再作结论）", str(bulletin.lead[0]))
            told = "\n".join(paragraphs(bulletin))
            assert not re.search("全部|年度完成率|滞后|月均需完成", told), text
            sums = [line for line in re.split("[；。]", told) if "完成年度目标的" in line]
            assert all("已报1家、未报3家" in line for line in sums)


@pytest.mark.parametrize("month", MONTHS)
def test_of_silence_nothing_is_said_but_silence(month: int) -> None:
    for _, bulletin, text in documents(month, "nobody"):
        prose = "\n".join(line for line in text.partition("说明：")[0].splitlines() if "│" not in line)
        prose = prose.replace("核心指标达标数", "").replace("年度完成率含", "")
        assert not re.search("滞后|未达标|未完成[0-9]|未达到|已完成|达标|完成率|第[0-9]", prose), bulletin.title
        assert "未报" in prose


def test_whom_nobody_has_heard_counts_as_nothing_and_the_notes_say_so() -> None:
    for stand in ("nobody", "one unit"):
        text = next(text for _, bulletin, text in documents(9, stand) if bulletin.kind == "bulletin")
        assert "年内从未报送的，求平均数时按零计" in text
    full = next(text for _, bulletin, text in documents(9, "all done") if bulletin.kind == "bulletin")
    assert "按零计" not in full


def test_equal_printed_means_have_equal_places() -> None:
    """Of 3,000 each: 2,001 and 2,002 are both 66.7 %, and one of them is ahead."""
    plan = cases.plan(breakdown="official", shares=dict.fromkeys((*cases.COUNTIES, "gaoxin"), 3000), only=("C1",))
    made = {"dong": 2001, "xi": 2002, "nan": 2002, "gaoxin": 1000}
    ledger = cases.ledger(plan, 9, lambda *_: None)
    for unit, beds in made.items():
        ledger.write(ledger.cell("C1", unit, 9), Figure(beds * 10**6))
    text = FORMATS["text"](gather(plan, ledger, Period(cases.YEAR, 9)).write(Request()), Look())
    places = dict(re.findall("(.{2,3})：年度完成率([0-9.]+%)，(?:并列|列)全市第[0-9]位", str(text)))
    assert places == {"东山县": "66.70%", "西河县": "66.73%", "南江市": "66.73%", "高新区": "33.33%"}


@pytest.mark.parametrize(
    ("lights", "words"),
    [
        ("strict", "完成率低于序时进度的为滞后，低于序时进度10个百分点以上（不含本数）的为严重滞后。"),
        (
            "yinchuan-2025",
            "完成率低于序时进度10个百分点以上（含本数）的为滞后，低于序时进度30个百分点以上（不含本数）的为严重滞后。",
        ),
        (
            "tianjin-2022",
            "完成率低于序时进度的为滞后，低于序时进度30%以上（不含本数）的为严重滞后，按占应完成量的比例计算。",
        ),
        ("xuancheng-2020", "完成率低于序时进度的为滞后。"),
    ],
)
def test_the_light_rules_are_told_in_words(lights: str, words: str) -> None:
    plan = cases.plan()
    ledger = cases.ledger(plan, 9, cases.lagging("C1"))
    given = gather(plan, ledger, Period(cases.YEAR, 9), PRESETS[lights])
    text = str(FORMATS["text"](given.write(Request()), Look()))
    assert f"说明：\n　　1.{words}\n" in text
    assert cases.verified("draft.txt", text.encode(), given).findings == ()


@pytest.mark.parametrize(("every", "is_paced"), [("month", True), ("quarter", False)])
def test_a_monthly_pace_is_asked_of_what_is_reported_monthly(every: str, is_paced: bool) -> None:
    """4 of 10 by September leave 6 for three months; of what is reported once a quarter nobody asks a month's."""
    plan = replace(
        plan_of_one(at_least(10), CountIndicator, schedule=cases.LINEAR, report_every=every), year=cases.YEAR
    )
    ledger = Ledger(plan)
    ledger.write(ledger.cell("T01-01", "north", 9), Figure(4 * 10**6))
    letter = gather(plan, ledger, Period(plan.year, 9)).write(Request(kind="unit", unit="north"))
    text = str(FORMATS["text"](letter, Look()))
    assert "距年度目标尚差6个" in text
    assert ("月均需完成2个" in text) is is_paced


@pytest.mark.parametrize(
    ("identifier", "units", "told"),
    [
        ("S2", ("bureau",), "市本级每万人口社工数距18人以上的目标差9.0人，须尽快达到"),
        ("S2", cases.COUNTIES, "每万人口社工数有3家未达标（东山县、西河县和南江市），须尽快达标"),
        ("C4", ("bureau",), "市本级养老服务办法修订须在12月底前完成"),
    ],
)
def test_what_single_units_are_late_with_is_among_the_next_steps(
    identifier: str, units: tuple[str, ...], told: str
) -> None:
    """Half of what is asked of each: social workers in every period, a fifth of the way every month."""

    scope = "units" if len(units) == 1 else "each"
    schedule = cases.ALWAYS if identifier == "S2" else cases.LINEAR
    changed = {"applies_to": scope, "reporting": units, "judged": units, "schedule": schedule}
    made = cases.material(9, cases.lagging(identifier), cases.plan(instead={identifier: changed}))
    text = str(FORMATS["text"](made.write(Request()), Look()))
    assert told in text
    assert [finding.message for finding in cases.verified("draft.txt", text.encode(), made).findings] == []


def test_what_is_short_by_less_than_is_printed_is_not_short_by_nothing() -> None:
    """180, 180, 180 and 179 social workers of 100 000 people each are 17.975 of 10 000: 0.025 short of 18."""
    plan = cases.plan(only=("S2",))
    ledger = cases.ledger(plan, 9, cases.even())
    ledger.write(ledger.cell("S2", "dong", 9), Figure(179 * 10**6, 100_000 * 10**6))
    text = str(FORMATS["text"](gather(plan, ledger, Period(cases.YEAR, 9)).write(Request()), Look()))
    assert "每万人口社工数为17.9人，距18人以上的目标差0.1人" in text


def test_nothing_done_is_told_without_a_share_of_nothing() -> None:
    """Of 1.4亿元 nothing is spent, and nobody is first of four that have done nothing."""
    plan = cases.plan(only=("B1", "C5"))
    text = str(FORMATS["text"](cases.material(6, cases.even(0), plan).write(Request()), Look()))
    assert "救助服务资金尚为零，目标为约1.4亿元，慢于序时进度50.0个百分点，严重滞后" in text
    assert "年度完成率0" not in text
    assert "第1位" not in text


def test_what_was_reported_as_nothing_is_told_in_words_and_read_back() -> None:
    """床位 and 人次 stand at 0, of which 未报 is nothing; there is to be no accident, and its 0 is what was wanted."""
    material = cases.material(9, cases.lagging("B3", "C1", pace=Fraction(0)))
    text = str(FORMATS["text"](material.write(Request()), Look()))
    assert "服务困难群众人次尚为零，慢于序时进度75.0个百分点，严重滞后。" in text
    assert "新增护理型床位尚为零，" in text
    assert "重大安全事故数累计0起，符合0起的控制目标。" in text
    assert re.search("(?:累计|为)0(?!起)", text) is None
    letter = str(FORMATS["text"](material.write(Request(kind="unit", unit="dong")), Look()))
    assert "新增护理型床位和服务困难群众人次均尚为零" in letter or "服务困难群众人次尚为零。" in letter
    for said, account in (
        ("新增护理型床位尚为零。", Account.RIGHT),
        ("新增护理型床位和服务困难群众人次均为零。", Account.RIGHT),
        ("助餐服务城乡社区覆盖率为零。", Account.WRONG),
        ("新增护理型床位不为零。", Account.WRONG),
        ("新增护理型床位尚未突破零。", Account.OPEN),
    ):
        report = cases.verified("x.txt", f"{cases.TITLE}\n\n　　{said}\n".encode(), material)
        assert (said, report.statements[1].account) == (said, account)
    silent = cases.SITUATIONS["mixed"]()
    report = cases.verified("x.txt", f"{cases.TITLE}\n\n　　西河县新增护理型床位为零。\n".encode(), silent)
    assert report.statements[1].account is not Account.RIGHT


@pytest.mark.parametrize("last", [9, 12])
def test_what_went_too_far_is_neither_behind_nor_to_be_finished_by_its_date(last: int) -> None:
    """Of about 1.4亿元 twice as much is spent, and all else is done."""
    material = cases.material(last, cases.even(2), cases.plan(only=("B1", "B3")))
    text = str(FORMATS["text"](material.write(Request()), Look()))
    assert "存在问题\n　　个别指标超出目标。救助服务资金" in text
    assert "尚未完成的有" not in text
    lagging = cases.material(last, cases.even(Fraction(1, 2)), cases.plan(only=("B1", "B3")))
    assert "超出目标" not in str(FORMATS["text"](lagging.write(Request()), Look()))


def test_an_area_of_which_nothing_is_done_in_the_end_is_counted_once() -> None:
    material = cases.material(12, cases.even(Fraction(1, 2)), cases.plan(only=("C1", "C3", "B3")))
    (said,) = (one for one in material.write(Request()).sections if one.heading == "分领域完成情况")
    assert str(said.paragraphs[0]) == "救助领域共设指标1项，未完成；养老领域共设指标2项，均未完成。"


def test_a_mean_of_money_is_told_in_the_size_of_the_plan() -> None:
    """5万元 in September are 0.6万元 a month; 45万元 are left for three."""
    own = {"B1": {"target": at_least(50), "applies_to": "each", "judged": cases.COUNTIES}}
    material = cases.material(9, cases.even(Fraction(1, 7)), cases.plan(only=("B1",), instead=own))
    letter = str(FORMATS["text"](material.write(Request(kind="unit", unit="dong")), Look()))
    assert "（此前月均0.6万元、最高月1万元）" in letter
    assert re.search("[0-9]元", letter) is None
    report = cases.verified("x.txt", letter.encode(), material)
    assert report.findings == ()
