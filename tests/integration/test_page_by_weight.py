"""The page of a run on reports: the map, the inputs and the record count by weight too."""

from __future__ import annotations

import numpy as np
import pytest

from simulation import run
from simulation.results.folder import Results
from simulation.statistics import weighted
from simulation.statistics.intervals import weights_of
from simulation.updating.control import PARTS, cells_after

N = 8


@pytest.fixture(scope="module")
def two_valleys(tmp_path_factory):
    return run("two-valleys", replicates=N, report=False, out=tmp_path_factory.mktemp("run") / "run")


def by_weight(done, weights):
    """Return the results of a run as if its histories counted so much."""
    results = Results(done.folder)
    results.__dict__["outcomes"] = done.outcomes.assign(weight=np.asarray(weights, dtype=float))
    return results


def field(cells):
    keys = ["day", "sub_id", "actor"]
    return cells.assign(actor=cells["actor"].astype(str)).set_index(keys)["probability"].sort_index()


def test_the_map_is_that_of_histories_repeated_as_they_count(two_valleys, tmp_path):
    weights = np.zeros(N)
    weights[2], weights[5] = 3, 1
    found = field(cells_after(two_valleys.world, by_weight(two_valleys, weights), two_valleys.seed))
    alone = [
        field(run("two-valleys", replicates=1, first=k, report=False, out=tmp_path / f"{k}").cells)
        for k in (2, 5)
    ]
    # A day lists the cells that some history saw pass; the others are as on day 0.
    start = alone[0].xs(0.0, level="day")
    for key, share in found.items():
        day, cell, actor = key
        each = []
        for one in alone:
            listed = one[(one.index.get_level_values(0) == day) & (one.index.get_level_values(1) == cell)]
            known = one if len(listed) else None
            each.append(known.get(key, 0.0) if known is not None else start.get((cell, actor), 0.0))
        assert share == pytest.approx(0.75 * each[0] + 0.25 * each[1], abs=1 / PARTS)


def test_the_map_of_equal_weights_is_that_of_the_run(two_valleys):
    assert cells_after(two_valleys.world, by_weight(two_valleys, np.full(N, 0.3)), 1).equals(
        two_valleys.cells
    )


def test_a_page_on_reports_says_which_inputs_go_with_the_outcome(tmp_path):
    done = run("two-valleys", replicates=150, given="ending = truce trust 0.9", out=tmp_path / "run")
    page = done.report.read_text(encoding="utf-8")
    weights = weights_of(done.outcomes)
    assert weights is not None and weighted.effective_size(weights) > 20
    section = page.partition('id="drivers"')[2].partition("<section")[0]
    assert "rank correlation" in section and "parts of the outcome" not in section
