"""What stands around the text of a draft: of which month it says it is, to whom it goes, who signs, and when."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import Bulletin, BulletinSection
from mzplan.bulletin.office import NOBODY, Office
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.findings import diagnostic
from mzplan.bulletin.verify.names import normalised
from mzplan.bulletin.verify.passages import DATE, SIGNATURE, bare, line_of
from mzplan.bulletin.verify.truth import ALIKE, Written
from mzplan.diagnostics import Diagnostic, show
from mzplan.period import Period, stretches_ended
from mzplan.rules.draft import FRAME_MISMATCH, STATEMENT_OPEN
from mzplan.said import listed
from mzplan.zh import dated

_OF_MONTH = re.compile(
    r"([0-9]{4})年(?:-?(1[0-2]|[1-9])月(?!底?前|[0-9]{1,2}日)|上半年|(?:前|第)?([一二三])季度|(?!.*[月季])[^。；]*?(全年|年度|完成情况))"
)
"""What a title calls the months it speaks of: the last of them is the report's."""
_SALUTATION = re.compile(r"(?!附件|说明)[^，。；！？]{2,60}：")

_LISTED = re.compile(r"(?:附件：)?(?:([0-9]{1,2})[.、])?([^，。；：]{2,60})")
"""One of what is attached, in the list after the text."""

_LABEL = re.compile(r"附件(?:[0-9一二三四五六七八九十]+：?)?")
"""What stands above an annex."""
_NEVER = re.compile(r"(?!)")
_MONTHS = 6
"""A document is written so long after the end of its period at most."""

_LINES = (
    re.compile(r"[^，。；：！？（）0-9]{2,30}文件"),
    re.compile(r"[^，。；]{1,20}〔[0-9]{4}〕[0-9]+号(?:签发人：.*)?"),
    re.compile(r"（(?:联系人|电话)：.*）"),
    re.compile(r"抄送：.*"),
    re.compile(r"[^，。；]{0,40}日印发"),
)
"""The head, the number, who answers, who gets copies, who printed it when."""

_ABOVE = 4
"""How many paragraphs may stand above the text, to whom it goes among them."""

_ADDRESSEE = "主送单位“{said}”与文稿不符：标题说的是{right}"
_ISSUER = "落款“{said}”与文稿不符：发文机关是{right}（另有发文机关的，核对时也要加 --office）"
_OTHER = "“{said}”与版头版记（--office）不符：应为“{right}”"
_ATTACHED = "附件说明中的“{said}”与所附的不符：{right}"
_NOT_ATTACHED = "没有这个附件"
_GONE = "文稿缺少{what}：应为“{right}”"
_HEADING = "小标题"
_UNTRACED = "没有核对是按哪一版计划和数据写的：文稿末尾没有“计划：…；数据：…”一行"
_UNKNOWN = "“{said}”没有核对：没有给出版头版记（--office），或其中没有这一项"
_FAR = "成文日期 {said} 离报告期末 {right} 超过{months}个月，没有核对"
_LATE = "成文日期 {said} 晚于印发日期 {right}"
_EARLY = "成文日期 {said} 早于报告期末 {right}"
_ANOTHER = "成文日期 {said} 与 --date 给的不符：应为 {right}"
_NO_DAY = "成文日期 {said} 不是日期"


def month_of(blocks: Sequence[Block]) -> Period | None:
    """The month that the draft's own title says it is of; None where it says none."""
    for block in blocks[:_ABOVE]:
        text = stretches_ended(re.sub("《[^》]*》", "", normalised(block.text)[0]))
        if match := _OF_MONTH.search(text or ""):
            month = match[2] or 3 * ("一二三".find(match[3]) + 1 if match[3] else 4 if match[4] else 2)
            return Period(int(match[1]), int(month))
    return None


def is_document(blocks: Sequence[Block], source: Written, *, is_whole: bool) -> bool:
    """Whether a draft is one of the document: it has most of its sentences, or any of the lines around them."""
    return is_whole or len(_lines_gone(_texts_of(blocks), source)) < len(_frame_of(source.bulletin))


def _texts_of(blocks: Sequence[Block]) -> list[str]:
    return [line_of(one) for one in blocks if one.kind in ("paragraph", "heading")]


def _lines_gone(texts: Sequence[str], source: Written) -> list[tuple[str, str]]:
    """What each line around the text is called and says that is not there, nor another in its place."""
    own = {key[-1] for key in source.headings}
    around = [text.rstrip("。") for text in texts if bare(text) not in own]
    return [
        (what, right)
        for what, right, form in _frame_of(source.bulletin)
        if not any(text == normalised(right)[0].rstrip("。") or form.fullmatch(text) for text in around)
    ]


def gone(path: str, blocks: Sequence[Block], source: Written) -> Iterator[Diagnostic]:
    """Each line around the text that a draft of the document lacks."""
    texts = _texts_of(blocks)
    titles, numbers = source.bulletin.attachments, [number for number, *_ in _items(texts)]
    title = normalised(str(source.bulletin.title))[0]
    lacking = _lines_gone(texts, source)
    short = [text for text in texts[:_ABOVE] if "。" not in text and len(text) < 2 * len(title)]
    is_titled = any(SequenceMatcher(None, title, text).ratio() > ALIKE for text in short)  # be it edited
    lacking += [] if is_titled else [("标题", str(source.bulletin.title))]
    labels = [text for text in texts if _LABEL.fullmatch(text)]
    marks = [f"附件{number}" if len(titles) > 1 else "附件" for number in range(1, len(titles) + 1)]
    shown = [mark for mark, name in zip(marks, titles, strict=True) if normalised(name)[0] in texts]
    lacking += [("附件标识", mark) for mark in shown if mark not in labels and len(labels) < len(shown)]
    unlisted = [name for number, name in enumerate(titles, 1) if number not in numbers]
    lacking += [("附件说明", listed(unlisted, "、"))] if unlisted else []
    lacking += _without_heading(blocks, texts, source.bulletin)
    for what, right in lacking:
        message = _GONE.format(what=what, right=show(right, 60))
        yield diagnostic(path, FRAME_MISMATCH, (0, 0), message, right)
    if source.bulletin.made_from and not any(text.startswith("计划：") for text in texts):
        yield diagnostic(path, STATEMENT_OPEN, (0, 0), _UNTRACED, source.bulletin.made_from)


def _without_heading(blocks: Sequence[Block], texts: Sequence[str], bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    """Each heading that the draft lacks though it has most of what stands below, with what such a one is called."""
    listed_at = {at for *_, at in _items(texts)}
    left = Counter(bare(text).removesuffix("：") for at, text in enumerate(texts) if at not in listed_at)
    rows = {normalised(block.text[start:end])[0] for block in blocks for start, end in block.cells[:1]}
    whole, headings = "".join(texts), list(_headings(bulletin))
    others = left.keys() - {normalised(words)[0] for _, words, _ in headings}
    short = [
        (at, text) for at, text in enumerate(texts) if "。" not in text and bare(text).removesuffix("：") in others
    ]
    labels = (text for at, text in short if at >= _ABOVE and text.endswith("：") and not _LABEL.fullmatch(text))
    instead = sum(bare(text) != text for _, text in short) + len(list(labels))
    for what, words, below in headings:
        heading = normalised(words)[0]
        left[heading] -= 1
        kept = sum(part in rows or part in whole for part in (normalised(part)[0] for part in below))
        if left[heading] < 0 and 2 * kept > len(below):
            stands = (one.startswith(heading) or SequenceMatcher(None, heading, one).ratio() > ALIKE for one in others)
            if any(stands):  # be it edited, or in one line with what stands below
                continue
            if instead and what == _HEADING:
                instead -= 1
            else:
                yield what, words


def _headings(bulletin: Bulletin) -> Iterator[tuple[str, str, list[str]]]:
    """What each heading is called and says, with the sentences below it, or the labels of its table's rows."""
    yield from _of_sections(bulletin.sections)
    for annex in bulletin.annexes:
        yield "附件标题", annex.title, [str(row[0]) for row in annex.rows]
        yield from _of_sections(annex.sections)
    if bulletin.notes:
        yield _HEADING, "说明", list(map(str, bulletin.notes))


def _of_sections(sections: Sequence[BulletinSection]) -> Iterator[tuple[str, str, list[str]]]:
    for section in sections:
        inner = list(_of_sections(section.sections))
        own = [str(one) for paragraph in section.paragraphs for one in paragraph.sentences]
        yield _HEADING, section.heading, [*own, *(words for *_, below in inner for words in below)]
        yield from inner


def _frame_of(bulletin: Bulletin) -> list[tuple[str, str, re.Pattern[str]]]:
    """What each line around the text is called, as it is written, and the form that another in its place has."""
    _, number, contact, copies, printed = _LINES
    told = zip(
        ("主送", "文号", "附注", "抄送", "印发", "署名", "成文日期", "结语"),
        (bulletin.salutation, *_generated(bulletin.office), bulletin.signature, bulletin.dated, bulletin.closing),
        (_SALUTATION, number, contact, copies, printed, SIGNATURE, DATE, _NEVER),
        strict=True,
    )
    return [one for one in told if one[1]]


def frame(path: str, blocks: Sequence[Block], facts: Facts, source: Written, office: Office) -> Iterator[Diagnostic]:
    """What is wrong with the addressee, the issuer and the date of a draft made from that document."""
    issuer = source.bulletin.signature
    own = {key[-1] for key in source.headings}
    told = [(block, line_of(block)) for block in blocks if block.kind in ("paragraph", "heading")]
    around = [one for one in told if bare(one[1]) not in own]
    texts = [one for one in around if one[0].kind == "paragraph"]
    unit = source.bulletin.subject.unit
    addressee = next((one for one in texts[:_ABOVE] if _SALUTATION.fullmatch(one[1])), None)
    if unit is not None and addressee is not None:
        named = (source.bulletin.salutation, facts.plan.units[unit].name)
        if not any(normalised(name)[0] in addressee[1] for name in named):
            yield _finding(path, addressee[0], _ADDRESSEE, addressee[1].rstrip("："), named[1])
    for block, right in _expected(around, addressee, source, office):
        if right is None:
            said = show(normalised(block.text)[0], 60)
            place = block.places[0] if block.places else (0, 0)
            yield diagnostic(path, STATEMENT_OPEN, place, _UNKNOWN.format(said=said), said)
        else:
            yield _finding(path, block, _OTHER, normalised(block.text)[0], right)
    for block, said, right in _attached(blocks, source):
        yield _finding(path, block, _ATTACHED, said, f"应为“{right}”" if right else _NOT_ATTACHED)
    for block, text in around:
        if SIGNATURE.fullmatch(text) and text != normalised(issuer)[0]:
            yield _finding(path, block, _ISSUER, text, issuer)
        if match := DATE.fullmatch(text):
            yield from _dated(path, block, match, facts, office, source.bulletin.dated)


def _expected(
    texts: Sequence[tuple[Block, str]],
    addressee: tuple[Block, str] | None,
    source: Written,
    office: Office,
) -> Iterator[tuple[Block, str | None]]:
    """Each line around the text that is not the generated one, with that; None where none is generated."""
    bulletin = source.bulletin
    right = (f"{bulletin.signature}文件", *_generated(office))
    for block, text in texts:
        for line, generated in zip(_LINES, right, strict=True):
            if line.fullmatch(text) and text.rstrip("。") != normalised(generated)[0].rstrip("。"):
                yield block, (generated or None) if office != NOBODY else None
    if addressee and bulletin.subject.unit is None and addressee[1] != normalised(bulletin.salutation)[0]:
        yield addressee[0], bulletin.salutation if office.recipients else None


def _generated(office: Office) -> tuple[str, str, str, str]:
    """The number, who answers, who gets copies and who printed it when, as they are written; empty where not given."""
    signer = f"签发人：{office.signer}" if office.signer else ""
    told = (("联系人", office.contact), ("电话", office.phone))
    contact = "，".join(f"{name}：{value}" for name, value in told if value)
    return (
        "　".join(filter(None, (office.number, signer))),
        f"（{contact}）" if contact else "",
        f"抄送：{office.copies}。" if office.copies else "",
        office.printer + (f"{dated(office.printed)}印发" if office.printed else ""),
    )


def _attached(blocks: Sequence[Block], source: Written) -> Iterator[tuple[Block, str, str]]:
    """Each line of the list of what is attached that does not name the annex of its number, with that one's title."""
    titles = source.bulletin.attachments
    texts = [one for one in blocks if one.kind in ("paragraph", "heading")]
    for number, said, at in _items([normalised(one.text)[0] for one in texts]):
        right = titles[number - 1] if 0 < number <= len(titles) else ""
        if said != normalised(right)[0]:
            yield texts[at], said, right


def _items(texts: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    """The number and the words of each line of the list of what is attached, and which of the texts it is."""
    begin = next((at for at, text in enumerate(texts) if text.startswith("附件：")), len(texts))
    for at, text in enumerate(texts[begin:], begin):
        line = _LISTED.fullmatch(text)
        if text == "附件：":
            continue
        if line is None or (at > begin and line[1] is None):
            return
        yield int(line[1] or 1), line[2], at


def _dated(
    path: str, block: Block, match: re.Match[str], facts: Facts, office: Office, told: str
) -> Iterator[Diagnostic]:
    period = facts.period
    end = date(period.year, period.month, monthrange(period.year, period.month)[1])
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        yield _finding(path, block, _NO_DAY, match[0], "")
        return
    if told and dated(day.isoformat()) != told:
        yield _finding(path, block, _ANOTHER, match[0], told)
    elif day < end:
        yield _finding(path, block, _EARLY, match[0], dated(end.isoformat()))
    elif office.printed and day.isoformat() > office.printed:
        yield _finding(path, block, _LATE, match[0], dated(office.printed))
    elif (day.year - end.year) * 12 + day.month - end.month > _MONTHS:
        said = _FAR.format(said=match[0], right=dated(end.isoformat()), months=_MONTHS)
        yield diagnostic(path, STATEMENT_OPEN, block.places[0], said, match[0])


def _finding(path: str, block: Block, message: str, said: str, right: str) -> Diagnostic:
    place = block.places[0] if block.places else (0, 0)
    return diagnostic(path, FRAME_MISMATCH, place, message.format(said=show(said), right=right), said)
