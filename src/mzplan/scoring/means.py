"""Means over rows of a scorecard: exact sums of many completions, in integers by their denominators."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from mzplan.figures import add_up
from mzplan.scoring.progress import LOST, ON_SCHEDULE, ONE, UNJUDGED, ZERO, Judged, Progress, Status, Tally


def _none() -> dict[int, int]:
    """An empty sum of fractions: numerators by denominator."""
    return defaultdict(int)


@dataclass(slots=True)
class Sums:
    """What a set of judged rows adds up to, row by row."""

    _capped: dict[int, int] = field(default_factory=_none)
    """Completions between 0 and 1, by weight."""
    _surplus: dict[int, int] = field(default_factory=_none)
    """What the caps take off, by weight."""
    _expected: dict[int, int] = field(default_factory=_none)
    _short: dict[int, int] = field(default_factory=_none)
    """What each row that lags lacks of its expectation."""
    _weights: dict[int, int] = field(default_factory=_none)
    on_schedule: int = 0
    due: int = 0
    judged: int = 0
    missing: int = 0
    """How many of those due are not reported."""
    not_due: int = 0
    later: int = 0
    lost: int = 0
    unjudged: int = 0
    on_reference: bool = False
    """Whether one of the targets is a computed part of a city total."""

    def add(self, judged: Judged, expected: Fraction, weight: Fraction = ONE, *, on_reference: bool = False) -> None:
        """Add one more row to one of the sums: due, not due, not reported before it is due, or not judged."""
        self.not_due += judged.status is Status.NOT_DUE
        self.later += judged.status is Status.MISSING and not (judged.counts and expected)
        self.unjudged += judged.status in UNJUDGED
        if not judged.counts:
            return
        above, below = judged.above, judged.below
        if above >= below:
            capped, under = 1, 1
        else:
            capped, under = max(above, 0), below
        heavy, light = weight.numerator, weight.denominator
        self.judged += 1
        self._weights[light] += heavy
        self._capped[under * light] += capped * heavy
        if above > below or above < 0:
            self._surplus[below * light] += (above - below if above > 0 else above) * heavy
        self.on_reference = self.on_reference or on_reference
        wanted, over = expected.numerator, expected.denominator
        if judged.status is Status.NOT_DUE or (judged.status is Status.MISSING and not wanted):
            return
        self.due += 1
        if judged.status is Status.MISSING:
            self.missing += 1
            return
        self._expected[over] += wanted
        self.lost += judged.status in LOST
        if judged.status in ON_SCHEDULE:
            self.on_schedule += 1
        elif wanted * under > capped * over:
            self._short[over] += wanted
            self._short[under] -= capped
        elif above > below:  # above a band: too much is no lead, and lacks what it is too much, all of it at most
            excess = min(Fraction(above, below) - 1, expected)
            self._short[excess.denominator] += excess.numerator

    def include(self, other: "Sums") -> None:
        """Add all rows of another set, which has none in common with this one."""
        for mine, others in zip(self._sums(), other._sums(), strict=True):
            for below, above in others.items():
                mine[below] += above
        self.on_schedule += other.on_schedule
        self.due += other.due
        self.judged += other.judged
        self.missing += other.missing
        self.not_due += other.not_due
        self.later += other.later
        self.lost += other.lost
        self.unjudged += other.unjudged
        self.on_reference = self.on_reference or other.on_reference

    def _sums(self) -> tuple[dict[int, int], ...]:
        return self._capped, self._surplus, self._expected, self._short, self._weights

    @property
    def _weight(self) -> Fraction:
        return Fraction(*add_up(self._weights))

    @property
    def completion(self) -> Fraction | None:
        """The mean capped completion by weight; None when nothing is judged."""
        return Fraction(*add_up(self._capped)) / self._weight if self.judged else None

    def tally(self) -> Tally:
        """What they come to."""
        surplus, expected, short = (Fraction(*add_up(sums)) for sums in (self._surplus, self._expected, self._short))
        return Tally(
            self.completion,
            surplus / self._weight if self.judged else ZERO,
            self.on_schedule,
            self.due,
            self.judged,
            self.missing,
            short,
            expected,
            self.on_reference,
            self.not_due,
            self.later,
            self.unjudged,
            self.lost,
        )


def tally(rows: Iterable[Progress]) -> Tally:
    """The mean over the rows that are judged; rows that are not are left out."""
    sums = Sums()
    for row in rows:
        completion = row.completion or ZERO
        judged = Judged(row.status, completion.numerator, completion.denominator if row.is_judged else 0)
        sums.add(judged, row.expected or ZERO, row.indicator.weight, on_reference=row.target_basis == "reference")
    return sums.tally()
