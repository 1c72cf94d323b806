"""Which part of the year a clause speaks of (上半年 begins with the year, 三季度 does not), and what is yet to be."""

import re
from typing import NamedTuple

from mzplan.bulletin.verify.passages import Passage

_NUMBERS = {name: number for number, name in enumerate("一二三四", 1)} | {str(number): number for number in range(1, 5)}
SPAN = re.compile(
    r"(?:早?在|(?<=已)于)?(?P<up_to>截[至止到]|[到至])?(?P<than>[较比])?(?:(?P<year>[0-9]{4})年|今年)?"
    r"(?:(?P<whole>全年)|(?P<half>[上下])半年|(?P<mid>(?:半年|年中)(?=[末底时，]))时?|前(?P<first>[二三四2-4])个?季度|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<this>[本当]季)度?|(?P<before>上个?季)度?|前(?P<months>[0-9]{1,2})个月|(?P<now>[本当]月)份?|(?P<last>上个?月)"
    r"|(?:(?P<since>[0-9]{1,2})月?—)?(?P<month>[0-9]{1,2})月份?+(?P<day>[0-9]{1,2}[日号])?+)(?P<end>[底末])?+"
    "(?!目标|任务|计划|完成率|综合|总体|平均|增量|压减|需|应(?!报|达标|达到进度)|要|须|将|可|拟|力争|争取|预计|确保|有望)"
)
_MEANT = re.compile("预计|预期|力争|争取|确保|计划|有望|可望|去年|上年|明年")
_ON = re.compile("以来|起|至今")
YEAR = 12
PARTED = "(?:其中|分别|包括)[：:为是]?"
"""What stands between a whole and its parts."""
_PARTS = re.compile(f"，{PARTED}[^，。；]*(?:，(?![^，]*(?:累计|共|达|目前|现|总|为|完成))[^，。；]+)*")
"""Parts told one after the other."""
_REACH = 300
"""Characters before a figure in which its part of the year is named: nobody looks through a whole page for each."""


class YearPart(NamedTuple):
    """The months after one, up to another: the year until then where the first is 0; and where a text says so."""

    after: int
    until: int
    start: int
    end: int
    is_numbered: bool
    """Whether it is told by one month's number, as the date of a level is too."""
    is_since: bool
    """Whether it is all since the end of what is named: 较8月底, 比上月."""

    @property
    def months(self) -> str:
        """Its months: 7—9, or 9."""
        return f"{self.after + 1}—{self.until}" if self.until != self.after + 1 else str(self.until)


def span_before(text: str, position: int, now: int) -> YearPart | None:
    """The part of the year that a clause names last before a position; `now` is the report's month.

    None where it names none, or says what is meant to be; nor is it that from which something has come (由上半年末的…).
    Of a day or 6月以来, which nobody knows, it is empty. What
    something is compared with (较8月底增加) is named for the next words alone, and for the parts of that: 其中某县3家.
    """
    begun = max(*(text.rfind(mark, 0, position) + 1 for mark in "；。"), position - _REACH)
    named = (one for one in SPAN.finditer(text, begun, position) if not text.endswith(("由", "从"), 0, one.start()))
    found = [one for one in named if one["than"] is None or "，" not in _PARTS.sub("", text[one.end() : position])]
    if not found or _MEANT.search(text, begun, position):
        return None
    said = found[-1]
    after, until = months_of(said, now)
    if said["than"]:
        return YearPart(until, now, *said.span(), is_numbered=False, is_since=True)
    is_numbered = said["month"] is not None and said["since"] in (None, "1")
    after = until if _ON.match(text, said.end()) else 0 if said["up_to"] or said["end"] else after
    return YearPart(after, until, *said.span(), is_numbered=is_numbered, is_since=False)


def months_of(said: re.Match[str], now: int) -> tuple[int, int]:
    """The month before the first and the last one of a part of the year; those of a day are none."""
    if said["half"] or said["mid"]:
        return (6, YEAR) if said["half"] == "下" else (0, 6)
    if quarters := said["first"] or said["quarter"]:
        until = 3 * _NUMBERS[quarters]
        return (0 if said["first"] else until - 3), until
    if said["this"]:
        return (now - 1) // 3 * 3, now
    if said["before"]:
        return (now - 1) // 3 * 3 - 3, (now - 1) // 3 * 3
    if said["whole"] or said["months"]:
        return 0, int(said["months"] or YEAR)
    month = int(said["month"] or (now - 1 if said["last"] else now))
    return month if said["day"] else int(said["since"] or month) - 1, month


MONTH = "(?P<month>(?P<last>上个?月)|(?P<number>[0-9]{1,2})月)[份底末]?"
TURN = re.compile(
    f"[由从](?:{MONTH}的?)?(?P<then>[^，。；：（）0-9由从]{{2,24}}?)(?:扭?转变?|变|恢复|提升|上升|回升|回落|下降|升|降|改)[为成至到]"
    "(?P<now>[^，。；：（）0-9]{2,24})(?=[，。；（）]|$)"
)
"""What is said to have turned: `then` is how it stood, of a month that may be named, and `now` how it stands."""


def is_before_turn(text: str, position: int) -> bool:
    """Whether words at a position tell how something stood before it turned into what it is."""
    return any(turn.start("then") <= position < turn.end("then") for turn in TURN.finditer(text))


_OTHER_TIME = re.compile("上月|上年|去年|同期|半年|季度|预计|争取|确保|力争|并非|不[是仅只]|如果|[截到]?([0-9]{1,2})月")
"""What is said of another time, or is not said to be so; the report's own month is none."""


def is_now(text: str, start: int, now: int) -> bool:
    """Whether what begins there is said of the report's month, and said to be so."""
    part = max(text.rfind(mark, 0, start) for mark in "；。") + 1
    return all(match[1] == str(now) for match in _OTHER_TIME.finditer(text, part, start + 1))


_AIM = (
    "确保|力争|争取|预计|预期|有望|可望|即将|将(?![近军])|尽快|抓紧|下一?步|年[底末]前|拟(?!定)|(?<![年行规度])计划(?![的数完任])"
    "|(?<![主重必首概])要(?![求点素件])|[必亟务]?须|应(?=[在于尽加]|该|当)|需(?!求)"
)
"""Words of what is meant to be: what follows them after a comma may be meant as well."""
_DISTANCE = (
    "[还尚仍只仅][差缺]|[还尚仍再]需|再有|(?<!差)距|(?<![分脱偏隔])离(?=[达完目年全实]|$)|(?<![度显所断])加快|接近|将近"
)
"""Words of how far it is, in the clause that they stand in; what is said not to be done may stand beside them."""
_AIMED, _LACKED = (re.compile(f"(?:{words})(?!.*(?:已|了))") for words in (_AIM, f"{_AIM}|{_DISTANCE}"))
_STATED = re.compile("[0-9某]|已|了|目前|现")
"""What a clause has that says how things are, and does not go on with what the clause before it means to be."""
_DENIED = re.compile("[尚仍]?未|没有|已")


def is_aimed(passage: Passage, start: int, end: int) -> bool:
    """Whether the words there tell what is meant or needed to be (确保, 还差), and not what is: 已 and 了 do."""
    text = list(passage.text)
    for one in passage.mentions:  # the 计划 of a name means nothing to be
        text[one.start : one.end] = "某" * (one.end - one.start)
    words, hidden = passage.text[start:end], "".join(text)
    if words.startswith("已") or "了" in words:
        return False
    if _AIMED.match(words):  # 须加快进度
        return True
    *before, own = re.split("[，：（]", re.split("[；。）]", hidden[:start])[-1])
    if (_AIMED if _DENIED.match(words) else _LACKED).search(own):
        return True
    for clause in reversed(before):
        if _STATED.search(own):
            return False
        if _AIMED.search(clause):
            return True
        own = clause
    return False
