"""What is told to write instead: put into the draft in place of the words that are quoted, it is proven."""

import re

import pytest

import bulletin_cases as cases
from conftest import few, through
from mzplan.bulletin import Kind
from mzplan.bulletin.verify import Account, Verification
from mzplan.diagnostics import Severity
from test_verify import shipped
from test_verify_edits import of, official, text_of

QUOTED, INSTEAD = re.compile("“(.+?)”(?:与数据不符|方向说反了|没有数据)"), re.compile("改为“(.+)”。")
BED = "新增护理型床位"


def said(sentence: str) -> Verification:
    return cases.verified("x.md", f"# {cases.TITLE}\n\n{sentence}\n".encode(), cases.SITUATIONS["official"]())


def obeyed(sentence: str) -> list[str]:
    """The sentence with each thing that it is told to write in place of what is quoted."""
    found = []
    for finding in said(sentence).findings:
        quoted, instead = QUOTED.match(finding.message), INSTEAD.fullmatch(finding.hint)
        if quoted is not None and instead is not None:
            assert sentence.count(quoted[1]) == 1, (sentence, quoted[1])
            found.append(sentence.replace(quoted[1], instead[1]))
    return found


ROUGH = ("近{}", "约{}", "不足{}", "超过{}", "逾{}", "至少{}", "不超过{}", "{}左右", "{}以上", "{}以下", "{}以内")
PHRASES = {
    f"{BED}累计{{}}": ("900张", "9张", "九百张", "九张"),
    f"{BED}完成年度目标的{{}}": ("90%", "3%", "九成", "一成", "百分之九十"),
    f"{BED}目标为{{}}": ("900张", "9张", "九百张"),
    f"{BED}达到{{}}": ("900张", "1000张"),
    f"{BED}占比{{}}": ("90%", "九成"),
    "东山县年度完成率{}": ("20%", "95%", "两成", "百分之九十五"),
    "服务困难群众人次慢于序时进度{}": ("90个百分点", "38.3个百分点", "3个百分点"),
    "服务困难群众人次较序时进度慢{}": ("90个百分点", "38.3个百分点"),
    "服务困难群众人次低于序时进度{}": ("90个百分点", "38.3个百分点"),
    "服务困难群众人次快于序时进度{}": ("90个百分点", "3个百分点"),
    f"{BED}还差{{}}": ("9张", "9000张"),
    f"{BED}距目标{{}}": ("9张", "9000张", "九百张"),
    f"{BED}离完成全年任务还有{{}}": ("9张", "九百张"),
    "助餐服务城乡社区覆盖率距年度目标{}": ("3个百分点", "9个百分点"),
    "救助服务资金目标为{}": ("1.4亿元", "1.3亿元", "14000万元"),
    "救助服务资金累计{}": ("1.4亿元", "三亿元", "9万元"),
}
WRONG = [
    f"{phrase.format(how.format(n))}。" for phrase, given in PHRASES.items() for n in given for how in ("{}", *ROUGH)
]


@pytest.mark.untraced
@few("number", range(11), range(3))
def test_a_remedy_obeyed_is_proven(number: int) -> None:
    """Each eleventh, that every phrase stands in it and every `how`, of which there are twelve."""
    told = [(one, mended) for one in WRONG[number::11] for mended in obeyed(one)]
    assert told
    unproven = [(one, mended) for one, mended in told if said(mended).accounted(Account.RIGHT) < 2]
    assert unproven == []


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (f"{BED}累计近900张", "改为“累计274张”。"),
        (f"{BED}累计九百余张", "改为“累计274张”。"),
        ("服务困难群众人次较序时进度慢3.2个百分点", "改为“快于序时进度38.3个百分点”。"),
        ("东山县年度完成率百分之九十五", "改为“年度完成率70.8%”。"),
        ("东山县年度完成率95%以上", "改为“年度完成率70.8%”。"),
        ("救助服务资金目标为不少于1.4亿元", "改为“目标为约1.4亿元”。"),
        ("救助服务资金目标为1.4亿元以上", "改为“目标为约1.4亿元”。"),
        (f"{BED}达到900张以下的目标", "写全指标名称和单位，或人工核对。"),
        ("救助服务资金约1.3亿元的目标", "改为“约1.4亿元的目标”。"),
        ("救助服务资金累计近三亿元", "改为“累计9916万元”。"),
    ],
)
def test_a_remedy_replaces_the_words_that_are_quoted(words: str, hint: str) -> None:
    assert [one.hint for one in said(f"{words}。").findings] == [hint]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("南江市年度完成率第1位", "第3位"),
        ("南江市年度完成率倒数第2位", "倒数第1位"),
        ("东山县年度完成率第4位", ""),
        ("西河县年度完成率第1位", ""),
        ("东山县年度完成率最低", ""),
    ],
)
def test_a_place_is_told_from_the_end_that_it_was_told_from_unless_it_is_shared(words: str, place: str) -> None:
    """Of three: 东山县 and 高新区 share the first place; 市本级 and 西河县, which has sent nothing, are not ranked."""
    told = "。\n\n未报单位不参与排序。"
    (found,) = said(words + told).findings
    right = f"{words[:3]}年度完成率{place}"
    assert found.hint == f"改为“{right}”。" if place else not INSTEAD.match(found.hint)
    assert not place or obeyed(words + told) == [right + told]
    assert not place or said(right + told).findings == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("完成年度目标的34.3%以上", "为34.25%，不到34.3%"),  # 274 of 800 beds
        ("完成年度目标的不低于34.3%", "为34.25%，不到34.3%"),
        ("完成年度目标的34.4%以上", "应为34.3%"),
        ("累计超过274张", "应为274张"),
    ],
)
def test_of_a_bound_that_reads_as_the_figure_it_is_told_how_it_is_missed(words: str, told: str) -> None:
    (found,) = said(f"{BED}{words}。").findings
    assert found.message == f"“{words}”与数据不符：“{BED}”{told}"


def test_a_figure_of_what_no_area_is_for_is_told_as_its_own() -> None:
    (found,) = said("工作保障年度完成率99.9%。").findings
    assert "与数据不符：全市工作保障应为" in found.message


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (f"{BED}距800张还差625张", ""),  # 526, of which nothing is said before all have reported
        (f"{BED}目标800张，累计284张", "改为“累计274张”。"),
        ("12月底到期、尚未完成的有80项", "改为“12月底到期、尚未完成的有7项”。"),
        ("11月底到期、尚未完成的有80项", ""),
        ("已达到7项，占77.7%", "改为“已达到3项，占50.0%”。"),
        ("未达到7项，占50.0%", "改为“未达到3项，占50.0%”。"),
    ],
)
def test_a_number_is_told_with_the_words_around_it_or_not_at_all(words: str, hint: str) -> None:
    told = [one.hint for one in said(f"{words}。").findings]
    assert told
    assert all(one == hint if hint else not INSTEAD.match(one) for one in told)


NUMBER = re.compile(r"(?<![0-9.A-Za-z])[0-9]+(?:\.[0-9]+)?")
KINDS: tuple[tuple[Kind, str], ...] = (("bulletin", ""), ("brief", ""), ("unit", "dong"), ("unit", "xi"))


def changed(text: str, place: int) -> str:
    """A text with the number at that place of each of its sentences made another one."""
    parts = []
    for part in re.split("(?<=[。\n])", text):
        found = [*NUMBER.finditer(part)][place : place + 1] if "│" not in part else []
        for one in found:
            part = part[: one.start()] + str(int(float(one[0])) + 3) + part[one.end() :]
        parts.append(part)
    return "".join(parts)


@few(
    ("kind", "unit", "place"),
    [(*kind, place) for kind in KINDS for place in range(3)],
    [("bulletin", "", 0), ("bulletin", "", 1), ("unit", "xi", 2)],
)
def test_whatever_is_told_to_write_instead_of_a_changed_number_is_right(kind: Kind, unit: str, place: int) -> None:
    """One number of each sentence is changed; each is written as is told, where something is."""
    lines = changed(text_of(official(), kind, unit), place).split("\n")
    told = {}
    for finding in of("\n".join(lines)).findings:
        quoted, instead = QUOTED.match(finding.message), INSTEAD.fullmatch(finding.hint)
        at = (finding.location.line or 1) - 1
        if quoted is not None and instead is not None and lines[at].count(quoted[1]) == 1:
            lines[at] = lines[at].replace(quoted[1], instead[1])
            told[at + 1, instead[1]] = finding.message
    assert told
    wrong = [one for one in of("\n".join(lines)).findings if one.severity is Severity.ERROR]
    still = [
        (one.message, words) for one in wrong for line, words in told if line == one.location.line if one.value in words
    ]
    assert still == []


@through(
    ("sentence", "messages"),
    [
        ("9月份数据请于9月30日前报送。", ["“9月份数据请于9月30日前报送”与数据不符：下一期的月份应为10月"]),
        ("11月底到期、尚未完成的有4项。", ["“11月底到期、尚未完成的有4项”与数据不符：全市应为0"]),
        ("已达到6项，占99.9%。", ["“已达到6项，占99.9%”与数据不符：全市应为3"]),
    ],
)
def test_the_numbers_of_one_phrase_are_put_right_once(sentence: str, messages: list[str]) -> None:
    """Each number of it is wrong, and the words that the first one tells to write hold them all."""
    assert [one.message for one in said(sentence).findings] == messages


def test_how_many_of_the_rest_lag_is_told_only_where_all_have_reported() -> None:
    """Of 45 that are due 40 are reached, 1 is not, 2 are not by the reports there are, and 2 nobody has told of."""
    title = "2023年1—9月全市民政重点工作指标进展简报"
    found = of(f"{title}\n\n　　应达到进度要求45项，已达到40项，其余5项未达到。\n", shipped("2023-09")).findings
    assert [(one.rule.code, "应为" in one.message, INSTEAD.match(one.hint)) for one in found] == [
        ("MZ904", False, None)
    ]
