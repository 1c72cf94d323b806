"""The kinds of document: monthly, half-year and annual bulletin, brief, letter to one unit, one area, reminder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from mzplan import zh
from mzplan.bulletin import annexes, concerns, sections
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.indicators import is_carried, sentences
from mzplan.bulletin.model import (
    EVERY,
    WHOLE,
    Annex,
    Bulletin,
    BulletinParagraph,
    BulletinSection,
    Kind,
    Sentence,
    Subject,
    Trace,
)
from mzplan.bulletin.office import NOBODY, Office
from mzplan.bulletin.overview import (
    NOTHING_JUDGED,
    basis,
    how_it_stands,
    left_out,
    mean,
    notes,
    open_of,
    partition,
    reports,
    span,
    states,
)
from mzplan.bulletin.phrases import LISTED, P, Parts, PhraseWriter, together
from mzplan.diagnostics import InputError
from mzplan.period import Period
from mzplan.plan.model import ReportingUnit
from mzplan.said import SCREEN, listed, say
from mzplan.scoring.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which document, about whom, and what stands on it."""

    kind: Kind = "bulletin"
    unit: str = ""
    """A reporting unit's id, for the letter; for a reminder to one unit only."""
    area: int | None = EVERY
    """An action area's number, None for the safeguards; for `area`."""
    draft: bool = False
    dated: str = ""
    """The date of the document as YYYY-MM-DD; nothing is printed without one, for no clock is read."""
    office: Office = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a kind fills in."""

    title: Parts
    is_issued: bool = False
    """Whether its title opens with who issues it, as that of a 通报 or a 函 does."""
    lead: tuple[BulletinParagraph, ...]
    sections: tuple[BulletinSection, ...] = ()
    closing: str = ""
    annexes: tuple[Annex, ...] = ()
    salutation: str = ""
    numbered: bool = True
    with_notes: bool = True
    subject: Subject = WHOLE


def compose(writer: PhraseWriter, request: Request, trace: Trace) -> Bulletin:
    """The document; InputError when the request does not fit the plan or the period."""
    body = KINDS[request.kind](writer, request)
    issuer = request.office.issuer or writer.facts.plan.publisher
    title = (issuer, *body.title) if body.is_issued and issuer else body.title
    recipients = f"{request.office.recipients}：" if body.is_issued and request.office.recipients else ""
    written = Bulletin(
        kind=request.kind,
        title=Sentence((*title, "（草稿）") if request.draft else title),
        salutation=body.salutation or recipients,
        lead=body.lead,
        sections=tuple(section for section in body.sections if section),
        annexes=tuple(table for table in body.annexes if table.rows),
        closing=body.closing,
        notes=(),
        signature=issuer,
        day=request.dated,
        office=request.office if body.is_issued else NOBODY,
        trace=trace,
        draft=request.draft,
        numbered=body.numbered,
        subject=body.subject,
    )
    return replace(written, notes=notes(writer, written)) if body.with_notes else written


def _paragraph(*parts: Parts) -> BulletinParagraph:
    return BulletinParagraph(tuple(Sentence((*part, "。")) for part in parts if part))


def _plan_title(writer: PhraseWriter) -> str:
    title = zh.full_width(writer.facts.plan.title)
    return title if title.startswith("《") else f"《{title}》"


def _lead(writer: PhraseWriter, closing: str) -> BulletinParagraph:
    """As of when, how many indicators, how they stand."""
    opening = (*writer.say(P.UP_TO), f"，{_plan_title(writer)}", *writer.say(P.ALL_OF_PLAN), "中，")
    average = mean(writer)
    whole = (writer.facts.plan.city, *average) if average else ()
    return _paragraph((*opening, *partition(writer, WHOLE)), whole, (closing,) if closing else ())


def _overall(writer: PhraseWriter) -> BulletinSection:
    stands, others = states(writer, WHOLE), left_out(writer, WHOLE)
    told = [
        _paragraph((*stands, "；另有", *others) if stands and others else stands),
        _paragraph(*basis(writer, is_named_below=True), () if stands else others),  # what is not judged is no opening
    ]
    return BulletinSection("总体情况", tuple(one for one in told if one.sentences))


def _bulletin(writer: PhraseWriter, request: Request) -> Body:
    how, facts = how_it_stands(writer), writer.facts
    title = ("关于", *span(writer, request.kind), f"{facts.plan.city}民政重点工作指标{how}的通报")
    return Body(
        title=title,
        is_issued=True,
        lead=(_lead(writer, "现将有关情况通报如下"),),
        sections=(
            _overall(writer),
            BulletinSection(f"分领域{how}", sections.areas_in_short(writer) if facts.is_last else ()),
            BulletinSection("存在问题", concerns.problems(writer)),
            BulletinSection("下步重点", concerns.next_steps(writer)),
            BulletinSection("有关要求", concerns.last_requests(writer)),
        ),
        annexes=(
            annexes.areas(writer),
            annexes.units(writer),
            annexes.indicators(writer, facts.rows(WHOLE)),
        ),
    )


def _part_of_year(writer: PhraseWriter, request: Request) -> Body:
    demand_month(request.kind, writer.facts.period)
    return _bulletin(writer, request)


def demand_month(kind: Kind, period: Period) -> None:
    """Refuse a period that the kind of document is not for; InputError names the one that it is for."""
    if period.month != LAST_MONTH.get(kind, period.month):
        raise InputError(
            say(_OTHER_MONTH, name=_NAMES[kind], given=period, wanted=Period(period.year, LAST_MONTH[kind]))
        )


def _brief(writer: PhraseWriter, request: Request) -> Body:
    facts = writer.facts
    title = (*span(writer, request.kind), f"{facts.plan.city}民政重点工作指标进展简报")
    paragraphs = [_lead(writer, "")]
    is_said = len(facts.rows(WHOLE, "met")) == len(facts.rows(WHOLE, "judged"))  # by what it opens with
    if not (facts.is_silent or is_said) and (done := writer.some(P.MET, WHOLE, named=True)):
        paragraphs.append(BulletinParagraph((Sentence((*done, "。")),), "完成情况："))
    lagging = concerns.late_by_reports(writer, WHOLE, "lagging")
    told = [concerns.in_short(writer, row, has_annex=False) for row in lagging[: concerns.TOLD]]
    is_counted = len(lagging) > concerns.TOLD
    waiting = concerns.open_amounts(writer, is_counted=is_counted)
    if told or waiting:
        all_of_them = (*writer.say(P.LAGGING), *open_of(writer, WHOLE, "lagging"))
        more: Parts = (*all_of_them, "，差距较大的如下") if is_counted else ()
        paragraphs.append(replace(_paragraph(more, together(told, "；"), waiting), label="需要关注："))
    if (reported := _paragraph(*basis(writer))).sentences:
        paragraphs.append(replace(reported, label="数据报送："))
    return Body(title=title, lead=tuple(paragraphs), numbered=False, with_notes=False)


def _unit(writer: PhraseWriter, request: Request) -> Body:
    facts = writer.facts
    unit = _the_unit(writer, request.unit)
    writer = writer.about(unit.id)
    about, how = Subject(unit=unit.id), how_it_stands(writer)
    title = ("关于反馈", *span(writer, request.kind), f"{unit.name}民政重点工作指标{how}的函")
    rows = facts.rows(about)
    if not rows:
        raise InputError(say(_NOTHING_OF, name=unit.name))
    average = mean(writer, about)
    is_old = bool(average) and any(is_carried(writer, row) for row in rows)
    carried: Parts = (*writer.say(P.UNIT_CARRIED_TO, about), "计算") if is_old else ()
    standing = together([average, carried, _ranked(writer, about)])
    referring = annexes.CAUTION.removesuffix("。") if facts.rows(about, "reference") and standing else ""
    filed, owed = sections.filing(writer, about), _owed(writer, about)
    told: list[Parts] = [standing, (referring,) if referring else (), sections.firm(writer, about, named=False)]
    first, *others = [parts for parts in told if parts] or [(NOTHING_JUDGED,)]
    lead = _paragraph(
        (*writer.say(P.UP_TO), "，你单位", *first),
        *others,
        (*writer.say(P.MONTH), *filed) if filed and not owed else (),
        ("现将有关情况函告如下",),
    )
    lagging = concerns.worst_first(facts.rows(about, "firm&lagging"))
    parts = [
        BulletinSection("需要关注的指标", _worst(writer, lagging), (), about),
        BulletinSection("须报送的数据", owed, (), about),
        BulletinSection("下步重点", concerns.next_steps(writer, about), (), about),
    ]
    table = annexes.indicators(writer, rows, unit.name)
    return Body(
        title=title,
        is_issued=True,
        salutation=f"{request.office.names.get(unit.name) or _office_of(unit)}：",
        lead=(lead,),
        sections=tuple(parts),
        closing="特此函告。",
        annexes=(replace(table, sections=sections.areas(writer, unit.id, in_full=True)),),
        subject=about,
    )


def _worst(writer: PhraseWriter, rows: Sequence[Progress]) -> tuple[BulletinParagraph, ...]:
    """What lags, the widest gaps first; the annex has the others."""
    if not rows:
        return ()
    more = (Sentence(("其余见附件。",)),) if len(rows) > LISTED else ()
    return (BulletinParagraph((*sentences(writer, rows[:LISTED]), *more)),)


def _ranked(writer: PhraseWriter, about: Subject) -> Parts:
    place = sections.rank(writer, about)
    return (*place, "（", *writer.say(P.RANKED), "）") if place else ()


def _the_unit(writer: PhraseWriter, unit: str) -> ReportingUnit:
    found = writer.facts.plan.units.get(unit)
    if found is None:
        raise InputError("反馈函要用 --unit 指明填报单位，例如：mzplan summary --unit 名称")
    if found.kind == "bureau":
        raise InputError(say(_TO_ITSELF, name=found.name, unit=found.id))
    return found


def _office_of(unit: ReportingUnit) -> str:
    """Whom a letter to a unit is to; a development zone has no bureau of that name."""
    return f"{unit.name}民政局" if unit.kind == "county" else f"{unit.name}民政工作部门"


def _owed(writer: PhraseWriter, about: Subject) -> tuple[BulletinParagraph, ...]:
    """What a unit has not sent, and since when where that is longer; empty when it owes nothing."""
    facts = writer.facts
    unfiled = facts.rows(about, "unfiled")
    if not unfiled:
        return ()
    told: list[Parts] = [(*writer.say(P.MONTH), *sections.filing(writer, about))]
    if about.unit not in facts.silent:  # of one that is, it is said of all in one
        told += _since(writer, about, len(facts.rows(about, "unfiled&unsent")))
    told.append((*_deadline(writer), "请尽快补报"))
    return (_paragraph(together(told)),)


def _since(writer: PhraseWriter, about: Subject, unfiled: int) -> list[Parts]:
    """Since when each has been owed of which nothing came for longer than the period itself."""
    facts = writer.facts
    told: list[Parts] = []
    for month in range(2, facts.period.month):
        rows = facts.rows(about, f"unfiled&unsent&since={month}")
        if rows and len(rows) == unfiled:
            return [writer.say(P.ALL_SINCE if unfiled > 1 else P.ALONE_SINCE, about, month)]
        if rows:
            names = [zh.full_width(row.indicator.name) for row in rows]
            told.append((*writer.say(P.SINCE, about, month), writer.listed(names)))
    if never := writer.some(P.NEVER, about, named=True) if facts.earlier else ():
        told.append(never)
    return [("其中", *together(told))] if told else []


def _area(writer: PhraseWriter, request: Request) -> Body:
    plan = writer.facts.plan
    if request.area == EVERY:
        raise InputError("领域进展要用 --area 指明行动领域，例如：mzplan summary --area 2")
    about, how = Subject(area=request.area), how_it_stands(writer)
    area = next((area for area in plan.action_areas if area.number == request.area), None)
    if not writer.facts.rows(about):
        raise InputError(say(_NO_AREA, known=listed(str(one.number) for one in plan.action_areas)))
    name = zh.full_width(area.name if area else plan.safeguards_name)
    indicators = sections.area_paragraphs(writer, about, in_full=True)
    filed = [one for one in (_paragraph(*basis(writer, is_named_below=True)),) if one.sentences]
    parts = [
        BulletinSection("总体情况", (*indicators[:1], *filed), (), about),
        BulletinSection("存在问题", concerns.problems(writer, about), (), about),
        BulletinSection("下步重点", concerns.next_steps(writer, about), (), about),
        BulletinSection("有关要求", concerns.last_requests(writer), (), about),
    ]
    table = annexes.indicators(writer, writer.facts.rows(about))
    detail = [
        BulletinSection("指标进展", indicators[1:], (), about),
        BulletinSection("各填报单位进展", sections.units(writer, request.area), (), about),
    ]
    lead = _paragraph((*writer.say(P.UP_TO), f"，{_plan_title(writer)}确定的{name}{how}如下"))
    return Body(
        title=(*span(writer, request.kind), f"{name}{how}"),
        lead=(lead,),
        sections=tuple(parts),
        annexes=(replace(table, sections=tuple(section for section in detail if section)),),
        subject=about,
    )


def _reminder(writer: PhraseWriter, request: Request) -> Body:
    """Messages to paste: who has reported, what each of those lacks that are late, and what they are asked to do."""
    facts = writer.facts
    title = (*writer.say(P.PERIOD), "数据催报")
    owing = [standing.unit for standing in facts.reporters("late") if request.unit in ("", standing.unit)]
    filed = reports(writer, is_named_below=True)
    lead = [_paragraph(filed)] if filed and not request.unit else []
    offices = _offices(facts, owing) if len(owing) > SCREEN else []
    for region in offices:
        told = reports(writer, Subject(unit=region), most=None)
        lead.append(replace(_paragraph(told), label=f"{facts.plan.units_and_regions[region].name}："))
    told_of = {unit for region in offices for unit in facts.plan.members[region]}
    for unit in [one for one in owing if one not in told_of] or filter(None, [request.unit]):
        about = Subject(unit=unit)
        told = (*writer.say(P.PERIOD), *(sections.filing(writer, about) or ("没有应报的指标",)))
        lead.append(replace(_paragraph(told), label=f"{facts.unit_names([unit])[0]}："))
    asked = _ASKED.format(unchanged=_UNCHANGED if any(map(facts.last_heard, owing)) else "")
    if owing or not request.unit:
        lead.append(_paragraph((*_deadline(writer), asked) if owing else ("没有需要催报的单位",)))
    return Body(title=title, lead=tuple(lead), with_notes=False)


def _offices(facts: Facts, units: Sequence[str | None]) -> list[str]:
    """The regions that units are directly in, where all that is directly in them are units."""
    plan = facts.plan
    above = dict.fromkeys(plan.units[unit].parent for unit in units if unit is not None)
    return [region for region in above if region and all(one in plan.units for one in plan.children[region])]


def _deadline(writer: PhraseWriter) -> Parts:
    return (*writer.say(P.DEADLINE_NEXT_YEAR if writer.facts.is_last else P.DEADLINE), "，")


_ASKED = "请核对后尽快补报；{unchanged}不适用的注明理由"
_UNCHANGED = "无新进展的按上期累计数填报，"
LAST_MONTH: Mapping[Kind, int] = {"half-year": 6, "annual": 12}
"""The month of the kinds that are of one period alone."""
_NAMES: Mapping[Kind, str] = {"half-year": "半年通报", "annual": "全年通报"}
_OTHER_MONTH = (
    "{name}以 {wanted} 为报告期，给出的是 {given}。请用 --period {wanted}，或改用 --kind bulletin 写当月通报。"
)
_NOTHING_OF = "计划没有要 {name} 填报或完成的指标，没有可反馈的内容。"
_NO_AREA = "计划没有这个行动领域，或其中没有指标。可用的编号：{known}，工作保障用 0。"
_TO_ITSELF = (
    "{name}就是发文机关自己，不给自己发函。"
    "看本级进展用 mzplan status --unit {unit}，写领域进展用 --area，催报用 --kind reminder。"
)


KINDS: Mapping[Kind, Callable[[PhraseWriter, Request], Body]] = {
    "bulletin": _bulletin,
    "brief": _brief,
    "half-year": _part_of_year,
    "annual": _part_of_year,
    "unit": _unit,
    "area": _area,
    "reminder": _reminder,
}
"""Every kind of document by its name."""
