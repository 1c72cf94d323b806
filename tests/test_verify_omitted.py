"""What is taken out of a draft: what is adverse or missing is 未核对, the rest goes without a word.

September 2031: 西河县 has been silent since August; 新增护理型床位 is far behind.
"""

import re

import pytest

from conftest import few
from mzplan.bulletin import EVERY, Kind
from mzplan.bulletin.phrases import P, Slot, pieces
from mzplan.bulletin.verify import Account, Verification
from mzplan.bulletin.verify.omitted import ADVERSE
from test_verify_edits import of, official, text_of
from test_verify_wholes import bulletin_of_september, september

pytestmark = pytest.mark.untraced

_BAD = {
    *("lagging", "behind", "far_behind", "overdue", "missing", "exceeded", "lapsed", "slow", "unfiled", "unread"),
    *("none", "partial", "lacking", "idle", "open"),
}
_SENTENCE = re.compile("[^。\n　]+。")


def rules(report: Verification) -> list[str]:
    return [one.rule.code for one in report.findings]


def left(report: Verification) -> list[str]:
    """The rest of what is 未核对, where nothing else is found."""
    assert set(rules(report)) <= {"MZ908"}
    return [one.rest for one in report.statements if one.account is not Account.RIGHT]


def test_the_words_are_those_of_the_phrases() -> None:
    """Every phrase that counts what is late or missing has one, and none that counts what is in time."""
    for phrase in P:
        groups = {one for part in pieces(phrase) if isinstance(part, Slot) for one in re.split("[&=]", part.group)}
        if groups & _BAD:
            assert ADVERSE.search(phrase), phrase
        elif groups & {"steady", "met", "not_due", "on_schedule", "kept", "full", "holding", "early"}:
            assert not ADVERSE.search(phrase) or "按已报数" in phrase or "carried" in groups, phrase


@pytest.mark.parametrize(
    ("kind", "unit", "area"), [("brief", "", EVERY), ("reminder", "", EVERY), ("unit", "xi", EVERY), ("area", "", 1)]
)
def test_each_sentence_taken_away_is_told_where_it_is_adverse_and_no_other(
    kind: Kind, unit: str, area: int | None
) -> None:
    """What counts points and notes, and the last line of a letter, are told by rules of their own."""
    text = text_of(official(), kind, unit, area)
    for match in _SENTENCE.finditer(text):
        report = of(text[: match.start()] + text[match.end() :])
        told = [one for one in report.findings if "删去了" in one.message]
        is_adverse = ADVERSE.search(match[0]) is not None and text.count(match[0]) == 1
        assert len(told) == is_adverse, (match[0], report.findings)


@pytest.mark.parametrize("area", [1, 2])
def test_each_bracket_and_clause_taken_away_is_told_where_it_is_adverse_and_no_other(area: int) -> None:
    text = text_of(official(), "area", area=area)
    for match in re.finditer("，[^，。；（）]+(?=[，。；])|(?<=[^，。；）])（[^）]+）", text.partition("附件")[0]):
        report = of(text[: match.start()] + text[match.end() :])
        before = re.split("[，。；：（）]", text[: match.start()])[-1] if match[0].startswith("（") else ""
        if ADVERSE.search(match[0]) or ADVERSE.search(before):
            assert any(one.account is not Account.RIGHT for one in report.statements), match[0]
        else:
            assert not [one for one in report.findings if "删去了" in one.message], match[0]


def test_a_section_that_is_gone_is_told_once() -> None:
    text = bulletin_of_september()
    before, _, after = text.partition("二、存在问题\n")
    gone, mark, rest = after.partition("三、下步重点")
    report = of(before + mark.replace("三", "二") + rest, september())
    (finding,) = report.findings
    assert finding.rule.code == "MZ908"
    assert finding.message.startswith("文稿删去了“存在问题”里说明不足、未报的")
    assert len(left(report)) == 1
    assert gone.split("\n")[0].strip("　").removeprefix("一是").split("。")[0] in finding.message


@pytest.mark.parametrize("part", ["9月份应报单位11家，", "武义县："])
def test_a_paragraph_that_is_gone_is_told_once(part: str) -> None:
    text = bulletin_of_september()
    line = next(one for one in text.split("\n") if one.strip("　").startswith(part))
    assert len(left(of(text.replace(f"{line}\n", "", 1), september()))) == 1


def test_a_qualifier_that_is_gone_is_told_where_it_stood() -> None:
    text = bulletin_of_september()
    bracket = "（其中2项报齐后再作结论）"
    assert bracket in text
    report = of(text.replace(bracket, "", 1), september())
    assert left(report) == [bracket]
    (finding,) = report.findings
    assert finding.location.line == 3


@few("part", range(3), [0])
def test_each_list_of_those_who_are_late_or_silent_that_is_gone_is_told(part: int) -> None:
    """Of every third."""
    text = bulletin_of_september()
    late = [
        match
        for match in re.finditer("(?<=[家项位成求])（[^）0-9]+）", text)
        if ADVERSE.search(re.split("[，。；：（）　]", text[: match.start()])[-1])
    ]
    assert {match[0] for match in late} >= {
        "（磐安县）",
        "（兰溪市和武义县）",
        "（金东区和武义县）",
        "（青山白化专项治理）",
    }
    for match in late[part::3]:
        report = of(text[: match.start()] + text[match.end() :], september())
        assert any(one.account is not Account.RIGHT for one in report.statements), text[
            match.start() - 20 : match.end()
        ]


@pytest.mark.parametrize(
    ("old", "new"), [("未报1家（磐安县）", "未报1家，为磐安县"), ("未报1家（磐安县）", "磐安县1家未报")]
)
def test_a_list_that_is_told_without_its_bracket_is_not_gone(old: str, new: str) -> None:
    text = bulletin_of_september()
    assert old in text
    report = of(text.replace(old, new, 1), september())
    assert not [one for one in report.findings if "删去了" in one.message]


def test_a_shorter_sentence_beside_the_whole_one_is_not_cut() -> None:
    text = bulletin_of_september()
    whole = "9月份应报单位11家，报齐10家，未报1家（磐安县）"
    assert whole in text
    report = of(text.replace(f"　　{whole}", f"　　9月份应报单位11家，未报1家。\n　　{whole}", 1), september())
    assert report.findings == ()


def test_an_annex_that_is_gone_is_told_once() -> None:
    before, _, after = bulletin_of_september().partition("附件2\n")
    report = of(before + "附件3\n" + after.partition("附件3\n")[2], september())
    assert sorted(rules(report)) == ["MZ904", "MZ910"]


REWORDED = (
    (
        "9月份应报单位5家，报齐3家，部分报送1家（南江市），未报1家（西河县）",
        "9月份应报的5家单位中，报齐3家，未报1家（西河县），部分报送1家（南江市）",
    ),
    ("西河县自8月起未报。", "西河县从8月起未报。"),
    ("新增护理型床位有2家未达到进度要求（东山县和高新区）", "东山县和高新区2家新增护理型床位未达到进度要求"),
)


@pytest.mark.parametrize(("old", "new"), REWORDED)
def test_what_is_said_in_other_words_is_not_cut(old: str, new: str) -> None:
    text = text_of(official(), "bulletin")
    assert old in text
    report = of(text.replace(old, new, 1))
    assert not [one for one in report.findings if "删去了" in one.message]


def test_a_few_sentences_alone_are_no_document() -> None:
    text = text_of(official(), "bulletin")
    title, lead = text.split("\n")[0], text.split("\n")[2]
    assert not [one for one in of(f"{title}\n\n{lead}\n").findings if "删去了" in one.message]


def test_each_emptied_cell_of_a_table_is_told_with_what_stood_there() -> None:
    """Of every seventh row of the annexes, one cell at a time, and the last one as if it had never been there."""
    text = text_of(official(), "bulletin", "", EVERY)
    rows = [row for row in re.finditer("^.*│.*$", text, re.M) if not re.search("完成率（%）", row[0])]
    assert len(rows) > 10
    for row in rows[::7]:
        cells = row[0].split("│")
        for at, cell in enumerate(cells[1:], 1):
            if cell.strip():
                blank = "│".join([*cells[:at], " " * len(cell), *cells[at + 1 :]])
                report = of(text[: row.start()] + blank + text[row.end() :])
                (told,) = (one for one in report.findings if "一格空着" in one.message)
                assert (told.rule.code, cell.strip() in told.hint) == ("MZ908", True), (row[0], told)
        short = of(text[: row.start()] + "│".join(cells[:-1]) + text[row.end() :])
        assert cells[-1].strip() == "" or "MZ908" in rules(short)
