"""The words for what was wrong with a figure, and for what came and went: the one table that all rules about notes ask.

Each says which way it moves the figure that is put right. Who counted too much last time has less now; to have taken
off is to have less, whatever was wrong with it.
"""

from collections.abc import Collection, Sequence

from mzplan.reading.patterns import late

ENTER = "(?:复?[报填计统登录列记算抄输写打])"
"""To put a figure down, or to count."""
OVER_WORDS = f"[多虚]{ENTER}+入?|填多|重复(?:{ENTER}+入?)?|误(?:{ENTER}|增|加)(?![^\\d]{{0,2}}[共总应实现])"
"""More was counted than there was; 误计共20 gives all that there are."""
_UNDONE_WORDS = "[误多错](?:[核冲调扣]减|核销|剔除|扣除?|删除?|减|清退|注销)"
UNDER_WORDS = f"[少漏]{ENTER}+入?|填少|遗漏|{_UNDONE_WORDS}"
"""Less was, or too much was taken off."""
SLIP_WORDS = (
    f"[填写录报算输弄搞打看抄点记贴粘登数据值]错|错{ENTER}(?!入)|笔误|手误|手滑"
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
DOWN = late(
    f"减|降|剔|(?<!未)(?<!没有)(?:关[停闭]|停[业办]|取缔|吊销)|扣|退|注销|离[职岗世异]|辞[职退]|去世|死亡|病故|流失|[划转迁调]出|{_WENT_OVER}|{_TAKEN_OVER_WORDS}|调离|拆[除迁]|过期|{TAKEN_OFF_WORDS}|{OVER_WORDS}"
)
_UNDONE, _TAKEN_OVER, _MISTAKEN = late(_UNDONE_WORDS), late(_TAKEN_OVER_WORDS), late(f"误{ENTER}")
NOT_SO = late("(?:不是|没有?|不存在|[非无未])(?:发[现生]|任何|什么|有|明显|再|予以?)*$")


_SOON = "(?:[于在再可要会能年底初内前后中份月日陆按如\\d]|下个?月|[今明]年|全部|[逐陆][步续]|予以)*"
_OPENS = "新增|增加|净增|扩[建大]|建|投[用入]|启用|开业|竣工|完[成工]|改造|招|发放|拨付|到位|[达增]到"
_PUT_RIGHT = "(?:[核冲调扣]减|核增|剔除?|扣除?|[更订修改]正|更改|补[报录登填计])"
_GOES = rf"(?:减|关[停闭]|停[业办]|撤|合并|清[退理]|搬|划|移交|转[入出]|注销|退|{_PUT_RIGHT})(?!\w{{0,2}}的)"
_WILL = (
    "(?:计划|(?:^|[年月]度?)目标[是为]?|争取|力争|准备|打算|有望|希望|想|[需须]要?|即?将|下个?[月季周]"
    "|[明来]年|正在(?:办理|进行)?|[等待]\\w{1,6}?后再?)"
)
_NOT_YET = late(
    f"^(?!.*(?:已|误|错|漏|[计统算列纳]入)).*(?:(?<![模虚])拟(?!合)|(?<![比超])预[计期]|{_WILL}{_SOON}(?:{_OPENS}))"
    f"|(?:(?<![模虚])拟|{_WILL}){_SOON}{_GOES}|(?:申请|报请|^(?:特|现)?(?:请求|要求|建议))(?:新增|{_PUT_RIGHT})"
)
"""So much is meant to come or go, or asked for, and has not."""
_AS_ASKED = late("(?:按照?|[根依]据|依照|完成|列入|[经超原应])\\w{0,8}?(?:计划|要求|目标|建议|申请|需要)")
"""It came as it was planned."""
_DENIED = late(f"[未没]有?(?:再|曾|予以?|进行|发生|完成|办理)*(?:{OVER_WORDS}|{UNDER_WORDS}|{SLIP_WORDS}|{_GOES})")
"""It has not come about; where something is put right now it was so before."""
_MAYBE = late("是否|有[没无]有|疑似|疑有|可能|或许|也许|不排除|怀疑")
_IF = late("^(?:如|假如|若|要是|倘)(?!干|期|实|下|上|数)")
"""It is not known whether; with all that follows where it is a condition."""
_OF_YEAR = late(r"(?<!\d)(20\d\d)年|[去上]年")
_MENDED = late(
    r"(?:已|于|在)+(?P<month>\d{1,2}|上个?)月|(?P<then>\d{1,2}|上个?)月(?:份)?(?:已经?|就)+(?=[更改订修补核剔扣])"
)
_OTHERS = late("(?:其[他它]|[外邻别])[县市区]")
_MEND = late(f"[更改订修]正|补[报录登填]|{TAKEN_OFF_WORDS}")


def of_this_step(clauses: Sequence[str], year: int = 0, before: int = 0, others: Collection[str] = ()) -> list[str]:
    """The clauses but those that are no reason why a figure of that year differs from that of the month before.

    So much is still to come, has not, or may be; it was wrong in another year, and nothing is said to be put right
    now; it was put right by the month before already; or it is another unit's, one of `others` by their names. Year
    and month are 0 where they are not known.
    """
    at = next((at for at, each in enumerate(clauses) if _IF.search(each)), len(clauses))
    here = [each for each in clauses[:at] if not (_NOT_YET.search(_AS_ASKED.sub("", each)) or _is_others(each, others))]
    is_done = any("已" in each and _MEND.search(each) for each in here)
    here = [each for each in here if is_done or not _MAYBE.search(each)]
    here = [each for each in here if not _DENIED.search(each) or any(_MEND.search(one) for one in here if one != each)]
    mended = {each: said for each in here if _MEND.search(each) and (said := _MENDED.search(each))}
    months = [said["month"] or said["then"] for said in mended.values()]
    is_mended = any((int(month) if month.isdecimal() else 1) <= before for month in months)
    is_now = not is_mended and any(map(_MEND.search, here))

    def is_told(clause: str) -> bool:
        of_year = _OF_YEAR.search(clause)
        is_other = bool(year) and of_year is not None and of_year[1] != str(year) and not is_now
        is_of_slip = clause in mended or any(words.search(clause) for words in (OVER, UNDER, SLIP))
        return not (is_of_slip and (is_other or is_mended))

    return [each for each in here if is_told(each)]


def _is_others(clause: str, others: Collection[str]) -> bool:
    """Whether a clause begins with another place, and says of it what was wrong or taken off."""
    place = _OTHERS.match(clause)
    end = max([place.end() if place else 0, *(len(each) for each in others if clause.startswith(each))])
    return end > 0 and any(words.search(clause, end) for words in (OVER, UNDER, SLIP, _MEND))


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
