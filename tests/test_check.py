"""The engine: one report in one order, the same however many processes; rules across rows, files and context."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conftest import through
from mzplan.check import reader as scan
from mzplan.check.run import CheckResult, evidence_exists, run_checks
from mzplan.diagnostics import Location, Severity
from mzplan.figures import SCALE
from mzplan.plan.model import Relation
from mzplan.submissions.ledger import EMPTY, NOT_APPLICABLE
from mzplan.submissions.names import PONDERED
from mzplan.submissions.sources import Source, context_sources, data_sources
from rule_examples import HEADER, PLAN, TODAY, UNITS, check_rows, complete_report, said

BEDS = "T01-01,新增养老床位数"
RATIO = "T01-03,困难老人探访率"
STAGE = "T01-04,养老服务条例"


def csv_of(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


def value(result: CheckResult, indicator: str, unit: str, month: int) -> int:
    return result.ledger.values[result.ledger.cell(indicator, unit, month)]


def codes(result: CheckResult) -> list[str]:
    return [finding.rule.code for finding in result.diagnostics]


def test_sound_rows_are_in_the_ledger_and_nothing_is_said() -> None:
    result = check_rows(
        "2031-03,青山县,T01-05,福利彩票销量,12.5,,,,",
        f"2031-03,青山县,{RATIO},70,70,100,新院投用,https://example.org/1",
        f"2031-03,青山县,{STAGE},推进中,,,,",
        "2031-03,绿水县,T01-01,,不适用,,,没有机构,",
    )
    assert said(result) == []
    assert result.records == 4
    assert value(result, "T01-05", "qingshan", 3) == 12_500_000
    assert value(result, "T01-01", "lvshui", 3) == NOT_APPLICABLE
    assert value(result, "T01-04", "qingshan", 3) == 1
    entry = result.ledger.latest("T01-03", "qingshan", PLAN.periods[11])
    assert entry is not None
    assert (entry.figure.value, entry.figure.denominator) == (70 * SCALE, 100 * SCALE)
    assert (entry.location, entry.has_note, entry.has_evidence) == (Location("示例.csv", 3), True, True)


def test_a_row_with_a_warning_counts() -> None:
    result = check_rows(f"2031/03,青山,{BEDS},１２,,,,")
    assert said(result) == ["MZ202@2:1", "MZ303@2:9", "MZ230@2:27"]
    assert [finding.fix for finding in result.diagnostics] == ["2031-03", "青山县", "12"]
    assert value(result, "T01-01", "qingshan", 3) == 12 * SCALE


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    result = check_rows(f"2031-03,青山县,{RATIO},99,多少,0,,没有.pdf")
    assert codes(result) == ["MZ224", "MZ402", "MZ411"]


def test_a_finding_carries_its_cell_its_keys_and_its_remedy() -> None:
    (finding,) = check_rows(f"2031-03,青山县,{BEDS},0.006万张,,,,").diagnostics
    assert (finding.field, finding.value, finding.severity) == ("value", "0.006万张", Severity.ERROR)
    assert (finding.unit, finding.indicator, finding.period) == ("qingshan", "T01-01", "2031-03")
    assert "应写作 60。" in finding.hint
    (finding,) = check_rows(f"2031-03,青山县,{BEDS},0.006万,,,,").diagnostics
    assert "60" not in finding.hint  # nobody knows of what


def test_an_unknown_unit_is_one_finding_however_many_rows() -> None:
    result = check_rows(*(f"2031-0{month},青三县,{BEDS},{month},,,," for month in range(1, 6)))
    (finding,) = result.diagnostics
    assert (finding.rule.code, finding.location.line) == ("MZ302", 2)
    assert "本文件共 5 行" in finding.message
    assert "青山县" in finding.hint


def test_a_shifted_column_is_one_finding_for_the_block() -> None:
    names = [indicator.name for indicator in PLAN.indicators.values() if "qingshan" in indicator.reporting]
    ids = [indicator.id for indicator in PLAN.indicators.values() if "qingshan" in indicator.reporting]
    rows = [f"2031-03,青山县,{code},{name},1,,,," for code, name in zip(ids, names[1:] + names[:1], strict=True)]
    result = check_rows(*rows)
    (finding,) = result.diagnostics
    assert (finding.rule.code, finding.location.line) == ("MZ304", 2)
    assert f"到第{len(rows) + 1}行共 {len(rows)} 行" in finding.message
    assert result.ledger.latest_period() is None


def test_of_two_records_for_one_place_the_first_stays_and_each_further_one_is_told() -> None:
    rows = [f"2031-03,青山县,{BEDS},{n},,,," for n in (12, 13, 12)]
    result = check_rows(*rows)
    assert [f"{f.rule.code}@{f.location.line}" for f in result.diagnostics] == ["MZ320@3", "MZ320@4"]
    assert "前面是 12，这里是 13" in result.diagnostics[0].message
    assert "数也相同" in result.diagnostics[1].message
    assert {finding.related for finding in result.diagnostics} == {(Location("示例.csv", 2),)}
    assert value(result, "T01-01", "qingshan", 3) == 12 * SCALE


def test_a_record_that_failed_does_not_take_the_place() -> None:
    result = check_rows(f"2031-03,青山县,{BEDS},约12,,,,", f"2031-03,青山县,{BEDS},13,,,,")
    assert codes(result) == ["MZ218"]
    assert value(result, "T01-01", "qingshan", 3) == 13 * SCALE


def test_a_file_in_its_place_goes_before_one_that_is_misplaced(tmp_path: Path) -> None:
    month = tmp_path / "data" / "2031-03"
    month.mkdir(parents=True)
    (month / "青山.csv").write_bytes(csv_of(f"2031-03,青山县,{BEDS},13,,,,"))
    (month / "qingshan.csv").write_bytes(csv_of(f"2031-03,青山县,{BEDS},12,,,,"))
    (copy,) = data_sources([month / "青山.csv"], tmp_path)
    (proper,) = data_sources([month / "qingshan.csv"], tmp_path)
    runs = [
        run_checks(PLAN, [copy, proper]),
        run_checks(PLAN, [proper, copy]),
        run_checks(PLAN, [proper], context=[copy]),
        run_checks(PLAN, [copy], context=[proper]),
    ]
    for result in runs:
        assert value(result, "T01-01", "qingshan", 3) == 12 * SCALE
    assert [codes(run) for run in runs] == [["MZ603", "MZ121"], ["MZ603", "MZ121"], ["MZ603"], ["MZ121"]]
    assert [Path(file.path).name for file in runs[0].files] == ["qingshan.csv", "青山.csv"]


@pytest.mark.untraced
def test_a_refused_file_leaves_nothing_behind() -> None:
    rows = [f"2031-{month:02d},青山县,{BEDS},{month},,,," for month in range(1, 7)]
    padding = [f"2031-07,青山县,{BEDS},7,,,," for _ in range(8000)]
    result = run_checks(
        PLAN,
        [
            Source.of_bytes("a.csv", csv_of(f"2031-01,绿水县,{BEDS},5,,,,")),
            Source.of_bytes("b.csv", csv_of(*rows, *padding, "<<<<<<< HEAD")),
        ],
    )
    assert codes(result) == ["MZ108"]
    assert [file.is_refused for file in result.files] == [False, True]
    assert len(result.ledger.values) - result.ledger.values.count(EMPTY) == 1


def test_a_file_that_is_wrong_throughout_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST_FINDINGS", 10)
    rows = [f"2031-03,青山县,T09-{n},,1,,,," for n in range(100)]
    result = check_rows(*rows)
    assert codes(result).count("MZ301") == 11
    assert codes(result).count("MZ118") == 1
    rows = [f"2031-03,青三县,{BEDS},{n},,,," for n in range(100)]
    result = check_rows(*rows)
    assert codes(result) == ["MZ118", "MZ302"]
    assert "本文件共 11 行" in result.diagnostics[1].message
    stray = [f'2031-03,青山县,{BEDS},"{n}"x,,,,' for n in range(20_000)]
    result = check_rows(*stray)
    assert codes(result).count("MZ118") == 1
    assert 10 < codes(result).count("MZ141") < 10_000, "of the first block, not of the whole file"


def test_context_is_compared_with_but_not_reported_on() -> None:
    before = Source.of_bytes(
        "2031-02/qingshan.csv", csv_of(f"2031-02,青山县,{BEDS},20,,,,", "2031-02,青山县,T09,,1,,,,")
    )
    now = Source.of_bytes("2031-03/qingshan.csv", csv_of(f"2031-03,青山县,{BEDS},12,,,,"))
    alone = run_checks(PLAN, [now])
    assert codes(alone) == ["MZ603"]
    result = run_checks(PLAN, [now], context=[before, now])
    assert codes(result) == ["MZ603", "MZ501"]
    assert result.diagnostics[1].related == (Location("2031-02/qingshan.csv", 2),)
    assert [file.path for file in result.files] == [now.path]
    assert result.records == 1
    other_way = run_checks(PLAN, [before], context=[now])
    assert "MZ501" in codes(other_way)


def test_a_falling_total_takes_only_itself_out() -> None:
    result = check_rows(*(f"2031-0{month},青山县,{BEDS},{n},,,," for month, n in enumerate((10, 30, 20, 25), start=1)))
    (finding,) = result.diagnostics
    assert (finding.rule.code, finding.location, finding.value) == ("MZ501", Location("示例.csv", 4, 28), "20")
    assert finding.related == (Location("示例.csv", 3),)
    assert [value(result, "T01-01", "qingshan", month) for month in (2, 3, 4)] == [30 * SCALE, EMPTY, 25 * SCALE]


JUMPS = [
    ("T01-01", "qingshan", ("10", "61"), ["MZ502"]),  # target 100: more than half of it
    ("T01-01", "qingshan", ("10", "60"), []),  # exactly half
    ("T01-01", "lvshui", ("10", "21"), []),  # no target: the pace of January goes on
    ("T01-01", "lvshui", ("10", "41"), ["MZ502"]),  # more than three times that pace
    ("T01-01", "lvshui", ("4", "14"), []),  # ten units are no jump
    ("T01-01", "lvshui", ("0", "300"), []),  # nothing to compare with
    ("T01-02", "lvshui", ("100", "151"), ["MZ502"]),  # a level: more than half of it
    ("T01-02", "lvshui", ("100", "150"), []),
    ("T01-02", "lvshui", ("100", "66"), ["MZ515"]),
]


@pytest.mark.parametrize(("code", "unit", "figures", "told"), JUMPS)
def test_jumps_are_measured_by_target_or_by_what_was_before(
    code: str, unit: str, figures: Sequence[str], told: list[str]
) -> None:
    rows = [f"2031-0{month},{unit},{code},,{figure},,,," for month, figure in enumerate(figures, start=1)]
    assert codes(check_rows(*rows)) == told


RELATIONS = [
    ("at_most", "skip_any", {"T01-06": 5, "T03-01": 6, "T01-01": 10}, True),
    ("at_most", "skip_any", {"T01-06": 5, "T03-01": 5, "T01-01": 10}, False),
    ("at_most", "skip_any", {"T01-06": 11, "T01-01": 10}, False),
    ("at_most", "skip_all", {"T01-06": 11, "T01-01": 10}, True),
    ("at_most", "as_zero", {"T01-06": 11, "T01-01": 10}, True),
    ("at_most", "skip_all", {"T01-01": 10}, False),
    ("equals", "skip_any", {"T01-06": 5, "T03-01": 4, "T01-01": 10}, True),
    ("equals", "skip_any", {"T01-06": 5, "T03-01": 5, "T01-01": 10}, False),
    ("equals", "skip_all", {"T01-06": 9, "T01-01": 10}, True),
    ("equals", "skip_any", {"T01-06": 5, "T03-01": 4}, False),
]


@pytest.mark.parametrize(("operator", "missing", "figures", "is_broken"), RELATIONS)
def test_relations_of_the_plan(operator: str, missing: str, figures: dict[str, int], is_broken: bool) -> None:
    relation = Relation(("T01-06", "T03-01"), operator, "T01-01", missing)  # type: ignore[arg-type]  # from a table
    rows = [f"2031-03,青山县,{code},,{figure},,,," for code, figure in figures.items()]
    result = check_rows(*rows, plan=replace(PLAN, relations=(relation,)))
    assert codes(result) == (["MZ420"] if is_broken else [])
    assert (value(result, "T01-01", "qingshan", 3) == EMPTY) == (is_broken or "T01-01" not in figures)


def test_an_about_target_overshot_is_told_once_for_the_city_and_for_a_unit_with_a_part() -> None:
    figures = (("绿水县", (500, 600, 600)), ("高新区", (300, 400, 451)))
    rows = [f"2031-0{m},{unit},T01-05,,{n},,,," for unit, year in figures for m, n in enumerate(year, start=1)]
    (finding,) = check_rows(*rows, "2031-04,绿水县,T01-05,,700,,,,").diagnostics
    assert (finding.rule.code, finding.period, finding.unit) == ("MZ506", "2031-03", "lvshui")
    assert finding.message == "全市合计 1051 超过目标（约 1000）的上限 1050"
    alone = check_rows("2031-03,青山县,T01-05,,1051,,,,").diagnostics
    assert [finding.message[:4] for finding in alone] == ["全市合计", "青山县 "]
    [part] = PLAN.parts["T01-05", "qingshan"]
    reference = {**PLAN.parts, ("T01-05", "qingshan"): (part._replace(basis="reference"),)}
    alone = check_rows("2031-03,青山县,T01-05,,1051,,,,", plan=replace(PLAN, parts=reference)).diagnostics
    assert [finding.message[:4] for finding in alone] == ["全市合计"]


@through(
    ("cells", "expected"),
    [
        ("70,70,100", []),
        (",70,100", []),
        ("66.7,2,3", []),
        ("66.67,2,3", []),
        ("66.6,2,3", ["MZ405"]),
        ("-66.6,2,3", ["MZ403"]),
        ("67,2,3", []),
        ("0.7,70,100", ["MZ405"]),
        ("0.70,70,100", ["MZ405"]),
        ("170,70,100", ["MZ406"]),
        ("100,101,100", ["MZ404"]),
        (",101,100", ["MZ404"]),
        ("70,,", ["MZ401"]),
        (",70,", ["MZ401"]),
        (",,100", ["MZ401"]),
        (",0,0", ["MZ402"]),
        (",5,-10", ["MZ402"]),
        (",-5,-10", ["MZ402", "MZ403"]),
        (",-5,10", ["MZ403"]),
        ("不适用,70,100", ["MZ311", "MZ312"]),
    ],
)
def test_ratios(cells: str, expected: list[str]) -> None:
    assert sorted(codes(check_rows(f"2031-03,青山县,{RATIO},{cells},,"))) == expected


def test_a_rate_per_ten_thousand_may_pass_its_whole() -> None:
    assert said(check_rows("2031-03,青山县,T01-07,,18,36,1.2,,")) == ["MZ405@2:21"]
    assert said(check_rows("2031-03,青山县,T01-07,,,36,30,,")) == ["MZ507@2:22"], "but not the promised 18 so far"


def test_a_small_value_of_a_ratio_gets_the_hint_about_its_unit() -> None:
    (finding,) = check_rows(f"2031-03,青山县,{RATIO},0.7,70,100,,").diagnostics
    assert "70/100 是 70.00" in finding.hint
    assert "不是小数" in finding.hint


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, []),
        (date(2031, 3, 31), ["MZ604"]),
        (date(2031, 4, 1), []),
        (date(2031, 2, 28), ["MZ605"]),
        (date(2030, 12, 31), ["MZ605"]),
        (date(2032, 1, 1), []),
    ],
)
def test_reports_for_months_to_come(day: date | None, expected: list[str]) -> None:
    assert codes(check_rows(f"2031-03,青山县,{BEDS},12,,,,", today=day)) == expected


def project(folder: Path, **reports: str) -> Path:
    """A project with complete reports: `qingshan="2031-01 2031-02"`."""
    (folder / "plan").mkdir()
    for unit in UNITS:
        for period in reports.get(unit.id, "").split():
            path = folder / "data" / period / f"{unit.id}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(complete_report(unit, period).encode())
    return folder


def absent(root: Path, *paths: Path, day: date | None = TODAY, context: Sequence[Source] = ()) -> list[str]:
    result = run_checks(PLAN, data_sources(paths or [root / "data"], root), today=day, context=context)
    return [f"{f.rule.code} {os.path.relpath(f.location.path, root)} {f.unit}" for f in result.diagnostics]


def test_missing_and_late_reports_are_told_where_they_should_be(tmp_path: Path) -> None:
    root = project(tmp_path, qingshan="2031-01 2031-02 2031-03", lvshui="2031-01 2031-03", gaoxin="2031-02 2031-03")
    first = ["MZ602 data/2031-01/bureau.csv bureau", "MZ601 data/2031-01/gaoxin.csv gaoxin"]
    second = ["MZ602 data/2031-02/bureau.csv bureau", "MZ601 data/2031-02/lvshui.csv lvshui"]
    third = ["MZ602 data/2031-03/bureau.csv bureau"]
    assert absent(root) == first + second + third
    assert absent(root, day=None) == [first[1], second[1]]
    # only what was given as a whole can lack something, and only what is late by its day
    data = root / "data"
    assert absent(root, data / "2031-03") == third
    assert absent(root, data / "2031-03" / "qingshan.csv") == []
    assert absent(root, data / "2031-03", day=date(2031, 4, 10)) == []
    assert absent(root, data / "2031-03", day=date(2031, 4, 11)) == third
    context = data_sources([data / "2031-02", data / "2031-03"], root)
    assert absent(root, data / "2031-01", context=context) == first


def test_missing_indicators_of_a_report_are_one_finding(tmp_path: Path) -> None:
    root = project(tmp_path, bureau="2031-03", qingshan="2031-03")
    path = root / "data" / "2031-03" / "bureau.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]))
    result = run_checks(PLAN, data_sources([path], root), today=TODAY)
    (finding,) = result.diagnostics
    assert (finding.rule.code, finding.location.line, finding.unit, finding.period) == ("MZ603", 0, "bureau", "2031-03")
    assert "缺 1 项应报的指标：T02-01 政策宣讲场次" in finding.message


def test_a_row_that_is_there_but_wrong_is_not_also_missing(tmp_path: Path) -> None:
    root = project(tmp_path, bureau="2031-03")
    path = root / "data" / "2031-03" / "bureau.csv"
    path.write_text(path.read_text().replace("T02-01", "T02-09"))
    assert codes(run_checks(PLAN, data_sources([path], root), today=TODAY)) == ["MZ301"]
    path.write_text(path.read_text().replace("T02-09", "T02-01").replace(",3,,", ",约3,,"))
    assert set(codes(run_checks(PLAN, data_sources([path], root), today=TODAY))) == {"MZ218"}


def test_the_same_figures_everywhere_are_asked_about_once() -> None:
    units = [unit.name for unit in UNITS]
    rows = [f"2031-0{month},{unit},T01-02,,37,,,," for month in (2, 3) for unit in units]
    (finding,) = check_rows(*rows).diagnostics
    assert (finding.rule.code, finding.period, len(finding.related)) == ("MZ510", "2031-03", 3)
    assert "请核实" in finding.message


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    root = project(tmp_path / "project", bureau="2031-03")
    secret = tmp_path / "secret.csv"
    secret.write_bytes(csv_of("2031-03,密码,T01-02,,hunter2,,,,"))
    (root / "data" / "2031-03" / "lvshui.csv").symlink_to(secret)
    for given in (root / "data" / "2031-03" / "lvshui.csv", root / "data"):
        findings = run_checks(PLAN, data_sources([given], root)).diagnostics
        assert "MZ101" in [finding.rule.code for finding in findings]
        assert not any("hunter2" in f"{f.message}{f.hint}{f.value}" for f in findings)


def test_the_rest_of_the_data_folder_is_context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path, bureau="2031-02 2031-03", qingshan="2031-03")
    given = data_sources([root / "data" / "2031-03" / "bureau.csv"], root)
    others = sorted(source.path for source in context_sources(given, root))
    assert [os.path.relpath(path, root / "data") for path in others] == ["2031-02/bureau.csv", "2031-03/qingshan.csv"]
    monkeypatch.chdir(root)
    assert sorted(source.path for source in context_sources(given, root))[0] == "data/2031-02/bureau.csv"
    (tmp_path / "loose.csv").write_bytes(b"")
    assert context_sources(data_sources([tmp_path / "loose.csv"], root), root) == []
    assert context_sources(data_sources([tmp_path / "loose.csv"]), None) == []
    named = data_sources([root / "data" / "2031-03" / "bureau.csv"])
    assert [source.spot for source in named] == [source.spot for source in given]
    assert {s.spot for s in context_sources(named, None)} == {s.spot for s in context_sources(given, root)}


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("证明.pdf", True),
        ("子/图.png", True),
        ("子\\图.png", True),
        ("../佐证/文.docx", True),
        ("佐证/文.docx", True),
        ("没有.pdf", False),
        ("../../../../../etc/passwd", False),
        ("/etc/passwd", False),
        ("C:/Windows/win.ini", False),
        ("a\0b", False),
        ("长" * 2000, False),
        ("./" * 30 + "证明.pdf", True),
        ("./" * 33 + "证明.pdf", False),
    ],
)
def test_evidence_is_looked_for_beside_the_file_and_in_the_project_only(
    tmp_path: Path, text: str, is_there: bool
) -> None:
    data = tmp_path / "data"
    for name in ("证明.pdf", "子/图.png"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"")
    (tmp_path / "佐证").mkdir()
    (tmp_path / "佐证" / "文.docx").write_bytes(b"")
    source = Source(str(data / "x.csv"), str(data / "x.csv"), root=str(tmp_path))
    assert evidence_exists(text, source) is is_there


@pytest.mark.untraced
def test_a_hint_depends_on_its_own_file_alone(tmp_path: Path) -> None:
    for file in "abcdef":
        unknown = (f"2031-03,青山县,T0{line}-0{line}{file},,1,,,," for line in range(PONDERED + 5))
        (tmp_path / f"{file}.csv").write_bytes(csv_of(*unknown, "2031-03,青山县,T01-01x,,1,,,,"))
    sources = data_sources([tmp_path])
    together = run_checks(PLAN, sources, today=TODAY).diagnostics
    apart = [finding for source in sources for finding in run_checks(PLAN, [source], today=TODAY).diagnostics]
    runs = [[finding for finding in run if finding.field == "indicator"] for run in (together, apart)]
    assert [len(run) for run in runs] == [6 * (PONDERED + 6)] * 2
    assert runs[0] == runs[1]
    hinted = [finding.value for finding in runs[0] if "T01-01" in finding.hint and "T01-01" in (finding.value or "")]
    assert hinted == [f"T01-01{file}" for file in "abcdef"], "the last miss of each file is one too many"


def test_after_too_many_findings_a_file_keeps_but_the_first_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "MOST_FINDINGS", 10)
    monkeypatch.setattr(scan, "SPARED", 3)
    bad = "2031-03,青山县,T09-{n},,1,,,,"
    for name, count in (("a", 6), ("b", 8), ("c", 8), ("d", 2)):
        (tmp_path / f"{name}.csv").write_bytes(csv_of(*(bad.format(n=n) for n in range(count))))
    result = run_checks(PLAN, data_sources([tmp_path]))
    told = [(Path(finding.location.path).stem, finding.rule.code) for finding in result.diagnostics]
    said = {name: [code for stem, code in told if stem == name and code in ("MZ301", "MZ118")] for name in "abcd"}
    assert said == {
        "a": ["MZ301"] * 6,
        "b": ["MZ118"] + ["MZ301"] * (10 - 6 + 1),
        "c": ["MZ118"] + ["MZ301"] * (3 + 1),
        "d": ["MZ301"] * 2,
    }


def test_a_file_broken_off_tells_what_its_bytes_have_brought_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST_FINDINGS", 5)
    rows = "".join(f"2031-03,青山县,T09-{n},,1,,,,\r\r\n" for n in range(9))
    result = run_checks(PLAN, [Source.of_bytes("a.csv", f"{HEADER}\r\r\n{rows}".encode("gb18030"))])
    assert {"MZ112", "MZ114", "MZ118"} <= set(codes(result))
