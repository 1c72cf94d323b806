"""The bulletin: official prose whose every number is a figure of the scorecard. Knows no output format."""

from dataclasses import dataclass
from hashlib import sha256

from mzplan import __version__
from mzplan.bulletin.documents import KINDS, LAST_MONTH, Request, compose, demand_month
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.model import EVERY, WHOLE, Bulletin, Kind, Subject, Trace
from mzplan.bulletin.phrases import PhraseWriter
from mzplan.period import Period
from mzplan.plan.model import LightPreset, Plan
from mzplan.scoring.scorecard import Scorecard, among_reporters, score
from mzplan.submissions.ledger import EMPTY, MONTHS, NOT_APPLICABLE, Ledger

DIGEST_DIGITS = 12
"""How much of a digest a footer prints."""


@dataclass(frozen=True)
class Material:
    """All that a document is written from: the scorecards of the year so far, and where they came from."""

    facts: Facts
    trace: Trace

    def write(self, request: Request) -> Bulletin:
        """The document asked for; the same material and request give the same one."""
        return compose(PhraseWriter(self.facts), request, self.trace)


def gather(
    plan: Plan, ledger: Ledger, period: Period, preset: LightPreset | None = None, *, rank: bool = True
) -> Material:
    """Score the period; earlier ones of its year are scored when they are asked for. The silent have no place."""

    def scored(other: Period) -> Scorecard:
        return among_reporters(score(plan, ledger, other, preset, rank=rank))

    card = scored(period)
    trace = Trace(
        plan=plan.title,
        plan_digest=plan.digest[:DIGEST_DIGITS],
        data_digest=data_digest(ledger, period)[:DIGEST_DIGITS],
        preset=card.preset.name,
        program=f"mzplan {__version__}",
    )
    return Material(Facts(card, ledger, scored), trace)


def data_digest(ledger: Ledger, period: Period) -> str:
    """SHA-256 over every figure up to that period, in the ledger's order, whatever files and rows they came from."""
    digest = sha256()
    last = period.month if period.year == ledger.plan.year else MONTHS
    for column, nothing in ((ledger.values, _SEALED), (ledger.denominators, {0: _NO_FIGURE})):
        for month in range(last):
            figures = (nothing.get(figure, figure) for figure in column[month::MONTHS])
            digest.update(b"".join(figure.to_bytes(8, "big", signed=True) for figure in figures))
    return digest.hexdigest()


_NO_FIGURE = -(1 << 63)
_SEALED = {EMPTY: _NO_FIGURE, NOT_APPLICABLE: _NO_FIGURE + 1}
"""What stands for no figure in a digest: the digests printed in earlier bulletins rest on it."""


__all__ = [
    "EVERY",
    "KINDS",
    "LAST_MONTH",
    "WHOLE",
    "Bulletin",
    "Facts",
    "Kind",
    "Material",
    "Request",
    "Subject",
    "Trace",
    "data_digest",
    "demand_month",
    "gather",
]
