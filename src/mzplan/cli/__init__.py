"""The command line: its one entry, and the one translation of exceptions to exit codes.

Each command lives in the module of its name and is imported only when it is asked for.
"""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from mzplan.cli.terminal import (
    BLOCKED,
    CANNOT_RUN,
    DEFECT,
    INTERRUPTED,
    PLAINLY,
    READER_GONE,
    ReaderGoneError,
    complain,
    discard,
)
from mzplan.diagnostics import InputError, show
from mzplan.reading.files import refused_at, system_reason
from mzplan.said import say

_FAILED = (
    "mzplan 自身出错({error}),这不是您的数据的问题。"
    "请在命令之前加 --debug 重新运行（mzplan --debug {command} …），并把输出报告给维护者。"
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit: 0 clean, 1 findings, 2 cannot run, 3 a defect of mzplan itself, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(AttributeError, ValueError, OSError):
                stream.reconfigure(errors=PLAINLY)  # type: ignore[union-attr]  # absent on a replaced stream
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(given))


def _run(given: list[str]) -> int:
    try:
        from mzplan.cli.parser import invoke  # in here, so that a blocked component is told

        code = invoke(given)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except InputError as error:
        return complain(error.message, CANNOT_RUN)
    except (KeyboardInterrupt, EOFError):
        return INTERRUPTED
    except (ReaderGoneError, BrokenPipeError):
        discard(sys.stdout)
        return READER_GONE
    except OSError as error:
        if not error.filename:  # then it is the output that failed
            discard(sys.stdout)
        return complain("当前文件夹已经不在了：换到别的文件夹再运行。" if _is_nowhere() else _why(error), CANNOT_RUN)
    except Exception as error:
        if "--debug" in given:
            raise
        if isinstance(error, ImportError) and error.name and not error.name.startswith(__package__.split(".")[0]):
            return complain(say(BLOCKED, name=show(error.name), reason=show(str(error), 200)), CANNOT_RUN)
        failed = say(_FAILED, error=type(error).__name__, command=show(" ".join(given[:1])))
        return complain(failed, DEFECT)


def _why(error: OSError) -> str:
    """What the system refused: the path that it names, else the output."""
    reason = show(system_reason(error))
    if path := refused_at(error):
        return say("{path} 打不开：{reason}。请检查路径和权限。", path=show(path, 400), reason=reason)
    return say("无法写出结果：{reason}。请检查磁盘空间和权限。", reason=reason)


def _is_nowhere() -> bool:
    """Whether the current folder has been taken away, which every path that is not absolute trips over."""
    try:
        Path.cwd()
    except OSError:
        return True
    return False
