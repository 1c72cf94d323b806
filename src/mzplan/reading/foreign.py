"""What a file is that is no CSV, by its first bytes."""

import codecs
import re

from mzplan.reading.encodings import utf16_of
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.parquet import NOT_CALLED_SO

PEEKED = 1 << 13
"""What else a file is, its first bytes tell."""
_MAGIC = (
    (b"\xd0\xcf\x11\xe0", Flaw.SPREADSHEET, "xls"),
    (b"\x1f\x8b", Flaw.ARCHIVE, "gzip"),
    (b"7z\xbc\xaf", Flaw.ARCHIVE, "7z"),
    (b"Rar!", Flaw.ARCHIVE, "rar"),
    (b"%PDF", Flaw.DOCUMENT, "PDF"),
    (b"\xff\xd8\xff", Flaw.DOCUMENT, "JPEG"),
    (b"\x89PNG", Flaw.DOCUMENT, "PNG"),
    (b"GIF8", Flaw.DOCUMENT, "GIF"),
    (b"\xff\xfe\x00\x00", Flaw.UTF16, "UTF-32"),
    (b"\x00\x00\xfe\xff", Flaw.UTF16, "UTF-32"),
    (b"\xff\xfe", Flaw.UTF16, "UTF-16"),
    (b"\xfe\xff", Flaw.UTF16, "UTF-16"),
    (b"PAR1", Flaw.PARQUET, NOT_CALLED_SO),
    (b"ID;P", Flaw.SPREADSHEET, ".slk"),
    (b"version https://git-lfs.github.com/spec/", Flaw.LFS_POINTER, ""),
)
_TEXT_BOOKS = (
    (re.compile(rb"TABLE\s+[01],1\s"), ".dif"),
    (re.compile(rb"\s*<\?xml.*<office:document\b.*opendocument\.spreadsheet", re.S), ".fods"),
    (re.compile(rb"\s*<\?xml.*<Workbook\b[^>]*:office:spreadsheet", re.S), ".xml"),
)
"""Tables that a spreadsheet has saved as text, by their beginning."""
_MARKUP = re.compile(rb"\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s/>:])|From: <Saved by|MIME-Version: *\d", re.I)
"""A page, with whatever it begins; or the letter that holds one, as a spreadsheet saves it in a single file."""
_JSON = rb"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])"
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\r\n\x1a") + b"\x7f"


def refuse_foreign(data: bytes) -> None:
    """RefusedError when the first bytes of a file are those of something else than a CSV."""
    if data.startswith(b"PK\x03\x04"):
        is_book = b"xl/" in data or b"opendocument" in data or b"[Content_Types]" in data
        raise RefusedError(Defect(Flaw.SPREADSHEET, detail="xlsx") if is_book else Defect(Flaw.ARCHIVE, detail="zip"))
    text = _in_utf8(data[:PEEKED])
    for book, ending in _TEXT_BOOKS:
        if book.match(text):
            raise RefusedError(Defect(Flaw.SPREADSHEET, detail=ending))
    if _MARKUP.match(text):
        raise RefusedError(Defect(Flaw.DOCUMENT, detail="HTML"))
    for magic, flaw, detail in _MAGIC:
        if data.startswith(magic):
            raise RefusedError(Defect(flaw, detail=detail))
    if re.match(_JSON, text):
        raise RefusedError(Defect(Flaw.DOCUMENT, detail="JSON"))
    if b"\0" in data:
        if utf16_of(data):
            raise RefusedError(Defect(Flaw.UTF16, detail="UTF-16"))
        raise RefusedError(Defect(Flaw.BINARY, _line(data, data.index(b"\0")), detail="NUL"))
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > 10 and controls * 1000 > len(data):
        place = next(at for at, code in enumerate(data) if code in _CONTROLS)
        raise RefusedError(Defect(Flaw.BINARY, _line(data, place), detail="control"))


def _in_utf8(data: bytes) -> bytes:
    """The beginning of a text in UTF-16 as UTF-8, any without its mark."""
    encoding = utf16_of(data)
    data = data.decode(encoding, "ignore").encode("utf-8", "ignore") if encoding else data
    return data.removeprefix(codecs.BOM_UTF8)


def _line(data: bytes, at: int) -> int:
    """The line in which a byte stands."""
    return len(data[: at + 1].splitlines())
