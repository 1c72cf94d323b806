"""A breakdown by another measure than the plan's is refused: in the file beside the plan and in a sheet alike."""

from pathlib import Path

import pytest

from mzplan.plan.breakdown_sheet import read_breakdown_sheet
from mzplan.plan.load import breakdown_path, load_plan, read_plan
from mzplan.reading.sheet import sheet_rows

PLAN = """\
title: 某市民政工作要点
city: 全市
year: 2030
issued: "2030-01-05"
publisher: 某市民政局
source: 某民〔2030〕1号
reporting: [county]
reporting_units:
  - {id: jia, name: 甲县, kind: county, code: "330701"}
  - {id: yi, name: 乙县, kind: county, code: "330702"}
action_areas:
  - number: 1
    name: 甲行动
    tasks:
      - number: 1
        name: 甲任务
        indicators:
          - {id: T01-01, name: 培训, kind: count, unit: 人, decimals: 2, source: 培训, target: {at_least: 14000}}
          - {id: T01-02, name: 资金, kind: count, unit: 万元, source: 资金, applies_to: each, target: {at_least: 30}}
          - {id: T01-03, name: 覆盖率, kind: ratio, source: 覆盖, target: {at_least: 80}, part_of_whole: false}
          - {id: T01-04, name: 募集, kind: count, unit: 万元, source: 募集, target: {at_least: 200}}
          - {id: T01-05, name: 事故, kind: count, unit: 起, source: 事故, target: {at_most: 0}, schedule: always}
          - {id: T01-06, name: 床位, kind: stock, unit: 张, decimals: 1, source: 床位, target: {at_least: 60000},
             baseline: 52000}
          - {id: T01-07, name: 存量, kind: stock, unit: 万元, source: 存量, target: {at_least: 60}, baseline: 52}
"""


def told(folder: Path, name: str, figures: tuple[str, str], total: str = "") -> tuple[list[str], list[str]]:
    """What is told of two units' targets: of the file beside the plan, and of a sheet."""
    path = folder / "2030.yaml"
    path.write_text(PLAN, encoding="utf-8")
    sheet = f"指标,甲县,乙县,合计\n{name},{figures[0]},{figures[1]},{total}\n"
    read = read_breakdown_sheet(load_plan(path), list(sheet_rows(sheet.encode())), "s.csv", "某民2号")
    rows = [
        f"{name},{unit},{figure},official,某民2号\n"
        for unit, figure in zip(("甲县", "乙县"), figures, strict=True)
        if figure
    ]
    Path(breakdown_path(path)).write_text("indicator,unit,target,basis,source\n" + "".join(rows), encoding="utf-8")
    both = [
        [f"{each.rule.code} {each.message}；{each.hint}" for each in findings if each.severity.name == "ERROR"]
        for findings in (read_plan(path)[1], read.findings)
    ]
    return both[0], both[1]


@pytest.mark.parametrize(
    ("name", "figures", "says"),
    [
        # 300,000 yuan where the plan says 30 times 10,000 yuan.
        (
            "资金",
            ("300000", "30"),
            ["target 是 300000，计划对每个单位的要求是 30：不像是按“万元”写的；按“万元”写数：300000元是 30万元"],
        ),
        # 0.5 and 0.9 times 10,000 people of 14,000.
        (
            "培训",
            ("0.5", "0.9"),
            [
                f"target 是 {figure}，全市目标是 14000：不像是按“人”写的；按“人”写数：{figure}万人是 {meant}人"
                for figure, meant in (("0.5", "5000"), ("0.9", "9000"))
            ],
        ),
        ("培训", ("50000000", "9000"), ["target 是 50000000，全市目标是 14000：不像是按“人”写的；按“人”写数"]),
        # Each part is large enough alone, and both together come to a fiftieth of the total.
        ("培训", ("140", "140"), ["T01-01 各单位合计 是 280，全市目标是 14000：不像是按“人”写的；按“人”写数"]),
        ("募集", ("1200000", ""), [
            "target 是 1200000，全市目标是 200：不像是按“万元”写的；按“万元”写数：1200000元是 120万元"
        ]),
    ],
)  # fmt: skip
def test_a_figure_by_another_measure_is_refused_wherever_it_is_written(
    name: str, figures: tuple[str, str], says: list[str], tmp_path: Path
) -> None:
    of_file, of_sheet = told(tmp_path, name, figures)
    assert of_file == [f"MZ780 {line}" for line in says]
    assert of_sheet == of_file


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("培训", ("13900", "100")),
        ("培训", ("140000", "0")),  # ten times the total
        ("培训", ("8", "14000")),  # 7 is a thousandth of 7,000
        ("资金", ("2999", "0.31")),  # 3,000 and 0.3 would be too far
        ("资金", ("3000", "30")),
        ("覆盖率", ("5", "100")),
        ("募集", ("5", "")),  # nobody knows what is to come
        ("事故", ("0", "1")),
    ],
)
def test_units_differ_and_may_be_asked_for_more(name: str, figures: tuple[str, str], tmp_path: Path) -> None:
    too_far = [line[:5] for line in told(tmp_path, name, figures)[0]]
    assert too_far == (["MZ780"] if figures == ("3000", "30") else [])


@pytest.mark.parametrize(
    ("total", "says"),
    [
        ("1.4", ["MZ780 T01-01 表内合计 是 1.4，全市目标是 14000：不像是按“人”写的；按“人”写数：1.4万人是 14000人"]),
        ("14000", []),
    ],
)
def test_a_sheets_own_total_is_by_the_plans_measure(total: str, says: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, "培训", ("5000", "9000"), total) == ([], says)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        # 2.6 times 10,000 of 52,000, towards 30,000; 26 may be the truth of a small unit beside 300
        (
            "床位,甲县,30000,official,x,2.6",
            "baseline 是 2.6，像是按“万张”写的：这个单位的目标是 30000；按“张”应是 26000",
        ),
        ("床位,甲县,300,official,x,26", ""),
        ("床位,甲县,30000,official,x,52", ""),  # a thousandth of 52,000, and no 10,000 times of it is near 30,000
        # 260,000 yuan towards 30 times 10,000 yuan
        ("存量,甲县,30,official,x,260000", "baseline 是 260000，像是按“元”写的：这个单位的目标是 30；按“万元”应是 26"),
        ("存量,甲县,30,official,x,26", ""),
    ],
)
def test_a_baseline_by_another_measure_is_refused(row: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "2030.yaml"
    path.write_text(PLAN, encoding="utf-8")
    Path(breakdown_path(path)).write_text(f"indicator,unit,target,basis,source,baseline\n{row}\n", encoding="utf-8")
    found = [f"{each.rule.code} {each.message}；{each.hint}" for each in read_plan(path)[1]]
    errors = [line for line in found if line.startswith(("MZ780", "MZ783"))]
    assert errors == ([f"MZ780 {says}；核对两个数是不是同一计量单位"] if says else [])
