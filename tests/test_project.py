"""A file is the same file however it is named: what its path says, which links it may be, what is said of it."""

import json
import shutil
from pathlib import Path

import pytest

from mzplan.period import Period
from mzplan.reading.files import absolute, location_in
from mzplan.submissions.places import Spot, month_meant
from mzplan.submissions.sources import context_sources, data_sources
from test_cli_check import HEADER, SOUND, UNITS, Run, check, codes, report, write

__all__ = ["check"]

pytestmark = pytest.mark.untraced

WAYS = {
    "from the root": (".", "data/2023-03/jia.csv"),
    "from the root, with ./": (".", "./data/2023-03/jia.csv"),
    "with ..": (".", "data/2023-02/../../data/./2023-03/jia.csv"),
    "doubled slashes": (".", "data//2023-03//jia.csv"),
    "absolute": (".", "{project}/data/2023-03/jia.csv"),
    "by a linked way": (".", "{link}/data/2023-03/jia.csv"),
    "by a linked way, with ..": ("plan", "{link}/data/../data/2023-03/jia.csv"),
    "by a link to its month": (".", "{month}/jia.csv"),
    "by a link to the file": (".", "{copy}"),
    "from inside data": ("data", "2023-03/jia.csv"),
    "from inside the month": ("data/2023-03", "jia.csv"),
    "from beside the month": ("data/2023-02", "../2023-03/jia.csv"),
    "from another folder": ("plan", "../data/2023-03/jia.csv"),
    "through the month": (".", "data/2023-03"),
    "through the month, from inside": ("data/2023-03", "."),
    "through the data": (".", "data/"),
    "as everything there is": ("data", ""),
    "from outside of the project": ("..", "project/data/2023-03/jia.csv"),
    "by a link, from outside": ("..", "copy.csv"),
    "through the data, from outside": ("..", "project/data"),
}
ROW = "2023-03,甲县,T01-01,服务类救助项目数,18,,,,\n"
OF_ANOTHER_UNIT = "2023-03,市本级,T03-01,市级方案,未启动,,,,\n"
OF_ANOTHER_MONTH = "2023-02,甲县,T01-01,服务类救助项目数,13,,,,\n"
FAULTS = {
    "MZ308 MZ603 MZ307 MZ501": HEADER + ROW.replace("18", "1") + OF_ANOTHER_UNIT + OF_ANOTHER_MONTH,
    "MZ101": "",
}
"""What is wrong with a report; without a text it is a link that leaves the project."""


def ways(tmp_path: Path) -> dict[str, Path]:
    """The project and links that lead to it, its month and its file."""
    project = tmp_path / "project"
    links = {
        "link": project,
        "month": project / "data" / "2023-03",
        "copy.csv": project / "data" / "2023-03" / "jia.csv",
    }
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    return {"project": project, **{name.removesuffix(".csv"): tmp_path / name for name in links}}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_gets_the_same_findings_however_it_is_named(
    fault: str, check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("data/2023-03/jia.csv", FAULTS[fault])
    if not FAULTS[fault]:
        write(tmp_path / "outside.csv", SOUND["data/2023-03/jia.csv"])
        Path("data/2023-03/jia.csv").unlink()
        Path("data/2023-03/jia.csv").symlink_to(tmp_path / "outside.csv")
    named = ways(tmp_path)

    def said(way: str) -> list[str]:
        folder, words = WAYS[way]
        monkeypatch.chdir(named["project"] / folder)
        plan = ("--plan", str(named["project"] / "plan"))
        ran = check("--format", "concise", *plan, *([words.format(**named)] if words else []))
        found = [line.partition(": ") for line in ran.out.splitlines() if ": MZ" in line]
        return [f"{place.partition('.csv')[2]} {text}" for place, _, text in found]

    expected = said("through the data")
    assert set(fault.split()) <= {word.rstrip(":") for line in expected for word in line.split()}
    # A link elsewhere leads to what the file in the data leads to, and is no file of the data itself.
    apart = {"by a link to the file", "by a link, from outside"} if not FAULTS[fault] else set()
    assert {way: said(way) for way in WAYS if way not in apart} == dict.fromkeys(WAYS.keys() - apart, expected)


def test_paths_are_shown_as_they_were_given(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("data/2023-03/jia.csv", HEADER + ROW)
    assert codes(check("--format", "concise", "./data/2023-03/jia.csv")) == ["MZ603 data/2023-03/jia.csv:0"]
    assert codes(check("--format", "concise", "data/../data/2023-03/jia.csv")) == [
        "MZ603 data/../data/2023-03/jia.csv:0"
    ]
    absolute = Path("data/2023-03/jia.csv").resolve()
    assert codes(check("--format", "concise", str(absolute))) == [f"MZ603 {absolute}:0"]
    monkeypatch.chdir("data")
    assert codes(check("--format", "concise", "2023-03/jia.csv")) == ["MZ603 2023-03/jia.csv:0"]
    assert codes(check("--format", "concise")) == ["MZ603 ./2023-03/jia.csv:0"]


@pytest.mark.parametrize(
    ("folder", "words", "place"),
    [
        (".", "data/2023-02", "data/2023-02/jia.csv"),
        (".", "data/2023-02/", "data/2023-02/jia.csv"),
        ("data", "2023-02", "./2023-02/jia.csv"),
        ("data/2023-02", ".", "../2023-02/jia.csv"),
    ],
)
def test_what_is_missing_from_a_month_is_told_where_it_should_be(
    folder: str, words: str, place: str, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("data/2023-02/jia.csv").unlink()
    monkeypatch.chdir(folder)
    assert codes(check("--format", "concise", words)) == [f"MZ601 {place}:0"]


def test_what_lies_outside_of_the_project_is_not_rewritten_through_a_link(check: Run, tmp_path: Path) -> None:
    untidy = report("甲县", "2023-03", "１８")
    write(tmp_path / "outside.csv", untidy)
    Path("data/2023-03/jia.csv").unlink()
    Path("data/2023-03/jia.csv").symlink_to(tmp_path / "outside.csv")
    for way in ("data/2023-03/jia.csv", "./data/2023-03/jia.csv", "data"):
        assert check("--fix", way).code == 1
    assert (tmp_path / "outside.csv").read_text() == untidy


def test_data_that_lie_elsewhere_are_data_too(check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.move("data", tmp_path / "kept")
    monkeypatch.setenv("MZPLAN_DATA", str(tmp_path / "kept"))
    write(tmp_path / "kept/2023-03/jia.csv", report("甲县", "2023-03", "1"))

    named = str(tmp_path / "kept/2023-03/jia.csv")
    assert [line.split()[0] for line in codes(check("--format", "concise"))] == ["MZ501"]
    assert (
        check("--format", "concise", named).out.splitlines()[:-1] == check("--format", "concise").out.splitlines()[:-1]
    )


def test_a_file_outside_of_all_data_speaks_for_what_its_path_names_or_most_of_its_rows(
    check: Run, tmp_path: Path
) -> None:
    for place in ("inbox/2023-03/jia.csv", "inbox/jia.csv", "inbox/2023-03/甲县三月.csv"):
        write(tmp_path / place, report("甲县", "2023-03", "18", OF_ANOTHER_MONTH))
    assert "MZ307" in check(str(tmp_path / "inbox/2023-03/jia.csv")).out
    assert "MZ307" in check(str(tmp_path / "inbox/jia.csv")).out
    assert "MZ119" not in check(str(tmp_path / "inbox/2023-03/甲县三月.csv")).out


def test_a_file_outside_of_all_data_is_judged_as_it_would_be_among_them(check: Run, tmp_path: Path) -> None:
    """In whatever folder it lies, named or below one that is: beside the months before, in its own place."""
    fallen = report("甲县", "2023-04", "14")  # 15 by March
    write(tmp_path / "jia.csv", fallen)
    write("came in/新建 表.csv", fallen)
    write("inbox/2023-04/甲县.csv", fallen)
    write("data/2023-04/jia.csv", fallen)

    def told(*arguments: str) -> list[str]:
        found = check("--format", "jsonl", *arguments, today="2023-05-05").out.splitlines()
        return [f"{each['code']} {each['line']}" for each in map(json.loads, found) if "code" in each]

    among = told("data/2023-04/jia.csv")
    assert "MZ501 2" in among
    Path("data/2023-04/jia.csv").unlink()
    for path in (str(tmp_path / "jia.csv"), "came in/新建 表.csv", "inbox/2023-04/甲县.csv", "came in"):
        assert told(path) == among
    write("data/2023-04/jia.csv", report("甲县", "2023-04", "20"))
    assert told("came in") == among
    assert told("--no-context", "came in") == []


def test_a_second_link_to_a_report_is_one_finding_wherever_we_are(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("data/2023-03/甲县.csv").symlink_to("jia.csv")
    assert codes(check("--format", "concise", "data")) == ["MZ121 data/2023-03/甲县.csv:0"]
    monkeypatch.chdir(tmp_path)
    outside = check("--format", "concise", "--plan", "project/plan", "project/data")
    assert codes(outside) == ["MZ121 project/data/2023-03/甲县.csv:0"]


def test_one_file_given_twice_is_one_and_a_link_is_another(tmp_path: Path) -> None:
    write(tmp_path / "data/2023-03/jia.csv", SOUND["data/2023-03/jia.csv"])
    (tmp_path / "data/2023-02").mkdir()
    (tmp_path / "data/2023-02/jia.csv").symlink_to("../2023-03/jia.csv")
    (tmp_path / "way").symlink_to(".")
    paths = [tmp_path / way / "data/2023-03/jia.csv" for way in (".", "way", "data/..")]
    given = data_sources([*paths, tmp_path / "data/2023-03"], tmp_path)
    assert [source.path for source in given] == [str(paths[0])]
    assert [source.spot for source in context_sources(given, tmp_path)] == [Spot(("2023-02",), "jia.csv")]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/a.csv", "data/a.csv"),
        ("data/sub/../a.csv", "data/a.csv"),
        ("data/../a.csv", None),
        ("data/../../x/a.csv", None),
        ("database/a.csv", None),
        ("data/out/a.csv", "data/out/a.csv"),
        ("data/out/../a.csv", None),
        ("in/a.csv", "data/sub/a.csv"),
        ("to.csv", "data/a.csv"),
    ],
)
def test_where_a_file_lies(path: str, expected: str | None, tmp_path: Path) -> None:
    top = tmp_path.resolve() / "top"
    for folder in ("data/sub", "database"):
        (top / folder).mkdir(parents=True)
    write(top / "data/a.csv", "x")
    (top.parent / "x").mkdir()
    (top / "data/out").symlink_to(top.parent / "x")
    (top / "in").symlink_to("data/sub")
    (top / "to.csv").symlink_to("data/a.csv")
    found = location_in(str(top / "data"), top / path)
    assert found == (None if expected is None else str(top / expected))


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("义乌市2022年9月", "2022-09"),
        ("二〇二二年九月", "2022-09"),
        ("十二月报表", "2023-12"),
        ("10月", "2023-10"),
        ("02", "2023-02"),
        ("汇总", None),
    ],
)
def test_a_name_tells_its_month_in_digits_or_words(name: str, month: str | None) -> None:
    assert month_meant(name, 2023) == (month and Period.parse(month))


def test_a_path_turns_back_from_where_its_link_leads(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a/b")
    assert absolute(tmp_path / "link/../x") == str(tmp_path.resolve() / "a/x")
    assert absolute(tmp_path / "./link//x") == str(tmp_path / "link/x")
    assert absolute(tmp_path / "link/..") == str(tmp_path.resolve() / "a")


def test_the_findings_of_a_folder_are_those_of_its_files(check: Run) -> None:
    """Named one by one, each file gets what the folder gets for it, except what only a folder can miss."""
    write("data/2023-03/yi.csv", report("乙市", "2023-03", "17", OF_ANOTHER_UNIT))
    write("data/2023-02/jia.csv", HEADER)
    whole = check("--format", "concise", "data").out
    for month in ("2023-01", "2023-02", "2023-03"):
        for unit in (*UNITS, "bureau"):
            path = f"data/{month}/{unit}.csv"
            alone = check("--format", "concise", path).out.splitlines()[:-1]
            assert alone == [line for line in whole.splitlines()[:-1] if line.startswith(path)]
