"""Quantiles that are worked out here are those of scipy.stats to the last bit."""

import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from simulation.scenario.distributions import DISTRIBUTIONS
from simulation.scenario.quantiles import quantiles
from simulation.statistics import paired

RANDOM = np.random.default_rng(1)
SHAPES = {"c": (0, 0.25, 1 / 3, 1), "a": (1e-3, 0.7, 3), "b": (3.5, 17, 1e6), "p": (0, 0.25, 0.9, 1)}
FAMILIES = {
    "uniform": (),
    "triang": ("c",),
    "loguniform": ("a", "b"),
    "reciprocal": ("a", "b"),
    "bernoulli": ("p",),
}


def same(name, parameters, points):
    wanted = getattr(stats, name).ppf(points, **parameters)
    return quantiles(name, points, parameters).tobytes() == wanted.tobytes()


@pytest.mark.parametrize("name", FAMILIES)
def test_every_bit_is_that_of_scipy(name):
    for _ in range(200):
        shapes = {shape: RANDOM.choice(SHAPES[shape]) for shape in FAMILIES[name]}
        placed = {"loc": RANDOM.normal() * 10, "scale": RANDOM.exponential() * 10}
        placed = {key: placed[key] for key in DISTRIBUTIONS[name].placed}
        points = np.clip(RANDOM.random(RANDOM.choice([1, 3, 8, 100, 1024])), 2.0**-53, 1 - 2.0**-53)
        assert same(name, shapes | placed, points) and same(name, shapes, points)


@pytest.mark.parametrize("name", sorted(DISTRIBUTIONS.keys() - FAMILIES.keys() - {"choice"}))
def test_other_families_are_left_to_scipy(name):
    shapes = {"c": 0.4, "d": 0.6, "a": 0.5, "b": 2.0, "s": 0.9}
    assert same(name, {key: shapes[key] for key in DISTRIBUTIONS[name].shapes}, np.array([0.1, 0.5, 0.9]))


def test_drawing_the_cases_of_a_usual_scenario_imports_no_scipy_stats():
    told = (
        "import sys; from simulation.scenario import load_scenario;"
        "from simulation.scenario.case_draws import draw_cases;"
        "draw_cases(load_scenario('aleppo').inputs, range(3), 1); print('scipy.stats' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", told], text=True) == "False\n"


def test_the_deviate_of_paired_intervals_is_that_of_scipy():
    assert stats.norm.ppf((1 + paired.LEVEL) / 2) == paired._Z


def test_a_choice_is_what_scipy_makes_of_values_and_probabilities():
    values, weights = (-1.0, 0.0, 0.5, 2.0), (0.25, 0.5, 0.0, 0.25)
    points = np.clip(RANDOM.random(1000), 2.0**-53, 1 - 2.0**-53)
    wanted = stats.rv_discrete(values=(range(4), weights)).ppf(points).astype(int)
    found = quantiles("choice", points, {"values": values, "weights": weights})
    assert np.array_equal(found, np.array(values)[wanted])
    assert set(
        quantiles("choice", np.array([2.0**-53, 1 - 2.0**-53]), {"values": (0.0, 1.0), "weights": (0.0, 1.0)})
    ) == {1}
