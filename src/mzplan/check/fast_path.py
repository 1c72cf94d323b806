"""The fast path: rows that every rule would let pass go straight into the ledger, and the rest come out for the rules.

Nearly every row of a good submission is sound, and asking forty rules about it takes twelve times as long as seeing
that none can speak: its period and unit are ones that the rules have passed in this file, its code is one that the unit
reports, its name is that code's, its figures are plain digits that fit each other, its note hides nothing, its place in
the ledger is free. Whatever else a row may be, nothing is decided here. With the fast path off, everything is the same
but the time; `tests/test_fast_path.py` holds that.
"""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from mzplan.figures import SCALE
from mzplan.plan.indicator import Indicator, RatioIndicator
from mzplan.plan.model import Plan
from mzplan.reading.csv_border import CELL_LIMIT, Numbered
from mzplan.reading.formula import no_formula
from mzplan.reading.misread import LEFT_SIGNS
from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD, Number, plain_number
from mzplan.rules import CHECKS
from mzplan.rules.evidence import is_evidence
from mzplan.rules.figures import agrees
from mzplan.rules.scope import Scope
from mzplan.submissions.header import FIELDS, Header
from mzplan.submissions.ledger import EVIDENCE, NOT_APPLICABLE, NOTE, Ledger
from mzplan.submissions.names import stage_names
from mzplan.submissions.reasons import explains
from mzplan.submissions.statements import speaks_of_the_figure

_FIELDS = ("period", "unit", "indicator", "name", "value", "numerator", "denominator", "note", "evidence")
"""The columns that are known here: a row that says anything in another one is for the rules."""
_KNOWN = (
    "MZ117 MZ150 MZ151 MZ152 MZ153 MZ154 MZ155 MZ159 MZ205 MZ206 MZ207 MZ210 MZ212 MZ213 MZ227 MZ233 MZ234 MZ301 MZ304 "
    "MZ305 MZ309 MZ310 MZ311 MZ312 MZ401 MZ402 MZ403 MZ404 MZ405 MZ406 MZ407 MZ411 MZ431 MZ432"
)
KNOWN = frozenset(_KNOWN.split())
"""The rules about single rows of which it is known here what they let pass; those about periods and units are asked."""
IS_SAFE = KNOWN.issuperset(rule.code for rule, _ in (*CHECKS.shape, *CHECKS.row))
"""Whether those are all that there are: one that is not known here must be asked of every row."""
_REMEMBERED = 20_000
"""So many different cells of figures are remembered; further ones are read each time."""
_REMEMBERED_EVIDENCE = 1000


class _KnownIndicator(NamedTuple):
    """What is known of an indicator."""

    name: str
    base: int
    """Position of its first ledger cell; a block of the ledger is added to it."""
    known: dict[str, int]
    """Values that need no further look, and their figures: plain numbers read before, stages."""
    step: int
    """Its figures are multiples of this: how many decimals they may have."""
    figures: dict[str, int]
    """Plain numbers read before of indicators with as many decimals."""
    is_milestone: bool = False
    ratio: RatioIndicator | None = None


_Slots = Mapping[str, _KnownIndicator]
_NOBODY = _KnownIndicator("\0", 0, {}, 1, {}, is_milestone=True)
"""Stands for a code that the unit does not report: no name and no value is known to it."""
_NOWHERE: tuple[int, _Slots] = (0, {})
"""Stands for a period and unit that have not been admitted."""


class FastPath:
    """What is known of a plan, and of the file that is being read."""

    def __init__(self, plan: Plan, ledger: Ledger) -> None:
        self._ledger = ledger
        self.taken = 0
        """Rows entered so far, over all files."""
        self._figures: dict[int, dict[str, int]] = {}
        """Plain numbers read before, by the step of the indicators that they were read for."""
        self._shares: dict[str, Number] = {}
        """Values of ratios read before."""
        slots = {
            code: self._slot(indicator, at * ledger.block_count)
            for at, (code, indicator) in enumerate(plan.indicators.items())
        }
        reported: dict[str, list[str]] = {unit: [] for unit in plan.units}
        for code, indicator in plan.indicators.items():
            for unit in indicator.reporting:
                reported[unit].append(code)
        shared: dict[tuple[str, ...], _Slots] = {}
        self._slots: dict[str, _Slots] = {}
        """By unit: the indicators that it reports. Units that report the same share one table."""
        for unit, codes in reported.items():
            if tuple(codes) not in shared:
                shared[tuple(codes)] = {code: slots[code] for code in codes}
            self._slots[unit] = shared[tuple(codes)]

    def _slot(self, indicator: Indicator, base: int) -> _KnownIndicator:
        step = 10 ** (6 - indicator.decimals)
        figures = self._figures.setdefault(step, {})
        if ratio := indicator.ratio:
            return _KnownIndicator(indicator.name, base, {}, step, figures, ratio=ratio)
        if names := stage_names(indicator):
            stages = {name: position for position, name in enumerate(names)}
            return _KnownIndicator(indicator.name, base, stages, step, figures, is_milestone=True)
        return _KnownIndicator(indicator.name, base, figures, step, figures)

    def begin_file(self, file: int, scope: Scope) -> None:
        """From here on rows are those of that file, in which no period and unit have been admitted."""
        self._file = file
        self._scope = scope
        self._admitted: dict[tuple[str, str], tuple[int, _Slots]] = {}
        self._evidence = {"": True}

    def admit(self, period_text: str, unit_text: str, unit: str, block: int) -> None:
        """Rows with these cells may be taken: no rule has anything to say about either, or has said it already."""
        self._admitted[period_text, unit_text] = block, self._slots[unit]

    def rest(self, rows: Iterator[Numbered], header: Header) -> Iterator[Numbered]:
        """Enter the rows that are sound beyond doubt; the others come out as they are, in their order."""
        at, width, file = dict(zip(FIELDS, header.positions, strict=True)), header.width, self._file
        pick = None if header.is_usual and FIELDS == _FIELDS else itemgetter(*map(at.__getitem__, _FIELDS))
        unnamed = (*header.unnamed, *(at[field] for field in FIELDS if field not in _FIELDS and at[field] < width))
        ledger, scope, admitted = self._ledger, self._scope, self._admitted
        held, lines, files = ledger.values.held, ledger.lines, ledger.files
        last_period = last_unit = None
        block, slots = _NOWHERE
        is_other = False
        cell = denominator = 0
        note = evidence = ""
        for line, row in rows:
            figure: int | None = None
            if len(row) == width and not (unnamed and any(row[at] for at in unnamed)):
                cells = pick([*row, ""]) if pick else row
                period, unit, code, name, value, above, below, note, evidence = cells
                if unit != last_unit or period != last_period:
                    block, slots = admitted.get((period, unit), _NOWHERE)
                    last_period, last_unit = period, unit
                    is_other = True
                slot = slots.get(code, _NOBODY)
                expected, base, known = slot[:3]
                cell = base + block
                if (
                    (not name or name == expected)
                    and not held[cell]
                    and (not (note or evidence) or self.says_nothing_odd(note, evidence))
                ):
                    denominator = 0
                    if above or below:
                        figure, denominator = self._pair(slot, value, above, below)
                    else:
                        figure = known.get(value)
                        if figure is None:
                            figure = self._other(slot, value, note)
            if figure is None:
                yield line, row
                last_unit = None  # its period and unit may have been admitted in the meantime
                continue
            if is_other:
                scope.above.update(period=period, unit=unit)
                is_other = False
            lines[cell] = line
            files[cell] = file
            if denominator:
                ledger.denominators[cell] = denominator
            if note:
                ledger.notes[cell] = note
            if note or evidence:
                ledger.flags[cell] = (NOTE if note else 0) | (EVIDENCE if evidence else 0)
            held[cell] = figure + 1  # last
            self.taken += 1

    def says_nothing_odd(self, note: str, evidence: str) -> bool:
        """Whether no rule has anything to say about a note and evidence in the file that is being read."""
        if not (_is_clean(note) and _is_clean(evidence)) or (
            note and (not explains(note) or speaks_of_the_figure(note))
        ):
            return False
        is_sound = self._evidence.get(evidence)
        if is_sound is None:
            is_sound = is_evidence(evidence, self._scope)
            if len(self._evidence) < _REMEMBERED_EVIDENCE:
                self._evidence[evidence] = is_sound
        return is_sound

    def _other(self, slot: _KnownIndicator, value: str, note: str) -> int | None:
        """A value that is not known yet, or known only with its note."""
        if value == NOT_APPLICABLE_WORD and slot is not _NOBODY:
            return NOT_APPLICABLE if note else None
        return None if slot.ratio or slot.is_milestone else self._read(slot, value)

    def _read(self, slot: _KnownIndicator, text: str) -> int | None:
        """The figure of a plain number; None for anything that a rule may speak about."""
        if text.isdigit() and text.isascii() and len(text) <= 12 and (text[0] != "0" or text == "0"):
            figure = int(text) * SCALE
        elif (number := _sound_number(text)) is not None and number.figure is not None:
            figure = number.figure
        else:
            return None
        if figure % slot.step:
            return None
        if len(slot.figures) < _REMEMBERED:
            slot.figures[text] = figure
        return figure

    def _pair(self, slot: _KnownIndicator, value: str, above: str, below: str) -> tuple[int | None, int]:
        """Numerator and denominator that fit each other and the value; no numerator for any others."""
        ratio, known = slot.ratio, slot.figures
        if ratio is None:
            return None, 0
        numerator = known.get(above) or self._read(slot, above)
        denominator = known.get(below) or self._read(slot, below)
        if numerator is None or not denominator or (ratio.part_of_whole and numerator > denominator):
            return None, 0
        if value:
            share = self._shares.get(value) or self._share(value)
            if share is None or share.figure is None or (ratio.part_of_whole and share.figure > ratio.scale * SCALE):
                return None, 0
            if not agrees(share.figure, share.decimals, numerator, denominator, ratio.scale):
                return None, 0
        return numerator, denominator

    def _share(self, text: str) -> Number | None:
        number = _sound_number(text)
        if number is not None and len(self._shares) < _REMEMBERED:
            self._shares[text] = number
        return number


def _sound_number(text: str) -> Number | None:
    """A plain number that is not negative and is written as it should be."""
    number = plain_number(text) if len(text) <= 32 else None
    return None if number is None or number.figure is None or number.figure < 0 or number.habits else number


_MAY_BEGIN_OTHERWISE = LEFT_SIGNS.union(BLANKS, no_formula("=")[0])
"""How a note begins that may be something else than words."""


def _is_clean(text: str) -> bool:
    """Whether a note or a piece of evidence has nothing that a rule about its characters would speak of."""
    return not text or (
        text.isprintable()
        and len(text) <= CELL_LIMIT
        and text[0] not in _MAY_BEGIN_OTHERWISE
        and text[-1] not in BLANKS
        and "\ufffd" not in text
        and "???" not in text
    )
