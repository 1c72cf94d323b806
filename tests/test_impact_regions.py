"""What differs of many units in regions: what has another verdict first, who has moved, ranks alone but counted."""

import json
import re
from pathlib import Path

import pytest

from conftest import out
from repositories import Git, commit, git
from test_many_units import COUNT, Capture, project

__all__ = ["git"]
ASKED = ("impact", "HEAD", "--period", "2024-06", "--format")


def revise(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def committed(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path, COUNT, regions=3))
    git("init", "-q", ".")
    commit(git)


def units(text: str) -> list[str]:
    """Whom the table of units lists."""
    _, _, table = text.partition("\n各单位\n")
    return re.findall(r"^ *(\S+)", table.partition("\n\n")[0], re.MULTILINE)[1:]


@pytest.mark.usefixtures("committed")
def test_units_whose_rank_alone_differs_are_counted_on_a_screen(capsys: Capture) -> None:
    """Unit 44 has 7 projects of 12 in June and no longer 4: the city and its region stand as before, others fall."""
    revise("data/2024-06/u44.csv", "项目,4,", "项目,7,")
    text = out(capsys, *ASKED, "plain")
    assert units(text) == ["单位44号", "另有"]
    (year,) = json.loads(out(capsys, *ASKED, "json"))["years"]
    others = {one["unit"] for one in year["units"]} - {"u44"}
    assert len(others) > 10
    assert f"单位中 {len(others)} 个只是位次变了\n" in text
    assert f"另有 {len(others)} 行没有列出" in text
    comment = out(capsys, *ASKED, "markdown")
    assert len(re.findall(r"^\| 单位44号 ", comment, re.MULTILINE)) == 3  # itself, its row and its record
    assert len(re.findall(r"^\| 单位", comment, re.MULTILINE)) == 3


@pytest.mark.usefixtures("committed")
def test_a_unit_in_another_region_is_told_with_both_as_a_cause(capsys: Capture) -> None:
    revise("plan/2024.yaml", "name: 单位1号, kind: county, parent: r1", "name: 单位1号, kind: county, parent: r0")
    revise("plan/2024.yaml", "name: 单位2号, kind: county, parent: r2", "name: 单位2号, kind: county")
    text = out(capsys, *ASKED, "plain")
    _, _, table = text.partition("\n换了地区的单位\n")
    assert [line.split() for line in table.partition("\n\n")[0].splitlines()] == [
        ["填报单位", "原属地区", "现属地区"],
        ["单位1号", "第1片", "第0片"],
        ["单位2号", "第2片", "-"],
    ]
    assert {*units(text)} >= {"第0片", "第1片", "第2片"}
    (year,) = json.loads(out(capsys, *ASKED, "json"))["years"]
    assert year["moves"] == [
        {"unit": "u1", "before": "r1", "after": "r0"},
        {"unit": "u2", "before": "r2", "after": ""},
    ]
    (year,) = json.loads(out(capsys, *ASKED, "json", "--unit", "u2"))["years"]
    assert [move["unit"] for move in year["moves"]] == ["u2"]


def test_a_unit_with_another_verdict_stands_before_regions_with_the_same(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """All 35 regions have more beds, more than a screen holds; one of the 70 units has lost its projects."""
    monkeypatch.chdir(project(tmp_path, 70, regions=35))
    git("init", "-q", ".")
    commit(git)
    for path in Path("data/2024-06").iterdir():
        revise(str(path), "床位,1,", "床位,5,")
    revise("data/2024-06/u7.csv", "项目,7,", "项目,1,")
    _, _, rows = out(capsys, *ASKED, "plain").partition("\n指标（变差")
    assert rows.splitlines()[2].split()[:2] == ["单位7号", "T01-01"]
