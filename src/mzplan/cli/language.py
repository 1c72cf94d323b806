"""Which language a run speaks: that of `--lang`, else of MZPLAN_LANG, else Chinese; never guessed from the system's.

What leaves the program is told here, and the English is loaded for whoever asked for it alone.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

from mzplan.diagnostics import InputError, show
from mzplan.said import say

if TYPE_CHECKING:
    from mzplan.plan.model import Plan
    from mzplan.reading.files import StrPath

OPTION, VARIABLE = "--lang", "MZPLAN_LANG"
LANGUAGES: Mapping[str, str] = {"zh": "中文", "en": "English"}

_UNKNOWN = "{name} 的 {given} 不是 mzplan 的语言，写 zh（中文）或 en（English）。{name}: write zh or en."
"""In both languages: whoever asks in vain for the other does not read the first."""

_LANGUAGE: ContextVar[str] = ContextVar("language", default="zh")
_ASKED_FOR: ContextVar[str] = ContextVar("asked_for", default="")
_NAMES: ContextVar[Mapping[str, str]] = ContextVar("names", default=MappingProxyType({}))


def choose(given: Sequence[str], environment: Mapping[str, str]) -> None:
    """Speak the language that the words of a command line ask for, wherever the option stands; InputError for none."""
    _LANGUAGE.set("zh")
    _NAMES.set(MappingProxyType({}))
    asked, by = environment.get(VARIABLE) or "zh", VARIABLE
    words = iter(itertools.takewhile("--".__ne__, given))
    for word in words:
        name, equals, value = word.partition("=")
        if name == OPTION:
            asked, by = value if equals else next(words, asked), OPTION
    if asked.casefold() not in LANGUAGES:
        raise InputError(say(_UNKNOWN, name=by, given=show(asked)))
    asked = asked.casefold()
    _LANGUAGE.set(asked)
    _ASKED_FOR.set(asked if asked != (environment.get(VARIABLE) or "zh").casefold() else "")


def asked_for() -> str:
    """The language that another command has to be asked for, too; empty for the one that it speaks anyhow."""
    return _ASKED_FOR.get()


def is_english() -> bool:
    """Whether English was asked for."""
    return _LANGUAGE.get() == "en"


def known(plan: "Plan") -> "Plan":
    """The same plan, of which what it names is from now on called by its English names, where it has any."""
    if is_english():
        _NAMES.set(MappingProxyType({**_NAMES.get(), **plan.english}))
    return plan


def known_plan(path: "StrPath") -> "Plan":
    """The plan in a file, called likewise; one that is wrong is told by the English names that it says itself."""
    from mzplan.plan.load import load_plan  # not for a run that reads no plan

    try:
        return known(load_plan(path))
    except InputError:
        known_in(path)
        raise


def known_in(path: "StrPath") -> None:
    """Call what a plan file names, which may be wrong, by its English names from now on."""
    if is_english():
        from mzplan.plan.load import english_in  # likewise

        _NAMES.set(MappingProxyType({**_NAMES.get(), **english_in(path)}))


def tell(text: str) -> str:
    """A text in the language of the run."""
    if not is_english():
        return str(text)
    from mzplan.english import english  # for whoever asks for it alone

    return english(text, _NAMES.get())


def teller() -> Callable[[str], str]:
    """What says a text in the language of the run; `str` in Chinese, which writers need not ask about each text."""
    return tell if is_english() else str
