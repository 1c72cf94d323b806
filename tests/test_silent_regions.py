"""A region of which no unit has reported: its older figures are marked, and who is silent is named."""

from pathlib import Path

import pytest

from conftest import out
from test_many_units import COUNT, HEADER, Capture, project

SILENT = range(1, COUNT, 3)
"""The units of region 1; those of other regions that report nothing are 9, 29 and 39."""


@pytest.fixture(autouse=True)
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All fifteen had done their twelve by May."""
    monkeypatch.chdir(project(tmp_path, COUNT, regions=3))
    Path("data/2024-05").mkdir()
    for at in SILENT:
        Path(f"data/2024-06/u{at}.csv").unlink(missing_ok=True)
        rows = f"2024-05,单位{at}号,T01-01,项目,12,,,,\n2024-05,单位{at}号,T01-02,床位,1,,,,\n"
        Path(f"data/2024-05/u{at}.csv").write_text(HEADER + rows, encoding="utf-8")


def test_what_is_carried_into_its_rows_is_marked_whatever_its_status(capsys: Capture) -> None:
    text = out(capsys, "status", "--unit", "r1", "--period", "2024-06", "--only", "missing")
    _, _, rows = text.partition("■ 第1片\n")
    done, beds = (line for line in rows.split("\n\n")[0].splitlines() if line.startswith("T01-"))
    assert "已完成（未报15家）" in done
    assert "仅统计贡献（未报15家）" in beds


def test_its_explanation_says_that_nobody_has_reported(capsys: Capture) -> None:
    text = out(capsys, "explain", "T01-01", "r1", "--period", "2024-06")
    assert "\n  已完成。" in text
    assert "\n  未报15家。\n" in text


def test_the_whole_citys_names_all_who_are_silent_where_it_does_not_list_their_records(capsys: Capture) -> None:
    """Of 42 records 30 are listed, each with its mark; the others' marks are not to be seen."""
    text = out(capsys, "explain", "T01-02", "--period", "2024-06")
    assert "另有 12 条记录没有列出" in text
    names = "、".join(f"单位{at}号" for at in sorted([*SILENT, 9, 29, 39]))
    assert f"\n  未报：{names}\n" in text
