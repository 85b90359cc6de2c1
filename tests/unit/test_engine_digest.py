"""The version of the engine stands for all code and all libraries that can change a number."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

import grimp
import pytest
from code_map import PACKAGE

from simulation.results.engine_digest import ONLY_SHOW, code_of_numbers, engine_digest

FREE = ("simulation", "simulation.api")
"""They hand on, or make pages of, what others have reckoned, and so know the rooms that show."""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return shutil.copytree(
        PACKAGE, tmp_path / "simulation", ignore=shutil.ignore_patterns("__pycache__", "static")
    )


@pytest.mark.parametrize(
    "file",
    [
        "scenario/inputs.py", "scenario/distributions.py", "world/world.py", "region/loader.py", "documents/claim.py",
        "outcomes/collector.py", "statistics/intervals.py", "results/run_tables.py", "io/csv_rows.py", "api/run.py",
        "sensitivity_analysis/design.py", "comparison/contrasts.py", "model/parameters.py", "engine/loop.py",
    ],
)  # fmt: skip
def test_an_edit_of_what_makes_numbers_is_another_engine(package: Path, file: str) -> None:
    before = engine_digest(package)
    with (package / file).open("a", encoding="utf-8") as module:
        module.write("\n# another number\n")
    assert engine_digest(package) != before


def test_an_edit_of_what_only_shows_is_the_same_engine(package: Path) -> None:
    before = engine_digest(package)
    for room in ONLY_SHOW:
        (package / room / "__init__.py").write_text('"""Other words."""\n', encoding="utf-8")
    (package / "bundled").mkdir()
    (package / "bundled" / "build.py").write_text("x = 1\n", encoding="utf-8")
    assert engine_digest(package) == before


def test_two_modules_that_change_places_are_another_engine(package: Path) -> None:
    before, one, other = engine_digest(package), package / "world" / "cases.py", package / "world" / "land.py"
    texts = one.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")
    one.write_text(texts[1], encoding="utf-8")
    other.write_text(texts[0], encoding="utf-8")
    assert engine_digest(package) != before


def test_another_library_is_another_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    before, version = engine_digest(), metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0" if name == "scipy" else version(name))
    assert engine_digest() != before


def test_no_number_depends_on_a_room_that_only_shows() -> None:
    graph = grimp.build_graph("simulation")
    inside = {
        ".".join(("simulation", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for file in code_of_numbers()
    }
    wrong = {
        (module, other)
        for module in inside
        for other in graph.find_modules_directly_imported_by(module)
        if ".".join(module.split(".")[:2]) not in FREE and other.split(".")[1] in ONLY_SHOW
    }
    assert wrong == set() and len(inside) > 100
