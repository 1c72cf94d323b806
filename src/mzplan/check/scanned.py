"""What comes of one file besides its records, and how findings that have one cause become one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mzplan.diagnostics import Diagnostic
from mzplan.rules import RULES

_RUN_RULE = RULES["MZ304"]
_LEAST_RUN = 3
_ROWS = "；本文件共 {count} 行"
_RUN = "；到第{line}行共 {count} 行都不符，像是整列错位"


class Repeat(NamedTuple):
    """A record whose place in the ledger was taken already."""

    cell: int
    file: int
    line: int
    value: int
    denominator: int


class Scanned:
    """What came of one file, besides what is in the ledger now."""

    __slots__ = ("diagnostics", "encoding", "entered", "file", "records", "repeats", "seen", "told", "unread")

    def __init__(self, file: int, entered: int = 0, told: int = 0) -> None:
        self.file = file
        self.encoding = ""
        """Empty when no row could be read."""
        self.records = 0
        """Rows that say something, sound or not."""
        self.entered = entered
        """Records that it left in the ledger."""
        self.diagnostics: list[Diagnostic] = []
        self.repeats: list[Repeat] = []
        self.seen: set[str] = set()
        """The indicators of rows that were left out for an error."""
        self.told = told
        """How many findings there were, before those of one cause became one or the file was refused."""
        self.unread = 0
        """Rows that do not say which indicator they are about."""

    def close(self) -> None:
        """Let go of what stayed empty: of thousands of files nearly all have nothing to tell."""
        self.diagnostics = self.diagnostics or _NO_DIAGNOSTICS
        self.repeats = self.repeats or _NO_REPEATS
        self.seen = self.seen or _NOTHING_SEEN


_NO_DIAGNOSTICS: list[Diagnostic] = []
_NO_REPEATS: list[Repeat] = []
_NOTHING_SEEN: set[str] = set()


def with_rows(finding: Diagnostic, count: int) -> Diagnostic:
    """The finding with how many rows of its file it concerns, when there are several."""
    return finding._replace(message=finding.message + _ROWS.format(count=count)) if count > 1 else finding


def without_runs(findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Names that do not fit their codes on successive rows are one shifted column, not so many mistakes."""
    run: list[Diagnostic] = []
    for finding in findings:
        if finding.rule is not _RUN_RULE:
            yield finding
            continue
        if run and finding.location.line != run[-1].location.line + 1:
            yield from _of_run(run)
            run = []
        run.append(finding)
    yield from _of_run(run)


def _of_run(run: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    if len(run) < _LEAST_RUN:
        return run
    more = _RUN.format(line=run[-1].location.line, count=len(run))
    return [run[0]._replace(message=run[0].message + more)]
