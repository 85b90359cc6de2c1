"""Linked, compiled one by one, or the one because the other failed: the same bytes, and one notice of a failure."""

import os
import subprocess
import sys

import numba
import pytest
from code_map import ROOT

from simulation.errors import InputError, RunError
from simulation.io.folders import cache_root
from simulation.jit import notices, trial
from simulation.jit.cache import RulesCache
from simulation.jit.fallback import VARIABLE, WORKED, is_linking

PLAY = """
import hashlib

from running import log_of, outcome_of
from simulation.jit.decorator import LINKING
from simulation.scenario import load_scenario
from simulation.world.world import build_world

print("linked" if LINKING else "plain")
for name, days, histories in (("duel", 5, 8), ("two-valleys", 30, 4), ("aleppo", 2, 2)):
    world, seen = build_world(load_scenario(name, [f"days={days}"])), hashlib.sha256()
    for replicate in range(histories):
        outcome = outcome_of(world, replicate)
        log = log_of(world, replicate)
        for part in (outcome.world, outcome.actors, outcome.daily, outcome.changes, log):
            seen.update(part.tobytes())
    print(name, len(log), seen.hexdigest())
"""
MISSING = """
import numba.core.typed_passes

del numba.core.typed_passes.NativeLowering
"""
CHANGED = """
import numba.core.environment

numba.core.environment.lookup_environment = lambda name, module: None  # it takes two arguments now
"""
LITTLE = """
from simulation.jit.decorator import LINKING, njit

@njit
def half(x):
    return x / 2

print(LINKING, half(3))
"""
FAILED = f"the rules cannot be linked with numba {numba.__version__} ("
INSTEAD = "; they are compiled one by one: the first run takes longer, all results are the same"


def said_by(folder, code, way="", cache=None):
    """Run Python code in a process of its own; return what it prints and the notices, but the one of compiling."""
    file = folder / "code.py"  # numba keeps nothing of a function without a file
    file.write_text(code, encoding="utf-8")
    environment = {
        **os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests" / "engine"))),
        "SIMULATE_LINKING": way, "SIMULATE_CACHE_DIR": str(cache or cache_root()),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, file], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split("\n", 1), [
        line for line in done.stderr.splitlines() if line != notices.COMPILING
    ]


def test_each_way_and_the_fallback_play_the_same_bytes(tmp_path):
    (linked, first), silence = said_by(tmp_path, PLAY, "linked")
    assert linked == "linked" and silence == [] and first.count("\n") == 3
    assert said_by(tmp_path, PLAY, "plain") == (["plain", first], [])
    (fallback, last), said = said_by(tmp_path, MISSING + PLAY)
    assert (fallback, last) == ("plain", first)
    assert len(said) == 1 and said[0].startswith(FAILED) and said[0].endswith(INSTEAD)


def test_an_inside_that_works_otherwise_is_found_by_the_example(tmp_path):
    out, said = said_by(tmp_path, CHANGED + LITTLE, cache=tmp_path)
    assert out[0] == "False 1.5"
    assert len(said) == 1 and said[0].startswith(FAILED)
    out, said = said_by(tmp_path, LITTLE, cache=tmp_path)
    assert out[0] == "True 1.5" and said == []


@pytest.fixture
def example(monkeypatch):
    """Puts another example in the place of the real one, and forgets what was said; returns how often it ran."""
    runs = []
    monkeypatch.setattr(trial, "link_and_run", lambda: runs.append(1))
    monkeypatch.delenv(VARIABLE, raising=False)
    notices._SAID.clear()
    yield runs
    notices._SAID.clear()


def failing():
    raise AttributeError("no such step\nand more")


def test_the_example_runs_once_for_a_version(example, tmp_path):
    assert is_linking(RulesCache(tmp_path)) and is_linking(RulesCache(tmp_path))
    assert example == [1]


def test_a_damaged_note_is_none_and_the_example_runs_again_without_a_word(example, tmp_path, caplog):
    cache = RulesCache(tmp_path)
    for damaged in (b"", b"yes"):
        assert is_linking(cache)
        (tmp_path / WORKED).write_bytes(damaged)
    assert is_linking(cache) and is_linking(cache)
    assert example == [1, 1, 1] and caplog.messages == []


def test_an_example_that_fails_runs_again_and_is_told_once(example, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(trial, "link_and_run", failing)
    assert not is_linking(RulesCache(tmp_path)) and not is_linking(RulesCache(tmp_path))
    assert caplog.messages == [f"{FAILED}AttributeError: no such step){INSTEAD}"]
    assert [record.name for record in caplog.records] == ["simulation.compiling"]
    monkeypatch.setattr(trial, "link_and_run", lambda: None)
    assert is_linking(RulesCache(tmp_path))


def test_whoever_asks_for_the_plain_way_gets_it_without_an_example(example, monkeypatch, tmp_path, caplog):
    monkeypatch.setenv(VARIABLE, "plain")
    assert not is_linking(RulesCache(tmp_path))
    assert example == [] and caplog.messages == []


def test_whoever_asks_for_linking_is_told_that_it_fails(example, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, "linked")
    assert is_linking(RulesCache(tmp_path)) and example == [1]
    monkeypatch.setattr(trial, "link_and_run", failing)
    with pytest.raises(
        RunError, match=r"SIMULATE_LINKING is linked, but the rules cannot be linked .*no such step"
    ):
        is_linking(RulesCache(tmp_path / "other"))


def test_another_word_is_an_error(example, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, "quick")
    with pytest.raises(InputError, match="SIMULATE_LINKING must be linked or plain, not 'quick'"):
        is_linking(RulesCache(tmp_path))


@pytest.mark.parametrize(
    ("seen", "trouble"),
    [(lambda tray: 0.0, "a linked example gave 0.0"), (trial._moved, "a linked example gave")],
)
def test_an_example_with_another_result_is_a_failure(monkeypatch, seen, trouble):
    monkeypatch.setattr(trial, "_whole", lambda tray, k: seen(tray))
    with pytest.raises(RuntimeError, match=trouble):
        trial.link_and_run()


def test_an_example_that_does_not_complain_is_a_failure(monkeypatch):
    def whole(tray, k):
        trial._moved(tray)
        return 26.0

    monkeypatch.setattr(trial, "_whole", whole)
    with pytest.raises(RuntimeError, match="a linked example did not raise"):
        trial.link_and_run()
