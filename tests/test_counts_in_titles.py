"""What a sheet says of itself in numbers (how many rows, which page, which document) is no figure of an indicator."""

from pathlib import Path

import pytest

from mzplan.plan.load import load_plan
from mzplan.submissions.harmless import is_harmless, is_numbered_heading
from mzplan.submissions.header import USUAL
from mzplan.submissions.names import Names
from mzplan.submissions.remarks import figure_in

pytestmark = pytest.mark.untraced

NAMES = Names(load_plan(Path(__file__).parent.parent / "plan" / "2023.yaml"))
OF_ITSELF = """
共65项|（共65项）|65项指标|共65个指标|含65项指标|以上共65项|以上65项|本表共65行|共 65 条记录
27项任务、65项指标|26项任务|九大行动26项任务|指标数：65|记录数：65|行数：65|合计：65项|指标共65项|报送指标65项|任务27项
一式3份|本表一式三份|第1页|共2页|第1页，共2页|1/2页|Page 1 of 2|P. 1|第7期|第3号
附件1|附件2-1|表3|表1-1|附表1-2|武民〔2023〕18号|浙民养〔2023〕7号|V1.0|V2|2023年版|邮编：321200|邮编321200
""".replace("\n", "|")
FIGURES = """
更正为15项|注：新增12项|新增养老床位数共15项|社会救助8项|养老服务（12人）|床位15张（8项）|完成12项|本月12项|累计共15项
养老服务标准共15项|15项标准|已完成15项任务|漏报3项|3项未报|其中3项暂估|共65项，其中3项暂估|（漏3项）|缺2项指标
12张|15家|3个|共3张|255|1.5|指标15|65.5项|1265项指标|45.2%|合计12张|65项|（65项）|更正第3页|二十五
""".replace("\n", "|")


def is_kept(text: str, *, is_above: bool) -> bool:
    """Whether a line with that text in its first cell stays, and is told."""
    cells = [text, *[""] * 8]
    is_heading = not is_above and is_numbered_heading(cells, USUAL, NAMES)
    is_title = is_heading or is_harmless(cells, NAMES, is_above=is_above)
    return bool(figure_in(cells, USUAL, NAMES)) or not is_title


@pytest.mark.parametrize("text", [*filter(None, OF_ITSELF.split("|"))])
def test_it_may_stand_alone_in_a_title_and_behind_one(text: str) -> None:
    assert not is_kept(text, is_above=False)
    assert not any(
        is_kept(title, is_above=True) for title in (text, f"{text} 武义县2023年7月报表", f"武义县2023年7月报表 {text}")
    )


@pytest.mark.parametrize("text", ["12行", "65条", "- 1 -", "—1—"])
def test_alone_it_needs_no_other_word(text: str) -> None:
    assert not is_kept(text, is_above=False)


@pytest.mark.parametrize("text", ["共65项", "65项", "27项任务、65项指标", "第1页，共2页", "一式3份", "1/2", "3-1"])
def test_in_brackets_behind_a_title_it_is_of_the_sheet(text: str) -> None:
    assert not is_kept(f"武义县2023年7月报表（{text}）", is_above=True)


@pytest.mark.parametrize("text", [*filter(None, FIGURES.split("|"))])
@pytest.mark.parametrize("is_above", [False, True])
def test_what_may_be_a_figure_stays(text: str, *, is_above: bool) -> None:
    assert is_kept(text, is_above=is_above)


@pytest.mark.parametrize("text", ["共65项", "65项"])
def test_in_a_column_of_figures_it_is_one(text: str) -> None:
    assert figure_in(["", "", "", "", text, "", "", "", ""], USUAL, NAMES)
