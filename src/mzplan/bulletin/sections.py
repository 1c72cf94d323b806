"""The two long sections: how each action area stands, and how each reporting unit stands."""

from collections.abc import Iterable

from mzplan import zh
from mzplan.bulletin.indicators import UNCLEAR_OF_IT, is_carried, sentences
from mzplan.bulletin.model import EVERY, WHOLE, BulletinParagraph, BulletinSection, Ref, Sentence, Subject
from mzplan.bulletin.overview import is_all_done, is_complete, mean, not_yet, open_of, reports, with_late
from mzplan.bulletin.phrases import NEVER_SENT, P, Parts, PhraseWriter, together
from mzplan.plan.model import ReportingUnit
from mzplan.plan.unit_lists import told_one_by_one

FEW_MILESTONES = 2
"""Up to so many are told one by one, more than that as a group."""

_ALL_ALIKE = {
    "met": P.ALL_AREA_MET,
    "steady": P.ALL_AREA_STEADY,
    "missing": P.ALL_AREA_MISSING,
    "not_due": P.ALL_AREA_NOT_DUE,
    "lagging": P.ALL_AREA_LAGGING,
}
_GROUPS = {
    "steady": P.STEADY,
    "lagging": P.LAGGING,
    "missing&due": P.MISSING_DUE,
    "not_due": P.NOT_DUE,
    "missing&later": P.MISSING_LATER,
}
"""How the indicators of an area stand."""
_MILESTONES_ALIKE = {
    "met": P.MILESTONES_ALL_MET,
    "on_schedule": P.MILESTONES_ALL_STEADY,
    "not_due&begun": P.MILESTONES_ALL_UNDER_WAY,
    "not_due&idle": P.MILESTONES_ALL_IDLE,
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
    P.MILESTONES_NOT_APPLICABLE,
)
_FIRM_ALIKE = {
    "steady": P.FIRM_ALL_STEADY,
    "missing": P.FIRM_ALL_MISSING,
    "not_due": P.FIRM_ALL_NOT_DUE,
    "lagging": P.FIRM_ALL_LAGGING,
}


def areas(writer: PhraseWriter, unit: str | None = None, *, in_full: bool = False) -> tuple[BulletinSection, ...]:
    """A section for each action area, and one for the safeguards, of the city or of one unit; none without content."""
    return tuple(
        BulletinSection(name, area_paragraphs(writer, about, in_full=in_full), (), about)
        for name, about in _named(writer, unit)
    )


def areas_in_short(writer: PhraseWriter) -> tuple[BulletinParagraph, ...]:
    """How much of each of several areas is done, for what is signed: its annex has the rest.

    None where most units are silent, and where the lead says that all is done.
    """
    if writer.facts.is_silent or is_all_done(writer, WHOLE):
        return ()
    fields = {area.number: area.short for area in writer.facts.plan.action_areas if area.short != area.name}
    named = [
        (f"{zh.full_width(fields[about.area])}领域" if about.area in fields else name, about)
        for name, about in _named(writer, None)
    ]
    clauses: list[Parts] = [(name, *said) for name, about in named if (said := _done(writer, about))]
    return (BulletinParagraph((Sentence((*together(clauses, "；"), "。")),)),) if len(clauses) > 1 else ()


def _done(writer: PhraseWriter, about: Subject) -> Parts:
    """How many of an area's indicators are done, of how many the annex tells; how all stand where none is."""
    if is_all_done(writer, about):
        return writer.say(P.ALL_MET, about)
    if done := writer.some(P.STEADY, about):
        return (*done, *open_of(writer, about, "steady"))
    if len(writer.facts.rows(about, "lagging&sure")) == len(writer.facts.rows(about)):
        return writer.say(P.ALL_AREA_LAGGING, about)
    return together([writer.some(P.SHOULD, about), *_standing(writer, about)])


def _named(writer: PhraseWriter, unit: str | None) -> list[tuple[str, Subject]]:
    """The areas that have something of the city's or of a unit's, by name; the safeguards come last."""
    plan = writer.facts.plan
    named: list[tuple[int | None, str]] = [(area.number, area.name) for area in plan.action_areas]
    named.append((None, plan.safeguards_name))
    abouts = [(zh.full_width(name), Subject(unit=unit, area=number)) for number, name in named]
    return [(name, about) for name, about in abouts if writer.facts.rows(about)]


def area_paragraphs(writer: PhraseWriter, about: Subject, *, in_full: bool = False) -> tuple[BulletinParagraph, ...]:
    """An area: how many indicators and how they stand, then the measured ones, then the milestones."""
    paragraphs = [BulletinParagraph((Sentence((*_area_clauses(writer, about), "。")),))]
    if all(row.actual is None for row in writer.facts.rows(about)):
        return tuple(paragraphs)
    measured = tuple(sentences(writer, writer.facts.rows(about, "measured")))
    milestones = tuple(_milestones(writer, about, in_full=in_full))
    return (*paragraphs, *(BulletinParagraph(told) for told in (measured, milestones) if told))


def _area_clauses(writer: PhraseWriter, about: Subject) -> Parts:
    if about.unit is not None:
        carried = any(is_carried(writer, row) for row in writer.facts.rows(about))
        told = writer.say(P.UNIT_CARRIED_TO, about) if carried else ()
        return together([writer.say(P.INVOLVED, about), firm(writer, about, named=False), told])
    facts = writer.facts
    count, judged = len(facts.rows(about)), len(facts.rows(about, "judged"))
    average = _average(writer, about)
    unsaid = {"met": not is_complete(writer, about), "steady": facts.is_over}
    for group, phrase in _ALL_ALIKE.items():
        if len(facts.rows(about, group)) == count and not unsaid.get(group):
            said = not_yet(writer, phrase, about) if group == "not_due" else writer.say(phrase, about)
            return together([(*said, *open_of(writer, about, group)), average])
    if not judged:
        alike = len(facts.rows(about, "undefined")) == count
        return (*writer.say(P.ALL, about), f"，均{UNCLEAR_OF_IT}" if alike else "，均暂不评价")
    whole = [writer.say(P.ALL, about), *([] if judged == count else [writer.say(P.JUDGED, about)])]
    return together([*whole, *_standing(writer, about), average])


def _standing(writer: PhraseWriter, about: Subject) -> list[Parts]:
    """How many of an area's indicators are in each group."""
    return [
        not_yet(writer, phrase, about)
        if group == "not_due"
        else (*writer.some(phrase, about), *open_of(writer, about, group))
        for group, phrase in _GROUPS.items()
    ]


def _average(writer: PhraseWriter, about: Subject) -> Parts:
    """An area's completion, of what is judged in it."""
    share = P.AREA_MEAN if writer.facts.plan.is_divided else P.OVERALL
    is_known = writer.facts.rows(about, "judged") and writer.facts.value(Ref("area_mean", "", about))
    return writer.say(share, about) if is_known else ()


def _milestones(writer: PhraseWriter, about: Subject, *, in_full: bool) -> Iterable[Sentence]:
    rows = writer.facts.rows(about, "milestones")
    if in_full or len(rows) <= FEW_MILESTONES:
        return sentences(writer, rows)
    for group, phrase in _MILESTONES_ALIKE.items():
        if len(writer.facts.rows(about, f"milestones&{group}")) == len(rows):
            idle = writer.some(P.MILESTONES_IDLE, about) if phrase == P.MILESTONES_ALL_NOT_DUE else ()
            return [Sentence((*together([writer.say(phrase, about), idle]), "。"))]
    groups = [writer.some(phrase, about, named=True) for phrase in _MILESTONE_GROUPS]
    groups.insert(2, writer.some(P.MILESTONES_NOT_DUE, about))
    return [Sentence((*writer.say(P.MILESTONES, about), "，其中", *together(groups), "。"))] if any(groups) else []


def units(writer: PhraseWriter, area: int | None = EVERY) -> tuple[BulletinParagraph, ...]:
    """A paragraph for each unit, of many each region, of which there is something to say, in plan order."""
    plan = writer.facts.plan
    found = (
        _unit_paragraph(writer, plan.units[one], area) if one in plan.units else _region_paragraph(writer, one, area)
        for one in told_one_by_one(plan)
    )
    return tuple(paragraph for paragraph in found if paragraph.sentences)


def _unit_paragraph(writer: PhraseWriter, unit: ReportingUnit, area: int | None) -> BulletinParagraph:
    """How a unit stands; that it has sent everything it owes goes without saying."""
    about = Subject(unit=unit.id, area=area)
    told = [firm(writer, about)]
    if area == EVERY:
        late = unit.id in (one.unit for one in writer.facts.reporters("late"))
        if unit.id in writer.facts.silent and len(writer.facts.rows(about, "firm&missing")) == len(
            writer.facts.rows(about, "firm")
        ):
            told = []  # it is said of all that it owes
        told = [
            together([mean(writer, about), rank(writer, about)]),
            *told,
            (*writer.say(P.MONTH), *filing(writer, about)) if late else (),
        ]
    return BulletinParagraph(tuple(Sentence((*parts, "。")) for parts in told if parts), f"{unit.name}：")


def _region_paragraph(writer: PhraseWriter, region: str, area: int | None) -> BulletinParagraph:
    """How a region stands, and who of it has reported; nothing within an area, of which its table tells."""
    about, name = Subject(unit=region), writer.facts.plan.units_and_regions[region].name
    told = [mean(writer, about), reports(writer, about)] if area == EVERY else []
    return BulletinParagraph(tuple(Sentence((*parts, "。")) for parts in told if parts), f"{name}：")


def rank(writer: PhraseWriter, about: Subject) -> Parts:
    """Where the unit comes in the ranking, and whether it shares the place.

    Nothing for a unit that is not ranked, and of nobody where references weigh in: they are no grounds for a place.
    """
    facts = writer.facts
    standing = facts.card.units[about.unit]
    if standing.rank is None or facts.is_referring or not mean(writer, about) or facts.value(Ref("ranked")) == 1:
        return ()
    return writer.say(P.RANK_TIED if standing.ties > 1 else P.RANK, about)


def firm(writer: PhraseWriter, about: Subject, *, named: bool = True) -> Parts:
    """How a unit stands where the plan or a task handed down judges it; references never speak here."""
    facts = writer.facts
    count = len(facts.rows(about, "firm"))
    if not count:
        return ()
    for group, phrase in _FIRM_ALIKE.items():
        if len(facts.rows(about, f"firm&{group}")) == count:
            said = writer.say(phrase, about)
            return with_late(writer, about, said) if group == "steady" else said
    groups = [
        with_late(writer, about, writer.some(P.FIRM_STEADY, about)),
        writer.some(P.FIRM_LAGGING, about, named=named),
        writer.some(P.FIRM_MISSING, about, named=named),
        writer.some(P.FIRM_UNREAD, about, named=named),
        writer.some(P.FIRM_NOT_DUE, about),
    ]
    return (*writer.say(P.FIRM, about), "中，", *together(groups))


def filing(writer: PhraseWriter, about: Subject, *, named: bool = True) -> Parts:
    """What a unit owed for the period, what it sent, and what not, by name where it is asked for."""
    standing = writer.facts.card.units[about.unit]
    if not standing.reporting:
        return ()
    if standing.reported == standing.reporting:
        return writer.say(P.ALL_FILED, about)
    if not standing.reported:
        heard = writer.facts.value(Ref("unit_used", subject=about)) is not None
        never: Parts = (NEVER_SENT,) if writer.facts.earlier else ()
        carried = writer.say(P.UNIT_CARRIED_TO, about) if heard else never
        since = writer.facts.value(Ref("unit_since", subject=about))
        is_longer = since is not None and since < writer.facts.period.month
        return together([writer.say(P.NONE_FILED_SINCE if is_longer else P.NONE_FILED, about), carried])
    owed = [writer.say(P.OWED, about), writer.say(P.FILED, about)]
    return together([*owed, *(writer.some(phrase, about, named=named) for phrase in (P.UNFILED, P.NOT_READ))])
