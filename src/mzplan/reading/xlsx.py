"""Excel workbooks (xlsx) as sheets of text, by their own XML.

Read here rather than by a library: figures come from the file's digits and not from floats, per cent formats and
formulas without a result are told from numbers, and a cell at the far end of the sheet costs no more than any other.
"""

import re
from collections.abc import Callable, Sequence
from posixpath import basename, dirname, join, normpath

from mzplan.reading.archive import Parts
from mzplan.reading.conditional import ConditionalFormat, faint_looks, mark_faint
from mzplan.reading.spreadsheet import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    MERGED,
    WHITE,
    Budget,
    Grid,
    Handlers,
    Style,
    Trouble,
    column_number,
    formula_text,
    is_faint,
    literals_around,
    margin_texts,
    moment_text,
    number_text,
    parse_xml,
    plain_decimal,
    refused,
    shape_of,
    text_shown,
)

_MARGINS = frozenset(f"{pages}{where}" for pages in ("odd", "even", "first") for where in ("Header", "Footer"))
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_AREA = re.compile("([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})")
_TEXTS = frozenset({"s", "str", "inlineStr"})
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
    styles = _styles(parts["xl/styles.xml"]) if "xl/styles.xml" in parts else []
    faint = faint_looks(parts.get("xl/styles.xml", b""), _colour)
    budget = Budget()
    grids = []
    for name, relation, is_hidden in book.sheets:
        path = targets.get(relation, "")
        if path not in parts:
            continue  # a sheet of charts
        reader = _SheetReader(Grid(name, is_hidden=is_hidden), shared, styles, budget, is_1904=book.is_1904)
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


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, which Excel writes as `_x000D_`."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    is_text = code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code <= 0xDFFF)
    return chr(code) if is_text else match[0]


def _strings(data: bytes) -> list[tuple[str, bool]]:
    """The shared strings, without the phonetic readings beside them, and whether any of each is struck through."""
    found: list[tuple[str, bool]] = []
    struck: set[int] = set()
    reader = _TextReader(lambda text: found.append((unescaped(text), len(found) in struck)), "si")

    def start(name: str, attributes: dict[str, str]) -> None:
        if _strikes(name, attributes):
            struck.add(len(found))
        reader.start(name, attributes)

    parse_xml(data, Handlers(start, reader.end, reader.text))
    return found


def _strikes(name: str, attributes: dict[str, str]) -> bool:
    """Whether a tag strikes the text of its font through."""
    return name == "strike" and attributes.get("val", "1") in _TRUE


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
        elif inside == "fonts" and fonts and _strikes(name, attributes):
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


class _SheetReader:
    """One sheet while it is read."""

    def __init__(
        self,
        grid: Grid,
        shared: Sequence[tuple[str, bool]],
        styles: Sequence[Style],
        budget: Budget,
        *,
        is_1904: bool,
    ) -> None:
        self.grid = grid
        self._shared, self._styles, self._budget, self._is_1904 = shared, styles, budget, is_1904
        self._row = self._column = 0
        self._letters: dict[str, int] = {}
        self._pieces: list[str] = []
        self._collects = self._is_phonetic = False
        self._value: str | None = None
        self._formula: str | None = None
        self._type = self._inline = ""
        self._style = Style()
        self._is_struck = self._is_low = False
        """Whether some of the cell's own text is; whether nobody sees a row that has no height of its own."""
        self.rules: list[ConditionalFormat] = []
        self._areas = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._budget.spend()
            self._place(attributes.get("r", ""))
            self._type = attributes.get("t", "n")
            style = int(attributes.get("s") or "0")
            self._style = self._styles[style] if 0 <= style < len(self._styles) else Style()
            self._is_struck = self._style.is_struck
            self._value = self._formula = None
            self._inline = ""
        elif name in ("v", "f", "t", "formula") or name in _MARGINS:
            self._pieces.clear()
            self._collects = True
        elif name == "row":
            self._budget.spend()
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            is_low = _is_below(LEAST_HEIGHT, attributes["ht"]) if "ht" in attributes else self._is_low
            if attributes.get("hidden") in _TRUE or is_low:
                self.grid.hidden_rows.add(self._row)
        elif name == "col":
            self._budget.spend()
            if attributes.get("hidden") in _TRUE or _is_below(LEAST_WIDTH, attributes.get("width")):
                columns = range(int(attributes.get("min", "1")), int(attributes.get("max", "1")) + 1)
                self.grid.hidden_columns.append(columns)
        elif _strikes(name, attributes):
            self._is_struck = True
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "mergeCell":
            self._budget.spend(MERGED)
            self._merge(attributes.get("ref", ""))
        else:
            self._set_looks(name, attributes)

    def _set_looks(self, name: str, attributes: dict[str, str]) -> None:
        """What a tag says of how many rows or cells look."""
        if name == "sheetFormatPr":
            is_zero = attributes.get("zeroHeight") in _TRUE
            self._is_low = is_zero or _is_below(LEAST_HEIGHT, attributes.get("defaultRowHeight"))
        elif name == "conditionalFormatting":
            self._areas = attributes.get("sqref", "")
        elif name == "cfRule":
            self._budget.spend()
            kind, operator, look = (attributes.get(key, "") for key in ("type", "operator", "dxfId"))
            self.rules.append(ConditionalFormat(self._areas, kind, operator, int(look or -1), ""))

    def end(self, name: str) -> None:
        if name == "v":
            self._value = self._collected()
        elif name == "c":
            said = self._said()
            literals = literals_around(said, self._style.code, is_text=self._type in _TEXTS)
            looks = {
                "is_struck": self._is_struck,
                "is_faint": self._style.is_faint,
                "is_formula": self._formula is not None,
            }
            self.grid.put(self._row, self._column, said, **looks, literals=literals)
        elif name == "formula":
            self.rules[-1:] = [rule.at(self._collected().strip()) for rule in self.rules[-1:]]
        elif name == "f":
            self._formula = self._collected()
        elif name == "t":
            if not self._is_phonetic:
                self._inline += self._collected()
            self._collects = False
        elif name == "rPh":
            self._is_phonetic = False
        elif name in _MARGINS:
            self.grid.margins += margin_texts(unescaped(self._collected()))

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
            column = self._letters[letters] = column_number(letters)
        self._column, self._row = column, int(reference[len(letters) :])

    def _merge(self, area: str) -> None:
        if found := _AREA.fullmatch(area):
            column, last = column_number(found[1]), column_number(found[3])
            self.grid.merge(int(found[2]), column, int(found[4]) - int(found[2]) + 1, last - column + 1)

    def _said(self) -> str:
        """What the cell says."""
        value, kind = self._value, self._type
        if self._formula is not None and not value and (value is None or kind != "str"):
            return formula_text(self._formula)
        if kind == "inlineStr":
            return text_shown(unescaped(self._inline), self._style.code)
        if not value:
            return ""
        match kind:
            case "s":
                text, is_struck = self._shared[int(value)]
                self._is_struck = self._is_struck or is_struck
                return text_shown(text, self._style.code)
            case "str":
                return text_shown(unescaped(value), self._style.code)
            case "b":
                return "TRUE" if value.strip() in _TRUE else "FALSE"
            case "d":
                return moment_text(value)
            case "e":
                return value
        return number_text(value.strip(), self._style.shape, is_1904=self._is_1904)


def _is_below(least: int, size: str | None) -> bool:
    """Whether a height or width leaves nothing to be seen."""
    number = plain_decimal(size or "")
    return number is not None and number < least
