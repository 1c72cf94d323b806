"""Whose a cell of a sheet of units × indicators is that speaks for several: merged over them, or words beside them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from mzplan.reading.csv_border import Numbered
from mzplan.reading.misread import read_number
from mzplan.reading.number import Fault
from mzplan.reading.patterns import late
from mzplan.submissions.harmless import speaks_of_table
from mzplan.submissions.labels import EXCEPTS
from mzplan.submissions.names import Names, matched_form

Area = tuple[range, range]
"""The rows and the columns that are merged into one cell."""
NUMBERS = "序号"
"""What heads the numbers of the rows."""
FEW = 2
"""So many cells a line has at most that is no row of a table."""
_OF_THIS_TABLE = late("以[上下]|上[述列面]|下[述列面]|[本此该][表报]|这[张份些]")
_LABEL = late(f"(?:{_OF_THIS_TABLE.pattern})[^,，。;；]{{0,6}}[为是系]")
"""What says whose the figures are that stand there: 以上为义乌数."""
_LENDS = late("(?<!因)为|(?<![但只别就])是|(?<!完)成|[按照用抄取填]|参考|(?<![会连协陪])同")
"""Behind what units stand whose figures others have, or follow."""
_SENTENCE, _PIECE = late(r"[^;；。\n]+[;；。\n]*"), late("[^、，,]+[、，,]*")
_MOVED = late(r"[从由向与给往至到][^\d、，,]{1,8}?[县市区]")
_AROUND = "、，,；;。 \n和及与"
_SEVERAL = 2
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


def whose_words(names: Names, text: str, units: Collection[str]) -> Collection[str]:
    """Of which of several units words beside their figures are said: of all, unless they name some alone.

    Whose figures others have or follow (为义乌数, 参照义乌口径) is none of whom it is said. What excepts a unit
    (除义乌外) may be said of any, and so may what names the bureau, to which the others report. Of none where the
    words name but units that are not there, and say nothing of whose the table is.
    """
    named = names.units_in(text)
    is_label = _LABEL.search(text) or EXCEPTS.search(text)
    said = matched_form(text)
    lent = (names.leading_units(said[lends.end() :])[0] for lends in _LENDS.finditer(said))
    about = named if is_label else named.difference(*lent)
    if not about or EXCEPTS.search(text) or any(names.plan.units[each].kind == "bureau" for each in about):
        return units
    return about.intersection(units) or (units if speaks_of_table([text], names) else ())


def words_of_each(names: Names, text: str, units: Collection[str]) -> Mapping[str, str]:
    """What of words beside the figures of several units is said of each; of one that nothing is said of, nothing.

    Where they name several units, each piece is said of those that it names, and so is what follows up to the next that
    names others or a full stop; what names none before is said of all. Names alone go with the next piece, and from
    where or to where something went is none of whom it is said.
    """
    whose = whose_words(names, text, units) or units
    named = names.units_in(text)
    if len(named) < _SEVERAL or not named.issubset(units) or _LABEL.search(text) or EXCEPTS.search(text):
        return dict.fromkeys(whose, text)
    found = dict.fromkeys(units, "")
    for sentence in _SENTENCE.findall(text):
        before, about = "", {*units}
        for piece in _PIECE.findall(sentence):
            own = names.units_in(_MOVED.sub("", before + piece))
            if own and not names.without_units(before + piece).strip(_AROUND):
                before += piece
                continue
            about = {*own} or about
            for unit in about:
                found[unit] += before + piece
            before = ""
    return {unit: said.strip(_AROUND) for unit, said in found.items() if said.strip(_AROUND)}


def unlabelled(names: Names, text: str, unit: str) -> str:
    """A text without the name and the colon before it that say that it is this unit's."""
    name, colon, rest = text.replace("：", ":").partition(":")
    return text[-len(rest) :].strip() if colon and rest and names.unit(name.strip()).id == unit else text


class Aside(NamedTuple):
    """A line that is neither a heading nor a record, or a word that makes one unclear."""

    row: int
    text: str
    number: int
    """Of the cell in which it begins."""
    is_of_another_table: bool = False
    """Whether it is an indicator behind the figures of another."""
    months: str = ""
    """Which of its headings are of which month, where they are of several."""
    unit: str = ""
    """The unit in whose row it stands, behind its figures; empty for what stands elsewhere."""
    is_beside: bool = False
    """Whether it stands in a row of figures, which must not go with it."""

    def whose(self, names: Names, units: Collection[str]) -> Collection[str]:
        """Of which of the table's units it is said."""
        is_beside = self.unit and names.units_in(self.text).isdisjoint(units)
        return (self.unit,) if is_beside else whose_words(names, self.text, units)


def said_of_units(
    names: Names, rows: Iterable[Numbered], units: Collection[str], here: Collection[str]
) -> Mapping[int, Collection[str]]:
    """By line of words alone that names units, the ones among those of which it is said.

    What speaks of the table where it stands (以上, 本表) is said of the units of that, `here`, as well. A title or a
    label with the name of none of them stays whose table it is at.
    """
    texts = {line: " ".join(filter(str.strip, row)) for line, row in rows if sum(map(bool, row)) <= FEW}
    named = {
        line: text
        for line, text in texts.items()
        if (found := names.units_in(text)) and not (found.isdisjoint(units) and speaks_of_table([text], names))
    }
    said = {line: {*whose_words(names, text, units)} for line, text in named.items()}
    return {line: own.union(here if own and _OF_THIS_TABLE.search(named[line]) else ()) for line, own in said.items()}


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
