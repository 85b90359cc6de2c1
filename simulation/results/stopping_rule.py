"""When enough histories have been run: the rule that was asked for, and what it found."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NotRequired, TypedDict, cast

from pydantic import TypeAdapter

from simulation.errors import InputError
from simulation.outcomes.targets import ESS, Target
from simulation.wording.plain import plain

PLAIN = 1000
FIRST_LOOK = 100
MOST = 20_000
EACH_TIME = 10
"""From one look to the next a tenth more histories are run."""
_MOST_LETTERS = 1e15
"""From here on a number is written with a power of ten."""


class ReachedDocument(TypedDict):
    """How well a target is known, as in JSON: null where a number is not finite."""

    target: str
    asked: float
    value: float | None
    low: float | None
    high: float | None
    scenario: str
    half_width: float | None
    met: bool


class StoppingDocument(TypedDict):
    """Why a run stopped, as in JSON."""

    until: list[str]
    first: int
    most: int
    histories: int
    reached: list[ReachedDocument]
    met: NotRequired[bool]
    reason: NotRequired[str]


@dataclass(frozen=True, kw_only=True)
class TargetState:
    """How well a target is known: its value with the confidence sequence, and the half-width asked for.

    `scenario` is "" for a run; in a comparison the value is that scenario's difference from the reference.
    An end that is not known yet is infinite.
    """

    target: str
    asked: float
    value: float
    low: float
    high: float
    scenario: str = ""

    @property
    def half_width(self) -> float:
        """The distance from the value to the farther end of its interval; infinite while there is none."""
        half = max(self.high - self.value, self.value - self.low)
        return half if math.isfinite(half) else math.inf

    @property
    def met(self) -> bool:
        """Whether the interval is as narrow, or the effective sample size as large, as was asked."""
        return self.value >= self.asked if self.target == ESS else self.half_width <= self.asked

    @property
    def away(self) -> float:
        """How many times as wide as asked, or as many histories as there are effective ones; at most 1 when met."""
        if self.target == ESS:
            return self.asked / self.value if self.value > 0 else math.inf
        return self.half_width / self.asked

    @property
    def name(self) -> str:
        """The target, and in a comparison the scenario whose difference it is."""
        if not self.scenario:
            return self.target
        return f"the difference in {self.target} under {self.scenario}"

    def words(self, still: str = "") -> str:
        """Return "ending.truce is 0.3100 ± 0.0198 (asked: 0.02)", or "… is still 0.310 ± …"."""
        if self.target == ESS:
            return f"the effective sample size is {still}{self.value:,.0f} (asked: {self.asked:,.0f})"
        return f"{self.name} is {still}{self._known()} (asked: {_size(self.asked)})"

    def short(self) -> str:
        """Return "ending.truce 0.3100 ± 0.0198 (asked: 0.02)", for a line that is often written again."""
        if self.target == ESS:
            return f"effective sample size {self.value:,.0f} (asked: {self.asked:,.0f})"
        where = f"{self.target} {self.scenario}".strip()
        known = self._numbers() if math.isfinite(self.half_width) else "± unknown"
        return f"{where} {known} (asked: {_size(self.asked)})"

    def _known(self) -> str:
        if math.isfinite(self.half_width):
            return self._numbers()
        if math.isfinite(self.value):
            return f"unknown around {self.value:.3g}, for too few histories differ in it,"
        return "unknown, for it applies to none of these histories,"

    def _numbers(self) -> str:
        sign = "+" if self.scenario and self.value > 0 else ""
        return f"{sign}{rounded(self.value, self.half_width)} ± {_size(self.half_width)}"

    def document(self) -> ReachedDocument:
        """Return it as plain data for JSON, in which a number that is not finite is None."""
        numbers = asdict(self) | {"half_width": self.half_width}
        told = {name: plain(value) for name, value in numbers.items()} | {"met": self.met}
        return cast(ReachedDocument, told)


@dataclass(frozen=True, kw_only=True)
class StoppingRecord:
    """Why a run stopped: what was asked, the bounds of the number of histories, and what was reached."""

    until: tuple[str, ...]
    first: int
    most: int
    histories: int = 0
    reached: tuple[TargetState, ...] = ()

    @property
    def asked(self) -> dict[str, Any]:
        """What decides the number of histories, beside the scenario and the seed."""
        return {"until": list(self.until), "first": self.first, "most": self.most}

    @property
    def met(self) -> bool:
        """Whether every target is known as well as was asked."""
        return all(each.met for each in self.reached)

    def reason(self) -> str:
        """Return one sentence: where it stopped and why."""
        where = f"{self.histories:,} histories" if self.met else f"--max-replicates {self.most:,}"
        told = [(each.target == ESS, each.words("" if each.met else "still ")) for each in self.reached]
        parts = [words for size, words in told if not size]
        intervals = [f"the 95 % interval of {'; of '.join(parts)}"] if parts else []
        return f"stopped at {where}: {'; '.join([*intervals, *(words for size, words in told if size)])}"

    def document(self) -> StoppingDocument:
        """Return it as plain data for JSON."""
        document: StoppingDocument = {
            "until": list(self.until), "first": self.first, "most": self.most, "histories": self.histories,
            "reached": [each.document() for each in self.reached],
        }  # fmt: skip
        if self.reached:
            document |= {"met": self.met, "reason": self.reason()}
        return document


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When to look and when to stop; without targets it is a plain number of histories, looked at once."""

    targets: tuple[Target, ...]
    first: int
    most: int

    def looks(self) -> Iterator[int]:
        """Yield the numbers of histories after which to look; they depend on nothing that was found."""
        at = self.first
        while at < self.most:
            yield at
            at += -(-at // EACH_TIME)
        yield self.most

    def stopping(self, histories: int = 0, reached: Sequence[TargetState] = ()) -> StoppingRecord | None:
        """Return the record for the manifest; None where no target was given."""
        if not self.targets:
            return None
        until = tuple(target.text for target in self.targets)
        return StoppingRecord(
            until=until, first=self.first, most=self.most, histories=histories, reached=tuple(reached)
        )


def rule_of(targets: Sequence[Target], replicates: int | None, most: int | None) -> Rule:
    """Return the rule for some targets, or without any for a plain number of histories (1,000 when None).

    With targets, `replicates` is the first look (100 when None) and `most` the bound (20,000 when None).
    Errors: InputError where they contradict each other.
    """
    if not targets:
        if most is not None:
            raise InputError("--max-replicates bounds --until and means nothing without it")
        plain = PLAIN if replicates is None else replicates
        return Rule(targets=(), first=plain, most=plain)
    bound = MOST if most is None else most
    first = min(FIRST_LOOK, bound) if replicates is None else replicates
    if first > bound:
        raise InputError(
            f"--until begins with --replicates {first:,}, which is more than --max-replicates {bound:,}"
        )
    return Rule(targets=tuple(targets), first=first, most=bound)


def read_stopping(data: dict[str, Any]) -> StoppingRecord:
    """Return the record that `Stopping.document` made; KeyError, TypeError or ValueError for anything else."""
    reached = tuple(_with_numbers(each) for each in data["reached"])
    changed = {"until": tuple(data["until"]), "reached": reached}
    return TypeAdapter(StoppingRecord).validate_python(data | changed)


def _with_numbers(reached: dict[str, Any]) -> dict[str, Any]:
    """Return what was reached with the numbers that JSON could not hold."""
    missing = {"value": math.nan, "low": -math.inf, "high": math.inf}
    return reached | {name: number for name, number in missing.items() if reached[name] is None}


def rounded(value: float, half_width: float) -> str:
    """Return a value with as many decimals as its half-width has at three figures, at most six."""
    decimals = 6 if half_width <= 0 else min(6, max(0, 2 - math.floor(math.log10(half_width))))
    return f"{value:,.{decimals}f}"


def _size(value: float) -> str:
    return f"{value:,.0f}" if 1000 <= value < _MOST_LETTERS else f"{value:.3g}"
