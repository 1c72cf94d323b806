"""What a screen proposes to run shows, run as it stands, what it is said to show, of the same plan, data and month."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from conftest import Mzplan, Ran, few
from mzplan import diagnostics
from mzplan.diagnostics import quoted
from repositories import Git, commit, git

__all__ = ["git"]

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parents[1]
PROPOSED = re.compile(r"mzplan [a-z][!-~]*(?: [!-~]+)*")
PROPOSED_QUOTED = re.compile("(?:本地运行 |; )(mzplan .*)(?: 也能看到| shows it)")

SCREENS = (
    "status -p 2023-01 --lights tianjin-2022",
    "status --data elsewhere/2023-09/wuyi.csv --plan other/2023.yaml --no-rank",
    "status --lang en -p 2023-08",
    "explain T05-03 --data broken --lights yinchuan-2025",
    "status --plan wrong.yaml --data elsewhere",
    "status --data broken --unit 武义县 --trend -p 2023-09",
    "status",
    "status -p 2023-08",
    "status --data=elsewhere --plan other/2023.yaml",
    "status --full --period 2023-08",
    "status --data broken",
    "summary --data broken",
    "status --plan other/2023.yaml --data nobody",
    "lights --plan other/2023.yaml --data elsewhere --period 2023-08",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project of the repository, and beside it other data: whole ones, some with an error, none."""
    for folder in ("plan", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "plan", tmp_path / "other")
    for name in ("elsewhere", "broken"):
        shutil.copytree(ROOT / "data" / "2023-09", tmp_path / name / "2023-09")
        shutil.copytree(ROOT / "data" / "2023-08", tmp_path / name / "2023-08")
    (tmp_path / "broken" / "2023-09" / "wuyi.csv").write_text("报表\n")
    (tmp_path / "nobody").mkdir()
    shutil.copytree(ROOT / "data" / "2023-08", tmp_path / "inbox")
    with (tmp_path / "wrong.yaml").open("w") as plan:
        plan.write((ROOT / "plan" / "2023.yaml").read_text())
        plan.writelines(f"k{number}: 1\n" for number in range(215))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def proposed(ran: Ran) -> list[str]:
    """The commands on a screen, those that a line's end has cut put together."""
    return list(dict.fromkeys(found.rstrip(".,;)") for found in PROPOSED.findall(f"{ran.out}\n{ran.err}")))


@few("typed", SCREENS, SCREENS[:6])
def test_what_is_proposed_looks_at_the_same(typed: str, project: Path, mzplan: Mzplan) -> None:
    screen = mzplan(*shlex.split(typed))
    found = proposed(screen)
    assert found or "--full" in typed or "lights" in typed
    for command in found:
        again = mzplan(*shlex.split(command)[1:])
        assert again.code in ((0, 1, 2) if "plan check" in command else (0, 1)), command
        if command.startswith("mzplan status"):
            head = next(line for line in screen.out.splitlines() if re.match("报告期|Period", line))
            assert head in again.out.splitlines(), command
        elif command.startswith("mzplan check"):
            assert ("wuyi.csv" in again.out) == ("broken" in typed), command
        elif command.startswith("mzplan plan check"):
            assert "wrong.yaml" in again.out
    if "broken" in typed:
        assert any(command.startswith("mzplan check --data broken") for command in found)


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
@pytest.mark.parametrize("paths", ["elsewhere", "elsewhere/2023-09/wuyi.csv elsewhere/2023-09/yiwu.csv", ""])
def test_what_check_proposes_to_mend_is_what_it_was_asked_to_look_at(
    paths: str, name: str, project: Path, mzplan: Mzplan
) -> None:
    for place in ("elsewhere", "data"):
        report = project / place / "2023-09" / "wuyi.csv"
        report.write_text(report.read_text().replace("T01-05,", "T01-05 ,", 1))
    before = (project / "data/2023-09/wuyi.csv").read_text()
    screen = mzplan("check", *paths.split(), "--plan", "other/2023.yaml", "--today", "2023-10-11", "--format", name)
    command = " ".join(["mzplan check", *paths.split(), "--plan other/2023.yaml --fix"])
    assert command in screen.out
    assert "T01-05 ," in (project / (paths.split() or ["data"])[0].split("/")[0] / "2023-09/wuyi.csv").read_text()
    mzplan(*shlex.split(command)[1:])
    assert "T01-05 ," not in (project / ("elsewhere" if paths else "data") / "2023-09/wuyi.csv").read_text()
    assert ((project / "data/2023-09/wuyi.csv").read_text() == before) is bool(paths)


def test_of_standard_input_and_of_many_files_no_command_names_them(project: Path, mzplan: Mzplan) -> None:
    report = project / "data" / "2023-09" / "wuyi.csv"
    report.write_text(report.read_text().replace("T01-05,", "T01-05 ,", 1))
    assert "可用 mzplan check --fix 自动改正" in mzplan("check", *(project / "data" / "2023-09").glob("*.csv")).out


ANNOTATED = [
    "plan check wrong.yaml plan/2023.yaml --lang en",
    "plan --plan wrong.yaml check",
    "check bad --plan other/2023.yaml --ignore MZ603,MZ601 --strict",
    "check --data=bad --no-context --max-findings=3 --lang en",
    "check bad/2023-09/wuyi.csv --policy-from HEAD",
    "plan check wrong.yaml",
]


@few("typed", ANNOTATED, ANNOTATED[::2])
def test_what_annotations_have_no_room_for_stands_in_the_log_the_summary_and_the_command(
    typed: str, project: Path, mzplan: Mzplan, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty rows of indicators that there are not, in a folder with a blank, or 215 keys that no plan has."""
    shutil.copytree(project / "data" / "2023-09", project / "bad one" / "2023-09")
    with (project / "bad one" / "2023-09" / "wuyi.csv").open("a") as report:
        report.writelines(f"2023-09,武义县,T99-{number},,1,,,,\n" for number in range(30))
    git("init", "-q")
    commit(git)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(project / "summary.md"))
    line = shlex.split(typed.replace("bad", "'bad one'"))
    ran = mzplan(*line, "--format", "github")
    every = [json.loads(found) for found in mzplan(*line, "--format", "jsonl").out.splitlines()]
    places = {f"{found['path']}:{found['line']}" for found in every if found.get("line")}
    assert len(places) > 10
    (told, *_) = (each for each in ran.out.splitlines() if each.startswith("::error title=mzplan::"))
    command = next(each for each in PROPOSED_QUOTED.findall(told))
    log = ran.out.partition(told)[2]
    annotated = re.findall("file=([^,]+),line=([0-9]+)", ran.out)
    assert {f"{path}:{number}" for path, number in annotated} | set(re.findall("(?m)^([^:\n]+:[0-9]+):", log)) == places
    summary = (project / "summary.md").read_text()
    assert summary.startswith(f"<!-- mzplan {'plan check' if 'plan' in line[0] else 'check'} -->")
    assert len(re.findall(r"(?m)^\| [0-9]* \|", summary)) == len(every)
    again = mzplan(*shlex.split(command)[1:])
    assert again.code == ran.code
    assert set(re.findall("(?m)^([^:\n]+:[0-9]+)(?=:)", again.out)) == places


@pytest.mark.parametrize(
    "typed",
    ["--foo", "stauts", "-x", "--lang", "status --foo", "plan foo", "help foo", "plan check a --fooo", "rule MZ999"],
)
@pytest.mark.parametrize(("asked", "variable"), [("en", ""), ("zh", "en")])
def test_whoever_asks_for_a_language_is_told_each_command_with_it(
    asked: str, variable: str, typed: str, project: Path, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MZPLAN_LANG", variable)
    ran = mzplan("--lang", asked, *typed.split())
    found = re.findall("mzplan (?! )[a-z-][!-~]*(?: [!-~]+)*", ran.err)
    assert ran.code == 2
    assert found
    assert [command for command in found if f"--lang {asked}" not in command] == []


def points(text: str) -> dict[str, str]:
    """What stands behind the name of each point of a screen."""
    return dict(re.findall(r"^  (\S[^：\n]*)：(.+)$", text, re.MULTILINE))


@pytest.mark.parametrize("month", ["2023-02", "2023-03", "2023-05"])
def test_the_command_shows_as_much_as_was_counted(month: str, project: Path, mzplan: Mzplan) -> None:
    screen = mzplan("status", "-p", month).out
    (whole,) = (mzplan(*shlex.split(each)[1:]).out for each in proposed(Ran(0, screen, "")) if "--full" in each)
    cut = {name: found for name, told in points(screen).items() if (found := re.search(r"等 (\d+) .$", told))}
    shown = points(whole)
    for name, found in cut.items():
        if name in shown:  # what units lag in is a table there
            assert shown[name].count("、") + 1 == int(found[1])
    assert cut
    title, rest = re.search(r"\n(\S*的目标)\n((?:.+\n)*)另有 (\d+) 项，见 --full\n", screen).group(1, 3)  # type: ignore[union-attr]
    assert rows_under(whole, title) == rows_under(screen, title) + int(rest)

    (units, rows) = map(int, re.search(r"按此滞后的有 (\d+) 家 (\d+) 项", screen).groups())  # type: ignore[union-attr]
    (command,) = (each for each in proposed(Ran(0, screen, "")) if "--by unit" in each)
    parts = mzplan(*shlex.split(command)[1:]).out.partition("\n指标明细\n")[2].split("\n■ ")
    late = [len(re.findall(r"^T.*[≥约≤][\d.]+\* ", part, re.MULTILINE)) for part in parts]
    assert (sum(map(bool, late)), sum(late)) == (units, rows)


def rows_under(text: str, title: str) -> int:
    """How many indicators stand in the table of that title."""
    return len(re.findall(r"^T\d\d-\d\d ", text.partition(f"\n{title}\n")[2].partition("\n\n")[0], re.MULTILINE))


def test_words_are_quoted_for_the_shell_that_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["n:\\data", "n:\\2023 年", "it's", "a,b", "x", "@甲", "#乙", "HEAD@{u}", "HEAD~1"]
    assert [shlex.split(quoted(word)) for word in words] == [[word] for word in words]
    monkeypatch.setattr(diagnostics, "_IS_WINDOWS", True)
    assert [quoted(word) for word in words] == [
        *("n:\\data", '"n:\\2023 年"', '"it\'s"', '"a,b"', "x", '"@甲"', '"#乙"', '"HEAD@{u}"', "HEAD~1")
    ]


def test_a_new_baseline_is_proposed_by_a_word_and_none_in_place_of_a_folder(mzplan: Mzplan, tmp_path: Path) -> None:
    assert "用 mzplan check --write-baseline 'a b.json' " in mzplan("check", "--baseline", "a b.json").err
    assert mzplan("check", "--baseline", "data").err.endswith("data：是文件夹。请写上文件名。\n")
