"""Of whom something holds by the data: of units, of areas, of indicators; as narrowly and as widely as it is read."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import is_pending, is_put_off, passes, stages_of
from mzplan.bulletin.model import Subject
from mzplan.bulletin.verify.among import (
    COUNT,
    EITHER,
    FIGURE,
    FILED,
    GAP,
    Among,
    Most,
    Predicate,
    ShareBound,
    lapsed,
    shares,
)
from mzplan.bulletin.verify.claims import is_so
from mzplan.bulletin.verify.passages import UNKNOWN, PassageScope
from mzplan.bulletin.verify.row_tests import OF_REPORTS
from mzplan.scoring.progress import Progress, Status
from mzplan.zh import YUAN, measure

OF_ALL = ("rest", "most", "each", "only")
"""Forms that are of all units, whoever opens the paragraph."""


def wholes_meant(kind: str, counted: str, among: Among, facts: Facts) -> list[frozenset[str]]:
    """Whom a number of a kind may count: of units all, all but the city's own bureau, or for 县 the counties."""
    if kind != "unit":
        return [among.few, among.whole]
    kinds = {unit.id: unit.kind for unit in facts.plan.reporting_units}
    wider = frozenset(one for one in among.whole if kinds[one] != "bureau")
    counties = frozenset(one for one in wider if kinds[one] == "county")
    return [counties, wider] if "县" in counted else [among.whole, wider]


class Holders(NamedTuple):
    """What a form of words asks the data for."""

    facts: Facts
    form: str
    """`none`, `all`, `only` …: the kinds of `FORMS`."""
    is_heard: bool
    """Whether only those are meant that have reported."""

    def found(
        self,
        kind: str,
        predicate: Predicate,
        about: str | None,
        owner: str | None,
        scope: PassageScope,
        but: frozenset[str],
    ) -> Among | None:
        """Of whom a predicate holds of one kind, about an indicator, of an owner's, within a scope, `but` for some."""
        facts = self.facts
        if isinstance(predicate, Most) and predicate.which == COUNT:
            return None
        missing = frozenset(one for one in facts.silent if one) if self.is_heard else frozenset[str]()
        if kind == "unit" and self.form in OF_ALL:  # whoever opens the paragraph
            scope = replace(scope, unit=None)
        is_figure = kind == "unit" or (isinstance(predicate, ShareBound) and predicate.measure != "%")
        if isinstance(predicate, Most | ShareBound) and predicate.which == FIGURE and is_figure:
            return self._of_figures(predicate, about, but | missing) if about and kind == "unit" else None
        if kind == "unit" and about and isinstance(predicate, Most) and predicate.which in ("", EITHER):
            ranked = [self._of_figures(predicate, about, but | missing, is_share=True)]
            ranked += [self._of_figures(predicate, about, but | missing)] if predicate.which == EITHER else []
            return Among.both(ranked)
        if kind == "unit" and scope.unit is None and about is not None:
            rows = [row for row in facts.addends(Subject(about), "applicable") if row.unit not in but]
            heard = [row for row in rows if row.reported >= row.reporting] if self.is_heard else rows
            return self._of_rows({row.unit or "": row for row in heard}, predicate)
        if kind == "unit" and scope.unit is None and isinstance(predicate, str):
            surely, perhaps = (
                frozenset(one.unit for one in facts.reporters(group) if one.unit) - but for group in FILED[predicate]
            )
            everybody = frozenset(one.unit for one in facts.reporters("all") if one.unit) - but
            return Among(surely, perhaps, everybody, everybody)
        if (
            kind == "unit"
            and scope == PassageScope()
            and isinstance(predicate, ShareBound | Most)
            and predicate.which not in ("领域", GAP)  # who lags most is not who has done least
        ):
            units = [unit for unit in facts.plan.reporting_units if unit.id not in but | missing]
            done = {unit.id: facts.tally(Subject(unit=unit.id)) for unit in units}
            unranked = frozenset() if isinstance(predicate, ShareBound) else facts.silent  # they have no places
            few = [unit.id for unit in units if unit.kind != "bureau" and unit.id not in unranked]
            return predicate.among(shares(done), few)
        if kind == "area" and scope == PassageScope() and isinstance(predicate, ShareBound | Most):
            numbers = [area.number for area in facts.plan.action_areas]
            areas = {str(number or "safeguards"): facts.tally(Subject(area=number)) for number in (*numbers, None)}
            areas = {number: done for number, done in areas.items() if number not in but}
            return predicate.among(shares(areas), set(map(str, numbers)) - but)
        if kind == "indicator" and about is None and scope.area != UNKNOWN:
            rows = facts.rows(Subject(unit=owner, area=scope.area), "judged")
            rows = [row for row in rows if row.indicator.id not in but]
            if isinstance(predicate, Most) and predicate.which == GAP and owner is None:
                gaps = {row.indicator.id: row.told_gap for row in rows if row.schedule.kind not in ("by_due", "always")}
                known = {key: gap for key, gap in gaps.items() if gap is not None}
                return predicate.among(known, known)
            return self._of_rows({row.indicator.id: row for row in rows}, predicate)
        return None

    def _of_figures(
        self, predicate: Most | ShareBound, about: str, but: frozenset[str], *, is_share: bool = False
    ) -> Among | None:
        """Who has the most of an indicator, or has done most of it: of counties that reported it, and of all known."""
        units = self.facts.plan.units
        every = [row for unit in units if unit not in but and (row := self.facts.row(Subject(about, unit)))]
        rows = [row for row in every if row.actual is not None]
        few = [row.unit or "" for row in rows if row.reported and row.unit and units[row.unit].kind != "bureau"]
        figures = {row.unit or "": row.actual or Fraction(0) for row in rows}
        if isinstance(predicate, Most):
            silent = {row.unit or "" for row in every if row.reported < row.reporting}
            return predicate.among(shares({row.unit or "": row for row in rows}) if is_share else figures, few, silent)
        if self.form == "all" and any(not row.reported for row in rows):  # nobody knows what those have by now
            return None
        own, said = measure(rows[0].indicator.unit) if rows else "", predicate.measure
        if own != said and not {own, said} <= YUAN.keys():
            return None
        scale = YUAN.get(said, Fraction(1)) / YUAN.get(own, Fraction(1)) * 100
        return predicate.among({unit: figure / scale for unit, figure in figures.items()}, few)

    def _of_rows(self, rows: Mapping[str, Progress], predicate: Predicate) -> Among | None:
        card = self.facts.card
        computed = frozenset(key for key, row in rows.items() if row.target_basis == "reference")
        is_of_any = self.form == "none" and not isinstance(predicate, ShareBound)  # by whatever target
        is_of_any = is_of_any or predicate in OF_REPORTS
        if isinstance(predicate, str | Most) or (computed and not is_of_any):
            return None
        if predicate is lapsed and any(is_pending(row, self.facts.period) for row in rows.values()):
            return None
        if isinstance(predicate, ShareBound):
            done = shares(rows) if predicate.which == "" else {}
            return predicate.among(done, [key for key, row in rows.items() if not stages_of(row)])
        seen = frozenset(key for key, row in rows.items() if is_so(predicate, row, self.facts))
        surely = seen if predicate in OF_REPORTS else seen - computed
        sure = {key for key, row in rows.items() if predicate in OF_REPORTS or passes(row, "sure", card)}
        is_told = self.form == "all"  # what has not been told of the city either is no ground to deny it of all
        unheard = {key for key, row in rows.items() if (row.unit or is_told) and row.status is Status.MISSING}
        waits = {key for key, row in rows.items() if predicate not in OF_REPORTS and is_put_off(row, card)}
        perhaps = seen if predicate in OF_REPORTS else seen | unheard
        due = frozenset(key for key, row in rows.items() if row.unit is not None or row.is_due)
        return Among(surely & sure, perhaps, due, frozenset(rows), perhaps - (surely - waits), surely)
