"""The forecast as of a date, and as a film: what is still open, from where everybody starts, and the words for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from commands import simulate

from simulation import film, hindcast, open_results
from simulation.errors import InputError
from simulation.scoring.as_of import BEFORE, drawn_rows
from simulation.scoring.observables import draws_of
from simulation.scoring.scorecard import MODEL
from simulation.statistics import weighted

TRUTH = """\
title: Made up
start: 2024-11-27
truth:
  - {place: Saraqib, falls_to: hts, day: 1}
  - {place: Aleppo, falls_to: hts, day: 3}
  - {place: Tartus, day: never}
  - {series: killed, side: government, by_day: 1, value: 40}
  - {series: killed, side: government, by_day: 4, value: 90}
  - {series: civilians_killed, by_day: 4, value: 60}
  - {series: displaced, from_day: 2, by_day: 4, value: 9000}
  - {ending: contained}
"""
SHORT = {"overrides": ["days=6"], "replicates": 40, "seed": 3, "sequential": False}
DATES = ("2024-11-28", "2024-11-29")


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    file = tmp_path_factory.mktemp("truth") / "truth.yaml"
    file.write_text(TRUTH, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def made(truth, tmp_path_factory):
    """Two dates, six days of forty histories."""
    return film("aleppo", DATES, truth=truth, out=tmp_path_factory.mktemp("film") / "out", **SHORT)


def test_only_what_was_still_open_is_scored(made):
    labels = [{row.observable.label for row in each.scored.rows} for each in made.hindcasts]
    assert labels[0] == labels[1] and len(labels[0]) == 6
    told = [each.what for each in made.hindcasts[0].scored.not_scored]
    gone = [what for what in told if what == "Saraqib falls:" or "by the end of day 1" in what]
    assert len(gone) == 2 and not {what.rstrip(":") for what in gone} & labels[0]
    assert "The forecast “A duel without cohesion”:" in told


def test_the_model_is_drawn_by_weight_and_stands_beside_itself_without_the_reports(made):
    done = made.hindcasts[1]
    results, world = done.run.results, done.run.world
    weights = results.outcomes["weight"].to_numpy()
    rows = drawn_rows(weights, len(weights))
    assert len(rows) == len(weights) and np.bincount(rows, minlength=40).argmax() == weights.argmax()
    stored = pd.read_parquet(done.folder / "draws.parquet")
    for k, observable in enumerate(yard.observable for yard in done.scored.rows):
        plain = draws_of(observable, results, world)
        for name, wanted in ((MODEL, plain[rows]), (BEFORE, plain)):
            found = stored[(stored["forecast"] == name) & (stored["measure"] == k)]["value"]
            assert found.to_numpy() == pytest.approx(wanted)
    assert done.scored.evidence.effective == pytest.approx(weighted.effective_size(weights))
    assert weighted.mean(plain, weights) == pytest.approx(plain[rows].mean(), abs=1 / 40)


def test_naive_forecasts_start_where_the_updated_histories_stand(made):
    done = made.hindcasts[1]
    results, rows = done.run.results, done.basis.rows
    stored = pd.read_parquet(done.folder / "draws.parquet")
    labels = [row.observable.label for row in done.scored.rows]

    def drawn(name, label):
        found = stored[(stored["forecast"] == name) & (stored["measure"] == labels.index(label))]
        return found["value"].to_numpy()

    killed = results.panel("civilians_killed")[""][:, 3][rows]
    more = drawn("nothing_changes", labels[3]) - killed
    assert done.basis.since == 3 and labels[3].startswith("Civilians killed")
    # Two days are left of the five, each with 0.1 to 0.6 killed.
    assert more.min() >= 0.2 and more.max() <= 1.2
    fled = drawn("pace_of_2019_20", labels[4])
    displaced = results.panel("displaced")[""]
    so_far = (displaced[:, 3] - displaced[:, 2])[rows]
    assert (fled - so_far).min() >= 2 * 6000 and (fled - so_far).max() <= 2 * 25000
    fallen = drawn(BEFORE, "Aleppo falls")[rows]
    assert drawn("nothing_changes", "Aleppo falls") == pytest.approx(np.where(fallen < 3, fallen, 6))


def test_a_film_has_a_table_a_page_and_hindcasts_that_open_again(made):
    table = pd.read_parquet(made.folder / "film.parquet")
    assert list(table["as_of"].unique()) == list(DATES)
    pd.testing.assert_frame_equal(table, made.scores, check_dtype=False)
    again = open_results(made.hindcasts[0].folder)
    pd.testing.assert_frame_equal(again.scores, made.hindcasts[0].scores)
    assert again.folder.name == DATES[0] and again.scored.as_of == DATES[0]
    page = made.report.read_text(encoding="utf-8")
    for said in ("before any report", "The dates side by side", *(f"as of {date}" for date in DATES)):
        assert said in page
    words = " ".join(made.text().split())
    assert "As of 2024-11-29 (17 reports" in words and "against “Nothing changes”" in words
    assert [each["as_of"] for each in made.summary()["hindcasts"]] == list(DATES)


def test_a_hindcast_without_dates_is_as_it_was(truth, tmp_path):
    plain = hindcast("aleppo", truth=truth, report=False, out=tmp_path / "out", **SHORT)
    assert len(plain.scored.rows) == 8 and plain.scored.evidence is None and BEFORE not in plain.scored.naive
    assert {"as_of", "reports", "effective_sample_size"}.isdisjoint(plain.summary())


@pytest.mark.parametrize("dates", [DATES[::-1], DATES[:1] * 2, DATES[:1], (DATES[0], "tomorrow")])
def test_dates_that_make_no_film_are_refused(dates):
    with pytest.raises(InputError, match=r"film needs|must be a date"):
        film("aleppo", dates, **SHORT)


def test_a_report_added_by_hand_goes_with_one_date_only(tmp_path):
    given = ("--given", "place.Aleppo.holder = hts @ 2024-11-30")
    done = simulate("hindcast", "aleppo", "--as-of", ",".join(DATES), *given, cwd=tmp_path)
    assert done.returncode == 2 and "give it with one date" in done.stderr


def test_a_date_after_all_that_happened_leaves_nothing_to_score(truth):
    with pytest.raises(InputError, match="nothing of it was still open"):
        file = truth.with_name("early.yaml")
        file.write_text(
            "title: T\nstart: 2024-11-27\ntruth:\n  - {place: Saraqib, day: 1}\n", encoding="utf-8"
        )
        hindcast("aleppo", truth=file, as_of="2024-11-29", **SHORT)
