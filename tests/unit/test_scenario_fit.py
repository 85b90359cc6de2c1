"""What seeds and region do not share is found by `validate`, before anything is run."""

import shutil
from pathlib import Path

import pytest

from simulation.documents.actor import MOST_ACTORS
from simulation.world.consistency import validity_of

SEEDS = Path(__file__).parents[2] / "seeds"
SCENARIO = """\
title: Here
question: Does it fit?
start: 2024-01-01
days: 3
seeds: valleys
region: valleys/region
"""
FRONT = """\
  - {id: front, actor: river_council, kind: line, units: 1, share: 0, mobility: static, entrenchment: 0,
     where: {front: [Weirford, Larch], against: highland_league}, assumption: the League holds no land}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS / "two_valleys", tmp_path / "valleys")
    (tmp_path / "here.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def refused(folder: Path, file: str, old: str, new: str) -> str:
    """Change one text of one file and return what `validate` says to it."""
    path = folder / "valleys" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    verdict = validity_of(str(folder / "here.yaml"), ())
    assert not verdict["valid"]
    return str(verdict["message"])


def test_what_fits_is_valid(folder: Path) -> None:
    assert validity_of(str(folder / "here.yaml"), ())["valid"]


def test_a_controller_that_is_no_actor(folder: Path) -> None:
    said = refused(folder, "region/region.yaml", "free_company]", "free_company, fre_company]")
    assert "region.yaml controllers: unknown actor 'fre_company'; did you mean 'free_company'?" in said


def test_a_broken_table_of_cells(folder: Path) -> None:
    assert "cells.csv:4 elevation: must be" in refused(folder, "region/cells.csv", ",330,20", ",high,20")


def test_a_front_that_touches_nobody(folder: Path) -> None:
    cells = folder / "valleys" / "region" / "cells.csv"
    cells.write_text(cells.read_text(encoding="utf-8").replace("highland_league", ""), encoding="utf-8")
    said = refused(folder, "laydown.yaml", "forces:\n", "forces:\n" + FRONT)
    assert "force 'front' has no front: no cell of its side touches one of highland_league's" in said


def test_more_actors_than_fit_into_a_number(folder: Path) -> None:
    path = folder / "valleys" / "actors.yaml"
    first = path.read_text(encoding="utf-8").split("  - id:")[1]
    more = [
        "  - id:" + first.replace("highland_league", f"league_{k}", 1).replace("#009e73", f"#{k:06x}")
        for k in range(MOST_ACTORS)
    ]
    path.write_text(path.read_text(encoding="utf-8") + "".join(more), encoding="utf-8")
    assert (
        "actors: must have at most 63 items, not 66" in validity_of(str(folder / "here.yaml"), ())["message"]
    )
