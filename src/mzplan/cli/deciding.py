"""Which plan and settings decide about a run, and the files they come from: those here, or those of a revision."""

import os
from collections.abc import Sequence
from pathlib import Path

from mzplan.check.policy import Policy, check_project, policy_from
from mzplan.check.settings import NAME as SETTINGS
from mzplan.check.settings import Settings, find_settings, read_settings
from mzplan.check.since import Changes
from mzplan.check.waivers import NAME as WAIVERS
from mzplan.cli.comparing import compared
from mzplan.cli.project import data_meant, data_paths, from_environment, plan_choice, project_root, year_of_data
from mzplan.diagnostics import InputError
from mzplan.plan.choice import Choice, choose, named_plan
from mzplan.plan.load import breakdown_path
from mzplan.reading.bounds import PLANS
from mzplan.reading.files import StrPath, from_here


def asked_about(
    paths: Sequence[StrPath] | None, data: list[Path] | None, policy_revision: str | None, since: str | None
) -> Sequence[StrPath]:
    """The data that are asked about; where they are not known for want of a plan folder, that is what is said."""
    try:
        return [data_meant(path) for path in paths] if paths else data_paths(data)
    except InputError:
        with policy_from(policy_revision, Path.cwd()) as policy, compared(since, [Path.cwd()]) as past:
            refuse_without_plan(None, policy, past)
        raise


def refuse_without_plan(option: Path | None, policy: Policy | None, past: Changes | None) -> None:
    """GitError when no plan is named and none is here, though a revision has one: the shipped one is not meant."""
    root = project_root()
    if policy is not None:
        policy.check_project(Path.cwd(), root)
    elif past is not None and root is None and not (option or from_environment("MZPLAN_PLAN")):
        check_project(past.repository, past.tree, past.revision, Path.cwd(), None)


def chosen_plan(
    option: Path | None, policy: Policy | None, targets: Sequence[StrPath], data: list[Path] | None
) -> Choice:
    """The plan file, of several that of the newest data; with a policy as its revision has it, chosen there."""
    if policy is None:
        return plan_choice(option, None, targets, data)
    root = project_root()
    named = option or from_environment("MZPLAN_PLAN")
    folder = from_here(Path(root or os.curdir, PLANS))
    if named and not policy.is_folder(named):
        policy.file(breakdown_path(named))
        return named_plan(policy.needed(named), policy.plans(folder) if policy.is_folder(folder) else None)
    return choose(policy.plans(named or folder), None, lambda: year_of_data(targets, data))


def deciding_files(option: Path | None, past: Changes) -> list[str]:
    """The files that decide about all rows, also those that are there no more."""
    here, root = Path.cwd(), Path(project_root() or os.curdir)
    named = option or from_environment("MZPLAN_PLAN")
    settings = [str(folder / SETTINGS) for folder in (here, *here.parents)]
    plans = past.all_below(named or root / PLANS)
    beside = [breakdown_path(named)] if named else []
    paths = (*plans, *beside, str(root / WAIVERS), *settings)
    return [from_here(path) for path in paths if past.repository.inside(path) is not None]


def chosen_settings(policy: Policy | None) -> Settings:
    """The settings; with a policy as its revision has them."""
    path = find_settings(Path.cwd()) if policy is None else policy.settings(Path.cwd())
    return Settings() if path is None else read_settings(from_here(path) if policy is None else path)
