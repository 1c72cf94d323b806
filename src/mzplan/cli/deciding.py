"""Which plan and settings decide about a run, and the files they come from: those here, or those of a revision."""

import os
from collections.abc import Sequence
from pathlib import Path

from mzplan.check.policy import Policy
from mzplan.check.settings import NAME as SETTINGS
from mzplan.check.settings import Settings, find_settings, read_settings
from mzplan.check.since import Changes
from mzplan.check.waivers import NAME as WAIVERS
from mzplan.cli.project import plan_choice, project_root
from mzplan.plan.choice import Choice, choose
from mzplan.plan.load import breakdown_path
from mzplan.reading.files import StrPath
from mzplan.submissions.sources import (
    PLANS,
    newest_year,
)


def chosen_plan(option: Path | None, policy: Policy | None, targets: Sequence[StrPath]) -> Choice:
    """The plan file, of several that of the newest data; with a policy as its revision has it, chosen there."""
    if policy is None:
        return plan_choice(option, None, targets)
    root = project_root()
    policy.check_project(Path.cwd(), root)
    named = option or os.environ.get("MZPLAN_PLAN")
    if named and not policy.is_folder(named):
        policy.file(breakdown_path(named))
        return Choice(policy.needed(named))
    plans = policy.plans(named or os.path.relpath(Path(root or os.curdir, PLANS)))
    return choose(plans, newest_data=newest_year(targets))


def deciding_files(option: Path | None, past: Changes) -> list[str]:
    """The files that decide about all rows, also those that are there no more."""
    here, root = Path.cwd(), Path(project_root() or os.curdir)
    named = option or os.environ.get("MZPLAN_PLAN")
    settings = [str(folder / SETTINGS) for folder in (here, *here.parents)]
    plans = past.all_below(named or root / PLANS)
    beside = [breakdown_path(named)] if named else []
    paths = (*plans, *beside, str(root / WAIVERS), *settings)
    return [os.path.relpath(path) for path in paths if past.repository.inside(path) is not None]


def chosen_settings(policy: Policy | None) -> Settings:
    """The settings; with a policy as its revision has them."""
    path = find_settings(Path.cwd()) if policy is None else policy.settings(Path.cwd())
    return Settings() if path is None else read_settings(os.path.relpath(path) if policy is None else path)
