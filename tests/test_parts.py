"""Parts kept in columns are the parts that were put in, in the order of their file."""

from fractions import Fraction

from mzplan.plan.indicator import Target
from mzplan.plan.model import Part
from mzplan.plan.parts import Column, Parts, columns, shared


def part(value: int, line: int, basis: str = "reference") -> Part:
    return Part(Target("at_least", Fraction(value)), "official" if basis == "official" else "reference", "测算", line)


GIVEN = {
    ("T01-01", "north"): part(10, 2),
    ("T01-02", "north"): part(5, 3),
    ("T01-01", "south"): part(10, 4),
    ("T01-02", "east"): part(5, 6, "official"),
}


def kept() -> Parts:
    taken = columns(GIVEN)
    return Parts(
        {
            code: shared({unit: at for at, unit in enumerate(of.units)}, of.kinds, of.which, of.steps)
            for code, of in taken.items()
        }
    )


def test_columns_say_each_different_part_once() -> None:
    assert columns(GIVEN) == {
        "T01-01": Column(("north", "south"), [part(10, 0)], [0, 0], [2, 2]),
        "T01-02": Column(("north", "east"), [part(5, 0), part(5, 0, "official")], [0, 1], [3, 3]),
    }


def test_what_was_taken_apart_comes_back_in_the_order_of_the_file() -> None:
    assert list(kept().items()) == list(GIVEN.items())
    assert kept() == GIVEN
    assert len(kept()) == 4


def test_units_without_a_part_have_none() -> None:
    assert kept().get(("T01-01", "south")) == part(10, 4)
    assert kept().get(("T01-01", "east")) is None
    assert kept().get(("T09-09", "north")) is None
    assert ("T01-01", "east") not in kept()
    assert ("T01-02", "east") in kept()


def test_no_parts_are_an_empty_mapping() -> None:
    assert dict(Parts({})) == {}
    assert columns({}) == {}
