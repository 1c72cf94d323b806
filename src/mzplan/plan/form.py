"""The form of a plan file: which keys exist, what each holds, what an editor completes. Knows no cross-references.

The models check one value at a time; what two values say of each other is `build`'s subject.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from mzplan.plan.form_indicator import INDICATOR_FORMS, AnyIndicator, PointForm, RevisionForm, StrictForm, TargetForm
from mzplan.plan.form_values import (
    TAG,
    Amount,
    Code,
    Day,
    English,
    EnglishName,
    Name,
    PresetName,
    Reference,
    Short,
    StageSet,
    WeightName,
    Words,
)
from mzplan.plan.model import FIRST_YEAR, LAST_YEAR, Plan, UnitKind


class TaskForm(StrictForm):
    """A task (任务) of an action area, or a safeguard item."""

    number: int | None = Field(ge=1, le=9999, description="Its number in the document; unique in the whole plan.")
    name: Name | None
    name_en: EnglishName | None = Field(default=None, description="The name in English.")
    lead: Name | None = Field(
        default=None, description="The office that answers for it (责任处室), for its indicators too."
    )
    indicators: list[AnyIndicator | None] | None = Field(default=[], description="What is tracked of it; may be empty.")


class AreaForm(StrictForm):
    """An action area (行动)."""

    number: int | None = Field(ge=1, le=999, description="Its number in the document.")
    name: Name | None
    name_en: EnglishName | None = Field(default=None, description="The name in English.")
    short: Short | None = Field(default=None, description="A few characters for a column heading; default the name.")
    tasks: list[TaskForm | None] | None = Field(min_length=1)


class SafeguardsForm(StrictForm):
    """The block of safeguard items (工作保障), numbered on from the tasks."""

    name: Name | None = Field(default=Plan.safeguards_name, description="What the document calls the block.")
    items: list[TaskForm | None] | None = Field(min_length=1)


class UnitForm(StrictForm):
    """A reporting unit (填报单位)."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = Field(
        description="Lower-case ASCII; names the unit's files (data/2023-06/wucheng.csv)."
    )
    name: Name | None
    name_en: EnglishName | None = Field(default=None, description="The name in English.")
    kind: UnitKind | None = Field(description="Counties and zones are ranked, the bureau is not.")
    code: Code | None = Field(default=None, description="GB/T 2260 or an internal code; quote it.")
    aliases: list[Reference | None] | None = Field(
        default=[], description="Other spellings accepted in data, with a warning."
    )
    parent: Reference | None = Field(
        default=None,
        description="The id of the unit that it belongs to, which is a region by that: it files nothing, and its "
        "figures are those of its members.",
    )
    weights: dict[WeightName, Amount | None] | None = Field(
        default={}, description="The facts a breakdown may weigh by (townships, population)."
    )


class RelationForm(StrictForm):
    """A relation between indicators of one unit and period: the terms' sum against a whole."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["at_most"]}, {"required": ["equals"]}]})

    terms: list[Reference | None] | None = Field(min_length=1, description="Indicator ids whose figures are added.")
    at_most: Reference | None = Field(default=None, description="The indicator that the sum may not exceed.")
    equals: Reference | None = Field(default=None, description="The indicator that the sum must equal.")
    missing: Literal["skip_any", "skip_all", "as_zero"] | None = Field(
        default="skip_any",
        description="When a figure is absent: skip the relation if any is, only if all terms are, or count it as zero.",
    )


class LightForm(StrictForm):
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


class ExcuseForm(StrictForm):
    """A number of the document that is no target."""

    words: Words | None = Field(description="The number with the words around it, as the document has them.")
    reason: Words | None = Field(description="Why it is no target: the name of a campaign, a year gone by.")


class PlanForm(StrictForm):
    """A year's work plan of one city, as mzplan reads it."""

    title: Name | None = Field(description="What the document is called.")
    city: Reference | None = Field(description="What tables and prose call the whole (全市).")
    year: int | None = Field(
        ge=FIRST_YEAR, le=LAST_YEAR, description="The year that every due date and period belongs to."
    )
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
    not_targets: list[ExcuseForm | None] | None = Field(
        default=[],
        description="Numbers of the document that are no targets; `plan check --document` asks for all others.",
    )
    words_en: dict[Words, English | None] | None = Field(
        default={},
        description="English for other words of the plan: title, city, publisher, short headings, leads, units of "
        "measure (bed|beds), stages, what a ratio divides.",
    )

    @property
    def tasks(self) -> list[TaskForm | None]:
        """All tasks and safeguard items; None in the place of what cannot be read and may hold some."""
        holders = [None if area is None else area.tasks for area in self.action_areas or [None]]
        if "safeguards" in self.model_fields_set:
            holders.append(self.safeguards.items if self.safeguards else None)
        return [task for tasks in holders for task in tasks or [None]]

    @property
    def names_all(self) -> bool:
        """Whether the id of every indicator could be read."""
        held = [None if task is None else task.indicators for task in self.tasks]
        return all(forms is not None and all(form and form.id for form in forms) for forms in held)


def form_at(location: tuple[str | int, ...]) -> type[StrictForm] | None:
    """The form of the mapping at a place in a plan, by the key it stands under; None for a mapping of free keys."""
    under = next((key for key in reversed(location) if isinstance(key, str) and not key.startswith(TAG)), "")
    if under == "indicators" and isinstance(location[-1], str):
        return INDICATOR_FORMS.get(location[-1].removeprefix(TAG))
    if "schedule" in location:  # its own keys are free, those of a point are not
        return PointForm
    return _FORMS.get(under)


_FORMS: Mapping[str, type[StrictForm]] = {
    "": PlanForm,
    "reporting_units": UnitForm,
    "action_areas": AreaForm,
    "tasks": TaskForm,
    "safeguards": SafeguardsForm,
    "items": TaskForm,
    "target": TargetForm,
    "revisions": RevisionForm,
    "relations": RelationForm,
    "lights": LightForm,
    "not_targets": ExcuseForm,
}
"""Which form a mapping has, by the key it stands under; that of an indicator is told by its kind."""


def holds_forms(key: str | int) -> bool:
    """Whether what stands under a key is a mapping, or a list of mappings, with keys of its own."""
    return key in _FORMS or key == "indicators"


def holders_of(key: str) -> list[str]:
    """The keys under which mappings stand that may have a key; not the plan itself, of which none is told."""
    forms = [*_FORMS.items(), *(("indicators", form) for form in INDICATOR_FORMS.values())]
    return list(dict.fromkeys(under for under, form in forms if under and key in keys_of(form)))


def keys_of(form: type[StrictForm] | None) -> list[str]:
    """The keys of a form as they are written."""
    return [field.alias or name for name, field in form.model_fields.items()] if form else []


def required(form: type[StrictForm] | None) -> list[str]:
    """The keys that a form must have."""
    fields = form.model_fields.items() if form else ()
    return [field.alias or name for name, field in fields if field.is_required()]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a plan file, for editors."""
    schema = PlanForm.model_json_schema()
    _strip(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "mzplan plan", **schema}


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
