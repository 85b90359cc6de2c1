"""The tables of docs/results.md: the columns of a run's outcomes and its daily series, as they are declared."""

from __future__ import annotations

from collections.abc import Iterable

from world_tables import table

from simulation.model.daily_series import SHOWN, DailySeries
from simulation.model.registry import Process
from simulation.outcomes.labels import KEYS, OF_REPORTS
from simulation.outcomes.variables import OUTCOMES, OutcomeVariable


def result_tables() -> dict[str, str]:
    """Return the tables by the names that the page uses."""
    keys = ((f"`{name}`", meaning.unit, meaning.label, "") for name, meaning in KEYS.items())
    outcomes = (_outcome(each) for each in OUTCOMES.values())
    inputs = (
        "`input.<name>`",
        "its own",
        "every input as drawn for this history; see [model.md](model.md)",
        "",
    )
    reports = (
        (
            "`expected.<report>`",
            "of the report",
            "what its speaker would say of this history but for the error",
            "",
        ),
        (
            "`log_likelihood.<report>`",
            "1",
            "natural logarithm of the likelihood of the report in this history",
            "",
        ),
        *((f"`{name}`", meaning.unit, meaning.label, "") for name, meaning in OF_REPORTS.items()),
    )
    rows = [
        *keys,
        *outcomes,
        inputs,
        *((*row[:2], f"{row[2]} (only in a run on reports)", "") for row in reports),
    ]
    return {
        "outcomes": table(["Column", "Unit", "Meaning", "Made by"], rows),
        "series": table(["Series", "Unit", "Meaning", "Of", "Made by"], map(_series, SHOWN)),
    }


def _outcome(outcome: OutcomeVariable) -> tuple[str, ...]:
    name, label = outcome.name, outcome.label
    if outcome.per_actor:
        name, label = f"{name}X", label.format("actor X")
    return f"`{name}`", outcome.unit, label, _processes(outcome.made_by)


def _series(series: DailySeries) -> tuple[str, ...]:
    whose = ", and ".join(group.value for group in series.whose)
    return f"`{series.key}`", series.unit, series.label, whose, _processes(series.made_by)


def _processes(made_by: Iterable[Process]) -> str:
    makers = tuple(made_by)
    rest = [process for process in Process if process not in makers]
    if len(rest) < 2:
        return "all" + "".join(f" but `{each.name.lower()}`" for each in rest)
    return ", ".join(f"`{each.name.lower()}`" for each in makers)
