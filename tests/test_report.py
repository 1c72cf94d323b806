"""`mzplan report`: the page is whole, says what `status` and `explain` say, and obeys nobody but its reader."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Mzplan, few
from factory import JUNE, LOOK, YEAR, at_least, indicator, plan_of_one, plan_with, view_of, write_project, written
from mzplan.period import Period
from mzplan.plan.indicator import CountIndicator
from mzplan.plan.model import Basis, Part
from mzplan.plan.target import Operator, Revision, Schedule, Target
from mzplan.render.document import Listing, plain
from mzplan.render.explain.build import document
from mzplan.render.report import FORMATS
from mzplan.render.report.detail import folded
from mzplan.render.report.markup import Raw, element
from mzplan.render.report.parts import ROW_DATA
from mzplan.render.status import FORMATS as SCREEN
from mzplan.scoring.progress import STATUS_ZH, Status
from mzplan.views.query import Query
from mzplan.views.report import FiledCount, ReportView
from pages import Node, read
from test_hostile_names import HOSTILE, named

pytestmark = pytest.mark.untraced

FIGURES = ("actual", "numerator", "denominator", "target", "completion", "expected", "gap", "contribution")
ROOT = Path(__file__).parent.parent
SHIPPED = ("--plan", ROOT / "plan" / "2023.yaml", "--data", ROOT / "data")


def report_of(query: Query | None = None, period: Period = JUNE, **more: Any) -> ReportView:
    return ReportView(status=view_of(query, period, **more))


def page_of(view: ReportView) -> Node:
    written = FORMATS["html"](view, LOOK)
    assert isinstance(written, str)
    return read(written)


_PAGES: dict[tuple[object, ...], str] = {}


def shipped(mzplan: Mzplan, *options: object) -> str:
    """The page of the shipped data with those options, written once for all tests."""
    if options not in _PAGES:
        code, _PAGES[options], said = mzplan("report", *SHIPPED, *options)
        assert (code, said) == (0, "")
    return _PAGES[options]


OPTIONS = [(), ("--unit", "义乌市,磐安县"), ("--area", "2"), ("--period", "2023-01", "--unit", "全市")]


@few("options", OPTIONS, OPTIONS[:1])
def test_every_link_leads_somewhere_ids_are_unique_and_nothing_is_asked_for(
    options: tuple[str, ...], mzplan: Mzplan
) -> None:
    text = shipped(mzplan, *options)
    page = read(text)
    ids = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    links = [node.attributes["href"] for node in page.all() if "href" in node.attributes]
    assert len(ids) == len(set(ids))
    assert {link[:1] for link in links} == {"#"}
    assert {link[1:] for link in links} <= set(ids)
    assert len(links) > 20
    assert not [node.tag for node in page.all() if "src" in node.attributes or node.tag in ("link", "img", "iframe")]
    assert len(text.encode()) < 2_000_000


@few("options", [*OPTIONS, ("--lights", "tianjin-2022"), ("--unit", "武义县", "--task", "5")], OPTIONS[1::2])
def test_every_figure_is_that_of_status(options: tuple[str, ...], mzplan: Mzplan) -> None:
    page = read(shipped(mzplan, *options))
    asked = json.loads(mzplan("status", *SHIPPED, "--format", "json", *options).out)
    rows: dict[tuple[str, str], str] = {}
    for article in page.one("indicators").all("details"):
        if article.attributes["id"].startswith("i."):
            for head in article.all("th", scope="row"):
                rows[article.attributes["id"][2:], head.attributes["data-unit"]] = head.attributes["data-row"]
    assert set(rows) == {(row["indicator"], row["unit"] or "") for row in asked["rows"]}
    for row in asked["rows"]:
        said = dict(zip((*ROW_DATA, *FIGURES), rows[row["indicator"], row["unit"] or ""].split(), strict=True))
        for name in FIGURES:
            assert said[name] == (row[name] or "."), (row["indicator"], row["unit"], name)
        assert said["status"] == row["status"]
        assert said["carried"] == (row["carried_status"] or ".")
        assert said["record"] == (row["record_period"] or ".")
        assert said["reported"] == f"{row['reported']}/{row['reporting']}"


def test_every_mean_of_the_heat_map_is_that_of_status(mzplan: Mzplan) -> None:
    page = read(shipped(mzplan))
    asked = json.loads(mzplan("status", *SHIPPED, "--format", "json").out)
    areas = list(dict.fromkeys(one["area"] for one in asked["areas"]))
    lines = {line.all("th")[0].attributes["data-unit"]: line.all("td") for line in page.one("heat").all("tr")[1:]}
    assert list(lines) == [one["unit"] or "" for one in asked["units"]]
    names = ("completion", "on_schedule", "due", "judged")
    for one in [*asked["areas"], *asked["units"]]:
        at = areas.index(one["area"]) if "area" in one else len(areas)
        said = lines[one["unit"] or ""][at].attributes
        told = [said.get(f"data-{name.replace('_', '-')}") for name in names]
        assert told == ([None] * 4 if one["completion"] is None else [str(one[name]) for name in names])
    for one in asked["units"]:
        reported, rank = [cell.text for cell in lines[one["unit"] or ""][-2:]]
        if one["unit"] is not None:
            assert reported == f"{one['reported']}/{one['reporting']}"
        assert rank == ("-" if one["rank"] is None else str(one["rank"]))


def unfolded(text: str) -> list[str]:
    """The records that one line tells of several months that follow each other, the latest first."""
    found = re.fullmatch("([0-9-]+)至([0-9-]+)　(.*)　(.*)", text)
    if found is None:
        return [text]
    last, first, figures, place = found.groups()
    months = [Period.parse(last).shift(-back) for back in range(12)]
    told = [month for month in months if month >= Period.parse(first)]
    return [
        f"{month}　{figure}　{place.replace('YYYY-MM', str(month))}"
        for month, figure in zip(told, figures.split("、"), strict=True)
    ]


def test_a_note_stands_below_its_own_record_alone() -> None:
    """Five months at one place, March with a note: April and May are told together, and so are the first two."""
    lines = [(f"2023-0{month}", str(month), f"data/2023-0{month}/a.csv:2") for month in (5, 4, 3, 2, 1)]
    noted = [*lines[:3], ("", "说明：补报"), *lines[3:]]
    assert list(folded(noted)) == [
        ("2023-05至2023-04", "5、4", "data/YYYY-MM/a.csv:2"),
        lines[2],
        ("", "说明：补报"),
        ("2023-02至2023-01", "2、1", "data/YYYY-MM/a.csv:2"),
    ]
    assert list(folded([lines[0], lines[2]])) == [lines[0], lines[2]], "a month between is not told"
    assert list(folded([(*lines[0], "采用"), lines[1]])) == [(*lines[0], "采用"), lines[1]]


def test_every_row_is_explained_as_explain_does_and_the_clause_once() -> None:
    view = report_of()
    page = page_of(view)
    for identifier, lines in view.by_indicator.items():
        for place, line in enumerate(lines):
            found = page.one(f"e.{identifier}.{line.row.unit or ''}")
            listings = [block for block in document(view.explained(line.row)).blocks if isinstance(block, Listing)]
            said = ["　".join(map(plain, item.pieces)) for block in listings for item in block.items]
            clause = [plain(item.pieces[0]) for item in listings[1].items]
            told = [line for node in found.all("dd") for line in unfolded(node.text)]
            assert told == said if place == 0 else told == [text for text in said if text not in clause]


def test_the_verdict_counts_what_is_due_and_names_who_is_silent() -> None:
    page = page_of(report_of())
    said = [sentence.text for sentence in page.one("verdict").all("p")]
    tally = report_of().status.card.units[None].tally
    assert said[0].startswith(f"全市应达 {tally.due} 项，达到 {tally.on_schedule} 项；没有达到的：")
    assert said[1] == "未报：南县5项，7月10日前报。"
    named = {node.text for node in page.one("danger").all("a")}
    assert "T01-01 新增床位" in named


def test_an_area_in_which_nothing_judges_has_no_trend() -> None:
    """The bureau reports in area 1 only what is undefined."""
    view = report_of(Query(units=("bureau",)))
    assert view.areas == (1, 2)
    assert [(one.by, one.key) for one in view.trend[1]] == [("unit", "bureau"), ("area", 2)]


def test_a_silent_unit_has_its_own_mark_and_carried_figures_their_month() -> None:
    page = page_of(report_of())
    (south,) = [line for line in page.one("heat").all("tr") if line.all("th", **{"data-unit": "south"})]
    first = south.all("td")[0]
    assert "沿用5月" in first.text
    assert "缺" in first.text
    assert first.attributes["class"] == "missing"
    filed = report_of().calendar["south"]
    assert filed[4] == FiledCount(4, 5, is_unread=False)
    assert filed[5] == FiledCount(0, 5, is_unread=False)
    assert filed[6] is None
    assert page.one("calendar").text.count(STATUS_ZH[Status.MISSING]) >= 2


def test_before_anything_is_due_nothing_is_praised_or_blamed() -> None:
    plan = plan_of_one(at_least(10), schedule=Schedule("by_due", Period(YEAR, 12)))
    page = page_of(report_of(period=Period(YEAR, 1), plan=plan, data="T01-01 north 2"))
    assert page.one("verdict").all("p")[0].text == "全市目前没有应达的指标。"
    cell = page.one("heat").all("tr")[1].all("td")[0]
    assert (cell.text, cell.attributes["class"]) == ("0.0未", "dim")
    assert page.one("danger").text == "目标风险（目前没有应达的指标）"
    assert page.one("due").text == "应达指标进度（目前没有应达的指标）"


@pytest.mark.parametrize("unit", [None, "north", "south", "bureau"])
@pytest.mark.parametrize("area", [1, 2, None])
def test_that_all_is_reached_is_said_only_of_what_is_due(unit: str | None, area: int | None) -> None:
    for month in (1, 5, 6, 12):
        view = report_of(Query(units=(unit,), areas=(area,)), Period(YEAR, month))
        tally = view.status.scope.units[unit].tally
        page = page_of(view)
        danger = page.one("danger").text
        assert ("（应达的全部达到）" in danger) == (0 < tally.due == tally.on_schedule)
        assert ("（目前没有应达的指标）" in danger) == (tally.due == 0)
        assert ("（目前没有应达的指标）" in page.one("due").text) == (tally.due == 0)


def test_a_total_is_judged_by_what_is_reported_and_told_to_wait_for_the_rest() -> None:
    """100 beds in the year, 50 by June: 60 are reported by one of three; then 20, which the others could still lift."""
    plan = plan_with(indicator(name="床位"))
    for figure, said in (
        ("60", "全市应达 1 项，达到 1 项。"),
        ("20", "全市应达 1 项，达到 0 项；没有达到的：1 项严重滞后（其中 1 项报齐后再作结论）。"),
    ):
        page = page_of(report_of(plan=plan, data=f"T01-01 north - - - - - {figure}"))
        assert page.one("verdict").all("p")[0].text == said


def test_of_the_citys_rows_alone_the_silent_units_on_which_they_rest_are_named() -> None:
    data = "T01-01 north - - - - - 60\nT01-01 zone - - - - - 0"
    page = page_of(report_of(Query(units=(None,)), plan=plan_with(indicator(name="床位")), data=data))
    said = [one.text for one in page.one("verdict").all("p")]
    assert said == ["全市应达 1 项，达到 1 项。", "未报：南县1项，7月10日前报。"]


def test_what_a_unit_lags_in_by_computed_parts_is_marked_and_counted() -> None:
    """10 of 50 where 25 are expected, twice: one part of 50 is handed down officially, one computed."""
    made = (indicator(name="床位"), indicator(identifier="T01-02", name="社工"))
    bases: dict[str, Basis] = {"T01-01": "official", "T01-02": "reference"}
    parts = {(one, "north"): (Part(at_least(50), basis, ""),) for one, basis in bases.items()}
    data = "T01-01 north - - - - - 10\nT01-02 north - - - - - 10"
    page = page_of(report_of(Query(units=("north",)), plan=plan_with(*made, parts=parts), data=data))
    said = page.one("verdict").all("p")[0].text
    assert said == "北县应达 2 项*，达到 0 项*；没有达到的：2 项严重滞后（其中 1 项按参考分解*）。"


def test_in_december_everything_is_due() -> None:
    data = "T01-01 north 1 2 3 4 5 6 7 8 9 10 11 12"
    page = page_of(report_of(period=Period(YEAR, 12), plan=plan_of_one(at_least(12)), data=data))
    assert [one.text for one in page.one("verdict").all("p")] == ["全市应达的 1 项全部达到。", "应报单位都已报齐。"]
    assert [one.text for one in page.one("calendar").all("td")] == ["齐"] * 12


@pytest.mark.parametrize(
    ("basis", "figures", "because"),
    [
        ("official", (1, 2, 3), "3家均滞后"),
        ("official", (1, 20, 3), "严重滞后：北县、开发区"),
        ("reference", (1, 2, 3), "3家均滞后（参考分解）"),
        ("reference", (0, 20, 3), "尚为0：北县"),
    ],
)
def test_who_lags_is_told_as_on_the_first_screen_and_nobody_is_named_for_a_computed_part(
    basis: Basis, figures: tuple[int, ...], because: str
) -> None:
    units = ("north", "south", "zone")
    parts = {("T01-01", unit): (Part(at_least(40), basis, "通知"),) for unit in units}
    plan = plan_with(indicator(target=at_least(120)), parts=parts)
    data = "\n".join(f"T01-01 {unit} - - - - - {figure}" for unit, figure in zip(units, figures, strict=True))
    view = report_of(plan=plan, data=data)
    (row,) = page_of(view).one("danger").all("tr")[1:]
    assert row.all("td")[-1].text == because
    line = next(line for line in written(SCREEN, "plain", view.status).splitlines() if line.startswith("T01-01"))
    assert because in line


def test_what_is_in_danger_is_that_of_the_first_screen_and_what_waits_for_reports() -> None:
    """Accidents, funds and beds lag; stations wait for 南县; the zone's beds are a part that was handed down."""
    view = report_of()
    city = [one.row.indicator.id for one in view.status.concerns if one.row.unit is None]
    assert city == [*(one.row.indicator.id for one in view.status.dangers if one.row.unit is None), "T02-01"]
    assert {one.row: one for one in view.status.dangers}.items() <= {
        one.row: one for one in view.status.concerns
    }.items()


def test_what_has_changed_since_the_month_before_is_told_of_the_city_and_of_what_is_asked_about() -> None:
    told = page_of(report_of()).one("moved").text
    screen = written(SCREEN, "plain", report_of().status)
    lines = screen.partition("与5月相比\n")[2].partition("\n\n")[0].splitlines()
    assert lines
    assert all(line.strip() in told for line in lines)
    assert "社工站" not in page_of(report_of(Query(areas=(1,)))).one("moved").text
    assert 'id="moved"' not in str(FORMATS["html"](report_of(Query(units=("north",))), LOOK))
    assert 'id="moved"' not in str(FORMATS["html"](report_of(period=Period(YEAR, 1)), LOOK))


def test_the_page_of_one_unit_is_about_that_unit() -> None:
    view = report_of(Query(units=("north",)))
    page = page_of(view)
    assert [row.owner for row in view.rows] == [None, "north"]
    assert list(view.calendar) == ["north"]
    assert page.one("verdict").all("p")[0].text.startswith("北县应达")
    assert {key[1] for key in view.lines} == {"north"}
    assert "南县" not in page.one("indicators").text.replace("未报：南县", "")


MONTHS = "T01-01 north 10 20 30 40 50 60"


def test_a_chart_has_each_month_with_the_target_then_in_force() -> None:
    revised = indicator(
        CountIndicator,
        target=at_least(120),
        revisions=(Revision(Period(YEAR, 4), at_least(240), "通知"),),
        reporting=("north",),
    )
    view = report_of(plan=plan_with(revised), data=MONTHS)
    months = view.months(view.lines["T01-01", None].row)
    assert [month.actual for month in months] == [10, 20, 30, 40, 50, 60, *[None] * 6]
    assert [month.target.value if month.target else None for month in months] == [120] * 3 + [240] * 9
    assert [month.scheduled for month in months] == [10, 20, 30, *(20 * month for month in range(4, 13))]
    (drawn,) = page_of(view).one("i.T01-01").all("svg", role="img")
    assert [label.text for label in drawn.all("text", **{"class": "label"})] == ["≥120", "≥240", "60张"]
    assert drawn.all("desc")[0].text == "；".join(f"{month}月{10 * month}张" for month in range(1, 7))


def test_a_carried_figure_is_drawn_hollow() -> None:
    plan = plan_with(indicator(reporting=("north",)))
    (drawn,) = (
        page_of(report_of(plan=plan, data="T01-01 north 10 20 - 40 50 60")).one("i.T01-01").all("svg", role="img")
    )
    assert [spot.attributes["class"] for spot in drawn.all("circle")] == ["actual"] * 2 + ["actual hollow"] + [
        "actual"
    ] * 3
    assert "3月20张（沿用）" in drawn.all("desc")[0].text


def test_every_chart_marks_the_months_in_which_somebody_was_silent() -> None:
    """南县 reports nothing for March and June: the city's charts are hollow there, and so is its own bar."""
    page = page_of(
        report_of(
            plan=plan_with(indicator()),
            data="T01-01 north 10 20 30 40 50 60\nT01-01 south 1 1 - 1 1\nT01-01 zone 0 0 0 0 0 0",
        )
    )
    (drawn,) = page.one("i.T01-01").all("svg", role="img")
    filled = ["actual", "actual", "actual hollow"] * 2
    assert [spot.attributes["class"] for spot in drawn.all("circle")] == filled
    told = drawn.all("desc")[0].text
    assert (told.count("未报1家"), "3月31张（未报1家）" in told, "6月61张（未报1家）" in told) == (2, True, True)
    for mean in page.one("trend").all("svg", role="img"):
        assert [spot.attributes["class"] for spot in mean.all("circle")] == filled
        assert mean.all("desc")[0].text.endswith("%缺")
    assert "空心：该月有未报" in page.one("trend").text
    bars = [bar.all("rect")[0].attributes["class"] for bar in page.one("i.T01-01").all("svg", **{"class": "bar"})]
    assert bars == ["dim", "missing", "dim"]


def test_charts_are_told_in_words_and_bars_are_hidden_from_who_hears_them() -> None:
    for drawn in page_of(report_of()).all("svg"):
        if drawn.attributes.get("role") == "img":
            assert [node.tag for node in drawn.children if isinstance(node, Node)][:2] == ["title", "desc"]
            assert drawn.attributes["aria-label"]
        else:
            assert drawn.attributes["aria-hidden"] == "true"


def test_every_table_says_what_it_is_and_what_its_heads_are_of() -> None:
    for table in page_of(report_of()).all("div", **{"class": "scroll"}):
        assert table.attributes["aria-label"]
        assert table.attributes["tabindex"] == "0"
        assert {head.attributes["scope"] for head in table.all("th")} <= {"col", "row"}


@given(
    st.sampled_from(("at_least", "at_most", "about")),
    st.integers(0, 50),
    st.one_of(st.none(), st.integers(0, 50)),
    st.fractions(-1, 2, max_denominator=40),
)
def test_the_amount_of_a_share_has_that_completion(
    operator: Operator, value: int, baseline: int | None, share: Fraction
) -> None:
    target, start = Target(operator, Fraction(value)), None if baseline is None else Fraction(baseline)
    amount = target.amount_at(share, start)
    if amount is None:
        assert not target.measure(start).way
    else:
        assert Fraction(*target.measure(start).completion(amount.numerator, amount.denominator)) == share


def test_no_amount_is_known_of_what_is_undefined() -> None:
    assert Target("undefined").amount_at(Fraction(1)) is None


def shape(node: Node) -> list[Any]:
    return [node.tag, [shape(child) for child in node.children if isinstance(child, Node)]]


def test_no_name_brings_an_element_or_a_command() -> None:
    pages = [page_of(report_of(plan=named(name))) for name in ("甲", HOSTILE)]
    assert shape(pages[1]) == shape(pages[0])
    text = FORMATS["html"](report_of(plan=named(HOSTILE)), LOOK)
    assert isinstance(text, str)
    assert not set(text) & {"\x1b", "\u202e"}
    assert "##[" not in text
    assert len(pages[1].all("script")) == 1
    assert not [key for node in pages[1].all() for key in node.attributes if key.startswith("on") or key == "style"]


def test_text_is_escaped_and_markup_is_not() -> None:
    made = element("p", "a<b>&", Raw("<b>c</b>"), title='"<', data_at=None, hidden=True)
    assert made.written() == '<p title="&quot;&lt;" hidden>a&lt;b&gt;&amp;<b>c</b></p>'


def test_notes_and_evidence_stand_in_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan) -> None:
    monkeypatch.chdir(write_project(tmp_path))
    code, _, said = mzplan("report", "-o", "报告.html")
    assert (code, said) == (0, "")
    page = read(Path("报告.html").read_text(encoding="utf-8"))
    explained = page.one("e.T02-01.zone")
    assert "本地没有此项" in explained.text
    assert "data/2023-06/zone.csv:" in explained.text


def test_an_empty_project_is_told_so_and_no_page_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan
) -> None:
    monkeypatch.chdir(write_project(tmp_path))
    for file in Path("data").rglob("*.csv"):
        file.unlink()
    code, printed, said = mzplan("report", "-o", "报告.html")
    assert (code, printed) == (2, "")
    assert said.startswith("mzplan: 2023 年还没有填报记录")
    assert not Path("报告.html").exists()
