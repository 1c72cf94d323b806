"""The phrases that carry numbers: written here once, filled in by the prose and read back by its verification.

A slot `{completion}` is a field of `facts.FIELDS` of whatever the sentence speaks about; `{count:met}` names the group
that is counted; a sign (`{gap-}`) says which way a difference printed without its sign goes; a group that ends in `=`
is completed by a number, the first in the phrase. An amount brings its own measure word. `{city}` is the plan's word
for the whole city.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import WHOLE, Cited, Part, Ref, Subject
from mzplan.plan.unit_lists import in_regions
from mzplan.said import SCREEN
from mzplan.scoring.progress import UNREAD

Parts = tuple[Part, ...]

UNCLEAR = "口径待明确"
"""What the plan leaves undefined, as one office tells another: the screens' word tells its author what to mend."""

NEVER_SENT = "年内从未报送"
"""What is said of a unit that has sent nothing this year; an indicator's phrase counts what it lacks besides."""

LISTED = 5
"""How many names a list holds before it says 等, and how many figures a point tells; the annexes have them all."""

IN_REGION = "家"
"""What follows the number of a region's units beside its name (某市3家), where more are counted than a list names."""

AMOUNTS = frozenset(
    {"actual", "increase", "target", "baseline", "shortfall", "remaining", "pace", "pace_mean", "pace_best"}
    | {"yellow", "red", "floor", "ceiling", "pace_to_band", "left_to_band", "due_by_now", "from_due"}
)
"""Fields whose numbers bring their measure word."""


_COUNTS = frozenset({"count", "addends", "reporters", "owed", "actual"})
"""Fields that count what a phrase speaks of together; 月均 and 均衡 say nothing of several."""


class P(StrEnum):
    """Every phrase with a number in it."""

    # when
    SPAN = "{year}年1—{month}月"
    JANUARY = "{year}年{month}月"
    HALF_YEAR = "{year}年上半年"
    YEAR = "{year}年"
    UP_TO = "截至{month}月底"
    PERIOD = "{year}年{month}月报告期"
    MONTH = "{month}月份"

    # how many indicators
    ALL_OF_PLAN = "确定的{count:all}项指标"
    ALL = "共设指标{count:all}项"
    INVOLVED = "涉及指标{count:all}项"
    JUDGED = "纳入评价{count:judged}项"
    STEADY = "达到进度要求{count:steady}项"
    SHOULD = "应达到进度要求{count:due}项"
    STEADY_SHARE = "已达到{count:steady}项，占{share:steady}%"
    LAGGING = "未达到进度要求{count:lagging}项"
    LAGGING_SHARE = "未达到{count:lagging}项，占{share:lagging}%"
    LAGGING_OPEN = "其中{count:lagging&open}项报齐后再作结论"
    STEADY_OPEN = "其中{count:steady&open}项待报齐核实"
    OPEN = "{count:lagging&open}项按已报数未达到进度要求"
    OPEN_AT_END = "{count:lagging&open}项按已报数未完成"
    MISSING = "未报齐{count:missing}项"
    MISSING_DUE = "应达而未报齐{count:missing&due}项"
    MISSING_SHARE = "应达而未报齐{count:missing&due}项，占{share:missing&due}%"
    MISSING_SHARE_AT_END = "未报齐{count:missing&due}项，占{share:missing&due}%"
    ALL_MET = "{count:met}项指标已全部完成"
    ALL_NOT_DUE = "{count:not_due}项指标均尚未到期"
    MET = "已完成{count:met}项"
    HOLDING = "保持达标{count:holding}项"
    SLOWER = "滞后{count:behind}项"
    EXCEEDED = "已超上限{count:exceeded}项"
    EARLY = "其中提前完成{count:early}项"
    ON_SCHEDULE = "达到序时进度{count:on_schedule}项"
    NOT_DUE = "尚未到期{count:not_due}项"
    SHOULD_BY_END = "应完成{count:due}项"
    STEADY_SHARE_AT_END = "已完成{count:steady}项，占{share:steady}%"
    STEADY_BY_REPORTS = "按已报数完成{count:steady}项"
    STEADY_SHARE_BY_REPORTS = "按已报数完成{count:steady}项，占{share:steady}%"
    LAGGING_SHARE_AT_END = "未完成{count:lagging}项，占{share:lagging}%"
    LATER = "{count:not_due}项尚未到期"
    LACKING_BEFORE = "其中{count:not_due&lacking}项有单位未达到进度要求"
    MISSING_LATER = "未到期未报齐{count:missing&later}项"
    FAR_BEHIND = "其中严重滞后{count:far_behind}项"
    UNDEFINED = f"{UNCLEAR}{{count:undefined}}项"
    ALL_AREA_STEADY = "共设指标{count:all}项，均达到进度要求"
    ALL_AREA_NOT_DUE = "共设指标{count:all}项，均尚未到期"
    ALL_AREA_LAGGING = "共设指标{count:all}项，均未达到进度要求"
    ALL_AREA_LAGGING_AT_END = "共设指标{count:all}项，均未完成"
    ALL_AREA_MISSING = "共设指标{count:all}项，均未报齐"
    ALL_AREA_MET = "共设指标{count:all}项，已全部完成"
    NOT_APPLICABLE = "不适用{count:not_applicable}项"
    OVERALL = "年度完成率{overall}%"
    OVERALL_RAW = "计入超额部分为{overall_raw}%"
    AREA_MEAN = "领域完成率{area_mean}%"
    OVERDUE = "到期未完成{count:overdue}项"
    LAGGING_AT_END = "未完成{count:lagging}项"

    # milestones as a group
    MILESTONES = "重点事项{count:milestones}项"
    MILESTONES_ALL_MET = "重点事项{count:milestones}项已全部办结"
    MILESTONES_ALL_STEADY = "重点事项{count:milestones}项均按计划推进"
    MILESTONES_ALL_NOT_DUE = "重点事项{count:milestones}项均在期限内"
    MILESTONES_ALL_UNDER_WAY = "重点事项{count:milestones}项均在期限内推进"
    MILESTONES_ALL_IDLE = "重点事项{count:milestones}项均在期限内，均尚未启动"
    MILESTONES_IDLE = "其中{count:milestones&idle}项尚未启动"
    MILESTONES_ALL_OVERDUE = "重点事项{count:milestones}项均到期未办结"
    MILESTONES_ALL_LAGGING = "重点事项{count:milestones}项均推进滞后"
    MILESTONES_ALL_MISSING = "重点事项{count:milestones}项进展均未报齐"
    MILESTONES_MET = "办结{count:milestones&met}项"
    MILESTONES_STEADY = "按计划推进{count:milestones&on_schedule}项"
    MILESTONES_NOT_DUE = "尚在期限内{count:milestones&not_due}项"
    MILESTONES_OVERDUE = "到期未办结{count:milestones&overdue}项"
    MILESTONES_LAGGING = "推进滞后{count:milestones&behind}项"
    MILESTONES_MISSING = "进展未报齐{count:milestones&missing}项"
    MILESTONES_NOT_APPLICABLE = "本期不适用{count:milestones&not_applicable}项"

    # one indicator
    TOTAL = "累计{actual}"
    LEVEL = "为{actual}"
    COMPLETION = "完成年度目标的{completion}%"
    COMPLETION_FROM_BASE = "完成年度增量目标的{completion}%"
    BELOW_BASE = "低于{baseline}的基期水平"
    COMPLETION_OF_FALL = "完成年度压减目标的{completion}%"
    ABOVE_BASE = "高于{baseline}的基期水平"
    COMPLETION_OF_REFERENCE = "相当于参考分解数（测算）{target}的{completion}%"
    AHEAD = "快于序时进度{gap+}个百分点"
    BEHIND = "慢于序时进度{gap-}个百分点"
    GOAL_MET = "达到{target}的目标"
    GOAL_MET_AT_LEAST = "达到{target}以上的目标"
    GOAL_SHORT = "距{target}的目标差{shortfall}"
    GOAL_SHORT_AT_LEAST = "距{target}以上的目标差{shortfall}"
    LIMIT_KEPT = "控制在{target}以内"
    LIMIT_KEPT_AT_NONE = "符合{target}的控制目标"
    LIMIT_BROKEN = "超出{target}的控制目标"
    ABOUT_EXCEEDED = "超出约{target}的目标"
    ABOUT = "目标为约{target}"
    CONTRIBUTION = "占{city}的{contribution}%"
    DUE = "{due}月底前完成"
    DUE_YEAR = "{due_year}年{due}月底前完成"
    SHOULD_MEET = "应达标单位{target}"
    DOES_MEET = "已达标{addends:kept}家"
    ALL_MEET = "{actual}单位全部达标"
    NOT_MET_BY = "未达标{addends:lapsed}家"
    SLOW_BY = "未达到进度要求{addends:slow}家"
    NOT_DUE_BY = "尚未到期{addends:not_due}家"
    LACKING = "有{addends:firm&lagging}家未达标"
    SHOULD_FINISH = "应完成单位{addends:applicable}家"
    DID_FINISH = "已完成{addends:met}家"
    ALL_FINISHED = "{addends:met}家单位全部完成"
    NOT_FINISHED_BY = "未完成{addends:lapsed}家"
    SENT_BEFORE = "其中{addends:firm&lagging&unfiled&unsent}家本月未报、以最近一次所报为准"
    SLOW = "有{addends:firm&lagging}家未达到进度要求"
    UNFINISHED = "有{addends:firm&lagging}家未完成"
    ALL_LACKING = "{addends:firm&lagging}家单位均未达标"
    ALL_SLOW = "{addends:firm&lagging}家单位均未达到进度要求"
    ALL_UNFINISHED = "{addends:firm&lagging}家单位均未完成"
    SILENT = "另有{addends:missing&unsent}家未报"
    NOT_READ_OF_OTHERS = f"{{addends:missing&unread}}家{UNREAD}"
    PARTIAL = "已报{reported}家、未报{unreported}家"
    REPORTED = "已报{reported}家"
    NOT_READ_OF_ALL = f"{UNREAD}{{addends:unfiled&unread}}家"
    UNIT_CARRIED = "{month}月未报，沿用{used}月数据"
    UNIT_CARRIED_UNREAD = f"{{month}}月{UNREAD}，沿用{{used}}月数据"
    CARRIED = "沿用{used}月"
    CARRIED_KEPT = "其中{addends:kept_before}家沿用此前数据"
    CARRIED_MET = "其中{addends:met&carried}家沿用此前数据"

    # what is left
    OVERDUE_SURELY = "已过期限、尚未完成的有{count:overdue&firm}项"
    REMAINING = "距年度目标尚差{remaining}"
    PACE = "月均需完成{pace}"
    PACE_NEXT = "下月需完成{pace}"
    PACE_TO_BAND = "按允许偏差的下限{floor}计，月均需完成{pace_to_band}"
    PACE_TO_BAND_NEXT = "按允许偏差的下限{floor}计，下月需完成{pace_to_band}"
    PACE_MEAN = "此前月均{pace_mean}"
    PACE_BEST = "最高月{pace_best}"
    DUE_THEN = "{due_month:=}月底到期、尚未完成的有{count:unmet&due=}项"
    MISSING_THEN = "{due_month:=}月底到期、未报齐的有{count:missing&due=}项"

    # who reports
    REPORTERS = "应报单位{reporters:all}家"
    REPORTERS_FULL = "报齐{reporters:full}家"
    REPORTERS_ALL_FULL = "应报的{reporters:full}家单位全部报齐"
    REPORTERS_PARTIAL = "部分报送{reporters:partial}家"
    REPORTERS_NONE = "未报{reporters:none}家"
    REPORTERS_UNREAD = f"{UNREAD}{{reporters:unread}}家"
    REPORTERS_LATE = "未报齐的{reporters:lacking}家单位"
    REPORTERS_REFUSED = f"{UNREAD}的{{reporters:unread}}家单位"
    REPORTERS_ALL_NONE = "应报的{reporters:none}家单位均未报"
    REPORTERS_ALL_PARTIAL = "应报的{reporters:partial}家单位均未报齐"
    UNIT_SINCE = "自{unit_since}月起未报"
    NOT_COUNTED = "{city}数据未含其{month}月份数据"
    OWED = "应报指标{owed}项"
    FILED = "已报{filed}项"
    UNFILED = "未报{count:unfiled&unsent}项"
    ALL_FILED = "应报的{owed}项指标已全部报送"
    NONE_FILED = "应报的{owed}项指标均未报"
    NONE_FILED_SINCE = "应报的{owed}项指标自{unit_since}月起均未报"
    NONE_READ = f"{UNREAD}，应报的{{owed}}项指标须重新报送"
    SINCE = "自{since:=}月起未报{count:unfiled&unsent&since=}项"
    ALL_SINCE = "均自{since:=}月起未报"
    ALONE_SINCE = "自{since:=}月起未报"
    NEVER = f"{NEVER_SENT}{{count:unfiled&unsent&never}}项"
    NOT_READ = f"{UNREAD}{{count:unfiled&unread}}项"
    DEADLINE = "{month}月数据应于{deadline_month}月{deadline_day}日前报送"
    DEADLINE_NEXT_YEAR = "{month}月数据应于次年{deadline_month}月{deadline_day}日前报送"
    NEXT_DEADLINE_NEXT_YEAR = "{next_month}月份数据请于次年{next_deadline_month}月{deadline_day}日前报送"
    NEXT_DEADLINE = "{next_month}月份数据请于{next_deadline_month}月{deadline_day}日前报送"

    # where a unit stands
    RANK = "列{city}第{rank}位"
    RANK_TIED = "并列{city}第{rank}位"
    RANKED = "共{ranked}家参加排名"
    FIRM = "有正式目标的{count:firm}项"
    FIRM_ALL_STEADY = "有正式目标的{count:firm}项均达到进度要求"
    FIRM_ALL_NOT_DUE = "有正式目标的{count:firm}项均尚未到期"
    FIRM_ALL_LAGGING = "有正式目标的{count:firm}项均未达到进度要求"
    FIRM_ALL_MISSING = "有正式目标的{count:firm}项均未报"
    FIRM_STEADY = "达到进度要求{count:firm&steady}项"
    FIRM_LAGGING = "未达到进度要求{count:firm&lagging}项"
    FIRM_ALL_STEADY_AT_END = "有正式目标的{count:firm}项均已完成"
    FIRM_ALL_LAGGING_AT_END = "有正式目标的{count:firm}项均未完成"
    FIRM_STEADY_AT_END = "已完成{count:firm&steady}项"
    FIRM_LATE = "其中逾期完成{count:firm&late}项"
    FIRM_LAGGING_AT_END = "未完成{count:firm&lagging}项"
    FIRM_MISSING = "尚未报送{count:firm&missing&unsent}项"
    FIRM_ALL_UNREAD = f"有正式目标的{{count:firm}}项均{UNREAD}"
    FIRM_UNREAD = f"{UNREAD}{{count:firm&missing&unread}}项"
    FIRM_NOT_DUE = "尚未到期{count:firm&not_due}项"
    FIRM_DUE_THEN = "{due_month:=}月底到期、有正式目标而尚未完成的有{count:firm&unmet&due=}项"
    FIRM_MISSING_THEN = "{due_month:=}月底到期、有正式目标而未报的有{count:firm&missing&due=}项"
    UNIT_CARRIED_TO = "沿用{unit_used}月数据"

    # notes
    LATE_OVER = "低于序时进度{yellow}以上（不含本数）的为滞后"
    LATE_FROM = "低于序时进度{yellow}以上（含本数）的为滞后"
    FAR_OVER = "低于序时进度{red}以上（不含本数）的为严重滞后"
    FAR_FROM = "低于序时进度{red}以上（含本数）的为严重滞后"
    ELAPSED = "按月均衡推进的指标序时进度为{elapsed}%"


AT_YEAR_END: Mapping[P, P] = MappingProxyType(
    {
        P.SHOULD: P.SHOULD_BY_END,
        P.STEADY: P.MET,
        P.STEADY_SHARE: P.STEADY_SHARE_AT_END,
        P.LAGGING: P.LAGGING_AT_END,
        P.OPEN: P.OPEN_AT_END,
        P.LAGGING_SHARE: P.LAGGING_SHARE_AT_END,
        P.MISSING_DUE: P.MISSING,
        P.MISSING_SHARE: P.MISSING_SHARE_AT_END,
        P.ALL_AREA_LAGGING: P.ALL_AREA_LAGGING_AT_END,
        P.FIRM_ALL_STEADY: P.FIRM_ALL_STEADY_AT_END,
        P.FIRM_ALL_LAGGING: P.FIRM_ALL_LAGGING_AT_END,
        P.FIRM_STEADY: P.FIRM_STEADY_AT_END,
        P.FIRM_LAGGING: P.FIRM_LAGGING_AT_END,
    }
)
"""What is said once everything is due: a promise is kept or not, and nobody asks about the schedule."""
AT_END_ONLY = frozenset((*AT_YEAR_END.values(), P.STEADY_BY_REPORTS, P.STEADY_SHARE_BY_REPORTS)) - {
    P.MET,
    P.MISSING,
    P.MISSING_SHARE_AT_END,
}
"""What is said then alone: before, 已完成31项，占25.4% is of what is done, and not of what is in time."""
BY_REPORTS: Mapping[P, P] = MappingProxyType({P.STEADY: P.STEADY_BY_REPORTS, P.STEADY_SHARE: P.STEADY_SHARE_BY_REPORTS})
"""What is said then instead while some of it waits for reports: what waits is not called 已完成."""
OF_UNREAD: Mapping[P, P] = MappingProxyType(
    {
        P.NONE_FILED: P.NONE_READ,
        P.FIRM_ALL_MISSING: P.FIRM_ALL_UNREAD,
    }
)
"""What is said of a unit whose report is there and could not be read: it is not called silent."""


class Slot(NamedTuple):
    """A place for a number in a phrase."""

    field: str
    group: str
    sign: str


_SLOT = re.compile(r"\{([a-z_]+)(?::([a-z_&=]+))?([+-]?)\}")


def pieces(phrase: str) -> list[str | Slot]:
    """A phrase as its words and slots in order; `{city}` stays a word."""
    found: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(phrase):
        if match[1] == "city":
            continue
        if match.start() > end:
            found.append(phrase[end : match.start()])
        found.append(Slot(match[1], match[2] or "", match[3]))
        end = match.end()
    if end < len(phrase):
        found.append(phrase[end:])
    return found


def reference(slot: Slot, subject: Subject, given: str = "") -> Ref:
    """The figure that a slot stands for when the sentence speaks about that subject."""
    group = (slot.group + given).lstrip("=") if slot.group.endswith("=") else slot.group
    return Ref(slot.field, group, subject)


def singular(words: str) -> str:
    """Words about several, said of a single one: no 均, no 全部."""
    return words.replace("均", "").replace("已全部", "已").replace("全部", "")


class PhraseWriter:
    """Fills phrases with the figures of one set of facts."""

    def __init__(self, facts: Facts, told: str = "") -> None:
        self.facts = facts
        self.told = told
        """A unit all of whose figures the document has already called carried over, so that no sentence repeats it."""

    def about(self, unit: str) -> "PhraseWriter":
        """A writer of a letter to one unit, which opens by saying whether its figures are carried over."""
        return PhraseWriter(self.facts, unit if unit in self.facts.silent else "")

    def say(self, phrase: P, subject: Subject = WHOLE, given: int | str = "") -> Parts:
        """A phrase with its numbers; KeyError when one of them does not exist."""
        phrase = self._as_it_stands(phrase, subject)
        parts: list[Part] = []
        for piece in pieces(phrase):
            if isinstance(piece, Slot):
                parts.append(self.facts.cite(reference(piece, subject, str(given))))
            else:
                parts.append(piece.replace("{city}", self.facts.plan.city))
        first = next((part for part in parts if isinstance(part, Cited)), None)
        alone = first is not None and first.ref.field in _COUNTS and first.value == 1
        return tuple(singular(part) if isinstance(part, str) and alone else part for part in parts)

    def _as_it_stands(self, phrase: P, subject: Subject) -> P:
        """The phrase as it is said at this time of the year, and of a unit whose report could not be read."""
        if subject.unit in self.facts.plan.units and self.facts.is_unread(subject.unit):
            phrase = OF_UNREAD.get(phrase, phrase)
        if not self.facts.is_over:
            return phrase
        by_reports = BY_REPORTS.get(phrase) if self.facts.rows(WHOLE, "steady&open") else None
        return by_reports or AT_YEAR_END.get(phrase, phrase)

    def listed(self, names: Iterable[str]) -> str:
        """Names in brackets, as many as a list holds."""
        return f"（{zh.joined(names, LISTED)}）"

    def some(self, phrase: P, subject: Subject = WHOLE, *, named: bool = False, most: int | None = LISTED) -> Parts:
        """A phrase whose first number counts something, and what it counts, `most` by name, where that is asked for.

        Nothing at all when the count is 0.
        """
        slot = next(piece for piece in pieces(self._as_it_stands(phrase, subject)) if isinstance(piece, Slot))
        ref = reference(slot, subject)
        if not self.facts.value(ref):
            return ()
        said = self.say(phrase, subject)
        return (*said, *self.counted(ref, most)) if named else said

    def counted(self, ref: Ref, most: int | None = LISTED) -> Parts:
        """What a count counts, in brackets: the first by name; of more units than a screen holds how many by region.

        Those that are directly in the region of all, or in none, are named.
        """
        units, plan = self.facts.counted_units(ref), self.facts.plan
        regions = in_regions(plan, units) if len(units) > SCREEN else {}
        if regions.keys() <= {ref.subject.unit}:  # of none, or directly in the region that is spoken of
            return (f"（{zh.joined(self.facts.members(ref), most)}）",)
        told: list[Parts] = []
        for region in [one for one in regions if one][:SCREEN]:
            of_region = ref._replace(subject=ref.subject._replace(unit=region))
            told.append((plan.units_and_regions[region].name, self.facts.cite(of_region), IN_REGION))
        alone = regions.get("", ())
        told += [(name,) for name in self.facts.unit_names(alone[:LISTED])]
        is_cut = len(regions) - ("" in regions) > SCREEN or len(alone) > LISTED
        return ("（", *together(told, "、"), "等" if is_cut else "", "）")


def together(clauses: list[Parts], stop: str = "，") -> Parts:
    """Clauses in one row, the empty ones left out."""
    parts: list[Part] = []
    for clause in clauses:
        if clause:
            parts.extend(((stop,) if parts else ()) + clause)
    return tuple(parts)
