"""The form that a clerk fills in for one unit and month. Knows nothing of the command line or of files."""

import csv
import io

from mzplan.figures import plain
from mzplan.period import Period
from mzplan.plan.indicator import Figure, Indicator
from mzplan.plan.model import Plan, ReportingUnit
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.submissions.ledger import Entry, Ledger

HEADER = (
    "报告期",
    "填报单位",
    "指标编码",
    "指标名称",
    "完成值",
    "分子",
    "分母",
    "说明",
    "佐证",
    "计量单位",
    "目标",
    "上次填报",
)
"""The nine columns of the contract, then three for the clerk's eye that the checks pass over."""

_LAST = "{value}（{month}月）"


def blank_form(plan: Plan, ledger: Ledger, unit: ReportingUnit, period: Period) -> bytes:
    """A CSV with a row for each indicator that the unit owes in the month, without figures, the last record beside it.

    UTF-8 with a byte order mark and CRLF, as Excel wants it. No cell can be read as a formula: names, units and targets
    come from the plan, whose loader refuses texts that begin like one.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for indicator in plan.owed(unit.id, period):
        last = ledger.latest(indicator.id, unit.id, period.shift(-1))
        promised = plan.target_for(indicator, unit.id, period)
        writer.writerow(
            (
                str(period),
                unit.name,
                indicator.id,
                indicator.name,
                *("",) * 5,
                indicator.measure,
                indicator.target_text(promised[0]) if promised else "",
                _last(indicator, last) if last else "",
            )
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _last(indicator: Indicator, entry: Entry) -> str:
    return _LAST.format(value=_record(indicator, entry.figure), month=entry.period.month)


def _record(indicator: Indicator, figure: Figure) -> str:
    if figure.value is None:
        return NOT_APPLICABLE_WORD
    if figure.denominator is not None:
        return f"{plain(figure.value)}/{plain(figure.denominator)}"
    return indicator.record_text(figure.value)
