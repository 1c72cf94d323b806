"""`mzplan summary` from the command line: kinds, formats, files, refusals, verification and its exit codes."""

import json
from pathlib import Path

import pytest

from conftest import out, run

Capture = pytest.CaptureFixture[str]

PLANS = Path(__file__).parent / "plans"
HEADER = "period,unit,indicator,value,numerator,denominator,note\n"


def write(folder: Path, period: str, unit: str, *rows: str) -> None:
    path = folder / period / f"{unit}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "".join(f"{period},{row}\n" for row in rows), "utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the tiny plan and two months of one county's data; the bureau is silent."""
    (tmp_path / "plan").mkdir()
    for name in ("tiny.yaml", "tiny.breakdown.csv"):
        (tmp_path / "plan" / name).write_bytes((PLANS / name).read_bytes())
    data = tmp_path / "data"
    write(data, "2023-05", "jia", "甲县,T01-01,20,,,", "甲县,T01-02,,30,60,")
    write(data, "2023-05", "yi", "乙市,T01-01,7,,,")
    write(data, "2023-06", "jia", "甲县,T01-01,31,,,", "甲县,T01-02,,45,60,")
    write(data, "2023-06", "yi", "乙市,T01-01,15,,,")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_bulletin_is_printed(project: Path, capsys: Capture) -> None:
    text = out(capsys, "summary")
    assert text.startswith("示范市民政局关于2023年1—6月全市民政重点工作指标进展情况的通报\n")
    assert "服务类救助项目数累计46个，完成年度目标的46.0%，报齐后再作结论" in text
    assert text.endswith("程序：mzplan 0.2.0\n")


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (["--kind", "brief"], "2023年1—6月全市民政重点工作指标进展简报"),
        (["--kind", "half-year"], "示范市民政局关于2023年上半年全市民政重点工作指标进展情况的通报"),
        (["--kind", "reminder"], "2023年6月报告期数据催报"),
        (["--unit", "甲"], "示范市民政局关于反馈2023年1—6月甲县民政重点工作指标进展情况的函"),
        (["--area", "1"], "2023年1—6月推进社会救助提升行动进展情况"),
        (["--area", "社会救助"], "2023年1—6月推进社会救助提升行动进展情况"),
        (["--area", "0"], "2023年1—6月工作保障进展情况"),
        (["--period", "2023-05"], "示范市民政局关于2023年1—5月全市民政重点工作指标进展情况的通报"),
        (["--draft"], "示范市民政局关于2023年1—6月全市民政重点工作指标进展情况的通报（草稿）"),
    ],
)
def test_kinds(project: Path, capsys: Capture, arguments: list[str], title: str) -> None:
    assert out(capsys, "summary", *arguments).splitlines()[0] == title


def test_a_reminder_may_be_for_one_unit(project: Path, capsys: Capture) -> None:
    text = out(capsys, "summary", "--kind", "reminder", "--unit", "乙市")
    assert "乙市：" in text
    assert "市本级：" not in text


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("b.md", "# 示范市".encode()),
        ("b.html", b"<!DOCTYPE html>"),
        ("b.json", b"{"),
        ("b.docx", b"PK"),
        ("b", "示范市".encode()),
    ],
)
def test_a_file_is_written_in_the_format_of_its_name(project: Path, capsys: Capture, name: str, opening: bytes) -> None:
    assert out(capsys, "summary", "--output", name) == ""
    assert (project / name).read_bytes().startswith(opening.decode().encode())


@pytest.mark.untraced
def test_the_same_data_give_the_same_bytes(project: Path, capsys: Capture) -> None:
    for name in ("one.docx", "two.docx"):
        out(capsys, "summary", "--output", name)
    assert (project / "one.docx").read_bytes() == (project / "two.docx").read_bytes()


def test_a_date_is_printed_when_it_is_given(project: Path, capsys: Capture) -> None:
    assert "2023年7月12日" in out(capsys, "summary", "--date", "2023-07-12")
    assert run("summary", "--date", "12.7.2023") == 2
    assert "YYYY-MM-DD" in capsys.readouterr().err


def test_ranks_may_be_left_out(project: Path, capsys: Capture) -> None:
    parts = project / "plan" / "tiny.breakdown.csv"
    parts.write_text(parts.read_text("utf-8").replace(",reference,", ",official,"), "utf-8")
    assert "位。" in out(capsys, "summary")
    assert "位次" not in out(capsys, "summary", "--no-rank").partition("说明")[0]


def test_an_own_layout(project: Path, capsys: Capture) -> None:
    (project / "office.txt").write_text("{{ bulletin.title.text }}\n", "utf-8")
    assert (
        out(capsys, "summary", "--template", "office.txt")
        == "示范市民政局关于2023年1—6月全市民政重点工作指标进展情况的通报\n"
    )
    (project / "wrong.txt").write_text("\n{{ bulletin.no }}", "utf-8")
    assert run("summary", "--template", "wrong.txt") == 2
    assert "模板 wrong.txt 第 2 行" in capsys.readouterr().err
    (project / "binary.txt").write_bytes(b"\xff\xff\x00")
    assert run("summary", "--template", "binary.txt") == 2
    assert "不是文本文件" in capsys.readouterr().err


def test_an_earlier_period_is_proposed_to_no_document_of_one_period(project: Path, capsys: Capture) -> None:
    for kind, proposed in (("bulletin", True), ("annual", False)):
        assert run("summary", "--kind", kind, "--period", "2023-12") == 2
        assert ("写早一期的" in capsys.readouterr().err) is proposed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--kind", "breif"], "brief"),
        (["--format", "doc"], "docx"),
        (["--unit", "丙县"], "丙县"),
        (["--area", "99"], "99"),
        (["--kind", "unit"], "--unit"),
        (["--kind", "annual"], "2023-12 应报的 4 家单位中有 4 家未报，已有数据到 2023-06"),
        (["--kind", "half-year", "--period", "2023-05"], "--period 2023-06"),
        (["--kind", "annual", "--period", "2023-11"], "全年通报以 2023-12 为报告期，给出的是 2023-11。"),
        (["--template", "none.txt"], "没有这个文件"),
        (["--template", "."], "是文件夹"),
        (["--verify", "none.md"], "没有这个文件"),
        (["--verify", "none.md", "--format", "html"], "核对结果的格式"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_line(project: Path, capsys: Capture, arguments: list[str], words: str) -> None:
    assert run("summary", *arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err
    assert "Traceback" not in shown.err


def test_data_with_errors_make_no_bulletin_but_a_draft(project: Path, capsys: Capture) -> None:
    write(project / "data", "2023-06", "yi", "乙市,T01-01,十五,,,", "乙市,T01-02,,10,20,")
    assert run("summary") == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "yi.csv" in shown.err
    assert "--draft" in shown.err
    assert run("summary", "--draft") == 0
    draft = capsys.readouterr()
    assert draft.out.splitlines()[0].endswith("（草稿）")
    assert "服务类救助项目数累计38个" in draft.out  # 31, and 7 carried from May
    assert "未计入任何数字：data/2023-06/yi.csv（1 处错误）" in draft.err


@pytest.mark.untraced
def test_a_clean_draft_is_verified_without_a_finding(project: Path, capsys: Capture) -> None:
    for name in ("b.txt", "b.md", "b.docx"):
        out(capsys, "summary", "--output", name)
        assert out(capsys, "summary", "--verify", name).startswith(f"√ 核对 {name}：")


@pytest.mark.untraced
def test_a_wrong_figure_fails_the_verification(project: Path, capsys: Capture) -> None:
    text = out(capsys, "summary").replace("累计46个", "累计64个", 1)
    (project / "b.txt").write_text(text, "utf-8")
    assert run("summary", "--verify", "b.txt") == 1
    shown = capsys.readouterr().out
    assert "MZ901 错误：“累计64个”与数据不符：“服务类救助项目数”应为46个" in shown
    assert run("summary", "--verify", "b.txt", "--format", "github") == 1
    assert capsys.readouterr().out.startswith("::error file=b.txt,line=")
    assert run("summary", "--verify", "b.txt", "--format", "json", "--output", "found.json") == 1
    found = json.loads((project / "found.json").read_text("utf-8"))
    assert found["summary"]["differs"] == 1
    assert [one["code"] for one in found["diagnostics"]] == ["MZ901"]


def test_an_earlier_month_in_a_sentence_is_not_the_drafts(project: Path, capsys: Capture) -> None:
    """The title says that it is of June."""
    text = out(capsys, "summary").replace("一、总体情况\n", "一、总体情况\n　　截至5月底，各单位已报送。\n", 1)
    (project / "b.txt").write_text(text, "utf-8")
    run("summary", "--verify", "b.txt")
    shown = capsys.readouterr()
    assert "5月" in shown.out
    assert "文稿写的是" not in shown.err


def test_a_warning_does_not_fail_the_verification(project: Path, capsys: Capture) -> None:
    (project / "b.txt").write_text("标题\n\n电话12345678。\n", "utf-8")
    assert "MZ903" in out(capsys, "summary", "--verify", "b.txt")
    assert run("summary", "--verify", "b.txt", "--strict") == 1


def test_a_draft_that_says_so_is_verified_like_any_other(project: Path, capsys: Capture) -> None:
    out(capsys, "summary", "--draft", "--output", "b.txt")
    assert out(capsys, "summary", "--verify", "b.txt", "--strict").startswith("√")


def test_a_bulletin_of_another_month_is_told_from_a_wrong_one(project: Path, capsys: Capture) -> None:
    out(capsys, "summary", "--period", "2023-05", "--output", "may.md")
    assert run("summary", "--verify", "may.md", "--period", "2023-06") == 1
    shown = capsys.readouterr()
    assert "是2023年5月的数字" in shown.out
    assert "--period 2023-05" in shown.err


@pytest.mark.untraced
def test_a_bulletin_is_verified_with_the_month_of_its_own_title(project: Path, capsys: Capture) -> None:
    """The data go to June."""
    may = out(capsys, "summary", "--period", "2023-05")
    (project / "may.txt").write_text(may, "utf-8")
    assert out(capsys, "summary", "--verify", "may.txt").startswith("√")
    (project / "may.txt").write_text(may.replace("截至5月底", "截至6月底", 1), "utf-8")
    assert run("summary", "--verify", "may.txt") == 1
    assert "应为5" in capsys.readouterr().out
    (project / "may.txt").write_text(may.replace("2023年1—5月", "2023年1—11月", 1), "utf-8")
    assert run("summary", "--verify", "may.txt") == 1  # nobody has reported for November: it is held against June
    shown = capsys.readouterr()
    assert "“2023年1—11月”与" in shown.out
    assert "现在按 2023-06 核对；要按 2023-11 核对，请加 --period 2023-11 --draft。" in shown.err
    draft = out(capsys, "summary", "--period", "2023-11", "--draft")
    (project / "may.txt").write_text(draft, "utf-8")
    assert out(capsys, "summary", "--verify", "may.txt", "--period", "2023-11", "--draft").startswith("√")


def test_a_correction_after_printing_is_noticed(project: Path, capsys: Capture) -> None:
    out(capsys, "summary", "--output", "b.md")
    write(project / "data", "2023-06", "yi", "乙市,T01-01,16,,,")
    assert run("summary", "--verify", "b.md") == 1
    shown = capsys.readouterr().out
    assert "MZ907 警告：文末记的数据摘要是" in shown
    assert "应为47个" in shown


@pytest.mark.parametrize(
    "arguments", [[], ["--kind", "brief"], ["--kind", "reminder"], ["--unit", "甲县"], ["--area", "1"]], ids=" ".join
)
def test_a_period_that_most_are_silent_about_makes_a_draft_alone(
    project: Path, capsys: Capture, arguments: list[str]
) -> None:
    """Of four units that owe, 甲县 alone has sent July; nobody has sent August."""
    write(project / "data", "2023-07", "jia", "甲县,T01-01,35,,,")
    for period, none, names in (("2023-07", 3, "（乙市、示范开发区、市本级）"), ("2023-08", 4, "，已有数据到 2023-07")):
        assert run("summary", "--period", period, *arguments) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert f"{period} 应报的 4 家单位中有 {none} 家未报{names}，写不了正式文稿" in shown.err
        assert "（草稿）" in out(capsys, "summary", "--period", period, *arguments, "--draft").splitlines()[0]


@pytest.mark.parametrize("folder", ["data", "elsewhere"])
@pytest.mark.parametrize(
    "arguments", [[], ["--kind", "brief"], ["--kind", "reminder"], ["--unit", "甲县"], ["--area", "1"]], ids=" ".join
)
def test_without_any_report_every_kind_is_refused_in_the_same_words(
    project: Path, capsys: Capture, arguments: list[str], folder: str
) -> None:
    """A project's own data folder may be empty; another one without reports is an error, which says less."""
    (project / "data").rename(project / "before")
    (project / folder).mkdir()
    assert run("summary", "--data", folder, *arguments) == 2
    shown = capsys.readouterr()
    assert "2023-01 应报的 4 家单位中有 4 家未报，写不了正式文稿。\n还没有任何报表：先用 mzplan template" in shown.err
    assert "--draft" in shown.err
    assert "（草稿）" in out(capsys, "summary", "--data", folder, *arguments, "--draft").splitlines()[0]


def test_a_date_before_the_end_of_the_period_is_refused(project: Path, capsys: Capture) -> None:
    assert run("summary", "--date", "2023-06-29") == 2
    assert "成文日期 2023-06-29 早于报告期 2023-06 结束" in capsys.readouterr().err
    assert "2023年6月30日" in out(capsys, "summary", "--date", "2023-06-30")
    assert run("summary", "--date", "20230712") == 2


def test_the_bureau_writes_no_letter_to_itself(project: Path, capsys: Capture) -> None:
    assert run("summary", "--unit", "市本级") == 2
    err = capsys.readouterr().err
    assert "不给自己发函" in err
    assert "mzplan status --unit bureau，" in err  # its English name has a blank, and would be two words


def test_an_office_stands_around_the_document(project: Path, capsys: Capture) -> None:
    (project / "office.yaml").write_text("发文机关: 某市民政局\n文号: 某民〔2023〕1号\n", "utf-8")
    text = out(capsys, "summary", "--office", "office.yaml")
    assert text.startswith("某民〔2023〕1号\n\n某市民政局关于2023年1—6月")
    (project / "office.yaml").write_text("机关: 某市民政局\n", "utf-8")
    assert run("summary", "--office", "office.yaml") == 2
    assert "office.yaml:1：没有“机关”这一项" in capsys.readouterr().err
