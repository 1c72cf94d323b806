"""What may lie beside the reports without being one: a README, and what programs leave there hidden.

Everything else below a data folder is a report or a finding. What holds a report is one, whatever it is called: a name
that is passed over would be a place where figures are seen by nobody.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from mzplan.reading.files import FileError, Obstacle, open_regular
from mzplan.reading.flaws import Flaw, RefusedError
from mzplan.reading.foreign import refuse_foreign
from mzplan.reading.number import BLANKS, plain_number
from mzplan.reading.walk import is_hidden
from mzplan.submissions.header import is_header
from mzplan.submissions.places import ARCHIVES, README, WORKBOOKS, month_meant

_LIMIT = 1 << 20
"""Bytes of such a file: a larger one is no README."""
_LOCKS = ("~$", ".~", "._")
"""How names begin of what Office, WPS and macOS leave beside a file, with its name and ending: it is never plain text.

Who has the file open stands there in UTF-16, so that it looks like a text of Excel's.
"""
_SYSTEM = frozenset({"ehthumbs.db", "thumbs.db"})
"""What Windows leaves in the format of old workbooks."""
_REPOSITORY = ".git"
_TEXTS = (".csv", ".tsv")
_ENDINGS = frozenset({*_TEXTS, *WORKBOOKS, *ARCHIVES})
_SEPARATORS = (",", "\t", ";", "|", "，", "；")
CODE = re.compile(r"(?a:[A-Za-z]\d{1,3}-\d{1,3})")
_UNIT = re.compile(r"\w{1,12}[市县区旗州盟]|\w{0,3}本级")
_AS_WIDE = 6
"""Cells of a line that may be a record though it has no code: a table of who has reported when has fewer."""
_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16", "utf-16-be")


def may_lie_there(path: str, within: str) -> bool:
    """Whether a file is a README or left by a program, and no report; a link must not lead out of `within`.

    A README that may not be read stops nothing.
    """
    name = PurePath(path).name
    if not is_hidden(name):
        return bool(README.fullmatch(name)) and _is_harmless(path, within, if_closed=True)
    ending = PurePath(name).suffix.lower()
    is_lock = name.startswith(_LOCKS)
    if not is_lock and ending in _ENDINGS:
        return False
    return _is_harmless(path, within, is_text=not is_lock or ending not in _TEXTS, is_system=name.lower() in _SYSTEM)


def is_repository(path: str) -> bool:
    """Whether a hidden folder is where git keeps what it knows, of which nothing is ever committed."""
    return PurePath(path).name == _REPOSITORY


def _is_harmless(
    path: str, within: str, *, is_text: bool = True, is_system: bool = False, if_closed: bool = False
) -> bool:
    """Whether the contents are no report's: nothing, bytes of no text, or a text (if it may be one) without header."""
    try:
        with open_regular(path, _LIMIT, within) as stream:
            data = stream.read(_LIMIT)
    except FileError as error:
        return if_closed and error.obstacle is Obstacle.FORBIDDEN
    except OSError:
        return False
    try:
        refuse_foreign(data)
    except RefusedError as refused:
        flaw = refused.defect.flaw
        if flaw in (Flaw.SPREADSHEET, Flaw.ARCHIVE):
            return is_system
        if flaw is Flaw.BINARY:
            return True
    return not data or ((is_text or b"\0" in data) and not holds_report(data))


def holds_report(data: bytes) -> bool:
    """Whether a line of the text is the header of a report, or a record, whatever its encoding and its separator."""
    texts = (data.decode(encoding, "replace") for encoding in _ENCODINGS)
    return any(_is_of_report(line) for text in texts for line in text.splitlines())


def _is_of_report(line: str) -> bool:
    plain = line.replace('"', "").replace("\ufeff", "")
    rows = (plain.split(mark) for mark in _SEPARATORS if mark in plain)
    return any(is_header(row) or _is_record(row) for row in rows)


def _is_record(row: Sequence[str]) -> bool:
    """Whether a month of a year, an indicator's code (in a wide row a unit's name will do) and a number have cells."""
    cells = [cell.strip(BLANKS) for cell in row]
    months = (month_meant(cell, 0) for cell in cells)
    return (
        any(month is not None and month.year for month in months)
        and any(map(CODE.fullmatch if len(cells) < _AS_WIDE else _names_one, cells))
        and any(plain_number(cell) is not None for cell in cells)
    )


def _names_one(cell: str) -> bool:
    return bool(CODE.fullmatch(cell) or _UNIT.fullmatch(cell))
