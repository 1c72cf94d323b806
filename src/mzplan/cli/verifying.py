"""What `mzplan summary --verify` does: every sentence of a draft that people have edited, held against the data."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mzplan.bulletin import Material, Request
from mzplan.bulletin.verify import verify
from mzplan.bulletin.verify.draft import LIMIT, Block, read_draft
from mzplan.bulletin.verify.frame import month_of
from mzplan.bulletin.verify.truth import Truth
from mzplan.cli.project import contents
from mzplan.cli.terminal import CLEAN, FINDINGS, emit_as, warn
from mzplan.diagnostics import Severity
from mzplan.period import Period
from mzplan.render.summary.verification import FORMATS
from mzplan.said import say
from mzplan.submissions.ledger import Ledger

_OTHER_PERIOD = "文稿写的是 {said}，现在按 {now} 核对；要按 {said} 核对，请加 --period {said}。"
_NOT_REPORTED = (
    "文稿写的是 {said}，这个月还没有人填报，现在按 {now} 核对；要按 {said} 核对，请加 --period {said} --draft。"
)


class Draft(NamedTuple):
    """A draft that has been read, and the month that its title says it is of."""

    path: Path
    blocks: Sequence[Block]
    period: Period | None

    def is_known(self, ledger: Ledger) -> bool:
        """Whether anybody has reported for the month that it says it is of."""
        return self.period is not None and bool(ledger.reporters(self.period))

    def verify(
        self, material: Material, request: Request, format_name: str, output: Path | None, *, strict: bool
    ) -> int:
        """Print what was found; 1 when anything in it is wrong, strictly also when anything is 未核对, else 0."""
        report = verify(
            str(self.path), self.blocks, Truth(material.facts, material.trace, request.office, request.dated)
        )
        now = material.facts.period
        if self.period is not None and self.period > now and not self.is_known(material.facts.ledger):
            warn(say(_NOT_REPORTED, said=self.period, now=now))
        elif report.written_for is not None and self.period != now:
            warn(say(_OTHER_PERIOD, said=report.written_for, now=now))
        emit_as(format_name, FORMATS[format_name](str(self.path), report), output)
        is_wrong = any(strict or finding.severity is Severity.ERROR for finding in report.findings)
        return FINDINGS if is_wrong else CLEAN


def read(path: Path) -> Draft:
    """The draft in a file; InputError when it cannot be read."""
    blocks = read_draft(str(path), contents(path, LIMIT))
    return Draft(path, blocks, month_of(blocks))
