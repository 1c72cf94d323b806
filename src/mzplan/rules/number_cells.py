"""Cells of figures that are no numbers: part of family MZ2xx."""

import re
from collections.abc import Iterator

from mzplan.diagnostics import show
from mzplan.figures import plain
from mzplan.reading.number import NOT_APPLICABLE_WORD, Fault, MeasureUnit, Number, in_unit, single
from mzplan.rules.examples import BEDS, SOUND, table
from mzplan.rules.registry import (
    ERROR,
    PERCENT_FORMAT,
    SET_GENERAL,
    Cause,
    Finding,
    Remedy,
    fault_rule,
    row_rule,
    says,
)
from mzplan.rules.scope import Scope
from mzplan.said import Named, asking, listed, say
from mzplan.submissions.names import matched_form
from mzplan.submissions.row import Row, measure_of
from mzplan.zh import MONEY

_NO_NUMBER = Named("不是数", " is not a number")


def _likely(number: Number, hint: str = "是否应是 {meant}？", unit: str = "", **fields: str) -> tuple[Remedy, ...]:
    """What the writer most likely meant, as a remedy; `fields` are those of its hint beside the number meant."""
    figure = in_unit(number, unit) if unit or number.unit else number.meant
    if figure is None:
        return ()
    meant = plain(figure)
    return (Remedy(say(hint, meant=meant, **fields), meant),)


_IF_NONE = asking("note", "不适用填“不适用”并写说明；还没有数的，这一项什么都不填。")
_AS_BEFORE = {
    True: "没有新进展的，仍填上次报的累计数；{if_none}",
    False: "没有变化的，仍填上次报的数；{if_none}",
}
"""By whether it accumulates: nothing in a month is no 0 of a year."""


def _if_nothing(row: Row) -> tuple[str, tuple[Remedy, ...]]:
    """What to write where there is nothing to tell, and in place of that 0, where that holds."""
    zero = say("没有发生填 0；{if_none}", if_none=_IF_NONE)
    if row.indicator is None:
        return zero, ()
    return say(_AS_BEFORE[row.indicator.cumulative], if_none=_IF_NONE), (Remedy(zero, "0"),)


@row_rule(
    "MZ210",
    ERROR,
    title="没有填数",
    what="写了“说明”或“佐证”，“完成值”却是空的（比率指标不必填完成值，但要填分子和分母）。整行空着的是未报，不是错误。",
    why="话说到一半：不知道是没有发生、没有统计还是漏填，所以既不当作 0，也不计入合计。",
    mend="没有发生填 0（以前报过数的，仍填上次的），里程碑写阶段；"
    "确实不适用填“不适用”并写说明；还没有数的，“说明”“佐证”也空着。",
    bad=table(f"{BEDS},,,,尚在统计,"),
    good=table(f"{BEDS},0,,,,"),
)
def missing_value(row: Row, scope: Scope) -> Iterator[Finding]:
    """Words without a value, and no other figure that may have slipped into the next column. Empty is never zero."""
    if row.indicator is None or row.ratio or any(row.cells[4:7]) or row.is_mute:
        return
    if row.stages:
        hint = say("写现在到了哪个阶段：{names}；{if_none}", names=listed(row.stages), if_none=_IF_NONE)
        yield Finding("没有填阶段", "value", hint, cause=Cause(f"MZ210 {row.stages}"))
    else:
        nothing, remedies = _if_nothing(row)
        yield Finding("没有填完成值", "value", nothing, remedies=remedies, cause=Cause("MZ210"))


@fault_rule(
    "MZ211",
    ERROR,
    (Fault.PLACEHOLDER,),
    title="用符号或文字代替数",
    what="应填数的地方写着 -、/、无、N/A、待填、同上、持平、无变化之类。",
    why="这些写法各人意思不同：有人指 0，有人指没有统计，有人指不适用，有人指和上次一样。",
    mend="没有发生填 0（以前报过数的，仍填上次的）；确实不适用填“不适用”并写说明；还没有统计出来的，这一项什么都不填。",
    bad=table(f"{BEDS},无,,,,"),
    good=table(f"{BEDS},0,,,,"),
)
def placeholder_value(row: Row, field: str, number: Number) -> Finding:
    """A dash or a word that may mean zero, unknown or not applicable."""
    hint, remedies = _if_nothing(row)
    if "涉及" in row.text(field) or "无此项" in row.text(field):
        hint = asking("note", "不涉及的，“完成值”写“不适用”，并在“说明”里写明原因；涉及而没有发生的填 0。")
        also = {"numerator": "", "denominator": ""} if row.ratio else {}
        remedies = (Remedy("不涉及的写“不适用”。", NOT_APPLICABLE_WORD, also),) if field == "value" else ()
    if "发生" in row.text(field):
        remedies = (Remedy("没有发生的填 0。", "0"),)
    cause = Cause(f"MZ211 {row.cell(field)}")
    return Finding(says(field, row.text(field), _NO_NUMBER), field, hint, remedies=remedies, cause=cause)


@fault_rule(
    "MZ214",
    ERROR,
    (Fault.SCIENTIFIC,),
    title="科学计数法",
    what="这一格是 1.4E+08 这样的科学计数法。",
    why="表格软件这样显示时，后面的位数往往已经丢失。",
    mend="在原表里把单元格设为“数值”，不带小数，再导出完整的数。",
    bad=table(f"{BEDS},1.2E+01,,,,"),
    good=SOUND,
)
def scientific_notation(row: Row, field: str, number: Number) -> Finding:
    """Digits may have been lost."""
    likely = _likely(number, "若位数没有丢失，应写作 {meant}。")
    message = says(field, row.text(field), "是科学计数法，位数可能已丢失")
    return Finding(message, field, "导出完整的数。", remedies=likely)


@fault_rule(
    "MZ215",
    ERROR,
    (Fault.PERCENT,),
    title="多了百分号",
    what="这一格带百分号，而这里不该填百分数。",
    why="不知道是写错了列，还是把比率当成了数量。",
    mend="数量填个数；比率指标把百分数填在“完成值”，分子和分母填个数。",
    bad=table(f"{BEDS},70%,,,,"),
    good=table(f"{BEDS},70,,,,"),
)
def percent_sign(row: Row, field: str, number: Number) -> Finding:
    """A percentage where a number of things is asked for."""
    unit = row.indicator.unit if row.indicator and field == "value" else "个数"
    hint = listed((say("这里填的是{unit}，不是百分数。", unit=show(unit, 20)), SET_GENERAL), "")
    remedies: tuple[Remedy, ...] = ()
    if number.meant is not None and not number.meant % 100 and not (row.ratio and field == "value"):
        meant = plain(number.meant // 100)
        remedies = (
            Remedy(say("像是单元格设成了百分比格式：是否应是 {meant}？改成“常规”再导出。", meant=meant), meant),
        )
    return Finding(says(field, row.text(field), "带百分号"), field, hint, remedies=remedies, cause=PERCENT_FORMAT)


@fault_rule(
    "MZ216",
    ERROR,
    (Fault.MAGNITUDE,),
    title="用了万、亿",
    what="这一格写成了 1.4亿、3万 这样的数。",
    why="计量单位已由计划规定，带“万”“亿”的数容易差出一万倍。",
    mend="按提示换成以计划的计量单位表示的数。",
    bad=table(f"{BEDS},0.003万,,,,"),
    good=table(f"{BEDS},30,,,,"),
)
def magnitude_word(row: Row, field: str, number: Number) -> Finding:
    """A number with 万 or 亿."""
    unit = measure_of(row.indicator, field)
    measure = MeasureUnit.of(unit)
    is_same = number.unit == single(measure.single) or (not number.unit and measure.power)
    hint = "以“{measure}”为单位应写作 {meant}。" if unit else "应写作 {meant}。"
    message = says(field, row.text(field), "用了万、亿等字")
    return Finding(
        message,
        field,
        _conversion(unit),
        remedies=_likely(number, hint, unit, measure=show(unit, 20)) if is_same else (),
    )


def _conversion(unit: str) -> str:
    return (
        say("换算成以“{unit}”为单位的数，只填数。", unit=show(unit, 20))
        if unit
        else "换成以计划的计量单位表示的数，只填数。"
    )


@fault_rule(
    "MZ217",
    ERROR,
    (Fault.CHINESE,),
    title="汉字数",
    what="这一格是一百二十、壹佰这样的汉字数。",
    why="程序只认阿拉伯数字。",
    mend="改成阿拉伯数字。",
    bad=table(f"{BEDS},十二,,,,"),
    good=SOUND,
)
def chinese_numeral(row: Row, field: str, number: Number) -> Finding:
    """A number in Chinese numerals."""
    hint, remedies = _if_nothing(row) if number.meant == 0 else ("改成阿拉伯数字。", _likely(number))
    return Finding(says(field, row.text(field), "是汉字数"), field, hint, remedies=remedies)


@fault_rule(
    "MZ218",
    ERROR,
    (Fault.INEXACT,),
    title="约数或范围",
    what="这一格是约120、120-130、100多、120以上这样的约数或范围；或者工作簿里单元格的格式让人看见的是约数。",
    why="通报和排名要用确切的数；约数加不起来。",
    mend="填确切的数，情况写在“说明”里。",
    bad=table(f"{BEDS},约12,,,,"),
    good=SOUND,
)
def inexact_number(row: Row, field: str, number: Number) -> Finding:
    """About so many, or from so many to so many."""
    return Finding(
        says(field, row.text(field), "不是确切的数"), field, asking("note", "填确切的数，情况写在“说明”里。")
    )


@fault_rule(
    "MZ219",
    ERROR,
    (Fault.WITH_UNIT, Fault.REMARK),
    title="数带单位或文字",
    what="这一格写成了 120元、12 张、￥12、七家、14（新增1）这样带单位、货币符号或括号的数；"
    "或者工作簿里单元格的格式让人看见的带有别的计量单位或“（当月）”。",
    why="计量单位由计划规定，写在数里既读不出来，也可能与规定的不同。",
    mend="只填数；单位与规定不同的，先换算。",
    bad=table(f"{BEDS},12张,,,,"),
    good=SOUND,
)
def unit_in_cell(row: Row, field: str, number: Number) -> Finding:
    """A number with its measure unit."""
    unit = measure_of(row.indicator, field)
    measure = MeasureUnit.of(unit)
    is_same = number.unit and number.unit == single(measure.single)
    hint = "只填数：{meant}。" if is_same else "只填数：{meant}（注意单位是否与计划相同）。"
    is_money = not number.unit and measure.single == MONEY  # a sign of money: that of the cell's format, or of yuan
    likely = () if is_money and measure.power else _likely(number, hint, unit)
    if number.fault is Fault.REMARK:
        likely = _likely(number, "只填数：{meant}；括号里的话写在“说明”里。", unit if number.unit else "")
        if _LAST_TIME.search(row.cell(field)):
            hint = "像是照“上次填报”一栏抄的：填到本月为止的数，括号不写。"
            return Finding(says(field, row.text(field), "带有月份"), field, hint)
    hint = _conversion(unit) if measure.power or MONEY in (number.unit, measure.single) else "只填数。"
    hint = say(_SIGN, unit=show(unit, 20)) if is_money and measure.power else hint
    return Finding(says(field, row.text(field), "带有单位或文字"), field, hint, remedies=likely)


@fault_rule(
    "MZ220",
    ERROR,
    (Fault.OTHER_DIGITS,),
    title="别种数字",
    what="这一格用了圈码（②）、罗马数字（Ⅷ）、分数符号（½）或别种文字的数字。",
    why="这些字符看着是数，读法却不一定。",
    mend="改成 0—9 的数字。",
    bad=table(f"{BEDS},②,,,,"),
    good=table(f"{BEDS},2,,,,"),
)
def other_digits(row: Row, field: str, number: Number) -> Finding:
    """Digits other than 0 to 9."""
    message = says(field, row.text(field), "不是 0—9 的数字")
    return Finding(message, field, "改成 0—9 的数字。", remedies=_likely(number))


@fault_rule(
    "MZ221",
    ERROR,
    (Fault.TOO_LONG,),
    title="位数太多",
    what="整数部分超过 12 位，或小数超过 6 位。",
    why="没有一个指标有这样大或这样细；多半是粘贴了别的内容，或表格软件留下的计算误差。",
    mend="核对；小数按需要四舍五入。",
    bad=table(f"{BEDS},12.0000001,,,,"),
    good=SOUND,
)
def too_many_digits(row: Row, field: str, number: Number) -> Finding:
    """More digits than any figure has."""
    return Finding(
        says(field, row.text(field), Named("位数太多", " has too many digits")),
        field,
        "整数不超过 12 位，小数不超过 6 位。",
    )


@fault_rule(
    "MZ222",
    ERROR,
    (Fault.SEPARATOR,),
    title="分隔符不对",
    what="数字里的逗号、空格、点、撇号或下划线分得不对：1,23,4、1.234,56、12 000、1_000。",
    why="不知道是千分位写错了、小数点写错了，还是少了一位。",
    mend="照原来的数改：小数点用“.”，千位之间什么也不加。",
    bad=table('2031-03,青山县,T03-01,示例指标1,"1,23,4",,,,'),
    good=table("2031-03,青山县,T02-02,核心指标,1234,,,,"),
)
def odd_separator(row: Row, field: str, number: Number) -> Finding:
    """Separators that fit no way of writing numbers."""
    fault = "中间有空格" if number.meant is not None else "里的分隔符不对"
    remedies = _likely(number)
    if _DECIMAL_COMMA.fullmatch(row.cell(field)):
        meant = row.cell(field).replace(",", ".")
        remedies = (Remedy(say("像是把小数点写成了逗号：是否应是 {meant}？", meant=meant), meant),)
    return Finding(says(field, row.text(field), fault), field, _AS_MEANT, remedies=remedies)


_DECIMAL_COMMA = re.compile(r"[0-9]{1,9},(?=[0-9]*[1-9])(?:[0-9]{1,2}|[0-9]{4,6})")
"""A comma where only a point makes a number; before three digits, or zeros alone, it may separate thousands."""
_AS_MEANT = "照原来的数改：小数点用“.”，千位之间什么也不加。"


_SIGN = (
    "货币符号说的是元：换算成以“{unit}”为单位的数，只填数；"
    "已经是“{unit}”的，去掉符号（是单元格格式加的，格式改为“常规”）。"
)
_LAST_TIME = re.compile(r"[(（]\s*[0-9]{1,2}月")
_STOPS = ",，.。、;；"


@fault_rule(
    "MZ223",
    ERROR,
    (Fault.UNUSUAL,),
    title="数的写法不对",
    what="前面有多余的 0（007），小数点前后缺数字（.5、5.），用了别种减号，或把字母 O、l 当成了 0、1。",
    why="这样的数可能是编号，也可能是手误。",
    mend="按提示改成普通写法。",
    bad=table(f"{BEDS},012,,,,"),
    good=SOUND,
)
def unusual_number(row: Row, field: str, number: Number) -> Finding:
    """A number whose spelling raises a doubt."""
    is_stopped = row.cell(field)[-1:] in _STOPS or "。" in row.cell(field)
    message = says(field, row.text(field), "里有多余的标点" if is_stopped else "不是数的普通写法")
    return Finding(message, field, "改成普通写法。", remedies=_likely(number))


@fault_rule(
    "MZ224",
    ERROR,
    (
        Fault.OTHER,
        Fault.NOT_FINITE,
    ),
    title="不是数",
    what="应填数的地方不是数。",
    why="读不出数来，这一行没有采用。",
    mend="填阿拉伯数字；没有发生填 0；不适用填“不适用”并写说明。",
    bad=table(f"{BEDS},已落实,,,,"),
    good=SOUND,
)
def not_a_number(row: Row, field: str, number: Number) -> Finding:
    """Anything else."""
    hint = "填阿拉伯数字。"
    if field != "value" and matched_form(row.text(field)) == NOT_APPLICABLE_WORD:
        hint = "“不适用”填在“完成值”一栏，分子和分母留空。"
    likely: tuple[Remedy, ...] = ()
    if field == "numerator" and _ALL.fullmatch(row.cell(field)):
        hint, below = "全部都是的，分子填和分母一样的数。", row.number("denominator").figure
        likely = (
            (Remedy(say("全部都是的，分子和分母一样：{below}。", below=plain(below)), plain(below)),) if below else ()
        )
    return Finding(says(field, row.text(field), _NO_NUMBER), field, hint, remedies=likely)


_ALL = re.compile(
    "(?:同|等于)分母|[与和跟]分母(?:相[同等]|一[样致])|全部?(?:都是|完成|达标|覆盖|建成|培训)?|全都是?|所有|均已?(?:完成|达标|覆盖|建成|培训)"
)
"""What says of a part that it is all."""
