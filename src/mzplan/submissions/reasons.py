"""What a note has to say to be a reason for a figure: a cause in the world, or what of an earlier one was corrected.

A cause is known by its words (投用, 合并, 台风, 漏报): nobody can list what people write where a reason should
stand and gives none (属实, 系统导出, 根据领导要求).

Some notes admit that the figure is of the wrong kind: the month's in place of the total, in another measure unit, a
mistake, still to be checked. Such a note does not clear a finding, it confirms it, whatever else it says: what is in
yuan stays in yuan for any cause.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from mzplan.reading.patterns import late
from mzplan.submissions.clauses import (
    CLAUSES,
    DENIED,
    EARLIER,
    FILLING,
    clauses_of,
    is_said,
    plain_note,
    without_name,
)
from mzplan.submissions.names import matched_form
from mzplan.submissions.slips import NOT_SO, OVER, OVER_WORDS, TAKEN_FOR_IT, TAKEN_OFF, UNDER_WORDS
from mzplan.submissions.steps import ARRIVED_WORDS
from mzplan.submissions.wrong_kinds import (
    CORRECTED,
    MISTAKE,
    NOW,
    OTHER_UNIT,
    SLIPS,
    THE_MONTHS,
    is_of_wrong_kind,
    is_of_wrong_kind_now,
    makes_up,
)

_COLON = late("[:：]")
_SCOPE = late(
    "口径(?![^,，]{0,3}(?:[不未无没同])|一致)[^,，]{0,6}(?:调整|变|改|修订|扩大|缩小|统一为|不同)|(?:调整|变更|改变|修订|新)(?:了|的)?[^,，]{0,4}口径|纳入|剔除|去重|不再(?:计|列|统)"
)
"""That things are counted otherwise: no reason for as much as another measure unit makes of a figure."""
_EVENTS = late(
    # what opens, is built, is finished
    "投用|投入使用|投入运营|启用|开业|开园|开院|开张|开工|开办|开设|开馆|竣工|完工|建成|落成|新建|扩建|改建|迁建|改造|修缮|装修|维修|验收|交付|揭牌|挂牌"
    r"|新设|增设|成立|设立|[新增]{1,2}(?:[^\W\d]{0,4}\d*[个家所处支])?[^\W\d]{0,6}(?:机构|中心|站|院|组织|试点|项目|场所)"
    # what closes, moves, becomes something else
    "|关闭|关停|停业|停办|停用|停运|停工|停课|暂停|撤[销并镇乡村县]|注销|取缔|吊销|拆除|拆迁|拆分|搬迁|迁[出入址移]|退出|清退|清理|解散|终止|取消|到期|(?:有效)?期满|届满|换届|过期|破产|烧毁|倒塌"
    "|合并|兼并|并入|整合|划[入出归转定]|区划|分设|移交|转[入出为]|改[制革]|更名|升格|降级|村改居|归口|托管|代管|接管|接收|承担|委托"
    # whom it happens to
    "|去世|死亡|病故|离世|亡故|离[职岗异]|辞[职退]|退(?:[休住保出]|役(?!军人))|调[离出入]|招[聘录募]|录用|入[职住院户]|出院|外出|返乡|务工|脱贫|迁居|搬离|走失|返岗|转岗|轮岗|流失"
    # what befalls a place
    "|疫情|新冠|甲流|流感|传染病|灾|台风|洪|暴雨|强降雨|大雪|寒潮|高温|地震|火情|事故|故障|停电|断网|休市|退回|备案|收养|离站|春节|清明|端午|中秋|国庆|重阳|元旦|寒假|暑假|假期|节假日|农忙|双节|开学|毕业|淡季|旺季|吉日|情人节|七夕"
    # what is decided and paid
    r"|出台|施行|新[规标政]|提标|扩面|提[高升]标准|标准(?:提高|上调|下调|调整)|放宽|收紧|放开|废止|修订|招标|流标|签约|拨付|下[达拨]|到[位账]|拨款|结转|追加|增拨|划拨|收回|募集|捐[赠款]|一次性|统一(?:发放?|颁|换|组织|登记|考)|[发颁换]证|提前|推迟|延[期迟后缓]|顺延|集中|分批|轮训|全员培训|第?[一二三四五六七八九十\d]{1,3}批"
    # who or what does not come in any more
    r"|不再?(?:符合|满足|具备)[^,，]{0,6}(?:条件|标准|资格)"
    # how things are counted
    f"|{_SCOPE.pattern}"
    # what was wrong with an earlier figure
    f"|{OVER_WORDS}|{UNDER_WORDS}|[误错]复?[报填计统登录算列记输写打]|误[将把]"
    "|(?:统计|录入|登记|填报|计算|归类|汇总)(?:错误|有误|差错)",
    re.I,
)
"""Words of a cause that need no others."""
_CHANGES = late(
    "更正|订正|纠正|修正|改正|更改|调整|冲减|核[减增销]|调减|扣除|补[报录登计填]|动态|变[更动]|审批|评定|认定|评审|复[评审核查]|年[审检]|普查|摸底|清查|新发现|排查出|专项|启动|申报|申请|报名|考试|培训|公布|公示|发放|支付|发行|捐|补[贴助]|试点|政策|活动|需求|老龄化|人口|采购|施工|没有|因|由于|尚[未无]|未[设建开启获通验竣投交]|不[设涉承]|无"
)
"""Words of a cause that need some thing that they are said of: 更正 alone says neither what nor why."""
_NOTHING = (
    "(?:变[化动更]|异[常动议]|问题|原因|说明|特殊|情况|事项|发生|调整|需要|其[他它]|更新|修改|更正|意见"
    "|补充|备注|必要|影响|误|差错|错误|错|增减|新增|增加|减少|内容|可|法)"
)
_SAYS_NOTHING = late(
    rf"(?:没有?|无|未|并未|暂无|尚无|尚未|不存在|不需要?|无需)(?:任何|什么|其[他它]|明显|大的?|特别|特殊|重大|有|发现|作){{0,3}}(?:{_NOTHING}|、|和|或)+"
    "|(?:因|由于|根据|按照?|依据|依照|遵照|为)?(?:各级|上级|领导|局里|市局|省厅|局长|科长|文件|会议|实际|有关|相关|规定|统一|工作|具体|客观|历史|技术|系统|统计|人为|特殊|其[他它]|种种|各种|多种|某些|一些|自身|正常|业务|内部|主观|的|和|与){0,6}"
    "(?:要求|指示|通知|安排|部署|精神|情况|需要|原因|因素|规定|口径|影响|办理|决定|意见)"
    "|数据?(?:更正|订正|修正|调整|变[化动更]|更新)|(?:统计|填报|上报)?(?:数据|数字|数值|数|指标|金额|资料|报表|表格|系统|台账|平台|软件|后台|附件|备注|说明|原因|情况|文件|材料|领导|上级|口径|累计|完成值|同比|环比)"
    "|请示|批示|汇报|后(?=调整|更[正改]|修[改正])|属实|确实|真实|准确|正确|无误|核[对实]|审核|审定|确认|反馈|建议|提醒|查实|导[出入]|生成|提供|填报?|上报|报送|统计|汇总|计算|得出|自动|直接|来源|同[上前意]|如[上下实]|详?见|参[见照]|略|以上|上述"
    "|按[月时期季年]|如期|照常|依法|依规|正常|一切|目前|暂时|相关|有关|具体|请|谢谢|一下|重新|核算|执行|研究|同意|(?:经办人|填[报表]人|(?:工作|填报|业务)?人员)的?(?:变[动更化]|更换|调整|轮岗|不足|少)|辛苦|麻烦|您|知悉|查收|审阅|理解|已经?|均|全部(?=$)"
    "|上[个一]?[月次期季]度?|[本当这去上今]年度?|[本当这]个?[月季期次]|以前|之前|此前|前期|近期|后期|今后|月份?|年|日|季度"
)
_EMPTY = late(
    "进展|推进|开展|落实|工作|措施|力度|成[效果绩]|效果|重视|努力|发展|业务|态度|领导|[各多]方|各级|高度|[有得]力|有效|显著|明显|顺利|良好"
    "|[较很]?[好快大高](?:的|了)?$|不断|持续|稳步|积极|扎实|有序|全力|加[大强快]|进一步|深入|着力|狠抓|抓[好实紧]|到位|实事求是"
    "|[就便]|这样|如此|结果|填写|情形|一样|没错|[共故理应来力特据经实错对写数字它这那会当能想让]"
)
"""Words of praise and of nothing: beside the number that fits they are no cause."""
_DENIAL = late(
    "没有?|(?<!尚)无(?!故)|不存在|未(?:发[现生]|受|(?=去重|[撤并关停合搬拆注死流离误漏虚多少重增减]|新增))|不是|并非"
)
"""That something has not happened is no cause; that there is nothing to happen to may be one."""
_REACH = 6
"""So many characters behind it a denial reaches to what has not happened."""
_OF_EVENT = late("(?:影响|登记)?")
_ROUTINE = late("(?<!恢复)(?<!不)正常|照常|按月|按常规|平稳|不变|[没无未]变|一致|稳定(?!轮)")
"""All goes as ever: no cause of a change, whatever goes so."""
_FORM_WORDS = frozenset(
    "的了是为已有在及和与等于其由因故系按照从到均也又则就还都个家张户件人次名元万项所此该致使被把将对向比较不没无未尚全"
)
_LEAST = 2
"""So many characters of some thing."""
_IN_ENGLISH = late(
    "open|clos|merg|split|moved|built|complet|flood|typhoon|epidemic|duplicat|double|omitted|miscount|transfer|redrawn"
    r"|correct(?:ed|ion)s? (?:of|for|to) \w{3}",
    re.I,
)
_ADDED = late(rf"{NOW}(?:共|实际|净|已|又)?(?:新增|增加|增长|完成|发生|新建|办理|净增)")
"""So much came in this month: what a total has grown by, or the figure itself; with its cause it is a reason."""
_COUNTED = late("(?:统计|计入|纳入|算入|包[含括]|登记|录入|填报|上报|[含算填报计])(?:进去)?了?")
_STEP = late("[新净]增|增[加长减]|减少|下降|上升|提高|降低")
_CHANGED = late(
    f"{CORRECTED.pattern}|{_STEP.pattern}|更改|调[整减增]|变[为成更动]|补[报录登填]|完成|达到|[累合共总]计|以[上下]|左右|分[子母]"
)
"""That a figure has changed, or what it comes to."""
_COMES = late(f"(?:{ARRIVED_WORDS})(?![数率量额])")
"""The last step is told, and no name of an indicator that has it: 终端配置数."""
_SLIP = (
    SLIPS,
    late("(?:核[查实对]|复[核查]|抽查|检查|审计|排查)[^,，]{0,3}(?:减少|增加|不符|不存在)"),
)
"""What was wrong with the figure that is changed: a slip, or what was found when somebody looked."""


@lru_cache(1000)  # many rows have the same
def explains(note: str) -> bool:
    """Whether a note gives a reason: some clause names a cause, and none admits that the figure is of a wrong kind."""
    return not admits(note) and _names_a_cause(note)


def explains_by_scope(note: str) -> bool:
    """Whether the only reason that a note gives is that things are counted otherwise."""
    return explains(note) and not explains(_SCOPE.sub("", plain_note(note)))


def explains_change(note: str) -> bool:
    """Whether a note gives a reason why a figure was changed.

    That it was a slip (笔误, 录入错误) or did not stand when somebody looked (实地核查后减少) is one; of a figure that
    stands as it was first written neither is. What makes the new figure one of the wrong kind is no reason here either.
    """
    return not is_of_wrong_kind_now(note) and (_names_a_cause(note) or _tells_one_of(_SLIP, note))


def was_wrong(note: str) -> bool:
    """Whether a note says that an earlier figure was wrong: a slip, counted twice, or not there when one looked."""
    return _tells_one_of((*_SLIP, OVER, TAKEN_FOR_IT), note)


def tells_a_slip(note: str) -> bool:
    """Whether a note says that a figure was a slip."""
    return _tells_one_of((SLIPS,), note)


def tells_what_was_wrong(note: str, indicator: str) -> bool:
    """Whether a note says more than that a figure was wrong, and by how much."""
    said = CORRECTED.sub("", SLIPS.sub("", note))
    return explains(said) or names_some_thing(said, indicator)


def brings_what_is_counted(clause: str) -> bool:
    """Whether a clause tells the last step by which what is counted has come: 配置, 投用, and not only 完成."""
    return bool(_COMES.search(_CHANGED.sub("", clause)))


def _tells_one_of(several: Sequence[re.Pattern[str]], note: str) -> bool:
    return any(
        not NOT_SO.search(clause, 0, found.start())
        for clause in clauses_of(note)
        for words in several
        for found in words.finditer(clause)
    )


def _names_a_cause(note: str) -> bool:
    said = note if note.isascii() else matched_form(note)
    clauses = CLAUSES.findall(_COLON.sub("，", said))
    return any(map(_gives_a_reason, clauses)) or _takes_off_what_was_counted(clauses) or makes_up(note)


def _takes_off_what_was_counted(clauses: Sequence[str]) -> bool:
    """Whether one clause says what an earlier figure counted, and another that it was taken off."""
    taken_off = [is_said(TAKEN_OFF, clause) for clause in clauses]
    return any(
        _says_what_was_counted(clause) and any(taken_off[:at] + taken_off[at + 1 :])
        for at, clause in enumerate(clauses)
    )


def _says_what_was_counted(clause: str) -> bool:
    earlier = EARLIER.search(clause)
    counted = earlier and _COUNTED.search(clause, earlier.end())
    if not counted or DENIED.search(clause, 0, counted.start()):
        return False
    return len(_things(_SAYS_NOTHING.sub("", clause[counted.end() :]))) >= _LEAST


def _gives_a_reason(clause: str) -> bool:
    if clause.isascii():
        return bool(_IN_ENGLISH.search(clause))
    plain = FILLING.sub("", clause)
    if _ROUTINE.search(plain):
        return False
    plain = _without_denied(plain)
    if _EVENTS.search(plain) or _was_wrong(plain):
        return True
    rest = _SAYS_NOTHING.sub("", plain)
    return bool(_CHANGES.search(rest)) and len(_things(_STEP.sub("", _CHANGES.sub("", rest)))) >= _LEAST


def _things(text: str) -> set[str]:
    """The characters of words that name some thing."""
    return {each for each in text if "\u4e00" <= each <= "\u9fff"} - _FORM_WORDS


def _without_denied(clause: str) -> str:
    """A clause without the events of which it says that they have not happened."""
    kept, start = "", 0
    while denial := _DENIAL.search(clause, start):
        event = _EVENTS.search(clause, denial.end())
        is_denied = event is not None and event.start() <= denial.end() + _REACH
        kept += clause[start : denial.start() if is_denied else denial.end()]
        start = denial.end()
        if event is not None and is_denied:
            behind = _OF_EVENT.match(clause, event.end())
            start = behind.end() if behind else event.end()
    return kept + clause[start:]


def _was_wrong(clause: str) -> bool:
    """Whether a clause says that an earlier figure was of the wrong kind."""
    earlier = EARLIER.search(clause)
    return earlier is not None and any(
        is_said(wrong, clause, earlier.end()) for wrong in (THE_MONTHS, OTHER_UNIT, *MISTAKE)
    )


def names_some_thing(note: str, indicator: str) -> bool:
    """Whether some clause says anything beside the figure, its change, the indicator itself and empty words."""
    for clause in clauses_of(note):
        if not _ROUTINE.search(clause):
            said = without_name(_without_denied(clause), indicator)  # first: 理 is empty alone, and not in 护理
            if _things(_EMPTY.sub("", _CHANGED.sub("", _SAYS_NOTHING.sub("", said)))):
                return True
    return False


def names_a_thing(said: str, indicator: str) -> bool:
    """Whether words name a thing, and not only what happened to what the indicator counts."""
    levels = re.findall("[1-9]A", said)
    for words in (_SAYS_NOTHING, _EVENTS, _CHANGES, _CHANGED, SLIPS, EARLIER):
        said = words.sub("", said)
    return len(_things(said) - set(indicator)) >= _LEAST or any(each not in indicator for each in levels)


def ends_with_a_cause(said: str) -> bool:
    """Whether words end with what happened: 机构关停 in 机构关停减少15人 is why, and not what there is less of."""
    return any(found.end() == len(said) for found in _EVENTS.finditer(said))


def admits(note: str) -> bool:
    """Whether a note says that the figure is of the wrong kind; what it says of earlier figures is none of it.

    A mistake is none either where the note says that it has been corrected. A note that says no more than what was
    added this month (本月新增12张) admits that this is what the figure gives.
    """
    if is_of_wrong_kind(note):
        return True
    clauses = clauses_of(note)
    added = [each for each in clauses if _ADDED.search(each)]
    return bool(added) and not any(_gives_a_reason(each) for each in clauses)
