"""Conditions found in made-up tables of which they are known, and none where there is nothing to find."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulation.scenario_discovery.condition import Condition, Tally, tally
from simulation.scenario_discovery.discovery import Discovery, Leaf, Trouble, discovered
from simulation.scenario_discovery.halves import halves_of
from simulation.scenario_discovery.json_document import discovery_document
from simulation.scenario_discovery.sentences import answer, caution, second_look, weight_words
from simulation.scenario_discovery.terminal import discovery_text
from simulation.statistics.related import related

WORDS = {"x": ("fighters", "men"), "y": ("fog", "1")}


def table(rows: int, seed: int, columns: int = 6) -> pd.DataFrame:
    """Return inputs that are even on 0 to 1; one more is constant."""
    drawn = np.random.default_rng(seed).random((rows, columns))
    names = ["x", "y", *(f"z{k}" for k in range(columns - 2))]
    return pd.DataFrame(drawn, columns=names).assign(constant=3.0)


@pytest.fixture(scope="module")
def corner() -> Discovery:
    """What is found where it happens if, and only if, x > 0.7 and y < 0.3."""
    pytest.importorskip("ema_workbench")
    inputs = table(2000, seed=1)
    return discovered(inputs, ((inputs["x"] > 0.7) & (inputs["y"] < 0.3)).to_numpy(), WORDS)


def test_a_known_box_is_found_and_nothing_else(corner: Discovery) -> None:
    assert corner.confirmed and corner.held_out is not None
    limits = {each.name: (each.low, each.high) for each in corner.conditions}
    assert set(limits) == {"x", "y"}
    assert limits["x"][0] == pytest.approx(0.7, abs=0.04) and limits["x"][1] is None
    assert limits["y"][1] == pytest.approx(0.3, abs=0.04) and limits["y"][0] is None
    assert corner.held_out.coverage is not None and corner.held_out.coverage.share >= 0.9
    assert corner.held_out.density is not None and corner.held_out.density.share >= 0.85
    assert corner.held_out.histories == 1000 and corner.held_out.histories + corner.found.histories == 2000  # type: ignore[union-attr]


def test_the_tree_comes_to_the_same(corner: Discovery) -> None:
    first, *others = corner.leaves
    assert {each.name for each in first.conditions} == {"x", "y"}
    assert first.held_out.both / first.held_out.met > 0.9
    assert sum(leaf.held_out.met for leaf in corner.leaves) == 1000, "the leaves part all histories"
    assert all(leaf.held_out.both <= 5 for leaf in others)


def test_the_sentences_have_labels_units_and_natural_frequencies(corner: Discovery) -> None:
    said = answer(corner, "Hama falls")
    assert said.startswith("Of the histories in which Hama falls, ") and "against 9 of 100 in all" in said
    assert "“fighters” at least 0." in said and " men and “fog” at most 0." in said
    assert second_look(corner).startswith("A decision tree comes to “f")
    assert "counted in the 1,000 histories that the search had not seen" in caution(corner)
    text = " ".join(discovery_text(corner, "Made up", "Hama falls").split())
    assert text.startswith("Made up: when does it happen that Hama falls?") and "leaf of the tree" in text
    document = discovery_document(corner, "Hama falls")
    assert document["confirmed"] and document["answer"] == said and len(document["steps"]) > 3


def test_a_switch_is_found_as_a_value() -> None:
    pytest.importorskip("ema_workbench")
    inputs = table(1200, seed=2)
    inputs["switch"] = np.random.default_rng(3).integers(0, 2, len(inputs)).astype(float)
    happened = (inputs["switch"] == 1) & (np.random.default_rng(4).random(len(inputs)) < 0.8)
    found = discovered(inputs, happened.to_numpy(), WORDS)
    assert found.confirmed and [(each.name, each.low, each.high) for each in found.conditions] == [
        ("switch", 1.0, None)
    ]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_where_it_has_nothing_to_do_with_the_inputs_nothing_is_found(share: float) -> None:
    """At most 1 of 100 such runs passes the test of the other half; none of these twelve does."""
    pytest.importorskip("ema_workbench")
    for seed in range(4):
        inputs = table(400, seed=seed, columns=12)
        happened = np.random.default_rng(100 + seed).random(len(inputs)) < share
        found = discovered(inputs, happened, WORDS)
        assert found.trouble in (Trouble.NOTHING, Trouble.NOT_CONFIRMED)
        assert answer(found, "Hama falls").startswith("No conditions found") and second_look(found) == ""


@pytest.mark.parametrize(
    ("happened", "trouble", "said"),
    [
        ([0] * 300, Trouble.NEVER, "In none of 300 histories it happens that Hama falls"),
        ([1] * 300, Trouble.ALWAYS, "In all 300 histories Hama falls, whatever the inputs are."),
        ([1] * 30 + [0] * 270, Trouble.FEW, "In 30 of 300 histories Hama falls: too few"),
    ],
)
def test_without_enough_of_either_kind_one_sentence_says_so(
    happened: list[int], trouble: Trouble, said: str
) -> None:
    found = discovered(table(300, seed=5), np.array(happened, dtype=bool), WORDS)
    assert found.trouble is trouble and not found.confirmed
    assert answer(found, "Hama falls").startswith(said)


def test_without_an_uncertain_input_there_is_nothing_to_search() -> None:
    found = discovered(table(300, seed=6)[["constant"]], np.arange(300) % 3 == 0, WORDS)
    assert found.trouble is Trouble.NO_INPUTS
    assert (
        answer(found, "Hama falls")
        == "No input of this run is uncertain: whether Hama falls is chance alone."
    )


def test_a_condition_holds_at_its_limits_and_is_counted_as_it_is_said() -> None:
    rows = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0]})
    both = Condition(name="x", label="force", unit="men", low=2, high=3)
    assert both.holds(rows).tolist() == [False, True, True, False]
    assert both.words == "“force” from 2 to 3 men"
    counted = tally([both], rows, np.array([True, True, False, False]))
    assert counted == Tally(histories=4, met=2, happened=2, both=1) and counted.apart == 0
    assert Tally(histories=10, met=5, happened=5, both=5).chance == pytest.approx(1 / 252)


def weighed(rows: int, seed: int) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return inputs, where it happens, and whole weights of which each half's sum is its number."""
    inputs, draw = table(rows, seed), np.random.default_rng(seed + 1)
    happened = ((inputs["x"] > 0.6) & (draw.random(rows) < 0.8)).to_numpy()
    times = np.empty(rows)
    for side in (0, 1):
        times[side::2] = draw.permutation(np.repeat([0, 1, 3], [rows // 8 * 2, rows // 8, rows // 8]))
    return inputs, happened, times


def test_whole_weights_give_what_repeated_rows_give_but_not_their_certainty() -> None:
    """A history of weight 3 counts as three, and yet is one."""
    pytest.importorskip("ema_workbench")
    inputs, happened, times = weighed(1600, seed=7)
    found = discovered(inputs, happened, WORDS, halves_of(1600, times))
    rows = np.empty(1600, dtype=int)
    for side in (0, 1):
        rows[side::2] = np.repeat(np.arange(side, 1600, 2), times[side::2].astype(int))
    copies = discovered(inputs.iloc[rows].reset_index(drop=True), happened[rows], WORDS)
    assert found.confirmed and found.conditions == copies.conditions and found.happened == copies.happened
    assert found.held_out is not None and copies.held_out is not None
    for name in ("coverage", "density", "base"):
        mine, theirs = getattr(found.held_out, name), getattr(copies.held_out, name)
        assert mine.share == theirs.share and mine.high - mine.low > 1.2 * (theirs.high - theirs.low)
    # (1 + 3)² / (1 + 9) of every 4 times 2 histories
    assert found.effective == pytest.approx(1600 * 1.6 / 4) and copies.effective is None
    assert "The 1,600 histories are worth 640 (effective sample size)" in weight_words(found)
    assert weight_words(copies) == ""
    assert discovery_document(found, "x")["effective_sample_size"] == pytest.approx(640)


def test_equal_weights_are_no_weights_but_in_words() -> None:
    pytest.importorskip("ema_workbench")
    inputs, happened, _ = weighed(800, seed=9)
    plain, equal = (
        discovered(inputs, happened, WORDS),
        discovered(inputs, happened, WORDS, halves_of(800, np.full(800, 0.3))),
    )
    assert (plain.conditions, plain.held_out, plain.steps) == (equal.conditions, equal.held_out, equal.steps)


def test_with_weights_nothing_is_found_where_there_is_nothing() -> None:
    """Conditions of a few heavy histories would be found in their copies, were they taken for others."""
    pytest.importorskip("ema_workbench")
    for seed in range(6):
        draw = np.random.default_rng(seed)
        inputs, happened = table(600, seed=seed, columns=12), draw.random(600) < 0.5
        found = discovered(inputs, happened, WORDS, halves_of(600, draw.exponential(size=600) ** 1.4))
        assert found.trouble in (Trouble.NOTHING, Trouble.NOT_CONFIRMED)


def test_what_descends_from_one_first_draw_lies_in_one_half() -> None:
    origins = np.random.default_rng(3).integers(0, 30, 500)
    weights = related(np.ones(500), 0.2)
    halves = halves_of(500, weights, origins)
    assert not set(origins[halves[0].rows]) & set(origins[halves[1].rows])
    assert sum(len(each.rows) for each in halves) == 500
    assert [each.worth for each in halves] == pytest.approx([0.2, 0.2])


def test_a_half_without_any_weight_is_too_few() -> None:
    inputs, happened, _ = weighed(400, seed=4)
    found = discovered(inputs, happened, WORDS, halves_of(400, np.arange(400) % 2 * 1.0))
    assert found.trouble is Trouble.FEW
    assert "of each kind in each half, by what they are worth" in answer(found, "Hama falls")


def test_a_leaf_that_no_other_history_meets_is_no_error() -> None:
    nothing = Tally(histories=10, met=0, happened=5, both=0)
    leaf = Leaf(conditions=(), found=nothing, held_out=nothing)
    assert leaf.held_out.density is None and leaf.held_out.coverage is not None
