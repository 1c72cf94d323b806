"""With the fast path off everything is the same; and nothing depends on the order of rows, files and questions."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus import cases
from mzplan.check.fast_path import IS_SAFE, KNOWN
from mzplan.check.reader import Scanner
from mzplan.check.run import evidence_exists, run_checks
from mzplan.check.scanned import Scanned
from mzplan.diagnostics import Severity
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan
from mzplan.rules import CHECKS
from mzplan.submissions.header import FIELDS
from mzplan.submissions.ledger import Ledger
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN, TODAY

pytestmark = pytest.mark.untraced

PERIODS = ["2031-01", "2031-02", "2031-03", "2031-07", "2031-08", "2031年3月", "2030-03", "2031-13", "", " 2031-03"]
UNITS = ["青山县", "绿水县", "qingshan", "990102", "高新区", "青山", "市本级", "青三县", "", "青山县 ", "合计"]
CODES = [*PLAN.indicators, "T01-01", "T01-03", "T01-04", "t01-01", "T09-09", "", "T01-01\u200b"]
NAMES = ["", *(indicator.name for indicator in PLAN.indicators.values()), "新增养老床位数", "床位", "\ufffd"]
FIGURES = ["", "0", "1", "12", "12.5", "70", "100", "170", "0.7", "-3", "+4", "007", "1,234", "１２", "3万", "70%"]
WORDS = [" 5", "不适用", "未启动", "推进中", "已完成", "基本完成", "-", "#REF!", "9" * 13, "1.5\u200b", "1e5", "-0"]
VALUES = [*FIGURES, *WORDS]
TINY = load_plan(Path(__file__).parent / "plans" / "tiny.yaml")
LONG = "<long>"
"""Stands for a cell beyond the limit, so that a failing case can be read."""
NOTES = ["", "", "补报", " ", "说明\u200b", "???", LONG, "多\n行", " 前有空格"]
EVIDENCE = ["", "", "https://example.org/1", "没有.pdf", "https://example.org/1;无", " "]


rows = st.one_of(
    st.tuples(*map(st.sampled_from, (PERIODS, UNITS, CODES, NAMES, VALUES, FIGURES, FIGURES, NOTES, EVIDENCE))),
    st.builds(
        lambda period, unit, code, value, note: (
            period,
            unit,
            code,
            PLAN.indicators[code].name,
            value,
            "",
            "",
            note,
            "",
        ),
        st.sampled_from(PERIODS[:3]),
        st.sampled_from(UNITS[:5]),
        st.sampled_from(tuple(PLAN.indicators)),
        st.sampled_from(VALUES),
        st.sampled_from(NOTES),
    ),
    st.builds(
        lambda value, above, below: ("2031-02", "青山县", "T01-03", "", value, above, below, "", ""),
        st.sampled_from(FIGURES),
        st.sampled_from(FIGURES),
        st.sampled_from(FIGURES),
    ),
    st.lists(st.sampled_from(["", "12", "青山县", "2031-03"]), min_size=7, max_size=11).map(tuple),
)
ORDERS = [
    HEADER,
    "evidence,period,unit,indicator,name,value,numerator,denominator,note",
    HEADER.replace("name,", "") + ",,",
]


def scanned(source: Source, plan: Plan = PLAN, *, fast: bool) -> tuple[Ledger, Scanned]:
    ledger = Ledger(plan)
    return ledger, Scanner(plan, ledger, TODAY, evidence_exists, fast=fast).scan(0, source)


def assert_the_same_both_ways(source: Source, plan: Plan = PLAN) -> None:
    fast_ledger, fast = scanned(source, plan, fast=True)
    slow_ledger, slow = scanned(source, plan, fast=False)
    assert said(fast) == said(slow)
    for name in Scanned.__slots__:
        assert getattr(fast, name) == getattr(slow, name)
    assert written_in(fast_ledger) == written_in(slow_ledger)


def written_in(ledger: Ledger) -> list[list[int]]:
    return [list(column) for column in (ledger.values, ledger.denominators, ledger.lines, ledger.files, ledger.flags)]


def said(result: Scanned) -> list[str]:
    return [f"{f.location.line}:{f.location.column} {f.rule.code} {f.message} {f.hint}" for f in result.diagnostics]


def written(header: str, records: list[tuple[str, ...]]) -> str:
    """The rows in the order of the header's columns; cells are quoted where they must be."""
    lines = [header]
    for record in records:
        by_field = dict(zip(FIELDS, record, strict=False)) if len(record) == len(FIELDS) else {}
        ordered = [by_field.get(name, "") for name in header.split(",")] if by_field else record
        lines.append(",".join(f'"{cell}"' if set(cell) & set(',"\n') else cell for cell in ordered))
    return "\n".join((*lines, "")).replace(LONG, "长" * 4097)


BETWEEN = [
    ("2031-01", "青山县", "T01-01", "", "12", "", "", "", ""),
    ("2031-02", "青山县", "T01-03", "", "", "", "", "", ""),
    ("2031-01", "青山县", "T01-01", "", "", "", "", LONG, ""),
    ("", "青山县", "T01-01", "", "12", "", "", "", ""),
]
"""A row that nobody reads stands above one without a period."""


@settings(suppress_health_check=[HealthCheck.too_slow])
@example(HEADER, BETWEEN)
@given(st.sampled_from(ORDERS), st.lists(rows, min_size=1, max_size=12))
def test_the_fast_path_and_the_rules_come_to_the_same(header: str, records: list[tuple[str, ...]]) -> None:
    text = written(header, records)
    assert_the_same_both_ways(Source.of_bytes("示例.csv", text.encode(errors="surrogatepass")))


def test_every_rule_about_rows_is_known_to_the_fast_path() -> None:
    """Else it takes nothing; and it knows none that is no more."""
    assert {rule.code for rule, _ in (*CHECKS.shape, *CHECKS.row)} == KNOWN
    assert IS_SAFE


def test_nor_do_they_differ_about_the_corpus() -> None:
    for case in cases():
        assert_the_same_both_ways(Source.of_bytes("data/2023-06/jia.csv", case.data), TINY)


@given(st.lists(rows, min_size=1, max_size=12), st.permutations(range(3)))
def test_neither_order_nor_quotes_nor_line_ends_change_what_is_said(
    records: list[tuple[str, ...]], order: list[int]
) -> None:
    parts = [records[at::3] for at in range(3)]
    sources = [Source.of_bytes(f"{at}.csv", written(HEADER, part).encode()) for at, part in enumerate(parts)]
    plain = run_checks(PLAN, sources, today=TODAY)
    shuffled = run_checks(PLAN, [sources[at] for at in order], today=TODAY)
    assert shuffled.diagnostics == plain.diagnostics
    assert shuffled.ledger.values[:] == plain.ledger.values[:]


@given(st.lists(rows, min_size=1, max_size=12))
def test_whoever_asks_for_errors_only_gets_the_same_errors_and_the_same_ledger(records: list[tuple[str, ...]]) -> None:
    source = Source.of_bytes("示例.csv", written(HEADER, records).encode())
    whole, errors = (run_checks(PLAN, [source], today=TODAY, errors_only=only) for only in (False, True))
    wanted = [each for each in whole.diagnostics if each.severity is Severity.ERROR or each.rule.casts_doubt]
    assert list(errors.diagnostics) == wanted  # a figure that may be wrong is named wherever it is shown
    assert errors.ledger.values[:] == whole.ledger.values[:]
