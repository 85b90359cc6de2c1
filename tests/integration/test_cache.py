"""What is kept on disk saves time and nothing else: whatever happens to it, a command ends as it would without."""

import os
import shutil

import pytest
from commands import ROOT, bytes_of, simulate

from simulation.jit.cache import RULES
from simulation.jit.notices import AGAIN, NOT_KEPT, REMEDY

DUEL = ("run", "duel", "-n", 20, "--no-report", "--out")


def said_by(folder, out, **changes):
    """Run a duel; return the notices, which are all that it says but for its progress, and the tables."""
    done = simulate(*DUEL, out, cwd=folder, **changes)
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if " of 20 histories" not in line]
    return said, bytes_of(folder / out)


@pytest.fixture
def warm(tmp_path):
    """Copies the rules as they are compiled for a duel, and returns their folder with the tables that they give."""
    tables = said_by(tmp_path, "first")[1]
    return shutil.copytree(RULES.folder, tmp_path / "cache" / RULES.folder.name), tables


def test_a_damaged_file_is_made_again_with_one_notice(warm, tmp_path):
    folder, tables = warm
    files = list(folder.glob("loop.rewind-*.code"))
    for file in files:
        os.truncate(file, file.stat().st_size // 2)
    cache = {"SIMULATE_CACHE_DIR": str(folder.parent)}
    (said,), again = said_by(tmp_path, "second", **cache)
    assert said in [f"{AGAIN}: {file} is damaged" for file in files] and again == tables
    assert said_by(tmp_path, "third", **cache) == ([], tables)


def test_a_warm_cache_that_may_not_be_written_to_is_used_without_a_word(warm, tmp_path):
    """For root, who may write anywhere, it is enough that nothing is written."""
    folder, tables = warm
    before = {each: each.stat().st_mtime_ns for each in folder.iterdir()}
    for each in (folder, folder.parent):
        each.chmod(0o555)
    assert said_by(tmp_path, "second", SIMULATE_CACHE_DIR=str(folder.parent)) == ([], tables)
    assert before == {each: each.stat().st_mtime_ns for each in folder.iterdir()}
    for each in (folder, folder.parent):
        each.chmod(0o755)


def test_without_a_home_it_runs_and_says_once_what_to_set(tmp_path):
    """Numba would otherwise keep its files beside the sources, where an edited rule stays as it was."""
    before = set(ROOT.joinpath("simulation").rglob("*.nbi"))
    nowhere = {"HOME": "/dev/null/home", "XDG_CACHE_HOME": "", "XDG_STATE_HOME": "", "SIMULATE_CACHE_DIR": ""}
    (said,), _ = said_by(tmp_path, "run", NUMBA_OPT="0", **nowhere)  # quicker: all is compiled
    assert said.startswith(f"{NOT_KEPT} /dev/null/home/.cache/simulate/") and said.endswith(REMEDY)
    assert set(ROOT.joinpath("simulation").rglob("*.nbi")) == before
    assert [each.name for each in tmp_path.iterdir()] == ["run"]


def test_without_a_home_but_with_a_cache_it_runs(tmp_path):
    said, _ = said_by(tmp_path, "run", HOME="/dev/null/home", XDG_CACHE_HOME="", XDG_STATE_HOME="")
    assert said == []
