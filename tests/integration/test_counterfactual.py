"""What would have been different, given what was reported: weights of the reference on the same histories."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from commands import bytes_of, simulate

from simulation import compare, extend, load_scenario, open_results, run, verify
from simulation.engine.branched import BranchedHistories
from simulation.errors import InputError
from simulation.results.lineages import LINEAGES, branched_history
from simulation.statistics import weighted
from simulation.statistics.related import related, worth_of
from simulation.statistics.weighted import effective_size
from simulation.world.world import build_world

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
    assert "Which question was asked" in page
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


def test_reports_known_by_a_date_are_no_difference_of_the_scenarios(tmp_path):
    """They lie in the folder of the seeds: read for the reference alone, they change nothing of the war."""
    scenarios = ["aleppo", "aleppo", "allies-free-in-december"]
    done = compare(
        scenarios, replicates=2, as_of="2024-11-30", overrides="days=6", sequential=False, report=False,
        out=tmp_path / "out",
    )  # fmt: skip
    again, december = done.comparison.names[1:]
    assert done.summary()["updated"]["questions"] == {again: "nothing", december: "what_now"}
    assert set(done.comparison.changes["kind"]) == {"measure"}
    assert "The question is what now" in done.comparison.question


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


NEAR_LOST = "fighters_present.red <= 10 @ 0.5"
TOLD_VALLEYS = "killed.river_council >= 1 trust 0.9 @ 2"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Two duels, the histories drawn given that little is left of the first side of the first of them."""
    folder = tmp_path_factory.mktemp("drawn") / "out"
    return compare(DUELS, replicates=N, given=NEAR_LOST, sequential=True, report=False, out=folder)


def test_the_other_scenario_has_the_inputs_and_the_luck_of_histories_drawn_given_the_reports(drawn):
    there, here = drawn.comparison.runs
    assert there.manifest.sequential is not None and "ancestor" in there.outcomes
    assert here.manifest.replays is not None and here.manifest.replays.digest == there.manifest.digest
    assert (there.folder / LINEAGES).read_bytes() == (here.folder / LINEAGES).read_bytes()
    assert not {"weight", "ancestor"} & set(here.outcomes)
    inputs = [each for each in there.outcomes if each.startswith("input.") and "red_fighters" not in each]
    assert (there.outcomes[inputs] == here.outcomes[inputs]).all(axis=None)
    by = (here.outcomes["ending"] == "red_wins").mean() - (there.outcomes["ending"] == "red_wins").mean()
    row = drawn.comparison.endings.set_index("ending").loc["red_wins"]
    assert row["difference"] == pytest.approx(by) and row["low"] < by < row["high"]
    said = drawn.comparison.question
    assert "drawn so that they go as was reported" in said and "the same weights" not in said
    assert drawn.summary()["updated"]["sequential"] and drawn.manifest.again.endswith("--sequential")
    assert verify(drawn.folder).is_whole


def test_any_history_of_the_other_scenario_can_be_played_again(drawn):
    here = drawn.comparison.runs[1]
    world = build_world(load_scenario(here.folder / "scenario.yaml"))
    for replicate in (0, 7):
        inputs, descent = branched_history(here, replicate)
        asked = BranchedHistories(inputs=inputs[None], descents=(descent,), seed=1)
        (history,) = [each for chunk in asked.ensemble(world, 1) for each in chunk]
        ending = world.endings[history.outcome.world.ending]
        assert here.outcomes.set_index("replicate").loc[replicate, "ending"] == ending


def test_intervals_are_those_of_the_effective_size_of_the_reference(drawn):
    condition = drawn.comparison.condition
    assert condition is not None and condition.weights is not None and (condition.weights == 1).all()
    assert effective_size(condition.weights) == pytest.approx(condition.evidence.effective)
    fewer = dataclasses.replace(
        condition, weights=related(condition.weights, worth_of(condition.weights) / 4)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulation.comparison.builder.condition_of", lambda *_: fewer)
        again = open_results(drawn.folder).comparison.endings
    wide, narrow = (each["high"] - each["low"] for each in (again, drawn.comparison.endings))
    assert (wide[narrow > 0] > 1.5 * narrow[narrow > 0]).all() and (narrow > 0).any()


@pytest.mark.parametrize(
    ("name", "told", "number"), [("duel", NEAR_LOST, 60), ("two-valleys", TOLD_VALLEYS, 6)]
)
def test_a_scenario_compared_with_itself_differs_nowhere_where_histories_are_drawn(
    name, told, number, tmp_path
):
    options = {"replicates": number, "given": told, "sequential": True, "report": False}
    done = compare([name, name], out=tmp_path / "out", workers=1, **options)
    assert done.comparison.runs[0].manifest.sequential is not None
    for table in (getattr(done.comparison, each) for each in ("endings", "outcomes", "falls")):
        assert (table["verdict"] == "identical").all()
        assert not table[["difference", "low", "high"]].any(axis=None)
    for table in ("places", "daily"):
        one, other = (each.folder / f"{table}.parquet" for each in done.comparison.runs)
        assert one.read_bytes() == other.read_bytes()
    more = compare([name, name], out=tmp_path / "more", workers=3, **options)
    for each in done.manifest.folders:
        assert bytes_of(done.folder / each) == bytes_of(more.folder / each)


def test_plain_weights_stand_where_they_are_asked_for_or_enough(tmp_path):
    for sequential, name in ((False, "a"), (None, "b")):
        told = NEAR_LOST if sequential is False else LOST_SIX
        done = compare(
            DUELS, replicates=60, given=told, sequential=sequential, report=False, out=tmp_path / name
        )
        assert not done.manifest.sequential and done.comparison.runs[1].manifest.replays is None
        assert done.manifest.again.endswith("--no-sequential")


def test_more_histories_than_were_drawn_together_are_refused_in_a_sentence(drawn):
    with pytest.raises(InputError, match="updated sequentially, and such histories are drawn together"):
        extend(drawn.folder, N + 1)
