"""A row with one cell of words below the header: an ordinal makes it a heading, the day or the seal a footer."""

import pytest

from rule_examples import check_rows

ROW = "2031-03,青山县,T01-01,新增养老床位数,12,,,,"
ORDINALS = [
    "第一部分 {}",
    "1 {}",
    "行动一：{}",
    "1、{}",
    "一、任务1：{}",
    "专栏1 {}",
    "（一）{}",
    "1.1 {}",
    "板块二 {}",
    "① {}",
    "A、{}",
]
WORDS = ["社会救助", "助联体建设", "未成年人保护", "数字化改革", "为老服务"]


def told(text: str, column: int) -> list[str]:
    """What is said of a row that has that one cell, and nothing else."""
    row = "," * column + text + "," * (8 - column)
    return [each.rule.code for each in check_rows(row, ROW, today=None).diagnostics]


@pytest.mark.parametrize("column", [0, 3])
@pytest.mark.parametrize("ordinal", ORDINALS)
@pytest.mark.parametrize("words", WORDS)
def test_an_ordinal_with_words_of_no_figure_is_a_heading(words: str, ordinal: str, column: int) -> None:
    assert told(ordinal.format(words), column) == ["MZ155"]


@pytest.mark.parametrize("ordinal", ORDINALS)
@pytest.mark.parametrize(
    ("words", "code"),
    [
        *(
            (words, "MZ161")
            for words in ("以上数据按元填", "暂估数", "分子分母互换", "未核实", "重报", "上月数", "全市口径", "草稿")
        ),
        *((words, "MZ160") for words in ("床位15张", "床位数更正为15", "新增养老床位数")),
    ],
)
def test_what_may_be_said_of_a_figure_stays_whatever_its_ordinal(words: str, code: str, ordinal: str) -> None:
    assert told(ordinal.format(words), 0) in ([code], ["MZ160"])  # the ordinal may be taken for the figure


def test_all_headings_are_one_finding() -> None:
    headings = [f"{ordinal.format(words)},,,,,,,," for ordinal, words in zip(ORDINALS, WORDS * 3, strict=False)]
    found = check_rows(*headings, ROW, today=None).diagnostics
    assert [(each.rule.code, len(each.lines)) for each in found] == [("MZ155", len(ORDINALS))]


@pytest.mark.parametrize("column", [0, 3])
@pytest.mark.parametrize(
    "text",
    [
        "2031年4月3日",
        "4月3日",
        "2031-04-03",
        "（盖章）",
        "（公章）",
        "以下空白",
        "附件3",
        "附表二",
        "报送时间 2031年4月3日",
    ],
)
def test_what_stands_below_a_table_is_no_heading(text: str, column: int) -> None:
    assert told(text, column) == ["MZ151"]
