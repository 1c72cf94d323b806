"""The plan's names in a text: which indicator, reporting unit or area is meant, and which digits belong to a name."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from mzplan.bulletin.verify.effort import LONGEST
from mzplan.plan.lights import presets_of
from mzplan.plan.model import Plan

NameKind = Literal["indicator", "unit", "region", "city", "area", "task", "other"]

_SPACES = frozenset(" \t\n\r\v\u00a0\u3000\u2002\u2003\u2009")
_TO_ASCII = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_TO_ASCII |= {"％": "%", "．": ".", "＋": "+", "－": "-"}
_TO_CHINESE = {"(": "（", ")": "）", ";": "；", ":": "：", "!": "！", "?": "？"}
_ALIKE = _TO_ASCII | _TO_CHINESE
_DASHES = frozenset("-–—―－~～〜至")
_SPECIAL = _SPACES | _DASHES | {","}
_BLANKS = 8
"""How many stand at most between a digit and the dash after it."""
_HIDDEN_DIGIT = "\ue000"


_FIELD = re.compile("领域|方面|(?:提升)?行动|工作(?!保障)|条线|板块|类?指标(?=[^，。；]*完成率)")
_FIELDS = re.compile("([^，。；：（）]{2,60}?)(?:这?[0-9两二三四五六七八九十]+个)?领域")
_PARTS = re.compile("[^、和与及]+")
"""Areas in a row before the word for them, and each of those."""
"""What follows the words that an area is called by."""
_ALL_OF = re.compile("(?:各|县（市、区）|县市区)[县市区（）、]{0,12}[和及与、]?$")
"""What goes before a word for all of a kind that may be one's name too: 各县（市、区）和开发区."""
_OPENS = re.compile("[，。；：、（）]|(?:其中|从|在|而|和|及|与|除了?|不含|不计|的[是为]|[是比较])")
"""What goes before them and is none of them."""
_UNIT_LIKE = re.compile(
    "(?:^|[，；：。（、和及与有是为])(?![各全我本该其等每有]|(?:乡镇|城镇|城乡|山区|海岛|沿海|偏远|欠发达|相关|有关|部分|个别|多数|少数|其他|所辖|下辖)(?:县|市|区|街道))([\u4e00-\u9fff]{2,3}"
    "(?:(?<![各全该本每])县|(?<![全我本各该城门超都])市|(?<![社城园山地小辖库市县灾景片校])区|街道))"
)
"""A place like those that report; a group of them is none: 山区县, 乡镇街道."""
LIKE_ENOUGH = 0.6
"""Share of an indicator's name that a text must have in order, where nobody wrote the name in full."""
_APART = 0.05
"""How much less of any other name it must have."""
_LONGEST = 60
"""Characters that are searched for a name like one of the plan's."""
_IDLE = re.compile("(?:[数率量的“”]|总[数量]|人[次数]|情况|工作|项目|建设)+")
"""Parts of a name that a short form may leave out."""
_IDLE_END, _SHORTEST = re.compile(f"{_IDLE.pattern}$"), 4
"""What is left out at the end of a name makes one as good, of so many characters."""


class Mention(NamedTuple):
    """A name found in a text, with everything it may mean."""

    kind: NameKind
    ids: tuple[str, ...]
    """Ids of indicators, units or regions, or an area's number (`safeguards` for those); empty for the whole city."""
    start: int
    end: int


def normalised(text: str) -> tuple[str, list[int]]:
    """A text as names and phrases are compared, and for each of its characters the position it had.

    Blanks are dropped, digits and signs half-width, brackets and stops full-width, dashes between digits all alike,
    thousands separators gone.
    """
    letters: list[str] = []
    places: list[int] = []
    for position, raw in enumerate(text):
        letter = _ALIKE.get(raw, raw)
        if letter in _SPECIAL:
            if letter in _SPACES or (letter == "," and _is_thousands(text, position)):
                continue
            if letter == ",":
                letter = "，"
            elif letter in _DASHES and _is_between_digits(text, position):
                letter = "—"
        letters.append(letter)
        places.append(position)
    return "".join(letters), places


def _is_thousands(text: str, position: int) -> bool:
    after = text[position + 1 : position + 5]
    return (
        text[position] == ","
        and position > 0
        and text[position - 1].isdigit()
        and after[:3].isdigit()
        and len(after[:3]) == 3
        and not after[3:4].isdigit()
    )


def _is_between_digits(text: str, position: int) -> bool:
    before = text[max(0, position - _BLANKS) : position].rstrip()
    after = text[position + 1 : position + 1 + _BLANKS].lstrip()
    return (before[-1:].isdigit() or before[-1:] == "月") and after[:1].isdigit()


def _named(plan: Plan) -> Iterator[tuple[str, NameKind, str]]:
    """Every name of a plan, what it is the name of, and of which; the same may be that of several."""
    for identifier, indicator in plan.indicators.items():
        yield from ((name, "indicator", identifier) for name in (indicator.name, identifier))
    for area in plan.action_areas:
        yield from ((name, "area", str(area.number)) for name in {area.name, area.short})
    if plan.safeguards:
        yield plan.safeguards_name, "area", "safeguards"
    yield from ((name, "unit", unit) for name, unit in plan.unit_names.items() if not name.isascii())
    yield from ((name, "region", region) for name, region in plan.region_names.items() if not name.isascii())
    yield plan.city, "city", ""
    yield from ((task.name, "task", "") for task in plan.tasks)
    presets = presets_of(plan).values()
    others = (plan.title, plan.publisher, plan.source, *(name for one in presets for name in (one.name, one.title)))
    yield from ((name, "other", "") for name in others)


class DraftNames:
    """Every name of a plan, longest first, so that a county inside an indicator's name is not taken for the county."""

    def __init__(self, plan: Plan) -> None:
        known: dict[str, list[tuple[NameKind, str]]] = {}
        for name, kind, meaning in _named(plan):
            if key := normalised(name)[0]:
                known.setdefault(key, []).append((kind, meaning))
        shorter = ((_IDLE_END.sub("", normalised(one.name)[0]), one.id) for one in plan.indicators.values())
        for short, identifier in [pair for pair in shorter if len(pair[0]) >= _SHORTEST and pair[0] not in known]:
            for end in ("", "总数", "数量"):
                known.setdefault(short + end, []).append(("indicator", identifier))
        self._known = known
        self._units = {unit.id: normalised(unit.name)[0] for unit in plan.reporting_units}
        self._plain = [(normalised(one.name)[0], one.id) for one in plan.indicators.values()]
        self._areas = [
            (str(area.number), normalised(name)[0]) for area in plan.action_areas for name in (area.name, area.short)
        ]
        self._alike: dict[str, tuple[str, ...]] = {}
        self._pattern = re.compile("|".join(re.escape(name) for name in sorted(known, key=len, reverse=True)))

    def mentions(self, text: str) -> list[Mention]:
        """Names in a normalised text, in reading order; the quotation marks around one may differ from the plan's.

        None in one that is too long to be read word by word.
        """
        if len(text) > LONGEST:
            return []
        found = []
        for match in self._pattern.finditer(text.replace("‘", "“").replace("’", "”")):
            meanings = self._known[match[0]]
            kind = _KINDS[min(_KINDS.index(kind) for kind, _ in meanings)]
            if kind == "unit" and _ALL_OF.search(text, max(0, match.start() - 20), match.start()):
                continue
            ids = tuple(meaning for one, meaning in meanings if one == kind and meaning)
            found.append(Mention(kind, ids, match.start(), match.end()))
        areas = list(self._areas_in_short(text, found))
        areas += self._areas_in_list(text, [*found, *areas])
        kept = [one for one in found if not any(area.start <= one.start < area.end for area in areas)]
        return sorted([*kept, *areas], key=lambda mention: mention.start)

    def _areas_in_short(self, text: str, found: Sequence[Mention]) -> Iterator[Mention]:
        """Areas called by words that only one of them has in that order (水库移民领域), with what follows them."""
        for match in _FIELD.finditer(text):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            begun = max((one.end for one in found if one.kind != "area" and one.end <= match.start()), default=0)
            begun = max(begun, match.start() - _LONGEST)
            starts = [begun, *(stop.end() for stop in _OPENS.finditer(text, begun, match.start()))]
            called = ((start, self._area_called(text[start : match.start()])) for start in starts)
            start, meant = next((one for one in called if one[1]), (starts[-1], ""))
            inside = [one for one in found if start <= one.start and one.end == match.start()]
            end = match.start() if match[0] == "领域" else match.end()  # 领域完成率 is one word
            if meant:
                yield Mention("area", (meant,), start, end)
            elif inside:
                yield inside[0]._replace(end=end)

    def _areas_in_list(self, text: str, found: Sequence[Mention]) -> Iterator[Mention]:
        """Areas in a list whose last one alone has the word behind it, or their number: 养老、未成年人2个领域."""
        for match in _FIELDS.finditer(text):
            start = match.start(1)
            for part in reversed(list(_PARTS.finditer(match[1]))):
                begin, end = start + part.start(), start + part.end()
                own = next((one for one in found if begin <= one.start and one.end == end), None)
                meant = "" if own else self._area_called(part[0])
                if (own and own.kind != "area") or not (own or meant):
                    break
                if meant:
                    yield Mention("area", (meant,), begin, end)

    def _area_called(self, words: str) -> str:
        """The one area in one of whose names these words stand in this order; empty where there is none or several."""
        if len(words) < 2:
            return ""
        meant = {area for area, name in self._areas if likeness(words, name) == 1}
        return meant.pop() if len(meant) == 1 else ""

    def strangers(self, text: str) -> Sequence[str]:
        """The words in the form of a unit's name that are in no name of the plan, each once."""
        known = {at for one in self.mentions(text) for at in range(one.start, one.end)}
        found = (one for one in _UNIT_LIKE.finditer(text) if not known.intersection(range(*one.span(1))))
        return [
            one for one in dict.fromkeys(one[1] for one in found) if not any(one in name for name, _ in self._plain)
        ]

    def alike(self, clause: str) -> tuple[str, ...]:
        """The one indicator whose name a shortened form in a clause most likely means; nothing where none is near."""
        words = clause[-_LONGEST:]
        if words not in self._alike:
            letters = set(words)
            near = [
                (name, one) for name, one in self._plain if sum(c in letters for c in name) >= LIKE_ENOUGH * len(name)
            ]
            scores = sorted(((likeness(name, words), one) for name, one in near), key=lambda pair: -pair[0])
            best = scores[0][0] if scores else 0.0
            is_one = best >= LIKE_ENOUGH and (len(scores) == 1 or scores[1][0] < best - _APART)
            self._alike[words] = (scores[0][1],) if is_one else ()
        return self._alike[words]

    def in_full(self, text: str, mentions: Sequence[Mention]) -> str:
        """The text with each unit by its full name, whichever of its names stands there."""
        parts, begun = [], 0
        for one in mentions:
            if one.kind == "unit" and len(one.ids) == 1:
                parts += [text[begun : one.start], self._units[one.ids[0]]]
                begun = one.end
        return "".join((*parts, text[begun:]))

    def hide(self, text: str, mentions: Sequence[Mention]) -> str:
        """The text with the digits inside names hidden, at the same length."""
        letters = list(text)
        for mention in mentions:
            for position in range(mention.start, mention.end):
                if letters[position].isdigit():
                    letters[position] = _HIDDEN_DIGIT
        return "".join(letters)


_KINDS: tuple[NameKind, ...] = ("indicator", "unit", "region", "area", "city", "task", "other")


def leaves_out(name: str, words: str) -> bool:
    """Whether words like a name lack a part of it that tells it from others, as 数 does not."""
    parts = SequenceMatcher(a=name, b=words, autojunk=False).get_opcodes()
    lacking = (name[start:end] for kind, start, end, _, _ in parts if kind in ("delete", "replace"))
    return any(part not in words and not _IDLE.fullmatch(part) for part in lacking)


def likeness(name: str, text: str) -> float:
    """How much of a name's characters a text has in the same order, 0 to 1: people shorten names."""
    previous = [0] * (len(text) + 1)
    for letter in name:
        current = [0]
        for position, other in enumerate(text):
            current.append(
                previous[position] + 1 if letter == other else max(previous[position + 1], current[position])
            )
        previous = current
    return previous[-1] / len(name) if name else 0.0
