"""What came in, judged by the rules of `check` against what is filed already, and what is to become of it.

Knows nothing of where anything is written. What is sound is made the CSV that `check --fix` would make of it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from mzplan.check.as_sent import beyond
from mzplan.check.attached import why_unknown, with_attached
from mzplan.check.judge import Counted, Judge
from mzplan.check.kept_words import with_kept, without_columns
from mzplan.check.outcomes import FILE, TAKEN, Filed, Key, Outcome, Taken, called, rounds
from mzplan.check.replacing import THE_FILED, one_is_wrong, parts, replacing, unlike
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.reading.files import FileError, file_error
from mzplan.reading.flaws import RefusedError
from mzplan.said import listed, say
from mzplan.submissions.filed import (
    Records,
    by_indicator,
    changes,
    places_of_sources,
    records_in,
    records_of,
)
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.opening import as_csv
from mzplan.submissions.parcel import Parcel, Unknown
from mzplan.submissions.parcels import parcels_of
from mzplan.submissions.places import month_meant
from mzplan.submissions.received import Received
from mzplan.submissions.register import Register
from mzplan.submissions.sources import Source

_REPEATED = "与{other}相同"
_OTHER_YEAR = "{why}，写的是{year}年，没有那一年的计划，当作{meant}年的"
_OTHER_PLAN = "是{year}年的，要按那年的计划收：请加 --period {period}"
_OTHER_MONTH = "是{period}的，不是 --period 写的{wanted}：没有收"
_KNOWN = "同一个文件，以前收过"
_NOTHING_NEW = "与已归档的一字不差"
_REPLACED, _PASSED_BY = "以前收过，后来由{other}替换了", "以前收过，没有归档，后来{other}归档了"
_SUPERSEDED = "{told}，以后一份为准{back}{away}"
_VOID = "{void}：要用它，把名字改了再收；不用，移出收件箱"
_PUT_BACK = "；要换回来，只收这个文件，并加 --replace"
_PUT_AWAY = "；确是旧的，把这个文件移出收件箱"
_WITH = "要与{other}一起归档：单与已归档的对不上；一起归档，请加 --replace"
_WITH_RETURNED = "要与{other}一起归档：单与已归档的对不上，那一份退回了；等它改好发来，一起收"


class Intake:
    """Everything that came in at once, beside what is filed."""

    def __init__(
        self,
        plan: Plan,
        context: Sequence[Source],
        counted: Counted,
        *,
        today: date,
        home: str,
        root: str,
        others: Collection[int] = (),
        register: Register | None = None,
    ) -> None:
        self.plan = plan
        self.today = today
        self.others = others
        """The years that other plans are for."""
        self.register = register or Register()
        """What has come in before; with what comes in now as soon as that is judged."""
        self.names = Names(plan)
        places = places_of_sources(self.names, context)
        self.context = [(source, place.key) for source, place in zip(context, places, strict=True)]
        self.ledger = Ledger(plan)
        """The records of all that is filed, by now or before, as soon as it is settled."""
        self.filed: dict[Key, Filed] = {}
        self.judge = Judge(
            plan=plan, names=self.names, context=self.context, filed=self.filed, counted=counted, today=today,
            home=home, root=root,
        )  # fmt: skip
        counting = {source.path for source, place in zip(context, places, strict=True) if place.counts}
        for source, key in sorted(self.context, key=lambda each: each[0].path not in counting):
            if key is not None and key not in self.filed:
                self.filed[key] = self._filed(source, key)

    def take(self, came: Sequence[Received], period: Period | None, *, may_replace: bool) -> list[Taken]:
        """What becomes of each report."""
        taken: list[Taken] = []
        parcels: list[Parcel] = []
        self.judge.came = came
        beside: list[Received] = []
        void: list[Parcel] = []
        for received in came:
            if received.obstacle:
                taken.append(Taken(received=received, outcome=Outcome.UNKNOWN, reason=received.obstacle))
                continue
            if received.is_beside:
                beside.append(received)
                continue
            found = [self._of_some_plan(each) for each in parcels_of(self.names, received, period)]
            left = Outcome.DOUBTFUL if any(isinstance(each, Parcel) for each in found) else Outcome.UNKNOWN
            for each in found:
                if isinstance(each, Unknown):
                    taken.append(Taken(received=received, outcome=left, reason=why_unknown(each)))
                elif each.period.year in self.others:
                    reason = say(_OTHER_PLAN, year=each.period.year, period=each.period)
                    taken.append(Taken(received=received, outcome=Outcome.UNKNOWN, reason=reason))
                elif period not in (None, each.period):
                    reason = say(_OTHER_MONTH, period=each.period, wanted=period)
                    taken.append(Taken(received=received, outcome=Outcome.WAITING, parcel=each, reason=reason))
                elif self.register.was_filed(each) and self._is_filed(one := self._as_it_came(each)):
                    taken.append(one)
                elif each.void_by:
                    void.append(each)
                else:
                    parcels.append(each)
        known = {one.key for one in taken if one.key is not None} | {each.key for each in void}
        parcels, attached = with_attached(self.names, parcels, beside, known, self.filed, period)
        taken += attached
        judged = self._with_kept(list(self._all_judged(parcels, may_replace=may_replace)))
        taken += [one for one in judged if one.outcome is Outcome.BLANK]
        judged = [one for one in judged if one.outcome is not Outcome.BLANK]
        judged = judged if may_replace else list(self._with_waiting(judged))
        reports = Counter(one.received.name for one in (*taken, *judged) if one.keys)
        is_alone = reports.total() == 1
        old = [one for one in judged if self._gives_way(one) and not (is_alone and one.records)]
        taken += (self._superseded(one, is_only=reports[one.received.name] == 1) for one in old)
        new = [one for one in judged if one not in old]
        proved = list(self.judge.proved(list(self._settled(new, may_replace=may_replace, is_alone=is_alone))))
        anew = {one.key: one for one in proved if one.outcome in TAKEN}
        settled = [self._corrected(one, anew[one.key]) if one.key in anew else one for one in proved]
        self._registered(settled)
        taken += settled
        there = self.filed.keys() | {one.key for one in settled if one.outcome in TAKEN}
        taken += (self._void(each, is_filed=each.key in there) for each in void)
        order = {received.name: at for at, received in enumerate(came)}
        return sorted(
            self._in_the_end(taken),
            key=lambda each: (
                order[each.received.name],
                each.outcome is Outcome.DOUBTFUL,
                each.key or ("", self.plan.periods[0]),
            ),
        )

    def _of_some_plan(self, parcel: Parcel | Unknown) -> Parcel | Unknown:
        """A report of a year that there is no plan for is meant for this one's, unless it is called so, too."""
        if isinstance(parcel, Unknown) or parcel.period.year in (self.plan.year, *self.others):
            return parcel
        month = parcel.period._replace(year=self.plan.year)
        called = (month_meant(text, month.year) for text in (*parcel.received.hints, parcel.tab))
        is_slip = month <= (self.today.year, self.today.month) and parcel.period not in called
        why = say(_OTHER_YEAR, why=parcel.why, year=parcel.period.year, meant=month.year)
        return parcel._replace(period=month, why=why) if is_slip else parcel

    def _filed(self, source: Source, key: Key) -> Filed:
        is_ours = source.spot is not None and (*source.spot.folders, source.spot.name) == (str(key[1]), f"{key[0]}.csv")
        data: bytes = b""
        records: Records = {}
        try:
            with suppress(RefusedError), source.open() as stream:
                data = stream.read()
                records = by_indicator(records_of(self.names, as_csv(data)))
        except FileError as error:
            return Filed(source, data, records, is_ours, error.reason)
        except OSError as error:
            return Filed(source, data, records, is_ours, file_error(error).reason)
        return Filed(source, data, records, is_ours)

    def _as_it_came(self, parcel: Parcel) -> Taken:
        """A report that was filed once, with what it says before anything in it is put right."""
        records = by_indicator(records_in(self.names, parcel.text))
        reason = _KNOWN if self.register.has_file(parcel) else _NOTHING_NEW
        return Taken(received=parcel.received, outcome=Outcome.KNOWN, parcel=parcel, reason=reason, records=records)

    def _is_filed(self, one: Taken) -> bool:
        """Whether a report is the one that is filed now."""
        return one.key in self.filed and bool(one.records) and self.filed[one.key].records == one.records

    def _gives_way(self, one: Taken) -> bool:
        """Whether a report that came in before gives way to the one that is filed."""
        is_other = one.key in self.filed and bool(self.filed[one.key].records) and not self._is_filed(one)
        if not is_other or one.parcel is None or not self.register.is_superseded(one.parcel):
            return False
        return bool(one.records) or self.register.has_file(one.parcel)  # what is wrong in a new file goes back

    def _superseded(self, one: Taken, *, is_only: bool) -> Taken:
        """A report that gives way, beside what is filed; in a file that is new somebody may mean it."""
        filed = self.filed[one.key].records if one.key else {}
        if reason := parts(one.records, filed, self._successor(one)):
            return replace(one, outcome=Outcome.WAITING, reason=reason, findings=())
        is_old = one.parcel is not None and self.register.has_file(one.parcel)
        what = list(changes(self.plan, filed, one.records)) if one.records else []
        back, away = _PUT_BACK if is_only and one.records else "", "" if is_old else _PUT_AWAY
        reason = say(_SUPERSEDED, told=self._overtaken(one, self._successor(one)), back=back, away=away)
        outcome = Outcome.SUPERSEDED if is_old else Outcome.WAITING
        return replace(one, outcome=outcome, reason=reason, findings=(), changes=what)

    @staticmethod
    def _void(parcel: Parcel, *, is_filed: bool) -> Taken:
        """A report that is called void: nothing is left to decide where another is filed."""
        outcome = Outcome.SUPERSEDED if is_filed else Outcome.WAITING
        reason = parcel.void_by if is_filed else say(_VOID, void=parcel.void_by)
        return Taken(received=parcel.received, outcome=outcome, parcel=parcel, reason=reason)

    def _corrected(self, one: Taken, other: Taken) -> Taken:
        """What would go back, if it has come in before and another is filed now; else as it is."""
        if one.outcome is not Outcome.RETURNED or one.parcel is None or not self.register.knows(one.parcel):
            return one
        reason = say(_SUPERSEDED, told=self._overtaken(one, called(other, one)), back="", away="")
        return replace(one, outcome=Outcome.SUPERSEDED, reason=reason, findings=())

    def _successor(self, one: Taken) -> str:
        """What took the place of a report that gives way, in words: what came in, or what was put there by hand."""
        filed = self.filed[one.key].source.path if one.key else ""
        return say(FILE, name=(one.parcel and self.register.successor(one.parcel)) or filed)

    def _overtaken(self, one: Taken, other: str) -> str:
        """How it is told that a report came in before another was filed: filed once itself, or never."""
        was_filed = one.parcel is not None and self.register.was_filed(one.parcel)
        return say(_REPLACED if was_filed else _PASSED_BY, other=other)

    def _registered(self, settled: Sequence[Taken]) -> None:
        """Enter in the register what is filed and what it took the place of, then what is not filed for now."""
        for one in sorted(settled, key=lambda one: one.outcome not in TAKEN):
            if one.parcel is None:
                continue
            if one.outcome not in TAKEN:
                self.register.came(one.parcel)
                continue
            if one.key in self.filed:
                before = self.filed[one.key]
                original = Received(before.source.path, before.data)
                self.register.came(one.parcel._replace(received=original, text=before.data))
            self.register.filed(one.parcel)

    def _with_kept(self, judged: Sequence[Taken]) -> list[Taken]:
        """All of it, each sound report with the words that it has no columns for, of what came with it or is filed."""
        sound: dict[Key | None, list[Taken]] = {}
        for one in judged:
            if one.outcome is Outcome.FILED:
                sound.setdefault(one.key, []).append(one)
        completed = []
        for one in judged:
            others = [(called(each, one), each.records) for each in sound.get(one.key, ()) if each is not one]
            there = self.filed.get(one.key) if one.key else None
            filed = [(THE_FILED, there.records)] if there else []
            completed.append(with_kept(self.plan, self.names, one, [*others, *filed]))
        return completed

    def _all_judged(self, parcels: Sequence[Parcel], *, may_replace: bool) -> Iterator[Taken]:
        """Every report, judged beside the others that came in: of several for one unit and month beside the first.

        What may not take the place of what is filed is judged apart: the others are judged beside what is filed.
        """
        apart = [not may_replace and each.key in self.filed for each in parcels]
        beside = [each for each, is_apart in zip(parcels, apart, strict=True) if not is_apart]
        alone = [each for each, is_apart in zip(parcels, apart, strict=True) if is_apart]
        in_turn = rounds(beside, lambda each: each.key)
        for number, several in enumerate(in_turn):
            keys = {parcel.key for parcel in several.values()}
            first = in_turn[0].values() if number else ()
            yield from self.judge.together(list(several.values()), [each for each in first if each.key not in keys])
        yield from self.judge.apart([(each, ()) for each in alone])

    def _with_waiting(self, judged: Sequence[Taken]) -> Iterator[Taken]:
        """All of it, but what is sound only beside a report of an earlier month that has to wait waits with it."""
        waiting = [one for one in judged if one.outcome is Outcome.FILED and one.key in self.filed]
        waiting = [one for one in waiting if not self._is_filed(one)]
        earlier = [{each.key: each for each in waiting if each.comes_before(one)} for one in judged]
        anew = [at for at, one in enumerate(judged) if one.outcome is Outcome.RETURNED and earlier[at]]
        beside = [_parcels(earlier[at].values()) for at in anew]
        parcels = _parcels(judged[at] for at in anew)
        again = dict(zip(anew, self.judge.apart(list(zip(parcels, beside, strict=True))), strict=True))
        for at, one in enumerate(judged):
            if at in again and again[at].outcome is Outcome.FILED:
                settled = (self._beside_filed(each, may_replace=False, is_alone=False) for each in earlier[at].values())
                words = _WITH_RETURNED if any(each.outcome is Outcome.RETURNED for each in settled) else _WITH
                reason = say(words, other=listed(called(each, one) for each in earlier[at].values()))
                yield replace(again[at], outcome=Outcome.WAITING, reason=reason)
            else:
                yield one

    def _settled(self, judged: Sequence[Taken], *, may_replace: bool, is_alone: bool) -> Iterator[Taken]:
        """Of sound ones for one unit and month, and of what is filed, which is filed."""
        by_key: dict[Key | None, list[Taken]] = {}
        of_sheets: dict[object, list[Taken]] = {}
        for one in judged:
            of_sheets.setdefault((one.received.name, one.key), []).append(one)
        for one in judged:
            sheets = of_sheets[one.received.name, one.key]
            if len({each.outcome for each in sheets} & {Outcome.FILED, Outcome.RETURNED}) > 1:
                if one is sheets[0]:
                    yield one_is_wrong(sheets)
            elif one.outcome is not Outcome.FILED:
                yield one
            elif self._is_filed(one):
                yield replace(one, outcome=Outcome.KNOWN, reason=_NOTHING_NEW)
            else:
                by_key.setdefault(one.key, []).append(one)
        for several in by_key.values():
            first, *others = sorted(several, key=self._lacks)
            if any(other.records != first.records for other in others):
                yield from unlike(self.plan, self.names, several)
                continue
            yield self._beside_filed(first, may_replace=may_replace, is_alone=is_alone)
            for one in others:
                yield replace(one, outcome=Outcome.KNOWN, reason=say(_REPEATED, other=called(first, one)))

    def _lacks(self, one: Taken) -> int:
        """How many columns of words a sound report has not."""
        return len(without_columns(self.names, one.parcel)) if one.parcel else 0

    def _beside_filed(self, one: Taken, *, may_replace: bool, is_alone: bool) -> Taken:
        """A sound report beside what is filed for its unit and month."""
        older = self._overtaken(one, self._successor(one)) if self._gives_way(one) else ""
        there = self.filed.get(one.key) if one.key else None
        saved = self.register.saved(one.parcel) if one.parcel else ""
        asked = {"may_replace": may_replace, "is_alone": is_alone}
        return replacing(self.plan, self.names, one, there, older, saved=saved, today=self.today, **asked)

    def _in_the_end(self, taken: Sequence[Taken]) -> Iterator[Taken]:
        """All of it, and what each report that is filed by now makes of those of later months; told on every run.

        Who has reported stands in `ledger` from then on.
        """
        filed: dict[str, tuple[int, Parcel, bytes]] = {}
        for at, one in enumerate(taken):
            if one.parcel is None or (one.outcome not in TAKEN and one.outcome is not Outcome.KNOWN):
                continue
            place = self.judge.place(*one.parcel.key)
            if one.outcome in TAKEN:
                filed[place] = at, one.parcel, one.filed
            elif place not in filed and one.key is not None and self._is_filed(one):
                filed[place] = at, one.parcel, self.filed[one.key].data
        result = self.judge.as_filed({place: (parcel, text) for place, (_, parcel, text) in filed.items()})
        self.ledger, counted = result.ledger, self.judge.counted(result)
        anew = {place for place, (at, _, _) in filed.items() if taken[at].outcome in TAKEN}
        counted = [each for each in counted if each.location.path not in anew]  # it is told of itself there
        later = {at: beyond({place: parcel}, counted)[place] for place, (at, parcel, _) in filed.items()}
        for at, one in enumerate(taken):
            yield replace(one, beyond=later.get(at, one.beyond))


def _parcels(taken: Iterable[Taken]) -> list[Parcel]:
    return [one.parcel for one in taken if one.parcel is not None]
