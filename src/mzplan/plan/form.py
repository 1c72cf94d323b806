"""The form of a plan file: which keys exist, what each holds, what an editor completes. Knows no cross-references.

The models check one value at a time; what two values say of each other is `build`'s subject.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)

from mzplan.plan.form_values import (
    MAPPING,
    TAG,
    WORD,
    Amount,
    AppliesTo,
    AppliesToEach,
    Code,
    Day,
    Month,
    Name,
    Number,
    PresetName,
    Reference,
    Schedule,
    Share,
    Short,
    Stages,
    StageSet,
    WeightName,
    Words,
    mapping_or_word,
)
from mzplan.plan.indicator import RatioIndicator
from mzplan.plan.model import Plan, UnitKind


class Form(BaseModel):
    """Strict: no unknown keys, no value turned into another.

    Every value, and every member of a list, may also be None: something is written there that cannot be read, which was
    told as a finding. So one pass can compare with each other the values that can be read, and tell of these too.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    def is_unread(self, key: str) -> bool:
        """Whether something is written under a key, or should be, and cannot be read."""
        return key in self.model_fields_set and getattr(self, key) is None


class TargetForm(Form):
    """A direction and its number."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["at_least"]}, {"required": ["at_most"]}, {"required": ["about", "tolerance"]}]
        }
    )

    at_least: Number | None = Field(default=None, description="Met when the actual is this or more (以上、不少于).")
    at_most: Number | None = Field(
        default=None, description="Met when the actual is this or less (以内、不超过; 0 for 零)."
    )
    about: Number | None = Field(default=None, description="Met when the actual is within the tolerance (左右).")
    tolerance: Share | None = Field(default=None, description="For `about`: how far off it may be, in per cent of it.")


Target = Annotated[
    Annotated[TargetForm, Tag(MAPPING)] | Annotated[Literal["undefined"], Tag(WORD)],
    Discriminator(mapping_or_word),
]


DECIMALS_OF_MONEY = 4


class IndicatorForm(Form):
    """What every kind of indicator has."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=24)] | None = Field(
        description="Safe in a spreadsheet: capital letters first, digits, hyphens (T05-03); never 5-3 or 14.10."
    )
    name: Name | None = Field(description="Neutral: without the number and the direction, which belong to the target.")
    name_en: Name | None = Field(default=None, description="The name in English.")
    reporting: list[Reference | None] | None = Field(
        default=None,
        description="Who reports it: unit ids or the words county, zone, bureau. "
        "Default: the units named in applies_to if it is a list, else the plan's `reporting`.",
    )
    schedule: Schedule | None = Field(
        default=None,
        description="linear: month by month up to `due`. by_due: nothing is expected before `due`. always: the level "
        "must hold in every period. Or points: {2023-03: 20, 2023-12: 100}, per cent, each holding until the next. "
        "Default: linear for a count and for a stock with a baseline, by_due otherwise.",
    )
    due: Month | None = Field(
        default=None, description="The month by which it is due; default December of the plan's year."
    )
    source: Words | None = Field(description="The exact words of the clause that it stands for.")
    note: Words | None = Field(default=None, description="Judgement calls: how an unclear clause was read, and why.")

    @property
    def usual_schedule(self) -> Literal["linear", "by_due"]:
        """The schedule when none is written."""
        return "by_due"


class _Measured(IndicatorForm):
    target: Target | None = Field(
        description="{at_least: n}, {at_most: n}, {about: n, tolerance: per cent}, or undefined when the document "
        "names it without saying what it is."
    )
    applies_to: AppliesTo | None = Field(
        default="total",
        description="total (the city's sum or ratio), each (every reporting unit), or units by id or kind.",
    )

    decimals: Annotated[int, Field(ge=0, le=6)] | None = Field(
        default=None,
        description="How many decimals a figure may have, both parts of a ratio included: there is no half of a thing "
        "or a person. Default 0; 4 where the measure unit is money (元, 万元, 亿元).",
    )

    @property
    def most_decimals(self) -> int:
        """How many decimals a figure may have, as it says or as its measure unit suggests."""
        if self.decimals is not None:
            return self.decimals
        return DECIMALS_OF_MONEY if (getattr(self, "unit", None) or "").endswith("元") else 0


class _Additive(_Measured):
    unit: Reference | None = Field(description="The measure unit: 个, 人, 万元.")
    breakdown: WeightName | None = Field(
        default=None,
        description="The weight by which a reference breakdown shares the total out: a key of `weights`, or equal.",
    )


class CountForm(_Additive):
    """count: accumulates within the year, reported as the total since 1 January, adds up over units."""

    kind: Literal["count"] | None

    @property
    def usual_schedule(self) -> Literal["linear", "by_due"]:
        """What accumulates does so month by month."""
        return "linear"


class StockForm(_Additive):
    """stock: a level at the end of the period, adds up over units."""

    kind: Literal["stock"] | None
    baseline: Number | None = Field(
        default=None, description="The level before the year began; completion starts from it."
    )

    @property
    def usual_schedule(self) -> Literal["linear", "by_due"]:
        """Without a baseline nobody knows from where the way is counted."""
        return "linear" if "baseline" in self.model_fields_set else "by_due"


class RatioForm(_Measured):
    """ratio: a numerator over a denominator, times 100 or 10 000; summed as two sums, never averaged."""

    kind: Literal["ratio"] | None
    unit: Reference | None = Field(
        default="%", description="The measure unit; default % for scale 100, required for 10000."
    )
    scale: Literal[100, 10000] | None = Field(
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
    def is_part_of_whole(self) -> bool:
        """Whether the numerator is a part of the denominator, as it says or as its scale suggests."""
        return self.scale == RatioIndicator.scale if self.part_of_whole is None else self.part_of_whole


class MilestoneForm(IndicatorForm):
    """milestone: ordered stages, each with its share of the work; done at the last. It has no target."""

    kind: Literal["milestone"] | None
    unit: Reference | None = Field(default=None, description="The measure unit, if the clause has one.")
    applies_to: AppliesToEach | None = Field(
        default="each", description="each (every reporting unit), or units by id or kind."
    )
    stages: Stages | None = Field(
        default=None,
        description="A stage set's name, a list (shares evenly spaced), or {stage: per cent} rising from 0 to 100. "
        "Default: 未启动 0, 推进中 50, 已完成 100.",
    )


INDICATOR_FORMS: Mapping[str, type[IndicatorForm]] = {
    "count": CountForm,
    "stock": StockForm,
    "ratio": RatioForm,
    "milestone": MilestoneForm,
}


def likely_kind(value: object) -> str:
    """The kind an indicator is written as; when it is missing or misspelt, the kind its other keys speak for."""
    keys = value if isinstance(value, dict) else {}
    kind = keys.get("kind")
    if isinstance(kind, str) and kind in INDICATOR_FORMS:
        return kind
    if "stages" in keys or ("target" not in keys and "unit" not in keys):
        return "milestone"
    return (
        "ratio" if {"scale", "numerator", "denominator"} & keys.keys() else "stock" if "baseline" in keys else "count"
    )


AnyIndicator = Annotated[
    Annotated[CountForm, Tag(TAG + "count")]
    | Annotated[StockForm, Tag(TAG + "stock")]
    | Annotated[RatioForm, Tag(TAG + "ratio")]
    | Annotated[MilestoneForm, Tag(TAG + "milestone")],
    Discriminator(lambda value: TAG + likely_kind(value)),
]


class TaskForm(Form):
    """A task (任务) of an action area, or a safeguard item."""

    number: int | None = Field(ge=1, le=9999, description="Its number in the document; unique in the whole plan.")
    name: Name | None
    indicators: list[AnyIndicator | None] | None = Field(default=[], description="What is tracked of it; may be empty.")


class AreaForm(Form):
    """An action area (行动)."""

    number: int | None = Field(ge=1, le=999, description="Its number in the document.")
    name: Name | None
    short: Short | None = Field(default=None, description="A few characters for a column heading; default the name.")
    tasks: list[TaskForm | None] | None = Field(min_length=1)


class SafeguardsForm(Form):
    """The block of safeguard items (工作保障), numbered on from the tasks."""

    name: Name | None = Field(default=Plan.safeguards_name, description="What the document calls the block.")
    items: list[TaskForm | None] | None = Field(min_length=1)


class UnitForm(Form):
    """A reporting unit (填报单位)."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = Field(
        description="Lower-case ASCII; names the unit's files (data/2023-06/wucheng.csv)."
    )
    name: Name | None
    kind: UnitKind | None = Field(description="Counties and zones are ranked, the bureau is not.")
    code: Code | None = Field(default=None, description="GB/T 2260 or an internal code; quote it.")
    aliases: list[Reference | None] | None = Field(
        default=[], description="Other spellings accepted in data, with a warning."
    )
    weights: dict[WeightName, Amount | None] | None = Field(
        default={}, description="The facts a breakdown may weigh by (townships, population)."
    )


class RelationForm(Form):
    """A relation between indicators of one unit and period: the terms' sum against a whole."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["at_most"]}, {"required": ["equals"]}]})

    terms: list[Reference | None] | None = Field(min_length=1, description="Indicator ids whose figures are added.")
    at_most: Reference | None = Field(default=None, description="The indicator that the sum may not exceed.")
    equals: Reference | None = Field(default=None, description="The indicator that the sum must equal.")
    missing: Literal["skip_any", "skip_all", "as_zero"] | None = Field(
        default="skip_any",
        description="When a figure is absent: skip the relation if any is, only if all terms are, or count it as zero.",
    )


class LightForm(Form):
    """A light preset of the plan's own."""

    name: PresetName | None = Field(description="What --lights takes; may not be the name of a shipped preset.")
    title: Name | None
    yardstick: Literal["points", "relative"] | None = Field(
        description="points: percentage points below the expectation. relative: shortfall in per cent of it."
    )
    yellow: Amount | None = Field(description="A shortfall beyond this is yellow; 0 means any.")
    yellow_to: Amount | None = Field(
        default=None, description="The upper end of yellow if the rule names it; must equal red."
    )
    yellow_inclusive: bool | None = Field(default=False, description="Whether exactly `yellow` is yellow already.")
    red: Amount | None = Field(default=None, description="A shortfall beyond this is red; leave it out for two states.")
    red_inclusive: bool | None = Field(default=False, description="Whether exactly `red` is red already.")
    source: Words | None = Field(description="Where the rule is published.")
    note: Words | None = Field(
        default=None, description="What the published rule leaves open, and how it is read here."
    )


class PlanForm(Form):
    """A year's work plan of one city, as mzplan reads it."""

    title: Name | None = Field(description="What the document is called.")
    city: Reference | None = Field(description="What tables and prose call the whole (全市).")
    year: int | None = Field(ge=1949, le=2999, description="The year that every due date and period belongs to.")
    issued: Day | None = Field(description="The day the document was issued, YYYY-MM-DD.")
    publisher: Name | None = Field(description="The office that issued it.")
    source: Words | None = Field(description="Where the document can be read: a page address or a file number.")
    report_day: int | None = Field(
        default=Plan.report_day, ge=1, le=28, description="Day of the following month by which reports are due."
    )
    reporting: list[Reference | None] | None = Field(
        description="Who reports unless an indicator says otherwise: unit ids or county, zone, bureau."
    )
    escalate: int | None = Field(
        default=Plan.escalate,
        ge=0,
        le=12,
        description="Periods behind in a row that turn behind into far_behind; 0 for never.",
    )
    stage_sets: dict[Reference, StageSet | None] | None = Field(
        default={}, description="Named stages of milestones: lists, or {stage: per cent}."
    )
    reporting_units: list[UnitForm | None] | None = Field(
        min_length=1, description="Who files records, in the order of tables."
    )
    action_areas: list[AreaForm | None] | None = Field(
        min_length=1, description="The action areas in the order of the document."
    )
    safeguards: SafeguardsForm | None = Field(default=None, description="The safeguard items, if it has any.")
    relations: list[RelationForm | None] | None = Field(
        default=[], description="What must hold between figures of a unit and month."
    )
    lights: list[LightForm | None] | None = Field(default=[], description="Light presets besides the shipped ones.")


def form_at(location: tuple[str | int, ...]) -> type[Form] | None:
    """The form of the mapping at a place in a plan, by the key it stands under; None for a mapping of free keys."""
    under = next((key for key in reversed(location) if isinstance(key, str) and not key.startswith(TAG)), "")
    if under == "indicators" and isinstance(location[-1], str):
        return INDICATOR_FORMS[location[-1].removeprefix(TAG)]
    forms: Mapping[str, type[Form]] = {
        "": PlanForm,
        "reporting_units": UnitForm,
        "action_areas": AreaForm,
        "tasks": TaskForm,
        "safeguards": SafeguardsForm,
        "items": TaskForm,
        "target": TargetForm,
        "relations": RelationForm,
        "lights": LightForm,
    }
    return forms.get(under)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a plan file, for editors."""
    schema = PlanForm.model_json_schema()
    _strip(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mzplan plan",
        **schema,
    }


def _strip(part: Any) -> None:
    """Take out what only fills space: titles that repeat the key, and null, which stands for a key left out."""
    if isinstance(part, list):
        for value in part:
            _strip(value)
    if not isinstance(part, dict):
        return
    if isinstance(part.get("title"), str):
        del part["title"]
    if part.get("default", "") is None:
        del part["default"]
    choices = part.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        choices.remove({"type": "null"})
        if len(choices) == 1:
            part.update(part.pop("anyOf")[0])
    for value in part.values():
        _strip(value)
