"""The text of a DOCX in reading order."""

import io
import zipfile
from collections.abc import Iterator
from typing import Literal

from mzplan.diagnostics import InputError

UNPACKED = 64 << 20
"""Bytes of a DOCX once unpacked at most: what a small file claims to hold is no promise."""

_MISSING = "核对 DOCX 需要 python-docx。请运行：pip install 'mzplan[docx]'"
_BROKEN = "这不是能读的 DOCX 文件。请在 Word 或 WPS 中另存为 .docx 后再核对。"


def read_docx(data: bytes) -> Iterator[tuple[Literal["paragraph", "heading", "head", "row"], list[str]]]:
    """Each paragraph with its text, each table row with its cells, the first of a table as its head."""
    try:  # an optional dependency, and slow to load
        import docx
        from docx.table import Table
    except ImportError:
        raise InputError(_MISSING) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(member.file_size for member in package.infolist()) > UNPACKED:
                raise InputError(f"文稿解开后超过 {UNPACKED >> 20} MB，不予核对。")
        document = docx.Document(io.BytesIO(data))
        blocks = list(document.iter_inner_content())
    except InputError:
        raise
    except Exception as error:  # the library raises whatever the broken part makes it raise
        raise InputError(_BROKEN) from error
    for block in blocks:
        if isinstance(block, Table):
            for position, row in enumerate(block.rows):
                yield "row" if position else "head", [cell.text.replace("\n", "") for cell in row.cells]
        else:
            style = (block.style.name or "") if block.style is not None else ""
            yield ("heading" if style.startswith(("Heading", "Title")) else "paragraph"), [block.text]
