"""A plan while it is being read: values with their places, and the findings about them. Knows no particular key."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from mzplan.diagnostics import Diagnostic, Location, Rule, Severity, show
from mzplan.plan.model import nearest
from mzplan.plan.yaml_border import MAX_FINDINGS, Document, Path, Value

MAX_GUESSES = 50
"""Finding the nearest name is slow; a file with more unknown names than this is not one with typing errors."""


class Node:
    """A value of the document with its place.

    Every reader gives None (or nothing to walk over) when the value is absent or of another type: that is a finding of
    the form, so whoever compares values simply stays silent about it.
    """

    __slots__ = ("document", "path", "value")

    def __init__(self, document: Document, path: Path, value: Value) -> None:
        self.document = document
        self.path = path
        self.value = None if path in document.broken else value

    def get(self, key: str) -> "Node":
        """What stands under a key."""
        held = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(self.document, (*self.path, key), held)

    def items(self) -> "list[Node]":
        """The members of a list."""
        if not isinstance(self.value, list):
            return []
        return [Node(self.document, (*self.path, position), held) for position, held in enumerate(self.value)]

    def entries(self) -> "list[tuple[str, Node]]":
        """The keys of a mapping, with what stands under each."""
        return [(key, self.get(key)) for key in self.value] if isinstance(self.value, dict) else []

    @property
    def is_given(self) -> bool:
        """Whether anything is written here that can be read."""
        return self.value is not None

    @property
    def is_list(self) -> bool:
        """Whether a list is written here."""
        return isinstance(self.value, list)

    @property
    def is_mapping(self) -> bool:
        """Whether keys with values are written here."""
        return isinstance(self.value, dict)

    @property
    def text(self) -> str | None:
        """The text."""
        return self.value if isinstance(self.value, str) else None

    @property
    def number(self) -> Fraction | None:
        """The number, exact."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            return None
        return Fraction(self.value)

    @property
    def whole(self) -> int | None:
        """The whole number."""
        return self.value if isinstance(self.value, int) and not isinstance(self.value, bool) else None

    @property
    def flag(self) -> bool | None:
        """The truth value."""
        return self.value if isinstance(self.value, bool) else None

    def words(self, default: str = "") -> str:
        """The text, or what stands for it when it is left out."""
        return default if self.text is None else self.text

    @property
    def place(self) -> Location:
        """Where the value starts."""
        return self.document.place(self.path)

    @property
    def key_place(self) -> Location:
        """Where its key starts."""
        return self.document.place(self.path, of_key=True)


class Findings:
    """Collects findings; messages are pairs of templates, the fact and the remedy."""

    def __init__(self, messages: Mapping[str, tuple[str, str]]) -> None:
        self.messages = messages
        self.found: list[Diagnostic] = []
        self.errors = 0
        """How many findings so far keep the plan from being used."""
        self._guesses = MAX_GUESSES

    def report(
        self,
        rule: Rule,
        place: Location,
        message: str,
        *,
        related: Iterable[Location] = (),
        near: tuple[str, Iterable[str]] | None = None,
        indicator: str = "",
        unit: str = "",
        **named: object,
    ) -> None:
        """Add one finding. `near` is a mistyped name and the known ones: the nearest goes in front of the remedy."""
        self.errors += rule.severity is Severity.ERROR
        if self.is_full:
            return
        named |= {"indicator": indicator, "unit": unit}
        safe = {key: show(value, 240) if isinstance(value, str) else value for key, value in named.items()}
        fact, remedy = (template.format(**safe) for template in self.messages[message])
        if near and (meant := self.guess(*near)):
            remedy = f"是不是 {show(meant)}？{remedy}"
        self.found.append(
            Diagnostic(
                location=place,
                rule=rule,
                message=fact,
                severity=rule.severity,
                hint=remedy,
                related=tuple(related),
                indicator=indicator,
                unit=unit,
            )
        )

    @property
    def is_full(self) -> bool:
        """Whether further findings are no longer told."""
        return len(self.found) >= MAX_FINDINGS

    def guess(self, text: str, known: Iterable[str]) -> str | None:
        """The known name nearest to a mistyped one; nothing any more after so many that nobody mistyped them."""
        self._guesses -= 1
        return nearest(text, known) if self._guesses >= 0 else None
