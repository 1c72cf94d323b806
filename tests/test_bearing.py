"""A note clears what is found of a figure by a cause with the number that fits; a cause alone makes it a question."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import through
from mzplan.diagnostics import Diagnostic
from mzplan.submissions.names import matched_form
from rule_examples import DOUBTS, PLAN, check_rows

BEDS, LEVEL, SHARE, MONEY, ACCUMULATING = "T01-01", "T01-02", "T01-03", "T01-05", "T01-08"
OF_SIZE = {"MZ501", "MZ507", "MZ508"} | DOUBTS


def said(code: str, figures: Sequence[str], note: str) -> list[Diagnostic]:
    """What is found of the size of 青山县's last figure, which has the note."""
    rows = []
    for month, figure in enumerate(figures, start=1):
        cells = f",{figure.replace('/', ',')}" if "/" in figure else f"{figure},,"
        rows.append(f'2031-{month:02d},青山县,{code},,{cells},"{note if month == len(figures) else ""}",')
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    return [each for each in found if each.rule.code in OF_SIZE and each.period == f"2031-{len(figures):02d}"]


def told(code: str, figures: str, note: str) -> list[str]:
    """Severity, code, and what is said of the note."""
    return [
        f"{each.severity.value} {each.rule.code} {each.message.rpartition('”')[2]}"
        for each in said(code, figures.split(), note)
    ]


FALL, LEVEL_FALL, JUMP, YUAN = (BEDS, "20 12"), (LEVEL, "43 2"), (BEDS, "20 200"), (MONEY, "169 1690000")
DENOMINATOR, SHARE_JUMP, RATE = (SHARE, "50/100 60/130"), (SHARE, "20/100 31/100"), (SHARE, "296/362 82/100")
TENFOLD, FIRST, ODD = (BEDS, "50 50 50 50 450"), (MONEY, "1690000"), (BEDS, "801")
NO_CHANGE, NO_FIGURE = "没有写增减了多少", "没有写这个数是多少"
NO_SLIP = "没有说以前的数错在哪里"
NO_CAUSE, CONFIRMED = "没有说是什么事引起的", "印证了这一点"
OTHER_SIZE, OTHER_WAY = "和增减的数对不上", "和增减的方向对不上"


@pytest.mark.untraced
@through(
    ("year", "note"),
    [
        # the difference: 20 - 12 = 8, 43 - 2 = 41, 200 - 20 = 180, 450 - 50 = 400
        *(
            (FALL, note)
            for note in ("台风损毁8张", "更正：2月误计在建床位8张", "核减重复登记8张", "关停两家机构，减少八张")
        ),
        *((LEVEL_FALL, note) for note in ("两镇划出，减少41人", "两镇划出41名", "退出四十一人，机构改制")),
        *((JUMP, note) for note in ("新院投用180张", "福泰园竣工，增加180", "补登了北苑片区的180张")),
        # all that came and went: 3 - 11 = -8, 190 - 10 = 180; what it comes to may stand beside it
        *((FALL, note) for note in ("拆除11张，新增3张", "新增3张，拆除11张", "拆除11张新增3张，净减8张")),
        *(
            (FALL, note)
            for note in ("更正：核减重复11张，另新投用3张", "甲院拆除5张，乙院退出3张", "拆除8张（旧楼5张、新楼3张）")
        ),
        (JUMP, "新院投用190张，拆除10张"),
        (FALL, "数据更正，减少8张"),
        ((BEDS, "20 5"), "2月重复20张已剔除，本月新投用5张"),
        (TENFOLD, "新院投用，比上次增加400张"),
        (DENOMINATOR, "区划调整，分母增加30"),
        (SHARE_JUMP, "抽调网格员上门，增加11"),
        # in per cent, in another scale, as exact as it is written
        (SHARE_JUMP, "抽调网格员上门，提高11个百分点"),
        ((MONEY, "0 15234.5"), "大客户采购，增加1.5亿元"),
        ((MONEY, "200 850"), "大客户采购，增加650万元"),
        ((MONEY, "200 850"), "大客户采购，增加6500000元"),
        ((BEDS, "5000 21000"), "全市摸底，新增1.6万张"),
        ((BEDS, "5000 21013"), "全市摸底，新增约16000张"),
        # the earlier and the new figure
        *(
            (FALL, note)
            for note in ("2月应为12，误填20", "2月数为12张，上报时误写为20张", "2月误填20，应为12，比上次减少8张")
        ),
        *((FALL, note) for note in ("由20更正为12", "上月误填20，应为12")),
        (RATE, "区划调整，由296/362变为82/100"),
        # from what was reported last, though that is off: 5000 - 4988 = 12
        ((BEDS, "20 5000 12"), "更正：上月多报4988张"),
        ((BEDS, "20 5000 12"), "2月重复登记，核减4988张"),
        # a part of what went is in it already
        *(((LEVEL, "135 80"), note) for note in ("退出55人，其中去世12人", "退出55人，其中去世12人、迁出43人")),
        # 8 - 4 is 4 as well
        *(((LEVEL, "8 4"), note) for note in ("4名护理员调离", "病故4人", "江东镇划出4人", "关停一家机构，减少4人")),
        # 135 - 100, 135 - 40, 95 + 100
        ((LEVEL, "135 35"), "100人退出"),
        ((BEDS, "95 135 95"), "40张退出"),
        ((BEDS, "95 195"), "新院投用，增加100张"),
        # what came, exactly, is what happened; a difference is none
        *((JUMP, note) for note in ("新增养老床位数180张", "3月新增180张", "180张是3月新增的", "新增180床")),
        # beside the number that fits any words will do that are not empty
        (JUMP, "甲院新增100张，乙院新增80张"),
        ((MONEY, "169 40000"), "中了大奖，由169增加到40000"),
        # of a first figure itself, as the plan counts it
        (ODD, "多院投用，共801张"),
        ((MONEY, "40000"), "总部迁入，共40000万元"),
    ],
)
def test_a_cause_with_the_number_that_fits_clears_it(year: tuple[str, str], note: str) -> None:
    assert told(*year, "") != []
    assert told(*year, note) == []


@pytest.mark.untraced
@through(
    ("year", "note", "expected"),
    [
        # a cause alone: a question, but where another measure unit explains the figure
        (FALL, "台风", [f"warning MZ501 {NO_CHANGE}"]),
        (FALL, "因统计口径调整", [f"warning MZ501 {NO_CHANGE}"]),
        (FALL, "3家机构注销", [f"warning MZ501 {NO_CHANGE}"]),
        (LEVEL_FALL, "两镇划出", [f"warning MZ508 {NO_CHANGE}"]),
        (JUMP, "新院投用", [f"warning MZ502 {NO_CHANGE}"]),
        (JUMP, "口径调整", [f"warning MZ502 {NO_CHANGE}"]),
        (DENOMINATOR, "区划调整", [f"warning MZ503 {NO_CHANGE}"]),
        (TENFOLD, "新院投用", [f"warning MZ507 {NO_CHANGE}"]),
        (ODD, "多院投用", [f"warning MZ517 {NO_FIGURE}"]),
        (YUAN, "国庆假期", [f"error MZ507 {NO_CHANGE}"]),
        (RATE, "台风", [f"error MZ507 {NO_CHANGE}"]),
        (FIRST, "国庆假期", [f"error MZ507 {NO_FIGURE}"]),
        # the number that fits, beside words that say nothing
        (FALL, "进展顺利，比上次减少8张", [f"error MZ501 {NO_CAUSE}"]),
        (YUAN, "工作有力，比上次增加1689831万元", [f"error MZ507 {NO_CAUSE}"]),
        # a number that is the figure in its own measure unit, or of something else
        (YUAN, "国庆假期销售1690000元", [f"error MZ507 {NO_CHANGE}"]),
        (FIRST, "国庆假期，1690000元", [f"error MZ507 {NO_FIGURE}"]),
        (YUAN, "新增3家门店，启用1台机器", [f"error MZ507 {NO_CHANGE}"]),
        # so vague that it would fit any step
        (FALL, "两镇划出约1000张，新增1050张", [f"error MZ501 {CONFIRMED}"]),
        (JUMP, "新院投用，增加1000张，拆除约1000张", [f"warning MZ502 {OTHER_SIZE}"]),
        (FALL, "8月台风", [f"warning MZ501 {NO_CHANGE}"]),
        (FALL, "第8批机构注销", [f"warning MZ501 {NO_CHANGE}"]),
        # the cell itself, of what may be the month's
        ((BEDS, "141 11"), "3月统一发证11张", [f"error MZ501 {CONFIRMED}"]),
        ((BEDS, "22 11"), "3月统一发证11张", [f"error MZ501 {CONFIRMED}"]),
        (LEVEL_FALL, "新录用2名", [f"error MZ508 {CONFIRMED}"]),
        # a number that contradicts
        ((BEDS, "20 1520"), "新院投用，新增12张", [f"warning MZ502 {OTHER_SIZE}"]),
        (JUMP, "新院投用，新增12张", [f"warning MZ502 {OTHER_SIZE}"]),
        (FALL, "老人去世，减少2张", [f"error MZ501 {OTHER_SIZE}"]),
        (FALL, "新院投用，新增8张", [f"error MZ501 {OTHER_WAY}"]),
        # what came and went does not add up: 1 - 8, 10 - 1, 7 - 116; the cell's own as what came in is the month's
        (FALL, "拆除8张，新增1张", [f"error MZ501 {OTHER_SIZE}"]),
        (FALL, "拆除5张、退出2张", [f"error MZ501 {OTHER_SIZE}"]),
        (JUMP, "新院投用180张，拆除1张", [f"warning MZ502 {OTHER_SIZE}"]),
        *(
            ((BEDS, "135 19"), note, [f"error MZ501 {CONFIRMED}"])
            for note in ("剔除重复116张，本月新增19张", "本月新增19张，核减重复116张")
        ),
        ((BEDS, "135 35"), "拆除60张、退出39张", [f"error MZ501 {OTHER_SIZE}"]),
        ((BEDS, "135 35"), "2月误报135张，3月新增35张，拆除2张", [f"error MZ501 {CONFIRMED}"]),
        # a number and no cause
        (FALL, "比上次减少8张", [f"error MZ501 {NO_CAUSE}"]),
        (FALL, "数据更正", [f"error MZ501 {NO_SLIP}"]),
        (FALL, "因故减少8张", [f"error MZ501 {NO_CAUSE}"]),
        (JUMP, "因故，比上次增加180张", [f"warning MZ502 {NO_CAUSE}"]),
        # how things are counted makes no ten-thousandfold, whatever number stands beside it
        *(
            (YUAN, note, [f"error MZ507 {NO_CAUSE}"])
            for note in ("口径调整，增加1689831万元", "口径调整，由169变为1690000", "纳入新口径，增加1689831万元")
        ),
        (FALL, "当月数，减少8张", [f"error MZ501 {CONFIRMED}"]),
    ],
)
def test_what_lacks_one_of_them_does_not(year: tuple[str, str], note: str, expected: list[str]) -> None:
    assert told(*year, note) == expected


@pytest.mark.parametrize("figures", ["114 135", "20 24"])
@pytest.mark.parametrize(
    "note", ["比上月多31张", "较上月净增147", "2月报144", "1月报144", "上月数144", "比1月少21张", "同上月"]
)
def test_a_step_of_any_size_is_compared_with_what_its_note_says_of_it(figures: str, note: str) -> None:
    """Of January and February: 135 - 114 = 21, 24 - 20 = 4."""
    assert told(BEDS, figures, note) == ["warning MZ520 和报过的数对不上"]


@pytest.mark.parametrize("note", ["少报了15张", "漏报15张", "填少了15张", "多报15张", "上月多报15张", "填多了15张"])
def test_a_figure_that_is_said_to_have_been_wrong_and_has_not_changed_is_a_question(note: str) -> None:
    (finding,) = said(BEDS, ["114", "114"], note)
    assert (finding.rule.code, finding.hint[:15]) == ("MZ520", "请核对；这个数错了的，改正；没")
    assert said(BEDS, ["114", "129"], note) == []


@pytest.mark.parametrize(
    "note",
    [
        "比上月多21张",
        "比1月多21张，全年目标150张",
        "上月数114",
        "1月报114，2月新增21",
        "上月增加3家机构",
        "上月报名30人",
    ],
)
def test_nothing_is_said_where_it_adds_up_or_counts_something_else(note: str) -> None:
    assert told(BEDS, "114 135", note) == []


@pytest.mark.parametrize("note", ["甲、乙两院改造完成，各增60张", "甲院、乙院改造完成，各增60张"])
def test_so_many_at_each_place_come_to_as_many_times_more(note: str) -> None:
    assert told(BEDS, "40 160", note) == []
    assert told(BEDS, "40 190", note) == [f"warning MZ502 {OTHER_SIZE}"]


figures = st.integers(1, 3000)
levels = st.tuples(figures, figures).map(lambda pair: f"{min(pair)}/{max(pair)}")
years = st.one_of(
    st.tuples(st.sampled_from([SHARE, ACCUMULATING]), st.lists(levels, min_size=1, max_size=3)),
    st.tuples(st.sampled_from([BEDS, LEVEL, MONEY]), st.lists(figures.map(str), min_size=1, max_size=3)),
    st.tuples(st.just(MONEY), st.lists(figures.map(lambda each: f"{each}0"), min_size=1, max_size=2)),
)


@through(
    ("note", "is_off"),
    [
        # 63 beds in January, 79 in February: 16 came
        *(
            (note, True)
            for note in (
                *("上月90张", "1月90张", "上月90张，本月新增4张", "1月新增60张", "2月新增40张，累计79张"),
                *("本月新增15张", "当月新增79张", "2月新增79张", "2月份完成79张", "2月当月79张", "2月新增床位79张"),
            )
        ),
        *(
            (note, False)
            for note in (
                *("上月63张，本月新增16张", "1月63张", "1月新增63张", "2月16张", "2月79张", "2月份完成16张"),
                *("2月底79张", "去年2月新增40张", "1-2月新增79张", "预计3月新增40张", "2月福泰院新增6张，其余为社会办"),
                *("2月新增20张，拆除4张", "1月、2月新增79张", "2月新增10张、划入6张", "2月新增9张床垫"),
                "2月5日新增9张",
            )
        ),
        # 16 came: a number that stands alone is of the month, and nothing else is said of it than that it grew
        *(
            (note, True)
            for note in ("新增15张", "净增79张", "无变化", "2月无变化", "数据不变", "本月没有新增", "暂无新增")
        ),
        *(
            (note, False)
            for note in ("新增16张", "累计新增79张", "1月无变化", "机构无变化", "没有新增机构", "无明显变化")
        ),
    ],
)
def test_what_a_note_says_of_a_month_alone_is_compared_with_what_came_in_it(note: str, is_off: bool) -> None:
    codes = [each.rule.code for each in said(BEDS, ["63", "79"], note)]
    assert codes == (["MZ520"] if is_off else [])


@through(
    ("year", "note", "expected"),
    [
        # 135 - 21 = 114: a month that brought little makes no total smaller, nor does that somebody looked
        *(
            ((BEDS, "135 21"), f"{why}，比上次减少114张", [f"error MZ501 {NO_SLIP}"])
            for why in (
                "3月开业较少",
                "国庆假期",
                "天气转凉",
                "资金拨付进度放缓",
                "人员流动",
                "疫情影响",
            )
        ),
        *(
            ((BEDS, "135 21"), note, [f"error MZ501 {NO_SLIP}"])
            for note in ("3月投用床位环比减少114张", "国庆假期，床位比2月减少114张", "经核实，比上次减少114张")
        ),
        # the cell's own value as what the month brought
        ((BEDS, "135 21"), "3月只投用21张，比上次减少114张", [f"error MZ501 {CONFIRMED}"]),
        ((LEVEL, "43 1"), "3月新评1人，比上次减少42人", [f"error MZ508 {CONFIRMED}"]),
        # what was counted is so no more, or should not have been
        *(
            ((BEDS, "135 21"), f"{why}，比上次减少114张", [])
            for why in (
                "2月重复登记",
                "2月多计",
                "口径调整",
                "合同取消",
                "机构注销",
                "项目退回",
                "台风损毁",
                "验收作废",
            )
        ),
        *(((BEDS, "135 21"), note, []) for note in ("3月核减114张，现为21张", "2月误报135张，3月底共21张")),
        # a level may be less for what becomes of it
        ((LEVEL, "135 80"), "人员流动，比上次减少55人", []),
    ],
)
def test_what_a_month_did_not_bring_makes_no_total_smaller(
    year: tuple[str, str], note: str, expected: list[str]
) -> None:
    assert told(*year, note) == expected


@pytest.mark.parametrize("note", ["数据未更新，与上月相同", "与上月一致，未更新"])
def test_a_note_that_the_figure_is_an_old_one_is_asked_about_once(note: str) -> None:
    rows = [f"2031-{month},青山县,{BEDS},,{text}," for month, text in (("01", "63,,,"), ("02", f"79,,,{note}"))]
    assert [each.rule.code for each in check_rows(*rows, plan=PLAN, today=None).diagnostics] == ["MZ431"]


@pytest.mark.parametrize("note", ["1", "1张", "1。"])
def test_a_number_alone_confirms_nothing(note: str) -> None:
    """It says neither that it is the month's nor why it is less."""
    (finding,) = said(BEDS, ["63", "1"], note)
    assert (finding.rule.code, "没有说是什么事引起的" in finding.message) == ("MZ501", True)


@pytest.mark.parametrize(("figures", "is_off"), [(["63", "", "79"], False), (["20", "63", "79"], True)])
def test_what_came_in_a_month_is_not_known_where_the_one_before_is_missing(figures: list[str], is_off: bool) -> None:
    codes = [each.rule.code for each in said(BEDS, figures, "3月新增40张")]
    assert codes == (["MZ520"] if is_off else [])


@pytest.mark.parametrize(
    ("note", "is_off"),
    [
        # 63 at the end of February, 20 at that of January, 79 now
        *((note, True) for note in ("2月底为70张", "上月末累计70张", "截至2月底70张，3月新增9张", "1月底有21张")),
        *((note, False) for note in ("2月底为63张", "截至1月底累计20张", "2月底前完成70张", "2月底70张待验收")),
        *(
            (note, False)
            for note in ("2月底为70张，误填为63张", "2月底计划70张", "去年12月底为70张", "2月底培训70人次")
        ),
    ],
)
def test_what_a_note_says_of_an_earlier_months_end_is_compared_with_its_figure(note: str, is_off: bool) -> None:
    codes = [each.rule.code for each in said(BEDS, ["20", "63", "79"], note)]
    assert codes == (["MZ520"] if is_off else [])


REASONS = [
    *("床位撤除", "市里统一扩项", "年审不合格", "护理员走了", "老人搬走", "中了大奖", "房屋漏雨", "大客户采购"),
    *("合同终止", "设备损坏", "消防不达标", "老板跑路", "机构转型", "新来一批志愿者", "居民自愿退出", "家属接回"),
    *("回老家", "租约到期", "换了承办单位", "停水停气", "甲院关门", "居家改机构", "补建", "对口支援", "拆了"),
    *("残联转来", "双十一促销", "福泰院揭牌"),
]
EMPTY = [
    *(
        "",
        "…",
        "情况属实",
        "系统导出",
        "按领导要求",
        "进展顺利",
        "工作有力",
        "正常增长",
        "已核实",
        "据实填写",
        "数据无误",
    ),
    *("特此说明", "因故", "统计结果", "实事求是", "高度重视", "措施得力", "成效显著", "扎实推进", "积极推进"),
    "领导重视",
    *("同上", "见附件", "数字没错", "就是这样", "业务发展", "工作需要", "客观原因", "其他原因", "多方努力", "确实如此"),
]


@example(("T01-05", ["50000"]), "年审不合格", "")
@given(years, st.sampled_from(REASONS), st.sampled_from(EMPTY))
def test_the_words_that_a_hint_gives_clear_the_finding_once_anything_stands_before_them(
    year: tuple[str, list[str]], reason: str, empty: str
) -> None:
    """Proved for every finding that gives any: with them and a reason it is gone, with them and empty words not."""
    for finding in said(*year, ""):
        cause = "合同取消" if finding.rule.code == "MZ501" else reason  # a total falls for what takes back alone
        words = re.findall(r"如“…(，[^”]*)”。(?:\d{4}-\d\d 的数填错了的，改那个月的表。)?$", finding.hint)
        assert words or "百分数或比率" in finding.hint
        for each in words:
            is_told = [
                [
                    finding.rule.code in [again.rule.code for again in said(*year, f"{why}{told}")]
                    for why in (cause, empty)
                ]
                for told in filled(each, year[1])
            ]
            assert [False, True] in is_told
            assert all(is_told_without for _, is_told_without in is_told)


def filled(words: str, year: Sequence[str]) -> Sequence[str]:
    """The words of a hint with each blank filled by who knows: by how much it differs from one of those before."""
    if "__" not in words:
        return [words]
    *earlier, last = [dict(zip(("分子", "分母"), map(Decimal, each.split("/")), strict=False)) for each in year]
    told = []
    for before in (*earlier, {}):
        parts = [part if part in last else "分子" for part in (each[:2] for each in words[1:].split("，"))]
        amounts = [f"{abs(last[part] - before.get(part, Decimal())):f}" for part in parts]
        told.append(words.replace("__", "{}").format(*amounts))
    return told


@given(st.sampled_from([SHARE, ACCUMULATING]), levels, st.integers(0, 4), levels)
def test_a_number_of_one_part_of_a_ratio_clears_nothing_that_is_found_of_the_other(
    code: str, earlier: str, months: int, new: str
) -> None:
    """The words of the hint name the part that is off; true ones of the other leave the finding as it was."""
    year, words = [*[earlier] * months, new], {}
    for part, was, now in zip(("分子", "分母"), earlier.split("/"), new.split("/"), strict=True):
        change = int(now) - int(was)
        words[part] = f"{part}比上次{'增加' if change > 0 else '减少'}{abs(change)}" if months else f"{part}共{now}"
    for finding in said(code, year, ""):
        parts = [part for part in words if part in finding.hint.partition("如“")[2]]
        assert parts
        for part in words:
            if parts != [part]:
                codes = [again.rule.code for again in said(code, year, f"福泰院揭牌，{words[part]}")]
                assert finding.rule.code in codes


@given(years, st.sampled_from(["国庆假期", "区划调整", "新院投用", "台风", "口径调整"]))
def test_a_cause_alone_takes_no_finding_away(year: tuple[str, list[str]], cause: str) -> None:
    """A total that fell may be told as such, a question, where without the cause its digits were an error."""
    silent, caused = ({each.rule.code for each in said(*year, note)} for note in ("", cause))
    assert silent - ({"MZ507"} if "MZ501" in caused else set()) <= caused | DOUBTS


@given(st.sampled_from(["国庆假期", "区划调整", "新院投用", "重复登记"]), st.integers(3, 300))
def test_no_cause_makes_a_measure_unit_pass(cause: str, figure: int) -> None:
    (finding,) = said(MONEY, [str(figure), str(figure * 10_000)], cause)
    assert (finding.rule.code, finding.severity.value) == ("MZ507", "error")


@through(
    ("note", "is_off"),
    [
        # 284 to 296 of 362: 12 more, and the denominator as it was
        *(
            (note, True)
            for note in ("比上月多31个", "分母比上月多12个", "1月报300", "分母少算了20个", "上月漏报13人", "同上月")
        ),
        *((note, False) for note in ("比上月多12个", "分子比上月增加12人", "1月报284", "分母1月报362", "上月漏报10人")),
        *((note, False) for note in ("比上月提高3.3个百分点", "比上月多31次", "比上月多办31个班，另有2人退休")),
    ],
)
def test_the_steps_of_both_parts_of_a_ratio_are_compared_with_its_note(note: str, is_off: bool) -> None:
    codes = [each.rule.code for each in said(SHARE, ["284/362", "296/362"], note)]
    assert codes == (["MZ520"] if is_off else [])


def test_what_was_left_out_of_a_denominator_is_in_it_now() -> None:
    assert said(SHARE, ["284/362", "296/382"], "分母少算了20个") == []
    (finding,) = said(SHARE, ["284/362", "296/381"], "分母少算了20个")
    assert (finding.field, finding.message.partition("；")[0]) == (
        "denominator",
        "由 2031-01 的 362 变为 381，变化 19",
    )


@pytest.mark.parametrize(
    ("code", "figures", "expected"),
    [
        (SHARE, "104/293 131/148", ["denominator MZ503"]),  # ×1.26 and ÷1.98
        (ACCUMULATING, "538/1141 547/11410", ["denominator MZ503"]),
        (SHARE, "104/293 210/293", ["numerator MZ502"]),
        (SHARE, "40/200 100/250", ["numerator MZ502", "denominator MZ503"]),  # ×2.5, and ×1.25 is worth a word too
    ],
)
def test_a_ratio_that_its_denominator_moves_is_one_finding_of_that(
    code: str, figures: str, expected: list[str]
) -> None:
    assert [f"{each.field} {each.rule.code}" for each in said(code, figures.split(), "")] == expected


_MEANT = re.compile(r"(?:分子应是 (?P<above>[\d.]+)，分母)?(?:应是|像是|累计数应是) (?P<figure>[\d.]+)(?=[；：])")


def meant(finding: Diagnostic, figure: str) -> str:
    """The figure that a hint proposes in place of that one; empty for none, or where it tells a part by about."""
    found = None if "相近" in finding.hint else _MEANT.search(finding.hint)
    if found is None or "/" not in figure:
        return found["figure"] if found else ""
    above, below = figure.split("/")
    if found["above"]:
        return f"{found['above']}/{found['figure']}"
    return f"{above}/{found['figure']}" if finding.field == "denominator" else f"{found['figure']}/{below}"


@given(years)
@example(year=("T01-08", ["34/52", "1/100"]))
def test_a_figure_that_a_hint_proposes_has_no_finding_itself(year: tuple[str, list[str]]) -> None:
    code, figures = year
    for finding in said(code, figures, ""):
        if again := meant(finding, figures[-1]):
            assert said(code, [*figures[:-1], again], "") == []


@pytest.mark.parametrize(
    ("code", "figures", "note", "expected"),
    [
        (MONEY, "10 10.5 1110", "", "11.1"),  # 111 is as far off
        (MONEY, "10 10.5 1110", "累计11.1万元", "11.1"),
        (MONEY, "10 10.5 117", "", "11.7"),
        (BEDS, "40 45 4000", "", ""),  # 40 is less than before, 400 a jump
        (BEDS, "50 60 620", "", "62"),
        (BEDS, "50 60 620", "累计62张", "62"),
        (BEDS, "50 60 623", "", ""),  # there is no part of a bed
        (ACCUMULATING, "500/1141 538/1141 547/11410", "", "547/1141"),
        (BEDS, "95 6", "", "101"),
        (BEDS, "95 90", "", ""),  # 185 is a jump
    ],
)
def test_a_slip_of_a_digit_or_two_is_named_with_the_only_figure_that_fits(
    code: str, figures: str, note: str, expected: str
) -> None:
    *earlier, last = figures.split()
    (finding,) = said(code, [*earlier, last], note)
    assert meant(finding, last) == expected


OF_OTHERS, ITS_OWN = ("绿水县", "绿水", "高新区", "开发区"), ("青山县", "青山", "市本级", "")
TWO_MONTHS = (1, 20, ""), (2, 12, "减少8张，台风损毁")


@through(("unit", "is_others"), [*((name, True) for name in OF_OTHERS), *((name, False) for name in ITS_OWN)])
def test_what_another_unit_has_lost_by_whichever_of_its_names_bears_no_size(unit: str, is_others: bool) -> None:
    expected = ["error MZ501 说的是别处、别年、别的指标的，还没有的，或早已改正的事"] if is_others else []
    assert told(BEDS, "20 12", f"{unit}减少8张，台风损毁") == expected


def test_the_names_of_all_units_are_read_once_for_all_notes() -> None:
    """Of 38,000 units reading them anew for each note would be most of a check."""
    units = ("青山县", "绿水县", "高新区")
    rows = [f"2031-0{month},{unit},{BEDS},,{beds},,,{note}," for unit in units for month, beds, note in TWO_MONTHS]
    with patch("mzplan.submissions.own_clauses.matched_form", wraps=matched_form) as read:
        check_rows(*rows, plan=PLAN, today=None)
    times = Counter(call.args[0] for call in read.call_args_list)
    assert {times[name] for name in (*OF_OTHERS, "青山县", "青山")} == {1}


@pytest.mark.parametrize(
    ("figures", "note", "expected"),
    [
        # the city's 1000万元: 50 times that is 50000
        ("169 40000", "大客户采购，增加39831万元", []),
        ("169 1690000", "大客户采购，增加1689831万元", ["warning MZ507 写清了，但这个数超过全市目标的 50 倍"]),
        ("1690000", "大客户采购，1690000万元", ["warning MZ507 写清了，但这个数超过全市目标的 50 倍"]),
    ],
)
def test_no_note_settles_what_is_far_beyond_the_citys_target(figures: str, note: str, expected: list[str]) -> None:
    """What is in yuan agrees with its own difference: whoever reviews it is to look."""
    assert told(MONEY, figures, note) == expected
