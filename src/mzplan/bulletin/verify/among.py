"""Of whom something holds that a draft says of some: a bound on shares of completion, places of a ranking."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import is_lapsed
from mzplan.bulletin.model import Ref, Subject
from mzplan.bulletin.verify.claims import ROW_CLAIMS
from mzplan.bulletin.verify.grammar import COUNTED
from mzplan.bulletin.verify.passages import MARKS
from mzplan.bulletin.verify.rough import HALF_TENTHS, ROUGH, TENTHS, agrees_roughly, holds
from mzplan.bulletin.verify.row_tests import Test, in_group
from mzplan.scoring.progress import STATUS_ZH, Progress, Status, Tally


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

    def place(self, one: str) -> int:
        """The place of one in a ranking of the few alone."""
        return 1 + sum(self.places[other] < self.places[one] for other in self.few)

    def of(self, some: Collection[str]) -> "Among":
        """The same among some, where the few are meant."""
        return self._replace(few=self.few & frozenset(some))

    def only(self, some: Collection[str]) -> "Among":
        """The same where nobody but some are meant, be anything expected of them by now or not."""
        surely, perhaps, _, whole, silent, seen = (part & frozenset(some) for part in self[:6])
        return Among(surely, perhaps, whole, whole, silent, seen)

    def of_whole(self, wholes: "Sequence[frozenset[str]]", size: int) -> "Among":
        """The same among the first whole of that size; where none has it, among the first."""
        whole = next((one for one in wholes if len(one) == size), wholes[0])
        surely, perhaps, _, _, silent, seen = (part & whole for part in self[:6])
        return Among(surely, perhaps, whole, whole, silent, seen)

    def within(self, meant: "Among") -> "Among":
        """The same among those of whom something else holds: 已报单位均…."""
        return self._replace(few=self.few & meant.surely, whole=self.whole & meant.told)

    def inside(self, meant: "Among") -> "Among":
        """The same where nobody is meant but those of whom something else holds, be they due or not."""
        known = meant.surely | meant.seen
        whole, perhaps = self.whole & meant.perhaps, self.perhaps & meant.perhaps
        return Among(self.surely & known, perhaps, self.whole & known, whole, self.silent, self.seen & known)

    def is_of_all_but(self, but: frozenset[str], told: Mapping[str, str]) -> bool | None:
        """Whether it holds of all that are left; None where it does of one that is said to be left out, too.

        `told` has what is said besides: their `count`, the `names` of those left out, and that there are `more`.
        """
        few, whole = self.few - but, self.whole - but
        if not few:
            return None
        if few - self.perhaps or int(told.get("count", len(few))) not in range(len(few), len(whole) + 1):
            return False
        is_known = few <= self.surely and whole <= self.told and "more" not in told
        return True if is_known and not ("names" in told and but & self.perhaps & self.few) else None

    def is_of_so_many(self, portion: str | None) -> bool | None:
        """Whether it holds of that share of them, or for None of nobody."""
        if not self.few:
            return None
        if portion is None:  # so is what the reports say, be it settled or not
            return True if not self.perhaps else False if (self.surely | self.seen) & self.few else None
        pairs = ((self.surely & self.few, self.few), (self.perhaps, self.whole))
        verdicts = {agrees_roughly(portion, Fraction(100 * len(part), len(of))) for part, of in pairs}
        return verdicts.pop() if len(verdicts) == 1 else None

    @staticmethod
    def both(found: "Sequence[Among | None]") -> "Among | None":
        """Of whom it holds in each of several meanings, and in any; None where one of them is not known."""
        known = [one for one in found if one is not None]
        if len(known) < len(found) or len(known) == 1:
            return found[0] if len(found) == 1 else None
        surely = frozenset.intersection(*(one.surely for one in known))
        perhaps = frozenset().union(*(one.perhaps for one in known))
        return known[0]._replace(surely=surely, perhaps=perhaps, places=MappingProxyType({}))

    @staticmethod
    def together(found: "Sequence[Among | None]") -> "Among | None":
        """Of whom it holds among those of several areas; None where that is not known of each, or they are ranked."""
        if len(found) == 1:
            return found[0]
        known = [one for one in found if one is not None and not one.places]
        if len(known) < len(found):
            return None
        parts = (frozenset[str]().union(*(one[at] for one in known)) for at in range(6))
        surely, perhaps, few, whole, silent, seen = parts
        return Among(surely, perhaps, few, whole, silent, seen)


def shares(done: Mapping[str, Tally | Progress | None]) -> dict[str, Fraction]:
    """How much is done of each that has a figure."""
    return {key: one.completion for key, one in done.items() if one is not None and one.completion is not None}


class ShareBound(NamedTuple):
    """A bound on how much is done, or on a figure in its own measure: 超过80%, 50%以下, 1000人次以上."""

    word: str
    percent: Fraction
    which: str
    measure: str = "%"
    others: tuple[Fraction, ...] = ()
    """What else the bound may be: of 全市平均 the mean of the units."""

    def among(self, known: Mapping[str, Fraction], few: Iterable[str]) -> Among:
        """Of whom it holds, by the exact figures; `seen` has those among all of whom it does by each bound."""
        is_share = self.measure == "%"
        within = [
            frozenset(key for key, share in known.items() if holds(self.word, bound, share * 100, is_share=is_share))
            for bound in (self.percent, *self.others)
        ]
        seen, meant = frozenset.intersection(*within), frozenset(few) & known.keys()
        return Among(meant & seen, frozenset().union(*within), meant, frozenset(known), seen=seen)


class Most(NamedTuple):
    """The places of a ranking: the most or the least that is done, the third, the first three."""

    is_high: bool
    which: str = ""
    first: int = 1
    last: int = 1
    is_tied: bool | None = None
    """Of one that is told by its number: whether it is said to be shared."""
    is_heard: bool = False
    """Whether it is said to be among those alone that have reported: 居已报单位末位."""

    def among(self, known: Mapping[str, Fraction], few: Iterable[str], silent: Collection[str] = frozenset()) -> Among:
        """Of whom it holds among the few and among all; who is so in one of them only may be meant.

        The silent may turn out to stand anywhere, and so whoever is behind none of the others behind all of them.
        """
        everybody, meant = frozenset(known), frozenset(few) & known.keys()
        unheard = frozenset(silent)
        surely, perhaps = everybody, unheard
        for keys in (meant - unheard, everybody - unheard):
            first = {key: self._place(known, key, keys) for key in keys}
            last = {key: place + len(unheard) for key, place in first.items()}
            surely &= {key for key in keys if self.first <= first[key] and last[key] <= self.last}
            perhaps |= {key for key in keys if self.first <= last[key] and first[key] <= self.last}
        places = {key: self._place(known, key, everybody) for key in known}
        return Among(surely, perhaps, meant, everybody, places=places)

    def is_in_order(self, places: Sequence[int], *, is_told_in_order: bool) -> bool | None:
        """Whether those at these places are told in the ranking's order, and a shared place as shared."""
        orders = (sorted(places), sorted(places, reverse=True)) if not self.is_high else (sorted(places),)
        if is_told_in_order and [*places] not in orders:
            return False
        is_shared = len(places) > 1 and self.first == self.last
        return True if self.is_tied in (None, is_shared) else False if self.is_tied else None

    def _place(self, known: Mapping[str, Fraction], key: str, among: Iterable[str]) -> int:
        ahead = (known[one] - known[key] for one in among)
        return 1 + sum(by > 0 if self.is_high else by < 0 for by in ahead)


_ITEMS = re.compile("[0-9]项[^0-9]*$")
_PART_DONE = re.compile("完成[^，。；0-9]*[0-9.]+%[^0-9]*$")
_FIGURE_BEHIND = re.compile("[^，；。（）0-9]*（?[为是]?[0-9.]+(?![0-9.%项位])")
"""What follows a place of a figure: 居前三位的是某县（190张）."""
_DATA = re.compile("(?:([0-9]{1,2})月份?的?)?(?:数据|报表)?")
_LATER = re.compile("齐|[0-9项家]")
_SHARE = re.compile(
    rf"(?:(?P<which>年度|综合|总体|领域)?(?P<rate>完成率))?(?:均|都)?(?:在|为)?"
    rf"(?P<before>{'|'.join(ROUGH)}|达到)?"
    rf"(?:(?<=到)(?:{TENTHS}|{HALF_TENTHS}))?"
    r"(?P<size>[0-9]+(?:\.[0-9]+)?)(?P<measure>%)(?P<after>以上|以下|以内)?"
)
_AMOUNT = re.compile(
    rf"(?P<which>)(?P<rate>)(?:均|都)?[在为]?(?P<before>{'|'.join(ROUGH)}|达到)?(?P<size>[0-9]+(?:\.[0-9]+)?)"
    "(?P<measure>[^，。；、（）0-9的以%]{1,5})(?P<after>以上|以下|以内)?(?=[的，。；、（）]|$)"
)
_MOST = re.compile(
    "(?:(?P<which>年度|综合|总体|领域)?(?P<rate>完成率)|领域)?[为是在]?(?:全市|各领域|各单位)?(?:当?中)?"
    "(?:(?P<high>最[高多]|居首)|最[低少]|垫底|(?:排名?|位?[居列])?(?:全市|各领域|各单位|(?P<heard>已报单位))?末位"
    "|(?:位列|位居|排名|排在|[排列居为])?(?:全市|各领域|各单位|各县|(?P<told>已报单位))?(?:(?P<tied>并列)|(?P<end>倒数))?第(?P<at>[0-9]+)[位名]?"
    "|(?:位列|位居|排名|排在|[排列居])?(?:全市)?(?P<side>[前后末])(?P<few>[0-9]+)(?:[位名]|(?=[的，；。]|$)))"
)
FIGURE, COUNT = "完成值", "项数"
"""What the most of something is of that is no rate, and of so many indicators."""
_SLOWEST = re.compile("(?:进度|推进)?最(?P<fast>快|超前)|(?:进度|推进)最慢|滞后(?:幅度)?最[多大严]重?")
EITHER = "完成值、完成率"
"""What a place is of that may be by the figure and by the rate of completion."""
GAP = "差距"
"""What the slowest of indicators is the most of."""
_BY_CITY = re.compile(
    "(?P<which>年度|综合|总体)?完成率(?:均|都)?(?P<word>高于|低于)全市(?:(?P<mean>的?平均)(?:水平|数|值)?|水平)?"
)
_GROUPED: tuple[tuple[re.Pattern[str], Test], ...] = tuple(
    (re.compile(f"{words}(?![0-9项])"), in_group(group))
    for words, group in sorted(COUNTED, key=lambda one: -len(one[0]))
    if group not in ("missing", "undefined", "not_applicable", "due")
)
"""What is counted: whatever a number of can be told, there may be said to be none of."""


def lapsed(row: Progress, facts: Facts) -> bool:
    """Whether the date of what it is not at is over."""
    return is_lapsed(row, facts.period)


_KEPT: tuple[tuple[re.Pattern[str], Test], ...] = (
    (re.compile("已?达标(?!单位|[率数])"), lambda row, _: row.is_kept),
    (re.compile("(?:尚?未|没有)(?:达标|(?:全部)?(?:完成|办结))(?!单位|年|全年|目标|任务)"), lapsed),
)
"""What is said of units alone, and when it is so."""
FILED: Mapping[str, tuple[str, str]] = {
    **{f"{denial}报齐": ("late", "late") for denial in ("没有", "未能")},
    **{f"{denial}报送": ("none", "none") for denial in ("没有", "未能")},
    f"{STATUS_ZH[Status.MISSING]}齐": ("late", "late"),
    f"{STATUS_ZH[Status.MISSING]}送": ("none", "none"),
    STATUS_ZH[Status.MISSING]: ("none", "none"),
    "部分报送": ("partial", "partial"),
    "全部报送": ("full", "full"),
    "已报齐": ("full", "full"),
    "报齐": ("full", "full"),
    "已报送": ("full", "heard"),
    "已报": ("full", "heard"),
    "报送": ("full", "heard"),
}
"""Which units have reported, surely and at most: one that has reported in part has reported to some."""


Predicate = str | Test | ShareBound | Most
"""Words about reports, a test of rows, a bound on shares, or the end of a ranking."""


def _which(match: re.Match[str]) -> str:
    """What a bound or a place is of: 完成率 of one kind or any, or the figure itself."""
    return match["which"] or ("" if match["rate"] else FIGURE)


def _place_of(match: re.Match[str]) -> Most:
    which, few = _which(match), match["few"]
    if few:
        return Most(match["side"] == "前", which, 1, int(few))
    if place := match["at"]:
        is_heard = match["told"] is not None
        return Most(match["end"] is None, which, int(place), int(place), match["tied"] is not None, is_heard=is_heard)
    return Most(match["high"] is not None, which, is_heard=match["heard"] is not None)


def _means(facts: Facts) -> tuple[Fraction, ...]:
    """In per cent what units have done in the mean, with the city's own bureau and without."""
    kinds = {unit.id: unit.kind for unit in facts.plan.reporting_units}
    known = shares({one: facts.tally(Subject(unit=one)) for one in kinds})
    some = (list(known.values()), [share for one, share in known.items() if kinds[one] != "bureau"])
    return tuple(100 * sum(one, Fraction(0)) / len(one) for one in some if one)


def told_beside(before: str, words: str, behind: str) -> str:
    """What a place is of: the figure right behind it, else what was told last before it; either where nothing was."""
    if _FIGURE_BEHIND.match(behind):
        return FIGURE
    told = re.split(f"{MARKS['indicator']}+", before)[-1]
    if "完成率" in told or _PART_DONE.search(told):
        return ""
    if _ITEMS.search(told):
        return COUNT
    is_figure = told == before or words.startswith("最") or re.search("[0-9]", told)
    return FIGURE if is_figure else EITHER


def said_at(text: str, at: int, facts: Facts) -> Iterator[tuple[str, Predicate]]:
    """The words at a place of a text that say what may hold of somebody, in each meaning."""
    if match := _SLOWEST.match(text, at):
        yield match[0], Most(match["fast"] is not None, GAP)
    if match := _MOST.match(text, at):
        yield match[0], _place_of(match)
    city = facts.value(Ref("overall", "", Subject()))
    if (match := _BY_CITY.match(text, at)) and city is not None:
        means = _means(facts) if match["mean"] else ()
        yield match[0], ShareBound(match["word"], city * 100, match["which"] or "", others=means)
    for match in filter(None, (_SHARE.match(text, at), _AMOUNT.match(text, at))):
        word = match["before"] or match["after"]
        if word and not (match["before"] and match["after"]):
            told = "以上" if word == "达到" else word
            yield match[0], ShareBound(told, Fraction(match["size"]), _which(match), match["measure"])
    for words in FILED:
        if text.startswith(words, at):
            tail = _DATA.match(text, at + len(words))
            if tail and not _LATER.match(text, tail.end()) and tail[1] in (None, str(facts.period.month)):
                yield text[at : tail.end()], words
            break
    stop = text.find("的", at)  # 没有到期未完成的指标
    for pattern, holds_so in (*_KEPT, *ROW_CLAIMS, *_GROUPED):
        if match := pattern.match(text, at) or pattern.fullmatch(text, at, max(at, stop)):
            yield match[0], holds_so
            break
