"""What a note says of the figure beside it: that it is another one, another month's, in another unit, another stage.

Such a note contradicts its cell whatever the figure looks like. It does not where it says what the cell holds (应为241
beside 241, 单位：万元 of ten thousands of yuan), speaks of an earlier figure, or of something else than the figure.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from mzplan.figures import SCALE
from mzplan.reading.misread import chinese_value
from mzplan.reading.number import plain_number
from mzplan.submissions.header import FIELDS
from mzplan.submissions.names import matched_form
from mzplan.submissions.reasons import admits_now, clauses_of, corrects, is_said, is_said_of_now
from mzplan.submissions.row import Row
from mzplan.submissions.totals import Accord, accord, may_state_a_total

_NUMBER = r"(?a:\d{1,12}(?:\.\d{1,6})?)"
_OF_FIGURE = (
    "(?:此数?|该数?|这|本表?|其|现|累计|合计|总数?|完成(?:值|数)|数据?|数字|数值|分子|分母|正确|准确|实际|真实|的|数|值"
    "|截[至止]|到?目?前|[实本]|(?:20[0-9]{2}年)?[0-9]{1,2}月(?:底|末|份)?|[本当]月(?:底|末)?)"
)
_SHOULD_BE = re.compile(
    rf"^(?P<what>{_OF_FIGURE}*)(?:应(?:该|当)?(?:为|是|填|报)|(?:更正|订正|改|修改|修正)(?:为|成)"
    rf"|(?<=[正准]确)(?:的)?(?:数|值)?[为是]|(?<=确[数值])[为是]|(?<=实)[为是]|(?<=实际)[为是]|(?<=实际数)[为是]|以(?={_NUMBER}.{{0,3}}为准))"
    rf"(?P<number>{_NUMBER})(?P<scale>[万亿]?)(?![%\d月年日]|分之|个百分)"
)
"""What the figure should be: nothing stands before it but words for the figure itself."""
_PARTS = (("分子", "numerator"), ("分母", "denominator"))
_TO_COME = re.compile("正确|准确|实际|真实")
_HAPPENED = re.compile(
    rf"(?:发生|新增|出现|查处)了?(?P<number>{_NUMBER}|[一二两三四五六七八九十])(?P<unit>[\u4e00-\u9fff]{{1,3}})"
)
"""So many came about, of the year if nothing else is said."""
_ANOTHER_YEAR = re.compile(
    "去年|上年|往年|历年|明年|十[一二三四五]五|[近过]去?[一两二三四五]年|下[个一]?月|预计|计划|拟|目标|任务|20[0-9]{2}年|[全省]市|全省|全国"
)
_DENIED = re.compile("(?:没有?|[未无非])$")
_OF_ANOTHER_KIND = re.compile("[非未](?:发生)?重特?大|不属于|一般|轻微|非重")
"""What came about is not what a limit of nothing counts."""
_TOTAL = re.compile(rf"(?:累计|1[-—~至到][0-9]{{1,2}}月)[^\d,，]{{0,6}}(?P<number>{_NUMBER})(?P<scale>[万亿]?)")
"""The total as the note gives it, beside the month's increase or not."""
_IS = "(?:(?:此|该|本|这)(?:数据?|表)?)?(?:为|是|系|仍为|仍是|填的?是?|报的?是?|沿用)?"
_DATA = "的?(?:数据?|数字|数值|报表|累计(?:数|值)?|合计(?:数|值)?|完成(?:数|值)?|情况)$"
_OF_MONTH = re.compile(rf"^{_IS}(?:1[-—~–至到])?(?P<month>(?:[0-9]{{1,2}}|上个?)月)份?[底末]?{_DATA}")
"""The figure is that month's."""
_OF_YEAR = re.compile(rf"^{_IS}(?:(?P<year>20[0-9]{{2}})年|去年|上年)(?:度|全年)?{_DATA}")
_OF_UNIT = re.compile(rf"^{_IS}(?P<unit>\w{{2,20}}?){_DATA}")
_OF_WHOLE = re.compile(rf"^{_IS}全[市省](?:的?合计|汇总)?{_DATA}")
_CORRECTION = re.compile(r"(?<=[更订]正)[:：]\s*(?=\d)")
_SWAPPED = re.compile(r"[与和跟](?a:[a-z]\d{1,3}-\d{1,3})[^,，]{0,8}(?:反|错|串|颠倒)", re.I)
_SELF = "(?:目前|本项|该项|此项|工作|任务|项目|实际|[本当]月|现|整体|总体|仍|还|尚|暂|并){0,4}"
_DONE = "(?:完成|开展|启动|开始|办结|结束|实施|进行|落实|印发|出台|建成)"
_NOT_DONE = re.compile(rf"^{_SELF}(?:未|没有?)(?:全部|全面|正式|实际|整体)?{_DONE}$")
_NOT_BEGUN = re.compile(rf"^{_SELF}(?:未|没有?)(?:正式|实际)?(?:开展|启动|开始|进行)$")
_ALL_DONE = re.compile(rf"^{_SELF}已(?:经|全部|全面)*(?:完成|办结)(?:了|本项|该项|工作|任务)*$")
_UNIT_SAID = re.compile(r"单位(?P<unit>[十百千万亿]+[\u4e00-\u9fff]{1,2})$")
_UNIT_DENIED = re.compile(r"单位(?:不是|并非|非)(?P<unit>[\u4e00-\u9fff]{1,4})$")
_AGREED = "已更正"
_OWN_MONTH = re.compile("^([0-9]{1,2})月份?(?=(?:的?数据?|数字)?(?:填|[暂尚未]))")
_STALE, _OLD, _SLIP, _EVENT = "数没有更新", "数含去年的", "数填错了", "发生过事故"
_ODD = {
    _STALE: (re.compile("(?:未|没有?)(?:作|做|及时|进行)?更新(?:$|数)"), "没有更新的，填这个月的数。"),
    _OLD: (
        re.compile("[含包]括?[^,，]{0,3}(?:去年|上年)|(?:去年|上年)(?:度)?(?:结转|转入|接转)"),
        "减去去年的：累计数从1月1日起算。",
    ),
    _SLIP: (
        re.compile("[多少漏][写打输录填]?了?[一两]?个?0|[填写]反|小数点[^,，]{0,3}错"),
        "这个数错了的，改正；已经改正的，“说明”写明“已更正”。",
    ),
    _EVENT: (
        re.compile(r"(?:致|造成|导致)[^,，]{0,4}(?:死|伤|亡|遇难)|(?:死|伤|溺)亡?\d{1,4}人|\d{1,4}人(?:死|溺|身)亡"),
        "应计入的，填发生的数；不计入的，“说明”写明为什么。",
    ),
}
_ANOTHER_TOTAL = "的总数与所填的不同", "填错了的，改正；说的是别的数的，“说明”写明是什么数。"
"""What may be honest, and should be looked at, with what to do: the figure is an old one, begins before January, is
mistyped, or counts an event as none."""


_WORDS = (
    *(_SHOULD_BE, _HAPPENED, _OF_MONTH, _OF_YEAR, _OF_UNIT, _OF_WHOLE, _SWAPPED),
    *(_NOT_DONE, _ALL_DONE, _UNIT_SAID, _UNIT_DENIED, *(words for words, _ in _ODD.values())),
)


def _clauses(note: str) -> list[str]:
    """The clauses of a note, a number behind 更正： as the one that it is corrected to."""
    return clauses_of(_CORRECTION.sub("为", note))


@lru_cache(1000)
def speaks_of_the_figure(note: str) -> bool:
    """Whether a note may contradict some cell, or is odd: its row has to be looked at."""
    without_month = ",".join(_OWN_MONTH.sub("", clause) for clause in clauses_of(note))
    if admits_now(note) or admits_now(without_month) or may_state_a_total(note):
        return True
    return any(each.search(clause) for clause in _clauses(note) for each in _WORDS)


def corrected(row: Row) -> tuple[str, str] | None:
    """The field and the figure that the note of a record gives in place of the cell's, if the record then agrees."""
    for clause in _clauses(row.note):
        said = _SHOULD_BE.match(clause)
        if said is None or said["scale"] or row.indicator is None or _is_the_figure(said, row, said["what"]):
            continue
        field, text = next((field for word, field in _PARTS if word in said["what"]), "value"), said["number"]
        texts = [text if each == field else told for each, told in zip(FIELDS, row.texts, strict=True)]
        again = Row(row.line, tuple(texts), row.names)
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
    indicator = row.indicator
    if not row.note or row.is_not_applicable or indicator is None or not speaks_of_the_figure(row.note):
        return False
    clauses = _clauses(row.note)
    if row.stages:
        return any(_is_another_stage(clause, row) for clause in clauses)
    if any((said := _TOTAL.search(clause)) and _is_the_figure(said, row) for clause in clauses):
        return False
    if accord(row) is Accord.CONTRADICTS or admits_now(",".join(_without_own(clauses, row))):
        return True
    return any(_says_otherwise(clause, row) for clause in clauses)


def odd(row: Row) -> tuple[str, str]:
    """What of a note makes its figure worth a question, and what to do about it; empty for nothing."""
    indicator, figure = row.indicator, row.number("value").figure
    if row.stages or row.is_not_applicable or indicator is None or not row.note or contradicts(row):
        return "", ""
    counts = {
        _OLD: indicator.cumulative,
        _SLIP: not corrects(row.note),
        _EVENT: figure == 0 and indicator.target.operator == "at_most" and not _OF_ANOTHER_KIND.search(row.note),
    }
    if accord(row) is Accord.ODD:
        return _ANOTHER_TOTAL
    for words, (said, remedy) in _ODD.items():
        is_so = is_said_of_now if words is _SLIP else is_said
        if counts.get(words, True) and any(is_so(said, clause) for clause in clauses_of(row.note)):
            return words, remedy
    return "", ""


def _is_another_stage(clause: str, row: Row) -> bool:
    if row.stage == len(row.stages) - 1:
        return bool(_NOT_DONE.match(clause))
    return bool(_ALL_DONE.match(clause) or (row.stage and _NOT_BEGUN.match(clause)))


def _says_otherwise(clause: str, row: Row) -> bool:
    indicator = row.indicator
    if indicator is None:
        return False
    if (said := _SHOULD_BE.match(clause)) and not _is_the_figure(said, row, said["what"]):
        return not (row.period and _is_of_another_month(said["what"], row.period.month))
    if (said := _OF_MONTH.match(clause)) and row.period:
        return said["month"].startswith("上") or _is_of_another_month(said["month"], row.period.month)
    if said := _UNIT_SAID.search(clause):
        return said["unit"] != matched_form(indicator.unit)
    if said := _UNIT_DENIED.search(clause):
        return said["unit"] == matched_form(indicator.unit)
    if _SWAPPED.search(clause) or _is_of_others(clause, row):
        return True
    return any(_is_more(each, clause, row) for each in _HAPPENED.finditer(clause))


def _is_of_others(clause: str, row: Row) -> bool:
    """Whether the figure is said to be another year's, another unit's or the whole city's."""
    unit, plan = row.unit, row.names.plan
    if said := _OF_YEAR.match(clause):
        return not said["year"] or int(said["year"]) != plan.year
    if unit is None or not unit.is_ranked:
        return False
    if _OF_WHOLE.match(clause):
        return not unit.name.endswith("市")
    said = _OF_UNIT.match(clause)
    named = row.names.unit(said["unit"]).id if said else None
    return named not in (None, unit.id)


def _is_of_another_month(text: str, own: int) -> bool:
    return any(int(month) != own for month in re.findall("([0-9]{1,2})月", text))


def _is_the_figure(said: re.Match[str], row: Row, what: str = "") -> bool:
    """Whether a cell of the row, of a ratio the one that is named, holds that number."""
    number = plain_number(said["number"])
    if number is None or number.figure is None:
        return True
    meant = {number.figure, number.figure * {"万": 10_000, "亿": 10**8}.get(said["scale"], 1)}
    named = [field for word, field in _PARTS if word in what]
    return any(row.number(field).figure in meant for field in named or row.numbers)


def _is_more(said: re.Match[str], clause: str, row: Row) -> bool:
    """Whether more came about, of what is counted, than the total or the zero says."""
    figure, indicator = row.number("value").figure, row.indicator
    if indicator is None or row.ratio or figure is None or (figure and not indicator.cumulative):
        return False
    if _ANOTHER_YEAR.search(clause) or _DENIED.search(clause, 0, said.start()):
        return False
    if not figure and _OF_ANOTHER_KIND.search(row.note):
        return False
    is_same = said["unit"].startswith(matched_form(indicator.unit))
    many, count = chinese_value(said["number"]), plain_number(said["number"])
    happened = many * SCALE if many else count.figure if count else None
    return is_same and happened is not None and happened > figure


def _without_own(clauses: list[str], row: Row) -> Iterator[str]:
    """The clauses without what says what the cell holds: its figure, its measure unit, that it is a total."""
    units = [matched_form(row.indicator.unit)] if row.indicator else []
    own = re.compile("|".join(rf"(?:单位|[以按用])?{re.escape(unit)}(?:为单位|计算?|填报?|统计|$)" for unit in units))
    for clause in clauses:
        said = _SHOULD_BE.match(clause)
        if said and _is_the_figure(said, row, said["what"]):
            yield _AGREED
        elif not re.match(
            "(?:[是为系]|均为|此数?为|按)?(?:累计|今年|年内|本年|全年)(?!的?(?:目标|计划|任务|预[计测]))", clause
        ):
            month = _OWN_MONTH.match(clause)
            is_own = month and row.period and int(month[1]) == row.period.month
            yield own.sub("", clause[month.end() :] if month and is_own else clause)
