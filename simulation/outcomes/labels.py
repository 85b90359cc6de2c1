"""What each column of the table of outcomes and each daily series is called in plain English, its unit and origin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.model.daily_series import DailySeries
from simulation.model.registry import Process
from simulation.outcomes.variables import OUTCOMES
from simulation.wording.phrases import listed

if TYPE_CHECKING:
    import pandas as pd

    from simulation.scenario.inputs import Input

INPUT_PREFIX = "input."
EXPECTED_PREFIX = "expected."
LIKELIHOOD_PREFIX = "log_likelihood."
_OF_REPORT = {
    EXPECTED_PREFIX: "what the speaker of report {} would say of the history but for the error",
    LIKELIHOOD_PREFIX: "natural logarithm of the likelihood of report {}",
}


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """The label, the unit, the actor (an id, or "" for all) and the origin of a column or series."""

    label: str
    unit: str
    actor: str = ""
    origin: str = ""


KEYS = {
    "case": Meaning(label="draw of the inputs", unit="number", origin="the address of the history"),
    "replicate": Meaning(label="number of the history", unit="number", origin="the address of the history"),
    "ending": Meaning(
        label="the ending it ended in",
        unit="name",
        origin="the first ending of the seeds whose condition holds",
    ),
}
"""The columns that tell histories apart and measure nothing."""
OF_REPORTS = {
    "weight": Meaning(
        label="what the history counts after the reports",
        unit="1, up to a factor",
        origin="the product of the likelihoods of the reports",
    ),
    "ancestor": Meaning(
        label="the history, of those that agree with the reports, from which it goes on",
        unit="number",
        origin="the address of the history",
    ),
    "origin": Meaning(
        label="the first draw from which it descends",
        unit="number",
        origin="the address of the history",
    ),
}
"""The columns that a run on reports has as well, and that measure nothing either."""


def describe(
    column: str, actors: Mapping[str, str] | None = None, inputs: Mapping[str, Input] | None = None
) -> Meaning:
    """Return the meaning of a column; `actors` maps ids to names, `inputs` are those of the scenario.

    A column that nobody declared (of another version's run) is spelt out from its name, with unit and origin empty.
    """
    if column in KEYS or column in OF_REPORTS:
        return KEYS.get(column) or OF_REPORTS[column]
    for prefix, label in _OF_REPORT.items():
        if column.startswith(prefix):
            name = column.removeprefix(prefix)
            return Meaning(
                label=label.format(name), unit="1", origin="the report and the error of its speaker"
            )
    if column.startswith(INPUT_PREFIX):
        return _of_input(column.removeprefix(INPUT_PREFIX), inputs or {})
    outcome = OUTCOMES.get(outcome_name(column))
    if outcome is None:
        return Meaning(label=spell(column), unit="")
    origin = _made_by(outcome.made_by)
    if not outcome.per_actor:
        return Meaning(label=outcome.label, unit=outcome.unit, origin=origin)
    actor = column.removeprefix(outcome.name)
    label = outcome.label.format((actors or {}).get(actor, spell(actor)))
    return Meaning(label=label, unit=outcome.unit, actor=actor, origin=origin)


def describe_series(series: str) -> Meaning:
    """Return the meaning of a daily series, spelt out from its name where nobody declared it."""
    found = {each.key: each for each in DailySeries}.get(series)
    if found is None:
        return Meaning(label=spell(series), unit="")
    return Meaning(label=found.label, unit=found.unit, origin=_made_by(found.made_by))


def _of_input(name: str, inputs: Mapping[str, Input]) -> Meaning:
    found = inputs.get(name)
    if found is None:
        return Meaning(label=spell(name), unit="")
    return Meaning(label=spell(name), unit=found.unit, origin=found.source)


def _made_by(processes: Iterable[Process]) -> str:
    return f"the events of {listed([spell(process.name.lower()) for process in processes])}"


def outcome_columns(outcomes: pd.DataFrame) -> list[str]:
    """Return the columns that measure a history: not its number, its ending or its inputs."""
    return measured_columns(str(name) for name in outcomes.columns)


def measured_columns(names: Iterable[str]) -> list[str]:
    """Return those of the columns that measure a history."""
    others = (INPUT_PREFIX, *_OF_REPORT)
    return [name for name in names if not (name in KEYS or name in OF_REPORTS or name.startswith(others))]


def outcome_name(column: str) -> str:
    """Return the name of the outcome that a column belongs to, as declared; "" for a column of none.

    "fighters_killed_hts" is the column of one actor; "fighters_killed_day1" is an outcome of its own.
    """
    if column in OUTCOMES:
        return column
    families = (each.name for each in OUTCOMES.values() if each.per_actor)
    return next((name for name in families if column.startswith(name)), "")


def columns_named(outcomes: Collection[str], columns: Iterable[str]) -> list[str]:
    """Return those of the columns that belong to any of the outcomes, as they stand in `columns`.

    An outcome has the one column of its name, or one for each actor. Errors: KeyError for an unknown outcome.
    """
    wanted = {OUTCOMES[name].name for name in outcomes}
    return [column for column in columns if outcome_name(column) in wanted]


def input_columns(outcomes: pd.DataFrame) -> list[str]:
    """Return the columns of the inputs drawn."""
    return [str(name) for name in outcomes.columns if str(name).startswith(INPUT_PREFIX)]


def spell(name: str) -> str:
    """Return an id as words."""
    return name.replace("_", " ").strip()


def spell_ending(name: str, clause: str) -> str:
    """Return the id of an ending as words, with the names in it written as in its meaning."""
    said = (word.strip(",;.") for word in clause.split())
    names = {word.lower(): word for word in said if word[:1].isupper()}
    return " ".join(names.get(word, word) for word in spell(name).split())
