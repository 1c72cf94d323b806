"""Drafts that lack a heading: what stands below is read where the document has it, and the gap is told once.

September 2031 with parts for each county: the annexes have three areas, of four, five and two indicators.
"""

import pytest

from conftest import few
from mzplan.bulletin import Kind
from mzplan.bulletin.verify import Account
from test_verify_edits import is_wrong, of, official, text_of

pytestmark = pytest.mark.traced


def headings(text: str) -> list[int]:
    """Which lines are no sentences and no rows."""
    lines = [line.strip("　 ") for line in text.split("\n")]
    return [at for at, line in enumerate(lines) if line and not {*"。│─；"} & {*line}]


def without(text: str, at: int) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[:at], *lines[at + 1 :]])


@pytest.mark.untraced
@pytest.mark.parametrize(("kind", "unit"), [("bulletin", ""), ("unit", "nan")])
@few("part", range(3), [0])
def test_a_heading_that_is_gone_is_one_finding(kind: Kind, unit: str, part: int) -> None:
    """Not its number, nor the figures of its area below the heading before; of every third."""
    text = text_of(official(), kind, unit)
    assert len(headings(text)) >= 12
    for at in headings(text)[part::3]:
        findings = of(without(text, at)).findings
        assert [one.rule.code for one in findings] == ["MZ909"], (text.split("\n")[at], findings)


def area(text: str, name: str) -> tuple[str, str, str]:
    """What stands before the section of an area, the section, and what stands after it."""
    begin = text.index(f"、{name}") - 1
    end = min(text.index(stop, begin + 2) for stop in ("\n\n三、", "\n附件2"))
    return text[:begin], text[begin:end], text[end:]


def test_what_is_wrong_below_a_heading_that_is_gone_is_found() -> None:
    before, section, after = area(text_of(official(), "bulletin"), "推进养老服务提升行动")
    _, _, told = section.partition("\n")
    for old, new in (("5项", "6项"), ("274张", "284张"), ("70.9%", "56.9%"), ("186家", "168家")):
        assert old in told
        report = of(before + told.replace(old, new, 1) + after)
        assert {one.rule.code for one in report.findings} > {"MZ909"}, new


def test_a_sentence_of_another_area_is_not_right_where_no_heading_is_told_to_be_gone() -> None:
    before, section, after = area(text_of(official(), "bulletin"), "推进养老服务提升行动")
    first = section.split("\n")[1]
    assert first.startswith("　　共设指标5项")
    alone = of(f"{before.rstrip()}\n{first}\n{after}")
    (said,) = (one for one in alone.statements if one.text.startswith("共设指标5项"))
    assert said.account is not Account.RIGHT
    assert is_wrong(of(f"{before.rstrip()}\n{first}\n\n{section}{after}"))
