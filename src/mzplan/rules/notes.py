"""What a record's note says of its own figure. Part of family MZ4xx."""

from collections.abc import Iterator
from operator import attrgetter

from mzplan.diagnostics import show
from mzplan.figures import plain
from mzplan.reading.number import Fault
from mzplan.rules.bearing import AS_THE_NOTE_SAYS, Bearing, contradicts_itself
from mzplan.rules.examples import BEDS, table
from mzplan.rules.registry import ERROR, MANY, WARNING, Cause, Finding, Remedy, row_rule, series_rule
from mzplan.rules.scope import Scope, Series, names_of, value_field
from mzplan.said import say
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.names import stage_names
from mzplan.submissions.row import Row
from mzplan.submissions.statements import corrected, more_came, odd
from mzplan.submissions.wrong_kinds import remedy_of

CONTRADICTED = "MZ430"
"""Told where no other finding is confirmed by the note already."""
EXCHANGED = "MZ432"
"""Told of a row in place of all else about its value and its note."""
_HINT = "{remedy}；没有错的，“说明”只写与它相符的话。"
_CORRECTED = "“{field}”改为 {text}"
_DENIED = Cause(CONTRADICTED, MANY, "{count} 行的“说明”说所填的不对", say(_HINT, remedy="按“说明”写的把数改正"))


@series_rule(
    CONTRADICTED,
    ERROR,
    attrgetter("has_words"),
    title="说明与所填的不符",
    what="“说明”说所填的不对：应是另一个数（累计应为241人）、总数是另一个（累计145人、实际只有114人、317/362）、一部分比总数还大、当月数、"
    "别的月份、地方、指标的数、别的计量单位、没有报全、预计数、估算数、填串行了、有误待核实；说这个数作废、撤回、另报、以另表为准、此处留空；里程碑填“已完成”却说还有没完成的、待批的、以后才完成、作废；发生的比所填的多。说以前的数错了、单位和数与所填的一致的，不算。这一行不采用。",
    why="填报人自己说不对的数，看起来再像也不能用。",
    mend="把数改正，“说明”里只写与它相符的话。",
    bad=table(f"{BEDS},12,,,累计应为21张,"),
    good=table(f"{BEDS},21,,,上月误填，累计应为21张,"),
)
def contradicted_by_note(series: Series) -> Iterator[tuple[int, Finding]]:
    """A figure or a stage of which its own note says that it is another."""
    what = "阶段" if stage_names(series.indicator) else "数"
    for at in range(len(series.values)):
        if contradicts_itself(series, at):
            message, remedy = say("所填的{what}不对", what=what), AS_THE_NOTE_SAYS
            if not stage_names(series.indicator):
                row = record_of(series, at)
                remedy = _remedy(row)
                if more := more_came(row):
                    given, said = plain(series.values[at]), plain(int(more.figure))
                    message, remedy = (
                        say("所填的 {figure} 比“说明”写的 {said} 还少", figure=given, said=said),
                        "核对这两个数",
                    )
            field, hint = value_field(series.indicator), say(_HINT, remedy=remedy)
            yield at, Finding(message, field, hint, cause=_DENIED, of_note=Bearing.CONFIRMED)


def record_of(series: Series, at: int) -> Row:
    """The record of a figure with its note."""
    figures = [plain(series.values[at])]
    figures = ["", *figures, plain(series.denominators[at])] if series.denominators else [*figures, "", ""]
    note = series.note(at)
    texts = (str(series.period(at)), series.unit.name, series.indicator.id, "", *figures, note, "")
    return Row(0, texts, names_of(series.ledger))


def _remedy(row: Row) -> str:
    """What to do: where the note gives the figure, that one, if the row then says nothing else against itself."""
    proposed = corrected(row)
    if proposed is None:
        return remedy_of(row.note) or AS_THE_NOTE_SAYS
    return say(_CORRECTED, field=FIELDS_ZH[proposed[0]], text=proposed[1])


@row_rule(
    "MZ431",
    WARNING,
    title="说明里的话要核实",
    what="“说明”说数没有更新，按合同、批复的算，年内累计数里含去年的，缺某个镇，漏报几人没有说已补上，含别的县（市、区）的，含在建、未验收、重复的，是大约的数，填错了（少写一个0）；"
    "合计、各部分相加、审核后的、系统里的是另一个数；比率的率、剩下的、已经全部完成与分子分母不符；"
    "填的是 0，却说有发生；里程碑没有填“已完成”，却说已经完成，填“未启动”，却说在进行。",
    why="累计数从 1 月 1 日起算，含去年的就多了；没有更新的数是上月的。也可能确实如此，或者说的是已经改正的。",
    mend="核实；照提示改正。",
    bad=table(f"{BEDS},12,,,含去年结转10张,"),
    good=table(f"{BEDS},12,,,含上月漏报10张,"),
)
def odd_note(row: Row, scope: Scope) -> Iterator[Finding]:
    """A figure that is an old one, or begins before January, as its note says."""
    words, remedy = odd(row)
    if words:
        yield Finding(
            say("“说明”说{words}", words=words),
            "note",
            say("核实；{remedy}", remedy=remedy),
            cause=Cause(f"MZ431 {words}"),
        )


_EXCHANGED = Cause(
    "MZ432", together="{count} 行的“完成值”和“说明”像是填反了", hint="把“完成值”“说明”两栏换过来，再逐行核对。"
)


@row_rule(
    EXCHANGED,
    ERROR,
    title="“完成值”和“说明”填反",
    what="“说明”里只有一个数或一个阶段，“完成值”里没有；或者比率的“完成值”里是话，“说明”里没有话。",
    why="多半是两栏填反了：数读不出来，这一行没有采用。",
    mend="把两格换过来。",
    bad=table(f"{BEDS},新院投用,,,12,"),
    good=table(f"{BEDS},12,,,新院投用,"),
)
def value_and_note_exchanged(row: Row, scope: Scope) -> Iterator[Finding]:
    """Words where the figure belongs, or nothing, and the figure or the stage where words do."""
    value, note = row.cell("value"), row.note
    if row.indicator is None or row.is_not_applicable or not (value or note):
        return
    other = row.saying("value", note).saying("note", value)
    is_read = row.stage is not None if row.stages else row.number("value").fault is not Fault.OTHER and bool(value)
    was_meant = other.stage is not None if row.stages else other.number("value").figure is not None
    is_stage = any(value in stages for stages in row.names.stages.values())
    is_share = row.ratio is not None and bool(value) and not is_stage and all(row.cells[5:7])
    if is_read or (any(row.cells[5:7]) and not is_share) or not (was_meant or (is_share and not note)):
        return
    message = say("“完成值”和“说明”像是填反了：“说明”写的是“{note}”", note=show(note, 40))
    if not note:
        message = say("“完成值”里是话：“{value}”", value=show(value, 40))
    remedies = (Remedy(_PUT_RIGHT, note, {"note": value}),)
    yield Finding(message, "value", _PUT_RIGHT, remedies=remedies, cause=_EXCHANGED)


_PUT_RIGHT = "把“完成值”“说明”两格换过来。"
