"""What a note says was wrong, and by how much, crossed with what happened to the figure: sound or wrong as built."""

import pytest

from mzplan.submissions.slips import way_of
from rule_examples import check_rows

OVER = ["多写", "多录", "多报", "多填", "多计", "多统计", "误报", "误录", "误填", "误增", "虚报", "重复录入"]
UNDER = ["少写", "少录", "少报", "漏报", "漏录", "漏统计", "误删", "误减", "误核减", "误剔除", "多扣减"]
SLIPS = ("", "笔误，", "录入错误，", "9月录入错误，", "9月数录错，", "手误，")
WAYS = [*((word, -1) for word in OVER), *((word, 1) for word in UNDER)]


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
        is_sound = way * amount == step
        assert told == ([] if is_sound else [f"{severity} 和增减的数对不上"]), amount


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
    assert of_note(note.format(150), 239) == ["WARNING 和增减的数对不上"]


@pytest.mark.parametrize(
    ("note", "fall", "rise"),
    [
        ("上月误报", "WARNING 没有写增减了多少", "WARNING 和增减的方向对不上"),
        ("上月多报", "WARNING 没有写增减了多少", "WARNING 和增减的方向对不上"),
        ("漏报", "ERROR 和增减的方向对不上", "WARNING 没有写增减了多少"),
        ("上月漏报，本月补报", "ERROR 和增减的方向对不上", "WARNING 没有写增减了多少"),
        ("笔误", "ERROR 印证了这一点", "WARNING 印证了这一点"),
        ("未漏报，两镇合并", "WARNING 没有写增减了多少", "WARNING 没有写增减了多少"),
        ("两镇合并增加20张", "ERROR 和增减的数对不上", "WARNING 和增减的数对不上"),
        ("机构关停减少15张", "ERROR 和增减的数对不上", "WARNING 和增减的数对不上"),
        ("核减{}张", "ERROR 没有说以前的数错在哪里", "WARNING 和增减的数对不上"),
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


@pytest.mark.parametrize("word", ["更正", "经核实", "核实后更正", "经复核，更正", "已订正"])
def test_that_it_was_put_right_and_by_how_much_clears_and_neither_does_alone(word: str) -> None:
    assert of_note(f"{word}，比上次减少12张", 77) == []
    assert of_note(f"{word}，比上次减少21张", 77) == ["ERROR 和增减的数对不上"]
    assert of_note(f"{word}，比上次增加12张", 77) == ["ERROR 和增减的数对不上"]
    assert of_note(word, 77) == ["ERROR 没有说以前的数错在哪里"]
    assert of_note("属实，比上次减少12张", 77) == ["ERROR 没有说是什么事引起的"]


@pytest.mark.parametrize("last", ["上月应为{}张", "更正：上月累计数应为{}张", "9月应为{}张", "上个月的数应该是{}张"])
@pytest.mark.parametrize(("came", "number"), [("本月无新增", 0), ("本月没有新增", 0), ("本月新增5张", 5)])
def test_what_the_last_total_should_have_been_explains_this_one_with_what_came_since(
    last: str, came: str, number: int
) -> None:
    assert of_note(f"{last.format(77 - number)}，{came}", 77) == []
    assert of_note(f"{last.format(70 - number)}，{came}", 77) != []
    assert of_note(f"8月应为{77 - number}张，{came}", 77) != []


@pytest.mark.parametrize(
    "who", ["划转至邻县", "划转给邻县", "划归邻县", "划转邻县", "移交邻县", "移交给他县", "划给外市"]
)
def test_what_went_to_another_place_explains_no_rise(who: str) -> None:
    assert of_note(f"{who}12张", 77) == []
    assert of_note(f"{who}150张", 239) != []


@pytest.mark.parametrize(
    "who", ["接收邻县", "并入", "从邻县并入", "接收邻县移交", "邻县划归我县", "邻县移交", "划转给我县"]
)
def test_what_came_from_another_place_explains_a_rise(who: str) -> None:
    assert of_note(f"{who}150张", 239) == []
    if who != "邻县移交":  # it is not said to whom
        assert of_note(f"{who}12张", 77) != []


def test_money_that_is_moved_to_an_account_has_not_gone() -> None:
    assert way_of("资金划转至专户") == 0
