"""What a draft says of every area or unit: that each has some indicator in a state, or that none has (各领域均无…)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import by_any_target, held_against, is_put_off
from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.passages import Passage, PassageScope, group_before, left_out, marked
from mzplan.bulletin.verify.related import COUNTY, GROUPS, HAVE, of_staged
from mzplan.bulletin.verify.set_forms import EVERY
from mzplan.bulletin.verify.spans import is_now
from mzplan.diagnostics import show
from mzplan.rules.draft import WRONG_WAY_ROUND
from mzplan.scoring.progress import STATUS_ZH, Status
from mzplan.zh import full_width, joined

_SOME_HAVE = "“{said}”与数据不符：{where}有{names}"
_SOME_HAVE_NONE = "“{said}”与数据不符：{where}没有“{group}”的"
_AREA = "{}领域"
_NAMES = 5
_EVERY = re.compile(rf"(?:{EVERY}|(?P<heard>已报送?的?))(?P<noun>领域|填报单位|单位|{COUNTY})(?:均|都)?{HAVE}")
_LAGS = STATUS_ZH[Status.BEHIND]
_NARROWED = {
    **dict.fromkeys((_LAGS, f"有{_LAGS}", f"进度{_LAGS}"), ("slow", "lagging")),
    "未达标": ("lapsed", "lagging|unmet"),
}
"""Words that people read more narrowly, without what is overdue, and more widely, with it or with all to come."""


class _Holding(NamedTuple):
    """How many indicators of an area or a unit are in a state; none is known of a unit that has sent nothing."""

    name: str
    surely: tuple[str, ...]
    """Those that are, by official targets and for good."""
    is_open: bool
    """Whether others may be: by computed targets, or by reports that are yet to come."""


def every(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every such claim that is right of all who may be meant, or wrong of one who must be; none that is open."""
    text = marked(passage)
    if passage.scope != PassageScope():
        return
    for match in _EVERY.finditer(text):
        is_of_all = left_out(text, match.start()) == (0, 0) and is_now(text, match.start(), facts.period.month)
        if not is_of_all or group_before(passage, match.start(), ("unit", "area", "indicator")):
            continue
        narrow, wide = ([_holding(one, match, facts) for one in some] for some in _meant(match, facts))
        if match["none"]:
            is_right = not any(one.surely or one.is_open for one in wide)
            wrong = [one for one in narrow if one.surely]
        else:
            is_right = all(one.surely for one in wide)
            wrong = [one for one in narrow if not (one.surely or one.is_open)]
        if not (is_right or wrong):
            continue
        said = show(quoted := passage.quoted(*match.span()), 60)
        where = joined([one.name for one in wrong], _NAMES)
        names = joined(dict.fromkeys(name for one in wrong for name in one.surely), _NAMES)
        form = _SOME_HAVE if match["none"] else _SOME_HAVE_NONE
        message = form.format(said=said, where=where, names=names, group=match["group"])
        slip = Slip(WRONG_WAY_ROUND, passage.places[match.start()], message, quoted)
        yield Claim(*match.span(), (), None if is_right else slip)


def _meant(match: re.Match[str], facts: Facts) -> tuple[list[Subject], list[Subject]]:
    """Those that are meant in any case, and all that may be: the safeguards, zones, and the city's own bureau too."""
    plan = facts.plan
    if match["noun"] == "领域":
        areas = [Subject(area=one.number) for one in plan.action_areas]
        return areas, [*areas, *([Subject(area=None)] if plan.safeguards else [])]
    owing = [one for one in plan.reporting_units if not (match["heard"] and one.id in facts.silent)]
    kinds = ("county", "zone") if match["noun"] not in ("单位", "填报单位") else ("county", "zone", "bureau")
    narrow = [Subject(unit=one.id) for one in owing if one.kind == "county"]
    return narrow, [Subject(unit=one.id) for one in owing if one.kind in kinds]


def _holding(subject: Subject, match: re.Match[str], facts: Facts) -> _Holding:
    plan, said = facts.plan, match["group"]
    if subject.unit is None:
        name = next((_AREA.format(one.short) for one in plan.action_areas if one.number == subject.area), "")
    else:
        name = plan.units_and_regions[subject.unit].name
    surely_in, perhaps_in = _NARROWED.get(said, (GROUPS[said], GROUPS[said]))
    groups = (of_staged(one, match) for one in (surely_in, perhaps_in))
    held, widely = (held_against(subject.unit, one, facts.card) for one in groups)
    if held is None or widely is None:
        return _Holding(name, (), is_open=True)
    is_of_reports = said.startswith(STATUS_ZH[Status.MISSING])
    surely = [row for row in facts.rows(subject, held) if is_of_reports or not is_put_off(row, facts.card)]
    unsettled = "unfiled" if is_of_reports else "open|missing"
    is_open = len(facts.rows(subject, f"{by_any_target(widely)}|{unsettled}")) > len(surely)
    return _Holding(name, tuple(full_width(row.indicator.name) for row in surely), is_open)
