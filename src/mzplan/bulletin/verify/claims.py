"""What a draft says in words of an indicator or a unit: 已完成, 慢于序时进度, 未报, 首位; and whether it is so."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import PUT_OFF, concerned, is_put_off, is_told_so_far, stages_of
from mzplan.bulletin.indicators import is_alone, stage_reached, subject_of
from mzplan.bulletin.model import Ref, Subject
from mzplan.bulletin.phrases import LISTED, NEVER_SENT
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.grammar import HOUSES
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import Passage, group_before, is_closed, is_of_city_since, is_of_the_rest
from mzplan.bulletin.verify.row_tests import (
    ABOUT_ROWS,
    OF_REPORTS,
    OF_WAITING,
    STAGED,
    UNSETTLED,
    Test,
    is_nothing,
    is_unreported,
    lags,
)
from mzplan.bulletin.verify.set_forms import AMONG_SOME, BEHIND_DENIAL, DENIAL, FAR, NO_CLAIM, STATE
from mzplan.bulletin.verify.spans import is_aimed, is_before_turn, is_now
from mzplan.diagnostics import show
from mzplan.period import Period
from mzplan.rules.draft import WRONG_WAY_ROUND
from mzplan.scoring.progress import Progress, Status, UnitTally
from mzplan.zh import joined

_NOT_SO = "{name}按数据是“{status}”，不能说“{claim}”"
_NOT_OF_ALL = "{name}按数据不都是这样（{units}不是），不能说“{claim}”"
_UNIT_NOT_SO = "{name}按数据{status}，不能说“{claim}”"
_RANKED, _FILED = "列第{rank}位", "应报{reporting}项、已报{reported}项"


_NOT_CONCERNED = (Status.NOT_APPLICABLE, Status.UNDEFINED)


class Claim(NamedTuple):
    """Words that say something, where they stand, whose names they are said of, and what is wrong with them."""

    start: int
    end: int
    names: tuple[Mention, ...]
    slip: Slip | None = None
    beside: tuple[tuple[int, int], ...] = ()
    """Where brackets and figures of single names stand in it, of which it says nothing."""


def _stage(name: str) -> Test:
    def holds(row: Progress, _: Facts) -> bool:
        stages = stages_of(row)
        return bool(stages) and row.actual is not None and stages[stage_reached(row)].name == name

    return holds


def stands(row: Progress, facts: Facts) -> str:
    """How a row stands, in words: what was to be done in stages is at one of them, be it due or not."""
    if is_put_off(row, facts.card):
        return PUT_OFF
    stages = stages_of(row)
    is_told = stages and is_alone(row) and row.actual is not None and row.status is not Status.MISSING
    return stages[stage_reached(row)].name if is_told else row.status_text


def _is_known(holds: Test, row: Progress) -> bool:
    """Whether the data can bear it out: a part that was computed judges nobody."""
    return (row.target_basis != "reference" or holds in OF_REPORTS) and (bool(stages_of(row)) or holds not in STAGED)


def is_so(holds: Test, row: Progress, facts: Facts) -> bool:
    """Whether it may be said of that row: of one that nobody reported nothing is known but that."""
    return (row.status is not Status.MISSING or holds is is_unreported) and holds(row, facts)


_ABOUT_UNITS: tuple[tuple[str, Callable[[UnitTally, Facts], bool]], ...] = (
    (r"(?:位居|位列|列|居|排|排名)?(?:全市)?末位|垫底|排名最后", lambda unit, facts: unit.rank == _last(facts)),
    (f"{NEVER_SENT}|年内[一均]?直?未报送?", lambda unit, facts: facts.last_heard(unit.unit) is None),
    (r"(?:全部|均)?尚?未报送?", lambda unit, _: unit.reported == 0 < unit.reporting),
    (r"部分报送", lambda unit, _: 0 < unit.reported < unit.reporting),
    (r"(?:已)?(?:全部|均)报送|已报齐|报齐|已报送?", lambda unit, _: unit.reported == unit.reporting > 0),
)
"""What may be said of a unit in words where no indicator is named."""


def _last(facts: Facts) -> int:
    return max((unit.rank for unit in facts.card.units.values() if unit.rank is not None), default=0)


_NOT_DIGIT = rf"(?![0-9项家]|{NO_CLAIM}|以前|之前)"
ROW_CLAIMS = tuple(
    (re.compile(f"(?:(?:均|都|全部)(?!达标))?(?>{words}){_NOT_DIGIT}"), test) for words, test in ABOUT_ROWS
)
_UNIT_CLAIMS = tuple(
    (re.compile(pattern), test)
    for words, test in _ABOUT_UNITS
    for pattern in (
        f"(?>{words})(?:了?(?P<month>[0-9]{{1,2}})月份?的?(?:数据|报表)|{_NOT_DIGIT})",
        f"(?P<month>[0-9]{{1,2}})月份?的?(?:数据|报表)(?>{words}){_NOT_DIGIT}",
    )
)
_OF_EVERY = re.compile("已?经?(?:均|都|全部|全面)")
"""What opens a claim about every unit that an indicator is of."""
_AT_STAGE = re.compile("(?:均)?处于[“‘]?([^“”‘’，。；]{1,40}?)[”’]?阶段")
_DENIED = re.compile(f"(?:{DENIAL})$")
"""Right before a claim: it says the opposite."""
_UNSURE = re.compile("[难将可能拟须需应要防免否尚]$")
"""What is not said to be: it may be, or is to be one day."""
_SO_MANY_HAVE = re.compile(rf"[0-9]{HOUSES}(?:单位)?的?$")
_OF_UNITS = re.compile(rf"(?:[0-9]{HOUSES}|单位|县区|区县|县（市、区）)的?$")
"""What is said of so and so many units (7家单位某专项治理已完成), or of a share, is not said of the whole."""
_OF_SOME = re.compile(rf"{STATE}(?:[0-9]+[家个])?(?:单位|县区|区县|县（市、区）|县)$")
"""Nor is what is said of those in a state: 已报单位均已完成某指标."""


def claims(passage: Passage, facts: Facts, *, has_places: bool) -> Iterator[Claim]:
    """Every claim in words whose subject is known, right or wrong; what is said of nobody we know is let be.

    That a unit is the last is proven only where units have places.
    """
    for claim in claims_at(passage, facts, has_places=has_places):
        if not (is_of_the_rest(passage.text, claim.start) or is_before_turn(passage.text, claim.start)):
            yield claim


def claims_at(passage: Passage, facts: Facts, *, has_places: bool = False) -> Iterator[Claim]:
    """The same of everything that is said, as things stand by those facts, whenever and of whomever it is said."""
    taken: list[tuple[int, int]] = []
    for match in _AT_STAGE.finditer(passage.text):
        taken.append(match.span())
        if claim := _of_rows(passage, match, _stage(match[1]), facts):
            yield claim
    for pattern, holds in ROW_CLAIMS:
        for match in pattern.finditer(passage.text):
            if any(start < match.end() and match.start() < end for start, end in taken) or _is_either(match):
                continue
            taken.append(match.span())
            if claim := _of_rows(passage, match, holds, facts):
                yield claim
    for unit_pattern, stands in _UNIT_CLAIMS:
        for match in unit_pattern.finditer(passage.text):
            is_told = match["month"] is None and is_now(passage.text, match.start(), facts.period.month)
            if is_told and (claim := _of_units(passage, match, stands, facts, has_places=has_places)):
                yield claim


def _is_either(match: re.Match[str]) -> bool:
    """Whether it is said that this holds or something else (未达到或未报齐)."""
    return match.string.startswith("或", match.end()) or match.string.endswith("或", 0, match.start())


def filings(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every claim of what a unit has reported for a month that is named, of this year and not to come."""
    for pattern, stands in _UNIT_CLAIMS:
        for match in pattern.finditer(passage.text):
            month = Period(facts.period.year, int(match["month"] or 0))
            if (month == facts.period or month in facts.earlier) and (
                claim := _of_units(passage, match, stands, facts.at(month))
            ):
                yield claim


def denial_before(passage: Passage, at: int) -> int:
    """How long the words are right before a place that turn what is said there into its opposite."""
    denial = _DENIED.search(_before(passage, at))
    return len(denial[0]) if denial else 0


def _before(passage: Passage, at: int) -> str:
    """The last words before a place, from the name before it on."""
    begun = max((one.end for one in passage.mentions if one.end <= at), default=0)
    return passage.text[max(begun, at - FAR) : at]


def _is_open(passage: Passage, match: re.Match[str], begun: int) -> bool:
    """Whether what is said from there on is not said to be: denied in some way, possible, or to be one day."""
    is_not = _UNSURE.search(before := _before(passage, begun)) or BEHIND_DENIAL.search(before)
    return is_not is not None or is_aimed(passage, *match.span())


def _denied(holds: Test) -> Test:
    return lambda row, facts: not holds(row, facts)


def _of_rows(passage: Passage, match: re.Match[str], holds: Test, facts: Facts) -> Claim | None:
    named = _named(passage, match)
    denial = denial_before(passage, match.start())
    at = match.start() - denial
    is_of_all = holds in OF_REPORTS and is_of_city_since(passage, at)
    if not named or is_of_all or _is_open(passage, match, at):
        return None
    said_so = passage.text[at : match.end()]
    is_of_some = _OF_SOME.search(passage.text, 0, at) or _SO_MANY_HAVE.search(passage.text, 0, named[0].start)
    if is_of_some or _OF_UNITS.search(passage.text, min(named[-1].end, at), at):
        return None
    units = [one for one in group_before(passage, at, ("unit",)) if not _is_between(passage, named, one)]
    told: list[str | None] = [unit.ids[0] for unit in units] if units else [passage.scope.unit]
    for mention in named:
        for unit in told:
            rows = [facts.row(Subject(one, unit)) for one in mention.ids]
            known = [row for row in rows if row is not None]
            if not known and not units:
                known = [row for one in mention.ids if (row := facts.row(Subject(one))) is not None]
            if not known or (denial and not any(row.is_judged or is_so(holds, row, facts) for row in known)):
                return None
            if not (is_right := _is_right(holds, known, passage, denial, facts)):
                name = passage.text[mention.start : mention.end]
                if units and known[0].unit is not None:
                    name = facts.plan.units_and_regions[known[0].unit].name + name
                is_of_amount = holds is is_nothing and known[0].actual is not None
                status = (
                    str(facts.cite(Ref("actual", "", subject_of(known[0]))))
                    if is_of_amount
                    else stands(known[0], facts)
                )
                said = _NOT_SO.format(name=show(name), status=status, claim=said_so)
                slip = Slip(WRONG_WAY_ROUND, passage.places[at], said, said_so)
                return None if is_right is None else Claim(at, match.end(), (), slip)
            if _is_vague(holds, match, known[0], denial) or not any(_is_known(holds, row) for row in known):
                return None
            others = _others(holds, known, match, facts)
            if others is None or (others and len(named) > 1):  # 均 may be said of the indicators
                return None
            if others:
                name = passage.text[mention.start : mention.end]
                said = _NOT_OF_ALL.format(name=show(name), units=joined(others, LISTED), claim=said_so)
                return Claim(at, match.end(), (), Slip(WRONG_WAY_ROUND, passage.places[at], said, said_so))
    return Claim(at, match.end(), (*named, *units))


def _is_right(holds: Test, rows: Sequence[Progress], passage: Passage, denial: int, facts: Facts) -> bool | None:
    """Whether it is so of some of the rows that a name means.

    None of what is put off where it is so by the reports there are, and no more is said: so far, 推进中, not so.
    """
    is_by_reports = any(is_so(_denied(holds) if denial else holds, row, facts) for row in rows)
    if holds in OF_WAITING or not all(is_put_off(row, facts.card) for row in rows):
        return is_by_reports
    is_modest = denial or holds in UNSETTLED or is_told_so_far(passage.text)
    return None if is_by_reports and is_modest else False


def _is_vague(holds: Test, match: re.Match[str], row: Progress, denial: int) -> bool:
    """Whether it is so in a way, and in another it is not: 滞后 of what is 严重滞后, 没有全部 where some are."""
    if denial:
        return holds in OF_REPORTS or _OF_EVERY.match(match[0]) is not None
    return holds is lags and row.status is Status.FAR_BEHIND


def _others(holds: Test, rows: Sequence[Progress], match: re.Match[str], facts: Facts) -> Sequence[str] | None:
    """The units of which it does not hold though it is said of all; None where reports do not tell it of each."""
    units = [one for row in rows if row.unit is None for one in concerned(row) if one.status not in _NOT_CONCERNED]
    if holds in (*OF_WAITING, is_nothing) or not _OF_EVERY.match(match[0]) or not units:
        return ()
    known = [one for one in units if one.is_judged and _is_known(holds, one) and one.reported >= one.reporting]
    others = [one.unit for one in known if not is_so(holds, one, facts)]
    return facts.unit_names(others) if others or len(known) == len(units) else None


def _named(passage: Passage, match: re.Match[str]) -> list[Mention]:
    """The indicators that a claim is made of: those named last before it, else the only one named after it."""
    before = group_before(passage, match.start(), ("indicator",))
    if before:
        return before
    stop = re.search("[，；。]", passage.text[match.end() :])
    end = match.end() + stop.start() if stop else len(passage.text)
    after = [one for one in passage.mentions if one.kind == "indicator" and match.end() <= one.start < end]
    return after if len(after) == 1 and after[0].start - match.end() <= 1 else []


def _is_between(passage: Passage, named: Sequence[Mention], unit: Mention) -> bool:
    """Whether a unit is named in another clause than the claim's own, before its indicator and apart from it."""
    first = named[0].start
    return unit.end <= first and "；" in passage.text[unit.end : first]


def _of_units(
    passage: Passage,
    match: re.Match[str],
    stands: Callable[[UnitTally, Facts], bool],
    facts: Facts,
    *,
    has_places: bool = False,
) -> Claim | None:
    spoken = [
        one for one in passage.mentions if one.kind == "indicator" and not is_closed(passage.text, one, match.start())
    ]
    if spoken or passage.carried or _is_open(passage, match, match.start()):
        return None
    units = group_before(passage, match.start(), ("unit",))
    told = [unit.ids[0] for unit in units] or [passage.scope.unit or ""]
    ranks = match[0].endswith(("位", "底", "后"))
    if ranks and AMONG_SOME.search(passage.text, 0, match.start()):
        return None
    for unit in told:
        standing = facts.card.units.get(unit)
        if standing is None:
            return None
        if ranks and (standing.rank is None or (not has_places and stands(standing, facts))):
            return None
        if not stands(standing, facts):
            form = _RANKED if ranks else _FILED
            told_so = form.format(rank=standing.rank, reporting=standing.reporting, reported=standing.reported)
            said = _UNIT_NOT_SO.format(name=facts.plan.units_and_regions[unit].name, status=told_so, claim=match[0])
            return Claim(*match.span(), (), Slip(WRONG_WAY_ROUND, passage.places[match.start()], said, match[0]))
    return Claim(*match.span(), tuple(units))
