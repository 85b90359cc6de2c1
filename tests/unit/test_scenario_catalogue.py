"""Bundled scenarios by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.errors import InputError, RunError
from simulation.io import folders
from simulation.scenario.catalogue import entries, find, names


def test_every_bundled_scenario_has_a_title_and_a_question() -> None:
    assert {"aleppo", "duel", "two-valleys"} <= set(names())
    assert all(each.title and each.question for each in entries())


def test_a_file_comes_before_a_bundled_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find("duel").parent == folders.bundled("scenarios")
    (tmp_path / "duel").write_text("extends: duel.yaml\n")
    assert find("duel") == Path("duel")


@pytest.mark.parametrize("text", ["", " ", "a\0b"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="given by its path or name"):
        find(text)


def test_an_installation_without_its_folders_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "__file__", str(tmp_path / "simulation" / "io" / "folders.py"))
    with pytest.raises(RunError, match="install simulate again"):
        folders.bundled("seeds")


def test_a_wheel_carries_its_folders_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "simulation" / "bundled" / "seeds"
    inside.mkdir(parents=True)
    monkeypatch.setattr(folders, "__file__", str(tmp_path / "simulation" / "io" / "folders.py"))
    assert folders.bundled("seeds") == inside
