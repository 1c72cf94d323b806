"""An edited bulletin against the data: clean ones pass whole, every changed figure is found, slips are named."""

import dataclasses
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bulletin_cases as cases
from conftest import few, through
from mzplan.bulletin import EVERY, KINDS, Kind, Material, Request, Trace, gather
from mzplan.bulletin.model import Bulletin, Cited
from mzplan.bulletin.verify import Verdict, Verification
from mzplan.bulletin.verify.draft import read_draft
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.numerals import in_digits
from mzplan.check.run import run_checks
from mzplan.diagnostics import InputError, Severity
from mzplan.period import Period
from mzplan.plan.load import load_plan
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS
from mzplan.submissions.sources import data_sources


@cache
def mixed() -> Material:
    return cases.SITUATIONS["official"]()


SUFFIXES = {"text": "draft.txt", "markdown": "draft.md", "html": "draft.html", "docx": "draft.docx"}


def checked(material: Material, bulletin: Bulletin, format_name: str = "text") -> Verification:
    rendered = FORMATS[format_name](bulletin, Look())
    data = rendered if isinstance(rendered, bytes) else rendered.encode()
    return cases.verified(SUFFIXES[format_name], data, material)


def of(draft: str, material: Material | None = None, name: str = "draft.txt") -> Verification:
    given = material or mixed()
    return cases.verified(name, draft.encode(), given)


def codes(draft: str) -> list[str]:
    return [finding.rule.code for finding in of(f"{cases.TITLE}\n\n　　{draft}\n").findings]


def messages(draft: str) -> list[str]:
    return [finding.message for finding in of(f"{cases.TITLE}\n\n　　{draft}\n").findings]


@pytest.mark.parametrize("format_name", SUFFIXES)
@pytest.mark.parametrize(("kind", "unit", "area"), cases.DOCUMENTS)
def test_a_clean_bulletin_agrees_whole(format_name: str, kind: Kind, unit: str, area: int | None) -> None:
    bulletin = mixed().write(Request(kind=kind, unit=unit, area=area, dated="2031-10-12"))
    report = checked(mixed(), bulletin, format_name)
    assert [finding.message for finding in report.findings] == []
    assert report.count(Verdict.AGREES) == len(report.checks) == len(bulletin.figures)


SITUATIONS = sorted(cases.SITUATIONS.keys() - {"official"})


@pytest.mark.untraced
@few("name", SITUATIONS, SITUATIONS[::3])
def test_a_clean_bulletin_agrees_in_every_situation(name: str) -> None:
    material = cases.SITUATIONS[name]()
    for kind, unit, area in cases.documents(material):
        report = checked(material, material.write(Request(kind=kind, unit=unit, area=area)))
        assert [finding.message for finding in report.findings] == []


@pytest.mark.parametrize(("last", "kind"), [(6, "half-year"), (12, "annual")])
def test_clean_half_year_and_annual_bulletins_agree(last: int, kind: Kind) -> None:
    material = cases.material(last, cases.lagging("C1", "B2"))
    assert checked(material, material.write(Request(kind=kind)), "markdown").findings == ()


def swapped(value: object, old: Cited, new: Cited) -> object:
    """A document with one figure put in another's place."""
    if value is old:
        return new
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(swapped(one, old, new) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, (Cited, type)):
        fields = {one.name: swapped(getattr(value, one.name), old, new) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value


@cache
def clean(kind: Kind, unit: str, area: int | None) -> Bulletin:
    return mixed().write(Request(kind=kind, unit=unit, area=area))


@given(st.data())
def test_any_figure_changed_is_found(data: st.DataObject) -> None:
    kind, unit, area = data.draw(st.sampled_from(cases.DOCUMENTS))
    bulletin = clean(kind, unit, area)
    cited = data.draw(st.sampled_from(bulletin.figures))
    digits = [at for at, letter in enumerate(cited.text) if letter.isdigit()]
    at = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from([one for one in "123456789" if one != cited.text[at]]))
    wrong = dataclasses.replace(cited, text=cited.text[:at] + digit + cited.text[at + 1 :])
    edited = swapped(bulletin, cited, wrong)
    assert isinstance(edited, Bulletin)
    report = checked(mixed(), edited, data.draw(st.sampled_from(["text", "markdown"])))
    is_earlier = cited.ref.field == "month" and int(wrong.text) < 9  # of that one all that follows may be true
    assert is_earlier or any(each.severity is Severity.ERROR for each in report.findings), (cited.ref, wrong.text)


def test_a_month_named_before_excuses_no_wrong_month() -> None:
    draft = f"{cases.TITLE}\n\n　　西河县：自8月起未报9项（救助服务资金等），8月数据应于10月10日前报送。\n"
    assert [finding.value for finding in of(draft).findings] == ["8"]


# What people write themselves. 新增护理型床位: 274 of 800 at the end of September, 34.3 %, 40.8 points behind.


@through(
    "sentence",
    [
        "截至9月底，全市新增护理型床位274张，完成年度目标的34.3%。",
        "新增护理型床位完成率34.3%，序时进度75.0%。",
        "新增护理型床位完成全年任务的34%，年度目标800张。",
        "全市护理型床位新增274张。",
        "新增护理型床位超过270张，近280张，约275张，270余张。",
        "新增护理型床位２７４张。",
        "东山县新增护理型床位75张，占全市的27.4%。",
        "东山新增护理型床位 75 张，完成年度目标的 37.5%。",
        "救助服务资金累计9916万元，即0.99亿元，目标1.4亿元。",
        "服务困难群众人次2.27万人次，完成22,666人次。",
        "助餐服务城乡社区覆盖率达65.0%，距70%以上的目标差5.0个百分点。",
        "东山县综合完成率为70.8%，并列全市第1位。",
        "东山县年度完成率达70.8%。",
        "重大安全事故数保持达标。",
        "截至9月底，已完成1项，未报0项。",
        "9月份应报单位5家，未报1家（西河县）。",
        "8月底新增护理型床位累计256张，9月底274张。",
        "新增护理型床位：274张",
    ],
)
def test_sentences_people_write_agree(sentence: str) -> None:
    assert messages(sentence) == []


@through(
    ("sentence", "fault"),
    [
        ("新增护理型床位284张。", "“284张”与数据不符：“新增护理型床位”应为274张"),
        (
            "新增护理型床位完成年度目标的43.3%。",
            "“完成年度目标的43.3%”与数据不符：“新增护理型床位”应为34.3%",
        ),
        ("东山县新增护理型床位57张。", "“57张”与数据不符：东山县“新增护理型床位”应为75张"),
        ("全市护理型床位新增724张。", "“新增724张”与数据不符：“新增护理型床位”应为274张"),
        (
            "新增护理型床位快于序时进度40.8个百分点。",
            "“快于序时进度40.8个百分点”没有数据可依：“新增护理型床位”没有这一数据（未报、待报齐、未到期或不适用）",
        ),
        ("新增护理型床位256张。", "“256张”是2031年8月的数字：“新增护理型床位”现为274张"),
        ("东山县综合完成率70.8%，列全市第1位。", "位次有并列，应写“并列”"),
        ("南江市并列全市第3位。", "位次没有并列，不能写“并列”"),
        ("9月份应报单位5家，未报2家（西河县和南江市）。", "“未报2家”与数据不符：全市应为1"),
        ("新增护理型床位提前完成年度任务。", "新增护理型床位按数据是“待报齐”，不能说“提前完成年度任务”"),
        ("新增护理型床位到期未完成。", "新增护理型床位按数据是“待报齐”，不能说“到期未完成”"),
        ("重大安全事故数已完成。", "重大安全事故数按数据是“保持达标”，不能说“已完成”"),
        ("乡镇街道社工站数已全部达标。", "乡镇街道社工站数按数据是“未到期”，不能说“全部达标”"),
        ("重大安全事故数已超上限。", "重大安全事故数按数据是“保持达标”，不能说“已超上限”"),
        ("新增护理型床位保持达标。", "新增护理型床位按数据是“待报齐”，不能说“保持达标”"),
        ("新增护理型床位超过280张。", "“超过280张”与数据不符：“新增护理型床位”应为274张"),
        ("截至8月底，新增护理型床位274张。", "“截至8月底”与报告期不符：报告期是2031年9月"),
        ("助餐服务城乡社区覆盖率达70.0%。", "“达70.0%”与数据不符：“助餐服务城乡社区覆盖率”应为65.0%"),
    ],
)
def test_sentences_with_a_slip_are_named(sentence: str, fault: str) -> None:
    assert fault in messages(sentence)


@pytest.mark.untraced
def test_an_unmet_figure_may_not_be_rounded_up_to_its_target() -> None:
    plan = cases.plan(only=("C1",))
    material = cases.material(12, cases.lagging("C1", pace=Fraction(9996, 10000)), plan)
    draft = "标题\n\n" + "".join(f"新增护理型床位完成年度目标的{said}%。" for said in ("99.9", "99.5", "100"))
    verdicts = [one.verdict for one in of(draft, material).checks]
    assert verdicts == [Verdict.DIFFERS, Verdict.AGREES, Verdict.DIFFERS]


@pytest.mark.parametrize(
    "sentence",
    [
        "联系电话82469999，会议在302室。",
        "新增护理型床位同比增长12.5%。",
        "新增床位12345间。",
    ],
)
def test_what_cannot_be_bound_is_a_warning(sentence: str) -> None:
    report = of(f"{cases.TITLE}\n\n{sentence}")
    assert {finding.rule.code for finding in report.findings} == {"MZ903"}
    assert all(finding.severity is Severity.WARNING for finding in report.findings)


def test_dates_ordinals_and_annexes_are_no_figures() -> None:
    assert of("标题\n\n2031年10月12日\n\n附件2\n\n1.见附件3。").checks == ()


def test_a_name_within_a_name_is_no_number() -> None:
    assert [one.bound.text for one in of("标题\n\n4A级以上养老机构数为186家。").checks] == ["186"]


# Published slips.


def test_shares_that_add_up_to_107_per_cent() -> None:
    """Xiangtan, October 2019: 3 of 15 is 20 %, not 27 %."""
    found = messages("15项重点任务中，9项提前完成，占60%；3项进展较快，占27%；3项进展偏慢，占20%。")
    assert "各项占比合计107%，不是100%" in found
    assert "3项占15项的20%，不是27%" in found


def test_shares_of_another_denominator_than_the_count() -> None:
    """Dandong, third quarter of 2016: 132 items in the text, shares reckoned on 125."""
    found = messages("共132项任务，其中19项占15.2%，98项占78.4%，2项占1.6%，3项占2.4%，3项占2.4%。")
    assert "分项19+98+2+3+3合计125，与总数132不符" in found


def test_classes_that_leave_one_out() -> None:
    """Lianyungang, third quarter of 2025: 24, 9 and 11 of 45 leave one item unsaid."""
    assert "MZ904" in codes("45项实事中，24项占54.5%，9项占20.5%，11项占25.0%。")


def test_shares_rounded_so_that_they_miss_100_by_rounding_alone() -> None:
    """Xiangtan: 7, 5 and 5 of 17 as 42, 29 and 29 add up, but 7 of 17 is 41."""
    assert "7项占17项的41%，不是42%" not in messages("17项中，7项占42%，5项占29%，5项占29%。")
    assert "7项占17项的41%，不是43%" in messages("17项中，7项占43%，5项占29%，5项占29%。")


# Lists.


def test_a_list_must_hold_what_is_counted() -> None:
    found = messages("9月份未报1家（东山县）。")
    assert found == ["东山县不在其中：按数据，“未报1家”的是西河县"]


def test_a_list_must_be_as_long_as_its_count() -> None:
    """Of the four, 西河县 and 南江市 have not reported their beds: they are no part of those that are late."""
    for late in ("进度滞后", "未达到进度要求"):
        said = f"新增护理型床位有2家{late}"
        assert messages(f"{said}（东山县和高新区）。") == []
        assert messages(f"{said}（东山县）。") == ["说是2，列出的是1个"]
        assert messages(f"{said}（东山县等）。") == []
        assert messages(f"{said}（东山县和西河县）。") == [f"西河县不在其中：按数据，“有2家{late}”的是东山县和高新区"]


def test_a_list_after_a_colon_counts_too() -> None:
    assert messages("9月份未报1家：西河县。") == []
    assert messages("9月份未报1家：西河县、南江市。") == [
        "说是1，列出的是2个",
        "南江市不在其中：按数据，“未报1家”的是西河县",
    ]


# Tables.

_TABLE = (
    f"# {cases.TITLE}"
    """

| 指标 | 目标 | 完成值 | 完成率（%） | 状态 |
|---|---|---|---|---|
| 新增护理型床位 | 800 | {actual} | 34.3 | 待报齐 |

| 填报单位 | 位次 | 应报 | 已报 |
|---|---|---|---|
| 东山县 | 1 | 9 | {filed} |
"""
)


def test_tables_are_bound_by_their_headings() -> None:
    assert of(_TABLE.format(actual=274, filed=9), name="draft.md").findings == ()
    report = of(_TABLE.format(actual=275, filed=8), name="draft.md")
    assert [(str(one.location), one.fix) for one in report.findings] == [
        ("draft.md:5:19", "274"),
        ("draft.md:9:17", "9"),
    ]


@pytest.mark.parametrize("cell", ["274", "274张", "274 张"])
@pytest.mark.parametrize("heading", ["完成值", "累计完成", "实际完成"])
def test_a_cell_may_have_the_measure_of_its_figure(heading: str, cell: str) -> None:
    table = "# {title}\n\n| 指标 | {heading} |\n|---|---|\n| 新增护理型床位 | {cell} |\n"
    right = of(table.format(title=cases.TITLE, heading=heading, cell=cell), name="draft.md")
    assert [one.message for one in right.findings] == []
    other = of(table.format(title=cases.TITLE, heading=heading, cell="274人"), name="draft.md")
    assert [one.rule.code for one in other.findings] == ["MZ906"]


def test_a_share_in_a_cell_may_have_its_sign_and_a_wrong_one_is_told_once() -> None:
    table = f"# {cases.TITLE}\n\n| 单位 | 年度完成率 | 综合完成率 |\n|---|---|---|\n"
    assert of(f"{table}| 东山县 | 70.8% | 70.8% |\n", name="draft.md").findings == ()
    for said, codes in (("80.7%", ["MZ901"]), ("70.8张", ["MZ906"]), ("70.8个百分点", ["MZ906"])):
        report = of(f"{table}| 东山县 | {said} | 70.8 |\n", name="draft.md")
        assert [one.rule.code for one in report.findings] == codes


# Places, formats, sources.


def test_places_are_those_of_the_file() -> None:
    draft = f"{cases.TITLE}\n\n　　新增护理型床位为\n284张。\n"
    (finding,) = of(draft).findings
    assert (finding.location.line, finding.location.column, finding.value) == (4, 1, "284")
    (finding,) = of(f"# {cases.TITLE}\n\n\\(甲\\) **新增护理型床位**为284张。\n", name="x.md").findings
    assert (finding.location.line, finding.location.column) == (3, 19)


def test_a_draft_in_gb18030_is_read() -> None:
    data = "标题\n\n新增护理型床位284张。".encode("gb18030")
    assert [one.verdict for one in cases.verified("x.txt", data, mixed()).checks] == [Verdict.DIFFERS]


def test_a_changed_source_is_a_warning() -> None:
    bulletin = clean("brief", "", EVERY)
    then = Trace("计划", "ffff", "eeee", "strict", "mzplan 0")
    text = FORMATS["text"](dataclasses.replace(bulletin, trace=then), Look())
    assert isinstance(text, str)
    found = of(text).findings
    assert {finding.rule.code for finding in found} == {"MZ907"}
    assert [finding.value for finding in found] == ["计划", "ffff", "eeee"]


@pytest.mark.untraced
def test_the_period_a_stale_draft_speaks_for_is_said() -> None:
    august = cases.material(8, cases.mixed, cases.plan(breakdown="official")).write(Request())
    assert str(checked(mixed(), august).written_for) == "2031-08"
    assert checked(mixed(), clean("bulletin", "", EVERY)).written_for is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.docx", b"PK\x03\x04 nothing"),
        ("x.docx", b"no archive at all"),
        ("x.txt", b"\xff\xfe\x00\x00"),
        ("x.txt", b"0" * ((16 << 20) + 1)),
        ("x.txt", b"\n" * 20_001),
    ],
)
def test_what_is_no_draft_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(InputError):
        cases.verified(name, data, mixed())


@given(
    st.text(
        alphabet="新增护理型床位东山县全市完成年度目标的占第位项家张%（）、，。；：—0123456789.|#*│ \n", max_size=120
    )
)
def test_no_text_makes_it_stumble(text: str) -> None:
    for name in ("x.txt", "x.md"):
        of(text, name=name)


# Real plans: the shipped one with its data, and a city that could hardly be more different.

ROOT = Path(__file__).parent.parent


@cache
def shipped(period: str) -> Material:
    plan = load_plan(ROOT / "plan" / "2023.yaml")
    sources = data_sources([ROOT / "data"], ROOT)
    result = run_checks(plan, sources, today=date(2023, 12, 31))
    return gather(plan, result.ledger, Period.parse(period))


@pytest.mark.untraced
@few("period", ["2023-01", "2023-09"], ["2023-09"])
@few("third", range(3), [0])
def test_the_shipped_data_make_documents_that_agree_whole(period: str, third: int) -> None:
    """Those of the whole city, and of units and areas every third."""
    material = shipped(period)
    units: list[tuple[Kind, str, int | None]] = [
        ("unit", one.id, EVERY) for one in material.facts.plan.reporting_units if one.is_ranked
    ]
    areas: list[tuple[Kind, str, int | None]] = [("area", "", area.number) for area in material.facts.plan.action_areas]
    for kind, unit, area in [*cases.WHOLE, *units[third::3], *areas[third::3], ("area", "", None)]:
        bulletin = material.write(Request(kind=next(one for one in KINDS if one == kind), unit=unit, area=area))
        report = checked(material, bulletin)
        assert [finding.message for finding in report.findings] == []
        assert len(report.checks) == len(bulletin.figures)


@pytest.mark.untraced
def test_every_milestone_of_an_area_is_told_of_in_january() -> None:
    """省级第五批实验区申报 does not apply yet: 14 of 15 were told of."""
    text = FORMATS["text"](shipped("2023-01").write(Request()), Look())
    assert isinstance(text, str)
    told = "重点事项15项，其中尚在期限内14项，本期不适用1项（省级第五批实验区申报）。"
    assert told in text
    wrong = cases.verified("d.txt", text.replace("本期不适用1项", "本期不适用2项").encode(), shipped("2023-01"))
    assert [one.rule.code for one in wrong.findings] == ["MZ901"]


def test_a_page_is_read_as_it_is_seen_each_character_in_its_place() -> None:
    page = (
        "<html><head><title>不看</title><style>p { }</style>\n<body><h1>通 报</h1>\n<!-- 不看 -->"
        "<h2>一、总体</h2><p>累计<b>2</b>0&lt;5\n&#24352;。<script>x</script><table><caption>附件1</caption>"
        "<tr><th>指标<th>数</tr>\n<tr><td>甲</td><td></td></tr></table>"
    )
    blocks = read_draft("x.htm", page.encode())
    assert [(block.kind, block.text, block.level) for block in blocks] == [
        ("heading", "通 报", 0),
        ("heading", "一、总体", 1),
        ("paragraph", "累计20<5张。", 0),
        ("heading", "附件1", 1),
        ("row", "指标\t数", 1),
        ("row", "甲\t", 0),
    ]
    paragraph, head, row = blocks[2], blocks[4], blocks[5]
    lines = page.split("\n")
    assert [lines[line - 1][column - 1] for line, column in paragraph.places] == list("累计20&5&。")
    assert [head.text[start:end] for start, end in head.cells] == ["指标", "数"]
    assert [row.text[start:end] for start, end in row.cells] == ["甲", ""]
    assert len(row.places) == len(row.text)


@pytest.mark.parametrize("page", ["<html><p>一<b", "<html><p>一<!-- 二</p>"])
def test_a_page_that_is_cut_off_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="没有写完"):
        read_draft("x", page.encode())


@pytest.mark.parametrize(
    ("spelled", "digits"),
    [
        ("累计二十八个", "累计28个"),
        ("达到百分之八十一", "达到81%"),
        ("为百分之五点四", "为5.4%"),
        ("列第三位", "列第3位"),
        ("一千零五人", "1005人"),
        ("十二项", "12项"),
        ("任何一个月", "任何一个月"),
        ("未报一家（甲县）", "未报1家（甲县）"),
        ("滞后的仅有一项", "滞后的仅有1项"),
        ("没有一家未报", "没有一家未报"),
        ("完成一家一策", "完成一家一策"),
        ("二是部分指标", "二是部分指标"),
        ("超过百分之百的按百分之百", "超过百分之百的按百分之百"),
    ],
)
def test_numbers_that_are_spelled_out_are_read_as_digits(spelled: str, digits: str) -> None:
    text, places = in_digits(spelled, list(range(len(spelled))), ())
    assert text == digits
    assert len(places) == len(text)
    assert places == sorted(places)


def test_a_numeral_within_a_name_is_left_alone() -> None:
    name = Mention("indicator", ("T01-01",), 0, 4)
    assert in_digits("三十个村为三十个", list(range(8)), (name,))[0] == "三十个村为30个"
