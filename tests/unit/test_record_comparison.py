"""A made-up run compared with a small record: every number looked up once more in its tables, and the words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fakes import fake_material, write_fake

from simulation.io.yaml_file import read_yaml
from simulation.record.comparison import Comparison, compare_with
from simulation.record.reader import record_in
from simulation.record.record_file import Line, Shares
from simulation.record.sentences import (
    chance_words,
    credibility_words,
    frequency,
    given_words,
    model_words,
    never_words,
    record_words,
    summary,
    verdict_words,
)
from simulation.record.terminal import compared_text
from simulation.record.verdict import Compared, Found, Verdict
from simulation.report.run.page import page
from simulation.results.folder import Results
from simulation.scenario import load_scenario
from simulation.statistics.intervals import wilson
from simulation.world.world import World, build_world

TEXT = """\
title: What was on record
start: 2024-11-27
note: Made up <b>for</b> a test.
amounts:
  dead: {series: killed, actor: hts, side: government, by_day: 1}
  all_dead_a_day: {series: killed, from_day: 2, by_day: 12, per_day: true}
  early: {series: killed, actor: hts, by_day: 2}
  rate: {ratio: [early, dead]}
  fall: {fall: [Aleppo, Hama], by_day: 20}
  people: {series: displaced, by_day: 30}
  peak: {outcome: displaced_peak}
  speed: {input: government_cohesion}
events:
  many: {amount: dead, at_least: 80}
  few: {amount: dead, at_most: 80}
  falls: {fell: [Aleppo, Hama], by_day: 12}
  hama_falls: {fell: Hama, by_day: 30}
  falls_to_sna: {fell: [Aleppo, Hama], falls_to: sna, by_day: 12}
  falls_to_ally: {fell: [Aleppo, Hama], falls_to: iran, by_day: 12}
  taken: {taken_by: [hts], taken_from: iran, by_day: 30}
  taken_by_another: {taken_by: [sna], taken_from: government, by_day: 30}
  taken_from_another: {taken_by: [hts], taken_from: sdf, by_day: 30}
  truce: {ending: truce, at_day: 30}
  both: {all: [many, falls]}
  neither: {none: [many, falls]}
groups:
  - title: Amounts
    lines:
      - {id: dead, what: Killed, amount: dead, value: 60, source: the courier, confidence: M}
      - {id: far, what: Killed far off, amount: dead, at_least: 1000000, source: nobody, confidence: L}
      - {id: beside, what: Peak, amount: peak, range: {low: 0, high: 200000}, source: us, confidence: L}
      - {id: fall, what: Day of the first fall, amount: fall, given: falls, at_most: 12, source: us, confidence: L}
  - title: Events
    lines:
      - {id: falls, what: One falls, event: falls, cases: {low: 1, high: 3, of: 4}, source: four, confidence: H}
      - {id: hama, what: So does Hama, event: hama_falls, given: falls, shares: {low: 0.01}, source: us, confidence: L}
      - {id: truce, what: A truce, event: truce, cases: {count: 0, of: 400}, source: none in 400, confidence: M}
      - {id: never, what: Nothing, event: falls, given: taken_by_another, shares: {low: 0.5}, source: us, confidence: L}
never_taken: government
not_measured:
  - {what: The weather., why: No table has it.}
"""
LATE = TEXT.replace("by_day: 30}\n  peak", "by_day: 31}\n  peak").replace(
    "amount: dead, value: 60", "amount: people, value: 60"
)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(load_scenario("aleppo"))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return write_fake(tmp_path_factory.mktemp("fake") / "run")


@pytest.fixture(scope="module")
def comparison(world: World, results: Results, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compared(TEXT, world, results, tmp_path_factory.mktemp("record"))


def compared(text: str, world: World, results: Results, folder: Path) -> Comparison:
    (folder / "lines.yaml").write_text(text, encoding="utf-8")
    return compare_with(record_in(read_yaml(folder / "lines.yaml"), world), results)


def of(comparison: Comparison, name: str) -> Compared:
    return next(each for each in comparison.lines if each.line.id == name)


def killed(results: Results, actors: list[str] | None, day: int) -> np.ndarray:
    """Return how many were killed by a midnight; a history that ended keeps its last count."""
    daily = results.daily
    rows = daily[(daily["series"] == "killed") & (daily["day"] <= day)]
    rows = rows if actors is None else rows[rows["actor"].isin(actors)]
    last = rows.sort_values("day").groupby(["replicate", "actor"], observed=True)["value"].last()
    return last.groupby("replicate").sum().to_numpy()


def first_fall(results: Results) -> pd.Series:
    places = results.places[results.places["place"].isin(["Aleppo", "Hama"])]
    return places.groupby("replicate")["day"].min().reindex(results.outcomes["replicate"])


def test_an_amount_is_that_of_the_tables(comparison: Comparison, world: World, results: Results) -> None:
    side = [name for name in world.actors if world.seeds.blocs[name] == world.seeds.blocs["government"]]
    dead = killed(results, ["hts", *side], 1) - killed(results, ["hts", *side], 0)
    found = of(comparison, "dead").found
    assert found is not None and found.above is not None and found.below is not None
    assert found.marks[2] == np.median(dead) and found.marks[0] == np.sort(dead)[10]
    assert (found.above.count, found.below.count) == ((dead >= 60).sum(), (dead <= 60).sum())
    assert len(set(dead)) > 20


def test_falls_and_conditions_are_those_of_the_tables(comparison: Comparison, results: Results) -> None:
    first = first_fall(results).to_numpy()
    falls = of(comparison, "falls").found
    assert falls is not None and falls.chance is not None
    assert (falls.chance.count, falls.of) == ((first <= 12).sum(), 200)
    day = of(comparison, "fall").found
    assert day is not None and day.of == (first <= 12).sum()
    assert day.marks[2] == pytest.approx(np.median(first[first <= 12]))
    hama = results.places[results.places["place"] == "Hama"]["replicate"]
    given = results.outcomes["replicate"].isin(hama).to_numpy()[first <= 12]
    found = of(comparison, "hama").found
    assert found is not None and found.chance is not None and found.chance.count == given.sum()


def test_lines_count_histories_by_weight(world: World, results: Results, tmp_path: Path) -> None:
    """Whole weights give the shares and marks of repeated histories; no more histories than they are worth."""
    weights = np.bincount(np.random.default_rng(4).integers(0, 200, 200), minlength=200).astype(float)
    heavy = Results(results.folder)
    heavy.__dict__["outcomes"] = results.outcomes.assign(weight=weights)
    found = compared(TEXT, world, heavy, tmp_path)
    falls, dead = of(found, "falls").found, of(found, "dead").found
    assert falls is not None and falls.chance is not None and dead is not None
    first = first_fall(results).to_numpy()
    assert falls.chance.share == pytest.approx(np.average(first <= 12, weights=weights))
    assert falls.of == round(weights.sum() ** 2 / (weights**2).sum()) < 200
    side = [name for name in world.actors if world.seeds.blocs[name] == world.seeds.blocs["government"]]
    counts = killed(results, ["hts", *side], 1) - killed(results, ["hts", *side], 0)
    assert dead.marks[2] == np.median(np.repeat(counts, weights.astype(int)))


def test_who_takes_a_place_counts(world: World, results: Results, tmp_path: Path) -> None:
    """In the made-up run all places pass from the government to one actor; a side has its allies, a taker has none."""
    text = TEXT.replace("event: truce, cases: {count: 0, of: 400}", "event: {}, shares: {{low: 0.5}}")
    counts = {}
    for event in (
        "falls",
        "falls_to_sna",
        "falls_to_ally",
        "taken",
        "taken_by_another",
        "taken_from_another",
    ):
        found = of(
            compared(
                text.replace("{}", event, 1).replace("{{", "{").replace("}}", "}"), world, results, tmp_path
            ),
            "truce",
        ).found
        assert found is not None and found.chance is not None
        counts[event] = found.chance.count
    gone = (results.outcomes["ending"] == "government_falls") & (results.outcomes["end_day"] <= 12)
    assert counts["falls_to_sna"] == counts["falls"] > counts["falls_to_ally"] == gone.sum()
    assert (
        counts["taken"] == results.places["replicate"].nunique()
        and counts["taken_by_another"] == 0 == counts["taken_from_another"]
    )


def test_verdicts_and_the_sentence_on_them(comparison: Comparison) -> None:
    verdicts = {each.line.id: each.verdict for each in comparison.lines}
    assert verdicts["far"] is Verdict.FAILED and verdicts["never"] is Verdict.TOO_FEW
    assert [each.line.id for each in comparison.of(Verdict.FAILED)] == ["far", "truce"]
    assert credibility_words(comparison) == (
        "What fails is about “Amounts” (1 of 4 lines) and “Events” (1 of 4 lines): what this run says on these is no "
        "better than the description that fails there, and no count of histories makes it so."
    )
    assert summary(comparison) == (
        "2 of 7 lines of the record fail: far and truce. In 1 of the others the middle history lies beside the range. "
        "1 line could be asked of too few histories."
    )


def test_what_more_histories_could_turn_fails_narrowly() -> None:
    def failed(low: float, high: float, found: Found) -> bool:
        line = Line(id="a", what="A", event="x", shares=Shares(high=0.9), source="us", confidence="M")
        return Compared(line=line, unit="", low=low, high=high, verdict=Verdict.FAILED, found=found).narrow

    shares = Found(of=1000, chance=wilson(330, 1000))
    assert failed(0, 0.31, shares) and not failed(0, 0.29, shares)
    assert failed(0.35, 1, shares) and not failed(0.37, 1, shares)
    for rare, narrow in ((40, True), (20, False)):
        few, most = wilson(rare, 1000), wilson(1000, 1000)
        above, below = (
            Found(of=1000, marks=(1, 2, 3, 4, 5), above=few, below=most),
            Found(of=1000, marks=(1, 2, 3, 4, 5), above=most, below=few),
        )
        assert failed(6, 6, above) is narrow and failed(0, 0, below) is narrow


def test_whole_ones_have_no_fractions_but_a_mean_below_ten_has() -> None:
    def words(value: float, unit: str) -> str:
        line = Line(id="a", what="A", amount="x", value=value, source="us", confidence="M")
        return record_words(Compared(line=line, unit=unit, low=value, high=value, verdict=Verdict.WITHIN))

    assert words(60.4, "fighters") == "60 fighters" and words(20.6, "people a day") == "21 people a day"
    assert (
        words(0.095, "people") == "0.095 people" and words(0.38, "1") == "0.38" and words(7, "day") == "day 7"
    )


def test_of_too_few_histories_nothing_is_said(world: World, tmp_path: Path) -> None:
    few = compared(TEXT, world, write_fake(tmp_path / "run", 19), tmp_path)
    assert (
        summary(few)
        == "No line of the record could be compared. 8 lines could be asked of too few histories."
    )


def test_words_of_each_line(comparison: Comparison) -> None:
    assert record_words(of(comparison, "dead")) == "60 fighters"
    assert record_words(of(comparison, "far")) == "at least 1,000,000 fighters"
    assert record_words(of(comparison, "fall")) == "day at most 12"
    assert record_words(of(comparison, "falls")) == "1 to 3 of 4 (1.3 to 98.7 %)"
    assert record_words(of(comparison, "hama")) == "1.0 to 100 %"
    assert model_words(of(comparison, "never")) == "in no history"
    assert chance_words(of(comparison, "far")) == "as much in 0 of 100 (0 to 1.9 %)"
    assert chance_words(of(comparison, "fall")).startswith("as little in 100 of 100")
    assert verdict_words(of(comparison, "beside")) == "within, middle above"
    assert verdict_words(of(comparison, "far")) == "FAILED"
    assert given_words(comparison, of(comparison, "dead")) == ""
    assert given_words(comparison, of(comparison, "fall")).startswith("of ")
    assert frequency(1, 20000) == "under 0.1 of 100" and frequency(41, 1000) == "4.1 of 100"


def test_places_that_no_history_took_are_named_the_heaviest_first(
    comparison: Comparison, results: Results
) -> None:
    taken = set(results.places["place"])
    held = {place for place, holder in results.manifest.places.items() if holder == "government"}
    assert set(comparison.never) == held - taken and comparison.places == len(held)
    assert "Latakia" in never_words(comparison) and "1 more" in never_words(
        comparison, most=len(comparison.never) - 1
    )


def test_what_a_run_is_too_short_or_too_long_for_is_not_measured(
    world: World, results: Results, tmp_path: Path
) -> None:
    late = compared(LATE, world, results, tmp_path)
    assert (
        of(late, "dead").verdict is Verdict.NOT_MEASURED
        and of(late, "dead").reason == "needs a run of 31 days"
    )
    other = compared(TEXT.replace("at_day: 30", "at_day: 25"), world, results, tmp_path)
    assert of(other, "truce").reason == "speaks of a run of 25 days"
    assert summary(other).endswith("1 line could not be asked of a run of this length.")


def test_the_document_is_json_and_the_terminal_has_every_line(comparison: Comparison) -> None:
    document = json.loads(json.dumps(comparison.document(), allow_nan=False))
    assert document["failed"] == ["far", "truce"] and len(document["lines"]) == 8
    assert document["lines"][1]["on_record"] == {"low": 1e6, "high": None}
    text = " ".join(compared_text(comparison).split())
    for words in (
        "FAILED",
        "Amounts",
        "Events",
        "Not measured: The weather. No table has it.",
        "2 of 7 lines",
    ):
        assert words in text


def test_the_report_has_the_section_only_where_there_is_a_record(
    comparison: Comparison, results: Results
) -> None:
    assert '<section id="record"' not in page(fake_material(results, compared=None))
    html = page(fake_material(results, compared=comparison))
    section = html.split('<section id="record"')[1].split("</section>")[0]
    assert section.count("<tr>") == 1 + len(comparison.lines)
    assert "Made up &lt;b&gt;for&lt;/b&gt; a test." in section and "<b>for</b>" not in section
    assert 'id="record-ranks"' in section and 'id="record-shares"' in section
    assert "2 of 7 lines of the record fail" in section and "Latakia" in section
