"""Histories of length zero, without fighters, of half a day, and alone: every command and page says what there is."""

import html
import json
import re
import shlex

import pandas as pd
import pytest

import simulation
from simulation.api.sensitivity import sensitivity
from simulation.results.manifest import Manifest
from simulation.scenario import load_scenario

NOBODY = ["inputs.red_fighters=0"]
NEITHER = [*NOBODY, "inputs.blue_fighters=0"]
HALF = ["days=0.5"]
TRUTH = """title: Made up
start: 2024-01-01
note: Nothing of it happened anywhere.
truth:
  - {series: killed, by_day: 2, value: 3}
  - {outcome: displaced_peak, value: 40}
  - {ending: NAME}
"""
ELSEWHERE = r"Syria|Aleppo|Damascus|HTS|two weeks|±5 km|5 km near|over-fitted"
"""What is true of one country only."""


def said(page):
    """Return what people read on a page, all of whose figures show something, without the sources of its rules."""
    text = page.read_text(encoding="utf-8")
    for island in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL):
        content = json.loads(island)
        if "layout" in content:
            assert any(len(trace.get("x", ())) for trace in content["data"]), page
    text = re.sub(r'<section id="sources">.*?</section>', "", text, flags=re.DOTALL)
    plain = re.sub(r"<(script|style)\b.*?</\1>|</t[dh]>", " ; ", text, flags=re.DOTALL)
    words = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", plain)))
    assert re.search(rf"\b(nan|inf)\b|\b1 (histories|days|cases)\b|{ELSEWHERE}", words) is None
    return words


def repeated(page):
    """Return the words of the command by which a page can be made again."""
    command = re.search(r'<pre class="command"[^>]*><code>(.*?)</code>', page.read_text(encoding="utf-8"))
    return shlex.split(html.unescape(command[1]))


@pytest.mark.parametrize("overrides", [NOBODY, NEITHER])
def test_a_side_without_fighters_has_lost_on_day_0(overrides, tmp_path):
    done = simulation.run("duel", replicates=50, out=tmp_path / "run", overrides=overrides)
    words = said(done.report)
    assert (done.outcomes["end_day"] == 0).all() and done.outcomes["ending"].nunique() == 1
    assert "50 of 50 histories" in words and "The history ends on day 0" in words
    assert "Day on which the history ends: 0 days in 50 of 50 histories." in words
    assert "every history is over when it begins" in words


@pytest.mark.parametrize(("name", "overrides"), [("duel", NOBODY), ("two-valleys", HALF)])
def test_its_replay_is_whole_and_can_be_repeated(name, overrides, tmp_path):
    page = simulation.replay(name, "typical", of=2, out=tmp_path / "replay.html", overrides=overrides).page
    assert "The history ends on day 0" in said(page)
    program, command, again, *options = repeated(page)
    assert (program, command) == ("simulate", "replay") and "--replicate" in options
    settings = [options[k + 1] for k, word in enumerate(options) if word == "--set"]
    assert settings == overrides
    assert load_scenario(again, settings).digest == load_scenario(name, overrides).digest
    assert load_scenario(again, settings).digest in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "choices",
    [
        ("duel", "duel --set inputs.red_fighters=0"),
        ("duel --set inputs.red_fighters=0", "duel --set inputs.red_fighters=0 --set inputs.blue_fighters=5"),
        ("two-valleys --set days=0.5", "two-valleys --set days=0.5 --set inputs.free_company_fighters=0"),
    ],
)
@pytest.mark.parametrize("number", [1, 2])
def test_a_comparison_with_nothing_is_whole(choices, number, tmp_path):
    done = simulation.compare(choices, replicates=number, out=tmp_path / "out")
    assert "times as many" not in said(done.report)
    folders = [word for word in repeated(done.report) if word.endswith("scenario.yaml")]
    found = [load_scenario(done.folder / folder).digest for folder in folders]
    assert found == [mark.digest for mark in done.manifest.marks]


@pytest.mark.parametrize(("name", "ending"), [("duel", "red_wins"), ("two-valleys", "truce")])
@pytest.mark.parametrize("number", [1, 2])
def test_a_hindcast_of_few_says_only_what_holds(name, ending, number, tmp_path):
    truth = tmp_path / "truth.yaml"
    truth.write_text(TRUTH.replace("NAME", ending), encoding="utf-8")
    overrides = NOBODY if name == "duel" else []
    done = simulation.hindcast(
        name, truth=[truth], replicates=number, out=tmp_path / "out", overrides=overrides
    )
    for words in (said(done.report), done.text()):
        assert "Nothing of it happened anywhere." in words
        assert "90 %" not in words.split("How it is scored")[0].split("How to read it")[0]
        assert "9 of 10" not in words
    assert done.summary()["notes"] == ["Nothing of it happened anywhere."]
    assert repeated(done.report)[-2:] == ["--truth", "inputs/truth/1/truth.yaml"]


@pytest.mark.parametrize("number", [1, 2])
def test_half_a_day_and_a_single_history_have_a_report(number, tmp_path):
    for days in HALF, ["days=30"]:
        done = simulation.run("two-valleys", replicates=number, out=tmp_path / days[0], overrides=days)
        words = said(done.report)
        assert "9 of 10" not in words and "there is no estimate to settle" in words
        assert "A fictional country; nothing here stands for a real place or people." in words
        manifest = Manifest.model_validate_json((done.folder / "manifest.json").read_text(encoding="utf-8"))
        assert load_scenario(done.folder / repeated(done.report)[2]).digest == manifest.scenario_digest


@pytest.mark.parametrize(
    ("overrides", "outcomes"),
    [
        (HALF, ["ending.truce"]),
        (HALF, []),
        (["days=4"], ["ending.truce"]),
        ([], ["place.Reedham", "end_day"]),
    ],
)
def test_a_study_of_which_little_can_be_told_is_whole(overrides, outcomes, tmp_path):
    out = tmp_path / "out"
    done = sensitivity("two-valleys", histories=400, outcomes=outcomes, overrides=overrides, out=out)
    said(done.report)
    assert done.text()
    for name, columns in {
        "total": {"outcome", "input", "share", "low", "high", "with_luck", "group", "worst_rank"},
        "first_order": {"outcome", "input", "share", "explainable", "reference", "group", "best_rank"},
        "overall": {"input", "share", "low", "high", "reference", "group", "best_rank", "worst_rank"},
        "convergence": {"outcome", "input", "cases", "share", "low", "high"},
        "chance": {"outcome", "share", "low", "high", "alone", "trouble"},
    }.items():
        table = pd.read_parquet(out / f"{name}.parquet")
        assert columns <= set(table)
        for share in ("share", "explainable", "with_luck", "alone"):
            if share in table:
                prefix = "" if share == "share" else f"{share}_"
                known = table.dropna(subset=[share])
                assert (known[f"{prefix}low"] <= known[share]).all()
                assert (known[share] <= known[f"{prefix}high"]).all()
                assert known[share].between(0, 1).all()


def test_the_words_of_a_study_in_a_shell_name_what_was_asked(tmp_path):
    asked = ["place.Saddle Pass", "ending.truce"]
    done = sensitivity("two-valleys", histories=400, outcomes=asked, overrides=HALF, out=tmp_path / "out")
    words = repeated(done.report)
    assert words[words.index("--outcomes") + 1].split(",") == asked
    assert load_scenario(done.folder / words[2]).digest == done.manifest.scenario_digest
