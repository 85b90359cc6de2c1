"""A run on reports as a user has it: by the command alone, whole, moved, gone on from, and wrong."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
from commands import TABLES, bytes_of, manifest_of, run_to, simulate

from simulation import extend, merge, open_run, run, verify
from simulation.statistics.intervals import ending_shares, weights_of
from simulation.statistics.weighted import effective_size

GIVEN = "fighters_present.red = 16 ± 2 @ 0.5"
NOTHING = "fighters_present.red <= 10 trust 0.5 @ 0.5"
"""A report that says nothing: as likely where it holds as where it does not."""
QUICK = {"report": False, "workers": 1}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run of 60 duels with a report, its page too."""
    return run_to(tmp_path_factory.mktemp("whole") / "run", "duel", "-n", 60, "--given", GIVEN)


def test_the_command_updates_a_duel(tmp_path):
    """0.9089692 by the master equation; |z| <= 4."""
    done = simulate(
        "run", "duel", "-n", 2000, "--given", GIVEN, "--no-report", "--quiet", "--json", cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    share = told["endings"]["red_wins"]
    assert share["share"] == pytest.approx(0.9089692, abs=4 * (share["high"] - share["low"]) / 3.92)
    updated = told["updated"]
    assert 400 < updated["effective_sample_size"] < 2000 and updated["histories"] == 2000
    assert updated["endings"]["red_wins"]["before"] < 0.75 < updated["endings"]["red_wins"]["after"]
    assert [each["id"] for each in updated["reports"]] == ["G1"]


def test_a_report_that_says_nothing_changes_no_byte(tmp_path):
    plain = run("duel", replicates=50, out=tmp_path / "plain", **QUICK)
    silent = run("duel", replicates=50, given=NOTHING, out=tmp_path / "silent", **QUICK)
    before, after = bytes_of(plain.folder), bytes_of(silent.folder)
    assert [name for name in TABLES if before[name] != after[name]] == ["outcomes"]
    more = ["expected.G1", "log_likelihood.G1", "weight"]
    pd.testing.assert_frame_equal(silent.outcomes.drop(columns=more), plain.outcomes, check_exact=True)
    told, silently = plain.summary(), silent.summary()
    for part in ("outcomes", "endings", "places"):
        assert json.dumps(silently[part]) == json.dumps(told[part])
    assert plain.text().splitlines()[:-2] == silent.text().splitlines()[: len(plain.text().splitlines()) - 2]


def test_a_plain_run_has_no_trace_of_reports(tmp_path):
    done = run("two-valleys", replicates=5, overrides="days=3", out=tmp_path / "plain", **QUICK)
    assert not [name for name in done.outcomes if name == "weight" or "likelihood" in name]
    assert (done.manifest.as_of, done.manifest.reports) == (None, ())
    assert "updated" not in done.summary() and "as_of" not in (done.folder / "scenario.yaml").read_text()


def test_the_folder_says_on_what_it_was_updated(whole):
    manifest = manifest_of(whole)
    (report,) = manifest["reports"]
    assert (report["id"], report["text"], report["day"], report["low"]) == ("G1", GIVEN, 0.5, 16)
    assert verify(whole).faults == () and open_run(whole).scenario.given == (GIVEN,)
    page = (whole / "report.html").read_text(encoding="utf-8")
    assert "What the reports changed" in page and "What each report does" in page
    outcomes = open_run(whole).outcomes
    assert np.allclose(np.exp(outcomes["log_likelihood.G1"]), outcomes["weight"], rtol=1e-12)


def test_the_terminal_says_what_the_run_is_worth_and_what_mattered(tmp_path):
    done = simulate("run", "duel", "-n", 60, "--given", GIVEN, "--no-report", "--quiet", cwd=tmp_path)
    told = " ".join(done.stdout.split())
    assert "Updated on 1 report: 60 histories are worth" in told and "(effective sample size)" in told
    assert "The report that matters most is G1" in told and "before the reports after them" in told


def test_no_history_agrees_and_it_is_said(tmp_path):
    text = "fighters_present.red > 20 @ 0.5"
    done = simulate("run", "duel", "-n", 30, "--given", text, "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no history of 30 agrees with all of them" in " ".join(done.stdout.split())


def test_it_plays_on_until_histories_are_worth_so_many(tmp_path):
    done = simulate(
        "run", "duel", "--given", GIVEN, "--until", "ess:80", "--no-report", "--quiet", "--json", cwd=tmp_path
    )
    told = json.loads(done.stdout)
    stopping = told["manifest"]["stopping"]
    assert done.returncode == 0 and stopping["met"] and stopping["reached"][0]["value"] >= 80
    assert stopping["histories"] > 100 and told["updated"]["effective_sample_size"] >= 80
    few = simulate(
        "run", "duel", "--given", GIVEN, "--until", "ess:80", "--max-replicates", 100, "--no-report", "--quiet",
        "--no-sequential", cwd=tmp_path,
    )  # fmt: skip
    assert few.returncode == 4 and "the effective sample size is still" in few.stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("sensitivity", "mine.yaml", "--method", "morris"), "walks move inputs one by one and so leave what was"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_with_reports_is_refused_and_says_what_can(typed, said, tmp_path):
    (tmp_path / "mine.yaml").write_text("extends: two-valleys\nas_of: 2024-01-02\n")
    done = simulate(*typed, "--quiet", cwd=tmp_path)
    assert done.returncode == 2 and said in " ".join(done.stderr.split())


def test_pieces_give_the_bytes_of_the_whole(whole, tmp_path):
    parts = [
        run("duel", replicates=n, first=k, given=GIVEN, out=tmp_path / f"{k}", **QUICK).folder
        for k, n in ((0, 23), (23, 37))
    ]
    assert bytes_of(merge(parts, out=tmp_path / "merged", report=False).folder) == bytes_of(whole)
    assert bytes_of(extend(parts[0], 60, out=tmp_path / "more", **QUICK).folder) == bytes_of(whole)
    threads = run("duel", replicates=60, given=GIVEN, out=tmp_path / "threads", report=False, workers=3)
    assert bytes_of(threads.folder) == bytes_of(whole)


def test_a_run_as_of_a_date_can_be_moved_with_its_reports(tmp_path):
    """Seeds that do not come with the program are packed, their reports too, and run again elsewhere."""
    from simulation.io.folders import bundled

    shutil.copytree(bundled("seeds") / "two_valleys", tmp_path / "mine")
    for kind in ("documents", "claims"):
        (tmp_path / "mine" / kind / "reports").mkdir()
    (tmp_path / "mine" / "documents" / "reports" / "later.md").write_text(
        "---\ntitle: Later\ndate: 2024-01-03\nsource: A letter\nnote: Made up\n---\n\nS1. The Pass is lost.\n"
    )
    (tmp_path / "mine" / "claims" / "reports" / "later.yaml").write_text(
        "document: later\nclaims:\n  - {id: R01, sentence: S1, subject: highland_league, predicate: took,\n"
        '     place: Saddle Pass, day: "2024-01-03", said_by: witness, verified: false, text: They have it.}\n'
    )
    (tmp_path / "mine.yaml").write_text("extends: two-valleys\nseeds: mine\nregion: mine/region\ndays: 4\n")
    first = run(tmp_path / "mine.yaml", replicates=6, as_of="2024-01-03", out=tmp_path / "run", **QUICK)
    assert "R01" in [report.id for report in first.manifest.reports]
    shutil.rmtree(tmp_path / "mine")
    moved = shutil.move(first.folder, tmp_path / "moved")
    again = simulate(
        *first.manifest.again.split()[1:], "--no-report", "-q", "--out", tmp_path / "again", cwd=moved
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert bytes_of(tmp_path / "again") == bytes_of(tmp_path / "moved")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--as-of", "soon"), "as_of must be a date, such as 2024-11-28, not 'soon'"),
        (
            ("--given", "killed.rod = 3 @ 1"),
            "--given killed.rod = 3 @ 1: no actor 'rod'; did you mean 'red'?",
        ),
        (
            ("--given", GIVEN, "--until", "ending.red_wins:0.1"),
            "a run on reports stops by its effective",
        ),
        (("--until", "ess:50"), "only a run on reports (--as-of, --given) has an effective sample size"),
        (("--given", GIVEN, "--doubt", "G2"), "--doubt G2: no report 'G2' is known by then; allowed is G1"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_played(options, message, tmp_path):
    done = simulate("run", "duel", "-n", 5, *options, "--quiet", cwd=tmp_path)
    assert done.returncode == 2 and message in done.stderr and not any(tmp_path.iterdir())


RARE = "fighters_present.red <= 4 @ 0.5"
"""So in one of 500 histories of the duel."""


@pytest.fixture(scope="module")
def sequential(tmp_path_factory):
    """A run of 40 duels of which plain weights leave none or one, so that it is updated sequentially, with its page."""
    return run_to(tmp_path_factory.mktemp("sequential") / "run", "duel", "-n", 40, "--given", RARE)


def test_a_run_in_which_plain_weights_fail_is_updated_sequentially(sequential):
    done = open_run(sequential)
    record, outcomes = done.manifest.sequential, done.outcomes
    assert record is not None and len(outcomes) == 40 and (outcomes["expected.G1"] == 1).all()
    assert (outcomes["weight"] == 1).all() and outcomes["ancestor"].nunique() == record.ancestors > 20
    updated = done.summary()["updated"]
    weights = weights_of(outcomes)
    assert weights is not None and outcomes["origin"].nunique() == record.origins
    assert updated["effective_sample_size"] == pytest.approx(effective_size(weights))
    assert effective_size(weights) < 40, "histories of one first draw are related"
    assert updated["sequential"]["origins"] == record.origins >= 1
    read_alone = open_run(sequential).results.columns("ending")
    names = done.manifest.endings
    assert ending_shares(read_alone, names) == ending_shares(outcomes, names), (
        "how related they are is known of all"
    )
    assert updated["endings"]["red_wins"]["before"] > 0.5 > updated["endings"]["red_wins"]["after"]
    assert verify(sequential).faults == ()
    told = " ".join(done.text().split())
    assert "Updated on 1 report, sequentially, for too few of 40 plain histories agree with" in told
    assert "for they descend from" in told
    assert "--sequential" in done.manifest.again
    page = (sequential / "report.html").read_text(encoding="utf-8")
    assert "too few to count by weights. Therefore histories were drawn given the reports" in page


def test_where_it_was_asked_for_nothing_is_said_of_too_few(tmp_path):
    """Of 40 plain histories about seven agree."""
    done = run(
        "duel", replicates=40, given="fighters_present.red <= 10 @ 0.5", sequential=True, out=tmp_path / "run"
    )
    told = " ".join(done.text().split())
    assert "Updated on 1 report, sequentially, as was asked: 40 histories drawn" in told
    page = done.report.read_text(encoding="utf-8")
    assert "As was asked, histories were drawn given the reports" in page
    assert "for too few of" not in told + page and "too few to count by weights" not in page


def test_a_told_history_is_the_row_of_the_table(sequential):
    from simulation.histories.drivers import BranchedDriver
    from simulation.results.lineages import branched_history

    done = open_run(sequential)
    for row in done.outcomes.head(3).itertuples():
        played = BranchedDriver(done.world, *branched_history(done.results, row.replicate))
        for _ in played.play([]):
            pass
        assert played.outcome.world.end_day == row.end_day


def test_sequential_updating_gives_the_same_bytes_for_any_workers_and_when_gone_on_from(sequential, tmp_path):
    from unittest import mock

    from simulation import resume
    from simulation.results import unfinished
    from simulation.results.recorder import Recorder

    threads = run("duel", replicates=40, given=RARE, out=tmp_path / "threads", report=False, workers=3)
    assert bytes_of(threads.folder) == bytes_of(sequential)
    take = Recorder.take

    def half(self, replicates, advance):
        if self.manifest.sequential is None:
            return take(self, replicates, advance)
        take(self, range(25), advance)
        raise KeyboardInterrupt

    often, cut = (
        mock.patch.object(unfinished, "EVERY_SECONDS", 0.0),
        mock.patch.object(Recorder, "take", half),
    )
    with often, cut, pytest.raises(KeyboardInterrupt):
        run("duel", replicates=40, given=RARE, out=tmp_path / "cut", **QUICK)
    assert (tmp_path / "cut.unfinished").is_dir()
    assert bytes_of(resume(tmp_path / "cut.unfinished", **QUICK).folder) == bytes_of(sequential)


def test_what_was_drawn_together_is_not_joined_or_extended(sequential, tmp_path):
    from simulation.errors import InputError

    with pytest.raises(InputError, match="updated sequentially, and such histories are drawn together"):
        extend(sequential, 60, **QUICK)
    more = run("duel", replicates=5, first=40, given=RARE, out=tmp_path / "more", **QUICK).folder
    with pytest.raises(InputError, match="updated sequentially, and such histories are drawn together"):
        merge([sequential, more])


def test_a_constant_likelihood_changes_no_byte_even_if_asked(tmp_path):
    plain = run("duel", replicates=30, given=NOTHING, out=tmp_path / "plain", **QUICK)
    asked = run("duel", replicates=30, given=NOTHING, sequential=True, out=tmp_path / "asked", **QUICK)
    assert bytes_of(asked.folder) == bytes_of(plain.folder) and asked.manifest.sequential is None
