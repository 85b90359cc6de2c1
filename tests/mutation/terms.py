"""Planted errors in single terms of the rules of fighting, help and truces.

Conditions are moved by 5 % or by one where they count things, or turned round.
"""

from __future__ import annotations

from code_map import CONTROL, EFFECTS, MUSTER, PROCESSES
from mutant import Mutant

from simulation.model.registry import Process

P = Process


def _term(process: Process, kind: str, label: str, old: str, new: str = "", file: str = "") -> Mutant:
    """Return the mutant in which a term is 5 % larger, by default the first in the text."""
    own = f"{PROCESSES}/{process.name.lower()}.py"
    return Mutant(process, kind, file or own, old, new or f"1.05 * {old}", label)


SURROUNDINGS, MORALE, YIELDING = (f"{EFFECTS}/{name}.py" for name in ("surroundings", "morale", "yielding"))
RECOVERY, SUPPORT, TRUCES = f"{EFFECTS}/recovery.py", f"{EFFECTS}/support.py", f"{EFFECTS}/truce_state.py"

GIVE_WAY = (
    _term(P.GIVE_WAY, "rate", "allies", "p.allies_steady *", file=YIELDING),
    _term(P.GIVE_WAY, "rate", "air", "p.give_way_air *", file=YIELDING),
    _term(
        P.GIVE_WAY, "rate", "endurance", "helped + a.endurance", "helped + 1.05 * a.endurance", file=YIELDING
    ),
    _term(P.GIVE_WAY, "rate", "unwilling", "p.give_way_unwilling *", file=YIELDING),
    _term(P.GIVE_WAY, "rate", "doubt", "p.give_way_doubt *", file=YIELDING),
    _term(P.GIVE_WAY, "rate", "overreach", "p.give_way_overreach *", file=YIELDING),
    _term(P.GIVE_WAY, "rate", "depth", "depth / (depth +", "depth / (1.05 * depth +", file=YIELDING),
    _term(P.GIVE_WAY, "rate", "outflanked", "FRONT = 3", "FRONT = 4", SURROUNDINGS),
    _term(P.GIVE_WAY, "rate", "way-back", "(own > 0 and", "(own > 4 and", SURROUNDINGS),
    _term(P.GIVE_WAY, "effect", "runs", "s.params[0].rout_cohesion"),
    _term(P.GIVE_WAY, "effect", "attacks", "not attacks", "attacks"),
    _term(P.GIVE_WAY, "effect", "refuge", "s.params[0].rout_refuge"),
    _term(P.GIVE_WAY, "effect", "orderly", "s.params[0].orderly_share"),
    _term(P.GIVE_WAY, "draw", "cut-off", "p.cut_off_captured"),
    _term(P.GIVE_WAY, "draw", "pursuit", "p.pursuit_share *"),
    _term(P.GIVE_WAY, "draw", "desertion", "s.actors[u.actor].desertion *"),
    _term(P.GIVE_WAY, "draw", "fallen", "luck(s, FALLEN)"),
    _term(P.GIVE_WAY, "draw", "deserted", "luck(s, DESERTED)"),
    _term(P.GIVE_WAY, "draw", "killed", "luck(s, KILLED)"),
    _term(P.GIVE_WAY, "effect", "command", "m * p.command_shock"),
    _term(P.GIVE_WAY, "effect", "spared", "p.allies_steady *", file=MORALE),
)
GROUND = (
    _term(P.CASUALTY, "effect", "crowd", "people / (people"),
    _term(P.CASUALTY, "rate", "attacks", "s.params[0].attack_exposure"),
    _term(P.SEIZE, "rate", "guarded", "guarded / pressed"),
    _term(P.SEIZE, "rate", "enclosed", "share >= s.", "share >= 1.05 * s."),
    _term(P.SEIZE, "rate", "haste", "return haste *", "return 1.05 * haste *"),
    _term(P.SEIZE, "rate", "once", "and not s.cells[cell].passed", "and s.cells[cell].passed < 2"),
    _term(P.SEIZE, "effect", "lift", "s.params[0].victory_lifts *", file=CONTROL),
    _term(P.SEIZE, "effect", "spared", "loss * spared", file=MORALE),
    _term(P.MARCH, "effect", "rout", "s.params[0].rout_shock *"),
    _term(P.MARCH, "effect", "haste", "p.advance_speed * haste"),
    _term(P.MARCH, "effect", "half-way", "(2 if hostile_cell", "(2.1 if hostile_cell"),
)
TIME = (
    _term(P.DAY, "effect", "dig-in", "p.dig_in_rate * (", file=RECOVERY),
    _term(P.DAY, "effect", "heal", "s.params[0].wounded_return *", file=RECOVERY),
    _term(P.DAY, "effect", "release", "rate * (aim", file=SUPPORT),
    _term(P.DAY, "effect", "air", "+ s.params[0].half_air", "+ 1.05 * s.params[0].half_air", SUPPORT),
    _term(P.DAY, "effect", "doubt", "a.doubt = lost", "a.doubt = 1.05 * lost", SUPPORT),
    _term(P.DAY, "effect", "support", "total / count", file=SUPPORT),
    _term(P.DAY, "effect", "land", "bloc_area(s, actor))\n\n\n", "1.05 * bloc_area(s, actor))\n\n\n", MUSTER),
    _term(P.DAY, "effect", "term", "p.ends <= s.world[0].t", "p.ends > s.world[0].t", TRUCES),
    _term(P.MEASURE, "effect", "pinned", "int(m.value >= 0)\n", "int(m.value < 0)\n"),
)
HELP_AND_TRUCES = (
    _term(P.REINFORCE, "effect", "pool", "a.availability * a.pool"),
    _term(P.REINFORCE, "effect", "delay", "a.availability * exponential"),
    _term(P.REINFORCE, "effect", "sent", "a.sent += size", "a.sent += 1.05 * size"),
    _term(P.TRUCE, "rate", "listed", "p.truce_listed *"),
    _term(P.TRUCE, "effect", "one-sided", "p.truce_compliance / 2"),
    _term(P.TRUCE, "effect", "term", "p.truce_term *"),
    _term(P.TRUCE, "draw", "one-sided", "luck(s, ONE_SIDED)"),
    _term(P.TRUCE, "draw", "fixed", "luck(s, FIXED)"),
)
TERMS = (*GIVE_WAY, *GROUND, *TIME, *HELP_AND_TRUCES)
