"""What must come out the same whichever way it is asked for: formats, order, before and after a repair."""

import csv
import json
import random
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import Mzplan, of
from corpus import Case
from mzplan.check.run import CheckResult
from mzplan.diagnostics import Severity
from mzplan.rules import RULES
from mzplan.scoring.progress import STATUS_ZH, Status
from mzplan.submissions.repair import repair
from rule_examples import PLAN, UNITS, check_rows
from test_corpus import CASES, checked

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent


def figures(result: CheckResult) -> tuple[list[int], list[int]]:
    return list(result.ledger.values), list(result.ledger.denominators)


# --- one scorecard in every format -----------------------------------------------------------------------------------


class Tables(HTMLParser):
    """The rows of a page's tables, each a list of its cells' texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        self.is_cell = (self.is_cell and tag not in ("tr", "table")) or tag in ("th", "td")

    def handle_endtag(self, tag: str) -> None:
        self.is_cell = self.is_cell and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self.is_cell:
            self.rows[-1][-1] += data.strip()


def is_said(row: list[str], text: str) -> bool:
    """Whether a line of the text has the row's cells in their order."""
    pattern = " .*".join(re.escape(cell) for cell in row if cell)
    return re.search(f"^{pattern}( |$)", text, re.MULTILINE) is not None


def rounded(text: str | None, scale: int = 1) -> str:
    return "" if text is None else str((Decimal(text) * scale).quantize(Decimal("0.1"), ROUND_HALF_UP))


def status_said(record: dict[str, Any]) -> str:
    """The status of a row of the JSON in the words of a table."""
    word = STATUS_ZH[Status(record["status"])]
    if record["carried_status"]:
        return f"{word}（沿用 {STATUS_ZH[Status(record['carried_status'])]}）"
    if record["status"] == "missing":
        return "未报齐" if record["unit"] is None and record["reported"] else word
    if record["unit"] is None and 0 < record["reported"] < record["reporting"]:
        return f"{word}（未报{record['reporting'] - record['reported']}家）"
    return f"{word}（未报）" if record["unit"] and record["reporting"] and not record["reported"] else word


@pytest.mark.parametrize("indicator", ["T05-03", "T05-06", "T05-01", "T25-05", "T29-05", "T20-10"])
def test_text_page_and_json_of_an_indicator_carry_the_same_figures(
    indicator: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "400")
    output = {
        name: mzplan("status", "--indicator", indicator, "--format", name).out for name in ("json", "html", "plain")
    }
    head, *rows = Tables(output["html"]).rows
    records: dict[str, Any] = {row["unit_name"]: row for row in json.loads(output["json"])["rows"]}
    assert [row[0] for row in rows] == sorted(records, key=[row[0] for row in rows].index)
    for row in rows:
        cell, record = dict(zip(head, row, strict=True)), records[row[0]]
        assert is_said([row[0], *row[3:]], output["plain"])
        assert cell["状态"] == status_said(record)
        assert cell["完成率%"].rstrip("*") == rounded(record["completion"], 100)
        assert cell["差距（百分点）"].lstrip("+") == rounded(record["gap"])
        assert cell["已报/应报"] in ("", f"{record['reported']}/{record['reporting']}")


def test_text_page_and_json_of_the_whole_carry_the_same_figures(
    mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "400")
    output = {name: mzplan("status", "--format", name).out for name in ("json", "html", "plain")}
    rows = [row for row in Tables(output["html"]).rows if len(row) == 15][1:]
    document = json.loads(output["json"])
    areas = list(dict.fromkeys(one["area"] for one in document["areas"]))
    reached = {(one["unit"], one["area"]): one for one in document["areas"]}
    assert len(rows) == len(document["units"])
    for row, whole in zip(rows, document["units"], strict=True):
        assert is_said(row, output["plain"])
        assert row[0] == whole["unit_name"]
        expected = [*(reached[whole["unit"], area] for area in areas), whole]
        assert [cell.rstrip("*绿黄红缺未-") for cell in row[1:12]] == [counted(one) for one in expected]
        assert row[12].rstrip("*") == rounded(whole["completion"], 100)
        filed = f"{whole['reported']}/{whole['reporting']}"
        assert row[13].split() == [filed, *(f"沿用{int(month[5:])}月" for month in whole["carried_from"])]
        assert row[14].startswith(str(whole["rank"] or ""))


@pytest.mark.parametrize("by", ["area", "task", "indicator"])
def test_a_table_for_programs_says_of_every_mean_how_many_are_due_as_json_does(
    by: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In January nothing is due of many: that is a nought, and nothing stands only where nothing is judged."""
    monkeypatch.chdir(ROOT)
    asked = ("status", "--period", "2023-01", "--by", by, "--format")
    groups = json.loads(mzplan(*asked, "json").out)["groups"]
    lines = csv.DictReader(mzplan(*asked, "csv").out.lstrip("\ufeff").splitlines())
    told = [(line["达到"], line["应达"]) for line in lines]
    assert ("0", "0") in told
    assert told == [
        (str(one["on_schedule"]), str(one["due"])) if one["completion"] is not None else ("", "") for one in groups
    ]


def counted(tally: dict[str, Any]) -> str:
    """How many of those due are reached; nothing where none is due."""
    return f"{tally['on_schedule']}/{tally['due']}" if tally["due"] else ""


# --- any order -------------------------------------------------------------------------------------------------------

ONCE = [(f"2031-0{month}", unit.name, code) for month in (1, 2, 3) for unit in UNITS for code in PLAN.indicators]
FIGURES = ["", "0", "12", "70", "-3", "1,234", "１２", "3万", "70%", " 5", "1e5"]
CELLS = [*FIGURES, "不适用", "推进中", "已完成", "基本完成"]
records = st.lists(
    st.tuples(st.sampled_from(ONCE), *[st.sampled_from(CELLS)] * 3), max_size=12, unique_by=lambda record: record[0]
)


BESIDE_EACH_OTHER = {"MZ313", "MZ314"}


@given(records, st.randoms(use_true_random=False))
def test_rows_in_any_order_get_the_same_findings(
    given_records: list[tuple[tuple[str, str, str], str, str, str]], chance: random.Random
) -> None:
    rows = [f'{",".join(key)},,"{value}","{above}","{below}",,' for key, value, above, below in given_records]
    plain = check_rows(*rows, today=None)
    chance.shuffle(rows)
    shuffled = check_rows(*rows, today=None)
    # what was filled down, or has slipped, is told by the rows that stand beside each other
    assume(BESIDE_EACH_OTHER.isdisjoint(f.rule.code for f in (*plain.diagnostics, *shuffled.diagnostics)))

    def said(result: CheckResult) -> Counter[tuple[str | None, ...]]:
        return Counter(
            (f.rule.code, f.unit, f.indicator, f.period, f.field, f.value, f.message) for f in result.diagnostics
        )

    assert said(shuffled) == said(plain)
    assert figures(shuffled) == figures(plain)


# --- before and after a repair ---------------------------------------------------------------------------------------


def test_a_repair_changes_no_record_and_takes_no_error_away() -> None:
    for name, case in CASES.items():
        with of(name):
            must_change_no_record(case)


def must_change_no_record(case: Case) -> None:
    before = checked(case)
    found = repair(case.data, before.diagnostics)
    if found is None:
        return
    after = checked(case._replace(data=found.data))

    def errors(result: CheckResult) -> Counter[str]:
        return Counter(each.rule.code for each in result.diagnostics if each.severity is Severity.ERROR)

    assert figures(after) == figures(before)
    gone = errors(before) - errors(after)
    assert errors(after) <= errors(before)
    assert all(RULES[code].takes_out for code in gone)
    assert not gone or any("标题、合计、分组或落款" in note for note in found.notes)
    again = repair(found.data, after.diagnostics)
    assert again is None or again.data == found.data


@pytest.mark.parametrize("period", ["2023-01", "2023-06", "2023-09"])
def test_what_is_due_not_due_and_missing_is_counted_alike_on_every_screen(
    period: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    shown = json.loads(mzplan("status", "--period", period, "--format", "json").out)
    rows = [row for row in shown["rows"] if row["unit"] is None]
    city = next(one for one in shown["units"] if one["unit"] is None)
    statuses = Counter(row["status"] for row in rows)
    due = [row["status"] for row in rows if is_due(row)]
    assert (city["due"], city["on_schedule"]) == (len(due), sum(statuses[one] for one in REACHED))
    text = mzplan("status", "--period", period, "--format", "plain", "--full").out
    assert f"应达 {len(due)} 项、达到 {city['on_schedule']} 项  未到期 {statuses['not_due']} 项" in text
    counted = dict(re.findall("([一-龥]+)([0-9]+)", text.partition("全市指标")[2].partition("各单位")[0]))
    assert int(counted["未到期"]) == statuses["not_due"]
    listed = json.loads(mzplan("status", "--period", period, "--only", "not_due", "--format", "json").out)["rows"]
    assert sum(row["unit"] is None for row in listed) == statuses["not_due"]
    prose = mzplan("summary", "--period", period).out
    later = city["judged"] - len(due) - statuses["not_due"]
    assert f"应达到进度要求{len(due)}项" in prose
    assert f"{statuses['not_due']}项尚未到期" in prose
    assert (f"未到期未报齐{later}项" in prose) == (later > 0)
    assert ("missing" in due) == (f"未报齐{due.count('missing')}项，占" in prose)


REACHED = ("met", "holding", "on_schedule")


def is_due(row: dict[str, Any]) -> bool:
    """As the contract has it: judged, and neither 未到期 nor missing before anything is expected."""
    if row["status"] in ("undefined", "not_applicable", "contribution", "not_due"):
        return False
    return row["status"] != "missing" or Decimal(row["expected"]) > 0
