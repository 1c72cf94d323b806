"""Reports that came in, judged by the rules of `check` beside what is filed: sound, or with what is wrong with them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import PurePath

from mzplan.check.as_sent import Cells, at_its_cell, beyond, bound_units, by_label, left, placed
from mzplan.check.outcomes import TAKEN, Filed, Key, Outcome, Taken, rounds
from mzplan.check.run import CheckResult, run_checks
from mzplan.diagnostics import Diagnostic, errors_of
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.reading.flaws import Flaw, RefusedError
from mzplan.reading.workbook import Sheet
from mzplan.rules import CHECKS
from mzplan.rules.copies import LEAST
from mzplan.rules.series import SAME_FLOOR
from mzplan.submissions.filed import (
    Records,
    by_indicator,
    cells_of,
    filed_text,
    lines_in,
    number_of,
    records_in,
    records_of,
)
from mzplan.submissions.names import Names
from mzplan.submissions.parcel import Parcel
from mzplan.submissions.places import Spot, should_be
from mzplan.submissions.received import Received
from mzplan.submissions.repair import repair
from mzplan.submissions.sources import Source

Counted = Callable[[CheckResult], Sequence[Diagnostic]]
"""The findings of a run that count, by settings and waivers."""

AsFiled = Mapping[str, tuple[Parcel, bytes]]
"""By where it is filed a report, and what it says there."""

_ASIDE = CHECKS.flaw[Flaw.ASIDE_ABOVE][0].code
_BLANK = CHECKS.flaw[Flaw.UNTOUCHED][0].code


@dataclass(kw_only=True)
class Judge:
    """Checks what came in beside what is filed, but for what it would take the place of."""

    plan: Plan
    names: Names
    context: Sequence[tuple[Source, Key | None]]
    """What is filed, and whose it is and for when."""
    filed: Mapping[Key, Filed]
    counted: Counted
    today: date
    home: str
    root: str
    came: Sequence[Received] = ()
    """Everything that came in at once."""
    _last: tuple[AsFiled, CheckResult] | None = None

    def together(
        self, parcels: Sequence[Parcel], beside: Sequence[Parcel] = (), *, is_apart: bool = False
    ) -> Iterator[Taken]:
        """Each of several reports, all for different units or months: sound, or with what is wrong with it."""
        labels = [f"{parcel.received.name}#{at}" for at, parcel in enumerate(parcels)]
        by_name = dict(zip(labels, parcels, strict=True))
        others = {f"#{at}": parcel for at, parcel in enumerate(beside)}
        sources, along = ([self.source(*each) for each in some.items()] for some in (by_name, others))
        result = self.checked(sources, along)
        bound = self._bound({**by_name, **others}, result.diagnostics) if is_apart else frozenset()
        counted = self.counted(result)
        found, later = by_label(by_name, counted), beyond(by_name, counted)
        raw = by_label(by_name, result.diagnostics)
        cleared = self.counted(result._replace(diagnostics=result.cleared))
        for label, parcel in by_name.items():
            if parcel.unit in bound:
                yield from self.together([parcel], [each for each in beside if each.unit == parcel.unit])
                continue
            here = [each for finding in found[label] if (each := left(finding)) is not None]
            passed = [each for each in cleared if each.location.path == label]
            said, passed = (
                [_as_sent(placed(each, parcel), parcel.received.name) for each in some] for some in (here, passed)
            )
            one = Taken(
                received=parcel.received,
                outcome=Outcome.RETURNED,
                parcel=parcel,
                findings=said,
                cleared=passed,
                beyond=later[label],
            )
            if any(finding.rule.code == _BLANK for finding in raw[label]) and not one.errors:
                yield replace(one, outcome=Outcome.BLANK, findings=())
                continue
            asides = {line for finding in raw[label] if finding.rule.code == _ASIDE for line in finding.lines}
            mended = repair(parcel.text, raw[label], asides) if not (one.errors or parcel.refusal) else None
            records = records_of(self.names, mended.data) if mended else []
            if mended is None or not records:
                told = [*errors_of(one.findings), *(each for each in raw[label] if each.rule.takes_out)]
                sound = lines_in(self.names, parcel.text).difference(*(finding.lines for finding in told))
                yield replace(one, rows=len(sound)).sent_back()
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

    def apart(self, reports: Sequence[tuple[Parcel, Sequence[Parcel]]]) -> Sequence[Taken]:
        """Each report judged as if it alone had come in, with those of its unit that it is judged beside.

        Those of different units are judged in one check, where a first figure is set beside what came in of the others;
        and by themselves only where a finding is about two of them, or may be.
        """
        found: dict[int, Taken] = {}
        for several in rounds([parcel for parcel, _ in reports], lambda parcel: parcel.unit):
            beside = [each for at in several for each in reports[at][1]]
            found |= zip(several, self.together(list(several.values()), beside, is_apart=True), strict=True)
        return [found[at] for at in range(len(reports))]

    def _bound(self, came: Mapping[str, Parcel], findings: Sequence[Diagnostic]) -> frozenset[str]:
        """The units that may be judged otherwise beside others that came in: one of their reports is like another's.

        Be it filed: a report that is like it may take it out of the check, and with it what is told of it.
        """
        units = {source.path: key[0] for source, key in self.context if key is not None}
        units |= {label: each.unit for label, each in came.items()}
        records = ((each.key, by_indicator(records_in(self.names, each.text))) for each in came.values())
        like = {key[0] for key, several in records if self._is_like_anothers(key, several)}
        return bound_units(units, findings) | like | self._alike

    @cached_property
    def _alike(self) -> frozenset[str]:
        """The units of which something filed has much in common with what is filed of another."""
        return frozenset(key[0] for key, filed in self.filed.items() if self._is_like_anothers(key, filed.records))

    @cached_property
    def _holders(self) -> Mapping[tuple[str, int], Sequence[Key]]:
        """By indicator and number what is filed with it, where that is telling."""
        held: dict[tuple[str, int], list[Key]] = defaultdict(list)
        for key, filed in self.filed.items():
            for indicator, record in filed.records.items():
                if (number := number_of(record) or 0) >= SAME_FLOOR * SCALE:
                    held[indicator, number].append(key)
        return held

    def _is_like_anothers(self, key: Key, records: Records) -> bool:
        """Whether a report has much in common with what is filed of another unit for about that month."""
        held = (self._holders.get((indicator, number_of(record) or 0), ()) for indicator, record in records.items())
        near = Counter(other for others in held for other in others if abs(other[1].month - key[1].month) <= 1)
        return any(count >= LEAST for (unit, _), count in near.items() if unit != key[0])

    def proved(self, taken: Sequence[Taken]) -> Iterator[Taken]:
        """All of it, but what is to be filed only if it has no error when it is read once more as it would be filed."""
        filed = {
            self.place(*one.parcel.key): (one.parcel, one.filed)
            for one in taken
            if one.parcel is not None and one.outcome in TAKEN
        }
        parcels = {place: parcel for place, (parcel, _) in filed.items()}
        found = by_label(parcels, self.counted(self.as_filed(filed)) if filed else ())
        for one in taken:
            if one.parcel is None or one.outcome not in TAKEN:
                yield one
                continue
            wrong = errors_of(found[self.place(*one.parcel.key)])
            if not wrong:
                yield one
                continue
            cells: Cells = {}
            with suppress(RefusedError):
                cells = cells_of(self.names, one.parcel.text)
            there = [at_its_cell(each, one.parcel, cells) for each in wrong]
            yield replace(one, outcome=Outcome.RETURNED, filed=b"", findings=[*there, *one.findings])

    def as_filed(self, filed: AsFiled) -> CheckResult:
        """These reports checked as they are read once they are filed; the same ones again cost nothing."""
        if self._last is None or self._last[0] != filed:
            self._last = filed, self.checked([self.source(place, *each) for place, each in filed.items()])
        return self._last[1]

    def checked(self, sources: Sequence[Source], beside: Sequence[Source] = ()) -> CheckResult:
        """The reports checked beside what is filed, but for what they would take the place of."""
        taken = {source.file for source in (*sources, *beside)}
        others = [source for source, key in self.context if key is None or self.place(*key) not in taken]
        return run_checks(self.plan, sources, today=self.today, context=[*others, *beside])

    def source(self, label: str, parcel: Parcel, text: bytes | None = None) -> Source:
        """A report as it would be read if it were filed, with that text in place of what came in."""
        source = Source(
            label,
            self.place(*parcel.key),
            BytesIO(parcel.text if text is None else text),
            Spot((str(parcel.period),), f"{parcel.unit}.csv"),
            root=self.root,
            attached=frozenset(self.attached(parcel)),
        )
        sheet = parcel.sheet or Sheet("", parcel.text)
        return source if text is not None else source._replace(sheet=sheet, defect=parcel.refusal)

    def place(self, unit: str, period: Period) -> str:
        """Where a unit's report of a month is filed."""
        return f"{self.home}/{should_be(unit, period)}"

    def attached(self, parcel: Parcel) -> Mapping[str, Received]:
        """What came along with a report, in its folder or below it, by name from there."""
        folder, own = f"{PurePath(parcel.received.name).parent}/", parcel.received.name
        along = (
            (each, each.name.removeprefix(folder))
            for each in self.came
            if not each.obstacle and each.name.startswith(folder)
        )
        return {name: each for each, name in along if each.name != own and ".." not in PurePath(name).parts}


def _as_sent(finding: Diagnostic, name: str) -> Diagnostic:
    """A finding under the name of the file that was sent."""
    return finding._replace(location=finding.location._replace(path=name))
