"""Running histories until enough is known, or to a plain number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simulation.results.stopping_rule import Rule, StoppingRecord, TargetState

More = Callable[[range], None]
"""Runs some replicates, all later than those before."""
Look = Callable[[], Sequence[TargetState]]
"""Says how well each target is known from the histories so far."""
Hopeless = Callable[[Rule, int, tuple[TargetState, ...]], bool]
"""Says after some histories whether more of them will not do."""
Seen = Callable[[str, bool], None]
"""Told at each look what is known, in words, and whether it was the last look."""


def run_until(
    rule: Rule, more: More, look: Look, seen: Seen, hopeless: Hopeless | None = None
) -> StoppingRecord | None:
    """Run histories until the rule is met, or its bound reached; return the record, None without targets.

    It also ends where it is `hopeless`.

    Where one looks depends on the rule alone, so the number of histories depends on no worker or chunk.
    """
    done, found = 0, tuple[TargetState, ...]()
    for at in rule.looks():
        more(range(done, at))
        done, found = at, tuple(look())
        met = all(each.met for each in found)
        if found:
            seen(_told(found), met or at == rule.most)
        if met or (hopeless is not None and hopeless(rule, done, found)):
            break
    return rule.stopping(done, found)


def _told(found: Sequence[TargetState]) -> str:
    """Return the target that is farthest from what was asked, and how many others are not there yet."""
    widest = max(found, key=lambda each: each.away)
    others = sum(not each.met for each in found) - 1
    return widest.short() + (f", and {others} more" if others > 0 else "")
