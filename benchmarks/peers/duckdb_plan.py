"""What both DuckDB scripts start with: a connection that holds the plan's tables, and how progress files are read."""

from pathlib import Path

import duckdb

TABLES = {
    "indicators": "indicator INT, id VARCHAR, name VARCHAR, kind VARCHAR, area INT, applies_to VARCHAR, scale INT, "
    "part_of_whole BOOL, cumulative BOOL",
    "units": "unit INT, id VARCHAR, name VARCHAR, ranked BOOL",
    "spellings": "spelling VARCHAR, unit INT",
    "stages": "indicator INT, stage VARCHAR, position INT, share DOUBLE, last BOOL",
    "reporting": "indicator INT, unit INT",
    "months": "period VARCHAR, month INT",
    "targets": "indicator INT, unit INT, operator VARCHAR, target DOUBLE, tolerance DOUBLE, baseline DOUBLE",
}

COLUMNS = ("period", "unit", "indicator", "name", "value", "numerator", "denominator", "note", "evidence")

READ = (
    "read_csv($files, auto_detect = false, header = false, filename = true, delim = ',', quote = '\"', escape = '\"', "
    f"columns = {dict.fromkeys(COLUMNS, 'VARCHAR')})"
)
"""All files in one list, typed, nothing to guess; the header lines come as rows so that they can be checked."""


def connect(folder: Path, *needed: str) -> duckdb.DuckDBPyConnection:
    """A connection with those of the plan's tables, set up for reading thousands of small files."""
    base = duckdb.connect(config={"preserve_insertion_order": False})
    for table in needed:
        base.execute(f"CREATE TEMP TABLE {table} ({TABLES[table]})")
        base.execute(f"COPY {table} FROM '{folder}/tables/{table}.csv' (header, auto_detect false)")
    return base


def stage(base: duckdb.DuckDBPyConnection, statement: str, files: list[str]) -> None:
    """Run the statement that reads the files, joined in the order written: DuckDB misjudges the size of one big CSV."""
    base.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    base.execute(statement, {"files": files})
    base.execute("RESET disabled_optimizers")


def progress_files(folder: Path) -> list[str]:
    """The progress files of a folder that make_data.py wrote."""
    return sorted(str(path) for path in folder.glob("data/*/*.csv")) or [str(folder / "all.csv")]
