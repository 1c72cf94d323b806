"""One sentence for one indicator, of a unit or the city, in every state it can be in."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mzplan import zh
from mzplan.bulletin.groups import concerned, is_early, is_judged_one_by_one, is_put_off, is_unfiled, stages_of
from mzplan.bulletin.model import Cited, Part, Ref, Sentence, Subject
from mzplan.bulletin.phrases import LISTED, P, Parts, PhraseWriter, together
from mzplan.plan.indicator import DEFAULT_STAGES
from mzplan.scoring.progress import STATUS_ZH, UNREAD, Progress, Status

WAITING = "报齐后再作结论"
"""What is said in the place of a verdict that the reports of silent units could still change."""

NONE_YET = "尚为零"
"""What is said of a figure that was reported as 0."""

UNCLEAR_OF_IT = "待明确口径"
"""What the plan leaves undefined, as it is said of indicators by name, which 均 may stand before."""

_TELLING = "："
"""Between what units must keep each, and how many do."""


def name_of(row: Progress) -> str:
    """The indicator's name as prose prints it."""
    return zh.full_width(row.indicator.name)


def subject_of(row: Progress) -> Subject:
    """What the numbers of a row's sentence are about."""
    return Subject(row.indicator.id, row.unit)


def clauses(writer: PhraseWriter, row: Progress, *, has_annex: bool = True) -> Parts:
    """What there is to say about one row among others, without a full stop, nor a colon that would stand in another.

    Where it tells how much of the target is done, the amounts are left to the annex, if there is one.
    """
    row, opening = speaker(writer, row)
    said = _said(writer, row, in_short=has_annex)
    return (opening + name_of(row) + ("，" if said[0] == _TELLING else str(said[0])), *said[1:])


def sentences(writer: PhraseWriter, rows: Iterable[Progress]) -> Iterator[Sentence]:
    """A sentence for each row; those of which the same is to be said, in words, share one."""
    shared: dict[str, list[tuple[str, Parts]]] = {}
    order: list[Sentence | str] = []
    for row in rows:
        spoken, opening = speaker(writer, row)
        said = _said(writer, spoken)
        if not any(isinstance(part, Cited) for part in said) or (stages_of(spoken) and is_alone(spoken)):
            key = "".join(map(str, said))
            if key not in shared:
                order.append(key)
            shared.setdefault(key, []).append((opening + name_of(spoken), said))
        else:
            order.append(Sentence((opening + name_of(spoken) + str(said[0]), *said[1:], "。")))
    for item in order:
        if isinstance(item, Sentence):
            yield item
            continue
        told = shared[item]
        for start in range(0, len(told), LISTED):
            several = told[start : start + LISTED]
            said = several[-1][1]
            names = zh.joined(name for name, _ in several) + ("均" if len(several) > 1 else "")
            yield Sentence((names + str(said[0]), *said[1:], "。"))


def speaker(writer: PhraseWriter, row: Progress) -> tuple[Progress, str]:
    """The row to speak of: where a target applies to a single unit, that unit's own, opened by the unit's name."""
    alone = concerned(row)
    if row.unit is None and row.indicator.applies_to != "total" and len(alone) == 1:
        unit = writer.facts.plan.units[alone[0].unit or ""]
        spoken = any(word in row.indicator.name for word in (unit.name, *unit.aliases))
        if unit.kind == "bureau":  # 市本级市级… says it twice
            spoken = spoken or row.indicator.name.startswith(writer.facts.plan.city.removeprefix("全"))
        return alone[0], "" if spoken else unit.name
    return row, ""


def is_alone(row: Progress) -> bool:
    """Whether a row is of one unit, be it the city's own."""
    return row.unit is not None or len(concerned(row)) == 1


def _said(writer: PhraseWriter, row: Progress, *, in_short: bool = False) -> Parts:
    """The clauses after the name; the first part is always a word, which follows the name directly."""
    match row.status:
        case Status.UNDEFINED:
            return (f"{UNCLEAR_OF_IT}，暂不评价",)
        case Status.NOT_APPLICABLE:
            return (STATUS_ZH[row.status],)
    if row.actual is None:
        return (unheard(row) if row.reporting > row.reported else "尚无数据",)
    if stages_of(row):
        return (*_stage(writer, row), *reporting(writer, row)) if is_alone(row) else _of_units(writer, row, _FINISHING)
    if is_judged_one_by_one(row):
        return _of_units(writer, row, _MEETING)
    is_open = is_put_off(row, writer.facts.card)
    judged = [*_so_far(writer, row), (WAITING,)] if is_open else _judgement(writer, row, in_short=in_short)
    told = judged if in_short and judged and _tells_share(row) else [amount(writer, row), *judged]
    return (*together(told), *reporting(writer, row))


def amount(writer: PhraseWriter, row: Progress) -> Parts:
    """What a row comes to; of what is wanted and was reported as nothing, that there is none yet."""
    if not row.actual and row.indicator.target.operator != "at_most":
        return (NONE_YET,)
    return writer.say(P.TOTAL if row.indicator.cumulative else P.LEVEL, subject_of(row))


def unheard(row: Progress) -> str:
    """What is said of a row without any report: whether none came, or none that could be read."""
    owing = [one for one in concerned(row) or (row,) if is_unfiled(one)]
    is_read = any(not one.is_unread for one in owing)
    return STATUS_ZH[Status.MISSING] if is_read or not owing else UNREAD


def _tells_share(row: Progress) -> bool:
    """Whether what is said of it tells how much of a target is done, or, of a rate, how far it is from it."""
    if row.status is Status.MISSING or row.target is None or row.target.operator == "at_most":
        return False
    return row.completion is not None and row.completion > 0


def _judgement(writer: PhraseWriter, row: Progress, *, in_short: bool = False) -> list[Parts]:
    about = subject_of(row)
    if row.status is Status.MISSING:
        return []
    if row.status is Status.CONTRIBUTION or row.target is None:
        return [writer.say(P.CONTRIBUTION, about)] if row.contribution else []
    if row.target_basis == "reference":
        return _completion(writer, row, P.COMPLETION_OF_REFERENCE) if row.target.value else []
    match row.target.operator:
        case "at_most":
            return _limit(writer, row)
        case "about":
            if row.actual is not None and row.actual > row.target.value and not row.is_kept:
                return [writer.say(P.COMPLETION, about), writer.say(P.ABOUT_EXCEEDED, about)]
            target = [] if in_short else [writer.say(P.ABOUT, about)]
            return [*target, *_completion(writer, row, P.COMPLETION), *_verdict(writer, row)]
    if not row.indicator.additive:
        return _rate(writer, row)
    if row.status is Status.HOLDING:
        return [writer.say(P.GOAL_MET_AT_LEAST, about)]
    if not row.actual and not row.is_kept:
        return _verdict(writer, row)
    from_base = row.baseline is not None
    if lacks_a_part(writer, row):
        return []
    if from_base and row.completion is not None and row.completion <= 0:
        short = writer.say(P.BELOW_BASE, about) if row.completion else ("较基期尚无增长",)
        return [short, *_verdict(writer, row)]
    said = _completion(writer, row, P.COMPLETION_FROM_BASE if from_base else P.COMPLETION)
    return [*said, *_verdict(writer, row)]


def _so_far(writer: PhraseWriter, row: Progress) -> list[Parts]:
    """How much of a target that adds up is done by the reports that have come."""
    is_floor = row.target is not None and row.target.operator != "at_most"
    if not (is_floor and row.indicator.additive and row.completion and row.completion > 0) or lacks_a_part(writer, row):
        return []
    return _completion(writer, row, P.COMPLETION if row.baseline is None else P.COMPLETION_FROM_BASE)


def lacks_a_part(writer: PhraseWriter, row: Progress) -> bool:
    """Whether a level lacks, against its baseline, what those units have that never reported: no way can be told."""
    silent = row.unit is None and writer.facts.addends(subject_of(row), "unfiled&never")
    return row.baseline is not None and bool(silent)


def _completion(writer: PhraseWriter, row: Progress, phrase: P) -> list[Parts]:
    """How much of a promise is done; nothing where that would read 0.0 %."""
    said = row.completion is not None and zh.percent(row.completion) != "0.0"
    return [writer.say(phrase, subject_of(row))] if said else []


def _limit(writer: PhraseWriter, row: Progress) -> list[Parts]:
    """A limit is kept or broken; where the way down to it starts from a baseline, how far that has come."""
    about = subject_of(row)
    if row.is_kept:
        at_none = row.target is not None and not row.target.value
        return [writer.say(P.LIMIT_KEPT_AT_NONE if at_none else P.LIMIT_KEPT, about)]
    if row.status is Status.EXCEEDED or row.baseline is None or row.completion is None:
        return [writer.say(P.LIMIT_BROKEN, about), *([] if row.status is Status.EXCEEDED else _verdict(writer, row))]
    if row.completion > 0:
        return [*_completion(writer, row, P.COMPLETION_OF_FALL), *_verdict(writer, row)]
    return [writer.say(P.ABOVE_BASE, about) if row.completion else ("较基期尚未下降",), *_verdict(writer, row)]


def _rate(writer: PhraseWriter, row: Progress) -> list[Parts]:
    """A ratio is set against its target, in points; against a schedule only where the plan spreads it over the year."""
    about = subject_of(row)
    full = row.indicator.unit == "%" and row.target is not None and row.target.value == 100
    if row.is_kept:
        return [writer.say(P.GOAL_MET if full else P.GOAL_MET_AT_LEAST, about)]
    short = writer.say(P.GOAL_SHORT if full else P.GOAL_SHORT_AT_LEAST, about)
    return [short, *_verdict(writer, row)]


def _verdict(writer: PhraseWriter, row: Progress) -> list[Parts]:
    """The last clause: met, early, over, or how the schedule stands."""
    about = subject_of(row)
    match row.status:
        case Status.MET:
            early = "提前" if is_early(row, writer.facts.period) else ""
            if not early and row.completion == 1:
                return []
            over = "超额" if row.completion is not None and row.completion > 1 and _counts_more(row) else ""
            return [(f"{early}{over}完成年度任务",)]
        case Status.OVERDUE if row.unit is None and row.reported < row.reporting:
            return []  # who is silent is told instead, by name
        case Status.HOLDING | Status.OVERDUE | Status.EXCEEDED:
            return [(STATUS_ZH[row.status],)]
        case Status.NOT_DUE:
            return [due(writer, row)]
    if row.gap is None or row.schedule.kind in ("by_due", "always"):
        return [(STATUS_ZH[Status.FAR_BEHIND],)] if row.status is Status.FAR_BEHIND else []
    if zh.percent(row.gap) == "0.0" and row.gap >= 0:
        return [("与序时进度持平",)] if row.expected else []
    said = [writer.say(P.AHEAD if row.gap > 0 else P.BEHIND, about)]
    return [*said, (STATUS_ZH[Status.FAR_BEHIND],)] if row.status is Status.FAR_BEHIND else said


def _counts_more(row: Progress) -> bool:
    return row.target is not None and row.target.operator == "at_least"


def due(writer: PhraseWriter, row: Progress) -> Parts:
    """By when it is to be done."""
    same_year = row.schedule.due.year == writer.facts.plan.year
    return writer.say(P.DUE if same_year else P.DUE_YEAR, subject_of(row))


class _Kept(NamedTuple):
    """What is said of the units that must keep a promise each."""

    by_all: P
    owed: P
    by_some: P
    counted: str
    """The count of those who kept it."""
    lacking: P
    word: str


_MEETING = _Kept(P.ALL_MEET, P.SHOULD_MEET, P.DOES_MEET, "kept", P.NOT_MET_BY, "达标")
_FINISHING = _Kept(P.ALL_FINISHED, P.SHOULD_FINISH, P.DID_FINISH, "met", P.NOT_FINISHED_BY, "完成")


def _of_units(writer: PhraseWriter, row: Progress, phrases: _Kept) -> Parts:
    """How many of the units that must meet a target do, or that must reach a milestone's last stage have."""
    about = subject_of(row)
    if row.is_kept and row.reported == row.reporting:
        return (_TELLING, *writer.say(phrases.by_all, about))
    said = [writer.say(phrases.owed, about)]
    if len(writer.facts.addends(about, "missing&unsent")) == len(writer.facts.addends(about, "applicable")) > 1:
        return (_TELLING, *together([writer.say(phrases.owed, about), ("均未报",)]))
    if writer.facts.addends(about, phrases.counted):
        said.append(writer.say(phrases.by_some, about))
    elif not writer.facts.addends(about, "lapsed"):
        who = "已报单位尚无" if writer.facts.addends(about, "missing") else "尚无单位"
        said.append((f"{who}{phrases.word}",))
    said += _lacking(writer, row, phrases.lacking)
    said.append(_unsent(writer, row))
    if row.status is Status.NOT_DUE:
        said.append(due(writer, row))
    return (_TELLING, *together(said))


def _unsent(writer: PhraseWriter, row: Progress) -> Parts:
    """How many sent nothing, and of how many nothing could be read; by name where nobody has named them yet."""
    is_named = not _is_told(writer, row)
    silent = writer.some(P.SILENT, subject_of(row), named=is_named)
    unread = writer.some(P.NOT_READ_OF_OTHERS, subject_of(row), named=is_named)
    return together([silent, unread], "、") if silent or not unread else ("另有", *unread)


def _lacking(writer: PhraseWriter, row: Progress, lapsed: P) -> list[Parts]:
    """Who has not kept a promise by its date, who is late on the way, and whose own date has not come."""
    phrases = [lapsed, P.SLOW_BY, *([] if row.status is Status.NOT_DUE else [P.NOT_DUE_BY])]
    told = [writer.some(phrase, subject_of(row), named=True) for phrase in phrases]
    return [*told[:1], sent_before(writer, row), *told[1:]]


def sent_before(writer: PhraseWriter, row: Progress) -> Parts:
    """Who is silent, and broke a limit for good by an older report: it is that report which is spoken of."""
    return writer.some(P.SENT_BEFORE, subject_of(row), named=True)


def _stage(writer: PhraseWriter, row: Progress) -> Parts:
    """Where a milestone of a single unit stands."""
    if row.status is Status.MET:
        return ("已提前完成" if is_early(row, writer.facts.period) else STATUS_ZH[row.status],)
    stage = stages_of(row)[stage_reached(row)].name
    idle = "尚未开始" if name_of(row).endswith("启动") else "尚未启动"  # 启动尚未启动 says it twice
    said: list[Parts] = [(idle if stage == DEFAULT_STAGES[0].name else f"处于“{stage}”阶段",)]
    if row.status is Status.NOT_DUE:
        said.append(due(writer, row))
    elif row.is_lagging:
        said.append((STATUS_ZH[row.status],))
    return together(said)


def stage_reached(row: Progress) -> int:
    """The position of the stage that a milestone of a single unit has reached; a silent unit is at the first."""
    entry = row.entry or next((one.entry for one in row.addends if one.entry), None)
    return (entry.figure.value or 0) if entry is not None else 0


def reporting(writer: PhraseWriter, row: Progress) -> Parts:
    """What a total over partial reports owes its reader; of one unit, what is carried over, unless that has been told.

    That it lacks those who sent nothing at all is said once, of all totals; how many have reported, where it lacks
    others too, or where a level lacks all they have. A total that is late may be so for them alone: they are named.
    """
    if row.reported >= row.reporting:
        return ()
    about = subject_of(row)
    if row.reporting == 1:
        if is_carried(writer, row):
            return ()
        carried = P.UNIT_CARRIED_UNREAD if unheard(row) == UNREAD else P.UNIT_CARRIED
        return _bracketed(writer.say(carried, about)) if row.record_period is not None else ()
    if _is_told(writer, row) and not lacks_a_part(writer, row):
        return ()
    absent = writer.facts.members(Ref("unreported", "", about))
    said = writer.say(P.PARTIAL if absent else P.REPORTED, about)
    if row.is_lagging:
        said = (*said, writer.listed(absent)) if absent else said
        return ("，", *together([said, writer.some(P.NOT_READ_OF_ALL, about, named=True)], "、"))
    return _bracketed(together([said, writer.some(P.NOT_READ_OF_ALL, about)], "、"))


def is_carried(writer: PhraseWriter, row: Progress) -> bool:
    """Whether a letter has told, of all of a silent unit's figures in one, from which month this one is carried."""
    heard = writer.facts.last_heard(row.unit) if row.unit == writer.told else None
    return heard is not None and row.record_period is not None and row.record_period.month == heard


def _is_told(writer: PhraseWriter, row: Progress) -> bool:
    """Whether everybody who has not reported it has sent nothing at all."""
    return {one.unit for one in concerned(row) if is_unfiled(one)} <= writer.facts.silent


def _bracketed(parts: Parts) -> tuple[Part, ...]:
    return ("（", *parts, "）")
