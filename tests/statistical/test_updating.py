"""Histories updated on reports give the exact posteriors of duels, of rates and of their evidence.

Exact by the master equation of the duel: states (x, y) with rates a x and b y, the report at time t, then the chance
to win of who is left. |z| <= 4 with the standard error of the weighted estimate: a false alarm in 16,000 checks.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from scipy import linalg, special, stats

from simulation import run, sweep
from simulation.observation.conditions import Conditions
from simulation.scenario import load_scenario
from simulation.statistics import weighted
from simulation.updating.evidence import evidence_of
from simulation.world.world import build_world

N = 2500
Likelihood = Callable[[np.ndarray, np.ndarray], np.ndarray]


def wins(first: int, second: int, a: float, b: float) -> np.ndarray:
    """Return the chance that the first side wins from every (x, y)."""
    table = np.zeros((first + 1, second + 1))
    table[1:, 0] = 1
    for x in range(1, first + 1):
        for y in range(1, second + 1):
            hit = a * x / (a * x + b * y)
            table[x, y] = hit * table[x, y - 1] + (1 - hit) * table[x - 1, y]
    return table


def chances(first: int, second: int, a: float, b: float, time: float) -> np.ndarray:
    """Return the chance of every (x, y) at a time."""
    shape = first + 1, second + 1
    rates = np.zeros((shape[0] * shape[1],) * 2)
    for x in range(1, first + 1):
        for y in range(1, second + 1):
            here = x * shape[1] + y
            rates[here, here - 1], rates[here, here - shape[1]] = a * x, b * y
            rates[here, here] = -a * x - b * y
    return np.asarray(linalg.expm(rates * time)[first * shape[1] + second]).reshape(shape)


def exact(likelihood: Likelihood, first=20, second=18, a=1.0, b=1.0, time=0.5) -> tuple[float, float]:
    """Return the evidence of a report and the chance that the first side wins, given it."""
    there = chances(first, second, a, b, time)
    x, y = np.indices(there.shape)
    seen = there * likelihood(x, y)
    return float(seen.sum()), float((seen * wins(first, second, a, b)).sum() / seen.sum())


def lost_six(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    lost = np.maximum(18 - y, 1e-300)
    return np.where(y < 18, stats.norm.pdf((math.log(6) - np.log(lost)) / 0.3) / 0.3, 0.0)


ROWS: dict[str, tuple[Likelihood, float]] = {
    "fighters_present.red <= 10 @ 0.5": (lambda x, y: x <= 10, 0.1983751),
    "fighters_present.blue <= 9 @ 0.5": (lambda x, y: y <= 9, 0.9602294),
    "fighters_present.red = 16 ± 2 @ 0.5": (lambda x, y: stats.norm.pdf(16, x, 2), 0.9089692),
    "fighters_present.red <= 10 trust 0.6 @ 0.5": (lambda x, y: np.where(x <= 10, 0.6, 0.4), 0.6712899),
    "killed.blue = 6 error 0.3 @ 0.5": (lost_six, 0.6348489),
}
"""What is reported, its likelihood by what is left of either side, and the published posterior."""


@pytest.mark.parametrize("text", ROWS)
def test_the_posterior_and_the_evidence_of_a_duel_are_exact(text, tmp_path):
    likelihood, published = ROWS[text]
    evidence, posterior = exact(likelihood)
    assert posterior == pytest.approx(published, abs=1e-6)
    done = run("duel", replicates=N, given=text, report=False, out=tmp_path / "run")
    outcomes = done.outcomes
    weights = outcomes["weight"].to_numpy()
    won = (outcomes["ending"] == "red_wins").to_numpy(dtype=float)
    found, error = weighted.mean(won, weights), weighted.standard_error(won, weights)
    assert abs(found - posterior) <= 4 * error, f"z = {(found - posterior) / error:.2f}"
    # The evidence is the plain mean of the likelihoods: unbiased.
    z = (weights.mean() - evidence) / stats.sem(weights)
    assert abs(z) <= 4, f"z = {z:.2f}"
    assert done.summary()["updated"]["log_evidence"] == pytest.approx(math.log(weights.mean()))


def test_reports_of_both_sides_at_two_times_multiply(tmp_path):
    """Of 14 against 15, unequally good shots, with a report at 0.25 and one on the end."""
    texts = ["fighters_present.red >= 12 trust 0.9 @ 0.25", "ending = red_wins trust 0.7"]
    there = chances(14, 15, 1.2, 0.9, 0.25)
    win = wins(14, 15, 1.2, 0.9)
    x, _ = np.indices(there.shape)
    seen = there * np.where(x >= 12, 0.9, 0.1)
    both = float((seen * (0.7 * win + 0.3 * (1 - win))).sum())
    posterior = float((seen * 0.7 * win).sum()) / both
    sides = {"red_fighters": 14, "blue_fighters": 15, "red_kill_rate": 1.2, "blue_kill_rate": 0.9}
    done = run(
        "duel",
        replicates=N,
        given=texts,
        overrides=[f"inputs.{each}={n}" for each, n in sides.items()],
        report=False,
        out=tmp_path / "run",
    )
    weights = done.outcomes["weight"].to_numpy()
    won = (done.outcomes["ending"] == "red_wins").to_numpy(dtype=float)
    assert abs(weighted.mean(won, weights) - posterior) <= 4 * weighted.standard_error(won, weights)
    assert abs(weights.mean() - both) <= 4 * stats.sem(weights)


RATES = (0.6, 0.8, 1.0, 1.2, 1.4)
UNKNOWN = (
    "inputs.red_kill_rate={dist: choice, values: [0.6, 0.8, 1.0, 1.2, 1.4], weights: [0.2, 0.2, 0.2, 0.2, 0.2], "
    "source: made up}"
)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("ending = red_wins", (0.0654338, 0.1518471, 0.2235338, 0.2677933, 0.2913920)),
        ("fighters_present.blue <= 9 @ 0.5", (0.0304714, 0.1010823, 0.2006093, 0.2972026, 0.3706344)),
    ],
)
def test_an_unknown_rate_has_its_exact_posterior(text, published, tmp_path):
    """With the fewest surprises: chi-squared of the five shares at 1 in 16,000."""
    done = run("duel", replicates=N, given=text, overrides=UNKNOWN, report=False, out=tmp_path / "run")
    weights, rate = (done.outcomes[name].to_numpy() for name in ("weight", "input.red_kill_rate"))
    for value, share in zip(RATES, published, strict=True):
        hits = (rate == value).astype(float)
        found, error = weighted.mean(hits, weights), weighted.standard_error(hits, weights)
        assert abs(found - share) <= 4 * error, f"{value}: z = {(found - share) / error:.2f}"


def test_a_rate_with_a_gamma_prior_has_the_conjugate_posterior():
    """Given a duel's full record, Gamma(alpha + hits, beta + exposure): exposure is the integral of the shooters.

    Rates from a Gamma prior, each playing a duel; those whose record has the same hits and nearly the same exposure
    are as the prior weighted with the likelihood of that record, rate^hits exp(-rate exposure). The weights of the
    library are put on draws of the prior and their moments compared with the conjugate ones.
    """
    alpha, beta, hits, exposure = 4.0, 3.0, 11, 6.5
    rates = stats.gamma(alpha, scale=1 / beta).ppf((np.arange(200_000) + 0.5) / 200_000)
    weights, evidence = weighted.from_logarithms(hits * np.log(rates) - rates * exposure)
    after = stats.gamma(alpha + hits, scale=1 / (beta + exposure))
    assert weighted.mean(rates, weights) == pytest.approx(after.mean(), rel=1e-4)
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    assert weighted.quantiles(rates, weights, levels) == pytest.approx(after.ppf(levels), rel=1e-3)
    exactly = (
        alpha * math.log(beta) - special.gammaln(alpha)
        + special.gammaln(alpha + hits) - (alpha + hits) * math.log(beta + exposure)
    )  # fmt: skip
    assert evidence == pytest.approx(exactly, abs=1e-4)


def test_each_report_is_worth_what_the_run_without_it_says(tmp_path):
    """Pulls are leave-one-out runs, without playing them: each is the difference to a run that doubts it, exactly."""
    texts = [
        "fighters_present.red = 16 ± 2 @ 0.5",
        "killed.blue = 6 error 0.3 @ 0.5",
        "ending = red_wins trust 0.8",
    ]
    done = run("duel", replicates=500, given=texts, report=False, out=tmp_path / "all")
    manifest = done.manifest
    evidence = evidence_of(done.outcomes, manifest.reports, manifest.endings)
    for pull in evidence.pulls:
        name = pull.report.id
        less = run("duel", replicates=500, given=texts, doubt=name, report=False, out=tmp_path / name)
        other = evidence_of(less.outcomes, less.manifest.reports, manifest.endings)
        assert pull.effective_without == pytest.approx(other.effective)
        assert pull.given_others == pytest.approx(evidence.log_evidence - other.log_evidence)
        both = [each.summary()["endings"]["red_wins"]["share"] for each in (done, less)]
        assert pull.moved == pytest.approx(abs(both[0] - both[1]))


def test_moments_between_midnights_are_those_of_the_same_history():
    """A history that is played to a moment is the one that goes on from there: what ends before stays as it ended."""
    from simulation.engine.ensemble import Ensemble
    from simulation.engine.moment import Moments
    from simulation.model.daily_series import DailySeries
    from simulation.observation.snapshots import Snapshots

    world = build_world(load_scenario("duel"))
    histories = [each for chunk in Ensemble(world, range(40), 3, 1) for each in chunk]
    snapshots = Snapshots(world, histories, Moments(world))
    present = [
        snapshots.at(day)[:, DailySeries.FIGHTERS_PRESENT, :2] for day in (0.25, 0.5, 0.999, 1.0, 30.0)
    ]
    assert all((later <= earlier).all() for earlier, later in pairwise(present))
    ends = np.array([each.outcome.world.end_day for each in histories])
    last = np.stack([each.outcome.daily[-1] for each in histories])[:, DailySeries.FIGHTERS_PRESENT, :2]
    for day, found in zip((0.25, 0.5, 0.999, 1.0), present[:4], strict=True):
        assert (found[ends <= day] == last[ends <= day]).all()
    assert (present[-1] == last).all() and (present[0] > last).any()


def test_the_unscaled_weights_know_nothing_of_other_histories():
    world = build_world(
        dataclasses.replace(load_scenario("duel"), given=("fighters_present.red = 16 ± 2 @ 0.5",))
    )
    from simulation.engine.ensemble import Ensemble

    conditions = Conditions.of(world)
    together = [each for chunk in Ensemble(world, range(12), 1, 1) for each in chunk]
    alone = [conditions.columns([each])["weight"][0] for each in together]
    assert conditions.columns(together)["weight"].tolist() == alone


@pytest.mark.parametrize("text", ["fighters_present.red <= 10 @ 0.5", "killed.blue = 6 error 0.3 @ 0.5"])
def test_a_run_that_is_updated_sequentially_has_the_exact_posterior(text, tmp_path):
    """Also of two reports, the later of which is heard at the end and weighs what went on; |z| <= 4."""
    likelihood, published = ROWS[text]
    late = [text, "ending = red_wins trust 0.7"]
    for given, posterior in (
        (text, published),
        (late, 0.7 * published / (0.7 * published + 0.3 * (1 - published))),
    ):
        done = run(
            "duel", replicates=500, given=given, report=False, sequential=True, out=tmp_path / f"{len(given)}"
        )
        outcomes, record = done.outcomes, done.manifest.sequential
        weights = outcomes["weight"].to_numpy()
        won = (outcomes["ending"] == "red_wins").to_numpy(dtype=float)
        found, error = weighted.mean(won, weights), weighted.standard_error(won, weights)
        assert abs(found - posterior) <= 4 * error, f"z = {(found - posterior) / error:.2f}"
        assert record is not None and record.ancestors == outcomes["ancestor"].nunique() > 400
        # Of 4,000 first draws: the relative error of the evidence is that of the mean of their likelihoods.
        evidence, _ = exact(likelihood)
        assert abs(math.exp(record.log_evidence) - evidence) <= 4 * evidence * 0.04


def test_sequential_updating_finds_an_unknown_rate(tmp_path):
    text, published = (
        "fighters_present.blue <= 9 @ 0.5",
        (0.0304714, 0.1010823, 0.2006093, 0.2972026, 0.3706344),
    )
    done = run(
        "duel",
        replicates=800,
        given=text,
        overrides=UNKNOWN,
        report=False,
        sequential=True,
        out=tmp_path / "run",
    )
    rate = done.outcomes["input.red_kill_rate"].to_numpy()
    for value, share in zip(RATES, published, strict=True):
        # Chains leave rows a little alike: two thirds of them are taken to be independent.
        z = ((rate == value).mean() - share) / math.sqrt(share * (1 - share) / (800 * 2 / 3))
        assert abs(z) <= 4, f"{value}: z = {z:.2f}"


def test_each_point_of_a_sweep_has_its_own_exact_posterior(tmp_path):
    """Kill rates of the first side of 0.8, 1 and 1.4; the second has at most 9 left at 0.5."""
    rates = (0.8, 1.0, 1.4)
    done = sweep(
        "duel", {"inputs.red_kill_rate": rates}, given="fighters_present.blue <= 9 @ 0.5", replicates=N,
        outcomes=["ending.red_wins"], report=False, out=tmp_path / "out",
    )  # fmt: skip
    rows = done.points.set_index("point")
    due = [exact(lambda x, y: y <= 9, a=rate) for rate in rates]
    for k, (evidence, wins_then) in enumerate(due, start=1):
        size = rows.loc[k, "effective"]
        assert abs(size / N - evidence) <= 4 * math.sqrt(evidence * (1 - evidence) / N)
        error = math.sqrt(wins_then * (1 - wins_then) / size)
        assert abs(rows.loc[k, "value"] - wins_then) <= 4 * error, rows.loc[k]
    for k in (2, 3):
        low, high = rows.loc[k, ["difference_low", "difference_high"]]
        assert abs(rows.loc[k, "difference"] - (due[k - 1][1] - due[0][1])) <= 2 * (high - low)
    said = " ".join(done.text().split())
    assert "each point is updated on 1 report by itself: its histories are worth" in said
    assert done.study.effective == pytest.approx(rows["effective"])
