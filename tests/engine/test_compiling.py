"""Compiled functions: what holds linked and the plain way alike, and what linking adds."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest
from typer.testing import CliRunner

from cli import app
from simulation.jit import decorator, notices
from simulation.jit.cache import RulesCache
from simulation.jit.decorator import as_called, compile_for, config, njit

linking_only = pytest.mark.skipif(not decorator.LINKING, reason="rules are compiled the plain way here")


@njit
def doubled(x):
    return 2 * x


@pytest.fixture(autouse=True)
def cold(monkeypatch, tmp_path):
    """Gives each test an empty cache, so that it compiles however often it is run."""
    monkeypatch.setattr(decorator, "RULES", RulesCache(tmp_path / "rules"))


@pytest.fixture(params=[pytest.param("linked", marks=linking_only), "plain"])
def way(request, monkeypatch):
    """Decorates what a test defines this way."""
    monkeypatch.setattr(decorator, "LINKING", request.param == "linked")


@pytest.fixture
def notices_seen(caplog):
    """Records what is said, as if nothing had been compiled before."""
    notices._SAID.clear()
    caplog.set_level("WARNING", "simulation")
    yield caplog
    notices._SAID.clear()


def kept_on_disk():
    """Return the names of the functions whose machine code lies in the cache."""
    return {file.name.split("-")[0].rpartition(".")[2] for file in decorator.RULES.folder.glob("*.code")}


@pytest.mark.usefixtures("way")
def test_python_and_compiled_code_get_the_same():
    @njit
    def twice(x):
        return 2 * x

    @njit
    def twice_and_one(x):
        return twice(x) + 1

    @njit
    def of_many(values):
        total = 0
        for value in values:
            total += twice_and_one(value)
        return total

    assert of_many(np.arange(5)) == sum(twice_and_one(k) for k in range(5)) == 25
    assert twice(2) == 4 and twice(0.25) == 0.5  # compiled for each type


@pytest.mark.usefixtures("way")
def test_dividing_by_zero_is_infinite_and_nothing_is_rounded_away():
    @njit
    def inverse(x):
        return 1 / x

    assert inverse(0.0) == np.inf and inverse(3.0) == 1 / 3


@pytest.mark.usefixtures("way")
def test_arguments_like_these_are_enough_to_compile():
    @njit
    def count(values, k):
        values[k] += 1
        return values[k]

    values = np.zeros(2)
    compile_for(count, values, 0)
    assert len(as_called(count).signatures) == 1 and not values.any()
    assert count(values, 0) == 1
    assert len(as_called(count).signatures) == 1


@pytest.mark.usefixtures("way")
def test_where_nothing_is_compiled_a_function_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(config, "DISABLE_JIT", 1)

    def plain(x):
        return x

    assert njit(plain) is plain
    compile_for(plain, 1)


@pytest.mark.usefixtures("way")
def test_names_and_defaults_of_arguments_are_kept():
    @njit
    def less(x, y=1):
        return x - y

    assert less(5) == 4 and less(y=2, x=5) == 3


def test_a_rule_can_be_pickled():
    assert pickle.loads(pickle.dumps(doubled)) is doubled


def test_a_rule_of_the_plain_way_can_be_pickled(monkeypatch):
    monkeypatch.setattr(decorator, "LINKING", False)

    @njit
    def tripled(x):
        return 3 * x

    assert pickle.loads(pickle.dumps(tripled)) is tripled


@pytest.mark.usefixtures("way")
def test_what_compiled_code_calls_may_print_and_complain_like_any_function(capfd):
    @njit
    def inner(x):
        print("inside", x)
        if x > 1:
            raise ValueError("too much", x)
        return x

    @njit
    def outer(x):
        return inner(x)

    assert outer(1) == 1
    assert capfd.readouterr().out == "inside 1\n"
    with pytest.raises(ValueError, match="too much") as raised:
        outer(2)
    assert raised.value.args == ("too much", 2)


@pytest.mark.usefixtures("way")
def test_settings_of_numbas_own_cache_do_not_matter(monkeypatch, tmp_path):
    """It reads all its settings again when a NUMBA_ variable has changed."""
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setitem(vars(config), "CACHE_DIR", str(elsewhere))

    @njit
    def late(x):
        return x + 0.25

    assert late(1) == 1.25
    assert as_called(late).stats.cache_path == str(decorator.RULES.folder)
    assert kept_on_disk() == {"late"} and not elsewhere.exists()


@pytest.mark.usefixtures("way")
def test_threads_that_call_together_compile_once():
    @njit
    def before(x):
        return 2 * x

    @njit
    def late(x):
        return before(x) + 7

    ready = Barrier(4)

    def call(k):
        ready.wait()
        return late(k), as_called(late)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(call, range(4)))
    assert [value for value, _ in found] == [7, 9, 11, 13]
    assert len({id(called) for _, called in found}) == 1
    stats = as_called(late).stats
    assert sum(stats.cache_misses.values()) + sum(stats.cache_hits.values()) == 1


@pytest.mark.usefixtures("way")
def test_compiling_is_said_once_and_calling_again_is_not(notices_seen):
    @njit
    def inner(x):
        return x * 0.5

    @njit
    def outer(x):
        return inner(x) + inner(x + 1)

    assert outer(1.0) == 1.5
    assert notices_seen.messages == [notices.COMPILING]
    assert [record.name for record in notices_seen.records] == ["simulation.compiling"]
    outer(2.0)
    outer(np.float32(1))
    assert notices_seen.messages == [notices.COMPILING]


@pytest.mark.usefixtures("way")
def test_what_others_compile_is_not_our_notice(notices_seen):
    from numba import njit as of_numba

    assert of_numba(lambda x: x + 1)(1) == 2
    assert notices_seen.messages == []


@pytest.mark.parametrize(("options", "said"), [([], [notices.COMPILING]), (["--quiet"], [])])
def test_quiet_keeps_the_notice_back(notices_seen, options, said):
    CliRunner().invoke(app, ["run", "duel", "--set", "nonsense=1", *options])
    notices.say_once(notices.COMPILING)
    assert notices_seen.messages == said
    CliRunner().invoke(app, ["run", "duel", "--set", "nonsense=1"])


@linking_only
def test_a_part_that_only_compiled_code_calls_is_neither_made_whole_nor_kept_on_disk():
    @njit
    def inner(x):
        return x - 1

    @njit
    def outer(x):
        return inner(x)

    assert outer(3) == 2
    assert len(outer.whole.signatures) == len(inner.signatures) == 1 and not inner.whole.signatures
    assert sum(outer.whole.stats.cache_misses.values()) == 1 and inner.stats.cache_path is None
    assert kept_on_disk() == {"outer"}


def test_the_plain_way_keeps_every_function(monkeypatch):
    monkeypatch.setattr(decorator, "LINKING", False)

    @njit
    def inner(x):
        return x - 1

    @njit
    def outer(x):
        return inner(x)

    assert outer(3) == 2
    assert kept_on_disk() == {"inner", "outer"}
