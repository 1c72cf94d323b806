"""What a note says of the figure beside it: that it is another one, another month's, in another unit, another stage.

Such a note contradicts its cell whatever the figure looks like. It does not where it says what the cell holds (应为241
beside 241, 单位：万元 of ten thousands of yuan), speaks of an earlier figure, or of something else than the figure.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mzplan.figures import plain
from mzplan.plan.indicator import Indicator
from mzplan.reading.patterns import late
from mzplan.said import asking, say
from mzplan.submissions import disowned, shares_said, stages_said
from mzplan.submissions.amounts import ALIKE, Stated, has_number
from mzplan.submissions.another import (
    WORDS,
    is_another,
    is_of_older_denominator,
    leaves_out,
    promised_in,
    tails_of,
    without_subject,
)
from mzplan.submissions.clauses import clauses_of, is_of_earlier, is_said, is_said_of_now, not_left_out, without_name
from mzplan.submissions.figures_said import (
    OF_FIGURE,
    about_the_figure,
    as_one_figure,
    claims_of,
    is_of,
    numbers_in,
    own_measure,
    should_be,
    without_unit,
)
from mzplan.submissions.left_out import NOT_YET
from mzplan.submissions.names import matched_form
from mzplan.submissions.other_years import taken_out
from mzplan.submissions.row import Row
from mzplan.submissions.slips import ENTER, MADE_UP_WORDS, TAKEN_OFF, wrongly_counted
from mzplan.submissions.stages_said import has_begun, is_another_stage, may_be_done
from mzplan.submissions.wrong_kinds import OPEN, admits_now, corrects

# --- words before a number -------------------------------------------------------------------------------------------

_CAME = "(?<![没未无非])(?<!没有)(?:发生|新[增建]|出现|查[处实出]|发现)了?"
_HAPPENED = late(rf"{_CAME}$|^(?:{OF_FIGURE}|已|共|新)*(?:建成|完成)了?$")
"""So many came about, of the year if nothing else is said."""
_CAME_OF = late(rf"{_CAME}(?P<what>[^,，]{{2,12}})$")
"""So many of something came about."""
_ANOTHER_YEAR = late(
    "去年|上年|往年|历年|明年|十[一二三四五]五|[近过]去?[一两二三四五]年|下[个一]?月|年[底末]|[应需将须]|预计|计划|拟|目标|任务|20[0-9]{2}年|[全省]市|全省|全国"
)
_THERE_IS = late("(?<!没)有$")
_OVER_BY = late(f"[多虚]{ENTER}[^,，\\d]{{0,4}}\\d")
"""By so much a figure was too large; it is put right."""
_TAKEN_FOR = late(f"[^\\d,，]{{0,2}}(?:[误错]|{ENTER}[成为作])")
"""Something else was written in its place: 将119误录为114 tells of no figure to come."""
_OF_ANOTHER_KIND = late("[非未](?:发生)?重特?大|不属[于实]|不实|一般|轻微|非重")
"""What came about is not what a limit of nothing counts."""
_TOTAL = late(r"(?:累计|1[-—~至到][0-9]{1,2}月)[^\d]{0,6}$")
"""The number is the total as the note gives it, beside the month's increase or not."""
_UNFINISHED = late(
    "\\w[^,，]{0,2}?[还尚仍都]*(?:没有?|未)(?:验收|建[成好]|投用|[竣完]工|发|拿|取|支付|拨付|到账|核实|备案)\\w{0,3}$"
)
_LEFT_OUT = late("另(?!.*(?<![不未没无])[计算列纳]入)|[不未没]有?(?:计|含|包|列|算)")
_NOT_IN = late("[不未没]有?(?:[计算列]入|[计算列]$)")
_MADE_UP = late(f"[已现本].{{0,4}}(?:补|更|纠|修)|{MADE_UP_WORDS}|补[齐上]|更正|纳入")
"""What was missing is there."""

# --- words without one -----------------------------------------------------------------------------------------------

_AGREED = "已更正"
_YEAR, _THIS_YEAR, _LAST_YEAR = late(r"(20\d\d)年"), "今年", "去年"
_OWN_MONTH = late(r"^(\d{1,2})月份?的?(?![\d底末初上中下起前后以]|$)")
STALE, _OLD, _LACKING, _SLIP, _EVENT = "数没有更新", "数含去年的", "数里缺地方", "数填错了", "有发生"
_TOO_MUCH, _LEFT, _OTHERS, _SHORT = "数里有不该算的", "有一类没有算", "数里有别的单位的", "数没有算全"
_SUPPLIED = "补齐再填；说的是以前的数、已经补上的，“说明”写明“已补报”。"
_ODD = {
    STALE: (
        late(
            r"^(?!.*\d[个家户处所名人件项])(?:.*?(?:数据?|[数字值表]|分[子母]|一[样致]|系统|平台|台账|[本当上]?月份?|[县市镇乡]|街道|(?<![小社片景园])区))?(?:因[^,，]{1,8}|暂时?|尚|还|仍|都|均|一直)*"
            r"(?:未|没有?)(?:作|做|及时|进行)?更新(?:$|数)"
        ),
        "没有更新的，填这个月的数。",
    ),
    _OLD: (
        late(
            "[含包]括?[^,，]{0,3}(?:去年|[上往历]年|以前年度)|(?:去年|上年)(?:度|同期|[底末])?(?:结转|转入|接转)|(?:去年|上年|往年)[^,，不未没]{0,4}[算计][了进入]"
        ),
        "减去去年的：累计数从1月1日起算。",
    ),
    _LACKING: (
        late(
            "(?:缺|[少漏]了|不包?[含括]|(?:未|没有?)(?:包?[含括]|统计|汇总|算))了?[^,，]{1,8}(?:镇|乡|街道|村|社区|片区|[城市]区)的?(?:数据?|报表)?$"
            "|^(?:还有)?(?!上[个一]?[月次期季]|[前因由原其])[^,，\\d月]{2,8}?(?:镇|乡|街道|村|社区)(?:数据?)?(?:漏|迟|缺)(?:报|填|统|交|登)了?$"
            "|^(?:数据?)?(?:还|尚)?[差缺少]了?[^,，]{1,8}的?(?:数据?|报表|没报|未报|的)$|(?:镇|乡|街道|村|社区|片区)除外$"
        ),
        "补齐再填；不归本地统计的，“说明”写明归谁。",
    ),
    _TOO_MUCH: (
        late(
            rf"(?P<of_it>(?:其中|含|包括)[^,，]{{0,12}}?|(?:有|其中)?(?:一半|部分|几\w)[还尚仍]?)?{NOT_YET}(?(of_it)|[^,，不未没]{{0,4}}也[^,，]?[算计])"
            r"|(?:未|没有?)(?:剔除|扣除|去除?|减|去掉|减[去掉])(?:重复?)?$|同一[^,，]{0,3}[算计]了?[好几多两]|其余[^,，]{0,2}(?:计划|预计|预算|估)|^有\d+\w已(?:注销|撤销|关停)|可能(?:有|存在)重复|比(?:实际|台账|系统|平台|名[册单])[多少]"
        ),
        "不该算的减去；已经改正的，“说明”写明“已更正”。",
    ),
    _SLIP: (
        late("[多少漏][写打输录填]?了?[一两]?个?0|[填写放弄][反倒]|小数点[^,，]{0,3}错"),
        "这个数错了的，改正；已经改正的，“说明”写明“已更正”。",
    ),
    _EVENT: (
        late(r"(?:致|造成|导致)[^,，]{0,4}(?:死|伤|亡|遇难)|(?:死|伤|溺)亡?\d{1,4}人|\d{1,4}人(?:死|溺|身)亡"),
        "应计入的，填发生的数；不计入的，“说明”写明为什么。",
    ),
}
_BEGUN = "已经启动", "已经启动的，按进展改；没有的，“说明”写明是什么在进行。"
_DONE = "已经完成", "全部完成的，填“已完成”；没有的，“说明”写明完成的是哪一部分。"
_MORE_LEFT = "还差的 {said} 比分母减分子的 {left} 多", "分子、分母错了的，改正；没有错的，“说明”里改为 {left}。"
_PROMISED = "数按{what}的算", "计划写的是“{source}”：口径相同的，“说明”加上“与计划口径一致”；不同的，按计划的口径填。"
_ANOTHER_TOTAL = "的与所填的不同", "填错了的，改正；说的是别的数的，“说明”写明是什么数。"
"""What may be honest, and should be looked at, with what to do: the figure is an old one, begins before January, lacks
a place, has too much in it, is mistyped, or counts an event as none."""
_WITH_OTHERS = late("(?:其中)?(?:包?含|包括|[计算]入了?)(?P<whose>[^,，\\d]{2,10}?)的?\\d+(?:\\.\\d+)?[^\\d,，]{1,3}")
_WORDS = (
    _YEAR,
    OPEN,
    _WITH_OTHERS,
    *disowned.WORDS,
    *WORDS,
    *stages_said.WORDS,
    *shares_said.WORDS,
    *(words for words, _ in _ODD.values()),
)


@lru_cache(1000)
def speaks_of_the_figure(note: str) -> bool:
    """Whether a note may contradict some cell, or is odd: its row has to be looked at."""
    clauses = [each for clause in clauses_of(note) for each in (clause, *tails_of(clause))]
    without_month = ",".join(_OWN_MONTH.sub("", clause) for clause in clauses)
    is_said_so = admits_now(note) or admits_now(without_month) or has_number(note)
    return is_said_so or any(each.search(clause) for clause in clauses for each in _WORDS)


def corrected(row: Row) -> tuple[str, str] | None:
    """The field and the figure that the note of a record gives in place of the cell's, if the record then agrees."""
    for field, number, is_sure in claims_of(row):
        if number is None or not is_sure or number.figure.denominator != 1:
            continue
        text = plain(int(number.figure))
        again = row.saying(field, text)
        is_part = field in ("numerator", "denominator") if row.ratio else field == "value"
        if is_part and may_be(again) and not contradicts(again):
            return field, text
    return None


def may_be(row: Row) -> bool:
    """Whether a record has a figure with no more decimals than it may have, and no part above its whole."""
    indicator, figure = row.indicator, row.figure
    if indicator is None or figure is None or figure.value is None:
        return False
    step, below = 10 ** (6 - indicator.decimals), figure.denominator
    is_share = row.ratio is None or not row.ratio.part_of_whole or (below is not None and figure.value <= below)
    return is_share and not figure.value % step and not (below or 0) % step


def contradicts(row: Row) -> bool:
    """Whether the note of a record says that its figure, stage, month or measure unit is another than the cell's."""
    if not row.note or row.is_not_applicable or row.indicator is None or not speaks_of_the_figure(row.note):
        return False
    month = row.period.month if row.period else 0
    clauses = [without_subject(each, row) for each in clauses_of(as_one_figure(row.note, month))]
    numbers = numbers_in(row)
    clauses = [
        clause
        for clause in clauses
        if not (is_of_older_denominator(clause, row) or shares_said.says_who_is_left(clause, row, numbers))
    ]
    if row.stages:
        is_taken_back = disowned.withdrawn(clauses) is not None
        return is_taken_back or any(is_another_stage(clause, row) for clause in clauses)
    wrong = {clauses[at] for at in wrongly_counted(clauses)}
    if wrong and not any(each.clause in wrong and is_of(each, row) for each in numbers):
        # who was taken off is none of the figure
        clauses = [each for each in clauses if each not in wrong and not TAKEN_OFF.search(each)]
    if any(_TOTAL.search(each.before) and is_of(each, row) for each in numbers):
        return False
    if any(claim.is_sure for claim in claims_of(row)) or more_came(row):
        return True
    figures = [number for each in row.numbers if (number := row.number(each).figure) is not None]
    own = clauses_of(about_the_figure("，".join(clauses), *figures))
    return admits_now(",".join(_without_own(own, row))) or any(is_another(clause, row) for clause in clauses)


def odd(row: Row) -> tuple[str, str]:
    """What of a note makes its figure worth a question, and what to do about it; empty for nothing."""
    indicator, figure = row.indicator, row.number("value").figure
    if row.is_not_applicable or indicator is None or not row.note or contradicts(row):
        return "", ""
    if row.stages:
        return _DONE if may_be_done(row) else _BEGUN if has_begun(row) else ("", "")
    if more := shares_said.more_left(row, numbers_in(row)):
        fields = {"said": plain(int(more[0].low)), "left": plain(more[1])}
        return say(_MORE_LEFT[0], **fields), say(_MORE_LEFT[1], left=fields["left"])
    if what := promised_in(row.note, row):
        return say(_PROMISED[0], what=what), asking("note", _PROMISED[1], source=indicator.source)
    left = leaves_out(row.note, row)
    counts = {
        STALE: not any(is_of_older_denominator(clause, row) for clause in clauses_of(row.note)),
        _OLD: _counts_the_year(indicator)
        and not (_NOT_IN.search(row.note) or taken_out(clauses_of(row.note), row.names.plan.year)),
        _LACKING: left is None and not row.names.units_in(row.note) and not _MADE_UP.search(row.note),
        _TOO_MUCH: not (corrects(row.note) or _OVER_BY.search(row.note) or re.search(r"\d.*其中", row.note)),
        _SLIP: not corrects(row.note),
        _EVENT: figure == 0 and indicator.target.operator == "at_most" and not _OF_ANOTHER_KIND.search(row.note),
    }
    if (
        not all(claim.is_sure for claim in claims_of(row))
        or _are_more(row)
        or shares_said.is_of_another_share(row, numbers_in(row))
    ):
        return _ANOTHER_TOTAL
    if (
        figure == 0
        and counts[_EVENT]
        and any(
            each.unit and (_THERE_IS.search(each.before) or _is_alone(each) or _is_of_name(each, indicator))
            for each in numbers_in(row)
        )
    ):
        return _EVENT, _ODD[_EVENT][1]
    if (
        counts[_TOO_MUCH]
        and not row.ratio
        and any(map(_is_unfinished, numbers_in(row)))
        and not _LEFT_OUT.search(row.note)
    ):
        return _TOO_MUCH, _ODD[_TOO_MUCH][1]
    own = [each for each in numbers_in(row) if each.figure == figure]
    if own and all(map(_is_rough, own)):
        return "数不准", "填准确的数。"
    if left:
        return _LEFT, _ODD[_LACKING][1]
    return _by_words(row, counts)


def _by_words(row: Row, counts: Mapping[str, bool]) -> tuple[str, str]:
    """What of a note makes its figure worth a question by its words alone; `counts` tells which need not be asked."""
    clauses = not_left_out(row.note)
    if any(_is_with_others(clause, row) for clause in clauses):
        return _OTHERS, _ODD[_TOO_MUCH][1]
    if disowned.is_incomplete(clauses) and not _MADE_UP.search(row.note):
        return _SHORT, _SUPPLIED
    if disowned.is_overstated(clauses):
        return _TOO_MUCH, _ODD[_TOO_MUCH][1]
    for words, (said, remedy) in _ODD.items():
        is_so = is_said_of_now if words is _SLIP else is_said
        if counts.get(words, True) and any(is_so(said, clause) for clause in not_left_out(_by_year(row))):
            return words, remedy
    return "", ""


def _is_with_others(clause: str, row: Row) -> bool:
    """Whether a clause says that so many of another unit's are in the figure."""
    said = _WITH_OTHERS.fullmatch(clause)
    unit = row.names.plan.units.get(row.names.unit(said["whose"]).id or "") if said else None
    return unit is not None and unit.is_ranked and row.unit is not None and row.unit.is_ranked and unit != row.unit


def _counts_the_year(indicator: Indicator) -> bool:
    """Whether what came before January is no part of a figure."""
    return indicator.cumulative or (indicator.ratio is not None and "年内" in indicator.ratio.numerator)


def _by_year(row: Row) -> str:
    """A note with the years that it names as this one or one before."""
    own, words = str(row.names.plan.year), {True: _LAST_YEAR, False: _THIS_YEAR}
    return _YEAR.sub(lambda year: words[year[1] < own] if year[1] <= own else year[0], row.note)


# --- what it says of a number ----------------------------------------------------------------------------------------


def more_came(row: Row) -> Stated | None:
    """The number of which a note says that so many came about, more than there are of all by the figure."""
    return next((each for each in numbers_in(row) if _is_more(each, row)), None)


def _is_more(number: Stated, row: Row) -> bool:
    """Whether more came about, of what is counted, than the total or the zero says."""
    figure, indicator = row.number("value").figure, row.indicator
    if indicator is None or row.ratio or figure is None or (figure and not indicator.cumulative):
        return False
    if not number.unit or not _HAPPENED.search(number.before) or _ANOTHER_YEAR.search(number.clause):
        return False
    return number.low > figure and bool(figure or not _OF_ANOTHER_KIND.search(row.note))


def _are_more(row: Row) -> bool:
    """Whether so many are said to have come about in words that count as the measure unit does: 处 for 个."""
    name, unit = (row.indicator.name, row.indicator.unit) if row.indicator else ("", "")
    return any(
        unit in ALIKE[0]
        and each.behind in ALIKE[0]
        and _is_more(each._replace(unit=bool(each.behind)), row)
        and set(re.sub("年内|今年|本年|[已共新增建成]", "", each.before)) <= set(name)
        for each in numbers_in(row)
    )


def _is_alone(number: Stated) -> bool:
    """Whether a number of what is counted stands for itself, and for now."""
    is_now = not (_ANOTHER_YEAR.search(number.clause) or is_of_earlier(re.sub(r"^\\d{1,2}月", "", number.clause)))
    return (
        number.is_plain
        and number.figure > 0
        and is_now
        and bool(re.fullmatch(f"(?:{OF_FIGURE}|共|计)*", number.before))
    )


def _is_of_name(number: Stated, indicator: Indicator) -> bool:
    """Whether so many came about of something that has a word in common with the indicator's name."""
    came = _CAME_OF.search(number.before)
    if came is None or number.low <= 0 or _ANOTHER_YEAR.search(number.clause):
        return False
    return without_name(came["what"], indicator.name) != came["what"]


def _is_unfinished(number: Stated) -> bool:
    """Whether so many of what is counted are said not to be there yet."""
    return (
        number.unit and number.before in ("", "有", "其中", "其中有", "另有") and bool(_UNFINISHED.match(number.behind))
    )


def _is_rough(number: Stated) -> bool:
    """Whether a number is given as about so much, as what will come about, or as wrong."""
    before = re.search(
        r"约$|差不多|[估预]计|估摸|[先暂]报|(?:能|(?<!误)将)[^,，\d]{0,3}$|(?:不是|并非)$", number.before
    )
    if before and _TAKEN_FOR.match(number.behind):
        return False
    return bool(before or re.match("[^,，]?(?:左右|上下|是错|不对|有误)", number.behind))


# --- what it says without one ----------------------------------------------------------------------------------------


def _without_own(clauses: list[str], row: Row) -> Iterator[str]:
    """The clauses without what says what the cell holds: its figure, its measure unit, that it is a total."""
    units = [matched_form(row.indicator.unit)] if row.indicator else []
    own = own_measure(*units)
    agreed = tuple(
        each.clause
        for each in numbers_in(row)
        if (field := should_be(each, row)) is not None and is_of(each, row, field)
    )
    for clause in clauses:
        if agreed and clause.startswith(agreed):
            yield _AGREED
        elif not re.match(
            "(?:[是为系]|均为|此数?为|按)?(?:累计|今年|年内|本年|全年)(?!的?(?:目标|计划|任务|预[计测]))", clause
        ):
            month = _OWN_MONTH.match(clause)
            is_own = month and row.period and int(month[1]) == row.period.month
            yield own.sub("", without_unit(clause[month.end() :] if month and is_own else clause, row))
