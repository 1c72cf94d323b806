"""What documents say of more units than a screen holds: by region, with counts that add up, and read back."""

import re
from pathlib import Path

import pytest

from conftest import out, run
from test_many_units import HEADER, project

Capture = pytest.CaptureFixture[str]

UNITS, REGIONS = 90, 3
SILENT = [*range(0, 90, 3), *range(1, 31, 3), 2, 5, 89]
"""All 30 of the region 0, ten of the region 1, two of the region 2, and the unit that is in none."""


@pytest.fixture
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ninety units, of which those report nothing in June; the last is in no region."""
    monkeypatch.chdir(project(tmp_path, UNITS, REGIONS))
    plan = Path("plan/2024.yaml")
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("单位89号, kind: county, parent: r2", "单位89号, kind: county"),
        encoding="utf-8",
    )
    for at in range(UNITS):
        path = Path(f"data/2024-06/u{at}.csv")
        if at in SILENT:
            path.unlink(missing_ok=True)
        else:
            rows = f"2024-06,单位{at}号,T01-01,项目,7,,,,\n2024-06,单位{at}号,T01-02,床位,1,,,,\n"
            path.write_text(HEADER + rows, encoding="utf-8")
    return tmp_path


KINDS: tuple[tuple[str, ...], ...] = ((), ("--kind", "reminder"))
BY_REGION = "（第0片30家、第1片10家、第2片2家、单位89号）"


@pytest.fixture
def bulletin(silent: Path, capsys: Capture) -> str:
    out(capsys, "summary", "-o", "b.md")
    return Path("b.md").read_text(encoding="utf-8")


def test_a_bulletin_counts_the_silent_by_region_and_has_a_row_for_each(bulletin: str) -> None:
    """43 of 90 are silent: 30 + 10 + 2 and one by name; each region's reports and figures are its own."""
    assert f"应报单位90家，报齐47家，未报43家{BY_REGION}" in bulletin
    assert f"未报齐的43家单位{BY_REGION}请尽快补报" in bulletin
    annex = bulletin[
        bulletin.index("### 各地区进展情况") : bulletin.index("附件3", bulletin.index("### 各地区进展情况"))
    ]
    rows = re.findall(r"^\| (第\d片|单位89号) .*\| +(\d+) \| +(\d+) \|$", annex, re.MULTILINE)
    assert rows == [("第0片", "60", "0"), ("第1片", "60", "40"), ("第2片", "58", "54"), ("单位89号", "2", "0")]
    assert "**第0片**：6月份应报的30家单位均未报。" in annex
    assert "6月份应报单位30家，报齐20家，未报10家（单位1号、单位4号、单位7号、单位10号、单位13号等）。" in annex
    assert "6月份应报单位29家，报齐27家，未报2家（单位2号和单位5号）。" in annex
    assert annex.count("单位8") == annex.count("单位89号")
    assert len(bulletin) < 5000


def test_what_is_said_of_regions_is_read_back_and_each_count_and_name_turned_round_is_found(
    bulletin: str, capsys: Capture
) -> None:
    assert run("summary", "--verify", "b.md") == 0
    turned = {
        "报齐47家，未报43家（第0片30家": "报齐47家，未报43家（第0片31家",
        "47家，未报43家（第0片30家、第1片10家": "47家，未报43家（第1片30家、第0片10家",
        "47家，未报43家（第0片30家、第1片10家、第2片2家、": "47家，未报43家（第0片30家、第1片10家、",
        "47家，未报43家（第0片30家、第1片10家、第2片2家、单位89号": "47家，未报43家（第0片30家、第1片10家、第2片2家",
        "43家单位（第0片30家、第1片10家": "43家单位（第0片30家、第1片9家",
        "应报单位30家，报齐20家，未报10家": "应报单位30家，报齐20家，未报9家",
        "应报单位29家，报齐27家": "应报单位29家，报齐26家",
        "未报2家（单位2号和单位5号）": "未报2家（单位2号和单位8号）",
    }
    capsys.readouterr()
    for said, wrong in turned.items():
        assert bulletin.count(said) == 1, said
        Path("b.md").write_text(bulletin.replace(said, wrong), encoding="utf-8")
        assert run("summary", "--verify", "b.md") == 1, wrong
        told = capsys.readouterr().out
        assert "MZ90" in told, wrong


@pytest.mark.usefixtures("silent")
def test_a_region_of_which_most_are_silent_has_no_mean_of_older_figures(capsys: Capture) -> None:
    """All of 第0片 have reported for May, and none for June; of 第1片 20 of 30 have."""
    Path("data/2024-05").mkdir(exist_ok=True)
    for at in range(0, 90, 3):
        rows = f"2024-05,单位{at}号,T01-01,项目,6,,,,\n2024-05,单位{at}号,T01-02,床位,1,,,,\n"
        Path(f"data/2024-05/u{at}.csv").write_text(HEADER + rows, encoding="utf-8")
    text = out(capsys, "summary", "-f", "markdown")
    assert "**第0片**：6月份应报的30家单位均未报。" in text
    assert re.search(r"^\| 第0片 +\| +— \|", text, re.MULTILINE)
    assert re.search(r"^\| 第1片 +\| +[0-9.]+ \|", text, re.MULTILINE)
    Path("b.md").write_text(text, encoding="utf-8")
    assert run("summary", "--verify", "b.md") == 0


@pytest.mark.usefixtures("silent")
def test_a_reminder_addresses_each_region_with_its_silent_units_by_name(capsys: Capture) -> None:
    text = out(capsys, "summary", "--kind", "reminder", "-f", "markdown")
    assert f"未报43家{BY_REGION}" in text
    assert "**第0片**：6月份应报的30家单位均未报。" in text
    names = "、".join(f"单位{at}号" for at in range(1, 28, 3))
    assert f"**第1片**：6月份应报单位30家，报齐20家，未报10家（{names}和单位28号）。" in text
    assert "**单位89号**：2024年6月报告期应报的2项指标均未报" in text
    Path("r.md").write_text(text, encoding="utf-8")
    assert run("summary", "--verify", "r.md") == 0


@pytest.mark.usefixtures("silent")
def test_few_silent_units_are_named_be_there_regions_or_not(capsys: Capture) -> None:
    for at in SILENT[2:]:
        rows = f"2024-06,单位{at}号,T01-01,项目,7,,,,\n2024-06,单位{at}号,T01-02,床位,1,,,,\n"
        Path(f"data/2024-06/u{at}.csv").write_text(HEADER + rows, encoding="utf-8")
    assert "未报2家（单位0号和单位3号）" in out(capsys, "summary")
    assert "单位0号：2024年6月报告期应报的2项指标均未报" in out(capsys, "summary", "--kind", "reminder").replace(
        "*", ""
    )


@pytest.mark.usefixtures("silent")
def test_of_many_carried_figures_a_cell_says_how_many_and_that_is_read_back(capsys: Capture) -> None:
    """The 43 that are silent in June had their twelve in May."""
    Path("data/2024-05").mkdir()
    for at in range(UNITS):
        rows = f"2024-05,单位{at}号,T01-01,项目,12,,,,\n2024-05,单位{at}号,T01-02,床位,1,,,,\n"
        Path(f"data/2024-05/u{at}.csv").write_text(HEADER + rows, encoding="utf-8")
        if at not in SILENT:
            june = rows.replace("2024-05", "2024-06")
            Path(f"data/2024-06/u{at}.csv").write_text(HEADER + june, encoding="utf-8")
    out(capsys, "summary", "-o", "b.md")
    text = Path("b.md").read_text(encoding="utf-8")
    cell = "90家单位达标（其中43家沿用此前数据）"
    assert text.count(cell) == 1
    assert run("summary", "--verify", "b.md") == 0
    Path("b.md").write_text(text.replace(cell, cell.replace("43", "42")), encoding="utf-8")
    capsys.readouterr()
    assert run("summary", "--verify", "b.md") == 1
    assert "43" in capsys.readouterr().out


def test_who_is_silent_is_named_once_where_the_list_would_have_to_be_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """7 of 14: in the request, or in a reminder each in a line of its own; up to five in both places."""
    monkeypatch.chdir(project(tmp_path, 14, 0))
    for at in range(4):
        Path(f"data/2024-06/u{at}.csv").unlink()
    few = "（单位0号、单位1号、单位2号、单位3号和单位9号）"
    bulletin = out(capsys, "summary")
    assert f"未报5家{few}，" in bulletin
    assert f"未报齐的5家单位{few}请尽快补报" in bulletin
    for at in (4, 5):
        Path(f"data/2024-06/u{at}.csv").unlink()
    documents = [
        out(capsys, "summary", *kind, "-o", "d.md") or Path("d.md").read_text(encoding="utf-8") for kind in KINDS
    ]
    assert ["报齐7家，未报7家，" in documents[0], "报齐7家，未报7家。" in documents[1]] == [True, True]
    assert "未报齐的7家单位（单位0号、单位1号、单位2号、单位3号、单位4号、单位5号和单位9号）请尽快补报" in documents[0]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *((each, None) for each in ("第1片报齐20家。", "第1片未报10家。", "第1片床位20张。", "第2片床位27张。")),
        ("第1片报齐21家。", "改为“报齐20家”"),
        ("第1片未报43家。", "改为“未报10家”"),
        ("第1片床位47张。", "改为“20张”"),  # that is all of the whole city's
    ],
)
def test_a_sentence_about_a_region_is_held_against_the_region(
    bulletin: str, capsys: Capture, said: str, meant: str | None
) -> None:
    """Twenty of 第1片 have reported a bed each, 27 of 第2片; never is the whole city's figure to stand there."""
    Path("c.md").write_text(bulletin.replace("一是", f"{said}一是", 1), encoding="utf-8")
    code = run("summary", "--verify", "c.md")
    told = capsys.readouterr().out
    assert (code, (meant or "MZ901") in told) == (int(meant is not None), meant is not None), told


@pytest.mark.untraced
def test_a_paragraph_under_another_regions_name_is_no_longer_that_regions(bulletin: str, capsys: Capture) -> None:
    Path("c.md").write_text(bulletin.replace("**第0片**", "**第2片**", 1), encoding="utf-8")
    assert run("summary", "--verify", "c.md") == 1
    assert "第2片应为2" in capsys.readouterr().out
