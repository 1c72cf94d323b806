"""Whose a cell of a sheet of units × indicators is that speaks for several: merged over them, or words beside them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from mzplan.reading.csv_border import Numbered
from mzplan.reading.misread import read_number
from mzplan.reading.number import Fault
from mzplan.reading.patterns import late
from mzplan.submissions.labels import EXCEPTS
from mzplan.submissions.names import Names

Area = tuple[range, range]
"""The rows and the columns that are merged into one cell."""
NUMBERS = "序号"
"""What heads the numbers of the rows."""
FEW = 2
"""So many cells a line has at most that is no row of a table."""
_OF_THIS_TABLE = late("以[上下]|上[述列面]|下[述列面]|[本此该][表报]|这[张份些]")
_MOST_MERGED = 100_000
"""Cells in all such areas; no table of units and indicators has as many."""


def columns_counted(texts: Sequence[str], year: int) -> Collection[str]:
    """The texts of a line above the headings that are no figure: numbers that count the columns, or the year alone.

    In a turned sheet they count the rows; any other number may be a figure.
    """
    said = [text for text in texts if text.isdecimal()]
    if said == [text for text in texts if text] == [str(year)]:
        return said
    numbers = [*map(int, said)]
    is_counted = bool(numbers) and numbers == [*range(numbers[0], numbers[0] + len(numbers))]
    return {*said, NUMBERS} if is_counted and (len(said) > 1 or NUMBERS in texts) else ()


def is_said_of(names: Names, text: str, unit: str, units: Collection[str]) -> bool:
    """Whether words beside the figures of several units are said of one of them: of all, unless they name some alone.

    What excepts a unit (除义乌外) may be said of any, and so may what names the bureau, to which the others report
    (按市局口径).
    """
    named = names.units_in(text)
    return (
        unit in named
        or not named
        or named.isdisjoint(units)
        or any(names.plan.units[each].kind == "bureau" for each in named)
        or bool(EXCEPTS.search(text))
    )


def said_of_units(
    names: Names, rows: Iterable[Numbered], units: Collection[str], here: Collection[str]
) -> Mapping[int, Collection[str]]:
    """By line of words alone that names some of those units, the ones of which it is said.

    What speaks of the table where it stands (以上, 本表) is said of the units of that, `here`, as well.
    """
    texts = {line: " ".join(filter(str.strip, row)) for line, row in rows if sum(map(bool, row)) <= FEW}
    named = {line: text for line, text in texts.items() if not names.units_in(text).isdisjoint(units)}
    return {
        line: {
            unit
            for unit in units
            if is_said_of(names, text, unit, units) or (unit in here and _OF_THIS_TABLE.search(text))
        }
        for line, text in named.items()
    }


def runs_of(texts: Sequence[str]) -> list[list[int]]:
    """The places of the filled cells of a line that is no row, together those that do so, or go on behind a colon."""
    runs: list[list[int]] = []
    for at, text in enumerate(texts):
        if text and runs and (runs[-1][-1] == at - 1 or texts[runs[-1][-1]].endswith((":", "："))):
            runs[-1].append(at)
        elif text:
            runs.append([at])
    return runs


def merged_cells(
    merged: Sequence[Area], texts: Mapping[tuple[int, int], str]
) -> Iterator[tuple[tuple[int, int], Area]]:
    """The cells of a sheet that are merged into one that says something, each with its area; so many at most."""
    last_row, last_number = (max((key[at] for key in texts), default=0) for at in (0, 1))
    said = ((rows, numbers) for rows, numbers in merged if texts.get((rows[0], numbers[0])))
    cells = (
        ((row, number), area)
        for area in said
        for row in range(area[0].start, min(area[0].stop, last_row + 1))
        for number in range(area[1].start, min(area[1].stop, last_number + 1))
    )
    return islice(cells, _MOST_MERGED)


def is_silent(names: Names, code: str | None, unit: str, texts: Sequence[str]) -> bool:
    """Whether all that is said is a dash for who has nothing to report of that indicator."""
    if code is None or unit in names.plan.indicators[code].reporting:
        return False
    return all(read_number(text).fault is Fault.PLACEHOLDER for text in texts)


def is_value(text: str) -> bool:
    """Whether a cell holds a number, both parts of a ratio or its share, and nothing else."""
    return read_number(text).fault in (None, Fault.PAIR, Fault.PERCENT)


def is_figure(text: str) -> bool:
    """Whether a cell may hold a figure, whatever else it says."""
    return any(character.isdigit() for character in text)
