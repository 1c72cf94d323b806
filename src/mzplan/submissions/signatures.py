"""Who signed a table and how he is reached: labels (填报人, 科长签字, 短号), each with a value of its own kind.

What follows a label and is of another kind (联系电话：35张, 审核人：数据未核实) is no part of a signature, and stays.
"""

from mzplan.period import DAY
from mzplan.reading.patterns import late
from mzplan.submissions.names import HAN, matched_form

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎乔贺赖龚庞樊兰殷施陶洪翟颜倪严牛温季俞章"
    "鲁葛伍韦尤毕聂焦柳邢岳齐梅庄辛祝左涂祁舒耿詹苗凌费纪靳盛童甄裴席鲍翁甘柯阮桂楼虞褚竺应骆厉"
)
_NO_NAME = "[元万额数值率量计填报估按未累]"
"""What stands in no given name, but in what is said of figures …"""
_NO_WHOLE_NAME = "[元万额数值率量计填报估按未累不误错漏退核存疑废缺暂当本改补]"
"""… and in no name of which nothing else is known."""
_GIVEN, _ANY = f"(?:(?!{_NO_NAME}){HAN})", f"(?:(?!{_NO_WHOLE_NAME}){HAN})"
_AFFAIRS = (
    "(?:单位|部门|科室|处室|主要|财务|统计|业务|信息|分管|主管|主办|经办|填报|填表|填写|制表|制单|编制|录入|报送|上报|报出"
    "|审核|复核|核对|核准|审定|审批|审签|校对|校核|签发|签报|批准|汇总|联系|责任|具体)"
)
_RANK = "(?:副|正)?(?:局|科|处|股|所)长|(?:副|正)?主任"
_SIGN = "(?:签字|签名|签章|盖章|公章)"
_SEAL = rf"(?:\s*\((?:{_SIGN}|[单本]位|加盖|章|[、/或并和])+\))"
_OFFICE = "(?:填报|填表|填写|制表|编制|报送|上报|报出)(?:单位|部门|机关)"
_WHO = rf"(?:{_OFFICE}|{_AFFAIRS}*(?:{_RANK}|总?会计师?|统计师|出纳|领导|负责人|责任人)|{_AFFAIRS}(?:人员?|员|者))"
_ROLE = rf"(?:(?:{_WHO}){_SIGN}?|{_AFFAIRS}(?:{_SIGN}|意见)?(?=\s*[:(])|{_SIGN}人?){_SEAL}?(?=[:\s]|$)"
_COMPOUND = "欧阳|上官|司马|诸葛|尉迟|皇甫|令狐|司徒|端木|东方|夏侯|慕容"
_KNOWN = rf"(?:{_COMPOUND}|[小老阿]?[{_SURNAMES}]){_GIVEN}{{0,2}}(?:{_RANK})?(?!{HAN})"
_NAME = rf"(?:{_KNOWN}|[甲乙丙丁戊](?!{HAN})|(?a:[A-Za-z]+(?:[ .][A-Za-z]+){{0,2}})(?!\w))"
_ANY_NAME = rf"(?:{_ANY}{{1,6}}·{_ANY}{{1,6}}(?!{HAN})|{_NAME}|{_ANY}{{2,3}}(?!{HAN}))"
_BODY = rf"(?:(?![元万额数值率填估按未误错改由给经含除]){HAN}){{1,12}}(?:[局委办科处股室]|中心)(?!{HAN})"
"""An office that made it, in the place of a person."""
_ANSWER = rf"(?:无|同意|属实|通过|合格|已?审核)(?!{HAN})"
_EXTENSION = r"(?:\s*(?:转|分机:?)\s*\d{1,6})?(?![\w%.])"
_PHONE = rf"(?a:\+?\(?\d[\d() -]{{1,20}}\d{_EXTENSION})"
_FAR = rf"(?a:\+?\(?\d[\d() -]{{3,20}}\d{_EXTENSION})"
"""A telephone's number in the next cell: one of three digits there may be a figure."""
_SIGNED = (
    rf"{_ROLE}(?:(?::\s*(?:{_ANSWER}|{_NAME}|{_BODY})|\s+{_NAME})(?:[、/\s]{{1,3}}{_NAME}){{0,3}}|(?<=[人员者]):\s*{_ANY_NAME})?"
    rf"(?:\s*\({_PHONE}\))?"
)
_OWN_LINE = r"(?:电\s*话|手\s*机|传\s*真|座机|短号|分机|内线|(?i:tel|phone|fax))"
_LINE = (
    rf"(?:联系|办公室?|值班|科室|单位|监督|咨询|固定|移动|工作)?{_OWN_LINE}(?:号码?)?(?:[/、](?:{_OWN_LINE}|微信))*"
    r"(?:\((?:手机|座机|短号)\))?"
)
_ADDRESS = rf"(?:{HAN}{{1,15}}(?a:\d{{1,5}})(?:号|室|楼|层|幢|栋|弄|座|单元)){{1,4}}{HAN}{{0,8}}"
_CONTACTS = (
    rf"联系人[及和、/]{_LINE}(?::?\s*{_NAME})?(?:\s*{_FAR})?",
    rf"(?:{_LINE}|联系方式)(?:(?::{_PHONE}|:?\s*{_FAR})(?:\s*[、/;,]?\s*{_FAR}){{0,3}})?",
    r"(?:电子)?(?:邮箱|邮件)(?:地址)?|(?i:e-?mail)|(?a:[\w.+-]+@[\w.-]+)",
    rf"(?:(?i:qq)|微信|浙政钉|钉钉)群?号?码?(?::\s*(?:(?a:[A-Za-z][\w-]*|\d{{5,12}})(?![\w.%])|{_NAME}))?",
    r"(?:邮编|邮政编码)(?::?\s*(?a:\d{6})(?!\d))?",
    rf"(?:联系|单位|通讯|办公)?地址(?::\s*{_ADDRESS})?(?=[:\s]|$)",
)
WHEN = "(?<!统计)(?<!数据)(?<!截[至止])(?:日期|时间)"
_DATED = (
    rf"(?:(?!{HAN}{{0,2}}(?:完成|启动|开工|竣工|投用|到期|计划|预计|实施|报告|统计|数据|截)){HAN}{{2,4}}?|数据(?:更新|导出|生成|提取|下载))?{WHEN}\s*:?\s*"
    rf"(?:{DAY}|(?a:\d{{5}}))(?![\w.%])"
)
_PARTS = late("|".join((*_CONTACTS, _DATED, _SIGNED)))
_LABEL = late(rf"(?:{_ROLE}|{_LINE}|{WHEN})(?:\([^()]*\))?$")
_STAMPED = late(rf"{_OWN_LINE}\s*$|{_SEAL}\s*$|(?:{_OFFICE}|单位|公章){_SEAL}")


def without_signatures(text: str) -> str:
    """A line, its compatibility forms undone, with a line end for each label of who signed and its value."""
    return _PARTS.sub("\n", text)


def begins_signed(text: str) -> bool:
    """Whether a line, its compatibility forms undone, begins as a signature."""
    return _PARTS.match(text) is not None


def is_signature(text: str) -> bool:
    """Whether a cell says who signed a table, how to reach him or when (填表人：张三); a stamp needs no colon."""
    label, colon, _ = matched_form(text).partition(":")
    return bool(_STAMPED.match(label)) or (bool(colon) and bool(_LABEL.search(label)))
