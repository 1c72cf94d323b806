"""Every phrase as a pattern: the prose's own, and what people write instead. Knows nothing of figures' values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from mzplan import zh
from mzplan.bulletin.annexes import AREA_COLUMNS, AT_YEAR_END, INDICATOR_COLUMNS, UNIT_COLUMNS, UNIT_INDICATOR_COLUMNS
from mzplan.bulletin.phrases import AMOUNTS, UNCLEAR, P, Slot, pieces, singular
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.rough import ROUGH
from mzplan.plan.model import Plan

NUMBER = r"[0-9]+(?:\.[0-9]+)?"
HOUSES = r"(?:家|个)(?:单位|县区|区县|县（区）|县（市、区）)?"
"""What so and so many reporting units are counted in."""
PEOPLE = ("人", "名", "位")
"""The measure words for them, which count the same."""
_ROUGH = rf"(?:{'|'.join(ROUGH)})?"
_MORE = r"(?:余|多)?"
_NOT_DONE = r"(?<![不未没能难确预可望定拟需])"
"""What people write is read as it stands: not as done where they say it will be, may be or is not."""

_EDGES = (("floor", "容许下限"), ("ceiling", "容许上限"))
"""Where the band of a target that is but about so much ends."""
COUNTED = (
    *(("已完成", "met"), ("提前完成", "early"), ("保持达标", "holding"), ("达到序时进度", "on_schedule")),
    *(("达到进度要求", "steady"), ("已达到", "steady"), ("未达到进度要求", "lagging"), ("未达到", "lagging")),
    *(("滞后", "behind"), ("严重滞后", "far_behind"), ("到期未完成", "overdue"), ("已超上限", "exceeded")),
    *(("纳入评价", "judged"), ("未到期", "not_due"), ("尚未到期", "not_due"), ("未报齐", "missing")),
    *(("未启动", "milestones&idle"), ("尚未启动", "milestones&idle"), ("已启动", "milestones&begun")),
    *(("推进中", "milestones&under_way"), ("正在推进", "milestones&under_way")),
    *((UNCLEAR, "undefined"), ("不适用", "not_applicable"), ("应达到进度要求", "due"), ("应达", "due")),
)
"""What is counted in other words than the prose has (严重滞后的有2项), and the group that it is."""
VARIANTS = (
    # completion
    "完成率{completion}%",
    "完成率为{completion}%",
    "完成率达{completion}%",
    "完成率达到{completion}%",
    "完成全年目标的{completion}%",
    "完成全年任务的{completion}%",
    "完成全年目标任务的{completion}%",
    "完成年度任务的{completion}%",
    "完成年度目标任务的{completion}%",
    "完成年度计划的{completion}%",
    "完成目标的{completion}%",
    "完成任务的{completion}%",
    "完成年度目标{completion}%",
    "完成全年目标{completion}%",
    "完成年度任务{completion}%",
    "完成全年任务{completion}%",
    "完成{completion}%",
    *(OF_GOAL := tuple(f"{of}{{completion}}%" for of in ("年度目标的", "全年目标的", "年度目标任务的"))),
    "占年度目标的{completion}%",
    "占全年目标的{completion}%",
    "为年度目标的{completion}%",
    # schedule
    "超序时进度{gap+}个百分点",
    "超时序进度{gap+}个百分点",
    "超过序时进度{gap+}个百分点",
    "高于序时进度{gap+}个百分点",
    "高出序时进度{gap+}个百分点",
    "领先序时进度{gap+}个百分点",
    "快于时序进度{gap+}个百分点",
    "较序时进度快{gap+}个百分点",
    "比序时进度快{gap+}个百分点",
    "低于序时进度{gap-}个百分点",
    "落后序时进度{gap-}个百分点",
    "落后于序时进度{gap-}个百分点",
    "滞后序时进度{gap-}个百分点",
    "滞后于序时进度{gap-}个百分点",
    "慢于时序进度{gap-}个百分点",
    "欠序时进度{gap-}个百分点",
    "较序时进度慢{gap-}个百分点",
    "比序时进度慢{gap-}个百分点",
    "较序时进度滞后{gap-}个百分点",
    *(f"{of}序时进度{word}差{{gap-}}个百分点" for of in ("距", "离", "距离", "与") for word in ("", "还", "尚")),
    "序时进度{expected}%",
    "序时进度为{expected}%",
    "序时{expected}%",
    # amounts
    "{actual}",
    *(f"{{actual}}{words}" for words in ("达标", "已达标", "单位达标", "单位已达标")),
    *(f"{{addends:met}}家{words}" for words in ("完成", "已完成")),
    "新增{actual}",
    "完成{actual}",
    "建成{actual}",
    "达{actual}",
    "已达{actual}",
    "已达到{actual}",
    "达到{actual}",
    "共{actual}",
    "已有{actual}",
    *(f"{name}{{target}}" for name in ("计划", "任务数")),
    *(
        f"{of}{name}{joint}{{target}}"
        for of in ("", "年度", "全年")
        for name in ("目标", "任务", "目标任务")
        for joint in ("", *(f"{about}{verb}" for about in ("", "约", "大约", "大致") for verb in "为是"))
        if of or joint or name != "任务"
    ),
    *(AIMS := ("{target}的目标", "{target}以上的目标")),
    "下达任务{target}",
    *(f"距{of}目标{{target}}{word}差{{remaining}}" for of in ("年度", "全年", "") for word in ("还", "尚", "")),
    *(f"{words}目标{{shortfall}}" for words in ("超出", "超过", "高出", "高于")),
    *(f"{words}{{remaining}}{late}" for words in ("尚有", "还有", "") for late in ("未完成", "尚未完成", "没有完成")),
    "未完成{remaining}",
    "尚差{remaining}",
    "尚缺{remaining}",
    "还缺{remaining}",
    "距{target}的目标差{remaining}",
    "距{target}的目标还差{remaining}",
    "距{target}还差{remaining}",
    "比目标数{target}少{remaining}",
    "比目标{target}少{remaining}",
    *(
        f"{need}{verb}{{remaining}}"
        for need in ("尚需", "还需", "仍需", "需再")
        for verb in ("", "新增", "完成", "投入", "建成")
    ),
    "还差{remaining}",
    "距目标尚差{remaining}",
    "距目标还差{remaining}",
    "距年度目标还差{remaining}",
    "距全年目标还差{remaining}",
    "每月需完成{pace}",
    "达到{floor}的容许下限月均需完成{pace_to_band}",
    *(f"{words}{{{field}}}" for field, name in _EDGES for words in (name, f"{name}为", f"{name}是", f"距{name}")),
    *(f"距容许下限{of}{word}差{{left_to_band}}" for of in ("", "{floor}") for word in ("尚", "还", "")),
    *(f"{{{field}}}的{name}" for field, name in _EDGES),
    "低于目标{shortfall}",
    "距目标差{shortfall}",
    "占比{contribution}%",
    "占{city}总量的{contribution}%",
    "占{city}{contribution}%",
    # standing
    "完成率{overall}%",
    "完成率为{overall}%",
    "综合完成率{overall}%",
    "综合完成率为{overall}%",
    "年度完成率为{overall}%",
    "年度完成率达{overall}%",
    "综合完成率达{overall}%",
    "综合完成率达到{overall}%",
    "总体完成率{overall}%",
    "平均完成率{overall}%",
    "领域完成率为{area_mean}%",
    "列{city}第{rank}",
    "居{city}第{rank}位",
    "居{city}第{rank}",
    "位居{city}第{rank}位",
    "位居{city}第{rank}",
    "位列{city}第{rank}",
    "排{city}第{rank}",
    "排名{city}第{rank}",
    "排{city}第{rank}位",
    "排名{city}第{rank}位",
    "排名第{rank}位",
    "排名第{rank}",
    "位列{city}第{rank}位",
    "位列第{rank}位",
    "列第{rank}位",
    "并列第{rank}位",
    # counts
    *(
        f"{words}{of}{{addends:lapsed}}家"
        for words in ("未达标", "未完成")
        for of in ("的", "的有", "的单位", "的单位有")
    ),
    "已达到{count:steady}项",
    "未达到{count:lagging}项",
    "应达{count:due}项",
    f"{{count:undefined}}项指标{UNCLEAR}",
    "完成{count:met}项",
    "提前完成{count:early}项",
    "达序时进度{count:on_schedule}项",
    "未达到序时进度{count:lagging}项",
    "未达序时进度{count:lagging}项",
    "未达进度要求{count:lagging}项",
    "未达进度要求{count:firm&lagging}项",
    "未到期{count:not_due}项",
    *(f"{words}{{count:not_due}}项{late}" for words in ("尚有", "还有", "") for late in ("未到期", "尚未到期")),
    "已报齐{reporters:full}家",
    "未到期{count:firm&not_due}项",
    "滞后的{count:behind}项",
    "滞后指标{count:behind}项",
    "{count:behind}项滞后",
    "进度滞后{count:firm&behind}项",
    "有{addends:firm&behind}家进度滞后",
    "{addends:firm&behind}家进度滞后",
    "未报{count:missing}项",
    "{count:met}项已完成",
    "严重滞后{count:far_behind}项",
    "重点指标{count:all}项",
    *(TOTALS := ("{owed}项指标", "{count:all}项指标", PART_OF_AREA := "领域{count:all}项")),
    "{count:judged}项纳入评价",
    *(
        form.format(words=words, count=f"{{count:{group}}}")
        for words, group in COUNTED
        for form in (
            *("{words}的有{count}项", "{words}的{count}项", "{count}项{words}"),
            *("{words}的指标有{count}项", "{words}的指标{count}项"),
        )
    ),
    *(
        form.format(words=words, share=f"{{share:{group}}}")
        for words, group in (("达到进度要求", "steady"), ("未达到进度要求", "lagging"))
        for form in ("{words}的占{share}%", "{words}的指标占{share}%", "{words}的{share}%")
    ),
    # reports
    "应报{reporting}家，实报{reported}家",
    "应报{reporting}家、实报{reported}家",
    "应报{reporting}家，已报{reported}家",
    "应报{reporting}家、已报{reported}家",
    "{addends:missing}家未报",
    "应报{reporters:all}家，实报{reporters:heard}家",
    "应报{reporters:all}家、实报{reporters:heard}家",
    "应报{reporters:all}家，已报{reporters:heard}家",
    "已报{reporters:heard}家、未报{reporters:none}家",
    "已报{reporters:heard}家，未报{reporters:none}家",
    "已报{reported}家，未报{unreported}家",
    "已报{reporters:heard}家",
    "应报{reporters:all}家",
    *(
        form.format(words=words, count=f"{{reporters:{group}}}")
        for words, group in (("报齐", "full"), ("部分报送", "partial"), ("未报", "none"))
        for form in (
            "{words}单位{count}家",
            "{words}的单位{count}家",
            "{words}的单位有{count}家",
            "{words}的有{count}家",
        )
    ),
    *(f"{words}{{count:milestones&idle}}项" for words in ("未启动", "尚未启动")),
    "已启动{count:milestones&begun}项",
    "推进中{count:milestones&under_way}项",
    *(f"{{reporters:full}}家单位{of_all}{words}" for of_all in ("均", "均已", "全部") for words in ("报齐", "报送")),
    "应报{owed}项",
    "应报的{owed}项",
    *(f"{{due}}月底{words}" for words in ("到期", "前到期")),
    *(f"{verb}{{target}}{of}目标" for verb in ("未达到", "没有达到", "未能达到") for of in ("的", "以上的")),
    "连续{silent_months}个月未报",
    "已{silent_months}个月未报",
    # when
    "{year}年1—{month}月份",
    "1—{month}月",
    "截至{month}月末",
    "截止{month}月底",
    "{year}年{month}月",
    "{year}年{month}月底",
    "截至{year}年{month}月底",
    "（{gap-}个百分点）",
)
"""Phrases that the prose does not use and people do; read only. The shortest are the last resort."""

HEADINGS = {
    "完成数": "{actual}",
    "实际完成": "{actual}",
    "累计完成": "{actual}",
    "年度目标": "{target}",
    "目标任务": "{target}",
    "目标值": "{target}",
    "完成率": "{completion}",
    "综合完成率": "{overall}",
    "年度完成率": "{overall}",
    "序时进度": "{expected}",
    "差距": "{gap}",
    "排名": "{rank}",
    "指标总数": "{count:all}",
}


class PhraseMatch(NamedTuple):
    """A phrase found in a text: the number at `start` fills `slot`."""

    start: int
    slot: Slot
    phrase_start: int
    phrase_end: int
    first: str
    """The first number of the phrase, which completes a group that ends in `=`."""
    template: str

    @property
    def length(self) -> int:
        """The longer a phrase, the surer its meaning."""
        return self.phrase_end - self.phrase_start


@dataclass(frozen=True)
class Grammar:
    """The phrases of one plan: its measure words and its word for the whole city."""

    plan: Plan

    @cached_property
    def measures(self) -> str:
        """A pattern of every whole measure word a figure of this plan may carry: neither 户 of 户次 nor 个 of 个月."""
        words = {zh.measure(indicator.unit) for indicator in self.plan.indicators.values()}
        words |= {"个百分点", "家", "%", *zh.YUAN, *PEOPLE}
        plain = {zh.single(word) for word in words}
        longest = sorted((normalised(word)[0] for word in plain if word), key=len, reverse=True)
        return rf"(?:{'|'.join(re.escape(word) for word in longest)})(?!次|月|季)"

    def is_counted_in(self, measure: str, text: str) -> bool:
        """Whether a text opens with that measure word, or with another one for people."""
        match = re.match(self.measures, text)
        return match is not None and match[0] in (PEOPLE if measure in PEOPLE else (measure,))

    @cached_property
    def amount(self) -> str:
        """A number with its magnitude and measure word."""
        return rf"{_ROUGH}(?<![第前后])({NUMBER}){_MORE}(?:万|亿)?{_MORE}{self.measures}"

    @cached_property
    def _patterns(self) -> "tuple[_Phrase, ...]":
        return _phrases(self.amount, self.plan.city)

    def readings(self, text: str) -> Iterator[PhraseMatch]:
        """Every phrase at every place; which of them holds is decided by length and by what the text speaks about."""
        for pattern, slots, template, words in self._patterns:
            if words not in text:
                continue
            for match in pattern.finditer(text):
                first = match[2]
                for position, slot in enumerate(slots, 2):
                    yield PhraseMatch(match.start(position), slot, match.start(1), match.end(1), first, template)

    @cached_property
    def headings(self) -> frozenset[str]:
        """Every heading of a table, whether a figure stands under it or not."""
        columns = (*AREA_COLUMNS, *UNIT_COLUMNS, *INDICATOR_COLUMNS, *UNIT_INDICATOR_COLUMNS)
        written = (*(column.heading for column in columns), *AT_YEAR_END.values())
        return frozenset((*map(bare_heading, written), *HEADINGS, ""))

    @cached_property
    def headed(self) -> dict[str, str]:
        """Every heading with its unit, by itself without."""
        columns = (*AREA_COLUMNS, *UNIT_COLUMNS, *INDICATOR_COLUMNS, *UNIT_INDICATOR_COLUMNS)
        return {bare_heading(column.heading): column.heading for column in columns}

    @cached_property
    def columns(self) -> dict[str, str]:
        """The slot that a table's heading stands for, by the heading without its unit in brackets."""
        known = dict(HEADINGS)
        for column in (*AREA_COLUMNS, *UNIT_COLUMNS, *INDICATOR_COLUMNS, *UNIT_INDICATOR_COLUMNS):
            if column.slot:
                for heading in (column.heading, AT_YEAR_END.get(column.heading)):
                    if heading:
                        known[bare_heading(heading)] = column.slot
        return known


_Phrase = tuple[re.Pattern[str], tuple[Slot, ...], str, str]
"""A phrase: its pattern, its slots in order, its template, and words without which it is nowhere."""


@cache
def _phrases(amount: str, city: str) -> tuple[_Phrase, ...]:
    """Every phrase of a plan with these measure words and this word for the whole city."""
    found = []
    alone = (singular(template) for template in P if singular(template) != template)
    for template in (*P, *alone, *VARIANTS):
        pattern, longest = "", ""
        slots = []
        for piece in pieces(template):
            if isinstance(piece, Slot):
                slots.append(piece)
                pattern += amount if piece.field in AMOUNTS else rf"{_ROUGH}({NUMBER}){_MORE}"
            else:
                words = normalised(piece.replace("{city}", city))[0]
                if slots and slots[-1].field == "addends" and words.startswith("家"):
                    words = words.removeprefix("家")
                    pattern += HOUSES
                if slots and slots[-1].field == "gap" and words.startswith("个百分点"):
                    words = words.removeprefix("个百分点")
                    pattern += "(?:个百分点|%)"
                pattern += re.escape(words)
                longest = max(longest, words, key=len)
        before = r"(?<![0-9.])" if pattern.startswith(("(", "(?:")) else _NOT_DONE if template in VARIANTS else ""
        found.append((re.compile(f"(?={before}({pattern}))"), tuple(slots), str(template), longest))
    return tuple(found)


def bare_heading(heading: str) -> str:
    """A table's heading without blanks and without its unit in brackets."""
    return re.sub(r"（[^）]*）$", "", normalised(heading)[0])


def unit_of(heading: str) -> str:
    """What a table's heading has in brackets at its end."""
    return heading.rpartition("（")[2].removesuffix("）") if heading.endswith("）") else ""


def slot_of(template: str) -> Slot:
    """The slot of a column."""
    return next(piece for piece in pieces(template) if isinstance(piece, Slot))
