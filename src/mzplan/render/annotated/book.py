"""A clerk's file as a workbook that can be written in, with its look as far as it can be kept, and what is lost of it.

openpyxl opens what it writes and much else, but not everything, and it drops what it does not know. What it makes of a
file is held against what our own reader sees there; where they differ, the cells are put into a new workbook.
"""

import re
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mzplan.diagnostics import show
from mzplan.reading.archive import all_parts
from mzplan.reading.flaws import RefusedError
from mzplan.reading.formula import is_formula
from mzplan.reading.spreadsheet import FORMULA_MARK, Grid
from mzplan.reading.workbook import is_workbook, sheets_of
from mzplan.render.annotated.results import Result, results_of, with_results
from mzplan.said import listed, say
from mzplan.submissions.grids import grids_of

_CONVERTED = "由 {kind} 转成工作簿（xlsx），只有单元格的内容，版式、图片等没有保留；要用的，请在原文件里改。"
_REBUILT = "副本里只有单元格的内容，版式、图片等没有保留；要用的，请在原文件里改。"

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]*[1-9])?")
_MOST_DIGITS = 15
_LONGEST = 32_767
"""Characters of a cell."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]]")
_LONGEST_NAME = 31
_CONVERTIBLE = (".xls", ".ods")
_DOCTYPE = b"<!DOCTYPE"

_SHEETS, _DRAWINGS = r"xl/worksheets/[^/]+\.xml", r"xl/drawings/drawing[^/]*\.xml"
_VML, _MEDIA, _OTHER = r"xl/(?:drawings/)?[^/]*vml[^/]*\.vml", r"(?:xl/)?media/.*", "其他内容"
_THINGS: Sequence[tuple[str, str, str]] = (
    ("图片", _DRAWINGS, r"<(?:\w+:)?pic[ >]"),
    ("文本框", _DRAWINGS, r"""<(?:\w+:)?cNvSpPr [^>]*txBox=["'](?:1|true)"""),
    ("图形", _DRAWINGS, r"""<(?:\w+:)?(?:cNvSpPr(?! [^>]*txBox=["'](?:1|true))|cNvCxnSpPr|contentPart)\b"""),
    ("图形", r"xl/(?:diagrams|ink)/.*", ""),
    ("图表", r"xl/(?:charts/chart|chartsheets/)[^/]*\.xml", ""),
    ("工作表背景", _SHEETS, r"<(?:\w+:)?picture[ />]"),
    ("页眉、页脚里的图片", _SHEETS, r"<(?:\w+:)?legacyDrawingHF[ />]"),
    ("切片器", r"xl/(?:slicer|timeline)\w*/.*", ""),
    ("数据透视表", r"xl/pivot(?:tables|cache)/[^/]*\.xml", ""),
    ("控件", r"xl/(?:ctrlprops|activex)/[^/]*\.xml", ""),
    ("控件", _VML, r"""ObjectType=["'](?!Note|Pict)"""),
    ("复选框", r"xl/featurepropertybag/.*", r'type="Checkbox"'),
    ("嵌入的文件", r"xl/embeddings/.*", ""),
    ("新式批注", r"xl/threadedcomments/.*", ""),
    ("单元格图片", r"xl/(?:cellimages|richdata/(?:richvaluerel|rdrichvaluewebimage))\.xml", ""),
    ("数据连接", r"xl/(?:connections\.xml|querytables/.*|model/.*|customdata/.*)", ""),
    ("外部链接", r"xl/externallinks/[^/]*\.xml", ""),
    ("宏", r"xl/(?:vbaproject\.bin|macrosheets/.*|dialogsheets/.*)", ""),
    ("数字签名", r"_xmlsignatures/.*\.xml", ""),
    ("自定义 XML 数据", r"customxml/item\d*\.xml", r"(?s)\A(?!.*(?:wps\.cn|microsoft\.com))"),
    ("允许编辑的区域", _SHEETS, r"<(?:\w+:)?protectedRange[ >]"),
    ("新式数据验证", _SHEETS, r"<x14:dataValidation[ >]"),
    ("新式条件格式", _SHEETS, r"<x14:conditionalFormatting[ >]"),
    ("迷你图", _SHEETS, r"<x14:sparklineGroup[ >]"),
    (
        _OTHER,
        _SHEETS,
        r"<ext [^>]*>\s*<(?!/|x1[45]:(?:dataVal|condit|sparkline|id|ignored|slicer|timeline|protectedR))",
    ),
)
"""What openpyxl may drop: its name, where it stands, and what it begins with there; without that each part is one."""
_UNSEEN = re.compile(
    r"\[content_types\]\.xml|mimetype|\[trash\]/.*|(?:.*/)?_rels/.*|docprops/.*|docmetadata/.*|package/services/.*"
    r"|customxml/.*|_xmlsignatures/.*|(?:xl/)?(?:workbook|styles|sharedstrings|calcchain|metadata|volatiledependencies)\d*(?:\.\w+)?"
    r"|xl/charts/(?:style|colors)\d*\.xml|(?:.*/)?(?:persons|printersettings|richdata|featurepropertybag)/.*"
)
"""Parts in which nothing stands that is seen by itself: what there is to see of them is looked for in `_THINGS`."""
_TYPED = "数据类型"
_VALUES, _STRUCTURES = "xl/richdata/rdrichvalue.xml", "xl/richdata/rdrichvaluestructure.xml"
_VALUE, _STRUCTURE = (
    re.compile(each) for each in (rb"""<rv\b(?:[^>]*\bs=["'](\w+))?""", rb"""<s\b[^>]*\bt=["'](\w+)""")
)
_TOLD_OTHERWISE = frozenset({b"_localImage", b"_webimage", b"_error"})
"""Structures of rich values that are no linked data: pictures are told as such, an error is what the cell shows."""
_FALLBACK = re.compile(rb"(?s)<(?P<tag>\w+:Fallback)\b.*?</(?P=tag)>")
"""What an older program shows in the place of something: a shape for a slicer."""
_DECLARED = re.compile(rb"<(?:\w+:)?Override\b[^>]*>")
_NAME_OF, _TYPE_OF = (re.compile(rf"""\b{each}=["']/?([^"']*)""".encode()) for each in ("PartName", "ContentType"))


class MarkedWorkbook(NamedTuple):
    """The workbook to write in."""

    book: Workbook
    grids: Mapping[str, Grid]
    """Its sheets as our reader sees them."""
    lost: str
    """What could not be kept of the file, in a sentence; empty when all of it is there."""
    results: Mapping[str, Mapping[str, Result]] = {}
    """What its formulas came to."""

    def saved(self) -> bytes:
        """The bytes of the workbook as it is now, its formulas with what they came to."""
        return with_results(_saved(self.book), self.book, self.results)


def draft_of(data: bytes, kind: str) -> MarkedWorkbook:
    """A file's cells and look; `kind` is how its name ends. One that cannot be read gives a workbook without sheets."""
    try:
        grids = grids_of(data)
    except RefusedError:
        return MarkedWorkbook(_empty(), {}, "原文件读不出内容，副本里只有校验结果。")
    by_name = {_sheet_name(grid.name, at): grid for at, grid in enumerate(grids)}
    if not is_workbook(data):
        return MarkedWorkbook(_rebuilt(by_name), by_name, "")
    if opened := _opened(data, grids):
        book, again = opened
        return MarkedWorkbook(book, {grid.name: grid for grid in grids}, lost(data, again), results_of(data))
    how = say(_CONVERTED, kind=kind.removeprefix(".")) if kind in _CONVERTIBLE else _REBUILT
    return MarkedWorkbook(_rebuilt(by_name), by_name, how)


def lost(before: bytes, after: bytes) -> str:
    """What was in one workbook and is not in the other, in a sentence; empty when nothing is."""
    old, new = _counted(all_parts(before)), _counted(all_parts(after))
    known = {_TYPED, *(thing for thing, _, _ in _THINGS)}
    gone = [thing for thing in old if old[thing] > new[thing] and thing != _MEDIA]
    gone = gone or ["图片"] * (old[_MEDIA] > new[_MEDIA])
    things = dict.fromkeys(thing if thing in known else _OTHER for thing in gone)
    return say("原文件里的{things}没有保留；要用的，请在原文件里改。", things=listed(things)) if things else ""


def _saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def storable(text: str) -> str:
    """The text as a cell can hold it: what XML has no room for spelt out."""
    return _NOT_IN_XML.sub(lambda found: show(found[0]), text)[:_LONGEST]


def _counted(parts: Mapping[str, bytes]) -> Counter[str]:
    """How often each thing is there, and each type of part that holds none; a picture's bytes by themselves."""
    counts: Counter[str] = Counter()
    types = _types(parts)
    if typed := _typed({name.lower(): part for name, part in parts.items()}):
        counts[_TYPED] = typed
    for name, part in ((name.lower(), part) for name, part in parts.items()):
        here = [(thing, what) for thing, where, what in _THINGS if re.fullmatch(where, name)]
        for thing, what in here:
            counts[thing] += len(re.findall(what.encode(), _FALLBACK.sub(b"", part))) if what else 1
        if re.fullmatch(_MEDIA, name):
            counts[_MEDIA] += 1
        elif not here and not _UNSEEN.fullmatch(name) and not name.endswith("/"):
            counts[types.get(name, _OTHER)] += 1
    return counts


def _typed(parts: Mapping[str, bytes]) -> int:
    """How many rich values are linked data, or of a structure that nobody knows."""
    structures = enumerate(_STRUCTURE.findall(parts.get(_STRUCTURES, b"")))
    named = {str(number).encode(): name for number, name in structures}
    return sum(named.get(number) not in _TOLD_OTHERWISE for number in _VALUE.findall(parts.get(_VALUES, b"")))


def _types(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """By name in lower case what a package says that its parts are."""
    index = next((part for name, part in parts.items() if name.lower() == "[content_types].xml"), b"")
    said = ((_NAME_OF.search(each), _TYPE_OF.search(each)) for each in _DECLARED.findall(index))
    declared = ((name[1], of[1]) for name, of in said if name and of)
    return {name.decode(errors="replace").lower(): of.decode(errors="replace") for name, of in declared}


def _opened(data: bytes, grids: Sequence[Grid]) -> tuple[Workbook, bytes] | None:
    """The workbook with all of its look, and as it is written; None when openpyxl cannot, or would change a cell."""
    try:
        parts = all_parts(data)
    except RefusedError:
        return None
    if any(_DOCTYPE in part for name, part in parts.items() if name.endswith((".xml", ".rels", ".vml"))):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it drops is counted afterwards
        try:
            book = load_workbook(BytesIO(_packed(parts)), rich_text=True)
            again = _saved(book)
            return (book, again) if _says_the_same(grids, sheets_of(again)) else None
        except Exception:  # what the library makes of a file that it does not understand may be anything
            return None


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def _says_the_same(before: Sequence[Grid], after: Sequence[Grid]) -> bool:
    """Whether every cell says what it did; a formula's result is worked out again by whoever opens the file."""
    if [grid.name for grid in before] != [grid.name for grid in after]:
        return False
    for old, new in zip(before, after, strict=True):
        for row in old.rows.keys() | new.rows.keys():
            cells, written = old.rows.get(row, {}), new.rows.get(row, {})
            for column in cells.keys() | written.keys():
                text = written.get(column, "")
                if text != cells.get(column, "") and not text.startswith(FORMULA_MARK):
                    return False
    return True


def _rebuilt(grids: Mapping[str, Grid]) -> Workbook:
    book = _empty()
    for name, grid in grids.items():
        sheet: Worksheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if grid.is_hidden else "visible"
        for row, cells in grid.rows.items():
            for column, text in cells.items():
                put(sheet, row, column, text.removeprefix(FORMULA_MARK))
        for row in grid.hidden_rows:
            sheet.row_dimensions[row].hidden = True
    return book


def _empty() -> Workbook:
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    return book


def put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Set a cell to a figure as a number, and to any other text as a text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if _NUMBER.fullmatch(text) and sum(map(str.isdigit, text)) <= _MOST_DIGITS:
        cell.value = Decimal(text) if "." in text else int(text)
        return
    cell.value = storable(text)
    cell.data_type = "s"
    cell.quotePrefix = is_formula(text)


def _sheet_name(name: str, at: int) -> str:
    """A name that a tab may have."""
    plain = _NOT_IN_NAMES.sub(" ", storable(name))[:_LONGEST_NAME].strip("' ")
    return plain or f"Sheet{at + 1}"
