"""What a note says of its own figure that makes it one of the wrong kind: the one table of the kinds.

It may be the month's in place of the total, in another measure unit, a part, foreseen or guessed, a mistake, or still
to be checked.
"""

import re
from collections.abc import Sequence

from mzplan.reading.patterns import late
from mzplan.submissions.amounts import IS_MADE_UP
from mzplan.submissions.clauses import EARLIER, IT_IS, SUBJECT, clauses_of, is_said_of_now, not_left_out, of_the_figure
from mzplan.submissions.disowned import withdrawn
from mzplan.submissions.names import matched_form
from mzplan.submissions.slips import SLIP_WORDS

NOW = "(?:(?<![计记列]入)[本当这]个?[月季期周]度?|单月)"
THE_MONTHS = late(
    rf"(?<![含括]){NOW}的?(?:数|值|增量|情况$|实际$|完成$|新增$|发生$|的?$)|月度(?:数|值)|增量|(?:新增|净增|增加|增长|发生)(?:数|值|量|额)$|(?:非|不是|未|没有?|并非)(?:按|填)?(?:年度?)?累计"
    rf"|(?:只|仅)(?:填|报|计|算|统计|含|是|为)?了?(?:{NOW}|[0-9]+月)|(?:填|报|按|系|[为是])的?(?:是|了|成了?)?(?:[0-9]{{1,2}}月份?)?{NOW}(?!底|末|初|起|止|前|后|中)"
    r"|(?:沿用|照?抄|照搬|填的?是?|按)上[月期次](?!的?(?:口径|标准|做法|格式|方法))|monthly|this month",
    re.I,
)
"""The figure is the month's, or an older one."""
_UNIT = "(?:[千百十]?[万亿]?[元块]|[万亿]|百分数|百分比|百分点|小数|比例)(?![旦素件气老])"
_OF_MEASURE = f"(?:计量|金额|数[量据值字]|^(?:{SUBJECT}|[仍还都均]){{0,6}}|的)"
"""Before 单位 where it measures: behind a number it is a body that is counted."""
_NOT_CONVERTED = (
    "[都还仍是为]*(?:没有?|未|忘了?记?)(?:作|做|进行)?(?:换(?![届证发岗])|改(?![制革造建])|折|转[换成]|统一$|写$|弄|看)"
)
OTHER_UNIT = late(
    rf"(?:按照?|[以用是系]|(?<!改)[为成]|单位|填的?是?|^(?:数字?|数值|金额)?){_UNIT}(?:人民币)?(?:为单位|计|填|算|统计|上?报|录|的|了|$)|(?:{_UNIT}|[以用按][个人户家张件项名]次?)(?:[为做作]单位|填)"
    rf"|{_OF_MEASURE}单位(?:{_NOT_CONVERTED}|[是为]?(?:有误|错(?![峰开过报])|不对(?![外内口社症])))"
    r"|(?:没有?|未|忘了?)(?:换算|折算|转换|(?:除以|乘以)\d)|in yuan",
    re.I,
)
SLIPS = late(
    f"{SLIP_WORDS}|误(?:[填写报录输抄登记打统]|[计算](?!入))|[填写](?:反|串|漏)|[多少][填写打输录](?:了|一个|两个|几位)?|虚报"
    "|有误(?!差)|错误|[串错][行列格栏位](?:了|$)|填[到在]了?[别其上下另][^,，]{0,4}[行列格栏]|typo|mistake",
    re.I,
)
_NOT_OF_IT = "(?<!账目)(?<!账务)(?<!财务)(?<!单位)(?<!自查)(?<!材料)(?<!资料)(?<!信息)(?<!票据)"
"""Not behind what an audit or a visit finds wrong, which is no figure."""
_OF_DATA = "(?:(?<=数据)|(?<=[数值字表])|(?<=可能)|^)"
_UNTRUE = late(
    f"{_NOT_OF_IT}有误(?!差)|{_OF_DATA}有误差|不对(?![外内口社症])|不(?:一定|太|很|大|够)?准(?![入备时])"
    "|数[据字值]?不(?:真?实|符)"
)
_OF_BODIES = late("\\d[家户处所个](?!.*数)")
"""It is so many of them that something is wrong with, and not the figure."""
MISTAKE = (SLIPS, _UNTRUE, late("^错(?!在)|^应[为是]|wrong", re.I))
_WRONG_NOW = (
    _UNTRUE,
    late(
        r"^错误?$|^应[为是]|^应填?[在到]|^[^,，\d]*填成|行串了?$"
        "|^(?:数据?|数字|数值|此数|此行)?误[填写报录]了?$"
        f"|^(?:{SUBJECT})?"
        "(?:可能|[行列])?(?:复制)?(?:填写?|[写抄弄搞粘贴打输看报数算录]){0,2}(?:(?<!^)[错串]了?[一两个]*[行列格栏位]?了?|[串错][行列格栏位]了?)$"
        "|漏[报统填算计登][^,，]{0,6}(?:没有?|[还尚]?未)(?:[计列纳]入|统计|上报|补)了?$"
        "|填[到在]了?[别其上下另][^,，]{0,4}[行列格栏]|[别其上下另][一个]*[行列格栏][^,，]{0,4}[填写][到在进]|wrong",
        re.I,
    ),
)
"""That it is wrong as it stands, and not that it was."""
_BY_SO_MUCH = late(r"(?:[比较]?上[个一]?[次月])?(?:[增减][加少]|[多少][填写报录计统算]\w?)了?\d")
"""How much there is less, or more, once a slip is put right: 填错，减少12张 tells of the earlier figure."""
OPEN = late(
    "待(?:进一步|重新|再)?(?:核[实对查准]|复核|查实|查证|确认|更正|修改|改正|订正|统计|补充|补报|审[核定]|更新)|[待需须]核$|尚?未(?:经)?(?:核|统计(?!到)|确认)"
    "|(?:(?:正在|[待需须要再]|(?:还|尚)?(?:没有?|未))(?:[由经与和跟同]?[^,，\\d]{0,4}?)(?:核[实对查]|(?<=[要再])核|确认|审[核定]?|统计|汇总)|(?:后(?:[面来]|(?=[会要]))|过[^,，]{1,3}|还|可能|或|数[据字]会)[会要有再]*(?:变[化动]?|调整?|修?改|更正))[完好]?$"
    "|(?:核[实对]|统计|汇总|审核)中$"
    "|(?:下[月次期]|以后|之后|后[续期]|随后|稍后)[会将]?再?(?:来)?(?:更正|订正|修[改正]|改正?|调整?$|核|补(?![考贴助]))|请(?:予)?(?:更正|修改|忽略|重新[核统填计])|重新核$"
    "|(?<![无不])(?<![无不]需)(?:需|须|应|要)(?:予以?)?(?:更正|修改|改正)|暂(?:估|填|报|按|定)|估[算计]数?|预估|大概|随便|[瞎乱][填编]|凑[的整数]|编的|先(?:这[样么])?[填报交]|占位|[暂尚]无数据|不确定|存疑|有疑[问义]|不清楚|可能偏|有水分|虚高|最终数?以|[拿吃]不准|没有?把握|待定$|供参考$|参考[数值]"
    "|(?:不是|[非未])最终|初步(?:数|统计|汇总)|(?:^[与和跟同][^,，月年标划期]{1,8}?)?(?:(?<!没)有(?:些|点|较大)?(?:出入|差异|问题)|对不[上起]|不符|(?<!口径)不一致)$|^[与和跟同][^,，月年标划期]{1,6}?口径不一致$|账实不符|^数据异常|(?:[测试]试|模拟|演示|暂时)数|试填|随手填|暂时先",
    re.I,
)
_SO_MANY = "\\d(?:[人名位户家处所个张件项]|万?元|人次)"
DO_NOT_FIT = late(f"{_SO_MANY}(?!.*数)[^,，\\d与和跟同]*(?:不符|不一致)$")
"""So many of what is counted are not what they should be, which is no doubt about the figure."""
_TAKEN_FOR = late(f"(?:{EARLIER.pattern})份?[误错]?[将把][^,，]*[填写报录][成作]")
"""One number was written in place of another in a month that is named."""
_ALL_MADE_UP = late(f"{IS_MADE_UP.pattern}(?:\\d[\\d.]*[^\\W\\d]{{0,2}})?")
"""They are in the figure now, be it said beside it how many."""
_WERE_MISSED = late(
    f"(?:{_SO_MANY}|^(?:{EARLIER.pattern}))[^,，\\d]*(?:没有?|未)[^,，\\d]{{0,4}}(?:统计|汇总|录入|登记|填?上?报送?|[计列纳]入)(?:在内|系统)?$"
)
_ABOUT_FIGURES = late(
    "(?:我们?|此|该|这|本|以上|上述|均|些|个|可能|[人户家件张项]数|数据?|数字|数值|值|表|填|报|为|是|系|暂|目前|还|尚|仅|只|需|有|的|进度|完成|全部|部分)*"
)
"""All that may stand before such words where they are said of the figure, and not of what it counts."""
_PARTIAL = late(
    "(?:只|仅)(?:统计|含|包[含括]|报|填|汇总|收到)了?(?!本|全|我)[^,，]{0,6}(?:镇|乡|街道|村|社区|部分|片)|\\d+个?[^,，\\d]{1,4}只(?:报|收|统计|汇总)[^,，\\d]{0,3}\\d|^(?:部分|个别)[^,，]{1,6}(?:数|数据)$"
    "|(?:其余|其他|其它|另有|还有|部分)[^,，]{0,6}(?:下[月期]再?补|(?:未|没有?|漏)(?:上?报(?![名考])|报送|统计|汇总))|(?:数据?|统计|汇总|填报)(?:不|没|未)(?:完[整全]|[全齐])|不完全统计|只有?[^,，]{0,4}(?:镇|乡|街道|[家个])[^,，]{0,3}报了?$|[没未](?:有)?(?:上?报|统计|汇总)[全齐]|^[^,，\\d]{2,8}?(?:还|尚|都)?(?:没有?|未)上?报$"
    "|(?:镇|乡|街道|村|社区|[县区市院园站]|中心|机构|单位|部门|[家个处])的?(?:数据?|报表)?(?:[暂尚还都仍]*(?:没有?|未)(?:及时)?(?:上?报|报送|提?交|填|统计|汇总|算|[计列]入|包含|收?[到来]|在内)(?:进[来去]|上?来|在内|数据?)?)+$|(?:镇|乡|街道|村|社区)的?(?:数据?)?(?:缺[报失]?|不在内)$"
)
"""A part is missing in it."""
_FORESEEN = late(
    "(?<![成到过超])(?:预[计测估](?:[^,，]{0,2}(?:全年|年底|年末))?(?:可|能|将)?(?:完成|达到)?(?:数|值)|(?:全年|年底|年末|年度)(?:预计|预测|计划|目标|任务)(?:完成)?(?:数|值))(?!的)|"
    + of_the_figure(
        "(?:全年|年底|年末|年度|[本今]年|[0-9]{1,2}月份?底?)?的?(?:目标|计划|任务|规划|设计|拟建|在建|预[计测估算])(?:\\w{1,6}(?=数))?",
        "(?:[数值的]|填报?)+",
    )
)
"""It is what is expected or planned."""
_ESTIMATED = late(
    f"^(?:{SUBJECT})?(?:{IT_IS})?(?:(?:按照?|根据|依据|凭|参照)[^,，不非未没无]{{0,8}}?)?"
    "(?:[^,，评预不非未没无]{0,8}?(?:推[算测估]|匡算)|(?:大致|粗略|[毛约])?(?:估[算计摸]?|概算)|(?:比例|平均)(?:折算|计算)|(?:测算|拍脑袋|大?约)(?=[数值的]))"
    "(?:[数值的着估]|出来?|得[出来到])*(?:填报?的?)?$"
)
"""It is worked out or guessed, and not counted."""
CORRECTED = late(
    "(?<![未没])(?<!没有)(?:更正|订正|纠正|修正|改正|已改(?![造建革])|重报|重新[统核登填计汇]|冲减|核减|调减|剔除|去重|扣除|经复?核(?!\\w{0,2}(?:无误|属实|准确|正确|一致))|correct)",
    re.I,
)


def is_of_wrong_kind(note: str) -> bool:
    """Whether a note says that the figure is of the wrong kind, its month's increase with its number left aside."""
    return is_of_wrong_kind_now(note) or _tells_a_mistake(not_left_out(note), MISTAKE)


def is_of_wrong_kind_now(note: str) -> bool:
    """The same, a slip left aside: it may be why an earlier figure was another."""
    clauses = _of_the_figure(note)
    return withdrawn(clauses) is not None or any(OPEN.search(each) or _is_wrong_kind(each) for each in clauses)


def _of_the_figure(note: str) -> list[str]:
    """The clauses of a note but those of so many that do not fit, or of what was wrong and is made up for, or right."""
    clauses = not_left_out(note)
    is_made_up = any(_ALL_MADE_UP.fullmatch(each) for each in clauses)
    is_right = any(map(CORRECTED.search, clauses))
    return [
        each
        for each in clauses
        if not (
            DO_NOT_FIT.search(each)
            or (is_made_up and _WERE_MISSED.search(each))
            or (is_right and _TAKEN_FOR.match(each))
        )
    ]


def makes_up(note: str) -> bool:
    """Whether a note says that so many were missing from an earlier figure, and are made up for in this one."""
    clauses = clauses_of(note)
    return any(map(_ALL_MADE_UP.fullmatch, clauses)) and any(map(_WERE_MISSED.search, clauses))


def corrects(note: str) -> bool:
    """Whether a note says that a figure has been corrected."""
    return bool(CORRECTED.search(matched_form(note)))


def admits_now(note: str) -> bool:
    """Whether a note alone, whatever the figure looks like, says that it is of the wrong kind.

    What is open must be so of the figure: a project that waits for its approval says nothing of it. A slip (笔误) may
    be why the figure was changed.
    """
    clauses = _of_the_figure(note)
    is_by_how_much = any(map(_BY_SO_MUCH.match, clauses))
    if withdrawn(clauses) or (not is_by_how_much and _tells_a_mistake(clauses, _WRONG_NOW)):
        return True
    return any(
        _is_wrong_kind(clause)
        or any(_ABOUT_FIGURES.fullmatch(clause, 0, found.start()) for found in OPEN.finditer(clause))
        for clause in clauses
    )


def _tells_a_mistake(clauses: Sequence[str], words: Sequence[re.Pattern[str]]) -> bool:
    return not CORRECTED.search("".join(clauses)) and any(
        is_said_of_now(word, each, is_any_month=True)
        for each in clauses
        for word in words
        if not (word is _UNTRUE and _OF_BODIES.search(each))
    )


_KINDS = (
    (OTHER_UNIT, True, "换算成计划的计量单位再填"),
    (THE_MONTHS, False, "累计数填从1月1日起的，存量填期末的"),
    (_PARTIAL, True, "补齐没有报的再填"),
    (_FORESEEN, False, "填实际发生的数"),
    (_ESTIMATED, False, "填实际发生的数"),
)
"""The kinds that a figure may be of and should not: the words, whether they may be of any month, and what to do."""


def _is_wrong_kind(clause: str) -> bool:
    return any(is_said_of_now(words, clause, is_any_month=any_month) for words, any_month, _ in _KINDS)


def remedy_of(note: str) -> str:
    """What to do about a figure of which a note says of what kind it is; empty where it does not."""
    clauses = _of_the_figure(note)
    if taken_back := withdrawn(clauses):
        return taken_back.remedy
    for words, any_month, remedy in _KINDS:
        if any(is_said_of_now(words, clause, is_any_month=any_month) for clause in clauses):
            return remedy
    return "核实以后填准确的数" if any(OPEN.search(each) or _UNTRUE.search(each) for each in clauses) else ""
