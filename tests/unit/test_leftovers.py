"""What killed processes leave hidden is cleared by later ones, and nothing of whoever may still live."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest
from fakes import write_fake

from simulation.results import owner
from simulation.results.leftovers import STALE, clear_left
from simulation.results.owner import publishing, record_of_this_process
from simulation.results.workplace import Workplace, scratch_folder

TOKEN = "0123abcd"


def _leave(folder: Path, *hidden: str, **changes: object) -> None:
    """Lay what a killed process leaves into a folder: hidden folders and the record of its owner."""
    record = json.loads(record_of_this_process()) | {"started": "1"} | changes
    (folder / f".run.owner-{TOKEN}").write_text(json.dumps(record))
    for name in hidden:
        (folder / f".run.{name}-{TOKEN}" / "below").mkdir(parents=True)


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the system does not tell of processes")
def test_what_a_dead_process_left_goes_with_the_next_run(tmp_path: Path) -> None:
    _leave(tmp_path, "partial")
    write_fake(tmp_path / "another", replicates=20)
    assert _names(tmp_path) == ["another"]


@pytest.mark.parametrize(
    "changes",
    [{"host": "elsewhere"}, {"boot": "before"}, {"processes": "pid:[1]"}, {"made_by": "somebody else"}],
    ids=str,
)
def test_what_may_be_alive_elsewhere_stays_until_it_is_long_silent(
    changes: dict[str, object], tmp_path: Path
) -> None:
    _leave(tmp_path, "partial", **changes)
    clear_left(tmp_path)
    assert len(_names(tmp_path)) == 2
    old = time.time() - STALE - 60
    for each in sorted(tmp_path.rglob("*")):
        os.utime(each, (old, old))
    (tmp_path / f".run.partial-{TOKEN}" / "below" / "table").write_text("rows")
    clear_left(tmp_path)
    assert len(_names(tmp_path)) == 2, "it is still being written to"
    for each in sorted(tmp_path.rglob("*")):
        os.utime(each, (old, old))
    clear_left(tmp_path)
    assert len(_names(tmp_path)) == (2 if "made_by" in changes else 0)


def test_what_is_locked_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock alone keeps it, as for a process of another container, which this one cannot see."""
    work = Workplace(tmp_path / "run")
    work.begin()
    work.working.mkdir()
    monkeypatch.setattr(owner, "_is_gone", lambda *_: True)
    monkeypatch.setattr(owner, "ALIVE", set())
    monkeypatch.setattr("simulation.results.leftovers.ALIVE", set())
    clear_left(tmp_path)
    assert len(_names(tmp_path)) == 2
    work.clear()
    assert _names(tmp_path) == []


def test_hidden_things_of_others_are_nobodys_to_clear(tmp_path: Path) -> None:
    (tmp_path / ".run.partial-4711").mkdir()
    (tmp_path / ".run.owner-4711").write_text("{}")
    (tmp_path / f".run.owner-{TOKEN}").write_text("my diary")
    (tmp_path / f".run.partial-{TOKEN}").mkdir()
    for each in tmp_path.iterdir():
        os.utime(each, (0, 0))
    before = _names(tmp_path)
    clear_left(tmp_path)
    assert _names(tmp_path) == before


@pytest.mark.parametrize("there", ["nothing", "the same", "another"])
def test_a_folder_set_aside_is_never_lost(there: str, tmp_path: Path) -> None:
    """Killed between two renamings: the old folder is the only copy of what somebody laid into it."""
    write_fake(tmp_path / "run", replicates=20)
    (tmp_path / "run" / "notes.txt").write_text("mine")
    (tmp_path / "run").rename(tmp_path / f".run.replaced-{TOKEN}")
    _leave(tmp_path)
    if there != "nothing":
        _leave(tmp_path, host="elsewhere")
        write_fake(tmp_path / "run", replicates=20, seed=1 if there == "the same" else 2)
        _leave(tmp_path)
    clear_left(tmp_path)
    names = ["run", f"run.before-{TOKEN}"] if there == "another" else ["run"]
    assert _names(tmp_path) == names
    assert (tmp_path / names[-1] / "notes.txt").read_text() == "mine"
    assert (tmp_path / "run" / "manifest.json").is_file()


def test_a_scratch_folder_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt), scratch_folder("simulate-replay") as folder:
        (folder / "run").mkdir()
        assert folder.stat().st_mode & 0o077 == 0
        raise KeyboardInterrupt
    assert _names(tmp_path) == []


def test_one_at_a_time_puts_something_in_a_place(tmp_path: Path) -> None:
    done: list[str] = []

    def other() -> None:
        with publishing(tmp_path / "run"):
            done.append("second")

    with publishing(tmp_path / "run"):
        waiting = threading.Thread(target=other)
        waiting.start()
        waiting.join(0.1)
        done.append("first")
    waiting.join()
    assert done == ["first", "second"] and _names(tmp_path) == []


@pytest.mark.parametrize("nameless", [True, False])
def test_a_record_says_whose_it_is_from_its_first_moment(
    nameless: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without files that have no name yet, as on some file systems, it is there while it is written."""
    if not hasattr(os, "O_TMPFILE"):
        pytest.skip("this system has no files without a name")
    seen, write = [], os.write
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE")

    def looks(descriptor: int, data: bytes) -> int:
        seen.append([each.stat().st_size for each in tmp_path.iterdir()])
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", looks)
    work = Workplace(tmp_path / "out")
    work.begin()
    (record,) = tmp_path.iterdir()
    assert json.loads(record.read_text())["pid"] == os.getpid()
    assert seen == [[] if nameless else [0]]
    work.clear()
    assert not any(tmp_path.iterdir())
