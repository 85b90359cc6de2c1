"""The scenario as the rest of the program sees it: resolved, checked, frozen."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from simulation import arguments
from simulation.errors import InputError
from simulation.io.origin import dotted
from simulation.io.pydantic_messages import sentence
from simulation.scenario.archive import Archive
from simulation.scenario.content import ScenarioContent
from simulation.scenario.dated_change import Measure
from simulation.scenario.description import measure_words
from simulation.scenario.digest import digest_of
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.scenario.lesson import Lesson
from simulation.scenario.schema import LONGEST_RUN, ClaimItem
from simulation.wording.notebook import card, one_line
from simulation.wording.phrases import counted


@dataclass(frozen=True, kw_only=True, repr=False)
class Scenario(ScenarioContent):
    """One scenario, whoever made it: its fields are of their kinds, and its digest is that of what it holds."""

    def __post_init__(self) -> None:
        """Refuse a field of another kind than it is declared; numbers and paths are taken as Python has them.

        What a scenario must be beyond that, `check_scenario` says. Errors: InputError.
        """
        for name, (kind, words) in _KINDS.items():
            arguments.an_instance(f"a scenario's {name}", getattr(self, name), kind, words)
        taken = {
            "days": arguments.real_number("a scenario's days", self.days, 0, LONGEST_RUN),
            "region": arguments.path("a scenario's region", self.region),
            "seeds": arguments.path("a scenario's seeds", self.seeds),
            "inputs": dict(self.inputs),
            "together": dict(
                zip(self.together, _models("together", list(self.together.values()), InputGroup), strict=True)
            ),
            "measures": _models("measures", self.measures, Measure),
            "claim_edits": _models("claim_edits", self.claim_edits, ClaimItem),
            "given": arguments.texts("a scenario's given", self.given),
            "doubt": arguments.texts("a scenario's doubt", self.doubt),
        }
        for name, value in taken.items():
            object.__setattr__(self, name, value)
        self._check_names()

    def _check_names(self) -> None:
        """Refuse a name that no folder can have, a moment for a date, and inputs that are none or called otherwise."""
        if not self.name.strip() or set(self.name) & set("/\\\0"):
            raise InputError(f"a scenario's name must be one that a folder can have, not {self.name!r}")
        if isinstance(self.start, datetime.datetime):
            raise InputError("a scenario's start must be a date (datetime.date), not a moment of a day")
        if self.as_of is not None and (
            not isinstance(self.as_of, datetime.date) or isinstance(self.as_of, datetime.datetime)
        ):
            raise InputError("a scenario's as_of must be a date (datetime.date), or None")
        if self.lesson is not None:
            _models("lesson", [self.lesson], Lesson)
        for name, each in self.inputs.items():
            arguments.an_instance(f"a scenario's input {name!r}", each, Input, "an Input")
            if name != each.name:
                raise InputError(f"a scenario's input {name!r} must bear its own name, not {each.name!r}")
        for place in (*self.origin, *self.origin.values()):
            arguments.an_instance("a scenario's origin", place, str, "texts by text")

    @property
    def digest(self) -> str:
        """The name of the content, 12 hex digits: always of what the scenario holds now."""
        return digest_of(self)

    def __repr__(self) -> str:
        """Return name, title, length and number of measures on one line."""
        size = f"{counted(self.days, 'day')}, {counted(len(self.measures), 'measure')}"
        return one_line(self, f"{self.name}: {self.title}; {size}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: title, question, length and measures."""
        actors = self.archive.seeds(self.seeds, self.region, self.claim_edits).actors
        names = {actor.id: actor.short for actor in actors}
        rows = [("days", f"{self.days:g} from {self.start}")]
        rows += [("measure", measure_words(each, names)) for each in self.measures]
        return card(self.title, [self.question], rows)


_TEXT: tuple[type, str] = (str, "a text")
_KINDS: Mapping[str, tuple[type, str]] = {
    **dict.fromkeys(("name", "file", "title", "question"), _TEXT),
    "start": (datetime.date, "a date (datetime.date)"),
    "inputs": (Mapping, "a mapping of inputs by name"),
    "together": (Mapping, "a mapping of groups by name"),
    "origin": (Mapping, "a mapping of places by path"),
    "archive": (Archive, "an Archive"),
}
"""What the fields that are nothing but of one kind are, and how a sentence says so."""


def _models[M: BaseModel](name: str, given: object, kind: type[M]) -> tuple[M, ...]:
    """Return what is given in a list if each is of the kind and holds what its fields allow."""
    found = arguments.items(f"a scenario's {name}", given, f"a list of {kind.__name__}")
    for position, each in enumerate(found):
        arguments.an_instance(f"a scenario's {name}[{position}]", each, kind, f"a {kind.__name__}")
        held = each.model_dump(by_alias=True, warnings=False)
        try:
            type(each).model_validate(held)
            json.dumps(held, allow_nan=False)
        except ValidationError as error:
            complaint = error.errors(include_url=False)[0]
            path = dotted((name, position, *complaint["loc"]))
            raise InputError(sentence(complaint, type(each)), file="a scenario's", path=path) from None
        except (TypeError, ValueError, RecursionError):
            message = "must hold nothing but texts, finite numbers, lists and mappings"
            raise InputError(message, file="a scenario's", path=f"{name}[{position}]") from None
    return found
