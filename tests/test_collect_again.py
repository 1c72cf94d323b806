"""What came in for a unit and a month that has a report already: which is filed, which waits, and what is said."""

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from inbox import APRIL, REGISTER, SOUND, WIDE, Collect, april, collect, figures, files, of_march, rows
from test_cli_check import BEDS, GRADE, HEADER, MEALS, SCHEME, check, write
from workbooks import repacked, rows_of, saved, xlsx_of, xlsx_of_sheets

__all__ = ["check", "collect"]


def test_twice_is_as_once(collect: Collect) -> None:
    write("inbox/甲.xlsx", xlsx_of(rows()))
    write("inbox/乙.xlsx", xlsx_of(rows("乙市", "三十个")))
    collect("inbox")
    before = files()
    again = collect("inbox")
    assert files() == before
    assert "甲.xlsx：甲县 2023-04，已归档" in again.out
    assert "同一个文件，以前收过" in again.out
    assert again.code == 1  # the other is still wrong


def test_the_same_figures_in_another_file_are_filed_already(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    collect("inbox/甲.csv")
    before = files()
    write("second/甲.xlsx", xlsx_of(rows()))
    ran = collect("second")
    assert ran.code == 0
    assert "与已归档的一字不差" in ran.out
    assert set(files()) - set(before) == {"second/甲.xlsx"}


def test_another_report_for_the_same_month_shows_what_it_changes_and_waits(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    collect("inbox")
    before = files()
    later = april("甲县", "31").replace("T02-02,发展规划,未启动,,,,\n", "T02-02,发展规划,推进中,,,会议已开,\n")
    write("second/甲.csv", later)
    ran = collect("second")
    assert ran.code == 1
    assert files() == {**before, "second/甲.csv": later.encode()}
    assert "  T01-01 服务类救助项目数：30 → 31\n  T02-02 发展规划：未启动 → 推进中（会议已开）\n" in ran.out
    assert "--replace" in ran.out
    replaced = collect("second", "--replace")
    assert replaced.code == 0
    assert "甲县 2023-04，替换" in replaced.out
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    kept = {path.read_bytes() for path in Path("inbox/filed/2023-04").iterdir()}
    assert {before["inbox/甲.csv"], before["data/2023-04/jia.csv"], later.encode()} <= kept
    assert collect("inbox", "second").code == 0  # the first is known, and does not come back
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"


@pytest.mark.parametrize("written", ["30", "３０"])
def test_a_report_that_was_replaced_is_held_against_what_is_filed_now(collect: Collect, written: str) -> None:
    """The one before may come back, if it comes alone; beside the one in its place it changes nothing."""
    write("first/甲.csv", april("甲县", written))
    write("second/甲.csv", april("甲县", "３１"))
    assert collect("first").code == 0
    assert collect("first", "second", "--replace").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    for option in ([], ["--replace"]):
        both = collect("first", "second", *option)
        assert both.code == 0
        assert "以前收过，后来由 second/甲.csv 替换了" in both.out
        assert "  T01-01 服务类救助项目数：31 → 30\n" in both.out.replace("３０", "30")
        assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    alone = collect("first")
    assert alone.code == 1
    assert "与已归档的不同；要替换，请加 --replace" in alone.out
    assert collect("first", "--replace").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "30"
    assert "已归档" in collect("first").out


def test_a_part_of_a_report_takes_nothing_away(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    collect("inbox")
    write("later/甲.csv", "\n".join(april("甲县", beds="31").splitlines()[:-1]) + "\n")
    before = Path("data/2023-04/jia.csv").read_bytes()
    ran = collect("later", "--replace")
    assert ran.code == 1
    assert "比已归档的少 1 条，没有替换：请对方把整张表发来；要去掉的数，那一行留着、不填\n" in ran.out
    assert "T02-02 发展规划：未启动 → （无）" in ran.out
    assert Path("data/2023-04/jia.csv").read_bytes() == before


def test_a_report_put_there_by_hand_is_kept_before_another_takes_its_place(collect: Collect) -> None:
    old = Path("data/2023-03/jia.csv").read_bytes()
    write("inbox/甲3月.csv", of_march("19"))
    assert collect("inbox", "--replace").code == 0
    assert old in {path.read_bytes() for path in Path("inbox/filed/2023-03").iterdir()}


def test_a_workbook_among_the_data_is_not_put_aside(collect: Collect) -> None:
    write("data/2023-04/jia.xlsx", xlsx_of(rows()))
    write("inbox/甲.csv", april("甲县", "31"))
    before = files()
    ran = collect("inbox", "--replace")
    assert (ran.code, files()) == (1, before)
    assert "data/2023-04/jia.xlsx 不是由程序归档的 CSV：先移走，再收" in ran.out


def test_two_that_differ_are_left_to_the_officer(collect: Collect) -> None:
    write("inbox/1.csv", april("甲县"))
    write("inbox/2.csv", april("甲县", "31"))
    before = files()
    ran = collect("inbox")
    assert (ran.code, files()) == (1, before)
    assert "与 inbox/2.csv 不同，不知以哪一份为准" in ran.out
    assert "  与 inbox/1.csv 比，1 处不同：\n  T01-01 服务类救助项目数：30（1.csv E2） → 31（2.csv E2）\n" in ran.out
    assert "待定 2。" in ran.out
    assert collect("inbox/2.csv").code == 0  # the officer's choice
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    for option in ([], ["--replace"]):  # from now on the other is an older one
        ran = collect("inbox", *option)
        assert ran.code == 0
        assert "inbox/1.csv：甲县 2023-04，已被替换" in ran.out
        assert (
            "以前收过，没有归档，后来 inbox/2.csv 归档了，以后一份为准；要换回来，只收这个文件，并加 --replace"
            in ran.out
        )
        assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    assert collect("inbox/1.csv", "--replace").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "30"
    assert "后来由 inbox/1.csv 替换了" in collect("inbox", "--replace").out


@pytest.mark.parametrize("is_sent_anew", [False, True])
def test_an_older_one_takes_no_newer_ones_place(collect: Collect, is_sent_anew: bool) -> None:
    """Be it still in the inbox, or sent once more in another file, which may be meant: beside others it gives way."""
    write("inbox/甲.csv", april("甲县"))
    assert collect("inbox").code == 0
    write("later/甲.csv", april("甲县", "31"))
    assert collect("later", "--replace").code == 0
    if is_sent_anew:
        Path("inbox/甲.csv").unlink()
        write("inbox/新.xlsx", xlsx_of(rows()))
    write("inbox/乙.csv", april("乙市"))
    assert collect("inbox").code == is_sent_anew
    ran = collect("inbox", "--replace")
    assert ran.code == is_sent_anew
    assert f"：甲县 2023-04，{'待定' if is_sent_anew else '已被替换'}" in ran.out
    assert "以前收过，后来由 later/甲.csv 替换了，以后一份为准；要换回来，只收这个文件，并加 --replace" in ran.out
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"


def test_what_is_put_right_among_the_data_gives_way_to_no_original(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市"))
    collect("inbox")
    write("data/2023-04/jia.csv", april("甲县", "31"))
    ran = collect("inbox", "--replace")
    assert ran.code == 0
    assert "以前收过，后来由 data/2023-04/jia.csv 替换了" in ran.out
    assert Path("data/2023-04/jia.csv").read_text() == april("甲县", "31")


@pytest.mark.untraced
def test_a_report_that_was_sent_back_is_not_sent_back_beside_the_corrected_one(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县", "三十个"))
    assert collect("inbox").code == 1
    write("inbox/甲（更正）.csv", april("甲县"))
    for told in ("归档", "已归档"):
        ran = collect("inbox")
        assert ran.code == 0
        assert f"inbox/甲（更正）.csv：甲县 2023-04，{told}" in ran.out
        assert "inbox/甲.csv：甲县 2023-04，已被替换" in ran.out
        assert "以前收过，没有归档，后来 inbox/甲（更正）.csv 归档了，以后一份为准\n" in ran.out
        assert not list(Path("returns/2023-04").glob("jia*"))
    write("inbox/甲（再更正）.csv", april("甲县", "三十一个"))  # what is wrong and comes later is still sent back
    for _ in range(2):
        assert collect("inbox").code == 1
        assert Path("returns/2023-04/jia.txt").exists()
        assert figures("data/2023-04/jia.csv") == SOUND


def test_the_register_is_written_as_all_else_is(collect: Collect) -> None:
    """Nothing for a dry run, once for two runs; what somebody has written into it is passed over."""
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市", "三十个"))
    collect("inbox", "--dry-run")
    assert not REGISTER.exists()
    collect("inbox")
    before = REGISTER.read_bytes()
    assert len(before.splitlines()) == 2
    collect("inbox")
    assert REGISTER.read_bytes() == before
    REGISTER.write_bytes(b"[1]\n{}\n\xff\n" + b"[" * 100_000 + b"\n" + before)
    ran = collect("inbox")
    assert "同一个文件，以前收过" in ran.out
    REGISTER.unlink()
    REGISTER.mkdir()
    assert collect("inbox").code == 2


def test_two_sheets_of_one_file_that_differ_go_back_with_what_differs(collect: Collect) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(rows())))
    again = book.create_sheet("更正")
    for row in rows(beds="31"):
        again.append(row)
    write("inbox/甲.xlsx", saved(book))
    assert collect("inbox").code == 1
    assert not Path("data/2023-04").exists()
    said = Path("returns/2023-04/jia.txt").read_text()
    assert "1. 几张工作表都是填报表。工作表“填报表”、“更正”不同，不知以哪一张为准：只留要报的一张。\n" in said
    told = "T01-01 服务类救助项目数：30（甲.xlsx 填报表!E2） → 31（甲.xlsx 更正!E2）\n"
    assert f"与工作表“填报表”比，1 处不同：\n{told}" in said
    assert said.count("改好后请把整张表重新发来") == 1


def test_what_differs_is_named_where_it_stands_in_either_file(collect: Collect) -> None:
    """In a sheet of units × indicators, too, under a title; a ratio by its numerator."""
    write("inbox/a.xlsx", xlsx_of([["甲县2023年4月填报表"], *rows(beds="32")]))
    write("inbox/b.xlsx", xlsx_of([["2023年4月"], [], *rows_of(WIDE.replace("8/10", "7/10"))]))
    out = collect("inbox").out
    assert "T01-01 服务类救助项目数：32（a.xlsx 填报表!E3） → 30（b.xlsx 填报表!C4）\n" in out
    assert "T01-02 助餐点覆盖率：8/10（a.xlsx 填报表!F4） → 7/10（b.xlsx 填报表!C5）\n" in out


def test_two_that_say_the_same_are_one(collect: Collect) -> None:
    write("inbox/1.csv", april("甲县"))
    write("inbox/2.xlsx", xlsx_of(rows()))
    ran = collect("inbox")
    assert ran.code == 0
    assert "与 inbox/1.csv 相同" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND


@pytest.mark.untraced
def test_a_report_in_two_halves_loses_neither(collect: Collect) -> None:
    """Whichever the officer takes, the other is not called an older one until both are in one table."""
    text = april("甲县").splitlines(keepends=True)
    halves = {"inbox/救助科.csv": text[:3], "inbox/社会科.csv": [text[0], *text[3:]]}
    for name, lines in halves.items():
        write(name, "".join(lines))
    told = "没有一项指标相同，像是一张表分成了两份：请对方合成一张表发来，或把两份的行粘到一张表里"
    ran = collect("inbox")
    assert (ran.code, ran.out.count(told)) == (1, 2)
    assert collect("inbox/救助科.csv").code == 0
    for arguments in (["inbox"], ["inbox", "--replace"], ["inbox/社会科.csv", "--replace"]):
        ran = collect(*arguments)
        assert ran.code == 1
        assert "？ inbox/社会科.csv：甲县 2023-04，待定" in ran.out
        assert told in ran.out
        assert len(figures("data/2023-04/jia.csv")) == 2
    write("inbox/合.csv", "".join(text))
    assert collect("inbox/合.csv", "--replace").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND
    assert collect("inbox").code == 0


@pytest.mark.parametrize("shared", [0, 1])
def test_halves_in_the_sheets_of_one_workbook_go_back_in_words_for_their_sender(collect: Collect, shared: int) -> None:
    """Once: no cell of it is wrong, and what each sheet lacks the other has."""
    table = rows()
    write("inbox/甲.xlsx", xlsx_of_sheets(("救助科", table[: 3 + shared]), ("社会科", [table[0], *table[3:]])))
    ran = collect("inbox")
    assert ran.code == 1
    assert sorted(path.name for path in Path("returns/2023-04").iterdir()) == ["jia-甲.xlsx", "jia.txt"]
    assert Path("returns/2023-04/jia.txt").read_text() == (
        "甲县：你们报来的2023年4月填报表“甲.xlsx”有 1 处要改，改好后请把整张表重新发来。\n"
        "1. 几张工作表都是填报表。填报的数分在工作表“救助科”、“社会科”里，每张只有一部分："
        "把各张的行合到一张表里，只留那一张。\n"
        "附件“jia-甲.xlsx”是标好的原表，第一张工作表写着原因和改法。\n"
    )
    assert "--replace" not in ran.out


def saved_on(day: int, beds: str) -> bytes:
    """April's workbook, saved on that day of May."""
    moment = f"2023-05-{day:02}T01:14:00Z"

    def stamped(name: str, part: bytes) -> tuple[str, bytes]:
        modified = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
        return name, modified.sub(rb"\g<1>" + moment.encode(), part) if name == "docProps/core.xml" else part

    return repacked(xlsx_of(rows(beds=beds)), stamped)


@pytest.mark.untraced
def test_a_workbook_that_was_saved_earlier_takes_the_place_of_none_among_others(collect: Collect) -> None:
    """Found again in the inbox and called like the newest; alone it may be meant, and that it is older is said."""
    write("new/甲.xlsx", saved_on(3, "30"))
    assert collect("new").code == 0
    write("inbox/甲（最终）.xlsx", saved_on(2, "31"))
    write("inbox/乙.csv", april("乙市"))
    said = "这一份保存于 2023-05-02 01:14 UTC，比已归档的（2023-05-03 01:14 UTC）早，像是旧的"
    ran = collect("inbox")
    assert f"  {said}；与已归档的不同；要替换，请加 --replace\n" in ran.out
    ran = collect("inbox", "--replace")
    assert ran.code == 1
    assert f"  {said}，没有替换：是旧的，把这个文件移出收件箱；确要用它，只收这个文件，并加 --replace\n" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND
    ran = collect("inbox/甲（最终）.xlsx", "--replace")
    assert ran.code == 0
    assert said in ran.out
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"
    write("later/甲.xlsx", saved_on(4, "32"))
    ran = collect("later", "inbox", "--replace")
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "32"
    assert "像是旧的" not in ran.out


def test_of_two_that_differ_it_is_told_when_each_was_saved(collect: Collect) -> None:
    write("inbox/1.xlsx", saved_on(2, "30"))
    write("inbox/2.xlsx", saved_on(3, "31"))
    told = "；这一份保存于 2023-05-02 01:14 UTC，那一份保存于 2023-05-03 01:14 UTC\n"
    assert told in collect("inbox").out


def test_what_has_lower_figures_alone_and_no_reason_looks_old(collect: Collect) -> None:
    """Of two figures on: 30 and 12 are filed. One that is lower is a slip put right, and so is what has a reason."""
    write("inbox/乙.csv", april("乙市"))
    write("first/甲.csv", april("甲县"))
    assert collect("first").code == 0
    older = april("甲县", "29").replace(f"{GRADE},12", f"{GRADE},11")
    write("inbox/甲.csv", older)
    ran = collect("inbox", "--replace")
    assert ran.code == 1
    assert "  改了的 2 项数都比已归档的小，又没有写原因，像是旧的，没有替换：" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND
    for text in (
        april("甲县", "29"),
        older.replace(f"{BEDS},29,,,,", f"{BEDS},29,,,更正：多报1个,"),
        older.replace(",29,", ",31,"),
    ):
        write("inbox/甲.csv", text)
        assert "像是旧的" not in collect("inbox", "--replace", "--dry-run").out


def test_a_register_of_before_says_nothing_of_when(collect: Collect) -> None:
    write("new/甲.xlsx", saved_on(3, "30"))
    assert collect("new").code == 0
    entry = json.loads(REGISTER.read_text())
    assert entry.pop("saved") == "2023-05-03T01:14:00Z"
    REGISTER.write_text(json.dumps(entry) + "\n")
    write("inbox/甲.xlsx", saved_on(2, "31"))
    write("inbox/乙.csv", april("乙市"))
    assert collect("inbox", "--replace").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"


def test_a_figure_that_is_emptied_goes_only_where_the_officer_asks_for_just_that(collect: Collect) -> None:
    write("inbox/甲.csv", april("甲县"))
    assert collect("inbox").code == 0
    write("inbox/甲改.csv", april("甲县").replace(f"{GRADE},12", f"{GRADE},"))
    ran = collect("inbox", "--replace")
    assert ran.code == 1
    assert "已归档的有 1 项在这张表里空着，没有替换" in ran.out
    assert "确要去掉这些数，只收这个文件，并加 --replace\n" in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND
    assert collect("inbox/甲改.csv").code == 1
    assert collect("inbox/甲改.csv", "--replace").code == 0
    assert figures("data/2023-04/jia.csv") == {code: cells for code, cells in SOUND.items() if code != "T02-01"}
    assert collect("inbox").code == 0
    write(
        "inbox/甲更正.csv",
        HEADER + f"{APRIL},甲县,{BEDS},31,,,,\n" + "".join(f"{APRIL},甲县,{name},,,,,\n" for name in (MEALS, SCHEME)),
    )
    assert "比已归档的少 2 条" in collect("inbox/甲更正.csv", "--replace").out  # a blank form with one figure


def test_no_month_is_replaced_by_a_file_that_is_called_as_another_s(collect: Collect) -> None:
    """A form of last month, taken for this month's, with the period left as it was."""
    write("inbox/甲县4月.csv", of_march("30"))
    before = files()
    ran = collect("inbox", "--replace")
    assert (ran.code, files()) == (1, before)
    assert "文件名说是4月，内容是2023-03。\n" in ran.out
    assert "  没有替换：是内容写错的，请对方改；是名称写错的，把名称改对再收\n" in ran.out
    Path("inbox/甲县4月.csv").rename("inbox/甲县3月.csv")
    assert collect("inbox", "--replace").code == 0
    assert figures("data/2023-03/jia.csv")["T01-01"][0] == "30"


def test_halves_that_share_an_indicator_are_one_report_while_they_agree(collect: Collect) -> None:
    text = april("甲县").splitlines(keepends=True)
    write("inbox/救助科.csv", "".join(text[:4]))
    write("inbox/社会科.csv", "".join([text[0], *text[3:]]))
    assert collect("inbox").out.count("各有对方没有的指标，都有的 1 项数也相同，像是一张表分成了两份") == 2
    write("inbox/社会科.csv", "".join([text[0], text[3].replace(",12,", ",13,"), *text[4:]]))
    out = collect("inbox").out
    assert "像是一张表分成了两份" not in out
    assert "比，1 处不同：\n  T02-01 四A级社会组织数：" in out


def test_a_blank_workbook_in_the_place_of_a_report_is_in_nobodys_way(collect: Collect) -> None:
    write("data/2023-04/jia.xlsx", xlsx_of([]))
    write("inbox/甲.csv", april("甲县"))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND


def test_what_is_doubtful_in_two_sheets_of_one_file_is_said_once_and_in_its_colour(collect: Collect) -> None:
    """60 after 18 is a leap in both: the reply had all of it twice, and spoke of red cells that there were not."""
    note = april("甲县", "60"), april("甲县", "61")
    sheets = zip(("填报", "填报 (2)"), map(rows_of, note), strict=True)
    write("inbox/甲.xlsx", xlsx_of_sheets(*sheets))
    ran = collect("inbox")
    said = Path("returns/2023-04/jia.txt").read_text()
    assert said.count("甲县：") == 1
    assert "T01-01 服务类救助项目数：60（甲.xlsx 填报!E2） → 61（甲.xlsx '填报 (2)'!E2）\n" in said
    assert "是标好的原表：黄色的请核对，每格都写着原因和改法；整个文件要改的，写在第一张工作表里。" in said
    assert "甲县        2023-04     1  退回" in ran.out


@pytest.mark.parametrize("place", ["data/2023-04", "inbox/filed", "returns", "data"])
def test_what_cannot_be_written_is_called_by_its_own_name(collect: Collect, place: str) -> None:
    """A file stands where a folder is to be made: that one is named, and neither the first of all nor its folder."""
    write("inbox/甲.csv", april("甲县"))
    write("inbox/乙.csv", april("乙市", "三十个"))
    if place == "data":
        Path(place).rename("away")
    write(place, "")
    before = files()
    ran = collect("inbox")
    told = {"data": "collect 归档到一个数据文件夹", "data/2023-04": "", "inbox/filed": "", "returns": ""}[place]
    assert (ran.code, ran.err.partition("，")[0]) == (
        2,
        f"mzplan: {told or f'无法写入 {place}：已经有同名的文件。'}" + "\n" * (not told),
    )
    assert files() == before


@pytest.mark.parametrize("option", [(), ("--replace",), ("--dry-run",)])
def test_what_is_filed_and_cannot_be_read_is_left_as_it_is(collect: Collect, option: tuple[str, ...]) -> None:
    """A link that leads nowhere: no figure of it is told as new, and no empty file is kept as its original."""
    Path("data/2023-03/jia.csv").rename("away.csv")
    Path("data/2023-03/jia.csv").symlink_to("absent.csv")
    write("inbox/甲.csv", of_march("30"))
    before = files()
    ran = collect("inbox", *option)
    closed = "已归档的 data/2023-03/jia.csv 读不了（符号链接指向的文件不存在），没有动它：能读了再收"
    assert (ran.code, closed in ran.out, "处不同" in ran.out) == (1, True, False)
    assert files() == before
    assert Path("data/2023-03/jia.csv").is_symlink()


def test_nothing_is_collected_beside_what_cannot_be_looked_into(collect: Collect) -> None:
    Path("data/2023-03").rename("../2023-03")
    Path("data/2023-03").symlink_to("absent")
    write("inbox/甲.csv", april("甲县"))
    for option in ((), ("--dry-run",)):
        told = "mzplan: data/2023-03：符号链接指向的文件不存在，没有归档。把文件本身放在这里。\n"
        assert collect("inbox", *option) == (2, "", told)


def test_of_two_that_came_together_the_one_not_chosen_was_never_filed_and_goes_back_to_nobody(collect: Collect) -> None:
    """Whoever collects them chose one: no county has to give a reason for that."""
    write("inbox/甲.csv", april("甲县"))
    write("inbox/甲(1).csv", april("甲县", "31"))
    assert "不知以哪一份为准" in collect("inbox").out
    assert collect("inbox/甲.csv").code == 0
    for arguments in ((), ("--replace",)):
        ran = collect("inbox/甲(1).csv", "--today", "2023-07-01", *arguments)
        assert "以前收过，没有归档，后来 inbox/甲.csv 归档了；" in ran.out
        assert ("替换了" in ran.out, "退回" in ran.out, ran.code) == (False, False, 1)
        assert "有 1 项数改了，“说明”里没有新写原因" in ran.out
        assert figures("data/2023-04/jia.csv") == SOUND
    write("inbox/甲(1).csv", april("甲县", "31").replace(",31,,,,", ",31,,,更正：录入错误,"))
    assert collect("inbox/甲(1).csv", "--today", "2023-07-01", "--replace").code == 0
    assert figures("data/2023-04/jia.csv")["T01-01"][0] == "31"


def test_what_is_wrong_with_the_whole_file_is_said_to_stand_on_the_first_sheet(collect: Collect) -> None:
    """A hidden sheet is an error and in no cell; the copy was told to have but what is yellow."""
    wrong, doubtful = april("甲县", "三十个"), april("甲县", "60")
    for table, colours in ((wrong, "红色的要改"), (doubtful, "黄色的请核对")):
        sheets = ("填报", rows_of(table)), ("旧", rows_of(april("甲县")))
        write("inbox/甲.xlsx", xlsx_of_sheets(*sheets, states={"旧": "hidden"}))
        collect("inbox")
        said = Path("returns/2023-04/jia.txt").read_text()
        assert f"是标好的原表：{colours}" in said
        assert "每格都写着原因和改法；整个文件要改的，写在第一张工作表里。" in said
