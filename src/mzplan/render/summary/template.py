"""The bulletin in an office's own layout: a Jinja2 template in a sandbox with limits; needs jinja2.

A template sees `bulletin`, which is the document of `--format json`, and `version`, the number of its shape. It can
loop, choose and print; it cannot call anything, include anything, or run for ever.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from mzplan.bulletin.model import Bulletin
from mzplan.diagnostics import InputError, show
from mzplan.render.guard import markdown_text
from mzplan.render.summary.json import SCHEMA_VERSION, as_document

SOURCE_LIMIT = 1 << 20
"""Characters of a template at most."""
PIECE_LIMIT = 1 << 20
"""Characters of any text that a template makes in passing."""
OUTPUT_LIMIT = 16 << 20
"""Characters of the document it prints."""
STEP_LIMIT = 1_000_000
"""Turns of loops and calls of macros, all together."""

FILTERS = frozenset(
    {"default", "d", "e", "escape", "first", "int", "join", "last", "length", "list", "lower", "map", "md", "reject"}
    | {"rejectattr", "replace", "reverse", "select", "selectattr", "string", "trim", "upper"}
)
"""The filters a template may use; `md` escapes for Markdown."""

_MISSING = "使用 --template 需要 jinja2。请运行：pip install 'mzplan[template]'"
_FAULT = "模板 {path} 第 {line} 行：{fault}"
_FAULT_SOMEWHERE = "模板 {path}：{fault}"
_TOO_LONG = "超过长度限制"
_TOO_MANY_STEPS = "运行步数超过限制，请检查循环"
_NOT_ALLOWED = "模板里不能用 {what}"
_WRONG_VERSION = "为第 {said} 版变量所写，本程序提供的是第 {now} 版，请对照 docs/summary.md 修改"
_UNDEFINED = "没有这个变量：{what}"

_FILE_NAME = "<office template>"
_DECLARED = re.compile(r"\{#-?\s*mzplan-template:\s*([0-9]{1,4})\s*-?#\}")
_MARKUP = re.compile(r"\.(?:html?|xml)(?:\.j2|\.jinja2?)?$", re.IGNORECASE)


class _LimitError(Exception):
    """The template has used up what it may use; the message says of what."""


def render_template(bulletin: Bulletin, path: str, source: str) -> str:
    """What the template prints; InputError with its line for everything that can be wrong with one."""
    try:
        import jinja2
    except ImportError:
        raise InputError(_MISSING) from None
    declared = _DECLARED.search(source)
    if declared and int(declared[1]) != SCHEMA_VERSION:
        raise _fault(path, None, _WRONG_VERSION.format(said=declared[1], now=SCHEMA_VERSION))
    if len(source) > SOURCE_LIMIT:
        raise _fault(path, None, _TOO_LONG)
    variables = {"bulletin": as_document(bulletin), "version": SCHEMA_VERSION}
    try:
        environment = _environment(bool(_MARKUP.search(path)))
        code = environment.compile(_counted(environment, source), filename=_FILE_NAME)
        template = jinja2.Template.from_code(environment, code, environment.make_globals(None))
        return _limited(template.generate(variables))
    except jinja2.UndefinedError as error:
        raise _fault(path, _line(error), _UNDEFINED.format(what=show(str(error), 120))) from None
    except jinja2.TemplateSyntaxError as error:
        raise _fault(path, error.lineno, show(str(error.message), 120)) from None
    except _LimitError as error:
        raise _fault(path, _line(error), str(error)) from None
    except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise _fault(path, _line(error), show(str(error), 120)) from None
    except (RecursionError, MemoryError):
        raise _fault(path, None, _TOO_MANY_STEPS) from None


def _fault(path: str, line: int | None, fault: str) -> InputError:
    shown = show(path, 4096)
    if line is None:
        return InputError(_FAULT_SOMEWHERE.format(path=shown, fault=fault))
    return InputError(_FAULT.format(path=shown, line=line, fault=fault))


def _line(error: BaseException) -> int | None:
    """The line of the template in which an exception was raised; jinja2 has put it into the traceback."""
    trace = error.__traceback__
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FILE_NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _environment(markup: bool) -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        """No globals but `range`, no calls but its own macros, no operator that makes something large."""

        steps = 0
        intercepted_binops = frozenset({"+", "*", "**", "%"})

        def is_safe_callable(self, obj: Any) -> bool:
            from jinja2.runtime import Macro

            return isinstance(obj, Macro) or obj is self.globals["range"] or obj == self.step

        def step(self) -> None:
            """Count a turn of a loop or a call of a macro."""
            self.steps += 1
            if self.steps > STEP_LIMIT:
                raise _LimitError(_TOO_MANY_STEPS)

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return not callable(value) and super().is_safe_attribute(obj, attr, value)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if not (isinstance(left, int) and isinstance(right, int)) or operator == "**":
                raise _LimitError(_NOT_ALLOWED.format(what=f"文字上的 {operator}"))
            return super().call_binop(context, operator, left, right)

    Environment.concat = staticmethod(_joined)
    environment = Environment(
        undefined=StrictUndefined, autoescape=markup, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.globals = {"range": environment.globals["range"]}
    kept = {name: function for name, function in environment.filters.items() if name in FILTERS}
    environment.filters = {**kept, "md": markdown_text, "join": _join, "replace": _replace}
    return environment


def _counted(environment: Any, source: str) -> Any:
    """The parsed template, counting its own turns; what cannot be limited while it runs is refused before."""
    from jinja2 import TemplateSyntaxError, nodes

    forbidden: Mapping[type[Any], str] = MappingProxyType(
        {
            nodes.Concat: "~",
            nodes.Include: "include",
            nodes.Import: "import",
            nodes.FromImport: "import",
            nodes.Extends: "extends",
        }
    )
    parsed = environment.parse(source)
    for node in parsed.find_all(tuple(forbidden)):
        raise TemplateSyntaxError(_NOT_ALLOWED.format(what=forbidden[type(node)]), node.lineno)
    for node in parsed.find_all((nodes.For, nodes.Macro)):
        count = nodes.ExprStmt(nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None))
        count.set_lineno(node.lineno)
        count.set_environment(environment)
        node.body.insert(0, count)
    return parsed


def _joined(pieces: Iterable[str]) -> str:
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > PIECE_LIMIT:
            raise _LimitError(_TOO_LONG)
        kept.append(piece)
    return "".join(kept)


def _join(values: Iterable[object], separator: str = "") -> str:
    """Strings with a separator between them."""
    pieces: list[str] = []
    for value in values:
        pieces += [separator, str(value)] if pieces else [str(value)]
    return _joined(pieces)


def _replace(text: object, old: str, new: str) -> str:
    """A text with every occurrence of one part replaced."""
    given = str(text)
    if len(given) + given.count(old) * len(new) > PIECE_LIMIT:
        raise _LimitError(_TOO_LONG)
    return given.replace(old, new)


def _limited(pieces: Iterable[str]) -> str:
    """The pieces in one, as long as they are not too many characters."""
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > OUTPUT_LIMIT:
            raise _LimitError(_TOO_LONG)
        kept.append(piece)
    return "".join(kept)
