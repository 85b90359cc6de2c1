"""Which outcomes a study explains, and which inputs it asks about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.errors import InputError
from simulation.io.characters import composed
from simulation.io.pydantic_messages import suggestion
from simulation.model.state import Stance
from simulation.outcomes.labels import describe, spell
from simulation.outcomes.targets import Target, allowed_names
from simulation.outcomes.variables import CIVILIAN_OUTCOMES
from simulation.sensitivity_analysis.entries import study_entries
from simulation.sensitivity_analysis.finding import SHARE
from simulation.world.world import World

MOST_PLACES = 3
SHARE_UNITS = {"ending": SHARE, "place": SHARE}


def requested_outcomes(names: Sequence[str], world: World) -> tuple[Target, ...]:
    """Return the outcomes of some names, such as civilians_killed, ending.truce or place.NAME.

    Without names: every ending, civilians killed and displaced, the leading attacker's land, and the three
    weightiest places kept from the attackers. Errors: InputError with the nearest name there is.
    """
    allowed = allowed_names(world)
    return tuple(_target(name, allowed) for name in (names or _usual(world)))


def requested_inputs(names: Sequence[str], world: World) -> tuple[str, ...]:
    """Return the entries of some names, or without names all; InputError for another.

    An entry is an uncertain input, or a group of inputs that are drawn together.
    """
    scenario = world.scenario
    entries = study_entries(scenario.inputs, scenario.together)
    uncertain = tuple(entries)
    for name in names:
        if name not in uncertain:
            group = next((each.name for each in entries.values() if name in each.signs), None)
            if group is not None:
                message = f"'{name}' is drawn together with others, and they count as one: name '{group}'"
                raise InputError(message, file=f"--inputs {name}")
            why = " (it is a constant here)" if name in scenario.inputs else suggestion(name, uncertain)
            raise InputError(f"no uncertain input {name!r}{why}", file=f"--inputs {name}")
    if not uncertain:
        raise InputError("this scenario has no uncertain input: all differences between histories are chance")
    return tuple(name for name in uncertain if not names or name in names)


def words_for(target: Target, actors: Mapping[str, str]) -> tuple[str, str]:
    """Return what a target measures in words, and its unit."""
    if target.kind == "outcome":
        meaning = describe(target.name, actors)
        return meaning.label, meaning.unit
    if target.kind == "ending":
        return f"ending “{spell(target.name)}”", SHARE_UNITS[target.kind]
    return f"{target.name} falls", SHARE_UNITS[target.kind]


def _target(name: str, allowed: Mapping[str, tuple[str, ...]]) -> Target:
    kind, dot, rest = composed(name.strip()).partition(".")
    if not dot:
        kind, rest = "outcome", composed(name.strip())
    if kind not in allowed:
        raise InputError(f"no kind {kind!r}{suggestion(kind, tuple(allowed))}", file=f"--outcomes {name}")
    if rest not in allowed[kind]:
        raise InputError(f"no {kind} {rest!r}{suggestion(rest, allowed[kind])}", file=f"--outcomes {name}")
    return Target(text=name, kind=kind, name=rest, width=float("nan"))


def _usual(world: World) -> list[str]:
    columns = allowed_names(world)["outcome"]
    leading = attackers(world)
    land = [f"area_km2_{world.actors[k]}" for k in leading[:1]]
    known = [name for name in (*CIVILIAN_OUTCOMES, *land) if name in columns]
    endings = [f"ending.{name}" for name in allowed_names(world)["ending"]]
    return [*endings, *known, *(f"place.{name}" for name in _weightiest(world, leading))]


def attackers(world: World) -> list[int]:
    """Return the actors that attack by what the seeds say of them, the leading one first."""
    actors = world.template.actors
    return [k for k, row in enumerate(actors) if row.stance not in (Stance.NONE, Stance.DEFENSIVE)]


def attacked(world: World) -> int:
    """Return the actor that the leading attacker fights; -1 where there is none."""
    leading = attackers(world)
    return int(world.template.actors[leading[0]].rival) if leading else -1


def _weightiest(world: World, leading: Sequence[int]) -> list[str]:
    """Return the places of most weight that the attackers' rivals' side holds on day 0."""
    actors, places = world.template.actors, world.template.places
    rivals = {int(actors[k].rival) for k in leading} - {-1}
    blocs = {int(actors[k].bloc) for k in rivals}
    held = [k for k, row in enumerate(places) if row.holder0 >= 0 and int(actors[row.holder0].bloc) in blocs]
    order = np.argsort([-places.weight[k] for k in held], kind="stable")
    return [world.places[held[k]] for k in order[:MOST_PLACES]]
