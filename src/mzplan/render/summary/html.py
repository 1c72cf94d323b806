"""The bulletin as one HTML file: no script, no outside resource, laid out for the screen and for A4 paper."""

from collections.abc import Sequence

from mzplan.bulletin.model import Bulletin, Cell, Cited, Paragraph, Part, Section, Table
from mzplan.diagnostics import show
from mzplan.figures import decimal_text
from mzplan.render.summary.layout import LONG, annex_title, mark, numbered, trace_line

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { font: 16pt/1.8 FangSong_GB2312, FangSong, STFangsong, "Noto Serif CJK SC", serif; color: #000; background: #fff;
  max-width: 156mm; margin: 2em auto; padding: 0 1em; }
h1 { font: 22pt/1.5 FZXiaoBiaoSong-B05S, "方正小标宋简体", SimSun, "Noto Serif CJK SC", serif; text-align: center;
  margin: 0 0 1em; }
h2 { font: 16pt/1.8 SimHei, "Noto Sans CJK SC", sans-serif; margin: 0; text-indent: 2em; break-after: avoid; }
h3 { font: 16pt/1.8 KaiTi_GB2312, KaiTi, STKaiti, "Noto Serif CJK SC", serif; margin: 0; text-indent: 2em;
  break-after: avoid; }
p { margin: 0; text-indent: 2em; text-align: justify; }
p.salutation { text-indent: 0; }
p.signature { text-align: right; padding-right: 4em; }
section.annex { break-before: page; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.4; }
caption { font: 16pt/1.8 SimHei, "Noto Sans CJK SC", sans-serif; }
th, td { border: 0.5pt solid #000; padding: 2pt 3pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.right { text-align: right; } .left { text-align: left; } .centre { text-align: center; }
ol, footer, .note { font-size: 10.5pt; text-indent: 0; }
footer { margin-top: 2em; border-top: 0.5pt solid #000; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""


def html(bulletin: Bulletin) -> str:
    """The document; every text is escaped, every figure a `data` element with its exact value."""
    body = [f"<h1>{_parts(bulletin.title.parts)}</h1>"]
    if bulletin.salutation:
        body.append(f'<p class="salutation">{_safe(bulletin.salutation)}</p>')
    body += [_paragraph(paragraph) for paragraph in bulletin.lead]
    for number, section in numbered(bulletin.sections):
        body += _section(bulletin, section, 1, number)
    body += [f'<p class="signature">{_safe(line)}</p>' for line in (bulletin.signature, bulletin.dated) if line]
    for number, table in numbered(bulletin.annexes):
        body += _annex(table, annex_title(len(bulletin.annexes), number))
    if bulletin.notes:
        notes = "".join(f"<li>{_parts(note.parts)}</li>" for note in bulletin.notes)
        body.append(f"<section><h2>说明</h2><ol>{notes}</ol></section>")
    body.append(f"<footer>{_safe(trace_line(bulletin.trace))}</footer>")
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_safe(bulletin.title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def _safe(words: object) -> str:
    from html import escape

    return escape(show(str(words), LONG), quote=True)


def _parts(parts: Sequence[Part]) -> str:
    return "".join(_figure(part) if isinstance(part, Cited) else _safe(part) for part in parts)


def _figure(cited: Cited) -> str:
    return f'<data value="{_safe(decimal_text(cited.value))}">{_safe(cited.text)}</data>{_safe(cited.unit)}'


def _paragraph(paragraph: Paragraph) -> str:
    label = f"<strong>{_safe(paragraph.label)}</strong>" if paragraph.label else ""
    return f"<p>{label}{''.join(_parts(sentence.parts) for sentence in paragraph.sentences)}</p>"


def _section(bulletin: Bulletin, section: Section, level: int, number: int) -> list[str]:
    tag = f"h{level + 1}"
    body = [f"<section><{tag}>{mark(bulletin, level, number)}{_safe(section.heading)}</{tag}>"]
    body += [_paragraph(paragraph) for paragraph in section.paragraphs]
    for position, child in numbered(section.sections):
        body += _section(bulletin, child, level + 1, position)
    return [*body, "</section>"]


def _annex(table: Table, label: str) -> list[str]:
    head = "".join(f'<th scope="col">{_safe(column.heading)}</th>' for column in table.columns)
    lines = [
        f'<section class="annex"><h2>{_safe(label)}</h2>',
        f"<table><caption>{_safe(table.title)}</caption>",
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        *(f"<tr>{_row(table, row)}</tr>" for row in table.rows),
        "</tbody></table>",
    ]
    note = [f'<p class="note">注：{_safe(table.note)}</p>'] if table.note else []
    return [*lines, *note, "</section>"]


def _row(table: Table, row: Sequence[Cell]) -> str:
    first, *others = row
    cells = [f'<th scope="row" class="left">{_parts(first.parts)}</th>']
    for column, cell in zip(table.columns[1:], others, strict=True):
        cells.append(f'<td class="{column.align}">{_parts(cell.parts)}</td>')
    return "".join(cells)
