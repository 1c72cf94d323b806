"""`mzplan sql`: the statement that takes the figures of sound files, for those who have a warehouse."""

from pathlib import Path
from typing import Annotated

import typer

from mzplan.cli import options
from mzplan.cli.options import path_option
from mzplan.cli.overwriting import FORCE, refuse_to_overwrite
from mzplan.cli.project import load_named
from mzplan.cli.terminal import emit_data, emit_together
from mzplan.diagnostics import InputError, installing, show
from mzplan.engine.relations import relations
from mzplan.engine.statement import DIALECTS, statement, tables
from mzplan.said import listed, say
from mzplan.submissions.names import Names

_MISSING = "mzplan sql 需要 sqlglot。请运行：{command}"
_STATEMENT = "statement.sql"
_BEGINS = "CREATE TABLE lines (file INT, text "
"""How the statement begins in every dialect."""


def command(
    dialect: Annotated[
        str,
        typer.Option(
            "--dialect",
            metavar="DIALECT",
            help="哪种数据库的写法：duckdb（默认）、spark、postgres。",
            show_default=False,
            autocompletion=lambda: list(DIALECTS),
        ),
    ] = "duckdb",
    plan: options.Plan = None,
    output: Annotated[
        Path | None,
        path_option(
            "--output", "-o", metavar="FOLDER", help="连同由计划得出的各表（CSV）写入该文件夹；默认只显示语句。"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=FORCE)] = False,
) -> None:
    """给有数据仓库的人：一条 SQL 语句，取出没有问题的报表里的数。

    各表由计划得出；lines、files 两表是报表的各行和各个文件，由您装入。没有取出的文件用 mzplan check 查看。

    用法示例：mzplan sql --dialect spark --output warehouse/
    """
    if dialect not in DIALECTS:
        raise InputError(say("没有写法“{name}”。可用的有 {known}。", name=show(dialect), known=listed(DIALECTS)))
    loaded, _ = load_named(plan, None)
    found = relations(loaded, Names(loaded))
    try:
        text = f"{tables(found, dialect)}\n{statement(dialect)}"
    except ImportError:
        raise InputError(say(_MISSING, command=installing("duckdb"))) from None
    if output is None:
        emit_data(text)
        return
    texts = {_STATEMENT: text, **{f"{name}.csv": one.as_csv() for name, one in found.items()}}
    begins = {name: text.partition("\n")[0] + "\n" for name, text in texts.items()} | {_STATEMENT: _BEGINS}
    for name in texts:
        refuse_to_overwrite(output / name, force=force, begins=begins[name])
    emit_together({output / name: text.encode() for name, text in texts.items()})
