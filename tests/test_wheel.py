"""Installed elsewhere, the program brings its plan along and asks for the data."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def built(made: Path, source: Path) -> Path:
    """The wheel of that source."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(made), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = made.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"), ROOT)


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """A folder with the built wheel unpacked by pip, and nothing of the checkout."""
    target = wheel.parent / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "mzplan", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_plan_is_in_the_package_and_the_data_must_be_named(installed: Path, tmp_path: Path) -> None:
    assert (installed / "mzplan" / "plans" / "2023.yaml").read_bytes() == (ROOT / "plan" / "2023.yaml").read_bytes()
    shown = run(installed, tmp_path, "status", "--data", str(ROOT / "data"), "--format", "plain")
    assert shown.returncode == 0
    assert shown.stderr.startswith("用的是随程序附带的《2023年全市民政工作要点》（金华市民政局）")
    assert "2023年全市民政工作要点" in shown.stdout
    unnamed = run(installed, tmp_path, "status")
    assert unnamed.returncode == 2
    assert "--data" in unnamed.stderr


def test_a_project_is_founded_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    made = run(installed, tmp_path, "init", "city", "--city", "示范市", "--year", "2022", "--units", "甲县,乙县")
    assert (made.returncode, made.stderr) == (0, "")
    example = ROOT / "docs" / "examples" / "gitlab" / ".gitlab-ci.yml"
    assert (tmp_path / "city" / ".gitlab-ci.yml").read_bytes() == example.read_bytes()
    assert run(installed, tmp_path / "city", "plan", "check").returncode == 0


def test_the_pages_come_along(installed: Path, tmp_path: Path) -> None:
    shown = run(installed, tmp_path, "help", "collect")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("# 收表和催报\n")


def test_the_container_image_is_built_from_all_that_the_wheel_needs(wheel: Path, tmp_path: Path) -> None:
    """From what its recipe copies, and nothing else, the same wheel is made."""
    (tmp_path / "image").mkdir()
    for line in re.findall("^COPY (.+)$", (ROOT / "Containerfile").read_text("utf-8"), re.MULTILINE):
        *sources, to = line.split()
        for source in map(ROOT.joinpath, sources):
            if source.is_dir():
                shutil.copytree(source, tmp_path / "image" / to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, tmp_path / "image")
    with zipfile.ZipFile(built(tmp_path, tmp_path / "image")) as image, zipfile.ZipFile(wheel) as whole:
        assert {each.filename: each.CRC for each in image.infolist()} == {
            each.filename: each.CRC for each in whole.infolist()
        }


MADE = {"dist", ".venv-windows"}
"""What tests read that is made from the rest."""


def test_the_source_archive_holds_what_its_tests_read(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        held = {Path(*Path(name).parts[1:2]).name for name in archive.getnames()}
    named = {
        word
        for test in (ROOT / "tests").glob("*.py")
        for word in re.findall(r'ROOT / "([^"]+)"', test.read_text(encoding="utf-8"))
        if (ROOT / word).exists() and word not in MADE
    }
    assert named > {"action.yml", "docs", "plan"}
    assert held >= {*named, "tests", "benchmarks", "fuzz", "scripts", "Makefile"}


def test_schemas_and_the_type_marker_are_shipped(installed: Path) -> None:
    package = installed / "mzplan"
    assert (package / "py.typed").exists()
    assert {path.name for path in (package / "schemas").glob("*.json")} >= {
        "check.schema.json",
        "plan.schema.json",
        "status.schema.json",
        "summary.schema.json",
    }
