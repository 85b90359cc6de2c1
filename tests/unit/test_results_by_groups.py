"""What is read some histories at a time is what the whole tables say, wherever row groups end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fakes import fake_run, write_fake

from simulation.errors import InputError
from simulation.results import daily_fans, folder
from simulation.results.daily_fans import fans_of
from simulation.results.folder import Results
from simulation.results.summary import fallen_shares, falls, taken_shares
from simulation.statistics.intervals import fall_days, fan

REPLICATES = 130


@pytest.fixture(scope="module", params=[1, 7, 2000])
def results(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Results:
    """A run of which a row group has so many histories."""
    return write_fake(tmp_path_factory.mktemp("run") / "run", replicates=REPLICATES, block=request.param)


def test_series_are_those_of_the_table(results: Results) -> None:
    for series in ("killed", "displaced"):
        rows = results.daily[results.daily["series"] == series]
        panels = results.panel(series)
        assert set(panels) == set(rows["actor"])
        for actor, panel in panels.items():
            wanted = rows[rows["actor"] == actor].pivot(index="replicate", columns="day", values="value")
            np.testing.assert_array_equal(
                panel, wanted.reindex(columns=results.days).ffill(axis=1).to_numpy()
            )


def test_several_series_come_with_their_histories(results: Results) -> None:
    killed, seen = results.panel("killed"), 0
    for some, panels in results.panels("displaced", "killed", "nothing"):
        assert some.start == seen and panels["nothing"] == {}
        seen = some.stop
        for actor, panel in panels["killed"].items():
            np.testing.assert_array_equal(panel, killed[actor][some])
    assert seen == REPLICATES


@pytest.mark.parametrize("at_a_time", [3, 5000])
def test_changes_are_all_there_once_and_by_whole_histories(
    results: Results, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "AT_A_TIME", at_a_time)
    groups = list(results.changes())
    assert [some.start for some, _ in groups[1:]] == [some.stop for some, _ in groups[:-1]]
    assert (groups[0][0].start, groups[-1][0].stop) == (0, REPLICATES)
    for some, rows in groups:
        assert set(rows["replicate"]) <= set(results.replicates[some])
    joined = pd.concat([rows.astype({"place": str}) for _, rows in groups], ignore_index=True)
    assert joined["day"].tolist() == results.places["day"].tolist()


def test_falls_are_those_of_all_changes(results: Results) -> None:
    manifest = results.manifest
    wanted = fall_days(results.places, results.outcomes, manifest.places, manifest.dissolves)
    pd.testing.assert_frame_equal(
        pd.concat([days for _, days in falls(results)]), wanted, check_column_type=False
    )
    counts = (wanted < np.inf).sum()
    assert {place: share.count for place, share in fallen_shares(results).items()} == counts.to_dict()
    taken = results.places.drop_duplicates(["replicate", "place"])["place"].value_counts()
    found = {place: share.count for place, share in taken_shares(results).items() if share.count}
    assert found == taken[taken > 0].to_dict()


@pytest.mark.parametrize("most", [1, 32 << 20])
def test_fans_are_those_of_the_panels(results: Results, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the values of a single actor are all that is held."""
    monkeypatch.setattr(daily_fans, "MOST_BYTES", most)
    found = fans_of(results, ("killed", "displaced", "nothing"))
    assert found["nothing"] == {}
    for series in ("killed", "displaced"):
        panels = results.panel(series)
        assert list(found[series]) == list(panels)
        for actor, panel in panels.items():
            np.testing.assert_array_equal(found[series][actor].marks, fan(panel))
            assert found[series][actor].changing == sum(len(set(row)) > 1 for row in panel.tolist())


def test_columns_are_read_alone(results: Results) -> None:
    fresh = Results(results.folder)
    pd.testing.assert_frame_equal(
        fresh.columns("end_day", "ending"), results.outcomes[["end_day", "ending"]], check_categorical=False
    )
    assert "outcomes" not in vars(fresh) and fresh.outcome_names == tuple(results.outcomes)


def test_a_day_after_the_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = write_fake(tmp_path / "run", replicates=20)
    monkeypatch.setattr(Results, "days", np.arange(3.0))
    with pytest.raises(InputError, match=r"daily\.parquet: .*a day after the end of all histories"):
        run.panel("killed")


def test_histories_without_a_change_come_too(tmp_path: Path) -> None:
    run = write_fake(tmp_path / "run", replicates=20)
    some = fake_run(20).chunk(0, 20)["places"]["replicate"]
    assert len(set(some)) < 20, "the made-up run has histories in which nothing falls"
    assert sum(some.stop - some.start for some, _ in run.changes()) == 20
