"""A plan held against the document it was made from: each quote in its place, each number claimed or excused.

Text in, findings out: how the document was read is not known here. Blanks and the width of letters do not count.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from mzplan.diagnostics import Diagnostic, Location
from mzplan.plan import document_rules as rule
from mzplan.plan.clause import BY_MONTH, DUE_ELSEWHERE, StatedNumber, due_elsewhere
from mzplan.plan.document_figures import is_figure, swapped
from mzplan.plan.document_text import DocumentText, Wording, folded, most_like
from mzplan.plan.findings import Findings
from mzplan.plan.form import PlanForm, TaskForm
from mzplan.plan.indicator import Indicator
from mzplan.plan.model import Plan
from mzplan.plan.yaml_border import Cursor
from mzplan.said import say

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "nothing": ("{document} 里没有计划的任何一个标题", "看看是不是拿错了文件；标题要在一段的开头"),
    "heading": ("原文里没有以 {name} 开头的一段", "照原文改 name{like}"),
    "source": ("{indicator} 的 source 不是原文里的话", "从原文里复制连续的一段{like}"),
    "elsewhere": ("{indicator} 的 source 在 {heading} 下面，不在 {own} 下面", "把指标移到那项任务，或改摘本任务的话"),
    "unclaimed": ("“{words}”里的 {number} 没有指标认领", "补上指标；不是目标的，在 not_targets 里写上这几个字和理由"),
    "quoted": (
        "“{words}”里的 {number} 由 {indicator} 摘了，却不是它的目标（{target}）",
        "核对目标值；不是目标的少摘几个字，或在 not_targets 里写上这几个字和理由",
    ),
    "title": ("title 是 {name}，原文的标题是“{words}”", "照原文改 title"),
    "issued": ("issued 是 {name}，原文写的日期是 {words}", "照原文改 issued"),
    "due": DUE_ELSEWHERE,
    "swapped": (
        "“{words}”里的 {number} 像是 {indicator} 的，目标却写给了 {other}，{other} 的写给了 {indicator}",
        "核对两项的目标是不是写反了；没有写反的，source 各摘各的话",
    ),
    "absent": ("原文里没有“{words}”", "照原文改正，或删去这一条"),
    "idle": ("“{words}”里没有需要说明的数", "删去这一条"),
}

_ENUMERATOR = re.compile(
    r"第[0-9零一二三四五六七八九十]{1,4}[章节条项]|"
    r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[零一二三四五六七八九十百]{1,4})\)?[.、:]?"
)
_DAY = (
    r"([0-9]{4})(?:年([0-9]{1,2})月([0-9]{1,2})日"
    r"|[-/.]([0-9]{2})[-/.]([0-9]{2})|[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9]))"
)
_ISSUED = re.compile(rf"(?:时间|日期)[:：]?{_DAY}|{_DAY}印发|^[（(]?{_DAY}[）)]?$")
"""A day on which a document says that it was issued; what else has a date is none of the document's own."""
_LEAD = re.compile(rf"(?:^|[。；;，,：:]){BY_MONTH.pattern}[，,]?$")
"""The same right before a quote."""
_LEADING = 12
"""It is no longer."""
_LIKE = "；最像的是“{like}”"
_OPENING = re.compile("[^。：:]*")
"""What a line that opens a section begins with, behind what enumerates it."""
_MOST_LINES = 200
"""So many lines above the first section may have the document's title."""


class _PlanHeading(NamedTuple):
    """The name of an area, a task or a safeguard item."""

    name: str
    task: int
    """0 for what is no task; it ends the one before."""
    place: Location


class _Quote(NamedTuple):
    """Where an indicator's source stands in the plan."""

    indicator: Indicator
    place: Location


def examine(plan: Plan, form: PlanForm, root: Cursor, wording: Wording) -> list[Diagnostic]:
    """Every way in which a sound plan departs from its document."""
    return _DocumentReview(plan, form, root, wording).run()


class _DocumentReview:
    """One plan beside one document."""

    def __init__(self, plan: Plan, form: PlanForm, root: Cursor, wording: Wording) -> None:
        self.plan = plan
        self.root = root
        self.excuses = [
            (excuse.words, at.place("words"))
            for excuse, at in root.members("not_targets", form.not_targets)
            if excuse is not None and excuse.words is not None
        ]
        self.headings = list(_headings(form, root))
        self.quotes = [_Quote(plan.indicators[key], place) for key, place in _sources(form, root)]
        self.text = DocumentText(wording)
        self.found = Findings(_MESSAGES)
        self.enumerators: list[tuple[int, int]] = []
        self.misquoted: list[tuple[int, int]] = []
        """Where a source stands but for its numbers, or most of it; its numbers are told with it."""
        self.sections: list[tuple[int, int, _PlanHeading]] = []
        """Start, end and heading of each section that was found."""

    def run(self) -> list[Diagnostic]:
        self._sections()
        if not self.sections:
            place = self.headings[0].place
            self.found.report(rule.HEADING_NOT_IN_DOCUMENT, place, "nothing", document=self.text.path)
            return self.found.found
        self._missing()
        self._top()
        quoted = [(*span, quote) for quote in self.quotes for span in self._quoted(quote)]
        for start, _, quote in quoted:
            self._due(start, quote)
        self._numbers(quoted)
        self._swapped(quoted)
        return self.found.found

    def _missing(self) -> None:
        """The headings that open no line, each with the one of the others' lines that is most like it."""
        named = {heading for _, _, heading in self.sections}
        opened, others = {start for start, _, _ in self.sections}, []
        for line, end in pairwise([*self.text.lines, len(self.text.text)]):
            marked = _ENUMERATOR.match(self.text.text, line)
            opening = _OPENING.match(self.text.original, marked.end() if marked else line, end)
            others += [opening[0]] if opening and line not in opened else []
        for heading in self.headings:
            if heading not in named:
                like = self._like(most_like(heading.name, others))
                self.found.report(rule.HEADING_NOT_IN_DOCUMENT, heading.place, "heading", name=heading.name, like=like)

    def _top(self) -> None:
        """Title, where a line above the first section is like it, and date, where the document states one."""
        text, top = self.text, self.sections[0][0]
        lines = [text.text[start:stop] for start, stop in pairwise([*text.lines, len(text.text)])]
        title = folded(self.plan.title)
        if title not in text.text[:top]:
            above = lines[: bisect_right(text.lines, top) - 1][:_MOST_LINES]
            if words := most_like(title, above):
                place = self.root.place("title")
                self.found.report(rule.DOCUMENT_SAYS_OTHERWISE, place, "title", name=self.plan.title, words=words)
        found = [day for line in lines for day in _ISSUED.finditer(line)]
        days = ["{:0>4}-{:0>2}-{:0>2}".format(*filter(None, day.groups())) for day in found]
        if days and self.plan.issued not in days:
            place = self.root.place("issued")
            self.found.report(rule.DOCUMENT_SAYS_OTHERWISE, place, "issued", name=self.plan.issued, words=days[0])

    def _due(self, start: int, quote: _Quote) -> None:
        """The month for whose end the words right before a quote, which names none itself, say that it is due."""
        indicator, text = quote.indicator, self.text.text
        before = _LEAD.search(text[max(start - _LEADING, 0) : start])
        if (
            before
            and not BY_MONTH.search(folded(indicator.source))
            and (words := due_elsewhere(before[0].strip("。；;，,：:"), indicator.schedule))
        ):
            due, broken = str(indicator.schedule.due), rule.DOCUMENT_SAYS_OTHERWISE
            self.found.report(broken, quote.place, "due", indicator=indicator.id, words=words, name=due)

    def _sections(self) -> None:
        """Find each line that opens with a heading's name, whatever enumerates it; the longest name that fits."""
        text = self.text
        names: dict[str, list[_PlanHeading]] = {}
        for heading in self.headings:
            names.setdefault(folded(heading.name), []).append(heading)
        opened: list[tuple[int, str]] = []
        for line in text.lines:
            marked = _ENUMERATOR.match(text.text, line)
            starts = {line, marked.end() if marked else line}
            fitting = [(name, start) for name in names for start in starts if text.has_whole(name, start)]
            if fitting:
                name, start = max(fitting, key=lambda each: len(each[0]))
                self.enumerators.append((line, start))
                opened.append((line, name))
        for (line, name), (end, _) in pairwise([*opened, (len(text.text), "")]):
            self.sections += [(line, end, heading) for heading in names[name]]

    def _quoted(self, quote: _Quote) -> list[tuple[int, int]]:
        """Where an indicator's source stands under its task; anywhere, and a finding, when it does not."""
        indicator, place = quote
        spans = list(self.text.occurrences(indicator.source))
        own = [(start, end) for start, end, heading in self.sections if heading.task == indicator.task]
        inside = [span for span in spans if any(start <= span[0] and span[1] <= end for start, end in own)]
        if not spans:
            span = self.text.but_for_numbers(indicator.source) or self.text.like(indicator.source)
            self.misquoted += [span] if span else []
            like = self._like(self.text.original[slice(*span)] if span else "")
            self.found.report(rule.SOURCE_NOT_IN_DOCUMENT, place, "source", indicator=indicator.id, like=like)
        elif own and not inside:
            start = spans[0][0]
            headings = [heading.name for begin, end, heading in self.sections if begin <= start < end]
            self.found.report(
                rule.SOURCE_OF_ANOTHER_TASK,
                place,
                "elsewhere",
                indicator=indicator.id,
                heading=headings[0] if headings else "文件开头",
                own=next(each.name for each in self.headings if each.task == indicator.task),
                related=[self.text.place(start)],
            )
        return inside or spans

    def _like(self, words: str) -> str:
        """What a hint says of the words that are like what the document does not have."""
        return say(_LIKE, like=words) if words else ""

    def _numbers(self, claims: Sequence[tuple[int, int, _Quote]]) -> None:
        """Every number is the figure of an indicator that quotes it, or excused."""
        excused = [list(self.text.occurrences(words)) for words, _ in self.excuses]
        used: set[int] = set()
        for start, end, amount in self.text.amounts:
            if any(first <= start < last for first, last in self.enumerators):
                continue
            quotes = [quote for first, last, quote in claims if first <= start < last]
            if any(is_figure(amount, quote.indicator) for quote in quotes):
                continue
            excuses = {
                position
                for position, spans in enumerate(excused)
                if any(first <= start and end <= last for first, last in spans)
            }
            used |= excuses
            if not excuses and not any(first <= start < last for first, last in self.misquoted):
                self._unclaimed(start, end, amount, quotes)
        for position, (words, place) in enumerate(self.excuses):
            if position not in used:
                message = "idle" if excused[position] else "absent"
                self.found.report(rule.NEEDLESS_EXCUSE, place, message, words=words)

    def _swapped(self, claims: Sequence[tuple[int, int, _Quote]]) -> None:
        """Two indicators that quote both numbers, each with the target of the other."""
        places = {quote.indicator.id: quote.place for _, _, quote in claims}
        quotes = [(start, end, quote.indicator) for start, end, quote in claims]
        for own, other, (start, end, amount) in swapped(self.text.text, quotes, self.text.amounts):
            named: dict[str, Any] = {"indicator": own.id, "other": other.id, "number": amount.text}
            related, words = [places[other.id], self.text.place(start)], self.text.around(start, end)
            self.found.report(rule.TARGETS_SWAPPED, places[own.id], "swapped", words=words, related=related, **named)

    def _unclaimed(self, start: int, end: int, amount: StatedNumber, quotes: Sequence[_Quote]) -> None:
        named: dict[str, Any] = {"words": self.text.around(start, end), "number": amount.text}
        if quotes:
            indicator, quoted = quotes[0]
            target = indicator.target_text(indicator.target)
            named |= {"indicator": indicator.id, "target": target, "related": [quoted]}
        self.found.report(rule.NUMBER_UNCLAIMED, self.text.place(start), "quoted" if quotes else "unclaimed", **named)


def _headings(form: PlanForm, root: Cursor) -> Iterator[_PlanHeading]:
    """The names of areas, tasks and safeguard items, in the order of the plan."""
    for area, at in root.members("action_areas", form.action_areas):
        if area is not None and area.name is not None:
            yield _PlanHeading(area.name, 0, at.place("name"))
    if form.safeguards and form.safeguards.name is not None:
        yield _PlanHeading(form.safeguards.name, 0, root.place("safeguards", "name"))
    for task, at in _tasks(form, root):
        yield _PlanHeading(task.name or "", task.number or 0, at.place("name"))


def _sources(form: PlanForm, root: Cursor) -> Iterator[tuple[str, Location]]:
    """Each indicator's id, and where its source stands."""
    for task, at in _tasks(form, root):
        for indicator, place in at.members("indicators", task.indicators):
            if indicator is not None and indicator.id is not None:
                yield indicator.id, place.place("source")


def _tasks(form: PlanForm, root: Cursor) -> Iterator[tuple[TaskForm, Cursor]]:
    """The tasks and the safeguard items that could be read, each with its place."""
    holders = [(area.tasks, at, "tasks") for area, at in root.members("action_areas", form.action_areas) if area]
    if form.safeguards:
        holders.append((form.safeguards.items, root.down("safeguards"), "items"))
    for tasks, at, key in holders:
        yield from ((task, place) for task, place in at.members(key, tasks) if task is not None)
