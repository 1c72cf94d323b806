"""Write the generated pages and the generated parts of pages; `--check` only says whether they are current.

A generated part stands between `<!-- begin: NAME -->` and `<!-- end: NAME -->`; what a page tells to type is run
by `run_pages`. Run as `make docs`.
"""

import html
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reference_parts import helps, output_formats, schemas
from rich.console import Console
from rich.text import Text
from run_pages import shown

from mzplan.check.settings import catalogue
from mzplan.cli.loading import load
from mzplan.cli.parser import COMMANDS
from mzplan.cli.status import viewed
from mzplan.english import english
from mzplan.plan.form import json_schema
from mzplan.plan.form_indicator import INDICATOR_FORMS, IndicatorForm
from mzplan.render.layout import NARROW
from mzplan.render.report import markup, page
from mzplan.rules.pages import FAMILIES, PAGE, families
from mzplan.rules.pages import page as rules_page
from mzplan.views.query import Query
from mzplan.views.report import ReportView

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
CHINESE = ("README.zh.md",)
PAGES = (
    *READMES,
    *sorted(
        page.relative_to(ROOT).as_posix()
        for folder in ("tutorial", "how-to", "reference", "explanation")
        for page in (ROOT / "docs" / folder).glob("*.md")
    ),
)
"""The pages for people: their commands are run, their generated parts made anew."""
PICTURED, PICTURE = ("verdict", "danger", "heat"), (1400, 1640)
"""The sections of the report that its picture shows, and how large it is."""
SVG = "http://www.w3.org/2000/svg"
CELL = 12.2
"""Of the picture of a terminal: how wide rich draws a cell."""
_TEXT = re.compile(
    r'(?P<before><text class="status-r[0-9]+"[^>]*? )textLength="[0-9.]+"(?P<after>[^>]*>)(?P<text>[^<]*)</text>'
)
_PART = re.compile(r"(<!-- begin: (?P<name>[^>]+?) -->\n).*?(<!-- end: (?P=name) -->)", re.DOTALL)

FAMILIES_EN = {
    "1": "files and their shape",
    "2": "cells and numbers",
    "3": "records against the plan",
    "4": "figures against each other",
    "5": "periods against each other",
    "6": "what is missing or late",
    "7": "the plan file and its breakdown",
    "8": "waivers and settings",
    "9": "a draft against the data",
}
SCHEMA = json_schema()
FORMS: Mapping[str, Any] = {**SCHEMA["$defs"], "PlanForm": SCHEMA}
COMMON = list(IndicatorForm.model_fields)
KINDS = {form.__name__: kind for kind, form in INDICATOR_FORMS.items()}


def commands(page: str) -> str:
    """The table of commands, from the same table that the help page shows; in English where the page is."""
    lines = ["| 命令 | |" if page in CHINESE else "| command | |", "|---|---|"]
    tell = str if page in CHINESE else english
    lines += [f"| `mzplan {name}` | {tell(line)} |" for name, line in COMMANDS.items()]
    return "\n".join(lines) + "\n"


def _beside(page: str, other: str) -> str:
    """How a page names another one."""
    return os.path.relpath(ROOT / other, (ROOT / page).parent).replace(os.sep, "/")


def families_table(page: str) -> str:
    """The families of rules: codes, what they look at, how many there are."""
    lines = ["| 编号 | 内容 | 条数 |" if page in CHINESE else "| codes | look at | rules |", "|---|---|---:|"]
    for family, members in families(catalogue()):
        name = FAMILIES[family] if page in CHINESE else FAMILIES_EN[family]
        lines.append(f"| [MZ{family}xx]({_beside(page, PAGE)}#mz{family}xx) | {name} | {len(members)} |")
    return "\n".join(lines) + "\n"


PARTS: Mapping[str, Callable[[str], str]] = {
    "commands": commands,
    "rules": families_table,
    "formats": lambda page: output_formats(),
    "helps": lambda page: helps(),
    "schemas": lambda page: schemas(),
}


def part(name: str, page: str) -> str:
    """The text of a generated part of that page; `keys: …` names a form of the plan."""
    if name.startswith("keys: "):
        return keys(name.removeprefix("keys: "))
    return PARTS[name](page)


def filled(text: str, page: str) -> str:
    """A page with all its generated parts made anew, and its commands run."""
    return shown(_PART.sub(lambda match: f"{match[1]}{part(match['name'], page)}{match[3]}", text))


def generated() -> Iterator[tuple[Path, str]]:
    """Every page that is generated as a whole or in part, as it should be."""
    for name in PAGES:
        yield ROOT / name, filled((ROOT / name).read_text(encoding="utf-8"), name)
    yield ROOT / PAGE, rules_page(catalogue())


def keys(name: str) -> str:
    """The keys of a form of the plan: those of every indicator once, and what each kind has besides."""
    form = FORMS["CountForm" if name == "IndicatorForm" else name]
    wanted = [*COMMON, "kind"] if name == "IndicatorForm" else list(form["properties"])
    if name in KINDS:
        wanted = [key for key in wanted if key not in (*COMMON, "kind")]
    lines = ["| key | value | default | meaning |", "|---|---|---|---|"]
    for key in wanted:
        member = form["properties"][key]
        default = "required" if key in form.get("required", ()) else _default(member.get("default"))
        kinds = ", ".join(f"`{kind}`" for kind in KINDS.values())
        kind = kinds if (name, key) == ("IndicatorForm", "kind") else _value(member)
        lines.append(f"| `{key}` | {kind} | {default} | {member.get('description', '')} |")
    return "\n".join(lines) + "\n"


def _default(default: object) -> str:
    if default is None or default in ([], {}):
        return "optional"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _value(member: Mapping[str, Any]) -> str:
    """What may stand there, in a few words."""
    if "$ref" in member:
        return "mapping"
    if several := member.get("oneOf") or member.get("anyOf"):
        return " or ".join(dict.fromkeys(_value(one) for one in several))
    if "enum" in member:
        return ", ".join(f"`{word}`" for word in member["enum"])
    if "const" in member:
        return f"`{member['const']}`"
    if member["type"] == "array":
        return f"list of {_value(member['items'])}"
    if member["type"] == "object":
        (inner,) = member.get("patternProperties", {"": member.get("additionalProperties")}).values()
        return f"mapping to {_value(inner)}"
    if member["type"] in ("integer", "number"):
        low, high = member.get("minimum"), member.get("maximum")
        bounds = f" {low}–{high}" if high is not None else f" ≥ {low}" if low is not None else ""
        return f"{'whole number' if member['type'] == 'integer' else 'number'}{bounds}"
    return {"string": "text", "boolean": "`true`, `false`"}[member["type"]]


def picture() -> str:
    """`mzplan status` as a terminal of 120 columns shows it, as an SVG without anything from outside."""
    environment = {**os.environ, "COLUMNS": "120", "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "mzplan", "status", "--format", "terminal"]
    shown = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout.decode()
    console = Console(record=True, width=120, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown), highlight=False, soft_wrap=True)
    image = console.export_svg(title="mzplan status", unique_id="status")
    image = re.sub(
        r"@font-face \{.*?\}\s*|font-variant-east-asian: full-width;\s*", "", image, flags=re.DOTALL
    ).replace("Fira Code, monospace", "'Fira Code', 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace")
    return _TEXT.sub(_as_wide_as_its_cells, image)


def _as_wide_as_its_cells(found: re.Match[str]) -> str:
    """The text with the room that it takes on a terminal: rich counts its characters, of which ours take two cells."""
    width = CELL * NARROW.cells(html.unescape(found["text"]))
    return f'{found["before"]}textLength="{width:.1f}"{found["after"]}{found["text"]}</text>'


def report_picture() -> str:
    """The top of the page of `mzplan report`: its own elements and style in an SVG without anything from outside."""
    loaded = load(ROOT / "plan" / "2023.yaml", [ROOT / "data"])
    # HTML may leave ends and quotes out, an SVG may not
    with patch.object(markup, "_UNENDED", frozenset()), patch.object(markup, "_BARE", re.compile("(?!)")):
        text = page.html(ReportView(status=viewed(loaded, Query())), NARROW)
    style, title = (
        re.findall(pattern, text, re.DOTALL)[0] for pattern in ("<style>(.*?)</style>", "<h1>.*?</h1><p .*?</p>")
    )
    parts = (re.findall(f'<section id="{name}".*?</section>', text, re.DOTALL)[0] for name in PICTURED)
    body = "".join(parts).replace("<svg ", f'<svg xmlns="{SVG}" ')
    inside = f"<style>{html.escape(style, quote=False)}</style><header>{title}</header><main>{body}</main>"
    size = 'width="{}" height="{}"'.format(*PICTURE)
    return (
        f'<svg xmlns="{SVG}" {size}>\n<rect {size} fill="#fff"/>\n<foreignObject {size}>'
        f'<body xmlns="http://www.w3.org/1999/xhtml" style="margin:0;padding:16px">{inside}</body>'
        "</foreignObject>\n</svg>\n"
    )


PICTURES: Mapping[str, Callable[[], str]] = {"docs/status.svg": picture, "docs/report.svg": report_picture}


def main() -> int:
    """Write the pages, or with `--check` name those that are stale and return 1."""
    is_check = "--check" in sys.argv
    stale = [(path, new) for path, new in generated() if not path.exists() or path.read_text(encoding="utf-8") != new]
    if stale:
        print("stale:" if is_check else "written:", *(path.relative_to(ROOT) for path, _ in stale))
    if is_check:
        return int(bool(stale))
    for path, new in [*stale, *((ROOT / name, drawn()) for name, drawn in PICTURES.items())]:
        path.write_text(new, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
