"""What continuous integration reads, held against the schema of each format and the runner's own parser."""

import importlib
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import jsonschema
import pytest
import xmlschema
from hypothesis import example, given
from hypothesis import strategies as st

from findings import HOSTILE_TEXTS, LATE, SEPARATED, TWICE, WRONG, finding, hostile
from mzplan.diagnostics import Diagnostic, Occurrence, show
from mzplan.reading.line_names import line_hashes
from mzplan.render.check import FORMATS, render
from mzplan.render.check.report import CheckReport
from mzplan.render.guard import inert, json_text
from mzplan.render.layout import Look
from mzplan.rules.registry import of_rows

HERE = Path(__file__).parent
SCHEMAS: Mapping[str, Path] = {
    "json": HERE.parent / "src/mzplan/schemas/check.schema.json",
    "gitlab": HERE / "schemas/gitlab-code-quality.json",
    "sarif": HERE / "schemas/sarif-2.1.0.json",
    "rdjson": HERE / "schemas/rdjson.json",
}
SAMPLES: Mapping[str, list[Diagnostic]] = {
    "clean": [],
    "ordinary": [LATE, WRONG, SEPARATED, TWICE],
    "hostile": hostile(),
}


def report(findings: list[Diagnostic], **more: Any) -> CheckReport:
    files = sorted({"data/clean.csv", *(f.location.path for f in findings)}, key=repr)
    return CheckReport(diagnostics=findings, files=files, records=10, **more)


@cache
def validator(name: str) -> Any:
    schema = json.loads(SCHEMAS[name].read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@cache
def junit_schema() -> Any:
    return xmlschema.XMLSchema(str(HERE / "schemas/junit-10.xsd"))


# --- schemas -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", SCHEMAS)
def test_json_formats_keep_their_schema(name: str, sample: str) -> None:
    validator(name).validate(json.loads(render(name, report(SAMPLES[sample], statistics=name == "json"))))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_refuse_what_is_wrong(name: str) -> None:
    document = json.loads(render(name, report([WRONG])))
    wrong = {
        "json": lambda: document["diagnostics"][0].update(line=0),
        "gitlab": lambda: document[0].update(severity="error"),
        "sarif": lambda: document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].update(
            startLine=0
        ),
        "rdjson": lambda: document["diagnostics"][0].update(severity="error"),
    }
    wrong[name]()
    assert not validator(name).is_valid(document)


@pytest.mark.parametrize("sample", SAMPLES)
def test_jsonl_is_one_finding_a_line_of_the_same_shape(sample: str) -> None:
    document = json.loads(render("json", report(SAMPLES[sample])))
    lines = render("jsonl", report(SAMPLES[sample])).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == document["diagnostics"]
    assert lines[-1] == ""


@pytest.mark.parametrize("sample", SAMPLES)
def test_junit_keeps_its_schema_and_its_counts_agree(sample: str) -> None:
    text = render("junit", report(SAMPLES[sample]))
    junit_schema().validate(io.StringIO(text))
    suites = junit_schema().to_dict(io.StringIO(text))
    for suite in suites["testsuite"]:
        assert suite["@tests"] == len(suite["testcase"])
        assert suite["@failures"] == sum("failure" in case for case in suite["testcase"])
    assert suites["@tests"] == sum(suite["@tests"] for suite in suites["testsuite"])
    assert suites["@failures"] == sum(suite["@failures"] for suite in suites["testsuite"])


def test_the_junit_schema_refuses_what_is_wrong() -> None:
    text = render("junit", report([WRONG]))
    assert not junit_schema().is_valid(io.StringIO(text.replace("<testcase ", '<testcase line="4" ')))
    assert not junit_schema().is_valid(io.StringIO(text.replace('time="0"', 'time="0.1234"')))


def test_json_gives_the_cell_as_it_stands() -> None:
    values = [d["value"] for d in json.loads(render("json", report(SAMPLES["hostile"])))["diagnostics"]]
    expected = [text.replace("\udcff", r"\udcff") for text in HOSTILE_TEXTS]
    assert values == [*expected, *expected]


# --- fingerprints and limits ---------------------------------------------------------------------------------------


def test_gitlab_fingerprints_are_unique_even_of_equal_findings() -> None:
    issues = json.loads(render("gitlab", report([WRONG, WRONG, WRONG, TWICE])))
    assert len({issue["fingerprint"] for issue in issues}) == 4


def test_fingerprints_outlive_a_row_inserted_above() -> None:
    before = json.loads(render("sarif", report([WRONG, SEPARATED])))
    after = json.loads(render("sarif", report([finding(line=17, period="2023-06"), SEPARATED])))
    prints = [run["runs"][0]["results"][0]["partialFingerprints"]["mzplan/v1"] for run in (before, after)]
    assert prints[0] == prints[1]
    assert len(prints[0]) == 64


def test_sarif_names_lines_as_github_does() -> None:
    assert line_hashes(b"") == ["c129715d7a2bc9a3:1"]
    rows = line_hashes(b"Lorem ipsum dolor sit amet.\r\n" * 10)
    assert rows[:7] == [*(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)), "a7f2ff1481e87703:1"]
    given = report([WRONG, LATE], line_hash=lambda path, line: "" if path == LATE.location.path else "abc:1")
    wrong, late = json.loads(render("sarif", given))["runs"][0]["results"]
    assert wrong["partialFingerprints"]["primaryLocationLineHash"] == "abc:1"
    ours = late["partialFingerprints"]
    assert ours["primaryLocationLineHash"] == f"{ours['mzplan/v1'][:16]}:1", "there is no file to name lines of"
    (large,) = json.loads(render("sarif", report([WRONG], line_hash=lambda path, line: None)))["runs"][0]["results"]
    assert "primaryLocationLineHash" not in large["partialFingerprints"], "the upload action puts it in"


def folded(count: int) -> Diagnostic:
    """A finding for that many rows."""
    parts = tuple(Occurrence(line, "", f"T01-{line:02d}", "2023-06") for line in range(4, 4 + count))
    return finding(message=of_rows("没有这个单位", count))._replace(parts=parts)


def test_sarif_links_the_other_places_and_rows_from_its_message() -> None:
    (twice,) = json.loads(render("sarif", report([TWICE])))["runs"][0]["results"]
    assert twice["message"]["text"].endswith("另见：[data/2023-06/yiwu.csv:3](0)")
    assert [place["id"] for place in twice["relatedLocations"]] == [0]
    (many,) = json.loads(render("sarif", report([folded(200)])))["runs"][0]["results"]
    lines = [place["physicalLocation"]["region"]["startLine"] for place in many["relatedLocations"]]
    assert lines == list(range(5, 105))
    assert many["message"]["text"].count("](") == 10
    (link,) = json.loads(render("sarif", report([finding(value="[x](http://evil.example)")])))["runs"][0]["results"]
    assert "\\[x\\](" in link["message"]["text"]


def test_github_annotates_every_row_as_far_as_there_is_room() -> None:
    out = render("github", report([folded(3), WRONG, LATE]))
    places = re.findall(r"::error file=[^,]+,line=(\d+)", out)
    assert places == ["4", "4", "5", "6"]
    assert len(commands(render("github", report([folded(50)])))) == 10
    assert "未在此列出" not in render("github", report([folded(50)]))


def test_sarif_counts_columns_in_code_points_and_quotes_paths() -> None:
    run = json.loads(render("sarif", report([finding(path="data/婺 城%.csv", column=7)])))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "data/%E5%A9%BA%20%E5%9F%8E%25.csv", "uriBaseId": "SRCROOT"}
    assert place["region"] == {"startLine": 4, "startColumn": 7}


@pytest.mark.parametrize(
    ("path", "uri"), [("a\udcff.csv", "a%FF.csv"), ("a\ud800.csv", "a%ED%A0%80.csv"), ("/\ud800", "file:///%ED%A0%80")]
)
def test_sarif_quotes_names_that_are_no_text(path: str, uri: str) -> None:
    run = json.loads(render("sarif", report([finding(path=path)])))["runs"][0]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_keeps_the_worst_when_there_are_more_than_code_scanning_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    sarif = importlib.import_module("mzplan.render.check.sarif")
    assert sarif.RESULT_LIMIT == 25_000
    monkeypatch.setattr(sarif, "RESULT_LIMIT", 250)
    many = [SEPARATED] * 200 + [WRONG] * 100
    run = json.loads(render("sarif", report(many)))["runs"][0]
    assert Counter(result["level"] for result in run["results"]) == {"error": 100, "warning": 150}
    assert "还有 50 条" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}


def test_rdjson_counts_bytes_and_leaves_out_what_it_cannot_count() -> None:
    line = "2023-06,义乌市,T05-03,1O0"
    at_hand = report([finding(column=20)], line_text=lambda path, number: line if number == 4 else None)
    assert line[18:] == ",1O0"
    start = json.loads(render("rdjson", at_hand))["diagnostics"][0]["location"]["range"]["start"]
    assert start == {"line": 4, "column": 26}
    assert line.encode()[25:] == b"1O0"
    unknown = json.loads(render("rdjson", report([finding(column=20)])))["diagnostics"][0]["location"]["range"]["start"]
    beyond = report([finding(column=99)], line_text=lambda path, number: line)
    assert (
        unknown == json.loads(render("rdjson", beyond))["diagnostics"][0]["location"]["range"]["start"] == {"line": 4}
    )


def test_rdjson_proposes_a_replacement_only_of_the_very_cell() -> None:
    def suggestions(line: str, fix: str) -> object:
        found = report([finding(column=4, value="１２０", fix=fix)], line_text=lambda path, number: line)
        return json.loads(render("rdjson", found))["diagnostics"][0].get("suggestions")

    replaced = {"start": {"line": 4, "column": 6}, "end": {"line": 4, "column": 15}}
    assert suggestions("号,,１２０,", "120") == [{"range": replaced, "text": "120"}]
    assert suggestions('号,"别的",', "120") is None
    assert suggestions("号,,１２０,", "1,20") is None


# --- the runner's commands -----------------------------------------------------------------------------------------


class Command(NamedTuple):
    """A workflow command as the runner understood it."""

    name: str
    properties: Mapping[str, str]
    data: str


REGISTERED = {
    "error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-matcher", "remove-matcher", "echo",
    "set-output", "set-env", "add-path", "save-state", "stop-commands", "command",
}  # fmt: skip
"""Commands of the runner, in lower case: its table ignores case."""

WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What .NET's TrimStart takes away."""


def parse_command(line: str) -> Command | None:
    """The command on a line of a log: TryParseV2, then TryParse, of the runner's ActionCommand."""
    return parse_v2(line) or parse_v1(line)


def parse_v2(line: str) -> Command | None:
    message = line.lstrip(WHITE)
    if not message.startswith("::"):
        return None
    end = message.find("::", 2)
    if end < 0:
        return None
    name, space, properties = message[2:end].partition(" ")
    if name.lower() not in REGISTERED:
        return None
    pairs = [pair for text in properties.strip().split(",") if len(pair := [p for p in text.split("=", 1) if p]) == 2]
    unescape = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
    values = {key: replace_all(value, unescape) for key, value in pairs}
    data = replace_all(message[end + 2 :], (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")))
    return Command(name.lower(), values if space else {}, data)


def parse_v1(line: str) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start) if start >= 0 else -1
    if end < 0:
        return None
    name = line[start + 3 : end].partition(" ")[0]
    return Command(name.lower(), {}, line[end + 1 :]) if name.lower() in REGISTERED else None


def replace_all(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def commands(output: str) -> list[Command]:
    """The commands in a log; the runner reads lines as .NET does, ended by CR, LF or both."""
    lines = output.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [command for line in lines if (command := parse_command(line)) is not None]


@pytest.mark.parametrize(
    ("line", "name", "data"),
    [
        ("::error file=a.csv,line=1::no%0Agood", "error", "no\ngood"),
        ("\u3000 ::WARNING::x", "warning", "x"),
        ("text before ##[error]x", "error", "x"),
        ("::stop-commands::token", "stop-commands", "token"),
    ],
)
def test_the_ported_parser_sees_commands(line: str, name: str, data: str) -> None:
    command = parse_command(line)
    assert command is not None
    assert (command.name, command.data) == (name, data)


@pytest.mark.parametrize(
    "line", ["a ::error::x", ": :error::x", "::unknown::x", "::error", "# #[error]x", "##[other]x"]
)
def test_the_ported_parser_sees_no_commands(line: str) -> None:
    assert parse_command(line) is None


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "github"])
def test_nothing_a_cell_contains_becomes_a_command(name: str) -> None:
    for colour in (False, True):
        output = render(name, report(hostile(), verbose=True, statistics=True, cap=0, look=Look(colour=colour)))
        assert commands(output) == []
        assert "##[" not in output
        assert not any(line.lstrip(WHITE).startswith("::") for line in output.split("\n"))


def test_github_says_the_intended_commands_and_no_others() -> None:
    for found in hostile():
        said = commands(render("github", report([found])))
        assert [command.name for command in said] == [found.severity.value]
        command = said[0]
        assert set(command.properties) == {"file", "line", "endLine", "col", "title"}
        assert command.properties["file"] == inert(show(PurePath(found.location.path).as_posix(), 4096))
        assert command.properties["line"] == command.properties["endLine"] == str(found.location.line)
        assert command.properties["title"] == f"{found.rule.code} {found.rule.title}"
        assert show(found.hint)[:20].split("##")[0].split("::")[0] in command.data


def test_github_stays_at_ten_a_level_on_hostile_input() -> None:
    said = commands(render("github", report(hostile())))
    assert Counter(command.name for command in said) == {"error": 10, "warning": 10}


SCRAPS: st.SearchStrategy[str] = st.lists(
    st.sampled_from(
        ["::", ":", "##[", "##", "[", "]", "#", " ", "\u3000", "error", "add-mask", "\t", "\\", '"', "vso["]
    )
    | st.characters(),
    max_size=12,
).map("".join)


@example("\ud800")
@given(SCRAPS)
def test_no_scrap_of_text_becomes_a_command_in_any_format(text: str) -> None:
    shown = show(text)
    found = finding(path=text or "x", message=shown or "x", value=text, hint=shown, field=text, fix=text, unit=text)
    whole = report([found], statistics=True, verbose=True)
    for name in FORMATS:
        said = [command.name for command in commands(render(name, whole))]
        assert said == (["error"] if name == "github" else [])


@given(st.text())
def test_json_in_a_log_reads_back_as_it_was(text: str) -> None:
    written = json_text({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not any(show(c) != c for c in written)
