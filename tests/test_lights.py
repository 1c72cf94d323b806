"""Lights: each threshold from both sides, names, and what a plan's own presets may be."""

from fractions import Fraction

import pytest

from conftest import through
from mzplan.diagnostics import InputError
from mzplan.plan.lights import PRESETS, light, preset_named, presets_of, shortfall
from mzplan.plan.model import LightPreset, Plan

EPS = Fraction(1, 10**9)


def points(value: str) -> Fraction:
    return Fraction(value) / 100


def empty_plan(*lights: LightPreset) -> Plan:
    return Plan(
        title="", year=2023, city="全市", publisher="", issued="", source="",
        reporting_units=(), action_areas=(), safeguards=(), parts={}, lights=lights,
    )  # fmt: skip


@through(
    ("name", "gap", "expected", "colour"),
    [
        ("strict", points("0"), Fraction(1, 2), "green"),
        ("strict", -EPS, Fraction(1, 2), "yellow"),
        ("strict", points("-10"), Fraction(1, 2), "yellow"),
        ("strict", points("-10") - EPS, Fraction(1, 2), "red"),
        ("yinchuan-2025", -EPS, Fraction(1, 2), "green"),
        ("yinchuan-2025", points("-10") + EPS, Fraction(1, 2), "green"),
        ("yinchuan-2025", points("-10"), Fraction(1, 2), "yellow"),
        ("yinchuan-2025", points("-30"), Fraction(1, 2), "yellow"),
        ("yinchuan-2025", points("-30") - EPS, Fraction(1, 2), "red"),
        # a shortfall of 30 % of 50 % expected is 15 points
        ("tianjin-2022", points("0"), Fraction(1, 2), "green"),
        ("tianjin-2022", -EPS, Fraction(1, 2), "yellow"),
        ("tianjin-2022", points("-15"), Fraction(1, 2), "yellow"),
        ("tianjin-2022", points("-15") - EPS, Fraction(1, 2), "red"),
        # 50 % of 50 % expected is 25 points
        ("sanya-2022", -EPS, Fraction(1, 2), "yellow"),
        ("sanya-2022", points("-25"), Fraction(1, 2), "yellow"),
        ("sanya-2022", points("-25") - EPS, Fraction(1, 2), "red"),
        ("xuancheng-2020", points("0"), Fraction(1, 2), "green"),
        ("xuancheng-2020", -EPS, Fraction(1, 2), "yellow"),
        ("xuancheng-2020", points("-100"), Fraction(1), "yellow"),
    ],
)
def test_each_threshold_from_both_sides(name: str, gap: Fraction, expected: Fraction, colour: str) -> None:
    assert light(PRESETS[name], gap, expected) == colour


@pytest.mark.parametrize("name", PRESETS)
def test_ahead_is_green_under_every_preset_even_when_nothing_was_expected(name: str) -> None:
    assert light(PRESETS[name], Fraction(9), Fraction(0)) == "green"
    assert light(PRESETS[name], Fraction(0), Fraction(0)) == "green"


def test_below_the_baseline_with_nothing_expected_a_relative_preset_gives_its_strongest_light() -> None:
    below = points("-5")
    assert shortfall(PRESETS["sanya-2022"], below, Fraction(0)) is None
    assert light(PRESETS["sanya-2022"], below, Fraction(0)) == "red"
    assert light(PRESETS["sanya-2022"]._replace(red=None), below, Fraction(0)) == "yellow"
    assert light(PRESETS["strict"], below, Fraction(0)) == "yellow"


def test_strict_is_the_default_and_every_published_preset_gives_its_address_and_its_gap() -> None:
    assert list(PRESETS) == ["strict", "yinchuan-2025", "tianjin-2022", "sanya-2022", "xuancheng-2020"]
    for name, preset in PRESETS.items():
        assert preset.note
        assert name == "strict" or preset.source.startswith("http")


def test_a_wrong_name_gets_the_nearest_and_the_whole_list() -> None:
    with pytest.raises(InputError, match=r"没有亮灯规则 yinchuan。是否要写 yinchuan-2025？可用的有：strict") as caught:
        preset_named(empty_plan(), "yinchuan")
    assert "xuancheng-2020" in str(caught.value)
    with pytest.raises(InputError, match=r"\\x1b"):
        preset_named(empty_plan(), "\x1b[31m")


def test_a_plan_may_define_its_own() -> None:
    own = PRESETS["strict"]._replace(name="own", red=Fraction(20))
    plan = empty_plan(own)
    assert preset_named(plan, "own") is own
    assert list(presets_of(plan)) == [*PRESETS, "own"]
