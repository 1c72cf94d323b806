"""English for what the rules say of figures over the months (MZ5xx)."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        # a figure beside the one before it
        "数值突变": "Sudden jump",
        "由 {period} 的 {old} 变为 {new}，变化 {change}": "from {old} in {period} to {new}, a change of {change}",
        "与 {period} 的 {old} 相同": "the same as {old} in {period}",
        "由 {period} 的 {old} 变为 {new}，变化 {change}，超过目标 {target} 的一半": "from {old} in {period} to {new}, a change of {change}: over half of the target {target}",
        "由 {period} 的 {old} 变为 {new}，变化 {change}，明显偏大": "from {old} in {period} to {new}, a change of {change}: too large",
        "由 {period} 的 {old} 变为 {new}，变化 {change}，{how}": "from {old} in {period} to {new}, a change of {change}: {how}",
        "比率{message}": "the ratio went {message}",
        "分子{message}": "the numerator went {message}",
        "此前一个月最多变化 {best}": "until then it changed by {best} a month at most",
        "此前没有减少过，一个月最多增加 {best}": "it never fell before, and the best month brought {best}",
        "此前一个月最多增加 {best}": "the best month until then brought {best}",
        "超出目标 {target}，此前一个月最多增加 {best}": "beyond the target {target}, and the best month until then brought {best}",
        "请核对；": "Check the figure.",
        "如果有一位打了两遍，应是 {meant}；": "If a digit was typed twice, it is {meant}.",
        "如果多写了 0，应是 {meant}；": "If a zero too many was written, it is {meant}.",
        "如果位数写错了，应是 {meant}；": "If its digits or its point are wrong, it is {meant}.",
        "分子变得和分母一样大": "Numerator equals denominator",
        "分子由 {period} 的 {old} 增加到 {new}，和分母一样大": "the numerator grew from {old} in {period} to {new}, and equals the denominator",
        "说明与以前报的不符": "Note contradicts earlier figure",
        "和报过的数对不上": "does not fit what was reported",
        "请核对；这个数错了的，改正；没有错的，改正“说明”里的话。": "Check it; if the figure is wrong, correct it; if it is right, correct what the note says.",
        # stocks
        "存量像是当月数": "Stock looks like month's figure",
        "由 {period} 的 {old} 降为 {new}，像是填了当月数": "fell from {old} in {period} to {new}: it looks like the month's figure",
        "分子由 {period} 的 {old} 降为 {new}，像是填了当月数": "the numerator fell from {old} in {period} to {new}: it looks like the month's figure",
        "如果填的是当月数，累计数应是 {meant}；": "If it is the month's figure, the total is {meant}.",
        "如果填的是当月数，加上次的是 {meant}；": "If it is the month's figure, with the last one it is {meant}.",
        "如果是按“{words}”填的当月数，加上次的是 {meant}；": "If it is the month's figure in “{words}”, with the last one it is {meant}.",
        "如果少写了 {digits} 位，应在 {meant} 左右；": "If {digits:digit is|digits are} missing, it is about {meant}.",
        "如果是按“万”填的，应在 {meant} 左右；": "If it is in ten thousands, it is about {meant}.",
        "如果有两位写颠倒了，应是 {meant}；": "If two digits changed places, it is {meant}.",
        "填期末的总数，不填当月的：": "Give the total at the end of the period, not the month's:",
        "{count} 项存量或分子不到上次的五分之一，像是填了当月数": "{count} stocks or numerators are below a fifth of the last: they look like the month's figures",
        "存量减少太多": "Stock fell too far",
        "由 {period} 的 {old} 减少到 {new}，{how}": "fell from {old} in {period} to {new}: {how}",
        "分子由 {period} 的 {old} 减少到 {new}，{how}": "the numerator fell from {old} in {period} to {new}: {how}",
        "减少的超过三分之一": "by more than a third",
        "一个也没有了": "none is left",
        # first figures
        "第一次报的数偏大": "First figure too large",
        "第一次报的数偏小": "First figure too small",
        "“{one}”的 {figure} 和“{other}”的 {figure2} 像是互相填错了行，换过来两行都对得上": "{figure} of “{one}” and {figure2} of “{other}” seem to stand in each other's row: exchanged, both fit",
        "核对这两行；没有填错的，各自在“说明”写明原因和增减的数。": "Check both rows; if they are right, give in the note of each the reason and the change.",
        "第一次报的 {figure} 明显偏大，{known}": "the first figure {figure} is too large: {known}",
        "第一次报的分子 {figure} 明显偏大，{known}": "the first numerator {figure} is too large: {known}",
        "第一次报的分母 {figure} 明显偏大，{known}": "the first denominator {figure} is too large: {known}",
        "第一次报的 {figure} 明显偏小，{known}": "the first figure {figure} is too small: {known}",
        "第一次报的分子 {figure} 明显偏小，{known}": "the first numerator {figure} is too small: {known}",
        "第一次报的分母 {figure} 明显偏小，{known}": "the first denominator {figure} is too small: {known}",
        "第一次报的 {figure} 已超过全年的目标 {target}": "the first figure {figure} is already above the year's target {target}",
        "第一次报的 {figure} 明显偏大，{known}，由 {count} 家完成": "the first figure {figure} is too large: {known}, for {count} units together",
        # denominators
        "分母突变": "Denominator changed",
        "分母由 {period} 的 {old} 变为 {new}，此前没有这样变过，像是有两位写颠倒了": "the denominator went from {old} in {period} to {new}, and never changed like that before: two digits seem to be exchanged",
        "分母由 {period} 的 {old} 变为 {new}，变化超过 20%": "the denominator went from {old} in {period} to {new}, by more than 20%",
        "分母由 {period} 的 {old} 变为 {new}，明显偏大": "the denominator went from {old} in {period} to {new}: too large",
        "分母由 {period} 的 {old} 变为 {new}，正好是整数，不像实际数": "the denominator went from {old} in {period} to {new}: too round to be counted",
        "分母正好是整数": "Denominator too round",
        "第一次报的 {above}/{below}{words}": "the first {above}/{below}: {words}",
    }
)
