"""Which figure each number of a draft stands for: by its phrase, and by whom and what the text speaks of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import held_against, is_judged_one_by_one, stages_of
from mzplan.bulletin.model import EVERY, Ref, Subject
from mzplan.bulletin.phrases import AMOUNTS, AT_END_ONLY, reference
from mzplan.bulletin.verify.beside_numbers import (
    bound_named,
    handed_out,
    is_derived,
    is_no_figure,
    is_of_several,
    is_threshold,
    units_counted,
)
from mzplan.bulletin.verify.effort import Effort
from mzplan.bulletin.verify.grammar import (
    AIMS,
    GAPS,
    GOALS,
    HOUSES,
    NUMBER,
    OF_GOAL,
    OF_YEAR_END,
    Grammar,
    PhraseMatch,
)
from mzplan.bulletin.verify.names import DraftNames, Mention, leaves_out, normalised
from mzplan.bulletin.verify.passages import (
    AND,
    UNKNOWN,
    Outline,
    Passage,
    is_closed,
    is_of_the_rest,
)
from mzplan.bulletin.verify.rates import (
    EXCEPTED,
    OF_MOST,
    RATE_BESIDE_NAMES,
    RATE_IN_BRACKETS,
    RATE_OF_EACH,
    RATE_OF_EXCEPTED,
    is_of_the_unnamed,
    rates,
)
from mzplan.bulletin.verify.regions import COUNT_UNITS, count_of_region
from mzplan.bulletin.verify.rough import BEYOND, ROUGH, SIDED
from mzplan.bulletin.verify.set_forms import AMONG_SOME
from mzplan.bulletin.verify.spans import span_before
from mzplan.bulletin.verify.totals import counts_reports, fits_total
from mzplan.bulletin.verify.whose import area_at, names_area, unit_at
from mzplan.scoring.progress import Progress

OF_ROW = frozenset(
    {"actual", "increase", "target", "baseline", "completion", "expected", "gap", "contribution", "reported"}
    | {"unreported", "reporting", "shortfall", "remaining", "pace", "pace_to_band", "left_to_band", "floor"}
    | {"ceiling", "pace_mean", "pace_best", "due", "due_year", "used", "addends", "due_by_now", "from_due"}
)
OF_BAND = {"pace": "pace_to_band", "remaining": "left_to_band", "shortfall": "left_to_band"}
"""What is still needed, of the target itself and of the edge of what `about` allows."""
_SO_FAR = frozenset({"actual", "increase", "completion"})
"""Fields of what there is by now."""
_OVERALL = re.compile("(?:年度|综合|总体)完成率")
_OF_UNITS = frozenset({"addends", "reported", "unreported", "reporting"})
"""Fields that count units, and are no unit's own."""
OF_WHOLE = frozenset({"count", "share", "overall", "overall_raw", "area_mean", "reporters"})
"""Fields whose phrases name no indicator: of whom they are stands before them, or nowhere."""
OF_UNIT = frozenset({"rank", "owed", "filed", "unfiled", "unit_used", "since", "unit_since", "silent_months"})
OF_ALL = frozenset({"overall_raw", "rank", "ranked", "reporters", "owed", "filed"})
"""Fields that no area has of its own."""
_UNIT_GROUPS = re.compile(r"firm|unfiled|reference|contribution")

_HOUSES_ALONE = re.compile(rf"{HOUSES}(?:已?达标|(?:{SIDED})|的|$|[，。；：、（）])")
"""What follows the number of units that meet a target: of others something else is said (8家达标、1家未报)."""

_OPENED = re.compile(rf"(?:^|[，；：]|{'|'.join(ROUGH)}|相当于|完成了?)$")
"""What goes before a share of the target that has no verb of its own."""
_FIGURE = re.compile(rf"(?<![0-9.A-Za-z\ue000])({NUMBER})(?![0-9A-Za-z\ue000])")
_NAMELY = re.compile(f"%(?:{SIDED})?[，（](?:(?:即|实?为|达到?)|即?(?:{'|'.join(ROUGH)}))$")
"""What goes before a share that was told right before, roughly then or now: 超过七成，为71.2%; 45.6%，不足五成."""
_JOINED = re.compile(f"(%|(?<=个百分)点){AND}")
_FROM = re.compile("[距离](?:完成|实现)?(?:年度|全年|年底)?(?:目标)?$")
"""What goes before a target that something is short of."""
_THAN = re.compile("[较比]$")
"""What goes before the month that something is compared with, and not told of: 比11月份增加14家."""
_COUNTIES = re.compile("个县")
"""What counts counties, who are not all that owe reports."""
_ABOUT = re.compile("左右|上下")
_GREW = re.compile("(?:增加|增长|减少|下降)了?$")
_LACKING = re.compile("[尚还仍]?[未没待]")
"""What follows an amount that is not there yet: 2座未完成."""
_COMPARED = re.compile(
    r"同比|环比|[较比]上(?!个?月|半年)|上年|去年|较去|比去|以来|(?!比上个?月|比[0-9])(?:[距比差缺少欠剩]|[还尚仍再]需)[^，。；]{0,4}$"
    "|应(?:达到?|完成)的?$"
)


@dataclass(frozen=True, slots=True)
class BoundNumber:
    """A number of the draft with the figure it stands for; `ref` None when that cannot be said."""

    text: str
    place: tuple[int, int]
    passage: Passage
    start: int
    end: int
    ref: Ref | None = None
    sign: str = ""
    reading: PhraseMatch | None = None
    indicators: tuple[str, ...] = ()
    """Everything the indicator's name may mean, where two share one."""
    owner: Mention | None = None
    """The name that 分别 hands it out to."""
    alike: bool = False
    """Whether the indicator's name is but like one of the plan's."""
    narrowed: bool = False
    """Whether it leaves out what tells the plan's name from others (五星级, 新增)."""
    in_cell: bool = False
    """Whether it stands in a table: with its sign, and in the row's own measure unit."""

    @property
    def phrase_start(self) -> int:
        """Where the words begin that belong to the number."""
        return self.reading.phrase_start if self.reading else self.start

    @property
    def phrase_end(self) -> int:
        """Where they end."""
        return self.reading.phrase_end if self.reading else self.end


def scale_of(bound: BoundNumber, row: Progress) -> Fraction:
    """How much one of the draft's unit is in the indicator's own."""
    words = bound.passage.text[bound.end : bound.end + 3].lstrip("余多")
    said = zh.MAGNITUDES.get(words[:1], Fraction(1))
    return said / zh.YUAN.get(zh.measure(row.indicator.unit), 1)


@dataclass
class DraftReader:
    """Binds the numbers of a draft's sentences."""

    facts: Facts
    grammar: Grammar
    outline: Outline
    effort: Effort = field(default_factory=Effort)

    @property
    def names(self) -> DraftNames:
        """The names of the plan."""
        return self.outline.names

    def bounds(self, passage: Passage) -> Iterator[BoundNumber]:
        """Every number of a sentence in reading order."""
        self.effort.spend(passage.size)
        text = self.names.hide(passage.text, passage.mentions)
        readings: dict[int, list[PhraseMatch]] = {}
        named = {at for one in passage.mentions if one.kind == "indicator" for at in range(one.start, one.end)}
        for reading in self.grammar.readings(text):
            if reading.phrase_start in named:  # 某资金占比54.6%: its name ends in the words of a phrase
                continue
            readings.setdefault(reading.start, []).append(reading)
        tokens = list(_FIGURE.finditer(text))
        owners = handed_out(passage, [token.start() for token in tokens])
        shared: PhraseMatch | None = None
        whole: BoundNumber | None = None
        for token in tokens:
            start = token.start()
            part = count_of_region(passage, whole.phrase_end, token, whole.ref) if whole and whole.ref else None
            if part is not None:
                at = passage.places[start]
                yield BoundNumber(token[1], at, passage, start, token.end(), part[0], reading=part[1])
                continue
            is_unread = not readings.get(start) or _THAN.search(text, 0, start)
            if is_unread and start not in owners and is_no_figure(text, start):
                continue
            bound = BoundNumber(token[1], passage.places[start], passage, start, token.end(), owner=owners.get(start))
            speaks = bool(self._indicator_ids(bound))
            candidates = sorted(
                readings.get(start, ()), key=lambda one: (-one.length, (one.slot.field in OF_ROW) is not speaks)
            )
            is_share = text.startswith("%", token.end())  # with or without words of its own
            measured = token.end() + len("%" if is_share else "个百分点")
            again = [shared._replace(start=start, phrase_start=start, phrase_end=measured)] if shared else []
            joint = _JOINED.match(text, start - 2) if bound.owner is not None else None
            joined = again if joint and text.startswith("%" if is_share else "个百分点", token.end()) else []
            if bound.owner is not None and is_share:
                candidates = rates(RATE_OF_EACH, text, token) or joined or candidates
            elif joined:
                candidates += joined
            elif is_share:
                candidates += again if _NAMELY.search(text, 0, start) else []
                candidates += [] if speaks else rates(OF_MOST, text, token)
                begin = len(text[:start].removesuffix("（").removesuffix("领域"))
                if not speaks and any(one.end == begin and one.kind in ("unit", "area") for one in passage.mentions):
                    is_excepted = EXCEPTED.match(text, token.end())
                    within = RATE_OF_EXCEPTED if is_excepted else RATE_IN_BRACKETS
                    candidates += rates(within if text[start - 1] == "（" else RATE_BESIDE_NAMES, text, token)
            is_let_be = is_of_several(passage, start) or is_of_the_rest(text, start) or is_threshold(passage, token)
            bound = bound if bound.owner is None and is_let_be else self._bind(bound, candidates)
            shared = bound.reading or shared
            whole = bound if bound.ref is not None and bound.ref.field in COUNT_UNITS else None
            yield bound

    def _bind(self, bound: BoundNumber, candidates: Sequence[PhraseMatch]) -> BoundNumber:
        for reading in candidates:
            for subject in self._subjects(bound, reading):
                ref = reference(reading.slot, subject, reading.first)
                if ref.field == "count":
                    group = held_against(subject.unit, ref.group, self.facts.card)
                    is_none = not Fraction(bound.text) and not self.facts.rows(subject, ref.group)
                    if group is None and not is_none:  # that it is none rests on silence, and is told as wrong
                        return bound
                    ref = ref._replace(group=group or ref.group)
                if ref.field in OF_BAND and "下限" in bound_named(bound.passage.text, reading.phrase_start):
                    ref = ref._replace(field=OF_BAND[ref.field])
                if ref.field == "remaining" and self._is_share(ref):  # of which no pace is told
                    ref = ref._replace(field="shortfall")
                if ref.field == "overall" and names_area(bound.passage, reading.phrase_start):
                    ref = ref._replace(field="area_mean")
                if not self._fits(ref, bound, reading):
                    continue
                if ref.field in OF_ROW:
                    ref = ref._replace(subject=ref.subject._replace(area=EVERY))
                ids = self._indicator_ids(bound) if ref.field in OF_ROW else ()
                known = {*bound.passage.carried, *(one for named in self._spoken(bound) for one in named.ids)}
                alike = ref.field in OF_ROW and not known.intersection(ids)
                read = replace(bound, ref=ref, sign=reading.slot.sign, reading=reading, indicators=ids, alike=alike)
                return replace(read, narrowed=self._is_narrowed(read)) if alike else read
        return bound

    def _is_share(self, ref: Ref) -> bool:
        row = self.facts.row(ref.subject)
        return row is not None and row.indicator.unit == "%"

    def _subjects(self, bound: BoundNumber, reading: PhraseMatch) -> Iterator[Subject]:
        owner = bound.owner
        is_unit = owner is not None and owner.kind == "unit"
        unit = owner.ids[0] if owner and is_unit else unit_at(bound.passage, min(bound.start, reading.phrase_start))
        area = area_at(bound.passage, reading.phrase_start)
        if reading.slot.field not in OF_ROW:
            yield Subject("", unit, area)
            return
        for identifier in self._indicator_ids(bound):
            if reading.slot.field in _OF_UNITS:
                unit = None
            yield Subject(identifier, unit, EVERY)
            if unit is not None and self.facts.card.row(identifier, unit) is None:
                yield Subject(identifier, None, EVERY)

    def _indicator_ids(self, bound: BoundNumber) -> tuple[str, ...]:
        """The indicator last named before a number in its sentence, in full or in short."""
        passage = bound.passage
        if bound.owner is not None and bound.owner.kind == "indicator":
            return bound.owner.ids
        spoken = self._spoken(bound)
        part = passage.text.rfind("；", 0, bound.start)
        if not spoken or spoken[-1].end <= part:
            alike, _ = self._alike(bound)
            if alike:
                return alike
        if spoken:
            within = [one for one in spoken[-1].ids if self._area_of(one) == passage.scope.area]
            return tuple(within) or spoken[-1].ids
        return passage.carried

    def _area_of(self, identifier: str) -> int | None:
        return self.facts.plan.indicators[identifier].area

    @staticmethod
    def _spoken(bound: BoundNumber) -> list[Mention]:
        """The indicators named before a number in its sentence, brackets that have closed left out."""
        passage = bound.passage
        return [
            mention
            for mention in passage.mentions
            if mention.kind == "indicator"
            and mention.end <= bound.start
            and not is_closed(passage.text, mention, bound.start)
        ]

    def _alike(self, bound: BoundNumber) -> tuple[tuple[str, ...], str]:
        """The one indicator most likely meant by a shortened form, the last in its part of the sentence; and it."""
        part = re.split("[；。]", bound.passage.text[: bound.start])[-1]
        forms = ((self.names.alike(words), words) for words in reversed(re.split("[，（]", part)))
        return next((form for form in forms if form[0]), ((), ""))

    def _is_narrowed(self, bound: BoundNumber) -> bool:
        """Whether the form of a name that a bound was read by may be of something wider; 新增 may be in the phrase."""
        words = self._alike(bound)[1] + bound.passage.text[bound.start : bound.phrase_end]
        return any(leaves_out(normalised(self.facts.plan.indicators[one].name)[0], words) for one in bound.indicators)

    def _fits(self, ref: Ref, bound: BoundNumber, reading: PhraseMatch) -> bool:
        """Whether the phrase can be meant of that subject."""
        unit = ref.subject.unit
        if ref.field in OF_ROW:
            return not self._is_of_something_else(ref, bound, reading) and self._fits_row(ref, bound, reading)
        if not fits_total(bound.passage.text, reading):
            return False
        if (is_meant := counts_reports(ref, bound.passage.text, reading)) is not None:
            return is_meant
        if ref.field == "reporters" and self._is_of_some(bound, reading):
            return False
        if ref.subject.area == UNKNOWN and ref.field in OF_WHOLE - {"reporters"}:
            return False
        if reading.template in (*AT_END_ONLY, *OF_YEAR_END) and not self.facts.is_over:
            return False
        if ref.field in OF_ALL and names_area(bound.passage, reading.phrase_start):
            return False
        if ref.field == "rank" and self._is_place_of_row(bound):
            return False
        if ref.field == "overall" and unit is None and is_of_the_unnamed(bound.passage.text, reading.phrase_start):
            return False
        if ref.field in OF_UNIT or (ref.field == "count" and _UNIT_GROUPS.match(ref.group)):
            return unit is not None
        if ref.field == "area_mean" and ref.subject.area == EVERY:
            return False
        return ref.field != "share" or unit is None

    def _is_of_some(self, bound: BoundNumber, reading: PhraseMatch) -> bool:
        """Whether not all are counted that owe reports: 某县未报1家, 9个县（市、区）中; nor those of an indicator."""
        named = any(one.kind == "unit" and one.end == reading.phrase_start for one in bound.passage.mentions)
        begun = bound.passage.text.rfind("；", 0, bound.start)
        spoken = reading.template.endswith("中") and any(one.start > begun for one in self._spoken(bound))
        spoken = spoken and bound.text != str(len(self.facts.reporters("all")))
        spoken = spoken or AMONG_SOME.search(bound.passage.text, 0, reading.phrase_start) is not None
        return named or spoken or _COUNTIES.match(bound.passage.text, bound.end) is not None

    def _is_place_of_row(self, bound: BoundNumber) -> bool:
        """Whether a place is told of an indicator, in full or in short, and of no unit's overall completion since."""
        spoken, (alike, words) = self._spoken(bound), self._alike(bound)
        text = bound.passage.text
        begun = spoken[-1].end if spoken else text.rfind(words, 0, bound.start)
        return bool(spoken or alike) and not _OVERALL.search(text, begun, bound.start)

    def _fits_row(self, ref: Ref, bound: BoundNumber, reading: PhraseMatch) -> bool:
        row = self.facts.row(ref.subject)
        if row is None or (ref.field == "contribution" and ref.subject.unit is None):
            return False
        if reading.template in OF_GOAL and not _OPENED.search(bound.passage.text, 0, reading.phrase_start):
            return False
        begun = max((one.end for one in self._spoken(bound)), default=0)  # the 比 of a name compares nothing
        is_bare = reading.template.startswith(("{actual}", "{addends:met}"))
        if is_bare and _COMPARED.search(bound.passage.text[begun : bound.start][-8:]):
            return False
        if reading.template in AIMS and bound.passage.text.endswith(BEYOND, 0, bound.start):
            return False
        target = row.target.value / scale_of(bound, row) if row.target is not None else None
        is_rough = bound.passage.text.endswith(ROUGH, 0, bound.start) or _ABOUT.match(
            bound.passage.text, reading.phrase_end
        )
        is_target = target == Fraction(bound.text) and not is_rough
        if (reading.template in GAPS and is_target) or (
            reading.template in GOALS and _FROM.search(bound.passage.text, 0, reading.phrase_start) and not is_target
        ):  # 距目标20家 is 20 short of it, 距目标200家还有差距 short of 200
            return False
        if ref.field not in AMOUNTS:
            return True
        if ref.field == "actual" and self._is_of_change(bound, reading):
            return False
        said = bound.passage.text[bound.end : reading.phrase_end]
        said = re.sub(r"^[余多]?[万亿]?[余多]?", "", said)
        if is_judged_one_by_one(row):
            return bool(_HOUSES_ALONE.match(said + bound.passage.text[reading.phrase_end :]))
        if stages_of(row):
            return False
        if ref.field in ("floor", "ceiling", *OF_BAND.values()) and self.facts.value(ref) is None:
            return False
        own = normalised(zh.measure(row.indicator.unit))[0]
        if ref.field == "shortfall" and own == "%":
            return said.startswith("个百分点")
        return self.grammar.is_counted_in(zh.single(own), said)

    def _is_of_something_else(self, ref: Ref, bound: BoundNumber, reading: PhraseMatch) -> bool:
        """Whether it is a mean, a difference, or of so many units as the indicator is of not all."""
        row = self.facts.row(ref.subject)
        if row is None or ref.field not in _SO_FAR:
            return False
        text, spoken, position = bound.passage.text, self._spoken(bound)[-1:], reading.phrase_start
        begun, end = (spoken[0].start, spoken[0].end) if spoken else (0, 0)
        some = units_counted(text, 0, begun) or units_counted(text, end, position)
        whole = len(self.facts.addends(ref.subject._replace(unit=None), "applicable"))
        is_part = bool(some) and ref.subject.unit is None and some != whole
        return is_part or is_derived(text, end, position, adds_up=row.indicator.additive and ref.field != "completion")

    def _is_of_change(self, bound: BoundNumber, reading: PhraseMatch) -> bool:
        """Whether an amount is what is not there yet, or what came since nobody says when (2座未完成, 增加77人)."""
        text = bound.passage.text
        if not _GREW.search(text, 0, bound.start):
            return _LACKING.match(text, reading.phrase_end) is not None
        span = span_before(text, reading.phrase_start, self.facts.period.month)
        return span is None or not span.after
