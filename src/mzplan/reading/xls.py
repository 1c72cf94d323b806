"""Workbooks of Excel 97 to 2003 (xls) as sheets of text; needs xlrd, which knows their number formats."""

from io import StringIO
from typing import Any

from mzplan.reading.spreadsheet import Budget, Grid, Shape, Trouble, number_text, refused, shape_of

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
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
    grid.hidden_rows.update(row + 1 for row, facts in sheet.rowinfo_map.items() if facts.hidden)
    for row in range(sheet.nrows):
        budget.spend()
        for column, cell in enumerate(sheet.row(row)):
            budget.spend()
            grid.put(row + 1, column + 1, _said(xlrd, book, cell))
    return grid


def _said(xlrd: Any, book: Any, cell: Any) -> str:
    kind, value = cell.ctype, cell.value
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return number_text(repr(value), _shape(book, cell), is_1904=bool(book.datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    return str(xlrd.error_text_from_code.get(value, "#VALUE!")) if kind == xlrd.XL_CELL_ERROR else ""


def _shape(book: Any, cell: Any) -> Shape:
    """What the cell's number format makes of its number."""
    try:
        key = book.xf_list[cell.xf_index].format_key
        return shape_of(book.format_map[key].format_str, key)
    except (IndexError, KeyError, TypeError):
        return Shape.PLAIN
