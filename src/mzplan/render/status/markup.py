"""The document as Markdown, HTML and LaTeX; each has its own escape, which every text passes through."""

import html as escaping
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from mzplan.render.layout import SPARKS
from mzplan.render.status.document import Cell, Document, Note, Table, Tone

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "↑": r"$\uparrow$",
    "↓": r"$\downarrow$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "[": "{[}",  # at the start of a line, `\\` would take either for an option of its own
    "*": "{*}",
    **{spark: rf"\rule{{.4em}}{{{height * 2 / 10}ex}}" for height, spark in enumerate(SPARKS, 1)},
    **{character: f"\\{character}" for character in "&%$#_{}"},
}
_LATEX_SPECIAL = re.compile("|".join(re.escape(character) for character in _LATEX))
_LATEX_HEAD = "% 须用 XeLaTeX 或 LuaLaTeX 编译，导言区加 \\usepackage{ctex}。"

_STYLE = """
body{font:15px/1.6 "Noto Sans SC","Microsoft YaHei",sans-serif;margin:2rem;color:#222;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border:1px solid #bbb;padding:.2rem .5rem;white-space:nowrap;font-variant-numeric:tabular-nums}
th{background:#f0f0f0;font-weight:600}td.label{white-space:normal}.right{text-align:right}
.green{background:#e3f4e3}.yellow{background:#fff3c9}.red{background:#ffd9d5;font-weight:600}
.missing{background:#eadff5}.dim{color:#666}.strong{font-weight:bold}
.warning{border-left:4px solid #c00;padding-left:.6rem}
meter{width:6rem;vertical-align:middle}
""".strip()
_HTML = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def markdown(document: Document) -> str:
    """Headings, tables and lists; nothing in a cell is markup, a mention or a reference."""
    from mzplan.render.check.markdown import escape

    lines = [f"# {escape(document.title)}", ""]
    lines += [f"- {escape(_line(note.text))}" for note in document.facts]
    for note in document.warnings:
        lines += ["", f"> **{escape(_line(note.text))}**"]
    for table in document.tables:
        lines += ["", f"## {escape(table.title)}"]
        if not table.rows:
            lines += ["", escape(table.empty)]
        for title, rows in _parts(table):
            lines += ["", f"### {escape(title)}"] if title else []
            lines += ["", _tabulated(table, rows, "pipe", escape)]
    if document.notes:
        lines.append("")
    lines += [f"- {escape(_line(note.text))}" for note in document.notes]
    return "\n".join(lines) + "\n"


def latex(document: Document) -> str:
    """A fragment to be put into a document that can print Chinese."""
    lines = [_LATEX_HEAD, "", f"\\section*{{{_latex(document.title)}}}", ""]
    lines += _latex_notes((*document.facts, *document.warnings))
    for table in document.tables:
        lines += ["", f"\\subsection*{{{_latex(table.title)}}}"]
        if not table.rows:
            lines += ["", _latex(table.empty)]
        for title, rows in _parts(table):
            lines += ["", f"\\subsubsection*{{{_latex(title)}}}"] if title else []
            lines += ["", r"\noindent", _tabulated(table, rows, "latex_raw", _latex)]
    lines += ["", r"\medskip", *_latex_notes(document.notes)]
    return "\n".join(lines) + "\n"


def _latex_notes(notes: Iterable[Note]) -> list[str]:
    """A paragraph of lines of their own; none when there is nothing to note."""
    text = "\\\\\n".join(_latex(_line(note.text)) for note in notes)
    return [rf"\noindent {text}"] if text else []


def html(document: Document) -> str:
    """A page that stands alone: no script, nothing loaded, every light in words beside its colour."""
    return _HTML.format(title=_html(document.title), style=_STYLE, body="\n".join(_html_body(document)))


def _html_body(document: Document) -> Iterator[str]:
    yield f"<h1>{_html(document.title)}</h1>"
    yield from (f"<p>{_html(_line(note.text))}</p>" for note in document.facts)
    yield from (f'<p class="warning" role="alert">{_html(_line(note.text))}</p>' for note in document.warnings)
    for table in document.tables:
        yield f"<h2>{_html(table.title)}</h2>"
        if not table.rows:
            yield f"<p>{_html(table.empty)}</p>"
        for title, rows in _parts(table):
            yield from _html_table(table, title, rows)
    yield from (f'<p class="dim">{_html(_line(note.text))}</p>' for note in document.notes)


def _html_table(table: Table, title: str, rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    yield "<table>"
    if title:
        yield f"<caption>{_html(title)}</caption>"
    heads = "".join(f'<th scope="col"{_classes(column.align)}>{_html(column.heading)}</th>' for column in table.columns)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        cells = []
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            text = _html(cell.text)
            if column.bar and cell.share is not None:
                value = cell.raw[0] if cell.raw else cell.text
                text = f'<meter min="0" max="100" value="{_html(value)}"></meter> {text}'
            label = "label" if column.label else ""
            name = "th" if place == 0 else "td"
            scope = ' scope="row"' if place == 0 else ""
            cells.append(f"<{name}{scope}{_classes(column.align, cell.tone, label)}>{text}</{name}>")
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>"
    yield "</table>"


def _classes(align: str, tone: Tone = "", label: str = "") -> str:
    names = [name for name in (align if align == "right" else "", tone, label) if name]
    return f' class="{" ".join(names)}"' if names else ""


def _html(text: str) -> str:
    return escaping.escape(text, quote=True)


def _line(text: str) -> str:
    """Prose whose pieces are apart by two blanks, which these formats would show as one."""
    return text.replace("  ", " · ")


def _latex(text: str) -> str:
    return _LATEX_SPECIAL.sub(lambda match: _LATEX[match[0]], text)


def _parts(table: Table) -> Iterator[tuple[str, Sequence[Sequence[Cell]]]]:
    if table.parts:
        yield from ((part.title, table.rows[part.start : part.stop]) for part in table.parts)
    elif table.rows:
        yield "", table.rows


def _tabulated(table: Table, rows: Sequence[Sequence[Cell]], name: str, escape: Callable[[str], str]) -> str:
    """A table drawn by tabulate, which shall neither escape nor read a number into any text."""
    from tabulate import tabulate

    drawn: str = tabulate(
        [[escape(cell.text) for cell in row] for row in rows],
        headers=[escape(column.heading) for column in table.columns],
        tablefmt=name,
        colalign=[column.align for column in table.columns],
        disable_numparse=True,
    )
    return drawn
