"""Two years' plans beside each other: the files of the year that is not looked at are told, and no empty run passes."""

import shutil
from pathlib import Path

import pytest

from conftest import Mzplan
from factory import write_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_project(tmp_path))
    text = Path("plan/2023.yaml").read_text(encoding="utf-8")
    Path("plan/2024.yaml").write_text(text.replace("2023", "2024"), encoding="utf-8")
    shutil.copy("plan/2023.breakdown.csv", "plan/2024.breakdown.csv")
    return tmp_path


def test_a_readme_of_next_year_does_not_choose_the_plan(project: Path, mzplan: Mzplan) -> None:
    readme = project / "data/2024-01/README.md"
    readme.parent.mkdir()
    readme.write_text("hi\n")
    wrong = project / "data/2023-06/zone.csv"
    wrong.write_text(wrong.read_text("utf-8-sig").replace("T01-01,9,", "T01-01,abc,"), encoding="utf-8")
    ran = mzplan("check", "data", "--as-of", "2023-07-05")
    assert ran.code == 1
    assert "abc" in ran.out


def test_the_files_of_another_year_are_told(project: Path, mzplan: Mzplan) -> None:
    report = project / "data/2024-01/north.csv"
    report.parent.mkdir()
    report.write_text((project / "data/2023-01/north.csv").read_text("utf-8-sig").replace("2023-01", "2024-01"))
    ran = mzplan("check", "data", "--as-of", "2024-02-05")
    assert "个文件属于另有计划的年度（2023），本次没有检查" in ran.err
    told = mzplan("check", "data", "--plan", "plan/2024.yaml", "--as-of", "2024-02-05")
    assert told.code in (0, 1)
