"""Notes that give what the plan's own words name another figure, beside those that say it of something else."""

import pytest

from test_notes_of_clerks import told

SHARES = {"T02-06": ",251,294", "T14-08": ",227,242", "T05-06": ",305,439", "T05-07": ",9,16", "T32-09": ",31,37"}
FIGURES = {
    "T05-03": "44,,",
    "T05-04": "35,,",
    "T05-05": "6,,",
    "T03-07": "61,,",
    "T14-11": "13,,",
    "T12-05": ",694,375345",
}
CELLS = {**SHARES, **FIGURES}
ERRORS = {
    "T02-06": "参训人数应为246人 在岗经办人员应为300人",
    "T05-06": "城乡社区总数应为482个 社区数应为482",
    "T14-08": "应用数应为230 数据有误差 有误差",
    "T12-05": "社区工作者应为800人",
    "T05-03": "床位数应为50张 此数为9月当月新增床位",
    "T05-04": "持证人数应为45人",
    "T05-05": "阳光厨房应为8家",
    "T03-07": "本月填的是8月数据 本期沿用8月数据",
}
QUESTIONS = {
    "T14-08": "已全部应用 全部应用 一社一码已全部应用 省平台数据暂未更新 因系统升级未更新 社会组织总数为258家",
    "T32-09": "已全部审计 全部单位均已接受审计 37家均已审计",
    "T05-07": "已有12个乡镇街道建成",
    "T02-06": "参训人数为246人",
    "T05-03": "含2022年结转床位20张 含2022年结转 2022年结转床位一并计入 包括往年建成的20张 床位为50张",
    "T05-05": "阳光厨房为8家",
    "T03-07": "累计引导80人参与",
    "T14-11": "含正在申报的2家",
}
INNOCENT = {
    "T14-08": "有3家信息未更新 码未更新 2家单位码未更新 2个单位有误差 242家单位均已赋码 "
    "227家均已应用 社会组织总数为242家 年底前全部应用",
    "T32-09": "2个单位有误差 审计发现2个单位有误差 3家单位报表有误，已退回 31家均已审计 计划年底37家均已审计",
    "T02-06": "应参训人数为294人 9月参训人数为7人 本月参训人数为7人 其中乡镇参训人数为180人 "
    "2022年已参训的未计 含2023年新入职人员",
    "T05-06": "9个社区助餐点停运 已有12个社区开设助餐点",
    "T05-07": "已有9个乡镇街道建成 计划年底16个乡镇街道建成",
    "T05-03": "含2023年验收20张 2022年立项，2023年建成 不含2022年结转 护理型床位为10张 每个专区床位应为10张以上",
    "T05-05": "计划应为8家 全县养老机构应为8家",
    "T03-07": "累计引导61人参与 本月引导8人参与",
}


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("expected", "notes"),
    [(["MZ430"], ERRORS), (["MZ431"], QUESTIONS), ([], INNOCENT)],
    ids=["error", "question", "none"],
)
def test_a_note_is_set_against_the_part_that_it_names(expected: list[str], notes: dict[str, str]) -> None:
    heard = {
        (code, note): [found for found, _, _ in told(code, note, CELLS[code])]
        for code, several in notes.items()
        for note in several.split()
    }
    assert {key: codes for key, codes in heard.items() if codes != expected} == {}


def test_the_part_that_it_names_is_the_one_to_be_mended() -> None:
    ((_, _, hint),) = told("T02-06", "参训人数应为246人", CELLS["T02-06"])
    assert hint.startswith("“分子”改为 246；")
