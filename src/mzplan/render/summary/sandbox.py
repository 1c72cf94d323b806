"""What a template may do, and the process of its own in which it does it; needs jinja2.

The process has limits of time and of memory, so that no template stops the program or the machine it runs on. Where the
system knows no limit of memory, caps on numbers, on texts and on what can be printed stand in for it.
"""

import contextlib
import faulthandler
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, NamedTuple

import jinja2
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.parser import Parser
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mzplan.render.guard import markdown_text
from mzplan.render.summary.template_faults import told_fault
from mzplan.said import Listed, Said, say

SECONDS = 5
"""How long a template may take."""
MEMORY = 512 << 20
"""Bytes that the process may take, the interpreter's own included."""
PIECE_LIMIT = 1 << 20
"""Characters of any text that a template makes in passing."""
MADE_LIMIT = 64 << 20
"""Characters of all the texts that it makes in passing, together."""
OUTPUT_LIMIT = 16 << 20
"""Characters of the document it prints."""
STEP_LIMIT = 1_000_000
"""Turns of loops and calls of macros, all together."""
NUMBER_BITS = 4096
"""How long a number may grow."""
DEPTH = 15
"""How many loops, macros and blocks may stand within each other."""

FILTERS = frozenset(
    {"default", "d", "e", "escape", "first", "int", "join", "last", "length", "list", "lower", "map", "md", "reject"}
    | {"rejectattr", "replace", "reverse", "select", "selectattr", "string", "trim", "upper"}
)
"""The filters a template may use; `md` escapes for Markdown."""
_PRINTED = frozenset({"e", "escape", "lower", "md", "replace", "string", "trim", "upper"})
"""Those that make a text of whatever they are given."""

TOO_LONG = "超过长度限制"
TOO_MANY_STEPS = "运行步数超过限制，请检查循环"
_TOO_DEEP = "嵌套太深"
_NOT_ALLOWED = "模板里不能用 {what}"
_NO_LIST = "只能输出文字和数字，不能整个输出列表或字典"
_NO_TEXT = "只能输出文字和数字，不能整个输出这个值"

FILE_NAME = "<office template>"


class Printed(NamedTuple):
    """What came of a template: its text, or what is wrong and in which line."""

    text: str = ""
    fault: str = ""
    line: int | None = None


class _LimitError(Exception):
    """The template has used up what it may use, or asks for what is not to be had; the line is known before it runs."""

    def __init__(self, fault: str, line: int | None = None) -> None:
        super().__init__(fault)
        self.fault, self.line = fault, line


def printed(source: str, variables: Mapping[str, object], *, markup: bool = False) -> Printed:
    """What the template prints of those variables; a fault for everything that can be wrong with one."""
    parsed = None
    try:
        environment = _environment(markup)
        parsed = _counted(environment, source)
        code = environment.compile(parsed, filename=FILE_NAME)
        template = jinja2.Template.from_code(environment, code, environment.make_globals(None))
        _tell_lines(template)
        return Printed(_limited(template.generate(dict(variables)), OUTPUT_LIMIT))
    except _LimitError as error:
        return Printed(fault=error.fault, line=error.line or _line(error) or _deepest(parsed))
    except TemplateSyntaxError as error:
        return Printed(fault=_told(str(error.message)), line=error.lineno)
    except MemoryError as error:
        return Printed(fault="用的内存超过限制", line=_line(error) or _deepest(parsed))
    except (RecursionError, SyntaxError) as error:
        line = _line(error)  # there is one when it was running
        return Printed(fault=TOO_MANY_STEPS if line else _TOO_DEEP, line=line or _deepest(parsed))
    except Exception as error:  # whatever a template makes the library raise is the template's fault
        return Printed(fault=_told(str(error) or type(error).__name__), line=_line(error) or _deepest(parsed))


def _told(said: str) -> str:
    return told_fault(said, sorted(FILTERS))


def _line(error: BaseException) -> int | None:
    """The line of the template in which an exception was raised; jinja2 has put it into the traceback."""
    trace = error.__traceback__
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE_NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _deepest(parsed: Any) -> int:
    """The line of what stands the deepest within other things: it is what the compiler gives up on."""
    best, line, level = 0, 1, [(parsed, 0)] if parsed is not None else []
    while level:
        node, depth = level.pop()
        if depth > best:
            best, line = depth, node.lineno
        level += [(child, depth + 1) for child in node.iter_child_nodes()]
    return line


class _Environment(ImmutableSandboxedEnvironment):
    """No globals but `range`, no calls but its own macros, no operator that makes something large."""

    intercepted_binops = frozenset({"+", "-", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.steps = self.made = 0

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro) or obj is self.globals["range"] or obj == self.step

    def step(self) -> None:
        """Count a turn of a loop or a call of a macro."""
        self.steps += 1
        if self.steps > STEP_LIMIT:
            raise _LimitError(TOO_MANY_STEPS)

    def count(self, size: int) -> None:
        """Count the characters of a text that is made in passing."""
        self.made += size
        if size > PIECE_LIMIT or self.made > MADE_LIMIT:
            raise _LimitError(TOO_LONG)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        is_there = not isinstance(value, jinja2.Undefined)  # loop.previtem of the first turn
        return not (is_there and callable(value)) and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            raise _LimitError(say(_NOT_ALLOWED, what=operator))
        if not (isinstance(left, int) and isinstance(right, int)):
            raise _LimitError(say("模板里不能对文字用 {operator}", operator=operator))
        if left.bit_length() + right.bit_length() > NUMBER_BITS:
            raise _LimitError(TOO_LONG)
        return super().call_binop(context, operator, left, right)


def _environment(markup: bool) -> _Environment:
    environment = _Environment(
        undefined=StrictUndefined,
        autoescape=markup,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_said,
    )

    def concat(pieces: Iterable[str]) -> str:
        text = _limited(pieces, PIECE_LIMIT)
        environment.count(len(text))
        return text

    environment.concat = concat  # type: ignore[method-assign]
    environment.globals = {"range": environment.globals["range"]}
    kept = {name: function for name, function in environment.filters.items() if name in FILTERS}
    own = {"md": markdown_text, "join": _join, "replace": _replace}
    environment.filters = {name: _weighed(environment, name, one) for name, one in {**kept, **own}.items()}
    return environment


def _said(value: Any) -> Any:
    """What may be printed: to spell out a list of lists may take for ever."""
    if value is None or isinstance(value, (str, int, float, jinja2.Undefined)):
        return value
    raise _LimitError(_NO_LIST if isinstance(value, (list, tuple, dict)) else _NO_TEXT)


def _weighed(environment: _Environment, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose texts are counted, and which is given nothing to spell out that may take for ever."""

    @wraps(function)  # jinja2 looks there for whether it wants the environment
    def weighed(*given: Any, **named: Any) -> Any:
        if name in _PRINTED:
            for one in given:
                if not isinstance(one, (jinja2.Environment, jinja2.nodes.EvalContext, jinja2.runtime.Context)):
                    _said(one)
        made = function(*given, **named)
        if isinstance(made, str):
            environment.count(len(made))
        return made

    return weighed


class _Parser(Parser):
    """A parser that tells of a statement that never ends where it begins, and not where the template ends."""

    is_told = False

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        """The next statement with its body."""
        line = self.stream.current.lineno
        try:
            return super().parse_statement()
        except TemplateSyntaxError as error:
            if self.stream.current.type == "eof" and not self.is_told:  # the innermost that is open
                error.lineno, self.is_told = line, True
            raise


def _counted(environment: _Environment, source: str) -> nodes.Template:
    """The parsed template, counting its own turns; what cannot be limited while it runs is refused before."""
    forbidden: Mapping[type[nodes.Node], str] = {
        nodes.Concat: "~",
        nodes.Include: "include",
        nodes.Import: "import",
        nodes.FromImport: "import",
        nodes.Extends: "extends",
        nodes.NSRef: "namespace",
    }
    parser = _Parser(environment, source)
    try:
        parsed = parser.parse()
    except RecursionError:
        raise _LimitError(_TOO_DEEP, parser.stream.current.lineno) from None
    parsed.set_environment(environment)
    for node, depth in _within(parsed):
        if type(node) in forbidden:
            raise _LimitError(say(_NOT_ALLOWED, what=forbidden[type(node)]), node.lineno)
        if depth > DEPTH:
            raise _LimitError(_TOO_DEEP, node.lineno)
        if isinstance(node, (nodes.For, nodes.Macro)):
            count = nodes.ExprStmt(nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None))
            count.set_lineno(node.lineno)
            count.set_environment(environment)
            node.body.insert(0, count)
    return parsed


def _within(parsed: nodes.Node) -> Iterator[tuple[nodes.Node, int]]:
    """Every node, and within how many statements with a body it stands."""
    waiting = [(parsed, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        deeper = depth + isinstance(node, nodes.Stmt)
        waiting += [(child, deeper) for child in node.iter_child_nodes()]


def _join(values: Iterable[object], separator: object = "") -> str:
    """Texts and numbers with a separator between them."""
    return _limited(_between(values, str(_said(separator))), PIECE_LIMIT)


def _between(values: Iterable[object], separator: str) -> Iterator[str]:
    for position, value in enumerate(values):
        if position:
            yield separator
        yield str(_said(value))


def _replace(text: object, old: str, new: str) -> str:
    """A text with every occurrence of one part replaced."""
    given = str(text)
    if len(given) + given.count(old) * len(new) > PIECE_LIMIT:
        raise _LimitError(TOO_LONG)
    return given.replace(old, new)


def _limited(pieces: Iterable[str], limit: int) -> str:
    """The pieces in one, as long as they are not too many characters."""
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise _LimitError(TOO_LONG)
        kept.append(piece)
    return "".join(kept)


def _tell_lines(template: Any) -> None:
    """Write down which line of the template each line of its code stands for: whoever ends the process needs it."""
    if __name__ == "__main__":
        json.dump(template.debug_info, sys.stderr)
        sys.stderr.write("\n")
        sys.stderr.flush()


def main() -> None:
    """Read a template with its variables, as JSON, and write what came of it, within the limits of this process."""
    given = json.load(sys.stdin)
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system knows limits, or keeps them
        import resource  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.dump_traceback_later(SECONDS, exit=True)
    text, fault, line = printed(given["source"], given["variables"], markup=given["markup"])
    plain, fields = (fault.template, fault.fields) if isinstance(fault, Said) else (fault, None)
    if fields:  # JSON has texts and lists, of which the others are put together
        fields = {name: value.parts if isinstance(value, Listed) else value for name, value in fields.items()}
    json.dump((text, plain, fields, line), sys.stdout)


if __name__ == "__main__":
    main()
