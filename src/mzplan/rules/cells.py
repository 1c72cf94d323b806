"""Cells that do not say what they should: periods, empty keys, hidden and garbled characters. Family MZ2xx."""

from collections.abc import Iterator

from mzplan.diagnostics import show
from mzplan.period import Period
from mzplan.reading.misread import spreadsheet_fault
from mzplan.reading.number import Habit
from mzplan.rules.examples import BEDS, COUNT, SOUND, STAGE, STOCK, table
from mzplan.rules.registry import ERROR, MANY, WARNING, Cause, Finding, Remedy, key_rule, row_rule, says
from mzplan.rules.scope import Scope
from mzplan.said import listed, say
from mzplan.submissions.header import FIELDS, FIELDS_ZH
from mzplan.submissions.names import BIDI, hidden_characters, matched_form, trimmed
from mzplan.submissions.row import Row


@key_rule(
    "MZ201",
    ERROR,
    "period",
    title="报告期写法不对",
    what="“报告期”一栏不是 YYYY-MM 形式的月份。",
    why="不知道说的是哪个月，这一行无法归入任何一期。",
    mend="写成 2031-03 这样的四位年、两位月；Excel 会把它变成日期（3月-31），输入前把单元格设为“文本”。",
    bad=table(f"31年3月,{COUNT},12,,,,"),
    good=SOUND,
)
def not_a_period(text: str, scope: Scope) -> Finding | None:
    """No month, or one in a form that can be read in two ways."""
    if not trimmed(text) or scope.names.period(text)[0] is not None:
        return None
    fault, months = spreadsheet_fault(text) or "不是报告期", scope.names.months(text)
    message = say("“{text}”{fault}", text=show(text, 40), fault=fault)
    form = matched_form(text)
    months = months or frozenset(filter(None, [Period.of_day(form)]))
    own = scope.place_period
    if own is not None:
        if months:
            message = say("“{text}”{fault}，像是 {month}", text=show(text, 40), fault=fault, month=min(months))
        hint = say("文件属于 {own}：本月的数，报告期写成 {own}；别的月份的行移到那个月的文件里。", own=own)
        cause = PERIODS_DRAGGED if any(map(str.isdigit, form)) else None
        return Finding(message, "period", hint, remedies=(Remedy(hint, str(own)),), cause=cause)
    hint = say("写成 YYYY-MM，例如 {year}-03。", year=scope.plan.year)
    if day := Period.of_day(form):
        return Finding(
            message, "period", hint, remedies=(Remedy(say("报告期只写到月：是否应是 {day}？", day=day), str(day)),)
        )
    remedies = [
        Remedy(say("表格软件会把报告期变成日期：是否应是 {month}？", month=month), str(month))
        for month in sorted(months)
        if month.year == scope.plan.year
    ]
    return Finding(message, "period", hint, remedies=tuple(remedies))


PERIODS_DRAGGED = Cause(
    "MZ307",
    4,
    "{count} 行的报告期各不相同，像是往下拖动时填成了序列",
    "每一行都填文件的那个月；拖动时按住 Ctrl，或复制后粘贴。",
)
"""So many different months in one file are a series that somebody has dragged down."""
_SPELT_LIKEWISE = Cause("MZ202", PERIODS_DRAGGED.least, joins=PERIODS_DRAGGED)


@key_rule(
    "MZ202",
    WARNING,
    "period",
    title="报告期写法不规范",
    what="报告期写成了 2031/3、2031年03月、203103 等，能认出是哪个月。文件在 data/<报告期>/ 下的，Mar-31、31-Mar、3月、"
    "2031/3/1、二〇三一年三月、2031年1-3月这样的写法，凡可以是那个月的，也认得。填报表上印的 2031年3月不算不规范。",
    why="写法规范，别的程序和人才不会看错。",
    mend="写成 YYYY-MM，或照填报表写成 2031年3月；也可以运行 mzplan check --fix。",
    bad=table(f"2031/3,{COUNT},12,,,,"),
    good=table(f"2031年3月,{COUNT},12,,,,"),
    fixable=True,
)
def period_spelling(text: str, scope: Scope) -> Finding | None:
    """A month in another spelling that can be read in one way only; one finding for all rows that have it."""
    period, fix = scope.names.period(text)
    if period is None or fix is None or period.year != scope.plan.year or scope.place_period not in (None, period):
        return None  # that it is another month's is told, and its spelling goes with it
    message, cause = (
        say("报告期“{text}”写法不规范", text=show(text, 40)),
        _SPELT_LIKEWISE if scope.place_period else None,
    )
    return Finding(message, "period", say("应写作 {fix}。", fix=fix), fix, cause=cause)


@key_rule(
    "MZ203",
    ERROR,
    "period",
    title="没有写报告期",
    what="“报告期”一栏是空的。",
    why="不知道说的是哪个月；程序不会照上一行补，补错了没有人会发现。",
    mend="每一行都写上报告期；若是合并单元格，取消合并后填满。",
    bad=table(f"{BEDS},12,,,,", f",{STOCK},8,,,,"),
    good=table(f"{BEDS},12,,,,", f"2031-03,{STOCK},8,,,,"),
)
def blank_period(text: str, scope: Scope) -> Finding | None:
    """No month at all: most often a merged cell."""
    return None if trimmed(text) else Finding("没有写报告期", "period", _merged(scope, "period"), cause=_NO_KEYS)


@key_rule(
    "MZ204",
    ERROR,
    "unit",
    title="没有写填报单位",
    what="“填报单位”一栏是空的。",
    why="不知道是谁报的；程序不会照上一行补，补错了没有人会发现。",
    mend="每一行都写上填报单位；若是合并单元格，取消合并后填满。",
    bad=table(f"{BEDS},12,,,,", "2031-03,,T01-02,持证护理员数,8,,,,"),
    good=table(f"{BEDS},12,,,,", f"2031-03,{STOCK},8,,,,"),
)
def blank_unit(text: str, scope: Scope) -> Finding | None:
    """No unit: most often a merged cell."""
    return None if trimmed(text) else Finding("没有写填报单位", "unit", _merged(scope, "unit"), cause=_NO_KEYS)


_NO_KEYS = Cause(
    "MZ203 MZ204",
    2,
    "没有写报告期、填报单位；本文件共 {count} 格",
    "每一行都写上；像是合并单元格的，取消合并，每一行都填满。",
)


def _merged(scope: Scope, field: str) -> str:
    above = scope.above.get(field, "")
    if not above:
        return say("每一行都要写上{column}。", column=FIELDS_ZH[field])
    return say("上面一行是“{above}”，像是合并单元格：取消合并，每一行都填满。", above=show(above, 40))


@row_rule(
    "MZ205",
    ERROR,
    title="没有写指标编码",
    what="“指标编码”一栏是空的。",
    why="不知道说的是哪个指标。",
    mend="照计划填上编码，例如 T01-01；可用 mzplan template 生成已填好编码的表。",
    bad=table("2031-03,青山县,,新增养老床位数,12,,,,"),
    good=SOUND,
)
def blank_indicator(row: Row, scope: Scope) -> Iterator[Finding]:
    """No code; the name may tell which."""
    if row.cells[2]:
        return
    called = scope.names.indicator_called(row.texts[3]) if row.texts[3] else None
    remedies = (Remedy(say("是否应是 {called}？", called=called), called),) if called else ()
    yield Finding("没有写指标编码", "indicator", "照计划填上编码。", remedies=remedies, cause=_NO_CODES)


_NO_CODES = Cause(
    "MZ205",
    MANY,
    "{count} 行没有写指标编码",
    "每一行都写上编码：合并的单元格取消合并，逐行填；可用 mzplan template 生成已填好编码的表。",
)


@row_rule(
    "MZ206",
    ERROR,
    title="有看不见的字符",
    what="一格里有控制字符、零宽字符、方向控制符、BOM 或私用区字符。",
    why="看起来一样的两格其实不一样，核对会失败；方向控制符还能让屏幕上的内容与实际不同。",
    mend="删去这一格重新输入，不要从网页或 PDF 直接粘贴。",
    bad=table(f"{BEDS},12,,,补报\u200b说明,"),
    good=table(f"{BEDS},12,,,补报说明,"),
)
def invisible_character(row: Row, scope: Scope) -> Iterator[Finding]:
    """Characters that nobody sees."""
    if "".join(row.texts[4:]).isprintable():
        return
    for field, text in zip(FIELDS[4:], row.texts[4:], strict=True):
        if hidden := hidden_characters(text):
            codes = listed(f"U+{ord(character):04X}" for character in hidden[:5])
            kind = "方向控制符" if not BIDI.isdisjoint(text) else "看不见的字符"
            yield Finding(
                say("“{column}”一栏有{kind} {codes}", column=FIELDS_ZH[field], kind=kind, codes=codes),
                field,
                "删去这一格重新输入。",
            )


@row_rule(
    "MZ207",
    ERROR,
    title="乱码",
    what="一格里有替换符（�）、连续的问号，或把 UTF-8 当成 GBK 读出来的乱码。",
    why="原来的字已经丢失或变样，无法核对。",
    mend="从原表重新导出，另存为“CSV UTF-8”。",
    bad=table(f"{BEDS},12,,,补报\ufffd\ufffd,"),
    good=table(f"{BEDS},12,,,补报,"),
)
def garbled_text(row: Row, scope: Scope) -> Iterator[Finding]:
    """Text that was decoded wrongly before it came to us."""
    for field, text in zip(FIELDS, row.texts, strict=True):
        if not text or (text.isascii() and "??" not in text):
            continue
        before = scope.names.garbled(text)
        if before is None or (before and field not in ("unit", "indicator", "name")):
            continue
        fault = say("是“{before}”的乱码", before=before) if before else "是乱码"
        yield Finding(says(field, text, fault), field, "从原表重新导出，另存为“CSV UTF-8”。")


def _as_meant(row: Row, field: str) -> str | None:
    """How a key cell should be written when that is more than a matter of blanks: else two repairs would be told."""
    if field == "name":
        return row.indicator.name if row.indicator else None
    read = {"unit": row.names.unit, "indicator": row.names.indicator}.get(field)
    return read(row.text(field)).fix if read else None


@row_rule(
    "MZ233",
    WARNING,
    title="格子里多了空格",
    what="单位、指标、完成值等格子的前后有空格、制表符或换行。内容照常采用。",
    why="看不见的空格会让别的程序认不出这一格。",
    mend="删去空格，或运行 mzplan check --fix。",
    bad=table(f"{BEDS},12 ,,,,"),
    good=SOUND,
    fixable=True,
)
def surrounding_blanks(row: Row, scope: Scope) -> Iterator[Finding]:
    """Blanks around a cell that is compared or read as a number."""
    if row.cells[1:7] == row.texts[1:7]:
        return
    for field, text, core in zip(FIELDS[1:7], row.texts[1:7], row.cells[1:7], strict=True):
        if core == text or not core:
            continue
        if field == "value" and row.stage is not None and core != row.stages[row.stage]:
            continue  # that is told with all that its spelling has
        number = row.numbers.get(field)
        if number and (number.figure is None or number.habits[:1] != (Habit.BLANKS,)):
            continue
        fix = number.plain if number else _as_meant(row, field) or core
        message, hint = (
            say("“{column}”一栏前后有空格", column=FIELDS_ZH[field]),
            say("应写作“{fix}”。", fix=show(fix, 40)),
        )
        yield Finding(message, field, hint, fix, cause=Cause(f"MZ233 {field}", MANY))


@row_rule(
    "MZ234",
    WARNING,
    title="阶段写法不规范",
    what="里程碑指标的“完成值”多了句号、中间有空格，能认出是哪个阶段。",
    why="同一个阶段只有一种写法，别的程序才认得。",
    mend="改成规定的阶段名，或运行 mzplan check --fix。",
    bad=table(f"2031-03,{STAGE},推进中。,,,,"),
    good=table(f"2031-03,{STAGE},推进中,,,,"),
    fixable=True,
)
def stage_spelling(row: Row, scope: Scope) -> Iterator[Finding]:
    """A stage in another spelling that can be read in one way only."""
    text = row.cells[4]
    if row.stage is None or text == (name := row.stages[row.stage]) or hidden_characters(text):
        return
    message, cause = says("value", text, "写法不规范"), Cause(f"MZ234 {text}")
    yield Finding(message, "value", say("应写作“{name}”。", name=name), name, cause=cause)
