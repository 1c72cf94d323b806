"""From bytes to rows of text with physical line numbers: encodings, line ends, quotes, limits.

Knows nothing of plans, of what the columns mean, or of the words in which a defect is told.
"""

import codecs
import csv
import io
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, repeat
from typing import BinaryIO

from mzplan.reading.around import Around
from mzplan.reading.csv_lines import cell_columns, faulty_quote, physical_lines
from mzplan.reading.encodings import BIG5, is_big5
from mzplan.reading.files import DATA_LIMIT
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.foreign import refuse_foreign

BLOCK = 1 << 16
"""Bytes read at a time: memory stays flat whatever the file's size."""
LINE_LIMIT = 1 << 20
CELL_LIMIT = 4096
COLUMN_LIMIT = 256
HEADER_ROWS = 10
"""A header is looked for in so many rows that hold anything."""
_PARSER_LIMIT = 1 << 16
"""Characters of a cell after which the parser gives up: an open quote shall not swallow the file."""
csv.field_size_limit(_PARSER_LIMIT)


_CONFLICT = r"(?:^|[\r\n])(?:<{7} |>{7} |={7}[\r\n])"
MARK = "\ufeff"
"""The byte order mark."""

Numbered = tuple[int, list[str]]
"""The physical line where a record starts, and its cells."""


class CsvTable:
    """One CSV file as rows; `defects` fills while it is read."""

    def __init__(self, stream: BinaryIO, limit: int = DATA_LIMIT) -> None:
        self.stream = stream
        self.limit = limit
        self.encoding = "utf-8"
        self.has_bom = False
        self.defects: list[Defect] = []
        self.sheet = ""
        """The tab of the workbook that it is from."""
        self.around = Around()
        self.line = 1
        """The first physical line that has not been handed out yet."""
        self.width = 0
        """How many cells a row should have; set when the header is known."""
        self._carry = ""
        self._lines: list[str] = []
        self._first = 1
        """The physical line of the first of those."""
        self._is_ascii = True
        self._long = array("Q")
        """The physical lines of records that take more than one, up to the current batch …"""
        self._beyond = array("Q")
        """… and how many lines all records until then have taken beyond the first."""

    def batches(self) -> Iterator[Iterator[Numbered]]:
        """Batches of numbered rows; each is to be used up before the next. RefusedError when the file is useless."""
        for text, is_last in self._texts():
            block = self._carry + text
            self._carry = ""
            self._first = self.line
            rows = self._rows(block, is_last)
            if rows is not None:
                yield self._unmarked(rows) if MARK in block else rows

    def _rows(self, block: str, is_last: bool) -> Iterator[Numbered] | None:
        """The rows of whole lines; None when they are blank.

        Without a quote in sight a row is its line split at commas, which is what the CSV parser would say at twice the
        price.
        """
        usual = block.replace("\r\n", "\n") if "\r" in block else block
        if not usual.strip(" \t\r\n"):
            self.line += usual.count("\n") + usual.count("\r")
            return None
        if '"' in block or "\r" in usual:
            self._lines = physical_lines(block)
            return self._parsed(self._lines, is_last)
        lines = usual.split("\n")
        if not lines[-1]:
            lines.pop()
        first, self._lines, self.line = self.line, lines, self.line + len(lines)
        if "\n\n" in usual or " \n" in usual:
            return ((line, text.split(",")) for line, text in enumerate(lines, first) if text and text != " ")
        return enumerate(map(str.split, lines, repeat(",")), first)

    def columns(self, line: int) -> list[int]:
        """The columns where the cells of a row of the current batch start, as far as they stand on its first line."""
        at = line - self._first
        return cell_columns(self._lines[at].lstrip(MARK)) if 0 <= at < len(self._lines) else []

    def row(self, line: int) -> int:
        """The number of the record that starts on a physical line, as a spreadsheet counts rows."""
        at = bisect_left(self._long, line)
        return line - (self._beyond[at - 1] if at else 0)

    def _texts(self) -> Iterator[tuple[str, bool]]:
        """Blocks of whole lines, and whether it is the last one."""
        given = self.stream.read(BLOCK)
        data = self._opened(given)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        offset = 3 if self.has_bom else 0
        pending = ""
        is_first = True
        while True:
            following = self.stream.read(BLOCK) if len(given) == BLOCK else b""
            if offset + len(data) > self.limit:
                raise RefusedError(Defect(Flaw.FILE, detail="too-large", expected=str(self.limit)))
            kept = len(decoder.getstate()[0])
            try:
                text = decoder.decode(data, not following)
            except UnicodeDecodeError as error:
                decoder, text = self._second_encoding(error, offset - kept, final=not following)
            self._is_ascii = self._is_ascii and text.isascii()
            offset += len(data)
            if is_first:
                text = self._without_marks(text)
                is_first = False
            self._inspect(self._carry + pending + text)
            whole = pending + text
            if len(whole) > LINE_LIMIT:
                self._limit(whole)
            if not following:
                yield self._ended(whole), True
                return
            cut = whole.rfind("\n") + 1 or whole.rfind("\r", 0, -1) + 1
            pending = whole[cut:]
            if cut:
                yield whole[:cut], False
            data = given = following

    def _opened(self, data: bytes) -> bytes:
        """The first block without its byte order mark, if it is text at all."""
        refuse_foreign(data)
        self.has_bom = data.startswith(codecs.BOM_UTF8)
        data = data[3:] if self.has_bom else data
        if not data.strip():
            raise RefusedError(Defect(Flaw.EMPTY))
        return data

    def _second_encoding(
        self, error: UnicodeDecodeError, start: int, *, final: bool
    ) -> tuple[codecs.IncrementalDecoder, str]:
        """GB18030, when the text so far does not prove that it is UTF-8 with a bad byte in it."""
        bad = start + error.start
        before = error.object[: error.start].decode("utf-8", "replace") if self.encoding == "utf-8" else ""
        is_possible = self.encoding == "utf-8" and not self.has_bom and self._is_ascii
        if not is_possible or sum("\u4e00" <= character <= "\u9fff" for character in before) >= 8:
            raise RefusedError(self._bad_byte(bad, error))
        decoder = codecs.getincrementaldecoder("gb18030")()
        try:
            text = decoder.decode(error.object, final)
        except UnicodeDecodeError as second:
            worst = max(error, second, key=lambda fault: fault.start)
            raise RefusedError(self._bad_byte(start + worst.start, worst)) from second
        if is_big5(error.object):
            raise RefusedError(Defect(Flaw.BAD_BYTES, expected=BIG5))
        self.encoding = "gb18030"
        self.defects.append(Defect(Flaw.GB18030))
        return decoder, text

    def _bad_byte(self, offset: int, error: UnicodeDecodeError) -> Defect:
        line, column = self._place(offset, error.encoding)
        return Defect(Flaw.BAD_BYTES, line, column, f"0x{error.object[error.start]:02X}", error.encoding)

    def _place(self, offset: int, encoding: str) -> tuple[int, int]:
        """Line and column of a byte, by reading the file again."""
        self.stream.seek(3 if self.has_bom else 0)
        left = offset - (3 if self.has_bom else 0)
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        breaks = io.IncrementalNewlineDecoder(None, translate=True)
        line, column = 1, 1
        while left > 0 and (data := self.stream.read(min(BLOCK, left))):
            left -= len(data)
            text = str(breaks.decode(decoder.decode(data, final=left <= 0), final=left <= 0))
            line += text.count("\n")
            column = len(text) - text.rfind("\n") if "\n" in text else column + len(text)
        return line, column

    def _without_marks(self, text: str) -> str:
        if text.startswith("\ufeff"):
            self.defects.append(Defect(Flaw.REPEATED_BOM, 1, 1))
        return text.lstrip("\ufeff")

    def _unmarked(self, rows: Iterator[Numbered]) -> Iterator[Numbered]:
        """Rows without the byte order marks they begin with: files were put together; told once."""
        for line, row in rows:
            if row and row[0].startswith(MARK):
                if all(defect.flaw is not Flaw.INNER_BOM for defect in self.defects):
                    self.defects.append(Defect(Flaw.INNER_BOM, line, 1))
                row[0] = row[0].lstrip(MARK)
            yield line, row

    def _inspect(self, text: str) -> None:
        """What no file of figures contains."""
        if (at := text.find("\0")) >= 0:
            before = physical_lines(text[: at + 1])
            raise RefusedError(Defect(Flaw.BINARY, self.line + len(before) - 1, len(before[-1]), detail="NUL"))
        if ("<<<<<<< " in text or ">>>>>>> " in text) and (found := re.search(_CONFLICT, text)):
            before = physical_lines(text[: found.end() - 1])
            raise RefusedError(Defect(Flaw.CONFLICT, self.line + len(before) - 1, 1))
        if "\r\r\n" in text and all(defect.flaw is not Flaw.DOUBLED_LINE_ENDS for defect in self.defects):
            self.defects.append(Defect(Flaw.DOUBLED_LINE_ENDS))

    def _limit(self, text: str) -> None:
        """RefusedError when a line is longer than any table has."""
        for number, line in enumerate(physical_lines(self._carry + text), start=self.line):
            if len(line) > LINE_LIMIT:
                raise RefusedError(Defect(Flaw.LONG_LINE, number))

    def _ended(self, text: str) -> str:
        if text.endswith("\x1a"):
            self.defects.append(Defect(Flaw.CONTROL_Z))
            return text.rstrip("\x1a")
        return text

    def _parsed(self, lines: list[str], is_last: bool) -> Iterator[Numbered]:
        """Rows by the CSV parser. A broken quote costs its own record: the next line that looks like one goes on."""
        start = base = 0
        reader = csv.reader(lines, strict=True)
        while True:
            try:
                for row in reader:
                    end = base + reader.line_num
                    if end - start > 1 and self._swallows(row, lines[start + 1 : end]):
                        raise csv.Error("rows inside a cell")
                    yield self.line + start, row
                    if end - start > 1:
                        self._long.append(self.line + start)
                        self._beyond.append(end - start - 1 + (self._beyond[-1] if self._beyond else 0))
                    start = end
                break
            except csv.Error as error:
                end = base + reader.line_num
                if not is_last and str(error) == "unexpected end of data" and sum(map(len, lines[start:])) < LINE_LIMIT:
                    self._carry = "".join(lines[start:])
                    break
                start = self._after_fault(lines, start, end, error)
                if start != end:
                    base = start
                    reader = csv.reader(islice(lines, base, None), strict=True)
        self.line += start

    def _swallows(self, row: list[str], lines: list[str]) -> bool:
        return len(row) != self.width > 0 and any(line.count(",") + 1 == self.width for line in lines)

    def _after_fault(self, lines: list[str], start: int, end: int, error: csv.Error) -> int:
        """Note what is wrong with the record in `lines[start:end]`; the index of the line to go on with."""
        text = "".join(lines[start:end])
        at = faulty_quote(text, multiline="rows" in str(error))
        if at is None:
            self.defects.append(Defect(Flaw.LONG_CELL, self.line + start))
            return end
        opened, column = start, at
        while column >= len(lines[opened]):
            column -= len(lines[opened])
            opened += 1
        if opened == end - 1 and not str(error).startswith("unexpected end"):
            self.defects.append(Defect(Flaw.STRAY_QUOTE, self.line + opened, column + 1))
            return end
        self.defects.append(Defect(Flaw.OPEN_QUOTE, self.line + opened, column + 1))
        following = opened + 1
        while self.width and following < end and lines[following].count(",") + 1 < self.width:
            following += 1
        return following
