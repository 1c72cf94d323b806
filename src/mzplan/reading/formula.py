"""Text that a spreadsheet would take for a formula: the mark that keeps it text, and its taking off. Knows no files."""

import re

_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_MARK = "'"


def no_formula(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula: an apostrophe stands before one that begins so."""
    return _MARK + text if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return _FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)


def without_mark(text: str) -> str:
    """What a cell says behind the apostrophe that `no_formula` has put there; any other text as it stands."""
    return text[1:] if text.startswith(_MARK) and no_formula(text[1:]) == text else text
