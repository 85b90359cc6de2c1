"""Random numbers with an address: the same event in two scenarios meets the same luck.

Counter-based Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405). The address is
(seed, replicate, process, entity, occurrence, slot); no stream has a state, so nothing depends on the order
of draws.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.model.compilation import State, njit

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_ROUNDS = 10
_SLOTS = 1 << 16
_TO_UNIT = 1.0 / (1 << 53)


@njit
def philox4x32(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Return the four 32-bit words (as uint64) of Philox4x32-10 for a counter and a key of 32-bit words."""
    c0, c1, c2, c3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    k0, k1 = np.uint64(k0), np.uint64(k1)
    for _ in range(_ROUNDS):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@njit
def uniform_at(
    seed_low: int, seed_high: int, replicate: int, process: int, entity: int, occurrence: int, slot: int,
) -> float:  # fmt: skip
    """Return the uniform number in (0, 1) at an address; slot is 0..65535, the rest 32 bits each."""
    w0, w1, _, _ = philox4x32(entity, occurrence, process * _SLOTS + slot, replicate, seed_low, seed_high)
    word = ((w0 << _SHIFT) | w1) >> np.uint64(11)
    return (np.float64(word) + 0.5) * _TO_UNIT


@njit
def exponential(u: float) -> float:
    """Return the unit exponential number at the quantile u in (0, 1)."""
    return -math.log(u)


@njit
def poisson(u: float, mean: float) -> int:
    """Return the Poisson number at the quantile u by summing probabilities; mean at most a few hundred."""
    k, p = 0, math.exp(-mean)
    total = p
    while u > total and p > 0:
        k += 1
        p *= mean / k
        total += p
    return k


@njit
def normal(u: float, v: float) -> float:
    """Return a standard normal number from two uniform ones (Box and Muller 1958)."""
    return math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * v)


@njit
def part_of(u: float, v: float, share: float, whole: int) -> int:
    """Return an integer part of `whole`: a uniform share of mean `share`, as wide as 0..1 allows, rounded by v."""
    exact = (share + min(share, 1 - share) * (2 * u - 1)) * whole
    base = int(math.floor(exact))
    return min(whole, base + (1 if v < exact - base else 0))


@njit
def luck(s: State, slot: int) -> float:
    """Return the uniform number in (0, 1) of a slot of the event now firing; slot 0 is the clock's own."""
    w, e = s.world[0], s.event[0]
    return uniform_at(w.seed_low, w.seed_high, w.replicate, e.process, e.entity, e.occurrence, slot)
