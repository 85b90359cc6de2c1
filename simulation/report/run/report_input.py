"""What a report shows, gathered from the world and the results folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from simulation.documents import Claim
from simulation.outcomes.labels import INPUT_PREFIX, spell
from simulation.outcomes.variables import CIVILIAN_OUTCOMES
from simulation.record.comparison import Comparison, comparison_of
from simulation.report.page_data import (
    LEAVES_OUT,
    ActorStyle,
    EndingText,
    Grid,
    MapPlace,
    Story,
    actor_styles,
    ending_texts,
    licences,
    map_grid,
    map_places,
)
from simulation.report.replay.chosen_stories import stories
from simulation.results.daily_fans import Fan, fans_of
from simulation.results.folder import Results
from simulation.results.summary import taken_shares
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.scenario.lesson import Lesson
from simulation.sensitivity_analysis.entries import StudyEntry, study_entries
from simulation.sensitivity_analysis.request import attacked
from simulation.sources import SourceChains, chains_of
from simulation.understanding.picture import Picture, picture_of
from simulation.updating.control import cells_after
from simulation.world.world import World

if TYPE_CHECKING:
    import pandas as pd

PEOPLE = tuple(reversed(CIVILIAN_OUTCOMES))
CLAIMED = {
    ("took", "villages"): "villages_taken_day2",
    ("took", "bases"): "bases_taken_day2",
    ("captured", "fighters"): "fighters_captured_day2",
    ("captured", "soldiers"): "fighters_captured_day2",
    ("displaced", "people"): "displaced_day2",
}
"""Which outcome of the first days a claim is compared with, by what it says and in which unit."""
FOCUS = 8
FANS = ("area_km2", "civilians_killed", "killed", "displaced")
"""The daily series that are drawn, in the order of the page."""


def report_input(world: World, results: Results, seed: int, *, told: bool = True) -> ReportInput:
    """Return everything the report of a run shows; single histories, which are played again, only if `told`."""
    scenario = world.scenario
    return ReportInput(
        results=results,
        question=scenario.question,
        start=scenario.start,
        actors=actor_styles(world),
        endings=ending_texts(world),
        chains=chains_of(scenario),
        lesson=scenario.lesson,
        grid=map_grid(world),
        places=map_places(world),
        stories=stories(world, results, seed) if told else (),
        claims=tuple(_claim_row(c, scenario.start.isoformat()) for c in world.seeds.claims.values()),
        focus_places=_focus(world, results),
        short_places={place.name: place.short for place in world.region.places},
        drivers=_drivers(world),
        licences=licences(world),
        note=world.region.note,
        inputs=scenario.inputs,
        together=scenario.together,
        compared=comparison_of(world, results),
        understood=picture_of(world, results),
        cells_by_weight=cells_after(world, results, seed) if told else None,
    )


def _drivers(world: World) -> tuple[str, ...]:
    """Return the outcomes whose inputs are looked for: the land of whom the leading attacker fights, and people."""
    defender = attacked(world)
    return (*((f"area_km2_{world.actors[defender]}",) if defender >= 0 else ()), *PEOPLE)


def _focus(world: World, results: Results) -> tuple[str, ...]:
    """Return the places whose fall matters most, by weight, of those that fall in some histories."""
    weights = {place.name: place.weight for place in world.region.places}
    taken = {name: each.share for name, each in taken_shares(results).items() if each.count}
    score = {name: weights[name] * share**0.5 for name, share in taken.items()}
    return tuple(sorted(score, key=lambda name: -score[name])[:FOCUS])


def _claim_row(claim: Claim, start: str) -> ClaimRow:
    amount = claim.quantity
    outcome = CLAIMED.get((claim.predicate.value, amount.unit if amount else ""))
    if (claim.day or claim.since or "") < start:
        outcome = None
    value = None
    if amount is not None and outcome is not None:
        value = amount.value if amount.value is not None else amount.low
    return ClaimRow(
        id=claim.id,
        sentence=claim.text,
        said_by=claim.speaker.words,
        verified=claim.verified,
        outcome=outcome,
        value=value,
    )


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A claim of a document and the outcome column it can be compared with (None: the model has none).

    `value` is the number claimed, in the column's unit; None when the claim gives no number.
    """

    id: str
    sentence: str
    said_by: str
    verified: bool
    outcome: str | None = None
    value: float | None = None


@dataclass(frozen=True, kw_only=True)
class ReportInput:
    """Everything a report shows.

    `focus_places` names the places whose fall is drawn (empty: those that fall most often). `distributions`
    and `drivers` name outcome columns (empty: a sensible choice of those that vary; what happens to people).
    `short_places` has short names of places by name (where none: the name).
    `chains` say where everything comes from; without them the page has no links to sources. `inputs` are the
    scenario's, by name, and `together` its groups of those that are drawn together. `note` is what the region says
    of its data. `compared` is what was on record before, if that is known. `cells_by_weight` is who holds what after
    the reports, None where the table of the run says it.
    """

    results: Results
    question: str
    start: date
    actors: tuple[ActorStyle, ...]
    endings: tuple[EndingText, ...]
    chains: SourceChains | None = None
    lesson: Lesson | None = None
    grid: Grid | None = None
    places: tuple[MapPlace, ...] = ()
    stories: tuple[Story, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    focus_places: tuple[str, ...] = ()
    short_places: Mapping[str, str] = field(default_factory=dict)
    distributions: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = LEAVES_OUT
    licences: tuple[str, ...] = ()
    note: str = ""
    inputs: Mapping[str, Input] = field(default_factory=dict)
    together: Mapping[str, InputGroup] = field(default_factory=dict)
    compared: Comparison | None = None
    understood: Picture | None = None
    cells_by_weight: pd.DataFrame | None = None

    @property
    def cells(self) -> pd.DataFrame:
        """Who holds each cell on which day with what probability: after the reports, where there are any."""
        return self.results.cells if self.cells_by_weight is None else self.cells_by_weight

    def input_label(self, column: str) -> str:
        """Return what the input of a column of the outcomes, or a group of inputs, is called."""
        name = column.removeprefix(INPUT_PREFIX)
        known = self.entries.get(name) or self.inputs.get(name)
        return known.label if known is not None else spell(name)

    def input_meaning(self, column: str) -> str:
        """Return what the input of a column of the outcomes, or a group, stands for; nothing where nobody says."""
        name = column.removeprefix(INPUT_PREFIX)
        known = self.entries.get(name) or self.inputs.get(name)
        return known.meaning if known is not None else ""

    @cached_property
    def entries(self) -> dict[str, StudyEntry]:
        """The uncertain inputs, those of a group as one, by name."""
        return study_entries(self.inputs, self.together)

    @cached_property
    def fans(self) -> Mapping[str, Mapping[str, Fan]]:
        """The fans of the series that are drawn, by series and actor."""
        return fans_of(self.results, FANS)

    @property
    def names(self) -> dict[str, str]:
        """Names of actors by id."""
        return {actor.id: actor.name for actor in self.actors}

    @property
    def meanings(self) -> dict[str, str]:
        """Meanings of endings by id."""
        return {ending.id: ending.meaning for ending in self.endings}

    @property
    def clauses(self) -> dict[str, str]:
        """Meanings of endings by id, as they stand within a sentence."""
        return {ending.id: ending.clause for ending in self.endings}

    @property
    def histories(self) -> int:
        """Number of histories that finished."""
        return len(self.results.replicates)
