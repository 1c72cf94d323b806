"""What a bulletin puts off until all have reported gets no verdict in a draft of it either."""

from collections.abc import Iterator

import pytest

import bulletin_cases as cases
from mzplan.bulletin import Material
from mzplan.bulletin.groups import is_put_off
from mzplan.bulletin.model import WHOLE
from mzplan.bulletin.verify import Account, Verification
from mzplan.diagnostics import Severity
from mzplan.scoring.progress import Progress

pytestmark = pytest.mark.untraced

SILENCES = {
    "one": lambda: cases.material(9, cases.mixed),
    "most": lambda: cases.material(9, cases.silent("dong", "xi", "nan", since=9, pace=2)),
    "in december": lambda: cases.material(12, cases.silent("xi", since=12, pace=1)),
    "most in december": lambda: cases.material(12, cases.silent("dong", "xi", "nan", since=12, pace=2)),
}
CLAIMS = (
    *("提前超额完成年度任务", "提前完成年度任务", "超额完成年度任务", "已完成年度任务", "未完成年度任务"),
    *("到期未完成", "未达到进度要求", "达到进度要求", "严重滞后", "进度滞后", "快于序时进度", "慢于序时进度"),
    *("与序时进度持平", "已超上限", "保持达标", "已达标", "已完成", "尚未完成", "推进中", "没有滞后"),
)


def waiting(material: Material) -> Iterator[Progress]:
    card = material.facts.card
    yield from (row for row in material.facts.rows(WHOLE) if is_put_off(row, card))


def said(material: Material, sentence: str) -> Verification:
    title = f"{cases.YEAR}年{'1—9月' if material.facts.period.month == 9 else '1—12月'}全市民政重点工作指标进展简报"
    return cases.verified("draft.md", f"{title}\n\n　　{sentence}\n".encode(), material)


def figures_of(row: Progress) -> Iterator[str]:
    if row.target is None:
        return
    unit, target = row.indicator.unit, row.target.value
    yield from (f"达到{target}{unit}以上的目标", f"未达到{target}{unit}的目标", f"控制在{target}{unit}以内")
    if row.told_gap is not None:
        size = abs(row.told_gap) * 100
        yield from (f"{way}序时进度{float(size):.1f}个百分点" for way in ("快于", "慢于"))


@pytest.mark.parametrize("name", SILENCES)
def test_no_verdict_on_what_waits_for_reports_is_proven(name: str) -> None:
    material = SILENCES[name]()
    rows = list(waiting(material))
    assert rows
    for row in rows:
        claims = (*CLAIMS, *figures_of(row))
        report = said(material, "\n\n　　".join(f"{row.indicator.name}{claim}。" for claim in claims))
        ticked = [one.text for one in report.statements[1:] if one.account is Account.RIGHT]
        assert ticked == []


@pytest.mark.parametrize("name", SILENCES)
def test_what_waits_is_in_no_count_of_what_is_settled(name: str) -> None:
    material = SILENCES[name]()
    of = {"已完成": "met", "滞后": "behind", "严重滞后": "far_behind", "到期未完成": "overdue", "提前完成": "early"}
    for words, group in of.items():
        settled = material.facts.rows(WHOLE, group)
        assert not [row for row in settled if is_put_off(row, material.facts.card)]
        by_reports = len(settled) + len(list(waiting(material)))
        assert said(material, f"{words}{by_reports}项。").statements[1].account is not Account.RIGHT


def test_what_the_reports_tell_of_it_is_proven_as_before() -> None:
    """新增护理型床位: 274 of 800, with 西河县 silent; what its counties have done is judged whoever is silent."""
    material = SILENCES["one"]()
    true = ("新增护理型床位累计274张，完成年度目标的34.3%。", "新增护理型床位未报1家。", "服务困难群众人次已完成。")
    for sentence in true[:1] + true[2:]:
        assert said(material, sentence).findings == ()


@pytest.mark.parametrize(
    ("share", "is_right"),
    [
        *(("三成", True), ("近四成", False), ("约三成", True), ("三分之一", True), ("约三分之一", True)),
        *(("三成半", False), ("约三成半", True), ("七分之二", False), ("五分之二", False)),
    ],
)
@pytest.mark.parametrize("verb", ["完成年度目标的", "已达到年度目标的", "完成了全年任务的"])
def test_a_share_that_is_spelled_out_is_reached_by_the_exact_figure(share: str, verb: str, *, is_right: bool) -> None:
    """274 of 800 are 34.25 %: three tenths and more, one third and more, but not three and a half tenths."""
    report = said(SILENCES["one"](), f"新增护理型床位{verb}{share}。")
    assert (report.statements[1].account is Account.RIGHT) == is_right


def test_a_count_beside_its_own_share_is_not_told_as_an_earlier_month_s() -> None:
    """3 of 6 in September; a single one is a slip, though it may have been one in some month before."""
    material = SILENCES["one"]()
    for count in "0124":
        found = said(material, f"应达到进度要求6项，已达到{count}项，占50.0%。").findings
        assert not [one.message for one in found if "的数字" in one.message]


EARLY = (
    "新增护理型床位距年度目标尚差526张",
    "新增护理型床位还需完成526张",
    "新增护理型床位月均需完成176张",
    "未达到进度要求3项",
    "养老领域2项未达到进度要求",
    "养老领域未达到2项",
    "养老领域和救助领域共有未达到进度要求的指标3项",
    "尚未到期4项，比未达到进度要求的指标多1项",
)
"""What is so by the reports so far of what the document puts off."""


@pytest.mark.parametrize("words", EARLY)
def test_no_count_and_no_need_of_what_waits_is_proven_but_as_so_far(words: str) -> None:
    material = SILENCES["one"]()
    plain, reserved = said(material, f"{words}。"), said(material, f"{words}，报齐后再作结论。")
    assert plain.statements[1].account is Account.OPEN
    assert not any(one.severity is Severity.ERROR for one in plain.findings)
    assert reserved.statements[1].account is Account.RIGHT


def test_counts_of_what_nobody_s_silence_can_change_are_proven() -> None:
    """Everybody has reported: 4A级以上养老机构数 and 新增护理型床位 are late for good."""
    material = cases.material(9, cases.lagging("C1", "C3"))
    for words in ("未达到进度要求2项", "养老领域2项未达到进度要求", "新增护理型床位距年度目标尚差500张"):
        assert said(material, f"{words}。").statements[1].account is Account.RIGHT
