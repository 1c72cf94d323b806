"""What a draft says of figures beside each other: rates of reports, distances, multiples, growth, means, how many have.

Words may mean more than one figure: a claim is right where all that they mean is so, and wrong where none is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import both, by_any_target, held_against, is_judged_one_by_one, is_put_off, stages_of
from mzplan.bulletin.model import EVERY, Ref, Subject
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.compared import figure_of, figure_told
from mzplan.bulletin.verify.compared_figure import ComparedFigure
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.counted import NOT_SO
from mzplan.bulletin.verify.grammar import COUNTED, NUMBER, any_of
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import (
    EXCEPT,
    MARKS,
    UNKNOWN,
    Passage,
    PassageScope,
    group_before,
    is_of_city_since,
    is_of_the_rest,
    marked,
)
from mzplan.bulletin.verify.rough import ROUGH, agrees_roughly
from mzplan.bulletin.verify.set_forms import PORTION
from mzplan.bulletin.verify.spans import is_now
from mzplan.diagnostics import show
from mzplan.figures import rounded
from mzplan.period import Period
from mzplan.rules.draft import FIGURE_MISMATCH
from mzplan.scoring.progress import STATUS_ZH, Progress, Status

_STOP = "(?=[，；。）]|$)"
_IS = "(?:约?[为是达]到?|：)?"
_UNIT, _AREA, _INDICATOR = (f"{MARKS[kind]}+" for kind in ("unit", "area", "indicator"))
_RATE = "(?P<share>(?:年度|综合|总体|领域)?完成率)"
_WHAT = f"(?:{_RATE}|{_INDICATOR})"
_SIZE = f"(?P<said>(?:{'|'.join(ROUGH)})?{NUMBER})"
_PORTION = f"(?P<said>{PORTION})"
_MEASURE = "(?P<measure>个百分点|[^，。；、（）0-9%]{1,3})"
_FIGURE = "(?:(?:累计|[为达])?[0-9.]+[^，。；、（）0-9]{0,3})?"
_MEAN = "的?平均(?:水平|数|值)?"
_THEN = rf"(?:(?:增长|增加|上升|下降|减少)了?{NUMBER}[^，。；、（）0-9%]{{1,4}}，(?=[增上下减]))?"
"""How much more or less it is, which is told first and is a figure of its own."""

_REPORTED = re.compile(
    rf"(?:(?<![^，；。：的份月度市{''.join(MARKS.values())}])|(?<=全市))(?:总体|综合)?(?:(?P<whole>[0-9]+)家(?:应报)?(?:填报)?单位的?)?(?P<of>单位|指标|数据)?的?报送率{_IS}{_PORTION}{_STOP}"
)
_ITEMS = re.compile("报[0-9]+项")
"""How many figures are owed or sent, of which a rate told beside them is."""
_APART = re.compile(rf"(?:{_UNIT}|{_AREA}(?:领域)?)的?{_WHAT}?(?:之间)?的?(?:相差|差距为?){_SIZE}{_MEASURE}{_STOP}")
_TIMES = re.compile(
    rf"(?P<one>{_UNIT}|{_AREA})(?:领域)?的?{_WHAT}?{_FIGURE}，?(?:约?[为是]|相当于)"
    rf"(?P<other>{_UNIT}|{_AREA})(?:领域)?(?:{_INDICATOR}|的?(?:年度|综合|总体|领域)?完成率)?{_FIGURE}的{_SIZE}倍{_STOP}"
)
_MONTH = "(?:(?P<last>上个?月)|(?P<month>[0-9]{1,2})月份?[底末]?)"
_GREW = tuple(
    re.compile(
        rf"(?:(?P<share>(?!))|(?P<count>(?!))|(?P<rank>(?!))|(?<={MARKS['indicator']})){since}"
        rf"(?:(?P<more>增长|增加|上升|增幅[为达]?)|下降|减少|降幅[为达]?)了?{_PORTION}{_STOP}"
    )
    for since in (
        rf"[为达]?{_FIGURE}，?[较比]{_MONTH}(?:相比)?，?{_THEN}",
        rf"[由从]{_MONTH}的?{NUMBER}[^，。；0-9]{{1,6}}[至到为](?:[0-9]+月份?[底末]?的?)?{NUMBER}[^，。；0-9]{{1,3}}，",
    )
)
_WAY = "(?:(?P<more>高于|高出|超过|超出)|低于)"
_BEYOND_MEAN = re.compile(
    rf"(?P<one>{_UNIT})的?{_WHAT}{_FIGURE}，?(?:{_WAY}全市{_MEAN}|比全市{_MEAN}(?:(?P<above>高)|低)出?)(?:{_SIZE}个百分点)?{_STOP}"
)
COUNTY = "县（市、区）|县市区|县区|县"
_OF_EACH = rf"(?:平均每(?:家|个)?|每(?:家|个)?|各)(?P<noun>填报单位|单位|{COUNTY})的?(?:平均)?(?:完成|新增|建成|投入)?"
_MEANS = tuple(
    re.compile(rf"{words}{_IS}{_SIZE}(?P<measure>%|[^，。；、（）0-9]{{1,3}}){_STOP}")
    for words in (
        rf"(?:{_INDICATOR}{_FIGURE}|(?P<share>(?:年度|综合|总体)完成率))，?{_OF_EACH}",
        rf"{_OF_EACH}(?P<share>(?!))?{_INDICATOR}(?:平均)?",
    )
)
GROUPS = dict(COUNTED) | {
    STATUS_ZH[Status.MISSING]: "unfiled",
    "未达标": "lagging",
    STATUS_ZH[Status.BEHIND]: "lagging",
    "有滞后": "lagging",
}
_HAS = "(?:存在|有|(?P<none>[均都也]?(?:没有|尚?无|不存在)))"
HAVE = rf"{_HAS}(?P<group>{any_of(GROUPS)})的?(?:重点)?(?:指标|(?P<staged>事项))(?:的)?{_STOP}"
_THOSE_WITH = tuple(
    re.compile(words)
    for words in (
        rf"(?:(?P<whole>[0-9]+)[个大](?:行动)?领域当?中，?)?有?(?P<said>[0-9]+)个(?P<noun>领域)?{HAVE}",
        rf"(?:(?P<whole>[0-9]+)家(?:填报)?(?P<of>单位)当?中，?)?有?(?P<said>[0-9]+)家(?P<noun>单位)?{HAVE}",
    )
)
_AFTER = re.compile("(?<=[家个])(?!百分点).*")
"""What follows the measure of what is counted."""
_OTHER_WAY = "，方向相反"
_OUT = re.compile(EXCEPT)


class _Meant(NamedTuple):
    """The figures that words may mean, and of whom they are."""

    first: Sequence[Fraction]
    """What they mean; all of it must be so."""
    others: Sequence[Fraction] = ()
    """What they may mean besides, by which they are not wrong."""
    names: Sequence[Mention] = ()


def related(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every claim of that kind whose figures are known, right or wrong; none of what is right in one meaning alone."""
    text = marked(passage)
    if passage.scope.area == UNKNOWN or _OUT.search(text):
        return
    readings = (
        (_REPORTED, _reported),
        (_APART, _apart),
        (_TIMES, _times),
        *((pattern, _grown) for pattern in _GREW),
        (_BEYOND_MEAN, _beyond_mean),
        *((pattern, _mean) for pattern in _MEANS),
        *((pattern, _those_with) for pattern in _THOSE_WITH),
    )
    for pattern, read in readings:
        for match in pattern.finditer(text):
            is_of_now = read is _grown or is_now(text, match.start(), facts.period.month)
            if not is_of_now or is_of_the_rest(text, match.start()):
                continue
            meant = read(passage, match, facts)
            if meant is None or not meant.first:
                continue
            first, others = ([_agrees(match["said"], one) for one in some] for some in (meant.first, meant.others))
            if all(first):
                yield Claim(*match.span(), tuple(meant.names), beside=_told_first(match))
            elif not any((*first, *others)):
                said = NOT_SO.format(said=show(passage.quoted(*match.span()), 60), right=_told(match, meant.first[0]))
                slip = Slip(FIGURE_MISMATCH, passage.places[match.start()], said, passage.quoted(*match.span()))
                yield Claim(*match.span(), (), slip, _told_first(match))


def _told_first(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """Where figures stand in a claim that are told for themselves, and of which it says nothing."""
    own = [match.span(name) for name, value in match.groupdict().items() if value]
    numbers = re.compile(NUMBER).finditer(match.string, *match.span())
    return tuple(one.span() for one in numbers if not any(start <= one.start() < end for start, end in own))


def _agrees(said: str | None, true: Fraction) -> bool:
    """Whether a figure is told so, or where none is whether there is one in the way that is told."""
    return true > 0 if said is None else true >= 0 and agrees_roughly(said, true)


def _told(match: re.Match[str], right: Fraction) -> str:
    """What should stand there, in its own measure."""
    said = match["said"] or ""
    number = re.search(NUMBER, said)
    decimals = max(len(number[0].partition(".")[2]) if number else 0, 0 if right.denominator == 1 else 1)
    after = match.string[match.end("said") : match.end()] if said else "个百分点"
    measure = "%" if said.endswith("%") else _AFTER.sub("", after)
    return f"{rounded(abs(right), decimals)}{measure}{_OTHER_WAY if right < 0 else ''}"


def _reported(passage: Passage, match: re.Match[str], facts: Facts) -> _Meant | None:
    """How many of the units that owe have reported, or of what one unit owes: a part of them reported only in part."""
    names = group_before(passage, match.start(), ("unit", "indicator", "area"))
    unit = names[0].ids[0] if names and names[0].kind == "unit" else passage.scope.unit
    if len(names) > 1 or (names and names[0].kind == "area") or passage.scope.area != EVERY:
        return None
    if names and names[0].kind == "indicator":
        if is_of_city_since(passage, match.start()):
            return None
        row = facts.row(Subject(names[0].ids[0]))
        known = row is not None and row.reporting and match["whole"] in (None, str(row.reporting))
        return _Meant([Fraction(100 * row.reported, row.reporting)], (), names) if row and known else None
    tallies = facts.reporters("all") if unit is None else list(filter(None, [facts.standing(unit)]))
    owed, filed = sum(one.reporting for one in tallies), sum(one.reported for one in tallies)
    if not owed or (unit is not None and match["whole"]) or match["whole"] not in (None, str(len(tallies))):
        return None
    items = Fraction(100 * filed, owed)
    if unit is not None or match["of"] in ("指标", "数据"):
        return _Meant([items], (), names)
    begun = max(passage.text.rfind(mark, 0, match.start()) for mark in "；。") + 1
    told = [int(one) for one in re.findall("(?<![0-9])([0-9]+)家", passage.text[begun : match.start()])]
    if not match["of"] and {f"报{count}项" for count in (owed, filed)} <= set(_ITEMS.findall(passage.text[begun:])):
        return _Meant([items])
    by_units = [Fraction(100 * len(facts.reporters(group)), len(tallies)) for group in ("full", "heard")]
    if len(told) == 2 and told[0] == len(tallies) and 100 * Fraction(told[1], told[0]) in by_units:
        return _Meant([100 * Fraction(told[1], told[0])])
    return _Meant(by_units, [] if match["of"] else [items])


def _sides(passage: Passage, names: Sequence[Mention], match: re.Match[str], facts: Facts) -> list[ComparedFigure]:
    """The figure of each that is named: of the indicator named beside them, or else of how much they have done."""
    begun = max(passage.text.rfind(mark, 0, match.start()) for mark in "；。") + 1
    found = {
        one.ids for one in passage.mentions if one.kind == "indicator" and begun <= one.start and one.end <= match.end()
    }
    of = [ids[0] for ids in found if len(ids) == 1]
    if len(found) != len(of) or len(of) > 1 or bool(of) == bool(match["share"]) or passage.scope.area != EVERY:
        return []
    if of and (any(one.kind != "unit" for one in names) or not _is_amount(facts.row(Subject(of[0])))):
        return []
    figures = [ComparedFigure(figure_of(one, passage, of[0] if of else ""), facts, "") for one in names]
    return figures if all(one.exact is not None for one in figures) else []


def _is_amount(row: Progress | None) -> bool:
    return row is not None and not (stages_of(row) or is_judged_one_by_one(row))


def _indicators(passage: Passage, match: re.Match[str]) -> list[Mention]:
    return [one for one in passage.mentions if one.kind == "indicator" and one.end <= match.end()]


def _apart(passage: Passage, match: re.Match[str], facts: Facts) -> _Meant | None:
    """How far two are apart, whichever has more: 东山县与南江市新增护理型床位相差9张."""
    position = match.end() - len(re.sub(f"^(?:{_UNIT}|{_AREA})", "", match[0]))
    names = group_before(passage, position, ("unit", "area"))
    sides = _sides(passage, names, match, facts) if len(names) == 2 else []
    if len(sides) != 2 or match["measure"] != {"%": "个百分点"}.get(sides[0].measure, sides[0].measure):
        return None
    one, other = sides
    exact = abs((one.exact or Fraction(0)) - (other.exact or Fraction(0)))
    printed = abs(Fraction(one.text) - Fraction(other.text))
    return _Meant([printed if _agrees(match["said"], printed) else exact], (), [*names, *_indicators(passage, match)])


def _times(passage: Passage, match: re.Match[str], facts: Facts) -> _Meant | None:
    """How many times as much one has: 东山县新增护理型床位是西河县的2倍."""
    starts = match.start("one"), match.start("other")
    names = [one for one in passage.mentions if one.start in starts]
    sides = _sides(passage, names, match, facts) if len(names) == 2 and names[0].kind == names[1].kind else []
    if len(sides) != 2 or len(group_before(passage, match.end("one"), (names[0].kind,))) > 1 or not sides[1].exact:
        return None
    return _Meant([(sides[0].exact or Fraction(0)) / sides[1].exact], (), [*names, *_indicators(passage, match)])


def _grown(passage: Passage, match: re.Match[str], facts: Facts) -> _Meant | None:
    """So much per cent more than the month before; of what adds up the months themselves may be meant."""
    month = facts.period.month - 1 if match["last"] else int(match["month"])
    told = figure_told(passage, match, facts)
    row = facts.row(told[0].subject) if told and told[0].field == "actual" else None
    if told is None or row is None or not row.indicator.additive or not 0 < month < facts.period.month:
        return None
    ref, names = told
    now, before = facts.value(ref), facts.at(Period(facts.period.year, month)).value(ref)
    if now is None or not before:
        return None
    way = 1 if match["more"] else -1
    alone = [facts.value(ref._replace(field="increase", group=str(at))) for at in (facts.period.month, month)]
    others = [way * 100 * (alone[0] - alone[1]) / alone[1]] if alone[0] is not None and alone[1] else []
    return _Meant([way * 100 * (now - before) / before], others, names)


def _beyond_mean(passage: Passage, match: re.Match[str], facts: Facts) -> _Meant | None:
    """So many points above what the whole city has; the mean of the units may be meant."""
    names = [one for one in passage.mentions if one.start == match.start("one")]
    sides = _sides(passage, names, match, facts)
    if len(sides) != 1 or sides[0].measure != "%" or sides[0].exact is None:
        return None
    ref = sides[0].ref
    city = ComparedFigure(ref._replace(subject=ref.subject._replace(unit=None)), facts, "")
    if city.exact is None:
        return None
    way = 1 if match["more"] or match["above"] else -1
    printed = way * (Fraction(sides[0].text) - Fraction(city.text))
    exact = way * (sides[0].exact - city.exact)
    whole = printed if _agrees(match["said"], printed) else exact
    means = [_mean_of(ref, units, facts) for units in _all_units(facts, "单位")]
    others = [way * (sides[0].exact - one) for one in means if one is not None]
    return _Meant([whole], others, [*names, *_indicators(passage, match)])


def _mean(passage: Passage, match: re.Match[str], facts: Facts) -> _Meant | None:
    """The mean over units of what adds up, or of how much they have done; with the silent and without.

    Where what all have is told first (累计500人，平均…), it is shared by all that it is of.
    """
    named = [one for one in passage.mentions if match.start() <= one.start < match.end()]
    if passage.scope != PassageScope() or group_before(passage, match.start(), ("unit", "area")) or len(named) > 1:
        return None
    ref = Ref("overall", "", Subject()) if match["share"] else Ref("actual", "", Subject(named[0].ids[0]))
    row = facts.row(ref.subject) if named else None
    is_sum = row is not None and _is_amount(row) and row.indicator.additive
    if not (match["share"] or is_sum) or match["measure"] != ComparedFigure(ref, facts, "").measure:
        return None
    means = [_mean_of(ref, units, facts) for units in _all_units(facts, match["noun"])]
    known = [one for one in means if one is not None]
    is_shared = is_sum and "县" not in match["noun"] and bool(_told_first(match))
    first = 1 if is_shared else len(known)
    return _Meant(known[:first], known[first:], named)


def _all_units(facts: Facts, noun: str) -> Iterator[list[str]]:
    """Those whom a word for all units may mean: with the city's own and without, with the silent and without."""
    owing = [one.unit for one in facts.reporters("all") if one.unit is not None]
    kinds = {unit.id: unit.kind for unit in facts.plan.reporting_units}
    wide = [one for one in owing if "县" not in noun or kinds[one] == "county"]
    for some in (wide, [one for one in wide if kinds[one] != "bureau"]):
        yield from (some, [one for one in some if one not in facts.silent])


def _mean_of(ref: Ref, units: Sequence[str], facts: Facts) -> Fraction | None:
    """Of those of the units that the figure is of at all; None where one of them has none."""
    subjects = [ref.subject._replace(unit=unit) for unit in units]
    if ref.field == "actual":
        subjects = [one for one in subjects if facts.row(one) is not None]
    values = [ComparedFigure(ref._replace(subject=one), facts, "").exact for one in subjects]
    known = [one for one in values if one is not None]
    return sum(known, Fraction(0)) / len(known) if known and len(known) == len(values) else None


def _those_with(passage: Passage, match: re.Match[str], facts: Facts) -> _Meant | None:
    """How many areas or units have some indicator in a state, or none: 3个领域中有2个领域存在未达到进度要求的指标."""
    is_area = "领域" in match[0]
    is_counted = match["noun"] or match["whole"]
    if not is_counted or passage.scope != PassageScope() or group_before(passage, match.start(), ("unit", "area")):
        return None
    group = GROUPS[match["group"]]
    tests = [of_staged(one, match) for one in (group, *(["unmet"] if match["group"] == "未达标" else []))]
    if is_area:
        of = [[Subject(area=one.number) for one in facts.plan.action_areas]]
        of += [[*of[0], Subject(area=None)]] if facts.plan.safeguards else []
    else:
        of = [[Subject(unit=one.unit) for one in facts.reporters("all")]]
    wholes = [some for some in of if match["whole"] in (None, str(len(some)))]
    if not wholes:
        return None
    kinds = [(some, test) for some in wholes for test in tests]
    counts = [(some, one) for some, test in kinds for one in _with_some(some, test, facts)]
    if not match["none"]:
        by_any = [one for some, test in kinds for one in _with_some(some, test, facts, is_official=False)]
        return _Meant([Fraction(one) for _, one in counts], [Fraction(one) for one in by_any])
    silent = len(facts.silent) * (not is_area)  # of whom nobody knows
    without = [Fraction(len(some) - one) for some, one in counts]
    return _Meant([one - silent for one in without], without)


def of_staged(group: str, match: re.Match[str]) -> str:
    """The group itself, or where 事项 are said to be in it that of those that are done in stages."""
    return both(group, "milestones") if match["staged"] else group


def _with_some(subjects: Iterable[Subject], group: str, facts: Facts, *, is_official: bool = True) -> tuple[int, int]:
    """How many have one in the group, by all that is judged and by what is settled alone.

    Of units those alone that have sent something, by their official targets or by any.
    """
    held = ((one, held_against(one.unit, group, facts.card)) for one in subjects)
    meant = ((one, of_it if is_official or of_it is None else by_any_target(of_it)) for one, of_it in held)
    rows = [facts.rows(one, of_it) for one, of_it in meant if of_it is not None]
    settled = [[one for one in some if not is_put_off(one, facts.card)] for some in rows]
    return sum(map(bool, rows)), sum(map(bool, settled))
