"""What differs in the inputs of two scenarios, and in which of them are drawn together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulation.comparison.change import Change, ChangeKind, ChangeSide
from simulation.scenario.description import group_words, input_words
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.world.world import World


def input_changes(reference: World, other: World) -> Iterator[Change]:
    """Yield the inputs with another distribution or number, or in one scenario only."""
    before, after = reference.scenario.inputs, other.scenario.inputs
    for name in dict.fromkeys((*before, *after)):
        was, now = _numbers(before, name), _numbers(after, name)
        if was != now:
            words = [_words(before, name), _words(after, name)]
            if words[0] == words[1]:
                words = [_words(before, name, 17), _words(after, name, 17)]
            yield Change(
                kind=ChangeKind.INPUT,
                path=f"inputs.{name}",
                name=name,
                reference=ChangeSide(detail=words[0]),
                value=ChangeSide(detail=words[1]),
                source=after[name].source if name in after else "",
            )


def group_changes(reference: World, other: World) -> Iterator[Change]:
    """Yield the groups of inputs that are drawn together in another way, or in one scenario only."""
    before, after = reference.scenario.together, other.scenario.together
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if _joint(was) != _joint(now):
            sides = [_group_side(was, reference), _group_side(now, other)]
            yield Change(
                kind=ChangeKind.GROUP,
                path=f"together.{name}",
                name=name,
                reference=sides[0],
                value=sides[1],
                source="" if now is None else now.source,
            )


def _joint(group: InputGroup | None) -> Any:
    """Return what of a group decides draws; with correlation 0 it decides none."""
    return (group.correlation, group.signs) if group is not None and group.correlation > 0 else None


def _group_side(group: InputGroup | None, world: World) -> ChangeSide:
    if group is None or not group.correlation > 0:
        return ChangeSide(detail="drawn apart")
    return ChangeSide(detail=f"drawn together: {group_words(group, world.scenario.inputs)}")


def _numbers(inputs: Mapping[str, Input], name: str) -> Any:
    return (inputs[name].dist, inputs[name].value, dict(inputs[name].parameters)) if name in inputs else None


def _words(inputs: Mapping[str, Input], name: str, digits: int = 6) -> str:
    return input_words(inputs[name], digits) if name in inputs else ""
