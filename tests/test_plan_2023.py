"""The plan that is shipped: complete, exact to the document, and safe in a spreadsheet.

`document/` holds this suite's own copies of facts: the words of each clause that is tracked, and the numbers of the
document that are targets.
"""

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest

from factory import check_plan
from mzplan.figures import decimal_text
from mzplan.plan.breakdown import break_down_by_plan, is_divisible, select, updated_file
from mzplan.plan.indicator import Indicator, RatioIndicator
from mzplan.plan.load import breakdown_path, load_plan
from mzplan.plan.model import Plan

PLAN = Path(__file__).parent.parent / "plan" / "2023.yaml"
DOCUMENT = Path(__file__).parent / "document"


def rows(name: str) -> list[list[str]]:
    with (DOCUMENT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


CLAUSES = rows("clauses.csv")
NUMBERS = rows("target_numbers.csv")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(PLAN)


def test_nothing_is_found_wrong_with_it() -> None:
    assert check_plan(PLAN) == []


def test_it_has_nine_areas_twenty_six_tasks_and_six_safeguards(plan: Plan) -> None:
    assert [area.number for area in plan.action_areas] == list(range(1, 10))
    assert [task.number for area in plan.action_areas for task in area.tasks] == list(range(1, 27))
    assert [item.number for item in plan.safeguards] == list(range(27, 33))
    assert [len(area.tasks) for area in plan.action_areas] == [4, 3, 2, 3, 3, 4, 3, 2, 2]
    assert all(2 <= len(area.short) <= 4 for area in plan.action_areas)


def test_the_reporting_units_are_nine_counties_the_zone_and_the_bureau(plan: Plan) -> None:
    codes = {unit.id: unit.code for unit in plan.reporting_units}
    assert codes == {
        "wucheng": "330702",
        "jindong": "330703",
        "lanxi": "330781",
        "dongyang": "330783",
        "yiwu": "330782",
        "yongkang": "330784",
        "pujiang": "330726",
        "wuyi": "330723",
        "panan": "330727",
        "devzone": "KFQ",
        "bureau": "",
    }
    assert [unit.kind for unit in plan.reporting_units] == ["county"] * 9 + ["zone", "bureau"]
    assert plan.unit_names["金华经济技术开发区"] == "devzone"


def test_the_zone_is_not_counted_twice(plan: Plan) -> None:
    assert sum(unit.weights.get("townships", Fraction(0)) for unit in plan.reporting_units) == 146
    assert sum(unit.weights.get("population", Fraction(0)) for unit in plan.reporting_units) == 7050683


def test_every_indicator_is_there_in_the_order_of_the_plan(plan: Plan) -> None:
    assert list(plan.indicators) == [identifier for identifier, _ in CLAUSES]
    assert len(CLAUSES) == 122
    kinds = [indicator.kind for indicator in plan.indicators.values()]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "count": 22,
        "milestone": 73,
        "ratio": 17,
        "stock": 10,
    }


def test_ids_are_safe_in_a_spreadsheet_and_name_their_task(plan: Plan) -> None:
    for identifier, indicator in plan.indicators.items():
        assert re.fullmatch(r"[A-Z]\d\d-\d\d", identifier, re.ASCII)
        assert int(identifier[1:3]) == indicator.task


@pytest.mark.parametrize(("identifier", "clause"), CLAUSES, ids=[identifier for identifier, _ in CLAUSES])
def test_a_source_is_the_exact_words_of_its_clause(plan: Plan, identifier: str, clause: str) -> None:
    assert plan.indicators[identifier].source == clause


def claim(indicator: Indicator, field: str) -> str:
    """What an indicator says in one of its fields."""
    if field == "target":
        target = indicator.target
        return target.operator if target.operator == "undefined" else f"{target.operator} {decimal_text(target.value)}"
    return str(getattr(indicator, field))


@pytest.mark.parametrize(("number", "identifier", "field", "words"), NUMBERS)
def test_every_target_number_of_the_document_is_claimed(
    plan: Plan, number: str, identifier: str, field: str, words: str
) -> None:
    indicator = plan.indicators[identifier]
    assert number in indicator.source
    if field in ("target", "scale"):
        assert claim(indicator, field) == words
    else:
        assert words in claim(indicator, field)


def test_the_document_has_forty_six_target_numbers() -> None:
    assert len(NUMBERS) == 46


def meaning(name: str) -> frozenset[str]:
    """What an English name says, whatever joins its words and whatever they end in."""
    joining = {"a", "and", "at", "by", "for", "in", "of", "on", "or", "that", "the", "to", "which", "who", "with"}
    words = set(re.findall(r"\w+", name.lower())) - joining
    return frozenset(re.sub("(?<=...)(?:ing|ed|es|e|s)$", "", word) for word in words)


def test_names_that_differ_in_grammar_alone_mean_the_same() -> None:
    assert meaning("Homes meeting the standard") == meaning("Home that meets a standard")
    assert meaning("Share of homes") != meaning("Number of homes")


def test_names_are_neutral_and_unique_in_both_languages(plan: Plan) -> None:
    indicators = list(plan.indicators.values())
    assert len({indicator.name for indicator in indicators}) == len(indicators)
    assert len({meaning(indicator.name_en) for indicator in indicators}) == len(indicators)
    for indicator in indicators:
        assert indicator.name_en.isascii()
        assert indicator.name_en
        assert not re.search(r"\d{2,}", indicator.name)
        assert not set(indicator.name) & set("“”《》()（）,，")


def test_every_word_of_the_plan_that_screens_show_has_its_english(plan: Plan) -> None:
    words = {plan.title, plan.city, plan.publisher, plan.safeguards_name}
    words |= {unit.name for unit in plan.reporting_units} | {task.name for task in plan.tasks}
    words |= {word for area in plan.action_areas for word in (area.name, area.short)}
    for indicator in plan.indicators.values():
        words |= {indicator.name, indicator.unit, indicator.lead}
        if isinstance(indicator, RatioIndicator):
            words |= {indicator.numerator, indicator.denominator}
    assert plan.english.keys() == words - {"", "%"}
    assert all(text.isascii() for text in plan.english.values())
    assert plan.english["磐安县"] == "Pan'an County"
    assert plan.english["新增认知障碍照护专区床位"] == "New beds in dementia-care units"


def test_what_the_document_names_without_defining_is_never_counted(plan: Plan) -> None:
    undefined = [each.id for each in plan.indicators.values() if each.target.operator == "undefined"]
    assert undefined == ["T01-02", "T01-03", "T01-04", "T03-13"]


def test_levels_that_must_always_hold(plan: Plan) -> None:
    always = [each.id for each in plan.indicators.values() if each.schedule.kind == "always"]
    assert always == ["T12-05", "T29-05", "T30-02", "T32-12"]
    staff = plan.indicators["T12-05"]
    assert isinstance(staff, RatioIndicator)
    assert (staff.scale, staff.unit, staff.denominator) == (10000, "人/万人", "城镇常住人口（人）")


@pytest.mark.parametrize("identifier", ["T29-05", "T32-12"])
def test_what_must_not_happen_is_a_target_of_zero_for_each(plan: Plan, identifier: str) -> None:
    indicator = plan.indicators[identifier]
    assert claim(indicator, "target") == "at_most 0"
    assert indicator.judged == tuple(plan.units)


@pytest.mark.parametrize("identifier", ["T09-06", "T09-07", "T12-03", "T14-07"])
def test_what_counties_owe_the_zone_does_not(plan: Plan, identifier: str) -> None:
    assert plan.indicators[identifier].judged == tuple(plan.units)[:9]


def test_about_means_within_five_per_cent(plan: Plan) -> None:
    target = plan.indicators["T25-05"].target
    assert [target.met_by(Fraction(value)) for value in (13299, 13300, 14700, 14701)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("identifier", "month"),
    [("T22-04", 6), ("T20-10", 9), ("T16-03", 12), ("T08-07", 12), ("T17-07", 12), ("T21-05", 12)],
)
def test_nothing_is_expected_before_it_is_due(plan: Plan, identifier: str, month: int) -> None:
    schedule = plan.indicators[identifier].schedule
    assert (schedule.kind, schedule.due.month) == ("by_due", month)


def test_reference_parts_add_up_to_each_city_total(plan: Plan) -> None:
    totals = [indicator for indicator in plan.indicators.values() if indicator.breakdown]
    assert all(map(is_divisible, totals))
    assert len(totals) == 8
    for indicator in totals:
        parts = [part for (identifier, _), rows in plan.parts.items() if identifier == indicator.id for part in rows]
        assert sum(part.target.value for part in parts) == indicator.target.value
        assert {part.basis for part in parts} == {"reference"}
        assert all(part.source.startswith("参考分解（测算）：按") for part in parts)
    assert {identifier for identifier, _ in plan.parts} == {"T26-02", *(indicator.id for indicator in totals)}


def test_the_reservoirs_are_shared_out_by_the_document_itself(plan: Plan) -> None:
    parts = {unit: rows[0] for (identifier, unit), rows in plan.parts.items() if identifier == "T26-02"}
    assert {unit: (int(part.target.value), part.basis) for unit, part in parts.items()} == {
        "dongyang": (1, "official"),
        "pujiang": (2, "official"),
    }


def test_a_share_of_ten_is_not_met_by_one_of_two(plan: Plan) -> None:
    assert "要求建成" in plan.indicators["T03-02"].denominator  # type: ignore[attr-defined]
    assert claim(plan.indicators["T03-12"], "target") == "at_least 4"


@pytest.mark.parametrize("identifier", ["T08-07", "T17-02", "T20-07"])
def test_what_the_province_awards_is_shared_out_among_nobody(plan: Plan, identifier: str) -> None:
    """A part of nine, six or ten awards would be 0 or 1, by rounding alone."""
    indicator = plan.indicators[identifier]
    assert (indicator.applies_to, indicator.breakdown, indicator.schedule.kind) == ("total", "", "by_due")
    assert len(indicator.reporting) == 10


@pytest.mark.parametrize("identifier", ["T14-13", "T14-14"])
def test_what_the_city_awards_the_bureau_reports(plan: Plan, identifier: str) -> None:
    assert plan.indicators[identifier].reporting == ("bureau",)


def test_the_six_free_services_are_counted_in_each_county_and_the_zone(plan: Plan) -> None:
    services = plan.indicators["T20-05"]
    assert (services.kind, claim(services, "target")) == ("stock", "at_least 6")
    assert services.judged == plan.indicators["T22-06"].judged == tuple(plan.units)[:10]


def test_the_breakdown_file_is_what_the_program_computes(plan: Plan) -> None:
    computed = updated_file(plan, break_down_by_plan(plan, select(plan, [], any_weight=False)))
    assert Path(breakdown_path(PLAN)).read_bytes() == computed
