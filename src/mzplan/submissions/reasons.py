"""What a note has to say to be a reason for a figure: a cause in the world, or that an earlier figure was corrected.

Words that give none are of two kinds. Some say nothing (无, 同上, 属实, figures, marks). Others admit that the figure
is of the wrong kind: the month's in place of the total, in another measure unit, a mistake, still to be checked. Such
a note does not clear a finding, it confirms it, whatever else it says: what is in yuan stays in yuan for any cause.
"""

import re

from mzplan.reading.number import BLANKS, NOT_APPLICABLE_WORD
from mzplan.submissions.names import matched_form

_WORDS = re.compile(r"[^\W\d_]+")
_CLAUSES = re.compile(r"[^,，.。;；!！?？()（）\r\n]+")
_FILLING = re.compile(r"[\s:：“”\"'【】]+")

_EMPTY_WORDS = frozenset(
    {
        *(
            "没有",
            "暂无",
            "全无",
            "无误",
            "无说明",
            "无变化",
            "无异常",
            "无原因",
            "略去",
            "从略",
            "省略",
            "未填",
            "空白",
        ),
        *(
            "同上",
            "同前",
            "如上",
            "同上月",
            "与上月相同",
            "同上期",
            "见上",
            "见附件",
            "详见附件",
            "附件",
            "见备注",
            "见说明",
        ),
        *("正常", "一切正常", "情况正常", "属实", "情况属实", "确实", "核实", "已核实", "核对", "已核对", "核对无误"),
        *("准确", "正确", "其他", "其它", "说明", "备注", "原因", "不详", "不清楚", "不知道", "待定", "待补", "待核实"),
        *(
            "累计数",
            "是累计数",
            "确是累计数",
            "确为累计数",
            "数据属实",
            "数据无误",
            "数据准确",
            "经核实无误",
            "已核实无误",
        ),
        *(NOT_APPLICABLE_WORD, "na", "nil", "none", "null", "ok", "okay", "yes", "no", "test", "测试", "tbd", "tba"),
        *("true", "false", "ref", "div", "value", "name", "num", "spill", "calc"),
    }
)
"""Words that stand where a reason should and give none, and what a spreadsheet writes of its own."""

_NOW = "(?:[本当这]个?[月季期周]度?|单月)"
_THE_MONTHS = re.compile(
    rf"{_NOW}的?(?:数|值|增量|情况$|实际$|完成$|新增$|发生$|的?$)|月度(?:数|值)|增量|(?:新增|净增|增加|增长|发生)(?:数|值|量|额)$|(?:非|不是|未|没有?|并非)(?:按|填)?(?:年度?)?累计"
    rf"|(?:只|仅)(?:填|报|计|算|统计|含|是|为)?了?{_NOW}|(?:填|报|按|系|[为是])的?(?:是|了|成了?)?{_NOW}(?!底|末|初|起|止|前|后|中)"
    r"|(?:沿用|照抄|照搬|填的?是?|按)上[月期次]|monthly|this month",
    re.I,
)
"""The figure is the month's, or an older one."""
_ADDED = re.compile(rf"{_NOW}(?:共|实际|净|已|又)?(?:新增|增加|增长|完成|发生|新建|办理|净增)")
"""So much came in this month: what a total has grown by, or the figure itself; with its cause it is a reason."""
_CAUSE = re.compile(
    "投用|投入|启用|验收|开业|开工|竣工|建成|并入|划[入归转出]|撤|合并|集中|[补漏][报录登计]|更正|调整|口径|政策|专项|重新|[因由]"
)
_UNIT = "(?:[千百十]?[万亿]?[元块]|[万亿]|百分数|百分比|百分点|小数|比例)(?![旦素件气老])"
_OTHER_UNIT = re.compile(
    rf"(?:按照?|[以用是系]|(?<!改)[为成]|单位|填的?是?|^(?:数字?|数值|金额)?){_UNIT}(?:人民币)?(?:为单位|计|填|算|统计|上?报|录|的|了|$)|(?:{_UNIT}|[以用按][个人户家张件项名]次?)(?:[为做作]单位|填)"
    r"|单位[是为]?(?:没|未|有误|错|不对|不是|忘)|(?:没有?|未)(?:换算|折算|转换)|in yuan",
    re.I,
)
_MISTAKE = re.compile(
    "[填写录报算输弄搞打看抄点记]错|[填写](?:反|串|漏)|[误错][填写报录计输抄登记算打统]|[多少][填写打输录](?:了|一个|两个|几位)?|虚报|笔误|手误"
    "|手滑|有误|错误|^错|^应[为是]|不对|不准|typo|mistake|wrong",
    re.I,
)
_OPEN = re.compile(
    "待(?:进一步|重新|再)?(?:核[实对查准]|复核|查实|查证|确认|更正|修改|改正|订正|统计|补充|补报|审核)|[待需须]核$|尚?未(?:经)?(?:核|统计|确认)"
    "|(?:下[月次期]|以后|之后|后续|随后|稍后)再?(?:来)?(?:更正|订正|修[改正]|改正?|核|补)|请(?:予)?(?:更正|修改|忽略)"
    "|(?:需|须|应|要)(?:予以?)?(?:更正|修改|改正)|暂(?:估|填|报|按|定)|估[算计]数?|预估|大概|随便|先填|先报|占位|不确定|存疑|拿不准",
    re.I,
)
_NOT_SO = re.compile("(?:不是|没有|[非无未没])$")
_EARLIER = re.compile(
    "(?<![比较与和同])(?:上[个一]?[月期次季]|以前|之前|此前|前期|前[一几]?[个次]?月|原[来先报]?|往[月期]|去年|上年|年初)|[0-9一二三四五六七八九十]+月"
)
"""An earlier figure is spoken of: that it was wrong is why this one differs."""
_CORRECTED = re.compile(
    "更正|订正|纠正|修正|改正|重报|重新[统核登填计汇]|冲减|核减|调减|剔除|扣除|经复?核|correct", re.I
)


def explains(note: str) -> bool:
    """Whether a note gives a reason: words of more than one letter, not only such as say nothing, and no admission."""
    said = note if note.isascii() else matched_form(note)
    return not admits(note) and any(map(_gives_a_reason, _CLAUSES.findall(said)))


def _gives_a_reason(clause: str) -> bool:
    is_empty = _ADDED.search(clause) and not _CAUSE.search(clause)
    words = (word for word in _WORDS.findall(clause) if word.casefold() not in _EMPTY_WORDS)
    return not is_empty and any(len(set(word.strip(BLANKS))) > 1 for word in words)


def admits(note: str) -> bool:
    """Whether a note says that the figure is of the wrong kind; what it says of earlier figures is none of it.

    A mistake is none either where the note says that it has been corrected. A note that says no more than what was
    added this month (本月新增12张) admits that this is what the figure gives.
    """
    clauses = [_FILLING.sub("", clause) for clause in _CLAUSES.findall(matched_form(note))]
    if any(map(_admits_now, clauses)):
        return True
    if not _CORRECTED.search("".join(clauses)) and any(_found(_MISTAKE, each, is_any_month=True) for each in clauses):
        return True
    added = [each for each in clauses if _ADDED.search(each)]
    return bool(added) and not any(_gives_a_reason(each) for each in clauses)


def _admits_now(clause: str) -> bool:
    return bool(_OPEN.search(clause)) or _found(_THE_MONTHS, clause) or _found(_OTHER_UNIT, clause, is_any_month=True)


def _found(admission: re.Pattern[str], clause: str, *, is_any_month: bool = False) -> bool:
    """Whether a clause holds such words of this figure: not denied, and not of an earlier one named before them."""
    earlier = (found for found in _EARLIER.finditer(clause) if is_any_month or not found[0][0].isdigit())
    end = next((found.end() for found in earlier), len(clause))
    found = admission.finditer(clause, 0, end)
    return any(not _NOT_SO.search(clause, max(0, each.start() - 3), each.start()) for each in found)
