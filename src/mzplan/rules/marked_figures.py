"""Figures of a workbook that do not say what they seem to: merged over several cells, or shown otherwise. Of MZ2xx."""

from collections.abc import Iterator, Mapping

from mzplan.diagnostics import Diagnostic
from mzplan.reading.number import Fault, Number
from mzplan.reading.spreadsheet import DISGUISED_MARK, MERGED_MARK, SCALED_MARK, mark_in, unmarked
from mzplan.rules.examples import BEDS, SOUND, table
from mzplan.rules.registry import ERROR, Cause, Finding, fault_rule, row_rule, says
from mzplan.rules.scope import Scope
from mzplan.said import retold, say
from mzplan.submissions.header import FIGURES
from mzplan.submissions.row import Row

_MERGED = "合并了几格，不知道是哪一项的"
_SCALED = "不知道该是存着的数还是看见的数：把单元格格式设为“常规”，再按计划的计量单位填。"


@row_rule(
    "MZ227",
    ERROR,
    title="一个数合并了几格",
    what="工作簿里，一个数（比率、阶段也是）的单元格合并了几行或几列，每一行、每一列是一项指标或一个单位。",
    why="不知道是哪一项的，还是每一项都是。",
    mend="取消合并，每一项填自己的数。",
    bad=table(f"{BEDS},12{MERGED_MARK},,,,"),
    good=SOUND,
)
def merged_figure(row: Row, scope: Scope) -> Iterator[Finding]:
    """One figure, or one stage, for several rows."""
    for field in FIGURES if row.indicator else ():
        if row.cell(field).endswith(MERGED_MARK):
            message, cause = says(field, unmarked(row.text(field)), _MERGED), Cause(f"MZ227 {row.cell(field)}")
            yield Finding(message, field, "取消合并，每一项填自己的。", cause=cause)


@fault_rule(
    "MZ228",
    ERROR,
    (Fault.DISGUISED,),
    title="格式显示的不是存着的数",
    what="工作簿里单元格的格式让人看见的是另一个数：除以一千、一万再显示（0.0,），添了数字，或者不显示。",
    why="填表的人看见的是一个数，存着的是另一个，不知道该用哪一个。",
    mend="把单元格格式设为“常规”，再按计划的计量单位填。",
    bad=table(f"{BEDS},12000{SCALED_MARK},,,,"),
    good=SOUND,
)
def disguised_figure(row: Row, field: str, number: Number) -> Finding:
    """A format that shows another number than is stored."""
    is_scaled = row.cell(field).endswith(SCALED_MARK)
    fault = "的格式把数缩小了再显示" if is_scaled else "的格式显示的不是存着的数"
    return Finding(says(field, unmarked(row.text(field)), fault), field, _SCALED)


_REMARKS: Mapping[str, str] = {
    MERGED_MARK: "这一格合并了几格",
    SCALED_MARK: "单元格的格式把它缩小了再显示",
    DISGUISED_MARK: "单元格的格式显示的不是它",
}
"""What is told of a mark; that a formula is one is seen."""


def in_workbook(finding: Diagnostic, sheet: str) -> Diagnostic:
    """The finding in that tab: a cell is quoted without the mark behind it, which is told unless the rule tells it."""
    told = finding.in_sheet(sheet)
    return told._replace(
        message=_remarked(told.message),
        value=told.value and unmarked(told.value),
        hint=retold(told.hint, unmarked),
        parts=tuple(part._replace(message=_remarked(part.message), value=unmarked(part.value)) for part in told.parts),
    )


def _remarked(message: str) -> str:
    mark, quoted = mark_in(message), retold(message, unmarked)
    return say("{message}（{remark}）", message=quoted, remark=_REMARKS[mark]) if mark in _REMARKS else quoted
