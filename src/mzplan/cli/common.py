"""What the commands share: where the plan and the data are, how a text leaves the program."""

import contextlib
import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TextIO

from mzplan.diagnostics import InputError, show
from mzplan.reading.files import StrPath, upward

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mzplan.check.run import CheckResult
    from mzplan.diagnostics import Diagnostic
    from mzplan.period import Period
    from mzplan.plan.model import Plan
    from mzplan.scoring.progress import Scorecard
    from mzplan.submissions.ledger import Ledger


CLEAN, FINDINGS, CANNOT_RUN, DEFECT, INTERRUPTED, READER_GONE = 0, 1, 2, 3, 130, 141
"""The exit codes: 141 is what a shell says of a program that its reader has left."""


class ReaderGoneError(Exception):
    """Whoever read our standard output has stopped (`| head`): end without a word."""


def project_root() -> str | None:
    """The nearest folder upward that has a `plan/` folder, as seen from here, or None."""
    root = next((folder for folder in upward(os.getcwd()) if os.path.isdir(os.path.join(folder, "plan"))), None)
    return os.path.relpath(root) if root is not None else None


def plan_path(option: "Path | None") -> StrPath:
    """The plan file: the option, MZPLAN_PLAN, the last of the project's `plan/`, or the one shipped in the package."""
    if given := option or _from_environment("MZPLAN_PLAN"):
        return _newest_plan(given) if os.path.isdir(given) else given
    root = project_root()
    if root is not None:
        return _newest_plan(os.path.normpath(os.path.join(root, "plan")))
    return shipped_plan()


def shipped_plan() -> str:
    """The plan in the installed package, or beside the sources of a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    checkout = os.path.dirname(os.path.dirname(package))
    for folder in (os.path.join(package, "plans"), os.path.join(checkout, "plan")):
        if os.path.isdir(folder):
            return _newest_plan(folder)
    raise InputError("找不到计划文件：请用 --plan 指定，或在含有 plan/ 文件夹的项目里运行。")


def _newest_plan(folder: StrPath) -> str:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        names = []
    plans = [name for name in names if name.endswith(".yaml")] or [name for name in names if name.endswith(".yml")]
    if not plans:
        raise InputError(f"{show(str(folder))} 里没有计划文件(*.yaml)。请用 --plan 指定计划文件。")
    return os.path.join(folder, plans[-1])


def data_paths(option: "list[Path] | None") -> "Sequence[StrPath]":
    """The data: the option, MZPLAN_DATA, or the project's `data/`; InputError when there is none."""
    if option:
        return option
    if given := _from_environment("MZPLAN_DATA"):
        return [given]
    root = project_root()
    if root is None:
        raise InputError("不在项目文件夹里，请用 --data 指定数据文件夹或 CSV 文件，例如：mzplan status --data data")
    return [os.path.normpath(os.path.join(root, "data"))]


def has_data(option: "list[Path] | None") -> bool:
    """Whether there are data to read: what the user names counts, so that a wrong path is told and not passed over."""
    if option or _from_environment("MZPLAN_DATA"):
        return True
    root = project_root()
    return root is not None and os.path.exists(os.path.join(root, "data"))


def _from_environment(name: str) -> "Path | None":
    value = os.environ.get(name)
    if not value:
        return None
    from pathlib import Path

    return Path(value)


class Loaded(NamedTuple):
    """A plan with its checked data at one period."""

    plan: "Plan"
    ledger: "Ledger"
    period: "Period"
    scorecard: "Scorecard"
    result: "CheckResult"

    @property
    def errors(self) -> "Sequence[Diagnostic]":
        """The findings because of which rows were left out."""
        return self.result.diagnostics


def load_checked(plan: "Path | None", data: "list[Path] | None") -> "tuple[Plan, CheckResult]":
    """The plan, and its data read and checked; rows with errors are not in the ledger, and warnings are not sought."""
    from mzplan.check.run import run_checks
    from mzplan.cli.waiting import rows_counted
    from mzplan.plan.load import load_plan
    from mzplan.submissions.sources import data_sources

    loaded = load_plan(plan_path(plan))
    sources = data_sources(data_paths(data), project_root(), getattr(sys.stdin, "buffer", None))
    with rows_counted() as count:
        jobs = os.cpu_count() or 1
        return loaded, run_checks(loaded, sources, today=today(), jobs=jobs, progress=count, errors_only=True)


def load(
    plan: "Path | None" = None,
    data: "list[Path] | None" = None,
    period: str | None = None,
    lights: str | None = None,
    *,
    rank: bool = True,
) -> Loaded:
    """The plan, the checked data and the scorecard of that period (the latest in the data unless given)."""
    from mzplan.plan.lights import DEFAULT, preset_named
    from mzplan.scoring.scorecard import score

    loaded, result = load_checked(plan, data)
    chosen = resolve_period(loaded, period) or result.ledger.latest_period() or loaded.periods[0]
    preset = preset_named(loaded, lights or DEFAULT)
    scorecard = score(loaded, result.ledger, chosen, preset, rank=rank)
    return Loaded(loaded, result.ledger, chosen, scorecard, result)


def today() -> date:
    """The date on this machine's clock: only the command line reads it."""
    return datetime.now().astimezone().date()


def resolve_period(plan: "Plan", text: str | None) -> "Period | None":
    """The period that the user names; InputError when it is none or not of the plan's year."""
    from mzplan.period import Period

    if text is None:
        return None
    try:
        period = Period.parse(text)
    except ValueError:
        meant = Period.guess(text.strip())
        hint = f"您是否要写 {meant}？" if meant else f"请写成 YYYY-MM，例如 {plan.year}-06。"
        raise InputError(f"{show(text)} 不是报告期。{hint}") from None
    if period.year != plan.year:
        raise InputError(f"报告期 {period} 不在计划年度 {plan.year} 内。")
    return period


def emit(text: str | bytes, output: "Path | None" = None) -> None:
    """Write a result to the file, whole or not at all, or to standard output; files are always UTF-8."""
    if output is not None:
        from mzplan.reading.files import system_reason, write_whole

        try:
            write_whole(output, text.encode() if isinstance(text, str) else text)
        except OSError as error:
            raise InputError(f"无法写入 {show(str(output))}：{show(system_reason(error))}。") from None
        return
    if sys.stdout is None:
        raise InputError("标准输出已经关闭，结果无处可写。请用 --output 写入文件。")
    try:
        if isinstance(text, bytes):
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None


def warn(text: str) -> None:
    """A line for the person at the terminal, on standard error; a CI runner that listens there hears no command."""
    from mzplan.render.check.guard import inert

    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{inert(text)}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        discard(sys.stderr)


def complain(message: str, code: int) -> int:
    """Say why the command cannot run, or that it failed; the exit code that was given."""
    warn(f"mzplan: {message}")
    return code


def discard(stream: TextIO) -> None:
    """Keep the interpreter from failing at exit over output that can no longer be written."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def terminal_width(default: int = 100) -> int:
    """Columns of the terminal (COLUMNS wins), or the default where there is none."""
    import shutil

    return shutil.get_terminal_size((default, 24)).columns


def wants_colour() -> bool:
    """FORCE_COLOR wins over NO_COLOR, which wins over what standard output is."""
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal()
