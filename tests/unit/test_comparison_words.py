"""What a comparison finds and how it is said: clear, not distinguishable, the same; which scenario mattered most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from simulation.comparison.answer import answer_findings, weight
from simulation.comparison.change import Change, ChangeKind, ChangeSide
from simulation.comparison.changes import change_table
from simulation.comparison.contrasts import COLUMNS
from simulation.comparison.finding import Finding, FindingKind
from simulation.comparison.pairing import pairing_words
from simulation.comparison.scenario_tables import ScenarioTables
from simulation.comparison.selection import pairing_finding, scenario_findings
from simulation.comparison.sentences import (
    answer_paragraphs,
    scenario_sentences,
)
from simulation.comparison.vocabulary import Vocabulary
from simulation.report.comparison.summary import ends
from simulation.statistics.evidence import HIGHER, IDENTICAL, LOWER, UNCLEAR
from simulation.wording.phrases import UNBROKEN_PERCENT

WORDS = Vocabulary(reference="a", clauses={"holds": "the city holds", "falls": "the city falls"})
CHANGE = Change(kind=ChangeKind.INPUT, path="inputs.x", name="x", value=ChangeSide(detail="2"))


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


def tables(**changes: object) -> ScenarioTables:
    values = {
        "name": "b",
        "replicates": 500,
        "endings": shares(
            "ending", ("falls", 0.08, 0.05, 0.12, HIGHER), ("holds", -0.08, -0.12, -0.05, LOWER)
        ),
        "outcomes": outcome("civilians_killed", -134, -148, -120, LOWER),
        "falls": shares("place", ("Aleppo", 0.0, 0.0, 0.0, IDENTICAL)),
        "changes": (CHANGE,),
    }
    return ScenarioTables(**(values | changes))  # type: ignore[arg-type]


UNSURE = {
    "endings": shares("ending", ("falls", 0.01, -0.02, 0.04, UNCLEAR), ("holds", 0.0, 0.0, 0.0, IDENTICAL)),
    "outcomes": outcome("civilians_killed", 12, 1, 23, UNCLEAR),
}
SAME = {
    "endings": shares("ending", ("falls", 0.0, 0.0, 0.0, IDENTICAL)),
    "outcomes": outcome("civilians_killed", 0, 0, 0, IDENTICAL),
}
LESS_LAND = {"outcomes": pd.concat([UNSURE["outcomes"], outcome("area_km2_x", -5, -6, -4, LOWER)])}
MORE_SENT = {
    "outcomes": pd.concat(
        [outcome("fighters_sent", 312, 250, 380, HIGHER), outcome("sorties_total", 4, -9, 17, UNCLEAR)]
    )
}
AS_MANY_SENT = {"outcomes": outcome("fighters_sent", 0, 0, 0, IDENTICAL)}
FALLS = {
    "falls": shares(
        "place",
        ("Hama", 0.2, 0.1, 0.3, HIGHER),
        ("Homs", 0.1, 0.05, 0.2, HIGHER),
        ("Tartus", -0.05, -0.09, -0.01, LOWER),
    )
}
CASES: dict[str, Sequence[ScenarioTables]] = {
    "clear": [tables()],
    "two": [tables(), tables(name="c"), tables(name="d", **UNSURE)],
    "unclear": [tables(**UNSURE)],
    "land": [tables(**UNSURE | LESS_LAND)],
    "falls": [tables(**UNSURE | FALLS)],
    "reach": [tables(**UNSURE | MORE_SENT)],
    "no reach": [tables(**UNSURE | AS_MANY_SENT)],
    "copy": [tables(**SAME, changes=())],
    "no effect": [tables(**SAME)],
}
"""Made-up comparisons in which every kind of finding comes up."""


def kinds(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.scenario, each.subject) for each in findings]


def tell(its: ScenarioTables) -> str:
    return " ".join(each.text for each in scenario_sentences(scenario_findings(its), WORDS))


def answer(ranked: Sequence[ScenarioTables], first_of_hundred: float) -> list[str]:
    found = answer_findings(ranked, first_of_hundred)
    return [each.text for each in answer_paragraphs(found, WORDS)]


def test_what_is_clear_comes_first_among_the_findings() -> None:
    assert kinds(scenario_findings(tables(**FALLS))) == [
        ("ending", "b", "falls"),
        ("ending", "b", "holds"),
        ("outcome", "b", "civilians_killed"),
        ("fall", "b", "Hama"),
    ]
    assert kinds(scenario_findings(tables(**UNSURE | LESS_LAND))) == [
        ("nothing_else_clear", "b", ""),
        ("outcome", "b", "area_km2_x"),
        ("ending_unclear", "b", "falls"),
        ("outcome_unclear", "b", "civilians_killed"),
        ("endings_at_most", "b", ""),
        ("ending_identical", "b", "holds"),
    ]
    assert kinds(scenario_findings(tables(**UNSURE)))[0] == ("nothing_clear", "b", "")


def test_a_finding_carries_the_numbers_of_its_row() -> None:
    first, _, killed, fall = scenario_findings(tables(**FALLS))
    assert first.numbers == pytest.approx(
        {"replicates": 500, "share": 0.48, "share_reference": 0.4, "difference": 0.08, "low": 0.05, "high": 0.12}
    )  # fmt: skip
    assert killed.numbers == {
        "replicates": 500, "mean": 32, "mean_reference": 166, "difference": -134, "low": -148, "high": -120,
    }  # fmt: skip
    assert (fall.numbers["more_often"], fall.numbers["less_often"]) == (1, 1)


def test_the_answer_has_what_moves_furthest_then_civilians_then_what_else() -> None:
    assert kinds(answer_findings(CASES["two"], 97)) == [
        ("furthest_ending", "b", "falls"),
        ("stays_first", "b", ""),
        ("next_ending", "c", "falls"),
        ("endings_unclear", "d", ""),
        ("killed", "b", "civilians_killed"),
        ("killed", "c", "civilians_killed"),
        ("killed_unclear", "d", "civilians_killed"),
    ]
    assert [each.kind.value for each in answer_findings(CASES["land"], 100)] == [
        "no_ending_clear", "killed_unclear", "outcome",
    ]  # fmt: skip
    assert [each.kind.value for each in answer_findings(CASES["unclear"], 100)][-1] == "nothing_clear"


def test_every_kind_comes_up_and_has_words() -> None:
    found = [pairing_finding(500, tables().endings, tables().outcomes)]
    assert pairing_words(found[0])
    for ranked in CASES.values():
        answered = answer_findings(ranked, 97)
        assert all(each.head or len(answered) == 1 for each in answer_paragraphs(answered, WORDS))
        found += answered
        for its in ranked:
            findings = scenario_findings(its)
            assert all(each.text.endswith(".") for each in scenario_sentences(findings, WORDS))
            found += findings
    assert {each.kind for each in found if each} == set(FindingKind)


def test_findings_are_plain_data_for_json() -> None:
    lost = tables().finding(FindingKind.OUTCOME, "end_day", mean=float("nan"))
    assert lost.document() == {
        "kind": "outcome", "scenario": "b", "subject": "end_day", "numbers": {"replicates": 500, "mean": None},
    }  # fmt: skip


def test_what_is_clear_is_said_in_natural_frequencies() -> None:
    assert tell(tables()) == (
        "The city falls in 48 instead of 40 of 100 histories (95 %: 5 to 12 more). The city holds in 32 instead of "
        "40 of 100 histories (95 %: 5 to 12 fewer). Civilians killed: lower by 134 on average (95 %: 120 to 148 lower)."
    )
    assert tell(tables(**FALLS)).endswith(
        "Hama falls in 20 more of 100 histories (95 %: 10 to 30 more); clearly too, 1 other place more often and 1 "
        "other place less often."
    )


def test_what_is_not_clear_is_an_answer() -> None:
    assert tell(tables(**UNSURE)) == (
        "Nothing that is shown can be told from a. Not distinguishable at 500 histories: the ending falls (2 fewer "
        "to 4 more of 100) and civilians killed (1 to 23 higher). No ending moves by more than 4 of 100 histories "
        "(95 % each). The same in every history: the ending holds."
    )


def test_why_no_ending_moves_is_said_by_what_is_sent_and_flown() -> None:
    assert (
        "No ending moves by more than 4 of 100 histories (95 % each), although what is sent and flown differs: "
        "fighters sent onto the map higher by 312 on average (95 %: 250 to 380 higher); air and artillery strikes "
        "(95 %: 9 lower to 17 higher) cannot be told apart."
    ) in tell(tables(**UNSURE | MORE_SENT))
    assert (
        "No ending moves by more than 4 of 100 histories (95 % each), and what is sent and flown does not differ: "
        "fighters sent onto the map the same in every history."
    ) in tell(tables(**UNSURE | AS_MANY_SENT))
    nearly = {"outcomes": outcome("fighters_sent", 3, -20, 26, UNCLEAR)}
    assert (
        "and what is sent and flown cannot be told apart either: fighters sent onto the map (95 %: 20 lower to "
        "26 higher)."
    ) in tell(tables(**UNSURE | nearly))
    assert "No ending moves" not in tell(tables(**MORE_SENT))


def test_what_alone_is_clear_is_named_as_the_exception() -> None:
    said = tell(tables(**UNSURE | LESS_LAND))
    assert said.startswith("Nothing that is shown can be told from a but land held at the end, x: lower by 5")
    assert "lower by 5 on average (95 %: 4 to 6 lower). Not distinguishable" in said


def test_all_that_alone_is_clear_stands_in_the_sentence_of_exceptions() -> None:
    first, second, *_ = scenario_sentences(scenario_findings(tables(**UNSURE | LESS_LAND | FALLS)), WORDS)
    assert first.text == (
        "Nothing that is shown can be told from a but land held at the end, x: lower by 5 on average (95 %: 4 to 6 "
        "lower); Hama falls in 20 more of 100 histories (95 %: 10 to 30 more); clearly too, 1 other place more often "
        "and 1 other place less often."
    )
    assert second.text.startswith("Not distinguishable")


def test_pairing_is_said_in_one_sentence() -> None:
    endings = pd.DataFrame({"gain": [2.0, 7.64, float("inf")]})
    outcomes = pd.DataFrame(
        {"outcome": ["civilians_killed", "displaced_peak", "end_day"], "gain": [9.0, float("nan"), 0.1]}
    )
    found = pairing_finding(500, endings, outcomes)
    assert found is not None and found.numbers == {"replicates": 500, "histories": 3820}
    assert "500 pairs tell as much as about 3,820 histories of each" in pairing_words(found)
    nothing = endings.iloc[2:]
    assert pairing_words(pairing_finding(500, nothing, outcomes.iloc[1:])) == ""


def test_a_scenario_named_for_what_is_left_out_is_not_told_as_with_without() -> None:
    words = replace(WORDS, left_out=["without the truce"])
    assert words.under(["without the truce"]) == "Without the truce"
    assert words.under(["truce-holds"]) == "With truce-holds"
    called = replace(words, labels={"without the truce": "Without the truce", "truce-holds": "Truce holds"})
    assert called.under(["without the truce"]) == "Without the truce"
    assert called.under(["truce-holds", "c"]) == "With Truce holds and c"


def test_the_sign_of_a_percentage_is_that_of_the_place() -> None:
    findings = scenario_findings(tables())
    plain = [each.text for each in scenario_sentences(findings, WORDS)]
    unbroken = scenario_sentences(findings, replace(WORDS, percent=UNBROKEN_PERCENT))
    assert [each.text for each in unbroken] == [text.replace(" %", "\u00a0%") for text in plain]
    assert any("95 %" in text for text in plain)


def test_an_ending_is_called_by_its_id_with_names_as_they_are_written() -> None:
    words = Vocabulary(
        reference="a", clauses={"truce_aleppo_lost": "a truce holds at the end, and Aleppo, is lost"}
    )
    assert words.ending("truce_aleppo_lost") == "truce Aleppo lost"
    assert words.ending("thrown_back") == "thrown back"


def test_a_name_is_not_searched_for_what_is_left_out() -> None:
    assert WORDS.under(["without end"]) == "With without end"


def test_an_outcome_is_not_taken_for_the_column_of_an_actor() -> None:
    """Fighters killed within 24 hours are an outcome of its own, fighters killed have a column for each actor."""
    rows = [outcome(name, -30, -31, -29, LOWER) for name in ("fighters_killed_day1", "fighters_killed_hts")]
    found = scenario_findings(tables(outcomes=pd.concat(rows, ignore_index=True)))
    told = [each.subject for each in found if each.kind is FindingKind.OUTCOME]
    assert told == ["fighters_killed_hts"]


def test_labels_change_what_scenarios_are_called_and_nothing_else() -> None:
    called = replace(WORDS, labels={"a": "the reference", "c": "Another", "d": "The last"})
    for ranked in CASES.values():
        findings = answer_findings(ranked, 97)
        plain, labelled = answer_paragraphs(findings, WORDS), answer_paragraphs(findings, called)
        assert [each.head for each in plain] == [each.head for each in labelled]
        said = " ".join(each.text for each in plain)
        for name, label in (("from a", "from the reference"), ("under a", "under the reference")):
            said = said.replace(f"{name} ", f"{label} ").replace(f"{name}.", f"{label}.").replace(
                f"{name},", f"{label},"
            )  # fmt: skip
        said = said.replace("comes c:", "comes Another:").replace("With c,", "With Another,")
        said = said.replace("With d ", "With The last ")
        assert " ".join(each.text for each in labelled) == said


def test_where_no_history_differs_there_is_no_line() -> None:
    row = {"difference": 0.0, "low": -2.0, "high": 2.0}
    assert ends(row | {"verdict": IDENTICAL}) == (0, 0, 0)
    assert ends(row | {"verdict": UNCLEAR}) == (0, -2, 2)


def test_a_copy_is_called_one() -> None:
    copy = tables(**SAME, changes=())
    assert tell(copy).startswith(
        "Nothing that decides a history differs: all 500 histories are the same as under a"
    )
    assert answer([copy], 100)[0].endswith("every difference is exactly zero.")
    assert tell(tables(**SAME)).startswith("What differs changes nothing: ")


def test_the_answer_says_how_it_ends_and_what_happens_to_civilians() -> None:
    assert answer([tables(), tables(name="c", **UNSURE)], 97) == [
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
        tables(name="few", **UNSURE | {"outcomes": fewer}),
        tables(name="many", **UNSURE | {"outcomes": more}),
    )
    assert weight(few) > weight(many)
    ends, civilians = answer([many, few], 50)
    assert civilians.startswith("Civilians: With few, 43 instead of 166 civilians are killed")
    assert "With many, 316 instead of 166 are killed" in civilians
    assert ends.startswith("How it ends: None of these scenarios can be told from a by its endings, at 500")


def test_the_answer_where_neither_endings_nor_civilians_differ_names_what_does() -> None:
    said = answer(CASES["land"], 100)
    assert said[0].startswith(
        "How it ends: b cannot be told from a by its endings, at 500 histories of each. The"
    )
    assert said[2].startswith("What else: With b ") and said[2].endswith(
        "lower by 5 on average (95 %: 4 to 6 lower)."
    )


def test_the_answer_where_nothing_can_be_told() -> None:
    assert "What else: Nothing can be told apart either." in answer([tables(**UNSURE)], 100)


def test_no_civilian_is_spoken_of_where_none_is_killed() -> None:
    none = outcome("civilians_killed", 0, 0, 0, IDENTICAL).assign(mean=0.0, mean_reference=0.0)
    assert all("Civilians" not in each for each in answer([tables(outcomes=none)], 100))


def test_weight_is_the_largest_clear_difference_of_an_ending_before_all_else() -> None:
    far = shares("ending", ("falls", -0.2, -0.3, -0.1, LOWER), ("holds", 0.5, -0.1, 0.9, UNCLEAR))
    assert weight(replace(tables(), endings=far))[0] == 0.2
    assert weight(tables(**UNSURE)) == (0.0, 0.0, 0)


def test_a_change_is_a_row_in_words() -> None:
    numbers = "40 strikes a day from day 3"
    strikes = Change(
        kind=ChangeKind.MEASURE,
        path="measures[0]",
        reference=ChangeSide(detail="not set; none"),
        value=ChangeSide(name="the bombardment by Red", detail=numbers),
        source="assumption",
    )
    table = change_table({"b": (strikes, CHANGE), "c": ()})
    assert table.to_numpy().tolist() == [
        ["b", "measures[0]", "measure", "not set; none", f"the bombardment by Red: {numbers}", "assumption"],
        ["b", "inputs.x", "input", "", "2", ""],
    ]  # fmt: skip
