"""`mzplan impact`: what differs between a revision and now, in plan and data."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from mzplan.check.git import NOTHING, GitError, Repository
from mzplan.check.run import CheckResult, run_checks
from mzplan.check.taken_out import take_out
from mzplan.cli import completion
from mzplan.cli.choices import format_of
from mzplan.cli.comparing import home_of
from mzplan.cli.loading import Loaded, load
from mzplan.cli.options import DataOption, LightsOption, OutputOption, PeriodOption, PlanOption, format_option
from mzplan.cli.project import data_paths, plan_choice, today
from mzplan.cli.terminal import present, usual_format, warn
from mzplan.diagnostics import InputError, show
from mzplan.plan.lights import preset_named
from mzplan.plan.load import breakdown_path, load_plan
from mzplan.plan.model import Plan
from mzplan.render.impact import FORMATS
from mzplan.scoring.scorecard import score
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import STANDARD_INPUT, data_sources, newest_year
from mzplan.views.impact import State, impact
from mzplan.views.query import unit_named

_OPTION = "mzplan impact"
_NO_STANDARD_INPUT = "标准输入（-）没有以前的样子可比，请用 --data 给出文件或文件夹。"
_NO_PLAN = "{revision} 里没有计划 {path}，没有可比的。"
_OTHER_YEAR = "{revision} 里的计划是{then}年度的，现在的是{now}年度的，不能相比。"
_YEAR_GONE = (
    "{revision} 里有 {year} 年的数据，现在一份也没有了：这里比较的是{now}年度的；要看那一年，请用 --plan 指定它的计划。"
)
_THEN = "{revision} 里的计划读不了：{why}"


def command(
    revision: Annotated[
        str,
        typer.Argument(
            metavar="REV", help="git 版本：与它和 HEAD 的共同祖先相比；REV..HEAD 与它本身相比。", show_default=False
        ),
    ],
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            "-u",
            metavar="UNIT",
            help="只看该单位，可给多个，全市写“全市”。",
            autocompletion=completion.complete_unit,
            show_default=False,
        ),
    ] = None,
    period: PeriodOption = None,
    lights: LightsOption = None,
    format_: Annotated[
        str | None, format_option(FORMATS, "terminal、plain、markdown、html、latex、docx、json；写文件看扩展名。")
    ] = None,
    plan: PlanOption = None,
    data: DataOption = None,
    output: OutputOption = None,
) -> None:
    """计划、分解、数据改动以后，哪些完成值、进度状态、亮灯、位次变了，变差的在前；按两边较晚的报告期比较。

    用法示例：mzplan impact origin/main    mzplan impact HEAD~1.. --unit 义乌市
    """
    format_name = format_of(format_, FORMATS, output, usual_format(output))
    if STANDARD_INPUT in map(str, data_paths(data)):
        raise InputError(_NO_STANDARD_INPUT)
    now = load(plan, data, period, lights, may_be_empty=True)
    commit, then_plan, result = _then(revision, plan, data, now)
    units = [unit_named(now.plan, text) for text in unit or ()]
    at = now.period
    if period is None:
        at = max(at, result.ledger.usual_period() or at)  # the month that was the latest may be gone

    def state(own: Plan, ledger: Ledger, errors: int) -> State:
        return State(score(own, ledger, at, preset_named(own, now.scorecard.preset.name)), ledger, errors)

    then, after = state(then_plan, result.ledger, result.errors), state(now.plan, now.ledger, len(now.errors))
    present(impact(revision, commit, then, after, units), FORMATS, format_name, output)


def _then(revision: str, plan: Path | None, data: list[Path] | None, now: Loaded) -> tuple[str, Plan, CheckResult]:
    """The plan and the data at the revision; its files are taken out for that."""
    folders = data_paths(data)
    path, _, others, _ = plan_choice(plan, str(now.period))
    with Repository(home_of(folders), _OPTION) as repository, TemporaryDirectory(prefix="mzplan-") as folder:
        commit = repository.base(revision)
        into = os.path.realpath(folder)
        then_plan, _, *then_data = take_out(repository, revision, commit, [path, breakdown_path(path), *folders], into)
        if commit == NOTHING or not then_plan.is_file():
            raise GitError(_NO_PLAN.format(revision=show(revision), path=show(str(path), 200)))
        try:
            loaded = load_plan(then_plan)
        except InputError as error:
            why = str(error).replace(f"{into}{os.sep}", "")
            raise InputError(_THEN.format(revision=show(revision), why=why)) from None
        if loaded.year != now.plan.year:
            raise InputError(_OTHER_YEAR.format(revision=show(revision), then=loaded.year, now=now.plan.year))
        there = [each for each in then_data if each.exists()]
        newest = newest_year(there)
        if newest is not None and newest > (newest_year(folders) or 0):
            warn(_YEAR_GONE.format(revision=show(revision), year=newest, now=now.plan.year))
        sources = data_sources(there, into, None, there, other_years=others)
        result = run_checks(loaded, sources, today=today(), jobs=os.cpu_count() or 1, errors_only=True)
        return commit, loaded, result
