"""Tables drawn by tabulate, which shall neither escape nor read a number into any text."""

from collections.abc import Callable, Sequence
from typing import Literal

from mzplan.render.document import Cell, Column


def tabulated(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    format_: Literal["pipe", "latex_raw"],
    escape: Callable[[str], str],
) -> str:
    """Headings and rows in one of its formats."""
    from tabulate import tabulate  # needed by these formats alone

    drawn: str = tabulate(
        [[escape(cell.text) for cell in row] for row in rows],
        headers=[escape(column.heading) for column in columns],
        tablefmt=format_,
        colalign=["center" if column.align == "centre" else column.align for column in columns],
        disable_numparse=True,
    )
    return drawn
