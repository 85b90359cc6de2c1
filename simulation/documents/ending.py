"""An ending: the one category in which a history ends."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, field_validator, model_validator

from simulation.documents.seed_model import SEVERAL, Reason, SeedModel, Text, Word, exactly_one
from simulation.io.file_cache import FileCache
from simulation.io.yaml_file import YamlSource, parse
from simulation.wording import phrases

MOST_PLACES = 6
"""Places of which one ending can speak."""

ConditionKind = Literal["dissolved", "truce", "lost", "none_left", "always", "thrown_back"]
"""The fields of a condition that say when it holds."""
CONDITION_KINDS: tuple[ConditionKind, ...] = get_args(ConditionKind)


def _spelt_out(value: object) -> object:
    return {"always": True} if value == "always" else value


class ThrownBack(SeedModel):
    """Of `least_km2` or more that a side had gained at some midnight, no more than the share `kept` is left."""

    of: Word
    least_km2: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    kept: Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)]


class Condition(SeedModel):
    """When an ending holds: one of its fields, where `lost` (any of these places) goes with `by`.

    Only a truce may be told apart further, by the places that have been `lost` when it is in force.
    """

    dissolved: Word | None = None
    truce: Annotated[tuple[Word, Word] | None, SEVERAL] = None
    lost: Annotated[tuple[Text, ...] | None, SEVERAL, Field(min_length=1, max_length=MOST_PLACES)] = None
    by: Word | None = None
    none_left: Word | None = None
    thrown_back: ThrownBack | None = None
    always: Literal[True] | None = None

    @model_validator(mode="after")
    def _is_one_kind(self) -> Condition:
        beside_truce = {"lost"} if self.truce is not None else set()
        exactly_one(**{kind: getattr(self, kind) for kind in CONDITION_KINDS if kind not in beside_truce})
        if (self.lost is None) != (self.by is None):
            raise ValueError("'lost' says by whom, and only 'lost' does")
        return self

    @property
    def kind(self) -> ConditionKind:
        """Which of its fields is given."""
        return next(kind for kind in CONDITION_KINDS if getattr(self, kind) is not None)

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors it speaks about."""
        thrown = self.thrown_back.of if self.thrown_back is not None else None
        named = (self.dissolved, *(self.truce or ()), self.by, self.none_left, thrown)
        return tuple(actor for actor in named if actor is not None)


class Ending(SeedModel):
    """One ending with its meaning in a sentence; `stops` says that a history ends as soon as it holds.

    `clause` is the meaning as it stands after other words, for one that begins with a word which only its seeds know
    how to write there.
    """

    id: Word
    meaning: Reason
    clause: Text | None = None
    when: Annotated[Condition, BeforeValidator(_spelt_out)]
    stops: bool

    @property
    def within_sentence(self) -> str:
        """The meaning as it stands after other words, such as "the city holds"."""
        return self.clause or phrases.clause(self.meaning)


class EndingFile(SeedModel):
    """The file of endings; the first that holds counts, and the last always holds."""

    endings: Annotated[tuple[Ending, ...], Field(min_length=1)]

    @field_validator("endings")
    @classmethod
    def _cover_everything(cls, endings: tuple[Ending, ...]) -> tuple[Ending, ...]:
        kinds = [ending.when.kind for ending in endings]
        if kinds[-1] != "always" or "always" in kinds[:-1]:
            raise ValueError("the last ending and no other must hold 'always'")
        ids = [ending.id for ending in endings]
        if len(set(ids)) != len(ids):
            raise ValueError("two endings have the same id")
        return endings


def read_endings(path: Path, files: FileCache) -> tuple[YamlSource, tuple[Ending, ...]]:
    """Return the file of endings as read, and its endings in order."""
    source = files.yaml(path)
    return source, parse(source, EndingFile).endings
