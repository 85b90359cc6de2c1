"""Chains of results: what a run measures, which processes make it, and what those rest on."""

from __future__ import annotations

from simulation.documents import Ending
from simulation.model.parameters import PARAMETERS
from simulation.model.registry import Process
from simulation.model.state import EndingKind
from simulation.outcomes.variables import OUTCOMES, OutcomeVariable, names_of
from simulation.sources.context import Material
from simulation.sources.entry import Entry, EntryGroup, basis_of
from simulation.sources.ground import explained_columns
from simulation.sources.process_text import process_text

UNEXPLAINED = "nothing known to us pins it down"
"""Said of a process whose file calls it an assumption and no more."""


def results_group(material: Material) -> EntryGroup:
    """Return the endings and the outcome columns of a run."""
    entries = (
        *(_ending(material, *each) for each in enumerate(material.seeds.endings)),
        *(_outcome(material, outcome) for outcome in OUTCOMES.values()),
    )
    intro = (
        "Counts of histories, curves and outcome numbers are results of the run: nobody wrote them down. They "
        "are made by processes, and the processes use the numbers above. To see it happen in one history: "
        "simulate trace."
    )
    return EntryGroup(id="results", heading="Results of the run", intro=intro, entries=entries)


def processes_group() -> EntryGroup:
    """Return every process with its claim, its source and the numbers it uses."""
    intro = "What can happen in a history, one rule each, with the numbers that it uses."
    entries = tuple(_process(process.name.lower()) for process in Process)
    return EntryGroup(id="processes", heading="Processes", intro=intro, entries=entries)


def _ending(material: Material, index: int, ending: Ending) -> Entry:
    kind = EndingKind[ending.when.kind.upper()]
    return Entry(
        key=ending.id,
        title=ending.meaning.rstrip("."),
        value=_condition(material, ending, kind),
        basis="run",
        because="each history ends in the first ending, read from the top, whose condition holds",
        written=material.written.ending(index),
        see=(
            ("made by", names_of(_makers(ending, kind))),
            ("places", ending.when.lost or ()),
        ),
        names=(f"ending.{ending.id}",),
    )


def _makers(ending: Ending, kind: EndingKind) -> tuple[Process, ...]:
    """Return the processes that decide whether an ending holds; a truce may be told apart by places lost."""
    also = EndingKind.LOST.made_by if ending.when.lost else ()
    return tuple(dict.fromkeys((*kind.made_by, *also)))


def _condition(material: Material, ending: Ending, kind: EndingKind) -> str:
    when = ending.when
    of = " and ".join(material.shorts[actor] for actor in when.truce or when.actors)
    places = " or ".join(when.lost or ())
    words = kind.words.format(actors=of, places=places)
    if when.truce is not None and when.by is not None:
        words += f", and {EndingKind.LOST.words.format(actors=material.shorts[when.by], places=places)}"
    if when.thrown_back is not None:
        most, left = when.thrown_back.least_km2, 100 * when.thrown_back.kept
        words += f": of {most:g} km² or more at some midnight no more than {left:g} of 100 parts are left"
    return f"holds when {words}"


def _outcome(material: Material, outcome: OutcomeVariable) -> Entry:
    name = outcome.name
    actors = material.seeds.actor_ids if outcome.per_actor else ()
    return Entry(
        key=name.rstrip("_"),
        title=outcome.label.format("of an actor"),
        value=f"in {outcome.unit}",
        basis="run",
        because="counted in every history from the events of its processes",
        written="outcomes.parquet of the run",
        see=(
            ("begins with", explained_columns(material, outcome.begins_with)),
            ("made by", outcome.makers),
        ),
        names=(name, *(f"{name}{actor}" for actor in actors)),
    )


def _process(name: str) -> Entry:
    first, parts = process_text(name)
    used = tuple(each.name for each in PARAMETERS.values() if name in each.used_by)
    basis, because = basis_of(parts["Source"])
    if basis == "assumption":
        because = because.rstrip(".") or UNEXPLAINED
    adds_to = (each for each in OUTCOMES.values() if name in each.makers and len(each.made_by) < len(Process))
    makes = tuple(each.name.rstrip("_") for each in adds_to)
    return Entry(
        key=name,
        title=first.rstrip("."),
        basis=basis,
        because=because,
        written=f"simulation/model/processes/{name}.py",
        facts=(("rule", parts["Claim"]),),
        see=(("numbers it uses", used), ("adds to", makes)),
    )
