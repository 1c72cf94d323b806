"""What `mzplan check --annotate` writes: each file with findings as its sender's own workbook, what is wrong marked."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from mzplan.cli.overwriting import refuse_to_overwrite
from mzplan.cli.terminal import emit_together, warn
from mzplan.diagnostics import Diagnostic, InputError, errors_of, installing, show
from mzplan.reading.files import FileError, Obstacle, is_within
from mzplan.reading.flaws import RefusedError
from mzplan.reading.workbook import LIMIT
from mzplan.said import say
from mzplan.submissions.sources import Source

_MISSING = "生成批注副本需要 openpyxl。请运行：{command}"
_WRITTEN = "已写入批注副本 {path}：{errors} 个错误，{warnings} 个警告。"
_EXISTS = "{path} 已经有了。请换一个文件夹；确要覆盖，请加 --force。"


class NoAnnotatorError(InputError):
    """Copies cannot be annotated, since openpyxl is not installed."""


def refuse_annotating(folder: Path | None, homes: Sequence[str]) -> None:
    """InputError before anything is checked when copies are wanted and cannot be written there."""
    if folder is None:
        return
    annotator()
    if folder.exists() and not folder.is_dir():
        raise InputError(say("{folder} 是文件；--annotate 后面写文件夹。", folder=show(str(folder), 4096)))
    real = os.path.realpath(folder)
    if any(is_within(real, home) for home in homes):
        raise InputError(say("{folder} 在数据文件夹里，副本会被当作填报。请写到别处。", folder=show(str(folder), 4096)))


def write_annotated(
    folder: Path | None,
    sources: Sequence[Source],
    findings: Sequence[Diagnostic],
    names: Callable[[str], Mapping[str, str]],
    *,
    force: bool = False,
) -> None:
    """Write a copy of each file with findings, all of them or none; `names` gives the indicators' names by path.

    A file without findings gets none, and without a folder no file does. InputError when a copy would take another
    file's place.
    """
    if folder is None:
        return
    annotated = annotator()
    by_path: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        by_path.setdefault(finding.location.path, []).append(finding)
    named = [source for source in sources if source.path in by_path and source.defect is None]
    files: dict[Path, bytes] = {}
    told: list[str] = []
    for source, name in zip(named, copy_names([source.path for source in named]), strict=True):
        try:
            with source.open() as stream:
                data = stream.read(LIMIT + 1)
        except (FileError, RefusedError):
            continue
        if len(data) > LIMIT:
            too_large = FileError(Obstacle.TOO_LARGE, str(LIMIT))
            warn(say("没有写 {path} 的批注副本：{reason}。", path=show(source.path, 4096), reason=too_large.reason))
            continue
        path, there = folder / name, by_path[source.path]
        refuse_to_overwrite(path, force=force)
        if path.exists() and not force:
            raise InputError(say(_EXISTS, path=show(str(path), 4096)))
        copy = annotated(source.path, data, there, names(source.path))
        files[path] = copy.data
        errors = len(errors_of(there))
        told.append(say(_WRITTEN, path=show(str(path), 4096), errors=errors, warnings=len(there) - errors))
        told += [say("  {lost}", lost=copy.lost)] if copy.lost else []
    if files:
        emit_together(files)
    for line in told or ("没有要批注的文件。",):
        warn(line)


def copy_names(paths: Sequence[str]) -> Sequence[str]:
    """What the copies of these files are called: the name is kept, with as much more as tells them apart."""
    pure = [PurePath(path) for path in paths]
    ways: Sequence[Callable[[PurePath], str]] = (
        lambda path: f"{path.stem}.xlsx",
        lambda path: f"{path.parent.name}/{path.stem}.xlsx".lstrip("/"),
        lambda path: f"{path.parent.name}/{path.name}.xlsx".lstrip("/"),
    )
    names = [f"{number}/{path.stem}.xlsx" for number, path in enumerate(pure, start=1)]
    for way in ways:
        if len({name.casefold() for name in map(way, pure)}) == len(pure):
            return [way(path) for path in pure]
    return names


def annotator() -> Any:
    """What makes an annotated copy; NoAnnotatorError for want of openpyxl."""
    try:
        from mzplan.render.annotated import annotated  # openpyxl is an extra, and takes its time
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "openpyxl":
            raise
        raise NoAnnotatorError(say(_MISSING, command=installing("excel"))) from None
    return annotated
