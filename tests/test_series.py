"""The rules about a unit's year: what they say of years worked out by hand, and of any year by their definition."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import through
from mzplan.check.run import run_checks
from mzplan.figures import SCALE
from mzplan.plan.indicator import Figure, Indicator, RatioIndicator
from mzplan.reading.misread import spreadsheet_fault
from mzplan.rules import CHECKS
from mzplan.rules.scope import Series
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.names import stage_names
from mzplan.submissions.reasons import explains
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN, check_rows

OF_SERIES = {rule.code for rule, _ in CHECKS.series}
COUNT, RATIO, ACCUMULATING, MILESTONE, MONEY = "T01-01", "T01-03", "T01-08", "T01-04", "T01-05"
PER_TEN_THOUSAND, STOCK = "T01-07", "T01-02"


def borne(indicator: str, figures: Iterable[object]) -> str:
    """A cause with all figures of the year: whatever step is asked about is among them."""
    unit = "" if isinstance(PLAN.indicators[indicator], RatioIndicator) else PLAN.indicators[indicator].unit
    return "更正以前误计：" + "、".join(f"共{figure}{unit}" for figure in figures)


def found(indicator: str, year: str, note: str = "") -> list[str]:
    """`month code` of every finding about 青山县's year: figures by month, `.` for none, with ! for a note.

    The note is a cause with the numbers that any step needs, unless another is given.
    """
    rows: list[str] = []
    words = [word.rstrip("!") for word in year.split() if word != "."]
    for month, word in enumerate(year.split(), start=1):
        if word != ".":
            figure = word.rstrip("!")
            cells = f",{figure.replace('/', ',')}" if "/" in figure else f"{figure},,"
            told = (note or borne(indicator, words)) if "!" in word else ""
            rows.append(f"2031-{month:02d},青山县,{indicator},,{cells},{told},")
    data = "\n".join((HEADER, *rows, "")).encode()
    result = run_checks(PLAN, [Source.of_bytes("示例.csv", data)])
    return [f"{found.period[5:]} {found.rule.code}" for found in result.diagnostics if found.rule.code in OF_SERIES]


@pytest.mark.untraced
@through(
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
        # the denominator in the numerator's place
        *((RATIO, year, ["02 MZ516"]) for year in ("79/100 100/100", "7/10 10/10")),
        *((RATIO, year, []) for year in ("80/100 100/100", "7/9 9/9", "79/100 100/100!")),
        (ACCUMULATING, "50/50 200/200 190/190", ["03 MZ501"]),
        (ACCUMULATING, "50/50 200/200 190/190! 180/180", ["04 MZ501"]),
        (ACCUMULATING, "50/50 200/200 20/20", ["03 MZ507"]),
        (ACCUMULATING, "20/20 200/200", ["02 MZ503"]),
        (ACCUMULATING, "20/20 80/80", []),
        # what came in a month until then, of a single report its mean
        *((ACCUMULATING, year, ["03 MZ503"]) for year in ("20/20 24/24 37/37", "20/20 20/20 31/31")),
        *((ACCUMULATING, year, []) for year in ("20/20 24/24 36/36", "20/20 20/20 30/30", "20/20 24/24 . 48/48")),
        (ACCUMULATING, "20/20 81/81", ["02 MZ503"]),
        (ACCUMULATING, "1/1 10/10", []),
        # one that stands far above the next, which is near the one before, is wrong itself
        (ACCUMULATING, "1686/3581 8485/17905 1720/3581", ["02 MZ507"]),
        (ACCUMULATING, "8485/17905 1697/3581 1720/3581", ["01 MZ507"]),
        (ACCUMULATING, "1686/3581 8485/17905! 1720/3581", ["03 MZ507"]),
        (COUNT, "10 60 14 15", ["02 MZ507"]),
        (COUNT, "10 56 14 15", ["03 MZ501"]),
        (COUNT, "10 60 14! 15", []),
        (COUNT, "70 10 15", ["01 MZ507"]),
        (STOCK, "40 400 41", ["02 MZ507"]),
        # a zero too many, however small the figure, which the next shows
        *((STOCK, year, ["02 MZ507"]) for year in ("1 10 1", "2 20 5")),
        *((STOCK, year, ["02 MZ502"]) for year in ("1 10 4", "2 20 7")),
        (COUNT, "0 10 2 3", ["02 MZ507"]),
        (COUNT, "12 20 13", ["03 MZ501"]),
        (COUNT, "0 20 15 18", ["03 MZ501"]),
        # with the next, where three others are as they should be
        (STOCK, "40 41 400 410 42", ["03 MZ507", "04 MZ507"]),
        (COUNT, "10 11 60 61 14", ["03 MZ507", "04 MZ507"]),
        (COUNT, "10 60 61 14", ["04 MZ501"]),
        # 12 with its digits exchanged, which nothing around it allows
        (STOCK, "12 21 13", ["02 MZ507"]),
        # of a total any order of the digits fits somewhere between its months
        *((COUNT, year, ["03 MZ501"]) for year in ("12 21 13", "24 42 25")),
        (RATIO, "12/30 21/30 13/30", ["02 MZ507"]),
        (COUNT, "12 21 22", []),
        (STOCK, "12 17 13", []),
        (COUNT, "12 20 13", ["03 MZ501"]),
        (COUNT, "12 21 13!", []),
        # one more digit, however small the figure
        *((year[0], year[1], ["02 MZ502"]) for year in ((STOCK, "1 10"), (COUNT, "1 10"), (RATIO, "1/30 10/30"))),
        *((STOCK, year, []) for year in ("1 9", "1 10!", "2 11")),
        # by more than four times what it changed in a month until then, 1 at least; two earlier steps tell that
        *((STOCK, year, ["04 MZ502"]) for year in ("7 7 7 12", "7 8 8 13", "7 9 9 18", "9 7 8 17")),
        *((STOCK, year, []) for year in ("7 7 7 11", "7 9 9 17", "7 7 12", "7 7 7 . 15", "7 7 7 12!")),
        (STOCK, "7 7 7 . 16", ["05 MZ502"]),
        *((RATIO, year, ["04 MZ502"]) for year in ("30/90 31/90 31/90 36/90", "30/90 31/90 31/90 36/100")),
        (RATIO, "30/90 31/90 31/90 36/110", ["04 MZ503"]),
        # the first fall: by more than it ever grew
        *((STOCK, year, ["04 MZ515"]) for year in ("30 30 31 29", "30 33 33 29", "30 30 30 28")),
        *((STOCK, year, []) for year in ("30 30 31 30", "30 33 33 30", "30 31 29", "31 30 30 26", "30 30 31 29!")),
        (STOCK, "31 30 30 25", ["04 MZ515"]),
        (RATIO, "30/90 30/90 31/90 29/90", ["04 MZ515"]),
        (RATIO, "50/100 5/10", ["02 MZ507"]),
        (RATIO, "50/100 500/1000", ["02 MZ507"]),
        (RATIO, "50/100 500/1000!", []),
        (RATIO, "50/100 20/40", ["02 MZ507"]),
        (RATIO, "50/100 50/199", ["02 MZ503"]),
        (RATIO, "50/100 50/200", ["02 MZ507"]),
        (RATIO, "50/100 50/200!", []),
        (RATIO, "5/9 50/90", ["02 MZ503"]),
        # two neighbouring digits exchanged, however little that changes, of what never changed so much
        *((RATIO, f"50/{old} 50/{old} 51/{new}", ["03 MZ503"]) for old, new in ((362, 326), (98, 89), (1348, 1438))),
        (RATIO, "898/1326 898/1336 899/1348 900/1438", ["04 MZ503"]),
        *((RATIO, f"50/362 50/362 51/{new}", []) for new in (362, 325, 327, "326!")),
        *((RATIO, year, []) for year in ("50/362 51/326", "50/340 50/362 51/326", "50/362 50/362 50/326! 51/362")),
        (ACCUMULATING, "30/3581 31/3581 32/3851", ["03 MZ503"]),
        (ACCUMULATING, "30/3500 31/3581 32/3851", []),
        (COUNT, "20 70 121", ["03 MZ502"]),
        (COUNT, "300 20", ["01 MZ517", "02 MZ501"]),
        # a hundredfold is none that twice the target of 100 bears, nor tenfold four times of it after March
        (COUNT, "2 200", ["02 MZ502"]),
        (COUNT, "2 201", ["02 MZ507"]),
        (COUNT, "2 201!", []),
        (COUNT, "50 50 50 450", ["04 MZ502"]),
        (COUNT, "50 50 50 50 450", ["05 MZ507"]),
        (COUNT, "50 50 50 50 400", ["05 MZ502"]),
        # a zero too many, of what its own target bears not twice, or without one its months not twenty times
        *((COUNT, year, ["02 MZ507"]) for year in ("20 210", "10 300")),
        *((COUNT, year, ["02 MZ502"]) for year in ("20 200", "20 215", "7 200", "1 10", "3 30")),
        *((STOCK, year, ["04 MZ507"]) for year in ("3 3 3 30", "5 6 5 60")),
        *((STOCK, year, ["04 MZ502"]) for year in ("1 2 2 20", "2 2 2 20", "3 3 3 31", "3 6 6 60", "3 3 3 100")),
        (STOCK, "3 3 30", ["03 MZ502"]),
        # the first figure beside the target of 100 alone
        (COUNT, ". . . 500", []),
        (COUNT, ". . . 501", ["04 MZ517"]),
        # by March above the year's own target of 100
        (COUNT, "100", []),
        *((COUNT, year, ["01 MZ517"]) for year in ("101", "500")),
        (COUNT, ". . 101", ["03 MZ517"]),
        (COUNT, "0 101", ["02 MZ502"]),
        (COUNT, "101!", []),
        (COUNT, "501", ["01 MZ517"]),
        (COUNT, "801", ["01 MZ517"]),
        (COUNT, "0 5000", ["02 MZ502"]),
        (COUNT, "0 5001", ["02 MZ507"]),
        # parts: a rate of a round number, digits of one part alone, a rate that cannot be
        (ACCUMULATING, "1930/3581 54/100", ["02 MZ507"]),
        (ACCUMULATING, "1930/3581 1990/3600 2000/3610 5400/10000", ["04 MZ503"]),
        (PER_TEN_THOUSAND, "2032/1136087 18/10000", ["02 MZ507"]),
        (PER_TEN_THOUSAND, "2032/1136087 18/1", ["02 MZ507"]),
        (PER_TEN_THOUSAND, "2032/1136087 2032/113609", ["02 MZ507"]),
        (PER_TEN_THOUSAND, "2032/1136087 20320/1136087", ["02 MZ507"]),
        (PER_TEN_THOUSAND, "2032/1136087 2010/1140000", []),
        (PER_TEN_THOUSAND, "2032/113609", ["01 MZ507"]),
        (PER_TEN_THOUSAND, "18/1", ["01 MZ507"]),
        (PER_TEN_THOUSAND, "20/10000", []),
        (RATIO, "296/362 1/1", ["02 MZ507"]),
        (RATIO, "296/362 296/3620", ["02 MZ507"]),
        (RATIO, "296/362 3/362", ["02 MZ507"]),
        (RATIO, "2/362 200/362", ["02 MZ502"]),
        (RATIO, "9/990 10/1000", ["02 MZ519"]),
        (MONEY, "250 2600000", ["02 MZ507"]),
        (MONEY, "250 40000!", []),
        (MONEY, "250 2600000!", ["02 MZ507"]),
        (MONEY, "250 2600000 270", ["02 MZ507"]),
        (MONEY, "250 0.026", ["02 MZ507"]),
        (MONEY, "250 26000000000", ["02 MZ507"]),
        (MONEY, "9000000", ["01 MZ507"]),
        (MONEY, "900", []),
        (RATIO, "296/362 82/100", ["02 MZ507"]),
        (RATIO, "296/362 12/100", ["02 MZ507"]),
        (RATIO, "296/362 82/100!", []),
        # a level, or a numerator, below a fifth is the month's
        (STOCK, "43 2", ["02 MZ508"]),
        (STOCK, "43 2!", []),
        (STOCK, "50 10", ["02 MZ515"]),
        (STOCK, "50 9", ["02 MZ508"]),
        # a small level that has lost more than a third, and more than two
        *((STOCK, year, ["02 MZ515"]) for year in ("12 2", "12 6", "10 1", "8 4", "8 5", "6 3")),
        *((STOCK, year, []) for year in ("9 6", "4 2", "3 1", "12 6!")),
        (RATIO, "6/30 3/30", ["02 MZ515"]),
        # a level that is nothing any more
        *((STOCK, year, ["02 MZ515"]) for year in ("1 0", "10 0")),
        *((STOCK, year, []) for year in ("0 0", "10 0!")),
        (STOCK, "11 0", ["02 MZ508"]),
        (RATIO, "3/378 0/378", ["02 MZ515"]),
        (RATIO, "357/378 5/378", ["02 MZ508"]),
        (PER_TEN_THOUSAND, "2032/1136087 2032/568043", ["02 MZ507"]),
        (RATIO, "357/378 72/378", ["02 MZ515"]),
        # a large one likewise
        (RATIO, "296/362 148/362", ["02 MZ515"]),
        (RATIO, "296/362 198/362", []),
        (RATIO, "296/362 197/362", ["02 MZ515"]),
        (RATIO, "296/362 148/362!", []),
        (COUNT, "20 70 121!", []),
        (COUNT, "20 20 20 20 20 . 20", ["07 MZ505"]),
        (COUNT, "20 20 20! 20 20 20", []),
        (COUNT, "100 100 100 100 100 100", []),
    ],
)
def test_years_worked_out_by_hand(indicator: str, year: str, expected: list[str]) -> None:
    assert found(indicator, year) == expected


@pytest.mark.parametrize(
    ("indicator", "year", "expected"),
    [
        (STOCK, "7 7 7 12", "由 2031-03 的 7 变为 12，变化 5，此前一个月最多变化 0"),
        (STOCK, "30 33 33 29", "由 2031-03 的 33 减少到 29，此前没有减少过，一个月最多增加 3"),
        (RATIO, "30/90 30/90 30/90 35/90", "分子由 2031-03 的 30 变为 35，变化 5，此前一个月最多变化 0"),
        (RATIO, "1/378 10/378", "分子由 2031-01 的 1 变为 10，变化 9，明显偏大"),
        (RATIO, "20/100 31/100", "比率由 2031-01 的 20% 变为 31%，变化 11 个百分点，明显偏大"),
        (PER_TEN_THOUSAND, "2000/1000000 3500/1000000", "比率由 2031-01 的 20 变为 35，变化 15，明显偏大"),
    ],
)
def test_a_step_is_told_in_the_figures_of_what_is_named(indicator: str, year: str, expected: str) -> None:
    rows = [
        f"2031-{month:02d},青山县,{indicator},,{',' + word.replace('/', ',') if '/' in word else word + ',,'},,"
        for month, word in enumerate(year.split(), start=1)
    ]
    data = "\n".join((HEADER, *rows, "")).encode()
    said = [each.message for each in run_checks(PLAN, [Source.of_bytes("示例.csv", data)]).diagnostics]
    assert expected in said


@pytest.mark.parametrize(
    "note", ["整治后出现反弹", "省里要求返工", "回头看发现问题，重新整治", "上级抽查发现新问题", "方案退回重做"]
)
def test_work_that_is_to_be_done_again_is_a_reason_why_a_stage_goes_back(note: str) -> None:
    assert found(MILESTONE, "推进中 未启动!", note) == []


@pytest.mark.parametrize("note", ["同上", "属实", "填错了", "重新核对"])
def test_a_stage_that_goes_back_quotes_the_note_that_gives_no_reason(note: str) -> None:
    rows = (f"2031-01,青山县,{MILESTONE},,推进中,,,,", f"2031-02,青山县,{MILESTONE},,未启动,,,{note},")
    data = "\n".join((HEADER, *rows, "")).encode()
    (told,) = [
        each.message
        for each in run_checks(PLAN, [Source.of_bytes("示例.csv", data)]).diagnostics
        if each.rule.code == "MZ504"
    ]
    assert told == f"由 2031-01 的“推进中”退回“未启动”；“说明”写的“{note}”没有说是什么事引起的"


@pytest.mark.parametrize(("figures", "total"), [("90 47", "137"), ("90 52", ""), ("9 5", "14")])
def test_a_fall_proposes_the_sum_only_where_that_would_be_no_jump(figures: str, total: str) -> None:
    """Half of the target of 100 is a jump."""
    rows = [f"2031-{month:02d},青山县,{COUNT},,{figure},,,," for month, figure in enumerate(figures.split(), start=1)]
    data = "\n".join((HEADER, *rows, "")).encode()
    (hint,) = [
        each.hint
        for each in run_checks(PLAN, [Source.of_bytes("示例.csv", data)]).diagnostics
        if each.rule.code == "MZ501"
    ]
    assert (f"如果填的是当月数，累计数应是 {total}；" if total else "当月数") in hint or not total
    assert ("当月数" in hint) == bool(total)


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
    *("无", "无。", "暂无", "同上", "略", "正常", "情况属实", "同上，正常", "ＮＡ", "#N/A", "#REF!", "#DIV/0!", "n/a"),
    *("见附件", "见附件2的更正", "更正", "系统导出"),
]
"""Notes that give no reason: marks, figures, one letter however often, words that name no cause."""


@pytest.mark.parametrize(
    "note",
    [
        "更正：4个证书未通过复核，比上次减少4个",
        "更正：4个重复，比上次减少4个",
        "4个是外县的，误计入，比上次减少4个",
        "更正：4个不符合条件，核减，比上次减少4个",
    ],
)
def test_a_correction_that_begins_with_how_many_explains_a_total_that_falls(note: str) -> None:
    assert found(COUNT, "20 16!", note) == []


@pytest.mark.parametrize("note", ["新院投用", "更正：2月误计", "Correction of February", "无：全部撤并"])
def test_a_note_in_words_explains(note: str) -> None:
    assert explains(note)
    assert found(MILESTONE, "推进中 未启动!", note) == []


@through("note", [*EMPTY_NOTES, "0", ""])
def test_such_a_note_explains_nothing(note: str) -> None:
    assert not explains(note)


@pytest.mark.parametrize("note", [each for each in EMPTY_NOTES if not spreadsheet_fault(each)])  # that refuses the row
@pytest.mark.parametrize(
    ("indicator", "year"),
    [
        (COUNT, "5 4! 3!"),
        (COUNT, "5 不适用! 4"),
        (MILESTONE, "推进中 未启动!"),
        (RATIO, "50/100 60/130!"),
        (MONEY, "250 40000!"),
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


@settings(max_examples=100)
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
        words = borne(indicator.id, (part for _, *parts, _ in given_months for part in parts)) if note else ""
        ledger.write(ledger.cell(indicator.id, unit, month), figure, 0, month, note=words, explained=note)
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


Record = tuple[int, int, int, bool]
"""Month, figure or numerator, denominator, whether there is a note."""


def _sound_pairs(
    indicator: Indicator, unit: str, year: list[Record], odd: set[tuple[str, int]]
) -> Iterator[tuple[Record, Record]]:
    """Successive records but those that are off by a measure unit; and what is said of these, and of the first."""
    own = PLAN.target_for(indicator, unit, PLAN.periods[-1])
    promised = (own[0] if own else indicator.target).value
    last, passed, has_begun = None, None, False
    for at, record in enumerate(year):
        month, new, _, note = record
        before: list[Record] = year[: year.index(last) + 1] if last else []
        if stage_names(indicator):
            is_off = False
        elif isinstance(indicator, RatioIndicator):
            is_off = _are_parts_off(indicator, promised, last, record)
        else:
            is_off = bool(new) and _is_figure_off(indicator, bool(own), promised, before, record)
        if note or not is_off:  # what comes later takes no fall from itself
            if passed and not note and _is_fallen(indicator, passed, record):
                odd.add(("MZ501", month))
            passed = record
        is_off = is_off or (not stage_names(indicator) and _is_spike(indicator, last, year[at:], len(year)))
        if is_off and not note:
            odd.add(("MZ507", month))
            continue
        if is_off and indicator.additive and 0 < indicator.target.value * 50 < new:
            odd.add(("MZ507", month))  # whatever its note says: beyond fifty times what is asked of the city
        if not stage_names(indicator) and not isinstance(indicator, RatioIndicator) and new and not has_begun:
            has_begun = True
            is_step = own and 0 in [value for at, value, _, _ in year if at < month] and new >= 10
            is_step = is_step and (promised <= 20 or new > promised / 2)
            times = 5 if own else 1
            is_odd = promised and new > max(promised, Fraction(1)) * times and not is_step
            is_first_of_all = indicator.cumulative and month <= 3 and month == year[0][0]
            is_year_done = own and own[0].operator == "at_least" and is_first_of_all and new > promised
            if ((is_odd and new >= 10) or (is_year_done and new > 10)) and not note:
                odd.add(("MZ517", month))
        if last:
            yield last, record
        last = record


def _is_fallen(indicator: Indicator, old: Record, new: Record) -> bool:
    """A total that is less than before, or what a ratio is taken of."""
    of_ratio = isinstance(indicator, RatioIndicator) and indicator.denominator_accumulates
    return (indicator.cumulative and new[1] < old[1]) or (of_ratio and new[2] < old[2])


def _is_spike(indicator: Indicator, last: Record | None, rest: list[Record], count: int) -> bool:
    """Far above, with the next or alone, those around it, or as two digits or a zero too many explain.

    Of the first, and of one after nothing, those around it are the two after it.
    """
    for size in (1, 2):
        if count <= 2 * size or len(rest) <= size:
            return False
        if rest[size][3]:
            continue
        for part in (1, 2) if isinstance(indicator, RatioIndicator) else (1,):
            is_begun = bool(last and last[part])
            around = (last, *rest[size : size + 1]) if is_begun else rest[size : size + 2]
            one, other = [*around, None, None][:2]
            if one is None or other is None:
                continue
            low, high = sorted((one[part], other[part]))
            least = min(each[part] for each in rest[:size])
            if least <= high or (indicator.cumulative and other[part] < one[part]):
                continue
            if size == 1 and _is_tenfold_there(indicator, is_begun, least, one[part], other[part]):
                return True
            if least > max(4 * high, high + 10) and _near(low, high):
                return True
            if size == 1 and not indicator.cumulative and _are_exchanged(rest[0][part], low, high):
                return True
    return False


def _is_tenfold_there(indicator: Indicator, is_begun: bool, new: int, one: int, other: int) -> bool:
    """Whether a tenth is near those around it, of a total between them: nothing came before a first one."""
    accumulates = isinstance(indicator, RatioIndicator) and indicator.denominator_accumulates
    meant = Fraction(new, 10)
    if (meant * 10**indicator.decimals).denominator != 1:
        return False
    if not (indicator.cumulative or accumulates):
        return _near(meant, one) and _near(meant, other)
    if not is_begun:
        return meant <= one and _near(meant, one)
    return one <= meant <= other and _near(meant, one) and _near(meant, other)


def _are_exchanged(new: int, low: int, high: int) -> bool:
    digits = str(new)
    orders = {digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :] for at in range(len(digits) - 1)} - {digits}
    meant = [int(each) for each in orders if each[0] != "0"]
    is_like = [each for each in meant if abs(each - low) * 5 <= each and abs(each - high) * 5 <= each]
    return (high - low) * 5 <= low and new - high > 2 and (new - high) * 3 > new and len(is_like) == 1


def _is_tenfold(indicator: Indicator, is_own: bool, target: Fraction, before: list[Record], record: Record) -> bool:
    """Whether a tenth goes on from the last, and neither twice its own target, the city's nor its months bear it."""
    month, new, *_ = record
    since, old, *_ = before[-1]
    if not indicator.decimals and new % 10:
        return False
    if not (old * 9 <= new <= old * 30) or (indicator.cumulative and new < old * 10):
        return False
    if is_own:
        return new > target * 2
    if target and since > 3 and new > target:
        return True
    steps = [abs(Fraction(b[1] - a[1], b[0] - a[0])) for a, b in pairwise(before)]
    return len(steps) >= 2 and new - old > 20 * max([Fraction(1), *steps]) * (month - since)


def _is_figure_off(indicator: Indicator, is_own: bool, target: Fraction, before: list[Record], record: Record) -> bool:
    """Too large beside the target where nothing came before it, or grown out of all proportion."""
    last = before[-1] if before else None
    new, old = record[1], last[1] if last else 0
    if not old:
        limit = max(target, Fraction(3)) * (50 if is_own else 10)
        return bool(target) and new > 60 and new > limit
    if not indicator.cumulative and new * 90 <= old:
        return True
    assert last
    if _is_tenfold(indicator, is_own, target, before, record):
        return True
    is_hundredfold = new >= old * 90 and new > target * 2
    return new > 60 and (is_hundredfold or (last[0] > 3 and new >= old * 9 and bool(target) and new > target * 4))


def _near(one: Fraction | int, other: Fraction | int) -> bool:
    return 0 < one <= other * 3 and other <= one * 3


def _are_parts_off(indicator: RatioIndicator, target: Fraction, last: Record | None, record: Record) -> bool:
    """Parts that are a rate, lack digits, have too many, or give what no such ratio can be."""
    _, new, below, _ = record
    ratio, promised = Fraction(new, below), target / indicator.scale
    before = Fraction(last[1], last[2]) if last else Fraction(0)
    if not indicator.part_of_whole and new >= 10 and ratio > 5 * max(promised, before):
        return True
    if not last:
        is_rate = _near(ratio, promised) or _near(new, target)
        return ratio > 1000 * promised or (not indicator.part_of_whole and below in (1, 100, 1000) and is_rate)
    _, _, under, _ = last
    low, high = sorted((below, under))
    is_another = (high >= 10 and high > low * 20) or (low >= 10 and high >= low * 2)
    if not indicator.denominator_accumulates and is_another:
        return True
    if below in (1, 100, 1000) and not below <= under * 3 <= below * 6:
        is_rate = _near(ratio, before) or _near(new, before * indicator.scale)
        is_rate = abs(ratio - before) <= Fraction(1, 10) if indicator.part_of_whole else is_rate
        if is_rate and not (indicator.denominator_accumulates and below > under):
            return True
    return any(
        _is_scaled(indicator, last, record, power, which)
        for power in (-4, -3, -2, -1, 1, 2, 3, 4)
        for which in ((1, 1), (1, 0), (0, 1))
    )


def _is_scaled(indicator: RatioIndicator, last: Record, record: Record, power: int, which: tuple[int, int]) -> bool:
    """Whether both parts, or one, times a power of ten have no more decimals than they may and are near those before.

    Near is a third to three times of them; a denominator that does not accumulate must be within 20 %, but for another
    measure unit, which is four places. One that does may be ten times the one before, and anything else in the first
    quarter. A numerator alone may have grown a hundredfold where there is a whole above it, and fallen tenfold.
    """
    (month, old, under, _), (_, new, below, _) = last, record
    meant, meant_below = new * Fraction(10) ** (power * which[0]), below * Fraction(10) ** (power * which[1])
    if any((each * 10**indicator.decimals).denominator != 1 for each in (meant, meant_below)):
        return False
    if not new or (under if which[1] else old) < 10 or (indicator.part_of_whole and meant > meant_below):
        return False
    accumulates = indicator.denominator_accumulates
    if which == (1, 1) and accumulates and power == -1:
        return False
    if which == (0, 1) and accumulates and abs(power) < 4 and (month <= 3 or abs(power) == 1):
        return False
    if which == (1, 0) and (abs(power) == 1 or (indicator.part_of_whole and power in (-2, -3))):
        return False
    is_close = _near(meant_below, under) if accumulates or abs(power) == 4 else abs(meant_below - under) * 5 <= under
    return _near(meant, old) and is_close


def _is_odd_below(indicator: Indicator, steps: list[tuple[Record, Record]]) -> bool:
    """Whether what a ratio is taken of has changed by more than a fifth, or has grown too fast if it accumulates."""
    *earlier, ((before, _, under, _), (month, _, below, _)) = steps
    if not isinstance(indicator, RatioIndicator):
        return False
    if not indicator.denominator_accumulates:
        return abs(below - under) > Fraction(under, 5)
    grown = [Fraction(now - then, to - since) for (since, _, then, _), (to, _, now, _) in earlier]
    pace = max(grown) if grown else Fraction(under, before)
    is_fast = below - under > 10 and below - under > 3 * pace * (month - before)
    return is_fast and (below - under) * 2 > under * (month - before)


def _is_of_the_denominator(indicator: Indicator, steps: list[tuple[Record, Record]]) -> bool:
    """Whether that is asked about, and has changed by more than its part, times over."""
    (_, old, under, _), (_, new, below, _) = steps[-1]
    return _is_odd_below(indicator, steps) and max(below, under) * min(old, new) > max(old, new) * min(below, under)


def _is_out_of_pace(indicator: Indicator, target: Fraction, steps: list[tuple[Record, Record]]) -> bool:
    """Whether the last step is above four times the largest until then, 1 at least, or above that and the first fall.

    Of a total what goes beyond the target counts, above 3 and twice the best month; without one a jump.
    """
    *earlier, ((before, old, *_), (month, new, *_)) = steps
    gap, months = month - before, [Fraction(end - start, to - at) for (at, start, *_), (to, end, *_) in earlier]
    if not indicator.cumulative:
        times = 1 if new < old and not any(each < 0 for each in months) else 4
        return len(months) >= 2 and abs(new - old) > times * gap * max(Fraction(1), *map(abs, months))
    (first, figure, *_), _ = steps[0]
    best = max([Fraction(0), *months, Fraction(figure, first)])
    beyond = new - max(Fraction(old), target)
    if beyond <= 3 or beyond <= 2 * best * gap:
        return False
    return bool(target) or bool(best and old and (new - old) * 2 > old * gap and (new - old) * before > 3 * old * gap)


def _code_of_step(indicator: Indicator, unit: str, target: Fraction, steps: list[tuple[Record, Record]]) -> str:
    """The code of what is said of how far the last step goes; empty for nothing."""
    (before, old, under, _), (month, new, below, _) = steps[-1]
    if stage_names(indicator):
        return ""
    promised = PLAN.target_for(indicator, unit, PLAN.periods[-1])
    at_most = (promised[0] if promised else indicator.target).operator == "at_most"
    level, next_level, is_like, is_topped, gap = Fraction(old), Fraction(new), True, False, month - before
    if isinstance(indicator, RatioIndicator):
        level, next_level = Fraction(old * indicator.scale, under), Fraction(new * indicator.scale, below)
        is_like = abs(below - under) * 5 <= under
        is_topped = indicator.part_of_whole and is_like and new == below >= 10 and (new - old) * 5 > new * gap
    is_level = is_like and not (indicator.cumulative or at_most)
    if is_level and new * 5 < old and old - new > 10:
        return "MZ508"
    if _is_of_the_denominator(indicator, steps):
        return ""
    is_odd = is_like and not at_most and _is_out_of_pace(indicator, target, steps)
    if is_level and new < old and (not new or (old - new > 2 and (old - new) * 3 > old) or is_odd):
        return "MZ515"
    if is_topped:
        return "MZ516"
    step = next_level - level
    if indicator.cumulative and step < 0:
        return ""
    is_fast = not indicator.cumulative or step < 0 or step / gap > 3 * level / before
    is_far = abs(step) > target / 2 * gap if target else level and abs(step) > level / 2 * gap and is_fast
    is_digit = is_like and 0 < old * 9 <= new >= 10
    return "MZ502" if (is_far and abs(step) > (10 if level else 9)) or is_digit or is_odd else ""


def expected(indicator: Indicator, unit: str, year: list[Record]) -> set[tuple[str, int]]:
    """The rules as `docs/rules.md` words them, in fractions."""
    promised = PLAN.target_for(indicator, unit, PLAN.periods[-1])
    target = promised[0].value if promised else Fraction(0)
    is_milestone = bool(stage_names(indicator))
    odd: set[tuple[str, int]] = set()
    steps = list(_sound_pairs(indicator, unit, year, odd))
    for at, ((_, old, under, _), (month, new, below, note)) in enumerate(steps):
        if note:
            continue
        if new < old and is_milestone:
            odd.add(("MZ504", month))
        if isinstance(indicator, RatioIndicator):
            is_round = not indicator.decimals and below == 1000 != under
            if _is_odd_below(indicator, steps[: at + 1]):
                odd.add(("MZ503", month))
            elif is_round and (below > under or not indicator.denominator_accumulates):
                odd.add(("MZ519", month))
        low, high = sorted((old, new))
        is_moved_by_its_whole = max(below, under) * low > high * min(below, under)
        if not (is_moved_by_its_whole and ("MZ503", month) in odd) and (
            code := _code_of_step(indicator, unit, target, steps[: at + 1])
        ):
            odd.add((code, month))
    if is_milestone and year and year[-1][1] == len(stage_names(indicator)) - 1:
        unfinished = [at for at, (_, stage, _, _) in enumerate(year) if stage != year[-1][1]]
        odd.add(("MZ410", year[unfinished[-1] + 1 if unfinished else 0][0]))
    figures = [value for _, value, _, _ in year]
    is_still = len(year) >= 6 and len(set(figures)) == 1 and not any(note for *_, note in year)
    is_done = is_still and promised is not None and promised[0].met_by(Fraction(figures[0]))
    if indicator.cumulative and is_still and figures[0] >= 10 and not is_done:
        odd.add(("MZ505", year[-1][0]))
    return odd
