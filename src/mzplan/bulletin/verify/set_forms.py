"""The forms in which a sentence names or counts those of whom something holds: 仅…, 除…外, 有3家…."""

import re

from mzplan.bulletin.verify.passages import AND, EXCEPT, JOINTS, MARKS, REST
from mzplan.bulletin.verify.rough import ROUGH, SIDED

_ONE = f"[“”]?(?:{'|'.join(f'{mark}+' for mark in MARKS.values())})(?:(?<={MARKS['area']})领域)?[“”]?"
_LISTED = rf"(?P<names>{_ONE}(?:{AND}{_ONE})*)(?P<more>等)?"
NOUNS = {
    **dict.fromkeys(("单位", "县（市、区）", "县市区", "县区", "县"), "unit"),
    **dict.fromkeys(("指标", "重点事项", "事项", "项目"), "indicator"),
    "领域": "area",
}
_NOUN = f"(?:{'|'.join(NOUNS)})?"
_EACH = f"(?P<noun>{'|'.join(NOUNS)})(?:均|都|全部)?"
COUNTS = {"家": "unit", **{f"个{noun}": kind for noun, kind in NOUNS.items() if kind == "unit"}}
COUNTS |= {"个领域": "area", "项": "indicator", "个": ""}
"""What is counted, by its measure word."""
_COUNTED = rf"(?P<count>[0-9]+)(?P<of>{'|'.join(COUNTS)}){_NOUN}"
_WHOLE = rf"(?P<whole>[0-9]+)(?P<of>{'|'.join(COUNTS)})(?P<kind>(?:应报|填报)?单位|{'|'.join(NOUNS)})?当?[中里]"
"""So many, of whom some are told next: 9个领域中有2个…."""
_LEFT_OUT = (
    rf"(?P<names>{_ONE}(?:{AND}{_ONE})*)(?:等?这?(?P<listed>[0-9]+)(?:{'|'.join(COUNTS)}|县|地){_NOUN}|(?P<more>等))?"
)
"""Names, and how many those are: 某县、某县等2个县."""
PORTION = rf"(?:{'|'.join(ROUGH)})?[0-9]+(?:\.[0-9]+)?%(?:{SIDED})?"
DENIAL = "(?:[并还尚从仍毫])?(?:没有?|未[能曾]?|没[能曾]|无|不(?!断)|非|不是|谈不上)"
"""What turns the words right behind it into their opposite."""
BEHIND_DENIAL = re.compile(
    f"(?:[没未无非]|不(?![仅但只光断同])|谈不上)[^{''.join(MARKS.values())}0-9，；。：（）“”、和与及且但而的中外]{{0,6}}$"
)
"""Some words further on it is not known what is denied: 没有按时报送."""
EVERY = "(?:各项?|所有|全部|全体|每[个家项])"
_OF_EVERY = rf"(?:{EVERY}|已报送?的?)(?:{'|'.join(noun for noun, kind in NOUNS.items() if kind != 'indicator')})"
SOME_BEFORE = re.compile(
    rf"(?:[0-9]+[家个项]|{PORTION}的?|(?:[多少半]数|过半|大?部分|个别|有的|一些)的?)(?:[填应已]报)?{_NOUN}[均都全也还仍已]*$"
    rf"|{_OF_EVERY}[均都]*$"
)
"""What goes before 没有 and tells of how many there is none: 7个领域没有…, which is not to say of nobody."""
FAR = 10
"""In so many characters before them is looked for what denies words."""
_OF_DATA = "(?:(?P<month>[0-9]{1,2})月份?的?)?(?:数据|报表)?"
STATE = (
    "(?P<state>(?:已|尚?未|部分|全部|严重)?(?:报送?齐?|完成|滞后|达标|到期|达到进度要求)|(?:有|承担)(?:该项?)?任务)"
    rf"(?:数据|报表)?的?(?=各?(?:[0-9]+[家个项])?(?:{'|'.join(NOUNS)}))各?"
)
"""What is said of those that are meant, and of nobody that they are so: 除某县外，已报单位均…."""
NO_CLAIM = rf"(?:数据|报表)?(?:的|各?(?:[0-9]+[家个项])?(?:{'|'.join(noun for noun in NOUNS if noun != '项目')}))"
"""What stands behind words that only tell which ones are meant."""
_REMAINING = (
    rf"(?:{REST}|各|全部|所有)?(?:{STATE})?(?:{_COUNTED}|项?(?P<noun>{'|'.join(NOUNS)})?)(?:(?<=[位县）])(?:当?中|里)，?)?"
    rf"{_OF_DATA}(?:均|都|全部)?"
)
_CLAIMED = f"(?!{NO_CLAIM})"
_STOP = "(?=[，；。、）]|$)"
_TOO = rf"(?:(?:（|：|，?(?:分别|即)?[为是]){_LISTED}）?)?"
FORMS = tuple(
    (kind, re.compile(before), re.compile(after))
    for kind, before, after in (
        ("rest", rf"(?:除了?|(?<![^，；。])){_LEFT_OUT}[以之]?外的?，?(?:全市)?{_REMAINING}", _CLAIMED),
        ("rest", rf"(?:{EXCEPT}){_LEFT_OUT}之?后?，(?:全市)?{_REMAINING}", _CLAIMED),
        ("rest", rf"(?={REST}){_REMAINING}", _CLAIMED),
        ("all", rf"{EVERY}(?:{STATE})?(?:(?P<count>[0-9]+)[家个项])?{_EACH}", _CLAIMED),
        ("all", rf"{STATE}(?:(?P<count>[0-9]+)[家个项])?(?P<noun>{'|'.join(NOUNS)})(?:均|都|全部)", _CLAIMED),
        ("all", "(?P<noun>重点事项)(?P<count>[0-9]+)项(?:均在期限内，)?(?:均|都|全部)", ""),
        ("all", r"(?<![0-9][条份项])(?<!项次)(?:数据|报表)(?![尚还]?[未没])(?:已经?|均|都|全部)*", _STOP),
        ("none", rf"(?:没有|尚?无)(?:任何|一[家项个])?{_EACH}", ""),
        ("none", r"(?:没有|尚?无)(?:任何|一[家项个])?", f"的?{_EACH}(?![有是为即：包仅只较更不比数占多])"),
        ("none", r"(?:没有|尚?无)", f"的?{_STOP}"),
        ("of", rf"{_WHOLE}，?(?:还|尚|仍)?有?(?P<count>[0-9]+)(?:{'|'.join(COUNTS)}){_NOUN}(?:均|都)?", _TOO),
        ("those", f"有{_LISTED}这?{_COUNTED}", ""),
        ("part", rf"(?P<portion>{PORTION})的?{_EACH}", ""),
        ("part", "", rf"的?{_EACH}占(?:比|到)?(?P<portion>{PORTION})"),
        ("those", "", rf"的?{_NOUN}(?:有|是|为|即|：|包括){_LISTED}(?:这?{_COUNTED})?"),
        ("most", f"{_LISTED}的?", "(?!的)"),
        ("most", "(?<=，)", "(?!的)"),
        ("most", "", rf"的?(?:{STATE})?{_NOUN}(?:(?P<order>依次)|分别)?(?:有|是|为|：){_LISTED}"),
        ("each", rf"{_LISTED}(?:{_COUNTED})?", ""),
        ("those", rf"(?P<names>{_ONE}(?:{AND}{_ONE})*)(?P<more>等){_COUNTED}(?:均|都|全部)?", ""),
        ("only", rf"(?:仅有?|只有){_LISTED}(?:这?{_COUNTED}|一[家个项])?的?", ""),
        ("only", "", rf"的?{_NOUN}(?:仅有?|只有|只是){_LISTED}(?:这?{_COUNTED}|一[家个项])?"),
        ("only", rf"{_LISTED}(?:是|为)(?:全市)?唯一的?(?:一[家个项])?的?", f"的?{_NOUN}"),
        ("only", "唯一的?(?:一[家个项])?", rf"的?{_NOUN}(?:是|为){_LISTED}"),
        ("only", rf"(?:仅有?|只有){_COUNTED}", _TOO),
        ("share", rf"有?{_COUNTED}的?", _TOO),
        ("share", "", rf"的?{_NOUN}(?:共?有)?{_COUNTED}{_TOO}"),
        ("share", "", rf"的?{_NOUN}(?:只?有|是|为|：|包括){_LISTED}(?:{_COUNTED})?"),
    )
)
"""What stands before and after the words that say what holds; `share` is of shares of completion alone."""
BEGINS = re.compile(
    rf"除|{EXCEPT}|仅|只有|唯一|重点事项|有[0-9\ue001\ue002“]|(?<![^，；。：市])[0-9]+[家个]|数据|报表|(?:年度|综合|总体|领域)?完成率|{REST}|各|所有|全部|全体|每|没有|尚?无"
    rf"|{PORTION}(?=的?(?:{'|'.join(NOUNS)}))|{MARKS['unit']}+|{MARKS['area']}+"
    rf"|(?:{'|'.join(ROUGH)})(?=[0-9])|(?<={MARKS['indicator']})[0-9]|(?<!最[高多低少快慢][和与及、])最[高多低少快]|进度最|推进最|滞后(?:幅度)?最|[快慢]于序时|(?:[为是]|(?<=，)在)(?=(?:全市|各领域|各单位)(?:当?中)?最)|居首|垫底|[位排]?[列居名](?:全市|各领域|各单位|已报单位)?[前末后第]"
    "|(?:尚?未能?|没有|已)?(?:全部|部分|提前)?(?:报|完成|达|到期)|(?:严重)?滞后|保持"
)
_OF_NO_AREA = "|".join(noun for noun in NOUNS if noun != "领域")
AMONG = re.compile(rf"{STATE}(?:[0-9]+[家个])?(?:{'|'.join(NOUNS)})(?:当?中|里)，?[^，。；：]*$")
"""What goes before a place among those in a state: 未报单位中完成率最高的."""
AMONG_SOME = re.compile(
    "(?:[已未]报|县)[^，。；]{0,12}(?:当?中|里)，?[^，。；]*$|[已未]报[^，。；]{0,4}(?:单位|县（市、区）)[列居位]*$"
)
"""What goes before a place among some, which is another than among all: 居已报单位末位."""
RESTRICTED = re.compile("(?:最[高低多少快慢大小好差]|第[0-9]+[位名]?|[首末]位|垫底)的$")
"""What goes before words that only tell among whom somebody is that: 完成率最高的已报单位是…."""
WITHIN = re.compile(
    rf"(?P<state>[^，；。：、{''.join(MARKS.values())}]{{0,12}}?)的?(?P<noun>{_OF_NO_AREA})(?:当?中|里)?$"
)
"""What goes before 没有 and tells among whom there is nobody: 未到期指标中没有…."""
PLAIN = re.compile(rf"(?:{JOINTS.pattern}|[0-9]{{1,2}}月(?:份|底|末)?|全市|各|所有|全部|{REST})*")
"""What stands before that and says nothing of them."""
HEARD = re.compile(
    "已报送?(?:数据)?的?各?(?:(?P<many>[0-9]+)[家个])?(?:单位|县（市、区）|县市区|县区|县)(?:当?中|里)，?"
)
"""What leaves those out that have not reported."""
GOES_ON = re.compile(
    "（|[、和及与；，]?(?:以及|[“”])|[、和及与]|(?:[0-9.]+[^，；。]{0,4})?[，；][\ue001\ue002\ue003]+(?=[0-9、和及，。；]|$)"
)
"""What stands behind a list that was not read to its end."""
