"""Whether another program holds a file: what a system then calls forbidden is no matter of rights."""

import errno
import os
import sys
from pathlib import Path

_HELD = frozenset({32, 33})
"""What Windows calls a file that another program has open, or a part of which it has locked."""
_MARKS = ("~${name}", "~${rest}", ".~{name}", ".~lock.{name}#")
"""What Excel and WPS, Word, WPS on Linux and LibreOffice lay beside a file that they have open."""
_READ, _CHANGE = 0x80000000, 0xC0010000
_SHARED_BY_ALL, _EXISTING = 7, 3


def is_in_use(error: OSError) -> bool:
    """Whether the system refused as another program holds the file."""
    if getattr(error, "winerror", None) in _HELD or error.errno in (errno.EBUSY, errno.ETXTBSY):
        return True
    path = error.filename2 or error.filename
    if not isinstance(error, PermissionError) or not isinstance(path, str | os.PathLike):
        return False
    return is_open(path)


def is_open(path: str | os.PathLike[str]) -> bool:
    """Whether another program seems to have a file open."""
    return _is_marked(os.fspath(path)) or _is_held(os.fspath(path))


def _is_marked(path: str) -> bool:
    folder, name = os.path.split(path)
    marks = {mark.format(name=name, rest=name[2:]) for mark in _MARKS}
    return any(os.path.lexists(Path(folder, mark)) for mark in marks)


def _is_held(path: str) -> bool:
    """Windows itself says so; what its library for C says of a file that cannot be opened does not."""
    if sys.platform != "win32":
        return False
    import _winapi  # there alone

    for wish in (_READ, _CHANGE):
        try:
            _winapi.CloseHandle(_winapi.CreateFile(path, wish, _SHARED_BY_ALL, 0, _EXISTING, 0, 0))
        except OSError as error:
            if error.winerror in _HELD:
                return True
    return False
