"""A workbook that tells whether anybody has saved it since it was made: it holds the digest of all its other parts."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

from mzplan.reading.archive import all_parts
from mzplan.reading.flaws import RefusedError

SEAL, UNSEALED = "mzplan-seal", "0" * 64
"""The custom property that holds the digest, and what stands there before it is known."""

_SEALED_IN = "docProps/custom.xml"
_FOUND = re.compile(rb'name="mzplan-seal"><vt:lpwstr>([0-9a-f]{64})<')


def sealed(data: bytes) -> bytes:
    """The same workbook, which holds the digest of all that is in it."""
    parts = dict(all_parts(data))
    parts[_SEALED_IN] = parts[_SEALED_IN].replace(UNSEALED.encode(), _digest(parts).encode())
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def is_untouched(data: bytes) -> bool:
    """Whether it is a form as it was made: whatever saves a workbook writes it anew, filled in or not."""
    if _SEALED_IN.encode() not in data:  # names of parts are not compressed: most workbooks are told by this
        return False
    try:
        parts = all_parts(data)
    except RefusedError:
        return False
    found = _FOUND.search(parts.get(_SEALED_IN, b""))
    return found is not None and found[1].decode() == _digest(parts)


def _digest(parts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, part in sorted(parts.items()):
        if name != _SEALED_IN:
            digest.update(f"{name} {len(part)} ".encode() + part)
    return digest.hexdigest()
