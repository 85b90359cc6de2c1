"""The table of checks: what passes and what fails, what is printed, and that every process has a second opinion."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import cli
from simulation.model.registry import Process
from simulation.selftest import choices, fixtures, numbers, report, second_opinion
from simulation.selftest.agreement import effect_errors, kept_error, worst
from simulation.selftest.check import CheckResult, by_error, by_z
from simulation.selftest.effects import EFFECTS
from simulation.selftest.facts import Facts
from simulation.selftest.moments import Snapshot
from simulation.selftest.page import MARK
from simulation.selftest.random_numbers import Luck
from simulation.selftest.rates import RATES
from simulation.selftest.second_opinion import MomentSource, Opinion
from simulation.selftest.suite import FAMILIES, Family
from simulation.selftest.tipping import CLOSE, NUMBERS, Dial, tips


def family(*results: CheckResult) -> tuple[Family, ...]:
    def made() -> Iterator[CheckResult]:
        yield from results

    return (Family("Sums", "Two and two.", made),)


RIGHT = by_error("two and two", "once", 4.0, 4.0)
WRONG = by_z("two and three", "10 times", 5.5, 5.0, 0.1)


@pytest.mark.parametrize(
    ("result", "passed"),
    [
        (RIGHT, True),
        (WRONG, False),
        (by_z("at four standard errors", "", 5.0, 1.0, 1.0), True),
        (by_z("just beyond", "", 5.001, 1.0, 1.0), False),
        (by_z("no spread, and apart", "", 1.0, 2.0, 0.0), False),
        (by_error("not a number", "", math.nan, 1.0), False),
        (by_error("infinite", "", math.inf, 1.0), False),
        (by_error("a hair", "", 1e6 * (1 + 1e-10), 1e6), True),
        (by_error("more than a hair", "", 1e6 * (1 + 1e-8), 1e6), False),
    ],
)
def test_a_result_passes_within_what_is_allowed(result: CheckResult, passed: bool) -> None:
    assert result.passed is passed


def test_numbers_that_cannot_be_compared_are_infinitely_wrong() -> None:
    assert worst(np.array([np.inf, 1.0]), np.array([np.inf, 1.0])) == 0
    assert worst(np.array([np.nan]), np.array([1.0])) == math.inf
    assert worst(np.array([1.0]), np.array([np.inf])) == math.inf
    assert worst(np.array([105.0, 0.01]), np.array([100.0, 0.0])) == pytest.approx(0.05)


def invoked(monkeypatch: pytest.MonkeyPatch, families: tuple[Family, ...], *arguments: str):  # type: ignore[no-untyped-def]
    monkeypatch.setitem(report.run_selftest.__kwdefaults__, "families", families)
    return CliRunner().invoke(cli.app, ["selftest", *arguments])


def test_the_command_ends_with_0_when_all_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    done = invoked(monkeypatch, family(RIGHT))
    assert done.exit_code == 0
    assert "pass  two and two" in done.stdout
    assert done.stdout.endswith("all 1 checks passed\n")
    assert done.stderr == "sums ...\n"


def test_the_command_ends_with_1_when_one_fails_and_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    done = invoked(monkeypatch, family(RIGHT, WRONG), "--quiet")
    assert done.exit_code == 1
    assert "FAIL  two and three" in done.stdout and "z +5.00" in done.stdout
    assert done.stdout.endswith("1 of 2 checks failed: two and three\n")
    assert done.stderr == ""


def test_json_is_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = by_error("nothing to compare", "never", math.nan, 1.0)
    of_arrays = by_z("from an array", "once", np.arange(4).mean(), np.int64(2), np.float64(0.5))
    done = invoked(monkeypatch, family(RIGHT, nothing, of_arrays), "--json")
    found = json.loads(done.stdout)
    assert (found["passed"], found["failed"]) == (False, 1)
    assert found["checks"][0] == {
        "family": "Sums", "check": "two and two", "tried": "once", "measured": "relative error", "value": 4.0,
        "reference": 4.0, "distance": 0.0, "allowed": 1e-9, "passed": True,
    }  # fmt: skip
    assert found["checks"][1]["value"] is None


def test_the_page_is_the_same_each_time_and_keeps_what_others_wrote(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "verification.md"
    invoked(monkeypatch, family(RIGHT), "--page", str(page))
    first = page.read_text(encoding="utf-8")
    assert "| two and two | 4 | 4 | error 0 | 1e-09 | once | pass |" in first
    page.write_text(f"{first}\n{MARK}\n\n## Planted errors\n", encoding="utf-8")
    for _ in range(2):
        invoked(monkeypatch, family(RIGHT), "--page", str(page))
        assert page.read_text(encoding="utf-8") == f"{first}\n{MARK}\n\n## Planted errors\n"


def test_a_page_that_cannot_be_written_is_the_users_mistake(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    done = invoked(monkeypatch, family(RIGHT), "--page", str(tmp_path / "file" / "page.md"))
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_every_process_has_a_second_opinion() -> None:
    assert set(RATES) == set(EFFECTS) == set(Process)


def test_quick_families_pass() -> None:
    quick = {choices.results, numbers.generator, numbers.draws, numbers.grid, numbers.statistics}
    chosen = [family for family in FAMILIES if family.results in quick]
    assert len(chosen) == len(quick)
    assert report.run_selftest(progress=False, families=chosen).failed == []


def test_a_second_program_draws_the_same_numbers() -> None:
    luck = Luck((5, 7), 3, 2, 11, 1)
    assert [luck.part(4, 0.0, 9), luck.part(4, 5.0, 0)] == [0, 0]
    assert 0 < luck(0) < 1 and luck(0) != luck(1)


@pytest.fixture(scope="module")
def looked_at() -> Opinion:
    """The opinion after one busy history and one of two days in which much falls."""
    opinion = Opinion()
    for source in (
        MomentSource(fixtures.busy, 2, 3),
        MomentSource(fixtures.falling, 4, 1),
        MomentSource(fixtures.struck, 1, 3),
        MomentSource(fixtures.enclosed, 1, 4, frozenset({Process.SEIZE})),
        MomentSource(fixtures.outflanked, 2, 4, frozenset({Process.GIVE_WAY, Process.MARCH, Process.SEIZE})),
    ):
        for moment in source.moments():
            opinion.look(moment, (moment.process,))
    return opinion


def test_engine_and_second_opinion_agree(looked_at: Opinion) -> None:
    for respect in (looked_at.rates, looked_at.effects, looked_at.waits):
        assert {process.name: tally for process, tally in respect.items() if not tally.error <= 1e-9} == {}


def test_no_clock_burns_at_a_rate_out_of_date_after_a_measure() -> None:
    """The freedom of an ally is felt at once by those beside it, whom the measure does not name."""
    wrong, measures = {}, 0
    for moment in MomentSource(fixtures.busy, 8, 12, frozenset({Process.MEASURE})).moments():
        after, measures = moment.after(), measures + 1
        errors = {p.name: kept_error(after, Facts(after), p) for p in Process if not p.timed}
        wrong |= {(moment.entity, name): error for name, error in errors.items() if not error <= 1e-9}
    assert wrong == {} and measures > 40


def test_land_that_has_come_back_to_its_first_holder_is_still_looked_at() -> None:
    """What has ever passed lays open what lies beside it, also where nobody stands."""
    world = fixtures.valleys("sweep_enclosed=0")
    cells, near = world.template.cells, world.template.ground.neighbours
    facts = Facts(world.template)
    touching = np.flatnonzero(facts.hostile_share > 0)
    cell = int(touching[0])
    hostile = [k for k in near[cell] if k >= 0 and facts.foe[cells.control[cell], cells.control[k]]]
    cells.passed[hostile[0]] = 1
    cells.taken_beside[near[hostile[0]][near[hostile[0]] >= 0]] += 1
    begun = fixtures.begun_history(world, 0)
    assert RATES[Process.SEIZE](Facts(begun))[cell] > 0
    assert kept_error(begun, Facts(begun), Process.SEIZE) == 0


def test_land_is_looked_at_that_is_hardly_enclosed_and_land_that_has_passed_before() -> None:
    """Only in such cells does it show by how much a cell must be enclosed, and that it passes so but once."""
    begun = fixtures.begun_history(fixtures.enclosed(), 0)
    facts, most = Facts(begun), begun.params.sweep_enclosed[0]
    rate = RATES[Process.SEIZE](facts)
    hardly = (facts.hostile_share >= most) & (facts.hostile_share < 1.05 * most) & (begun.cells.passed == 0)
    again = (facts.hostile_share >= most) & (begun.cells.passed != 0)
    empty = facts.fighters[begun.ground.neighbours].sum(axis=(1, 2)) + facts.fighters.sum(axis=1) == 0
    assert (rate[hardly & empty] > 0).any()
    assert (again & empty).any() and not rate[again & empty].any()


def test_every_process_is_looked_at(looked_at: Opinion) -> None:
    assert {process for process, tally in looked_at.effects.items() if tally.looks} == set(Process)


def test_a_process_that_was_hardly_looked_at_fails() -> None:
    assert not any(result.passed for result in Opinion().results())


@pytest.fixture(scope="module")
def rounds() -> list[Snapshot]:
    """The first rounds of orders of one history in which there is much to choose."""
    return list(MomentSource(lambda: fixtures.manoeuvre(20), 1, 8, frozenset({Process.COMMAND})).moments())


def test_choices_about_to_tip_come_out_as_the_second_opinion_says(rounds: list[Snapshot]) -> None:
    opinion = Opinion()
    for name, moment in tips(rounds[:4], 1):
        opinion.weigh(name, moment)
    assert {name: tally for name, tally in opinion.choices.items() if not tally.error <= 1e-9} == {}
    assert len(opinion.choices) > 9


def test_an_error_of_a_twentieth_tips_a_choice(rounds: list[Snapshot]) -> None:
    """The second program, but not the engine, reads 5 % more for the odds sought."""
    low, high = next(pair for moment in rounds for pair in Dial(moment, "params", "attack_odds", 0).tips())
    assert high.before.params.attack_odds[0] / low.before.params.attack_odds[0] - 1 < CLOSE
    wrong = [
        dict(effect_errors(Dial(side, "params", "attack_odds", 0).turned(1.05), side.after()))
        for side in (low, high)
    ]
    assert [found["units.order"] > 0 or found["units.target"] > 0 for found in wrong].count(True) == 1


def test_every_number_of_a_choice_has_its_line() -> None:
    names = {result.check for result in Opinion().results()}
    expected = {
        f"command: choices by {name} (looked at too seldom)" for row in NUMBERS.values() for name in row
    }
    assert expected <= names


def test_a_wrong_parameter_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second program reads 5 % more for one number than the engine does."""
    right = second_opinion.rate_error

    def shaken(state, facts, process, entities):  # type: ignore[no-untyped-def]
        wrong = state.params.copy()
        state.params.rally_rate *= 1.05
        expected = RATES[process](facts)
        state.params[:] = wrong
        monkeypatch.setitem(RATES, process, lambda _: expected)
        return right(state, facts, process, entities)

    monkeypatch.setattr(second_opinion, "rate_error", shaken)
    opinion = Opinion()
    moment = next(MomentSource(fixtures.busy, 1, 1, frozenset({Process.RALLY})).moments())
    opinion.look(moment, (Process.RALLY,))
    assert opinion.rates[Process.RALLY].error == pytest.approx(1 - 1 / 1.05)
