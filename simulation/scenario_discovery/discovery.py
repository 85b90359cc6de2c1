"""The conditions under which something happens: searched in one half of the histories, counted in the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from simulation.scenario_discovery.condition import Condition, Tally, tally
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
    of either half, `leaves` those of the tree, the densest in the other half first.
    """

    histories: int
    happened: int
    trouble: Trouble
    conditions: tuple[Condition, ...] = ()
    found: Tally | None = None
    held_out: Tally | None = None
    steps: tuple[tuple[Step, Tally], ...] = ()
    leaves: tuple[Leaf, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether conditions were found that hold in the half that the search had not seen."""
        return self.trouble is Trouble.NONE


def discovered(inputs: pd.DataFrame, happened: np.ndarray, words: Mapping[str, tuple[str, str]]) -> Discovery:
    """Return under which inputs it happened; rows of `inputs` are histories, `happened` is bool (histories,).

    `words` have the label and unit of each input. Every other history is searched, which spreads both halves evenly
    over the inputs, since cases are drawn so. The other half is looked at once, with a test whose false alarms are at
    most `SURE`. Errors: InputError where the EMA workbench is not installed.
    """
    varied = [str(name) for name in inputs if inputs[name].nunique() > 1]
    trouble = _at_once(varied, happened)
    if trouble is not Trouble.NONE:
        return Discovery(histories=len(happened), happened=int(happened.sum()), trouble=trouble)
    searched = screened(inputs[varied].iloc[::2], happened[::2])
    here, there = ((inputs[searched].iloc[first::2], happened[first::2]) for first in (0, 1))
    steps = peeled(*here, words)
    chosen = best(steps)
    held_out = tally(chosen.conditions, *there)
    parts = [
        Leaf(conditions=each, found=tally(each, *here), held_out=tally(each, *there))
        for each in leaves(*here, words)
    ]
    return Discovery(
        histories=len(happened),
        happened=int(happened.sum()),
        trouble=_afterwards(chosen, held_out),
        conditions=chosen.conditions,
        found=chosen.found,
        held_out=held_out,
        steps=tuple((step, tally(step.conditions, *there)) for step in steps),
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


def _at_once(varied: list[str], happened: np.ndarray) -> Trouble:
    """Return what makes a search pointless before it begins."""
    if not happened.any():
        return Trouble.NEVER
    if happened.all():
        return Trouble.ALWAYS
    if not varied:
        return Trouble.NO_INPUTS
    kinds = (np.count_nonzero(happened[first::2] == kind) for first in (0, 1) for kind in (True, False))
    return Trouble.FEW if min(kinds) < FEWEST else Trouble.NONE


def _afterwards(chosen: Step, held_out: Tally) -> Trouble:
    if not chosen.conditions:
        return Trouble.NOTHING
    return Trouble.NONE if held_out.met and held_out.chance <= SURE else Trouble.NOT_CONFIRMED


def _share(tally: Tally) -> float:
    return tally.both / tally.met if tally.met else 0.0
