"""Calibration of sequential updating: what is true against histories drawn given what is said of it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping

import numpy as np

from simulation.conditioning.population import Player
from simulation.conditioning.rows import rows_of
from simulation.conditioning.sampler import Sampler
from simulation.documents import Claim, Predicate
from simulation.engine.ensemble import History
from simulation.engine.executor import Threads
from simulation.observation.conditions import Conditions
from simulation.selftest.check import CheckResult, by_z
from simulation.selftest.duel_runs import histories
from simulation.selftest.fixtures import valleys
from simulation.selftest.pools import LIKELIHOOD, Pool
from simulation.selftest.trials import COUNCIL, LEAGUE, WORTH, claim_of, killing, valley_quantities
from simulation.selftest.witnesses import said
from simulation.world.world import World

RUNS, WANTED, PRIOR, SEED, THREADS = 60, 40, 400, 100, 2
DAYS = (3.0, 6.0)
"""Of which reports speak, of eight."""


def results() -> Iterator[CheckResult]:
    """Yield two lines for each quantity, and one for the likelihood: mean ranks of the truth are 1/2.

    The second is the rank by distance from the middle, which sees what is drawn too wide or too narrow. Both hold
    however much the histories of a run resemble each other, for each by itself follows the law of the truth.
    """
    world = valleys(*WORTH, days=8)
    truths = Pool(world, histories(world, RUNS, seed=13))
    middles = medians(Pool(world, histories(world, PRIOR, seed=14)))
    found = [_ranks(truths, true, middles) for true in range(RUNS)]
    tried = f"{RUNS} runs of {WANTED} histories each"
    for name in found[0]:
        ranks = np.array([each[name] for each in found])
        error = float(ranks.std(ddof=1)) / math.sqrt(len(ranks))
        yield by_z(f"sequential: mean rank of {name}", tried, float(ranks.mean()), 0.5, error)


def medians(pool: Pool) -> dict[str, float]:
    """Return the middle of each quantity that is no yes or no."""
    every = valley_quantities(pool)
    return {name: float(np.median(values)) for name, values in every.items() if len(np.unique(values)) > 2}


def _ranks(truths: Pool, true: int, middles: Mapping[str, float]) -> dict[str, float]:
    """Return the rank of a truth among the histories drawn given what is said of it, 0 to 1, by quantity."""
    draw = np.random.default_rng([SEED, true])
    reported = _reported(truths.world, tuple(_texts(truths, true, draw)))
    drawn = Pool(reported, drawn_given(reported, SEED + true))
    known = Pool(reported, truths.snapshots.histories[true : true + 1])
    found = {}
    for name, values in valley_quantities(drawn).items():
        own = float(valley_quantities(known)[name][0])
        found[name] = _rank(values, own)
        if name in middles:
            found[f"{name}, from its middle"] = _rank(abs(values - middles[name]), abs(own - middles[name]))
    return found | {LIKELIHOOD: _rank(_heard(drawn), float(_heard(known)[0]))}


def _rank(values: np.ndarray, own: float) -> float:
    return float((values < own).mean() + (values == own).mean() / 2)


def _heard(pool: Pool) -> np.ndarray:
    """Return how likely all reports are in each history, as a logarithm, f8 (n,)."""
    reports = Conditions.of(pool.world).reports
    return np.asarray(np.sum([each.log_likelihood(pool.snapshots) for each in reports], axis=0))


def drawn_given(world: World, seed: int) -> list[History]:
    """Return histories drawn given the reports of a world, each gone on to its end."""
    player = Player(world, Threads(THREADS), seed)
    rows = rows_of(Sampler(player, WANTED, lambda said: None).drawn(DAYS), player.scores, seed)
    return [history for chunk in rows.ensemble(world, THREADS) for history in chunk]


def _reported(world: World, texts: tuple[str, ...]) -> World:
    scenario = dataclasses.replace(world.scenario, given=texts)
    return dataclasses.replace(world, scenario=scenario, digest=scenario.digest)


def _texts(truths: Pool, true: int, draw: np.random.Generator) -> Iterator[str]:
    """Yield what is said of a truth, as reports that are added by hand."""
    inputs = {name: float(values[true]) for name, values in truths.inputs.items()}
    claims = _claims(truths.world)
    for claim, yes in said(claims, truths.totals(claims)[:, true].tolist(), inputs, draw):
        day = float((claim.until or "")[-2:])
        if claim.quantity is None:
            trust = claim.trust if yes else 1 - claim.trust
            yield f"place.{claim.place}.holder = {claim.subject} trust {trust!r} @ {day:g}"
        else:
            yield f"killed.{claim.objects[0]} = {claim.quantity.value!r} by {claim.said_by} @ {day:g}"


def _claims(world: World) -> tuple[Claim, ...]:
    held = {"subject": LEAGUE, "predicate": Predicate.CONTROLS, "place": "Saddle Pass"}
    one, (early, late) = {"value": 1, "unit": "fighters"}, (f"2024-01-{day:02.0f}" for day in DAYS)
    return (
        claim_of(world, "S01", "monitor", early, one, **killing(COUNCIL, LEAGUE)),
        claim_of(world, "S02", "reporter", early, None, **held),
        claim_of(world, "S03", COUNCIL, late, one, **killing(COUNCIL, LEAGUE)),
        claim_of(world, "S04", "monitor", late, one, **killing(LEAGUE, COUNCIL)),
        claim_of(world, "S05", "reporter", late, None, **held),
    )
