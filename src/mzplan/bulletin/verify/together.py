"""What a draft says that several units have together of what adds up, all counties, or all that are not named."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import Ref, Subject
from mzplan.bulletin.verify.beside_numbers import COUNTIES, SO_MANY_UNITS, SUM, TOGETHER
from mzplan.bulletin.verify.claims import Claim
from mzplan.bulletin.verify.compared import MEASURE, decimals_of, is_amount
from mzplan.bulletin.verify.compared_figure import ComparedFigure
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.grammar import NUMBER
from mzplan.bulletin.verify.names import Mention
from mzplan.bulletin.verify.passages import (
    MARKS,
    REST,
    SUM_JOINTS,
    Passage,
    group_before,
    is_of_the_rest,
    left_out,
    marked,
)
from mzplan.bulletin.verify.rough import HALF_TENTHS, PART, ROUGH, TENTHS, agrees_roughly
from mzplan.bulletin.verify.set_forms import PORTION
from mzplan.diagnostics import show
from mzplan.figures import rounded
from mzplan.rules.draft import FIGURE_MISMATCH
from mzplan.zh import joined

_SUM = "“{said}”与数据不符：{names}合计{right}"
_WHOLE = "全市(?:总量)?的?"
_SHARE = f"(?P<share>{PORTION})"
_OF_CITY = f"(?:占|(?P<word>{'|'.join(ROUGH)})(?!{_WHOLE}{PART})){_WHOLE}{_SHARE}"
"""The share itself, or on which side of one it is, but of 三分之一: its number is rounded."""
_THESE = rf"(?:(?<=，)这?(?P<many>[0-9]+){SO_MANY_UNITS})?"
"""How many those are that were named with their figures."""
_NAMED_WITH = rf"(?<={MARKS['unit']})(?:这?(?P<many>[0-9]+){SO_MANY_UNITS})?的?(?:完成|新增|建成|投入)?"
"""What goes between several units and what they have, in their sum: 某、某两市新增."""
_SUMMED = tuple(
    re.compile(words)
    for words in (
        rf"{_THESE}{TOGETHER}(?P<size>{NUMBER}){MEASURE}(?:，{_OF_CITY})?",
        rf"{_NAMED_WITH}{MARKS['indicator']}+[为达有]?(?P<size>{NUMBER}){MEASURE}(?:，{_OF_CITY})?",
        rf"(?P<size>(?!))?(?P<measure>(?!))?(?P<many>(?!))?(?<![，别各])(?:{SUM})?占{_WHOLE}{_SHARE}",
    )
)
_REST = re.compile(
    rf"{REST}各?(?:(?P<count>[0-9]+)[家个])?(?P<noun>单位|县（市、区）|县市区|县区|县)的?(?:{SUM})?(?:完成|新增|建成|投入)?[为达有]?"
    rf"{MARKS['indicator']}*(?:{SUM})?[为达有]?(?P<size>{NUMBER}){MEASURE}"
)
"""What all have but those that are named before it: 其余单位480人, 除某县外，其余单位某指标480人."""


def together(passage: Passage, facts: Facts) -> Iterator[Claim]:
    """Every claim of what several units have together of what adds up, or all that are not named."""
    text = marked(passage)
    for pattern in (*_SUMMED, _REST):
        for match in pattern.finditer(text):
            of_rest = pattern is _REST
            if not of_rest and is_of_the_rest(text, match.start()):
                continue
            named = group_before(passage, match.end(), ("indicator",))
            if len(named) == 1:
                whom = _of_rest(passage, match, named[0], facts) if of_rest else _of_whom(passage, match, named, facts)
                yield from _sum_of(passage, match, named[0], whom, facts)


class _Whom(NamedTuple):
    """The units that a sum is of, in each meaning that the words have, and where they are told."""

    meanings: Sequence[Sequence[str]]
    names: Sequence[Mention]


def _sum_of(passage: Passage, match: re.Match[str], of: Mention, whom: _Whom, facts: Facts) -> Iterator[Claim]:
    """Whether they have that together: right where it is so in each meaning, wrong where it is in none."""
    row = facts.row(Subject(of.ids[0]))
    if row is None or not row.actual or not is_amount(row) or not row.indicator.additive:
        return
    sums, told = [], match.groupdict()
    for units in whom.meanings:
        sides = [ComparedFigure(Ref("actual", "", Subject(of.ids[0], unit)), facts, "") for unit in units]
        values = [one.exact for one in sides if one.exact is not None]
        if len(values) < len(units) or (told["size"] and told["measure"] != sides[0].measure):
            return
        sums.append(sum(values, Fraction(0)))
    share_said = told.get("share") or ""
    if word := told.get("word"):
        share_said = word + re.sub(f"^(?:{TENTHS}|{HALF_TENTHS})", "", share_said)
    verdicts = {
        (not told["size"] or rounded(total, decimals_of(told["size"])) == told["size"])
        and (not share_said or agrees_roughly(share_said, total * 100 / row.actual))
        for total in sums
    }
    if len(verdicts) != 1:
        return
    size = f"{rounded(sums[0], decimals_of(told['size']))}{told['measure']}" if told["size"] else ""
    share = f"{zh.percent(sums[0] / row.actual)}%" if told.get("share") else ""
    message = _SUM.format(
        said=show(passage.quoted(*match.span())),
        names=joined(facts.unit_names(whom.meanings[0])),
        right="，".join(filter(None, (size, share))),
    )
    value = told["size"] or told["share"]
    slip = Slip(FIGURE_MISMATCH, passage.places[match.start("size" if told["size"] else "share")], message, value)
    yield Claim(*match.span(), (*whom.names, of), None if verdicts == {True} else slip)


def _of_whom(passage: Passage, match: re.Match[str], named: Sequence[Mention], facts: Facts) -> _Whom:
    """Those named before it, if they are several; all counties, where they are counted or 各 stands before them."""
    names = group_before(passage, match.start(), ("unit",), figures=True, joints=SUM_JOINTS)
    if match["many"] not in (None, str(len(names))):
        return _Whom((), ())
    if len(names) > 1:
        return _Whom([[unit.ids[0] for unit in names]], names)
    begun = min(named[0].start, match.start())
    told = COUNTIES.search(passage.text, 0, begun) or COUNTIES.search(passage.text, 0, match.start())
    if told is None or names:
        return _Whom((), ())
    meant = [some for some in _meant_by_counties(named[0], facts) if told["count"] in (None, str(len(some)))]
    return _Whom(meant, [Mention("other", (), *told.span())])


def _meant_by_counties(of: Mention, facts: Facts) -> list[list[str]]:
    """Whom 县（市、区） may mean of those that an indicator is of: with zones and without, each once."""
    concerned = {row.unit for row in facts.addends(Subject(of.ids[0]), "applicable")}
    units = [unit for unit in facts.plan.reporting_units if unit.id in concerned]
    some = [[unit.id for unit in units if unit.kind in kinds] for kinds in (("county",), ("county", "zone"))]
    return some[: 1 + (some[0] != some[1])]


def _of_rest(passage: Passage, match: re.Match[str], of: Mention, facts: Facts) -> _Whom:
    """All that the indicator is of but those named between it and 其余."""
    part = max(match.string.rfind(mark, 0, match.start()) for mark in "；。") + 1
    names = [one for one in passage.mentions if one.kind == "unit" and part <= one.start < match.start()]
    but = {one.ids[0] for one in names}
    of_all = [[row.unit or "" for row in facts.addends(Subject(of.ids[0]), "applicable")]]
    wide = _meant_by_counties(of, facts) if match["noun"].startswith("县") else of_all
    rest = [[unit for unit in some if unit not in but] for some in wide]
    told = [Mention("other", (), *span)] if (span := left_out(passage.text, match.start())) != (0, 0) else []
    return _Whom([some for some in rest if but and match["count"] in (None, str(len(some)))], told)
