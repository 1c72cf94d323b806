"""What a sheet says of itself and, as its form asks, of its figures: each form of words with an example of it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from mzplan.period import TIME
from mzplan.reading.patterns import late
from mzplan.submissions.names import HAN


class StandingWords(NamedTuple):
    """A form of words."""

    pattern: str
    example: str


def any_of(*forms: Iterable[StandingWords]) -> str:
    """A pattern of one of those forms."""
    return "|".join(form.pattern for several in forms for form in several)


_ANY_YEAR = r"20\d\d"
_OF_YEAR = f"(?:{_ANY_YEAR}年|[本当今]年)?"
_FROM_JANUARY = f"[从自由]{_OF_YEAR}(?:1月(?:1日|份)?|年初)(?:起|开始|以来)|(?:{_OF_YEAR}(?:1月1日|年初)|今年)以来"


def since(year: object = _ANY_YEAR) -> str:
    """A pattern of since when figures accumulate, which is no month of theirs either: January of such a year."""
    return _FROM_JANUARY.replace(_ANY_YEAR, str(year))


OF_NUMBERS = "(?<![指系参函])(?<!(?<![户人次元件个项套名家组张])计)数(?!民族|字(?:化|民政|赋能|改革)|[智码治])"
"""The 数 of figures, wherever words are asked whether they speak of any: not 计数, 指数, 少数民族, 数字化, 数智."""
GETS = "(?:抄送|抄报|主送|主报|印送|印发|发送|分送)"
_DID = "(?:代为?[^\\W\\d_]{2}|汇总|提供|审[核定阅批]|[复核]核|核[实对准定]|校对|转[报交送]|印制|监制)(?![表数情统])"
_VALID = StandingWords(r"有效期(?:限)?[至到:\s]*\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:止|底)?", "有效期至2024年1月")
OF_OTHERS = (
    _VALID,
    StandingWords(
        rf"{GETS}[给至到]?\s*:?\s*[^,，。;；\s]*(?:[,，]{HAN}{{1,12}}[局市县区处](?!{HAN}))*",
        "抄送:磐安县民政局,武义县民政局",
    ),
    StandingWords(rf"(?<!填)报送?[给至到]?[省市]?(?:民政)?[局厅]{HAN}{{0,8}}", "报市民政局社会救助处"),
    StandingWords(rf"(?:(?![由月份]){HAN}){{2,12}}局{HAN}{{0,8}}?{_DID}", "磐安县民政局代为汇总"),
    StandingWords(
        rf"(?:与?20\d\d年)?(?:[上去前往]年|同期|上一?个?月|上期|[同环]比|相?较于?|对比|相比){HAN}{{0,6}}\(?(?:20\d\d年)?(?a:\d{{1,2}}月份?)?\)?",
        "上年同期(2022年10月)",
    ),
    StandingWords(r"与(?:20\d\d年)?(?a:\d{1,2}月)(?:份|[底末])?(?:数据?)?(?:相|对|比|持平|一致)", "与2023年9月持平"),
    StandingWords(
        r"[自从由]?(?:20\d\d年)?(?a:\d{1,2}月)(?:份|[底末初])?(?:起|开始)(?!.*(?:[至到]|累计|(?:表|情况|数据?|值)$))"
        r"[,，]?[^\W\d_][^,，;；。]*",
        "9月起按新口径统计",
    ),
    StandingWords(
        r"截[至止]到?(?:20\d\d年)?(?a:\d{1,2}月)(?:份|[底末]|(?a:\d{1,2}日))?[,，](?![本此该全]?表|以上|上述|数据|所有)"
        r"[^;；。]*(?:完成|建成|新[增建]|增加|发放|救助|达到?|实现)[^;；。]*\d[^;；。]*",
        "截至9月末,义乌市已完成135人",
    ),
)
"""What names a month or a unit that is not the figures': how long the form may be used, who gets the table or did
something for it, with what it is compared, since when something holds, up to when a sentence's own figure counts."""


def claiming(text: str, year: object = _ANY_YEAR) -> str:
    """A line with a line end for what names a month or a unit that is not the figures'."""
    return re.sub(f"{since(year)}|{any_of(OF_OTHERS)}", "\n", text)


_THIS = "[本此该]表"
_SO_MANY = r"(?<![\d.])(?<!\d,)(?:(?a:\d{1,3})|[一二两三四五六七八九十百]{1,5})\s*"
_IN_ALL = rf"(?:(?:以上|{_THIS}|全表)?(?:共有?|[合共总]计|总共|计|含|包[含括])|以上):?\s*"
_ROWS = "(?:指标|任务|行动|记录|附件|[附分报作]表|工作表|表(?!格))"
COUNTS = (
    StandingWords(
        rf"(?:{_IN_ALL})?{_SO_MANY}[项个条行份张大]?\s*(?:重点|主要|考核|工作|民政)*{_ROWS}", "本表共68项重点指标"
    ),
    StandingWords(rf"(?<=[\w )]\(){_SO_MANY}[项条行](?=\))|^{_SO_MANY}[条行]$", "68行"),
    StandingWords(rf"(?:(?<!{HAN})|(?<=[表内上])){_IN_ALL}{_SO_MANY}[项条行页](?!{HAN})", "以上共12项"),
    StandingWords(
        rf"(?:{_ROWS}(?:{_IN_ALL})?{_SO_MANY}[项个条行]|(?:{_ROWS}|[行条页项])数:?\s*{_SO_MANY}[项个条行页]?)(?![\w.%])",
        "指标数:68",
    ),
    StandingWords(rf"一式{_SO_MANY}份", "一式三份"),
    StandingWords(
        rf"{_IN_ALL}{_SO_MANY}[个家]?(?:县\(市、?区\)|县市区?|县区|填报单位)(?!{HAN}?(?:未|没|不))", "共3个县市"
    ),
    StandingWords(
        rf"(?:佐证|(?:佐证|证明|纸质|书面|电子|盖章|签字)材料|照片|图片|截图|(?:复印|扫描|原)件|(?:纸质|电子|盖章|签字)版|名单|名册|报表"
        rf"|[总细览计]表)\s*(?:[合共总]?计?|各|一式)?\s*{_SO_MANY}[份张页件本套幅]",
        "照片2张",
    ),
)
"""How many rows, sheets and copies there are; 项 behind words of its own may be an indicator's figure."""
AMOUNT = late(rf"[(（【]?(?:{_IN_ALL})?{_SO_MANY}[项个条份][)）】]?")
"""So many of what a row is about: a figure in a column of figures."""
HEADING_COUNT = late(
    rf"(?:(?P<open>[(【\[〔])|[\s:,]+|(?<=计)|(?=共))\s*(?P<all>{_IN_ALL}|小计\s*:?)?\d{{1,3}}\s*"
    r"(?:项|个(?=指标|任务))(?:指标|任务)?(?(open)[)】\]〕])$"
)
"""How many indicators stand below a heading: (8项), 共8项."""
PLACES = (
    StandingWords(r"第\s*[0-9]{1,3}\s*[页期号版]|(?:[0-9]{1,3}\s*/\s*)?[0-9]{1,3}\s*页", "第 3 页"),
    StandingWords(r"(?i:\bpage|\bp\.)\s*[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?\b", "Page 1 of 3"),
    StandingWords(r"^\s*[-—–]\s*[0-9]{1,3}\s*[-—–]\s*$|(?<=表)\s*\([0-9]{1,2}[-/][0-9]{1,2}\)", "- 3 -"),
    StandingWords(r"(?:附?表|附件)\s*[0-9]{1,2}-[0-9]{1,2}(?![0-9.])", "附表1-2"),
    StandingWords(
        rf"(?:(?<!{HAN}){HAN}{{0,2}}[民政办函发]{HAN}?)?[〔\[(【](?:19|20)[0-9]{{2}}[〕\])】]第?[0-9]{{1,5}}号",
        "金民〔2023〕9号",
    ),
    StandingWords(r"(?i:(?<![a-z0-9])(?:v|ver\.?)\s*)[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}(?![\w.%])", "V2.1"),
    StandingWords(r"(?<![0-9])20[0-9][0-9]\s*年?版", "2023年版"),
)
"""Which page, sheet, issue, document or version it is."""
OF_ITSELF = late(any_of(COUNTS, PLACES))
"""What a sheet says of itself in numbers."""
_OFFICES = rf"(?:{HAN}|[、,，;；]){{0,30}}(?:局|办|科|处|股|室|部|厅|委|政府|中心|系统|平台|台账|数据库)"
_OF_ALL = (
    rf"(?:累计[量类]:?|以上|上述|{_THIS}|表[中内]|所有|全部|各项|所[填报列]|填报|指标|完成|数[据字]?|值|的|、|和)*"
    "(?:均|都|全部|已|经|核实|审核)*"
)
_SINCE = since("本")
_UP_TO = (
    r"(?:(?:[本当]年)?(?:\d{1,2}月(?:份|[底末]|\d{1,2}日)?|[本当]月[底末]?|报告[期月][底末]?|期末)止?"
    r"|20\d\d[-./]\d{1,2}[-./]\d{1,2}止?)"
)
_AS_ASKED = (
    "(?:真实|准确|完整|有效|可靠|属实|无误"
    "|(?:已经?(?:本?[局科处]|本?单位)?|经(?:本?[局科处]|本?单位)?)(?:主要|分管)?(?:领导|负责人|局长|科长)?(?:审[核定阅批]|核实|签[字批])(?:同意|通过|无误)?"
    rf"|[为是]?(?:统计|时间|日期|时点)*[为是]?:?(?:(?:截[至止]|统计[至到])(?:日期|时间)?[到为是]?:?|(?:本年)?-){_UP_TO}的?(?:数据?)?"
    rf"|[为是系按填]*(?:年内|[全本]年度?|年初[至到]报告期末|(?:本年)?-{_UP_TO}|(?:{_SINCE})?(?:[至到]{_UP_TO})?)"
    rf"的?累计(?:完成)?(?:数据?|值|量)?(?:填报|填写|统计|计算)?(?:[至到]{_UP_TO})?"
    "|(?:而|并)?(?:不是|非|不为)(?:当|本|单)月(?:新增|发生|完成)?(?:数据?|值|量))"
)
"""That the figures are as the form asks: up to when, which is judged apart, since January, not the month's alone."""
_DEADLINE = (
    rf"(?:{_THIS}|报表)?请?应?于?(?:每月|[本次当]月|(?a:\d{{1,2}})月)(?a:\d{{1,2}})(?:日|个工作日)(?:{TIME}|以?前|之前|内)"
    "(?:填报|报送|上报|报)(?:市局|市民政局)?"
)
_SOME = "[一二两三四五六七八九十\\d]+"
_KINDS = r"(?:各?(?:县\(市、?区\)|乡?镇\(街道\)))?"
SENTENCES = (
    StandingWords(rf"(?:[,且]?{_OF_ALL}{_AS_ASKED})+", "以上数据均真实,已经局领导审核"),
    StandingWords(
        rf"(?:数据来源|(?:经办|责任|填报)(?:科室|处室|部门)|{GETS}|(?:编制|制表|制定|填报|填表|报送|批准|备案)(?:单位|机关|部门))"
        rf"(?:[:：\s]*{_OFFICES})?",
        "主送:市民政局办公室",
    ),
    StandingWords(
        rf"(?:[本此该]?表)?(?:报送?|[送交呈])[给至到]?{_OFFICES}(?:[,，](?:同时|并)?{GETS}[给至到]?{_OFFICES})+",
        "本表报市民政局规划处,抄送县统计局",
    ),
    StandingWords(rf"{HAN}{{2,12}}(?:局|厅|部|委|政府|办公室)(?:监|编|印)?制", "市民政局监制"),
    StandingWords(r"密级[:\s]*(?:内部|公开)|(?:内部资料)?[,，]?(?:注意|妥善)保[存管密]|内部资料", "内部资料,注意保存"),
    StandingWords(rf"表\s*号[:\s]*{HAN}{{0,6}}\d{{0,3}}-?\d?表", "表号:金民1-2表"),
    StandingWords(
        rf"{_THIS}由{_KINDS}{_OFFICES}(?:负责)?(?:填报|填写|编制|报送|汇总|上报)(?:[,，]并?{_DEADLINE})?",
        "本表由各镇(街道)民政办填报,于每月5日前报送",
    ),
    StandingWords(rf"(?:[本此该]表)?一式{_SOME}份(?:[,，](?:报送?|送|交){_OFFICES})?", "本表一式两份,报市民政局规划处"),
    StandingWords(r"(?:全文)?完|(?i:sep)=", "全文完"),
    StandingWords(rf"(?:计量|金额)?单位[:\s]*见(?:计量单位|表内|各行|各指标)|{_VALID.pattern}", "单位:见各行"),
    StandingWords(
        rf"累计(?:数据?|值)?(?:均|都|应)?为?(?:{_SINCE})?(?:计算|累计|统计)?(?:[至到](?:本月|当月|报告期|报告月)[底末]?止?)?"
        r"(?:的累计数|的?数据?)?",
        "累计数从1月1日起计算至报告期末",
    ),
    StandingWords(_DEADLINE, "请于每月5日前报送市民政局"),
)
"""That the figures are what they should be, where they come from, who made the form, gets it and when, the end."""
PLAIN = late(rf"[\W_]*(?:{any_of(SENTENCES)})[\W_]*")
