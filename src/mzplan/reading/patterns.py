"""Patterns that few runs need whole: a run reads notes with some of them; compiling all took a tenth of a second."""

import re
from functools import cached_property
from typing import Any, cast


def late(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """As `re.compile`, but compiled when it is first used."""
    return cast("re.Pattern[str]", Late(pattern, flags))


class Late:
    """Stands for a pattern and keeps what it was asked for, so that later uses are as fast as the pattern's own.

    It is not the one that a match has as its `re`: those two are told to be one by their text.
    """

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self.pattern, self._flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found
