"""What the keys of a plan file may hold, one value at a time: numbers, names, days, and values of several forms."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, StringConstraints, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

TAG = "\0"
"""What opens the name of one of several forms in pydantic's locations: no key of a plan can begin with it."""

MAPPING, LIST, WORD = TAG + "mapping", TAG + "list", TAG + "word"

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How what a spreadsheet takes for a formula begins: names stand in cells of the forms and tables."""
_LARGEST = Decimal(10) ** 12
"""A figure holds twelve digits before the point and six after it."""


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("number_type", "a number is expected")
    number = Decimal(value)
    if abs(number) >= _LARGEST or number != round(number, 6):
        raise PydanticCustomError("number_size", "at most 12 digits and 6 decimals")
    return number


def _text(value: str) -> str:
    if value != value.strip():
        raise PydanticCustomError("text_blanks", "no blanks at either end")
    return value


def _name(value: str) -> str:
    if value.startswith(_FORMULA):
        raise PydanticCustomError("formula", "a spreadsheet would take it for a formula", {"first": value[0]})
    return _text(value)


def _english_name(value: str) -> str:
    if "|" in value:
        raise PydanticCustomError("one_alone", "a name is said of one")
    return _name(value)


def _english(value: str) -> str:
    if value.count("|") > 1 or ("|" in value and not all(map(str.strip, value.split("|")))):
        raise PydanticCustomError("one_and_many", "the word for one and that for many")
    return _text(value)


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "no such day") from None
    return value


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Amount = Annotated[Decimal, BeforeValidator(_number), Field(ge=0), WithJsonSchema({"type": "number", "minimum": 0})]
Weight = Annotated[
    Decimal, BeforeValidator(_number), Field(gt=0), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})
]
Share = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
"""Per cent whose bounds are checked where it is known what it is a share of."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_name)]
EnglishName = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_english_name)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=8), AfterValidator(_name)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_text)]
English = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_english)]
"""Of a measure for one and for many (`bed|beds`)."""
Reference = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_name)]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_day)]
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2,12}$")]
WeightName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
PresetName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


def by_shape(value: object) -> str:
    """Which form of a value that has several is meant."""
    return MAPPING if isinstance(value, dict) else LIST if isinstance(value, list) else WORD


def list_or_word(value: object) -> str:
    """Which form of a value that is a list or a word is meant."""
    return LIST if isinstance(value, list) else WORD


def mapping_or_word(value: object) -> str:
    """Which form of a value that is a mapping or a word is meant."""
    return MAPPING if isinstance(value, dict) else WORD


StageList = Annotated[list[Reference | None], Field(json_schema_extra={"minItems": 2, "maxItems": 20}), Tag(LIST)]
StageShares = Annotated[
    dict[Reference, Share | None], Field(json_schema_extra={"minProperties": 2, "maxProperties": 20}), Tag(MAPPING)
]
Stages = Annotated[Annotated[Reference, Tag(WORD)] | StageList | StageShares, Discriminator(by_shape)]
StageSet = Annotated[StageList | StageShares, Discriminator(lambda value: MAPPING if isinstance(value, dict) else LIST)]
AppliesTo = Annotated[
    Annotated[Literal["total", "each"], Tag(WORD)] | Annotated[list[Reference | None], Field(min_length=1), Tag(LIST)],
    Discriminator(list_or_word),
]
AppliesToEach = Annotated[
    Annotated[Literal["each"], Tag(WORD)] | Annotated[list[Reference | None], Field(min_length=1), Tag(LIST)],
    Discriminator(list_or_word),
]
