"""The folder of a run is opened again as it was returned, or refused with what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from fakes import write_fake

from simulation.api.open_run import open_run
from simulation.errors import InputError
from simulation.results.engine_digest import engine_version
from simulation.results.manifest_head import MANIFEST, checksum_of
from simulation.results.opening import check_engine
from simulation.results.publication import PAGE

TABLES = ("outcomes", "places", "daily", "cells")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_fake(tmp_path_factory.mktemp("whole") / "run", replicates=20).folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "run")


def changed(folder: Path, **changes: object) -> None:
    """Change a manifest as somebody would who also knows how it is sealed."""
    data = json.loads((folder / MANIFEST).read_text(encoding="utf-8")) | changes
    (folder / MANIFEST).write_text(json.dumps(data | {"sha256": checksum_of(data)}), encoding="utf-8")


def test_an_opened_run_has_what_was_written(folder: Path) -> None:
    run = open_run(str(folder))
    for table in TABLES:
        written = pd.read_parquet(folder / f"{table}.parquet")
        pd.testing.assert_frame_equal(getattr(run, table), written)
    assert (run.folder, run.report, run.failed, run.met) == (folder, None, (), True)
    assert run.seed == run.manifest.seed and run.summary()["manifest"] == run.manifest.document()


def test_a_page_is_found_and_its_damage_is_no_hindrance(folder: Path) -> None:
    (folder / PAGE).write_text("a page", encoding="utf-8")
    open_run(folder).manifest.recording(folder, PAGE).write(folder / MANIFEST)
    (folder / PAGE).write_text("half", encoding="utf-8")
    assert open_run(folder).report == folder / PAGE


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schema_version": 99}, "a later version of this program: update that"),
        ({"schema_version": 1}, "an earlier version of this program: run its command again"),
        ({"finished": None}, "does not say that its run was finished; run its command again"),
        ({"kind": "comparison"}, "holds a comparison, not a run"),
        ({"replicates": 21}, r"outcomes\.parquet: holds 20 histories, the manifest says 21"),
    ],
)
def test_another_folder_is_refused(folder: Path, changes: dict[str, object], said: str) -> None:
    changed(folder, **changes)
    with pytest.raises(InputError, match=said):
        open_run(folder)


def test_what_is_no_folder_of_ours_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError, match=f"{place}: not a results folder: it has no manifest.json"):
            open_run(place)


@pytest.mark.parametrize("name", ["daily.parquet", "scenario.yaml"])
def test_a_changed_file_is_refused_at_once(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(InputError, match=f"{name}: has changed since it was written"):
        open_run(folder)


def test_only_the_engine_of_a_run_plays_its_histories_again(folder: Path) -> None:
    run = open_run(folder)
    with pytest.raises(
        InputError, match=f"a report, which only the engine that made.* this is {engine_version()[:5]}"
    ):
        check_engine(run.manifest, folder, "a report")
    check_engine(run.manifest.model_copy(update={"engine_version": engine_version()}), folder, "a report")
