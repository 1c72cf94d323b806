"""What a refusal proposes leads to what was meant: each proposed command is run, and none leads away."""

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from conftest import Mzplan, few
from mzplan import diagnostics
from mzplan.diagnostics import installing

ROOT = Path(__file__).parent.parent
PROPOSED = re.compile(r"mzplan ((?:[-\w./]+(?: |(?=[？。；，]|$)))+)")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped plan with its data, where what is written does no harm."""
    for name in ("plan", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("explain mz301", "rule MZ301"),
        ("explain 义乌市 T05-03", "explain T05-03 义乌市"),
        ("rule T05-03", "explain T05-03"),
        ("rule unknown-unt", "rule unknown-unit"),
        ("help staus", "status --help"),
        ("help colect", "help collect"),
        ("Validate", "check"),
        ("Staus", "status"),
        ("--install-completion cmd", "--show-completion powershell"),
    ],
)
def test_the_command_that_is_proposed_does_what_was_meant(typed: str, meant: str, mzplan: Mzplan) -> None:
    refused = mzplan(*typed.split())
    assert refused.code == 2
    assert [words.strip() for words in PROPOSED.findall(refused.err)] == [meant]
    assert mzplan(*meant.split()).code == 0


VALUES = [
    ("status --period 9", "9", "2023-09"),
    ("status --unit lanix", "lanix", "兰溪市"),
    ("summary -o 通报.doc", "通报.doc", "通报.docx"),
    ("status --period 9月", "9月", "2023-09"),
    ("status --indicator T5-3", "T5-3", "T05-03"),
    ("status -o out.xls", "out.xls", "out.xlsx"),
]


@pytest.mark.untraced
@few(("typed", "value", "proposed"), VALUES, VALUES[:3])
def test_the_value_that_is_proposed_is_taken(typed: str, value: str, proposed: str, mzplan: Mzplan) -> None:
    refused = mzplan(*typed.split())
    assert refused.code == 2
    assert f"是否要写 {proposed}" in refused.err
    assert mzplan(*typed.replace(value, proposed).split()).code == 0


WORDS = [
    ("status", "义乌市", "--unit 义乌市"),
    ("status", "2023-08", "--period 2023-08"),
    ("status", "滞后", "--only 滞后"),
    ("status", "data/2023-08", "--data data/2023-08"),
    ("summary", "通报.docx", "--output 通报.docx"),
    ("summary", "brief", "--kind brief"),
    ("template --all -o forms", "2023-10", "--period 2023-10"),
    ("--lang en status", "Yiwu 2023-08", "--unit Yiwu --period 2023-08"),
    ("status", "8月", "--period 2023-08"),
    ("status", "T05-03", "--indicator T05-03"),
    ("status", "养老", "--area 养老"),
    ("status", "behind", "--only behind"),
    ("status", "plan/2023.yaml", "--plan plan/2023.yaml"),
    ("report", "报告.html", "--output 报告.html"),
    ("explain T05-03 义乌市", "2023-08", "--period 2023-08"),
    ("--lang en status", "Yiwu", "--unit Yiwu"),
]


@pytest.mark.untraced
@few(("command", "word", "proposed"), WORDS, WORDS[2:8])
def test_a_word_without_an_option_is_given_one_that_takes_it(
    command: str, word: str, proposed: str, mzplan: Mzplan
) -> None:
    refused = mzplan(*command.split(), *word.split())
    assert refused.code == 2
    assert re.findall(r"(?:请写|Write) (.+)[。.]\n", refused.err) == [proposed]
    assert mzplan(*command.split(), *proposed.split()).code == 0


@pytest.mark.parametrize("typed", ["status help", "status xyz", "summary 通报.doc", "explain T05-03 义乌市 behind"])
def test_a_word_that_no_option_takes_is_given_none(typed: str, mzplan: Mzplan) -> None:
    refused = mzplan(*typed.split())
    assert refused.code == 2
    assert "多出了参数" in refused.err
    assert "请写" not in refused.err


@pytest.mark.untraced
@pytest.mark.parametrize("typed", ["status --unit nounit", "status --indicator T99-01", "status --period 13"])
def test_what_is_near_to_nothing_leads_nowhere(typed: str, mzplan: Mzplan) -> None:
    refused = mzplan(*typed.split())
    assert refused.code == 2
    assert "是否要写" not in refused.err


def test_an_extra_is_brought_by_the_packages_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for extra, needed in project["optional-dependencies"].items():
        packages = [re.split("[<>=]", each)[0] for each in needed]
        assert installing(extra) == f"{sys.executable} -m pip install {' '.join(packages)}"
    found = find_spec("json")
    monkeypatch.setattr(diagnostics, "find_spec", lambda name: None if name == "pip" else found)
    line = f"{sys.executable} -m pip install python-docx"
    assert installing("docx") == f"{sys.executable} -m ensurepip，再 {line}"
    monkeypatch.setattr(diagnostics, "find_spec", lambda name: None)
    assert installing("docx").startswith(
        f"uv pip install --python {sys.executable} python-docx（这个 Python 没有 pip；"
    )
    monkeypatch.undo()
    monkeypatch.setattr(sys, "executable", r"C:\Program Files\Python\python.exe")
    assert installing("docx") == r'C:\"Program Files"\Python\python.exe -m pip install python-docx'


def test_what_is_proposed_to_install_runs_where_the_path_has_blanks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "Program Files (x86)" / "it's" / "python"
    named.parent.mkdir(parents=True)
    named.write_text('#!/bin/sh\necho "$@"\n')
    named.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(named))
    ran = subprocess.run(["/bin/sh", "-c", installing("docx")], capture_output=True, text=True)
    assert ran.stdout == "-m pip install python-docx\n"


@pytest.mark.untraced
def test_a_project_without_data_is_told_how_they_come(mzplan: Mzplan) -> None:
    shutil.rmtree("data")
    refused = mzplan("status")
    assert (refused.code, mzplan("check").err) == (2, refused.err)
    Path("inbox").mkdir()
    commands = [words.split() for words in PROPOSED.findall(refused.err)]
    assert [words[0] for words in commands] == ["template", "collect"]
    assert mzplan(*commands[0]).code == 0
    assert "data" not in mzplan(*commands[1]).err


def test_what_is_no_year_and_no_list_of_units_is_asked_about(mzplan: Mzplan) -> None:
    new = ("init", "new", "--city", "某市")
    year = mzplan(*new, "--year", "1899", "--units", "甲县")
    assert (year.code, year.err) == (2, "mzplan: --year 1899 不是计划年度：写 1949 到 2999 之间的四位数。\n")
    units = mzplan(*new, "--year", "2024", "--units", "甲县 乙县")
    assert units.code == 2
    assert "写成 甲县,乙县；" in units.err
    assert mzplan(*new, "--year", "2024", "--units", "甲县,乙县").code == 0


def test_reference_parts_that_are_written_anew_are_told(mzplan: Mzplan) -> None:
    """A part that somebody has set by hand is not lost without a word."""
    assert mzplan("breakdown", "T05-03", "--write").err.count("\n") == 1
    path = Path("plan/2023.breakdown.csv")
    text = path.read_text("utf-8-sig")
    assert "T05-03,lanxi,65," in text
    assert "T05-03,dongyang,124," in text
    path.write_text(text.replace("T05-03,lanxi,65,", "T05-03,lanxi,70,").replace("g,124,", "g,119,"), "utf-8-sig")
    told = mzplan("breakdown", "T05-03", "--write").err
    assert "其中与原来不同的 2 个：" in told
    assert "T05-03 新增认知障碍照护专区床位 兰溪市 ≥70 → ≥65" in told
    assert "T05-03 新增认知障碍照护专区床位 东阳市 ≥119 → ≥124" in told


@pytest.mark.untraced
def test_the_statuses_there_are_are_told_once(mzplan: Mzplan) -> None:
    told = mzplan("--lang", "en", "status", "--only", "x").err
    assert told.startswith("mzplan: Status x is not known. There are: undefined, not_applicable, contribution, ")
    words = told.rpartition(": ")[2].strip(".\n").split(", ")
    assert len(words) == len(set(words)) == 12


def test_an_option_that_is_near_to_none_leaves_no_blank(mzplan: Mzplan) -> None:
    assert mzplan("--lang", "en", "status", "--qqq").err.splitlines()[0] == "mzplan: There is no option --qqq."


@pytest.mark.untraced
@few("width", ["60", "80", "100", "120", "160"], ["60", "120"])
def test_a_mean_is_the_same_at_every_width(width: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    told = mzplan("status", "--format", "terminal", "--unit", "yiwu", "--unit", "panan").out
    found = set(re.findall(r"(?<![0-9./])(?:45|46|87|88)(?:\.[0-9])?(?=\*)", told))
    assert found >= {"45.7", "87.7"}
    assert not found & {"45", "46", "87", "88"}
