"""How wide a text for people may be."""

import os
from typing import TYPE_CHECKING

from mzplan.cli.common import is_terminal, terminal_width

if TYPE_CHECKING:
    from pathlib import Path


def line_width(output: "Path | None" = None) -> int | None:
    """Columns of the terminal, or of COLUMNS where it is set; None, as wide as need be, in a file or a pipe."""
    if output is not None:
        return None
    return terminal_width() if is_terminal() or os.environ.get("COLUMNS") else None
