"""What lags and what is to be done next: from statuses, required pace and due dates, with nothing invented."""

from collections.abc import Mapping, Sequence

from mzplan.bulletin.groups import concerned, is_firm, is_judged_one_by_one, passes, stages_of
from mzplan.bulletin.indicators import NAMES_IN_LINE, clauses, name_of, subject_of
from mzplan.bulletin.model import EVERY, WHOLE, Paragraph, Ref, Sentence, Subject
from mzplan.bulletin.phrases import P, Parts, Writer, together
from mzplan.scoring.pace import Pace, Reach
from mzplan.scoring.progress import Progress, severity
from mzplan.zh import firstly, joined

LAGGING_IN_FULL = 8
"""How many lagging figures are told; the annex has them all."""
NAMES_IN_LIST = 5
UNITS_IN_LIST = 12

REACH_WORDS: Mapping[Reach, str] = {
    Reach.WITHIN_REACH: "保持目前进度可如期完成",
    Reach.TIGHT: "高于此前月均，须加快进度",
    Reach.OUT_OF_REACH: "高于此前任何一个月，如期完成难度较大",
}

Point = tuple[str, list[Parts]]
"""What a point is about, in a short sentence, and its clauses."""


def points(found: Sequence[Point]) -> tuple[Paragraph, ...]:
    """Points as paragraphs: 一是…；…。 The counting words only where there are several."""
    several = len(found) > 1
    return tuple(
        Paragraph((Sentence(((firstly(number) if several else "") + title + "。", *together(told, "；"), "。")),))
        for number, (title, told) in enumerate(found, 1)
    )


def problems(writer: Writer) -> tuple[Paragraph, ...]:
    """四、存在问题: the indicators first, then the units; only what the data show."""
    found: list[Point] = []
    lagging = worst_first(writer.facts.rows(WHOLE, "lagging"))
    if lagging:
        title = f"{_few(len(lagging))}指标未达到进度要求"
        found.append((title, _told(writer, lagging)))
    if lacking := _lacking_units(writer):
        found.append(("区域进展不平衡", lacking))
    if unheard := writer.facts.rows(WHOLE, "missing"):
        ref = Ref("count", "missing", WHOLE)
        found.append((f"{_few(len(unheard))}指标尚未报齐", [_named(writer, ref, P.MISSING)]))
    if late := _unfiled(writer):
        found.append(("数据报送不及时", late))
    if writer.facts.rows(WHOLE, "undefined"):
        said = writer.some(P.UNDEFINED_OF, WHOLE, cap=NAMES_IN_LINE)
        found.append(("少数指标口径不明", [(*said, "，需先明确口径")]))
    return points(found)


def _named(writer: Writer, ref: Ref, phrase: P) -> Parts:
    return writer.some(phrase, ref.subject, cap=NAMES_IN_LIST)


def _few(count: int) -> str:
    return "个别" if count == 1 else "部分"


def _told(writer: Writer, rows: Sequence[Progress]) -> list[Parts]:
    told = [clauses(writer, row) for row in rows[:LAGGING_IN_FULL]]
    return [*told, ("其余见附件",)] if len(rows) > LAGGING_IN_FULL else told


def worst_first(rows: Sequence[Progress]) -> list[Progress]:
    """What has passed its limit, then by gap, the widest first; equal ones in plan order."""
    return sorted(rows, key=severity)


def _lacking_units(writer: Writer) -> list[Parts]:
    """Targets of several units that the plan, or a task handed down, promises, and who lags behind them."""
    told = []
    for row in writer.facts.rows(WHOLE):
        about = subject_of(row)
        if len(concerned(row)) > 1 and writer.facts.addends(about, "firm&lagging"):
            is_due = row.schedule.is_due(writer.facts.period)
            done = P.UNFINISHED if stages_of(row) else P.LACKING
            phrase = done if is_due else P.SLOW
            told.append((name_of(row), *writer.some(phrase, about, cap=NAMES_IN_LIST)))
    more: list[Parts] = [("其余见附件",)] if len(told) > LAGGING_IN_FULL else []
    return [*told[:LAGGING_IN_FULL], *more]


def _unfiled(writer: Writer) -> list[Parts]:
    """Who owes reports of the period, all of them or some."""
    told = [writer.some(phrase, cap=UNITS_IN_LIST) for phrase in (P.REPORTERS_NONE, P.REPORTERS_PARTIAL)]
    said = [part for part in told if part]
    return [(*writer.say(P.MONTH), *said[0]), *said[1:]] if said else []


def next_steps(writer: Writer, about: Subject = WHOLE) -> tuple[Paragraph, ...]:
    """五、下步重点: what the lagging figures need each month, what is overdue, what falls due next, what to report."""
    facts = writer.facts
    found: list[Point] = []
    rows = [row for row in facts.rows(about, "behind") if row.unit is None or is_firm(row)]
    paced = [told for row in worst_first(rows) if (told := _pace(writer, row))]
    if paced:
        more: list[Parts] = [("其余见附件",)] if len(paced) > LAGGING_IN_FULL else []
        found.append(("加快滞后指标进度", [*paced[:LAGGING_IN_FULL], *more]))
    if facts.rows(about, _firm_only(about, "overdue")):
        phrase = P.OVERDUE if about.unit is None else P.FIRM_OVERDUE
        found.append(("办结到期事项", [writer.some(phrase, about, cap=NAMES_IN_LIST)]))
    if due := _next_due(writer, about):
        found.append(("把握到期时间", [due]))
    if late := _filing(writer, about):
        found.append(("做好数据报送", late))
    return points(found)


def _firm_only(about: Subject, group: str) -> str:
    return group if about.unit is None else f"firm&{group}"


def _pace(writer: Writer, row: Progress) -> Parts:
    about = subject_of(row)
    if not row.indicator.additive and not stages_of(row):
        return _rate_left(writer, row)
    need = writer.facts.pace(about)
    if need is None:
        return ()
    if need.least is None:
        return (name_of(row), *writer.say(P.REMAINING, about))
    said = [writer.say(P.REMAINING, about), (*writer.say(P.PACE, about), *_so_far(writer, row, need))]
    if need.reach is not None:
        said.append((REACH_WORDS[need.reach],) if need.best is not None and need.best > 0 else ("如期完成难度较大",))
    return (name_of(row), *together(said))


def _so_far(writer: Writer, row: Progress, need: Pace) -> Parts:
    """What the months so far have brought, in brackets; a fall is no pace to compare with."""
    if need.mean is None or need.best is None:
        return ()
    if need.best <= 0:
        return ("（此前尚无增长）",)
    phrases = (P.PACE_MEAN, P.PACE_BEST) if need.mean > 0 else (P.PACE_BEST,)
    return ("（", *together([writer.say(phrase, subject_of(row)) for phrase in phrases], "、"), "）")


def _rate_left(writer: Writer, row: Progress) -> Parts:
    """A rate does not add up month by month: how far it is from its target."""
    if row.actual is None or row.target is None or row.target.operator != "at_least" or is_judged_one_by_one(row):
        return ()
    about = subject_of(row)
    full = row.indicator.unit == "%" and row.target.value == 100
    return (name_of(row), *writer.say(P.GOAL_SHORT if full else P.GOAL_SHORT_AT_LEAST, about), "，须尽快达到")


def _next_due(writer: Writer, about: Subject) -> Parts:
    """What falls due at the nearest date to come, of those rows that are judged."""
    facts = writer.facts
    group = _firm_only(about, "unmet")
    months = [
        row.schedule.due.month
        for row in facts.rows(about, group)
        if row.schedule.due > facts.period and row.schedule.due.year == facts.period.year
        if row.schedule.kind != "always"
    ]
    if not months:
        return ()
    month = str(min(months))
    phrase = P.DUE_THEN if about.unit is None else P.FIRM_DUE_THEN
    rows = [row for row in facts.rows(about, group) if passes(row, f"due={month}", facts.period)]
    names = tuple(name_of(row) for row in rows)
    return (*writer.say(phrase, about, month), _listed(names, NAMES_IN_LIST))


def _listed(names: Sequence[str], cap: int) -> str:
    return f"（{joined(names, cap)}）"


def _filing(writer: Writer, about: Subject) -> list[Parts]:
    facts = writer.facts
    told: list[Parts] = []
    if about.unit is None and about.area == EVERY:
        late = [standing.unit for standing in facts.reporters("all") if standing.reported < standing.reporting]
        if late:
            names = _listed(facts.unit_names(late), UNITS_IN_LIST)
            told.append(("未报或部分报送的单位", names, "尽快补报", *writer.say(P.MONTH), "数据"))
    if facts.period.month < 12 and facts.reporters("all"):
        told.append(writer.say(P.NEXT_DEADLINE if facts.period.month < 11 else P.NEXT_DEADLINE_NEXT_YEAR))
    return told
