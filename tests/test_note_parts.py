"""A number of a note is held against what it is said of: 分子, 分母, what either counts, or something else."""

from pathlib import Path

import pytest

from mzplan.check.run import run_checks
from mzplan.plan.load import load_plan
from mzplan.submissions.sources import Source
from rule_examples import DOUBTS, HEADER, check_rows, of_notes

PLAN = load_plan(Path(__file__).parents[1] / "plan" / "2023.yaml")
OF_SIZE = {"MZ501", "MZ507", "MZ508"} | DOUBTS
YEARS = {
    "T14-06": "645/797 675/812 704/821",
    "T05-06": "275/447 286/447 298/447",
    "T08-08": "312/465 340/466 363/467",
    "T12-05": "1223/653857 1225/653857 1228/653857",
    "T02-06": "197/329 229/327 268/327",
    "T14-10": "48/473 50/474 51/475",
    "T30-04": "16/20 17/20 18/20",
    "T25-06": "1195/2138 1214/2138 1237/2138",
    "T16-07": "11 11 12",
    "T14-11": "23 23 24",
    "T05-03": "49 63 77",
    "T09-07": "2 2 3",
}
"""What 东阳市 has reported from June to August; a row below is that of September, with its note."""


def _found(code: str, figures: str, note: str) -> list[str]:
    """All that is found of 东阳市's figure of September, which has the note, after those of June to August."""
    cells = [f",{each}".replace("/", ",") if "/" in each else f"{each},," for each in figures.split()]
    said = ("", "", "", f'"{note}"')
    rows = [f"2023-{at + 6:02d},东阳市,{code},,{each},{said[at]}," for at, each in enumerate(cells)]
    found = check_rows(*rows, plan=PLAN, today=None).diagnostics
    return [each.rule.code for each in found if (each.indicator, each.period) == (code, "2023-09")]


def asked(code: str, figure: str, note: str) -> list[str]:
    """The rules that ask about the size of that figure."""
    return [each for each in _found(code, f"{YEARS[code]} {figure}", note) if each in OF_SIZE]


SOUND = [
    # 704 - 40, 821 - 60
    *(
        ("T14-06", "664/761", note)
        for note in (
            "注销60个，分子减少40，分母减少60",
            "清理僵尸组织，分子比上月减少40，分母比上月减少60",
            "注销60个，分子由704减至664，分母由821减至761",
            "注销60个，其中活跃的40个，分子减少40",
            "注销60个，活跃的减少40个，总数减少60个",
            "注销60个，活跃的664个，总数761个",
        )
    ),
    ("T05-06", "248/397", "行政村撤并50个，有助餐服务的减少50个，城乡社区总数减少50个"),
    ("T05-06", "248/447", "关停助餐点52个，涉及50个社区，分子减少50，分母447不变"),
    ("T08-08", "283/367", "换届离任120人，新任20人，在册净减少100人，已参训的减少80人"),
    ("T12-05", "1128/653857", "换届离职120人，新招20人，在岗数减少100人"),
    ("T12-05", "1128/603857", "区划调整，划出2个街道，分子减少100，分母减少50000"),
    *(("T02-06", "168/227", f"机构改革，{both}减少100") for both in ("分子、分母各", "分子和分母均", "分子分母都")),
    ("T14-10", "31/435", "注销40家，其中3A以上20家，总数减至435家"),
    ("T16-07", "6", "注销6家，会员单位减少40家"),
    ("T14-11", "15", "评估等级到期9家，4A级以上社会组织减少9家，3A级增加5家"),
    ("T05-03", "197", "2家机构改造完成，普通床位减少80张，新增认知障碍专区床位120张"),
    ("T05-03", "197", "2家机构改造完成，新增120张（甲院90张、乙院30张），拆除12张另计"),
    ("T25-06", "995/2138", "资金调整方案7月批复，产业项目减少242万元"),  # in the measure unit of the parts
    ("T09-07", "13", "集中登记，新增10家，志愿者队伍增加25家"),
]
WRONG = [
    ("T14-06", "664/761", "注销60个，分子减少30，分母减少60"),
    ("T14-06", "664/761", "注销60个，分子由704减至654，分母由821减至761"),
    ("T14-06", "564/761", "注销60个，分子减少40，分母减少60"),
    ("T05-06", "248/397", "行政村撤并50个，有助餐服务的减少30个，城乡社区总数减少50个"),
    ("T05-06", "148/397", "行政村撤并50个，分子减少50，分母减少50"),
    ("T08-08", "283/307", "换届离任100人，分子减少80，分母减少100"),
    ("T12-05", "1028/603857", "区划调整，划出2个街道，分子减少100，分母减少50000"),
    ("T02-06", "168/227", "机构改革，分子、分母各减少50"),
    ("T30-04", "9/10", "10项事项划出，分子由18变为8，分母由20变为10"),
    ("T14-10", "11/435", "注销40家，分子减少20，总数减至435家"),
    ("T25-06", "995/2138", "资金调整方案7月批复，产业项目减少142万元"),
    ("T16-07", "6", "注销4家，会员单位减少40家"),
    ("T14-11", "15", "评估等级到期5家，4A级以上社会组织减少5家，3A级增加4家"),
    ("T05-03", "197", "2家机构投用，增加床位60张，护理员增加30人"),
]


@pytest.mark.parametrize(("code", "figure", "note"), SOUND)
def test_a_number_said_of_something_else_is_not_held_against_the_figure(code: str, figure: str, note: str) -> None:
    assert asked(code, figure, note) == []
    assert asked(code, figure, "")  # the step is one that is asked about


@pytest.mark.parametrize(("code", "figure", "note"), WRONG)
def test_one_that_is_said_of_the_figure_is(code: str, figure: str, note: str) -> None:
    assert asked(code, figure, note)


@pytest.mark.parametrize(
    ("cells", "note", "is_off"),
    [
        *(
            ("T12-05,,,1231,653857", note, False)
            for note in ("分母为7月底数", "分母沿用上月", "分母为7月底数，人口数据未更新", "分母为2022年末数")
        ),
        ("T12-05,,,1231,653857", "分母为10月底数", True),
        ("T12-05,,,1231,653857", "分子为7月底数", True),
        ("T02-06,,,307,327", "分母为7月底数", True),  # 期末在岗经办人员数
        ("T25-06,,,1259,2138", "分母为7月底数", True),  # accumulates
    ],
)
def test_a_denominator_may_be_older_where_the_plan_asks_for_none_of_the_periods_end(
    cells: str, note: str, is_off: bool
) -> None:
    row = f'2023-09,东阳市,{cells},"{note}",'
    assert [each.rule.code for each in of_notes(row, PLAN)] == ["MZ430"] * is_off


@pytest.mark.parametrize(
    ("february", "others", "is_asked"),
    [
        (4276, "955 955 1141 1141", True),  # a year's standing amount: nobody's has grown
        (4276, "955 1910 1141 2282", False),  # everybody's has doubled
        (4276, "955 955", False),  # one other is no evidence: 2138 in a month before, and 2138 now
        (2138, "955 955 1141 1141", False),
    ],
)
def test_what_was_reported_once_grows_as_the_others_do(february: int, others: str, is_asked: bool) -> None:
    pairs = iter([2138, february, *map(int, others.split())])
    rows = [HEADER]
    for unit, january in zip(("东阳市", "武义县", "兰溪市"), pairs, strict=False):
        for month, below in enumerate((january, next(pairs)), start=1):
            rows.append(f"2023-{month:02d},{unit},T25-06,,,{below // 2},{below},,")
    found = run_checks(PLAN, [Source.of_bytes("示例.csv", "\n".join([*rows, ""]).encode())]).diagnostics
    assert [(each.rule.code, each.unit) for each in found if each.rule.code == "MZ503"] == [
        ("MZ503", "dongyang")
    ] * is_asked


@pytest.mark.parametrize(
    "words", ["均为本月发证", "都是本月培训的", "，均为本月考试通过", "，全部是本月新取证的", "，为本月考试通过人员"]
)
@pytest.mark.parametrize(
    ("who", "is_all"),
    [
        *((who, False) for who in ("新增3人", "新增的3人", "其中3人", "24人中3人", "其余3人", "新增人员")),
        *((who, True) for who in ("24人", "")),
    ],
)
def test_what_came_may_be_all_of_this_month_and_the_total_may_not(words: str, who: str, is_all: bool) -> None:
    """Of 24: three of them came in September, as 21 were there in August."""
    codes = _found("T05-04", "18 19 21 24", f"{who}{words}".removeprefix("，"))
    assert codes == (["MZ430"] if is_all else [])


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        *(
            (note, [])
            for note in ("8月为21人，9月为3人", "上月为21人，本月3人", "上月是21人，本月是24人", "其中本月新增3人")
        ),
        *(
            (note, ["MZ520"])
            for note in ("8月为20人，9月为4人", "上月为20人，本月3人", "上月是21人，本月是25人", "其中本月新增4人")
        ),
        ("本月新增32人", ["MZ430"]),  # more than all of them: one finding, and that says which two numbers
    ],
)
def test_what_a_note_says_of_two_months_has_to_add_up(note: str, expected: list[str]) -> None:
    assert _found("T05-04", "18 19 21 24", note) == expected
