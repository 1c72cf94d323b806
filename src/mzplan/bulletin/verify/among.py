"""Of whom something holds that a draft says of some: a bound on shares of completion, places of a ranking."""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from mzplan.bulletin.verify.rough import holds
from mzplan.scoring.progress import Progress, Tally


class Among(NamedTuple):
    """Of whom something holds, surely and at most, among whom: as narrowly and as widely as people read it."""

    surely: frozenset[str]
    perhaps: frozenset[str]
    few: frozenset[str]
    whole: frozenset[str]
    silent: frozenset[str] = frozenset()
    """Those of `perhaps` of whom nothing is known, since they sent nothing: they belong into no list."""

    seen: frozenset[str] = frozenset()
    """Of whom it holds by the reports there are."""
    places: Mapping[str, int] = MappingProxyType({})
    """Of a ranking: everybody's place in it."""

    @property
    def told(self) -> frozenset[str]:
        """Of whom it may be said at most: silence is no ground for blame or praise."""
        return self.perhaps - self.silent

    def of(self, some: Collection[str]) -> "Among":
        """The same among some, where the few are meant."""
        return self._replace(few=self.few & frozenset(some))

    def only(self, some: Collection[str]) -> "Among":
        """The same where nobody but some are meant, be anything expected of them by now or not."""
        surely, perhaps, _, whole, silent, seen = (part & frozenset(some) for part in self[:6])
        return Among(surely, perhaps, whole, whole, silent, seen)

    def rest(self) -> "Among":
        """Of whom it does not hold."""
        return self._replace(surely=self.few - self.perhaps, perhaps=self.whole - self.surely)


def shares(done: Mapping[str, Tally | Progress | None]) -> dict[str, Fraction]:
    """How much is done of each that has a figure."""
    return {key: one.completion for key, one in done.items() if one is not None and one.completion is not None}


class ShareBound(NamedTuple):
    """A bound on how much is done: 超过80%, 50%以下."""

    word: str
    percent: Fraction
    which: str

    def among(self, known: Mapping[str, Fraction], few: Iterable[str]) -> Among:
        """Of whom it holds, by the exact figures."""
        within = {key for key, share in known.items() if holds(self.word, self.percent, share * 100, is_share=True)}
        meant = frozenset(few) & known.keys()
        return Among(meant & within, frozenset(within), meant, frozenset(known))


class Most(NamedTuple):
    """The places of a ranking: the most or the least that is done, the third, the first three."""

    is_high: bool
    which: str = ""
    first: int = 1
    last: int = 1
    is_tied: bool | None = None
    """Of one that is told by its number: whether it is said to be shared."""

    def among(self, known: Mapping[str, Fraction], few: Iterable[str]) -> Among:
        """Of whom it holds among the few and among all; who is so in one of them only may be meant."""
        meant = frozenset(few) & known.keys()
        narrow, wide = (
            frozenset(key for key in keys if self.first <= self._place(known, key, keys) <= self.last)
            for keys in (meant, frozenset(known))
        )
        places = {key: self._place(known, key, frozenset(known)) for key in known}
        return Among(narrow & wide, narrow | wide, meant, frozenset(known), places=places)

    def _place(self, known: Mapping[str, Fraction], key: str, among: Iterable[str]) -> int:
        ahead = (known[one] - known[key] for one in among)
        return 1 + sum(by > 0 if self.is_high else by < 0 for by in ahead)
