"""Words outside of the records: what doubts figures, unit or month sends a table back; other words are told with it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox import APRIL, SOUND, Collect, collect, figures, rows
from mzplan.check.run import run_checks
from mzplan.diagnostics import Severity
from mzplan.submissions.sources import Source
from rule_examples import HEADER, PLAN, check_rows
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
HANDED_OVER = (
    "附件：养老护理员花名册.xlsx",
    "附件：新增养老床位数佐证.pdf",
    "附：新增养老床位数佐证材料3份",
    "附佐证材料3份、照片5张",
    "附件：1.养老床位汇总表1份 2.照片",
    "以上请审阅",
    "以上数据，请审核后汇总",
    "妥否，请批示",
    "当否，请审示",
    "请予以汇总",
    "特此报告",
    "现报上，请领导审定",
    "佐证材料2份已随文报送",
    "佐证材料共3份，随表报送",
    "盖章版两份已寄出",
    "随函报送报表2份",
    "照片12张已打包发送",
    "纸质版2份已寄至市局办公室",
    "已随文报送，请查收",
)
"""Documents by their names, and what the reader is asked to do: what they mention is no word of the figures."""
CLAIMS = (
    "更正：青山县3月为21家",
    "更正：青山县为21",
    "以上为2月数",
    "义乌市数据见下表",
    "附件：新增养老床位数更正表",
    "附件：新增养老床位数15张.pdf",
    "附：实际数见右",
    "附：照片，床位为估数",
    "以上数据请核实",
    "请按附件汇总",
    "请更正后汇总",
    "请汇总，其余照旧",
    "制表：按市局办公室",
    "同2月数",
    "青山县未更新",
    "共3个县市未报",
    "佐证材料2份未报送",
    "佐证材料漏报2份",
    "床位2张已随文报送",
    "数据已随文报送",
    "床位数已报送",
    "新增2张已报送",
    "已发300份",
    "以上数据已报送",
    "更正表2份已随文报送",
)


def told(text: str, column: int) -> list[tuple[str, Severity]]:
    """What is told of a line below a record."""
    row = "," * column + text + "," * (8 - column)
    return [(each.rule.code, each.severity) for each in check_rows(ROW, row, today=None).diagnostics]


@pytest.mark.parametrize("column", [0, 7])
@pytest.mark.parametrize("text", [*HARMLESS, *ORDINALS, *HANDED_OVER])
def test_words_of_no_figure_unit_or_month_are_a_warning(text: str, column: int) -> None:
    assert told(text, column) == [("MZ161", Severity.WARNING)]


@pytest.mark.parametrize("text", [*OF_FIGURES, *CLAIMS])
def test_words_that_may_be_of_figures_unit_or_month_are_an_error(text: str) -> None:
    ((code, severity),) = told(text, 0)
    assert (code in ("MZ158", "MZ160", "MZ161"), severity) == (True, Severity.ERROR)


@given(st.sampled_from(HANDED_OVER), st.sampled_from([*OF_FIGURES, *CLAIMS]), st.booleans(), st.sampled_from("；。"))
def test_what_is_handed_over_hides_nothing_that_is_said_beside_it(
    handed: str, claim: str, is_first: bool, mark: str
) -> None:
    text = mark.join([handed, claim] if is_first else [claim, handed])
    ((code, severity),) = told(text, 0)
    assert (code in ("MZ158", "MZ160", "MZ161"), severity) == (True, Severity.ERROR)


@pytest.mark.parametrize(
    "text",
    [
        "此表一式两份",
        "该表一式三份",
        "制表：民政局办公室",
        "填报：社会救助科",
        "审核：规划财务处",
        "共3个县市68项指标",
        "共9个县（市、区）",
    ],
)
def test_copies_makers_and_units_counted_are_of_the_sheet_itself(text: str) -> None:
    assert [code for code, _ in told(text, 0)] in (["MZ151"], ["MZ155"])  # taken out by a repair, and known


@pytest.mark.parametrize(
    ("text", "is_filed"),
    [
        ("附件：4月佐证材料.xlsx", True),
        ("附件：3月佐证材料.xlsx", False),
        ("附件：乙市佐证材料.xlsx", False),
        ("4月佐证材料2份已随文报送", True),
        ("3月佐证材料2份已随文报送", False),
        ("乙市佐证材料2份已随文报送", False),
        ("制表：甲县民政局办公室", True),
        ("制表：乙市民政局办公室", False),
    ],
)
def test_a_document_or_maker_of_another_month_or_unit_sends_a_table_back(
    collect: Collect, text: str, *, is_filed: bool
) -> None:
    write("inbox/甲县.xlsx", xlsx_of([*rows(), [text]]))
    ran = collect("inbox")
    assert Path(f"data/{APRIL}/jia.csv").exists() == is_filed, ran.out


def test_the_remedy_of_a_figure_in_a_title_leaves_the_title() -> None:
    text = "\n".join(("青山县2031年3月填报表（更正为255）", HEADER, ROW, ""))
    (found,) = run_checks(PLAN, [Source.of_bytes("示例.csv", text.encode())], today=None).diagnostics
    assert (found.rule.code, "表名、单位和月份留着" in found.hint) == ("MZ160", True)


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
