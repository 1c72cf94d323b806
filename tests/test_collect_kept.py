"""`mzplan collect`, and notes and evidence for which what comes later has no column."""

from collections.abc import Callable, Mapping

import pytest

from inbox import SOUND, WIDE, Collect, april, collect, figures, rows
from test_cli_check import check, write
from workbooks import rows_of, transposed, xlsx_of

__all__ = ["check", "collect"]

NOTE, EVIDENCE = "上月漏报，已补", "甲发〔2023〕1号"
KEPT = "表里没有“说明”一栏、“佐证”一栏，数没有变的 2 项沿用"


def form(beds: str = "30") -> list[list[str]]:
    """甲县's report with a note and evidence."""
    table = rows("甲县", beds)
    note, evidence = table[0].index("note"), table[0].index("evidence")
    table[1][note], table[3][note], table[4][evidence] = f"其中民办{beds}处", NOTE, EVIDENCE
    return table


def without_words(table: list[list[str]]) -> list[list[str]]:
    at = table[0].index("note")
    return [row[:at] for row in table]


def summary(beds: str) -> list[list[str]]:
    table = rows_of(WIDE)
    table[1][2], table[1][-1] = beds, ""
    return table


LATER: Mapping[str, Callable[[str], list[list[str]]]] = {
    "long": lambda beds: without_words(form(beds)),
    "across": summary,
    "down": lambda beds: transposed(summary(beds)),
}


@pytest.mark.untraced
@pytest.mark.parametrize("layout", LATER)
def test_words_without_a_column_are_those_that_are_filed_where_the_figure_is_the_same(
    collect: Collect, layout: str
) -> None:
    """A figure that is another has another's note no more; twice is as once, and nothing else has changed."""
    write("inbox/甲县4月.xlsx", xlsx_of(form()))
    assert collect("inbox").code == 0
    before = figures("data/2023-04/jia.csv")
    write("inbox/甲县4月.xlsx", xlsx_of([["2023年4月"], *LATER[layout]("31")]))
    ran = collect("inbox", "--replace")
    assert f"{KEPT}已归档的" in ran.out, ran.out
    after = figures("data/2023-04/jia.csv")
    assert after == {**before, "T01-01": ("31", "", "", "", "")}
    collect("inbox", "--replace")
    assert figures("data/2023-04/jia.csv") == after


@pytest.mark.untraced
@pytest.mark.parametrize("layout", LATER)
def test_words_without_a_column_are_those_of_what_came_along(collect: Collect, layout: str) -> None:
    """The form with its words is filed, not the summary that has none, whichever is read first."""
    for name, other in (("1.xlsx", "2.xlsx"), ("2.xlsx", "1.xlsx")):
        write(f"inbox/{name}", xlsx_of(form()))
        write(f"inbox/{other}", xlsx_of([["2023年4月"], *LATER[layout]("30")]))
        ran = collect("inbox", "--dry-run")
        assert f"√ inbox/{name}：甲县 2023-04，归档" in ran.out, ran.out
    collect("inbox")
    assert figures("data/2023-04/jia.csv")["T02-01"][3] == NOTE


@pytest.mark.untraced
def test_a_column_that_is_there_and_empty_takes_its_words_away(collect: Collect) -> None:
    write("inbox/甲县4月.csv", "\n".join(map(",".join, form())))
    assert collect("inbox").code == 0
    write("inbox/甲县4月.csv", april("甲县"))
    ran = collect("inbox", "--replace")
    assert "沿用" not in ran.out
    assert figures("data/2023-04/jia.csv") == SOUND
