"""The bulletin as plain text: one line a paragraph, two full-width blanks before it, tables with ruled columns."""

from collections.abc import Sequence

from mzplan.bulletin.model import Bulletin, Paragraph, Section, Table
from mzplan.diagnostics import show
from mzplan.render.check.guard import inert
from mzplan.render.layout import width_of
from mzplan.render.summary.layout import LONG, annex_title, mark, numbered, trace_line

INDENT = "　　"


def text(bulletin: Bulletin) -> str:
    """The document as UTF-8 text with a newline at its end."""
    lines = [_safe(bulletin.title)]
    if bulletin.salutation or bulletin.lead:
        lines.append("")
    if bulletin.salutation:
        lines.append(_safe(bulletin.salutation))
    lines += [_paragraph(paragraph) for paragraph in bulletin.lead]
    for number, section in numbered(bulletin.sections):
        lines += _section(bulletin, section, 1, number)
    if bulletin.signature or bulletin.dated:
        lines += ["", *(f"{INDENT * 8}{_safe(line)}" for line in (bulletin.signature, bulletin.dated) if line)]
    for number, table in numbered(bulletin.annexes):
        lines += ["", annex_title(len(bulletin.annexes), number), _safe(table.title), *_table(table)]
    if bulletin.notes:
        lines += ["", "说明："]
        lines += [f"{INDENT}{number}.{_safe(note)}" for number, note in numbered(bulletin.notes)]
    lines += ["", _safe(trace_line(bulletin.trace))]
    return inert("\n".join(lines)) + "\n"


def _safe(words: object) -> str:
    return show(str(words), LONG)


def _paragraph(paragraph: Paragraph) -> str:
    return INDENT + _safe(paragraph)


def _section(bulletin: Bulletin, section: Section, level: int, number: int) -> list[str]:
    title = mark(bulletin, level, number) + _safe(section.heading)
    lines = ["", title] if level == 1 else [INDENT + title]
    lines += [_paragraph(paragraph) for paragraph in section.paragraphs]
    for position, child in numbered(section.sections):
        lines += _section(bulletin, child, level + 1, position)
    return lines


def _table(table: Table) -> list[str]:
    rows = [[column.heading for column in table.columns], *([_safe(cell) for cell in row] for row in table.rows)]
    widths = [max(width_of(row[position]) for row in rows) for position in range(len(table.columns))]
    aligns = [column.align for column in table.columns]
    lines = [_line(row, widths, aligns) for row in rows]
    lines.insert(1, "─┼─".join("─" * width for width in widths))
    return [*lines, f"注：{_safe(table.note)}"] if table.note else lines


def _line(row: Sequence[str], widths: Sequence[int], aligns: Sequence[str]) -> str:
    padded = []
    for words, width, align in zip(row, widths, aligns, strict=True):
        blank = " " * (width - width_of(words))
        padded.append(blank + words if align == "right" else words + blank)
    return " │ ".join(padded).rstrip()
