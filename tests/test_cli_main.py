"""The program as a whole: exit codes, streams and what a person sees when something is wrong."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from conftest import Mzplan
from mzplan import __version__, cli
from mzplan.cli import parser
from mzplan.cli.parser import COMMANDS
from mzplan.cli.shells import INSTALL_HELP, SHELLS

pytestmark = pytest.mark.traced

ROOT = Path(__file__).parent.parent


def _joined(shown: str) -> str:
    """What is shown, wherever a line of it ends."""
    return "".join(shown.split())


def test_the_version_is_the_packages(mzplan: Mzplan) -> None:
    assert mzplan("--version") == (0, f"mzplan {__version__}\n", "")


def test_without_a_command_the_help_page_lists_them_all(mzplan: Mzplan) -> None:
    code, shown, _ = mzplan()
    assert code == 0
    assert all(f"  {name} " in shown and _joined(line) in _joined(shown) for name, line in COMMANDS.items())
    assert "Usage" not in shown
    assert "Options" not in shown


@pytest.mark.parametrize("name", [*COMMANDS, "plan check", "plan schema"])
def test_every_command_has_help_with_an_example(name: str, mzplan: Mzplan) -> None:
    code, shown, _ = mzplan(*name.split(), "--help")
    assert code == 0
    assert f"用法示例：mzplan {name}" in shown
    assert "Usage" not in shown


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("status --format jsn", "json"),
        ("status --period 2023年6月", "2023-06"),
        ("status --period 2022-06", "2023"),
        ("status --plan no-such.yaml", "no-such.yaml"),
        ("status --data no-such-folder", "no-such-folder"),
        ("explain T05-03 义务市", "义乌市"),
        ("rule MZ999", "MZ"),
    ],
)
def test_what_cannot_run_exits_with_2_and_says_what_to_do(arguments: str, words: str, mzplan: Mzplan) -> None:
    code, shown, said = mzplan(*arguments.split())
    assert (code, shown) == (2, "")
    assert words in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("stauts", "没有命令 stauts。是否要写 mzplan status？"),
        ("validate", "没有命令 validate。是否要写 mzplan check？"),
        ("校验", "没有命令 校验。是否要写 mzplan check？"),
        ("status --county 义乌市", "没有选项 --county。是否要写 --unit？\n用法见 mzplan status --help。"),
        ("status --units 义乌市", "没有选项 --units。是否要写 --unit？\n用法见 mzplan status --help。"),
        (
            "plan check --debt",
            "没有选项 --debt。\n用法见 mzplan plan check --help。",
        ),
        (
            "plan check --fix",
            "没有选项 --fix。有这个选项的是 check。\n用法见 mzplan plan check --help。",
        ),
        (
            "plan check --debug",
            "没有选项 --debug。是否要写 mzplan --debug plan check？\n用法见 mzplan plan check --help。",
        ),
        ("rule MZ9999", "没有规则“MZ9999”。用 mzplan rule 查看全部规则。"),
        ("rule MZ30l", "没有规则“MZ30l”。是否要写 mzplan rule MZ301？"),
        ("qqqq", "没有命令 qqqq。可用的命令见 mzplan --help。"),
        ("-- --qqqq", "没有命令 --qqqq。可用的命令见 mzplan --help。"),
        ("--verson", "没有选项 --verson。是否要写 --version？\n用法见 mzplan --help。"),
        ("status --lagn en", "没有选项 --lagn。是否要写 --lang？\n用法见 mzplan status --help。"),  # plan is as near
        ("status --lan en", "没有选项 --lan。是否要写 --lang？\n用法见 mzplan status --help。"),
        ("status --language en", "没有选项 --language。是否要写 --lang？\n用法见 mzplan status --help。"),
        ("status -lang en", "没有选项 -l。是否要写 --lang？\n用法见 mzplan status --help。"),
        ("check --fxi", "没有选项 --fxi。是否要写 --fix？\n用法见 mzplan check --help。"),
        ("--version=1", "选项 --version 不带值，后面不写“=”。\n用法见 mzplan --help。"),
        ("plan chek", "没有子命令 chek。是否要写 mzplan plan check？"),
        ("status --formt json", "没有选项 --formt。是否要写 --format？\n用法见 mzplan status --help。"),
        ("status -x", "没有选项 -x。\n用法见 mzplan status --help。"),
        ("plan check -x", "没有选项 -x。\n用法见 mzplan plan check --help。"),
        ("status --plan", "选项 --plan 后面缺少值，写成 --plan FILE。\n用法见 mzplan status --help。"),
        ("check --strict=yes", "选项 --strict 不带值，后面不写“=”。\n用法见 mzplan check --help。"),
        ("check --jobs=", "选项 --jobs 的值是空的，写成 --jobs N。\n用法见 mzplan check --help。"),
        ("status --unit 义乌市 --unit=", "选项 --unit 的值是空的，写成 --unit UNIT。\n用法见 mzplan status --help。"),
        ("check -x", "没有选项 -x。\n用法见 mzplan check --help。"),
        (
            "plan --unit x",
            "没有选项 --unit。有这个选项的是 status、summary、report、impact、template。\n用法见 mzplan plan --help。",
        ),
        ("summary --sort gap", "没有选项 --sort。有这个选项的是 status。\n用法见 mzplan summary --help。"),
        (
            "check --lead 福利处",
            "没有选项 --lead。有这个选项的是 status、summary、report、plan。\n用法见 mzplan check --help。",
        ),
        (
            "explain --unit 义乌市 T05-03",
            "没有选项 --unit。UNIT 不写选项名，直接写：mzplan explain INDICATOR UNIT。\n用法见 mzplan explain --help。",
        ),
        (
            "explain T05-03 -u 义乌市",
            "没有选项 -u。UNIT 不写选项名，直接写：mzplan explain INDICATOR UNIT。\n用法见 mzplan explain --help。",
        ),
        (
            "check -u 义乌市",
            "没有选项 -u。有这个选项的是 status、summary、report、impact、template。\n用法见 mzplan check --help。",
        ),
        ("summary --kind nope", "没有文种 nope。可用的有：bulletin、brief、half-year、annual、reminder。"),
        ("check --jobs x", "--jobs 要一个整数，不能是 x。"),
        ("check --max-findings=-1", "--max-findings 不能小于 0：-1。"),
        ("check --max-findings 1.5", "--max-findings 要一个整数，不能是 1.5。"),
        ("status --trend=x", "--trend 要一个整数，不能是 x。"),
        ("template", "请用 --unit 指定填报单位，或用 --all 生成全部单位的填报表。"),
        ("template --all --unit 义乌市", "--all 与 --unit 只能用一个。"),
        ("template --all", "几个单位的填报表要写到文件夹里，请加 --output forms/。"),
        ("explain", "缺少必填的参数 INDICATOR。\n用法见 mzplan explain --help。"),
        (
            "status 义乌市",
            "多出了参数 义乌市。mzplan status 后面只写选项。请写 --unit 义乌市。\n用法见 mzplan status --help。",
        ),
        (
            "explain a b c d",
            "多出了参数 c d。mzplan explain 后面最多写 INDICATOR UNIT。\n用法见 mzplan explain --help。",
        ),
        (
            "status --only behind missing",
            (
                "多出了参数 missing。几个值写在一对引号里（PowerShell 在逗号处分开）："
                '--only "behind,missing"。\n用法见 mzplan status --help。'
            ),
        ),
        (
            "status --unit --lang zh",
            "多出了参数 zh。--lang 成了 --unit 的值：请在 --unit 后面写上值。\n用法见 mzplan status --help。",
        ),
        ("plan schema x", "多出了参数 x。mzplan plan schema 后面只写选项。\n用法见 mzplan plan schema --help。"),
    ],
)
def test_whatever_the_parser_refuses_is_told_in_chinese(arguments: str, said: str, mzplan: Mzplan) -> None:
    assert mzplan(*arguments.split()) == (2, "", f"mzplan: {said}\n")


def test_a_path_that_may_not_be_read_is_told_by_us_and_not_by_the_parser(
    monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    (tmp_path / "plan.yaml").write_text("title: 1\n", encoding="utf-8")
    code, _, said = mzplan("status", "--plan", tmp_path / "plan.yaml")
    assert (code, "not readable" in said) == (2, False)


@pytest.mark.parametrize("name", ["##[error]pwned", "::error::pwned", "a\n::error::pwned"])
def test_no_argument_becomes_a_runners_command(name: str, mzplan: Mzplan) -> None:
    code, _, said = mzplan("check", name)
    assert (code, "##[" in said) == (2, False)
    assert not any(line.strip().startswith("::") for line in said.splitlines())


def let_fail(command: str, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let that command do nothing but raise the error, though an earlier test may have made it already."""

    def fails() -> None:
        """用法示例：mzplan status"""
        raise error

    module = ModuleType("failing")
    module.command = fails  # type: ignore[attr-defined]  # a stand-in for a command's module
    monkeypatch.setitem(sys.modules, f"mzplan.cli.{command}", module)
    monkeypatch.setattr(parser, "_load", inspect.unwrap(parser._load))


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyError("secret"), 3, "mzplan --debug lights"),
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left on device"), 2, "磁盘空间不足"),
        (BrokenPipeError(), 141, ""),
        (EOFError(), 130, ""),
    ],
)
def test_exceptions_become_exit_codes_in_one_place(
    error: BaseException, code: int, words: str, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan
) -> None:
    let_fail("lights", error, monkeypatch)
    monkeypatch.setattr(cli, "discard", lambda _: None)
    ended = mzplan("lights")
    assert ended.code == code
    assert words in ended.err
    assert "secret" not in ended.err


def test_debug_shows_the_trace_of_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    let_fail("status", KeyError("where"), monkeypatch)
    with pytest.raises(KeyError, match="where"):
        cli.main(["--debug", "status"])


def test_a_command_loads_neither_another_command_nor_what_only_others_need() -> None:
    script = "import sys; from mzplan import cli; cli._run(['status', '--unit', '义乌市']); print(*sys.modules)"
    environment = {**os.environ, "PYTHONUTF8": "1"}
    for _ in range(2):  # the first run may have to read the plan itself, and keeps it
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"pydantic", "yaml", "rich", "tabulate", "jinja2", "docx"}
    assert not loaded & {f"mzplan.cli.{name}" for name in COMMANDS if name != "status"}


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_completion_is_shown_for_the_shell_named_or_running(monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    for words, part in ((("bash",), "COMP_WORDS"), (("zsh",), "#compdef mzplan"), ((), "complete --command mzplan")):
        code, shown, said = mzplan("--show-completion", *words)
        assert (code, part in shown, said) == (0, True, "")


def test_completion_is_installed_and_says_so_in_chinese(
    monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    code, shown, said = mzplan("--install-completion", "bash")
    script = tmp_path / ".bash_completions" / "mzplan.sh"
    assert (code, shown, said) == (0, f"bash 的命令补全已装入 {script}，重新打开终端后生效。\n", "")
    assert files_below(tmp_path) == {".bashrc", ".bash_completions/mzplan.sh"}


def test_the_help_of_completion_names_every_shell() -> None:
    assert f"：{'、'.join(SHELLS)}；" in INSTALL_HELP


@pytest.mark.parametrize(
    ("shell", "arguments", "told"),
    [
        ("/bin/bash", ("--install-completion", "nosh"), "没有 shell nosh。可用的有：bash"),
        ("/bin/bash", ("--show-completion", "nosh"), "没有 shell nosh。"),
        ("/bin/nosh", ("--install-completion",), "看不出当前是哪一种 shell，请写明：--install-completion SHELL，"),
        ("", ("--install-completion", "--debug"), "看不出当前是哪一种 shell"),
        ("", ("--install-completion",), "Windows 上是 powershell，cmd 没有补全。"),
        (
            "",
            ("--install-completion", "cmd"),
            "cmd 没有命令补全。请用 PowerShell：mzplan --show-completion powershell。",
        ),
        (
            "",
            ("--show-completion", "cmd.exe"),
            "cmd 没有命令补全。请用 PowerShell：mzplan --show-completion powershell。",
        ),
        ("", ("--install-completion", "pwsh"), "在 PowerShell 里写 mzplan --show-completion powershell | Out-String"),
    ],
)
def test_a_shell_that_is_not_known_is_refused_and_nothing_written(
    shell: str, arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELL", shell)
    code, shown, said = mzplan(*arguments)
    assert (code, shown, files_below(tmp_path)) == (2, "", set())
    assert told in said


def test_powershell_is_asked_for_nothing_but_completion(monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan) -> None:
    """Neither a policy nor a key is changed; the names that its script uses are those that the program answers to."""
    code, script, said = mzplan("--show-completion", "powershell")
    assert (code, said) == (0, "")
    assert script.startswith("Register-ArgumentCompleter -Native -CommandName mzplan, mzplan.cmd, mzplan.exe ")
    assert not re.search("ExecutionPolicy|PSReadLine", script)
    for name, value in re.findall(r"\$Env:(\w+) = '(\w+)'", script):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "mzplan expl")
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", "expl")
    asked = subprocess.run([sys.executable, "-m", "mzplan"], capture_output=True, check=False, encoding="utf-8")
    assert asked.stdout.startswith("explain:::")


def test_a_shells_settings_that_are_no_text_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".bashrc").write_bytes("别名".encode("gb18030"))
    code, _, said = mzplan("--install-completion", "bash")
    assert (code, (tmp_path / ".bashrc").read_bytes()) == (2, "别名".encode("gb18030"))
    assert "不是 UTF-8 文本" in said


@pytest.mark.parametrize("word", ["foo", "complete_nosh", "complete", "complete_bash x"])
def test_a_question_that_no_shell_asks_is_refused(word: str, monkeypatch: pytest.MonkeyPatch, mzplan: Mzplan) -> None:
    monkeypatch.setenv("_MZPLAN_COMPLETE", word)
    code, shown, said = mzplan("status")
    assert (code, shown, said.startswith(f"mzplan: 环境变量 _MZPLAN_COMPLETE 不能是 {word}，要写 complete_bash")) == (
        2,
        "",
        True,
    )


def test_help_closes_the_brackets_it_opens(mzplan: Mzplan) -> None:
    for command in ("check", "plan check", "status", "template"):
        shown = mzplan(*command.split(), "--help")[1]
        assert shown.count("［") == shown.count("］")
        assert re.search(r"［[^］]*\]", shown) is None
    assert "［默认100］" in _joined(mzplan("check", "--help")[1])
