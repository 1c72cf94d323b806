"""What is known stays known when lines move, and comes back when it changes."""

from collections import Counter
from pathlib import Path

import pytest

from findings import HOSTILE_TEXTS, LATE, SEPARATED, TWICE, WRONG, finding
from mzplan.check.baseline import Identity, baseline_text, compare, fingerprints, read_baseline, relative_path
from mzplan.diagnostics import InputError


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    return path


def same(path: str) -> str:
    return path


def test_a_baseline_knows_what_it_was_written_from(tmp_path: Path) -> None:
    findings = [LATE, WRONG, SEPARATED, TWICE]
    known = read_baseline(written(tmp_path, baseline_text(findings, same)))
    assert compare(findings, known, same) == ([], 4, 0)


def test_a_finding_that_moved_is_known_and_one_whose_cell_changed_is_new(tmp_path: Path) -> None:
    known = read_baseline(written(tmp_path, baseline_text([WRONG], same)))
    moved = finding(line=40, message="另一种说法", period="2023-06")
    changed = finding(value="2OO", period="2023-06")
    assert compare([moved], known, same) == ([], 1, 0)
    assert compare([changed], known, same) == ([changed], 0, 1)


def test_as_many_equal_findings_are_known_as_there_were(tmp_path: Path) -> None:
    known = read_baseline(written(tmp_path, baseline_text([WRONG, WRONG], same)))
    assert compare([WRONG, WRONG, WRONG], known, same) == ([WRONG], 2, 0)
    assert compare([WRONG], known, same) == ([], 1, 1)


def test_hostile_text_reads_back(tmp_path: Path) -> None:
    findings = [finding(value=text, unit=text, path=text) for text in HOSTILE_TEXTS]
    text = baseline_text(findings, same)
    assert text.isascii()
    assert compare(findings, read_baseline(written(tmp_path, text)), same).new == []


def test_the_file_is_sorted_and_has_one_finding_a_line() -> None:
    lines = baseline_text([WRONG, LATE, WRONG], same).splitlines()
    assert lines[0] == "{"
    late, wrong = lines[3:5]
    assert late.startswith('    {"path": "data/2023-06/panan.csv", "code": "MZ601", "unit": "panan", "indicator": "", ')
    assert late.endswith('"period": "2023-06", "field": "", "value": "", "count": 1},')
    assert wrong.endswith('"field": "value", "value": "1O0", "count": 2}')
    assert len(lines) == 7
    assert baseline_text([], same).splitlines()[2] == '  "findings": []'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nul",
        '{"schema_version": 2, "findings": []}',
        '{"schema_version": 1}',
        '{"schema_version": 1, "findings": {}, "x": ' + "[" * 100_000,
        '{"schema_version": 1, "findings": [1]}',
        '{"schema_version": 1, "findings": [{"path": "x"}]}',
        '{"schema_version": 1, "findings": 3}',
    ],
)
def test_what_is_no_baseline_stops_the_run(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="--write-baseline"):
        read_baseline(written(tmp_path, text))


@pytest.mark.parametrize("count", ["Infinity", "true", '"1"', "1.5", "9" * 5000])
def test_a_count_is_a_whole_number(tmp_path: Path, count: str) -> None:
    entry = ", ".join(f'"{name}": ""' for name in Identity._fields)
    with pytest.raises(InputError):
        read_baseline(written(tmp_path, f'{{"schema_version": 1, "findings": [{{{entry}, "count": {count}}}]}}'))


def test_a_missing_baseline_and_a_folder_stop_the_run(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputError, match="无法读取基线文件"):
            read_baseline(path)


def test_fingerprints_tell_findings_apart_and_equal_ones_by_number() -> None:
    prints = fingerprints([WRONG, SEPARATED, LATE, TWICE, WRONG], same)
    assert len(set(prints)) == 5
    assert fingerprints([finding(line=99, value="另", period="2023-06")], same) == prints[:1]


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
    known = read_baseline(written(tmp_path, baseline_text([SEPARATED], same)))
    assert known == Counter(
        {Identity("data/2023-06/yiwu.csv", "MZ202", "yiwu", "T05-03", "2023-06", "value", "1,234"): 1}
    )
