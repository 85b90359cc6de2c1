"""Bundled scenarios by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulation.errors import InputError, RunError
from simulation.io import folders
from simulation.scenario.catalogue import BASES, entries, find, names


def test_every_bundled_scenario_has_a_title_and_a_question() -> None:
    assert {"aleppo", "duel", "two-valleys"} <= set(names())
    assert all(each.title and each.question for each in entries())


def test_a_base_is_listed_last_and_nobody_is_told_to_run_it() -> None:
    last = entries()[-1]
    assert last.base and (last.name,) == BASES
    assert "simulate run" not in last.text() and "extends: base" in last.text()
    assert "base" not in names()
    assert next(each for each in entries() if each.name == "aleppo").extends is None


def test_a_file_comes_before_a_bundled_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find("duel").parent == folders.bundled("scenarios")
    (tmp_path / "duel").write_text("extends: duel.yaml\n")
    assert find("duel") == Path("duel")


@pytest.mark.parametrize("text", ["", " ", "a\0b"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="given by its path or name"):
        find(text)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder in which the package seems to be installed."""
    monkeypatch.setattr(folders, "__file__", str(tmp_path / "simulation" / "io" / "folders.py"))
    folders.bundled.cache_clear()
    yield tmp_path
    folders.bundled.cache_clear()


@pytest.mark.usefixtures("elsewhere")
def test_an_installation_without_its_folders_says_so() -> None:
    with pytest.raises(RunError, match="install simulate again"):
        folders.bundled("seeds")


def test_a_wheel_carries_its_folders_inside(elsewhere: Path) -> None:
    inside = elsewhere / "simulation" / "bundled" / "seeds"
    inside.mkdir(parents=True)
    assert folders.bundled("seeds") == inside
