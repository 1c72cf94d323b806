"""Whether the figures of a report stand beside other indicators than their own: columns that slipped by some rows."""

from collections.abc import Sequence

from mzplan.plan.indicator import Indicator, MilestoneIndicator, RatioIndicator
from mzplan.reading.csv_border import Defect, Flaw
from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD

LEAST_SHIFTED = 5
"""So many rows must be of another kind than their indicator before a shift is thought of."""
_FARTHEST = 3
_MOST_MISFITS = 10
"""Shifted back, at most one row in so many may still not fit."""

Figures = Sequence[str]
"""Value, numerator, denominator."""


def fits(indicator: Indicator, figures: Figures) -> bool:
    """Whether cells of figures are filled as that kind of indicator is: a word, a number, or two parts."""
    value, above, below = (text.strip(BLANKS) for text in figures)
    if value == NOT_APPLICABLE_WORD or not (value or above or below):
        return True
    if isinstance(indicator, RatioIndicator):
        return bool(above and below)
    if above or below:
        return False
    return isinstance(indicator, MilestoneIndicator) != any(character.isdigit() for character in value)


def shift_of(rows: Sequence[tuple[Indicator, Figures]]) -> Defect | None:
    """By how many rows the figures have slipped, if that explains what does not fit; None when it does not."""
    misfits = sum(not fits(indicator, figures) for indicator, figures in rows)
    for step in range(1, _FARTHEST + 1):
        for way, indicators, figures in (("上", rows[step:], rows), ("下", rows, rows[step:])):
            pairs = zip(indicators, figures, strict=False)
            left = sum(not fits(indicator, cells) for (indicator, _), (_, cells) in pairs)
            if misfits >= LEAST_SHIFTED and left * _MOST_MISFITS <= misfits:
                return Defect(Flaw.SHIFTED, detail=str(misfits), expected=f"{step} 行（{way}移了）")
    return None
