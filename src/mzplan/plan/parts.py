"""Parts of city totals by the ten thousand: columns of numbers by indicator, and a part only when it is asked for."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeVar

from mzplan.plan.model import Part

_Other = TypeVar("_Other")


class Shared(NamedTuple):
    """How one indicator's total is shared out."""

    units: Mapping[str, int]
    """The position of each unit in the two columns."""
    kinds: Sequence[Part]
    """The different parts, whatever their lines."""
    which: Sequence[int]
    """By position: the kind."""
    lines: Sequence[int]

    def part(self, at: int) -> Part:
        """The part of the unit in that position."""
        target, basis, source, _ = self.kinds[self.which[at]]
        return Part(target, basis, source, self.lines[at])


class Parts(Mapping[tuple[str, str], Part]):
    """Parts by (indicator id, unit id), in the order of their lines in the breakdown file."""

    def __init__(self, indicators: Mapping[str, Shared]) -> None:
        self._indicators = indicators

    def __getitem__(self, key: tuple[str, str]) -> Part:
        shared = self._indicators[key[0]]
        return shared.part(shared.units[key[1]])

    def get(self, key: tuple[str, str], default: _Other | None = None) -> Part | _Other | None:  # type: ignore[override]  # its key is an object of any kind
        """The part of that indicator and unit, or the default."""
        shared = self._indicators.get(key[0])
        at = None if shared is None else shared.units.get(key[1])
        return default if shared is None or at is None else shared.part(at)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        keys = (
            (shared.lines[at], (indicator, unit))
            for indicator, shared in self._indicators.items()
            for unit, at in shared.units.items()
        )
        return (key for _, key in sorted(keys, key=lambda key: key[0]))

    def __len__(self) -> int:
        return sum(len(shared.lines) for shared in self._indicators.values())


class Column(NamedTuple):
    """One indicator's parts in plain lists, as an entry of the cache has them."""

    units: tuple[str, ...]
    kinds: list[Part]
    which: list[int]
    steps: list[int]
    """From line to line, the first from 0: mostly small numbers."""


def columns(parts: Mapping[tuple[str, str], Part]) -> dict[str, Column]:
    """The parts by indicator."""
    listed: dict[str, list[tuple[str, Part]]] = {}
    for (indicator, unit), part in parts.items():
        listed.setdefault(indicator, []).append((unit, part))
    return {indicator: _column(given) for indicator, given in listed.items()}


def _column(given: Sequence[tuple[str, Part]]) -> Column:
    kinds: dict[Part, int] = {}
    which = [kinds.setdefault(part._replace(line=0), len(kinds)) for _, part in given]
    steps = [after - before for before, after in pairwise([0, *(part.line for _, part in given)])]
    return Column(tuple(unit for unit, _ in given), list(kinds), which, steps)


def shared(units: Mapping[str, int], kinds: Sequence[Part], which: Sequence[int], steps: Sequence[int]) -> Shared:
    """What `columns` took apart."""
    return Shared(units, kinds, array("i", which), array("i", accumulate(steps)))
