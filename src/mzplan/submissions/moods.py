"""What a note says that has not happened, or that nobody vouches for: the one table of the moods of a clause.

What happened is told in no mood. The moods are few and each has few words, so that they can be listed, as causes
cannot: what is to come, asked for, refused, under way, doubted, heard from others, or said not to be so.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mzplan.reading.patterns import late
from mzplan.submissions.clauses import without_name
from mzplan.submissions.slips import (
    GOES,
    MEND,
    OVER_WORDS,
    PUT_RIGHT_WORDS,
    SLIP_WORDS,
    TAKEN_OFF_WORDS,
    UNDER_WORDS,
)
from mzplan.submissions.steps import ARRIVED_WORDS, NOT, ON_WAY_WORDS

_OPENS = "新增|增加|净增|扩[建大]|建|投[用入]|启用|开业|竣工|完[成工]|改造|招|发放|拨付|到位|[达增]到"
_PUT_RIGHT = f"(?:{PUT_RIGHT_WORDS})"
_SLIP = f"(?:{OVER_WORDS}|{UNDER_WORDS}|{SLIP_WORDS})"
_DONE = f"(?:{_SLIP}|{_PUT_RIGHT}|{TAKEN_OFF_WORDS})"
_SOON = "(?:[于在再可要会能年底初内前后中份月日陆按如\\d]|下个?月|[今明]年|全部|[逐陆][步续]|予以)*"
_LATER = "(?:下个?[月周季]|[明来下]年|今后|往后|以后(?!补)|日后|将来|年底[之以]?前|(?<![月\\d])\\d{1,2}[日天][之以]?后)"
_MEANT = "(?:计划|打算|力争|有望|争取(?![到来了]))(?!外(?![县市区])|[内数]|生育|单列)"
_NEXT = "(?:下个?[月周季]|[明来下]年|今后|往后|(?<!\\d)日后|将来)"
_WILL = (
    "(?:计划|(?:^|[年月]度?)目标[是为]?|争取|力争|准备|打算|有望|希望|想|[需须]要?|即?将|下个?[月季周]"
    "|[明来]年|正在(?:办理|进行)?|[等待]\\w{1,6}?后再?)"
)
_NOT_DONE = f"(?:{NOT}|[等有]?待|正在|即?将|拟)(?:予以|能|完成|通过|正式)*(?:{ARRIVED_WORDS}|[发领取]$)"
"""The last step is still to come."""
_STAGE_DONE = "完成(?:招标|立项|设计|选址|审批|采购)"
"""A stage that is over is no last step."""
_STAGES = (
    f"(?:{ON_WAY_WORDS}|在[办审])(?!工)|开工|动工|立项|规划(?![内外])|招标|预算(?![内外])|控制价|(?:资格|材料|[初会])审查?(?![不未没])"
    "|公示(?![牌栏])|报考|报名|应考|参[考训]|受理(?=申请|\\d|$)|(?:提出|递交|提交|收到)申请"
    "|正在(?:公示|建设?|施工|安装|采购|招标|评|认定|筹|培训|考|发|拨付|验收|登记|注册|配|立项|报)"
    "|(?:培训|学习|参加考试|任务|目标|指标|名额)[数量为是共有约]*\\d"
    "|(?:启动|开始)(?:建设|创建|改造|培育)|(?:创建|培育|培养|改造|建设)对象|列入\\w{0,6}(?:计划|规划)(?!拆|关停|撤|退|清|核减|注销)|采购公告|理论考试|笔试"
    f"|(?:建设|改造|培育|创建|施工|装修|安装|采购|招标|评审|验收|培训)中(?!心|[央标])|{_STAGE_DONE}"
    "|\\d[名位户个人]{1,2}(?:参加)?(?:(?:考试|技能|职业|岗前)*(?:培训|学习|考试)|任务|目标|指标|名额)(?!\\w)"
)
"""The steps before the last one; so many are on their way to be counted, or are to be."""
_HEARSAY = (
    "[听据]说|据(?:[传称闻悉]|了解|介绍)|(?:据|按照?|经)\\w{0,6}?(?:测算|推算|估算)"
    "|传[闻言]|[网谣]传|有人(?:说|反映|称)|据\\w{1,6}?反映"
)
_COUNTED = f"{_DONE}|误|错|漏|[计统算列纳]入|上个?月|原"
"""What is said of an earlier figure: why it was too large may be that the last step had not come."""


class Mood(NamedTuple):
    """One mood, the words that it is known by, and clauses in it."""

    name: str
    words: str
    examples: tuple[str, ...]


MOODS = (
    Mood(
        "to come",
        f"^(?!.*(?:已|误|错|漏|提前|[计统算列纳]入)).*{_NEXT}|^(?!.*已)(?:[我本][市县区局])?{_MEANT}"
        f"|^(?!.*已).*{_LATER}起?\\w{{0,6}}{_DONE}"
        f"|^(?!.*(?:已|误|错|漏|[计统算列纳]入)).*(?:(?<![模虚])拟(?!合)|(?<![比超])预[计期备]|{_WILL}{_SOON}(?:{_OPENS}|{ARRIVED_WORDS}))"
        f"|(?:(?<![模虚])拟|预备|{_WILL}){_SOON}{GOES}|后再(?!次)|后[才方](?=[可能会])"
        f"|^(?!.*(?:{_DONE}|误|错|漏))(?=.*(?:即将|(?<![即已])将[于在]|(?<![去上])年底)).*(?:到期|期满|届满|失效)",
        (
            *("下月起剔除重复4人", "明年起核减4人", "10日后核减4人", "同意核减4人后再报", "拟核减4人", "计划新增30张"),
            *("计划10月考试新增4人", "明年考试新增4人", "4家即将到期", "4人证书将于年底到期"),
        ),
    ),
    Mood(
        "asked for",
        f"^(?:申请|报请)(?!退|注销|[关停撤]|变更|.*(?:已|获批|批准|通过))|(?:申请|报请)(?:新增|{_PUT_RIGHT})|^(?:特|现|恳)?(?:请(?![示假辞退])|请求|要求|建议)|[能可]否|(?<![申邀聘])请\\w{{0,3}}{_DONE}"
        "|要求?(?:我们?|本单位)\\w{0,2}(?:核减|剔除)|说要",
        ("建议退回", "请核实上月是否误报", "请予核减4人", "申请核减4人", "能否核减4人"),
    ),
    Mood(
        "refused",
        f"(?:不(?:要|得|准|许|予|应|宜|能|同意)|勿|拒绝|拒不|禁止|严禁|反对|否决|暂[缓停不])\\w{{0,4}}{_DONE}",
        ("请不要核减4人", "请勿剔除重复4人", "拒绝核减4人", "不同意核减4人", "暂缓核减4人"),
    ),
    Mood(
        "under way",
        "正在(?:[核查办处清审复申研剔扣调比统协]|整改)|^(?:[还仍尚]|正在)?(?:待|等(?!级))|待(?:进一步)?(?:查|核|定|处理|确认|审|复核|证实)\\w{0,2}$",
        ("正在核实4人差异", "4人重复待查", "待省里验收"),
    ),
    Mood(
        "not yet",
        f"^(?!.*(?:{_COUNTED})).*{_NOT_DONE}"
        f"|^(?!.*(?:{_DONE}|误|错|漏))(?=.*(?:{_STAGES}))(?!.*(?<![未待将拟在诺])(?!{_STAGE_DONE})(?:{ARRIVED_WORDS}))",
        (
            *("4人等待发证", "尚未取证4人", "4张在建", "4张床位已列入规划", "规划总床位4张", "4张床位开工建设"),
            *("受理申请4家", "4人已报考", "征集项目意向4个", "4万元意向协议", "招标控制价4万元", "4家正在公示"),
            *("4人通过资格审查", "4人正在培训", "预算4万元", "采购4个，尚未安装", "签约4万元，首期未到账"),
        ),
    ),
    Mood(
        "heard",
        f"{_HEARSAY}|误传",
        ("听说重复4人", "据说上月重复了4人", "有人说重复4人", "据了解新增4人", "按省厅测算应新增4人"),
    ),
    Mood(
        "said not to be so",
        f"{_DONE}\\w*(?:不属实|不实$|不成立|不存在|不是事实|有出入$)|[未没]有?(?:再|曾|予以?|进行|发生|完成|办理)*(?:{_SLIP}|{GOES})"
        "|^[^的已]*(?:没有?|未)(?:再|曾)?(?:[净新]?增加?|考试|[取发]证|投用|启用|服务|拨付|配置|安装)[^的]{0,8}\\d",
        ("多报4人的情况不属实", "未核减4人", "没有多报4人", "没有新增持证4人"),
    ),
    Mood(
        "doubted",
        "是否|有[没无]有|疑似|疑有?(?=重复)|可能|或许|也许|不排除|怀疑|好像|似乎|未经?证实",
        ("可能重复4人", "疑似多报4人", "是否多报4人"),
    ),
    Mood("if", "^(?:如|假如|假设|若|要是|倘)(?!干|期|实|下|上|数)", ("如重复4人", "若多报4人", "假设重复4人")),
)
_WORDS = {each.name: late(each.words) for each in MOODS}
_AS_ASKED = late(
    f"(?:按照?|[根依]据|依照|完成|列入(?=.*(?:{ARRIVED_WORDS}))|[经超原应])\\w{{0,8}}?(?:计划|要求|目标|建议|申请|需要|承诺)"
)
"""It came as it was planned."""
_HEARD = late(f"(?:我们?)?(?:{_HEARSAY})")
"""A clause that says no more governs all that follow, as a condition does."""
_ONLY_NOT_DONE = late(
    f"(?:首[期批]|资金|款项?|设备|证书|目前|现|[均都仍还尚暂也])*{_NOT_DONE}(?:使用|运[营行])?"
    "|[^\\W\\d]{0,6}?(?:正|[仍还尚]正?)在[审办核][核批理定实](?:中|阶段)?|(?:现|已经?|正在?)*请示[^\\W\\d]{0,6}"
)
"""A clause that says no more is said of the one before it."""
_ONLY_DONE = late(f"(?:[现均都已也]|全部|目前|当月|\\d+月)*(?:{ARRIVED_WORDS})+")
_STAGE = late(_STAGES)
_UNDER_WAY = "中"
"""Behind a stage that is not over: 培育中 has come to nothing yet, though 培育 be what is counted."""
_COUNTED_BEFORE = late(_COUNTED)


def _moods(clause: str, counted: str | None) -> set[str]:
    said = _AS_ASKED.sub("", clause)
    stages = [each for each in _STAGE.findall(said) if not each.endswith(_UNDER_WAY)]
    is_counted = counted is None or any(without_name(each, counted) != each for each in stages)
    return {name for name, words in _WORDS.items() if words.search(said)} - ({"not yet"} if is_counted else set())


def in_no_mood(clauses: Sequence[str], counted: str | None) -> list[str]:
    """The clauses of a note that say what has happened.

    What was doubted has where a clause says that it was put right; where something is put right now, it was not so
    before. A step still to come (尚未安装) is said of the clause before it, and so is that it has come (现已安装).
    A stage on the way (培训) is none where it is what is `counted`, nor where stages are reported (None).
    """
    moods = [_moods(each, counted) for each in clauses]
    for at, clause in enumerate(clauses[1:]):
        if _ONLY_NOT_DONE.fullmatch(clause) and not _COUNTED_BEFORE.search(clauses[at]):
            moods[at].add("not yet")
        elif _ONLY_DONE.fullmatch(clause):
            moods[at].discard("not yet")
    over_all = (
        at for at, each in enumerate(moods) if "if" in each or ("heard" in each and _HEARD.fullmatch(clauses[at]))
    )
    here = list(zip(clauses, moods, strict=True))[: next(over_all, len(clauses))]
    is_done = any("已" in clause and MEND.search(clause) for clause, each in here if each <= {"doubted"})
    is_mended = any(MEND.search(clause) for clause, each in here if not each)
    borne = {
        name
        for name, holds in (("doubted", is_done), ("said not to be so", is_mended), ("not yet", is_mended))
        if holds
    }
    return [clause for clause, each in here if each <= borne]
