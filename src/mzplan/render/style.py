"""The style sheets of pages: one for the screen, shared by every page of tables, and one for official documents."""

SCREEN = """
:root{--ink:#1f2328;--soft:#57606a;--line:#c4cad1;--head:#f0f3f6;--accent:#0b57a4}
*{box-sizing:border-box}
body{font:15px/1.6 "Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;
margin:2rem;color:var(--ink);background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}
caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.2rem .5rem;white-space:nowrap;font-variant-numeric:tabular-nums}
th{background:var(--head);font-weight:600}
td.label,th.label{white-space:normal;min-width:16em;max-width:32em}
.right{text-align:right}
.green{background:#e3f4e3}.yellow{background:#fff3c9}.red{background:#ffd9d5;font-weight:600}
.missing{background:#eadff5}.dim{color:#57606a}.strong{font-weight:bold}
.warning{border-left:4px solid #c00;padding-left:.6rem}
meter{width:6rem;vertical-align:middle}
thead{display:table-header-group}tr{break-inside:avoid}
@media (max-width:40rem){body{margin:1rem}}
""".strip()
"""Names are never squeezed: a table that is wider than the window is scrolled."""

OFFICIAL = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page annex { size: A4 landscape; margin: 28mm 35mm 26mm 37mm; }
body { font: 16pt/1.8 FangSong_GB2312, FangSong, STFangsong, "Noto Serif CJK SC", serif; color: #000; background: #fff;
  max-width: 156mm; margin: 2em auto; padding: 0 1em; }
h1 { font: 22pt/1.5 FZXiaoBiaoSong-B05S, "方正小标宋简体", SimSun, "Noto Serif CJK SC", serif; text-align: center;
  margin: 0 0 1em; }
h2 { font: 16pt/1.8 SimHei, "Noto Sans CJK SC", sans-serif; margin: 0; text-indent: 2em; break-after: avoid; }
h3 { font: 16pt/1.8 KaiTi_GB2312, KaiTi, STKaiti, "Noto Serif CJK SC", serif; margin: 0; text-indent: 2em;
  break-after: avoid; }
p { margin: 0; text-indent: 2em; text-align: justify; }
p.salutation { text-indent: 0; }
p.reference { text-indent: 0; text-align: center; }
p.imprint { text-indent: 0; padding: 0 1em; border-top: 0.5pt solid #000; }
p.signature { text-align: right; padding-right: 4em; }
.page { break-before: page; }
.page, .page ~ * { page: annex; }
.page ~ p.imprint, .page ~ p.imprint ~ footer { page: auto; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.4; }
caption { font: 16pt/1.8 SimHei, "Noto Sans CJK SC", sans-serif; }
th, td { border: 0.5pt solid #000; padding: 2pt 3pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th[scope=row] { text-align: left; } td.right { text-align: right; } td.centre { text-align: center; }
ol, footer, .note { font-size: 10.5pt; text-indent: 0; }
footer { margin-top: 2em; border-top: 0.5pt solid #000; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
""".strip()
"""The page of official documents (GB/T 9704)."""
