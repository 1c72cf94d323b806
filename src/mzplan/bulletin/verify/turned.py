"""What a draft says to have turned since a month that it names: 与上月相比，由慢于序时进度转为快于序时进度."""

import re
from collections.abc import Iterator

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.verify.claims import Claim, claims_at
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import Passage
from mzplan.bulletin.verify.spans import MONTH, TURN
from mzplan.period import Period

_SINCE = re.compile(f"[与和同较比]{MONTH}(?:相?比)?，")
OF_MONTH = "对照{month}月的数据：{said}"
"""What goes before what is told by another month's data."""


def turned(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every claim of a turn that the data have both sides of: the first of the month that is named, the other of now.

    Where no month is named, or none of the year before the report's, nobody knows of when the first side is.
    """
    for turn in TURN.finditer(passage.text):
        begun = max(passage.text.rfind(mark, 0, turn.start()) + 1 for mark in "；。")
        opening = [one for one in _SINCE.finditer(passage.text, begun, turn.start()) if turn["month"] is None]
        since = turn if not opening else opening[-1]
        month = facts.period.month - 1 if since["last"] else int(since["number"] or 0)
        if not 0 < month < facts.period.month:
            continue
        before = facts.at(Period(facts.period.year, month))
        sides = [
            [one for one in claims_at(passage, at) if turn.start(side) <= one.start and one.end == turn.end(side)]
            for side, at in (("then", before), ("now", facts))
        ]
        if not all(sides):
            continue
        then, now = (side[0] for side in sides)
        if then.slip or now.slip:
            slip = then.slip and then.slip._replace(message=OF_MONTH.format(month=month, said=then.slip.message))
            yield Claim(turn.start(), turn.end(), (), slip or now.slip)
        else:
            said = [Mention("other", (), *one.span()) for one in opening[-1:]]
            yield Claim(turn.start(), turn.end(), (*then.names, *now.names, *said))
