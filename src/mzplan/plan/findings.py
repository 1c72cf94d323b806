"""The findings about a plan's files while they are being read. Knows nothing of YAML, CSV or any key."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mzplan.diagnostics import Diagnostic, Location, Occurrence, Rule, Severity, show
from mzplan.plan.lookup import key_meant, nearest
from mzplan.said import listed, say

MAX_FINDINGS = 1_000
"""A file that is wrong throughout need not be told so more often."""

MAX_GUESSES = 50
"""Finding the nearest name is slow; a file with more unknown names than this is not one with typing errors."""


_ALIKE = "{fact}（另有 {count} 行同样）"
_NEAREST = "是不是 {meant}？"
IN_UNIT = "，单位是{unit}"
"""What stands behind a number that is proposed."""
GLOSSED = "{word}（{chinese}）"
"""A key or a word of the files, and the Chinese that means the same."""


class Offer(NamedTuple):
    """What could be written in the place of something wrong."""

    text: str
    value: Any
    beside: Mapping[str, Any] = {}
    """What the text asks to be written beside it, unless it is there: a value as good as any."""


class Proposal(NamedTuple):
    """What the hint of a finding would propose, which is told only where it is proved to hold."""

    at: int
    """Which of the findings it belongs to."""
    offers: Sequence[Offer]
    hint: Callable[[str], str]
    """The hint that proposes it."""
    path: tuple[str | int, ...] | None = None
    """Where it would be written; None for the value that stands where the finding is."""
    of_key: bool = False
    """Whether it takes the place of a key."""


class Findings:
    """Collects findings; messages are pairs of templates, the fact and the remedy."""

    def __init__(self, messages: Mapping[str, tuple[str, str]], *, is_proved: bool = False) -> None:
        self.messages = messages
        self.is_proved = is_proved
        """Whether what hints propose is proved once everything is read; else the nearest name is told as it is."""
        self.found: list[Diagnostic] = []
        self.proposals: list[Proposal] = []
        self.errors = 0
        """How many findings so far keep the plan from being used."""
        self._guesses = MAX_GUESSES
        self._once: dict[tuple[str, str], tuple[int, str]] = {}
        """By message and cause: which finding told it first, and its fact."""

    def report(
        self,
        rule: Rule,
        place: Location,
        message: str,
        *,
        related: Iterable[Location] = (),
        near: tuple[str, Iterable[str]] | None = None,
        offers: Sequence[Offer] = (),
        otherwise: str = "",
        path: tuple[str | int, ...] | None = None,
        of_key: bool = False,
        indicator: str = "",
        unit: str = "",
        cause: str = "",
        **named: object,
    ) -> None:
        """Add one finding. `near` is a mistyped name and the known ones: the nearest goes in front of the remedy.

        `offers` are what the remedy proposes as {meant}, where it holds; where none does, the remedy is that of the
        message `otherwise`. What has a cause that was told is added to that finding as one more of its rows.
        """
        self.errors += rule.severity is Severity.ERROR
        if cause and (message, cause) in self._once:
            self._add_row(place, *self._once[message, cause])
        if self.is_full or (message, cause) in self._once:
            return
        named |= {"indicator": indicator, "unit": unit}
        safe = {key: show(value, 240) if isinstance(value, str) else value for key, value in named.items()}
        template, told = self.messages[message]
        fact = say(template, **safe)
        if cause:
            self._once[message, cause] = len(self.found), fact
        remedy: str = say(self.messages[otherwise or message][1], **safe)
        hint: Callable[[str], str] = lambda meant: say(told, **{**safe, "meant": meant})  # noqa: E731
        if near and (meant := self.guess(*near)):
            offers, plain = [Offer(show(meant), meant)], remedy
            hint = lambda meant: listed((say(_NEAREST, meant=meant), plain), "")  # noqa: E731  # of this finding alone
            remedy = remedy if self.is_proved else hint(show(meant))
        if offers and self.is_proved:
            self.proposals.append(Proposal(len(self.found), offers, hint, path, of_key))
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

    def _add_row(self, place: Location, at: int, fact: str) -> None:
        first = self.found[at]
        parts = first.parts or (Occurrence(first.location.line, column=first.location.column),)
        told = say(_ALIKE, fact=fact, count=len(parts))
        self.found[at] = first._replace(message=told, parts=(*parts, Occurrence(place.line, column=place.column)))

    @property
    def is_full(self) -> bool:
        """Whether further findings are no longer told."""
        return len(self.found) >= MAX_FINDINGS

    def guess_key(self, key: str, known: Iterable[str], there: Collection[str], needed: Iterable[str]) -> str | None:
        """The key that a wrong one means; likewise."""
        self._guesses -= 1
        return key_meant(key, known, there, needed) if self._guesses >= 0 else None

    def guess(self, text: str, known: Iterable[str]) -> str | None:
        """The known name nearest to a mistyped one; nothing any more after so many that nobody mistyped them.

        Of a mapping, what is to be written for the name that is nearest.
        """
        self._guesses -= 1
        near = nearest(text, known) if self._guesses >= 0 else None
        return known[near] if near and isinstance(known, Mapping) else near
