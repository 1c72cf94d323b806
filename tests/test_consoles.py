"""What consoles and pipes of other encodings get: programs the same bytes as ever, people characters that they have."""

import codecs
import io
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice, product
from typing import Any, NamedTuple

import pytest

from conftest import Mzplan, few, run
from mzplan.cli import parser, terminal
from mzplan.cli.language import LANGUAGES
from mzplan.cli.plan import CHECK_FORMATS
from mzplan.cli.rule import FORMATS as OF_RULES
from mzplan.render import breakdown, explain, lights, plan, status, summary
from mzplan.render.check import FORMATS
from mzplan.render.formats import BINARY, FOR_PEOPLE
from mzplan.render.layout import NARROW
from mzplan.render.summary import verification
from mzplan.rules.pages import EXAMPLE
from test_cli_check import PLANS, Run, check, report, write

__all__ = ["check"]

ENCODINGS = ("cp936", "cp1252", "ascii")
ODD = report("甲县", "2023-03", "½").replace(",½,,,,", ",½,,,−5 ✓ \ufffd • ¥,")
"""A cell and a note with characters of which a Chinese console has hardly any."""
PLAINLY = {"−": "-", "½": "1/2", "✓": "√", "\ufffd": "?", "•": "·", "¥": "￥"}

Printed = Callable[..., tuple[int, bytes, bytes]]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    """Run the program where its streams have that encoding, and lines end as on Windows; the bytes that they get."""

    def go(encoding: str, *arguments: str) -> tuple[int, bytes, bytes]:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding, newline="\r\n") for _ in range(2)]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            code = run(*arguments)
        out, err = (stream.detach() for stream in streams)
        assert isinstance(out, io.BytesIO)
        assert isinstance(err, io.BytesIO)
        return code, out.getvalue(), err.getvalue()

    return go


def of_programs() -> Iterator[list[str]]:
    """Every command with every format that programs read."""
    tables = {
        "check": FORMATS,
        "status": status.FORMATS,
        "explain T01-01": explain.FORMATS,
        "summary --draft": summary.FORMATS,
        "summary --verify draft.md": verification.FORMATS,
        "plan": plan.FORMATS,
        "plan check": CHECK_FORMATS,
        "lights": lights.FORMATS,
        "breakdown": breakdown.FORMATS,
        "rule": OF_RULES,
        "rule MZ223": OF_RULES,
    }
    for command, formats in tables.items():
        yield from ([*command.split(), "--format", name] for name in formats if name not in FOR_PEOPLE | BINARY)
    for command in ("check --diff", "plan schema", "template --unit jia", "breakdown --import parts.csv --source 文号"):
        yield command.split()


@pytest.fixture
def files(check: Run) -> None:
    """A plan without its parts, a report with odd characters, one that can be mended, a draft, a sheet of parts."""
    del check
    shutil.copy(PLANS / "tiny.yaml", "plan/2023.yaml")
    write("data/2023-03/jia.csv", ODD)
    write("data/2023-02/jia.csv", report("甲县", "2023-02", "１３"))
    write("draft.md", "截至3月底，甲县实施服务类救助项目½个。\n")
    write("parts.csv", "单位,T01-01\n甲县,60\n乙市,40\n")


@pytest.mark.usefixtures("files")
@few(
    ("command", "encoding"), product(of_programs(), ENCODINGS), zip(islice(of_programs(), 0, None, 2), cycle(ENCODINGS))
)
def test_programs_get_the_same_bytes_whatever_the_console(printed: Printed, command: list[str], encoding: str) -> None:
    """UTF-8, and lines that end in LF, or as the format says."""
    expected = printed("utf-8", *command)
    assert expected[1]
    assert b"\r" not in expected[1] or expected[1].startswith(codecs.BOM_UTF8)  # a CSV as Excel wants it
    assert printed(encoding, *command)[:2] == expected[:2]


SCREENS = [
    *(f"{command} --help" for command in parser.COMMANDS),
    "check",
    "check --format concise",
    "check --show-files",
    "check --show-settings",
    "status",
    "status --full",
    "status --unit 甲县",
    "status --by unit",
    "status --format terminal",
    "explain T01-01",
    "explain T01-01 甲县",
    "explain T02-01",
    "summary --draft",
    "summary --verify draft.md",
    "plan",
    "plan check",
    "lights",
    "breakdown",
    "rule",
    "rule MZ223",
    "rule MZ230",
    "collect data/2023-03/jia.csv --dry-run",
    "status --format nonsense",
    "explain ½",
]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_chinese_console_shows_every_screen(printed: Printed, screen: str) -> None:
    """What it has no character for is written with others: no screen has an escape."""
    code, *streams = printed("utf-8", *screen.split())
    shown = printed("cp936", *screen.split())
    for wanted, got in zip(streams, shown[1:], strict=True):
        text = wanted.decode()
        for character, plain in PLAINLY.items():
            text = text.replace(character, plain)
        assert got.decode("cp936") == text
    assert shown[0] == code


@pytest.mark.usefixtures("files")
def test_odd_characters_are_written_with_others(printed: Printed) -> None:
    said = printed("cp936", "check", "--format", "concise")[1].decode("cp936")
    assert "“完成值”一栏的“1/2”不是 0—9 的数字" in said
    assert "“说明”一栏的“-5 √ ? · ￥”是乱码" in said
    explained = printed("cp936", "explain", "T01-01", "--period", "2023-02")[1].decode("cp936")
    assert "差距 = (0.42 - (1 ÷ 6)) × 100" in explained


def test_a_character_without_any_other_is_spelled_out(check: Run, printed: Printed) -> None:
    del check
    assert "没有指标 \\u4dae" in printed("cp936", "explain", "䶮")[2].decode("cp936")


class Console(NamedTuple):
    """What Windows tells of a console: its mode, None where there is no console, and whether it can obey escapes."""

    modes: list[int | None]
    can_obey: bool = True

    def GetConsoleMode(self, handle: int, mode: Any) -> int:  # noqa: N802  # the system's own name
        del handle
        now = self.modes[-1]
        if now is not None:
            mode._obj.value = now
        return int(now is not None)

    def SetConsoleMode(self, handle: int, mode: int) -> int:  # noqa: N802  # likewise
        del handle
        if self.can_obey:
            self.modes.append(mode)
        return int(self.can_obey)


@pytest.mark.parametrize(
    ("console", "obeys", "modes"),
    [
        (Console([3]), True, [3, 7]),
        (Console([7]), True, [7]),
        (Console([3], can_obey=False), False, [3]),
        (Console([None]), False, [None]),
    ],
    ids=["when asked", "already", "never", "no console"],
)
def test_a_console_of_windows_is_asked_to_obey_escapes(
    console: Console, modes: list[int | None], *, obeys: bool
) -> None:
    assert terminal.switched_on(console, 1) is obeys
    assert console.modes == modes


def test_a_console_that_prints_escapes_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even with FORCE_COLOR, which is for pipes and logs."""
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setattr(terminal, "takes_escapes", lambda stream: False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert terminal.wants_colour(None) is False
    monkeypatch.setattr(terminal, "is_terminal", lambda: False)
    assert terminal.wants_colour(None) is True


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words", ["check --statistics", "plan check", "rule", "rule MZ3", "status --only exceeded", "help", "check --help"]
)
def test_a_narrow_terminal_gets_the_same_words_in_lines_that_fit(
    words: str, language: str, mzplan: Mzplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setenv("MZPLAN_LANG", language)

    def shown(columns: int) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        return mzplan(*words.split()).out

    narrow = shown(54)
    assert "".join(narrow.split()) == "".join(shown(200).split())
    assert all(NARROW.cells(line) <= 54 for line in narrow.splitlines() if not line.startswith(EXAMPLE)), narrow
    monkeypatch.setattr(terminal, "is_terminal", lambda: False)
    assert "--help" in words or shown(54) == shown(200)
