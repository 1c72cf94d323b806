"""Which lines above a table are titles: they name what the plan's own titles are about, and say nothing of figures."""

import re
from pathlib import Path

import pytest

from conftest import Mzplan, through
from inbox import SOUND, Collect, collect, figures, rows
from mzplan.period import Period
from mzplan.plan.load import load_plan
from mzplan.submissions.harmless import is_harmless, only_replaces
from mzplan.submissions.labels import otherwise
from mzplan.submissions.names import Names
from mzplan.submissions.standing_words import OF_NUMBERS
from test_cli_check import Run, check, write
from workbooks import rows_of, xlsx_of, xlsx_of_sheets

TITLES = (
    "2023年10月养老工作统计",
    "2023年1-10月各县（市、区）养老指标统计表",
    "金华市民政局2023年10月养老工作统计",
    "全市10月养老数据",
    "义乌市2023年10月婚姻登记数据表",
    "2023年10月民政指标汇总表（11月3日制）",
    "金华市民政局2023年10月份重点指标通报表",
    "表一：2023年10月指标",
    "金华市民政事业发展计划完成情况统计表（2023年10月）",
    "截至2023年10月底各县民政指标（2023年11月3日印发）",
    "关于报送2023年10月民政重点工作指标的函",
    "义乌市民政局关于报送2023年10月民政重点工作指标的报告",
    "此页无正文",
    "2023年10月民政指标计数表",
)
OTHERS = (
    "以户计数统计表",
    "人数统计表",
    "少数为当月数",
    "养老数据暂估",
    "分子分母填反统计表",
    "金额以元计情况表",
    "不含婺城区数据",
    "当月新增统计表",
    "未完成数据",
    "更正数据",
    "10月数据（未审核）",
    "单位千万统计表",
    "2023年10月民政指标汇总表（11月3日前新增）",
    "表一未核：2023年10月指标",
    "关于更正2023年10月民政重点工作指标的函",
    "关于报送2023年10月预计数的函",
    "此页数据作废",
)
ROOT = Path(__file__).parent.parent
__all__ = ["check", "collect"]

NAMES = Names(load_plan(ROOT / "plan" / "2023.yaml"))


@through(("text", "is_title"), [*((text, True) for text in TITLES), *((text, False) for text in OTHERS)])
def test_a_title_names_in_few_words_what_the_plan_is_about(text: str, is_title: bool) -> None:
    assert is_harmless([text, "", ""], NAMES, is_above=True) == is_title


def test_the_end_of_a_letter_may_stand_below_its_table() -> None:
    assert is_harmless(["（此页无正文）"], NAMES)


def test_below_its_header_a_table_has_no_title() -> None:
    assert not is_harmless(["全市10月养老数据"], NAMES)


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("关于报送2023年10月民政重点工作指标的函", False),
        ("2023年10月养老工作统计", False),
        ("2023年10月指标统计表", False),
        ("2023年10月指标统计表（暂估）", True),
    ],
)
def test_a_title_that_gives_the_month_need_not_go(check: Run, mzplan: Mzplan, title: str, is_told: bool) -> None:
    """The month stands in the title alone: to strike it out would leave a table of which nobody knows the month.

    What is told of the last leaves the one before it.
    """
    for path in ("plan/2023.yaml", "plan/2023.breakdown.csv"):
        write(path, (ROOT / path).read_text())
    for filed in Path("data").rglob("*.csv"):  # of another plan, whose records this one does not know
        filed.unlink()
    assert mzplan("template", "-u", "义乌市", "-p", "2023-10", "--format", "csv", "-o", "yiwu.csv").code == 0
    head, *rows = rows_of(Path("yiwu.csv").read_text(encoding="utf-8-sig"))
    value = head.index("完成值")
    table = [["" if at == 0 else "0" if at == value else cell for at, cell in enumerate(row)] for row in rows]
    write("inbox/汇总.xlsx", xlsx_of_sheets(("Sheet1", [[title], head, *table])))
    ran = mzplan("collect", "--dry-run", "--today", "2023-11-05", "inbox")
    assert f"报告期看标题“{title}”" in ran.out
    assert ("记录以外写着话" in ran.out) == ("表名、单位和月份留着，如“2023年10月指标统计表”" in ran.out) == is_told
    assert "删去这一行" not in ran.out


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("义乌市2023年10月填报表（截至9月30日）", "截至9月30日"),
        ("2023年10月指标统计表（截至2022年10月底）", "截至2022年10月底"),
        ("2023年10月指标统计表（截至10月31日）", ""),
        ("2023年10月指标统计表（截至11月3日）", ""),  # when it was made up
    ],
)
def test_a_title_that_names_its_month_may_not_end_before_it(title: str, claim: str) -> None:
    """The month beside the brackets hid what they say."""
    found = otherwise([title], NAMES, "yiwu", Period(2023, 10), is_title=True)
    assert [said.text for said in found] == [claim] * bool(claim)


@through(
    ("title", "is_so"),
    [
        ("义乌市2023年10月更正表", True),
        ("2023年10月补报表", True),
        ("2023年10月指标统计表（更正）", True),
        ("更正数据", False),
        ("T01-01更正表", False),
    ],
)
def test_a_table_may_be_called_as_one_that_replaces_another(title: str, is_so: bool) -> None:
    assert only_replaces([title], NAMES) == is_so


@pytest.mark.parametrize("unit", ["panan", "yiwu"])
@pytest.mark.parametrize(
    "text",
    ["说明：磐安县9月数已更正", "注：磐安县9月数据已于10月更正", "备注：9月数已更正。", "说明：9月数据有误，已更正"],
)
def test_that_another_month_was_put_right_is_no_claim(unit: str, text: str) -> None:
    """To put this month in its place would make a true note false."""
    assert not list(otherwise([text], NAMES, unit, Period(2023, 10)))


@pytest.mark.parametrize(
    "text",
    ["注：以上为9月数", "说明：已更正，以上为9月数", "注：本表9月数已更正", "说明：以上9月数据已更正", "9月数已更正"],
)
def test_of_which_month_the_figures_are_is_a_claim(text: str) -> None:
    assert [said.meant for said in otherwise([text], NAMES, "yiwu", Period(2023, 10))] == ["2023-10"]


@through(
    ("text", "is_so"),
    [
        *((text, True) for text in ("户数", "数据", "以户计数", "填的数字", "少数", "次数", "数字改为")),
        *(
            (text, False)
            for text in ("计数", "指数", "系数", "少数民族", "数字化", "数字民政", "数字改革", "数智", "数码")
        ),
    ],
)
def test_one_list_tells_which_words_speak_of_figures(text: str, is_so: bool) -> None:
    assert bool(re.search(OF_NUMBERS, text)) == is_so


@pytest.mark.parametrize("title", ["2023年4月计数表", "民政工作计数统计（2023年4月）", "少数民族地区工作2023年4月报表"])
def test_a_title_that_counts_and_says_no_figure_returns_no_report(collect: Collect, title: str) -> None:
    write("inbox/甲.xlsx", xlsx_of([[title], *rows()]))
    assert collect("inbox").code == 0
    assert figures("data/2023-04/jia.csv") == SOUND
