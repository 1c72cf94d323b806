"""Whatever a table is separated by, encoded in and dressed with, `--fix` makes the same records of it."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest

from test_cli_check import Run, check, report, write

__all__ = ["check"]

pytestmark = pytest.mark.untraced

Rows = Sequence[Sequence[str]]
PLAIN = report("甲县", "2023-03", "18")
HEADER, *RECORDS = csv.reader(StringIO(PLAIN))
PATH = "data/2023-03/jia.csv"

ABOVE: dict[str, Rows] = {
    "none": (),
    "a title alone in its row": [["甲县3月填报表"]],
    "a title with empty cells": [["甲县3月填报表", *[""] * 8]],
    "two titles, one in the middle": [
        ["", "", "", "甲县2023年3月填报表"],
        ["填报单位：甲县", "", "", "", "报告期：2023年3月"],
    ],
    "a title with commas": [["甲县3月填报表,,,,,,,,"]],
    "a title, an empty row, one of empty cells": [["甲县3月填报表"], [], [""] * 9],
}
BELOW: dict[str, Rows] = {
    "none": (),
    "a signature alone in its row": [["填报人：张三"]],
    "a signature with empty cells, and a phone": [["填报人：张三", "", "", "联系电话：0579-88812345", *[""] * 5]],
    "a total, an empty row, a signature": [["合计", "", "", "", "30", "", "", "", ""], [], ["审核人：李四"]],
}
CHINESE = ["报告期", "填报单位", "指标编码", "指标名称", "完成值", "分子", "分母", "说明", "佐证"]
TORN = [f"{name[:1]}\n{name[1:]}" for name in CHINESE]
HEADINGS = {"plain": HEADER, "chinese": CHINESE, "torn": TORN, "torn, all cells quoted": TORN}


class Quoted(csv.excel):
    """Excel's CSV with every cell in quotes."""

    quoting = csv.QUOTE_ALL


@pytest.mark.parametrize("mark", [",", ";", "\t"], ids=["commas", "semicolons", "tabs"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("below", BELOW)
def test_a_table_in_whatever_shape_becomes_the_plain_one(
    mark: str, encoding: str, end: str, heading: str, above: str, below: str, check: Run
) -> None:
    text = StringIO(newline="")
    writer = csv.writer(text, Quoted if "quoted" in heading else csv.excel, delimiter=mark, lineterminator=end)
    writer.writerows([*ABOVE[above], HEADINGS[heading], *RECORDS, *BELOW[below]])
    write(PATH, text.getvalue().encode(encoding))
    check("--fix", PATH)
    mended = Path(PATH).read_bytes()
    assert list(csv.reader(StringIO(mended.decode("utf-8-sig"), newline="")))[1:] == RECORDS
    assert check(PATH).code == 0
    check("--fix", PATH)
    assert Path(PATH).read_bytes() == mended, "twice changes nothing"
