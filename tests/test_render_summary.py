"""The bulletin in every format: whole outputs, safe whatever the plan's texts hold, the same bytes each time."""

import io
import json
import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import get_args

import docx as library
import jsonschema
import pytest

import bulletin_cases as cases
from conftest import Golden
from mzplan.bulletin import KINDS, Bulletin, Request
from mzplan.bulletin.model import EVERY, Align, Kind
from mzplan.bulletin.office import Office
from mzplan.bulletin.verify import VERIFY_RULES
from mzplan.diagnostics import InputError
from mzplan.render.formats import BINARY
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS, sandbox
from mzplan.render.summary import template as templating
from mzplan.render.summary.json import SCHEMA_VERSION, as_document
from mzplan.render.summary.template import render_template
from mzplan.render.summary.verification import FORMATS as VERIFICATION_FORMATS

EXAMPLE = Path(__file__).parent.parent / "src" / "mzplan" / "templates" / "bulletin.md.j2"


@cache
def bulletin() -> Bulletin:
    plan = cases.plan(only=("B1", "C1", "C4", "C5"))
    return cases.material(6, cases.lagging("C1"), plan).write(Request(dated="2031-07-12"))


def text_of(name: str, document: Bulletin) -> str:
    rendered = FORMATS[name](document, Look())
    assert isinstance(rendered, str)
    return rendered


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in BINARY])
def test_whole_documents(name: str, golden: Golden) -> None:
    golden(f"summary.format.{name}", text_of(name, bulletin()))


@cache
def schema() -> jsonschema.Draft202012Validator:
    text = files("mzplan").joinpath("schemas/summary.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    return jsonschema.Draft202012Validator(json.loads(text))


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_json_of_every_kind_keeps_to_its_schema(kind: Kind, draft: bool) -> None:
    last = 12 if kind == "annual" else 6
    area = 1 if kind == "area" else EVERY
    unit = "dong" if kind == "unit" else ""
    material = cases.material(last, cases.silent("xi"))
    document = material.write(Request(kind=kind, unit=unit, area=area, draft=draft, dated="2031-12-31"))
    found = json.loads(text_of("json", document), parse_float=pytest.fail)
    schema().validate(found)
    assert found["kind"] == kind


def test_the_schema_knows_every_kind_and_alignment_and_nothing_else() -> None:
    whole = schema().schema
    assert isinstance(whole, dict)
    assert whole["properties"]["kind"]["enum"] == list(get_args(Kind))
    table = whole["$defs"]["table"]["properties"]
    assert table["columns"]["items"]["properties"]["align"]["enum"] == list(get_args(Align))
    assert whole["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    document = json.loads(text_of("json", bulletin()))
    assert set(whole["required"]) == set(whole["properties"]) == set(document)
    assert set(whole["$defs"]["figure"]["required"]) == set(document["annexes"][0]["rows"][1][1]["figures"][0])
    assert not schema().is_valid({**document, "kind": "poem"})
    assert not schema().is_valid({**document, "extra": 1})


def package(document: Bulletin) -> bytes:
    rendered = FORMATS["docx"](document, Look())
    assert isinstance(rendered, bytes)
    return rendered


def test_docx_has_the_page_of_official_documents() -> None:
    document = library.Document(io.BytesIO(package(bulletin())))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 28]
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles[0] == "Title"
    assert [styles.count(name) for name in ("Heading 1", "Heading 2")] == [8, 0]  # 3 sections, 3 annexes, 2 areas
    assert document.settings.odd_and_even_pages_header_footer is True


def test_docx_tables_repeat_their_heads_and_tear_no_row() -> None:
    with zipfile.ZipFile(io.BytesIO(package(bulletin()))) as archive:
        body = archive.read("word/document.xml").decode()
        fonts = archive.read("word/fontTable.xml").decode()
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert body.count("<w:tblHeader/>") == 3
    assert body.count("<w:cantSplit/>") == body.count("<w:tr>")
    assert 'w:fldSimple w:instr="PAGE"' not in body  # the page number stands in the footers
    assert re.search(r'w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>', fonts)


def test_docx_puts_annexes_across_and_the_imprint_below_the_notes() -> None:
    office = Office(copies="省民政厅", printer="云川市民政局办公室", printed="2031-07-12", number="云民〔2031〕12号")
    made = cases.material(6, cases.lagging("C1")).write(Request(office=office, dated="2031-07-12"))
    document = library.Document(io.BytesIO(package(made)))
    across = [(section.page_width or 0) > (section.page_height or 0) for section in document.sections]
    assert across == [False, True, False]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "云民〔2031〕12号"
    assert texts[-1].startswith("计划：")
    within = next(place for place, text in enumerate(texts) if text == "说明：")
    sections = [place for place, one in enumerate(document.paragraphs) if one._p.xpath("./w:pPr/w:sectPr")]
    assert sections[-1] < within  # the last page opens with them
    for footer in (document.sections[-1].footer, document.sections[-1].even_page_footer):
        lines = [paragraph.text for paragraph in footer.paragraphs]
        assert lines[:2] == ["抄送：省民政厅。", "云川市民政局办公室\t2031年7月12日印发"]
        assert re.match("— .*—", lines[2])
    assert "抄送" not in "".join(paragraph.text for paragraph in document.sections[0].footer.paragraphs)
    plain = library.Document(io.BytesIO(package(bulletin())))
    assert [(section.page_width or 0) > (section.page_height or 0) for section in plain.sections] == [False, True]


def test_docx_leaves_no_line_alone_on_a_page() -> None:
    made = cases.material(6, cases.lagging("C1")).write(Request(office=Office(copies="省民政厅"), dated="2031-07-12"))
    document = library.Document(io.BytesIO(package(made)))
    assert all(paragraph.text for paragraph in document.paragraphs)
    *blocks, _ = document.element.body
    ends = [
        above.getprevious()
        for above, below in pairwise(blocks)
        if above.xpath("./w:pPr/w:sectPr") or below.xpath("self::w:p/w:pPr/w:pageBreakBefore")
    ]
    assert len(ends) == 4  # before each of the three annexes, and before the notes
    assert all(one.xpath("./w:pPr/w:keepNext | ./w:tr[last()]//w:keepNext") for one in ends)


@pytest.mark.parametrize("kind", ["bulletin", "brief"])
def test_docx_keeps_the_signature_with_text_above_and_the_contact_below_it(kind: Kind) -> None:
    made = cases.material(6, cases.lagging("C1")).write(Request(kind=kind, dated="2031-07-12"))
    document = library.Document(io.BytesIO(package(made)))
    paragraphs = document.paragraphs
    signed = next(place for place, one in enumerate(paragraphs) if one.text == "云川市民政局")
    attached = sum("进展情况" in one.text for one in paragraphs[signed - len(made.annexes) : signed])
    assert attached == len(made.annexes)
    above = paragraphs[signed - attached - 1 : signed]
    assert above[0].text.endswith("。")
    assert all(one.paragraph_format.keep_with_next for one in above)
    apart = [one.text[:3] for one in paragraphs if one.paragraph_format.space_before]
    assert apart == (["附件：", "云川市"] if made.annexes else ["云川市"])
    assert document.styles["Signature"].paragraph_format.keep_with_next


def test_html_prints_the_annexes_across_and_the_rest_upright() -> None:
    page = text_of("html", bulletin())
    assert "@page annex { size: A4 landscape;" in page
    assert re.search(r"\.page, \.page ~ \* \{ page: annex; \}", page)
    assert page.index('<h2 class="page">附件1</h2>') > page.index("下步重点")


@pytest.mark.untraced
def test_docx_has_room_for_what_stands_in_every_column() -> None:
    """Few cells take three lines of 10.5 pt, 3.7 mm a character, and no row is made tall by a narrow column."""
    letters: tuple[tuple[Kind, str], ...] = (("bulletin", ""), ("unit", "xi"))
    for kind, unit in letters:
        made = cases.material(9, cases.mixed, cases.plan(breakdown="reference")).write(Request(kind=kind, unit=unit))
        document = library.Document(io.BytesIO(package(made)))
        for table in document.tables:
            rows = table.rows[1:]
            tall = sum(
                max(Look().cells(cell.text) * 1.85 / (cell.width.mm - 1.5) for cell in row.cells) > 2 for row in rows
            )
            assert tall * 4 <= len(rows), [cell.text for cell in table.rows[0].cells]


@pytest.mark.untraced
def test_docx_is_chinese_and_keeps_nothing_of_the_template_it_was_made_from() -> None:
    made = bulletin()
    with zipfile.ZipFile(io.BytesIO(package(made))) as archive:
        names = archive.namelist()
        styles = archive.read("word/styles.xml").decode()
        document = archive.read("word/document.xml").decode()
        everything = "".join(archive.read(name).decode() for name in names)
    assert not [name for name in names if re.search("thumbnail|customXml|stylesWithEffects|numbering", name)]
    assert not re.search('python-docx|Macintosh|en-US" w:eastAsia="en-US|ja-JP|w:rsid', everything)
    assert re.findall('<w:lang [^>]*w:eastAsia="([^"]*)"', styles) == ["zh-CN"]
    known = set(re.findall('w:styleId="([^"]*)"', styles))
    used = set(re.findall('<w:(?:pStyle|tblStyle) w:val="([^"]*)"', document))
    assert used <= known
    assert len(known) <= 20
    properties = library.Document(io.BytesIO(package(made))).core_properties
    assert (properties.title, properties.author, properties.language) == (str(made.title), "云川市民政局", "zh-CN")


@pytest.mark.parametrize("day", ["", "2031-07-10"])
def test_docx_says_that_it_was_made_on_the_day_that_it_is_signed_on_or_nothing(day: str) -> None:
    made = replace(bulletin(), day=day)
    with zipfile.ZipFile(io.BytesIO(package(made))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}", core) == [day] * 2 * bool(day)


@pytest.mark.untraced
def test_docx_breaks_a_long_title_after_the_part_of_the_year() -> None:
    title = library.Document(io.BytesIO(package(bulletin()))).paragraphs[0].text
    assert title == "云川市民政局关于2031年1—6月\n全市民政重点工作指标进展情况的通报"
    draft = cases.material(6, cases.lagging("C1")).write(Request(draft=True))
    title = library.Document(io.BytesIO(package(draft))).paragraphs[0].text
    assert title == "云川市民政局关于2031年1—6月\n全市民政重点工作指标进展情况的通报\n（草稿）"


# Templates.


def rendered(source: str, path: str = "office.txt") -> str:
    return render_template(bulletin(), path, source)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process of its own would make of a template, for one that asks for no limit of time or memory."""

    def run(given: str) -> sandbox.Printed:
        asked = json.loads(given)
        return sandbox.printed(asked["source"], asked["variables"], markup=asked["markup"])

    monkeypatch.setattr(templating, "_run", run)


def test_the_shipped_template(golden: Golden) -> None:
    golden("summary.template.md", render_template(bulletin(), EXAMPLE.name, EXAMPLE.read_text("utf-8")))


def test_a_template_sees_the_document_of_the_json_format() -> None:
    assert (
        rendered("{{ version }} {{ bulletin.title.text }}")
        == "1 云川市民政局关于2031年1—6月全市民政重点工作指标进展情况的通报"
    )
    figures = "{% for one in bulletin.title.figures %}{{ one.field }}={{ one.text }};{% endfor %}"
    assert rendered(figures) == "year=2031;month=6;"


def test_a_template_may_choose_loop_join_and_define() -> None:
    source = (
        "{% macro line(one) %}<{{ one }}>{% endmacro %}"
        "{% for one in bulletin.sections if one.level == 1 %}{{ line(one.heading) }}{{ loop.index + 1 }}{% endfor %}"
        "{{ bulletin.sections | map(attribute='mark') | join(' ') }}"
    )
    assert rendered(source).startswith("<总体情况>2<存在问题>3")
    assert rendered(source).endswith("一、 二、 三、")


def test_markup_is_escaped_where_the_layout_is_html() -> None:
    hostile = replace(bulletin(), signature="<b>&")
    assert render_template(hostile, "office.html.j2", "{{ bulletin.signature }}") == "&lt;b&gt;&amp;"
    assert render_template(hostile, "office.md.j2", "{{ bulletin.signature | md }}") == "&lt;b&gt;&amp;"
    assert render_template(hostile, "office.txt", "{{ bulletin.signature }}") == "<b>&"


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("\n{{ bulletin.nothing }}", "第 2 行：没有 nothing 这一项"),
        ("{{ unknown }}", "没有这个变量"),
        ("{% for %}", "第 1 行"),
        ("{{ bulletin.__class__ }}", "模板 office.txt"),
        ("{{ bulletin.title.text.__class__.__mro__ }}", "模板 office.txt"),
        ("{{ bulletin.title.text.upper() }}", "模板 office.txt"),
        ("{{ ''.join(['a']) }}", "模板 office.txt"),
        ("{% include 'other' %}", "不能用 include"),
        ("{% import 'other' as x %}", "不能用 import"),
        ("{% extends 'other' %}", "不能用 extends"),
        ("{{ 'a' ~ 'b' }}", "不能用 ~"),
        ("{{ 'a' * 1000000000 }}", "模板里不能对文字用 *"),
        ("{{ 9 ** 9 ** 9 }}", "模板里不能用 **"),
        ("{{ 'a' + 'b' }}", "模板里不能对文字用 +"),
        ("{{ '%99999999d' % 1 }}", "模板里不能对文字用 %"),
        ("{{ 1 / 0 }}", "第 1 行"),
        ("{{ range(1000000000) | length }}", "模板 office.txt"),
        ("{{ 'x' | center(1000000000) }}", "没有过滤器 center"),
        ("{{ namespace(a=1) }}", "模板 office.txt 第 1 行"),
        ("{# mzplan-template: 99 #}", "为第 99 版变量所写"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "运行步数超过限制"),
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_what_a_template_may_not_do(source: str, fault: str) -> None:
    with pytest.raises(InputError, match=re.escape(fault)):
        rendered(source)


@pytest.mark.parametrize(
    ("source", "line", "fault"),
    [
        ("{% set a = 99999999 %}\n" + "{% set a = a*a %}\n" * 40 + "{{ a }}", 9, "超过长度限制"),
        ("{% set a = [1] %}\n" + "{% set a = [a,a] %}\n" * 60 + "{{ a }}", 62, "只能输出文字和数字，不能整个输出列表"),
        (
            "{% set a = [1] %}\n" + "{% set a = [a,a] %}\n" * 60 + "{{ a | string | length }}",
            62,
            "只能输出文字和数字，不能整个输出列表",
        ),
        ("\n{{ " + "(" * 5000, 2, "嵌套太深"),
        ("\n{{ " + "1+" * 3000 + "1 }}", 2, "嵌套太深"),
        ("\n" + "{% for a in [1] %}" * 30 + "{% endfor %}" * 30, 2, "嵌套太深"),
        ("\n{{ range(1, 2, 0) }}", 2, "range 的步长不能是 0"),
        ("\n{{ range }}", 2, "只能输出文字和数字"),
        ("\n{{ 5 | first }}", 2, "数字不能逐项取"),
        # tags
        ("\n{% if version %}", 2, "if 没有结束，到文末也没有 endif"),
        ("\n{% if version %}\n{% for x in [1] %}\n{{ x }}\n\n", 3, "for 没有结束，到文末也没有 endfor"),
        ("\n{% if version %}\n{% for x in [1] %}\n{% endfor %}\n\n", 2, "if 没有结束"),
        ("\n{% if version %}\n{% else %}\n{% macro a() %}{% endmacro %}\n\n", 2, "if 没有结束"),
        ("\n{% if version %}\n{% endfor %}", 3, "endfor 与前面的 if 不配对，这里要先写 endif"),
        ("\n{% if version %}{% else %}\n{% else %}{% endif %}", 3, "else 与前面的 if 不配对，这里要先写 endif"),
        ("\n{% endif %}", 2, "endif 前面没有与它配对的标签"),
        ("\n{% break %}", 2, "没有标签 break"),
        ("\n{% if version %}{% trans %}{% endif %}", 2, "没有标签 trans"),
        ("\n{# x", 2, "注释或 raw 没有结束"),
        ("\n{% %}", 2, "标签里没有写标签名"),
        ("\n{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 3, "block a 写了两次"),
        ("\n{% from 'x' import y %}", 2, "模板里不能用 import"),
        # expressions
        ("\n{{ version", 2, "到文末也没有写输出的结尾"),
        ("\n{% if version", 2, "到文末也没有写标签的结尾"),
        ("\n{{ }}", 2, "这里要写一个值，写的是输出的结尾"),
        ("\n{{ 1 + }}", 2, "这里不能写输出的结尾"),
        ("\n{{ version }", 2, "这里不能写“}”"),
        ("\n{{ (1 }}", 2, "这里要写“)”，写的是“}”"),
        ("\n{% for x of version %}{% endfor %}", 2, "这里要写“in”，写的是“of”"),
        ("\n{{ “a” }}", 2, "这里不能用““”，引号要成对"),
        ("\n{{ 'a }}", 2, "这里不能用“'”，引号要成对"),
        ("\n{{ version. }}", 2, "点后面要写名称或数字"),
        ("\n{% set 1 = 2 %}", 2, "不能给它赋值"),
        ("\n{% set version.a = 2 %}", 2, "模板里不能用 namespace"),
        ("\n{{ version | nope }}", 2, "没有过滤器 nope，可用的有：d、default、e、"),
        ("\n{{ [1] | map('nope') | join }}", 2, "没有过滤器 nope，可用的有："),
        ("\n{{ version is nope }}", 2, "没有判断 nope"),
        # what is not there, and what does not go together
        ("\n{{ bulletin.sections.nope }}", 2, "没有 nope 这一项"),
        ("\n{{ bulletin.sections[99] }}", 2, "没有 99 这一项"),
        ("\n{{ none.nope }}", 2, "这里是空值，没有 nope"),
        ("\n{{ nope.more }}", 2, "没有这个变量：nope"),
        ("\n{% macro m(x) %}{{ x }}{% endmacro %}{{ m() }}", 2, "没有给参数 x"),
        ("\n{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1, 2) }}", 2, "macro m 的参数不对"),
        ("\n{{ [] | first }}", 2, "列表是空的"),
        ("\n{{ 'x'.__class__ }}", 2, "模板里不能用 __class__"),
        ("\n{% for x in [1] recursive %}{{ loop([2]) }}{% endfor %}", 2, "模板里只能调用 range 和自己写的 macro"),
        ("\n{{ range(1000000) | length }}", 2, "range 太长"),
        ("\n{{ 1 / 0 }}", 2, "除数是 0"),
        ("\n{{ range('x') | join }}", 2, "这里要用整数，给的是文字"),
        ("\n{{ 1 / 'x' }}", 2, "不能对数字和文字用 /"),
        ("\n{{ -'x' }}", 2, "不能对文字用 -"),
        ("\n{{ none < 1 }}", 2, "不能对空值和数字用 <"),
        ("\n{% for x in none %}{% endfor %}", 2, "空值不能逐项取"),
        ("\n{{ 1 in 5 }}", 2, "数字不能逐项取"),
        ("\n{% for x, y in [1] %}{% endfor %}", 2, "数字不能逐项取"),
        ("\n{{ 5 | reverse | join }}", 2, "这个值不能逐项取"),
        ("\n{{ 5 | length }}", 2, "数字没有长度"),
        ("\n{% for x, y in [[1]] %}{% endfor %}", 2, "变量的个数与每一项里值的个数不同"),
        ("\n{{ [1] | map | join }}", 2, "map 后面要写过滤器，或 attribute"),
        ("\n{{ 'x' | replace }}", 2, "过滤器或判断的参数不对"),
        ("\n{{ [1][::0] | join }}", 2, "写得不对或无法计算（slice step cannot be zero）"),
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_whatever_is_wrong_with_a_template_is_told_with_its_line(source: str, line: int, fault: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"模板 office.txt 第 {line} 行：{fault}")):
        rendered(source)


def test_a_template_that_holds_out_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lists of lists are compared within one step, which nobody can count; the process ends itself after 2 s."""
    sooner = "f.dump_traceback_later = lambda _, exit, end=f.dump_traceback_later: end(2, exit=exit)"
    monkeypatch.setattr(templating, "_RUN", f"import faulthandler as f; {sooner}; {templating._RUN}")
    grown = "{% set a = [1] %}{% set b = [1] %}\n" + "{% set a = [a,a] %}{% set b = [b,b] %}\n" * 60
    with pytest.raises(InputError, match="第 62 行：用时或用的内存超过限制"):
        rendered(grown + "{% if a == b %}x{% endif %}")
    monkeypatch.setattr(templating, "_PATIENCE", 0)
    with pytest.raises(InputError, match=re.escape("模板 office.txt：用时或用的内存超过限制")):
        rendered("x")


def test_a_template_cannot_run_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "STEP_LIMIT", 10_000)
    nested = "{% for a in range(1000) %}{% for b in range(1000) %}{% set c = a %}{% endfor %}{% endfor %}"
    assert sandbox.printed(nested, {}) == ("", "运行步数超过限制，请检查循环", 1)


def test_a_template_cannot_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(source: str) -> str:
        return sandbox.printed(source, {"title": "一二三四五"}).fault

    monkeypatch.setattr(sandbox, "OUTPUT_LIMIT", 10_000)
    assert fault("{% for a in range(5000) %}{{ title }}{% endfor %}") == "超过长度限制"
    monkeypatch.setattr(sandbox, "PIECE_LIMIT", 10_000)
    doubled = "{% set x %}xxxxxxxxxx{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 20
    assert fault(doubled) == "超过长度限制"
    assert fault("{{ 'a' | replace('a', 'b' * 1) }}") != ""
    assert fault("{{ ('x,' * 2) }}") != ""
    long = "x" * 200
    assert fault(f"{{{{ '{long}' | replace('x', '{long}') | length }}}}") == "超过长度限制"
    assert fault(f"{{{{ range(100) | join('{long}') | length }}}}") == "超过长度限制"
    monkeypatch.setattr(sandbox, "MADE_LIMIT", 1000)
    assert fault("{% for a in range(900) %}{{ title | upper }}{% endfor %}") == "超过长度限制"
    monkeypatch.setattr(templating, "SOURCE_LIMIT", 10)
    with pytest.raises(InputError, match="超过长度限制"):
        rendered("a longer template")


def test_every_failure_of_a_template_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(sandbox, "_said", fails)
    assert sandbox.printed("\n{{ 1 | upper }}", {}) == ("", "用的内存超过限制", 2)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    with pytest.raises(InputError, match="-m pip install jinja2"):
        rendered("x")
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(InputError, match="-m pip install python-docx"):
        package(bulletin())


# What a verification prints.


@pytest.mark.untraced
@pytest.mark.parametrize("name", VERIFICATION_FORMATS)
def test_a_verification_in_every_format(name: str, golden: Golden) -> None:
    material = cases.material(9, cases.lagging("C1"))
    draft = (
        "2031年1—9月全市民政通报\n\n　　新增护理型床位累计310张，完成年度目标的37.5%，快于序时进度37.5个百分点。\n"
        "　　新增护理型床位264张。服务电话12345。9月份应报单位5家（东山县）。\n"
    )
    report = cases.verified("草稿.txt", draft.encode(), material)
    golden(f"summary.verify.{name}", VERIFICATION_FORMATS[name]("草稿.txt", report))


def test_a_clean_verification_says_so_in_a_line() -> None:
    material = cases.material(9, cases.even(Fraction(1)))
    report = cases.verified("x.txt", f"{cases.TITLE}\n\n新增护理型床位累计600张。".encode(), material)
    assert VERIFICATION_FORMATS["text"]("x.txt", report) == (
        "√ 核对 x.txt：2 句（行），一致 2；3 个数字，一致 3；生成的文稿另有 5 句未采用。\n"
    )
    nothing = cases.verified("x.txt", b"", material)
    assert VERIFICATION_FORMATS["text"]("x.txt", nothing) == "核对 x.txt：没有可核对的句子；没有可核对的数字。\n"


def test_the_page_about_it_names_every_kind_format_filter_and_rule() -> None:
    page = (Path(__file__).parent.parent / "docs" / "reference" / "summary.md").read_text("utf-8")
    words = [*KINDS, *FORMATS, *sandbox.FILTERS - {"d", "escape"}, *(rule.code for rule in VERIFY_RULES)]
    assert [word for word in words if word not in page] == []
    keys = as_document(bulletin())
    assert [key for key in keys if f".{key}`" not in page and key != "schema_version"] == []
    assert f"**version {SCHEMA_VERSION}**" in page
