"""Comparisons, studies and hindcasts that were interrupted are finished to the same bytes, as runs are."""

import errno
import itertools
import json
import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

import code_map
import pytest
from commands import simulate

from simulation import (
    compare,
    extend,
    film,
    hindcast,
    merge,
    open_results,
    past_runs,
    resume,
    sensitivity,
    sweep,
    verify,
    write_report,
)
from simulation.api.manifests import manifest_in
from simulation.engine.branch import run_branched
from simulation.engine.replicate import run_one
from simulation.errors import InputError, RunError
from simulation.results.parts import Block
from simulation.results.unfinished import REQUEST
from simulation.sensitivity_analysis import evaluator
from simulation.sensitivity_analysis.point_values import PointBlock

BRANCHED = "simulation.engine.branched.run_branched"
TRUTH = (
    "title: Made up\nstart: 2024-01-01\n"
    "truth: [{series: area_km2, side: river_council, day: 2, value: 900}, {ending: truce}]\n"
)


@dataclass(frozen=True)
class Kind:
    """One thing that plays histories: how it is made in a folder `out`, and the histories after which it may break."""

    kind: str
    make: Callable[..., object]
    histories: tuple[int, ...]


def study(method, histories):
    return lambda **where: sensitivity(
        "two-valleys", method=method, histories=histories, overrides=["days=6"],
        outcomes=["civilians_killed", "ending.truce"], **where,
    )  # fmt: skip


KINDS = {
    "comparison": Kind(
        "comparison",
        lambda **where: compare("two-valleys", against=["inputs.fog=0.3"], replicates=40, **where),
        (20, 60),
    ),
    "until": Kind(
        "comparison",
        lambda **where: compare(
            "two-valleys", against=["inputs.fog=0.3"], until="ending.stalemate:0.05", max_replicates=140, **where
        ),
        (250,),
    ),
    "ablation": Kind(
        "comparison", lambda **where: compare("two-valleys-ceasefire", ablate=True, replicates=16, **where), (20,)
    ),
    "sobol": Kind("sensitivity", study("sobol", 400), (90, 320)),
    "morris": Kind("sensitivity", study("morris", 200), (100,)),
    "hindcast": Kind(
        "hindcast", lambda **where: hindcast("two-valleys", truth="truth.yaml", replicates=40, **where), (20,)
    ),
    "sweep": Kind(
        "sweep",
        lambda **where: sweep(
            "two-valleys", {"inputs.fog": [0.1, 0.3, 0.5]}, replicates=20, overrides=["days=6"],
            outcomes=["civilians_killed", "ending.truce"], **where,
        ),
        (10, 35, 55),
    ),
    "sweep on reports": Kind(
        "sweep",
        lambda **where: sweep(
            "two-valleys", {"inputs.fog": [0.1, 0.3]}, replicates=20, overrides=["days=6"], as_of="2024-01-02",
            outcomes=["civilians_killed", "ending.truce"], **where,
        ),
        (30,),
    ),
    "film": Kind(
        "film",
        lambda **where: film(
            "two-valleys", ("2024-01-02", "2024-01-03"), truth="truth.yaml", replicates=20, overrides=["days=6"],
            sequential=False, **where,
        ),
        (10, 30),
    ),
    "aleppo": Kind("hindcast", lambda **where: hindcast("aleppo", **LITTLE, **where), (24,)),
}  # fmt: skip
LITTLE = {"replicates": 16, "overrides": ["days=3"]}
NEAR_LOST = "fighters_present.red <= 10 @ 0.5"
DRAWN = {
    "comparison": Kind(
        "comparison",
        lambda **where: compare(
            "duel", against="inputs.red_fighters=21", given=NEAR_LOST, sequential=True, replicates=40, **where
        ),
        (10, 50, 200),
    ),
    "film": Kind(
        "film",
        lambda **where: film(
            "two-valleys", ("2024-01-02", "2024-01-03"), truth="truth.yaml", replicates=20, overrides=["days=4"],
            sequential=True, **where,
        ),
        (5,),
    ),
}  # fmt: skip
"""Histories drawn given reports, and how many histories with a branch before the end of all it may break."""


@pytest.fixture(autouse=True)
def place(put_on_the_disk_at_once, monkeypatch, tmp_path):
    """A folder to work in, and everything written at once."""
    monkeypatch.setattr(evaluator, "TOGETHER", 16)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "truth.yaml").write_text(TRUTH, encoding="utf-8")
    return tmp_path


def broken(kind, at, monkeypatch, place, **where):
    """Let a thing break after some of its histories, or soon; return its unfinished folder and what was noted.

    The first replicate never breaks, however late its thread gets to it: without it nothing could be kept.
    """
    number = itertools.count()

    def breaks(*arguments):
        if next(number) >= at and arguments[-1] > 0:
            raise ZeroDivisionError("as it happens")
        return run_one(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(f"{code_map.module(code_map.ENSEMBLE)}.run_one", breaks)
        with pytest.raises(ZeroDivisionError) as error:
            kind.make(report=False, workers=2, **where)
    (folder,) = (each for each in place.rglob("*.unfinished*") if (each / REQUEST).is_file())
    return folder, error.value.__notes__


def content(folder):
    """Return all tables and sentences of a folder and those below."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".parquet", ".txt", ".yaml")
    }


@contextmanager
def counted():
    """Count the histories that are played in the block."""
    number, count = itertools.count(), []

    def counts(*arguments):
        next(number)
        return run_one(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{code_map.module(code_map.ENSEMBLE)}.run_one", counts)
        yield count
    count.append(next(number))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a function: the content of each thing, its digest, and how many histories it takes uninterrupted."""
    found = {}

    def of(name):
        if name not in found:
            folder = tmp_path_factory.mktemp("whole")
            with counted() as count:
                done = KINDS[name].make(report=False, workers=1, out=folder / name)
            found[name] = content(folder / name), done.manifest.digest, count[0]
        return found[name]

    return of


@pytest.mark.parametrize(
    ("name", "at"), [(name, at) for name, each in KINDS.items() for at in each.histories]
)
def test_it_is_finished_to_the_byte(name, at, whole, monkeypatch, place):
    (expected, digest, histories), kind = whole(name), KINDS[name]
    folder, notes = broken(kind, at, monkeypatch, place, out="out")
    kept = int(notes[0].split()[0])
    assert (
        notes
        == [f"{kept} histor{'y' if kept == 1 else 'ies'} kept: go on with simulate resume out.unfinished"]
        and 0 < kept < histories
    )
    (listed,) = past_runs(place)
    assert (listed.kind, listed.state, listed.histories) == (kind.kind, "unfinished", kept)
    with counted() as count:
        done = resume(folder, report=False, workers=1)
    assert content(done.folder) == expected and verify(done.folder).faults == ()
    assert done.manifest.digest == digest and count == [histories - kept]
    assert sorted(each.name for each in place.iterdir()) == ["out", "truth.yaml"]


@pytest.mark.parametrize(
    ("name", "left"), [(name, left) for name, each in DRAWN.items() for left in each.histories]
)
def test_drawn_histories_are_finished_to_the_byte(name, left, drawn_whole, monkeypatch, place):
    """In the other scenario of a comparison, in the reference, and while the histories are drawn."""
    (expected, branched), kind, number = drawn_whole(name), DRAWN[name], itertools.count()

    def breaks(*arguments):
        if next(number) >= branched - left:
            raise ZeroDivisionError("as it happens")
        return run_branched(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BRANCHED, breaks)
        with pytest.raises(ZeroDivisionError):
            kind.make(report=False, workers=2, out="out")
    done = resume("out.unfinished", report=False, workers=1)
    assert content(done.folder) == expected and verify(done.folder).is_whole
    assert sorted(each.name for each in place.iterdir()) == ["out", "truth.yaml"]


@pytest.fixture(scope="module")
def drawn_whole(tmp_path_factory):
    """Return a function: the content of each thing, and how many histories with a branch it plays."""
    found = {}

    def of(name):
        if name not in found:
            number, folder = itertools.count(), tmp_path_factory.mktemp("drawn")

            def counts(*arguments):
                next(number)
                return run_branched(*arguments)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(BRANCHED, counts)
                DRAWN[name].make(report=False, workers=1, out=folder / name)
            found[name] = content(folder / name), next(number)
        return found[name]

    return of


def test_a_film_is_one_folder_that_is_neither_extended_nor_merged(place):
    done = KINDS["film"].make(out="film")
    assert sorted(each.name for each in (done.folder / "runs").iterdir()) == ["2024-01-02", "2024-01-03"]
    again = open_results("film")
    assert again.text() == done.text() and again.scores.equals(done.scores)
    (listed,) = past_runs(place)
    assert (listed.kind, listed.state) == ("film", "finished")
    with pytest.raises(InputError, match="holds a film, which cannot be extended: make it again"):
        extend("film", 40)
    with pytest.raises(InputError, match=r"holds a film, not a run; one of its runs is film/runs/2024-01-02"):
        merge(["film", "film"])
    with pytest.raises(InputError, match="is a part of the film in"):
        write_report("film/runs/2024-01-02")
    (done.folder / "film.html").unlink()
    assert write_report("film").report == done.folder / "film.html" and verify("film").is_whole


@pytest.mark.parametrize(("name", "at"), [("comparison", 50), ("sobol", 250), ("aleppo", 20), ("sweep", 35)])
def test_the_same_again_goes_on_too(name, at, whole, monkeypatch, place, caplog):
    folder, _ = broken(KINDS[name], at, monkeypatch, place, out="out")
    with pytest.raises(InputError, match=f"simulate resume {folder} finishes it"):
        open_results(folder)
    with counted() as count:
        KINDS[name].make(report=False, out="out")
    assert "out.unfinished: goes on from the" in caplog.text and 0 < count[0] < whole(name)[2]
    assert content(place / "out") == whole(name)[0]
    assert sorted(each.name for each in place.iterdir()) == ["out", "truth.yaml"]


@pytest.mark.parametrize("name", ["comparison", "sweep"])
def test_a_part_before_the_first_line_of_a_journal_counts_for_nothing(name, whole, monkeypatch, place):
    """As it lies there when the process is killed while it writes the first part of the second scenario."""
    folder, _ = broken(KINDS[name], 10, monkeypatch, place, out="out")
    late = sorted((folder / "runs").iterdir())[-1]
    assert not (late / "journal.jsonl").exists()
    (late / "parts" / "000000.new").mkdir(parents=True)
    assert content(resume(folder, report=False).folder) == whole(name)[0]


def test_it_goes_on_elsewhere_with_its_page(whole, monkeypatch, place):
    expected = whole("hindcast")[0]
    folder, _ = broken(KINDS["hindcast"], 20, monkeypatch, place)
    moved = place / "moved"
    moved.mkdir()
    folder = folder.rename(moved / folder.name)
    (place / "truth.yaml").unlink()
    told = simulate("resume", folder, "--quiet", "--json", cwd=place)
    assert (told.returncode, told.stderr) == (0, "")
    done = open_results(json.loads(told.stdout)["folder"])
    assert done.folder.parent == moved and content(done.folder) == expected and done.report.is_file()
    assert [each.is_file() for each in done.truth] == [True]


def test_another_engine_does_not_go_on(monkeypatch, place):
    folder, _ = broken(KINDS["morris"], 100, monkeypatch, place, out="out")
    request = manifest_in(folder, REQUEST)
    request.model_copy(update={"engine_version": "0.1.0+0000000000000000"}).write(folder / REQUEST)
    with pytest.raises(InputError, match=r"resume plays histories, which only.* that is 0\.1\.0\+000"):
        resume(folder)
    sensitivity(
        "two-valleys", method="morris", histories=200, overrides=["days=6"], report=False, out="other"
    )
    assert folder.is_dir()


@pytest.mark.parametrize(("name", "block"), [("comparison", Block), ("sobol", PointBlock)])
def test_a_full_disk_leaves_what_was_whole(name, block, whole, monkeypatch, place):
    number, write = itertools.count(), block.write

    def fills_the_disk(*given):
        if next(number) == 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(*given)

    with monkeypatch.context() as patch:
        patch.setattr(block, "write", fills_the_disk)
        with pytest.raises(RunError, match=r"out is full.*") as full:
            KINDS[name].make(report=False, out="out")
    assert "kept: go on with simulate resume out.unfinished" in full.value.__notes__[0]
    done = resume(place / "out", report=False)
    assert content(done.folder) == whole(name)[0]
    assert sorted(each.name for each in place.iterdir()) == ["out", "truth.yaml"]
