"""Words outside of the records: what doubts figures, unit or month sends a table back; other words are told with it."""

from pathlib import Path

import pytest

from inbox import APRIL, SOUND, Collect, collect, figures, rows
from mzplan.diagnostics import Severity
from rule_examples import check_rows
from test_cli_check import Run, check, codes, write
from workbooks import xlsx_of

__all__ = ["check", "collect"]

ROW = "2031-03,青山县,T01-01,新增养老床位数,12,,,,"

HARMLESS = (
    "请领导审阅",
    "如有疑问请联系张三",
    "附件：佐证材料、照片",
    "感谢各位同仁的支持",
    "佐证材料另附",
    "养老服务工作扎实推进，群众满意",
    "联系方式见通讯录",
    "经局党组会议研究通过",
    "材料随后寄出",
    "请及时反馈意见",
    "电子版发至邮箱",
    "张三经手",
    "优化办事流程",
    "走访慰问困难群众",
    "丰富偏远群众生活",
    "定稿",
    "请批评指正",
    "请勿外传",
)
OF_FIGURES = (
    "金额以元计",
    "分子分母填反",
    "按省厅口径统计",
    "床位按核定数填报",
    "数据有误",
    "不含开发区",
    "与上月相同",
    "部分乡镇未报",
    "已扣除重复",
    "仅供参考",
    "大致如此",
    "翻倍计算",
    "前三行不准",
    "单位千",
    "有水分",
    "两列填颠倒了",
    "镇街还没交齐",
    "去年的",
    "农村的",
    "拍脑袋想的",
    "床位归养老处",
    "凭印象",
    "草稿",
    "以省里的为准",
    "这三个村是新并入的",
    "邻县同志一起整理",
    "新增养老床位数请王主任过目",
    "请王主任于10日前过目",
    "多算了",
    "四舍五入",
    "粗略",
    "模糊",
    "偏高",
    "比较乐观",
    "会变",
    "存在争议",
    "正在摸底",
    "尚在走访",
    "还在收集",
    "走流程中",
    "驻外人员在内",
    "供参",
    "初稿",
    "举例",
)
ORDINALS = (
    "附件：1.佐证材料 2.照片",
    "附件：1.佐证材料；2.照片；3.名单",
    "1.佐证材料2.照片",
    "1、佐证材料 2、照片",
    "①佐证材料②照片",
    "附件：① 佐证材料 ② 照片",
    "⑴佐证材料⑵照片",
    "（1）佐证材料（2）照片",
    "（一）佐证材料（二）照片",
    "一、佐证材料 二、照片",
    "附件 " + " ".join(f"{at}.照片" for at in range(1, 13)),
    "附件 " + " ".join(f"（{at}）照片" for at in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")),
)


def told(text: str, column: int) -> list[tuple[str, Severity]]:
    """What is told of a line below a record."""
    row = "," * column + text + "," * (8 - column)
    return [(each.rule.code, each.severity) for each in check_rows(ROW, row, today=None).diagnostics]


@pytest.mark.parametrize("column", [0, 7])
@pytest.mark.parametrize("text", [*HARMLESS, *ORDINALS])
def test_words_of_no_figure_unit_or_month_are_a_warning(text: str, column: int) -> None:
    assert told(text, column) == [("MZ161", Severity.WARNING)]


@pytest.mark.parametrize("text", OF_FIGURES)
def test_words_that_may_be_of_figures_unit_or_month_are_an_error(text: str) -> None:
    ((code, severity),) = told(text, 0)
    assert (code in ("MZ158", "MZ160", "MZ161"), severity) == (True, Severity.ERROR)


@pytest.mark.parametrize(
    "text",
    [
        "1.佐证材料 3",
        "更正为2.其余照旧",
        "更正为 ② 其余照旧",
        "1.佐证材料 3.照片",
        "1.床位15张 2.照片",
        "1.2",
        "床位②",
    ],
)
def test_a_number_that_numbers_nothing_is_told_as_a_figure(text: str) -> None:
    assert told(text, 0) == [("MZ160", Severity.ERROR)]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("is_above", [False, True])
def test_a_table_with_such_words_is_filed_without_them_and_they_are_told(
    collect: Collect, check: Run, ending: str, *, is_above: bool
) -> None:
    words, blank = "请甲县王主任过目", [""] * 8  # the table's own unit
    lines = [[words, *blank], *rows()] if is_above else [*rows(), [words, *blank], [*blank[1:], "材料随后寄出", ""]]
    data = xlsx_of(lines) if ending == "xlsx" else "".join(",".join(line) + "\n" for line in lines).encode()
    write(f"inbox/甲县.{ending}", data)
    ran = collect("inbox")
    assert (ran.code, figures(f"data/{APRIL}/jia.csv")) == (0, SOUND), ran.out
    assert f"写着“{words}”" in ran.out
    assert data in [path.read_bytes() for path in Path("inbox").rglob(f"*.{ending}")]
    Path(f"data/{APRIL}/jia.csv").unlink()
    write(f"data/{APRIL}/jia.{ending}", data)
    ran = check("--format", "concise", f"data/{APRIL}/jia.{ending}", today="2023-05-05")
    assert (ran.code, {code[:5] for code in codes(ran)}) == (0, {"MZ161"}), ran.out


@pytest.mark.parametrize("is_above", [False, True])
@pytest.mark.parametrize("text", ["这几家的数是估的", "请乙市王主任过目"])
def test_a_table_with_words_of_its_figures_or_another_unit_goes_back(
    collect: Collect, text: str, *, is_above: bool
) -> None:
    words = [[text]]
    write("inbox/甲县.xlsx", xlsx_of([*words, *rows()] if is_above else [*rows(), *words]))
    ran = collect("inbox")
    assert (ran.code, Path(f"data/{APRIL}/jia.csv").exists()) == (1, False), ran.out
