"""Fill the generated parts of the READMEs with what the program prints; `--check` only says whether they are current.

A generated part stands between `<!-- begin: NAME -->` and `<!-- end: NAME -->`. Run as `make docs`.
"""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
_PART = re.compile(r"(<!-- begin: (?P<name>[^>]+?) -->\n).*?(<!-- end: (?P=name) -->)", re.DOTALL)


def run(arguments: str) -> str:
    """What a command prints, as a reader at a pipe sees it."""
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "mzplan", *arguments.split()],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    return (done.stdout + done.stderr).decode()


def session(arguments: str) -> str:
    """A command and its output as a console block."""
    return f"```console\n$ mzplan {arguments}\n{run(arguments).rstrip()}\n```\n"


def commands() -> str:
    """The table of commands, from the same table that the help page shows."""
    from mzplan.cli.parser import COMMANDS

    lines = ["| command | |", "|---|---|", *(f"| `mzplan {name}` | {line} |" for name, line in COMMANDS.items())]
    return "\n".join(lines) + "\n"


def rules() -> str:
    """The table of rules, each with its page."""
    from mzplan.check.settings import catalogue

    lines = ["| code | name | severity | |", "|---|---|---|---|"]
    for code, rule in catalogue().items():
        lines.append(f"| [{code}](docs/rules/{code}.md) | `{rule.name}` | {rule.severity} | {rule.title} |")
    return "\n".join(lines) + "\n"


PARTS: Mapping[str, Callable[[], str]] = {"commands": commands, "rules": rules}


def part(name: str) -> str:
    """The text of a generated part; `$ …` names a console session."""
    return session(name.removeprefix("$ mzplan ")) if name.startswith("$ mzplan ") else PARTS[name]()


def filled(text: str) -> str:
    """A page with all its generated parts made anew."""
    return _PART.sub(lambda match: f"{match[1]}{part(match['name'])}{match[3]}", text)


def picture() -> str:
    """`mzplan status` as a terminal of 120 columns shows it, as an SVG without anything from outside."""
    from rich.console import Console
    from rich.text import Text

    environment = {**os.environ, "COLUMNS": "120", "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "mzplan", "status", "--format", "terminal"]
    shown = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout.decode()
    console = Console(record=True, width=120, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown), highlight=False, soft_wrap=True)
    image = console.export_svg(title="mzplan status", unique_id="status")
    return re.sub(r"@font-face \{.*?\}\s*", "", image, flags=re.DOTALL).replace(
        "Fira Code, monospace", "'Fira Code', 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace"
    )


def main() -> int:
    """Write the pages, or with `--check` name those that are stale and return 1."""
    stale = []
    for name in READMES:
        page = ROOT / name
        old = page.read_text(encoding="utf-8")
        new = filled(old)
        if new != old:
            stale.append(name)
            if "--check" not in sys.argv:
                page.write_text(new, encoding="utf-8", newline="\n")
    image = ROOT / "docs" / "status.svg"
    if "--check" not in sys.argv:
        image.write_text(picture(), encoding="utf-8", newline="\n")
    if stale:
        print("stale:" if "--check" in sys.argv else "written:", *stale)
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
