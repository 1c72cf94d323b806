"""What formulas came to when the clerk's file was saved: openpyxl writes the formulas alone."""

import re
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from mzplan.reading.archive import parts_of
from mzplan.reading.spreadsheet import Handlers, parse_xml
from mzplan.reading.xlsx import sheet_paths

_KINDS = frozenset({"n", "str", "b", "e", "d"})
"""What a cell with a formula holds; a shared string is none that Excel writes there."""
_UNWORKED = re.compile(
    rb'<c r="(?P<place>[A-Z]+[0-9]+)"(?P<look>[^>]*)>(?P<formula><f\b(?:[^>]*/>|[^>]*>[^<]*</f>))<v ?(?:/>|></v>)</c>'
)
"""A cell with a formula as openpyxl writes it."""


class Result(NamedTuple):
    """What a formula came to, as the file has it."""

    kind: str
    text: str


def results_of(data: bytes) -> Mapping[str, Mapping[str, Result]]:
    """What the formulas of an Excel workbook came to, by the name of the sheet and the reference of the cell.

    RefusedError when it cannot be read.
    """
    parts = parts_of(data)
    found = dict[str, Mapping[str, Result]]()
    for name, path in sheet_paths(parts):
        reader = _Reader()
        parse_xml(parts[path], Handlers(reader.start, reader.end, reader.text))
        found[name] = reader.found
    return found


def with_results(data: bytes, book: Workbook, results: Mapping[str, Mapping[str, Result]]) -> bytes:
    """A workbook that openpyxl has written with the results of the formulas that it still has."""
    if not any(results.values()):
        return data
    names = {sheet.path.lstrip("/"): sheet.title for sheet in book.worksheets}
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for entry in old.infolist():
            own = results.get(names.get(entry.filename, ""), {})
            part = old.read(entry)
            package.writestr(entry, _UNWORKED.sub(partial(_worked, own), part) if own else part)
    return stream.getvalue()


def _worked(results: Mapping[str, Result], cell: re.Match[bytes]) -> bytes:
    result = results.get(cell["place"].decode())
    if result is None:
        return cell[0]
    kind = b"" if result.kind == "n" else b' t="%s"' % result.kind.encode()
    value = escape(result.text).encode()
    return b'<c r="%s"%s%s>%s<v>%s</v></c>' % (cell["place"], cell["look"], kind, cell["formula"], value)


class _Reader:
    """The results of one sheet while it is read."""

    def __init__(self) -> None:
        self.found: dict[str, Result] = {}
        self._place = self._kind = self._value = ""
        self._is_formula = self._is_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place, self._kind = attributes.get("r", ""), attributes.get("t", "n")
            self._value, self._is_formula = "", False
        self._is_formula = self._is_formula or name == "f"
        self._is_value = name == "v"

    def end(self, name: str) -> None:
        self._is_value = False
        if name == "c" and self._is_formula and self._place and self._kind in _KINDS and self._value:
            self.found[self._place] = Result(self._kind, self._value)

    def text(self, text: str) -> None:
        if self._is_value:
            self._value += text
