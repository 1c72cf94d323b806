"""OpenDocument spreadsheets (ods) as sheets of text, by their own XML."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from mzplan.diagnostics import column_letters
from mzplan.reading.archive import Parts
from mzplan.reading.number_format import NO_LITERALS, literals_of
from mzplan.reading.spreadsheet import (
    DISGUISED_MARK,
    LEAST_HEIGHT,
    MERGED,
    MOST_COLUMNS,
    MOST_ROWS,
    Budget,
    Grid,
    Handlers,
    Shape,
    Style,
    Trouble,
    formula_text,
    is_faint,
    is_shown_as,
    moment_text,
    number_text,
    parse_xml,
    plain_decimal,
    refused,
)

_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)(cm|mm|in|pt|pc|px|)")
_POINTS = {"cm": 28, "mm": 3, "in": 72, "pt": 1, "pc": 12, "px": 1, "": 1}
"""About as many as each measure has."""
_FIELDS = frozenset(
    ("sheet-name", "page-number", "page-count", "page-continuation", "date", "time", "title", "file-name")
)
_REGIONS = ("region-left", "region-center", "region-right")
_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
_MOST_HIDDEN = 1 << 12
"""So many rows in one are told as hidden: below a table a sheet repeats one to its end."""
_CELLS = ("table-cell", "covered-table-cell")
_NOTE = "annotation"
_ASIDE = frozenset(
    (_NOTE, "frame", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "path", "connector")
)
"""What stands at a cell or over it: notes and shapes."""


def is_ods(parts: Parts) -> bool:
    """Whether the package is an OpenDocument spreadsheet."""
    return "content.xml" in parts and b"opendocument.spreadsheet" in parts.get("mimetype", b"")


def read_ods(parts: Parts) -> list[Grid]:
    """All sheets, hidden ones included, in the order of their tabs."""
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise refused(Trouble.ENCRYPTED)
    pages = _Pages()
    if "styles.xml" in parts:
        parse_xml(parts["styles.xml"], Handlers(pages.start, pages.end, pages.text))
    reader = _OdsReader(pages.margins)
    parse_xml(parts["content.xml"], Handlers(reader.start, reader.end, reader.text))
    if not reader.grids:
        raise refused(Trouble.DAMAGED)
    return reader.grids


class _Pages:
    """What is printed above and below the pages of each kind, without what is filled in then."""

    def __init__(self) -> None:
        self.margins: dict[str, list[str]] = {}
        self._page = self._margin = ""
        self._depth = 0
        """Inside of how many fields we are: the page's number, the sheet's name."""
        self._said: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "master-page":
            self._page = attributes.get("style:name", "")
        elif name in _MARGINS and attributes.get("style:display") != "false":
            self._margin = name
            self._said.clear()
        elif name in _FIELDS:
            self._depth += 1

    def end(self, name: str) -> None:
        if name == self._margin or (self._margin and name in _REGIONS):
            self._margin = self._margin if name in _REGIONS else ""
            if said := " ".join("".join(self._said).split()):
                self.margins.setdefault(self._page, []).append(said)
            self._said.clear()
        elif name == "p":
            self._said.append(" ")
        elif name in _FIELDS:
            self._depth -= 1

    def text(self, text: str) -> None:
        if self._margin and not self._depth:
            self._said.append(text)


class _OdsReader:
    """The document while it is read."""

    def __init__(self, margins: Mapping[str, Sequence[str]]) -> None:
        self.grids: list[Grid] = []
        self._hidden: set[str] = set()
        """Styles of tables that are hidden, of rows of no height and of columns of no width."""
        self._struck: set[str] = set()
        """Styles of cells and of text that is struck through."""
        self._margins = margins
        self._pages: dict[str, str] = {}
        """By style of tables the kind of its pages."""
        self._colours: dict[str, str] = {}
        self._grounds: dict[str, str] = {}
        """By style of cells: of their text and of what is behind it."""
        self._style = ""
        self._budget = Budget()
        self._row = self._rows = self._column = self._columns = 0
        self._depth = 0
        """Inside of how many notes and shapes we are: their text is none of the cell's."""
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._aside: list[str] = []
        """The paragraphs of the note or shape that we are inside of."""
        self._is_text = self._is_struck = self._is_faint = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._budget.spend(MERGED if "table:number-columns-spanned" in attributes else 1)
            self._columns = int(attributes.get("table:number-columns-repeated", "1"))
            self._cell = attributes
            style = attributes.get("table:style-name", "")
            self._is_struck = style in self._struck
            colour, ground = self._colours.get(style, ""), self._grounds.get(style, "")
            self._is_faint = is_faint(colour.removeprefix("#"), ground.removeprefix("#").removeprefix("transparent"))
            spans = (int(attributes.get(f"table:number-{way}-spanned", "1")) for way in ("rows", "columns"))
            self.grids[-1].merge(self._row, self._column, *spans)
            self._paragraphs.clear()
        elif name in _ASIDE:
            self._depth += 1
        elif self._depth:
            if name == "p":
                self._aside.append("")
                self._is_text = True
        elif self._cell is not None:
            self._start_text(name, attributes)
        elif name == "table-row":
            self._budget.spend()
            self._rows = int(attributes.get("table:number-rows-repeated", "1"))
            self._column = 1
            if self._is_hidden(attributes):
                self.grids[-1].hidden_rows.update(range(self._row, self._row + min(self._rows, _MOST_HIDDEN)))
        elif name == "table-column":
            self._budget.spend()
            columns = int(attributes.get("table:number-columns-repeated", "1"))
            if self._is_hidden(attributes):
                self.grids[-1].hidden_columns.append(range(self._column, self._column + columns))
            self._column += columns
        elif name == "table":
            style = attributes.get("table:style-name", "")
            self.grids.append(Grid(attributes.get("table:name", ""), is_hidden=style in self._hidden))
            self.grids[-1].margins += self._margins.get(self._pages.get(style, ""), ())
            self._row = self._column = 1
        else:
            self._start_style(name, attributes)

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        """Whether a row or column is not to be seen."""
        is_visible = attributes.get("table:visibility", "visible") == "visible"
        return not is_visible or attributes.get("table:style-name") in self._hidden

    def _start_style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._style = attributes.get("style:name", "")
            self._pages[self._style] = attributes.get("style:master-page-name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self._hidden.add(self._style)
        elif name in ("table-row-properties", "table-column-properties"):
            sizes = (attributes.get("style:row-height", ""), attributes.get("style:column-width", ""))
            if any(map(_leaves_nothing, sizes)):
                self._hidden.add(self._style)
        elif name == "table-cell-properties":
            self._grounds[self._style] = attributes.get("fo:background-color", "")
        elif name == "text-properties":
            self._colours[self._style] = attributes.get("fo:color", "")
            if _is_struck_out(attributes):
                self._struck.add(self._style)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        self._is_struck = self._is_struck or attributes.get("text:style-name") in self._struck
        if name == "p":
            self._paragraphs.append("")
            self._is_text = True
        elif self._is_text and name == "s":
            count = int(attributes.get("text:c", "1"))
            self._budget.spend(count)
            self._paragraphs[-1] += " " * count
        elif self._is_text and name in ("tab", "line-break"):
            self._paragraphs[-1] += "\t" if name == "tab" else "\n"

    def end(self, name: str) -> None:
        if name in _ASIDE and self._depth:
            self._depth -= 1
            if not self._depth and self._aside and self.grids:
                said, reference = "\n".join(self._aside), f"{column_letters(self._column)}{self._row}"
                if name == _NOTE:
                    self.grids[-1].comments.append((reference, said))
                else:
                    self.grids[-1].drawn.append(" ".join(said.split()))
                self._aside.clear()
        elif name == "p":
            self._is_text = False
        elif name in _CELLS and self._cell is not None:
            self._put(self._said(self._cell), is_formula="table:formula" in self._cell)
            self._cell = None
        elif name == "table-row":
            self._row += self._rows

    def text(self, text: str) -> None:
        if self._is_text:
            (self._aside if self._depth else self._paragraphs)[-1] += text

    def _put(self, said: str, *, is_formula: bool) -> None:
        """The cell, as often as it is repeated."""
        if said:
            self._budget.spend(self._rows * self._columns)
            literals = literals_of("".join(self._paragraphs)) if plain_decimal(said) is not None else NO_LITERALS
            style = Style(is_struck=self._is_struck, is_faint=self._is_faint)
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + self._columns):
                    self.grids[-1].put(row, column, said, style, is_formula=is_formula, literals=literals)
        self._column += self._columns
        if self._column > 2 * MOST_COLUMNS or self._row > 2 * MOST_ROWS:
            raise refused(Trouble.DAMAGED)

    def _said(self, cell: dict[str, str]) -> str:
        text = "\n".join(self._paragraphs)
        kind, formula = cell.get("office:value-type", ""), cell.get("table:formula")
        if formula is not None and not kind:
            return formula_text(formula.partition(":")[2] or formula)
        if cell.get("calcext:value-type") == "error":
            return text
        match kind:
            case "float" | "currency":
                stored = cell.get("office:value", text)
                return self._number(stored, Shape.TWO_PLACES if text == f"{stored}0" else Shape.PLAIN)
            case "percentage":
                return self._number(cell.get("office:value", text), Shape.PERCENT)
            case "date":
                return moment_text(cell.get("office:date-value", text))
            case "boolean":
                return cell.get("office:boolean-value", text).upper()
        return text

    def _number(self, stored: str, shape: Shape) -> str:
        """A number that is shown, with a mark where another is; what is shown is not always written."""
        said = number_text(stored, shape)
        number = plain_decimal(said.removesuffix("%"))
        is_shown = number is None or not self._paragraphs or is_shown_as(number, "".join(self._paragraphs))
        return said if is_shown else said + DISGUISED_MARK


def _is_struck_out(attributes: dict[str, str]) -> bool:
    kinds = (attributes.get(f"style:text-line-through-{kind}", "none") for kind in ("style", "type"))
    return any(kind != "none" for kind in kinds)


def _leaves_nothing(size: str) -> bool:
    """Whether a height or width leaves nothing to be seen."""
    found = _LENGTH.fullmatch(size)
    return found is not None and Decimal(found[1]) * _POINTS[found[2]] < LEAST_HEIGHT
