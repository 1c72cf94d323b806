"""Which series the rules need to look at: integer tests on slices that a sound series passes in a microsecond.

A series that is not named here makes no series rule speak; `tests/test_speed_shape.py` holds that.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import sub

from mzplan.figures import SCALE
from mzplan.plan.indicator import Indicator, RatioIndicator
from mzplan.plan.model import Plan
from mzplan.rules.series import JUMP_FLOOR, JUMP_PACE, JUMP_SHARE, SAME_MONTHS
from mzplan.submissions.ledger import MONTHS, Ledger
from mzplan.submissions.row import stage_names

_Odd = Callable[[str, Sequence[int], Sequence[int], Sequence[int]], bool]
"""Whether a unit's year needs a look: its figures, then by month what the ledger has (figures, denominators)."""


def suspects(plan: Plan, ledger: Ledger, *, errors_only: bool = False) -> Iterator[tuple[str, str]]:
    """(indicator id, unit id) of the series that may have a finding, in plan order.

    With `errors_only` those that may have an error: totals that fall.
    """
    units = [unit.id for unit in plan.reporting_units]
    stride = ledger.block_count
    latest = ledger.latest_period()
    if latest is None:
        return
    last = latest.month
    for at, (code, indicator) in enumerate(plan.indicators.items()):
        if errors_only and not indicator.cumulative:
            continue
        values = ledger.values[at * stride : (at + 1) * stride]
        is_ratio = isinstance(indicator, RatioIndicator)
        below = ledger.denominators[at * stride : (at + 1) * stride] if is_ratio else values
        is_odd = _falls if errors_only else _test(plan, indicator)
        for start, unit in zip(range(0, stride, MONTHS), units, strict=True):
            year = values[start : start + MONTHS]
            figures = year[:last] if min(year[:last]) >= 0 else [value for value in year if value >= 0]
            if figures and is_odd(unit, figures, year, below[start : start + MONTHS]):
                yield code, unit


def _test(plan: Plan, indicator: Indicator) -> _Odd:
    if stage_names(indicator):
        return _falls
    if isinstance(indicator, RatioIndicator):
        return _ratio_test(plan, indicator)
    return _number_test(plan, indicator)


def _falls(unit: str, figures: Sequence[int], year: Sequence[int], below: Sequence[int]) -> bool:
    return figures != sorted(figures)


def _limits(plan: Plan, indicator: Indicator, scale: int) -> dict[str, int]:
    """By unit that has a target: the step beyond which a figure jumps, in parts of which `scale` make one."""
    limits: dict[str, int] = {}
    above, below = JUMP_SHARE.numerator * scale, JUMP_SHARE.denominator
    for unit in indicator.reporting:
        promised = plan.target_for(indicator, unit)
        if promised and (value := promised[0].value):
            limits[unit] = max(JUMP_FLOOR * scale, value.numerator * above // (value.denominator * below))
    return limits


def _ratio_test(plan: Plan, indicator: RatioIndicator) -> _Odd:
    """Denominators within a fifth of each other, or that only accumulate, and small steps: nothing to be said."""
    fine = 10
    limits = _limits(plan, indicator, fine)
    floor, scale = JUMP_FLOOR * fine, indicator.scale * fine
    accumulates = indicator.denominator_accumulates

    def is_odd(unit: str, figures: Sequence[int], year: Sequence[int], below: Sequence[int]) -> bool:
        given = [figure for figure in below if figure > 0]
        if given != sorted(given) if accumulates else max(given) * 5 > min(given) * 6:
            return True
        shares = [figure * scale // whole for figure, whole in zip(figures, given, strict=True)]
        if max(shares) - min(shares) < floor:
            return False
        steps = [abs(step) + 1 for step in map(sub, islice(shares, 1, None), shares)]
        if unit in limits:
            return bool(max(steps) > limits[unit])
        return any(step > floor and step * 2 > old for step, old in zip(steps, shares, strict=False))

    return is_odd


def _number_test(plan: Plan, indicator: Indicator) -> _Odd:
    """Steps within the limit, none downward for a total, no standing still: nothing to be said."""
    is_cumulative = indicator.cumulative
    limits = _limits(plan, indicator, SCALE)
    floor = JUMP_FLOOR * SCALE

    def is_odd(unit: str, figures: Sequence[int], year: Sequence[int], below: Sequence[int]) -> bool:
        steps = list(map(sub, islice(figures, 1, None), figures))
        if not steps:
            return False
        largest, least = max(steps), min(steps)
        if is_cumulative and (least < 0 or (largest == 0 and len(figures) >= SAME_MONTHS and figures[0] >= floor)):
            return True
        if largest <= floor and -least <= floor:
            return False
        if unit in limits:
            return bool(max(largest, -least) > limits[unit])
        return _grows_oddly(figures, steps, year if is_cumulative else None)

    return is_odd


def _grows_oddly(figures: Sequence[int], steps: Sequence[int], year: Sequence[int] | None) -> bool:
    """Whether a step is large beside the figure before it, and for a total also beside the pace until then."""
    large = [at for at, step in enumerate(steps) if abs(step) * 2 > figures[at] > 0 and abs(step) > JUMP_FLOOR * SCALE]
    if year is None or not large:
        return bool(large)
    months = [month for month, value in enumerate(year, start=1) if value >= 0]
    return any(steps[at] * months[at] > JUMP_PACE * figures[at] * (months[at + 1] - months[at]) for at in large)
