"""A quarter's data of the invented city of `plans/other_city.yaml`, and a project that holds them.

The expectations of `test_other_city.py` are worked out from this table for June, when the plan's points expect 50 %.
"""

import shutil
from pathlib import Path

PLAN = Path(__file__).parent / "plans" / "other_city.yaml"
MONTHS = ("2026-04", "2026-05", "2026-06")
UNITS = {"shanqian": "山前区", "hexi": "河西区", "yunchuan-xian": "云川县", "shiju": "市局本级"}
EVIDENCE = "https://example.org/议事制度"

DATA = """
YL1-01 shanqian      70         110        160
YL1-01 hexi          60         120        180
YL1-01 yunchuan-xian 30         35         60
YL1-02 shanqian      10         16         24
YL1-02 hexi          12         18         22
YL1-02 yunchuan-xian 5          8          10
YL1-03 shanqian      100/42000  102/42000  105/42000
YL1-03 hexi          158/61000  158/61000  160/61000
YL1-03 yunchuan-xian 90/35500   91/35500   92/35500
YL2-01 shanqian      基础       基础       主体
YL2-01 hexi          未开工     基础       基础
JZ3-01 shanqian      5300       5250       5200
JZ3-01 hexi          7480       7500       7600
JZ3-01 yunchuan-xian 4400       4350       4300
JZ3-02 shanqian      225/90     240/95     250/100
JZ3-02 hexi          300/90     310/95     330/100
JZ3-02 yunchuan-xian 80/28      82/29      84/30
JZ3-03 shanqian      560        720.5      900.5
JZ3-03 hexi          700.25     900        1100.25
JZ3-03 yunchuan-xian 400        520        650
ZZ4-01 shanqian      392        396        400
ZZ4-01 hexi          512        516        520
ZZ4-01 yunchuan-xian 386        388        390
ZZ4-01 shiju         130        130        130
ZZ4-02 shanqian      55         58         60
ZZ4-03 shanqian      366/400    372/400    380/400
ZZ4-03 hexi          480/520    490/520    500/520
ZZ4-03 yunchuan-xian 356/390    362/390    370/390
ZL5-01 shiju         未启动     起草       征求意见
ZL5-02 shanqian      未建立     已建立     已建立
ZL5-02 hexi          未建立     未建立     未建立
ZL5-02 yunchuan-xian 未建立     未建立     已建立
"""
"""Indicator, unit, then April to June."""

ENGLISH = "period,unit,indicator,value,numerator,denominator,note,evidence"
CHINESE = "报告期,填报单位,指标编码,完成值,分子,分母,说明,佐证"


def row(period: str, unit: str, indicator: str, cell: str) -> str:
    """A line of a CSV."""
    above, _, below = cell.partition("/")
    figures = f",{above},{below}" if below else f"{cell},,"
    return f"{period},{UNITS[unit]},{indicator},{figures},,{EVIDENCE if cell == '已建立' else ''}"


def write_project(folder: Path) -> Path:
    """The plan with its breakdown as they stand, and a file for each month and unit; April's headers are English."""
    shutil.copytree(PLAN.parent, folder / "plan", ignore=lambda _, names: [n for n in names if PLAN.stem not in n])
    for number, month in enumerate(MONTHS):
        lines: dict[str, list[str]] = {unit: [ENGLISH if number == 0 else CHINESE] for unit in UNITS}
        for indicator, unit, *cells in map(str.split, DATA.strip().splitlines()):
            lines[unit].append(row(month, unit, indicator, cells[number]))
        for unit, rows in lines.items():
            path = folder / "data" / month / f"{unit}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in rows), encoding="utf-8")
    return folder
