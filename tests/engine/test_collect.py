"""From histories to rows: each table against a count done by hand over the same histories."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulation.engine.ensemble import Ensemble, History
from simulation.engine.loop import run_on
from simulation.engine.replicate import start
from simulation.model.daily_series import DailySeries
from simulation.model.registry import Process
from simulation.model.state import EVENT, OF_CELL, OF_PLACE, Stance, copy_state
from simulation.outcomes.cell_counts import CellCounts
from simulation.outcomes.collector import Collector, ending_names
from simulation.outcomes.tables import CELLS, Words, to_arrow
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.results.run_tables import RunTables
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world

COUNT = 40


@cache
def world_of(name: str, days: float) -> World:
    return build_world(load_scenario(name, [f"days={days}"]))


@cache
def histories_of(name: str, days: float) -> tuple[History, ...]:
    chunks = Ensemble(world_of(name, days), range(COUNT), 1, 2)
    return tuple(history for chunk in chunks for history in chunk)


def tables(world: World, histories: tuple[History, ...], cut: int = COUNT) -> dict[str, pd.DataFrame]:
    """Return the four tables as the collector gives them for pieces of `cut` histories."""
    collector = Collector(world)
    pieces = [collector.add(histories[k : k + cut]) for k in range(0, len(histories), cut)]
    found = {name: pd.concat([_frame(piece[name]) for piece in pieces]) for name in pieces[0]}
    found["cells"] = _frame(collector.cells())
    return {name: frame.reset_index(drop=True) for name, frame in found.items()}


def _frame(columns: Any) -> pd.DataFrame:
    plain = {
        name: [values.names[code] for code in values.codes] if isinstance(values, Words) else values
        for name, values in columns.items()
    }
    return pd.DataFrame(plain)


def control_on(world: World, history: History, day: int) -> np.ndarray:
    """Return who holds each cell at the end of a day, by telling the changes one after the other."""
    control = world.template.cells.control.copy()
    for change in history.outcome.changes:
        if change.kind == OF_CELL and change.day <= day:
            assert control[change["index"]] == change.before
            control[change["index"]] = change.after
    return control


@pytest.fixture(params=[6, 2.5, 1])
def days(request: pytest.FixtureRequest) -> float:
    return float(request.param)


def test_cells_are_a_count_of_histories(days: float) -> None:
    world, histories = world_of("two-valleys", days), histories_of("two-valleys", days)
    found = tables(world, histories)["cells"]
    told = {(row.day, row.sub_id, row.actor): row.probability for row in found.itertuples()}
    start, expected = world.template.cells.control, {}
    for cell, sub_id in enumerate(world.region.cells.sub_id):
        expected[0, int(sub_id), world.actors[start[cell]]] = 1.0
    for day in range(1, math.ceil(days) + 1):
        held = np.array([control_on(world, history, day) for history in histories])
        for cell in np.flatnonzero((held != start).any(axis=0)):
            for actor, number in Counter(held[:, cell].tolist()).items():
                expected[min(day, days), int(world.region.cells.sub_id[cell]), world.actors[actor]] = (
                    number / COUNT
                )
    assert told == pytest.approx(expected, abs=1e-15)
    assert max(day for day, _, _ in told) == days


def test_probabilities_add_up_to_one_in_every_cell(days: float) -> None:
    found = tables(world_of("two-valleys", days), histories_of("two-valleys", days))["cells"]
    assert (found["probability"] > 0).all() and (found["day"] > 0).any()
    sums = found.groupby(["day", "sub_id"])["probability"].sum()
    assert np.allclose(sums, 1, atol=1e-12)


def test_cells_that_nobody_held_are_never_given_to_somebody() -> None:
    world, histories = world_of("two-valleys", 6.0), histories_of("two-valleys", 6.0)
    moved = Counter(int(row["index"]) for h in histories for row in h.outcome.changes if row.kind == OF_CELL)
    (cell, _), *_ = moved.most_common(1)
    state = copy_state(world.template)
    state.cells.control[cell] = -1
    empty = dataclasses.replace(world, template=state)
    found = tables(empty, tuple(_first_from_nobody(history, cell) for history in histories))["cells"]
    rows = found[found["sub_id"] == world.region.cells.sub_id[cell]]
    assert not (rows["day"] == 0).any()
    for day in range(1, 7):
        takers = [
            [
                row.after
                for row in h.outcome.changes
                if row["index"] == cell and row.day <= day and row.kind == 0
            ]
            for h in histories
        ]
        last = Counter(world.actors[taken[-1]] for taken in takers if taken)
        told = rows[rows["day"] == day].set_index("actor")["probability"].to_dict()
        assert told == pytest.approx({actor: number / COUNT for actor, number in last.items()})


def _first_from_nobody(history: History, cell: int) -> History:
    changes = history.outcome.changes.copy()
    of_cell = np.flatnonzero((changes.kind == OF_CELL) & (changes["index"] == cell))
    changes.before[of_cell[:1]] = -1
    return dataclasses.replace(history, outcome=dataclasses.replace(history.outcome, changes=changes))


def test_daily_land_and_people_follow_control() -> None:
    """The pictures of the engine against the changes it logged, history by history."""
    world = world_of("two-valleys", 6.0)
    area = world.template.ground.area_m2 / 1e6
    for history in histories_of("two-valleys", 6.0)[:10]:
        for day in range(len(history.outcome.daily)):
            control = control_on(world, history, day)
            held = [area[control == actor].sum() for actor in range(len(world.actors))]
            assert history.outcome.daily[day, DailySeries.AREA_KM2, :-1] == pytest.approx(held)


@pytest.mark.parametrize("cut", [1, 7, 13])
def test_pieces_of_any_size_give_the_same_rows(cut: int) -> None:
    world, histories = world_of("two-valleys", 6.0), histories_of("two-valleys", 6.0)
    whole, cut_up = tables(world, histories), tables(world, histories, cut)
    for name, frame in whole.items():
        pd.testing.assert_frame_equal(cut_up[name], frame, check_exact=True, check_dtype=False)


def test_daily_has_a_row_for_every_day_lived_through() -> None:
    world, histories = world_of("duel", 1.5), histories_of("duel", 1.5)
    daily = tables(world, histories)["daily"]
    last = daily.groupby("replicate")["day"].max()
    assert list(last) == [h.outcome.world.end_day for h in histories]
    assert last.min() < 1 < last.max() == 1.5
    counts = daily.groupby(["replicate", "series", "actor"])["day"].agg(["min", "count"])
    assert (counts["min"] == 0).all()
    assert (counts["count"] == np.ceil(last.reindex(counts.index, level="replicate")) + 1).all()
    assert set(daily["day"]) - set(last) <= {0, 1}
    killed = daily[(daily["series"] == "killed") & (daily["actor"] == "red")].groupby("replicate")["value"]
    assert list(killed.last()) == [h.outcome.actors[0].killed for h in histories]


def test_a_history_that_ended_early_keeps_its_last_value(tmp_path: Path) -> None:
    world, histories = world_of("duel", 1.5), histories_of("duel", 1.5)
    manifest = Manifest(
        command=("test",), scenario="duel", scenario_digest="0" * 12, title="t", start="2024-01-01", days=1.5,
        seed=1, replicates=COUNT, per_case=1, workers=1, engine_version="0", endings=ending_names(world),
    )  # fmt: skip
    with RunTables(tmp_path) as tables:
        tables.add(**Collector(world).add(histories))
        tables.close()
    manifest.recording(tmp_path).write(tmp_path / "manifest.json")
    results = Results(tmp_path)
    panel = results.panel("fighters_present")
    assert results.days.tolist() == [0, 1, 1.5]
    for number, history in enumerate(histories):
        present = history.outcome.daily[:, DailySeries.FIGHTERS_PRESENT, 0]
        padded = [*present, *[present[-1]] * (3 - len(present))]
        assert list(panel["red"][number]) == padded


def seized(world: World, replicate: int, by: set[int], until: float) -> int:
    """Return the villages in cells seized by some actors by a day, from the log of events."""
    _, params, quantities = world.cases(range(replicate, replicate + 1), 1)
    state = copy_state(world.template)
    start(state, world.template, params[0], quantities[0], 1, replicate)
    log = np.zeros(100_000, EVENT).view(np.recarray)
    log = log[: run_on(state, log)]
    mine = (log.process == Process.SEIZE) & np.isin(log.actor, list(by)) & (log.time <= until)
    return int(log.amount[mine].sum())


@pytest.mark.parametrize("length", [6.0, 1.0])
def test_villages_of_the_first_two_days_are_those_seized_by_then(length: float) -> None:
    world, histories = world_of("two-valleys", length), histories_of("two-valleys", length)
    attackers = {k for k, row in enumerate(world.template.actors) if row.stance == Stance.OFFENSIVE}
    found = tables(world, histories)["outcomes"]["villages_taken_day2"]
    expected = [seized(world, number, attackers, min(2, length)) for number in range(COUNT)]
    assert list(found) == expected
    assert sum(expected) > 0


def test_first_days_are_the_pictures_of_those_days() -> None:
    world, histories = world_of("two-valleys", 6.0), histories_of("two-valleys", 6.0)
    found, shorter = tables(world, histories)["outcomes"], tables(*_two_days())["outcomes"]
    for number, history in enumerate(histories):
        daily = history.outcome.daily
        assert found["displaced_day2"][number] == daily[2, DailySeries.DISPLACED, -1]
        assert found["fighters_killed_day1"][number] == daily[1, DailySeries.KILLED, :-1].sum()
    names = [name for name in found if name.endswith(("_day1", "_day2"))]
    assert len(names) >= 5
    pd.testing.assert_frame_equal(found[names], shorter[names])  # what comes later changes nothing
    assert found["fighters_killed_day1"].max() > 0


def _two_days() -> tuple[World, tuple[History, ...]]:
    return world_of("two-valleys", 2.0), histories_of("two-valleys", 2.0)


def test_captives_of_the_first_days_are_the_defenders() -> None:
    world, histories = _two_days()
    found = tables(world, histories)["outcomes"]["fighters_captured_day2"]
    attackers = {k for k, row in enumerate(world.template.actors) if row.stance == Stance.OFFENSIVE}
    theirs = [k for k in range(len(world.actors)) if k not in attackers]
    assert list(found) == [h.outcome.actors.captured[theirs].sum() for h in histories]


def test_outcomes_are_the_last_records() -> None:
    world, histories = world_of("two-valleys", 30.0), histories_of("two-valleys", 30.0)
    found = tables(world, histories)["outcomes"]
    displaced = [h.outcome.daily[:, DailySeries.DISPLACED, -1] for h in histories]
    assert list(found["displaced_peak"]) == [each.max() for each in displaced]
    assert list(found["displaced_end"]) == [each[-1] for each in displaced]
    assert (found["displaced_end"] < found["displaced_peak"]).any()
    assert list(found["end_day"]) == [h.outcome.world.end_day for h in histories]
    assert list(found["ending"]) == [world.endings[h.outcome.world.ending] for h in histories]
    assert list(found["case"]) == list(found["replicate"]) == list(range(COUNT))
    for k, actor in enumerate(world.actors):
        present = [h.outcome.actors[k].present for h in histories]
        assert list(found[f"fighters_left_{actor}"]) == present
    inputs = found[[f"input.{name}" for name in world.scenario.inputs]].to_numpy()
    assert np.array_equal(inputs, np.array([h.inputs for h in histories]))


def test_places_are_the_changes_of_named_places() -> None:
    world, histories = world_of("two-valleys", 6.0), histories_of("two-valleys", 6.0)
    rows = list(tables(world, histories)["places"].itertuples(index=False, name=None))
    expected = [
        (h.replicate, world.places[row["index"]], row.day, world.actors[row.before], world.actors[row.after])
        for h in histories
        for row in h.outcome.changes
        if row.kind == OF_PLACE
    ]
    assert rows == expected
    assert expected


def test_a_place_that_nobody_held_is_taken_from_nobody() -> None:
    world, histories = world_of("two-valleys", 6.0), histories_of("two-valleys", 6.0)
    history = next(h for h in histories if (h.outcome.changes.kind == OF_PLACE).any())
    changes = history.outcome.changes.copy()
    changes.before[changes.kind == OF_PLACE] = -1
    freed = dataclasses.replace(history, outcome=dataclasses.replace(history.outcome, changes=changes))
    assert set(tables(world, (freed,))["places"]["from_actor"]) == {"nobody"}


def test_an_ending_that_none_names_is_undecided() -> None:
    """Index -1 of a history is the last name, which stands for it where no ending need hold."""
    world = world_of("duel", 1.5)
    assert ending_names(world) == ("red_wins", "blue_wins", "undecided")
    open_ended = [end for end in world.seeds.endings if not end.when.always]
    stub: Any = SimpleNamespace(
        seeds=SimpleNamespace(endings=open_ended), endings=tuple(end.id for end in open_ended)
    )
    assert ending_names(stub) == ("red_wins", "blue_wins", "undecided")
    assert ending_names(stub)[-1] == "undecided"


@pytest.mark.parametrize(("name", "days"), [("two-valleys", 6.5), ("aleppo", 2.0)])
def test_cells_are_counted_again_from_their_table(name: str, days: float) -> None:
    """So that the cells of a part, or of a finished run, add up with those of others."""
    world, histories = world_of(name, days), histories_of(name, days)
    whole, joined = CellCounts(world), CellCounts(world)
    whole.add(histories)
    for some in (histories[:7], histories[7:]):
        part = CellCounts(world)
        part.add(some)
        joined.merge(CellCounts.of_table(world, to_arrow(part.table(), CELLS), len(some)))
    assert joined.histories == len(histories) and len(whole.changes)
    pd.testing.assert_frame_equal(_frame(joined.table()), _frame(whole.table()), check_exact=True)
