"""Cells of figures that are numbers in another spelling: part of family MZ2xx."""

from mzplan.reading.number import Habit, Number
from mzplan.rules.examples import BEDS, RATIO, SOUND, table
from mzplan.rules.registry import MANY, PERCENT_FORMAT, WARNING, Cause, Finding, habit_rule, says
from mzplan.said import say
from mzplan.submissions.row import Row


@habit_rule(
    "MZ230",
    WARNING,
    Habit.WIDTH,
    title="全角数字",
    what="数是用全角字符写的（１２０）。数值照常采用。",
    why="别的程序多半读不出来。",
    mend="改成半角，或运行 mzplan check --fix。",
    bad=table(f"{BEDS},１２,,,,"),
    good=SOUND,
    fixable=True,
)
def full_width_digits(row: Row, field: str, number: Number) -> Finding:
    """Full-width forms of ordinary digits."""
    return Finding(
        says(field, row.text(field), "是全角字符"), field, say("应写作 {plain}。", plain=number.plain), number.plain
    )


@habit_rule(
    "MZ231",
    WARNING,
    Habit.GROUPS,
    title="千分位逗号",
    what="数带千分位逗号（1,234）。数值照常采用。",
    why="少一对引号，这一行就会多出一格，后面全部错位。",
    mend="去掉逗号，或运行 mzplan check --fix。",
    bad=table('2031-03,青山县,T02-02,核心指标,"1,234",,,,'),
    good=table("2031-03,青山县,T02-02,核心指标,1234,,,,"),
    fixable=True,
)
def thousands_separator(row: Row, field: str, number: Number) -> Finding:
    """Correct separators, which cost a row when their quotes are lost."""
    return Finding(
        says(field, row.text(field), "有千分位逗号"), field, say("应写作 {plain}。", plain=number.plain), number.plain
    )


@habit_rule(
    "MZ232",
    WARNING,
    Habit.PERCENT,
    title="百分号多余",
    what="比率指标的完成值带百分号（70%）。数值照常采用。",
    why="这一栏的单位已经是百分数，再写百分号，别的程序可能读成 0.7。",
    mend="去掉百分号，或运行 mzplan check --fix。",
    bad=table(f"2031-03,{RATIO},70%,70,100,,"),
    good=table(f"2031-03,{RATIO},70,70,100,,"),
    fixable=True,
)
def redundant_percent_sign(row: Row, field: str, number: Number) -> Finding:
    """A percentage with its sign, in a column of percentages."""
    message, hint = says(field, row.text(field), "带百分号"), say("应写作 {plain}。", plain=number.plain)
    return Finding(message, field, hint, number.plain, cause=_OF_RATIOS)


_OF_RATIOS = Cause("MZ232", MANY, joins=PERCENT_FORMAT, is_harmless=True)
