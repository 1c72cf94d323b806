"""What `mzplan summary --verify` does: every sentence of a draft that people have edited, held against the data."""

from pathlib import Path

from mzplan.bulletin import Material
from mzplan.bulletin.office import Office
from mzplan.bulletin.verify import verify
from mzplan.bulletin.verify.draft import LIMIT
from mzplan.cli.project import contents
from mzplan.cli.terminal import CLEAN, FINDINGS, emit, warn
from mzplan.diagnostics import Severity
from mzplan.render.summary.verification import FORMATS

_OTHER_PERIOD = "文稿写的是 {said}，现在按 {now} 核对；要按 {said} 核对，请加 --period {said}。"


def verify_draft(
    path: Path, material: Material, office: Office, format_name: str, output: Path | None, *, strict: bool
) -> int:
    """Print what was found; 1 when anything in the draft is wrong, strictly also when anything is 未核对, else 0."""
    report = verify(str(path), contents(path, LIMIT), material.facts, material.trace, office)
    if report.written_for is not None:
        warn(_OTHER_PERIOD.format(said=report.written_for, now=material.facts.period))
    emit(FORMATS[format_name](str(path), report), output, for_programs=format_name == "json")
    is_wrong = any(strict or finding.severity is Severity.ERROR for finding in report.findings)
    return FINDINGS if is_wrong else CLEAN
