"""What a note says was wrong, and by how much, crossed with what happened to the figure: sound or wrong as built."""

import pytest

from mzplan.submissions.slips import way_of
from rule_examples import check_rows

OVER = ["多写", "多录", "多报", "多填", "多计", "多统计", "误报", "误录", "误填", "误增", "虚报", "重复录入"]
UNDER = ["少写", "少录", "少报", "漏报", "漏录", "漏统计", "误删", "误减", "误核减", "误剔除", "多扣减"]
SLIPS = ("", "笔误，", "录入错误，", "9月录入错误，", "9月数录错，", "手误，")
WAYS = [*((word, -1) for word in OVER), *((word, 1) for word in UNDER)]

OF_ANOTHER = "说的是别处、别年、别的指标的，还没有的，或早已改正的事"


def of_note(note: str, new: int) -> list[str]:
    """Severity and what is said of the note where a total goes from 89 to `new`: 12 less, or 150 more, is too much."""
    rows = [f"2031-{month:02d},青山县,T01-01,,{80 + month},,,," for month in range(1, 10)]
    found = check_rows(*rows, f"2031-10,青山县,T01-01,,{new},,,{note},", today=None).diagnostics
    return [f"{each.severity.name} {each.message.rpartition('”')[2]}" for each in found if each.rule.code[:3] == "MZ5"]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize(("word", "way"), WAYS)
@pytest.mark.parametrize(("new", "step"), [(77, -12), (239, 150)])
def test_the_exact_amount_with_words_of_that_way_clears_and_no_other(
    slip: str, word: str, way: int, new: int, step: int
) -> None:
    severity = "ERROR" if step < 0 else "WARNING"
    for amount in (abs(step), abs(step) + 18, 7):
        told = of_note(f"{slip}上月{word}{amount}张", new)
        words = "和增减的数对不上" if way * step > 0 else "和增减的方向对不上"
        assert told == ([] if way * amount == step else [f"{severity} {words}"]), amount


@pytest.mark.parametrize("taken", ["误将{}报成{}", "误把{}填成{}", "把{}报成{}了", "{}张误报为{}张", "{}错写成{}"])
@pytest.mark.parametrize(("new", "severity"), [(77, "ERROR"), (239, "WARNING")])
def test_what_was_written_in_place_of_what_clears_if_it_is_so_and_not_turned_round(
    taken: str, new: int, severity: str
) -> None:
    for right, wrong in ((new, 89), (89, new), (new - 6, 89 + 6), (new, 88)):
        expected = [] if (right, wrong) == (new, 89) else [f"{severity} 和增减的数对不上"]
        assert of_note(f"上月{taken.format(right, wrong)}", new) == expected, (right, wrong)


@pytest.mark.parametrize(
    "note", ["不符合条件{}张，核减", "上月误报{}张，已核减", "{}张已停用，予以剔除", "扣除重复的{}张", "清退{}张"]
)
def test_what_was_taken_off_explains_a_fall_and_no_rise(note: str) -> None:
    assert of_note(note.format(12), 77) == []
    assert of_note(note.format(150), 239) == ["WARNING 和增减的方向对不上"]


@pytest.mark.parametrize(
    ("note", "fall", "rise"),
    [
        ("上月误报", "WARNING 没有写增减了多少", "WARNING 和增减的方向对不上"),
        ("上月多报", "WARNING 没有写增减了多少", "WARNING 和增减的方向对不上"),
        ("漏报", "ERROR 和增减的方向对不上", "WARNING 没有写增减了多少"),
        ("上月漏报，本月补报", "ERROR 和增减的方向对不上", "WARNING 没有写增减了多少"),
        ("笔误", "ERROR 印证了这一点", "WARNING 印证了这一点"),
        ("未漏报，两镇合并", "WARNING 没有写增减了多少", "WARNING 没有写增减了多少"),
        ("两镇合并增加20张", "ERROR 和增减的方向对不上", "WARNING 和增减的数对不上"),
        ("机构关停减少15张", "ERROR 和增减的数对不上", "WARNING 和增减的方向对不上"),
        ("核减{}张", "ERROR 没有说以前的数错在哪里", "WARNING 和增减的方向对不上"),
        ("请示领导后调整", "ERROR 没有说是什么事引起的", "WARNING 没有说是什么事引起的"),
    ],
)
def test_words_of_one_way_explain_no_change_the_other_way(note: str, fall: str, rise: str) -> None:
    assert (of_note(note.format(12), 77), of_note(note.format(150), 239)) == ([fall], [rise])


@pytest.mark.parametrize(
    ("text", "way"),
    [("误报", -1), ("误报，少报", 1), ("误减", 1), ("误增", -1), ("核减", -1), ("补报", 1), ("误计共", 0), ("合并", 0)],
)
def test_words_say_which_way_a_figure_goes(text: str, way: int) -> None:
    assert way_of(text) == way


def test_what_there_really_is_less_is_no_total() -> None:
    assert of_note("录入错误，实际减少12张", 77) == []


@pytest.mark.parametrize("word", ["更正", "核实后更正", "经复核，更正", "已订正"])
def test_that_it_was_put_right_and_by_how_much_clears_and_neither_does_alone(word: str) -> None:
    assert of_note(f"{word}，比上次减少12张", 77) == []
    assert of_note(f"{word}，比上次减少21张", 77) == ["ERROR 和增减的数对不上"]
    assert of_note(f"{word}，比上次增加12张", 77) == ["ERROR 和增减的方向对不上"]
    assert of_note(word, 77) == ["ERROR 没有说以前的数错在哪里"]
    assert of_note("属实，比上次减少12张", 77) == ["ERROR 没有说是什么事引起的"]


@pytest.mark.parametrize(
    "last", ["上月应为{}张", "更正：上月累计数应为{}张", "9月应为{}张", "上个月的数应该是{}张", "上月数有误，应为{}张"]
)
@pytest.mark.parametrize(("came", "number"), [("本月无新增", 0), ("本月没有新增", 0), ("本月新增5张", 5)])
def test_what_the_last_total_should_have_been_explains_this_one_with_what_came_since(
    last: str, came: str, number: int
) -> None:
    assert of_note(f"{last.format(77 - number)}，{came}", 77) == []
    assert of_note(f"{last.format(70 - number)}，{came}", 77) != []
    assert of_note(f"8月应为{77 - number}张，{came}", 77) != []


OUT = """
划转至邻县 划转给邻县 划归邻县 划转邻县 移交邻县 移交给他县 划给外市 交给邻县 交邻县 转交邻县 调往邻县 托管给邻县 划走
并入邻县 邻县接管 由邻县接管 由永康市代管 交由邻县管理 归还邻县 移交 已移交 向邻县移交 机构关停 养老院停业
"""
IN = """
接收邻县 并入 从邻县并入 接收邻县移交 邻县划归我县 划转给我县 接管邻县 接管 代管邻县 从邻县划来 调来 邻县移交我县
移交给我县 停业养老院复业
"""


@pytest.mark.parametrize("who", OUT.split())
def test_what_went_to_another_place_or_closed_explains_no_rise(who: str) -> None:
    assert of_note(f"{who}12张", 77) == []
    assert of_note(f"{who}150张", 239) == ["WARNING 和增减的方向对不上"]


@pytest.mark.parametrize("who", IN.split())
def test_what_came_from_another_place_or_opened_again_explains_no_fall(who: str) -> None:
    assert of_note(f"{who}150张", 239) == []
    if who != "停业养老院复业":  # what closed is named too
        assert of_note(f"{who}12张", 77) != []


@pytest.mark.parametrize("who", ["邻县移交", "开发商移交", "关停整改后恢复", "资金划转至专户"])
def test_what_may_have_come_is_taken_as_the_figure_shows(who: str) -> None:
    assert of_note(f"{who}150张", 239) == []


WILL = ["拟", "计划", "预计", "目标", "争取", "力争", "将于下月", "准备", "打算", "即将", "有望", "明年", "计划于12月"]


@pytest.mark.parametrize("will", WILL)
def test_what_is_meant_to_come_explains_nothing_and_takes_nothing_from_what_came(will: str) -> None:
    assert of_note(f"{will}减少12张", 77) == [f"ERROR {OF_ANOTHER}"]
    assert of_note(f"{will}新增150张", 239) == [f"WARNING {OF_ANOTHER}"]
    assert of_note(f"机构注销减少12张，{will}新增30张", 77) == []


@pytest.mark.parametrize(
    "note",
    ["按计划减少12张，机构到期", "原计划投用12张未建成，核减", "将重复登记的12张核减", "拟建床位12张误计入，核减"],
)
def test_what_was_meant_or_is_taken_off_is_a_reason(note: str) -> None:
    assert of_note(note, 77) == []


@pytest.mark.parametrize("year", ["2022年", "2030年", "去年", "上年"])
def test_what_was_wrong_in_another_year_explains_no_step_of_this_one(year: str) -> None:
    assert of_note(f"{year}误报12张", 77) == [f"ERROR {OF_ANOTHER}"]
    assert of_note(f"{year}漏报150张", 239) == [f"WARNING {OF_ANOTHER}"]
    assert of_note(f"{year}误报12张，本月核减", 77) == [f"ERROR {OF_ANOTHER}"]  # the total begins in January
    assert of_note(f"{year}误报12张，误计入今年，本月核减", 77) == []
    assert of_note("2031年误报12张", 77) == []


@pytest.mark.parametrize("done", ["已于5月更正", "5月已更正", "已在9月核减", "9月已剔除", "已于上月更正"])
def test_what_was_put_right_before_explains_no_step_after_it(done: str) -> None:
    assert of_note(f"5月误报12张，{done}", 77) == [f"ERROR {OF_ANOTHER}"]
    assert of_note(f"5月误报12张，{done}，机构注销减少12张", 77) == []


@pytest.mark.parametrize("done", ["已于10月更正", "已更正", "本月已核减", "10月更正"])
def test_what_is_put_right_now_explains_it(done: str) -> None:
    assert of_note(f"5月误报12张，{done}", 77) == []


NO_FACTS = """
未撤并{} 没有撤并{} 未关停{} 没有关停{} 未合并{} 并未多报{} 暂未移交{} 尚未剔除{} 正在移交{} 待批复后移交{}
正在核实是否多报{} 如有重复，再核减{} 疑似多报{} 可能重复{} 不排除重复{} 拟核减{} 拟核减误报{} 计划下月剔除{} 准备更正{}
9月将移交{} 申请核减{} 建议剔除{} 想核减{} 拟撤并{} 其他县核减{} 绿水县更正{} 绿水县上月多报{} 邻县误报{}
"""


@pytest.mark.parametrize("note", NO_FACTS.split())
def test_what_has_not_happened_here_explains_nothing(note: str) -> None:
    assert of_note(note.format("12张"), 77)[0].startswith("ERROR")


FACTS = """
撤并{} 关停{} 按年度计划退出{} 根据计划关停{} 列入计划拆除{} 应省里要求清退{}
群众主动申请退出{} 经申请注销{} 按要求核减误报{} 根据审计建议核减误报{}
未通过年检注销{} 未验收{}核减
没有取得备案{}，剔除 上月未剔除{}，现剔除 疑似重复{}，已核减 青山县上月多报{} 移交绿水县{} 若干家关停，减少{}
未及时注销，减少{}
"""


@pytest.mark.parametrize("note", FACTS.split())
def test_what_has_happened_here_clears_in_such_words_too(note: str) -> None:
    assert of_note(note.format("12张"), 77) == []


@pytest.mark.parametrize(("note", "is_clear"), [("机构搬走，减少{}人", True), ("床位更正减少{}张", False)])
def test_beds_are_no_people(note: str, is_clear: bool) -> None:
    rows = [f"2031-{month:02d},青山县,T01-02,,{80 + month},,,," for month in range(1, 10)]
    found = check_rows(*rows, f"2031-10,青山县,T01-02,,40,,,{note.format(49)},", today=None).diagnostics
    assert [each.rule.code for each in found if each.rule.code[:3] == "MZ5"] == ([] if is_clear else ["MZ515"])


@pytest.mark.parametrize("slip", ["填错", "写错", "打错", "录错", "算错", "错填", "笔误", "手误", "搞错", "数据错"])
@pytest.mark.parametrize("last", ["", "上月"])
def test_a_slip_in_any_word_clears_with_the_exact_amount_and_no_other(last: str, slip: str) -> None:
    assert of_note(f"{last}{slip}，减少12张", 77) == []
    assert of_note(f"{last}{slip}，增加150张", 239) == []
    assert of_note(f"{last}{slip}，减少21张", 77) == ["ERROR 和增减的数对不上"]
    assert of_note(f"{last}{slip}，增加12张", 77) == ["ERROR 和增减的方向对不上"]


def test_money_that_is_moved_to_an_account_has_not_gone() -> None:
    assert way_of("资金划转至专户") == 0


def test_a_level_that_is_the_months_is_told_the_whole_however_small_it_is() -> None:
    """Of 11 that came to 1 it may be the month's, for 12 in all: only a larger loss is sure to be."""
    rows = [f"2031-{month:02d},青山县,T01-02,,{figure},,,," for month, figure in ((2, 11), (3, 1))]
    (found,) = [each for each in check_rows(*rows, today=None).diagnostics if each.rule.code == "MZ515"]
    assert found.hint.startswith("如果填的是当月数，加上次的是 12；")
