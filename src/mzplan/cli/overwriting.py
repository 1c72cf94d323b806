"""What a result is never written over: a link, and without `--force` figures, a plan or settings."""

import csv
import re
from contextlib import suppress
from io import StringIO
from itertools import islice
from pathlib import Path

from mzplan.diagnostics import InputError, show
from mzplan.plan.breakdown import COLUMNS
from mzplan.plan.breakdown_columns import field_of as column_of
from mzplan.reading.csv_border import HEADER_ROWS
from mzplan.reading.files import LINK_REASON, FileError, StrPath, is_link, open_regular, real_path
from mzplan.reading.seal import is_untouched
from mzplan.reading.text import BEGINNING, beginning
from mzplan.said import say
from mzplan.submissions.header import FILLED_IN, MOST_ROWS, is_header, meant_field
from mzplan.submissions.repair import REWRITTEN
from mzplan.submissions.unfilled import is_unfilled

BASELINE = "基线"
FORCE = "覆盖已有的数据、计划或设置；默认拒绝。"
"""The help of `--force`."""

_KEPT = "{path} 是{what}，不会覆盖。请换一个文件名；确要覆盖，请加 --force。"
_NOT_OURS = "{path} 已经有了，不是这个命令写的，不会覆盖。请写到别的文件夹；确要覆盖，请加 --force。"
_AMONG_PLANS = "{path} 在计划文件夹里，会被当作{what}。请写到别处；确要写在那里，请加 --force。"
_AMONG_DATA = "{path} 在项目的数据文件夹里，那里只放各单位的报表。请写到别处；确要写在那里，请加 --force。"
_OF_A_NAME = "{path} 会被当作{what}。请换一个文件名；确要写成它，请加 --force。"
_LINKED = "无法写入 {path}：{reason}。请写出文件本身的路径。"

_DATA = "已填报的数据"
AMONG_DATA = "项目数据文件夹里的文件"
_PLAN = "计划"
BREAKDOWN = "任务分解表"
_WEIGHTS = "权重表"
_WORKBOOK = "工作簿，里面可能有数"
_UNREADABLE = "读不出内容的文件，里面可能有数"

_PLAN_SUFFIXES = {".yaml": _PLAN, ".yml": _PLAN, ".csv": BREAKDOWN}
_BY_NAME = {"mzplan.toml": "设置文件", "waivers.csv": "豁免表"}
_YAML_START = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n|---[ \t]*\r?\n)*[A-Za-z_\"']+[ ]*:")
_PLAN_KEYS = re.compile(r"^(?:action_areas|reporting_units)[ ]*:", re.M)
_BASELINE_START = re.compile(r'\s*\{\s*"schema_version":\s*\d+,\s*"findings":\s*\[')
_BREAKDOWN_COLUMNS = frozenset(COLUMNS) - {"source"}
_QUOTING = re.compile(r"(?:#+ )?MZ\d{3} |\{")
"""How a text of ours begins that quotes reports: the page of a rule, or JSON."""


def refuse_to_overwrite(
    path: StrPath, *, force: bool = False, usual: str = "", makes: str = "", begins: str = ""
) -> None:
    """InputError when a result must not be written there; `usual` is the kind of file that it may replace.

    `makes` is what the command makes for that place. `begins` is how every result begins that it gives this name
    itself: what begins otherwise is somebody else's.

    Nobody takes the place of a link: what it leads to may be another's, and who writes does not see it. A device or a
    pipe is written to, and a file of any other kind is replaced. A new file among the plans would be taken for one,
    among the data for a report, and under a name that the project reads for that: there goes only what is made for it,
    a breakdown and a form.
    """
    if is_link(path):
        raise InputError(say(_LINKED, path=show(str(path), 4096), reason=LINK_REASON))
    if force or Path(path).is_symlink():  # what is left are our own streams, which are written on
        return
    if Path(path).is_file() and (what := kept_for(path)) and what != usual:
        raise InputError(say(_KEPT, path=show(str(path), 4096), what=what))
    if begins and Path(path).is_file() and not _begins(path, begins):
        raise InputError(say(_NOT_OURS, path=show(str(path), 4096)))
    if not Path(path).exists() and (what := _taken_for(Path(real_path(path)))) not in ("", makes):
        told = {AMONG_DATA: _AMONG_DATA, _PLAN: _AMONG_PLANS, BREAKDOWN: _AMONG_PLANS}.get(what, _OF_A_NAME)
        raise InputError(say(told, path=show(str(path), 4096), what=what))


def kept_for(path: StrPath) -> str:
    """What makes an existing file worth keeping, in words; empty when nothing does."""
    file = Path(real_path(path))
    if found := _taken_for(file):
        return found
    try:
        with open_regular(file) as stream:
            data = stream.read(BEGINNING)
    except FileError:
        return _UNREADABLE
    return _by_content(data)


def _taken_for(file: Path) -> str:
    """What a file is read as by its name, or by the project in which it lies, wherever we are."""
    if found := _BY_NAME.get(file.name.lower()):
        return found
    for root in file.parents:
        if (root / "plan").is_dir():
            if file.is_relative_to(root / "data"):
                return AMONG_DATA
            if file.is_relative_to(root / "plan") and file.suffix.lower() in _PLAN_SUFFIXES:
                return _PLAN_SUFFIXES[file.suffix.lower()]
    return ""


def _begins(path: StrPath, text: str) -> bool:
    """Whether an existing file begins with that text, or is empty."""
    with open_regular(real_path(path)) as stream:
        data = stream.read(BEGINNING)
    return not data or data.startswith(text.encode())


def _by_content(data: bytes) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0") or (data.startswith(b"PK") and re.search(rb"xl/|\.spreadsheet", data)):
        return "" if is_untouched(data) else _WORKBOOK
    text = beginning(data)
    if _YAML_START.match(text) and _PLAN_KEYS.search(text):
        return _PLAN
    if _BASELINE_START.match(text):
        return BASELINE
    if _QUOTING.match(text):
        return ""
    return next(filter(None, (_by_rows(text, delimiter) for delimiter in (",", *REWRITTEN))), "")


def _by_rows(text: str, delimiter: str) -> str:
    rows: list[list[str]] = []
    with suppress(csv.Error):  # what was read before a cell that is far too long tells enough
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        rows.extend(row for row in islice(reader, MOST_ROWS) if any(row))
    for at, row in enumerate(rows[:HEADER_ROWS]):
        if {column_of(cell) for cell in row} >= _BREAKDOWN_COLUMNS:
            return BREAKDOWN
        if {cell.strip() for cell in row} == {"unit", "weight"}:
            return _WEIGHTS
        if is_header(row):
            columns = [column for column, cell in enumerate(row) if meant_field(cell) in FILLED_IN]
            cells = (row[column] for row in rows[at + 1 :] for column in columns if column < len(row))
            return _DATA if any(map(str.strip, cells)) and not is_unfilled(rows) else ""
    return ""
