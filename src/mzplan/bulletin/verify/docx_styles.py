"""The styles of a DOCX: what its text looks like, and whether it is seen at all."""

from typing import NamedTuple

from mzplan.diagnostics import InputError
from mzplan.reading.archive import Parts
from mzplan.reading.spreadsheet import Handlers, parse_xml

BROKEN = "这不是能读的 DOCX 文件。请在 Word 或 WPS 中另存为 .docx 后再核对。"
WHITE = "FFFFFF"
_BASES = 20
"""How many styles one is made from at most."""
_STRETCH = 1 << 19
"""Bytes of the XML in which at least one tag begins; in UTF-8, as it is always written."""


def parse_part(data: bytes, handlers: Handlers) -> None:
    """Hand out the elements of a part; InputError for a tag so long that its attributes would fill the memory."""
    stretches = range(0, len(data) - _STRETCH, _STRETCH)
    if b"\0" in data or any(data.find(b"<", at, at + _STRETCH) < 0 for at in stretches):
        raise InputError(BROKEN)
    parse_xml(data, handlers)


class DocxStyle(NamedTuple):
    """What a style says of its text: its name, and whether it is not to be seen, white, or struck out."""

    name: str = ""
    base: str = ""
    is_hidden: bool | None = None
    is_white: bool | None = None
    is_struck: bool | None = None


def styles_of(parts: Parts) -> dict[str, DocxStyle]:
    """The styles by their ids, with what they have of those they are made from; that of plain paragraphs as ""."""
    found: dict[str, DocxStyle] = {}
    current, plain = "", ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current, plain
        value = attributes.get("w:val", "")
        style = found.get(current, DocxStyle())
        if name == "style":
            current = attributes.get("w:styleId", "")
            found[current] = DocxStyle()
            if attributes.get("w:type") == "paragraph" and is_on(attributes.get("w:default", "0")):
                plain = current
        elif name == "name" and not style.name:
            found[current] = style._replace(name=value)
        elif name == "basedOn":
            found[current] = style._replace(base=value)
        elif name == "vanish":
            found[current] = style._replace(is_hidden=is_on(attributes.get("w:val", "1")))
        elif name == "color":
            found[current] = style._replace(is_white=value.upper() == WHITE)
        elif name in ("strike", "dstrike"):
            found[current] = style._replace(is_struck=is_on(attributes.get("w:val", "1")))

    if "word/styles.xml" in parts:
        parse_part(parts["word/styles.xml"], Handlers(start, lambda _: None, lambda _: None))
    return {key: _whole(found, key) for key in found} | {"": _whole(found, plain)}


def _whole(styles: dict[str, DocxStyle], key: str) -> DocxStyle:
    """A style with what it says nothing of taken from those that it is made from."""
    style = styles.get(key, DocxStyle())
    for _ in range(_BASES):
        base = styles.get(style.base)
        if base is None:
            break
        is_hidden = base.is_hidden if style.is_hidden is None else style.is_hidden
        is_white = base.is_white if style.is_white is None else style.is_white
        is_struck = base.is_struck if style.is_struck is None else style.is_struck
        style = DocxStyle(style.name, base.base, is_hidden, is_white, is_struck)
    return style


def is_on(value: str) -> bool:
    """Whether a switch of the XML is on."""
    return value not in ("0", "false", "off")
