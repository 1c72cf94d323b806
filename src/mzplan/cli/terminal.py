"""What a person or another program gets to see: results, warnings, exit codes, and the terminal's width and colour."""

import codecs
import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from mzplan.cli.language import tell, teller
from mzplan.cli.proposing import completed, completer
from mzplan.diagnostics import InputError, show
from mzplan.reading.files import StrPath, may_exist, refused_at, system_reason, write_whole
from mzplan.reading.together import write_together
from mzplan.render.colour import ERASED_LINE
from mzplan.render.formats import BINARY, FOR_PEOPLE, SUFFIXES, Formats, View
from mzplan.render.guard import inert
from mzplan.render.layout import Look
from mzplan.said import Said, say

CLEAN, FINDINGS, CANNOT_RUN, DEFECT, INTERRUPTED, READER_GONE = 0, 1, 2, 3, 130, 141
"""The exit codes: 141 is what a shell says of a program that its reader has left."""

USUAL_WIDTH = 100
"""Columns of a terminal that does not tell."""

_OBEYS = 4
"""The bit in the mode of a console of Windows by which it does what escape codes say."""

CHINESE = 936
"""The code page of a Chinese Windows console."""

PATIENCE = 1.0
"""Seconds before whoever waits is shown the first count of rows."""

_COUNT_WIDTH = 40
"""Columns that it takes at most."""
_NO_FOLDER = "没有文件夹 {folder}，请先建好"
_BINARY = "{format} 不能显示在屏幕上，请用 --output {example} 写入文件。"
BLOCKED = (
    "组件 {name} 加载不了（{reason}）。多半是被安全软件拦下，或没有装全："
    "在安全软件里信任 Python 所在的文件夹，或重新安装 mzplan；看全部组件：mzplan doctor。"
)
"""Of a component that is not ours."""


PLAINLY = "mzplan-plainly"
"""The name by which a stream is told how to write what its encoding has no character for."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("−‐‑‒﹣", "-"),
        **dict.fromkeys("✓✔☑✅", "√"),
        **dict.fromkeys("✗✘❌", "×"),
        **dict.fromkeys("•◦‣", "·"),
        "½": "1/2",
        "¼": "1/4",
        "¾": "3/4",
        "⅓": "1/3",
        "⅔": "2/3",
        "⁄": "/",
        "¥": "￥",
        "\ufffd": "?",
        "\xa0": " ",
    }
)
"""What a character is written as that a Chinese console does not have."""


def _plainly(error: UnicodeError) -> tuple[bytes, int]:
    """What it can of the characters that an encoding has not: others of the same meaning, else their escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanting = error.object[error.start : error.end]
    return wanting.translate(_PLAIN).encode(error.encoding, "backslashreplace"), error.end


codecs.register_error(PLAINLY, _plainly)


class ReaderGoneError(Exception):
    """Whoever read our standard output has stopped (`| head`): end without a word."""


def emit(text: str, output: Path | None = None) -> None:
    """Write for people: to the file, whole or not at all, or to standard output in the console's own characters.

    The commands of a sentence look at the same; those of a view do already, and a page's stay as they are.
    """
    told = telling()(text) if isinstance(text, Said) else tell(text)
    _write(told if output is None else told.encode(errors="backslashreplace"), output)


def emit_data(data: str | bytes, output: Path | None = None) -> None:
    """Write for programs: UTF-8 and lines that end in LF, whatever the locale and the system say; likewise."""
    is_read_here = isinstance(data, str) and output is None and is_terminal()
    _write(data if isinstance(data, bytes) or is_read_here else data.encode(errors="backslashreplace"), output)


def emit_as(format_name: str, result: str | bytes, output: Path | None = None) -> None:
    """Write a result for whoever reads that format."""
    if isinstance(result, str) and format_name in FOR_PEOPLE:
        emit(result, output)
    else:
        emit_data(result, output)


def _write(data: str | bytes, output: Path | None) -> None:
    if output is not None:
        try:
            write_whole(output, data if isinstance(data, bytes) else data.encode())
        except OSError as error:
            raise _unwritable(error, output) from None
        return
    if sys.stdout is None:
        raise InputError("标准输出已经关闭，结果无处可写。请用 --output 写入文件。")
    try:
        if isinstance(data, bytes):
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None


def emit_together(files: Mapping[Path, bytes | None]) -> None:
    """Write results to files, and take away those without contents: all of them or none."""
    try:
        write_together(files)
    except OSError as error:
        raise _unwritable(error, refused_at(error) or next(iter(files)).parent) from None


def _unwritable(error: OSError, path: StrPath) -> InputError:
    """The error that nothing can be written there, and why; a folder that is missing is called that."""
    folder = Path(path).parent
    is_lost = isinstance(error, FileNotFoundError) and not may_exist(folder)
    reason = say(_NO_FOLDER, folder=show(str(folder), 4096)) if is_lost else show(system_reason(error))
    return InputError(say("无法写入 {path}：{reason}。", path=show(os.fspath(path), 4096), reason=reason))


def must_not_be_shown(format_name: str, example: str) -> None:
    """InputError when standard output is a terminal: nobody can read that format there."""
    if is_terminal():
        raise InputError(say(_BINARY, format=format_name.upper(), example=example))


def present(view: View, formats: Formats[View], name: str, output: Path | None, *, is_chinese: bool = False) -> None:
    """Write a view in one of its command's formats, in the language of the run unless there is Chinese alone."""
    if name in BINARY and output is None:
        must_not_be_shown(name, say("{name}{suffix}", name="民政工作要点", suffix=SUFFIXES[name][0]))
    here = look(output, name)
    emit_as(name, formats[name](view, here._replace(tell=completer()) if is_chinese else here), output)


def warn(text: str) -> None:
    """A line for the person at the terminal, on standard error; a CI runner that listens there hears no command."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{inert(completed(tell(text)))}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        discard(sys.stderr)


def complain(message: str, code: int) -> int:
    """Say why the command cannot run, or that it failed; the exit code that was given."""
    warn(say("mzplan: {message}", message=message))
    return code


def discard(stream: TextIO) -> None:
    """Keep the interpreter from failing at exit over output that can no longer be written."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def usual_format(output: Path | None) -> str:
    """The format of tables for people: `terminal` where they are looked at, `plain` in a file or a pipe."""
    return "terminal" if output is None and (is_terminal() or wants_colour(output)) else "plain"


def look(output: Path | None, format_name: str = "") -> Look:
    """How wide the lines and characters are where a result goes, and whether it has colours there.

    A line is as wide as the terminal, or as COLUMNS says of it; in a file or a pipe as wide as need be, whatever a
    shell has exported, but the format `terminal` always has a width.
    """
    is_bounded = format_name == "terminal" or (output is None and is_terminal())
    width = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns if is_bounded else None
    return Look(width, wants_colour(output), ambiguous_width(output), telling())


def telling() -> Callable[[str], str]:
    """What says a text in the language of the run, with whole commands; `str` where nothing is left to be done."""
    tell, complete = teller(), completer()
    return tell if complete is str else lambda text: complete(tell(text))


def ambiguous_width(output: Path | None) -> int:
    """Cells of a character such as ≥ and █: MZPLAN_AMBIGUOUS_WIDTH, else two on a Chinese Windows console, else one."""
    given = os.environ.get("MZPLAN_AMBIGUOUS_WIDTH")
    if given and given not in ("1", "2"):
        raise InputError(say("MZPLAN_AMBIGUOUS_WIDTH 要写 1 或 2，不能是 {given}。", given=show(given)))
    return int(given) if given else 2 if output is None and code_page() == CHINESE else 1


def code_page() -> int | None:
    """The code page of the console on Windows."""
    if sys.platform != "win32":
        return None
    import ctypes  # there alone

    return int(ctypes.windll.kernel32.GetConsoleOutputCP())


def wants_colour(output: Path | None) -> bool:
    """No file has colours; else FORCE_COLOR wins over NO_COLOR, which wins over what standard output is."""
    if output is not None:
        return False
    if os.environ.get("FORCE_COLOR"):
        return not is_terminal() or takes_escapes(sys.stdout)
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return takes_escapes(sys.stdout)


def takes_escapes(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal that does what escape codes say and does not print them."""
    if stream is None or not stream.isatty():
        return False
    if sys.platform != "win32":
        return True
    import ctypes  # there alone
    import msvcrt

    return switched_on(ctypes.windll.kernel32, msvcrt.get_osfhandle(stream.fileno()))


def switched_on(system: Any, handle: int) -> bool:
    """Whether a console of Windows obeys: it does so once a program asks, and those of old Windows never."""
    import ctypes  # as above

    mode = ctypes.c_ulong()
    if not system.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    return bool(mode.value & _OBEYS or system.SetConsoleMode(handle, mode.value | _OBEYS))


@contextlib.contextmanager
def rows_counted() -> Iterator[Callable[[int], None] | None]:
    """What is to be told how many more rows are read, for whoever waits at a terminal; None where nobody does.

    Their count is shown once a run has taken long enough to be wondered about, and taken off the screen at its end.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    rows, due, is_shown = 0, monotonic() + PATIENCE, False

    def advance(more: int) -> None:
        nonlocal rows, due, is_shown
        rows += more
        if monotonic() >= due:
            due, is_shown = monotonic() + PATIENCE / 2, True
            sys.stderr.write(say("\r已读取 {rows:,} 行……", rows=rows))
            sys.stderr.flush()

    try:
        yield advance
    finally:
        if is_shown:
            sys.stderr.write(ERASED_LINE if takes_escapes(sys.stderr) else "\r" + " " * _COUNT_WIDTH + "\r")
