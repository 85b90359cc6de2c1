"""A truce of two armies is one truce, whoever it binds; whoever vouches for it vouches for all of it."""

import numpy as np
import pytest
from made_valleys import valleys
from running import begun, log_of

from simulation.engine.loop import fire, next_event
from simulation.model.effects.hostility import pair
from simulation.model.registry import Process
from simulation.scenario import load_scenario
from simulation.world.world import build_world

CEASEFIRE = "ceasefire: {between: [hts, government], from_day: 0, compliance: 0}"
GUARANTEE = "guarantee: {between: [hts, government], from_day: 0}"


@pytest.fixture(scope="module")
def under_truce(tmp_path_factory):
    def build(*measures):
        path = tmp_path_factory.mktemp("truce") / "truce.yaml"
        items = "".join(f"  - {measure}\n" for measure in measures)
        numbers = "inputs: {breach_rate: 20, breach_end: 0.2}\n"
        path.write_text(
            f"extends: aleppo\ntitle: A truce\ndays: 5\n{numbers}measures:\n{items}", encoding="utf-8"
        )
        return build_world(load_scenario(path))

    return build


def breaches_between(world, log):
    """Return the violations of truces between fighters on the map."""
    fights = world.template.actors.fights
    rows = log[log.process == Process.BREACH]
    return rows[(fights[rows.actor] != 0) & (fights[rows.other] != 0)]


def test_a_truce_of_blocs_has_one_clock_and_ends_for_all(under_truce):
    world = under_truce(CEASEFIRE)
    pair = {world.actors.index("hts"), world.actors.index("government")}
    ended = 0
    for k in range(10):
        rows = breaches_between(world, log_of(world, k))
        assert all({row.actor, row.other} == pair for row in rows)
        assert rows.amount[:-1].sum() == 0, "violated after it had ended"
        ended += rows.amount.sum()
    assert ended >= 9  # 20 a day, one in five ends it: each lasts 5 days with chance exp(-20)


def test_a_guarantee_holds_for_all_whom_the_truce_binds(under_truce):
    world = under_truce(CEASEFIRE, GUARANTEE)
    violations = 0
    for k in range(5):
        log = log_of(world, k)
        rows = breaches_between(world, log)
        violations += len(rows)
        assert not rows.amount.any() and not (log.process == Process.CASUALTY).any()
    # Poisson with mean 5 x 5 days x 20: outside six standard deviations once in 500 million.
    assert abs(violations - 500) < 6 * np.sqrt(500)


READY = {"truce_rate": 5, "breach_rate": 0, "truce_compliance": 0.8}
LEAGUE, COUNCIL = 0, 1


def test_a_truce_for_a_fixed_time_ends_at_the_midnight_after_it(tmp_path):
    world = valleys(tmp_path, days=20, truce_fixed=1, truce_term=2, **READY)
    lasted = []
    for replicate in range(20):
        state = begun(world, replicate)
        row, began = pair(state, LEAGUE, COUNCIL), 0.0
        while (clock := next_event(state)) >= 0:
            process, held = state.clocks[clock].process, state.pairs[row].truce
            ends = state.pairs[row].ends
            fire(state, clock)
            now = state.world.t[0]
            if state.pairs[row].truce and not held:
                assert process == Process.TRUCE and state.event.amount[0] == 1
                assert state.pairs[row].ends > now
                began = now
            elif held and not state.pairs[row].truce:
                assert process == Process.DAY and now - 1 < ends <= now and now % 1 == 0
                lasted.append(ends - began)
    # The mean of n exponential times of mean 2: outside five standard deviations once in a million, or so.
    assert len(lasted) > 40 and abs(np.mean(lasted) - 2) < 5 * 2 / np.sqrt(len(lasted))


def test_a_truce_without_a_term_does_not_run_out(tmp_path):
    world = valleys(tmp_path, days=20, truce_fixed=0, truce_term=1, **READY)
    for replicate in range(10):
        log = log_of(world, replicate)
        (truce,) = log[log.process == Process.TRUCE]
        assert truce.amount == 0 and not (log[log.process == Process.CASUALTY].time > truce.time).any()


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_a_one_sided_truce_has_half_of_the_compliance(tmp_path, share):
    world = valleys(tmp_path, days=20, truce_one_sided=share, truce_fixed=1, truce_term=1, **READY)
    values = np.concatenate(
        [log[log.process == Process.TRUCE].value for log in (log_of(world, k) for k in range(20))]
    )
    assert set(values.tolist()) == {0: {0.8}, 1: {0.4}, 0.5: {0.4, 0.8}}[share]
    half = np.mean(values == 0.4)
    assert abs(half - share) <= 5 * np.sqrt(share * (1 - share) / len(values))


def test_a_listed_attacker_finds_nobody_to_sign(tmp_path):
    listed = ("actors.yaml", "seat: Stonegate", "seat: Stonegate\n    listed: true")
    world = valleys(tmp_path, listed, days=5, truce_listed=20, **READY)
    for replicate in range(10):
        assert not (log_of(world, replicate).process == Process.TRUCE).any()


BOUND = ("actors.yaml", "seat: South Market", "seat: South Market\n    bound_by: highland_league")
COMPANY = 2


def availability_by_day(world):
    """Return how free the Company is after each midnight of a history that is not cut short."""
    state, found = begun(world, 0), []
    while (clock := next_event(state)) >= 0:
        process = state.clocks[clock].process
        fire(state, clock)
        if process == Process.DAY:
            found.append(state.actors.availability[COMPANY])
    return found


def test_a_truce_frees_whom_the_war_binds_and_war_binds_them_again(tmp_path):
    truce = (
        "ceasefire: {between: [free_company, highland_league], from_day: 1.5, until_day: 4.5, compliance: 1}"
    )
    world = valleys(
        tmp_path, BOUND, days=8, measures=[truce], release_rate=0.25, free_company_availability=0.2,
        attack_start=100,
    )  # fmt: skip
    expected = [0.2, 0.2]
    for _ in range(3):
        expected.append(expected[-1] + 0.25 * (1 - expected[-1]))
    for _ in range(4):
        expected.append(expected[-1] + 0.25 * (0.2 - expected[-1]))
    found = availability_by_day(world)
    assert found == pytest.approx(expected[: len(found)]) and len(found) >= 8


def test_a_measure_pins_what_a_truce_would_free(tmp_path):
    truce = "ceasefire: {between: [free_company, highland_league], from_day: 0.5, compliance: 1}"
    pinned = "distraction: {of: free_company, availability: 0.3, from_day: 1.5, until_day: 4.5}"
    world = valleys(
        tmp_path, BOUND, days=6, measures=[truce, pinned], release_rate=0.5, free_company_availability=0.2,
        attack_start=100,
    )  # fmt: skip
    found = availability_by_day(world)
    assert found[:6] == pytest.approx([0.2, 0.6, 0.3, 0.3, 0.3, 0.6])


def test_a_truce_frees_nobody_whom_that_war_does_not_bind(tmp_path):
    truce = "ceasefire: {between: [free_company, highland_league], from_day: 0.5, compliance: 1}"
    world = valleys(
        tmp_path, days=4, measures=[truce], release_rate=0.5, free_company_availability=0.2, attack_start=100
    )
    assert set(availability_by_day(world)) == {0.2}
