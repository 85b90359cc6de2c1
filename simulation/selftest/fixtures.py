"""Small worlds in which every process happens often: the two valleys, with numbers set high."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from simulation.engine.replicate import start
from simulation.model.state import CaseColumn, PlaceKind, State, copy_state
from simulation.scenario import load_scenario
from simulation.selftest.commander import MOBILE
from simulation.world.world import World, build_world

_BUSY = (
    "truce_rate=2", "breach_rate=4", "breach_end=0.2", "truce_compliance=0.3", "reinforce_rate=6",
    "reinforce_size=20", "truce_listed=0.3", "truce_one_sided=0.4", "truce_fixed=0.5", "truce_term=0.5",
    "join_rate=0.5", "dissolve_rate=0.05", "dissolve_power=1", "highland_league_kill_rate=0.2",
    "river_council_kill_rate=0.15", "give_way_rate=1", "quiet_days=0.5", "violence_half_life=0.5",
    "return_rate=3", "civilians_per_loss=5", "crowd_half=1000", "sortie_civilians=1", "sortie_kills=2", "fog=0.4",
    "attack_exposure=1.3", "give_way_surprise=0.2", "give_way_allies=0.5", "give_way_air=0.6", "give_way_unwilling=0.4",
    "give_way_overreach=0.7", "give_way_doubt=1.2", "overreach_km=10", "rout_refuge=0.3", "rout_cohesion=0.5",
    "pursuit_share=0.2", "pursuit_pace=2.5",
    "desertion_share=0.3", "command_shock=0.04", "rout_shock=0.1", "patron_steadies=0.4", "release_rate=0.4",
    "dig_in_rate=0.3", "wounded_return=0.2",
)  # fmt: skip
_GATHERING = (
    "gathers=1", "gather_days=0.6", "gather_share=0.7", "pause_days=0.5", "counter_share=0.7", "counter_reach=20",
    "cut_off_reach=8", "threat_alarm=2", "pursuit_axes=1.5", "pursuit_depth=0.7",
    "relief=0.6",
)  # fmt: skip
_MEASURES = (
    "[{bombardment: {by: river_council, sorties_per_day: 8, from_day: 0.1}},"
    " {bombardment: {by: free_company, sorties_per_day: 5, from_day: 0, until_day: 6}},"
    " {restraint: {of: highland_league, by: river_council, strength: 0.4, from_day: 1, until_day: 3}},"
    " {distraction: {of: river_council, availability: 0.5, from_day: 2.5, until_day: 3.5}},"
    " {distraction: {of: free_company, availability: 0.9, from_day: 0.8, until_day: 1.7}},"
    " {reinforcement: {of: highland_league, fighters: 90, at: Larch, from_day: 2}},"
    " {morale: {of: river_council, cohesion: -0.1, confidence: -0.1, from_day: 1.5}},"
    " {ceasefire: {between: [highland_league, river_council], compliance: 0.5, from_day: 3, until_day: 5}},"
    " {guarantee: {between: [highland_league, river_council], from_day: 3.2, until_day: 4}},"
    " {breach: {between: [highland_league, river_council], from_day: 4.5}},"
    " {front: {of: free_company, open: false, from_day: 0.05, until_day: 0.3}},"
    " {front: {of: free_company, open: true, from_day: 5.5}}]"
)


@dataclass(frozen=True, kw_only=True)
class HelpedWorld(World):
    """A world in which half of one actor's fighters are off the map, from where it can send some of them.

    Desertion and endurance differ by actor.
    """

    actor: int

    def cases(self, cases: range, seed: int) -> tuple[np.ndarray, np.recarray, np.ndarray]:
        """Return the inputs and numbers of cases, as `World.cases` does."""
        inputs, numbers, quantities = super().cases(cases, seed)
        quantities[:, self.actor, CaseColumn.MAP_SHARE] = 0.5
        quantities[:, self.actor, CaseColumn.POOL] = 0.05 * quantities[:, self.actor, CaseColumn.FIGHTERS]
        actors = quantities.shape[1]
        quantities[:, :, CaseColumn.DESERTION] = np.linspace(0.3, 0.9, actors)
        quantities[:, :, CaseColumn.ENDURANCE] = np.linspace(0.3, -0.2, actors)
        return inputs, numbers, quantities


def valleys(*settings: str, days: float = 30) -> World:
    """Return the two valleys with some inputs set, each as `name=value`."""
    return build_world(load_scenario("two-valleys", [f"days={days:g}", *(f"inputs.{x}" for x in settings)]))


def busy(*settings: str, days: float = 8, measures: str = _MEASURES) -> World:
    """Return two valleys where truces, strikes, flight and help are daily events, and every measure is made.

    The Council has fighters to send to the Company, and the Company may join the war against the League. Half of the
    Company stands beside the Council's guards at the Pass, and a war of its own with the League, which is listed as
    terrorist, binds it until there is a truce.
    """
    overrides = [f"days={days:g}", f"measures={measures}", *(f"inputs.{x}" for x in (*_BUSY, *settings))]
    world = build_world(load_scenario("two-valleys", overrides))
    league, council, company = range(len(world.actors))
    actors, units = world.template.actors, world.template.units
    actors.rival[company], actors.bound_by[company], actors.listed[league] = league, league, 1
    units.home[np.flatnonzero(units.actor == company)[0]] = world.template.places.cell[
        world.places.index("Saddle Pass")
    ]
    parts = {field.name: getattr(world, field.name) for field in fields(world)}
    return HelpedWorld(actor=council, **parts)


def struck(*settings: str, days: float = 8) -> World:
    """Return the busy valleys with the Free Company as an outside power that strikes the other two."""
    world = busy(*settings, days=days)
    actors, n = world.template.actors, len(world.actors)
    company = world.actors.index("free_company")
    actors.fights[company] = actors.helper_bits[:] = 0
    world.template.pairs.struck[company * n : (company + 1) * n] = np.arange(n) != company
    return world


def mingled() -> World:
    """Return the busy valleys in which each town but two is an enclave, held by the other side than its cell."""
    world = busy("seize_open_rate=4", "seize_city_rate=2", "in_flight=0.05")
    league, council, _ = range(len(world.actors))
    places, ground, actors = world.template.places, world.template.ground, world.template.actors
    swapped = np.flatnonzero(places.kind == PlaceKind.TOWN)[:-2]
    places.holder[swapped] = np.where(places.holder0[swapped] == league, council, league)
    places.holder0[:] = places.holder
    ground.enclave[places.cell[swapped]] = 1
    actors.seats[:] = np.bincount(places.holder[places.seat == 1], minlength=len(actors))
    actors.seats_held[:] = actors.seats
    return world


def outflanked() -> World:
    """Return the busy valleys in which the League stands on five sides of Millbridge before anybody has orders."""
    world = busy("attack_start=1.5", "give_way_rate=2", "orderly_share=0.5", "rout_cohesion=0.6")
    units, ground = world.template.units, world.template.ground
    near = ground.neighbours[world.template.places.cell[world.places.index("Millbridge")]]
    units.home[np.flatnonzero(units.actor == world.actors.index("highland_league"))[:5]] = near[near >= 0][:5]
    return world


def enclosed() -> World:
    """Return the busy valleys in which taken land lies around land of the Council and both sides stand elsewhere.

    Every third column of cells is the Council's, and every second of those cells has changed hands too. A cell within
    a column has three quarters of its neighbours against it, hardly more than it takes to be enclosed.
    """
    world = busy("sweep_enclosed=0.73", measures="[]")
    league, council, _ = range(len(world.actors))
    cells, near, units = world.template.cells, world.template.ground.neighbours, world.template.units
    number = np.arange(len(cells))
    cells.control[:] = np.where(number % 3 == 0, council, league)
    cells.passed[:] = (cells.control == league) | (number % 4 == 1)
    cells.taken_beside[:] = ((near >= 0) & (cells.passed[near] != 0)).sum(axis=1)
    for actor in np.unique(units.actor):
        units.home[units.actor == actor] = units.home[units.actor == actor][0]
    return world


def falling() -> World:
    """Return two days of the busy valleys in which the Company joins and the Council falls in most histories."""
    return busy("join_rate=1.2", "dissolve_rate=1.5", days=2, measures="[]")


def manoeuvre(threat_reach: float, *settings: str) -> World:
    """Return the busy valleys with many rounds of orders and a Council that can move, and means to retake.

    With threats seen from near (km) there are reserves to send; from further, counter-attacks to choose among;
    with slow columns, help that is still on its way. Commanders gather and pause, but not for long, and both sides
    have lately won about as much.
    """
    often = (f"threat_reach={threat_reach:g}", "command_interval=0.25", "reaction_delay=0")
    world = busy("free_company_availability=0.6", *often, *_GATHERING, *settings)
    league, council, _ = range(len(world.actors))
    units, holder0 = world.template.units, world.template.places.holder0
    units.mobility[units.actor != league] = MOBILE
    holder0[holder0 == league] = council
    world.template.actors.momentum[[league, council]] = 0.1, 0.12
    return world


def cut_off() -> World:
    """Return many rounds of orders in which the League holds the land around the capital of a shaken Council.

    Its garrisons elsewhere are cut off from it some way off, and would hold if numbers alone counted.
    """
    shaken = ("evacuate_confidence=0.95", "evacuate_odds=1000", "cut_off_reach=1", "seize_open_rate=0.01")
    world = manoeuvre(30, *shaken)
    league, council, _ = range(len(world.actors))
    capital = world.template.places.cell[world.template.actors.capital[council]]
    around = world.template.ground.neighbours[capital]
    world.template.cells.control[around[around >= 0]] = league
    return world


def begun_history(world: World, replicate: int, seed: int = 1) -> State:
    """Return a state of its own at the start of a history."""
    _, params, quantities = world.cases(range(replicate, replicate + 1), seed)
    state = copy_state(world.template)
    start(state, world.template, params[0], quantities[0], seed, replicate)
    return state
