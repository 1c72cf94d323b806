"""The page of official documents (GB/T 9704-2012) in Word: paper, styles, fonts; and a package without leftovers.

A4, type area 156 × 225 mm, 22 lines of 28 characters, 小标宋 title, 黑体 and 楷体 headings, 仿宋 text of 16 pt, page
numbers outside. The same document gives the same bytes: nothing in the package depends on the clock.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mzplan import __version__
from mzplan.render.document import Document, plain

_PROPERTY_LIMIT = 255
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

TITLE, TEXT, HEADING, SUBHEADING, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_AFTER_SPACING = ("w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "vertAlign", "lang")
_AFTER_SNAP = ("spacing", "ind", "contextualSpacing", "jc", "textAlignment", "outlineLvl", "rPr", "sectPr")
"""What must follow those two elements: Word takes a file with another order for a broken one."""

_INSTEAD = {TITLE: "宋体", TEXT: "仿宋", SUBHEADING: "楷体"}
"""What Word and WPS take where the office's font is not installed."""
_LATIN = "Times New Roman"
_TEXT_POINTS = 16

_TEXT_MM, _ACROSS_MM = 156, 225
_LINE_TWIPS = 579
"""22 lines in 225 mm."""
_TIGHTER_TWIPS = -5
"""28 characters of 16 pt in 156 mm need a quarter of a point less each; a grid of characters would do in Word alone."""


OWN = ("Signature", "Reference", "Imprint", "Note", "Table Title", "Table Text", "Table Head")
"""Styles of ours, which the library's template has not."""
_KEPT = frozenset({"Normal", "Body Text", "Title", "Heading 1", "Heading 2", "Heading 3", "Footer", "Table Grid", *OWN})
_LEFT_OVER = ("customXml", "thumbnail", "stylesWithEffects", "numbering")
"""Parts of the library's template that nothing here refers to, by what their names hold."""
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>mzplan</Application></Properties>"
)


def room_mm(*, across: bool) -> int:
    """Millimetres between the margins of a page."""
    return _ACROSS_MM if across else _TEXT_MM


def first_page(package: Any, *, across: bool) -> None:
    """Paper, margins, the grid of lines, and page numbers."""
    section = package.sections[0]
    _paper(section, across=across)
    for old in section._sectPr.findall(name_of("docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(element("docGrid", type="lines", linePitch=str(_LINE_TWIPS)))
    package.settings.odd_and_even_pages_header_footer = True
    _page_numbers(package, section)


def _page_numbers(package: Any, section: Any) -> list[Any]:
    """The paragraphs with the page number, on the outer side, of a section of its own footers."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    written = []
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = package.styles["Footer"]
        paragraph.alignment = side
        paragraph.add_run("— ")
        field = element("fldSimple", instr="PAGE")
        run = element("r")
        text = element("t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)
        paragraph.add_run(" —")
        written.append(paragraph)
    return written


def after_blank_line(paragraph: Any) -> None:
    """A paragraph with a line left free above it, as what is attached and who signs have."""
    from docx.shared import Pt

    paragraph.paragraph_format.space_before = Pt(_LINE_TWIPS / 20)


def at_foot(package: Any, lines: Sequence[str]) -> None:
    """The 版记 between rules at the foot of the last page: above its number, for text moves there in Word alone."""
    for page_number in _page_numbers(package, package.sections[-1]):
        for number, line in enumerate(lines, 1):
            added = page_number.insert_paragraph_before(line.replace("　　", "\t"), style="Imprint")
            borders = element("pBdr")
            for side in ("top", "bottom") if number == len(lines) else ("top",):
                borders.append(element(side, val="single", sz="8", space="1", color="000000"))
            added._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def next_pages(package: Any, *, across: bool = False, is_last: bool = False) -> None:
    """A new section on a new page: across for wide tables; the last page is a back, where the 版记 belongs."""
    from docx.enum.section import WD_SECTION

    keep_end(package)
    section = package.add_section(WD_SECTION.EVEN_PAGE if is_last else WD_SECTION.NEW_PAGE)
    _paper(section, across=across)
    empty = package.element.body.sectPr.getprevious()  # which would open a page of its own after a full one
    if (last := empty.getprevious()).tag == name_of("p"):
        last.get_or_add_pPr().append(empty.pPr.sectPr)
        package.element.body.remove(empty)


def keep_end(package: Any) -> None:
    """Keep the last paragraph before a new page with what stands above it: no page holds a stray line."""
    last = package.element.body.sectPr.getprevious()
    for above in last.getprevious().xpath("self::w:p | ./w:tr[last()]/w:tc/w:p"):
        above.get_or_add_pPr().keepNext_val = True


def _paper(section: Any, *, across: bool) -> None:
    """A4 with the margins of official documents, turned with the page."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    size, margins = (Mm(210), Mm(297)), (Mm(37), Mm(35), Mm(28), Mm(26))
    if across:
        size, margins = (Mm(297), Mm(210)), (Mm(28), Mm(26), Mm(37), Mm(35))
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = size
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = margins
    section.header_distance, section.footer_distance = Mm(15), Mm(18 if across else 25)


def styles(package: Any, points: float) -> None:
    """Every style that a paragraph or table of ours has; points are those of the type in tables."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    known = package.styles
    for name in OWN:
        if name not in known:
            known.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = known["Normal"]
    centre, justify, left = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
    _style(known["Normal"], TEXT, _TEXT_POINTS, justify)
    _style(known["Body Text"], TEXT, _TEXT_POINTS, justify, first=2)
    _style(known["Title"], TITLE, 22, centre, line=32, after=29)
    _style(known["Heading 1"], HEADING, _TEXT_POINTS, justify, first=2)
    _style(known["Heading 2"], SUBHEADING, _TEXT_POINTS, justify, first=2)
    _style(known["Heading 3"], TEXT, _TEXT_POINTS, justify, first=2)
    _style(known["Signature"], TEXT, _TEXT_POINTS, WD_ALIGN_PARAGRAPH.RIGHT, right=4)
    _style(known["Reference"], TEXT, _TEXT_POINTS, centre)
    _style(known["Imprint"], TEXT, 14, left, line=None, first=1)
    _style(known["Note"], TEXT, 10.5, left, line=18)
    _style(known["Table Title"], HEADING, 14, centre, line=24)
    _style(known["Table Text"], SONG, points, left, line=points + 5.5)
    _style(known["Table Head"], HEADING, points, centre, line=points + 5.5)
    _style(known["Footer"], SONG, 14, left, line=None, first=1, right=1)
    known["Imprint"].paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_MM) - Pt(14), WD_TAB_ALIGNMENT.RIGHT)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Signature"):
        known[name].paragraph_format.keep_with_next = True


def _style(
    style: Any,
    font: str,
    points: float,
    alignment: Any,
    *,
    first: int = 0,
    right: int = 0,
    line: float | None = _LINE_TWIPS / 20,
    after: float = 0,
) -> None:
    """Font, size, alignment, indents in characters, exact line height in points; black, upright, not bold."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = _LATIN, Pt(points)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for old in list(fonts.attrib):
        del fonts.attrib[old]
    for slot, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", font)):
        fonts.set(name_of(slot), name)
    if points == _TEXT_POINTS:
        tighter = element("spacing", val=str(_TIGHTER_TWIPS))
        style.element.rPr.insert_element_before(tighter, *(f"w:{name}" for name in _AFTER_SPACING))
    if line is not None and line != _LINE_TWIPS / 20:
        free = element("snapToGrid", val="0")
        style.element.get_or_add_pPr().insert_element_before(free, *(f"w:{name}" for name in _AFTER_SNAP))
    layout = style.paragraph_format
    layout.alignment = alignment
    layout.space_before, layout.space_after = Pt(0), Pt(after)
    layout.keep_with_next = False
    if line is None:
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    indents = style.element.get_or_add_pPr().get_or_add_ind()
    if first:
        indents.set(name_of("firstLineChars"), str(first * 100))
        indents.set(name_of("firstLine"), str(round(first * points * 20)))
    if right:
        indents.set(name_of("rightChars"), str(right * 100))
        indents.set(name_of("right"), str(round(right * points * 20)))
    for border in style.element.get_or_add_pPr().findall(name_of("pBdr")):
        style.element.pPr.remove(border)


def fonts(package: Any) -> None:
    """Name a common font for each that an office has and others lack."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import parse_xml, serialize_part_xml

    part = package.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(part.blob)
    for name, instead in _INSTEAD.items():
        font = element("font", name=name)
        font.append(element("altName", val=instead))
        font.append(element("charset", val="86"))
        table.append(font)
    part._blob = serialize_part_xml(table)


def properties(package: Any, document: Document) -> None:
    """Title, author, origin and the day that it is signed on, if any, as a file manager shows them."""
    core = package.core_properties
    core.title, core.author = plain(document.title)[:_PROPERTY_LIMIT], document.author[:_PROPERTY_LIMIT]
    core.last_modified_by = f"mzplan {__version__}"
    core.comments = document.trace[:_PROPERTY_LIMIT]
    for made in list(core._element.iter("{http://purl.org/dc/terms/}*")):
        core._element.remove(made)
    if document.day:
        core.created = core.modified = datetime.fromisoformat(document.day)
    core.revision, core.language = 1, document.language


def clean(package: Any) -> None:
    """Take out what the library's template brings along, and say that the text is Chinese."""
    for style in list(package.styles):
        if style.name not in _KEPT and style.element.get(name_of("default")) != "1":
            style.element.getparent().remove(style.element)
    for left in list(package.styles.element.iter(name_of("link"), name_of("rsid"))):
        left.getparent().remove(left)
    for part in (package.part, package.part.package):
        for key, relation in list(part.rels.items()):
            if any(word in relation.target_ref for word in _LEFT_OVER):
                del part.rels[key]
    app = next(part for part in package.part.package.iter_parts() if part.partname == "/docProps/app.xml")
    app._blob = _APP.encode()
    languages = [
        *package.styles.element.iter(name_of("lang")),
        *package.settings.element.iter(name_of("themeFontLang")),
    ]
    for language in languages:
        language.set(name_of("val"), "en-US")
        language.set(name_of("eastAsia"), "zh-CN")
    for marks in package.settings.element.findall(name_of("rsids")):
        package.settings.element.remove(marks)
    for section in package.sections:
        for mark in [mark for mark in section._sectPr.attrib if mark.startswith(name_of("rsid"))]:
            del section._sectPr.attrib[mark]


def name_of(local: str) -> str:
    """A name of WordprocessingML as lxml has it."""
    from docx.oxml.ns import qn

    name: str = qn(f"w:{local}")
    return name


def element(local: str, **attributes: str) -> Any:
    """A new element of WordprocessingML."""
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{local}")
    for key, value in attributes.items():
        element.set(name_of(key), value)
    return element


def repacked(package: Any) -> bytes:
    """The package with every member in a fixed order and of a fixed date."""
    written, packed = io.BytesIO(), io.BytesIO()
    package.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            target.writestr(member, source.read(name), compresslevel=9)
    return packed.getvalue()
