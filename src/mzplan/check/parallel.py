"""Reading files on several processes into one ledger in shared memory, to the same result as on one.

A file speaks for its own unit and month, so processes with different files seldom meet. Where they may have met, one of
them failed, or there is more to tell than a run may tell, everything is read again by one process.
"""

import gc
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mzplan.check import reader
from mzplan.check.reader import Progress, Scanner
from mzplan.check.scanned import Scanned
from mzplan.rules import RULES
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import Source

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

WORTHWHILE = 10 << 20
"""Bytes (some 200,000 rows) below which starting processes costs more than it saves."""

_TOLD_ROWS = 20_000


def is_worthwhile(sources: Sequence[Source], jobs: int) -> bool:
    """Whether several processes can and should read these files."""
    can_fork = sys.platform.startswith("linux")
    return can_fork and jobs > 1 and len(sources) > 1 and sum(source.size for source in sources) >= WORTHWHILE


def read_on_processes(
    make_scanner: Callable[[], Scanner], ledger: Ledger, sources: Sequence[Source], jobs: int, progress: Progress | None
) -> list[Scanned] | None:
    """Read every file into the empty ledger; None, it being empty again, when one process has to do it after all."""
    groups = list(_groups(sources, jobs))
    with _untouched_heap():
        shares = _shares(make_scanner, sources, groups, progress or _ignore, ledger.notes)
    if shares is None or _are_too_many(shares) or _have_met(ledger, groups, shares):
        ledger.clear()
        return None
    return [scanned for share in shares for scanned in share]


def _shares(
    make_scanner: Callable[[], Scanner],
    sources: Sequence[Source],
    groups: Sequence[range],
    progress: Progress,
    notes: dict[int, str],
) -> list[list[Scanned]] | None:
    """What comes of each group: this process reads the first, a child each other one. None when a child fell silent."""
    from multiprocessing import get_context  # few runs are large enough to need it

    context = get_context("fork")
    processes = []
    homes: list[Connection] = []
    told: dict[Connection, list[Scanned]] = {}

    def listen(*, to_the_end: bool) -> None:
        for home in homes:
            while home not in told and (to_the_end or home.poll()):
                said = home.recv()
                if isinstance(said, int):
                    progress(said)
                elif isinstance(said, dict):
                    notes.update(said)
                else:
                    told[home] = [_as_ours(scanned) for scanned in said]

    def count(rows: int) -> None:
        progress(rows)
        listen(to_the_end=False)

    try:
        for group in groups[1:]:
            home, away = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(away, make_scanner, sources, group), daemon=True)
            process.start()
            away.close()
            processes.append(process)
            homes.append(home)
        scanner = make_scanner()
        own = _scans(scanner, sources, groups[0], count)
        if own is None:
            return None
        listen(to_the_end=True)
    except EOFError:
        return None
    finally:
        for process, home in zip(processes, homes, strict=True):
            process.kill()
            process.join()
            home.close()
    return [own, *(told[home] for home in homes)]


def _work(home: "Connection", make_scanner: Callable[[], Scanner], sources: Sequence[Source], group: range) -> None:
    """In a process of its own: read a group of files, saying now and then how many rows there were."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    scanner = make_scanner()
    untold = 0

    def count(rows: int) -> None:
        nonlocal untold
        untold += rows
        if untold >= _TOLD_ROWS:
            home.send(untold)
            untold = 0

    scans = _scans(scanner, sources, group, count)
    if scans is not None:
        home.send(untold)
        home.send(scanner.ledger.notes)
        home.send(scans)


def _scans(scanner: Scanner, sources: Sequence[Source], group: range, count: Progress) -> list[Scanned] | None:
    """What comes of the files; None when there is more to tell than a run may tell."""
    scans = []
    for file in group:
        scans.append(scanner.scan(file, sources[file], count))
        if scanner.told > reader.MOST_FINDINGS:
            return None
    return scans


def _ignore(rows: int) -> None:
    """Nobody wants to know."""


@contextmanager
def _untouched_heap() -> Iterator[None]:
    """What there is before a fork is left out of garbage collection: looking at it would copy it into every child."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _groups(sources: Sequence[Source], jobs: int) -> Iterator[range]:
    """Successive files, in as many groups of about equal bytes."""
    whole = sum(source.size + 1 for source in sources)
    start = taken = 0
    for number in range(1, jobs + 1):
        stop = start
        while stop < len(sources) and (taken * jobs < whole * number or number == jobs):
            taken += sources[stop].size + 1
            stop += 1
        if stop > start:
            yield range(start, stop)
        start = stop


def _are_too_many(shares: Sequence[Sequence[Scanned]]) -> bool:
    """Whether the findings of the files before decide how much of a file is read."""
    return sum(scanned.told for share in shares for scanned in share) > reader.MOST_FINDINGS


def _have_met(ledger: Ledger, groups: Sequence[range], shares: Sequence[Sequence[Scanned]]) -> bool:
    """Whether two may have written the same cell, or one found a cell taken by another or by a file refused later."""
    if sum(scanned.entered for share in shares for scanned in share) != ledger.count():
        return True
    return any(
        ledger.is_empty(repeat.cell) or not group.start <= ledger.files[repeat.cell] <= repeat.file
        for group, share in zip(groups, shares, strict=True)
        for scanned in share
        for repeat in scanned.repeats
    )


def _as_ours(scanned: Scanned) -> Scanned:
    """The findings with the rules of this process, so that they are the same objects as ever."""
    scanned.diagnostics = [finding._replace(rule=RULES[finding.rule.code]) for finding in scanned.diagnostics]
    return scanned
