"""How far apart a draft says the best and the worst of all units are, or of all areas: 完成率最高的与最低的相差…."""

import re
from collections.abc import Iterator

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import Ref, Subject
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.compared import SHARE, difference, differs, figure_of
from mzplan.bulletin.verify.compared_figure import ComparedFigure
from mzplan.bulletin.verify.grammar import NUMBER
from mzplan.bulletin.verify.passages import MARKS, Passage, PassageScope, group_before, marked, with_figures

_NOUN = "(?:单位|县（市、区）|县市区|县区|县|领域)?"
_NAME = f"(?:[{MARKS['unit']}{MARKS['area']}]+(?:领域)?)"
_RANGE = re.compile(
    rf"(?:全市)?各?{_NOUN}的?{SHARE}(?:最高的?{_NOUN}{_NAME}?[与和]最低的?{_NOUN}{_NAME}?(?:之间)?的?"
    rf"|最高[与和]最低的?{_NOUN}分别[为是]{_NAME}[与和、]{_NAME}，)(?:相差|差距?为?)(?P<size>{NUMBER})(?P<measure>个百分点)"
)


def ranges(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every such claim, right or wrong, of all units that are ranked or of all areas.

    The figures in brackets behind the names are held against the data where they stand.
    """
    plan, (text, beside) = facts.plan, with_figures(marked(passage))
    for match in _RANGE.finditer(text) if passage.scope == PassageScope() else ():
        kinds = ("county",) if "县" in match[0] else ("county", "zone")
        names = tuple(one for one in passage.mentions if match.start() <= one.start < match.end() and one.ids)
        field, of = "overall", [(Subject(unit=one.id), one.name) for one in plan.reporting_units if one.kind in kinds]
        if "领域" in match[0] or any(one.kind == "area" for one in names):
            field, of = "area_mean", [(Subject(area=one.number), one.short) for one in plan.action_areas]
        found = (ComparedFigure(Ref(field, "", subject), facts, name) for subject, name in of)
        known = sorted((one for one in found if one.exact is not None), key=lambda one: one.exact or 0)
        if len(known) < 2 or len(names) == 1 or group_before(passage, match.start(), ("unit", "area", "indicator")):
            continue
        ends = known[-1], known[0]
        told = [facts.value(figure_of(one, passage, "")) for one in names]
        apart = tuple(one for one in beside if match.start() <= one[0] < match.end())
        if told and told != [facts.value(one.ref) for one in ends]:
            yield Claim(*match.span(), names, differs(passage, match.span(), ends, match.start()), apart)
        else:
            for claim in difference(passage, match.span(), match, ends, names, is_more=True):
                yield claim._replace(beside=apart)
