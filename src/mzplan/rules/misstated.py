"""What a note says of an earlier figure, or of the difference to it, set beside what was reported."""

import re
from collections.abc import Sequence

from mzplan.rules.bearing import contradicts_itself
from mzplan.rules.scope import Series
from mzplan.submissions.amounts import Stated, stated
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.slips import OVER_WORDS, UNDER_WORDS
from mzplan.submissions.wrong_kinds import corrects

MISSTATED = "和报过的数对不上"
_MONTH = r"(?P<month>上个?月|\d{1,2}月)份?[底末]?"
_IN_MONTH = r"(?P<month>[本当这上]个?月|\d{1,2}月)份?"
_NOW = r"(?:[本当]月|\d{1,2}月|累计|总数|[此该]?数|合计|现)*"
_PART = "(?P<part>分[子母])?"
_THAN = re.compile(rf"{_PART}{_NOW}[比较]{_MONTH}[净新]?(?:[增减]加?少?|[多少]|增长|下降|上升)了?")
_WAS = re.compile(f"{_PART}{_MONTH}(?:报送?|上报|填报|数|累计数?|合计|报的)+[为是]?")
_STOOD = re.compile(
    f"{_PART}(?:截[至止]到?)?(?P<month>上个?月|\\d{{1,2}}月)份?[底末](?:累计|总数|共计?|合计|实际|已?有|在[册岗编]|数|时|[为是])*"
)
"""So many there were at a month's end."""
_OF_MONTH = re.compile(rf"(?:其中)?{_PART}{_IN_MONTH}(?P<came>[^\d底末]*)")
_CAME = re.compile("[本当]月|单月|净?新?增加?|[新已共]|建成|投用|完成|服务|[了的数为是有]")
"""So many came about in a month; with no such word it may as well be what the total was at its end."""
_IS = re.compile("[了的数为是有共]*")
_MISSED = re.compile(rf"(?:{_MONTH})?的?{_PART}还?(?:{UNDER_WORDS}|(?P<over>{OVER_WORDS}))[了入]?")
"""So many were left out: what it has grown by since is no less; or were too many: it cannot stand as it was."""
_COUNTED = re.compile("[个人名家件所户项处](?![次月])")
_AS_THEN = re.compile(f"(?:数据?)?[同与和]{_MONTH}(?:数|数据)?(?:一[样致]|相同|持平)?")
"""What a note sets beside the figure of an earlier month."""
_OWN_MONTH = r"(?P<month>[本当]月|\d{1,2}月)?份?"
_UNCHANGED = re.compile(
    rf"{_OWN_MONTH}(?:数据?)?(?:较上月|比上月)?(?:[仍暂尚]?(?:[无未]|没有?)(?:任何)?(?:变[化动]|增减)|(?:保持|维持)?不变|持平)"
)
_NOTHING_NEW = re.compile(rf"{_OWN_MONTH}[暂尚]?(?:[无未]|没有?)(?:再)?新增")
"""The figure is said to be as it was, or of a total that nothing came to it."""
_GREW = re.compile("[净新]增加?了?")
"""So many came, and no more is said: in the month."""
_FELL = re.compile(r"(?:[本当]月)?净?(?:减少|下降|降低)了?")
"""So many went, and no more is said: a figure that has grown did not."""
_DOWN_FROM = re.compile("[减少降]")
_THIS = "本月"


def misstated(series: Series, before: int, at: int) -> str:
    """The field of which a note says what does not add up: what it was, by how much it differs; empty for none."""
    note, old, new = series.note(at), series.values[before], series.values[at]
    is_told = series.indicator.cumulative and new < old  # in words of its own
    if not note or is_told or contradicts_itself(series, at) or corrects(note) or "误" in note:
        return ""
    own = "numerator" if series.denominators else "value"
    was = dict(zip(series.months, series.values, strict=True))
    if any(
        (same := _AS_THEN.fullmatch(each)) and was.get(_month(same["month"], series, at), new) != new
        for each in clauses_of(note)
    ):
        return own
    if new != old and any(_says_as_before(each, series, at) for each in clauses_of(note)):
        return own
    numbers = stated(note, series.indicator.unit, series.indicator.decimals)
    is_only = len(numbers) == 1 and numbers[0].unit and len(clauses_of(note)) == 1
    if is_only and new > old and not series.denominators and _FELL.fullmatch(numbers[0].before):
        return own
    is_all = "月、" not in note and sum(each.way > 0 for each in numbers) < 2 and all(each.way >= 0 for each in numbers)
    forms = (_THAN, _WAS, _STOOD, *((_MISSED,) if len(numbers) == 1 else ()), *((_OF_MONTH,) if is_all and new else ()))
    for number in numbers:
        is_bare = len(clauses_of(note)) == 1 and _GREW.fullmatch(number.before)
        before_it = _THIS + number.before if is_bare else number.before
        for form in forms:
            if (found := form.fullmatch(before_it)) and _is_off(series, at, number, found):
                return "denominator" if found["part"] == "分母" else own
    return ""


def _says_as_before(clause: str, series: Series, at: int) -> bool:
    """Whether a clause says of this month that the figure has not changed, or that nothing came to a total."""
    said = _UNCHANGED.fullmatch(clause) or (_NOTHING_NEW.fullmatch(clause) if series.indicator.cumulative else None)
    is_next = at > 0 and series.months[at - 1] == series.months[at] - 1
    return said is not None and is_next and _month(said["month"] or _THIS, series, at) == series.months[at]


def _is_off(series: Series, at: int, number: Stated, said: re.Match[str]) -> bool:
    """Whether a number that is said of an earlier figure is none of the parts that it may be of."""
    month = _month(said["month"], series, at)
    is_counted = number.unit or number.bare or (series.denominators and _COUNTED.match(number.behind))
    if number.is_percent or not is_counted or month not in series.months:
        return False
    if said.re is _MISSED and month == series.months[at]:
        return False  # of this figure, as it was reported first
    if said.re is _STOOD and not (number.is_plain and month < series.months[at]):
        return False
    parts = {"分子": (series.values,), "分母": (series.denominators,)}.get(
        said["part"] or "", (series.values, *((series.denominators,) if series.denominators else ()))
    )
    then = series.months.index(month)
    if said.re is _OF_MONTH:
        return all(_came_otherwise(series, then, figures, number, said["came"]) for figures in parts if figures)
    return not any(figures and _is_so(figures[then], figures[at], number, said) for figures in parts)


def _came_otherwise(series: Series, then: int, figures: Sequence[int], number: Stated, came: str) -> bool:
    """Whether a number that is said of a month alone is neither what came in it nor, if it may be, the total then."""
    indicator, new, ratio = series.indicator, figures[then], series.indicator.ratio
    names = (indicator.name, *((ratio.numerator, ratio.denominator) if ratio else ()))
    is_of_it = number.is_plain and set(_CAME.sub("", came)) <= set("".join(names))
    if not is_of_it or (_IS.fullmatch(came) and number.is_about(new)):
        return False
    months = (0, *series.months) if indicator.cumulative else (-1, *series.months)
    if months[then] != months[then + 1] - 1:
        return False  # what came in it is not known
    change = new - figures[then - 1] if then else new
    may_be_more = not indicator.cumulative and number.high >= change and not number.is_about(new)  # some of a level go
    return not (number.is_about(change) or may_be_more)


def _is_so(old: int, new: int, number: Stated, said: re.Match[str]) -> bool:
    if said.re in (_WAS, _STOOD):
        return number.is_about(old)
    if said.re is _MISSED:
        return new != old if said["over"] else new - old >= number.low
    return number.is_about((new - old) * (-1 if _DOWN_FROM.search(number.before) else 1))


def _month(said: str | None, series: Series, at: int) -> int:
    if said and said[0].isdecimal():
        return int(said[:-1])
    return series.months[at] - (0 if said and said[0] in "本当这" else 1)
