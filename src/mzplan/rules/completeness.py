"""What is not there yet, or too early. Family MZ6xx."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from mzplan.diagnostics import Location, Occurrence, show
from mzplan.period import Period
from mzplan.rules.examples import COUNT, SOUND, table
from mzplan.rules.registry import ERROR, WARNING, Finding, Found, key_rule, whole_rule
from mzplan.rules.scope import Scope, Whole
from mzplan.said import listed, say
from mzplan.submissions.ledger import MONTHS, Ledger
from mzplan.submissions.names import stage_names
from mzplan.submissions.sources import Folder

_ALL = "--- data/ [complete 2031-01 2031-02 2031-03]\n"


class _Gap(NamedTuple):
    folder: Folder
    unit: str
    period: Period
    is_last: bool
    """Whether the unit has reported nothing for any later month."""


def _reported(whole: Whole) -> set[tuple[str, int]]:
    """(unit, month) of every report: what paths name, whatever is in the file, and rows elsewhere.

    A report that does not count because of its name or place is no missing one: it has a finding of its own.
    """
    plan = whole.plan
    found = {(unit, period.month) for unit, period in whole.placed.values() if period.year == plan.year}
    found |= whole.astray
    for unit in plan.units:
        for month in range(1, MONTHS + 1):
            if (unit, month) not in found and whole.ledger.has_report(unit, month):
                found.add((unit, month))
    return found


def _gaps(whole: Whole) -> Iterator[_Gap]:
    """Reports that are not there, between the first month that anybody reported and the last.

    What lies where nobody can look is neither there nor missing.
    """
    folders = {whole.sources[file].folder: None for file in sorted(whole.given)}
    if not any(folders):
        return
    plan, reported = whole.plan, _reported(whole)
    blank = (whole.placed[file] for file in whole.blank & whole.placed.keys())
    said = reported - {(unit, period.month) for unit, period in blank}
    known = reported | whole.closed
    months = {month for _, month in said}
    owed = plan.owed_by_month
    for folder in folders:
        if folder is None or not months:
            continue
        for unit in plan.units:
            last = max((month for month in range(1, MONTHS + 1) if (unit, month) in said), default=0)
            for month in range(min(months), max(months) + 1):
                period = Period(plan.year, month)
                if owed[month][unit] and (unit, month) not in known and folder.period in ("", str(period)):
                    yield _Gap(folder, unit, period, month > last)


def _if_nothing(whole: Whole, unit: str, period: Period, codes: Sequence[str]) -> str:
    """What to fill in where nothing has happened: behind a figure that is not 0 a 0 would be a total that fell."""
    last = [whole.ledger.latest(code, unit, period.shift(-1)) for code in codes]
    begun = [each for each in last if each and each.figure.value]
    return _BEGUN if begun and len(begun) == len(codes) else _SOME_BEGUN if begun else _NOT_BEGUN


_NOT_BEGUN, _BEGUN = "没有发生的填 0", "没有新进展的，仍填上次报的数"
_SOME_BEGUN = "没有发生的填 0（以前报过数的，仍填上次的）"


def _absent(gap: _Gap, message: str, hint: str) -> Found:
    place = Location(f"{gap.folder.path}/{gap.period}/{gap.unit}.csv")
    return Found(Finding(message, hint=hint), place, gap.unit, "", str(gap.period))


@whole_rule(
    "MZ601",
    WARNING,
    title="漏报",
    what="一个单位已经报了后面的月份，却缺这个月的报表。",
    why="缺了的月份只能沿用以前的数，进度和排名都会失真。",
    mend="补交这个月的报表；没有发生的填 0（以前报过数的，仍填上次的）。",
    bad=f"{_ALL}--- data/2031-02/qingshan.csv [absent]\n",
    good=_ALL,
)
def missing_report(whole: Whole) -> Iterator[Found]:
    """A month left out between others."""
    for gap in _gaps(whole):
        if not gap.is_last:
            name = whole.plan.units[gap.unit].name
            owed = [each.id for each in whole.plan.owed(gap.unit, gap.period) if not stage_names(each)]
            yield _absent(
                gap,
                say("{name}没有报 {period}，后面的月份已经报了", name=name, period=gap.period),
                say("补交这个月的报表；{remedy}。", remedy=_if_nothing(whole, gap.unit, gap.period, owed)),
            )


@whole_rule(
    "MZ602",
    WARNING,
    title="迟报",
    what="已过报送期限（次月若干日，由计划的 report_day 规定），别的单位已经报了这个月，这个单位还没有报。",
    why="一个单位迟报，全市的数就不完整，通报时只能写“未报”。",
    mend="尽快报送；可用 mzplan template 生成表格。",
    bad=f"{_ALL}--- data/2031-03/qingshan.csv [absent]\n",
    good=_ALL,
)
def late_report(whole: Whole) -> Iterator[Found]:
    """Nothing for the latest months although the day has passed."""
    for gap in _gaps(whole):
        due = whole.plan.due_day(gap.period)
        if gap.is_last and whole.today is not None and whole.today > due:
            name = whole.plan.units[gap.unit].name
            days = (whole.today - due).days
            message = say(
                "{name}没有报 {period}，报送期限是{month}月{day}日，已过 {days} 天",
                name=name,
                period=gap.period,
                month=due.month,
                day=due.day,
                days=days,
            )
            yield _absent(gap, message, "尽快报送。")


def lacking(ledger: Ledger, unit: str, period: Period, seen: Set[str]) -> list[str]:
    """The indicators that a unit owes for a month, in plan order, of which neither records nor rows left out tell.

    Where these are no more than the rows of its report that say of no indicator, they may stand there.
    """
    codes = tuple(ledger.plan.indicators)
    silent = {codes[at] for at in ledger.silent(unit, period.month)} - seen
    return [one.id for one in ledger.plan.owed(unit, period) if one.id in silent] if silent else []


_LISTED = 10
_STAGE = "里程碑写到了哪个阶段"
_UNTOUCHED = "{code} {name}没有填"


@whole_rule(
    "MZ603",
    WARNING,
    title="报表缺指标",
    what="这个单位这个月的报表里缺它应报的指标（按季、按半年、按年报的只在期末那个月应报），或者有那一行，"
    "却像空白的填报表一样什么都没有填（完成值、分子、分母、说明、佐证都空着）：两样都是未报。一份报表只报一次，列出缺的指标。",
    why="没有报不等于 0：缺的指标只能沿用以前的数或写“未报”。",
    mend="有了数就补上；没有发生的填 0（以前报过数的，仍填上次的），里程碑写到了哪个阶段，不适用的填“不适用”并写说明；"
    "还没有数的，空着或不写那一行。",
    bad=f"{_ALL}--- data/2031-03/qingshan.csv\n{SOUND}",
    good=_ALL,
)
def missing_indicators(whole: Whole) -> Iterator[Found]:
    """Rows that a report in its place should have and has not."""
    plan, ledger = whole.plan, whole.ledger
    for file, (unit, period) in whole.placed.items():
        if file not in whole.read or period.year != plan.year:
            continue
        missing = lacking(ledger, unit, period, whole.seen.get(file, frozenset()))
        if len(missing) <= whole.unread.get(file, 0):
            continue
        named = {code: show(plan.indicators[code].name, 40) for code in missing}
        names: str = listed(say("{code} {name}", code=code, name=named[code]) for code in missing[:_LISTED])
        if len(missing) > _LISTED:
            names = say("{names}等 {count} 项", names=names, count=len(missing))
        figures = [code for code in missing if not stage_names(plan.indicators[code])]
        remedies = [_if_nothing(whole, unit, period, figures)] if figures else []
        hint = listed(("补上", *remedies, *([_STAGE] if len(figures) < len(missing) else [])), "；")
        finding = Finding(
            say("缺 {count} 项应报的指标：{names}", count=len(missing), names=names),
            hint=say("{hint}。", hint=hint),
        )
        rows = whole.untouched.get(file, {})
        parts = tuple(
            rows[code]._replace(message=say(_UNTOUCHED, code=code, name=name))
            if code in rows
            else Occurrence(0, unit, code, str(period))
            for code, name in named.items()
        )
        first = min((part for part in parts if part.line), default=Occurrence())
        place = Location(whole.sources[file].path, first.line)
        yield Found(finding, place, unit, "", str(period), parts=parts)


def _is_elsewhere(period: Period | None, scope: Scope) -> bool:
    """Whether it is not the file's month at all, which has been said."""
    return scope.place_period not in (None, period)


@key_rule(
    "MZ604",
    WARNING,
    "period",
    title="本月还没有结束",
    what="报的是今天所在的月份，这个月还没有过完。",
    why="期末数要到月末才有；提前报的数多半还会变。",
    mend="月末以后再报，或到时更新。",
    bad=table(f"2031-07,{COUNT},12,,,,"),
    good=table(f"2031-06,{COUNT},12,,,,"),
)
def period_not_over(text: str, scope: Scope) -> Finding | None:
    """A month that is still running."""
    period, _ = scope.names.period(text)
    if scope.today is None or period != Period.containing(scope.today) or _is_elsewhere(period, scope):
        return None
    return Finding(say("{period} 还没有结束", period=period), "period", "月末以后再报，或到时更新。")


@key_rule(
    "MZ605",
    ERROR,
    "period",
    title="报告期在将来",
    what="报告期是还没有到的月份。",
    why="还没有发生的事不会有数；多半是月份写错了。",
    mend="改正报告期。",
    bad=table(f"2031-08,{COUNT},12,,,,"),
    good=table(f"2031-06,{COUNT},12,,,,"),
)
def future_period(text: str, scope: Scope) -> Finding | None:
    """A month that has not begun."""
    period, _ = scope.names.period(text)
    if scope.today is None or period is None or period.year != scope.plan.year:
        return None
    if period <= Period.containing(scope.today) or _is_elsewhere(period, scope):
        return None
    return Finding(say("{period} 还没有到", period=period), "period", "改正报告期。")
