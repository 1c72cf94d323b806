"""What a draft says of itself: parts and shares of one whole, moves, names that are counted, shared places."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from mzplan.bulletin.facts import PARTITION, Facts
from mzplan.bulletin.verify.beside_numbers import enumerated
from mzplan.bulletin.verify.passages import Passage
from mzplan.bulletin.verify.reading import BoundNumber
from mzplan.bulletin.verify.rough import ROUGH, SIDED, agrees_roughly
from mzplan.diagnostics import Rule, show
from mzplan.figures import rounded
from mzplan.rules.draft import LIST_MISMATCH, SHARES_NOT_WHOLE, WRONG_WAY_ROUND

MISCOUNTED = "说是{stated}，列出的是{listed}个"
_SUM = "分项{parts}合计{sum}，与总数{total}不符"
_NOT_WHOLE = "各项占比合计{sum}%，不是100%"
_WRONG_SHARE = "{part}占{total}的{right}%，不是{said}%"
_NOT_PART = "“{said}”与数据不符：这些不在“{whole}”之内，不能说“其中”"
_IS_PART = "“{said}”与数据不符：这些都在“{whole}”之内，应说“其中”"
_MOVED_BACK = "“{said}”前后矛盾：从{first}到{second}不是{way}"
_TIED = "位次有并列，应写“并列”"
_NOT_TIED = "位次没有并列，不能写“并列”"


class Slip(NamedTuple):
    """Something a draft contradicts itself or the data in, beyond a single number."""

    rule: Rule
    place: tuple[int, int]
    message: str
    value: str
    hint: str = ""
    end: int = 0
    """Where the words end that begin at its place, if the hint tells to write others, which has yet to be proved."""
    instead: str = ""


_MEASURES = "项|个|家|件|条|户|人|名"
_PAIR = re.compile(
    rf"([0-9]+)({_MEASURES})[^。；0-9]{{0,12}}?占(?:比)?(?:为)?"
    rf"({'|'.join(ROUGH)})?([0-9]+(?:\.[0-9]+)?)%({SIDED})?"
)
_WHOLE = re.compile(f"(?<![0-9.])([0-9]+)({_MEASURES})")
_OF_TOLD = re.compile(
    rf"(?<![0-9.])(?P<part>[0-9]+)(?P<of>{_MEASURES})[^。；0-9]{{0,20}}?占[^，。；（）0-9]{{0,12}}(?P<whole>[0-9]+)(?P=of)"
    rf"[^，。；（）0-9]{{0,8}}的(?P<share>(?:{'|'.join(ROUGH)})?(?P<number>[0-9]+(?:\.[0-9]+)?)%(?:{SIDED})?)"
)
"""A count with its share of another one that is told with it: 35项，占应达39项的89.7%."""


def shares(passage: Passage) -> Iterator[Slip]:
    """Counts with shares in one sentence, by the whole that they are of: see `_shares_of`."""
    pairs = list(_PAIR.finditer(passage.text))
    stated = list(_WHOLE.finditer(passage.text, 0, pairs[-1].start())) if len(pairs) > 1 else []
    of: dict[tuple[int, int] | None, list[re.Match[str]]] = {}
    for pair in pairs if len(pairs) > 1 else ():
        of.setdefault(_whole_of(pair, pairs, stated), []).append(pair)
    for whole, together in of.items():
        if len(together) > 1:
            yield from _shares_of(passage, whole, together)
    for told in _OF_TOLD.finditer(passage.text):
        part, total = int(told["part"]), int(told["whole"])
        if not total or agrees_roughly(told["share"], Fraction(100 * part, total)):
            continue
        right = rounded(Fraction(100 * part, total), _decimals(told["number"]))
        of_part, of_whole = (f"{count}{told['of']}" for count in (part, total))
        message = _WRONG_SHARE.format(part=of_part, total=of_whole, right=right, said=told["number"])
        yield Slip(SHARES_NOT_WHOLE, passage.places[told.start("share")], message, told["number"])


def _shares_of(passage: Passage, whole: tuple[int, int] | None, pairs: Sequence[re.Match[str]]) -> Iterator[Slip]:
    """Of one whole: the shares make 100, the counts the total, each share its count's.

    One that has another share beside those that make it up is of another whole, which nobody knows.
    """
    total = whole[0] if whole is not None else sum(int(pair[1]) for pair in pairs)
    fitting = [pair for pair in pairs if _fit([pair], total)]
    if len(fitting) + 1 == len(pairs) and sum(int(pair[1]) for pair in fitting) == total:
        pairs = fitting
    counts = [int(pair[1]) for pair in pairs]
    together = sum((Fraction(pair[4]) for pair in pairs), Fraction(0))
    if whole is not None and sum(counts) != total and _fit(pairs, sum(counts)):
        yield _sum_slip(passage, whole, counts)
        return
    covers = sum(counts) == total or whole is None
    for pair in pairs:
        if _fit([pair], total):
            continue
        right = rounded(Fraction(int(pair[1]) * 100, total), _decimals(pair[4])) if total else "0"
        message = _WRONG_SHARE.format(part=pair[1] + pair[2], total=f"{total}{pair[2]}", right=right, said=pair[4])
        yield Slip(SHARES_NOT_WHOLE, passage.places[pair.start(4)], message, pair[4])
    slack = sum((Fraction(1, 2 * 10 ** _decimals(pair[4])) for pair in pairs), Fraction(0))
    if not covers and sum(counts) > total and whole is not None:
        yield _sum_slip(passage, whole, counts)
    if covers and not any(map(_is_rough, pairs)) and abs(together - 100) > slack:
        message = _NOT_WHOLE.format(sum=rounded(together, max(_decimals(pair[4]) for pair in pairs)))
        yield Slip(SHARES_NOT_WHOLE, passage.places[pairs[0].start(4)], message, pairs[0][4])


def _whole_of(
    pair: re.Match[str], pairs: Sequence[re.Match[str]], stated: Sequence[re.Match[str]]
) -> tuple[int, int] | None:
    """The total that a part is of: the last count before it of which it has that share, else the last with none.

    A count that has a share itself may be one (118项，占96.7%，其中…); what stands in a bracket is none.
    """
    before = [one for one in stated if one.end() <= pair.start() and one[2] == pair[2] and int(one[1]) >= int(pair[1])]
    shared = {one.start() for one in pairs}
    wholes = [one for one in before if one.start() not in shared and not _is_aside(pair.string, one.start())]
    fitting = [one for one in (*before, *wholes) if _fit([pair], int(one[1]))]
    whole = next(reversed(fitting or wholes), None)
    return (int(whole[1]), whole.start()) if whole else None


def shares_shown(passage: Passage, bounds: Sequence[BoundNumber], facts: Facts) -> Iterator[tuple[int, int]]:
    """Where each share is told, from 占 to %, that one count has of another one before it, or of all that is due.

    `bounds` are right.
    """
    counted = {bound.start: members for bound in bounds if (members := members_of(bound, facts))}
    due = {one.start: facts.rows(one.ref.subject, "due") for one in bounds if one.ref and one.ref.group in PARTITION}
    for pair in _PAIR.finditer(passage.text):
        part = counted.get(pair.start(), frozenset())
        wholes = [whole for start, whole in counted.items() if part and start < pair.start() and part <= whole]
        said = f"{pair[3] or ''}{pair[4]}%{pair[5] or ''}"
        shares = [Fraction(100 * len(part), len(of)) for of in (*wholes, due.get(pair.start(), ())) if of]
        if any(agrees_roughly(said, share) for share in shares):
            start = passage.text.index("占", pair.start())
            yield start - passage.text.endswith("约", 0, start), pair.end()
    for told in _OF_TOLD.finditer(passage.text):
        part, of = (counted.get(told.start(name), frozenset()) for name in ("part", "whole"))
        if part and part <= of and agrees_roughly(told["share"], Fraction(100 * len(part), len(of))):
            yield passage.text.index("占", told.end("of")), told.end()


_ADDED = 20
"""How many counts of one sentence are added up."""
_SUMMED = re.compile(f"(?<![0-9.])[0-9]+(?={_MEASURES})")


def sums(passage: Passage, unbound: Sequence[int]) -> Iterator[Slip]:
    """Parts that the data know nothing of, one the contrary of another (达序时124项，未达25项), against their total.

    That is the first count that they may make up, or any between that and them which they do: 4项，纳入评价3项，….
    """
    text = passage.text
    counts = [match for match in islice(_SUMMED.finditer(text), _ADDED) if not _is_aside(text, match.start())]
    slips = []
    for whole, *parts in (counts[at:] for at in range(len(counts) - 2)):
        end = min(stop if (stop := text.find(mark, whole.end())) >= 0 else len(text) for mark in "；。")
        told = [part for part in parts if part.start() < end and text[part.end()] == text[whole.end()]]
        said = [re.split("[，、：]", text[: part.start()])[-1].removeprefix("已") for part in told]
        if not any(f"未{one}".startswith(other) and other for one in said for other in said):
            continue
        numbers = [int(part[0]) for part in told]
        if sum(numbers) == int(whole[0]):
            return
        if {whole.start(), *(part.start() for part in told)} <= set(unbound):
            slips.append(_sum_slip(passage, (int(whole[0]), whole.start()), numbers))
    yield from slips[:1]


def _is_aside(text: str, position: int) -> bool:
    """Whether something stands in a bracket."""
    return text.rfind("（", 0, position) > text.rfind("）", 0, position)


def _fit(pairs: Sequence[re.Match[str]], total: int) -> bool:
    """Whether every share is its count's of that total."""
    return all(_is_rough(pair) or _is_share(int(pair[1]), total, pair[4]) for pair in pairs)


def _is_rough(pair: re.Match[str]) -> bool:
    """Whether a share is said to be near its figure only (近九成, 6%以上)."""
    return bool(pair[3] or pair[5])


def _sum_slip(passage: Passage, whole: tuple[int, int], counts: Sequence[int]) -> Slip:
    total, start = whole
    message = _SUM.format(parts="+".join(map(str, counts)), sum=sum(counts), total=total)
    return Slip(LIST_MISMATCH, passage.places[start], message, str(total))


def _is_share(count: int, total: int, said: str) -> bool:
    """Within one unit of the last decimal: largest remainders may move a share by less than that."""
    if not total:
        return False
    return abs(Fraction(count * 100, total) - Fraction(said)) < Fraction(1, 10 ** _decimals(said))


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


_MOVED = re.compile(
    r"(?:由|从)(?:[0-9]{1,2}月[份底末]?的?|[^，。；0-9]*)(?P<first>[0-9]+(?:\.[0-9]+)?)(?P<unit>(?![位名])[^，。；0-9]{0,4}?)"
    r"(?:(?P<up>增|提高|上升)|减|降|下降|回落)[^，。；0-9]{0,2}[到至为](?P<second>[0-9]+(?:\.[0-9]+)?)(?P=unit)(?![万亿])"
)


def moves(passage: Passage) -> Iterator[Slip]:
    """From so much up to less, or down to more, in the same measure: 从89家降至93家."""
    for match in _MOVED.finditer(passage.text):
        first, second = Fraction(match["first"]), Fraction(match["second"])
        if first == second or (second > first) != bool(match["up"]):
            way = "增" if match["up"] else "减"
            said = _MOVED_BACK.format(said=show(match[0], 60), first=match["first"], second=match["second"], way=way)
            yield Slip(WRONG_WAY_ROUND, passage.places[match.start()], said, match[0])


def miscounted(passage: Passage) -> Iterator[tuple[int, int, Slip | None]]:
    """Where a number counts the names right before it, and what is wrong with it."""
    for start, end, listed in enumerated(passage):
        said = re.match("[0-9]+", passage.text[start:])
        stated = int(said[0]) if said else 0
        message = MISCOUNTED.format(stated=stated, listed=listed)
        yield start, end, None if stated == listed else Slip(LIST_MISMATCH, passage.places[start], message, str(stated))


_PART = re.compile("(其中|另外|另有|另)[^，。；：（）0-9]*$")


def parts(bounds: Sequence[BoundNumber], facts: Facts) -> Iterator[Slip]:
    """其中 of what is in no count before it, or not in one right before it, and 另有 of what is in the last one.

    `bounds` are right and in order.
    """
    seen: list[tuple[BoundNumber, frozenset[object]]] = []
    for bound in bounds:
        members = members_of(bound, facts)
        if members is None:
            continue
        text = bound.passage.text
        joint = _PART.search(text, 0, bound.phrase_start) or _PART.search(text, 0, bound.start)
        if joint and members and seen and _kind(seen[-1][0]) == _kind(bound):
            wholes = [whole for one, whole in seen if _kind(one) == _kind(bound)]
            is_next = joint[1] != "其中" or joint.start() <= seen[-1][0].phrase_end + 1
            is_part = any(members <= whole for whole in (wholes[-1:] if is_next else wholes))
            if is_part != (joint[1] == "其中"):
                said, whole = text[joint.start() : bound.phrase_end], seen[-1][0]
                message = (_IS_PART if is_part else _NOT_PART).format(
                    said=show(said, 60), whole=show(text[whole.phrase_start : whole.phrase_end], 60)
                )
                yield Slip(WRONG_WAY_ROUND, bound.passage.places[joint.start()], message, said)
        seen.append((bound, members))


_PARTED = re.compile("分别|其余")
_AT_STAGES = frozenset({"under_way", "idle"})


def incomplete(bounds: Sequence[BoundNumber], facts: Facts) -> Iterator[tuple[int, int]]:
    """Where parts are told that are said to make up a whole before them, by 分别, 其余 or stages, and do not.

    `bounds` are right and in order.
    """
    counted = [(bound, members) for bound in bounds if (members := members_of(bound, facts)) and bound.ref]
    for at, (whole, every) in enumerate(counted):
        text = whole.passage.text
        stop = min(stop if (stop := text.find(mark, whole.end)) >= 0 else len(text) for mark in "；。")
        told = [
            (bound, members)
            for bound, members in counted[at + 1 :]
            if bound.start < stop and members < every and not _is_aside(text, bound.start)
        ]
        stages = sum(bool(bound.ref and _AT_STAGES & {*bound.ref.group.split("&")}) for bound, _ in told)
        is_parted = len(told) > 1 and (stages or _PARTED.search(text, whole.phrase_end, told[-1][0].start))
        if is_parted and frozenset().union(*(members for _, members in told)) != every:
            yield from ((bound.phrase_start, bound.phrase_end) for bound, _ in told)


def members_of(bound: BoundNumber, facts: Facts) -> frozenset[object] | None:
    """Who or what is counted; None for what is no count of the data."""
    if (ref := bound.ref) is None or ref.field not in ("count", "addends", "reporters"):
        return None
    if ref.field == "reporters":
        return frozenset(one.unit for one in facts.reporters(ref.group))
    found = facts.rows if ref.field == "count" else facts.addends
    return frozenset((row.indicator.id, row.unit) for row in found(ref.subject, ref.group))


def _kind(bound: BoundNumber) -> object:
    """What is counted: only of the same one is anything part of."""
    ref = bound.ref
    return ref and (ref.field, ref.subject.indicator, ref.subject.unit)


def ties(bound: BoundNumber, facts: Facts) -> Iterator[Slip]:
    """并列 where the place is shared, and not where it is not."""
    if bound.ref is None or bound.ref.field != "rank" or bound.in_cell or bound.reading is None:
        return
    standing = facts.card.units.get(bound.ref.subject.unit)
    if standing is None or standing.rank is None:
        return
    said = "并列" in bound.passage.text[max(0, bound.reading.phrase_start - 2) : bound.start]
    if said != (standing.ties > 1):
        yield Slip(WRONG_WAY_ROUND, bound.place, _NOT_TIED if said else _TIED, bound.text)
