"""What a draft derives from one figure: so much a month so far, so much a month from now on, and in which months."""

import re
from collections.abc import Iterator
from fractions import Fraction

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import Ref, Subject
from mzplan.bulletin.verify.agreement import exact_pace
from mzplan.bulletin.verify.beside_numbers import AHEAD
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.counted import NOT_SO
from mzplan.bulletin.verify.grammar import NUMBER
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import Passage, group_before, marked
from mzplan.bulletin.verify.put_off import tells_early
from mzplan.diagnostics import show
from mzplan.figures import rounded
from mzplan.rules.draft import FIGURE_MISMATCH

_MEAN = re.compile(
    "(?:月均|月平均|平均每月|每月平均)(?:累计|新增)?已?(?:完成|新增|建成|投入)?了?"
    rf"(?P<size>{NUMBER})(?P<measure>[^，。；、（）0-9]{{1,3}})(?=[，。；、（）]|$)"
)
"""So much a month; what is needed by its own word is told by the phrase for it."""
_LEFT = re.compile("[还尚仍]需|[还尚仍只]差")
"""What tells how much is left; a mean behind it may be of what is needed, or of what there was before."""
_BEFORE = re.compile("(?:(?P<year>此前|迄今|目前为止)|以往|以前|之前|前期|往月)的?$")
"""What goes right before a mean of the months so far: of this `year`, or maybe of others."""
_SO_FAR = re.compile("前(?P<months>[0-9]+)个月|(?:今年)?1—(?P<month>[0-9]+)月份?|今年以来|年初以来")


def derived(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every claim of a monthly mean whose figure is known, right or wrong, and of how many months are left."""
    text, now, left = marked(passage), facts.period.month, 12 - facts.period.month
    ahead = [Mention("other", (), *one.span()) for one in AHEAD.finditer(text) if int(one["months"]) == left]
    yield from (Claim(one.start, one.end, ()) for one in ahead)
    for match in _MEAN.finditer(text):
        begun = max(text.rfind(mark, 0, match.start()) + 1 for mark in "；。")
        named = group_before(passage, match.start(), ("indicator",))
        units = group_before(passage, match.start(), ("unit", "city"))
        of = named[0].ids if named else passage.carried
        if len(named) > 1 or len(of) != 1 or len(units) > 1:
            continue
        subject = Subject(of[0], next(iter(units[0].ids), None) if units else passage.scope.unit)
        spans = list(_SO_FAR.finditer(text, begun, match.start()))
        since = spans[-1].start() if spans else begun
        is_before = _BEFORE.search(text, begun, match.start())
        is_ahead = not is_before and AHEAD.search(text, since, match.start())
        is_needed = is_ahead or (not is_before and _LEFT.search(text, since, match.start()))
        said = [one["months"] or one["month"] or str(now) for one in spans]
        others = [one for one in AHEAD.finditer(text, begun, match.start()) if int(one["months"]) != left]
        need, row = facts.pace(subject), facts.row(subject)
        needs = [exact_pace(facts, subject), need and need.required]
        means = [_mean(facts, subject), facts.value(Ref("pace_mean", "", subject))]
        sizes = [one for one in (needs if is_needed else means) if one is not None]
        maybe = means if is_needed and not is_ahead else []
        is_open = others if is_needed else said and said[-1] != str(now)
        if not sizes or row is None or is_open or match["measure"] != zh.measure(row.indicator.unit):
            continue
        decimals = len(match["size"].partition(".")[2])
        least = [zh.trimmed(rounded(need.least, 2))] if is_needed and need and need.least is not None else []
        printed = [*(rounded(one, decimals) for one in sizes), *least]
        told = tuple(Mention("other", (), *one.span()) for one in spans[-1:] if not is_needed)
        if match["size"] in printed and is_needed and tells_early(Ref("pace", "", subject), facts, text):
            continue
        if match["size"] in printed:
            yield Claim(*match.span(), (*named, *units, *told))
        elif match["size"] in [rounded(one, decimals) for one in maybe if one is not None]:
            continue
        elif is_before["year"] if is_before else is_needed or spans:  # else some other month's may be meant
            right = f"{rounded(sizes[0], max(1, decimals))}{match['measure']}"
            quoted = passage.quoted(*match.span())
            message = NOT_SO.format(said=show(quoted, 60), right=right)
            yield Claim(*match.span(), (), Slip(FIGURE_MISMATCH, passage.places[match.start()], message, quoted))


def _mean(facts: Facts, subject: Subject) -> Fraction | None:
    """What each month of the year has brought in the mean of what accumulates; None of anything else."""
    row = facts.row(subject)
    is_known = row is not None and row.actual is not None and row.indicator.cumulative and not row.counts_units
    return row.actual / facts.period.month if row is not None and row.actual is not None and is_known else None
