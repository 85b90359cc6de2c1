"""The planted errors can be planted, and three of them are found; `run.py` tries all of them."""

import pytest
from code_map import PACKAGE
from mutants import MUTANTS
from planting import copy_package, judge
from recording import pack

from simulation.model.registry import Process
from simulation.selftest import fixtures
from simulation.selftest.moments import moments

QUICK = ("rally-effect", "reinforce-draw", "sortie-rate")


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    """A few moments of the processes concerned: the fewer, the quicker."""
    folder = tmp_path_factory.mktemp("recordings")
    wanted = {Process[name.split("-")[0].upper()] for name in QUICK}
    found = list(moments(fixtures.busy(), range(2), 2, frozenset(wanted)))
    pack(folder, {p.name.lower(): [moment for moment in found if moment.process == p] for p in wanted})
    return folder


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return copy_package(tmp_path_factory.mktemp("copy"))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_an_error_can_be_planted(mutant):
    assert mutant.planted(PACKAGE) != (PACKAGE / mutant.file).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["rate", "effect", "wait"])
def test_there_is_an_error_for_every_process(kind):
    expected = {process for process in Process if kind != "wait" or not process.timed}
    assert {mutant.process for mutant in MUTANTS if mutant.kind == kind} == expected


def test_nothing_is_found_where_nothing_is_planted(recordings, package):
    assert judge(package, recordings, None, "RALLY", "effect") == ""


@pytest.mark.parametrize("name", QUICK)
def test_a_planted_error_is_found(recordings, package, name):
    mutant = next(mutant for mutant in MUTANTS if mutant.name == name)
    found = judge(package, recordings, mutant, mutant.process.name, mutant.kind)
    assert found.startswith("rate" if mutant.kind == "rate" else "effect"), found
