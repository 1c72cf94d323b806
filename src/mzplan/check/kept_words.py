"""The notes and evidence of a report that has no columns for them: what is not asked for there is not taken back."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from mzplan.check.outcomes import Outcome, Taken
from mzplan.plan.model import Plan
from mzplan.said import listed, say
from mzplan.submissions.filed import Records, by_indicator, columns_in, filed_text, is_same_figure, records_of
from mzplan.submissions.header import FIELDS_ZH, WORDS
from mzplan.submissions.names import Names
from mzplan.submissions.parcel import Parcel

_KEPT = "表里没有{columns}，数没有变的 {count} 项沿用{other}的"
_COLUMN = "“{column}”一栏"


def without_columns(names: Names, parcel: Parcel) -> Collection[str]:
    """Of the note and the evidence those for which what came in has no column."""
    there = parcel.places.worded if parcel.places.lines else columns_in(names, parcel.text) - parcel.lacking
    return [field for field in WORDS if field not in there]


def with_kept(plan: Plan, names: Names, one: Taken, others: Sequence[tuple[str, Records]]) -> Taken:
    """A sound report with the words that it has no columns for, as others of its unit and month have them, if any has.

    Of each figure that is the same there; of one that has changed none, as they are about another. `others` by what
    they are called; that they are kept is told.
    """
    if one.outcome is not Outcome.FILED or one.parcel is None or not others:
        return one
    absent = without_columns(names, one.parcel)
    rows = [dict(row) for row in records_of(names, one.filed)]
    told = []
    for name, records in others:
        kept = dict[str, dict[str, str]]()
        for row in rows:
            other = records.get(row["indicator"])
            if other is not None and is_same_figure(row, other):
                words = {field: other[field] for field in absent if other[field] and not row[field]}
                kept |= {row["indicator"]: words} if words else {}
                row |= words
        fields = [field for field in absent if any(field in words for words in kept.values())]
        if fields:
            columns = listed((say(_COLUMN, column=FIELDS_ZH[field]) for field in fields), "、")
            told.append(say(_KEPT, columns=columns, count=len(kept), other=name))
    text = filed_text(rows, plan.units[one.parcel.unit], one.parcel.period)
    return replace(one, filed=text, records=by_indicator(rows), notes=(*one.notes, *told)) if told else one
