"""Text that a conditional format of an Excel workbook makes white, and so nobody sees, where its condition is plain.

A condition that compares the cell with a number, or always holds, is worked out; any other is taken not to hold.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from mzplan.reading.spreadsheet import Grid, Handlers, area_of, is_faint, parse_xml, plain_decimal

_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "equal": eq,
    "notEqual": ne,
    "greaterThan": gt,
    "greaterThanOrEqual": ge,
    "lessThan": lt,
    "lessThanOrEqual": le,
}
_ALWAYS = frozenset({"TRUE", "TRUE()", "1", "1=1"})


class ConditionalFormat(NamedTuple):
    """One conditional format."""

    areas: str
    """Its cells: `E2:E70 G2`."""
    kind: str
    operator: str
    look: int
    """Which of the workbook's looks it gives."""
    formula: str

    def at(self, formula: str) -> "ConditionalFormat":
        """It with its condition; of two bounds the first stays, and so between them is not plain."""
        return self if self.formula else self._replace(formula=formula)

    def holds(self, text: str) -> bool:
        """Whether it holds for a cell that says so, as far as that is plain."""
        if self.kind == "expression":
            return self.formula.upper() in _ALWAYS
        number, bound = plain_decimal(text), plain_decimal(self.formula)
        compared = _COMPARED.get(self.operator) if self.kind == "cellIs" else None
        return compared is not None and number is not None and bound is not None and compared(number, bound)


def faint_looks(styles: bytes, colour: Callable[[dict[str, str]], str]) -> frozenset[int]:
    """Which of the looks for conditional formats make text white on white; `colour` reads a colour's attributes."""
    looks: list[tuple[str, str]] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "dxf":
            looks.append(("", ""))
        elif "dxfs" in inside and looks and name == "color" and "font" in inside:
            looks[-1] = colour(attributes), looks[-1][1]
        elif "dxfs" in inside and looks and name == "bgColor":
            looks[-1] = looks[-1][0], colour(attributes)

    def end(name: str) -> None:
        inside.pop()

    if b"<dxf" in styles:
        parse_xml(styles, Handlers(start, end, lambda text: None))
    return frozenset(at for at, look in enumerate(looks) if is_faint(*look))


def mark_faint(grid: Grid, rules: Sequence[ConditionalFormat], looks: frozenset[int]) -> None:
    """Mark the cells of a sheet that such a format makes white."""
    for rule in rules:
        if rule.look not in looks:
            continue
        for area in rule.areas.split():
            (top, left), (bottom, right) = area_of(area)
            grid.faint |= {
                (row, column)
                for row, cells in grid.rows.items()
                if top <= row <= bottom
                for column, text in cells.items()
                if left <= column <= right and text and rule.holds(text)
            }
