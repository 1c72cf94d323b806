"""What the rules say of one row, as it stands or with a remedy in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from mzplan.check.remedies import Proposed, RecordReading
from mzplan.diagnostics import Rule
from mzplan.reading.number import Fault
from mzplan.rules import CHECKS
from mzplan.rules.figures import is_percentage_above_hundred, is_percentage_alone
from mzplan.rules.match import REPEATED_KEY
from mzplan.rules.notes import EXCHANGED
from mzplan.rules.registry import MANY, Cause, Finding, Remedy
from mzplan.rules.scope import Scope
from mzplan.submissions.header import FIELDS, Header
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import hidden_characters, trimmed
from mzplan.submissions.reasons import explains
from mzplan.submissions.row import Row
from mzplan.submissions.statements import contradicts

_NAMES = FIELDS.index("value")
"""The cells before it say what a row is about."""


def of_shape(cells: Sequence[str], header: Header, scope: Scope) -> tuple[Rule, Finding] | None:
    """What makes these cells no record, if anything does."""
    kept = ((other, worse) for other, says in CHECKS.kept if (worse := says(cells, header, scope)))
    for rule, check in CHECKS.shape:
        if finding := check(cells, header, scope):
            return next(kept, (rule, finding)) if rule.takes_out else (rule, finding)
    names = [*filter(trimmed, header.arranged(cells)[:_NAMES])]
    return next(kept, None) if not names or _is_number_alone(cells, names[0], scope) else None


def is_beside(finding: Finding) -> bool:
    """Whether a finding about the shape of a record is of words beside it that put nothing in doubt."""
    return finding.is_question and bool(finding.cell)


def _is_number_alone(cells: Sequence[str], text: str, scope: Scope) -> bool:
    """Whether all that a row says is one number, which is no month's and no unit's."""
    is_alone = sum(1 for cell in cells if trimmed(cell)) == 1 and not any(map(str.isalpha, text))
    return is_alone and scope.names.period(text)[0] is None and scope.names.unit(text).id is None


def of_record(record: Row, scope: Scope) -> list[tuple[Rule, Finding]]:
    """What the rules say of a record; a cell of figures that hides characters is left to the rule about those."""
    found: list[tuple[Rule, Finding]] = []
    for name, number in record.numbers.items():
        if number.fault is Fault.PERCENT and is_percentage_alone(record):
            continue
        if number.fault is not None and number.fault in CHECKS.fault and not hidden_characters(record.text(name)):
            rule, check = CHECKS.fault[number.fault]
            found.append((rule, _of_its_kind(rule, check(record, name, number))))
        elif name == "value" and is_percentage_above_hundred(record):
            continue
        elif number.habits and number.habits[0] in CHECKS.habit:
            rule, check = CHECKS.habit[number.habits[0]]
            found.append((rule, _of_its_kind(rule, check(record, name, number))))
    found += [(rule, finding) for rule, row_check in CHECKS.row for finding in row_check(record, scope)]
    if any(rule.code == EXCHANGED for rule, _ in found):
        found = [each for each in found if each[0].code == EXCHANGED or each[1].field not in ("value", "note")]
    return found


def _of_its_kind(rule: Rule, finding: Finding) -> Finding:
    """Many cells of figures that are written in one way have one cause: a format of the sheet, a habit."""
    return finding if finding.cause else finding._replace(cause=Cause(rule.code, MANY))


def notes_of(record: Row) -> Mapping[str, Any]:
    """What the ledger is told of a record's note and evidence, by the parameters of `Ledger.write`."""
    is_otherwise = contradicts(record)
    return {
        "note": record.note,
        "explained": explains(record.note) and not is_otherwise,
        "evidence": bool(record.evidence),
        "contradicted": is_otherwise,
    }


class Rereading:
    """A row that can be read again with other cells, to see whether a remedy holds."""

    def __init__(self, cells: Sequence[str], header: Header, scope: Scope, ledger: Ledger, file: int) -> None:
        self._cells = cells
        self._header = header
        self._scope = scope
        self._ledger = ledger
        self._file = file

    def changed(self, texts: Sequence[str]) -> RecordReading:
        """What the row would say if its cells in the order of `FIELDS` held these texts, and what the rules would."""
        cells = list(self._cells)
        for at, text in zip(self._header.positions, texts, strict=True):
            if at < min(len(cells), self._header.width):
                cells[at] = text
        return self.read(cells)

    def proposed(self, remedy: Remedy, finding: Finding, texts: Sequence[str]) -> Proposed | None:
        """The record of the plan's year that a proved remedy makes of these texts, or None without a whole figure."""
        cells = remedy.cells_of(finding.field)
        again = [cells.get(field, text) for field, text in zip(FIELDS, texts, strict=True)]
        record = (self.read(remedy.cells) if remedy.cells else self.changed(again)).record
        if not (record and record.unit and record.period and record.indicator and record.figure):
            return None
        is_whole = record.figure.value is not None and (not record.indicator.ratio or record.figure.denominator)
        if record.period.year != self._scope.plan.year or not is_whole:
            return None
        cell = self._ledger.cell(record.indicator.id, record.unit.id, record.period.month)
        return Proposed(cell, record.figure, notes_of(record), finding.told_hint, finding.hint)

    def read(self, cells: Sequence[str]) -> RecordReading:
        """What a row of these cells would say, and what the rules would."""
        scope, ledger = self._scope, self._ledger
        shape = of_shape(cells, self._header, scope)
        if shape and not is_beside(shape[1]):
            return RecordReading(None, frozenset({(shape[0].code, "")}))
        texts = self._header.arranged(cells)
        record = Row(0, texts, scope.names)
        keys = ((key, text) for key, text in zip(CHECKS.key, texts, strict=False))
        found = {(rule.code, key) for key, text in keys for rule, check in CHECKS.key[key] if check(text, scope)}
        found.update((rule.code, finding.field) for rule, finding in of_record(record, scope))
        unit, period, indicator = record.unit, record.period, record.indicator
        if unit and period and indicator and period.year == scope.plan.year:
            cell = ledger.cell(indicator.id, unit.id, period.month)
            if not ledger.is_empty(cell) and ledger.files[cell] == self._file:
                found.add((REPEATED_KEY.code, ""))
        return RecordReading((period, unit, indicator, record.figure), frozenset(found), record)
