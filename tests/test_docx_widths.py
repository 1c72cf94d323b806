"""Tables of a Word file: each column has room for its longest word, in both languages."""

import io
import re
from pathlib import Path
from typing import Any

import docx as library
import pytest
import wcwidth

from conftest import run
from mzplan.render.document import Cell, Column, Document, Table
from mzplan.render.docx import docx
from mzplan.render.layout import Look

pytestmark = pytest.mark.untraced

MARGINS = 4
"""Points left and right of a text in a cell."""


def torn(document: Any) -> list[str]:
    """The words wider than their column: half the type's size a cell, a break after the hyphen of a compound."""
    points = document.styles["Table Text"].font.size.pt
    cells = [(cell.text, cell.width.pt) for table in document.tables for row in table.rows for cell in row.cells]
    assert cells
    return [
        f"{word}: {wide:.1f}"
        for text, wide in cells
        for word in re.findall(r"[!-~]+", re.sub("(?<=[a-z]-)(?=[a-z])", " ", text))
        if wcwidth.wcswidth(word) * points / 2 > wide - MARGINS
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "plan --area 2 --lang en",
        "status",
        "status --lang en",
        "status --unit panan --lang en",
        "lights --lang en",
        "summary",
    ],
)
def test_no_column_is_narrower_than_its_longest_word(asked: str, tmp_path: Path) -> None:
    assert run(*asked.split(), "--format", "docx", "-o", tmp_path / "x.docx") == 0
    document = library.Document(str(tmp_path / "x.docx"))
    assert torn(document) == []
    for section in document.sections:
        width, height = section.page_width or 0, section.page_height or 0
        room = width - (section.left_margin or 0) - (section.right_margin or 0)
        assert round(room / 36000) == (225 if width > height else 156)


@pytest.mark.parametrize("asked", ["summary", "summary --unit panan"])
def test_no_heading_is_torn_but_before_its_bracket(asked: str, tmp_path: Path) -> None:
    """A Chinese character is as wide as the type is high; 应达未报齐 stood in a column of four."""
    assert run(*asked.split(), "--format", "docx", "-o", tmp_path / "x.docx") == 0
    document = library.Document(str(tmp_path / "x.docx"))
    points = document.styles["Table Head"].font.size.pt
    heads = [cell for table in document.tables for cell in table.rows[0].cells]
    lines = [(line, cell.width.pt) for cell in heads for line in cell.text.split("\n")]
    assert [line for line, wide in lines if wcwidth.wcswidth(line) * points / 2 > wide - MARGINS] == []
    assert {line[0] for cell in heads for line in cell.text.split("\n")[1:]} == {"（"}


@pytest.mark.parametrize(
    ("columns", "across", "points"),
    [
        (6, False, 10.5),  # 1.75 + 6 × 1.3 + 0.8 + 0.25 halves of 10.5 pt and 4 pt are 59.7; 442 pt hold seven
        (7, False, 10.5),
        (8, True, 10.5),  # 638 pt hold ten
        (10, True, 10.5),
        (11, True, 9),  # 51.7 pt: twelve
        (13, True, 8),  # 46.4 pt: thirteen
        (14, True, 7),  # 41.1 pt: fifteen
        (30, True, 7),
    ],
)
def test_a_table_too_wide_for_the_page_turns_it_and_then_has_smaller_type(
    columns: int, across: bool, points: float
) -> None:
    heads = tuple(Column(f"c{at}", f"c{at}", "left") for at in range(columns))
    rows = ((Cell("T05-0123"),) * columns,) * 2
    made = docx(Document("x", blocks=(Table("x", "x", heads, rows),)), Look())
    document = library.Document(io.BytesIO(made))
    section = document.sections[0]
    assert ((section.page_width or 0) > (section.page_height or 0)) == across
    assert document.styles["Table Text"].font.size.pt == points
    assert (torn(document) == []) == (columns < 30)
    wide = [cell.width.mm for cell in document.tables[0].rows[0].cells if cell.width]
    assert sum(wide) == pytest.approx(225 if across else 156, abs=0.3)  # Word counts in twentieths of a point


def test_a_word_longer_than_most_takes_no_room_from_the_codes() -> None:
    heads = (Column("编码", "编码", "left"), Column("文件", "文件", "left"))
    made = docx(Document("x", blocks=(Table("x", "x", heads, ((Cell("T05-01"), Cell("x" * 500)),)),)), Look())
    assert [one.split(":")[0] for one in torn(library.Document(io.BytesIO(made)))] == ["x" * 500]
