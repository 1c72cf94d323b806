"""`--engine`, `--memory` and `--master`: who reads the files, of the commands that read many."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Annotated

import typer

from mzplan.check.engines import DATABASES, Engine
from mzplan.cli.terminal import warn
from mzplan.diagnostics import InputError, show
from mzplan.engine import ENGINES
from mzplan.engine.hadoop import mirrored
from mzplan.engine.sound import Means, require
from mzplan.reading.files import StrPath
from mzplan.said import listed, say
from mzplan.submissions.mirror import Address

_SIZE = re.compile(r"(?a:[1-9]\d{0,5})(?:MB|GB|TB|MiB|GiB|TiB)", re.IGNORECASE)

Name = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="ENGINE",
        help="由谁读文件，结果相同：auto（默认）数据多而且装有 DuckDB 时用它，python，duckdb，spark。",
        show_default=False,
        autocompletion=lambda: list(ENGINES.items()),
    ),
]
Memory = Annotated[
    str | None,
    typer.Option(
        "--memory",
        metavar="SIZE",
        help="DuckDB 最多用多少内存，例如 2GB，不够时用临时文件；或 Spark 的每个进程最多用多少。",
    ),
]
Master = Annotated[
    str | None,
    typer.Option(
        "--master", metavar="URL", help="Spark 的集群，例如 spark://host:7077；默认按 Spark 的设置，没有就在本机。"
    ),
]


def reached(engine: Engine, paths: Sequence[StrPath]) -> Sequence[StrPath]:
    """The paths, and for addresses that Spark reads the folders that stand for them; InputError where one is not there.

    Whoever looks for files says of an address that is left that it is none.
    """
    if engine.name != "spark" or not any(isinstance(path, Address) for path in paths):
        return paths
    require(DATABASES[engine.name])
    return [mirrored(str(path), engine.means) if isinstance(path, Address) else path for path in paths]


def engine_of(
    name: str = "auto", memory: str | None = None, master: str | None = None, *, is_quiet: bool = False
) -> Engine:
    """The engine that those options mean, which says on stderr when it is not Python; InputError for a wrong word."""
    if name not in ENGINES:
        raise InputError(say("没有引擎“{name}”。可用的有 {known}。", name=show(name), known=listed(ENGINES)))
    if memory is not None and not _SIZE.fullmatch(memory):
        raise InputError(say("--memory 要写成 512MB、2GB 这样，不能是 {memory}。", memory=show(memory)))
    if memory is not None and name == "python":
        raise InputError("--memory 只管 DuckDB 和 Spark，不与 --engine python 同用。")
    if master is not None and name != "spark":
        raise InputError("--master 是 Spark 的集群，只与 --engine spark 同用。")
    means = Means(memory=memory or "", master=master or "")
    return Engine(name, means, (lambda _: None) if is_quiet else cache(warn))
