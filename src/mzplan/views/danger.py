"""What is in danger and because of whom, who is silent, and what has changed: nobody is blamed on a computed part."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mzplan.period import Period
from mzplan.scoring.pace import Pace, pace
from mzplan.scoring.progress import KEPT, LAGGING, ON_SCHEDULE, Progress, Status, severity
from mzplan.scoring.scorecard import Key, Scorecard
from mzplan.scoring.silence import hinges_on_silence, open_units
from mzplan.views.overview import MatrixLine


@dataclass(frozen=True, kw_only=True)
class Danger:
    """What is due by now and not reached, and because of whom; worked out when it is asked for, as few are shown."""

    card: Scorecard = field(compare=False, repr=False)
    row: Progress
    """The city's row or a region's, or that of a unit that lags where the city does not."""

    @cached_property
    def late(self) -> tuple[Progress, ...]:
        """The units that lag by targets of the plan or handed down officially, the worst first."""
        firm = (one for one in self.row.addends if one.is_lagging and one.target_basis != "reference")
        return tuple(sorted(firm, key=severity))

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """The units that have not reported it for the period, and whose report could still change the row."""
        return tuple(one.unit for one in open_units(self.row) if one.unit)

    @cached_property
    def pace(self) -> Pace | None:
        """How much a month it would take."""
        return pace(self.card.rows.scorer.ledger, self.row, self.card.period)

    @cached_property
    def streak(self) -> int:
        """How many periods in a row it has lagged."""
        return self.card.rows.scorer.streak(self.row, self.card.period)

    @cached_property
    def hinges(self) -> bool:
        """Whether what the silent units have not reported could lift it: only then are they the cause."""
        return hinges_on_silence(self.card.rows.scorer, self.row, self.card.period)

    @cached_property
    def _heard_of_no_share(self) -> tuple[Progress, ...]:
        """Of a total of which nobody has a firm part: the units that have reported."""
        addends = tuple(self.row.addends) if self.row.indicator.contributes else ()
        is_shared = any(one.is_judged and one.target_basis != "reference" for one in addends)
        return () if is_shared else tuple(one for one in addends if one.unit and one.reported)

    @property
    def sources(self) -> tuple[Progress, ...]:
        """Of a total above its limit: the units that it comes from."""
        is_limit = self.is_excess and self.row.target is not None and self.row.target.operator == "at_most"
        return tuple(one for one in self._heard_of_no_share if is_limit and (one.actual or 0) > 0)

    @property
    def idle(self) -> tuple[str, ...]:
        """Of a total of which nobody has a firm part: the units that have reported nought; nought causes no excess."""
        heard = () if self.is_excess else self._heard_of_no_share
        return tuple(one.unit for one in heard if one.unit and one.actual == 0)

    @property
    def late_by_reference(self) -> int:
        """How many units have reported, where each of them lags by a computed part."""
        judged = [one for one in self._heard_of_no_share if one.is_judged and not self.is_excess]
        return len(judged) if len(judged) > 1 and all(one.is_lagging for one in judged) else 0

    @property
    def everyone(self) -> bool:
        """Whether all units lag that have a target of their own."""
        return len(self.late) > 1 and len(self.late) == sum(unit.is_judged for unit in self.row.addends)

    @property
    def is_sure(self) -> bool:
        """Whether a total lags by what was reported, whatever the silent units would bring to it."""
        is_total = self.row.unit is None and self.row.indicator.applies_to == "total"
        return is_total and bool(self.silent) and not self.hinges and not self.sources

    @property
    def is_excess(self) -> bool:
        """Whether it lags because there is too much, not too little, of it."""
        return self.row.status is Status.EXCEEDED or (self.row.is_lagging and self.row.is_beyond)


class Moves(NamedTuple):
    """What has changed since the period before, of the city's targets and of units' firm ones; silence moves none."""

    since: Period
    done: tuple[Key, ...]
    """Of the city alone: what is done now and was not, nor by what was reported then."""
    done_so_far: tuple[Key, ...]
    """Likewise what is done by what was reported, and could still be undone by a report."""
    late: tuple[Key, ...]
    """What lags now and did not; of a unit only where the city's row is not among them."""
    late_so_far: tuple[Key, ...]
    """Of the city alone: what lags now by what was reported and did not, and could still be lifted by a report."""
    recovered: tuple[Key, ...]
    """Of the city alone: what lagged and is as it should be by now, though not done."""
    ranks: tuple[MatrixLine, ...]
    """The units that have changed places, who moved furthest first."""


def dangers(card: Scorecard) -> tuple[Danger, ...]:
    """The city's targets that lag, then units' firm ones of other indicators; the worst of each first."""
    cities = [row for identifier in card.plan.indicators if (row := card.rows[identifier, None]).is_lagging]
    lagging = {row.indicator.id for row in cities}
    firm = (key for key, computed in card.rows.lagging() if not computed and key[0] not in lagging)
    units = [card.rows[key] for key in firm]
    return tuple(Danger(card=card, row=row) for rows in (cities, units) for row in sorted(rows, key=severity))


def unreached(card: Scorecard, rows: Iterable[Progress]) -> tuple[Danger, ...]:
    """What of those rows is due and not reached: what lags, the worst first, then what waits for reports."""
    found = (row for row in rows if row.is_due and not row.is_on_schedule)
    return tuple(
        Danger(card=card, row=row) for row in sorted(found, key=lambda row: (not row.is_lagging, *severity(row)))
    )


def moves(card: Scorecard, standings: Sequence[MatrixLine]) -> Moves | None:
    """What has changed since the last period with records; None where there is none before."""
    since = card.rows.earlier()
    if since is None:
        return None
    firm = card.rows.firm(card.period)
    now = {key: said for key, (said, _) in firm.items() if said in (*LAGGING, *ON_SCHEDULE)}
    open_ = {key: so_far for key, (_, so_far) in firm.items() if so_far in (*LAGGING, Status.MET) and key not in now}
    told, told_so_far = _last_told(card, now, [*now, *open_], since)
    late = [key for key, status in now.items() if status in LAGGING and told[key] not in LAGGING]
    cities = {identifier for identifier, unit in late if unit is None}
    ranks = [(abs(one.moved), one) for one in standings if isinstance(one.moved, int) and one.moved]
    done, done_so_far = (
        tuple(
            key
            for key, status in rows.items()
            if key[1] is None and status is Status.MET and told_so_far[key] not in KEPT
        )
        for rows in (now, open_)
    )
    return Moves(
        since,
        done,
        done_so_far,
        tuple(key for key in late if key[1] is None or key[0] not in cities),
        tuple(key for key, status in open_.items() if status in LAGGING and told_so_far[key] not in LAGGING),
        tuple(
            key
            for key, status in now.items()
            if key[1] is None and told[key] in LAGGING and status in ON_SCHEDULE and status is not Status.MET
        ),
        tuple(one for _, one in sorted(ranks, key=lambda pair: -pair[0])),
    )


def _last_told(
    card: Scorecard, keys: Iterable[Key], keys_so_far: Iterable[Key], period: Period
) -> tuple[Mapping[Key, Status | None], Mapping[Key, Status | None]]:
    """What was last said of each row up to a period, and by what was reported then of totals that it could still lift.

    Months without a verdict for want of reports say nothing.
    """
    answers: tuple[dict[Key, Status | None], ...] = (dict.fromkeys(keys), dict.fromkeys(keys_so_far))
    unsaid = [set(told) for told in answers]
    while any(unsaid):
        at_period = card.rows.firm(period)
        for which, (told, left) in enumerate(zip(answers, unsaid, strict=True)):
            for key in tuple(left):
                if key in at_period and at_period[key][which] is not Status.MISSING:
                    told[key] = at_period[key][which]
                    left.discard(key)
        if card.rows.scorer.ledger.latest_period(before=period) is None:
            break
        period = period.shift(-1)
    told, told_so_far = answers
    return told, told_so_far


def on_reference(card: Scorecard) -> Mapping[str, int]:
    """By unit, who lags most first: how many of its targets lag that are computed parts of city totals."""
    found = Counter(unit for (_, unit), computed in card.rows.lagging() if computed and unit is not None)
    return dict(found.most_common())
