"""A plan held against the document it was made from: quotes in their places, numbers claimed or excused."""

import csv
import json
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Mzplan, few
from factory import check_plan, wording
from mzplan.plan.load import finding_line, load_plan, read_plan

pytestmark = pytest.mark.traced

TESTS = Path(__file__).parent
TINY, EVERY = TESTS / "plans" / "tiny.yaml", TESTS / "plans" / "every_key.yaml"
PLAN = TESTS.parent / "plan" / "2023.yaml"

DOCUMENT = """\
2023年示范市民政工作要点
发布时间：2023-01-20 09:30，示民发〔2023〕1号
一、推进社会救助提升行动
1.实施救助服务。全市实施服务类救助项目100个，助餐点覆盖80%的村（社区）。
二、推进社会组织发展行动
2.培育社会组织。4A级社会组织达60家，编制发展规划。
三、工作保障
3.加强队伍建设。6月底前出台市级方案。
"""


UNCLAIMED = "补上指标；不是目标的，在 not_targets 里写上这几个字和理由"

TITLE = "照原文改 title"
DUE = "照原文改 due 或进度点；不是一回事的少摘几个字"

MISPLACED = "把指标移到那项任务，或改摘本任务的话"


def said(document: str, plan: Path = TINY) -> list[str]:
    """What is found in the plan beside that document, without the plan's path."""
    _, found = read_plan(plan, wording(document))
    return [finding_line(finding).replace(str(plan), "计划") for finding in found]


def codes(document: str, plan: Path = TINY) -> list[str]:
    return [line.split(": ", 1)[1].split()[0] for line in said(document, plan)]


def changed(path: Path, old: str, new: str, plan: Path = TINY) -> Path:
    """A copy of a plan with other words; its breakdown is left out."""
    text = plan.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    (path.parent / f"{path.stem}.breakdown.csv").write_text("indicator,unit,target,basis,source\n")
    return path


def test_a_plan_that_says_what_its_document_says() -> None:
    assert said(DOCUMENT) == []


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT.replace("，", ",").replace("（", "(").replace("）", ")"),
        DOCUMENT.replace("100个", "１００个").replace("80%", "８０％"),
        DOCUMENT.replace("救助项目100个", "救助 项目\u3000100 个"),
        DOCUMENT.replace("服务类救助", "服务类\n救助"),
        DOCUMENT.replace("1.", "1、").replace("2.", "（二）").replace("3.", "第三条 "),
        DOCUMENT.replace("1.", "").replace("2.", "").replace("一、", ""),
        DOCUMENT.replace("实施救助服务。", "实施救助服务\n"),
        "目录\n推进社会救助提升行动\n实施救助服务\n培育社会组织\n正文\n" + DOCUMENT,
        DOCUMENT + "— 3 —\n",
    ],
    ids=["narrow", "wide", "blanks", "wrapped", "marks", "unmarked", "own line", "contents", "page number"],
)
def test_how_it_is_set_does_not_count(document: str) -> None:
    assert said(document) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "1.实施救助服务。",
            "1.实施救助工作。",
            "计划:21:15: MZ791 错误：原文里没有以 实施救助服务 开头的一段；照原文改 name；最像的是“实施救助工作”",
        ),
        (
            "救助项目100个",
            "救助项目共100个",
            (
                "计划:30:21: MZ792 错误：T01-01 的 source 不是原文里的话；从原文里复制连续的一段；"
                "最像的是“全市实施服务类救助项目共100个”"
            ),
        ),
        (
            "编制发展规划",
            "编制了发展规划",
            "计划:58:21: MZ792 错误：T02-02 的 source 不是原文里的话；从原文里复制连续的一段；最像的是“编制了发展规划”",
        ),
        (
            "达60家",
            "达6,000家",
            (
                "计划:53:21: MZ792 错误：T02-01 的 source 不是原文里的话；从原文里复制连续的一段；"
                "最像的是“4A级社会组织达6,000家”"
            ),
        ),
        (
            "出台市级方案",
            "做好工作",
            "计划:70:19: MZ792 错误：T03-01 的 source 不是原文里的话；从原文里复制连续的一段",
        ),
        (
            "编制发展规划。\n三、工作保障\n3.加强队伍建设。",
            "\n三、工作保障\n3.加强队伍建设。编制发展规划。",
            f"计划:58:21: MZ793 错误：T02-02 的 source 在 加强队伍建设 下面，不在 培育社会组织 下面；{MISPLACED}",
        ),
        (
            "编制发展规划",
            "编制发展规划，培训500人次",
            f"要点.txt:6:31: MZ794 错误：“展规划，培训500人次。”里的 500 没有指标认领；{UNCLAIMED}",
        ),
        (
            "编制发展规划",
            "编制发展规划，建成三座",
            f"要点.txt:6:31: MZ794 错误：“展规划，建成三座。”里的 三 没有指标认领；{UNCLAIMED}",
        ),
    ],
)
def test_each_departure_is_told_once_with_what_to_do(old: str, new: str, finding: str) -> None:
    assert old in DOCUMENT
    assert said(DOCUMENT.replace(old, new)) == [finding]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "2023年示范市民政工作要点",
            "2022年示范市民政工作要点",
            "计划:3:8: MZ796 警告：title 是 2023年示范市民政工作要点，原文的标题是“2022年示范市民政工作要点”；"
            + TITLE,
        ),
        ("2023年示范市民政工作要点", "2023年示范市\n民政工作要点", None),
        ("2023年示范市民政工作要点\n", "", None),  # the document does not state it
        (
            "发布时间：2023-01-20 09:30",
            "发布时间：2023-02-10 09:30",
            "计划:6:9: MZ796 警告：issued 是 2023-01-20，原文写的日期是 2023-02-10；照原文改 issued",
        ),
        (
            "发布时间：2023-01-20 09:30",
            "（2023年2月1日印发）",
            "计划:6:9: MZ796 警告：issued 是 2023-01-20，原文写的日期是 2023-02-01；照原文改 issued",
        ),
        ("发布时间：2023-01-20 09:30", "2023年1月20日", None),
        ("发布时间：2023-01-20 09:30", "根据2022年12月3日会议", None),
        ("发布时间：2023-01-20 09:30", "", None),
        (
            "编制发展规划",
            "9月底前，编制发展规划",
            f"计划:58:21: MZ796 警告：T02-02 的原文写着“9月底前”，due 是 2023-12；{DUE}",
        ),
        ("编制发展规划", "2024年9月底前，编制发展规划", None),
        ("编制发展规划", "9月底前开展检查，编制发展规划", None),  # the month is of something else
        ("编制发展规划", "12月底前，编制发展规划", None),
    ],
)  # fmt: skip
def test_title_date_and_months_are_those_of_the_document(old: str, new: str, finding: str | None) -> None:
    assert old in DOCUMENT
    assert said(DOCUMENT.replace(old, new, 1)) == ([finding] if finding else [])


def test_another_document_is_one_finding() -> None:
    (finding,) = said("2023年财政工作要点\n一、增加收入。收入增长8%。\n")
    assert finding.startswith("计划:17:11: MZ791 错误：要点.txt 里没有计划的任何一个标题；看看是不是拿错了文件")


def test_a_plan_that_is_wrong_itself_is_not_held_against_anything(tmp_path: Path) -> None:
    wrong = changed(tmp_path / "p.yaml", "at_least: 100", "at_least: -1")
    assert codes("", wrong) == ["MZ741"]


@pytest.mark.parametrize(
    "words", ["2024年", "6月底", "15日", "第3批", "第三批", "4A级", "一批", "几十个", "千家万户", "统一"]
)
def test_what_is_no_amount(words: str) -> None:
    assert codes(DOCUMENT.replace("编制发展规划", f"编制发展规划，{words}")) == []


@pytest.mark.parametrize("words", ["5个", "1,200个", "0.5%", "百分之五", "十家", "1.4亿元", "3万", "两项", "2千名"])
def test_what_is_one(words: str) -> None:
    assert codes(DOCUMENT.replace("编制发展规划", f"编制发展规划，{words}")) == ["MZ794"]


@given(st.text(alphabet="一二十百万亿%1009.,-:（()）〔〕第个批项 \t\n\u3000４Ａ建设社会救助。", max_size=80))
def test_no_text_is_answered_by_a_crash(text: str) -> None:
    for finding in read_plan(TINY, wording(DOCUMENT + text))[1]:
        assert finding.location.path in (str(TINY), "要点.txt")


NOTHING = ("1", "1,111", "〔", "一", "百分之一", "(1", "2023-", "。5个\n", " ", "实施救助服务")
"""What a document may hold many times, each of which would take hours if a pattern went back over what it has read."""


@pytest.mark.parametrize("piece", NOTHING)
def test_a_document_of_nothing_is_read_to_its_end(piece: str) -> None:
    assert set(codes(DOCUMENT + piece * 500)) <= {"MZ794"}


def test_a_quoted_number_that_is_not_the_target_is_no_claim(tmp_path: Path) -> None:
    plan = changed(tmp_path / "p.yaml", "at_least: 60", "at_least: 90")
    (told,) = said(DOCUMENT, plan)
    assert "MZ794" in told
    assert "达60家，编制发展”里的 60 由 T02-01 摘了，却不是它的目标（≥90）" in told


def test_a_target_that_is_no_number_of_its_clause_is_told_once_however_it_is_told(tmp_path: Path) -> None:
    """Of the plan alone, beside the document, and where the clause is no quote at all; an excuse is of the number."""
    wrong = changed(tmp_path / "p.yaml", "at_least: 60", "at_least: 90")
    assert [finding.rule.code for finding in check_plan(wrong)] == ["MZ753"]
    excuse = "not_targets:\n  - {words: 达60家, reason: 上年的数}\nsafeguards:\n"
    assert codes(DOCUMENT, changed(tmp_path / "q.yaml", "safeguards:\n", excuse, wrong)) == ["MZ753"]
    assert codes(DOCUMENT.replace("达60家", "达70家"), wrong) == ["MZ792"]


def test_a_second_number_in_a_quote_needs_its_own_claim(tmp_path: Path) -> None:
    document = DOCUMENT.replace("项目100个", "项目100个、服务500人")
    plan = changed(tmp_path / "p.yaml", "source: 全市实施服务类救助项目100个", "source: 服务类救助项目100个、服务500人")
    assert codes(document, plan) == ["MZ794"]
    undefined = changed(
        tmp_path / "q.yaml", "target: {at_least: 100}\n            breakdown: townships", "target: undefined", plan
    )
    assert codes(document, undefined) == []


@pytest.mark.parametrize(
    ("first", "second", "swapped"),
    [(800, 600, False), (600, 800, True)],
)
@pytest.mark.parametrize("unit", ["张", "人"])
def test_targets_that_are_each_others_are_told(
    first: int, second: int, unit: str, *, swapped: bool, tmp_path: Path
) -> None:
    """By the measure units, and where both count 人 by the words before the numbers."""
    words = f"新增照护专区入住800{unit}，新增持证养老护理员600人"
    both = "".join(
        f"\n          - {{id: {key}, name: {name}, kind: count, unit: {measure}, target: {{at_least: {target}}}, "
        f'source: "{words}"}}'
        for key, name, measure, target in (
            ("T02-08", "照护专区新增入住", unit, first),
            ("T02-09", "新增持证护理员", "人", second),
        )
    )
    plan = changed(tmp_path / "p.yaml", "          - id: T02-01", f"{both[1:]}\n          - id: T02-01")
    document = DOCUMENT.replace("编制发展规划", f"编制发展规划，{words}")
    told = [line for line in said(document, plan) if "MZ753" not in line]
    swap = "像是 T02-08 的，目标却写给了 T02-09，T02-09 的写给了 T02-08"
    says = [f"MZ797 警告：“照护专区入住800{unit}，新增持证”里的 800 {swap}"] if swapped else []
    assert [line.split(": ", 1)[1].split("；")[0] for line in told] == says


def test_what_a_plan_excuses_is_not_asked_for_and_a_needless_excuse_is_told(tmp_path: Path) -> None:
    document = DOCUMENT.replace("编制发展规划", "编制发展规划，实施“8+4”政策")
    assert codes(document) == ["MZ794", "MZ794"]
    excuse = "not_targets:\n  - {words: “8＋4”, reason: 政策简称}\nsafeguards:\n"
    plan = changed(tmp_path / "p.yaml", "safeguards:\n", excuse)
    assert codes(document, plan) == []
    assert codes(DOCUMENT, plan) == ["MZ795"]
    assert codes(document, changed(tmp_path / "q.yaml", "“8＋4”", "编制发展规划", plan)) == ["MZ795", "MZ794", "MZ794"]


def test_baselines_growth_and_points_are_figures_of_an_indicator() -> None:
    document = """\
养老服务提升行动
1.扩大供给。新增护理型床位800张，6月底350张，上年新增600张。补贴发放额增长8%。持证护理员翻一番。满意率90%以上。
2.建设中心。东县、高新区各建成一所。投入5000万元左右。
保障措施
3.安全。零事故。修订应急预案。隐患降到20处。提升整改数。
"""
    assert said(document, EVERY) == []


def rows(name: str) -> list[list[str]]:
    with (TESTS / "document" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def composed() -> str:
    """A document that says no more than the clauses that are tracked, under their headings, and what is excused."""
    plan = load_plan(PLAN)
    clauses: dict[int, list[str]] = {}
    for identifier, clause in rows("clauses.csv"):
        clauses.setdefault(int(identifier[1:3]), []).append(clause)
    excused = "、".join(words for (words,) in rows("not_targets.csv"))
    tasks = {
        task.number: f"{task.number}.{task.name}。{'；'.join(clauses.get(task.number, []))}。" for task in plan.tasks
    }
    lines = [f"2023年全市民政工作要点：{excused}"]
    for area in plan.action_areas:
        lines += [f"（{area.number}）{area.name}", *(tasks[task.number] for task in area.tasks)]
    lines += [f"三、{plan.safeguards_name}", *(tasks[task.number] for task in plan.safeguards)]
    return "\n".join(lines)


def test_the_plan_of_2023_claims_or_excuses_every_number_of_its_clauses() -> None:
    assert said(composed(), PLAN) == []


NUMBERS = [tuple(row[:2]) for row in rows("target_numbers.csv") if row[2] == "target" and row[0] not in "一万亿"]


@pytest.mark.untraced
@few(("number", "identifier"), NUMBERS, NUMBERS[::8])
def test_each_target_number_of_2023_is_missed_where_its_indicator_quotes_another_clause(
    number: str, identifier: str, tmp_path: Path
) -> None:
    clause = next(words for each, words in rows("clauses.csv") if each == identifier)
    assert number in clause
    text = PLAN.read_text()
    at = text.index(f"source: {clause}\n", text.index(f"id: {identifier}\n")) + len("source: ")
    plan = tmp_path / "2023.yaml"
    plan.write_text(f"{text[:at]}修订临时救助实施细则{text[at + len(clause) :]}")
    (tmp_path / "2023.breakdown.csv").write_bytes(PLAN.with_name("2023.breakdown.csv").read_bytes())
    assert "MZ794" in codes(composed(), plan)


def write_docx(path: Path) -> Path:
    document = docx.Document()
    for line in DOCUMENT.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_text_and_word_say_the_same(mzplan: Mzplan, tmp_path: Path) -> None:
    texts = [tmp_path / "要点.txt", tmp_path / "要点.md", tmp_path / "国标.txt"]
    for path, encoding in zip(texts, ("utf-8", "utf-8", "gb18030"), strict=True):
        path.write_bytes(DOCUMENT.encode(encoding))
    for path in (*texts, write_docx(tmp_path / "要点.docx")):
        run = mzplan("plan", "check", TINY, "--document", path)
        assert (run.code, run.err) == (0, "")
        assert run.out.endswith(f"6 个分解数，与原文 {path} 相符，没有发现问题。\n")


def test_a_number_in_word_is_found_in_its_paragraph(mzplan: Mzplan, tmp_path: Path) -> None:
    document = docx.Document(str(write_docx(tmp_path / "要点.docx")))
    document.add_paragraph("培训500人次。")
    document.save(str(tmp_path / "要点.docx"))
    run = mzplan("plan", "check", TINY, "--document", tmp_path / "要点.docx")
    first, last = run.out.splitlines()
    assert first.startswith(f"{tmp_path / '要点.docx'}:9:3: MZ794 错误：“培训500人次。”里的 500 没有指标认领")
    assert last == f"× {TINY}：计划可用，与原文 {tmp_path / '要点.docx'} 有 1 处不符，0 个警告。"
    assert run.code == 1


def test_programs_get_the_findings_with_the_documents_path(mzplan: Mzplan, tmp_path: Path) -> None:
    path = tmp_path / "要点.txt"
    path.write_text(DOCUMENT + "培训500人次。\n")
    run = mzplan("plan", "check", TINY, "--document", path, "--format", "json")
    (finding,) = json.loads(run.out)["diagnostics"]
    assert (run.code, finding["code"], finding["line"]) == (1, "MZ794", 9)
    assert finding["path"].endswith("要点.txt")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n1 0 obj", "文稿是 PDF，取出的文字会错位，不能逐字核对。请在 Word 或 WPS 中打开另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\0\0", "请另存为 UTF-8 文本或 .docx 后再核对"),
        (None, "没有这个文件"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes | None, says: str, mzplan: Mzplan, tmp_path: Path) -> None:
    path = tmp_path / "要点.pdf"
    if data is not None:
        path.write_bytes(data)
    run = mzplan("plan", "check", TINY, "--document", path)
    assert (run.code, run.out) == (2, "")
    assert says in run.err
