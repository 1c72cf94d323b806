"""What is no table, lies in an archive, or comes along with a report."""

import io
import zipfile
from pathlib import Path

import pytest

from inbox import WIDE, Collect, april, collect, files, gbk_zip
from test_cli_check import SCHEME, Run, check, write
from workbooks import zipped

__all__ = ["check", "collect"]


def said_to_be(size: int, archive: bytes) -> bytes:
    """The archive with another size of its one file in its list."""
    at = archive.index(b"PK\x01\x02") + 24
    return archive[:at] + size.to_bytes(4, "little") + archive[at + 4 :]


def test_an_archive_is_opened_and_leads_nowhere(collect: Collect) -> None:
    bare = april("甲县", "三十")
    write(
        "4月.zip", gbk_zip({"../../乙市/报表.csv": april("乙市").encode(), "甲县.csv": bare.encode(), "佐证.jpg": b"x"})
    )
    before = files()
    ran = collect("4月.zip")
    assert "4月.zip/../../乙市/报表.csv：乙市 2023-04，归档" in ran.out
    assert "4月.zip/甲县.csv：甲县 2023-04，退回" in ran.out
    assert "· 4月.zip/佐证.jpg：附件" in ran.out
    new = set(files()) - set(before)
    assert {path.split("/")[0] for path in new} == {"data", "inbox", "returns"}
    assert not list(Path("..").glob("*.csv"))


def test_files_of_one_name_in_an_archive_are_all_collected(collect: Collect) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("4月/报表.csv", april("甲县"))
        archive.writestr("/4月/报表.csv", april("乙市"))
        archive.writestr("4月/报表（2）.csv", april("示范开发区"))
    write("4月.zip", stream.getvalue())
    ran = collect("4月.zip")
    assert ran.code == 0
    assert {path.stem for path in Path("data/2023-04").iterdir()} == {"jia", "yi", "devzone"}
    assert "收到 3 个文件" in ran.out


@pytest.mark.parametrize(
    "archive",
    [
        gbk_zip({f"{number}.csv": b"" for number in range(2001)}),
        said_to_be(300 << 20, gbk_zip({"甲.csv": b"x"})),
        b"PK\x03\x04 broken",
    ],
    ids=["many", "large", "broken"],
)
def test_an_archive_that_is_too_large_or_broken_is_not_unpacked(collect: Collect, archive: bytes) -> None:
    write("a.zip", archive)
    ran = collect("a.zip")
    assert ran.code == 1
    assert "× a.zip：没有收\n  压缩包打不开、有密码，或解压后太大\n" in ran.out


def test_what_is_no_table_and_tells_nothing_by_its_name_is_told_once(collect: Collect) -> None:
    write("inbox/x.csv", "TABLE\n0,1\n")
    write("inbox/y.xlsx", b"PK\x03\x04 broken")
    write("inbox/wide.csv", WIDE)
    ran = collect("inbox")
    assert ran.code == 1
    assert ran.out.count("没有收\n") == 3
    assert "× inbox/y.xlsx：没有收\n  工作簿打不开，文件可能已损坏，没有采用，文件名也看不出" in ran.out
    assert "× inbox/wide.csv：没有收\n  看不出是哪个月的\n" in ran.out


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("乙市.xlsx", True), ("乙市/扫描件.pdf", True), ("乙市3月.pdf", False), ("扫描件.pdf", False)],
)
def test_of_whom_a_file_came_in_that_is_not_read_that_is_said(collect: Collect, name: str, is_told: bool) -> None:
    write("inbox/甲.csv", april("甲县"))
    write(f"inbox/{name}", b"%PDF-1.4" if name.endswith("pdf") else b"PK\x03\x04broken")
    ran = collect("inbox", "--dry-run")
    assert (f"乙市        2023-04     0  未报（inbox/{name} 里没有读到数）\n" in ran.out) == is_told


@pytest.mark.parametrize("folder", ["inbox/甲县", "inbox/甲县.zip"])
@pytest.mark.parametrize("name", ["照片.jpg", "佐证/批复.pdf"])
def test_evidence_that_came_along_is_found_and_kept_with_what_is_filed(
    collect: Collect, check: Run, folder: str, name: str
) -> None:
    sent = {"4月.csv": april("甲县").replace(f"{SCHEME},未启动,,,,", f"{SCHEME},已完成,,,,{name}").encode()}
    sent |= {name: b"\xff\xd8\xff", "别的.jpg": b"\xff\xd8"}
    if folder.endswith(".zip"):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as package:
            for each, data in sent.items():
                package.writestr(each, data)
        write(folder, content.getvalue())
    else:
        for each, data in sent.items():
            write(f"{folder}/{each}", data)
    ran = collect("inbox")
    assert ran.code == 0
    assert "佐证找不到" not in ran.out
    kept = Path("inbox/filed/2023-04/jia")
    assert [path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()] == [name]
    assert (kept / name).read_bytes() == sent[name]
    assert check("data/2023-04/jia.csv").code == 0
    (kept / name).unlink()
    assert "MZ411" in check("data/2023-04/jia.csv").out, "it is looked for"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("乙市4月.pdf", b"%PDF-1.4", "PDF 文档"),
        (
            "乙市民政局2023年4月填报表（盖章）.docx",
            zipped({"[Content_Types].xml": "", "word/document.xml": "<w/>"}),
            "Word 文档",
        ),
        ("乙市4月报表.wps", b"\xd0\xcf\x11\xe0" + bytes(600) + "WordDocument".encode("utf-16-le"), "Word 文档"),
        ("乙市四月.jpg", b"\xff\xd8\xff", "JPEG 图片"),
    ],
)
def test_a_document_that_is_called_as_a_report_goes_back_while_there_is_no_other(
    collect: Collect, name: str, data: bytes, kind: str
) -> None:
    """Beside the unit's report it is an attachment, as it is by any other name."""
    write("inbox/甲.csv", april("甲县"))
    write(f"inbox/{name}", data)
    write(f"inbox/{name.replace('市', '市活动')}", data)
    ran = collect("inbox")
    assert ran.code == 1
    assert f"× inbox/{name}：乙市 2023-04，退回" in ran.out
    assert f"· inbox/{name.replace('市', '市活动')}：附件" in ran.out
    assert f"{kind}读不成表格。改法：里面的数读不出来：填到填报表（Excel 工作簿，*.xlsx）里，再提交。" in ran.out
    assert [path.name for path in Path("returns/2023-04").iterdir()] == ["yi.txt"]
    write("inbox/乙.csv", april("乙市"))
    ran = collect("inbox")
    assert ran.code == 0
    assert f"· inbox/{name}：附件" in ran.out
    assert not list(Path("returns/2023-04").iterdir())


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("乙市4月.rar", b"Rar!\x1a\x07\x00", "这是 rar 压缩包，不是表格。改法：解压后提交其中的报表。"),
        ("乙市4月.xls", "<html><table></table></html>", "网页（HTML）读不成表格。改法：在 Excel 或 WPS 里“另存为”"),
        ("乙市4月.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "工作簿打不开，文件可能已损坏，没有采用。改法：在 Excel 或"),
        (
            "乙市4月.xlsb",
            zipped({"[Content_Types].xml": "", "xl/workbook.bin": b"\0"}),
            ".xlsb 格式的工作簿不读。改法：在 Excel 或 WPS 里“另存为”",
        ),
    ],
)
def test_what_cannot_be_read_goes_back_in_words_alone(
    collect: Collect, name: str, data: str | bytes, said: str
) -> None:
    """There is nothing to mark, and so no copy that would be called the marked report."""
    write(f"inbox/{name}", data)
    ran = collect("inbox")
    assert ran.code == 1
    assert said in ran.out
    assert [path.name for path in Path("returns/2023-04").iterdir()] == ["yi.txt"]
    assert "附件" not in Path("returns/2023-04/yi.txt").read_text()


@pytest.mark.parametrize("name", ["乙市.pdf", "乙市民政局.docx"])
def test_a_document_that_is_called_after_its_unit_alone_stands_for_its_report(collect: Collect, name: str) -> None:
    """It was an attachment of nothing. Of which month it is the other reports say, if anything does."""
    write(f"inbox/{name}", b"%PDF-1.4")
    ran = collect("inbox")
    assert ran.code == 1
    assert f"× inbox/{name}：没有收\n  PDF 文档读不成表格，文件名也看不出是哪个月的。" in ran.out
    write("inbox/甲.csv", april("甲县"))
    ran = collect("inbox")
    assert f"× inbox/{name}：乙市 2023-04，退回\n  单位看文件名，报告期与一起收到的表相同\n" in ran.out
    write("inbox/乙.csv", april("乙市"))
    ran = collect("inbox")
    assert ran.code == 0
    assert f"· inbox/{name}：附件" in ran.out


GUIDE = "2023年示范市民政工作要点：指标填报表,\n填报单位,甲县\n报告期,2023年4月\n没有发生,填 0（零报告）。\n"


@pytest.mark.parametrize("more", ["", "甲县T01-01应为31,\n"])
@pytest.mark.parametrize("is_alone", [False, True])
def test_the_first_sheet_of_a_form_by_itself_is_known_by_what_it_says(
    collect: Collect, more: str, is_alone: bool
) -> None:
    """As LibreOffice saves every sheet as a CSV; what somebody wrote on it is not passed over."""
    write("inbox/x-填报说明.csv", GUIDE + more)
    if not is_alone:
        write("inbox/x-填报.csv", april("甲县"))
    ran = collect("inbox")
    if more or is_alone:
        assert "× inbox/x-填报说明.csv：甲县 2023-04，退回" in ran.out
        assert "改法：这是填报表的第一张，“填报说明”；打开第二张“填报”，再另存为 CSV。" in ran.out
    else:
        assert ran.code == 0
        assert "· inbox/x-填报说明.csv：附件" in ran.out


@pytest.mark.parametrize("inbox", [".", "inbox/..", "data/.."])
def test_a_folder_with_the_data_in_it_is_no_inbox(collect: Collect, inbox: str) -> None:
    write("inbox/甲.csv", april("甲县"))
    ran = collect(inbox)
    assert ran.code == 2
    assert f"{inbox} 里有数据文件夹 data，不是收件箱" in ran.err
    assert not Path("data/2023-04").exists()
