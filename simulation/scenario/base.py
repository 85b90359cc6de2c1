"""Bases: files with numbers for other scenarios to extend and no world of their own, so that nobody can run them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulation.documents.quantity import QUANTITIES
from simulation.errors import Faults, InputError
from simulation.io.origin import wrong
from simulation.scenario.checks import unknown_inputs
from simulation.scenario.draft import STAND_INS, draft_of
from simulation.scenario.input_groups import wrong_groups
from simulation.scenario.input_registry import known_inputs
from simulation.scenario.input_tables import inputs_of
from simulation.scenario.inputs import Input
from simulation.scenario.merge import Node, Tree, from_data

WORLD = ("seeds", "region", "start")
"""What a scenario must name, itself or by what it extends, to have a world."""


def is_base(data: Mapping[str, Any]) -> bool:
    """Return whether a merged scenario holds numbers and nothing that a world is built from."""
    return bool(data.get("inputs")) and not any(field in data for field in WORLD)


def base_inputs(tree: Tree) -> dict[str, Input]:
    """Return the inputs that a base sets, but those of actors, which it cannot know.

    Errors: InputError with all that is wrong with it.
    """
    faults = Faults()
    draft = draft_of(_with_stand_ins(tree), faults)
    known = known_inputs(())
    inputs = inputs_of(tree, known, faults, draft.refused_inputs)
    named = {*draft.file.inputs, *(member for each in draft.file.together.values() for member in each.signs)}
    allowed = known | dict.fromkeys(filter(_may_be_of_an_actor, named))
    faults.found += unknown_inputs(tree, draft.file.inputs, allowed)
    faults.found += wrong_groups(tree, draft.file.together, allowed)
    faults.refuse()
    return inputs


def not_to_be_run(tree: Tree, name: str) -> InputError:
    """Return the error for a base that somebody wants to run; InputError where more is wrong with it."""
    base_inputs(tree)
    message = (
        f"nothing to play: it names no {_listed(WORLD)}. It is a base, which others extend: "
        f"write 'extends: {name}' and these three in a file of your own"
    )
    return wrong(tree, (), message)


def _with_stand_ins(tree: Tree) -> Tree:
    """Return the tree with something in the place of each required field that a base may leave out."""
    under = {
        key: from_data(value, tree.root.place) for key, value in STAND_INS.items() if key in (*WORLD, "days")
    }
    return Tree(root=Node(value=under | tree.root.value, place=tree.root.place))


def _may_be_of_an_actor(name: str) -> bool:
    return any(name.endswith(f"_{quantity}") for quantity in QUANTITIES)


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}"
