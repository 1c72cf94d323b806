"""Files that cannot be read, or not as they are: the first part of family MZ1xx."""

from mzplan.diagnostics import show
from mzplan.reading.files import Obstacle, obstacle_told
from mzplan.reading.flaws import Defect, Flaw
from mzplan.rules.examples import ROW, STOCK, table
from mzplan.rules.registry import ERROR, WARNING, Finding, flaw_rule, flaw_words
from mzplan.said import listed, say

_OTHER_ROW = f"2031-03,{STOCK},12,,,,"
_SAVE = "“另存为”，类型选“Excel 工作簿（*.xlsx）”或“CSV UTF-8（逗号分隔）”"
_SAVE_AS = say("在 Excel 或 WPS 里{save}，再提交。", save=_SAVE)

_NO_TABLE = "里面的数读不出来：填到填报表（Excel 工作簿，*.xlsx）里，再提交。"
_DOCUMENTS = {
    "HTML": ("网页（HTML）", _SAVE_AS),
    "JSON": ("JSON 数据", _SAVE_AS),
    "PDF": ("PDF 文档", _NO_TABLE),
    "Word": ("Word 文档", _NO_TABLE),
    **{kind: (say("{kind} 图片", kind=kind), _NO_TABLE) for kind in ("JPEG", "PNG", "GIF")},
}
"""By the kind of a document: what it is called, and what to do about it."""

_HINTS = {
    Obstacle.VANISHED: "检查路径，或重新提交。",
    Obstacle.DANGLING: "把文件本身放在这里。",
    Obstacle.FORBIDDEN: "改文件权限后再查。",
    Obstacle.IN_USE: "在 Excel、WPS 或 Word 里关掉它再查。",
    Obstacle.LOOP: "换成真正的文件。",
    Obstacle.FOLDER: "给出文件，或把整个数据文件夹交给 mzplan check；数据文件夹里的，换成真正的文件或文件夹。",
    Obstacle.LINKED_FOLDER: "其中的报表没有读。删去这个符号链接，把文件夹本身放在这里。",
    Obstacle.SPECIAL: "另存成普通文件，或用 - 从标准输入读取。",
    Obstacle.OUTSIDE: "把文件本身放进数据文件夹，不要用链接；数据在别处的，用 --data 指定那里。",
    Obstacle.TOO_LARGE: "拆成几个文件，或检查是否误传。",
    Obstacle.FAILED: "重试；仍然不行，请检查磁盘。",
}


@flaw_rule(
    "MZ101",
    ERROR,
    Flaw.FILE,
    title="文件打不开",
    what="文件不存在、没有权限、正被别的程序打开、是文件夹、管道或设备，符号链接绕圈或指到项目外面，或者超过大小上限。",
    why="读不到的文件没有参与核对，其中的数一个也没有算进去；管道和设备会让程序一直等下去，所以一律不读。",
    mend="按提示换成可以读取的普通 CSV 文件。",
    bad="--- 青山县.csv -> /dev/zero\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def unreadable_file(defect: Defect) -> Finding:
    """The system does not give us the bytes, or they are no regular file's."""
    obstacle = Obstacle(defect.detail)
    return Finding(obstacle_told(obstacle, show(defect.expected)), hint=_HINTS[obstacle])


@flaw_rule(
    "MZ102",
    ERROR,
    Flaw.FOLDER_EMPTY,
    title="文件夹里没有报表",
    what="给出的文件夹（包括各级子文件夹）里没有一个 CSV 或工作簿（.xlsx、.xls、.ods）。",
    why="没有数据可查，却报“没有问题”，会让人误以为查过了。",
    mend="检查路径；数据文件放在 data/<报告期>/<单位 id>.csv。",
    bad="--- data/\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def empty_folder(defect: Defect) -> Finding:
    """A folder without data must not look like a clean one."""
    hint = "数据文件应是 <报告期>/<单位 id>.csv（或 .xlsx、.xls、.ods）；还没有的，先用 mzplan template 生成填报表。"
    return Finding("文件夹里没有 CSV，也没有工作簿", hint=hint)


@flaw_rule(
    "MZ128",
    WARNING,
    Flaw.NO_REPORT_YET,
    title="还没有一份报表",
    what="项目的数据文件夹里有说明（README），还没有任何报表。",
    why="新建的项目是这样，不算错；报表都没有放对地方，也是这样。",
    mend="用 mzplan template 生成填报表，收回后放在 data/<报告期>/<单位 id>.csv，或用 mzplan collect 归档。",
    bad="--- data/\n--- data/README.md\n各单位的月报\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def no_report_yet(defect: Defect) -> Finding:
    """A new project has none, and its checks pass; but nobody shall think that something was checked."""
    hint = "先用 mzplan template 生成填报表；收回的用 mzplan collect 归档。"
    return Finding("还没有一份报表，什么也没有查", hint=hint)


@flaw_rule(
    "MZ103",
    ERROR,
    Flaw.EMPTY,
    title="文件是空的",
    what="文件没有内容，或只有 BOM、空格和空行。",
    why="空文件多半是保存或上传没有成功，不等于“本月无数”。",
    mend="重新导出，看一看里面有数，再提交。",
    bad="--- 青山县.csv [hex]\nef bb bf 0d 0a\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def empty_file(defect: Defect) -> Finding:
    """Nothing but blanks."""
    return Finding("文件为空", hint="多半是保存或传送没有成功：重新导出，看一看里面有数，再提交。")


def _called(defect: Defect) -> str:
    return say("命名为 {expected}。", expected=show(defect.expected)) if defect.expected else ""


@flaw_rule(
    "MZ105",
    ERROR,
    Flaw.ARCHIVE,
    title="是压缩包，不是表格",
    what="文件是 zip、gzip、7z、rar 之类的压缩包：扩展名是，或文件开头有压缩包的标记。",
    why="压缩包里可能有任何东西，程序不会自行解开。",
    mend="解压后提交其中的报表。",
    bad="--- 青山县.csv [hex]\n1f 8b 08 00 00 00 00 00\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def compressed_file(defect: Defect) -> Finding:
    """An archive under the wrong name."""
    return Finding(
        say("这是 {detail} 压缩包，不是表格", detail=defect.detail),
        hint=listed(("解压后提交其中的报表。", _called(defect)), ""),
    )


@flaw_rule(
    "MZ106",
    ERROR,
    Flaw.DOCUMENT,
    title="是别的文档，不是表格",
    what="文件开头是网页（HTML）、JSON、PDF、Word 或图片。有的业务系统导出的“表格”其实是网页，名字却是 .xls。",
    why="这些格式读不出行和列。",
    mend=say("网页、JSON 用 Excel 或 WPS 打开后{save}；PDF、Word、图片里的数，填到填报表里，再提交。", save=_SAVE),
    bad="<html><table><tr><td>青山县</td></tr></table></html>\n",
    good=table(ROW),
)
def other_document(defect: Defect) -> Finding:
    """A page or a data format that is not a table."""
    kind, hint = _DOCUMENTS[defect.detail]
    return Finding(say("{kind}读不成表格", kind=kind), hint=hint)


@flaw_rule(
    "MZ107",
    ERROR,
    Flaw.LFS_POINTER,
    title="是 Git LFS 的指针，不是数据",
    what="文件内容是 Git LFS 的指针（version https://git-lfs…），真正的数据没有下载。",
    why="指针里没有数据，核对不了。",
    mend="先运行 git lfs pull；持续集成里给 checkout 打开 lfs 选项。CSV 不大，不必用 LFS。",
    bad="version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n",
    good=table(ROW),
)
def lfs_pointer(defect: Defect) -> Finding:
    """The data were never fetched."""
    return Finding("这是 Git LFS 的指针文件，数据没有下载", hint="先运行 git lfs pull。")


@flaw_rule(
    "MZ108",
    ERROR,
    Flaw.CONFLICT,
    title="留有合并冲突标记",
    what="文件里有 <<<<<<<、=======、>>>>>>> 这样的 Git 合并冲突标记。",
    why="冲突的两份内容都还在，不知道以哪一份为准，所以整个文件不采用。",
    mend="打开文件，在两份内容里留下正确的一份，删去标记行，再提交。",
    bad=table("<<<<<<< HEAD", ROW, "=======", ROW.replace("12", "13"), ">>>>>>> 青山县"),
    good=table(ROW),
)
def conflict_marker(defect: Defect) -> Finding:
    """A merge that was not finished."""
    return Finding("留有合并冲突标记，整个文件没有采用", hint="留下正确的一份，删去 <<<<<<<、=======、>>>>>>> 三种行。")


@flaw_rule(
    "MZ109",
    ERROR,
    Flaw.UTF16,
    title="是 UTF-16 编码",
    what="文件是 UTF-16（或 UTF-32）编码，即 Excel 的“Unicode 文本”。",
    why="这种格式用制表符分隔，许多工具会读成乱码，所以不采用。",
    mend=say("{save_as}或运行 mzplan check --fix。", save_as=_SAVE_AS),
    bad=f"--- 青山县.csv [utf-16]\n{table(ROW)}",
    good=f"--- 青山县.csv\n{table(ROW)}",
    fixable=True,
)
def utf16_file(defect: Defect) -> Finding:
    """Excel's Unicode text."""
    is_rewritten = defect.detail == "UTF-16"
    hint = (
        say("在 Excel 或 WPS 里{save}，再提交，或运行 mzplan check --fix。", save=_SAVE) if is_rewritten else _SAVE_AS
    )
    return Finding(say("这是 {detail} 编码（Excel 的“Unicode 文本”）", detail=defect.detail), hint=hint)


@flaw_rule(
    "MZ110",
    ERROR,
    Flaw.BAD_BYTES,
    title="编码错误",
    what="文件既不是完好的 UTF-8，也不是完好的 GB18030：中间有解不出来的字节，或两种编码混在一起；"
    "或者是 Big5（繁体中文）；或者是按错误的编码打开后又保存的，字成了乱码。",
    why="猜着读会把汉字读成别的字而没有人发现，所以整个文件不采用。",
    mend=say("看提示的那一行，多半是从别处复制来的字；重新打开原表，{save_as}", save_as=_SAVE_AS),
    bad="--- 青山县.csv [hex]\nef bb bf c7 e0 c9 bd cf d8 0a\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def undecodable_bytes(defect: Defect) -> Finding:
    """Neither UTF-8 nor GB18030, or a bit of each."""
    if not defect.detail:
        return Finding(
            say("文件是 {expected}（繁体中文）编码，整个文件没有采用", expected=defect.expected), hint=_SAVE_AS
        )
    encoding = {"utf-8": "UTF-8", "gb18030": "GB18030"}.get(defect.expected, defect.expected)
    return Finding(
        say("字节 {detail} 不是完好的 {encoding}，整个文件没有采用", detail=defect.detail, encoding=encoding),
        hint=_SAVE_AS,
    )


_GARBLED = "表里的字成了乱码：是 UTF-8 的文件按 GBK 打开后又保存的，整个文件没有采用"
_LOST = "表里的字成了问号：是用没有汉字的编码保存的，整个文件没有采用"


@flaw_words("MZ110", Flaw.GARBLED)
def garbled_text(defect: Defect) -> Finding:
    """UTF-8 that was opened as GBK, and saved with the characters that this makes; or Chinese saved without any."""
    message = _LOST if defect.expected else _GARBLED
    hint = say("有的字已经丢了，改不回来：从原表或原系统重新导出，{save_as}", save_as=_SAVE_AS)
    return Finding(message, hint=hint, value=defect.detail)


_BINARY = {
    "NUL": ("NUL 字符", "删去这一行的 NUL 字符"),
    "control": ("大量控制字符", "删去从这一行起的控制字符"),
}


@flaw_rule(
    "MZ111",
    ERROR,
    Flaw.BINARY,
    title="不是文本文件",
    what="文件里有 NUL 字符，或控制字符超过千分之一。",
    why="文本表格里不会有这些，多半是别的格式，或者文件已经损坏。",
    mend=_SAVE_AS,
    bad="--- 青山县.csv [hex]\n70 65 72 69 6f 64 00 01 02\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def binary_content(defect: Defect) -> Finding:
    """Bytes that no text has."""
    found, mend = _BINARY[defect.detail]
    hint = say("{mend}；删不去的，{save_as}", mend=mend, save_as=_SAVE_AS)
    return Finding(say("含有{found}，不是文本文件，没有采用", found=found), hint=hint)


@flaw_rule(
    "MZ112",
    WARNING,
    Flaw.GB18030,
    title="是 GB18030（GBK）编码",
    what="文件不是 UTF-8，按 GB18030 读通了（中文 Windows 上 Excel 默认的 CSV 就是这样）。数据照常采用。",
    why="少数情况下别的编码也能按 GB18030 读通而变成乱码；统一用 UTF-8 就没有这个问题。",
    mend="另存为“CSV UTF-8”，或运行 mzplan check --fix。",
    bad=f"--- 青山县.csv [gb18030]\n{table(ROW)}",
    good=f"--- 青山县.csv\n{table(ROW)}",
    fixable=True,
)
def gb18030_encoding(defect: Defect) -> Finding:
    """Read, but better written as UTF-8."""
    return Finding("文件是 GB18030（GBK）编码，已按此读取", hint="另存为“CSV UTF-8”，或用 --fix 转换。")


@flaw_rule(
    "MZ113",
    WARNING,
    Flaw.REPEATED_BOM,
    title="BOM 重复",
    what="文件开头有不止一个 BOM（U+FEFF）。",
    why="多出来的 BOM 会粘在第一个列名上，别的程序会因此认不出这一列。",
    mend="用编辑器另存为 UTF-8，或运行 mzplan check --fix。",
    bad=f"--- 青山县.csv\n\ufeff\ufeff{table(ROW)}",
    good=f"--- 青山县.csv\n\ufeff{table(ROW)}",
    fixable=True,
)
def repeated_bom(defect: Defect) -> Finding:
    """One byte order mark is taken off; the next would stick to the first heading."""
    return Finding("文件开头有不止一个 BOM", hint="另存为 UTF-8，或用 --fix 去掉。")


@flaw_rule(
    "MZ123",
    WARNING,
    Flaw.INNER_BOM,
    title="文件中间有 BOM",
    what="文件开头以外的一行以 BOM（U+FEFF）开头。数据照常采用。",
    why="多半是几个文件首尾相接拼成的；BOM 看不见，别的程序会把它当成这一格的内容。",
    mend="看提示的那一行是不是另一个文件的开头，再另存为 UTF-8，或运行 mzplan check --fix。",
    bad=f"--- 青山县.csv\n{table(ROW)}\ufeff{_OTHER_ROW}\n",
    good=f"--- 青山县.csv\n{table(ROW, _OTHER_ROW)}",
    fixable=True,
)
def inner_bom(defect: Defect) -> Finding:
    """A byte order mark where another file was put behind the first."""
    return Finding("这一行以 BOM（U+FEFF）开头，像是几个文件接在一起", hint="另存为 UTF-8，或用 --fix 去掉。")


@flaw_rule(
    "MZ114",
    WARNING,
    Flaw.DOUBLED_LINE_ENDS,
    title="行尾重复",
    what="行尾是 CR CR LF，每行后面都多出一个空行。",
    why="多半是程序写文件时换行转换了两次；空行已跳过，但行号会与您看到的不同。",
    mend="重新导出，或运行 mzplan check --fix。",
    bad=f"--- 青山县.csv [cr-cr-lf]\n{table(ROW)}",
    good=f"--- 青山县.csv [crlf]\n{table(ROW)}",
    fixable=True,
)
def doubled_line_ends(defect: Defect) -> Finding:
    """Line ends that were converted twice."""
    return Finding("行尾是 CR CR LF，每行之间多出空行", hint="重新导出，或用 --fix 统一。")


@flaw_rule(
    "MZ115",
    WARNING,
    Flaw.CONTROL_Z,
    title="末尾有 Ctrl-Z",
    what="文件最后有一个 Ctrl-Z（0x1A）字符，是旧 DOS 程序的文件结束标记。",
    why="有的程序读到它就停，后面若再追加内容就会丢失。",
    mend="用编辑器删去末尾的字符，或运行 mzplan check --fix。",
    bad=f"--- 青山县.csv\n{table(ROW)}\x1a",
    good=f"--- 青山县.csv\n{table(ROW)}",
    fixable=True,
)
def control_z(defect: Defect) -> Finding:
    """An end mark of old programs."""
    return Finding("文件末尾有 Ctrl-Z 字符", hint="删去它，或用 --fix 去掉。")


@flaw_rule(
    "MZ116",
    ERROR,
    Flaw.LONG_LINE,
    title="一行过长",
    what="一行超过 1 MiB。",
    why="填报表的一行只有几百字；这样长的行多半是别的文件，整个文件不采用。",
    mend="检查是否误传；换行符是否丢失。",
    bad="--- 青山县.csv [one-line]\n1100000\n",
    good=f"--- 青山县.csv\n{table(ROW)}",
)
def long_line(defect: Defect) -> Finding:
    """A line longer than any table has."""
    return Finding("这一行超过 1 MiB，整个文件没有采用", hint="检查换行符是否丢失，是否误传了别的文件。")


@flaw_rule(
    "MZ118",
    ERROR,
    Flaw.TOO_MANY_FINDINGS,
    title="问题太多，没有查完",
    what="一次检查的问题超过 25,000 处，本文件余下的行没有再查；超过以后，后面的每个文件仍查到第 100 处。",
    why="这样的文件多半整个就不对（列错位、编码错误、误传），逐条列出没有用处。",
    mend="先改掉最前面的几类问题，再查一遍。",
    bad="",
    good="",
)
def too_many_findings(defect: Defect) -> Finding:
    """A file that is wrong throughout."""
    return Finding(
        say("本文件的问题超过 {detail} 处，余下的行没有再查", detail=defect.detail),
        hint="先改掉最前面的几类问题，再查一遍。",
    )
