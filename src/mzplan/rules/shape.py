"""Rows that do not have the shape of the table: the last part of family MZ1xx."""

from collections.abc import Sequence
from itertools import pairwise

from mzplan.diagnostics import show
from mzplan.reading.csv_border import CELL_LIMIT, COLUMN_LIMIT
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.misread import read_number
from mzplan.reading.number import MOST_GROUPS, Fault, is_torn, plain_number
from mzplan.rules.examples import BEDS, ROW, STOCK, table
from mzplan.rules.registry import ERROR, PASSES, TORN, Finding, Remedy, flaw_rule, flaw_words, shape_rule
from mzplan.rules.scope import Scope
from mzplan.said import listed, say
from mzplan.submissions.doubts import leaves_doubt
from mzplan.submissions.header import FIELDS, FIELDS_ZH, Header, is_header
from mzplan.submissions.names import trimmed
from mzplan.submissions.remarks import said_in


@flaw_rule(
    "MZ140",
    ERROR,
    Flaw.OPEN_QUOTE,
    title="引号没有结束",
    what="一格以引号开头，却没有在该结束的地方结束，把后面的行吞了进来。这一行没有采用，其余各行照常读取。",
    why="不指出来，后面几行会悄悄变成这一格的内容。",
    mend="在这一格末尾补上引号，或删去开头的引号；格子里的引号要写成两个。",
    bad=table('2031-03,青山县,T01-01,"新增养老床位数,12,,,,', "2031-03,青山县,T01-02,持证护理员数,8,,,,"),
    good=table('2031-03,青山县,T01-01,"新增养老床位数",12,,,,', f"2031-03,{STOCK},8,,,,"),
)
def unterminated_quote(defect: Defect) -> Finding:
    """An opening quote without its closing one, at the line where it opens."""
    return Finding("引号从这里开始，没有结束", hint="在这一格末尾补上引号，或删去开头的引号。")


@flaw_rule(
    "MZ141",
    ERROR,
    Flaw.STRAY_QUOTE,
    title="引号后面还有字",
    what="一格的引号结束之后、逗号之前还有别的字。这一行没有采用。",
    why="格子里的引号没有写成两个，这一格到哪里为止就说不清。",
    mend='格子里的引号写成两个（""），或去掉引号。',
    bad=table('2031-03,青山县,T01-01,新增养老床位数,12,,,"称"示范"床位",'),
    good=table('2031-03,青山县,T01-01,新增养老床位数,12,,,"称""示范""床位",'),
)
def stray_quote(defect: Defect) -> Finding:
    """Text after a closing quote."""
    return Finding("引号结束后还有别的字", hint='格子里的引号要写成两个（""）。')


@shape_rule(
    "MZ152",
    ERROR,
    title="表头重复",
    what="表头下面又出现一行表头，各列与第一行的相同（中英文各一行，或几张表接在了一起）。其余各行照常读取。",
    why="表头不是数据。",
    mend="只留第一行表头，或运行 mzplan check --fix。",
    bad=table(",".join(FIELDS_ZH.values()), ROW),
    good=table(ROW),
    fixable=True,
    takes_out=True,
)
def repeated_header(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """The header once more; one that calls the columns otherwise refuses the file."""
    if is_header(cells):
        return Finding("又出现一行表头", hint="只留第一行表头。", value=",".join(cells)[:200])
    return None


@shape_rule(
    "MZ153",
    ERROR,
    title="这一行的格数太多",
    what="这一行的格数比表头多，而且多出来的格子里有内容；或者格数不多，数却占了“说明”或“佐证”一栏，前面像是有一个数被逗号分成了几格。"
    "没有列名的一列里写着话，没有说到数、单位、月份和指标的（请领导审阅），只提醒，不影响采用。",
    why="多半是数字里的千分位逗号（1,234）没有加引号，后面各列全部错位，所以这一行不采用。",
    mend="数字不写千分位逗号；含逗号的文字加引号；“说明”里写文字，不单写一个数。",
    bad=table("2031-03,青山县,T02-02,核心指标,1,234,,,,"),
    good=table("2031-03,青山县,T02-02,核心指标,1234,,,,"),
)
def too_many_cells(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """More cells than headings, or than figures have: most often an unquoted thousands separator."""
    if len(cells) == header.width and (spilt := _spilt(cells, header)) is not None:
        message = say("数占了“{column}”一栏，前面像是有一个数被逗号分成了几格", column=FIELDS_ZH[spilt])
        return Finding(message, spilt, _COMMAS, remedies=_joined(cells, header))
    if len(cells) <= header.width and not header.unnamed:
        return None
    filled = len(cells)
    while filled and not trimmed(cells[filled - 1]):
        filled -= 1
    if filled > header.width or (len(cells) > header.width and any(map(is_torn, pairwise(cells)))):
        message = say("这一行有 {count} 格，表头只有 {width} 列", count=len(cells), width=header.width)
        remedies = (*_joined(cells, header), *_joined_note(cells, header, len(cells) - header.width))
        return Finding(message, hint=_COMMAS, remedies=remedies)
    strays = [at for at in header.unnamed if at < len(cells) and trimmed(cells[at]) and not _is_mark(cells[at])]
    if strays and any(map(trimmed, header.arranged(cells))):
        is_aside = not any(map(is_torn, pairwise(cells))) and all(_is_aside(cells[at], scope) for at in strays)
        hint = PASSES if is_aside else "是说明的，并到“说明”一列；是别的，给这一列加上列名；用不着，删去内容。"
        unnamed = "没有列名或与别的列重复的列里有内容"
        return Finding(unnamed, hint=hint, value=cells[strays[0]], cell=strays[0] + 1, is_question=is_aside)
    return None


def _is_mark(cell: str) -> bool:
    """Whether a cell says nothing: a tick, or what stands for nothing."""
    return trimmed(cell) in _TICKS or read_number(cell).fault is Fault.PLACEHOLDER


def _is_aside(cell: str, scope: Scope) -> bool:
    """Whether words beside a record put it in doubt no more than such words on a line of their own do the table."""
    unit = scope.place_unit.id if scope.place_unit else None
    return any(map(str.isalpha, cell)) and not leaves_doubt(said_in([cell]), scope.names, unit, scope.place_period)


_TICKS = frozenset("√✓✔○●☑")
_COMMAS = "数字不写千分位逗号，含逗号的文字加引号；多余的逗号删去。"
_FIGURES_ON = slice(FIELDS.index("value"), None)
"""Of the columns those with figures and, after them, words."""


def _spilt(cells: Sequence[str], header: Header) -> str | None:
    """The column of words into which the figures before it run on, two of them like one number torn by its comma."""
    fields = dict(zip(header.positions[_FIGURES_ON], FIELDS[_FIGURES_ON], strict=True))
    for end, field in fields.items():
        if field not in ("note", "evidence") or end >= len(cells) or plain_number(cells[end]) is None:
            continue
        start = end
        while start - 1 in fields and trimmed(cells[start - 1]):
            start -= 1
        if any(map(is_torn, pairwise(cells[start : end + 1]))):
            return field
    return None


def _joined(cells: Sequence[str], header: Header) -> tuple[Remedy, ...]:
    """The row with one number put together again that its commas tore, wherever one is; as wide as the header."""
    found = []
    for more in range(1, MOST_GROUPS):
        for at in range(min(len(cells), COLUMN_LIMIT) - more):
            pieces = [trimmed(piece) for piece in cells[at : at + more + 1]]
            if is_torn(pieces):
                whole = [*cells[:at], "".join(pieces), *cells[at + more + 1 :], *[""] * more]
                while len(whole) > header.width and not trimmed(whole[-1]):
                    whole.pop()
                found.append(Remedy(say(TORN, torn=",".join(pieces), whole="".join(pieces)), cells=tuple(whole)))
    return tuple(found)


def _joined_note(cells: Sequence[str], header: Header, excess: int) -> tuple[Remedy, ...]:
    """The row with one note put together again that its commas tore into so many cells too many."""
    at = header.positions[FIELDS.index("note")]
    pieces = [trimmed(piece) for piece in cells[at : at + excess + 1]]
    if len(pieces) <= excess or not all(map(_is_said, pieces)):
        return ()
    note = listed(pieces, "，")
    hint = say("“说明”里有半角逗号，把一格分成了几格：改成全角逗号“{note}”，或给这一格加引号。", note=show(note, 80))
    return (Remedy(hint, cells=(*cells[:at], note, *cells[at + excess + 1 :])),)


def _is_said(piece: str) -> bool:
    """Whether a piece may be part of a note: words, no address."""
    return bool(piece) and not piece.startswith("http") and not piece.replace(".", "").isdigit()


@shape_rule(
    "MZ154",
    ERROR,
    title="这一行的格数太少",
    what="这一行的格数比表头少。",
    why="不知道缺的是哪一格，各列可能已经错位，所以这一行不采用。",
    mend="空着的格子也要留逗号；用 Excel 或 WPS 另存为 CSV 时会自动补齐。",
    bad=table("2031-03,青山县,T01-01,12"),
    good=table(ROW),
)
def too_few_cells(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """Fewer cells than headings."""
    if len(cells) < header.width:
        message = say("这一行只有 {count} 格，表头有 {width} 列", count=len(cells), width=header.width)
        return Finding(message, hint="空着的格子也要留逗号。", value=",".join(cells)[:200])
    return None


@shape_rule(
    "MZ117",
    ERROR,
    title="行里有一格过长",
    what=say("这一行有一格超过 {cell_limit} 个字符。", cell_limit=CELL_LIMIT),
    why="填报的内容不会这样长；多半是引号没有配对，或误贴了别的内容。",
    mend="检查引号；长的说明另附文件，在“佐证”里写文件名。",
    bad=table(f"{BEDS},12,,,{'长' * (CELL_LIMIT + 1)},"),
    good=table(ROW),
)
def overlong_cell(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """A cell beyond the limit: nothing examines it further."""
    if max(map(len, cells), default=0) <= CELL_LIMIT:
        return None
    for field, at in zip(FIELDS, header.positions, strict=True):
        if at < len(cells) and len(cells[at]) > CELL_LIMIT:
            return Finding(
                say("“{column}”一格有 {count} 个字符", column=FIELDS_ZH[field], count=len(cells[at])),
                field,
                "长的说明另附文件。",
            )
    return None


@flaw_words("MZ117", Flaw.LONG_CELL)
def endless_cell(defect: Defect) -> Finding:
    """A cell so long that the parser gave up on it."""
    return Finding(
        say("这一行有一格远超 {cell_limit} 个字符", cell_limit=CELL_LIMIT), hint="检查引号是否配对；长的说明另附文件。"
    )
