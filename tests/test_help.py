"""`mzplan help`: every page for people can be read without a network, and leads on to the others."""

import re
from pathlib import Path

import pytest

from conftest import Mzplan
from mzplan.cli.help import KINDS, pages, title
from mzplan.cli.parser import COMMANDS
from mzplan.render.layout import NARROW

DOCS = Path(__file__).parent.parent / "docs"


def test_every_page_has_a_name_of_its_own_and_stands_in_the_list(mzplan: Mzplan) -> None:
    files = [page for kind in KINDS for page in (DOCS / kind).glob("*.md")]
    assert len({page.name for page in files}) == len(files) > 10
    code, shown, _ = mzplan("help")
    assert code == 0
    listed = dict(re.findall(r"^  (\S+) +(.+)$", shown, re.MULTILINE))
    assert listed == {name: title(page) for name, page in pages().items()}
    assert set(listed) == {page.name.split(".")[0] for page in files}


@pytest.mark.parametrize("name", pages())
def test_a_page_is_shown_whole_and_its_links_are_names_of_pages(name: str, mzplan: Mzplan) -> None:
    code, shown, _ = mzplan("help", name)
    assert code == 0
    assert shown.startswith(pages()[name].read_text("utf-8").partition("\n")[0])
    assert "<!-- " not in re.sub("`[^`]*`", "", shown)
    assert "](" not in re.sub(r"```.*?```", "", shown, flags=re.DOTALL)
    assert set(re.findall(r"（mzplan help ([a-z-]+)）", shown)) <= set(pages())


def test_in_a_terminal_prose_is_folded_and_examples_stay_as_they_are(
    mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = mzplan("help", "first-month", "--lang", "en")[1]
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("mzplan.cli.terminal.is_terminal", lambda: True)
    folded = mzplan("help", "first-month", "--lang", "en")[1]
    assert re.findall("(?ms)^```.*?^```$", folded) == re.findall("(?ms)^```.*?^```$", whole)
    prose = re.sub("(?ms)^```.*?^```$", "", folded).splitlines()
    assert 70 < max(map(NARROW.cells, prose)) <= 80
    assert "".join(folded.split()) == "".join(whole.split())
    assert "\n## 2. Send the form\n\nA workbook with the 66 indicators" in folded


def test_a_page_in_both_languages_is_shown_in_chinese(mzplan: Mzplan) -> None:
    assert mzplan("help", "install")[1].startswith("# 安装\n")
    assert "（mzplan help next-year）" in mzplan("help", "first-month")[1]


def test_a_word_of_the_title_will_do(mzplan: Mzplan) -> None:
    assert mzplan("help", "催报") == mzplan("help", "collect")
    assert mzplan("help", "Install") == mzplan("help", "install")


@pytest.mark.parametrize(
    ("topic", "hint"),
    [
        ("collcet", "是否要写 mzplan help collect？"),
        ("doctor", "是否要写 mzplan doctor --help？"),
        ("量子", "全部说明见 mzplan help。"),
    ],
)
def test_what_there_is_no_page_of_is_told_with_the_nearest(topic: str, hint: str, mzplan: Mzplan) -> None:
    assert mzplan("help", topic) == (2, "", f"mzplan: 没有说明“{topic}”。{hint}\n")


def test_no_command_is_hidden_by_its_page(mzplan: Mzplan) -> None:
    """Where both have the name, the page tells to type the command."""
    assert [name for name in COMMANDS if name in pages() and f"mzplan {name}" not in mzplan("help", name)[1]] == []
