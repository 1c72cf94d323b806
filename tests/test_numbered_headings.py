"""A row with one cell of words below the header: an ordinal makes it a heading, the day or the seal a footer."""

from pathlib import Path

import pytest

from conftest import through
from mzplan.period import in_digits
from rule_examples import HEADER, check_example, check_rows

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
            for words in (
                "以上数据按元填",
                "暂估数",
                "分子分母互换",
                "未核实",
                "重报",
                "上月数",
                "全市口径",
                "草稿",
                "新增养老床位数",
            )
        ),
        *((words, "MZ160") for words in ("床位15张", "床位数更正为15")),
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


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("二〇三一年四月六日", "2031年4月6日"),
        ("二〇三一年三月三十一日", "2031年3月31日"),
        ("二○三一年四月十日", "2031年4月10日"),
        ("四月廿二日", "4月22日"),
        ("填报日期：二〇三一年四月十五日", "填报日期：2031年4月15日"),
        ("二〇三一年九月六日", "2031年9月6日"),
        ("截至二〇三一年二月二十八日", "截至2031年2月28日"),
    ],
)
@pytest.mark.parametrize("column", [0, 3, 7])
def test_a_day_in_words_is_told_as_in_digits(words: str, digits: str, column: int) -> None:
    assert in_digits(words) == digits
    assert told(words, column) == told(digits, column)


@pytest.mark.parametrize("day", ["二〇三一年四月六日", "二〇三一年四月三十日"])
def test_the_day_on_which_a_report_is_signed_is_a_footer(day: str) -> None:
    assert told(day, 0) == ["MZ151"]


@pytest.mark.parametrize("column", [0, 3])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "社会救助（8项）",
            "一、社会救助（8项）",
            "养老服务处（共12项）",
            "养老服务(计8项指标)",
            "助联体建设（3个指标）",
        ),
        *("养老服务【8项】", "养老服务 8项", "养老服务：8项", "养老服务共8项", "养老服务，共 8 项指标", "共8项"),
        *("基层政权处", "基层政权和社区治理处", "社会组织管理科", "一、基层政权处（5项）"),
    ],
)
def test_a_count_of_indicators_or_the_name_of_an_office_is_a_heading(text: str, column: int) -> None:
    assert told(text, column) == ["MZ155"]


@through(
    "text",
    [
        "养老服务（12人）",
        "社会救助8项",
        *("（8项）", "【8项】", "8项", "养老服务-8项", "完成：8项", "累计8项"),
        "新增养老床位数（8项）",
        "未核实（8项）",
        "更正（8项）",
        "暂估数（8项）",
        "床位15张（8项）",
        *(
            "数据来自社会救助处",
            "未报基层政权处",
            "缺基层政权处",
            "填报错在救助科",
            "新增两处",
            "新增三十处",
            "床位归养老处",
        ),
    ],
)
def test_what_a_count_or_an_office_stands_beside_stays_where_it_may_be_of_a_figure(text: str) -> None:
    assert set(told(text, 0)) <= {"MZ160", "MZ161"}


@pytest.mark.parametrize("column", [0, 3, 4])
@pytest.mark.parametrize("text", ["小计8项", "合计8项", "总计：8项", "小计 8 个指标"])
def test_a_total_with_the_count_of_its_indicators_is_a_total(text: str, column: int) -> None:
    assert told(text, column) == ["MZ150"]


@pytest.mark.parametrize("column", [4, 5, 6])
@pytest.mark.parametrize("text", ["（8项）", "共8项", "8项", "12张", "【8项】"])
def test_a_number_alone_where_figures_stand_is_never_taken_out(text: str, column: int) -> None:
    assert told(text, column) == ["MZ160"]


@pytest.mark.parametrize("text", ["附：走访3户（另发邮箱）", "注：2个助餐点计入东阳市"])
def test_a_number_within_words_of_no_indicator_is_proposed_as_no_value(text: str) -> None:
    (found,) = check_rows(text + "," * 8, ROW, today=None).diagnostics
    assert (found.rule.code, "那个指标" in found.hint) == ("MZ160", False)


def test_a_number_behind_an_indicators_name_may_be_its_value() -> None:
    (found,) = check_rows("注：新增养老床位数更正为 15" + "," * 8, ROW, today=None).diagnostics
    assert (found.rule.code, "那个指标" in found.hint) == ("MZ160", True)


DAYS = [
    *("Apr-31", "3-Apr", "3-Apr-31", "April 3 2031", "2031/4/3", "2031-04-03 00:00:00", "2031/4/3 0:00"),
    *("03/04/2031", "４－Ａｐｒ", "Mar-31", "- 1 -", "0579-87654321"),
]
BARE_DAYS = ["48040", "48040.5", "20310403", "4/3"]


@pytest.mark.parametrize("day", [*DAYS, *BARE_DAYS])
def test_a_day_as_a_spreadsheet_leaves_it_is_a_footer_where_the_period_stands(day: str) -> None:
    assert told(day, 0) == ["MZ151"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("column", [3, 7])
def test_what_can_only_be_a_day_is_one_in_every_column_of_words(day: str, column: int) -> None:
    assert told(day, column) == ["MZ151"]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        *((day, 4) for day in ("Apr-31", "3-Apr", "4/3", "48040")),
        *((day, 7) for day in BARE_DAYS),
        *((text, 0) for text in ("45120", "321200", "2031", "12.5", "8%")),
    ],
)
def test_what_may_be_a_figure_is_one_finding_that_stays(text: str, column: int) -> None:
    assert told(text, column) == ["MZ160"]


def test_a_month_alone_may_be_a_record_that_is_not_finished() -> None:
    assert told("2031-03", 0) == ["MZ204", "MZ205"]


def codes(row: str) -> list[str]:
    return [each.rule.code for each in check_rows(row, ROW, today=None).diagnostics]


@pytest.mark.parametrize("day", ["2031年4月3日", "2031/4/3 0:00", "Apr-31", "3-Apr"])
@pytest.mark.parametrize(
    "row", ["青山县民政局,,,,,,,{}", "青山县民政局,{},,,,,,", "制表：张三,,{},,,,,,", "上报时间,{},,,,,,,"]
)
def test_the_office_and_the_day_are_one_footer(row: str, day: str) -> None:
    assert codes(row.format(day)) == ["MZ151"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("2031/3/1,青山县,,,,,,,", {"MZ201", "MZ205"}),
        ("更正,,,,,,,3-Apr,", {"MZ201", "MZ204", "MZ205"}),
        ("青山县民政局,,,,3-Apr,,,,", {"MZ160"}),
        ("合计,,,,Apr-31,,,,", {"MZ160"}),
    ],
)
def test_a_record_that_is_begun_and_what_may_be_a_figure_are_no_footer(row: str, found: set[str]) -> None:
    assert set(codes(row)) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("青山县2031年3月报表,,,,,,,Apr-31,", "MZ131"),
        ("青山县2031年3月报表,,,,,,,2031/4/3 0:00,", "MZ131"),
        ("青山县2031年3月报表,,,,Apr-31,,,,", "MZ160"),
        ("青山县2031年3月报表,,,,,,,48040,", "MZ160"),
    ],
)
def test_the_day_beside_a_title_is_no_figure(title: str, found: str, tmp_path: Path) -> None:
    told_of = check_example(f"{title}\n{HEADER}\n{ROW}\n", tmp_path, today=None).diagnostics
    assert [each.rule.code for each in told_of] == [found]


@pytest.mark.parametrize(
    "text",
    [
        *("导出时间：2031/4/3 10:23", "表    号：民统1表", "文    号：金民〔2031〕5号", "内部资料，注意保存"),
        *("审核时间,2031-4-3 16:30", "审核时间：2031-4-3 16:30", "签收日期,2031年4月3日", "上报时间,4月3日16时30分"),
        *("审核人,张三,审核时间,2031-4-3", ",,录入时间,2031/4/3 16:30:05", "共64条", "共 64 条记录"),
    ],
)
def test_what_a_form_and_a_program_write_is_a_footer(text: str) -> None:
    assert told(text, 0) == ["MZ151"]


@pytest.mark.parametrize(
    "text", ["统计时间：2031年3月", "项目完成时间：2031-4-3", "共64人", "投用时间,2031-4-3", "审核数,64"]
)
def test_what_may_be_said_of_the_figures_is_no_footer(text: str) -> None:
    assert "MZ151" not in told(text, 0)
