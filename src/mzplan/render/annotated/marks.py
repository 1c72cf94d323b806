"""The places of a workbook at which something is said, and what is said there."""

from collections.abc import Sequence
from typing import NamedTuple

from mzplan.diagnostics import LEVELS, Diagnostic, column_letters
from mzplan.render.check.report import REMEDY, said

_SAID = "{code} {level}：{message}"


class Mark(NamedTuple):
    """What is said of one row or cell."""

    row: int
    column: int
    """0 for the whole row."""
    finding: Diagnostic

    @property
    def text(self) -> str:
        """Code, fact and remedy, on a line each."""
        finding = self.finding
        level = LEVELS[finding.severity]
        fact = _SAID.format(code=finding.rule.code, level=level, message=said(finding.message))
        return f"{fact}\n{REMEDY.format(hint=said(finding.remedy))}" if finding.remedy else fact

    @property
    def place(self) -> str:
        """The cell as a spreadsheet calls it; the first of the row when it is about all of it."""
        return f"{column_letters(self.column or 1)}{self.row}"


def marks_of(finding: Diagnostic) -> Sequence[Mark]:
    """The places of a finding, one for each row that it stands for; none when it is about the whole file."""
    singles = [(each, each.row or each.location.line) for each in finding.singly()]
    return [Mark(row, each.cell_number, each._replace(hint=each.hint or finding.hint)) for each, row in singles if row]
