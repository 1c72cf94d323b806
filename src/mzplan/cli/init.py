"""`mzplan init`: a project of one's own in a new folder, or next year's plan beside this year's."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from mzplan.check.git import repository_of
from mzplan.cli import options
from mzplan.cli.next_year import write_next_year
from mzplan.cli.options import number_option, path_option
from mzplan.cli.project import contents, shipped
from mzplan.cli.sheets import rows_of
from mzplan.cli.terminal import emit, emit_together, warn
from mzplan.diagnostics import InputError, errors_of, show
from mzplan.plan.load import complaint
from mzplan.plan.model import FIRST_YEAR, LAST_YEAR, OFFICE
from mzplan.plan.starter import NewUnit, listed_units, named_units, reporters, unit_lines
from mzplan.said import listed, say
from mzplan.submissions.places import WORKBOOKS

STARTER = Path(__file__).parents[1] / "starter"

_LARGEST = 1 << 20
"""Bytes of a list of units."""
_TABLES = (".csv", ".tsv", ".txt", *WORKBOOKS)
"""How the name of such a list ends; else units are named."""

_PLACES: Mapping[str, str] = {
    "plan.yaml": "plan/{year}.yaml",
    "README.md": "README.md",
    "data.md": "data/README.md",
    "mzplan.toml": "mzplan.toml",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "gitkeep": "inbox/.gitkeep",
}
"""Where each file of the starter goes."""
_CI: Mapping[str, str] = {
    "github/check-data.yml": ".github/workflows/check-data.yml",
    "gitlab/.gitlab-ci.yml": ".gitlab-ci.yml",
}
"""Where the examples for CI go."""
_CITY = re.compile(r"[\w（）()·](?:[\w（）()· .'’-]{0,28}[\w（）()·.])?")

_NEEDS = (
    '缺少 {missing}。新建项目写成：mzplan init 文件夹 --city 某市 --year 年份 --units "甲县,乙县"；'
    "由今年的计划生成明年的写成：mzplan init --from plan/年份.yaml。"
)
_NOT_WITH_FROM = "{names} 不与 --from 同用：--from 只由一份计划生成另一年的计划。"
_NOT_A_YEAR = "--year {year} 不是计划年度：写 {first} 到 {last} 之间的四位数。"
_NOT_EMPTY = "{folder} 不是空文件夹。换一个名字；确要建在里面，请加 --force（已有的文件不会覆盖）。"
_IN_REPOSITORY = "--git：{folder} 已在 git 仓库 {top} 里，不再新建仓库；去掉 --git 再运行。"
_NOT_COMMITTED = "git 没有成功：{reason}。文件都在；改好后自己运行 git add -A 和 git commit。"
_MADE = """已建立 {folder}：
{files}填报单位（数据文件用前面的 id）：{units}

下一步：
{enter}  改 plan/{year}.yaml，改到 mzplan plan check 不再列出【待改】
  mzplan template --all --period {year}-01 --output forms/
  （工作簿要先装 Excel 组件，怎么装见 mzplan doctor；不装的，加 --format csv）
说明见 {readme}
"""
_UNITS_NAMED = 20


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="新项目的文件夹，不存在的会建立。", readable=False)
    ] = None,
    city: Annotated[str | None, typer.Option("--city", metavar="CITY", help="市名，如 某市。")] = None,
    year: Annotated[
        int | None, number_option("--year", metavar="YYYY", help="计划年度；与 --from 同用时默认下一年。")
    ] = None,
    units: Annotated[
        str | None,
        typer.Option(
            "--units",
            metavar="FILE|UNIT,…",
            help='填报单位："甲县,乙县" 或 "jia=甲县,yi=乙县"；'
            "或表格文件，列为 id、name、aliases、code、kind、parent。",
        ),
    ] = None,
    git: Annotated[bool, typer.Option("--git", help="同时建立 git 仓库并提交。")] = False,
    source: Annotated[
        Path | None, path_option("--from", help="由这份计划生成另一年的计划，放在它旁边；这份计划不动。")
    ] = None,
    data: options.Data = None,
    place: Annotated[
        Path | None, path_option("--output", "-o", help="与 --from 同用：写到这个文件；默认是旁边的 <年份>.yaml。")
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="文件夹不空也建立，已有的文件仍不覆盖；与 --from 同用时，重写已经生成的计划。"),
    ] = False,
) -> None:
    """新建自己的项目：计划（每种指标一例，照着改）、数据文件夹、说明、设置和自动校验。

    单位 id 是数据文件的名字；不写的依次是 unit01、unit02……，市本级是 bureau。

    加 --from 则由今年的计划生成明年的：期限和进度点移到那一年，年中调整过的目标取最后一次的，原话标上“【待改】”，
    基期值空出来、旁边注着今年报的数，分解表只留表头；指标编码、单位、说明照旧，今年的文件不动。

    用法示例：mzplan init 某市民政 --city 某市 --year 2024 --units "甲县,乙县"    mzplan init --from plan/2023.yaml
    """
    founding = {"FOLDER": folder, "--city": city, "--units": units, "--git": git or None}
    if source is not None:
        if given := [name for name, value in founding.items() if value is not None]:
            raise InputError(say(_NOT_WITH_FROM, names=listed(given)))
        write_next_year(source, year, data, place, force=force)
        return
    if given := [name for name, value in {"--data": data or None, "--output": place}.items() if value is not None]:
        raise InputError(say("{names} 只与 --from 同用。", names=listed(given)))
    wanted = {"FOLDER": folder, "--city": city, "--year": year, "--units": units}
    if folder is None or city is None or year is None or units is None:
        missing = listed(name for name, value in wanted.items() if value is None)
        raise InputError(say(_NEEDS, missing=missing))
    city = city.strip()
    _found(folder, city, year, _units(units, f"{city}{OFFICE}"), with_git=git, force=force)


def _units(given: str, office: str) -> Sequence[NewUnit]:
    """The units that `--units` names, or lists in a file."""
    if not _is_list(given):
        return named_units(given, "--units", office)
    return listed_units(rows_of(Path(given), _LARGEST), show(given, 400), office)


def _is_list(given: str) -> bool:
    """Whether a file is meant; many units by name are too long for the name of one."""
    with suppress(OSError):
        return given.lower().endswith(_TABLES) or Path(given).is_file()
    return False


def _found(folder: Path, city: str, year: int, units: Sequence[NewUnit], *, with_git: bool, force: bool) -> None:
    """A new project in that folder; nothing is written unless all of it may be."""
    if not _CITY.fullmatch(city):
        raise InputError(say("{city} 不是市名：只写名称，如 某市。", city=show(city)))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(say(_NOT_A_YEAR, year=year, first=FIRST_YEAR, last=LAST_YEAR))
    files = _files(city, year, units)
    _refuse(folder, files, force=force)
    program = _git_for(folder) if with_git else None
    emit_together({folder / place: data for place, data in files.items()})
    if program is not None:
        _commit(program, folder)
    shown, is_here = show(str(folder), 400), folder.resolve() == Path.cwd()
    emit(
        say(
            _MADE,
            folder=shown,
            year=year,
            files="".join(f"  {place}\n" for place in files),
            units=_named(reporters(units)),
            enter="" if is_here else say("  cd {folder}\n", folder=shown),
            readme=show(str(folder / "README.md"), 400),
        )
    )


def _named(units: Sequence[NewUnit]) -> str:
    """The units with their ids, as far as anybody reads on."""
    names = listed(say("{id} {name}", id=unit.id, name=show(unit.name)) for unit in units[:_UNITS_NAMED])
    return listed((names, say("……共 {count} 个", count=len(units))), "") if len(units) > _UNITS_NAMED else names


def _files(city: str, year: int, units: Sequence[NewUnit]) -> Mapping[str, bytes]:
    """Every file of a new project by its place; InputError when its plan would not be sound."""
    filing = reporters(units)
    kinds = ", ".join(sorted({unit.kind for unit in filing if unit.kind != "bureau"}))
    values = {"city": city, "year": year, "units": unit_lines(units), "reporting": kinds, "first": filing[0].id}
    files = {
        place.format(year=year): Template((STARTER / name).read_text("utf-8")).substitute(values).encode()
        for name, place in _PLACES.items()
    }
    from mzplan.plan.validate import validate  # brings pydantic, which nobody needs who is told what is missing

    plan = next(iter(files))
    findings = validate(plan, files[plan], "", None)[1]
    if errors := errors_of(findings):
        raise InputError(say("--city、--units 写不成计划：{why}", why=complaint(errors)), errors)
    examples = shipped("examples", "docs/examples")
    if examples is not None:
        files |= {place: contents(examples / name, _LARGEST) for name, place in _CI.items()}
    return files


def _refuse(folder: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """InputError where a project must not be put: over files, or unasked among others."""
    shown = show(str(folder), 400)
    if os.path.lexists(folder) and not folder.is_dir():
        raise InputError(say("{folder} 是文件，不是文件夹。", folder=shown))
    if there := [place for place in files if os.path.lexists(folder / place)]:
        raise InputError(say("{folder} 里已有 {names}，不会覆盖，什么也没有写。", folder=shown, names=listed(there)))
    if not force and folder.is_dir() and any(each.name != ".git" for each in folder.iterdir()):
        raise InputError(say(_NOT_EMPTY, folder=shown))


def _git_for(folder: Path) -> str:
    """The git that makes the repository; InputError where there is none, or a repository already."""
    program = shutil.which("git")
    if program is None:
        raise InputError("--git 需要 git，但这台机器上没有安装。")
    if top := repository_of(folder):
        raise InputError(say(_IN_REPOSITORY, folder=show(str(folder), 400), top=show(top, 400)))
    return program


def _commit(program: str, folder: Path) -> None:
    """A repository with all of the new project in its first commit, as the user's own git makes one."""
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Begin")):
        done = subprocess.run(  # noqa: S603  # no shell, and nothing given is among the words
            [program, "-C", folder, *words], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        if done.returncode:
            warn(say(_NOT_COMMITTED, reason=show(done.stderr.strip() or words[0], 400)))
            return
