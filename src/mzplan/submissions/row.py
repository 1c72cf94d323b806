"""What a row of a progress CSV says in the plan's terms: unit, period, indicator, figures. Judges nothing."""

import os
import re
import unicodedata
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO, NamedTuple, TypeVar

from mzplan.figures import plain
from mzplan.period import Period
from mzplan.plan.indicator import Figure, Indicator, MilestoneIndicator, RatioIndicator
from mzplan.plan.lookup import nearest
from mzplan.plan.model import Plan, ReportingUnit
from mzplan.reading.csv_border import Defect
from mzplan.reading.files import DATA_LIMIT, open_regular
from mzplan.reading.misread import read_number
from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD, Fault, Habit, Number
from mzplan.submissions.header import FIELDS

_PERIOD = re.compile(r"\d{4}-\d{2}", re.ASCII)


def is_period(name: str) -> bool:
    """Whether a folder is called like a period."""
    return _PERIOD.fullmatch(name) is not None


def place_in(path: str) -> tuple[str, str] | None:
    """The period and unit that a path names, as they stand there, when the file's folder is called like a period."""
    above, name = os.path.split(path)
    folder = os.path.basename(above)
    return (folder, os.path.splitext(name)[0]) if is_period(folder) else None


class Folder(NamedTuple):
    """A folder of `<period>/<unit id>.csv` that was given as a whole, so that what is not in it is missing."""

    path: str
    """As it is shown."""
    period: str = ""
    """The only period given, when the folder given was that period's."""


class Source(NamedTuple):
    """One CSV to be read: a file, or bytes that are already here (standard input)."""

    path: str
    """As it is shown."""
    file: str = ""
    """What is opened; empty when `content` is given."""
    content: BytesIO | None = None
    place: tuple[str, str] | None = None
    """The period and the unit that the path names, as they stand there: the file speaks for no other."""
    folder: Folder | None = None
    """The data folder in which the file lies, when that was given as a whole."""
    within: str = ""
    """The folder out of which no symbolic link may lead."""
    root: str = ""
    """The folder that evidence paths start from, besides the file's own."""
    defect: Defect | None = None
    """What is wrong before anything is read: a folder without CSV."""
    size: int = 0
    """Bytes, as far as known beforehand."""

    @classmethod
    def of_bytes(cls, path: str, data: bytes) -> "Source":
        """Bytes that are called like that file."""
        return cls(path, content=BytesIO(data), place=place_in(path))

    def open(self) -> BinaryIO:
        """The bytes from the start, for the caller to close; FileError when they cannot be had."""
        if self.content is None:
            return open_regular(self.file or self.path, DATA_LIMIT, self.within)
        self.content.seek(0)
        return BytesIO(self.content.getbuffer())


_LONGEST_NAME = 100

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the order of what is shown: never taken off silently."""
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))


def trimmed(text: str) -> str:
    """The text without the blanks around it."""
    return text.strip(BLANKS)


def matched_form(text: str) -> str:
    """The form in which two spellings of one name are equal: trimmed, compatibility forms undone, nothing invisible.

    What is longer than any name is trimmed only: undoing its forms may cost the square of its length.
    """
    if text.isascii() or len(text) > _LONGEST_NAME:
        return text.strip(BLANKS)
    return _IGNORABLE.sub("", unicodedata.normalize("NFKC", text.strip(BLANKS))).strip(BLANKS)


def hidden_characters(text: str) -> list[str]:
    """The characters of a cell that nobody sees: controls, zero-width and bidirectional marks, private use."""
    if text.isprintable():
        return []
    return sorted({c for c in text if not c.isprintable() and c not in "\t\r\n" and unicodedata.category(c) != "Zs"})


class Named(NamedTuple):
    """What a key cell names: an id, or None; `fix` is how it should be written, when that differs."""

    id: str | None
    fix: str | None = None
    is_alias: bool = False


PONDERED = 20
"""Different unknown names of one file for which the nearest known one is sought."""


class Names:
    """The plan's names in every spelling that can be read without doubt."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._official = {
            spelling: unit.id
            for unit in plan.reporting_units
            for spelling in (unit.code, unit.id, unit.name)
            if spelling
        }
        self._units = {matched_form(spelling).casefold(): unit for spelling, unit in plan.unit_names.items()}
        self._indicators = {self._code_form(code): code for code in plan.indicators}
        self._by_name = {matched_form(indicator.name): code for code, indicator in plan.indicators.items()}
        self._suggested: dict[tuple[str, str], str | None] = {}
        self._pondered: set[tuple[str, str]] = set()
        self._units_read: dict[str, Named] = {}
        self._indicators_read: dict[str, Named] = {}
        self._periods_read: dict[str, tuple[Period | None, str | None]] = {}
        self.forms = {code: matched_form(indicator.name) for code, indicator in plan.indicators.items()}
        """By indicator: its name as other spellings of it are compared."""
        self.stages = {code: stage_names(indicator) for code, indicator in plan.indicators.items()}

    @staticmethod
    def _code_form(text: str) -> str:
        return matched_form(text).translate(_DASHES).casefold().replace(" ", "")

    def unit(self, text: str) -> Named:
        """The unit that a cell names."""
        return self._units_read.get(text) or _remember(self._units_read, text, self._unit(text))

    def _unit(self, text: str) -> Named:
        if found := self._official.get(text):
            return Named(found)
        if BIDI.isdisjoint(text) and (meant := self._units.get(matched_form(text).casefold())):
            official = self._official.get(trimmed(text))
            is_alias = trimmed(text) in self.plan.unit_names and official is None
            return Named(meant, trimmed(text) if official else self.plan.units[meant].name, is_alias)
        return Named(None)

    def indicator(self, text: str) -> Named:
        """The indicator that a cell's code names."""
        return self._indicators_read.get(text) or _remember(self._indicators_read, text, self._indicator(text))

    def _indicator(self, text: str) -> Named:
        if text in self.plan.indicators:
            return Named(text)
        meant = self._indicators.get(self._code_form(text)) if BIDI.isdisjoint(text) else None
        return Named(meant, meant)

    def period(self, text: str) -> tuple[Period | None, str | None]:
        """The month that a cell names, and how it should be written when that differs."""
        return self._periods_read.get(text) or _remember(self._periods_read, text, self._period(text))

    @staticmethod
    def _period(text: str) -> tuple[Period | None, str | None]:
        try:
            return Period.parse(text), None
        except ValueError:
            pass
        period = Period.guess(matched_form(text)) if len(text) <= 32 else None
        return period, str(period) if period else None

    def indicator_called(self, name: str) -> str | None:
        """The id of the indicator with that name."""
        return self._by_name.get(matched_form(name))

    def nearest_unit(self, text: str) -> ReportingUnit | None:
        """The unit that an unknown name most likely means."""
        near = self._nearest("unit", trimmed(text), self.plan.unit_names)
        return self.plan.units[self.plan.unit_names[near]] if near else None

    def nearest_indicator(self, text: str) -> Indicator | None:
        """The indicator that an unknown code most likely means, or whose name stands in the code's place."""
        if called := self.indicator_called(text):
            return self.plan.indicators[called]
        near = self._nearest("indicator", trimmed(text), self.plan.indicators)
        return self.plan.indicators[near] if near else None

    def begin_file(self) -> None:
        """From here on it is another file's cells that are read, with misses of its own."""
        self._pondered.clear()

    def _nearest(self, kind: str, text: str, known: Mapping[str, object]) -> str | None:
        """Of one file, so many different misses are pondered: each costs time, and no file may depend on another."""
        key = (kind, text)
        if key not in self._pondered:
            if len(self._pondered) >= PONDERED:
                return None
            self._pondered.add(key)
        if key in self._suggested:
            return self._suggested[key]
        return _remember(self._suggested, key, nearest(text, known))

    def garbled(self, text: str) -> str | None:
        """What a text was before it was decoded wrongly, as far as it is a name of the plan; None for a sound text.

        Empty when only the damage is plain: replacement characters, a run of question marks.
        """
        if "\ufffd" in text or "???" in text:
            return ""
        if text.isascii():
            return None
        try:
            before = trimmed(text).encode("gb18030").decode("utf-8")
        except UnicodeError:
            return None
        return before if before in self.plan.unit_names or self.indicator_called(before) else None


_Key = TypeVar("_Key")
_Read = TypeVar("_Read")
_REMEMBERED = 10_000
"""So many different cells of a kind are remembered at a time."""


def _remember(known: dict[_Key, _Read], key: _Key, read: _Read) -> _Read:
    if len(known) >= _REMEMBERED:
        known.clear()  # the rules ask several times for the same cell, then perhaps never again
    known[key] = read
    return read


_NO_NUMBER = Number(None, fault=Fault.BLANK)


class Row:
    """One record as its file has it, read in the plan's terms; what cannot be read is None."""

    __slots__ = (
        *("line", "texts", "names", "period", "unit", "coded", "is_shifted", "indicator", "ratio", "stages"),
        *("is_not_applicable", "figure_fields", "_numbers"),
    )

    def __init__(self, line: int, texts: tuple[str, ...], names: Names) -> None:
        plan = names.plan
        self.line = line
        self.texts = texts
        """The cells in the order of `FIELDS`, as they stand; "" for an absent column."""
        self.names = names
        self.period = names.period(texts[0])[0]
        unit, code = names.unit(texts[1]).id, names.indicator(texts[2]).id
        self.unit = plan.units[unit] if unit else None
        self.coded = plan.indicators[code] if code else None
        """The indicator that the code names."""
        name = texts[3]
        self.is_shifted = bool(code and name and matched_form(name) not in ("", names.forms[code]))
        """Whether the name given is another than the code's: nothing on such a row can be trusted."""
        self.indicator = None if self.is_shifted else self.coded
        """The indicator, when code and name do not contradict each other."""
        self.ratio = self.indicator if isinstance(self.indicator, RatioIndicator) else None
        """The indicator when it takes a numerator and a denominator."""
        self.stages = names.stages[self.indicator.id] if self.indicator else ()
        """The words that the value may be; empty when it is a number."""
        self.is_not_applicable = matched_form(texts[4]) == NOT_APPLICABLE_WORD
        self.figure_fields = self._figure_fields()
        """The fields in which this indicator has figures: none for a milestone, 不适用 or an unknown indicator."""
        self._numbers = {field: self._number(field) for field in self.figure_fields}

    def text(self, field: str) -> str:
        """A cell by its field."""
        return self.texts[_AT[field]]

    def number(self, field: str) -> Number:
        """What a cell of figures says; 70% in the value of a percentage is read as 70."""
        return self._numbers.get(field, _NO_NUMBER)

    @property
    def note(self) -> str:
        """The note, trimmed."""
        return trimmed(self.texts[7])

    @property
    def evidence(self) -> str:
        """The evidence, trimmed."""
        return trimmed(self.texts[8])

    def _figure_fields(self) -> tuple[str, ...]:
        if self.indicator is None or self.stages or self.is_not_applicable:
            return ()
        return ("value", "numerator", "denominator") if self.ratio else ("value",)

    def _number(self, field: str) -> Number:
        number = read_number(self.text(field))
        is_share = self.ratio is not None and self.ratio.scale == 100 and field == "value"
        if number.fault is Fault.PERCENT and number.meant is not None and is_share:
            return Number(number.meant, number.decimals, habits=(Habit.PERCENT,), plain=plain(number.meant))
        return number

    @property
    def stage(self) -> int | None:
        """The position of the stage that the value names."""
        word = matched_form(self.texts[4])
        return self.stages.index(word) if word in self.stages else None

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


def stage_names(indicator: Indicator | None) -> tuple[str, ...]:
    """The words that an indicator's value may be, in order; empty when it is a number."""
    return tuple(stage.name for stage in indicator.stages) if isinstance(indicator, MilestoneIndicator) else ()
