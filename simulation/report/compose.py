"""What a report shows, gathered from the world and the results folder."""

from __future__ import annotations

import numpy as np

from simulation.documents import Claim
from simulation.report.material import (
    ActorStyle,
    ClaimRow,
    EndingText,
    Grid,
    InputRow,
    MapPlace,
    ReportInput,
)
from simulation.report.retell import stories
from simulation.results.folder import Results
from simulation.scenario.build import World
from simulation.scenario.inputs import Input

CLAIMED = {
    ("took", "villages"): "villages_taken_day2",
    ("took", "bases"): "bases_taken_day2",
    ("captured", "fighters"): "fighters_captured_day2",
    ("captured", "soldiers"): "fighters_captured_day2",
    ("displaced", "people"): "displaced_day2",
}
"""Which outcome of the first days a claim is held against, by what it says and in which unit."""
MAP_PLACES = 40
FOCUS = 8
SMALLEST_MAP = 4


def report_input(world: World, results: Results, seed: int) -> ReportInput:
    """Return everything the report of a run shows."""
    scenario = world.scenario
    return ReportInput(
        results=results,
        question=scenario.question,
        start=scenario.start,
        actors=tuple(
            ActorStyle(id=a.id, name=a.name, short=a.short, colour=a.colour) for a in world.seeds.actors
        ),
        endings=tuple(
            EndingText(id=e.id, label=e.id.replace("_", " ").capitalize(), meaning=e.meaning)
            for e in world.seeds.endings
        ),
        inputs=tuple(_input_row(each) for each in scenario.inputs.values()),
        command=_command(results),
        lesson=scenario.lesson,
        grid=_grid(world),
        places=_places(world),
        stories=stories(world, results, seed),
        claims=tuple(_claim_row(c, scenario.start.isoformat()) for c in world.seeds.claims.values()),
        focus_places=_focus(world, results),
        licences=tuple(line for line in world.region.licences.splitlines() if line.strip()),
    )


def _command(results: Results) -> str:
    m = results.manifest
    return f"simulate run {results.folder.name}/scenario.yaml --replicates {m.replicates} --seed {m.seed}"


def _grid(world: World) -> Grid | None:
    cells = world.region.cells
    if len(cells) < SMALLEST_MAP:
        return None
    lats = np.unique(cells.lat)
    return Grid(
        sub_ids=np.asarray(cells.sub_id), lats=np.asarray(cells.lat), lons=np.asarray(cells.lon),
        step=float(np.diff(lats).min()),
    )  # fmt: skip


def _places(world: World) -> tuple[MapPlace, ...]:
    towns = [p for p in world.region.places if p.kind in ("capital", "city", "town")] or list(
        world.region.places
    )
    chosen = sorted(towns, key=lambda p: (-p.weight, -p.population))[:MAP_PLACES]
    return tuple(MapPlace(name=p.name, lat=p.lat, lon=p.lon, weight=p.weight) for p in chosen)


def _input_row(each: Input) -> InputRow:
    if each.dist is None:
        words = f"{each.value:g}"
    else:
        words = f"{each.dist}({', '.join(f'{k} {v:g}' for k, v in each.parameters.items())})"
    return InputRow(
        name=each.name, meaning=each.meaning, unit=each.unit, distribution=words, source=each.source
    )


def _focus(world: World, results: Results) -> tuple[str, ...]:
    """Return the places whose fall matters most, by weight, of those that fall in some histories."""
    taken = results.places.groupby("place", observed=True).replicate.nunique() / len(results.outcomes)
    weights = {place.name: place.weight for place in world.region.places}
    score = {str(name): weights[str(name)] * share**0.5 for name, share in taken.items()}
    return tuple(sorted(score, key=lambda name: -score[name])[:FOCUS])


def _claim_row(claim: Claim, start: str) -> ClaimRow:
    amount = claim.quantity
    outcome = CLAIMED.get((claim.predicate.value, amount.unit if amount else ""))
    if (claim.day or claim.since or "") < start:
        outcome = None
    value = None
    if amount is not None and outcome is not None:
        value = amount.value if amount.value is not None else amount.low
    return ClaimRow(
        id=claim.id,
        sentence=claim.text,
        said_by=claim.said_by.value,
        verified=claim.verified,
        outcome=outcome,
        value=value,
    )
