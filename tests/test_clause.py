"""The numbers of a clause against the target that is made of it."""

from fractions import Fraction

import pytest

from mzplan.plan.clause import amounts, contradicts
from mzplan.plan.target import Target

F = Fraction


@pytest.mark.parametrize(
    ("clause", "unit", "value", "named"),
    [
        ("新增床位700张", "张", F(700), ""),
        ("新增床位700张", "张", F(7000), "700"),
        ("投入1.4亿元左右", "万元", F(14000), ""),
        ("投入1500万元", "万元", F(1500), ""),
        ("投入1500万元", "万元", F(15_000_000), "1500万"),  # yuan, where ten thousands of them are counted
        ("投入1500万元", "万元", F(150), "1500万"),
        ("服务困难群众1万人次以上", "人次", F(10000), ""),
        ("覆盖率达到95%以上", "%", F(95), ""),
        ("覆盖率达到95%以上", "%", F(9), "95%"),
        ("其中40%以上达到要求", "家", F(4), ""),  # a share says nothing of how many
        ("推进六项基本殡葬服务全市域免费", "项", F(6), ""),
        ("推进六项基本殡葬服务全市域免费", "项", F(5), "六"),
        ("开展“619”开放日", "次", F(1), ""),  # what is quoted is a name
        ("到2024年6月建成", "个", F(3), ""),  # a date is no amount
        ("全部建成", "个", F(3), ""),
    ],
)
def test_a_target_that_the_clause_does_not_name_is_pointed_out(clause: str, unit: str, value: F, named: str) -> None:
    assert "、".join(each.text for each, _ in contradicts(clause, unit, Target("at_least", value))) == named


def test_growth_is_named_by_its_per_cent() -> None:
    assert contradicts("增长8%", "%", Target("at_least", F(108), growth=F(8, 100))) == ()
    (told,) = contradicts("增长8%", "%", Target("at_least", F(110), growth=F(1, 10)))
    assert (told[0].text, told[1]) == ("8%", F(8))


@pytest.mark.parametrize(
    ("clause", "unit", "meant"),
    [
        ("补助5000元", "万元", F(1, 2)),
        ("补助5000万元", "万元", F(5000)),
        ("补助0.5亿元", "万元", F(5000)),
        ("补助5000元/人", "万元/人", F(1, 2)),
        ("补助5000 元", "万元", F(1, 2)),
        ("补助5000余元", "万元", F(1, 2)),
        ("补助5000元", "元", F(5000)),
        ("补助5万元", "元", F(50_000)),
        ("培训5000人", "万人", F(1, 2)),
        ("补助5000元", "人", None),  # money is no number of people
        ("补助五百万元", "百万元", None),  # written in words, it is not read at all
        ("覆盖80%", "%", F(80)),
    ],
)
def test_a_number_is_taken_in_the_measure_unit(clause: str, unit: str, meant: F | None) -> None:
    assert next((each.in_unit(unit) for each in amounts(clause)), None) == meant
