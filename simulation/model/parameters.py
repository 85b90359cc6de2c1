"""The numbers the rules use: name, unit, permitted range, default and meaning.

A scenario replaces a default by a constant or a distribution under `inputs:`; there it also says the source.
This module imports nothing, so that checking a scenario stays fast.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One number of the model.

    Distances to places are in road kilometres: the length of main road that takes as long as the quickest way.

    `low` and `high` bound what a scenario may set; they are not a prior. `default` is an assumption that
    switches the effect to a plain middle value, or off where zero is the neutral value.
    """

    name: str
    unit: str
    low: float
    high: float
    default: float
    meaning: str
    used_by: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a default outside the bounds (NaN included)."""
        if not self.low <= self.default <= self.high:
            raise ValueError(
                f"parameter {self.name}: default {self.default} is not within {self.low}..{self.high}"
            )


def _p(
    name: str, unit: str, low: float, high: float, default: float, used_by: str, meaning: str
) -> tuple[str, Parameter]:
    users = tuple(used_by.split())
    return name, Parameter(
        name=name, unit=unit, low=low, high=high, default=default, meaning=meaning, used_by=users
    )


# fmt: off
PARAMETERS: dict[str, Parameter] = dict(
    [
        _p("front_width", "fighters", 1, 1e12, 1500, "casualty",
           "most fighters of one side that can fire at once in one cell; a larger side inflicts no "
           "more than these do"),
        _p("wounded_per_killed", "1", 0, 20, 3, "casualty sortie give_way", "wounded for each killed fighter"),
        _p("field_cover", "1", 0, 0.95, 0.3, "casualty",
           "share of fire that a fully entrenched defender escapes in open land"),
        _p("attack_exposure", "1", 1, 10, 1, "casualty",
           "losses of those who fight on the enemy's ground, as a multiple of what open land costs"),
        _p("hill_scale", "m", 1, 10000, 250, "casualty give_way",
           "ruggedness at which hills shelter half as well as a fortress"),
        _p("city_cover", "1", 0, 0.95, 0.4, "casualty",
           "share of fire that a defender escapes in a dense city"),
        _p("casualty_shock", "1", 0, 20, 1.5, "casualty",
           "cohesion lost by a unit that loses all its first strength one by one"),
        _p("civilians_per_loss", "people", 0, 5, 0.1, "casualty",
           "civilians killed for each fighter lost in a dense city; scales with density"),
        _p("give_way_rate", "1/day", 0, 100, 0.15, "give_way",
           "rate at which a steady, evenly matched unit in contact leaves its cell"),
        _p("give_way_cohesion", "1", 0, 20, 4, "give_way",
           "log-rate gained when cohesion falls from one to zero"),
        _p("give_way_odds", "1", 0, 5, 1, "give_way",
           "log-rate gained for each e-fold of local enemy superiority"),
        _p("give_way_flanks", "1", 0, 10, 1, "give_way",
           "log-rate gained when every neighbouring cell is hostile"),
        _p("give_way_surprise", "1", 0, 10, 0, "give_way",
           "log-rate gained from the start until the defender has given its first orders"),
        _p("give_way_shelter", "1", 0, 10, 1, "give_way",
           "log-rate lost by a unit in a fortress, in steep hills or in a dense city"),
        _p("give_way_allies", "1", 0, 5, 0, "give_way",
           "log-rate lost by a unit with nobody but free allies beside it"),
        _p("give_way_air", "1", 0, 5, 0, "give_way",
           "log-rate lost by a unit under the greatest support from the air"),
        _p("give_way_unwilling", "1", 0, 10, 0, "give_way",
           "log-rate gained by an ally's unit whose actor is wholly bound elsewhere"),
        _p("give_way_overreach", "1", 0, 10, 0, "give_way",
           "log-rate gained by a unit very far in land that was another side's at the start"),
        _p("overreach_km", "km", 1, 1000, 40, "give_way", "depth in such land at which half of that is reached"),
        _p("allies_steady", "1", 0, 1, 1, "give_way seize day",
           "switch: whether allies steady those whom they help (1) or not (0)"),
        _p("rout_cohesion", "1", 0, 1, 0.4, "give_way",
           "cohesion below which a unit that leaves its cell runs, and above which it retreats"),
        _p("rout_refuge", "1", 0, 1, 0, "give_way",
           "weight of the places to which those who run flee first"),
        _p("orderly_share", "1", 0, 1, 0.2, "give_way",
           "what a retreat, or an attack that fails, costs of what a rout costs in men and in heart"),
        _p("captured_share", "1", 0, 1, 0.08, "give_way",
           "mean share of a unit captured when it runs from its cell"),
        _p("desertion_share", "1", 0, 1, 0.1, "give_way",
           "mean share of a unit without cohesion that deserts when it runs from its cell, of an actor whose men "
           "are not there of their own will"),
        _p("pursuit_share", "1", 0, 1, 0.05, "give_way",
           "mean share of a unit killed or wounded as it runs from its cell before many more enemies"),
        _p("cut_off_captured", "1", 0, 1, 0.5, "give_way",
           "mean share captured of a unit that gives way with no way out; the rest of it deserts"),
        _p("near_shock", "1", 0, 1, 0.06, "give_way",
           "cohesion lost by all units of the bloc in the same and neighbouring cells when a unit gives way"),
        _p("command_shock", "1", 0, 1, 0, "give_way",
           "cohesion lost by all units of the same command when one of them gives way"),
        _p("rout_shock", "1", 0, 1, 0, "march",
           "cohesion lost by those of its side whom a unit without cohesion meets on its flight"),
        _p("army_shock", "1", 0, 20, 1, "give_way",
           "share of its present confidence that an actor loses when units of its whole strength give way"),
        _p("rally_rate", "1/day", 0, 50, 1, "rally",
           "rate of rallying steps of a unit out of contact whose gap to its actor's confidence is not small"),
        _p("rally_step", "1", 0, 1, 0.3, "rally",
           "share of the gap to the actor's confidence closed by one step"),
        _p("road_speed", "km/day", 1, 1000, 120, "march", "speed of a column on a main road"),
        _p("track_speed", "km/day", 1, 1000, 40, "march",
           "speed of a column without a main road, on flat land"),
        _p("rough_drag", "1/m", 0, 1, 0.003, "march",
           "slowing by ruggedness, on roads too: speed divided by (1 + drag x metres)"),
        _p("advance_speed", "km/day", 1, 500, 25, "march",
           "highest speed into a cell held by somebody whom the unit fights"),
        _p("seize_open_rate", "1/day", 0, 1000, 6, "seize",
           "rate at which an unopposed force takes an open cell"),
        _p("seize_city_rate", "1/day", 0, 1000, 0.8, "seize", "the same in a dense city"),
        _p("sweep_rate", "1/day", 0, 100, 1, "seize",
           "rate at which an undefended open cell beside captured ground passes, all its neighbours "
           "being hostile"),
        _p("sweep_enclosed", "1", 0, 1, 0.6, "seize",
           "share of hostile neighbours from which an undefended cell passes without troops beside it"),
        _p("place_shock", "1", 0, 5, 0.3, "seize",
           "share of its present confidence that a bloc loses with a place of weight one"),
        _p("place_lift", "1", 0, 5, 0.1, "seize",
           "share of what its confidence lacks that a bloc wins with a place of weight one"),
        _p("victory_lifts", "1", 0, 1, 1, "seize",
           "switch: whether a side that takes places gains confidence (1) or not (0)"),
        _p("patron_steadies", "1", 0, 1, 0, "give_way seize",
           "share of a shock to its confidence that an actor with wholly free patrons is spared"),
        _p("dig_in_rate", "1/day", 0, 1, 0, "day",
           "share of what it lacks that the entrenchment of a cell gains in a day with its holder's men in it"),
        _p("dig_in_most", "1", 0, 1, 0.6, "day", "entrenchment that is reached in weeks"),
        _p("wounded_return", "1", 0, 1, 0, "day", "share of the wounded who return to their units each day"),
        _p("command_interval", "day", 0.05, 30, 1, "command", "mean time between two rounds of orders"),
        _p("gathers", "1", 0, 1, 0, "command",
           "switch: whether commanders gather before a blow and pause after it (1), or send whoever is fresh (0)"),
        _p("gather_days", "day", 0, 60, 1.5, "command", "longest time for which men gather before a blow"),
        _p("gather_share", "1", 0, 1, 0.8, "command",
           "share of the men called that must be there before a blow falls early"),
        _p("pause_days", "day", 0, 60, 2, "command",
           "pause before new objectives once one is done with, against a rival who has lost no confidence"),
        _p("attack_start", "day", 0, 10000, 0.2, "command", "when the attackers give their first orders"),
        _p("reaction_delay", "day", 0, 60, 1, "command",
           "time from the first attack to the first orders of the attacked"),
        _p("fog", "1", 0, 3, 0.4, "command",
           "standard deviation of the log error in a commander's view of a strength"),
        _p("attack_odds", "1", 0.1, 20, 1.5, "command",
           "ratio of own to perceived enemy strength sought on an axis, and that makes an attack an "
           "even chance"),
        _p("attack_reach", "km", 1, 1000, 60, "command",
           "road kilometres from their nearest positions within which attackers look for objectives"),
        _p("attack_axes", "axes", 1, 20, 3, "command",
           "objectives an attacker pursues at once, rounded down"),
        _p("counter_reach", "km", 1, 2000, 25, "command",
           "road kilometres from which local units are called to take back what was lost"),
        _p("counter_share", "1", 0, 1, 0, "command",
           "least share of its units that a side spends on taking back what it has lost"),
        _p("exploitation", "1", 0, 1, 0.5, "command",
           "share of the withheld units that an attacker commits once its rival has lost all confidence"),
        _p("spent_share", "1", 0, 1, 0.5, "command",
           "share of its first strength below which a unit neither attacks nor counter-attacks"),
        _p("spent_cohesion", "1", 0, 1, 0.4, "command",
           "cohesion below which a unit neither attacks nor counter-attacks"),
        _p("threat_reach", "km", 1, 1000, 25, "command",
           "road kilometres within which enemies threaten a place, local units are sent, and a "
           "counter-attack is gathered"),
        _p("reserve_reach", "km", 1, 2000, 200, "command",
           "road kilometres from which mobile units are called to a threatened place or to an attack"),
        _p("defence_odds", "1", 0, 20, 1, "command",
           "fighters sought at and around a threatened place for each that threatens it"),
        _p("cut_off_reach", "km", 0, 1000, 50, "command",
           "how near a shaken garrison's way to its capital must be cut for it to be ordered out"),
        _p("counter_odds", "1", 0.1, 50, 2, "command",
           "ratio of own to perceived enemy strength that invites a counter-attack"),
        _p("evacuate_odds", "1", 1, 1000, 4, "command",
           "threatening fighters for each defender in its cell at which a shaken garrison is ordered out"),
        _p("evacuate_confidence", "1", 0, 1, 0.4, "command",
           "confidence below which garrisons may be ordered out and nobody counter-attacks"),
        _p("confidence_recovery", "1/day", 0, 1, 0.01, "day",
           "share of lost confidence regained at each midnight"),
        _p("flyable_share", "1", 0, 1, 0.8, "day", "share of days with weather for aircraft"),
        _p("sortie_kills", "fighters", 0, 100, 0.5, "sortie",
           "mean fighters killed or wounded by one strike on a unit"),
        _p("sortie_shock", "1", 0, 1, 0.01, "sortie", "cohesion a struck unit loses"),
        _p("sortie_civilians", "people", 0, 50, 0.1, "sortie", "mean civilians killed by one strike"),
        _p("sortie_rear_share", "1", 0, 1, 0.4, "sortie",
           "share of strikes on places in enemy hands, in chance by the people who live around them"),
        _p("interdiction_truce_factor", "1", 0, 5, 0.5, "interdiction",
           "such strikes a day while a truce with a target holds, as a multiple"),
        _p("interdiction_kills", "fighters", 0, 100, 1.9, "interdiction",
           "mean fighters killed by one such strike"),
        _p("interdiction_delay", "day", 0, 60, 1, "interdiction",
           "delay of a column on its way that is struck"),
        _p("reinforce_rate", "1/day", 0, 50, 0.3, "reinforce",
           "bodies a day that a fully free patron sends to a client in full need"),
        _p("reinforce_size", "fighters", 1, 100000, 400, "reinforce", "mean size of a body sent"),
        _p("reinforce_delay", "day", 0, 365, 3, "reinforce",
           "mean time from the decision to the arrival on the map of an ally who is wholly free"),
        _p("release_rate", "1/day", 0, 1, 0.03, "day",
           "share of what still binds an actor elsewhere that a truce there frees in a day, and war binds again"),
        _p("truce_rate", "1/day", 0, 50, 0.01, "truce",
           "rate of a truce without losses or outside pressure, fronts at rest"),
        _p("truce_losses", "1", 0, 100, 5, "truce",
           "log-rate gained when both of the pair have lost all their fighters"),
        _p("truce_pressure", "1", 0, 20, 1, "truce", "log-rate gained under full restraint by a patron"),
        _p("truce_momentum", "1", 0, 20, 1, "truce",
           "log-rate lost for each unit of place weight gained lately by the leading attacker"),
        _p("truce_listed", "1", 0, 20, 0, "truce",
           "log-rate lost where the attacker is listed as terrorist, with whom nobody signs"),
        _p("truce_one_sided", "1", 0, 1, 0, "truce", "chance that only one side observes a truce: half its compliance"),
        _p("truce_fixed", "1", 0, 1, 0, "truce", "chance that a truce is for a fixed time"),
        _p("truce_term", "day", 0, 1000, 10, "truce", "mean length of a truce for a fixed time"),
        _p("breach_rate", "1/day", 0, 100, 1, "breach",
           "violations a day of a truce nobody observes; scales with (1 - compliance)"),
        _p("breach_end", "1", 0, 1, 0.05, "breach", "chance that a violation ends the truce"),
        _p("truce_compliance", "1", 0, 1, 0.6, "truce measure",
           "compliance with a truce that the parties agree on themselves"),
        _p("join_rate", "1/day", 0, 50, 0.005, "join",
           "rate at which a dormant actor opens its front while the government is confident"),
        _p("join_slope", "1", 0, 30, 5, "join",
           "log-rate gained when the government's confidence falls to nothing"),
        _p("flee_rate", "1/day", 0, 100, 2, "flee", "departures a day from a cell in heavy violence"),
        _p("capture_alarm", "events", 0, 1000, 5, "seize",
           "violent events that a change of control counts for in people's memory"),
        _p("threat_alarm", "events", 0, 1000, 0, "command",
           "violent events that the approach of an enemy counts for in a place, at each round of orders"),
        _p("flee_share", "1", 0, 1, 0.05, "flee", "mean share of the residents in one departure"),
        _p("flee_violence", "events", 0.01, 1e6, 10, "flee",
           "recent violent events at which half the rate is reached"),
        _p("violence_half_life", "day", 0.05, 365, 2, "day",
           "time in which remembered violence, and the weight lately won, halve"),
        _p("leave_share", "1", 0, 1, 0.02, "flee",
           "share of departures that leave the country when a crossing is near"),
        _p("return_rate", "1/day", 0, 50, 0.1, "return_home", "returns a day to a quiet cell"),
        _p("return_share", "1", 0, 1, 0.1, "return_home", "mean share of the absent in one return"),
        _p("quiet_days", "day", 0, 365, 5, "day return_home",
           "days without violence under one holder before people return"),
        _p("dissolve_rate", "1/day", 0, 100, 1, "dissolve",
           "rate at which a government without any confidence stands down"),
        _p("dissolve_power", "1", 0, 30, 6, "dissolve", "how steeply the rate falls as confidence remains"),
        _p("dissolve_provinces", "1", 0, 20, 3, "dissolve",
           "log-rate gained when all provincial seats are lost"),
        _p("dissolve_capital", "1", 0, 20, 2, "dissolve",
           "log-rate gained when as many enemies as defenders are near the capital"),
        _p("exaggeration", "1", 0, 10, 0.5, "report",
           "standard deviation of the log error in a party's own claims"),
        _p("monitor_share", "1", 0, 1, 0.7, "report",
           "share of the dead, and of the villages taken, that a monitor can confirm on the day"),
    ]
)
# fmt: on
