"""Below a data folder everything is a report, a README or an error: no name makes a file invisible."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from test_cli_check import Run, check, codes, report, write
from workbooks import rows_of, xlsx_of

__all__ = ["check"]

REPORT = report("甲县", "2023-03", "999")
JIA = "data/2023-03/jia.csv"
OWNER = b"\x04user" + b" " * 50 + b"\x04\0" + ("user" + " " * 50).encode("utf-16-le")
"""What Excel lays beside a file: who has it open, in the code page and in UTF-16."""

SEEN: dict[str, tuple[str, str | bytes, str]] = {
    "a hidden month": ("data/.2023-03/jia.csv", REPORT, "MZ119"),
    "a hidden folder": ("data/2023-03/.甲/jia.csv", REPORT, "MZ119"),
    "a hidden report": ("data/2023-03/.jia.csv", REPORT, "MZ119"),
    "a hidden unit's name": ("data/2023-03/.甲县.csv", REPORT, "MZ119"),
    "a hidden workbook": ("data/2023-03/.jia.xlsx", xlsx_of(rows_of(REPORT)), "MZ119"),
    "a hidden archive": ("data/.三月.zip", "", "MZ105"),
    "a report that is called like a lock": ("data/2023-03/~$jia.csv", REPORT, "MZ119"),
    "a report that is called like macOS's": ("data/2023-03/._jia.csv", REPORT, "MZ119"),
    "a workbook that is called like a lock": ("data/2023-03/~$jia.xlsx", b"PK\x03\x04\x14\0[Content_Types]", "MZ119"),
    "a report that is called like Windows'": ("data/2023-03/desktop.ini", REPORT, "MZ119"),
    "a report that is called like git's": ("data/2023-03/.gitignore", REPORT, "MZ119"),
    "a hidden text that holds a report": ("data/.notes", f"see below\n\n{REPORT}", "MZ119"),
    "a report in UTF-16": ("data/2023-03/.old", REPORT.encode("utf-16"), "MZ119"),
    "a report in GB18030": ("data/2023-03/.old", "报告期,填报单位,指标编码,完成值\n".encode("gb18030"), "MZ119"),
    "a report in UTF-16 without a mark": ("data/.old", REPORT.encode("utf-16-be"), "MZ119"),
    "a readme with a header in quotes": ("data/README", '"period","unit","indicator","name"\n', "MZ122"),
    "a readme that holds a report": ("data/README", REPORT, "MZ122"),
    "a readme that holds records": ("data/README", "".join(REPORT.splitlines(keepends=True)[1:]), "MZ122"),
    "a readme that holds a record in Markdown": ("data/README.md", "| 2023-03 | 甲县 | T01-01 | 999 |\n", "MZ122"),
    "a readme that holds a record of the form": ("data/README.md", "2023年3月,甲县,T01-01,999\n", "MZ122"),
    "a readme that holds a record without its code": ("data/README", "2023-03,甲县,,救助项目数,999,,,,\n", "MZ122"),
    "a readme that holds tabs": ("data/2023-03/readme.txt", REPORT.replace(",", "\t"), "MZ122"),
    "a readme that is a workbook": ("data/README.md", b"PK\x03\x04\x14\0[Content_Types]", "MZ122"),
    "a readme with a table of Markdown": ("data/README.md", "|报告期|填报单位|指标编码|完成值|\n", "MZ122"),
}  # fmt: skip
UNSEEN: dict[str, tuple[str, str | bytes]] = {
    "of macOS": ("data/.DS_Store", b"\0\0\0\1Bud1\0\0"),
    "beside a file, of macOS": ("data/2023-03/._jia.csv", b"\0\5\x16\7\0\2\0\0"),
    "of Windows": ("data/2023-03/Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "of Windows, in UTF-16": ("data/desktop.ini", "[.ShellClassInfo]\r\nIconResource=x".encode("utf-16")),
    "of Excel": ("data/2023-03/~$jia.xlsx", b"\4user" + b" " * 20 + b"\0" * 100),
    "of Excel, who has it open": ("data/2023-03/~$jia.csv", OWNER),
    "of WPS, who has it open": ("data/2023-03/.~jia.xlsx", OWNER),
    "of Windows, of films": ("data/2023-03/ehthumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "of LibreOffice": ("data/2023-03/.~lock.jia.csv#", ",user,host,26.11.2023 10:00,file:///x;"),
    "of git": ("data/.gitattributes", "*.csv -text\n"),
    "for git": ("data/2023-04/.gitkeep", ""),
    "of an editor": ("data/2023-03/.jia.csv.swp", b"b0VIM 9.0\0\0\0"),
    "a readme with a month, a code and a number in words": (
        "data/README",
        "2023-03 起，T01-01 每月填 1 次，填累计数。\n",
    ),
    "a readme with who has reported": ("data/README.md", "| 2023-03 | 甲县 | 12 |\n"),
    "a readme": ("data/2023-03/README.TXT", "报告期、填报单位、指标编码、完成值各一列。\n"),
}


@pytest.mark.parametrize("what", SEEN)
def test_what_is_hidden_or_passed_over_holds_no_report(what: str, check: Run) -> None:
    path, content, code = SEEN[what]
    Path(JIA).unlink()
    write(path, content)
    for targets in ((), (path,), (str(Path(path).absolute()),), (str(Path(path).parent),)):
        ran = check("--format", "concise", *targets)
        told = [each for each in codes(ran) if each.endswith((f"{path}:0", f"{path}:1"))]
        assert (ran.code, [each.split()[0] for each in told]) == (1, [code]), targets
    assert "999" not in check("--format", "json").out, "it is in no figure"


@pytest.mark.parametrize("what", UNSEEN)
def test_what_programs_leave_is_passed_over_also_when_it_is_named(what: str, check: Run) -> None:
    path, content = UNSEEN[what]
    write(path, content)
    for targets in ((), (path,), (path, JIA)):
        assert check(*targets).code == 0, targets


@pytest.mark.parametrize("name", ["~$jia.csv", ".~jia.xlsx", "~$jia.xls", "desktop.ini", ".~lock.jia.csv#"])
@pytest.mark.parametrize("content", [REPORT, REPORT.replace("999", ""), REPORT.encode("utf-16")])
def test_what_is_hidden_is_told_in_one_line_and_never_read_as_a_report(
    name: str, content: str | bytes, check: Run
) -> None:
    """Nor is anybody told to write it over the report that lies there."""
    write(f"data/2023-03/{name}", content)
    (told,) = json.loads(check("--format", "json").out)["diagnostics"]
    assert (told["code"], told["path"]) == ("MZ119", f"data/2023-03/{name}")
    assert ("已经有了" in told["hint"]) == ("jia" in name)


def test_a_readme_or_a_hidden_file_that_leads_elsewhere_is_told_and_not_quoted(check: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    for name in ("data/README.txt", "data/.gitignore", "data/2023-03/.x"):
        Path(name).symlink_to(tmp_path / "secret")
        ran = check("--format", "concise")
        assert (ran.code, [each.split()[1] for each in codes(ran)]) == (1, [f"{name}:0"])
        assert "s3cret" not in ran.out + ran.err
        Path(name).unlink()


def test_a_readme_that_may_not_be_read_stops_nothing(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read whatever it likes, and so the system's refusal is played."""
    write("data/README.md", "各单位的月报\n")
    write("data/2023-03/notes.txt", "x\n")
    opened = os.open

    def refuse(path: str, *rest: Any, **named: Any) -> int:
        if str(path).endswith(("README.md", "notes.txt")):
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    assert [each.split()[1] for each in codes(check("--format", "concise"))] == ["data/2023-03/notes.txt:0"]


@pytest.mark.parametrize(
    "path", ["data/jia.csv", "data/forms/jia.csv", "data/2023-03/forms/jia.csv", "data/2023-03/x.csv"]
)
def test_a_blank_form_where_no_report_lies_is_an_error_as_a_filled_one_is(path: str, check: Run) -> None:
    header = report("甲县", "2023-03").partition("\n")[0]
    form = f"{header}\n2023-03,甲县,T01-01,新增养老床位数,,,,,\n"
    for text in (form, report("甲县", "2023-03")):
        write(path, text)
        ran = check("--format", "concise")
        assert (ran.code, f"MZ119 {path}:0" in codes(ran)) == (1, True)
        assert not any(each.startswith("MZ139") for each in codes(ran))


def test_what_git_keeps_below_the_data_is_no_report(check: Run) -> None:
    write("data/.git/HEAD", "ref: refs/heads/main\n")
    assert check().code == 0


def test_outside_of_the_data_what_is_hidden_stays_so(check: Run) -> None:
    write("inbox/.trash/jia.csv", REPORT)
    write("inbox/2023-03/jia.csv", report("甲县", "2023-03"))
    assert check("inbox", "--no-context").out.startswith("√ 检查了 1 个文件")


@pytest.mark.parametrize(
    "path",
    [
        "data/y.csv",
        "data/2023年3月/jia.csv",
        "data/2023-03/甲/jia.csv",
        "data/2023-03/.jia.csv",
        "data/2023-03/4月.csv",
    ],
)
def test_nobody_is_told_to_write_a_report_over_the_one_that_lies_there(path: str, check: Run) -> None:
    """Alone it belongs there; beside the other one of the two has to be chosen."""
    write(path, REPORT)
    beside = json.loads(check("--format", "json").out)["diagnostics"]
    Path(JIA).unlink()
    alone = json.loads(check("--format", "json").out)["diagnostics"]
    (taken,), (free,) = ([each["hint"] for each in found if each["code"] == "MZ119"] for found in (beside, alone))
    assert taken.startswith("2023-03/jia.csv 已经有了")
    assert "改成 2023-03/jia.csv" in free
