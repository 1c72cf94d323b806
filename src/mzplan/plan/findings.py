"""The findings about a plan's files while they are being read. Knows nothing of YAML, CSV or any key."""

from collections.abc import Iterable, Mapping

from mzplan.diagnostics import Diagnostic, Location, Rule, Severity, show
from mzplan.plan.lookup import nearest

MAX_FINDINGS = 1_000
"""A file that is wrong throughout need not be told so more often."""

MAX_GUESSES = 50
"""Finding the nearest name is slow; a file with more unknown names than this is not one with typing errors."""


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
