"""The rows of a draft's annexes against those that the program writes: figures, status words, rows that are gone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.grammar import NUMBER, bare_heading
from mzplan.bulletin.verify.judging import Check, Verdict, check
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.reading import Reader
from mzplan.bulletin.verify.statements import Account, Statement
from mzplan.bulletin.verify.truth import Truth, Written
from mzplan.diagnostics import show
from mzplan.rules.draft import ROW_MISSING, WRONG_WAY_ROUND
from mzplan.zh import joined

_CELL = "{label}的{heading}“{said}”与数据不符：应为“{right}”"
_MISSING = "这张表缺少{count}行：{names}"
_NAMES = 5
_FIGURE = re.compile(rf"-?{NUMBER}")


@dataclass
class Annexes:
    """Reads the tables of a draft row by row."""

    reader: Reader
    truth: Truth
    headings: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    """Of the rows of the table so far."""
    place: tuple[int, int] = (0, 0)
    """Where the table begins."""

    def is_heading(self, block: Block) -> bool:
        """Whether a row has nothing in it but headings."""
        known = self.reader.grammar.headings
        return all(bare_heading(block.text[start:end]) in known for start, end in block.cells)

    def row(self, block: Block) -> tuple[list[Check], Statement | None, list[Slip]]:
        """The checks of a row's numbers, what came of it, and the words in it that are wrong; nothing for a heading."""
        bounds = list(self.reader.row(block))
        cells = [normalised(block.text[start:end])[0] for start, end in block.cells]
        if block.level:
            self.headings, self.labels = [bare_heading(cell) for cell in cells], []
            self.place = block.places[0] if block.places else (0, 0)
            return [], None, []
        label = next((cell for cell in cells if cell), "")
        if not label:
            return [], None, []
        self.labels.append(label)
        place = block.places[0] if block.places else (0, 0)
        checks = [check(bound, self.reader.facts) for bound in bounds]
        unit = self.reader.outline.document.unit
        if (unit, label) not in self.truth.rows:
            self.truth.about(unit)
        known = self.truth.rows.get((unit, label), [])
        right = max(known, key=lambda row: sum(heading in row for heading in self.headings), default={})
        if all(right.get(heading) == cell for heading, cell in self._under(cells)):
            agreed = [replace(one, verdict=Verdict.AGREES, right="") for one in checks]
            return agreed, Statement(label, place, Account.RIGHT), []
        slips, rest = [], ""
        for position, (heading, cell) in enumerate(self._under(cells)):
            inside = [one for one in checks if _is_within(block, position, one)]
            if cell == label or not cell or right.get(heading) == cell:
                continue
            if heading not in right:
                rest = rest or (cell if not inside or any(one.verdict is not Verdict.AGREES for one in inside) else "")
            elif _words(cell) != _words(right[heading]) or not inside:
                said = _CELL.format(label=show(label), heading=heading, said=show(cell), right=right[heading])
                at = block.places[block.cells[position][0]] if block.cells[position][0] < len(block.places) else place
                slips.append(Slip(WRONG_WAY_ROUND, at, said, cell, f"改为“{right[heading]}”。"))
        rest = rest or ("" if right else label)
        wrong = slips or any(one.verdict in (Verdict.DIFFERS, Verdict.STALE) for one in checks)
        account = Account.WRONG if wrong else Account.OPEN if rest else Account.RIGHT
        return checks, Statement(label, place, account, rest), slips

    def _under(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Each cell with the heading above it, which is blank where the row is longer than the first one."""
        return zip(self.headings + [""] * (len(cells) - len(self.headings)), cells, strict=False)

    def missing(self, documents: Sequence[Written]) -> Iterator[Slip]:
        """The rows that the table so far lacks of the one it was made from; to be asked where a table ends."""
        given = set(self.labels)
        unit = self.reader.outline.document.unit
        tables = (table for written in documents if written.bulletin.subject.unit == unit for table in written.tables)
        whole = max(tables, key=lambda table: (len(given & table.keys()), -len(table)), default={})
        gone = [label for label in whole if label not in given]
        if gone and len(given & whole.keys()) * 2 >= len(whole):
            said = _MISSING.format(count=len(gone), names=joined(gone, _NAMES))
            yield Slip(ROW_MISSING, self.place, said, gone[0])
        self.labels = []


def _words(cell: str) -> str:
    return _FIGURE.sub("", cell)


def _is_within(block: Block, position: int, one: Check) -> bool:
    start, end = block.cells[position]
    return start < end and block.places[start] <= one.bound.place <= block.places[end - 1]
