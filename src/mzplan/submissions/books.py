"""Workbooks as submissions read them: a header in two rows made one, and of several tables the one that is the report.

What is merged over several rows stands in each: a month or a unit is that of all, a figure is marked as such.

Of sheets of several months it is the latest one's; of sheets of one month that to which the figures of all others add
up, as those of townships to their county's. Where neither tells, nobody knows which counts, and none does.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from mzplan.figures import parse_plain, rounded
from mzplan.period import Period
from mzplan.reading.around import BOXES, COMMENT, MARGINS, MOST_BESIDE, TAB, Around, Comment, OtherSheet, Remark
from mzplan.reading.csv_border import HEADER_ROWS
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.number import plain_number
from mzplan.reading.seal import is_untouched
from mzplan.reading.spreadsheet import MERGED_MARK, Grid, place_of
from mzplan.reading.workbook import Sheet, csv_of, several_sheets, sheets_of, unseen
from mzplan.said import say
from mzplan.submissions.header import FIELDS, FIGURES, RATIO_HEADING, is_header, meant_field, upper_headings
from mzplan.submissions.places import month_meant
from mzplan.submissions.unfilled import is_unfilled

_MOST_KEPT = 1 << 17
"""Bytes of a workbook, and of its report as a CSV, that are remembered: a form has a tenth."""
_MARK = re.compile(r"MZ\d{3} (?:错误|警告|error|warning)[:：]")
_SCALES = (100, 10_000)
"""By which a form multiplies: a percentage, a rate per ten thousand."""


def book_of(data: bytes) -> list[Grid]:
    """All sheets of a workbook, a header of two rows put together in the lower one; RefusedError as `sheets_of`."""
    grids = sheets_of(data)
    for grid in grids:
        _forget_marks(grid)
        _join_header(grid)
        _spread(grid)
        _take_typed_ratios(grid)
    return grids


def report_of(data: bytes) -> Sheet:
    """The sheet that is the report; RefusedError when there are several, or the workbook cannot be read.

    A form that nobody has saved since it was made says nothing, though a milestone stands in it where it stood. One
    run asks for the same report up to four times, and most of its time goes into reading it.
    """
    if known := _kept(data):
        return known[0]
    if is_untouched(data):
        raise RefusedError(Defect(Flaw.UNTOUCHED))
    return keep(data, chosen_sheet(book_of(data)))


def keep(data: bytes, report: Sheet) -> Sheet:
    """The report of a workbook, which is remembered for the next who asks for it, unless it is much."""
    if len(report.text) <= _MOST_KEPT:
        _kept(data)[:] = [report]
    return report


def _kept(data: bytes) -> list[Sheet]:
    """Where the report of a workbook is remembered."""
    return _place_kept(data) if len(data) <= _MOST_KEPT else []


@lru_cache(256)
def _place_kept(_: bytes) -> list[Sheet]:
    return []


def is_mark(text: str) -> bool:
    """Whether a cell says what an annotated copy says of its row."""
    return bool(_MARK.match(text))


def _forget_marks(grid: Grid) -> None:
    """Take out what an annotated copy says beside rows, titles and words below: nobody who sends it back wrote it."""
    fields = {at for at, text in grid.rows.get(header_row(grid), {}).items() if meant_field(text)}
    for cells in grid.rows.values():
        for at in marks_in(cells.items(), fields):
            del cells[at]


def marks_in(cells: Iterable[tuple[int, str]], fields: Collection[int]) -> list[int]:
    """The columns in which a row has what an annotated copy says of it; none of those of our `fields`."""
    return [at for at, text in cells if at not in fields and is_mark(text)]


def _join_header(grid: Grid) -> None:
    """Move the headings of a row to the one below where only the two are a whole header: 完成情况 over 完成值, 分子."""
    rows = [row for row, _ in islice(grid.filled(), HEADER_ROWS)]
    for above, below in pairwise(rows):
        if headings := upper_headings(grid.rows[above], grid.rows[below]):
            grid.rows[below] |= headings
            grid.rows[above] = {at: text for at, text in grid.rows[above].items() if at not in headings}
            return


def _spread(grid: Grid) -> None:
    """Put what is merged over several rows of a report into each; a figure marked: nobody knows of which it is."""
    if not grid.merged or not (header := header_row(grid)):
        return
    fields = {at: meant_field(text) for at, text in grid.rows.get(header, {}).items()}
    code = next((at for at, field in fields.items() if field == "indicator"), 0)
    for rows, columns in grid.merged:
        text, field = grid.rows.get(rows[0], {}).get(columns[0], ""), fields.get(columns[0])
        named = [row for row in rows if row > header and grid.rows.get(row, {}).get(code)]
        if text.strip() and field in (*FIELDS[:2], *FIGURES) and len(named) > 1:
            for row in named:
                grid.rows[row][columns[0]] = text + MERGED_MARK * (field in FIGURES)


def _take_typed_ratios(grid: Grid) -> None:
    """Let what is typed over the formula of the form's ratio be the value, so that it is held against its parts."""
    headings = grid.rows.get(header_row(grid), {})
    at = {meant_field(text) or text: column for column, text in headings.items()}
    if RATIO_HEADING not in at or not {*FIGURES} <= set(at):
        return
    for row, cells in grid.rows.items():
        typed, (value, *parts) = cells.get(at[RATIO_HEADING], ""), [at[field] for field in FIGURES]
        if not typed.strip() or cells is headings or cells.get(value) or not all(map(cells.get, parts)):
            continue
        if (row, at[RATIO_HEADING]) not in grid.formulas and not _is_worked_out(typed, *map(cells.__getitem__, parts)):
            cells[value] = typed


def _is_worked_out(ratio: str, above: str, below: str) -> bool:
    """Whether a ratio is the one that the form works out: an .xls does not tell what is a formula's result."""
    shown, upper, lower = map(parse_plain, (ratio, above, below))
    if shown is None or upper is None or not lower:
        return False
    return any(parse_plain(rounded(Fraction(upper * scale, lower), 2)) == shown for scale in _SCALES)


def chosen_sheet(grids: Sequence[Grid]) -> Sheet:
    """That of several sheets which is the report; RefusedError when nobody knows which is, or it is not filled in."""
    filled = [grid for grid in grids if grid.rows]
    if not filled:
        raise RefusedError(Defect(Flaw.EMPTY))
    tables = [_Records.of(grid) for grid in filled if header_row(grid)]
    full = [table for table in tables if table.rows]
    report, earlier = _report_among(full)
    shown = [table.grid for table in full if not table.grid.is_hidden]
    hidden = [table.grid for table in full if table.grid.is_hidden]
    if report is None and (len(shown) > 1 or (hidden and not shown)):
        several = several_sheets(shown or hidden)
        raise RefusedError(several._replace(expected="parts") if _are_parts(full) else several)
    visible = [grid for grid in filled if not grid.is_hidden]
    headed = [table.grid for table in tables if not table.grid.is_hidden]
    grid = report.grid if report else (shown or headed or visible or filled)[0]
    if is_unfilled(cells for _, cells in grid.filled()):
        raise RefusedError(Defect(Flaw.UNTOUCHED))
    sheet = sheet_of(grid)
    left = [] if report else hidden
    past = [Defect(Flaw.EARLIER_SHEET, detail=several_sheets(earlier).detail)] if earlier else []
    others = [each for each in filled if each not in (grid, *earlier, *left)]
    accounted = _accounted(report or _Records.of(grid), others)
    at = filled.index(grid)
    beside = (other_sheet(each, accounted.get(each.name, ()), is_before=filled.index(each) < at) for each in others)
    words = (said for each in others for said in _at_other(each))
    return sheet._replace(
        defects=(*map(several_sheets, filter(None, [left])), *past, *sheet.defects),
        around=sheet.around._replace(others=tuple(beside)).saying(words),
    )


def _are_parts(tables: Sequence["_Records"]) -> bool:
    """Whether sheets say each something of indicators of which no other does: they are one report together."""
    told = [table.told for table in tables]
    return all(told) and sum(map(len, told)) == len(frozenset().union(*told))


def _at_other(grid: Grid) -> Iterator[Remark]:
    """The words in no cell of a sheet that is not read."""
    yield from (Remark(BOXES, text) for text in grid.drawn)
    yield from (Remark(say(COMMENT, sheet=grid.name, reference=each), text) for each, text in grid.comments)


def other_sheet(grid: Grid, accounted: Collection[int] = (), *, is_before: bool = False) -> OtherSheet:
    """A sheet that is not read, the rows of which all numbers are accounted for by themselves."""
    rows: dict[int, tuple[str, ...]] = {}
    proved: list[tuple[str, ...]] = []
    left = MOST_BESIDE
    for row, cells in grid.filled():
        left -= len(cells)
        if left < 0:
            break
        if row in accounted:
            proved.append(tuple(cells))
        else:
            rows[row] = tuple(cells)
    own = grid.name, tuple(rows.values()), tuple(proved), left >= 0
    return OtherSheet(*own, is_before and not grid.is_hidden, grid.is_hidden, tuple(rows))


def sheet_of(grid: Grid) -> Sheet:
    """The table of one sheet, with what is to be said of it."""
    header = header_row(grid)
    below = {row: [(row, column) for column in cells] for row, cells in grid.rows.items() if row > header}
    defects = (*unseen(grid, below), *_hidden_columns(grid, header))
    comments = tuple(Comment(each, text, place_of(each)[0]) for each, text in grid.comments)
    margins, boxes = (Remark(MARGINS, text) for text in grid.margins), (Remark(BOXES, text) for text in grid.drawn)
    remarks = (Remark(TAB, grid.name, is_name=True), *margins, *boxes)
    return Sheet(grid.name, csv_of(grid), defects, Around((), comments, remarks, grid.literals))


def _hidden_columns(grid: Grid, header: int) -> Iterator[Defect]:
    """The columns below the header with anything in them that nobody sees, each with its heading."""
    for column, heading in grid.rows.get(header, {}).items():
        if grid.is_column_hidden(column) and any(
            row > header and cells.get(column, "").strip() for row, cells in grid.rows.items()
        ):
            yield Defect(Flaw.HIDDEN_COLUMNS, header, detail=heading, cell=column)


def header_row(grid: Grid) -> int:
    """The row with the header; 0 when there is none."""
    return next((row for row, cells in islice(grid.filled(), HEADER_ROWS) if is_header(cells)), 0)


class _Records(NamedTuple):
    """What stands below the header of a sheet, by row and field."""

    grid: Grid
    rows: Mapping[int, Mapping[str, str]]

    @classmethod
    def of(cls, grid: Grid) -> "_Records":
        """Those of a sheet; none where it has no header."""
        header = header_row(grid)
        fields = {at: field for at, text in grid.rows.get(header, {}).items() if (field := meant_field(text))}
        below = (row for row, _ in grid.filled() if row > header) if header else ()
        return cls(
            grid, {row: {fields[at]: text for at, text in grid.rows[row].items() if at in fields} for row in below}
        )

    @property
    def months(self) -> Collection[Period | None]:
        """The months that its cells name; None of one that names none."""
        return set(map(_month, {text for cells in self.rows.values() if (text := cells.get("period", "").strip())}))

    def month(self, year: int) -> Period | None:
        """The one month that all its cells name, and its tab no other; where none does, the tab's, in that year."""
        named = month_meant(self.grid.name, year)
        if not self.months:
            return named
        month = next(iter(self.months)) if len(self.months) == 1 else None
        own = month_meant(self.grid.name, month.year) if month else None
        return month if own in (None, month) else None

    @property
    def told(self) -> frozenset[str]:
        """The indicators of which it says anything, a number or a stage."""
        rows = self.rows.values()
        filled = (cells for cells in rows if any(cells.get(field) for field in FIGURES))
        return frozenset(cells.get("indicator", "").strip() for cells in filled)

    @property
    def figures(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """Its figures by code and field, of a ratio its parts."""
        found: dict[tuple[str, str], list[int]] = {}
        for cells in self.rows.values():
            parts = [field for field in FIGURES[1:] if cells.get(field)]
            for field in parts or FIGURES[:1]:
                number = plain_number(cells.get(field, ""))
                if number and number.figure is not None:
                    found.setdefault((cells.get("indicator", "").strip(), field), []).append(number.figure)
        return found

    @property
    def unread(self) -> frozenset[tuple[str, str]]:
        """Where it says something that is no number, by code and field."""
        return frozenset(
            (cells.get("indicator", "").strip(), field)
            for cells in self.rows.values()
            for field in FIGURES
            if cells.get(field) and plain_number(cells[field]) is None
        )


def _month(text: str) -> Period | None:
    found = Period.readings(text, 0) or {Period.of_day(text)}
    month = next(iter(found)) if len(found) == 1 else None
    return month if month and month.year else None


def _report_among(tables: Sequence[_Records]) -> tuple[_Records | None, Sequence[Grid]]:
    """Of several sheets with records the one that is the report, if it is seen, and those of earlier months."""
    known = {month for table in tables for month in table.months if month}
    if len(tables) < 2 or not known:
        return None, ()
    latest = max(known)
    told = [(table, table.month(latest.year)) for table in tables]
    now = [table for table, month in told if month == latest and table.months]
    earlier = [table.grid for table, month in told if month and month < latest]
    if len(now) + len(earlier) < len(tables):
        return None, ()
    whole = [table for table in now if len(now) == 1 or _is_sum(table, [each for each in now if each is not table])]
    return (whole[0], earlier) if len(whole) == 1 and not whole[0].grid.is_hidden else (None, ())


def _is_sum(whole: _Records, parts: Sequence[_Records]) -> bool:
    """Whether all figures of the parts come to those of the whole, and no part has an indicator that it has not.

    Nor has one something else than a number for a figure of the whole; of a single part nothing is missing.
    """
    if any(part.told - whole.told or part.unread & whole.figures.keys() for part in parts):
        return False
    if len(parts) == 1 and whole.told - parts[0].told:
        return False
    sums: dict[tuple[str, str], int] = {}
    for part in parts:
        for key, figures in part.figures.items():
            sums[key] = sums.get(key, 0) + sum(figures)
    own = whole.figures
    return bool(sums) and all(list(own.get(key, ())) == [total] for key, total in sums.items())


def _accounted(report: _Records, others: Sequence[Grid]) -> Mapping[str, Collection[int]]:
    """By sheet the rows of which all numbers add up to the report's figures, headings included."""
    tables = [table for table in map(_Records.of, others) if table.rows]
    found: dict[str, Collection[int]] = {}
    if tables and _is_sum(report, tables):
        found = {table.grid.name: {header_row(table.grid), *table.rows} for table in tables}
    figures: dict[str, set[int]] = {}
    codes: dict[str, str] = {}
    for (code, _), (figure, *_) in report.figures.items():
        figures.setdefault(code, set()).add(figure)
    for cells in report.rows.values():
        code = cells.get("indicator", "").strip()
        codes |= {cells.get(field, "").strip(): code for field in ("indicator", "name") if code in figures}
    for grid in others:
        if grid.name not in found and codes and (rows := _adding_up(grid, codes, figures)):
            found[grid.name] = rows
    return found


def _adding_up(grid: Grid, codes: Mapping[str, str], figures: Mapping[str, Collection[int]]) -> Collection[int]:
    """The rows of a sheet with numbers behind or below an indicator, if each one's come to a figure of the report."""
    columns: dict[int, str] = {}
    listed: dict[str, list[int]] = {}
    rows: set[int] = set()
    above = 0
    for row, cells in grid.filled():
        named = {at: codes[text] for at, cell in enumerate(cells) if (text := cell.strip()) in codes}
        numbers = {at: number.figure for at, cell in enumerate(cells) if (number := plain_number(cell))}
        first = min(named or columns, default=0)
        behind = {at: figure for at, figure in numbers.items() if at > first or (at in columns and not named)}
        if named:
            rows |= {row, above}
        above = 0 if numbers else row
        if named and not behind:
            columns = named
        for at, figure in behind.items():
            code = named[max(each for each in named if each < at)] if named else columns.get(at)
            if code is None or figure is None:
                return ()
            listed.setdefault(code, []).append(figure)
            rows.add(row)
    is_all = all(_comes_to(numbers, figures[code]) for code, numbers in listed.items())
    return rows if listed and is_all else ()


def _comes_to(numbers: Sequence[int], figures: Collection[int]) -> bool:
    """Whether numbers are the parts of a figure, or of both parts of a ratio, with or without their total."""
    return any(
        sum(numbers) == total or (total in numbers and sum(numbers) == 2 * total) for total in (*figures, sum(figures))
    )
