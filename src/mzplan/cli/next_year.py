"""Next year's plan written beside this year's, and what is left to do in it."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from mzplan.cli.language import known_plan
from mzplan.cli.loading import load_checked, warn_of_left_out, wrong_in
from mzplan.cli.overwriting import refuse_to_overwrite
from mzplan.cli.project import contents, has_data
from mzplan.cli.terminal import emit, emit_together
from mzplan.diagnostics import InputError, Severity, quoted, show
from mzplan.figures import decimal_text
from mzplan.period import Period
from mzplan.plan.breakdown import breakdown_file
from mzplan.plan.choice import PLAN_SUFFIXES
from mzplan.plan.indicator import Indicator
from mzplan.plan.load import LARGEST, breakdown_path, read_plan
from mzplan.reading.bounds import has_plans, project_around
from mzplan.reading.files import from_here, may_exist
from mzplan.said import first_of, listed, say
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import DATA

_NOT_LATER = "{path} 是 {year} 年的计划，--year 要写后面的年份，如 {next}。"
_NO_SUFFIX = "{path} 不像计划文件：名字要以 .yaml 结尾，如 {example}。"
_EXISTS = "{path} 已经有了，不会覆盖。换一个文件名；确要重写，请加 --force。"

_OFFER = "{period} 全市 {figure}{unit}（{told}）"
_PARTS = "{above}/{below}，{told}"
_REPORTED = "已报{reported}家、未报{silent}家"
_ALL_REPORTED = "{reported}家都已报"

_WRITTEN = """已写入 {files}；{source} 没有动。
期限和进度点已移到{year}年，年中调整过的目标取最后一次的。还要做：
  文件里的话 {marked} 处标了“【待改】”，照{year}年的文件改
  印发日期 issued 仍是上年的
{more}话、印发日期和基期值逐处列出：mzplan plan check {path}（现在 {errors} 个错误、{warnings} 个警告）
"""
_EMPTIED = "  基期值 {count} 处空着，旁边注着{old}年报的数：{ids}\n"
_PARTS_GONE = "  分解表只有表头：mzplan breakdown --plan {path} --write 测算，或用 --import 读入正式下达的\n"
_MENTIONS = "  注释和说明里还提到{old}年的有 {count} 行：第 {lines} 行\n"
_LINES_NAMED = 12


def write_next_year(
    source: Path, year: int | None, data: list[Path] | None, output: Path | None, *, force: bool
) -> None:
    """The plan of another year, made from a sound one and what has been reported by it; that one stays as it is."""
    plan = known_plan(source)
    new = year if year is not None else plan.year + 1
    if new <= plan.year:
        raise InputError(say(_NOT_LATER, path=show(str(source), 400), year=plan.year, next=plan.year + 1))
    path = output or source.with_name(f"{new}.yaml")
    parts = Path(breakdown_path(path))
    files = [path, parts] if Path(breakdown_path(source)).exists() else [path]
    _refuse(source, files, force=force)
    # They bring PyYAML, which nobody needs who is told why not.
    from mzplan.plan.next_year import next_year
    from mzplan.plan.yaml_text import decoded

    text = decoded(contents(source, LARGEST), lambda *_: None) or ""
    made = next_year(text, plan.year, new, _offers(source, data))
    emit_together({path: made.text.encode(), **dict.fromkeys(files[1:], breakdown_file(plan, {}))})
    word = quoted(str(path))
    lines = first_of(list(map(str, made.mentions)), _LINES_NAMED, "{names}……")
    more = [
        say(_EMPTIED, old=plan.year, count=len(made.emptied), ids=listed(made.emptied)) if made.emptied else "",
        say(_PARTS_GONE, path=word) if parts in files else "",
        say(_MENTIONS, old=plan.year, count=len(made.mentions), lines=lines) if made.mentions else "",
    ]
    severities = [finding.severity for finding in read_plan(path)[1]]
    emit(
        say(
            _WRITTEN,
            files=listed(show(str(each), 400) for each in files),
            source=show(str(source), 400),
            path=word,
            year=new,
            marked=made.marked,
            more=listed(filter(None, more), ""),
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
        )
    )


def _refuse(source: Path, files: Sequence[Path], *, force: bool) -> None:
    """InputError where the plan must not be put: never in the place of the one that it is made from."""
    path, example = files[0], files[0].with_suffix(".yaml")
    if path.suffix not in PLAN_SUFFIXES:
        raise InputError(say(_NO_SUFFIX, path=show(str(path), 400), example=show(str(example), 400)))
    kept = {os.path.realpath(source), os.path.realpath(breakdown_path(source))}
    for each in files:
        if os.path.realpath(each) in kept:
            raise InputError(say("{path} 就是今年的计划，不会覆盖。", path=show(str(each), 400)))
        refuse_to_overwrite(each, force=True)  # through no link; among the plans is where it belongs
        if each.exists() and not force:
            raise InputError(say(_EXISTS, path=show(str(each), 400)))


def _offers(source: Path, data: list[Path] | None) -> Mapping[str, str]:
    """What was reported last of each indicator, in words; nothing where there are no data."""
    home = Path(from_here(project_around(source) or os.curdir), DATA)
    given = data or ([home] if has_plans(home.parent) and may_exist(home) else None)
    if given is None and not has_data(None):
        return {}
    plan, result = load_checked(source, given)
    warn_of_left_out(wrong_in(result))
    period = result.ledger.latest_period()
    if period is None:
        return {}
    said = {each.id: _said(result.ledger, each, period) for each in plan.indicators.values()}
    return {identifier: words for identifier, words in said.items() if words}


def _said(ledger: Ledger, indicator: Indicator, period: Period) -> str:
    """The city's figure by each unit's latest record, of how many that were asked, as a plan quotes it; else empty."""
    entries = [entry for unit in indicator.reporting if (entry := ledger.latest(indicator.id, unit, period))]
    figures = [entry.figure for entry in entries if entry.figure.value is not None]
    actual = indicator.actual(figures)
    if actual is None:
        return ""
    owed = indicator.owed_by(period) or period
    reported = sum(entry.period >= owed for entry in entries)
    silent = len(indicator.reporting) - reported
    told = (_REPORTED if silent else _ALL_REPORTED).format(reported=reported, silent=silent)
    above, below = indicator.pair(figures)
    if above is not None and below is not None:
        told = _PARTS.format(above=decimal_text(above), below=decimal_text(below), told=told)
    return _OFFER.format(period=period, figure=decimal_text(actual), unit=indicator.unit, told=told)
