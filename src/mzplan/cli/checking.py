"""One run of `mzplan check`: what is checked against what, and which of the findings are told."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from mzplan.check.baseline import Identity
from mzplan.check.engines import PYTHON, Engine
from mzplan.check.history import FiguresThen, history_findings, with_old_figures, without_consequences
from mzplan.check.past import paths_before
from mzplan.check.policy import Policy
from mzplan.check.run import CheckResult, run_checks, together
from mzplan.check.settings import Settings, find_settings
from mzplan.check.since import Changes
from mzplan.check.waivers import NAME as WAIVERS
from mzplan.check.waivers import Waiver, apply_waivers, read_waivers
from mzplan.cli.comparing import changed_first, known_findings, looked_at, unknown_findings, warn_of_all
from mzplan.cli.engine import reached
from mzplan.cli.language import known_plan
from mzplan.cli.project import data_paths, project_root
from mzplan.cli.showing import settings_text
from mzplan.cli.terminal import rows_counted, warn
from mzplan.diagnostics import Diagnostic, InputError, Severity
from mzplan.plan.choice import Choice
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.plan.unit_lists import by_region
from mzplan.reading.files import FileError, Obstacle, StrPath, from_here, open_regular
from mzplan.reading.flaws import RefusedError
from mzplan.reading.parquet import is_parquet
from mzplan.render.check.report import shown_path
from mzplan.said import listed, say
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.lying_elsewhere import spot_told
from mzplan.submissions.names import Names
from mzplan.submissions.places import place_at, year_of
from mzplan.submissions.repair import RESHAPED, SIZE_LIMIT, reshaped
from mzplan.submissions.sources import Source, context_sources, data_homes, data_sources, is_excluded, is_loose, spot_of


class Told(NamedTuple):
    """What a run tells, and how many findings it does not."""

    findings: list[Diagnostic]
    waived: int
    ignored: int
    ignored_by_option: int
    known: int = 0
    unchanged: int = 0
    cleared: Sequence[Diagnostic] = ()
    """The changes that would be findings but for what their notes say."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What is checked, and against what."""

    plan: Plan
    choice: Choice
    """Which plan that is of several: the data of other years that have plans are checked by theirs."""
    settings: Settings
    by_file: Settings
    """What the settings file alone says, without the command line."""
    day: date
    targets: Sequence[StrPath]
    data: list[Path] | None
    """Where the user says the data are."""
    lost: frozenset[str] = frozenset()
    """Those of the targets that are there no more: only what has become of their reports can be told."""
    with_context: bool
    """Whether the project's other files are read beside the ones given."""
    policy: Policy | None = None
    """Where waivers are taken from, when not from here."""
    baseline: Path | None = None
    """Where the findings stand that are known."""
    exclude: Sequence[str] = ()
    """Patterns of files that are read beside the others, but not reported on."""
    is_quiet: bool = False
    engine: Engine = PYTHON
    stdin_name: str = ""
    """Where the standard input would lie."""

    @cached_property
    def whole(self) -> Sequence[StrPath]:
        """All the data there are; none where nobody says which they are."""
        try:
            return reached(self.engine, data_paths(self.data))
        except InputError:
            return ()

    def opened(self, path: StrPath, limit: int) -> BinaryIO:
        """A file as it is called in what is told; FileError when it cannot be opened."""
        source = self._elsewhere.get(str(path))
        if source is None:
            return open_regular(path, limit)
        try:
            return source.open(limit)
        except RefusedError:  # Parquet that is none has no lines
            raise FileError(Obstacle.FAILED) from None

    @cached_property
    def _elsewhere(self) -> Mapping[str, Source]:
        others = (source for source in self.given if source.mirror is not None or is_parquet(source.path))
        return {source.path: source for source in others}

    @property
    def is_whole(self) -> bool:
        """Whether all data are looked at, so that a waiver without use can be told."""
        looked_at = {os.path.realpath(path) for path in self.targets}
        return not self.exclude and looked_at.issuperset(os.path.realpath(path) for path in self.whole)

    @cached_property
    def given(self) -> Sequence[Source]:
        """The files that are named; standard input is read once."""
        stdin = None if sys.stdin is None else sys.stdin.buffer
        targets = [path for path in self.targets if str(path) not in self.lost]
        return data_sources(targets, project_root(), stdin, self.whole, self.stdin_name)

    @cached_property
    def loose(self) -> Mapping[str, Source]:
        """By path those given that lie outside of all data, each where it would be filed if it is one report."""
        names = Names(self.plan)
        told = [self._where_it_belongs(source) for source in self.given if is_loose(source)]
        return {source.path: source for source in told if place_at(names, source.spot).key}

    def _where_it_belongs(self, source: Source) -> Source:
        """A file outside of all data where it would be filed, by what it says where its path says too little.

        Its month may be one of any year that has a plan.
        """
        if place_at(Names(self.plan), source.spot).key:
            return source
        plans = chain([self.plan], self._other_plans())
        spot = next(filter(None, (spot_told(Names(plan), source) for plan in plans)), None)
        return source._replace(spot=spot or source.spot)

    @cached_property
    def sources(self) -> Sequence[Source]:
        """The files that are reported on."""
        given = (self.loose.get(source.path, source) for source in self.given)
        return [source for source in given if not is_excluded(source.path, self.exclude)]

    @cached_property
    def beside(self) -> Sequence[Source]:
        """The project's other files; of those in whose place one would be filed that lies outside of all data, none."""
        others = context_sources(self.given, project_root(), self.whole, with_data=bool(self.loose))
        names = Names(self.plan)
        taken = {place_at(names, source.spot).key for source in self.loose.values()}
        return [source for source in others if place_at(names, source.spot).key not in taken] if taken else others

    @cached_property
    def homes(self) -> Sequence[str]:
        """The data folders, be they there or not."""
        return data_homes(project_root(), self.whole, self.targets)

    def other_year(self, path: str) -> int | None:
        """The year of the file in that place, when a plan of its own says what it should be."""
        if not self.choice.others:
            return None
        year = year_of(self.loose[path].spot if path in self.loose else spot_of(path, self.homes))
        return year if year in self.choice.others else None

    @cached_property
    def years(self) -> frozenset[int]:
        """The other years that the files are of, and that have plans of their own."""
        years = (self.other_year(source.path) for source in self.given)
        return frozenset(year for year in years if year is not None)

    @cached_property
    def plans(self) -> Mapping[int | None, Plan]:
        """The plan chosen, under None, and those of the other years of which there are files.

        InputError for a wrong one.
        """
        return {None: self.plan, **{year: known_plan(self.choice.others[year]) for year in sorted(self.years)}}

    @property
    def digests(self) -> set[str]:
        """What the plans come to."""
        return {plan.digest for plan in self.plans.values()}

    def plan_of(self, path: str) -> Plan:
        """The plan by which the file in that place is checked."""
        return self.plans.get(self.other_year(path), self.plan)

    def named(self, text: str) -> str:
        """A text in which the files that decide are called after their revision."""
        return text if self.policy is None else self.policy.named(text)

    def warn_of_choice(self) -> None:
        """Say which plans are used, where there are several, unless all should be quiet."""
        used = [plan for year, plan in self.plans.items() if year or not self.given or self.of_year(None, self.given)]
        years = {plan.year: shown_path(self.named(plan.path)) for plan in used}
        first = used[0]
        choice = self.choice if first is self.plan else self.choice.instead(first.year)
        notes = [self.named(choice.note(first))] if choice.unread or len(years) == 1 else []
        if len(years) > 1:
            names = [say("{path}（{year}年）", path=path, year=year) for year, path in sorted(years.items())]
            notes.append(say("各年的文件按各自的计划检查：{plans}。", plans=listed(names)))
        for note in notes if not self.is_quiet else ():
            if note:
                warn(note)

    def indicator_name(self, finding: Diagnostic) -> str:
        """What the indicator is called that a finding is about."""
        indicator = self.plan_of(finding.location.path).indicators.get(finding.indicator)
        return indicator.name if indicator else ""

    def regions_of(self, units: Sequence[str]) -> str:
        """How many of those units each region has, by the plan that was named or chosen."""
        return by_region(self.plan, [unit for unit in units if unit in self.plan.units])

    def indicator_names(self, path: str) -> Mapping[str, str]:
        """The names of the indicators of the plan by which the file in that place is checked."""
        return {code: indicator.name for code, indicator in self.plan_of(path).indicators.items()}

    @property
    def jobs(self) -> int:
        """How many threads DuckDB has."""
        return self.settings.jobs or os.cpu_count() or 1

    @property
    def shown_settings(self) -> str:
        """What decides about the run, for whoever wonders."""
        paths = {"data": [str(path) for path in self.targets], "exclude": self.exclude}
        given = {"plan": self.named(self.plan.path), **paths, "today": str(self.day)}
        return settings_text(self.settings._replace(jobs=self.jobs), find_settings(Path.cwd()), given)

    def checked(self) -> CheckResult:
        """What the checks say, with the project's other files as context when only some are given."""
        others = self.beside if self.with_context else []
        excluded = [source for source in self.given if is_excluded(source.path, self.exclude)]
        context = [*others, *excluded]
        with rows_counted() as count:
            result = together(
                [
                    run_checks(
                        plan,
                        self.of_year(year, self.sources),
                        today=self.day,
                        engine=self.engine._replace(means=self.engine.means._replace(threads=self.jobs)),
                        context=self.of_year(year, context),
                        progress=count,
                    )
                    for year, plan in self.plans.items()
                ]
            )
        kept, cleared = (
            tuple(finding for finding in some if not is_excluded(finding.location.path, self.exclude))
            for some in (result.diagnostics, result.cleared)
        )
        return result._replace(diagnostics=kept, cleared=cleared) if self.exclude else result

    def of_year(self, year: int | None, sources: Sequence[Source]) -> Sequence[Source]:
        """Those of the files that the plan of that year is for."""
        return [source for source in sources if self.other_year(source.path) == year] if self.choice.others else sources

    def told(
        self, result: CheckResult, past: Changes | None, deciding: Sequence[StrPath], *, with_others: bool
    ) -> Told:
        """What is told of a result; with a past also of what has become of figures that had been reported.

        These come second, as an error that is told of a row says enough of its figure, and one that is not, nothing.
        """
        told, gone = self.sifted(result, past, deciding, with_others=with_others)
        if past is not None:
            history, was = self._history(result, past, told.findings)
            ordered = sorted([*result.diagnostics, *history], key=lambda finding: finding.order)
            with_history = result._replace(diagnostics=tuple(ordered))
            told, gone = self.sifted(with_history, past, deciding, with_others=with_others)
            told = told._replace(findings=[*with_old_figures(without_consequences(told.findings), was)])
            if not with_others:
                warn_of_all(past, deciding)
        if gone:
            warn(say("基线中有 {count} 条已不再出现，可用 --write-baseline 重新生成。", count=gone))
        cleared = self.settings.apply(result.cleared)
        if past is not None:
            cleared, _ = changed_first(past, cleared, deciding, with_others=with_others)
        return told._replace(cleared=cleared)

    def _history(self, result: CheckResult, past: Changes, told: Sequence[Diagnostic]) -> FiguresThen:
        """What has become of the figures that had been reported, year by year, be there any files of it left or not."""
        ledgers = {ledger.plan.year: ledger for ledger in (result.ledger, *result.other_ledgers)}
        years = {self.other_year(path) for path in paths_before(past, self.targets)}
        plans = dict(self.plans) | {year: known_plan(self.choice.others[year]) for year in years if year is not None}
        years_found: list[FiguresThen] = []
        for year, plan in plans.items():
            ledger = ledgers.get(plan.year) or Ledger(plan)

            def is_ours(path: str, year: int | None = year) -> bool:
                return self.other_year(path) == year

            found = history_findings(plan, past, self.targets, self.homes, ledger, self.day, told, is_ours)
            years_found.append(found)
        was = {key: old for each in years_found for key, old in each.was.items()}
        return FiguresThen([finding for each in years_found for finding in each.findings], was)

    def sifted(
        self, result: CheckResult, past: Changes | None, deciding: Sequence[StrPath], *, with_others: bool
    ) -> tuple[Told, int]:
        """The same of findings as they are, and how many entries of the baseline are gone."""
        told, gone = Told(*self.counted(result)), 0
        if self.baseline is not None:
            looked = self.looked_at(result, self.baseline)
            new = unknown_findings(self.baseline, self.known_before, told.findings, looked)
            told, gone = told._replace(findings=new.new, known=new.known), new.gone
        if past is not None:
            findings, unchanged = changed_first(past, told.findings, deciding, with_others=with_others)
            told = told._replace(findings=findings, unchanged=unchanged)
        return told, gone

    @cached_property
    def known_before(self) -> Counter[Identity]:
        """What the baseline knows."""
        return Counter() if self.baseline is None else known_findings(self.baseline, self.policy)

    def looked_at(self, result: CheckResult, baseline: Path) -> Callable[[Identity], bool]:
        """Whether this run would find an entry of a baseline again."""
        files = [file.path for file in result.files]
        return looked_at(baseline, self.settings, files, is_whole=self.is_whole)

    def mended(self) -> list[Diagnostic]:
        """The findings that a repair may act on; of a file in another shape also those that it has in ours."""
        found = self.settings.apply(self.checked().diagnostics)
        misshapen = {finding.location.path for finding in found if finding.rule.code in RESHAPED}
        for source in self.sources:
            if source.path in misshapen:
                with source.open() as stream:
                    shape = reshaped(stream.read(SIZE_LIMIT))
                if shape is not None:
                    inside = source._replace(content=BytesIO(shape.data), size=len(shape.data))
                    plan = self.plan_of(source.path)
                    found += self.settings.apply(run_checks(plan, [inside], today=self.day).diagnostics)
        return found

    def counted(self, result: CheckResult) -> tuple[list[Diagnostic], int, int, int]:
        """The findings that count, in the order of a report; how many are waived, ignored, and of these by options."""
        waivers, wrong, place = self.waivers()
        kept = apply_waivers(result.diagnostics, waivers, place, self.day, whole=self.is_whole)
        found = [*kept.kept, *wrong]
        counted = self.settings.apply(found)
        in_order = sorted(counted, key=lambda finding: finding.order)
        return in_order, kept.waived, len(found) - len(counted), self._left_out_by_option(found)

    def _left_out_by_option(self, found: Sequence[Diagnostic]) -> int:
        """How many findings count by the settings file, and not by the command line."""
        codes = [finding.rule.code for finding in found]
        return sum(self.by_file.counts(code) and not self.settings.counts(code) for code in codes)

    def waivers(self) -> tuple[list[Waiver], list[Diagnostic], str]:
        """The agreed exceptions, what is wrong with them, and what their file is called."""
        place = from_here(Path(project_root() or os.curdir, WAIVERS))
        source = (Path(place) if os.path.lexists(place) else None) if self.policy is None else self.policy.file(place)
        if source is None:
            return [], [], place
        waivers, wrong = read_waivers(source, self.plan, [*self._other_plans()])
        if self.policy is not None:
            place = self.policy.named(str(source))
            # They waive nothing, which is strict enough: as errors they would stop the request that mends them.
            wrong = [self.policy.told(each)._replace(severity=Severity.WARNING) for each in wrong]
        return waivers, wrong, place

    def _other_plans(self) -> Iterator[Plan]:
        """Those of the other years that are sound, whether or not this run looks at their data."""
        for path in self.choice.others.values():
            with suppress(InputError):
                yield load_plan(path)
