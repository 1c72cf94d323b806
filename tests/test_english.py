"""Sentences said again in English: by their template, with their fields, part by part."""

import pickle
from collections import Counter

import pytest

from mzplan import english
from mzplan.said import Named, listed, say


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small table in place of the real one."""
    texts = {
        "共 {count} 行，见{where}": "{count:row|rows}, see {where}",
        "表头": "the header",
        "{month}月": "month {month}",
        "写“{words}”。": "Write “{words}”.",
        "写“{words}”，即 {meaning}": "Write “{words}” ({meaning})",
    }
    monkeypatch.setattr(english, "texts", lambda: texts)


def test_a_sentence_is_chinese_and_can_be_said_in_english() -> None:
    said = say("共 {count} 行，见{where}", count=2, where=listed(["表头", say("{month}月", month=9), "x.csv"]))
    assert said == "共 2 行，见表头、9月、x.csv"
    assert english.english(said) == "2 rows, see the header, month 9, x.csv"
    assert english.english(pickle.loads(pickle.dumps(said))) == "2 rows, see the header, month 9, x.csv"


def test_one_is_told_by_its_own_noun_and_what_no_table_has_stays() -> None:
    assert english.english(say("共 {count} 行，见{where}", count=1, where="表尾")) == "1 row, see 表尾"
    assert english.english(say("共 {count} 行，见{where}", count=6287, where="表尾")) == "6,287 rows, see 表尾"
    assert english.english(say("无{what}", what="表头")) == "无表头"


def test_what_is_quoted_stays_with_its_english_behind_it_and_each_of_a_list_has_its_own_quotes() -> None:
    for words, told in (
        ("表头", "Write “表头” (the header)."),
        ("表头行", "Write “表头行”."),
        (say("{month}月", month=9), "Write “9月” (month 9)."),
        (Named("表头", "heading"), "Write “表头” (heading)."),
        (listed(["表头", "表尾", "义乌市"]), "Write “表头” (the header), “表尾”, “义乌市” (Yiwu City)."),
        (listed(["表头", "1"], ","), "Write “表头,1” (the header,1)."),
    ):
        assert english.english(say("写“{words}”。", words=words), {"义乌市": "Yiwu City"}) == told
    assert english.english(say("写“{words}”，即 {meaning}", words="表头", meaning=1)) == "Write “表头” (1)"


def test_no_template_is_in_two_tables() -> None:
    found = Counter(template for table in english.TABLES for template in table)
    assert [template for template, count in found.items() if count > 1] == []
