"""A table whose words were lost: in UTF-8, opened as GBK and saved again (鎶ュ憡鏈 for 报告期), or saved as ??? ."""

from collections.abc import Sequence
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

    So it is of headings that are but question marks, as an encoding without Chinese leaves them.
    """
    lost = next((row for _, row in rows if sum(map(_is_lost, row)) >= _ENOUGH), None)
    if lost and not any(is_header(row) for _, row in rows):
        raise RefusedError(Defect(Flaw.GARBLED, rows[0][0], detail=",".join(lost)[:_LONGEST], expected=LOST))
    text = "\n".join(chain.from_iterable(row for _, row in rows))
    if text.isascii():
        return
    units = (unit.name for unit in names.plan.units.values())
    indicators = (indicator.name for indicator in names.plan.indicators.values())
    found = [word for word in _misread((*FIELDS_ZH.values(), *units, *indicators)) if word in text]
    if len(found) >= _ENOUGH:
        raise RefusedError(Defect(Flaw.GARBLED, rows[0][0], detail=text[:_LONGEST]))


def _is_lost(cell: str) -> bool:
    return len(cell) > 1 and not cell.strip(LOST)


@lru_cache(4)
def _misread(words: tuple[str, ...]) -> frozenset[str]:
    """What words in UTF-8 look like as GBK, without a last half character."""
    return frozenset(each for word in words if len(each := word.encode().decode("gbk", "ignore")) >= _SHORTEST)
