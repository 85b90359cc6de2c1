"""Workers write the parts of a run into a shared folder: the same bytes, nothing left, and sentences where it fails."""

import re
import signal

import pytest
from clusters import cluster_of, one_more
from commands import bytes_of, simulate

from simulation import resume, run
from simulation.cluster import block_size
from simulation.cluster.executor import DaskExecutor
from simulation.errors import InputError, RunError
from simulation.results.checkpoint import Checkpoint
from simulation.results.journal import PARTS, Part, entered

N = 60


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with cluster_of(tmp_path_factory.mktemp("cluster"), 2) as both:
        yield both


@pytest.fixture
def client(cluster):
    return cluster[1]


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What threads make of as many histories."""
    out = tmp_path_factory.mktemp("plain") / "run"
    return run("two-valleys", replicates=N, workers=2, out=out, report=False)


@pytest.fixture
def shared(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(block_size, "CHUNK", 2)
    monkeypatch.setattr(block_size, "SECONDS", 0.01)


def test_a_command_leaves_the_bytes_of_threads_and_nothing_else(cluster, plain, shared, tmp_path):
    asked = ("two-valleys", "-n", N, "--no-report", "--quiet", "--out", "run")
    done = simulate("run", *asked, "--on", cluster[0].file, "--parts", "shared", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert bytes_of(tmp_path / "run") == bytes_of(plain.folder)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["run", "shared"]
    assert not list(shared.iterdir())


def test_workers_write_and_the_journal_says_which_parts_are_whole(
    client, plain, shared, tmp_path, small_blocks, monkeypatch
):
    """A part is entered when it lies there; the caller writes none."""
    seen = []
    really_enter = Checkpoint.enter

    def enter(self, part):
        really_enter(self, part)
        (place,) = shared.iterdir()
        files = sorted(each.name for each in (place / PARTS / part.name).iterdir())
        assert files == ["changes.arrow", "daily.arrow", "outcomes.arrow", "places.arrow"]
        assert entered(tmp_path / "run.unfinished")[-1] == part
        seen.append(part)

    monkeypatch.setattr(Checkpoint, "enter", enter)
    done = run("two-valleys", replicates=N, client=client, parts=shared, out=tmp_path / "run", report=False)
    assert len(seen) > 5 and (seen[0].first, seen[-1].stop) == (0, N)
    assert bytes_of(done.folder) == bytes_of(plain.folder)
    assert not list(shared.iterdir()) and not (tmp_path / "run.unfinished").exists()


def test_a_worker_that_is_killed_while_it_writes_costs_a_retry(
    cluster, plain, shared, tmp_path, small_blocks, monkeypatch
):
    both, client = cluster
    with one_more(both, client, "victim") as (victim, address):
        really_fetch = DaskExecutor._fetch

        def fetch(self, *rest):
            found = really_fetch(self, *rest)
            if victim.poll() is None and client.processing().get(address):
                (place,) = shared.iterdir()
                half = place / PARTS / "000000-00000000.new"
                half.mkdir(exist_ok=True)  # as one leaves it that is killed in the middle
                victim.send_signal(signal.SIGKILL)
            return found

        monkeypatch.setattr(DaskExecutor, "_fetch", fetch)
        done = run(
            "two-valleys", replicates=N, client=client, parts=shared, out=tmp_path / "run", report=False
        )
        assert victim.wait() == -signal.SIGKILL
    assert bytes_of(done.folder) == bytes_of(plain.folder)
    assert not list(shared.iterdir())


@pytest.fixture
def broken_off(client, shared, tmp_path, small_blocks, monkeypatch):
    """A run whose caller breaks after some parts, with a part that nobody has entered."""
    really_enter, kept = Checkpoint.enter, []

    def enter(self, part):
        if kept and part.first > 20:  # whichever worker is the first to be done
            raise ZeroDivisionError("as it happens")
        really_enter(self, part)
        kept.append(part)

    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError) as caught:
        patch.setattr(Checkpoint, "enter", enter)
        run("two-valleys", replicates=N, client=client, parts=shared, out=tmp_path / "run", report=False)
    assert "go on with simulate resume" in caught.value.__notes__[0]
    (place,) = shared.iterdir()
    (place / PARTS / "000099-00000000.new").mkdir()
    return tmp_path / "run.unfinished"


@pytest.mark.parametrize("way", ["threads", "network", "parts"])
def test_it_is_gone_on_from_in_any_way(way, broken_off, client, shared, plain, tmp_path, caplog):
    more = {"threads": {"workers": 2}, "network": {"client": client}}
    done = resume(broken_off, report=False, **more.get(way, {"client": client, "parts": shared}))
    assert re.search(r"goes on from the [1-9]", caplog.text)
    assert bytes_of(done.folder) == bytes_of(plain.folder)
    assert not list(shared.iterdir()) and not broken_off.exists()


def test_a_part_that_has_changed_is_played_again(broken_off, shared, plain, caplog):
    second = entered(broken_off)[1]
    (second.place(broken_off) / "daily.arrow").write_bytes(b"other")
    done = resume(broken_off, workers=2, report=False)
    assert f"goes on from the {second.first} histories" in caplog.text
    assert bytes_of(done.folder) == bytes_of(plain.folder) and not list(shared.iterdir())


def test_without_the_shared_folder_nothing_is_lost(broken_off, shared, plain):
    shared.rename(away := shared.with_name("away"))
    before = (broken_off / "journal.jsonl").read_bytes()
    with pytest.raises(InputError, match=r"parts of it lie in .*/shared, which is not there: mount it, or"):
        resume(broken_off, workers=2, report=False)
    assert (broken_off / "journal.jsonl").read_bytes() == before
    away.rename(shared)
    assert bytes_of(resume(broken_off, workers=2, report=False).folder) == bytes_of(plain.folder)


def test_a_worker_that_does_not_see_the_folder_is_named(cluster, in_mount, shared, tmp_path):
    """To one it is another folder, as on a machine that has a folder of the same name."""
    both, client = cluster
    before = in_mount("size=1m", shared)
    with one_more(both, client, "elsewhere", before=before) as (_, address):
        said = rf"^worker {address} does not see {shared} as it is here \(No such file or directory\): it must be"
        with pytest.raises(InputError, match=said):
            run("two-valleys", replicates=N, client=client, parts=shared, out=tmp_path / "run")
    assert not list(shared.iterdir()) and sorted(each.name for each in tmp_path.iterdir()) == ["shared"]


def test_a_full_disk_is_said_by_the_worker_and_what_is_there_is_kept(
    client, plain, shared, tmp_path, small_blocks, monkeypatch
):
    """What the workers write from some part on goes to a device that has no room."""
    really_enter = Checkpoint.enter

    def enter(self, part):
        really_enter(self, part)
        if part.first > 10:
            client.run(no_room)

    monkeypatch.setattr(Checkpoint, "enter", enter)
    try:
        with pytest.raises(
            RunError, match=rf"^worker .* finds the disk with {shared} full \(No space left"
        ) as got:
            run("two-valleys", replicates=N, client=client, parts=shared, out=tmp_path / "run", report=False)
    finally:
        client.run(room_again)
    assert "go on with simulate resume" in got.value.__notes__[0]
    assert bytes_of(resume(tmp_path / "run", workers=2, report=False).folder) == bytes_of(plain.folder)
    assert not list(shared.iterdir())


def no_room():
    """Let whatever this worker writes be longer than its disk."""
    import pyarrow as pa

    real = pa.OSFile
    if not hasattr(pa, "room"):
        pa.room = real
        pa.OSFile = lambda path, *rest: real("/dev/full" if path.endswith("daily.arrow") else path, *rest)


def room_again():
    import pyarrow as pa

    if hasattr(pa, "room"):
        pa.OSFile = pa.room
        del pa.room


def test_a_part_that_is_not_here_as_it_was_written_ends_the_run(client, shared, tmp_path, monkeypatch):
    """As where the worker and the caller have another folder under one name after all."""
    monkeypatch.setattr(Part, "is_whole", lambda self, folder: False)
    with pytest.raises(RunError, match=rf"is not here as it wrote it, in {shared}/.*: is that one folder\?$"):
        run("two-valleys", replicates=N, client=client, parts=shared, out=tmp_path / "run", report=False)
    assert not list(shared.iterdir()) and not list(tmp_path.glob("run*"))


def test_parts_need_a_cluster_and_a_folder(client, shared, tmp_path):
    done = simulate("run", "duel", "--parts", "shared", cwd=tmp_path)
    said = "shared: parts are written by the workers of a cluster: name one with --on, or client in Python\n"
    assert (done.returncode, done.stderr) == (2, said)
    with pytest.raises(InputError, match="there is no such folder: parts need one that all workers"):
        run("duel", client=client, parts=tmp_path / "none", out=tmp_path / "run")
    assert [each.name for each in tmp_path.iterdir()] == ["shared"]
