"""What can be wrong with a file before any cell has a meaning; the words for it belong to the rules."""

from enum import StrEnum
from typing import NamedTuple


class Flaw(StrEnum):
    """What can be wrong with a file or its structure, before any cell has a meaning."""

    FILE = "file"
    FOLDER_EMPTY = "folder-empty"
    NO_REPORT_YET = "no-report-yet"
    EMPTY = "empty"
    SPREADSHEET = "spreadsheet"
    SHEETS = "sheets"
    PARQUET = "parquet"
    BINARY_FLOATS = "binary-floats"
    HIDDEN_ROWS = "hidden-rows"
    HIDDEN_COLUMNS = "hidden-columns"
    FAINT_ROWS = "faint-rows"
    STRUCK_ROWS = "struck-rows"
    OTHER_FORMAT = "other-format"
    ARCHIVE = "archive"
    DOCUMENT = "document"
    LFS_POINTER = "lfs-pointer"
    CONFLICT = "conflict"
    UTF16 = "utf-16"
    BAD_BYTES = "bad-bytes"
    GARBLED = "garbled"
    BINARY = "binary"
    GB18030 = "gb18030"
    REPEATED_BOM = "repeated-bom"
    INNER_BOM = "inner-bom"
    DOUBLED_LINE_ENDS = "doubled-line-ends"
    CONTROL_Z = "control-z"
    LONG_LINE = "long-line"
    LONG_CELL = "long-cell"
    OPEN_QUOTE = "open-quote"
    STRAY_QUOTE = "stray-quote"
    NO_HEADER = "no-header"
    TWO_HEADERS = "two-headers"
    OTHER_HEADER = "other-header"
    TITLE_ROW = "title-row"
    RECORDS_ABOVE = "records-above"
    LABEL = "label"
    FIGURE_ABOVE = "figure-above"
    CORRECTIONS = "corrections"
    WORDS_ABOVE = "words-above"
    ASIDE_ABOVE = "aside-above"
    EARLIER_SHEET = "earlier-sheet"
    OTHER_SHEET = "other-sheet"
    OTHER_SHEET_FIGURE = "other-sheet-figure"
    OTHER_SHEET_ADMITS = "other-sheet-admits"
    WIDE = "wide"
    DELIMITER = "delimiter"
    REPEATED_COLUMN = "repeated-column"
    TABLES_BESIDE = "tables-beside"
    MISSING_COLUMN = "missing-column"
    MONTHS_ACROSS = "months-across"
    UNKNOWN_COLUMN = "unknown-column"
    COLUMN_SPELLING = "column-spelling"
    TOO_MANY_COLUMNS = "too-many-columns"
    NO_ROWS = "no-rows"
    UNTOUCHED = "untouched"
    TOO_MANY_FINDINGS = "too-many-findings"
    OTHER_FOLDER = "other-folder"
    NO_FOLDER = "no-folder"
    DEEP_FOLDER = "deep-folder"
    OTHER_NAME = "other-name"
    OF_REGION = "of-region"
    OTHER_MONTH = "other-month"
    MISNAMED = "misnamed"
    REPEATED_REPORT = "repeated-report"
    NO_REPORT = "no-report"
    HIDDEN = "hidden"
    README = "readme"
    SHIFTED = "shifted"


BROKEN_ROWS = frozenset({Flaw.OPEN_QUOTE, Flaw.STRAY_QUOTE, Flaw.LONG_CELL})
"""What keeps rows from being read."""


class Defect(NamedTuple):
    """One flaw of one file."""

    flaw: Flaw
    line: int = 0
    column: int = 0
    detail: str = ""
    """A word that says which variety: the format recognised, the cell found."""
    expected: str = ""
    cell: int = 0
    """The number of the cell in its row, from 1, when the column still has to be counted."""
    lines: tuple[int, ...] = ()
    """All that it is about, when that is several lines."""
    where: str = ""
    """In words, where it stands in no line: in the header of a page."""
    is_taken: bool = False
    """Whether another file lies already where this one is expected."""
    is_mended: bool = True
    """Whether nothing more is told of a line once what is wrong in it has been put right."""


class RefusedError(Exception):
    """Nothing of the file can be used."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(str(defect))
        self.defect = defect
