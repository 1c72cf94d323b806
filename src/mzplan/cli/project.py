"""Where the plan and the data are, which day it is, and which period the user means."""

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from mzplan.diagnostics import InputError, show
from mzplan.period import Period
from mzplan.plan.model import Plan
from mzplan.reading.files import FileError, open_regular, system_reason
from mzplan.submissions.sources import DATA, PLANS

_NO_PLAN = "找不到计划文件：请用 --plan 指定，或在含有 plan/ 文件夹的项目里运行。"
_NO_PLAN_IN = "{folder} 里没有计划文件(*.yaml)。请用 --plan 指定计划文件。"
_NO_DATA = "不在项目文件夹里，请用 --data 指定数据文件夹或 CSV 文件，例如：mzplan status --data data"
_NOT_A_PERIOD = "{text} 不是报告期。{hint}"
_PERIOD_MEANT = "您是否要写 {period}？"
_PERIOD_FORM = "请写成 YYYY-MM，例如 {year}-06。"
_OTHER_YEAR = "报告期 {period} 不在计划年度 {year} 内。"
_UNREADABLE = "读不了 {path}：{reason}。"


def project_root() -> str | None:
    """The nearest folder upward that has a `plan/` folder, resolved, or None. Whoever shows it says `relpath`."""
    here = Path.cwd().resolve()
    root = next((folder for folder in (here, *here.parents) if (folder / PLANS).is_dir()), None)
    return str(root) if root is not None else None


def plan_path(option: Path | None) -> Path:
    """The plan file: the option, MZPLAN_PLAN, the last of the project's `plan/`, or the one shipped in the package."""
    if given := option or _from_environment("MZPLAN_PLAN"):
        return newest_plan(given) if given.is_dir() else given
    root = project_root()
    return newest_plan(Path(os.path.relpath(Path(root, PLANS)))) if root is not None else shipped_plan()


def shipped_plan() -> Path:
    """The plan in the installed package, or beside the sources of a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "plans", package.parents[1] / PLANS):
        if folder.is_dir():
            return newest_plan(folder)
    raise InputError(_NO_PLAN)


def newest_plan(folder: Path) -> Path:
    """The last plan file of a folder by name; InputError when it has none."""
    plans = sorted(folder.glob("*.yaml")) or sorted(folder.glob("*.yml"))
    if not plans:
        raise InputError(_NO_PLAN_IN.format(folder=show(str(folder))))
    return plans[-1]


def data_paths(option: list[Path] | None) -> Sequence[Path]:
    """The data: the option, MZPLAN_DATA, or the project's `data/`; InputError when there is none."""
    if option:
        return option
    if given := _from_environment("MZPLAN_DATA"):
        return [given]
    root = project_root()
    if root is None:
        raise InputError(_NO_DATA)
    return [Path(os.path.relpath(Path(root, DATA)))]


def has_data(option: list[Path] | None) -> bool:
    """Whether there are data to read: what the user names counts, so that a wrong path is told and not passed over."""
    if option or _from_environment("MZPLAN_DATA"):
        return True
    root = project_root()
    return root is not None and Path(root, DATA).exists()


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def repository_root() -> str:
    """The folder that a runner's paths start from: its workspace when we are in it, else the git repository's."""
    here = Path.cwd()
    above = (here, *here.parents)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        if (given := os.environ.get(name)) and Path(os.path.normpath(given)) in above:
            return given
    return next((str(folder) for folder in above if (folder / ".git").exists()), "")


def contents(path: Path, limit: int) -> bytes:
    """What stands in a file that an option names; InputError unless it is a regular file of at most `limit` bytes."""
    try:
        with open_regular(path, limit) as stream:
            return stream.read(limit)
    except FileError as error:
        reason = error.reason
    except OSError as error:
        reason = system_reason(error)
    raise InputError(_UNREADABLE.format(path=show(str(path), 4096), reason=show(reason)))


def today() -> date:
    """The date on this machine's clock: only the command line reads it."""
    return datetime.now().astimezone().date()


def resolve_period(plan: Plan, text: str | None) -> Period | None:
    """The period that the user names; InputError when it is none or not of the plan's year."""
    if text is None:
        return None
    try:
        period = Period.parse(text)
    except ValueError:
        meant = Period.guess(text.strip())
        hint = _PERIOD_MEANT.format(period=meant) if meant else _PERIOD_FORM.format(year=plan.year)
        raise InputError(_NOT_A_PERIOD.format(text=show(text), hint=hint)) from None
    if period.year != plan.year:
        raise InputError(_OTHER_YEAR.format(period=period, year=plan.year))
    return period
