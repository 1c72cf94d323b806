"""The month a record speaks for. Knows nothing of plans or files."""

import re
from typing import NamedTuple, Self

_CANONICAL = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_LOOSE = r"(?a:(\d{4})(?:年|[-/.])?(0?[1-9]|1[0-2])月?(?:份)?)"


class Period(NamedTuple):
    """One calendar month; ordered, hashable, printed as `2023-06`."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that `YYYY-MM` names; ValueError for anything else."""
        if match := _CANONICAL.fullmatch(text):
            return cls(int(match[1]), int(match[2]))
        raise ValueError(f"not a period: {text[:40]!r}")

    @classmethod
    def guess(cls, text: str) -> Self | None:
        """The period meant by a common other spelling (2023年6月, 2023/6, 202306), or None."""
        match = re.fullmatch(_LOOSE, text)
        return cls(int(match[1]), int(match[2])) if match else None

    def shift(self, months: int) -> Self:
        """The period that many months later, or earlier when negative."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
