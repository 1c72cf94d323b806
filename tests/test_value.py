"""The values that plans, scorecards and views are made of."""

from functools import cached_property
from typing import ClassVar

import pytest

from mzplan.value import Value


class Pace(Value):
    kind: ClassVar[str] = "pace"
    unit: str
    steps: tuple[int, ...] = ()

    @cached_property
    def total(self) -> int:
        return sum(self.steps)


class Faster(Pace):
    by: int = 1


def test_fields_are_given_by_name_and_may_have_defaults() -> None:
    pace = Faster(unit="people", by=2)
    assert (pace.unit, pace.steps, pace.by, pace.kind) == ("people", (), 2, "pace")
    assert repr(pace) == "Faster(unit='people', steps=(), by=2)"


@pytest.mark.parametrize("given", [{}, {"unit": "people", "kind": "x"}, {"unit": "people", "step": 1}])
def test_a_missing_or_unknown_field_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(TypeError, match=r"^Pace: unknown or missing (unit|kind|step)$"):
        Pace(**given)  # type: ignore[arg-type]  # what the type checker would refuse too


def test_equal_fields_of_one_class_make_equal_values() -> None:
    pace = Pace(unit="people", steps=(1, 2))
    assert pace.total == 3
    assert pace == Pace(unit="people", steps=(1, 2))
    assert hash(pace) == hash(Pace(unit="people", steps=(1, 2)))
    assert pace != Pace(unit="people", steps=(2, 1))
    assert pace != Faster(unit="people", steps=(1, 2))
    assert pace != "people"


def test_a_value_cannot_be_changed_but_replaced() -> None:
    pace = Pace(unit="people", steps=(1, 2))
    with pytest.raises(AttributeError, match=r"Pace\.unit cannot be changed"):
        pace.unit = "beds"  # type: ignore[misc]  # what the type checker refuses too
    changed = pace._replace(steps=(4,))
    assert (pace.total, changed.total, changed.unit) == (3, 4, "people")
