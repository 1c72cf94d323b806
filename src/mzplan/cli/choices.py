"""A word out of a fixed set, such as the name of an output format: one sentence for every one that does not exist."""

from collections.abc import Collection
from pathlib import Path

from mzplan.diagnostics import InputError, show
from mzplan.plan.lookup import MEANT, one_of
from mzplan.render.formats import OF_OTHERS, SUFFIXES, suffixes
from mzplan.said import listed, say

_NO_FORMAT = "没有输出格式 {text}。{hint}"
_NO_SUFFIX = "{path} 的扩展名 {suffix} 没有对应的输出格式。可用的扩展名有：{known}。"
_LIKEWISE = {"text": "plain", "plain": "text"}
"""What is called so by one command and otherwise by another: either word is understood."""
_OR_FORMAT = "要用别的扩展名，请加 --format。"
_OTHERWISE_CALLED = "{path} 的扩展名 {suffix} 不是 {format} 的，打不开：写成 {known}，或换一个 --format。"


def format_of(
    name: str | None, formats: Collection[str], output: Path | None, usual: str, unknown: str = _NO_FORMAT
) -> str:
    """The output format: as asked for, else by the file's suffix, else the usual one.

    A suffix that none of the formats has is refused, and beside a format that is asked for one that another has:
    whoever opens the file would find something else in it.
    """
    if name is not None:
        alike = [each for each, own in _LIKEWISE.items() if own in formats]
        known = one_of(name, formats, unknown, also=alike, is_slip=name not in SUFFIXES)  # one that others have is none
        format_name = known if known in formats else _LIKEWISE[known]
        _must_be_called_so(format_name, output)
        return format_name
    if output is None or not output.suffix:
        return usual
    by_suffix = {suffix: each for each in formats for suffix in SUFFIXES.get(each, ())}
    if chosen := by_suffix.get(output.suffix.lower()):
        return chosen
    told = say(_NO_SUFFIX, path=show(str(output)), suffix=show(output.suffix), known=listed(by_suffix))
    meant = next((each for each in by_suffix if each.startswith(output.suffix.lower())), None)
    hint = say(MEANT, name=show(str(output.with_suffix(meant)))) if meant else ""
    raise InputError(listed((told, hint or ("" if len(formats) == 1 or _promises(output) else _OR_FORMAT)), ""))


def _promises(output: Path | None) -> bool:
    """Whether the file's name promises a format to whoever opens it, so that no `--format` makes up for it."""
    suffix = output.suffix.lower() if output is not None else ""
    return suffix in OF_OTHERS or any(suffix in known for known in SUFFIXES.values())


def _must_be_called_so(name: str, output: Path | None) -> None:
    """InputError where the file's name promises another format; a suffix that promises nothing is free."""
    suffix = output.suffix.lower() if output is not None else ""
    if _promises(output) and suffix not in (own := suffixes(name)):
        path = show(str(output))
        raise InputError(say(_OTHERWISE_CALLED, path=path, suffix=suffix, format=name, known=listed(own)))
