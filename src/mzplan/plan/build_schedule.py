"""How much of a promise is expected when: a schedule's form made into a `Schedule`, against the target it is of."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from mzplan.diagnostics import Location
from mzplan.figures import decimal_text, rounded
from mzplan.period import Period
from mzplan.plan import rules as rule
from mzplan.plan.build_target import Promise
from mzplan.plan.findings import Findings, Offer
from mzplan.plan.fineness import check_fineness
from mzplan.plan.form_indicator import AdditiveForm, IndicatorForm, PointForm
from mzplan.plan.indicator import CYCLE_ZH, is_end_of
from mzplan.plan.target import Schedule, ScheduleKind, Target
from mzplan.plan.yaml_border import Cursor
from mzplan.said import listed, say

MESSAGES: Mapping[str, tuple[str, str]] = {
    "due-year": ("期限 {name} 不在 {year} 年", "写成本年的月份；不写就是12月"),
    "points-empty": ("进度点是空的", "写成 {{{year}-06: 50, {year}-12: 100}}，或写 linear、by_due、always"),
    "point-year": ("进度点 {name} 不在 {year} 年", "进度点只能是本年的月份"),
    "point-range": ("进度点 {number} 不在0到100之间", "写累计百分数，到100为止；写数量用 {{value: 数}}"),
    "point-share": ("进度点 {number} 是百分之{number}", "百分之{meant}写作 {meant}；写数量用 {{value: 数}}"),
    "point-beyond": ("进度点 {number} {how}目标 {target}", "核对两个数；全部完成的月份写 100"),
    "point-outgrows": ("进度点 {number} 超过 {start} 起的目标 {target}", "核对两个数；都对的，这个进度点写成百分数"),
    "point-below": ("进度点 {number} 还没有到基期值 {baseline}", "写期末应达到的总数，不是当年新增"),
    "point-above": ("进度点 {number} 比基期值 {baseline} 还高", "写期末应降到的总数，不是当年压减"),
    "point-of-nothing": ("{what}，进度点不能写数量", "写目标的百分数，例如 50"),
    "points-apart": ("进度点 {numbers} 像是各期新增的：加起来正好是{whole}", "进度点是累计的：依次写 {meant}"),
    "points-fall": ("进度从 {before} 降到 {number}", "进度点是累计的，只能上升"),
    "points-short": ("进度只到 {number}，没有到100", "补上全部完成的月份，例如 {year}-12: 100"),
    "points-short-at-end": ("进度到年底只有 {number}，没有到100", "进度点是累计的：全部完成的月份写 100"),
    "limit-linear": (
        "{number} 是上限，没有逐月完成多少可言：要求的每一期都不能超过",
        "写 schedule: always（累计量不写就是）；只在期末考核的写 by_due",
    ),
    "always-from-nothing": ("{start}，要求每期都{reached}，年初总是不达标", "写 linear、by_due 或进度点"),
    "due-not-owed": ("期限是 {due}，那个月不报（{every}报送）", "期限写成应报的月份，或改 report_every"),
    "points-not-owed": ("进度点是 {months}，那个月不报（{every}报送）", "进度点写在应报的月份，或改 report_every"),
    "revision-late": (
        "期限是 {due}，{start} 才调整目标：到期时是按原来的目标考核的",
        "核对 due 和 from；期限也推后了的，改 due",
    ),
    "points-due": ("期限 {name} 与进度点不一致：{month} 已要求100", "删去 due，或改进度点"),
}

_WHOLE, _WAY = "目标 {end}", "目标 {end} 与基期值 {start} 之差"


class _SchedulePoint(NamedTuple):
    month: Period
    share: Fraction
    """Of the target that the year begins with."""
    reached: Fraction
    """Of the target in force at that month; what was the whole of the first is the whole of each."""
    amount: Fraction | None
    """The value, where the point is given as one that is short of that target."""
    is_value: bool
    said: str
    place: Location


class ScheduleReader:
    """Reads the schedule of one indicator."""

    def __init__(self, found: Findings, form: IndicatorForm, promise: Promise, year: int | None, at: Cursor) -> None:
        self.found = found
        self.form = form
        self.promise = promise
        self.year = year
        self.at = at

    def read(self) -> Schedule | None:
        """The schedule, its contradictions told; None when it cannot be read."""
        form = self.form
        due = None if form.due is None else self._month(form.due, self.at.place("due"))
        if isinstance(form.schedule, dict):
            points = self._points(form.schedule, due)
            return points and self._asked(points)
        if form.is_unread("schedule") or form.is_unread("due"):
            return None
        schedule = Schedule(form.schedule or self._usual, due or Period(self.year or 1, 12))
        self._check_revisions(schedule)
        if self.promise.target is not None:
            self._check_fit(schedule, self.promise.target)
        return self._asked(schedule)

    @property
    def _usual(self) -> ScheduleKind:
        """The schedule when none is written: month by month what accumulates, and a level that starts somewhere."""
        target, baseline = self.promise.target, self.promise.baseline
        if self.form.makes.cumulative:
            return "always" if target is not None and target.operator == "at_most" else "linear"
        has_way = target is not None and target.has_way_from(baseline)
        return "linear" if isinstance(self.form, AdditiveForm) and has_way else "by_due"

    def _asked(self, schedule: Schedule) -> Schedule:
        """What the schedule asks of the target, told where that is not what it says."""
        target, baseline = self.promise.target, self.promise.baseline
        if target is None or (asked := schedule.asked_of(target, baseline)) == schedule:
            return schedule
        place, number = self.at.place("schedule"), decimal_text(target.value)
        self.found.report(rule.UNFITTING_SCHEDULE, place, "limit-linear", number=number)
        return asked

    def _check_revisions(self, schedule: Schedule) -> None:
        """A target that is revised when it was due already was judged by the one before."""
        due, revisions = schedule.due, getattr(self.form, "revisions", None)
        for form, at in self.at.members("revisions", revisions if schedule.kind != "always" else ()):
            if form is not None and form.start is not None and str(due) < form.start <= f"{due.year}-12":
                place = at.place("from")
                self.found.report(rule.UNFITTING_SCHEDULE, place, "revision-late", start=form.start, due=str(due))

    def _check_fit(self, schedule: Schedule, target: Target) -> None:
        """What is allowed and hardly meant: a sum that has to be there in January, a date when nothing is owed."""
        place = self.at.place("schedule" if self.form.schedule is not None else "target")
        if schedule.kind == "always" and (start := self._short_of(target)):
            reached = "全部完成" if self.form.staged else say("达到 {value}", value=decimal_text(target.value))
            self.found.report(rule.UNFITTING_SCHEDULE, place, "always-from-nothing", start=start, reached=reached)
        every = self.form.report_every or "month"
        if not is_end_of(every, schedule.due):
            due, place = str(schedule.due), self.at.place("due")
            self.found.report(rule.UNFITTING_SCHEDULE, place, "due-not-owed", due=due, every=CYCLE_ZH[every])

    def _short_of(self, target: Target) -> str:
        """Where the year begins short of the target, in words; empty where nobody knows that it does."""
        if self.form.staged:
            return "里程碑从头做起"
        if self.form.makes.cumulative:
            return "累计量从0算起" if target.operator in ("at_least", "about") else ""
        baseline = self.promise.baseline
        if baseline is None or not target.has_way_from(baseline):
            return ""
        return say("从基期值 {baseline} 算起", baseline=decimal_text(baseline))

    def _check_owed(self, points: list[_SchedulePoint]) -> None:
        """Each point is in a month for which something is reported."""
        every = self.form.report_every or "month"
        if astray := [point for point in points if not is_end_of(every, point.month)]:
            months = listed(str(point.month) for point in astray)
            place, others = astray[0].place, [point.place for point in astray[1:]]
            named: dict[str, Any] = {"months": months, "every": CYCLE_ZH[every], "related": others}
            self.found.report(rule.UNFITTING_SCHEDULE, place, "points-not-owed", **named)

    def _month(self, text: str, place: Location) -> Period:
        month = Period.parse(text)
        if self.year is not None and month.year != self.year:
            self.found.report(rule.DUE_OUTSIDE_YEAR, place, "due-year", name=str(month), year=self.year)
        return month

    def _points(self, written: Mapping[str, Decimal | PointForm | None], due: Period | None) -> Schedule | None:
        if self._are_apart(written):
            return None
        points: list[_SchedulePoint] = []
        for key, given in written.items():
            entry, month = self.at.down("schedule", key), Period.parse(key)
            if self.year is not None and month.year != self.year:
                self._wrong(entry.key_place(), "point-year", name=key, year=self.year)
            elif isinstance(given, PointForm):
                point = None if given.value is None else self._valued(month, Fraction(given.value), entry.down("value"))
                points += [] if point is None else [point]
            elif given is not None and (point := self._percent(month, Fraction(given), entry.place())):
                points.append(point)
        if not written:
            self._wrong(self.at.place("schedule"), "points-empty", year=self.year or "")
        points.sort(key=lambda point: point.month)
        self._check_rise(points)
        for point in points:
            self._check_later(point)
        self._check_owed(points)
        if not points:
            return None
        last = points[-1]
        shares_of_one = any(isinstance(given, Decimal) and 0 < given < 1 for given in written.values())
        is_told = shares_of_one and last.amount is None and last.share == Fraction(1, 100)  # 0.5, then 1: all are
        is_last = str(last.month) == max(written)  # else what is asked for in the end was not read
        if last.reached < 1 and is_last and not is_told:
            message, year = "points-short-at-end" if last.month.month == 12 else "points-short", last.month.year
            self.found.report(rule.UNFINISHED_SCHEDULE, last.place, message, number=last.said, year=year)
        done = next((point.month for point in points if point.reached == 1), None)
        if due is not None and done is not None and due != done:
            self._wrong(self.at.place("due"), "points-due", name=str(due), month=str(done))
        if len(points) < len(written):
            return None
        shares = (min(point.share, Fraction(1)) for point in points)
        return Schedule(
            "points",
            done or due or last.month,
            tuple(zip((point.month for point in points), accumulate(shares, max), strict=True)),
            tuple((point.month, point.amount) for point in points if point.amount is not None),
        )

    def _check_rise(self, points: list[_SchedulePoint]) -> None:
        for before, point in pairwise(points):
            if point.share < before.share and point.reached < before.reached:
                was, number = self._measured(before, point), self._measured(point, before)
                self._wrong(point.place, "points-fall", related=[before.place], before=was, number=number)

    def _are_apart(self, written: Mapping[str, Decimal | PointForm | None]) -> bool:
        """Whether points, told then, say what each adds: together they are the whole, which the last one is not."""
        given = [written[month] for month in sorted(written)]
        numbers = [Fraction(each) for each in given if isinstance(each, Decimal)]
        start, end, template, whole = Fraction(0), Fraction(100), "{number}", "100"
        if not numbers:
            numbers = [Fraction(each.value) for each in given if isinstance(each, PointForm) and each.value is not None]
            target, baseline = self.promise.target, self.promise.baseline
            if target is None or (target.operator == "at_most" and not target.has_way_from(baseline)):
                return False
            start, end, template = baseline or start, target.value, "{{value: {number}}}"
            whole = say(_WAY if start else _WHOLE, start=decimal_text(start), end=decimal_text(end))
        if not 1 < len(numbers) == len(given) or sum(numbers) != abs(end - start) or numbers[-1] == end:
            return False
        rise = accumulate(numbers if end > start else [-each for each in numbers], initial=start)
        meant = listed(template.format(number=decimal_text(each)) for each in list(rise)[1:])
        place, told = self.at.down("schedule", min(written)).place(), listed(map(decimal_text, numbers))
        self._wrong(place, "points-apart", numbers=told, meant=meant, whole=whole)
        return True

    def _measured(self, point: _SchedulePoint, other: _SchedulePoint) -> str:
        """A point, in per cent of the target where only one of the two is given as a value."""
        if point.is_value == other.is_value:
            return point.said
        percent = rounded(point.share * 100, 2)
        if not point.is_value:
            return f"{point.said}%"
        return say("{value}{unit}（{percent}%）", value=point.said, unit=self.form.unit or "", percent=percent)

    def _check_later(self, point: _SchedulePoint) -> None:
        """A value is no more than any target that comes into force after it: what was asked for once stays so."""
        for revision in self.promise.revisions:
            if point.amount is not None and point.month < revision.start:
                measure, number = revision.target.measure(self.promise.baseline), decimal_text(revision.target.value)
                if Fraction(*measure.completion(*point.amount.as_integer_ratio())) > 1:
                    start = str(revision.start)
                    self._wrong(point.place, "point-outgrows", number=point.said, start=start, target=number)
                    return

    def _percent(self, month: Period, given: Fraction, place: Location) -> _SchedulePoint | None:
        """A point given in per cent of the target."""
        number = decimal_text(given)
        if not 0 <= given <= 100:
            self._wrong(place, "point-range", number=number)
        elif 0 < given < 1:
            meant = decimal_text(given * 100)
            offers = [Offer(meant, Decimal(meant))]
            self._wrong(place, "point-share", number=number, offers=offers, otherwise="point-range")
        else:
            return _SchedulePoint(month, given / 100, given / 100, None, False, number, place)
        return None

    def _valued(self, month: Period, amount: Fraction, at: Cursor) -> _SchedulePoint | None:
        """A point given as a value: the completion that it has of the target; the whole target stands for 100."""
        target, baseline = self.promise.target, self.promise.baseline
        if target is None:
            return None
        is_limit = target.operator == "at_most" and not target.has_way_from(baseline)
        if self.form.staged or target.operator == "undefined" or is_limit:
            what = "上限没有完成多少可言" if is_limit else "目标没有数"
            self._wrong(at.place(), "point-of-nothing", what=what)
            return None
        check_fineness(self.found, at.place(), amount, self.form.promised_decimals, self.form.unit or "")
        now = next((each.target for each in reversed(self.promise.revisions) if each.start <= month), target)
        share, reached = (
            Fraction(*each.measure(baseline).completion(amount.numerator, amount.denominator)) for each in (target, now)
        )
        number = decimal_text(amount)
        how = "低于" if target.operator == "at_most" else "超过"
        if share == 1:
            reached = share
        if reached > 1:
            self._wrong(at.place(), "point-beyond", number=number, how=how, target=decimal_text(now.value))
        elif share < 0:
            message = "point-above" if target.operator == "at_most" else "point-below"
            self._wrong(at.place(), message, number=number, baseline=decimal_text(baseline or Fraction(0)))
        else:
            return _SchedulePoint(month, share, reached, amount if reached < 1 else None, True, number, at.place())
        return None

    def _wrong(self, place: Location, message: str, **named: Any) -> None:
        self.found.report(rule.IMPOSSIBLE_SCHEDULE, place, message, **named)
