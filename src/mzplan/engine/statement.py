"""The statement that takes the figures of files in which nothing can be wrong, written once for every dialect of SQL.

It goes by lines of text, so that no reader's own idea of quotes, blanks or numbers comes in: a line is split at its
commas, and what is quoted may stand in its two last cells alone. Figures are integers in millionths. Whatever a line
may be else, it is not taken, nor is any other line of its file. What notes and evidence say is not judged.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mzplan.engine.relations import FILES, LINES, PlanTable
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.submissions.ledger import NOT_APPLICABLE

_CELLS = ("period", "unit", "code", "name", "value", "numerator", "denominator")
"""The cells in which nothing may be quoted; the note and the evidence stand behind them."""
DIALECTS = ("duckdb", "spark", "postgres")

_NUMBER = r"^(0|[1-9][0-9]{0,11})([.][0-9]{1,6})?$"
"""A plain number that is not negative."""
_QUOTED = r'^([^",]*,){7}([^",]*|"[^"]*"),([^",]*|"[^"]*")$'


def _millionths(cell: str) -> str:
    parts = f"SPLIT_PART({cell}, '.', 1)", f"SUBSTRING(CONCAT(SPLIT_PART({cell}, '.', 2), '000000'), 1, 6)"
    exact = f"CAST({parts[0]} AS BIGINT) * 1000000 + CAST({parts[1]} AS BIGINT)"
    return f"CASE WHEN REGEXP_MATCHES({cell}, '{_NUMBER}') THEN {exact} END"


STATEMENT = f"""
WITH split AS (
    SELECT file, text, SPLIT_PART(text, '"', 1) AS plain,
           STRING_SPLIT(text, ',') AS parts,
           text LIKE '%"%' AS is_quoted
    FROM lines
), cells AS (
    SELECT file, text, {", ".join(f"parts[{at}] AS {name}" for at, name in enumerate(_CELLS, 1))},
           CASE WHEN is_quoted THEN REGEXP_MATCHES(text, '{_QUOTED}') ELSE ARRAY_LENGTH(parts) = 9 END AS is_whole,
           CASE
               WHEN is_quoted AND LENGTH(plain) - LENGTH(REPLACE(plain, ',', '')) = 7 THEN SPLIT_PART(text, '"', 2)
               ELSE parts[8]
           END AS note,
           CASE
               WHEN NOT is_quoted THEN parts[9]
               WHEN LENGTH(plain) - LENGTH(REPLACE(plain, ',', '')) = 8 THEN SPLIT_PART(text, '"', 2)
               WHEN SPLIT_PART(text, '"', 3) = ',' THEN SPLIT_PART(text, '"', 4)
               ELSE SUBSTRING(SPLIT_PART(text, '"', 3), 2)
           END AS evidence
    FROM split
), figures AS (
    SELECT *, {_millionths("value")} AS figure, {_millionths("numerator")} AS above,
           {_millionths("denominator")} AS below
    FROM cells
), marked AS (
    SELECT c.file, i.code AS indicator, u.unit, m.month, i.base + u.block + m.month - 1 AS cell,
           CASE
               WHEN NOT c.is_whole OR c.name NOT IN ('', i.name) THEN NULL
               WHEN c.numerator = '' AND c.denominator = '' THEN CASE
                   WHEN c.value = '{NOT_APPLICABLE_WORD}' THEN CASE WHEN c.note <> '' THEN {NOT_APPLICABLE} END
                   WHEN i.kind = 'stages' THEN s.position
                   WHEN i.kind = 'number' AND c.figure % i.step = 0 THEN c.figure END
               WHEN i.kind = 'ratio' AND c.below > 0 AND c.above % i.step = 0 AND c.below % i.step = 0
                    AND (i.part_of_whole = 0 OR c.above <= c.below)
                    AND (c.value = '' OR (
                        (i.part_of_whole = 0 OR c.figure <= i.scale)
                        AND ABS(CAST(c.above AS DECIMAL(19, 0)) * CAST(i.scale AS DECIMAL(19, 0))
                                - CAST(c.figure AS DECIMAL(19, 0)) * CAST(c.below AS DECIMAL(19, 0))) * 2
                            <= CAST(SUBSTRING('1000000', 1, GREATEST(7 - LENGTH(SPLIT_PART(c.value, '.', 2)), 1))
                                    AS DECIMAL(19, 0))
                               * CAST(c.below AS DECIMAL(19, 0)))) THEN c.above
           END AS figure,
           CASE WHEN c.denominator = '' THEN 0 ELSE c.below END AS denominator, c.note, c.evidence,
           CASE WHEN c.note <> '' THEN c.text END AS line
    FROM figures AS c
    JOIN files AS f ON f.file = c.file
    LEFT JOIN months AS m ON m.text = c.period AND m.month = COALESCE(f.month, m.month)
    LEFT JOIN units AS u ON u.text = c.unit AND u.unit = COALESCE(f.unit, u.unit)
    LEFT JOIN indicators AS i ON i.code = c.code AND i.reporters = u.reporters
    LEFT JOIN stages AS s ON s.base = i.base AND s.word = c.value
), sound AS (
    SELECT marked.file FROM marked JOIN files ON files.file = marked.file
    GROUP BY marked.file, files.lines
    HAVING COUNT(*) = files.lines AND COUNT(marked.cell) = files.lines AND COUNT(marked.figure) = files.lines
           AND COUNT(DISTINCT marked.cell) = files.lines
)
SELECT marked.* FROM marked JOIN sound ON sound.file = marked.file
"""  # noqa: S608  # of our own constants


def tables(plan: Mapping[str, PlanTable], dialect: str) -> str:
    """What makes the tables that the statement reads, in that dialect; ImportError likewise."""
    from sqlglot import parse_one  # for this alone

    every = {"lines": LINES, "files": FILES, **{name: relation.columns for name, relation in plan.items()}}
    made = (f"CREATE TABLE {name} ({', '.join(map(' '.join, columns.items()))})" for name, columns in every.items())
    return "".join(f"{parse_one(each, read='duckdb').sql(dialect)};\n" for each in made)


def statement(dialect: str) -> str:
    """The statement in one of the `DIALECTS`; ImportError where sqlglot is not installed.

    sqlglot and not Ibis: the statement stays one text that can be read beside its output, and sqlglot is one package
    without any other. Ibis brings pyarrow, pandas and numpy, would have the same put together of calls, and turns it
    into SQL by sqlglot as well.
    """
    text: str = _in(dialect).sql(dialect, pretty=True)
    return f"{text};\n"


def steps(dialect: str) -> Sequence[tuple[str, str]]:
    """The same in its parts, each a query over those before it by its name, the last `taken`; ImportError likewise."""
    whole = _in(dialect)
    parts = [(part.alias, part.this.sql(dialect)) for part in whole.ctes]
    whole.ctes[0].parent.pop()
    return [*parts, ("taken", whole.sql(dialect))]


def expression(text: str, dialect: str) -> str:
    """What DuckDB's SQL says in the dialect; ImportError likewise."""
    from sqlglot import parse_one  # for this alone

    said: str = parse_one(text, read="duckdb").sql(dialect)
    return said


def _in(dialect: str) -> Any:
    """The statement as sqlglot has it, with what that has no word for in the dialect said otherwise."""
    from sqlglot import exp, parse_one  # for this alone

    def of_postgres(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Split):
            return exp.Anonymous(this="STRING_TO_ARRAY", expressions=[node.this, node.expression])
        return node

    def of_spark(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Bracket):  # else one behind the last ends it
            return exp.Anonymous(this="GET", expressions=[node.this, *node.expressions])
        if isinstance(node, exp.RegexpLike):  # `$` is to Java before a last end of line too, which has many
            node.set("expression", exp.Literal.string(re.sub(r"\$$", r"\\z", node.expression.name)))
        return node

    others = {"postgres": of_postgres, "spark": of_spark}
    return parse_one(STATEMENT, read="duckdb").transform(others.get(dialect, lambda node: node))
