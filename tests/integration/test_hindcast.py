"""`simulate hindcast`, from the command to its numbers, with other truth than that of the first case."""

import json
import subprocess
import sys

import numpy as np
import pytest
from code_map import ROOT
from commands import manifest_of, simulate

from simulation import hindcast
from simulation.results.folder import Results
from simulation.scoring.scorecard import MODEL

OTHER = """\
title: Made up
start: 2024-11-27
truth:
  - {place: Saraqib, falls_to: hts, day: 2, low: 1, high: 3}
  - {place: Tartus, day: never}
  - {series: area_km2, side: hts, day: 2, value: 9000}
  - {series: killed, from_day: 1, by_day: 2, value: 60}
  - {series: killed, actor: hts, by_day: 2, value: 40}
  - {outcome: displaced_day2, value: 14000}
  - {ending: contained}
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Score six days of thirty histories against made-up truth."""
    folder = tmp_path_factory.mktemp("hindcast")
    (folder / "other.yaml").write_text(OTHER, encoding="utf-8")
    return hindcast(
        "aleppo", truth=[folder / "other.yaml"], overrides=["days=6"], replicates=30, out=folder / "out"
    )


def row(done, index):
    return done.scored.rows[index]


def test_falls_are_calendar_days_cut_off_at_the_end(done):
    places = done.run.results.places
    ours = places[
        (places["place"] == "Saraqib")
        & places["to_actor"].isin(["hts", "opposition_factions", "sna", "turkey"])
    ]
    first = ours.groupby("replicate")["day"].min().reindex(done.run.outcomes["replicate"])
    days = np.floor(first.fillna(6.0).to_numpy())
    assert row(done, 0).scores[MODEL].quantiles == pytest.approx(
        np.quantile(days, [0.05, 0.25, 0.5, 0.75, 0.95])
    )
    assert row(done, 1).scores[MODEL].crps.value == 0 or row(done, 1).scores[MODEL].hits < 30


def test_series_are_read_at_the_end_of_the_day_and_added_up(done):
    daily = Results(done.folder).daily
    area = daily[(daily["series"] == "area_km2") & (daily["day"] == 3)]
    held = (
        area[area["actor"].isin(["hts", "opposition_factions", "sna", "turkey"])]
        .groupby("replicate")["value"]
        .sum()
    )
    assert row(done, 2).scores[MODEL].quantiles[2] == pytest.approx(held.median())
    killed = daily[daily["series"] == "killed"].groupby(["replicate", "day"])["value"].sum().unstack()
    assert row(done, 3).scores[MODEL].quantiles[2] == pytest.approx((killed[3] - killed[1]).median())


def test_the_folder_says_that_it_was_scored_and_against_what(done):
    manifest = manifest_of(done.folder)
    assert manifest["kind"] == "hindcast" and manifest["truth"] == ["inputs/truth/1/other.yaml"]
    assert manifest == done.summary()["manifest"] and done.report.is_file()
    assert f"{done.run.results.manifest.again}</code>" in done.report.read_text(encoding="utf-8")


def test_naive_forecasts_speak_only_of_what_they_know(done):
    known = {"nothing_changes", "pace_of_2019_20", "without_cohesion"}
    assert set(row(done, 0).scores) - {MODEL} == known
    assert set(row(done, 2).scores) - {MODEL} == known - {"pace_of_2019_20"}
    assert set(row(done, 5).scores) - {MODEL} == {"without_cohesion"}
    assert row(done, 0).scores["nothing_changes"].quantiles[2] == 6
    assert {score.draws for each in done.scored.rows for score in each.scores.values()} == {30}
    for index in (0, 6):
        missed = row(done, index).scores["nothing_changes"]
        assert (missed.hits, missed.log) == (0, pytest.approx(-np.log(0.5 / 31)))
    start = done.run.results.panel("area_km2")["hts"][:, 0]
    assert row(done, 2).scores["nothing_changes"].quantiles[2] > start[0] > 0
    assert row(done, 4).scores["pace_of_2019_20"].quantiles[2] == pytest.approx(3 * 21.7, rel=0.05)


def test_the_summary_counts_every_measure_once(done):
    document = json.loads(json.dumps(done.summary(), allow_nan=False))
    assert len(document["measures"]) == 7
    for name, tally in document["summary"].items():
        spoken = [each for each in document["measures"] if name in each["forecasts"]]
        ours = [each["forecasts"][MODEL]["crps"] - each["forecasts"][name]["crps"] for each in spoken]
        assert tally["measures"] == len(spoken)
        assert tally["model_better"] == sum(gap < -1e-9 for gap in ours)
        assert tally["model_worse"] == sum(gap > 1e-9 for gap in ours)
    assert len(done.scores) == sum(len(each["forecasts"]) for each in document["measures"])


def test_losses_are_said_as_plainly_as_gains(done):
    text = done.text()
    for name in done.scored.naive:
        for each in done.scored.rows:
            if name in each.scores and each.lead(name) < 0:
                assert each.observable.label.split()[0] in text.split("It loses on:", 1)[1]
    assert "One event is one data point." in text
    assert "One event is one data point" in done.report.read_text(encoding="utf-8").replace("\n", " ")


def test_the_same_seed_gives_the_same_scores(done, tmp_path):
    again = hindcast(
        "aleppo",
        truth=done.truth,
        overrides=["days=6"],
        replicates=30,
        out=tmp_path / "out",
        report=False,
        workers=1,
    )
    assert again.summary()["measures"] == done.summary()["measures"]


def test_the_command_prints_one_document_and_refuses_a_wrong_file(tmp_path):
    (tmp_path / "other.yaml").write_text(OTHER, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(OTHER.replace("Saraqib", "Saraqeb"), encoding="utf-8")
    ran = simulate(
        "hindcast",
        "--truth",
        "other.yaml",
        "--days",
        4,
        "-n",
        5,
        "--json",
        "--quiet",
        "--no-report",
        cwd=tmp_path,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    document = json.loads(ran.stdout)
    assert document["folder"].startswith("results/hindcast-aleppo-")
    assert (tmp_path / document["folder"] / "outcomes.parquet").is_file()
    wrong = simulate("hindcast", "--truth", "wrong.yaml", "--days", 4, "-n", 5, cwd=tmp_path)
    assert wrong.returncode == 2 and wrong.stdout == ""
    assert wrong.stderr == (
        "wrong.yaml:4 truth[0].place: there is no place 'Saraqeb'; did you mean 'Saraqib'?\n"
    )
    for arguments in (("two-valleys",), ("aleppo", "--truth", "none.yaml"), ("aleppo", "--days", "-1")):
        assert simulate("hindcast", *arguments, cwd=tmp_path).returncode == 2


def test_a_run_shorter_than_the_bundled_truth_leaves_out_what_lies_after_it(tmp_path):
    ran = simulate(
        "hindcast", "bombardment-late", "--days", 3, "-n", 5, "--json", "--no-report", cwd=tmp_path
    )  # fmt: skip
    assert ran.returncode == 0
    assert "seeds/truth/offensive-2024.yaml:21 truth: 5 of 13 items lie after the run of 3 days" in ran.stderr
    document = json.loads(ran.stdout)
    assert len(document["measures"]) == 8 and len(document["not_scored"]) == 6
    assert document["truth_inside_90_percent"]["measures"] == 8


def test_a_run_opens_neither_truth_nor_naive_forecasts(tmp_path):
    """Watched from inside the interpreter, as it loads, builds, runs and draws a report of the first case."""
    code = (
        "import os, sys\nopened = []\n"
        "sys.addaudithook(lambda event, given: opened.append(os.fsdecode(given[0])) if event in"
        " ('open', 'os.listdir', 'os.scandir') and isinstance(given[0], (str, bytes)) else None)\n"
        "from pathlib import Path\nfrom simulation import run\n"
        f"out = Path({str(tmp_path / 'run')!r})\n"
        "run('aleppo', overrides=['days=1'], replicates=2, workers=1, report=False, out=out)\n"
        "assert any(name.endswith('actors.yaml') for name in opened), 'nothing was watched'\n"
        f"inside = [name.removeprefix({str(ROOT)!r}) for name in opened]\n"
        "print([n for n in inside if '/seeds' in n and ('/truth' in n or '/naive' in n)])\n"
        "print([name for name in sys.modules if name.startswith('simulation.scoring')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.returncode) == (["[]", "[]"], 0), done.stderr
