"""What stands in the sheets of a workbook that are not read: whoever wrote it may think that it was.

What may be an indicator's figure there is one that counts or does not, nobody knows which. Words pass where they are
known to say nothing of the figures: a cover, the form's own guide, the lists of which cells are chosen.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.reading.around import MARGINS, OtherSheet
from mzplan.reading.csv_border import Table
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.submissions.form_guide import is_of_guide
from mzplan.submissions.harmless import is_harmless
from mzplan.submissions.header import PASSED_OVER, RESULTS, USUAL, is_header, meant_field
from mzplan.submissions.labels import measures_of, noted, on_covers
from mzplan.submissions.names import Names, stage_form
from mzplan.submissions.places import Place
from mzplan.submissions.reasons import admits
from mzplan.submissions.remarks import figure_in, indicators_in, number_in, said_in

_SHEET, _HIDDEN = "工作表“{name}”", "隐藏的工作表“{name}”"
_CORRECTS = re.compile("更正|订正|修[正改]|改正|勘误|补报|应为|改为")
_EXAMPLE = "样例"
_OF_RESULTS = 6
"""Columns of the list of findings in an annotated copy: what stands behind them is the clerk's."""


def beside_table(table: Table, names: Names, place: Place) -> Iterator[Defect]:
    """What a workbook says beside its table: in other sheets, and in notes at cells."""
    yield from noted(table)
    told = list(on_covers(table, names, place))
    yield from (defect for _, defect in told)
    for sheet in table.around.others:
        yield from told_of(sheet, names, [row for row, _ in told])


def told_of(sheet: OtherSheet, names: Names, told: Collection[Sequence[str]] = ()) -> Iterator[Defect]:
    """The worst that a sheet says, if anything; `told` are its rows of which something is told already."""
    is_ours = bool(sheet.rows) and sheet.rows[0][0].startswith(f"{RESULTS}：")
    rows = [row[_OF_RESULTS:] if is_ours else row for row in sheet.rows if row not in told]
    called = (_HIDDEN if sheet.is_hidden else _SHEET).format(name=show(sheet.name, 40))
    called = MARGINS if sheet.name == MARGINS else called
    if (figures := row_with_figures(rows, names, sheet.name)) is not None:
        yield Defect(Flaw.OTHER_SHEET_FIGURE, detail=said_in(figures), expected=called)
        return
    stages = (stage for several in names.stages.values() for stage in several)
    choices = {*map(stage_form, (*PASSED_OVER, NOT_APPLICABLE_WORD)), *stages, *measures_of(names.plan)}
    spoken = [row for row in rows if any(row) and not _says_nothing(row, choices, names)]
    spoken = [row for row in sheet.proved if admits(said_in(row))] or spoken
    if spoken := spoken or ([] if sheet.is_whole else rows[:1]):
        admitting = next((row for row in spoken if admits(said_in(row))), None)
        flaw = Flaw.OTHER_SHEET if admitting is None else Flaw.OTHER_SHEET_ADMITS
        yield Defect(flaw, detail=said_in(admitting or spoken[0]), expected=called)


def row_with_figures(rows: Sequence[Sequence[str]], names: Names, sheet: str = "") -> Sequence[str] | None:
    """The first row with a figure behind an indicator or below it, or one that is said to correct something."""
    columns: set[int] = set()
    corrects = bool(_CORRECTS.search(sheet))
    for row in rows:
        named = [at for at, cell in enumerate(row) if cell and _names_one(cell, names)]
        first = named[0] if named else len(row)
        behind = " ".join(row[first + 1 :])
        below = " ".join(row[at] for at in sorted(columns) if at < len(row))
        within = " ".join(_behind_name(row[at], names) for at in named)
        said = said_in(row) if corrects or _CORRECTS.search("".join(row)) else ""
        if any(number_in(said_in([text]), names) for text in (behind, below, within, said)):
            return row
        columns.update(named)
    return None


def _names_one(cell: str, names: Names) -> bool:
    return next(indicators_in(said_in([cell]), names), None) is not None


def _behind_name(cell: str, names: Names) -> str:
    text = said_in([cell])
    return text.rpartition(next(indicators_in(text, names), text))[2]


def _says_nothing(row: Sequence[str], choices: Collection[str], names: Names) -> bool:
    cells = [cell for cell in row if cell]
    if is_header(cells) or is_of_guide(cells):
        return True
    numbered = cells[1:] if cells[0].isdigit() else cells
    if numbered and all(_is_choice(cell, choices, names) for cell in numbered):
        return True
    said = cells[1:] if cells[0] == _EXAMPLE else cells
    return is_harmless(said, names) and not figure_in(said, USUAL, names)


def _is_choice(cell: str, choices: Collection[str], names: Names) -> bool:
    """Whether a cell is a word that some cell of a form may be, or what stands over one."""
    return (
        stage_form(cell) in choices
        or meant_field(cell) is not None
        or names.unit(cell).id is not None
        or bool(names.indicator(cell).id or names.indicator_called(cell))
    )
