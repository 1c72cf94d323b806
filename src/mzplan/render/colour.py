"""Colours of a terminal: the one place that knows escape codes."""

from collections.abc import Mapping

from mzplan.render.document import Tone

ERASED_LINE = "\r\x1b[K"
"""What takes the line that is being written off a terminal."""
CLEARED_SCREEN = "\x1b[H\x1b[2J"
"""What takes everything off a terminal."""

STYLES: Mapping[Tone, str] = {
    "": "",
    "green": "green",
    "yellow": "yellow",
    "red": "bold red",
    "missing": "magenta",
    "dim": "dim",
    "strong": "bold",
}


def painted(text: str, style: str) -> str:
    """The text in a style of rich's; blanks and texts without a style as they are."""
    from rich.color import ColorSystem  # a fifth of a short run, and needed at a terminal alone
    from rich.style import Style

    if not style or not text.strip():
        return text
    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
