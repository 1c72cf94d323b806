"""What a figure says of what gets no verdict before all have reported: that it is late, or how much it still needs."""

from collections.abc import Iterable

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import is_put_off, is_told_so_far
from mzplan.bulletin.model import Ref
from mzplan.scoring.progress import Progress

_NEEDS = frozenset({"shortfall", "remaining", "pace", "pace_to_band", "left_to_band", "due_by_now", "from_due"})
"""Figures of what is still to be done, or should be by now, which no document tells of it."""
_VERDICTS = frozenset({"lagging", "steady", "slow", "lapsed"})
"""Groups of what is late or in time, by the reports so far too."""


def tells_early(ref: Ref, facts: Facts, text: str) -> bool:
    """Whether a figure tells so of something that waits, and `text` does not say that this is by the reports so far."""
    if ref.field in _NEEDS:
        row = facts.row(ref.subject)
        return row is not None and counts_early((row,), "lagging", facts, text)
    if ref.field in ("count", "share"):
        return counts_early(facts.rows(ref.subject, ref.group), ref.group, facts, text)
    return False


def counts_early(rows: Iterable[Progress], group: str, facts: Facts, text: str) -> bool:
    """The same of rows that are counted in a group."""
    is_verdict = not _VERDICTS.isdisjoint(group.split("&")) and not is_told_so_far(text)
    return is_verdict and any(is_put_off(row, facts.card) for row in rows)
