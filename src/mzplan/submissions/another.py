"""What a note says that its figure is, without a number: another period's, place's or indicator's, in another unit.

A clause says so by its grammar: words for the figure and that it is (此数为, 填的是), what it is, and a word for data
(7月的, 户数); one of the last two may be left out. What it is must be another than the record's: the month, the year
and the unit are compared with its own, a thing with the plan's indicators and with what things are counted in.
"""

import re

from mzplan.submissions.names import matched_form
from mzplan.submissions.reasons import clauses_of, of_the_figure
from mzplan.submissions.row import Row

_DATA = "的?(?:数据?|数字|数值|报表|累计[数值]?|合计[数值]?|完成[数值]?|情况)|的"
_OF = re.compile(
    of_the_figure(
        r"(?:(?P<since>\d{1,2})月?[-—~–至到])?(?P<month>\d{1,2}|上个?)月份?[底末]?"
        r"|第?(?P<quarter>[一二三四1-4])季度[底末]?|(?P<half>[上下])半年"
        "|(?:(?P<year>20[0-9]{2})年|(?P<last_year>去年|上年))(?:度|全年)?[底末]?"
        r"|(?P<whole>全[市省])(?:的?合计|汇总)?|(?P<other>\w{1,20}?)",
        _DATA,
    )
)
_COUNTER = "[十百千万亿]+[\u4e00-\u9fff]{1,2}|[个家所处座项件人名位户张起场]次?"
"""What things are counted in."""
_MEASURE = re.compile(
    rf"单位[为是]?(?P<said>{_COUNTER})$|单位(?:不是|并非|非)(?P<denied>[\u4e00-\u9fff]{{1,4}})$"
    rf"|^[以按用](?P<by>{_COUNTER})(?:为单位|[计填算]报?|统计)$"
)
_ALIKE = "个家所处座项件", "人名位"
"""Of these one is as good as the other."""
_SWAPPED = re.compile(r"[与和跟](?a:[a-z]\d{1,3}-\d{1,3})[^,，]{0,8}(?:反|错|串|颠倒)", re.I)
_OF_ONE_PLACE = re.compile("[镇乡村]$|街道$|社区$")
_SAME = re.compile("(?:累计|实际|完成|新增|达标|建成|[总全]|的)+")
"""Words in the names of indicators that any figure may have."""
_UNTIL = "截至", "截止"
_LEAST = 2
WORDS = (_OF, _MEASURE, _SWAPPED)


def is_another(clause: str, row: Row) -> bool:
    """Whether a clause says that the figure of a record is of something else than the record."""
    if row.indicator is None:
        return False
    if measure := _MEASURE.search(clause):
        own = matched_form(row.indicator.unit)
        if measure["denied"]:
            return measure["denied"] == own
        return not row.ratio and not _are_alike(measure["said"] or measure["by"], own)
    if (said := _OF.match(clause)) is None:
        return bool(_SWAPPED.search(clause))
    if said["said_so"] in _UNTIL and clauses_of(row.note) != [clause]:
        return False  # what the other clauses speak of
    if said["month"] or said["quarter"] or said["half"]:
        return not _is_of_its_months(said, row)
    if said["year"] or said["last_year"]:
        return said["year"] != str(row.names.plan.year)
    if said["whole"]:
        return row.unit is not None and row.unit.is_ranked and not row.unit.name.endswith("市")
    if row.unit is not None and (named := row.names.unit(said["other"]).id):
        return row.unit.is_ranked and named != row.unit.id and bool(said["data"])
    return bool(said["said_so"]) and _is_of_another_thing(said["other"], bool(said["data"]), row)


def names_another_month(text: str, own: int) -> bool:
    """Whether a text names a month that is not that one."""
    return any(int(month) != own for month in re.findall("([0-9]{1,2})月", text))


def _is_of_its_months(said: re.Match[str], row: Row) -> bool:
    """Whether the months that are named end with the record's, and begin with January where it is a total."""
    if row.period is None:
        return True
    if said["quarter"]:
        last = 3 * (int(said["quarter"]) if said["quarter"].isdecimal() else "一二三四".index(said["quarter"]) + 1)
        first = last - 2
    elif said["half"]:
        first, last = (1, 6) if said["half"] == "上" else (7, 12)
    else:
        last = int(said["month"]) if said["month"].isdecimal() else row.period.month - 1
        first = int(said["since"] or 1)
    is_total = row.indicator is not None and row.indicator.cumulative
    return last == row.period.month and not (is_total and first > 1)


def _is_of_another_thing(thing: str, is_data: bool, row: Row) -> bool:
    """Whether what a figure is said to be is one place's, counted in other things, or another indicator's."""
    indicator = row.indicator
    if indicator is None or _OF_ONE_PLACE.search(thing):
        return is_data
    if re.fullmatch(_COUNTER, thing):
        return not row.ratio and not _are_alike(thing, matched_form(indicator.unit))
    thing = re.sub("(?<=..)[人总]$", "", thing)
    if len(thing) < _LEAST or _SAME.fullmatch(thing) or set(thing) <= set(row.names.forms[indicator.id]):
        return False
    return (is_data or thing.endswith(("量", "额", "率"))) and any(thing in each for each in row.names.forms.values())


def _are_alike(one: str, other: str) -> bool:
    return one == other or any(one in each and other in each for each in _ALIKE)
