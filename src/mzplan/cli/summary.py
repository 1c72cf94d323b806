"""`mzplan summary`: the bulletin in official Chinese, and the verification of one that people have edited."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mzplan.cli import completion
from mzplan.cli.common import emit, is_terminal, load_checked, resolve_period, warn
from mzplan.cli.options import DataOption, LightsOption, OutputOption, PeriodOption, PlanOption
from mzplan.diagnostics import InputError, show

if TYPE_CHECKING:
    from mzplan.bulletin import Material, Request
    from mzplan.check.run import CheckResult
    from mzplan.period import Period
    from mzplan.plan.model import Plan

KIND_NAMES = ("bulletin", "brief", "half-year", "annual", "reminder", "unit", "area")
FORMAT_NAMES = ("text", "markdown", "html", "docx", "json")
UTF_8 = frozenset({"html", "json", "markdown"})
"""Formats for files and other programs: UTF-8 in a pipe too, whatever the console's encoding is."""

LAST_MONTH = {"half-year": 6, "annual": 12}

_NO_WORD = "没有{what} {name}。{hint}"
_MEANT = "您是否要写 {name}？"
_KNOWN = "可用的有：{names}。"
_BINARY = "DOCX 不能显示在屏幕上，请用 --output 通报.docx 写入文件。"
_REFUSED = (
    "数据有 {count} 个错误（{files}），正式文稿不能依据未通过校验的数据。\n"
    "请先用 mzplan check 查看并更正；确要先看草稿，请加 --draft，标题会注明“草稿”，有错误的数据行不计入。"
)
_SHORT = "数据只到 {latest}，写不了以 {period} 为报告期的{kind}。请补齐数据，或改用 --kind bulletin。"
_DATE = "{text} 不是日期。请写成 YYYY-MM-DD，例如 {year}-10-15。"
_UNREADABLE = "读不了 {path}：{reason}。"
_OTHER_PERIOD = "文稿写的是 {said}，现在按 {now} 核对；要按 {said} 核对，请加 --period {said}。"
_FILES_NAMED = 3


def _complete_kind(incomplete: str) -> Iterator[str]:
    return (name for name in KIND_NAMES if name.startswith(incomplete))


def _complete_format(incomplete: str) -> Iterator[str]:
    return (name for name in FORMAT_NAMES if name.startswith(incomplete))


def command(
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            "-k",
            help="文种：bulletin 月度通报（默认）、brief 简报、half-year 半年、annual 全年、reminder 催报单。",
            autocompletion=_complete_kind,
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            "-u",
            help="给该单位的反馈函；与 --kind reminder 同用则只催该单位。",
            autocompletion=completion.complete_unit,
            show_default=False,
        ),
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(
            "--area",
            "-a",
            help="只写该行动领域：序号、简称或名称，工作保障写 0。",
            autocompletion=completion.complete_area,
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text、markdown、html、docx、json；默认 text，写文件看扩展名。核对时为 text、json、github。",
            autocompletion=_complete_format,
            show_default=False,
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", help="按本单位自己的版式(Jinja2 模板)生成，变量见 docs/summary.md。", show_default=False
        ),
    ] = None,
    verify: Annotated[
        Path | None,
        typer.Option(
            "--verify",
            metavar="DRAFT",
            help="核对改过的文稿(.md、.txt、.html、.docx)：逐个数字与数据对照。",
            show_default=False,
        ),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="作草稿：标题注明“草稿”，数据有错误也生成。")] = False,
    dated: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="成文日期；不写则不印。", show_default=False)
    ] = None,
    no_rank: Annotated[bool, typer.Option("--no-rank", help="不排位次。")] = False,
    period: PeriodOption = None,
    lights: LightsOption = None,
    plan: PlanOption = None,
    data: DataOption = None,
    output: OutputOption = None,
) -> None:
    """按数据生成公文式通报、简报、反馈函、催报单，或核对改过的文稿。

    同样的计划和数据总是生成同样的文稿；数据有错误时不生成，除非加 --draft。

    用法示例：mzplan summary --output 通报.docx    mzplan summary --unit 义乌市    mzplan summary --verify 通报.docx
    """
    chosen = _known(kind, KIND_NAMES, "文种") if kind else "unit" if unit else "area" if area else "bulletin"
    format_name = _format(format_, output, verifying=verify is not None)
    loaded, result = load_checked(plan, data)
    request = _request(loaded, chosen, unit, area, draft=draft, dated=dated)
    material = _gather(loaded, result, _period(loaded, result, period, chosen), lights, rank=not no_rank)
    if verify is not None:
        _verify(verify, material, format_name, output)
        return
    if _errors(result) and not draft:
        _refuse(result)
    _write(material, request, format_name, template, output)


def _known(name: str, names: Iterable[str], what: str) -> str:
    known = tuple(names)
    if name in known:
        return name
    from mzplan.plan.model import nearest

    near = nearest(name, known)
    hint = _MEANT.format(name=near) if near else _KNOWN.format(names="、".join(known))
    raise InputError(_NO_WORD.format(what=what, name=show(name), hint=hint))


def _format(name: str | None, output: Path | None, *, verifying: bool) -> str:
    """The format: as asked for, else by the file's suffix, else text."""
    if verifying:
        from mzplan.render.summary.verification import FORMATS as VERIFYING

        return _known(name or "text", VERIFYING, "核对结果的格式")
    from mzplan.render.summary import FORMATS, SUFFIXES

    suffix = output.suffix.lower() if output else ""
    chosen = _known(name or SUFFIXES.get(suffix, "text"), FORMATS, "输出格式")
    if chosen == "docx" and output is None and is_terminal():
        raise InputError(_BINARY)
    return chosen


def _request(
    plan: "Plan", kind: str, unit: str | None, area: str | None, *, draft: bool, dated: str | None
) -> "Request":
    from datetime import date

    from mzplan.bulletin import EVERY, KINDS, Request
    from mzplan.plan.model import find_unit
    from mzplan.views.query import area_named

    if dated is not None:
        try:
            date.fromisoformat(dated)
        except ValueError:
            raise InputError(_DATE.format(text=show(dated), year=plan.year)) from None
    number: int | None = EVERY
    if area is not None:
        number = None if area.strip() == "0" else area_named(plan, area)
    return Request(
        kind=next(known for known in KINDS if known == kind),
        unit=find_unit(plan, unit).id if unit else "",
        area=number,
        draft=draft,
        dated=dated or "",
    )


def _period(plan: "Plan", result: "CheckResult", text: str | None, kind: str) -> "Period":
    """The period asked for; else June or December for the documents of those, else the latest in the data."""
    from mzplan.bulletin import KIND_ZH
    from mzplan.period import Period

    latest = result.ledger.latest_period() or plan.periods[0]
    given = resolve_period(plan, text)
    if kind not in LAST_MONTH:
        return given or latest
    period = given or Period(plan.year, LAST_MONTH[kind])
    if latest < period:
        name = next(words for known, words in KIND_ZH.items() if known == kind)
        raise InputError(_SHORT.format(latest=latest, period=period, kind=name))
    return period


def _gather(plan: "Plan", result: "CheckResult", period: "Period", lights: str | None, *, rank: bool) -> "Material":
    from mzplan.bulletin import gather
    from mzplan.plan.lights import DEFAULT, preset_named

    return gather(plan, result.ledger, period, preset_named(plan, lights or DEFAULT), rank=rank)


def _errors(result: "CheckResult") -> list[str]:
    """The file of each error, in the order of the report."""
    return [finding.location.path for finding in result.diagnostics]


def _refuse(result: "CheckResult") -> None:
    errors = _errors(result)
    files = list(dict.fromkeys(errors))
    named = "、".join(show(path) for path in files[:_FILES_NAMED])
    more = f"等 {len(files)} 个文件" if len(files) > _FILES_NAMED else ""
    warn(_REFUSED.format(count=len(errors), files=named + more))
    raise typer.Exit(1)


def _write(
    material: "Material", request: "Request", format_name: str, template: Path | None, output: Path | None
) -> None:
    from mzplan.render.summary import FORMATS

    bulletin = material.write(request)
    if template is not None:
        from mzplan.render.summary.template import SOURCE_LIMIT, render_template

        source = _decoded(_read(template, SOURCE_LIMIT), template)
        emit(render_template(bulletin, str(template), source), output)
        return
    rendered = FORMATS[format_name](bulletin)
    if isinstance(rendered, str) and format_name in UTF_8 and not is_terminal():
        rendered = rendered.encode()
    emit(rendered, output)


def _verify(path: Path, material: "Material", format_name: str, output: Path | None) -> None:
    """Exit 1 when a figure, a list, a share or a claim in the draft is wrong."""
    from mzplan.bulletin.verify import verify
    from mzplan.bulletin.verify.draft import LIMIT
    from mzplan.diagnostics import Severity
    from mzplan.render.summary.verification import FORMATS

    report = verify(str(path), _read(path, LIMIT), material.facts, material.trace)
    if report.written_for is not None:
        now = material.facts.period
        warn(_OTHER_PERIOD.format(said=report.written_for, now=now))
    text = FORMATS[format_name](str(path), report)
    emit(text.encode() if format_name == "json" and not is_terminal() else text, output)
    if any(finding.severity is Severity.ERROR for finding in report.findings):
        raise typer.Exit(1)


def _read(path: Path, limit: int) -> bytes:
    """A whole regular file; InputError when there is none or it is larger than the limit."""
    from mzplan.reading.files import FileError, open_regular, system_reason

    try:
        with open_regular(path, limit) as stream:
            return stream.read(limit + 1)
    except FileError as error:
        reason = error.reason
    except OSError as error:
        reason = system_reason(error)
    raise InputError(_UNREADABLE.format(path=show(str(path), 4096), reason=show(reason)))


def _decoded(source: bytes, path: Path) -> str:
    from mzplan.bulletin.verify.draft import decoded

    try:
        return decoded(source).replace("\r\n", "\n")
    except InputError:
        raise InputError(f"模板 {show(str(path), 4096)} 不是文本文件。请存为 UTF-8。") from None
