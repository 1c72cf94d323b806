"""A page of `mzplan report` as a reader of HTML sees it."""

from html.parser import HTMLParser

VOID = ("meta", "input")
UNENDED = ("td", "th", "tr", "thead", "tbody", "li", "dt", "dd")
ENDS = {"td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "tr"), "tbody": ("td", "th", "tr", "thead")}


class Node:
    """An element, its attributes, and what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[Node | str] = []

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str = "", **having: str) -> list["Node"]:
        """The elements within it of that tag with those attributes."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                if tag in ("", child.tag) and all(child.attributes.get(key) == value for key, value in having.items()):
                    found.append(child)
                found += child.all(tag, **having)
        return found

    def one(self, identifier: str) -> "Node":
        """The element of that id."""
        (found,) = self.all(id=identifier)
        return found


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.path = [Node("", {})]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ended = ENDS.get(tag, (tag,) if tag in ("li", "tr") else ("dt", "dd") if tag in ("dt", "dd") else ())
        while self.path[-1].tag in ended:
            self.path.pop()
        node = Node(tag, {key: value or "" for key, value in attrs})
        self.path[-1].children.append(node)
        if tag not in VOID:
            self.path.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.path[-1].children.append(Node(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self.path[-1].tag in UNENDED:
            self.path.pop()
        assert self.path.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def read(text: str) -> Node:
    """The page as a tree; every element that must end does, in its place."""
    reader = _Reader(text)
    assert len(reader.path) == 1
    return reader.path[0]
