"""Several files written or taken away together: all of them, or none and everything as it was."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from mzplan.reading.files import LINK_REASON, LinkError, absolute, upward, write_whole


def write_together(files: Mapping[Path, bytes | None]) -> None:
    """Write every file, with the folders that it needs; OSError when one cannot be, and then nothing has changed.

    A file without contents is taken away.

    Each is written beside its place first. A link, a folder or a device in a file's place stands in the way of all.
    """
    made: list[Path] = []
    new: dict[Path, Path] = {}
    old: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for path, data in _written(files):
            for folder in _missing(path):
                folder.mkdir()
                made.append(folder)
            new[path] = _beside(path)
            write_whole(new[path], data)
            if (mode := _mode(path)) is not None:
                new[path].chmod(mode)
        for path in files:
            if os.path.lexists(path):
                old[path] = path.replace(_beside(path))
            if path in new:
                placed.append(new[path].replace(path))
    except BaseException:
        for path in (*placed, *new.values()):
            with suppress(OSError):
                path.unlink()
        for path, kept in old.items():
            with suppress(OSError):
                kept.replace(path)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise
    for kept in old.values():
        with suppress(OSError):
            kept.unlink()


def _written(files: Mapping[Path, bytes | None]) -> Iterator[tuple[Path, bytes]]:
    return ((path, data) for path, data in files.items() if data is not None)


def _missing(path: Path) -> Iterator[Path]:
    """The folders that are to be made for a file, from above."""
    above = [Path(folder) for folder in upward(Path(absolute(path)).parent)]
    return reversed([folder for folder in above if not folder.is_dir()])


def _mode(path: Path) -> int | None:
    """Who may read, write and run what stands there now; None when nothing does."""
    if not os.path.lexists(path):
        return None
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise LinkError(errno.ELOOP, LINK_REASON, str(path))
    if not stat.S_ISREG(mode):
        raise FileExistsError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EEXIST, "", str(path))
    return mode & 0o777


def _beside(path: Path) -> Path:
    return path.with_name(f".mzplan-{os.urandom(6).hex()}.tmp")
