"""The skeleton of actors.yaml: base rates by kind, each an assumption that is marked as a draft."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from simulation.documents.actor import ActorKind
from simulation.new_conflict.parties import Candidate
from simulation.new_conflict.writing import drafted, quoted

COLOURS = (
    "#cc3311", "#006d5b", "#332288", "#e69f00", "#117733", "#88ccee", "#aa4499", "#999933", "#882255", "#44aa99",
)  # fmt: skip
"""Told apart by most readers; as many as there are candidates at most."""
HEAD = (
    "# The parties and what no document gives about them. Drafted: correct names and aliases (every name that the text "
    "uses),\n# remove who is no party, give each number its range with its source or your reason, and take 'draft:' "
    "away line by line.\n# The order is permanent once there are results. Quantities: seeds/README.md of simulate.\n"
)
RATES = "base_rates.csv"
"""The base rates by kind of actor, each with the reason that is written beside it."""


def actors_text(parties: Sequence[Candidate]) -> str:
    """Return the file; the number of times that the text names each stands above it."""
    return f"{HEAD}actors:\n" + "".join(_actor(k, each) for k, each in enumerate(parties))


def _actor(number: int, party: Candidate) -> str:
    aliases = ", ".join(quoted(each) for each in (party.name, *party.aliases))
    return (
        f"  # named {party.times} times\n"
        f"  - id: {party.id}\n    name: {quoted(party.name)}\n    short: {quoted(party.name)}\n"
        f"    aliases: [{aliases}]\n    kind: {party.kind}\n    seat: null\n"
        f'    colour: "{COLOURS[number % len(COLOURS)]}"\n    quantities:\n{"".join(_quantities(party.kind))}'
    )


def _quantities(kind: ActorKind) -> Iterator[str]:
    for row in (each for each in _rates() if each["kind"] == kind):
        numbers = f"low: {row['low']}, best: {row['best']}, high: {row['high']}"
        yield f"      {row['quantity']}:\n        {{{numbers}, unit: {quoted(row['unit'])}, confidence: L,\n"
        yield f"         assumption: {drafted(row['reason'])}}}\n"


@cache
def _rates() -> list[dict[str, str]]:
    text = (files("simulation.new_conflict") / RATES).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
