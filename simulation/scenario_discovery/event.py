"""What is asked about: an ending, the fall of a place, or an outcome beyond a threshold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.errors import InputError
from simulation.io.characters import composed
from simulation.io.pydantic_messages import suggestion
from simulation.outcomes.labels import describe, outcome_columns, spell
from simulation.results.folder import Results
from simulation.statistics.intervals import fall_days
from simulation.wording.phrases import number

FORM = "ending.NAME, place.NAME, or an outcome with a threshold, such as 'civilians_killed>50'"
SIGNS = {
    ">=": (np.greater_equal, "at least"), "<=": (np.less_equal, "at most"),
    ">": (np.greater, "more than"), "<": (np.less, "less than"),
}  # fmt: skip
_THRESHOLD = re.compile(r"(?P<name>[^<>=]+)(?P<sign>>=|<=|>|<)(?P<bound>[^<>=]+)")


@dataclass(frozen=True, kw_only=True)
class Event:
    """What may happen in a history; `sign` and `bound` (in the outcome's unit) are those of an outcome's threshold."""

    text: str
    kind: str
    name: str
    sign: str = ""
    bound: float = float("nan")

    def happened(self, run: Results) -> np.ndarray:
        """Return whether it happened in each history that has the outcome, f8 (histories,): 0, 1 or NaN."""
        outcomes, manifest = run.outcomes, run.manifest
        if self.kind == "ending":
            return (outcomes["ending"].astype(str) == self.name).to_numpy(dtype=float)
        if self.kind == "place":
            falls = fall_days(run.places, outcomes, manifest.places, manifest.dissolves)
            return (falls[self.name].to_numpy() < np.inf).astype(float)
        values = outcomes[self.name].to_numpy(dtype=float)
        beyond = SIGNS[self.sign][0](values, self.bound).astype(float)
        return np.where(np.isnan(values), np.nan, beyond)

    def words(self, actors: Mapping[str, str]) -> str:
        """Return what happens as a clause: "there are more than 50 civilians killed"; `actors` maps ids to names."""
        if self.kind == "ending":
            return f"the ending is “{spell(self.name)}”"
        if self.kind == "place":
            return f"{self.name} falls"
        meaning = describe(self.name, actors)
        return f"“{meaning.label}” is {SIGNS[self.sign][1]} {number(self.bound)} {meaning.unit}".strip()


def event_of(text: str, run: Results) -> Event:
    """Return the event that a text names in a run; InputError with the nearest name there is."""
    found = _THRESHOLD.fullmatch(text.strip())
    name, sign = (found["name"].strip(), found["sign"]) if found else (text.strip(), "")
    kind, dot, rest = composed(name).partition(".")
    if not dot:
        kind, rest = "outcome", composed(name)
    allowed = {
        "ending": list(run.manifest.endings),
        "place": list(run.manifest.places),
        "outcome": outcome_columns(run.outcomes),
    }
    if kind not in allowed:
        raise _wrong(text, f"no kind {kind!r}{suggestion(kind, tuple(allowed))}; write {FORM}")
    if rest not in allowed[kind]:
        raise _wrong(text, f"no {kind} {rest!r}{suggestion(rest, allowed[kind])}")
    if kind != "outcome":
        if sign:
            raise _wrong(text, f"an {kind} happens or not, and has no threshold; write {kind}.{rest}")
        return Event(text=text, kind=kind, name=rest)
    if not sign:
        middle = float(np.nanmedian(run.outcomes[rest].to_numpy(dtype=float)))
        hint = f"; its middle value is {number(middle)}" if np.isfinite(middle) else ""
        raise _wrong(text, f"needs a threshold, such as '{rest}>{middle:.3g}'{hint}")
    assert found is not None
    return Event(text=text, kind=kind, name=rest, sign=sign, bound=_bound(text, found["bound"]))


def _bound(text: str, written: str) -> float:
    try:
        bound = float(written)
    except ValueError:
        raise _wrong(text, f"{written.strip()!r} is not a number; write {FORM}") from None
    if not np.isfinite(bound):
        raise _wrong(text, "a threshold is a finite number")
    return bound


def _wrong(text: str, message: str) -> InputError:
    return InputError(message, file=f"--outcome {text}")
