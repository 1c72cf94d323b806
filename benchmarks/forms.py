"""What 200 filled forms cost beside the CSVs of the same content: processor time of the whole command.

    python benchmarks/forms.py

The form of one unit is made, filled with its shipped figures, saved by openpyxl and, where it is installed, by
LibreOffice, and checked 200 times over by its name. Prints what each took beside its bound, which is what the CSVs took
half as much again and a second, and ends with 1 when one is beyond it. Of several rounds in turn the least counts.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

ROOT = Path(__file__).parent.parent
MZPLAN = str(Path(sys.executable).with_name("mzplan"))
UNIT, MONTH, TODAY = "yiwu", "2023-09", "2023-10-05"
COPIES, ROUNDS = 200, 3
FILLED_IN = ("完成值", "分子", "分母", "说明", "佐证")


def filled(folder: Path, report: Path) -> Path:
    """The form of the unit, filled with what it reported."""
    form = folder / "form.xlsx"
    subprocess.run([MZPLAN, "template", "--unit", UNIT, "-p", MONTH, "-o", form.name], cwd=folder, check=True)
    with report.open(encoding="utf-8-sig", newline="") as file:
        records = {row["indicator"]: [*row.values()][-len(FILLED_IN) :] for row in csv.DictReader(file)}
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[-1]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        texts = records.get(str(sheet.cell(row, at["指标编码"]).value), ())
        for heading, text in zip(FILLED_IN, texts, strict=False):
            if text:
                sheet.cell(row, at[heading]).value = int(text) if text.isdigit() else text
    book.save(form)
    return form


def saved_elsewhere(folder: Path, form: Path) -> Path | None:
    """The same as LibreOffice saves it; None where there is none."""
    office = shutil.which("soffice")
    if office is None:
        return None
    told = [office, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "office", form.name]
    subprocess.run(told, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "office" / form.name


def taken(folder: Path, name: str) -> float:
    """Seconds of the processor that a check of a folder of copies takes."""
    command = [MZPLAN, "check", *sorted(str(path) for path in (folder / name).iterdir()), "--today", TODAY]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"exit {child.returncode}: {name}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Make the files, check them in turn, print what each kind took."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with TemporaryDirectory() as place:
        folder = Path(place)
        for part in ("plan", "data"):
            shutil.copytree(ROOT / part, folder / part)
        report = folder / "data" / MONTH / f"{UNIT}.csv"
        shutil.move(report, folder / "report.csv")
        form = filled(folder, folder / "report.csv")
        sources = {"CSVs": folder / "report.csv", "forms": form, "forms of LibreOffice": saved_elsewhere(folder, form)}
        for name, source in sources.items():
            (folder / name).mkdir()
            for number in range(COPIES if source else 0):
                shutil.copy(source, folder / name / f"{number:03}{source.suffix}")
        names = [name for name, source in sources.items() if source]
        least = {name: min(taken(folder, name) for _ in range(ROUNDS)) for name in names}
    bound = 1.5 * least["CSVs"] + 1
    for name, seconds in least.items():
        print(f"{seconds:5.2f} s of {bound:.2f}  {COPIES} {name}")
    sys.exit(1 if max(least.values()) > bound else 0)


if __name__ == "__main__":
    main()
