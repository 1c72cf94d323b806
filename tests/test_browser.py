"""The page of `mzplan report` in a real browser, at three widths, on paper and to axe. Skipped where there is none."""

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import run

ROOT = Path(__file__).parent.parent
DRIVER = Path(__file__).parent / "browser"
CHROMIUM, NODE = shutil.which("chromium"), shutil.which("node")
IS_INSTALLED = bool(CHROMIUM and NODE and (DRIVER / "node_modules" / "playwright-core").is_dir())
pytestmark = [
    pytest.mark.browser,
    pytest.mark.untraced,
    pytest.mark.skipif(not IS_INSTALLED, reason="no Chromium to drive: make browser-tests"),
]


def test_the_report_works_in_a_browser_and_axe_finds_nothing(tmp_path: Path) -> None:
    page = tmp_path / "报告.html"
    assert run("report", "--plan", ROOT / "plan" / "2023.yaml", "--data", ROOT / "data", "-o", page) == 0
    assert NODE is not None
    done = subprocess.run(
        [NODE, "report.mjs", str(page), "T05-03", str(tmp_path)],
        cwd=DRIVER,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {file.name for file in tmp_path.glob("*.png")} == {
        "360.png",
        "900.png",
        "1280.png",
        "1400.png",
        "indicator.png",
    }
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
