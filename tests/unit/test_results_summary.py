"""The JSON document, the terminal summary, labels and words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from fakes import ENDINGS, fake_run, write_fake

from simulation.documents import Ending
from simulation.errors import InputError
from simulation.outcomes.labels import describe, input_columns, outcome_columns, outcome_name
from simulation.outcomes.variables import IN_REPORT, IN_SUMMARY, OUTCOMES, SURVIVORS
from simulation.results.folder import Results
from simulation.results.summary import answer, fallen_shares, summary_document
from simulation.results.terminal import summary_parts
from simulation.statistics.intervals import wilson
from simulation.wording.phrases import amount, clause, listed, number, of_hundred
from simulation.wording.terminal import screen, table_of

MEANINGS = {ending.id: ending.meaning for ending in ENDINGS}
CLAUSES = {ending.id: ending.clause for ending in ENDINGS}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return write_fake(tmp_path_factory.mktemp("results") / "run")


def test_what_comes_in_whole_ones_is_not_cut() -> None:
    assert [amount(value, "fighters") for value in (60.5, 0.4, 12345.0)] == ["60", "0", "12,300"]
    assert amount(12.5, "days") == "12.5" and amount(float("nan"), "people") == "\u2013"


def test_names_are_printed_as_they_are() -> None:
    """Brackets and colons are no markup: a title, an actor or a place may have them."""
    name = "[bold]r [/final] :smile:"
    table = table_of(name)
    table.add_row(name)
    assert screen([name, table]).split("\n")[:3] == [name] + 2 * [f"{name}  "]


def test_document_is_json_and_complete(results: Results) -> None:
    document = json.loads(json.dumps(summary_document(results), allow_nan=False))
    assert document["manifest"]["seed"] == 1
    assert document["folder"] == str(results.folder)
    assert sum(ending["count"] for ending in document["endings"].values()) == 200
    killed = document["outcomes"]["civilians_killed"]
    assert killed["unit"] == "people"
    assert killed["mean"] == pytest.approx(results.outcomes["civilians_killed"].mean())
    assert list(killed["quantiles"]) == ["q05", "q25", "q50", "q75", "q95"]
    assert not [name for name in document["outcomes"] if name.startswith("input.")]


def test_document_counts_places_taken_and_fallen(results: Results) -> None:
    places = summary_document(results)["places"]
    falls = int((results.outcomes["ending"] == "government_falls").sum())
    assert places["Latakia"]["fallen"]["count"] == falls > 0
    assert places["Latakia"]["taken"]["count"] == 0
    assert places["Idlib"] == places["Idlib"] | {"holder": "hts"}
    assert places["Idlib"]["fallen"]["count"] == 0


def test_panel_carries_the_last_value(results: Results) -> None:
    panel = results.panel("killed")["hts"]
    ended = np.flatnonzero(results.outcomes["end_day"].to_numpy() < 29)[0]
    last = int(results.outcomes["end_day"][ended])
    assert panel.shape == (200, 31)
    assert (panel[ended, last:] == panel[ended, last]).all()
    assert not np.isnan(panel).any()
    assert fake_run().outcomes["fighters_killed_hts"][ended] == panel[ended, last]


def test_panel_of_an_unknown_series_is_empty(results: Results) -> None:
    assert results.panel("weather") == {}


def test_what_was_worked_out_once_is_kept_where_the_folder_goes(results: Results, tmp_path: Path) -> None:
    moved = results.moved(Path(shutil.copytree(results.folder, tmp_path / "moved")))
    shares = fallen_shares(results)
    assert fallen_shares(results) is shares and fallen_shares(moved) == shares
    assert fallen_shares(results.moved(moved.folder)) is shares and moved.folder != results.folder


def test_a_folder_without_tables_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a results folder"):
        Results(tmp_path)


def test_terminal_summary_speaks_in_natural_frequencies(results: Results) -> None:
    text = screen(summary_parts(results, MEANINGS | {"truce": "They [bold]stop[/bold]."}, CLAUSES))
    assert "of 100 histories the government" in text
    assert "[bold]stop[/bold]" in text
    assert "civilians killed" in text


def test_answer_is_two_sentences() -> None:
    endings = {"a": wilson(10, 100), "b": wilson(90, 100), "c": wilson(0, 100)}
    text = answer(endings, {"a": "the town falls", "b": "HTS stops"})
    assert text == (
        "In 90 of 100 histories HTS stops. “A” follows with 10; for want of histories a count may be off by 7 of 100."
    )
    rest = {
        "aleppo_falls": wilson(600, 1000),
        "b": wilson(50, 1000),
        "c": wilson(346, 1000),
        "d": wilson(4, 1000),
    }
    assert answer(rest, {"c": "no"}) == (
        "In 60 of 100 histories aleppo falls. “C” follows with 35, 2 others with up to 5 each; for want of histories "
        "a count may be off by 3 of 100."
    )
    assert "“Truce Aleppo lost”" in answer(
        {"a": wilson(9, 10), "truce_aleppo_lost": wilson(1, 10)}, {"truce_aleppo_lost": "Aleppo is lost"}
    )


def test_answer_of_one_ending_says_that_there_is_no_other() -> None:
    assert answer({"a": wilson(5, 5)}, {}) == "In 5 of 5 histories a. No other ending occurred."


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        (620, 1000, "62 of 100 histories"),
        (3, 10, "3 of 10 histories"),
        (2, 1000, "2 of 1,000 histories"),
        (999, 1000, "999 of 1,000 histories"),
        (0, 1000, "0 of 1,000 histories"),
    ],
)
def test_rare_is_never_said_as_nothing(count: int, total: int, words: str) -> None:
    assert of_hundred(wilson(count, total)) == words


def test_numbers_as_words() -> None:
    values = (0, 0.25, 0.123, 12.34, 61.0, 999, 1234, 534249, float("nan"))
    assert [number(value) for value in values] == [
        "0",
        "0.25",
        "0.12",
        "12.3",
        "61",
        "999",
        "1,230",
        "534,000",
        "\u2013",
    ]
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert clause("The army stops.") == "the army stops"
    assert clause("HTS stops.") == "HTS stops"
    assert clause("Blue stops.") == "Blue stops"


def test_an_ending_may_give_its_clause() -> None:
    given = {"id": "a", "meaning": "Blue stops.", "when": {"always": True}, "stops": False}
    assert Ending(**given).within_sentence == "Blue stops"
    assert Ending(**given, clause="blue stops").within_sentence == "blue stops"


def test_what_is_shown_is_declared() -> None:
    assert {*IN_SUMMARY, *IN_REPORT, SURVIVORS} <= set(OUTCOMES)


def test_columns_have_labels_and_units(results: Results) -> None:
    assert outcome_name("fighters_killed_hts") == "fighters_killed_"
    assert outcome_name("fighters_killed_day1") == "fighters_killed_day1"
    assert outcome_name("ending") == ""
    meaning = describe("fighters_killed_hts", {"hts": "Hayat Tahrir al-Sham"})
    assert (meaning.label, meaning.unit, meaning.actor) == (
        "fighters killed, Hayat Tahrir al-Sham",
        "fighters",
        "hts",
    )
    assert describe("of_another_version").label == "of another version"
    for name in outcome_columns(results.outcomes):
        assert describe(name).unit and describe(name).origin
    assert len(input_columns(results.outcomes)) == 6
