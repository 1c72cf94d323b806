"""What the headings of a sheet of units × indicators say: which columns are whose, and what stands in each."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mzplan.period import Period
from mzplan.reading.misread import read_number
from mzplan.reading.number import Fault
from mzplan.submissions.header import MEASURE_HEADINGS, meant_field
from mzplan.submissions.names import Names, matched_form
from mzplan.submissions.totals import summed
from mzplan.submissions.wide_cells import is_figure, is_value
from mzplan.submissions.wide_headings import is_for_the_eye, is_like_unit, is_of_month, is_of_months
from mzplan.submissions.wide_labels import OTHER, VALUE, code_and_name, is_month, kinds_of, without_part
from mzplan.submissions.wide_record import MEASURE

_OF_LINES = ("指标", "项目")
"""What heads the names of indicators besides the headings of ours."""
_LEAST = 2
"""So many units in one row are the columns of a wide sheet, whatever stands below."""
WORDS = frozenset({"note", "evidence"})
KEYS = ("indicator", "name")


def may_be_total(text: str) -> bool:
    """Whether a cell may be a total: it says a number, nothing, both parts of a ratio or its share."""
    return read_number(text).fault in (None, Fault.PLACEHOLDER, Fault.PAIR, Fault.PERCENT)


class WideCell(NamedTuple):
    """A cell of a sheet, with its row and the number of its column."""

    text: str
    row: int
    number: int


Line = Sequence[WideCell]


class WideColumns(NamedTuple):
    """What stands at which place of the lines below a line of headings."""

    units: Mapping[int, str]
    fields: Mapping[int, str]
    """Under the units the parts of their figures, where a second line of headings names them."""
    words: Mapping[int, str]
    """Where a note, the evidence or the measure of a line stands."""
    whose: Mapping[int, str]
    """Of which unit alone those words are that each unit has beside its figures."""
    notes: Mapping[int, Mapping[str, str]]
    """What is noted at a unit for all its figures."""
    keys: Mapping[int, str]
    """Where the code or the name of a line's indicator stands."""
    remarks: Sequence[int]
    """Where words of a line stand under no heading, behind the units: nobody may lose them."""
    totals: Mapping[int, Collection[int]]
    """Where a total stands, of all units or a region's, if nothing but their figures stands under them; of which."""
    kind: str = ""
    """Which figures a line holds, a part of a ratio or others; empty where it does not say …"""
    said: WideCell | None = None
    """… and the cell that says so."""


class Headings(NamedTuple):
    """Reads headings by the plan's names, and by the month of the figures, where it is known."""

    names: Names
    month: Period | None

    def is_head(self, line: Line, below: Sequence[Line]) -> bool:
        """Whether a line names several units, or one with figures beside figures of what is but called like one.

        One alone does where it stands beside what heads the indicators, with their figures below.
        """
        units = self.units(line)
        if len(set(units.values())) != 1 or any(map(self.indicator, line)):
            return len(set(units.values())) >= _LEAST
        others = [place for place, cell in enumerate(line) if cell.text and self.may_be_unit(cell)]
        if not others and len(units) == 1:
            return self._is_of_one(line, below, *units)
        return all(any(is_value(each[at].text) for each in below for at in ats) for ats in (units, others))

    def _is_of_one(self, line: Line, below: Sequence[Line], place: int) -> bool:
        """Whether a line with one unit heads its figures, and those alone, and is no title over a table."""
        beside = (cell.text for at, cell in enumerate(line) if at < place and cell.text)
        is_headed = any(meant_field(text) in ("unit", *KEYS) or text in _OF_LINES for text in beside)
        named = [each for each in below if any(map(self.indicator, each[:place]))]
        is_alone = not any(is_value(cell.text) for each in named for cell in each[place + 1 :])
        return is_headed and is_alone and sum(is_value(each[place].text) for each in named) >= _LEAST

    def may_be_unit(self, cell: WideCell) -> bool:
        """Whether a heading that is no unit of the plan is called like one: no other kind of figure is (累计, 增减)."""
        is_like = is_like_unit(cell.text) or self.names.nearest_unit(cell.text)
        return bool(is_like) and not (self.names.unit(cell.text).id or self.is_for_eye(cell.text))

    def units(self, line: Line) -> Mapping[int, str]:
        """The units that headings name, by place."""
        return {place: unit for place, cell in enumerate(line) if cell.text and (unit := self.names.unit(cell.text).id)}

    def indicator(self, cell: WideCell) -> str | None:
        """The indicator that a cell names, by its code, its name or both."""
        return self.names.indicator_in((code_and_name(self.names, cell.text) or [cell.text])[0])

    def key(self, heading: WideCell, below: Line) -> str:
        """Which key of its lines a column holds, by its heading or by most of what stands there; empty for none."""
        if (field := meant_field(heading.text)) in KEYS:
            return str(field)
        said = [cell.text for cell in below if cell.text]
        known = (sum(self.names.indicator(text).id is not None for text in said), "indicator")
        called = (sum(self.names.indicator_called(text) is not None for text in said), "name")
        most, field = max(known, called)
        return field if 2 * most > len(said) else ""

    def is_for_eye(self, text: str) -> bool:
        """Whether a heading is that of totals, be it by a name that adds up, or of words beside the figures."""
        return is_for_the_eye(text) or self.names.is_total(text) or self.names.region(text) is not None

    def passes_over(self, line: Line) -> bool:
        """Whether a line has no words but its first, and that is one of totals or of numbers for the reader."""
        said = [cell.text for cell in line if cell.text]
        return (
            len(said) > 1
            and (self.is_for_eye(said[0]) or said[0].isdigit())
            and all(self.is_for_eye(text) or may_be_total(text) for text in said[1:])
        )

    def _kinds(self, cells: Iterable[WideCell]) -> Mapping[str, str]:
        return kinds_of((cell.text for cell in cells), self.month, self.names.plan.year)

    def is_second(self, line: Line) -> bool:
        """Whether a line says what the columns of the units hold."""
        kinds = self._kinds(line)
        months = {cell.text for cell in line if cell.text and is_of_months(cell.text)}
        told = [cell for cell in line if cell.text and cell.text not in months]
        are_months = len(months) > 1 and (
            any(map(is_of_month, months)) or all(cell.text in kinds or self.is_for_eye(cell.text) for cell in told)
        )  # small figures read like months, behind the name of their indicator
        return (are_months or any(cell.text in kinds for cell in told)) and not any(
            (is_figure(cell.text) and cell.text not in kinds) or self.indicator(cell) for cell in told
        )

    def under_units(self, line: Line, second: Line) -> tuple[Mapping[int, str], Mapping[int, str]]:
        """Of which unit and which field the columns are that are headed in two lines; of other figures nothing."""
        kinds = self._kinds(second)
        fields = {at: kinds[cell.text] for at, cell in enumerate(second) if kinds.get(cell.text, OTHER) != OTHER}
        return {at: unit for at, unit in _carried(self.units(line), fields, line).items() if at in fields}, fields

    def words_under(self, line: Line, second: Line) -> tuple[Mapping[int, str], Mapping[int, str]]:
        """Where a second line of headings has words beside the figures, and of those that each unit has, of which."""
        words = {at: str(field) for at, cell in enumerate(second) if (field := meant_field(cell.text)) in WORDS}
        units = self.units(line)
        whose = {at: unit for at, unit in _carried(units, words, line).items() if at in words}
        return words, whose if {*whose.values()} == {*units.values()} else {}

    def totals(
        self, line: Line, second: Line, units: Mapping[int, str], fields: Mapping[int, str]
    ) -> Mapping[int, Collection[int]]:
        """Where totals of the units' values stand, and of which: none of other parts, by a second line of headings."""
        values = {at: unit for at, unit in units.items() if fields.get(at, VALUE) == VALUE}
        kinds = self._kinds(second)
        others = {at for at, cell in enumerate(second) if cell.text and kinds.get(cell.text, OTHER) != VALUE}
        found = {at: summed(self.names, cell.text, values) for at, cell in enumerate(line) if at not in others}
        return {at: of for at, of in found.items() if of}

    def are_plain(self, second: Line, line: Line) -> bool:
        """Whether nothing is unknown in a second line of headings, and each unit has one column of a field at most."""
        units, fields = self.under_units(line, second)
        kinds = self._kinds(second)
        others = (cell.text for cell in second if cell.text and cell.text not in kinds)
        others = (text for text in others if meant_field(text) not in WORDS)
        is_once = len({(unit, fields[at]) for at, unit in units.items()}) == len(units)
        return bool(fields) and is_once and all(map(self.is_for_eye, others))

    def word(self, heading: WideCell, below: Line) -> str:
        """What a column says of its lines in words; empty for any other column."""
        if matched_form(heading.text) in MEASURE_HEADINGS:
            return "" if any(map(self.indicator, below)) else MEASURE
        field = meant_field(heading.text)
        return field if field in WORDS else ""

    def without_kinds(
        self, head: Line, lines: Sequence[Line], beside: Collection[int]
    ) -> Iterator[tuple[Line, str, WideCell | None]]:
        """The lines without what says in their labels which figures they hold, with that, and the cell that says so.

        `beside` are the places that have no labels. Months under a heading of their own (完成时限) say nothing of that.
        """
        own = {at for at, cell in enumerate(head) if cell.text and meant_field(cell.text) not in ("unit", *KEYS)}
        kinds = self._kinds(cell for line in lines for at, cell in enumerate(line) if at not in beside)
        for line in lines:
            labels = {at: cell.text for at, cell in enumerate(line) if at not in beside and cell.text}
            told = {
                at: ("", kinds[text])
                if text in kinds and not (at in own and is_month(text, self.names.plan.year))
                else without_part(self.names, text)
                for at, text in labels.items()
            }
            at = next((at for at, (_, kind) in told.items() if kind), None)
            rest = [cell._replace(text=told[place][0]) if place in told else cell for place, cell in enumerate(line)]
            yield rest, "" if at is None else told[at][1], None if at is None else line[at]


def _carried(units: Mapping[int, str], fields: Mapping[int, str], line: Line) -> dict[int, str]:
    """A heading goes on to the right over the parts of its ratio."""
    carried: dict[int, str] = {}
    unit = ""
    for place, cell in enumerate(line):
        unit = units.get(place, "" if cell.text else unit)
        if unit and (place in units or place in fields):
            carried[place] = unit
    return carried
