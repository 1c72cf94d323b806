"""A table in UTF-8 that was opened as GBK and saved again: 报告期 is 鎶ュ憡鏈 then."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from mzplan.reading.csv_border import Numbered
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.names import Names

_ENOUGH = 3
"""So many words of the form or of the plan, read in that way, are no accident."""
_SHORTEST = 3
"""Characters of such a word."""
_LONGEST = 40
"""Characters that are quoted."""


def refuse_garbled(rows: Sequence[Numbered], names: Names) -> None:
    """RefusedError when the words in the first rows become those of the form and the plan when they are turned back."""
    text = "\n".join(chain.from_iterable(row for _, row in rows))
    if text.isascii():
        return
    units = (unit.name for unit in names.plan.units.values())
    indicators = (indicator.name for indicator in names.plan.indicators.values())
    found = [word for word in _misread((*FIELDS_ZH.values(), *units, *indicators)) if word in text]
    if len(found) >= _ENOUGH:
        raise RefusedError(Defect(Flaw.GARBLED, rows[0][0], detail=text[:_LONGEST]))


@lru_cache(4)
def _misread(words: tuple[str, ...]) -> frozenset[str]:
    """What words in UTF-8 look like as GBK, without a last half character."""
    return frozenset(each for word in words if len(each := word.encode().decode("gbk", "ignore")) >= _SHORTEST)
