"""The library: under which inputs something happens in a stored run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import arguments
from simulation.api.open_run import open_run
from simulation.api.run import Run
from simulation.api.setup import output_of
from simulation.outcomes.labels import INPUT_PREFIX, input_columns
from simulation.results.packed_inputs import SCENARIO
from simulation.results.whole_file import checked_file, write_whole
from simulation.scenario import Scenario, load_scenario
from simulation.scenario_discovery.discovery import Discovery, discovered
from simulation.scenario_discovery.event import Event, event_of
from simulation.scenario_discovery.halves import Half, halves_of
from simulation.statistics.intervals import ORIGIN, weights_of
from simulation.wording.notebook import card, one_line

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Discovered:
    """The conditions under which something happens in a run; `happens` is what, as a clause.

    `conditions` has one row for each input that matters: name, label, unit, low and high (NaN where there is no limit).
    """

    run: Run
    event: Event
    happens: str
    found: Discovery
    report: Path | None

    @property
    def conditions(self) -> pd.DataFrame:
        """One row for each condition; none where none were found."""
        import pandas as pd

        rows = [each.document() for each in self.found.conditions] if self.found.confirmed else []
        return pd.DataFrame(rows, columns=["name", "label", "unit", "low", "high"])

    def __repr__(self) -> str:
        """Return what was asked, and of which run, on one line."""
        return one_line(self, f"of {self.event.text} in {self.run.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        return card("", printed=self._text(), page=self.report)

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        from simulation.scenario_discovery.json_document import discovery_document

        head = {"folder": str(self.run.folder), "outcome": self.event.text, "happens": self.happens}
        page = {"page": None if self.report is None else str(self.report)}
        return head | discovery_document(self.found, self.happens) | page

    def text(self) -> str:
        """Return the summary for a terminal."""
        return self._text() + ("" if self.report is None else f"\nPage     {self.report}\n")

    def _text(self) -> str:
        from simulation.scenario_discovery.terminal import discovery_text

        return discovery_text(self.found, self.run.manifest.title, self.happens)


def discover(
    folder: str | Path, outcome: str, *, out: str | Path | None = None, report: bool = True
) -> Discovered:
    """Say under which inputs something happens in the finished run in a folder; write a page.

    `outcome` is "ending.NAME", "place.NAME" or an outcome with a threshold, as in "civilians_killed>50". Conditions
    are searched by PRIM, and by a small decision tree, in one half of the histories, and counted in the other, so that
    "no conditions" is said of what has nothing to do with the inputs. Histories that have weights are drawn by them in
    each half, and count as many as they are worth. `out` is the page,
    `discover-<scenario>-<outcome>.html` in the current folder when left out; only another such page is replaced.
    InputError for what is no run, a name that it does not have, a wrong place, and where the extra `discover` is
    missing; RunError for a full disk.
    """
    place, asked = arguments.path("folder", folder), output_of(out)
    wanted, report = arguments.text("outcome", outcome), arguments.flag("report", report)
    run = open_run(place)
    event = event_of(wanted, run.results)
    page = asked if asked is not None else Path(f"discover-{run.manifest.scenario}-{_slug(event)}.html")
    if report:
        checked_file(page, _mark())
    scenario = load_scenario(place / SCENARIO)
    words = {name: (each.label or name, each.unit) for name, each in scenario.inputs.items()}
    happens, table, happened = event.words(_actors(scenario)), _inputs(run), event.happened(run.results)
    known = ~np.isnan(happened)
    found = discovered(table[known], happened[known] == 1, words, _by_weight(run.outcomes, known))
    done = Discovered(run=run, event=event, happens=happens, found=found, report=page if report else None)
    if report:
        write = partial(_write_page, done, table[known], happened[known] == 1, scenario)
        write_whole(page, write, _mark())
    return done


def _inputs(run: Run) -> pd.DataFrame:
    """Return the inputs drawn, one row for each history that finished, by name."""
    names = input_columns(run.outcomes)
    table = run.outcomes[names].astype(float)
    return table.rename(columns={name: name.removeprefix(INPUT_PREFIX) for name in names})


def _by_weight(outcomes: pd.DataFrame, known: np.ndarray) -> tuple[Half, Half] | None:
    """Return halves of the histories that have weights, of those that are `known`; None where all count alike."""
    weights = weights_of(outcomes)
    if weights is None:
        return None
    origins = outcomes[ORIGIN].to_numpy()[known] if ORIGIN in outcomes else None
    return halves_of(int(known.sum()), weights[known], origins)


def _actors(scenario: Scenario) -> dict[str, str]:
    seeds = scenario.archive.seeds(scenario.seeds, scenario.region, scenario.claim_edits)
    return {actor.id: actor.short for actor in seeds.actors}


def _slug(event: Event) -> str:
    return "".join(letter if letter.isalnum() or letter in "._" else "-" for letter in event.text).strip("-.")


def _mark() -> str:
    from simulation.report.frame import generator

    return generator("discover")


def _write_page(
    done: Discovered, table: pd.DataFrame, happened: np.ndarray, scenario: Scenario, page: Path
) -> None:
    from simulation.report.discovery.page import write_discovery
    from simulation.report.discovery.subject import DiscoverySubject

    found, worth = done.found, 1.0
    if found.halves is not None:
        rows = np.concatenate([each.rows for each in found.halves])
        table, happened, worth = (
            table.iloc[rows],
            happened[rows],
            (found.effective or 0.0) / max(1, len(rows)),
        )
    subject = DiscoverySubject(
        found=found, happens=done.happens, text=done.event.text, inputs=table, happened=happened, worth=worth,
        scenario=scenario, manifest=done.run.manifest,
    )  # fmt: skip
    write_discovery(subject, page)
