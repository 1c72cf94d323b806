"""A small table that an option names, as a CSV or a workbook, and why it cannot be read."""

from pathlib import Path

from mzplan.cli.project import contents
from mzplan.diagnostics import InputError, Location, show
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.sheet import SheetRow, table_rows
from mzplan.reading.spreadsheet import Trouble
from mzplan.rules.workbooks import TROUBLES
from mzplan.said import say

_UNREADABLE = "{place}：读不成表格（{detail}），请用表格软件另存为“CSV UTF-8”。"
_EMPTY = "{place}：是空的。"
_SHEETS = "{place}：有内容的工作表不止一张（{detail}），请只留要用的那一张。"
_HIDDEN_SHEET = "{place}：有内容的工作表是隐藏的（{detail}），请取消隐藏，看过以后再用。"
_HIDDEN_ROWS = "{place}：从这一行起有 {detail} 行是隐藏的，请取消隐藏，看过以后再用，不要的删去。"


def rows_of(sheet: Path, limit: int) -> list[SheetRow]:
    """The rows of a file of at most that many bytes; InputError says why there are none to be had."""
    try:
        return list(table_rows(contents(sheet, limit)))
    except RefusedError as refused:
        raise InputError(_unreadable(sheet, refused.defect)) from None


def _unreadable(sheet: Path, defect: Defect) -> str:
    """Why a sheet cannot be read, and what to do about it."""
    place = show(str(Location(str(sheet), defect.line, defect.column)), 400)
    if defect.flaw is Flaw.SPREADSHEET and defect.detail in TROUBLES:
        message, remedy = TROUBLES[Trouble(defect.detail)]
        return say("{place}：{fact}。{remedy}", place=place, fact=message, remedy=remedy)
    hidden = _HIDDEN_SHEET if defect.expected == "hidden" else _SHEETS
    reason = {Flaw.EMPTY: _EMPTY, Flaw.SHEETS: hidden, Flaw.HIDDEN_ROWS: _HIDDEN_ROWS}.get(defect.flaw, _UNREADABLE)
    return say(reason, place=place, detail=show(defect.detail or defect.expected or defect.flaw))
