"""How many statuses would be other ones under another preset of lights."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from mzplan.plan.model import LightPreset
from mzplan.scoring.progress import LIT, Status
from mzplan.scoring.scorecard import Scorecard, score
from mzplan.submissions.ledger import Ledger


class Effect(NamedTuple):
    """What one preset does to the rows of a scorecard, the city's and the units' alike."""

    preset: LightPreset
    totals: Mapping[Status, int]
    """Rows on schedule, behind and far behind."""
    changes: Mapping[tuple[Status, Status], int]
    """Rows whose status is another one than under the scorecard's own preset, by what it was and what it would be."""

    @property
    def changed(self) -> int:
        """How many rows change."""
        return sum(self.changes.values())


def effect(card: Scorecard, ledger: Ledger, preset: LightPreset) -> Effect:
    """The effect of a preset on that scorecard's rows."""
    same = preset.name == card.preset.name
    other = card if same else score(card.plan, ledger, card.period, preset, rank=False)
    totals: Counter[Status] = Counter()
    changes: Counter[tuple[Status, Status]] = Counter()
    for (_, was), (_, now) in zip(card.rows.statuses(), other.rows.statuses(), strict=True):
        if now in LIT:
            totals[now] += 1
        if now is not was:
            changes[was, now] += 1
    return Effect(preset, totals, changes)
