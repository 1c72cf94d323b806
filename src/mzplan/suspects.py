"""Which series the rules need to look at: integer tests on slices that a sound series passes in a microsecond.

A series that is not named here makes no series rule speak; `tests/test_speed_shape.py` holds that.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import sub

from mzplan.figures import SCALE
from mzplan.indicator import Indicator, RatioIndicator
from mzplan.ledger import MONTHS, Ledger
from mzplan.plan import Plan
from mzplan.records import stage_names
from mzplan.rules.series import JUMP_FLOOR, JUMP_SHARE, SAME_MONTHS

_FLOOR = JUMP_FLOOR * SCALE


_Odd = Callable[[str, Sequence[int], Sequence[int]], bool]
"""Whether a unit's figures of a year, with its denominators by month, need a look."""


def suspects(plan: Plan, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """(indicator id, unit id) of the series that may have a finding, in plan order."""
    units = [unit.id for unit in plan.reporting_units]
    stride = len(units) * MONTHS
    for at, (code, indicator) in enumerate(plan.indicators.items()):
        values = ledger.values[at * stride : (at + 1) * stride]
        below = ledger.denominators[at * stride : (at + 1) * stride]
        is_odd = _test(plan, indicator)
        for start, unit in zip(range(0, stride, MONTHS), units, strict=True):
            figures = [value for value in values[start : start + MONTHS] if value >= 0]
            if figures and is_odd(unit, figures, below[start : start + MONTHS]):
                yield code, unit


def _test(plan: Plan, indicator: Indicator) -> _Odd:
    if indicator.target.operator == "about":
        return lambda unit, figures, below: True
    if isinstance(indicator, RatioIndicator):
        return _ratio_test(indicator)
    if stage_names(indicator):
        return lambda unit, figures, below: _falls(figures)
    return _number_test(plan, indicator)


def _falls(figures: Sequence[int]) -> bool:
    return figures != sorted(figures)


def _ratio_test(indicator: RatioIndicator) -> _Odd:
    scale = indicator.scale

    def is_odd(unit: str, figures: Sequence[int], below: Sequence[int]) -> bool:
        """Denominators within a fifth of each other, ratios within ten of each other: nothing to say."""
        given = [figure for figure in below if figure > 0]
        if max(given) * 5 > min(given) * 6:
            return True
        shares = [figure * scale // whole for figure, whole in zip(figures, given, strict=True)]
        return max(shares) - min(shares) >= JUMP_FLOOR

    return is_odd


def _number_test(plan: Plan, indicator: Indicator) -> _Odd:
    is_cumulative = indicator.cumulative
    limits: dict[str, int] = {}
    for unit in indicator.reporting:
        promised = plan.target_for(indicator, unit)
        if promised and promised[0].value:
            limits[unit] = max(_FLOOR, promised[0].value * JUMP_SHARE * SCALE // 1)

    def is_odd(unit: str, figures: Sequence[int], below: Sequence[int]) -> bool:
        """Steps within the limit, none downward for a total, not standing still for long: nothing to say."""
        steps = list(map(sub, islice(figures, 1, None), figures))
        if not steps:
            return False
        largest, least = max(steps), min(steps)
        if is_cumulative and (least < 0 or (largest == 0 and len(figures) >= SAME_MONTHS and figures[0] >= _FLOOR)):
            return True
        return largest > limits.get(unit, _FLOOR) or -least > limits.get(unit, _FLOOR)

    return is_odd
