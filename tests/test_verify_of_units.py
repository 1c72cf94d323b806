"""What a draft counts of one unit, by the shipped data for September 2023, where 磐安县 is silent.

Nobody is called late, nor done, by parts that were computed: such a count is not ticked off, and none is offered.
"""

from functools import cache

import pytest

from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify import Account, Verification
from mzplan.diagnostics import Severity
from test_verify import shipped
from test_verify_edits import of

pytestmark = pytest.mark.untraced

COUNTS = (
    ("{unit}有{count}项指标滞后。", "behind"),
    ("{unit}有{count}项严重滞后。", "far_behind"),
    ("{unit}已完成{count}项。", "met"),
    ("{unit}有{count}项指标达到进度要求。", "steady"),
)
material = cache(lambda: shipped("2023-09"))


def told(*sentences: str) -> Verification:
    """What comes of each of them in a paragraph of its own."""
    every = (f"　　{one}" for one in sentences)
    return of("\n\n".join(("2023年1—9月全市民政重点工作指标进展简报", *every)) + "\n", material())


@pytest.mark.parametrize("unit", ["金东区", "武义县", "浦江县", "义乌市", "金华开发区", "市本级"])
def test_only_official_targets_are_counted_of_a_unit(unit: str) -> None:
    facts = material().facts
    key = next(one.id for one in facts.plan.reporting_units if one.name == unit)
    meant = {}
    for words, group in COUNTS:
        official, every = (len(facts.rows(Subject(unit=key), one)) for one in (f"firm&{group}", group))
        for count in {official - 1, official, official + 1, every} - {-1, 0}:
            allowed = Account.RIGHT if count == official else Account.WRONG if official == every else Account.OPEN
            meant[words.format(unit=unit, count=count)] = {allowed, Account.OPEN}
    found = {one.text: one.account for one in told(*meant).statements}
    assert {one: found[one] for one in meant if found[one] not in meant[one]} == {}


def test_of_two_units_is_compared_what_is_counted_and_who_lags_most_is_not_who_has_done_least() -> None:
    """Of all 69 and 67 indicators nothing is said; and the silent one has done least, and lags at nothing."""
    sentences = ("义乌市应报68项，比永康市多2项。", "永康市已报66项，比义乌市少2项。", "滞后最多的是武义县。")
    assert [one.message for one in told(*sentences).findings if one.severity is Severity.ERROR] == []


def test_a_wrong_comparison_is_quoted_as_the_draft_has_it() -> None:
    wrong = [one for one in told("义乌市达到进度要求33项，比永康市多9项。").findings if one.severity is Severity.ERROR]
    assert [one.value for one in wrong] == ["达到进度要求33项，比永康市多9项"]
