"""What a caller asks to be known of a scenario: reports by a date, more of them, fewer of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime

from simulation import arguments
from simulation.errors import InputError
from simulation.outcomes.targets import is_updated
from simulation.scenario import Scenario
from simulation.scenario.variants import Variant


def updated(
    scenario: Scenario, as_of: date | str | None, given: Sequence[str] | str, doubt: Sequence[str] | str
) -> Scenario:
    """Return a scenario that is updated on what was known by a date, or on more reports, but not on those doubted.

    What is left out stays as the scenario has it; reports and doubts are added to its own. InputError for no date.
    """
    more, less = arguments.texts("given", given), arguments.texts("doubt", doubt)
    if as_of is None and not more and not less:
        return scenario
    return dataclasses.replace(
        scenario,
        as_of=scenario.as_of if as_of is None else date_of(as_of),
        given=(*scenario.given, *more),
        doubt=tuple(dict.fromkeys((*scenario.doubt, *less))),
    )


def without_reports(scenario: Scenario) -> Scenario:
    """Return a scenario as it was before any report."""
    return dataclasses.replace(scenario, as_of=None, given=(), doubt=())


def updated_reference(
    every: Sequence[Variant],
    as_of: date | str | None,
    given: Sequence[str] | str,
    doubt: Sequence[str] | str,
) -> tuple[Variant, ...]:
    """Return scenarios to compare of which the first, the reference, is updated on reports, and no other.

    What is reported was reported where the reference holds; the others take its weights. InputError for another that
    asks for reports of its own.
    """
    first, *others = every
    reference = updated(first.scenario, as_of, given, doubt)
    told = {_asked(first.scenario), _asked(reference)}
    for each in others:
        if is_updated(each.scenario) and _asked(each.scenario) not in told:
            raise InputError(
                f"'{each.label}' asks for reports of its own (as_of, given), but in a comparison those of the "
                f"reference, '{first.label}', count for all; leave them out, or name it first",
                file=each.scenario.file,
            )
    plain = (dataclasses.replace(each, scenario=without_reports(each.scenario)) for each in others)
    return (dataclasses.replace(first, scenario=reference), *plain)


def date_of(as_of: date | str) -> date:
    """Return a date of reports; InputError for what is none."""
    if isinstance(as_of, date) and not isinstance(as_of, datetime):
        return as_of
    try:
        return date.fromisoformat(as_of)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise InputError(f"as_of must be a date, such as 2024-11-28, not {str(as_of)[:40]!r}") from None


def _asked(scenario: Scenario) -> tuple[object, ...]:
    return scenario.as_of, scenario.given, scenario.doubt
