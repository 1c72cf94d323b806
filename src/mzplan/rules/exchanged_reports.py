"""Two units' reports of one month in each other's place."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from mzplan.rules.copies import LEAST
from mzplan.rules.likely_steps import apart, vote
from mzplan.rules.scope import Whole

_MOST_FALLEN = 20
"""Where more units' figures of a month have fallen, that has another cause."""
_LOOKED_AT = 2
"""So many earlier reports of each unit tell: where the last alone is another's, the one before shows it."""
_MOST_OWN = 10
"""No more than this part of a report's figures may follow its own unit's last report better."""


class SentReport(NamedTuple):
    """What a unit sent for a month; in order of these."""

    month: int
    unit: str


_Earlier = Mapping[SentReport, Sequence[int]]
"""The months of a unit's reports before each of its reports, the last first."""


def exchanged_reports(whole: Whole) -> Iterator[tuple[SentReport, SentReport, int]]:
    """Each of two reports of a month with the other whose unit's last report it follows, and in how many figures.

    It follows its own unit's in hardly any; a report that may stand in several others' place is none of them.
    """
    months = [*reversed([*whole.ledger.months()])]
    sent = {unit: [month for month in months if whole.ledger.has_report(unit, month)] for unit in whole.plan.units}
    exchanged = set[SentReport]()
    for month in months[1:]:
        earlier = {
            SentReport(month, unit): before[: -_LOOKED_AT - 1 : -1]
            for unit, own in sent.items()
            if month in own
            and (before := [each for each in own if each < month and SentReport(each, unit) not in exchanged])
        }
        for one, other, counts in _pairs(whole, earlier):
            exchanged |= {one, other}
            yield one, other, counts[0]
            yield other, one, counts[1]


def _pairs(whole: Whole, earlier: _Earlier) -> Iterator[tuple[SentReport, SentReport, Sequence[int]]]:
    """Each two reports of a month that stand in each other's place."""
    fallen = [each for each, (last, *_) in earlier.items() if _falls(whole, each, last) >= LEAST]
    if len(fallen) > _MOST_FALLEN:
        return
    found = dict[tuple[SentReport, SentReport], Sequence[int]]()
    for one, other in sorted({(min(pair), max(pair)) for pair in product(fallen, earlier) if pair[0] != pair[1]}):
        counts = [_following(whole, *each, earlier) for each in ((one, other), (other, one))]
        if all(counts):
            found[one, other] = counts
    among = Counter(each for pair in found for each in pair)
    yield from ((one, other, counts) for (one, other), counts in found.items() if among[one] == among[other] == 1)


def _falls(whole: Whole, sent: SentReport, before: int) -> int:
    """How many figures of a report are below those of the one before."""
    now, then = (whole.ledger.report(sent.unit, month) for month in (sent.month, before))
    return sum(0 <= figure < old for figure, old in zip(now, then, strict=True))


def _following(whole: Whole, sent: SentReport, other: SentReport, earlier: _Earlier) -> int:
    """How many figures of a report are likelier to follow another unit's last report than its own.

    0 unless of the earlier ones, too, all but few are.
    """
    ledger = whole.ledger
    here = ledger.block(sent.unit, sent.month)
    numbers = [at for at, indicator in enumerate(whole.plan.indicators.values()) if not indicator.stages]
    cells = [here + at * ledger.block_count for at in numbers]
    told = []
    for months in zip(earlier[sent], earlier[other], strict=False):
        own, others = (ledger.block(each.unit, month) - here for each, month in zip((sent, other), months, strict=True))
        told.append(Counter(vote(apart(ledger, at, at + own), apart(ledger, at, at + others)) for at in cells))
    count, all_told = told[0][-1], sum(told, Counter[int]())
    return count if count >= LEAST and all_told[1] * _MOST_OWN <= all_told[-1] else 0
