"""Which history is meant: one by its number, or the typical, shortest or longest of the first of an ensemble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation import arguments
from simulation.api.bounds import MOST_REPLICATE, MOST_REPLICATES
from simulation.api.progress import Progress
from simulation.api.setup import manifest_of, threads_of
from simulation.errors import InputError
from simulation.outcomes.targets import is_updated
from simulation.results.folder import Results
from simulation.results.manifest_head import MANIFEST
from simulation.results.recorder import Recorder
from simulation.results.stopping_rule import rule_of
from simulation.results.workplace import scratch_folder
from simulation.statistics import weighted
from simulation.statistics.intervals import weights_of
from simulation.wording.phrases import counted
from simulation.world.world import World

if TYPE_CHECKING:
    import pandas as pd

TITLES = {
    "typical": "A typical history",
    "shortest": "The shortest history",
    "longest": "The longest history",
}
OF = 200
"""Histories from which a typical, the shortest or the longest one is chosen."""
BY_NUMBER = "one history among many, no more likely than any other."
_WHY = {
    "typical": "it differs least from all others in its outcomes, taken together by their ranks.",
    "shortest": "the one that ends first, and of several the lowest number.",
    "longest": "the one that ends last, and of several the lowest number.",
}


@dataclass(frozen=True, kw_only=True)
class ChosenHistory:
    """A history by its number, what to call it, and in a sentence why it was chosen."""

    number: int
    title: str
    why: str


def which_history(replicate: int | str) -> int | str:
    """Return the number of a history, or the word by which one is chosen; InputError for anything else."""
    if isinstance(replicate, str) and replicate in TITLES:
        return str(replicate)
    if isinstance(replicate, str):
        raise InputError(f"a history is a number, {', '.join(TITLES)}; not '{replicate}'", file="--replicate")
    return arguments.whole_number("replicate", replicate, 0, MOST_REPLICATE)


def how_many(of: int) -> int:
    """Return from how many histories one is chosen; InputError for a number out of bounds."""
    return arguments.whole_number("of", of, 1, MOST_REPLICATES)


def check_reports(which: int | str, *reports: object) -> None:
    """Refuse reports where a history is asked for by its number: InputError, for they cannot change it."""
    if isinstance(which, int) and any(reports):
        raise InputError(
            "a history by its number is the same whatever is reported; ask for the typical one, or leave them out",
            file="--replicate",
        )


def chosen_history(
    world: World, which: int | str, of: int, seed: int, *, progress: bool = False
) -> ChosenHistory:
    """Return the history that is asked for; on reports the choice counts histories by weight."""
    if isinstance(which, int):
        return ChosenHistory(number=which, title=f"History {which}", why=f"Chosen by its number: {BY_NUMBER}")
    from simulation.results.medoid import longest, shortest, typical_and_extreme

    choices: dict[str, Callable[[pd.DataFrame], int]] = {
        "typical": lambda outcomes: typical_and_extreme(outcomes)[0],
        "shortest": shortest,
        "longest": longest,
    }
    outcomes = _played(world, of, seed, progress=progress)
    weights, size = weights_of(outcomes), counted(len(outcomes), "history")
    if weights is not None:
        size = f"{size}, which are worth {weighted.effective_size(weights):,.0f} after the reports,"
        outcomes = outcomes[weights > 0]
    elif is_updated(world.scenario) and not outcomes["weight"].any():
        size = f"{size}, none of which agrees with all reports, so that all count alike,"
    return ChosenHistory(number=choices[which](outcomes), title=TITLES[which], why=f"Of {size} {_WHY[which]}")


def _played(world: World, of: int, seed: int, *, progress: bool) -> pd.DataFrame:
    """Return the outcomes of the first histories, with their weights where there are reports."""
    manifest = manifest_of(world, rule_of((), of, None), seed, threads_of(None))
    with scratch_folder("simulate-choice") as folder, Progress(of, shown=progress) as told:
        with Recorder(world, manifest, folder) as recorder:
            recorder.take(range(of), told.advance)
            done = recorder.finish(None)
        done.recording(folder).write(folder / MANIFEST)
        return Results(folder).outcomes
