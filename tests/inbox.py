"""A project with sound reports from January to March, and what comes in for April: for the tests of `collect`."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import Mzplan, Ran
from test_cli_check import BEDS, GRADE, MEALS, SCHEME, Run, check, report
from workbooks import rows_of

__all__ = ["check"]

TODAY = "2023-05-05"
APRIL = "2023-04"
REGISTER = Path("inbox/filed/register.jsonl")
FILED = "报告期,填报单位,指标编码,指标名称,完成值,分子,分母,说明,佐证"

Collect = Callable[..., Ran]


@pytest.fixture
def collect(check: Run, mzplan: Mzplan) -> Collect:
    """Run `mzplan collect` in a project with sound reports from January to March."""
    return lambda *arguments: mzplan("collect", "--today", TODAY, *arguments)


def of_march(beds: str, note: str = "更正：录入错误") -> str:
    """March's report with another figure, and why."""
    return report("甲县", "2023-03", beds).replace(f",{beds},,,,", f",{beds},,,{note},")


def april(unit: str, beds: str = "30", extra: str = "") -> str:
    return report(unit, APRIL, beds, extra)


def rows(unit: str = "甲县", beds: str = "30") -> list[list[str]]:
    return rows_of(april(unit, beds))


def files() -> dict[str, bytes]:
    """Everything in the project, by path, but the register of what came in."""
    paths = (path for path in sorted(Path().rglob("*")) if path.is_file() and path != REGISTER)
    return {str(path): path.read_bytes() for path in paths}


def figures(path: str) -> dict[str, tuple[str, ...]]:
    """By indicator: value, numerator, denominator, note, evidence of a filed report."""
    table = list(csv.reader(io.StringIO(Path(path).read_text(encoding="utf-8-sig"))))
    assert ",".join(table[0]) == FILED
    return {row[2]: tuple(row[4:]) for row in table[1:]}


SOUND = {
    "T01-01": ("30", "", "", "", ""),
    "T01-02": ("", "8", "10", "", ""),
    "T02-01": ("12", "", "", "", ""),
    "T02-02": ("未启动", "", "", "", ""),
}


WIDE = """指标编码,指标名称,甲县,乙市,示范开发区,市本级,合计
T01-01,服务类救助项目数,30,31,32,—,93
T01-02,助餐点覆盖率,8/10,9/10,7/10,/,
T02-01,四A级社会组织数,12,13,14,—,39
T02-02,发展规划,未启动,未启动,推进中,—,
T03-01,市级方案,—,—,—,推进中,
"""


def gbk_zip(members: Mapping[str, bytes]) -> bytes:
    """As a Chinese Windows packs it: names in GBK, and no word of it."""

    class Entry(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # the library's own name
            return self.filename.encode("gb18030"), 0

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(Entry(name), data)
    return stream.getvalue()


BLANK = "".join(f"{APRIL},乙市,{name},,,,,\n" for name in (BEDS, MEALS, GRADE, SCHEME))


def undated(unit: str = "甲县") -> str:
    return april(unit).replace(f"{APRIL},", ",")
