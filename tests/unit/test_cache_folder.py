"""Where things are kept, and which folders of compiled rules are dropped."""

import os
import time
from pathlib import Path

import pytest

from simulation.io.folders import cache_root
from simulation.jit.cache import RulesCache

DAY = 86_400
OWN = {"notes", "rules-of-engagement"}


@pytest.mark.parametrize(
    ("chosen", "root"),
    [
        ("/some/where", "/some/where"), ("below/it", "{cwd}/below/it"), (".", "{cwd}"), ("~", "{home}"),
        ("~/kept", "{home}/kept"), ("", "{home}/.cache/simulate"), (" ", "{home}/.cache/simulate"),
        ("file", "{cwd}/file"), ("a~b", "{cwd}/a~b"),
    ],
)  # fmt: skip
@pytest.mark.skipif(os.name == "nt", reason="paths of Unix")
def test_the_folder_chosen_is_a_path_as_in_a_shell(tmp_path, monkeypatch, chosen, root):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    monkeypatch.setenv("SIMULATE_CACHE_DIR", chosen)
    assert cache_root() == Path(root.format(cwd=tmp_path, home=tmp_path / "home"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("chosen", ["", "~", "~/kept"])
def test_who_has_no_home_gets_no_folder_called_tilde(tmp_path, monkeypatch, chosen):
    monkeypatch.setattr(os.path, "expanduser", lambda path: os.fspath(path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("SIMULATE_CACHE_DIR", chosen)
    assert "~" not in str(cache_root()) and cache_root().name.startswith("simulate-")


def version(k):
    return f"rules-{k:016x}"


@pytest.fixture
def kept(tmp_path):
    """Lays out six folders of other versions, used up to two days ago, and two of somebody's own."""
    for k, days in enumerate((2, 1.9, 1.1, 0.9, 0.5, 0)):
        (tmp_path / version(k)).mkdir()
        (tmp_path / version(k) / "loop.code").write_text("old")
        os.utime(tmp_path / version(k), (time.time() - days * DAY,) * 2)
    for name in OWN:
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    return tmp_path


def left(folder):
    return {each.name for each in folder.iterdir()} - OWN


def test_only_what_nobody_has_used_for_long_is_dropped(kept):
    RulesCache(kept / version(9)).keep("a", b"", b"")
    assert left(kept) == {version(k) for k in (2, 3, 4, 5, 9)}
    assert {each.name for each in kept.iterdir()} >= OWN


def test_what_another_process_uses_is_kept(kept):
    RulesCache(kept / version(0)).read("a", b"")
    RulesCache(kept / version(9)).keep("a", b"", b"")
    assert left(kept) == {version(k) for k in (0, 3, 4, 5, 9)}


def test_reading_makes_and_drops_nothing(kept):
    assert RulesCache(kept / version(9)).read("a", b"") is None
    assert left(kept) == {version(k) for k in range(6)}


def test_many_that_were_used_within_a_day_stay(tmp_path):
    for k in range(9):
        RulesCache(tmp_path / version(k)).keep("a", b"", b"")
    assert len(left(tmp_path)) == 9
