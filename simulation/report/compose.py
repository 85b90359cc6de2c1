"""What a report shows, gathered from the world and the results folder."""

from __future__ import annotations

from simulation.documents import Claim
from simulation.report.gather import actor_styles, ending_texts, licences, map_grid, map_places
from simulation.report.material import ClaimRow, ReportInput
from simulation.report.retell import stories
from simulation.results.folder import Results
from simulation.scenario.build import World
from simulation.sources import chains_of

CLAIMED = {
    ("took", "villages"): "villages_taken_day2",
    ("took", "bases"): "bases_taken_day2",
    ("captured", "fighters"): "fighters_captured_day2",
    ("captured", "soldiers"): "fighters_captured_day2",
    ("displaced", "people"): "displaced_day2",
}
"""Which outcome of the first days a claim is held against, by what it says and in which unit."""
FOCUS = 8


def report_input(world: World, results: Results, seed: int) -> ReportInput:
    """Return everything the report of a run shows."""
    scenario = world.scenario
    return ReportInput(
        results=results,
        question=scenario.question,
        start=scenario.start,
        actors=actor_styles(world),
        endings=ending_texts(world),
        command=_command(results),
        chains=chains_of(scenario),
        lesson=scenario.lesson,
        grid=map_grid(world),
        places=map_places(world),
        stories=stories(world, results, seed),
        claims=tuple(_claim_row(c, scenario.start.isoformat()) for c in world.seeds.claims.values()),
        focus_places=_focus(world, results),
        licences=licences(world),
        inputs=scenario.inputs,
    )


def _command(results: Results) -> str:
    m = results.manifest
    return f"simulate run scenario.yaml --replicates {m.replicates} --seed {m.seed}"


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
