"""The text of a plan's files: bytes to characters, and which of these cannot be seen. Knows nothing of YAML."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import islice
from typing import NamedTuple

from mzplan.plan.file_rules import HIDDEN, NOT_UTF8

Report = Callable[..., None]
"""Takes a rule, the name of a message, a mark and what the message names."""


class YamlPlace(NamedTuple):
    """Line and column of a value or a key, both from 1; columns count code points."""

    line: int
    column: int


_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufffd-\uffff\U000e0100-\U000e01ef]"
)
"""Fillers, variation selectors, the replacement character and what is no character: invisible, in no category."""
_HIDDEN_ZH: Mapping[int, str] = {
    0x00AD: "软连字符",
    0x200B: "零宽空格",
    0x200C: "零宽非连接符",
    0x200D: "零宽连接符",
    0x2060: "零宽连接符",
    0xFEFF: "零宽空格（多余的BOM）",
    0xFFFD: "乱码替换符，原来的字已丢失",
}
_CATEGORIES_ZH: Mapping[str, str] = {
    "Cc": "控制字符",
    "Cf": "格式或方向控制符",
    "Cs": "不成对的代理字符",
    "Mn": "变体选择符",
    "Zl": "行分隔符",
    "Zp": "段分隔符",
}
_MOST_TOLD = 100
_WIDE_BOMS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def is_hidden(character: str) -> bool:
    """Whether a character cannot be seen, or stands for one that was lost."""
    return unicodedata.category(character) in _REFUSED or _IGNORABLE.match(character) is not None


def decoded(data: bytes, report: Report) -> str | None:
    """The text of a file that should be UTF-8; None, and a finding, when it is not."""
    for bom, encoding in _WIDE_BOMS:
        if data.startswith(bom):
            report(NOT_UTF8, "utf16", YamlPlace(0, 0), encoding=encoding)
            return None
    if b"\0" in data[:4]:
        report(NOT_UTF8, "utf16", YamlPlace(0, 0), encoding="UTF-16")
        return None
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        return data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[start : start + error.start].decode("utf-8")
        report(NOT_UTF8, "bytes-not-utf8", mark_at(before, len(before)), byte=data[start + error.start])
        return None


def mark_at(text: str, offset: int) -> YamlPlace:
    """The place of an offset, counting lines as editors do: CR LF, LF or CR."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return YamlPlace(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def without_hidden(text: str, report: Report) -> str:
    """The text with each hidden character reported and replaced by U+FFFD, so that reading can go on."""
    hidden = {character for character in set(text) if is_hidden(character)} - set("\t\n\r")
    if not hidden:
        return text
    for match in islice(re.finditer("[" + re.escape("".join(sorted(hidden))) + "]", text), _MOST_TOLD):
        report_hidden(report, match[0], mark_at(text, match.start()))
    return text.translate({ord(character): "\ufffd" for character in hidden})


def report_hidden(report: Report, character: str, mark: YamlPlace) -> None:
    """Say that there is a character that cannot be seen."""
    code = ord(character)
    named = _HIDDEN_ZH.get(code)
    what = named or _CATEGORIES_ZH.get(unicodedata.category(character), "看不见的字符")
    report(HIDDEN, "hidden", mark, code=code, what=what)
