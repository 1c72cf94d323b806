"""What explains a change of a past figure: a note that is not the old one, or an error that is told anyway."""

import pytest

from mzplan.check.history import is_reason as history_is_reason
from repositories import Git, commit, git
from test_cli_check import BEDS, GRADE, Run, check, codes, report, write
from test_history import JANUARY, ONE_LESS, history, past

__all__ = ["check", "git", "past"]

pytestmark = pytest.mark.untraced


@pytest.mark.parametrize(
    ("old", "new"), [("第一批更正", "第二批更正"), ("漏报1个", "漏报2个"), ("", "更正：漏报1个"), ("", "更正：补报1个")]
)
def test_a_note_that_is_not_the_old_one_is_a_reason(old: str, new: str, past: Run, git: Git) -> None:
    write(JANUARY, report("甲县", "2023-01", "8").replace("8,,,,", f"8,,,{old},"))
    commit(git)
    write(JANUARY, report("甲县", "2023-01", "9").replace("9,,,,", f"9,,,{new},"))
    ran = past()
    assert (ran.code, history(ran), f"说明：{new}" in ran.out) == (0, [f"MZ613 {JANUARY}:2"], True)


@pytest.mark.parametrize(
    ("note", "is_reason"),
    [
        *((each, True) for each in ("更正：补报2个", "10月底新增2个未计入，补报", "更正：补报2名")),
        *((each, False) for each in ("更正：补报3个", "补报", "更正：2个", "补报2个，待核实")),
    ],
)
def test_what_was_left_out_is_a_reason_where_it_makes_the_change(note: str, is_reason: bool) -> None:
    assert history_is_reason(note, "", ("8", "10")) == is_reason
    assert not history_is_reason(note, "", ("10", "8"))


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        *((note, ("10", "8")) for note in ("漏报2个", "接收邻县2个", "少报2个", "新增2个")),
        *((note, ("8", "10")) for note in ("多报2个", "移交开发区2个", "剔除重复2个", "机构关停2个", "误报2个")),
        *((note, ("10", "8")) for note in ("拟核减2个", "并未多报2个", "疑似多报2个", "如有重复，再核减2个")),
    ],
)
def test_what_moves_it_the_other_way_or_has_not_happened_is_no_reason(note: str, figures: tuple[str, str]) -> None:
    assert not history_is_reason(note, "", figures)


@pytest.mark.parametrize(
    "note", ["多报2个", "移交开发区2个", "剔除重复2个", "机构关停2个", "误报", "疑似重复2个，已核减"]
)
def test_what_moves_it_so_is_one(note: str) -> None:
    assert history_is_reason(note, "", ("10", "8"))


UNNAMED = {
    "an unknown code": f"2023-01,甲县,T99-99,{BEDS.split(',')[1]},8,,,,\n",
    "no code": f"2023-01,甲县,,{BEDS.split(',')[1]},8,,,,\n",
    "a shifted row": f",2023-01,甲县,{BEDS},8,,,\n",
}


@pytest.mark.parametrize("how", UNNAMED)
def test_a_row_that_tells_no_indicator_any_more_is_told_once(how: str, past: Run) -> None:
    write(JANUARY, ONE_LESS + UNNAMED[how])
    ran = past()
    assert (ran.code, history(ran), len({each.split(":")[1] for each in codes(ran)})) == (1, [], 1)
    write(JANUARY, ONE_LESS.replace(f"2023-01,甲县,{GRADE},12,,,,\n", "") + UNNAMED[how])
    assert history(past()) == [f"MZ614 {JANUARY}:0"], "one such row stands for one figure"


def test_a_deleted_figure_is_not_told_as_missing_as_well(past: Run) -> None:
    write(JANUARY, ONE_LESS)
    assert codes(past()) == [f"MZ614 {JANUARY}:0"]
    assert codes(past("--ignore", "MZ614")) == [f"MZ603 {JANUARY}:0"], "unless nobody tells of it"
