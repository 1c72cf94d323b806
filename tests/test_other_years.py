"""What of another year is taken out of a figure is why it is lower, however that is said; and nothing else of it is."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import through
from mzplan.check.run import run_checks
from mzplan.diagnostics import Diagnostic
from mzplan.plan.load import load_plan
from mzplan.submissions.sources import Source
from rule_examples import HEADER
from test_own_clauses import explains_past

pytestmark = pytest.mark.untraced

PLAN = load_plan(Path(__file__).parents[1] / "plan" / "2023.yaml")
WHEN = ("去年", "上年", "2022年", "2022年12月", "去年12月")
OUT = ("核减", "剔除", "扣除", "减去")
TAKEN_OUT = [
    "{out}{when}取证人员{n}名",
    "{out}{when}取证的{n}人",
    "{out}{when}已上报的{n}人",
    "{n}人证书为{when}取得，予以{out}",
    "经核查，{n}人证书取得时间为{when}，{out}",
    "{n}人系{when}取证，已{out}",
    "{when}取证{n}人，现{out}",
    "{when}取证的{n}人已{out}",
    "误含{when}取证{n}人",
    "上月误计{when}取证人员{n}人",
    "误将{when}取证{n}人计入，现更正",
    "其中{n}人为{when}证书，误计入",
    "{n}人{when}已统计，重复计入，予以{out}",
    "{n}人系{when}取证，不应计入2023年",
    "{n}人系{when}取证，更正，比上次减少{n}人",
    "与{when}数据重复{n}人，{out}",
    "系{when}取证，9月多报{n}人",
    "9月多报{n}人（{when}取证）",
    "跨年度统计，误含{when}{n}人",
]
STAYS = [
    "{when}{out}{n}人",
    "{when}多报{n}人，更正",
    "{when}取证{n}人",
    "{when}取证{n}人，补报",
    "{when}重复统计{n}人已{out}",
    "{when}护理员重复统计{n}人，{out}",
    "未{out}{when}取证{n}人",
    "拟{out}{when}取证{n}人",
    "永康市{out}{when}取证{n}人",
]


def found(code: str, earlier: str, figure: str, note: str) -> list[Diagnostic]:
    """What is told of 义乌市's figure of October, after those of July to September."""
    rows = [f"2023-{month:02d},义乌市,{code},,{each},,,," for month, each in enumerate(earlier.split(), start=7)]
    data = "\n".join([HEADER, *rows, f'2023-10,义乌市,{code},,{figure},,,"{note}",', ""])
    told = run_checks(PLAN, [Source.of_bytes("示例.csv", data.encode())]).diagnostics
    return [
        each for each in told if each.period == "2023-10" and each.rule.code in ("MZ431", "MZ501", "MZ502", "MZ520")
    ]


def codes(figure: str, note: str) -> list[str]:
    return [each.rule.code for each in found("T05-04", "90 114 135", figure, note)]


@given(st.sampled_from(TAKEN_OUT), st.sampled_from(WHEN), st.sampled_from(OUT))
def test_what_is_of_another_year_and_taken_out_is_why_a_figure_is_lower_and_no_other(
    form: str, when: str, out: str
) -> None:
    """135 - 15 = 120, 135 + 285 = 420; 135 - 7 = 128."""
    assert codes("120", form.format(when=when, out=out, n=15)) == []
    assert "MZ501" in codes("120", form.format(when=when, out=out, n=16))
    assert "MZ502" in codes("420", form.format(when=when, out=out, n=285))
    assert explains_past(form.format(when=when, out=out, n=7))
    assert not explains_past(form.format(when=when, out=out, n=7), change="128 135")


@given(st.sampled_from(STAYS), st.sampled_from(WHEN), st.sampled_from(OUT))
def test_what_was_of_another_year_and_is_not_taken_out_is_why_of_nothing(form: str, when: str, out: str) -> None:
    assert "MZ501" in codes("120", form.format(when=when, out=out, n=15))
    assert not explains_past(form.format(when=when, out=out, n=7))


CORRECTIONS = [
    "更正：上月误计去年取证人员",
    "核减去年取证人员",
    "剔除2022年12月取证人员",
    "15人证书类别不符",
    "8人重复、7人证书类别不符，核减",
    "8人重复、7人证书类别不符，合计核减15人",
    "上月误计离职人员，更正",
    "9月重复统计，核减",
    "上月多报，更正",
]


@through("note", CORRECTIONS)
def test_the_words_that_are_asked_for_clear_a_correction_to_which_they_are_added(note: str) -> None:
    for told in found("T05-04", "90 114 135", "120", note):
        asked = re.search("如“…，([^”]+)”", told.hint)
        assert asked is not None
        assert codes("120", f"{note}，{asked[1]}") == []


@through(
    ("code", "earlier", "figure", "note"),
    [
        *(
            ("T25-05", "1500 1888 2266", "2100", note)
            for note in (
                "上年结转166万元误计入，现剔除",
                "2022年结转资金166万元不应计入，予以剔除",
                "扣除上年结转166万元",
            )
        ),
        ("T03-08", "1800 2047 2464", "2000", "剔除上年12月服务的464人次"),
    ],
)
def test_last_years_that_is_taken_out_is_not_told_as_being_in_the_figure(
    code: str, earlier: str, figure: str, note: str
) -> None:
    assert found(code, earlier, figure, note) == []


@through(
    "note", ["含上年结转166万元", "上年结转166万元已计入", "含上年结转166万元，重复3万元剔除", "含去年结转，未扣除"]
)
def test_last_years_that_is_still_in_the_figure_is_told(note: str) -> None:
    assert [each.rule.code for each in found("T25-05", "1500 1888 2266", "2300", note)] == ["MZ431"]


@through(
    ("figure", "note"),
    [
        *(("300", note) for note in ("上半年取证人员165人未及时统计，现予补报", "165人未录入系统，本月一并补录")),
        ("120", "15人证书类别不符"),
    ],
)
def test_so_many_that_were_missed_or_do_not_fit_are_a_cause_and_no_doubt_about_the_figure(
    figure: str, note: str
) -> None:
    assert codes(figure, note) == []


@through(
    ("figure", "note"),
    [
        *(("300", note) for note in ("165人未及时统计", "165人未及时统计，下月补报", "补报数未统计165人")),
        ("120", "15人未及时统计，现予补报"),
        ("120", "15人与系统不符"),
    ],
)
def test_what_is_still_missing_or_moves_it_the_other_way_clears_nothing(figure: str, note: str) -> None:
    assert codes(figure, note) != []


@pytest.mark.parametrize(
    ("figure", "note"),
    [
        *(
            ("150", note)
            for note in ("10月重复统计4人", "10月多报4人", "录入时将150误录为145", "4人未取得证书，多报4人")
        ),
        ("150", "10月误含2022年12月取证4人，现予更正"),
    ],
)
def test_how_a_figure_was_put_right_is_no_second_question(figure: str, note: str) -> None:
    assert codes(figure, note) == []
