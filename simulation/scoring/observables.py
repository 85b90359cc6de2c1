"""What is scored: an item of truth with its names looked up in a world, and its value in all histories."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from simulation.errors import Faults, InputError
from simulation.io.origin import DataPath, wrong
from simulation.io.pydantic_messages import suggestion
from simulation.model.daily_series import SHOWN, ActorGroup, DailySeries
from simulation.outcomes.collector import Collector, ending_names
from simulation.outcomes.labels import describe, spell
from simulation.outcomes.participants import participants, with_blocs
from simulation.results.folder import Results
from simulation.scoring.late_items import is_late
from simulation.scoring.truth import Truth, TruthItem
from simulation.statistics.intervals import fall_days
from simulation.wording.phrases import listed, sentence
from simulation.world.world import World

Kind = Literal["fall", "amount", "ending"]
NOT_SUMMED = ("confidence", "cohesion")


@dataclass(frozen=True, kw_only=True)
class Observable:
    """One number that every history has and that is known of the world.

    A fall is a calendar day, cut off at `horizon`, the length of the run, which stands for "not in the run";
    an ending is 1 where it came about and 0 elsewhere. `low` and `high` show the spread among sources and are
    not scored. `actors` are those whose series are added up, () for a series of all. `subject` is what is counted,
    without whose it is and when ("Fighters killed"), "" for falls and endings.
    """

    item: TruthItem
    kind: Kind
    label: str
    unit: str
    value: float
    low: float
    high: float
    horizon: float
    actors: tuple[str, ...] = ()
    subject: str = ""

    @property
    def spread_known(self) -> bool:
        """Whether sources differ."""
        return self.low < self.high


def observables_of(truths: Iterable[Truth], world: World) -> tuple[Observable, ...]:
    """Return the observables of some files, without those that lie after the run (see `late_items`).

    InputError for a name that the world does not have, in those as well.
    """
    found, faults = list[Observable](), Faults()
    for truth in truths:
        for index in range(len(truth.file.truth)):
            with faults.gather():
                read = _Reader(truth, world).observable(index)
                if not is_late(read.item, world.scenario.days):
                    found.append(read)
    faults.refuse()
    return tuple(found)


def draws_of(observable: Observable, results: Results, world: World) -> np.ndarray:
    """Return the observable in every history of a run, f8 (replicates,)."""
    item = observable.item
    if item.place is not None:
        return _falls(observable, results, world)
    if item.series is not None:
        return _amounts(observable, results)
    if item.outcome is not None:
        return results.outcomes[item.outcome].to_numpy(dtype=float)
    return (results.outcomes["ending"].astype(str) == item.ending).to_numpy(dtype=float)


def so_far(observable: Observable, results: Results, day: int) -> np.ndarray:
    """Return an amount of a series as it stands when a calendar day begins, in every history, f8 (replicates,).

    What is counted from a later day on is nothing yet.
    """
    panel, since = _panel(observable, results), observable.item.from_day
    last = panel.shape[1] - 1
    found: np.ndarray = panel[:, min(day, last)]
    return found if since is None else found - panel[:, min(since, day, last)]


def _falls(observable: Observable, results: Results, world: World) -> np.ndarray:
    """Return the first calendar day on which one of the places falls; its holder's end counts as a fall."""
    item, places = observable.item, list(observable.item.place or ())
    takers = with_blocs(world, item.falls_to)
    changes = results.places[results.places["place"].isin(places)]
    if takers:
        changes = changes[changes["to_actor"].isin(takers)]
    holders = {name: results.manifest.places[name] for name in places}
    days: pd.DataFrame = fall_days(changes, results.outcomes, holders, results.manifest.dissolves)
    first: np.ndarray = days.min(axis=1).to_numpy(dtype=float)
    return np.minimum(np.floor(first), observable.horizon)


def _amounts(observable: Observable, results: Results) -> np.ndarray:
    """Return a series at the end of a day, or what it gained since the beginning of one; ended histories keep it."""
    panel, item = _panel(observable, results), observable.item
    last = panel.shape[1] - 1
    found: np.ndarray = panel[:, min(item.last_day + 1, last)]
    return found if item.from_day is None else found - panel[:, min(item.from_day, last)]


def _panel(observable: Observable, results: Results) -> np.ndarray:
    """Return a series by history and day, f8 (replicates, days + 1), added up over its actors."""
    panels = results.panel(observable.item.series or "")
    kept = [panels[actor] for actor in observable.actors or ("",) if actor in panels]
    if not kept:
        raise InputError(f"the run has no series '{observable.item.series}' of {listed(observable.actors)}")
    total: np.ndarray = np.sum(kept, axis=0)
    return total


class _Reader:
    """Looks up the names of one file of truth in a world."""

    def __init__(self, truth: Truth, world: World) -> None:
        self.source, self.file, self.world = truth.source, truth.file, world
        self.days = world.scenario.days
        start = world.scenario.start
        if truth.file.start != start:
            raise wrong(truth.source, ("start",), f"day 0 of the scenario is {start}, not {truth.file.start}")

    def observable(self, index: int) -> Observable:
        """Return the observable of one item."""
        item, path = self.file.truth[index], ("truth", index)
        makers = {
            "place": self._place, "series": self._series, "outcome": self._outcome, "ending": self._ending,
        }  # fmt: skip
        return makers[item.kind](item, path)

    def _place(self, item: TruthItem, path: DataPath) -> Observable:
        names = list(item.place or ())
        self._known(names, self.world.places, (*path, "place"), "place")
        self._actors(item.falls_to, (*path, "falls_to"))
        days = [
            self.days if each == "never" else each
            for each in (item.day, item.low, item.high)
            if each is not None
        ]
        best = min(float(days[0]), self.days)
        ends = [min(float(day), self.days) for day in days]
        plain = f"{listed(names)} fall{'s' if len(names) == 1 else ', the first of them'}"
        return Observable(
            item=item, kind="fall", label=item.label or plain, unit="day", value=best, low=min(ends),
            high=max(ends), horizon=self.days,
        )  # fmt: skip

    def _series(self, item: TruthItem, path: DataPath) -> Observable:
        series = item.series or ""
        self._known([series], [each.key for each in SHOWN], (*path, "series"), "series")
        actors = self._summed(item, path)
        declared = DailySeries[series.upper()]
        subject = sentence(declared.bare_label)
        since = "" if item.from_day is None else f"from day {item.from_day} "
        period = f"{since}by the end of day {item.last_day}"
        whose = "" if not (item.actor or item.side) else f", {self._whose(item)}"
        return self._amount(item, subject, f"{subject}{whose}, {period}", declared.unit, actors)

    def _summed(self, item: TruthItem, path: DataPath) -> tuple[str, ...]:
        """Return the actors whose series are added up, () for a series that is of all together."""
        series, given = item.series or "", (*item.actor, *item.side)
        for field in ("actor", "side"):
            self._actors(getattr(item, field), (*path, field))
        if DailySeries[series.upper()].whose == (ActorGroup.EVERYBODY,):
            if given:
                raise wrong(self.source, path, f"'{series}' is counted for all together, not by actor")
            return ()
        shown = [self.world.actors[k] for k in participants(self.world)[ActorGroup.HOLDERS]]
        self._known(item.actor, shown, (*path, "actor"), "actor with forces or land")
        named = {*item.actor, *(with_blocs(self.world, item.side) if item.side else ())}
        found = tuple(actor for actor in shown if not given or actor in named)
        if series in NOT_SUMMED and len(found) != 1:
            raise wrong(self.source, path, f"'{series}' cannot be added up; name one 'actor'")
        return found

    def _whose(self, item: TruthItem) -> str:
        short = {actor.id: actor.short for actor in self.world.seeds.actors}
        return listed([short[a] for a in item.actor] + [f"{short[a]} side" for a in item.side])

    def _outcome(self, item: TruthItem, path: DataPath) -> Observable:
        self._known([item.outcome or ""], Collector(self.world).outcome_names, (*path, "outcome"), "outcome")
        names = {actor.id: actor.short for actor in self.world.seeds.actors}
        meaning = describe(item.outcome or "", names)
        label = sentence(meaning.label)
        return self._amount(item, label, label, meaning.unit)

    def _ending(self, item: TruthItem, path: DataPath) -> Observable:
        self._known([item.ending or ""], ending_names(self.world), (*path, "ending"), "ending")
        label = item.label or f"The history ends with: {spell(item.ending or '')}"
        return Observable(
            item=item, kind="ending", label=label, unit="1 if so", value=1, low=1, high=1, horizon=math.inf
        )

    def _amount(
        self, item: TruthItem, subject: str, label: str, unit: str, actors: tuple[str, ...] = ()
    ) -> Observable:
        best = item.value or 0.0
        low, high = (best if end is None else end for end in (item.low, item.high))
        return Observable(
            item=item, kind="amount", label=item.label or label, unit=unit, value=best, low=low, high=high,
            horizon=math.inf, actors=actors, subject=subject,
        )  # fmt: skip

    def _actors(self, names: Sequence[str], path: DataPath) -> None:
        self._known(names, self.world.actors, path, "actor")

    def _known(self, names: Sequence[str], known: Sequence[str], path: DataPath, what: str) -> None:
        for name in names:
            if name not in known:
                raise wrong(self.source, path, f"there is no {what} '{name}'{suggestion(name, known)}")
