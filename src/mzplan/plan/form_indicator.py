"""The form of an indicator in a plan file: the keys of each kind and what they hold. Knows no cross-references."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from mzplan.plan.form_values import (
    MAPPING,
    TAG,
    WORD,
    Amount,
    AppliesTo,
    AppliesToEach,
    EnglishName,
    Month,
    Name,
    Number,
    Reference,
    Share,
    Stages,
    Weight,
    WeightName,
    Words,
    mapping_or_word,
)
from mzplan.plan.indicator import CountIndicator, Cycle, Indicator, MilestoneIndicator, RatioIndicator, StockIndicator
from mzplan.plan.lookup import nearest
from mzplan.plan.scale import UnitScale, unit_scale
from mzplan.zh import MONEY


class StrictForm(BaseModel):
    """Strict: no unknown keys, no value turned into another.

    Every value, and every member of a list, may also be None: something is written there that cannot be read, which was
    told as a finding. So one pass can compare with each other the values that can be read, and tell of these too.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    def is_unread(self, key: str) -> bool:
        """Whether something is written under a key, or should be, and cannot be read."""
        return key in self.model_fields_set and getattr(self, key) is None


class TargetForm(StrictForm):
    """A direction and its number."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["at_least"]},
                {"required": ["at_most"]},
                {"required": ["about", "tolerance"]},
                {"required": ["growth"]},
            ]
        }
    )

    at_least: Number | None = Field(default=None, description="Met when the actual is this or more (以上、不少于).")
    at_most: Number | None = Field(
        default=None, description="Met when the actual is this or less (以内、不超过; 0 for 零)."
    )
    about: Number | None = Field(default=None, description="Met when the actual is within the tolerance (左右).")
    tolerance: Share | None = Field(default=None, description="For `about`: how far off it may be, in per cent of it.")
    growth: Number | None = Field(
        default=None,
        description="Met when the actual is the `baseline` and so many per cent of it or more (增长8%; 翻一番 is 100).",
    )


class PointForm(StrictForm):
    """A point of a schedule given as a value."""

    value: Amount | None = Field(description="What is expected, in the unit of measure (6月底350张).")


SchedulePoints = Annotated[
    dict[
        Month,
        Annotated[Annotated[Share, Tag(WORD)] | Annotated[PointForm, Tag(MAPPING)], Discriminator(mapping_or_word)]
        | None,
    ],
    Field(json_schema_extra={"minProperties": 1}),
]
Schedule = Annotated[
    Annotated[Literal["linear", "by_due", "always"], Tag(WORD)] | Annotated[SchedulePoints, Tag(MAPPING)],
    Discriminator(mapping_or_word),
]

Target = Annotated[
    Annotated[TargetForm, Tag(MAPPING)] | Annotated[Literal["undefined"], Tag(WORD)], Discriminator(mapping_or_word)
]


class RevisionForm(StrictForm):
    """A later target, in force from a month of the year on; no month before it changes."""

    start: Month | None = Field(alias="from", description="The first month that is judged by it.")
    target: TargetForm | None = Field(description="The new target, written as the first one is.")
    source: Words | None = Field(description="The document that says so.")
    note: Words | None = Field(default=None, description="How it was read, and why.")


DECIMALS_OF_MONEY = 4


class IndicatorForm(StrictForm):
    """What every kind of indicator has."""

    makes: ClassVar[type[Indicator]]
    """The kind of indicator that is written in it."""

    if TYPE_CHECKING:  # in each kind's own place among its keys, with its own values
        kind: str | None
        unit: str | None
        applies_to: AppliesTo | None

    id: Annotated[str, StringConstraints(min_length=1, max_length=24)] | None = Field(
        description="Safe in a spreadsheet: capital letters first, digits, hyphens (T05-03); never 5-3 or 14.10."
    )
    name: Name | None = Field(description="Neutral: without the number and the direction, which belong to the target.")
    name_en: EnglishName | None = Field(default=None, description="The name in English.")
    reporting: list[Reference | None] | None = Field(
        default=None,
        description="Who reports it: unit ids or the words county, zone, bureau. "
        "Default: the units named in applies_to if it is a list, else the plan's `reporting`.",
    )
    schedule: Schedule | None = Field(
        default=None,
        description="linear: month by month up to `due`. by_due: nothing is expected before `due`. always: the level "
        "must hold in every period. Or points: {2023-03: 20, 2023-12: 100}, per cent of the target, each holding until "
        "the next; a point may be a value instead, 2023-06: {value: 350}. "
        "Default: linear for a count and for a stock that starts from a baseline, always for the ceiling of a count, "
        "by_due otherwise.",
    )
    lead: Name | None = Field(
        default=None, description="The office that answers for it (责任处室); default the task's `lead`."
    )
    weight: Weight | None = Field(
        default=Decimal(1), description="How much it counts in mean completions beside the others; more than 0."
    )
    report_every: Cycle | None = Field(
        default="month",
        description="month, quarter, half or year: it is owed only for the last month of each (March, June …).",
    )
    due: Month | None = Field(
        default=None, description="The month by which it is due; default December of the plan's year."
    )
    source: Words | None = Field(description="The exact words of the clause that it stands for.")
    note: Words | None = Field(default=None, description="Judgement calls: how an unclear clause was read, and why.")

    @property
    def ratio(self) -> "RatioForm | None":
        """Itself where a record gives a numerator and a denominator."""
        return None

    @property
    def staged(self) -> "MilestoneForm | None":
        """Itself where a record is one of several stages."""
        return None

    @property
    def promised_decimals(self) -> int | None:
        """How many decimals what is promised may have; None where any, as the quotient of a ratio, or unread."""
        return None


class MeasuredForm(IndicatorForm):
    """What every kind has of which a number is promised."""

    target: Target | None = Field(
        description="{at_least: n}, {at_most: n}, {about: n, tolerance: per cent}, {growth: per cent}, or undefined "
        "when the document names it without saying what it is."
    )
    applies_to: AppliesTo | None = Field(
        default="total",
        description="total (the city's sum or ratio), each (every reporting unit), or units by id or kind.",
    )

    revisions: list[RevisionForm | None] | None = Field(
        default=[],
        description="Later targets, each with `from` (the first month judged by it), `target`, `source` and perhaps "
        "`note`: a period is judged by the target in force at it.",
    )
    decimals: Annotated[int, Field(ge=0, le=6)] | None = Field(
        default=None,
        description="How many decimals a figure may have, both parts of a ratio included: there is no half of a thing "
        "or a person. Default 0; 4 where the unit of measure is money (元, 万元, 亿元).",
    )

    @property
    def most_decimals(self) -> int:
        """How many decimals a figure may have, as it says or as its measure unit suggests."""
        if self.decimals is not None:
            return self.decimals
        return DECIMALS_OF_MONEY if (self.unit or "").endswith(MONEY) else 0


class AdditiveForm(MeasuredForm):
    """What every kind has whose figures add up over units."""

    unit: Reference | None = Field(description="The unit of measure: 个, 人, 万元.")
    breakdown: WeightName | None = Field(
        default=None,
        description="The weight by which a reference breakdown shares the total out: a key of `weights`, or equal.",
    )

    @property
    def promised_decimals(self) -> int | None:
        """As many as its figures."""
        return None if self.is_unread("decimals") or self.is_unread("unit") else self.most_decimals


class CountForm(AdditiveForm):
    """count: accumulates within the year, reported as the total since 1 January, adds up over units."""

    makes: ClassVar[type[Indicator]] = CountIndicator

    kind: Literal["count"] | None
    baseline: Number | None = Field(
        default=None,
        description="The whole of the year before, for a target of `growth`; completion does not start from it.",
    )


class StockForm(AdditiveForm):
    """stock: a level at the end of the period, adds up over units."""

    makes: ClassVar[type[Indicator]] = StockIndicator

    kind: Literal["stock"] | None
    baseline: Number | None = Field(
        default=None, description="The level before the year began; completion starts from it."
    )


Scale = Literal[100, 10000]


class RatioForm(MeasuredForm):
    """ratio: a numerator over a denominator, times 100 or 10 000; summed as two sums, never averaged."""

    makes: ClassVar[type[Indicator]] = RatioIndicator

    kind: Literal["ratio"] | None
    unit: Reference | None = Field(
        default="%", description="The unit of measure; default % for scale 100, required for 10000."
    )
    scale: Scale | None = Field(
        default=RatioIndicator.scale, description="100 for per cent, 10000 for per ten thousand."
    )
    numerator: Name | None = Field(default=RatioIndicator.numerator, description="What is counted above the line.")
    denominator: Name | None = Field(default=RatioIndicator.denominator, description="What is counted below the line.")
    part_of_whole: bool | None = Field(
        default=None,
        description="Whether the numerator is a part of the denominator and cannot be larger. "
        "Default: true for scale 100, false for 10000.",
    )
    denominator_accumulates: bool | None = Field(
        default=False,
        description="Whether the denominator accumulates within the year: growth is then expected, a fall is odd.",
    )
    baseline: Number | None = Field(
        default=None, description="The ratio before the year began; completion starts from it."
    )

    @property
    def ratio(self) -> "RatioForm":
        """Itself."""
        return self

    @property
    def other_scale(self) -> UnitScale | None:
        """What the unit says the ratio is multiplied by, where `scale` says otherwise."""
        said = unit_scale(self.unit or "")
        return said if said is not None and self.scale is not None and said.times != self.scale else None

    @property
    def is_part_of_whole(self) -> bool:
        """Whether the numerator is a part of the denominator, as it says or as its scale suggests."""
        return self.scale == RatioIndicator.scale if self.part_of_whole is None else self.part_of_whole


class MilestoneForm(IndicatorForm):
    """milestone: ordered stages, each with its share of the work; done at the last. It has no target."""

    makes: ClassVar[type[Indicator]] = MilestoneIndicator

    kind: Literal["milestone"] | None
    unit: Reference | None = Field(default=None, description="The unit of measure, if the clause has one.")
    applies_to: AppliesToEach | None = Field(
        default="each", description="each (every reporting unit), or units by id or kind."
    )
    stages: Stages | None = Field(
        default=None,
        description="A stage set's name, a list (shares evenly spaced), or {stage: per cent} rising from 0 to 100. "
        "Default: 未启动 0, 推进中 50, 已完成 100.",
    )

    @property
    def staged(self) -> "MilestoneForm":
        """Itself."""
        return self


INDICATOR_FORMS: Mapping[str, type[IndicatorForm]] = {
    form.makes.kind: form for form in (CountForm, StockForm, RatioForm, MilestoneForm)
}
"""By the kind that is written in them."""
_CHINESE = {form.makes.kind_zh: kind for kind, form in INDICATOR_FORMS.items()}
_HELD = Counter(key for form in INDICATOR_FORMS.values() for key in form.model_fields)
_OWN = {key: kind for kind, form in INDICATOR_FORMS.items() for key in form.model_fields if _HELD[key] == 1}
"""The kind that alone has a key."""


def likely_kind(value: object) -> str:
    """The kind an indicator is written as; when it is missing or misspelt, the kind its other keys speak for."""
    keys = value if isinstance(value, dict) else {}
    kind = keys.get("kind")
    if isinstance(kind, str) and kind in INDICATOR_FORMS:
        return kind
    if own := [_OWN[key] for key in keys if key in _OWN]:
        return own[0]
    if isinstance(kind, str) and (meant := _CHINESE.get(kind) or nearest(kind, INDICATOR_FORMS)):
        return meant
    if keys.get("unit", "%") == "%":
        return "ratio" if "target" in keys else "milestone"
    return "stock" if "baseline" in keys else "count"


if TYPE_CHECKING:
    AnyIndicator = IndicatorForm
else:
    AnyIndicator = Annotated[
        reduce(or_, (Annotated[form, Tag(TAG + kind)] for kind, form in INDICATOR_FORMS.items())),
        Discriminator(lambda value: TAG + likely_kind(value)),
    ]
