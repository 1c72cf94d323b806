"""Cells in which two numbers stand, or what a spreadsheet has made of them: part of family MZ2xx."""

from mzplan.diagnostics import show
from mzplan.figures import plain
from mzplan.reading.number import Fault, Number
from mzplan.rules.examples import RATIO, table
from mzplan.rules.registry import ERROR, MANY, Cause, Finding, Remedy, fault_rule, says
from mzplan.said import asking
from mzplan.submissions.row import Row


@fault_rule(
    "MZ225",
    ERROR,
    (Fault.PAIR,),
    title="分子分母写在一格",
    what="这一格写成了 9/14 这样的两个数。",
    why="分子和分母各有一栏；写在一格里读不出来，表格软件还会把它变成日期。",
    mend="分子、分母分别填到各自的一栏，“完成值”可以不填。",
    bad=table(f"2031-03,{RATIO},70/100,,,,"),
    good=table(f"2031-03,{RATIO},,70,100,,"),
)
def pair_in_one_cell(row: Row, field: str, number: Number) -> Finding:
    """Both parts of a ratio where one number belongs."""
    message = says(field, row.text(field), "是两个数")
    cause = Cause(
        "MZ225",
        MANY,
        "{count} 格写成了“分子/分母”",
        asking("denominator", "分子、分母分别填到各自的一栏，“完成值”可以不填。"),
    )
    return Finding(message, field, _one_each(row), remedies=_parted(row, field, number), cause=cause)


@fault_rule(
    "MZ226",
    ERROR,
    (Fault.DATE,),
    title="变成了日期",
    what="应填数的地方是 9月14日 这样的日期。",
    why="输入 9/14，表格软件会把它变成日期；原来的数要靠人认。",
    mend="分子、分母分别填到各自的一栏；输入前把单元格设为“文本”或“常规”。",
    bad=table(f"2031-03,{RATIO},9月14日,,,,"),
    good=table(f"2031-03,{RATIO},,9,14,,"),
)
def date_for_a_number(row: Row, field: str, number: Number) -> Finding:
    """What a spreadsheet has made of 9/14."""
    message = says(field, row.text(field), "是日期，不是数")
    cause = Cause(
        "MZ226",
        MANY,
        "{count} 格变成了日期",
        asking("denominator", "像是把“9/14”这样的数输进一格，被表格软件变成了日期：分子、分母分别填。"),
    )
    return Finding(message, field, _one_each(row), remedies=_parted(row, field, number), cause=cause)


def _one_each(row: Row) -> str:
    if row.ratio is None:
        return "只填一个数。"
    return asking(
        "denominator",
        "分子填{numerator}，分母填{denominator}，“完成值”可以不填。",
        numerator=show(row.ratio.numerator, 60),
        denominator=show(row.ratio.denominator, 60),
    )


def _parted(row: Row, field: str, number: Number) -> tuple[Remedy, ...]:
    """The two numbers of a ratio's value, each in the cell where it belongs if nothing stands there."""
    if row.ratio is None or number.meant is None or number.below is None:
        return ()
    above, below = plain(number.meant), plain(number.below)
    if field != "value":
        own, other, part = (above, below, "denominator") if field == "numerator" else (below, above, "numerator")
        hint = asking(
            "denominator", "是否应是分子 {above}、分母 {below}？分别填到各自的一栏。", above=above, below=below
        )
        return (Remedy(hint, own, {part: other}),) if row.cell(part) in ("", other) else ()
    if row.text("numerator").strip() or row.text("denominator").strip():
        return (Remedy("分子、分母已经填了，“完成值”可以不填。", "", {"value": ""}),)
    hint = asking(
        "denominator",
        "是否应是分子 {above}、分母 {below}？分别填到各自的一栏，“完成值”可以不填。",
        above=above,
        below=below,
    )
    return (Remedy(hint, "", {"numerator": above, "denominator": below}),)
