"""How one figure of a row reads in a table. Rounds once, half up, and never against the verdict."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from mzplan import zh
from mzplan.diagnostics import show
from mzplan.figures import decimal_text, rounded
from mzplan.period import Period
from mzplan.plan.indicator import SPAN_ZH
from mzplan.plan.lights import Light
from mzplan.plan.model import BASIS_ZH, LightPreset, Plan
from mzplan.plan.target import OPERATOR_SIGNS, UNDEFINED, Target
from mzplan.render.document import EMPTY, Cell, Tone
from mzplan.said import listed, say
from mzplan.scoring.pace import REACH_ZH, Pace, Reach
from mzplan.scoring.progress import STATUS_ZH, Progress, Status, Tally
from mzplan.submissions.ledger import Begun
from mzplan.zh import Amount

REFERENCE = "*"
"""Behind every figure that rests on a computed part of a city total."""

MORE_FILES = "等 {files} 个文件"
MISSING_MARK, NOT_DUE_MARK = "缺", "未"
"""Behind a mean without a light: something is not reported and nothing lags; nothing is due yet."""

LIGHT_WORDS: Mapping[Light, str] = {"green": "绿", "yellow": "黄", "red": "红"}
WORST_MARKS = (LIGHT_WORDS["red"], LIGHT_WORDS["yellow"], MISSING_MARK, NOT_DUE_MARK, LIGHT_WORDS["green"])
"""Every word behind a mean, the worst first."""
_DUE = "已到期"
_OVER = STATUS_ZH[Status.EXCEEDED]
CARRIED = "沿用"
MARKS = ("依据", CARRIED)
"""Headings of what machines read of marks: the basis of targets, the months of carried figures."""
MONTH_OF = "{month}"
PARTIAL = "（未报{count}家）"
REACHED = "达到 {reached}/{due}"
_UNITS_AND_ROWS = " {units} 家 {count} 项"
ITEMS_OF = "{unit}{count}项"
_UNREPORTED, _LACKING_UNITS = "（{word}）", "{word}{count}家"
_REQUIRED, _SIGNED, _MARKED, _OF_MONTH = "{required}{best}{reach}", "{sign}{number}", "{text}{mark}", "{mark}{month}"

TONES: Mapping[Status, Tone] = {
    Status.MET: "green",
    Status.HOLDING: "green",
    Status.ON_SCHEDULE: "green",
    Status.NOT_DUE: "dim",
    Status.BEHIND: "yellow",
    Status.FAR_BEHIND: "red",
    Status.OVERDUE: "red",
    Status.EXCEEDED: "red",
    Status.MISSING: "missing",
    Status.NOT_APPLICABLE: "dim",
    Status.UNDEFINED: "dim",
    Status.CONTRIBUTION: "dim",
}
"""In the order in which statuses are counted side by side."""

TONES_BY_WORD: Mapping[str, Tone] = {STATUS_ZH[status]: tone for status, tone in TONES.items()}

_REACH_TONES: Mapping[Reach, Tone] = {Reach.WITHIN_REACH: "green", Reach.TIGHT: "yellow", Reach.OUT_OF_REACH: "red"}


def measure(row: Progress) -> str:
    """The measure unit of the row's actual and target; none for stages."""
    if row.indicator.counts_silence:
        return ""
    return "个单位" if row.counts_units else show(row.indicator.unit)


def span(row: Progress) -> str:
    """The measure unit of what lies between two figures of the row: between two per cents it is percentage points."""
    unit = measure(row)
    return "个百分点" if unit == "%" else unit


def amount(row: Progress, value: Fraction, apart_from: Fraction | None = None) -> str:
    """An amount of the row's measure unit, without it."""
    if is_mean_of_stages(row):
        return f"{percent(value)}%"
    if row.indicator.counts_silence:
        return show(row.indicator.figure_text(value))
    return zh.amount(value, measure(row), apart_from, short=True).number


def is_mean_of_stages(row: Progress) -> bool:
    """Whether it is a milestone of several units, of which the city's row has the mean share."""
    indicator = row.indicator
    units = row.addends if row.unit is not None else indicator.judged or indicator.reporting
    return indicator.counts_silence and row.is_whole and len(units) > 1


def actual(row: Progress, unit: str = "") -> Cell:
    """The actual, printed apart from a target that it misses; one that is carried with its month.

    Of a milestone of several units people read how many of them are done, machines the mean share.
    """
    if row.actual is None:
        return EMPTY
    raw = actual_text(row, row.actual)
    text = _stages(row) if is_mean_of_stages(row) else raw
    carried = carried_mark(row)
    return Cell(say("{amount}{carried}", amount=Amount(text, unit), carried=carried), raw=(raw,))


def carried_mark(row: Progress) -> str:
    """The mark of a figure that older ones stand in: from which month, of the city's of how many units besides."""
    behind = row.carried_rows
    if not behind:
        return ""
    if not row.is_whole or len(row.addends) == 1:
        return carried(behind[0].carried_from)
    return say("（{count}家沿用{months}月）", count=len(behind), months=_listed_months(row.carried_months))


def _stages(row: Progress) -> str:
    judged = [one for one in row.addends if one.is_judged]
    stage = row.indicator.target_text(row.target) if row.target is not None else ""
    return say("{done}/{count}家{stage}", done=sum(one.is_kept for one in judged), count=len(judged), stage=show(stage))


def actual_text(row: Progress, value: Fraction) -> str:
    """The actual in short, without its measure unit."""
    return amount(row, value, row.target.value if row.target is not None and not row.is_kept else None)


def carried(used: Period | None) -> str:
    """The mark of a figure that stands in for one that was not reported: the month that it is from."""
    return say("（沿用{month}月）", month=used.month) if used is not None else ""


def carried_from(months: Sequence[Period]) -> str:
    """From which months figures are carried into a mean; empty where none is."""
    return say("沿用{months}月", months=_listed_months(months)) if months else ""


def _listed_months(months: Sequence[Period]) -> str:
    return listed(say(MONTH_OF, month=one.month) for one in months)


def target(row: Progress) -> Cell:
    """The target with its direction, as 要点 or a breakdown sets it for this row."""
    promise = row.target
    if row.indicator.target.operator == "undefined":
        return Cell(UNDEFINED, "dim")
    if promise is None:
        return EMPTY
    if row.indicator.counts_silence:
        text = show(row.indicator.target_text(promise))
        return Cell(say("均{target}", target=text) if is_mean_of_stages(row) else text)
    sign, number = OPERATOR_SIGNS[promise.operator], zh.trimmed(amount(row, promise.value))
    return Cell(say(_SIGNED, sign=sign, number=number))


def basis(row: Progress) -> Cell:
    """What the target rests on."""
    if row.target_basis is None:
        return EMPTY
    word = BASIS_ZH[row.target_basis]
    mark = REFERENCE if row.target_basis == "reference" else ""
    return Cell(say(_MARKED, text=word, mark=mark), raw=(word,))


def completion(row: Progress) -> Cell:
    """The uncapped completion in per cent."""
    if row.completion is None:
        return EMPTY
    text = percent_of(row)
    marked = text + (REFERENCE if row.target_basis == "reference" else "")
    return Cell(marked, TONES[row.status], raw=(text,), share=row.capped)


def percent_of(row: Progress) -> str:
    """A row's completion in per cent, never reading as met or as on schedule when it is not."""
    return zh.percent(row.completion or Fraction(0), unreached(row))


def unreached(row: Progress) -> list[Fraction | int]:
    """The shares that a completion may not read as: the whole when it is not met, the expectation when it is behind."""
    below: list[Fraction | int] = [] if row.is_kept else [1]
    if row.expected is not None and row.gap is not None and row.gap < 0:
        below.append(row.expected)
    return below


def capped(row: Progress) -> Cell:
    """The completion as means count it, printed where it differs from the raw one."""
    if not row.is_judged:
        return EMPTY
    text = percent(row.capped)
    differs = row.completion is not None and row.capped != row.completion
    return Cell(text if differs else "", "dim", raw=(text,))


def expected(row: Progress) -> Cell:
    """The expected completion in per cent."""
    return EMPTY if row.expected is None else Cell(percent(row.expected))


def gap(row: Progress) -> Cell:
    """The gap in percentage points, signed."""
    if row.told_gap is None:
        return EMPTY
    return change(row.told_gap, TONES[row.status])


def points(difference: Fraction) -> str:
    """A difference of two shares in percentage points; 0.0 only for none at all."""
    return rounded(difference * 100, 1, below=[0], above=[0])


def change(difference: Fraction, tone: Tone = "") -> Cell:
    """A difference of two shares in percentage points, signed; 0.0 only for none at all."""
    text = points(difference)
    return Cell(text if difference <= 0 else f"+{text}", tone, raw=(text,))


def path(targets: Sequence[Target]) -> str:
    """800→900; with directions and tolerances where the number is the same."""
    values = [decimal_text(target.value) for target in targets]
    if all(before != after for before, after in pairwise(values)):
        return "→".join(values)
    signs = [f"{OPERATOR_SIGNS[target.operator]}{number}" for target, number in zip(targets, values, strict=True)]
    slack = [f"±{decimal_text(target.tolerance * 100)}%" if target.tolerance else "" for target in targets]
    return "→".join(map("".join, zip(signs, slack, strict=True)))


def status(row: Progress) -> Cell:
    """The status in a word, whether it went unreported, and the verdict on the older figure that it carries."""
    more = ""
    if row.carried_status is not None:
        more = say("（沿用 {status}）", status=STATUS_ZH[row.carried_status])
    elif not row.is_whole and row.status is not Status.MISSING and row.is_unreported:
        more = say(_UNREPORTED, word=row.lacking)
    elif row.is_whole and row.status is not Status.MISSING and row.reported < row.reporting:
        ways = Counter(one.lacking for one in row.addends if one.reporting and not one.reported)
        more = say(_UNREPORTED, word=listed((say(_LACKING_UNITS, word=word, count=ways[word]) for word in ways), "、"))
    return Cell(say(_MARKED, text=row.status_text, mark=more), TONES[row.status])


def record(row: Progress, period: Period) -> Cell:
    """The month of the record used, or of the oldest one behind a sum."""
    used = row.record_period
    if used is None:
        return Cell("", raw=("", ""))
    month = zh.month_name(used, period.year)
    if used == period or (not row.is_whole and not row.is_unreported):
        return Cell(month, raw=(str(used), ""))
    mark = CARRIED if row.carried_months else ""
    told = "最早" if row.is_whole else mark
    return Cell(say(_OF_MONTH, mark=told, month=month) if told else month, "yellow", raw=(str(used), mark))


def contribution(row: Progress) -> Cell:
    """The share of the city's sum in per cent."""
    return EMPTY if row.contribution is None else Cell(percent(row.contribution))


def pace(row: Progress, need: Pace | None) -> Cell:
    """What is now needed each month (or quarter, and says so), the best one so far, and whether that will do.

    已到期 when no month is left.
    """
    if need is None:
        return EMPTY
    if need.least is None:
        return EMPTY if need.months else Cell(_DUE, "red", raw=(_DUE, "", ""))
    least = amount(row, need.least)
    required = least if need.every == "month" else say("每{span}{required}", span=SPAN_ZH[need.every], required=least)
    best = "" if need.best is None else amount(row, max(need.best, Fraction(0)))
    reach = REACH_ZH[need.reach] if need.reach is not None else ""
    text = say(_REQUIRED, required=required, best=say("（最好{best}）", best=best) if best else "", reach=reach)
    return Cell(text, _REACH_TONES[need.reach] if need.reach else "", raw=(required, best, reach))


def months_left(row: Progress, period: Period) -> Cell:
    """How many months are left to the due date, where there is no amount to divide by them."""
    if row.status is Status.EXCEEDED:
        return Cell(_OVER, "red", raw=(_OVER, "", ""))
    due = row.schedule.due
    months = (due.year - period.year) * 12 + due.month - period.month
    return Cell(say("余{months}个月", months=months)) if months > 0 else Cell(_DUE, "red", raw=(_DUE, "", ""))


def percent(share: Fraction) -> str:
    """A share in per cent with one decimal."""
    return zh.percent(share, [1])


def mean(tally: Tally) -> str:
    """The mean of capped completions in per cent, or a dash where nothing judges."""
    return "-" if tally.completion is None else percent(tally.completion)


def mark(light: Light | None, tally: Tally) -> tuple[str, Tone]:
    """The word behind a mean completion and its tone: a light's, or why it has none."""
    if light is not None:
        return LIGHT_WORDS[light], light
    return (MISSING_MARK, "missing") if tally.missing else (NOT_DUE_MARK, "dim")


def begun(month: Begun) -> str:
    """A later month of which there are reports, of how many units, and how many are not counted."""
    begun = say("{period} 已有{count}家报送", period=month.period, count=month.reported)
    return say("{begun}、{count}家报了但未能读入", begun=begun, count=month.unread) if month.unread else begun


def unit_name(plan: Plan, unit: str | None) -> str:
    """A unit's name, or what the plan calls the whole."""
    return show(plan.city if unit is None else plan.units_and_regions[unit].name)


def beyond(preset: LightPreset, light: Literal["yellow", "red"]) -> str:
    """How large a shortfall has that light, in the preset's yardstick; empty where none has."""
    threshold, inclusive = (
        (preset.yellow, preset.yellow_inclusive) if light == "yellow" else (preset.red, preset.red_inclusive)
    )
    if threshold is None:
        return ""
    size = say("{size}个百分点" if preset.yardstick == "points" else "应完成量的{size}%", size=decimal_text(threshold))
    return say("达到{size}" if inclusive else "超过{size}", size=size)


def counted_by_parts(found: Mapping[str, int]) -> str:
    """How many units lag by computed parts, and in how many rows."""
    return say(_UNITS_AND_ROWS, units=len(found), count=sum(found.values()))
