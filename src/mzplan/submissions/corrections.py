"""Tables of corrections in a sheet of records: what was reported before, and what is to stand in its place.

Nobody knows of which month they are, nor whether the records have been put right: none of their figures is taken.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from mzplan.diagnostics import show
from mzplan.reading.csv_border import Numbered
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.number import BLANKS, plain_number
from mzplan.said import listed, say
from mzplan.submissions.header import Header, meant_field
from mzplan.submissions.names import Names, matched_form

CORRECTING = "更正|订正|修[正改]|改正|勘误"
"""Words for putting something right that has been said."""
CORRECTS = f"{CORRECTING}|补报|重新?(?:上|填)?报送?|应为|改为"
"""Words, of a report or beside a figure, for what is to stand in another one's place."""
_CHANGE = f"(?:{CORRECTING}|调整|变更|(?:改|更新)(?=[前后]))"
_FIGURE = "(?:的?(?:数据?|数字|数值|值|完成[值数]|内容|情况))?"
_OLD = re.compile(f"(?:原(?:先|来)?(?:所?[报填]|上报|填报|报送|(?=[的数值完]))|{_CHANGE}前|误[报填]){_FIGURE}")
_NEW = re.compile(
    f"(?:现(?:所?[报填改]|上报|填报|(?=[的数值完]))|{_CHANGE}[后为]?|应[报填]?为?|{CORRECTS}|正确){_FIGURE}"
)
_DECIDES = re.compile(f"{CORRECTS}|[核审]定|核实|[复审]核")
_OF = "{name}（{figures}）"
_SPOKEN = r"(?:[0-9]{1,4}[年月日]|[^\W\d]){0,8}"
_TITLE = re.compile(f"{_SPOKEN}{_CHANGE}{_SPOKEN}[:：]?")
_MAY_BE_OLD = re.compile("[原前误]")
COLUMN = "列“{name}”"
_AROUND = "()（）[]【】:： \n—-_"
_LONGEST = 16
"""Characters of a heading."""
_KEYS = (None, "indicator", "name")


def decides(heading: str) -> bool:
    """Whether what stands in a column is to count in place of the report's own figures, by its heading."""
    return bool(_DECIDES.search(heading) or (len(heading) <= _LONGEST and _NEW.fullmatch(matched_form(heading))))


def corrected_units(headings: Iterable[str], names: Names, units: Collection[str]) -> Mapping[str, str]:
    """Of which of a table's units columns put figures right by their headings: 义乌市（更正） beside 义乌市."""
    named = {each: names.units_in(each) for each in headings if decides(names.without_units(each).strip(_AROUND))}
    return {each: unit for each, found in named.items() for unit in found if len(found) == 1 and unit in units}


def beside_unit(heading: str, unit: str) -> Defect:
    """What is told of such a column: its figures are none of the report's, which do not count either."""
    return Defect(Flaw.OTHER_SHEET_FIGURE, detail=unit, expected=say(COLUMN, name=show(heading, 40)))


def correction_columns(row: Sequence[str]) -> tuple[int, ...]:
    """Where the headings of a table of corrections stand in a row, from what it names on; empty for another row."""
    if not any(_MAY_BE_OLD.search(cell) for cell in row):
        return ()
    plain = [matched_form(cell) if len(cell) <= _LONGEST else "" for cell in row]
    told = [[at for at, text in enumerate(plain) if form.fullmatch(text)] for form in (_OLD, _NEW)]
    if not all(told):
        return ()
    start, end = min(map(min, told)), max(map(max, told)) + 1
    while start and plain[start - 1] and meant_field(row[start - 1]) in _KEYS:
        start -= 1
    while end < len(plain) and plain[end] and meant_field(row[end]) is None:
        end += 1
    return tuple(range(start, end))


class _Corrections:
    """One of them while its rows are gathered."""

    def __init__(self, line: int, columns: Collection[int], headings: Mapping[int, str]) -> None:
        self.line = line
        self.columns = columns
        self.headings = headings
        self.lines: list[int] = []
        self.named: list[str] = []

    def add(self, line: int, row: Sequence[str], names: Names) -> None:
        """A row of it, by the indicator that it names, or its record does where it has no column for that."""
        own = [cell for at, cell in enumerate(row) if at in self.columns and cell.strip(BLANKS)]
        named = own if any(map(meant_field, self.headings.values())) else row
        code = next(filter(None, map(names.indicator_in, named)), "")
        name = names.plan.indicators[code].name if code else ""
        compared = (at for at, text in self.headings.items() if _is_compared(text) and at < len(row))
        figures = [row[at].strip(BLANKS) for at in compared if plain_number(row[at])]
        self.named.append(say(_OF, name=name, figures=listed(figures)) if name and figures else name or " ".join(own))
        self.lines.append(line)


def _is_compared(heading: str) -> bool:
    """Whether a column has the figures that were reported before, or those that are to stand in their place."""
    return any(form.fullmatch(matched_form(heading)) for form in (_OLD, _NEW))


def _is_title(row: Sequence[str]) -> bool:
    """Whether a row has but the name of such a table."""
    said = [cell.strip(BLANKS) for cell in row if cell.strip(BLANKS)]
    return len(said) == 1 and _TITLE.fullmatch(said[0]) is not None


class CorrectionTables:
    """Those of one sheet, below its records or beside them, as its rows are read."""

    def __init__(self, header: Header, headings: Sequence[str], names: Names) -> None:
        self._names = names
        columns = [at for at in correction_columns(headings) if at not in header.positions]
        self.beside = _Corrections(header.line, columns, {at: headings[at] for at in columns})
        self._below: list[_Corrections] = []

    def apart(self, rows: Iterable[Numbered]) -> Iterator[Numbered]:
        """The rows without what belongs to such a table, and without its title; what does is remembered."""
        title: Numbered | None = None
        for line, row in rows:
            known = len(self._below)
            left = self._without(line, row)
            if title is not None and known == len(self._below):
                yield title
            title = (line, left) if _is_title(left) else None
            if title is None and left:
                yield line, left
        if title is not None:
            yield title

    def _without(self, line: int, row: list[str]) -> list[str]:
        if self.beside.columns and any(row[at].strip(BLANKS) for at in self.beside.columns if at < len(row)):
            self.beside.add(line, row, self._names)
            row = ["" if at in self.beside.columns else cell for at, cell in enumerate(row)]
        if correction_columns(row):
            said = [at for at, cell in enumerate(row) if cell.strip(BLANKS)]
            self._below.append(_Corrections(line, range(said[0], said[-1] + 1), {at: row[at] for at in said}))
            return []
        if self._below and self._is_row_of(self._below[-1], row):
            self._below[-1].add(line, row, self._names)
            return []
        return row

    def instead_of(self, defects: Iterable[Defect]) -> Iterator[Defect]:
        """The defects of a sheet but those columns of such a table that nobody knows, if it has rows."""
        columns = self.beside.columns if self.beside.lines else ()
        yield from (each for each in defects if each.flaw is not Flaw.UNKNOWN_COLUMN or each.cell - 1 not in columns)

    def _is_row_of(self, table: _Corrections, row: Sequence[str]) -> bool:
        """Whether a row has nothing outside the table's columns, and in them an indicator or a number."""
        said = {at: cell for at, cell in enumerate(row) if cell.strip(BLANKS)}
        is_within = said.keys() <= {*table.columns}
        return is_within and any(self._names.indicator_in(each) or plain_number(each) for each in said.values())

    def defects(self) -> Iterator[Defect]:
        """What is to be told of those that have rows."""
        for each in (self.beside, *self._below):
            if each.lines:
                lines = tuple(each.lines)
                yield Defect(
                    Flaw.CORRECTIONS,
                    each.line,
                    0,
                    listed(each.headings.values()),
                    listed(each.named),
                    min(each.columns) + 1,
                    lines,
                )
