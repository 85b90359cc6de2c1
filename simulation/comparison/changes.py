"""What differs between two scenarios, as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from simulation.comparison.change import Change, ChangeKind, ChangeSide
from simulation.comparison.input_changes import group_changes, input_changes
from simulation.scenario import Scenario
from simulation.scenario.dated_change import DatedChange, Measure, MeasureWithEnd
from simulation.scenario.description import (
    absent_words,
    in_force_words,
    measure_detail,
)
from simulation.scenario.in_force import Lasting, Subject, dated_changes, lasting_of, periods
from simulation.world.calendar import blocs_of
from simulation.world.world import World

COLUMNS = ("scenario", "path", "kind", "reference", "value", "source")
NOT_COUNTED = {"source", "note"}


def changes(reference: World, other: World) -> tuple[Change, ...]:
    """Return what differs in the resolved scenarios and decides a history.

    Titles, questions, lessons, sources and notes decide nothing and make no change of their own. Without
    changes, both have the same histories.
    """
    found = [*_settings(reference, other), *_measures(reference, other), *input_changes(reference, other)]
    return (*found, *group_changes(reference, other), *_claims(reference, other))


def change_table(found: Mapping[str, Sequence[Change]]) -> pd.DataFrame:
    """Return the table of the changes of scenarios by name, in words; its columns are `COLUMNS`."""
    rows = [
        (scenario, each.path, each.kind.value, each.reference.words, each.value.words, each.source)
        for scenario, several in found.items()
        for each in several
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _settings(reference: World, other: World) -> Iterator[Change]:
    """Yield seeds and region that differ; what is reported of the war decides no history."""
    before, after = (_content_of_folders(world.scenario) for world in (reference, other))
    for field in before:
        if before[field] != after[field]:
            folders = [getattr(world.scenario, field) for world in (reference, other)]
            same = " (other content)" if folders[0] == folders[1] else ""
            yield Change(
                kind=ChangeKind.SETTING,
                path=field,
                name=field,
                reference=ChangeSide(detail=str(folders[0])),
                value=ChangeSide(detail=f"{folders[1]}{same}"),
            )


def _content_of_folders(scenario: Scenario) -> dict[str, str]:
    archive = scenario.archive
    return {"seeds": archive.seeds_digest(scenario.seeds), "region": archive.region_digest(scenario.region)}


def _measures(reference: World, other: World) -> Iterator[Change]:
    """Yield each number for which another measure is in force at some time, and changes at once that only one has."""
    names = {actor.id: actor.short for actor in (*reference.seeds.actors, *other.seeds.actors)}
    found = [*_in_force(reference, other, names), *_at_once(reference, other, names)]
    yield from found
    if not found and dated(reference) != dated(other):
        # Such as a breach between two ceasefires that adjoin, where the second makes a truce again.
        before, after = (len(world.scenario.measures) for world in (reference, other))
        words = [f"written as {before} measures", f"written as {after} measures"]
        if before == after:
            words = ["in one order", "the same in another order"]
        there, here = (ChangeSide(detail=each) for each in words)
        yield Change(kind=ChangeKind.MEASURE, path="measures", reference=there, value=here)


def dated(world: World) -> list[DatedChange]:
    """Return the dated changes of the measures that fall within the run."""
    blocs = blocs_of(world.seeds, world.template.actors.fights)
    found = dated_changes([], world.scenario.measures, blocs)
    return [each for each in found if each.day <= world.scenario.days]


def _in_force(reference: World, other: World, names: Mapping[str, str]) -> Iterator[Change]:
    """Yield the numbers, each with what is in force when, for which that differs."""
    lasting = [_by_subject(world) for world in (reference, other)]
    for subject in dict.fromkeys((*lasting[0], *lasting[1])):
        there, here = (found.get(subject, ()) for found in lasting)
        sides = [_side(reference, there, names), _side(other, here, names)]
        if sides[0] == sides[1]:
            continue
        first = reference.scenario.measures[there[0].at] if there else other.scenario.measures[here[0].at]
        absent = [ChangeSide(detail=absent_words(first, each.scenario.inputs)) for each in (reference, other)]
        sources = [other.scenario.measures[each.at].source for each in here]
        yield Change(
            kind=ChangeKind.MEASURE,
            path=", ".join(f"measures[{each.at}]" for each in here or there),
            reference=sides[0] or absent[0],
            value=sides[1] or absent[1],
            source="; ".join(dict.fromkeys(filter(None, sources))),
        )


def _by_subject(world: World) -> dict[Subject, tuple[Lasting, ...]]:
    blocs = blocs_of(world.seeds, world.template.actors.fights)
    found: dict[Subject, tuple[Lasting, ...]] = {}
    for each in lasting_of(world.scenario.measures):
        subject = blocs.subject(each.change)
        found[subject] = (*found.get(subject, ()), each)
    return found


def _side(world: World, lasting: Sequence[Lasting], names: Mapping[str, str]) -> ChangeSide | None:
    if not lasting:
        return None
    measures, found = world.scenario.measures, periods(lasting, world.scenario.days)
    name = measures[found[0].what.at].name(names)
    return ChangeSide(name=name, detail=in_force_words(found, measures, names))


def _at_once(reference: World, other: World, names: Mapping[str, str]) -> Iterator[Change]:
    """Yield measures without an end that only one has; those of the same kind and actors share a change."""
    gone, new = _only(reference, other), _only(other, reference)
    for at, measure in gone.items():
        match = next((k for k, each in new.items() if _same_subject(measure, each)), None)
        yield Change(
            kind=ChangeKind.MEASURE,
            path=f"measures[{at if match is None else match}]",
            reference=_set(measure, names),
            value=_not_set(measure, other) if match is None else _set(new[match], names),
            source="" if match is None else new[match].source or "",
        )
        new = {k: each for k, each in new.items() if k != match}
    for at, measure in new.items():
        yield Change(
            kind=ChangeKind.MEASURE,
            path=f"measures[{at}]",
            reference=_not_set(measure, reference),
            value=_set(measure, names),
            source=measure.source or "",
        )


def _set(measure: Measure, names: Mapping[str, str]) -> ChangeSide:
    return ChangeSide(name=measure.name(names), detail=measure_detail(measure))


def _not_set(measure: Measure, world: World) -> ChangeSide:
    return ChangeSide(detail=absent_words(measure, world.scenario.inputs))


def _only(mine: World, theirs: World) -> dict[int, Measure]:
    """Return the measures without an end, by their place in the list, that the other does not have."""
    rest = [_content(measure) for measure in theirs.scenario.measures]
    found = {}
    for at, measure in enumerate(mine.scenario.measures):
        if _content(measure) in rest:
            rest.remove(_content(measure))
        elif not isinstance(measure, MeasureWithEnd):
            found[at] = measure
    return found


def _content(measure: Measure) -> dict[str, Any]:
    return {"kind": measure.kind, **measure.model_dump(exclude=NOT_COUNTED)}


def _same_subject(a: Measure, b: Measure) -> bool:
    return a.kind == b.kind and sorted(a.actors().values()) == sorted(b.actors().values())


def _claims(reference: World, other: World) -> Iterator[Change]:
    """Yield claims that only one believes, with what they say."""
    before, after = reference.seeds, other.seeds
    for claim in dict.fromkeys((*before.claims, *after.claims)):
        was, now = _believed(reference, claim), _believed(other, claim)
        if was != now:
            yield Change(
                kind=ChangeKind.CLAIM,
                path=f"claims.{claim}",
                name=claim,
                reference=ChangeSide(detail=was),
                value=ChangeSide(detail=now),
            )


def _believed(world: World, claim: str) -> str:
    """Return what a claim says, or that it is not believed, or nothing where nobody makes it."""
    if claim not in world.seeds.claims:
        return ""
    said = world.seeds.claims[claim]
    how = "assumed" if said.sentence is None else "believed"
    return f"{'not believed' if claim in world.seeds.disbelieved else how}: {said.text}"
