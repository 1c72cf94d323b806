"""How a note is parted into its clauses, and what of them is denied, of an earlier time, or of the figure itself."""

import re
from itertools import pairwise

from mzplan.reading.patterns import late
from mzplan.submissions.left_out import says_what_is_missing
from mzplan.submissions.names import matched_form

_NO_NUMBERS = late(r"(?<=\d),(?=\d{3}(?!\d))|(?:^|(?<=[,;。\s:：]))\(?\d{1,2}[.、)](?=[^\d%])")
"""Separators of thousands, and the numbers of paragraphs."""
CLAUSES = late(r"(?:[^,，.。;；!！?？()（）\r\n]|(?<=\d)\.(?=\d))+")
FILLING = late(r"[:：“”\"'【】]+|(?<!\d)\s+|\s+(?!\d)")
DENIED = late(
    "(?:不是|没有|不存在|[不非无未没]|扣除|剔除|减去|除去)(?:再|已|任何)?(?:[按以含填报属于算]|统计|录入|计[入算]?|[本当这个单的去上年月季周期度])*$"
)
"""Denies what stands behind it, with no more between them than when it would be of and how it would be counted."""
EARLIER = late(
    "(?<![比较与和同据])(?:上[个一]?[月期次季]|以前|之前|此前|前期|前[一几]?[个次]?月|原[来先报]?|往[月期]|去年|上年|年初)|[0-9一二三四五六七八九十]{1,3}月"
)
"""An earlier figure is spoken of: that it was wrong is why this one differs."""
SUBJECT = "(?:(?:[此该本这]|以上|上述)[个些项]?(?:数据?|数字|数值|值|表)?|数据?|数字|数值|完成[数值]|分[子母])"
"""Words for the figure itself."""
IT_IS = (
    f"(?:{SUBJECT})?[仍均都暂先只还]*"
    "(?:[是为系]?累计截?[到至]|[仅只](?:[算有是为报填含]|统计|汇总)?了?(?:截?[至到])?|[是为系]|[填写报]?成了?|(?:上报|误?[填用报][写报]?)[的了]?是?|截[至止]到?|(?:统计|数据)?时[间点][为是]?|统计截?[到至]|[沿套采引]用|[取引]自?|照[抄搬]|抄[的自]|按照?(?=.*[填的]))[的了]?"
)
"""Says of the figure that it is what stands behind."""


def of_the_figure(kind: str, data: str) -> str:
    """The whole clause says of the figure that it is of a kind (group `said_so`), or words for data stand behind it."""
    return f"^(?:(?P<said_so>{IT_IS})|(?:{SUBJECT})?)(?:{kind})(?P<data>{data})?(?(said_so)|(?(data)|(?!)))$"


def clauses_of(note: str) -> list[str]:
    """The clauses of a note in their plain form, without colons, quotes and blanks."""
    return [FILLING.sub("", clause) for clause in CLAUSES.findall(plain_note(note))]


def plain_note(note: str) -> str:
    """A note in its plain form, its numbers without thousands separators, its paragraphs without theirs."""
    return _NO_NUMBERS.sub("", matched_form(note))


def not_left_out(note: str) -> list[str]:
    """The clauses of a note but those that say what is rightly left out."""
    clauses = clauses_of(note)
    return [clause for at, clause in enumerate(clauses) if says_what_is_missing(clauses, at)]


def is_said(words: re.Pattern[str], clause: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a part of a clause holds such words, and does not deny them."""
    found = (each for each in words.finditer(clause, start) if end is None or each.end() <= end)
    return any(not DENIED.search(clause, max(0, each.start() - 8), each.start()) for each in found)


def is_of_earlier(clause: str) -> bool:
    """Whether a clause names an earlier time."""
    return bool(EARLIER.search(clause))


def is_said_of_now(admission: re.Pattern[str], clause: str, *, is_any_month: bool = False) -> bool:
    """Whether a clause holds such words of this figure: not denied, and not of an earlier one named before them."""
    earlier = (found for found in EARLIER.finditer(clause) if is_any_month or not found[0][0].isdigit())
    end = next((found.end() for found in earlier), len(clause))
    return is_said(admission, clause, 0, end)


def without_name(text: str, name: str) -> str:
    """A text without what stands in a name likewise, two characters of it or more."""
    pairs = set(map("".join, pairwise(name)))
    return "".join(
        each for at, each in enumerate(text) if pairs.isdisjoint((text[max(at - 1, 0) : at + 1], text[at : at + 2]))
    )
