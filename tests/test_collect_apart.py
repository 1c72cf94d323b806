"""Corrections that wait are judged as if each alone had come in, in as few checks as tell that."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import dear
from mzplan.check.collect import Intake
from mzplan.check.outcomes import Outcome, Taken
from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic
from mzplan.plan.load import load_plan
from mzplan.submissions.places import Spot
from mzplan.submissions.received import Received
from mzplan.submissions.sources import Source
from test_collect_figures import HEADER

PLAN = load_plan(Path(__file__).parent / "plans" / "examples.yaml")
UNITS = {"qingshan": 100, "lvshui": 200, "gaoxin": 300}
"""What each reports first."""
MONTHS = (2, 3, 4)
Key = tuple[str, int]
NOTHING: Mapping[Key, Sequence[int]] = {}


def figures(unit: str, month: int) -> list[int]:
    """Five totals: of every unit 20 more a month, and of each indicator 3 more than of the one before."""
    return [UNITS[unit] + 20 * month + 3 * at for at in range(5)]


def report(unit: str, month: int, given: Sequence[int]) -> bytes:
    name = PLAN.units[unit].name
    rows = [
        [f"2031-{month:02d}", name, f"T03-{at:02d}", f"示例指标{at}", str(n), "", "", "", ""]
        for at, n in enumerate(given, 1)
    ]
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADER, *rows])
    return stream.getvalue().encode()


def intake(copied: Mapping[Key, Sequence[int]] = NOTHING) -> Intake:
    """What is filed, in place of some reports others."""
    filed = [
        Source(
            path := f"data/2031-{month:02d}/{unit}.csv",
            path,
            io.BytesIO(report(unit, month, copied.get((unit, month)) or figures(unit, month))),
            Spot((f"2031-{month:02d}",), f"{unit}.csv"),
        )
        for unit in UNITS
        for month in MONTHS
    ]
    day = date(2031, 5, 1)
    return Intake(PLAN, filed, lambda result: result.diagnostics, today=day, home="data", root="")


def received(corrections: Mapping[Key, Sequence[int]]) -> list[Received]:
    return [Received(f"{unit}{month}.csv", report(unit, month, each)) for (unit, month), each in corrections.items()]


KINDS = {
    "slip": lambda unit, month: [*figures(unit, month)[:4], figures(unit, month)[4] + 1],
    "above the next month's": lambda unit, month: [each + 41 for each in figures(unit, month)],
    "below the last month's": lambda unit, month: [each - 41 for each in figures(unit, month)],
    "another unit's": lambda unit, month: figures("lvshui" if unit != "lvshui" else "gaoxin", month),
    "in another measure unit": lambda unit, month: [each * 10_000 for each in figures(unit, month)],
    "as filed": figures,
}


@st.composite
def mixtures(draw: st.DrawFn) -> Mapping[Key, Sequence[int]]:
    """Corrections of some reports, and some of the next month's first ones.

    Not of a unit's first: that is set beside the others' figures, which are what came in of them.
    """
    later = [(unit, month) for unit in UNITS for month in (*MONTHS[1:], 5)]
    keys = draw(st.lists(st.sampled_from(later), unique=True, max_size=6))
    return {key: KINDS[draw(st.sampled_from(sorted(KINDS)))](*key) for key in keys}


def without_others(finding: Diagnostic) -> Diagnostic:
    return finding._replace(related=(), parts=tuple(part._replace(related=()) for part in finding.parts))


def told(taken: Sequence[Taken]) -> list[tuple[object, ...]]:
    """What is said of each and what is filed; the other places of a finding are not."""
    return [
        (
            *(one.received.name, one.key, one.outcome, one.reason, one.filed, one.changes),
            *([without_others(finding) for finding in several] for several in (one.findings, one.beyond)),
        )
        for one in taken
    ]


def told_of(corrections: Mapping[Key, Sequence[int]], copied: Mapping[Key, Sequence[int]]) -> list[tuple[object, ...]]:
    """What is told of them together, which is what is told one by one."""
    together, one_by_one = intake(copied), intake(copied)
    judge = one_by_one.judge
    judge.apart = lambda reports: [next(judge.together([one], beside)) for one, beside in reports]  # type: ignore[method-assign]
    came = received(corrections)
    ours = told(together.take(came, None, may_replace=False))
    assert ours == told(one_by_one.take(came, None, may_replace=False))
    return ours


@st.composite
def copies(draw: st.DrawFn) -> Mapping[Key, Sequence[int]]:
    """Nothing, or a report that is filed like another unit's, as the other's are."""
    key = draw(st.none() | st.sampled_from([(unit, month) for unit in UNITS for month in MONTHS]))
    return {key: KINDS["another unit's"](*key)} if key else {}


@pytest.mark.untraced
@dear()
@given(corrections=mixtures(), copied=copies())
@example(corrections={("lvshui", 3): [301, 304, 307, 310, 313], ("qingshan", 3): [201, 204, 207, 210, 213]}, copied={})
def test_judged_together_is_as_judged_one_by_one(
    corrections: Mapping[Key, Sequence[int]], copied: Mapping[Key, Sequence[int]]
) -> None:
    told_of(corrections, copied)


@pytest.mark.parametrize(
    ("corrections", "copied", "codes"),
    [
        ({("qingshan", 4): figures("lvshui", 4)}, {}, ["MZ501"]),
        ({("gaoxin", 4): KINDS["slip"]("gaoxin", 4)}, {("gaoxin", 4): figures("lvshui", 4)}, []),
    ],
    ids=["comes like what is filed", "is filed like another's, and mended"],
)
def test_a_later_month_is_told_of_whatever_another_unit_corrects(
    corrections: Mapping[Key, Sequence[int]], copied: Mapping[Key, Sequence[int]], codes: Sequence[str]
) -> None:
    """Who raises March above the April that is filed hears of it, unless that is like another unit's that is filed."""
    raised = {("lvshui", 3): KINDS["above the next month's"]("lvshui", 3)}
    (_, *_, beyond), *_ = told_of({**raised, **corrections}, copied)
    assert [finding.rule.code for finding in beyond] == codes  # type: ignore[attr-defined]


def test_the_mixtures_have_what_is_bound_to_others() -> None:
    """One like another unit's report goes back, whatever that unit corrects; of two months raised together one waits.

    It waits for the other, which goes back, as do all corrections of March: they are due by then and give no reason.
    """
    copied = {("gaoxin", 3): figures("lvshui", 3), ("lvshui", 3): KINDS["slip"]("lvshui", 3)}
    raised = {("qingshan", month): KINDS["above the next month's"]("qingshan", month) for month in (3, 4)}
    outcomes = {one.key and (one.key[0], one.key[1].month): one.outcome for one in _taken(copied | raised)}
    assert outcomes == {
        ("gaoxin", 3): Outcome.RETURNED,
        ("lvshui", 3): Outcome.RETURNED,
        ("qingshan", 3): Outcome.RETURNED,
        ("qingshan", 4): Outcome.WAITING,
    }


def _taken(corrections: Mapping[Key, Sequence[int]]) -> Sequence[Taken]:
    return intake().take(received(corrections), None, may_replace=False)


def test_more_units_take_no_more_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []

    def counted(*arguments: object, **options: object) -> object:
        runs.append(1)
        return run_checks(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("mzplan.check.judge.run_checks", counted)
    counts = []
    for units in (["qingshan"], list(UNITS)):
        runs.clear()
        _taken({(unit, 4): KINDS["slip"](unit, 4) for unit in units})
        counts.append(len(runs))
    assert counts[0] == counts[1]
