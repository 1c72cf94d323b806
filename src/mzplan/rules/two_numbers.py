"""Cells in which two numbers stand, or what a spreadsheet has made of them: part of family MZ2xx."""

import re

from mzplan.diagnostics import show
from mzplan.figures import plain
from mzplan.reading.number import Fault, Number
from mzplan.rules.examples import RATIO, table
from mzplan.rules.registry import ERROR, MANY, SET_GENERAL, Cause, Finding, Remedy, fault_rule, says
from mzplan.said import asking, listed, say
from mzplan.submissions.row import Row


@fault_rule(
    "MZ225",
    ERROR,
    (Fault.PAIR,),
    title="分子分母写在一格",
    what="这一格写成了 9/14 这样的两个数，或者还带着单位、百分数（9/14个、64.3%（9/14）），或者写着几组。",
    why="分子和分母各有一栏；写在一格里读不出来，表格软件还会把它变成日期。",
    mend="分子、分母分别填到各自的一栏，“完成值”可以不填。",
    bad=table(f"2031-03,{RATIO},70/100,,,,"),
    good=table(f"2031-03,{RATIO},,70,100,,"),
)
def pair_in_one_cell(row: Row, field: str, number: Number) -> Finding:
    """Both parts of a ratio where one number belongs."""
    message = says(field, row.text(field), "是两个数" if number.meant is not None else "写着几组分子、分母")
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
    what="应填数的地方是 9月14日、09:14:00 这样的日期、时间。",
    why="输入 9/14、9:14，表格软件会把它变成日期、时间；单元格设成了日期格式，填什么数都变成日期。原来的数要靠人认。",
    mend="先把单元格设为“常规”；分子、分母分别填到各自的一栏。",
    bad=table(f"2031-03,{RATIO},9月14日,,,,"),
    good=table(f"2031-03,{RATIO},,9,14,,"),
)
def date_for_a_number(row: Row, field: str, number: Number) -> Finding:
    """What a spreadsheet has made of 9/14, or of any number in a cell with the format of a date."""
    message = says(field, row.text(field), "是时间，不是数" if _TIME.fullmatch(row.cell(field)) else "是日期，不是数")
    hint = listed((_one_each(row), SET_GENERAL), "")
    if number.meant is not None and number.below is None:
        likely = Remedy(say(_TYPED, meant=plain(number.meant)), plain(number.meant))
        return Finding(message, field, hint, remedies=(likely,), cause=_DATE_FORMAT)
    cause = Cause(
        "MZ226",
        MANY,
        "{count} 格变成了日期",
        asking("denominator", "像是把“9/14”这样的数输进一格，被表格软件变成了日期：分子、分母分别填。"),
    )
    return Finding(message, field, hint, remedies=_parted(row, field, number), cause=cause)


_TIME = re.compile(r"[0-9]+:[0-9:]+")
_TYPED = "像是单元格设成了日期格式：是否应是 {meant}？先设为“常规”再填。"
_DATE_FORMAT = Cause(
    "MZ226 format",
    MANY,
    together="{count} 格变成了日期，像是整张表设成了日期格式",
    hint="先把这些格子设为“常规”，再填数：1900-08-21 应是 234。",
)


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
