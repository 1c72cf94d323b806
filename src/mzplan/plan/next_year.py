"""Next year's plan from this year's: the text of the file edited where the year speaks, and left alone elsewhere.

Months move, what was revised stays as it was revised last, and whatever only a new document can say is left to its
author: quotes are marked, baselines emptied. What was reported is offered in comments and judges nothing.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from mzplan.plan.indicator import KINDS
from mzplan.plan.unfinished import MARK
from mzplan.plan.yaml_syntax import LOADER

_NEW_BASELINE = MARK + "{year}年{what}的数：{offer}；{year}年计划里的基期值是 {old}"
_NO_FIGURE = "还没有填报"
_OFFER = "{offer}；要从它算起，加一行 baseline"
_ISSUED = MARK + "{year}年文件的印发日期"
_WHOLE_YEAR, _AT_END = "全年", "末"


class NextYear(NamedTuple):
    """A plan file for another year, and what is left to do in it."""

    text: str
    marked: int
    """How many texts are marked."""
    emptied: tuple[str, ...]
    """Ids of the indicators whose baseline is to be written."""
    mentions: tuple[int, ...]
    """The other lines that still name the old year."""


def next_year(text: str, old: int, new: int, offers: Mapping[str, str]) -> NextYear:
    """The text of a sound plan of one year, made into one of another; `offers` says what was reported, by indicator."""
    editor = _Editor(text, old, new, offers)
    editor.plan(yaml.compose(text, Loader=LOADER))
    written = editor.written()
    lines = enumerate(written.splitlines(), 1)
    names_old = re.compile(rf"(?<![0-9]){old}(?![0-9])")
    looked_at = (MARK, "加一行 baseline")  # what is marked or offered tells of the old year
    mentions = tuple(
        number for number, line in lines if names_old.search(line) and not any(each in line for each in looked_at)
    )
    return NextYear(written, editor.marked, tuple(editor.emptied), mentions)


class _Editor:
    """Collects what is to be put where, so that places stay those of the text that was read."""

    def __init__(self, text: str, old: int, new: int, offers: Mapping[str, str]) -> None:
        self.text, self.old, self.new, self.offers = text, old, new, offers
        self.edits: list[tuple[int, int, str]] = []
        self.marked = 0
        self.emptied: list[str] = []
        self.outermost: dict[int, Any] = {}
        """By node within brackets: the outermost brackets around it, behind which alone a comment may stand."""

    def written(self) -> str:
        """The text with every edit; of two in one place the one that was asked for first comes first."""
        found, parts = 0, []
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            parts += [self.text[found:start], new]
            found = end
        return "".join((*parts, self.text[found:]))

    def plan(self, root: Any) -> None:
        """The whole file."""
        self._find_brackets(root, None)
        top = _pairs(root)
        self._put(top["year"], str(self.new))
        (self._move if str(self.old) in self._span(top["title"]) else self._mark)(top["title"])
        self._remark(top["issued"], _ISSUED.format(year=self.new))
        self._mark(top["source"])
        if isinstance(words := top.get("words_en"), yaml.MappingNode):
            for each in (node for pair in words.value for node in pair if str(self.old) in self._span(node)):
                self._move(each)
        blocks = [_pairs(area).get("tasks") for area in _items(top.get("action_areas"))]
        blocks.append(_pairs(top.get("safeguards")).get("items"))
        for task in (each for block in blocks for each in _items(block)):
            for indicator in _items(_pairs(task).get("indicators")):
                self._indicator(indicator)

    def _indicator(self, node: Any) -> None:
        own = _pairs(node)
        self._mark(own["source"])
        if "due" in own:
            self._move(own["due"])
        if isinstance(schedule := own.get("schedule"), yaml.MappingNode):
            for month, _ in schedule.value:
                self._move(month)
        if "revisions" in own:
            self._fold(node, own)
        self._baseline(own)

    def _fold(self, node: Any, own: Mapping[str, Any]) -> None:
        """The target that was in force last, in the place of the first one and of its revisions."""
        revisions = [_pairs(each) for each in _items(own["revisions"])]
        if revisions:
            last = max(revisions, key=lambda each: str(each["from"].value))["target"]
            said = ", ".join(f"{key}: {self._span(value)}" for key, value in _pairs(last).items())
            self._put(own["target"], f"{{{said}}}")
        self._remove(node, "revisions")

    def _baseline(self, own: Mapping[str, Any]) -> None:
        """Where completion starts from is last year's end: last year's start would judge in silence."""
        identifier, kind = own["id"].value, KINDS[own["kind"].value]
        offer = self.offers.get(identifier)
        if (baseline := own.get("baseline")) is not None:
            what = _WHOLE_YEAR if kind.cumulative else _AT_END
            named = {"year": self.old, "what": what, "offer": offer or _NO_FIGURE}
            self._remark(baseline, _NEW_BASELINE.format(**named, old=self._span(baseline)))
            self._put(baseline, "")
            self.emptied.append(identifier)
        elif offer and kind.additive and not kind.cumulative and self._starts_somewhere(own):
            self._remark(own["target"], _OFFER.format(offer=offer))

    @staticmethod
    def _starts_somewhere(own: Mapping[str, Any]) -> bool:
        """Whether the city has a way to a target that a baseline could be the start of."""
        words = {key: own[key].value for key in ("schedule", "applies_to") if key in own}
        is_way = words.get("schedule") != "always" and words.get("applies_to", "total") == "total"
        return is_way and isinstance(own["target"], yaml.MappingNode)

    def _mark(self, node: Any) -> None:
        """Put the mark before the first character of a text, inside its quotes."""
        self.marked += 1
        if node.value.startswith(MARK):
            return
        at = node.start_mark.index
        if node.style in ("'", '"'):
            at += 1
        elif node.style in ("|", ">"):
            at = self.text.index("\n", at)
            at += len(self.text[at:]) - len(self.text[at:].lstrip())
        self.edits.append((at, at, MARK))

    def _move(self, node: Any) -> None:
        """The same text or month in the new year."""
        self._put(node, self._span(node).replace(str(self.old), str(self.new)))

    def _put(self, node: Any, new: str) -> None:
        self.edits.append((node.start_mark.index, self._end(node), new))

    def _remark(self, node: Any, words: str) -> None:
        """A comment behind a value, or behind the outermost brackets that it stands in; before one that is there."""
        at = self._end(self.outermost.get(id(node), node))
        self.edits.append((at, at, f" # {words}"))

    def _remove(self, mapping: Any, key: str) -> None:
        """Take a key and its value out of a mapping, with the comma or the lines that are theirs."""
        keys = [each.value for each, _ in mapping.value]
        position = keys.index(key)
        node, value = mapping.value[position]
        start, end = node.start_mark.index, self._end(value)
        line = self.text.rfind("\n", 0, start) + 1
        if mapping.flow_style and position:
            start = self._end(mapping.value[position - 1][1])
        elif mapping.flow_style or self.text[line:start].strip():
            end = mapping.value[position + 1][0].start_mark.index
        else:
            start, end = line, (self.text.find("\n", end) + 1) or len(self.text)
        self.edits.append((start, end, ""))

    def _span(self, node: Any) -> str:
        """A value as it is written."""
        return self.text[node.start_mark.index : self._end(node)]

    def _end(self, node: Any) -> int:
        """Where a value ends: the parser says of a block that it ends where the next one begins."""
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            return int(start + len(self.text[start:end].rstrip()))
        if node.flow_style:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _find_brackets(self, node: Any, around: Any) -> None:
        if around is not None:
            self.outermost[id(node)] = around
        if isinstance(node, yaml.ScalarNode):
            return
        around = around or (node if node.flow_style else None)
        for member in node.value:
            for each in member if isinstance(member, tuple) else (member,):
                self._find_brackets(each, around)


def _pairs(node: Any) -> Mapping[str, Any]:
    """The values of a mapping by key; of nothing, nothing."""
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _items(node: Any) -> list[Any]:
    """The members of a list; of nothing, nothing."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
