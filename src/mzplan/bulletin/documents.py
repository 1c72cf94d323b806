"""The kinds of document: monthly, half-year and annual bulletin, brief, letter to one unit, one area, reminder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mzplan import zh
from mzplan.bulletin import annexes, concerns, sections
from mzplan.bulletin.indicators import NAMES_IN_LINE, clauses, sentences
from mzplan.bulletin.model import (
    EVERY,
    WHOLE,
    Bulletin,
    Kind,
    Paragraph,
    Section,
    Sentence,
    Subject,
    Table,
    Trace,
)
from mzplan.bulletin.overview import left_out, mean, notes, partition, reports, span, standings, states
from mzplan.bulletin.phrases import P, Parts, Writer, together
from mzplan.diagnostics import InputError
from mzplan.plan.model import REFERENCE_CAUTION, ReportingUnit

TOP_CONCERNS = 3
"""How many lagging figures a brief tells."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a kind fills in."""

    title: Parts
    lead: tuple[Paragraph, ...]
    sections: tuple[Section, ...] = ()
    annexes: tuple[Table, ...] = ()
    salutation: str = ""
    numbered: bool = True
    with_notes: bool = True
    subject: Subject = WHOLE


def compose(writer: Writer, request: Request, trace: Trace) -> Bulletin:
    """The document; InputError when the request does not fit the plan or the period."""
    body = KINDS[request.kind](writer, request)
    plan = writer.facts.plan
    return Bulletin(
        kind=request.kind,
        title=Sentence((*body.title, "（草稿）") if request.draft else body.title),
        salutation=body.salutation,
        lead=body.lead,
        sections=tuple(section for section in body.sections if section),
        annexes=tuple(table for table in body.annexes if table.rows),
        notes=notes(writer, body.subject.unit) if body.with_notes else (),
        signature=plan.publisher,
        dated=zh.dated(request.dated),
        trace=trace,
        draft=request.draft,
        numbered=body.numbered,
        subject=body.subject,
    )


def _paragraph(*parts: Parts) -> Paragraph:
    return Paragraph(tuple(Sentence((*part, "。")) for part in parts if part))


def _plan_title(writer: Writer) -> str:
    title = zh.full_width(writer.facts.plan.title)
    return title if title.startswith("《") else f"《{title}》"


def _lead(writer: Writer, closing: str) -> Paragraph:
    """As of when, how many indicators, how they stand."""
    opening = (*writer.say(P.UP_TO), f"，{_plan_title(writer)}", *writer.say(P.ALL_OF_PLAN), "中，")
    average = mean(writer)
    whole = (writer.facts.plan.city, *average) if average else ()
    return _paragraph((*opening, *partition(writer, WHOLE)), whole, (closing,) if closing else ())


def _overall(writer: Writer) -> Section:
    told = [
        ("从进度看，", *together([states(writer, WHOLE), left_out(writer, WHOLE)], "；")),
        ("从报送看，", *reports(writer)) if reports(writer) else (),
    ]
    return Section("总体情况", tuple(_paragraph(parts) for parts in told if parts and len(parts) > 1))


def _bulletin(writer: Writer, request: Request) -> Body:
    word = "完成" if request.kind == "annual" else "进展"
    title = (*span(writer, request.kind), f"{writer.facts.plan.city}民政重点工作指标{word}情况通报")
    whole = Section("分领域进展", (), sections.areas(writer))
    parts = [
        _overall(writer),
        whole,
        Section(sections.units_heading(writer), sections.units(writer)),
        Section("存在问题", concerns.problems(writer)),
        Section("下步重点", concerns.next_steps(writer)),
    ]
    tables = (
        annexes.areas(writer),
        annexes.units(writer),
        annexes.indicators(writer, writer.facts.rows(WHOLE)),
    )
    return Body(
        title=title,
        lead=(_lead(writer, "现将有关情况通报如下"),),
        sections=tuple(parts),
        annexes=tables,
    )


def _half_year(writer: Writer, request: Request) -> Body:
    _demand_month(writer, 6, "半年通报")
    return _bulletin(writer, request)


def _annual(writer: Writer, request: Request) -> Body:
    _demand_month(writer, 12, "全年通报")
    return _bulletin(writer, request)


def _demand_month(writer: Writer, month: int, name: str) -> None:
    period = writer.facts.period
    if period.month != month:
        raise InputError(
            f"{name}以{month}月为报告期，给出的是 {period}。请用 --period {period.year}-{month:02d},"
            "或改用 --kind bulletin 写当月通报。"
        )


def _brief(writer: Writer, request: Request) -> Body:
    facts = writer.facts
    title = (*span(writer, request.kind), f"{facts.plan.city}民政重点工作指标进展简报")
    paragraphs = [_lead(writer, "")]
    early = writer.some(P.MET, WHOLE, cap=5)
    if early:
        paragraphs.append(Paragraph((Sentence((*early, "。")),), "进展较快的："))
    if lagging := concerns.worst_first(facts.rows(WHOLE, "lagging")):
        told: list[Parts] = [clauses(writer, row) for row in lagging[:TOP_CONCERNS]]
        opening = writer.say(P.LAGGING)
        opening = (*opening, "，差距较大的是：" if len(lagging) > TOP_CONCERNS else "：")
        paragraphs.append(Paragraph((Sentence((*opening, *together(told, "；"), "。")),), "需要关注的："))
    if said := reports(writer):
        paragraphs.append(Paragraph((Sentence((*said, "。")),), "数据报送："))
    return Body(title=title, lead=tuple(paragraphs), numbered=False, with_notes=False)


def _unit(writer: Writer, request: Request) -> Body:
    facts = writer.facts
    unit = _the_unit(writer, request.unit)
    writer = writer.about(unit.id)
    about = Subject(unit=unit.id)
    title = ("关于", *span(writer, request.kind), f"{unit.name}民政重点工作指标进展情况的反馈函")
    rows = facts.rows(about)
    if not rows:
        raise InputError(f"计划没有要 {unit.name} 填报或完成的指标，没有可反馈的内容。")
    standing = together([mean(writer, about), _ranked(writer, about)])
    referring = f"{standings(writer)}含{REFERENCE_CAUTION}，仅供参考" if facts.rows(about, "reference") else ""
    filed = (*writer.say(P.MONTH), *sections.filing(writer, about)) if sections.filing(writer, about) else ()
    lead = _paragraph(
        (*writer.say(P.UP_TO), "，你单位", *standing) if standing else (),
        (referring,) if referring and standing else (),
        sections.firm(writer, about),
        filed,
        ("现将有关情况反馈如下",),
    )
    lagging = tuple(sentences(writer, facts.rows(about, "firm&lagging")))
    parts = [
        Section("进展情况", (), sections.areas(writer, unit.id, in_full=True), about),
        Section("需要关注的指标", (Paragraph(lagging),) if lagging else (), (), about),
        Section("未报数据", _owed(writer, about), (), about),
        Section("下步重点", concerns.next_steps(writer, about), (), about),
    ]
    table = annexes.indicators(writer, rows, f"{unit.name}各项指标进展情况")
    return Body(
        title=title, salutation=f"{unit.name}：", lead=(lead,), sections=tuple(parts), annexes=(table,), subject=about
    )


def _ranked(writer: Writer, about: Subject) -> Parts:
    place = sections.rank(writer, about)
    return (*place, "（", *writer.say(P.RANKED), "）") if place else ()


def _the_unit(writer: Writer, unit: str) -> ReportingUnit:
    found = writer.facts.plan.units.get(unit)
    if found is None:
        raise InputError("反馈函要用 --unit 指明填报单位，例如：mzplan summary --unit 名称")
    return found


def _owed(writer: Writer, about: Subject) -> tuple[Paragraph, ...]:
    """What a unit has not sent, by since when; empty when it owes nothing."""
    facts = writer.facts
    months = sorted({row.record_period.month + 1 for row in facts.rows(about, "unfiled") if row.record_period})
    told: list[Parts] = []
    for month in months:
        names = [zh.full_width(row.indicator.name) for row in facts.rows(about, f"unfiled&since={month}")]
        told.append((*writer.say(P.SINCE, about, month), f"（{zh.joined(names, NAMES_IN_LINE)}）"))
    told.append(writer.some(P.NEVER, about, cap=NAMES_IN_LINE))
    if not any(told):
        return ()
    return (_paragraph(together([*told, writer.say(P.DEADLINE if facts.period.month < 12 else P.DEADLINE_NEXT_YEAR)])),)


def _area(writer: Writer, request: Request) -> Body:
    plan = writer.facts.plan
    about = Subject(area=request.area)
    area = next((area for area in plan.action_areas if area.number == request.area), None)
    if not writer.facts.rows(about):
        known = "、".join(str(one.number) for one in plan.action_areas)
        raise InputError(f"计划没有这个行动领域，或其中没有指标。可用的编号：{known},工作保障用 0。")
    name = zh.full_width(area.name if area else plan.safeguards_name)
    title = (*span(writer, request.kind), f"{name}进展情况")
    indicators = sections.area_paragraphs(writer, about, in_full=True)
    parts = [
        Section("总体情况", indicators[:1], (), about),
        Section("指标进展", indicators[1:], (), about),
        Section(sections.units_heading(writer), sections.units(writer, request.area), (), about),
        Section("下步重点", concerns.next_steps(writer, about), (), about),
    ]
    table = annexes.indicators(writer, writer.facts.rows(about))
    lead = _paragraph((*writer.say(P.UP_TO), f"，{_plan_title(writer)}中“{name}”的进展情况如下"))
    return Body(title=title, lead=(lead,), sections=tuple(parts), annexes=(table,), subject=about)


def _reminder(writer: Writer, request: Request) -> Body:
    facts = writer.facts
    title = (*writer.say(P.PERIOD), "数据催报")
    owing = [
        standing.unit
        for standing in facts.reporters("all")
        if standing.reported < standing.reporting and request.unit in ("", standing.unit)
    ]
    lead = (_paragraph(reports(writer)),) if reports(writer) and not request.unit else ()
    if not owing:
        lead = (*lead, _paragraph(("没有需要催报的单位",)))
    messages = []
    for unit in owing:
        about = Subject(unit=unit)
        name = facts.unit_names([unit])[0]
        head = Paragraph((Sentence((*writer.say(P.PERIOD), *sections.filing(writer, about), "。")),), f"{name}：")
        ask = _paragraph(("请核对后尽快补报；无新进展的按上期累计数填报，没有发生过的报零，不适用的注明理由",))
        messages.append(Section(name, (head, *_owed(writer, about), ask), (), about))
    return Body(title=title, lead=lead, sections=tuple(messages), with_notes=False)


KINDS: Mapping[Kind, Callable[[Writer, Request], Body]] = {
    "bulletin": _bulletin,
    "brief": _brief,
    "half-year": _half_year,
    "annual": _annual,
    "unit": _unit,
    "area": _area,
    "reminder": _reminder,
}
"""Every kind of document by its name."""

KIND_ZH: Mapping[Kind, str] = {
    "bulletin": "通报",
    "brief": "简报",
    "half-year": "半年通报",
    "annual": "全年通报",
    "unit": "反馈函",
    "area": "领域进展",
    "reminder": "催报单",
}
