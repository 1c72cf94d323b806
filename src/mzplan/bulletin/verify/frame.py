"""What stands around the text of a draft: of which month it says it is, to whom it goes, who signs, and when."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.findings import diagnostic
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.passages import DATE, SIGNATURE
from mzplan.bulletin.verify.truth import Written
from mzplan.diagnostics import Diagnostic, show
from mzplan.period import Period
from mzplan.rules.draft import FRAME_MISMATCH

_OF_MONTH = re.compile(
    r"([0-9]{4})年(?:(?:1—)?(1[0-2]|[1-9])月(?!底?前|[0-9]{1,2}日)|上半年|(?:前|第)?([一二三])季度|(?!.*[月季])[^。；]*?(全年|年度|完成情况))"
)
"""What a title calls the months it speaks of: the last of them is the report's."""
_SALUTATION = re.compile(r"[^，。；！？]{2,60}：")

_ABOVE = 4
"""How many paragraphs may stand above the text, to whom it goes among them."""

_ADDRESSEE = "主送单位“{said}”与文稿不符：标题说的是{right}"
_ISSUER = "落款“{said}”与文稿不符：发文机关是{right}（另有发文机关的，核对时也要加 --office）"
_EARLY = "成文日期 {said} 早于报告期末 {right}"
_NO_DAY = "成文日期 {said} 不是日期"


def month_of(blocks: Sequence[Block]) -> Period | None:
    """The month that the draft's own title says it is of; None where it says none."""
    for block in blocks[:_ABOVE]:
        if match := _OF_MONTH.search(re.sub("《[^》]*》", "", normalised(block.text)[0])):
            month = match[2] or 3 * ("一二三".find(match[3]) + 1 if match[3] else 4 if match[4] else 2)
            return Period(int(match[1]), int(month))
    return None


def frame(path: str, blocks: Sequence[Block], facts: Facts, source: Written) -> Iterator[Diagnostic]:
    """What is wrong with the addressee, the issuer and the date of a draft made from that document."""
    issuer = source.bulletin.signature
    texts = [(block, normalised(block.text)[0]) for block in blocks if block.kind == "paragraph"]
    unit = source.bulletin.subject.unit
    addressee = next((one for one in texts[:_ABOVE] if _SALUTATION.fullmatch(one[1])), None)
    if unit is not None and addressee is not None:
        named = (source.bulletin.salutation, facts.plan.units[unit].name)
        if not any(normalised(name)[0] in addressee[1] for name in named):
            yield _finding(path, addressee[0], _ADDRESSEE, addressee[1].rstrip("："), named[1])
    for block, text in texts:
        if SIGNATURE.fullmatch(text) and text != normalised(issuer)[0]:
            yield _finding(path, block, _ISSUER, text, issuer)
        if match := DATE.fullmatch(text):
            yield from _dated(path, block, match, facts)


def _dated(path: str, block: Block, match: re.Match[str], facts: Facts) -> Iterator[Diagnostic]:
    period = facts.period
    end = date(period.year, period.month, monthrange(period.year, period.month)[1])
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        yield _finding(path, block, _NO_DAY, match[0], "")
        return
    if day < end:
        yield _finding(path, block, _EARLY, match[0], f"{end.year}年{end.month}月{end.day}日")


def _finding(path: str, block: Block, message: str, said: str, right: str) -> Diagnostic:
    place = block.places[0] if block.places else (0, 0)
    return diagnostic(path, FRAME_MISMATCH, place, message.format(said=show(said), right=right), said)
