"""The register of what has come in: by it a report is known again, and whether another has taken its place since.

The one place that says so. A report that came in is superseded when it was filed once and is not what is filed now, or
when, after it had come in, another was filed for its unit and month. It is known by its file or, sent anew in another
file, by its rows.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mzplan.submissions.parcel import Parcel
from mzplan.submissions.received import digest_of


class RegisterEntry(NamedTuple):
    """One report, when it first came in or when it was filed."""

    period: str
    unit: str
    outcome: str
    """`FILED` or `OPEN`."""
    original: str
    """What the bytes of its file come to."""
    rows: str
    """What its rows come to."""
    file: str
    saved: str = ""
    """When its file was saved last, as `saved_at`."""

    def is_report(self, other: "RegisterEntry") -> bool:
        """Whether both are one report of one unit and month, be it in two files."""
        return self.original == other.original or self.rows == other.rows


FILED, OPEN = "filed", "open"


class Register:
    """What has come in, in that order: every report once, and once more whenever it was filed."""

    def __init__(self, entries: Iterable[RegisterEntry] = ()) -> None:
        self.entries: list[RegisterEntry] = []
        self._by_key: dict[tuple[str, str], list[RegisterEntry]] = {}
        for entry in entries:
            self._add(entry)

    def knows(self, parcel: Parcel) -> bool:
        """Whether it has come in."""
        return any(own for own, _ in self._told(parcel))

    def has_file(self, parcel: Parcel) -> bool:
        """Whether it has come in in that very file."""
        return any(own and each.original == parcel.received.digest for own, each in self._told(parcel))

    def was_filed(self, parcel: Parcel) -> bool:
        """Whether it was filed once."""
        return any(own and each.outcome == FILED for own, each in self._told(parcel))

    def is_superseded(self, parcel: Parcel) -> bool:
        """Whether it gives way to what is filed, unless it is that."""
        return self.was_filed(parcel) or bool(self.successor(parcel))

    def successor(self, parcel: Parcel) -> str:
        """The file that was filed last after it had come in; empty for none."""
        told = self._told(parcel)
        came = max((at for at, (own, _) in enumerate(told) if own), default=len(told))
        return next((each.file for _, each in reversed(told[came + 1 :]) if each.outcome == FILED), "")

    def saved(self, parcel: Parcel) -> str:
        """When the file was saved that was filed last for its unit and month; empty where nobody knows."""
        return next((each.saved for _, each in reversed(self._told(parcel)) if each.outcome == FILED), "")

    def filed(self, parcel: Parcel) -> None:
        """It is filed from now on."""
        self._add(_entry(parcel, FILED))

    def came(self, parcel: Parcel) -> None:
        """It has come in and is not filed."""
        if not self.knows(parcel):
            self._add(_entry(parcel, OPEN))

    def _add(self, entry: RegisterEntry) -> None:
        self.entries.append(entry)
        self._by_key.setdefault((entry.period, entry.unit), []).append(entry)

    def _told(self, parcel: Parcel) -> Sequence[tuple[bool, RegisterEntry]]:
        """What there is for its unit and month, and of each whether it is this very report."""
        one = _entry(parcel, OPEN)
        return [(each.is_report(one), each) for each in self._by_key.get((one.period, one.unit), ())]


def _entry(parcel: Parcel, outcome: str) -> RegisterEntry:
    came = parcel.received
    return RegisterEntry(
        str(parcel.period), parcel.unit, outcome, came.digest, digest_of(parcel.text), came.name, came.saved
    )


def register_of(data: bytes) -> Register:
    """The register that a file holds; what cannot be read of it is not known."""
    return Register(entry for line in data.decode("ascii", "replace").splitlines() for entry in _read(line))


def _read(line: str) -> Iterator[RegisterEntry]:
    try:
        cells = json.loads(line)
    except (ValueError, RecursionError):
        return
    if (
        isinstance(cells, dict)
        and list(cells) in (list(RegisterEntry._fields), list(RegisterEntry._fields[:-1]))
        and all(isinstance(each, str) for each in cells.values())
    ):
        yield RegisterEntry(**cells)


def as_text(register: Register) -> bytes:
    """A line for each entry, in JSON: nothing that opens tables makes other figures of it."""
    return "".join(f"{json.dumps(entry._asdict())}\n" for entry in register.entries).encode()
