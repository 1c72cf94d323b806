"""One sheet of an Excel workbook (xlsx), by its own XML: `xlsx` reads the book around it."""

import re
from collections.abc import Sequence

from mzplan.reading.conditional import ConditionalFormat
from mzplan.reading.spreadsheet import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    MERGED,
    Budget,
    Grid,
    Style,
    area_of,
    column_number,
    formula_text,
    literals_around,
    margin_texts,
    moment_text,
    number_text,
    plain_decimal,
    text_shown,
)

TRUE = frozenset({"1", "true"})
_MARGINS = frozenset(f"{pages}{where}" for pages in ("odd", "even", "first") for where in ("Header", "Footer"))
_COLLECTED = frozenset({"v", "f", "t", "formula", *_MARGINS})
"""The tags whose text is wanted."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TEXTS = frozenset({"s", "str", "inlineStr"})


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, which Excel writes as `_x000D_`."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    is_text = code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code <= 0xDFFF)
    return chr(code) if is_text else match[0]


def strikes(attributes: dict[str, str]) -> bool:
    """Whether a tag `strike` strikes the text of its font through."""
    return attributes.get("val", "1") in TRUE


class SheetReader:
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
        self._is_low = False
        """Whether nobody sees a row that has no height of its own."""
        self.rules: list[ConditionalFormat] = []
        self._areas = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        if name == "c":
            self._budget.spend()
            self._place(attributes.get("r", ""))
            self._type = attributes.get("t", "n")
            style = int(attributes.get("s") or "0")
            self._style = self._styles[style] if 0 <= style < len(self._styles) else Style()
            self._value = self._formula = None
            self._inline = ""
        elif name in _COLLECTED:
            self._pieces.clear()
            self._collects = True
        elif name == "row":
            self._budget.spend()
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            is_low = _is_below(LEAST_HEIGHT, attributes["ht"]) if "ht" in attributes else self._is_low
            if attributes.get("hidden") in TRUE or is_low:
                self.grid.hidden_rows.add(self._row)
        elif name == "col":
            self._budget.spend()
            if attributes.get("hidden") in TRUE or _is_below(LEAST_WIDTH, attributes.get("width")):
                columns = range(int(attributes.get("min", "1")), int(attributes.get("max", "1")) + 1)
                self.grid.hidden_columns.append(columns)
        elif name == "strike" and strikes(attributes):  # some of the cell's own text
            self._style = self._style._replace(is_struck=True)
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
            is_zero = attributes.get("zeroHeight") in TRUE
            self._is_low = is_zero or _is_below(LEAST_HEIGHT, attributes.get("defaultRowHeight"))
        elif name == "conditionalFormatting":
            self._areas = attributes.get("sqref", "")
        elif name == "cfRule":
            self._budget.spend()
            kind, operator, look = (attributes.get(key, "") for key in ("type", "operator", "dxfId"))
            self.rules.append(ConditionalFormat(self._areas, kind, operator, int(look or -1), ""))

    def end(self, name: str) -> None:
        """A tag ends."""
        if name == "v":
            self._value = self._collected()
        elif name == "c":
            said = self._said()
            literals = literals_around(said, self._style.code, is_text=self._type in _TEXTS)
            is_formula = self._formula is not None
            self.grid.put(self._row, self._column, said, self._style, is_formula=is_formula, literals=literals)
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
        """Text between two tags."""
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
        (top, left), (bottom, right) = area_of(area)
        if top and bottom:
            self.grid.merge(top, left, bottom - top + 1, right - left + 1)

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
                self._style = self._style._replace(is_struck=True) if is_struck else self._style
                return text_shown(text, self._style.code)
            case "str":
                return text_shown(unescaped(value), self._style.code)
            case "b":
                return "TRUE" if value.strip() in TRUE else "FALSE"
            case "d":
                return moment_text(value)
            case "e":
                return value
        return number_text(value.strip(), self._style.shape, is_1904=self._is_1904)


def _is_below(least: int, size: str | None) -> bool:
    """Whether a height or width leaves nothing to be seen."""
    number = plain_decimal(size or "")
    return number is not None and number < least
