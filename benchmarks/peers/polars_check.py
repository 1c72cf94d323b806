"""The checks of `mzplan check` as a Polars script: `python polars_check.py FOLDER` (FOLDER as make_data.py writes it).

Prints how many findings of each kind there are; exit 1 when there are any. Unlike mzplan it names no file and line.
"""

import json
import sys
from pathlib import Path

import polars as pl

GRAMMAR = r"^[+-]?[0-9]{1,12}(\.[0-9]{1,6})?$"
COLUMNS = ("period", "unit", "indicator", "name", "value", "numerator", "denominator", "note", "evidence")


def table(folder: Path, file: str, **renamed: str) -> pl.DataFrame:
    """One of the plan's tables, some columns under another name."""
    return pl.read_csv(folder / "tables" / f"{file}.csv").rename(renamed)


def places(folder: Path, files: list[Path]) -> pl.DataFrame:
    """The period and unit that each file's path names."""
    named = pl.DataFrame(
        {
            "file": [str(path) for path in files],
            "file_period": [path.parent.name for path in files],
            "id": [path.stem for path in files],
        }
    )
    units = table(folder, "units", unit="file_unit").select("id", "file_unit")
    return named.join(units, on="id").select("file", "file_period", "file_unit")


def joined(folder: Path, files: list[Path]) -> pl.LazyFrame:
    """Every line beside what the plan says of its unit, indicator, period and stage, its figures as exact decimals."""
    schema = dict.fromkeys(COLUMNS, pl.String)
    lines = pl.scan_csv(files, schema=schema, has_header=False, include_file_paths="file").filter(
        ~pl.all_horizontal(pl.col(name) == name for name in COLUMNS).fill_null(value=False)
    )
    stages = table(folder, "stages", indicator="i", stage="value").select("i", "value", "position", "last")
    indicators = table(folder, "indicators", indicator="i", id="indicator", name="right_name")
    reporting = table(folder, "reporting", indicator="i", unit="u").with_columns(reports=pl.lit(value=True))
    are_numbers = pl.col("numerator").str.contains(GRAMMAR) & pl.col("denominator").str.contains(GRAMMAR)
    is_number = pl.col("value").str.contains(GRAMMAR)
    decimal = pl.Decimal(18, 6)
    return (
        lines.join(places(folder, files).lazy(), on="file", how="left")
        .join(table(folder, "months").lazy(), on="period", how="left")
        .join(table(folder, "spellings", spelling="unit", unit="u").lazy(), on="unit", how="left")
        .join(indicators.lazy(), on="indicator", how="left")
        .join(reporting.lazy(), on=["i", "u"], how="left")
        .join(stages.lazy(), on=["i", "value"], how="left")
        .with_columns(
            is_number=is_number,
            are_numbers=are_numbers,
            figure=pl.when(is_number & (pl.col("kind") != "milestone")).then(pl.col("value")).cast(decimal),
            above=pl.when(are_numbers).then(pl.col("numerator")).cast(decimal),
            below=pl.when(are_numbers).then(pl.col("denominator")).cast(decimal),
        )
    )


def finding() -> pl.Expr:
    """The first thing wrong with a line by itself, or null."""
    value, note, above, below = (pl.col(name) for name in ("value", "note", "above", "below"))
    decimals = value.str.splitn(".", 2).struct.field("field_1").str.len_bytes().fill_null(0)
    off = (
        pl.col("figure").cast(pl.Float64) - above.cast(pl.Float64) / below.cast(pl.Float64) * pl.col("scale")
    ).abs() > 0.5 * pl.lit(0.1) ** decimals + 1e-9
    ratio = pl.col("kind") == "ratio"
    milestone = pl.col("kind") == "milestone"
    rules = [
        (pl.col("month").is_null(), "wrong-period"),
        (pl.col("u").is_null(), "unknown-unit"),
        ((pl.col("period") != pl.col("file_period")) | (pl.col("u") != pl.col("file_unit")), "foreign-row"),
        (pl.col("i").is_null(), "unknown-indicator"),
        (pl.col("name") != pl.col("right_name"), "name-mismatch"),
        (pl.col("reports").is_null(), "not-reporting"),
        ((value == "不适用") & note.is_null(), "note-missing"),
        (value == "不适用", None),
        (milestone & pl.col("position").is_null(), "unknown-stage"),
        (milestone & (pl.col("last") == 1) & pl.col("evidence").is_null(), "evidence-missing"),
        (milestone, None),
        (ratio & (pl.col("numerator").is_null() | pl.col("denominator").is_null()), "value-missing"),
        (ratio & ~(pl.col("are_numbers") & pl.col("is_number").fill_null(value=True)), "not-a-number"),
        (ratio & ((below <= 0) | (above < 0)), "impossible-ratio"),
        (ratio & (pl.col("part_of_whole") == 1) & (above > below), "numerator-above-denominator"),
        (ratio & off, "ratio-mismatch"),
        (ratio, None),
        (value.is_null(), "value-missing"),
        (~pl.col("is_number"), "not-a-number"),
        (pl.col("figure") < 0, "negative-value"),
    ]
    names = pl.Enum([*dict.fromkeys(name for _, name in rules if name)])
    expression = pl.lit(None, dtype=names)
    for condition, name in reversed(rules):
        expression = pl.when(condition).then(pl.lit(name, dtype=names)).otherwise(expression)
    return expression


def falls(record: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """How many records are lower than the one before in their series and have no note."""
    return (
        record.filter(pl.col("finding").is_null() & pl.col(column).is_not_null())
        .sort("key")
        .select(
            (
                (pl.col(column) < pl.col(column).shift())
                & (pl.col("key") // 12 == (pl.col("key") // 12).shift())
                & ~pl.col("has_note")
            ).sum()
        )
    )


def main(folder: Path) -> int:
    """Check the progress files of the folder; the exit code."""
    files = sorted(folder.glob("data/*/*.csv")) or [folder / "all.csv"]
    key = (pl.col("i") * 10_000 + pl.col("u")) * 12 + pl.col("month") - 1
    record = (
        joined(folder, files)
        .select(
            "figure",
            "position",
            key=key.cast(pl.Int32),
            cumulative=pl.col("cumulative") == 1,
            has_note=pl.col("note").is_not_null(),
            finding=finding(),
        )
        .collect(engine="streaming")
    )
    found = dict(record["finding"].drop_nulls().value_counts().iter_rows())
    lazy = record.lazy()
    keys, distinct, months, falling, back = (
        frame.item()
        for frame in pl.collect_all(
            [
                lazy.select(pl.col("key").drop_nulls().len()),
                lazy.select(pl.col("key").drop_nulls().n_unique()),
                lazy.select((pl.col("key").drop_nulls() % 12).n_unique()),
                falls(lazy.filter("cumulative"), "figure"),
                falls(lazy, "position"),
            ]
        )
    )
    found["repeated-record"] = keys - distinct
    found["falling-total"] = falling
    found["stage-falls"] = back
    reporting = table(folder, "reporting")
    owed = reporting.select(key=pl.col("indicator") * 10_000 + pl.col("unit"))
    present = record.select(series=pl.col("key") // 12, key=pl.col("key")).unique("key")
    reported = present.join(owed, left_on="series", right_on="key", how="semi").height
    found["missing-report"] = reporting.height * months - reported
    found = {kind: count for kind, count in found.items() if count}
    print(json.dumps({"records": record.height, "findings": found}, ensure_ascii=False))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
