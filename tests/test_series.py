"""The rules about a unit's year: what they say of years worked out by hand, and of any year by their definition."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mzplan.check.run import run_checks
from mzplan.figures import SCALE
from mzplan.plan.indicator import Figure, Indicator, RatioIndicator
from mzplan.rules import CHECKS
from mzplan.rules.registry import Series
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import stage_names
from mzplan.submissions.reasons import explains
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN, check_rows

OF_SERIES = {rule.code for rule, _ in CHECKS.series}
COUNT, RATIO, ACCUMULATING, MILESTONE, MONEY = "T01-01", "T01-03", "T01-08", "T01-04", "T01-05"


def found(indicator: str, year: str, note: str = "更正以前误计") -> list[str]:
    """`month code` of every finding about 青山县's year: figures by month, `.` for none, with ! for a note."""
    rows = []
    for month, word in enumerate(year.split(), start=1):
        if word != ".":
            figure = word.rstrip("!")
            cells = f",{figure.replace('/', ',')}" if "/" in figure else f"{figure},,"
            rows.append(f"2031-{month:02d},青山县,{indicator},,{cells},{note if '!' in word else ''},")
    data = "\n".join((HEADER, *rows, "")).encode()
    result = run_checks(PLAN, [Source.of_bytes("示例.csv", data)])
    return [f"{found.period[5:]} {found.rule.code}" for found in result.diagnostics if found.rule.code in OF_SERIES]


@pytest.mark.parametrize(
    ("indicator", "year", "expected"),
    [
        (COUNT, "5 4", ["02 MZ501"]),
        (COUNT, "5 . 4!", []),
        (COUNT, "5 4! 3", ["03 MZ501"]),
        (COUNT, "5 不适用! 4", ["03 MZ501"]),
        (MILESTONE, "推进中 未启动", ["02 MZ504"]),
        (MILESTONE, "推进中 未启动!", []),
        (RATIO, "50/100 60/100 60/121", ["03 MZ503"]),
        (RATIO, "50/100 50/120 50/120", []),
        (RATIO, "50/100 50/120! 50/95", ["03 MZ503"]),
        (RATIO, "20/100 31/100 41/100", ["02 MZ502"]),
        (ACCUMULATING, "50/50 200/200 190/190", ["03 MZ501"]),
        (ACCUMULATING, "50/50 200/200 190/190! 180/180", ["04 MZ501"]),
        (ACCUMULATING, "50/50 200/200 20/20", ["03 MZ507"]),
        (ACCUMULATING, "20/20 200/200", []),
        (RATIO, "50/100 5/10", ["02 MZ507"]),
        (RATIO, "50/100 500/1000", ["02 MZ507"]),
        (RATIO, "50/100 500/1000!", []),
        (RATIO, "50/100 20/40", ["02 MZ503"]),
        (RATIO, "5/9 50/90", ["02 MZ503"]),
        (COUNT, "20 70 121", ["03 MZ502"]),
        (COUNT, "300 20", ["02 MZ501"]),
        (MONEY, "250 2600000", ["02 MZ507"]),
        (MONEY, "250 2600000!", []),
        (MONEY, "250 2600000 270", ["02 MZ507"]),
        (MONEY, "250 0.026", ["02 MZ507"]),
        (MONEY, "250 26000000000", ["02 MZ507"]),
        (MONEY, "9000000", ["01 MZ507"]),
        (MONEY, "900", []),
        (RATIO, "296/362 82/100", ["02 MZ507"]),
        (RATIO, "296/362 12/100", ["02 MZ502", "02 MZ503"]),
        (RATIO, "296/362 82/100!", []),
        (COUNT, "20 70 121!", []),
        (COUNT, "20 20 20 20 20 . 20", ["07 MZ505"]),
        (COUNT, "20 20 20! 20 20 20", []),
        (COUNT, "100 100 100 100 100 100", []),
    ],
)
def test_years_worked_out_by_hand(indicator: str, year: str, expected: list[str]) -> None:
    assert found(indicator, year) == expected


EMPTY_NOTES = [
    *(
        "15。",
        "…",
        "（1）",
        "2031-09-30",
        "\u3164-\u3164-\u3164",
        "√",
        ".",
        "-",
        "/",
        "12张",
        "10月",
        "xxx",
        "啊啊",
    ),
    *(
        "无",
        "无。",
        "暂无",
        "同上",
        "略",
        "正常",
        "情况属实",
        "同上，正常",
        "ＮＡ",
        "#N/A",
        "#REF!",
        "#DIV/0!",
        "n/a",
        "见附件",
        "见附件2的更正",
        "更正",
        "系统导出",
    ),
]
"""Notes that give no reason: marks, figures, one letter however often, words that name no cause."""


@pytest.mark.parametrize("note", ["新院投用", "更正：2月误计", "Correction of February", "无：全部撤并"])
def test_a_note_in_words_explains(note: str) -> None:
    assert explains(note)
    assert found(COUNT, "5 4!", note) == []


@pytest.mark.parametrize("note", [*EMPTY_NOTES, "0", ""])
def test_such_a_note_explains_nothing(note: str) -> None:
    assert not explains(note)


@pytest.mark.parametrize("note", EMPTY_NOTES)
@pytest.mark.parametrize(
    ("indicator", "year"),
    [
        (COUNT, "5 4! 3!"),
        (COUNT, "5 不适用! 4"),
        (MILESTONE, "推进中 未启动!"),
        (RATIO, "50/100 60/130!"),
        (MONEY, "250 2600000!"),
    ],
)
def test_a_note_without_a_reason_explains_nothing(indicator: str, year: str, note: str) -> None:
    told = found(indicator, year, note)
    assert told == found(indicator, year.replace("!", ""))
    assert told != found(indicator, year) or "不适用" in year


def test_nor_does_it_say_why_something_does_not_apply() -> None:
    row = "2031-03,青山县,T01-01,新增养老床位数,不适用,,,2031,"
    assert [(each.rule.code, each.message) for each in check_rows(row).diagnostics] == [
        ("MZ311", "“不适用”的说明没有写原因")
    ]


Year = list[tuple[int, int, bool] | None]
"""By month: a figure, a denominator and whether there is a note; None for no record."""

years = st.lists(
    st.none()
    | st.tuples(
        st.sampled_from([0, 1, 5, 9, 10, 11, 15, 20, 21, 30, 49, 50, 51, 60, 100, 101, 120, 400, 1050, 1051]),
        st.sampled_from([10, 50, 100, 119, 120, 121, 144, 1000]),
        st.booleans(),
    ),
    min_size=12,
    max_size=12,
)
still_years = st.builds(
    lambda year, figure: [month and (figure, *month[1:]) for month in year], years, st.sampled_from([9, 10, 100])
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([i for i in PLAN.indicators.values() if i.reporting]),
    st.sampled_from(["qingshan", "lvshui"]),
    years | still_years,
)
def test_any_year_is_judged_as_the_rules_define_it(indicator: Indicator, unit: str, year: Year) -> None:
    ledger = Ledger(PLAN)
    stages = len(stage_names(indicator))
    given_months = [(month, *one) for month, one in enumerate(year, start=1) if one is not None]
    if stages:
        given_months = [(month, value % stages, below, note) for month, value, below, note in given_months]
    is_ratio = "denominator" in indicator.columns
    for month, value, below, note in given_months:
        figure = Figure(value if stages else value * SCALE, below * SCALE if is_ratio else None)
        ledger.write(ledger.cell(indicator.id, unit, month), figure, 0, month, note=note)
    ledger.sources = ["示例.csv"]
    series = Series(
        ledger,
        indicator,
        PLAN.units[unit],
        [month for month, *_ in given_months],
        [value if stages else value * SCALE for _, value, _, _ in given_months],
        [below * SCALE for _, _, below, _ in given_months] if is_ratio else (),
    )
    said = {(rule.code, series.months[at]) for rule, check in CHECKS.series if series.months for at, _ in check(series)}
    assert said == expected(indicator, unit, given_months)


def _sound_pairs(
    indicator: Indicator, year: list[tuple[int, int, int, bool]], odd: set[tuple[str, int]]
) -> Iterator[tuple[tuple[int, int, int, bool], tuple[int, int, int, bool]]]:
    """Successive records but those that are off by a measure unit.

    They give a percentage for their parts: so many of 100, near the ratio before; or, without any before them, a ratio
    of over 1000 times the target.
    """
    last = None
    for record in year:
        month, new, below, note = record
        if not last and isinstance(indicator, RatioIndicator) and not note and new:
            times = Fraction(new, below) * indicator.scale / indicator.target.value
            if times > 1000:
                odd.add(("MZ507", month))
                continue
        if last and isinstance(indicator, RatioIndicator) and not note and not indicator.denominator_accumulates:
            is_near = abs(Fraction(new, below) - Fraction(last[1], last[2])) <= Fraction(1, 10)
            if is_near and below == 100 and not 100 <= last[2] * 3 <= 600:
                odd.add(("MZ507", month))
                continue
        if last and isinstance(indicator, RatioIndicator) and not note and _is_scaled(indicator, last, record):
            odd.add(("MZ507", month))
            continue
        if last:
            yield last, record
        last = record


def _is_scaled(indicator: RatioIndicator, last: tuple[int, int, int, bool], record: tuple[int, int, int, bool]) -> bool:
    """Whether both parts times one power of ten have no more decimals than they may and are near those before.

    Near is a third to three times of them. A denominator that does not accumulate must be within 20 %; one that does
    may be ten times the one before.
    """
    (_, old, under, _), (_, new, below, _) = last, record
    for power in range(-4, 5):
        meant, meant_below = new * Fraction(10) ** power, below * Fraction(10) ** power
        is_whole = all((each * 10**indicator.decimals).denominator == 1 for each in (meant, meant_below))
        if not power or not new or under < 10 or not is_whole:
            continue
        if not old <= meant * 3 <= old * 9:
            continue
        if indicator.denominator_accumulates:
            is_meant = power != -1 and under <= meant_below * 3 <= under * 9
        else:
            is_meant = abs(meant_below - under) <= Fraction(under, 5)
        if is_meant:
            return True
    return False


def expected(indicator: Indicator, unit: str, year: list[tuple[int, int, int, bool]]) -> set[tuple[str, int]]:
    """The rules as `docs/rules.md` words them, in fractions."""
    promised = PLAN.target_for(indicator, unit, PLAN.periods[-1])
    target = promised[0].value if promised else Fraction(0)
    is_milestone = bool(stage_names(indicator))
    odd: set[tuple[str, int]] = set()
    for (before, old, under, _), (month, new, below, note) in _sound_pairs(indicator, year, odd):
        if note:
            continue
        if new < old and (indicator.cumulative or is_milestone):
            odd.add(("MZ504" if is_milestone else "MZ501", month))
        level, next_level = Fraction(old), Fraction(new)
        if isinstance(indicator, RatioIndicator):
            level, next_level = Fraction(old * indicator.scale, under), Fraction(new * indicator.scale, below)
            if below < under if indicator.denominator_accumulates else abs(below - under) > Fraction(under, 5):
                odd.add(("MZ501" if indicator.denominator_accumulates else "MZ503", month))
        step = next_level - level
        if is_milestone or abs(step) <= 10 or (indicator.cumulative and step < 0):
            continue
        is_fast = not indicator.cumulative or step < 0 or step / (month - before) > 3 * level / before
        if abs(step) > target / 2 if target else level and abs(step) > level / 2 and is_fast:
            odd.add(("MZ502", month))
    if is_milestone and year and year[-1][1] == len(stage_names(indicator)) - 1:
        unfinished = [at for at, (_, stage, _, _) in enumerate(year) if stage != year[-1][1]]
        odd.add(("MZ410", year[unfinished[-1] + 1 if unfinished else 0][0]))
    figures = [value for _, value, _, _ in year]
    is_still = len(year) >= 6 and len(set(figures)) == 1 and not any(note for *_, note in year)
    is_done = is_still and promised is not None and promised[0].met_by(Fraction(figures[0]))
    if indicator.cumulative and is_still and figures[0] >= 10 and not is_done:
        odd.add(("MZ505", year[-1][0]))
    return odd
