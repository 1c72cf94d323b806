"""Which elements of an HTML page are not shown: by attribute, by their own style, or by a rule of the page's styles."""

import re
from html import unescape

_HIDES = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)"
    r"|font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:[;!]|$)|content-visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ON_PAPER = re.compile(r"@media\b[^{}]*\bprint\b")
_SIMPLE = re.compile(r"\*?([a-zA-Z][a-zA-Z0-9]*)?((?:[.#][\w-]+)*)$")
_WRITES = re.compile(r"""\bcontent\s*:[^;{}]*?(?:["'][^"';}]*\w|\battr\()""")
_CODE = re.compile(r"\\([0-9a-fA-F]{1,5})\s?")
_STYLES = 200_000
"""Characters of a page's styles that are read."""
_RULES = 2000


class Hidden:
    """What a page's styles hide, as far as they name an element, a class or an id and nothing around it."""

    def __init__(self) -> None:
        self._rules: list[tuple[str, frozenset[str]]] = []
        self.writes = False
        """Whether they have text of their own (content)."""

    def learn(self, styles: str) -> None:
        """Take in the rules of a `style` element; those for paper say nothing of the screen."""
        told = _COMMENT.sub("", styles[:_STYLES])
        self.writes = self.writes or _WRITES.search(_CODE.sub(lambda code: chr(int(code[1], 16)), told)) is not None
        text, *parts = re.split("([{}])", told)
        around: list[str] = []
        for brace, following in zip(parts[::2], parts[1::2], strict=True):
            if brace == "{":
                around.append(text.rpartition(";")[2].strip())
            elif around:
                selectors = around.pop()
                if not any(_ON_PAPER.match(one) for one in around) and _HIDES.search(text):
                    self._rules += [rule for part in selectors.split(",") if (rule := _rule(part.strip()))]
            text = following
        del self._rules[_RULES:]

    @staticmethod
    def told_instead(attributes: str) -> str:
        """What is told in the place of an image; empty for one that is an ornament."""
        given = (
            match[2] or match[3] or match[4] or ""
            for match in _ATTRIBUTE.finditer(attributes)
            if match[1].lower() == "alt"
        )
        return next(given, "").strip()

    def hides(self, tag: str, attributes: str) -> bool:
        """Whether an element with these attributes is not shown."""
        if not attributes and not self._rules:
            return False
        given = {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
            for match in _ATTRIBUTE.finditer(attributes)
        }
        if "hidden" in given or _HIDES.search(given.get("style", "")):
            return True
        marks = {f".{name}" for name in given.get("class", "").split()} | {f"#{given.get('id', '')}"}
        return any(of in ("", tag) and needed <= marks for of, needed in self._rules)


def _rule(selector: str) -> tuple[str, frozenset[str]] | None:
    """The element's name and the classes and ids of a selector; None of one that says more than these."""
    match = _SIMPLE.match(selector)
    if match is None or not (match[1] or match[2]):
        return None
    return (match[1] or "").lower(), frozenset(re.findall(r"[.#][\w-]+", match[2]))
