"""A table whose words were lost: in UTF-8, opened as GBK and saved again (鎶ュ憡鏈 for 报告期), or saved as ??? ."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from mzplan.reading.csv_border import Numbered
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.submissions.header import FIELDS_ZH, is_header
from mzplan.submissions.names import Names

LOST = "?"
_ENOUGH = 3
"""So many words of the form or of the plan, read in that way, are no accident."""
_SHORTEST = 3
"""Characters of such a word."""
_LONGEST = 40
"""Characters that are quoted."""


def refuse_garbled(rows: Sequence[Numbered], names: Names) -> None:
    """RefusedError when the words in the first rows become those of the form and the plan when they are turned back.

    So it is of headings that are but question marks, as an encoding without Chinese leaves them, and of cells below
    English ones where no word is left.
    """
    text = "\n".join(chain.from_iterable(row for _, row in rows))
    lost = [[cell for cell in row if _is_lost(cell)] for _, row in rows]
    is_row_lost = max(map(len, lost)) >= _ENOUGH and not any(is_header(row) for _, row in rows)
    if is_row_lost or (text.isascii() and sum(map(len, lost)) >= _ENOUGH):
        marks = ",".join(chain.from_iterable(lost))[:_LONGEST]
        raise RefusedError(Defect(Flaw.GARBLED, rows[0][0], detail=marks, expected=LOST))
    if text.isascii():
        return
    misread = _misread(names)
    begun = {text[at : at + _SHORTEST] for at in range(len(text) - _SHORTEST + 1)} & misread.keys()
    found = [word for beginning in begun for word in misread[beginning] if word in text]
    if len(found) >= _ENOUGH:
        raise RefusedError(Defect(Flaw.GARBLED, rows[0][0], detail=text[:_LONGEST]))


def _is_lost(cell: str) -> bool:
    return len(cell) > 1 and not cell.strip(LOST)


@lru_cache(4)
def _misread(names: Names) -> Mapping[str, Collection[str]]:
    """What words of the form and the plan in UTF-8 look like as GBK, without a last half character.

    By their first characters: a plan may have as many units as a file has characters.
    """
    units = (unit.name for unit in names.plan.units.values())
    indicators = (indicator.name for indicator in names.plan.indicators.values())
    found: dict[str, set[str]] = {}
    for word in (*FIELDS_ZH.values(), *units, *indicators):
        if len(misread := word.encode().decode("gbk", "ignore")) >= _SHORTEST:
            found.setdefault(misread[:_SHORTEST], set()).add(misread)
    return found
