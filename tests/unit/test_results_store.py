"""A results folder is whole or absent, its bytes depend on the run alone, and no other run is overwritten."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fakes import fake_manifest, fake_run, write_fake

from simulation.errors import InputError, RunError
from simulation.outcomes.tables import BlockedTable, Words
from simulation.results.manifest import Manifest
from simulation.results.manifest_reader import read_manifest
from simulation.results.publication import Publication
from simulation.results.recorder import Recorder
from simulation.results.run_tables import RunTables
from simulation.scenario import load_scenario
from simulation.world.world import build_world

TABLES = ("outcomes", "places", "daily", "cells")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def _place(folder: Path, **changes: object) -> Publication[Manifest]:
    return Publication(fake_manifest(20, **changes), folder)


@contextmanager
def _writer(folder: Path) -> Iterator[RunTables]:
    """Give the tables of a run that is published in the end."""
    with _place(folder) as place, RunTables(place.working, block=8) as tables:
        yield tables
        tables.close()
        place.seal(place.manifest)


@pytest.mark.parametrize("chunk", [1, 7, 64, 250, 300])
def test_bytes_do_not_depend_on_chunks(tmp_path: Path, chunk: int) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    write_fake(whole, replicates=300, chunk=300)
    write_fake(cut, replicates=300, chunk=chunk)
    assert _bytes(cut) == _bytes(whole)


def test_bytes_do_not_depend_on_how_words_are_coded(tmp_path: Path) -> None:
    run = fake_run(20).chunk(0, 20)
    places = run["places"]
    turned = Words(codes=5 - places["place"].codes, names=places["place"].names[::-1])
    plain = [places["place"].names[code] for code in places["place"].codes]
    found = []
    for number, words in enumerate((places["place"], turned, plain)):
        with _writer(tmp_path / str(number)) as writer:
            writer.add(**(run | {"places": places | {"place": words}}))
        found.append((tmp_path / str(number) / "places.parquet").read_bytes())
    assert found[0] == found[1] == found[2]


def test_one_row_group_per_block_and_no_pandas(tmp_path: Path) -> None:
    write_fake(tmp_path / "run", replicates=600, chunk=100, block=250)
    file = pq.ParquetFile(tmp_path / "run" / "outcomes.parquet")
    rows = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    assert rows == [250, 250, 100]
    assert b"pandas" not in (file.metadata.metadata or {})


@pytest.mark.parametrize("pieces", [1, 3, 10])
def test_a_row_group_of_long_histories_has_fewer_of_them(tmp_path: Path, pieces: int) -> None:
    """It ends with the history in which it reaches the most rows, wherever the rows were cut."""
    schema = pa.schema([("replicate", pa.int32()), ("day", pa.int16())])
    replicate = np.repeat(np.arange(10), [4, 4, 4, 1, 1, 30, 2, 2, 2, 2])
    table = BlockedTable(tmp_path / "t.parquet", schema, 8, most=9)
    for part in np.array_split(np.arange(len(replicate)), pieces):
        table.add({"replicate": replicate[part], "day": part % 100})
    table.close()
    file = pq.ParquetFile(tmp_path / "t.parquet")
    groups = [file.read_row_group(k)["replicate"].unique().to_pylist() for k in range(file.num_row_groups)]
    assert groups == [[0, 1, 2], [3, 4, 5], [6, 7], [8, 9]]


def test_values_are_those_of_a_folder_written_in_another_way(tmp_path: Path) -> None:
    """With the options of earlier versions, in which every column had a list of its values: equal to the last bit."""
    results = write_fake(tmp_path / "run", replicates=300, block=250)
    for name in TABLES:
        file = results.folder / f"{name}.parquet"
        rows = pq.read_table(file)
        assert rows.num_rows > 100
        pq.write_table(rows, tmp_path / file.name, compression="zstd", version="2.6", row_group_size=1000)
        again = pq.read_table(tmp_path / file.name)
        assert again.schema == rows.schema
        pd.testing.assert_frame_equal(
            again.to_pandas(), rows.to_pandas(), check_exact=True, check_categorical=False
        )


def test_what_repeats_is_listed_and_what_does_not_is_not(tmp_path: Path) -> None:
    results = write_fake(tmp_path / "run", replicates=300)

    def encodings(table: str) -> dict[str, set[str]]:
        group = pq.ParquetFile(results.folder / f"{table}.parquet").metadata.row_group(0)
        columns = [group.column(k) for k in range(group.num_columns)]
        return {each.path_in_schema: set(each.encodings) for each in columns}

    daily, outcomes, places = map(encodings, ("daily", "outcomes", "places"))
    assert all("RLE_DICTIONARY" in daily[name] for name in ("replicate", "day", "series", "actor"))
    assert "RLE_DICTIONARY" not in daily["value"] | places["day"] | outcomes["input.speed"]
    assert "BYTE_STREAM_SPLIT" in outcomes["input.speed"] and "RLE_DICTIONARY" in outcomes["ending"]


def test_columns_and_types(tmp_path: Path) -> None:
    results = write_fake(tmp_path / "run", replicates=30)
    assert list(results.outcomes)[:5] == ["case", "replicate", "ending", "end_day", "events"]
    assert str(results.outcomes["events"].dtype) == "int64"
    assert str(results.outcomes["input.speed"].dtype) == "float64"
    assert list(results.daily) == ["replicate", "day", "series", "actor", "value"]
    assert str(results.daily["series"].dtype) == "category"


@pytest.mark.parametrize("error", [RuntimeError("boom"), KeyboardInterrupt(), SystemExit(1)])
def test_nothing_is_left_after_an_exception(tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), _writer(tmp_path / "run") as writer:
        writer.add(**fake_run(20).chunk(0, 10))
        assert writer.folder.is_dir()
        raise error
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_published_without_seal(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="sealed"), _place(tmp_path / "run") as place:
        (place.working / "outcomes.parquet").write_text("")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_keeps_the_old_folder(tmp_path: Path) -> None:
    write_fake(tmp_path / "run", replicates=20)
    before = _bytes(tmp_path / "run")
    with pytest.raises(RuntimeError), _place(tmp_path / "run") as place:
        place.seal(place.manifest)
        raise RuntimeError("after sealing")
    assert _bytes(tmp_path / "run") == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_folder_that_cannot_be_put_in_its_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_fake(tmp_path / "run", replicates=20)
    before, rename = _bytes(tmp_path / "run"), Path.rename

    def breaks(self: Path, target: Path) -> Path:
        if ".partial-" in self.name:
            raise OSError(errno.EIO, "broken")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", breaks)
    with pytest.raises(OSError, match="broken"), _place(tmp_path / "run") as place:
        place.seal(place.manifest)
    assert _bytes(tmp_path / "run") == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_page_that_cannot_be_made_does_not_cost_the_tables(tmp_path: Path) -> None:
    def page(path: Path) -> None:
        path.write_text("half a page")
        raise ZeroDivisionError("as it happens")

    said = f"the tables are in {tmp_path / 'run'}, but the report could not be made: as it happens"
    with pytest.raises(RunError, match=said), _place(tmp_path / "run") as place:
        place.seal(place.manifest)
        place.page(page)
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["manifest.json"]


def test_a_signal_leaves_nothing_and_is_given_back(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, _place(tmp_path / "run"):
        os.kill(os.getpid(), signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == [] and signal.getsignal(signal.SIGTERM) == before


def test_the_same_run_replaces_itself(tmp_path: Path) -> None:
    write_fake(tmp_path / "run", replicates=20)
    file = tmp_path / "run" / "manifest.json"
    read_manifest(file).model_copy(update={"workers": 1}).write(file)
    assert write_fake(tmp_path / "run", replicates=20).manifest.workers == 2
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("change", [{"seed": 2}, {"scenario_digest": "f" * 12}, {"engine_version": "2"}])
def test_a_different_run_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    write_fake(tmp_path / "run", replicates=20)
    with pytest.raises(InputError, match="different run"):
        _place(tmp_path / "run", **change)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_text("")
    with pytest.raises(InputError, match="manifest"):
        _place(tmp_path / "photos")


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("")
    with pytest.raises(InputError, match="run"):
        _place(tmp_path / "run")
    with pytest.raises(InputError, match="cannot be written"), _writer(tmp_path / "run" / "below"):
        pass


@pytest.mark.parametrize("folder", [".", "notes"])
def test_the_folder_one_is_in_is_refused_at_once(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put in place anew, it would be gone under the feet of the shell."""
    write_fake(tmp_path / "run", replicates=20)
    (tmp_path / "run" / folder).mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / "run" / folder)
    with pytest.raises(InputError, match=r"the folder you are in.*such as"):
        _place(Path(os.path.relpath(tmp_path / "run")))


def test_a_mounted_folder_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.results.publication.is_mount_point", lambda path: path.name == "disk")
    (tmp_path / "disk").mkdir()
    with pytest.raises(InputError, match=r"a mounted folder.*such as .*disk/run"):
        _place(tmp_path / "disk")
    assert len(write_fake(tmp_path / "disk" / "run", replicates=20).outcomes) == 20


def test_what_somebody_laid_into_the_folder_is_carried_over(tmp_path: Path) -> None:
    """The page of the same run too, when the run is repeated without one; only files of ours are replaced."""
    run = tmp_path / "run"
    write_fake(run, replicates=20)
    (tmp_path / "far.txt").write_text("far")
    (run / "notes").mkdir()
    (run / "notes" / "day.txt").write_text("day")
    (run / "report.html").write_text("a page")
    (run / "link").symlink_to(tmp_path / "far.txt")
    (run / "nowhere").symlink_to("gone")
    (run / "cells.parquet").unlink()
    (run / "cells.parquet").mkdir()
    (run / "cells.parquet" / "odd.txt").write_text("odd")
    write_fake(run, replicates=20)
    assert (run / "notes" / "day.txt").read_text() == "day" and (run / "report.html").read_text() == "a page"
    assert (run / "link").resolve() == tmp_path / "far.txt" and (run / "nowhere").is_symlink()
    assert [each.read_text() for each in run.glob("cells.parquet.before-*/odd.txt")] == ["odd"]
    assert _bytes(run).keys() == set(TABLES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["far.txt", "run"]


def test_notes_in_a_folder_of_ours_are_carried_over(tmp_path: Path) -> None:
    for notes in (True, False):
        with _place(tmp_path / "run") as place:
            (place.working / "member").mkdir()
            (place.working / "member" / "table").write_text("rows")
            place.seal(place.manifest)
        if notes:
            (tmp_path / "run" / "member" / "notes.txt").write_text("mine")
    assert sorted(path.name for path in (tmp_path / "run" / "member").iterdir()) == ["notes.txt", "table"]


def test_a_page_that_fails_leaves_the_good_one(tmp_path: Path) -> None:
    def full(path: Path) -> None:
        path.write_text("half a page")
        raise OSError(errno.ENOSPC, "full")

    for write, said in (
        (lambda path: path.write_text("a page"), None),
        (full, "the tables are in .*is full"),
    ):
        with (
            pytest.raises(RunError, match=said) if said else nullcontext(),
            _place(tmp_path / "run") as place,
        ):
            place.seal(place.manifest)
            place.page(write)
    assert (tmp_path / "run" / "report.html").read_text() == "a page"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_folders_made_for_nothing_are_removed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    for out in ("results/a/run", "mine/run"):
        with pytest.raises(KeyboardInterrupt), _place(tmp_path / out):
            raise KeyboardInterrupt
    assert [path.name for path in tmp_path.rglob("*")] == ["mine"]


@pytest.mark.parametrize("seeds", [(1, 1), (1, 2)], ids=["the same", "different"])
def test_of_two_at_once_the_later_finds_the_first(seeds: tuple[int, int], tmp_path: Path) -> None:
    """Both began when nothing was there; whoever comes second replaces equal tables and nothing else."""
    with (
        pytest.raises(InputError, match="different run") if seeds[0] != seeds[1] else nullcontext(),
        _place(tmp_path / "run", seed=seeds[0]) as late,
    ):
        with _place(tmp_path / "run", seed=seeds[1]) as early:
            assert early.working != late.working
            early.seal(early.manifest)
        (tmp_path / "run" / "notes.txt").write_text("mine")
        late.seal(late.manifest)
    assert read_manifest(tmp_path / "run" / "manifest.json").seed == seeds[1]
    assert (tmp_path / "run" / "notes.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("dangling", [False, True])
def test_a_link_is_followed_and_kept(tmp_path: Path, dangling: bool) -> None:
    """Whoever links the folder to a bigger disk means that disk."""
    (tmp_path / "disk").mkdir()
    if not dangling:
        (tmp_path / "disk" / "run").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "disk" / "run")
    assert len(write_fake(tmp_path / "run", replicates=20).outcomes) == 20
    assert (tmp_path / "run").is_symlink() and (tmp_path / "disk" / "run" / "manifest.json").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["disk", "run"]
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["run"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    assert len(write_fake(tmp_path / "run", replicates=20).outcomes) == 20


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(self: BlockedTable, columns: object) -> None:
        raise OSError(number, "full")

    monkeypatch.setattr(BlockedTable, "add", full)
    with pytest.raises(RunError, match=r"run is full .*--out"), _writer(tmp_path / "run") as writer:
        writer.add(**fake_run(20).chunk(0, 20))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_elsewhere_is_not_said_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numba names no file when it cannot keep what it has compiled."""
    monkeypatch.setenv("SIMULATE_CACHE_DIR", str(tmp_path / "cache"))
    source = compile("raise OSError(28, 'full')", "/site-packages/numba/core/caching.py", "exec")
    for place, error in (("cache", source), ("other", "raise OSError(28, 'full', str(other))")):
        with (
            pytest.raises(RunError, match=f"the disk with {tmp_path / place} is full"),
            _writer(tmp_path / "run"),
        ):
            exec(error, {"other": tmp_path / "other"})


def test_a_full_disk_outside_the_writer_is_said_too(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="full"), _writer(tmp_path / "run"):
        raise OSError(errno.ENOSPC, "while writing the report")


def test_a_disk_that_is_full_from_the_start_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(RunError, match="full"), _writer(tmp_path / "run"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_replicates_must_come_in_order(tmp_path: Path) -> None:
    run = fake_run(20)
    for wrong in [(5, 10), (0, 5)], [(0, 5), (4, 8)]:
        with pytest.raises(ValueError, match="order"), _writer(tmp_path / "run") as writer:
            for start, stop in wrong:
                writer.add(**run.chunk(start, stop))


def test_failed_replicates_may_be_missing(tmp_path: Path) -> None:
    run = fake_run(20)
    with _writer(tmp_path / "run") as writer:
        writer.add(**run.chunk(0, 9))
        writer.add(**run.chunk(11, 20))
    rows = pq.read_table(tmp_path / "run" / "outcomes.parquet")["replicate"].to_numpy()
    assert np.array_equal(rows, [*range(9), *range(11, 20)])


def test_a_run_in_which_everything_failed_is_an_error(tmp_path: Path) -> None:
    world, folder = build_world(load_scenario("duel")), tmp_path / "run"
    said = f"^no replicate finished, so there is nothing to write to {folder}$"
    with (
        pytest.raises(RunError, match=said),
        _place(folder) as place,
        Recorder(world, place.manifest, place.working) as recorder,
    ):
        recorder.finish(None)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_column_is_named(tmp_path: Path) -> None:
    chunk = fake_run(20).chunk(0, 20)
    chunk["places"]["colour"] = chunk["places"]["day"]
    with pytest.raises(ValueError, match="colour"), _writer(tmp_path / "run") as writer:
        writer.add(**chunk)


def test_what_goes_wrong_elsewhere_is_not_said_of_the_folder(tmp_path: Path) -> None:
    elsewhere = PermissionError(errno.EACCES, "shut", str(tmp_path / "other" / "cache"))
    with pytest.raises(PermissionError), _place(tmp_path / "out" / "run"):
        raise elsewhere
    with (
        pytest.raises(InputError, match="out/run: cannot be written"),
        _place(tmp_path / "out" / "run") as place,
    ):
        raise PermissionError(errno.EACCES, "shut", str(place.working / "report.html"))


def test_a_run_that_was_scored_is_another_thing(tmp_path: Path) -> None:
    write_fake(tmp_path / "run", replicates=20)
    with pytest.raises(InputError, match="holds something else"):
        _place(tmp_path / "run", kind="hindcast")
