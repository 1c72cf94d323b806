"""What a file or a tab is called, set against what it holds."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mzplan.diagnostics import show
from mzplan.period import Period, in_digits
from mzplan.reading.around import Remark
from mzplan.said import say
from mzplan.submissions.labels import of_another
from mzplan.submissions.names import Names, matched_form
from mzplan.submissions.other_sheets import casts_doubt
from mzplan.submissions.remarks import said_in

_AT_ODDS = "{where}说是{said}，内容是{meant}"
_DOUBT = "{where}写着“{text}”，数照表里的收，没有照它改"
_SAYS_VOID = "{where}写着“{text}”，没有归档"
_VOID = re.compile("作废|废止")
_OF_REPORTS = re.compile(
    r"民政局?|工作|填报?|报[表送]|[月上呈]报|统计|数据|汇总|指标|进度|完成情况|更正|补报|最终|终稿|定稿|新|版|扫描件|盖章"
    r"|表|年|月份?|[\W\d_]"
)
"""What a report may be called besides its unit: 义乌市民政局2023年10月填报表（盖章）."""


def is_called_report(names: Names, name: str) -> bool:
    """Whether a name has a unit and nothing else than a report's may have: not 义乌市10月活动照片."""
    rest = names.without_units(in_digits(matched_form(name)))
    return "\n" in rest and not _OF_REPORTS.sub("", rest)


def at_odds(names: Names, where: str, text: str, held: Sequence[tuple[str, Period]]) -> Iterator[Sequence[str]]:
    """For each unit and month that was taken what a name tells otherwise, in words.

    What it tells is no slip where it is right of one of them; but of a region's every unit should be.
    """
    text = in_digits(said_in([text]))
    claims = [{each.text: each for each in of_another(text, names, unit, period)} for unit, period in held]
    of_all = set.intersection(*map(set, claims)) if claims else set()
    for own in claims:
        told = (each for each in own.values() if each.is_region or each.text in of_all)
        yield [say(_AT_ODDS, where=where, said=each.text, meant=each.meant) for each in told]


def doubts(names: Names, called: Iterable[Remark]) -> Iterator[str]:
    """What names say against the figures, in words: a name may be anything, and is no reason to send a report back."""
    for said in called:
        if casts_doubt(said, names):
            yield say(_DOUBT, where=said.where, text=show(said.text, 40))


def void_by(called: Iterable[Remark]) -> str:
    """The name by which a report is void, in words: whoever collects it has to decide; empty for none."""
    words = (say(_SAYS_VOID, where=each.where, text=show(each.text, 40)) for each in called if _VOID.search(each.text))
    return next(words, "")
