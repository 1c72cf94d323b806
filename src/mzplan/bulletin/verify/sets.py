"""What a draft says of some and of nobody else: 仅某县未报, 除某县外均已报送, 完成率超过80%的有某县."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.verify.among import FIGURE, Among, Most, Predicate, ShareBound, said_at, told_beside
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.holders import OF_ALL, Holders, wholes_meant
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import (
    MARKS,
    Passage,
    PassageScope,
    area_of,
    group_before,
    is_of_the_rest,
    left_out,
    marked,
    with_figures,
)
from mzplan.bulletin.verify.row_tests import OF_REPORTS, in_group, lags
from mzplan.bulletin.verify.set_forms import (
    AMONG,
    BEGINS,
    BEHIND_DENIAL,
    COUNTS,
    FAR,
    FORMS,
    GOES_ON,
    HEARD,
    NOUNS,
    PLAIN,
    RESTRICTED,
    SOME_BEFORE,
    WITHIN,
)
from mzplan.bulletin.verify.set_slips import WrongSet, ids_of, number_told
from mzplan.bulletin.verify.spans import is_now
from mzplan.scoring.progress import STATUS_ZH, Status

_RATE = re.compile("(?:年度|综合|总体|领域)?完成率")
Known = dict[tuple[object, ...], Among | None]
_OF_SHARES = ("most", "share", "each")
"""Forms that only tell of shares of completion."""
_OF_SEVERAL = ("most", "none", "all", "part")
"""Forms that name nobody; the first two mean those that are left where some are left out: 除某县外，没有…."""


def sets(passage: Passage, facts: Facts, known: Known, *, has_places: bool) -> Iterator[Claim]:
    """Every claim that names or counts all of whom something holds, right or wrong; none that the data leave open.

    `known` keeps of whom something holds from one sentence to the next; `has_places` tells whether units have places.
    """
    (text, beside), taken = with_figures(marked(passage)), 0
    read: dict[int, list[tuple[str, Predicate]]] = {}
    for begin in BEGINS.finditer(text):
        is_named = any(one.kind == "indicator" and one.end <= begin.start() for one in passage.mentions)
        is_known = begin.start() >= taken and not RESTRICTED.search(text, 0, begin.start())
        is_known = is_known and (is_named or not passage.carried) and not text.endswith("或", 0, begin.start())
        is_known = is_known and not BEHIND_DENIAL.search(text, max(0, begin.start() - FAR), begin.start())
        is_of_others = is_of_the_rest(text, begin.start())  # 除某县外，某县完成率最高
        is_but = left_out(text, begin.start()) != (0, 0)
        is_of_some = SOME_BEFORE.search(text, max(0, begin.start() - FAR), begin.start())
        not_meant = _OF_SEVERAL[2 * is_but :] if is_of_others else ("none",) if is_of_some else ()
        forms = [one for one in FORMS if one[0] not in not_meant]
        for kind, before, after in forms if is_known and is_now(text, begin.start(), facts.period.month) else ():
            opening = before.match(text, begin.start())
            said = _SaidPart(passage, facts, text, kind, begin.start(), known, read, has_places)
            claim = said.claim(opening, after) if opening else None
            if claim is not None:
                taken = claim.end
                yield claim._replace(beside=tuple(one for one in beside if claim.start <= one[0] < claim.end))
                break


class _SaidPart(NamedTuple):
    """What begins at a place of a sentence; in `text` each letter of a name is the mark of its kind."""

    passage: Passage
    facts: Facts
    text: str
    kind: str
    start: int
    known: Known
    read: dict[int, list[tuple[str, Predicate]]]
    """What the words at each place of the sentence say, once they have been read."""
    has_places: bool
    """Whether units have places among all."""

    def claim(self, opening: re.Match[str], after: re.Pattern[str]) -> Claim | None:
        """The claim, if the words between and after are known and the data decide it."""
        about, at = self._about(opening)
        for words, predicate in self._predicates(at):
            closing = after.match(self.text, at + len(words))
            if (
                closing is None
                or self.text.startswith("或", closing.end())
                or not (self.kind in ("rest", "none", "all", "most") or any((*opening.groups(), *closing.groups())))
            ):
                continue
            is_bare = self.kind == "none" and not opening.re.groupindex and closing[0] == ""
            if is_bare and self._is_plain_denial(predicate):
                continue
            told = {key: value for one in (opening, closing) for key, value in one.groupdict().items() if value}
            if told.get("month") not in (None, str(self.facts.period.month)):
                continue
            within = (one for one in self.passage.mentions if one.kind in MARKS)
            inside = [one for one in within if self.start <= one.start < closing.end()]
            listed = [one for one in inside if one != about] or self._named_before(opening)
            kind = self._kind(listed, told, is_of_units=isinstance(predicate, str) or about is not None)
            if kind is None:
                continue
            of, end = self._told_of(about, predicate, closing.end())
            among = self._meant(told, listed, kind, predicate, of)
            if among is None:
                continue
            is_right = self._is_right(listed, told, among, predicate)
            if is_right and self._left_out():  # why are they left out where it is so of all?
                whole = self._among(kind, predicate, of and of.ids[0])
                is_right = None if whole is None or self._fits(listed, told, whole) else True
            is_before = "count" in told and listed == [*self.passage.named_before]
            if is_right is False and is_before and self._fits((), told, among):
                return None  # of all but those of the sentence before it is not so, and of so many it is
            if is_right and isinstance(predicate, Most) and kind == "unit" and of is None:
                is_right = True if self._has_places(told.get("state", ""), predicate) else None
            is_of_mean = isinstance(predicate, ShareBound) and predicate.others  # of whom it is so depends on which
            if is_right is None or (not is_right and (is_of_mean or self._goes_on(closing))):
                return None
            slip = None
            if not is_right:
                wrong = WrongSet(self.passage, self.facts, self.kind, self.start, among, listed)
                begun, stop = number_told(self.passage, opening, closing, at + len((_RATE.match(words) or [""])[0]))
                told["before"] = self.passage.quoted(self.start, begun)
                told["after"] = self.passage.quoted(stop, closing.end())
                slip = wrong.remedied(wrong.slip(closing.end(), words, kind), told, predicate)
                slip = slip._replace(end=closing.end())
            return Claim(
                self.begin,
                end,
                (
                    *listed,
                    *([of] if of else self._whose(kind, "area")),
                    *self._whose(kind, "unit"),
                    *self._heard(),
                    *([Mention("other", (), *left_out(self.text, self.start))] if self._left_out() else ()),
                ),
                slip,
            )
        return None

    def _kind(self, listed: Sequence[Mention], told: Mapping[str, str], *, is_of_units: bool) -> str | None:
        """Of whom it is: of units, indicators or areas; empty where that is open, None where it is of two of them."""
        kind = listed[0].kind if listed else COUNTS.get(told.get("of", ""), NOUNS.get(told.get("noun", ""), ""))
        if whom := self._whom:
            return NOUNS[whom["noun"]] if kind in ("", NOUNS[whom["noun"]]) else None
        if not kind and self.kind in ("none", "all") and not self._is_of_unit():
            return "unit" if is_of_units else "indicator"
        return kind

    def _meant(
        self,
        told: Mapping[str, str],
        listed: Sequence[Mention],
        kind: str,
        predicate: Predicate,
        about: Mention | None,
    ) -> Among | None:
        """Of whom it holds among those that are meant; None where that cannot be told."""
        but, of = self._left_out(), about and about.ids[0]
        is_known = all(one.kind == kind for one in (*listed, *but))
        is_known = is_known and told.get("listed") in (None, str(len(listed)))
        state = told.get("state", "")
        ranked = self._ranked(state, predicate) if isinstance(predicate, Most) else ""
        if ranked:  # 完成率最高的已报单位: whose place among others is none of theirs
            is_known = is_known and "已报" in ranked
            among = self._among(kind, predicate, of, ids_of(but), is_heard=True) if is_known else None
        else:
            among = self._among(kind, predicate, of, ids_of(but)) if is_known else None
            among = self._within(among, state, kind, of) if among else None
        among = self._restricted(among, predicate, kind, of) if among and self._whom else among
        if among and self.kind == "of":
            among = among._replace(surely=among.seen) if isinstance(predicate, ShareBound) else among
            among = among.of_whole(
                wholes_meant(kind, told["of"] + told.get("kind", ""), among, self.facts), size := int(told["whole"])
            )
            return among if size == len(among.whole) or predicate not in OF_REPORTS else None
        noun = self._whom["noun"] if self._whom else told.get("noun", "")
        if among and noun.startswith("县"):
            among = among.of({unit.id for unit in self.facts.plan.reporting_units if unit.kind == "county"})
        if among and noun == "重点事项":
            among = among.only({one.id for one in self.facts.plan.indicators.values() if one.stages})
        return among

    def _is_right(
        self, listed: Sequence[Mention], told: Mapping[str, str], among: Among, predicate: Predicate
    ) -> bool | None:
        """Whether it is so of those that are named or counted; None where that depends on who is meant."""
        is_some = isinstance(predicate, Most) and 0 < len(listed) < predicate.last - predicate.first + 1
        is_some = is_some and listed[0].start <= self.start  # 某县居前三位: others are too
        is_right = self._fits(listed, {**told, "more": "等"} if is_some else told, among)
        is_right = None if is_right and is_some and len(listed) > 1 else is_right  # is one left out?
        if is_right is not False and isinstance(predicate, Most):
            places = [among.places.get(one.ids[0], 0) for one in listed]
            ordered = predicate.is_in_order(places, is_told_in_order="order" in told)
            is_right = is_right if ordered else ordered
            ranked = [among.place(one.ids[0]) for one in listed if one.ids[0] in among.few & among.places.keys()]
            if is_right and any(not predicate.first <= place <= predicate.last for place in ranked):
                is_right = None  # but with the city's own bureau
        if is_right is False and "count" in told and "报" in told.get("state", ""):
            sent = {one.unit for one in self.facts.reporters("heard")}  # be they concerned or not
            if int(told["count"]) in (len(sent), len(sent - ids_of(listed))):
                rest = {key: value for key, value in told.items() if key != "count"}
                return False if self._fits(listed, rest, among) is False else None
        return is_right

    def _left_out(self) -> list[Mention]:
        """Who is left out by words that stand before it: 除某县外，滞后的有…."""
        begin, end = left_out(self.text, self.start)
        return [one for one in self.passage.mentions if one.kind in MARKS and begin <= one.start < end]

    def _told_of(self, about: Mention | None, predicate: Predicate, end: int) -> tuple[Mention | None, int]:
        """The indicator that units are told of, and where the claim ends: with it where it stands behind all else."""
        if about is None and not isinstance(predicate, str | Most | ShareBound):
            if self.kind == "of":
                return self._spoken(), end
            named = (one for one in self.passage.mentions if one.kind == "indicator" and one.start == end)
            if self.kind in ("rest", "all"):  # 各单位均已完成某指标
                of = next((one for one in named if self.text[one.end : one.end + 1] in "，；。"), None)
                return of, of.end if of else end
        return about, end

    def _spoken(self) -> Mention | None:
        """The indicator named last before it, in whatever clause of its part of the sentence."""
        part = max(self.text.rfind(mark, 0, self.start) for mark in "；。") + 1
        named = [one for one in self.passage.mentions if one.kind == "indicator" and part <= one.start < self.start]
        return named[-1] if named else None

    def _goes_on(self, closing: re.Match[str]) -> bool:
        """Whether more follows the names that it ends in, so that nobody can tell where they end."""
        return bool(closing.groupdict().get("names") and GOES_ON.match(self.text, closing.end()))

    def _is_of_unit(self) -> bool:
        """Whether a unit is named before it in its sentence: it is said of that one, or of the others."""
        part = max(self.text.rfind(mark, 0, self.start) for mark in "；。") + 1
        return any(one.kind == "unit" and part <= one.start < self.start for one in self.passage.mentions)

    def _is_plain_denial(self, predicate: Predicate) -> bool:
        """Whether 没有 before it denies it, and does not say of nobody: 某指标没有滞后, 数据没有报齐; not 没有未报."""
        if isinstance(predicate, str):
            return not predicate.startswith(STATUS_ZH[Status.MISSING])
        return any(one.kind == "indicator" and one.end <= self.start for one in self.passage.mentions)

    def _ranked(self, state: str, place: Most) -> str:
        """The state of those among whom a place is told; empty where it is told among all."""
        part = max(self.text.rfind(mark, 0, self.start) for mark in "；。") + 1
        within = AMONG.search(self.text, part, self.start)
        return "已报" if place.is_heard else state or (within["state"] if within else "")

    def _has_places(self, state: str, place: Most) -> bool:
        """Whether units have places, among all or among those that are said to have reported."""
        is_of_heard = "已报" in self._ranked(state, place) or bool(self._heard())
        return self.has_places or (is_of_heard and not self.facts.is_referring)

    def _heard(self) -> list[Mention]:
        """The words before it in its sentence that leave the silent out, if there are any."""
        part = max(self.text.rfind(mark, 0, self.start) for mark in "；。") + 1
        told = HEARD.finditer(self.text, part, self.start)
        known = (None, str(len(self.facts.reporters("heard"))))
        return [Mention("other", (), *match.span()) for match in told if match["many"] in known]

    def _named_before(self, opening: re.Match[str]) -> list[Mention]:
        """Whom 其余 leaves out: the units named before it in its sentence, or in the one before; who is the most."""
        if self.kind == "most":
            named = group_before(self.passage, self.start, ("unit", "area"), figures=True)
            is_beside = named and self.text.endswith(("于", "比", "较"), 0, named[0].start)  # 仅次于某县，列第3位
            return [] if is_beside else named
        if self.kind != "rest" or "names" in opening.groupdict():
            return []
        part = max(self.text.rfind(mark, 0, self.start) for mark in "；。") + 1
        named = [one for one in self.passage.mentions if one.kind == "unit" and part <= one.start < self.start]
        return named or [*self.passage.named_before] if part == 0 else named

    def _fits(self, listed: Sequence[Mention], told: Mapping[str, str], among: Among) -> bool | None:
        """Whether the names and the number are those of whom it holds; None where that depends on who is meant."""
        if self.kind == "of" and len(among.whole) != int(told["whole"]):
            return False
        if self.kind in ("none", "part"):
            return among.is_of_so_many(told.get("portion"))
        if self.kind == "all" or (self.kind == "rest" and listed):
            return among.is_of_all_but(ids_of(listed), told)
        if self.kind == "rest" and "count" not in told:
            return None
        if self.kind == "each":  # what one unit has is told by its figure
            is_so = True if ids_of(listed) <= among.surely else False if ids_of(listed) - among.perhaps else None
            return None if len(ids_of(listed)) < 2 else is_so
        meant = among._replace(perhaps=among.told)
        names = frozenset(next((one for one in each.ids if one in meant.perhaps), each.ids[0]) for each in listed)
        is_open = "more" in told
        verdicts: list[bool | None] = [None] if among.silent and self.kind == "only" else []  # of the others
        if listed:
            is_among = names <= meant.perhaps and (is_open or meant.surely <= names)
            is_told = self.kind == "those" and names == meant.surely  # by the reports there are
            is_sure = is_told or (names <= meant.surely if is_open else names == meant.perhaps)
            verdicts.append(False if not is_among else True if is_sure else None)
        if "count" in told and listed and not is_open:
            verdicts.append(int(told["count"]) == len(names))
        elif "count" in told:
            least, most = map(len, among[:2])
            verdicts.append(False if not least <= int(told["count"]) <= most else True if least == most else None)
        return False if False in verdicts else None if None in verdicts else True

    def _about(self, opening: re.Match[str]) -> tuple[Mention | None, int]:
        """The indicator that units are told of: right before what holds, or before it all; and where that begins."""
        stops = "；。" if self._heard() or self.kind == "most" or self._left_out() else "；，。"
        at, part = opening.end(), max(self.text.rfind(mark, 0, self.start) for mark in stops) + 1
        named = [one for one in self.passage.mentions if one.kind == "indicator"]
        is_inside = "names" in opening.groupdict() or self.kind == "all"  # 各单位某指标均超过…
        inside = next((one for one in named if one.start == at), None) if is_inside else None
        before = [one for one in named if part <= one.start < self.start or self.text.startswith("：", one.end)]
        if inside is not None:
            return inside, inside.end
        return (before[-1] if before else None), at

    def _predicates(self, at: int) -> Iterator[tuple[str, Predicate]]:
        """The words at a place that say what holds of somebody, in each meaning that fits the form."""
        if at not in self.read:
            self.read[at] = list(said_at(self.text, at, self.facts))
        for words, predicate in self.read[at]:
            if isinstance(predicate, Most):
                is_counted = (
                    words.endswith(("最多", "最少")) and MARKS["indicator"] not in self.text
                )  # 已完成指标最多的
                is_meant = self.kind == "most" and not is_counted
                if predicate.which == FIGURE:
                    which = told_beside(self.text[:at], words, self.passage.text[at + len(words) :])
                    predicate = predicate._replace(which=which)
            else:
                is_meant = self.kind not in (("most", "those") if isinstance(predicate, ShareBound) else _OF_SHARES)
                if self.kind == "of" and not isinstance(predicate, str | ShareBound):  # 有3项滞后: of its indicators
                    is_meant = self._spoken() is not None
                if isinstance(predicate, str) and self.kind == "share":  # 有10家单位已报: who reports is told of all
                    is_meant = self.text.startswith("有", self.start) and self.passage.scope == PassageScope()
            if is_meant:
                yield words, predicate

    def _whose(self, kind: str, what: str) -> list[Mention]:
        """The units or areas whose indicators are meant: 某县没有滞后指标."""
        named = group_before(self.passage, self.start, (what, "city")) if kind == "indicator" else []
        return [one for one in named if one.kind == what]

    def _among(
        self,
        kind: str,
        predicate: Predicate,
        about: str | None,
        but: frozenset[str] = frozenset(),
        *,
        is_heard: bool = False,
    ) -> Among | None:
        """Of whom it holds among those that are not left out, as it was found before if it was."""
        owners = self._whose(kind, "unit")
        if len(owners) > 1 or (kind == "area" and self._is_of_unit()):  # a unit's areas have rates of their own
            return None
        owner = owners[0].ids[0] if owners else self.passage.scope.unit
        scopes = [replace(self.passage.scope, area=area_of(one.ids[0])) for one in self._whose(kind, "area")]
        meant = self.kind if self.kind in (*OF_ALL, "all", "none") else ""
        is_heard = is_heard or bool(self._heard()) or (isinstance(predicate, Most) and self.has_places)
        holders, found = Holders(self.facts, self.kind, is_heard), list[Among | None]()
        for scope in scopes or [self.passage.scope]:
            key = (kind, predicate, about, owner, scope, meant, holders.is_heard, but)
            if key not in self.known:
                self.known[key] = holders.found(kind, predicate, about, owner, scope, but)
            found.append(self.known[key])
        return Among.together(found)

    def _within(self, among: Among, state: str, kind: str, about: str | None) -> Among | None:
        """The same among those that are in a state, as the words before 单位 say; None where that is not known."""
        if not state or (about and state.endswith("任务")):  # an indicator is told of nobody else
            return among
        said = (predicate for words, predicate in said_at(state, 0, self.facts) if words == state)
        meant = next((found for one in said if (found := self._among(kind, one, about))), None)
        return among.within(meant) if meant else None

    @property
    def _whom(self) -> re.Match[str] | None:
        """The words right before 没有 that tell among whom there is nobody: 未到期指标中."""
        part = max(self.text.rfind(mark, 0, self.start) for mark in "，；。：") + 1
        return WITHIN.search(self.text, part, self.start) if self.kind == "none" else None

    @property
    def begin(self) -> int:
        """Where it begins with those words."""
        return whom.start() if (whom := self._whom) else self.start

    def _restricted(self, among: Among, predicate: Predicate, kind: str, about: str | None) -> Among | None:
        """The same among those that they tell of; None where the state that those are in is not known."""
        state = self._whom["state"] if self._whom else ""
        states = [state[at:] for at in range(len(state), -1, -1) if PLAIN.fullmatch(state, 0, at)]
        if "" in states:
            return among
        of_state = ((own, *one) for own in states for one in said_at(own, 0, self.facts))
        whole = (self._among(kind, one, about) for own, words, one in of_state if words == own)
        found = next((among.inside(one) for one in whole if one), None)
        late = self._among(kind, in_group("behind"), about) if predicate is lags else None
        if found and late:  # 到期未完成 is another thing than 滞后, or one of them
            return found._replace(surely=found.surely & late.seen, seen=found.seen & late.seen)
        return found
