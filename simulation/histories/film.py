"""A history as pictures at even intervals: who holds what, where fighters stand, strikes, people on the move."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from simulation.model.registry import Process
from simulation.model.state import State
from simulation.outcomes.events import Event


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The map at one moment.

    `time` in days; `control` i2 (cells,) is the actor that holds each cell or -1. `bodies` i8 (n, 3) lists
    cell, actor and fighters. What happened since the picture before: `strikes` i8 (n, 2) cell and number;
    `flights` i8 (n, 3) cell left, cell gone to (-1 abroad or nowhere known), people; `returned` people home.
    """

    time: float
    control: np.ndarray
    bodies: np.ndarray
    strikes: np.ndarray
    flights: np.ndarray
    returned: int

    @property
    def fled(self) -> int:
        """People who fled since the picture before."""
        return int(self.flights[:, 2].sum())


class Film:
    """Takes a picture of a history every `step` days; told of each event, and looking before the next."""

    def __init__(self, state: State, step: float) -> None:
        """Take the first picture, of the start."""
        self.pictures: list[Picture] = []
        self._state, self._step, self._last = state, step, float(state.world["days"][0])
        self._clear()
        self._take(0.0)

    def before(self, process: int, entity: int, time: float) -> None:
        """Take the pictures that are due before the event at `time` (days)."""
        while (due := len(self.pictures) * self._step) < time and due <= self._last:
            self._take(due)

    def after(self, record: Event) -> None:
        """Count an event that has just happened."""
        process, cell = int(record.process), int(record.cell)
        if process in (Process.SORTIE, Process.INTERDICTION) and cell >= 0:
            self._strikes[cell] += 1
        elif process == Process.FLEE and record.amount > 0:
            self._flee(record)
        elif process == Process.RETURN_HOME:
            self._returned += int(record.amount)

    def develop(self, end: float) -> tuple[Picture, ...]:
        """Return the pictures of a history that ended at `end` (days), the last one taken then."""
        while (due := len(self.pictures) * self._step) < end:
            self._take(due)
        kept = [picture for picture in self.pictures if picture.time <= end]
        if kept[-1].time < end:
            self._take(end)
            kept.append(self.pictures[-1])
        return tuple(kept)

    def _flee(self, record: Event) -> None:
        place, abroad = int(record.place), int(record.amount2)
        to = int(self._state.places["cell"][place]) if place >= 0 else -1
        self._flights[int(record.cell), to] += int(record.amount) - abroad
        self._flights[int(record.cell), -1] += abroad

    def _clear(self) -> None:
        self._strikes: Counter[int] = Counter()
        self._flights: Counter[tuple[int, int]] = Counter()
        self._returned = 0

    def _take(self, time: float) -> None:
        presence = self._state.presence
        cells, actors = np.nonzero(presence)
        flights = [(*way, people) for way, people in sorted((+self._flights).items())]
        self.pictures.append(
            Picture(
                time=time,
                control=np.array(self._state.cells["control"], np.int16),
                bodies=np.stack([cells, actors, presence[cells, actors]], axis=1),
                strikes=np.array(sorted(self._strikes.items()), np.int64).reshape(-1, 2),
                flights=np.array(flights, np.int64).reshape(-1, 3),
                returned=self._returned,
            )
        )
        self._clear()
