"""The checks of `mzplan check` as a DuckDB script: `python duckdb_check.py FOLDER` (FOLDER as make_data.py writes it).

Prints how many findings of each kind there are; exit 1 when there are any. Unlike mzplan it names no file and line.
"""

import json
import sys
from pathlib import Path

from duckdb_plan import COLUMNS, READ, connect, progress_files, stage

GRAMMAR = r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?"
HEADER = ",".join(COLUMNS)

FILE = """
CREATE TEMP TABLE file AS
SELECT path, months.period, units.unit FROM (SELECT unnest($files) AS path)
LEFT JOIN months ON months.period = split_part(path, '/', -2)
LEFT JOIN units ON units.id = replace(split_part(path, '/', -1), '.csv', '')
"""

RECORD = f"""
CREATE TEMP TABLE record AS
WITH line AS (
    SELECT *, regexp_full_match(value, '{GRAMMAR}') AS is_number,
           regexp_full_match(numerator, '{GRAMMAR}') AND regexp_full_match(denominator, '{GRAMMAR}') AS are_numbers
    FROM {READ}
    WHERE period <> 'period' OR concat_ws(',', {HEADER}) <> '{HEADER}' OR period IS NULL
), joined AS (
    SELECT i.indicator, s.unit, month, i.cumulative, i.kind, line.value, line.note, stage.position,
           CASE WHEN is_number AND i.kind <> 'milestone' THEN line.value::DECIMAL(18, 6) END AS figure,
           CASE WHEN are_numbers THEN line.numerator::DECIMAL(18, 6) END AS above,
           CASE WHEN are_numbers THEN line.denominator::DECIMAL(18, 6) END AS below,
           CASE
               WHEN month IS NULL THEN 'wrong-period'
               WHEN s.unit IS NULL THEN 'unknown-unit'
               WHEN line.period <> file.period OR s.unit <> file.unit THEN 'foreign-row'
               WHEN i.indicator IS NULL THEN 'unknown-indicator'
               WHEN line.name <> i.name THEN 'name-mismatch'
               WHEN reporting.unit IS NULL THEN 'not-reporting'
               WHEN line.value = '不适用' THEN CASE WHEN line.note IS NULL THEN 'note-missing' END
               WHEN i.kind = 'milestone' THEN CASE
                   WHEN stage.position IS NULL THEN 'unknown-stage'
                   WHEN stage.last AND evidence IS NULL THEN 'evidence-missing' END
               WHEN i.kind = 'ratio' THEN CASE
                   WHEN numerator IS NULL OR denominator IS NULL THEN 'value-missing'
                   WHEN NOT are_numbers OR NOT coalesce(is_number, true) THEN 'not-a-number'
                   WHEN below <= 0 OR above < 0 THEN 'impossible-ratio'
                   WHEN i.part_of_whole AND above > below THEN 'numerator-above-denominator'
                   WHEN abs(figure::DOUBLE - above::DOUBLE / below::DOUBLE * i.scale)
                        > 0.5 * 0.1 ** len(split_part(line.value, '.', 2)) + 1e-9 THEN 'ratio-mismatch' END
               WHEN line.value IS NULL THEN 'value-missing'
               WHEN NOT is_number THEN 'not-a-number'
               WHEN figure < 0 THEN 'negative-value'
           END AS finding
    FROM line
    LEFT JOIN file ON file.path = line.filename
    LEFT JOIN months ON months.period = line.period
    LEFT JOIN spellings AS s ON s.spelling = line.unit
    LEFT JOIN indicators AS i ON i.id = line.indicator
    LEFT JOIN reporting ON reporting.indicator = i.indicator AND reporting.unit = s.unit
    LEFT JOIN stages AS stage ON stage.indicator = i.indicator AND stage.stage = line.value
)
SELECT (indicator * 10000 + unit) * 12 + month - 1 AS key, cumulative, kind, figure, above, below, position,
       note IS NOT NULL AS has_note, finding
FROM joined
"""

COUNTS = """
SELECT finding, count(*) FROM record WHERE finding IS NOT NULL GROUP BY finding
UNION ALL
SELECT 'repeated-record', coalesce(sum(times - 1), 0)
FROM (SELECT count(*) AS times FROM record WHERE key IS NOT NULL GROUP BY key HAVING times > 1)
UNION ALL
SELECT 'falling-total', count(*)
FROM (SELECT figure < lag(figure) OVER (PARTITION BY key // 12 ORDER BY key) AND NOT has_note AS falls
      FROM record WHERE cumulative AND finding IS NULL AND figure IS NOT NULL) WHERE falls
UNION ALL
SELECT 'stage-falls', count(*)
FROM (SELECT position < lag(position) OVER (PARTITION BY key // 12 ORDER BY key) AND NOT has_note AS falls
      FROM record WHERE kind = 'milestone' AND finding IS NULL AND position IS NOT NULL) WHERE falls
UNION ALL
SELECT 'missing-report', (SELECT count(*) FROM reporting) * (SELECT count(DISTINCT key % 12) FROM record)
       - (SELECT count(DISTINCT key) FROM record SEMI JOIN reporting
          ON (reporting.indicator * 10000 + reporting.unit) = record.key // 12)
"""


def main(folder: Path) -> int:
    """Check the progress files of the folder; the exit code."""
    files = progress_files(folder)
    base = connect(folder, "indicators", "units", "spellings", "stages", "reporting", "months")
    base.execute(FILE, {"files": files})
    stage(base, RECORD, files)
    found = {kind: int(count) for kind, count in base.execute(COUNTS).fetchall() if count}
    (records,) = base.execute("SELECT count(*) FROM record").fetchone() or (0,)
    print(json.dumps({"records": records, "findings": found}, ensure_ascii=False))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
