"""Values of another kind than their indicator's: no stage, parts of no ratio, shifted columns. Part of family MZ3xx."""

from collections.abc import Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.misread import spreadsheet_fault
from mzplan.reading.number import is_torn
from mzplan.reading.spreadsheet import MERGED_MARK
from mzplan.rules.examples import BEDS, STAGE, table
from mzplan.rules.registry import ERROR, TORN, Cause, Finding, Remedy, flaw_rule, registered, row_rule, rule, says
from mzplan.rules.scope import Scope
from mzplan.said import asking, listed, say
from mzplan.submissions.clauses import clauses_of
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.names import stage_form
from mzplan.submissions.reasons import explains
from mzplan.submissions.row import Row
from mzplan.submissions.stages_meant import meant_stage


@row_rule(
    "MZ310",
    ERROR,
    title="没有这个阶段",
    what="里程碑指标的“完成值”不是计划规定的阶段名。",
    why="阶段决定完成率，程序不能猜“基本完成”算多少。",
    mend="从规定的阶段里选一个。",
    bad=table(f"2031-03,{STAGE},基本完成,,,,"),
    good=table(f"2031-03,{STAGE},推进中,,,,"),
)
def unknown_stage(row: Row, scope: Scope) -> Iterator[Finding]:
    """A word that is none of the milestone's stages."""
    text = row.cells[4]
    if not row.stages or not text or row.stage is not None or row.is_not_applicable or text.endswith(MERGED_MARK):
        return
    choice = say("从中选一个：{names}。", names=listed(row.stages))
    meant = meant_stage(text, row.stages, row.period)
    remedies = (Remedy(say("是否应是“{meant}”？{choice}", meant=meant, choice=choice), meant),) if meant else ()
    message = says("value", text, "不是规定的阶段")
    cause = _OTHERWISE if meant else Cause(f"MZ310 {stage_form(text)}")
    yield Finding(message, "value", choice, remedies=remedies, cause=cause)


_COPIED = "“{column}”一栏，{cells} 的 {rows} 个数都是 {first}，像是一个数向下复制（拖拽填充）的，这几行没有采用"
_DRAGGED = "“{column}”一栏，{cells} 的 {rows} 个数依次是 {first}、{second}…{last}，像是拖拽填充的，这几行没有采用"
_OTHERWISE = Cause("MZ310", together="{count} 项的阶段没有照规定的词写")


@row_rule(
    "MZ311",
    ERROR,
    title="“不适用”没有说明",
    what="“完成值”写了“不适用”，“说明”是空的，或没有写出原因（同上、属实、系统导出）。",
    why="不适用的指标不参与评价，为什么不适用必须有据可查。",
    mend="在“说明”里写明原因。",
    bad=table(f"{BEDS},不适用,,,,"),
    good=table(f"{BEDS},不适用,,,辖区内没有养老机构,"),
)
def not_applicable_without_note(row: Row, scope: Scope) -> Iterator[Finding]:
    """不适用 needs its reason; what the note says of earlier figures beside it admits nothing of this one."""
    if row.indicator is None or not row.is_not_applicable or spreadsheet_fault(row.cell("note")):
        return
    if not any(map(explains, clauses_of(row.note))):
        message = "“不适用”的说明没有写原因" if row.note else "“不适用”没有写说明"
        yield Finding(message, "note", asking("note", "在“说明”里写明为什么不适用，如“辖区内没有养老机构”。"))


@row_rule(
    "MZ312",
    ERROR,
    title="不该有分子分母",
    what="指标不是比率（或已写“不适用”），却填了分子或分母。",
    why="多半是填错了列或串了行，不知道以哪个数为准。",
    mend="数填在“完成值”，分子和分母留空。",
    bad=table(f"{BEDS},12,12,100,,"),
    good=table(f"{BEDS},12,,,,"),
)
def unexpected_ratio_parts(row: Row, scope: Scope) -> Iterator[Finding]:
    """A numerator or denominator where the kind of indicator has none."""
    if row.indicator is None or (row.ratio and not row.is_not_applicable):
        return
    filled = [field for field in ("numerator", "denominator") if row.cell(field)]
    if filled:
        decimals = row.indicator.decimals
        pieces = [piece for piece in row.cells[4:7] if piece]
        is_side_by_side = all(row.cells[4 : 4 + len(pieces)]) and len({*pieces}) > 1  # a gap is no separator
        may_be_one = is_torn(pieces) or _is_point(pieces, decimals)
        is_torn_apart = is_side_by_side and not row.is_not_applicable and may_be_one
        names = listed((FIELDS_ZH[field] for field in filled), "和")
        hint = _TORN_APART if is_torn_apart else "分子和分母留空。"
        meant = tuple(_whole(pieces, decimals)) if is_torn_apart else ()
        cause = Cause(f"MZ312 {filled}")
        if not (row.cell("value") or is_torn_apart):
            hint = asking("value", "“完成值”是空的：数填在“完成值”，{names}留空。", names=names)
            moved = say("把“{name}”里的“{text}”移到“完成值”。", name=names, text=show(pieces[0], 40))
            meant = (Remedy(moved, "", {"value": pieces[0]}),) if len(filled) == 1 else ()
            cause = Cause(f"MZ312 {filled} for value", together=_IN_PLACE_OF_VALUE[tuple(filled)], hint=hint)
        why = "“不适用”" if row.is_not_applicable else say("{kind_zh}指标", kind_zh=row.indicator.kind_zh)
        message = say("{why}不填{names}", why=why, names=names)
        yield Finding(message, filled[0], hint, remedies=meant, cause=cause)


_IN_PLACE_OF_VALUE = {
    ("numerator",): "{count} 行不是比率，数填在“分子”，没有填在“完成值”",
    ("denominator",): "{count} 行不是比率，数填在“分母”，没有填在“完成值”",
    ("numerator", "denominator"): "{count} 行不是比率，数填在“分子”和“分母”，没有填在“完成值”",
}
_TORN_APART = "像是一个数被逗号分成了几格：照原来的数，整个填在“完成值”，分子和分母留空。"


def _is_point(pieces: Sequence[str], decimals: int) -> bool:
    """Whether the comma between two pieces may have stood for the point of a figure with so many decimals."""
    return len(pieces) == 2 and "".join(pieces).isdecimal() and len(pieces[1]) <= decimals


def _whole(pieces: Sequence[str], decimals: int) -> Iterator[Remedy]:
    """What a number may have been that its commas tore: they separated thousands, or one stood for the point."""
    meant = ["".join(pieces)] if is_torn(pieces) else []
    meant += [".".join(pieces)] if _is_point(pieces, decimals) else []
    for whole in meant:
        also = {"value": whole, "numerator": "", "denominator": ""}
        yield Remedy(say(TORN, torn=",".join(pieces), whole=whole), "", also)


@flaw_rule(
    "MZ313",
    ERROR,
    Flaw.SHIFTED,
    title="整列错位",
    what="许多行的数与指标的种类对不上，上移或下移若干行就都对得上：填数的一列或几列与编码、名称错开了，"
    "全表如此，或者只有一段。整个文件不采用。"
    "种类对得上的，几行的数都是相邻的行上次报的，而与本行的相差很远，也是错开了：这几行不采用。",
    why="错开的数都记在别的指标上，读得出来的也是错的。",
    mend="回到原表把各列对齐：编码、名称与完成值、分子、分母在同一行，再导出。",
    bad=table(
        *(
            f"2031-03,青山县,{code},,{figures},,"
            for code, figures in (
                ("T01-01", "8,,"),
                ("T01-02", ",70,100"),
                ("T01-03", "推进中,,"),
                ("T01-04", "20,,"),
                ("T01-05", "10,,"),
                ("T01-06", ",18,10000"),
                ("T01-07", ",100,100"),
                ("T01-08", "5,,"),
                ("T03-01", "6,,"),
            )
        )
    ),
    good=table(f"{BEDS},12,,,,"),
)
def shifted_rows(defect: Defect) -> Finding:
    """Figures beside other indicators than their own."""
    since = say("最迟从第{line}行起，", line=defect.line) if defect.line else ""
    message = say(
        "{since}{expected}，{detail} 行的数与指标对不上，整个文件没有采用",
        since=since,
        expected=defect.expected,
        detail=defect.detail,
    )
    return Finding(message, hint="回到原表把填数的几列与编码、名称对齐，再导出。")


SHIFTED = registered()["MZ313"]


def figures_slipped(said: str, cells: str) -> Finding:
    """Figures that stand beside other indicators than their own in a few rows, as the last report shows."""
    message = say("{said}：和上次报的比，{cells} 像是相邻行的数，这几行没有采用", said=said, cells=cells)
    return Finding(message, hint="回到原表把这几行的数与编码、名称对齐，再导出。")


FILLED_DOWN = rule(
    "MZ314",
    "filled-down",
    ERROR,
    title="像是拖拽填充的数",
    what="相邻的几行（至少 3 行）的数全都相同，或依次加 1（步长是别的数的，至少 5 行），"
    "其中至少一半与指标的种类、以前报的数对不上：像是拖着单元格的右下角填充的，或一个数向下复制的。填充的各行都不采用，由此而来的各条不再逐项列出。"
    "不到 10 的数，少于 6 行的不算；上次报的数也是这样排列的不算。",
    why="填充盖掉了原来的数，读得出来的也不是真数；逐个去猜，只会越改越错。",
    mend="对照台账，把这几行的数逐个重新填。",
    bad=table(
        *(f"2031-03,青山县,T01-0{n},,{19 + n},{parts},," for n, parts in enumerate((",", ",", "31,100", ","), start=1)),
    ),
    good=table(
        *(
            f"2031-03,青山县,T01-0{n},,{figures},,"
            for n, figures in enumerate(("20,,", "21,,", ",31,100", "推进中,,"), start=1)
        ),
    ),
)
"""Applied by the engine, once all is found of the figures."""


def figures_filled_down(field: str, texts: Sequence[str], cells: str) -> Finding:
    """Figures that Excel made of the first of them, over those that stood there."""
    template = _COPIED if texts[0] == texts[-1] else _DRAGGED
    message = say(
        template,
        column=FIELDS_ZH[field],
        cells=cells,
        rows=len(texts),
        first=show(texts[0], 20),
        second=show(texts[1], 20),
        last=show(texts[-1], 20),
    )
    return Finding(message, field, say("照台账把 {cells} 的数逐个重新填：填充盖掉了原来的数。", cells=cells))
