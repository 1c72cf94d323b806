"""`mzplan template`: the forms that clerks fill in, one to the screen or a file, or many to a folder."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from mzplan.cli import options
from mzplan.cli.choices import format_of
from mzplan.cli.loading import load_checked, warn_of_left_out, wrong_in
from mzplan.cli.options import format_option, path_option, word_option
from mzplan.cli.overwriting import AMONG_DATA, FORCE, kept_for, refuse_to_overwrite
from mzplan.cli.project import data_paths, has_data, load_named, project_root, resolve_period
from mzplan.cli.terminal import emit_data, emit_together, must_not_be_shown, warn
from mzplan.diagnostics import InputError, show
from mzplan.period import Period
from mzplan.plan.lookup import find_unit
from mzplan.plan.model import Plan, ReportingUnit
from mzplan.reading.files import from_here, location_in, open_regular
from mzplan.render.form import FORMATS
from mzplan.render.formats import SUFFIXES
from mzplan.said import listed, say
from mzplan.submissions.blank_form import Form, blank_form
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import Names
from mzplan.submissions.opening import said_on
from mzplan.submissions.places import REPORTS, is_period, place_at
from mzplan.submissions.sources import data_homes, spot_of

_NEEDS_FOLDER = "几个单位的填报表要写到文件夹里，请加 --output forms/。"
_NO_FOLDER = "{path} 像是一个文件；几个单位的填报表要写到文件夹里，请写成 --output forms/ 的样子。"
_WRITTEN = "已写入 {path}：{unit} {period}，{count} 项指标。"
_ALL_WRITTEN = "已写入 {folder}：{period} 的填报表 {count} 份，共 {rows} 项指标。"
_BESIDE = (
    "{path} 已经在那里（{what}）：旁边再写一份{unit}的空白表，就不知道以哪一份为准。请写到别处；确要写，请加 --force。"
)
_ELSEWHERE = "{path} 填好了也不会算作{unit} {period} 的报表。请写到 {folder}/ 里；确要写，请加 --force。"


def command(
    units: Annotated[
        list[str] | None, word_option("--unit", "-u", help="填报单位的名称、代码或简称，例如 义乌市；可给多个。")
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help="全部填报单位，每个单位一份。")] = False,
    period: Annotated[
        str | None, word_option("--period", "-p", help="报告期 YYYY-MM；默认取数据中最近一期的下一个月。")
    ] = None,
    format_: Annotated[
        str | None, format_option(FORMATS, "默认看扩展名，写到文件夹的默认 xlsx，其余默认 csv。")
    ] = None,
    plan: options.Plan = None,
    data: options.Data = None,
    output: Annotated[
        str | None,
        path_option(
            "--output",
            "-o",
            metavar="FILE|FOLDER",
            help="写入该文件，或该文件夹下的 <单位 id>.xlsx（全部写成或都不动）；默认写到屏幕。",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=FORCE)] = False,
) -> None:
    """生成填报单位的空白填报表：Excel 工作簿（有填报说明，填错当场提示），或 CSV。

    只列该单位该月应报的指标，附目标及其依据、上次填报的数、填报口径。填好后存为 data/<报告期>/ 下的 <单位 id>.xlsx 或
    <单位 id>.csv，用 mzplan check 校验。

    用法示例：mzplan template --all --period 2023-10 --output forms/
    """
    if everyone and units:
        raise InputError("--all 与 --unit 只能用一个。")
    if not everyone and not units:
        raise InputError("请用 --unit 指定填报单位，或用 --all 生成全部单位的填报表。")
    is_many = everyone or len(units or ()) > 1
    folder = output if output is not None and _is_folder(output, is_many=is_many) else None
    if is_many and folder is None:
        raise InputError(_NEEDS_FOLDER if output is None else say(_NO_FOLDER, path=show(output)))
    file = Path(output) if output is not None and folder is None else None
    format_name = format_of(format_, FORMATS, file, "csv" if folder is None else "xlsx")
    if format_name == "xlsx" and output is None:
        must_not_be_shown(format_name, "填报表.xlsx")
    loaded, ledger = _loaded(plan, data, period)
    latest = ledger.latest_period()
    chosen = resolve_period(loaded, period) or (latest.shift(1) if latest and latest.month < 12 else loaded.periods[0])
    named = loaded.units if everyone else dict.fromkeys(find_unit(loaded, unit).id for unit in units or ())
    forms = [_form(loaded, ledger, loaded.units[unit], chosen, may_be_empty=everyone) for unit in named]
    if file is not None and not force:
        _refuse_elsewhere(file, forms[0], data)
        _refuse_beside(file, forms[0])
    if folder is None:
        emit_data(FORMATS[format_name](forms[0]), file)
    else:
        _write([form for form in forms if form.rows], format_name, folder, data, force=force)
    if output is not None:
        _tell(forms, output, chosen)


def _is_folder(output: str, *, is_many: bool) -> bool:
    """Whether a folder is meant: one that is there, a name with a slash at its end, or for many any without suffix."""
    separators = tuple(filter(None, (os.sep, os.altsep)))
    return Path(output).is_dir() or output.endswith(separators) or (is_many and not Path(output).suffix)


def _loaded(plan: Path | None, data: list[Path] | None, period: str | None) -> tuple[Plan, Ledger]:
    """The plan, and what has been reported so far, if anything."""
    if has_data(data):
        loaded, result = load_checked(plan, data, period, newest=True)
        warn_of_left_out(wrong_in(result))
        return loaded, result.ledger
    loaded, _ = load_named(plan, period)
    return loaded, Ledger(loaded)


def _form(plan: Plan, ledger: Ledger, unit: ReportingUnit, period: Period, *, may_be_empty: bool) -> Form:
    form = blank_form(plan, ledger, unit, period, lambda path, lines: said_on(partial(open_regular, path), lines))
    if not form.rows and not may_be_empty:
        raise InputError(say("{unit} {period} 没有应报的指标。", unit=show(unit.name), period=period))
    return form


def _refuse_elsewhere(path: Path, form: Form, data: list[Path] | None) -> None:
    """InputError where a form would lie among the data, but not as the report of its unit and month."""
    homes = data_homes(project_root(), data_paths(data) if has_data(data) else (), [path])
    spot = spot_of(str(path), homes)
    if spot is None or not spot.is_data:
        return
    place = place_at(Names(form.plan), spot)
    if not place.counts or place.key != (form.unit.id, form.period):
        home = next(home for home in homes if location_in(home, path) is not None)
        folder = from_here(Path(home, str(form.period)))
        names = {"path": show(str(path), 4096), "unit": show(form.unit.name), "folder": show(folder, 4096)}
        raise InputError(say(_ELSEWHERE, period=form.period, **names))


def _refuse_beside(path: Path, form: Form) -> None:
    """InputError where a form would lie beside a report of the same unit in a month's folder, whatever that is called.

    The plan's data are such folders: of two files there for one unit and month none might count.
    """
    if not is_period(path.parent.name) or not path.parent.is_dir():
        return
    names = Names(form.plan)
    for other in sorted(path.parent.iterdir()):
        is_report = other.suffix.lower() in REPORTS and names.unit(other.stem).id == form.unit.id
        if is_report and other.name != path.name and (what := kept_for(other)):
            raise InputError(say(_BESIDE, path=show(str(other), 4096), unit=show(form.unit.name), what=what))


def _write(forms: Sequence[Form], format_name: str, folder: str, data: list[Path] | None, *, force: bool) -> None:
    """Every form under its unit's id; nothing unless all of them may be written."""
    (suffix,) = SUFFIXES[format_name]
    files = {Path(folder, form.unit.id + suffix): form for form in forms}
    for path, form in files.items():
        if not force:
            _refuse_elsewhere(path, form, data)
        refuse_to_overwrite(path, force=force, makes=AMONG_DATA)
        if not force:
            _refuse_beside(path, form)
    emit_together({path: FORMATS[format_name](form) for path, form in files.items()})


def _tell(forms: Sequence[Form], output: str, period: Period) -> None:
    """What has been written, and who has nothing to fill in."""
    rows = sum(len(form.rows) for form in forms)
    if len(forms) == 1:
        warn(say(_WRITTEN, path=show(output), unit=show(forms[0].unit.name), period=period, count=rows))
        return
    idle = [form.unit.name for form in forms if not form.rows]
    told = say(_ALL_WRITTEN, folder=show(output), period=period, count=len(forms) - len(idle), rows=rows)
    warn(listed((told, say("没有应报指标的：{names}。", names=listed(map(show, idle)))), "") if idle else told)
