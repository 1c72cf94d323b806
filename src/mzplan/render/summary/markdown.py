"""The bulletin as Markdown: headings, paragraphs, pipe tables; nothing in it is markup that the data wrote."""

from collections.abc import Iterable

from mzplan.bulletin.model import Bulletin, Paragraph, Section, Table
from mzplan.diagnostics import show
from mzplan.render.check.markdown import escape
from mzplan.render.summary.layout import LONG, annex_title, mark, numbered, trace_line

_RULES = {"left": ":--", "right": "--:", "centre": ":-:"}


def markdown(bulletin: Bulletin) -> str:
    """The document with a newline at its end."""
    blocks = [f"# {_safe(bulletin.title)}"]
    if bulletin.salutation:
        blocks.append(_safe(bulletin.salutation))
    blocks += [_paragraph(paragraph) for paragraph in bulletin.lead]
    for number, section in numbered(bulletin.sections):
        blocks += _section(bulletin, section, 1, number)
    blocks += [_safe(line) for line in (bulletin.signature, bulletin.dated) if line]
    for number, table in numbered(bulletin.annexes):
        blocks += [f"## {annex_title(len(bulletin.annexes), number)}", f"### {_safe(table.title)}", _table(table)]
        if table.note:
            blocks.append(f"注：{_safe(table.note)}")
    if bulletin.notes:
        blocks += ["## 说明", "\n".join(f"{number}. {_safe(note)}" for number, note in numbered(bulletin.notes))]
    blocks += ["---", _safe(trace_line(bulletin.trace))]
    return "\n\n".join(blocks) + "\n"


def _safe(words: object) -> str:
    return escape(show(str(words), LONG))


def _paragraph(paragraph: Paragraph) -> str:
    name = paragraph.label.removesuffix("：")
    label = f"**{_safe(name)}**{paragraph.label[len(name) :]}" if name else ""  # a stop inside would end no emphasis
    return label + "".join(_safe(sentence) for sentence in paragraph.sentences)


def _section(bulletin: Bulletin, section: Section, level: int, number: int) -> list[str]:
    blocks = [f"{'#' * (level + 1)} {mark(bulletin, level, number)}{_safe(section.heading)}"]
    blocks += [_paragraph(paragraph) for paragraph in section.paragraphs]
    for position, child in numbered(section.sections):
        blocks += _section(bulletin, child, level + 1, position)
    return blocks


def _table(table: Table) -> str:
    lines = [_line(column.heading for column in table.columns)]
    lines.append(f"| {' | '.join(_RULES[column.align] for column in table.columns)} |")
    lines += [_line(row) for row in table.rows]
    return "\n".join(lines)


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(_safe(cell) for cell in cells)} |"
