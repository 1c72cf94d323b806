"""Workbooks to be written: opened, and closed as the same bytes for the same content; needs XlsxWriter."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from mzplan.diagnostics import InputError, installing
from mzplan.reading.seal import SEAL, UNSEALED, sealed
from mzplan.render.layout import Look
from mzplan.said import say

A4 = 9
FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
LOOK = Look(ambiguous=2)
LONGEST_TEXT, LONGEST_TITLE = 32_767, 32
"""Characters of a cell, and of the title of a message."""

_MISSING = (
    "写 Excel 文件需要 XlsxWriter。请运行：{command} ；"
    "不装的换一种格式：template 用 --format csv，其他命令换 -o 的扩展名。"
)
_LONGEST_HEADING = 80
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook's dates have no zone
PAGES = "&C第 &P 页，共 &N 页"


def workbook(title: str, fill: Callable[[Any], None]) -> bytes:
    """A workbook that `fill` puts sheets into; it tells whether anybody has saved it since."""
    try:
        import xlsxwriter  # an extra, which few runs need
    except ImportError:
        raise InputError(say(_MISSING, command=installing("excel"))) from None
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, {**options, "default_format_properties": FONT})
    book.set_properties({"title": title, "created": _EPOCH})
    book.set_custom_property(SEAL, UNSEALED, "text")
    fill(book)
    book.close()
    return sealed(content.getvalue())


def on_a4(sheet: Any, left: str, centre: str, head: tuple[int, int], pages: str = PAGES) -> None:
    """Print on A4 on its side, as wide as a page, with those texts on each page and the rows of the head."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.5)
    names = (name[:_LONGEST_HEADING].replace("&", "&&") for name in (left, centre))
    sheet.set_header("&L{}&C{}".format(*names))
    sheet.set_footer(pages)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(*head)
