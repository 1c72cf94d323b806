"""What is known stays known when lines move, and comes back when it changes."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from findings import HOSTILE_TEXTS, LATE, SEPARATED, TWICE, WRONG, finding
from mzplan.check.baseline import (
    Compared,
    Identity,
    baseline_text,
    compare,
    counted,
    fingerprints,
    read_baseline,
    relative_path,
    row_reader,
)
from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic, InputError, Location, Occurrence
from mzplan.rules.registry import of_rows
from mzplan.said import say
from mzplan.submissions.sources import Source
from rule_examples import PLAN, TODAY
from test_since import mutated


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    return path


def same(path: str) -> str:
    return path


def no_text(place: Location) -> str:
    return ""


def text_of(findings: list[Diagnostic]) -> str:
    return baseline_text(counted(findings, same, no_text))


def against(findings: list[Diagnostic], known: Counter[Identity]) -> Compared:
    return compare(findings, known, same, no_text, lambda identity: True)


def test_a_baseline_knows_what_it_was_written_from(tmp_path: Path) -> None:
    findings = [LATE, WRONG, SEPARATED, TWICE]
    known = read_baseline(written(tmp_path, text_of(findings)))
    assert against(findings, known) == ([], 4, 0)


def test_a_finding_that_moved_is_known_and_one_whose_cell_changed_is_new(tmp_path: Path) -> None:
    known = read_baseline(written(tmp_path, text_of([WRONG])))
    moved = finding(line=40, message="另一种说法", period="2023-06")
    changed = finding(value="2OO", period="2023-06")
    assert against([moved], known) == ([], 1, 0)
    assert against([changed], known) == ([changed], 0, 1)


def test_as_many_equal_findings_are_known_as_there_were(tmp_path: Path) -> None:
    known = read_baseline(written(tmp_path, text_of([WRONG, WRONG])))
    assert against([WRONG, WRONG, WRONG], known) == ([WRONG], 2, 0)
    assert against([WRONG], known) == ([], 1, 1)


def rows(*indicators: str) -> Diagnostic:
    """One finding for a unit's name that several rows have."""
    parts = tuple(Occurrence(line, "", code, "2023-06") for line, code in enumerate(indicators, start=2))
    return finding(line=2, value="义务市", message=of_rows("没有这个单位", len(parts)))._replace(parts=parts)


def test_a_finding_for_many_rows_is_known_row_by_row(tmp_path: Path) -> None:
    known = read_baseline(written(tmp_path, text_of([rows("T01-01")])))
    eleven = [f"T01-{number:02d}" for number in range(2, 13)]
    (new,) = against([rows("T01-01", *eleven)], known).new
    assert (new.message, new.lines) == ("没有这个单位；本文件共 11 行", tuple(range(3, 14)))
    assert against([rows(*eleven, "T01-01")], known).new[0].lines == tuple(range(2, 13))
    assert against([rows("T01-01")], known) == ([], 1, 0)
    assert against([rows("T01-01", "T01-01")], known).new[0].lines == (3,)


def falls(*indicators: str) -> Diagnostic:
    """One finding for totals that fall, with what they have in common."""
    message = say("{count} 项比上次小，像是填了当月数", message="累计数下降", count=len(indicators))
    return rows(*indicators)._replace(message=message)


def test_the_rows_that_are_known_of_a_finding_for_many_are_counted_and_the_others_keep_their_cause() -> None:
    known = counted([rows("T01-01"), rows("T01-09")], same, no_text)
    found = against([falls("T01-01", "T01-02", "T01-03")], known)
    assert (found.known, found.gone) == (1, 1)
    assert [each.message for each in found.new] == ["2 项比上次小，像是填了当月数"]
    assert against([falls("T01-01", "T01-02")], known).new[0].message == "累计数下降"
    assert against([rows("T01-02", "T01-03")], known).known == 0


def test_the_next_missing_indicator_is_new(tmp_path: Path) -> None:
    def missing(*codes: str) -> Diagnostic:
        parts = tuple(Occurrence(0, "yiwu", code, "2023-06") for code in codes)
        given = finding(line=0, column=0, message=f"缺 {len(codes)} 项", field="", value=None, indicator="")
        return given._replace(parts=parts)

    known = read_baseline(written(tmp_path, text_of([missing("T01-01")])))
    assert against([missing("T01-01")], known) == ([], 1, 0)
    (new,) = against([missing("T01-01", "T01-02", "T01-03")], known).new
    assert new.message == "缺 3 项；其中新增 2 项：T01-02、T01-03"
    assert against([missing("T01-02")], known).new == [missing("T01-02")]


def test_what_has_neither_key_nor_cell_is_known_by_its_line(tmp_path: Path) -> None:
    lines = {2: "a,b", 3: "c,d"}

    def text(place: Location) -> str:
        return lines.get(place.line, "")

    broken = [finding(line=line, field="", value=None, indicator="", unit="") for line in lines]
    known = counted(broken[:1], same, text)
    assert compare(broken[:1], known, same, text, lambda identity: True).new == []
    assert compare(broken[1:], known, same, text, lambda identity: True).new == broken[1:]


def test_only_what_was_looked_at_can_be_gone(tmp_path: Path) -> None:
    known = read_baseline(written(tmp_path, text_of([WRONG, LATE])))
    looked = compare([], known, same, no_text, lambda identity: identity.path == WRONG.location.path)
    assert looked == ([], 0, 1)


@pytest.mark.parametrize("version", [1, 2])
def test_a_baseline_that_does_not_know_rows_or_figures_is_to_be_written_anew(version: int, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"旧版程序写的.*--write-baseline"):
        read_baseline(written(tmp_path, f'{{"schema_version": {version}, "findings": []}}'))


@given(case=mutated())
def test_all_that_is_said_of_rows_that_were_not_there_is_new(case: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    before, after = (
        list(
            run_checks(
                PLAN, [Source.of_bytes(name, data) for name, data in files.items()], today=TODAY, context=()
            ).diagnostics
        )
        for files in case
    )
    old, new = case

    def text(place: Location) -> str:
        path, line = place.path, place.line
        return new[path].decode("utf-8", "replace").split("\n")[line - 1] if path in new else ""

    def old_text(place: Location) -> str:
        path, line = place.path, place.line
        return old[path].decode("utf-8", "replace").split("\n")[line - 1] if path in old else ""

    told = compare(after, counted(before, same, old_text), same, text, lambda identity: True).new
    said = Counter((f.rule.code, f.location.path, line) for f in told for line in f.lines)
    for found in after:
        codes = {part.code or found.rule.code for part in found.parts} or {found.rule.code}
        rows_before = {
            line
            for f in before
            if f.location.path == found.location.path
            and codes & {f.rule.code, *(part.code for part in f.parts if part.code)}
            for line in f.lines
        }
        assert len([line for line in found.lines if not said[found.rule.code, found.location.path, line]]) <= len(
            rows_before
        ), "more rows are known than there were"
        if not rows_before:
            assert all(said[found.rule.code, found.location.path, line] for line in found.lines)


def test_hostile_text_reads_back(tmp_path: Path) -> None:
    findings = [finding(value=text, unit=text, path=text) for text in HOSTILE_TEXTS]
    text = text_of(findings)
    assert text.isascii()
    assert against(findings, read_baseline(written(tmp_path, text))).new == []


def test_the_file_is_sorted_and_has_one_finding_a_line() -> None:
    lines = text_of([WRONG, LATE, WRONG]).splitlines()
    assert lines[0] == "{"
    late, wrong = lines[3:5]
    assert late.startswith('    {"path": "data/2023-06/panan.csv", "code": "MZ601", "unit": "panan", "indicator": "", ')
    assert late.endswith('"period": "2023-06", "field": "", "value": "", "row": "", "count": 1},')
    assert wrong.endswith('"field": "value", "value": "1O0", "row": "", "count": 2}')
    assert len(lines) == 7
    assert text_of([]).splitlines()[2] == '  "findings": []'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nul",
        '{"schema_version": 5, "findings": []}',
        '{"schema_version": 3}',
        '{"schema_version": 3, "findings": {}, "x": ' + "[" * 100_000,
        '{"schema_version": 3, "findings": [1]}',
        '{"schema_version": 3, "findings": [{"path": "x"}]}',
        '{"schema_version": 3, "findings": 3}',
    ],
)
def test_what_is_no_baseline_stops_the_run(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="--write-baseline"):
        read_baseline(written(tmp_path, text))


@pytest.mark.parametrize("count", ["Infinity", "true", '"1"', "1.5", "9" * 5000, "0", "-1", "1000001"])
def test_a_count_is_a_whole_number(tmp_path: Path, count: str) -> None:
    entry = ", ".join(f'"{name}": ""' for name in Identity._fields)
    with pytest.raises(InputError):
        read_baseline(written(tmp_path, f'{{"schema_version": 3, "findings": [{{{entry}, "count": {count}}}]}}'))


def test_a_missing_baseline_and_a_folder_stop_the_run(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputError, match="无法读取基线文件"):
            read_baseline(path)


def test_fingerprints_tell_findings_apart_and_equal_ones_by_number() -> None:
    prints = fingerprints([WRONG, SEPARATED, LATE, TWICE, WRONG], same)
    assert len(set(prints)) == 5
    assert fingerprints([finding(line=99, message="另", period="2023-06")], same) == prints[:1]
    assert fingerprints([finding(line=99, value="另", period="2023-06")], same) != prints[:1], "another cell"


def test_fingerprints_do_not_hang_on_the_order_of_a_report() -> None:
    twice = [finding(line=line, period="2023-06") for line in (4, 9)]
    assert fingerprints(twice[::-1], same) == fingerprints(twice, same)[::-1]


ROWS = "period,unit,indicator,name,value,numerator,denominator,note,evidence\n2023-06,义乌市,T05-03,,{},{},{},{},\n"


@pytest.mark.parametrize(
    ("before", "after", "is_known"),
    [
        (("261", "", "", ""), ("10", "", "", ""), False),
        (("", "8", "10", ""), ("", "8", "11", ""), False),
        (("", "8", "10", ""), ("", "9", "10", ""), False),
        (("261", "", "", ""), ("261", "", "", "说明"), True),
        (("261", "", "", ""), (" 261 ", "", "", ""), True),
    ],
)
def test_a_finding_about_other_figures_is_another_finding(
    before: tuple[str, ...], after: tuple[str, ...], is_known: bool, tmp_path: Path
) -> None:
    """Whatever cell it is about, and also where the figures are those of the other row that takes part."""
    path, other = str(tmp_path / "a.csv"), str(tmp_path / "b.csv")
    about = finding(path=path, line=2, field="", value=None)
    twice = finding(path=other, line=2, field="", value=None, related=(Location(path, 2),))
    (tmp_path / "b.csv").write_text(ROWS.format("1", "", "", ""))
    for each in (about, twice):
        (tmp_path / "a.csv").write_text(ROWS.format(*before))
        known = counted([each], same, row_reader([each]))
        (tmp_path / "a.csv").write_text(ROWS.format(*after))
        told = compare([each], known, same, row_reader([each]), lambda identity: True)
        assert (told.new == []) is is_known


@pytest.mark.parametrize(
    ("path", "cwd", "root", "expected"),
    [
        ("data/a.csv", "", "", "data/a.csv"),
        ("./data//a.csv", "", "", "data/a.csv"),
        ("data/a.csv", "/r/sub", "/r", "sub/data/a.csv"),
        ("../data/a.csv", "/r/sub", "/r", "data/a.csv"),
        ("/r/data/a.csv", "/elsewhere", "/r", "data/a.csv"),
        ("/other/a.csv", "/r", "/r", "/other/a.csv"),
        ("..data/a.csv", "/r", "/r", "..data/a.csv"),
        ("-", "/r", "/r", "-"),
    ],
)
def test_paths_are_told_from_the_root(path: str, cwd: str, root: str, expected: str) -> None:
    assert relative_path(path, cwd, root) == expected


def test_identities_are_counted_as_written(tmp_path: Path) -> None:
    known = read_baseline(written(tmp_path, text_of([SEPARATED])))
    assert known == Counter(
        {Identity("data/2023-06/yiwu.csv", "MZ202", "yiwu", "T05-03", "2023-06", "value", "1,234", ""): 1}
    )
