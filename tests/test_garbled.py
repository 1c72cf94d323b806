"""Files in an encoding that is not theirs: one finding, and nothing of them counts."""

from pathlib import Path

import pytest

from mzplan.submissions.header import FIELDS
from mzplan.submissions.repair import reshaped
from test_clerk import Rows, checked, october, project, written

__all__ = ["project"]

pytestmark = pytest.mark.untraced


def in_english(rows: Rows) -> Rows:
    return [list(FIELDS), *rows[1:]]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("lost", ["replace", "ignore"])
@pytest.mark.parametrize("is_english", [False, True])
def test_utf8_opened_as_gbk_and_saved_is_one_error(project: Path, encoding: str, lost: str, is_english: bool) -> None:
    rows = in_english(october()) if is_english else october()
    garbled = written(rows).encode().decode("gbk", lost).encode(encoding, "replace")
    (found,) = [each for each in checked(project, garbled).diagnostics if each.location.line]
    assert (found.rule.code, found.location.line) == ("MZ110", 1)
    assert "重新导出" in found.hint


def test_words_saved_as_question_marks_are_one_error(project: Path) -> None:
    found = checked(project, written(october()).encode("ascii", "replace")).diagnostics
    assert [each.rule.code for each in found if each.location.line] == ["MZ110"]
    assert "问号" in found[0].message


def test_cells_of_question_marks_below_a_header_are_but_cells(project: Path) -> None:
    rows = october()
    rows[1][4:7] = ["??", "??", "??"]
    assert "MZ110" not in {each.rule.code for each in checked(project, written(rows).encode()).diagnostics}


def test_a_few_such_characters_are_none(project: Path) -> None:
    rows = october()
    rows[5][7] = "鎶ュ憡鏈"
    assert "MZ110" not in {each.rule.code for each in checked(project, written(rows).encode()).diagnostics}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_utf16_is_turned_with_or_without_its_mark(project: Path, encoding: str, delimiter: str) -> None:
    text = written([[cell.replace(",", "，") for cell in row] for row in october()])
    data = text.replace(",", delimiter).encode(encoding)
    assert "MZ109" in {each.rule.code for each in checked(project, data).diagnostics}
    turned = reshaped(data)
    assert turned is not None
    assert turned.data.decode("utf-8-sig") == text
