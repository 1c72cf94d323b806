"""What a workbook says around the table that is read: in other sheets, at cells, by the formats of its numbers."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

MOST_BESIDE = 50_000
"""Cells of another sheet that are handed out, blank ones between others included: one with more is no remark."""


MARGINS, BOXES, TAB, COMMENT = "页眉、页脚", "文本框", "工作表名", "{sheet} {reference} 的批注"
"""Where words stand that are in no cell: above and below each page, in shapes, on the tab, at one."""


class Remark(NamedTuple):
    """Words in no cell of a table."""

    where: str
    text: str
    is_name: bool = False
    """Whether it is what something is called, which may be anything."""


class Comment(NamedTuple):
    """What is noted at a cell of the table."""

    reference: str
    text: str
    line: int
    """The line where it stands in the table; 0 where that has none."""
    where: str = ""
    """What says it where that is no comment: a column that is not read, a cell beside figures."""


class OtherSheet(NamedTuple):
    """A sheet that is not read, as it holds no table with our header."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    """Its rows that are not blank; the first of a large one."""
    proved: tuple[tuple[str, ...], ...]
    """Those of them with figures which add up to the table's, so that none of them is missing there."""
    is_whole: bool
    """Whether these are all."""
    is_before: bool
    """Whether it is seen, and stands before the table."""
    is_hidden: bool
    lines: tuple[int, ...] = ()
    """In which row of the sheet each of `rows` stands."""
    is_of_table: bool = False
    """Whether its rows are said of the table as what stands below it is."""

    def only(self, is_own: Callable[[str], bool]) -> "OtherSheet":
        """It with those of its rows alone whose words are such."""
        kept = [item for item in zip(self.rows, self.lines, strict=True) if is_own(" ".join(item[0]))]
        return self._replace(rows=tuple(row for row, _ in kept), lines=tuple(line for _, line in kept))


class Around(NamedTuple):
    """All that stands there; nothing for a CSV."""

    others: tuple[OtherSheet, ...] = ()
    comments: tuple[Comment, ...] = ()
    remarks: tuple[Remark, ...] = ()
    literals: Mapping[tuple[int, int], tuple[str, str]] = {}
    """By row and column, both from 1: what a format shows before the number of a cell, and behind it."""

    def saying(self, remarks: Iterable[Remark]) -> "Around":
        """It with more words in no cell."""
        return self._replace(remarks=(*self.remarks, *remarks))
