"""The plan and the data, read, checked and scored: what every command starts from that shows figures."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mzplan.check.run import CheckResult, run_checks
from mzplan.cli.project import data_paths, plan_path, project_root, resolve_period, today
from mzplan.cli.terminal import rows_counted
from mzplan.diagnostics import Diagnostic
from mzplan.period import Period
from mzplan.plan.lights import DEFAULT, preset_named
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.scoring.scorecard import Scorecard, score
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import data_sources


class Loaded(NamedTuple):
    """A plan with its checked data at one period."""

    plan: Plan
    ledger: Ledger
    period: Period
    scorecard: Scorecard
    result: CheckResult

    @property
    def errors(self) -> Sequence[Diagnostic]:
        """The findings because of which rows were left out."""
        return self.result.diagnostics


def load_checked(plan: Path | None, data: list[Path] | None) -> tuple[Plan, CheckResult]:
    """The plan, and its data read and checked; rows with errors are not in the ledger, and warnings are not sought."""
    loaded = load_plan(plan_path(plan))
    named = data_paths(data)
    sources = data_sources(named, project_root(), getattr(sys.stdin, "buffer", None), named)
    with rows_counted() as count:
        jobs = os.cpu_count() or 1
        return loaded, run_checks(loaded, sources, today=today(), jobs=jobs, progress=count, errors_only=True)


def load(
    plan: Path | None = None,
    data: list[Path] | None = None,
    period: str | None = None,
    lights: str | None = None,
    *,
    rank: bool = True,
) -> Loaded:
    """The plan, the checked data and the scorecard of that period (the latest in the data unless given)."""
    loaded, result = load_checked(plan, data)
    chosen = resolve_period(loaded, period) or result.ledger.latest_period() or loaded.periods[0]
    preset = preset_named(loaded, lights or DEFAULT)
    scorecard = score(loaded, result.ledger, chosen, preset, rank=rank)
    return Loaded(loaded, result.ledger, chosen, scorecard, result)
