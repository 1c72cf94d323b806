"""The annexes of a draft against those that the program writes: figures, status words, what is gone."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from mzplan import zh
from mzplan.bulletin.phrases import AMOUNTS
from mzplan.bulletin.verify.agreement import PERCENT
from mzplan.bulletin.verify.cells import row_numbers
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.grammar import NUMBER, bare_heading, unit_of
from mzplan.bulletin.verify.judging import Check, Verdict, check
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.reading import DraftReader
from mzplan.bulletin.verify.statements import Account, Statement
from mzplan.bulletin.verify.truth import DraftTable, Truth, Written
from mzplan.diagnostics import show
from mzplan.rules.draft import ROW_MISSING, WRONG_WAY_ROUND
from mzplan.zh import joined

_CELL = "{label}的{heading}“{said}”与数据不符：应为“{right}”"
_MISSING = "这张表缺少{count}{what}：{names}"
_TWICE = "这张表重复列了{count}行：{names}"
_HEADED = "表头“{said}”与数据不符：应为“{right}”"
_NO_TABLE = "文稿缺少附表“{title}”"
_INSTEAD = "改为“{}”。"
_NAMES = 5
_FIGURE = re.compile(rf"-?{NUMBER}")


@dataclass(frozen=True)
class Seen:
    """A table of a draft: what stands right above it, its headings, and the labels of its rows."""

    above: str
    place: tuple[int, int]
    headings: list[str]
    labels: list[str] = field(default_factory=list)
    rows: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How often each row stands in it."""

    def shared(self, table: DraftTable) -> int:
        """How many of its rows are that table's."""
        return len(table.rows.keys() & set(self.labels))

    def is_of(self, table: DraftTable) -> bool:
        """Whether it was made from that table: it stands under its title, or has half of its rows."""
        return self.above == table.title or self.shared(table) * 2 >= len(table.rows) > 0


@dataclass
class Annexes:
    """Reads the tables of a draft row by row."""

    reader: DraftReader
    truth: Truth
    above: str = ""
    """The heading or paragraph read last."""
    tables: list[Seen] = field(default_factory=list)

    @property
    def headings(self) -> list[str]:
        """Of the table that is being read."""
        return self.tables[-1].headings if self.tables else []

    def is_heading(self, block: Block) -> bool:
        """Whether a row has nothing in it but headings."""
        known = self.reader.grammar.headings
        return all(bare_heading(block.text[start:end]) in known for start, end in block.cells)

    def row(self, block: Block) -> tuple[list[Check], Statement | None, list[Slip]]:
        """The checks of a row's numbers, what came of it, and the words in it that are wrong; nothing for a heading."""
        self.reader.effort.spend(len(block.cells))
        cells = [normalised(block.text[start:end])[0] for start, end in block.cells]
        if not block.level and self.tables and not self.tables[-1].labels and self.is_heading(block):
            self._head_below(cells)
            return [], None, []
        place = block.places[0] if block.places else (0, 0)
        if block.level:
            self.tables.append(Seen(self.above, place, [bare_heading(cell) for cell in cells]))
            return [], None, list(self._headed(cells, place))
        label = next((cell for cell in cells if cell), "")
        if not label:
            return [], None, []
        if self.tables:
            self.tables[-1].labels.append(label)
            self.tables[-1].rows[tuple(cells)] += 1
        bounds = row_numbers(self.reader, block, self.headings)
        checks = [check(bound, self.reader.facts) for bound in bounds]
        right = self._right(label)
        if all(right.get(heading) == cell for heading, cell in self._under(cells)):
            agreed = [replace(one, verdict=Verdict.AGREES, right="") for one in checks]
            return agreed, Statement(label, place, Account.RIGHT), []
        slips, rest = [], ""
        spelt = self._otherwise_headed(right) | right
        emptied = [heading for heading, cell in self._under(cells) if not cell and spelt.get(heading)]
        for position, (heading, cell) in enumerate(self._under(cells)):
            if cell == label or not cell or spelt.get(heading) == cell:
                continue
            inside = [one for one in checks if _is_within(block, position, one)]
            if heading not in spelt:
                is_open = not inside or any(one.verdict is not Verdict.AGREES for one in inside)
                rest = rest or (cell if is_open else "")
            elif not inside or not self._has_words(cell, spelt[heading], inside):
                said = _CELL.format(label=show(label), heading=heading, said=show(cell), right=spelt[heading])
                at = block.places[block.cells[position][0]] if block.cells[position][0] < len(block.places) else place
                slips.append(Slip(WRONG_WAY_ROUND, at, said, cell, _INSTEAD.format(spelt[heading])))
        rest = rest or ("" if right else label)
        wrong = slips or any(one.is_wrong for one in checks)
        account = Account.WRONG if wrong else Account.OPEN if rest or emptied else Account.RIGHT
        gone = next(iter(emptied), "") if not rest else ""
        return checks, Statement(label, place, account, rest, spelt.get(gone, ""), gone), slips

    def _right(self, label: str) -> dict[str, str]:
        """The row of that label that has most of the headings above it, by heading; empty where the truth has none."""
        known = self.truth.rows(self.reader.outline.document.unit, label)
        return max(known, key=lambda row: sum(heading in row for heading in self.headings), default={})

    def _otherwise_headed(self, row: Mapping[str, str]) -> dict[str, str]:
        """The cells of a row under every heading that stands for the same figures."""
        slots = self.reader.grammar.columns
        in_slots = {slots[heading]: cell for heading, cell in row.items() if heading in slots}
        return {heading: in_slots[slot] for heading, slot in slots.items() if slot in in_slots}

    def _head_below(self, cells: Sequence[str]) -> None:
        """Take in a second row of headings: what it leaves blank has its heading above (完成值, 完成率 below 进展)."""
        below = dict(enumerate(map(bare_heading, cells)))
        above = self.tables[-1].headings
        self.tables[-1].headings[:] = [below.get(at) or heading for at, heading in enumerate(above)]

    def _headed(self, cells: Sequence[str], place: tuple[int, int]) -> Iterator[Slip]:
        """The headings whose unit in brackets is not that of the column."""
        for cell in cells:
            right = self.reader.grammar.headed.get(bare_heading(cell), "")
            if unit_of(right) and unit_of(cell) not in ("", unit_of(right), f"个{unit_of(right)}"):
                yield Slip(
                    WRONG_WAY_ROUND, place, _HEADED.format(said=show(cell), right=right), cell, _INSTEAD.format(right)
                )

    def _has_words(self, cell: str, right: str, inside: Sequence[Check]) -> bool:
        """Whether a cell has the words that it should have; people put the measure behind a figure (87.7%, 624张)."""
        words = _words(cell)
        ref = inside[0].bound.ref
        row = self.reader.facts.row(ref.subject) if ref else None
        if words == _words(right) or ref is None or _words(right):
            return words == _words(right)
        if ref.field in AMOUNTS:
            return row is not None and words == normalised(zh.measure(row.indicator.unit))[0]
        return words in (("个百分点",) if ref.field == "gap" else ("%",)) and ref.field in PERCENT

    def _under(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Each cell with the heading above it; one of them is blank where a row is longer or shorter than the first."""
        return zip_longest(self.headings, cells, fillvalue="")

    def missing(self, source: Written | None, blocks: Sequence[Block]) -> Iterator[Slip]:
        """The tables of the document that the draft was made from that it lacks, and what its tables lack of theirs."""
        unit = self.reader.outline.document.unit
        known = [one for one in self.truth.documents if one.bulletin.subject.unit == unit]
        given = [table for written in known for table in written.tables]
        own = [] if source is None else source.tables
        kept = set()
        for seen in self.tables:
            if twice := [next(filter(None, cells)) for cells, times in seen.rows.items() if times > 1]:
                yield Slip(
                    ROW_MISSING, seen.place, _TWICE.format(count=len(twice), names=joined(twice, _NAMES)), twice[0]
                )
            likely = (
                (seen.shared(table), table in own, -len(table.rows), table) for table in given if seen.is_of(table)
            )
            whole = max(likely, key=lambda one: one[:-1], default=None)
            if whole is not None:
                kept.add(whole[-1].title)
                yield from self._gone(seen, whole[-1])
        text = "".join(normalised(block.text)[0] for block in blocks if block.kind in ("heading", "paragraph"))
        if source is None or not ("附件" in text or self.tables or normalised(str(source.bulletin.title))[0] in text):
            return
        for table in own:
            if table.title not in kept and table.rows:
                yield Slip(ROW_MISSING, (0, 0), _NO_TABLE.format(title=show(table.title)), table.title)

    def _gone(self, seen: Seen, whole: DraftTable) -> Iterator[Slip]:
        """The rows and the columns of a table that the one made from it lacks."""
        slots = self.reader.grammar.columns
        kept = {slots.get(heading, heading) for heading in seen.headings}
        columns = [heading for heading in whole.headings if slots.get(heading, heading) not in kept]
        rows = [label for label in whole.rows if label not in seen.labels]
        for what, names in (("行", rows), ("列", columns)):
            if names:
                said = _MISSING.format(count=len(names), what=what, names=joined(names, _NAMES))
                yield Slip(ROW_MISSING, seen.place, said, names[0])


def _words(cell: str) -> str:
    return _FIGURE.sub("", cell)


def _is_within(block: Block, position: int, one: Check) -> bool:
    start, end = block.cells[position]
    return start < end and block.places[start] <= one.bound.place <= block.places[end - 1]
