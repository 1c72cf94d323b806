"""How it is told that a figure is off by a measure unit or its digits: the message, the figure meant, the column."""

from collections.abc import Mapping, Sequence

from mzplan.diagnostics import show
from mzplan.figures import SCALE, plain
from mzplan.rules.bearing import asked
from mzplan.rules.proportion import TEN_THOUSAND, Magnitude
from mzplan.rules.proposals import CHECK_IT, Supposed, nearest, proposal, proposed
from mzplan.rules.ratio_parts import OTHER_UNIT, RATE, SWAPPED, changed_most, is_one_digit
from mzplan.rules.registry import Remedy
from mzplan.rules.scope import Series, value_field
from mzplan.rules.spikes import EXCHANGED, ODD_DIGITS, figure_of
from mzplan.said import Said, asking, listed, say
from mzplan.submissions.header import FIELDS_ZH

NOT_AGAIN = "数没有错的，不用再写，这条警告留给审核的人看。"
_OF_EITHER, _OF_ONE = "{new} 里多半有一个数{words}，{known}", "{new} 的{part}多半{words}，{known}"


def field_about(series: Series, before: int | None, at: int, off: Magnitude) -> str:
    """The column that the finding names: the denominator's if of the parts of a ratio that alone is to be mended."""
    is_below_alone = off.words != RATE and parts_about(series, before, at, off) == ("denominator",)
    return "denominator" if is_below_alone else value_field(series.indicator)


def parts_about(series: Series, before: int | None, at: int, off: Magnitude) -> Sequence[str]:
    """The parts of a ratio that are off, both where nobody can tell; empty for what is no ratio."""
    if not series.denominators:
        return ()
    if off.is_below or off.words == RATE:  # it is the round number that is none
        return ("denominator",)
    if off.meant is not None:
        is_above, is_below = off.meant != series.values[at], off.below != series.denominators[at]
        return (*(["numerator"] if is_above else []), *(["denominator"] if is_below else []))
    if off.words == ODD_DIGITS:
        return ("numerator",)
    return ("numerator", "denominator") if before is None else (changed_most(series, before, at),)


def _changed(series: Series, before: int | None, at: int) -> Sequence[str]:
    """The parts of a ratio that are not as they were."""
    parts = {"numerator": series.values, "denominator": series.denominators}
    return [part for part, each in parts.items() if before is None or each[before] != each[at]]


def told(
    series: Series, last: int | None, at: int, off: Magnitude, *, is_borne: bool = False
) -> tuple[str, str, tuple[Remedy, ...]]:
    """Message, hint, and the figures that it may have been; what `is_borne` by its note is not asked for again."""
    indicator, words = series.indicator, off.words
    new, unit = figure_of(series, at), show(indicator.unit, 20)
    known = (
        "与目标或别的单位相差太大"
        if last is None
        else say("{period} 是 {figure}", period=series.period(last), figure=figure_of(series, last))
    )
    known = off.known or known
    as_it_is = NOT_AGAIN if is_borne else asked(series, last, at, *parts_about(series, last, at, off), is_off=True)
    if ratio := indicator.ratio:
        parts = asking(
            "denominator",
            "分子是{numerator}，分母是{denominator}。",
            numerator=show(ratio.numerator, 60),
            denominator=show(ratio.denominator, 60),
        )
        if off.words == RATE:
            message = say("{new} 像是把{words}填成了分子、分母，{known}", new=new, words=words, known=known)
            return message, say("分子、分母应填实际数，不是{words}：{parts}", words=words, parts=parts), ()
        plainly = listed((parts, as_it_is), "")
        if off.meant is None:
            changed = [FIELDS_ZH[each] for each in _changed(series, last, at)]
            template = _OF_ONE if len(changed) == 1 else _OF_EITHER
            message = say(template, new=new, part=listed(changed), words=words, known=known)
            return message, plainly, proposed(series, last, at, field_about(series, last, at, off), plainly)
        how = {SWAPPED: "把分子、分母填反了", OTHER_UNIT: say("是按{words}填的", words=words)}.get(off.words, words)
        figures_of = (off.meant, series.values), (off.below, series.denominators)
        is_near = off.words != SWAPPED and any(
            _is_near(each, figures[at], indicator.decimals) for each, figures in figures_of
        )
        meant, below = (_meant(series, last, at, *each, is_near=is_near) for each in figures_of)
        message = say("{new} 像{how}，{known}", new=new, how=how, known=known)
        offer = say("分子应{meant}，分母应{below}；", meant=meant, below=below)
        field = field_about(series, last, at, off)
        texts = {"numerator": plain(off.meant), "denominator": plain(off.below)}
        others = proposed(series, last, at, field, plainly) if last is not None and off.words != SWAPPED else ()
        own = proposal(Supposed(offer, off.below if field == "denominator" else off.meant, is_near), plainly)
        if not is_near:
            return message, plainly, (own._replace(also=texts), *others)
        return message, listed((offer, plainly), ""), (own._replace(also=_nearest(series, last, at, off)), *others)
    checked = listed((CHECK_IT, as_it_is), "")
    if off.meant is None:
        message = say("{new} {unit}像是{words}，{known}", new=new, unit=unit, words=words, known=known)
        return message, checked, proposed(series, last, at, value_field(indicator), as_it_is)
    known = "与目标相差太大" if last is None and not off.known else known
    is_of_digits = words.startswith("多写") or words == EXCHANGED
    how = words if is_of_digits else say("按“{words}”填的", words=words)
    is_near = off.meant >= series.values[at] * TEN_THOUSAND and _is_near(
        off.meant, series.values[at], indicator.decimals
    )
    meant = _meant(series, None, at, off.meant, series.values, is_near=is_near)
    message = say("{new} {unit}像是{how}，{known}", new=new, unit=unit, how=how, known=known)
    offer = say("像{meant}；" if is_of_digits else "按“{unit}”应{meant}；", unit=unit, meant=meant)
    if is_near:
        return message, listed((offer, as_it_is), ""), ()
    own = proposal(Supposed(offer, off.meant), as_it_is)
    others = () if last is None else proposed(series, last, at, value_field(indicator), as_it_is)
    return message, checked, (own, *others)


def _meant(series: Series, last: int | None, at: int, figure: int, figures: Sequence[int], *, is_near: bool) -> Said:
    """The figure that was meant: near that one where a whole number was written with fewer digits.

    One digit of a part tells nothing of it, so that it is near the last one; 3亿元 is told by its measure unit.
    """
    if not is_near or not _is_near(figure, figures[at], series.indicator.decimals):
        return say("是 {each}", each=plain(figure))
    if last is not None and is_one_digit(figures[at]):
        return say("与 {period} 的 {figure} 相近", period=series.period(last), figure=plain(figures[last]))
    return say("在 {each} 左右", each=plain(figure))


def _nearest(series: Series, last: int | None, at: int, off: Magnitude) -> Mapping[str, str]:
    """The parts of a ratio that may have lost digits, as near to the last ones as that allows."""
    step = 10 ** (6 - series.indicator.decimals)
    figures_of = ("numerator", series.values, off.meant or 0), ("denominator", series.denominators, off.below)
    parts = {field: meant for field, _, meant in figures_of}
    for field, figures, meant in figures_of if last is not None else ():
        if _is_near(meant, figures[at], series.indicator.decimals):
            parts[field] = nearest(figures[at], meant // figures[at], figures[last or 0], step)
    return {field: plain(figure) for field, figure in parts.items()}


def _is_near(figure: int, written: int, decimals: int) -> bool:
    """Whether digits behind those written may be lost: it is whole, or has all decimals that it may have."""
    return figure > written > 0 and (not written % SCALE or bool(written % 10 ** (7 - decimals)))
