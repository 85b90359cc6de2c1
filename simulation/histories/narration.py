"""One history told and filmed at once."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.engine.replicate import HistoryEnd
from simulation.histories.diary import DiarySentence, day_sentences, last_words
from simulation.histories.drivers import DRIVERS, Driver, outcome_of
from simulation.histories.film import Film, Picture
from simulation.histories.observer import watch
from simulation.model.daily_series import DailySeries
from simulation.wording.phrases import counted, number
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class Narration:
    """A history by days in sentences, its last words, what it cost civilians, and its pictures."""

    replicate: int
    days: tuple[tuple[int, tuple[DiarySentence, ...]], ...]
    last_words: str
    toll: str
    film: tuple[Picture, ...]


def tell_and_film(
    world: World,
    replicate: int,
    seed: int,
    step: float,
    driver: str = "compiled",
    played: Driver | None = None,
) -> Narration:
    """Play a history, tell it, and take a picture every `step` days; RunError when it cannot be used.

    `played` is the history at its start where its number and the seed do not tell it.
    """
    played = played or DRIVERS[driver](world, replicate, seed)
    film = Film(played.state, step)
    days = tuple((day, tuple(lines)) for day, lines in day_sentences(world, watch(played, [film])))
    outcome = outcome_of(played)
    return Narration(
        replicate=replicate,
        days=days,
        last_words=last_words(world, outcome),
        toll=toll_words(outcome),
        film=film.develop(float(outcome.world.end_day)),
    )


def toll_words(outcome: HistoryEnd) -> str:
    """Return in a sentence what a history cost civilians."""
    dead = int(outcome.world.civilians_killed)
    killed = f"{counted(dead, 'civilian')} {'is' if dead == 1 else 'are'} killed"
    away = int(outcome.daily[:, DailySeries.DISPLACED, -1].max())
    return f"In it {killed}, and at the worst moment {number(away)} people are displaced."
