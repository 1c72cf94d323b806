"""What lags and what is to be done next: from statuses, required pace and due dates, with nothing invented."""

from collections.abc import Mapping, Sequence

from mzplan.bulletin.groups import concerned, is_firm, is_judged_one_by_one, passes, stages_of
from mzplan.bulletin.indicators import (
    WAITING,
    amount,
    clauses,
    due,
    lacks_a_part,
    name_of,
    sent_before,
    speaker,
    subject_of,
)
from mzplan.bulletin.model import WHOLE, BulletinParagraph, Ref, Sentence, Subject
from mzplan.bulletin.phrases import LISTED, P, Parts, PhraseWriter, together
from mzplan.said import SCREEN
from mzplan.scoring.pace import Pace, Reach
from mzplan.scoring.progress import Progress, Status, severity
from mzplan.zh import firstly

TOLD = 3
"""How many figures a document without annexes tells, and how many a sentence names; the annex has them all."""
_OF_A_POINT = 2
"""How many clauses a point of what is signed has: with three its date and contact stand on a third page."""

REACH_WORDS: Mapping[Reach, str] = {
    Reach.WITHIN_REACH: "保持目前进度可如期完成",
    Reach.TIGHT: "高于此前月均，须加快进度",
    Reach.OUT_OF_REACH: "高于此前任何一个月，如期完成难度较大",
}

_PACED: Mapping[tuple[bool, bool], P] = {
    (False, False): P.PACE,
    (False, True): P.PACE_NEXT,
    (True, False): P.PACE_TO_BAND,
    (True, True): P.PACE_TO_BAND_NEXT,
}
"""What is said of the pace by whether its target is about so much, and whether one month is left."""

_OF_ALL: Mapping[P, P] = {P.LACKING: P.ALL_LACKING, P.SLOW: P.ALL_SLOW, P.UNFINISHED: P.ALL_UNFINISHED}
"""What is said instead where nobody whom it concerns has done it."""

Point = tuple[str, list[Parts]]
"""What a point is about, in a short sentence, and its clauses."""


def points(found: Sequence[Point]) -> tuple[BulletinParagraph, ...]:
    """Points as paragraphs: 一是…；…。 The counting words only where there are several."""
    several = len(found) > 1
    return tuple(
        BulletinParagraph(
            (Sentence(((firstly(number) if several else "") + title + "。", *together(told, "；"), "。")),)
        )
        for number, (title, told) in enumerate(found, 1)
    )


def problems(writer: PhraseWriter, about: Subject = WHOLE) -> tuple[BulletinParagraph, ...]:
    """存在问题: the indicators first, then the units; only what the reports show, and nothing twice."""
    found: list[Point] = []
    rows = late_by_reports(writer, about, "lagging")
    judged = len(writer.facts.rows(about, "judged"))
    if rows:
        short = "未完成" if writer.facts.is_over else "未达到进度要求"
        short = "超出目标" if all(row.status is Status.EXCEEDED for row in rows) else short
        title = f"{_few(len(rows), judged, '各项')}指标{short}"
        found.append((title, _few_of([in_short(writer, row) for row in rows])))
    if lacking := _lacking_rows(writer, about, rows[:_OF_A_POINT]):
        late = {one.unit for row in lacking for one in writer.facts.addends(subject_of(row), "firm&lagging")}
        meant = {one.unit for row in lacking for one in concerned(row)}
        title = (
            f"{_few(len(late), len(meant), '各有关')}单位{'有任务未完成' if writer.facts.is_over else '未达到进度要求'}"
        )
        found.append((title, _few_of([_lacking(writer, row) for row in lacking])))
    unheard, waiting = writer.facts.rows(about, "missing"), open_yet(writer, about)
    if unheard or waiting:
        count = len(unheard) + len(writer.facts.rows(about, "lagging&open"))
        told = [one for one in (_unheard(writer, about, named=len(unheard) <= TOLD), waiting) if one]
        if max(len(unheard), count - len(unheard)) > TOLD:
            told = [*told, ("具体见附件",)] if len(told) > 1 else [(*told[0], "，见附件")]
        found.append((f"{_few(count, judged, '各项')}指标尚未报齐", told))
    return points(found)


def _unheard(writer: PhraseWriter, about: Subject, *, named: bool) -> Parts:
    """How much is 未报齐, and where some of it is not due, how much is: the lead tells the two apart."""
    said, due = writer.some(P.MISSING, about, named=named), len(writer.facts.rows(about, "missing&due"))
    if not 0 < due < len(writer.facts.rows(about, "missing")):
        return said
    return ("共", *said, "，其中", *writer.say(P.MISSING_DUE, about))


def _few(count: int, whole: int, all_of_them: str) -> str:
    return "个别" if count == 1 else all_of_them if count == whole else "部分"


def _few_of(told: Sequence[Parts]) -> list[Parts]:
    """The first few, and where the others are."""
    more: list[Parts] = [("其余见附件",)] if len(told) > _OF_A_POINT else []
    return [*told[:_OF_A_POINT], *more]


def late_by_reports(writer: PhraseWriter, about: Subject, group: str) -> list[Progress]:
    """What lags whatever those report that sent nothing, the worst first."""
    return worst_first(writer.facts.rows(about, f"{group}&sure"))


def open_yet(writer: PhraseWriter, about: Subject = WHOLE) -> Parts:
    """What lags by the reports so far, and may not once all have reported: no finding, but a count with few names."""
    said = writer.some(P.OPEN, about)
    names = [name_of(row) for row in worst_first(writer.facts.rows(about, "lagging&open"))]
    return (*said, writer.listed(names) if len(names) <= TOLD else "", "，", WAITING) if said else ()


def open_amounts(writer: PhraseWriter, *, is_counted: bool) -> Parts:
    """The same where there is no annex: with what the first few have reached; their count, unless it is told before."""
    rows = worst_first(writer.facts.rows(WHOLE, "lagging&open"))
    told = [(name_of(row), *amount(writer, row)) for row in rows[:TOLD]]
    if not told:
        return ()
    amounts = (*together(told, "、"), "等" if len(rows) > TOLD else "")
    if is_counted:
        return (*amounts, "，", WAITING)
    return (*writer.some(P.OPEN), "（", *amounts, "）", "，", WAITING)


def worst_first(rows: Sequence[Progress]) -> list[Progress]:
    """What has passed its limit, then by gap, the widest first; equal ones in plan order."""
    return sorted(rows, key=severity)


def _lacking_rows(writer: PhraseWriter, about: Subject, told: Sequence[Progress]) -> list[Progress]:
    """Promises of several units that some lag behind, those of most units first; none whose units are told already."""
    lacking = []
    named = {row.indicator.id for row in told if is_judged_one_by_one(row) or stages_of(row)}
    for row in writer.facts.rows(about):
        behind = len(writer.facts.addends(subject_of(row), "firm&lagging"))
        heard = len(concerned(row)) - len(writer.facts.addends(subject_of(row), "missing"))
        if heard > 1 and behind and row.indicator.id not in named:
            lacking.append((behind, row))
    return [row for _, row in sorted(lacking, key=lambda pair: -pair[0])]


def in_short(writer: PhraseWriter, row: Progress, *, has_annex: bool = True) -> Parts:
    """What a row falls short of, for what is signed: its amounts, and who has done it, stand in the annex."""
    lacking = _lacking(writer, row) if len(concerned(row)) > 1 and row.indicator.applies_to != "total" else ()
    return lacking if len(lacking) > 1 else clauses(writer, row, has_annex=has_annex)


def _lacking(writer: PhraseWriter, row: Progress) -> Parts:
    """Who has not done it, by name unless that is everybody whom it concerns and more than a list holds."""
    about = subject_of(row)
    done = P.UNFINISHED if stages_of(row) else P.LACKING
    phrase = done if row.schedule.is_due(writer.facts.period) else P.SLOW
    is_of_all = len(writer.facts.addends(about, "firm&lagging")) == len(concerned(row)) > LISTED
    said = writer.say(_OF_ALL[phrase], about) if is_of_all else writer.some(phrase, about, named=True)
    return (name_of(row), *together([said, sent_before(writer, row)]))


def next_steps(writer: PhraseWriter, about: Subject = WHOLE) -> tuple[BulletinParagraph, ...]:
    """下步重点: what the lagging figures need each month, what is overdue, what falls due next, what to report.

    None once the year is over: `last_requests` has what is asked then.
    """
    facts = writer.facts
    if facts.is_last:
        return ()
    found: list[Point] = []
    rows = [row for row in late_by_reports(writer, about, "behind") if row.unit is None or is_firm(row)]
    if paced := [told for row in rows if (told := _pace(writer, row))]:
        found.append(("加快滞后指标进度", _few_of(paced)))
    if overdue := writer.some(P.OVERDUE_SURELY, about, named=True):
        found.append(("办结到期事项", [overdue]))
    if due := _next_due(writer, about):
        found.append(("把握到期时间", due))
    late = _asked(writer) if about.unit is None else []
    if facts.reporters("all"):
        late.append(writer.say(P.NEXT_DEADLINE if facts.period.month < 11 else P.NEXT_DEADLINE_NEXT_YEAR))
    if late:
        found.append(("做好数据报送", late))
    return points(found)


def last_requests(writer: PhraseWriter) -> tuple[BulletinParagraph, ...]:
    """有关要求: after the year's last period, when nothing can be done for the year, its reports can still be sent."""
    asked = _asked(writer) if writer.facts.is_last else []
    return (BulletinParagraph((Sentence((*together(asked, "；"), "。")),)),) if asked else ()


def _firm_only(about: Subject, group: str) -> str:
    return group if about.unit is None else f"firm&{group}"


def _pace(writer: PhraseWriter, row: Progress) -> Parts:
    """What a row that lags still needs; whether it can be had is said only where nobody is silent."""
    spoken, opening = speaker(writer, row)
    name, about = opening + name_of(spoken), subject_of(spoken)
    if is_judged_one_by_one(spoken):
        lacking = _lacking(writer, spoken)[1:]
        return (name, *lacking, "，须尽快达标") if lacking else ()
    if stages_of(spoken):
        return (name, "须在", *due(writer, spoken))
    if not spoken.indicator.additive:
        left = _rate_left(writer, spoken)
        return (name, *left) if left else ()
    need = writer.facts.pace(about)
    if need is None or lacks_a_part(writer, spoken):
        return ()
    if need.least is None or spoken.indicator.report_every != "month":
        return (name, *writer.say(P.REMAINING, about))
    so_far = _so_far(writer, row, need) if row.unit is not None else ()
    is_about = spoken.target is not None and spoken.target.operator == "about"
    paced = _PACED[is_about, need.months == 1]
    said = [writer.say(P.REMAINING, about), (*writer.say(paced, about), *so_far)]
    if need.reach is not None and spoken.reported == spoken.reporting:
        said.append((REACH_WORDS[need.reach],) if need.best is not None and need.best > 0 else ("须尽快启动",))
    return (name, *together(said))


def _so_far(writer: PhraseWriter, row: Progress, need: Pace) -> Parts:
    """What the months so far have brought, in brackets; a fall is no pace to compare with."""
    if need.mean is None or need.best is None:
        return ()
    if need.best <= 0:
        return ("（此前尚无增长）",)
    phrases = (P.PACE_MEAN, P.PACE_BEST) if need.mean > 0 else (P.PACE_BEST,)
    return ("（", *together([writer.say(phrase, subject_of(row)) for phrase in phrases], "、"), "）")


def _rate_left(writer: PhraseWriter, row: Progress) -> Parts:
    """A rate does not add up month by month: how far it is from its target."""
    if row.actual is None or row.target is None or row.target.operator != "at_least":
        return ()
    about = subject_of(row)
    full = row.indicator.unit == "%" and row.target.value == 100
    return (*writer.say(P.GOAL_SHORT if full else P.GOAL_SHORT_AT_LEAST, about), "，须尽快达到")


def _next_due(writer: PhraseWriter, about: Subject) -> list[Parts]:
    """What falls due at the nearest date to come, of those rows that are judged; by name where they are few.

    What nobody has reported is counted for itself: it may be done, and it is not left out unsaid.
    """
    facts = writer.facts
    group = _firm_only(about, "unmet")
    months = [
        row.schedule.due.month
        for row in facts.rows(about, group)
        if row.schedule.due > facts.period and row.schedule.due.year == facts.period.year
        if row.schedule.kind != "always"
    ]
    if not months:
        return []
    month = str(min(months))
    phrase = P.DUE_THEN if about.unit is None else P.FIRM_DUE_THEN
    names = [name_of(row) for row in facts.rows(about, group) if passes(row, f"due={month}", facts.card)]
    told = writer.say(phrase, about, month)
    unheard = P.MISSING_THEN if about.unit is None else P.FIRM_MISSING_THEN
    is_open = any(passes(row, f"due={month}", facts.card) for row in facts.rows(about, _firm_only(about, "missing")))
    return [
        (*told, writer.listed(names)) if len(names) <= LISTED else told,
        *([writer.say(unheard, about, month)] if is_open else []),
    ]


def _asked(writer: PhraseWriter) -> list[Parts]:
    """Who is asked to send, or to send again, the period's reports."""
    facts = writer.facts
    told: list[Parts] = []
    asked = ((P.REPORTERS_LATE, "lacking", "请尽快补报"), (P.REPORTERS_REFUSED, "unread", "请更正后重新报送"))
    for phrase, group, what in asked:
        if asked_of := facts.reporters(group):  # who is asked is named, as far as anybody reads on
            who = writer.counted(Ref("reporters", group), SCREEN if len(asked_of) <= SCREEN else LISTED)
            told.append((*writer.say(phrase), *who, what, *writer.say(P.MONTH), "数据"))
    return told
