"""What every kind of document says: the whole in one sentence, its states, who has reported, notes and trace."""

from collections.abc import Mapping, Sequence

from mzplan import zh
from mzplan.bulletin.facts import PARTITION
from mzplan.bulletin.model import WHOLE, Bulletin, Cited, Kind, Sentence, Subject
from mzplan.bulletin.phrases import LISTED, NEVER_SENT, P, Parts, PhraseWriter, together
from mzplan.said import SCREEN
from mzplan.scoring.progress import STATUS_ZH, Status

_ALL_OF_ONE = {
    "steady": ("均已达到", "均已完成"),
    "lagging": ("均未达到", "均未完成"),
    "missing&due": ("均未报齐",) * 2,
}
"""Of everything that is due, before the year's end and at it."""
NOTHING_JUDGED = "暂无可评价的指标"
_PUT_OFF: Mapping[str, tuple[P, P, str]] = {
    "steady": (P.STEADY, P.STEADY_OPEN, "待报齐核实"),
    "lagging": (P.LAGGING, P.LAGGING_OPEN, "待报齐后再作结论"),
}
"""Of what is in time and of what is late so far, how much the silent may still change, and what is said of that."""
_OF_PACE = (STATUS_ZH[Status.BEHIND], "序时", "进度要求")
"""Words of a document that rest on where the schedule stands."""
UNPLACED = "单位不参与排序"
"""What a document with places says once of those that have none, since nothing of theirs has come or could be read."""
_SHARES = {"steady": P.STEADY_SHARE, "lagging": P.LAGGING_SHARE, "missing&due": P.MISSING_SHARE}


def span(writer: PhraseWriter, kind: Kind) -> Parts:
    """The part of the year that a title names."""
    if kind == "annual":
        return writer.say(P.YEAR)
    if kind == "half-year":
        return writer.say(P.HALF_YEAR)
    return writer.say(P.JANUARY if writer.facts.period.month == 1 else P.SPAN)


def how_it_stands(writer: PhraseWriter) -> str:
    """What a document tells of the work: how it goes, or, once the year is over, how it has been done."""
    return "完成情况" if writer.facts.is_last else "进展情况"


def partition(writer: PhraseWriter, subject: Subject) -> Parts:
    """What is due of what is judged, in groups with their shares; in a word when all are in one group.

    What nothing is expected of yet stands beside it: it is not reached, and not missed.
    """
    judged = writer.facts.rows(subject, "judged")
    present = [name for name in PARTITION if writer.facts.rows(subject, name)]
    if not judged:
        return (NOTHING_JUDGED,)
    if is_all_done(writer, subject):
        return ("纳入评价的", *writer.say(P.ALL_MET, subject))
    later = together([not_yet(writer, P.LATER, subject), writer.some(P.MISSING_LATER, subject)])
    if len(writer.facts.rows(subject, "not_due")) == len(judged):
        return ("纳入评价的", *not_yet(writer, P.ALL_NOT_DUE, subject))
    if not present:
        return together([writer.say(P.JUDGED, subject), later])
    by_reports = "按已报数" if writer.facts.is_over and writer.facts.rows(subject, "steady&open") else ""
    alone: Parts = (by_reports + _ALL_OF_ONE[present[0]][writer.facts.is_over],)
    groups = [alone] if len(present) == 1 else [writer.say(_SHARES[name], subject) for name in present]
    told = together([(*said, *open_of(writer, subject, name)) for said, name in zip(groups, present, strict=True)])
    due = together([writer.say(P.JUDGED, subject), writer.say(P.SHOULD, subject), told])
    return (*due, "；", *later) if later else due


def open_of(writer: PhraseWriter, subject: Subject, group: str) -> Parts:
    """Of what is late, or in time, how much may be so only for units that sent nothing; in brackets."""
    if group not in _PUT_OFF:
        return ()
    whole, part, words = _PUT_OFF[group]
    return _part_of(writer.some(whole, subject), writer.some(part, subject), words, "均")


def not_yet(writer: PhraseWriter, phrase: P, subject: Subject) -> Parts:
    """How many are not due, and of how many of them some unit is late by its own target."""
    return _with_part(writer, subject, phrase, P.LACKING_BEFORE, "有单位未达到进度要求", "均")


def states(writer: PhraseWriter, subject: Subject) -> Parts:
    """How many are in each state of what the whole has told together; empty groups stay unsaid.

    Nothing is called finished, late or in time on the word of less than half of the units, nor late what is put off.
    """
    if writer.facts.is_silent:
        return ()
    if writer.facts.is_over:
        return writer.some(P.EXCEEDED, subject)
    return together(
        [
            _with_part(writer, subject, P.MET, P.EARLY, "提前完成"),
            writer.some(P.HOLDING, subject),
            writer.some(P.ON_SCHEDULE, subject),
            _with_part(writer, subject, P.SLOWER, P.FAR_BEHIND, STATUS_ZH[Status.FAR_BEHIND]),
            writer.some(P.OVERDUE, subject),
            writer.some(P.EXCEEDED, subject),
        ]
    )


def with_late(writer: PhraseWriter, subject: Subject, said: Parts) -> Parts:
    """What is said to be done by the year's end, with how much of it reports show to have been done late."""
    late = writer.some(P.FIRM_LATE, subject) if writer.facts.is_over else ()
    return (*said, *_part_of(said, late, "逾期完成", "均为"))


def _with_part(
    writer: PhraseWriter, subject: Subject, whole: P, part: P, words: str, all_of_them: str = "均为"
) -> Parts:
    """A count with the part of it that is early, or far behind; in words alone where that is all of it."""
    said = writer.some(whole, subject)
    return (*said, *_part_of(said, writer.some(part, subject), words, all_of_them))


def _part_of(said: Parts, of_it: Parts, words: str, all_of_them: str) -> Parts:
    """In brackets how many of those just counted, in words alone where that is all of them."""
    if not (said and of_it):
        return ()
    count, counted = (next(one for one in parts if isinstance(one, Cited)) for parts in (said, of_it))
    if count.value == counted.value:
        return (f"（{all_of_them if count.value > 1 else ''}{words}）",)
    return ("（", *of_it, "）")


def left_out(writer: PhraseWriter, subject: Subject) -> Parts:
    """What is kept and not judged."""
    said = together([writer.some(P.UNDEFINED, subject), writer.some(P.NOT_APPLICABLE, subject)], "、")
    return (*said, "，暂不评价") if said else ()


def mean(writer: PhraseWriter, subject: Subject = WHOLE) -> Parts:
    """The overall completion, and the uncapped one where surpluses make a difference; nothing where nothing is done."""
    tally = writer.facts.tally(subject)
    if tally is None or not tally.completion:
        return ()
    said = writer.say(P.OVERALL, subject)
    if tally.raw is None or tally.raw < tally.completion or zh.percent(tally.raw) == zh.percent(tally.completion):
        return said
    return (*said, "（", *writer.say(P.OVERALL_RAW, subject), "）")


def is_complete(writer: PhraseWriter, subject: Subject) -> bool:
    """Whether everybody has reported for the period all that the subject covers: only then all of it is 全部完成."""
    return not writer.facts.rows(subject, "unfiled")


def is_all_done(writer: PhraseWriter, subject: Subject) -> bool:
    """Whether all that is judged is met, by everybody's reports."""
    judged, met = (len(writer.facts.rows(subject, group)) for group in ("judged", "met"))
    return 0 < judged == met and is_complete(writer, subject)


def reports(
    writer: PhraseWriter, about: Subject = WHOLE, most: int | None = LISTED, *, is_named_below: bool = False
) -> Parts:
    """Who has sent the period's reports, of all or of a region, `most` of those that have not by name.

    Where the document names each of them further down, a list that would have to be cut stands there alone.
    """
    owing, full, none, partial = (
        len(writer.facts.reporters(group, about.unit)) for group in ("all", "full", "none", "partial")
    )
    if not owing:
        return ()
    month = writer.say(P.MONTH)
    if owing > 1 and full == owing:
        return (*month, *writer.say(P.REPORTERS_ALL_FULL, about))
    if owing > 1 and none == owing:
        return (*month, *writer.say(P.REPORTERS_ALL_NONE, about))
    if owing > 1 and partial == owing:
        return (*month, *writer.say(P.REPORTERS_ALL_PARTIAL, about))
    unread = owing - full - none - partial
    lacking = ((P.REPORTERS_PARTIAL, partial), (P.REPORTERS_UNREAD, unread), (P.REPORTERS_NONE, none))
    groups = [
        writer.some(phrase, about, named=not (is_named_below and LISTED < count <= SCREEN), most=most)
        for phrase, count in lacking
    ]
    return together([(*month, *writer.say(P.REPORTERS, about)), writer.some(P.REPORTERS_FULL, about), *groups])


def basis(writer: PhraseWriter, *, is_named_below: bool = False) -> list[Parts]:
    """Who has sent the period's reports, whose figures all totals lack, and since when those are silent."""
    facts = writer.facts
    some_count = 0 < len(facts.silent) < len(facts.reporters("all"))
    sent = reports(writer, is_named_below=is_named_below)
    return [together([sent, writer.say(P.NOT_COUNTED) if some_count else ()]), _silent_before(writer)]


def _silent_before(writer: PhraseWriter) -> Parts:
    """Which units have sent nothing for longer than the period itself, and since when."""
    facts = writer.facts
    before = facts.period.month - 1
    silent = [one.unit for one in facts.reporters("none") if (facts.last_heard(one.unit) or 0) < before]
    heard = [unit for unit in silent if facts.last_heard(unit)]
    never = [unit for unit in silent if unit not in heard]
    told = _by_last_month(writer, heard, P.UNIT_SINCE)
    return together([*told, (_these(writer, never), NEVER_SENT) if never else ()])


def _by_last_month(writer: PhraseWriter, units: Sequence[str | None], phrase: P) -> list[Parts]:
    """What is said of units by the month that they were last heard of, the latest first; once of those of one month."""
    groups: dict[int | None, list[str | None]] = {}
    for unit in units:
        groups.setdefault(writer.facts.last_heard(unit), []).append(unit)
    latest_first = sorted(groups.values(), key=lambda group: -(writer.facts.last_heard(group[0]) or 0))
    return [(_these(writer, group), *writer.say(phrase, Subject(unit=group[0]))) for group in latest_first]


def _these(writer: PhraseWriter, units: Sequence[str | None]) -> str:
    is_all = 1 < len(units) == len(writer.facts.reporters("all"))
    return "各单位" if is_all else zh.joined(writer.facts.unit_names(units), LISTED)


def notes(writer: PhraseWriter, written: Bulletin) -> tuple[Sentence, ...]:
    """How its figures were made, and what is missing from them; in a letter to a unit, of its own alone.

    No word is explained that the document does not say.
    """
    facts, unit, words = writer.facts, written.subject.unit, written.words
    is_paced = any(word in words for word in _OF_PACE)
    mean_of = next((one for one in ("年度完成率", "领域完成率") if one in words), "")
    said: list[Parts] = [
        _lights(writer) if is_paced else (),
        (f"{mean_of}是各项指标完成率的平均数，单项超过百分之百的按百分之百计。",) if mean_of else (),
        ("百分比保留一位小数；是否完成、快慢多少按修约前的数值判断。",),
    ]
    if is_paced and (periods := facts.plan.escalate):
        count = "两" if periods == 2 else zh.numeral(periods)
        said.append((f"连续{count}期滞后的，按计划规定升为严重滞后。",))
    if is_paced and any(row.schedule.kind == "linear" for row in facts.rows(WHOLE)):
        said.append((*writer.say(P.UP_TO), "，", *writer.say(P.ELAPSED), "，其他指标按计划规定的时间要求。"))
    late = [tally.unit for tally in facts.reporters("late") if unit in (None, tally.unit)]
    if late:
        silent = [one for one in late if one in facts.silent]
        who = "未报和未能读入的" if any(map(facts.is_unread, silent)) else "未报的"
        carried = (f"{who}沿用最近一次报送的数据", *_carried(writer, silent), "，仍计为未报；年内从未报送的，")
        said.append((*(carried if facts.earlier else (f"{who}，",)), "求平均数时按零计。"))
    if facts.unplaced and any(one.ref.field == "rank" for one in written.figures):
        told = sorted({facts.is_unread(one) for one in facts.unplaced})
        said.append(
            ("和".join((STATUS_ZH[Status.MISSING], "未能读入的")[is_unread] for is_unread in told), f"{UNPLACED}。")
        )
    return tuple(Sentence(parts) for parts in said if parts)


def _lights(writer: PhraseWriter) -> Parts:
    """From which shortfall on something is late, and much too late, as the light rules have it."""
    preset = writer.facts.card.preset
    late = P.LATE_FROM if preset.yellow_inclusive else P.LATE_OVER
    told = [writer.say(late) if preset.yellow else (f"低于序时进度的为{STATUS_ZH[Status.BEHIND]}",)]
    if preset.red is not None:
        told.append(writer.say(P.FAR_FROM if preset.red_inclusive else P.FAR_OVER))
    if preset.yardstick == "relative":
        told.append(("按占应完成量的比例计算",))
    return ("完成率", *together(told), "。")


def _carried(writer: PhraseWriter, silent: Sequence[str | None]) -> Parts:
    """Which units sent nothing for the period, and which month's figures stand in for theirs."""
    told = _by_last_month(writer, [unit for unit in silent if writer.facts.last_heard(unit)], P.UNIT_CARRIED_TO)
    return ("（", *together(told), "）") if told else ()
