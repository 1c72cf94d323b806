"""The plan and the data, read, checked and scored: what every command starts from that shows figures."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mzplan.check.engines import Engine
from mzplan.check.run import CheckResult, run_checks
from mzplan.cli.engine import engine_of, reached
from mzplan.cli.language import known_plan
from mzplan.cli.project import NoProjectError, data_paths, plan_choice, project_root, resolve_period, today
from mzplan.cli.terminal import rows_counted, warn
from mzplan.diagnostics import Diagnostic, InputError, Location, cell_name, errors_of, show
from mzplan.period import Period
from mzplan.plan.choice import Choice
from mzplan.plan.lights import DEFAULT, preset_named
from mzplan.plan.model import Plan
from mzplan.reading.files import open_regular
from mzplan.render import words
from mzplan.render.status.build import left_out_names, left_out_said
from mzplan.rules import RULES
from mzplan.said import listed, say
from mzplan.scoring.explain import RecordRemarks
from mzplan.scoring.scorecard import Scorecard, score
from mzplan.submissions.header import FIGURES
from mzplan.submissions.ledger import Begun, Ledger
from mzplan.submissions.opening import PlacedCell, cells_on, said_by
from mzplan.submissions.places import year_of
from mzplan.submissions.sources import Source, data_sources, holds_reports, is_of_another_year
from mzplan.views import LeftOut

_DOUBTFUL = "有的数与上次相差很大，“说明”又没有写清原因和增减的数，请先核实：{names}。"
_DOUBT = "{unit} {indicator} {name}（{message}）"
DOUBTFUL_SHOWN = 5
_USUAL = "{begun}，未到应报单位的半数，仍看 {period}；要看该期请用 --period。"
_EMPTY_PERIOD = "{period} 没有任何填报记录；已有数据到 {latest}。"
_PERIOD_WRONG = "{period} 没有一条可用的填报记录：{count} 处错误，先用 mzplan check 查看、改正；已有数据到 {latest}。"
_ALL_WRONG = "没有一条可用的填报记录：{count} 处错误，先用 mzplan check 查看、改正。"
_NO_RECORDS = (
    "{year} 年还没有填报记录。先生成填报表发给各单位：mzplan template --all --period {period} --output forms/；"
    "收回的文件放进 inbox/ 文件夹，用 mzplan collect inbox/ 校验、归档。"
    "工作簿要先装 Excel 组件，怎么装见 mzplan doctor；不装的，template 加 --format csv。"
)


class Loaded(NamedTuple):
    """A plan with its checked data at one period."""

    plan: Plan
    ledger: Ledger
    period: Period
    scorecard: Scorecard
    result: CheckResult
    begun: tuple[Begun, ...] = ()
    """The later months that have begun, where none was asked for."""

    @property
    def errors(self) -> Sequence[Diagnostic]:
        """The findings because of which rows were left out."""
        return errors_of(self.result.diagnostics)


def wrong_in(result: CheckResult) -> list[Diagnostic]:
    """The errors of what is there: a folder of nothing is silence."""
    return [finding for finding in errors_of(result.diagnostics) if finding.rule is not RULES["MZ102"]]


def left_out(findings: Iterable[Diagnostic]) -> tuple[LeftOut, ...]:
    """The files with lines that no figure rests on because of these errors, and those of which nothing was read."""
    lines: dict[str, set[int]] = {}
    reasons: dict[str, str] = {}
    for finding in findings:
        path = finding.location.path
        lines.setdefault(path, set()).update(finding.lines or (0,))
        if not finding.lines:
            reasons[path] = finding.message if _is_closed(finding) else finding.rule.title
    return tuple(LeftOut(path, len(lines[path]), reasons.get(path, "")) for path in sorted(lines))


def warn_of_left_out(findings: Iterable[Diagnostic]) -> None:
    """Name on stderr the files that these errors keep out, for what has no place to say so itself."""
    if files := left_out(findings):
        warn(left_out_said(files))


def _is_closed(finding: Diagnostic) -> bool:
    """Whether it is of a file or a folder that cannot be opened."""
    return finding.rule is RULES["MZ101"]


def doubtful(plan: Plan, result: CheckResult, period: Period, most: int | None = DOUBTFUL_SHOWN) -> str:
    """The figures in force at that period that are odd beside the ones before, without a word; empty when none is.

    At `most` so many of them are named, all where that is None.
    """
    names = []
    for finding in result.diagnostics:
        is_doubt = finding.rule.casts_doubt or finding.severity is not finding.rule.severity
        if finding.indicator and is_doubt:  # of a whole report nothing is odd beside what was before
            latest = result.ledger.latest(finding.indicator, finding.unit, period)
            if latest is not None and str(latest.period) == finding.period:
                unit, indicator = plan.units[finding.unit].name, plan.indicators[finding.indicator]
                name = show(indicator.name, 60)
                names.append(say(_DOUBT, unit=unit, indicator=indicator.id, name=name, message=finding.message))
    shown = names[:most]
    more = say("……共 {count} 个，全部见 mzplan check", count=len(names)) if len(names) > len(shown) else ""
    return say(_DOUBTFUL, names=listed((listed(shown, "；"), more), "")) if names else ""


def load_checked(
    plan: Path | None,
    data: list[Path] | None,
    period: str | None = None,
    *,
    newest: bool = False,
    engine: Engine | None = None,
    asked: Callable[[Plan], object] = lambda _: None,
) -> tuple[Plan, CheckResult]:
    """The plan, and its data read and checked; rows with errors are not in the ledger, and warnings are not sought.

    Of several plans it is that of the period's year, else of the newest year with a month that half of the units have
    reported, or with any data where the `newest` is wanted. The ledgers of later years that have but begun are the
    result's other ones. Data of other years are left aside, which is said where no plan of the project speaks for them.
    `asked` refuses what the only plan there is cannot answer, before its data are read.
    """
    reader = engine or engine_of()
    named = reached(reader, data_paths(data))
    choice = plan_choice(plan, period, named)
    sources = data_sources(named, project_root(), getattr(sys.stdin, "buffer", None), named)
    if choice.is_shipped and not holds_reports(sources):
        raise NoProjectError  # without any report, nobody has asked for another city's plan
    read = [_checked(choice, sources, reader, asked)]
    if period is None and choice.year is not None and not newest:
        earlier = sorted((year for year in choice.others if year < read[0][0].year), reverse=True)
        for year in earlier:
            if read[-1][1].ledger.half_period():
                break
            read.append(_checked(choice.instead(year), sources, reader, asked))
    at = next((at for at, (_, result) in enumerate(read) if result.ledger.half_period()), None)
    if at is None:
        at = next((at for at, (_, result) in enumerate(read) if result.ledger.latest_period()), 0)
    loaded, result = read[at]
    if not result.ledger.latest_period():
        must_be_readable(result)
    for _, later in read[:at]:
        warn_of_left_out(wrong_in(later))
    choice = choice if at == 0 else choice.instead(loaded.year)
    if note := choice.note(loaded):
        warn(note)
    _warn_of_others(loaded, choice, sources)
    return loaded, result._replace(other_ledgers=tuple(later.ledger for _, later in read[:at]))


def _checked(
    choice: Choice, sources: Sequence[Source], engine: Engine, asked: Callable[[Plan], object]
) -> tuple[Plan, CheckResult]:
    loaded = known_plan(choice.path)
    if not choice.others:
        asked(loaded)
    own = [source for source in sources if not is_of_another_year(source, loaded.year)]
    with rows_counted() as count:
        return loaded, run_checks(loaded, own, today=today(), engine=engine, progress=count, errors_only=True)


def _warn_of_others(plan: Plan, choice: Choice, sources: Sequence[Source]) -> None:
    """Name the years of which there are data that the plan does not speak for, unless its choice has told of them."""
    told = () if choice.year is None else choice.others
    years = Counter(
        year
        for source in sources
        if is_of_another_year(source, plan.year) and (year := year_of(source.spot)) not in told
    )
    if years:
        names = listed(say("{year} 年 {count} 个", year=year, count=count) for year, count in sorted(years.items()))
        warn(say("这里看的是 {year} 年的计划，其他年份的文件没有计入：{others}。", year=plan.year, others=names))


def period_of(plan: Plan, result: CheckResult, asked: str | None, *, may_be_empty: bool = False) -> Period:
    """The period asked for, else the usual one; InputError without any record of it, unless it may be empty.

    Later ones that have begun are named on stderr where none was asked for.
    """
    ledger = result.ledger
    usual = ledger.usual_period()
    period = resolve_period(plan, asked) or usual or plan.periods[0]
    if not may_be_empty:
        must_have_records(result, period)
    elif not ledger.reporters(period):
        must_be_readable(result, period)
    if asked is None and usual is not None and (begun := begun_after(result, period)):
        warn(say(_USUAL, period=period, begun=listed(map(words.begun, begun))))
    return period


def begun_after(result: CheckResult, period: Period) -> tuple[Begun, ...]:
    """The months after a period of which there are records, those of a later year's plan last."""
    ledgers = (result.ledger, *reversed(result.other_ledgers))
    months = ((each, later) for each in ledgers for later in each.plan.periods if later > period)
    counted = (Begun(later, len(each.reporters(later)), len(each.unread_at(later))) for each, later in months)
    return tuple(one for one in counted if one.reported)


def must_have_records(result: CheckResult, period: Period) -> None:
    """InputError where nobody has reported anything for the period, or nothing of what was reported can be taken."""
    if not result.ledger.reporters(period):
        latest = result.ledger.latest_period()
        must_be_readable(result, period if latest else None)
        wrong = sum(finding.period == str(period) for finding in wrong_in(result))
        none = (_PERIOD_WRONG if wrong else _EMPTY_PERIOD) if latest else _NO_RECORDS
        raise InputError(say(none, year=period.year, period=period, latest=latest, count=wrong))


def must_be_readable(result: CheckResult, period: Period | None = None) -> None:
    """InputError where silence may not be told: of data all of which are wrong, or a month that cannot be looked into.

    What is there and cannot be read is never nothing.
    """
    wrong = wrong_in(result)
    if period is not None:
        wrong = [finding for finding in wrong if finding.period == str(period) and not finding.unit]
    if closed := list(filter(_is_closed, wrong)):
        raise InputError(say("读不了 {files}。{remedy}", files=left_out_names(left_out(closed)), remedy=closed[0].hint))
    if wrong and period is None:
        raise InputError(say(_ALL_WRONG, count=len(wrong)))


def load(
    plan: Path | None = None,
    data: list[Path] | None = None,
    period: str | None = None,
    lights: str | None = None,
    *,
    rank: bool = True,
    may_be_empty: bool = False,
    engine: Engine | None = None,
    asked: Callable[[Plan], object] = lambda _: None,
) -> Loaded:
    """The plan, the checked data and the scorecard of that period, or of the usual one; see `period_of`."""
    loaded, result = load_checked(plan, data, period, engine=engine, asked=asked)
    chosen = period_of(loaded, result, period, may_be_empty=may_be_empty)
    preset = preset_named(loaded, lights or DEFAULT)
    scorecard = score(loaded, result.ledger, chosen, preset, rank=rank)
    begun = begun_after(result, chosen) if period is None else ()
    return Loaded(loaded, result.ledger, chosen, scorecard, result, begun)


def said_in(ledger: Ledger) -> Callable[[Location], RecordRemarks]:
    """What records say beside their figures: note and evidence, nothing of what cannot be read a second time.

    A file is read when one of its records is asked for, and once.
    """
    cells: dict[str, list[int]] = {}
    for cell, held in enumerate(ledger.values.held):
        if held:
            cells.setdefault(ledger.path(cell), []).append(cell)
    known: dict[str, Mapping[int, Mapping[str, PlacedCell]]] = {}

    def said(place: Location) -> RecordRemarks:
        path = place.path
        if path not in known:
            lines = {ledger.location(cell).line for cell in cells.get(path, ())}
            known[path] = cells_on(lambda: open_regular(Path(path)), lines)
        placed = known[path].get(place.line, {})
        found = said_by(placed)
        figure = next((placed[field] for field in FIGURES if found.get(field)), None)
        cell = cell_name(figure.sheet, figure.number, figure.row) if figure and figure.sheet else ""
        return RecordRemarks(found.get("note", ""), found.get("evidence", ""), cell)

    return said
