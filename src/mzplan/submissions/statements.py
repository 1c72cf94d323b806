"""What a note says of the figure beside it: that it is another one, another month's, in another unit, another stage.

Such a note contradicts its cell whatever the figure looks like. It does not where it says what the cell holds (应为241
beside 241, 单位：万元 of ten thousands of yuan), speaks of an earlier figure, or of something else than the figure.

A note gives a figure as what the cell should hold (应为241), or as the total: 截至10月底共145人, its parts, or those
of a ratio. A total is one of the indicator's measure unit, with no more words before it than those for a total, and of
no other month or year. Where one number of the note is the cell's own the totals agree, whatever else it states.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mzplan.figures import SCALE, plain
from mzplan.reading.patterns import late
from mzplan.submissions import shares_said, stages_said
from mzplan.submissions.amounts import Stated, has_number, stated
from mzplan.submissions.another import ALIKE, WORDS, is_another, leaves_out, names_another_month
from mzplan.submissions.names import matched_form
from mzplan.submissions.reasons import OPEN, admits_now, clauses_of, corrects, is_of_earlier, is_said, is_said_of_now
from mzplan.submissions.row import Row
from mzplan.submissions.stages_said import has_begun, is_another_stage, may_be_done

# --- words before a number -------------------------------------------------------------------------------------------

_OF_FIGURE = (
    "(?:请|此数?|该数?|这|本表?|其|现|累计|合计|总数?|完成(?:值|数)|数据?|数字|数值|分子|分母|正确|准确|实际|真实|的|数|值"
    "|截[至止]|到?目?前|[实本]|(?:20[0-9]{2}年)?[0-9]{1,2}月(?:底|末|份)?|[本当]月(?:底|末)?)"
)
_SHOULD_BE = late(
    rf"(?P<what>{_OF_FIGURE}*)(?:应(?:该|当)?(?:为|是|填|报)|应该有?|(?:更正|订正|改|修改|修正)(?:为|成)"
    r"|(?<=[正准]确)的?[数值]?[为是]|(?<=[正准]确[数值])[为是]?|(?<=[正准]确数[据字值])[为是]?|(?<=实)[为是]|(?<=实际)[为是]|(?<=实际数)[为是]|(?P<by>以))"
)
"""The number is what the figure should be: nothing stands before it but words for the figure itself."""
_BY_THAT = late(".{0,3}为准")
_PARTS = (("分子", "numerator"), ("分母", "denominator"))
_HAPPENED = late(
    rf"(?<![没未无非])(?<!没有)(?:发生|新[增建]|出现|查[处实出]|发现)了?$|^(?:{_OF_FIGURE}|已|共|新)*(?:建成|完成)了?$"
)
"""So many came about, of the year if nothing else is said."""
_ANOTHER_YEAR = late(
    "去年|上年|往年|历年|明年|十[一二三四五]五|[近过]去?[一两二三四五]年|下[个一]?月|年[底末]|[应需将须]|预计|计划|拟|目标|任务|20[0-9]{2}年|[全省]市|全省|全国"
)
_THERE_IS = late("(?<!没)有$")
_OF_ANOTHER_KIND = late("[非未](?:发生)?重特?大|不属[于实]|不实|一般|轻微|非重")
"""What came about is not what a limit of nothing counts."""
_TOTAL = late(r"(?:累计|1[-—~至到][0-9]{1,2}月)[^\d]{0,6}$")
"""The number is the total as the note gives it, beside the month's increase or not."""
_SURE = late(r"累计|总数|[真其]实|实[际有]|截[至止]|1[-—~–至到]\d{1,2}月")
_IN_SUM = late(
    r"合计|总计?|共计?|[只仅]有|\w{0,4}(?:系统|台账|平台|部门|局|花名册|名[册单]|\w股|[科处办]室?(?=说|讲|报|给|反馈|核))|[省市县]\w?(?:反馈|核定|认定)|核[定下]|审[核定]后|[正准]确"
)
_DONE_SO_FAR = late("新增|完成")
_OF_TOTAL = late(
    rf"(?:20\d\d年|1[-—~–至到]|\d{{1,2}}月[份底末]?|{_SURE.pattern}|{_IN_SUM.pattern}|{_DONE_SO_FAR.pattern}"
    r"|反馈|[说讲报给告知]+|核[定下实]|审[核定]|查[到出]|认定|最[后终]|[省市县][里厅]?|[后来得]|以来|为止|目前|年初|今年|本年度?|显示|[到至止达为是已有现数据的只仅才就里中上])*"
)
"""All that may stand before a total of now."""
_AT_MONTHS_END = late(r"累计|截[至止]|1[-—~–至到]|[底末止]")
_OF_A_MONTH = late(r"月|新增|增加|减少")
_PART = late(r"其中[^,，]*$|(?<![不未没非])(?:包?含(?!税)|包括|[计算]入)[^,，\d]{0,8}$")
_CHANGES = late("[由从原]")
_ONLY = late("(?:实际|其实|目前|现在?|真正)*[只仅才](?:有|到账|完成|培训|\\w{0,2}出来?)?了?")
_DENIED = late("[未没缺不无]")
_UNFINISHED = late(
    "\\w[^,，]{0,2}?[还尚仍都]*(?:没有?|未)(?:验收|建[成好]|投用|[竣完]工|发|拿|取|支付|拨付|到账|核实|备案)\\w{0,3}$"
)
_LEFT_OUT = late("另(?!.*(?<![不未没无])[计算列纳]入)|[不未没]有?(?:计|含|包|列|算)")
_NOT_IN = late("[不未没]有?(?:[计算列]入|[计算列]$)")
_COUNTED_IN = late("(?:计入|集中[^,，\\d]{0,4})$")
_MADE_UP = late("[已现本].{0,4}(?:补|更|纠|修)|补[报登录计填齐上]|更正|纳入")
"""What was missing is there."""
_NEARLY = 9
"""Parts that come to more than so many tenths of the total are meant to come to all of it."""

# --- words without one -----------------------------------------------------------------------------------------------

_CORRECTION = late(r"(?:(?<=[更订]正)|(?<=正确))[:：]\s*(?=\d)")
_AGREED = "已更正"
_OWN_MONTH = late(r"^(\d{1,2})月份?的?(?![\d底末初上中下起前后以]|$)")
_STALE, _OLD, _LACKING, _SLIP, _EVENT = "数没有更新", "数含去年的", "数里缺地方", "数填错了", "发生过事故"
_TOO_MUCH, _LEFT = "数里有不该算的", "有一类没有算"
_NOT_YET = (
    "(?:[未没]有?(?:取|拿|到[账位]|验|投|完|建成|竣|通过|发|备案|登|注册|审|批|开业|启用|兑|拨|支付|核实)"
    "|拟|待(?!遇)|计划(?!生育)|预计|意向|在[建训途]|筹[建备]|规划中|明年|重复|已(?:注销|撤销|关停))"
)
_ODD = {
    _STALE: (late("(?:未|没有?)(?:作|做|及时|进行)?更新(?:$|数)"), "没有更新的，填这个月的数。"),
    _OLD: (
        late(
            "[含包]括?[^,，]{0,3}(?:去年|上年)|(?:去年|上年)(?:度|同期|[底末])?(?:结转|转入|接转)|(?:去年|上年|往年)[^,，不未没]{0,4}[算计][了进入]"
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
            rf"(?P<of_it>(?:其中|含|包括)[^,，]{{0,12}}?|(?:有|其中)?(?:一半|部分|几\w)[还尚仍]?)?{_NOT_YET}(?(of_it)|[^,，不未没]{{0,4}}也[^,，]?[算计])"
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
_ANOTHER_TOTAL = "的与所填的不同", "填错了的，改正；说的是别的数的，“说明”写明是什么数。"
"""What may be honest, and should be looked at, with what to do: the figure is an old one, begins before January, lacks
a place, has too much in it, is mistyped, or counts an event as none."""
_WORDS = (OPEN, *WORDS, *stages_said.WORDS, *shares_said.WORDS, *(words for words, _ in _ODD.values()))


class Claim(NamedTuple):
    """What a note says that a cell should hold in place of what it holds."""

    field: str
    figure: Stated | None
    """None where it is not said, but by its parts."""
    is_sure: bool = True
    """Whether it is meant of that cell without doubt."""


def _plain(note: str) -> str:
    """A note with the number behind 更正： as the one that it is corrected to."""
    return _CORRECTION.sub("为", note)


@lru_cache(1000)
def speaks_of_the_figure(note: str) -> bool:
    """Whether a note may contradict some cell, or is odd: its row has to be looked at."""
    clauses = clauses_of(note)
    without_month = ",".join(_OWN_MONTH.sub("", clause) for clause in clauses)
    is_said_so = admits_now(note) or admits_now(without_month) or has_number(note)
    return is_said_so or any(each.search(clause) for clause in clauses for each in _WORDS)


def gives_a_figure(text: str) -> bool:
    """Whether words, of whatever figure they are, say what it should be: 应为190, 实际190."""
    numbers = stated(_plain(text), "")
    return any(
        _SHOULD_BE.fullmatch(each.before) or (_SURE.search(each.before) and _OF_TOTAL.fullmatch(each.before))
        for each in numbers
    )


def corrected(row: Row) -> tuple[str, str] | None:
    """The field and the figure that the note of a record gives in place of the cell's, if the record then agrees."""
    for field, number, is_sure in _claims(row):
        if number is None or not is_sure or number.figure.denominator != 1:
            continue
        text = plain(int(number.figure))
        again = row.saying(field, text)
        is_part = field in ("numerator", "denominator") if row.ratio else field == "value"
        if is_part and _may_be(again) and not contradicts(again):
            return field, text
    return None


def _may_be(row: Row) -> bool:
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
    clauses, numbers = clauses_of(_plain(row.note)), _numbers(row)
    if row.stages:
        return any(is_another_stage(clause, row) for clause in clauses)
    if any(_TOTAL.search(each.before) and _is_of(each, row) for each in numbers):
        return False
    if any(claim.is_sure for claim in _claims(row)) or any(_is_more(each, row) for each in numbers):
        return True
    return admits_now(",".join(_without_own(clauses, row))) or any(is_another(clause, row) for clause in clauses)


def odd(row: Row) -> tuple[str, str]:
    """What of a note makes its figure worth a question, and what to do about it; empty for nothing."""
    indicator, figure = row.indicator, row.number("value").figure
    if row.is_not_applicable or indicator is None or not row.note or contradicts(row):
        return "", ""
    if row.stages:
        return _DONE if may_be_done(row) else _BEGUN if has_begun(row) else ("", "")
    left = leaves_out(row.note, row)
    counts = {
        _OLD: indicator.cumulative and not _NOT_IN.search(row.note),
        _LACKING: left is None and not row.names.units_in(row.note) and not _MADE_UP.search(row.note),
        _TOO_MUCH: not (corrects(row.note) or re.search(r"\d.*其中", row.note)),
        _SLIP: not corrects(row.note),
        _EVENT: figure == 0 and indicator.target.operator == "at_most" and not _OF_ANOTHER_KIND.search(row.note),
    }
    if (
        not all(claim.is_sure for claim in _claims(row))
        or _are_more(row)
        or shares_said.is_of_another_share(row, _numbers(row))
    ):
        return _ANOTHER_TOTAL
    if (
        figure == 0
        and counts[_EVENT]
        and any(each.unit and (_THERE_IS.search(each.before) or _is_alone(each)) for each in _numbers(row))
    ):
        return _EVENT, _ODD[_EVENT][1]
    if (
        counts[_TOO_MUCH]
        and not row.ratio
        and any(map(_is_unfinished, _numbers(row)))
        and not _LEFT_OUT.search(row.note)
    ):
        return _TOO_MUCH, _ODD[_TOO_MUCH][1]
    own = [each for each in _numbers(row) if each.figure == figure]
    if own and all(map(_is_rough, own)):
        return "数不准", "填准确的数。"
    if left:
        return _LEFT, _ODD[_LACKING][1]
    for words, (said, remedy) in _ODD.items():
        is_so = is_said_of_now if words is _SLIP else is_said
        if counts.get(words, True) and any(is_so(said, clause) for clause in clauses_of(row.note)):
            return words, remedy
    return "", ""


# --- what it says of a number ----------------------------------------------------------------------------------------


def _numbers(row: Row) -> Sequence[Stated]:
    return stated(_plain(row.note), row.indicator.unit, row.indicator.decimals) if row.indicator else ()


def _claims(row: Row) -> Iterator[Claim]:
    """The figures that a note gives as what a cell should hold or as its total, and that it does not hold."""
    figure, numbers = row.figure, _numbers(row)
    for each in numbers:
        if (field := _should_be(each, row)) is not None and not _is_of(each, row, field):
            yield Claim(field or "value", each)
    if figure is None or figure.value is None or row.stages:
        return
    if figure.denominator is not None:
        yield from _of_parts(numbers, figure.value, figure.denominator)
        yield from (Claim("numerator", each, is_sure=False) for each in numbers if _is_of_a_part(each, row))
        return
    counted = [each for each in numbers if each.is_plain]
    if any(each.unit and each.low > figure.value and _is_part(each) for each in numbers):
        yield Claim("value", None)
    if any(_is_only(each, row, figure.value) or _lacks_digits(each, figure.value) for each in numbers):
        yield Claim("value", None, is_sure=False)
    if not any(each.is_about(figure.value) for each in counted):
        first = clauses_of(row.note)[0] if counted else ""
        yield from (claim for each in counted for claim in _of_total(each, row, is_first=first.startswith(each.clause)))
        yield from _of_shares(row.note, [each for each in numbers if each.unit or each.bare], figure.value)


def _should_be(number: Stated, row: Row) -> str | None:
    """The field of which a number is said to be what should stand there, "" where it is not named; None for none."""
    said = _SHOULD_BE.fullmatch(_without_unit(number.before, row))
    if said is None or number.is_percent or number.behind.startswith("分之"):
        return None
    is_own = not row.period or not names_another_month(said["what"], row.period.month)
    if not is_own or (said["by"] and not _BY_THAT.match(number.behind)):
        return None
    return next((field for word, field in _PARTS if word in said["what"]), "")


def _without_unit(said: str, row: Row) -> str:
    """Words without the name of the record's own unit that they begin with: 义乌市应为20 says what 应为20 does."""
    names = (name for name, unit in row.names.plan.unit_names.items() if row.unit and unit == row.unit.id)
    return said.removeprefix(max(filter(said.startswith, names), key=len, default=""))


def _is_of(number: Stated, row: Row, field: str = "") -> bool:
    """Whether a cell of the row, the one that is named, holds that number."""
    figures = [row.number(each).figure for each in ([field] if field else row.numbers)]
    return any(figure is not None and number.is_about(figure) for figure in figures)


def _of_total(number: Stated, row: Row, *, is_first: bool) -> Iterator[Claim]:
    """A number that is not the cell's and is said to be the total, by the words before it."""
    indicator, said = row.indicator, number.before
    if indicator is None or not (_SURE.search(said) or (is_first and _IN_SUM.search(said))):
        return
    rest, is_done = _OF_TOTAL.sub("", _without_unit(said, row)), bool(_DONE_SO_FAR.search(said))
    is_flow = is_done and not indicator.cumulative
    is_of_it = set(rest) <= set(indicator.name) or (said.startswith("实际") and len(rest) <= len("到账"))
    if is_flow or not is_of_it or not _is_of_now(said, row):
        return
    is_other = "实际" in said and (is_done or not is_first)
    yield Claim("value", number, is_sure=not rest and bool(_SURE.search(said)) and not is_other)


def _is_of_now(said: str, row: Row) -> bool:
    """Whether words before a total name no other year or month than the record's, and not what came in one month."""
    years, months = re.findall(r"(20\d\d)年", said), re.findall(r"(\d{1,2})月", said)
    if any(int(year) != row.names.plan.year for year in years):
        return False
    if months and row.period and int(months[-1]) != row.period.month:
        return False
    return not months or bool(_AT_MONTHS_END.search(said))


def _of_shares(note: str, counted: Sequence[Stated], figure: int) -> Iterator[Claim]:
    """The parts that a note begins with come to another total."""
    before, is_parted, _ = note.partition("其中")
    if not is_parted or re.search(r"\d", before) or any(_OF_A_MONTH.search(each.clause) for each in counted):
        return
    low, high = sum(each.low for each in counted), sum(each.high for each in counted)
    is_all = len(counted) > 1 and high * 10 > figure * _NEARLY
    if is_all and not low <= figure <= high:
        yield Claim("value", None, is_sure=False)


def _is_part(number: Stated) -> bool:
    """Whether a number is said to be a part of the figure: it cannot be more."""
    is_of_now = not (is_of_earlier(number.clause) or _OF_A_MONTH.search(number.clause))
    return is_of_now and bool(number.is_within or _PART.search(number.before))


def _of_parts(numbers: Sequence[Stated], above: int, below: int) -> Iterator[Claim]:
    """A part of a ratio that a note gives otherwise than the cells, beside the other one as they do."""
    given = [
        (one.is_about(above), other.is_about(below), one, other)
        for one, other in pairwise(numbers)
        if one.clause == other.clause
        and one.behind.startswith("/")
        and other.before.endswith("/")
        and not (one.before.endswith(("/", "-")) or other.behind.startswith(("/", ".")))
        and not (is_of_earlier(one.clause) or _CHANGES.search(one.before))
    ]
    if not any(is_above and is_below for is_above, is_below, _, _ in given):
        for is_above, is_below, one, other in given:
            if is_above != is_below:
                yield Claim("denominator", other) if is_above else Claim("numerator", one)


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
        for each in _numbers(row)
    )


def _is_only(number: Stated, row: Row, figure: int) -> bool:
    """Whether only so many, and not as many as the figure says, are said to be what is counted."""
    if not number.unit or number.is_plain or number.high >= figure or not _ONLY.fullmatch(number.before):
        return False
    words = set(number.behind) - set("是今年的人名张家") - set(row.indicator.name if row.indicator else "")
    return not _DENIED.search(number.behind) and (2 * number.low >= figure or not words)


def _lacks_digits(number: Stated, figure: int) -> bool:
    """Whether what is said to be counted in is the figure with digits less, or any number is so by its measure unit."""
    is_counted_in = _COUNTED_IN.search(number.before) and figure in {number.figure * 10**n for n in (1, 2, 3)}
    is_in_other = (
        number.figure % SCALE
        and len(plain(figure).replace(".", "").strip("0")) > 2
        and figure in {number.figure * 10**n for n in (3, 4)}
    )
    return bool((number.unit and is_counted_in) or (number.behind == "元" and is_in_other))


def _is_alone(number: Stated) -> bool:
    """Whether a number of what is counted stands for itself, and for now."""
    is_now = not (_ANOTHER_YEAR.search(number.clause) or is_of_earlier(re.sub(r"^\\d{1,2}月", "", number.clause)))
    return (
        number.is_plain
        and number.figure > 0
        and is_now
        and bool(re.fullmatch(f"(?:{_OF_FIGURE}|共|计)*", number.before))
    )


def _is_unfinished(number: Stated) -> bool:
    """Whether so many of what is counted are said not to be there yet."""
    return (
        number.unit and number.before in ("", "有", "其中", "其中有", "另有") and bool(_UNFINISHED.match(number.behind))
    )


def _is_of_a_part(number: Stated, row: Row) -> bool:
    """Whether a number is said to be all of one part of a ratio, and is neither of its parts."""
    said, ratio = number.before, row.ratio
    if (
        ratio is None
        or number.is_percent
        or (number.way and not said.endswith(("至", "到")))
        or _is_of(number, row)
        or not number.behind
    ):
        return False
    is_all = re.search("实|[只仅]有|总数", said) and _is_of_now(said, row)
    own = set(f"{ratio.name}{ratio.numerator}{ratio.denominator}实训到参加已调整了增至")
    return bool(is_all) and len(number.behind) == 1 and set(_OF_TOTAL.sub("", said)) <= own


def _is_rough(number: Stated) -> bool:
    """Whether a number is given as about so much, as what will come about, or as wrong."""
    before = re.search(r"约$|差不多|[估预]计|估摸|[先暂]报|(?:能|将)[^,，\d]{0,3}$|(?:不是|并非)$", number.before)
    return bool(before or re.match("[^,，]?(?:左右|上下|是错|不对|有误)", number.behind))


# --- what it says without one ----------------------------------------------------------------------------------------


def _without_own(clauses: list[str], row: Row) -> Iterator[str]:
    """The clauses without what says what the cell holds: its figure, its measure unit, that it is a total."""
    units = [matched_form(row.indicator.unit)] if row.indicator else []
    own = late("|".join(rf"(?:单位|[以按用])?{re.escape(unit)}(?:为单位|计算?|填报?|统计|$)" for unit in units))
    agreed = tuple(
        each.clause
        for each in _numbers(row)
        if (field := _should_be(each, row)) is not None and _is_of(each, row, field)
    )
    for clause in clauses:
        if agreed and clause.startswith(agreed):
            yield _AGREED
        elif not re.match(
            "(?:[是为系]|均为|此数?为|按)?(?:累计|今年|年内|本年|全年)(?!的?(?:目标|计划|任务|预[计测]))", clause
        ):
            month = _OWN_MONTH.match(clause)
            is_own = month and row.period and int(month[1]) == row.period.month
            yield own.sub("", _without_unit(clause[month.end() :] if month and is_own else clause, row))
