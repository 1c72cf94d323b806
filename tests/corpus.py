"""Several hundred CSV files, each with one fault or one oddity, and what must be said of each.

The kinds: `ok` no finding of its own, `warn` a warning and no error, `error` an error on that line while the other rows
count, `refuse` one error for the whole file and no row of it. The row that is spoilt is chosen by the seed.
"""

import random
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["ok", "warn", "error", "refuse", "silent"]
"""Silent is a row in which nothing is filled in: its indicator is missing there, and nothing is wrong."""

HEADER = "period,unit,indicator,name,value,numerator,denominator,note,evidence"
COLUMNS = HEADER.split(",")
ROWS = (
    ("2023-06", "甲县", "T01-01", "服务类救助项目数", "30", "", "", "", ""),
    ("2023-06", "甲县", "T01-02", "助餐点覆盖率", "", "40", "60", "", ""),
    ("2023-06", "甲县", "T02-01", "四A级社会组织数", "12", "", "", "", ""),
    ("2023-06", "甲县", "T02-02", "发展规划", "推进中", "", "", "", ""),
)
COUNT, RATIO, STOCK, MILESTONE = 2, 3, 4, 5
"""The physical lines of the rows above."""


class Case(NamedTuple):
    """One file and what must be said of it."""

    name: str
    data: bytes
    kind: Kind
    line: int = 0
    """Where the error or warning stands; 0 when the place is the file."""
    errors: int = 1
    """How many errors: one for each cause."""


def text(rows: tuple[tuple[str, ...], ...] = ROWS, header: str = HEADER, end: str = "\n") -> str:
    """A file of those rows."""
    return "".join(f"{line}{end}" for line in (header, *(",".join(row) for row in rows)))


def with_cell(line: int, column: str, cell: str) -> str:
    """The sound file with one cell in the place of another; quoted when it must be."""
    row = list(ROWS[line - 2])
    if any(mark in cell for mark in ',"\r\n') or cell != cell.strip(" "):
        cell = '"' + cell.replace('"', '""') + '"'
    row[COLUMNS.index(column)] = cell
    rows: list[tuple[str, ...]] = list(ROWS)
    rows[line - 2] = tuple(row)
    return text(tuple(rows))


NUMBERS: tuple[tuple[str, Kind], ...] = (
    *((cell, "ok") for cell in ("0", "12", "+12", "12.0", "12.000000", "99", "17")),
    *((cell, "warn") for cell in ("１２", "12 ", " 12", "\u00a012", "\u300012", "1,234", "１，２３４", "12\t", "12\n")),
    *(
        (cell, "error")
        for cell in (
            "12.5", "nan", "NaN", "inf", "Infinity", "-inf", "1e999", "1e2000000", "1.4E+08", "1e3", "１e５",
            "1_000", "１_０", "_1", "1__0", "٣٤", "৩৪", "𝟏𝟐", "②", "½", "Ⅷ",
            "1,23,4", "1.234,56", "12,34", "1O0", "l2", "12.", ".5", "1.2.3", "--5", "+-5",
            "\u221212", "\u20135", "120-130", "约120", "120左右", "120元", "120人", "一百二十", "十二", "壹佰",
            "#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#####", "TRUE", "FALSE", "=60+60", "@SUM(A1)",
            "=HYPERLINK(\"http://example.org\")", "1.4亿", "3万", "3万元", "2千", "70%", "7‰", "1/2", "3:2", "0x1F",
            "-", "——", "无", "N/A", "NA", "null", "None", "待填", "未报", "?", "？", "…", "'12", '"12',
            "1234567890123", "0.0000001", "9" * 5000, "0." + "0" * 400 + "1", "1" * 4200, "12;13", "12、13", "12 34",
            "12\x07", "1\u200b2", "\u202e12", "12\ufeff", "2023-06", "12月",
        )
    ),
)  # fmt: skip

INVISIBLE = ("\u3000", "\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", "\u2800\u3164 ")
"""Notes that say nothing to whoever looks at them."""

UNITS: tuple[tuple[str, Kind], ...] = (
    ("甲县", "ok"), ("jia", "ok"), ("990101", "ok"), ("甲", "warn"), ("甲县 ", "warn"), ("　甲县", "warn"),
    ("", "error"), ("丙县", "error"), ("甲市", "error"), ("甲县乡", "error"), ("99010", "error"), ("9901012", "error"),
    ("990101.0", "error"), ("JIA县", "error"), ("甲县\u200b", "warn"), ("\u202e甲县", "error"), ("???", "error"),
    ("\ufffd县", "error"), ("鐢插幙", "error"), ("全市", "error"), ("合计", "error"),
    ("乙市", "error"), ("市本级", "error"),
    ("A" * 5000, "error"),
)  # fmt: skip

INDICATORS: tuple[tuple[str, Kind], ...] = (
    ("", "error"), ("T01-99", "error"), ("T01_01", "error"), ("T0l-01", "error"), ("Т01-01", "error"),
    ("服务类救助项目数", "error"), ("1-1", "error"), ("T01-01x", "error"), ("T01-01\u200b", "warn"),
    ("T03-01", "error"), ("T02-01", "error"), ("#REF!", "error"), ("T" * 5000, "error"),
)  # fmt: skip

PERIODS: tuple[tuple[str, Kind], ...] = (
    ("2023-06", "ok"), ("2023年6月", "ok"), ("2023年06月", "warn"),
    ("2023/6", "warn"), ("202306", "warn"), ("２０２３-06", "warn"),
    ("", "error"), ("2023", "error"), ("2023-6-30", "warn"), ("2023-6-29", "error"), ("2023-13", "error"),
    ("2023-00", "error"),
    ("2022-06", "error"), ("2024-06", "error"), ("2023-05", "error"), ("2023-07", "error"), ("6月", "warn"),
    ("Jun-23", "warn"), ("上半年", "error"), ("45078", "warn"),
    ("2023-06\x1b[31m", "error"),
)  # fmt: skip

NAMES: tuple[tuple[str, Kind], ...] = (
    ("", "ok"), ("服务类救助项目数", "ok"), ("助餐点覆盖率", "error"), ("服务类项目", "error"),
    ("服务类救助项目数(个)", "warn"),
    ("服务类救助项目数(万个)", "error"),
)  # fmt: skip

RATIOS: tuple[tuple[str, tuple[str, str, str], Kind], ...] = (
    ("without-value", ("", "40", "60"), "ok"),
    ("value-agrees", ("66.67", "40", "60"), "ok"),
    ("value-agrees-to-its-own-decimals", ("66.7", "40", "60"), "ok"),
    ("zero-of-some", ("", "0", "60"), "ok"),
    ("value-disagrees", ("66.5", "40", "60"), "error"),
    ("value-as-share", ("0.667", "40", "60"), "error"),
    ("denominator-zero", ("", "40", "0"), "error"),
    ("both-zero", ("", "0", "0"), "error"),
    ("denominator-missing", ("", "40", ""), "error"),
    ("numerator-missing", ("", "", "60"), "error"),
    ("both-missing", ("66.7", "", ""), "error"),
    ("nothing", ("", "", ""), "silent"),
    ("numerator-negative", ("", "-4", "60"), "error"),
    ("both-negative", ("", "-40", "-60"), "error"),
    ("numerator-above-denominator", ("", "70", "60"), "error"),
    ("numerator-formula", ("", "=1+1", "60"), "error"),
    ("denominator-error", ("", "40", "#N/A"), "error"),
)

STAGES: tuple[tuple[str, Kind], ...] = (
    ("未启动", "ok"), ("推进中", "ok"), ("", "silent"), ("进行中", "error"), ("推进", "error"),
    ("50%", "error"), ("1", "error"),
    ("已完成！", "error"), ("推进中\u200b", "error"),
)  # fmt: skip


def _cells(chance: random.Random) -> Iterator[Case]:
    for number, (cell, kind) in enumerate(NUMBERS):
        line = chance.choice((COUNT, STOCK))
        yield Case(f"number-{number:03d}", with_cell(line, "value", cell).encode(), kind, line)
    for column, lists, line in (
        ("unit", UNITS, chance.choice((COUNT, STOCK))),
        ("indicator", INDICATORS, COUNT),
        ("period", PERIODS, chance.choice((COUNT, STOCK))),
        ("name", NAMES, COUNT),
        ("value", STAGES, MILESTONE),
    ):
        for number, (cell, kind) in enumerate(lists):
            label = "stage" if lists is STAGES else column
            yield Case(f"{label}-{number:03d}", with_cell(line, column, cell).encode(), kind, line)
    for name, (value, numerator, denominator), kind in RATIOS:
        row = (*ROWS[1][:4], value, numerator, denominator, "", "")
        data = text((ROWS[0], row, *ROWS[2:])).encode()
        yield Case(f"ratio-{name}", data, kind, RATIO, errors=2 if name == "both-negative" else 1)


def _rows(chance: random.Random) -> Iterator[Case]:
    line = chance.choice((COUNT, STOCK))
    row = ROWS[line - 2]
    end = len(ROWS) + 2
    yield Case(
        "row-not-applicable-with-a-note",
        text(((*ROWS[0][:4], "不适用", "", "", "本地无此业务", ""), *ROWS[1:])).encode(),
        "ok",
    )
    yield Case("row-not-applicable-without-a-note", with_cell(line, "value", "不适用").encode(), "error", line)
    for number, filler in enumerate(INVISIBLE):
        cells = (*ROWS[0][:4], "不适用", "", "", filler, "")
        yield Case(f"row-note-invisible-{number}", text((cells, *ROWS[1:])).encode(), "error", COUNT)
    yield Case("row-value-blank", with_cell(line, "value", "").encode(), "silent", line)
    for said in (("尚在统计", ""), ("", "https://example.org/1")):
        half = text((*ROWS[: line - 2], (*row[:4], "", "", "", *said), *ROWS[line - 1 :])).encode()
        yield Case(f"row-value-blank-with-{'note' if said[0] else 'evidence'}", half, "error", line)
    yield Case("row-value-negative", with_cell(COUNT, "value", "-3").encode(), "error", COUNT)
    yield Case("row-repeated", text((*ROWS, row)).encode(), "error", end)
    yield Case("row-repeated-with-another-figure", text((*ROWS, (*row[:4], "999", *row[5:]))).encode(), "error", end)
    yield Case("row-too-many-cells", (text() + ",".join(row) + ",x\n").encode(), "error", end)
    yield Case("row-unquoted-thousands", text((*ROWS, (*row[:4], "1,234", *row[5:]))).encode(), "error", end)
    yield Case("row-too-few-cells", (text() + "2023-06,甲县,T01-01\n").encode(), "error", end)
    yield Case("row-total", (text() + "合计,,,,72,,,,\n").encode(), "error", end)
    yield Case("row-subtotal", (text() + "2023-06,小计,,,72,,,,\n").encode(), "error", end)
    yield Case("row-footer", (text() + "填报人：某某,,,,,,,,\n").encode(), "error", end)
    yield Case("row-comment", (text() + "# comment\n").encode(), "error", end)
    yield Case("row-trailing-commas", (text() + ",,,,,,,,\n,,,,,,,,\n").encode(), "ok")
    yield Case("row-trailing-blank-lines", (text() + "\n\n\n").encode(), "ok")
    merged = (ROWS[0], *(("", "", *row[2:]) for row in ROWS[1:]))
    yield Case("row-merged-cells", text(merged).encode(), "error", 3)
    merged = (ROWS[0], *((row[0], "", *row[2:]) for row in ROWS[1:]))
    yield Case("row-merged-units", text(merged).encode(), "error", 3)
    yield Case("row-header-again", text((*ROWS[:2], tuple(COLUMNS), *ROWS[2:])).encode(), "error", 4)
    yield Case("row-note-of-two-lines", with_cell(COUNT, "note", "一\n二").encode(), "ok")
    yield Case("row-note-too-long", with_cell(COUNT, "note", "长" * 5000).encode(), "error", COUNT)
    yield Case("row-note-with-escape", with_cell(COUNT, "note", "a\x1b[31mb").encode(), "error", COUNT)
    yield Case("row-note-with-quotes", with_cell(COUNT, "note", '他说"好"').encode(), "ok")
    yield Case("row-evidence-url", with_cell(COUNT, "evidence", "https://example.org/a").encode(), "ok")
    yield Case("row-evidence-nowhere", with_cell(COUNT, "evidence", "no/such/file.pdf").encode(), "warn", COUNT)
    yield Case("row-evidence-script", with_cell(COUNT, "evidence", "javascript:alert(1)").encode(), "warn", COUNT)
    yield Case(
        "row-milestone-done-without-evidence", with_cell(MILESTONE, "value", "已完成").encode(), "warn", MILESTONE
    )
    wide = text().replace("\n", ",,,\n").encode()
    yield Case("row-trailing-empty-columns", wide, "ok")
    permuted = "\n".join(",".join(reversed(line.split(","))) for line in text().splitlines()) + "\n"
    yield Case("row-columns-permuted", permuted.encode(), "ok")
    narrow = "\n".join(",".join(line.split(",")[i] for i in (0, 1, 2, 4, 5, 6)) for line in text().splitlines()) + "\n"
    yield Case("row-optional-columns-missing", narrow.encode(), "ok")


def _headers() -> Iterator[Case]:
    chinese = "报告期,填报单位,指标编码,指标名称,完成值,分子,分母,说明,佐证"
    for name, header, kind in (
        ("chinese", chinese, "ok"),
        ("mixed", "报告期,county,indicator,指标名称,value,分子,denominator,note,佐证", "ok"),
        ("county-in-chinese", chinese.replace("填报单位", "县(市、区)"), "ok"),
        ("county-in-full-width", chinese.replace("填报单位", "县（市、区）"), "ok"),
        ("misspelt", HEADER.replace("indicator", "indicater"), "refuse"),
        ("misspelt-in-chinese", chinese.replace("完成值", "完成直"), "refuse"),
        ("without-value", HEADER.replace("value", "x"), "refuse"),
        ("repeated", HEADER.replace("numerator", "value"), "refuse"),
        ("repeated-in-two-languages", HEADER.replace("numerator", "完成值"), "refuse"),
        ("semicolons", HEADER.replace(",", ";"), "refuse"),
    ):
        yield Case(f"header-{name}", text(header=header).encode(), kind, 1 if kind == "refuse" else 0)  # type: ignore[arg-type]  # a table of literals
    for name, mark in (
        ("semicolon", ";"),
        ("tab", "\t"),
        ("full-width-comma", "，"),
        ("pipe", "|"),
        ("enumeration", "、"),
    ):
        yield Case(f"header-delimiter-{name}", text().replace(",", mark).encode(), "refuse", 1)
    yield Case("header-none", "".join(text().splitlines(keepends=True)[1:]).encode(), "refuse", 1)
    yield Case("header-title-above", ("2023年6月民政指标填报表,,,,,,,,\n" + text()).encode(), "error", 1)
    yield Case("header-title-and-blank-above", ("填报表\n\n" + text()).encode(), "error", 1)
    yield Case("header-only", (HEADER + "\n").encode(), "refuse")
    yield Case("header-quoted", ('"' + '","'.join(COLUMNS) + '"\n' + text().split("\n", 1)[1]).encode(), "ok")
    yield Case("header-spaced", text(header=HEADER.replace(",", " , ")).encode(), "warn", 1)
    yield Case("header-upper-case", text(header=HEADER.upper()).encode(), "warn", 1)
    yield Case("header-300-columns", text(header=HEADER + ",x" * 300).encode(), "refuse", 1)


def _quotes() -> Iterator[Case]:
    sound = text()
    opened = sound.replace("30,", '"30,', 1)
    yield Case("quote-unterminated", opened.encode(), "error", COUNT)
    yield Case("quote-unterminated-last-row", sound.replace("推进中,", '"推进中,').encode(), "error", MILESTONE)
    yield Case("quote-text-after", sound.replace("12,", '"12"x,', 1).encode(), "error", STOCK)
    yield Case(
        "quote-inside",
        with_cell(COUNT, "name", "服务类救助项目数").replace("服务类救", '服务"类救').encode(),
        "error",
        COUNT,
    )
    yield Case("quote-single", sound.replace(",30,", ",'30',", 1).encode(), "error", COUNT)


def _bytes() -> Iterator[Case]:
    sound = text()
    raw = sound.encode()
    yield Case("bytes-plain", raw, "ok")
    for name, end in (("crlf", "\r\n"), ("cr", "\r"), ("no-final-newline", "\n")):
        data = text(end=end).encode()
        yield Case(f"bytes-{name}", data.rstrip(b"\n") if name == "no-final-newline" else data, "ok")
    lines = sound.splitlines()
    yield Case(
        "bytes-mixed-newlines",
        "".join(line + end for line, end in zip(lines, ("\r\n", "\n", "\r", "\n", "\r\n"), strict=True)).encode(),
        "ok",
    )
    yield Case("bytes-crcrlf", sound.replace("\n", "\r\r\n").encode(), "warn")
    yield Case("bytes-bom", b"\xef\xbb\xbf" + raw, "ok")
    yield Case("bytes-two-boms", b"\xef\xbb\xbf\xef\xbb\xbf" + raw, "warn", 1)
    yield Case("bytes-bom-before-a-row", sound.replace("2023-06", "\ufeff2023-06", 1).encode(), "warn", COUNT)
    yield Case("bytes-bom-before-another-file", (sound + "\ufeff" + sound.split("\n", 1)[0]).encode(), "error", 6)
    yield Case("bytes-bom-inside", sound.replace("30", "\ufeff30", 1).encode(), "error", COUNT)
    yield Case(
        "bytes-bom-and-quoted-header",
        b"\xef\xbb\xbf" + ('"' + '","'.join(COLUMNS) + '"\n' + sound.split("\n", 1)[1]).encode(),
        "ok",
    )
    yield Case("bytes-gb18030", sound.encode("gb18030"), "warn")
    yield Case("bytes-gb18030-behind-a-bom", b"\xef\xbb\xbf" + sound.encode("gb18030"), "refuse", COUNT)
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield Case(f"bytes-{encoding}", sound.encode(encoding), "refuse")
    yield Case("bytes-truncated-character", raw.replace("甲县".encode(), "甲县".encode()[:-1], 1), "refuse")
    yield Case("bytes-overlong", raw.replace(b"30", b"\xc0\xb0", 1), "refuse")
    yield Case("bytes-surrogate", raw.replace(b"30", b"\xed\xa0\x80", 1), "refuse")
    yield Case("bytes-beyond-unicode", raw.replace(b"30", b"\xf4\x90\x80\x80", 1), "refuse")
    yield Case("bytes-two-encodings", raw + sound.encode("gb18030").split(b"\n", 1)[1], "refuse")
    yield Case("bytes-nul", raw.replace(b"30", b"3\x000", 1), "refuse", COUNT)
    yield Case("bytes-all-nul", b"\0" * 512, "refuse")
    yield Case("bytes-control-z-at-end", raw + b"\x1a", "warn")
    yield Case("bytes-empty", b"", "refuse")
    yield Case("bytes-bom-only", b"\xef\xbb\xbf", "refuse")
    yield Case("bytes-blank-only", b" \n\n  \n", "refuse")
    for name, head in (
        ("xlsx", b"PK\x03\x04\x14\x00\x06\x00"),
        ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("html", b"<!DOCTYPE html><html><body><table>"),
        ("json", b'[{"period": "2023-06", "unit": "x"}]\n'),
        ("lfs", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"),
        ("yaml", "period: 2023-06\nunit: 甲县\n".encode()),
    ):
        yield Case(f"bytes-{name}", head + b"\0" * 16 * (name in ("xlsx", "xls", "gzip")), "refuse")
    conflict = "<<<<<<< HEAD\n" + lines[1] + "\n=======\n" + lines[1].replace("30", "31") + "\n>>>>>>> branch\n"
    yield Case("bytes-conflict", (lines[0] + "\n" + conflict).encode(), "refuse", 2)
    yield Case("bytes-line-separators-in-a-note", with_cell(COUNT, "note", "一\u2028二\x85三").encode(), "error", COUNT)
    yield Case("bytes-line-too-long", (HEADER + "\n" + "x" * ((1 << 20) + 10) + "\n").encode(), "refuse", 2)
    yield Case("bytes-one-long-line", b"x" * (3 << 20), "refuse", 1)


INJECTIONS = (
    "::error file=x::pwned", "\n::set-output name=x::1", "\r::stop-commands::x", "##[error]pwned", "a ##[command]x",
    "\u3000::warning::x", "\u00a0::debug::x", "\x1b]8;;http://example.org\x07link\x1b]8;;\x07", "\x1b[2J\x1b[H",
    "[red]x[/red]", "[link=http://example.org]x[/link]", "[/]", ":100:", "<script>alert(1)</script>", "</td><td>",
    "| a | b |", "`rm -rf`", "![x](http://example.org)", "@everyone #1", "=cmd|'/C calc'!A0", "+1+1", "@SUM(1)",
    "＝1+1", "%0A::error::x", "%25", "\u202egnp.exe", "\U000e0041\U000e0042",
    "a\u0301" * 400, "\ufdfa" * 400, "${{ github.token }}",
)  # fmt: skip
"""Cells that would do something if any output printed them as they stand."""


def _injections() -> Iterator[Case]:
    for number, cell in enumerate(INJECTIONS):
        for column in ("unit", "indicator", "value", "name"):
            # a name of tag characters only is nothing to be seen: as good as no name
            kind: Kind = "warn" if column == "name" and cell == "\U000e0041\U000e0042" else "error"
            yield Case(f"injection-{column}-{number:02d}", with_cell(COUNT, column, cell).encode(), kind, COUNT)


class Project(NamedTuple):
    """Files in their places, of which one is to be told of."""

    name: str
    path: str
    """The file whose place or name is odd, below `data/`."""
    rows: tuple[str, str] | None
    """The unit and the month that its rows speak of; None for a file that is no table."""
    code: str
    """What is said of it; empty for a file that is passed over."""
    remedy: str = ""
    """What the hint must name."""
    counts: bool = False
    """Whether its rows enter a figure."""
    beside: tuple[str, ...] = ()
    """Sound reports that lie in their places."""


JIA = ("甲县", "2023-06")
PROJECTS = (
    Project("a month in words", "2023年6月/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("a month in characters", "六月/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("a month without its year", "6月/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("a month of one digit", "2023-6/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("a number", "6/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("no such month", "2023-13/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("a folder that is no month", "旧表/x.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("beside the months", "x.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("beside the months, told by its name", "甲县6月.csv", ("乙市", "2023-06"), "MZ119", "2023-06/jia.csv"),
    Project("a unit's folder", "2023-06/甲县/报表.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("a folder too many", "2023-06/sub/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("a unit's folder above the month", "甲县/2023-06/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("a folder called like a file", "2023-06/x.csv/jia.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("no unit's name", "2023-06/汇总.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("nearly a unit's name", "2023-06/devzome.csv", ("示范开发区", "2023-06"), "MZ119", "2023-06/devzone.csv"),
    Project("two units' names", "2023-06/甲县乙市.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("another month in its name", "2023-06/甲县5月.csv", JIA, "MZ119", "2023-06/jia.csv"),
    Project("the unit's name", "2023-06/甲县.csv", JIA, "MZ120", "2023-06/jia.csv", counts=True),
    Project("an alias", "2023-06/甲.csv", JIA, "MZ120", "2023-06/jia.csv", counts=True),
    Project("the unit's code", "2023-06/990101.csv", JIA, "MZ120", "2023-06/jia.csv", counts=True),
    Project("with its month", "2023-06/甲县6月.csv", JIA, "MZ120", "2023-06/jia.csv", counts=True),
    Project("a copy's name", "2023-06/甲县(1).csv", JIA, "MZ120", "2023-06/jia.csv", counts=True),
    Project("an office's name", "2023-06/甲县民政局报表.csv", JIA, "MZ120", "2023-06/jia.csv", counts=True),
    Project("two endings", "2023-06/jia.csv.csv", JIA, "MZ120", "2023-06/jia.csv", counts=True),
    Project("upper case", "2023-06/JIA.CSV", JIA, "MZ120", "2023-06/jia.csv", counts=True),
    Project("a second report", "2023-06/甲县.csv", JIA, "MZ121", "2023-06/jia.csv", beside=("2023-06/jia.csv",)),
    Project("a second report, a workbook", "2023-06/甲县.xlsx", JIA, "MZ121", "jia.xlsx", beside=("2023-06/jia.csv",)),
    Project("a workbook", "2023-06/甲县6月.xlsx", JIA, "MZ120", "2023-06/jia.xlsx", counts=True),
    Project("an old workbook", "2023-06/甲县.XLS", JIA, "MZ120", "2023-06/jia.xls", counts=True),
    Project("a workbook of WPS", "2023-06/汇总.et", None, "MZ104", "2023-06/<单位 id>.xlsx"),
    *(
        Project(f"a table of text, {ending}", f"2023-06/jia{ending}", None, "MZ104", "2023-06/jia.xlsx")
        for ending in (".dif", ".slk", ".fods")
    ),
    Project("a workbook with macros", "2023-06/jia.xlsm", None, "MZ104", "2023-06/jia.xlsx"),
    Project("a workbook of LibreOffice", "6月/甲县.ods", JIA, "MZ119", "2023-06/jia.ods"),
    Project("an archive", "2023-06/报表.zip", None, "MZ105", "2023-06/<单位 id>.csv"),
    Project("a text", "2023-06/jia.txt", JIA, "MZ122", "2023-06/jia.csv"),
    Project("a table without an ending", "2023-06/jia", JIA, "MZ122", "2023-06/jia.csv"),
    Project("a copy of an editor's", "2023-06/jia.csv.bak", JIA, "MZ122", "2023-06/jia.csv"),
    Project("evidence", "2023-06/证明.pdf", None, "MZ122", "移出数据文件夹"),
    Project("a readme", "README.md", None, ""),
    Project("a readme of a month", "2023-06/readme.txt", None, ""),
    Project("an office's lock", "2023-06/~$jia.xlsx", None, ""),
    Project("a hidden file", "2023-06/.jia.csv.swp", None, ""),
)


def cases(seed: int = 0) -> list[Case]:
    """Every case; the seed chooses the rows that are spoilt."""
    chance = random.Random(seed)
    made = [*_cells(chance), *_rows(chance), *_headers(), *_quotes(), *_bytes(), *_injections()]
    assert len({case.name for case in made}) == len(made)
    return made
