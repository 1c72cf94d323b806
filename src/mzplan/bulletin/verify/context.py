"""What the rest of a sentence makes of a number: the group whose parts are told, the counts that have a share."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from mzplan.bulletin.facts import PARTITION, Facts
from mzplan.bulletin.groups import both, passes
from mzplan.bulletin.model import Ref, Subject
from mzplan.bulletin.phrases import Slot, reference
from mzplan.bulletin.verify.agreement import agrees
from mzplan.bulletin.verify.consistency import members_of, shares_shown
from mzplan.bulletin.verify.grammar import COUNTED, PART_OF_AREA, PhraseMatch, any_of
from mzplan.bulletin.verify.judging import Check, Verdict, check
from mzplan.bulletin.verify.passages import REST
from mzplan.bulletin.verify.reading import BoundNumber
from mzplan.bulletin.verify.spans import PARTED
from mzplan.scoring.progress import STATUS_ZH, Status

_PARTS = ("due", "later", "firm")
"""What a document counts a part of in the words of the whole: 未报齐, 未到期, 未达到进度要求."""
_ITEMS = re.compile("[0-9]+项")
_HOLDS = re.compile("（(?:含|包含|包括)")
_INSIDE = re.compile(f"(?:指标)?中|，?（?其中|{_HOLDS.pattern}")
"""What follows a count whose parts are told next."""
_WITH_UNHEARD = re.compile(f"[，（](?:其中|含|包含|包括)[^，。；）]*{STATUS_ZH[Status.MISSING]}")
"""What follows a count of what is not due that holds what nobody has reported, too."""


_PARTED_FIELDS = frozenset({"target", "remaining", "shortfall"})
_OPENS_PARTS = re.compile(f"，?{PARTED}|（|：")
"""What stands between such a figure of the city and those of its units."""
_REST = re.compile(f"{REST}$")
_GROUPS = dict(COUNTED)
_ANY = any_of(_GROUPS)
_OF_THESE = re.compile(rf"(?P<group>{_ANY})?的?(?:重点)?(?:指标|事项)当?[中里]，")
"""Among which indicators parts are told of areas where they are not counted; without a group nobody can tell."""
_SAID_OF_REST = re.compile(
    f"项(?:指标|事项)?(?:均|都|全部|尚|仍)?(?P<one>{_ANY})(?:或者?(?P<other>{_ANY}))?(?=[，；。（）]|$)"
)


def in_context(checks: Sequence[Check], facts: Facts) -> Sequence[Check]:
    """The checks of a sentence's numbers, in order, each with what the others say of it."""
    counted = tuple(_within(tuple(_with_groups(checks, facts)), facts))
    counted = tuple(_of_wholes(counted, facts))
    told = [
        Check(replace(one.bound, ref=None), Verdict.UNBOUND)
        if one.verdict is Verdict.STALE and _is_of_part(one, facts)
        else one
        for one in counted
    ]
    return tuple(_with_rest(tuple(_with_shares(told, facts)), facts))


def _of_wholes(checks: Sequence[Check], facts: Facts) -> Iterator[Check]:
    """The checks, where 其中某县50张 after 距年度目标尚差313张 is of what that county lacks, and not of what it has."""
    whole: Check | None = None
    for one in checks:
        bound, ref, text = one.bound, one.bound.ref, one.bound.passage.text
        if whole is not None and _end_of_parts(text, whole.bound.phrase_end) < bound.start:
            whole = None
        of = whole.bound.ref if whole is not None else None
        is_part = ref is not None and ref.field == "actual" and _is_bare(bound)
        if of is not None and ref is not None and is_part and _is_within(ref.subject, of.subject):
            part = check(replace(bound, ref=ref._replace(field=of.field)), facts)
            row = facts.row(ref.subject)
            is_far = whole is not None and "，" in text[whole.bound.phrase_end + 1 : bound.start]
            is_open = is_far or one.verdict is Verdict.AGREES or row is None or row.target_basis == "reference"
            is_known = part.verdict is Verdict.AGREES or not is_open
            yield part if is_known else Check(replace(bound, ref=None), Verdict.UNBOUND)
            continue
        if ref is not None and ref.field in _PARTED_FIELDS and _OPENS_PARTS.match(text, bound.phrase_end):
            whole = one
        yield one


def _end_of_parts(text: str, position: int) -> int:
    """Where the parts end that are told of a figure which ends at a position: with the bracket that opens there."""
    return text.find("）", position) if text.startswith("（", position) else _end_of_part(text, position)


def _is_bare(bound: BoundNumber) -> bool:
    """Whether no words say what an amount is."""
    return bound.reading is not None and bound.reading.template.startswith("{actual}")


def _is_within(part: Subject, whole: Subject) -> bool:
    """Whether one is a unit's of the same indicator as the other, which is the city's."""
    return part.indicator == whole.indicator and part.unit is not None and whole.unit is None


def _with_rest(checks: Sequence[Check], facts: Facts) -> Iterator[Check]:
    """The checks, where 其余5项 after 应达到进度要求45项，已达到40项 is what the parts told leave of the whole.

    What is said of the rest in the words of a group is right with it where it is so of all of them, else nobody's.
    """
    told: list[tuple[Check, frozenset[object]]] = []
    for one in checks:
        bound, text = one.bound, one.bound.passage.text
        if told and _end_of_part(text, told[-1][0].bound.end) < bound.start:
            told = []
        if one.verdict is Verdict.AGREES and (members := members_of(bound, facts)) is not None:
            told.append((one, members))
        rest = _REST.search(text, 0, bound.start) if one.verdict is Verdict.UNBOUND else None
        if rest is None or not (left := _left(told)) or Fraction(bound.text) != len(left):
            yield one
            continue
        said = _SAID_OF_REST.match(text, bound.end)
        end = bound.end + len("项")
        if said is not None and all(_is_any(key, said, facts) for key in left):
            end = said.end()
        reading = PhraseMatch(bound.start, Slot("rest", "", ""), rest.start(), end, bound.text, "")
        yield Check(replace(bound, reading=reading), Verdict.AGREES) if text.startswith("项", bound.end) else one


def _left(told: Sequence[tuple[Check, frozenset[object]]]) -> frozenset[object]:
    """What the counts after the last whole leave of it; nothing where they are none of its parts, or overlap."""
    parts = frozenset[object]()
    for at in range(len(told) - 1, 0, -1):
        members, whole = told[at][1], told[at - 1][1]
        if members & parts:
            return frozenset()
        parts |= members
        if parts <= whole:
            return whole - parts
    return frozenset()


def _is_any(key: object, said: re.Match[str], facts: Facts) -> bool:
    """Whether a row is in one of the groups whose words are said."""
    row = facts.card.rows[key] if isinstance(key, tuple) else None
    groups = [_GROUPS[words] for words in (said["one"], said["other"]) if words]
    return row is not None and any(passes(row, group, facts.card) for group in groups)


def _is_of_part(one: Check, facts: Facts) -> bool:
    """Whether a count is this month's of a part of what its words name: of what is due, or not, or firmly promised."""
    ref = one.bound.ref
    parts = [ref._replace(group=f"{ref.group}&{part}") for part in _PARTS] if ref and ref.field == "count" else []
    return any(facts.rows(part.subject, part.group) and agrees(one.bound, part, facts) for part in parts)


def _with_shares(checks: Sequence[Check], facts: Facts) -> Iterator[Check]:
    """The checks, where a share that the data do not name is right of two counts of its sentence (118项，占96.7%)."""
    right = [one.bound for one in checks if one.verdict is Verdict.AGREES]
    shown = list(shares_shown(right[0].passage, right, facts)) if right else []
    for one in checks:
        bound = one.bound
        told = next((span for span in shown if span[0] < bound.start < span[1]), None)
        if told is None or one.verdict is not Verdict.UNBOUND:
            yield one
            continue
        reading = PhraseMatch(bound.start, Slot("share", "", ""), *told, bound.text, "")
        yield Check(replace(bound, reading=reading), Verdict.AGREES)


def _within(checks: Sequence[Check], facts: Facts) -> Iterator[Check]:
    """The checks, where 未报齐2项 after 应达到进度要求的45项中 counts those of the 45, and after 其中 may.

    So it may beside those that are in time and those that are not, with which it makes the 45 up. 118项指标中 are
    those that are judged where there are so many.
    """
    whole: Check | None = None
    right = [one.bound.ref for one in checks if one.verdict is Verdict.AGREES]
    for one in checks:
        ref, text = one.bound.ref, one.bound.passage.text
        if one.verdict is Verdict.DIFFERS and ref is not None and (ref.field, ref.group) == ("count", "all"):
            judged = check(replace(one.bound, ref=ref._replace(group="judged")), facts)
            is_inside = text.startswith("中", one.bound.phrase_end)
            one, ref = (judged, judged.bound.ref) if is_inside and judged.verdict is Verdict.AGREES else (one, ref)
        one = _with_unheard(one, facts)
        if whole is not None and _end_of_parts(text, whole.bound.phrase_end) < one.bound.start:
            whole = None
        inside = whole.bound.ref if whole is not None else None
        if ref is None and whole is not None and inside is not None and _HOLDS.match(text, whole.bound.phrase_end):
            ref = _counted(one.bound, inside.subject)  # what stands in a bracket was nobody's by itself
        if (
            ref is not None
            and ref.group == "missing"
            and {ref._replace(group=name) for name in PARTITION[:2]} <= {*right}
        ):
            part = check(replace(one.bound, ref=ref._replace(group=PARTITION[2])), facts)
            if part.verdict is Verdict.AGREES:
                yield part
                continue
        if ref is not None and inside is not None and ref.field == "count" and ref.subject == inside.subject:
            is_of_unheard = (ref.group, inside.group) == (Status.NOT_DUE, Status.MISSING)  # which have no other status
            group = "later" if is_of_unheard else ref.group
            part = check(replace(one.bound, ref=ref._replace(group=both(group, inside.group))), facts)
            told = text[whole.bound.phrase_end : one.bound.phrase_start] if whole is not None else ""
            is_surely = told.startswith(("中", "指标中")) or "，" not in told[1:]
            if is_surely or part.verdict is Verdict.AGREES:
                yield part
                continue
        if ref is not None and ref.field == "count" and one.verdict is Verdict.AGREES:
            whole = one if _INSIDE.match(text, one.bound.phrase_end) else whole
        yield one


def _counted(bound: BoundNumber, subject: Subject) -> Ref | None:
    """What a number counts of that subject by its words; None where they are no count's."""
    slot = bound.reading.slot if bound.reading is not None else None
    return reference(slot, subject) if slot is not None and slot.field == "count" else None


def _with_unheard(one: Check, facts: Facts) -> Check:
    """A count of what is not due, be it reported or not: 尚未到期73项（含未报齐2项）; open where that is unsaid."""
    ref, text = one.bound.ref, one.bound.passage.text
    if one.verdict is Verdict.AGREES or ref is None or (ref.field, ref.group) != ("count", Status.NOT_DUE):
        return one
    later = check(replace(one.bound, ref=ref._replace(group="later")), facts)
    if later.verdict is not Verdict.AGREES:
        return one
    is_said = _WITH_UNHEARD.match(text, one.bound.phrase_end)
    return later if is_said else Check(replace(one.bound, ref=None), Verdict.UNBOUND)


def _with_groups(checks: Sequence[Check], facts: Facts) -> Iterator[Check]:
    """The checks, where 养老领域2项 after 已完成31项 or 已完成指标中 counts what is done there, and not all.

    A whole that nobody can tell leaves its parts open, as does a part that is the area's own total.
    """
    whole: Check | None = None
    for one in checks:
        bound, text = one.bound, one.bound.passage.text
        if whole is not None and _end_of_part(text, whole.bound.end) < bound.start:
            whole = None
        is_part = bound.reading is not None and bound.reading.template == PART_OF_AREA
        if not is_part:
            whole = one if _ITEMS.match(text, bound.start) and not _is_of_area(one) else whole
            yield one
        elif bound.ref is None:
            yield one
        elif whole is None:
            these = _OF_THESE.search(text, _begin_of_part(text, bound.start), bound.phrase_start)
            group = _GROUPS.get(these["group"] or "") if these else bound.ref.group
            ref = bound.ref._replace(group=group) if group else None
            yield check(replace(bound, ref=ref), facts)
        elif whole.bound.ref is None or whole.bound.ref.field != "count":
            is_all = whole.bound.ref is not None and whole.bound.ref.field == "owed"
            yield one if is_all else Check(replace(bound, ref=None), Verdict.UNBOUND)
        else:
            part = check(replace(bound, ref=bound.ref._replace(group=whole.bound.ref.group)), facts)
            is_open = part.verdict is not Verdict.AGREES and one.verdict is Verdict.AGREES
            yield Check(replace(bound, ref=None), Verdict.UNBOUND) if is_open else part


def _begin_of_part(text: str, position: int) -> int:
    """Where it begins."""
    return max(text.rfind(mark, 0, position) for mark in "；。") + 1


def _end_of_part(text: str, position: int) -> int:
    """Where the part of a sentence ends that stands at a position."""
    return position + len(re.split("[；。]", text[position:], maxsplit=1)[0])


def _is_of_area(one: Check) -> bool:
    """Whether a count is that of an area, and no whole that areas have parts of."""
    ref = one.bound.ref
    return ref is not None and ref.subject.area != one.bound.passage.scope.area
