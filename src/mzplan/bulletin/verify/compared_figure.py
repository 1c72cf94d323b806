"""A figure of one month or one subject, as it stands beside another one."""

from fractions import Fraction
from typing import NamedTuple

from mzplan import zh
from mzplan.bulletin.facts import Facts
from mzplan.bulletin.groups import by_any_target
from mzplan.bulletin.model import Ref
from mzplan.figures import rounded


class ComparedFigure(NamedTuple):
    """A figure of one month, and what it is called beside another."""

    ref: Ref
    facts: Facts
    called: str

    @property
    def by_any_target(self) -> "ComparedFigure":
        """A count with what has a computed target, of which it is open what may be said; any other figure itself."""
        return self._replace(ref=self.ref._replace(group=by_any_target(self.ref.group)))

    @property
    def is_reported(self) -> bool:
        """Whether it is of its own month: the older figure of a silent unit shows no change since."""
        subject = self.ref.subject
        if subject.unit is None:
            return True
        row = self.facts.row(subject)
        return subject.unit not in self.facts.silent and (row is None or row.carried_from is None)

    @property
    def exact(self) -> Fraction | None:
        """It in the measure that it is told in."""
        value = self.facts.value(self.ref)
        return value * 100 if value is not None and self.measure == "%" and self.ref.field != "actual" else value

    @property
    def measure(self) -> str:
        """What it is told in."""
        if self.ref.field == "actual":
            row = self.facts.row(self.ref.subject)
            return zh.measure(row.indicator.unit) if row else ""
        return {"count": "项", "rank": "位"}.get(self.ref.field, "%")

    @property
    def text(self) -> str:
        """It as it is printed in that measure, without it; a large one is printed in another (2.3万人次)."""
        cited = self.facts.cite(self.ref)
        is_other = self.ref.field == "actual" and cited.unit != self.measure
        return str(int(cited.value)) if is_other and cited.value.denominator == 1 else cited.text

    def is_told(self, said: str, measure: str) -> bool:
        """Whether a number is it, as printed or rounded, money in whatever magnitude."""
        scale = zh.YUAN[measure] / zh.YUAN[self.measure] if measure != self.measure else 1
        return self.exact is not None and said in (self.text, rounded(self.exact / scale, len(said.partition(".")[2])))
