"""The reports that there were at a revision, and what stands for them now: both sides read by the plan of today."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from mzplan.check.reader import Scanner
from mzplan.check.scanned import Scanned
from mzplan.check.since import Changes
from mzplan.period import Period
from mzplan.reading.bounds import project_around, project_left
from mzplan.reading.files import StrPath, from_here, is_within
from mzplan.reading.flaws import Flaw
from mzplan.reading.walk import is_hidden
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.places import REPORTS, Place, places_of
from mzplan.submissions.sources import Source, spot_of


class _ChangedFiles(NamedTuple):
    """The changed files of one side, read."""

    ledger: Ledger
    scans: Mapping[str, Scanned]
    """By path."""


class Past:
    """The reports that there were, and what has become of their files and of what they said.

    A report is a unit's month, whatever its file is called: one whose file is gone stands where another speaks for it.
    """

    def __init__(
        self,
        names: Names,
        changes: Changes,
        targets: Sequence[StrPath],
        homes: Sequence[str],
        now: Ledger,
        today: date,
        is_ours: Callable[[str], bool],
    ) -> None:
        self.names, self.changes, self.homes, self.today = names, changes, homes, today
        self.reports = {path: name for path, name in self._asked(targets).items() if is_ours(path)}
        """By path from here: how the tree calls it."""
        repository = changes.repository
        links = {
            path: link for path, name in self.reports.items() if (link := repository.link_on(name)) not in (None, name)
        }
        self.linked = {path: from_here(os.path.join(repository.top, link)) for path, link in links.items() if link}
        """By path: the link that stands where the tree had a folder, so that the report is nobody's any more."""
        self.gone = frozenset(path for path in self.reports if path not in self.linked and not os.path.isfile(path))
        self.places = self._placed(self.reports)
        there = set(self.reports) - self.linked.keys() - self.gone
        self.standing = self._placed(_files_of_today([*there, *_beside(self.gone), *now.sources]))
        """The places of today's files."""
        spoken = {place.key: path for path, place in self.standing.items() if place.key and _speaks(place)}
        self.deleted = frozenset(
            path
            for path in self.gone
            if (key := self.places[path].key) and key not in spoken and not _has_report(now, *key)
        )
        """Reports of which nothing is left anywhere."""
        self.heirs = {path: spoken.get(key, path) for path in self.gone if (key := self.places[path].key)}
        """By path of a file that is gone: which one speaks for its unit and month now; itself if none does."""
        tracked = repository.tracked() if self.reports else None
        above = {path: _above(name, tracked or ()) for path, name in self.reports.items()}
        self._nested = {name for path, name in above.items() if name and path not in self.linked}
        """The submodules that the next commit has where reports were."""
        self.let_go = [
            path
            for path, name in self.reports.items()
            if tracked is not None and name not in tracked and os.path.isfile(path) and self.places[path].key
            if path not in self.linked and not above[path]
        ]
        """Reports that still lie there, and that the next commit is without."""
        changed = [path for path in self.reports if path in self.gone or changes.has_changed(path)]
        self.unread: set[str] = set()
        """Whose old bytes are not to be had."""
        self.before = self._read(changed, self.places, self.old_source)
        heirs = {self.heirs.get(path, path) for path in changed}
        tables = [path for path in heirs if path in self.standing and self.standing[path].is_table]
        self.after = self._read(tables, self.standing, new_source)

    def _asked(self, targets: Sequence[StrPath]) -> dict[str, str]:
        """The reports below the targets, and those beside a file that said then what it says now."""
        reports = dict(_reports(self.changes, targets))
        files = [str(target) for target in targets if not os.path.isdir(target)]
        keys = {place.key for place in self._placed(files).values() if place.key}
        beside = dict(_reports(self.changes, dict.fromkeys(map(os.path.dirname, files)))) if keys else {}
        known = set(reports.values())
        others = {path: name for path, name in beside.items() if name not in known}
        return reports | {path: others[path] for path, place in self._placed(others).items() if place.key in keys}

    def _placed(self, paths: Iterable[str]) -> dict[str, Place]:
        """What each of the files speaks for, as settled among them."""
        files = list(paths)
        return dict(zip(files, places_of(self.names, [spot_of(path, self.homes) for path in files]), strict=True))

    def _read(
        self, paths: Iterable[str], places: Mapping[str, Place], source_of: Callable[[str], Source]
    ) -> _ChangedFiles:
        """The records that each file gives, those in their place first, as the check itself reads them."""
        plan = self.names.plan
        ledger = Ledger(plan)
        ledger.sources = sorted(paths, key=lambda path: _order(places[path], path))
        in_order = [places[path] for path in ledger.sources]
        scanner = Scanner(plan, ledger, None, lambda text, source: True, in_order)
        return _ChangedFiles(
            ledger, {path: scanner.scan(file, source_of(path)) for file, path in enumerate(ledger.sources)}
        )

    def old_source(self, path: str) -> Source:
        """A report as it was."""
        data = self.changes.old_version(self.reports[path])
        if data is None:
            self.unread.add(path)
        return Source.of_bytes(path, data or b"")

    def was_in_force(self, path: str, other: str) -> bool:
        """Whether a file of today stands as it was, and was read before that other one then."""
        place = self.standing.get(path)
        is_before = place is not None and _order(place, path) < _order(self.places[other], other)
        return is_before and not self.changes.has_changed(path)

    def submodules(self) -> Iterator[str]:
        """The submodules in which reports lie or lay: what was in them this repository does not know."""
        top = self.changes.repository.top
        for name in sorted({*self.changes.submodules(), *self._nested}):
            folder = os.path.join(top, name)
            if any(is_within(folder, home) or is_within(home, folder) for home in self.homes):
                yield from_here(folder)

    def is_over(self, period: Period) -> bool:
        """Whether a month's figures should not change any more."""
        return self.today > self.names.plan.due_day(period)

    def unread_over(self) -> list[str]:
        """Reports that are there and whose figures of months that are over cannot be compared."""
        found = sorted(self.unread - self.linked.keys() - self.deleted)
        periods = {path: self.places[path].period for path in found}
        return [
            self.heirs.get(path, path) for path, period in periods.items() if period is None or self.is_over(period)
        ]


def _above(name: str, tracked: Collection[str]) -> str:
    """The folder above a path that git knows as one thing, a link or a submodule; empty where there is none."""
    return next((str(above) for above in PurePosixPath(name).parents if str(above) in tracked), "")


def _reports(changes: Changes, targets: Iterable[StrPath]) -> Iterator[tuple[str, str]]:
    """The reports that there were below the targets: as paths from here, and as the tree calls them.

    Below a target as it is named, and below what it leads to now and led to then: a link may stand or have stood there.
    """
    repository = changes.repository
    for target in dict.fromkeys(str(target) for target in targets):
        name = repository.inside(target)
        ways = (repository.inside(os.path.realpath(target)), name, changes.followed(name) if name else None)
        for inside in dict.fromkeys(ways):
            if inside is None:
                continue
            prefix = "" if inside == os.curdir else f"{inside}/"
            for name, entry in changes.tree.items():
                if (entry.is_file or entry.is_link) and _may_be_report(name):
                    if name == inside:
                        yield target, name
                    elif name.startswith(prefix):
                        yield os.path.join(target, *name[len(prefix) :].split("/")), name


def _may_be_report(name: str) -> bool:
    return name.lower().endswith(REPORTS) and not is_hidden(os.path.basename(name))


def _files_of_today(paths: Iterable[str]) -> Iterable[str]:
    """Each file once, as a run calls it, however often it is named."""
    return {os.path.abspath(path): path for path in paths if os.path.isfile(path)}.values()


def _beside(paths: Iterable[str]) -> Iterator[str]:
    """The files in the folders of these, be they read by the run or not."""
    for folder in {os.path.dirname(path) for path in paths}:
        with suppress(OSError):
            yield from (os.path.join(folder, name) for name in os.listdir(folder or os.curdir) if _may_be_report(name))


def _has_report(now: Ledger, unit: str, period: Period) -> bool:
    return period.year == now.plan.year and now.has_report(unit, period.month)


def _speaks(place: Place) -> bool:
    """Whether a file stands for its unit and month, be it in another format or one of two, which others tell of."""
    return place.counts or (place.defect is not None and place.defect.flaw in (Flaw.SPREADSHEET, Flaw.REPEATED_REPORT))


def new_source(path: str) -> Source:
    """A report as it is, which no link may have outside of its project."""
    bounds = project_left(path) or project_around(path) or os.path.dirname(os.path.dirname(os.path.abspath(path)))
    return Source(path, path, within=bounds)


def _order(place: Place, path: str) -> tuple[bool, str]:
    """The order in which files are read: of two records for one place the first read is in force."""
    return not place.is_in_place, path


def paths_before(changes: Changes, targets: Iterable[StrPath]) -> list[str]:
    """The reports that there were below these files and folders."""
    return [path for path, _ in _reports(changes, targets)]
