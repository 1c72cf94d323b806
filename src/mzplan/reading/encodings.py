"""Which encoding of Chinese text bytes are in, where they can be read in two without a fault."""

import codecs

_OFTEN = 5
_LEAST = 16
"""Characters from which anything may be told."""


BIG5 = "Big5"
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def utf16_of(data: bytes) -> str:
    """Which UTF-16 bytes are in, by their mark, or by the halves of the characters of ASCII; empty for none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "" if data.startswith(_UTF32) else "utf-16"
    high, low = data[::2].count(0), data[1::2].count(0)
    alternate = max(high, low)
    if not (alternate * 8 > len(data) and alternate * 4 > (high + low) * 3):
        return ""
    return "utf-16-be" if high > low else "utf-16-le"


def text_of(data: bytes) -> tuple[str, str]:
    """The text of bytes in UTF-8, GB18030 or UTF-16, without its mark, and the encoding.

    UnicodeDecodeError where they are in none of these, or plainly in `BIG5`.
    """
    if encoding := utf16_of(data):
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        if data.startswith(codecs.BOM_UTF8):
            raise
    text = data.decode("gb18030")
    if is_big5(data):
        raise UnicodeDecodeError(BIG5, data, 0, len(data), "other characters")
    return text, "gb18030"


def is_big5(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are plainly Big5, which reads as GB18030 too, as other characters.

    Two characters of five end with a low byte in Big5, and none of GB 2312, in which nearly all simplified Chinese is;
    what Big5 leaves free is used by the commonest characters of GB 2312.
    """
    try:
        text = codecs.getincrementaldecoder("cp950")().decode(data)
    except UnicodeDecodeError:
        return False
    wide = [encoded for character in text if len(encoded := character.encode("cp950")) > 1]
    return len(wide) >= _LEAST and sum(encoded[1] < 0xA1 for encoded in wide) * _OFTEN > len(wide)
