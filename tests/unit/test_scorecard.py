"""What is said of many rows: skills without the rows that were hit, coverage with its count, rows after the run."""

from __future__ import annotations

import json
import logging
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.report.hindcast.scorecard import scores_section
from simulation.scenario import load_scenario
from simulation.scenario.notice import tell
from simulation.scoring.document import scorecard_document
from simulation.scoring.late_items import late_items, late_notices
from simulation.scoring.observables import Observable, observables_of
from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow, score
from simulation.scoring.sentences import coverage_words, log_words, skill_words, verdict, where
from simulation.scoring.terminal import scored_text
from simulation.scoring.truth import TruthItem, read_truth
from simulation.world.world import World, build_world

HISTORIES, HORIZON = 1000, 30
TRUTH = """\
title: T
start: 2024-11-27
truth:
  - {place: Hama, day: 8}
  - {series: killed, by_day: 2, value: 1}
  - {series: killed, by_day: 3, value: 1}
  - {series: displaced, day: 15, value: 1, label: People displaced}
  - {ending: government_falls, day: 11}
  - {ending: truce}
"""


def row(k: int, happened: float, model: np.ndarray, naive: float | None) -> ScoreRow:
    """Return a row of a fall with the draws of the model and, if any, the one number of a naive forecast."""
    what = Observable(
        item=TruthItem(place=(f"P{k}",), day=happened), kind="fall", label=f"P{k} falls", unit="day", value=happened,
        low=happened, high=happened, horizon=HORIZON,
    )  # fmt: skip
    known = {} if naive is None else {"calm": score(what, np.full(HISTORIES, naive))}
    return ScoreRow(observable=what, scores={MODEL: score(what, model), **known})


def card(*rows: ScoreRow) -> Scorecard:
    return Scorecard(
        title="T",
        rows=rows,
        naive={"calm": ("Calm", "so")},
        not_scored=(),
        replicates=HISTORIES,
        horizon=HORIZON,
    )


def evenly(low: float, high: float) -> np.ndarray:
    return np.repeat(np.arange(low, high), HISTORIES // int(high - low))


@pytest.fixture(scope="module")
def five() -> Scorecard:
    """Return rows with skills 0.5, 0.9 and -1, two that the naive forecast hit, and one of which it says nothing."""
    return card(
        row(0, 10, np.full(HISTORIES, 20.0), HORIZON),
        row(1, 10, np.full(HISTORIES, 12.0), HORIZON),
        row(2, 10, np.full(HISTORIES, 14.0), 12),
        row(3, HORIZON, np.full(HISTORIES, float(HORIZON)), HORIZON),
        row(4, HORIZON, evenly(10, 20), HORIZON),
        row(5, 10, evenly(0, 20), None),
    )


def test_a_skill_over_rows_leaves_out_those_that_were_hit_and_says_how_many(five: Scorecard) -> None:
    assert [each.skill("calm") for each in five.rows] == [0.5, 0.9, -1, None, None, None]
    found = five.tally("calm").skill
    assert (found.middle, found.rows, found.left_out) == (0.5, 3, 2)
    said = "The middle skill over 3 measures is +0.50; 2 measures that it hit exactly are left out"
    assert skill_words(five, "calm").startswith(said)
    assert said in re.sub(r"\s+", " ", scored_text(five)) and said in scores_section(five)


def test_no_skill_is_null_or_nan_anywhere(five: Scorecard) -> None:
    document = json.loads(json.dumps(scorecard_document(five), allow_nan=False))
    skills = [
        each["forecasts"].get("calm", {}).get("skill_of_model", "none") for each in document["measures"]
    ]
    assert skills == [0.5, 0.9, -1, "none", "none", "none"]
    told = document["summary"]["calm"]
    assert (told["median_skill"], told["skill_measures"], told["skill_left_out"]) == (0.5, 3, 2)
    assert None not in told.values()
    cells = re.findall(r"<td[^>]*>(.*?)</td>", scores_section(five))
    assert cells.count("left out") == 2 and "+0.50" in cells
    for text in (*cells, *scored_text(five).replace("on none it", "").split()):
        assert text.strip("+-,.;()").lower() not in ("nan", "inf", "null", "none")


def test_where_everything_was_hit_no_skill_is_stated() -> None:
    hit = card(row(0, HORIZON, evenly(0, 20), HORIZON))
    assert skill_words(hit, "calm").startswith(
        "No skill against it can be stated; 1 measure that it hit exactly is"
    )
    assert "median_skill" not in scorecard_document(hit)["summary"]["calm"]
    silent = card(row(0, 10, evenly(0, 20), None))
    assert skill_words(silent, "calm") == "No skill against it can be stated"
    assert (log_words(silent, "calm"), coverage_words(silent, "calm")) == ("", "")
    assert "mean_log_score" not in scorecard_document(silent)["summary"]["calm"]


def test_coverage_is_printed_with_its_count() -> None:
    """90 % of 0 to 19, 50 histories each, lie from 1 to 18."""
    scored = card(*(row(k, 18 if k < 61 else 19, evenly(0, 20), 18) for k in range(72)))
    assert "held what happened on 61 of 72 measures; on 11 it is" in where(scored)
    assert coverage_words(scored, "calm") == "Its 90 % intervals held 61 of 72"
    assert scorecard_document(scored)["truth_inside_90_percent"] == {"count": 61, "measures": 72}
    assert scorecard_document(scored)["summary"]["calm"]["truth_inside_90_percent"] == {
        "count": 61,
        "measures": 72,
    }
    assert "held 61 of 72" in verdict(scored, "calm") and "61 of 72" in re.sub(
        r"\s+", " ", scored_text(scored)
    )


def test_a_forecast_that_misses_does_not_win_the_logarithm_by_having_one_draw() -> None:
    """100 of 1,000 histories name the day, and nobody else does: the model must be ahead."""
    scored = card(row(0, 10, np.repeat([10.0, 25.0], [100, 900]), HORIZON))
    ours, theirs = scored.tally("calm").log_scores or (math.nan, math.nan)
    assert ours == pytest.approx(-math.log(100.5 / 1001)) and theirs == pytest.approx(-math.log(0.5 / 1001))
    assert log_words(scored, "calm").endswith("over 1 day or ending: the model 2.30, this forecast 7.60")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "truth.yaml").write_text(TRUTH, encoding="utf-8")
    return tmp_path / "truth.yaml"


@pytest.fixture(scope="module")
def short() -> World:
    return build_world(load_scenario("aleppo", ["days=3"]))


def test_rows_after_the_run_are_left_out_and_counted(
    file: Path, short: World, caplog: pytest.LogCaptureFixture
) -> None:
    truths = [read_truth(file)]
    kept = observables_of(truths, short)
    assert [each.kind for each in kept] == ["fall", "amount", "ending"] and kept[0].value == 3
    left = late_items(truths, 3)
    assert [each.what for each in left] == [
        "killed of day 3:",
        "People displaced:",
        "government_falls of day 11:",
    ]
    assert left[1].why == "the run of 3 days ends before day 15 is over."
    with caplog.at_level(logging.WARNING):
        tell(late_notices(truths, 3))
    said = "truth: 3 of 6 items lie after the run of 3 days and are left out: truth[2], truth[3] and truth[4]"
    assert f"{file}:6 {said}" in caplog.text
    assert not late_notices(truths, 30) and not late_items(truths, 30)


@pytest.mark.parametrize(("days", "count"), [(3.5, 3), (4, 2), (12, 1), (15.5, 1), (16, 0)])
def test_a_row_counts_from_the_end_of_its_day(file: Path, days: float, count: int) -> None:
    assert len(late_items([read_truth(file)], days)) == count


def test_a_truth_of_which_nothing_lies_within_the_run_is_refused(tmp_path: Path) -> None:
    lines = TRUTH.splitlines()
    (tmp_path / "late.yaml").write_text("\n".join([*lines[:3], lines[6], lines[7]]), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"nothing of it lies within the run of 3 days; run at least 12 days"
    ):
        late_notices([read_truth(tmp_path / "late.yaml")], 3)


def test_what_is_left_out_must_be_spelt_right_all_the_same(file: Path, short: World) -> None:
    file.write_text(TRUTH.replace("series: displaced", "series: displaecd"), encoding="utf-8")
    truths: Any = [read_truth(file)]
    with pytest.raises(InputError, match="there is no series 'displaecd'; did you mean 'displaced'"):
        observables_of(truths, short)
