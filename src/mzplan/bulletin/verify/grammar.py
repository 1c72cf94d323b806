"""Every phrase as a pattern: the prose's own, and what people write instead. Knows nothing of figures' values."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from mzplan import zh
from mzplan.bulletin.annexes import (
    AREA_COLUMNS,
    AT_YEAR_END,
    INDICATOR_COLUMNS,
    REGION_COLUMNS,
    UNIT_COLUMNS,
    UNIT_INDICATOR_COLUMNS,
)
from mzplan.bulletin.phrases import AMOUNTS, UNCLEAR, P, Slot, pieces, singular
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.rough import ROUGH
from mzplan.plan.model import Plan
from mzplan.scoring.progress import STATUS_ZH, Status

NUMBER = r"[0-9]+(?:\.[0-9]+)?"
HOUSES = r"(?:家|个)(?:单位|县区|区县|县（区）|县（市、区）)?"
"""What so and so many reporting units are counted in."""
PEOPLE = ("人", "名", "位")
"""The measure words for them, which count the same."""
_ROUGH = rf"(?:{'|'.join(ROUGH)})?"
_MORE = r"(?:余|多)?"
_NOT_DONE = r"(?<![不未没能难确预可望定拟需])"
"""What people write is read as it stands: not as done where they say it will be, may be or is not."""

_DUE = (
    *("{count:due}项应达(到进度要求的|)(指标|)", "应达到进度要求的{count:due}项"),
    "应达到进度要求{count:due}项，",
)
_FROM, _STILL, _SHORT = "(距离|距|离|与|比|较)", "(还只|还|尚|仍|仅|只|)", "(相差|差|缺|少|低)"
"""How far something is from a target: 距, 尚 and 差."""
_BEYOND, _HIGHER = "(超出|超过|超额|超|高出|高于)", "(高出|高|多|超出|超过|超)"
"""How far it is beyond one, told before the target and behind it."""
_GOAL_OF = ("{target}(以上|)(的|)(年度|全年|)目标", "(年度|全年|)目标(值|数|)(的|){target}")
"""A target with its figure, before how far something is beyond it."""
_DUE_NOW = "(按|)(序时|时序)(进度|)应(达到|达|完成)(的|到|)"
_DUE_OF = (f"{_DUE_NOW}{{due_by_now}}", f"{_DUE_NOW}(数|水平|)")
"""What the pace of the year asks for by now, with its figure and without."""
_EDGES = (
    *(("floor", "容许下限"), ("ceiling", "容许上限")),
    *(("floor", "允许偏差的下限"), ("ceiling", "允许偏差的上限")),
)
"""Where the band of a target that is but about so much ends."""
_BY_THEIR_WORD = (
    *(Status.MET, Status.HOLDING, Status.BEHIND, Status.FAR_BEHIND, Status.OVERDUE, Status.EXCEEDED),
    *(Status.NOT_DUE, Status.NOT_APPLICABLE),
)
"""The statuses that the prose counts by the word that screens have."""
COUNTED = (
    *((STATUS_ZH[status], status.value) for status in _BY_THEIR_WORD),
    *(("提前完成", "early"), ("如期完成", "in_time"), ("按期完成", "in_time"), ("逾期完成", "late")),
    ("达到序时进度", "on_schedule"),
    *(("达到进度要求", "steady"), ("已达到", "steady"), ("未达到进度要求", "lagging"), ("未达到", "lagging")),
    *(("应达而未报齐", "missing&due"), ("应达未报齐", "missing&due"), ("到期未办结", "milestones&overdue")),
    *(
        ("已办结", "milestones&met"),
        ("达序时进度", "on_schedule"),
        ("未达进度要求", "lagging"),
        ("未达到序时进度", "lagging"),
    ),
    *(("未达序时进度", "lagging"), ("进度滞后", "behind")),
    *(("纳入评价", "judged"), ("尚未到期", "not_due"), (f"{STATUS_ZH[Status.MISSING]}齐", "missing")),
    *(("未启动", "milestones&idle"), ("尚未启动", "milestones&idle"), ("已启动", "milestones&begun")),
    *(("推进中", "milestones&under_way"), ("正在推进", "milestones&under_way")),
    *((UNCLEAR, "undefined"), ("应达到进度要求", "due"), ("应达", "due")),
)
"""What is counted in other words than the prose has (严重滞后的有2项), and the group that it is."""
OF_YEAR_END = ("应完成的{count:due}项(指标|)",)
"""What is said when all is due, and of nothing else before."""
VARIANTS = (
    *OF_YEAR_END,
    # completion
    "(综合|总体|平均|)完成率{completion}%",
    "完成(了|)(年度|全年|)(目标|任务|目标任务|计划)(的|){completion}%",
    "(达到|实现)(年度|全年)目标(任务|)的{completion}%",
    *("完成(年度|全年|)目标{target}的{completion}%", "完成{target}的(年度|全年|)(目标|任务)(的|){completion}%"),
    "完成{completion}%",
    *(OF_GOAL := ("(年度|全年)目标(任务|)的{completion}%",)),
    *("(占|为)(年度|全年)目标的{completion}%", "占(年度|全年)目标{target}的{completion}%"),
    # schedule
    "(超|超过|高于|高出|领先|快于)(序时|时序)进度{gap+}个百分点",
    "(较|比)(序时|时序)进度(快|高){gap+}个百分点",
    "(低于|落后|落后于|滞后|滞后于|慢于|欠)(序时|时序)进度{gap-}个百分点",
    "(较|比)(序时|时序)进度(慢|低|滞后|落后){gap-}个百分点",
    "(距离|距|离|与)序时进度(还|尚|仍|)(差|相差){gap-}个百分点",
    "进度(滞后|落后|慢){gap-}个百分点",
    *("序时(进度|){expected}%", "序时进度{elapsed}%"),
    # amounts
    "{actual}",
    "{actual}(单位|)(已|)达标",
    "{addends:met}家(已|)完成",
    "(新增|完成|建成|建|达到|达|已达到|已达|共|已有){actual}",
    *(GOALS := ("(计划|任务数|下达任务){target}", "(年度|全年|)目标(任务|){target}", "(年度|全年)任务{target}")),
    "任务(约|大约|大致|)(为|是){target}",
    *(AIMS := ("{target}的目标", *(f"{{target}}{words}的目标" for words in ("以上", "以下", "以内")))),
    f"{_FROM}(年度|全年|)目标(数|任务|){{target}}(以上|){_STILL}{_SHORT}{{remaining}}",
    f"{_FROM}(年度|全年|)目标(数|任务|){_STILL}{_SHORT}{{remaining}}",
    f"{_FROM}{{target}}(以上|)(的目标|){_STILL}{_SHORT}{{remaining}}",
    f"{_FROM}{{target}}(以上|)(的|)(年度|全年|)目标{_STILL}{_SHORT}{{remaining}}",
    f"(距离|距|离){{target}}(以上|)的目标{_STILL}{{remaining}}",
    f"{_FROM}(年度|全年|)目标(还|尚|仍|)有{{remaining}}的差距",
    f"(与|距|)(年度|全年|)目标(的|)(差距|缺口){_STILL}{{remaining}}",
    *(
        GAPS := (
            f"(距离|距|离)(完成|实现|)(年度|全年|年底|)(目标|任务)(数|任务|任务数|){_STILL}{{remaining}}",
            *(f"{way}(年度|全年|)目标{{shortfall}}" for way in (f"(提前|){_BEYOND}", "低于")),
        )
    ),
    f"{_STILL}(差|缺){{remaining}}",
    "(尚有|还有|仍有|){remaining}(未|尚未|没有)完成",
    "未完成{remaining}",
    "(还|尚|仍|)有{remaining}(的|)(缺口|差距)",
    "(尚需|还需|仍需|需再)(新增|完成|投入|建成|){remaining}",
    *(f"(提前|){_BEYOND}{goal}{{shortfall}}" for goal in _GOAL_OF),
    *(f"(比|较){goal}{_HIGHER}{{shortfall}}" for goal in ("(年度|全年|)目标", *_GOAL_OF)),
    *(f"低于{goal}{{shortfall}}" for goal in _GOAL_OF),
    "超额(完成|){shortfall}",
    "(提前|)完成(了|){target}的(年度|全年|)(目标|任务)(，|。|；)",
    *(f"{_BEYOND}{due}{{from_due}}" for due in _DUE_OF),
    *(f"{_FROM}{due}{way}{{from_due}}" for due in _DUE_OF for way in (_HIGHER, f"{_STILL}{_SHORT}")),
    *(f"低于{due}{{from_due}}" for due in _DUE_OF),
    _DUE_OF[0],
    "(此前|)最高月{pace_best}",
    "(每月|月均)(还|)需(完成|新增|投入|建成|){pace}",
    *(f"达到{floor}容许下限月均需完成{{pace_to_band}}" for floor in ("", "{floor}的")),
    *(f"(距|){name}{{{field}}}" for field, name in _EDGES),
    "距容许下限(还|尚|)差{left_to_band}",
    "距容许下限{floor}(还|尚|)差{left_to_band}",
    *(f"{{{field}}}的{name}" for field, name in _EDGES),
    "占比{contribution}%",
    "占{city}(总量|)(的|){contribution}%",
    # standing
    "(综合|年度|总体|平均|)完成率{overall}%",
    "(列|居|位居|位列|排|排名|排在){city}第{rank}(位|名|)",
    *("(列|位列|并列|排名)第{rank}位", "排名第{rank}"),
    # counts
    "(未达标|未完成)(的|)(单位|){addends:lapsed}家",
    "完成{count:met}项",
    *("(已|)达到{count:steady}项", "{count:steady}项(已|)达到", "{count:unfiled}项(尚|)未报(送|)"),
    *(
        ALL_REACHED := tuple(
            f"{due}(均|全部|都)(已|)达到(进度要求|)"
            for due in (*_DUE, "应达到进度要求{count:due}项，", "有正式目标的{count:firm}项")
        )
    ),
    "进度滞后{count:firm&behind}项",
    "(有|){addends:firm&behind}家进度滞后",
    "未报{count:missing}项",
    "重点指标{count:all}项",
    *(TOTALS := ("{owed}项指标", "{count:all}项指标", PART_OF_AREA := "领域{count:all}项")),
    "有正式目标的指标{count:firm}项",
    *(
        form.format(words=words, count=f"{{count:{group}}}")
        for words, group in COUNTED
        for form in ("{words}(的指标|的重点事项|指标|的|){count}项", "(尚有|还有|仍有|有|){count}项{words}")
    ),
    *("达到率{share:steady}%", "{share:steady}%(的指标|)已达到(进度要求|)"),
    *(
        f"{words}(的指标|的|)(占|){{share:{group}}}%"
        for words, group in (("达到进度要求", "steady"), ("未达到进度要求", "lagging"))
    ),
    # reports
    *("应报{reporting}家(，|、)(实报|已报){reported}家", "已报{reported}家，未报{unreported}家"),
    *("应报(单位|){reporters:all}家", "(实报|已报){reporters:heard}家", "{reporters:all}家中"),
    *(
        f"{words}(的|)(单位|){{reporters:{group}}}家"
        for words, group in (("报齐", "full"), ("部分报送", "partial"), ("未报", "none"))
    ),
    "{reporters:full}家(均已|均|全部|已|)(报齐|报送)",
    *("{addends:missing}家(尚|均|仍|)未报(送|)", "{reporters:none}家(尚|均|仍|)未报(送|)"),
    "{reporters:lacking}家(尚|均|仍|)未报齐",
    "应报(的|){owed}项(指标|)",
    "{due}月底(前|)到期",
    "(未|没有|未能)达到{target}(以上的|的)目标",
    "(连续|已|已连续){silent_months}个月未报(送|)",
    # when
    "{year}年1—{month}月份",
    "1—{month}月",
    "(截至|截止){month}月(底|末)",
    "{year}年{month}月",
    "(截至|){year}年{month}月底",
    "（{gap-}个百分点）",
)
"""Phrases that the prose does not use and people do; read only, with any of the words in `(a|b|)`.

The shortest are the last resort.
"""

HEADINGS = {
    "完成数": "{actual}",
    "实际完成": "{actual}",
    "累计完成": "{actual}",
    "年度目标": "{target}",
    "目标任务": "{target}",
    "目标值": "{target}",
    "完成率": "{completion}",
    "综合完成率": "{overall}",
    "序时进度": "{expected}",
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
                    yield from _either(
                        text, PhraseMatch(match.start(position), slot, match.start(1), match.end(1), first, template)
                    )

    @cached_property
    def headings(self) -> frozenset[str]:
        """Every heading of a table, whether a figure stands under it or not."""
        columns = (*AREA_COLUMNS, *UNIT_COLUMNS, *REGION_COLUMNS, *INDICATOR_COLUMNS, *UNIT_INDICATOR_COLUMNS)
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


_MEASURE_WORDS = (
    *(("addends", "家", HOUSES), ("reporters", "家", HOUSES), ("count", "项", "项(?:指标)?")),
    ("gap", "个百分点", "(?:个百分点|%)"),
)
"""How the word after a figure of that kind is written besides."""
_MEASURED = (
    AMOUNTS
    | {"completion", "expected", "contribution", "overall", "area_mean", "share", "count", "elapsed"}
    | {
        *("addends", "reporters", "owed", "filed", "reported", "unreported", "reporting"),
    }
)
_JOINT = rf"(?:(?<![到达为是有共])(?:(?:{'|'.join(ROUGH)})[为是]|达到|[为达是共]|共?有|仅[有为]?|只有))?"
"""What may stand before a figure of these: 完成率为, 仅有."""
_ANY_OF = re.compile(r"\(([^()]*)\)")


def _pattern(words: str) -> str:
    """Words as a pattern, any of those in `(a|b|)`, the longest first."""
    parts = enumerate(_ANY_OF.split(words))
    plain = {at: [normalised(word)[0] for word in part.split("|" if at % 2 else "\n")] for at, part in parts}
    return "".join(f"(?:{'|'.join(map(re.escape, sorted(each, key=len, reverse=True)))})" for each in plain.values())


@cache
def _phrases(amount: str, city: str) -> tuple[_Phrase, ...]:
    """Every phrase of a plan with these measure words and this word for the whole city."""
    found = []
    alone = (singular(template) for template in P if singular(template) != template)
    for template in (*P, *alone, *VARIANTS):
        pattern, longest = "", ""
        slots: list[Slot] = []
        for piece in pieces(template):
            if isinstance(piece, Slot):
                is_joined = pattern and piece.field in _MEASURED and not piece.sign
                pattern += (_JOINT if is_joined else "") + (
                    amount if piece.field in AMOUNTS else rf"{_ROUGH}({NUMBER}){_MORE}"
                )
                slots.append(piece)
                continue
            words, last = piece.replace("{city}", city), slots[-1].field if slots else ""
            for field, opening, read in _MEASURE_WORDS:
                if last == field and words.startswith(opening):
                    words = words.removeprefix(opening)
                    pattern += read + ("已?" if words and field == "count" else "")
            pattern += _pattern(words)
            longest = max(longest, *map(_plain, _ANY_OF.split(words)[::2]), key=len)
        before = r"(?<![0-9.])" if template.startswith("{") else _NOT_DONE if template in VARIANTS else ""
        found.append((re.compile(f"(?={before}({pattern}))"), tuple(slots), str(template), longest))
    return tuple(found)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of these, which have no signs of patterns, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


_GROUPS_ZH = any_of(dict(COUNTED))
_OR_ELSE = re.compile(f"或者?(?P<words>{_GROUPS_ZH})?")
_EITHER = re.compile(f"(?P<words>{_GROUPS_ZH})?或者?$")


def _either(text: str, match: PhraseMatch) -> Iterator[PhraseMatch]:
    """A phrase, of a count with what may hold of it instead (5项未达到或未报齐); nothing where that is unknown."""
    others = (_EITHER.search(text, 0, match.phrase_start), _OR_ELSE.match(text, match.phrase_end))
    for other in others if match.slot.field == "count" else ():
        if other is None:
            continue
        if other["words"] is None:
            return
        groups = (match.slot.group, dict(COUNTED)[other["words"]])
        group = "|".join("missing&due" if one == "missing" else one for one in groups)  # beside what is in time or not
        slot = match.slot._replace(group=group)
        start, end = min(match.phrase_start, other.start()), max(match.phrase_end, other.end())
        match = match._replace(slot=slot, phrase_start=start, phrase_end=end)
    yield match


def _plain(words: str) -> str:
    return normalised(words)[0]


def bare_heading(heading: str) -> str:
    """A table's heading without blanks and without its unit in brackets."""
    return re.sub(r"（[^）]*）$", "", normalised(heading)[0])


def unit_of(heading: str) -> str:
    """What a table's heading has in brackets at its end."""
    return heading.rpartition("（")[2].removesuffix("）") if heading.endswith("）") else ""


def slot_of(template: str) -> Slot:
    """The slot of a column."""
    return next(piece for piece in pieces(template) if isinstance(piece, Slot))
