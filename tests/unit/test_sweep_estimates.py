"""The table of points on made-up values: shares, means, paired differences, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.outcomes.targets import Target
from simulation.parameter_study.design import grid
from simulation.parameter_study.estimates import REFERENCE, point_table
from simulation.parameter_study.factor import Factor
from simulation.parameter_study.finding import findings_of
from simulation.parameter_study.sentences import answer, sentences
from simulation.parameter_study.study import ParameterStudy
from simulation.parameter_study.terminal import study_text
from simulation.sensitivity_analysis.finding import SHARE
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.statistics.evidence import HIGHER, IDENTICAL, LOWER, UNCLEAR

NUMBER = 400
WON, KILLED, DAY = (
    Target(text=text, kind=kind, name=text.rpartition(".")[2], width=float("nan"))
    for text, kind in (("ending.won", "ending"), ("killed", "outcome"), ("day", "outcome"))
)


def values(luck: np.ndarray, chance: float, mean: float) -> np.ndarray:
    """Return histories of one luck: won, killed, and a day that only those who won have."""
    won = luck < chance
    return np.stack([won, mean + 10 * luck, np.where(won, 3.0, np.nan)], axis=1)


@pytest.fixture(scope="module")
def study() -> ParameterStudy:
    luck = np.random.default_rng(7).random(NUMBER)
    points = [values(luck, chance, mean) for chance, mean in ((0.2, 5.0), (0.5, 2.0), (0.2, 5.0))]
    points[2][:, 1] += np.random.default_rng(8).normal(0, 0.01, NUMBER)
    return ParameterStudy(
        scenario="made-up", title="Made up", question="?", days=3, seed=1, replicates=NUMBER, reused=1,
        design=grid({"inputs.force": ("1", "20", "3000")}),
        factors=(Factor(path="inputs.force", label="force", unit="fighters", values=("1", "20", "3000")),),
        outcomes=(
            StudiedOutcome(name="ending.won", label="ending “won”", unit=SHARE),
            StudiedOutcome(name="killed", label="civilians killed", unit="people"),
            StudiedOutcome(name="day", label="day of the fall", unit="day"),
        ),
        table=point_table(points, [WON, KILLED, DAY]),
    )  # fmt: skip


def test_values_lie_in_their_intervals_and_pairs_make_differences_narrow(study: ParameterStudy) -> None:
    table = study.table
    assert (
        len(table) == 9 and (table["low"] <= table["value"]).all() and (table["value"] <= table["high"]).all()
    )
    later = table[table["point"] > 1]
    assert (later["difference_low"] <= later["difference"]).all()
    assert table[table["point"] == 1]["difference"].isna().all()
    killed = later[later["outcome"] == "killed"].iloc[0]
    # The luck is the same at both points, so that the difference is known although each mean is not.
    assert (killed["difference_low"], killed["difference_high"]) == pytest.approx((-3, -3))
    assert killed["high"] - killed["low"] > 0.4


def test_a_verdict_is_given_where_points_differ_and_only_there(study: ParameterStudy) -> None:
    verdicts = study.table.set_index(["outcome", "point"])["verdict"].to_dict()
    assert verdicts["ending.won", 1] == REFERENCE
    assert (verdicts["ending.won", 2], verdicts["killed", 2]) == (HIGHER, LOWER)
    assert (verdicts["ending.won", 3], verdicts["killed", 3]) == (IDENTICAL, UNCLEAR)


def test_what_few_histories_have_is_compared_over_those_that_have_it(study: ParameterStudy) -> None:
    rows = study.table[study.table["outcome"] == "day"]
    assert rows["number"].tolist() == pytest.approx([0.2 * NUMBER, 0.5 * NUMBER, 0.2 * NUMBER], rel=0.15)
    assert rows["value"].tolist() == [3, 3, 3] and rows["difference"].tolist()[1:] == [0, 0]


def test_the_sentences_name_the_ends_in_words(study: ParameterStudy) -> None:
    won, killed, day = sentences(study)
    assert won.startswith("Ending “won”: from ") and "of 100 histories (force 1) to" in won
    assert won.endswith("(force 20); clearly other than at the first point at 1 of 2 other points.")
    assert killed.startswith("Civilians killed: from ") and "people (force 20) to" in killed
    assert day == "Day of the fall: the same in every history at every point, 3 day."
    assert answer(study).startswith("Ending “won”: from ") and "Civilians killed: from" in answer(study)
    text = " ".join(study_text(study).split())
    assert "3 points (1 of them played before) with 400 histories of 3 days each" in text
    assert "of 100 histories at force" in text and "3,000" in text and "▲" in text and "▼" in text


def test_nothing_is_said_to_change_where_nothing_does() -> None:
    luck = np.random.default_rng(3).random(NUMBER)
    noise = np.random.default_rng(4).random(NUMBER)
    table = point_table([values(luck, 0.3, 5.0), values(noise, 0.3, 5.0)], [WON, KILLED])
    assert [found.clear for found in findings_of(table, ["ending.won", "killed"])] == [0, 0]


def test_an_outcome_that_no_history_has_is_no_error() -> None:
    nothing = np.full((NUMBER, 1), np.nan)
    table = point_table([nothing, nothing], [DAY])
    (found,) = findings_of(table, ["day"])
    assert table["number"].tolist() == [0, 0] and not found.known and found.width == 0
    assert found.document()["least"] is None
