"""What words say that takes back the figures beside them: the one table of kinds, each with examples.

A clause does so by its grammar: it is made of words for the figure itself and of what is said of it, and of nothing
else. 此数作废 takes a figure back, 作废证书3本 and 撤销2家机构 speak of things. Where the words for the figure are left
out, what stands beside the clause may be meant: 旧证3本，已作废 speaks of three certificates.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from mzplan.reading.patterns import late
from mzplan.submissions.clauses import SUBJECT

_THING = "(?:数据?|数字|数值|值|表格?|报表|行|列|格|栏|处|条|项|记录|指标|内容|[个条项份张些笔])"
_IT = (
    f"(?:(?:[此该本这]|以上|上述|前述)(?:{_THING}){{0,2}}|(?:全部?|所有|整)(?:{_THING}){{1,2}}"
    f"|{SUBJECT}|(?:所?[填报]|上报|填报)的(?:{_THING})?)"
)
_HOW = "(?:[已应现均都请须需要拟先可]|予以?|经?(?:领导|局里|市局)?(?:同意|决定)|麻烦|暂时?)*"
_NAMED = f"(?:{_IT}的?){{1,3}}[是为系]?{_HOW}"
_ABOUT_IT = f"(?:{_NAMED}|[是为系]?{_HOW})"
_MAY_GO = "(?:撤[回销下]|收回|取消|删[除掉去]?|去掉|清空|忽略|不要|不用|不算数?)"
_VOID = (
    "(?:作废|废[弃止掉]|[无失]效|不作数|不(?:予|能|可|宜|应|得|再)(?:采[用纳信]|使用|作为?依据|计入?|汇总|统计|引用))"
)
_DO_NOT = "(?:请?(?:勿|不要|别)|切勿)(?:再|予以?)?(?:采[用纳信]|使用|引用|用|汇总|统计|计入|取用)"
_END = f"(?:了|处理|吧|掉)?(?:{_IT})?"
_ELSEWHERE = (
    "(?:另表|另(?:行|外)?(?:所?报|发|附)|附[件表]|后附|电话|口头|微信|短信|邮件|传真|纸质|盖章|补报|更正|重新?报"
    "|后(?:续|面|来)?(?:所?报|上报|补报)|新表|最终[版数表报]|正式[版稿数表报])[^,，\\d]{0,6}?"
)
_PUT = "报填算计写录"
_COUNTED = "(?:[报填统计登录算列]+|上报|填报|统计)"
_SO_MANY = "\\d+(?:\\.\\d+)?[^\\d,，]{0,3}?"
_AGAIN = "(?:重[报填核算]|重新(?:[上填]?报送?|填|核[实对算]?|统计|算))"
_WHOEVER = (
    "(?:(?:[局科处厅]?领导|[局科处厅]长|主任|(?:市|省|县|上级)?[局厅]里?|[科处]室|审核(?:人|意见)?|上级)[均都]?)?"
)
"""Who looks at the figures and may send them back."""
_REFUSED, _BACK = "不(?:同意|认可?|予?通过)", "(?:退回|打回|驳回)"
_SETTLED = late(
    f"已|无误|属实|(?:现|{_AGAIN}|更正|订正|修正|改正|纠正|核[实对减])(?:后|[为是成])|后[来经]?(?:核实|通过|同意|改)"
)
"""That what was wrong has been put right since."""


class ClausePlace(Enum):
    """Where among the clauses of a note one has to stand to be said of the figure."""

    ANYWHERE = auto()
    FIRST = auto()
    LAST = auto()
    """Nothing goes on to say why."""
    ONLY = auto()
    UNSETTLED = auto()
    """No later clause says that it has been put right."""


class Disowning(NamedTuple):
    """One kind: what a clause is made of, where it stands, and examples."""

    name: str
    words: str
    place: ClausePlace
    remedy: str
    """Empty where a figure that is so may be sound."""
    examples: tuple[str, ...]


_ENTER, _FILL_OTHER = "核实以后填准确的数", "填另外报的那个数"
_WITHDRAWN = (
    Disowning(
        "withdrawn",
        f"{_NAMED}(?:{_VOID}|{_MAY_GO}){_END}|{_HOW}{_MAY_GO}{_IT}|{_ABOUT_IT}{_DO_NOT}{_END}",
        ClausePlace.ANYWHERE,
        _ENTER,
        (
            *(
                "请勿采用",
                "此数作废",
                "该数作废",
                "数据作废",
                "撤销此数",
                "此行删除",
                "此行不要",
                "本条不要了",
                "以上数据无效",
            ),
            *("请不要使用此数", "此数不予采用", "删除该行", "此数据不能使用", "该行请删除"),
        ),
    ),
    Disowning("void", f"{_HOW}{_VOID}{_END}", ClausePlace.FIRST, _ENTER, ("作废", "已作废", "无效", "不予采用")),
    Disowning(
        "taken away",
        f"{_HOW}{_MAY_GO}{_END}",
        ClausePlace.ONLY,
        _ENTER,
        ("撤回", "取消", "撤销", "删除", "已取消", "不要", "请忽略"),
    ),
    Disowning(
        "to be changed",
        "(?:请|麻烦|烦请)(?:予以?|帮忙?|代为|给|协助|市局|你们?|贵局|直接)*"
        f"(?:更?改|修改|更正|[订纠改]正|{_AGAIN}|退回|删[除掉]?|撤[回销])(?:一?下|过来|掉)?(?:{_IT})?",
        ClausePlace.ANYWHERE,
        _ENTER,
        ("请改", "请修改", "请帮忙改一下", "请市局代为更正", "请退回", "请重报"),
    ),
    Disowning(
        "still to be changed",
        f"(?:{_NAMED})?(?:[还仍]?(?:待|需要?|须|应|得|要))(?:改|{_AGAIN})(?:一?[下次遍])?",
        ClausePlace.UNSETTLED,
        _ENTER,
        ("待改", "需重报", "数据需重新填报", "还要改"),
    ),
    Disowning("anew", "重新报送?(?:一[下次遍])?", ClausePlace.ONLY, _ENTER, ("重新报",)),
    Disowning(
        "sent back",
        f"(?:{_NAMED})?{_WHOEVER}[已被]*{_BACK}去?{_AGAIN}了?|(?:{_NAMED}){_WHOEVER}(?:{_REFUSED}|[已被]*{_BACK}去?(?:修?改)?)了?",
        ClausePlace.UNSETTLED,
        _ENTER,
        ("退回重报", "此数已退回", "数据领导不同意", "打回重新填报", "科长退回重报"),
    ),
    Disowning("not agreed to", _REFUSED, ClausePlace.FIRST, _ENTER, ("不同意", "不认可")),
    Disowning(
        "refused",
        f"{_WHOEVER}(?:{_REFUSED}|[已被]*{_BACK}去?(?:修?改)?)了?",
        ClausePlace.ONLY,
        _ENTER,
        ("打回", "驳回", "被退回", "领导不同意", "审核不通过", "科长不认可"),
    ),
    Disowning(
        "not looked at",
        f"{_ABOUT_IT}[还尚仍都均也]*(?:没有?|未)(?:经过?|仔细|认真|再)?(?:复?核[实对查]?|审核?|校对?|查|数)(?:[过完准]|(?<=[核审]))",
        ClausePlace.UNSETTLED,
        _ENTER,
        ("没核过", "没有核对过", "还没核", "数没查过", "没数准", "未核实过"),
    ),
    Disowning("marked wrong", "[×✗✘✕✖❌]|打?叉", ClausePlace.UNSETTLED, _ENTER, ("×", "✗", "打叉")),
    Disowning(
        "too large or small",
        f"(?:{_NAMED}|是)?[有还]?(?:点|些)?(?:偏[高低大小多少]了?|[{_PUT}][多少]了|[多少][{_PUT}]了)|{_NAMED}[多少]了",
        ClausePlace.ONLY,
        _ENTER,
        ("偏高", "数字偏大", "这个数偏低", "报多了", "填少了", "数报多了", "多算了", "这个数多了"),
    ),
    Disowning(
        "given elsewhere",
        f"{_ABOUT_IT}以{_ELSEWHERE}为准|{_NAMED}另行?(?:[上填补重]?报|发)送?",
        ClausePlace.ANYWHERE,
        _FILL_OTHER,
        (
            *("以另表为准", "以电话所报为准", "以附件为准", "以纸质版为准", "此数以后续上报的为准", "数据另报"),
            *("以邮件发的为准", "此数另行上报"),
        ),
    ),
    Disowning("given apart", f"{_HOW}另行?[上填补]?报送?", ClausePlace.ONLY, _FILL_OTHER, ("另报", "另行上报")),
    Disowning(
        "not reported",
        f"(?:[本当此]月|[本当]期|[本此]次)?{_HOW}不(?:予以?)?[上填呈]?报送?(?:了|{_IT})?",
        ClausePlace.ONLY,
        _ENTER,
        ("不报", "暂不上报", "本月不报"),
    ),
    Disowning(
        "no figure",
        f"(?:(?:[此该本这]个?[处格栏行项列]|{_HOW})(?:留空|空着|为空|空缺|不填)|(?:[无没]有?)(?:此|这|该|相关)?[项个类]?(?:统计)?(?:数据|数字))(?:了|即可)?",
        ClausePlace.ANYWHERE,
        _ENTER,
        ("此处留空", "此格留空", "无此数据", "没有数据", "没有这项数据", "该栏不填"),
    ),
    Disowning(
        "foreseen",
        "(?:全年|年底|年末|年度|[本今]年)的?(?:预[计测估]|目标|计划)",
        ClausePlace.ONLY,
        "填实际发生的数",
        ("全年预计", "年底预计", "全年目标"),
    ),
)
"""What makes a figure one that nobody may take."""
_INCOMPLETE = Disowning(
    "incomplete",
    f"(?:{SUBJECT})?[还尚]?[漏少]{_COUNTED}了?{_SO_MANY}"
    f"|[另还尚]有?{_SO_MANY}[还尚]?(?:未|没有?)(?:[计纳列算]入|算)(?:在内)?了?",
    ClausePlace.LAST,
    "",
    ("漏报5人", "少报5人", "另有5人未计入", "还有5人没有算入"),
)
_OVERSTATED = Disowning(
    "overstated",
    f"(?:(?:{SUBJECT})?(?:[多虚]{_COUNTED}|{_COUNTED}多)|{SUBJECT}多)了{_SO_MANY}",
    ClausePlace.ONLY,
    "",
    ("多报了2人", "报多了2人", "数多了2人"),
)
_FORMS = {each: late(f"^(?:{each.words})$") for each in (*_WITHDRAWN, _INCOMPLETE, _OVERSTATED)}
EXAMPLES = {said: each for each in _FORMS for said in each.examples}
"""By a clause that says it alone the kind."""
WORDS = tuple(_FORMS.values())


def _said(kinds: Sequence[Disowning], clauses: Sequence[str]) -> Disowning | None:
    """The first of those kinds that a clause is of where it stands; None for none."""
    settled = max((at for at, clause in enumerate(clauses) if _SETTLED.search(clause)), default=0)
    for kind in kinds:
        first, last = clauses[:1], clauses[-1:]
        where = {
            ClausePlace.FIRST: first,
            ClausePlace.LAST: last,
            ClausePlace.ONLY: first if len(clauses) == 1 else (),
            ClausePlace.UNSETTLED: clauses[settled:],
        }
        if any(map(_FORMS[kind].search, where.get(kind.place, clauses))):
            return kind
    return None


def withdrawn(clauses: Sequence[str]) -> Disowning | None:
    """The kind in which the clauses take back the figure, or stage, that they stand beside; None where they do not."""
    return _said(_WITHDRAWN, clauses)


def is_incomplete(clauses: Sequence[str]) -> bool:
    """Whether so many are said to be missing from the figure, and not why."""
    return _said((_INCOMPLETE,), clauses) is not None


def is_overstated(clauses: Sequence[str]) -> bool:
    """Whether so many are said to be too many in the figure, and nothing else."""
    return _said((_OVERSTATED,), clauses) is not None
