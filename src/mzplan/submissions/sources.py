"""Which files the user means, and of each whose it is and for when by its path."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from mzplan.diagnostics import InputError, show
from mzplan.reading.bounds import has_plans, project_left
from mzplan.reading.files import (
    DATA_LIMIT,
    StrPath,
    absolute,
    from_here,
    is_within,
    location_in,
    may_exist,
    open_regular,
    real_path,
    reopened,
    spooled,
    system_reason,
    upward,
)
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.parquet import LIMIT, as_csv, is_parquet, parts_of
from mzplan.reading.walk import is_folder_of_files, walk_files
from mzplan.reading.workbook import Sheet
from mzplan.said import say
from mzplan.submissions.beside import is_repository, may_lie_there
from mzplan.submissions.mirror import Address, Mirror
from mzplan.submissions.places import README, WORKBOOKS, Spot, is_period, spot_in, year_of

STANDARD_INPUT = "-"
DATA = "data"
"""The project's data folder."""
INBOX = "inbox"
"""Where `init` has what the units send put, beside the data folder."""
KEPT = "inbox/filed"
"""Beside the data folder: where the originals of what was filed are kept, and what was sent along with them."""

_MISSING = "找不到 {path}。请检查路径；数据文件夹里应是 <报告期>/<单位 id>.csv（或 .xlsx、.xls、.ods）。"
_ELSEWHERE = (
    "{path} 不是这台电脑上的路径。能读它的是 Spark：check、status、summary 加 --engine spark；"
    "或把数据所在的地方挂载成文件夹，写文件夹的路径。"
)
_NO_DATA = (
    "这个项目还没有数据，也没有 {path} 文件夹。先生成填报表发给各单位：mzplan template --all --output forms/；"
    "收回的文件放进 inbox/ 文件夹，用 mzplan collect inbox/ 校验、归档。"
)
_NO_INPUT = "没有可以读取的标准输入。"
_BAD_INPUT = "标准输入读取失败：{reason}。"

_TABLES = (".csv", *WORKBOOKS)
"""How a name ends that may be a report's, where any file may lie."""


class Folder(NamedTuple):
    """A folder of `<period>/<unit id>.csv` that was given as a whole, so that what is not in it is missing."""

    path: str
    """As it is shown."""
    period: str = ""
    """The only period given, when the folder given was that period's."""


_LACKS = frozenset({Flaw.FOLDER_EMPTY, Flaw.NO_REPORT_YET})


class Source(NamedTuple):
    """One CSV or workbook to be read: a file, or bytes that are already here (standard input)."""

    path: str
    """As it is shown."""
    file: str = ""
    """What is opened; empty when `content` is given."""
    content: BinaryIO | None = None
    spot: Spot | None = None
    """Where it lies, as far as that says for whom it speaks and for when."""
    folder: Folder | None = None
    """The data folder in which the file lies, when that was given as a whole."""
    within: str = ""
    """The folder out of which no symbolic link may lead."""
    root: str = ""
    """The folder that evidence paths start from, besides the file's own."""
    sheet: Sheet | None = None
    """What else is known of `content`, when it was made of the sheet of a workbook."""
    attached: frozenset[str] = frozenset()
    """The names of the files that were sent along with it, which may be named as evidence."""
    defect: Defect | None = None
    """What is wrong before anything is read: a folder without CSV."""
    size: int = 0
    """Bytes, as far as known beforehand."""
    mirror: Mirror | None = None
    """What brings its contents, where it lies elsewhere."""

    @property
    def is_lack(self) -> bool:
        """Whether it stands for a folder without any report."""
        return self.defect is not None and self.defect.flaw in _LACKS

    @classmethod
    def of_bytes(cls, path: str, data: bytes) -> "Source":
        """Bytes that are called like that file."""
        return cls(path, content=BytesIO(data), spot=spot_in(path))

    def open(self, limit: int = DATA_LIMIT) -> BinaryIO:
        """The bytes from the start, for the caller to close; FileError when they cannot be had.

        Of Parquet they are those of the CSV that it would be, and RefusedError tells what is none.
        """
        if is_parquet(self.path):
            return BytesIO(as_csv(self.parts(min(limit, LIMIT))))
        (stream,) = self.parts(limit)
        return stream

    def parts(self, limit: int = DATA_LIMIT) -> Iterator[BinaryIO]:
        """The bytes of each file of which it is made, as they stand; errors as above."""
        if self.content is not None:
            yield reopened(self.content)
            return
        for path in parts_of(self.file or self.path):
            if self.mirror is not None and _size(path) <= limit:
                self.mirror.bring(path)
            yield open_regular(path, limit, self.within)


def data_sources(
    paths: Iterable[StrPath],
    root: StrPath | None = None,
    stdin: BinaryIO | None = None,
    data: Iterable[StrPath] = (),
    stdin_name: str = "",
) -> list[Source]:
    """The CSV files that these paths mean: files as given, folders with all below them, `-` the standard input.

    Each file once, however often it is given. `data` are the folders that hold the data, besides the project's own;
    `stdin_name` is where the standard input would lie if it were a file. InputError for a path that is not there. A
    folder without a CSV comes out as a source with a defect, so that it cannot pass for a clean one.
    """
    named = list(paths)
    homes = data_homes(root, data, named)
    found: list[Source] = []
    known: set[str] = set()
    for path in named:
        if str(path) == STANDARD_INPUT:
            sources = [_standard_input(stdin, stdin_name, root, homes)]
        else:
            sources = _sources(path, root, homes)
        if isinstance(path, Mirror):
            sources = [_mirrored(source, path) for source in sources]
        for source in sources:
            lies_at = _lies_at(source, homes)
            if lies_at not in known:
                known.add(lies_at)
                found.append(source)
    return found


def holds_reports(sources: Iterable[Source]) -> bool:
    """Whether there is any file among these: a folder without one is a source as well."""
    return any(not source.is_lack for source in sources)


def is_of_another_year(source: Source, year: int) -> bool:
    """Whether a file of a folder lies in a month of another year: a plan speaks for its own year only.

    What is named by itself is meant, wherever it lies.
    """
    return source.folder is not None and year_of(source.spot) not in (None, year)


def is_loose(source: Source) -> bool:
    """Whether a file lies outside of all data, and is not given as one of a folder of months."""
    return source.defect is None and (source.spot is None or (not source.spot.is_data and source.folder is None))


def context_sources(
    given: Sequence[Source], root: StrPath | None, data: Sequence[StrPath] = (), *, with_data: bool = False
) -> list[Source]:
    """The other files of the data folders in which one of those given lies; those of `data` as well where asked for."""
    asked = set(map(os.path.realpath, data if with_data else ()))
    homes = data_homes(root, data, [source.file for source in given if source.file])
    known = {_lies_at(source, homes) for source in given if source.path != STANDARD_INPUT}
    here = os.path.realpath(os.curdir)
    found: list[Source] = []
    for home in homes:
        if os.path.isdir(home) and (home in asked or any(is_within(path, home) for path in known)):
            shown = from_here(home) if is_within(home, here) else home
            found += (source for source in _below(shown, root, homes) if _lies_at(source, homes) not in known)
    return found


def data_homes(root: StrPath | None, data: Iterable[StrPath], named: Sequence[StrPath]) -> tuple[str, ...]:
    """The data folders, resolved: the project's, those given as such, and those of the projects that files lie in.

    What is named by its address is one.

    Also one that is gone, as its reports lay there; none to which a link leads out of its project.
    """
    own = () if root is None else (os.path.join(root, DATA),)
    ways = dict.fromkeys(
        way if os.path.isdir(way) else os.path.dirname(way)
        for path in named
        if not project_left(path)
        for way in (absolute(path), os.path.realpath(path))
    )
    around = (home for way in ways if (home := _data_around(way)))
    folders = (*own, *data, *(path for path in named if isinstance(path, Mirror)), *around)
    there = (folder for folder in folders if os.path.isdir(folder) or not os.path.lexists(folder))
    usable = (folder for folder in there if not project_left(folder))
    return tuple(dict.fromkeys(map(os.path.realpath, usable)))


def _data_around(folder: str) -> str:
    """The data folder of a project that this folder is or lies in, wherever we are; empty outside of all."""
    for above in upward(folder):
        if os.path.basename(above) == DATA and has_plans(os.path.dirname(above)):
            return above
    return ""


def _location(path: StrPath, homes: Iterable[str]) -> tuple[str, str]:
    """Where a file lies, and the data folder in which it does: the same however the file is named.

    The one place that says so; what a file's path names and which links it may be all follow from it.
    """
    for home in homes:
        if (found := location_in(home, path)) is not None:
            return found, home
    return absolute(path), ""


def _lies_at(source: Source, homes: Iterable[str]) -> str:
    if source.path == STANDARD_INPUT:
        return source.path
    path, home = _location(source.file or source.path, homes)
    return path if home else real_path(path)


def _standard_input(stdin: BinaryIO | None, name: str, root: StrPath | None, homes: Sequence[str]) -> Source:
    if stdin is None:
        raise InputError(_NO_INPUT)
    try:
        content = spooled(stdin, DATA_LIMIT)
    except OSError as error:
        raise InputError(say(_BAD_INPUT, reason=show(system_reason(error)))) from None
    spot = spot_of(name, homes) if name else None
    return Source(name or STANDARD_INPUT, content=content, spot=spot, root=str(root or ""))


def _sources(path: StrPath, root: StrPath | None, homes: Sequence[str]) -> list[Source]:
    if project := project_left(path):
        return [_file(str(path), root, homes, None)._replace(within=project)]
    if is_folder_of_files(path):
        below = _below(path, root, homes)
        return below or [Source(str(path), defect=Defect(_lack(path, homes)))]
    if not may_exist(path):
        is_new = os.path.basename(path) == DATA and has_plans(os.path.dirname(os.path.abspath(path)))
        missing = _ELSEWHERE if isinstance(path, Address) else _MISSING
        raise InputError(say(_NO_DATA if is_new else missing, path=show(str(path))))
    file = _file(str(path), root, homes, None)
    is_aside = file.spot is not None and file.spot.is_data and not _is_seen(file)
    return [] if is_aside else [file]


def _mirrored(source: Source, mirror: Mirror) -> Source:
    """A file of a mirror as one of what it stands for; what lies beside that is looked for as in a project."""
    folder = source.folder and source.folder._replace(path=mirror.shown(source.folder.path))
    return source._replace(path=mirror.shown(source.path), folder=folder, root=mirror.top, mirror=mirror)


def _lack(folder: StrPath, homes: Sequence[str]) -> Flaw:
    """Why nothing is below a folder: a project's data folder, with a README, may be new; else the path is wrong."""
    real = os.path.realpath(folder)
    if real in homes and os.path.basename(real) == DATA:
        with suppress(OSError):
            if any(map(README.fullmatch, os.listdir(real))):
                return Flaw.NO_REPORT_YET
    return Flaw.FOLDER_EMPTY


def _below(folder: StrPath, root: StrPath | None, homes: Sequence[str]) -> list[Source]:
    """Every CSV below a folder."""
    folder = os.fspath(folder)
    whole = _whole(folder, homes)
    found = (_file(path, root, homes, whole) for path in walk_files(folder, lambda path: _is_wanted(path, homes)))
    return [source for source in found if _is_seen(source)]


def _whole(folder: str, homes: Sequence[str]) -> Folder | None:
    """The data folder that is given as a whole: that folder, or the one above a period's; None for one astray in it."""
    name = os.path.basename(os.path.realpath(folder))
    lies_at, home = _location(folder, homes)
    if home and lies_at != home and not (is_period(name) and os.path.dirname(lies_at) == home):
        return None
    return Folder(_above(folder, name), name) if is_period(name) else Folder(folder)


def _is_wanted(path: str, homes: Sequence[str]) -> bool:
    """Whether what is hidden is looked at all the same: below a data folder nothing is unseen."""
    return bool(_location(path, homes)[1]) and not is_repository(path)


def _is_seen(source: Source) -> bool:
    """Whether a file is looked at: of the data all but what may lie beside reports, elsewhere what may be a report."""
    if source.spot is not None and source.spot.is_data:
        return not may_lie_there(source.path, source.within)
    return os.path.isdir(source.path) or source.path.lower().endswith(_TABLES)


def _above(folder: str, name: str) -> str:
    """The folder above, shown as the user would call it: also of `.` and of a name with a slash at its end."""
    plain = os.path.normpath(folder)
    if os.path.basename(plain) == name:
        return os.path.dirname(plain) or os.curdir
    return from_here(os.path.dirname(os.path.realpath(folder)))


def _file(path: str, root: StrPath | None, homes: Sequence[str], folder: Folder | None) -> Source:
    lies_at, home = _location(path, homes)
    is_folder = is_folder_of_files(path) or (os.path.islink(path) and is_period(os.path.basename(path)))
    return Source(
        path,
        path,
        spot=_spot_of_folder(lies_at, home) if is_folder else _spot(lies_at, home),
        folder=folder,
        within=_bounds(path, root, home, folder),
        root=str(root or ""),
        size=_size(path),
    )


def _spot_of_folder(lies_at: str, home: str) -> Spot | None:
    """Where a folder lies that stands in the place of a report, or is a whole month's, be it gone; None of others."""
    name = os.path.basename(lies_at)
    if home and is_period(name):
        return Spot((name,), "")
    return _spot(lies_at, home) if home and name.lower().endswith(_TABLES) else None


def spot_of(path: str, homes: Sequence[str]) -> Spot | None:
    """Where a file lies in these data folders, be it there or not; outside of all, what its folder says."""
    return _spot(*_location(path, homes))


def _spot(lies_at: str, home: str) -> Spot | None:
    """Where a file lies in its data folder, which may be that of one month; outside of all, what its folder says."""
    if not home:
        return spot_in(lies_at)
    *folders, name = os.path.relpath(lies_at, home).split(os.sep)
    month = os.path.basename(home)
    return Spot((month, *folders) if is_period(month) else tuple(folders), name)


def _bounds(path: str, root: StrPath | None, home: str, folder: Folder | None) -> str:
    """The folder that a file must not leave by a link.

    It is the project for its data, and for what is named in it, as others than the user may have put the link there;
    else the data folder, or the folder given.
    """
    project = os.path.realpath(root) if root is not None else ""
    if home:
        return project if project and is_within(home, project) else home
    if folder:
        return folder.path
    here = project or os.path.realpath(os.curdir)
    return here if location_in(here, path) else ""


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0


def is_excluded(path: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern says so of a file, of a folder in which it lies, or of the name of either."""
    parts = PurePath(from_here(path)).parts
    ways = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return any(fnmatchcase(text, pattern.rstrip("/")) for text in (*parts, *ways) for pattern in patterns)
