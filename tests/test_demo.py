"""What `make demo` plays after the tables: one month of a clerk and an officer, with a slip."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_form_is_made_filled_checked_mended_and_collected() -> None:
    before = {path: path.stat().st_mtime_ns for path in (ROOT / "data").rglob("*")}
    played = subprocess.run(
        [sys.executable, "scripts/demo.py"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert played.stderr == ""
    steps = [step.strip() for step in played.stdout.split("\n$ mzplan ")[1:]]
    made, wrong, collected = steps
    assert "已写入 义乌市.xlsx：义乌市 2023-10，68 项指标。" in made
    assert "MZ404 错误：第19行 F列（填报!F19） T05-06 助餐服务城乡社区覆盖率：分子 362 大于分母 296" in wrong
    assert "returns/义乌市.xlsx" in wrong
    assert "√ inbox/义乌10月（改）.xlsx：义乌市 2023-10，归档" in collected
    assert "68 条 → data/2023-10/yiwu.csv" in collected
    assert "2023-10 还有 10 家未报：" in collected
    assert {path: path.stat().st_mtime_ns for path in (ROOT / "data").rglob("*")} == before
