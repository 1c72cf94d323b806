"""OpenDocument spreadsheets (ods) as sheets of text, by their own XML."""

from mzplan.reading.archive import Parts
from mzplan.reading.spreadsheet import (
    MERGED,
    MOST_COLUMNS,
    MOST_ROWS,
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
)

_CELLS = ("table-cell", "covered-table-cell")


def is_ods(parts: Parts) -> bool:
    """Whether the package is an OpenDocument spreadsheet."""
    return "content.xml" in parts and b"opendocument.spreadsheet" in parts.get("mimetype", b"")


def read_ods(parts: Parts) -> list[Grid]:
    """All sheets, hidden ones included, in the order of their tabs."""
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise refused(Trouble.ENCRYPTED)
    reader = _Reader()
    parse_xml(parts["content.xml"], Handlers(reader.start, reader.end, reader.text))
    if not reader.grids:
        raise refused(Trouble.DAMAGED)
    return reader.grids


class _Reader:
    """The document while it is read."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._budget = Budget()
        self._row = self._rows = self._column = self._columns = 0
        self._depth = 0
        """Inside of how many notes we are: their text is none of the cell's."""
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._budget.spend(MERGED if "table:number-columns-spanned" in attributes else 1)
            self._columns = int(attributes.get("table:number-columns-repeated", "1"))
            self._cell = attributes
            self._paragraphs.clear()
        elif name == "annotation":
            self._depth += 1
        elif self._cell is not None and not self._depth:
            self._start_text(name, attributes)
        elif name == "table-row":
            self._budget.spend()
            self._rows = int(attributes.get("table:number-rows-repeated", "1"))
            self._column = 1
            if attributes.get("table:visibility", "visible") != "visible":
                self.grids[-1].hidden_rows.add(self._row)
        elif name == "table":
            is_hidden = attributes.get("table:style-name", "") in self._hidden_styles
            self.grids.append(Grid(attributes.get("table:name", ""), is_hidden=is_hidden))
            self._row = 1
        elif name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
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
        if name == "annotation":
            self._depth -= 1
        elif name == "p" and not self._depth:
            self._is_text = False
        elif name in _CELLS and self._cell is not None:
            self._put(self._said(self._cell))
            self._cell = None
        elif name == "table-row":
            self._row += self._rows

    def text(self, text: str) -> None:
        if self._is_text and not self._depth:
            self._paragraphs[-1] += text

    def _put(self, said: str) -> None:
        """The cell, as often as it is repeated."""
        if said:
            self._budget.spend(self._rows * self._columns)
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + self._columns):
                    self.grids[-1].put(row, column, said)
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
                return number_text(cell.get("office:value", text))
            case "percentage":
                return number_text(cell.get("office:value", text), Shape.PERCENT)
            case "date":
                return moment_text(cell.get("office:date-value", text))
            case "boolean":
                return cell.get("office:boolean-value", text).upper()
        return text
