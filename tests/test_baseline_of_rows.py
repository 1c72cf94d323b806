"""What a baseline knows of a row is the row's own, whatever rows it is told with."""

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from conftest import dear
from mzplan.check.baseline import Compared, Identity, compare, counted
from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic, Location
from mzplan.submissions.sources import Source
from test_clerk import PLAN, SEPTEMBER, TODAY, october, put, written

LAST, REPORT = "data/2023-09/yiwu.csv", "data/2023-10/yiwu.csv"
OF_ONE_KIND = [
    {"T03-06": "1", "T03-07": "2", "T03-08": "3", "T05-02": "1", "T17-07": "12"},
    {"T09-06": "446000", "T16-09": "1690000", "T25-05": "22660000"},
    {"T05-04": "141人", "T05-05": "8家", "T20-05": "6项", "T05-03": "190张", "T09-07": "34家", "T25-09": "6项"},
]
WRONG = {code: text for cells in OF_ONE_KIND for code, text in cells.items()}


def found(cells: set[str]) -> tuple[list[Diagnostic], list[str]]:
    """What is said of 义乌市's figures of October with these cells wrong, and the report's lines."""
    rows = october()
    for code in cells:
        put("value", WRONG[code], code)(rows)
    text = written(rows)
    last = Source.of_bytes(LAST, SEPTEMBER.read_bytes())
    result = run_checks(PLAN, [Source.of_bytes(REPORT, text.encode())], today=TODAY, context=[last])
    return [each for each in result.diagnostics if each.indicator], text.splitlines()


def same(path: str) -> str:
    return path


def known(cells: set[str]) -> Counter[Identity]:
    findings, lines = found(cells)
    return counted(findings, same, lambda place: _row(place, lines))


def beside(cells: set[str], baseline: Counter[Identity]) -> Compared:
    findings, lines = found(cells)
    return compare(findings, baseline, same, lambda place: _row(place, lines), lambda identity: True)


def _row(place: Location, lines: list[str]) -> str:
    return lines[place.line - 1] if place.path == REPORT else f"{place.path}:{place.line}"


def told(compared: Compared) -> set[str]:
    return {each.indicator for finding in compared.new for each in finding.singly()}


SOME = st.sampled_from([WRONG, *OF_ONE_KIND]).flatmap(lambda cells: st.sets(st.sampled_from(sorted(cells))))


@dear()
@given(before=SOME, added=SOME, mended=SOME)
@example(before={"T03-06", "T03-07", "T03-08", "T05-02"}, added=set(), mended={"T03-06"})
@example(before={"T09-06", "T16-09"}, added={"T25-05"}, mended=set())
def test_new_is_what_was_added_and_gone_what_was_mended(before: set[str], added: set[str], mended: set[str]) -> None:
    baseline = known(before)
    assert told(beside(before | added, baseline)) == added - before
    left = beside(before - mended, baseline)
    assert (left.new, left.gone) == ([], len(before & mended))
    after = beside((before - mended) | added, baseline)
    assert (told(after), after.gone) == (added - before, len((before & mended) - added))


def test_of_falls_told_together_the_others_stay_known() -> None:
    """Four are one finding that names all four of the rows before; three name three."""
    falls = {"T03-06", "T03-07", "T03-08", "T05-02"}
    assert beside(falls - {"T03-06"}, known(falls)) == ([], 1, 1)
    two = known({"T03-06", "T03-07"})
    (new,) = beside(falls, two).new
    assert (new.indicator, new.related) == ("T03-08", (Location(LAST, 10), Location(LAST, 15)))
