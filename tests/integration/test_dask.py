"""A cluster plays the same bytes as threads do, whoever of it is lost; what cannot go on stops in a sentence.

One scheduler and two workers, processes of their own, serve all tests; those that kill something start it themselves.
"""

import json
import os
import shutil
import signal

import pytest
from cluster_measures import Failing, Numbers
from clusters import SECONDS, cluster_of, one_more, wait_until
from commands import ROOT, begin, bytes_of, manifest_of, simulate

from simulation import compare, hindcast, open_run, resume, run, sensitivity
from simulation.cluster import block_size
from simulation.cluster.executor import DaskExecutor, executor_on
from simulation.engine.executor import Replicates
from simulation.errors import InputError, RunError
from simulation.io.folders import cache_root
from simulation.results import unfinished
from simulation.scenario import load_scenario
from simulation.world.world import build_world


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with cluster_of(tmp_path_factory.mktemp("cluster"), 2) as both:
        yield both


@pytest.fixture
def client(cluster):
    return cluster[1]


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What threads make of 60 histories."""
    return run(
        "two-valleys", replicates=60, workers=2, out=tmp_path_factory.mktemp("plain") / "run", report=False
    )


def test_a_cluster_plays_the_bytes_that_threads_play(client, plain, tmp_path):
    done = run("two-valleys", replicates=60, client=client, out=tmp_path / "run", report=False)
    assert bytes_of(done.folder) == bytes_of(plain.folder)
    assert done.manifest.workers == 2


@pytest.mark.parametrize(
    ("name", "size"), [("CHUNK", 1), ("SECONDS", 1e-6), ("CHUNK_BYTES", 1), ("SHARES", 1)]
)
def test_any_way_of_cutting_plays_the_same(client, plain, tmp_path, monkeypatch, name, size):
    monkeypatch.setattr(block_size, name, size)
    done = run("two-valleys", replicates=60, client=client, out=tmp_path / "run", report=False)
    assert bytes_of(done.folder) == bytes_of(plain.folder)


def test_a_command_plays_on_the_cluster_of_a_scheduler_file(cluster, plain, tmp_path):
    asked = ("two-valleys", "-n", 60, "--no-report", "--quiet", "--out", "run")
    done = simulate("run", *asked, "--on", cluster[0].file, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert bytes_of(tmp_path / "run") == bytes_of(plain.folder)
    address = json.loads(cluster[0].file.read_text())["address"]
    done = simulate(
        "extend", "run", "-n", 80, "--on", address, "--no-report", "-q", "--out", "more", cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(open_run(tmp_path / "more").outcomes) == 80


def test_a_cluster_of_processes_here_plays_the_same(plain, tmp_path):
    asked = ("two-valleys", "-n", 60, "--no-report", "--quiet", "--out", "run", "--workers", 2)
    done = simulate("run", *asked, "--on", "dask", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert bytes_of(tmp_path / "run") == bytes_of(plain.folder)
    assert manifest_of(tmp_path / "run")["workers"] == 2


@pytest.mark.parametrize(
    "asked",
    [
        lambda **more: compare("two-valleys", against=["inputs.fog=0.9"], replicates=20, **more),
        lambda **more: compare(
            "two-valleys", against=["inputs.fog=0.9"], until="ending.stalemate:0.2", **more
        ),
        lambda **more: sensitivity("two-valleys", histories=400, overrides=["days=3"], **more),
        lambda **more: hindcast("aleppo", replicates=8, overrides=["days=1"], **more),
    ],
    ids=["compare", "compare-until", "sensitivity", "hindcast"],
)
def test_whatever_plays_histories_plays_them_there(asked, client, tmp_path):
    there = asked(client=client, out=tmp_path / "there", report=False)
    here = asked(workers=2, out=tmp_path / "here", report=False)
    tables = sorted(file.relative_to(here.folder) for file in here.folder.rglob("*.parquet"))
    assert tables == sorted(file.relative_to(there.folder) for file in there.folder.rglob("*.parquet"))
    assert len(tables) > 2
    for table in tables:
        assert (here.folder / table).read_bytes() == (there.folder / table).read_bytes(), table


def test_a_worker_that_is_killed_costs_a_retry(cluster, tmp_path, plain, monkeypatch):
    """Those that are left, and one that comes in its place and has been told nothing, play its blocks."""
    monkeypatch.setattr(block_size, "CHUNK", 2)
    monkeypatch.setattr(block_size, "SECONDS", 0.01)
    both, client = cluster
    with one_more(both, client, "victim") as (victim, address):
        kill_when_busy(monkeypatch, client, address, victim)
        done = run("two-valleys", replicates=60, client=client, out=tmp_path / "run", report=False)
        assert victim.wait() == -signal.SIGKILL
    assert bytes_of(done.folder) == bytes_of(plain.folder)


def kill_when_busy(monkeypatch, client, address, victim):
    """Kill a worker as soon as something has come back and it has something to do."""
    really_fetch = DaskExecutor._fetch

    def fetch(self, *rest):
        found = really_fetch(self, *rest)
        if victim.poll() is None and client.processing().get(address):
            victim.send_signal(signal.SIGKILL)
        return found

    monkeypatch.setattr(DaskExecutor, "_fetch", fetch)


def test_a_worker_that_comes_later_is_told_the_world(cluster, monkeypatch):
    both, client = cluster
    world = build_world(load_scenario("duel"))
    monkeypatch.setattr(block_size, "CHUNK", 1)
    monkeypatch.setattr(block_size, "SECONDS", 1e-9)
    blocks = executor_on(client).play(world, Replicates(range(60), 1), Numbers)
    assert next(blocks) == [0]
    with one_more(both, client, "late") as (_, address):
        numbers = [number for block in blocks for number in block]
        assert numbers == list(range(1, 60))
        assert client.run(worlds_known, workers=[address]) == {address: 1}


def room_in(place):
    return shutil.disk_usage(place).free


def worlds_known():
    from simulation.cluster import worker

    return len(worker._worlds)


def test_what_goes_wrong_in_a_worker_is_a_sentence_that_names_it(client, tmp_path):
    world = build_world(load_scenario("duel"))
    addresses = "|".join(client.nthreads())
    with pytest.raises(
        RunError, match=rf"^worker ({addresses}) failed .*: ZeroDivisionError: planted in a worker$"
    ):
        list(executor_on(client).play(world, Replicates(range(60), 1), Failing))
    assert still_of_use(client)


def still_of_use(client):
    """Return whether nothing of ours is left, and the cluster plays again."""
    wait_until(lambda: not any(client.processing().values()) and not any(client.has_what().values()))
    numbers = executor_on(client).play(build_world(load_scenario("duel")), Replicates(range(5), 1), Numbers)
    return [number for block in numbers for number in block] == list(range(5))


def test_closing_takes_back_what_was_asked_for(client):
    blocks = executor_on(client).play(
        build_world(load_scenario("duel")), Replicates(range(10_000), 1), Numbers
    )
    next(blocks)
    blocks.close()
    assert still_of_use(client)


def test_ctrl_c_leaves_the_cluster_of_use(cluster, tmp_path):
    both, client = cluster
    command = begin("run", "two-valleys", "-n", 100_000, "--on", both.file, "--no-report", cwd=tmp_path)
    wait_until(lambda: any(client.processing().values()))
    command.send_signal(signal.SIGINT)
    _, err = command.communicate(timeout=SECONDS)
    assert command.returncode == 130
    assert err.splitlines()[-1].startswith("interrupted")
    assert still_of_use(client)


def test_a_worker_of_another_version_is_refused_by_name(cluster, tmp_path, plain):
    both, client = cluster
    other = tmp_path / "other"
    shutil.copytree(ROOT / "simulation", other / "simulation", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "simulation" / "arguments.py").open("a") as file:
        file.write("# another version\n")
    with (
        one_more(both, client, "other", PYTHONPATH=str(other)) as (_, address),
        pytest.raises(
            InputError, match=rf"^worker {address} has simulate .*, and here it is .*: install the same"
        ),
    ):
        run("duel", replicates=5, client=client, out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_full_disk_of_a_worker_stops_nothing(cluster, in_mount, plain, tmp_path):
    """What it writes there it can do without."""
    both, client = cluster
    place = tmp_path / "small"
    place.mkdir()
    fill = 'cp -r "$0" "$1/cache"; cat /dev/zero >"$1/rest" 2>/dev/null; shift; exec "$@"'
    before = [*in_mount("size=64m", place), "sh", "-c", fill, str(cache_root()), str(place)]
    full = {"before": before, "SIMULATE_CACHE_DIR": str(place / "cache")}
    with one_more(both, client, "full", place=place, **full) as (_, address):
        assert client.run(room_in, str(place), workers=[address]) == {address: 0}
        done = run("two-valleys", replicates=60, client=client, out=tmp_path / "run", report=False)
    assert bytes_of(done.folder) == bytes_of(plain.folder)


def test_a_scheduler_that_is_lost_leaves_a_run_to_go_on_from(tmp_path, plain, monkeypatch):
    monkeypatch.setattr(unfinished, "EVERY_SECONDS", 0)
    monkeypatch.setattr(block_size, "CHUNK", 2)
    monkeypatch.setattr(block_size, "SECONDS", 0.01)
    with cluster_of(tmp_path, 1) as (both, client):
        really_fetch = DaskExecutor._fetch

        def fetch(self, blocks, *rest):
            if blocks[0].first > 20:
                both.scheduler.kill()
            return really_fetch(self, blocks, *rest)

        monkeypatch.setattr(DaskExecutor, "_fetch", fetch)
        with pytest.raises(RunError, match="is lost: its scheduler has gone") as caught:
            run("two-valleys", replicates=60, client=client, out=tmp_path / "run", report=False)
    assert "go on with simulate resume" in caught.value.__notes__[0]
    done = resume(tmp_path / "run", workers=2, report=False)
    assert bytes_of(done.folder) == bytes_of(plain.folder)


def test_workers_are_those_of_the_cluster(client, tmp_path):
    with pytest.raises(InputError, match="with a client its cluster plays"):
        run("duel", replicates=5, workers=2, client=client, out=tmp_path / "run")
    done = simulate("run", "duel", "--on", "tcp://127.0.0.1:9", "--workers", 2, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        "--workers are started here: the cluster after --on has its own\n",
    )
    with pytest.raises(InputError, match=r"client must be a distributed\.Client, not an object"):
        run("duel", replicates=5, client=object(), out=tmp_path / "run")


def test_without_dask_a_sentence_names_the_extra(tmp_path):
    (tmp_path / "distributed.py").write_text("raise ImportError('No module named distributed')\n")
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    done = simulate("run", "duel", "--on", "dask", cwd=tmp_path, PYTHONPATH=path)
    sentence = "--on needs Dask, which is not installed: pip install 'simulate-conflict[dask]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence)
    plain = simulate(
        "run", "duel", "-n", 5, "--quiet", "--no-report", "--out", "run", cwd=tmp_path, PYTHONPATH=path
    )
    assert (plain.returncode, plain.stderr) == (0, "")
