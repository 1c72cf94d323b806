"""What a spreadsheet has left in a cell in place of its content: an error value, or a formula. Part of family MZ2xx."""

from collections.abc import Iterator

from mzplan.reading.misread import IS_FORMULA, spreadsheet_fault, total_in
from mzplan.reading.number import Fault, Number
from mzplan.reading.spreadsheet import unmarked
from mzplan.rules.examples import BEDS, SOUND, table
from mzplan.rules.registry import ERROR, WRITE_WORDS, Cause, Finding, Remedy, fault_rule, row_words, says
from mzplan.rules.scope import Scope
from mzplan.said import say
from mzplan.submissions.header import WORDS
from mzplan.submissions.row import Row, measure_of

_MEND_FORMULA = "回到原表改好公式或拉宽列，再导出。"


@fault_rule(
    "MZ212",
    ERROR,
    (Fault.SPREADSHEET_ERROR,),
    title="表格软件的错误值",
    what="这一格（数、文字都一样）是 #REF!、#DIV/0!、#N/A 或 #######。",
    why="公式出了错或列太窄，真正的内容没有导出来。",
    mend="回到原表改好公式、拉宽列，再导出。",
    bad=table(f"{BEDS},#REF!,,,,"),
    good=SOUND,
)
def spreadsheet_error(row: Row, field: str, number: Number) -> Finding:
    """What a spreadsheet leaves when a formula fails or a column is too narrow."""
    message = says(field, row.text(field), spreadsheet_fault(row.text(field)))
    return Finding(message, field, _MEND_FORMULA)


@fault_rule(
    "MZ213",
    ERROR,
    (Fault.FORMULA,),
    title="公式或算式",
    what="这一格是算式（200+5）、公式（=60+60、@SUM），不是算好的数；或者是工作簿里的公式，文件里没有存下它的结果。“说明”“佐证”里的公式也是。",
    why="程序不计算公式；以等号开头的内容还可能在别人的电脑上被执行。",
    mend="填算好的数；工作簿里的公式，在 Excel 或 WPS 里打开，算好以后保存。",
    bad=table(f"{BEDS},=6+6,,,,"),
    good=SOUND,
)
def formula(row: Row, field: str, number: Number) -> Finding:
    """A formula instead of its result, or a sum that was not added up."""
    if total := total_in(unmarked(row.cell(field)), measure_of(row.indicator, field)):
        likely = (Remedy(say("填合计的数：是否应是 {meant}？", meant=total), total),)
        return Finding(says(field, row.text(field), "是算式"), field, "填合计的数。", remedies=likely)
    hint = "填算好的数；工作簿里的，在 Excel 或 WPS 里算好以后保存。"
    return Finding(says(field, row.text(field), IS_FORMULA), field, hint)


@row_words("MZ212")
def error_for_words(row: Row, scope: Scope) -> Iterator[Finding]:
    """Likewise where words belong: nobody knows what they were."""
    yield from (_of_words(row, field, _MEND_FORMULA) for field, fault in _left(row) if fault != IS_FORMULA)


@row_words("MZ213")
def formula_for_words(row: Row, scope: Scope) -> Iterator[Finding]:
    """Likewise where words belong: what it mentions is no reason for anything."""
    yield from (_of_words(row, field, WRITE_WORDS) for field, fault in _left(row) if fault == IS_FORMULA)


def _left(row: Row) -> Iterator[tuple[str, str]]:
    """The fields of words in which a spreadsheet has left something else, and what."""
    yield from ((field, fault) for field in WORDS if (fault := spreadsheet_fault(row.cell(field))))


def _of_words(row: Row, field: str, hint: str) -> Finding:
    message = says(field, row.text(field), spreadsheet_fault(row.cell(field)))
    return Finding(message, field, hint, cause=Cause(f"{hint} {field}"))
