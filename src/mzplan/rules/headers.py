"""Headers that do not say which column is which, and tables that have none: part of family MZ1xx."""

from mzplan.diagnostics import show
from mzplan.reading.csv_border import COLUMN_LIMIT
from mzplan.reading.flaws import Defect, Flaw
from mzplan.rules.examples import BEDS, HEADER_LINE, ROW, STOCK, table
from mzplan.rules.registry import ERROR, WARNING, Cause, Finding, flaw_rule, flaw_words
from mzplan.said import Listed, listed, say
from mzplan.submissions.form_guide import is_of_its_title
from mzplan.submissions.header import FIELDS_ZH
from mzplan.submissions.repair import REWRITTEN
from mzplan.submissions.result_headings import other_figures

_OTHER = f"2031-03,{STOCK},8,,,,"
_TOLD = 6
"""Headings of a sheet of units or indicators side by side that are told."""
_PLACED = "--- data/2031-03/bureau.csv\n"
_BUREAU = ("2031-03,市本级,T01-02,持证护理员数,12,,,,", "2031-03,市本级,T02-01,政策宣讲场次,3,,,,")
_EXPECTED = say(
    "第一行应是：{names}（或 {header_line}）。", names=",".join(FIELDS_ZH.values()), header_line=HEADER_LINE
)


_ONE_MONTH = "只留要报的那个月，列名改为“完成值”；填从1月1日起到本月底的数，不是当月的数。"
_OWN_MONTH = "把“{heading}”改为“完成值”，别的月份的列删去；填从1月1日起到本月底的数，不是当月的数。"
_SINCE_JANUARY = "“完成值”填从1月1日起到本月底的数：加上这一列。"


@flaw_rule(
    "MZ130",
    ERROR,
    Flaw.NO_HEADER,
    title="没有表头",
    what="前十行里没有一行是表头（列名）。",
    why="列的顺序可以随意，没有列名就不知道哪一列是什么，不能猜，所以整个文件不采用。",
    mend=_EXPECTED,
    bad=f"{ROW}\n",
    good=table(ROW),
)
def no_header(defect: Defect) -> Finding:
    """Nothing says which column is which."""
    hint = _OF_GUIDE if is_of_its_title(defect.detail) else _EXPECTED
    return Finding("没有表头，整个文件没有采用", hint=hint, value=defect.detail)


_OF_GUIDE = "这是填报表的第一张，“填报说明”；打开第二张“填报”，再另存为 CSV。"


@flaw_rule(
    "MZ156",
    ERROR,
    Flaw.WIDE,
    title="各单位或各指标排成了列",
    what="表里的列是一个个填报单位（或一个个指标），不是规定的九列。",
    why="一行应是一个单位、一个指标、一个月的一条记录；横着排的表读不出是谁报的什么，所以整个文件不采用。",
    mend="用 mzplan template 生成每个单位的表，每个指标填一行。",
    bad="指标编码,指标名称,青山县,绿水县,高新区\nT01-01,新增养老床位数,12,8,5\n",
    good=table(ROW),
)
def wide_sheet(defect: Defect) -> Finding:
    """Units or indicators side by side, where each should have rows of its own."""
    hint = "每个单位一个文件，每个指标一行：用 mzplan template 生成。"
    parts = defect.detail.parts if isinstance(defect.detail, Listed) else (defect.detail,)
    told, more = listed(show(part, 60) for part in parts[:_TOLD]), " 等" if len(parts) > _TOLD else ""
    said = {"expected": defect.expected, "detail": told, "more": more}
    return Finding(say("表里的列是{expected}（{detail}{more}），整个文件没有采用", **said), hint=hint, value=told)


@flaw_rule(
    "MZ131",
    ERROR,
    Flaw.TITLE_ROW,
    title="表头上面有标题行",
    what="表头不在第一行，上面还有标题、制表单位之类的行。其余各行照常读取。",
    why="CSV 是给程序读的，第一行必须是列名；多出来的行会让别的工具读错。",
    mend="删去表头上面的行，或运行 mzplan check --fix。",
    bad=f"青山县3月填报表,,,,,,,,\n{table(ROW)}",
    good=table(ROW),
    fixable=True,
    takes_out=True,
)
def title_row(defect: Defect) -> Finding:
    """A title above the header."""
    return Finding(
        say("表头在第{expected}行，上面有标题行", expected=defect.expected),
        hint="删去表头上面的行。",
        value=defect.detail,
    )


@flaw_rule(
    "MZ157",
    ERROR,
    Flaw.RECORDS_ABOVE,
    title="表头上面有记录",
    what="表头不在第一行，上面的行写着计划里的指标和数，是填报记录。这些行没有采用，其余各行照常读取。",
    why="表头被移到了下面（多半是排序时把它也排了进去）；上面的行不知道哪一列是什么，当成标题删去就丢了数。",
    mend="把表头移回第一行。",
    bad=f"{ROW}\n{table(_OTHER)}",
    good=table(ROW, _OTHER),
)
def records_above(defect: Defect) -> Finding:
    """A header that has slipped below its records."""
    message = say(
        "表头在第{expected}行，上面有 {detail} 行填报记录，这些行没有采用",
        expected=defect.expected,
        detail=defect.detail,
    )
    return Finding(message, hint="把表头移回第一行。")


@flaw_rule(
    "MZ158",
    ERROR,
    Flaw.LABEL,
    title="表上写的与文件不符",
    what="标题、列名、分组、落款或注释里写的月份或单位不是文件所在位置的，或者写的金额单位、成倍的计量单位"
    "（单位：元，万人）计划里没有。计划里有的（万元）写在哪里都行，每项指标用什么单位由计划规定。各行照常读取。",
    why="多半是拿别的月份、别的单位的表改的，或者数按另一种计量单位填的；删掉这一行就没有人知道了，所以 --fix 不删。",
    mend="核对表里的数；是这个月、这个单位的，改正标题；金额按计划的计量单位换算后改正。",
    bad=f"{_PLACED}市本级2031年2月报表,,,,,,,,\n{table(*_BUREAU)}",
    good=f"{_PLACED}{table(*_BUREAU)}",
)
def contradicting_label(defect: Defect) -> Finding:
    """What the sheet says of itself against what its place and the plan say."""
    told = contradiction(defect.detail, defect.expected, defect.where or _ON_SHEET)
    return told if defect.is_mended else told._replace(hint=_AND_THE_REST)


_AND_THE_REST = "先核对各行的数，再改正这几个字；旁边别的话和数，要说明的写到“说明”里，自己删去。"
"""Where the line would be told of all the same."""


_ON_SHEET = "表上"


def contradiction(said: str, meant: str, where: str = _ON_SHEET) -> Finding:
    """What some line of the sheet says, or what stands elsewhere in the workbook, and what it should."""
    message = say("{where}写的是“{said}”，应是{meant}", where=where, said=show(said, 60), meant=show(meant, 60))
    return Finding(message, hint="先核对各行的数，再改正这几个字。", value=said)


@flaw_rule(
    "MZ132",
    ERROR,
    Flaw.DELIMITER,
    title="分隔符不是逗号",
    what="列与列之间用的是分号、制表符、竖线、顿号或全角逗号。",
    why="CSV 用半角逗号分隔；换一种分隔符，整行会被当成一格，所以整个文件不采用。",
    mend="在 Excel 或 WPS 里另存为“CSV UTF-8（逗号分隔）”；分号和制表符可用 mzplan check --fix 改成逗号。",
    bad=table(ROW).replace(",", ";"),
    good=table(ROW),
    fixable=True,
)
def other_delimiter(defect: Defect) -> Finding:
    """Semicolons and the like."""
    is_rewritten = defect.expected in REWRITTEN
    hint = (
        "另存为“CSV UTF-8（逗号分隔）”，或运行 mzplan check --fix。"
        if is_rewritten
        else "另存为“CSV UTF-8（逗号分隔）”。"
    )
    return Finding(say("列之间用的是{detail}，不是逗号", detail=defect.detail), hint=hint)


@flaw_rule(
    "MZ133",
    ERROR,
    Flaw.REPEATED_COLUMN,
    title="两列同名",
    what="表头里有两列是同一个意思。",
    why="不知道以哪一列为准，许多程序会悄悄取后一列，所以整个文件不采用。",
    mend="删去或改名其中一列。",
    bad=f"period,unit,indicator,name,value,value,numerator,denominator\n{BEDS},12,13,,\n",
    good=table(ROW),
)
def repeated_column(defect: Defect) -> Finding:
    """Two columns that mean the same."""
    message = say(
        "列“{detail}”与“{expected}”重复，整个文件没有采用", detail=show(defect.detail), expected=show(defect.expected)
    )
    return Finding(message, hint="删去或改名其中一列。", value=defect.detail)


@flaw_words("MZ133", Flaw.TABLES_BESIDE)
def tables_beside(defect: Defect) -> Finding:
    """A whole header once more: another table stands beside the first."""
    message = say("从“{detail}”起又是一张表的表头：两张表并排放着，整个文件没有采用", detail=show(defect.detail))
    hint = "把右边的表移到左边的下面，表头也带着；是两个单位的，也可以各存一个文件。"
    return Finding(message, hint=hint, value=defect.detail)


@flaw_rule(
    "MZ134",
    ERROR,
    Flaw.MISSING_COLUMN,
    title="缺少一列",
    what="表头缺少必需的列：报告期、填报单位、指标编码、完成值、分子、分母。指标名称、说明、佐证可以没有。",
    why="缺了列就读不出每一行说的是什么，所以整个文件不采用。",
    mend=_EXPECTED,
    bad=table(ROW).replace("denominator", "分毋"),
    good=table(ROW),
)
def missing_column(defect: Defect) -> Finding:
    """A column is not there, or its heading is misspelt."""
    if holds := other_figures(defect.detail):
        message = say(
            "缺少“{expected}”一列；“{detail}”一栏是{holds}，不能当作完成值",
            expected=defect.expected,
            detail=show(defect.detail),
            holds=holds,
        )
        return Finding(message, hint=_SINCE_JANUARY, value=defect.detail)
    if defect.detail:
        message = say("认不出列“{detail}”，因此缺少“{expected}”", detail=show(defect.detail), expected=defect.expected)
        return Finding(message, hint=say("是否应是“{expected}”？", expected=defect.expected), value=defect.detail)
    return Finding(say("缺少列：{expected}", expected=defect.expected), hint=_EXPECTED)


@flaw_words("MZ134", Flaw.MONTHS_ACROSS)
def months_across(defect: Defect) -> Finding:
    """A column for each month in place of the one of values."""
    message = say("一个月一列（{detail}），没有“完成值”一列", detail=show(defect.detail, 80))
    if not defect.expected:
        return Finding(message, hint=_ONE_MONTH)
    return Finding(message, hint=say(_OWN_MONTH, heading=show(defect.expected)))


@flaw_words("MZ134", Flaw.TWO_HEADERS)
def torn_header(defect: Defect) -> Finding:
    """The headings stand in two rows."""
    rows = {"detail": defect.detail, "line": defect.line}
    message = say("表头分在第{detail}、{line}两行，读不成一行", **rows)
    return Finding(
        message, hint=say("各列的名称都写到第{line}行，删去第{detail}行，或运行 mzplan check --fix。", **rows)
    )


@flaw_rule(
    "MZ162",
    ERROR,
    Flaw.OTHER_HEADER,
    title="下面的表头与第一行的不同",
    what="表头下面又有一行表头，列的次序或叫法与第一行的不同，多半是几张表接在了一起。整个文件没有采用。",
    why="下面各行按第一行表头读，就会把别的数当成完成值；按下面的读，同一个文件就有两种读法。",
    mend="把下面各行的列按第一行表头的次序排好，再删去下面那行表头；只删表头、不调各列，数就错了。",
    bad=table(ROW, "period,unit,indicator,name,numerator,denominator,value,note,evidence") + f"2031-03,{STOCK},,,8,,\n",
    good=table(ROW, _OTHER),
)
def other_header(defect: Defect) -> Finding:
    """Two tables one below the other whose columns stand in different orders."""
    message = say(
        "又有一行表头，与第{expected}行的不同（{detail}），整个文件没有采用",
        expected=defect.expected,
        detail=show(defect.detail),
    )
    hint = say("下面各行的列按第{expected}行表头的次序排好，再删去这一行。", expected=defect.expected)
    return Finding(message, hint=hint)


@flaw_rule(
    "MZ135",
    WARNING,
    Flaw.UNKNOWN_COLUMN,
    title="有认不出的列",
    what="表头里有一列不是规定的列名，这一列没有读取。",
    why="如果是写错了列名，里面的内容就白填了。",
    mend="改正列名，或删去这一列。",
    bad=f"{HEADER_LINE},remark\n{ROW},\n",
    good=table(ROW),
)
def unknown_column(defect: Defect) -> Finding:
    """A heading that means nothing to us."""
    hint = (
        say("是否应是“{expected}”？", expected=defect.expected) if defect.expected else "写错了就改正；用不着就删去。"
    )
    if holds := other_figures(defect.detail):
        hint = say("这一栏是{holds}，用不着就删去。", holds=holds)
    return Finding(say("列“{detail}”没有读取", detail=show(defect.detail)), hint=hint, value=defect.detail)


@flaw_rule(
    "MZ136",
    WARNING,
    Flaw.COLUMN_SPELLING,
    title="列名写法不规范",
    what="列名多了空格、用了全角字母、大小写不同或用了别的叫法（如唯一的一列累计完成），但能认出是哪一列。",
    why="我们认得，别的程序不一定认得。",
    mend="改成规定的列名，或运行 mzplan check --fix。",
    bad=table(ROW).replace("period", "Period"),
    good=table(ROW),
    fixable=True,
)
def column_spelling(defect: Defect) -> Finding:
    """A heading in another spelling."""
    hint = say("应写作“{expected}”。", expected=defect.expected)
    message = say("列名“{detail}”写法不规范", detail=show(defect.detail))
    return Finding(message, hint=hint, fix=defect.expected, value=defect.detail, cause=_SPELLINGS)


_SPELLINGS = Cause("MZ136", least=3, together="{count} 个列名写法不规范", hint="列名照填报表写，不换行、不加空格。")


@flaw_rule(
    "MZ137",
    ERROR,
    Flaw.TOO_MANY_COLUMNS,
    title="列太多",
    what=say("表头超过 {column_limit} 列。", column_limit=COLUMN_LIMIT),
    why="填报表只有九列；这样宽的表多半是误传，整个文件不采用。",
    mend="检查是否误传；每个指标占一行，不是一列。",
    bad=HEADER_LINE + ",x" * COLUMN_LIMIT + "\n",
    good=table(ROW),
)
def too_many_columns(defect: Defect) -> Finding:
    """A table far too wide."""
    return Finding(
        say("表头有 {detail} 列，超过 {column_limit} 列", detail=defect.detail, column_limit=COLUMN_LIMIT),
        hint="每个指标占一行，不是一列。",
    )


@flaw_rule(
    "MZ138",
    ERROR,
    Flaw.NO_ROWS,
    title="只有表头，没有数据",
    what="文件只有表头一行。",
    why="交了空表不等于报了零；没有数据就不知道是没有发生还是没有填。",
    mend="把应报的指标逐行填上；没有发生的填 0。空白表可用 mzplan template 生成。",
    bad=table(),
    good=table(ROW),
)
def no_rows(defect: Defect) -> Finding:
    """A header and nothing else."""
    return Finding("只有表头，没有一行数据", hint="把应报的指标逐行填上；没有发生的填 0。")


@flaw_rule(
    "MZ139",
    WARNING,
    Flaw.UNTOUCHED,
    title="填报表还没有填",
    what="mzplan template 生成的填报表放在了报表的位置，没有人改过，或者各行什么都没有填"
    "（里程碑照上次先填好的不算填）：与没有这个文件一样，是未报。",
    why="没有填的表不是零，里程碑也没有人说还在原来的阶段；一个数也不采用。",
    mend="填好、保存；没有发生的填 0。空白表还不到填的时候，不必删去。",
    bad=table(f"{BEDS},,,,,"),
    good=table(ROW),
)
def untouched_form(defect: Defect) -> Finding:
    """A form in which nothing is filled in: nobody has said even that a milestone stands where it stood."""
    return Finding("这张表一行也没有填，不算报表", hint="填好、保存；没有发生的填 0。")
