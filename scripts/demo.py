"""A month with workbooks, which `make demo` shows after the tables: a form made, filled, checked and collected.

All of it happens in a copy of the project that is thrown away; nothing of the checkout changes.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
FORM = "义乌市.xlsx"
INBOX = "inbox/"
SLIP = "T05-06"
"""The ratio whose parts are filled in the wrong way round at first."""


_GROWS = 10
"""A figure of so many goes on to grow."""


def show(folder: Path, arguments: str) -> None:
    """A command as it is typed, and what it says."""
    print(f"\n$ mzplan {arguments}", flush=True)
    command = [sys.executable, "-m", "mzplan", *arguments.split()]
    subprocess.run(command, cwd=folder, stderr=subprocess.STDOUT, check=False)


def remark(text: str) -> None:
    """What somebody does who has no mzplan."""
    print(f"\n# {text}", flush=True)


def fill(path: Path, slip: str = "") -> None:
    """The form as a clerk sends it back: what accumulates has grown by a few, the parts of `slip` are swapped."""
    book = openpyxl.load_workbook(path)
    header, *rows = book.worksheets[-1].iter_rows()
    names = [cell.value for cell in header]
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        figures = re.match(r"(-?[\d.]+)(?:/([\d.]+))?（", str(cells["上次填报"].value))
        if figures is None:
            continue  # a stage stands in the form already
        parts = [float(part) if "." in part else int(part) for part in figures.groups() if part]
        if parts[0] >= _GROWS and str(cells["填报口径"].value).startswith("1月1日以来"):
            parts[0] += 3
        if cells["指标编码"].value == slip:
            parts.reverse()
        for name, part in zip(("完成值",) if len(parts) == 1 else ("分子", "分母"), parts, strict=True):
            cells[name].value = part
    book.save(path)


def main() -> None:
    """Play the month."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("plan", "data"):
            shutil.copytree(ROOT / part, folder / part)
        show(folder, f"template --unit 义乌市 --period 2023-10 --output {FORM}")
        remark("填表人用 Excel 或 WPS 填好交回；有一行分子、分母填反了")
        fill(folder / FORM, SLIP)
        show(folder, f"check {FORM} --annotate returns/")
        remark("改好再交，放进收件箱")
        fill(folder / FORM)
        (folder / INBOX).mkdir()
        (folder / FORM).rename(folder / INBOX / "义乌10月（改）.xlsx")
        show(folder, f"collect {INBOX}")


if __name__ == "__main__":
    main()
