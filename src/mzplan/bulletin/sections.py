"""The two long sections: how each action area stands, and how each reporting unit stands."""

from mzplan import zh
from mzplan.bulletin.groups import stages_of
from mzplan.bulletin.indicators import NAMES_IN_LINE, sentence
from mzplan.bulletin.model import EVERY, Paragraph, Section, Sentence, Subject
from mzplan.bulletin.overview import mean
from mzplan.bulletin.phrases import P, Parts, Writer, together
from mzplan.plan import ReportingUnit

FEW_MILESTONES = 2
"""Up to so many are told one by one, more than that as a group."""

_CAUTION = "以下综合完成率和位次含参考分解（测算），非正式下达，仅供参考，不作为评价依据。"


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
    measured = [sentence(writer, row) for row in writer.facts.rows(about, "measured")]
    milestones = _milestones(writer, about, in_full=in_full)
    paragraphs = [Paragraph((_area_sentence(writer, about),))]
    paragraphs += [Paragraph(tuple(told)) for told in (measured, milestones) if told]
    return tuple(paragraphs)


def _area_sentence(writer: Writer, about: Subject) -> Sentence:
    facts = writer.facts
    count, judged = len(facts.rows(about)), len(facts.rows(about, "judged"))
    opening = writer.say(P.INVOLVED if about.unit else P.ALL, about)
    if about.unit is not None:
        groups = [
            writer.some(P.FIRM, about),
            writer.some(P.FIRM_STEADY, about),
            writer.some(P.FIRM_LAGGING, about),
            writer.some(P.FIRM_MISSING, about),
        ]
        others = [writer.some(P.REFERENCE, about), writer.some(P.CONTRIBUTING, about)]
        firm = (*groups[0], "中", *together(groups[1:])) if groups[0] else ()
        return Sentence((*together([opening, firm, *others]), "。"))
    if not judged:
        word = "均为定义缺失" if len(facts.rows(about, "undefined")) == count else "均不纳入判定"
        return Sentence((*opening, f"，{word}。"))
    groups = [
        writer.say(P.JUDGED, about) if judged != count else (),
        writer.some(P.STEADY, about),
        writer.some(P.LAGGING, about),
        writer.some(P.MISSING, about),
        writer.say(P.AREA_MEAN, about),
    ]
    return Sentence((*together([opening, *groups]), "。"))


def _milestones(writer: Writer, about: Subject, *, in_full: bool) -> list[Sentence]:
    rows = writer.facts.rows(about, "milestones")
    if in_full or len(rows) <= FEW_MILESTONES:
        return [sentence(writer, row) for row in rows]
    groups = [
        writer.some(P.MILESTONES_MET, about, cap=NAMES_IN_LINE),
        writer.some(P.MILESTONES_STEADY, about, cap=NAMES_IN_LINE),
        writer.some(P.MILESTONES_NOT_DUE, about),
        writer.some(P.MILESTONES_LAGGING, about, cap=NAMES_IN_LINE),
        writer.some(P.MILESTONES_MISSING, about, cap=NAMES_IN_LINE),
    ]
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
    caution = [Paragraph((Sentence((_CAUTION,)),))] if referring and area == EVERY else []
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
    if standing.rank is None:
        return ()
    return writer.say(P.RANK_TIED if standing.ties > 1 else P.RANK, about)


def firm(writer: Writer, about: Subject) -> Parts:
    """How a unit stands where the plan or a task handed down judges it; references never speak here."""
    count = len(writer.facts.rows(about, "firm"))
    if not count:
        return ()
    groups = [
        writer.some(P.FIRM_STEADY, about),
        writer.some(P.FIRM_LAGGING, about, cap=NAMES_IN_LINE),
        writer.some(P.FIRM_MISSING, about, cap=NAMES_IN_LINE),
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
        return writer.say(P.NONE_FILED, about)
    return together([writer.say(phrase, about) for phrase in (P.OWED, P.FILED, P.UNFILED)])


def has_milestones(writer: Writer, about: Subject) -> bool:
    """Whether any of the subject's rows is a milestone."""
    return any(stages_of(row) for row in writer.facts.rows(about))
