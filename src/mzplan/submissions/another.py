"""What a note says that its figure is, without a number: another period's, place's or indicator's, in another unit.

A clause says so by its grammar: that the figure is it (此数为, 填的是), what it is, a word for data (7月的, 户数), or
two of these. What it is must be another than the record's own period, unit, indicator and measure unit.
"""

import re
from collections.abc import Iterator

from mzplan.reading.patterns import late
from mzplan.submissions.amounts import ALIKE
from mzplan.submissions.clauses import IT_IS, SUBJECT, clauses_of, is_said, of_the_figure
from mzplan.submissions.names import HAN, matched_form
from mzplan.submissions.row import Row

_DATA = "的?(?:那个)?(?:数据?|数字|数值|报表|比?率|累计[数值]?|合计[数值]?|完成[数值]?|情况)+(?:填报?的?)?|的"
_OF = late(
    of_the_figure(
        r"(?:(?:(?P<since>\d{1,2})月?[-—~–至到])?(?P<month>\d{1,2}|上个?)月份?[底末]?(?:(?P<early>1?\d|2[0-4])日|\d\d日)?"
        r"|第?(?P<quarter>[一二三四1-4]|上个?)季度[底末]?|(?P<half>[上下]?)半年(?:报的?)?"
        rf"|[从自]?(?:(?P<year>20[0-9]{{2}})年|(?P<last_year>去年|上年|同期)|(?P<years>十[一二三四五]五|历年))(?:度|全年|以来|起|同期)?[底末]?)(?(said_so)(?:的?{HAN}{{1,8}}(?=数))?)"
        r"|(?P<whole>全[市省])(?:的?合计|汇总)?|(?P<other>[\w-]{1,20}?)",
        _DATA,
    )
)
_THIS_MONTH = late("^[本当](?:月|期)(?=填报?的?是|报的是|沿用|套用|照[抄搬])")
_COUNTER = rf"[十百千万亿]+{HAN}{{1,2}}|[个家所处座项件人名位户张起场间套台笔例对次]次?"
"""What things are counted in."""
_MEASURE = late(
    rf"单位[为是]?(?P<said>{_COUNTER})$"
    rf"|^[^\d]*(?:不是|并非|而非|单位非)(?P<denied>{HAN}{{1,10}}?)(?:的|数)?$"
    rf"|^[以按用](?P<by>{_COUNTER})(?:为单位|[计填算]报?|统计)的?$"
)
_SWAPPED = late(r"[与和跟](?a:[a-z]\d{1,3}-\d{1,3})[^,，]{0,8}(?:反|错|串|颠倒)", re.I)
_OF_ONE_PLACE = late("^(?![本全各]).*(?:[镇乡村]$|街道$|社区$|[城市]区$)")
_LATER = late(r"(?:含|包括|[计算]入了|把)(?P<month>\d{1,2})月")
_LACKS_MONTH = late(
    "(?:[未不没]有?)(?:包?[含括]|[计算]入?|统计)(?:(?P<month>\\d{1,2})月份?|[本当](?:月|期))的?(?:数据?|发生[数额]?)?"
)
"""The figure lacks a month that it should have in it."""
_SAME = late("(?:累计|实际|完成|新增|达标|建成|[总全]|的)+|.?")
"""Words in the names of indicators that any figure may have."""
_PROMISED = late(
    "(?:(?:此|该|这)?[数是为系]*|[此该本这]?数?[填报][写报]?的?[是了]?|[按以用]照?)(?P<what>合同|签约|协议|中标|招标|概算|批复|立项)"
    "的?(?:总?[金数]?[额量数]|总?价款?|资金数?|经费数?)(?:填报?的?)?"
)
"""What was agreed on: by the plan's words it may be what counts, and a note that names it names no fault."""
_AS_PLANNED = late("与计划(?:的?口径)?(?:一致|相同)")
_OF_PEOPLE = late(
    "(?:分母|人口|总数|基数)?数?据?(?:[用取按填以]|采用|套用|沿用)的?[是了]?的?(?P<people>户籍|总|全部|农村|流动|城乡|登记)人口数?据?"
)
"""The people that a ratio is taken of."""
_LEFT_OUT = late(
    "(?:不包?[含括]|(?:[未没]有?|不)(?:计|统计|包[含括]|算))[入进]?(?:了)?(?P<left>民[办营]|私[营立]|社会力量|公[办立建]|国有|农村|乡村|城[镇区]|备案)(?:的?\\w{0,6})$"
)
_OPPOSITES = (("民办", "民营", "私", "社会力量"), ("公", "国有")), (("农", "乡"), ("城",)), (("备案",), ("登记",))
"""Kinds of which the plan's words name the one where the other does not count."""
_OLDER = late(
    r"分母(?:用的?是?|[取按为是以]|沿用|采用)*(?:(?P<month>\d{1,2})月份?|上个?[月期]|(?:20\d\d|[去上])年)[底末]?的?(?:人口|统计)?(?:数据?|数字)?的?(?:填报?|计算)?"
)
_OF_THE_PERIOD = "期末"
_QUARTERS = "1一", "2二", "3三", "4四"
_LEVEL = late("存量|在册|现有|总人$|.总$|^总.|^全部")
"""What is there, and not what came about."""
_STEM = late("(?<=..)[人总家个名]$")
_SELF = late(
    "(?:除[^,，]{2,20}[之以]?外|[本我全各](?:[县市区]{1,3}|县\\(市、?区\\)|局)|(?:[本该此这]|以上|上述)[个各]?(?:指标|项|行|栏|列|处|格))(?![级属直])"
)
"""Who or what a figure is of, without a name."""
_OF_IT = late(rf"的?(?:{SUBJECT}|{IT_IS}|[率额量](?=[是为系]))|(?=(?a:\d{{1,2}}|上个?)月)")
"""How a clause goes on behind whose figure it speaks of."""
_NAMED = late(rf"{HAN}{{1,12}}?(?=数|[率额量]?[是为系])")
WORDS = (_OF, _LATER, _LACKS_MONTH, _MEASURE, _SWAPPED, _PROMISED, _OF_PEOPLE, _LEFT_OUT)


def without_subject(clause: str, row: Row) -> str:
    """A clause about a figure without whose it is, if that is the record's own unit or indicator: 义乌数为9月."""
    units, rest = row.names.leading_units(clause)
    own = row.unit.id if row.unit else ""
    if own not in units and (said := _SELF.match(clause)):
        units, rest = {own} - row.names.units_in(said[0]), clause[said.end() :]
    if own in units:
        return rest.removeprefix("的") if _OF_IT.match(rest) else clause
    named, words = _NAMED.match(clause), row.names.forms[row.indicator.id] + row.indicator.unit if row.indicator else ""
    return clause[named.end() :] if named and set(named[0]) <= set(words) else clause


def tails_of(clause: str) -> Iterator[str]:
    """What a clause goes on with behind anything that may be whose figure it speaks of."""
    return (clause[found.start() :].removeprefix("的") for found in _OF_IT.finditer(clause, 1))


def is_another(clause: str, row: Row) -> bool:
    """Whether a clause says that the figure of a record is of something else than the record."""
    if row.indicator is None or _is_of_other_people(clause, row) or _lacks_a_month(clause, row):
        return row.indicator is not None
    if measure := _MEASURE.search(clause):
        own = matched_form(row.indicator.unit)
        if denied := measure["denied"]:
            stem = _stem(denied)
            return denied == own or bool(stem and set(stem) <= set(row.names.forms[row.indicator.id]))
        return not row.ratio and not _are_alike(measure["said"] or measure["by"], own)
    if (later := _LATER.search(clause)) and row.period and is_said(_LATER, clause):
        return int(later["month"]) > row.period.month
    if (said := _OF.match(_THIS_MONTH.sub("", clause))) is None:
        return bool(_SWAPPED.search(clause))
    is_alone = clauses_of(row.note) == [clause]
    if (said["said_so"] or "").startswith("截") and not is_alone:
        return False  # what the other clauses speak of
    if said["month"] or said["quarter"] or said["half"] is not None:
        return not (_is_of_its_months(said, row) or _is_to_be_done(said, row))
    if said["years"]:
        return row.indicator.cumulative
    if said["year"] or said["last_year"]:
        return said["year"] != str(row.names.plan.year) and not clause.startswith("分母")
    if said["whole"]:
        return row.unit is not None and row.unit.is_ranked and not row.unit.name.endswith("市")
    if (of_other := _is_of_another(said, row)) is not None:
        return of_other
    is_alone = is_alone and not _OF_ONE_PLACE.search(said["other"])
    is_told = (said["said_so"] or is_alone) and not (row.ratio and clause.startswith("分"))
    return is_told and _is_of_another_thing(said["other"], bool(said["data"]), row)


def is_of_older_denominator(clause: str, row: Row) -> bool:
    """Whether a clause says no more than that the denominator is an earlier count, and the plan asks for no later one.

    People are not counted every month; what accumulates, or is to be that of the period's end, is.
    """
    said, ratio = _OLDER.fullmatch(clause), row.ratio
    if said is None or ratio is None or ratio.denominator_accumulates or _OF_THE_PERIOD in ratio.denominator:
        return False
    return not said["month"] or (row.period is not None and int(said["month"]) <= row.period.month)


def promised_in(note: str, row: Row) -> str:
    """What a note says the figure is taken from (合同, 批复) and the plan's words of it do not name; empty for none."""
    said = () if _AS_PLANNED.search(note) else filter(None, map(_PROMISED.fullmatch, clauses_of(note)))
    own = row.names.forms[row.indicator.id] if row.indicator else ""
    return next((each["what"] for each in said if each["what"] not in own), "")


def _is_of_other_people(clause: str, row: Row) -> bool:
    said, own = _OF_PEOPLE.fullmatch(clause), matched_form(row.ratio.denominator) if row.ratio else ""
    return said is not None and "人口" in own and said["people"] not in own


def _lacks_a_month(clause: str, row: Row) -> bool:
    """Whether a clause leaves out the record's own month, or one before."""
    said, own = _LACKS_MONTH.fullmatch(clause), row.period.month if row.period else 0
    return said is not None and int(said["month"] or own) <= own


def _is_of_another(said: re.Match[str], row: Row) -> bool | None:
    """Whether it is said to be of another unit or another code; None where neither is named."""
    if row.unit is not None and (units := row.names.units_in(said["other"])):
        is_told = bool(said["data"]) if row.names.unit(said["other"]).id else bool(said["said_so"])
        return is_told and row.unit.is_ranked and row.unit.id not in units
    code = row.names.indicator(said["other"]).id
    return bool(said["said_so"]) and row.coded is not None and code != row.coded.id if code else None


def leaves_out(note: str, row: Row) -> bool | None:
    """Whether a note leaves out a kind of the things counted that the plan does not; None where it leaves out none."""
    left = [found["left"] for clause in clauses_of(note) if (found := _LEFT_OUT.search(clause))]
    if row.indicator is None or not left:
        return None
    parts = (row.ratio.numerator, row.ratio.denominator) if row.ratio else ()
    own = matched_form("".join((row.indicator.name, *parts)))
    return any(not _does_not_count(each, own) for each in left)


def _does_not_count(kind: str, own: str) -> bool:
    """Whether the plan's words name the opposite of a kind, and not the kind."""
    for pair in _OPPOSITES:
        for these, others in (pair, pair[::-1]):
            if kind.startswith(these):
                return any(each in own for each in others) and not any(each in own for each in these)
    return False


def names_another_month(text: str, own: int) -> bool:
    """Whether a text names a month that is not that one."""
    return any(int(month) != own for month in re.findall("([0-9]{1,2})月", text))


def _is_of_its_months(said: re.Match[str], row: Row) -> bool:
    """Whether the months that are named end with the record's, and begin with January where it is a total."""
    if row.period is None or row.indicator is None:
        return True
    if said["quarter"]:
        quarter = next((at for at, names in enumerate(_QUARTERS, start=1) if said["quarter"] in names), 0)
        first, last = 3 * quarter - 2, 3 * quarter
    elif said["half"] is not None:
        first, last = (7, 12) if said["half"] == "下" else (1, 6)
    else:
        last = int(said["month"]) if said["month"].isdecimal() else row.period.month - 1
        first = int(said["since"] or 1)
    return last == row.period.month and not said["early"] and not (row.indicator.cumulative and first > 1)


def _is_to_be_done(said: re.Match[str], row: Row) -> bool:
    """Whether no more is said of a later month than that something is finished in it: 10月完成."""
    is_later = row.period is not None and (said["month"] or "").isdecimal() and int(said["month"]) > row.period.month
    return is_later and not said["said_so"] and said["data"] == "完成"


def _is_of_another_thing(thing: str, is_data: bool, row: Row) -> bool:
    """Whether what a figure is said to be is one place's, counted in other things, or another indicator's."""
    indicator = row.indicator
    if indicator is None or _OF_ONE_PLACE.search(thing):
        return is_data or thing.endswith("区")
    if _LEVEL.search(thing) and "新增" in row.names.forms[indicator.id]:
        return True
    if re.fullmatch(_COUNTER, thing):
        return not row.ratio and not _are_alike(thing, matched_form(indicator.unit))
    stem, is_figure = _stem(thing), is_data or thing.endswith(("量", "额", "率"))
    is_own = set(stem) <= set(row.names.forms[indicator.id])
    return is_figure and not is_own and any(stem in each for each in row.names.forms.values())


def _stem(thing: str) -> str:
    """What tells a thing from others; empty where any figure may be called so."""
    stem = _STEM.sub("", thing)
    return "" if _SAME.fullmatch(stem) else stem


def _are_alike(one: str, other: str) -> bool:
    return one == other or any(one in each and other in each for each in ALIKE)
