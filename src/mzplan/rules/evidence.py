"""What a record must bring to show for itself: evidence, where it says that something is done. Part of family MZ4xx."""

import re
from collections.abc import Iterator

from mzplan.diagnostics import show
from mzplan.rules.examples import STAGE, table
from mzplan.rules.registry import WARNING, Cause, Finding, row_rule, series_rule
from mzplan.rules.scope import Scope, Series
from mzplan.said import say
from mzplan.submissions.names import hidden_characters, stage_names, trimmed
from mzplan.submissions.row import Row

_STAGE = f"2031-03,{STAGE}"


def _is_done(series: Series) -> bool:
    """Whether a milestone has come to its last stage."""
    stages = series.indicator.stages
    return bool(stages) and series.values[-1] == len(stages) - 1


@series_rule(
    "MZ410",
    WARNING,
    _is_done,
    title="已完成没有佐证",
    what="里程碑报到了最后一个阶段，从那个月起一直没有佐证。给过一次的以后不必再给。",
    why="“已完成”要有文件、链接或照片为凭，年底考核时才说得清。",
    mend="在“佐证”里写文件名（放在项目里）、网址或公文的文号。",
    bad=table(f"{_STAGE},已完成,,,,"),
    good=table(f"{_STAGE},已完成,,,,https://example.org/1"),
)
def done_without_evidence(series: Series) -> Iterator[tuple[int, Finding]]:
    """A milestone that has come to its last stage needs something to show, once."""
    if not _is_done(series):
        return
    stages = stage_names(series.indicator)
    changed = max((at for at, stage in enumerate(series.values) if stage != len(stages) - 1), default=-1) + 1
    if not any(map(series.has_evidence, range(changed, len(series.values)))):
        yield (
            changed,
            Finding(
                say("“{stages}”没有佐证", stages=stages[-1]),
                "evidence",
                _WHAT_IT_MAY_BE,
                cause=_NO_EVIDENCE,
            ),
        )


_NO_EVIDENCE = Cause("MZ410")
_WHAT_IT_MAY_BE = "写上文件名（文件也放到项目里）、网址或公文的文号。"
_URL = re.compile(r"https?://[^\s/?#]+\S*", re.I)
_DOCUMENT = re.compile(
    r"(?:《[^《》]{1,100}》[（(]?)?[^\W\d_]{1,20}[〔\[［(（【](?:19|20)\d\d[〕\]］)）】]第?\d{1,5}号[)）]?(?:文件)?"
)
"""The number of an official document: 义民〔2023〕18号."""
SEPARATORS = re.compile(r"[;；|\r\n]+")
_LOOSE_SEPARATORS = re.compile(r"[,，、\s]+|(?<=号)[和及与]")
"""What joins documents as well, but stands within names of files too."""
_ANOTHER_NUMBER = re.compile(r"第?\d{1,5}号")
"""A further number of the same series: 义民〔2023〕18号、19号."""


def is_evidence(text: str, scope: Scope) -> bool:
    """Whether each piece of evidence is a web address, an official document's number or a file that is there."""
    return not _not_found(text, scope)


_LIKE_A_FILE = re.compile(r"[./\\〔\[【]|附件|号|(?a:[\w-]{6,})")
"""What names a file, an address or a document, be it not there."""


def _not_found(text: str, scope: Scope) -> str:
    """The first piece of evidence that is nothing of the kind; empty when each is something."""

    def is_sound(piece: str) -> bool:
        return bool(_URL.fullmatch(piece) or _DOCUMENT.fullmatch(piece) or scope.exists(piece, scope.source))

    for piece in filter(None, map(trimmed, SEPARATORS.split(text))):
        if is_sound(piece):
            continue
        before = ""
        for part in filter(None, map(trimmed, _LOOSE_SEPARATORS.split(piece))):
            is_number = _DOCUMENT.fullmatch(before) and _ANOTHER_NUMBER.fullmatch(part)
            if not is_number and not is_sound(part):
                return part if before else piece
            before = before if is_number else part
    return ""


@row_rule(
    "MZ411",
    WARNING,
    title="佐证找不到",
    what="“佐证”不是网址（http://、https://），不是公文的文号（×民〔2031〕18号），也不是项目里存在的文件。"
    "多个佐证用分号隔开；文号之间也可以用逗号、顿号或空格，每一个都要找得到。",
    why="找不到的佐证等于没有。",
    mend="改正文件名，把文件一并提交；路径从这份 CSV 所在的文件夹或项目的根写起。文字说明写在“说明”里。",
    bad=table(f"{_STAGE},已完成,,,,见附件"),
    good=table(f"{_STAGE},已完成,,,,https://example.org/1"),
)
def evidence_not_found(row: Row, scope: Scope) -> Iterator[Finding]:
    """Evidence that is neither an address nor a file."""
    if not hidden_characters(row.evidence) and (piece := _not_found(row.evidence, scope)):
        message = say("佐证“{piece}”不是网址、文号，也不是存在的文件", piece=show(piece, 60))
        cause, hint = Cause(f"MZ411 {row.evidence}"), _WHAT_IT_MAY_BE
        if row.note and not _LIKE_A_FILE.search(row.evidence):
            note = f"{row.note}，{row.evidence}"
            hint = say("像是“说明”里的半角逗号把一格分成了两格：“说明”写成“{note}”，“佐证”留空。", note=show(note, 80))
        yield Finding(message, "evidence", hint, cause=cause)
