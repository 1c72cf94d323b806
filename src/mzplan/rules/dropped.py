"""A figure that was there and is said not to apply. Part of family MZ5xx."""

from collections.abc import Iterator

from mzplan.diagnostics import show
from mzplan.plan.indicator import Indicator
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.rules.examples import table
from mzplan.rules.registry import ERROR, Finding, Found, whole_rule
from mzplan.rules.scope import Whole
from mzplan.said import asking, say
from mzplan.submissions.amounts import stated
from mzplan.submissions.ledger import NOT_APPLICABLE, Entry
from mzplan.submissions.reasons import was_wrong

_COUNT = "2031-{month},青山县,T01-01,新增养老床位数,{figure},,,{note},"
_OF_TOTAL = (
    "填到现在的累计数；任务取消了的，仍填最后的累计数 {figure}；以前的数填错了的，在“说明”里写明错在哪里、原来是多少。"
)
_OF_OTHERS = "请核对；{period} 的数填错了的，改那个月的表。"


@whole_rule(
    "MZ513",
    ERROR,
    title="报过数又填不适用",
    what="今年报过数（不是 0）的指标，又填“不适用”。累计数不会没有，是错误，这一行不采用，仍沿用以前的累计数；"
    "“说明”写明以前的数（写出那个数）填错了的，以及存量、比率、里程碑，只是警告，一个指标说一次。",
    why="不适用的不计入全市合计，已经报过的累计数就从合计里消失了。",
    mend="填到现在的数；任务取消了的，仍填最后的累计数。",
    bad=table(
        _COUNT.format(month="02", figure=20, note=""),
        _COUNT.format(month="03", figure=NOT_APPLICABLE_WORD, note="任务已取消"),
    ),
    good=table(
        _COUNT.format(month="02", figure=0, note=""),
        _COUNT.format(month="03", figure=NOT_APPLICABLE_WORD, note="没有养老机构"),
    ),
)
def figure_dropped(whole: Whole) -> Iterator[Found]:
    """不适用 after a figure above 0: a total stands, a level may have gone."""
    ledger, count = whole.ledger, whole.ledger.block_count
    for position, indicator in enumerate(whole.plan.indicators.values()):
        if not ledger.values.holds(NOT_APPLICABLE, slice(position * count, (position + 1) * count)):
            continue
        for unit in whole.plan.reporting_units:
            last: Entry | None = None
            for entry in ledger.series(indicator.id, unit.id):
                if entry.cell in whole.wrong:
                    continue
                if entry.figure.value:
                    last = entry
                elif entry.is_not_applicable and last is not None:
                    finding = _dropped(indicator, last, ledger.notes.get(entry.cell, ""))
                    yield Found(finding, entry.location, unit.id, indicator.id, str(entry.period), entry.cell)
                    if finding.is_question:
                        last = None


def _dropped(indicator: Indicator, last: Entry, note: str) -> Finding:
    figure = show(indicator.told(last.figure), 40)
    is_question = not indicator.cumulative or _was_wrong(note, indicator, last)
    hint = say(_OF_OTHERS, period=last.period) if is_question else asking("note", _OF_TOTAL, figure=figure)
    message = say(
        "{period} 报的是 {figure}，现在填“{not_applicable_word}”",
        period=last.period,
        figure=figure,
        not_applicable_word=NOT_APPLICABLE_WORD,
    )
    return Finding(message, "value", hint, related=(last.location,), is_question=is_question)


def _was_wrong(note: str, indicator: Indicator, last: Entry) -> bool:
    """Whether a note says of that very figure that it was wrong; whose it is instead does not matter."""
    numbers = stated(note, indicator.unit, indicator.decimals)
    return was_wrong(note) and any(each.is_about(last.figure.value or 0) for each in numbers)
