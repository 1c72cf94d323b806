"""Data at an address, where only another program can look, and the folder here that stands for them.

The folder has the files by their names and sizes, so that whose they are and for when is told as of any other; what
stands in one comes when it is opened.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from mzplan.reading.files import way_from

if sys.platform == "win32":
    from pathlib import WindowsPath as _Path
else:
    from pathlib import PosixPath as _Path

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""How an address begins (`hdfs:`, `s3a:`, `https:`); one letter is a drive."""


def is_address(text: str) -> bool:
    """Whether it begins as one."""
    return _ADDRESS.match(text) is not None


class Address(_Path):
    """An address where a path may be given: as it was typed, as two slashes are not one in it."""

    text = ""

    @classmethod
    def typed(cls, text: str) -> "Address | None":
        """The address that a text is; None of a path, and of what lies here by that name."""
        if not is_address(text) or os.path.lexists(text):
            return None
        address = cls(text)
        address.text = text.rstrip("/")
        return address

    def __str__(self) -> str:
        """As it was typed; of what is derived from it, the path."""
        return self.text or super().__str__()


class Mirror(os.PathLike[str]):
    """A folder that stands for the one at an address: a path to whoever looks for files, the address when shown."""

    def __init__(
        self, address: str, home: str, folder: Path, fetch: Callable[[str, str], None], exists: Callable[[str], bool]
    ) -> None:
        """`fetch` puts what stands at an address into a file here, `exists` says whether something stands there."""
        self._address, self._home, self._fetch, self._exists = address, home, fetch, exists
        self.folder = str(folder)
        self.top = str(folder.parent)
        """What the folder lies in, beside nothing else."""
        self._brought: set[str] = set()

    def __fspath__(self) -> str:
        """The folder."""
        return self.folder

    def __str__(self) -> str:
        """The address, as it was typed."""
        return self._address

    def shown(self, path: str) -> str:
        """How the folder, what lies in it and what it lies in are called."""
        if path == self.top:
            return self._address.rpartition("/")[0]
        is_below = (path + os.sep).startswith(self.folder + os.sep)
        return self._address + path[len(self.folder) :].replace(os.sep, "/") if is_below else path

    def address_of(self, path: str) -> str:
        """Where that is of which a file here has the name, as whoever reads it there calls it."""
        way = way_from(self.folder, path) or path
        return f"{self._home}/{way.replace(os.sep, '/')}"

    def bring(self, path: str) -> None:
        """Have what stands in a file; InputError where it cannot be had."""
        if path not in self._brought:
            self._fetch(self.address_of(path), path)
            self._brought.add(path)

    def exists(self, path: str) -> bool:
        """Whether something stands there of which a path here is the name, be it beside what is mirrored."""
        return Path(path).exists() or self._exists(self.address_of(path))
