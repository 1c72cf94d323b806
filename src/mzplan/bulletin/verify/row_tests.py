"""What a draft may say in words of an indicator (已完成, 慢于序时进度, 未报), and when it is so of its row."""

import re
from collections.abc import Callable
from fractions import Fraction

from mzplan.bulletin.concerns import REACH_WORDS
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import STATES, is_early, is_put_off, passes, stages_of
from mzplan.bulletin.indicators import UNCLEAR_OF_IT
from mzplan.bulletin.model import Subject
from mzplan.bulletin.phrases import UNCLEAR
from mzplan.bulletin.verify.rough import ROUGH
from mzplan.scoring.progress import STATUS_ZH, Progress, Status

Test = Callable[[Progress, Facts], bool]
_TASK = r"(?:年度|全年)(?:目标)?(?:任务)?"
_GOAL = rf"(?:年度|全年)(?:目标任务|目标|任务)(?!任务|的|(?:{'|'.join(ROUGH)})?[0-9])"
"""The target as a whole, and not so much of it."""
_SCHEDULE = r"(?:序时|时序)进度(?:要求)?"


def _over(row: Progress) -> bool:
    return row.completion is not None and row.completion > 1


def _is(*states: Status) -> Test:
    return lambda row, _: row.status in states


def in_group(group: str) -> Test:
    """Whether a row is of those that are counted together, be it but by the reports so far."""
    return lambda row, facts: passes(row, group, facts.card) or row.status in STATES.get(group, ())


def _staged(group: str, *, is_more: bool) -> Test:
    """Whether a row is at such a stage; of what has none only whether there is anything of it yet."""

    def holds(row: Progress, facts: Facts) -> bool:
        return passes(row, group, facts.card) if stages_of(row) else is_more or not row.actual

    return holds


def _gap(test: Callable[[Fraction], bool]) -> Test:
    def holds(row: Progress, _: Facts) -> bool:
        gap = row.told_gap
        return gap is not None and row.schedule.kind not in ("by_due", "always") and test(gap)

    return holds


def _reaches(words: str) -> Test:
    def holds(row: Progress, facts: Facts) -> bool:
        need = facts.pace(Subject(row.indicator.id, row.unit))
        return need is not None and need.reach is not None and REACH_WORDS[need.reach] == words

    return holds


def _under_way(row: Progress, facts: Facts) -> bool:
    """Whether something goes on: begun and not finished, or of what has no stages short of its target."""
    return passes(row, "under_way", facts.card) if stages_of(row) else row.status is not Status.MET


def _is_unfinished(row: Progress, _: Facts) -> bool:
    """Whether it is not done; of what nobody has said when it would be, nothing is."""
    return row.status not in (Status.MET, Status.UNDEFINED)


def is_unreported(row: Progress, _: Facts) -> bool:
    """Whether somebody owes a report of it."""
    return row.reported < row.reporting


def _is_reported(row: Progress, _: Facts) -> bool:
    return row.reported >= row.reporting > 0


def _waits(row: Progress, facts: Facts) -> bool:
    """Whether it gets no verdict before all have reported."""
    return is_put_off(row, facts.card)


def lags(row: Progress, _: Facts) -> bool:
    """Whether it is 滞后 in any way, lost or not."""
    return row.is_lagging


def is_nothing(row: Progress, _: Facts) -> bool:
    """Whether it was reported as 0, of units that are judged each for itself by all of them."""
    return row.actual is not None and not any(one.actual for one in row.addends or (row,))


OF_REPORTS = (is_unreported, _is_reported)
"""What is so or not by whatever target."""
OF_WAITING = (*OF_REPORTS, _waits)
"""What reports alone decide, and no verdict."""
UNSETTLED: tuple[Test, ...] = (_under_way, _is_unfinished, is_nothing)
"""What is so by the reports so far of what waits for others, and blames nobody."""
STAGED = tuple(_staged(group, is_more=is_more) for group, is_more in (("idle", False), ("begun", True)))
"""What is said of things done in stages, and proven of nothing else."""
ABOUT_ROWS: tuple[tuple[str, Test], ...] = (
    (rf"提前超额完成{_TASK}", lambda row, facts: is_early(row, facts.period) and _over(row)),
    (rf"(?:已)?提前完成(?:{_TASK})?", lambda row, facts: is_early(row, facts.period)),
    (rf"已?(?:如期|按期|按时)完成(?:{_TASK})?(?!难度|有)", in_group("in_time")),
    (rf"已?逾期完成(?:{_TASK})?", in_group("late")),
    (rf"超额完成{_TASK}", lambda row, _: row.status is Status.MET and _over(row)),
    (rf"(?:[尚仍还]?未|没有)完成{_GOAL}", lambda row, _: not row.is_kept and row.status is not Status.UNDEFINED),
    (rf"已?完成了?{_GOAL}", _is(Status.MET)),
    (f"{STATUS_ZH[Status.OVERDUE]}|已过期限、?(?:尚未|仍未|未)完成", _is(Status.OVERDUE)),
    (r"(?:未|没有)(?:达到|达)(?:进度要求|序时进度|序时)", lambda row, _: row.is_lagging),
    (r"(?:达到|达)(?:进度要求|序时进度|序时)", lambda row, _: row.is_judged and row.is_on_schedule),
    ("(?:[尚仍]?待)?报齐后再作结论", _waits),
    (STATUS_ZH[Status.FAR_BEHIND], _is(Status.FAR_BEHIND)),
    (r"进度滞后|(?<!已有)滞后(?![于序时指的单])", lags),
    (rf"(?:快于|高于|超|超过|领先){_SCHEDULE}", _gap(lambda gap: gap > 0)),
    (rf"(?:慢于|低于|落后于|落后|滞后于|滞后){_SCHEDULE}", _gap(lambda gap: gap < 0)),
    (r"与序时进度持平", _gap(lambda gap: abs(gap) < Fraction(1, 1000))),
    (STATUS_ZH[Status.EXCEEDED], _is(Status.EXCEEDED)),
    (STATUS_ZH[Status.HOLDING], _is(Status.HOLDING)),
    (r"已经?达标(?!单位|[率数])", lambda row, _: row.is_kept),
    (r"全部达标", lambda row, _: row.is_kept and row.reported == row.reporting),
    (f"{STATUS_ZH[Status.UNDEFINED]}|{UNCLEAR}|{UNCLEAR_OF_IT}", _is(Status.UNDEFINED)),
    (STATUS_ZH[Status.NOT_APPLICABLE], _is(Status.NOT_APPLICABLE)),
    (r"尚?未到期", _is(Status.NOT_DUE)),
    (r"已经?(?:全部|全面)?(?:完成|办结)(?!年)", _is(Status.MET)),
    (r"(?:尚?未|没有)(?:全部)?(?:完成|办结)", UNSETTLED[1]),
    (r"尚?未(?:全部)?(?:启动|开始)", STAGED[0]),
    (r"已经?(?:全部|全面)?启动", STAGED[1]),
    (r"推进中|(?:正在|仍在|在)(?:有序|稳步)?推进", UNSETTLED[0]),
    (r"数?(?:累计|[尚仍也均])?为零(?!报告)", is_nothing),
    (r"未报送?+(?!齐)", is_unreported),
    (r"已报送?+(?!数)", _is_reported),
    *((re.escape(words.rpartition("，")[2]), _reaches(words)) for words in REACH_WORDS.values()),
)
"""What may be said of an indicator in words, and when it is so; of two that overlap the first one counts."""
