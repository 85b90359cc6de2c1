"""Inputs that belong together: named groups whose members are drawn together, by one common correlation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Self

from pydantic import BaseModel, Field, model_validator

from simulation.errors import InputError
from simulation.io.origin import LocatedData, wrong
from simulation.io.pydantic_messages import suggestion
from simulation.scenario.dated_change import STRICT
from simulation.scenario.inputs import Input
from simulation.scenario.lesson_plan import Text

TURNED = "-"
"""Before a member: it is high where the others are low."""
RESERVED = ("chance", "all the others")
"""What the tables of a study call their other rows."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class InputGroup(BaseModel):
    """Inputs that are drawn together: high in one goes with high in the others, or with low where it is turned."""

    model_config = STRICT

    correlation: float = Field(
        ge=0, lt=1, description="of the normal scores of any two members; 0 draws them apart"
    )
    of: tuple[Text, ...] = Field(
        description="two or more inputs; '-' before a name turns it round: high where the others are low"
    )
    source: Text = Field(description="why they belong together: a source, or assumption: why")

    @model_validator(mode="after")
    def _has_members(self) -> Self:
        names = [_bare(each) for each in self.of]
        if len(names) < 2:
            raise ValueError(f"'of' must name two or more inputs, not {len(names)}")
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"'of' names '{twice}' twice")
        return self

    @property
    def signs(self) -> dict[str, int]:
        """The members by name, as they are written: 1, or -1 for one that is turned round."""
        return {_bare(each): -1 if each.strip().startswith(TURNED) else 1 for each in self.of}

    def drawn(self, inputs: Mapping[str, Input]) -> tuple[str, ...]:
        """Return the members that are uncertain in a scenario; none where they are drawn apart after all."""
        names = tuple(name for name in self.signs if inputs[name].dist is not None)
        return names if self.correlation > 0 and len(names) > 1 else ()


def wrong_groups(
    source: LocatedData, together: Mapping[str, InputGroup], known: Collection[str]
) -> Iterator[InputError]:
    """Yield an error for each name that no group can have, each unknown member and each that is in two groups."""
    first: dict[str, str] = {}
    for name, group in together.items():
        if problem := _wrong_name(name, known):
            yield wrong(source, ("together", name), problem)
        for index, member in enumerate(group.signs):
            path = ("together", name, "of", index)
            if member not in known:
                yield wrong(source, path, f"unknown input '{member}'{suggestion(member, known)}")
            elif first.setdefault(member, name) != name:
                yield wrong(
                    source, path, f"'{member}' is in the group '{first[member]}'; it can be in one only"
                )


def idle_groups(together: Mapping[str, InputGroup], inputs: Mapping[str, Input]) -> Iterator[tuple[str, str]]:
    """Yield the path and the words of each group of which no two members are drawn, or of members that are not."""
    for name, group in together.items():
        constants = [member for member in group.signs if inputs[member].dist is None]
        if group.correlation > 0 and len(group.of) - len(constants) < 2:
            yield f"together.{name}", f"{_constant(constants)}, so no two inputs go together"
        elif group.correlation > 0 and constants:
            yield f"together.{name}.of", f"{_constant(constants)}; only the others are drawn together"


def _wrong_name(name: str, known: Collection[str]) -> str:
    if not _NAME.fullmatch(name):
        return "a group's name must be a word of lower-case letters, digits and '_' that begins with a letter"
    if name in known:
        return f"'{name}' is an input; a group needs a name of its own"
    return f"a group cannot be called '{name}'" if name in RESERVED else ""


def _constant(names: list[str]) -> str:
    return f"{' and '.join(names)} {'is a constant' if len(names) == 1 else 'are constants'}"


def _bare(member: str) -> str:
    """Return the name of a member without the sign before it."""
    return member.strip().removeprefix(TURNED).strip()
