"""The rules about a unit's year of one indicator, applied to every one of them."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import NamedTuple

from mzplan.check.remedies import Proposed
from mzplan.diagnostics import Rule, Severity, show
from mzplan.figures import plain
from mzplan.plan.model import Plan
from mzplan.reading.number import plain_number
from mzplan.rules import CHECKS
from mzplan.rules.bearing import CORRECT_THAT, Bearing
from mzplan.rules.magnitude_said import NOT_AGAIN
from mzplan.rules.notes import CONTRADICTED, record_of
from mzplan.rules.proposals import CHECK_IT
from mzplan.rules.registry import Cause, Finding, Found, SeriesCheck, severity_of
from mzplan.rules.scope import Series, value_field
from mzplan.rules.spikes import figure_of
from mzplan.said import listed, say
from mzplan.submissions.ledger import MONTHS, Ledger
from mzplan.submissions.names import stage_names
from mzplan.submissions.statements import contradicts, may_be

_Said = tuple[Rule, int, Finding]
_AT = "{period} 是 {figure}"
_FROM_TO, _AT_FIRST = "{old} → {new}", "第一次报 {new}"
_EXCHANGED = "“{one}”的 {figure} 和“{other}”的 {figure2} 像是互相填错了行，换过来两行都对得上"
_EXCHANGE = "核对这两行；没有填错的，各自在“说明”写明原因和增减的数。"
_MOST_ODD_ROWS = 12


class _FoundYear(NamedTuple):
    """A unit's year of one indicator, and what is found in it."""

    series: Series
    said: Sequence[_Said]


class YearFindings(NamedTuple):
    """What the rules find in all years, and what they would find of figures without their notes."""

    found: Sequence[tuple[Rule, Found]]
    cleared: Sequence[tuple[Rule, Found]]


def in_series(plan: Plan, ledger: Ledger, *, errors_only: bool) -> YearFindings:
    """What the rules find in all years; with `errors_only` without those that find no more than what is odd.

    Nor is it looked for then what notes clear.
    """
    checks = [(rule, check) for rule, check in CHECKS.series if not errors_only or rule.counts_always]
    years: list[_FoundYear] = []
    cleared: list[tuple[Rule, Found]] = []
    noted: list[_FoundYear] = []
    for series in _all_series(plan, ledger):
        said = _found(series, checks)
        if said:
            years.append(_FoundYear(series, _by_figure_at_fault(series, said, checks)))
        if series.has_words and not errors_only:
            for at, rule, finding in _cleared_in(series, said):
                keys = series.unit.id, series.indicator.id, str(series.period(at))
                cleared.append((rule, Found(finding, series.place(at), *keys)))
                noted.append(_FoundYear(replace(series, without_note=at), [(rule, at, finding)]))
    beside = list(_beside_errors(plan, ledger, years))
    found = [each for year in _by_rows_exchanged(years, beside, checks) for each in _told(year, checks)]
    again = [each for year in _noted_and_exchanged(noted, checks) for each in _told(year, checks)]
    asked = {each.location for _, each in again}
    return YearFindings([*found, *again], [each for each in cleared if each[1].location not in asked])


def _told(year: _FoundYear, checks: Sequence[tuple[Rule, SeriesCheck]]) -> Iterator[tuple[Rule, Found]]:
    """What is found in a year, with its place; what a note contradicts is told once."""
    series, said = year
    confirmed = {
        at
        for rule, at, finding in said
        if rule.code != CONTRADICTED and finding.of_note and severity_of(rule, finding) is Severity.ERROR
    }
    for rule, at, finding in said:
        if rule.code != CONTRADICTED or at not in confirmed:
            keys = series.unit.id, series.indicator.id, str(series.period(at))
            told = _proved(series, at, finding, said, checks) if finding.remedies else finding
            yield rule, Found(told, series.place(at), *keys, series.cell(at))


def _cleared_in(series: Series, said: Sequence[_Said]) -> Iterator[tuple[int, Rule, Finding]]:
    """What would be found of figures without their notes and is not: of each the gravest, with what it was before.

    A note is judged by its words, and words can say anything: what one clears is told to those who can know better.
    """
    for at in filter(series.note, range(len(series.values))):
        if cleared := _cleared(series, at, said):
            yield at, *cleared


def _cleared(series: Series, at: int, said: Sequence[_Said]) -> tuple[Rule, Finding] | None:
    """The gravest of what the note of a figure clears, unless as much is found of the figure with it."""
    known = {(rule.code, place) for rule, place, _ in said}
    without = _found(replace(series, without_note=at), CHECKS.series)
    gone = [each for each in without if each[2].of_note and (each[0].code, each[1]) not in known]
    gone.sort(key=lambda each: (severity_of(each[0], each[2]) is not Severity.ERROR, each[1] != at))
    if not gone:
        return None
    rule, place, finding = gone[0]
    is_error = severity_of(rule, finding) is Severity.ERROR
    if _is_error_at(said, at) or (not is_error and any(there == at for _, there, _ in said)):
        return None
    before = [there for there in range(at) if there == place or series.place(there) in finding.related]
    if not before and at and (series.denominators or series.values)[at - 1]:
        before = [at - 1]
    old, new = (_told_of(series, there) if there is not None else "" for there in (before[-1] if before else None, at))
    message = say(_FROM_TO, old=old, new=new) if before else say(_AT_FIRST, new=new)
    return rule, Finding(message, "note", is_sure=is_error, is_question=not is_error)


def _told_of(series: Series, at: int) -> str:
    """A figure, or a stage, in words."""
    stages = stage_names(series.indicator)
    return stages[series.values[at]] if stages else figure_of(series, at)


def stands(ledger: Ledger, proposed: Proposed) -> bool:
    """Whether a proposed record, in its empty place among all that was read, has nothing and no other anything new."""
    before = _found_beside(ledger, proposed.cell)
    ledger.write(proposed.cell, proposed.figure, **proposed.notes)
    after = _found_beside(ledger, proposed.cell)
    ledger.erase(proposed.cell)
    return after <= before


def _found_beside(ledger: Ledger, cell: int) -> set[tuple[str, int]]:
    """What is found in the year of a cell, by code and month."""
    code, unit, _ = ledger.keys(cell)
    series = Series.of(ledger, ledger.plan.indicators[code], ledger.plan.units[unit])
    return {(rule.code, series.months[at]) for rule, at, _ in _found(series, CHECKS.series)} if series.months else set()


def _found(series: Series, checks: Sequence[tuple[Rule, SeriesCheck]]) -> Sequence[_Said]:
    return [(rule, at, finding) for rule, check in checks for at, finding in check(series)]


def _beside_errors(plan: Plan, ledger: Ledger, years: Sequence[_FoundYear]) -> Iterator[tuple[_FoundYear, int]]:
    """The rows next to one with an error, of which nothing is found or said, where no month before changed as much."""
    codes, known = list(plan.indicators), {(series.unit.id, series.indicator.id) for series, _ in years}
    for series, said in years:
        place = codes.index(series.indicator.id)
        for at in sorted({at for _, at, _ in said if _is_error_at(said, at)}):
            for code in codes[max(place - 1, 0) : place + 2]:
                if (series.unit.id, code) in known:
                    continue
                other = Series.of(ledger, plan.indicators[code], series.unit)
                there = other.months.index(series.months[at]) if series.months[at] in other.months else 0
                steps = [abs(new - old) for old, new in pairwise(other.values[: there + 1])]
                is_most = len(steps) > 1 and steps[-1] > max(steps[:-1]) and not stage_names(other.indicator)
                if is_most and not other.note(there):
                    known.add((series.unit.id, code))
                    yield _FoundYear(other, ()), there


def _by_rows_exchanged(
    found: Sequence[_FoundYear], beside: Sequence[tuple[_FoundYear, int]], checks: Sequence[tuple[Rule, SeriesCheck]]
) -> Sequence[_FoundYear]:
    """What is found in all years, of two rows of one report as one where their figures exchanged have nothing.

    One of them may have nothing as it stands, if it is of those `beside`.
    """
    years = [*found, *(year for year, _ in beside)]
    told = list(years)
    reports: defaultdict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for number, (series, said) in enumerate(years):
        for at in sorted({at for _, at, _ in said}) if not stage_names(series.indicator) else ():
            reports[series.unit.id, series.months[at]].append((number, at))
    for number, ((series, _), at) in enumerate(beside, start=len(found)):
        reports[series.unit.id, series.months[at]].append((number, at))
    for rows in reports.values():
        pairs = combinations(rows, 2) if len(rows) <= _MOST_ODD_ROWS else ()  # more have a cause of their own
        blamed = [pair for pair in pairs if any(number < len(found) for number, _ in pair)]
        fitting = [pair for pair in blamed if _fit_exchanged([(years[number], at) for number, at in pair], checks)]
        among = Counter(row for pair in fitting for row in pair)
        for pair in fitting:
            if all(among[row] == 1 for row in pair):
                finding = _of_exchanged([(years[number], at) for number, at in pair])
                rules = {number: rule for number, at in pair for rule, place, _ in told[number].said if place == at}
                for number, at in pair:
                    series, said = told[number]
                    rule = rules.get(number) or next(iter(rules.values()))
                    own = (rule, at, finding._replace(field=value_field(series.indicator)))
                    told[number] = _FoundYear(series, [*(each for each in said if each[1] != at), own])
    return told


def _noted_and_exchanged(
    noted: Sequence[_FoundYear], checks: Sequence[tuple[Rule, SeriesCheck]]
) -> Sequence[_FoundYear]:
    """Of figures that their notes alone clear those of two rows of one report that have nothing once exchanged.

    The years are without those notes, each with one figure. What both notes bear out is a question all the same.
    """
    told, hint = _by_rows_exchanged(noted, (), checks), listed((CHECK_IT, NOT_AGAIN), "")
    return [
        _FoundYear(series, [(rule, at, finding._replace(hint=hint, is_sure=False, is_question=True))])
        for series, ((rule, at, finding),) in told
        if finding.hint == _EXCHANGE
    ]


def _of_exchanged(rows: Sequence[tuple[_FoundYear, int]]) -> Finding:
    """The finding that both rows get, told as one: an error, as each shows what the figure of the other should be."""
    ((one, _), at), ((other, _), there) = rows
    message = say(
        _EXCHANGED,
        one=show(one.indicator.name, 40),
        figure=figure_of(one, at),
        other=show(other.indicator.name, 40),
        figure2=figure_of(other, there),
    )
    key = f"exchanged {one.indicator.id} {other.indicator.id}"
    return Finding(message, hint=_EXCHANGE, cause=Cause(key), is_sure=True)


def _texts(series: Series, at: int) -> Mapping[str, str]:
    """The cells of a record's figure, by field."""
    texts = {value_field(series.indicator): plain(series.values[at])}
    return {**texts, "denominator": plain(series.denominators[at])} if series.denominators else texts


def _fit_exchanged(rows: Sequence[tuple[_FoundYear, int]], checks: Sequence[tuple[Rule, SeriesCheck]]) -> bool:
    """Whether two figures of one report are different, and each has nothing in the place of the other."""
    (one, at), (other, there) = rows
    texts = [_texts(series, place) for (series, _), place in rows]
    if texts[0].keys() != texts[1].keys() or texts[0] == texts[1]:
        return False
    for (series, said), place, text in ((one, at, texts[1]), (other, there, texts[0])):
        again = _with(series, place, text)
        before = {(rule.code, at) for rule, at, _ in said if at != place}
        found = {(rule.code, at) for rule, at, _ in _found(again, checks)}
        if not may_be(record_of(again, place)) or not found <= before:
            return False
    return True


def _by_figure_at_fault(
    series: Series, said: Sequence[_Said], checks: Sequence[tuple[Rule, SeriesCheck]]
) -> Sequence[_Said]:
    """What is found, without what is found of later figures only because of one that is told itself.

    It is at fault if they have nothing once it is left out, and it is an error, or the next figure goes back to where
    those before it were. Where they had errors it becomes one, and has the first of them beside it: so that report is
    not taken in silence, be it that one that is wrong.
    """
    for at in sorted({place for _, place, _ in said})[:-1]:
        if _is_error_at(said, at) or (_goes_back(series, at) and any(place == at for _, place, _ in said)):
            alone = _by_those_at_fault(series, said, [at], checks)
            is_with_next = alone is said and _is_error_at(said, at) and _is_error_at(said, at + 1)
            said = _by_those_at_fault(series, said, [at, at + 1], checks) if is_with_next else alone
    return said


def _by_those_at_fault(
    series: Series, said: Sequence[_Said], places: Sequence[int], checks: Sequence[tuple[Rule, SeriesCheck]]
) -> Sequence[_Said]:
    """The same where successive figures are at fault; what was said where they are not."""
    later = {(rule.code, place) for rule, place, _ in said if place > places[-1]}
    is_borne = any(place == places[0] and finding.related for _, place, finding in said)
    if not later or not (is_borne or _is_error_at(said, places[0])):
        return said
    found = _found(_without(series, places), checks)
    again = {(rule.code, place + len(places)) for rule, place, _ in found if place >= places[0]}
    gone = later - again
    if not gone or not again <= later:
        return said
    was_error = any(
        severity_of(rule, finding) is Severity.ERROR for rule, place, finding in said if (rule.code, place) in gone
    )
    after = min(place for _, place in gone)
    kept = [each for each in said if (each[0].code, each[1]) not in gone]
    return [_beside(series, each, after, is_sure=was_error) if each[1] in places else each for each in kept]


def _beside(series: Series, said: _Said, after: int, *, is_sure: bool) -> _Said:
    """A finding with the later figure that shows that it is right; where that makes it an error, it may be that one."""
    rule, at, finding = said
    later = say(_AT, period=series.period(after), figure=figure_of(series, after))
    is_told = re.search(rf"{re.escape(later)}(?![\d./])", finding.message)
    shown = finding.message if is_told else listed((finding.message, later), "，")
    related = tuple(dict.fromkeys((*finding.related, series.place(after))))
    if is_sure and severity_of(rule, finding) is not Severity.ERROR:
        that = say(CORRECT_THAT, period=series.period(after))
        remedies = tuple(
            each._replace(hint=listed((each.hint, that), ""), words=listed((each.words, that), ""))
            for each in finding.remedies
        )
        finding = finding._replace(hint=listed((finding.hint, that), ""), remedies=remedies)
    is_question = finding.is_question and not is_sure
    return rule, at, finding._replace(message=shown, related=related, is_question=is_question, is_sure=is_sure)


def _is_error_at(said: Collection[_Said], at: int) -> bool:
    return any(severity_of(rule, finding) is Severity.ERROR for rule, place, finding in said if place == at)


def _goes_back(series: Series, at: int) -> bool:
    """Whether the figure after one, or what it is taken of, is nearer to that before it, the way back."""
    if not 0 < at < len(series.values) - 1:
        return False
    steps = (figures[at - 1 : at + 2] for figures in (series.values, series.denominators) if figures)
    return any((new - old) * (after - new) < 0 and abs(after - old) < abs(new - old) for old, new, after in steps)


def _without(series: Series, places: Sequence[int]) -> Series:
    """The year without the figures of successive places."""
    start, end = places[0], places[-1] + 1
    return replace(
        series,
        months=[*series.months[:start], *series.months[end:]],
        values=[*series.values[:start], *series.values[end:]],
        denominators=[*series.denominators[:start], *series.denominators[end:]],
    )


def _proved(
    series: Series, at: int, finding: Finding, said: Sequence[_Said], checks: Sequence[tuple[Rule, SeriesCheck]]
) -> Finding:
    """A finding with the only one of its proposals that holds: the figure then has none, and no other a new one.

    A note that confirms what is wrong is of the figure that stands there, and goes with it.
    """
    before = {(rule.code, place) for rule, place, _ in said if place != at}

    def holds(changes: Mapping[str, str]) -> bool:
        again = _with(series, at, changes)
        if finding.of_note == Bearing.CONFIRMED:
            again = replace(again, otherwise={at: False})
        found = {(rule.code, place) for rule, place, _ in _found(again, checks)}
        return may_be(record_of(again, at)) and found <= before

    return finding.with_the_only([each for each in finding.remedies if holds(each.cells_of(finding.field))])


def _with(series: Series, at: int, changes: Mapping[str, str]) -> Series:
    """The year with other figures in one place, and what its note then says of them."""
    values, denominators = list(series.values), list(series.denominators)
    for field, text in changes.items():
        number = plain_number(text)
        if number is not None and number.figure is not None:
            (denominators if field == "denominator" else values)[at] = number.figure
    again = replace(series, values=values, denominators=denominators)
    return replace(again, otherwise={at: contradicts(record_of(again, at))})


def _all_series(plan: Plan, ledger: Ledger) -> Iterator[Series]:
    """The years with a figure, of every indicator and unit in plan order."""
    for position, indicator in enumerate(plan.indicators.values()):
        held = ledger.values.held[position * ledger.block_count :][: ledger.block_count].tolist()
        for at, unit in enumerate(plan.reporting_units if any(held) else ()):
            if any(held[at * MONTHS : (at + 1) * MONTHS]) and (series := Series.of(ledger, indicator, unit)).months:
                yield series
