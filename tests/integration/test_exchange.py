"""Results in the forms of conflict research agree with the tables of the run, and are read by those who use them."""

import json

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from commands import simulate
from views_frames import PredictionFrame, SpatialLevel, SpatioTemporalIndex
from views_frames.conformance import assert_frame_contract
from views_frames.io import arrow

from simulation import export, open_run
from simulation.errors import InputError


@pytest.fixture(scope="module")
def played(valleys):
    return open_run(valleys)


@pytest.fixture(scope="module")
def events(valleys, tmp_path_factory):
    return pd.read_parquet(export(valleys, form="ged", out=tmp_path_factory.mktemp("ged") / "events.parquet"))


def test_events_add_up_to_the_dead_of_every_history(played, events):
    outcomes = played.outcomes.set_index("replicate")
    sides = pd.concat(
        [
            events[["replicate", f"side_{x}", f"deaths_{x}"]].set_axis(["replicate", "side", "dead"], axis=1)
            for x in "ab"
        ]
    )
    for side, column in (("League", "highland_league"), ("Council", "river_council")):
        dead = (
            sides[sides["side"] == side]
            .groupby("replicate")["dead"]
            .sum()
            .reindex(outcomes.index, fill_value=0)
        )
        assert dead.tolist() == outcomes[f"fighters_killed_{column}"].tolist()
    civilians = events.groupby("replicate")["deaths_civilians"].sum().reindex(outcomes.index, fill_value=0)
    assert civilians.tolist() == outcomes["civilians_killed"].tolist() and civilians.sum() > 0


def test_events_have_what_ged_has(played, events):
    assert (events["best"] == events[["deaths_a", "deaths_b", "deaths_civilians"]].sum(axis=1)).all()
    assert (events["best"] > 0).all() and events["id"].is_unique
    assert (events["priogrid_gid"] == played.world.region.cells.gid[0]).all()
    assert set(events["dyad_name"]) == {"League - Council"}
    ends = played.outcomes.set_index("replicate")["end_day"].loc[events["replicate"]].to_numpy()
    days = (pd.to_datetime(events["date_start"]) - pd.Timestamp(played.scenario.start)).dt.days
    assert (days <= ends).all() and events["date_start"].equals(events["date_end"])


def test_draws_are_a_frame_of_views(valleys, played, events, tmp_path):
    file = export(valleys, form="views", out=tmp_path / "draws.parquet", histories=20)
    state = arrow.load(file)
    index = SpatioTemporalIndex(time=state["time"], unit=state["unit"], level=SpatialLevel(state["level"]))
    frame = PredictionFrame(state["values"], index)
    assert_frame_contract(frame)
    gids = np.unique(played.world.region.cells.gid)
    january_2024 = (2024 - 1980) * 12 + 1
    assert (set(index.time.tolist()), set(index.unit.tolist())) == ({january_2024}, set(gids.tolist()))
    dead = (
        events[events["replicate"] < 20].groupby("replicate")["best"].sum().reindex(range(20), fill_value=0)
    )
    assert frame.values.sum(axis=0).tolist() == dead.tolist()
    assert state["metadata"]["seed"] == 1


def test_prio_grid_cells_are_shared_out_whole(valleys, played, tmp_path):
    table = pd.read_parquet(export(valleys, form="prio-grid", out=tmp_path / "cells.parquet"))
    assert np.allclose(table.groupby(["gid", "day"])["held"].sum(), 1)
    land = table.drop_duplicates("gid")["land_km2"].sum()
    assert land == pytest.approx(float(played.world.region.area_km2.sum()), rel=1e-6)
    last = table[(table["day"] == 30) & (table["actor"] == "river_council")]
    held = (last["held"] * last["land_km2"]).sum()
    assert held == pytest.approx(played.outcomes["area_km2_river_council"].mean(), rel=1e-3)
    assert (table["gid"] == (table["row"] - 1) * 720 + table["col"]).all()


def test_the_command_writes_them_and_takes_only_its_own_for_replaced(valleys, tmp_path):
    done = simulate("export", valleys, "--form", "prio-grid", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Tables  run-prio-grid.parquet\n")
    assert simulate("export", valleys, "--form", "prio-grid", cwd=tmp_path).returncode == 0
    other = tmp_path / "other.parquet"
    pq.write_table(pq.read_table(valleys / "places.parquet"), other)
    with pytest.raises(InputError, match="holds something else"):
        export(valleys, form="ged", out=other)
    with pytest.raises(InputError, match="tables cannot be chosen"):
        export(valleys, form="ged", tables="outcomes")
    one = export(valleys, form="views", histories=1, out=tmp_path / "one.parquet")
    assert json.loads(pq.read_schema(one).metadata[b"views_frames"])["n_samples"] == 1
