"""Which stage a value means that is none of its milestone's: by a word of everyday use, or with more beside it."""

import re
from collections.abc import Sequence

from mzplan.period import Period
from mzplan.plan.stage_words import STAGES_MEANT
from mzplan.submissions.names import stage_form

_BESIDE = re.compile(
    r"\((?:(?P<share>[0-9]{1,3})%|(?P<month>(?:[0-9]{4}年)?[0-9]{1,2}月))\)$|^(?P<before>(?:[0-9]{4}年)?[0-9]{1,2}月)"
)
_WITH_ONE_BETWEEN = 3


def meant_stage(text: str, stages: Sequence[str], month: Period | None) -> str | None:
    """The stage that a value stands for: by its word the last, the first, or the only one between them.

    Beside it a month may stand that is not after the report's, or a percentage that does not contradict it. None where
    nobody knows.
    """
    said = stage_form(text)
    if not (beside := _BESIDE.search(said)):
        return _called(said, stages)
    meant = _called(said[: beside.start()] + said[beside.end() :], stages)
    if share := beside["share"]:
        return meant if stages and (int(share) >= 100) == (meant == stages[-1]) else None
    months = Period.readings(beside["before"] or beside["month"], month.year) if month else ()
    return meant if month and months and max(months) <= month else None


def _called(word: str, stages: Sequence[str]) -> str | None:
    place = STAGES_MEANT.get(word.casefold())
    if word in stages or place is None or not stages:
        return word if word in stages else None
    if place == "underway":
        return stages[1] if len(stages) == _WITH_ONE_BETWEEN else None
    return stages[-1 if place == "done" else 0]
