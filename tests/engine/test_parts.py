"""A compiled function is a part of what compiled code calls, and a whole when Python calls it."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from typer.testing import CliRunner

from cli import app
from simulation.errors import RunError
from simulation.jit import decorator, linking
from simulation.jit.decorator import compile_for, config, njit


@njit
def doubled(x):
    return 2 * x


@njit
def doubled_and_one(x):
    return doubled(x) + 1


@njit
def of_many(values):
    total = 0
    for value in values:
        total += doubled_and_one(value)
    return total


@pytest.fixture(autouse=True)
def cold(monkeypatch, tmp_path):
    """Gives each test an empty cache, so that it compiles however often it is run."""
    monkeypatch.setattr(decorator, "CACHE", tmp_path / "rules")
    decorator._make(decorator.CACHE)


@pytest.fixture
def notices(monkeypatch, caplog):
    """Records what is said, as if nothing had been compiled before."""
    linking._say_so.cache_clear()
    caplog.set_level("WARNING", "simulation")
    yield caplog
    linking._say_so.cache_clear()


def test_python_and_compiled_code_get_the_same():
    assert of_many(np.arange(5)) == sum(doubled_and_one(k) for k in range(5)) == 25
    assert doubled(2) == 4 and doubled(0.25) == 0.5  # a whole for each type


def test_what_only_compiled_code_calls_is_neither_made_whole_nor_kept_on_disk():
    @njit
    def inner(x):
        return x - 1

    @njit
    def outer(x):
        return inner(x)

    assert outer(3) == 2
    assert len(outer.whole.signatures) == len(inner.signatures) == 1 and not inner.whole.signatures
    assert sum(outer.whole.stats.cache_misses.values()) == 1 and inner.stats.cache_path is None


def test_arguments_like_these_are_enough_to_compile():
    @njit
    def count(values, k):
        values[k] += 1
        return values[k]

    values = np.zeros(2)
    compile_for(count, values, 0)
    assert len(count.whole.signatures) == 1 and not values.any()
    assert count(values, 0) == 1
    assert len(count.whole.signatures) == 1


def test_where_nothing_is_compiled_a_function_stays_as_it_is(monkeypatch):
    monkeypatch.setattr(config, "DISABLE_JIT", 1)

    def plain(x):
        return x

    assert njit(plain) is plain
    compile_for(plain, 1)


def test_names_and_defaults_of_arguments_are_kept():
    @njit
    def less(x, y=1):
        return x - y

    assert less(5) == 4 and less(y=2, x=5) == 3


def test_a_rule_can_be_pickled_by_its_name():
    assert pickle.loads(pickle.dumps(doubled)) is doubled


def test_a_part_may_print_and_complain_like_any_function(capfd):
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


def test_numba_may_forget_its_folder_and_wholes_are_kept_in_ours_all_the_same(monkeypatch):
    """It reads all its settings again when a NUMBA_ variable has changed."""
    monkeypatch.setitem(vars(config), "CACHE_DIR", "")

    @njit
    def late(x):
        return x + 0.25

    assert late(1) == 1.25
    assert decorator.CACHE in Path(late.whole.stats.cache_path).parents


def test_a_folder_that_cannot_be_used_any_more_is_an_error(monkeypatch, tmp_path):
    gone = tmp_path / "file" / "rules"
    gone.parent.write_text("no folder", encoding="utf-8")
    monkeypatch.setattr(decorator, "CACHE", gone)

    @njit
    def late(x):
        return x + 0.5

    with pytest.raises(RunError, match="SIMULATE_CACHE_DIR"):
        late(1)


def test_threads_that_call_together_compile_once():
    @njit
    def late(x):
        return doubled(x) + 7

    ready = Barrier(4)

    def call(k):
        ready.wait()
        return late(k), late.whole

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(call, range(4)))
    assert [value for value, _ in found] == [7, 9, 11, 13]
    assert len({id(whole) for _, whole in found}) == 1
    assert sum(late.whole.stats.cache_misses.values()) + sum(late.whole.stats.cache_hits.values()) == 1


def test_compiling_is_said_once_and_calling_again_is_not(notices):
    @njit
    def inner(x):
        return x * 0.5

    @njit
    def outer(x):
        return inner(x) + inner(x + 1)

    assert outer(1.0) == 1.5
    assert notices.messages == [linking.COMPILING]
    outer(2.0)
    outer(np.float32(1))
    assert notices.messages == [linking.COMPILING]


@pytest.mark.parametrize(("options", "said"), [([], [linking.COMPILING]), (["--quiet"], [])])
def test_quiet_keeps_the_notice_back(notices, options, said):
    CliRunner().invoke(app, ["run", "duel", "--set", "nonsense=1", *options])
    linking._say_so()
    assert notices.messages == said
    CliRunner().invoke(app, ["run", "duel", "--set", "nonsense=1"])
