"""The same scenario, seed and number of histories give the same tables, however they are run."""

import json

import numpy as np
import pandas as pd
import pytest
from commands import TABLES, bytes_of, manifest_of, run_to, simulate

RUNS = {
    "duel": ("duel", "-n", 50),
    "two-valleys": ("two-valleys", "-n", 40),
    "aleppo": ("aleppo", "--days", 2, "-n", 12),
}


@pytest.mark.parametrize("name", RUNS)
def test_any_number_of_workers_writes_the_same_bytes(name, tmp_path):
    one, two, five = (
        bytes_of(run_to(tmp_path / str(workers), *RUNS[name], "--no-report", "--workers", workers))
        for workers in (1, 2, 5)
    )
    assert all(one[table] == two[table] == five[table] for table in TABLES)
    assert all(len(one[table]) > 500 for table in TABLES)


def test_running_again_gives_the_same_digest_and_bytes(tmp_path):
    folder = run_to(tmp_path / "run", *RUNS["two-valleys"], "--no-report")
    manifest, before = manifest_of(folder), bytes_of(folder)
    run_to(folder, *RUNS["two-valleys"], "--no-report")
    again = manifest_of(folder)
    assert bytes_of(folder) == before
    assert [again[key] for key in ("digest", "scenario_digest")] == [
        manifest[key] for key in ("digest", "scenario_digest")
    ]


def test_the_first_histories_are_those_of_a_shorter_run(valleys, tmp_path):
    fewer = run_to(tmp_path / "ten", "two-valleys", "-n", 10, "--no-report")
    for table in ("outcomes", "places", "daily"):
        many, ten = (_plain(pd.read_parquet(folder / f"{table}.parquet")) for folder in (valleys, fewer))
        first = many[many["replicate"] < 10].reset_index(drop=True)
        pd.testing.assert_frame_equal(first, ten, check_exact=True)


def _plain(table):
    """Return the table with words instead of categories, whose list depends on all rows."""
    words = table.select_dtypes("category").columns
    return table.astype(dict.fromkeys(words, str))


@pytest.mark.parametrize("run", ["valleys", "aleppo"])
def test_one_history_alone_is_that_history(run, request, tmp_path):
    folder = request.getfixturevalue(run)
    scenario = {"valleys": ["two-valleys"], "aleppo": ["aleppo", "--days", 2]}[run]
    row = pd.read_parquet(folder / "outcomes.parquet").set_index("replicate").loc[7]
    done = simulate("trace", *scenario, "--replicate", 7, "--jsonl", cwd=tmp_path)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert sum(event["process"] != "measure" for event in events) == row["events"]
    times = [event["time"] for event in events]
    assert times == sorted(times) and times[-1] <= row["end_day"]
    civilians = sum(event.get("civilians_killed", 0) for event in events)
    assert civilians == row["civilians_killed"]
    falls = pd.read_parquet(folder / "places.parquet").query("replicate == 7")
    seized = [event["time"] for event in events if event["process"] == "seize" and "place" in event]
    assert set(falls["day"]) == set(seized)


def test_the_story_ends_as_the_table_says(tmp_path):
    folder = run_to(tmp_path / "run", "duel", "-n", 10, "--no-report")
    rows = pd.read_parquet(folder / "outcomes.parquet")
    said = {"red_wins": "Blue has nobody left.", "blue_wins": "Red has nobody left."}
    for row in rows.iloc[[3, 7]].itertuples():
        story = simulate("trace", "duel", "--replicate", row.replicate, cwd=tmp_path).stdout
        assert story.splitlines()[-1] == (
            f"The history ends on day {f'{row.end_day:.2f}'.removesuffix('.00')}: {said[row.ending]}"
        )


def test_a_changed_number_is_another_run(tmp_path):
    folders = [
        run_to(tmp_path / str(k), "aleppo", "--days", 0.5, "-n", 8, "--no-report", *more)
        for k, more in enumerate([[], ["--set", "inputs.hts_fighters=20000"]])
    ]
    assert len({manifest_of(folder)["scenario_digest"] for folder in folders}) == 2
    assert len({manifest_of(folder)["digest"] for folder in folders}) == 2
    drawn, fixed = (pd.read_parquet(folder / "outcomes.parquet") for folder in folders)
    assert (fixed["input.hts_fighters"] == 20000).all() and drawn["input.hts_fighters"].nunique() == 8
    others = [n for n in drawn if n.startswith("input.") and n != "input.hts_fighters"]
    assert np.array_equal(drawn[others], fixed[others])
