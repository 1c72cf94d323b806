"""What a draft says so many units or areas are as a share of all: 有3家未完成，占三成."""

import re
from collections.abc import Iterator
from fractions import Fraction

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.counted import NOT_SO
from mzplan.bulletin.verify.passages import Passage, PassageScope, group_before, marked
from mzplan.bulletin.verify.rough import agrees_roughly
from mzplan.bulletin.verify.set_forms import PORTION
from mzplan.diagnostics import show
from mzplan.rules.draft import FIGURE_MISMATCH
from mzplan.zh import percent

_UNITS = "(?:应报|填报)?(?:单位|县（市、区）|县市区|县区|县)"
_MEASURE = rf"(?:家(?:{_UNITS})?|个(?:{_UNITS}|领域))"
_COUNTED = re.compile(rf"(?<![0-9.第前后])(?P<count>[0-9]+)(?P<of>{_MEASURE})(?:[^，；。0-9]|[0-9.]+%)*$")
"""So many, and what is said of them, where what they are a share of is told next."""
_SHARE = re.compile(
    rf"，占(?:比|到)?(?:(?:全市|全部|所有)?(?:(?P<whole>[0-9]+){_MEASURE}|{_UNITS}|领域)(?:总数)?)?的?(?P<said>{PORTION})(?=[，；。）]|$)"
)
_AMONG = re.compile(rf"(?<![0-9.])(?P<whole>[0-9]+)(?:{_MEASURE})[当其]?中，?")
_DUE = re.compile("应(?:达标|完成|报)单位(?P<whole>[0-9]+)家")
"""How many there are of which those are some."""


def portions(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every such share that follows from its count and from how many there are; none where that may be several numbers.

    The count itself is held against the data where it stands.
    """
    text = marked(passage)
    for match in _SHARE.finditer(text):
        counted = _COUNTED.search(text, max(text.rfind(mark, 0, match.start()) for mark in "；。，") + 1, match.start())
        wholes = _wholes(passage, text, match, counted, facts) if counted else []
        if counted is None or not wholes:
            continue
        shares = [Fraction(100 * int(counted["count"]), whole) for whole in wholes]
        verdicts = {agrees_roughly(match["said"], share) for share in shares}
        if len(verdicts) > 1 or (match["whole"] and verdicts == {False}):  # which is told as a slip within the sentence
            continue
        quoted = passage.quoted(match.start() + 1, match.end())
        message = NOT_SO.format(said=show(quoted, 60), right=f"{percent(shares[0] / 100)}%")
        slip = Slip(FIGURE_MISMATCH, passage.places[match.start() + 1], message, quoted)
        yield Claim(match.start() + 1, match.end(), (), None if verdicts == {True} else slip)


def _wholes(passage: Passage, text: str, match: re.Match[str], counted: re.Match[str], facts: Facts) -> list[int]:
    """How many there may be of all, where that is known: those that an indicator is of, else all there are."""
    begun = max(text.rfind(mark, 0, match.start()) for mark in "；。") + 1
    named = group_before(passage, match.start(), ("indicator",))
    if passage.scope != PassageScope() or passage.carried or len(named) > 1:
        return []
    before = (one for words in (_AMONG, _DUE) for one in words.finditer(text, begun, counted.start()))
    told = [one for one in (*before, match) if one["whole"]]
    if "领域" in counted["of"]:
        known = {len(facts.plan.action_areas), len(facts.plan.action_areas) + bool(facts.plan.safeguards)}
    elif named:
        known = {len(facts.addends(Subject(named[0].ids[0]), "applicable"))}
    else:
        kinds = [unit.kind for unit in facts.plan.reporting_units]
        is_of_counties = any("县" in one[0] for one in (counted, *told))
        known = {kinds.count("county") if is_of_counties else len(kinds)}
        known |= {len(kinds) - kinds.count("bureau")} if told else set()
    return sorted(known.intersection(int(one["whole"]) for one in told) if told else known)
