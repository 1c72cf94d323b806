"""The sums of `mzplan status` as a DuckDB script: `python duckdb_status.py FOLDER [--json]`.

City figures by indicator; completion of every unit and the city, by action area and over all, at the last month of the
data. Prints them as tables, or as JSON in the order of mzplan's own. Unlike mzplan it checks nothing, says of nothing
whether it is due, on schedule or not reported, ranks nothing, keeps no place of a record, and counts in binary floats.
"""

import json
import sys
from pathlib import Path

from duckdb_plan import READ, TABLES, connect, progress_files, stage

RECORD = f"""
CREATE TEMP TABLE record AS
SELECT i.indicator, i.kind, s.unit, m.month,
       {{'figure': CASE WHEN i.kind <> 'milestone' THEN TRY_CAST(line.value AS DECIMAL(18, 6)) END,
        'above': TRY_CAST(line.numerator AS DECIMAL(18, 6)), 'below': TRY_CAST(line.denominator AS DECIMAL(18, 6)),
        'share': stage.share, 'absent': coalesce(line.value = '不适用', false)}} AS cells
FROM {READ} AS line
JOIN months AS m ON m.period = line.period
JOIN spellings AS s ON s.spelling = line.unit
JOIN indicators AS i ON i.id = line.indicator
LEFT JOIN stages AS stage ON stage.indicator = i.indicator AND stage.stage = line.value
"""

ROWS = """
CREATE TEMP TABLE progress AS
WITH latest AS (
    SELECT indicator, unit, unnest(arg_max(cells, month)) FROM record GROUP BY indicator, unit
), units_rows AS (  -- every unit that reports: its figures, and what it is judged by
    SELECT i.indicator, i.area, i.kind, i.scale, r.unit, figure, above, below, absent, l.indicator IS NULL AS silent,
           CASE i.kind WHEN 'ratio' THEN above::DOUBLE * i.scale / nullif(below, 0)
                       WHEN 'milestone' THEN share ELSE figure::DOUBLE END AS actual,
           t.target, t.tolerance, t.baseline, t.operator, i.applies_to
    FROM reporting AS r
    JOIN indicators AS i USING (indicator)
    LEFT JOIN latest AS l ON l.indicator = r.indicator AND l.unit = r.unit
    LEFT JOIN targets AS t ON t.indicator = r.indicator AND t.unit = r.unit
), cities AS (
    SELECT indicator, area, kind, scale, -1 AS unit, sum(figure) AS figure, sum(above) AS above, sum(below) AS below,
           bool_and(coalesce(absent, false)) AS absent, bool_and(silent) AS silent,
           CASE kind
               WHEN 'ratio' THEN sum(above)::DOUBLE * scale / nullif(sum(below), 0)
               WHEN 'milestone' THEN avg(coalesce(actual, 0))
                                     FILTER (target IS NOT NULL AND NOT coalesce(absent, false))
               ELSE sum(figure)::DOUBLE END AS total,
           count(*) FILTER (target IS NOT NULL AND NOT coalesce(absent, false)) AS judged,
           count(*) FILTER (CASE operator WHEN 'at_least' THEN actual >= target WHEN 'at_most' THEN actual <= target
                            WHEN 'about' THEN abs(actual - target) <= tolerance * target END) AS met_by
    FROM units_rows GROUP BY indicator, area, kind, scale
), both_rows AS (
    SELECT indicator, area, kind, unit, figure, above, below, absent, silent, actual, target, tolerance, baseline,
           operator
    FROM units_rows
    UNION ALL
    SELECT c.indicator, c.area, c.kind, c.unit, figure, above, below, absent, silent,
           CASE WHEN applies_to <> 'total' AND c.kind <> 'milestone' THEN met_by ELSE total END,
           CASE WHEN applies_to <> 'total' AND c.kind <> 'milestone' THEN judged ELSE target END,
           t.tolerance, CASE WHEN applies_to = 'total' THEN t.baseline END,
           CASE WHEN applies_to <> 'total' AND t.operator <> 'undefined' THEN 'at_least' ELSE t.operator END
    FROM cities AS c JOIN indicators AS i USING (indicator)
    JOIN targets AS t ON t.indicator = c.indicator AND t.unit = -1
), measured AS (
    SELECT *,
           CASE operator
               WHEN 'at_most' THEN CASE WHEN actual <= target THEN 1 ELSE target / actual END
               WHEN 'about' THEN actual / target
               ELSE CASE WHEN target = coalesce(baseline, 0) THEN (actual >= target)::INT
                         ELSE (actual - coalesce(baseline, 0)) / (target - coalesce(baseline, 0)) END
           END AS completion
    FROM both_rows
)
SELECT *, least(greatest(coalesce(completion, 0), 0), 1) AS capped,
       target IS NOT NULL AND operator <> 'undefined' AND NOT coalesce(absent, false) AS judged
FROM measured
"""

TALLY = """
SELECT unit, area, grouping(area) = 1 AS whole, avg(capped) FILTER (judged) AS completion,
       count(*) FILTER (judged) AS judged
FROM progress GROUP BY GROUPING SETS ((unit, area), (unit)) ORDER BY unit, whole, area
"""

CITY = """
SELECT i.id, kind, figure::VARCHAR, above::VARCHAR, below::VARCHAR, actual, target, completion
FROM progress JOIN indicators AS i USING (indicator, kind) WHERE unit = -1 ORDER BY indicator
"""


def main(folder: Path, *, as_json: bool) -> None:
    """Add up the progress files of the folder and print."""
    base = connect(folder, *TABLES)
    stage(base, RECORD, progress_files(folder))
    base.execute(ROWS)
    city = base.execute(CITY).fetchall()
    tally = base.execute(TALLY).fetchall()
    units = dict(base.execute("SELECT unit, name FROM units").fetchall())
    ids = dict(base.execute("SELECT unit, id FROM units").fetchall())
    if as_json:
        areas = [
            {"unit": ids.get(unit), "area": area or None, "whole": whole, "completion": completion, "judged": judged}
            for unit, area, whole, completion, judged in tally
        ]
        names = ("indicator", "kind", "figure", "numerator", "denominator", "actual", "target", "completion")
        print(json.dumps({"city": [dict(zip(names, row, strict=True)) for row in city], "areas": areas}))
        return
    for identifier, _, figure, above, below, _, _, completion in city:
        sums = figure or (f"{above}/{below}" if below else "-")
        print(f"{identifier:10} {sums:>30} {'-' if completion is None else f'{completion:8.1%}'}")
    areas = sorted({area for _, area, whole, *_ in tally if not whole}, key=lambda area: area or 99)
    cells = {
        (unit, "whole" if whole else area): "-" if completion is None else f"{completion:.1%}"
        for unit, area, whole, completion, _ in tally
    }
    for unit in sorted({unit for unit, _ in cells}):
        line = (f"{cells.get((unit, area), ''):>13}" for area in (*areas, "whole"))
        print(units.get(unit, "total").ljust(8, "\u3000"), *line)


if __name__ == "__main__":
    main(Path(sys.argv[1]), as_json="--json" in sys.argv)
