"""The inputs that exist: every parameter of the model and every quantity of an actor, with its default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simulation.documents.actor import ActorSeed
from simulation.documents.quantity import QUANTITIES, Quantity
from simulation.model.parameter import Parameter
from simulation.model.parameters import PARAMETERS

GIVEN = "given in the scenario"
"""Source of an input that the scenario sets to a plain number."""

_DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class InputDeclaration:
    """One declared input: its unit, its bounds, and what it is when the scenario is silent.

    `label` names it in a few words for readers: "give way odds", "League: restraint".
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    meaning: str
    default: dict[str, Any]
    origin: str


def known_inputs(actors: Iterable[ActorSeed]) -> dict[str, InputDeclaration]:
    """Return every input by name: the model's parameters as in their table, then the actors' quantities."""
    parameters = [_parameter(each) for each in PARAMETERS.values()]
    stated = [(actor, name, quantity) for actor in actors for name, quantity in actor.quantities.stated()]
    quantities = [_quantity(*each) for each in stated]
    return {known.name: known for known in (*parameters, *quantities)}


def _parameter(each: Parameter) -> InputDeclaration:
    return InputDeclaration(
        name=each.name,
        label=each.name.replace("_", " "),
        unit=each.unit,
        low=each.low,
        high=each.high,
        meaning=each.meaning,
        default={"value": each.default, "unit": each.unit, "source": "assumption: default of the model"},
        origin="default of the model",
    )


def _quantity(actor: ActorSeed, name: str, each: Quantity) -> InputDeclaration:
    kind, basis = QUANTITIES[name], each.source or f"assumption: {each.assumption}"
    return InputDeclaration(
        name=f"{actor.id}_{name}",
        label=f"{actor.short}: {kind.label}",
        unit=kind.unit,
        low=kind.low,
        high=kind.high,
        meaning=f"{actor.name}: {kind.meaning}",
        default=_numbers(each) | {"unit": kind.unit, "source": basis},
        origin=f"actors.yaml {actor.id}.{name}",
    )


def _numbers(each: Quantity) -> dict[str, Any]:
    """Return a fixed value, or the triangle over low, best and high in scipy's own parameters."""
    low, best, high = each.span
    if low == high:
        return {"value": best}
    triangle = {"c": (best - low) / (high - low), "loc": low, "scale": high - low}
    return {"dist": "triang"} | {name: float(f"{number:.{_DIGITS}g}") for name, number in triangle.items()}
