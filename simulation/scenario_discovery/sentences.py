"""What was discovered, in plain sentences."""

from __future__ import annotations

from simulation.scenario_discovery.condition import conditions_words
from simulation.scenario_discovery.discovery import FEWEST, Discovery, Leaf, Trouble
from simulation.statistics.intervals import Share
from simulation.wording.phrases import counted, interval, natural_frequency, of_hundred


def answer(found: Discovery, happens: str) -> str:
    """Return what was found in one sentence; `happens` is the event as a clause."""
    every = counted(found.histories, "history")
    if found.trouble is Trouble.NEVER:
        return f"In none of {every} it happens that {happens}, so there is nothing to find."
    if found.trouble is Trouble.ALWAYS:
        return f"In all {every} {happens}, whatever the inputs are."
    if found.trouble is Trouble.NO_INPUTS:
        return f"No input of this run is uncertain: whether {happens} is chance alone."
    if found.trouble is Trouble.FEW:
        return (
            f"In {found.happened:,} of {every} {happens}: too few of the one or the other to search in one half and "
            f"count in the other ({FEWEST} of each kind in each half{_worth(found)}); play more histories."
        )
    if not found.confirmed or found.held_out is None:
        return f"No conditions found: when {happens}, no input differs from what it is otherwise by more than chance."
    coverage, density = found.held_out.coverage, found.held_out.density
    assert coverage is not None and density is not None, "what is confirmed was met where it happened"
    return (
        f"Of the histories in which {happens}, {_short(coverage)} had {conditions_words(found.conditions)}; of those "
        f"that had it, it happened in {_short(density)}, against {_short(found.held_out.base)} in all."
    )


def second_look(found: Discovery) -> str:
    """Return what the tree says, in one sentence; nothing where there is no tree with a question."""
    leaf = next((each for each in found.leaves if each.conditions), None)
    if not found.confirmed or leaf is None:
        return ""
    return f"A decision tree comes to {conditions_words(leaf.conditions)}, {leaf_words(leaf)}."


def leaf_words(leaf: Leaf) -> str:
    """Return how often it happened in a leaf, of the histories that the search had not seen."""
    density = leaf.held_out.density
    return "which no other history met" if density is None else f"where it happened in {of_hundred(density)}"


def weight_words(found: Discovery) -> str:
    """Return how histories are counted that have weights; nothing where each counts once."""
    if found.effective is None:
        return ""
    return (
        f"The run was updated on reports, so each history is counted as often as its weight says (by systematic "
        f"resampling within each half). The {counted(found.histories, 'history')} are worth {found.effective:,.0f} "
        "(effective sample size), and all intervals and tests are those of so many."
    )


def caution(found: Discovery) -> str:
    """Return what the numbers rest on; nothing where nothing was searched."""
    if found.held_out is None:
        return ""
    density, half = found.held_out.density, counted(found.held_out.histories, "history")
    told = (
        f"The conditions were searched in one half of the histories, and the numbers are counted in the {half} that "
        "the search had not seen, so that a pattern that only chance had made would not show."
    )
    if density is None or not found.confirmed:
        return told
    return f"{told} The 95 % interval of the second number is {interval(density)}."


def _worth(found: Discovery) -> str:
    return "" if found.effective is None else ", by what they are worth"


def _short(share: Share) -> str:
    """Return a share as "62 of 100"."""
    count, total = natural_frequency(share)
    return f"{count:,} of {total:,}"
