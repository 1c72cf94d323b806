"""The YAML border: dangerous input refused, surprising input read as text, every finding with its exact place."""

from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import through
from mzplan.plan import yaml_border, yaml_syntax
from mzplan.plan.findings import MAX_FINDINGS
from mzplan.plan.yaml_border import MAX_BYTES, MAX_DEPTH, YamlDocument, read_yaml
from mzplan.plan.yaml_text import YamlPlace, is_hidden

pytestmark = pytest.mark.traced


def read(text: str) -> YamlDocument:
    return read_yaml(text.encode(), "p.yaml")


def findings(document: YamlDocument) -> list[str]:
    """Each finding as `line:column code`."""
    return [f"{f.location.line}:{f.location.column} {f.rule.code}" for f in document.findings]


def test_values_and_their_places() -> None:
    document = read("title: 要点\nunits:\n  - {id: jia, weight: 2.50}\n")
    assert document.value == {"title": "要点", "units": [{"id": "jia", "weight": Decimal("2.50")}]}
    assert document.marks[("title",)] == YamlPlace(1, 8)
    assert document.keys[("units", 0, "weight")] == YamlPlace(3, 15)
    assert document.marks[("units", 0, "weight")] == YamlPlace(3, 23)
    assert document.is_complete
    assert not document.findings


@through(("written", "value"), [
        ("null", None), ("~", None), ("", None),
        ("true", True), ("false", False),
        ("0", 0), ("-12", -12), ("999999999999999999", 999999999999999999),
        ("1.10", Decimal("1.10")), ("-0.5", Decimal("-0.5")),
        ('"12"', "12"), ("'true'", "true"),
    ])  # fmt: skip
def test_what_a_plain_scalar_can_be(written: str, value: object) -> None:
    document = read(f"a: {written}\n")
    assert document.value == {"a": value}
    assert isinstance(document.value, dict)
    assert type(document.value["a"]) is type(value)


@through("written", [
        "no", "yes", "on", "off", "y", "True", "NULL", "12:30", "190:20:30", "010", "08", "1_000", "0x1F", "0b11",
        ".inf", ".nan", "2023-03-31", "2025-02-30", "2023-03", "1e3", "1.5e3", "+5", "5.", ".5", "1234567890123456789",
        "=", "1,5", "14.10.1", "٣", "１２",
    ])  # fmt: skip
def test_what_yaml_1_1_would_have_changed_stays_text(written: str) -> None:
    assert read(f"a: {written}\n").value == {"a": written}


def test_a_blank_forgotten_behind_a_colon_is_told_in_its_line() -> None:
    assert findings(read("tasks:\n- number: 1\n  lead:养老处\n  name: 甲\n")) == ["3:3 MZ704"]


def test_a_repeated_key_names_both_places_and_keeps_the_first() -> None:
    document = read("a: 1\nb: {x: 1, x: {y: 2}}\na: [3]\n")
    assert findings(document) == ["2:11 MZ707", "3:1 MZ707"]
    assert [[place.line for place in f.related] for f in document.findings] == [[2], [1]]
    assert document.value == {"a": 1, "b": {"x": 1}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\n", ["1:4 MZ706"]),
        ("a: &x 1\nb: *x\n", ["1:4 MZ706", "2:4 MZ706"]),
        ("a: &x [*x]\n", ["1:4 MZ706", "1:8 MZ706"]),
        ("a: !!python/object/apply:os.system [echo]\n", ["1:4 MZ706"]),
        ("a: !!str 1\nb: ! x\n", ["1:4 MZ706", "2:4 MZ706"]),
        ("a: {<<: {b: 1}}\n", ["1:5 MZ706"]),
        ("*x : 1\n", ["1:1 MZ706"]),
    ],
)
def test_shorthand_is_refused(text: str, expected: list[str]) -> None:
    assert findings(read(text)) == expected


def test_a_quoted_merge_key_is_only_a_strange_key() -> None:
    assert read('"<<": 1\n').value == {"<<": 1}


def test_billion_laughs_never_grow() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    document = read("\n".join(levels))
    assert {f.rule.code for f in document.findings} == {"MZ706"}
    assert len(document.findings) == 30 + 29 * 10
    assert document.value is not None
    assert "a29" in document.value  # type: ignore[operator]  # a mapping, as the text says


@pytest.mark.untraced
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_hundred_thousand_levels_stop_at_the_limit(opening: str) -> None:
    document = read_yaml((opening * 100_000).encode()[: 1 << 20], "p.yaml")
    assert len(document.findings) == 1
    assert document.findings[0].rule.code in ("MZ702", "MZ704")
    assert not document.is_complete


def test_depth_on_both_sides_of_the_limit() -> None:
    assert read("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)).is_complete
    too_deep = read("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert findings(too_deep) == [f"1:{MAX_DEPTH + 1} MZ702"]


def test_too_many_nodes_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_border, "MAX_NODES", 1000)
    within = "a: [" + "1," * (1000 - 3) + "]"
    assert read(within).is_complete
    beyond = read("a: [" + "1," * 1000 + "]")
    assert [f.rule.code for f in beyond.findings] == ["MZ702"]
    assert not beyond.is_complete


def test_a_file_over_the_limit_is_not_read() -> None:
    document = read_yaml(b"a" * (MAX_BYTES + 1), "p.yaml")
    assert [(f.rule.code, str(f.location)) for f in document.findings] == [("MZ702", "p.yaml")]


@pytest.mark.untraced
def test_findings_of_a_file_that_is_wrong_throughout_are_bounded() -> None:
    assert len(read("a: 1\n" * 20_000).findings) == MAX_FINDINGS


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("title: 金华".encode("gbk"), "p.yaml:1:8"),
        ("a: 1\r\nb: 金".encode("gb18030"), "p.yaml:2:4"),
        ("a: 1".encode("utf-16"), "p.yaml"),
        ("a: 1".encode("utf-16-le"), "p.yaml"),
        ("a: 1".encode("utf-16-be"), "p.yaml"),
        ("a: 1".encode("utf-32"), "p.yaml"),
        (b"a: \xed\xa0\x80", "p.yaml:1:4"),
        (b"a: \xc0\xaf", "p.yaml:1:4"),
    ],
)
def test_other_encodings_are_named(data: bytes, place: str) -> None:
    document = read_yaml(data, "p.yaml")
    assert [(f.rule.code, str(f.location)) for f in document.findings] == [("MZ703", place)]


def test_one_byte_order_mark_is_taken_off_and_a_second_is_hidden() -> None:
    assert read_yaml(b"\xef\xbb\xbfa: 1", "p.yaml").value == {"a": 1}
    assert findings(read_yaml(b"\xef\xbb\xbf\xef\xbb\xbfa: 1", "p.yaml")) == ["1:1 MZ708"]


@through(
    ("text", "place"),
    [
        ("a: 甲\u200b乙\n", "1:5"),
        ("a: 甲\u202e乙 # x\n", "1:5"),
        ("# \u2066 in a comment\na: 1\n", "1:3"),
        ("a\u00ad: 1\n", "1:2"),
        ("a: x\ufffdy\n", "1:5"),
        ("a: 甲\ufe0f\n", "1:5"),
        ("a: 1\u2028b\n", "1:5"),
        ('a: "\\u200b"\n', "1:4"),
        ('a: "x\\ny"\n', "1:4"),
        ('a: "\\0"\n', "1:4"),
        ("a: |\n  x\n  y\n", "1:4"),
        ("a: x\x07\n", "1:5"),
    ],
)
def test_what_cannot_be_seen_is_reported_once(text: str, place: str) -> None:
    assert findings(read(text)) == [f"{place} MZ708"]


def test_a_page_full_of_hidden_characters_is_said_a_hundred_times() -> None:
    assert len(read("a: " + "甲\u200b" * 5000).findings) == 100


@pytest.mark.parametrize("text", ['a: "\\ud800"\n', 'a: "\\U00110000"\n', 'a: "\\q"\n'])
def test_impossible_escapes_are_a_syntax_error(text: str) -> None:
    (finding,) = read(text).findings
    assert finding.rule.code == "MZ704"
    assert "转义" in finding.message


def test_folded_text_is_one_line() -> None:
    assert read("a: >\n  甲\n  乙\nb: |\n  丙\n").value == {"a": "甲 乙", "b": "丙"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有内容"),
        ("# 只有注释\n", "没有内容"),
        ("- a\n", "列表"),
        ("只是文字\n", "文字"),
        ("a: 1\n---\nb: 2\n", "不止一份"),
    ],
)
def test_what_is_not_one_mapping(text: str, says: str) -> None:
    (finding,) = read(text).findings
    assert finding.rule.code == "MZ705"
    assert says in finding.message


@through(
    ("text", "place", "says"),
    [
        ("a: b: c\n", "1:5", "冒号"),
        ("a: 1\n b: 2\n", "2:3", "缩进"),
        ("\ta: 1\n", "1:1", "缩进用空格"),
        ("a: [1, 2\n", "1:4", "[ 在这里打开，读到第 1 行"),
        ("a: {b: 1\n", "1:4", "{ 在这里打开，读到第 1 行"),
        ("a:\n  - [1, 2\n  - 3\nb: 4\n", "2:5", "[ 在这里打开"),
        ("a: [1,\n  {b: 1},\n  {c: 2\nd: 3\n", "3:3", "{ 在这里打开"),
        ("a: [1 2], b]\n", "1:9", "键: 值"),
        ('a: "x\n', "1:4", "引号在这里打开"),
        ("a: @x\n", "1:4", "加引号"),
        ("a: 'b'c\n", "1:7", "引号"),
        ("- a\nb: c\n", "2:1", "少缩进 2 格"),
        ("a:\n  - b: 1\n    c: 2\n   d: 3\n", "4:4", "少缩进 1 格"),
        ("a:\n    - b: 1\n   - b: 2\n", "3:4", "列表项没有对齐"),
        ("{a: b:}\n", "1:6", "冒号"),
        ("? [a]\n: b\n", "1:3", "键必须是一个词"),
    ],
)
def test_syntax_errors_say_in_chinese_what_to_look_at(text: str, place: str, says: str) -> None:
    document = read(text)
    assert findings(document) == [f"{place} MZ704"]
    assert says in document.findings[0].message
    assert not document.is_complete


def test_windows_line_ends_keep_their_line_numbers() -> None:
    assert findings(read("a: 1\r\nb: 2\r\na: 3\r\n")) == ["3:1 MZ707"]


def test_without_the_c_parser_the_pure_one_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: 1\nb: {x: [1, no, 2.5], x: &k 1}\nc: !!int 3\n"
    fast = read(text)
    for module in (yaml_border, yaml_syntax):
        monkeypatch.setattr(module, "LOADER", yaml.SafeLoader)
    slow = read(text)
    assert (slow.value, slow.marks, slow.keys, slow.findings) == (fast.value, fast.marks, fast.keys, fast.findings)
    assert findings(read('a: "\\U00110000"\n')) == ["0:0 MZ704"]
    assert findings(read('a: "\\ud800"\n')) == ["1:4 MZ708"]


letters = st.characters(categories=["Lu", "Ll", "Lo", "Nd"]).filter(lambda character: not is_hidden(character))
keys = st.text(letters, min_size=1, max_size=6)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.text(st.characters(exclude_categories=["Cs", "Cn"]).filter(lambda c: not is_hidden(c)), max_size=12),
)
documents = st.dictionaries(
    keys,
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=20,
    ),
    min_size=1,
    max_size=5,
)


def quoted(value: object) -> str:
    """A value as flow YAML, every text in double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)}: {quoted(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(quoted, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "null" if value is None else str(value).lower()


@settings(deadline=None)
@given(documents)
def test_what_is_written_is_what_is_read(value: dict[str, object]) -> None:
    document = read(quoted(value) + "\n")
    assert not document.findings
    assert document.value == value


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    document = read_yaml(data, "p.yaml")
    assert document.is_complete or document.findings


@settings(deadline=None)
@given(st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@`# \n\t\\<~1."), max_size=60))
def test_no_punctuation_raises_or_leaves_a_place_out(text: str) -> None:
    document = read(text)
    assert document.is_complete or document.findings
    lines = text.count("\n") + 1
    for finding in document.findings:
        assert 0 <= finding.location.line <= lines + 1
