"""Where the plan and the data are, which day it is, and which period the user means."""

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from mzplan.cli.language import known_plan
from mzplan.cli.terminal import warn
from mzplan.cli.typed import path_of
from mzplan.diagnostics import InputError, show
from mzplan.period import Period
from mzplan.plan.choice import SUFFIXES_WITH_BREAKDOWN, Choice, choose, named_plan
from mzplan.plan.lookup import MEANT
from mzplan.plan.model import Plan
from mzplan.reading.bounds import PLANS, has_plans
from mzplan.reading.files import FileError, StrPath, from_here, is_folder, may_exist, open_regular, unreadable
from mzplan.said import say
from mzplan.submissions.mirror import Address
from mzplan.submissions.newest import newest_year
from mzplan.submissions.sources import DATA, data_sources, holds_reports

_NO_PROJECT = (
    "这里不是项目：本文件夹和上面各层都没有 plan/ 文件夹。"
    '新建一个：mzplan init 文件夹 --city 某市 --year 年份 --units "甲县,乙县"；'
    "已经有的，写明在哪里{example}。"
)
_NEXT_YEAR = (
    "报告期 {period} 不在计划年度 {year} 内；{next} 年的计划还没有的，这样做：mzplan init --from {path} --year {next}。"
)
_NOT_A_DAY = "“{text}”不是日期，写成 YYYY-MM-DD，例如 {today}。"


class NoProjectError(InputError):
    """Neither a project nor a plan and data are named; whoever knows what was typed has an example that names them."""

    def __init__(self, example: str = "") -> None:
        self.example = example
        super().__init__(say(_NO_PROJECT, example=say("，例如：{command}", command=example) if example else ""))


def project_root() -> str | None:
    """The nearest folder upward that has a `plan/` folder, resolved, or None. Whoever shows it says `from_here`."""
    here = Path.cwd().resolve()
    root = next((folder for folder in (here, *here.parents) if has_plans(folder)), None)
    return str(root) if root is not None else None


def plan_choice(
    option: Path | None, period: str | None = None, data: Sequence[StrPath] = (), home: list[Path] | None = None
) -> Choice:
    """The plan file: the option, MZPLAN_PLAN, that of the project's `plan/`, or the one shipped in the package.

    Of several in a folder that of the period's year, else of the newest data; see `year_of_data`.
    """
    given = plan_place(option, data)
    if is_folder(given):
        chosen = choose(given, year_of(period), lambda: year_of_data(data, home))
        return chosen._replace(is_shipped=is_shipped(option))
    return named_plan(given, _plans_folder(()) if project_root() is not None else None)


def plan_place(option: Path | None, data: Sequence[StrPath] = ()) -> Path:
    """The plan file or the folder of plans: the option, MZPLAN_PLAN, the project's or the one in the package.

    The shipped one is meant only where data are named: else nobody has asked for another city's plan, and
    NoProjectError says what to do.
    """
    return option or from_environment("MZPLAN_PLAN") or _plans_folder(data)


def load_named(
    option: Path | None, period: str | None = None, data: Sequence[StrPath] | None = None
) -> tuple[Plan, Choice]:
    """The plan that is meant, and how it was chosen, which is told on stderr where there is a choice.

    The project's data tell which is the newest year, unless other data are given.
    """
    read = data_paths(None) if data is None and has_data(None) else data or ()
    choice = plan_choice(option, period, read)
    loaded = known_plan(choice.path)
    if note := choice.note(loaded):
        warn(note)
    return loaded, choice


def _plans_folder(data: Sequence[StrPath]) -> Path:
    root = project_root()
    if root is not None:
        return Path(from_here(Path(root, PLANS)))
    if data and (folder := shipped("plans", PLANS)) is not None:
        return folder
    raise NoProjectError


def is_shipped(option: Path | None) -> bool:
    """Whether nobody names a plan, neither here nor by a project, so that only the one of the program is left."""
    return option is None and from_environment("MZPLAN_PLAN") is None and project_root() is None


def shipped(installed: str, checkout: str) -> Path | None:
    """A folder that comes with the program: in the installed package, or beside the sources of a checkout."""
    package = Path(__file__).resolve().parents[1]
    return next((folder for folder in (package / installed, package.parents[1] / checkout) if folder.is_dir()), None)


def year_of(period: str | None) -> int | None:
    """The year of a period as the user writes it; None when none is meant, which others will say."""
    meant = Period.guess(period.strip()) if period else None
    return meant.year if meant else None


def year_of_data(asked: Sequence[StrPath], home: list[Path] | None = None) -> int | None:
    """The year of the newest month that the data asked about name by their paths, else of all there are."""
    return newest_year(asked) or newest_year(data_paths(home) if has_data(home) else ())


def data_paths(option: list[Path] | None) -> Sequence[Path]:
    """The data: the option, MZPLAN_DATA, or the project's `data/`; NoProjectError when there is none."""
    if option:
        return [data_meant(path) for path in option]
    if given := from_environment("MZPLAN_DATA"):
        return [data_meant(given)]
    root = project_root()
    if root is None:
        raise NoProjectError
    return [Path(from_here(Path(root, DATA)))]


def data_meant(path: StrPath) -> Path:
    """The data of a project that is named as a whole; InputError for its plan, whose rules are others."""
    if isinstance(path, Address):
        return path
    given = Path(path)
    if has_plans(given) and is_folder(given / DATA):
        return given / DATA
    is_whole = is_folder(given)
    folder = given if is_whole else given.parent
    if folder.resolve().name == PLANS and (is_whole or given.suffix in SUFFIXES_WITH_BREAKDOWN):
        raise InputError(say("{path} 是计划，不是填报表。校验计划请用 mzplan plan check。", path=show(str(path))))
    return given


def has_data(option: list[Path] | None) -> bool:
    """Whether there are data to read: what the user names counts, so that a wrong path is told and not passed over."""
    if option or from_environment("MZPLAN_DATA"):
        return True
    root = project_root()
    return root is not None and may_exist(Path(root, DATA))


def has_reports(option: list[Path] | None) -> bool:
    """Whether there are data to read, a project's own folder without any report being none."""
    if option or from_environment("MZPLAN_DATA") or not has_data(None):
        return has_data(option)
    return holds_reports(data_sources(data_paths(None), project_root()))


def from_environment(name: str) -> Path | None:
    """The path that a variable names; None when it names none."""
    value = os.environ.get(name)
    return path_of(value) if value else None


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
    except (FileError, OSError) as error:
        raise unreadable(path, error) from None


def today() -> date:
    """The date on this machine's clock: only the command line reads it."""
    return datetime.now().astimezone().date()


def day_of(text: str | None) -> date:
    """The day that the user names, else today; InputError when it is none."""
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(say(_NOT_A_DAY, text=show(text), today=today())) from None


def resolve_period(plan: Plan, text: str | None) -> Period | None:
    """The period that the user names; InputError when it is none or not of the plan's year."""
    if text is None:
        return None
    try:
        period = Period.parse(text)
    except ValueError:
        meant = period_meant(plan, text)
        hint = say(MEANT, name=meant) if meant else say("请写成 YYYY-MM，例如 {year}-06。", year=plan.year)
        raise InputError(say("{text} 不是报告期。{hint}", text=show(text), hint=hint)) from None
    if period.year != plan.year:
        template = _NEXT_YEAR if period.year == plan.year + 1 else "报告期 {period} 不在计划年度 {year} 内。"
        raise InputError(say(template, period=period, year=plan.year, path=show(plan.path, 400), next=period.year))
    return period


def period_meant(plan: Plan, text: str) -> Period | None:
    """The period that a text most likely means, a number alone being a month of the plan's year; None for others."""
    digits = text.strip().removesuffix("月")
    is_month = digits.isascii() and digits.isdigit() and 1 <= int(digits[:9]) <= 12
    return Period(plan.year, int(digits)) if is_month else Period.guess(text.strip())
