"""The typical history given what was reported: chosen by weight, told and replayed as any other."""

from __future__ import annotations

import pytest
from commands import simulate

from simulation import replay, run, trace
from simulation.errors import InputError
from simulation.results.medoid import typical_and_extreme

GIVEN = "ending = blue_wins trust 0.97"
OF = 60


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """The same histories as a run has them, with their weights."""
    folder = tmp_path_factory.mktemp("run") / "run"
    return run("duel", replicates=OF, given=GIVEN, report=False, out=folder).outcomes


def test_trace_and_replay_tell_the_medoid_by_weight(outcomes, tmp_path):
    typical, _ = typical_and_extreme(outcomes)
    plain, _ = typical_and_extreme(outcomes.drop(columns="weight"))
    assert typical != plain, "the report must matter"
    lines = list(trace("duel", replicate="typical", of=OF, given=GIVEN))
    head = f"History {typical} of duel, seed 1: a typical history. Of 60 histories, which are worth "
    assert lines[0].startswith(head)
    assert lines[1:] == list(trace("duel", replicate=typical))[1:]
    done = replay("duel", "typical", of=OF, given=GIVEN, out=tmp_path / "page.html")
    assert done.replicate == typical and "worth" in done.why and done.page.exists()


def test_a_history_without_weight_is_not_the_shortest(outcomes):
    """Sure of it: only histories that blue wins count."""
    lines = list(trace("duel", replicate="shortest", of=OF, given="ending = blue_wins"))
    won = outcomes[outcomes["ending"] == "blue_wins"]
    assert lines[0].startswith(f"History {won.sort_values('end_day')['replicate'].iloc[0]} of duel")


def test_without_reports_the_choice_is_as_it_was(outcomes):
    plain, _ = typical_and_extreme(outcomes.drop(columns="weight"))
    first = next(iter(trace("duel", replicate="typical", of=OF)))
    assert first.startswith(
        f"History {plain} of duel, seed 1: a typical history. Of 60 histories it differs least"
    )


def test_reports_do_not_go_with_a_number(tmp_path):
    with pytest.raises(InputError, match="the same whatever is reported"):
        trace("duel", replicate=3, given=GIVEN)
    done = simulate("trace", "duel", "--replicate", "5", "--as-of", "2024-01-01", cwd=tmp_path)
    assert done.returncode == 2 and "ask for the typical one" in done.stderr


def test_the_command_takes_reports(tmp_path):
    options = ("--replicate", "typical", "--of", OF, "--given", GIVEN, "--quiet")
    done = simulate("trace", "duel", *options, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "") and "which are worth" in done.stdout.splitlines()[0]
