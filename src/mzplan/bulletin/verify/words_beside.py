"""What a phrase says besides its figure: 达到, 还差, 沿用; and whether it is so."""

import re
from collections.abc import Mapping

from mzplan.bulletin.facts import Facts, due_by_now
from mzplan.bulletin.groups import is_early, is_put_off
from mzplan.bulletin.verify.row_tests import Test
from mzplan.scoring.progress import Progress, Status

_BEYOND: Mapping[str, tuple[tuple[re.Pattern[str], Test], ...]] = {
    "target": (
        (re.compile("(?<![未有能])达到|控制在|符合"), lambda row, _: row.is_kept),
        (re.compile("(?:未|没有|未能)达到"), lambda row, _: not row.is_kept and row.status is not Status.MISSING),
        (re.compile("超出"), lambda row, _: _compared(row) > 0),
        (re.compile("^(?:提前)?完成[^%]*[，；。]$"), lambda row, _: row.is_kept),
        (re.compile("提前"), lambda row, facts: is_early(row, facts.period)),
        (re.compile("下达"), lambda row, _: row.target_basis == "official"),
    ),
    "shortfall": (
        (re.compile("[差缺少低]"), lambda row, _: not row.is_kept and _compared(row) < 0),
        (re.compile("[超高多]"), lambda row, _: _compared(row) > 0),
        (re.compile("提前"), lambda row, facts: is_early(row, facts.period)),
    ),
    "from_due": (
        (re.compile("[差缺少低]"), lambda row, _: (row.actual or 0) < (due_by_now(row) or 0)),
        (re.compile("[超高多]"), lambda row, _: (row.actual or 0) > (due_by_now(row) or 0)),
    ),
    "baseline": (
        (re.compile("低于"), lambda row, _: row.baseline is not None and (row.actual or 0) < row.baseline),
        (re.compile("高于"), lambda row, _: row.baseline is not None and (row.actual or 0) > row.baseline),
    ),
    "due": ((re.compile("完成"), lambda row, _: row.status is not Status.MET),),
    "used": (
        (re.compile("沿用"), lambda row, facts: row.record_period is not None and row.record_period < facts.period),
    ),
}
"""What a phrase says besides its figure, by the field of the figure: its words, and when they are so."""
_VERDICTS = frozenset({"target", "shortfall", "baseline"})
"""Fields of which it is told by such words that something is reached or missed: not while that waits for reports."""


def _compared(row: Progress) -> int:
    if row.actual is None or row.target is None:
        return 0
    return (row.actual > row.target.value) - (row.actual < row.target.value)


def says_more(words: str, field: str, row: Progress | None, facts: Facts) -> bool | None:
    """Whether what a phrase says besides its figure is so; None where it says nothing besides."""
    if row is None:
        return None
    found = [test(row, facts) for pattern, test in _BEYOND.get(field, ()) if pattern.search(words)]
    is_verdict = field in _VERDICTS and is_put_off(row, facts.card)
    return all(found) and not is_verdict if found else None
