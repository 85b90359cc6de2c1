"""The stories a report tells: a typical and an extreme history, run again and followed day by day."""

from __future__ import annotations

from simulation.histories.diary import DiarySentence
from simulation.histories.narration import tell_and_film
from simulation.report.page_data import Story
from simulation.results.folder import Results
from simulation.results.medoid import typical_and_extreme
from simulation.world.world import World

STEP = 1.0
"""Days between the pictures of a story in a report; a replay page of its own has more."""
TYPICAL = "Of all histories it differs least from all others in its outcomes, taken together by their ranks."
EXTREME = "Of all histories its outcomes differ most from those of the typical one."


def stories(world: World, results: Results, seed: int) -> tuple[Story, ...]:
    """Return the most typical history and the one farthest from it."""
    typical, extreme = typical_and_extreme(results.outcomes)
    first = story(world, seed, typical, "A typical history", TYPICAL, STEP)
    if extreme == typical:
        return (first,)
    return first, story(world, seed, extreme, "An extreme history", EXTREME, STEP)


def story(world: World, seed: int, replicate: int, title: str, why: str, step: float) -> Story:
    """Return one history told and filmed, with a picture every `step` days."""
    told = tell_and_film(world, replicate, seed, step)
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
