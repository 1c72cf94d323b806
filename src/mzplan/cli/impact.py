"""`mzplan impact`: what differs between a revision and now, in plan and data."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, NamedTuple

import typer

from mzplan.check.git import NOTHING, GitError, Repository
from mzplan.check.run import CheckResult, run_checks
from mzplan.check.taken_out import take_out
from mzplan.cli import options
from mzplan.cli.choices import format_of
from mzplan.cli.comparing import home_of
from mzplan.cli.engine import engine_of
from mzplan.cli.language import known_plan
from mzplan.cli.loading import must_be_readable, must_have_records, period_of
from mzplan.cli.options import BY_SCREEN, format_option
from mzplan.cli.project import data_paths, is_shipped, plan_place, project_root, resolve_period, today, year_of
from mzplan.cli.terminal import present, rows_counted, usual_format, warn
from mzplan.diagnostics import InputError, errors_of, show
from mzplan.plan.choice import Choice, every
from mzplan.plan.lights import DEFAULT, preset_named
from mzplan.plan.load import breakdown_path
from mzplan.plan.model import Plan
from mzplan.reading.files import StrPath
from mzplan.render.impact import FORMATS
from mzplan.render.impact_refusal import REFUSALS, Refusal
from mzplan.said import Listed, listed, retold, say
from mzplan.scoring.scorecard import score
from mzplan.submissions import places
from mzplan.submissions.sources import STANDARD_INPUT, Source, data_sources, is_of_another_year
from mzplan.views.impact import Alone, Impact, State, Year, year_between
from mzplan.views.query import Query, unit_named

_OPTION = "mzplan impact"
_NO_PLAN = "{revision} 里没有计划 {path}，没有可比的。"
_THEN = "{revision} 里的计划读不了：{why}"
_DRAFT = "计划 {name} 还有错误，也没有 {year} 年的数据，没有比较；用 mzplan plan check 查看。"
_NO_PLAN_OF = "{year} 年有数据，但 {revision} 里和现在都没有这一年的计划，没有比较。"


class _PlansAndFiles(NamedTuple):
    """The plans of a state by their year, and the files of its data."""

    plans: Mapping[int, Plan]
    sources: Sequence[Source]

    def checked(self, year: int) -> CheckResult:
        """The data of a year by its plan."""
        own = [source for source in self.sources if not is_of_another_year(source, year)]
        with rows_counted() as count:
            return run_checks(
                self.plans[year], own, today=today(), engine=engine_of(), progress=count, errors_only=True
            )


def command(
    revision: Annotated[
        str, typer.Argument(metavar="REV", help="git 版本：与它和 HEAD 的共同祖先相比；REV..HEAD 与它本身相比。")
    ],
    unit: options.Units = None,
    period: options.Period = None,
    lights: options.Lights = None,
    format_: Annotated[str | None, format_option(FORMATS, BY_SCREEN)] = None,
    plan: options.Plan = None,
    data: options.Data = None,
    output: options.Output = None,
) -> None:
    """计划、分解、数据改动以后，哪些完成值、进度状态、亮灯、位次变了，变差的在前；按两边较晚的报告期比较。

    有几个年度的计划，各年按各自的计划分别比较；给出 --period 则只看那一年。

    用法示例：mzplan impact origin/main    mzplan impact HEAD~1.. --unit 义乌市
    """
    format_name = format_of(format_, FORMATS, output, usual_format(output))
    try:
        found = _compared(revision, unit or (), period, lights, plan, data)
    except InputError as error:
        if format_name in REFUSALS:
            present(Refusal(revision, error.message), REFUSALS, format_name, output)
        raise
    present(found, FORMATS, format_name, output)


def _compared(
    revision: str,
    names: Sequence[str],
    period: str | None,
    lights: str | None,
    plan: Path | None,
    data: list[Path] | None,
) -> Impact:
    """What differs; InputError where that cannot be known."""
    folders = data_paths(data)
    if STANDARD_INPUT in map(str, folders):
        raise InputError("标准输入（-）没有以前的样子可比，请用 --data 给出文件或文件夹。")
    place, asked = plan_place(plan, folders), year_of(period)
    sources = data_sources(folders, project_root(), None, folders)
    now = _PlansAndFiles(_plans(place, asked, sources), sources)
    if is_shipped(plan):
        warn(Choice(place, is_shipped=True).note(now.plans[max(now.plans)]))
    with _before(revision, place, folders, asked) as (commit, then):
        known = now.plans.keys() | then.plans.keys()
        if period is not None and asked not in known:
            resolve_period(now.plans[max(now.plans)], period)
        for year in sorted(_years([*now.sources, *then.sources]) - known) if asked is None else ():
            warn(say(_NO_PLAN_OF, year=year, revision=show(revision)))
        years = [year for year in sorted(known, reverse=True) if asked in (None, year)]
        units = _units([side.plans[year] for year in years for side in (now, then) if year in side.plans], names)
        both = [year for year in years if year in now.plans and year in then.plans]
        return Impact(
            revision,
            commit,
            [_year(then, now, year, period, lights, units) for year in both],
            [_alone(then, now, year) for year in years if year not in both],
        )


def _years(sources: Sequence[Source]) -> set[int]:
    """The years in whose months those files lie."""
    return {year for source in sources if (year := places.year_of(source.spot)) is not None}


def _plans(place: Path, asked: int | None, sources: Sequence[Source]) -> dict[int, Plan]:
    """The plans of a folder, or the one named, by their year; of the year asked for alone where there is one.

    A draft that is wrong, of a year that has no data yet, stops nobody: it is left out and named.
    """
    paths, reported = every(place), _years(sources)
    plans = []
    for year, path in paths.items():
        if asked in paths and year != asked:
            continue
        try:
            plans.append(known_plan(path))
        except InputError:
            if year in (None, asked) or year in reported or len(paths) == 1:
                raise
            warn(say(_DRAFT, name=show(path.name), year=year))
    return {plan.year: plan for plan in plans}


@contextmanager
def _before(
    revision: str, place: Path, folders: Sequence[StrPath], asked: int | None
) -> Iterator[tuple[str, _PlansAndFiles]]:
    """The commit of the revision, and plans and data as it has them, taken out as long as they are looked at."""
    with Repository(home_of(folders), _OPTION) as repository, TemporaryDirectory(prefix="mzplan-") as folder:
        commit = repository.base(revision)
        into = os.path.realpath(folder)
        then_place, _, *then_data = take_out(
            repository, revision, commit, [place, breakdown_path(place), *folders], into, project_root()
        )
        if commit == NOTHING or (place.is_dir() and not then_place.exists()):
            raise GitError(say(_NO_PLAN, revision=show(revision), path=show(str(place), 200)))
        there = [each for each in then_data if each.exists()]
        sources = data_sources(there, into, None, there)
        try:
            plans = _plans(then_place, asked, sources) if then_place.exists() else {}
        except InputError as error:
            why = retold(error.message, lambda text: text.replace(f"{into}{os.sep}", ""))
            first, *others = why.parts if isinstance(why, Listed) else (why,)
            raise InputError(listed([say(_THEN, revision=show(revision), why=first), *others], "\n")) from None
        yield commit, _PlansAndFiles(plans, sources)


def _units(plans: Sequence[Plan], names: Sequence[str]) -> Mapping[str, Sequence[str | None]] | None:
    """By the plan's path whom the names mean, a region's members with it; None without any name.

    InputError for a name that means no unit of any of the plans.
    """
    if not names:
        return None
    meant: dict[str, list[str | None]] = {plan.path: [] for plan in plans}
    for name in names:
        known = False
        for plan in plans:
            with suppress(InputError):
                meant[plan.path] += Query(units=(unit_named(plan, name),)).named(plan)
                known = True
        if not known:
            unit_named(plans[0], name)
    return meant


def _year(
    then: _PlansAndFiles,
    now: _PlansAndFiles,
    year: int,
    period: str | None,
    lights: str | None,
    units: Mapping[str, Sequence[str | None]] | None,
) -> Year:
    """What differs in a year, at the later of both states' months unless one is asked for."""
    before, after = then.checked(year), now.checked(year)
    at = period_of(now.plans[year], after, period, may_be_empty=True)
    if period is None:
        at = max(at, before.ledger.usual_period() or at)  # the month that was the latest may be gone
    elif not before.ledger.reporters(at):
        must_have_records(after, at)
    if not after.ledger.reporters(at):
        must_be_readable(after, at if after.ledger.latest_period() else None)

    unread = before.ledger.unread_at(at) | after.ledger.unread_at(at)

    def state(own: Plan, result: CheckResult) -> State:
        card = score(own, result.ledger, at, preset_named(own, lights or DEFAULT), unranked=unread)
        return State(card, result.ledger, len(errors_of(result.diagnostics)))

    wanted = None if units is None else [*units[then.plans[year].path], *units[now.plans[year].path]]
    return year_between(state(then.plans[year], before), state(now.plans[year], after), wanted)


def _alone(then: _PlansAndFiles, now: _PlansAndFiles, year: int) -> Alone:
    """What there is in a year of which one state has no plan."""
    side = now if year in now.plans else then
    return Alone(year, side is now, len(side.plans[year].indicators), side.checked(year).ledger.count())
