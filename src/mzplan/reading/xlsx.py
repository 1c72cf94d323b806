"""Excel workbooks (xlsx) as sheets of text, by their own XML.

Read here rather than by a library: figures come from the file's digits and not from floats, per cent formats and
formulas without a result are told from numbers, and a cell at the far end of the sheet costs no more than any other.
"""

from collections.abc import Callable
from posixpath import basename, dirname, join, normpath

from mzplan.reading.archive import Parts
from mzplan.reading.conditional import faint_looks, mark_faint
from mzplan.reading.spreadsheet import (
    WHITE,
    Budget,
    Grid,
    Handlers,
    Style,
    Trouble,
    is_faint,
    parse_xml,
    refused,
    shape_of,
)
from mzplan.reading.xlsx_sheet import TRUE, SheetReader, strikes, unescaped


def is_xlsx(parts: Parts) -> bool:
    """Whether the package is an Excel workbook in XML."""
    return "xl/workbook.xml" in parts


def read_xlsx(parts: Parts) -> list[Grid]:
    """All sheets of cells, hidden ones included, in the order of their tabs."""
    book = _book_of(parts)
    shared = _strings(parts["xl/sharedstrings.xml"]) if "xl/sharedstrings.xml" in parts else []
    styles = _styles(parts["xl/styles.xml"]) if "xl/styles.xml" in parts else []
    faint = faint_looks(parts.get("xl/styles.xml", b""), _colour)
    budget = Budget()
    grids = []
    for name, path, is_hidden in book.sheets:
        reader = SheetReader(Grid(name, is_hidden=is_hidden), shared, styles, budget, is_1904=book.is_1904)
        parse_xml(parts[path], Handlers(reader.start, reader.end, reader.text))
        mark_faint(reader.grid, reader.rules, faint)
        for _, comments in _relations(parts, path, "/comments"):
            reader.grid.comments += _comments(parts.get(comments, b""), budget)
        for _, drawing in _relations(parts, path, "/drawing"):
            reader.grid.drawn += _drawn(parts.get(drawing, b""))
        grids.append(reader.grid)
    if not grids:
        raise refused(Trouble.DAMAGED)
    return grids


def sheet_paths(parts: Parts) -> list[tuple[str, str]]:
    """The name of each sheet of cells, and its part."""
    return [(name, path) for name, path, _ in _book_of(parts).sheets]


def _nothing(*_: object) -> None:
    """Nobody wants to know."""


class _Book:
    """What `workbook.xml` says."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        """Name, relation or part, and whether it is hidden."""
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in TRUE


def _book_of(parts: Parts) -> _Book:
    """What `workbook.xml` says, each sheet of cells with its part; without those of charts."""
    book = _Book()
    parse_xml(parts["xl/workbook.xml"], Handlers(book.start, _nothing, _nothing))
    targets = dict(_relations(parts, "xl/workbook.xml", "/worksheet"))
    known = ((name, targets.get(relation, ""), is_hidden) for name, relation, is_hidden in book.sheets)
    book.sheets = [each for each in known if each[1] in parts]
    return book


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


def _drawn(data: bytes) -> list[str]:
    """What stands in shapes, the paragraphs of each put together."""
    found: list[str] = []
    reader = _TextReader(found.append, "txBody")

    def end(name: str) -> None:
        if name == "p":
            reader.add(" ")
        reader.end(name)

    if data:
        parse_xml(data, Handlers(reader.start, end, reader.text))
    return [text for each in found if (text := " ".join(each.split()))]


def _strings(data: bytes) -> list[tuple[str, bool]]:
    """The shared strings, without the phonetic readings beside them, and whether any of each is struck through."""
    found: list[tuple[str, bool]] = []
    struck: set[int] = set()
    reader = _TextReader(lambda text: found.append((unescaped(text), len(found) in struck)), "si")

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "strike" and strikes(attributes):
            struck.add(len(found))
        reader.start(name, attributes)

    parse_xml(data, Handlers(start, reader.end, reader.text))
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
            self.add(text)

    def add(self, text: str) -> None:
        self._pieces.append(text)


def _styles(data: bytes) -> list[Style]:
    """How the cells of each style look."""
    codes: dict[int, str] = {}
    fonts: list[tuple[bool, str]] = []
    grounds: list[str] = []
    styles: list[Style] = []
    inside = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "xf" and inside == "cellXfs":
            number, font = int(attributes.get("numFmtId", "0")), int(attributes.get("fontId", "0"))
            code, fill = codes.get(number, ""), int(attributes.get("fillId", "0"))
            is_struck, colour = fonts[font] if 0 <= font < len(fonts) else (False, "")
            ground = grounds[fill] if 0 <= fill < len(grounds) else ""
            styles.append(Style(shape_of(code, number), code, is_struck, is_faint(colour, ground)))
        elif name == "font" and inside == "fonts":
            fonts.append((False, ""))
        elif inside == "fonts" and fonts and name == "strike" and strikes(attributes):
            fonts[-1] = True, fonts[-1][1]
        elif inside == "fonts" and fonts and name == "color":
            fonts[-1] = fonts[-1][0], _colour(attributes)
        elif name == "fill" and inside == "fills":
            grounds.append("")
        elif inside == "fills" and grounds and name == "fgColor":
            grounds[-1] = _colour(attributes)
        elif inside == "fills" and grounds and name == "stop":
            grounds[-1] = _UNKNOWN  # from one colour to another
        elif name in ("fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"):
            inside = name

    parse_xml(data, Handlers(start, _nothing, _nothing))
    return styles


_UNKNOWN = "?"
_WHITES = {("theme", "0"), ("indexed", "1"), ("indexed", "9")}


def _colour(attributes: dict[str, str]) -> str:
    """A colour as six digits; of those that have a number white alone is known."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:]
    return WHITE if not _WHITES.isdisjoint(attributes.items()) and "tint" not in attributes else _UNKNOWN
