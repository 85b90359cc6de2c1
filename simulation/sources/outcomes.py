"""Chains of results: what a run measures, which processes make it, and what those rest on."""

from __future__ import annotations

import ast
import re
from importlib.resources import files

from simulation.documents import Ending
from simulation.model.parameters import PARAMETERS
from simulation.model.registry import Process
from simulation.outcomes.labels import FIXED, PER_ACTOR
from simulation.sources.context import Material
from simulation.sources.entry import Basis, Entry, EntryGroup
from simulation.sources.ground import explained

MADE_BY: dict[str, tuple[str, ...]] = {
    "fighters_killed_": ("casualty", "sortie", "interdiction"),
    "fighters_wounded_": ("casualty", "sortie"),
    "fighters_captured_": ("give_way",),
    "fighters_deserted_": ("give_way",),
    "fighters_left_": ("casualty", "give_way", "sortie", "interdiction", "reinforce", "measure"),
    "area_km2_": ("seize",),
    "people_held_": ("seize", "flee", "return_home", "casualty", "sortie"),
    "end_day": ("dissolve", "casualty"),
    "civilians_killed": ("casualty", "sortie"),
    "displaced_peak": ("flee", "return_home"),
    "displaced_end": ("flee", "return_home"),
    "sorties_total": ("sortie",),
    "villages_taken_day2": ("seize",),
    "bases_taken_day2": ("seize",),
    "fighters_captured_day2": ("give_way",),
    "displaced_day2": ("flee", "return_home"),
    "fighters_killed_day1": ("casualty", "sortie", "interdiction"),
}
"""The processes whose events add up to an outcome column, or to the columns that begin so."""
BEGINS_WITH: dict[str, tuple[str, ...]] = {
    "area_km2_": ("cells.control",),
    "people_held_": ("cells.control", "cells.population"),
}
"""The columns of the map that an outcome is counted from on day 0, before anything happens."""
ENDS_BY = {
    "dissolved": ("dissolve",),
    "truce": ("truce", "breach", "measure"),
    "lost": ("give_way", "march", "seize"),
    "none_left": ("casualty",),
    "always": (),
}
ASSUMED = "assumption"
_HEADS = ("Claim", "Clock", "Formula", "Source", "Event")


def results_group(material: Material) -> EntryGroup:
    """Return the endings and the outcome columns of a run."""
    entries = (
        *(_ending(material, *each) for each in enumerate(material.seeds.endings)),
        *(_outcome(material, name) for name in MADE_BY),
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
    return Entry(
        key=ending.id,
        title=ending.meaning.rstrip("."),
        value=_condition(material, ending),
        basis="run",
        because="each history ends in the first ending, read from the top, whose condition holds",
        written=material.written.ending(index),
        see=(("made by", ENDS_BY[ending.when.kind]), ("places", ending.when.lost or ())),
        names=(f"ending.{ending.id}",),
    )


def _condition(material: Material, ending: Ending) -> str:
    when = ending.when
    if when.dissolved is not None:
        return f"holds when {material.shorts[when.dissolved]} has dissolved"
    if when.truce is not None:
        return f"holds when a truce of {' and '.join(material.shorts[a] for a in when.truce)} is in force"
    if when.lost is not None and when.by is not None:
        return f"holds when the bloc of {material.shorts[when.by]} has lost {' or '.join(when.lost)}"
    if when.none_left is not None:
        return f"holds when {material.shorts[when.none_left]} has no fighters left"
    return "holds when no other does"


def _outcome(material: Material, name: str) -> Entry:
    label, unit = FIXED.get(name) or PER_ACTOR[name]
    actors = material.seeds.actor_ids if name in PER_ACTOR else ()
    return Entry(
        key=name.rstrip("_"),
        title=label.format("of an actor"),
        value=f"in {unit}",
        basis="run",
        because="counted in every history from the events of its processes",
        written="outcomes.parquet of the run",
        see=(
            ("begins with", explained(material, BEGINS_WITH.get(name, ()))),
            ("made by", MADE_BY[name]),
        ),
        names=(name, *(f"{name}{actor}" for actor in actors)),
    )


def _process(name: str) -> Entry:
    first, parts = _docstring(name)
    used = tuple(each.name for each in PARAMETERS.values() if name in each.used_by)
    basis, because = _basis(parts["Source"])
    makes = tuple(outcome.rstrip("_") for outcome, makers in MADE_BY.items() if name in makers)
    return Entry(
        key=name,
        title=first.rstrip("."),
        basis=basis,
        because=because,
        written=f"simulation/model/processes/{name}.py",
        facts=(("rule", parts["Claim"]),),
        see=(("numbers it uses", used), ("adds to", makes)),
    )


def _basis(text: str) -> tuple[Basis, str]:
    if text.startswith(ASSUMED):
        return "assumption", text.removeprefix(ASSUMED).strip(" ;,.") or "nothing known to us pins it down"
    return "source", text


def _docstring(name: str) -> tuple[str, dict[str, str]]:
    """Return the first sentence of a process's file and its paragraphs by head; reads, never imports."""
    text = (files("simulation") / "model" / "processes" / f"{name}.py").read_text(encoding="utf-8")
    first, _, rest = (ast.get_docstring(ast.parse(text)) or "").partition("\n\n")
    pieces = re.split(rf"^({'|'.join(_HEADS)}): ", rest, flags=re.MULTILINE)
    parts = zip(pieces[1::2], pieces[2::2], strict=True)
    return first, {head: " ".join(paragraph.split()) for head, paragraph in parts}
