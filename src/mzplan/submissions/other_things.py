"""Which clauses of a note say how much something else has changed, that the figure does not count.

So many fewer of it are no cause of the step, be they as many. Where it is said that too many were reported, or that
some were taken off, what stands before is as often why; so there it is another thing only if another indicator counts
that, or it is a target.
"""

import re
from collections.abc import Collection
from itertools import chain, pairwise

from mzplan.reading.patterns import late
from mzplan.submissions.clauses import EARLIER, without_name
from mzplan.submissions.reasons import names_a_thing
from mzplan.submissions.slips import OVER_WORDS, SLIP_WORDS, TAKEN_OFF_WORDS, UNDER_WORDS, UP
from mzplan.submissions.steps import ARRIVED

_COUNTED = "[^,，\\d]{0,12}?(?:[员者工人户口象众军堂]|人[数次]|[^数]数|孤儿|儿童|家庭|学生|居民|床位)"
_GOES = "净?[增减][加少]?|(?<=床位)新增|去世|死亡|病故|离世"
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
_FROM_TO = late(
    f"{_WHEN}(?P<thing>{_THING}(?<![册单账帐表])){_WHEN}[由从]\\d+(?:\\.\\d+)?(?P<counter>[^,，\\d]{{0,3}}?)"
    f"(?:净?[增减][加少]?|下?降低?|变化?)了?[为成到至]{_NUMBER}"
)
"""From so many of what is named to so many; a register is no thing."""
_OF_TOTAL = late("(?P<thing>[^,，\\d]{2,8}?)总数(?:[按由经]\\w{1,10}?)?(?:调整|变[化更动])了?")
"""How many there are of what is named has changed."""
_LEFT = late(
    f"{_WHEN}(?P<thing>[^,，\\d]{{0,12}}?(?:(?<![人成])员|者|社工|户|军人|主任|儿童)){_WHEN}"
    f"(?:离[职岗世站]|辞[职退]|退[休出]|调[离出]){_WHEN}{_NUMBER}"
    f"|{_WHEN}(?P<body>[^,，\\d]{{1,12}}?(?:[站所园]|机构|中心|组织|公司|网点|食堂)){_WHEN}"
    f"(?:关[停闭]|停[业办]|撤[并销]|注销|取缔){_WHEN}\\d+[家个所处]"
)
"""So many have left of those who are called by what they are, or so many of such bodies have closed."""
_BY_WORK = "(?:(?<!人)员|[者工户童军]|主任)"
_WHO = late(
    f"(?P<thing>[^\\W\\d]{{1,8}}{_BY_WORK}){_WHEN}(?:(?:新增|{_GOES}|{_SLIP})了?)?{_WHEN}\\d"
    f"|\\d[名位户个]?(?P<these>[^\\W\\d]{{1,6}}?{_BY_WORK})"
)
"""Who so many are, beside their number."""
_WORKERS = late(_BY_WORK)
_CAUSE = late("^(?:因|由于?|受|经)")
_PLACE = late(f"{_CAUSE.pattern}|[镇乡村县市区]|街道|部门")
_WHY = late(f"{_PLACE.pattern}|[院站所]|机构|中心|组织|公司|单位")
"""A cause, or where and with whom it has changed; where bodies are counted these are no place."""
_OF_BODIES = late("[家个所处座]")
_KIND_OF_BODY = late("(?:(?<![医法学剧影戏])院|公寓)$")
"""What people live in is one of the 机构 that are counted."""
_TARGET = late("(?:年度?|全年|工作)*(?:目标|任务|计划|指标)+[数值]?")
_NO_FIGURE = late("(?:文件|合同|协议|标书|公告|方案|预算|通知|批复|材料|培训|报名)$")
"""Documents, and steps before what counts, which may be wrong and no figure with them."""
_HOW = (
    "规模|总额|分别|走访|慰问|探[访望]|评估|帮扶|服务|开展|组织|联合|引导|参与|安装|配[置发备]|购置|到货|[取领获持发]证|证书|作废|过期|合格|通过|完成|落实|投入"
    "|以来|统一|批量|设备|技能等级|职业|(?:高校|院校)?(?:毕业生|学员|考生|职工)|退役军人"
    "|[省市县区][级补]|^[省市县区][里内]?|后(?!期)|共|中央|财政|上级|全[省市县区]|辖区|[本我][省市县区]|期间|[^\\W\\d]{0,2}[节月]|[上下]半年|[一二三四]季度"
)
_SITE = "[^\\W\\d]{1,6}?(?:镇|乡(?!村)|街道|社区|(?<!乡)村(?!振))"
_HOUSE = "[^\\W\\d]{1,8}?(?:院|站|所|协会|公司|学校|中心|机构|局|部门|厅)"
_HOW_AND_WHERE, _HOW_AND_SITE = late(f"{_HOW}|{_SITE}|{_HOUSE}"), late(f"{_HOW}|{_SITE}")
"""How and where there came to be more of something; of what is counted in houses a house is no place."""
_AFTER = late("^.*后(?![期续])")
_DOCUMENT, _WITH_DOCUMENT = "证", late("[取领获持发颁考换][得取到放发]?证")
_RISES = late("[净新]增|增[加长]")
_COPIES = late("[本张份](?![家区])")
"""What is counted by the document that it has, and how documents are counted."""
_DONE_WITH = late("检查|抽查|督查|巡查|回访|调研|体检|约谈|表彰|宣传")
"""What is done with those that there are, and brings none."""
_VISITS, _OF_TIMES = late("走访|慰问|探[访望]|活动"), late("[次场]")
"""The same, but where so many times are counted."""
_OWN = 4
"""So many characters of what is counted are a name of it; two are as often another's (慈善, 资金)."""
_LEAST = 3
"""So many characters of another indicator's name are that, and no word that many share."""


def is_of_another_thing(clause: str, name: str, others: Collection[str]) -> bool:
    """Whether a clause says no more than how much of something else there is, or was wrong.

    `name` is what the plan says that the figure counts, `others` what the other indicators are called.
    """
    if _are_others(clause, name, others):
        return True
    if found := _CHANGED.fullmatch(clause):
        thing = found["thing"] or found["these"]
        return not _WHY.search(thing) and names_a_thing(thing, name)
    if found := _FROM_TO.fullmatch(clause):
        return _has_moved(found, EARLIER.sub("", found["thing"]), name)
    if found := _OF_TOTAL.fullmatch(clause):
        return not _CAUSE.match(clause) and _is_of_no_word_of(name, EARLIER.sub("", found["thing"]))
    if found := _LEFT.fullmatch(clause):
        why, thing = (_PLACE, found["body"]) if found["body"] else (_WHY, found["thing"])
        known = {*chain.from_iterable(map(pairwise, others))}
        return not why.search(thing) and _is_of_no_word_of(name, thing) and not known.isdisjoint(pairwise(thing))
    if found := _PUT_RIGHT.fullmatch(clause):
        thing = EARLIER.sub("", found["thing"] or found["these"])
        is_others = len(thing) >= _LEAST and thing not in name and any(thing in each for each in others)
        is_no_figure = _TARGET.fullmatch(thing) or (_NO_FIGURE.search(thing) and without_name(thing, name))
        return not _WHY.search(thing) and ((is_others and names_a_thing(thing, name)) or bool(is_no_figure))
    return False


def names_another(said: str, counted: str, counter: str) -> bool:
    """Whether words beside an amount name anything but what is counted, and how and where it came to be so many.

    `counter` is the measure word of the amount. Where what is counted is called by so much of its name, it is that one.
    """
    if (when := _AFTER.search(said)) and _is_when(when[0], said[when.end() :], counted):
        said = said[when.end() :]
    done = (
        _DONE_WITH.findall(said) if _OF_TIMES.search(counter) else [*_DONE_WITH.findall(said), *_VISITS.findall(said)]
    )
    if any(each not in counted for each in done) and not (UP.search(said) or ARRIVED.search(said)):
        return True
    if any(said[at : at + _OWN] in counted for at in range(len(said) - _OWN + 1)) and not re.search(r"\dA", said):
        return False
    words = _HOW_AND_SITE if _OF_BODIES.match(counter) else _HOW_AND_WHERE
    return names_a_thing(words.sub("", ARRIVED.sub("", said)), counted)


def is_of_its_document(before: str, behind: str, counted: str) -> bool:
    """Whether so many documents are given of which the plan says that what is counted has one: 发证14本 for 持证."""
    return _DOCUMENT in counted and bool(_COPIES.match(behind) and _WITH_DOCUMENT.search(before))


def _is_when(before: str, said: str, counted: str) -> bool:
    """Whether words up to 后 are but when: behind them stands what is counted, or its document; in them nobody else."""
    thing = _RISES.sub("", said)
    is_own = without_name(thing, counted) != thing or (_DOCUMENT in counted and _WITH_DOCUMENT.search(thing))
    return bool(is_own) and not _WORKERS.search(without_name(before, counted))


def _are_others(clause: str, name: str, others: Collection[str]) -> bool:
    """Whether a clause gives the number of those whom another indicator counts."""
    found = None if _CAUSE.match(clause) else _WHO.search(clause)
    if found is None:
        return False
    own, words = {*pairwise(name)}, [*pairwise((found["thing"] or found["these"])[-3:])]
    known = {*chain.from_iterable(map(pairwise, others))} - own
    return words[-1] not in own and not known.isdisjoint(words)


def is_moved_as_cause(clause: str, name: str) -> bool:
    """Whether a clause gives as the cause from how many to how many of something else: its numbers are that one's."""
    if (found := _FROM_TO.fullmatch(clause)) is None:
        return False
    thing = EARLIER.sub("", found["thing"])
    return bool(_CAUSE.match(thing)) and _has_moved(found, _CAUSE.sub("", thing), name)


def _has_moved(found: re.Match[str], thing: str, name: str) -> bool:
    """Whether what went from so many to so many is a thing that an indicator does not count."""
    why = _PLACE if _OF_BODIES.match(found["counter"]) else _WHY
    is_of_them = "机构" in name and _KIND_OF_BODY.search(thing)
    return not (why.search(thing) or is_of_them) and _is_of_no_word_of(name, thing)


def _is_of_no_word_of(name: str, thing: str) -> bool:
    """Whether a thing is another than an indicator counts, and has no two characters of its name together."""
    return names_a_thing(thing, name) and without_name(thing, name) == thing
