"""What people add of their own: shares of units, all and none, spans of the year, differences, the most, nothing of.

September 2031, as in `test_verify_sets`: of five units one (西河县) has sent nothing since August and three all. Done
of the year: the city 72.5 % (70.9 in August, 59.8 in June), 东山县 70.8 (61.0 in August), 南江市 69.3, 西河县 43.0 and
市本级 75.0. 3 of 6 figures are in time, 3 are not, one is done. 助餐服务 has 65.0 of 70 %. 认知障碍照护试点 is done by
three of four.
"""

from fractions import Fraction

import pytest

import bulletin_cases as cases
from factory import at_least
from mzplan.bulletin.verify import Account
from test_verify_edits import is_wrong, of, official, said, text_of

pytestmark = pytest.mark.traced

WRONG = (
    "养老服务办法修订正在推进，服务困难群众人次正在推进。",
    "新增护理型床位距序时进度还差48.8个百分点。",
    "新增护理型床位距序时进度还差40.8个百分点。",  # which gets no verdict yet, nor do the next ones
    "严重滞后的指标有1项。",
    "新增护理型床位滞后。",
    "新增护理型床位完成年度目标的34.3%，进度滞后。",
    "助餐服务城乡社区覆盖率还差6.0个百分点。",
    "助餐服务城乡社区覆盖率距70%还差6.0个百分点。",
    "服务困难群众人次滞后。",
    "西河县年度完成率高于东山县。",
    "东山县年度完成率高于全市。",
    "养老领域完成率低于救助领域。",
    "全市年度完成率由8月的70.9%提高到72.6%。",
    "全市年度完成率由上月的59.8%提高到72.5%。",
    "全市年度完成率由上月的70.9%下降到72.5%。",
    "没有严重滞后的指标。",  # as one that is has been counted
    # shares of units, all, none, the others
    "超过半数的单位未报。",
    "过半数单位未报9月份数据。",
    "三分之一的单位未报。",
    "九成以上的单位已报送。",
    "各单位均已报送9月份数据。",
    "所有县均已报齐。",
    "没有单位未报。",
    "无一家单位未报。",
    "西河县未报，其余5家均已报齐。",
    "西河县未报，其他单位均已报齐。",
    "除西河县未报外，其余单位均已报齐。",
    "没有达到进度要求的指标。",
    "尚无指标提前完成。",
    "未报的单位有西河县和南江市。",
    "未报单位为南江市。",
    "新增护理型床位未达到进度要求的有南江市。",
    "报齐的单位占八成。",
    "报齐单位4家，未报1家。",
    "未报的单位有2家。",
    "5家单位全部报齐。",
    "西河县应报10项，均未报。",
    "东山县和西河县年度完成率均超过60%。",
    # the most and the least
    "养老领域完成率最低。",
    "年度完成率最高的单位是西河县。",
    "西河县年度完成率最高。",
    "东山县、南江市年度完成率分别为69.3%、70.8%。",
    # spans of the year
    "全年已完成1项。",
    "全年累计新增护理型床位274张。",
    "上半年已完成1项。",
    "上半年全市年度完成率72.5%。",
    "前三季度已完成2项。",
    "一季度达到进度要求3项。",
    # up to an earlier month: 256 beds (32.0 %) in August, 200 (25.0 %) in June
    "截至8月底新增护理型床位274张。",
    "截至8月底，新增护理型床位累计250张。",
    "截至6月底新增护理型床位累计256张。",
    "截至8月底全市年度完成率72.5%。",
    # nothing of what some have not sent
    "西河县未达到进度要求0项。",
    "西河县有正式目标的3项中，未达到进度要求0项。",
    # differences
    "全市年度完成率较8月提高2.6个百分点。",
    "全市年度完成率比上月下降1.6个百分点。",
    "已完成指标较上月增加1项。",
    "东山县年度完成率较8月提高8.8个百分点。",
    "东山县年度完成率比南江市低1.5个百分点。",
    "东山县年度完成率高出南江市2.5个百分点。",
    # counts and shares in other words
    "严重滞后的指标有两项。",
    "未达到进度要求的有四项。",
    "3项指标已完成。",
    "达到进度要求的占六成。",
    "未达到进度要求的指标占近四成。",
    # since when
    "西河县自7月起未报。",
    "西河县连续三个月未报。",
    "西河县年内从未报送。",
    # targets and dates
    "助餐服务城乡社区覆盖率达到70%以上的目标。",
    "服务困难群众人次未达到2万人次以上的目标。",
    "认知障碍照护试点11月底到期。",
    "认知障碍照护试点两家完成、1家未报。",
    "新增护理型床位累计274张，超过年度目标的四成。",
    "新增护理型床位累计274张，约占年度目标的44%。",
    "新增护理型床位完成三成半以上的年度目标。",
    "新增护理型床位达到年度目标的四成以上。",
)
TRUE = (
    "南江市年度完成率仅次于东山县。",
    "助餐服务城乡社区覆盖率还差5.0个百分点。",
    "助餐服务城乡社区覆盖率距70%还差5.0个百分点。",
    "截至8月底已完成1项。",
    "西河县年度完成率低于东山县。",
    "东山县年度完成率低于全市水平。",
    "养老领域完成率高于救助领域。",
    "全市年度完成率由上月的70.9%提高到72.5%。",
    "超过半数的单位已报齐。",
    "过半数单位已报齐9月份数据。",
    "六成的单位已报齐。",
    "不足三成的单位未报。",
    "未报的单位有西河县。",
    "未报单位为西河县。",
    "新增护理型床位未达到进度要求的有东山县和高新区。",
    "报齐的单位占六成。",
    "报齐单位3家，未报1家。",
    "西河县应报九项，均未报。",
    "东山县和南江市年度完成率均超过60%。",
    "东山县、南江市年度完成率分别为70.8%、69.3%。",
    "救助领域完成率最低。",
    "前三季度已完成1项。",
    "上半年全市年度完成率59.8%。",
    "截至8月底，新增护理型床位累计256张，完成年度目标的32.0%。",
    "截至2031年6月底，新增护理型床位累计200张。",
    "1—6月新增护理型床位累计200张。",
    "截至8月底全市年度完成率70.9%。",
    "全市年度完成率较8月提高1.6个百分点。",
    "全市年度完成率比上月上升1.6个百分点。",
    "东山县年度完成率较上月提高9.8个百分点。",
    "东山县年度完成率比南江市高1.5个百分点。",
    "南江市年度完成率低于东山县1.5个百分点。",
    "未达到进度要求的有三项，报齐后再作结论。",
    "达到进度要求的占五成。",
    "西河县自8月起未报。",
    "西河县连续两个月未报。",
    "助餐服务城乡社区覆盖率未达到70%以上的目标。",
    "认知障碍照护试点12月底到期。",
    "认知障碍照护试点三家完成、1家未报。",
    "新增护理型床位累计274张，超过年度目标的三成。",
    "新增护理型床位累计274张，约占年度目标的34%。",
    "新增护理型床位完成三成以上的年度目标。",
    "新增护理型床位达到年度目标的三成以上。",
    "新增护理型床位完成了年度目标的34.3%。",
    "没有已超上限的指标。",
)
OPEN = (
    "应达到进度要求的6项中，3项未达到。",  # which waits for the silent
    "新增护理型床位正在推进。",
    "新增护理型床位超过八成的单位未达标。",  # before its date nobody is
    "截至8月底，各单位要抓紧。",
    "西河县未报，其余4家均已报送。",
    "超过半数的县未达到进度要求。",
    "各单位均达到进度要求。",
    "东山县达到进度要求的超过半数。",
    "年度完成率最高的是东山县。",
    "预计全年已完成1项。",
    "力争全年新增护理型床位274张。",
    "全年可完成7项。",
    "四季度要完成7项。",
    "四季度已完成1项。",
    "全市年度完成率较去年提高1.6个百分点。",
    "全市年度完成率较10月提高1.6个百分点。",
)


@pytest.mark.parametrize("sentence", WRONG)
def test_what_is_not_so_is_wrong(sentence: str) -> None:
    report = said(sentence)
    assert is_wrong(report)
    assert report.statements[-1].account is Account.WRONG


@pytest.mark.untraced
@pytest.mark.parametrize("sentence", TRUE)
def test_what_is_so_is_right(sentence: str) -> None:
    report = said(sentence)
    assert [finding.message for finding in report.findings] == []
    assert report.statements[-1].account is Account.RIGHT


@pytest.mark.parametrize("sentence", OPEN)
def test_what_depends_on_who_or_when_is_meant_is_neither(sentence: str) -> None:
    report = said(sentence)
    assert not is_wrong(report)
    assert report.statements[-1].account is Account.OPEN


@pytest.mark.parametrize(("count", "is_right"), [("三", True), ("两", True), ("四", False), ("0", False)])
def test_of_those_that_keep_it_by_an_older_figure_both_counts_may_be_said(count: str, is_right: bool) -> None:
    """4A级以上养老机构数 is asked of four, 50 each: 东山县 and 南江市 have it, 西河县 had in August, 高新区 has not."""
    asked = {"applies_to": "each", "judged": (*cases.COUNTIES, "gaoxin"), "target": at_least(50)}
    given = cases.plan(instead={"C3": {**asked, "baseline": None, "schedule": cases.BY_DUE}})

    def speed(_indicator: str, unit: str, month: int) -> Fraction | None:
        return None if unit == "xi" and month == 9 else Fraction(1, 2) if unit == "gaoxin" else Fraction(2)

    material = cases.material(9, speed, given)
    report = of(f"{cases.TITLE}\n\n　　4A级以上养老机构数{count}家达标、1家未报。\n", material)
    assert (report.statements[-1].account is Account.RIGHT) is is_right
    assert is_wrong(report) is not is_right


@pytest.mark.parametrize(
    ("told", "account"),
    [
        ("年度完成率70.8%，比南江市高1.5个百分点", Account.RIGHT),
        ("年度完成率为70.8%，高出南江市1.5个百分点", Account.RIGHT),
        ("年度完成率70.8%，高于南江市", Account.RIGHT),
        ("年度完成率70.8%，比南江市高2.5个百分点", Account.WRONG),
        ("年度完成率70.8%，比南江市低1.5个百分点", Account.WRONG),
        ("年度完成率超过七成，为70.8%", Account.RIGHT),
        ("年度完成率超过七成（即70.8%）", Account.RIGHT),
        ("年度完成率超过七成，为71.8%", Account.WRONG),
        ("年度完成率70.8%，超过七成", Account.RIGHT),
        ("年度完成率为70.8%（不足八成）", Account.RIGHT),
        ("年度完成率为70.8%，不足七成", Account.WRONG),
        ("年度完成率70.8%，近九成", Account.WRONG),
    ],
)
@pytest.mark.parametrize("label", ["东山县：", "东山县"])
def test_a_share_told_before_it_is_compared_or_after_it_is_rounded_is_read(
    label: str, told: str, account: Account
) -> None:
    assert said(f"{label}{told}。").statements[-1].account is account


@pytest.mark.parametrize(
    ("told", "is_so"),
    [
        *(("你单位年度完成率高于南江市1.5个百分点", True), ("你单位年度完成率高于南江市2.5个百分点", False)),
        *(("你单位年度完成率比南江市低1.5个百分点", False), ("南江市年度完成率低于你单位1.5个百分点", True)),
        *(("你单位年度完成率70.8%，低于全市1.7个百分点", True), ("你单位年度完成率高于全市", False)),
    ],
)
def test_in_a_letter_the_unit_is_addressed(told: str, is_so: bool) -> None:
    letter = text_of(official(), "unit", "dong").replace("二、下步重点", f"　　{told}。\n\n二、下步重点", 1)
    (statement,) = [one for one in of(letter).statements if one.text == f"{told}。"]
    assert statement.account is (Account.RIGHT if is_so else Account.WRONG)


def test_a_rough_figure_is_answered_without_its_rough_word() -> None:
    assert [(one.hint, one.fix) for one in said("东山县年度完成率近88.9%。").findings] == [
        ("改为“年度完成率70.8%”。", None)
    ]


@pytest.mark.parametrize(
    ("part", "is_so"), [("三分之一", True), ("四分之一", False), ("近三分之一", False), ("超过三分之一", True)]
)
def test_a_simple_part_is_said_roughly(part: str, is_so: bool) -> None:
    """新增护理型床位: 34.3 %, for which a third is near enough."""
    assert is_wrong(said(f"新增护理型床位完成年度目标的{part}。")) is not is_so


MEANT = (
    "确保",
    "力争",
    "争取",
    "预计",
    "计划",
    "有望",
    "即将",
    "要",
    "须",
    "必须",
    "需",
    "应尽快",
    "尽快",
    "下步",
    "年底前",
)
LACKING = ("还差526张", "尚差526张", "还需526张", "尚需526张", "再有526张就能", "距", "距离", "离", "加快")
NOT_REACHED = (
    *("完成年度任务", "提前完成年度任务", "超额完成全年任务", "达到进度要求", "快于序时进度", "超序时进度", "全部达标"),
    "达到800张以上的目标",
)
"""新增护理型床位 is far behind, so that none of it is so."""


@pytest.mark.parametrize("verdict", NOT_REACHED)
@pytest.mark.parametrize("word", [*MEANT, *LACKING])
def test_what_is_meant_or_lacking_is_no_claim(word: str, verdict: str) -> None:
    """Neither right nor wrong, in its own clause and, of what is meant, in the one before it; 已 makes it a claim."""
    figure = "新增护理型床位累计274张，"
    drafts = [f"{figure}{word}{verdict}。", f"新增护理型床位{word}{verdict}。"]
    drafts += [f"{figure}{word}加强调度，{verdict}。"] if word in MEANT else []
    for draft in drafts:
        report = said(draft)
        assert (is_wrong(report), report.statements[-1].account) == (False, Account.OPEN), draft
    for draft in (f"{figure}{word}加强调度，已{verdict}。", f"{figure}{word}加强调度后已{verdict}。"):
        assert is_wrong(said(draft)), draft
    for draft in (f"{figure}{word}加强调度，目前{verdict}。", f"{word}加强调度，新增护理型床位{verdict}。"):
        assert is_wrong(said(draft)), draft


@pytest.mark.parametrize("verdict", NOT_REACHED)
@pytest.mark.parametrize("before", ["", "还差526张，", "按要求", "进度明显加快，", "如期", "完成年度计划的34.3%，"])
def test_what_is_said_beside_other_words_is_a_claim(before: str, verdict: str) -> None:
    assert is_wrong(said(f"新增护理型床位累计274张，{before}{verdict}。"))


@pytest.mark.parametrize(
    ("name", "have", "left", "other", "measure"),
    [("新增护理型床位", 274, 526, 626, "张"), ("4A级以上养老机构数", 186, 14, 24, "家")],
)
@pytest.mark.parametrize("words", ["还差", "尚差", "尚缺", "还需"])
def test_what_is_left_to_the_target_is_what_is_left(
    words: str, name: str, have: int, left: int, other: int, measure: str
) -> None:
    """Of 800 beds and of 200 homes, before all have reported: of what nobody can prove no remedy is told."""
    draft = f"{name}累计{have}{measure}，{words}{{}}{measure}完成年度任务。"
    right, wrong = said(draft.format(left)), said(draft.format(other))
    assert (is_wrong(right), right.statements[-1].account) == (False, Account.OPEN)
    assert [(one.value, one.fix) for one in wrong.findings] == [(str(other), None)]


GAP = ("距目标", "距离年度目标", "离全年目标", "距年底目标还有", "距完成年度目标", "与目标差", "目标缺口", "尚差")
"""How far 4A级以上养老机构数 is from its target: 14 homes of 200."""


@pytest.mark.parametrize("words", GAP)
@pytest.mark.parametrize(
    ("told", "is_so"),
    [
        *(("14家", True), ("十四家", True), ("25家", False), ("二十五家", False), ("200家左右", False)),
        *(("不足15家", True), ("不足二十家", True), ("不足14家", False), ("不足十家", False)),
        *(("逾13家", True), ("逾14家", False), ("逾二十家", False), ("十余家", True), ("20余家", False)),
        *(("14家左右", True), ("15家左右", False), ("约14家", True), ("近20家", False)),
    ],
)
def test_what_is_left_to_a_target_may_be_told_without_a_verb_and_roughly(words: str, told: str, is_so: bool) -> None:
    report = said(f"4A级以上养老机构数{words}{told}，报齐后再作结论。")
    assert report.statements[-1].account is (Account.RIGHT if is_so else Account.WRONG)
    if not is_so:
        (found,) = report.findings
        assert "应为14家" in found.message
        mended = f"4A级以上养老机构数{words}14家，报齐后再作结论。"
        assert found.hint in ("改为“14家”。", f"改为“{words}14家”。")
        assert said(mended).statements[-1].account is Account.RIGHT


def test_the_target_itself_behind_the_same_words_is_the_target() -> None:
    assert not is_wrong(said("新增护理型床位距年度目标800张还有差距。"))
    assert said("新增护理型床位距年度目标800张以上还差526张，报齐后再作结论。").statements[-1].account is Account.RIGHT
    assert is_wrong(said("新增护理型床位距年度目标900张以上还差526张。"))


@pytest.mark.parametrize("joint", ["", "为", "是"])
@pytest.mark.parametrize("name", ["年度目标", "全年目标", "年度任务", "全年任务", "年度目标任务", "目标任务"])
def test_a_target_is_told_in_any_of_its_names(name: str, joint: str) -> None:
    assert said(f"新增护理型床位的{name}{joint}800张，累计274张。").statements[-1].account is Account.RIGHT
    wrong = said(f"新增护理型床位的{name}{joint}374张，累计274张。")
    is_read = joint or not name.endswith("任务")  # 任务374 may be the name of a task
    assert [one.fix for one in wrong.findings] == (["800张"] if is_read else [None])
    assert wrong.statements[-1].account is not Account.RIGHT


@pytest.mark.parametrize("nearly", ["接近", "将近", "距"])
def test_what_something_comes_near_to_is_the_target(nearly: str) -> None:
    """Of how near it comes nobody judges, but a wrong target is told; which side of it is a claim of the figure."""
    figure = "新增护理型床位累计274张，"
    report = said(f"{figure}{nearly}800张的目标。")
    assert (is_wrong(report), report.statements[-1].account) == (False, Account.OPEN)
    assert [one.fix for one in said(f"{figure}{nearly}900张的目标。").findings] == ["800张" if nearly == "距" else None]
    assert is_wrong(said(f"{figure}超过800张的目标。"))
    assert said(f"{figure}不足800张的目标。").statements[-1].account is Account.RIGHT
    for words in ("超过200张的目标", "不足900张的目标", "已超过200张的年度目标"):
        assert said(f"{figure}{words}。").statements[-1].account is not Account.RIGHT


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("完成七成", "改为“完成34.3%”。"),
        ("完成年度目标过半", "改为“完成年度目标34.3%”。"),
        ("完成年度目标逾七成五", "改为“完成年度目标34.3%”。"),
        ("累计二百八十四张", "改为“累计274张”。"),
    ],
)
def test_a_number_that_is_spelled_out_is_quoted_as_it_is_written(words: str, hint: str) -> None:
    (found,) = said(f"新增护理型床位{words}。").findings
    assert found.message.startswith(f"“{words}”")
    assert found.hint == hint


def test_a_part_of_the_units_is_quoted_as_it_is_written() -> None:
    assert said("超过半数的单位未报。").findings[0].message.startswith("“超过半数的单位未报”")


def test_words_without_data_are_quoted_as_they_are_written() -> None:
    told = [one.message for one in said("全市召开二十八次会议，发放三十一本手册。").findings]
    assert all("28" not in one and "31" not in one for one in told)
    assert any("二十八" in one for one in told)


@pytest.mark.parametrize(
    ("sentence", "hint"),
    [
        ("服务困难群众人次慢于序时进度38.3个百分点。", "改为“快于序时进度38.3个百分点”。"),
        ("服务困难群众人次慢于序时进度38个百分点。", "改为“快于序时进度38.3个百分点”。"),
        ("服务困难群众人次落后序时进度48.0个百分点。", "改为“快于序时进度38.3个百分点”。"),
        ("服务困难群众人次快于序时进度48.0个百分点。", "改为“快于序时进度38.3个百分点”。"),
    ],
)
def test_the_remedy_of_a_wrong_way_is_the_right_one(sentence: str, hint: str) -> None:
    assert [finding.hint for finding in said(sentence).findings] == [hint]


def test_a_wrong_order_is_told_the_right_one() -> None:
    told = said("年度完成率前三名依次为南江市、东山县、高新区。").findings[0].message
    assert told.endswith("的是东山县、高新区和南江市")


@pytest.mark.parametrize(("part", "is_wrong_of"), [("三分之一", False), ("四分之一", True), ("约三分之一", False)])
def test_a_part_is_as_near_as_its_neighbours_are_apart(part: str, is_wrong_of: bool) -> None:
    """34.3 % of the target are done: nearer to a third than to a quarter."""
    assert is_wrong(said(f"新增护理型床位完成年度目标的{part}。")) is is_wrong_of
