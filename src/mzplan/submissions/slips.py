"""The words for what was wrong with a figure, and for what came and went: the one table that all rules about notes ask.

Each says which way it moves the figure that is put right. Who counted too much last time has less now; to have taken
off is to have less, whatever was wrong with it.
"""

import re
from collections.abc import Sequence

from mzplan.reading.patterns import late

ENTER = "(?:复?[报填计统登录列记算抄输写打])"
"""To put a figure down, or to count."""
OVER_WORDS = (
    f"[多虚]{ENTER}+入?|填多|重复(?:{ENTER}+入?)?|误(?:{ENTER}|增|加)(?![^\\d]{{0,2}}[共总应实现]|[成为作]了?约?\\d)"
)
"""More was counted than there was; 误计共20 gives all that there are, 误报为20 what was reported."""
_UNDONE_WORDS = "[误多错](?:[核冲调扣]减|核销|剔除|扣除?|删除?|减|清退|注销)"
UNDER_WORDS = f"[少漏]{ENTER}+入?|填少|遗漏|{_UNDONE_WORDS}"
"""Less was, or too much was taken off."""
SLIP_WORDS = (
    f"[填写录报算输弄搞打看抄点记贴粘登数据值]错|错{ENTER}(?!入)|笔误|手误|手滑"
    f"|误{ENTER}+[成为作](?=了?约?\\d)|[填写打录输抄弄搞放看颠](?:反|颠?倒)"
    "|(?:统计|录入|登记|填报|计算|归类|汇总|填写|输入|抄写)(?:错误|有误(?!差)|差错)"
)
"""It was wrong, and it is not said which way."""
TAKEN_OFF_WORDS = "[核冲调扣]减|剔除|扣除|减去|去掉|移出|清退"

_ELSEWHERE = "(?:[邻外他别][县市区省地镇乡]|(?:兄弟|周边|相邻|邻近)[县市区])"
_MOVE = "(?:划[转归拨]?|移交|转[交移]?|(?<![提递成])交|调[拨配剂]|托管|归还)"
_CAME_OVER = (
    r"接[收管手]|代管|承接|并入(?=约?(?:\d|$))|[从由自][^,，\d]{1,8}并入|[划转迁调搬移](?:[交拨转]?[过回]?来|[交拨转]?进)"
    f"|{_MOVE}[到至给归往]?[我本]"
)
_WENT_OVER = (
    rf"{_MOVE}(?:[到至给往](?![我本]|\w{{0,6}}[账户])|(?={_ELSEWHERE}))|[划转迁调搬](?:往(?![我本])|走)|[并归]入(?={_ELSEWHERE})"
    rf"|(?:[向给往]{_ELSEWHERE}|^[张个人户家名件所处]?(?:已|均|现|共|全部|本月|\d{{1,2}}月)*)移交(?![给至到往]?[我本]|[过回]?来|[进入])"
)
"""From another place, and to one; what is moved to an account has come, and so has what a builder hands over (移交)."""
_TAKEN_OVER_WORDS = rf"(?:{_ELSEWHERE}|由(?![我本])[^,，\d]{{1,6}}[县市区])(?:统一)?(?:接[收管手]|代管|承接|管理)"
"""Another place has it now."""

OVER, UNDER, SLIP, TAKEN_OFF = map(late, (OVER_WORDS, UNDER_WORDS, SLIP_WORDS, TAKEN_OFF_WORDS))
UP = late(
    f"(?<!误)增|新(?=[增招录取入登投开建成设办])|提高|上升|恢复|复[业工]|{UNDER_WORDS}|补|[划转迁调]入(?!{_ELSEWHERE})|{_CAME_OVER}"
)
_GONE_WORDS = (
    f"(?<!未)(?<!没有)(?:关[停闭]|停[业办]|取缔|吊销)|扣|退(?![役伍]军人)|注销|离[职岗世异]|辞[职退]|去世|死亡|病故|流失|[划转迁调]出"
    f"|{_WENT_OVER}|{_TAKEN_OVER_WORDS}|调离|拆[除迁]|过期|{TAKEN_OFF_WORDS}|{OVER_WORDS}"
)
DOWN = late(f"减|降|剔|{_GONE_WORDS}")
_UNDONE, _TAKEN_OVER, _MISTAKEN = late(_UNDONE_WORDS), late(_TAKEN_OVER_WORDS), late(f"误{ENTER}")
TAKEN_FOR_IT = late(f"[误错][将把]?.*(?:[计列算纳]入|[算当][作成]|[计列算][到进])|误{ENTER}?入(?![职伍院])")
"""So many were counted who should not have been."""
_NONE_OF_IT = late("(?:不(?:是|属于?|符合?|应)|并非)[^,，\\d]{2}|[计列算][了到]?进[来去]|误[计算列]了?$")
"""The same where they are taken off."""
NOT_SO = late("(?:不是|没有?|不存在|[非无未])(?:发[现生]|任何|什么|有|明显|再|予以?)*$")


MADE_UP_WORDS = "补[报录登填计统]"
"""What was missing is there now."""
PUT_RIGHT_WORDS = f"[核冲调扣]减|核增|剔除?|扣除?|[更订修改]正|更改|{MADE_UP_WORDS}|去重"
LEFT_OUT = late(f"{MADE_UP_WORDS}|漏[报录登计填统]|未[计列纳]入")
"""So many were missing from a figure."""
GOES = (
    r"(?:减|关[停闭]|停[业办]|撤|合并|清[退理]|搬|划|移交|转[入出]|注销|退|离[职岗]|辞[职退]|调[离出]"
    rf"|{PUT_RIGHT_WORDS})(?!\w{{0,2}}的)"
)
"""What leaves, or is put right."""
MEND = late(f"[更改订修]正|去重|{MADE_UP_WORDS}|{TAKEN_OFF_WORDS}")

_TAKES_BACK = late(
    f"{_GONE_WORDS}|{UNDER_WORDS}|{SLIP_WORDS}|{PUT_RIGHT_WORDS}|误|重[复叠]|口径|纳入|核(?:查|验)发现"
    "|撤|取消|作废|废止|终止|失效|无效|到期|期满|届满|损[毁坏]|倒塌|烧毁|合并|并[入归]|区划|变更|收回|追回|不再|解约"
    "|不(?:合格|符合?|达标|属实|具备|实|存在)|迁出|搬[走离]|走失|离世|亡故|关门|[拆收]了"
)
"""What was counted does not count any more, or should not have been: alone these make a total since January smaller."""


def takes_back(clauses: Sequence[str]) -> bool:
    """Whether some clause says why what was counted is so no more: that a month brought little takes back nothing."""
    return any(
        not NOT_SO.search(clause, 0, found.start()) for clause in clauses for found in _TAKES_BACK.finditer(clause)
    )


def wrongly_counted(clauses: Sequence[str]) -> set[int]:
    """The places of the clauses that say who or what was counted and should not have been, and how many.

    They may be anybody: that they are none of what the figure counts is why they are taken off. A clause without a
    number says it of the one before.
    """
    is_taken_off = any(map(MEND.search, clauses))
    found = set[int]()
    for at, clause in enumerate(clauses):
        if TAKEN_FOR_IT.search(clause) or (is_taken_off and _NONE_OF_IT.search(clause)):
            if re.search(r"\d(?!月)", clause):
                found.add(at)
            elif at and re.search(r"\d(?!月)", clauses[at - 1]):
                found |= {at - 1, at}
    return found


def way_of(text: str) -> int:
    """1 where the words speak of more, -1 of less, 0 of neither or both; 误报 alone is of less, 误报少报 of more."""
    text = _TAKEN_OVER.sub("移出", _UNDONE.sub("漏报", text))
    more, less = bool(UP.search(text)), bool(DOWN.search(text))
    if more and less:
        less = bool(DOWN.search(_MISTAKEN.sub("", text)))
    return more - less


def way_of_slip(clauses: list[str]) -> int:
    """Which way a figure moves when what was wrong with it is put right: as `way_of`; 0 where that is denied."""
    ways = {
        way_of(each)
        for each in clauses
        if any(words.search(each) for words in (OVER, UNDER, TAKEN_OFF))
        and not any(map(NOT_SO.search, _before_slips(each)))
    }
    return ways.pop() if len(ways) == 1 else 0


def _before_slips(clause: str) -> list[str]:
    return [clause[: found.start()] for words in (OVER, UNDER) for found in words.finditer(clause)]
