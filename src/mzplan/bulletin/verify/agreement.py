"""Whether a number is the figure that it stands for: exactly, rounded as it is written, or as roughly as it says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from mzplan import zh
from mzplan.bulletin.facts import FIELDS, Facts
from mzplan.bulletin.groups import is_judged_one_by_one, is_put_off
from mzplan.bulletin.model import Ref, Subject
from mzplan.bulletin.phrases import AMOUNTS
from mzplan.bulletin.verify.beside_numbers import bound_named
from mzplan.bulletin.verify.grammar import AIMS
from mzplan.bulletin.verify.reading import OF_BAND, BoundNumber, scale_of
from mzplan.bulletin.verify.rough import ABOUT, HALF_TENTHS, NEARLY, NO_LESS, NO_MORE, PART, ROUGH, SIDED, TENTHS, holds
from mzplan.figures import rounded
from mzplan.plan.target import Operator
from mzplan.reading.spelled import shares
from mzplan.scoring.progress import Progress, Status

PERCENT = frozenset({"completion", "expected", "gap", "contribution", "overall", "overall_raw", "area_mean", "elapsed"})
_BEFORE = re.compile(rf"({'|'.join(ROUGH)})[为是]?$")
_AFTER = re.compile(SIDED)
_REACHED = re.compile("达到?了?$")
_DONE = re.compile("(?:达到?|完成)了?(?:(?:年度|全年)?(?:增量|压减)?(?:目标任务|目标|任务|计划)的?)?$")
"""What goes before a share that is spelled out and says that it is done: 已达到年度目标的八成."""
_SPELLED = re.compile(f"(?:{TENTHS}|{HALF_TENTHS}|{PART})$")
_PROMISED: Mapping[Operator, tuple[frozenset[str], str]] = MappingProxyType(
    {
        "at_least": (NO_LESS, "{}以上"),
        "at_most": (NO_MORE, "{}以内"),
        "about": (ABOUT, "约{}"),
        "undefined": (frozenset(), "{}"),
    }
)
"""What may be said of a target itself, and what is: 约1.4亿元 is no floor and no ceiling."""
DATES = frozenset({"year", "month", "due", "due_year", "used", "rank", "due_month", "since", "unit_used", "next_month"})
"""Fields of dates and places: nothing rough can be said of them, and they are of no part of the year."""


def meanings(bound: BoundNumber, ref: Ref, facts: Facts) -> Iterator[Ref]:
    """The figure, what else its words may mean, and its namesakes' where several indicators share a name."""
    yield ref
    row = facts.row(ref.subject) if ref.field == "actual" else None
    if row is not None and is_judged_one_by_one(row):  # of those that kept it by an older figure both may be said
        yield ref._replace(field="addends", group="kept")
    if "|" in ref.group and "missing&due" in ref.group:  # all of what is 未报齐 may be meant, be it due or not
        yield ref._replace(group=ref.group.replace("missing&due", "missing"))
    if ref.group == "firm&missing":  # so may all that a unit still owes, be it judged or not
        yield ref._replace(group="unfiled")
    if ref.field in OF_BAND and not bound_named(bound.passage.text, bound.start):
        yield ref._replace(field=OF_BAND[ref.field])
    for identifier in bound.indicators:
        if identifier != ref.subject.indicator:
            yield ref._replace(subject=ref.subject._replace(indicator=identifier))


def _value(ref: Ref, facts: Facts) -> Fraction | None:
    """The figure that may be said: none of how far behind something is that nobody reported, or that is put off."""
    row = facts.row(ref.subject) if ref.field == "gap" else None
    is_unsaid = row is not None and (row.status is Status.MISSING or is_put_off(row, facts.card))
    return None if is_unsaid else facts.value(ref)


def shown(bound: BoundNumber, ref: Ref, facts: Facts) -> str:
    """The figure as the draft should print it; empty when the data have none."""
    value = _value(ref, facts)
    if value is None:
        return ""
    row = facts.row(ref.subject)
    if bound.in_cell:
        if ref.field in AMOUNTS and row is not None and not is_judged_one_by_one(row):
            return zh.amount(value, row.indicator.unit, _missed(row, ref), short=True).number
        text = facts.cite(ref).text
        return f"-{text}" if ref.field == "gap" and value < 0 else text
    text = str(facts.cite(ref))
    if ref.field == "target" and row is not None and row.target is not None and rough_words(bound):
        return _PROMISED[row.target.operator][1].format(text)
    return text


def agrees(bound: BoundNumber, ref: Ref, facts: Facts) -> bool:
    """Whether the number as printed is the figure, exactly or rounded to as many decimals as it has."""
    value = _value(ref, facts)
    if value is None:
        return False
    if bound.sign in ("+", "-") and value != 0 and (value > 0) != (bound.sign == "+"):
        return False
    text = bound.text
    if ref.field == "share" or ref.field in PERCENT:
        printed = FIELDS[ref.field].show(facts, ref, value).number
        size = abs(value) if ref.field == "gap" and not bound.in_cell else value
        if text != printed and _is_short_of(bound, size * 100):
            return False
        if rough := rough_words(bound):
            is_near = text == printed or _rounds(size * 100, text, facts, ref)
            return all(
                holds(word, Fraction(text), size * 100, is_share=True) or (word in ABOUT and is_near)
                for word, *_ in rough
            )
        return text == (f"-{printed}" if size < 0 else printed) or _rounds(size * 100, text, facts, ref)
    if ref.field in AMOUNTS:
        return _amount_agrees(bound, ref, value, facts)
    if (rough := rough_words(bound)) and ref.field not in DATES:
        return all(holds(word, Fraction(text), value) for word, *_ in rough)
    return Fraction(text) == value


def _amount_agrees(bound: BoundNumber, ref: Ref, value: Fraction, facts: Facts) -> bool:
    """In whatever magnitude the draft prints it; a rate's shortfall is in points; a needed pace is rounded up."""
    row = facts.row(ref.subject)
    rough = rough_words(bound)
    if ref.field == "target" and row is not None and row.target is not None:
        rough = [one for one in rough if one[0] not in _PROMISED[row.target.operator][0]]
        if any(word in NO_LESS | NO_MORE | ABOUT for word, *_ in rough):
            return False
    scale = scale_of(bound, row) if row is not None and not bound.in_cell else Fraction(1)
    is_printed = bound.text + _unit_text(bound) == str(facts.cite(ref))
    if ref.field != "target" and not is_printed and _is_short_of(bound, value / scale):
        return False
    if ref.field == "pace" and (decimals := len(bound.text.partition(".")[2])):
        exact = exact_pace(facts, ref.subject)
        if exact is not None and bound.text == rounded(exact / scale, decimals):
            return True
    if not rough:
        return is_printed or _rounds(value / scale, bound.text, facts, ref, scale)
    said, is_share = Fraction(bound.text) * scale, row is not None and row.indicator.unit == "%"
    return all(holds(word, said, value, is_share=is_share) or (word in ABOUT and is_printed) for word, *_ in rough)


def exact_pace(facts: Facts, subject: Subject) -> Fraction | None:
    """What each month up to the due date must bring, not rounded up; None where no pace is needed."""
    need, left = facts.pace(subject), facts.value(Ref("remaining", "", subject))
    return left / need.months if need is not None and need.required is not None and left is not None else None


def _is_short_of(bound: BoundNumber, value: Fraction) -> bool:
    """Whether a number is said to be reached that is not: it is no less than what is rounded up to it.

    So is a share that is spelled out with nothing that makes it a rough one: 八成, 三分之二.
    """
    text = bound.passage.text
    if bound.in_cell:
        return False
    if word := _SPELLED.search(text, 0, bound.start):
        said = bound.passage.quoted(word.start(), bound.end)
        bare = next((one for one in shares(said) if one.text == said), None)
        done = _DONE.search(text, 0, word.start())
        is_rough = done is None or text.endswith(ROUGH, 0, done.start())  # 约完成年度目标的八成
        return bare is not None and not is_rough and value < bare.percent
    return bool(_REACHED.search(text, 0, bound.start)) and value < Fraction(bound.text)


def _unit_text(bound: BoundNumber) -> str:
    return bound.passage.text[bound.end : bound.reading.phrase_end] if bound.reading else ""


def rough_words(bound: BoundNumber) -> list[tuple[str, int, int]]:
    """The words that make a number a rough one (近, 余, 左右), and where they stand; none for a plain number.

    What belongs to the phrase itself, as in 70%以上的目标, is none, nor is how near something has come to a target.
    """
    found: list[tuple[str, int, int]] = []
    if bound.in_cell:
        return found
    text = bound.passage.text
    starts = [bound.start, *([bound.phrase_start] if bound.ref and bound.ref.field == "completion" else [])]
    before = (_BEFORE.search(text, 0, start) for start in dict.fromkeys(starts))  # 超过年度目标的六成
    is_aim = bound.reading is not None and bound.reading.template in AIMS
    found += [
        (one[1], *one.span())
        for one in before
        if one and not (is_aim and one[1] in NEARLY) and one[1] not in _own_words(bound)
    ]
    end = bound.reading.phrase_end if bound.reading else bound.end
    inside = re.match(r"[万亿]?([余多])[万亿]?", text[bound.end : end])
    if inside:
        found.append((inside[1], bound.end + inside.start(1), bound.end + inside.end(1)))
    after = _AFTER.match(text, end)
    is_share = bound.ref is not None and bound.ref.field == "completion"  # 完成六成以上的年度目标
    if after and (is_share or text[end : end + 3] not in ("以上的", "以下的", "以内的")):
        found.append((after[0], *after.span()))
    return found


def _own_words(bound: BoundNumber) -> Sequence[str]:
    """What the phrase itself has before its figure: the 低于 of 低于目标7家 is no bound of the 7."""
    if bound.reading is None:
        return ()
    before = bound.reading.template.partition("{" + bound.reading.slot.field)[0].rpartition("}")[2]
    return re.split("[()|]", before)


def _rounds(value: Fraction, text: str, facts: Facts, ref: Ref, scale: Fraction = Fraction(1)) -> bool:
    """Whether the text is the value rounded to as many decimals as it has, and does not contradict a verdict."""
    decimals = len(text.partition(".")[2])
    row = facts.row(ref.subject)
    below: list[Fraction | int] = []
    above: list[Fraction | int] = []
    if ref.field in ("completion", "overall", "area_mean") and value < 100 and (row is None or not row.is_kept):
        below = [100]
    missed = _missed(row, ref)
    if missed is not None:
        (below if value * scale < missed else above).append(missed / scale)
    if ref.field == "gap" and value < 0:
        below = [0]
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    return sign + digits == rounded(value, decimals, below, above)


def _missed(row: Progress | None, ref: Ref) -> Fraction | None:
    """The target that an actual figure misses, which it may not be rounded to."""
    if row is None or ref.field != "actual" or row.target is None or row.is_kept or row.actual is None:
        return None
    return row.target.value if row.actual != row.target.value else None
