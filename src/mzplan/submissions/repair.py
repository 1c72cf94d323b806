"""Lossless repairs of a CSV file: what it says stays, how it is written changes. Knows nothing of plans or rules.

Which cells are written badly the rules say (`Diagnostic.fix`); encoding, line ends and empty edges are mended here.
Every cell that no repair concerns keeps its characters, quotes included.
"""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import NamedTuple

from mzplan.diagnostics import Diagnostic, show
from mzplan.reading.csv_border import HEADER_ROWS, MARK, CsvTable
from mzplan.reading.encodings import text_of
from mzplan.reading.flaws import BROKEN_ROWS, RefusedError
from mzplan.reading.number import BLANKS
from mzplan.said import say
from mzplan.submissions.header import SEPARATORS, field_of, is_header, meant_field, separator_of, upper_headings

SIZE_LIMIT = 256 << 20
"""Bytes of a file that is repaired: it is held in memory."""


_CELL = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[,\r\n]|\Z)|([^",\r\n][^,\r\n]*|(?=[,\r\n]|\Z))')
_LINE_END = re.compile(r"\r\r\n|\r\n|\r|\n")
_INNER_BOM = re.compile("[\r\n]\ufeff")
_SAYS_NOTHING = f',"{BLANKS}'
_WHOLE = 10
"""No character takes more cells to show."""
_NEEDS_QUOTES = re.compile(r'[",\r\n]')

RECODED = "编码由 GB18030 改为 UTF-8（带 BOM，便于 Excel 打开）"
BOM_ONCE = "去掉重复的 BOM"
UNENDED = "去掉文件末尾的 ^Z"
ENDED = "行尾统一为 {end}"
TRIMMED = "去掉末尾 {rows} 个空行"
NARROWED = "去掉右侧空列"
REWRITTEN_ROWS = "{count} 行的写法"
GONE = "第{line}行已去掉：{text}"
TAKEN_OUT = "去掉 {rows} 行标题、合计、分组或落款"
FROM_UTF16 = "编码由 UTF-16 改为 UTF-8（带 BOM，便于 Excel 打开）"
JOINED = "两行表头合为一行"
SEPARATED = "分隔符由{delimiter}改为逗号"


class TextCell(NamedTuple):
    """A cell as it stands in the text: where, and what it says once its quotes are taken off."""

    start: int
    end: int
    value: str


class TextRow(NamedTuple):
    """A record as it stands in the text."""

    line: int
    """The physical line where it starts, from 1."""
    cells: tuple[TextCell, ...]
    ending: str
    """Its line end; empty for a last row without one."""

    @property
    def start(self) -> int:
        """Where it starts in the text."""
        return self.cells[0].start

    @property
    def end(self) -> int:
        """Where it ends, before its line end."""
        return self.cells[-1].end

    @property
    def is_blank(self) -> bool:
        """Whether no cell says anything."""
        return not any(cell.value.strip() for cell in self.cells)


class RowRepair(NamedTuple):
    """A row before and after; `after` is None for one that is taken out."""

    line: int
    before: str
    after: str | None


class Repair(NamedTuple):
    """What a repair makes of a file."""

    data: bytes
    notes: tuple[str, ...]
    """What was done to the file as a whole, in words."""
    rows: tuple[RowRepair, ...]
    """Every row, changed or not, for whoever shows the difference."""

    @property
    def said(self) -> tuple[str, ...]:
        """What was done to its rows and to the file as a whole, in words."""
        count = sum(row.after is not None and row.after != row.before for row in self.rows)
        return (say(REWRITTEN_ROWS, count=count), *self.notes) if count else self.notes

    @property
    def has_header(self) -> bool:
        """Whether the file is known to be a table of ours, read in the right encoding."""
        return bool(_positions(read_rows(self.data.decode().removeprefix(MARK)) or ()))

    @property
    def gone(self) -> Iterator[str]:
        """The rows that are taken out and say something, in words: whoever writes the file tells them."""
        for row in self.rows:
            if row.after is None and row.before.strip(_SAYS_NOTHING):
                yield say(GONE, line=row.line, text=show(row.before, _WHOLE * len(row.before)))


def repair(data: bytes, findings: Iterable[Diagnostic], asides: Collection[int] = ()) -> Repair | None:
    """The file with every lossless repair made; None when it cannot be read completely, and so must not be touched.

    `findings` are those of this file; only the ones that carry a fix, and whose cell still stands there, count. The
    lines of `asides` are taken out as well.
    """
    decoded = _decode(data)
    if decoded is None:
        return None
    text, prefix, notes = decoded
    rows = read_rows(text)
    if not rows or all(row.is_blank for row in rows):
        return None
    fixes, wrong = _by_line(findings)
    end = _usual_end(rows)
    out = _taken_out(rows, {*wrong, *asides})
    kept = len(rows)
    while kept > 1 and (rows[kept - 1].is_blank or rows[kept - 1].line in out):
        kept -= 1
    width = _width([row for row in rows[:kept] if row.line not in out])
    positions = _positions(rows)
    changes: list[RowRepair] = []
    pieces: list[str] = [prefix]
    ended = False
    for number, row in enumerate(rows):
        before = text[row.start : row.end]
        if number >= kept or row.line in out:
            changes.append(RowRepair(row.line, before, None))
            continue
        after = _written(text, row, fixes.get(row.line, ()), positions, width)
        changes.append(RowRepair(row.line, before, after))
        ending = end if row.ending else ""
        ended = ended or ending != row.ending
        pieces += (after, ending)
    if ended:
        notes.append(say(ENDED, end={"\n": "LF", "\r\n": "CRLF"}[end]))
    if out:
        notes.append(say(TAKEN_OUT, rows=len(out)))
    if trimmed := sum(row.line not in out for row in rows[kept:]):
        notes.append(say(TRIMMED, rows=trimmed))
    if width is not None:
        notes.append(NARROWED)
    return Repair("".join(pieces).encode(), tuple(notes), tuple(changes))


def _by_line(findings: Iterable[Diagnostic]) -> tuple[Mapping[int, Sequence[Diagnostic]], Collection[int]]:
    """By line the findings that carry a fix, and the lines of rows that are no records."""
    fixes: dict[int, list[Diagnostic]] = {}
    wrong: set[int] = set()
    for finding in chain.from_iterable(map(Diagnostic.singly, findings)):
        if finding.rule.takes_out:
            wrong.add(finding.location.line)
        elif finding.fix is not None and finding.location.line:
            fixes.setdefault(finding.location.line, []).append(finding)
    return fixes, wrong


def _taken_out(rows: Sequence[TextRow], wrong: Collection[int]) -> set[int]:
    """The lines of rows that are no records: of a title all that stands above the header."""
    header = next((at for at, row in enumerate(rows[:HEADER_ROWS]) if is_header([cell.value for cell in row.cells])), 0)
    above = {row.line for row in rows[:header]}
    return {row.line for row in rows if row.line in wrong} | (set() if above.isdisjoint(wrong) else above)


class Reshaped(NamedTuple):
    """A file that is no CSV of ours, made one: the same cells."""

    data: bytes
    notes: tuple[str, ...]


def reshaped(data: bytes) -> Reshaped | None:
    """A table in UTF-16, with semicolons or tabs, or with its header in two rows, as a CSV; None for any other.

    Semicolons and tabs stay where a row has more cells by them than the header, since one of them is no separator. The
    lines stay: of the upper row of a header what heads several columns is a title then.
    """
    notes = []
    try:
        text, encoding = text_of(data)
    except UnicodeDecodeError:
        return None
    if is_utf16 := encoding.startswith("utf-16"):
        if "\0" in text:
            return None
        notes.append(FROM_UTF16)
    elif encoding != "utf-8":
        notes.append(RECODED)
    end = "\r\n" if "\r\n" in text else "\n"
    separator = separator_of(text)
    is_changed = is_utf16
    if separator and separator.mark in REWRITTEN and (rows := _separated(text, separator.mark)):
        text = _csv(rows, end)
        notes.append(say(SEPARATED, delimiter=SEPARATORS[separator.mark]))
        is_changed = True
    if joined := _joined(text, end):
        text = joined
        notes.append(JOINED)
        is_changed = True
    return Reshaped(codecs.BOM_UTF8 + text.encode(), tuple(notes)) if is_changed else None


def _csv(rows: Iterable[Sequence[str]], end: str) -> str:
    return "".join(",".join(map(quoted, row)) + end for row in rows)


def _joined(text: str, end: str) -> str:
    """The text with the headings of two rows in the lower one, where only both are a whole header; else empty."""
    stream = io.StringIO(text, newline="")
    head: list[list[str]] = []
    with suppress(csv.Error):  # a cell that never ends
        for row in islice(csv.reader(stream, strict=True), HEADER_ROWS):
            moved = upper_headings(dict(enumerate(head[-1])), dict(enumerate(row))) if head else {}
            if moved and max(moved) < len(row):
                upper = ["" if at in moved else cell for at, cell in enumerate(head[-1])]
                lower = [moved.get(at, cell) for at, cell in enumerate(row)]
                return _csv([*head[:-1], upper, lower], end) + stream.read()
            head.append(row)
    return ""


def _separated(text: str, mark: str) -> list[list[str]]:
    """The rows by that mark; none where one has more cells than the header, or below it the commas of a record."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        return []
    header = next(at for at, row in enumerate(rows) if is_header(row))
    width = len(rows[header])
    is_torn = any(len(row) == 1 and row[0].count(",") + 1 >= width for row in rows[header + 1 :])
    return [] if is_torn or max(map(len, rows)) > width else rows


RESHAPED = frozenset({"MZ109", "MZ132", "MZ134"})
"""The rules of files that are put into shape first: UTF-16, another delimiter, a header in two rows."""
REWRITTEN = (";", "\t")
"""Of the marks that may stand in place of commas those that no words have in them."""


def read_rows(text: str) -> list[TextRow] | None:
    """The records of a CSV text with the place of each cell; None when a quote is not closed or stands astray."""
    rows: list[TextRow] = []
    cells: list[TextCell] = []
    at, line, length = 0, 1, len(text)
    row_line = 1
    while at < length or cells:
        while not cells and text.startswith(MARK, at):
            at += 1
        match = _CELL.match(text, at)
        if match is None:
            return None
        quoted, bare = match.groups()
        cells.append(TextCell(match.start(), match.end(), bare if quoted is None else quoted.replace('""', '"')))
        if quoted is not None:
            line += sum(len(end[0]) - end[0].count("\r\n") for end in _LINE_END.finditer(quoted))
        at = match.end()
        if text.startswith(",", at):
            at += 1
            continue
        end = _LINE_END.match(text, at)
        ending = end[0] if end else ""
        rows.append(TextRow(row_line, tuple(cells), ending))
        cells = []
        at += len(ending)
        line += len(ending) - ending.count("\r\n")
        row_line = line
    return rows


def _decode(data: bytes) -> tuple[str, str, list[str]] | None:
    """The text, the BOM it is to be written with, and what changes by that; None when the reader finds it broken."""
    table = CsvTable(io.BytesIO(data))
    try:
        for rows in table.batches():
            deque(rows, maxlen=0)
    except RefusedError:
        return None
    if any(defect.flaw in BROKEN_ROWS for defect in table.defects):
        return None
    recoded = table.encoding != "utf-8"
    text = data.decode(table.encoding)
    body = text.lstrip("\ufeff")
    boms = len(text) - len(body)
    notes = [RECODED] if recoded else [BOM_ONCE] if boms > 1 or _INNER_BOM.search(body) else []
    if body.endswith("\x1a"):
        body = body.rstrip("\x1a")
        notes.append(UNENDED)
    return body, "\ufeff" if boms or recoded else "", notes


def _usual_end(rows: Sequence[TextRow]) -> str:
    """The line end that most rows have; LF when it is neither LF nor CRLF."""
    windows = sum(row.ending in ("\r\n", "\r\r\n") for row in rows)
    return "\r\n" if windows > sum(row.ending == "\n" for row in rows) else "\n"


def _width(rows: Sequence[TextRow]) -> int | None:
    """How many columns to keep when those beyond the header's last name are empty in every row; None for all.

    They are columns only where every row has them as the header does: a row of another width has a cell too many or too
    few, nobody knows where, and every one of its cells is evidence. So it is where the first row is no header.
    """
    names = [cell.value.strip() for cell in rows[0].cells]
    if not is_header(names) or any(len(row.cells) != len(names) for row in rows if not row.is_blank):
        return None
    width = len(names)
    while width > 1 and not names[width - 1]:
        width -= 1
    if len(names) == width:
        return None
    return width if all(not cell.value.strip() for row in rows for cell in row.cells[width:]) else None


def _written(
    text: str, row: TextRow, fixes: Sequence[Diagnostic], positions: Mapping[str, int], width: int | None
) -> str:
    cells = row.cells if width is None else row.cells[:width]
    if not fixes:
        return text[row.start : cells[-1].end]
    by_cell = {
        cell: fix
        for finding in fixes
        if (cell := _cell_of(row, finding, positions)) and (fix := finding.fix) is not None
    }
    return ",".join(quoted(by_cell[cell]) if cell in by_cell else text[cell.start : cell.end] for cell in cells)


def _cell_of(row: TextRow, finding: Diagnostic, positions: Mapping[str, int]) -> TextCell | None:
    """The cell that a finding is about, if it still says what the finding read there.

    It stands at the finding's column; where that is not told (a cell on a later line of its record), under its heading.
    """
    if column := finding.location.column:
        at = row.start + column - 1
        found = [cell for cell in row.cells if cell.start <= at <= cell.end]
    elif finding.field in positions:
        found = list(row.cells[positions[finding.field] :][:1])
    else:
        found = list(row.cells)
    same = [cell for cell in found if cell.value == finding.value]
    return same[0] if len(same) == 1 else None


def _positions(rows: Sequence[TextRow]) -> Mapping[str, int]:
    """Where each field stands, by the first row that is a header; empty when there is none."""
    for row in rows[:HEADER_ROWS]:
        names = [cell.value for cell in row.cells]
        if is_header(names):
            return {field: at for at, name in enumerate(names) if (field := field_of(name) or meant_field(name))}
    return {}


def quoted(value: str) -> str:
    """A cell as a CSV has it."""
    if not _NEEDS_QUOTES.search(value):
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'
