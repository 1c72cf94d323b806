"""What bounds a figure: what is compared, with what, by how much, and which rule speaks beyond it.

The one table of all rules that judge magnitudes. How the figures of other units come to bound one is `proportion`'s.

Of sound years made up for eleven units no figure is more than about twice the largest of the others. Above four times
it is worth a question: a unit may have done at once what others do in a year. No difference between units explains
twenty times, while a figure ×100 is there if it was at least a fifth of the largest. A target bounds less than what
others do, as a part may have been reckoned for another unit; of the whole city's, one unit does a part.
"""

from typing import NamedTuple

from mzplan.figures import SCALE


class Bound(NamedTuple):
    """One row: a figure is told above `times` of what it is set beside, divided by `part`."""

    what: str
    beside: str
    code: str
    times: int = 1
    part: int = 1


_ODD, _BELOW, _WRONG, _LEVEL = "MZ502", "MZ503", "MZ507", "MZ508"
_LESS, _WHOLE, _LARGE_FIRST, _SMALL_FIRST = "MZ515", "MZ516", "MZ517", "MZ518"
_FIRST, _OTHERS, _LAST = "第一次报的数（比率的分母）", "照别的单位折算的最大数", "上一次的数"

OTHERS_ODD = Bound(_FIRST, _OTHERS, _LARGE_FIRST, 4)
OTHERS_WRONG = Bound(_FIRST, _OTHERS, _WRONG, 20)
OTHERS_LOW = Bound("照别的单位折算的最小数", "第一次报的存量、分母、份额", _SMALL_FIRST, 5)
BASELINE_LOW = Bound("本单位的基期值", "第一次报的存量", _SMALL_FIRST, 2)
OWN_ODD = Bound(_FIRST, "本单位的目标", _LARGE_FIRST, 5)
OWN_WRONG = Bound(_FIRST, "本单位的目标", _WRONG, 50)
CITY_ODD = Bound(_FIRST, "全市的目标", _LARGE_FIRST, 1)
CITY_WRONG = Bound(_FIRST, "全市的目标", _WRONG, 10)
BUREAU_ODD = Bound("市本级第一次报的数", "全市的目标", _LARGE_FIRST, 3)  # it may do more than all of that

SHARE_ODD = Bound("没有自己目标的第一次报的数", "全市的目标平均到每个单位的数", _LARGE_FIRST, 5)
BUREAU_LOW = Bound("别的单位最小的分母", "市本级第一次报的分母", _SMALL_FIRST, 20)
DENIED = Bound("照别的单位折算的最小数", "第一次报的数，如果下一次报的和别的单位相当", _SMALL_FIRST, 2)

STEP = Bound("变化", "目标（没有的，上一次的数）", _ODD, part=2)
OWN_STEPS = Bound("存量、分子的变化", "此前一个月最多变化的数", _ODD, 4)
BEST_MONTH = Bound("累计数超出目标的部分（没有目标的，变化）", "此前一个月最多增加的数", _ODD, 2)
PACE = Bound("没有目标的累计数、年内累计的分母的增速", "此前的月均、一个月最多增加的数", _ODD, 3)
DIGIT = Bound("变化以后的数", _LAST, _ODD, 9)
LOST = Bound("存量、分子减少的数", _LAST, _LESS, part=3)
LEVEL = Bound(_LAST, "存量、分子", _LEVEL, 5)
CHANGED = Bound("不累计的分母的变化", _LAST, _BELOW, part=5)
OTHER_ORDER = Bound("正好是两位写颠倒的分母的变化", "此前一次最多变化的数", _BELOW, 4)

TOPPED = Bound("变得和分母一样大的分子", "它增加的数", _WHOLE, 5)

PLAUSIBLE = Bound("换算以后的数", _LAST, _WRONG, 3)
SPIKE = Bound("中间的数", "前后两次相近的数", _WRONG, 4)
TENFOLD = Bound("一季度以后，目标容不下的数", _LAST, _WRONG, 9)
ZERO_OWN = Bound("去掉一个 0 就接得上上一次的数", "本单位的目标", _WRONG, 2)
ZERO_CITY = Bound("没有自己目标、去掉一个 0 就接得上的数", "全市的目标", _WRONG)
NO_NOTE = Bound("相差几位的数，“说明”写清了的", "全市的目标", _WRONG, 50)
ZERO_STEPS = Bound("没有自己目标、去掉一个 0 就接得上的数的变化", "此前一个月最多变化的数", _WRONG, 20)
HUNDREDFOLD = Bound("目标容不下的数", _LAST, _WRONG, 90)
FAR = Bound("分子、分母填反了的数", "另一个数", _WRONG, 100)
IMPOSSIBLE = Bound("比率，年内累计的分母", "目标，上一次的分母", _WRONG, 1000)
OUT_OF_RANGE = Bound("不封顶的比率", "目标、上一次和别的单位的", _WRONG, 5)
OTHER_DIGITS = Bound("不累计的分母", _LAST, _WRONG, 20)
OTHER_WHOLE = Bound("不累计的分母", _LAST, _WRONG, 2)

FLOOR = 10 * SCALE
"""A change, a first figure or a part of a ratio below this has no digits to lose."""
FEW = 3 * SCALE
"""The largest of the others counts as so much at least: where it is 1, 20 more are no error.

A change that goes beyond the target by no more is nothing to ask about.
"""
SMALL = 2 * SCALE
"""A level that loses no more than this has lost little."""
QUARTER = 3
"""In so many months a figure may have grown to anything."""
