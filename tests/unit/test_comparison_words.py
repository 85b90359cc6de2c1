"""What a comparison says: clear, leaning, not distinguishable, the same; and which scenario mattered most."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from simulation.results.answering import answer
from simulation.results.contrasts import COLUMNS, HIGHER, IDENTICAL, LOWER, UNCLEAR
from simulation.results.telling import Told, tell

MEANINGS = {"holds": "The city holds.", "falls": "The city falls."}


def shares(what: str, *rows: tuple[str, float, float, float, str]) -> pd.DataFrame:
    """Return a table from (name, difference, low, high, verdict)."""
    columns = [what, "difference", "low", "high", "verdict"]
    table = pd.DataFrame(list(rows), columns=columns).assign(
        scenario="b", share=0.5, share_reference=0.4, gain=2.0
    )
    return table[list(COLUMNS["endings" if what == "ending" else "falls"])]


def outcome(name: str, difference: float, low: float, high: float, verdict: str) -> pd.DataFrame:
    row = dict.fromkeys(COLUMNS["outcomes"], 1.0) | {"scenario": "b", "outcome": name, "verdict": verdict}
    return pd.DataFrame([row | {"difference": difference, "low": low, "high": high}])


def told(**changes: object) -> Told:
    values = {
        "name": "b",
        "reference": "a",
        "replicates": 500,
        "endings": shares(
            "ending", ("falls", 0.08, 0.05, 0.12, HIGHER), ("holds", -0.08, -0.12, -0.05, LOWER)
        ),
        "outcomes": outcome("civilians_killed", -134, -148, -120, LOWER),
        "falls": shares("place", ("Aleppo", 0.0, 0.0, 0.0, IDENTICAL)),
        "changes": pd.DataFrame({"path": ["inputs.x"]}),
        "meanings": MEANINGS,
    }
    return Told(**(values | changes))  # type: ignore[arg-type]


UNSURE = {
    "endings": shares("ending", ("falls", 0.01, -0.02, 0.04, UNCLEAR), ("holds", 0.0, 0.0, 0.0, IDENTICAL)),
    "outcomes": outcome("civilians_killed", 12, 1, 23, UNCLEAR),
}
SAME = {
    "endings": shares("ending", ("falls", 0.0, 0.0, 0.0, IDENTICAL)),
    "outcomes": outcome("civilians_killed", 0, 0, 0, IDENTICAL),
}


def test_what_is_clear_is_said_in_natural_frequencies() -> None:
    assert tell(told()) == (
        "b: In 8 more of 100 histories the city falls (95 % interval: 5 to 12 more). In 8 fewer of 100 histories the "
        "city holds (95 % interval: 5 to 12 fewer). Civilians killed: lower by 134 on average (95 % interval: 120 to "
        "148 lower)."
    )


def test_what_is_not_clear_is_an_answer() -> None:
    assert tell(told(**UNSURE)) == (
        "b: Nothing differs clearly from a at 500 runs. Leaning one way, but not sure when so much is compared: "
        "civilians killed (1 to 23 higher). Not distinguishable at 500 runs: the ending falls (2 fewer to 4 more of "
        "100). The same in every history: the ending holds."
    )


def test_a_copy_is_called_one() -> None:
    copy = told(**SAME, changes=pd.DataFrame({"path": []}))
    assert tell(copy).startswith(
        "b: Nothing that decides a history differs: all 500 histories are the same as under a"
    )
    assert answer([copy], 100).endswith("every difference is exactly zero.")
    assert tell(told(**SAME)).startswith("b: What differs changes nothing: ")


def test_the_answer_names_what_mattered_most_and_how_sure_that_is() -> None:
    said = answer([told(), told(name="c", **UNSURE)], 97)
    assert said.startswith(
        "b changes most how histories end: in 8 more of 100 histories the city falls (95 %"
    )
    assert "it would come first in about 97 of 100 draws." in said
    assert said.endswith("How histories end under c cannot be told from a.")


def test_the_answer_where_no_ending_differs_names_what_does() -> None:
    said = answer([told(endings=UNSURE["endings"]), told(name="c", **UNSURE)], 50)
    assert said == (
        "None of these scenarios changes clearly how histories end, at 500 runs. What can be told apart is something "
        "else. Most differs under b; civilians killed: lower by 134 on average (95 % interval: 120 to 148 lower)."
    )


def test_the_answer_on_one_scenario_does_not_rank_it() -> None:
    said = answer([told(endings=UNSURE["endings"])], 100)
    assert said.endswith(
        "What can be told apart is something else: civilians killed: lower by 134 on average (95 % "
        "interval: 120 to 148 lower)."
    )


def test_the_answer_where_nothing_can_be_told() -> None:
    said = answer([told(**UNSURE)], 100)
    assert (
        said
        == "b does not change clearly how histories end, at 500 runs. Nothing else can be told apart either."
    )


def test_weight_is_the_largest_clear_difference_of_an_ending() -> None:
    far = shares("ending", ("falls", -0.2, -0.3, -0.1, LOWER), ("holds", 0.5, -0.1, 0.9, UNCLEAR))
    assert replace(told(), endings=far).weight == (0.2, 1)
    assert told(**UNSURE).weight == (0.0, 0)
