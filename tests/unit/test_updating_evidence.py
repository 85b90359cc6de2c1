"""What is said of the reports of a run: evidence, pulls, clashes and the words for them, on made-up outcomes."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from simulation.errors import InputError
from simulation.outcomes.targets import targets_of
from simulation.results.manifest import ReportRecord
from simulation.results.stopping_rule import TargetState, rule_of
from simulation.updating.evidence import Evidence, evidence_of
from simulation.updating.sentences import effective_words, most_words, said_words, trouble_words


def record(name: str, low: float | None = None, high: float | None = None) -> ReportRecord:
    return ReportRecord(
        id=name,
        text=f"It is as {name} says.",
        speaker="a monitor",
        known="2024-11-28",
        day=2,
        low=low,
        high=high,
    )


def evidence(likelihoods: dict[str, list[float]], ended: list[str]) -> Evidence:
    """Return the evidence of reports with these likelihoods in histories that ended so."""
    with np.errstate(divide="ignore"):
        logs = {f"log_likelihood.{name}": np.log(each) for name, each in likelihoods.items()}
    expected = {f"expected.{name}": np.arange(len(ended), dtype=float) for name in likelihoods}
    frame = pd.DataFrame({"ending": ended, **logs, **expected})
    return evidence_of(frame, [record(name) for name in likelihoods], ["win", "lose"])


def test_the_evidence_is_the_mean_likelihood_and_a_pull_the_difference_to_the_run_without() -> None:
    found = evidence({"A": [0.8, 0.8, 0.2, 0.2], "B": [0.5, 0.1, 0.5, 0.1]}, ["win", "lose", "win", "lose"])
    assert found.log_evidence == pytest.approx(math.log((0.4 + 0.08 + 0.1 + 0.02) / 4))
    assert found.effective == pytest.approx(0.6**2 / (0.4**2 + 0.08**2 + 0.1**2 + 0.02**2))
    a, b = found.pulls
    assert a.alone == pytest.approx(math.log(0.5)) and b.alone == pytest.approx(math.log(0.3))
    assert a.given_others == pytest.approx(math.log(0.15 / 0.3)) and b.given_others == pytest.approx(
        math.log(0.3)
    )
    # A knows nothing of how it ends, given B; B moves five of six to a win.
    assert a.moved == pytest.approx(0) and b.moved == pytest.approx(5 / 6 - 1 / 2)
    assert (b.most, b.by) == ("win", pytest.approx(1 / 3))
    assert a.effective_without == pytest.approx(1.2**2 / (2 * 0.25 + 2 * 0.01))
    assert b.before.mean == 1.5 and b.after.mean == pytest.approx((0.08 + 2 * 0.1 + 3 * 0.02) / 0.6)
    assert (a.clash, b.clash) == (pytest.approx(0, abs=1e-12), pytest.approx(0, abs=1e-12))


def test_reports_that_clash_are_named_with_what_is_left_without_the_worst() -> None:
    n = 400
    a = [1.0 if k < 20 else 1e-6 for k in range(n)]
    b = [1e-6 if k < 200 else 1.0 for k in range(n)]
    c = [1.0] * n
    found = evidence({"A": a, "B": b, "C": c}, ["win", "lose"] * (n // 2))
    assert not evidence({"A": a}, ["win"] * n).enough and found.effective > 100
    said = trouble_words(
        evidence({"A": a, "B": [1e-9 if k < 20 else 1e-6 for k in range(n)]}, ["win", "lose"] * 200)
    )
    assert "Fewer than 100" in said
    pulls = {pull.report.id: pull for pull in found.pulls}
    assert pulls["A"].clash == pytest.approx(math.log(0.05 / 1e-6), abs=1) and pulls[
        "C"
    ].clash == pytest.approx(0)


def test_a_clash_is_said_where_too_few_are_left() -> None:
    a = [1.0] * 5 + [1e-8] * 195
    b = [1e-2] * 5 + [1.0] * 195
    said = trouble_words(evidence({"A": a, "B": b}, ["win", "lose"] * 100))
    # Of two each clashes with the other alike.
    assert (
        "What clashes most with all others: " in said and "A (97.5 times" in said and "B (97.5 times" in said
    )
    assert "times less likely after them" in said and said.endswith("Without A they are worth 195.")


def test_where_no_history_agrees_it_is_said_and_nothing_is_updated() -> None:
    found = evidence({"A": [0.0, 1.0], "B": [1.0, 0.0]}, ["win", "lose"])
    assert (found.effective, found.log_evidence) == (0, -math.inf)
    assert [pull.given_others for pull in found.pulls] == [-math.inf, -math.inf]
    assert "no history of 2 agrees with all of them" in effective_words(found)
    assert "A (impossible after them) and B (impossible after them)" in trouble_words(found)


def test_the_report_that_matters_most_is_named_with_its_way() -> None:
    found = evidence({"A": [0.8, 0.8, 0.2, 0.2], "B": [0.5, 0.1, 0.5, 0.1]}, ["win", "lose", "win", "lose"])
    said = most_words(found, {"win": "the first side wins"})
    assert said.startswith("The report that matters most is B, “It is as B says” (a monitor)")
    assert "33 of 100 histories end otherwise, and the first side wins is more likely by 33 in 100" in said
    nothing = evidence({"A": [0.5, 0.5]}, ["win", "lose"])
    assert most_words(nothing, {}) == "No single report moves how histories end by one in 100."


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (61, 61, "61"),
        (14000, None, "14,000 or more"),
        (None, 3, "up to 3"),
        (12, 20, "12 to 20"),
        (None, None, "yes"),
    ],
)
def test_what_was_said_is_a_number_in_words(low: float | None, high: float | None, words: str) -> None:
    assert said_words(record("A", low, high)) == words


def test_an_effective_size_is_a_target_that_is_met_from_below() -> None:
    (target,) = targets_of(["ess:500"])
    assert (target.kind, target.label, target.width, target.is_share) == ("ess", "ess", 500, False)
    rule = rule_of([target], None, 3000)
    for size, met, words in ((480.0, False, "still 480"), (512.0, True, "is 512")):
        state = TargetState(target="ess", asked=500, value=size, low=-math.inf, high=math.inf)
        stopped = rule.stopping(3000, [state])
        assert stopped is not None and (state.met, stopped.met) == (met, met)
        assert (
            words in stopped.reason()
            and "(asked: 500)" in stopped.reason()
            and "interval" not in stopped.reason()
        )
        document = stopped.document()["reached"][0]
        assert (document["value"], document["half_width"], document["met"]) == (size, None, met)
    assert TargetState(target="ess", asked=500, value=250, low=0, high=0).away == 2
    with pytest.raises(InputError, match="W must be from"):
        targets_of(["ess:0"])
