"""The plan's names in every spelling that can be read without doubt: units, indicators, periods, stages."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache, partial
from typing import NamedTuple, TypeVar

from mzplan.period import Period
from mzplan.plan.indicator import Indicator
from mzplan.plan.lookup import LONGEST_NAME, in_both, nearest, nearest_unit
from mzplan.plan.model import OFFICE, Plan, ReportingUnit
from mzplan.reading.formula import without_mark
from mzplan.reading.number import BLANKS
from mzplan.submissions.measures import is_other_scale
from mzplan.submissions.ordinals import without_first

_SHORTEST_NAME = 3
_LONGEST_PERIOD = 32

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the order of what is shown: never taken off silently."""
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
_IN_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_PROVINCE = re.compile(r"^[^\W\d_]{2,3}省")
_MEASURED = re.compile(r"(?P<name>.+)\((?:(?:计量|金额)?单位[:为]?)?(?P<measure>[^()]+)\)")
_JOINS = "、和及与"
"""What stands between names."""
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))


def trimmed(text: str) -> str:
    """The text without the blanks around it."""
    return text.strip(BLANKS)


HAN = r"[^\W\d_]"
"""A Chinese character, or a letter: a class of twenty thousand characters takes a millisecond to compile."""


def matched_form(text: str) -> str:
    """The form in which two spellings of one name are equal: trimmed, compatibility forms undone, nothing invisible.

    What is longer than any name is trimmed only: undoing its forms may cost the square of its length.
    """
    if text.isascii() or len(text) > LONGEST_NAME:
        return text.strip(BLANKS)
    return _undone(text)


@lru_cache(10_000)  # names, measures and notes come again in each report
def _undone(text: str) -> str:
    return _IGNORABLE.sub("", unicodedata.normalize("NFKC", text.strip(BLANKS))).strip(BLANKS)


def name_form(text: str) -> str:
    """The form in which two spellings of a plan's name are equal: breaks and blanks in what has Chinese are layout."""
    form = matched_form(text)
    return form if form.isascii() else "".join(form.split())


def hidden_characters(text: str) -> list[str]:
    """The characters of a cell that nobody sees: controls, zero-width and bidirectional marks, private use."""
    if text.isprintable():
        return []
    return sorted({c for c in text if not c.isprintable() and c not in "\t\r\n" and unicodedata.category(c) != "Zs"})


TOTAL = re.compile(r"(?i:(?:全[市县区]|本[市县区])?(?:合|小|总|共)\s*计.{0,8}|总数|total|sum)")
"""What is written in place of a key beside a sum."""
_ENDING_TOTAL = re.compile(r"\(?(?:合|小|总|共)计\)?$")
"""What may stand behind a region's name beside the sum of its units; blanks are taken off."""

DITTO_MARKS = frozenset({"〃", "″", '"', "''", "”", "々", "同上", "同"})
"""What stands in a cell for the one above it."""


class NamedKey(NamedTuple):
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
        self._units = {
            form(spelling).casefold(): unit
            for form in (name_form, matched_form)
            for spelling, unit in plan.unit_names.items()
        }
        self._regions = {name_form(text).casefold(): unit for text, unit in plan.region_names.items()}
        self._indicators = {self._code_form(code): code for code in plan.indicators}
        self._by_name = {name_form(indicator.name): code for code, indicator in plan.indicators.items()}
        self._cities = plan.city_names
        self._suggested: dict[tuple[str, str], str | None] = {}
        self._pondered: set[tuple[str, str]] = set()
        self._units_read: dict[str, NamedKey] = {}
        self._garbled: dict[str, str | None] = {}
        self._indicators_read: dict[str, NamedKey] = {}
        self._month: Period | None = None
        """The month of the file that is read: what may mean it does."""
        self._periods_read: dict[str, tuple[Period | None, str | None]] = {}
        self.forms = {code: name_form(indicator.name) for code, indicator in plan.indicators.items()}
        """By indicator: its name as other spellings of it are compared."""
        self.stages = {code: stage_names(indicator) for code, indicator in plan.indicators.items()}

    @cached_property
    def measures(self) -> frozenset[str]:
        """The measures that the plan's figures have, those of the parts of its ratios included."""
        texts = [indicator.unit for indicator in self.plan.indicators.values()]
        for indicator in self.plan.indicators.values():
            if ratio := indicator.ratio:
                texts += _IN_BRACKETS.findall(f"{ratio.numerator}{ratio.denominator}")
        return frozenset(map(matched_form, texts))

    @staticmethod
    def _code_form(text: str) -> str:
        return matched_form(text).translate(_DASHES).casefold().replace(" ", "")

    def unit(self, text: str) -> NamedKey:
        """The unit that a cell names."""
        return self._units_read.get(text) or _remember(self._units_read, text, self._unit(text))

    def _unit(self, text: str) -> NamedKey:
        text = without_mark(text)
        if found := self._official.get(text):
            return NamedKey(found)
        if not BIDI.isdisjoint(text):
            return NamedKey(None)
        form, known = name_form(text).casefold(), trimmed(text)
        if meant := self._units.get(form):
            official = self._official.get(known)
            is_alias = known in self.plan.unit_names and official is None
            return NamedKey(meant, known if official else self.plan.units[meant].name, is_alias)
        below = _PROVINCE.sub("", form)
        for city in ("", *self._cities):  # the province's and the city's name may stand before it, its bureau's behind
            if meant := self._units.get(below.removeprefix(city).removesuffix(OFFICE)):
                return NamedKey(meant, self.plan.units[meant].name, is_alias=True)
        bare = without_first(text) if len(text) <= LONGEST_NAME else text
        named = self._unit(bare) if bare != text else NamedKey(None)
        return named._replace(fix=self.plan.units[named.id].name) if named.id else named

    def region(self, text: str) -> str | None:
        """The region that a text is the name of, or its total (东部合计): it reports nothing."""
        if not self._regions:
            return None
        form = name_form(without_mark(text)).casefold()
        name = form if form in self._regions or len(form) > LONGEST_NAME else _ENDING_TOTAL.sub("", form)
        return self._regions.get(name)

    @cached_property
    def _unit_spellings(self) -> Mapping[str, str]:
        """What may have been meant by a name that no file may have, as which English screens call a unit."""
        return in_both(self.plan, self.plan.unit_names)

    @cached_property
    def _indicator_names(self) -> Mapping[str, str]:
        """Likewise of an indicator."""
        names = in_both(self.plan, {each.name: code for code, each in self.plan.indicators.items()})
        return {matched_form(name): code for name, code in names.items()}

    def is_total(self, text: str) -> bool:
        """Whether a text in a unit's place says that the figures are all units', be it by the city's own name."""
        form = matched_form(text)
        rest = next((form.removeprefix(city) for city in self._cities if form.startswith(city)), form)
        return bool(form) and (not rest or TOTAL.fullmatch(rest[:_LONGEST_PERIOD]) is not None)

    def unit_in(self, text: str) -> str | None:
        """The only unit that a longer text names, be it by one of several spellings; None when it names two."""
        found = self.units_in(text)
        return found.pop() if len(found) == 1 else None

    def units_in(self, text: str) -> set[str]:
        """The units that a longer text names."""
        return {self._units[match[0]] for match in self._any_unit.finditer(matched_form(text).casefold())}

    def without_units(self, text: str) -> str:
        """A text with a line break for every unit that it names."""
        return self._any_unit.sub("\n", text.casefold())

    def leading_units(self, text: str) -> tuple[set[str], str]:
        """The units that a text begins with, one after the other, and what it goes on with."""
        units, text = set[str](), text.casefold()
        while found := self._any_unit.match(text):
            units.add(self._units[found[0]])
            text = text[found.end() :].lstrip(_JOINS)
        return units, text

    @cached_property
    def _any_unit(self) -> re.Pattern[str]:
        return _any_of(self._units)

    def region_in(self, text: str) -> str | None:
        """The only region that a longer text names which names no unit."""
        said = matched_form(text).casefold()
        found = {self._regions[match[0]] for match in _any_of(self._regions).finditer(said)} if self._regions else ()
        return min(found) if len(found) == 1 and not self.units_in(text) else None

    def with_the_city(self, text: str) -> str:
        """A text with the whole city in the place of each region, and nothing for its office."""
        return self._any_region.sub(lambda said: "" if said["office"] else "全市", text) if self._regions else text

    @cached_property
    def _any_region(self) -> re.Pattern[str]:
        names = sorted((name for name in self.plan.region_names if not name.isascii()), key=len, reverse=True)
        return re.compile(f"(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?P<office>{OFFICE})?")

    def indicator(self, text: str) -> NamedKey:
        """The indicator that a cell's code names."""
        return self._indicators_read.get(text) or _remember(self._indicators_read, text, self._indicator(text))

    def _indicator(self, text: str) -> NamedKey:
        if text in self.plan.indicators:
            return NamedKey(text)
        meant = self._indicators.get(self._code_form(text)) if BIDI.isdisjoint(text) else None
        return NamedKey(meant, meant)

    def period(self, text: str) -> tuple[Period | None, str | None]:
        """The month that a cell names, and how it should be written when that differs."""
        return self._periods_read.get(text) or _remember(self._periods_read, text, self._period(text))

    def _period(self, text: str) -> tuple[Period | None, str | None]:
        try:
            return Period.written(text), None
        except ValueError:
            pass
        if len(text) > _LONGEST_PERIOD:
            return None, None
        plain = matched_form(text)
        is_own = self._month is not None and self._month in (*self.months(text), Period.without_zero(plain))
        meant = self._month if is_own else Period.guess(plain)
        return meant, str(meant) if meant else None

    def months(self, text: str) -> frozenset[Period]:
        """The months that a cell may mean which does not name one plainly."""
        if len(text) > _LONGEST_PERIOD:
            return frozenset()
        return Period.readings(matched_form(text), self.plan.year)

    def form_of(self, name: str) -> str:
        """The form of an indicator's name, without the ordinal before it where the plan has it without.

        Nor with its measure in brackets behind it, if figures in that would be the same: 新增床位（张）.
        """
        form = name_form(name)
        if form in self._by_name or len(name) > LONGEST_NAME:
            return form
        bare = name_form(without_first(name))
        for each in (bare, self._without_measure(form), self._without_measure(bare)):
            if each in self._by_name:
                return each
        return form

    def _without_measure(self, form: str) -> str:
        found = _MEASURED.fullmatch(form)
        code = self._by_name.get(found["name"]) if found else None
        if found is None or code is None:
            return form
        measure, unit = found["measure"], matched_form(self.plan.indicators[code].unit)
        is_like = measure in self.measures and "%" not in measure and not is_other_scale(measure, unit)
        return found["name"] if is_like or measure == unit else form

    def indicator_called(self, name: str) -> str | None:
        """The id of the indicator with that name, whatever number stands before it."""
        return self._by_name.get(self.form_of(name))

    def indicator_in(self, cell: str) -> str | None:
        """The id of the indicator that a cell names by code or name."""
        return self.indicator(cell).id or self.indicator_called(cell)

    def only_called(self, name: str) -> str | None:
        """The id of the only indicator with that name."""
        form = self.form_of(name)
        return self._by_name.get(form) if [*self.forms.values()].count(form) == 1 else None

    def nearest_unit(self, text: str) -> ReportingUnit | None:
        """The unit that an unknown name most likely means: whose name it holds (义乌市民政局), or the nearest."""
        if self.is_total(text) or self.region(text):
            return None
        near = nearest_unit(self.plan, matched_form(text), self._unit_spellings, partial(self._nearest, "unit"))
        return self.plan.units[self._unit_spellings[near]] if near else None

    def nearest_beside(self, text: str, units: Collection[str]) -> ReportingUnit | None:
        """Likewise of a table of those units: none of them, and one of the region that has them all before others."""
        if self.is_total(text) or self.region(text):
            return None
        regions = (members for members in self.plan.members.values() if set(members).issuperset(units))
        region = min(regions, key=len, default=())
        left = {name: unit for name, unit in self._unit_spellings.items() if unit in region and unit not in units}
        if called := nearest_unit(self.plan, matched_form(text), left, self._nearest_left):
            return self.plan.units[left[called]]
        near = self.nearest_unit(text)
        return near if near and near.id not in units else None

    def nearest_indicator(self, text: str, name: str = "") -> Indicator | None:
        """The indicator that an unknown code most likely means: whose name is in its place or beside it, or near.

        Of several whose name may have been shortened to the one beside it, that with the nearest code.
        """
        if called := self.indicator_called(text) or (name and self.indicator_called(name)):
            return self.plan.indicators[called]
        coded = self._nearest("indicator", trimmed(text), self.plan.indicators)
        near = self._shortened(trimmed(text), matched_form(name))
        if near is None and coded and (not name or name == text or self.may_be_called(name, coded)):
            near = coded
        for each in filter(None, (matched_form(text), matched_form(name))):
            near = near or self._indicator_names.get(self._nearest("name", each, self._indicator_names) or "")
        near = near or coded
        return self.plan.indicators[near] if near else None

    def may_be_called(self, name: str, code: str) -> bool:
        """Whether a name may be that indicator's, shortened or mistyped."""
        form, whole = matched_form(name), self.forms[code]
        return _is_within(form, whole) or nearest(form, [whole]) is not None

    def _shortened(self, code: str, name: str) -> str | None:
        """The indicator whose name has all characters of a shorter one, in their order."""
        if not _SHORTEST_NAME <= len(name) <= LONGEST_NAME:
            return None
        key = "shortened", f"{code}\n{name}"
        if key in self._suggested:
            return self._suggested[key]
        meant = [each for each, whole in self.forms.items() if _is_within(name, whole)]
        return _remember(self._suggested, key, meant[0] if len(meant) == 1 else nearest(code, meant))

    def begin_file(self, month: Period | None = None) -> None:
        """From here on it is another file's cells that are read, with misses and a month of its own."""
        self._pondered.clear()
        if month != self._month:
            self._month = month
            self._periods_read.clear()

    def _nearest(self, kind: str, text: str, known: Mapping[str, object]) -> str | None:
        """Of one file, so many different misses are pondered: each costs time, and no file may depend on another."""
        key = (kind, text)
        if not self._may_ponder(key):
            return None
        if key in self._suggested:
            return self._suggested[key]
        return _remember(self._suggested, key, nearest(text, known))

    def _nearest_left(self, text: str, known: Mapping[str, str]) -> str | None:
        """Likewise of units that are left, which differ from table to table."""
        return nearest(text, known) if self._may_ponder(("left", text)) else None

    def _may_ponder(self, key: tuple[str, str]) -> bool:
        if key not in self._pondered and len(self._pondered) < PONDERED:
            self._pondered.add(key)
        return key in self._pondered

    def garbled(self, text: str) -> str | None:
        """What a text was before it was decoded wrongly, as far as it is a name of the plan; None for a sound text.

        Empty when only the damage is plain: replacement characters, a run of question marks.
        """
        if "\ufffd" in text or "???" in text:
            return ""
        if text.isascii():
            return None
        if len(text) > LONGEST_NAME:
            return self._before(text)
        return self._garbled[text] if text in self._garbled else _remember(self._garbled, text, self._before(text))

    def _before(self, text: str) -> str | None:
        try:
            before = trimmed(text).encode("gb18030").decode("utf-8")
        except UnicodeError:
            return None
        return before if before in self.plan.unit_names or self.indicator_called(before) else None


def _is_within(short: str, whole: str) -> bool:
    """Whether a text has all characters of a shorter one, in their order."""
    rest = iter(whole)
    return all(each in rest for each in short)


def _any_of(spellings: Iterable[str]) -> re.Pattern[str]:
    """Every spelling of two characters or more; letters and digits must not go on beyond it."""
    found = sorted((text for text in spellings if len(text) > 1), key=len, reverse=True)
    return re.compile("|".join(map(_apart, found)) or r"(?!)")


def _apart(text: str) -> str:
    return f"(?<![a-z0-9]){re.escape(text)}(?![a-z0-9])" if text.isascii() else re.escape(text)


_Key = TypeVar("_Key")
_Read = TypeVar("_Read")
_REMEMBERED = 10_000
"""So many different cells of a kind are remembered at a time."""


def _remember(known: dict[_Key, _Read], key: _Key, read: _Read) -> _Read:
    if len(known) >= _REMEMBERED:
        known.clear()  # the rules ask several times for the same cell, then perhaps never again
    known[key] = read
    return read


_ENDINGS = "。．.，,、；;"


def stage_form(text: str) -> str:
    """A stage's name without what slips into it: blanks also within, a full stop at its end."""
    return "".join(matched_form(text).split()).rstrip(_ENDINGS)


def stage_names(indicator: Indicator | None) -> tuple[str, ...]:
    """The words that an indicator's value may be, in order; empty when it is a number."""
    return tuple(stage.name for stage in indicator.stages) if indicator and indicator.stages else ()
