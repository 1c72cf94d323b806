"""The two long sections: how each action area stands, and how each reporting unit stands."""

from collections.abc import Iterable

from mzplan import zh
from mzplan.bulletin.indicators import NAMES_IN_LINE, sentences
from mzplan.bulletin.model import EVERY, Paragraph, Ref, Section, Sentence, Subject
from mzplan.bulletin.overview import is_complete, is_heard, mean, standings
from mzplan.bulletin.phrases import UNCLEAR, P, Parts, Writer, together
from mzplan.plan.model import REFERENCE_CAUTION, ReportingUnit

FEW_MILESTONES = 2
"""Up to so many are told one by one, more than that as a group."""

_ALL_ALIKE = {
    "met": P.ALL_AREA_MET,
    "steady": P.ALL_AREA_STEADY,
    "missing": P.ALL_AREA_MISSING,
    "not_due": P.ALL_AREA_NOT_DUE,
    "lagging": P.ALL_AREA_LAGGING,
}
_GROUPS = (
    (P.STEADY, "均达到进度要求"),
    (P.LAGGING, "均未达到进度要求"),
    (P.MISSING_DUE, "均未报"),
    (P.NOT_DUE, "均尚未到期"),
    (P.MISSING_LATER, "均未报"),
)
"""How the indicators of an area stand, and the same said of all of them."""
_MILESTONES_ALIKE = {
    "met": P.MILESTONES_ALL_MET,
    "on_schedule": P.MILESTONES_ALL_STEADY,
    "not_due": P.MILESTONES_ALL_NOT_DUE,
    "overdue": P.MILESTONES_ALL_OVERDUE,
    "behind": P.MILESTONES_ALL_LAGGING,
    "missing": P.MILESTONES_ALL_MISSING,
}
_MILESTONE_GROUPS = (
    P.MILESTONES_MET,
    P.MILESTONES_STEADY,
    P.MILESTONES_LAGGING,
    P.MILESTONES_OVERDUE,
    P.MILESTONES_MISSING,
)
_FIRM_ALIKE = {
    "steady": P.FIRM_ALL_STEADY,
    "missing": P.FIRM_ALL_MISSING,
    "not_due": P.FIRM_ALL_NOT_DUE,
    "lagging": P.FIRM_ALL_LAGGING,
}

_CAUTION = f"以下{{what}}含{REFERENCE_CAUTION}，仅供参考，不作为评价依据。"


def areas(writer: Writer, unit: str | None = None, *, in_full: bool = False) -> tuple[Section, ...]:
    """A section for each action area, and one for the safeguards, of the city or of one unit; none without content."""
    plan = writer.facts.plan
    named: list[tuple[int | None, str]] = [(area.number, area.name) for area in plan.action_areas]
    named.append((None, plan.safeguards_name))
    found = []
    for number, name in named:
        about = Subject(unit=unit, area=number)
        if writer.facts.rows(about):
            found.append(Section(zh.full_width(name), area_paragraphs(writer, about, in_full=in_full), (), about))
    return tuple(found)


def area_paragraphs(writer: Writer, about: Subject, *, in_full: bool = False) -> tuple[Paragraph, ...]:
    """An area: how many indicators and how they stand, then the measured ones, then the milestones."""
    paragraphs = [Paragraph((Sentence((*_area_clauses(writer, about), "。")),))]
    if len(writer.facts.rows(about, "missing")) == len(writer.facts.rows(about)):
        return tuple(paragraphs)
    measured = tuple(sentences(writer, writer.facts.rows(about, "measured")))
    milestones = tuple(_milestones(writer, about, in_full=in_full))
    return (*paragraphs, *(Paragraph(told) for told in (measured, milestones) if told))


def _area_clauses(writer: Writer, about: Subject) -> Parts:
    if about.unit is not None:
        others = [writer.some(P.REFERENCE, about), writer.some(P.CONTRIBUTING, about)]
        return together([writer.say(P.INVOLVED, about), firm(writer, about, cap=0), *others])
    facts = writer.facts
    count, judged = len(facts.rows(about)), len(facts.rows(about, "judged"))
    average = writer.say(P.AREA_MEAN, about) if judged and is_heard(writer, about) else ()
    for group, phrase in _ALL_ALIKE.items():
        if len(facts.rows(about, group)) == count and (group != "met" or is_complete(writer, about)):
            return together([writer.say(phrase, about), average])
    if not judged:
        alike = len(facts.rows(about, "undefined")) == count
        return (*writer.say(P.ALL, about), f"，均{UNCLEAR}" if alike else "，均暂不评价")
    groups = [writer.some(phrase, about) for phrase, _ in _GROUPS]
    if judged == count:
        return together([writer.say(P.ALL, about), *groups, average])
    alone = [words for (_, words), group in zip(_GROUPS, groups, strict=True) if group]
    if len(alone) == 1:
        groups = [(alone[0],)]
    return together([writer.say(P.ALL, about), writer.say(P.JUDGED, about), *groups, average])


def _milestones(writer: Writer, about: Subject, *, in_full: bool) -> Iterable[Sentence]:
    rows = writer.facts.rows(about, "milestones")
    if in_full or len(rows) <= FEW_MILESTONES:
        return sentences(writer, rows)
    for group, phrase in _MILESTONES_ALIKE.items():
        if len(writer.facts.rows(about, f"milestones&{group}")) == len(rows):
            return [Sentence((*writer.say(phrase, about), "。"))]
    groups = [writer.some(phrase, about, cap=NAMES_IN_LINE) for phrase in _MILESTONE_GROUPS]
    groups.insert(2, writer.some(P.MILESTONES_NOT_DUE, about))
    return [Sentence((*writer.say(P.MILESTONES, about), "，其中", *together(groups), "。"))] if any(groups) else []


def units_heading(writer: Writer) -> str:
    """What the reporting units are called together."""
    counties = any(unit.kind == "county" for unit in writer.facts.plan.reporting_units)
    return "各县（市、区）进展" if counties else "各填报单位进展"


def units(writer: Writer, area: int | None = EVERY) -> tuple[Paragraph, ...]:
    """A paragraph for each reporting unit in plan order, after a caution where references weigh in."""
    facts = writer.facts
    shown = [unit for unit in facts.plan.reporting_units if facts.rows(Subject(unit=unit.id, area=area))]
    referring = any(facts.rows(Subject(unit=unit.id, area=area), "reference") for unit in shown)
    caution = (
        [Paragraph((Sentence((_CAUTION.format(what=standings(writer)),)),))] if referring and area == EVERY else []
    )
    return (*caution, *(_unit_paragraph(writer, unit, area) for unit in shown))


def _unit_paragraph(writer: Writer, unit: ReportingUnit, area: int | None) -> Paragraph:
    about = Subject(unit=unit.id, area=area)
    first = _standing(writer, about) if area == EVERY else ()
    told = [
        first,
        firm(writer, about),
        together([writer.some(P.REFERENCE, about), writer.some(P.CONTRIBUTING, about)]),
        (*writer.say(P.MONTH), *filing(writer, about)) if area == EVERY and filing(writer, about) else (),
    ]
    return Paragraph(tuple(Sentence((*parts, "。")) for parts in told if parts), f"{unit.name}：")


def _standing(writer: Writer, about: Subject) -> Parts:
    return together([mean(writer, about), rank(writer, about)])


def rank(writer: Writer, about: Subject) -> Parts:
    """Where the unit comes in the ranking, and whether it shares the place; nothing for a unit that is not ranked."""
    standing = writer.facts.card.units[about.unit]
    if standing.rank is None or not is_heard(writer, about) or writer.facts.value(Ref("ranked")) == 1:
        return ()
    return writer.say(P.RANK_TIED if standing.ties > 1 else P.RANK, about)


def firm(writer: Writer, about: Subject, *, cap: int = NAMES_IN_LINE) -> Parts:
    """How a unit stands where the plan or a task handed down judges it; references never speak here."""
    facts = writer.facts
    count = len(facts.rows(about, "firm"))
    if not count:
        return ()
    for group, phrase in _FIRM_ALIKE.items():
        if len(facts.rows(about, f"firm&{group}")) == count:
            return writer.say(phrase, about)
    groups = [
        writer.some(P.FIRM_STEADY, about),
        writer.some(P.FIRM_LAGGING, about, cap=cap),
        writer.some(P.FIRM_MISSING, about, cap=cap),
        writer.some(P.FIRM_NOT_DUE, about),
    ]
    return (*writer.say(P.FIRM, about), "中，", *together(groups))


def filing(writer: Writer, about: Subject) -> Parts:
    """What a unit owed for the period and what it sent."""
    standing = writer.facts.card.units[about.unit]
    if not standing.reporting:
        return ()
    if standing.reported == standing.reporting:
        return writer.say(P.ALL_FILED, about)
    if not standing.reported:
        heard = writer.facts.value(Ref("unit_used", subject=about)) is not None
        carried = writer.say(P.UNIT_CARRIED_TO, about) if heard else ("年内从未报送",)
        return together([writer.say(P.NONE_FILED, about), carried])
    return together([writer.say(phrase, about) for phrase in (P.OWED, P.FILED, P.UNFILED)])
