"""Exact answers for duels, by recursion over the numbers left (Brown 1963, Opns. Res. 11(3) 418).

With `Fraction` rates every step is a rational number; with floats the same recursion serves large forces.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

Number = Fraction | float
LossRates = Callable[[int, int], tuple[Number, Number]]
"""From (x, y) left to the rates (1/day) at which the second and the first side lose a fighter."""


@dataclass(frozen=True)
class MeanAndDeviation:
    """Mean and standard deviation of one number over all histories."""

    mean: float
    deviation: float


@dataclass(frozen=True)
class Duel:
    """What is known of a duel to the last fighter: survivors count 0 for a side that lost."""

    wins: MeanAndDeviation
    duration: MeanAndDeviation
    first_left: MeanAndDeviation
    second_left: MeanAndDeviation


def square_law(a: Number, b: Number) -> LossRates:
    """Every fighter of the first side hits at rate a, of the second at rate b."""
    return lambda x, y: (a * x, b * y)


def linear_law(a: Number, b: Number) -> LossRates:
    """One fighter of each side fires at a time."""
    return lambda x, y: (a, b)


def solve(m: int, n: int, law: LossRates) -> Duel:
    """Return the exact answers for m fighters against n."""
    chances = _chances(m, n, law)
    ends = [lambda x, y: int(y == 0), lambda x, y: x, lambda x, y: y]
    wins, first, second = (_moments(m, n, chances, end) for end in ends)
    return Duel(wins, _duration(m, n, law, chances), first, second)


def ends(m: int, n: int, law: LossRates) -> dict[tuple[int, int], float]:
    """Return the probability of every way in which the duel can end, by (x, y) left."""
    chances, reached = _chances(m, n, law), {(m, n): 1.0}
    for x in range(m, 0, -1):
        for y in range(n, 0, -1):
            here, hit = reached.pop((x, y), 0.0), float(chances[x][y])
            reached[x, y - 1] = reached.get((x, y - 1), 0.0) + here * hit
            reached[x - 1, y] = reached.get((x - 1, y), 0.0) + here * (1 - hit)
    return reached


def closed_form(m: int, n: int, a: int, b: int) -> Fraction:
    """Return the chance that m win against n under the square law, by the alternating sum."""
    total = Fraction(0)
    for i in range(1, m + 1):
        term = Fraction(i**m, math.factorial(i) * math.factorial(m - i))
        for j in range(1, n + 1):
            term *= Fraction(a * i, a * i + b * j)
        total += (-1) ** (m - i) * term
    return total


def _chances(m: int, n: int, law: LossRates) -> list[list[Number]]:
    """Return the chance that the next loss is the second side's, by numbers left."""
    chances: list[list[Number]] = [[0] * (n + 1) for _ in range(m + 1)]
    for x in range(1, m + 1):
        for y in range(1, n + 1):
            second, first = law(x, y)
            chances[x][y] = second / (second + first)
    return chances


def _mean(m: int, n: int, chances: list[list[Number]], end: Callable[[int, int], Number]) -> Number:
    """Return the mean of a number that is known at the end."""
    row: list[Number] = [end(0, y) for y in range(n + 1)]
    for x in range(1, m + 1):
        new: list[Number] = [end(x, 0)]
        for y in range(1, n + 1):
            new.append(chances[x][y] * new[y - 1] + (1 - chances[x][y]) * row[y])
        row = new
    return row[n]


def _moments(
    m: int, n: int, chances: list[list[Number]], end: Callable[[int, int], Number]
) -> MeanAndDeviation:
    mean, square = (_mean(m, n, chances, partial(_power, end, power)) for power in (1, 2))
    return MeanAndDeviation(float(mean), math.sqrt(square - mean * mean))


def _power(end: Callable[[int, int], Number], power: int, x: int, y: int) -> Number:
    return end(x, y) ** power


def _duration(m: int, n: int, law: LossRates, chances: list[list[Number]]) -> MeanAndDeviation:
    """Return mean and deviation of the sum of exponential waits."""
    row: list[tuple[Number, Number]] = [(0, 0)] * (n + 1)
    mean: Number
    square: Number
    for x in range(1, m + 1):
        new: list[tuple[Number, Number]] = [(0, 0)]
        for y in range(1, n + 1):
            wait, hit = 1 / sum(law(x, y)), chances[x][y]
            mean, square = (hit * new[y - 1][k] + (1 - hit) * row[y][k] for k in (0, 1))
            new.append((wait + mean, 2 * wait * wait + 2 * wait * mean + square))
        row = new
    mean, square = row[n]
    return MeanAndDeviation(float(mean), math.sqrt(square - mean * mean))
