"""Records whose place another one has taken."""

from collections.abc import Iterator, Sequence

from mzplan.check.scanned import Repeat
from mzplan.diagnostics import Diagnostic, Location
from mzplan.figures import plain
from mzplan.plan.model import Plan
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.rules.match import REPEATED_KEY
from mzplan.rules.registry import MANY, Cause
from mzplan.said import asking, say
from mzplan.submissions.ledger import NOT_APPLICABLE, Ledger

_SAME = "与前面一行的记录重复，数也相同"
_OTHER = "与前面一行的记录重复，前面是 {first}，这里是 {second}"
_PASTED = Cause("MZ320", MANY, "{count} 行是前面报过的记录，像是整张表贴了两遍", "只留一遍。")
_DIFFERING = Cause("MZ320 differing", MANY, "{count} 行是前面报过的记录，有数不同的，像是两张表放在了一起")
_WHOSE = asking(
    "note",
    "先核对各是哪个单位、哪个月的：不是同一条的，改正单位或报告期；是同一条的，核对以哪个数为准，直接改那一处并写说明。",
)


def repeated(
    plan: Plan, ledger: Ledger, repeats: Sequence[Repeat], reported: frozenset[int]
) -> Iterator[tuple[Diagnostic, Cause]]:
    """Every record whose place was taken, with the one that took it; the rows of a file are copies if all agree."""
    firsts = [(ledger.values[each.cell], ledger.denominators[each.cell]) for each in repeats]
    pairs = [(first, (each.value, each.denominator)) for first, each in zip(firsts, repeats, strict=True)]
    differing = {each.file for each, (first, second) in zip(repeats, pairs, strict=True) if first != second}
    for repeat, (first, second) in zip(repeats, pairs, strict=True):
        if repeat.file not in reported and ledger.files[repeat.cell] not in reported:
            continue
        indicator, unit, month = ledger.keys(repeat.cell)
        message = _SAME
        if first != second:
            message = say(
                _OTHER, first=figure_text(plan, indicator, *first), second=figure_text(plan, indicator, *second)
            )
        finding = Diagnostic(
            Location(ledger.sources[repeat.file], repeat.line),
            REPEATED_KEY,
            message,
            REPEATED_KEY.severity,
            hint=_WHOSE if repeat.file in differing else REPEATED_KEY.mend,
            related=(ledger.location(repeat.cell),),
            unit=unit,
            indicator=indicator,
            period=f"{plan.year:04d}-{month:02d}",
            row=repeat.row,
            cell_number=repeat.cell_number,
        )
        yield finding, _DIFFERING if repeat.file in differing else _PASTED


def figure_text(plan: Plan, indicator: str, value: int | None, denominator: int) -> str:
    """A figure of the ledger as its cells say it; None and `NOT_APPLICABLE` are 不适用."""
    if value is None or value == NOT_APPLICABLE:
        return NOT_APPLICABLE_WORD
    if denominator:
        return f"{plain(value)}/{plain(denominator)}"
    return plan.indicators[indicator].record_text(value)
