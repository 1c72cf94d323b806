"""What `--fix` would do to a file, as a unified diff. Knows nothing of how repairs are found."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from mzplan.diagnostics import show
from mzplan.render.check.report import shown_path
from mzplan.render.guard import hides, inert
from mzplan.said import listed, say
from mzplan.submissions.repair import Repair, RowRepair

CONTEXT = 3
"""Unchanged rows shown around a changed one."""

LINE_WIDTH = 4096


def unified_diff(path: str, repair: Repair, tell: Callable[[str], str] = str) -> str:
    """The notes about the file as a whole, as `tell` says them, then the rows that change; empty when nothing does.

    Rows are compared one by one, since a repair never moves one, so the time is linear in the file.
    """
    hunks = [line for hunk in _hunks(repair.rows) for line in _hunk(repair.rows, *hunk)]
    if not hunks and not repair.notes:
        return ""
    name = shown_path(path)
    notes = say("{name}：{notes}", name=name, notes=listed(repair.notes, "；"))
    lines = [tell(notes)] if repair.notes else []
    if hunks:
        lines += [f"--- a/{name}", f"+++ b/{name}", *hunks]
    return inert("\n".join(lines) + "\n")


def _hunks(rows: Sequence[RowRepair]) -> list[tuple[int, int]]:
    """Stretches of rows to show, as positions from and to; those whose contexts touch are one."""
    found: list[tuple[int, int]] = []
    for position in (at for at, row in enumerate(rows) if row.after != row.before):
        start, stop = max(0, position - CONTEXT), min(position + CONTEXT + 1, len(rows))
        if found and start <= found[-1][1]:
            start, _ = found.pop()
        found.append((start, stop))
    return found


def _hunk(rows: Sequence[RowRepair], start: int, stop: int) -> Iterator[str]:
    before = sum(len(_lines(row.before)) for row in rows[start:stop])
    after = sum(len(_lines(row.after)) for row in rows[start:stop] if row.after is not None)
    line = rows[start].line
    gone = sum(len(_lines(row.before)) for row in rows[:start] if row.after is None)
    yield f"@@ -{line},{before} +{line - gone},{after} @@"
    for is_changed, group in groupby(rows[start:stop], key=lambda row: row.after != row.before):
        run = list(group)
        yield from (f"{'-' if is_changed else ' '}{text}" for row in run for text in _lines(row.before))
        kept = [row.after for row in run if is_changed and row.after is not None]
        yield from (f"+{text}" for after in kept for text in _lines(after))


def _lines(text: str) -> list[str]:
    """The physical lines of a row, safe to print."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [show(line, LINE_WIDTH) if hides(line) or len(line) > LINE_WIDTH // 2 else line for line in lines]
