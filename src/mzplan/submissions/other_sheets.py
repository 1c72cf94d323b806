"""What stands in the sheets of a workbook that are not read: whoever wrote it may think that it was.

What may be an indicator's figure there is one that counts or does not, nobody knows which. Words pass where they are
known to say nothing of the figures: a cover, the form's own guide, the lists of which cells are chosen.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from mzplan.diagnostics import column_letters, show
from mzplan.reading.around import Comment, OtherSheet, Remark
from mzplan.reading.csv_border import CsvTable
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.number import NOT_APPLICABLE_WORD, plain_number
from mzplan.reading.patterns import late
from mzplan.reading.spreadsheet import place_of
from mzplan.said import listed, say
from mzplan.submissions.corrections import COLUMN, CORRECTS, decides
from mzplan.submissions.doubts import VOID, leaves_doubt
from mzplan.submissions.figures_said import gives_a_figure
from mzplan.submissions.form_guide import is_of_guide, is_of_its_title
from mzplan.submissions.harmless import is_harmless, is_remark
from mzplan.submissions.header import (
    FIELDS_ZH,
    FIGURES,
    MEASURE_HEADINGS,
    MOST_ROWS,
    PASSED_OVER,
    RESULTS,
    USUAL,
    Header,
    is_header,
    meant_field,
)
from mzplan.submissions.labels import mended, on_covers, otherwise
from mzplan.submissions.names import Names, matched_form, stage_form, trimmed
from mzplan.submissions.opening import table_of
from mzplan.submissions.places import Place
from mzplan.submissions.reasons import admits
from mzplan.submissions.remarks import figure_in, indicators_in, number_in, said_in
from mzplan.submissions.result_headings import other_figures
from mzplan.submissions.row import Row, holds_record
from mzplan.submissions.standing_words import OF_NUMBERS
from mzplan.submissions.statements import contradicts, odd

_COMMENT_HERE, _COMMENT_AT = "批注", "{reference} 的批注"
_SHEET, _HIDDEN = "工作表“{name}”", "隐藏的工作表“{name}”"
_CORRECTS = re.compile(CORRECTS)
_BESIDE_FIGURES = "{where}（所填的是：{figures}）"
_OF_NUMBERS = late(OF_NUMBERS)
FINDING = re.compile(r"(?a:\bMZ\d{3} )")
"""What an annotated copy notes at a cell begins so; a clerk's own words stand before."""
_BETWEEN = "、，,：: 和及与\n"
"""What is left around the names of units in words."""
_SIGNED = re.compile(r"^\s*[^\n:：\d]{1,20}[:：][ \t]*\n")
"""Who has written a comment, as Excel begins it."""
_EXAMPLE = "样例"
_OF_RESULTS = 6
"""Columns of the list of findings in an annotated copy: what stands behind them is the clerk's."""


def beside_table(table: CsvTable, names: Names, place: Place) -> Iterator[Defect]:
    """What a workbook says beside its table: in other sheets, and in no cell."""
    for remark in table.around.remarks:
        yield from said_beside(remark, names, place)
    others = [_of_the_clerk(each) for each in table.around.others]
    told = list(on_covers(others, names, place))
    yield from (defect for _, defect in told)
    for sheet in others:
        yield from told_of(sheet, names, [row for row, _ in told], place=place)


def said_beside(remark: Remark, names: Names, place: Place) -> Iterator[Defect]:
    """The worst that words in no cell of the table say of it, if anything; a name may be anything else."""
    text = FINDING.split(remark.text)[0]
    if labels := [] if remark.is_name else list(otherwise([text], names, place.unit, place.period, is_title=True)):
        right = mended([text], labels, names, place.period)
        sheet = OtherSheet(remark.where, (tuple(right),), (), True, False, False)
        again = [*otherwise(right, names, place.unit, place.period, is_title=True), *told_of(sheet, names)]
        for said in labels:
            yield Defect(Flaw.LABEL, 0, 0, said.text, said.meant, where=remark.where, is_mended=not again)
        return
    sheet = OtherSheet(remark.where, ((text,),), (), True, False, False)
    told = told_of(sheet, names, called=remark.where)
    yield from (each for each in told if not remark.is_name or each.flaw is not Flaw.OTHER_SHEET)


def casts_doubt(called: Remark, names: Names) -> bool:
    """Whether something is called so that a figure would be another one, or that its table does not count."""
    return any(True for _ in said_beside(called, names, Place()))


def noted(
    opened: Callable[[], BinaryIO],
    comments: Sequence[Comment],
    header: Header,
    names: Names,
    place: Place,
    passed: Callable[[Row, str, str], None],
) -> Iterator[Defect]:
    """What is noted at the cells of a workbook: at those of a record judged as its note is, else as any words are.

    What says nothing against a record by itself is `passed` on with it and where that is said: it may not go with the
    figures of other months.
    """
    if not comments:
        return
    records: dict[int, Row] = {}
    asides = set[int]()
    lines = {each.line for each in comments}
    with opened() as stream:
        for line, row in chain.from_iterable(table_of(stream).batches()):
            if line in lines and line > header.line and header.fits(row) and holds_record(row, header, names):
                records[line] = Row(line, header.arranged(row), names)
            elif line in lines:
                asides.add(line)
    for each in comments:
        text = " ".join(_SIGNED.sub("", FINDING.split(each.text)[0]).split())
        if not text:
            continue
        where = each.where or (_COMMENT_HERE if each.line else say(_COMMENT_AT, reference=each.reference))
        if each.where and each.line in asides:
            continue  # told with its row
        if each.where and each.line not in records and plain_number(text) is not None:
            yield _at_cell(Defect(Flaw.OTHER_SHEET_FIGURE, detail=text, expected=where), each)
            continue
        if each.line not in records:
            yield from (_at_cell(defect, each) for defect in said_beside(Remark(where, text), names, place))
            continue
        said = records[each.line].saying("note", f"应为{text}" if plain_number(text) else text)
        is_wrong = contradicts(said) or (admits(text) and not gives_a_figure(text))
        if is_wrong or (odd(said)[0] and not each.where):
            where = say(_BESIDE_FIGURES, where=where, figures=_figures_of(said)) if plain_number(text) else where
            flaw = Flaw.OTHER_SHEET_ADMITS if is_wrong else Flaw.OTHER_SHEET
            yield _at_cell(Defect(flaw, detail=text, expected=where), each)
        else:
            passed(records[each.line], where, text)


def _figures_of(row: Row) -> str:
    """What a record gives in its cells of figures."""
    given = ((field, row.cell(field)) for field in FIGURES)
    return listed(say("{column} {text}", column=FIELDS_ZH[field], text=show(text, 40)) for field, text in given if text)


def in_columns(opened: Callable[[], BinaryIO], unknown: Iterable[Defect], names: Names) -> Iterator[Comment]:
    """The words in columns that are not read, as if they were noted at their cells.

    Numbers are other figures, unless their heading says that they correct those of the report; so are stages under one
    that says whose (上月累计).
    """
    unread = (each for each in unknown if matched_form(each.detail) not in MEASURE_HEADINGS)
    headings = {each.cell: each.detail for each in unread}
    if not headings:
        return
    stages = frozenset().union(*names.stages.values())
    with opened() as stream:
        for count, (line, row) in enumerate(chain.from_iterable(table_of(stream).batches())):
            if count > MOST_ROWS:
                return
            for at, heading in headings.items():
                text = row[at - 1] if at <= len(row) else ""
                is_other = plain_number(text) is not None or (stage_form(text) in stages and other_figures(heading))
                if trimmed(text) and (not is_other or decides(heading)):
                    where = say(COLUMN, name=show(heading, 40))
                    yield Comment(f"{column_letters(at)}{line}", text, line, where)


def _at_cell(defect: Defect, comment: Comment) -> Defect:
    """A defect of what is noted at a cell, placed there."""
    return defect._replace(line=comment.line, cell=place_of(comment.reference)[1] if comment.line else 0)


def is_results(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a sheet is the list of findings of an annotated copy."""
    return next((row[0] for row in rows if row), "").startswith(f"{RESULTS}：")


def _of_the_clerk(sheet: OtherSheet) -> OtherSheet:
    """A sheet as whoever sent it means it: of an annotated copy's list, which names their file, what stands beside."""
    if not is_results(sheet.rows):
        return sheet
    return sheet._replace(rows=tuple(("",) * _OF_RESULTS + row[_OF_RESULTS:] for row in sheet.rows))


def told_of(
    sheet: OtherSheet, names: Names, told: Collection[Sequence[str]] = (), called: str = "", place: Place | None = None
) -> Iterator[Defect]:
    """The worst that a sheet says, if anything; `told` are its rows of which something is told already."""
    rows = [row for row in sheet.rows if row not in told]
    called = called or say(_HIDDEN if sheet.is_hidden else _SHEET, name=show(sheet.name, 40))
    if (figures := row_with_figures(rows, names, sheet.name)) is not None:
        yield Defect(Flaw.OTHER_SHEET_FIGURE, detail=said_in(figures), expected=called)
        return
    stages = (stage for several in names.stages.values() for stage in several)
    choices = {*map(stage_form, (*PASSED_OVER, NOT_APPLICABLE_WORD)), *stages, *names.measures}
    spoken = [row for row in rows if any(row) and not _says_nothing(row, choices, names)]
    spoken = spoken or [row for row in rows if any(row) and place and _is_of_another(row, names, place)]
    spoken = [row for row in sheet.proved if _is_wrong(row)] or spoken
    unit, period = (place.unit, place.period) if place else (None, None)
    if spoken := spoken or ([] if sheet.is_whole else rows[:1]):
        of_table = (row for row in spoken if sheet.is_of_table or _is_of_its_figures(said_in(row), names, unit))
        doubtful = (row for row in of_table if leaves_doubt(said_in(row), names, unit, period))
        admitting = next(filter(_is_wrong, spoken), next(doubtful, None))
        flaw = Flaw.OTHER_SHEET if admitting is None else Flaw.OTHER_SHEET_ADMITS
        yield Defect(flaw, detail=said_in(admitting or spoken[0]), expected=called)


def is_whole_guide(rows: Sequence[Sequence[str]], names: Names) -> bool:
    """Whether a table is but the first sheet of a form, and nothing is said there that is not so on every form."""
    whole = OtherSheet("", tuple(map(tuple, rows)), (), True, False, False)
    return any(is_of_its_title(row[0]) for row in rows[:1] if row) and not any(told_of(whole, names))


def _is_of_its_figures(said: str, names: Names, unit: str | None) -> bool:
    """Whether words name the table's unit and speak of figures, as no list of names and telephones does."""
    if unit not in names.units_in(said) or not _OF_NUMBERS.search(said):
        return False
    return not is_harmless([names.without_units(said).strip(_BETWEEN)], names)


def _is_wrong(row: Sequence[str]) -> bool:
    """Whether a row says that the figures are of the wrong kind, or that the table does not count."""
    said = said_in(row)
    return admits(said) or bool(VOID.search(said))


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
        said = said_in(row)
        said = said if corrects or _CORRECTS.search(said) or gives_a_figure(said) else ""
        if any(number_in(said_in([text]), names) for text in (behind, below, within, said)):
            return row
        columns.update(named)
    return None


def corrects(sheet: OtherSheet, names: Names) -> bool:
    """Whether a sheet says by its name or in a row that it corrects, and has a figure to do it with."""
    is_said = any(_CORRECTS.search(text) for text in (sheet.name, *map(said_in, sheet.rows)))
    return is_said and row_with_figures(sheet.rows, names, sheet.name) is not None


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


def _is_of_another(row: Sequence[str], names: Names, place: Place) -> bool:
    """Whether a row says up to when the figures are, and means another month."""
    return is_remark(row) and any(otherwise(row, names, place.unit, place.period))


def _is_choice(cell: str, choices: Collection[str], names: Names) -> bool:
    """Whether a cell is a word that some cell of a form may be, or what stands over one."""
    return (
        stage_form(cell) in choices
        or meant_field(cell) is not None
        or names.unit(cell).id is not None
        or bool(names.indicator(cell).id or names.indicator_called(cell))
    )
