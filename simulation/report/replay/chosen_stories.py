"""The stories a report tells: a typical and an extreme history, run again and followed day by day."""

from __future__ import annotations

from simulation.histories.diary import DiarySentence
from simulation.histories.drivers import BranchedDriver, Driver
from simulation.histories.narration import tell_and_film
from simulation.report.page_data import Story
from simulation.results.folder import Results
from simulation.results.lineages import branched_history
from simulation.results.medoid import typical_and_extreme
from simulation.world.world import World

STEP = 1.0
"""Days between the pictures of a story in a report; a replay page of its own has more."""
TYPICAL = "Of all histories it differs least from all others in its outcomes, taken together by their ranks."
EXTREME = "Of all histories its outcomes differ most from those of the typical one."


def stories(world: World, results: Results, seed: int) -> tuple[Story, ...]:
    """Return the most typical history and the one farthest from it."""
    typical, extreme = typical_and_extreme(results.outcomes)
    told = [(typical, "A typical history", TYPICAL), (extreme, "An extreme history", EXTREME)]
    return tuple(
        story(world, seed, number, title, why, STEP, _branched(world, results, number))
        for number, title, why in told[: 1 + (extreme != typical)]
    )


def _branched(world: World, results: Results, replicate: int) -> Driver | None:
    """Return a history that branched off from another, at its start; None for a plain one."""
    if not results.manifest.is_branched:
        return None
    return BranchedDriver(world, *branched_history(results, replicate))


def story(
    world: World,
    seed: int,
    replicate: int,
    title: str,
    why: str,
    step: float,
    played: Driver | None = None,
) -> Story:
    """Return one history told and filmed, with a picture every `step` days; see `tell_and_film`."""
    told = tell_and_film(world, replicate, seed, step, played=played)
    days = told.days or ((0, ()),)  # nothing happens where the end holds at the start
    (day, lines), before = days[-1], days[:-1]
    return Story(
        title=title,
        why=why,
        replicate=replicate,
        days=(*before, (day, (*lines, DiarySentence(text=told.last_words)))),
        film=told.film,
        toll=told.toll,
    )
