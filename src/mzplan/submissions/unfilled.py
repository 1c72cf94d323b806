"""A form that somebody has saved and in which nobody has filled in anything: it says nothing, as one never opened.

What a form carries forward (the stages of milestones, their evidence) stands in it from the beginning, and no longer
bears a seal once it was saved. The form tells itself where each stood last, and by what evidence.
"""

import re
from collections.abc import Iterable, Sequence

from mzplan.reading.formula import without_mark
from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD, plain_number
from mzplan.submissions.header import FIGURES, READING_HEADINGS, is_header, meant_field

_HEADING = READING_HEADINGS[3]
_MARKS = tuple(_HEADING.encode(encoding) for encoding in ("utf-8", "gb18030"))
LAST, LAST_SHOWN = "{value}（{month}月）", "{last}佐证：{evidence}"
"""What a form says of the figure reported last, and with the evidence that it carries forward."""
_CARRIED = re.compile(r"(.+?)（\d+月）(?:佐证：(.*))?", re.DOTALL)


def may_be_form(head: bytes) -> bool:
    """Whether a CSV that begins so may be a form that says where each figure stood last."""
    return any(mark in head for mark in _MARKS)


def is_unfilled(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table is a form of which some rows are empty, and the others have but what they were made with."""
    fields: dict[int, str] = {}
    last = -1
    is_empty, is_carried = False, False
    for row in rows:
        if not fields:
            if is_header(row):
                fields = {at: field for at, text in enumerate(row) if (field := meant_field(text))}
                last = next((at for at, text in enumerate(row) if text.strip(BLANKS) == _HEADING), -1)
            continue
        said = {field: row[at].strip(BLANKS) for at, field in fields.items() if at < len(row)}
        if last < 0 or not said.get("indicator"):
            continue
        if any(said.get(field) for field in (*FIGURES[1:], "note")):
            return False
        filled = said.get("value", ""), without_mark(said.get("evidence", ""))
        if any(filled) and filled != _made_with(row[last] if last < len(row) else ""):
            return False
        is_empty, is_carried = is_empty or not any(filled), is_carried or any(filled)
    return is_empty and is_carried


def _made_with(told: str) -> tuple[str, str] | None:
    """The stage and the evidence that a form carries forward, by what it says was last; None for none."""
    found = _CARRIED.fullmatch(told.strip(BLANKS))
    if found is None or found[1] == NOT_APPLICABLE_WORD or plain_number(found[1]) is not None:
        return None
    return found[1].strip(BLANKS), (found[2] or "").strip(BLANKS)
