"""The parts of a ratio that are off, by what else is known of them: part of family MZ5xx.

A figure is told as the one meant only where it explains what is written; what is written as a percentage or a rate has
no parts to be told: multiplying its hundred gives another hundred, and no number of things.
"""

from collections.abc import Iterator
from fractions import Fraction

from mzplan.figures import SCALE, plain
from mzplan.plan.indicator import RatioIndicator
from mzplan.rules.bounds import CHANGED, FAR, FLOOR, IMPOSSIBLE, OTHER_DIGITS, OTHER_WHOLE, OUT_OF_RANGE, QUARTER
from mzplan.rules.proportion import (
    TEN_THOUSAND,
    Magnitude,
    Usual,
    is_near,
    people,
    promised,
    times,
    usual,
    yardstick,
)
from mzplan.rules.scope import Series
from mzplan.said import say

RATE = "百分数或比率"
"""What was written in place of the parts."""
SWAPPED, OTHER_UNIT = "分子、分母填反", "另一种计量单位"
_DIGITS, _WHOLE = "多写或少写了几位", "填错了，或口径变了"
_WHICH = {(True, True): "两个数都", (True, False): "分子", (False, True): "分母"}
_TOO_FEW, _TOO_MANY, _SOME_FEW = "{which}少写了 {digits} 位", "{which}多写了 {digits} 位", "{which}少写了几位"

_HUNDRED = 100 * SCALE
ROUND = (SCALE, *(10**power * SCALE for power in range(2, 8)))
"""Denominators that stand for none: what a percentage or a rate is a number of."""
_MANY = 10_000 * SCALE
"""Below this two numbers of hundreds are a chance."""
_SAME = 3
"""So many different denominators of a report that all are one round number are none."""
_TIMES = {power: Fraction(10) ** power for power in range(-4, 5)}
_FACTORS = (Fraction(1, TEN_THOUSAND), Fraction(TEN_THOUSAND))


def is_one_digit(figure: int) -> bool:
    """Whether a figure has one digit beside zeros: times a power of ten it is near nearly anything."""
    return len(plain(figure).strip("0")) == 1


def parts_off(series: Series, indicator: RatioIndicator, before: int | None, at: int) -> Magnitude | None:
    """What is wrong with the parts of a ratio, set beside those before them or whatever else is known."""
    if before is not None:
        return _beside_before(series, indicator, before, at)
    return (
        _rate_at_first(series, indicator, at)
        or _beside_target(series, indicator, at)
        or _out_of_range(series, indicator, at)
        or _below_beside_yardstick(series, indicator, at)
    )


def changed_most(series: Series, before: int, at: int) -> str:
    """The part of a ratio that has changed by more than the other, times over: the one that moves it."""
    (low, high), (low_below, high_below) = (
        sorted((each[before], each[at])) for each in (series.values, series.denominators)
    )
    return "denominator" if high_below * low > high * low_below else "numerator"


# --- set beside the parts before them --------------------------------------------------------------------------------


def may_follow(series: Series, indicator: RatioIndicator, before: int, at: int) -> bool:
    """Whether parts are those before them, or so near that nothing is wrong with them, as nearly all are."""
    above, below = series.values[at], series.denominators[at]
    old, old_below = series.values[before], series.denominators[before]
    if below == old_below:
        return above == old or (indicator.part_of_whole and below not in ROUND and is_near(above, old))
    is_such = indicator.part_of_whole and below not in ROUND and is_near(above, old) and is_near(below, old_below)
    return is_such and (indicator.denominator_accumulates or max(below, old_below) < 2 * min(below, old_below))


def _beside_before(series: Series, indicator: RatioIndicator, before: int, at: int) -> Magnitude | None:
    if may_follow(series, indicator, before, at):
        return None
    above, below = series.values[at], series.denominators[at]
    old, old_below = series.values[before], series.denominators[before]
    if _is_rate_after(series, indicator, before, at):
        return Magnitude(RATE)
    if is_near(above, old) and is_near(below, old_below):  # as nearly all are; ten times of what is near is not
        return _of_another_whole(indicator, old_below, below) or _out_of_range(series, indicator, at, old, old_below)
    if _is_far(above, old) and _is_far(below, old_below) and is_near(above, old_below) and is_near(below, old):
        return Magnitude(SWAPPED, below, above)
    if found := _other_digits(series, indicator, before, at):
        return found
    return _of_another_whole(indicator, old_below, below) or _out_of_range(series, indicator, at, old, old_below)


def _of_another_whole(indicator: RatioIndicator, old: int, new: int) -> Magnitude | None:
    """What a denominator is that has doubled or halved, where it does not accumulate, or that has grown to anything."""
    if indicator.denominator_accumulates:
        is_far = new > max(old * IMPOSSIBLE.times, TEN_THOUSAND * SCALE)
        return Magnitude(_DIGITS, is_below=True) if is_far else None
    low, high = sorted((old, new))
    if high > low * OTHER_DIGITS.times:
        return Magnitude(_DIGITS, is_below=True) if high >= FLOOR else None
    return Magnitude(_WHOLE, is_below=True) if high >= low * OTHER_WHOLE.times and low >= FLOOR else None


def _is_rate_after(series: Series, indicator: RatioIndicator, before: int, at: int) -> bool:
    """Whether the parts are a rate, near that of the parts before, of a round number in place of another one."""
    above, below = series.values[at], series.denominators[at]
    old, old_below = series.values[before], series.denominators[before]
    if below not in ROUND or below <= old_below * 3 <= below * 6:
        return False  # it may have grown to that
    if indicator.denominator_accumulates and below >= old_below:
        return False
    if indicator.part_of_whole:
        return abs(above * old_below - old * below) * 10 <= below * old_below
    return _is_near_rate(above, below, indicator, Fraction(old, old_below))


def _is_near_rate(above: int, below: int, indicator: RatioIndicator, known: Fraction) -> bool:
    """Whether the ratio of the parts, or the numerator read as the rate itself, may follow a known ratio."""
    over = above * known.denominator
    is_itself = is_near(over, known.numerator * indicator.scale * SCALE)
    return is_itself or is_near(over, known.numerator * below)


def _other_digits(series: Series, indicator: RatioIndicator, before: int, at: int) -> Magnitude | None:
    """Parts of which one, or both alike, are off by a power of ten: another measure unit, a point moved, digits lost.

    The denominator meant is within 20 % of the one before, as one that changes by more is worth a question, unless a
    measure unit explains all; one that accumulates may have grown, so that ten times of it alone, and of it any times
    in the first quarter, is no evidence, and of both parts only where a tenth of each is within 20 % of the one before.
    """
    above, below = series.values[at], series.denominators[at]
    old, old_below = series.values[before], series.denominators[before]
    is_early = series.months[before] <= QUARTER
    if not above:
        return None
    for power, is_above, is_below in _powers(indicator, is_early=is_early):
        if (is_below and old_below < FLOOR) or (not is_below and old < FLOOR):
            continue
        factor = _TIMES[power]
        meant = times(above, factor, indicator.decimals) if is_above else above
        meant_below = times(below, factor, indicator.decimals) if is_below else below
        if meant is None or meant_below is None or not is_near(meant, old):
            continue
        if indicator.part_of_whole and meant > meant_below:
            continue
        is_tenfold = indicator.denominator_accumulates and power == -1
        if abs(power) == 4 or (indicator.denominator_accumulates and not is_tenfold):
            is_meant = is_near(meant_below, old_below)
        else:
            is_meant = _is_close(meant_below, old_below) and (not is_tenfold or _is_close(meant, old))
        if is_meant:
            if abs(power) == 4 and not (is_above and is_below):
                return Magnitude(OTHER_UNIT, meant, meant_below)
            changed = [each for each, is_changed in ((above, is_above), (below, is_below)) if is_changed]
            template = _TOO_MANY if power < 0 else _SOME_FEW if all(map(is_one_digit, changed)) else _TOO_FEW
            words = say(template, which=_WHICH[is_above, is_below], digits=abs(power))
            return Magnitude(words, meant, meant_below)
    return None


def _powers(indicator: RatioIndicator, *, is_early: bool) -> Iterator[tuple[int, bool, bool]]:
    """By which power of ten the numerator, the denominator or both may be off, where that is evidence."""
    accumulates = indicator.denominator_accumulates
    for power in (4, -4):
        yield power, True, False
        yield power, False, True
    for power in (1, 2, 3, 4, -1, -2, -3, -4):
        if not accumulates or power != -1 or not is_early:
            yield power, True, True
    for power in (1, 2, 3, -1, -2, -3):
        if not accumulates or (not is_early and abs(power) > 1):
            yield power, False, True
    for power in (2, 3, *(() if indicator.part_of_whole else (-2, -3))):
        yield power, True, False


def _is_close(figure: int, known: int) -> bool:
    return abs(figure - known) * CHANGED.part <= known


def _is_far(figure: int, known: int) -> bool:
    return figure > known * FAR.times or known > figure * FAR.times


# --- set beside the target and the others ----------------------------------------------------------------------------


def _rate_at_first(series: Series, indicator: RatioIndicator, at: int) -> Magnitude | None:
    """A percentage or a rate in place of the parts: its round number is none that anything else shows."""
    above, below = series.values[at], series.denominators[at]
    if below not in ROUND:
        return None
    others, target = usual(series, at), promised(series, at)
    is_one = below == SCALE  # of many a thing there is one in every unit
    if others is not None:
        is_rate = not others.has(below, OTHER_DIGITS.times if is_one else 3)
    elif indicator.part_of_whole or target is None:
        is_rate = False
    else:
        is_such = _is_near_rate(above, below, indicator, target.value / indicator.scale)
        is_rate = is_such and (below < indicator.scale * SCALE or below < people(series))
    return Magnitude(RATE) if is_rate or (not is_one and _are_all_alike(series, at)) else None


def _beside_target(series: Series, indicator: RatioIndicator, at: int) -> Magnitude | None:
    """Parts whose ratio is far from the one promised."""
    above, below, decimals = series.values[at], series.denominators[at], indicator.decimals
    target = promised(series, at)
    if not above or not below or target is None:
        return None
    promised_part = target.value.numerator * below
    part = above * indicator.scale * target.value.denominator
    if promised_part <= part * IMPOSSIBLE.times and part <= promised_part * FAR.times:  # as nearly all are
        return None
    wanted, share = target.value / indicator.scale, Fraction(above, below)
    likely: list[tuple[int | None, int | None, str]] = [(below, above, SWAPPED)]
    for factor in _FACTORS:
        likely.append((times(above, factor, decimals), below, OTHER_UNIT))
        likely.append((above, times(below, factor, decimals), OTHER_UNIT))
    for meant, meant_below, words in likely:
        if not meant or not meant_below:
            continue
        is_share = not indicator.part_of_whole or meant <= meant_below
        if is_share and wanted <= Fraction(meant, meant_below) * 3 <= wanted * 9:
            return Magnitude(RATE) if below in ROUND else Magnitude(words, meant, meant_below)
    return Magnitude(_DIGITS) if share > wanted * IMPOSSIBLE.times else None


def _out_of_range(
    series: Series, indicator: RatioIndicator, at: int, old: int = 0, old_below: int = 1
) -> Magnitude | None:
    """A ratio without a whole above it that is many times the one promised, the one before and those of the others."""
    above, below = series.values[at], series.denominators[at]
    if indicator.part_of_whole or above < FLOOR or above * old_below <= old * below * OUT_OF_RANGE.times:
        return None
    share, target = Fraction(above, below), promised(series, at)
    if target is None or share * indicator.scale <= target.value * OUT_OF_RANGE.times:
        return None
    return Magnitude(_DIGITS) if share > _highest(series, at) * OUT_OF_RANGE.times else None


def _highest(series: Series, at: int) -> Fraction:
    """The highest ratio of the other units, the latest not after that month, but for one, which may be wrong too."""
    ledger, ratios = series.ledger, []
    for unit in ledger.plan.units:
        latest = ledger.latest(series.indicator.id, unit, series.period(at)) if unit != series.unit.id else None
        if latest and latest.figure.value is not None and latest.figure.denominator:
            ratios.append(Fraction(latest.figure.value, latest.figure.denominator))
    return sorted(ratios)[-2] if len(ratios) > 1 else Fraction(0)


def _below_beside_yardstick(series: Series, indicator: RatioIndicator, at: int) -> Magnitude | None:
    """Parts whose denominator is wrong beside those of the other units, or beside the unit's population."""
    below, known = series.denominators[at], yardstick(series, at)
    if known is None or not (known.is_wrong(below) or below * FAR.times < known.low):
        return None
    fitting = [] if known.known else list(_fitting(series, indicator, at, known))
    if len(fitting) == 1:
        return fitting[0]
    return Magnitude(_DIGITS, known=known.words, is_below=True) if known.is_wrong(below) else None


def _fitting(series: Series, indicator: RatioIndicator, at: int, others: Usual) -> Iterator[Magnitude]:
    """The parts that may have been meant: both off alike, with a denominator like those of the others."""
    above, below, decimals = series.values[at], series.denominators[at], indicator.decimals
    for power in (4, 1, 2, 3, 5, 6):
        for factor in (Fraction(1, 10**power), Fraction(10**power)):
            meant, meant_below = times(above, factor, decimals), times(below, factor, decimals)
            if meant is not None and meant_below is not None and others.has(meant_below):
                words = say(_TOO_MANY if factor < 1 else _TOO_FEW, which=_WHICH[True, True], digits=power)
                yield Magnitude(OTHER_UNIT if power == 4 else words, meant, meant_below, others.words)


def round_parts(series: Series, indicator: RatioIndicator, at: int) -> str:
    """What is odd about the first parts of a unit of known size: a hundred, or that nobody else's are as round.

    A denominator that another ratio of the unit confirms is none.
    """
    above, below = series.values[at], series.denominators[at]
    is_known = usual(series, at) is not None
    if not people(series) or (is_known and (below != _HUNDRED or indicator.decimals)):
        return ""
    is_share = below == _HUNDRED or (below == SCALE and above % SCALE)
    if (is_share or (below in ROUND[2:] and not indicator.decimals)) and len(_alike(series, at)) < 2:
        return say(" 的分母正好是 {below}，像是{rate}", below=below // SCALE, rate=RATE)
    if is_known:
        return ""
    is_long = not indicator.decimals and above and not (above % _HUNDRED or below % _HUNDRED) and below >= _MANY
    return " 都是整百的数，像是多写了几位" if is_long else ""


def _are_all_alike(series: Series, at: int) -> bool:
    """Whether several different denominators of the unit's report of that month are the same round number."""
    different = {  # a denominator that the plan does not name is none other's
        ratio.id if ratio.denominator == RatioIndicator.denominator else ratio.denominator
        for ratio in _alike(series, at)
    }
    return len(different) >= _SAME


def _alike(series: Series, at: int) -> list[RatioIndicator]:
    """The ratios whose denominator in the unit's report of that month is the same number."""
    ledger, below = series.ledger, series.denominators[at]
    held = ledger.denominators[ledger.block(series.unit.id, series.months[at]) :: ledger.block_count].tolist()
    figures = zip(series.plan.indicators.values(), held, strict=True)
    return [ratio for indicator, each in figures if each == below and (ratio := indicator.ratio)]
