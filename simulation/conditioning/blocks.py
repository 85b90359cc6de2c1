"""Which inputs can be drawn anew together so that a history still goes much as was reported.

Luck has addresses, so that a history whose inputs change keeps its luck, and what an input does not touch goes as it
did. Most inputs matter for nothing that the reports of the first days speak of, and can all be drawn anew at once; of
those that matter a few at a time. How much each matters is learned from the moves that were tried.
"""

from __future__ import annotations

import numpy as np

BUDGET = 0.8
"""The expected number of reasons to refuse a move: e^-0.8, near one half, of those to a block are taken."""
CHEAP = 0.01
"""Inputs that give fewer reasons than this are in every block, if there is room for all of them."""
FIRST_GUESS, WORTH = 0.1, 5.0
"""The reasons to refuse that an input is taken to give before any move was tried, and how many moves that is worth."""
KEPT = 6000
"""Moves that are remembered; a later day is another question, and the oldest are forgotten."""
ROUNDS = 10
"""Of the estimate, each time that moves are taken in."""


class Blocks:
    """Draws blocks of inputs (`width` of them), and learns from what became of moves which can go together.

    A move to a block is refused for none, one or more reasons, each from one of its inputs, in numbers that are
    Poisson distributed and add up (a noisy OR). Which reason it was is not seen: expectation and maximisation.
    """

    def __init__(self, width: int) -> None:
        """Begin without experience."""
        self.reluctance = np.full(width, FIRST_GUESS)
        self._tried = np.empty((0, width), bool)
        self._refused = np.empty(0)

    def drawn(self, number: int, draw: np.random.Generator) -> np.ndarray:
        """Return blocks, bool (number, width): cheap inputs, one other, and more in random order within the budget."""
        dear = self.reluctance > CHEAP
        order = (draw.random((number, len(dear))) + dear).argsort(axis=1)
        spent = np.cumsum(self.reluctance[order], axis=1)
        within = spent <= BUDGET
        within[:, min(int((~dear).sum()), len(dear) - 1)] = True
        found = np.zeros_like(within)
        np.put_along_axis(found, order, within, axis=1)
        return found

    def learn(self, tried: np.ndarray, refused: np.ndarray) -> None:
        """Take in the chance (n,) with which each move to a block, bool (n, width), was refused."""
        self._tried = np.concatenate([self._tried, tried])[-KEPT:]
        self._refused = np.concatenate([self._refused, refused])[-KEPT:]
        blocks = self._tried.astype(float)
        times = blocks.sum(axis=0)
        for _ in range(ROUNDS):
            expected = blocks @ self.reluctance
            reasons = self._refused / np.maximum(-np.expm1(-expected), 1e-12)
            self.reluctance = (self.reluctance * (reasons @ blocks) + FIRST_GUESS * WORTH) / (times + WORTH)
