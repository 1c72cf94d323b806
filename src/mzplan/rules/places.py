"""Files that do not lie or are not called as a report should: part of family MZ1xx."""

from mzplan.diagnostics import show
from mzplan.reading.flaws import Defect, Flaw
from mzplan.rules.examples import table
from mzplan.rules.registry import ERROR, WARNING, Finding, flaw_rule, flaw_words
from mzplan.said import listed, say

_BUREAU = table("2031-03,市本级,T01-02,持证护理员数,12,,,,", "2031-03,市本级,T02-01,政策宣讲场次,3,,,,")
_MISPLACED = f"--- data/2031-03/{{name}}\n{_BUREAU}"
_ALL = "--- data/ [complete 2031-03]\n"
_PLACE = "数据文件夹里只放 <报告期>/<单位 id>.csv（或同名的 .xlsx、.xls、.ods）和 README。"


def _belongs(defect: Defect, hint: str = "改成 {expected}。") -> str:
    """Where a file belongs; nobody is told to write it over the one that lies there."""
    return say(_TAKEN if defect.is_taken else hint, expected=show(defect.expected))


_TAKEN = "{expected} 已经有了：两份只留正确的一份，放在那里；另一份移出数据文件夹。"


@flaw_rule(
    "MZ119",
    ERROR,
    Flaw.OTHER_NAME,
    title="文件的位置或名称认不出来",
    what=say(
        "{place}这个文件所在的文件夹不是报告期，或直接放在数据文件夹里，或多了一层文件夹，"
        "或文件名认不出是哪个填报单位，或文件是隐藏的。",
        place=_PLACE,
    ),
    why="认不出来，就无法核对“一个文件只说一个单位、一个月”，也无法知道谁还没有报；所以里面的数不进入任何统计。",
    mend="按提示改文件夹名或文件名，或移到提示的位置。",
    bad=_MISPLACED.format(name="bureu.csv"),
    good=_MISPLACED.format(name="bureau.csv"),
)
def misplaced_file(defect: Defect) -> Finding:
    """A name that no unit has."""
    return Finding(say("“{detail}”认不出是哪个单位的报表，没有采用", detail=show(defect.detail)), hint=_belongs(defect))


@flaw_words("MZ119", Flaw.OF_REGION)
def file_of_a_region(defect: Defect) -> Finding:
    """A file that is called like a region, whose figures are its members'."""
    message = say(
        "“{detail}”是{region}的报表，没有采用：{region} 是地区，由下级单位合成，不填报",
        detail=show(defect.detail),
        region=show(defect.expected),
    )
    return Finding(message, hint="移出数据文件夹；由它的下级单位各报各的，报齐了就合成。")


@flaw_words("MZ119", Flaw.OTHER_FOLDER)
def misplaced_folder(defect: Defect) -> Finding:
    """A folder that is not called like a month, even if it means one."""
    message = say("文件夹“{detail}”不是报告期（YYYY-MM），里面的文件没有采用", detail=show(defect.detail))
    return Finding(message, hint=_belongs(defect))


@flaw_words("MZ119", Flaw.NO_FOLDER)
def loose_file(defect: Defect) -> Finding:
    """A file beside the months' folders."""
    return Finding("文件直接放在数据文件夹里，不在报告期文件夹中，没有采用", hint=_belongs(defect))


@flaw_words("MZ119", Flaw.DEEP_FOLDER)
def nested_file(defect: Defect) -> Finding:
    """A folder in a month's folder."""
    return Finding(
        say("文件夹“{detail}”多了一层，里面的文件没有采用", detail=show(defect.detail)), hint=_belongs(defect)
    )


@flaw_words("MZ119", Flaw.OTHER_MONTH)
def file_of_another_month(defect: Defect) -> Finding:
    """A file whose name tells another month than its folder's."""
    message = say("“{detail}”的文件名写的是另一个月，与所在的文件夹不符，没有采用", detail=show(defect.detail))
    hint = _belongs(defect, "是这个月的，改成 {expected}；不是，移到那个月的文件夹。")
    return Finding(message, hint=listed((hint, "是另一个月的，移到那个月的文件夹。"), "") if defect.is_taken else hint)


@flaw_words("MZ119", Flaw.HIDDEN)
def hidden_file(defect: Defect) -> Finding:
    """A report that a folder does not show, and that whoever counts the reports does not see."""
    hint = _belongs(defect, "是报表的，改成 {expected}；不是的，移出数据文件夹。")
    return Finding(say("“{detail}”是隐藏文件，没有采用", detail=show(defect.detail)), hint=hint)


@flaw_rule(
    "MZ120",
    WARNING,
    Flaw.MISNAMED,
    title="文件名不是单位编码",
    what="文件名认得出是哪个填报单位（名称、简称、代码，或带着月份、“(1)”之类），但不是单位的 id，"
    "或扩展名不是小写。数据照常采用。",
    why="同一单位的文件一时一个名字，就看不出谁报过、报了几份，别的程序也会漏掉它。",
    mend="按提示改名。",
    bad=_MISPLACED.format(name="市本级3月(1).csv"),
    good=_MISPLACED.format(name="bureau.csv"),
)
def misnamed_file(defect: Defect) -> Finding:
    """It is plain whose the file is, though it is not called so."""
    return Finding(
        say("文件名“{detail}”不规范，已按 {expected} 读取", detail=show(defect.detail), expected=show(defect.expected)),
        hint=_belongs(defect),
    )


@flaw_rule(
    "MZ121",
    ERROR,
    Flaw.REPEATED_REPORT,
    title="同一单位同一月有两份文件",
    what="两个文件的名称说的是同一个单位、同一个月。名称规范的一份照常采用，其余不采用；"
    "都不规范，或者一份 CSV 和一份工作簿都规范，就都不采用。没有人填过的填报表不算一份。",
    why="不知道以哪一份为准；两份都算会重复，选错一份又没有人会发现。",
    mend="只留正确的一份，按提示命名，其余删去或移出数据文件夹。",
    bad=f"{_ALL}{_MISPLACED.format(name='市本级.csv')}",
    good=_ALL,
)
def repeated_report(defect: Defect) -> Finding:
    """Two files that speak for the same unit and month."""
    message = say("与“{detail}”是同一单位同一月的报表，这一份没有采用", detail=show(defect.detail))
    return Finding(
        message, hint=say("只留一份，命名为 {expected}，其余移出数据文件夹。", expected=show(defect.expected))
    )


@flaw_rule(
    "MZ122",
    ERROR,
    Flaw.NO_REPORT,
    title="不是报表的文件",
    what=say(
        "{place}这个文件的扩展名不是这几种，也不是别的工作簿或压缩包；或者是 README，里面却有报表的表头或记录。",
        place=_PLACE,
    ),
    why="数据文件夹里放着没有人看的文件，其中要是报表，就漏掉了而没有人知道。",
    mend="是报表的，另存为“CSV UTF-8”并按提示命名；是佐证材料的，放到数据文件夹外面（例如 evidence/），"
    "在“佐证”里写路径。",
    bad=f"{_ALL}{_MISPLACED.format(name='统计.txt')}",
    good=_ALL,
)
def no_report(defect: Defect) -> Finding:
    """Neither a report nor a README."""
    hint = say(
        "是报表的，另存为“CSV UTF-8”，命名为 {expected}；不是的，移出数据文件夹。", expected=show(defect.expected)
    )
    return Finding(say("“{detail}”不是 CSV，没有采用", detail=show(defect.detail)), hint=hint)


@flaw_words("MZ122", Flaw.README)
def readme_with_a_report(defect: Defect) -> Finding:
    """A README is passed over, so that it may be nothing else."""
    hint = say(
        "是报表的，命名为 {expected}；README 只写说明文字，填表的格式写到数据文件夹外面。",
        expected=show(defect.expected),
    )
    message = say("“{detail}”里有报表的表头或记录，或不是普通的文本文件，不能当作说明略过", detail=show(defect.detail))
    return Finding(message, hint=hint)
