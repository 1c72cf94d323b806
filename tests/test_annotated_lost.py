"""What an annotated copy could not keep of the clerk's file is said wherever such a copy is written, and in it."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from conftest import Ran
from inbox import Collect, collect, rows
from test_cli_check import Run, check, report, write
from workbooks import rows_of, xlsx_of

__all__ = ["check", "collect"]

pytestmark = pytest.mark.untraced


def _png() -> BytesIO:
    """A red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b""))


def _picture(sheet: Any) -> None:
    sheet.insert_image("L2", "dot.png", {"image_data": _png()})


def _picture_in_header(sheet: Any) -> None:
    sheet.set_header("&L&G", {"image_left": "dot.png", "image_data_left": _png()})


def _background(sheet: Any) -> None:
    Path("dot.png").write_bytes(_png().getvalue())
    sheet.set_background("dot.png")


THINGS: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("图片", _picture),
    ("文本框", lambda sheet: sheet.insert_textbox("L8", "联系电话见附件")),
    ("迷你图", lambda sheet: sheet.add_sparkline("K3", {"range": "填报表!E2:E3"})),
    ("控件", lambda sheet: sheet.insert_button("N5", {"caption": "按"})),
    ("工作表背景", _background),
    ("页眉、页脚里的图片", _picture_in_header),
    ("新式条件格式", lambda sheet: sheet.conditional_format("E2:E9", {"type": "data_bar", "data_bar_2010": True})),
    ("", lambda sheet: sheet.add_table("L1:M3")),
    ("", lambda sheet: sheet.write_comment("E3", "问过村里")),
    ("", lambda sheet: sheet.set_header("&C义乌市民政局")),
    ("", lambda sheet: sheet.write_url("L9", "https://example.org/")),
    ("", lambda sheet: sheet.conditional_format("E2:E9", {"type": "cell", "criteria": "<", "value": 0})),
)
PARTS = (
    ("复选框", "xl/featurePropertyBag/featurePropertyBag.xml"),
    ("嵌入的文件", "xl/embeddings/oleObject1.bin"),
    ("宏", "xl/vbaProject.bin"),
    ("自定义 XML 数据", "customXml/item1.xml"),
    ("数字签名", "_xmlsignatures/sig1.xml"),
    ("图形", "xl/diagrams/data1.xml"),
    ("图形", "xl/diagrams/layout1.xml"),
    ("切片器", "xl/slicers/slicer1.xml"),
    ("切片器", "xl/slicerCaches/slicerCache1.xml"),
    ("切片器", "xl/timelines/timeline1.xml"),
    ("数据透视表", "xl/pivotTables/pivotTable1.xml"),
    ("数据透视表", "xl/pivotCache/pivotCacheRecords1.xml"),
    ("外部链接", "xl/externalLinks/externalLink1.xml"),
    ("新式批注", "xl/threadedComments/threadedComment1.xml"),
    ("数据连接", "xl/connections.xml"),
    ("数据连接", "xl/queryTables/queryTable1.xml"),
    ("数据连接", "xl/model/item.data"),
    ("单元格图片", "xl/richData/richValueRel.xml"),
    ("单元格图片", "xl/richData/rdRichValueWebImage.xml"),
    ("其他内容", "xl/theme/themeOverride1.xml"),
    ("其他内容", "xl/tables/table9.xml"),
    ("其他内容", "xl/revisions/revisionHeaders.xml"),
    ("图片", "xl/media/image9.emf"),
    ("其他内容", "xl/webextensions/webextension1.xml"),
    ("其他内容", "xl/nobody-knows-what/this9.dat"),
    ("", "xl/printerSettings/printerSettings1.bin"),
    ("", "docProps/thumbnail.wmf"),
    ("", "xl/calcChain.xml"),
    ("", "xl/persons/person.xml"),
    ("", "package/services/metadata/core-properties/5f.psmdcp"),
)
"""Each with the part of the package that is such, put into a plain one."""


def book_of(table: list[list[str]], add: Callable[[Any], object]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("填报表")
        for at, row in enumerate(table):
            sheet.write_row(at, 0, [int(cell) if cell.isdigit() else cell for cell in row])
        add(sheet)
    return stream.getvalue()


def lost_of(data: bytes, check: Run) -> str:
    """What the first sheet of the copy says of what is lost, as it is said on the terminal."""
    write("data/2023-03/jia.xlsx", data)
    Path("data/2023-03/jia.csv").unlink(missing_ok=True)
    ran = check("--annotate", "returns")
    copy = openpyxl.load_workbook("returns/jia.xlsx")
    said = str(copy.worksheets[0]["A4"].value or "")
    assert copy.worksheets[0]["A5"].value == "位置"
    assert ("没有保留" in ran.err) == bool(said)
    assert said in ran.err
    return said


def wrong() -> list[list[str]]:
    return rows_of(report("甲县", "2023-03", "三十"))


@pytest.mark.parametrize(("thing", "add"), THINGS)
def test_the_copy_says_what_it_could_not_keep(check: Run, thing: str, add: Callable[[Any], object]) -> None:
    said = f"原文件里的{thing}没有保留；要用的，请在原文件里改。" if thing else ""
    assert lost_of(book_of(wrong(), add), check) == said


@pytest.mark.parametrize(("thing", "part"), PARTS)
def test_a_part_of_the_package_that_is_gone_is_named_by_its_kind(check: Run, thing: str, part: str) -> None:
    stream = BytesIO(xlsx_of(wrong()))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(part, b'<x type="Checkbox"/>')
    said = f"原文件里的{thing}没有保留；要用的，请在原文件里改。" if thing else ""
    assert lost_of(stream.getvalue(), check) == said


@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        ("数据类型", "_linkedentity2core"),
        ("数据类型", "_formattednumber"),
        ("", "_error"),
        ("", "_localImage"),
        ("", "_webimage"),
        ("数据类型", ""),
    ],
)
def test_rich_values_are_told_but_errors_and_what_is_told_as_pictures(check: Run, thing: str, kind: str) -> None:
    """As Excel saves them: the cell has the number of its value, whose structure says what it is, if anything does."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx_of(wrong()))) as old, zipfile.ZipFile(stream, "w") as package:
        for part in old.namelist():
            package.writestr(part, old.read(part).replace(b'<c r="B2"', b'<c r="B2" vm="1"'))
        package.writestr("xl/metadata.xml", '<metadata><metadataType name="XLRICHVALUE"/></metadata>')
        package.writestr("xl/richData/rdrichvalue.xml", '<rvData count="1"><rv s="0"><v>0</v></rv></rvData>')
        structure = f'<rvStructures count="1"><s t="{kind}"><k n="a" t="i"/></s></rvStructures>'
        if kind:
            package.writestr("xl/richData/rdrichvaluestructure.xml", structure)
    said = f"原文件里的{thing}没有保留；要用的，请在原文件里改。" if thing else ""
    assert lost_of(stream.getvalue(), check) == said


def test_the_shape_that_stands_for_a_slicer_in_older_programs_is_no_drawing(check: Run) -> None:
    shape = "<mc:Fallback><xdr:sp><xdr:nvSpPr><xdr:cNvSpPr/></xdr:nvSpPr></xdr:sp></mc:Fallback>"
    frame = (
        f'<mc:AlternateContent><mc:Choice Requires="sle15"><xdr:graphicFrame/></mc:Choice>{shape}</mc:AlternateContent>'
    )
    stream = BytesIO(xlsx_of(wrong()))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/drawings/drawing1.xml", f"<xdr:wsDr>{frame}</xdr:wsDr>")
        package.writestr("xl/slicers/slicer1.xml", "<slicers/>")
    assert lost_of(stream.getvalue(), check) == "原文件里的切片器没有保留；要用的，请在原文件里改。"


@pytest.mark.parametrize("name", ["table", "theme"])
def test_one_of_several_parts_of_a_type_that_is_gone_is_told(check: Run, name: str) -> None:
    """One that is kept, whatever it is called in the copy, stands for no other."""
    stream = BytesIO()
    where, of = {"table": ("tables/table", "spreadsheetml.table"), "theme": ("theme/theme", "theme")}[name]
    with (
        zipfile.ZipFile(BytesIO(book_of(wrong(), lambda sheet: sheet.add_table("L1:M3")))) as old,
        zipfile.ZipFile(stream, "w") as package,
    ):
        for part in old.namelist():
            declared = (
                f'<Override PartName="/xl/{where}9.xml" '
                f'ContentType="application/vnd.openxmlformats-officedocument.{of}+xml"/></Types>'
            )
            package.writestr(part, old.read(part).replace(b"</Types>", declared.encode()))
        package.writestr(f"xl/{where}9.xml", "<x/>")
    assert lost_of(stream.getvalue(), check) == "原文件里的其他内容没有保留；要用的，请在原文件里改。"


def _checked(check: Run, _: Collect) -> tuple[Ran, list[Path]]:
    return check("inbox/甲县.xlsx", "--annotate", "returns"), []


def _collected(_: Run, collect: Collect) -> tuple[Ran, list[Path]]:
    return collect("inbox"), [Path("returns/2023-04/jia.txt")]


def _tried(_: Run, collect: Collect) -> tuple[Ran, list[Path]]:
    return collect("inbox", "--dry-run"), []


@pytest.mark.parametrize("run", [_checked, _collected, _tried])
def test_every_command_that_writes_copies_says_what_they_lost(
    check: Run, collect: Collect, run: Callable[[Run, Collect], tuple[Ran, list[Path]]]
) -> None:
    """On the terminal, in what is sent to the unit, and in each copy."""
    write("inbox/甲县.xlsx", book_of(rows("甲县", "三十个左右"), _picture))
    said = "原文件里的图片没有保留；要用的，请在原文件里改。"
    ran, words = run(check, collect)
    assert said in ran.out + ran.err
    assert all(said in path.read_text() for path in words)
    for path in Path("returns").rglob("*.xlsx"):
        assert openpyxl.load_workbook(path).worksheets[0]["A4"].value == said


def test_only_these_commands_make_copies() -> None:
    """A further one belongs into the test above."""
    source = Path(__file__).parent.parent / "src" / "mzplan"
    makers = {path.name for path in source.rglob("*.py") if "annotator()" in path.read_text()}
    assert makers == {"annotating.py", "collect.py"}
