"""The numbers of a clause against the target that is made of it."""

from fractions import Fraction

import pytest

from mzplan.plan.clause import contradicts
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
    assert contradicts(clause, unit, Target("at_least", value)) == named


def test_growth_is_named_by_its_per_cent() -> None:
    assert contradicts("增长8%", "%", Target("at_least", F(108), growth=F(8, 100))) == ""
    assert contradicts("增长8%", "%", Target("at_least", F(110), growth=F(1, 10))) == "8%"
