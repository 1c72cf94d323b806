"""Reading files on several processes into one ledger in shared memory, to the same result as on one.

A file speaks for its own unit and month, so processes with different files seldom meet. Each keeps the flags of the
cells it wrote to itself; where two wrote the same cell, or one failed, everything is read again by one process.
"""

import mmap
import signal
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple

from mzplan.ledger import PRESENT, Ledger
from mzplan.records import Source
from mzplan.rules import RULES
from mzplan.scan import Progress, Scanner
from mzplan.scanned import Scanned

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

WORTHWHILE = 10 << 20
"""Bytes (some 200,000 rows) below which starting processes costs more than it saves."""

_TOLD_ROWS = 20_000
_ARRAYS: dict[str, Literal["q", "i"]] = {"values": "q", "denominators": "q", "lines": "i", "files": "i"}


class _Share(NamedTuple):
    """What one process brings home, besides what stands in the shared ledger."""

    scans: list[Scanned]
    flags: bytes


def is_worthwhile(sources: Sequence[Source], jobs: int) -> bool:
    """Whether several processes can and should read these files."""
    can_fork = sys.platform.startswith("linux")
    return can_fork and jobs > 1 and len(sources) > 1 and sum(source.size for source in sources) >= WORTHWHILE


def read_on_processes(
    make_scanner: Callable[[], Scanner], ledger: Ledger, sources: Sequence[Source], jobs: int, progress: Progress | None
) -> list[Scanned] | None:
    """Read every file into the ledger; None, the ledger being empty, when one process has to do it after all."""
    with _shared(ledger):
        shares = _shares(make_scanner, sources, jobs, progress)
    flags = _disjoint([share.flags for share in shares or ()])
    if shares is None or flags is None:
        clean = Ledger(ledger.plan)
        for name in _ARRAYS:
            setattr(ledger, name, getattr(clean, name))
        return None
    ledger.flags[:] = flags
    return [_as_ours(scan) for share in shares for scan in share.scans]


def _shares(
    make_scanner: Callable[[], Scanner], sources: Sequence[Source], jobs: int, progress: Progress | None
) -> list[_Share] | None:
    """Start a process for each group of files and wait for all; None when one of them ended without a word."""
    from multiprocessing import get_context
    from multiprocessing.connection import Connection, wait

    context = get_context("fork")
    running = []
    shares: dict[Connection, _Share] = {}
    try:
        for group in _groups(sources, jobs):
            home, away = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(away, make_scanner, sources, group), daemon=True)
            process.start()
            away.close()
            running.append((process, home))
        while len(shares) < len(running):
            for pipe in wait([home for _, home in running if home not in shares]):
                assert isinstance(pipe, Connection)
                said = pipe.recv()
                if isinstance(said, _Share):
                    shares[pipe] = said
                elif progress is not None:
                    progress(said)
    except EOFError:
        return None
    finally:
        for process, home in running:
            process.kill()
            process.join()
            home.close()
    return [shares[home] for _, home in running]


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

    scans = [scanner.scan(file, sources[file], count) for file in group]
    home.send(untold)
    home.send(_Share(scans, bytes(scanner.ledger.flags)))


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


@contextmanager
def _shared(ledger: Ledger) -> Iterator[None]:
    """The ledger's arrays in memory that child processes share; afterwards they are ordinary arrays again."""
    memories = {}
    for name, code in _ARRAYS.items():
        with memoryview(getattr(ledger, name)) as own, own.cast("B") as flat:
            memories[name] = mmap.mmap(-1, flat.nbytes)
            memories[name].write(flat)
            size = flat.nbytes
        setattr(ledger, name, memoryview(memories[name])[:size].cast(code))
    try:
        yield
    finally:
        for name, code in _ARRAYS.items():
            kept = array(code)
            with getattr(ledger, name) as view, view.cast("B") as flat:
                kept.frombytes(flat)
            setattr(ledger, name, kept)
            memories.pop(name).close()


def _disjoint(flags: Sequence[bytes]) -> bytes | None:
    """The flags of all together; None when two have a record in the same cell."""
    if not flags:
        return None
    present = int.from_bytes(bytes([PRESENT]) * len(flags[0]), "little")
    together = 0
    for each in flags:
        bits = int.from_bytes(each, "little")
        if together & bits & present:
            return None
        together |= bits
    return together.to_bytes(len(flags[0]), "little")


def _as_ours(scan: Scanned) -> Scanned:
    """The findings with the rules of this process, so that they are the same objects as ever."""
    scan.diagnostics = [finding._replace(rule=RULES[finding.rule.code]) for finding in scan.diagnostics]
    return scan
