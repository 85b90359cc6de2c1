"""A run that was interrupted at any moment is finished to the same bytes, and never taken for a finished one."""

import json
import os
import shutil
import subprocess
import sys

import code_map
import pytest
from commands import SECONDS, bytes_of, environment, run_to, simulate

from simulation import open_run, past_runs, resume, run, verify
from simulation.engine.replicate import run_one
from simulation.errors import InputError
from simulation.results import unfinished
from simulation.results.manifest_reader import read_manifest
from simulation.results.unfinished import LOCK, REQUEST

N = 40
UNTIL = {"until": ["ending.stalemate:0.12"], "max_replicates": 400}


@pytest.fixture(scope="module")
def uncut(tmp_path_factory):
    """The same run, never interrupted."""
    return run_to(tmp_path_factory.mktemp("uncut") / "run", "two-valleys", "-n", N, "--no-report")


@pytest.fixture
def broken_off(put_on_the_disk_at_once, monkeypatch, tmp_path):
    """Return a function that lets a run break at a history; what has finished is written at once."""
    monkeypatch.chdir(tmp_path)

    def breaking(at, out="run", **asked):
        def breaks(state, template, params, quantities, seed, replicate):
            if replicate == at:
                raise ZeroDivisionError("as it happens")
            return run_one(state, template, params, quantities, seed, replicate)

        with monkeypatch.context() as patch:
            patch.setattr(f"{code_map.module(code_map.ENSEMBLE)}.run_one", breaks)
            with pytest.raises(ZeroDivisionError) as broken:
                run("two-valleys", **({"replicates": N} | asked), report=False, out=out, workers=2)
        (folder,) = (each for each in tmp_path.rglob("*.unfinished*") if (each / REQUEST).is_file())
        return folder, broken.value.__notes__

    return breaking


def parts_of(folder):
    return sorted(each.name for each in (folder / "parts").iterdir())


@pytest.mark.parametrize("at", [9, 35])
def test_a_run_that_broke_off_is_finished_to_the_byte(at, broken_off, uncut, tmp_path):
    folder, notes = broken_off(at)
    assert folder.name == "run.unfinished"
    assert notes == [f"{at} histories kept: go on with simulate resume run.unfinished"]
    told = simulate("resume", folder, "--quiet", "--no-report", "--workers", 1, cwd=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert bytes_of(tmp_path / "run") == bytes_of(uncut) and verify(tmp_path / "run").faults == ()
    assert (tmp_path / "run" / "scenario.yaml").read_bytes() == (uncut / "scenario.yaml").read_bytes()
    assert (
        read_manifest(tmp_path / "run" / "manifest.json").digest
        == read_manifest(uncut / "manifest.json").digest
    )
    assert [each.name for each in tmp_path.iterdir()] == ["run"]


def test_the_same_command_again_goes_on_too(broken_off, uncut, tmp_path, caplog):
    broken_off(20)
    run("two-valleys", replicates=N, out="run", report=False)
    assert "run.unfinished: goes on from the 20 histories there" in caplog.text
    assert bytes_of(tmp_path / "run") == bytes_of(uncut)
    assert [each.name for each in tmp_path.iterdir()] == ["run"]


def test_another_run_leaves_it_alone(broken_off, tmp_path):
    folder, _ = broken_off(20)
    before = parts_of(folder)
    run("two-valleys", replicates=10, out="run", report=False)
    assert parts_of(folder) == before and (tmp_path / "run" / "manifest.json").is_file()
    with pytest.raises(InputError, match="holds a different run, which is never overwritten"):
        resume(folder, report=False)
    folder.rename("other.unfinished")
    assert len(resume("other", report=False).outcomes) == N


def test_it_is_never_taken_for_a_finished_run(broken_off, tmp_path):
    folder, _ = broken_off(20)
    with pytest.raises(InputError, match=f"an unfinished run; simulate resume {folder} finishes it"):
        open_run(folder)
    assert not verify(folder).is_whole
    (found,) = past_runs(tmp_path)
    assert (found.state, found.histories, found.this_engine) == ("unfinished", 20, True)
    with pytest.raises(InputError, match="not an unfinished folder"):
        resume(tmp_path)
    done = resume(folder, report=False)
    with pytest.raises(InputError, match=f"is finished already: the results are in {done.folder}"):
        resume(folder)


def torn(folder):
    text = (folder / "journal.jsonl").read_bytes()
    (folder / "journal.jsonl").write_bytes(text[:-20])


def damaged(folder):
    file = folder / "parts" / "000001" / "daily.arrow"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def left_over(folder):
    shutil.copytree(folder / "parts" / "000000", folder / "parts" / "000009.new")


def gone(folder):
    shutil.rmtree(folder / "parts" / "000000")


@pytest.mark.parametrize(("harm", "kept"), [(torn, 16), (damaged, 8), (left_over, 20), (gone, 0)])
def test_only_what_is_whole_is_gone_on_from(harm, kept, broken_off, uncut, caplog, tmp_path):
    folder, _ = broken_off(20)
    harm(folder)
    done = resume(folder, report=False)
    assert f"goes on from the {kept or 'no'} histories" in caplog.text or not kept
    assert bytes_of(done.folder) == bytes_of(uncut)


@pytest.mark.parametrize(("at", "rows"), [(99, 0), (104, 0), (118, 0), (118, 35_000)])
def test_a_run_that_stops_by_itself_stops_where_it_would_have(at, rows, broken_off, monkeypatch, tmp_path):
    """Parts of many histories too: none reaches beyond a look."""
    if rows:
        monkeypatch.setattr(unfinished, "EVERY_SECONDS", 1e9)
        monkeypatch.setattr(unfinished, "MOST_ROWS", rows)
    whole = run("two-valleys", **UNTIL, replicates=100, out="whole", report=False)
    assert at < whole.manifest.replicates < 400
    folder, _ = broken_off(at, out=None, replicates=100, **UNTIL)
    done = resume(folder, report=False)
    assert done.folder == whole.folder.with_name("results").absolute() / whole.manifest.folder_name
    assert bytes_of(done.folder) == bytes_of(whole.folder)
    assert done.manifest.stopping == whole.manifest.stopping


def test_who_is_killed_while_it_is_removed_leaves_no_half_of_it(broken_off, uncut, tmp_path):
    folder, _ = broken_off(20)
    removing = f"""
import os, pathlib, shutil
from simulation import resume

def is_killed(folder, **_):
    if (request := pathlib.Path(folder) / {REQUEST!r}).is_file():
        request.unlink()
        os._exit(9)

shutil.rmtree = is_killed
resume({str(folder)!r}, report=False)
"""
    ended = subprocess.run([sys.executable, "-c", removing], cwd=tmp_path, env=environment(), timeout=SECONDS)
    assert ended.returncode == 9 and not folder.exists()
    assert bytes_of(tmp_path / "run") == bytes_of(uncut)
    run("two-valleys", replicates=N, out="run", report=False)
    assert [each.name for each in tmp_path.iterdir()] == ["run"]


def test_two_processes_never_work_on_one(broken_off):
    folder, _ = broken_off(20)
    held = os.open(folder / LOCK, os.O_RDWR)
    assert unfinished.take(held, folder / LOCK)
    with pytest.raises(InputError, match="another process works on it"):
        resume(folder, report=False)
    assert len(run("two-valleys", replicates=N, out="run", report=False).outcomes) == N
    assert len(parts_of(folder)) == 3
    os.close(held)


def test_another_engine_does_not_go_on(broken_off):
    folder, _ = broken_off(20)
    request = read_manifest(folder / REQUEST)
    request.model_copy(update={"engine_version": "0.1.0+0000000000000000"}).write(folder / REQUEST)
    with pytest.raises(InputError, match=r"resume plays histories, which only.* that is 0\.1\.0\+000"):
        resume(folder)
    assert json.loads((folder / REQUEST).read_text(encoding="utf-8"))["replicates"] == N
