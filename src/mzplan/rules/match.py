"""Records set against the plan: unit, indicator, period, and the place of the file. Family MZ3xx."""

import re
from collections.abc import Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.plan.unit_lists import units_told
from mzplan.reading.misread import spreadsheet_fault
from mzplan.rules.cells import PERIODS_DRAGGED
from mzplan.rules.examples import BEDS, COUNT, SOUND, table
from mzplan.rules.registry import ERROR, MANY, NEVER, WARNING, Cause, Finding, Remedy, key_rule, row_rule, rule, says
from mzplan.rules.scope import Scope
from mzplan.said import asking, listed, say
from mzplan.submissions.disowned import withdrawn
from mzplan.submissions.names import DITTO_MARKS, matched_form, trimmed
from mzplan.submissions.places import region_of
from mzplan.submissions.row import Row

_PLACED = "--- data/2031-03/bureau.csv\n"
_BUREAU = ("2031-03,市本级,T01-02,持证护理员数,12,,,,", "2031-03,市本级,T02-01,政策宣讲场次,3,,,,")


@row_rule(
    "MZ301",
    ERROR,
    title="计划中没有这个指标",
    what="“指标编码”在计划里找不到。",
    why="找不到指标，这一行的数就没有地方可放。",
    mend="照计划改正编码；可用 mzplan plan 查看全部指标，用 mzplan template 生成已填好编码的表。",
    bad=table("2031-03,青山县,T01-99,,12,,,,"),
    good=SOUND,
)
def unknown_indicator(row: Row, scope: Scope) -> Iterator[Finding]:
    """A code that the plan does not have."""
    text = row.texts[2]
    if row.coded is not None or not row.cells[2] or scope.names.garbled(text) is not None:
        return
    near = scope.names.nearest_indicator(text, row.texts[3])
    is_by_name = near is not None and row.texts[3] != text and scope.names.may_be_called(row.texts[3], near.id)
    also = {"name": ""} if row.texts[3] == text else {}  # of a sheet with names alone the name stands for both
    if near and is_by_name and trimmed(row.texts[3]):
        also = {"name": near.name}
    remedies = (Remedy(say("是否应是 {id}（{name}）？", id=near.id, name=near.name), near.id, also),) if near else ()
    cause = Cause("MZ301", MANY) if near and _numbers(near.id) == _numbers(text) else None
    if not _LIKE_A_CODE.search(matched_form(text)):
        cause = _NO_CODES
    elif cause is None and scope.names.indicator_called(row.texts[3]):
        cause = _CODES_DRAGGED
    broken = spreadsheet_fault(text)
    message = says("indicator", text, broken) if broken else say("计划中没有指标“{text}”", text=show(text, 40))
    hint = _NO_SUCH_CODE if _LIKE_A_CODE.search(matched_form(text)) else _NO_SUCH_NAME
    if trimmed(row.texts[3]) and row.texts[3] != text:
        message = say("{message}（名称写的是“{name}”）", message=message, name=show(row.texts[3], 40))
        hint = _BY_NAME if is_by_name else hint
    yield Finding(message, "indicator", hint, remedies=remedies, cause=cause)


def _numbers(code: str) -> Sequence[str]:
    """What a code says, however it is written: T0105, T1-5 and T01.05 are T01-05."""
    parts = re.findall(r"(?a:[A-Za-z]+|\d+)", matched_form(code).upper())
    split = [each for part in parts for each in ([part[:2], part[2:]] if len(part) > 2 and part.isdigit() else [part])]
    return [part.lstrip("0") for part in split]


_CODES_DRAGGED = Cause(
    "MZ301 series",
    MANY,
    "{count} 行的“指标编码”与“指标名称”对不上，像是往下拖动时填成了序列",
    "名称没有错的，照名称改正编码；可用 mzplan template 生成已填好编码的表。",
)
_UNITS_NAMED = 10
_LIKE_A_CODE = re.compile(r"(?a:[A-Za-z]\W?\d)")
_NO_SUCH_CODE = "指标编码见 mzplan plan；计划里没有的，删去这一行。"
_NO_SUCH_NAME = "照填报表上的编码或名称写；计划里没有的，删去这一行。"
_BY_NAME = "名称没有错的，照名称改正编码：见 mzplan plan。"
_NO_CODES = Cause(
    "MZ301 words",
    MANY,
    "{count} 行的“指标编码”一栏写的不是编码",
    "这一栏不写任务或分组的名称，每一行都写上指标的编码；可用 mzplan template 生成已填好编码的表。",
)


@key_rule(
    "MZ302",
    ERROR,
    "unit",
    title="计划中没有这个填报单位",
    what="“填报单位”在计划里找不到，不是名称、编码，也不是登记过的别称。",
    why="找不到单位，这些数就不知道是谁的。",
    mend="照提示改正；确是该单位的另一种叫法，请市局在计划里登记为别称（aliases）。各单位合计、全市的数，删去那一行。",
    bad=table("2031-03,青三县,T01-01,新增养老床位数,12,,,,"),
    good=SOUND,
)
def unknown_unit(text: str, scope: Scope) -> Finding | None:
    """A name that is no unit's; one finding for all rows of the file that have it."""
    if not trimmed(text) or scope.names.unit(text).id is not None or scope.names.garbled(text) is not None:
        return None
    beside = _BRACKETS.sub("", matched_form(scope.names.without_units(text)))
    if trimmed(beside) != trimmed(text) and withdrawn([beside]):
        return Finding(say("“填报单位”一栏写着“{text}”，说这一行不作数", text=show(text, 40)), "unit", _OF_WITHDRAWN)
    near = scope.place_unit if trimmed(text) in DITTO_MARKS else scope.names.nearest_unit(text)
    if region := scope.names.region(text):
        if region == region_of(scope.names, scope.source.spot):
            return None  # the file is told to be the region's
        name = show(scope.plan.units_and_regions[region].name)
        return Finding(say("{region} 是地区，由下级单位合成，不填报", region=name), "unit", _OF_REGION)
    above = scope.place_unit.parent if scope.place_unit else ""
    units = scope.plan.members.get(above) or tuple(scope.plan.units)  # those beside the file's own, else all
    told = say("填报单位有：{units}。", units=units_told(scope.plan, units))
    hint = _OF_ALL if scope.names.is_total(text) else told
    message: str = say("计划中没有填报单位“{text}”", text=show(text, 40))
    remedies = (Remedy(say("是否应是 {name}？", name=near.name), near.name),) if near else ()
    if broken := spreadsheet_fault(text):
        message = says("unit", text, broken)
    cause = _UNITS_DRAGGED if trimmed(text)[-1:].isdigit() else None
    return Finding(message, "unit", hint, remedies=remedies, cause=cause)


_EVERY_UNIT = "每一行都填本单位的名称；拖动时按住 Ctrl，或复制后粘贴。"
_UNITS_DRAGGED = Cause("MZ302", MANY, "{count} 行的填报单位各不相同，像是往下拖动时填成了序列", _EVERY_UNIT)
_BRACKETS = re.compile(r"[\s()\[\]【】:，、;-]+")
"""What stands around words beside a unit's name, of which none is a part of them."""
_OF_WITHDRAWN = "不作数的，删去这一行；作数的，这一栏只写单位的名称。"
_OF_REGION = "删去这一行，由程序合成；是下级单位的数，写上那个单位的名称。"
_OF_ALL = "这是各单位的合计：删去这一行，由程序计算；是本单位的数，写上本单位的名称。"


def _points(text: str) -> str:
    """The characters that make two spellings differ unseen."""
    odd = sorted({c for c in text if matched_form(c) != c})
    return say("（含 {names}）", names=listed(f"U+{ord(c):04X}" for c in odd[:5])) if odd else ""


@key_rule(
    "MZ303",
    WARNING,
    "unit",
    title="单位用了别称或别的写法",
    what="“填报单位”写的是别称（前面加上省名、市名的也算），或用了全角、兼容字符、看不见的字符，或中间有空格、换行，能认出是哪个单位。",
    why="同一个单位只有一种写法，汇总和查找才不会漏。",
    mend="改成规定的名称，或运行 mzplan check --fix。",
    bad=table("2031-03,青山,T01-01,新增养老床位数,12,,,,"),
    good=SOUND,
    fixable=True,
)
def unit_alias(text: str, scope: Scope) -> Finding | None:
    """Another name or spelling of a known unit; one finding for all rows of the file that have it."""
    named = scope.names.unit(text)
    if named.id is None or named.fix is None or named.fix == trimmed(text):
        return None
    if named.is_alias and scope.place_unit and scope.place_unit.id != named.id:
        return None  # another unit's row, however it is called
    fault = (
        say("“{text}”是别称", text=show(text, 40))
        if named.is_alias
        else say("“{text}”写法不规范{points}", text=show(text, 40), points=_points(text))
    )
    return Finding(say("填报单位{fault}", fault=fault), "unit", say("应写作“{fix}”。", fix=named.fix), named.fix)


@row_rule(
    "MZ304",
    ERROR,
    title="指标名称与编码不符",
    what="“指标名称”不是这个编码的指标。连续多行都不符时只报一次，多半是某一列整体上移或下移了。",
    why="编码和名称对不上，说明数可能填到了别的指标上。",
    mend="核对是编码错还是名称错；若是整列错位，回到原表对齐后重新导出。",
    bad=table("2031-03,青山县,T01-01,持证护理员数,12,,,,"),
    good=SOUND,
)
def name_mismatch(row: Row, scope: Scope) -> Iterator[Finding]:
    """The name given is another indicator's, or none's."""
    if not row.is_shifted or row.coded is None or scope.names.garbled(row.texts[3]) is not None:
        return
    called = scope.names.indicator_called(row.texts[3])
    hint = (
        say("“{texts}”的编码是 {called}；核对是编码错还是行错位。", texts=show(row.texts[3], 40), called=called)
        if called
        else say("{id} 的名称是“{name}”。", id=row.coded.id, name=row.coded.name)
    )
    message: str = say(
        "{id} 是“{name}”，这里写的是“{texts}”", id=row.coded.id, name=row.coded.name, texts=show(row.texts[3], 40)
    )
    if broken := spreadsheet_fault(row.texts[3]):
        message = says("name", row.texts[3], broken)
    is_own = not called and not broken and scope.names.may_be_called(row.texts[3], row.coded.id)
    yield Finding(message, "name", hint, cause=_OF_DRAGGED if called else _CUT if is_own else None)


_OF_DRAGGED = Cause("MZ304", NEVER, joins=_CODES_DRAGGED)
_CUT = Cause(
    "MZ304 cut",
    together="{count} 行的“指标名称”不全，或有错字",
    hint="照编码改正名称，或把名称留空；可用 mzplan template 生成已填好名称的表。",
)
"""Names of the codes beside them, a character short or wrong: nothing is shifted."""


@row_rule(
    "MZ305",
    WARNING,
    title="编码或名称写法不规范",
    what="“指标编码”大小写不同、用了全角或别种横线，或“指标名称”用了全角、兼容字符、空格或换行，能认出是哪个指标。",
    why="同一个指标只有一种写法，别的程序才认得。",
    mend="改成计划里的写法，或运行 mzplan check --fix。",
    bad=table("2031-03,青山县,t01－01,新增养老床位数,12,,,,"),
    good=SOUND,
    fixable=True,
)
def indicator_spelling(row: Row, scope: Scope) -> Iterator[Finding]:
    """A code or name in another spelling that can be read in one way only."""
    named = scope.names.indicator(row.texts[2])
    if named.id and named.fix and named.fix != row.cells[2]:
        message = say("指标编码“{texts}”写法不规范{points}", texts=show(row.texts[2], 40), points=_points(row.texts[2]))
        cause = Cause("MZ305 indicator", MANY)
        yield Finding(message, "indicator", say("应写作 {fix}。", fix=named.fix), named.fix, cause=cause)
    if row.indicator and row.cells[3] not in ("", row.indicator.name):
        message = say("指标名称“{texts}”写法不规范{points}", texts=show(row.texts[3], 40), points=_points(row.texts[3]))
        cause = Cause("MZ305 name", MANY)
        yield Finding(
            message, "name", say("应写作“{name}”。", name=row.indicator.name), row.indicator.name, cause=cause
        )


@key_rule(
    "MZ306",
    ERROR,
    "period",
    title="不是本计划年度",
    what="“报告期”不在计划的年度里：plan/ 里有几个年度的计划时，各月的文件夹各按那一年的计划检查，而这一年没有。",
    why="各年的计划不同，别的年度的数不能与本年的目标相比。",
    mend="改正年份；确是别的年度的数据，先把那一年的计划放进 plan/。",
    bad=table(f"2030-03,{COUNT},12,,,,"),
    good=SOUND,
)
def wrong_year(text: str, scope: Scope) -> Finding | None:
    """A month of another year than the plan's."""
    period, _ = scope.names.period(text)
    if period is None or period.year == scope.plan.year:
        return None
    meant, other = f"{scope.plan.year}-{period.month:02d}", say(_OTHER_YEAR, year=period.year)
    remedies = (Remedy(say("是否应是 {meant}？{other}", meant=meant, other=other), meant),)
    message = say("{period} 不在{year}年的计划里", period=period, year=scope.plan.year)
    return Finding(message, "period", other, remedies=remedies, cause=PERIODS_DRAGGED if scope.place_period else None)


_OTHER_YEAR = "确是 {year} 年的，放进那一年的文件夹，那一年的计划放进 plan/。"


@key_rule(
    "MZ307",
    ERROR,
    "period",
    title="报告期与文件位置不符",
    what="文件在 data/<报告期>/ 下，里面却有别的月份的行。",
    why="一个文件只说一个单位、一个月，谁在什么时候报了什么才查得清。",
    mend="改正报告期，或把这些行移到那个月的文件里。",
    bad=_PLACED + table(*_BUREAU, "2031-02,市本级,T02-01,政策宣讲场次,2,,,,"),
    good=_PLACED + table(*_BUREAU),
)
def foreign_period(text: str, scope: Scope) -> Finding | None:
    """A month that is not the one of the file's folder."""
    period, _ = scope.names.period(text)
    if scope.place_period is None or period in (None, scope.place_period) or period.year != scope.plan.year:
        return None
    message = say("文件属于 {place_period}，这里写的是 {period}", place_period=scope.place_period, period=period)
    remedies = (
        Remedy(
            say("改成 {place_period}，或移到 {period} 的文件里。", place_period=scope.place_period, period=period),
            str(scope.place_period),
        ),
    )
    return Finding(
        message, "period", say("移到 {period} 的文件里。", period=period), remedies=remedies, cause=PERIODS_DRAGGED
    )


@key_rule(
    "MZ308",
    ERROR,
    "unit",
    title="单位与文件名不符",
    what="文件名是一个填报单位的编码，里面却有别的单位的行。",
    why="一个单位只能替自己报数；别人的行可能是误贴，也可能覆盖了别人的数。",
    mend="改正填报单位；是别的单位的数，删去这些行，由那个单位填报。",
    bad=_PLACED + table(*_BUREAU, "2031-03,绿水县,T01-01,新增养老床位数,12,,,,"),
    good=_PLACED + table(*_BUREAU),
)
def foreign_unit(text: str, scope: Scope) -> Finding | None:
    """A row of another unit than the file's."""
    found = scope.names.unit(text).id
    if scope.place_unit is None or found in (None, scope.place_unit.id):
        return None
    own, name = scope.place_unit.name, scope.plan.units[found].name
    taken_out = say("是{name}的数，删去这些行，由{name}填报。", name=name)
    remedies = (Remedy(say("是{own}的数，改成{own}；{taken_out}", own=own, taken_out=taken_out), own),)
    message = say("文件属于{own}，这里写的是{name}", own=own, name=name)
    return Finding(message, "unit", taken_out, remedies=remedies, cause=_MANY_UNITS)


_MANY_UNITS = Cause(
    _UNITS_DRAGGED.key,
    MANY,
    "{count} 行写着别的几个单位，像是往下拖动时填成了序列，或贴了各单位的汇总表",
    "是本单位的数，每一行都填本单位的名称；别的单位的数，删去。",
)


@row_rule(
    "MZ309",
    ERROR,
    title="不由这个单位填报",
    what="计划规定这个指标不由这个单位填报。",
    why="多报的数会使全市合计偏大，或说明单位、指标有一个写错了。",
    mend="删去这一行，或改正单位、编码；确应由它填报，请市局在计划的 reporting 里加上。",
    bad=table("2031-03,青山县,T02-01,政策宣讲场次,3,,,,"),
    good=table("2031-03,市本级,T02-01,政策宣讲场次,3,,,,"),
)
def unit_not_reporting(row: Row, scope: Scope) -> Iterator[Finding]:
    """A figure from a unit that the plan does not ask."""
    if row.indicator is None or row.unit is None or row.unit.id in row.indicator.reporters:
        return
    if scope.place_unit is not None and row.unit.id != scope.place_unit.id:
        return  # another unit's row: that has been said
    who: str = listed(scope.plan.units[unit].name for unit in row.indicator.reporting[:_UNITS_NAMED])
    if len(row.indicator.reporting) > _UNITS_NAMED:
        who = say("{names}等", names=who)
    message = say("{id}“{name}”不由{name2}填报", id=row.indicator.id, name=row.indicator.name, name2=row.unit.name)
    yield Finding(message, "unit", say("删去这一行：由 {who} 填报。", who=who))


REPEATED_KEY = rule(
    "MZ320",
    "repeated-record",
    ERROR,
    title="同一条记录报了两次",
    what="同一个单位、同一个指标、同一个月有两行，即使数相同也算。采用先读到的一行，后面的不采用。",
    why="两行不同，不知道以哪一行为准；两行相同，也多半是贴重了。许多程序会悄悄取最后一行。",
    mend=asking("note", "只留一处；更正以前的数，直接改那一处并写说明。"),
    bad=table(f"{BEDS},12,,,,", f"{BEDS},13,,,,"),
    good=SOUND,
)
"""Applied by the engine, which alone sees what is in the ledger already."""
