"""Documents as Word files on the page of official documents (GB/T 9704-2012); needs python-docx.

A4, type area 156 × 225 mm, 22 lines of 28 characters, 小标宋 title, 黑体 and 楷体 headings, 仿宋 text of 16 pt, page
numbers outside. The same document gives the same bytes: nothing in the package depends on the clock.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from mzplan import __version__
from mzplan.diagnostics import InputError
from mzplan.render.document import Block, Cell, Column, Document, Heading, Listing, Paragraph, Table, plain
from mzplan.render.layout import Look

_MISSING = "生成 DOCX 需要 python-docx。请运行：pip install 'mzplan[docx]'"

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_PROPERTY_LIMIT = 255
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

TITLE, TEXT, HEADING, SUBHEADING, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_AFTER_SPACING = ("w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "vertAlign", "lang")
_AFTER_SNAP = ("spacing", "ind", "contextualSpacing", "jc", "textAlignment", "outlineLvl", "rPr", "sectPr")
"""What must follow those two elements: Word takes a file with another order for a broken one."""

_TITLE_LINE = 20
"""Characters of 22 pt in a line."""
_SPAN = re.compile(r".*?年(?:上半年|(?:[0-9]+—)?[0-9]+月)?")

_INSTEAD = {TITLE: "宋体", TEXT: "仿宋", SUBHEADING: "楷体"}
"""What Word and WPS take where the office's font is not installed."""
_LATIN = "Times New Roman"
_TEXT_POINTS = 16
_CELL_MARGIN_TWIPS = 40

_LINE_TWIPS = 579
"""22 lines in 225 mm."""
_TIGHTER_TWIPS = -5
"""28 characters of 16 pt in 156 mm need a quarter of a point less each; a grid of characters would do in Word alone."""


def docx(document: Document, look: Look) -> bytes:
    """The package; InputError when python-docx is not installed."""
    try:
        import docx as library  # an extra, which few runs need; so all its parts below
    except ImportError:
        raise InputError(_MISSING) from None
    package = library.Document()
    _page(package)
    _styles(package)
    _fonts(package)
    _properties(package, document)
    _title(package, plain(document.title))
    for block in document.blocks:
        _block(package, block, look)
    if document.trace:
        _add(package, document.trace, "Note")
    return _repacked(package)


def _add(package: Any, words: str, style: str) -> Any:
    return package.add_paragraph(words, style=style)


def _title(package: Any, title: str) -> None:
    """A title too long for one line, broken after the part of the year that it names and not within a word."""
    opening = _SPAN.match(title)
    if opening is None or len(title) <= _TITLE_LINE:
        _add(package, title, "Title")
        return
    run = _add(package, opening[0], "Title").add_run()
    run.add_break()
    run.add_text(title[opening.end() :])


def _block(package: Any, block: Block, look: Look) -> None:
    match block:
        case Heading():
            added = _add(package, plain(block.text), f"Heading {block.level - 1}")
            if block.opens_page:
                added.paragraph_format.page_break_before = True
                added.paragraph_format.first_line_indent = 0
        case Paragraph():
            added = _add(package, "", "Normal" if block.is_salutation else "Body Text")
            if block.label:
                added.add_run(block.label).bold = True
            added.add_run(plain(block.text))
        case Listing():
            _listing(package, block)
        case Table():
            _table(package, block, look)


def _listing(package: Any, block: Listing) -> None:
    if block.heading:
        _add(package, f"{block.heading}：", "Note")
    for number, item in enumerate(block.items, 1):
        mark = f"{number}." if block.kind == "numbered" else ""
        text = mark + " · ".join(map(plain, item.pieces))
        _add(package, text, "Signature" if block.kind == "signature" else "Note")


def _page(package: Any) -> None:
    """Paper, margins, the grid of lines and characters, and page numbers on the outer side."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = package.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    for old in section._sectPr.findall(_name("docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_element("docGrid", type="lines", linePitch=str(_LINE_TWIPS)))
    package.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.style = package.styles["Footer"]
        paragraph.alignment = side
        paragraph.add_run("— ")
        field = _element("fldSimple", instr="PAGE")
        run = _element("r")
        text = _element("t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)
        paragraph.add_run(" —")


def _styles(package: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    styles = package.styles
    for name in ("Signature", "Note", "Table Title", "Table Text", "Table Head"):
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    centre, justify, left = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
    _style(styles["Normal"], TEXT, _TEXT_POINTS, justify)
    _style(styles["Body Text"], TEXT, _TEXT_POINTS, justify, first=2)
    _style(styles["Title"], TITLE, 22, centre, line=None, after=29)
    _style(styles["Heading 1"], HEADING, _TEXT_POINTS, justify, first=2)
    _style(styles["Heading 2"], SUBHEADING, _TEXT_POINTS, justify, first=2)
    _style(styles["Heading 3"], TEXT, _TEXT_POINTS, justify, first=2)
    _style(styles["Signature"], TEXT, _TEXT_POINTS, WD_ALIGN_PARAGRAPH.RIGHT, right=4)
    _style(styles["Note"], TEXT, 10.5, left, line=18)
    _style(styles["Table Title"], HEADING, 14, centre, line=24)
    _style(styles["Table Text"], SONG, 9, left, line=14)
    _style(styles["Table Head"], HEADING, 9, centre, line=14)
    _style(styles["Footer"], SONG, 14, left, line=None)
    for level in (1, 2, 3):
        styles[f"Heading {level}"].paragraph_format.keep_with_next = True


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
        fonts.set(_name(slot), name)
    if points == _TEXT_POINTS:
        tighter = _element("spacing", val=str(_TIGHTER_TWIPS))
        style.element.rPr.insert_element_before(tighter, *(f"w:{name}" for name in _AFTER_SPACING))
    if line is not None and line < _LINE_TWIPS / 20:
        free = _element("snapToGrid", val="0")
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
        indents.set(_name("firstLineChars"), str(first * 100))
        indents.set(_name("firstLine"), str(round(first * points * 20)))
    if right:
        indents.set(_name("rightChars"), str(right * 100))
        indents.set(_name("right"), str(round(right * points * 20)))
    for border in style.element.get_or_add_pPr().findall(_name("pBdr")):
        style.element.pPr.remove(border)


def _table(package: Any, table: Table, look: Look) -> None:
    """The head repeats on every page, no row is torn."""
    if table.title:
        _add(package, table.title, "Table Title").paragraph_format.keep_with_next = True
    if not table.rows:
        _add(package, table.empty, "Note")
    for title, rows in table.sections:
        if title:
            _add(package, title, "Table Title").paragraph_format.keep_with_next = True
        _grid(package, table.columns, rows, look)
    for note in table.notes:
        _add(package, note, "Note")


def _grid(package: Any, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], look: Look) -> None:
    from docx.shared import Mm

    grid = package.add_table(rows=0, cols=len(columns))
    grid.style = package.styles["Table Grid"]
    grid.autofit = False
    margins = _element("tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(side, w=str(_CELL_MARGIN_TWIPS), type="dxa"))
    grid._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    widths = _widths(columns, rows, look)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width / 10)
    _row(package, grid, [column.heading for column in columns], columns, widths, head=True)
    for row in rows:
        _row(package, grid, [cell.text for cell in row], columns, widths)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], look: Look) -> list[int]:
    """Of each column in tenths of a millimetre, 156 mm in all: as it says, or as its widest cell needs."""
    needed = [
        column.width or max(map(look.cells, (column.heading, *(row[place].text for row in rows))))
        for place, column in enumerate(columns)
    ]
    return [width * 1560 // sum(needed) for width in needed]


def _row(
    package: Any,
    grid: Any,
    words: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    head: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    sides = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}
    row = grid.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("cantSplit"))
    if head:
        properties.append(_element("tblHeader"))
    for cell, text, column, width in zip(row.cells, words, columns, widths, strict=True):
        cell.width = Mm(width / 10)
        paragraph = cell.paragraphs[0]
        paragraph.style = package.styles["Table Head" if head else "Table Text"]
        paragraph.add_run(text)
        if not head:
            paragraph.alignment = sides[column.align]


def _fonts(package: Any) -> None:
    """Name a common font for each that an office has and others lack."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import parse_xml, serialize_part_xml

    part = package.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(part.blob)
    for name, instead in _INSTEAD.items():
        font = _element("font", name=name)
        font.append(_element("altName", val=instead))
        font.append(_element("charset", val="86"))
        table.append(font)
    part._blob = serialize_part_xml(table)


def _properties(package: Any, document: Document) -> None:
    properties = package.core_properties
    properties.title, properties.author = _property(plain(document.title)), _property(document.author)
    properties.last_modified_by = f"mzplan {__version__}"
    properties.comments = _property(document.trace)
    properties.created = properties.modified = _EPOCH
    properties.revision, properties.language = 1, "zh-CN"


def _property(words: str) -> str:
    return words[:_PROPERTY_LIMIT]


def _name(local: str) -> str:
    from docx.oxml.ns import qn

    name: str = qn(f"w:{local}")
    return name


def _element(local: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{local}")
    for key, value in attributes.items():
        element.set(_name(key), value)
    return element


def _repacked(package: Any) -> bytes:
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
