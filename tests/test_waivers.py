"""A waiver lets pass what it names, until its day, and never more."""

from datetime import date
from pathlib import Path

import pytest

from findings import finding
from mzplan.check.settings import SETTINGS_RULES, catalogue
from mzplan.check.waivers import SIZE_LIMIT, Waiver, apply_waivers, parse_waivers, read_waivers
from mzplan.diagnostics import Diagnostic, Rule
from mzplan.plan.load import load_plan
from mzplan.plan.model import Plan

pytestmark = pytest.mark.traced

TODAY = date(2023, 5, 10)
HEADER = "code,unit,indicator,period,reason,until\n"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(Path(__file__).parent / "plans" / "tiny.yaml")


def about(unit: str = "jia") -> Diagnostic:
    return finding(catalogue()["MZ301"], unit=unit, indicator="T01-01", period="2023-03")


def parsed(text: str, plan: Plan) -> tuple[list[Waiver], list[Diagnostic]]:
    return parse_waivers(text.encode(), plan)


def problems(text: str, plan: Plan) -> list[str]:
    """What is wrong in a waiver file: `code@line message hint`."""
    found = parsed(text, plan)[1]
    return [f"{f.rule.code}@{f.location.line} {f.message}{'。' + f.hint if f.hint else ''}" for f in found]


def test_a_row_is_read_whatever_spelling_the_unit_has(plan: Plan) -> None:
    for spelling in ("甲县", "jia", "990101"):
        waivers, wrong = parse_waivers(
            (f"{HEADER}MZ301,{spelling},T01-01,2023-03,市局同意,2023-12-31\n").encode(), plan
        )
        assert wrong == []
        assert waivers == [Waiver("MZ301", "jia", "T01-01", "2023-03", "市局同意", date(2023, 12, 31), 2)]


def test_chinese_headings_any_order_and_a_spreadsheets_date_are_read(plan: Plan) -> None:
    text = (
        '\ufeff有效期至,规则编号,填报单位,指标编码,报告期,理由,\r\n2023/7/1,MZ301,,,2023-03,"两行\n理由",\r\n,,,,,,\r\n'
    )
    waivers, wrong = parsed(text, plan)
    assert wrong == []
    assert waivers == [Waiver("MZ301", "", "", "2023-03", "两行\n理由", date(2023, 7, 1), 2)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("MZ3O1,甲县,,,理由,2023-12-31", "MZ812@2 没有规则“MZ3O1”。是否要写“MZ301”？"),
        (",甲县,,,理由,2023-12-31", "MZ812@2 没有规则“”"),
        ("MZ301,示范开发曲,,,理由,2023-12-31", "MZ812@2 没有填报单位“示范开发曲”。是否要写“示范开发区”？"),
        ("MZ301,,T01-1,,理由,2023-12-31", "MZ812@2 计划中没有指标“T01-1”。是否要写“T01-01”？"),
        ("MZ301,,服务类救助项目数,,理由,2023-12-31", "MZ812@2 计划中没有指标“服务类救助项目数”。是否要写“T01-01”？"),
        ("MZ301,,,2023年3月,理由,2023-12-31", "MZ812@2 “2023年3月”不是报告期。写成 YYYY-MM。"),
        ("MZ301,,,,理由,2023-12-31", "MZ812@2 没有写明豁免哪个单位、指标或报告期。"),
        ("MZ301,,,2023-03,理由,2023-02-30", "MZ812@2 “2023-02-30”不是日期。写成 YYYY-MM-DD。"),
        ("MZ301,,,2023-03,理由,明年", "MZ812@2 “明年”不是日期。写成 YYYY-MM-DD。"),
        ("MZ301,,,2023-03,理由,２０３１-12-31", "MZ812@2 “２０３１-12-31”不是日期。"),
        ("MZ301,,,2023-03,,2023-12-31", "MZ813@2 豁免没有写理由"),
        ("MZ301,,,2023-03,理由,", "MZ813@2 豁免没有写有效期"),
        ("MZ301,,,2023-03,理由", "MZ813@2 豁免没有写有效期"),
        ('MZ301,,,2023-03,"理由,2023-12-31', "MZ811@2 这一行的引号不配对，或某一格太长"),
        ("MZ301,\x1b[31m,,,理由,2023-12-31", "MZ812@2 没有填报单位“\\x1b[31m”"),
    ],
)
def test_a_row_that_is_wrong_is_said_and_waives_nothing(row: str, expected: str, plan: Plan) -> None:
    found = problems(f"{HEADER}{row}\n", plan)
    assert len(found) == 1
    assert found[0].startswith(expected)
    assert parsed(f"{HEADER}{row}\n", plan)[0] == []


@pytest.mark.parametrize("header", ["code,unit", "code,code,unit,indicator,period,reason,until", "a,b,c,d,e,f", ",,,"])
def test_another_header_is_said_once(header: str, plan: Plan) -> None:
    found = problems(f"{header}\n1,2\n3,4\n", plan)
    assert found == ["MZ811@1 表头不对。第一行应是 code,unit,indicator,period,reason,until。"]


def test_lines_are_physical(plan: Plan) -> None:
    text = f'{HEADER}MZ301,,,2023-03,"一\r\n二\n三",2023-12-31\n\nMZ999,,,,,\n'
    assert [found.split(" ")[0] for found in problems(text, plan)] == ["MZ812@6"]


def test_a_file_is_read_as_a_spreadsheet_saves_it(tmp_path: Path, plan: Plan) -> None:
    text = f"{HEADER}MZ301,甲县,,,市局同意,2023-12-31\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        waivers, wrong = read_waivers(path, plan)
        assert (len(waivers), wrong) == (1, [])
    for delimiter in ";\t":
        assert len(parse_waivers(text.replace(",", delimiter).encode(), plan)[0]) == 1


def test_a_file_in_big5_is_called_so(plan: Plan) -> None:
    text = f"{HEADER}MZ301,甲縣,,,市局同意暫緩填報該項指標，請於年底以前補報完畢,2023-12-31\n"
    waivers, wrong = parse_waivers(text.encode("big5"), plan)
    assert (waivers, [finding.message for finding in wrong]) == ([], ["这是 Big5"])


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, plan: Plan) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\xff\xff\xff")
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (SIZE_LIMIT + 1))
    for path in (broken, large, tmp_path, tmp_path / "none.csv"):
        waivers, wrong = read_waivers(path, plan)
        assert waivers == []
        assert [found.rule.code for found in wrong] == ["MZ811"]


@pytest.mark.parametrize(
    ("waiver", "covered"),
    [
        ("MZ301,甲县,T01-01,2023-03", True),
        ("MZ301,甲县,,", True),
        ("MZ301,,,2023-03", True),
        ("MZ301,,T01-01,", True),
        ("MZ301,,,2023-04", False),
        ("MZ301,,T01-02,", False),
        ("MZ802,甲县,T01-01,2023-03", False),
    ],
)
def test_a_waiver_covers_what_agrees_in_all_it_names(waiver: str, covered: bool, plan: Plan) -> None:
    waivers, wrong = parsed(f"{HEADER}{waiver},理由,2023-05-10\n", plan)
    assert wrong == []
    kept, waived = apply_waivers([about()], waivers, "waivers.csv", TODAY, whole=False)
    assert (kept, waived) == (([], 1) if covered else ([about()], 0))


def test_a_finding_about_nothing_in_particular_is_covered_by_no_particular_waiver(plan: Plan) -> None:
    waivers, _ = parsed(f"{HEADER}MZ301,甲县,,,理由,2023-12-31\n", plan)
    assert apply_waivers([about(unit="")], waivers, "w", TODAY, whole=False) == ([about(unit="")], 0)


def test_an_expired_waiver_lets_nothing_pass_and_is_a_finding(plan: Plan) -> None:
    waivers, _ = parsed(f"{HEADER}MZ301,甲县,,,理由,2023-05-09\n", plan)
    kept, waived = apply_waivers([about()], waivers, "waivers.csv", TODAY, whole=True)
    assert waived == 0
    assert kept[0] == about()
    assert (kept[1].rule.code, str(kept[1].location)) == ("MZ814", "waivers.csv:2")
    assert kept[1].message == "对 MZ301 的豁免已于 2023-05-09 到期"


def test_an_unused_waiver_is_a_finding_only_when_all_data_were_seen(plan: Plan) -> None:
    waivers, _ = parse_waivers(
        (f"{HEADER}MZ301,甲县,,,理由,2023-12-31\nMZ301,,,2023-03,理由,2023-12-31\n").encode(), plan
    )
    assert apply_waivers([], waivers, "w", TODAY, whole=False) == ([], 0)
    found = apply_waivers([about(unit="")], waivers, "w", TODAY, whole=True)
    assert [(f.rule.code, f.location.line) for f in found.kept] == [("MZ815", 2)]
    assert found.waived == 1


@pytest.mark.parametrize("given", [r for r in SETTINGS_RULES if r.code >= "MZ811"], ids=lambda rule: rule.code)
def test_the_examples_of_the_rules_are_true(given: Rule, plan: Plan) -> None:
    def codes(text: str) -> list[str]:
        waivers, wrong = parsed(text, plan)
        kept, _ = apply_waivers([], waivers, "waivers.csv", TODAY, whole=True)
        return [found.rule.code for found in (*wrong, *kept)]

    assert codes(given.bad) == [given.code]
    assert codes(given.good) == []
