"""Whether what is to be done in stages has begun: the prose says it, and every sentence about it is read back.

Three things of 市本级 in five stages, all due in December, told of in September: at an even pace each is at the fourth
stage, and at none of an even pace at the first, 未启动.
"""

from fractions import Fraction
from functools import cache

import pytest

import bulletin_cases as cases
from mzplan.bulletin import Material, Request
from mzplan.bulletin.verify import Account
from mzplan.render.layout import Look
from mzplan.render.summary import FORMATS
from turning import staged

pytestmark = pytest.mark.untraced

NAMES = ("M1", "M2", "M3")
TOLD = (
    "重点事项3项均在期限内推进。",
    "重点事项3项均在期限内，其中1项尚未启动。",
    "重点事项3项均在期限内，其中2项尚未启动。",
    "重点事项3项均在期限内，均尚未启动。",
)
"""By how many of the three have not begun."""


@cache
def with_idle(count: int) -> Material:
    speed = cases.lagging(*NAMES[:count], pace=Fraction(0))
    return staged(9, speed, *[cases.BY_DUE] * len(NAMES))


def text_of(material: Material) -> str:
    text = FORMATS["text"](material.write(Request()), Look())
    assert isinstance(text, str)
    return text


@cache
def idle_text(count: int) -> str:
    return text_of(with_idle(count))


def account(count: int, sentence: str) -> Account:
    """What comes of a sentence in the place of the one of so many that have not begun."""
    material = with_idle(count)
    draft = idle_text(count).replace(TOLD[count], sentence)
    report = cases.verified("draft.txt", draft.encode(), material)
    others = [
        one
        for one in report.statements
        if one.account is not Account.RIGHT and sentence[4:-1] not in one.text and one.text != TOLD[count]
    ]
    assert not others
    return next(one.account for one in report.statements if sentence[:-1] in one.text)


@pytest.mark.parametrize("count", range(4))
def test_what_has_not_begun_is_not_said_to_go_on(count: int) -> None:
    text = text_of(with_idle(count))
    assert [one for one in TOLD if one in text] == [TOLD[count]]


def test_of_whom_nothing_came_it_is_not_said_that_it_has_not_begun() -> None:
    """市本级 was silent in September, and had not begun in August; what its silence leaves open is 未报齐."""
    speed = cases.silent("bureau", since=9, pace=0)
    assert "未启动" not in text_of(staged(9, speed, *[cases.BY_DUE] * 3)).partition("附件3")[0]


@pytest.mark.parametrize(("count", "told"), [(idle, told) for idle in range(4) for told in range(4) if idle != told])
def test_what_is_told_of_another_count_is_wrong(count: int, told: int) -> None:
    assert account(count, TOLD[told]) is Account.WRONG


SAYINGS = {
    "重点事项3项均已启动。": (0,),
    "重点事项3项均在推进。": (0,),
    "所有重点事项均已启动。": (0,),
    "重点事项3项均在期限内，均已启动。": (0,),
    "重点事项3项均未启动。": (3,),
    "重点事项3项均在期限内，均未启动。": (3,),
    "重点事项3项，其中2项已启动。": (1,),
    "重点事项3项，已启动1项，未启动2项。": (2,),
    "重点事项3项均未到期。": (0, 1, 2, 3),
    "重点事项3项均已完成。": (),
    "重点事项2项均未启动。": (),
    "重点事项4项均已启动。": (),
}
"""What else may be said, and of how many not begun it is so."""


@pytest.mark.parametrize(("sentence", "counts"), SAYINGS.items(), ids=SAYINGS)
def test_what_else_is_said_of_beginning_is_right_or_wrong(sentence: str, counts: tuple[int, ...]) -> None:
    right = [count for count in range(4) if account(count, sentence) is Account.RIGHT]
    wrong = [count for count in range(4) if account(count, sentence) is Account.WRONG]
    assert (right, wrong) == (list(counts), [count for count in range(4) if count not in counts])
