"""What `--help` shows can be typed as it stands, and is Chinese."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from conftest import Mzplan
from mzplan.cli.parser import COMMANDS
from repositories import Git, commit, git
from test_docs_pages import script

__all__ = ["git"]

ROOT = Path(__file__).parent.parent


def helps(mzplan: Mzplan) -> Iterator[str]:
    for name in script("reference_parts").names():
        code, shown, said = mzplan(*name.split(), "--help")
        assert (code, said) == (0, "")
        yield shown


def test_every_example_runs_in_the_shipped_project(
    mzplan: Mzplan, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside it lies what only its user can bring: what came in, the document, a repository with a past."""
    script("run_pages").PROJECTS["shipped"](tmp_path)
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
    ended = {" ".join(words): mzplan(*words) for words in examples}
    assert {example: told for example, told in ended.items() if told[0] not in (0, 1)} == {}


def test_no_help_page_has_punctuation_or_words_of_the_library(mzplan: Mzplan) -> None:
    """Half-width marks beside Chinese are slips; 文件:行 is how a place is written, 甲县,乙县 what is typed."""
    slip = re.compile(
        r"[\u4e00-\u9fff][();!?]|[();!?][\u4e00-\u9fff]|\[default|\[OPTIONS|\[ARGS|range>|\bTEXT\b|INTEGER"
    )
    found = [line for shown in helps(mzplan) for line in shown.splitlines() if slip.search(line)]
    assert found == []
