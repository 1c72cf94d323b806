"""Figures of one record set against each other. Family MZ4xx."""

from collections.abc import Collection, Iterator
from fractions import Fraction

from mzplan.diagnostics import show
from mzplan.figures import SCALE, decimal_text, plain, rounded
from mzplan.plan.fineness import DECIMALS_AT_MOST
from mzplan.plan.indicator import RatioIndicator
from mzplan.reading.number import Fault, Habit
from mzplan.rules.examples import BEDS, RATIO, table
from mzplan.rules.registry import (
    ERROR,
    MANY,
    NEVER,
    PERCENT_FORMAT,
    SWAPPED_COLUMNS,
    Cause,
    Finding,
    Found,
    row_rule,
    whole_rule,
)
from mzplan.rules.scope import Scope, Whole
from mzplan.said import asking, listed, say
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.row import Row

_PERCENTAGE = "像是把百分数填成了“{figure}/{below}”：分子、分母都要填个数（{meaning}）。"
_RATE = "像是把比率填成了“{figure}/{below}”：分子、分母都要填个数（{meaning}）。"
RATE_AS_PARTS = (_PERCENTAGE, _RATE)
_RATIO = f"2031-03,{RATIO}"
_GOOD = table(f"{_RATIO},70,70,100,,")


@row_rule(
    "MZ401",
    ERROR,
    title="没有填分子或分母",
    what="比率指标的分子、分母有一个是空的，或者两个都空着却填了完成值，写了说明或佐证。整行空着的是未报，不是错误。",
    why="全市的比率是分子之和除以分母之和，只有百分数汇总不出来。",
    mend="填上分子和分母；“完成值”可以不填。",
    bad=table(f"{_RATIO},70,,,,"),
    good=_GOOD,
)
def missing_ratio_part(row: Row, scope: Scope) -> Iterator[Finding]:
    """A ratio without its numerator or denominator."""
    if row.ratio is None or row.is_not_applicable or row.is_mute:
        return
    empty = [field for field in _PARTS if not row.cell(field)]
    value = row.number("value")
    other = value if len(empty) == 2 else next((row.number(field) for field in _PARTS if field not in empty), value)
    if empty and other.fault not in _TOLD_ALREADY:
        meaning = {"numerator": row.ratio.numerator, "denominator": row.ratio.denominator}
        named = [
            say("{column}是{meaning}", column=FIELDS_ZH[field], meaning=meaning[field])
            for field in empty
            if meaning[field] != FIELDS_ZH[field]
        ]
        told = asking("denominator", "{told}。", told=listed(named, "；"))
        hint = told if named else asking("denominator", "“完成值”可以不填，分子和分母都要填。")
        cause = _PERCENT_ONLY if is_percentage_alone(row) else Cause(f"MZ401 {empty}")
        yield Finding(
            say("没有填{names}", names=listed((FIELDS_ZH[field] for field in empty), "和")), empty[0], hint, cause=cause
        )


def is_percentage_alone(row: Row) -> bool:
    """Whether a row has but the percentage of a ratio: its parts are asked for, however that is written."""
    value = row.number("value")
    is_percentage = value.figure is not None or value.fault is Fault.PERCENT
    return row.ratio is not None and is_percentage and not any(map(row.cell, _PARTS))


_PARTS = ("numerator", "denominator")
_TOLD_ALREADY = (Fault.PAIR, Fault.DATE, Fault.MERGED, Fault.PLACEHOLDER)
"""What is said of the one cell that is filled in: both parts stand in it, it is also others', or nothing is known."""
_PERCENT_ONLY = Cause(
    "MZ401 percent",
    together="{count} 项比率只填了百分数，没有填分子和分母",
    hint=asking("denominator", "分子和分母都要填个数，“完成值”可以不填。"),
)


@row_rule(
    "MZ402",
    ERROR,
    title="分母不是正数",
    what="比率指标的分母是 0 或负数。",
    why="除以 0 没有意义。",
    mend="本期确实没有对象的，“完成值”填“不适用”并写说明，分子和分母留空。",
    bad=table(f"{_RATIO},,0,0,,"),
    good=_GOOD,
)
def denominator_not_positive(row: Row, scope: Scope) -> Iterator[Finding]:
    """Nothing to divide by."""
    below = row.number("denominator").figure if row.ratio and not row.is_not_applicable else None
    if below is not None and below <= 0:
        hint = asking("note", "没有对象的，“完成值”填“不适用”并写说明。")
        cause = _NOTHING_BELOW if not below and (row.number("numerator").figure or 0) > 0 else None
        yield Finding(say("分母是 {below}", below=plain(below)), "denominator", hint, cause=cause)


_NOTHING_BELOW = Cause("MZ402", NEVER, joins=SWAPPED_COLUMNS)


@row_rule(
    "MZ403",
    ERROR,
    title="负数",
    what="数量、存量、分子是负数。",
    why="个数、人数、金额的累计数和存量不会小于 0；要更正以前的数，直接填更正后的累计数并写说明。",
    mend="填更正后的数。",
    bad=table(f"{BEDS},-12,,,,"),
    good=table(f"{BEDS},12,,,,"),
)
def negative_figure(row: Row, scope: Scope) -> Iterator[Finding]:
    """A number of things below zero."""
    for field, number in row.numbers.items():
        figure = number.figure
        if field != "denominator" and figure is not None and figure < 0:
            yield Finding(
                say("{column}是负数 {figure}", column=FIELDS_ZH[field], figure=plain(figure)),
                field,
                _OF_PARTS if row.ratio and field == "value" else "填从年初起的累计数或期末数，不填增减数。",
            )


_OF_PARTS = "填分子、分母算出的数，也可以不填。"
_HUNDRED = 100 * SCALE


@row_rule(
    "MZ407",
    ERROR,
    title="小数太多",
    what="数量、存量、分子或分母的小数位数超过计划允许的（decimals；数东西、数人的是整数，金额按计划）。",
    why="没有半张床位、半个人；多半是单位弄错（元、万元）、把百分数填成了个数，或表格软件算出来的数。",
    mend="核对；填整数，或按计划的计量单位填到允许的小数位。",
    bad=table(f"{BEDS},12.5,,,,"),
    good=table(f"{BEDS},12,,,,"),
)
def fraction_of_a_thing(row: Row, scope: Scope) -> Iterator[Finding]:
    """Half a bed, or a share of a hundred in place of how many they are."""
    indicator = row.indicator
    if indicator is None:
        return
    for field, number in row.numbers.items():
        figure = number.figure
        if figure is None or (row.ratio and field == "value") or not figure % 10 ** (6 - indicator.decimals):
            continue
        limit = say(DECIMALS_AT_MOST, decimals=indicator.decimals) if indicator.decimals else "应是整数"
        unit = say(" {unit}", unit=show(indicator.unit, 20)) if field == "value" and indicator.unit else ""
        hint = "核对；填整数。" if not indicator.decimals else "核对数和计量单位。"
        if field == "numerator" and row.number("denominator").figure in _scales(row.ratio):
            hint = _as_rate(figure, row)
        elif field == "numerator" and row.ratio and (meant := _of_percentage(row.ratio, figure, row)):
            hint = say(
                "如果填的是百分数，分子约是 {count}：分子填个数，不填百分数（{meaning}）。",
                count=meant,
                meaning=_meaning(row.ratio),
            )
        message = say(
            "{column}是 {figure}{unit}，{limit}",
            column=FIELDS_ZH[field],
            figure=plain(figure),
            unit=unit,
            limit=limit,
        )
        yield Finding(message, field, hint, cause=Cause(f"MZ407 {field}", MANY))


def _scales(ratio: RatioIndicator | None) -> Collection[int]:
    """The denominators that are no number of things where the numerator is none: a hundred, and that of a rate."""
    return (_HUNDRED, ratio.scale * SCALE) if ratio else ()


def _as_rate(figure: int, row: Row) -> str:
    """What is asked for where a percentage and its hundred, or a rate, stand in the places of the parts."""
    below = row.number("denominator").figure or 0
    template = _RATE if below != _HUNDRED else _PERCENTAGE
    return asking("denominator", template, figure=plain(figure), below=plain(below), meaning=_meaning(row.ratio))


def _of_percentage(ratio: RatioIndicator, figure: int, row: Row) -> int:
    """How many of the denominator that percentage is, to the nearest whole; 0 where it can be none."""
    below = row.number("denominator").figure
    is_share = ratio.part_of_whole and ratio.scale * SCALE == _HUNDRED >= figure and not ratio.decimals
    return (figure * below * 2 + _HUNDRED * SCALE) // (2 * _HUNDRED * SCALE) if is_share and below else 0


def _meaning(ratio: RatioIndicator | None) -> str:
    return (
        say("分子是{numerator}，分母是{denominator}", numerator=ratio.numerator, denominator=ratio.denominator)
        if ratio
        else ""
    )


def _parts(row: Row) -> tuple[int, int] | None:
    """Numerator and denominator that can be compared, or None."""
    if row.ratio is None or row.is_not_applicable:
        return None
    above, below = row.number("numerator").figure, row.number("denominator").figure
    return (above, below) if above is not None and below is not None and above >= 0 and below > 0 else None


@row_rule(
    "MZ404",
    ERROR,
    title="分子大于分母",
    what="分子是分母的一部分，却比分母大。",
    why="一部分不会比全部多；多半是分子分母填反了，或分母没有更新。",
    mend="核对分子和分母。",
    bad=table(f"{_RATIO},,110,100,,"),
    good=_GOOD,
)
def numerator_above_denominator(row: Row, scope: Scope) -> Iterator[Finding]:
    """A part larger than its whole."""
    parts = _parts(row)
    if parts and row.ratio and row.ratio.part_of_whole and parts[0] > parts[1]:
        message = say("分子 {first} 大于分母 {second}", first=plain(parts[0]), second=plain(parts[1]))
        hint = say(
            "{numerator}应是{denominator}的一部分；核对是否填反，或有一个数少写、多写了一位。",
            numerator=row.ratio.numerator,
            denominator=row.ratio.denominator,
        )
        yield Finding(message, "numerator", hint, cause=SWAPPED_COLUMNS)


def _is_over_hundred(row: Row, parts: tuple[int, int]) -> bool:
    value = row.number("value").figure
    return (
        row.ratio is not None
        and row.ratio.part_of_whole
        and value is not None
        and value > row.ratio.scale * SCALE
        and parts[0] <= parts[1]
    )


@row_rule(
    "MZ405",
    ERROR,
    title="完成值与分子分母不符",
    what="“完成值”不等于分子除以分母（按它自己的小数位四舍五入后比较）。",
    why="两个数对不上，说明至少有一个填错了。",
    mend="核对三个数；“完成值”可以不填，由程序计算。",
    bad=table(f"{_RATIO},0.7,70,100,,"),
    good=_GOOD,
)
def value_off_ratio(row: Row, scope: Scope) -> Iterator[Finding]:
    """The ratio given is not the one that its parts give."""
    parts, value = _parts(row), row.number("value")
    if parts is None or row.ratio is None or value.figure is None or _is_over_hundred(row, parts):
        return
    if value.figure < 0:  # MZ403 tells it
        return
    if row.ratio.part_of_whole and parts[0] > parts[1]:
        return
    above, below = parts
    if agrees(value.figure, value.decimals, above, below, row.ratio.scale):
        return
    text, hint = rounded(Fraction(above * row.ratio.scale, below), 2), _quotient(above, below, row.ratio.scale)
    cause = None
    if below == _HUNDRED == row.ratio.scale * SCALE and abs(value.figure - above) < SCALE:
        hint = _as_rate(above, row)
    elif agrees(value.figure * row.ratio.scale, max(value.decimals - 2, 0), above, below, row.ratio.scale):
        cause = _SHARES
        hint = listed((hint, say("完成值的单位是“{unit}”，不是小数。", unit=show(row.ratio.unit, 20))), "")
    yield Finding(
        say("完成值 {figure} 与分子分母算出的 {text} 不符", figure=plain(value.figure), text=text),
        "value",
        hint,
        cause=cause,
    )


def _quotient(above: int, below: int, scale: int) -> str:
    """What the parts of a ratio give."""
    text = rounded(Fraction(above * scale, below), 2)
    return say("{above}/{below} 是 {text}。", above=plain(above), below=plain(below), text=text)


_SHARES = Cause("MZ405 share", together="{count} 项的完成值填成了小数，应填百分数，也可以不填")


def agrees(value: int, decimals: int, above: int, below: int, scale: int) -> bool:
    """Whether a ratio given to that many decimals is the one of its parts: half of its last place may be lost."""
    place: int = 10 ** (6 - decimals)
    return abs(above * scale * SCALE - value * below) * 2 <= place * below


@row_rule(
    "MZ406",
    ERROR,
    title="比率超过 100%",
    what="分子是分母的一部分，“完成值”却超过 100%。",
    why="覆盖率以 100% 封顶，超过的是数据错误，不是超额完成。",
    mend="核对完成值；可以不填，由程序计算。",
    bad=table(f"{_RATIO},170,70,100,,"),
    good=_GOOD,
)
def ratio_above_hundred(row: Row, scope: Scope) -> Iterator[Finding]:
    """A share of a whole above the whole."""
    parts = _parts(row)
    if parts and row.ratio and _is_over_hundred(row, parts):
        yield Finding(
            say("完成值 {what} 超过 100%", what=plain(row.number("value").figure or 0)),
            "value",
            listed((_quotient(*parts, row.ratio.scale), "可以不填，由程序计算。"), ""),
            cause=_OF_THE_FORMAT if Habit.PERCENT in row.number("value").habits else None,
        )


_OF_THE_FORMAT = Cause("MZ406", NEVER, joins=PERCENT_FORMAT)


def is_percentage_above_hundred(row: Row) -> bool:
    """Whether a share of a whole is above the whole, and has its sign: the first is told."""
    parts = _parts(row)
    return bool(parts and Habit.PERCENT in row.number("value").habits and _is_over_hundred(row, parts))


@whole_rule(
    "MZ420",
    ERROR,
    title="与计划规定的关系不符",
    what="计划规定了指标之间的关系（部分之和不大于、或等于总数），同一单位同一月的数不符合。",
    why="部分比总数还大，说明至少有一个数填错了。",
    mend="核对提示的几个数。",
    bad=table(f"{BEDS},12,,,,", "2031-03,青山县,T01-06,其中护理型床位数,15,,,,"),
    good=table(f"{BEDS},15,,,,", "2031-03,青山县,T01-06,其中护理型床位数,12,,,,"),
)
def relation_broken(whole: Whole) -> Iterator[Found]:
    """A sum of parts that does not fit its whole; absent figures are skipped or count as zero, as the relation says."""
    plan, ledger = whole.plan, whole.ledger
    for relation in plan.relations:
        for unit in plan.units:
            for period in plan.periods:
                cells = {name: ledger.cell(name, unit, period.month) for name in (*relation.terms, relation.whole)}
                given = {name: ledger.entry(cell) for name, cell in cells.items()}
                sums = {
                    name: plan.indicators[name].actual((entry.figure,))
                    for name, entry in given.items()
                    if entry is not None and not entry.is_not_applicable
                }
                terms = [sums.get(name) for name in relation.terms]
                total = sums.get(relation.whole)
                if total is None or all(term is None for term in terms):
                    continue
                if relation.missing == "skip_any" and None in terms:
                    continue
                parts = sum((term for term in terms if term is not None), Fraction(0))
                if parts == total or (relation.operator == "at_most" and parts < total):
                    continue
                relevant = [name for name in relation.terms if name in sums]
                verb = "应等于" if relation.operator == "equals" else "不应大于"
                message = say(
                    "{names} 为 {decimal_text}，{verb} {whole}“{name}”的 {decimal_text2}",
                    names=listed(relevant, "＋"),
                    decimal_text=decimal_text(parts),
                    verb=verb,
                    whole=relation.whole,
                    name=plan.indicators[relation.whole].name,
                    decimal_text2=decimal_text(total),
                )
                yield Found(
                    Finding(
                        message, "value", "核对这几个数。", related=tuple(ledger.location(cells[n]) for n in relevant)
                    ),
                    ledger.location(cells[relation.whole]),
                    unit,
                    relation.whole,
                    str(period),
                    cells[relation.whole],
                )
