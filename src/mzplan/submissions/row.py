"""What a row of a progress CSV says in the plan's terms: unit, period, indicator, figures. Judges nothing."""

import re
from collections.abc import Sequence

from mzplan.figures import plain
from mzplan.plan.indicator import Figure, Indicator
from mzplan.reading.formula import without_mark
from mzplan.reading.misread import read_number, spreadsheet_fault
from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD, Fault, Habit, Number, plain_number
from mzplan.submissions.header import FIELDS, WORDS, Header
from mzplan.submissions.names import Names, matched_form, stage_form, trimmed
from mzplan.zh import MONEY

_LONG_SHARE = re.compile(r"([0-9]{1,12})\.([0-9]{7,17})(%?)")
_SURE_DECIMALS = 5
_OF_PART = re.compile(r".*（([^（）]{1,8})）", re.S)
NO_NUMBER = Number(None, fault=Fault.BLANK)


def holds_record(cells: Sequence[str], header: Header, names: Names) -> bool:
    """Whether a row names an indicator of the plan and holds a figure, whatever its other cells say."""
    if not any(names.indicator(cell).id or names.indicator_called(cell) for cell in cells if cell):
        return False
    figures = header.arranged(cells)[_FIGURES]
    return any(map(trimmed, figures)) or any(plain_number(cell) is not None for cell in cells)


def measure_of(indicator: Indicator | None, field: str) -> str:
    """The measure unit that a cell's figure is to be in: a part of a ratio has its own at the end of its name."""
    if field == "value":
        return indicator.unit if indicator else ""
    named = _OF_PART.fullmatch(getattr(indicator, field)) if indicator and indicator.ratio else None
    return named[1] if named and named[1].endswith(MONEY) else ""


class Row:
    """One record as its file has it, read in the plan's terms; what cannot be read is None."""

    __slots__ = (
        *("line", "texts", "cells", "names", "period", "unit", "coded", "is_shifted", "indicator", "ratio", "stages"),
        *("stage", "is_not_applicable", "note", "evidence", "numbers"),
    )

    def __init__(self, line: int, texts: tuple[str, ...], names: Names) -> None:
        plan = names.plan
        self.line = line
        self.texts = texts = tuple([without_mark(text) if at in _WORDS else text for at, text in enumerate(texts)])
        """The cells in the order of `FIELDS`, as they stand, but for the mark that words are no formula; "" for an
        absent column."""
        self.cells = cells = tuple([text.strip(BLANKS) for text in texts])
        """The same without the blanks around them."""
        self.names = names
        self.period = names.period(texts[0])[0]
        unit, code = names.unit(texts[1]).id, names.indicator(texts[2]).id
        self.unit = plan.units[unit] if unit else None
        self.coded = plan.indicators[code] if code else None
        """The indicator that the code names."""
        name = cells[3]
        is_named = self.coded is None or name in ("", self.coded.name)
        self.is_shifted = not (is_named or names.form_of(name) in ("", names.forms[code or ""]))
        """Whether the name given is another than the code's: nothing on such a row can be trusted."""
        self.indicator = None if self.is_shifted else self.coded
        """The indicator, when code and name do not contradict each other."""
        self.ratio = self.indicator.ratio if self.indicator else None
        """The indicator when it takes a numerator and a denominator."""
        self.stages = names.stages[self.indicator.id] if self.indicator else ()
        """The words that the value may be; empty when it is a number."""
        word = matched_form(cells[4])
        self.is_not_applicable = word == NOT_APPLICABLE_WORD
        if self.stages and word not in self.stages:
            word = stage_form(cells[4])
        self.stage = self.stages.index(word) if word in self.stages else None
        """The position of the stage that the value names."""
        self.note, self.evidence = ("" if spreadsheet_fault(text) else text for text in cells[7:9])
        """What is said in words; nothing where a spreadsheet has left something else."""
        self.numbers: dict[str, Number] = {}
        """By field what the cells say in which this indicator has figures: none for a milestone, 不适用 or an unknown
        indicator. 70% in the value of a percentage is read as 70."""
        if self.ratio and not self.is_not_applicable:
            self.numbers = {"value": self._share(), "numerator": self._number(5), "denominator": self._number(6)}
        elif self.indicator and not self.stages and not self.is_not_applicable:
            self.numbers = {"value": self._number(4)}

    @property
    def is_untouched(self) -> bool:
        """Whether a row of the form is as it was made: it names its indicator and says nothing, as if it were not."""
        return self.indicator is not None and not any(self.cells[_FIGURES.start :])

    @property
    def is_mute(self) -> bool:
        """Whether a row gives no figure and has no words, be there what a spreadsheet has left in their place."""
        return not (any(self.cells[_FIGURES]) or self.note or self.evidence)

    def saying(self, field: str, text: str) -> "Row":
        """It with another text in one cell."""
        texts = list(self.texts)
        texts[_AT[field]] = text
        return Row(self.line, tuple(texts), self.names)

    def text(self, field: str) -> str:
        """A cell by its field, as it stands."""
        return self.texts[_AT[field]]

    def cell(self, field: str) -> str:
        """A cell by its field, trimmed."""
        return self.cells[_AT[field]]

    def number(self, field: str) -> Number:
        """What a cell of figures says; `NO_NUMBER` where the indicator has none."""
        return self.numbers.get(field, NO_NUMBER)

    def _number(self, at: int) -> Number:
        return read_number(self.texts[at]) if self.cells[at] else NO_NUMBER

    def _share(self) -> Number:
        number = self._number(4)
        long = _LONG_SHARE.fullmatch(self.cells[4]) if number.figure is None and self.ratio else None
        if long:  # a spreadsheet gives what it has worked out to fifteen digits: the parts say it
            figure = (int(long[1] + long[2][:7].ljust(7, "0")) + 5) // 10
            if not long[3]:
                return Number(figure, _SURE_DECIMALS)
            number = Number(None, _SURE_DECIMALS, fault=Fault.PERCENT, meant=figure)
        if number.fault is Fault.PERCENT and number.meant is not None and self.ratio and self.ratio.scale == 100:
            is_alone = not (self.cells[5] or self.cells[6])
            habits = () if is_alone else (Habit.PERCENT,)  # alone it is the parts that lack
            return Number(number.meant, number.decimals, habits=habits, plain=plain(number.meant))
        return number

    @property
    def figure(self) -> Figure | None:
        """What goes into the ledger; None when the cells do not say it."""
        if self.indicator is None:
            return None
        if self.is_not_applicable:
            return Figure(None)
        if self.stages:
            return None if self.stage is None else Figure(self.stage)
        if self.ratio:
            above, below = self.number("numerator").figure, self.number("denominator").figure
            return None if above is None or below is None else Figure(above, below)
        value = self.number("value").figure
        return None if value is None else Figure(value)


_AT = {field: at for at, field in enumerate(FIELDS)}
_WORDS = frozenset(_AT[field] for field in ("name", *WORDS))
_FIGURES = slice(_AT["value"], _AT["note"])
