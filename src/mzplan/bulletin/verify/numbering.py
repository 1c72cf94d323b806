"""Whether what counts a draft's headings, points and annexes counts on: 一、 （一） 1. 一是, 附件1."""

import re
from collections.abc import Collection, Iterator, Sequence

from mzplan import zh
from mzplan.bulletin.verify.consistency import Slip
from mzplan.bulletin.verify.draft import Block
from mzplan.bulletin.verify.names import normalised
from mzplan.diagnostics import show
from mzplan.reading.misread import chinese_value
from mzplan.rules.draft import LIST_MISMATCH

_OUT_OF_TURN = "“{said}”的序号与前面不连：应为“{right}”"
_ZH = "([一二三四五六七八九十]{1,3})"
_MARKS = tuple(
    (re.compile(pattern), is_strict)
    for pattern, is_strict in (
        ("附件([0-9]{1,2})：?$", True),
        (f"{_ZH}、", True),
        (f"（{_ZH}）", True),
        ("(?:附件：)?([0-9]{1,2})[.、](?![0-9])", False),
        ("（([0-9]{1,2})）", False),
        (f"{_ZH}是", True),
    )
)
"""From the outermost to the innermost, and whether it begins anew only under another of those above it."""
_POINT = len(_MARKS) - 1


def out_of_turn(blocks: Sequence[Block], written: Collection[str] = ()) -> Iterator[Slip]:
    """Each mark that is not the one after the one before it; the first of a kind may be any.

    None of a block that is `written` like that: what stands before it is gone, and told as such.
    """
    last = [0] * len(_MARKS)
    for block in blocks:
        if block.kind not in ("heading", "paragraph"):
            continue
        text, positions = normalised(block.text)
        if block.kind == "heading" and not any(mark.match(text) for mark, _ in _MARKS):
            last[1:] = [0] * (len(last) - 1)
        starts = [0, *(match.end() for match in re.finditer("[。；：]", text))]
        for start in starts:
            for depth, (mark, is_strict) in enumerate(_MARKS):
                match = mark.match(text[start:]) if start == 0 or depth == _POINT else None
                if match is None:
                    continue
                number = int(match[1]) if match[1].isdigit() else chinese_value(match[1]) or 0
                last[depth + 1 :] = [0] * (len(last) - depth - 1)
                begins = number == 1 and not is_strict and (start == 0 or not last[depth])
                if last[depth] and number != last[depth] + 1 and not begins and text not in written:
                    expected = last[depth] + 1
                    written = str(expected) if match[1].isdigit() else zh.numeral(expected)
                    right = match[0].replace(match[1], written)
                    place = block.places[positions[start]]
                    said = _OUT_OF_TURN.format(said=show(match[0]), right=right)
                    yield Slip(LIST_MISMATCH, place, said, match[0], f"改为“{right}”。")
                    number = max(number, expected)
                last[depth] = number
