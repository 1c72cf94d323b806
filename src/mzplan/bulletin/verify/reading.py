"""Which figure each number of a draft stands for: by its phrase, and by whom and what the text speaks of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import is_judged_one_by_one, stages_of
from mzplan.bulletin.model import EVERY, Ref, Subject
from mzplan.bulletin.phrases import AMOUNTS, P, reference
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.grammar import NUMBER, Grammar, Reading, bare_heading, slot_of
from mzplan.bulletin.verify.names import Mention, Names, in_digits, likeness, normalised

LIKE_ENOUGH = 0.6
"""Share of an indicator's name that a text must have in order, where nobody wrote the name in full."""

OF_ROW = frozenset(
    {
        "actual",
        "target",
        "baseline",
        "completion",
        "expected",
        "gap",
        "contribution",
        "reported",
        "unreported",
        "reporting",
        "shortfall",
        "remaining",
        "pace",
        "pace_mean",
        "pace_best",
        "due",
        "due_year",
        "used",
        "addends",
    }
)
OF_UNIT = frozenset({"rank", "owed", "filed", "unfiled", "unit_used", "since"})
_UNIT_GROUPS = re.compile(r"firm|unfiled|reference|contribution")
_CITY_GROUPS = frozenset({"missing", "missing&due", "missing&later", "steady", "lagging", "not_due"})
"""Groups whose phrases mean another figure where a unit is spoken of."""

_FIGURE = re.compile(rf"(?<![0-9.A-Za-z\ue000])({NUMBER})(?![0-9A-Za-z\ue000])")
_LABEL = re.compile(r"附件$|附表$|表$|图$|第$")
_ORDINAL = re.compile(r"[0-9]{1,2}[.、．]")
_DATE = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_TRACE = re.compile(r"^计划：.*亮灯规则：")
_COMPARED = re.compile(r"同比|环比|较上|比上|上年|去年|上月|较去|比去|以来")
_LIST_JOINTS = ("、", "和", "及", "与", "；")
_END = re.compile(r"[。！？]")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a heading, a label or the title has said the text speaks of."""

    unit: str | None = None
    area: int | None = EVERY


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: its normalised text, the names in it, and where it stands."""

    text: str
    mentions: tuple[Mention, ...]
    places: tuple[tuple[int, int], ...]
    scope: Scope
    carried: tuple[str, ...] = ()
    """The indicator that the sentence before spoke of."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of the draft with the figure it stands for; `ref` None when that cannot be said."""

    text: str
    place: tuple[int, int]
    passage: Passage
    start: int
    end: int
    ref: Ref | None = None
    sign: str = ""
    reading: Reading | None = None
    indicators: tuple[str, ...] = ()
    """Everything the indicator's name may mean, where two share one."""
    in_cell: bool = False
    """Whether it stands in a table: with its sign, and in the row's own measure unit."""


@dataclass
class Reader:
    """Reads a draft block by block, keeping in mind what its headings say."""

    facts: Facts
    grammar: Grammar
    names: Names
    document: Scope = field(default_factory=Scope)
    headings: list[tuple[int, Scope]] = field(default_factory=list)
    header: tuple[str, ...] = ()
    seen: list[Passage] = field(default_factory=list)
    """The sentences of paragraphs so far, for what is checked sentence by sentence."""

    def read(self, blocks: Sequence[Block]) -> Iterator[Bound]:
        """Every number of the draft in reading order."""
        for block in blocks:
            if block.kind == "row":
                yield from self._row(block)
                continue
            for passage in self.passages(block):
                if block.kind == "paragraph":
                    self.seen.append(passage)
                yield from self._passage(passage)

    def passages(self, block: Block) -> list[Passage]:
        """The sentences of a heading or paragraph, under the scope that holds there."""
        text, positions = normalised(block.text)
        mentions = self.names.mentions(text)
        spelled = text
        text, positions = in_digits(spelled, positions, mentions)
        if text != spelled:
            mentions = self.names.mentions(text)
        if block.kind == "heading":
            self._enter(block.level, text, mentions)
        if _TRACE.match(text) or _DATE.fullmatch(text):
            return []
        scope = self._labelled(text, mentions)
        found: list[Passage] = []
        start = 0
        carried: tuple[str, ...] = ()
        for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
            if end <= start:
                continue
            inside = tuple(
                mention._replace(start=mention.start - start, end=mention.end - start)
                for mention in mentions
                if start <= mention.start < end
            )
            places = tuple(block.places[position] for position in positions[start:end])
            found.append(Passage(text[start:end], inside, places, scope, carried))
            spoken = [mention for mention in inside if mention.kind == "indicator"]
            carried = spoken[0].ids if len(spoken) == 1 else carried if not spoken else ()
            start = end
        return found

    @property
    def scope(self) -> Scope:
        """What the headings in force say."""
        return self.headings[-1][1] if self.headings else self.document

    def _enter(self, level: int, text: str, mentions: Sequence[Mention]) -> None:
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        above = self.headings[-1][1] if self.headings else self.document
        units = [mention for mention in mentions if mention.kind == "unit"]
        areas = [mention for mention in mentions if mention.kind == "area"]
        scope = above
        if len(units) == 1:
            scope = replace(scope, unit=units[0].ids[0])
        if len(areas) == 1:
            scope = replace(scope, area=_area(areas[0].ids[0]))
        if level == 0:
            self.document, self.headings = scope, []
        else:
            self.headings.append((level, scope))

    def _labelled(self, text: str, mentions: Sequence[Mention]) -> Scope:
        """The scope of a paragraph that opens with a unit's name and a colon."""
        if mentions and mentions[0].start == 0 and text[mentions[0].end : mentions[0].end + 1] == "：":
            if mentions[0].kind == "unit":
                return replace(self.scope, unit=mentions[0].ids[0])
            if mentions[0].kind == "area":
                return replace(self.scope, area=_area(mentions[0].ids[0]))
        return self.scope

    def _passage(self, passage: Passage) -> Iterator[Bound]:
        text = self.names.hide(passage.text, passage.mentions)
        readings: dict[int, list[Reading]] = {}
        spans = set()
        for reading in self.grammar.readings(text):
            readings.setdefault(reading.start, []).append(reading)
            spans.add((reading.phrase_start, reading.phrase_end))
        for token in _FIGURE.finditer(text):
            start = token.start()
            if not readings.get(start) and _is_no_figure(text, start, spans):
                continue
            bound = Bound(token[1], passage.places[start], passage, start, token.end())
            candidates = sorted(readings.get(start, ()), key=lambda reading: -reading.length)
            yield self._bind(bound, candidates) if not _is_apportioned(text, start) else bound

    def _bind(self, bound: Bound, candidates: Sequence[Reading]) -> Bound:
        for reading in candidates:
            for subject in self._subjects(bound, reading):
                ref = reference(reading.slot, subject, reading.first)
                if not self._fits(ref, bound, reading):
                    continue
                if ref.field in OF_ROW:
                    ref = ref._replace(subject=ref.subject._replace(area=EVERY))
                ids = self._indicator_ids(bound) if ref.field in OF_ROW else ()
                return replace(bound, ref=ref, sign=reading.slot.sign, reading=reading, indicators=ids)
        return bound

    def _subjects(self, bound: Bound, reading: Reading) -> Iterator[Subject]:
        unit = self._unit(bound.passage, min(bound.start, reading.phrase_start))
        area = bound.passage.scope.area
        if reading.slot.field not in OF_ROW:
            yield Subject("", unit, area)
            return
        for identifier in self._indicator_ids(bound) or self._alike(bound):
            yield Subject(identifier, unit, EVERY)
            if unit is not None and self.facts.card.row(identifier, unit) is None:
                yield Subject(identifier, None, EVERY)

    def _indicator_ids(self, bound: Bound) -> tuple[str, ...]:
        """The indicator last named before a number in its sentence, brackets that have closed left out."""
        passage = bound.passage
        spoken = [
            mention
            for mention in passage.mentions
            if mention.kind == "indicator"
            and mention.end <= bound.start
            and not _is_closed(passage.text, mention, bound.start)
        ]
        if spoken:
            within = [one for one in spoken[-1].ids if self._area_of(one) == passage.scope.area]
            return tuple(within) or spoken[-1].ids
        return passage.carried

    def _area_of(self, identifier: str) -> int | None:
        return self.facts.plan.indicators[identifier].area

    def _alike(self, bound: Bound) -> tuple[str, ...]:
        """The one indicator whose name a shortened form most likely means."""
        clause = bound.passage.text[: bound.start]
        scores = sorted(
            ((likeness(normalised(one.name)[0], clause), one.id) for one in self.facts.plan.indicators.values()),
            key=lambda pair: -pair[0],
        )
        if not scores or scores[0][0] < LIKE_ENOUGH:
            return ()
        return (scores[0][1],) if len(scores) == 1 or scores[1][0] < scores[0][0] - 0.05 else ()

    def _unit(self, passage: Passage, start: int) -> str | None:
        """The unit a number belongs to: the last one named before it that is no member of a list or bracket."""
        units = [mention for mention in passage.mentions if mention.kind in ("unit", "city")]
        for mention in reversed(units):
            if mention.end > start or _is_closed(passage.text, mention, start):
                continue
            if _is_listed(passage.text, units, mention) or re.search(r"[占列居比]$", passage.text[: mention.start]):
                continue
            return mention.ids[0] if mention.kind == "unit" else None
        return passage.scope.unit

    def _fits(self, ref: Ref, bound: Bound, reading: Reading) -> bool:
        """Whether the phrase can be meant of that subject."""
        unit = ref.subject.unit
        if ref.field in OF_ROW:
            return self._fits_row(ref, bound, reading)
        if ref.field in OF_UNIT or (ref.field == "count" and _UNIT_GROUPS.search(ref.group)):
            return unit is not None
        return not (ref.field == "count" and ref.group in _CITY_GROUPS and unit is not None)

    def _fits_row(self, ref: Ref, bound: Bound, reading: Reading) -> bool:
        row = self.facts.row(ref.subject)
        if row is None:
            return False
        if ref.field not in AMOUNTS:
            return True
        if reading.template.startswith("{actual}") and _COMPARED.search(bound.passage.text[: bound.start][-8:]):
            return False
        said = bound.passage.text[bound.end : reading.phrase_end]
        said = re.sub(r"^[余多]?[万亿]?[余多]?", "", said)
        if is_judged_one_by_one(row):
            return said.startswith("家")
        if stages_of(row):
            return False
        own = normalised(zh.measure(row.indicator.unit))[0]
        if ref.field == "shortfall" and own == "%":
            return said.startswith("个百分点")
        return said.startswith(own.removeprefix("万").removeprefix("亿") if own in ("万元", "亿元") else own)

    def _row(self, block: Block) -> Iterator[Bound]:
        cells = [block.text[start:end].strip() for start, end in block.cells]
        if block.level:
            self.header = tuple(bare_heading(cell) for cell in cells)
            return
        label = next((cell for cell in cells if cell), "")
        name, _ = normalised(label)
        mention = next(iter(self.names.mentions(name)), None)
        subject = self._row_subject(mention, name)
        for heading, (start, end) in zip(self.header, block.cells, strict=False):
            text, positions = normalised(block.text[start:end])
            mentions = tuple(self.names.mentions(text))
            hidden = self.names.hide(text, mentions)
            template = self.grammar.columns.get(heading, "")
            if cells[0] != label or not template:
                continue
            places = tuple(block.places[start + position] for position in positions)
            passage = Passage(text, mentions, places, self.scope)
            carried = {reading.start for reading in self.grammar.readings(hidden) if reading.template == P.CARRIED}
            for token in re.finditer(rf"(?<![0-9.A-Za-z\ue000])(-?{NUMBER})", hidden):
                bound = Bound(token[1], places[token.start()], passage, token.start(), token.end(), in_cell=True)
                slot = P.CARRIED if token.start() in carried else template
                yield replace(bound, ref=self._cell_ref(slot, subject)) if subject else bound

    def _row_subject(self, mention: Mention | None, name: str) -> Subject | None:
        if mention is None:
            return Subject() if name in ("合计", "总计", "全市合计") else None
        unit = self.document.unit
        match mention.kind:
            case "indicator":
                return Subject(mention.ids[0], unit)
            case "unit":
                return Subject("", mention.ids[0], self.document.area)
            case "area":
                return Subject("", unit, _area(mention.ids[0]))
            case "city":
                return Subject("", None, self.document.area)
            case "other":
                return None

    def _cell_ref(self, template: str, subject: Subject) -> Ref:
        slot = slot_of(template)
        name, group = slot.field, slot.group
        if name in ("completion", "overall", "area_mean"):
            name = "completion" if subject.indicator else "area_mean" if subject.area != EVERY else "overall"
        elif name in ("reporting", "owed", "reported", "filed"):
            of_row, of_unit = ("reporting", "owed") if name in ("reporting", "owed") else ("reported", "filed")
            name = of_row if subject.indicator else of_unit
        row = self.facts.row(subject) if subject.indicator else None
        if name == "actual" and row is not None and stages_of(row):
            name, group = "addends", "met"
        return Ref(name, group, subject)


def _area(text: str) -> int | None:
    return None if text == "safeguards" else int(text)


def _is_closed(text: str, mention: Mention, position: int) -> bool:
    """Whether a name stands in a bracket that closes before that position."""
    return (
        text.count("（", 0, mention.start) > text.count("）", 0, mention.start) and "）" in text[mention.end : position]
    )


def _is_listed(text: str, units: Sequence[Mention], mention: Mention) -> bool:
    """Whether a unit is one of several named in a row."""
    at = units.index(mention)
    before = text[units[at - 1].end : mention.start] if at else ""
    after = text[mention.end : units[at + 1].start] if at + 1 < len(units) else ""
    return before in _LIST_JOINTS or after in _LIST_JOINTS


def _is_no_figure(text: str, start: int, spans: set[tuple[int, int]]) -> bool:
    """Whether a number that fills no slot is an ordinal, an annex's number, a date, or the 1 of 1—9月."""
    if _LABEL.search(text[:start]) or (start == 0 and _ORDINAL.match(text)):
        return True
    if re.match(r"[0-9]+[年月日]", text[start:]):
        return True
    return text.startswith("1—", start) and any(begin <= start < end for begin, end in spans)


def _is_apportioned(text: str, position: int) -> bool:
    """Whether the number is one of several that 分别 hands out: whose is whose is not for us to guess."""
    return "分别" in text[:position]
