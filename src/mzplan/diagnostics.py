"""What a finding is: rule, place, fact, remedy. Knows nothing of plans, records or output formats."""

import os
import re
import shlex
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec
from types import MappingProxyType
from typing import NamedTuple

from mzplan.said import say


class InputError(Exception):
    """The run cannot start (exit 2); the message is complete and in the user's language."""

    def __init__(self, message: str, findings: "Sequence[Diagnostic]" = ()) -> None:
        super().__init__(message)
        self.message = message
        """As it was said; `str` of the error has lost how."""
        self.findings = tuple(findings)
        """What is wrong and where, as far as it is one file's fault: formats for programs tell these."""


_EXTRAS: Mapping[str, str] = MappingProxyType(
    {
        "docx": "python-docx",
        "template": "jinja2",
        "excel": "xlsxwriter xlrd openpyxl",
        "duckdb": "duckdb sqlglot",
        "spark": "pyspark sqlglot duckdb",
    }
)
"""The packages of each extra: they are what an index knows, whoever the program itself came from."""


_WITH_PIP = "{python} -m pip install {packages}"
_PIP_FIRST = "{python} -m ensurepip，再 {line}"
_NO_PIP = (
    "uv pip install --python {python} {packages}"
    "（这个 Python 没有 pip；也没有 uv 的，在装了 pip 的 Python 里安装 mzplan）"
)

_OF_SHELLS = r"\s'$`&|;<>()^,={}"
"""What cmd and PowerShell read otherwise than as a sign of a word: a backslash parts folders."""
_TO_QUOTE = re.compile(rf"[^\\/]*[{_OF_SHELLS}][^\\/]*")
"""The part of a path that a shell would cut; quoted as a whole the path would be text to PowerShell, no command."""


_IS_WINDOWS = os.name == "nt"
_SPECIAL = re.compile(r"""[\s"'\\$`&|;<>()*?!\[\]{}]|^[#~]""")
"""What sh reads otherwise."""
_SPECIAL_ON_WINDOWS = re.compile(f"[{_OF_SHELLS}]|^[#~@]")


_LONGEST_PATH = 2 * 4096
"""In cells: a command that leads to a path cut short leads to nothing."""


def quoted(word: str) -> str:
    """A word as a shell takes it back; only what a shell would read otherwise is put in quotes."""
    shown = show(word, _LONGEST_PATH)
    if shown and not (_SPECIAL_ON_WINDOWS if _IS_WINDOWS else _SPECIAL).search(shown):
        return shown
    return f'"{shown}"' if _IS_WINDOWS else shlex.quote(shown)


def installing(extra: str) -> str:
    """What brings an extra to the Python that runs, as every shell takes it; not all that hold a program have pip."""
    called = _TO_QUOTE.sub(r'"\g<0>"', sys.executable or "python")
    line: str = say(_WITH_PIP, python=called, packages=_EXTRAS[extra])
    if find_spec("pip"):
        return line
    if find_spec("ensurepip"):
        return say(_PIP_FIRST, python=called, line=line)
    return say(_NO_PIP, python=called, packages=_EXTRAS[extra])


class Severity(StrEnum):
    """How much a finding weighs: an error fails the run, a warning does not unless asked."""

    ERROR = "error"
    WARNING = "warning"


LEVELS: Mapping[Severity, str] = MappingProxyType({Severity.ERROR: "错误", Severity.WARNING: "警告"})
"""What people read; machines read the value."""


class Location(NamedTuple):
    """A place in a file: lines and columns from 1, columns in code points; 0 is the whole file or the whole line."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class Rule(NamedTuple):
    """One defect with a code for ever; the texts are what `mzplan rule CODE` prints, in Chinese."""

    code: str
    """`MZ` and three digits, the hundred being the family; never reused, never renumbered."""
    name: str
    """Kebab-case, named by the defect: `unknown-unit`."""
    severity: Severity
    title: str
    """The defect in a few words."""
    what: str
    why: str
    mend: str
    source: str = ""
    """The clause, standard or agreement that the rule rests on."""
    bad: str = ""
    """A CSV (or YAML, for the plan family) that yields exactly this code."""
    good: str = ""
    """The same, mended; yields nothing."""
    fixable: bool = False
    takes_out: bool = False
    """Whether the repair takes out the row that it speaks of: it is no record."""
    casts_doubt: bool = False
    """Whether it is told wherever a figure is shown that it speaks of: it counts, and may be wrong."""

    @property
    def counts_always(self) -> bool:
        """Whether they also want to know of it who ask for no warnings: an error, and a figure that may be wrong."""
        return self.severity is Severity.ERROR or self.casts_doubt

    def told(self, tell: Callable[[str], str]) -> "Rule":
        """The same with its texts as `tell` says them; its examples are files and stay."""
        return self._replace(
            title=tell(self.title),
            what=tell(self.what),
            why=tell(self.why),
            mend=tell(self.mend),
            source=tell(self.source),
        )


class Occurrence(NamedTuple):
    """One of the rows, or of the missing indicators, that a finding stands for, with the keys that know it again."""

    line: int = 0
    """Where it stands; 0 for what is not there."""
    unit: str = ""
    indicator: str = ""
    period: str = ""
    value: str = ""
    row: int = 0
    """As a spreadsheet counts it."""
    message: str = ""
    """What is said of it alone, where that differs from what is said of the first."""
    fix: str | None = None
    field: str = ""
    """Where it stands in another column than the first."""
    cell_number: int = 0
    column: int = 0
    """As a location counts it; 0 when it is not known."""
    hint: str = ""
    """How to mend it alone; empty where that is said of the first."""
    meant: str = ""
    """As of a finding."""
    code: str = ""
    """Of the rule that it breaks, where that may be another than the first does."""
    related: tuple[Location, ...] | None = None
    """The other places that take part in it alone; None where they are those of the finding."""


class Diagnostic(NamedTuple):
    """One finding. Values are raw here: whoever prints one passes it through `show` first."""

    location: Location
    rule: Rule
    message: str
    """The fact in one sentence, without place, code or remedy; untrusted parts already passed through `show`."""
    severity: Severity
    field: str = ""
    """The canonical column name (`value`), empty when the finding is about a row, a file or the plan."""
    value: str | None = None
    """The offending cell as it stands in the file."""
    hint: str = ""
    """How to mend it here, naming the nearest known name where there is one."""
    fix: str | None = None
    """What the cell would hold after a lossless repair."""
    related: tuple[Location, ...] = ()
    """The other places that take part: the first of two equal keys, the higher earlier value."""
    unit: str = ""
    """The reporting unit's id where it is known; likewise the next two. They key waivers, baselines and statistics."""
    indicator: str = ""
    period: str = ""
    parts: tuple[Occurrence, ...] = ()
    """All that it stands for, when that is more than its own place: what has one cause is told once."""
    row: int = 0
    """The row as a spreadsheet counts it: a note of four lines is one; 0 when it is about no row."""
    cell_number: int = 0
    """The number of the cell in its row, from 1; 0 when it is about the whole row."""
    sheet: str = ""
    """The tab of the workbook that it is about: its lines are rows, its column the number of the cell."""
    first_said: str = ""
    """The message as it was made, where it is said in another language now: what it is known by depends on none."""
    meant: str = ""
    """What its hint proposes that the cell should hold, or each of several cells; empty when nothing is known."""

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line that it is about, in order; none when it is about a whole file."""
        rows = tuple(dict.fromkeys(part.line for part in self.parts if part.line))
        return rows or ((self.location.line,) if self.location.line else ())

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet calls it (E16, 填报表!E16 in a workbook); empty when it is about no cell."""
        if not self.row or not self.cell_number:
            return ""
        return cell_name(self.sheet, self.cell_number, self.row)

    @property
    def remedy(self) -> str:
        """How to mend it by hand; empty when nothing is known."""
        return _remedy(self.hint, self.fix)

    @property
    def fixes(self) -> int:
        """How many cells a lossless repair of it changes, or rows it takes out; none in a workbook."""
        if self.sheet:
            return 0
        if self.rule.takes_out:
            return len(self.lines)
        return sum(part.fix is not None for part in self.parts) if self.parts else int(self.fix is not None)

    def related_to(self, part: Occurrence) -> tuple[Location, ...]:
        """The other places that take part in one of the rows that it stands for."""
        return self.related if part.related is None else part.related

    def singly(self) -> Iterator["Diagnostic"]:
        """One finding for each row that it stands for, as if they had not been told together."""
        if not self.lines or not self.parts:
            yield self
            return
        for part in (part for part in self.parts if part.line):
            is_there = part.line == self.location.line and part.cell_number in (0, self.cell_number)
            is_own = is_there and part.field in ("", self.field)
            yield self._replace(
                location=self.location if is_own else Location(self.location.path, part.line, part.column),
                message=part.message or self.message,
                value=part.value or self.value,
                fix=part.fix,
                hint=part.hint or (self.hint if is_own or part.value == (self.value or "") else ""),
                meant=part.meant,
                related=self.related_to(part),
                unit=part.unit,
                indicator=part.indicator,
                period=part.period,
                parts=(),
                row=part.row,
                field=part.field or self.field,
                cell_number=part.cell_number or self.cell_number,
            )

    def told(self, tell: Callable[[str], str]) -> "Diagnostic":
        """The same as `tell` says it; what stands in files, and what a cell is to hold, stays."""
        return self._replace(
            rule=self.rule.told(tell),
            message=tell(self.message),
            first_said=self.known_message,
            hint=tell(self.hint),
            meant=tell(self.meant),
            parts=tuple(
                part._replace(message=tell(part.message), hint=tell(part.hint), meant=tell(part.meant))
                for part in self.parts
            ),
        )

    @property
    def known_message(self) -> str:
        """The message by which it is known again, whatever the language of the run."""
        return self.first_said or self.message

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order of a report: file, line, cell, code; of what is no table, column for cell."""
        cell = self.cell_number if self.row else self.location.column
        return (self.location.path, self.location.line, cell, self.rule.code, self.known_message)

    def in_sheet(self, sheet: str) -> "Diagnostic":
        """The same in a workbook, where nothing is repaired and places are cells."""
        return self._replace(
            location=self.location._replace(column=self.cell_number),
            hint=self.remedy,
            fix=None,
            parts=tuple(part._replace(fix=None, hint=_remedy(part.hint, part.fix)) for part in self.parts),
            sheet=sheet,
        )


def errors_of(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those that fail a run, in their order."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


_WRITTEN = "改为“{fix}”。"


def _remedy(hint: str, fix: str | None) -> str:
    return hint or (say(_WRITTEN, fix=show(fix)) if fix else "")


def cell_name(sheet: str, number: int, row: int) -> str:
    """What a spreadsheet calls a cell, by its number in its row; without a tab that of a CSV."""
    cell = f"{column_letters(number)}{row}"
    return f"{_quoted(sheet)}!{cell}" if sheet else cell


def _quoted(sheet: str) -> str:
    """The name of a tab as a reference has it: in quotes unless it is a plain word."""
    return sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"


def column_letters(number: int) -> str:
    """What a spreadsheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, at = divmod(number - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SELECTORS = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


def show(text: str, width: int = 80) -> str:
    r"""Untrusted text made safe for one line of any output: hidden characters spelt out, cut to `width` cells.

    ESC reads `\x1b`, U+202E reads `\u{202e}`; a full-width character takes two cells. Every string that came from a
    file, a path or a command line passes here before it is printed; the format's own escape comes after. A text that
    nothing is wrong with is returned itself, so that a sentence remembers how it was made.
    """
    if text.isascii() and text.isprintable() and len(text) <= width:
        return text
    pieces = [_visible(character) for character in text[: width + 1]]
    if len(text) <= width and sum(cells for _, cells in pieces) <= width:
        shown = "".join(piece for piece, _ in pieces)
        return text if shown == text else shown
    room, kept = width - 1, 0
    while kept < len(pieces) and pieces[kept][1] <= room:
        room -= pieces[kept][1]
        kept += 1
    return "".join(piece for piece, _ in pieces[:kept]) + "…"


@lru_cache(maxsize=4096)
def _visible(character: str) -> tuple[str, int]:
    """A character as it may be shown, and how many cells that takes."""
    code = ord(character)
    if unicodedata.category(character) in _HIDDEN or any(low <= code <= high for low, high in _SELECTORS):
        piece = f"\\x{code:02x}" if code < 0x100 else f"\\u{{{code:x}}}"
        return piece, len(piece)
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1
