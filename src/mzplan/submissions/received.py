"""What came in: every file of an inbox, those in archives included, with its bytes. Knows nothing of what they say."""

import os
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from itertools import chain, count
from pathlib import Path, PurePath
from typing import NamedTuple

from mzplan.diagnostics import InputError, show
from mzplan.reading.archive import PACKED, is_collection, members_of
from mzplan.reading.around import Remark
from mzplan.reading.files import FileError, Obstacle, is_within, may_exist, open_regular, unreadable
from mzplan.reading.flaws import RefusedError
from mzplan.reading.saved import saved_at
from mzplan.reading.walk import is_hidden, walk_files
from mzplan.reading.workbook import LIMIT
from mzplan.said import say

_MISSING = "找不到 {path}。请检查路径；收件箱是一个文件夹（没有就先建，放进收回的文件）、一个 zip，或几个文件。"
_NO_ARCHIVE = "压缩包打不开、有密码，或解压后太大"
_NESTED = "压缩包里还有压缩包，请先解开"
_ARCHIVE = ".zip"
_BESIDE = frozenset(
    (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".heic", ".tif", ".tiff", ".mp3", ".mp4", ".mov", ".wav")
) | frozenset((".pdf", ".ofd", ".doc", ".docx", ".wps", ".ppt", ".pptx", ".md", ".url", ".lnk", ".eml"))
"""How the names of files end that are sent beside a report, as evidence or by way of a letter."""
_NAME, _FOLDER = "文件名", "文件夹名"
_DIGITS = 16
"""Of a digest, enough to tell files apart."""


class Received(NamedTuple):
    """One file that came in."""

    name: str
    """As it is shown: its path, and within an archive its name there."""
    data: bytes = b""
    obstacle: str = ""
    """Why it cannot be looked at, in words."""
    within: str = ""
    """The folder that is collected, or in which that lies: what is called above it says nothing of what came in."""

    @property
    def hints(self) -> Sequence[str]:
        """Its name without ending, and the folders in which it lies or lay, the nearest first."""
        path = PurePath(self.name)
        return (path.stem, *(folder.name for folder in path.parents if folder.name))

    @property
    def called(self) -> Sequence[Remark]:
        """What its name says, and the folders that came in with it."""
        folders = PurePath(self.name).parts[len(PurePath(self.within).parts) : -1]
        return [Remark(_NAME, self.hints[0], is_name=True), *(Remark(_FOLDER, each, is_name=True) for each in folders)]

    @property
    def ending(self) -> str:
        """How its name ends, in small letters."""
        return PurePath(self.name).suffix.lower()

    @property
    def is_beside(self) -> bool:
        """Whether it is no report by its name, but what is sent along with one."""
        return self.ending in _BESIDE

    @property
    def saved(self) -> str:
        """When it was saved last, if it says so, as `saved_at`."""
        return saved_at(self.data)

    @property
    def digest(self) -> str:
        """What its bytes come to: two files with one digest are one."""
        return digest_of(self.data)


def digest_of(data: bytes) -> str:
    """What bytes come to, short enough to be written down."""
    return sha256(data).hexdigest()[:_DIGITS]


def received(paths: Sequence[Path], own: Sequence[str]) -> list[Received]:
    """Every file that these paths mean, folders with all below them; InputError for a path that is not there.

    `own` are the resolved folders that are written to: what lies there did not come in.
    """
    found = [
        each._replace(within=within or str(PurePath(name).parent))
        for path in paths
        for name, within in _files(path, own)
        for each in _opened(name, within)
    ]
    return list({each.name: each for each in found}.values())


def _files(path: Path, own: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The files, each with the folder out of which no link may lead."""
    if path.is_dir():
        try:
            os.scandir(path).close()
        except OSError as error:
            raise unreadable(path, error) from None
        for name in walk_files(os.fspath(path)):
            if not any(is_within(os.path.realpath(name), folder) for folder in own):
                yield name, os.fspath(path)
    elif may_exist(path):
        yield os.fspath(path), ""
    else:
        raise InputError(say(_MISSING, path=show(str(path), 4096)))


def _opened(name: str, within: str) -> Iterator[Received]:
    try:
        with open_regular(name, PACKED, within) as stream:
            data = stream.read()
    except FileError as error:
        yield Received(name, obstacle=error.reason)
        return
    if PurePath(name).suffix.lower() == _ARCHIVE or is_collection(data):
        yield from _unpacked(name, data)
    else:
        yield _bounded(name, data)


def _bounded(name: str, data: bytes) -> Received:
    """A file, as far as it is not larger than any report."""
    too_large = FileError(Obstacle.TOO_LARGE, str(LIMIT))
    return Received(name, data) if len(data) <= LIMIT else Received(name, obstacle=too_large.reason)


def _unpacked(name: str, data: bytes) -> Iterator[Received]:
    try:
        members = members_of(data)
    except RefusedError:
        yield Received(name, data, _NO_ARCHIVE)
        return
    taken: set[str] = set()
    for member in members:
        if any(_is_left_behind(part) for part in PurePath(member.name).parts):
            continue
        shown = _free(f"{name}/{member.name.lstrip('/')}", taken)
        taken.add(shown)
        if is_collection(member.data):
            yield Received(shown, member.data, _NESTED)
        else:
            yield _bounded(shown, member.data)


def _free(name: str, taken: Collection[str]) -> str:
    """The name with a number before its ending where another file has it: an archive may hold one name twice."""
    path = PurePath(name)
    others = (f"{name.removesuffix(path.suffix)}（{number}）{path.suffix}" for number in count(2))
    return next(each for each in chain([name], others) if each not in taken)


def _is_left_behind(part: str) -> bool:
    """Whether a program has put that file or folder beside a user's; a way upward is no such name."""
    return part == "__MACOSX" or (is_hidden(part) and part.strip(".") != "")
