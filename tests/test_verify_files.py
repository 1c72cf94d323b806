"""Drafts as people keep them: Word with revisions, text boxes and notes, pages with merged cells; and small bombs."""

import io
import zipfile

import pytest

import bulletin_cases as cases
from conftest import through
from mzplan.bulletin.verify import Account, Verification
from mzplan.bulletin.verify.draft import read_draft
from mzplan.diagnostics import InputError
from test_verify_edits import official

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RIGHT = "新增护理型床位累计274张。"


def part(body: str, root: str = "document") -> str:
    inner = f"<w:body>{body}</w:body>" if root == "document" else body
    return f'<?xml version="1.0"?><w:{root} xmlns:w="{WORD}" xmlns:mc="urn:mc">{inner}</w:{root}>'


def docx(body: str, **others: str) -> bytes:
    """A DOCX with that body, and with other parts by their root (footnotes, comments, styles)."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", part(paragraph(cases.TITLE) + body))
        for name, text in others.items():
            package.writestr(f"word/{name}.xml", part(text, name))
    return written.getvalue()


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def paragraph(*pieces: str, properties: str = "") -> str:
    runs = "".join(piece if piece.startswith("<") else run(piece) for piece in pieces)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def deleted(words: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText>{words}</w:delText></w:r></w:del>'


def inserted(words: str) -> str:
    return f'<w:ins w:id="2">{run(words)}</w:ins>'


def of(body: str, **others: str) -> Verification:
    material = official()
    return cases.verified("x.docx", docx(body, **others), material)


def texts(body: str, **others: str) -> list[str]:
    return [block.text for block in read_draft("x.docx", docx(body, **others)) if block.kind == "paragraph"]


def found(report: Verification) -> list[str]:
    return [finding.rule.code for finding in report.findings]


def test_the_final_text_of_revisions_is_read_and_open_ones_are_listed() -> None:
    body = paragraph("新增护理型床位累计", deleted("274"), inserted("284"), "张。")
    assert texts(body) == ["新增护理型床位累计284张。"]
    report = of(body)
    assert found(report) == ["MZ911", "MZ911", "MZ901"]
    assert [finding.message for finding in report.findings[:2]] == [
        "修订（删除）“274”还没有处理",
        "修订（插入）“284”还没有处理",
    ]
    assert found(of(paragraph("新增护理型床位累计", deleted("284"), inserted("274"), "张。"))) == ["MZ911", "MZ911"]


def test_a_deleted_paragraph_mark_joins_and_a_deleted_row_is_gone() -> None:
    body = paragraph("新增护理型床位", properties="<w:rPr><w:del/></w:rPr>") + paragraph("累计274张。")
    assert texts(body) == [RIGHT]
    row = "<w:tr>{properties}<w:tc>" + paragraph("甲") + "</w:tc></w:tr>"
    table = "<w:tbl>" + row.format(properties="") + row.format(properties="<w:trPr><w:del/></w:trPr>") + "</w:tbl>"
    assert [block.level for block in read_draft("x.docx", docx(table)) if block.kind == "row"] == [1]


@pytest.mark.untraced
def test_content_controls_text_boxes_and_notes_are_read_once() -> None:
    control = f"<w:sdt><w:sdtContent>{paragraph(RIGHT)}</w:sdtContent></w:sdt>"
    inside = f"<w:txbxContent>{paragraph('框里284张。')}</w:txbxContent>"
    both = f"<mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>"
    box = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    notes = f"<w:footnote>{paragraph('注284张。')}</w:footnote>"
    assert texts(control + paragraph("外面。", box), footnotes=notes) == [RIGHT, "框里284张。", "外面。", "注284张。"]
    wrong = paragraph("全市", f"<w:r><w:txbxContent>{paragraph('新增护理型床位累计284张。')}</w:txbxContent></w:r>")
    assert "MZ901" in found(of(wrong))
    assert "MZ901" in found(of("", footnotes=f"<w:footnote>{paragraph('新增护理型床位累计284张。')}</w:footnote>"))


@pytest.mark.untraced
def test_headers_and_footers_are_read_but_for_what_numbers_pages() -> None:
    assert found(of(paragraph(RIGHT), header1=paragraph(RIGHT), footer2=paragraph("第 3 页　共 12 页"))) == []
    assert found(of(paragraph(RIGHT), header1=paragraph("云川市民政局文件"))) == []
    assert found(of(paragraph(RIGHT), header1=paragraph("新增护理型床位累计284张。"))) == ["MZ901"]
    assert "MZ901" in found(of(paragraph(RIGHT), footer2=paragraph("东山县年度完成率99.9%。")))


def test_a_comment_is_no_text_and_is_listed() -> None:
    report = of(paragraph(RIGHT), comments=f"<w:comment>{paragraph('这个数是284张吗？')}</w:comment>")
    assert [finding.message for finding in report.findings] == ["批注“这个数是284张吗？”还没有处理"]
    assert [one.account for one in report.statements] == [Account.RIGHT, Account.RIGHT]


def hidden(words: str, value: str = "") -> str:
    return f"<w:r><w:rPr><w:vanish{value}/></w:rPr><w:t>{words}</w:t></w:r>"


def test_hidden_text_is_no_text_and_is_told() -> None:
    report = of(paragraph("新增护理型床位累计", hidden("不足"), hidden("274", ' w:val="0"'), "张。"))
    assert [finding.message for finding in report.findings] == ["隐藏文字“不足”还没有处理"]
    assert [one.account for one in report.statements] == [Account.RIGHT, Account.RIGHT]


def styled(words: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="character" w:styleId="b"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="c"><w:name w:val="made of it"/><w:basedOn w:val="b"/></w:style>
<w:style w:type="character" w:styleId="d"><w:basedOn w:val="b"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="e"><w:name w:val="note"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="f"><w:name w:val="pale"/><w:rPr><w:color w:val="ffffff"/></w:rPr></w:style>
<w:style w:styleId="g"><w:name w:val="round"/><w:basedOn w:val="h"/></w:style>
<w:style w:styleId="h"><w:name w:val="and round"/><w:basedOn w:val="g"/></w:style>
"""


@pytest.mark.parametrize("style", ["b", "c"])
def test_what_a_style_hides_is_hidden(style: str) -> None:
    told = styled("不足", f'<w:rStyle w:val="{style}"/>')
    report = of(paragraph("新增护理型床位累计", told, styled("274", '<w:rStyle w:val="d"/>'), "张。"), styles=STYLES)
    assert [finding.message for finding in report.findings] == ["隐藏文字“不足”还没有处理"]
    whole = of(
        paragraph(RIGHT) + paragraph("新增护理型床位累计999张。", properties='<w:pStyle w:val="e"/>'), styles=STYLES
    )
    assert [finding.message for finding in whole.findings] == ["隐藏文字“新增护理型床位累计999张。”还没有处理"]
    shown = paragraph(styled(RIGHT, '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="e"/>')
    assert of(shown, styles=STYLES).findings == ()
    assert of(paragraph(RIGHT, properties='<w:pStyle w:val="g"/>'), styles=STYLES).findings == ()


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_struck_out_text_is_no_text_and_is_told(mark: str) -> None:
    styles = f'<w:style w:type="character" w:styleId="k"><w:rPr><w:{mark}/></w:rPr></w:style>'
    for properties in (f"<w:{mark}/>", '<w:rStyle w:val="k"/>'):
        body = paragraph(
            "新增护理型床位累计", styled("999", properties), styled("274", f'<w:{mark} w:val="0"/>'), "张。"
        )
        report = of(body, styles=styles)
        assert [finding.message for finding in report.findings] == ["删除线文字“999”还没有处理"]
        assert [one.account for one in report.statements] == [Account.RIGHT, Account.RIGHT]


@pytest.mark.parametrize("tag", ["s", "strike", "del"])
def test_what_a_page_strikes_out_is_no_text(tag: str) -> None:
    text = f"<html><p>一<{tag}>二</{tag}>三</p><p style='display:none'>四<{tag}>五</{tag}>六<p>七"
    assert [one.text for one in read_draft("x.html", text.encode()) if one.kind != "hidden"] == ["一三", "七"]


def test_white_text_is_read_and_told() -> None:
    wrong = "新增护理型床位累计999张。"
    for body in (
        paragraph(styled(wrong, '<w:color w:val="FFFFFF"/>')),
        paragraph(wrong, properties='<w:pStyle w:val="f"/>'),
    ):
        report = of(body, styles=STYLES)
        assert "MZ901" in found(report)
        assert f"白色文字“{wrong}”还没有处理" in [finding.message for finding in report.findings]
    ground = '<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>'
    assert of(paragraph(styled(RIGHT, ground)), styles=STYLES).findings == ()


def test_a_part_that_is_not_read_is_told_and_not_ticked_off() -> None:
    report = of(paragraph(RIGHT) + '<w:altChunk r:id="rId9" xmlns:r="urn:r"/>')
    assert [finding.message for finding in report.findings] == ["嵌入的文档里的文字没有读，没有核对"]
    assert report.accounted(Account.OPEN) == 1


def test_headings_are_known_by_the_name_of_their_style() -> None:
    styles = '<w:style w:styleId="a3"><w:name w:val="heading 1"/></w:style>'
    body = paragraph("东山县", properties='<w:pStyle w:val="a3"/>') + paragraph("年度完成率70.8%，并列全市第1位。")
    assert found(of(body, styles=styles)) == []


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def test_merged_cells_keep_their_columns() -> None:
    """完成值 is in the third column, after a heading that spans two and a cell that goes on from above."""
    head = cell("指标", '<w:gridSpan w:val="2"/>') + cell("完成值")
    body = cell("新增护理型床位", '<w:vMerge w:val="restart"/>') + cell("张") + cell("284")
    again = cell("", "<w:vMerge/>") + cell("张") + cell("284")
    assert found(of(table(head, body, again))) == ["MZ901", "MZ908"]
    assert found(of(table(cell("指标", "<w:vMerge/>") + cell("完成值"), cell("甲") + cell("1")))) != []
    page = (
        f"<html><h1>{cases.TITLE}</h1><table><tr><th rowspan=2>指标</th><th colspan=2>数</th></tr>"
        "<tr><td>目标</td><td>完成值</td></tr>"
        "<tr><td>新增护理型床位</td><td>800</td><td>{actual}</td></tr></table>"
    )
    rows = [block for block in read_draft("x.html", page.format(actual=1).encode()) if block.kind == "row"]
    assert [[row.text[start:end] for start, end in row.cells] for row in rows] == [
        ["指标", "数", ""],
        ["", "目标", "完成值"],
        ["新增护理型床位", "800", "1"],
    ]


_UNTRUE = "全市年度完成率91.2%。"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.md", f"# 标题\n\n| {_UNTRUE} |\n|---|\n".encode()),
        ("x.md", f"# 标题\n\n| 指标 | {_UNTRUE} |\n|---|---|\n".encode()),
        ("x.txt", f"标题\n\n│ {_UNTRUE} │\n".encode()),
        ("x.html", f"<html><table><tr><td>{_UNTRUE}</td></tr></table>".encode()),
        ("x.html", f"<html><table><tr><td>{_UNTRUE}".encode()),
        ("x.html", f"<html><table><tr><td>{_UNTRUE}<tr><td>指标".encode()),
        ("x.html", f"<html><table><tr><td>{_UNTRUE}</td><td><table><tr><td>指标</td></tr></table></td></tr>".encode()),
        ("x.html", f"<html><table><tr><td><table><tr><td>指标</td></tr></table><td>{_UNTRUE}</table>".encode()),
        ("x.docx", docx(paragraph("标题") + table(cell(_UNTRUE)))),
        ("x.docx", docx(paragraph("标题") + table(cell(_UNTRUE, "<w:vMerge/>")))),
        ("x.docx", docx(paragraph("标题") + table("<w:tc>" + table(cell(_UNTRUE)) + "</w:tc>"))),
        ("x.docx", docx(paragraph("标题") + table(cell("") * 70 + cell(_UNTRUE)))),
    ],
)
def test_the_first_row_of_a_table_is_read_unless_it_is_headings(name: str, data: bytes) -> None:
    material = official()
    report = cases.verified(name, data, material)
    assert "MZ901" in found(report)
    assert report.accounted(Account.WRONG) == 1


def test_a_cell_under_no_heading_is_not_ticked_off() -> None:
    material = official()
    text = f"# {cases.TITLE}\n\n| 指标 | 完成值 |\n|---|---|\n| 新增护理型床位 | 274 | {_UNTRUE} |\n"
    report = cases.verified("x.md", text.encode(), material)
    assert found(report) == ["MZ908"]
    assert [one.account for one in report.statements] == [Account.RIGHT, Account.OPEN]


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.docx", docx(paragraph("段") * 30_000)),
        ("x.docx", docx("<w:p/>" * 100_000)),
        ("x.docx", docx("<w:p>" + run("1") * 300_000 + "</w:p>")),
        ("x.docx", docx(paragraph("字" * 600_000))),
        ("x.docx", docx('<w:p w:x="' + "a" * 2_000_000 + '"/>')),
        ("x.docx", docx("<w:p " + " ".join(f'w:a{one}="1"' for one in range(200_000)) + "/>")),
        ("x.docx", b"PK\x05\x06" + bytes(18)),
        ("x.html", page("<p>1" * 30_000)),
        ("x.html", page("<b>" * 1_100_000)),
        ("x.html", page("&lt;" * 600_000)),
        ("x.html", b"<html><p>1</p><!-- "),
        ("x.txt", "标题\n\n".encode() + "字".encode() * 600_000),
    ],
)
def test_small_files_that_grow_are_refused(name: str, data: bytes) -> None:
    material = official()
    with pytest.raises(InputError):
        cases.verified(name, data, material)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.docx", docx(table(cell("指标", '<w:gridSpan w:val="1000000000"/>') + cell("完成值")))),
        ("x.docx", docx(table(cell("指标", '<w:gridSpan w:val="-5"/>') + cell("完成值", '<w:gridSpan w:val="x"/>')))),
        ("x.docx", docx("<w:tbl><w:tr><w:tc>" * 50 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 50)),
        ("x.html", page("<table>" + "<tr><td colspan=999999999 rowspan=999999999>甲</td></tr>" * 50 + "</table>")),
        ("x.html", page("<p " + "a " * 500_000 + ">甲</p>")),
        ("x.html", page("<p " + 'a=">" ' * 100_000 + ">甲</p>")),
        ("x.html", page("<style>" + "a" * 1_000_000 + "</style><p>甲</p>")),
        ("x.html", page("<style>" + "a{display:none}" * 20_000 + "</style>" + "<p class='b'>甲</p>" * 2000)),
        ("x.html", page("<script>if (a < b && c > d) {}</script><p>甲<del>乙</del></p>")),
        ("x.md", ("# 标题\n\n" + "|甲" * 5000 + "|\n").encode()),
        ("x.txt", "标题\n\n".encode() + b"1" * 100_000),
        ("x.txt", "标题\n\n".encode() + b"12 " * 9000),
    ],
)
def test_nothing_is_expanded_that_a_file_only_claims(name: str, data: bytes) -> None:
    blocks = read_draft(name, data)
    assert max(len(block.cells) for block in blocks) <= 64
    assert not any("乙" in block.text for block in blocks)
    material = official()
    assert cases.verified(name, data, material).checks[2:] == ()  # the title's are the first two


@pytest.mark.parametrize(("code", "read"), [("0039", "9"), ("F039", "\ufffd"), ("D800", "\ufffd"), ("x", "\ufffd")])
def test_an_inserted_symbol_is_a_character_and_never_nothing(code: str, read: str) -> None:
    body = paragraph("新增护理型床位累计", f'<w:r><w:sym w:font="SimSun" w:char="{code}"/></w:r>', "274张。")
    assert texts(body) == [f"新增护理型床位累计{read}274张。"]
    assert of(body).statements[-1].account is not Account.RIGHT


HIDDEN = (
    '<p style="display:none">{}</p>',
    "<p style='color:red; DISPLAY : None'>{}</p>",
    '<p style="visibility:hidden">{}</p>',
    '<p style="font-size:0">{}</p>',
    '<p style="opacity:0;">{}</p>',
    "<p hidden>{}",
    '<div hidden=""><p>{}</p><div>甲</div></div>',
    '<div style="display:none"><div>甲</div><table><tr><td>{}</td></tr></table></div>',
    "<ul><li hidden>{}<li>乙</ul>",
    "<table><tr hidden><td>{}<tr><td>指标</td></tr></table>",
    "<table><tr><td>指标</td><td hidden>{}</td></tr></table>",
    "<style>.aside, p.gone {{ display: none }}</style><p class='x gone'>{}</p>",
    "<style>/* {{ */ #out{{visibility:hidden}}</style><section id=out><p>{}</p></section>",
    "<style>@media screen {{ i {{ display:none }} }}</style><p>甲<i>{}</i></p>",
)
SHOWN = (
    '<p style="display:block">{}</p>',
    '<p style="opacity:0.9">{}</p>',
    '<p style="font-size:0.8em">{}</p>',
    '<p title="hidden">{}</p>',
    '<p class="gone">{}</p>',
    "<div hidden><p>甲</p></div><p>{}</p>",
    "<p hidden>甲<p>{}</p>",
    "<table><tr hidden><td>甲</table><p>{}</p>",
    '<img style="display:none"><p>{}</p>',
    "<style>@media print {{ p {{ display:none }} }}</style><p>{}</p>",
    "<style>nav p {{ display:none }}</style><p>{}</p>",
)


@through("form", HIDDEN)
def test_what_a_page_does_not_show_is_no_text_of_it_and_is_told(form: str) -> None:
    blocks = read_draft("x.html", page(f"<h1>{cases.TITLE}</h1>{form.format(_UNTRUE)}<p>丙</p>"))
    assert any(block.kind == "hidden" and _UNTRUE in block.text for block in blocks)
    assert not any(block.kind != "hidden" and _UNTRUE in block.text for block in blocks)
    assert blocks[-1].kind == "paragraph"
    report = cases.verified("x.html", page(f"<h1>{cases.TITLE}</h1>{form.format(_UNTRUE)}"), official())
    assert "MZ911" in found(report)


@through("form", SHOWN)
def test_what_a_page_shows_is_read_whatever_stands_around_it(form: str) -> None:
    blocks = read_draft("x.html", page(f"<h1>{cases.TITLE}</h1>{form.format(_UNTRUE)}"))
    assert any(block.kind == "paragraph" and block.text == _UNTRUE for block in blocks)


@pytest.mark.parametrize(("mark", "what"), [("del", "删除"), ("ins", "插入")])
def test_a_row_that_is_tracked_as_a_whole_is_listed(mark: str, what: str) -> None:
    row = f"<w:tr><w:trPr><w:{mark}/></w:trPr><w:tc>{paragraph('合计')}</w:tc><w:tc>{paragraph('6')}</w:tc></w:tr>"
    told = [one.message for one in of(f"<w:tbl>{row}</w:tbl>").findings if one.rule.code == "MZ911"]
    assert told == [f"修订（{what}）“合计 6”还没有处理"]


def web(body: str, styles: str = "") -> Verification:
    data = f"<html><head><style>{styles}</style></head><body><h1>{cases.TITLE}</h1>{body}</body></html>"
    return cases.verified("x.html", data.encode(), official())


def test_a_second_row_of_headings_is_one() -> None:
    head = "<tr><th rowspan=2>指标</th><th rowspan=2>目标</th><th colspan=2>进展</th></tr>"
    head += "<tr><th>完成值</th><th>完成率</th></tr>"
    table = f"<table>{head}<tr><td>新增护理型床位</td><td>800</td><td>274</td><td>{{}}</td></tr></table>"
    wrong = web(table.format("43.3")).findings
    assert [one.rule.code for one in web(table.format("34.3")).findings if one.rule.code == "MZ901"] == []
    assert [one.value for one in wrong if one.rule.code == "MZ901"] == ["43.3"]
    assert not any(one.text in ("完成值", "完成率") for one in web(table.format("34.3")).statements)


@pytest.mark.parametrize(
    ("body", "styles", "told"),
    [
        ('<p><img src="a.png" alt="完成99%"></p>', "", "图片"),
        ('<p><img src="a.png" alt=""></p>', "", ""),
        ("<p></p>", 'p::after {content: "完成99项"}', "样式（content）"),
        ("<p></p>", "p::after {content: '\\5b8c'}", "样式（content）"),
        ("<p></p>", "p::after {content: attr(title)}", "样式（content）"),
        ("<p></p>", 'p::after {content: "\\2022"; color: red}', ""),
        ("<p></p>", '.content: {font: "Song"}', ""),
    ],
)
def test_text_that_is_not_read_is_told(body: str, styles: str, told: str) -> None:
    report = web(body, styles)
    assert [one.text for one in report.statements if one.account is Account.OPEN] == ([told] if told else [])
