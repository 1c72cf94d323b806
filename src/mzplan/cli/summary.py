"""`mzplan summary`: the bulletin in official Chinese, and the verification of one that people have edited."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mzplan.bulletin import EVERY, KINDS, LAST_MONTH, Kind, Material, Request, demand_month, gather
from mzplan.bulletin.model import Ref
from mzplan.bulletin.office import LIMIT, read_office
from mzplan.bulletin.phrases import LISTED
from mzplan.check.run import CheckResult
from mzplan.cli import engine, options
from mzplan.cli.choices import format_of
from mzplan.cli.language import asked_for
from mzplan.cli.loading import doubtful, left_out, load_checked, period_of, warn_of_left_out, wrong_in
from mzplan.cli.options import format_option, path_option, query_of, word_option
from mzplan.cli.project import contents, resolve_period
from mzplan.cli.terminal import FINDINGS, emit_data, present, warn
from mzplan.diagnostics import Diagnostic, InputError, errors_of, show
from mzplan.period import Period
from mzplan.plan.lights import DEFAULT, preset_named
from mzplan.plan.lookup import one_of
from mzplan.plan.model import Plan
from mzplan.plan.unit_lists import units_told
from mzplan.reading.text import decoded
from mzplan.render.status.build import left_out_names
from mzplan.render.summary import FORMATS
from mzplan.render.summary.template import SOURCE_LIMIT, render_template
from mzplan.said import first_of, listed, say
from mzplan.views.query import Query

if TYPE_CHECKING:
    from mzplan.cli.verifying import Draft


_REFUSED = (
    "数据有 {count} 个错误：{files}。正式文稿不能依据未通过校验的数据。\n"
    "请先用 mzplan check 查看并更正；确要先看草稿，请加 --draft，标题会注明“草稿”，有错误的数据行不计入。"
)
_NOT_TO_REGION = (
    "文稿写给全市或一个填报单位：{region} 是地区，没有它的文稿。请用 --unit 给它的下级单位各写一份：{units}。"
)
_DATE = "{text} 不是日期。请写成 YYYY-MM-DD，例如 {year}-10-15。"
_TOO_EARLY = "成文日期 {date} 早于报告期 {period} 结束，写不出这时还没有的数字。请改 --date，或用 --period 写早一期的。"
_SILENT = (
    "{period} 应报的 {owing} 家单位中有 {none} 家未报{names}，写不了正式文稿。\n"
    "{remedy}；确要先看草稿（催报单也一样），请加 --draft，标题会注明“草稿”。"
)
_SEND = "还没有任何报表：先用 mzplan template 生成填报表发给各单位，收回的用 mzplan collect 归档"
_EARLIER = "，或用 --period 写早一期的"

_LETTER, _PROGRESS = "给该单位的反馈函；只催这家的，改成 --kind reminder", "这部分的进展"
_NOT_OF = "{option} 不能与 --kind {kind} 同用：去掉 --kind，写的就是{document}。"
_LED, _LED_ALL = "{leads}负责的{whole}", "工作"

_NAMED = tuple(kind for kind in KINDS if kind not in ("unit", "area"))
"""The kinds to choose from: a unit's letter and an area's progress are asked for by --unit and --area."""


def command(
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            "-k",
            metavar="KIND",
            help="文种：bulletin 月度通报（默认）、brief 简报、half-year 半年、annual 全年、reminder 催报单；"
            "area 领域进展、unit 反馈函由 --area、--unit 决定，可不写。",
            autocompletion=lambda: list(_NAMED),
        ),
    ] = None,
    unit: Annotated[
        list[str] | None, word_option("--unit", "-u", help="给该单位的反馈函；与 --kind reminder 同用则只催该单位。")
    ] = None,
    area: options.Areas = None,
    task: options.Tasks = None,
    lead: options.Leads = None,
    format_: Annotated[
        str | None, format_option(FORMATS, "xlsx 只有附表；默认 text，写文件看扩展名。核对时为 text、json、github。")
    ] = None,
    template: Annotated[
        Path | None, path_option("--template", help="按本单位自己的版式（Jinja2 模板）生成，见 mzplan help summary。")
    ] = None,
    verify: Annotated[
        Path | None,
        path_option("--verify", metavar="DRAFT", help="核对改过的文稿（.md、.txt、.html、.docx）：逐句与数据对照。"),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="与 --verify 同用：有未核对的句子也退出 1。")] = False,
    office: Annotated[
        Path | None,
        path_option("--office", help="版头版记（YAML）：发文机关、文号、主送、联系人等，见 mzplan help summary。"),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="作草稿：标题注明“草稿”，数据有错误也生成。")] = False,
    dated: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="成文日期；不写则不印。")] = None,
    no_rank: options.NoRank = False,
    period: options.Period = None,
    lights: options.Lights = None,
    plan: options.Plan = None,
    data: options.Data = None,
    output: options.Output = None,
    engine_: engine.Name = "auto",
    memory: engine.Memory = None,
    master: engine.Master = None,
) -> None:
    """按数据生成公文式通报、简报、反馈函、催报单，或核对改过的文稿。

    同样的计划和数据总是生成同样的文稿；数据有错误时不生成，除非加 --draft。

    用法示例：mzplan summary --output 通报.docx    mzplan summary --unit 义乌市    mzplan summary --verify 通报.docx
    """
    if asked_for() == "en":
        warn("通报类文稿和核稿的结果只有中文，--lang en 只用于说明、提示和错误信息。")
    named = _kind(kind) if kind else None
    format_name = _format(format_, output if template is None else None, verifying=verify is not None)
    edited = None if verify is None else _read(verify)
    asked = period or (str(edited.period) if edited and edited.period else None)

    def requested(of: Plan) -> Request:
        return _request(of, named, query_of(of, unit, area, task, lead), draft=draft, dated=dated)

    reader = engine.engine_of(engine_, memory, master)
    loaded, result = load_checked(plan, data, asked, engine=reader, asked=requested)
    if period is None and edited is not None and not edited.is_known(result.ledger):
        asked = None  # its figures are told to be of another month
    query = query_of(loaded, unit, area, task, lead)
    request = requested(loaded)
    if office is not None:
        request = replace(request, office=read_office(contents(office, LIMIT), str(office), loaded, request.dated))
    at = _period(loaded, result, asked, request.kind, may_be_empty=draft or verify is None or period is not None)
    within, about = _within(loaded, query)
    request = replace(request, area=about)
    material = gather(within, result.ledger, at, preset_named(loaded, lights or DEFAULT), rank=not no_rank)
    if edited is not None:
        raise typer.Exit(edited.verify(material, request, format_name, output, strict=strict))
    if not draft:
        if not wrong_in(result):  # a folder of nothing says less than who owes it
            _demand_reports(material, request.kind)
        if wrong := errors_of(result.diagnostics):
            _refuse(wrong)
    else:
        warn_of_left_out(wrong_in(result))
    if dated is not None:
        _demand_end(dated, at)
    if doubts := doubtful(loaded, result, at):
        warn(doubts)
    _write(material, request, format_name, template, output)


def _read(path: Path) -> "Draft":
    from mzplan.cli.verifying import read  # a command of its own in all but name: its grammar takes time to load

    return read(path)


def _kind(name: str) -> Kind:
    return next(
        kind for kind in KINDS if kind == (name if name in KINDS else one_of(name, _NAMED, "没有文种 {text}。{hint}"))
    )


def _format(name: str | None, output: Path | None, *, verifying: bool) -> str:
    """The format: as asked for, else by the file's suffix, else text."""
    if verifying:
        from mzplan.render.summary.verification import FORMATS as VERIFYING  # as above

        return format_of(name, VERIFYING, output, "text", "没有核对结果的格式 {text}。{hint}")
    return format_of(name, FORMATS, output, "text")


def _request(plan: Plan, named: Kind | None, query: Query, *, draft: bool, dated: str | None) -> Request:
    if dated is not None:
        try:
            if date.fromisoformat(dated).isoformat() != dated:
                raise ValueError(dated)
        except ValueError:
            raise InputError(say(_DATE, text=show(dated), year=plan.year)) from None
    if len(query.units) > 1:
        raise InputError("--unit 一次只能给一个单位：一份文稿只写给一家。")
    unit = query.units[0] if query.units else None
    if unit is not None and unit in plan.members:
        region = show(plan.units_and_regions[unit].name)
        raise InputError(say(_NOT_TO_REGION, region=region, units=units_told(plan, plan.members[unit])))
    given = {"--area": query.areas, "--task": query.tasks, "--lead": query.leads}
    part = next((option for option, values in given.items() if values), "")
    if unit and part:
        raise InputError(say("{option} 不能与 --unit 同用：反馈函写这家的全部工作。去掉其中一个。", option=part))
    if unit and named not in (None, "unit", "reminder"):
        raise InputError(say(_NOT_OF, option="--unit", kind=named, document=_LETTER))
    if part and named not in (None, "area"):
        raise InputError(say(_NOT_OF, option=part, kind=named, document=_PROGRESS))
    if named == "unit" and query.units == (None,):
        named = "bulletin"
    kind = named or ("unit" if unit else "area" if part else "bulletin")
    return Request(kind=kind, unit=unit or "", draft=draft, dated=dated or "")


def _within(plan: Plan, query: Query) -> tuple[Plan, int | None]:
    """The plan that the document speaks of, and the number of its area that it is about."""
    if not query.picks:
        return plan, EVERY
    if len(query.areas) == 1 and not (query.tasks or query.leads):
        return plan, query.areas[0]
    areas: dict[int | None, str] = {area.number: area.name for area in plan.action_areas}
    areas[None] = plan.safeguards_name
    tasks = [task.name for task in plan.tasks if task.number in query.tasks]
    whole = listed(tasks or [name for number, name in areas.items() if number in query.areas])
    name = say(_LED, leads=listed(query.leads), whole=whole or _LED_ALL) if query.leads else whole
    within = plan.narrowed(name, query.wants)
    if not within.indicators:
        raise InputError(say("{name}中没有指标，没有可写的内容。", name=show(name)))
    return within, within.action_areas[0].number


def _period(plan: Plan, result: CheckResult, text: str | None, kind: Kind, *, may_be_empty: bool) -> Period:
    """The period asked for; else June or December for the documents of those, else the usual one."""
    if kind in LAST_MONTH:
        period = resolve_period(plan, text) or Period(plan.year, LAST_MONTH[kind])
        demand_month(kind, period)
        text = str(period)
    return period_of(plan, result, text, may_be_empty=may_be_empty)


def _demand_reports(material: Material, kind: Kind) -> None:
    """Refuse a document of nothing: a period that nobody, or less than half of those that owe, has reported."""
    facts = material.facts
    if facts.is_silent:
        owing, silent = len(facts.reporters("all")), facts.members(Ref("reporters", "none"))
        names = say("（{names}）", names=first_of(silent, LISTED, "{names}等")) if len(silent) < owing else ""
        latest = facts.ledger.latest_period()
        until = say("，已有数据到 {latest}", latest=latest) if latest not in (None, facts.period) else ""
        earlier = _EARLIER if latest is not None and facts.earlier and kind not in LAST_MONTH else ""
        refused = say(
            _SILENT,
            period=facts.period,
            owing=owing,
            none=len(silent),
            names=listed((names, until), ""),
            remedy=say("请催报、补齐数据{earlier}", earlier=earlier) if latest is not None else _SEND,
        )
        raise InputError(refused)


def _demand_end(dated: str, period: Period) -> None:
    """Refuse a date on which the period had not ended."""
    if date.fromisoformat(dated) < date(period.year, period.month, monthrange(period.year, period.month)[1]):
        raise InputError(say(_TOO_EARLY, date=dated, period=period))


def _refuse(wrong: Sequence[Diagnostic]) -> None:
    errors = sum(len(finding.lines or (0,)) for finding in wrong)
    warn(say(_REFUSED, count=errors, files=left_out_names(left_out(wrong))))
    raise typer.Exit(FINDINGS)


def _write(material: Material, request: Request, format_name: str, template: Path | None, output: Path | None) -> None:
    bulletin = material.write(request)
    if template is None:
        present(bulletin, FORMATS, format_name, output, is_chinese=True)
        return
    source = decoded(contents(template, SOURCE_LIMIT))
    if source is None or "\0" in source:
        raise InputError(say("模板 {path} 不是文本文件。请存为 UTF-8。", path=show(str(template), 4096)))
    emit_data(render_template(bulletin, str(template), source.replace("\r\n", "\n")), output)
