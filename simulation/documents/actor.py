"""An actor: a state, armed organisation or network that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from simulation.documents.quantity import QUANTITIES, Quantities, Quantity
from simulation.documents.seed_model import Name, SeedModel, Text, Word
from simulation.io.file_cache import FileCache
from simulation.io.yaml_file import YamlSource, parse

MOST_ACTORS = 63
"""Actors that fit into the bits of a number, in which the rules keep sets of them."""

ActorKind = Literal["state", "armed_organisation", "network"]


class ActorSeed(SeedModel):
    """One actor as the file gives it; its relations and bloc follow from claims and are not typed here.

    `bound_by` is the actor whose war with it, away from the map, takes up part of it; `listed` says that it is listed
    as terrorist, so that few sign a truce with it.
    """

    id: Word
    name: Name
    short: Name
    aliases: tuple[Name, ...]
    kind: ActorKind
    seat: Text | None
    bound_by: Word | None = None
    listed: bool = False
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    quantities: Quantities

    @field_validator("id")
    @classmethod
    def _names_no_day(cls, name: str) -> str:
        """Refuse an id with which a column of the actor would be called like one of a day, fighters_killed_day1."""
        if re.fullmatch(r"day[0-9]+", name):
            raise ValueError(f"must not be 'day' and a number, which columns of results end in, not '{name}'")
        return name

    def inputs(self) -> Iterator[tuple[str, Quantity]]:
        """Yield `<actor>_<quantity>` and the quantity for each number that the file gives."""
        for name, quantity in self.quantities.stated():
            yield f"{self.id}_{name}", quantity

    def best(self, name: str) -> float:
        """Return the best estimate of a quantity, or its neutral value where the file does not give it."""
        quantity = getattr(self.quantities, name)
        if quantity is not None:
            return float(quantity.span[1])
        return QUANTITIES[name].neutral

    def given(self, disbelieved: Set[str]) -> ActorSeed:
        """Return the actor with the numbers it has when these claims are not believed."""
        changed = {name: quantity.given(disbelieved) for name, quantity in self.quantities.stated()}
        return self.model_copy(update={"quantities": Quantities(**changed)})


class ActorFile(SeedModel):
    """The file of actors; their order is permanent."""

    actors: Annotated[tuple[ActorSeed, ...], Field(min_length=1, max_length=MOST_ACTORS)]

    @field_validator("actors")
    @classmethod
    def _differ(cls, actors: tuple[ActorSeed, ...]) -> tuple[ActorSeed, ...]:
        for field in ("id", "colour"):
            values = [getattr(actor, field) for actor in actors]
            twice = next((value for value in values if values.count(value) > 1), None)
            if twice is not None:
                raise ValueError(f"two actors have the {field} '{twice}'")
        return actors


def read_actors(path: Path, files: FileCache) -> tuple[YamlSource, tuple[ActorSeed, ...]]:
    """Return the file of actors as read, and its actors in their permanent order."""
    source = files.yaml(path)
    return source, parse(source, ActorFile).actors
