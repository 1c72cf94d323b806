"""Whether a remedy holds: the row is read again with it before anybody is told of it.

A remedy is what a rule offers for a row: a fix, which is lossless and which `--fix` writes, or a proposal in its hint.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from mzplan.check.folded import Hint
from mzplan.diagnostics import Diagnostic, Rule, show
from mzplan.figures import plain
from mzplan.period import Period
from mzplan.plan.indicator import Figure
from mzplan.reading.number import plain_number
from mzplan.rules import CHECKS, DATA_RULES
from mzplan.rules.figures import RATE_AS_PARTS
from mzplan.rules.match import REPEATED_KEY
from mzplan.rules.proportion import is_alike, is_near, other_units, times
from mzplan.rules.proposals import EXCHANGED, Supposed, supposed
from mzplan.rules.registry import MOST_SUPPOSED, Cause, Finding, meant_text
from mzplan.said import Said, listed, say
from mzplan.submissions.header import FIELDS
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.row import Row, measure_of

_WITHDRAWN = "写成“{fix}”还不对：{others}。"
_OTHER = "{code} {title}"
_ABOVE_ITS_WHOLE = "MZ404"
_OF_UNITS = (_ABOVE_ITS_WHOLE, "MZ407")
"""What another measure unit may be the cause of."""
_OFF_ITS_PARTS = "MZ405"
_PARTS = "{period} 是 {figure}，核对是哪个数填错了。"
_IN_UNIT = "像是按“{words}”填的，{period} 是 {known}：按“{unit}”应是 {figure}，请核对。"
_SWAPPED = "像是分子、分母填反了，{period} 是 {known}：应是 {figure}，请核对。"
_ROWS_SWAPPED = Cause("swapped beside the last", together="{count} 行的分子、分母像是填反了")
_SUPPOSED = "{period} 是 {known}：{supposed}请核对。"


class RecordReading(NamedTuple):
    """What comes of reading a record."""

    says: object
    """Its keys and its figure."""
    findings: frozenset[tuple[str, str]]
    """Each by code and field."""
    record: Row | None = None


class Proposed(NamedTuple):
    """The record that a remedy makes: it holds by itself, and beside the other months once all files are read."""

    cell: int
    figure: Figure
    notes: Mapping[str, Any]
    """What the ledger is told of its note and evidence, by the parameters of `Ledger.write`."""
    told: str
    """The hint that proposes it."""
    hint: str
    """What is said without it."""


Read = Callable[[Sequence[str]], RecordReading]
"""Reads a record from its cells in the order of `FIELDS`."""


def proved(found: Sequence[tuple[Rule, Finding]], texts: Sequence[str], read: Read) -> Sequence[tuple[Rule, Finding]]:
    """The findings of a record with only those remedies that hold.

    A remedy holds when the row, read again with it, has no finding in the cell that it changes and none anywhere that
    the row did not have before; with a fix it must say the same as before. Each is proved alone, so that an error in
    one cell takes no remedy from another, and then all fixes of the row together, as they are written together.
    """
    if not any(finding.fix is not None or finding.remedies for _, finding in found):
        return found
    before = read(texts)

    def changed(changes: Mapping[str, str]) -> RecordReading:
        return read([changes.get(field, text) for field, text in zip(FIELDS, texts, strict=True)])

    def against(after: RecordReading, changes: Mapping[str, str]) -> Collection[str]:
        """The codes of what is to be said of the cells that change, and of what is new in the row."""
        return {code for code, field in after.findings if field in changes or (code, field) not in before.findings}

    def holds(changes: Mapping[str, str], *, is_lossless: bool) -> bool:
        after = changed(changes)
        return not against(after, changes) and (not is_lossless or after.says == before.says)

    def told(finding: Finding) -> Finding:
        if finding.fix is not None and (finding.field, finding.fix) not in fixes:
            changes = {finding.field: finding.fix}
            codes = sorted(against(changed(changes), changes))
            others = listed(say(_OTHER, code=code, title=DATA_RULES[code].title) for code in codes)
            hint = say(_WITHDRAWN, fix=show(finding.fix, 40), others=others) if others else ""
            return finding._replace(fix=None, hint=hint)
        spared = {REPEATED_KEY.code} if finding.field not in CHECKS.key else set()  # told once all is read
        made = [(each, each.cells_of(finding.field)) for each in finding.remedies]
        return finding.with_the_only([each for each, cells in made if not {*against(changed(cells), cells)} - spared])

    fixes = {(finding.field, finding.fix) for _, finding in found if finding.fix is not None}
    fixes = {(field, fix) for field, fix in fixes if holds({field: fix}, is_lossless=True)}
    if len(fixes) > 1 and not holds(dict(fixes), is_lossless=True):
        fixes = set()
    return [(rule, told(finding)) for rule, finding in found]


def proved_row(finding: Finding, read: Read) -> Finding:
    """The finding about a row that is no record, with its proposal for the whole row if that holds.

    There is nothing that such a row said before: `read` again from raw cells, it must have no finding at all.
    """
    spared = {(REPEATED_KEY.code, "")}  # as above
    return finding.with_the_only([each for each in finding.remedies if read(each.cells).findings <= spared])


def beside_the_last(finding: Diagnostic, ledger: Ledger) -> Hint:
    """The hint of a finding about a figure as the figures of all reports show it, most often the last one.

    Where a ratio is not that of its parts, the last ones are named beside them. What has too many decimals, or is
    above its whole, is told as all that it may have been meant as and that may follow the last one.
    """
    month, hint = finding.period and Period.parse(finding.period), Hint(finding.hint, finding.meant)
    if finding.rule.code not in (_OFF_ITS_PARTS, *_OF_UNITS) or not (month and finding.indicator and finding.unit):
        return hint
    indicator = ledger.plan.indicators[finding.indicator]
    last = ledger.latest(indicator.id, finding.unit, month.shift(-1))
    if finding.rule.code == _OFF_ITS_PARTS:
        both = (last.figure.value, last.figure.denominator) if last else ()
        parts = listed([plain(each) for each in both if each is not None], "/")
        beside = say(_PARTS, period=last.period, figure=parts) if last and parts else ""
        return hint._replace(hint=listed((hint.hint, beside), ""))
    number = plain_number(str(finding.value))
    is_rate = isinstance(hint.hint, Said) and hint.hint.template in RATE_AS_PARTS
    if number is None or not number.figure or is_rate:
        return hint
    known = (last.figure.denominator if finding.field == "denominator" else last.figure.value) if last else None
    if not last or not known:
        return hint
    if exchanged := _exchanged(finding, number.figure, last.figure):
        were, meant = (list(map(plain, each)) for each in exchanged)
        said = say(_SWAPPED, period=last.period, known="/".join(were), figure="/".join(meant))
        return Hint(said, meant_text(dict(zip(("numerator", "denominator"), meant, strict=True))))
    unit, step = measure_of(indicator, finding.field), 10 ** (6 - indicator.decimals)
    fitting = {
        each.figure: each
        for each in supposed(indicator, finding.field, number.figure, known)
        if is_near(each.figure, known) and not each.figure % step and not _is_above_its_whole(finding, each.figure)
    }
    exact = {each.figure for each in fitting.values() if not each.is_about}
    for factor, words in other_units(unit) if unit else ():
        figure = times(number.figure, factor, indicator.decimals)
        if figure and exact <= {figure} and is_near(figure, known) and not _is_above_its_whole(finding, figure):
            fields = {"words": words, "unit": unit, "known": plain(known), "figure": plain(figure)}
            return Hint(say(_IN_UNIT, period=last.period, **fields), meant_text({finding.field: plain(figure)}))
    told = told_beside(last.period, plain(known), fitting.values())
    if not told:
        return hint
    sole, *others = fitting.values()
    if not others and isinstance(sole.said, Said) and sole.said.template == EXCHANGED:
        return hint  # by itself no evidence: it is near that one in any order
    is_open = others or sole.is_about
    return Hint(told, "" if is_open else meant_text({finding.field: plain(sole.figure)}))


def told_beside(period: Period, known: str, fitting: Collection[Supposed]) -> str:
    """The last figure, and beside it what another may have been meant as; empty for nothing, or too much."""
    said = list(dict.fromkeys(each.said for each in fitting))
    return (
        say(_SUPPOSED, period=period, known=known, supposed=listed(said, "")) if 0 < len(said) <= MOST_SUPPOSED else ""
    )


def cause_beside_the_last(finding: Diagnostic) -> Cause | None:
    """What a finding has in common with others of its file, as the figures of all reports show it."""
    is_swapped = isinstance(finding.hint, Said) and finding.hint.template == _SWAPPED
    return _ROWS_SWAPPED if is_swapped and not finding.parts else None


_Parts = tuple[int, int]


def _exchanged(finding: Diagnostic, above: int, last: Figure) -> tuple[_Parts, _Parts] | None:
    """The last parts, and those of a ratio above its whole in each other's place, if each is then nearly as the last.

    None where they are no nearer than as they stand.
    """
    below, old, old_below = _below(finding), last.value, last.denominator
    if finding.rule.code != _ABOVE_ITS_WHOLE or not below or not old or not old_below:
        return None
    is_nearer = abs(below - old) + abs(above - old_below) < abs(above - old) + abs(below - old_below)
    is_alike_then = is_alike(old, below) and is_alike(old_below, above)
    return ((old, old_below), (below, above)) if is_nearer and is_alike_then else None


def _below(finding: Diagnostic) -> int:
    """The denominator that a finding names; 0 without one."""
    named = plain_number(str(finding.message.fields.get("second", ""))) if isinstance(finding.message, Said) else None
    return named.figure or 0 if named else 0


def _is_above_its_whole(finding: Diagnostic, figure: int) -> bool:
    """Whether a numerator is above the denominator that its finding names."""
    below = _below(finding)
    return 0 < below < figure
