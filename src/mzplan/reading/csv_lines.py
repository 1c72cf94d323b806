"""The text of a CSV as an editor shows it: where its lines end, its cells begin and its quotes do not close."""

import io
import re

_UNUSUAL_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_CLOSED = re.compile(r'"[^"]*(?:""[^"]*)*"(?=[,\r\n]|\Z)')
_BARE = re.compile(r"[^,\r\n]*")


def physical_lines(text: str) -> list[str]:
    """The lines as an editor counts them (LF, CRLF, CR), ends kept; `splitlines` alone would break at more."""
    if any(end in text for end in _UNUSUAL_ENDS):
        return list(io.StringIO(text, newline=""))
    return text.splitlines(keepends=True)


def faulty_quote(text: str, *, multiline: bool) -> int | None:
    """Where the quote stands that is not closed as it should be (or that closes on another line), or None."""
    at = 0
    while at < len(text):
        if text[at] == '"':
            closed = _CLOSED.match(text, at)
            if closed is None or (multiline and ("\n" in closed[0] or "\r" in closed[0])):
                return at
            at = closed.end()
        elif bare := _BARE.match(text, at):
            at = bare.end()
        at += 1
    return None


def cell_columns(text: str) -> list[int]:
    """The column (code points, from 1) where each cell of a physical line starts, up to one that goes on below."""
    columns, at = [], 0
    while True:
        columns.append(at + 1)
        match = (_CLOSED if text[at : at + 1] == '"' else _BARE).match(text, at)
        at = match.end() if match else len(text)
        if text[at : at + 1] != ",":
            return columns
        at += 1
