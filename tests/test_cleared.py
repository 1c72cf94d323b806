"""What a note clears is no finding, and is told all the same: no words make a figure's change unseen."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Mzplan, dear, through
from mzplan.check.run import CheckResult, run_checks
from mzplan.submissions.sources import Source
from repositories import Git, commit, git
from rule_examples import HEADER, PLAN, check_rows
from test_bearing import (
    BEDS,
    DENOMINATOR,
    EMPTY,
    FALL,
    JUMP,
    LEVEL,
    LEVEL_FALL,
    ODD,
    REASONS,
    SHARE_JUMP,
    TENFOLD,
    YUAN,
)

__all__ = ["git"]

STAGES = "T01-04"
STEP_BACK = (STAGES, "已完成 推进中")


def checked(code: str, figures: str, *notes: str) -> CheckResult:
    """What comes of 青山县's figures month by month; the last ones have the notes."""
    year, last = figures.split(), dict(enumerate(reversed(notes)))
    rows = [_row(code, at, figure, note=last.get(len(year) - at, "")) for at, figure in enumerate(year, start=1)]
    return check_rows(*rows, plan=PLAN, today=None)


def _row(code: str, month: int, figure: str, unit: str = "青山县", note: str = "") -> str:
    cells = f",{figure.replace('/', ',')}" if "/" in figure else f"{figure},,"
    said = note.replace('"', '""')
    return f'2031-{month:02d},{unit},{code},,{cells},"{said}",'


def cleared(*asked: str) -> list[str]:
    return [f"{each.severity} {each.rule.code} {each.message}：{each.value}" for each in checked(*asked).cleared]


CLEARED = [
    (FALL, "台风损毁8张", "error MZ501 20 → 12"),
    (LEVEL_FALL, "两镇划出，减少41人", "error MZ508 43 → 2"),
    (JUMP, "新院投用180张", "warning MZ502 20 → 200"),
    (TENFOLD, "新院投用，比上次增加400张", "error MZ507 50 → 450"),
    (DENOMINATOR, "区划调整，分母增加30", "warning MZ503 50/100 → 60/130"),
    (SHARE_JUMP, "抽调网格员上门，增加11", "warning MZ502 20/100 → 31/100"),
    (ODD, "多院投用，共801张", "warning MZ517 第一次报 801"),
    (STEP_BACK, "方案退回重做", "warning MZ504 已完成 → 推进中"),
]


@pytest.mark.parametrize(("year", "note", "expected"), CLEARED)
def test_a_change_that_a_note_clears_is_told_as_what_it_would_be_without(
    year: tuple[str, str], note: str, expected: str
) -> None:
    result = checked(*year, note)
    assert (result.diagnostics, cleared(*year, note)) == ((), [f"{expected}：{note}"])


@through(("year", "note", "expected"), CLEARED)
def test_a_note_on_another_row_clears_nothing(year: tuple[str, str], note: str, expected: str) -> None:
    """Another indicator's of the same report, another unit's of the same indicator and month, the last month's."""
    code, months = year[0], year[1].split()
    own = [_row(code, month, figure) for month, figure in enumerate(months, start=1)]
    other = LEVEL if code == BEDS else BEDS
    noted = [
        [*own, _row(other, len(months), "30", note=note)],
        [*own, *(_row(code, month, each, "绿水县", note) for month, each in enumerate(months, start=1))],
        *([*own[:-2], _row(code, len(months) - 1, months[-2], note=note), own[-1]] for _ in months[1:2]),
    ]
    for rows in noted:
        found = check_rows(*rows, plan=PLAN, today=None).diagnostics
        here = [each.rule.code for each in found if (each.unit, each.indicator) == ("qingshan", code)]
        assert expected.split()[1] in here, rows


@pytest.mark.parametrize(
    ("code", "figures", "notes"),
    [
        (BEDS, "20 25", ["新院投用5张"]),  # nothing was to be cleared
        (BEDS, "20 12", [""]),
        (BEDS, "20 12", ["台风"]),  # a question is told as one
        (BEDS, "20 12", ["新院投用，新增8张"]),
        (BEDS, "20 20 20 20 20 20", ["没有新的项目"]),  # no change
    ],
)
def test_what_is_no_change_or_is_a_finding_is_not_told_so(code: str, figures: str, notes: list[str]) -> None:
    assert cleared(code, figures, *notes) == []


def test_a_figure_is_told_once_under_the_gravest_of_its_rules() -> None:
    """From 20 to 9,000 it is beyond its target and of another magnitude; and each figure has its own note."""
    assert cleared(BEDS, "20 12 200", "台风损毁8张", "新院投用188张") == [
        "error MZ501 20 → 12：台风损毁8张",
        "warning MZ502 12 → 200：新院投用188张",
    ]


NOTES = st.one_of(
    st.text(max_size=20),
    st.sampled_from([*REASONS, *EMPTY]),
    st.builds(
        "".join,
        st.lists(
            st.sampled_from(
                [
                    *(
                        "请不要",
                        "听说",
                        "核减",
                        "重复",
                        "更正",
                        "新院投用",
                        "台风损毁",
                        "增加",
                        "减少",
                        "应为",
                        "上月误填",
                    ),
                    *(
                        "由20变为12",
                        "退回重做",
                        "返工",
                        "，",
                        "8张",
                        "180张",
                        "41人",
                        "400张",
                        "30",
                        "11",
                        "801张",
                        "。",
                    ),
                ]
            ),
            max_size=6,
        ),
    ),
)
CHANGES = [FALL, LEVEL_FALL, JUMP, YUAN, TENFOLD, DENOMINATOR, SHARE_JUMP, ODD, STEP_BACK]


@given(st.sampled_from(CHANGES), NOTES)
def test_no_note_makes_a_change_unseen(year: tuple[str, str], note: str) -> None:
    assert checked(*year).diagnostics
    result = checked(*year, note)
    last, told = len(year[1].split()) + 1, [*result.diagnostics, *result.cleared]
    assert any(max(each.lines, default=last) >= last for each in told)  # a note may have lines of its own


@dear()
@given(st.sampled_from(CHANGES), NOTES)
def test_what_is_cleared_changes_no_finding_and_no_figure(year: tuple[str, str], note: str) -> None:
    """Who asks for no warnings gets the same figures, and nobody works out for him what notes clear."""
    rows = [f"2031-{at:02d},青山县,{year[0]},,{each},,,{note}," for at, each in enumerate(year[1].split(), start=1)]
    sources = [Source.of_bytes("data.csv", "\n".join([HEADER, *rows, ""]).encode(errors="replace"))]
    one, two = (run_checks(PLAN, sources, errors_only=each) for each in (True, False))
    assert one.cleared == ()
    assert list(one.ledger.values) == list(two.ledger.values)
    assert not {each.location for each in two.cleared} & {
        each.location for each in two.diagnostics if each.severity == "error"
    }


YEAR = {"2023-01": ("20", ""), "2023-02": ("12", "台风损毁8件"), "2023-03": ("200", "新增项目188件")}
LINE = "甲县 T01-01 服务类救助项目数 {change}：“{note}”（data/{month}/jia.csv:2）"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in which 甲县's figures of two months stand because of their notes."""
    plan = (Path(__file__).parent / "plans" / "tiny.yaml").read_text()
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "2023.yaml").write_text(plan.replace("breakdown: townships", "note: 不分解"))
    for month, (figure, note) in YEAR.items():
        write(tmp_path, month, figure, note)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(project: Path, month: str, figure: str, note: str) -> None:
    path = project / "data" / month / "jia.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{HEADER}\n{month},甲县,T01-01,服务类救助项目数,{figure},,,{note},\n")


CHECK = ("check", "--today", "2023-04-05", "--select", "MZ5")


def test_it_is_told_beside_the_tally_and_fails_nothing(project: Path, mzplan: Mzplan) -> None:
    ran = mzplan(*CHECK)
    lines = ran.out.splitlines()
    assert (ran.code, lines[0]) == (0, "凭说明放行 2 处变化，请看说明是否属实：")
    assert lines[1:3] == [
        "  " + LINE.format(change="20 → 12", note="台风损毁8件", month="2023-02"),
        "  " + LINE.format(change="12 → 200", note="新增项目188件", month="2023-03"),
    ], "an error comes before the later warning"
    clean = "√ 检查了 3 个文件、3 条记录，没有发现问题。"
    assert (len(lines), lines[3][: len(clean)]) == (4, clean)
    assert mzplan(*CHECK, "--quiet").out == ""
    assert mzplan(*CHECK, "--strict").code == 0
    assert mzplan(*CHECK, "--ignore", "MZ501,MZ502").out.startswith(clean), "nobody asks for these"
    assert "20 → 12" not in mzplan(*CHECK, "--exclude", "data/2023-02").out


def test_programs_get_it_beside_the_findings_and_never_among_them(project: Path, mzplan: Mzplan) -> None:
    document = json.loads(mzplan(*CHECK, "--format", "json").out)
    assert (document["diagnostics"], document["summary"]["cleared"]) == ([], 2)
    assert [(each["code"], each["message"], each["value"]) for each in document["cleared"]] == [
        ("MZ501", "20 → 12", "台风损毁8件"),
        ("MZ502", "12 → 200", "新增项目188件"),
    ]
    assert {(each["unit"], each["indicator"]) for each in document["cleared"]} == {("jia", "T01-01")}
    for name in ("gitlab", "junit", "rdjson", "jsonl"):
        ran = mzplan(*CHECK, "--format", name)
        assert "→" not in ran.out, name
        assert [line.partition("→")[1] for line in ran.err.splitlines()[-3:]] == ["", "→", "→"], name
    (sarif,) = json.loads(mzplan(*CHECK, "--format", "sarif").out)["runs"]
    notes = [each for run in sarif["invocations"] for each in run["toolExecutionNotifications"] if "locations" in each]
    assert ([each["level"] for each in notes], sarif["results"]) == (["note", "note"], [])
    assert "20 → 12：“台风损毁8件”" in notes[0]["message"]["text"]
    notices = mzplan(*CHECK, "--format", "github").out.splitlines()[:2]
    assert [re.findall(r"^::notice file=(\S+),line=(\d+).*?title=(.*?)::", line) for line in notices] == [
        [("data/2023-02/jia.csv", "2", "凭说明放行：MZ501 累计数下降")],
        [("data/2023-03/jia.csv", "2", "凭说明放行：MZ502 数值突变")],
    ]
    for name in ("markdown", "html"):
        assert "20 → 12" in mzplan(*CHECK, "--format", name).out, name
    page = mzplan("--lang", "en", *CHECK).out
    assert "2 changes passed because of a note; see whether it is true:" in page


def test_since_a_revision_only_those_of_changed_rows_are_told(project: Path, mzplan: Mzplan, git: Git) -> None:
    git("init", "-q")
    commit(git)
    write(project, "2023-03", "201", "新增项目189件")
    lines = mzplan(*CHECK, "--since", "HEAD").out.splitlines()
    assert lines[:2] == [
        "凭说明放行 1 处变化，请看说明是否属实：",
        "  " + LINE.format(change="12 → 201", note="新增项目189件", month="2023-03"),
    ]
    assert "20 → 12" in mzplan(*CHECK, "--since", "HEAD", "--all").out


def test_of_more_than_ten_the_errors_are_named(project: Path, mzplan: Mzplan) -> None:
    for month in range(1, 13):
        write(project, f"2023-{month:02d}", str(100 - month), "退出1件，项目终止" if month > 1 else "")
    lines = mzplan(*CHECK[:2], "2024-01-05", *CHECK[3:]).out.splitlines()
    assert lines[0] == "凭说明放行 11 处变化，请看说明是否属实："
    assert ("2023-12" in lines[1], len(lines), lines[11]) == (True, 13, "  另有 1 处（--verbose 全部列出）。")
    every = mzplan(*CHECK[:2], "2024-01-05", *CHECK[3:], "--verbose").out
    assert (every.count(" → "), "另有" in every) == (11, False)


def test_collect_tells_it_of_each_file_to_whoever_judges_the_note(project: Path, mzplan: Mzplan) -> None:
    name = project / "inbox" / "甲县2月.csv"
    name.parent.mkdir()
    (project / "data" / "2023-02" / "jia.csv").rename(name)
    collect = ("collect", "inbox", "--dry-run", "--today", "2023-04-05")
    lines = [line.strip() for line in mzplan(*collect).out.splitlines()]
    at = lines.index("凭说明放行 1 处变化，请看说明是否属实：")
    assert lines[at + 1] == "甲县 T01-01 服务类救助项目数 20 → 12：“台风损毁8件”（inbox/甲县2月.csv:2）"
    assert "1 change passed because of a note" in mzplan("--lang", "en", *collect).out
    name.write_text(name.read_text().replace(",12,", ",20,"))
    assert "凭说明" not in mzplan(*collect).out
