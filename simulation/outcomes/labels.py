"""What each outcome column and daily series is called in plain English, and its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

NOT_MEASURED = ("case", "replicate", "ending")
INPUT_PREFIX = "input."


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """The label, the unit and the actor (an id, or "" for all) of a column or series."""

    label: str
    unit: str
    actor: str = ""


PER_ACTOR = {
    "fighters_killed_": ("fighters killed, {}", "fighters"),
    "fighters_wounded_": ("fighters wounded, {}", "fighters"),
    "fighters_captured_": ("fighters captured, {}", "fighters"),
    "fighters_deserted_": ("fighters who deserted, {}", "fighters"),
    "fighters_left_": ("fighters left at the end, {}", "fighters"),
    "area_km2_": ("land held at the end, {}", "km²"),
    "people_held_": ("people living in land held at the end, {}", "people"),
}
FIXED = {
    "end_day": ("day on which the history ends", "days"),
    "civilians_killed": ("civilians killed", "people"),
    "displaced_peak": ("people displaced, highest number at one time", "people"),
    "displaced_end": ("people displaced at the end", "people"),
    "sorties_total": ("air and artillery strikes", "strikes"),
    "villages_taken_day2": ("villages taken by the attackers within 48 hours", "villages"),
    "bases_taken_day2": ("bases taken by the attackers within 48 hours", "bases"),
    "fighters_captured_day2": ("fighters captured within 48 hours", "fighters"),
    "displaced_day2": ("people displaced after 48 hours", "people"),
    "fighters_killed_day1": ("fighters killed within 24 hours", "fighters"),
}
SERIES = {
    "area_km2": ("land held", "km²"),
    "people_held": ("people living in land held", "people"),
    "fighters_present": ("fighters present", "fighters"),
    "killed": ("fighters killed so far", "fighters"),
    "wounded": ("fighters wounded so far", "fighters"),
    "captured": ("fighters captured so far", "fighters"),
    "deserted": ("fighters who deserted so far", "fighters"),
    "sorties": ("air and artillery strikes so far", "strikes"),
    "confidence": ("confidence", "0 to 1"),
    "cohesion": ("cohesion", "0 to 1"),
    "displaced": ("people displaced now", "people"),
    "civilians_killed": ("civilians killed so far", "people"),
    "villages_taken": ("villages taken so far", "villages"),
    "claimed_villages": ("villages claimed so far", "villages"),
    "claimed_killed": ("killed fighters claimed so far", "fighters"),
}


def describe(column: str, actors: Mapping[str, str] | None = None) -> Meaning:
    """Return the meaning of an outcome column; `actors` maps ids to names.

    A column nobody described is spelt out from its name, with its unit empty.
    """
    if column in FIXED:
        return Meaning(label=FIXED[column][0], unit=FIXED[column][1])
    for prefix, (label, unit) in PER_ACTOR.items():
        if column.startswith(prefix):
            actor = column.removeprefix(prefix)
            return Meaning(
                label=label.format((actors or {}).get(actor, spell(actor))), unit=unit, actor=actor
            )
    if column.startswith("km_from_") and column.endswith("_day2"):
        place = spell(column.removeprefix("km_from_").removesuffix("_day2")).title()
        return Meaning(label=f"distance of the front from {place} after 48 hours", unit="km")
    return Meaning(label=spell(column.removeprefix(INPUT_PREFIX)), unit="")


def describe_series(series: str) -> Meaning:
    """Return the meaning of a daily series."""
    label, unit = SERIES.get(series, (spell(series), ""))
    return Meaning(label=label, unit=unit)


def outcome_columns(outcomes: pd.DataFrame) -> list[str]:
    """Return the columns that measure a history: not its number, its ending or its inputs."""
    return measured(str(name) for name in outcomes.columns)


def measured(names: Iterable[str]) -> list[str]:
    """Return those of the columns that measure a history."""
    return [name for name in names if name not in NOT_MEASURED and not name.startswith(INPUT_PREFIX)]


def input_columns(outcomes: pd.DataFrame) -> list[str]:
    """Return the columns of the inputs drawn."""
    return [str(name) for name in outcomes.columns if str(name).startswith(INPUT_PREFIX)]


def spell(name: str) -> str:
    """Return an id as words."""
    return name.replace("_", " ").strip()
