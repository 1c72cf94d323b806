"""English for what the rules, the reading of files and the check say, one table a family."""

from collections.abc import Mapping

from mzplan.english.rules import cells, checks, files, formats, magnitudes, periods, reading, records, structure

TABLES: tuple[Mapping[str, str], ...] = (
    files.TEXTS,
    structure.TEXTS,
    cells.TEXTS,
    records.TEXTS,
    periods.TEXTS,
    magnitudes.TEXTS,
    checks.TEXTS,
    reading.TEXTS,
    formats.TEXTS,
)
