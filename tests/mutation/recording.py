"""Moments of real histories in a file: made by the compiled rules as they are, judged under a planted error."""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simulation.engine.replicate import start
from simulation.model.registry import Process
from simulation.model.state import LAYOUT, State, copy_state
from simulation.selftest import fixtures
from simulation.selftest.agreement import wait_errors
from simulation.selftest.moments import Snapshot
from simulation.selftest.second_opinion import GLANCES, SOURCES, first_case, rounds
from simulation.world.world import World

FEW = 24
START = "start.pickle"


def record(folder: Path) -> None:
    """Write the moments of the check: a few of each process and world, of each wait, and all of those with chances."""
    kept: dict[str, list[Snapshot]] = defaultdict(list)
    waits: Counter[Process] = Counter()
    taken: Counter[tuple[str, int]] = Counter()
    for number, moment in _moments():
        name = moment.process.name.lower()
        taken[name, number] += 1
        if taken[name, number] <= FEW:
            kept[name].append(moment)
        for process, _, _ in wait_errors(moment, moment.after()):
            waits[process] += 1
            if waits[process] <= FEW:
                kept[f"{process.name.lower()}-wait"].append(moment)
    for source in GLANCES:
        for moment in source.moments():
            kept[f"{moment.process.name.lower()}-draw"].append(moment)
    kept["command-choice"] = [moment for _, moment in rounds()]
    pack(folder, kept)
    pack_start(folder, fixtures.busy())


def pack_start(folder: Path, world: World) -> None:
    """Write what it takes to begin the first history of a world."""
    _, params, quantities = world.cases(range(1), 1)
    template = {name: getattr(world.template, name) for name in LAYOUT}
    (folder / START).write_bytes(pickle.dumps((template, params, quantities)))


def begun(folder: Path) -> State:
    """Return the first history of the world written, just begun under the rules as they are here."""
    arrays, params, quantities = pickle.loads((folder / START).read_bytes())
    template = State(**arrays)
    state = copy_state(template)
    start(state, template, params[0], quantities[0], 1, 0)
    return state


def pack(folder: Path, named: Mapping[str, Sequence[Snapshot]]) -> None:
    """Write moments, one file for each name."""
    for name, moments in named.items():
        (folder / f"{name}.pickle").write_bytes(pickle.dumps([_packed(moment) for moment in moments]))


def _moments() -> Iterator[tuple[int, Snapshot]]:
    """Yield the moments of each source with its number."""
    for number, source in enumerate(SOURCES):
        if source.make is not first_case:
            yield from ((number, moment) for moment in source.moments())


def _packed(moment: Snapshot) -> tuple[dict[str, object], int, int, int]:
    arrays = {name: getattr(moment.before, name) for name in LAYOUT}
    return arrays, moment.clock, int(moment.process), moment.entity


def recorded(folder: Path, name: str) -> list[Snapshot]:
    """Return the moments of one name; the states are new, so that they lie where this program has them."""
    packed = pickle.loads((folder / f"{name}.pickle").read_bytes())
    return [
        Snapshot(before=State(**arrays), clock=clock, process=Process(process), entity=entity)
        for arrays, clock, process, entity in packed
    ]


def moments_for(folder: Path, process: Process, kind: str) -> list[Snapshot]:
    """Return the moments in which an error of this kind could show."""
    name = process.name.lower()
    if kind == "wait" and not process.timed:
        return recorded(folder, f"{name}-wait")
    if kind == "choice":
        return recorded(folder, f"{name}-choice")
    many = kind == "draw" and (folder / f"{name}-draw.pickle").exists()
    return recorded(folder, f"{name}-draw" if many else name)
