"""What keeps a cell from becoming a command to whatever reads our output. Knows nothing of findings.

The runner of GitHub Actions reads every line a step prints. `::name …::` is a command where the trimmed line starts
with it, and the older `##[name]` is one anywhere in a line (ActionCommand.TryParseV2 and TryParse). Azure Pipelines and
TeamCity listen for `##vso[` and `##teamcity[` in the same way.
"""

import json
import os
import re

from mzplan.diagnostics import show

_OPENS_LINE = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
ANYWHERE = re.compile(r"##(?=\w*\[)")
_SELECTORS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""The characters that `show` spells out although Python calls them printable."""
_LINE_ENDS = re.compile(r"\r\n?")
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()!|~@#&]|:(?=//|[\w+-]+:)|(?<=www)\.", re.IGNORECASE)
_NOTHING = "<!-- -->"
"""It shows nothing, and parts what would be read as one."""
_ISSUE = re.compile(r"(?<=GH)(?=-[0-9])", re.IGNORECASE)
_COMMIT = re.compile(r"(?<![0-9a-z][0-9a-f])(?<=[0-9a-f])(?=[0-9a-f]{6,63}(?![0-9a-z]))", re.IGNORECASE)
"""Where what GitHub links without any mark is parted: an issue (GH-1), the id of a commit."""
_ENTITIES = {
    "@": f"&#64;{_NOTHING}",
    "#": f"&#35;{_NOTHING}",
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    ":": f"&#58;{_NOTHING}",
    ".": "&#46;",
}


def inert(text: str) -> str:
    """Lines of plain text of which none is a command; hidden characters must have passed through `show` before."""
    if "::" not in text and "##" not in text:
        return text
    return ANYWHERE.sub("# #", _OPENS_LINE.sub(r"\1: ", _LINE_ENDS.sub("\n", text)))


def hides(text: str) -> bool:
    """Whether `show` may spell out a character of the text; quick, and wrong only about some blanks."""
    return not text.isprintable() or _SELECTORS.search(text) is not None


def json_text(document: object, indent: int | None = None) -> str:
    """A document as JSON that reads the same and in which no line is a command or hides a character."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=indent)
    return "\n".join(_plain_json(line) for line in text.split("\n"))


def _plain_json(line: str) -> str:
    """One line of JSON; what is replaced can only stand inside a string, so an escape means the same."""
    if hides(line):
        line = "".join(_unicode_escape(c) if show(c) != c else c for c in line)
    return ANYWHERE.sub(r"#\\u0023", line) if "##" in line else line


def _unicode_escape(character: str) -> str:
    r"""An escape that JSON reads as the character; half a surrogate pair, which many refuse, as the text `\udcff`."""
    units = character.encode("utf-16-be", "surrogatepass")
    escape = "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    return "\\" + escape if "\ud800" <= character <= "\udfff" else escape


def xml_text(text: str) -> str:
    """Text for an XML element or attribute; `show` must have replaced what XML cannot hold."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;")):
        text = text.replace(character, entity)
    text = text.replace("::", ":&#58;")
    return ANYWHERE.sub("#&#35;", text)


def markdown_text(text: str) -> str:
    """Text that Markdown shows as it stands: no markup, no mention, no reference, no link, no emoji."""
    escaped = _MARKUP.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", text)
    return _ISSUE.sub(_NOTHING, escaped).replace("\n", "<br>")


def comment_text(text: str) -> str:
    """The same for a comment of GitHub, where the id of a commit would be a link; a document's digest stays whole."""
    return _COMMIT.sub(_NOTHING, markdown_text(text))


def slashed(path: str) -> str:
    """A path for programs: with slashes on every system."""
    return path.replace(os.sep, "/")
