"""Which files the user means: data files below folders, what a path says about its file, standard input."""

import os
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import BinaryIO

from mzplan.diagnostics import InputError, show
from mzplan.reading.csv_border import Defect, Flaw
from mzplan.reading.files import DATA_LIMIT, StrPath, absolute, is_within, real_path, walk_csv
from mzplan.submissions.row import Folder, Source, is_period, place_in

STANDARD_INPUT = "-"
DATA = "data"
"""The project's data folder."""

_MISSING = "找不到 {path}。请检查路径；数据文件夹里应是 <报告期>/<单位 id>.csv。"
_NO_INPUT = "没有可以读取的标准输入。"


def data_sources(paths: Iterable[StrPath], root: StrPath | None = None, stdin: BinaryIO | None = None) -> list[Source]:
    """The CSV files that these paths mean: files as given, folders with all below them, `-` the standard input.

    Each file once, however often it is given. InputError for a path that is not there. A folder without a CSV comes out
    as a source with a defect, so that it cannot pass for a clean one.
    """
    found: list[Source] = []
    known: set[str] = set()
    for path in paths:
        for source in _sources(path, root, stdin):
            real = real_path(source.file) if source.file else source.path
            if real not in known:
                known.add(real)
                found.append(source)
    return found


def context_sources(given: Sequence[Source], root: StrPath | None) -> list[Source]:
    """The other files of the project's data folder, when one of those given lies in it; else none."""
    if root is None:
        return []
    folder = os.path.realpath(os.path.join(root, DATA))
    known = {real_path(source.file) for source in given if source.file}
    if not any(is_within(path, folder) for path in known):
        return []
    shown = os.path.relpath(folder) if is_within(folder, os.path.realpath(os.curdir)) else folder
    return [source for source in _below(shown, root) if real_path(source.file) not in known]


def _sources(path: StrPath, root: StrPath | None, stdin: BinaryIO | None) -> list[Source]:
    if str(path) == STANDARD_INPUT:
        if stdin is None:
            raise InputError(_NO_INPUT)
        return [Source(STANDARD_INPUT, content=BytesIO(stdin.read(DATA_LIMIT + 1)), root=str(root or ""))]
    if os.path.isdir(path):
        below = _below(path, root)
        return below or [Source(str(path), defect=Defect(Flaw.FOLDER_EMPTY))]
    if not os.path.lexists(path):
        raise InputError(_MISSING.format(path=show(str(path))))
    return [_file(str(path), root, None)]


def _below(folder: StrPath, root: StrPath | None) -> list[Source]:
    """Every CSV below a folder; that folder, or the one above a period's, is the data folder given as a whole."""
    folder = os.fspath(folder)
    name = os.path.basename(os.path.realpath(folder))
    whole = Folder(os.path.dirname(folder) or os.curdir, name) if is_period(name) else Folder(folder)
    return [_file(path, root, whole) for path in walk_csv(folder)]


def _file(path: str, root: StrPath | None, folder: Folder | None) -> Source:
    place = absolute(path)
    home = _home(place, root, folder)
    return Source(
        path,
        path,
        place=place_in(place) if home else None,
        folder=folder,
        within=home,
        root=str(root or ""),
        size=_size(path),
    )


def _home(path: str, root: StrPath | None, folder: Folder | None) -> str:
    """The folder that the file must not leave by a link: the project's when its data lie there, else the one given."""
    if root is not None and is_within(path, absolute(os.path.join(root, DATA))):
        return str(root)
    return folder.path if folder else ""


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0
