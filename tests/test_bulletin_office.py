"""What an office puts around a document it issues, and what is wrong with the file that says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

import bulletin_cases as cases
from conftest import few, of
from mzplan.bulletin import LAST_MONTH, Kind, Material, Request, gather
from mzplan.bulletin.office import NOBODY, Office, read_office
from mzplan.check.run import run_checks
from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.plan.indicator import Figure, Indicator
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.render.document import Block, Document, Heading, Listing, Paragraph, attached, plain
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS
from mzplan.render.summary.build import document
from mzplan.render.summary.json import as_document
from mzplan.submissions.ledger import Entry, Ledger
from mzplan.submissions.sources import data_sources

ROOT = Path(__file__).resolve().parent.parent
FILE = """发文机关: 云川市民政局
文号: 云民〔2031〕12号
签发人: 张三
主送: [各县（市、区）民政局, 高新区社会事务局]
抄送: 省民政厅，市政府办公室
印发: 云川市民政局办公室
印发日期: 2031-10-12
联系人: 李四
联系电话: "0570-1234567"
单位名称:
  高新区: 高新区社会事务局
"""


def printed(kind: Kind = "bulletin", unit: str = "", name: str = "text") -> str:
    office = read_office(FILE.encode(), "office.yaml", cases.plan())
    request = Request(kind=kind, unit=unit, dated="2031-10-12", office=office)
    text = FORMATS[name](cases.material(9, cases.mixed).write(request), Look())
    assert isinstance(text, str)
    return text


def test_a_bulletin_is_a_whole_document() -> None:
    """As GB/T 9704 has it: number, title, addressees, text, annexes by name, signature, date, contact, imprint."""
    text = printed()
    parts = [
        "云民〔2031〕12号　　签发人：张三\n\n云川市民政局关于2031年1—9月全市民政重点工作指标进展情况的通报\n\n",
        "\n各县（市、区）民政局，高新区社会事务局：\n　　截至9月底",
        "\n\n　　附件：1.各领域进展情况\n　　　　　2.各填报单位进展情况\n　　　　　3.各项指标进展情况\n\n",
        "云川市民政局\n　　　　　　　　　　　　　　　　2031年10月12日\n　　（联系人：李四，电话：0570-1234567）\n",
        "\n附件1\n各领域进展情况\n",
        "\n抄送：省民政厅，市政府办公室。\n云川市民政局办公室　　2031年10月12日印发\n",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(("unit", "addressee"), [("dong", "东山县民政局"), ("gaoxin", "高新区社会事务局")])
def test_a_letter_is_to_the_office_of_the_unit(unit: str, addressee: str) -> None:
    text = printed("unit", unit)
    assert f"\n{addressee}：\n　　截至9月底，你单位" in text
    assert "\n　　特此函告。\n" in text
    assert "进展情况的函\n" in text


def test_what_nobody_issues_carries_nothing_of_it() -> None:
    for kind in ("brief", "reminder"):
        assert "云民〔2031〕12号" not in printed(kind)
        assert "抄送" not in printed(kind)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_other_formats_say_the_same(name: str) -> None:
    text = printed(name=name).replace("\\", "")
    for words in (
        "云民〔2031〕12号",
        "高新区社会事务局：",
        "附件：1.各领域进展情况",
        "电话：0570-1234567",
        "抄送：省民政厅",
    ):
        assert words in text


def test_json_has_it_part_by_part() -> None:
    office = replace(read_office(FILE.encode(), "office.yaml", cases.plan()), copies="")
    document = as_document(cases.material(9, cases.even()).write(Request(office=office)))
    assert document["office"] == {
        "number": "云民〔2031〕12号",
        "signer": "张三",
        "copies": "",
        "printer": "云川市民政局办公室",
        "printed": "2031年10月12日",
        "contact": "李四",
        "phone": "0570-1234567",
    }
    assert document["attachments"] == ["各领域进展情况", "各填报单位进展情况", "各项指标进展情况"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("发文机构: 某局\n", "office.yaml:1：没有“发文机构”这一项。是否要写“发文机关”？可写的有：“发文机关”、“文号”"),
        ("发文机关: 某局\n文号:\n", "office.yaml:2：“文号”要写一段文字"),
        ("文号: 12\n", 'office.yaml:1：“文号”要写一段文字，数字和日期要加引号：文号: "12"'),
        ("发文机关: 某局\n文号: 12\n主送: []\n", "office.yaml:3：“主送”要写一段文字"),
        ("单位名称: 某局\n", "office.yaml:1：“单位名称”要写成"),
        ("- 发文机关\n", "office.yaml:1："),
        ("发文机关: 某局\n印发日期: 2031-13-40\n", "office.yaml:2：“印发日期”不能是“2031-13-40”"),
        ("印发日期: 2031年10月12日\n", "office.yaml:1：“印发日期”不能是"),
        ("印发日期: 2031-10-11\n", "office.yaml:1：“印发日期”2031-10-11早于成文日期 2031-10-12"),
        ("单位名称:\n  东山县: 某局\n  东川县: 某局\n", "office.yaml:3：没有填报单位 东川县。是否要写 东山县？"),
        ("单位名称:\n  东山县: 某局\n  dong: 某局\n", "office.yaml:3：东山县写了两次"),
        ("发文机关: [\n", "office.yaml:"),
        ("", "office.yaml:"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(InputError) as found:
        read_office(text.encode(), "office.yaml", cases.plan(), "2031-10-12")
    assert fault in str(found.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputError, match="有 2 处错误"):
        read_office("文号: 12\n没有: 这个\n".encode(), "office.yaml", cases.plan())


def test_nothing_in_the_file_is_needed() -> None:
    assert read_office("发文机关: 某局\n".encode(), "office.yaml", cases.plan()) == replace(NOBODY, issuer="某局")


@pytest.mark.parametrize("spelling", ["东山县", "东山", "dong"])
def test_a_unit_is_named_in_any_spelling(spelling: str) -> None:
    office = read_office(f"单位名称: {{{spelling}: 某局}}\n".encode(), "office.yaml", cases.plan())
    assert office.names == {"东山县": "某局"}


def test_a_document_is_printed_on_its_own_day_or_later() -> None:
    for day in ("2031-10-12", "2032-01-01"):
        text = f"印发日期: {day}\n".encode()
        assert read_office(text, "office.yaml", cases.plan(), "2031-10-12").printed == day


@cache
def shipped() -> tuple[Plan, Ledger]:
    plan = load_plan(ROOT / "plan" / "2023.yaml")
    return plan, run_checks(plan, data_sources([ROOT / "data"], ROOT), today=date(2023, 10, 15)).ledger


SIGNED = Office(number="金民〔2023〕45号", recipients="各县（市、区）民政局", contact="李某", phone="0579-12345678")


def lines(text: str, indent: int = 4, room: int = 56) -> int:
    """How many of 28 characters, of which a Western figure takes half of one."""
    return -(-(Look(ambiguous=2).cells(text) + indent) // room)


def lines_before_the_annexes(made: Document) -> Iterator[int]:
    """The title, of 22 pt, stands in lines of 32 pt with 29 pt below, where a line of text is 579 twentieths of one."""
    yield bool(made.reference) - (-20 * (32 * lines(plain(made.title), 0, 40) + 29) // 579)

    def is_signed(block: Block) -> bool:
        return not (isinstance(block, Heading) and block.opens_page)

    for block in takewhile(is_signed, made.blocks):
        match block:
            case Heading():
                yield lines(plain(block.text))
            case Paragraph():
                yield lines(block.label + plain(block.text), 0 if block.is_salutation else 4)
            case Listing(kind="attachments"):
                yield 1 + sum(map(lines, attached(block)))
            case Listing(kind="signature"):
                yield 1 + len(block.items)
            case _:
                pytest.fail(f"{block} is signed")


def documents(month: int) -> Iterator[Request]:
    kinds: list[Kind] = ["bulletin", "brief", *(kind for kind, last in LAST_MONTH.items() if last == month)]
    plan, _ = shipped()
    yield from (Request(kind=kind) for kind in kinds)
    yield from (Request(kind="unit", unit=one.id) for one in plan.reporting_units if one.kind != "bureau")
    yield from (Request(kind="area", area=number) for number in (*(area.number for area in plan.action_areas), None))


@pytest.mark.untraced
@few("month", range(1, 10), [1, 6, 9])
def test_what_is_signed_stands_on_two_pages(month: int) -> None:
    assert_two_pages(gather(*shipped(), Period(2023, month)), month)


@pytest.mark.parametrize("thirds", [0, 1, 2])
def test_what_is_signed_in_december_stands_on_two_pages(thirds: int) -> None:
    """One county silent, and of what was open in September nothing, a third, or two thirds done by the year's end."""
    plan, sent = shipped()
    ledger = Ledger(plan)
    for at, indicator in enumerate(plan.indicators.values()):
        for unit in indicator.reporting:
            for month in range(1, 13):
                entry = sent.entry(sent.cell(indicator.id, unit, min(month, 9)))
                if entry is None or (unit, month) == ("panan", 12):
                    continue
                is_done = month > 9 and at % 3 < thirds
                ledger.write(
                    ledger.cell(indicator.id, unit, month), done(indicator, entry) if is_done else entry.figure
                )
    assert_two_pages(gather(plan, ledger, Period(2023, 12)), 12)


def done(indicator: Indicator, entry: Entry) -> Figure:
    """What is twice as much, the whole of a ratio, and the last stage."""
    if indicator.stages:
        return Figure(len(indicator.stages) - 1)
    whole = entry.figure.denominator
    return Figure(2 * (entry.figure.value or 0)) if whole is None else Figure(whole, whole)


def assert_two_pages(material: Material, month: int) -> None:
    for asked in documents(month):
        day = f"2023-{month + 1:02d}-15" if month < 12 else "2024-01-15"
        made = document(material.write(replace(asked, office=SIGNED, dated=day)))
        with of(asked):
            assert sum(lines_before_the_annexes(made)) <= 2 * 22
