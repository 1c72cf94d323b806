"""Which of a folder's plans is meant: that of the year asked for, else the newest. Looks at nothing but their years."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mzplan.diagnostics import Diagnostic, InputError, Location, show
from mzplan.plan.file_rules import SAME_YEAR
from mzplan.plan.findings import Findings
from mzplan.plan.load import LARGEST, complaint, outside
from mzplan.plan.model import Plan
from mzplan.reading.bounds import open_own, project_left
from mzplan.reading.files import FileError, is_folder, unreadable
from mzplan.said import listed, say

_NO_PLAN_IN = "{folder} 里没有计划文件(*.yaml)。请用 --plan 指定计划文件。"
_NO_SUCH_YEAR = "{folder} 里没有 {year} 年的计划，只有 {years}。"
_NO_YEAR = "{folder} 里有几份计划，都读不出年份（year: 2023 这样的一行）。请用 --plan 指定计划文件。"
_CHOSEN = "计划用 {path}（{year}年）；{folder} 里还有 {others}。"
_SHIPPED = "用的是随程序附带的《{title}》（{publisher}）；自己的计划用 --plan 指定。"
_OTHER = "{name}（{year}年）"
_UNREAD = "{name}（读不出年份）"
_MESSAGES: Mapping[str, tuple[str, str]] = {
    "same-year": ("{year} 年的计划有两份，另一份是 {other}", "只留一份，或用 --plan 指定；草稿放在别的文件夹里"),
}

_YEAR = re.compile(rb"""^["']?year["']?[ \t]*:[ \t]*["']?([0-9]{4})(?![0-9])""", re.MULTILINE)
PLAN_SUFFIXES = (".yaml", ".yml")
SUFFIXES_WITH_BREAKDOWN = (*PLAN_SUFFIXES, ".csv")
"""How the names of a plan and of its breakdown end."""


class Choice(NamedTuple):
    """A plan file, and the others of its folder."""

    path: Path
    year: int | None = None
    """None where there was no choice: it is the only one, or it was named."""
    others: Mapping[int, Path] = {}
    """The other plans by their year: the folder's, those of the project for one that was named."""
    unread: tuple[Path, ...] = ()
    """Those whose year cannot be read."""
    is_shipped: bool = False
    """Whether it is nobody's own, but came with the program."""

    def instead(self, year: int) -> "Choice":
        """That of the others in place of this one."""
        others = dict(self.others) | ({self.year: self.path} if self.year is not None else {})
        return self._replace(path=others.pop(year), year=year, others=others)

    def note(self, plan: Plan) -> str:
        """Which one was chosen, the plan read from it, for whoever wonders; empty when there was no choice."""
        if self.is_shipped:
            return say(_SHIPPED, title=show(plan.title), publisher=show(plan.publisher))
        names = [say(_OTHER, name=show(path.name), year=year) for year, path in sorted(self.others.items())]
        names += [say(_UNREAD, name=show(path.name)) for path in self.unread]
        if self.year is None or not names:
            return ""
        path, folder = show(str(self.path), 400), show(str(self.path.parent), 400)
        return say(_CHOSEN, path=path, year=self.year, folder=folder, others=listed(names))


class Shelf(NamedTuple):
    """The plans of a folder, each by the year that it says it is of."""

    by_year: Mapping[int, Path]
    unread: tuple[Path, ...]
    """Those whose year cannot be read."""
    twice: Sequence[Diagnostic]
    """The plans of a year that has one already."""


def plans_in(folder: Path) -> list[Path]:
    """The plan files of a folder, by name; InputError when it has none."""
    found = _plan_files(folder)
    if not found:
        raise InputError(say(_NO_PLAN_IN, folder=show(str(folder))))
    return found


def choose(folder: Path, asked: int | None, newest_data: Callable[[], int | None]) -> Choice:
    """The plan of the year asked for, else of that of the newest data, else the newest of all.

    The data are looked at only where there is a choice. InputError when none is of the year asked for, or when two are
    of one year: then nobody knows which is meant.
    """
    found = _one_or_all(folder)
    if isinstance(found, Path):
        return Choice(found)
    by_year, unread, _ = found
    if asked is not None and asked not in by_year:
        years = listed(map(str, sorted(by_year)))
        raise InputError(say(_NO_SUCH_YEAR, folder=show(str(folder)), year=asked, years=years))
    if asked is None and (newest := newest_data()) in by_year:
        asked = newest
    year = asked or max(by_year)
    return Choice(by_year[year], year, {each: path for each, path in by_year.items() if each != year}, unread)


def named_plan(path: Path, folder: Path | None) -> Choice:
    """The plan that was named, which speaks for its own year alone; for other years those of the project's folder do.

    Two of one year there are of no use, and are nobody's fault who has named a third.
    """
    if folder is None or not is_folder(folder):
        return Choice(path)
    own = _year_of(path)[0]
    shelf = shelf_of(folder)
    twice = {_year_of(Path(finding.location.path))[0] for finding in shelf.twice}
    others = {year: other for year, other in shelf.by_year.items() if year not in (own, *twice)}
    return Choice(path, None, others if own is not None else {})


def every(place: Path) -> Mapping[int, Path] | Mapping[None, Path]:
    """All plans of a folder by their year, or the one that was named under None; InputError when two are of one year.

    Those whose year cannot be read are left out, but a single one, whoever reads it says what is wrong with it.
    """
    if not is_folder(place):
        return {None: place}
    found = _one_or_all(place)
    return {None: found} if isinstance(found, Path) else found.by_year


def _one_or_all(folder: Path) -> "Path | Shelf":
    """The only plan of a folder, or all; InputError when no year can be read, or when two are of one year."""
    if len(plans := plans_in(folder)) == 1:
        return plans[0]
    shelf = shelf_of(folder)
    refuse_twice(shelf)
    if not shelf.by_year:
        raise InputError(say(_NO_YEAR, folder=show(str(folder))))
    return shelf


def refuse_twice(shelf: Shelf) -> None:
    """InputError when two plans are of one year."""
    if shelf.twice:
        raise InputError(complaint(list(shelf.twice)), list(shelf.twice))


def shelf_of(folder: Path) -> Shelf:
    """The plans of a folder, by nothing but the years that they say they are of."""
    by_year: dict[int, tuple[Path, int]] = {}
    unread, found = [], Findings(_MESSAGES)
    for path in _plan_files(folder):
        year, line = _year_of(path)
        if year is None:
            unread.append(path)
            continue
        first, at = by_year.setdefault(year, (path, line))
        if first != path:
            related = [Location(str(first), at)]
            place = Location(str(path), line)
            found.report(SAME_YEAR, place, "same-year", year=year, other=str(first), related=related)
    return Shelf({year: path for year, (path, _) in by_year.items()}, tuple(unread), found.found)


def _plan_files(folder: Path) -> list[Path]:
    """Its plan files by name; InputError when it cannot be read, or a link puts another folder in its place."""
    if project_left(folder):
        raise outside(folder)
    try:
        there = sorted(folder.iterdir())
    except OSError as error:
        raise unreadable(folder, error) from None
    return [path for path in there if path.suffix in PLAN_SUFFIXES and not path.name.startswith((".", "~"))]


def _year_of(path: Path) -> tuple[int | None, int]:
    """The year that a plan file says it is of, and the line where; None when it cannot be read."""
    try:
        with open_own(path, LARGEST) as file:
            text = file.read(LARGEST)
    except (OSError, FileError):
        return None, 0
    found = _YEAR.search(text)
    return (int(found[1]), text.count(b"\n", 0, found.start()) + 1) if found else (None, 0)
