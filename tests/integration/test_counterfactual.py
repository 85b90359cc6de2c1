"""What would have been different, given what was reported: weights of the reference on the same histories."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from commands import bytes_of, simulate

from simulation import compare, load_scenario, run
from simulation.errors import InputError
from simulation.statistics import weighted

DUELS = ("duel", "duel --set inputs.red_fighters=21")
LOST_SIX = "killed.blue = 6 error 0.3 @ 0.5"
N = 200


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Two duels, given what was lost in the first of them."""
    return compare(DUELS, replicates=N, given=LOST_SIX, out=tmp_path_factory.mktemp("told") / "out")


def test_differences_are_those_of_the_pairs_by_the_weights_of_the_reference(told):
    there, here = (each.outcomes for each in told.comparison.runs)
    weights = there["weight"].to_numpy()
    assert "weight" not in here and 1 < weighted.effective_size(weights) < N
    by = ((here["ending"] == "red_wins") * 1.0 - (there["ending"] == "red_wins")).to_numpy()
    row = told.comparison.endings.set_index("ending").loc["red_wins"]
    assert row["difference"] == pytest.approx(np.average(by, weights=weights))
    assert row["share_reference"] == pytest.approx(np.average(there["ending"] == "red_wins", weights=weights))
    assert row["low"] < row["difference"] < row["high"]
    killed = told.comparison.outcomes.set_index("outcome").loc["fighters_killed_blue"]
    other = here["fighters_killed_blue"].to_numpy(dtype=float)
    assert killed["mean"] == pytest.approx(np.average(other, weights=weights))
    assert told.comparison.moves["replicates"].sum() == N


def test_the_other_scenario_is_played_as_if_nothing_were_reported(told, tmp_path):
    plain = run(
        DUELS[1].split()[0],
        overrides="inputs.red_fighters=21",
        replicates=N,
        report=False,
        out=tmp_path / "a",
    )
    assert bytes_of(told.folder / told.manifest.folders[1]) == bytes_of(plain.folder)


def test_words_and_json_say_which_question_was_asked(told):
    page = told.report.read_text(encoding="utf-8")
    for said in (told.text(), page, (told.folder / "sentences.txt").read_text(encoding="utf-8")):
        assert "what would have been different, given the one report" in " ".join(said.split())
    assert "Which question was asked" in page and "Where the map differs" not in page
    document = told.summary()["updated"]
    assert document["questions"] == {told.comparison.names[1]: "what_if"} and document["reports"] == ["G1"]
    weights = told.comparison.runs[0].outcomes["weight"].to_numpy()
    assert document["effective_sample_size"] == pytest.approx(weighted.effective_size(weights))


def test_a_report_that_says_nothing_changes_no_byte_of_a_comparison(tmp_path):
    plain = compare(DUELS, replicates=60, report=False, out=tmp_path / "plain")
    empty = compare(
        DUELS, replicates=60, given="killed.blue >= 0 @ 0.5", report=False, out=tmp_path / "empty"
    )
    for name, table in plain.comparison.tables.items():
        pd.testing.assert_frame_equal(empty.comparison.tables[name], table, check_exact=True)
        assert (plain.folder / f"{name}.parquet").read_bytes() == (
            empty.folder / f"{name}.parquet"
        ).read_bytes()


def test_a_scenario_compared_with_itself_on_reports_differs_nowhere(tmp_path):
    done = compare(["duel", "duel"], replicates=60, given=LOST_SIX, report=False, out=tmp_path / "out")
    for name in ("endings", "outcomes", "falls"):
        table = getattr(done.comparison, name)
        assert (table["verdict"] == "identical").all() and not table[["difference", "low", "high"]].any(
            axis=None
        )
    assert done.summary()["updated"]["questions"] == {done.comparison.names[1]: "nothing"}


def test_a_change_after_the_last_report_asks_what_now(tmp_path):
    """The ceasefire begins on day 3."""
    pair = ["two-valleys", "two-valleys-ceasefire"]
    asked = {}
    for day in (2, 4):
        given = f"killed.river_council >= 1 trust 0.7 @ {day}"
        done = compare(pair, replicates=5, given=given, report=False, out=tmp_path / f"by-{day}")
        asked[day] = done.summary()["updated"]["questions"]["two-valleys-ceasefire"]
        assert ("The question is what now" in done.comparison.question) == (day == 2)
    assert asked == {2: "what_now", 4: "what_if"}


def test_reports_of_another_scenario_than_the_reference_are_refused(tmp_path):
    file = tmp_path / "told.yaml"
    file.write_text(f"extends: duel\ngiven: ['{LOST_SIX}']\n", encoding="utf-8")
    with pytest.raises(InputError, match="asks for reports of its own"):
        compare(["duel", str(file)], replicates=5, out=tmp_path / "out")
    done = compare([str(file), "duel"], replicates=5, report=False, out=tmp_path / "out")
    assert done.comparison.condition is not None
    assert load_scenario(done.folder / done.manifest.folders[0] / "scenario.yaml").given == (LOST_SIX,)


def test_a_comparison_plays_on_until_the_reference_is_worth_so_many(tmp_path):
    options = ("--given", LOST_SIX, "--until", "ess:60", "-n", 50, "--no-report", "--out", "out")
    done = simulate("compare", *DUELS, *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "the effective sample size is 6" in " ".join(done.stdout.split())
    wrong = simulate("compare", *DUELS, "--given", LOST_SIX, "--until", "ending.red_wins:0.1", cwd=tmp_path)
    assert wrong.returncode == 2 and "stops by its effective sample size only" in wrong.stderr
