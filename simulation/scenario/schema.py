"""What may stand in a scenario file: the fields, their types and bounds, and the JSON Schema for editors."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    create_model,
    field_validator,
    model_validator,
)

from simulation.scenario.dated_change import STRICT, Measure
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.lesson import Lesson
from simulation.scenario.lesson_plan import Text
from simulation.scenario.measures import MEASURES

SCHEMA_ADDRESS = "https://json-schema.org/draft/2020-12/schema"
LONGEST_RUN = 10_000
"""Days; the bound of `days`."""
_YEARS = (1900, 2100)


# The default of fields that may be left out but, once named, must not be null.
_ABSENT: Any = None


class InputTable(BaseModel):
    """An uncertain number: `dist` and that distribution's own parameters, or a constant `value`."""

    model_config = STRICT | ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, float]

    dist: str | None = Field(default=None, description="name of a scipy.stats distribution, or choice")
    values: tuple[float, ...] = Field(
        default=_ABSENT, description="of a choice: what it can be, in ascending order"
    )
    weights: tuple[float, ...] = Field(
        default=_ABSENT, description="of a choice: the probability of each value; together 1"
    )
    value: float | None = Field(default=None, description="a constant")
    unit: str | None = Field(default=None, description="must be the unit that the input is declared with")
    source: Text | None = Field(default=None, description="where the numbers come from, or assumption: why")


def _form_of_input(given: object) -> str:
    return "input table" if isinstance(given, dict | InputTable) else "number"


InputValue = Annotated[
    Annotated[float, Tag("number")] | Annotated[InputTable, Tag("input table")],
    Discriminator(_form_of_input),
]


KINDS = {measure.__name__.lower(): measure for measure in MEASURES}
"""The measures by the word that names them in a scenario."""
_FIELDS: Any = {kind: (measure, _ABSENT) for kind, measure in KINDS.items()}
_Measures = create_model("_Measures", __config__=STRICT, **_FIELDS)


class MeasureItem(_Measures):
    """One item of `measures`: the name of one measure with its fields."""

    replace: Literal["all"] | None = Field(
        default=None, description="drop the measures of the scenario that this one extends; before all others"
    )

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        given = sorted(self.model_fields_set)
        if len(given) > 1:
            raise ValueError(f"one measure per item; give {' and '.join(given)} a '-' each")
        if not given:
            raise ValueError(f"names no measure; allowed are {', '.join(sorted(KINDS))}")
        if given == ["replace"]:
            raise ValueError("'replace: all' must come before the measures of its own file")
        return self

    def measure(self) -> Measure:
        """Return the one measure of the item."""
        (kind,) = self.model_fields_set
        found: Measure = getattr(self, kind)
        return found


class ClaimItem(BaseModel):
    """One item of `claims`: a claim to disbelieve, or a claim of the scenario's own."""

    model_config = STRICT

    disbelieve: Text | None = Field(default=None, description="id of a claim")
    add: dict[str, Any] | None = Field(
        default=None, description="a claim with its fields, and `assumption`: the reason for it"
    )
    replace: Literal["all"] | None = Field(
        default=None, description="drop the claim edits of the extended scenario; before all others"
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.replace is not None:
            raise ValueError("'replace: all' must come before the claims of its own file")
        if (self.disbelieve is None) == (self.add is None):
            raise ValueError("one of 'disbelieve' and 'add' per item")
        return self


def _forgiving(schema: dict[str, Any]) -> None:
    """Let the published schema accept a file that extends another and gives what differs, and one without a world."""
    required = schema.pop("required")
    world = [{"required": [field]} for field in ("seeds", "region", "start")]
    base = {"required": ["title", "question", "inputs"], "not": {"anyOf": world}}
    schema["anyOf"] = [{"required": ["extends"]}, {"required": required}, base]


_DROPS: Any = {
    "properties": {
        "replace": {"const": "all", "description": "drop those of the scenario that this one extends"}
    }
}


class ScenarioFile(BaseModel):
    """A scenario, after everything that it extends has been merged into it."""

    model_config = STRICT | ConfigDict(json_schema_extra=_forgiving)

    extends: Text | None = Field(default=None, description="a scenario beside this file, or a bundled one")
    title: Text
    question: Text = Field(description="what the scenario is run to find out")
    lesson: Lesson = Field(default=_ABSENT, description="what a class does with it; never inherited")
    start: datetime.date = Field(description="day 0, from 00:00 local time")
    days: float = Field(gt=0, le=LONGEST_RUN, description="length of the run")
    region: Text = Field(
        description="folder of the region, from this file's folder, or one that comes with the program, such as "
        "bundled:seeds/region"
    )
    seeds: Text = Field(
        description="folder of documents, claims and actors, from this file's folder, or bundled:seeds/duel and "
        "the like"
    )
    inputs: dict[str, InputValue] = Field(default_factory=dict, json_schema_extra=_DROPS)
    together: dict[str, InputGroup] = Field(
        default_factory=dict,
        description="groups of inputs that are drawn together, by name",
        json_schema_extra=_DROPS,
    )
    measures: tuple[MeasureItem, ...] = ()
    claims: tuple[ClaimItem, ...] = ()
    as_of: datetime.date = Field(
        default=_ABSENT, description="histories are updated on what was known by the end of this date"
    )
    given: tuple[Text, ...] = Field(
        default=(), description="further reports, such as place.NAME.holder = ACTOR @ 2024-11-30"
    )
    doubt: tuple[Text, ...] = Field(default=(), description="ids of reports that do not count")

    @field_validator("start")
    @classmethod
    def _starts_in_reach(cls, start: datetime.date) -> datetime.date:
        if not _YEARS[0] <= start.year <= _YEARS[1]:
            raise ValueError(f"must be a date in the years {_YEARS[0]} to {_YEARS[1]}, not {start}")
        return start


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file."""
    schema = ScenarioFile.model_json_schema()
    return {"$schema": SCHEMA_ADDRESS, "title": "A simulate scenario"} | {
        key: value for key, value in schema.items() if key != "title"
    }
