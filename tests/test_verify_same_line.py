"""A false sentence before or behind whatever a draft has on a line, in a cell or a paragraph: none passes."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

import bulletin_cases as cases
from conftest import few, of
from mzplan.bulletin import EVERY, Material, Request
from mzplan.bulletin.office import NOBODY, Office
from mzplan.bulletin.verify import Account, Verification
from mzplan.diagnostics import Severity
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS
from test_verify_edits import OFFICE, official

FALSE = "东山县年度完成率99.9%，西河县9月份已报送。"
"""东山县 has 70.8 % in September, when 西河县 has been silent since August; in no month 99.9 %."""
OF_MONTH = {"half-year": "june-slow", "annual": "december-silent"}
"""What those are written of that are of one month alone; the others are of September."""
DOCUMENTS = (*cases.DOCUMENTS, *((kind, "", EVERY) for kind in cases.ENDS.values()))
SUFFIXES = {"text": "txt", "markdown": "md", "html": "html", "docx": "docx"}
MARKS = {
    "text": "\n",
    "markdown": "\n",
    "html": r"</(?:p|td|th|li|h[1-6]|footer|caption|header|div)>",
    "docx": r"</w:p>",
}
"""What ends a line."""
BEGINS = {
    "text": r"(?<=\n)(?=[^\n])",
    "markdown": r"(?<=\n)(?=[^\n])",
    "html": r"(?<=<p>)|(?<=<td>)|(?<=<th>)|(?<=<footer>)|(?<=<h[1-6]>)",
    "docx": r"(?<=<w:t>)|(?<=<w:t xml:space=\"preserve\">)",
}
"""What begins one."""


def is_ticked(report: Verification) -> bool:
    """Whether nothing is wrong and nothing is open."""
    is_open = any(one.account is not Account.RIGHT for one in report.statements)
    return not is_open and all(one.severity not in (Severity.ERROR, Severity.WARNING) for one in report.findings)


def lines(text: str, kind: str, *, behind: bool) -> Iterator[str]:
    """The text with a false sentence in each place."""
    said = FALSE if kind != "docx" or not behind else f"<w:r><w:t>{FALSE}</w:t></w:r>"
    for place in re.finditer((MARKS if behind else BEGINS)[kind], text):
        at = place.start()
        yield text[:at] + said + text[at:]


def drafts(data: bytes | str, kind: str, *, behind: bool) -> Iterator[bytes]:
    """The draft with a false sentence in each place."""
    if isinstance(data, str):
        yield from (one.encode() for one in lines(data, kind, behind=behind))
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in parts:
        if re.fullmatch(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml", name):
            for text in lines(parts[name].decode(), kind, behind=behind):
                written = io.BytesIO()
                with zipfile.ZipFile(written, "w") as package:
                    for other, content in parts.items():
                        package.writestr(other, text.encode() if other == name else content)
                yield written.getvalue()


def material(document: cases.Document) -> Material:
    return cases.SITUATIONS[OF_MONTH.get(document[0], "official")]()


def draft_of(document: cases.Document, kind: str, who: Office) -> bytes | str:
    """What is written of a document in a format."""
    which, unit, area = document
    return FORMATS[kind](material(document).write(Request(kind=which, unit=unit, area=area, office=who)), Look())


@pytest.mark.untraced
@few(
    ("kind", "behind", "document"),
    [(kind, behind, one) for kind in SUFFIXES for behind in (True, False) for one in DOCUMENTS],
    [("html", True, DOCUMENTS[1]), ("text", False, DOCUMENTS[1]), ("text", True, DOCUMENTS[-2])],
)
@pytest.mark.parametrize("who", [NOBODY, pytest.param(OFFICE, marks=pytest.mark.many)])
@few("part", range(4), [0])
def test_a_false_sentence_on_the_line_of_another_is_found(
    kind: str, behind: bool, document: cases.Document, who: Office, part: int
) -> None:
    """In every fourth place."""
    name = f"x.{SUFFIXES[kind]}"
    found = list(drafts(draft_of(document, kind, who), kind, behind=behind))[part::4]
    assert found
    for place, draft in enumerate(found):
        with of(place):
            assert not is_ticked(cases.verified(name, draft, material(document), who))


TRACE = "计划：2031年全市民政工作要点（版本 0123456789ab）；数据：d；亮灯规则：strict；程序：mzplan 1.0"


@pytest.mark.parametrize(
    "line",
    [
        f"{TRACE}。{FALSE}",
        f"{TRACE}{FALSE}",
        f"{FALSE}{TRACE}",
        f"{TRACE}。东山县未报送。",
        f"{TRACE}\n东山县未报送。",
        f"{TRACE}| 单位 | 完成率 |",
        TRACE.replace("2031年全市民政工作要点", FALSE),
        TRACE.replace("strict", "东山县未报送"),
        TRACE.replace("1.0", "东山县未报送"),
        TRACE.replace("d；", "d；东山县未报送；"),
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_what_stands_on_the_line_at_the_foot_is_read(line: str, suffix: str) -> None:
    kind = {"txt": "text", "md": "markdown"}[suffix]
    draft = draft_of(("brief", "", EVERY), kind, NOBODY)
    assert isinstance(draft, str)
    begin = draft.rindex("计划：")
    assert is_ticked(cases.verified(f"x.{suffix}", draft.encode(), official()))
    assert not is_ticked(cases.verified(f"x.{suffix}", (draft[:begin] + line).encode(), official()))
