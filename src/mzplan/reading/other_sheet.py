"""A sheet of a workbook that is not read, beside the one that is: what it says is handed out to be judged."""

from typing import NamedTuple

MOST_BESIDE = 50_000
"""Cells of it that are handed out, blank ones between others included: one with more is no cover and no remark."""


class OtherSheet(NamedTuple):
    """A sheet that is not read, as it holds no table with our header."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    """Its rows that are not blank; the first of a large one."""
    is_whole: bool
    """Whether these are all."""
    is_before: bool
    """Whether it is seen, and stands before the table."""
    is_hidden: bool


NO_OTHERS: tuple[OtherSheet, ...] = ()
