"""Which clauses of a note say how much something else has changed, that the figure does not count.

So many fewer of it are no cause of the step, be they as many. Where it is said that too many were reported, or that
some were taken off, what stands before is as often why; so there it is another thing only if another indicator counts
that, or it is a target.
"""

from collections.abc import Collection

from mzplan.reading.patterns import late
from mzplan.submissions.clauses import EARLIER
from mzplan.submissions.reasons import names_a_thing
from mzplan.submissions.slips import OVER_WORDS, SLIP_WORDS, TAKEN_OFF_WORDS, UNDER_WORDS

_COUNTED = "[^,，\\d]{0,12}?(?:[员者工人户口象众军堂]|人[数次]|[^数]数|孤儿|儿童|家庭|学生|居民)"
_GOES = "净?[增减][加少]?|去世|死亡|病故|离世"
_SLIP = f"{OVER_WORDS}|{UNDER_WORDS}|{SLIP_WORDS}|{TAKEN_OFF_WORDS}|调增|核增"
_WHEN = "(?:[本上当]个?月|\\d+月份?|现|已经?|共|又|再|均|了|各|[比较](?:上个?月|\\d+月份?)){0,4}"
_NUMBER = "\\d+(?:\\.\\d+)?[^,，\\d]{0,3}"
_CHANGED = late(
    f"{_WHEN}(?:(?P<thing>{_COUNTED}){_WHEN}(?:{_GOES}){_WHEN}|(?:{_GOES})了?(?P<these>{_COUNTED})共?){_NUMBER}"
)
_THING = "[^,，\\d]{1,12}?"
_PUT_RIGHT = late(
    f"{_WHEN}(?:(?P<thing>{_THING}){_WHEN}(?:{_SLIP}){_WHEN}|(?:{_SLIP})了?(?P<these>{_THING})共?){_NUMBER}"
)
_WHY = late("^(?:因|由于?|受|经)|[镇乡村院县市区站所]|街道|机构|中心|组织|公司|单位|部门")
"""A cause, or where and with whom it has changed."""
_TARGET = late("(?:年度?|全年|工作)*(?:目标|任务|计划|指标)+[数值]?")
_LEAST = 3
"""So many characters of another indicator's name are that, and no word that many share."""


def is_of_another_thing(clause: str, name: str, others: Collection[str]) -> bool:
    """Whether a clause says no more than how much of something else there is, or was wrong.

    `name` is what the figure's indicator is called, `others` what the other indicators are.
    """
    if found := _CHANGED.fullmatch(clause):
        thing = found["thing"] or found["these"]
        return not _WHY.search(thing) and names_a_thing(thing, name)
    if found := _PUT_RIGHT.fullmatch(clause):
        thing = EARLIER.sub("", found["thing"] or found["these"])
        is_others = len(thing) >= _LEAST and thing not in name and any(thing in each for each in others)
        return not _WHY.search(thing) and ((is_others and names_a_thing(thing, name)) or bool(_TARGET.fullmatch(thing)))
    return False
