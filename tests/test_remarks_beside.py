"""What is noted at a cell, or in a column that is not read, is held against the figures as a note is."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from mzplan.check.run import run_checks
from mzplan.submissions.sources import context_sources, data_sources
from test_clerk import PLAN, TODAY, checked, october, project
from workbooks import saved, xlsx_of

__all__ = ["project"]

pytestmark = pytest.mark.untraced

CODE, LAST = "T05-04", 135
AT = next(at for at, row in enumerate(october(), 1) if row[2] == CODE)
OFF = ("本月5", "9月底130人", "比上月增加3人", "无变化")
"""What does not fit a figure that has grown by 10."""
FITS = ("本月10", "本月10、上月5", "9月底135人", "比上月增加10人", "含上月漏报5人", "新院投用", "含上月5")


def told(project: Path, words: str, where: str) -> list[tuple[str, str]]:
    """What is said of October's figure, 10 more than September's, with those words."""
    rows = october()
    rows[AT - 1][4] = str(LAST + 10)
    if where == "note":
        rows[AT - 1][7] = words
    if where == "column":
        rows = [[*row, {1: "情况", AT: words}.get(at, "")] for at, row in enumerate(rows, 1)]
    book = openpyxl.load_workbook(BytesIO(xlsx_of(rows)))
    if where == "comment":
        book.worksheets[0].cell(AT, 5).comment = Comment(words, "张三")
    (project / "data/2023-10/yiwu.csv").unlink(missing_ok=True)
    path = project / "data/2023-10/yiwu.xlsx"
    path.write_bytes(saved(book))
    given = data_sources([path], project)
    found = run_checks(PLAN, given, today=TODAY, context=context_sources(given, project)).diagnostics
    return [(each.rule.code, each.message) for each in found if each.rule.code not in ("MZ511", "MZ135")]


@pytest.mark.parametrize("words", [*OFF, *FITS])
def test_the_same_is_said_of_words_wherever_they_stand(project: Path, words: str) -> None:
    expected = ["MZ520"] if words in OFF else []
    for where, called in (("note", "“说明”"), ("comment", "批注"), ("column", "列“情况”")):
        found = told(project, words, where)
        assert [code for code, _ in found] == expected, where
        assert all(message.endswith(f"{called}写的“{words}”和报过的数对不上") for _, message in found)


@pytest.mark.parametrize("words", ["数不对，退回重报", "×，67→70", "不同意，偏高", "没核过"])
def test_what_takes_the_figure_back_is_told_wherever_it_stands(project: Path, words: str) -> None:
    assert [code for code, _ in told(project, words, "note")] == ["MZ430"]
    for where, called in (("comment", "批注"), ("column", "列“情况”")):
        assert told(project, words, where) == [("MZ161", f"{called}写着“{words}”，没有采用")]


@pytest.mark.parametrize("words", ["领导已审核同意", "已退回重报后核实", "135→145"])
def test_what_says_that_it_stands_is_told_nowhere(project: Path, words: str) -> None:
    assert [told(project, words, where) for where in ("note", "comment", "column")] == [[], [], []]


def test_a_comment_at_a_row_that_does_not_count_is_held_against_nothing(project: Path) -> None:
    rows = october()
    rows[AT - 1][4] = "一百"
    book = openpyxl.load_workbook(BytesIO(xlsx_of(rows)))
    book.worksheets[0].cell(AT, 5).comment = Comment(OFF[0], "张三")
    assert "MZ520" not in [each.rule.code for each in checked(project, saved(book)).diagnostics]
