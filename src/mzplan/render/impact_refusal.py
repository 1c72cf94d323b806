"""Why nothing could be compared with a revision, in the formats that go to where nobody reads standard error."""

from typing import NamedTuple

from mzplan.diagnostics import show
from mzplan.render.document import Document, listing
from mzplan.render.formats import Formats, formats
from mzplan.render.impact import MARKER, TITLE
from mzplan.render.impact_json import SCHEMA_VERSION
from mzplan.render.markdown import markdown
from mzplan.render.told import told
from mzplan.said import Listed, listed, say


class Refusal(NamedTuple):
    """A revision as the user calls it, and why it could not be compared with."""

    revision: str
    reason: str


def _document(refusal: Refusal) -> Document:
    first, *others = refusal.reason.parts if isinstance(refusal.reason, Listed) else (refusal.reason,)
    lines = [say("没有比较，差别有多少不知道：{reason}", reason=first), *others]
    return Document(say(TITLE, revision=show(refusal.revision)), (listing("warnings", lines),))


def _json(refusal: Refusal) -> dict[str, object]:
    return {"schema_version": SCHEMA_VERSION, "revision": refusal.revision, "error": listed((refusal.reason,))}


REFUSALS: Formats[Refusal] = formats(
    _document,
    "html",
    "latex",
    "docx",
    markdown=lambda refusal, look: f"{MARKER}\n{markdown(told(_document(refusal), look.tell), look)}",
    json=_json,
)
"""The formats of `impact` that are read elsewhere than at the terminal."""
