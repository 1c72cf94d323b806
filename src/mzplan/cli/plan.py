"""`mzplan plan`: shows the plan, validates plan files, prints their JSON Schema."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from mzplan.cli import options, telling
from mzplan.cli.choices import format_of
from mzplan.cli.elsewhere import no_command
from mzplan.cli.language import known_in
from mzplan.cli.options import BY_SCREEN, format_option, path_option, query_of
from mzplan.cli.parser import ChineseCommand, ChineseGroup
from mzplan.cli.project import contents, load_named, plan_choice, plan_place
from mzplan.cli.terminal import CANNOT_RUN, FINDINGS, emit, emit_data, look, present, usual_format
from mzplan.cli.terminal import telling as in_words
from mzplan.diagnostics import Diagnostic, InputError, Severity, errors_of, quoted, show
from mzplan.plan.choice import plans_in, refuse_twice, shelf_of
from mzplan.plan.load import finding_line, read_plan
from mzplan.plan.model import Plan, Task
from mzplan.reading.files import absolute
from mzplan.render.guard import inert
from mzplan.render.layout import Look
from mzplan.render.plan import FORMATS, Excerpt, size_text
from mzplan.said import listed, say

SCHEMA = Path(__file__).parents[1] / "schemas" / "plan.schema.json"

CHECK_FORMATS = ("text", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson")

_FILE_MEANT = "要校验文件用 mzplan plan check {name}，要显示它用 mzplan plan --plan {name}。"
_SHOWN_AS_IS = "显示计划就写 mzplan plan；子命令有 {commands}。"
_AT_ODDS = "× {path}：计划可用，与原文 {document} 有 {errors} 处不符，{warnings} 个警告。"


class _PlanGroup(ChineseGroup):
    """Says what to do with a file that stands where a subcommand belongs."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        commands = self.list_commands(ctx)
        if args[0] not in commands:
            is_file = Path(args[0]).suffix or Path(args[0]).exists()
            hint = _FILE_MEANT if is_file else _SHOWN_AS_IS
            said = say(hint, name=quoted(args[0]), commands=listed(commands))
            raise InputError(no_command(args[0], commands, "mzplan plan", said))
        return super().resolve_command(ctx, args)


app = typer.Typer(cls=_PlanGroup, add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def command(
    context: typer.Context,
    area: options.Areas = None,
    task: options.Tasks = None,
    lead: options.Leads = None,
    format_: Annotated[str | None, format_option(FORMATS, BY_SCREEN)] = None,
    plan: options.Plan = None,
    output: options.Output = None,
) -> None:
    """显示计划：行动、任务，每项指标的目标、对象、期限、进度安排和填报单位。

    mzplan plan check 校验计划文件，mzplan plan schema 输出供编辑器用的 JSON Schema。

    用法示例：mzplan plan --area 2    mzplan plan check plan/2023.yaml
    """
    if context.invoked_subcommand is not None:
        context.obj = plan
        return
    name = format_of(format_, FORMATS, output, usual_format(output))
    loaded, _ = load_named(plan)
    tasks = _tasks(loaded, area, task, lead)
    if not tasks:
        raise InputError("指定的范围里没有任务：行动、任务和处室对不上。")
    present(Excerpt(loaded, tasks), FORMATS, name, output)


@app.command(cls=ChineseCommand)
def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="计划文件，可给多个；默认为项目的全部计划，给出 --document 时为当前的那份。",
            readable=False,
        ),
    ] = None,
    document: Annotated[
        Path | None, path_option("--document", help="计划所依据的文件（.txt、.md、.html、.docx）：逐句、逐数核对。")
    ] = None,
    format_: Annotated[str | None, format_option(CHECK_FORMATS)] = None,
    output: options.Output = None,
) -> None:
    """校验计划文件和它的分解表：一次列出全部问题，每条有位置和改法。

    --document 再与原文核对：每项指标摘的话要在原文里、在它的任务下面；原文里的每个数要有指标认领，或在计划的
    not_targets 里说明。原文是 .docx 的，位置是第几段。

    没有错误时退出码为 0（警告不算），有错误为 2：计划不对，别的命令都不能运行；只是与原文不符的为 1。

    用法示例：mzplan plan check plan/2023.yaml    mzplan plan check --document 工作要点.docx
    """
    name = format_of(format_, CHECK_FORMATS, output, "text")
    wording = None
    if document is not None:
        from mzplan.bulletin.verify.draft import LIMIT, read_draft  # whatever a draft may be: that takes time to load
        from mzplan.plan.document_text import Wording  # likewise

        blocks = read_draft(document.name, contents(document, LIMIT))
        wording = Wording(str(document), [(block.text, block.places) for block in blocks])
    chosen: dict[str, Path] = {}
    for path in files or _plans(context.obj, document):
        chosen.setdefault(absolute(path), path)
    read = [(path, *read_plan(path, wording)) for path in chosen.values()]
    for path in chosen.values():
        known_in(path)
    findings = [finding for _, _, found in read for finding in found]
    if name == "text":
        emit("".join(_verdict(path, plan, found, document, look(output)) for path, plan, found in read), output)
    else:
        paths = {str(path) for path, _, _ in read} | {finding.location.path for finding in findings}
        telling.tell(name, telling.report_of(findings, sorted(paths), None), output)
    if any(plan is None for _, plan, _ in read):
        raise typer.Exit(CANNOT_RUN)  # nothing can be run with a plan that is wrong
    if errors_of(findings):
        raise typer.Exit(FINDINGS)


def _plans(given: Path | None, document: Path | None) -> Sequence[Path]:
    """All plans of the folder, also such as cannot be read; with a document the one that is in use.

    InputError when two are of one year: then nobody knows which is meant.
    """
    place = plan_place(given)
    if document is not None or not place.is_dir():
        return [plan_choice(given).path]
    found = plans_in(place)
    if len(found) > 1:
        refuse_twice(shelf_of(place))
    return found


@app.command(cls=ChineseCommand)
def schema(output: options.Output = None) -> None:
    """输出计划文件的 JSON Schema，供编辑器补全和提示。

    在计划文件第一行写 # yaml-language-server: $schema=<路径>，支持 YAML 的编辑器即可使用。

    用法示例：mzplan plan schema --output plan.schema.json
    """
    format_of(None, ("json",), output, "json")
    emit_data(SCHEMA.read_text(encoding="utf-8"), output)


def _tasks(plan: Plan, areas: list[str] | None, tasks: list[str] | None, leads: list[str] | None) -> list[Task]:
    """The tasks of the areas and of the numbers asked for, with what those offices lead; all when nothing is."""
    wanted = query_of(plan, None, areas, tasks, leads)
    chosen = [
        task
        for task in plan.tasks
        if (not wanted.areas or task.area in wanted.areas) and (not wanted.tasks or task.number in wanted.tasks)
    ]
    if not wanted.leads:
        return chosen
    led = [task._replace(indicators=tuple(filter(wanted.wants, task.indicators))) for task in chosen]
    return [task for task in led if task.indicators]


def _verdict(path: Path, plan: Plan | None, findings: list[Diagnostic], document: Path | None, here: Look) -> str:
    """The findings about one plan, a line each, and a line that sums them up."""
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    errors = len(findings) - warnings
    shown, beside = show(str(path), 400), show(str(document or ""), 400)
    if plan is None:
        last = say("× {path}：{errors} 个错误，{warnings} 个警告。", path=shown, errors=errors, warnings=warnings)
    elif errors:
        last = say(_AT_ODDS, path=shown, document=beside, errors=errors, warnings=warnings)
    else:
        last = say(
            "√ {path}：{size}、{indicators} 项指标、{units} 个填报单位{regions}、{parts} 个分解数{agrees}{warnings}",
            path=shown,
            size=size_text(plan, plan.tasks),
            indicators=len(plan.indicators),
            units=len(plan.reporting_units),
            regions=say("、{count} 个地区", count=len(plan.regions)) if plan.regions else "",
            parts=sum(map(len, plan.parts.values())),
            agrees=say("，与原文 {document} 相符", document=beside) if document else "",
            warnings=say("，{count} 个警告。", count=warnings) if warnings else "，没有发现问题。",
        )
    lines = map(in_words(), (*map(finding_line, findings), last))
    return inert("".join(f"{part}\n" for line in lines for part in here.hung(line, 4)))
