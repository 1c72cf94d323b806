"""What a request brings itself, plan, settings and waivers, where those of another revision decide."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mzplan.check.policy import Policy
from mzplan.check.run import CheckResult
from mzplan.check.settings import Settings
from mzplan.cli.checking import Run
from mzplan.cli.language import known_in
from mzplan.cli.project import plan_choice
from mzplan.diagnostics import Diagnostic, InputError, Location, Severity, errors_of, show
from mzplan.plan.load import breakdown_path, read_plan
from mzplan.render.check.report import shown_path
from mzplan.rules import RULES
from mzplan.rules.history import HISTORY_RULES
from mzplan.said import say
from mzplan.submissions.places import year_of

_GONE = "{year} 年的计划这里没有了，而还有这一年的文件，例如 {path}：合并以后就没有计划可用来检查它们"
_PLAN_FIRST = "{revision} 的计划还不是这样，按这里改动后的计划没有这一条：计划的改动先合并，数据随后再交。"
_BY_OWN = "{message}（按这里改动后的计划和设置）"


def brought(
    run: Run,
    told: Sequence[Diagnostic],
    option: Path | None,
    settings_in: Callable[[Policy | None], Settings],
    *,
    is_moved: bool,
) -> list[Diagnostic]:
    """What is told, with what is to be said of the plan, settings and waivers that stand here, though others decide.

    They decide once they are merged: what is wrong with them would stop whoever comes next, and what the data are by
    them is told as warnings where they have been moved. What is an error for want of the plan that stands here only
    says so: no other remedy would be one.
    """
    settings = None
    try:
        choice = plan_choice(option, None, run.targets, run.data)
        plan, found = read_plan(choice.path)
        known_in(choice.path)
    except InputError as error:
        if not error.findings:
            raise
        return [*told, *error.findings]
    try:
        settings = settings_in(None)
    except InputError as error:
        if not error.findings:
            raise
        found = [*found, *error.findings]
    own = replace(run, policy=None, plan=plan or run.plan, choice=choice, settings=settings or run.settings)
    found = [*found, *own.waivers()[1], *(_left_without_plan(run, own) if plan else ())]
    for path in _other_plans(own, run.policy):
        found += read_plan(path)[1]
    is_broken = bool(errors_of(found))
    if is_broken or not is_moved or (own.digests == run.digests and own.settings == run.settings):
        return [*told, *found]
    result = own.checked()
    known = {(each.location, each.rule.code, each.message) for each in told}
    by_own = [
        each._replace(severity=Severity.WARNING, message=say(_BY_OWN, message=each.message))
        for each in own.sifted(result, None, (), with_others=True)[0].findings
        if (each.location, each.rule.code, each.message) not in known
    ]
    return [*_waiting(run, told, result), *found, *by_own]


def _other_plans(own: Run, policy: Policy | None) -> Iterator[Path]:
    """The plans of other years of which there are files, or that the request changes or brings."""
    for year, path in sorted(own.choice.others.items()):
        if year in own.years or _is_brought(path, policy):
            yield path
    yield from (path for path in own.choice.unread if _is_brought(path, policy))


def _is_brought(path: Path, policy: Policy | None) -> bool:
    return policy is not None and (policy.differs(path) or policy.differs(breakdown_path(path)))


def _waiting(run: Run, told: Sequence[Diagnostic], own: CheckResult) -> Iterator[Diagnostic]:
    """What is told; what only the plan that decides finds in the data says that the plan's change comes first."""
    assert run.policy is not None
    remain = {(each.location.path, each.rule.code, line) for each in own.diagnostics for line in each.lines or (0,)}
    files = {file.path for file in own.files}
    hint = say(_PLAN_FIRST, revision=show(run.policy.revision))
    for each in told:
        places = {(each.location.path, each.rule.code, line) for line in each.lines or (0,)}
        is_own = each.rule in HISTORY_RULES or each.location.path not in files or bool(places & remain)
        yield each if is_own else each._replace(hint=hint)


def _left_without_plan(run: Run, own: Run) -> Iterator[Diagnostic]:
    """The years of which there are files, a plan where others decide, and none in one's own run."""
    rule = RULES["MZ306"]
    for year, plan in run.plans.items():
        files = [each.path for each in run.of_year(year, run.given) if year_of(each.spot) == plan.year]
        if files and plan.year not in (own.plan.year, *own.choice.others):
            message = say(_GONE, year=plan.year, path=shown_path(files[0]))
            yield Diagnostic(Location(files[0]), rule, message, rule.severity, hint="保留那一年的计划文件。")
