"""Scenarios side by side: each with a label of its own, some of them one scenario with something changed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import InputError
from simulation.scenario.archive import Archive
from simulation.scenario.description import measure_words
from simulation.scenario.loader import load_scenario
from simulation.scenario.scenario import Scenario

OWN = " --set "
"""Stands between a file and the settings that apply to it alone."""
LONGEST_VALUE = 20
"""Letters of a setting's value that a label repeats."""
FIXED = "a scenario can be changed by a setting only where it is given by file or name"
_COPY = "scenario"
_ITEM = re.compile(r"measures\[(\d+)\](.*)")


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A scenario and the short label that tells it from those beside it.

    `left_out` says that the label names a measure that was left out, so that it begins with "without".
    """

    label: str
    scenario: Scenario
    left_out: bool = False


Choice = Variant | Scenario | str | Path


def variants(
    choices: Sequence[Choice], overrides: Sequence[str] = (), against: Sequence[str] = (), *, ablate: bool
) -> tuple[Variant, ...]:
    """Return the scenarios chosen, or the only one with itself without each of its measures.

    Errors: as `chosen` and `ablated`, and InputError where there is more to ablate than one scenario.
    """
    if not ablate:
        return chosen(choices, overrides, against)
    if len(choices) != 1 or against:
        raise InputError("--ablate takes one scenario and compares it with itself; leave out the others")
    return ablated(choices[0], overrides)


def chosen(
    choices: Sequence[Choice], overrides: Sequence[str] = (), against: Sequence[str] = ()
) -> tuple[Variant, ...]:
    """Return the scenarios to be compared with each other, with labels that differ.

    A choice is a scenario, a file, a bundled name, or a file with settings of its own ("duel --set
    inputs.red_fighters=21"). `overrides` apply to every file; each of `against` adds the first file with one
    more setting. Errors: InputError for fewer than two scenarios, and as `load_scenario`.
    """
    if not choices or len(choices) + len(against) < 2:
        raise InputError(
            "one scenario is nothing to compare; name another, or compare it with itself with "
            "--against-set PATH=VALUE or --ablate"
        )
    if against and isinstance(choices[0], Scenario | Variant):
        raise InputError(FIXED)
    every = [*choices, *(f"{choices[0]}{OWN}{setting}" for setting in against)]
    archive = Archive()
    return _told_apart([_variant(each, overrides, archive) for each in every])


def ablated(choice: Choice, overrides: Sequence[str] = ()) -> tuple[Variant, ...]:
    """Return a scenario and then the same without each of its measures in turn, inherited ones too.

    Errors: InputError for a scenario without measures.
    """
    whole = _variant(choice, overrides, Archive())
    if not whole.scenario.measures:
        raise InputError(f"'{whole.label}' has no measures that could be left out one at a time")
    scenario = whole.scenario
    actors = scenario.archive.seeds(scenario.seeds, scenario.region, scenario.claim_edits).actors
    names = _measure_names(scenario, {actor.id: actor.short for actor in actors})
    labels = [f"without {name}" for name in names]
    parts = [
        Variant(label=label, scenario=_retitled(without(scenario, k), label), left_out=True)
        for k, label in enumerate(labels)
    ]
    return _told_apart([whole, *parts])


def without(scenario: Scenario, measure: int) -> Scenario:
    """Return the scenario without one of its measures, given by its place in the list."""
    kept = (*scenario.measures[:measure], *scenario.measures[measure + 1 :])
    return dataclasses.replace(scenario, measures=kept, origin=dict(_moved_up(scenario.origin, measure)))


def _variant(choice: Choice, overrides: Sequence[str], archive: Archive) -> Variant:
    if overrides and isinstance(choice, Variant | Scenario):
        raise InputError(FIXED)
    if isinstance(choice, Variant):
        return choice
    if isinstance(choice, Scenario):
        return Variant(label=choice.name, scenario=choice)
    file, *own = (part.strip() for part in str(choice).split(OWN))
    scenario = load_scenario(file, [*overrides, *own], archive)
    settings = ", ".join(map(_setting, own))
    label = " ".join(part for part in (_name(scenario, file), settings) if part)
    return Variant(label=label, scenario=_retitled(scenario, f"with {settings}") if own else scenario)


def _name(scenario: Scenario, file: str) -> str:
    """Return the file's name without its ending; for the copy in a results folder, the folder's."""
    return scenario.name if Path(file).stem != _COPY else Path(file).absolute().parent.name


def _setting(text: str) -> str:
    path, _, value = (part.strip() for part in text.partition("="))
    path = path.removeprefix("inputs.").removeprefix("together.")
    return f"{path}={value}" if len(value) <= LONGEST_VALUE else f"{path} changed"


def _retitled(scenario: Scenario, difference: str) -> Scenario:
    return dataclasses.replace(scenario, title=f"{scenario.title}, {difference}")


def _told_apart(variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Return the variants with unlike labels: where two are alike, folders of their files or numbers help."""
    labels = [each.label for each in variants]
    placed = [f"{Path(each.scenario.file).absolute().parent.name}/{each.label}" for each in variants]
    labels = [
        long if labels.count(label) > 1 and placed.count(long) == 1 else label
        for label, long in zip(labels, placed, strict=True)
    ]
    labels = [
        f"{label} ({labels[: k + 1].count(label)})" if labels.count(label) > 1 else label
        for k, label in enumerate(labels)
    ]
    return tuple(dataclasses.replace(each, label=label) for each, label in zip(variants, labels, strict=True))


def _measure_names(scenario: Scenario, actors: Mapping[str, str]) -> list[str]:
    """Return the measures in words; those that would be called alike say their numbers and days too."""
    short = [measure.name(actors) for measure in scenario.measures]
    full = [measure_words(measure, actors) for measure in scenario.measures]
    return [long if short.count(name) > 1 else name for name, long in zip(short, full, strict=True)]


def _moved_up(origin: Mapping[str, str], gone: int) -> Iterator[tuple[str, str]]:
    for path, place in origin.items():
        item = _ITEM.fullmatch(path)
        at = int(item[1]) if item else -1
        if item is None or at < gone:
            yield path, place
        elif at > gone:
            yield f"measures[{at - 1}]{item[2]}", place
