"""What a draft no longer says of what is adverse or missing, though the document that it was made from does."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from mzplan.bulletin.model import Ref
from mzplan.bulletin.verify.findings import diagnostic
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.passages import Passage, SentenceKey, bare
from mzplan.bulletin.verify.reading import DraftReader
from mzplan.bulletin.verify.truth import Written
from mzplan.diagnostics import Diagnostic, show
from mzplan.rules.draft import STATEMENT_OPEN

ADVERSE = re.compile(
    "未达到|未达标|(?<!尚)未完成|未办结|逾期|未报|未能读入|未含|未启动|未开始|已过期限|尚未报送|部分报送|尚无|难度较大"
    "|(?<!的为)(?<!的为严重)滞后(?!指标)|慢于|目标差|的基期水平|已超上限|超出"
    "|报齐后再作结论|待报齐|按已报数|沿用|不作为"
)
"""Words by which the phrases of a bulletin tell what is adverse, missing, or no verdict yet."""
_PARTS = re.compile("（[^）]*）|[^，；：。！？（）]+")
_DIGIT = re.compile("[0-9]")
_STOPS = re.compile("[，；：、。（）]")

_CUT = "文稿删去了“{section}”里说明不足、未报的{count}句，没有核对：“{said}”"
_SHORTENED = "“{said}”没有核对：删去了“{lost}”"
_MEND = "不是有意删的请改回，有意删的由人核对。"


def lost(draft: str, written: str) -> str:
    """The clauses of that kind that a sentence lacks which else is the written one; none where it is in other words."""
    if not _is_within(_STOPS.sub("", bare(draft)), _STOPS.sub("", bare(written))):
        return ""
    words = Counter(ADVERSE.findall(written)) - Counter(ADVERSE.findall(draft))
    kept = _PARTS.findall(draft)
    gone = Counter(_PARTS.findall(written)) - Counter(kept)
    cut = {
        part
        for part in gone
        if any(one in words for one in ADVERSE.findall(part))
        if not any(_DIGIT.findall(one) == _DIGIT.findall(part) != [] and _is_within(one, part) for one in kept)
    }
    return "，".join(part for part in gone.elements() if part in cut or _is_named_late(part, draft, written))


def _is_named_late(part: str, draft: str, written: str) -> bool:
    """Whether it is a bracket behind what is adverse, of whom that is, and the draft names them less often."""
    place = written.find(part)
    before = re.split("[，；：。（）]", written[:place])[-1]
    told, said, names = (_STOPS.sub("", text) for text in (written, draft, part))
    return part.startswith("（") and ADVERSE.search(before) is not None and said.count(names) < told.count(names)


def _is_within(short: str, long: str) -> bool:
    """Whether nothing but letters that it lacks tells one text from another."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def shortened_finding(path: str, place: tuple[int, int], said: str, cut: str) -> Diagnostic:
    """A sentence from which such clauses were taken."""
    message = _SHORTENED.format(said=show(said, 60), lost=show(cut, 60))
    return diagnostic(path, STATEMENT_OPEN, place, message, cut, hint=_MEND)


def cut(
    path: str,
    source: Written,
    dropped: Collection[SentenceKey],
    reader: DraftReader,
    *,
    stands: Collection[str],
    reworded: Collection[Ref],
    missing: Collection[str],
) -> Iterator[Diagnostic]:
    """What a document's draft lacks of that kind, once a section: a heading that `stands` in it, or all below one gone.

    Not what it says in other words: `reworded` are the figures of its sentences that the document has not. Nor what
    stands below the title of an annex that is told to be `missing`.
    """
    titles = {normalised(title)[0] for title in source.bulletin.attachments}
    sections: dict[str, list[Passage]] = {}
    above = annex = ""
    for key, passage in source.ordered:
        if passage.is_heading or key[2] in titles:
            is_inside = above and above not in stands and key[2] not in stands and key[2] not in titles
            annex = key[2] if key[2] in titles else "" if key[2] == "说明" else annex
            above = above if is_inside or key[2] == "附件" else key[2]
        elif (
            annex not in missing
            and key in dropped
            and ADVERSE.search(passage.text)
            and not _is_told(passage, reworded, reader)
        ):
            sections.setdefault(above, []).append(passage)
    for heading, passages in sections.items():
        said = "".join(one.text for one in passages)
        message = _CUT.format(section=show(heading, 40), count=len(passages), said=show(said, 120))
        yield diagnostic(path, STATEMENT_OPEN, (0, 0), message, said, hint=_MEND)


def _is_told(passage: Passage, reworded: Collection[Ref], reader: DraftReader) -> bool:
    """Whether each figure of what is adverse in a sentence is told in other words."""
    parts = [part.span() for part in _PARTS.finditer(passage.text) if ADVERSE.search(part[0])]
    refs = {
        bound.ref
        for bound in reader.bounds(passage)
        if bound.ref is not None and any(start <= bound.start < end for start, end in parts)
    }
    return bool(refs) and refs.issubset(reworded)
