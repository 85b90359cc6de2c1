"""The conditions under which something happens: searched in one half of the histories, counted in the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from simulation.scenario_discovery.condition import Condition, Tally, tally
from simulation.scenario_discovery.halves import Half, halves_of
from simulation.scenario_discovery.peeling import Step, best, peeled
from simulation.scenario_discovery.tree import leaves

MOST_SEARCHED = 8
"""Inputs among which conditions are searched."""
FEWEST = 20
"""Histories of either kind that each half must have."""
SURE = 0.01
"""The chance that conditions are called found in a run whose outcome has nothing to do with its inputs, at most."""


class Trouble(StrEnum):
    """Why no conditions are named."""

    NONE = ""
    NO_INPUTS = "no_inputs"
    NEVER = "never"
    ALWAYS = "always"
    FEW = "few"
    NOTHING = "nothing"  # the search has found none
    NOT_CONFIRMED = "not_confirmed"  # they do not hold in the other half


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A leaf of the tree: its conditions, and how many histories meet them in each half."""

    conditions: tuple[Condition, ...]
    found: Tally
    held_out: Tally


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """What was found: `conditions` that were searched in the half `found` and counted in the half `held_out`.

    `trouble` says why they are not to be believed, or there are none. `steps` are those of the peeling, with the counts
    of either half, `leaves` those of the tree, the densest in the other half first. `halves` are there where histories
    were drawn by weight.
    """

    histories: int
    happened: int
    trouble: Trouble
    halves: tuple[Half, Half] | None = None
    conditions: tuple[Condition, ...] = ()
    found: Tally | None = None
    held_out: Tally | None = None
    steps: tuple[tuple[Step, Tally], ...] = ()
    leaves: tuple[Leaf, ...] = ()

    @property
    def effective(self) -> float | None:
        """What all histories are worth where they were drawn by weight; None where each counts once."""
        return None if self.halves is None else sum(each.worth * len(each.rows) for each in self.halves)

    @property
    def confirmed(self) -> bool:
        """Whether conditions were found that hold in the half that the search had not seen."""
        return self.trouble is Trouble.NONE


def discovered(
    inputs: pd.DataFrame,
    happened: np.ndarray,
    words: Mapping[str, tuple[str, str]],
    halves: tuple[Half, Half] | None = None,
) -> Discovery:
    """Return under which inputs it happened; rows of `inputs` are histories, `happened` is bool (histories,).

    `words` have the label and unit of each input. One half is searched; the other is looked at once, with a test whose
    false alarms are at most `SURE`. Without `halves` every other history is searched, which spreads both evenly over
    the inputs, since cases are drawn so. Errors: InputError where the EMA workbench is not installed.
    """
    here, there = halves or halves_of(len(happened))
    varied = [str(name) for name in inputs if inputs[name].nunique() > 1]
    every = np.concatenate([here.rows, there.rows])
    number, times = len(every), int(happened[every].sum())
    trouble = _at_once(varied, happened, (here, there))
    if trouble is not Trouble.NONE:
        return Discovery(histories=number, happened=times, trouble=trouble, halves=halves)
    searched = screened(inputs[varied].iloc[here.rows], happened[here.rows])
    known, counted = ((inputs[searched].iloc[each.rows], happened[each.rows]) for each in (here, there))
    steps = peeled(*known, words, here.worth)
    chosen = best(steps)
    held_out = tally(chosen.conditions, *counted, there.worth)
    parts = [
        Leaf(
            conditions=each,
            found=tally(each, *known, here.worth),
            held_out=tally(each, *counted, there.worth),
        )
        for each in leaves(*known, words)
    ]
    return Discovery(
        histories=number,
        happened=times,
        trouble=_afterwards(chosen, held_out),
        halves=halves,
        conditions=chosen.conditions,
        found=chosen.found,
        held_out=held_out,
        steps=tuple((step, tally(step.conditions, *counted, there.worth)) for step in steps),
        leaves=tuple(sorted(parts, key=lambda leaf: -_share(leaf.held_out))),
    )


def screened(inputs: pd.DataFrame, happened: np.ndarray) -> list[str]:
    """Return the inputs whose values lie most apart where it happened and where it did not, in their order.

    Among a hundred inputs that mean nothing the peeling would go astray before it comes to one that means something.
    Source: the two-sample test of Kolmogorov and Smirnov, which also sees what lies in the middle.
    """
    from scipy import stats

    apart = {
        str(name): float(stats.ks_2samp(values[happened], values[~happened]).pvalue)
        for name, values in inputs.items()
    }
    nearest = set(sorted(apart, key=lambda name: apart[name])[:MOST_SEARCHED])
    return [name for name in apart if name in nearest]


def _at_once(varied: list[str], happened: np.ndarray, halves: tuple[Half, Half]) -> Trouble:
    """Return what makes a search pointless before it begins."""
    told = np.concatenate([happened[each.rows] for each in halves])
    if not told.any():
        return Trouble.NEVER
    if told.all():
        return Trouble.ALWAYS
    if not varied:
        return Trouble.NO_INPUTS
    kinds = (
        each.worth * np.count_nonzero(happened[each.rows] == kind)
        for each in halves
        for kind in (True, False)
    )
    return Trouble.FEW if min(kinds) < FEWEST else Trouble.NONE


def _afterwards(chosen: Step, held_out: Tally) -> Trouble:
    if not chosen.conditions:
        return Trouble.NOTHING
    return Trouble.NONE if held_out.met and held_out.chance <= SURE else Trouble.NOT_CONFIRMED


def _share(tally: Tally) -> float:
    return tally.both / tally.met if tally.met else 0.0
