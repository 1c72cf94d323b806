"""Workbooks and Parquet that cannot be read, or of which not all is what it seems: part of family MZ1xx."""

from mzplan.diagnostics import installing, show
from mzplan.reading.flaws import Defect, Flaw
from mzplan.reading.parquet import DAMAGED, NOT_CALLED_SO, NOT_INSTALLED
from mzplan.reading.spreadsheet import Trouble
from mzplan.rules.examples import ROW, STOCK, table
from mzplan.rules.registry import ERROR, WARNING, Finding, flaw_rule, flaw_words, of_rows
from mzplan.said import asking, listed, say

_OTHER_ROW = f"2031-03,{STOCK},12,,,,"
_ANOTHER_PROGRAM = "在 Excel 或 WPS 里“另存为”，类型选“Excel 工作簿（*.xlsx）”，再提交。"
TROUBLES = {
    Trouble.DAMAGED: ("工作簿打不开，文件可能已损坏", "在 Excel 或 WPS 里打开；打得开的，另存为 xlsx 再提交。"),
    Trouble.ENCRYPTED: ("工作簿有打开密码", "去掉密码（“文件—信息—保护工作簿”），保存后再提交。"),
    Trouble.TOO_LARGE: (
        "工作簿太大（单元格或合并单元格过多，或解压后太大）",
        "把填报表复制到新的工作簿，只留有内容的行和列。",
    ),
    Trouble.NOT_INSTALLED: (
        "没有装 xlrd（mzplan[excel]），读不了旧版工作簿（.xls）",
        say("运行 {installing}，或在 Excel、WPS 里另存为 xlsx。", installing=installing("excel")),
    ),
}
_OTHER_BOOK = "{ending} 格式的工作簿不读"
_EXACT = "把这几列存为文本、整数或 DECIMAL，重新导出。"
_PARQUET = {
    NOT_INSTALLED: (
        "没有装 DuckDB（mzplan[duckdb]），读不了 Parquet",
        say("运行 {installing}，或导出为 CSV。", installing=installing("duckdb")),
    ),
    DAMAGED: ("读不成 Parquet，文件可能已损坏，或文件夹里的几个分片不一样", "重新导出，或导出为 CSV。"),
    NOT_CALLED_SO: ("这里不读 Parquet", "命名为 .parquet，直接放进数据文件夹；或导出为 CSV。"),
}


@flaw_rule(
    "MZ104",
    ERROR,
    Flaw.SPREADSHEET,
    title="工作簿没有读",
    what="文件是工作簿，但是有打开密码、已损坏、太大，不读的格式（et、xlsm、xlsb、dif、slk、fods、模板）。"
    "xlsx、xls、ods 直接读，写成 .csv 的也读。",
    why="工作簿里的内容没有读，其中的数一个也没有算进去；带宏的工作簿还可能在别人的电脑上运行程序。",
    mend=say("去掉密码；{another_program}", another_program=_ANOTHER_PROGRAM),
    bad="--- 青山县.csv [hex]\n50 4b 03 04 14 00 78 6c 2f 77 6f 72 6b\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def spreadsheet_file(defect: Defect) -> Finding:
    """A workbook that is not read."""
    if defect.detail.startswith("."):
        called = say("命名为 {expected}。", expected=show(defect.expected)) if defect.expected else ""
        return Finding(say(_OTHER_BOOK, ending=show(defect.detail)), hint=listed((_ANOTHER_PROGRAM, called), ""))
    message, hint = TROUBLES[Trouble(defect.detail)]
    return Finding(say("{message}，没有采用", message=message), hint=hint)


@flaw_rule(
    "MZ163",
    ERROR,
    Flaw.PARQUET,
    title="Parquet 没有读",
    what="文件（或 Spark 写出的文件夹）名叫 .parquet，但是已损坏，几个分片的列不一样，有浮点数（FLOAT、DOUBLE）的列，"
    "或者没有装读它的 DuckDB；或者是 Parquet 却不叫 .parquet，或者是交来收的。"
    "列与 CSV 的相同，是文本、整数或 DECIMAL 的，直接读。",
    why="里面的数一个也没有算进去。浮点数不是准确的数：写进去的 0.1，读出来不是 0.1。",
    mend=say("浮点数的，{exact}其余的，按提示办，或导出为 CSV。", exact=_EXACT),
    bad="--- 青山县.parquet [hex]\n50 41 52 31\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def parquet_file(defect: Defect) -> Finding:
    """Parquet that is not read."""
    message, hint = _PARQUET[defect.detail]
    return Finding(say("{message}，没有采用", message=message), hint=hint)


@flaw_words("MZ163", Flaw.BINARY_FLOATS)
def binary_floats(defect: Defect) -> Finding:
    """Columns that hold no exact figures."""
    message = say("Parquet 里的“{detail}”是浮点数（FLOAT、DOUBLE），没有采用", detail=show(defect.detail, 100))
    return Finding(message, hint=_EXACT)


_KEEP_ONE = "只留要报的一张，并且不要隐藏；别的几张里有它没有的指标的，先把那些行移过来。"
_PUT_TOGETHER = "各张的指标都不相同，像是一份表分成了几张：把各张的行合到一张里（表头只留一行），只留那一张。"


@flaw_rule(
    "MZ124",
    ERROR,
    Flaw.SHEETS,
    title="几张工作表都是填报表",
    what="工作簿里不止一张工作表有表头和记录，或者有记录的工作表是隐藏的。只读一张看得见的；有两张看得见的，就都不读。"
    "以前月份的不算（MZ129），各项加起来就是另一张的数的（各镇街的）也不算。",
    why="不知道以哪一张为准；没有读的那张里的数没有人看，也不进入任何统计。",
    mend="只留要报的一张，其余删去；各张的指标不相同、合起来才是一份表的，把各张的行合到一张里，只留那一张。",
    bad=f"--- 青山县.xlsx [workbook]\n=== 3月\n{table(ROW)}=== 3月（二）\n{table(_OTHER_ROW)}",
    good=f"--- 青山县.xlsx [workbook]\n=== 3月\n{table(ROW)}=== 封面\n青山县3月填报表\n",
)
def several_sheets(defect: Defect) -> Finding:
    """Records in a sheet that is not read."""
    kind = "隐藏的工作表" if defect.expected == "hidden" else "几张工作表"
    message = say("{kind}里有填报记录（{detail}），没有采用", kind=kind, detail=show(defect.detail))
    return Finding(message, hint=_PUT_TOGETHER if defect.expected == "parts" else _KEEP_ONE)


@flaw_rule(
    "MZ125",
    WARNING,
    Flaw.HIDDEN_ROWS,
    title="工作表里有看不见的行、列或字",
    what="表头下面有隐藏、被筛选掉或低得看不见的行，里面有内容；"
    "或者要读的列（指标、完成值、分子、分母、说明、依据）隐藏或窄得看不见，里面有内容；"
    "或者字的颜色与底色相同（白底白字）。都照常读取。报告期、单位两列可以隐藏。",
    why="填表的人看不见这些，里面的数却要算进去。",
    mend="取消隐藏或清除筛选，看过以后再提交；不要的行，删去。",
    bad=f"--- 青山县.xlsx [workbook]\n=== 3月\n{table(ROW)}(隐藏){_OTHER_ROW}\n",
    good=f"--- 青山县.xlsx [workbook]\n=== 3月\n{table(ROW, _OTHER_ROW)}",
)
def hidden_rows(defect: Defect) -> Finding:
    """Rows that count and that nobody sees."""
    return Finding(of_rows("这一行是隐藏的，照常读取", len(defect.lines)), hint="取消隐藏或清除筛选，不要的行删去。")


@flaw_words("MZ125", Flaw.FAINT_ROWS)
def faint_rows(defect: Defect) -> Finding:
    """Rows that count with words in the colour of their ground."""
    return Finding(
        of_rows("这一行有的字与底色相同，看不见，照常读取", len(defect.lines)), hint="换成看得见的颜色，不要的删去。"
    )


@flaw_words("MZ125", Flaw.HIDDEN_COLUMNS)
def hidden_column(defect: Defect) -> Finding:
    """A column that counts and that nobody sees."""
    message = say("“{detail}”一列是隐藏的，照常读取", detail=show(defect.detail, 20))
    return Finding(message, hint="取消隐藏这一列（太窄的，拉宽），看过以后再提交。")


@flaw_rule(
    "MZ127",
    WARNING,
    Flaw.STRUCK_ROWS,
    title="工作表里有划去的内容",
    what="表头下面有的格子，文字或数加了删除线。照常读取。",
    why="加了删除线，看的人当作不要了，里面的数却要算进去。",
    mend="不要的行，删去；要的，去掉删除线。",
    bad=f"--- 青山县.xlsx [workbook]\n=== 3月\n{table(ROW)}(划去){_OTHER_ROW}\n",
    good=f"--- 青山县.xlsx [workbook]\n=== 3月\n{table(ROW, _OTHER_ROW)}",
)
def struck_rows(defect: Defect) -> Finding:
    """Rows that count and look as if they did not."""
    return Finding(
        of_rows("这一行有加了删除线的格子，照常读取", len(defect.lines)), hint="不要的行删去；要的，去掉删除线。"
    )


@flaw_rule(
    "MZ129",
    WARNING,
    Flaw.OTHER_SHEET,
    title="没有读的地方有话",
    what="工作簿里除了填报的那张，还有别的工作表（或者页眉、页脚、文本框、批注），上面写着表名、单位、月份、任务、下拉列表和填报表自带说明以外的话。没有读。"
    "写着指标的数的，是 MZ160（加起来就是所填的数的，不算）；说数填得不对的，是 MZ161。以前月份的填报表也不读。",
    why="写的人以为有人看；说的可能就是表里的数。",
    mend="说的是数怎么填的，先按它把数改正；说的是某项指标的，写到那一行的“说明”里；用不着的，删去那张工作表。",
    bad=f"--- 青山县.xlsx [workbook]\n=== 3月\n{table(ROW)}=== 备注\n床位按核定数填报\n",
    good=f"--- 青山县.xlsx [workbook]\n=== 3月\n{table(ROW)}=== 封面\n青山县3月填报表\n",
)
def other_sheet(defect: Defect) -> Finding:
    """Words in a sheet that is not read."""
    message = say("{expected}没有读，上面写着“{detail}”", expected=defect.expected, detail=show(defect.detail, 60))
    return Finding(
        message, hint=asking("note", "说的是表里的数，写到那一行的“说明”里；用不着，从那里删去。"), value=defect.detail
    )


@flaw_words("MZ129", Flaw.EARLIER_SHEET)
def earlier_sheet(defect: Defect) -> Finding:
    """A report of a month before."""
    hint = "那个月还没有报的，把它作为那个月的表另报；报过的，删去，要更正就改那个月的文件。"
    return Finding(
        say("工作表（{detail}）是以前月份的填报表，没有读", detail=show(defect.detail)), hint=hint, value=defect.detail
    )


@flaw_rule(
    "MZ126",
    WARNING,
    Flaw.OTHER_FORMAT,
    title="扩展名与内容不符",
    what="文件内容是工作簿，名字却是 .csv；或者内容是 CSV，名字却是 .xlsx、.xls、.ods。按内容读取。",
    why="别的程序按扩展名打开，会打不开或读成乱码。",
    mend="改扩展名，或另存为名字所说的格式。",
    bad=f"--- 青山县.xlsx\n{table(ROW)}",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def other_format(defect: Defect) -> Finding:
    """A name that says another format."""
    what = "工作簿" if defect.detail == ".csv" else "CSV"
    return Finding(
        say("扩展名是 {detail}，内容是{what}，按内容读取", detail=defect.detail, what=what),
        hint="改扩展名，或另存为那种格式。",
    )
