"""The draws of the inputs: every margin is the distribution that the scenario names. Nothing here can fail by
chance but the last, because of 1,024 cases exactly one lies in each 1,024th of every axis.
"""

import numpy as np
import pytest
from scipy import stats

from simulation.scenario import load_scenario
from simulation.scenario.case_draws import draw_cases

CASES = 1024
SCENARIO = load_scenario("aleppo")
UNCERTAIN = [name for name, each in SCENARIO.inputs.items() if each.dist is not None]


@pytest.fixture(scope="module", params=[1, 20241127])
def drawn(request):
    rows = draw_cases(SCENARIO.inputs, range(CASES), request.param)
    return dict(zip(SCENARIO.inputs, rows.T, strict=True))


def test_there_is_something_to_draw():
    assert len(UNCERTAIN) > 20


def distribution_of(each):
    """Return an input's distribution as SciPy has it; of kinds, the numbers with their shares."""
    if each.dist != "choice":
        return getattr(stats, each.dist)(**each.parameters)
    values, weights = (each.parameters[name] for name in ("values", "weights"))
    return stats.rv_discrete(values=(values, weights))


@pytest.mark.parametrize("name", UNCERTAIN)
def test_margin_is_the_distribution(drawn, name):
    each = SCENARIO.inputs[name]
    distribution = distribution_of(each)
    if hasattr(distribution, "pmf"):
        values, counts = np.unique(drawn[name], return_counts=True)
        assert np.abs(counts / CASES - distribution.pmf(values)).max() <= 1 / CASES + 1e-6
    else:
        assert stats.kstest(drawn[name], distribution.cdf).statistic <= 1 / CASES + 1e-6
    assert drawn[name].mean() == pytest.approx(distribution.mean(), abs=0.01 * distribution.std())
    assert each.low <= drawn[name].min() and drawn[name].max() <= each.high


def test_a_constant_is_itself(drawn):
    constants = {name: each.value for name, each in SCENARIO.inputs.items() if each.dist is None}
    assert all(np.all(drawn[name] == value) for name, value in constants.items())


@pytest.mark.parametrize("cases", [64, 256, CASES])
def test_inputs_are_drawn_apart_from_each_other(drawn, cases):
    """No two inputs go together more than chance allows; 5.5 sigma for some thousand pairs: 1 in 6,000."""
    ranks = stats.rankdata(np.column_stack([drawn[name][:cases] for name in UNCERTAIN]), axis=0)
    found = np.corrcoef(ranks.T)[np.triu_indices(len(UNCERTAIN), 1)] * np.sqrt(cases - 1)
    assert np.abs(found).max() < 5.5
    assert np.sqrt(np.mean(found**2)) == pytest.approx(1, abs=0.1)
