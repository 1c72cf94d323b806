"""The bulletin in an office's own layout: a Jinja2 template in a sandbox with limits; needs jinja2.

A template sees `bulletin`, which is the document of `--format json`, and `version`, the number of its shape. It can
loop, choose and print; it cannot call anything, include anything, or run for ever: it runs in a process of its own.
"""

import json
import re
import subprocess
import sys

from mzplan.bulletin.model import Bulletin
from mzplan.diagnostics import InputError, installing, show
from mzplan.render.summary.json import SCHEMA_VERSION, as_document
from mzplan.said import listed, say

SOURCE_LIMIT = 1 << 20
"""Characters of a template at most."""

_MISSING = "使用 --template 需要 jinja2。请运行：{command}"
_ENDED = "用时或用的内存超过限制，请检查循环和比较"
_WRONG_VERSION = "为第 {said} 版变量所写，本程序提供的是第 {now} 版，请对照 mzplan help summary 修改"

_DECLARED = re.compile(r"\{#-?\s*mzplan-template:\s*([0-9]{1,4})\s*-?#\}")
_MARKUP = re.compile(r"\.(?:html?|xml)(?:\.j2|\.jinja2?)?$", re.IGNORECASE)
_RUN = (
    "import runpy, sys; sys.path[:] = sys.argv[1:]; runpy.run_module('mzplan.render.summary.sandbox', None, '__main__')"
)
"""The sandbox as a program that imports what this one would, and nothing from the folder it is started in."""
_AT = re.compile(r'File "<office template>", line ([0-9]+)')
_PATIENCE = 20
"""Seconds after which a process that has not ended itself is ended."""


def render_template(bulletin: Bulletin, path: str, source: str) -> str:
    """What the template prints; InputError with its line for everything that can be wrong with one."""
    try:  # an optional dependency; it is the sandbox that uses it
        import jinja2  # noqa: F401
    except ImportError:
        raise InputError(say(_MISSING, command=installing("template"))) from None
    declared = _DECLARED.search(source)
    if declared and int(declared[1]) != SCHEMA_VERSION:
        raise _fault(
            path, source.count("\n", 0, declared.start()) + 1, say(_WRONG_VERSION, said=declared[1], now=SCHEMA_VERSION)
        )
    if len(source) > SOURCE_LIMIT:
        raise _fault(path, None, "超过长度限制")
    variables = {"bulletin": as_document(bulletin), "version": SCHEMA_VERSION}
    given = {"source": source, "variables": variables, "markup": bool(_MARKUP.search(path))}
    text, fault, line = _run(json.dumps(given))
    if fault:
        raise _fault(path, line, fault)
    return text


def _run(given: str) -> tuple[str, str, int | None]:
    """The text, or what is wrong and in which line, from a process of its own."""
    command = [sys.executable, "-I", "-X", "utf8", "-c", _RUN, *sys.path]
    try:
        done = subprocess.run(  # noqa: S603  # our own program, which is given nothing but its input
            command,
            input=given,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", _ENDED, None
    if done.returncode == 0:
        text, fault, fields, line = json.loads(done.stdout)
        known = {name: listed(value) if isinstance(value, list) else value for name, value in (fields or {}).items()}
        return text, say(fault, **known) if known else fault, line
    return "", _ENDED, _line_at_end(done.stderr)


def _line_at_end(told: str) -> int | None:
    """The line of the template at which its process was ended, from what that process has told."""
    lines, _, trace = told.partition("\n")
    at = _AT.search(trace)
    if at is None:
        return None
    return max((template for template, code in json.loads(lines) if code <= int(at[1])), default=None)


def _fault(path: str, line: int | None, fault: str) -> InputError:
    shown = show(path, 4096)
    if line is None:
        return InputError(say("模板 {path}：{fault}", path=shown, fault=fault))
    return InputError(say("模板 {path} 第 {line} 行：{fault}", path=shown, line=line, fault=fault))
