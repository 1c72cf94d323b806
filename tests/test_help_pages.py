"""What `--help` shows can be typed as it stands, and is Chinese."""

import re
import shlex
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from conftest import Mzplan, few
from mzplan.cli.help import pages, topics
from mzplan.cli.parser import COMMANDS
from mzplan.render.layout import Look
from repositories import Git, commit, git
from test_docs_pages import script

__all__ = ["git"]

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent


def helps(mzplan: Mzplan) -> Iterator[str]:
    for name in script("reference_parts").names():
        code, shown, said = mzplan(*name.split(), "--help")
        assert (code, said) == (0, "")
        yield shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_of_a_help_page_is_wider_than_a_terminal(
    language: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even an example, which is never torn."""
    monkeypatch.setenv("MZPLAN_LANG", language)
    monkeypatch.setenv("COLUMNS", "80")
    look = Look(80)
    assert [line for shown in helps(mzplan) for line in shown.splitlines() if not look.fits(line)] == []


@few("which", ["first", "every"], ["first"])
def test_examples_run_in_the_shipped_project(
    which: str, mzplan: Mzplan, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of each command, or every one.

    Beside it lies what only its user can bring: what came in, the document, a repository with a past.
    """
    script("run_pages").PROJECTS["shipped"](tmp_path)
    for month in range(1, 8):
        shutil.rmtree(tmp_path / "data" / f"2023-{month:02d}")
    (tmp_path / "inbox").mkdir()
    shutil.copy(ROOT / "docs" / "examples" / "panan-2023-09.csv", tmp_path / "inbox")
    shutil.make_archive(str(tmp_path / "10月"), "zip", ROOT / "docs" / "examples", "yiwu-2023-10.csv")
    docx.Document().save(str(tmp_path / "工作要点.docx"))
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    for _ in range(2):
        commit(git)
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    examples = [
        shlex.split(example)[1:]
        for shown in helps(mzplan)
        for block in re.findall(r"用法示例：(.*?)\n\n", shown, re.DOTALL)
        for example in re.split(r"\s{2,}", block.strip())
    ]
    assert {words[0] for words in examples} == set(COMMANDS)
    first = {words[0]: words for words in reversed(examples)}
    ended = {" ".join(words): mzplan(*words) for words in (examples if which == "every" else first.values())}
    assert {example: told for example, told in ended.items() if told[0] not in (0, 1)} == {}


WORDS = {
    "通报": "bulletin",
    "收表": "collect",
    "豁免": "waive",
    "持续集成": "ci",
    "命令": "commands",
    "退出码": "exit-codes",
    "规则": "waive",
    "别的城市": "next-year",
    "json": "json",
    "安装": "install",
    "Next Year": "next-year",
    "first month": "first-month",
}


@pytest.mark.parametrize("word", WORDS)
def test_a_page_is_found_by_what_it_is_about(word: str, mzplan: Mzplan) -> None:
    assert mzplan("help", *word.split()) == mzplan("help", word) == mzplan("help", WORDS[word])


def test_what_several_pages_or_none_are_about_is_told(mzplan: Mzplan) -> None:
    assert mzplan("help", "收")[1:] == (
        "",
        "mzplan: 说到“收”的有几页：mzplan help first-month、mzplan help collect。\n",
    )
    assert mzplan("help", "check")[2] == "mzplan: 没有说明“check”。是否要写 mzplan check --help？\n"


def test_every_page_is_listed_in_chinese_and_no_topic_is_that_of_two(mzplan: Mzplan) -> None:
    listed = [line for line in mzplan("help").out.splitlines() if line.startswith("  ")]
    assert len(listed) == len(pages())
    assert [line for line in listed if not re.search("[\u4e00-\u9fff]", line)] == []
    known = Counter(topic for page in pages().values() for topic in topics(page))
    assert known.most_common(1)[0][1] == 1


def test_no_help_page_has_punctuation_or_words_of_the_library(mzplan: Mzplan) -> None:
    """Half-width marks beside Chinese are slips; 文件:行 is how a place is written, 甲县,乙县 what is typed."""
    slip = re.compile(
        r"[\u4e00-\u9fff][();!?]|[();!?][\u4e00-\u9fff]|\[default|\[OPTIONS|\[ARGS|range>|\bTEXT\b|INTEGER"
    )
    found = [line for shown in helps(mzplan) for line in shown.splitlines() if slip.search(line)]
    assert found == []
