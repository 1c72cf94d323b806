"""What the readers of workbooks share: a sheet as cells of text, what numbers and dates say, how much may be read.

A cell's text is what the clerk sees: a per cent format has its sign, a date is a date, an error value its own word.
Figures are decimals from the file's own digits, rounded to the 15 that a spreadsheet shows: 0.30000000000000004 is 0.3.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.number_format import NO_LITERALS, hides_text, literals_in, shows_another

MOST_ROWS = 1 << 20
MOST_COLUMNS = 1 << 14
"""No spreadsheet has more rows or columns."""
_MOST_PARTS = 1_000_000
"""So many rows and cells, blank ones included, and as many merged areas by a hundred: more are no clerk's form."""
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
MERGED = 100
"""A merged area counts for so many cells: programs take as long over it."""


def column_number(letters: str) -> int:
    """The number of the column with those letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of a cell; 0 where it is none's."""
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]), column_number(found[1])) if found else (0, 0)


def area_of(reference: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Row and column of the first and of the last cell of an area, which may be one cell; 0 where it is none's."""
    first, _, last = reference.replace("$", "").partition(":")
    return place_of(first), place_of(last or first)


class Trouble(StrEnum):
    """Why a workbook cannot be read."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    NOT_INSTALLED = "not-installed"


def refused(trouble: Trouble) -> RefusedError:
    """The refusal of a workbook."""
    return RefusedError(Defect(Flaw.SPREADSHEET, detail=trouble.value))


class Budget:
    """How much of one workbook has been looked at; RefusedError beyond what any form has."""

    def __init__(self) -> None:
        self.left = _MOST_PARTS

    def spend(self, parts: int = 1) -> None:
        """So many more rows or cells."""
        if parts < 0:
            raise refused(Trouble.DAMAGED)
        self.left -= parts
        if self.left < 0:
            raise refused(Trouble.TOO_LARGE)


class Shape(StrEnum):
    """What a number format makes of a number."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"
    SCALED = "scaled"
    """It is shown divided by a thousand or more: the clerk sees another figure."""
    DISGUISED = "disguised"
    """It is shown as another figure, or not at all."""
    TWO_PLACES = "two-places"


class Style(NamedTuple):
    """How a cell looks, as far as it matters."""

    shape: Shape = Shape.PLAIN
    code: str = ""
    """Its number format; empty for one that every program knows by its number."""
    is_struck: bool = False
    is_faint: bool = False


_USUAL = Style()


class Grid:
    """One sheet: only the cells that hold anything."""

    def __init__(self, name: str, *, is_hidden: bool = False) -> None:
        self.name = name
        self.is_hidden = is_hidden
        self.rows: dict[int, dict[int, str]] = {}
        """By row and column, both from 1, in the order of the file."""
        self.hidden_rows: set[int] = set()
        """Those too low to be seen included."""
        self.hidden_columns: list[range] = []
        """Those too narrow to be seen included."""
        self.merged: list[tuple[range, range]] = []
        """The rows and the columns of areas that are merged into one cell."""
        self.faint: set[tuple[int, int]] = set()
        """The cells, by row and column, that say something in the colour of their ground."""
        self.struck: set[tuple[int, int]] = set()
        """The cells, by row and column, that say something and are struck through."""
        self.formulas: set[tuple[int, int]] = set()
        """The cells, by row and column, that a formula works out; those of an old workbook (.xls) are not known."""
        self.comments: list[tuple[str, str]] = []
        """What is noted at cells, each by its reference."""
        self.margins: list[str] = []
        """What is printed above and below each page."""
        self.drawn: list[str] = []
        """What stands in text boxes and other shapes, each by itself."""
        self.literals: dict[tuple[int, int], tuple[str, str]] = {}
        """By row and column: what a format shows before the number there, and behind it."""

    def put(
        self,
        row: int,
        column: int,
        text: str,
        style: Style = _USUAL,
        *,
        is_formula: bool = False,
        literals: tuple[str, str] = NO_LITERALS,
    ) -> None:
        """Set a cell; an empty one is none."""
        if not 0 < row <= MOST_ROWS or not 0 < column <= MOST_COLUMNS:
            raise refused(Trouble.DAMAGED)
        if text:
            self.rows.setdefault(row, {})[column] = text
            if style.is_struck:
                self.struck.add((row, column))
            if style.is_faint:
                self.faint.add((row, column))
            if is_formula:
                self.formulas.add((row, column))
            if literals != NO_LITERALS:
                self.literals[row, column] = literals

    def filled(self) -> Iterator[tuple[int, list[str]]]:
        """The rows that hold more than blanks, from the top, each from the first column to its last cell."""
        for row in sorted(self.rows):
            cells = self.rows[row]
            if any(not text.isspace() for text in cells.values()):
                yield row, [cells.get(column, "") for column in range(1, max(cells) + 1)]

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """Note that a cell is merged with those below it and beside it, so many rows and columns in all."""
        if rows > 1 or columns > 1:
            self.merged.append((range(row, row + rows), range(column, column + columns)))

    def is_column_hidden(self, column: int) -> bool:
        """Whether nobody sees a column."""
        return any(column in columns for columns in self.hidden_columns)


LEAST_HEIGHT, LEAST_WIDTH = 4, 1
"""Points and characters: nobody sees what stands in a lower row or a narrower column."""
WHITE = "FFFFFF"
_LEAST_CONTRAST = 24
"""Of 255: text of a colour that differs less from that of its ground is not to be seen."""


def is_faint(text: str, ground: str) -> bool:
    """Whether text of that colour cannot be seen on that ground, both as six digits; "" for what is not known."""
    try:
        pairs = zip(bytes.fromhex(text), bytes.fromhex(ground or WHITE), strict=True)
        return bool(text) and all(abs(one - other) < _LEAST_CONTRAST for one, other in pairs)
    except ValueError:
        return False


_BUILT_IN = {
    2: Shape.TWO_PLACES,
    **dict.fromkeys((9, 10), Shape.PERCENT),
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)), Shape.DATE),
}
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]|General|E[+-]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


@lru_cache(maxsize=1024)
def shape_of(code: str, number: int = -1) -> Shape:
    """The shape that a number format gives, by its code, or by its number where there is no code."""
    if not code:
        return _BUILT_IN.get(number, Shape.PLAIN)
    if code == "0.00":
        return Shape.TWO_PLACES
    if shows_another(code):
        return Shape.DISGUISED
    if _ELAPSED.search(code):
        return Shape.DATE
    plain = _LITERAL.sub("", code)
    if "%" in plain:
        return Shape.PERCENT
    if re.search("[ymdhs]", plain, re.IGNORECASE):
        return Shape.DATE
    return Shape.SCALED if re.search(r"[0#?],+(?:[^0#?,]|$)", plain) else Shape.PLAIN


_LIKE_JANUARY = re.compile(r"20[0-9]{2}\.1")
"""What a number says that is shown as 2023.10, an October."""
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
_MOST_DIGITS = 40
"""A number with more zeros stays as it stands."""
SCALED_MARK = "（显示时缩小了）"
DISGUISED_MARK = "（显示的不是它）"
MERGED_MARK = "（合并单元格）"
"""What is said after a figure of which the clerk sees another, or that stands for several rows."""
FORMULA_MARK = "（没有算出结果）"
"""What is said before a formula without a stored result: what it comes to nobody knows, and words are no formula."""
MARKS = (MERGED_MARK, SCALED_MARK, DISGUISED_MARK, FORMULA_MARK)
_MARKED = re.compile(f"[(（]({'|'.join(mark[1:-1] for mark in MARKS)})[)）]")
"""One of them, in a text that may have been narrowed."""


def unmarked(text: str) -> str:
    """What stands in a cell, or in several that are told together, without the marks."""
    return _MARKED.sub("", text)


def mark_in(text: str) -> str:
    """The first mark that a text has; empty for none."""
    found = _MARKED.search(text)
    return next(mark for mark in MARKS if found[1] in mark) if found else ""


def number_text(stored: str, shape: Shape = Shape.PLAIN, *, is_1904: bool = False) -> str:
    """What a stored number says in a cell of that shape; text that is no number as it stands."""
    if shape is Shape.PLAIN and stored.isascii() and stored.isdigit() and len(stored) <= 15:
        return stored.lstrip("0") or "0"
    try:
        number = _SHOWN.create_decimal(stored)
    except DecimalException:
        return stored
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return stored
    match shape:
        case Shape.PERCENT:
            return f"{_plain(number.scaleb(2))}%"
        case Shape.DATE:
            return _date_text(number, is_1904=is_1904) or _plain(number)
        case Shape.SCALED:
            return _plain(number) + SCALED_MARK
        case Shape.DISGUISED:
            return _plain(number) + DISGUISED_MARK
    plain = _plain(number)
    return f"{plain}0" if shape is Shape.TWO_PLACES and _LIKE_JANUARY.fullmatch(plain) else plain


def text_shown(text: str, code: str) -> str:
    """What text says in a cell of that format: of digits that are shown as others that it is so."""
    return text + DISGUISED_MARK if _DIGITS.fullmatch(text) and hides_text(code) else text


def literals_around(text: str, code: str, *, is_text: bool) -> tuple[str, str]:
    """What a format shows before and behind the digits that a cell says."""
    if not code or not _DIGITS.fullmatch(text):
        return NO_LITERALS
    number = plain_decimal(text)
    return NO_LITERALS if number is None else literals_in(code, number, is_text=is_text)


_DIGITS = re.compile(r"\s*[-+]?[0-9０-９][0-9０-９,，.．/%％\s]*")


def plain_decimal(text: str) -> Decimal | None:
    """The number that a text of `number_text` is; None for any other text."""
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) else None


def is_shown_as(number: Decimal, shown: str) -> bool:
    """Whether a text shows that number, be it rounded or with commas for points; a zero may be a dash or blank."""
    plain = shown.translate(_PLAIN_DIGITS)
    if re.search("[0-9][eE/]", plain):
        return True  # a power of ten or a fraction
    ways = (re.sub(r"[\s,，'’]", "", plain), re.sub(r"[\s.'’]", "", plain).replace(",", "."))
    return any(_is_about(number, re.findall(r"[0-9]*\.?[0-9]+", way)) for way in ways)


def _is_about(number: Decimal, found: list[str]) -> bool:
    if not found:
        return not number
    shown = Decimal(found[0])
    exponent = len(found[0].partition(".")[2])
    return len(found) == 1 and 2 * abs(shown - abs(number)).scaleb(exponent) <= 1


_PLAIN_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}


def _plain(number: Decimal) -> str:
    """The number in plain decimals."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_LAST_DAY = 2_958_466
_SECONDS = 86_400


def _date_text(serial: Decimal, *, is_1904: bool) -> str:
    """The date of a serial number, with its time where it has one; empty when it is none."""
    if not 0 <= serial < _LAST_DAY - (1462 if is_1904 else 0):
        return ""
    days, seconds = divmod(int((serial * _SECONDS).to_integral_value(ROUND_HALF_UP)), _SECONDS)
    start = date(1904, 1, 1) if is_1904 else date(1899, 12, 30 if days > 60 else 31)
    time = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if not days and not is_1904:
        return time
    day = "1900-02-29" if days == 60 and not is_1904 else (start + timedelta(days)).isoformat()
    return f"{day} {time}" if seconds else day


def moment_text(stored: str) -> str:
    """An ISO date as a spreadsheet stores it, without a midnight that nobody entered."""
    try:
        moment = datetime.fromisoformat(stored.rstrip("Z"))
    except ValueError:
        return stored
    is_midnight = not (moment.hour or moment.minute or moment.second)
    return moment.date().isoformat() if is_midnight else moment.isoformat(" ", "seconds")


_FORMULA_WIDTH = 100


_LAYOUT = re.compile('&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]+|.)', re.DOTALL)
"""Of a header or footer what is layout, or filled in when it is printed: the page's number, the day, a name."""
_REGIONS = frozenset({"&L", "&C", "&R"})


def margin_texts(code: str) -> list[str]:
    """What the left, the middle and the right of a header or footer of Excel say without that."""
    parts = _LAYOUT.sub(lambda found: "\0" if found[0].upper() in _REGIONS else " ", code).split("\0")
    return [text for part in parts if (text := part.strip())]


def formula_text(formula: str) -> str:
    """What stands for a formula without a stored result: itself, marked as one, which is neither figure nor words."""
    return f"{FORMULA_MARK}={formula.strip().removeprefix('=')[:_FORMULA_WIDTH] or '…'}"


class Handlers(NamedTuple):
    """What is done at each tag, by its local name, and with the text between."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None]
    text: Callable[[str], None]


def parse_xml(data: bytes, handlers: Handlers) -> None:
    """Hand out the elements of a document; RefusedError when it is broken, or has a document type, as none of ours."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def first(name: str, attributes: dict[str, str]) -> None:
        """Names have a prefix throughout or not at all: what is not there need not be taken off."""
        is_bare = ":" not in name
        parser.StartElementHandler = handlers.start if is_bare else start
        parser.EndElementHandler = handlers.end if is_bare else end
        start(name, attributes)

    def start(name: str, attributes: dict[str, str]) -> None:
        handlers.start(name[name.find(":") + 1 :], attributes)

    def end(name: str) -> None:
        handlers.end(name[name.find(":") + 1 :])

    def refuse(*_: object) -> None:
        raise refused(Trouble.DAMAGED)

    parser.StartElementHandler = first
    parser.CharacterDataHandler = handlers.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise refused(Trouble.DAMAGED) from None
