"""What a figure means, each formula once by hand."""

from fractions import Fraction

import pytest

from factory import indicator
from mzplan.figures import SCALE
from mzplan.period import Period
from mzplan.plan.indicator import Figure, MilestoneIndicator, RatioIndicator
from mzplan.plan.target import Operator, Schedule, ScheduleKind, Target

DUE = Period(2023, 12)


def target(operator: Operator, value: int | str, tolerance: str = "0") -> Target:
    return Target(operator, Fraction(value), Fraction(tolerance))


def share(promise: Target, actual: Fraction, baseline: Fraction | None = None) -> Fraction:
    """The completion of an actual."""
    return Fraction(*promise.measure(baseline).completion(actual.numerator, actual.denominator))


@pytest.mark.parametrize(
    ("promise", "actual", "met", "completion"),
    [
        (target("at_least", 800), "400", False, "1/2"),
        (target("at_least", 800), "800", True, "1"),
        (target("at_least", 800), "1200", True, "3/2"),
        (target("at_least", 0), "0", True, "1"),
        (target("at_most", 0), "0", True, "1"),
        (target("at_most", 0), "2", False, "0"),
        (target("at_most", 5), "4", True, "1"),
        (target("at_most", 5), "10", False, "1/2"),
        (target("about", 14000, "0.05"), "13300", True, "19/20"),
        (target("about", 14000, "0.05"), "13299", False, "13299/14000"),
        (target("about", 14000, "0.05"), "14700", True, "21/20"),
        (target("about", 14000, "0.05"), "14701", False, "14701/14000"),
        (target("undefined", 0), "7", False, "0"),
    ],
)
def test_a_target_judges_the_exact_actual(promise: Target, actual: str, met: bool, completion: str) -> None:
    assert promise.met_by(Fraction(actual)) is met
    assert share(promise, Fraction(actual)) == Fraction(completion)


def test_a_baseline_starts_the_way() -> None:
    promise = target("at_least", 200)
    assert share(promise, Fraction(170), Fraction(160)) == Fraction(1, 4)
    assert share(promise, Fraction(150), Fraction(160)) == Fraction(-1, 4)
    assert share(promise, Fraction(200), Fraction(200)) == 1
    assert share(promise, Fraction(199), Fraction(200)) == 0
    assert share(target("at_most", 20), Fraction(35), Fraction(50)) == Fraction(1, 2)
    assert share(target("at_most", 20), Fraction(60), Fraction(50)) == Fraction(-1, 3)
    assert share(target("at_most", 20), Fraction(35)) == Fraction(20, 35)


@pytest.mark.parametrize(
    ("kind", "month", "share"),
    [
        ("linear", 1, "1/12"),
        ("linear", 6, "1/2"),
        ("linear", 12, "1"),
        ("by_due", 11, "0"),
        ("by_due", 12, "1"),
        ("always", 1, "1"),
    ],
)
def test_schedules_expect_a_share_of_the_target(kind: ScheduleKind, month: int, share: str) -> None:
    assert Schedule(kind, DUE).expected_by(Period(2023, month)) == Fraction(share)


def test_a_linear_schedule_ends_at_its_due_month() -> None:
    schedule = Schedule("linear", Period(2023, 6))
    assert [schedule.expected_by(Period(2023, month)) for month in (3, 6, 9)] == [Fraction(1, 2), 1, 1]
    assert Schedule("linear", Period(2024, 6)).expected_by(Period(2023, 12)) == 0


def test_points_hold_until_the_next_one() -> None:
    points = tuple(
        (Period(2023, month), Fraction(share, 100)) for month, share in ((3, 20), (6, 50), (9, 75), (12, 100))
    )
    schedule = Schedule("points", DUE, points)
    expected = [schedule.expected_by(Period(2023, month)) * 100 for month in (1, 2, 3, 5, 6, 8, 9, 11, 12)]
    assert expected == [0, 0, 20, 20, 50, 50, 75, 75, 100]
    assert not schedule.is_due(Period(2023, 11))
    assert schedule.is_due(DUE)


def test_counts_add_up() -> None:
    beds = indicator()
    assert beds.actual([Figure(3 * SCALE), Figure(4 * SCALE + 500_000)]) == Fraction(15, 2)
    assert beds.actual([]) is None
    assert beds.actual([Figure(0)]) == 0


def test_a_ratio_of_all_is_the_ratio_of_the_sums() -> None:
    coverage = indicator(RatioIndicator)
    assert isinstance(coverage, RatioIndicator)
    figures = [Figure(1 * SCALE, 2 * SCALE), Figure(9 * SCALE, 98 * SCALE)]
    assert coverage.actual(figures) == 10  # (1 + 9) / (2 + 98); the mean of 50 % and 9.18 % would be 29.6 %
    assert coverage.pair(figures) == (Fraction(10), Fraction(100))
    assert coverage.actual([Figure(0, 0)]) is None
    assert coverage.actual([]) is None
    assert coverage.pair([]) == (None, None)


def test_a_milestone_is_the_mean_share_of_its_units() -> None:
    scheme = indicator(MilestoneIndicator)
    assert scheme.actual([Figure(0), Figure(1), Figure(2)]) == Fraction(1, 2)
    assert scheme.actual([]) is None
