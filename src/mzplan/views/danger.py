"""What is in danger and because of whom, who is silent, and what has changed: nobody is blamed on a computed part."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mzplan.period import Period
from mzplan.scoring.pace import Pace, pace
from mzplan.scoring.progress import KEPT, LAGGING, ON_SCHEDULE, Progress, Status, severity
from mzplan.scoring.scorecard import Key, Scorecard
from mzplan.scoring.silence import hinges_on_silence, silent_units
from mzplan.views.overview import MatrixLine


class Danger(NamedTuple):
    """What is due by now and not reached, and because of whom."""

    row: Progress
    """The city's row, or that of a unit that lags where the city does not."""
    late: tuple[Progress, ...]
    """Of the city's row the units that lag by targets of the plan or handed down officially, the worst first."""
    silent: tuple[str, ...]
    """The units that have not reported it for the period."""
    idle: tuple[str, ...]
    """Of a total of which nobody has a firm part: the units that have reported nought; nought causes no excess."""
    pace: Pace | None
    streak: int
    hinges: bool = False
    """Whether what the silent units have not reported could lift it: only then are they the cause."""
    sources: tuple[Progress, ...] = ()
    """Of a total above its limit: the units that it comes from."""
    late_by_reference: int = 0
    """How many units have reported, where each of them lags by a computed part."""

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
    late: dict[str, list[Progress]] = {}
    for (identifier, unit), computed in card.rows.lagging():
        if not computed:
            late.setdefault(identifier, []).append(card.rows[identifier, unit])
    cities = [card.rows[identifier, None] for identifier in card.plan.indicators]
    lagging = [(row, late.pop(row.indicator.id, ())) for row in cities if row.is_lagging]
    units = [(row, ()) for rows in late.values() for row in rows]
    return tuple(
        _danger(card, row, rows)
        for found in (lagging, units)
        for row, rows in sorted(found, key=lambda pair: severity(pair[0]))
    )


def unreached(card: Scorecard, rows: Iterable[Progress]) -> tuple[Danger, ...]:
    """What of those rows is due and not reached: what lags, the worst first, then what waits for reports."""
    found = sorted(
        (row for row in rows if row.is_due and not row.is_on_schedule),
        key=lambda row: (not row.is_lagging, *severity(row)),
    )
    firm = [[one for one in row.addends if one.is_lagging and one.target_basis != "reference"] for row in found]
    return tuple(_danger(card, row, late) for row, late in zip(found, firm, strict=True))


def _danger(card: Scorecard, row: Progress, late: Iterable[Progress]) -> Danger:
    addends, scorer = row.addends, card.rows.scorer
    is_shared = any(one.is_judged and one.target_basis != "reference" for one in addends)
    heard = [one for one in addends if one.unit and one.reported]
    judged = [one for one in heard if one.is_judged]
    found = Danger(
        row,
        tuple(sorted(late, key=severity)),
        tuple(one.unit for one in silent_units(row) if one.unit),
        (),
        pace(scorer.ledger, row, card.period),
        scorer.streak(row, card.period),
        hinges=hinges_on_silence(scorer, row, card.period),
    )
    if not row.indicator.contributes or is_shared:
        return found
    if found.is_excess:
        is_limit = row.target is not None and row.target.operator == "at_most"
        return found._replace(sources=tuple(one for one in addends if is_limit and (one.actual or 0) > 0))
    return found._replace(
        idle=tuple(one.unit for one in heard if one.unit and one.actual == 0),
        late_by_reference=len(judged) if len(judged) > 1 and all(one.is_lagging for one in judged) else 0,
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
