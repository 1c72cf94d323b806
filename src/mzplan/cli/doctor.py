"""`mzplan doctor`: what the program finds on this computer, for a call to whoever helps."""

import locale
import os
import platform
import shutil
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Annotated

import typer

from mzplan import __version__
from mzplan.check.settings import find_settings
from mzplan.check.waivers import NAME as WAIVERS
from mzplan.cli import options
from mzplan.cli.choices import format_of
from mzplan.cli.deciding import chosen_settings
from mzplan.cli.options import format_option
from mzplan.cli.project import data_paths, from_environment, has_data, load_named, project_root
from mzplan.cli.terminal import (
    BLOCKED,
    CLEAN,
    FINDINGS,
    ambiguous_width,
    code_page,
    is_terminal,
    look,
    present,
    takes_escapes,
    warn,
)
from mzplan.diagnostics import InputError, installing, show
from mzplan.plan import cache
from mzplan.reading.bounds import PLANS, open_own, project_left
from mzplan.reading.files import FileError, StrPath, from_here, may_exist
from mzplan.reading.in_use import is_open
from mzplan.reading.walk import walk_files
from mzplan.render.doctor import FORMATS, Fact
from mzplan.said import listed, say
from mzplan.submissions.sources import DATA, INBOX

NEEDED: Mapping[str, str] = {
    "pydantic_core": "pydantic-core",
    "pydantic": "pydantic",
    "yaml": "PyYAML",
    "rich": "rich",
    "tabulate": "tabulate",
    "typer": "typer",
    "wcwidth": "wcwidth",
}
"""The components without which nothing runs: module and distribution."""
EXTRAS: Mapping[str, tuple[str, str]] = {
    "xlsxwriter": ("xlsxwriter", "excel"),
    "openpyxl": ("openpyxl", "excel"),
    "xlrd": ("xlrd", "excel"),
    "docx": ("python-docx", "docx"),
    "jinja2": ("Jinja2", "template"),
    "duckdb": ("duckdb", "duckdb"),
    "sqlglot": ("sqlglot", "duckdb"),
    "pyspark": ("pyspark", "spark"),
}
"""The components that an extra brings."""

_CACHE_CLOSED = "{folder} 不能写：每次都要重新校验计划，稍慢；检查该文件夹的权限，或设 MZPLAN_NO_CACHE=1。"
_ALL_FREE = "没有"
_CLOSED = "读不了"
_WRONG_PLAN = "计划有错误，别的命令都不能运行：运行 mzplan plan check，按改法改好。"
_OPEN = "{first}：检查路径和权限，连上共享盘，云盘里的先下载到本机。"
_NO_CHINESE = (
    "mzplan: problems found: {problems}. This console ({encoding}) shows no Chinese; "
    "read it in a file: mzplan doctor -o doctor.md"
)
"""In English, since nothing else can be read there."""
_SHOWN = 10


def command(format_: Annotated[str | None, format_option(FORMATS)] = None, output: options.Output = None) -> None:
    """看这台电脑：版本、控制台、盘符、缓存、组件，以及被别的程序打开的文件；有不对的，说怎么办，退出码为 1。

    用法示例：mzplan doctor    mzplan doctor --output 自检.json
    """
    facts = tuple(_facts())
    present(facts, FORMATS, format_of(format_, FORMATS, output, "text"), output)
    problems = sum(bool(fact.remedy) for fact in facts)
    if output is None and not _shows_chinese(encoding := getattr(sys.stdout, "encoding", None) or "ascii"):
        warn(say(_NO_CHINESE, encoding=encoding, problems=problems))
    raise typer.Exit(FINDINGS if problems else CLEAN)


def _shows_chinese(encoding: str) -> bool:
    try:
        return bool(_ALL_FREE.encode(encoding))
    except (UnicodeEncodeError, LookupError):
        return False


def _facts() -> Iterator[Fact]:
    yield Fact("mzplan", "程序", listed((f"mzplan {__version__}", str(Path(__file__).parents[1])), "，"))
    yield Fact("python", "Python", listed((platform.python_version(), sysconfig.get_platform(), sys.executable), "，"))
    yield Fact("system", "系统", _system())
    yield _console()
    page = code_page()
    yield Fact("locale", "代码页", listed((*([str(page)] if page else []), locale.getpreferredencoding(False)), "，"))
    yield Fact("folder", "当前文件夹", _with_real(str(Path.cwd())))
    yield from _project()
    yield _cache()
    for module, name in NEEDED.items():
        yield component(module, name)
    for module, (name, extra) in EXTRAS.items():
        yield component(module, name, extra)
    yield Fact("git", "git", shutil.which("git") or "没有装；只有 impact、check --since 和 init --git 要用")


def _system() -> str:
    """The system and its version, on Windows without its management service, which is the slow or broken one."""
    if sys.platform != "win32":
        return platform.platform()
    return "Windows " + ".".join(map(str, sys.getwindowsversion().platform_version))


def _console() -> Fact:
    here = look(None)
    words = {
        "kind": "屏幕" if is_terminal() else "文件或管道",
        "encoding": getattr(sys.stdout, "encoding", None) or "?",
        "width": say("{count} 列", count=here.width) if here.width else "不限宽度",
        "colour": "能显示颜色" if takes_escapes(sys.stdout) else "不显示颜色",
        "cells": ambiguous_width(None),
    }
    return Fact("console", "控制台", say("{kind}，编码 {encoding}，{width}，{colour}，≥、█ 占 {cells} 格", **words))


def _with_real(path: str) -> str:
    """A folder, and what it really is where a drive or a link stands for it."""
    real = os.path.realpath(path)
    return path if real == path else say("{path}（实为 {real}）", path=path, real=real)


def _project() -> Iterator[Fact]:
    root = project_root()
    yield Fact("project", "项目", root or "不在项目里（没有 plan/ 文件夹）")
    folders: Sequence[Path] = ()
    try:
        folders = data_paths(None) if has_data(None) else ()
        yield Fact("data", "数据", listed(_with_real(str(folder.absolute())) for folder in folders) or _ALL_FREE)
    except InputError as error:
        yield Fact("data", "数据", _CLOSED, error.message)
    if root:
        yield _tried("plan", "所用计划", lambda: load_named(None)[1].path)
        yield _tried("settings", "所用设置", lambda: (chosen_settings(None), find_settings(Path.cwd()) or _ALL_FREE)[1])
    plan = from_environment("MZPLAN_PLAN") or (from_here(Path(root, PLANS)) if root else None)
    data, inbox, waivers = ([from_here(Path(root, name))] if root else [] for name in (DATA, INBOX, WAIVERS))
    places = [str(place) for place in (*folders, plan, *filter(may_exist, inbox)) if place]
    looked_at = [path for place in places for path in ([place] if project_left(place) else walk_files(place))]
    looked_at += filter(may_exist, waivers)
    held = [path for path in looked_at if is_open(path)]
    yield Fact("open_files", "被别的程序打开的文件", _some(held), "在 Excel、WPS 或 Word 里关掉它们。" if held else "")
    refused = ((path, _unreadable(path, is_folder=path in (*data, *inbox))) for path in looked_at)
    closed = [say("{path}（{why}）", path=show(path, 200), why=why) for path, why in refused if why]
    yield Fact("unreadable", "读不了的文件和文件夹", _some(closed), say(_OPEN, first=closed[0]) if closed else "")


def _tried(key: str, what: str, read: Callable[[], StrPath]) -> Fact:
    """What decides about every run, read as every run reads it, and what keeps it from being read."""
    try:
        return Fact(key, what, str(read()))
    except InputError as error:
        return Fact(key, what, _CLOSED, _WRONG_PLAN if error.findings and key == "plan" else error.message)
    except ImportError:  # a component that is blocked, which is told by itself
        return Fact(key, what, _CLOSED)


def _some(paths: Sequence[str]) -> str:
    return listed(show(path, 400) for path in paths[:_SHOWN]) or _ALL_FREE


def _unreadable(path: str, *, is_folder: bool) -> str:
    """Why the file, or what is to be a folder, cannot be read; empty where it can."""
    try:
        open_own(path, sys.maxsize).close()
    except FileError as error:
        return error.reason
    return "不是文件夹" if is_folder else ""


def _cache() -> Fact:
    folder = cache.place()
    if not folder:
        return Fact("cache", "缓存", "不用")
    above = next((each for each in (Path(folder), *Path(folder).parents) if each.exists()), Path(folder))
    closed = not os.access(above, os.W_OK)
    return Fact("cache", "缓存", folder, say(_CACHE_CLOSED, folder=show(folder, 200)) if closed else "")


def component(module: str, name: str, extra: str = "") -> Fact:
    """A component with its version; security software may keep one from being loaded that is there."""
    what = say("组件 {name}", name=name)
    try:
        import_module(module)
        return Fact(module, what, metadata.version(name))
    except ImportError as error:
        if extra and isinstance(error, ModuleNotFoundError):
            return Fact(module, what, say("没有装；要用时 {install}", install=installing(extra)))
        reason = show(str(error), 200)
        return Fact(module, what, reason, say(BLOCKED, name=name, reason=reason))
