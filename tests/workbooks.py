"""Workbooks made of rows: the cells that are numbers as Excel, WPS and LibreOffice store them, all others as text."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlwt

Rows = Sequence[Sequence[str]]
NUMBER = re.compile(r"0|-?[1-9][0-9]{0,12}|-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,4}[1-9]")
"""What a spreadsheet takes for a number and shows again as it was."""


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def _stored(text: str) -> str | int | float:
    if not NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def transposed(rows: Rows) -> list[list[str]]:
    """The rows as columns."""
    return [list(column) for column in zip(*rows, strict=True)]


def saved(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx_of(rows: Rows, *merged: str) -> bytes:
    """A workbook of one sheet; each area that is merged has its first cell's text."""
    book = xlsx_of_sheets(("填报表", rows))
    if not merged:
        return book
    opened = openpyxl.load_workbook(BytesIO(book))
    for area in merged:
        opened.worksheets[0].merge_cells(area)
    return saved(opened)


def xlsx_of_sheets(*sheets: tuple[str, Rows], states: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """A workbook of several sheets; `states` names those that are hidden or veryHidden."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = states.get(name, "visible")
        for at, row in enumerate(rows, start=1):
            for number, text in enumerate(row, start=1):
                if text:
                    cell = sheet.cell(at, number, _stored(text))
                    if isinstance(cell.value, str):
                        cell.data_type = "s"
    return saved(book)


def xls_of(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("填报表")
    for at, row in enumerate(rows):
        for number, text in enumerate(row):
            if text:
                sheet.write(at, number, _stored(text))
    return saved(book)


def ods_of(rows: Rows) -> bytes:
    return zipped({"mimetype": _ODS, "content.xml": ods_content("".join(map(_ods_row, rows)))})


def ods_content(rows: str) -> str:
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _SPACES)
    table = f'<table:table table:name="填报表">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}>{body}</office:document-content>'


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = ("office", "table", "text", "style")


def _ods_row(row: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    kind = (
        f'office:value-type="float" office:value="{text}"' if NUMBER.fullmatch(text) else 'office:value-type="string"'
    )
    spaced = re.sub(" +", lambda blanks: f'<text:s text:c="{len(blanks[0])}"/>', escape(text))
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in re.split("\r\n|\n|\r", spaced))
    return f"<table:table-cell {kind}>{paragraphs}</table:table-cell>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(book: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    """The same workbook with its parts renamed and changed."""
    with zipfile.ZipFile(BytesIO(book)) as archive:
        return zipped(dict(change(name, archive.read(name)) for name in archive.namelist()))


WRITERS: Mapping[str, Callable[[Rows], bytes]] = {".xlsx": xlsx_of, ".xls": xls_of, ".ods": ods_of}
