"""What a figure means: targets, schedules and the kinds of indicator. Knows nothing of YAML, CSV or output."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import ClassVar, Literal, NamedTuple

from mzplan.figures import SCALE, decimal_text, plain, rounded
from mzplan.period import Period
from mzplan.plan.target import OPERATOR_SIGNS, UNDEFINED, Revision, Schedule, Target
from mzplan.reading.number import NOT_APPLICABLE_WORD
from mzplan.said import say

Cycle = Literal["month", "quarter", "half", "year"]

CYCLES: Mapping[Cycle, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months each is long; it is reported at its end."""
SPAN_ZH: Mapping[Cycle, str] = {"month": "月", "quarter": "季", "half": "半年", "year": "年"}
CYCLE_ZH: Mapping[Cycle, str] = {"month": "按月", "quarter": "按季", "half": "按半年", "year": "按年"}


def is_end_of(cycle: Cycle, period: Period) -> bool:
    """Whether a quarter, a half year … ends with that month, for which alone what is reported by it is owed."""
    return period.month % CYCLES[cycle] == 0


class Stage(NamedTuple):
    """One step of a milestone and the share of the work that it stands for, 0 to 1."""

    name: str
    share: Fraction


DEFAULT_STAGES = (Stage("未启动", Fraction(0)), Stage("推进中", Fraction(1, 2)), Stage("已完成", Fraction(1)))


class Figure(NamedTuple):
    """What one record says, exact: a number, a pair for a ratio, or the position of a milestone's stage.

    `value` is millionths of the measure unit for `count` and `stock`, the numerator's millionths for `ratio`, the
    stage's position for `milestone`; None when the record says 不适用.
    """

    value: int | None
    denominator: int | None = None


SILENCE = Figure(0)
"""What a silent unit counts as where silence must gain nothing: the first stage of a milestone."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What is measured, who reports it, and what is promised."""

    kind: ClassVar[str]
    kind_zh: ClassVar[str]
    columns: ClassVar[frozenset[str]] = frozenset({"value"})
    """The CSV columns of figures that this kind fills."""
    additive: ClassVar[bool] = True
    """Whether the figures of units add up to the city's, so that a share and a breakdown exist."""
    cumulative: ClassVar[bool] = False
    """Whether the figure accumulates within the year and so may not fall."""
    how_to_fill: ClassVar[str]
    """What the form says of all of its kind."""
    counts_silence: ClassVar[bool] = False
    """Whether the city's figure is a mean over all units concerned, the silent ones as `SILENCE`."""

    id: str
    name: str
    name_en: str
    unit: str
    """The measure unit (张, 人, 万元, %)."""
    target: Target
    applies_to: Literal["total", "each", "units"]
    """Judged on the city's figure, on every reporting unit, or on the units named."""
    judged: tuple[str, ...]
    """Ids of the units that the target applies to, in plan order; empty for `total`."""
    reporting: tuple[str, ...]
    """Ids of the units that report it, in plan order."""
    schedule: Schedule
    source: str
    """The words of the plan's clause, exact."""
    task: int
    area: int | None
    """Number of the action area; None for a safeguard item."""
    baseline: Fraction | None = None
    breakdown: str = ""
    """The weight by which a reference breakdown shares the total out; empty for none."""
    note: str = ""
    decimals: int = 0
    """How many decimals a figure may have; of a ratio, its numerator and denominator."""
    lead: str = ""
    """The office of the bureau that answers for it (责任处室); empty when the plan names none."""
    weight: Fraction = Fraction(1)
    """How much it counts in means, more than 0."""
    report_every: Cycle = "month"
    """It is owed only for the last month of each."""
    revisions: tuple[Revision, ...] = ()
    """Later targets, in order of their months; `target` is the one that the year began with."""

    def at(self, period: Period) -> "Indicator":
        """The indicator as judged at that period: with the target then in force, and a schedule that goes by it.

        The same object where no revision is in force. Its `revisions` stay, so that all of the history can be told.
        """
        revision = next((each for each in reversed(self.revisions) if each.start <= period), None)
        if revision is None:
            return self
        schedule = self.schedule.against(revision.target, self.baseline)
        return replace(self, target=revision.target, schedule=schedule)

    def is_owed(self, period: Period) -> bool:
        """Whether it must be reported for that period."""
        return is_end_of(self.report_every, period)

    def owed_by(self, period: Period) -> Period | None:
        """The period last owed at or before that one, of the same year; None when none has been owed yet."""
        month = period.month - period.month % CYCLES[self.report_every]
        return Period(period.year, month) if month else None

    def actual(self, figures: Sequence[Figure]) -> Fraction | None:
        """The figures of one unit, or of all that have one, folded into the actual; None when nothing can be said."""
        if not figures:
            return None
        value = sum(figure.value or 0 for figure in figures)
        pair = self.quotient(value, sum(figure.denominator or 0 for figure in figures))
        return Fraction(*pair) if pair else None

    def quotient(self, value: int, denominator: int) -> tuple[int, int] | None:
        """The actual of one record's integers as `above, below` with below > 0; None when nothing can be said."""
        whole, rest = divmod(value, SCALE)
        return (value, SCALE) if rest else (whole, 1)

    def pair(self, figures: Sequence[Figure]) -> tuple[Fraction | None, Fraction | None]:
        """The numerator and denominator behind the actual; None for a kind that has none, or without figures."""
        return None, None

    @property
    def ratio(self) -> "RatioIndicator | None":
        """Itself where a record gives a numerator and a denominator."""
        return None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """What a record may say, in order, where that is a word; none where it is a number."""
        return ()

    @property
    def contributes(self) -> bool:
        """Whether a unit's figure is a share of the city's."""
        return self.additive and self.applies_to == "total"

    @cached_property
    def reporters(self) -> frozenset[str]:
        """`reporting`, for who asks whether a unit is in it: in a plan of many units a tuple takes as many steps."""
        return frozenset(self.reporting)

    @property
    def owing(self) -> tuple[str, ...]:
        """Ids of the units that must report it; nothing can be asked where the document leaves the target undefined."""
        return () if self.target.operator == "undefined" else self.reporting

    @property
    def measure(self) -> str:
        """What a clerk writes in the value's cell: the measure unit, or the words to choose from."""
        return self.unit

    @property
    def filling(self) -> str:
        """What a clerk is asked for."""
        raise NotImplementedError

    def figure_text(self, actual: Fraction) -> str:
        """An actual or a target in the words of its kind, without the measure unit."""
        return decimal_text(actual)

    def target_text(self, target: Target) -> str:
        """A promise in short: `≥800`, `≤0`, `约14000`, without the measure unit."""
        if target.operator == "undefined":
            return UNDEFINED
        figure = self.figure_text(target.value)
        is_about = target.operator == "about"
        return say("约{figure}", figure=figure) if is_about else f"{OPERATOR_SIGNS[target.operator]}{figure}"

    def record_text(self, value: int) -> str:
        """A record's value as it stands in a CSV."""
        return plain(value)

    def told(self, figure: Figure) -> str:
        """A record in short: 不适用, numerator/denominator, or the value as it stands in a CSV."""
        if figure.value is None:
            return NOT_APPLICABLE_WORD
        text = self.record_text(figure.value)
        return text if figure.denominator is None else f"{text}/{self.record_text(figure.denominator)}"


@dataclass(frozen=True, kw_only=True)
class CountIndicator(Indicator):
    """Accumulates within the year, reported as the total since 1 January."""

    kind: ClassVar[str] = "count"
    kind_zh: ClassVar[str] = "累计量"
    cumulative: ClassVar[bool] = True
    filling: ClassVar[str] = "1月1日以来的累计数"
    how_to_fill: ClassVar[str] = "填1月1日以来的累计数，不是当月数。"


@dataclass(frozen=True, kw_only=True)
class StockIndicator(Indicator):
    """A level at the end of the period; may fall."""

    kind: ClassVar[str] = "stock"
    kind_zh: ClassVar[str] = "存量"
    filling: ClassVar[str] = "期末的数"
    how_to_fill: ClassVar[str] = "填期末的数。"


@dataclass(frozen=True, kw_only=True)
class RatioIndicator(Indicator):
    """Numerator over denominator, times 100 or 10 000; summed as two sums, never averaged."""

    kind: ClassVar[str] = "ratio"
    kind_zh: ClassVar[str] = "比率"
    columns: ClassVar[frozenset[str]] = frozenset({"value", "numerator", "denominator"})
    additive: ClassVar[bool] = False
    how_to_fill: ClassVar[str] = "只填分子、分母，各是什么见“填报口径”；比率自动算出。"

    scale: Literal[100, 10_000] = 100
    numerator: str = "分子"
    denominator: str = "分母"
    part_of_whole: bool = True
    """Whether the numerator counts a part of the denominator, so that it cannot be larger."""
    denominator_accumulates: bool = False
    """Whether the denominator accumulates within the year, so that it grows and does not fall."""

    @property
    def ratio(self) -> "RatioIndicator":
        """Itself."""
        return self

    @property
    def filling(self) -> str:
        """What the numerator and the denominator are."""
        return say("分子：{numerator}；分母：{denominator}", numerator=self.numerator, denominator=self.denominator)

    def quotient(self, value: int, denominator: int) -> tuple[int, int] | None:
        """Σ numerators / Σ denominators × scale; None when nothing is reported or the denominators are all zero."""
        if denominator > 0:
            return value * self.scale, denominator
        return (-value * self.scale, -denominator) if denominator else None

    def pair(self, figures: Sequence[Figure]) -> tuple[Fraction | None, Fraction | None]:
        """Σ numerators and Σ denominators."""
        if not figures:
            return None, None
        above = sum(figure.value or 0 for figure in figures)
        below = sum(figure.denominator or 0 for figure in figures)
        return Fraction(above, SCALE), Fraction(below, SCALE)


@dataclass(frozen=True, kw_only=True)
class MilestoneIndicator(Indicator):
    """Ordered stages, each with its share of the work; done at the last."""

    kind: ClassVar[str] = "milestone"
    kind_zh: ClassVar[str] = "里程碑"
    additive: ClassVar[bool] = False
    counts_silence: ClassVar[bool] = True
    filling: ClassVar[str] = "进行到的阶段"
    how_to_fill: ClassVar[str] = "从下拉列表里选进行到的阶段；到了最后一个阶段的，要写佐证。"

    stages: tuple[Stage, ...] = DEFAULT_STAGES

    @property
    def measure(self) -> str:
        """The stages, in order."""
        return "/".join(stage.name for stage in self.stages)

    def figure_text(self, actual: Fraction) -> str:
        """The stage of that share, or the mean share of several units in per cent."""
        names = [stage.name for stage in self.stages if stage.share == actual]
        return names[0] if names else f"{rounded(actual * 100, 1, below=(100,))}%"

    def target_text(self, target: Target) -> str:
        """The stage to be reached."""
        return self.figure_text(target.value)

    def record_text(self, value: int) -> str:
        """The stage's name."""
        return self.stages[value].name

    def actual(self, figures: Sequence[Figure]) -> Fraction | None:
        """The mean share of the units; None when there is none. The caller puts in 未启动 for a silent unit."""
        if not figures:
            return None
        counts = Counter(figure.value or 0 for figure in figures)
        whole = sum((self.stages[stage].share * count for stage, count in counts.items()), Fraction(0))
        return whole / len(figures)

    def quotient(self, value: int, denominator: int) -> tuple[int, int] | None:
        """The share of one unit's stage."""
        share = self.stages[value].share
        return share.numerator, share.denominator


KINDS: Mapping[str, type[Indicator]] = {
    kind.kind: kind for kind in (CountIndicator, StockIndicator, RatioIndicator, MilestoneIndicator)
}
