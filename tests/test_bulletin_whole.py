"""What the parts of a bulletin come to: those who are asked for and what is next, the areas' counts and the city's."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bulletin_cases as cases
from mzplan.bulletin import EVERY, Bulletin, Kind, Material, Request
from mzplan.bulletin.model import WHOLE as CITY
from mzplan.bulletin.model import BulletinSection, Cited, Part, Sentence

pytestmark = pytest.mark.untraced

PACES = st.sampled_from((None, Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)))
IDS = tuple(one.id for one in cases.indicators())


@st.composite
def materials(draw: st.DrawFn) -> Material:
    """Any month before the last; each unit silent since then or not, each indicator at any pace."""
    month = draw(st.integers(1, 11))
    silent = draw(st.frozensets(st.sampled_from(cases.ALL_UNITS)))
    lost = draw(st.frozensets(st.tuples(st.sampled_from(cases.ALL_UNITS), st.sampled_from(IDS)), max_size=4))
    paces = {one: draw(PACES) for one in IDS}

    def speed(indicator: str, unit: str, at: int) -> Fraction | None:
        is_lost = at == month and (unit in silent or (unit, indicator) in lost)
        return None if is_lost else paces[indicator]

    return cases.material(month, speed, cases.plan(breakdown="official"))


def sentences(bulletin: Bulletin, heading: str) -> Iterator[Sentence]:
    """Those of the section below this heading."""

    def of(sections: tuple[BulletinSection, ...]) -> Iterator[Sentence]:
        for section in sections:
            if section.heading == heading:
                yield from (one for paragraph in section.paragraphs for one in paragraph.sentences)
            yield from of(section.sections)

    yield from of(bulletin.sections)


def said(bulletin: Bulletin, heading: str) -> str:
    return "".join(map(str, sentences(bulletin, heading)))


def counts(parts: Iterable[Part]) -> dict[tuple[int | None, str], int]:
    """How many indicators of the city are told to be in each group, by area."""
    cited = (part for part in parts if isinstance(part, Cited) and part.ref.field == "count")
    return {(one.ref.subject.area, one.ref.group): int(one.value) for one in cited if one.ref.subject.unit is None}


def told(bulletin: Bulletin) -> dict[tuple[int | None, str], int]:
    """The same of what it opens with."""
    lead = (one for paragraph in bulletin.lead for one in paragraph.sentences)
    return counts(part for one in (*lead, *sentences(bulletin, "总体情况")) for part in one.parts)


@given(materials())
def test_what_is_next_names_all_who_are_asked_for_and_all_that_is_late(material: Material) -> None:
    facts = material.facts
    lacking = list(facts.unit_names(one.unit for one in facts.reporters("lacking")))
    of: tuple[tuple[Kind, int | None], ...] = (("bulletin", EVERY), ("area", 2))
    for kind, area in of:
        bulletin = material.write(Request(kind=kind, area=area, draft=True))
        late, ahead = said(bulletin, "存在问题"), said(bulletin, "下步重点")
        assert [name for name in lacking if name not in ahead] == []
        pressed = [row.indicator.name for row in facts.rows(CITY._replace(area=area), "slow&sure")]
        left = [name for name in pressed if name in late and name not in ahead]
        assert "其余见附件" in ahead or left == []


@given(materials())
def test_the_counts_of_the_areas_are_the_city_s(material: Material) -> None:
    """Row by row of the annex, in the document of each area, and in what the city's opens with."""
    city = material.write(Request(kind="bulletin", draft=True))
    table = next(one for one in city.annexes if one.title == "各领域进展情况")
    rows = [counts(part for cell in row for part in cell.parts) for row in table.rows]
    inside = {key: count for row in rows for key, count in row.items()}
    for area in (1, 2, None):
        document = told(material.write(Request(kind="area", area=area, draft=True)))
        assert document[area, "all"] == inside[area, "all"]
        assert {key: count for key, count in document.items() if inside.get(key, count) != count} == {}
    whole = {group: count for (_, group), count in told(city).items()}
    sums = {group: sum(count for (_, one), count in inside.items() if one == group) for _, group in inside}
    assert sums["all"] == whole["all"] == len(IDS)
    assert {group: count for group, count in sums.items() if whole.get(group, count) != count} == {}
