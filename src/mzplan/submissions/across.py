"""Words at one of several tables of a file, or in a tab without one, that are said of another table's unit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from mzplan.reading.around import COMMENT, OtherSheet, Remark
from mzplan.said import say
from mzplan.submissions.apportioned import own_cells, with_only
from mzplan.submissions.harmless import is_labelled
from mzplan.submissions.names import Names
from mzplan.submissions.other_sheets import corrects
from mzplan.submissions.parcel import Parcel, Unknown
from mzplan.submissions.tables import FileTable
from mzplan.submissions.unseen import is_of_others, saying_of
from mzplan.submissions.whose import Whose
from mzplan.submissions.wide_cells import said_of_units

Told = Mapping[int, Collection[str]]
"""By line of words the units of which it is said."""


def words_at(names: Names, table: FileTable, units: Collection[str], own: Collection[str]) -> Told:
    """The lines of words alone at a table, which is that of the units `own`, that name some of the file's `units`.

    A title says whose its table is, and is said of no other; a remark above the header is no title.
    """
    told = said_of_units(names, table.rows, units, own)
    header = table.header_line
    texts = {line: " ".join(filter(None, row)) for line, row in table.rows if line in told}
    known = {line: text for line, text in texts.items() if not names.units_in(text).isdisjoint(units)}
    return {line: told[line] for line, text in known.items() if line > header or is_labelled(text)}


def is_given(names: Names, text: str, said_of: Collection[str], here: Collection[str], to: Collection[str]) -> bool:
    """Whether words at the table of the units `here` are said of the units `to` of another: of them alone, or by name.

    What names the bureau, to which all others report, is said where it stands.
    """
    others = {*said_of}.difference(here).intersection(to)
    return bool(others) and (others.issuperset(said_of) or not names.units_in(text).isdisjoint(others))


def said_across(tables: Sequence[FileTable], bare: Sequence[OtherSheet], whose: Whose) -> Sequence[FileTable]:
    """The tables of a workbook's tabs, each with the words at the others that are said of its units, and only its own.

    What stands in `bare`, the tabs without figures, is said of all whose names do not stand there alone.
    """
    names, owners = whose.names, [whose.owners(table)[0] for table in tables]
    known = frozenset().union(*owners)
    told = [words_at(names, table, known, own) for table, own in zip(tables, owners, strict=True)]
    found = []
    for table, own, mine in zip(tables, owners, told, strict=True):
        if table.sheet is None:
            found.append(table)
            continue
        others = [each for each in zip(tables, owners, told, strict=True) if each[0].tab != table.tab]
        said = [_said(names, *each, own) for each in others]
        words = [words for other, here, _ in others for words in _around(names, other, own - here)]
        sheets = (*saying_of(bare, names, known - own), *(each for each in said if each.rows))
        around = table.sheet.around._replace(others=sheets).saying(dict.fromkeys(words))
        kept = [item for item in table.rows if item[0] not in mine or not own.isdisjoint(mine[item[0]])]
        text = table.text if len(kept) == len(table.rows) else with_only(own_cells(kept), {line for line, _ in kept})
        found.append(table._replace(rows=kept, text=text, sheet=table.sheet._replace(around=around)))
    return found


def with_tabs(
    names: Names,
    found: Mapping[str, list[Parcel | Unknown]],
    bare: Sequence[OtherSheet],
    units: Collection[str],
    correcting: Sequence[OtherSheet],
) -> dict[str, list[Parcel | Unknown]]:
    """The reports of the sheets of units × indicators, by tab, each with the tabs without figures.

    Of these it has no row that is said of others' units alone: of those in these sheets, and the `units` of the tables.
    Of the tabs with `correcting` figures it has the rows of its own unit, and where there are no tables, of no unit.
    """
    known = frozenset(units).union(one.unit for several in found.values() for one in several if isinstance(one, Parcel))
    told = dict[str, list[Parcel | Unknown]]()
    for tab, several in found.items():
        told[tab] = []
        for one in several:
            if isinstance(one, Parcel) and one.sheet is not None:
                own = [sheet.only(partial(_is_for, names, one.unit, is_all=not units)) for sheet in correcting]
                others = *saying_of(bare, names, known - {one.unit}), *(each for each in own if corrects(each, names))
                around = one.sheet.around._replace(others=others)
                told[tab].append(one._replace(sheet=one.sheet._replace(around=around)))
            else:
                told[tab].append(one)
    return told


def _is_for(names: Names, unit: str, text: str, *, is_all: bool) -> bool:
    """Whether words name that unit, or none, and are said of all then."""
    named = names.units_in(text)
    return unit in named or (is_all and not named)


def _said(names: Names, table: FileTable, here: Collection[str], told: Told, to: Collection[str]) -> OtherSheet:
    """The rows of a table that are said of the units `to` of another."""
    rows = {
        line: tuple(row)
        for line, row in table.rows
        if line in told and is_given(names, " ".join(row), told[line], here, to)
    }
    return OtherSheet(table.tab, (*rows.values(),), (), True, False, table.is_hidden, (*rows,), is_of_table=True)


def _around(names: Names, table: FileTable, units: Collection[str]) -> Iterator[Remark]:
    """The words in no cell of a table that name some of those units, which are another's."""
    if table.sheet is None:
        return
    around = table.sheet.around
    words = [each for each in around.remarks if not each.is_name]
    words += (Remark(say(COMMENT, sheet=table.tab, reference=each.reference), each.text) for each in around.comments)
    yield from (each for each in words if is_of_others(names, each.text, units))
