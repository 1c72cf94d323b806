"""The numbers of a clause against the target that is made of it."""

from fractions import Fraction

import pytest

from conftest import through
from factory import indicator
from mzplan.period import Period
from mzplan.plan.clause import amounts, contradicts, due_elsewhere, other_way
from mzplan.plan.document_figures import is_figure
from mzplan.plan.indicator import RatioIndicator
from mzplan.plan.target import Operator, Schedule, Target

F = Fraction


@through(
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


@through(
    ("clause", "unit", "per_cent", "named"),
    [
        ("增长8%", "个", 8, ""),
        ("增长8%", "个", 80, "8%"),
        ("上年101个，增长8%", "个", 8, ""),
        ("上年101个，增长8%", "个", 7, "8%"),
        ("在上年101个的基础上翻一番", "个", 100, ""),
        ("在上年110个的基础上翻一番", "个", 100, ""),  # its per cent is the target, as in 增长8%
        ("在上年110个的基础上翻一番", "个", 80, "翻一番"),
        ("由101个增加到202个，其中80%为新建", "个", 100, ""),
        ("提高8个百分点", "%", 8, "8"),  # a point is no per cent of the baseline
    ],
)
def test_growth_is_held_against_the_per_cent_of_its_clause(clause: str, unit: str, per_cent: int, named: str) -> None:
    share = F(per_cent, 100)
    told = contradicts(clause, unit, Target("at_least", 101 * (1 + share), growth=share))
    assert "、".join(each.text for each, _ in told) == named


def test_a_target_may_be_named_by_how_far_it_is_from_its_baseline() -> None:
    assert contradicts("提高8个百分点", "%", Target("at_least", F(68)), 1, [F(60)]) == ()
    assert contradicts("压减30户", "户", Target("at_most", F(20)), 1, [F(50)]) == ()
    assert contradicts("提高8个百分点", "%", Target("at_least", F(69)), 1, [F(60)]) != ()


def test_the_document_knows_a_target_by_what_its_clause_may_call_it() -> None:
    """68 per cent from 60 are 8 points, and 109.08 from 101 are 8 per cent of it; 7 points are neither."""
    rise = indicator(RatioIndicator, unit="%", target=Target("at_least", F(68)), baseline=F(60))
    growth = indicator(unit="个", target=Target("at_least", F(10908, 100), growth=F(8, 100)))
    for clause, whose, fits in (
        ("提高8个百分点", rise, True),
        ("提高7个百分点", rise, False),
        ("上年101个", growth, True),
        ("增长8%", growth, True),
        ("增长7%", growth, False),
    ):
        (amount,) = amounts(clause)
        assert is_figure(amount, whose) == fits, clause


@through(
    ("clause", "percent"),
    [
        ("提高到三分之二以上", F(200, 3)),
        ("四分之一的机构", F(25)),
        ("十分之一家庭", F(10)),  # and no 一家
        ("控制在千分之五以内", F(1, 2)),
        ("千分之八百以上", F(80)),
        ("百分之九十五点五", F(191, 2)),
        ("五成以上机构", F(50)),
        ("八成半", F(85)),
        ("8成", F(80)),
        ("过半", F(50)),
        ("半数以上", F(50)),
        ("一半以上", F(50)),
        ("志愿者人数翻一番", F(100)),
        ("翻两番", F(300)),
    ],
)
def test_a_share_in_words_is_one_number(clause: str, percent: F) -> None:
    (amount,) = amounts(clause)
    assert (amount.value, amount.is_percent) == (percent, True)
    told = contradicts(clause, "%", Target("at_least", F(90)))
    assert [each.text for each, _ in told] == [amount.text]


@pytest.mark.parametrize("clause", ["时间过半、任务过半", "完成三成员单位组建", "十分重视", "组成立法小组", "分之"])
def test_words_that_look_like_a_share_are_none(clause: str) -> None:
    assert list(amounts(clause)) == []


@pytest.mark.parametrize(
    ("value", "is_named"),
    [("67", True), ("66.67", True), ("66.7", True), ("66.66", True), ("66.6", True), ("66", False), ("66.5", False)],
)
def test_two_thirds_may_be_rounded_or_cut_off(value: str, is_named: bool) -> None:
    assert (contradicts("达到三分之二", "%", Target("at_least", F(value))) == ()) is is_named


@through(
    ("clause", "month"),
    [
        ("上半年出台", 6),
        ("今年上半年出台", 6),
        ("二季度末前出台", 6),
        ("第三季度内出台", 9),
        ("一季度前出台", 3),
        ("年中前出台", 6),
        ("9月底前出台", 9),
        ("每季度末前上报", None),
        ("2022年上半年已出台", None),
        ("四季度命名", None),
    ],
)
def test_a_clause_may_name_its_end_by_a_quarter_or_a_half(clause: str, month: int | None) -> None:
    for due in (3, 6, 9, 12):
        told = due_elsewhere(clause, Schedule("by_due", Period(2023, due)))
        assert bool(told) == (month not in (None, due)), due
        assert told in clause


def test_doubling_is_growth_by_a_hundred_per_cent() -> None:
    assert contradicts("翻一番", "人", Target("at_least", F(200), growth=F(1))) == ()
    (told,) = contradicts("翻一番", "人", Target("at_least", F(108), growth=F(8, 100)))
    assert told[0].text == "翻一番"
    assert contradicts("覆盖率翻一番", "%", Target("at_least", F(60)), 1, [F(30)]) == ()
    assert contradicts("覆盖率翻一番", "%", Target("at_least", F(50)), 1, [F(30)]) != ()
    doubled = indicator(unit="人", target=Target("at_least", F(200)), baseline=F(100))
    (amount,) = amounts("翻一番")
    assert is_figure(amount, doubled)
    assert not is_figure(amount, indicator(unit="人", target=Target("at_least", F(190)), baseline=F(100)))


def test_the_ends_of_a_range_are_an_about_that_spans_it() -> None:
    assert contradicts("60—80人", "人", Target("about", F(70), tolerance=F(143, 1000))) == ()
    assert contradicts("60—80人", "人", Target("about", F(70), tolerance=F(5, 100))) != ()


OTHER: dict[Operator, Operator] = {"at_least": "at_most", "at_most": "at_least"}
DENIALS = ["不", "不得", "不能", "不应", "不可", "不宜", "不会", "不准", "不许", "未", "未曾", "没有", "严禁", "禁止"]
DENIALS += ["避免", "防止", "杜绝", "不得再", "不可以", "不允许", "无", "无一例", "严禁出现", "严禁每季差错数"]
VERBS: dict[str, Operator] = dict.fromkeys(("超过", "超出", "高于", "多于", "大于", "突破"), "at_least")
VERBS |= dict.fromkeys(("低于", "少于", "小于", "不足"), "at_most")
SAID: dict[str, Operator] = {
    **{f"{verb}{equal}5起": way for verb, way in VERBS.items() for equal in ("", "等于", "或等于", " ", "（含）")},
    **{
        f"{denial}{verb}{equal}5起": OTHER[way]
        for denial in DENIALS
        for verb, way in VERBS.items()
        for equal in ("", "等于", "或等于")
        if not (denial.startswith(("不", "未", "没", "无")) and verb.startswith("不"))
    },
    **dict.fromkeys(("不得达到5起", "未达到5起", "控制在5起", "达到5起以内", "降到5起", "5起（含）以下"), "at_most"),
    **dict.fromkeys(("5起以内", "至多5起", "5起为限", "上限为5起", "≤5起", "不足5起", "不到5起", "未满5起"), "at_most"),
    **dict.fromkeys(("至少5起", "5起以上", "5起及以上", "控制在5起以上", "达到5起", "提高到5起", "≥5起"), "at_least"),
}
"""How a number may be said, and which way that is."""


@pytest.mark.parametrize(("operator", "other"), OTHER.items())
def test_a_clause_says_which_way_its_number_is_meant(operator: Operator, other: Operator) -> None:
    """Of a target, and of how far it is from where it starts: what falls from 29 by 17 at least is at most 12."""
    assert len(SAID) > 500
    for said, fits in SAID.items():
        told = other_way(f"差错全年{said}", "起", Target(operator, F(5)))
        assert (told and told.way) == (None if fits == operator else other), said
        assert not told or told.words.replace(" ", "") in said.replace(" ", ""), said
        fall = other_way(f"差错压减{said}".replace("5", "17"), "起", Target(operator, F(12)), 1, [F(29)])
        assert (fall is None) is (fits == other), said
        rise = other_way(f"床位新增{said}".replace("5", "17"), "起", Target(operator, F(46)), 1, [F(29)])
        assert (rise is None) is (fits == operator), said


def test_what_is_said_of_growth_is_said_of_its_per_cent() -> None:
    target = Target("at_least", F(108), growth=F(8, 100))
    assert other_way("增长8%以上", "家", target) is None
    assert other_way("增长不超过8%", "家", target) == ("不超过8%", "at_most")


@pytest.mark.parametrize(("clause", "is_told"), [("不超过500人", True), ("500人以上", True), ("达到500人", False)])
def test_what_is_about_a_number_is_no_limit(clause: str, *, is_told: bool) -> None:
    assert (other_way(clause, "人", Target("about", F(500), tolerance=F(1, 20))) is not None) is is_told
    assert other_way("500人左右", "人", Target("at_least", F(500))) is None


@through(
    "clause",
    [
        "全年5起",
        "服务5名三岁以下幼儿",
        "控制在5%以内，建成5个",
        "5个，不超过10个",
        "“不超过5个”行动",
        "超过5个以内",
        "不能自理老人超过5个",
        "严禁造假确保超过5个",
        "防止返贫监测对象超过5个",
    ],
)
def test_no_words_about_the_targets_own_number_say_no_way(clause: str) -> None:
    """Nor such as may be meant either way."""
    assert other_way(clause, "个", Target("at_least", F(5))) is None
    assert other_way(clause, "个", Target("at_most", F(5))) is None


@through(
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
