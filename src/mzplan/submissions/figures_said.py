"""What figure a note gives as the one that a cell should hold, as its total, or as a part of a ratio.

A total is one of the indicator's measure unit, with no more words before it than those for a total, and of no other
month or year. Where one number of the note is the cell's own the totals agree, whatever else it states.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mzplan.figures import SCALE, plain
from mzplan.reading.patterns import late
from mzplan.submissions.amounts import Stated, changes_left_out, stated
from mzplan.submissions.another import names_another_month
from mzplan.submissions.clauses import clauses_of, is_of_earlier
from mzplan.submissions.names import HAN, matched_form
from mzplan.submissions.row import Row

OF_FIGURE = (
    "(?:请|此|该|这|本表?|其|现|累计|合计|总|完成(?:值|数)|数[据字]?|分子|分母|正确|准确|实际|真实|的|值"
    "|截[至止]|到?目?前|实|(?:20[0-9]{2}年)?[0-9]{1,2}月(?:底|末|份)?|[本当]月(?:底|末)?)"
)
_SAYS = (
    "(?:[局科处厅]?领导|[局科处厅]长|主任|[市省县上]?[局厅级]里?|[科处]室|审核人?)"
    "(?:[说讲]|要求|意见|[让叫]|通知|指示|建议)(?:我们?)?"
)
"""Who says what a figure should be."""
_SHOULD_BE = late(
    rf"(?:{_SAYS})?(?P<what>{OF_FIGURE}*)(?:应(?:该|当)?(?:为|是|填|报)|应该有?|(?:[应需须要]|[审复]核)?(?:更正|订正|改|修改|修正)(?:为|成)"
    r"|(?<=[正准]确)的?[数值]?[为是]|(?<=[正准]确[数值])[为是]?|(?<=[正准]确数[据字值])[为是]?|(?<=实)[为是]|(?<=实际)[为是]|(?<=实际数)[为是]|(?P<by>以(?:[^,，\d月年]{1,8}的)?)|(?P<at>按照?))"
)
"""The number is what the figure should be: nothing stands before it but words for the figure itself."""
_CHANGED_TO = late(
    rf"(?P<since>(?:{OF_FIGURE}|上个?月|[应由从将把原])*)\d+(?:\.\d+)?{HAN}?(?:→|⇒|[-=—]+>|改[为成到]?|[更订修]正[为成]?|调整[为成])"
    rf"(?P<what>{OF_FIGURE}*)"
    rf"|(?P<taken>{OF_FIGURE}*(?:核[减增]|剔除|扣除|减?去[除重]?|补报)[^,，\d]{{0,4}}(?:\d+{HAN}?)?后)(?:{OF_FIGURE}|[应共计余]|还?剩)*[为是有]?"
)
"""The number is what another one has become, or what it comes to with so many more or less: 105→110, 核减2人后为110."""
_NAMED_SHOULD_BE = late("(?P<what>.{2,}?)应(?:该|当)?[为是]")
"""The same of what is called by the plan's words for it: 参训人数应为."""
_HOW_MANY = late("(?<=..)(?:[人户家个张件]?数量?|金?额)$")
_BY_THAT = late(".{0,3}为准")
_AT_THAT = late("(?:计算?|[填上]?报|填|算|统计|汇总)")
"""按140计 says what the figure should be, 按12元计 at what price it was reckoned."""
_PARTS = {"分子": "numerator", "分母": "denominator"}
_BY_NAME = late("分子[、和与及]?分母|分[子母]")
_NUMBERS = late(r"(?<![\d.])\d+(?:\.\d+)?(?!A)")
NOW = late("目前|现在?|累计|今年|年内|[本当]月|其中|[已达到至为是有共约近超占]")
_SURE = late(r"累计|总数|[真其]实|实[际有]|截[至止]|1[-—~–至到]\d{1,2}月")
_IN_SUM = late(
    r"合计|总计?|共计?|[只仅]有|\w{0,4}(?:系统|台账|平台|部门|局|花名册|名[册单]|\w股|[科处办]室?(?=说|讲|报|给|反馈|核))|[省市县]\w?(?:反馈|核定|认定)|核[定下]|审[核定]后|[正准]确"
)
_DONE_SO_FAR = late("新增|完成")
_IS = "为", "是"
_OF_TOTAL = late(
    rf"(?:20\d\d年|1[-—~–至到]|\d{{1,2}}月[份底末]?|{_SURE.pattern}|{_IN_SUM.pattern}|{_DONE_SO_FAR.pattern}"
    r"|反馈|[说讲报给告知]+|核[定下实]|审[核定]|查[到出]|认定|最[后终]|[省市县][里厅]?|[后来得]|以来|为止|目前|年初|今年|本年度?|显示|[到至止达为是已有现数据的只仅才就里中上])*"
)
"""All that may stand before a total of now."""
_AT_MONTHS_END = late(r"累计|截[至止]|1[-—~–至到]|[底末止]")
_MONTHS_END = late("月[底末]")
_OF_A_MONTH = late(r"月|新增|增加|减少")
_PART = late(r"其中[^,，]*$|(?<![不未没非])(?:包?含(?!税)|包括|[计算]入)[^,，\d]{0,8}$")
_CHANGES = late("[由从原]")
_ONLY = late("(?:实际|其实|目前|现在?|真正)*[只仅才](?:有|到账|完成|培训|\\w{0,2}出来?)?了?")
_DENIED = late("[未没缺不无]")
_NOTHING = late(rf"(?:{OF_FIGURE}|因[而此]|所以|故|仍|还|都|均|暂|全)*[为是报填]")
_OF_A_CHANGE = late(r"(?<!\d)月(?!底)|[本当上次期](?:期|月|次|季)|新增|增加|减少|变[化动更]|增减|差|其中|原|改")
_COUNTED_IN = late("(?:计入|集中[^,，\\d]{0,4})$")
_NEARLY = 9
"""Parts that come to more than so many tenths of the total are meant to come to all of it."""
_OF_THEM = late(r"^(?P<who>.*?)(?:[均都皆也]|全部?|一律)*(?:属于?|[为是系])(?:[本当]|这个?)月(?!的?[数值增情实])")
"""Of them all it is said that they came in the month."""
_THE_MONTHS = late(r"^[本当这]个?月的?(?:新增)?(?:数据?|值|增量)[为是有共约]*(?P<number>\d+(?:\.\d+)?)")
"""The month's number is given, beside a figure that is another."""
_WHAT_CAME = late("^(?:[新净]|增加|其余|另|补)|^其中(?=.)")
_CORRECTION = late(
    r"(?:(?<=[更订]正)|(?<=正确))[:：]\s*(?=[\d.]+\s*(?:[^\d\s,，.。;；:：重错误漏]{0,2}|平方米)(?:[,，。;；()（）]|$))"
)
"""The number that follows stands alone: 更正：190张 gives a figure, 更正：1张重复 a cause."""

_WRONG_EARLIER = late(
    r"(?:(?<=[,，。;；])|^)(?P<wrong>(?:(?P<month>\d{1,2})月|上个?[月次期])[^,，。;；\d]{0,8}?(?:误|错|漏|[多少][报填统算])[^,，。;；\d]{0,4})"
    r"[,，;；]\s*(?=[^,，。;；\d本当累现目今]{0,6}(?:应|实|[更订修]正|改|正确))"
)
"""An earlier figure was wrong, and the next clause says what it should have been."""


class NoteClaim(NamedTuple):
    """What a note says that a cell should hold in place of what it holds."""

    field: str
    figure: Stated | None
    """None where it is not said, but by its parts."""
    is_sure: bool = True
    """Whether it is meant of that cell without doubt."""


def as_one_figure(note: str, own_month: int = 0) -> str:
    """A note with the number behind 更正： as the one that it is corrected to, and what was wrong earlier beside its.

    上月数有误，应为151 says what last month's should have been. What is said of the record's own month, if any, stays.
    """

    def joined(said: re.Match[str]) -> str:
        is_earlier = not said["month"] or int(said["month"]) != own_month
        return said["wrong"] if is_earlier else said[0]

    return _CORRECTION.sub("为", _WRONG_EARLIER.sub(joined, note))


def own_measure(*units: str) -> re.Pattern[str]:
    """Words that a figure is in one of these measure units."""
    return late("|".join(rf"(?:单位|[以按用])?{re.escape(unit)}(?:为单位|计算?|填报?|统计|$)" for unit in units))


def about_the_figure(note: str, *figures: int) -> str:
    """A note without its clauses that say only of what came, and not of all that is counted, that it is the month's.

    新增5人均为本月发证 and 当月数5人 speak of five, 35人均为本月发证 beside 35 of all.
    """
    kept, who, own = list[str](), "", {plain(figure) for figure in figures}
    for clause in clauses_of(note):
        of_them = _OF_THEM.search(clause)
        who = (of_them["who"] or who) if of_them else clause
        number = _NUMBERS.findall(who)[-1:]
        if (months := _THE_MONTHS.search(clause)) and months["number"] not in own:
            continue
        if not of_them or not (_WHAT_CAME.search(who) or (number and number[0] not in own)):
            kept.append(clause)
    return "，".join(kept)


def numbers_in(row: Row) -> Sequence[Stated]:
    """The numbers that the note of a record states, in its indicator's measure unit."""
    note = as_one_figure(row.note, row.period.month if row.period else 0)
    return stated(note, row.indicator.unit, row.indicator.decimals) if row.indicator else ()


def claims_of(row: Row) -> Iterator[NoteClaim]:
    """The figures that a note gives as what a cell should hold or as its total, and that it does not hold."""
    figure, numbers = row.figure, numbers_in(row)
    for each in numbers:
        if (field := should_be(each, row)) is not None and not is_of(each, row, field):
            yield NoteClaim(field or "value", each)
    if figure is None or figure.value is None or row.stages:
        return
    if figure.denominator is not None:
        yield from _of_parts(numbers, figure.value, figure.denominator)
        yield from (NoteClaim("numerator", each, is_sure=False) for each in numbers if _is_of_a_part(each, row))
        return
    counted = [each for each in numbers if each.is_plain or _is_counted(each, row)]
    if any(each.unit and each.low > figure.value and _is_part(each) for each in numbers):
        yield NoteClaim("value", None)
    if figure.value and any(_is_nothing(each, row) for each in numbers):
        yield NoteClaim("value", None, is_sure=False)
    if any(_is_only(each, row, figure.value) or _lacks_digits(each, figure.value) for each in numbers):
        yield NoteClaim("value", None, is_sure=False)
    if not any(each.is_about(figure.value) for each in counted):
        first = clauses_of(row.note)[0] if counted else ""
        yield from (claim for each in counted for claim in _of_total(each, row, is_first=first.startswith(each.clause)))
        yield from _of_shares(row.note, [each for each in numbers if each.unit or each.bare], figure.value)


def should_be(number: Stated, row: Row) -> str | None:
    """The field of which a number is said to be what should stand there, "" where it is not named; None for none."""
    before = without_unit(number.before, row)
    said = _SHOULD_BE.fullmatch(before)
    if number.is_percent or number.behind.startswith("分之"):
        return None
    if said is None and number.is_plain and (changed := _CHANGED_TO.fullmatch(before)):
        return _part_changed(changed, row)
    if said is None:
        named = _NAMED_SHOULD_BE.fullmatch(before)
        return _named_in(named["what"], row) if named and len(number.behind) <= 1 else None
    is_own = not row.period or not names_another_month(said["what"], row.period.month)
    if not is_own or (said["by"] and not _BY_THAT.match(number.behind)):
        return None
    if said["at"] and not _AT_THAT.fullmatch(number.behind[1:] if number.unit else number.behind):
        return None
    return next((field for word, field in _PARTS.items() if word in said["what"]), "")


def _part_changed(said: re.Match[str], row: Row) -> str | None:
    """The field of what has become another number, "" where it is not named; None where it is another month's."""
    since, what = said["since"] or said["taken"] or "", said["what"] or ""
    own = row.period.month if row.period else 0
    is_of_now = bool(re.search("月|现|目?前", what)) and not names_another_month(what, own)
    if not is_of_now and (is_of_earlier(re.sub(rf"(?<!\d){own}月", "", since)) or names_another_month(what, own)):
        return None
    return next((field for word, field in _PARTS.items() if word in since), "")


def _named_in(words: str, row: Row) -> str | None:
    """The field of what words of the plan name, "" where they are of the whole figure; None where they are of none."""
    indicator, ratio, words = row.indicator, row.ratio, _HOW_MANY.sub("", words)
    parts = (ratio.numerator, ratio.denominator) if ratio else ()
    if indicator is None or not is_made_of(words, indicator.name, *parts):
        return None
    return part_named(words, *parts) if parts else ""


@lru_cache(1000)
def part_named(before: str, numerator: str, denominator: str) -> str:
    """The field of the part of a ratio of which the words before a number are, by its name or by what it counts.

    The words nearest to the number say it; "" where they are of both parts or of neither.
    """
    for said in reversed(_NUMBERS.split(before)):
        if names := _BY_NAME.findall(said):
            return _PARTS.get(names[-1], "")
        words = changes_left_out(said)
        is_above, is_below = is_made_of(words, numerator), is_made_of(words, denominator)
        if is_above != is_below:
            return "numerator" if is_above else "denominator"
    return ""


def is_made_of(words: str, *own: str) -> bool:
    """Whether words are some of those that a ratio, or the part of it that is given, is called by."""
    left = set(NOW.sub("", words)) - set("0123456789")
    return bool(left) and left <= set(matched_form("".join(own)))


def without_unit(said: str, row: Row) -> str:
    """Words without the units that they begin with if its own is one: 义乌、永康应为20 says of it what 应为20 does."""
    named, rest = row.names.leading_units(said)
    return rest if row.unit and row.unit.id in named else said


def is_of(number: Stated, row: Row, field: str = "") -> bool:
    """Whether a cell of the row, the one that is named, holds that number."""
    figures = [row.number(each).figure for each in ([field] if field else row.numbers)]
    return any(figure is not None and number.is_about(figure) for figure in figures)


def _of_total(number: Stated, row: Row, *, is_first: bool) -> Iterator[NoteClaim]:
    """A number that is not the cell's and is said to be the total, by the words before it."""
    indicator, said = row.indicator, number.before
    is_named = said.endswith(_IS) and is_made_of(said[:-1], indicator.name) if indicator else False
    is_total = _SURE.search(said) or (is_first and (is_named or _IN_SUM.search(said) or _MONTHS_END.search(said)))
    if indicator is None or not is_total:
        return
    rest, is_done = _OF_TOTAL.sub("", without_unit(said, row)), bool(_DONE_SO_FAR.search(said))
    is_flow = is_done and not indicator.cumulative
    is_of_it = set(rest) <= set(indicator.name) or (said.startswith("实际") and len(rest) <= len("到账"))
    is_change = number.way < 0 and not said.endswith(("至", "到", "为"))
    if is_flow or is_change or not is_of_it or not _is_of_now(said, row):
        return
    is_other = "实际" in said and (is_done or not is_first)
    yield NoteClaim("value", number, is_sure=not rest and bool(_SURE.search(said)) and not is_other)


def _is_of_now(said: str, row: Row) -> bool:
    """Whether words before a total name no other year or month than the record's, and not what came in one month."""
    years, months = re.findall(r"(20\d\d)年", said), re.findall(r"(\d{1,2})月", said)
    if any(int(year) != row.names.plan.year for year in years):
        return False
    if months and row.period and int(months[-1]) != row.period.month:
        return False
    return not months or bool(_AT_MONTHS_END.search(said))


def _of_shares(note: str, counted: Sequence[Stated], figure: int) -> Iterator[NoteClaim]:
    """The parts that a note begins with come to another total."""
    before, is_parted, _ = note.partition("其中")
    if not is_parted or re.search(r"\d", before) or any(_OF_A_MONTH.search(each.clause) for each in counted):
        return
    low, high = sum(each.low for each in counted), sum(each.high for each in counted)
    is_all = len(counted) > 1 and high * 10 > figure * _NEARLY
    if is_all and not low <= figure <= high:
        yield NoteClaim("value", None, is_sure=False)


def _is_counted(number: Stated, row: Row) -> bool:
    """Whether a number of the measure unit is followed by the indicator's own words: 引导80人参与."""
    return number.unit and row.indicator is not None and is_made_of(number.behind[1:], row.indicator.name)


def _is_part(number: Stated) -> bool:
    """Whether a number is said to be a part of the figure: it cannot be more."""
    is_of_now = not (is_of_earlier(number.clause) or _OF_A_MONTH.search(number.clause))
    return is_of_now and bool(number.is_within or _PART.search(number.before))


def _of_parts(numbers: Sequence[Stated], above: int, below: int) -> Iterator[NoteClaim]:
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
                yield NoteClaim("denominator", other) if is_above else NoteClaim("numerator", one)


def _is_only(number: Stated, row: Row, figure: int) -> bool:
    """Whether only so many, and not as many as the figure says, are said to be what is counted."""
    if not number.unit or number.is_plain or number.high >= figure or not _ONLY.fullmatch(number.before):
        return False
    words = set(number.behind) - set("是今年的人名张家") - set(row.indicator.name if row.indicator else "")
    return not _DENIED.search(number.behind) and (2 * number.low >= figure or not words)


def _is_nothing(number: Stated, row: Row) -> bool:
    """Whether the figure is said to be zero: by that number, and not of what came in a month or changed."""
    is_of_it = number.is_plain and not number.figure and _NOTHING.fullmatch(number.before)
    return bool(is_of_it) and _is_of_now(number.before, row) and not _OF_A_CHANGE.search(row.note)


def _lacks_digits(number: Stated, figure: int) -> bool:
    """Whether what is said to be counted in is the figure with digits less, or any number is so by its measure unit."""
    is_counted_in = _COUNTED_IN.search(number.before) and figure in {number.figure * 10**n for n in (1, 2, 3)}
    is_in_other = (
        number.figure % SCALE
        and len(plain(figure).replace(".", "").strip("0")) > 2
        and figure in {number.figure * 10**n for n in (3, 4)}
    )
    return bool((number.unit and is_counted_in) or (number.behind == "元" and is_in_other))


def _is_of_a_part(number: Stated, row: Row) -> bool:
    """Whether a number is said to be all of one part of a ratio, and is neither of its parts."""
    said, ratio = number.before, row.ratio
    if (
        ratio is None
        or number.is_percent
        or (number.way and not said.endswith(("至", "到")))
        or is_of(number, row)
        or not number.behind
    ):
        return False
    is_all = re.search("实|[只仅]有|总数|[为是]$", said) and _is_of_now(said, row)
    own = set(f"{ratio.name}{ratio.numerator}{ratio.denominator}实训到参加已调整了增至")
    return bool(is_all) and len(number.behind) == 1 and set(_OF_TOTAL.sub("", said)) <= own


def gives_a_figure(text: str) -> bool:
    """Whether words, of whatever figure they are, say what it should be: 应为190, 实际190."""
    numbers = stated(as_one_figure(text), "")
    return any(
        _SHOULD_BE.fullmatch(each.before) or (_SURE.search(each.before) and _OF_TOTAL.fullmatch(each.before))
        for each in numbers
    )
