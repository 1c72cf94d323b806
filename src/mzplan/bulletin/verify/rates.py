"""What goes before a share that has no words of its own and makes it a rate of completion."""

import re

from mzplan.bulletin.phrases import Slot
from mzplan.bulletin.verify.grammar import PhraseMatch
from mzplan.bulletin.verify.passages import AND

OF_MOST = re.compile(
    "(?:完成率(?:居)?(?:最[高低]|首|排?名?第[0-9]+位?)|领域最[高低])(?:的[^，。；]{1,20})?，?((?:仅|只)?(?:达到?|[为是有])|仅)$"
)
"""What goes before the share of whoever has most done: 完成率最高的是某县，达."""
RATE_OF_EACH = re.compile(
    "(?:完成率[居排列最位][^，；。（）]{2,80}，(?=分别)|(?=(?:年度|综合|总体)?完成率分别))"
    f"((?:(?:年度|综合|总体)?完成率)?分别[为是]?(?:[0-9.]+%(?:{AND}|，))*)$"
)
RATE_BESIDE_NAMES = re.compile("完成率[为是：]?(?:[^，。；、和0-9]{2,8}[0-9.]+%[、和])*[^，。；、和0-9]{2,8}()$")
"""What goes before a share in a row of names with their shares: 完成率某县90.6%、某市."""
RATE_IN_BRACKETS = re.compile("完成率[^；。]*（()$")
"""And in a bracket of its own: 完成率居前两位的是某县（90.6%）."""
RATE_OF_EXCEPTED = re.compile("除[^。；]*（()$")
EXCEPTED = re.compile("[^。；]{0,60}外[^。；]{0,40}完成率")
"""What goes before and after one in a bracket of those who are left out: 除某县（47.7%）外，各单位年度完成率均…."""
_OF_ALL = re.compile(
    "[全各][市县]|总体|整体|平均|综合|年度|合计|指标|单位|领域|[县区市月季]|截[至止]|累计|目前|今年|实际|任务|事项|工作|目标|计划|其中"
)
_OF_WHAT = re.compile(
    "(?:[^，、。；：（）0-9]{3,}|[0-9.]+[余多]?(?!个百分点|个?单位|家单位|个?领域)[^，。；%项位名0-9]{1,3}，[^，。；：（）0-9]{0,2})$"
)
"""The words of what a rate is of, or an amount in the clause before it."""


def rates(words: re.Pattern[str], text: str, token: re.Match[str]) -> list[PhraseMatch]:
    """A share as a rate of completion, where such words before it make it one; its phrase begins with their group."""
    told, end = words.search(text, 0, token.start()), token.end() + 1
    slot = Slot("overall", "", "")
    return [PhraseMatch(token.start(), slot, told.start(1), end, token[1], "完成率{overall}%")] if told else []


def is_of_the_unnamed(text: str, start: int) -> bool:
    """Whether a bare rate of completion is of something that is told in words which mean no indicator and nobody."""
    told = _OF_WHAT.search(text, 0, start) if text.startswith("完成率", start) else None
    return told is not None and not _OF_ALL.search(told[0])
