"""What every format of the bulletin shares: counting, the names of annexes, the line that traces a paper copy."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from mzplan.bulletin.model import Bulletin, Trace
from mzplan.zh import heading

LONG = 8192
"""Cells of a paragraph, cell or heading at most; nothing that a plan may hold comes near it."""

Item = TypeVar("Item")


def numbered(items: Iterable[Item]) -> Iterator[tuple[int, Item]]:
    """Items with their numbers, from 1."""
    return enumerate(items, 1)


def mark(bulletin: Bulletin, level: int, number: int) -> str:
    """The 一、 or （一） before a heading, where the document has them."""
    return heading(level, number) if bulletin.numbered else ""


def annex_title(count: int, number: int) -> str:
    """附件 for the only one, 附件1 among several."""
    return "附件" if count == 1 else f"附件{number}"


def trace_line(trace: Trace) -> str:
    """Plan, data, preset and program behind the document."""
    plan = f"{trace.plan}（版本 {trace.plan_digest}）" if trace.plan_digest else trace.plan
    return f"计划：{plan}；数据：{trace.data_digest}；判定规则：{trace.preset}；程序：{trace.program}"
