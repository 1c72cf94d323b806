"""The commands that a text proposes, made to look at what the one that was typed looks at.

Whoever writes a text names a command and what it is to show, `mzplan status --full`; of which plan and data, and by
which month and lights, only the command line knows. It is added where texts leave the program.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, NamedTuple

from mzplan.diagnostics import quoted
from mzplan.submissions.sources import STANDARD_INPUT

Options = Callable[[str], Mapping[str, Sequence[str]]]
"""The options that a command has, by the name of their parameter, each with all its spellings."""

_PLACES = ("plan", "data", "lang")
_JUDGED_BY = ("period", "lights", "no_rank")
"""What a figure depends on besides; carried into commands that judge, as far as they have it."""
_PROPOSED = re.compile(r"(?<!# )mzplan((?: plan)?(?: [a-z]+)|(?= --help))((?: (?!mzplan )[!-~]+)*)")
_FILES: Mapping[str, str] = {"plan check": "plan", "check": "paths"}
"""The parameter that a command takes as its arguments; others take it as an option, or not at all."""
_MOST_FILES = 8
"""More than that a shell has listed, and nobody would type them again."""
_HELP = frozenset({"--help", "-h"})
_MOST_TOLD = "max_findings"
_OF_THE_RESULT = frozenset({"format_", "output", "force", "fix", "annotate", _MOST_TOLD})
"""Parameters that say how and where a result is written, or what else is."""


class _Typed(NamedTuple):
    """What was typed that other commands must be told as well."""

    words: Mapping[str, Sequence[str]]
    """By the name of the parameter: its values as a shell takes them; none for a switch."""
    options: Options


class Line(NamedTuple):
    """The command line of this run, as a sentence may name it."""

    command: str = "mzplan check"
    """The command without its options."""
    again: str = "mzplan check"
    """What shows on a screen all that this run tells."""


_TYPED: ContextVar[_Typed | None] = ContextVar("typed", default=None)
_LINE: ContextVar[Line | None] = ContextVar("line", default=None)


def remember(context: Any, lang: str, options: Options) -> None:
    """Keep what a command line says of plan, data, month and lights, which files it names, and the line itself."""
    given = {**(context.parent.params if context.parent else {}), **context.params, "lang": lang}
    checked: Sequence[Any] = given.get("files") or ()
    if len(checked) == 1:  # the plan that `plan check` is to look at
        given["plan"] = checked[0]
    kept = _in_words({name: given.get(name) for name in (*_PLACES, *_JUDGED_BY, "paths")})
    _TYPED.set(_Typed(kept, options) if kept else None)
    spelled = {param.name: param.opts[0] for param in context.command.params}
    of_line = {one: given[one] for one in context.params if _is_typed(context, one) and one not in _OF_THE_RESULT}
    line = {spelled[one]: words for one, words in _in_words({**of_line, "lang": lang}).items()}
    files = [word for name, words in line.items() if name[0] != "-" for word in words]
    files = files or list(kept.get(_FILES.get(context.command_path.removeprefix("mzplan "), ""), ()))
    asked = [word for name, words in line.items() if name[0] == "-" for word in _words(name, words)]
    every = _words(spelled[_MOST_TOLD], "0") if _MOST_TOLD in spelled else ()
    words = [context.command_path, *(files if len(files) <= _MOST_FILES else ()), *asked, *every]
    _LINE.set(Line(context.command_path, " ".join(words)))


def _is_typed(context: Any, name: str) -> bool:
    """Whether that parameter has its value from the command line."""
    return getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"


def line_typed() -> Line:
    """The command line of this run."""
    return _LINE.get() or Line()


def _in_words(given: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """By its name the values of what is given, as a shell takes them; none of a switch."""
    lists = {name: value if isinstance(value, list | tuple) else [value] for name, value in given.items() if value}
    return {name: [quoted(str(each)) for each in values if each is not True] for name, values in lists.items()}


def begin(lang: str, options: Options) -> None:
    """Nothing is known yet of what was typed but the language that it asks for."""
    _TYPED.set(_Typed({"lang": [lang]}, options) if lang else None)
    _LINE.set(None)


def completer() -> Callable[[str], str]:
    """What completes the commands in a text; `str` where nothing was typed that they lack."""
    return str if _TYPED.get() is None else completed


def completed(text: str) -> str:
    """The text, in which each command that it proposes looks at the same; completed once more it stays as it is."""
    typed, line = _TYPED.get(), _LINE.get()
    if typed is None or "mzplan " not in text:
        return text
    whole = "\n" if line is None else line.again  # it looks at the same as it stands
    return whole.join(_PROPOSED.sub(lambda found: _with(found, typed), part) for part in text.split(whole))


def _with(found: "re.Match[str]", typed: _Typed) -> str:
    """The proposed command, with what it lacks behind its name, where no word can lie between an option and a value."""
    name, tail = found[1].strip(), found[2].split()
    known = typed.options(name)
    if not known and " " in name:  # a command with subcommands, and the next word of the sentence
        name, _, word = name.partition(" ")
        known, tail = typed.options(name), [word, *tail]
    if not known:
        return found[0]
    is_help = any(word.rstrip(".,;)") in _HELP for word in tail)
    files = () if is_help else typed.words.get(_FILES.get(name, ""), ())
    wanted = ("lang",) if is_help else (*_PLACES, *(_JUDGED_BY if "lights" in known else ()))
    added = [
        word
        for option in wanted
        if option in known and not set(known[option]).intersection(tail)
        for word in _words(known[option][0], typed.words.get(option))
    ]
    is_told = tail[: len(files)] == list(files) or _names_a_file(tail)
    if len(files) <= _MOST_FILES and STANDARD_INPUT not in files and not is_told:
        added = [*files, *added]
    return " ".join(["mzplan", *name.split(), *added, *tail])


def _names_a_file(words: Sequence[str]) -> bool:
    """Whether the first word is one of a path: any other one is an option, or of the sentence."""
    return bool(words) and (words[0] == STANDARD_INPUT or bool({"/", "."} & set(words[0].rstrip("."))))


def _words(option: str, values: Sequence[str] | None) -> Sequence[str]:
    if values is None:
        return ()
    return [word for value in values for word in (option, value)] or [option]
