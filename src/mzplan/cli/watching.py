"""`--watch`: an answer that is given again whenever a file that it rests on has changed."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import sleep
from typing import NoReturn

from mzplan.cli.project import data_paths, plan_choice
from mzplan.cli.terminal import CANNOT_RUN, complain, takes_escapes, warn
from mzplan.diagnostics import InputError, show
from mzplan.render.colour import CLEARED_SCREEN
from mzplan.render.formats import FOR_PEOPLE
from mzplan.said import say
from mzplan.submissions.mirror import Address
from mzplan.submissions.sources import STANDARD_INPUT

SECONDS = 1.0
"""Between two looks at the files, which cost as much as listing them."""

_NOT_WITH = "--watch 只在屏幕上重印，不能和 {option} 一起用。"
_PLAN_SUFFIXES = frozenset({".yaml", ".yml", ".csv", ".xlsx"})

State = frozenset[tuple[str, int, int]]
"""Each file with when it was last changed and how long it is."""


def must_be_shown(output: Path | None, format_name: str) -> None:
    """InputError where what is asked for goes elsewhere than before somebody's eyes."""
    if output is not None:
        raise InputError(say(_NOT_WITH, option="--output"))
    if format_name not in FOR_PEOPLE:
        raise InputError(say(_NOT_WITH, option=f"--format {format_name}"))


def watch(plan: Path | None, data: list[Path] | None, answer: Callable[[], object]) -> NoReturn:
    """Answer, and answer again after every change; Ctrl-C ends it, a file that is wrong for a while does not."""
    named = data_paths(data)
    if STANDARD_INPUT in map(str, named):
        raise InputError(say(_NOT_WITH, option=f"--data {STANDARD_INPUT}"))
    if address := next((path for path in named if isinstance(path, Address)), None):
        raise InputError(say(_NOT_WITH, option=f"--data {show(str(address), 400)}"))
    plans = plan_choice(plan, None, named).path.parent
    seen = state_of(plans, named)
    _clear()
    answer()
    while True:
        warn("每秒看一次计划和数据，有改动就重印；Ctrl-C 结束。")
        while (now := state_of(plans, named)) == seen:
            sleep(SECONDS)
        seen = now
        _clear()
        try:
            answer()
        except InputError as error:
            complain(error.message, CANNOT_RUN)


def _clear() -> None:
    if takes_escapes(sys.stdout):
        sys.stdout.write(CLEARED_SCREEN)


def state_of(plans: Path, data: Sequence[Path]) -> State:
    """What lies beside the plan and under the data, at this moment."""
    found = []
    for path in _files(plans, data):
        try:
            status = path.stat()
        except OSError:
            continue  # gone between the two looks, or not to be looked at: whoever reads it says so
        found.append((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(found)


def _files(plans: Path, data: Sequence[Path]) -> Iterator[Path]:
    yield from (path for path in (plans.iterdir() if plans.is_dir() else ()) if path.suffix in _PLAN_SUFFIXES)
    for path in data:
        if path.is_dir():
            yield from (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
        else:
            yield path
