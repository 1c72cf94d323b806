"""A form that somebody has saved and in which nobody has filled in anything: it says nothing, as one never opened.

What a form carries forward (the stages of milestones, their evidence) stands in it from the beginning, and no longer
bears a seal once it was saved. The form tells itself where each stood last.
"""

from collections.abc import Iterable, Sequence

from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD, plain_number
from mzplan.submissions.header import FIGURES, READING_HEADINGS, is_header, meant_field

_LAST = READING_HEADINGS[3]
_MARKS = tuple(_LAST.encode(encoding) for encoding in ("utf-8", "gb18030"))


def may_be_form(head: bytes) -> bool:
    """Whether a CSV that begins so may be a form that says where each figure stood last."""
    return any(mark in head for mark in _MARKS)


def is_unfilled(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table is a form of which some rows are empty, and the others have the stage alone that they had."""
    fields: dict[int, str] = {}
    last = -1
    is_empty, is_carried = False, False
    for row in rows:
        if not fields:
            if is_header(row):
                fields = {at: field for at, text in enumerate(row) if (field := meant_field(text))}
                last = next((at for at, text in enumerate(row) if text.strip(BLANKS) == _LAST), -1)
            continue
        said = {field: row[at].strip(BLANKS) for at, field in fields.items() if at < len(row)}
        if last < 0 or not said.get("indicator"):
            continue
        if any(said.get(field) for field in (*FIGURES[1:], "note")):
            return False
        value, before = said.get("value", ""), row[last].rpartition("（")[0] if last < len(row) else ""
        if value and (value != before or value == NOT_APPLICABLE_WORD or plain_number(value) is not None):
            return False
        is_empty, is_carried = is_empty or not value, is_carried or bool(value)
    return is_empty and is_carried
