"""Lines of a sheet that are no records (titles, totals, remarks, headings): whether a figure is lost with one."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from mzplan.period import TIME
from mzplan.reading.number import plain_number
from mzplan.reading.patterns import late
from mzplan.submissions.header import FIELDS, Header
from mzplan.submissions.names import Names, name_form, stage_form, trimmed
from mzplan.submissions.opening import table_of
from mzplan.submissions.ordinals import with_plain_ordinals, without_ordinals
from mzplan.submissions.row import holds_record
from mzplan.submissions.signatures import without_signatures
from mzplan.submissions.standing_words import AMOUNT, OF_ITSELF

_KNOWN = late(
    TIME
    + r"""|(?xa:
      (?:19|20)\d\d\s?年度? | (?:\d{1,2}月?[-—~至到])?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)? | \d{1,2}\s?日
    | (?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2} | (?:19|20)\d\d[-/]\d{1,2}(?![-/.\d]) | \d{1,2}:\d\d(?::\d\d)?
    | (?<!\d)0\d{2,3}-\d{7,8}(?!\d) | (?<!\d)1[3-9]\d{9}(?!\d)
    | (?:任务|附件|附表|表|第|类别|板块|专题)\s*\d{1,2}(?![\d.]) | [1-4]季度
    | (?<![\w.])[A-Za-z]{1,2}\d{1,2}(?![-\w.]) | 表\s*号[:\s]*[^\x00-\x7f]{0,6}\d{1,3}(?:-\d)?表
    )"""
)
"""Digits that are no figure either: dates, telephones, the numbers of tasks."""
_FIGURE = late(
    r"(?a:[-+]?\d(?:[\d,.]*\d)?%?)"
    r"|[一二两三四五六七八九]*[十百千万][一二三四五六七八九十百千万零]+(?![年月日号季大十百千万零一二三四五六七八九])"
    r"|[一二两三四五六七八九]+[十百千万](?![年月日号季大十百千万零一二三四五六七八九])"
)
_CODE = late(r"[A-Za-z0-9-]{3,}")
_MOST_ADDED = 1000
"""A file with more rows is no clerk's report."""
_SUBTOTAL = late(r"小\s*计")
_LEAST_NAME = 4
"""Characters of an indicator's name that is looked for within a text."""
_LONGEST = 500
"""Characters of a line that is looked through; a longer one may hold anything."""
FIGURE_CELLS = slice(FIELDS.index("value"), FIELDS.index("note"))


def said_in(cells: Sequence[str]) -> str:
    """All that a line says, its compatibility forms undone."""
    text = " ".join(filter(None, map(trimmed, map(with_plain_ordinals, cells))))[:_LONGEST]
    return unicodedata.normalize("NFKC", text)


def figure_in(cells: Sequence[str], header: Header, names: Names) -> str:
    """What of a line that is no record may be an indicator's figure; empty when nothing is."""
    text = said_in(cells)
    if sum(map(len, cells)) > _LONGEST:
        return text
    if number := number_in(text, names):
        return number
    stages = {stage for several in names.stages.values() for stage in several}
    figures = header.arranged(cells)[FIGURE_CELLS]
    words = (cell for cell in figures if stage_form(cell) in stages or AMOUNT.fullmatch(trimmed(cell)))
    return next(words, "")


def number_in(text: str, names: Names) -> str:
    """What of a text may be a figure; empty when it has no digits but those of dates, codes, telephones, pages."""
    others = _CODE.sub(lambda code: "" if names.indicator(code[0]).id else code[0], without_signatures(text))
    number = _FIGURE.search(_KNOWN.sub(" ", OF_ITSELF.sub(" ", without_ordinals(others))))
    return number[0] if number else ""


def indicators_in(text: str, names: Names) -> Iterator[str]:
    """The indicators that a text names, by their code or name as it stands there."""
    plain = name_form(text)
    yield from (code[0] for code in _CODE.finditer(text) if names.indicator(code[0]).id)
    yield from (
        form
        for form in names.forms.values()
        if len(form) >= _LEAST_NAME and form in (text if form.isascii() else plain)
    )


Sums = Sequence[int]
"""By column what some records add up to, in millionths."""


def column_sums(opened: Callable[[], BinaryIO], header: Header, names: Names) -> Callable[[Sequence[str]], list[Sums]]:
    """What the records of a file add up to, by the cells of a total: all of it; nothing for a large file.

    Of a 小计 it is those since the last one, or up to the next one where they stand over their rows.
    """
    whole, groups, subtotals = [0] * header.width, [[0] * header.width], list[Sequence[str]]()
    with opened() as stream:
        for count, (_, row) in enumerate(chain.from_iterable(table_of(stream).batches())):
            if count > _MOST_ADDED:
                return lambda _: []
            if any(map(_is_subtotal, row)):
                subtotals.append(row)
                groups.append([0] * header.width)
            elif header.fits(row) and holds_record(row, header, names):
                for at, number in enumerate(map(plain_number, row)):
                    figure = (number.figure if number else None) or 0
                    whole[at] += figure
                    groups[-1][at] += figure
    beside = [*zip(map(tuple, subtotals), groups[:-1], groups[1:], strict=True)]
    return lambda cells: [each for row, *around in beside if row == tuple(cells) for each in around] or [whole]


def _is_subtotal(cell: str) -> bool:
    return "小" in cell and _SUBTOTAL.fullmatch(trimmed(cell)) is not None
