"""Means over rows of a scorecard: exact sums of many completions, row by row or column by column."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from mzplan.figures import ExactSum, add_up
from mzplan.scoring.progress import ZERO, Progress, Status, Tally

CODED: tuple[Status, ...] = (*Status, Status.MISSING)
"""Statuses by the code that a column keeps of each unit."""
CODE: Mapping[Status, int] = {status: code for code, status in enumerate(Status)}
UNASKED = len(Status)
"""The code of a unit that is silent and from which nothing is promised, so that it is not judged."""
ABSENT = 255
"""The code of a unit that has nothing to do with an indicator."""

MET, NOT_DUE, ON_SCHEDULE = CODE[Status.MET], CODE[Status.NOT_DUE], CODE[Status.ON_SCHEDULE]
BEHIND, FAR_BEHIND, MISSING = CODE[Status.BEHIND], CODE[Status.FAR_BEHIND], CODE[Status.MISSING]
LAGGING = (BEHIND, FAR_BEHIND)

_LATE = bytes((*LAGGING, MISSING))
JUDGED = frozenset((*_LATE, MET, NOT_DUE, ON_SCHEDULE))
"""The codes of units that count in a mean completion."""
_UNJUDGED = bytes(code for code in range(256) if code not in JUDGED)


class Sums(NamedTuple):
    """What a set of judged rows adds up to."""

    capped: Fraction
    surplus: Fraction
    short: Fraction
    expected: Fraction
    on_schedule: int
    judged: int
    on_reference: bool

    def tally(self) -> Tally:
        """Their means."""
        judged = self.judged
        if not judged:
            return Tally(None, ZERO, 0, 0)
        completion = Fraction(self.capped.numerator, self.capped.denominator * judged)
        return Tally(completion, self.surplus, self.on_schedule, judged, self.short, self.expected, self.on_reference)


def together(parts: Sequence[Sums]) -> Sums:
    """Sets of rows that have none in common, as one."""
    return Sums(
        total(part.capped for part in parts),
        total(part.surplus for part in parts),
        total(part.short for part in parts),
        total(part.expected for part in parts),
        sum(part.on_schedule for part in parts),
        sum(part.judged for part in parts),
        any(part.on_reference for part in parts),
    )


def total(figures: Iterable[Fraction]) -> Fraction:
    """The sum of many fractions."""
    adding = ExactSum()
    for figure in figures:
        if figure:
            adding.add(figure)
    return adding.total()


def sums_of(rows: Iterable[Progress]) -> Sums:
    """What the judged ones of these rows add up to."""
    capped, raw, short, expected = (ExactSum() for _ in range(4))
    on_schedule = judged = 0
    on_reference = False
    for row in rows:
        if not row.is_judged:
            continue
        judged += 1
        capped.add(row.capped)
        raw.add(row.completion or ZERO)
        wanted = row.expected or ZERO
        expected.add(wanted)
        if row.is_on_schedule:
            on_schedule += 1
        elif wanted:
            short.add(wanted)
            short.add(-row.capped)
        on_reference = on_reference or row.target_basis == "reference"
    whole = capped.total()
    return Sums(whole, raw.total() - whole, short.total(), expected.total(), on_schedule, judged, on_reference)


def tally(rows: Iterable[Progress]) -> Tally:
    """The mean over the rows that are judged; rows that are not are left out."""
    return sums_of(rows).tally()


class UnitSums:
    """What the rows of every unit add up to, unit by unit, from columns: one indicator of all units at a time."""

    def __init__(self, units: int) -> None:
        self.units = units
        self._columns: dict[Fraction, list[bytes]] = {}
        self.reference = bytearray(units)
        """1 for a unit that is judged by a computed part of a total."""
        self.steady: list[dict[int, int]] = [defaultdict(int) for _ in range(units)]
        """By unit, capped completions of rows on schedule: numerators by denominator."""
        self.lagging: list[dict[int, int]] = [defaultdict(int) for _ in range(units)]
        """Those of rows that are behind."""
        self.surplus: list[dict[int, int]] = [defaultdict(int) for _ in range(units)]
        """What the caps take off."""

    def add(self, place: int, code: int, above: int, below: int) -> None:
        """The completion `above / below` of a judged row with a figure."""
        if above >= below:
            self.steady[place][1] += 1
            if above > below:
                self.surplus[place][below] += above - below
        elif above > 0:
            (self.lagging if code in LAGGING else self.steady)[place][below] += above
        elif above:
            self.surplus[place][below] += above

    def close(self, codes: bytes, expected: Fraction) -> None:
        """The statuses of the column whose completions have been added."""
        self._columns.setdefault(expected, []).append(codes)

    def __iter__(self) -> Iterator[Sums]:
        """By unit, in their order."""
        over = lcm(*(expected.denominator for expected in self._columns))
        joined = [
            (expected.numerator * over // expected.denominator, b"".join(columns))
            for expected, columns in self._columns.items()
        ]
        sums: dict[int, Fraction] = {}
        for place in range(self.units):
            on_schedule = judged = expected = wanted = 0
            for share, codes in joined:
                own = codes[place :: self.units].translate(None, _UNJUDGED)
                steady = len(own.translate(None, _LATE))
                on_schedule += steady
                judged += len(own)
                expected += share * len(own)
                wanted += share * (len(own) - steady)
            if expected not in sums:
                sums[expected] = Fraction(expected, over)
            above, below = add_up(self.lagging[place])
            yield Sums(
                self._capped(place, above, below),
                Fraction(*add_up(self.surplus[place])) if self.surplus[place] else ZERO,
                Fraction(wanted * below - above * over, over * below) if wanted else ZERO,
                sums[expected],
                on_schedule,
                judged,
                bool(self.reference[place]),
            )

    def capped(self) -> Iterator[tuple[Fraction, int]]:
        """By unit, the sum of its capped completions and how many are judged: all that a rank needs."""
        codes = b"".join(column for columns in self._columns.values() for column in columns)
        for place in range(self.units):
            judged = len(codes[place :: self.units].translate(None, _UNJUDGED))
            yield self._capped(place, *add_up(self.lagging[place])), judged

    def _capped(self, place: int, above: int, below: int) -> Fraction:
        over, under = add_up(self.steady[place])
        return Fraction(over * below + above * under, under * below)
