"""What came in, judged by the rules of `check` against what is filed already, and what is to become of it.

Knows nothing of where anything is written. What is sound is made the CSV that `check --fix` would make of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import PurePath

from mzplan.check.as_sent import Cells, at_its_cell, beyond, by_label, left, placed
from mzplan.check.attached import why_unknown, with_attached
from mzplan.check.outcomes import FILE, TAKEN, Filed, Key, Outcome, Taken, called, rounds
from mzplan.check.replacing import parts, replacing, unlike
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic, errors_of
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.reading.files import FileError
from mzplan.reading.flaws import Flaw, RefusedError
from mzplan.reading.workbook import Sheet
from mzplan.rules import CHECKS
from mzplan.said import listed, say
from mzplan.submissions.filed import (
    Records,
    by_indicator,
    cells_of,
    changes,
    filed_text,
    places_of_sources,
    records_in,
    records_of,
)
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.opening import as_csv
from mzplan.submissions.parcels import Parcel, Unknown, parcels_of
from mzplan.submissions.places import Spot, month_meant, should_be
from mzplan.submissions.received import Received
from mzplan.submissions.register import Register
from mzplan.submissions.repair import repair
from mzplan.submissions.sources import Source

Counted = Callable[[CheckResult], Sequence[Diagnostic]]
"""The findings of a run that count, by settings and waivers."""

_BLANK = CHECKS.flaw[Flaw.UNTOUCHED][0].code
_REPEATED = "与{other}相同"
_OTHER_PLAN = "是{year}年的，要按那年的计划收：请加 --period {period}"
_OTHER_MONTH = "是{period}的，不是 --period 写的{wanted}：没有收"
_KNOWN = "同一个文件，以前收过"
_NOTHING_NEW = "与已归档的一字不差"
_SUPERSEDED = "以前收过，后来由{other}替换了，以后一份为准"
_PUT_BACK = "；要换回来，只收这个文件，并加 --replace"
_PUT_AWAY = "；确是旧的，把这个文件移出收件箱"
_WITH = "要与{other}一起归档：单与已归档的对不上；一起归档，请加 --replace"


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
        self.counted = counted
        self.today = today
        self.home = home
        self.root = root
        self.others = others
        """The years that other plans are for."""
        self.register = register or Register()
        """What has come in before; with what comes in now as soon as that is judged."""
        self.names = Names(plan)
        places = places_of_sources(self.names, context)
        self.context = [(source, place.key) for source, place in zip(context, places, strict=True)]
        self.came: Sequence[Received] = ()
        self.ledger = Ledger(plan)
        """The records of all that is filed, by now or before, as soon as it is settled."""
        self.filed: dict[Key, Filed] = {}
        counting = {source.path for source, place in zip(context, places, strict=True) if place.counts}
        for source, key in sorted(self.context, key=lambda each: each[0].path not in counting):
            if key is not None and key not in self.filed:
                self.filed[key] = self._filed(source, key)

    def take(self, came: Sequence[Received], period: Period | None, *, may_replace: bool) -> list[Taken]:
        """What becomes of each report."""
        taken: list[Taken] = []
        parcels: list[Parcel] = []
        self.came = came
        beside: list[Received] = []
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
                else:
                    parcels.append(each)
        known = {one.key for one in taken if one.key is not None}
        parcels, attached = with_attached(self.names, parcels, beside, known, self.filed, period)
        taken += attached
        judged = list(self._all_judged(parcels, may_replace=may_replace))
        taken += [one for one in judged if one.outcome is Outcome.BLANK]
        judged = [one for one in judged if one.outcome is not Outcome.BLANK]
        judged = judged if may_replace else list(self._with_waiting(judged))
        reports = Counter(one.received.name for one in (*taken, *judged) if one.keys)
        is_alone = reports.total() == 1
        old = [one for one in judged if self._gives_way(one) and not (is_alone and one.records)]
        taken += (self._superseded(one, is_only=reports[one.received.name] == 1) for one in old)
        new = [one for one in judged if one not in old]
        proved = list(self._proved(list(self._settled(new, may_replace=may_replace, is_alone=is_alone))))
        anew = {one.key: one for one in proved if one.outcome in TAKEN}
        settled = [self._corrected(one, anew[one.key]) if one.key in anew else one for one in proved]
        self._registered(settled)
        taken += settled
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
        return parcel._replace(period=month) if is_slip else parcel

    def _filed(self, source: Source, key: Key) -> Filed:
        is_ours = source.spot is not None and (*source.spot.folders, source.spot.name) == (str(key[1]), f"{key[0]}.csv")
        data: bytes = b""
        records: Records = {}
        with suppress(FileError, OSError, RefusedError), source.open() as stream:
            data = stream.read()
            records = by_indicator(records_of(self.names, as_csv(data)))
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
        told = say(_SUPERSEDED, other=self._successor(one))
        back, away = _PUT_BACK if is_only and one.records else "", "" if is_old else _PUT_AWAY
        reason = say("{told}{back}{away}", told=told, back=back, away=away)
        outcome = Outcome.SUPERSEDED if is_old else Outcome.WAITING
        return replace(one, outcome=outcome, reason=reason, findings=(), changes=what)

    def _corrected(self, one: Taken, other: Taken) -> Taken:
        """What would go back, if it has come in before and another is filed now; else as it is."""
        if one.outcome is not Outcome.RETURNED or one.parcel is None or not self.register.knows(one.parcel):
            return one
        reason = say(_SUPERSEDED, other=called(other, one))
        return replace(one, outcome=Outcome.SUPERSEDED, reason=reason, findings=())

    def _successor(self, one: Taken) -> str:
        """What took the place of a report that gives way, in words: what came in, or what was put there by hand."""
        filed = self.filed[one.key].source.path if one.key else ""
        return say(FILE, name=(one.parcel and self.register.successor(one.parcel)) or filed)

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

    def _all_judged(self, parcels: Sequence[Parcel], *, may_replace: bool) -> Iterator[Taken]:
        """Every report, judged beside the others that came in: of several for one unit and month beside the first.

        What may not take the place of what is filed is judged alone: the others are judged beside what is filed.
        """
        later = [] if may_replace else [each for each in parcels if (each.unit, each.period) in self.filed]
        in_turn = rounds([parcel for parcel in parcels if parcel not in later])
        for number, several in enumerate(in_turn):
            keys = {(parcel.unit, parcel.period) for parcel in several}
            first = [parcel for parcel in in_turn[0] if (parcel.unit, parcel.period) not in keys] if number else []
            yield from self._judged(several, [self._source(f"#{at}", each) for at, each in enumerate(first)])
        for parcel in later:
            yield from self._judged([parcel], ())

    def _with_waiting(self, judged: Sequence[Taken]) -> Iterator[Taken]:
        """All of it, but what is sound only beside a report of an earlier month that has to wait waits with it."""
        waiting = [one for one in judged if one.outcome is Outcome.FILED and one.key in self.filed]
        waiting = [one for one in waiting if not self._is_filed(one)]
        for one in judged:
            earlier = {each.key: each for each in waiting if each.comes_before(one)}
            if one.outcome is Outcome.RETURNED and one.parcel is not None and earlier:
                beside = [
                    self._source(f"#{at}", each.parcel) for at, each in enumerate(earlier.values()) if each.parcel
                ]
                (again,) = self._judged([one.parcel], beside)
                if again.outcome is Outcome.FILED:
                    reason = say(_WITH, other=listed(called(each, one) for each in earlier.values()))
                    yield replace(again, outcome=Outcome.WAITING, reason=reason)
                    continue
            yield one

    def _judged(self, parcels: Sequence[Parcel], beside: Sequence[Source]) -> Iterator[Taken]:
        """Each of several reports, all for different units or months: sound, or with what is wrong with it."""
        labels = [f"{parcel.received.name}#{at}" for at, parcel in enumerate(parcels)]
        by_name = dict(zip(labels, parcels, strict=True))
        result = self._checked([self._source(label, parcel) for label, parcel in by_name.items()], beside)
        counted = self.counted(result)
        found, later = by_label(by_name, counted), beyond(by_name, counted)
        raw = by_label(by_name, result.diagnostics)
        for label, parcel in by_name.items():
            here = [placed(each, parcel) for finding in found[label] if (each := left(finding)) is not None]
            said = [each._replace(location=each.location._replace(path=parcel.received.name)) for each in here]
            one = Taken(
                received=parcel.received, outcome=Outcome.RETURNED, parcel=parcel, findings=said, beyond=later[label]
            )
            if any(finding.rule.code == _BLANK for finding in raw[label]) and not one.errors:
                yield replace(one, outcome=Outcome.BLANK, findings=())
                continue
            mended = repair(parcel.text, raw[label]) if not (one.errors or parcel.refusal) else None
            records = records_of(self.names, mended.data) if mended else []
            if mended is None or not records:
                yield replace(one, rows=len(records_in(self.names, parcel.text))).sent_back()
                continue
            yield replace(
                one,
                outcome=Outcome.FILED,
                filed=filed_text(records, self.plan.units[parcel.unit], parcel.period),
                records=by_indicator(records),
                rows=len(records),
                notes=(*parcel.notes, *mended.said),
                gone=tuple(mended.gone),
            )

    def _proved(self, taken: Sequence[Taken]) -> Iterator[Taken]:
        """All of it, but what is to be filed only if it has no error when it is read once more as it would be filed."""
        labels = {
            f"{one.received.name}#{at}": (one, one.parcel)
            for at, one in enumerate(taken)
            if one.parcel is not None and one.outcome in TAKEN
        }
        sources = [self._source(label, parcel, one.filed) for label, (one, parcel) in labels.items()]
        parcels = {label: parcel for label, (_, parcel) in labels.items()}
        found = by_label(parcels, self.counted(self._checked(sources)) if sources else ())
        for at, one in enumerate(taken):
            told = found.get(f"{one.received.name}#{at}", ())
            wrong = errors_of(told)
            if not wrong or one.parcel is None:
                yield one
                continue
            cells: Cells = {}
            with suppress(RefusedError):
                cells = cells_of(self.names, one.parcel.text)
            there = [at_its_cell(each, one.parcel, cells) for each in wrong]
            yield replace(one, outcome=Outcome.RETURNED, filed=b"", findings=[*there, *one.findings])

    def _source(self, label: str, parcel: Parcel, text: bytes | None = None) -> Source:
        """A report as it would be read if it were filed, with that text in place of what came in."""
        source = Source(
            label,
            f"{self.home}/{should_be(parcel.unit, parcel.period)}",
            BytesIO(parcel.text if text is None else text),
            Spot((str(parcel.period),), f"{parcel.unit}.csv"),
            root=self.root,
            attached=frozenset(self.attached(parcel)),
        )
        sheet = parcel.sheet or Sheet("", parcel.text)
        sheet = sheet._replace(around=sheet.around.saying(parcel.received.called))
        return source if text is not None else source._replace(sheet=sheet, defect=parcel.refusal)

    def attached(self, parcel: Parcel) -> Mapping[str, Received]:
        """What came along with a report, in its folder or below it, by name from there."""
        folder, own = f"{PurePath(parcel.received.name).parent}/", parcel.received.name
        along = (
            (each, each.name.removeprefix(folder))
            for each in self.came
            if not each.obstacle and each.name.startswith(folder)
        )
        return {name: each for each, name in along if each.name != own and ".." not in PurePath(name).parts}

    def _checked(self, sources: Sequence[Source], beside: Sequence[Source] = ()) -> CheckResult:
        """The reports checked beside what is filed, but for what they would take the place of."""
        places = {source.file for source in (*sources, *beside)}
        others = [
            source for source, key in self.context if key is None or f"{self.home}/{should_be(*key)}" not in places
        ]
        return run_checks(self.plan, sources, today=self.today, context=[*others, *beside])

    def _settled(self, judged: Sequence[Taken], *, may_replace: bool, is_alone: bool) -> Iterator[Taken]:
        """Of sound ones for one unit and month, and of what is filed, which is filed."""
        by_key: dict[Key | None, list[Taken]] = {}
        for one in judged:
            if one.outcome is not Outcome.FILED:
                yield one
            elif self._is_filed(one):
                yield replace(one, outcome=Outcome.KNOWN, reason=_NOTHING_NEW)
            else:
                by_key.setdefault(one.key, []).append(one)
        for key, several in by_key.items():
            first, *others = several
            if any(other.records != first.records for other in others):
                yield from unlike(self.plan, several)
                continue
            older = self._successor(first) if self._gives_way(first) else ""
            there = self.filed.get(key) if key else None
            saved = self.register.saved(first.parcel) if first.parcel else ""
            asked = {"may_replace": may_replace, "is_alone": is_alone}
            yield replacing(self.plan, self.names, first, there, older, saved=saved, today=self.today, **asked)
            for one in others:
                yield replace(one, outcome=Outcome.KNOWN, reason=say(_REPEATED, other=called(first, one)))

    def _in_the_end(self, taken: Sequence[Taken]) -> Iterator[Taken]:
        """All of it, and what each report that is filed by now makes of those of later months; told on every run.

        Who has reported stands in `ledger` from then on.
        """
        filed: dict[str, tuple[int, Parcel, bytes]] = {}
        for at, one in enumerate(taken):
            if one.parcel is None or (one.outcome not in TAKEN and one.outcome is not Outcome.KNOWN):
                continue
            place = f"{self.home}/{should_be(one.parcel.unit, one.parcel.period)}"
            if one.outcome in TAKEN:
                filed[place] = at, one.parcel, one.filed
            elif place not in filed and one.key is not None and self._is_filed(one):
                filed[place] = at, one.parcel, self.filed[one.key].data
        result = self._checked([self._source(place, parcel, text) for place, (_, parcel, text) in filed.items()])
        self.ledger, counted = result.ledger, self.counted(result)
        anew = {place for place, (at, _, _) in filed.items() if taken[at].outcome in TAKEN}
        counted = [each for each in counted if each.location.path not in anew]  # it is told of itself there
        later = {at: beyond({place: parcel}, counted)[place] for place, (at, parcel, _) in filed.items()}
        for at, one in enumerate(taken):
            yield replace(one, beyond=later.get(at, one.beyond))
