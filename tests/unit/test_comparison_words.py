"""What a comparison says: clear, leaning, not distinguishable, the same; and which scenario mattered most."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from simulation.comparison.answer import answer, weight
from simulation.comparison.contrasts import COLUMNS, HIGHER, IDENTICAL, LOWER, UNCLEAR
from simulation.comparison.sentences import Told, pairing_words, tell
from simulation.report.comparison.summary import ends
from simulation.wording.phrases import under

MEANINGS = {"holds": "The city holds.", "falls": "The city falls."}


def shares(what: str, *rows: tuple[str, float, float, float, str]) -> pd.DataFrame:
    """Return a table from (name, difference, low, high, verdict)."""
    columns = [what, "difference", "low", "high", "verdict"]
    table = pd.DataFrame(list(rows), columns=columns).assign(scenario="b", share_reference=0.4, gain=2.0)
    table["share"] = table["share_reference"] + table["difference"]
    return table[list(COLUMNS["endings" if what == "ending" else "falls"])]


def outcome(name: str, difference: float, low: float, high: float, verdict: str) -> pd.DataFrame:
    row = dict.fromkeys(COLUMNS["outcomes"], 1.0) | {"scenario": "b", "outcome": name, "verdict": verdict}
    row |= {"mean_reference": 166.0, "mean": 166.0 + difference}
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
        "b: The city falls in 48 instead of 40 of 100 histories (95 %: 5 to 12 more). The city holds in 32 instead of "
        "40 of 100 histories (95 %: 5 to 12 fewer). Civilians killed: lower by 134 on average (95 %: 120 to 148 lower)."
    )


def test_what_is_not_clear_is_an_answer() -> None:
    assert tell(told(**UNSURE)) == (
        "b: Nothing that is shown can be told from a. Not distinguishable at 500 histories: the ending falls (2 fewer "
        "to 4 more of 100) and civilians killed (1 to 23 higher). The same in every history: the ending holds."
    )


def test_what_alone_is_clear_is_named_as_the_exception() -> None:
    clear = pd.concat([UNSURE["outcomes"], outcome("area_km2_x", -5, -6, -4, LOWER)])
    said = tell(told(**UNSURE | {"outcomes": clear}))
    assert said.startswith("b: Nothing that is shown can be told from a but ")
    assert "lower by 5 on average (95 %: 4 to 6 lower). Not distinguishable" in said


def test_pairing_is_said_in_one_sentence() -> None:
    endings = pd.DataFrame({"gain": [2.0, 7.64, float("inf")]})
    outcomes = pd.DataFrame(
        {"outcome": ["civilians_killed", "displaced_peak", "end_day"], "gain": [9.0, float("nan"), 0.1]}
    )
    assert "500 pairs tell as much as about 3,820 histories of each" in pairing_words(500, endings, outcomes)
    nothing = endings.iloc[2:]
    assert pairing_words(500, nothing, outcomes.iloc[1:]) == ""


def test_a_scenario_named_for_what_is_left_out_is_not_told_as_with_without() -> None:
    assert under("without the truce") == "Without the truce" and under("truce-holds") == "With truce-holds"


def test_where_no_history_differs_there_is_no_line() -> None:
    row = {"difference": 0.0, "low": -2.0, "high": 2.0}
    assert ends(row | {"verdict": IDENTICAL}) == (0, 0, 0)
    assert ends(row | {"verdict": UNCLEAR}) == (0, -2, 2)


def test_a_copy_is_called_one() -> None:
    copy = told(**SAME, changes=pd.DataFrame({"path": []}))
    assert tell(copy).startswith(
        "b: Nothing that decides a history differs: all 500 histories are the same as under a"
    )
    assert answer([copy], 100).endswith("every difference is exactly zero.")
    assert tell(told(**SAME)).startswith("b: What differs changes nothing: ")


def test_the_answer_says_how_it_ends_and_what_happens_to_civilians() -> None:
    said = answer([told(), told(name="c", **UNSURE)], 97).split("\n")
    assert said == [
        "How it ends: With b the city falls in 48 instead of 40 of 100 histories (95 %: 5 to 12 more). The reference, "
        "which stands after “instead of”, is the scenario a as it is, not what really happened. No other scenario "
        "changes an ending as much; if all were played again, this one would come first in about 97 of 100 repeats. "
        "With c the endings cannot be told from a.",
        "Civilians: With b, 32 instead of 166 civilians are killed on average, 0.19 times as many (95 %: 120 to 148 "
        "fewer). With c the number killed cannot be told from a.",
    ]


def test_civilians_are_ranked_by_ratio_not_by_difference() -> None:
    fewer = outcome("civilians_killed", -123, -131, -115, LOWER)
    more = outcome("civilians_killed", 150, 141, 159, HIGHER)
    few, many = (
        told(name="few", **UNSURE | {"outcomes": fewer}),
        told(name="many", **UNSURE | {"outcomes": more}),
    )
    assert weight(few) > weight(many)
    said = answer([few, many], 50)
    assert (
        "Civilians: With few, 43 instead of 166" in said
        and "With many, 316 instead of 166 are killed" in said
    )
    assert said.startswith("How it ends: None of these scenarios can be told from a by its endings, at 500")


def test_the_answer_where_neither_endings_nor_civilians_differ_names_what_does() -> None:
    clear = pd.concat([UNSURE["outcomes"], outcome("area_km2_x", -5, -6, -4, LOWER)])
    said = answer([told(**UNSURE | {"outcomes": clear})], 100).split("\n")
    assert said[0].startswith(
        "How it ends: b cannot be told from a by its endings, at 500 histories of each. The"
    )
    assert said[2].startswith("What else: With b ") and said[2].endswith(
        "lower by 5 on average (95 %: 4 to 6 lower)."
    )


def test_the_answer_where_nothing_can_be_told() -> None:
    assert "What else: Nothing can be told apart either." in answer([told(**UNSURE)], 100)


def test_no_civilian_is_spoken_of_where_none_is_killed() -> None:
    none = outcome("civilians_killed", 0, 0, 0, IDENTICAL).assign(mean=0.0, mean_reference=0.0)
    assert "Civilians" not in answer([told(outcomes=none)], 100)


def test_weight_is_the_largest_clear_difference_of_an_ending_before_all_else() -> None:
    far = shares("ending", ("falls", -0.2, -0.3, -0.1, LOWER), ("holds", 0.5, -0.1, 0.9, UNCLEAR))
    assert weight(replace(told(), endings=far))[0] == 0.2
    assert weight(told(**UNSURE)) == (0.0, 0.0, 0)
