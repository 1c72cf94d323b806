"""Rows that are no records: totals, remarks, headings, marks of columns; what they say is no figure's. Family MZ1xx."""

import re
from collections.abc import Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.figures import plain
from mzplan.reading.csv_border import COLUMN_LIMIT
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.misread import spreadsheet_fault
from mzplan.reading.number import BLANKS, plain_number
from mzplan.rules.examples import BEDS, ROW, table
from mzplan.rules.headers import contradiction
from mzplan.rules.registry import (
    ERROR,
    PASSES,
    WRITE_WORDS,
    Cause,
    Finding,
    flaw_words,
    kept_rule,
    kept_words,
    shape_rule,
)
from mzplan.rules.scope import Scope
from mzplan.said import asking, listed, say
from mzplan.submissions.beside import CODE
from mzplan.submissions.doubts import leaves_doubt
from mzplan.submissions.harmless import (
    is_date_alone,
    is_harmless,
    is_numbered_heading,
    is_remark,
    speaks_of_table,
    without_count,
    without_days,
)
from mzplan.submissions.header import FIELDS, Header, is_header
from mzplan.submissions.labels import mended, otherwise
from mzplan.submissions.names import TOTAL, matched_form, trimmed
from mzplan.submissions.reasons import admits
from mzplan.submissions.remarks import figure_in, indicators_in, said_in
from mzplan.submissions.row import holds_record


@kept_words("MZ158")
def label_below(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """A line below the header that says the figures are of another month, unit or measure."""
    unit = scope.place_unit.id if scope.place_unit else None
    is_aside = not speaks_of_table(cells, scope.names) and words_in_no_record(cells, header, scope) is not None
    said = list(otherwise(cells, scope.names, unit, scope.place_period, is_aside=is_aside))
    if not said:
        return None
    told = contradiction(listed(each.text for each in said), listed(each.meant for each in said))
    right = mended(cells, said, scope.names, scope.place_period)
    is_told_of = any(tells(right, header, scope) for tells in (figure_in_no_record, words_in_no_record))
    return told._replace(hint=_GOES) if is_told_of else told


_GOES = "先核对各行的数；核对好了，要说明的写到“说明”里，自己删去这一行。"
"""Where the line would be sent back for its other words, or its number is not known to be any indicator's."""
_KEEPS_TITLE = "自己删去这些话，表名、单位和月份留着，如“2023年10月指标统计表”。"
"""A title may be all that says whose a table is and for when."""
_GOES_ABOVE = f"先核对各行的数；核对好了，要说明的写到“说明”里，{_KEEPS_TITLE}"
_IS_FIGURE = "是某个指标的数，填到那个指标那里；不是，删去这一行。"


@kept_rule(
    "MZ160",
    ERROR,
    title="记录以外写着数",
    what="标题、合计、分组、注释或落款里写着数；或者一行只有数，没有写是哪一项的；"
    "或者工作簿里别的工作表、文本框、页眉页脚写着指标和数。"
    "合计与本栏各行之和、小计与它那一组各行之和相同的除外。",
    why="它可能就是某个指标的数（“更正为 255”）；不是记录，就没有采用，删去就没有人知道了，所以 --fix 不删。",
    mend="是某个指标的数，填到那个指标那里，情况写在“说明”里；不是的，删去这一行。",
    bad=table(ROW, "注：新增养老床位数更正为 15,,,,,,,,"),
    good=table(f"{BEDS},15,,,更正 3 月 5 日所报,"),
)
def figure_in_no_record(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """A total, heading or remark that holds what may be an indicator's figure."""
    if _says_nothing(cells, header, scope):
        return None
    total = _total(cells, header)
    sums = scope.sums(cells) or [()] if total else []
    others = min((dict(_other_sums(cells, each)) for each in sums), key=len, default={})
    left = [cell if not total or at in others else "" for at, cell in enumerate(cells)]
    figure, said = figure_in(without_days(left, header, scope.names), header, scope.names), said_in(left)
    if not figure or admits(said):
        return None
    number = next((sum_ for at, sum_ in others.items() if cells[at].strip(BLANKS) == figure), None)
    is_of_one = bool(total) or any(indicators_in(said, scope.names)) or not any(map(str.isalpha, said))
    return _keeps(figure, said, total, "" if number is None else plain(number), _IS_FIGURE if is_of_one else _GOES)


def _says_nothing(cells: Sequence[str], header: Header, scope: Scope) -> bool:
    """Whether a line is of a kind that says nothing of figures, whatever its digits and words."""
    return _is_counted(cells) or any(says(cells, header, scope.names) for says in (is_numbered_heading, is_date_alone))


def _other_sums(cells: Sequence[str], sums: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    """The cells of a total that are not the sums of their columns, with those sums where they are numbers."""
    for at, cell in enumerate(cells):
        number = plain_number(cell)
        if number is None or at >= len(sums):
            yield at, None
        elif number.figure != sums[at]:
            yield at, sums[at]


@flaw_words("MZ160", Flaw.FIGURE_ABOVE)
def figure_above(defect: Defect) -> Finding:
    """A title with a figure in it."""
    return _keeps(defect.detail, defect.expected, hint=_GOES_ABOVE)


@flaw_words("MZ160", Flaw.CORRECTIONS)
def corrections(defect: Defect) -> Finding:
    """A table of what was reported before and what is to stand in its place."""
    message = say(
        "这里有一张更正表（{headings}），更正的是：{named}，没有采用",
        headings=show(defect.detail, 60),
        named=show(defect.expected, 200),
    )
    return Finding(message, hint=_CORRECT, value=defect.detail)


_CORRECT = (
    "更正本月的，把更正后的数填到那个指标的“完成值”，原因写在“说明”里；更正以前月份的，改那个月的报表，重新报来；"
    "然后删去这张更正表。"
)


def _keeps(figure: str, said: str, total: str = "", sum_: str = "", hint: str = _IS_FIGURE) -> Finding:
    what = say("“{total}”这一行", total=show(trimmed(total), 20)) if total else "这一行"
    message = say("{what}不是填报记录，却写着“{figure}”，没有采用", what=what, figure=show(figure, 40))
    if sum_:
        message = say("{message}：本栏各行之和是 {total}", message=message, total=sum_)
    return Finding(message, hint=hint, value=said)


_SAYS = "说的是数怎么填的，先按它把各行的数改正；说的是某项指标的，写到那一行的“说明”里；然后自己删去这一行。"
_SAYS_ABOVE = f"说的是数怎么填的，先按它把各行的数改正；说的是某项指标的，写到那一行的“说明”里；然后{_KEEPS_TITLE}"


@kept_rule(
    "MZ161",
    ERROR,
    title="记录以外写着话",
    what="标题、合计、分组、注释或落款里，除了表名、单位、月份、任务名称、签名、电话、日期、页码，还写着别的话"
    "（以上数据为当月数，金额以元计，本表数据为暂估数，分子分母填反）；或者单元格的批注、认不出的列、文本框、页眉页脚、工作表名、别的工作表说数是这样的，或者说这张表不作数（作废、草稿）。"
    "没有说到数、单位、月份和指标的（请领导审阅），只提醒，不影响采用。",
    why="它可能说的是表里的数：照这句话改以前，数是错的；删去这一行，就没有人知道了，所以 --fix 不删。",
    mend="说的是数怎么填的，先按它把各行的数改正；说的是某项指标的，写到那一行的“说明”里；然后自己删去这一行。",
    bad=table(ROW, "注：以上数据为当月数,,,,,,,,"),
    good=table(ROW),
)
def words_in_no_record(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """A title, remark or heading of which not every word is known to say nothing of the figures."""
    plain = [_SPACED.sub(r"\1计", cell) for cell in without_days(cells, header, scope.names)]
    is_known = _says_nothing(cells, header, scope) or is_header(cells)
    is_known = is_known or any(is_harmless(each, scope.names) for each in (plain, cells))  # a label goes with its day
    if is_known:
        return None
    unit = scope.place_unit.id if scope.place_unit else None
    is_doubtful = leaves_doubt(said_in(plain), scope.names, unit, scope.place_period)
    return _says(said_in(cells)) if is_doubtful else _aside(said_in(cells))


@flaw_words("MZ161", Flaw.ASIDE_ABOVE)
def aside_above(defect: Defect) -> Finding:
    """A title with words in it that put nothing in doubt."""
    return _aside(defect.detail)


@flaw_words("MZ161", Flaw.WORDS_ABOVE)
def words_above(defect: Defect) -> Finding:
    """A title with such words in it."""
    return _says(defect.detail, _SAYS_ABOVE)


@flaw_words("MZ160", Flaw.OTHER_SHEET_FIGURE)
def figure_in_other_sheet(defect: Defect) -> Finding:
    """A sheet that is not read and holds what may be an indicator's figure."""
    message = say(
        "{expected}里有指标或更正的数（{detail}），没有采用", expected=defect.expected, detail=show(defect.detail, 60)
    )
    return Finding(message, hint="是要报的数，填到填报的表里；不是，从那里删去。", value=defect.detail)


@flaw_words("MZ161", Flaw.OTHER_SHEET_ADMITS)
def admitting_sheet(defect: Defect) -> Finding:
    """A sheet that is not read and says that the figures are of the wrong kind."""
    message = say("{expected}写着“{detail}”，没有采用", expected=defect.expected, detail=show(defect.detail, 60))
    return Finding(
        message, hint=asking("note", "先按它把数改正，再从那里删去；情况写在“说明”里。"), value=defect.detail
    )


def _says(said: str, hint: str = _SAYS) -> Finding:
    message = say("这一行不是填报记录，写着“{said}”，没有采用", said=show(said, 60))
    return Finding(message, hint=WRITE_WORDS if spreadsheet_fault(said) else hint, value=said)


def _aside(said: str) -> Finding:
    """What is said of no figure, unit or month: nothing is the matter with the table."""
    return _says(said, PASSES)._replace(is_question=True)


_REMARK = re.compile(r"(?s:(?:备?注|说明|填报日期|数据来源)[:：].*|#.*|//.*)")


@shape_rule(
    "MZ150",
    ERROR,
    title="合计行",
    what="这一行的报告期、单位、指标一栏写着合计、小计或总计。",
    why="合计由程序计算；混进来会重复计算。",
    mend="删去合计行，或运行 mzplan check --fix。",
    bad=table(ROW, "合计,,,,12,,,,"),
    good=table(ROW),
    fixable=True,
    takes_out=True,
)
def total_row(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """A sum that somebody added."""
    if holds_record(cells, header, scope.names):
        return None
    word = _total(cells, header)
    hint = "删去；合计由程序计算。"
    return Finding("这是合计行，不是填报记录", hint=hint, value=word, cause=Cause("MZ150")) if word else None


def _total(cells: Sequence[str], header: Header) -> str:
    """The cell that says that the row is a total, also where it stands before all others; empty when none does."""
    first = next((cell for cell in cells if trimmed(cell)), "")
    keys = [*(cells[at] for at in header.positions[:_KEYS] if at < len(cells)), first]
    return next((cell for cell in keys if TOTAL.fullmatch(without_count(_SPACED.sub(r"\1计", trimmed(cell)[:32])))), "")


_SPACED = re.compile(r"([合小总共])\s+计")
"""How a total is written in a wide cell: 合  计."""


@shape_rule(
    "MZ151",
    ERROR,
    title="注释行或落款",
    what="这一行是注释、填表人、审核人之类的文字，不是填报记录。",
    why="CSV 里每一行都应是一条记录；文字说明应写在“说明”一栏。",
    mend="删去这一行（或运行 mzplan check --fix），需要的说明写到相应记录的“说明”里。",
    bad=table(ROW, "填表人：张三,,,,,,,,"),
    good=table(ROW),
    fixable=True,
    takes_out=True,
)
def comment_row(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """A remark or a signature instead of a record."""
    first = next((cell for cell in _own(cells, header) if trimmed(cell)), "")
    if spreadsheet_fault(first) or holds_record(cells, header, scope.names):
        return None
    is_known = is_remark(cells) or is_date_alone(cells, header, scope.names)
    if is_known or _REMARK.fullmatch(trimmed(first)) or _is_beside_the_keys(cells, header):
        hint = asking("note", "删去；说明写在“说明”一栏。")
        return Finding("这是注释或落款，不是填报记录", hint=hint, value=first, cause=Cause("MZ151"))
    return None


def _is_beside_the_keys(cells: Sequence[str], header: Header) -> bool:
    """Whether all that a row says is one cell of words in a column where no record begins, be it one without a name."""
    said = [at for at, cell in enumerate(cells) if trimmed(cell)]
    keys = header.positions[:_KEYS]
    if len(cells) != header.width or len(said) != 1 or said[0] in keys or said[0] < min(keys):
        return False
    return bool(_HEADING.fullmatch(trimmed(cells[said[0]])))


@shape_rule(
    "MZ155",
    ERROR,
    title="分组标题行",
    what="这一行只有一格有文字（任务1、一、社会救助），把下面的几行分成组，不是填报记录。",
    why="CSV 里每一行都应是一条记录；标题行读不出单位、指标和数。",
    mend="删去分组标题行，或运行 mzplan check --fix；指标属于哪项任务，编码里已经有了。",
    bad=table("任务1,,,,,,,,", ROW),
    good=table(ROW),
    fixable=True,
    takes_out=True,
)
def group_heading(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """A heading over the rows below it: one cell of words where a record begins, and nothing else."""
    own = [trimmed(cell) for cell in _own(cells, header)]
    at = next((at for at, cell in enumerate(own[:_KEYS]) if cell), None)
    if at is None and _stands_before(cells, header):
        return Finding("这是分组标题，不是填报记录", hint=_ONLY_RECORDS, value=said_in(cells), cause=Cause("MZ155"))
    if at is None or not _HEADING.fullmatch(own[at]) or any(own[at + 1 : _KEYS]):
        return None
    is_alone = not any(own[_KEYS:])
    if not (is_alone or (header.fits(cells) and not any(own[_WORDS]))) or _names(own[at], at, scope, is_alone=is_alone):
        return None
    return Finding("这是分组标题，不是填报记录", hint=_ONLY_RECORDS, value=own[at], cause=Cause("MZ155"))


_ONLY_RECORDS = "删去分组标题行，只留记录。"


def _stands_before(cells: Sequence[str], header: Header) -> bool:
    """Whether a row has but one cell of words, in a column before all of ours (序号)."""
    said = [at for at, cell in enumerate(cells) if trimmed(cell)]
    is_before = len(said) == 1 and said[0] < min(header.positions[:_KEYS])
    return is_before and _HEADING.fullmatch(trimmed(cells[said[0]])) is not None


def _names(text: str, at: int, scope: Scope, *, is_alone: bool) -> bool:
    """Whether a cell says what its column asks for: its row is a record that somebody has not finished."""
    names = scope.names
    if FIELDS[at] == "period":
        period = names.period(text)[0]
        return period is not None and not (is_alone and text != str(period))
    if FIELDS[at] == "unit":
        return names.unit(text).id is not None
    return bool(names.indicator(text).id or names.indicator_called(text) or CODE.fullmatch(text))


def _own(cells: Sequence[str], header: Header) -> Sequence[str]:
    """The cells of our columns in their order, where it is sure which those are."""
    return header.arranged(cells) if header.fits(cells) else cells


_HEADING = re.compile(r"(?=.*[^\W\d_]).{2,200}", re.S)
_KEYS = FIELDS.index("value")
_WORDS = slice(FIELDS.index("note"), None)


@shape_rule(
    "MZ159",
    ERROR,
    title="表头下的辅助行",
    what="表头下面有一行列号（1、2、3…，甲、乙、丙…）或带括号的填写要求（（个）、（必填）），不是填报记录。",
    why="CSV 里每一行都应是一条记录；这样的行读不出单位、指标和数。",
    mend="删去这一行，或运行 mzplan check --fix。",
    bad=table("1,2,3,4,5,6,7,8,9", ROW),
    good=table(ROW),
    fixable=True,
    takes_out=True,
)
def helper_row(cells: Sequence[str], header: Header, scope: Scope) -> Finding | None:
    """The numbers of the columns, or what is to be filled in, as printed forms have them below their headings."""
    filled = [matched_form(cell) for cell in cells if trimmed(cell)]
    if len(filled) < _LEAST_MARKS or not (_is_counted(cells) or all(map(_IN_BRACKETS.fullmatch, filled))):
        return None
    if holds_record(cells, header, scope.names):
        return None
    message = say("这一行是列号或填写要求（{names}），不是填报记录", names=show(listed(filled), 40))
    return Finding(message, hint="删去这一行。", cause=Cause("MZ159"))


def _is_counted(cells: Sequence[str]) -> bool:
    """Whether the cells are the numbers of their columns."""
    filled = [matched_form(cell) for cell in cells if trimmed(cell)]
    return any("".join(filled) == "".join(marks[: len(filled)]) for marks in _COLUMN_MARKS)


_LEAST_MARKS = 3
_COLUMN_MARKS = (
    [str(number) for number in range(1, COLUMN_LIMIT)],
    [*"甲乙丙丁戊己庚辛壬癸"],
    [*"甲乙丙丁", *(str(number) for number in range(1, 20))],
    [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
    [*"一二三四五六七八九十"],
)
_IN_BRACKETS = re.compile(r"\([^()]{1,20}\)")
