"""Two worlds on which updating is tried: what is reported there, and of which numbers the truth is ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulation.documents import Amount, Claim, Predicate
from simulation.model.daily_series import DailySeries
from simulation.scenario import load_scenario
from simulation.selftest.duel_runs import histories
from simulation.selftest.fixtures import valleys
from simulation.selftest.pools import Pool
from simulation.selftest.witnesses import Said, Witness, said
from simulation.world.world import World, build_world

WORTH = (
    "exaggeration={dist: uniform, loc: 0.2, scale: 0.6, source: made up}",
    "monitor_share={dist: uniform, loc: 0.5, scale: 0.45, source: made up}",
)
"""What speakers are worth in the two valleys, as uncertain as in the first case."""
SIDES = ("highland_league", "river_council")
LEAGUE, COUNCIL = SIDES
OF_ALEPPO = ("R02", "R04", "R12", "R14", "R21", "R31")
"""Reports of the first case that lend speaker, matter and form: counts, their increments, ranges, places."""
BY_REPORTS = date(2024, 11, 30)
EVENING = "2024-11-27T18:00"
"""When the parties make their first claims within a history, by the process `report`."""
PARTIES: Mapping[str, tuple[str, ...]] = {
    "government": ("hts",), "hts": ("government",), "opposition_factions": ("government",),
}  # fmt: skip
"""Who claims to have killed whom, each with all of its bloc."""
BEARING = (
    "exaggeration", "monitor_share", "government_cohesion", "government_endurance", "government_sorties_per_day",
    "russia_sorties_per_day", "pursuit_share", "give_way_doubt", "near_shock", "army_shock", "gathers",
)  # fmt: skip
"""Inputs of the first case that its reports bear on."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A pool of histories, who makes claims of them, and numbers of each, f8 (n,), by name."""

    title: str
    pool: Pool
    witness: Witness
    quantities: Mapping[str, np.ndarray]


def two_valleys(number: int = 600) -> Trial:
    """Return ten days of the two valleys, with claims of both sides, a monitor, a reporter and an aid agency."""
    world = valleys(*WORTH, days=10)
    pool = Pool(world, histories(world, number, seed=11))
    return Trial(
        title="two valleys",
        pool=pool,
        witness=_Telling(pool, valley_claims(world)),
        quantities=valley_quantities(pool),
    )


def valley_quantities(pool: Pool) -> dict[str, np.ndarray]:
    """Return of histories of the two valleys every uncertain input, and five outcomes."""
    uncertain = [name for name, each in pool.world.scenario.inputs.items() if each.dist is not None]
    return {
        **pool.given(uncertain),
        "people displaced": pool.last(DailySeries.DISPLACED),
        **{f"killed, {who}": pool.last(DailySeries.KILLED, who) for who in SIDES},
        f"land, {LEAGUE}": pool.last(DailySeries.AREA_KM2, LEAGUE),
        "Saddle Pass": pool.held("Saddle Pass", LEAGUE),
    }


def valley_claims(world: World) -> tuple[Claim, ...]:
    """Return claims of the two valleys of every form: counts of several days, ranges of all kinds, yes or no."""
    killed = [killing(COUNCIL, LEAGUE), killing(LEAGUE, COUNCIL)]
    held: dict[str, object] = {"subject": LEAGUE, "predicate": Predicate.CONTROLS}
    captured: dict[str, object] = {"subject": LEAGUE, "predicate": Predicate.CAPTURED, "about": "guards"}
    displaced: dict[str, object] = {"subject": LEAGUE, "predicate": Predicate.DISPLACED, "about": "people"}
    some, many = {"low": 10, "high": 40, "unit": "fighters"}, {"low": 300, "unit": "people"}
    few, one = {"high": 5, "unit": "fighters"}, {"value": 1, "unit": "fighters"}
    rows: tuple[tuple[str, str, Mapping[str, object], Mapping[str, object] | None], ...] = (
        ("monitor", "03", killed[0], one), ("reporter", "03", held | {"place": "Saddle Pass"}, None),
        ("monitor", "06", killed[0], one), (COUNCIL, "06", killed[0], one), (LEAGUE, "06", killed[1], one),
        ("reporter", "06", captured, some), ("aid_agency", "06", displaced, many), ("witness", "06", killed[1], few),
        (LEAGUE, "06", held | {"place": "Weirford"}, None), ("monitor", "09", killed[0], one),
        (COUNCIL, "09", killed[0], one), ("reporter", "09", held | {"place": "Saddle Pass"}, None),
    )  # fmt: skip
    return tuple(
        claim_of(world, f"V{k:02}", by, f"2024-01-{day}", amount, **what)
        for k, (by, day, what, amount) in enumerate(rows, start=1)
    )


def aleppo(number: int = 250) -> Trial:
    """Return four days of the first case: what the parties claim within a history, and what is said of it."""
    scenario = load_scenario("aleppo", ["days=4"])
    world = build_world(scenario)
    pool = Pool(world, histories(world, number, seed=12))
    heard = scenario.archive.reports(world.seeds, scenario.region, BY_REPORTS).claims
    return Trial(
        title="aleppo",
        pool=pool,
        witness=_Telling(pool, [heard[name] for name in OF_ALEPPO], _Own(pool)),
        quantities={
            **pool.given(BEARING),
            "people displaced": pool.last(DailySeries.DISPLACED),
            "civilians killed": pool.last(DailySeries.CIVILIANS_KILLED),
            "killed, government": pool.last(DailySeries.KILLED, "government"),
            "killed, hts": pool.last(DailySeries.KILLED, "hts"),
            "land, hts": pool.last(DailySeries.AREA_KM2, "hts"),
            "Aleppo": pool.held("Aleppo", "hts"),
        },
    )


class _Telling:
    """Makes claims of the histories of a pool: as speakers would, and those that are made within the history."""

    def __init__(self, pool: Pool, claims: Sequence[Claim], own: _Own | None = None) -> None:
        self._claims, self._own, self._inputs = claims, own, pool.inputs
        self._totals = pool.totals(claims)

    def __call__(self, true: int, draw: np.random.Generator) -> Iterator[Said]:
        inputs = {name: float(values[true]) for name, values in self._inputs.items()}
        yield from said(self._claims, self._totals[:, true].tolist(), inputs, draw)
        if self._own is not None:
            yield from self._own(true)


class _Own:
    """What the parties of the first case claim on the first evening, by the engine's own process."""

    def __init__(self, pool: Pool) -> None:
        world = pool.world
        self._claims = [
            claim_of(world, f"P{k:02}", party, EVENING, {"value": 1, "unit": "fighters"}, **killing(party, *others))
            for k, (party, others) in enumerate(PARTIES.items(), start=1)
        ]  # fmt: skip
        columns = [world.actors.index(party) for party in PARTIES]
        self._claimed = pool.snapshots.at(1)[:, DailySeries.CLAIMED_KILLED, columns]

    def __call__(self, true: int) -> Iterator[Said]:
        for claim, value in zip(self._claims, self._claimed[true].tolist(), strict=True):
            yield claim.model_copy(update={"quantity": Amount(value=value, unit="fighters")}), True


def killing(by: str, *whom: str) -> dict[str, object]:
    """Return what is claimed where somebody claims to have killed fighters of others."""
    return {"subject": by, "predicate": Predicate.KILLED, "object": whom}


def claim_of(
    world: World, name: str, by: str, until: str, amount: Mapping[str, object] | None, **what: object
) -> Claim:
    """Return a claim of what was so from the start until a time."""
    since = world.scenario.start.isoformat()
    fields = {"id": name, "said_by": by, "since": since, "until": until, "quantity": amount, **what}
    claim = Claim.model_validate({**fields, "verified": False, "assumption": "made up", "text": "made up"})
    return claim.said(world.seeds.speakers[by], 1.0)
