"""A draft's sentences, each with the names in it and with what the title, headings and labels say it speaks of."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from mzplan.bulletin.model import EVERY
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.effort import LONGEST
from mzplan.bulletin.verify.names import DraftNames, Mention, normalised
from mzplan.bulletin.verify.numerals import in_digits
from mzplan.reading.misread import chinese_value
from mzplan.reading.spelled import DIGITS

_LONG_NUMBER = re.compile("[0-9]{30}")
_PIECES = re.compile("[0-9]+|[，、；：（）]")
_END = re.compile(r"[。！？]")
AND = "(?:[、和及与]|[，、]?以及)"
LIST_JOINTS = ("、", "和", "及", "与", "以及", "，以及", "、以及", "；", "”、“", "”和“", "”以及“", "”；“", "”“")
SUM_JOINTS = (*LIST_JOINTS, "，")
"""What joins names that have their figures behind them, of which a sum is told next."""
DATE = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_DATE_SPELLED = re.compile(rf"[{DIGITS}○]{{4}}年[{DIGITS}十]{{1,3}}月[{DIGITS}十]{{1,3}}日")
SIGNATURE = re.compile(r"[^，。；：！？（）0-9]{2,30}(?:局|厅|部|委|委员会|办公室|政府|中心)")
TRACE = re.compile(
    r"计划：(?P<plan>[^；]{1,80}?)(?:（版本(?P<version>[0-9a-z]*)）)?；数据：(?P<data>[0-9a-z]*)；亮灯规则：(?P<preset>[^；。，：（）]{1,40}?)"
    r"(?:；程序：mzplan[0-9][0-9a-z.+]*)?(?![-_0-9a-z.+；])"
)
"""The line at the foot of a document: what it was made from."""
_LABEL = re.compile(r"附件[0-9一二三四五六七八九十]*：?|说明：?")
_AROUND = re.compile(
    r"[^，。；：！？（）0-9]{2,30}文件|[^，。；]{1,20}〔[0-9]{4}〕[0-9]+号(?:签发人：[^，。；]{1,40})?|抄送：[^。]*。?|[^，。；]{0,40}日印发"
    r"|（(?:联系人|电话)：[^。（）]*）|特此函告。"
)

YOU = "你(?:单位|[县市区])"
"""Whom a letter is to."""
JOINTS = re.compile(
    r"截至目前|今年(?=1—)|各(?:领域|单位|县（市、区）)中|与此同时|现将有关情况(?:通报|反馈|报告)如下|从(?:进度|报送|区域|领域)看|具体(?:为|是|如下)|分别[为是]?|即|情况|方面|其中|同时|此外"
    r"|(?<=（)(?:包?含|包括)(?=[^，。；）]*[0-9]项)"
    rf"|但是?|领域(?!完成率)|已(?=达到|超过|投入|(?:建成?|完成|新增)[0-9]|完成(?:年度|全年)?(?:目标|任务)的)|仅(?=[完为达差]|有?[0-9])|[已现]有|于(?=[0-9]+月)|{YOU}|另外|另有|目前|报告期|全市|我市|本市|(?:年度|全年)(?=目标|任务|计划|完成率|综合|总体|平均|增量|压减)|指标|数据|单位|累计|合计|共计|共有|共|任务|目标|[为是达和与及以并且的中有在个项家，。、；：（）“”‘’！？\s—]"
)
"""What joins words and says nothing of its own."""


def line_of(block: Block) -> str:
    """What a block says where it stands around the text, its date in digits: 二〇二三年十月十二日."""
    text, _ = normalised(block.text)
    if _DATE_SPELLED.fullmatch(text):
        return re.sub(f"[{DIGITS}十]+", lambda part: str(chinese_value(part[0])), text.replace("○", "〇"))
    return text


def is_frame(block: Block) -> bool:
    """Whether a block is no sentence but stands around the text: a date, what is attached, who signs."""
    text = line_of(block)
    return any(mark.fullmatch(text) for mark in (DATE, _LABEL, SIGNATURE, _AROUND))


def after_trace(block: Block) -> Block:
    """What a block says after the line that tells what the document was made from, where it opens with that."""
    text, positions = normalised(block.text)
    trace = TRACE.match(text)
    begin = (*positions, len(block.text))[trace.end()] if trace else 0
    return replace(block, text=block.text[begin:], places=block.places[begin:]) if begin else block


UNKNOWN = -2
"""The area of a heading that stands where areas do and is the name of none."""


@dataclass(frozen=True, slots=True)
class PassageScope:
    """What a heading, a label or the title has said the text speaks of."""

    unit: str | None = None
    area: int | None = EVERY


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a heading: its normalised text, the names in it, and where it stands."""

    text: str
    mentions: tuple[Mention, ...]
    places: tuple[tuple[int, int], ...]
    scope: PassageScope
    carried: tuple[str, ...] = ()
    """The indicator that the sentence before spoke of."""
    is_heading: bool = False
    named_before: tuple[Mention, ...] = field(default=(), compare=False)
    """The units that the sentence before named, at the start of this one."""
    opened_by: str | None = None
    """The unit that the paragraph opens with, though no colon makes it a label."""

    spelled: tuple[str, ...] = field(default=(), compare=False)
    """For each character of the text what the draft has there, where numbers are spelled out: 七成, "", "" for 70%."""

    def quoted(self, start: int, end: int) -> str:
        """The words there as the draft has them; empty for a part of a number that is spelled out."""
        return "".join(self.spelled[start:end]) if self.spelled else self.text[start:end]

    @property
    def said(self) -> str:
        """All of it as the draft has it."""
        return self.quoted(0, len(self.text))

    @property
    def is_readable(self) -> bool:
        """Whether it is read word by word: nobody writes sentences or numbers without end."""
        return len(self.text) <= LONGEST and not _LONG_NUMBER.search(self.text)

    @property
    def size(self) -> int:
        """How many names, numbers and stops there are in it."""
        return len(self.mentions) + len(_PIECES.findall(self.text))


def with_words(passage: Passage, begin: int, end: int, words: str, names: DraftNames) -> Passage:
    """A sentence with other words in the place of some."""
    words = normalised(words)[0]
    text = passage.text[:begin] + words + passage.text[end:]
    places = (*passage.places[:begin], *passage.places[begin : begin + 1] * len(words), *passage.places[end:])
    return replace(passage, text=text, mentions=tuple(names.mentions(text)), places=places, spelled=())


MARKS = {"unit": "\ue001", "indicator": "\ue002", "area": "\ue003"}
"""What stands for each letter of a name of that kind."""


def marked(passage: Passage) -> str:
    """The text of a sentence with its marks in the place of names."""
    letters = list(passage.text)
    for mention in passage.mentions:
        if mark := MARKS.get(mention.kind):
            letters[mention.start : mention.end] = mark * (mention.end - mention.start)
    return "".join(letters)


@dataclass
class Outline:
    """Reads blocks one by one, keeping in mind what the title and the headings say."""

    names: DraftNames
    is_written: Callable[[str], bool] = lambda _: True
    """Whether a heading is one that some document has."""
    document: PassageScope = field(default_factory=PassageScope)
    headings: list[tuple[int, PassageScope]] = field(default_factory=list)
    tells_areas: bool = False
    """Whether the headings have come to the areas: one is named, or the annexes have begun."""

    def passages(self, block: Block) -> list[Passage]:
        """The sentences of a heading or paragraph, under the scope that holds there."""
        text, positions = normalised(block.text)
        ends = dict.fromkeys((*(match.end() for match in _END.finditer(text)), len(text)))
        read = [self._read(text[start:end], start) for start, end in pairwise((0, *ends)) if start < end]
        if block.kind == "heading":
            self._enter(block.level, read)
            is_annex = bool(read) and read[0].text[:2] == "附件"
            self.tells_areas = block.level > 0 and (self.tells_areas or self.scope.area != EVERY or is_annex)
        scope, opened_by = self._labelled(read[0]) if read else (self.scope, None)
        found: list[Passage] = []
        carried: tuple[str, ...] = ()
        named: tuple[Mention, ...] = ()
        for one in read:
            places = tuple(block.places[positions[at]] for at in one.kept)
            is_of_city = 0 in city_subjects(one.text, one.mentions)
            opened_by = None if is_of_city else opened_by
            told = replace(scope, unit=None) if is_of_city else scope
            words = one.text, one.mentions, places, told, carried, block.kind == "heading"
            found.append(Passage(*words, named, opened_by, one.spelled))
            named = tuple(mention._replace(start=0, end=0) for mention in one.mentions if mention.kind == "unit")
            spoken = [mention for mention in one.mentions if mention.kind == "indicator"]
            carried = spoken[0].ids if len(spoken) == 1 else carried if not spoken else ()
        return found

    def _read(self, spelled: str, start: int) -> "_InDigits":
        """A sentence of a block that begins at `start`: its numbers in digits, and the names in it."""
        mentions = self.names.mentions(spelled)
        text, kept = in_digits(spelled, list(range(len(spelled))), mentions)
        if text == spelled:
            return _InDigits(text, tuple(mentions), [start + at for at in kept], tuple(text))
        mentions = self.names.mentions(text)
        return _InDigits(text, tuple(mentions), [start + at for at in kept], _letters(spelled, kept))

    @property
    def scope(self) -> PassageScope:
        """What the headings in force say."""
        return self.headings[-1][1] if self.headings else self.document

    def _enter(self, level: int, read: Sequence["_InDigits"]) -> None:
        text = "".join(one.text for one in read)
        starts = accumulate((len(one.text) for one in read), initial=0)
        mentions = [
            mention._replace(start=begun + mention.start)
            for begun, one in zip(starts, read, strict=False)
            for mention in one.mentions
        ]
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        above = self.headings[-1][1] if self.headings else self.document
        issuer = text.find("关于") if level == 0 else -1
        units = [mention for mention in mentions if mention.kind == "unit" and mention.start > issuer]
        areas = [mention for mention in mentions if mention.kind == "area"]
        scope = above
        if len(units) == 1:
            scope = replace(scope, unit=units[0].ids[0])
        if len(areas) == 1:
            scope = replace(scope, area=area_of(areas[0].ids[0]))
        elif self.tells_areas and above.area == EVERY and not (units or _LABEL.fullmatch(text)):
            scope = scope if self.is_written(bare(text)) else replace(scope, area=UNKNOWN)
        if level == 0:
            self.document, self.headings = scope, []
        else:
            self.headings.append((level, scope))

    def _labelled(self, one: "_InDigits") -> tuple[PassageScope, str | None]:
        """The scope of a paragraph that opens with a unit's, region's or area's name and a colon; else that unit's."""
        first = one.mentions[0] if one.mentions and one.mentions[0].start == 0 else None
        if first is None or first.kind not in ("unit", "region", "area"):
            return self.scope, None
        is_label = one.text.startswith("：", first.end)
        if first.kind == "area":
            return (replace(self.scope, area=area_of(first.ids[0])) if is_label else self.scope), None
        if is_label:
            return replace(self.scope, unit=first.ids[0]), None
        units = [mention for mention in one.mentions if mention.kind == "unit"]
        is_alone = first.kind == "unit" and self.scope.unit is None and not is_listed(one.text, units, first)
        return self.scope, first.ids[0] if is_alone else None


class _InDigits(NamedTuple):
    """A sentence of a block, its numbers in digits."""

    text: str
    mentions: tuple[Mention, ...]
    kept: Sequence[int]
    """Where each of its characters stands in the block's normalised text."""
    spelled: tuple[str, ...]
    """What stood there for each."""


def _letters(spelled: str, kept: Sequence[int]) -> tuple[str, ...]:
    """What stood where each character of the text in digits stands, by where they stood: all of it at the first."""
    ends = [*kept, len(spelled)]
    return tuple(
        "" if before == at else spelled[at : ends[bisect_right(kept, at)]] for before, at in pairwise((-1, *kept))
    )


def area_of(text: str) -> int | None:
    """An area's number from a mention's: None for the safeguards."""
    return None if text == "safeguards" else int(text)


EXCEPT = "除了|不含|不包括|不计|[剔扣]除"
"""What leaves out those that are named up to the next ，; 除 those up to 外."""
_EXCEPT = re.compile(
    rf"(?<![清免扣消剔删拆解])除(?!此)[^。；]{{1,80}}?外|(?:{EXCEPT})[^，。；（）]{{1,80}}，|(?<=[以之])外的?，?(?=[各其])"
)


REST = "(?:其余|其他|其它|另外|别的|余下|剩余|剩下)的?"
"""What leaves out those that were named before."""
_OTHERS = re.compile(rf"{REST}[^，。；]{{0,12}}$")


def left_out(text: str, position: int) -> tuple[int, int]:
    """Where those are named, in the sentence before a position, that are left out of what stands there: 除…外."""
    part = max(text.rfind(mark, 0, position) for mark in "。；") + 1
    found = _EXCEPT.search(text, part, position)
    return found.span() if found else (0, 0)


def is_of_the_rest(text: str, position: int) -> bool:
    """Whether what stands at a position is said of all but those named: after 除…外, or of 其余."""
    found = re.search("[^。；]*$", text[:position])
    return left_out(text, position) != (0, 0) or bool(found and _OTHERS.search(found[0]))


def is_closed(text: str, mention: Mention, position: int) -> bool:
    """Whether a name stands in a bracket that closes before that position."""
    before = text.rfind("（", 0, mention.start)
    return before > text.rfind("）", 0, mention.start) and "）" in text[mention.end : position]


_ASIDES = ("其中", "其中：", "仅", "仅有", "只有", "除", "除了", "唯一")
"""What goes before a unit that a single clause speaks of."""


def is_apart(text: str, mention: Mention, position: int) -> bool:
    """Whether a unit's name says nothing of what stands at a position: a ； or the end of an aside stands between.

    The share of it that is told next belongs to the aside: 其中某县300人，占全市的27.0%.
    """
    between = text[mention.end : position]
    of_aside = between.removesuffix("，") if text.startswith("占", position) else between
    return "；" in between or ("，" in of_aside and text.endswith(_ASIDES, 0, mention.start))


def is_listed(text: str, units: Sequence[Mention], mention: Mention) -> bool:
    """Whether a unit is one of several named in a row."""
    at = units.index(mention)
    before = text[units[at - 1].end : mention.start] if at else ""
    after = text[mention.end : units[at + 1].start] if at + 1 < len(units) else ""
    return before in LIST_JOINTS or after in LIST_JOINTS


_OPENING = re.compile("(?:^|[，；])(?:(?:同期|目前|截至目前|但是?|而)，?)?(?:[0-9]{1,2}月(?:份|底|末)?，?)?$")
_IN_CITY = re.compile("排名?|位居|第|最|[首末]位|唯一|领先|占|的")
"""What follows the city where a unit is told to be something in it: 全市第一."""


def city_subjects(text: str, mentions: Sequence[Mention]) -> list[int]:
    """Where the clauses of a sentence begin whose subject is the whole city, which ends the one before."""
    told = (one for one in mentions if one.kind == "city" and not _IN_CITY.match(text, one.end))
    found = (_OPENING.search(text, 0, one.start) for one in told)
    return [one.start() for one in found if one]


def is_of_city_since(passage: Passage, position: int) -> bool:
    """Whether the city is the subject of what stands there since the last indicator was named: all may be meant."""
    named = [one.end for one in passage.mentions if one.kind == "indicator" and one.end <= position]
    begun = max(named, default=0)
    return any(begun <= one < position for one in city_subjects(passage.text, passage.mentions))


def by_subject(passage: Passage) -> Iterator[tuple[range, Passage]]:
    """Each part of a sentence that has a subject of its own, and the sentence as it is to be read for that part."""
    begins = [0, *(one for one in city_subjects(passage.text, passage.mentions) if one), len(passage.text)]
    yield range(begins[1]), passage
    for begin, end in pairwise(begins[1:]):
        known = tuple(one for one in passage.mentions if one.kind not in ("unit", "area") or one.start >= begin)
        yield range(begin, end), replace(passage, mentions=known, scope=replace(passage.scope, unit=None))


_FIGURE = "[为是有]?[0-9.]+[^0-9，。；：、（）和及与]{0,4}"
_TOLD_OF_IT = re.compile(f"^(?:{_FIGURE}|（{_FIGURE}）)")
"""What a name in a list may have behind it: 某县95张、某市93张."""


_OWN = re.compile(
    rf"(?<=([{''.join(MARKS.values())}]))”?(?:(?:领域)?（[^（）{''.join(MARKS.values())}]{{1,20}}）"
    rf"|{_FIGURE}(?={AND}“?\1))"
)
"""A bracket behind a name, or a figure before what joins the next one."""


def with_figures(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A marked text in which each name reaches over the bracket or the figure behind it, and where those are."""
    return _OWN.sub(lambda own: own[1] * len(own[0]), text), [own.span() for own in _OWN.finditer(text)]


def group_before(
    passage: Passage,
    position: int,
    kinds: Sequence[str],
    *,
    figures: bool = False,
    joints: Sequence[str] = LIST_JOINTS,
) -> list[Mention]:
    """The names of one kind, joined by 、 and 和, that are the last before a position in their clause.

    With `figures` each may have its own figure behind it, or have it in brackets.
    """
    before = [one for one in passage.mentions if one.kind in kinds and one.end <= position]
    group: list[Mention] = []
    for mention in reversed(before):
        if not group and (is_closed(passage.text, mention, position) or is_apart(passage.text, mention, position)):
            continue
        between = passage.text[mention.end : group[0].start] if group else ""
        between = between.removeprefix("领域") if mention.kind == "area" else between
        between = _TOLD_OF_IT.sub("", between, count=1) if figures else between
        if group and (mention.kind != group[0].kind or between not in joints):
            break
        group.insert(0, mention)
    return group


_ORDINAL = re.compile(
    r"(?:附件：)?(?:[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十]+）|[0-9]{1,2}[.．、](?![0-9])|（[0-9]{1,2}）|注：|(?<=附件：))"
)


def bare(text: str) -> str:
    """A sentence or heading without what counts it or announces it: 一、（一）1. 一是, 附件：."""
    mark = _ORDINAL.match(text)
    return text[mark.end() :] if mark else text


SentenceKey = tuple[str | None, int | None, str]
"""The unit and the area that a sentence is of, and what it says."""


def sentence_key(passage: Passage, names: DraftNames) -> SentenceKey:
    """What a sentence says and of whom, units by their full names: the same in every area if an indicator opens it."""
    text = bare(passage.text)
    first = next((one for one in passage.mentions if one.kind == "indicator"), None)
    opens = first is not None and first.start - (len(passage.text) - len(text)) <= 1
    said = bare(names.in_full(passage.text, passage.mentions)).rstrip("。").removesuffix("（草稿）")
    return (passage.scope.unit, EVERY if opens else passage.scope.area, said)
