"""What a study asks about: uncertain inputs one by one, and groups of inputs that are drawn together as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulation.scenario.description import group_words
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.wording.phrases import sentence


@dataclass(frozen=True, kw_only=True)
class StudyEntry:
    """An input, or the uncertain inputs of a group: shares of variance ask for inputs that are independent.

    `signs` has the inputs by name, each with 1, or with -1 where its group turns it round. `label` is what readers
    call it, `meaning` what it stands for.
    """

    name: str
    signs: Mapping[str, int]
    label: str
    meaning: str


def study_entries(inputs: Mapping[str, Input], together: Mapping[str, InputGroup]) -> dict[str, StudyEntry]:
    """Return the entries by name, in the order of the inputs; a group stands where its first member does."""
    group_of = {member: name for name, group in together.items() for member in group.drawn(inputs)}
    found: dict[str, StudyEntry] = {}
    for name, each in inputs.items():
        if (group := group_of.get(name)) is not None:
            found.setdefault(group, _of_group(group, together[group], inputs))
        elif each.dist is not None:
            found[name] = StudyEntry(name=name, signs={name: 1}, label=each.label, meaning=each.meaning)
    return found


def columns_of(entries: Sequence[StudyEntry], inputs: Sequence[str]) -> list[list[int]]:
    """Return for each entry the columns of its inputs, the columns being named by `inputs`."""
    return [[inputs.index(name) for name in entry.signs] for entry in entries]


def group_sentences(together: Mapping[str, InputGroup], inputs: Mapping[str, Input]) -> Iterator[str]:
    """Yield one sentence for each group that counts as one input, and why it does."""
    for name, group in together.items():
        if group.drawn(inputs):
            yield (
                f"“{sentence(_label(name))}” stands for inputs that are drawn together and count as one, since parts "
                f"of the variance can be told apart only for independent inputs: {group_words(group, inputs)}."
            )


def group_moves(together: Mapping[str, InputGroup], inputs: Mapping[str, Input]) -> Iterator[str]:
    """Yield one sentence for each group of which walks move all inputs at once."""
    for name, group in together.items():
        if group.drawn(inputs):
            yield (
                f"“{sentence(_label(name))}” stands for inputs that are drawn together, and walks move all of them at "
                f"once, those turned round the other way: {group_words(group, inputs)}."
            )


def _of_group(name: str, group: InputGroup, inputs: Mapping[str, Input]) -> StudyEntry:
    drawn = group.drawn(inputs)
    return StudyEntry(
        name=name,
        signs={member: group.signs[member] for member in drawn},
        label=_label(name),
        meaning=f"drawn together: {group_words(group, inputs)}",
    )


def _label(name: str) -> str:
    return name.replace("_", " ")
