"""Excel workbooks (xlsx) as sheets of text, by their own XML.

Read here rather than by a library: figures come from the file's digits and not from floats, per cent formats and
formulas without a result are told from numbers, and a cell at the far end of the sheet costs no more than any other.
"""

import re
from collections.abc import Callable, Sequence
from posixpath import basename, dirname, join, normpath

from mzplan.reading.archive import Parts
from mzplan.reading.spreadsheet import (
    MERGED,
    Budget,
    Grid,
    Handlers,
    Shape,
    Trouble,
    formula_text,
    moment_text,
    number_text,
    parse_xml,
    refused,
    shape_of,
)

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true"})


def is_xlsx(parts: Parts) -> bool:
    """Whether the package is an Excel workbook in XML."""
    return "xl/workbook.xml" in parts


def read_xlsx(parts: Parts) -> list[Grid]:
    """All sheets of cells, hidden ones included, in the order of their tabs."""
    book = _Book()
    parse_xml(parts["xl/workbook.xml"], Handlers(book.start, _nothing, _nothing))
    targets = dict(_relations(parts, "xl/workbook.xml", "/worksheet"))
    shared = _strings(parts["xl/sharedstrings.xml"]) if "xl/sharedstrings.xml" in parts else []
    shapes = _shapes(parts["xl/styles.xml"]) if "xl/styles.xml" in parts else []
    budget = Budget()
    grids = []
    for name, relation, is_hidden in book.sheets:
        path = targets.get(relation, "")
        if path not in parts:
            continue  # a sheet of charts
        reader = _SheetReader(Grid(name, is_hidden=is_hidden), shared, shapes, budget, is_1904=book.is_1904)
        parse_xml(parts[path], Handlers(reader.start, reader.end, reader.text))
        for _, comments in _relations(parts, path, "/comments"):
            reader.grid.comments += _comments(parts.get(comments, b""), budget)
        grids.append(reader.grid)
    if not grids:
        raise refused(Trouble.DAMAGED)
    return grids


def _nothing(*_: object) -> None:
    """Nobody wants to know."""


class _Book:
    """What `workbook.xml` says."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        """Name, relation, and whether it is hidden."""
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in _TRUE


def _relations(parts: Parts, part: str, kind: str) -> list[tuple[str, str]]:
    """The relations of a part to others of that kind: the name of each, and the other's path, as `Parts` calls it."""
    found: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith(kind):
            target = attributes.get("Target", "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            found.append((attributes.get("Id", ""), path.lower()))

    if rels := parts.get(join(dirname(part), "_rels", f"{basename(part)}.rels"), b""):
        parse_xml(rels, Handlers(start, _nothing, _nothing))
    return found


def _comments(data: bytes, budget: Budget) -> list[tuple[str, str]]:
    """What is noted at cells."""
    found: list[tuple[str, str]] = []
    references: list[str] = []
    reader = _TextReader(lambda text: found.append((references[-1], unescaped(text))), "comment")

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            budget.spend()
            references.append(attributes.get("ref", ""))
        reader.start(name, attributes)

    if data:
        parse_xml(data, Handlers(start, reader.end, reader.text))
    return found


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, which Excel writes as `_x000D_`."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    is_text = code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code <= 0xDFFF)
    return chr(code) if is_text else match[0]


def _strings(data: bytes) -> list[str]:
    """The shared strings, without the phonetic readings beside them."""
    found: list[str] = []
    reader = _TextReader(lambda text: found.append(unescaped(text)), "si")
    parse_xml(data, Handlers(reader.start, reader.end, reader.text))
    return found


class _TextReader:
    """The texts of rich strings: all runs of an item put together."""

    def __init__(self, take: Callable[[str], None], item: str) -> None:
        self._take, self._item = take, item
        self._pieces: list[str] = []
        self._is_text = self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._is_text = not self._is_phonetic
        elif name == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_phonetic = False
        elif name == self._item:
            self._take("".join(self._pieces))
            self._pieces.clear()

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)


def _shapes(data: bytes) -> list[Shape]:
    """What each cell style makes of a number."""
    codes: dict[int, str] = {}
    shapes: list[Shape] = []
    inside = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "xf" and inside == "cellXfs":
            number = int(attributes.get("numFmtId", "0"))
            shapes.append(shape_of(codes.get(number, ""), number))
        elif name in ("cellXfs", "cellStyleXfs"):
            inside = name

    parse_xml(data, Handlers(start, _nothing, _nothing))
    return shapes


class _SheetReader:
    """One sheet while it is read."""

    def __init__(
        self, grid: Grid, shared: Sequence[str], shapes: Sequence[Shape], budget: Budget, *, is_1904: bool
    ) -> None:
        self.grid = grid
        self._shared, self._shapes, self._budget, self._is_1904 = shared, shapes, budget, is_1904
        self._row = self._column = 0
        self._letters: dict[str, int] = {}
        self._pieces: list[str] = []
        self._collects = self._is_phonetic = False
        self._value: str | None = None
        self._formula: str | None = None
        self._type = self._style = self._inline = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._budget.spend()
            self._place(attributes.get("r", ""))
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._value = self._formula = None
            self._inline = ""
        elif name in ("v", "f", "t"):
            self._pieces.clear()
            self._collects = True
        elif name == "row":
            self._budget.spend()
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            if attributes.get("hidden") in _TRUE:
                self.grid.hidden_rows.add(self._row)
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "mergeCell":
            self._budget.spend(MERGED)

    def end(self, name: str) -> None:
        if name == "v":
            self._value = self._collected()
        elif name == "c":
            self.grid.put(self._row, self._column, self._said())
        elif name == "f":
            self._formula = self._collected()
        elif name == "t":
            if not self._is_phonetic:
                self._inline += self._collected()
            self._collects = False
        elif name == "rPh":
            self._is_phonetic = False

    def text(self, text: str) -> None:
        if self._collects:
            self._pieces.append(text)

    def _collected(self) -> str:
        self._collects = False
        return "".join(self._pieces)

    def _place(self, reference: str) -> None:
        """Go to the cell; one without a reference stands beside the last."""
        if not reference:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        column = self._letters.get(letters)
        if column is None:
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - ord("A") + 1
            self._letters[letters] = column
        self._column, self._row = column, int(reference[len(letters) :])

    def _said(self) -> str:
        """What the cell says."""
        value, kind = self._value, self._type
        if self._formula is not None and not value and (value is None or kind != "str"):
            return formula_text(self._formula)
        if kind == "inlineStr":
            return unescaped(self._inline)
        if not value:
            return ""
        match kind:
            case "s":
                return self._shared[int(value)]
            case "str":
                return unescaped(value)
            case "b":
                return "TRUE" if value.strip() in _TRUE else "FALSE"
            case "d":
                return moment_text(value)
            case "e":
                return value
        style = int(self._style) if self._style else 0
        shape = self._shapes[style] if style < len(self._shapes) else Shape.PLAIN
        return number_text(value.strip(), shape, is_1904=self._is_1904)
