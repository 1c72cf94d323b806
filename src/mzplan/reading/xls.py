"""Workbooks of Excel 97 to 2003 (xls) as sheets of text; needs xlrd, which knows their number formats."""

from collections.abc import Iterable, Iterator
from io import StringIO
from struct import unpack_from
from typing import Any

from mzplan.diagnostics import column_letters
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.spreadsheet import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    Budget,
    Grid,
    Style,
    Trouble,
    is_faint,
    literals_around,
    margin_texts,
    number_text,
    refused,
    shape_of,
    text_shown,
)

_ENCRYPTED_PACKAGE, _WORD = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
"""Streams of other documents that begin as these workbooks do."""
_LOW, _NARROW = LEAST_HEIGHT * 20, LEAST_WIDTH * 256
_HEADER, _FOOTER, _OBJECT, _TEXT, _END = 0x14, 0x15, 0x5D, 0x1B6, 0x0A
_NOTE = 0x19
"""The kind of object that is a comment."""
_LIMIT = 16 << 20
"""Bytes that are read: these files are not packed, so that a form has less."""


def read_xls(data: bytes) -> list[Grid]:
    """All sheets of cells, hidden ones included, in the order of their tabs."""
    if _ENCRYPTED_PACKAGE in data:
        raise refused(Trouble.ENCRYPTED)
    if len(data) > _LIMIT:
        raise refused(Trouble.TOO_LARGE)
    try:
        import xlrd  # an extra, which few runs need
    except ImportError:
        raise refused(Trouble.NOT_INSTALLED) from None
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=StringIO()
        )
        names = book.sheet_names()
    except xlrd.XLRDError as error:
        if _WORD in data:
            raise RefusedError(Defect(Flaw.DOCUMENT, detail="Word")) from None
        is_locked = "encrypted" in str(error).lower()
        raise refused(Trouble.ENCRYPTED if is_locked else Trouble.DAMAGED) from None
    except Exception:  # what the library makes of a broken file may be anything
        raise refused(Trouble.DAMAGED) from None
    budget = Budget()
    return [_grid(xlrd, book, at, name, budget) for at, name in enumerate(names)]


def _grid(xlrd: Any, book: Any, at: int, name: str, budget: Budget) -> Grid:
    try:
        sheet = book.sheet_by_index(at)
    except Exception:  # as above
        raise refused(Trouble.DAMAGED) from None
    grid = Grid(name, is_hidden=bool(sheet.visibility))
    grid.hidden_rows.update(row + 1 for row, facts in sheet.rowinfo_map.items() if facts.hidden or facts.height < _LOW)
    hidden = (at + 1 for at, facts in sheet.colinfo_map.items() if facts.hidden or facts.width < _NARROW)
    grid.hidden_columns += (range(at, at + 1) for at in hidden)
    notes = sheet.cell_note_map.items()
    grid.comments += ((f"{column_letters(column + 1)}{row + 1}", note.text) for (row, column), note in sorted(notes))
    for top, bottom, left, right in sheet.merged_cells:
        grid.merge(top + 1, left + 1, bottom - top, right - left)
    for is_margin, text in _beside(book, at):
        (grid.margins if is_margin else grid.drawn).append(text)
    for row in range(sheet.nrows):
        budget.spend()
        for column, cell in enumerate(sheet.row(row)):
            budget.spend()
            style = _style(book, cell, sheet.rich_text_runlist_map.get((row, column), ()))
            said = _said(xlrd, book, cell, style)
            literals = literals_around(said, style.code, is_text=cell.ctype == xlrd.XL_CELL_TEXT)
            grid.put(row + 1, column + 1, said, style, literals=literals)
    return grid


def _said(xlrd: Any, book: Any, cell: Any, style: Style) -> str:
    kind, value = cell.ctype, cell.value
    if kind == xlrd.XL_CELL_TEXT:
        return text_shown(str(value), style.code)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return number_text(repr(value), style.shape, is_1904=bool(book.datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    return str(xlrd.error_text_from_code.get(value, "#VALUE!")) if kind == xlrd.XL_CELL_ERROR else ""


def _style(book: Any, cell: Any, runs: Iterable[tuple[int, int]]) -> Style:
    """How a cell looks; `runs` are the fonts of parts of its text."""
    try:
        looks = book.xf_list[cell.xf_index]
        code = book.format_map[looks.format_key].format_str
        fonts = [looks.font_index, *(font for _, font in runs)]
        is_struck = any(book.font_list[font].struck_out for font in fonts)
        ground = _colour(book, looks.background.pattern_colour_index) if looks.background.fill_pattern else ""
        is_hardly_seen = is_faint(_colour(book, book.font_list[looks.font_index].colour_index), ground)
        return Style(shape_of(code, looks.format_key), code, is_struck, is_hardly_seen)
    except (IndexError, KeyError, TypeError):
        return Style()


def _colour(book: Any, index: int) -> str:
    """A colour as six digits; empty for one of the system."""
    return bytes(book.colour_map.get(index) or ()).hex()


def _beside(book: Any, at: int) -> Iterator[tuple[bool, str]]:
    """What the library passes over: records of the stream with words above and below a sheet's pages, or in shapes."""
    place, kind, is_note, length = book._sh_abs_posn[at], 0, False, 0
    while kind != _END and place + 4 <= len(book.mem):
        kind, size = unpack_from("<HH", book.mem, place)
        record = book.mem[place + 4 : place + 4 + size]
        if kind in (_HEADER, _FOOTER) and len(record) > 3:
            yield from ((True, said) for said in margin_texts(_text(record[2:])))
        elif kind == _OBJECT and len(record) >= 6:
            is_note = record[4] == _NOTE
        elif kind == _TEXT and len(record) >= 12:
            length = record[10] + 256 * record[11]
        elif length and len(record) > 1:  # what stands in the shape follows
            width = 1 + (record[0] & 1)
            if not is_note and (said := " ".join(_text(record[: 1 + width * length]).split())):
                yield False, said
            length = 0
        place += 4 + size


def _text(record: bytes) -> str:
    """A string behind the byte that says how wide its characters are."""
    return record[1:].decode("utf-16-le" if record[0] & 1 else "latin-1", "replace")
