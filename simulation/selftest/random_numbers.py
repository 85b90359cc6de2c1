"""The luck of an event, worked out a second time in whole numbers of Python from its address."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

_WORD = 0xFFFFFFFF


def philox(counter: tuple[int, ...], key: tuple[int, int]) -> tuple[int, ...]:
    """Return the four words of Philox4x32-10 (Salmon et al. 2011, table 2)."""
    (c0, c1, c2, c3), (k0, k1) = counter, key
    for _ in range(10):
        left, right = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (right >> 32) ^ c1 ^ k0, right & _WORD, (left >> 32) ^ c3 ^ k1, left & _WORD
        k0, k1 = (k0 + 0x9E3779B9) & _WORD, (k1 + 0xBB67AE85) & _WORD
    return c0, c1, c2, c3


@dataclass(frozen=True)
class Luck:
    """The uniform numbers of one occurrence of one process and entity, by slot; slot 0 is the clock's own."""

    seed: tuple[int, int]
    replicate: int
    process: int
    entity: int
    occurrence: int

    def __call__(self, slot: int) -> float:
        """Return the number in (0, 1): the middle of one of 2^53 equal parts."""
        counter = (self.entity, self.occurrence, self.process * 65536 + slot, self.replicate)
        high, low, _, _ = philox(counter, self.seed)
        return (((high << 32 | low) >> 11) + 0.5) / 2.0**53

    def poisson(self, slot: int, mean: float) -> int:
        """Return a Poisson number."""
        return int(stats.poisson.ppf(self(slot), mean)) if mean > 0 else 0

    def normal(self, slot: int) -> float:
        """Return a standard normal number, which takes this slot and the next."""
        return math.sqrt(-2 * math.log(self(slot))) * math.cos(2 * math.pi * self(slot + 1))

    def part(self, slot: int, share: float, whole: int) -> int:
        """Return a uniform share of a whole, with mean `share` and within 0..1; the next slot rounds it."""
        low, high = max(0.0, 2 * share - 1), min(1.0, 2 * share)
        exact = (low + (high - low) * self(slot)) * whole
        return min(whole, math.floor(exact) + (self(slot + 1) < exact - math.floor(exact)))


def luck_of(world: np.record, process: int, entity: int, occurrence: int) -> Luck:
    """Return the luck of an event in the history whose WORLD record is given."""
    seed = (int(world.seed_low), int(world.seed_high))
    return Luck(seed, int(world.replicate), int(process), int(entity), int(occurrence))
