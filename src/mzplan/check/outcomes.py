"""What becomes of a report that came in, and what is known of it by then."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from mzplan.diagnostics import Diagnostic, Severity, errors_of, show
from mzplan.period import Period
from mzplan.said import say
from mzplan.submissions.filed import FigureChange, Records
from mzplan.submissions.parcel import Parcel
from mzplan.submissions.received import Received
from mzplan.submissions.sources import Source

Key = tuple[str, Period]
"""A unit and a month."""

_UNREADABLE = "读不出内容"
FILE, _SHEET = " {name} ", "工作表“{sheet}”"


class Outcome(StrEnum):
    """What becomes of a report that came in."""

    FILED = "filed"
    REPLACED = "replaced"
    KNOWN = "known"
    """It is filed already."""
    SUPERSEDED = "superseded"
    """It came in before, and another has been filed since."""
    WAITING = "waiting"
    """It differs from what is filed, or from another that came in: somebody has to decide."""
    RETURNED = "returned"
    UNKNOWN = "unknown"
    DOUBTFUL = "doubtful"
    """Of a file from which reports are taken: something in it is in none of them, or does not agree with them."""
    BESIDE = "beside"
    """It is no report by its name."""
    BLANK = "blank"
    """A form in which nothing is filled in: it is as no file at all."""


TAKEN = frozenset({Outcome.FILED, Outcome.REPLACED})
SETTLED = TAKEN | {Outcome.KNOWN, Outcome.SUPERSEDED, Outcome.BESIDE, Outcome.BLANK}
"""What leaves nothing to do."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A report that came in, and what becomes of it."""

    received: Received
    outcome: Outcome
    parcel: Parcel | None = None
    """Whose it is and for when, as far as that is known."""
    reason: str = ""
    """Why, in words, where the findings do not say it."""
    findings: Sequence[Diagnostic] = ()
    """What its sender should look at, placed in the file that was sent; what was put right is not told."""
    cleared: Sequence[Diagnostic] = ()
    """The changes in it that are no findings because of what their notes say, placed likewise."""
    beyond: Sequence[Diagnostic] = ()
    """What it makes of reports of later months that are filed, placed there."""
    filed: bytes = b""
    """It as it is filed, when it is sound."""
    records: Records = field(default_factory=dict)
    rows: int = 0
    """How many of its records are sound."""
    notes: tuple[str, ...] = ()
    """What was put right, in words."""
    gone: tuple[str, ...] = ()
    """The lines that were left out as they are no records, in words."""
    changes: Sequence[FigureChange] = ()
    """What it changes of the report that is filed, or has otherwise than `other`."""
    other: str = ""
    """The other that came in for its unit and month, in words."""

    @property
    def key(self) -> Key | None:
        """Whose it is and for when."""
        return self.parcel.key if self.parcel else None

    @property
    def keys(self) -> Sequence[Key]:
        """For whom it speaks: whose it is, and of whom tables go back with it; a blank form for nobody."""
        if self.parcel is None or self.outcome is Outcome.BLANK:
            return ()
        others = sorted(self.parcel.others) if self.outcome is Outcome.RETURNED else ()
        return [(unit, self.parcel.period) for unit in (self.parcel.unit, *others)]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it: nor about a later month that it puts in doubt."""
        is_in_doubt = bool(errors_of(self.beyond))
        return self.outcome in SETTLED and not (self.outcome in TAKEN | {Outcome.KNOWN} and is_in_doubt)

    @property
    def has_marks(self) -> bool:
        """Whether there is something to be said in a copy: in a workbook that is read, of whatever; else of a place."""
        is_read = self.parcel is not None and bool(self.parcel.tab)
        return any(is_read or finding.lines for finding in self.findings)

    @property
    def errors(self) -> int:
        """How many findings keep it from being filed."""
        return len(errors_of(self.findings))

    def sent_back(self) -> "Taken":
        """One that goes back: a warning that no record came with is the reason."""
        if not self.findings:
            return replace(self, reason=_UNREADABLE)
        if self.errors:
            return self
        return replace(self, findings=[each._replace(severity=Severity.ERROR) for each in self.findings])

    def comes_before(self, other: "Taken") -> bool:
        """Whether it is a report of an earlier month than another of the same unit."""
        return bool(self.key and other.key and self.key[0] == other.key[0] and self.key[1] < other.key[1])


class Filed(NamedTuple):
    """A report that lies among the data."""

    source: Source
    data: bytes
    records: Records
    is_ours: bool
    """Whether it is called as what is filed is, so that one may take its place."""
    obstacle: str = ""
    """Why it cannot be read, in words: it is there all the same."""


def called(other: Taken, one: Taken) -> str:
    """What another report is called beside one: by its tab where both are of one file."""
    if other.received == one.received and other.parcel is not None:
        return say(_SHEET, sheet=show(other.parcel.tab, 40))
    return say(FILE, name=other.received.name)


def rounds(parcels: Sequence[Parcel], key: Callable[[Parcel], object]) -> Sequence[Mapping[int, Parcel]]:
    """The reports by their position, in as few groups as have no two of one key."""
    groups: list[dict[int, Parcel]] = []
    seen: Counter[object] = Counter()
    for at, parcel in enumerate(parcels):
        number = seen[key(parcel)]
        seen[key(parcel)] += 1
        if number == len(groups):
            groups.append({})
        groups[number][at] = parcel
    return groups
