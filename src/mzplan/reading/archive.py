"""The parts of a zipped document, never more of them than it may have: what a zip says of itself is not believed."""

import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from mzplan.reading.spreadsheet import Trouble, refused

Parts = Mapping[str, bytes]
"""By path, with slashes, whatever the program that wrote it made of them; those of `parts_of` in small letters."""

_MOST = 64 << 20
"""Bytes of all parts that are read, unpacked."""
_MOST_OF_ONE = 1 << 16
"""Bytes of a part that is read alone."""
_MOST_ENTRIES = 10_000
PACKED = 256 << 20
"""Bytes of an archive in which files were sent, and of all of them unpacked."""
_MOST_MEMBERS = 2_000
_OF_DOCUMENTS = frozenset({"[content_types].xml", "mimetype", "content.xml"})
_LOCKED, _IN_UTF8 = 1, 0x800
_WANTED = (".xml", ".rels", "mimetype")
_PASSED_OVER = ("/media/", "/charts/", "/embeddings/", "/pivotcache/", "/theme/", "customxml/", "docprops/")


class Member(NamedTuple):
    """One file of an archive in which files were sent."""

    name: str
    """Its path there, with slashes; where it came from and nowhere to write to."""
    data: bytes


_BROKEN = (BadZipFile, zlib.error, ValueError, OverflowError, EOFError, OSError, NotImplementedError, RuntimeError)


def names_of(data: bytes) -> list[str]:
    """What is in the archive; nothing when it cannot be opened."""
    archive = _opened(data)
    return [] if archive is None else [_plain(name) for name in archive.namelist()]


def parts_of(data: bytes) -> Parts:
    """The parts in XML, none when it cannot be opened; RefusedError when it is locked, broken or too large unpacked."""
    if _opened(data) is None:
        return {}
    entries = _unpacked(data, _MOST_ENTRIES, _MOST, _is_wanted)
    return {_plain(entry.filename): part for entry, part in entries}


def all_parts(data: bytes) -> Parts:
    """Every part by its name with slashes, unpacked within the same bounds; RefusedError when it cannot be."""
    entries = _unpacked(data, _MOST_ENTRIES, _MOST)
    return {entry.filename.replace("\\", "/").lstrip("/"): part for entry, part in entries}


def part_of(data: bytes, name: str) -> bytes:
    """The beginning of one part; nothing when there is none, or it cannot be read."""
    archive = _opened(data)
    try:
        with archive.open(name) if archive is not None else BytesIO() as stream:
            return stream.read(_MOST_OF_ONE)
    except (*_BROKEN, KeyError):
        return b""


def is_collection(data: bytes) -> bool:
    """Whether it is an archive in which files were sent, and not one that is itself a document, such as a workbook."""
    names = {name.lower() for name in names_of(data)}
    return bool(names) and names.isdisjoint(_OF_DOCUMENTS)


def members_of(data: bytes) -> list[Member]:
    """The files of an archive, unpacked within bounds; RefusedError when it is locked, broken or too large."""
    return [Member(_member_name(entry), part) for entry, part in _unpacked(data, _MOST_MEMBERS, PACKED)]


def _unpacked(
    data: bytes, most: int, size: int, is_wanted: Callable[[str], bool] = lambda _: True
) -> list[tuple[ZipInfo, bytes]]:
    """The files wanted, by their plain names, of an archive of at most so many files; of so many bytes in all."""
    archive = _opened(data)
    if archive is None:
        raise refused(Trouble.DAMAGED)
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    entries = [entry for entry in files if is_wanted(_plain(entry.filename))]
    if len(files) > most or sum(entry.file_size for entry in entries) > size:
        raise refused(Trouble.TOO_LARGE)
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise refused(Trouble.ENCRYPTED)
    try:
        return [(entry, _read(archive, entry)) for entry in entries]
    except _BROKEN:
        raise refused(Trouble.DAMAGED) from None


def _member_name(entry: ZipInfo) -> str:
    """The name as it was given: a Chinese Windows writes GBK and says so nowhere, others UTF-8."""
    name = entry.filename
    if not entry.flag_bits & _IN_UTF8:
        for encoding in ("utf-8", "gb18030"):
            try:
                name = entry.filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return name.replace("\\", "/")


def _opened(data: bytes) -> ZipFile | None:
    try:
        return ZipFile(BytesIO(data))
    except _BROKEN:
        return None


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    """A part, unpacked no further than it says: `read` without a number would unpack all there is."""
    with archive.open(entry) as stream:
        return stream.read(entry.file_size)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _is_wanted(name: str) -> bool:
    return name.endswith(_WANTED) and not any(folder in name for folder in _PASSED_OVER)
