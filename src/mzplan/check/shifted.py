"""Whether the figures of a report stand beside other indicators than their own: columns that slipped by some rows."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from mzplan.plan.indicator import Indicator
from mzplan.plan.model import Plan
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD
from mzplan.said import Named, say
from mzplan.submissions.header import MOST_ROWS, Header
from mzplan.submissions.names import Names
from mzplan.submissions.opening import table_of
from mzplan.submissions.row import Row
from mzplan.submissions.sources import Source

LEAST_SHIFTED = 3
"""So many rows must be of another kind than their indicator before a shift is thought of."""
_ENOUGH = 4
"""So many are enough, even where no row is left empty at the border as when cells are put in or taken out."""
SHIFTS = tuple(way * step for step in range(1, 4) for way in (-1, 1))
"""By so many rows figures slip: a few, up or down."""
_MOST_MISFITS = 10
"""Shifted back, at most one row in so many may still not fit."""
_UP, _DOWN = Named("上", "up"), Named("下", "down")
COLUMNS = {"“完成值”“分子”“分母”": (0, 1, 2), "“完成值”": (0,), "“分子”“分母”": (1, 2), "“分子”": (1,), "“分母”": (2,)}
"""The columns that slip together, or the others stay."""

Figures = Sequence[str]
"""Value, numerator, denominator."""


class Reported(NamedTuple):
    """A row of a report: where it stands, what it is about, and its figures."""

    line: int
    report: tuple[str, str]
    """The month and the unit that it names; empty for none."""
    indicator: Indicator
    figures: Figures
    named: Indicator | None = None
    """The indicator that its name is that of."""


def _fits(indicator: Indicator, figures: Figures) -> bool:
    """Whether cells of figures are filled as that kind of indicator is: a word, a number, or two parts."""
    value, above, below = (text.strip(BLANKS) for text in figures)
    if value == NOT_APPLICABLE_WORD:
        return True
    is_number = any(character.isdigit() for character in value)
    if indicator.ratio:
        return bool(above and below) and (is_number or not value)
    return bool(value) and not (above or below) and bool(indicator.stages) != is_number


def is_misfit(record: Row) -> bool:
    """Whether a record's figures are none of its indicator's kind, as where columns have slipped."""
    return record.coded is not None and not _fits(record.coded, record.texts[4:7])


def shift_in(source: Source, header: Header, names: Names) -> Defect | None:
    """Whether the columns of figures have slipped by a few rows: the file is read again for that."""
    rows: list[Reported] = []
    with source.open() as stream:
        for line, row in chain.from_iterable(table_of(stream, source.sheet).batches()):
            texts = header.arranged(row)
            if code := names.indicator(texts[2]).id:
                indicators, called = names.plan.indicators, names.indicator_called(texts[3])
                report = (str(names.period(texts[0])[0] or ""), names.unit(texts[1]).id or "")
                named = indicators[called] if called else None
                rows.append(Reported(line, report, indicators[code], texts[4:7], named))
            if len(rows) > MOST_ROWS:
                return None
    return shift_of(rows, names.plan)


def shift_of(reported: Sequence[Reported], plan: Plan) -> Defect | None:
    """By how many rows the figures have slipped, and in which, if that explains what does not fit; else None.

    Where a stretch ends between sound rows, the figures of as many as it slipped by have been written over.
    The rows are taken in the plan's order, as forms have them: in whichever order they stand, the same is found. A row
    without figures, or with 0 alone, is no evidence of anything, but where the stretch begins: cells were put in there.
    """
    rows = _in_order(reported, plan)
    misfits = [not _fits(row.indicator, row.figures) for row in rows]
    for columns, slipped in COLUMNS.items():
        for by in SHIFTS:
            start, end, there = _slipped(rows, misfits, slipped, by)
            if there:
                lines = tuple(sorted(row.line for row in rows[start:end])) if end - start < len(rows) else ()
                said = told_shift(columns, by, are_codes=_are_codes(rows[start:end]))
                return Defect(Flaw.SHIFTED, line=min(lines, default=0), detail=str(there), expected=said, lines=lines)
    return None


def told_shift(columns: str, by: int, *, are_codes: bool) -> str:
    """What has slipped, by how many rows and which way: where it is the codes, they have gone the other way."""
    if are_codes:
        way = _UP if by > 0 else _DOWN
        return say("“指标编码”与名称、数错开了 {step} 行（{way}移了）", step=abs(by), way=way)
    way = _DOWN if by > 0 else _UP
    return say("{columns}与指标错开了 {step} 行（{way}移了）", columns=columns, step=abs(by), way=way)


def _slipped(
    rows: Sequence[Reported], misfits: Sequence[bool], slipped: Sequence[int], by: int
) -> tuple[int, int, int]:
    """From which row on the cells have slipped, before which they have not any more, and how many rows show it.

    None show it where as good as all would not fit once they are moved back.
    """
    moved = list(_moved_back(rows, slipped, by))
    start, end = _stretch(misfits, moved)
    there = sum(misfits[at] and _is_evidence(rows, at, at + by) for at in range(start, end))
    left = sum(misfits[:start]) + sum(moved[start:end]) + sum(misfits[end:])
    left -= min(abs(by), sum(misfits[at] and moved[at] for at in _border(misfits, moved, start, end, by)))
    is_empty = _is_empty(rows[end - 1 if by < 0 else start : end][:1])
    is_shown = there >= (LEAST_SHIFTED if is_empty else _ENOUGH) and left * _MOST_MISFITS <= there
    return start, end, there if is_shown else 0


def _border(misfits: Sequence[bool], moved: Sequence[bool], start: int, end: int, by: int) -> Sequence[int]:
    """The rows whose figures have been written over, where a stretch ends: those beyond what fits either way, too."""
    step, onward, at = abs(by), 1 if by > 0 else -1, end if by > 0 else start - 1
    while 0 <= at < len(moved) and not (misfits[at] or moved[at]):
        at += onward
    low, high = (end - step, at + step) if by > 0 else (at - step + 1, start + step)
    return range(max(0, low), min(high, len(moved)))


def _is_empty(rows: Sequence[Reported]) -> bool:
    """Whether a row has no figures at all; not of none."""
    return any(not "".join(row.figures).strip(BLANKS) for row in rows)


def _in_order(rows: Sequence[Reported], plan: Plan) -> Sequence[Reported]:
    order = {code: at for at, code in enumerate(plan.indicators)}
    is_one = len({row.report for row in rows if all(row.report)}) <= 1

    def key(row: Reported) -> tuple[object, ...]:
        return ("", "") if is_one else row.report, order[(row.named or row.indicator).id], tuple(row.figures)

    return sorted(rows, key=key)


def _is_evidence(rows: Sequence[Reported], at: int, other: int) -> bool:
    """Whether a row says something that is not its own, or the parts that it lacks stand in another."""
    figures = rows[other].figures if 0 <= other < len(rows) else ("", "")
    return any(map(_speaks, rows[at].figures)) or all(map(_speaks, figures[1:]))


def _speaks(text: str) -> bool:
    return text.strip(BLANKS) not in ("", "0")


def _are_codes(rows: Sequence[Reported]) -> bool:
    """Whether it is the codes that have slipped: the figures are those of the indicators that the names tell."""
    fitting = [row.named is not None and row.named != row.indicator and _fits(row.named, row.figures) for row in rows]
    return (len(fitting) - sum(fitting)) * _MOST_MISFITS <= len(fitting)


def _moved_back(rows: Sequence[Reported], slipped: Sequence[int], by: int) -> Iterator[bool]:
    """Of each row whether it does not fit with the cells that would be its own had they slipped by so many rows."""
    for at, row in enumerate(rows):
        if 0 <= at + by < len(rows):
            own = rows[at + by].figures
            cells = [own[column] if column in slipped else cell for column, cell in enumerate(row.figures)]
            yield not _fits(row.indicator, cells)
        else:
            yield False  # its figures have slipped out of the sheet


def _stretch(misfits: Sequence[bool], moved: Sequence[bool]) -> tuple[int, int]:
    """From which row on the figures have slipped, at the latest, and before which they do not any more, at the latest.

    So the fewest rows do not fit: what the stretch spares is what stands still in it less what fits once moved back.
    """
    spared = [0, *accumulate(now - then for now, then in zip(moved, misfits, strict=True))]
    start, best = 0, (0, 0, 0)
    for end, now in enumerate(spared):
        start = end if now >= spared[start] else start
        best = min(best, (now - spared[start], -end, -start))
    return -best[2], -best[1]
