"""A whole earlier month's report sent under a later month's date is one finding, whichever month it was."""

from pathlib import Path

import pytest

from mzplan.check.run import CheckResult, run_checks
from mzplan.plan.indicator import RatioIndicator
from mzplan.plan.load import load_plan
from mzplan.submissions.sources import Source, data_sources

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
PLAN = load_plan(ROOT / "plan" / "2023.yaml")


def report(unit: str, month: int) -> str:
    """A shipped one."""
    return (ROOT / "data" / f"2023-{month:02d}" / f"{unit}.csv").read_text(encoding="utf-8-sig")


def checked(unit: str, month: int, text: str) -> CheckResult:
    """What is found of a text that a unit sends for that month, beside its shipped reports of the months before."""
    earlier = [(f"data/2023-{each:02d}/{unit}.csv", each) for each in range(1, month)]
    sources = [Source.of_bytes(path, report(unit, each).encode()) for path, each in earlier if (ROOT / path).exists()]
    return run_checks(PLAN, [Source.of_bytes(f"data/2023-{month:02d}/{unit}.csv", text.encode())], context=sources)


def dated(text: str, sent: int, month: int) -> str:
    """A report of one month with the date of another."""
    return text.replace(f"2023-{sent:02d}", f"2023-{month:02d}")


SENT = [("yiwu", 9, 7), ("yiwu", 9, 1), ("dongyang", 9, 5), ("bureau", 6, 2), ("devzone", 4, 1), ("wuyi", 9, 7)]


@pytest.mark.parametrize(("unit", "month", "sent"), SENT)
def test_a_report_of_an_earlier_month_is_one_error_that_names_it_and_none_of_its_figures_count(
    unit: str, month: int, sent: int
) -> None:
    result = checked(unit, month, dated(report(unit, sent), sent, month))
    assert [(each.rule.code, each.severity.value) for each in result.diagnostics] == [("MZ511", "error")]
    assert f"2023-{sent:02d} 的报表" in result.diagnostics[0].message
    assert not result.ledger.has_report(unit, month)
    assert result.ledger.has_report(unit, sent)


def test_that_of_the_last_month_may_be_true_and_is_asked_about() -> None:
    result = checked("yiwu", 9, dated(report("yiwu", 8), 8, 9))
    assert [(each.rule.code, each.severity.value) for each in result.diagnostics] == [("MZ511", "warning")]
    assert result.ledger.has_report("yiwu", 9)


@pytest.mark.parametrize("unit", sorted(unit.id for unit in PLAN.reporting_units))
def test_a_unit_s_own_report_of_any_month_is_none(unit: str) -> None:
    own = [each for each in data_sources([ROOT / "data"], ROOT) if each.path.endswith(f"/{unit}.csv")]
    assert "MZ511" not in [each.rule.code for each in run_checks(PLAN, own).diagnostics]


def test_a_figure_that_was_written_anew_hides_no_copy() -> None:
    text = dated(report("yiwu", 7), 7, 9)
    (row,) = [line for line in text.splitlines() if ",T03-06," in line]
    result = checked("yiwu", 9, text.replace(row, row.replace(",9,", ",15,", 1)))
    assert [each.rule.code for each in result.diagnostics] == ["MZ511"]


def changed(text: str, *rows: str) -> str:
    """A report with one more in the first number of these rows' figures."""
    lines = []
    for line in text.splitlines():
        cells = line.split(",")
        if cells[2] in rows:
            at = 4 if cells[4] else 5
            cells[at] = str(int(cells[at]) + 1)
        lines.append(",".join(cells))
    assert text.splitlines() != lines
    return "\n".join((*lines, ""))


def movable(text: str) -> list[str]:
    """The codes of rows with a whole number that one more makes nothing odd of."""
    codes = [cells[2] for cells in (line.split(",") for line in text.splitlines()) if cells[4].isdigit()]
    return [code for code in codes if code not in ("T03-01", "T03-12", "T01-05", "T14-07")]  # each has one, or none


def test_it_is_said_how_near_a_copy_is() -> None:
    """Nearly all of the last month's is asked about; half of what had grown since is proof of an earlier one."""
    nearly = changed(dated(report("yiwu", 8), 8, 9), "T05-03")
    (finding,) = checked("yiwu", 9, nearly).diagnostics
    assert (finding.rule.code, finding.severity.value) == ("MZ511", "warning")
    assert "项（0 不计）与 8 月相同，1 项不同，像是 2023-08 的报表" in finding.message
    old = changed(dated(report("yiwu", 7), 7, 9), "T05-03", "T05-04", "T03-07")
    (finding,) = checked("yiwu", 9, old).diagnostics
    assert (finding.rule.code, finding.severity.value) == ("MZ511", "error")
    assert "项（0 不计）与 7 月相同，3 项不同，像是 2023-07 的报表" in finding.message


def test_the_last_month_s_with_a_few_figures_edited_is_asked_about_and_a_slow_month_is_not() -> None:
    """Of the 30 that can still move more than 25 usually do: 8 are less than a third of those, 12 and 15 are not."""
    text = dated(report("yiwu", 8), 8, 9)
    codes = movable(text)
    (finding,) = checked("yiwu", 9, changed(text, *codes[:8])).diagnostics
    assert (finding.rule.code, finding.severity.value) == ("MZ511", "warning")
    assert "8 项不同，像是 2023-08 的报表" in finding.message
    for sound in (12, 15):
        assert not checked("yiwu", 9, changed(text, *codes[:sound])).diagnostics


def full(text: str) -> str:
    """A report in which every share is whole."""
    rows = [line.split(",") for line in text.splitlines()]
    whole = {one.id for one in PLAN.indicators.values() if isinstance(one, RatioIndicator) and one.part_of_whole}
    return "\n".join((*(",".join([*row[:5], row[6], *row[6:]] if row[2] in whole else row) for row in rows), ""))


def test_shares_that_are_whole_already_are_no_evidence_of_a_copy() -> None:
    """Late in the year most of what could move has come to its end: 12 of the others have changed."""
    earlier = {f"data/2023-{month:02d}/yiwu.csv": full(report("yiwu", month)) for month in range(1, 9)}
    text = changed(dated(earlier["data/2023-08/yiwu.csv"], 8, 9), *movable(report("yiwu", 8))[:12])
    sources = [Source.of_bytes(path, sent.encode()) for path, sent in earlier.items()]
    result = run_checks(PLAN, [Source.of_bytes("data/2023-09/yiwu.csv", text.encode())], context=sources)
    assert [each.rule.code for each in result.diagnostics] == []


# --- another unit's --------------------------------------------------------------------------------------------------


def renamed(text: str, unit: str, other: str) -> str:
    """A report of one unit under the name of another."""
    return text.replace(PLAN.units[unit].name, PLAN.units[other].name)


def foreign(sent: dict[tuple[str, int], str]) -> list[tuple[str, str]]:
    """By path what is said of reports that another unit has sent, each with a text of its own."""
    sources = [
        Source.of_bytes(f"data/2023-{month:02d}/{unit}.csv", text.encode()) for (unit, month), text in sent.items()
    ]
    found = run_checks(PLAN, sources).diagnostics
    return [(each.location.path, each.message) for each in found if each.rule.code == "MZ514"]


def test_another_unit_s_report_is_told_by_what_each_has_sent_before() -> None:
    own = {(unit, month): report(unit, month) for unit in ("yiwu", "wuyi") for month in (3, 4)}
    assert foreign(own) == []
    (said,) = foreign({**own, ("wuyi", 4): renamed(report("yiwu", 4), "yiwu", "wuyi")})
    assert said[0] == "data/2023-04/wuyi.csv"
    assert "项与义乌市 4 月报的相同，像是义乌市的报表" in said[1]
    last = dated(renamed(report("yiwu", 3), "yiwu", "wuyi"), 3, 4)
    (said,) = foreign({**own, ("wuyi", 4): last})
    assert said[0] == "data/2023-04/wuyi.csv"
    assert "项与义乌市 3 月报的相同，像是义乌市的报表" in said[1]


def test_reports_of_several_units_are_each_told() -> None:
    sent = {(unit, month): report(unit, month) for unit in ("yiwu", "wuyi", "panan", "dongyang") for month in (3, 4)}
    sent |= {("wuyi", 4): renamed(report("yiwu", 4), "yiwu", "wuyi")}
    sent |= {("panan", 4): dated(renamed(report("dongyang", 3), "dongyang", "panan"), 3, 4)}
    assert [path for path, _ in foreign(sent)] == ["data/2023-04/panan.csv", "data/2023-04/wuyi.csv"]


def test_of_two_units_without_earlier_reports_nobody_knows_whose_it_is() -> None:
    january = {("yiwu", 1): report("yiwu", 1), ("wuyi", 1): renamed(report("yiwu", 1), "yiwu", "wuyi")}
    assert [path for path, _ in foreign(january)] == ["data/2023-01/wuyi.csv", "data/2023-01/yiwu.csv"]
    february = {("yiwu", 2): report("yiwu", 2), ("wuyi", 2): renamed(report("yiwu", 2), "yiwu", "wuyi")}
    own = {("yiwu", 1): report("yiwu", 1), ("wuyi", 1): report("wuyi", 1)}
    assert [path for path, _ in foreign({**own, **february})] == ["data/2023-02/wuyi.csv"]
    again = {("yiwu", 3): report("yiwu", 3), ("wuyi", 3): renamed(report("yiwu", 3), "yiwu", "wuyi")}
    assert [path for path, _ in foreign({**own, **february, **again})] == [
        "data/2023-02/wuyi.csv",
        "data/2023-03/wuyi.csv",
    ]


def test_no_figures_of_another_unit_s_report_count_even_where_some_were_written_anew() -> None:
    text = changed(renamed(report("yiwu", 4), "yiwu", "wuyi"), "T05-03", "T05-04", "T03-07")
    sources = [
        Source.of_bytes(f"data/2023-{month:02d}/{unit}.csv", sent.encode())
        for unit, month, sent in (
            ("yiwu", 3, report("yiwu", 3)),
            ("yiwu", 4, report("yiwu", 4)),
            ("wuyi", 3, report("wuyi", 3)),
            ("wuyi", 4, text),
        )
    ]
    result = run_checks(PLAN, sources)
    (finding,) = [each for each in result.diagnostics if each.rule.code != "MZ309"]  # rows that it need not give
    assert (finding.rule.code, finding.location.path) == ("MZ514", "data/2023-04/wuyi.csv")
    assert "3 项不同" in finding.message
    assert not result.ledger.has_report("wuyi", 4)
    assert result.ledger.has_report("yiwu", 4)


def test_another_unit_s_report_is_told_though_most_of_its_figures_were_changed_by_one() -> None:
    """Of two units of one size no more than half of the figures are near each other by chance."""
    own = {(unit, month): report(unit, month) for unit in ("yiwu", "wuyi") for month in (3, 4)}
    text = renamed(report("yiwu", 4), "yiwu", "wuyi")
    codes = [cells[2] for cells in (line.split(",") for line in text.splitlines()) if cells[4].isdigit()]
    (said,) = foreign({**own, ("wuyi", 4): changed(text, *codes)})
    assert said[0] == "data/2023-04/wuyi.csv"
    assert "项相差不过 3），像是义乌市的报表" in said[1]


SKIPPED = [("pujiang", "wuyi", 6), ("lanxi", "jindong", 5), ("yongkang", "dongyang", 7), ("yiwu", "yongkang", 8)]


@pytest.mark.parametrize(("honest", "other", "month"), [*SKIPPED, ("wucheng", "lanxi", 6), ("pujiang", "jindong", 6)])
def test_the_report_stays_that_of_the_unit_that_skipped_a_month(honest: str, other: str, month: int) -> None:
    own = {(honest, month - 2): report(honest, month - 2)}
    own |= {(other, each): report(other, each) for each in (month - 2, month - 1)}
    sent = {(honest, month): report(honest, month), (other, month): renamed(report(honest, month), honest, other)}
    assert [path for path, _ in foreign(own | sent)] == [f"data/2023-{month:02d}/{other}.csv"]


def test_nobody_s_report_counts_where_nothing_tells_whose_it_is() -> None:
    """Yiwu's figures of June fall from what it reported before, Wuyi's may follow; Pujiang has reported nothing."""
    sent = {("pujiang", 6): report("pujiang", 6)}
    fallen = {("yiwu", 5): report("yiwu", 5), ("yiwu", 6): renamed(report("pujiang", 6), "pujiang", "yiwu")}
    assert [path for path, _ in foreign(sent | fallen)] == ["data/2023-06/yiwu.csv"]
    grown = {("wuyi", 5): report("wuyi", 5), ("wuyi", 6): renamed(report("pujiang", 6), "pujiang", "wuyi")}
    said = foreign(sent | grown)
    assert [path for path, _ in said] == ["data/2023-06/pujiang.csv", "data/2023-06/wuyi.csv"]
    assert all(message.endswith("看不出是哪个单位的报表") for _, message in said)


def test_what_a_unit_sends_afterwards_tells_too() -> None:
    june = {("pujiang", 6): report("pujiang", 6), ("wuyi", 6): renamed(report("pujiang", 6), "pujiang", "wuyi")}
    july = {(unit, 7): report(unit, 7) for unit in ("pujiang", "wuyi")}
    assert [path for path, _ in foreign({("wuyi", 5): report("wuyi", 5), **june, **july})] == ["data/2023-06/wuyi.csv"]


# --- each other's ----------------------------------------------------------------------------------------------------


def exchanged(one: str, other: str, month: int) -> dict[tuple[str, int], str]:
    """The reports of two units for a month, each under the name of the other, behind their own of the month before."""
    own = {(unit, month - 1): report(unit, month - 1) for unit in (one, other)}
    return own | {
        (name, month): renamed(report(unit, month), unit, name) for unit, name in ((one, other), (other, one))
    }


PAIRS = [("lanxi", "yiwu", 9), ("pujiang", "wuyi", 9), ("jindong", "pujiang", 4), ("devzone", "wucheng", 2)]


@pytest.mark.parametrize(("one", "other", "month"), PAIRS)
def test_two_reports_in_each_other_s_place_are_one_error_each_that_names_both(one: str, other: str, month: int) -> None:
    """Nothing else is told of them, and nothing of them counts: what a unit is not asked for is the other's."""
    sent = exchanged(one, other, month)
    sources = [Source.of_bytes(f"data/2023-{at:02d}/{unit}.csv", text.encode()) for (unit, at), text in sent.items()]
    result = run_checks(PLAN, sources)
    found = [each for each in result.diagnostics if f"2023-{month:02d}" in each.location.path]
    assert [(each.location.path, each.rule.code) for each in found] == [
        (f"data/2023-{month:02d}/{unit}.csv", "MZ514") for unit in (one, other)
    ]
    for each, units in zip(found, ((one, other), (other, one)), strict=True):
        assert each.message.startswith("和".join(PLAN.units[unit].name for unit in units))
        assert f" {month} 月的数像是互相填错了：" in each.message
    assert not any(result.ledger.has_report(unit, month) for unit in (one, other))


@pytest.mark.parametrize(("one", "other", "is_plain"), [("wuyi", "yongkang", True), ("lanxi", "yiwu", False)])
def test_what_follows_an_exchange_is_no_further_one(one: str, other: str, *, is_plain: bool) -> None:
    """Not even of reports so early that they may follow either."""
    sent = exchanged(one, other, 4) | {(unit, 5): report(unit, 5) for unit in (one, other)}
    expected = [f"data/2023-04/{unit}.csv" for unit in (one, other)]
    assert [path for path, _ in foreign(sent)] == (expected if is_plain else [])


def of_the_month_alone(unit: str, month: int) -> str:
    """A report with the month's own figures in the place of totals."""
    before = {cells[2]: cells[4] for cells in (line.split(",") for line in report(unit, month - 1).splitlines())}
    lines = []
    for line in report(unit, month).splitlines():
        cells = line.split(",")
        if cells[4].isdigit() and before.get(cells[2], "").isdigit():
            cells[4] = str(max(int(cells[4]) - int(before[cells[2]]), 0))
        lines.append(",".join(cells))
    return "\n".join((*lines, ""))


@pytest.mark.parametrize(("one", "other", "month"), PAIRS)
def test_figures_that_have_fallen_in_two_reports_are_not_exchanged(one: str, other: str, month: int) -> None:
    sent = {(unit, month - 1): report(unit, month - 1) for unit in (one, other)}
    assert foreign(sent | {(unit, month): of_the_month_alone(unit, month) for unit in (one, other)}) == []
    assert foreign(sent | {(one, month): of_the_month_alone(one, month), (other, month): report(other, month)}) == []
