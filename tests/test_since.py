"""A row counts as changed unless the old version has the very same row as often, in a real repository."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings import finding
from mzplan.check.run import run_checks
from mzplan.check.since import Changes, changes_since, same_rows
from mzplan.diagnostics import Location, Occurrence
from mzplan.rules.registry import of_rows
from mzplan.submissions.sources import data_sources
from repositories import Git, commit, git
from rule_examples import PLAN, TODAY, workbook_of

__all__ = ["git"]

HEAD = "period,unit,indicator,value\n"
ROWS = [f"2031-03,青山县,T01-0{n},{n}\n" for n in range(1, 6)]


def lines_of(old: str | bytes, new: str | bytes) -> list[int]:
    """The lines where unchanged rows start."""
    before, after = (text if isinstance(text, bytes) else text.encode() for text in (old, new))
    return sorted(same_rows(before, after))


def test_rows_are_the_same_word_for_word_wherever_they_stand() -> None:
    old = HEAD + "".join(ROWS[:3])
    assert lines_of(old, HEAD + ROWS[2] + ROWS[3] + ROWS[0]) == [2, 4]
    assert lines_of(old, HEAD + ROWS[0].replace("1\n", "1.0\n") + ROWS[1]) == [3]
    assert lines_of(old, HEAD + ROWS[0].replace("青山县", '"青山县"') + ROWS[1]) == [3], "quotes count"
    assert lines_of(old, HEAD + ROWS[0] + ROWS[1].rstrip()) == [2, 3], "the end of the last line does not"


def test_a_row_that_stands_more_often_or_less_often_than_before_has_changed() -> None:
    assert lines_of(HEAD + ROWS[0], HEAD + ROWS[0] + ROWS[0] + ROWS[1]) == []
    assert lines_of(HEAD + ROWS[0] + ROWS[0] + ROWS[1], HEAD + ROWS[0] + ROWS[1]) == [3]


@pytest.mark.parametrize(
    "new",
    [
        (HEAD + ROWS[0]).replace("\n", "\r\n"),
        "\ufeff" + HEAD + ROWS[0],
        (HEAD + ROWS[0]).encode("gb18030"),
        "标题\n" + HEAD + ROWS[0],
        "unit,period,indicator,value\n" + ROWS[0],
        ROWS[0],
        "",
        b"\0",
    ],
)
def test_under_another_header_or_in_another_encoding_every_row_has_changed(new: str | bytes) -> None:
    assert lines_of(HEAD + ROWS[0], new) == []
    assert lines_of(new, HEAD + ROWS[0]) == []


@pytest.mark.parametrize("mark", ["(隐藏)", "(划去)"])
def test_a_row_of_a_workbook_that_is_hidden_or_struck_out_now_has_changed(mark: str) -> None:
    """Nobody who looks at it sees it any more; the others are what they were."""
    book = [workbook_of(f"=== 3月\n{HEAD}{ROWS[0]}{each}{ROWS[1]}(隐藏){ROWS[2]}") for each in ("", mark)]
    assert lines_of(*book) == [2, 4]
    assert lines_of(*reversed(book)) == [2, 4], "and so has one that is shown again"


def test_hidden_rows_are_told_row_by_row(tmp_path: Path, git: Git) -> None:
    report = tmp_path / "data/2031-03/qingshan.xlsx"
    report.parent.mkdir(parents=True)
    head = "period,unit,indicator,name,value,numerator,denominator,note,evidence\n"
    rows = [f"2031-03,青山县,T01-0{n},,12,,,,\n" for n in (1, 2)]
    told = []
    for mark in ("", "(隐藏)"):
        report.write_bytes(workbook_of(f"=== 3月\n{head}(隐藏){rows[0]}{mark}{rows[1]}"))
        if not mark:
            git("init", "-q", ".", folder=str(tmp_path))
            commit(git, str(tmp_path))
        found = run_checks(PLAN, data_sources([report]), today=TODAY).diagnostics
        with changes_since("HEAD", tmp_path).repository as repository:
            changes = Changes(repository, repository.base("HEAD"), "HEAD")
            told.append([(each.lines, each.message) for each in changes.split(found)[0] if each.rule.code == "MZ125"])
    assert told == [[], [((3,), "这一行是隐藏的，照常读取")]]


def test_a_row_of_several_lines_is_one_row() -> None:
    note = '2031-03,青山县,T01-01,"1\n2\r\n3"\n'
    assert lines_of(HEAD + note + ROWS[1], HEAD + ROWS[1] + note) == [2, 3]
    assert lines_of(HEAD + note + ROWS[1], HEAD + ROWS[2] + note + ROWS[1]) == [3, 6]
    assert lines_of(HEAD + note + ROWS[1], HEAD + note.replace("3", "4") + ROWS[1]) == [5]


# --- in a repository -------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A new repository that is the working folder."""
    monkeypatch.chdir(tmp_path)
    git("init", "-q", ".")
    return git


def touched(changes: Changes, path: str, lines: int = 7) -> list[int]:
    """The places of a file that have changed; 0 is the file."""
    return [line for line in range(lines) if changes.touches(Location(path, line))]


def test_changed_added_and_new_rows_count_and_others_do_not(repository: Git) -> None:
    Path("a.csv").write_text(HEAD + "".join(ROWS[:3]))
    Path("same.csv").write_text(HEAD + ROWS[0])
    commit(repository)
    Path("a.csv").write_text(HEAD + ROWS[0] + ROWS[4] + ROWS[2] + ROWS[3])
    Path("new.csv").write_text(HEAD + ROWS[0])
    with (changes := changes_since("HEAD", ".")).repository:
        assert touched(changes, "a.csv", 6) == [0, 1, 3, 5]
        assert touched(changes, "same.csv", 3) == []
        assert touched(changes, "new.csv", 3) == [0, 1, 2]
        assert touched(changes, "never.csv", 2) == []


def test_paths_are_found_whatever_their_name_and_the_working_folder(
    repository: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ['婺城 "新".csv', "tab\there.csv", "back\\slash.csv", "-x.csv", ":(glob)*.csv", "ansi\x1b.csv", "行\n.csv"]
    names.append(os.fsdecode(b"\xff.csv"))
    Path("sub").mkdir()
    for name in names:
        Path("sub", name).write_text(HEAD + ROWS[0] + ROWS[1])
    commit(repository)
    for name in names:
        Path("sub", name).write_text(HEAD + ROWS[0] + ROWS[2])
    monkeypatch.chdir("sub")
    with (changes := changes_since("HEAD", ".")).repository:
        for name in names:
            assert touched(changes, name, 4) == touched(changes, str(Path(name).absolute()), 4) == [0, 1, 3]


def test_what_is_gone_renamed_linked_or_outside_counts_as_a_whole(repository: Git, tmp_path: Path) -> None:
    for name in ("gone.csv", "old.csv", "real.csv"):
        Path(name).write_text(HEAD + ROWS[0])
    Path("target.csv").write_text(HEAD + ROWS[1])
    Path("link.csv").symlink_to("real.csv")
    commit(repository)
    Path("gone.csv").unlink()
    Path("old.csv").rename("renamed.csv")
    Path("link.csv").unlink()
    Path("link.csv").symlink_to("target.csv")
    outside = tmp_path.parent / f"{tmp_path.name}.csv"
    outside.write_text(HEAD + ROWS[0])
    with (changes := changes_since("HEAD", ".")).repository:
        for name in ("gone.csv", "old.csv", "renamed.csv", "link.csv", str(outside)):
            assert touched(changes, name, 3) == [0, 1, 2], name
        assert touched(changes, "target.csv", 3) == []
        assert changes.outside == {str(outside)}


def test_a_finding_counts_when_any_of_its_places_has_changed(repository: Git) -> None:
    for name in ("05.csv", "06.csv"):
        Path(name).write_text(HEAD + "".join(ROWS[:4]))
    commit(repository)
    Path("06.csv").write_text(HEAD + ROWS[0] + ROWS[1] + ROWS[4] + ROWS[3])
    here, elsewhere = finding(path="06.csv", line=4), finding(path="06.csv", line=5)
    whole, other = finding(path="06.csv", line=0), finding(path="05.csv", line=4)
    fell = finding(path="05.csv", line=5, related=(Location("06.csv", 4),))
    with (changes := changes_since("HEAD", ".")).repository:
        assert changes.split([here, elsewhere, whole, other, fell]) == ([here, whole, fell], [elsewhere, other])


def test_a_finding_for_many_rows_is_told_of_those_that_have_changed(repository: Git) -> None:
    Path("a.csv").write_text(HEAD + "".join(ROWS[:3]))
    commit(repository)
    Path("a.csv").write_text(HEAD + "".join(ROWS))
    parts = tuple(Occurrence(line, "yiwu", f"T01-0{line - 1}", "2031-03") for line in range(2, 7))
    folded = finding(path="a.csv", line=2, message=of_rows("没有这个单位", 5))._replace(parts=parts)
    with (changes := changes_since("HEAD", ".")).repository:
        (changed,), (other,) = changes.split([folded])
    assert (changed.message, changed.lines) == ("没有这个单位；本文件共 2 行", (5, 6))
    assert (changed.location, changed.indicator) == (Location("a.csv", 5), "T01-04")
    assert (other.message, other.lines) == ("没有这个单位；本文件共 3 行", (2, 3, 4))


# --- for any mutation, what the whole check says of the changed rows is said -----------------------------------------

CELLS = {
    0: ["2031-02", "2031-03", "2031年3月", "2031-13", "2030-03", ""],
    1: ["青山县", "绿水县", "青山", "青三县", "义务市", "", "高新区"],
    2: ["T01-01", "T01-02", "T01-06", "T01-99", "T02-01", ""],
    4: ["12", "1O0", "１２", "-3", "1,234", "", "12.5", "不适用"],
    7: ["", "说明", "\u200b"],
}
ROW = st.builds(
    lambda period, unit, code, value, note: f"{period},{unit},{code},,{value},,,{note},",
    *(st.sampled_from(CELLS[at]) for at in (0, 1, 2, 4, 7)),
)
FILE = st.builds(
    lambda rows, header, end, encoding: end.join([header, *rows, ""]).encode(encoding, "replace"),
    st.lists(ROW, min_size=1, max_size=8),
    st.sampled_from(
        [
            "period,unit,indicator,name,value,numerator,denominator,note,evidence",
            "报告期,填报单位,指标编码,指标名称,完成值,分子,分母,说明,佐证",
        ]
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
FILES = st.dictionaries(
    st.sampled_from(["2031-02/qingshan.csv", "2031-03/qingshan.csv", "2031-03/lvshui.csv", "2031-03/x.csv"]),
    FILE,
    min_size=1,
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Files, and what has become of them: rows added, changed, taken out, moved; files replaced, added, taken out."""
    before = draw(FILES)
    after = dict(before)
    for name in draw(st.lists(st.sampled_from(sorted(before)), max_size=3)):
        lines = after[name].split(b"\n")
        match draw(st.sampled_from(["insert", "repeat", "drop", "swap", "edit", "quote"])):
            case "insert":
                at = draw(st.integers(min(1, len(lines) - 1), len(lines) - 1))
                lines[at:at] = [row.encode() for row in draw(st.lists(ROW, min_size=1, max_size=4))]
            case "repeat":
                lines[1:1] = [lines[draw(st.integers(0, len(lines) - 1))]]
            case "drop":
                del lines[draw(st.integers(0, len(lines) - 1))]
            case "swap":
                lines[1:] = lines[:0:-1]
            case "edit":
                at = draw(st.integers(0, len(lines) - 1))
                lines[at] = lines[at].replace(b"1", draw(st.sampled_from([b"2", b'"', b"O", b",", b""])))
            case "quote":
                at = draw(st.integers(0, len(lines) - 1))
                lines[at] = b'"' + lines[at]
        after[name] = b"\n".join(lines)
    after |= draw(st.one_of(st.just({}), FILES))
    if draw(st.booleans()):
        after.pop(draw(st.sampled_from(sorted(before))), None)
    return before, after


def write_all(files: dict[str, bytes], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=mutated())
def test_all_that_is_said_of_changed_rows_is_said(case: tuple[dict[str, bytes], dict[str, bytes]], git: Git) -> None:
    before, after = case
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "data"
        git("init", "-q", ".", folder=top)
        write_all(before, folder)
        commit(git, top)
        write_all(after, folder)
        found = run_checks(PLAN, data_sources([folder], top), today=TODAY).diagnostics
        with (changes := changes_since("HEAD", top)).repository:
            told = changes.split(found)[0]
        said = {(f.rule.code, f.location.path, line) for f in told for line in (0, *f.lines)}
        for finding in found:
            path = finding.location.path
            name = str(Path(path).relative_to(folder))
            old = before.get(name, b"").replace(b"\r", b"").split(b"\n")
            new = after.get(name, b"").replace(b"\r", b"").split(b"\n")
            for line in finding.lines:
                if old.count(new[line - 1]) < new.count(new[line - 1]):
                    assert (finding.rule.code, path, line) in said
            if not finding.lines and before.get(name) != after.get(name):
                assert (finding.rule.code, path, 0) in said
