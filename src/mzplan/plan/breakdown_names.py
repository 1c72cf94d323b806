"""The names of a plan as the rows and headings of a breakdown write them."""

from collections import Counter
from collections.abc import Mapping

from mzplan.plan.breakdown_columns import folded, without_remark
from mzplan.plan.build_indicator import Units
from mzplan.plan.indicator import Indicator


class BreakdownNames:
    """The indicators and units of a plan by every spelling that means one."""

    def __init__(self, indicators: Mapping[str, Indicator | None], units: Units) -> None:
        self.indicators = indicators
        self.units = units
        self._units = {folded(spelling): unit for spelling, unit in units.ids_by_name.items()}
        self._units |= {folded(unit): unit for unit in units.kinds}
        known = [each for each in indicators.values() if each is not None]
        shared = Counter(folded(each.name) for each in known)
        self._indicators = {folded(each.name): each.id for each in known if shared[folded(each.name)] == 1}
        self._indicators |= {folded(identifier): identifier for identifier in indicators}
        self.is_complete = len(known) == len(indicators)
        """Whether every indicator could be read; if not, a name not found is not yet wrong."""

    def unit(self, text: str) -> str | None:
        """The id of the unit meant."""
        return self._units.get(folded(text))

    def indicator(self, text: str) -> str | None:
        """The id of the indicator meant by its id or name, a remark such as （张） behind it set aside."""
        return self._indicators.get(folded(text)) or self._indicators.get(without_remark(text))

    def known_units(self) -> Mapping[str, str]:
        """What a mistyped unit may be meant for, with the name to write."""
        spellings = {**self.units.english, **self.units.ids_by_name, **{unit: unit for unit in self.units.kinds}}
        return {spelling: self.units.names.get(unit, unit) for spelling, unit in spellings.items()}

    def known_indicators(self) -> Mapping[str, str]:
        """What a mistyped indicator may be meant for, with the id or the name to write."""
        known = [each for each in self.indicators.values() if each]
        english = {each.name_en: each.name for each in known if each.name_en}
        return {**english, **{each: each for each in (*self.indicators, *(one.name for one in known))}}
