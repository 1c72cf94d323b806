"""The fast way through a file: rows that every rule would let pass go straight into the ledger.

A row is let through only when each of its cells is one that is known to be sound: the period and unit spelt as they
should be, a code the unit reports, its name, plain digits. Whatever else it may be goes the slow way, where the rules
look at it; `tests/test_speed_shape.py` holds that both ways come to the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from mzplan.figures import SCALE
from mzplan.plan.indicator import Indicator, RatioIndicator
from mzplan.plan.model import Plan
from mzplan.reading.csv_border import CELL_LIMIT, Numbered
from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD, plain_number
from mzplan.rules.figures import agrees
from mzplan.submissions.header import Header
from mzplan.submissions.ledger import EVIDENCE, NOTE, Ledger
from mzplan.submissions.planes import LARGEST, NOT_APPLICABLE_TOKEN, SHORT, packed, unpacked
from mzplan.submissions.row import stage_names

_REMEMBERED = 20_000
"""So many different cells of figures are remembered; further ones are read each time."""


class Misfit(list[str]):
    """A row that cannot be put into the order of `FIELDS`: to a loop it looks like one cell and so like no record."""

    __slots__ = ("cells",)

    def __init__(self, cells: list[str]) -> None:
        super().__init__(("",))
        self.cells = cells


class Slot(NamedTuple):
    """What the screen knows of an indicator."""

    name: str
    base: int
    """Position of its first ledger cell."""
    known: dict[str, int]
    """Values that need no further look, as they are `packed`: plain numbers read before, stages below the last."""
    stages: Mapping[str, int] | None = None
    """All stages, packed; None for a number."""
    ratio: RatioIndicator | None = None


_NOBODY = Slot("\0", 0, {}, {})
"""Stands for a code that may not be screened: no name, no value is known to it."""

Slots = Mapping[str, Slot]
Cells = Sequence[str]
"""The cells in the order of `FIELDS`, or a row that has another number of them."""
Block = Callable[[str, str], tuple[int, Slots]]
Pair = tuple[int | None, int]
"""A numerator, packed, and a denominator, 0 for none; no numerator for a pair that is not let through."""


class Screen:
    """The tables of a plan that the fast way needs, and what it remembers."""

    def __init__(self, plan: Plan, ledger: Ledger) -> None:
        self.ledger = ledger
        self._figures: dict[str, int] = {}
        """Plain numbers read before, packed."""
        self._shares: dict[str, tuple[int, int]] = {}
        """Values of ratios: the figure, and how many decimals it has."""
        slots = {
            code: self._slot(indicator, at * ledger.block_count)
            for at, (code, indicator) in enumerate(plan.indicators.items())
        }
        reported: dict[str, list[str]] = {unit: [] for unit in plan.units}
        for code, indicator in plan.indicators.items():
            for unit in indicator.reporting:
                reported[unit].append(code)
        shared: dict[tuple[str, ...], Slots] = {}
        self.slots: dict[str, Slots] = {}
        """By unit: the indicators that it reports. Units that report the same share one table."""
        for unit, codes in reported.items():
            table = shared.get(tuple(codes))
            if table is None:
                table = shared[tuple(codes)] = {code: slots[code] for code in codes}
            self.slots[unit] = table

    def _slot(self, indicator: Indicator, base: int) -> Slot:
        if isinstance(indicator, RatioIndicator):
            return Slot(indicator.name, base, {}, ratio=indicator)
        if names := stage_names(indicator):
            stages = {name: packed(position) for position, name in enumerate(names)}
            return Slot(indicator.name, base, {name: stages[name] for name in names[:-1]}, stages)
        return Slot(indicator.name, base, self._figures)

    def run(
        self,
        rows: Iterator[tuple[int, Cells]],
        file: int,
        block: Block,
        slow: Callable[[int, Cells], None],
        is_evidence: Callable[[str], bool],
        taken: Callable[[int], None],
    ) -> None:
        """Take in all rows; `taken` is told how many went the fast way, even if the reading is broken off.

        `block` gives the ledger's block of a period and unit, with the indicators that may be screened (none when its
        rows have to go the slow way); it is asked whenever one of them changes, and after a slow row.
        """
        ledger = self.ledger
        values, lines, usual = ledger.values.narrow, ledger.lines.low, ledger.files.usual
        other, pair = self._other, self._pair
        last_period = last_unit = None
        offset = passed = off = 0
        slots: Slots = {}
        try:
            for line, row in rows:
                try:
                    period, unit, code, name, value, above, below, note, evidence = row
                except ValueError:
                    slow(line, row)
                    last_unit = None
                    continue
                if unit != last_unit or period != last_period:
                    if not (unit or code):
                        slow(line, row)
                        continue
                    offset, slots = block(period, unit)
                    off = file - usual[offset]
                    last_period, last_unit = period, unit
                expected, base, known, _, _ = slot = slots.get(code, _NOBODY)
                denominator = 0
                token: int | None
                if name != expected and name:
                    token = None
                elif above or below:
                    token, denominator = pair(slot, value, above, below)
                else:
                    token = known.get(value)
                    if token is None:
                        token = other(slot, value, note, evidence)
                cell = base + offset
                if (
                    token is None
                    or values[cell]
                    or ((note or evidence) and not (is_clean(note) and is_clean(evidence) and is_evidence(evidence)))
                ):
                    slow(line, row)
                    last_unit = None
                    continue
                values[cell] = token if token <= LARGEST else ledger.values.put_wide(cell, token)
                lines[cell] = line if line <= SHORT else ledger.lines.put_long(cell, line)
                if denominator:
                    ledger.denominators[cell] = denominator
                if off:
                    ledger.files.put_off(cell, off)
                if note or evidence:
                    ledger.flags[cell] = (NOTE if note else 0) | (EVIDENCE if evidence else 0)
                passed += 1
        finally:
            taken(passed)

    def _read(self, text: str) -> int | None:
        """A plain number that is not negative, packed; None for anything that a rule may speak about."""
        if text.isdigit() and text.isascii() and len(text) <= 12 and (text[0] != "0" or text == "0"):
            figure = int(text) * SCALE
        else:
            number = plain_number(text) if len(text) <= 32 else None
            if number is None or number.figure is None or number.figure < 0 or number.habits:
                return None
            figure = number.figure
        token = packed(figure)
        if len(self._figures) < _REMEMBERED:
            self._figures[text] = token
        return token

    def _other(self, slot: Slot, value: str, note: str, evidence: str) -> int | None:
        """A value that is not known yet, or known only with its evidence or note."""
        if value == NOT_APPLICABLE_WORD and slot is not _NOBODY:
            return NOT_APPLICABLE_TOKEN if note else None
        if slot.stages is not None:
            return slot.stages.get(value) if evidence else None
        return None if slot.ratio else self._read(value)

    def _pair(self, slot: Slot, value: str, above: str, below: str) -> Pair:
        """Numerator and denominator that fit each other and the value."""
        ratio, known = slot.ratio, self._figures
        if ratio is None:
            return None, 0
        one = known.get(above) or self._read(above)
        other = known.get(below) or self._read(below)
        if one is None or other is None:
            return None, 0
        numerator, denominator = unpacked(one), unpacked(other)
        if not denominator or (ratio.part_of_whole and numerator > denominator):
            return None, 0
        if value:
            given = self._shares.get(value) or self._share(value)
            if given is None or (ratio.part_of_whole and given[0] > ratio.scale * SCALE):
                return None, 0
            if not agrees(*given, numerator, denominator, ratio.scale):
                return None, 0
        return one, denominator

    def _share(self, text: str) -> tuple[int, int] | None:
        """A plain number that is not negative, with its decimals."""
        number = plain_number(text) if len(text) <= 32 else None
        if number is None or number.figure is None or number.figure < 0 or number.habits:
            return None
        if len(self._shares) < _REMEMBERED:
            self._shares[text] = (number.figure, number.decimals)
        return number.figure, number.decimals


def is_clean(text: str) -> bool:
    """Whether a note or a piece of evidence has nothing that a rule about its characters would speak of."""
    return not text or (
        text.isprintable()
        and len(text) <= CELL_LIMIT
        and text[0] not in BLANKS
        and text[-1] not in BLANKS
        and "\ufffd" not in text
        and "???" not in text
    )


def arranged(rows: Iterator[Numbered], header: Header) -> Iterator[tuple[int, Cells]]:
    """Rows with their cells in the order of `FIELDS`; one that has not the header's shape as a `Misfit`."""
    return rows if header.is_usual else _picked(rows, header)


def _picked(rows: Iterator[Numbered], header: Header) -> Iterator[tuple[int, Cells]]:
    pick, width, unnamed = itemgetter(*header.positions), header.width, header.unnamed
    for line, row in rows:
        if len(row) != width or (unnamed and any(row[at] for at in unnamed)):
            yield line, Misfit(row)
        else:
            row.append("")
            yield line, pick(row)
