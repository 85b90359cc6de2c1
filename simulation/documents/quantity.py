"""The numbers that an actor brings: each fixed or a range, with its source or the reason why it is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Annotated

from pydantic import model_validator

from simulation.documents.claim import ClaimId, Confidence
from simulation.documents.numbers import Numbers
from simulation.documents.seed_model import SeedModel, Text


@dataclass(frozen=True, kw_only=True)
class QuantityKind:
    """What a quantity means, the range it may lie in, and its value for an actor that does not give it.

    `label` names it in a word or two beside the actor's name.
    """

    label: str
    unit: str
    low: float
    high: float
    neutral: float
    meaning: str


class Quantity(Numbers):
    """A number of an actor with its unit; it may rest on `claims`, and is `otherwise` without them."""

    unit: Text
    confidence: Confidence | None = None
    claims: tuple[ClaimId, ...] = ()
    otherwise: Numbers | None = None

    @model_validator(mode="after")
    def _can_do_without_its_claims(self) -> Quantity:
        if bool(self.claims) != (self.otherwise is not None):
            raise ValueError(
                "a number that rests on 'claims', and only such a one, says what it is 'otherwise'"
            )
        return self

    def given(self, disbelieved: Set[str]) -> Quantity:
        """Return the quantity as it is when these claims are not believed."""
        if self.otherwise is None or disbelieved.isdisjoint(self.claims):
            return self
        return Quantity(unit=self.unit, confidence="L", **self.otherwise.model_dump())


class Quantities(SeedModel):
    """The numbers of an actor by name; those that do not apply are left out and have their neutral value."""

    fighters: Annotated[
        Quantity,
        QuantityKind(
            label="fighters",
            unit="fighters",
            low=0,
            high=1_000_000,
            neutral=0.0,
            meaning="nominal strength, on this map and elsewhere",
        ),
    ]
    kill_rate: Annotated[
        Quantity | None,
        QuantityKind(
            label="kill rate",
            unit="1/day",
            low=0,
            high=10,
            neutral=0.0,
            meaning="enemies killed or wounded by one engaged fighter in a day",
        ),
    ] = None
    map_share: Annotated[
        Quantity | None,
        QuantityKind(
            label="share of fighters on the map",
            unit="1",
            low=0,
            high=1,
            neutral=1.0,
            meaning="share of its fighters that is on this map and able to fight",
        ),
    ] = None
    cohesion: Annotated[
        Quantity | None,
        QuantityKind(
            label="cohesion",
            unit="1",
            low=0,
            high=1,
            neutral=1.0,
            meaning="how firmly its units hold together at the start",
        ),
    ] = None
    confidence: Annotated[
        Quantity | None,
        QuantityKind(
            label="confidence",
            unit="1",
            low=0,
            high=1,
            neutral=1.0,
            meaning="how far its people believe in their side at the start",
        ),
    ] = None
    availability: Annotated[
        Quantity | None,
        QuantityKind(
            label="availability",
            unit="1",
            low=0,
            high=1,
            neutral=1.0,
            meaning="share of its help for others that nothing else binds",
        ),
    ] = None
    sorties_per_day: Annotated[
        Quantity | None,
        QuantityKind(
            label="strikes a day",
            unit="1/day",
            low=0,
            high=2000,
            neutral=0.0,
            meaning="air and stand-off strikes a day as flown now, what binds it elsewhere already counted",
        ),
    ] = None
    appetite: Annotated[
        Quantity | None,
        QuantityKind(
            label="appetite for attack",
            unit="1",
            low=0,
            high=1,
            neutral=0.0,
            meaning="share of its mobile units that it commits to an attack",
        ),
    ] = None
    restraint: Annotated[
        Quantity | None,
        QuantityKind(
            label="restraint",
            unit="1",
            low=0,
            high=1,
            neutral=0.0,
            meaning="how far its patron holds back its attacks: 1 wholly",
        ),
    ] = None
    pool: Annotated[
        Quantity | None,
        QuantityKind(
            label="fighters it could send",
            unit="fighters",
            low=0,
            high=1_000_000,
            neutral=0.0,
            meaning="fighters off the map whom it could send onto it in all if nothing else bound it",
        ),
    ] = None
    desertion: Annotated[
        Quantity | None,
        QuantityKind(
            label="desertion",
            unit="1",
            low=0,
            high=1,
            neutral=1.0,
            meaning="how readily its broken units desert: 1 as conscripts do, 0 not at all",
        ),
    ] = None
    endurance: Annotated[
        Quantity | None,
        QuantityKind(
            label="endurance",
            unit="1",
            low=-5,
            high=5,
            neutral=0.0,
            meaning="log-rate by which its kind of army stands longer than another in the same place",
        ),
    ] = None

    @model_validator(mode="after")
    def _fit_their_kinds(self) -> Quantities:
        for name, quantity in self.stated():
            _check_kind(name, quantity)
        return self

    def stated(self) -> Iterator[tuple[str, Quantity]]:
        """Yield the name and the quantity of each that the file gives, in the order of `QUANTITIES`."""
        for name in QUANTITIES:
            quantity = getattr(self, name)
            if quantity is not None:
                yield name, quantity


QUANTITIES: dict[str, QuantityKind] = {
    name: kind
    for name, field in Quantities.model_fields.items()
    for kind in field.metadata
    if isinstance(kind, QuantityKind)
}
"""What each quantity of an actor means, in the order of their fields."""


def _check_kind(name: str, quantity: Quantity) -> None:
    kind = QUANTITIES[name]
    if quantity.unit != kind.unit:
        raise ValueError(f"the unit of {name} is '{kind.unit}', not '{quantity.unit}'")
    for numbers in (quantity, quantity.otherwise):
        if numbers is not None:
            _check_range(name, numbers, kind.low, kind.high)


def _check_range(name: str, numbers: Numbers, low: float, high: float) -> None:
    least, _, most = numbers.span
    if not low <= least <= most <= high:
        raise ValueError(f"{name} must lie between {low:g} and {high:g}; found {least:g} to {most:g}")
