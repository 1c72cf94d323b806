"""A baseline written for some files or folders after one for all is the one for all."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import few
from test_cli_check import WRONG, Run, check, report, write

__all__ = ["check"]

pytestmark = pytest.mark.untraced

DAY = "2023-05-20"
FAULTY = {
    "data/2023-03/jia.csv": WRONG,
    "data/2023-02/jia.csv": report("甲县", "2023-02", "3", "2023-02,丙县,T01-01,,1,,,,\n2023-02,甲县,T01-01,,1,,,,\n"),
    "data/2023-01/yi.csv": "".join(report("乙市", "2023-01", "1O0").splitlines(keepends=True)[:3]),
    "data/2023-03/yi.csv": report("乙市", "2023-01", "7"),
    "data/10月/yi.csv": report("乙市", "2023-10", "7"),
    "data/2023-03/乙市.csv": report("乙市", "2023-03", "7"),
    "data/x.csv": "a,b\n",
    "data/2023-03/sub/bureau.csv": "a,b\n",
    "data/2023-01/notes.txt": "a,b\n",
    "data/2023-04/jia.csv": report("甲县", "2023-04", "100"),
    "waivers.csv": "code,unit,indicator,period,reason,until\n"
    "MZ301,甲县,,,市局同意,2023-12-31\nMZ301,乙市,,,市局同意,2023-01-31\nMZ399,甲县,,,市局同意,2023-12-31\n",
}
"""Of every family a fault, in rows, files, folders and waivers, and between months."""
ABSENT = "data/2023-02/yi.csv", "data/2023-03/devzone.csv"

SOME: dict[str, Sequence[str]] = {
    "a month": ["data/2023-02"],
    "the last month": ["data/2023-04"],
    "two months, one spelt otherwise": ["data/2023-01", "./data/2023-03/"],
    "a file": ["data/2023-02/jia.csv"],
    "files of two months": ["data/2023-01/yi.csv", "data/2023-03/yi.csv"],
    "a month and a file in it": ["data/2023-03", "data/2023-03/jia.csv"],
    "a folder that is no month's": ["data/10月"],
    "a folder in a month's": ["data/2023-03/sub"],
    "a file that does not count": ["data/2023-03/乙市.csv"],
    "a file beside the months": ["data/x.csv"],
    "all": ["data"],
    "all and a file": ["data", "data/x.csv"],
}


@pytest.fixture
def faulty(check: Run) -> Run:
    """A project with a baseline of all its faults, `b.json`."""
    for path, text in FAULTY.items():
        write(path, text)
    for path in ABSENT:
        Path(path).unlink()
    check("--write-baseline", "b.json", today=DAY)
    return check


@few("some", SOME, ["a month", "a folder that is no month's", "files of two months"])
def test_a_baseline_of_some_after_one_of_all_changes_nothing(some: str, faulty: Run) -> None:
    whole = Path("b.json").read_bytes()
    total = whole.count(b'"count": 1}')
    for _ in range(2):
        said = faulty("--write-baseline", "b.json", *SOME[some], today=DAY).err
        assert Path("b.json").read_bytes() == whole
        assert sum(map(int, re.findall(r"(\d+) 条", said))) == total
    ran = faulty("--baseline", "b.json", today=DAY)
    assert (ran.code, ran.err) == (0, "")


def test_what_is_mended_of_some_goes_and_what_is_absent_elsewhere_stays(faulty: Run) -> None:
    write(ABSENT[0], report("乙市", "2023-02", "1O1"))
    said = faulty("--write-baseline", "b.json", "data/2023-02", today=DAY).err
    assert re.fullmatch(r"已写入基线 b\.json：\d+ 条；没有检查的 \d+ 条照旧。\n", said)
    lines = [line for line in Path("b.json").read_text().splitlines() if any(path in line for path in ABSENT)]
    assert [re.findall("MZ...", line) for line in lines] == [["MZ223"], ["MZ602"]]
    assert faulty("--baseline", "b.json", today=DAY).err == ""


def test_no_baseline_knows_what_could_not_be_looked_at(check: Run) -> None:
    """Of an empty folder it would say later that nothing is wrong, and of a link whatever it leads to."""
    Path("data/2023-05").mkdir()
    Path("data/2023-06").mkdir()
    write("data/2023-06/README.md", "甲")
    Path("data/2023-03/jia.csv").unlink()
    Path("data/2023-03/jia.csv").symlink_to("/dev/zero")
    for path, code in (("data/2023-05", "MZ102"), ("data/2023-06", "MZ102"), ("data/2023-03/jia.csv", "MZ101")):
        said = check("--write-baseline", "b.json", path, today=DAY).err
        assert "1 条没有写入基线" in said, path
        assert code not in Path("b.json").read_text(), path
        ran = check("--baseline", "b.json", path, today=DAY)
        assert (ran.code, code in ran.out) == (1, True), path


def test_what_an_older_baseline_knows_of_an_empty_folder_is_told_and_not_kept(check: Run) -> None:
    Path("data/2023-05").mkdir()
    entry = '"path": "data/2023-05", "code": "MZ102", "unit": "", "indicator": "", "period": "", "field": "", '
    known = f'{{"schema_version": 3, "findings": [{{{entry} "value": "", "row": "", "count": 1}}]}}'
    write("b.json", known)
    assert check("--baseline", "b.json", "data/2023-05", today=DAY).code == 1
    check("--write-baseline", "b.json", "data/2023-02", today=DAY)
    assert "MZ102" not in Path("b.json").read_text()
