"""Nobody is blamed, and nothing praised as a whole, on silence: whatever the months have brought."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bulletin_cases as cases
from conftest import Mzplan, few
from factory import at_least, write_project
from mzplan.bulletin import EVERY, Kind, Material, Request
from mzplan.period import Period
from mzplan.plan.model import Part
from mzplan.plan.target import Schedule
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS

pytestmark = pytest.mark.untraced

NAMES = {unit.name: unit.id for unit in cases.UNITS}
INDICATORS = {one.name: one.id for one in cases.indicators()}
BLAME = re.compile("(?:未达标|未完成|未如期完成|未达到进度要求|未办结|滞后|已超上限)(?:[0-9]+[家项])?（([^（）]*)）")
BLAME_BEFORE = re.compile("有[0-9]+家(?:未达标|未完成|未达到进度要求|进度滞后)（([^（）]*)）")
ALL_OF_ONE = re.compile("([^。；：\n]+)：[0-9]+家(?:单位)?全部(?:达标|完成)")
ALL_OF_AREA = re.compile("（[一二三]）(.+)\n　　共设指标[0-9]+项，已(?:全部)?完成")


class Year(NamedTuple):
    """A month, how fast each indicator goes, and who has been silent about what since when."""

    last: int
    paces: Mapping[str, Fraction]
    since: Mapping[tuple[str, str], int]
    official: bool

    def speed(self, indicator: str, unit: str, month: int) -> Fraction | None:
        return None if month >= self.since.get((indicator, unit), 13) else self.paces[indicator]

    def material(self) -> Material:
        return cases.material(self.last, self.speed, cases.plan(breakdown="official" if self.official else None))

    def is_silent(self, indicator: str, unit: str) -> bool:
        return self.speed(indicator, unit, self.last) is None


@st.composite
def years(draw: st.DrawFn) -> Year:
    last = draw(st.sampled_from([1, 6, 9, 12]))
    ids = list(INDICATORS.values())
    paces = {one: draw(st.sampled_from([Fraction(n, 2) for n in (0, 1, 2, 4)])) for one in ids}
    silent = {unit: draw(st.integers(1, 13)) for unit in draw(st.sets(st.sampled_from(cases.ALL_UNITS), max_size=3))}
    some = draw(st.sets(st.tuples(st.sampled_from(ids), st.sampled_from(cases.ALL_UNITS)), max_size=4))
    since = {(one, unit): month for one in ids for unit, month in silent.items()} | dict.fromkeys(some, last)
    return Year(last, paces, since, draw(st.booleans()))


def prose(material: Material, unit: str = "") -> str:
    text = FORMATS["text"](material.write(Request(kind="unit" if unit else "bulletin", unit=unit)), Look())
    assert isinstance(text, str)
    return text


def listed(names: str) -> list[str]:
    return re.split("、|和", names.removesuffix("等"))


def clauses(text: str) -> Iterator[tuple[str, str]]:
    """Each clause of the prose with the line it stands in."""
    for line in text.partition("\n附件")[0].splitlines():
        for clause in re.split("[。；]", line):
            yield line.strip(), clause.strip()


def blamed(text: str) -> Iterator[tuple[str, str]]:
    """Every (indicator, unit) that a list calls not done, not met or late."""
    for line, clause in clauses(text):
        for names in [*BLAME.findall(clause), *BLAME_BEFORE.findall(clause)]:
            for name in listed(names):
                if name in NAMES:
                    about = next(one for one in INDICATORS if re.match(f"[“]?{one}", clause))
                    yield INDICATORS[about], NAMES[name]
                elif (owner := line.partition("：")[0]) in NAMES:
                    yield INDICATORS[name], NAMES[owner]


@given(years())
def test_no_list_of_what_is_late_names_a_unit_that_sent_nothing(year: Year) -> None:
    for indicator, unit in blamed(prose(year.material())):
        assert not year.is_silent(indicator, unit)


def test_the_lists_that_are_searched_are_there() -> None:
    slow = Year(12, dict.fromkeys(INDICATORS.values(), Fraction(1, 2)), {("B2", "xi"): 9}, official=True)
    found = set(blamed(prose(slow.material())))
    assert {("C1", "dong"), ("C1", "xi"), ("C5", "nan")} <= found
    assert ("B2", "xi") not in found


@given(years())
def test_all_are_said_to_have_reached_it_only_where_all_have_reported(year: Year) -> None:
    material = year.material()
    text = prose(material)
    owing = {(one.id, unit) for one in material.facts.plan.indicators.values() for unit in one.owing}
    silent = {pair for pair in owing if year.is_silent(*pair)}
    named = [INDICATORS[name.strip("　“”")] for name in ALL_OF_ONE.findall(text)]
    assert not [pair for pair in silent if pair[0] in named]
    areas = {"推进社会救助提质行动": 1, "推进养老服务提升行动": 2, "工作保障": None}
    done = [areas[name] for name in ALL_OF_AREA.findall(text)]
    assert not [pair for pair in silent if material.facts.plan.indicators[pair[0]].area in done]
    assert not (silent and re.search("纳入评价的[0-9]+项指标已全部完成", text))


@given(years(), st.sampled_from(["", *cases.COUNTIES, "gaoxin"]))
def test_whatever_is_written_verifies_against_itself(year: Year, unit: str) -> None:
    material = year.material()
    report = cases.verified("draft.txt", prose(material, unit).encode(), material)
    assert [finding.message for finding in report.findings] == []


def test_a_silent_county_is_unreported_and_the_city_waits_for_it() -> None:
    """乡镇街道社工站数: 4 each by December, which all but 西河县 have reported; that last sent 2, in July."""
    year = Year(12, dict.fromkeys(INDICATORS.values(), Fraction(1)), {("B2", "xi"): 8}, official=False)
    text = prose(year.material())
    assert "乡镇街道社工站数：应达标单位4家，已达标3家，另有1家未报（西河县）。" in text
    assert "个别指标尚未报齐。未报齐1项（乡镇街道社工站数）" in text
    assert "未达标" not in text
    assert "全部达标" not in text
    assert re.search("乡镇街道社工站数 .*│ 未报齐 +│ +4 │ +3\n", text)
    assert "乡镇街道社工站数累计2家（12月未报，沿用7月数据）。" in prose(year.material(), "xi")
    heard = Year(12, year.paces, {}, official=False)
    assert "乡镇街道社工站数：4家单位全部达标。" in prose(heard.material())


def test_a_total_that_only_a_silent_county_keeps_short_is_not_called_unfinished() -> None:
    """800 beds, 200 each: the last that 西河县 sent were 183 of November, so that 783 are known, 97.9 %."""
    year = Year(12, dict.fromkeys(INDICATORS.values(), Fraction(1)), {("C1", "xi"): 12}, official=False)
    text = prose(year.material())
    assert "新增护理型床位累计783张，完成年度目标的97.9%，报齐后再作结论，已报3家、未报1家（西河县）。" in text
    assert "未完成1项，占10.0%（待报齐后再作结论）" in text
    assert "个别指标尚未报齐。1项按已报数未完成（新增护理型床位），报齐后再作结论。" in text
    assert "指标未完成。" not in text
    assert "到期未完成" not in text.partition("\n附件3\n")[0]
    heard = Year(12, {**year.paces, "C1": Fraction(1, 2)}, {}, official=False)
    assert "新增护理型床位累计400张，完成年度目标的50.0%，到期未完成。" in prose(heard.material())


def test_a_total_that_only_its_limit_keeps_from_being_lifted_is_called_unfinished() -> None:
    """800 beds, 200 each: three counties have 100, and 西河县 may bring any number, but no share above the whole."""
    done = dict.fromkeys(INDICATORS.values(), Fraction(1))
    text = prose(Year(12, {**done, "C1": Fraction(1, 2)}, {("C1", "xi"): 12}, official=False).material())
    assert "1项按已报数未完成（新增护理型床位），报齐后再作结论" in text
    late = Year(12, {**done, "C2": Fraction(1, 2)}, {("C2", "xi"): 12}, official=False)
    assert "报齐后再作结论" not in prose(late.material())


def test_a_level_is_not_set_against_a_baseline_that_holds_a_county_never_heard_of() -> None:
    """4A级以上养老机构数: 160 to begin with, 40 of them those of 西河县, which never reported: 3 × 45 are known."""
    year = Year(6, dict.fromkeys(INDICATORS.values(), Fraction(1)), {("C3", "xi"): 1}, official=False)
    text = prose(year.material())
    assert "4A级以上养老机构数为135家，报齐后再作结论，已报3家、未报1家（西河县）。" in text
    assert "基期" not in text
    fallen = Year(6, {**year.paces, "C3": Fraction(-1)}, {}, official=False)
    assert "4A级以上养老机构数为140家，低于160家的基期水平" in prose(fallen.material())


@few("last", range(1, 12), [1, 6, 11])
def test_nobody_falls_short_of_what_is_not_yet_due(last: int) -> None:
    """认知障碍照护试点 is asked of nobody before December, when two of four have not finished it."""
    given = cases.plan()

    def speed(indicator: str, unit: str, _month: int) -> Fraction:
        return Fraction(0) if indicator in ("B2", "C5") and unit in ("dong", "xi") else Fraction(12)

    text = prose(cases.material(last, speed, given))
    assert "认知障碍照护试点：应完成单位4家，已完成2家，12月底前完成。" in text
    assert not re.search("未达标|未完成[0-9]", text)
    due = prose(cases.material(12, speed, given))
    assert "认知障碍照护试点：应完成单位4家，已完成2家，未完成2家（东山县和西河县）。" in due


@given(years())
def test_what_a_unit_is_judged_by_adds_up_with_the_silent_apart(year: Year) -> None:
    for whole, parts in re.findall("有正式目标的([0-9]+)项中，([^。]*)。", prose(year.material())):
        counts = re.findall("([0-9]+)项", re.sub("（[^）]*）", "", parts))
        assert sum(map(int, counts)) == int(whole)


def test_a_milestone_of_a_silent_county_is_not_called_unfinished() -> None:
    year = Year(12, dict.fromkeys(INDICATORS.values(), Fraction(1)), {("C5", "xi"): 8}, official=False)
    text = prose(year.material())
    assert "认知障碍照护试点：应完成单位4家，已完成3家，另有1家未报（西河县）。" in text
    assert not re.search("未完成[0-9]", text)


@few("last", range(1, 12), [1, 6, 11])
def test_what_can_only_be_kept_up_is_never_done_before_it_is_due(last: int) -> None:
    """No accident and 18 social workers are kept every month, and done in December."""
    material = cases.material(last, cases.even(2))
    brief = FORMATS["text"](material.write(Request(kind="brief", area=EVERY)), Look())
    text = prose(material)
    for name in ("重大安全事故数", "每万人口社工数"):
        assert re.search(rf"^{name} .*│ 保持达标 +│", text, re.MULTILINE)
        assert name not in re.findall("已完成[0-9]+项（.*?）。", str(brief))
        assert not re.search(rf"{name}[^。；]*(?:已|提前|超额)完成", text)
    assert "保持达标2项" in text
    assert "共设指标2项，均达到进度要求，领域完成率100.0%" in text


def test_what_was_kept_up_all_year_is_done_in_december() -> None:
    text = prose(cases.material(12, cases.even()))
    assert "保持达标" not in text
    assert "共设指标2项，已全部完成，领域完成率100.0%" in text


def test_nobody_is_blamed_whose_own_date_has_not_come() -> None:
    """西河县 has until next June for both; 东山县 had until December. Both stand at half, the others are done."""
    given = cases.plan()
    later = Period(cases.YEAR + 1, 6)
    parts = {("B2", "xi"): (Part(at_least(4), "official", "", due=later),)}
    parts["C5", "xi"] = (Part(at_least(1), "official", "", due=later),)

    def speed(indicator: str, unit: str, _month: int) -> Fraction:
        return Fraction(1, 2) if indicator in ("B2", "C5") and unit in ("dong", "xi") else Fraction(1)

    material = cases.material(12, speed, replace(given, parts=parts))
    text = prose(material)
    dong, xi = (given.units[unit].name for unit in ("dong", "xi"))
    assert f"应达标单位4家，已达标2家，未达标1家（{dong}），尚未到期1家（{xi}）。" in text
    assert f"已完成2家，未完成1家（{dong}），尚未到期1家（{xi}）。" in text
    assert not {pair for pair in blamed(text) if pair[1] == "xi"}
    report = cases.verified("draft.txt", text.encode(), material)
    assert [finding.message for finding in report.findings] == []


def test_what_only_silence_keeps_from_its_end_is_not_to_be_settled() -> None:
    """Beds by June, and people helped: 西河县, which is silent, may have any number of either."""
    june = Schedule("linear", Period(cases.YEAR, 6))
    given = cases.plan(instead={"C1": {"schedule": june}, "B3": {"schedule": june}})

    def speed(indicator: str, unit: str, month: int) -> Fraction | None:
        if unit == "xi" and month > 5:
            return None
        return Fraction(1, 2) if indicator == "B3" else Fraction(2)

    text = prose(cases.material(6, speed, given))
    assert "办结到期事项" not in text
    assert "2项按已报数未达到进度要求（服务困难群众人次和新增护理型床位），报齐后再作结论" in text


def test_a_level_without_a_county_that_never_reported_anything_says_so() -> None:
    year = Year(6, dict.fromkeys(INDICATORS.values(), Fraction(1)), dict.fromkeys(_all_of("xi"), 1), official=False)
    assert "4A级以上养老机构数为135家，报齐后再作结论，已报3家、未报1家（西河县）。" in prose(year.material())


def _all_of(unit: str) -> list[tuple[str, str]]:
    return [(one, unit) for one in INDICATORS.values()]


@pytest.mark.parametrize("last", [1, 6, 12])
def test_units_that_are_late_are_told_of_where_their_indicator_is_not_due(last: int) -> None:
    """乡镇街道社工站数 is asked of each county by December: two have all of it, two have none and are late."""

    def speed(indicator: str, unit: str, _month: int) -> Fraction:
        return Fraction(0) if indicator == "B2" and unit in ("dong", "xi") else Fraction(12, last)

    text = prose(cases.material(last, speed))
    signed, _, area = text.partition("\n一、推进社会救助提质行动")
    if last == 12:
        assert "个别指标未完成。乡镇街道社工站数有2家未达标（东山县和西河县）。" in signed
        assert "有单位未达到" not in text
        return
    assert "部分单位未达到进度要求。乡镇街道社工站数有2家未达到进度要求（东山县和西河县）" in signed
    assert "1项尚未到期（有单位未达到进度要求）" in signed
    assert "尚未到期1项（有单位未达到进度要求）" in area
    assert "应达标单位4家，已达标2家，未达到进度要求2家（东山县和西河县），12月底前完成。" in area
    nobody = prose(
        cases.material(last, lambda one, unit, month: Fraction(0) if one == "B2" else speed(one, unit, month))
    )
    assert "尚无单位达标，未达到进度要求4家（东山县、西河县、南江市和高新区），12月底前完成。" in nobody


def test_a_county_that_kept_not_its_part_of_a_kept_total_left_something_undone() -> None:
    """800 beds, 200 each: 东山县 has none of its own, the three others have 400 each."""

    def speed(indicator: str, unit: str, _month: int) -> Fraction:
        return Fraction(0) if (indicator, unit) == ("C1", "dong") else Fraction(2 if indicator == "C1" else 1)

    text = prose(cases.material(12, speed, cases.plan(breakdown="official")))
    assert "个别单位有任务未完成。新增护理型床位有1家未达标（东山县）。" in text


def test_since_when_nothing_came_stands_with_who_is_silent() -> None:
    """西河县 has been silent since July, 南江市 has left out beds since May and people helped in September itself."""
    material = cases.material(9, cases.gaps)
    for kind in ("bulletin", "brief"):
        assert "未报1家（西河县），全市数据未含其9月份数据。西河县自7月起未报。" in written(material, kind)
    assert "9月份应报的9项指标自7月起均未报，沿用6月数据，9月数据应于10月10日前报送，请尽快补报。" in written(
        material, "unit", "xi"
    )
    assert "报告期应报的9项指标自7月起均未报，沿用6月数据。" in written(material, "reminder")
    assert (
        "未报2项（服务困难群众人次和新增护理型床位），其中自5月起未报1项（新增护理型床位），9月数据应于10月10日前报送，请尽快补报。"
    ) in written(material, "unit", "nan")


def test_since_when_is_told_once_of_those_of_one_month_and_not_of_the_period_itself() -> None:
    def speed(_indicator: str, unit: str, month: int) -> Fraction | None:
        return None if month >= {"dong": 7, "gaoxin": 7, "xi": 9, "nan": 1}.get(unit, 13) else Fraction(1)

    text = written(cases.material(9, speed), "bulletin")
    assert (
        "未报4家（东山县、西河县、南江市和高新区），全市数据未含其9月份数据。东山县和高新区自7月起未报，南江市年内从未报送。"
        in text
    )
    assert "东山县和高新区沿用6月数据" in text


@few(
    ("last", "others"),
    product([1, 6, 9, 12], ["report too", "are silent", "report in part"]),
    [(1, "report too"), (6, "are silent"), (9, "report in part"), (12, "are silent")],
)
def test_a_report_that_could_not_be_read_is_nowhere_called_missing(last: int, others: str) -> None:
    def speed(indicator: str, unit: str, month: int) -> Fraction | None:
        absent = {"are silent": unit == "nan", "report in part": unit == "nan" and indicator in ("B2", "C1", "C5")}
        return None if month >= last and (unit == "xi" or absent.get(others)) else Fraction(1, 2)

    material = cases.unread(last, speed, "xi", cases.plan(breakdown="official"))
    for kind, unit, area in cases.documents(material):
        text = FORMATS["text"](material.write(Request(kind=kind, unit=unit, area=area)), Look())
        assert isinstance(text, str)
        told = [line for line in text.partition("\n说明")[0].splitlines() if "│" not in line]
        if others == "report too" or unit == "xi":
            assert [line for line in told if re.search("均未报(?!齐)|未报[0-9（]|[家项月]未报", line)] == []
        assert [line for line in told if re.search("未报[0-9]家（[^）]*西河县|西河县：[^，。]*未报", line)] == []
        report = cases.verified("draft.txt", text.encode(), material)
        assert [finding.message for finding in report.findings] == []


def written(material: Material, kind: Kind, unit: str = "") -> str:
    return str(FORMATS["text"](material.write(Request(kind=kind, unit=unit)), Look()))


def test_a_row_that_was_not_taken_is_called_so_in_every_text() -> None:
    """西河县 sent all of September, and its row of C1 has an error."""
    material = cases.refused(9, lambda *of: None if of == ("C1", "xi", 9) else Fraction(1, 2), "C1", "xi")
    name = material.facts.plan.indicators["C1"].name
    line = next(one for one in written(material, "unit", "xi").splitlines() if one.startswith(name) and "│" in one)
    assert "报了但未能读入" in line
    for kind, unit, area in cases.documents(material):
        text = FORMATS["text"](material.write(Request(kind=kind, unit=unit, area=area)), Look())
        assert isinstance(text, str)
        assert "另有1家未报" not in text
        assert cases.verified("draft.txt", text.encode(), material).findings == ()


def test_a_report_that_could_not_be_read_is_asked_for_as_one_to_correct() -> None:
    text = written(cases.unread(9, lambda *of: None if of[1:] == ("xi", 9) else Fraction(1, 2), "xi"), "bulletin")
    assert "报了但未能读入的1家单位（西河县）请更正后重新报送9月份数据" in text
    assert "请尽快补报" not in text


def test_who_broke_a_limit_before_it_fell_silent_is_told_by_what_it_sent(
    mzplan: Mzplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """南县 had an accident in May, as 开发区 has in June, and sends nothing in June: its limit stays broken."""
    monkeypatch.chdir(write_project(tmp_path))
    report = Path("data/2023-05/south.csv")
    report.write_text(report.read_text("utf-8-sig").replace("S04-01,0", "S04-01,1"))
    assert mzplan("summary", "--draft", "-o", "draft.md").code == 0
    told = "未达标（南县和开发区），其中1家本月未报、以最近一次所报为准（南县）"
    text = Path("draft.md").read_text().replace("未达标2家", "有2家未达标")
    assert text.count(told) == 2
    assert mzplan("summary", "--verify", "draft.md").code == 0


def test_what_falls_due_is_not_counted_without_what_nobody_has_reported() -> None:
    """市本级 alone has reported: its ordinance is due in December, as are seven of the nine things that others owe."""
    text = FORMATS["text"](cases.material(9, cases.silent(*cases.COUNTIES, "gaoxin")).write(Request()), Look())
    assert isinstance(text, str)
    assert "12月底到期、尚未完成的有1项（养老服务办法修订）；12月底到期、未报齐的有7项。" in text


@pytest.mark.parametrize("last", [6, 9, 12])
@pytest.mark.parametrize("silent", [(), ("xi",), ("dong", "xi", "nan"), (*cases.COUNTIES, "gaoxin")])
@pytest.mark.parametrize("pace", [Fraction(1, 2), Fraction(2)])
def test_what_waits_for_reports_is_done_nowhere(last: int, silent: tuple[str, ...], pace: Fraction) -> None:
    """The lead, the table of areas and that of indicators count the same, and the columns of each area add up."""
    material = cases.material(last, cases.silent(*silent, since=last, pace=pace))
    areas, _, told = material.write(Request()).annexes
    headings = [column.heading for column in areas.columns]
    columns = {heading: [int(str(row[at])) for row in areas.rows] for at, heading in enumerate(headings[1:-1], 1)}
    states = [str(row[[column.heading for column in told.columns].index("状态")]) for row in told.rows]
    states = [one.partition("（")[0] for one in states]
    assert sum(columns["已完成"]) == states.count("已完成")
    waits = states.count("待报齐")
    done = "达到" if last < 12 else "按已报数完成" if "按已报数完成" in columns else "已完成"
    parts = (done, "未达到", "应达未报齐") if last < 12 else (done, "未完成", "未报齐")
    due = columns["应达" if last < 12 else "应完成"]
    assert due == [sum(of) for of in zip(*(columns[part] for part in parts), strict=True)]
    settled = sum(states.count(one) for one in ("已完成", "保持达标", "达到序时进度"))
    assert sum(columns[done]) + sum(columns[parts[1]]) - waits == settled + sum(
        states.count(one) for one in ("滞后", "严重滞后", "到期未完成", "已超上限")
    )
    text = prose(material)
    signed = text.partition("附件1")[0]
    if found := re.search("(?<!数)已完成([0-9]+)项", signed):
        assert int(found[1]) == states.count("已完成")
    if last < 12 and (found := re.search("12月底到期、尚未完成的有([0-9]+)项", signed)):
        always = {one.name for one in material.facts.plan.indicators.values() if one.schedule.kind == "always"}
        names = [str(row[0]) for row in told.rows]
        open_yet = [
            state
            for name, state in zip(names, states, strict=True)
            if name not in always and state not in ("已完成", "口径待明确", "未报齐", "报了但未能读入")
        ]
        assert int(found[1]) == len(open_yet)
    assert cases.verified("draft.txt", text.encode(), material).findings == ()


def test_no_figure_of_the_silent_is_0_in_an_annex() -> None:
    """西河县 sent July's figures last, 南江市 never anything, nor does anybody in the second material."""
    material = cases.material(
        9, lambda _, unit, month: None if unit == "nan" or (unit == "xi" and month > 7) else Fraction(1)
    )
    rows = {str(row[0]): [str(cell) for cell in row] for row in material.write(Request()).annexes[1].rows}
    assert rows["东山县"][1:3] == ["87.5", "1"]
    assert [rows[name][at] for name in ("西河县", "南江市") for at in (2, 4)] == ["—"] * 4
    assert (rows["西河县"][1], rows["南江市"][1], rows["东山县"][4]) == ("50.0（沿用7月数据）", "—", "0")
    nobody = cases.material(9, lambda *_: None).write(Request(draft=True)).annexes
    of_areas = [column.heading for column in nobody[0].columns]
    told = {of_areas.index(heading) for heading in ("达到", "未达到", "已完成", "完成率（%）")}
    assert {str(row[at]) for row in nobody[0].rows for at in told} == {"—"}
    assert "位次" not in [column.heading for column in nobody[1].columns]


def test_the_silent_have_no_place_and_the_document_says_so_once() -> None:
    """In July 西河县 did as much as the others, which all share a place."""
    for unit, count in (("dong", 1), ("xi", 0)):
        material = cases.material(9, cases.silent("xi", since=8), cases.plan(breakdown="official"))
        letter = str(FORMATS["text"](material.write(Request(kind="unit", unit=unit)), Look()))
        assert letter.count("并列全市第1位（共3家参加排名）") == letter.count("未报单位不参与排序。") == count
    whole = str(FORMATS["text"](material.write(Request()), Look()))
    assert whole.count("未报单位不参与排序") == 1
    assert "不参与排序" not in str(FORMATS["text"](cases.material(9, cases.even()).write(Request()), Look()))
    unread = cases.unread(9, cases.silent("nan", "xi", since=9), "xi", cases.plan(breakdown="official"))
    assert "未报和未能读入的单位不参与排序。" in str(FORMATS["text"](unread.write(Request()), Look()))


def test_a_cell_names_one_unit_whose_figure_is_carried_and_counts_several() -> None:
    """B2 is kept by all four, two of which sent July's figures last; so is S1 where each is held to it, so far."""
    each = cases.plan(instead={"S1": {"applies_to": "each", "judged": (*cases.COUNTIES, "gaoxin")}})
    for silent, told in ((("xi",), "（西河县沿用7月）"), (("xi", "nan"), "（其中2家沿用此前数据）")):
        material = cases.material(9, cases.silent(*silent, since=8, pace=2), each)
        rows = {str(row[0]): str(row[3]) for row in material.write(Request()).annexes[2].rows}
        assert rows["乡镇街道社工站数"] == f"4家单位达标{told}"
        assert rows["认知障碍照护试点"] == f"4家单位完成{told}"
        assert rows["重大安全事故数"].endswith(f"家单位达标{told}")


def test_what_nobody_has_reported_for_the_month_has_the_mark_of_the_month_that_it_is_of() -> None:
    """C4 is the bureau's, S1 here too; C5 is everybody's, of whom the last were heard of in July and in August."""
    whose = {"S1": {"reporting": ("bureau",)}}
    material = cases.material(9, cases.silent("bureau", since=8), cases.plan(instead=whose))
    rows = {str(row[0]): [str(cell) for cell in row] for row in material.write(Request()).annexes[2].rows}
    assert rows["养老服务办法修订"][3] == "征求意见（沿用7月）"
    assert rows["重大安全事故数"][3].endswith("（沿用7月）")
    assert "沿用" not in rows["认知障碍照护试点"][3]
    others = [unit for unit in cases.ALL_UNITS if unit != "xi"]
    for since, told in ((8, "（沿用7月）"), (9, "（沿用此前数据）")):
        so_far, gone = cases.silent(*others, since=8), cases.silent("xi", since=since)
        nobody = cases.material(9, _both(so_far, gone)).write(Request(draft=True))
        rows = {str(row[0]): [str(cell) for cell in row] for row in nobody.annexes[2].rows}
        assert rows["认知障碍照护试点"][3].endswith(f"家单位完成{told}")
        assert rows["新增护理型床位"][3].endswith(told)


def _both(one: cases.Speed, other: cases.Speed) -> cases.Speed:
    """The pace of the one, but where the other is silent."""

    def speed(indicator: str, unit: str, month: int) -> Fraction | None:
        return one(indicator, unit, month) if other(indicator, unit, month) is not None else None

    return speed


def test_a_mark_of_another_month_is_found() -> None:
    material = cases.material(9, cases.silent("xi", "bureau", since=8))
    text = str(FORMATS["text"](material.write(Request()), Look()))
    for mark, other in (
        ("（沿用7月数据）", "（沿用8月数据）"),
        ("征求意见（沿用7月）", "征求意见（沿用8月）"),
        ("征求意见（沿用7月）", "征求意见"),
    ):
        assert mark in text
        assert cases.verified("draft.txt", text.encode(), material).findings == ()
        assert cases.verified("draft.txt", text.replace(mark, other, 1).encode(), material).findings
