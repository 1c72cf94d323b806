"""Every kind of document in four months, whoever is silent and however far they are: nothing that nobody signs."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product

import pytest

import bulletin_cases as cases
from bulletin_cases import Speed
from conftest import few
from mzplan.bulletin import Bulletin, Material, Request
from mzplan.bulletin.verify.draft import read_draft
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS

pytestmark = pytest.mark.untraced

MONTHS = (1, 6, 9, 12)
SILENT = "西河县"


def all_done(_indicator: str, _unit: str, month: int) -> Fraction:
    return Fraction(12, month)


def one_unit(_indicator: str, unit: str, _month: int) -> Fraction | None:
    return Fraction(1) if unit == "dong" else None


SITUATIONS: Mapping[str, Callable[[int], Speed]] = {
    "nobody": lambda last: lambda *_: None,
    "one unit": lambda last: one_unit,
    "one silent": lambda last: cases.silent("xi"),
    "one silent now": lambda last: cases.silent("xi", since=last),
    "all done": lambda last: all_done,
    "half done": lambda last: cases.even(Fraction(1, 2)),
}
CELLS = list(product(MONTHS, SITUATIONS))
every = few(
    ("last", "situation"),
    CELLS,
    [(1, "nobody"), (6, "one unit"), (9, "one silent"), (12, "one silent now"), (12, "all done"), (9, "half done")],
)

NONSENSE = (
    r"差0(?:\.0)?(?![0-9.])",
    r"目标的-?0\.0%",
    r"[，。；：]{2}|（）|均均|、。",
    r"部分单位[^。]*。[^。]*有4家",
)
BEFORE_THE_END = (r"未达标|未完成[0-9]|到期未完成", r"(?:重大安全事故数|每万人口社工数)[^。；]*(?:已|提前|超额)完成")
AT_THE_END = (r"进度要求|序时进度|滞后|尚未到期|保持达标|下步重点|月均需完成|底前完成",)
IN_JANUARY = (r"从未报送|上期|最近一次|沿用|此前|难度较大|如期完成",)
OF_A_HANDFUL = (r"全部(?:完成|达标)|全市年度完成率|滞后|月均需完成",)
OF_A_HANDFUL_BEFORE_THE_END = (r"已完成[0-9]",)
WHERE_ALL_IS_DONE = (r"未[达完报如]|滞后|存在问题|需要关注|尚差|尚无",)
BLAMED = re.compile("(?:未达标|未完成|未如期完成|未达到进度要求|未办结|滞后)(?:[0-9]+[家项])?（([^（）]*)）")
PARTS = re.compile("应(?:达到进度要求|完成)([0-9]+)项，([^；。]*)")


@cache
def material(last: int, situation: str) -> Material:
    return cases.material(last, SITUATIONS[situation](last), cases.plan(breakdown="official"))


@cache
def written(last: int, situation: str) -> tuple[tuple[Bulletin, str], ...]:
    """Every document of that month, and its text."""
    made = []
    given = material(last, situation)
    for kind, unit, area in cases.documents(given):
        if unit in ("nan", "gaoxin"):  # as 东山县 in every one of these
            continue
        bulletin = given.write(Request(kind=kind, unit=unit, area=area))
        text = FORMATS["text"](bulletin, Look())
        assert isinstance(text, str)
        made.append((bulletin, text))
    return tuple(made)


def unsigned(last: int, situation: str) -> Iterator[str]:
    """The patterns that no document of that month may hold."""
    yield from NONSENSE
    yield from AT_THE_END if last == 12 else BEFORE_THE_END
    yield from IN_JANUARY if last == 1 else ()
    yield from WHERE_ALL_IS_DONE if situation == "all done" else ()


def prose(text: str) -> str:
    """Without tables and the notes on method."""
    lines = text.partition("\n说明")[0].splitlines()
    return "\n".join(line for line in lines if not re.search("[│─]", line))


@every
def test_nothing_is_written_that_nobody_would_sign(last: int, situation: str) -> None:
    for bulletin, text in written(last, situation):
        for pattern in unsigned(last, situation):
            found = re.search(f".*(?:{pattern}).*", prose(text))
            assert found is None, (bulletin.kind, found)
        if situation in ("nobody", "one unit") and bulletin.subject.unit is None:
            for pattern in (*OF_A_HANDFUL, *(OF_A_HANDFUL_BEFORE_THE_END if last < 12 else ())):
                assert not re.search(pattern, prose(text).partition("附件")[0]), bulletin.kind


@every
def test_the_silent_are_late_nowhere_and_parts_add_up(last: int, situation: str) -> None:
    for _, text in written(last, situation):
        if "silent" in situation:
            assert not [names for names in BLAMED.findall(text) if SILENT in names]
        for whole, told in PARTS.findall(text):
            counts = re.findall("([0-9]+)项", re.sub("（[^）]*）", "", told))
            assert not counts or sum(map(int, counts)) == int(whole)


@every
def test_no_sentence_has_a_colon_within_a_colon(last: int, situation: str) -> None:
    for bulletin, _ in written(last, situation):
        sections = [*bulletin.sections, *(one for annex in bulletin.annexes for one in annex.sections)]
        for paragraph in (*bulletin.lead, *(one for section in sections for one in section.paragraphs)):
            for number, sentence in enumerate(paragraph.sentences):
                opened = 1 if paragraph.label and not number else 0
                assert all(clause.count("：") + opened <= 1 for clause in str(sentence).split("。")), str(paragraph)


@every
def test_a_letter_says_as_of_when(last: int, situation: str) -> None:
    letters = [bulletin for bulletin, _ in written(last, situation) if bulletin.kind == "unit"]
    assert len(letters) == 2
    assert all(str(letter.lead[0]).startswith(f"截至{last}月底，你单位") for letter in letters)


@every
def test_whatever_is_written_verifies_clean(last: int, situation: str) -> None:
    given = material(last, situation)
    for bulletin, text in written(last, situation):
        report = cases.verified("draft.txt", text.encode(), given)
        assert [finding.message for finding in report.findings] == [], bulletin.kind
        assert read_draft("draft.md", text.encode()) == read_draft("draft.txt", text.encode()), "as a shell may call it"


def test_december_says_of_whom_it_waits() -> None:
    """Of 800 beds 200 are 西河县's; all others have theirs, and it has sent nothing, or 183 in November."""
    for situation, known, share in (("one silent", 600, "75.0"), ("one silent now", 783, "97.9")):
        (annual,) = [text for bulletin, text in written(12, situation) if bulletin.kind == "annual"]
        assert f"新增护理型床位累计{known}张，完成年度目标的{share}%。" in annual
        assert "未报1家（西河县），全市数据未含其12月份数据。" in annual
