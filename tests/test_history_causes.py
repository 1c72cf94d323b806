"""What explains a change of a past figure: a note that is not the old one, or an error that is told anyway."""

import pytest

from conftest import through
from mzplan.check.changed import is_reason
from mzplan.submissions.own_clauses import NoteSubject
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
    ("note", "is_one"),
    [
        *((each, True) for each in ("更正：补报2个", "10月底新增2个未计入，补报", "更正：补报2名")),
        *((each, False) for each in ("更正：补报3个", "补报", "更正：2个", "补报2个，待核实")),
    ],
)
def test_what_was_left_out_is_a_reason_where_it_makes_the_change(note: str, is_one: bool) -> None:
    assert is_reason(note, "", ("8", "10"), NoteSubject(measure="个")) == is_one
    assert not is_reason(note, "", ("10", "8"), NoteSubject(measure="个"))


@pytest.mark.parametrize(
    ("note", "figures"),
    [
        *((note, ("10", "8")) for note in ("漏报2个", "接收邻县2个", "少报2个", "新增2个")),
        *((note, ("8", "10")) for note in ("多报2个", "移交开发区2个", "剔除重复2个", "机构关停2个", "误报2个")),
        *((note, ("10", "8")) for note in ("拟核减2个", "并未多报2个", "疑似多报2个", "如有重复，再核减2个")),
    ],
)
def test_what_moves_it_the_other_way_or_has_not_happened_is_no_reason(note: str, figures: tuple[str, str]) -> None:
    assert not is_reason(note, "", figures, NoteSubject(measure="个"))


@pytest.mark.parametrize(
    "note", ["多报2个", "移交开发区2个", "剔除重复2个", "机构关停2个", "误报", "疑似重复2个，已核减"]
)
def test_what_moves_it_so_is_one(note: str) -> None:
    assert is_reason(note, "", ("10", "8"), NoteSubject(measure="个"))


@through(
    ("note", "figures"),
    [
        *(
            (note, ("72", "55"))
            for note in ("笔误，72应为58", "录入错误，由72改为58人", "笔误，更正为58", "漏报5人", "笔误，漏报")
        ),
        *(
            (note, ("72", "90"))
            for note in ("两家机构不符合条件，核减5人", "两家机构不符合条件，核减", "上月多报5人", "笔误，应为80")
        ),
    ],
)
def test_what_makes_another_figure_of_it_or_moves_it_the_other_way_is_no_reason(
    note: str, figures: tuple[str, str]
) -> None:
    assert not is_reason(note, "上月多报5人" if "多报" not in note else "", figures, NoteSubject(measure="人"))


@through(
    ("note", "figures"),
    [
        *((note, ("72", "58")) for note in ("笔误，72应为58", "录入错误，由72改为58人", "笔误，更正为58", "笔误")),
        *(
            (note, ("72", "67"))
            for note in ("上月多报5人", "两家机构不符合条件，核减5人", "核减8人，漏报3人，原因是重复登记")
        ),
        *(
            (note, ("72", "90"))
            for note in ("笔误，8月应为60", "漏报18人，笔误", "漏报20人，重复登记2人", "本月关停1家，漏报18人，笔误")
        ),
        *((note, ("72", "90")) for note in ("核减5人；笔误", "笔误，另有12张床应为15张")),
        *((note, ("8/10", "9/10")) for note in ("笔误，分母应为10", "笔误，应为9")),
    ],
)
def test_any_other_reason_stays_one(note: str, figures: tuple[str, str]) -> None:
    assert is_reason(note, "核减5人" if note.startswith("核减5人；") else "", figures, NoteSubject(measure="人"))


@pytest.mark.parametrize(
    ("note", "is_one"),
    [
        *((note, True) for note in ("笔误", "上月填错，文件8月已经印发", "上月漏填，文件已印发")),
        *((note, False) for note in ("更正：上月多报5人", "上月漏报5人", "多报2个，少报3个")),
    ],
)
def test_of_a_stage_nobody_was_too_many(note: str, is_one: bool) -> None:
    assert is_reason(note, "", ("推进中", "已完成"), NoteSubject()) == is_one


def test_a_note_that_disagrees_with_the_figure_is_told_so(past: Run) -> None:
    write(JANUARY, report("甲县", "2023-01", "6").replace("6,,,,", "6,,,笔误，8应为5,"))
    ran = past()
    assert (ran.code, f"MZ613 {JANUARY}:2" in history(ran)) == (1, True)
    assert "由 8 改为 6，“说明”里新写的“笔误，8应为5”与改成的数对不上" in ran.out


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
