"""Clusters for tests: a scheduler and workers, processes of their own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest
from commands import ROOT, environment

distributed = pytest.importorskip("distributed")

SCHEDULER, WORKER = "distributed.cli.dask_scheduler", "distributed.cli.dask_worker"
SECONDS = 60


class Cluster:
    """Processes of a cluster, and the file by which they find each other."""

    def __init__(self, folder):
        self.folder, self.file = folder, folder / "scheduler.json"
        self.scheduler = self.start(SCHEDULER, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.workers = []

    def start(self, what, *arguments, before=(), **changes):
        path = os.pathsep.join([changes.pop("PYTHONPATH", str(ROOT)), str(ROOT / "tests" / "integration")])
        command = [*before, sys.executable, "-m", what, "--scheduler-file", str(self.file), *arguments]
        log = (self.folder / f"{what}.log").open("a")
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment(PYTHONPATH=path, **changes),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def add(self, name, *, place=None, **how):
        place = place or self.folder / name
        place.mkdir(exist_ok=True)
        options = ("--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0")
        worker = self.start(WORKER, *options, "--local-directory", str(place), **how)
        self.workers.append(worker)
        return worker

    def client(self):
        deadline = time.monotonic() + SECONDS
        while not self.file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        return distributed.Client(scheduler_file=str(self.file), timeout=SECONDS, set_as_default=False)

    def end(self):
        for process in (*self.workers, self.scheduler):
            end(process)


def end(process):
    """Kill a process and those that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def cluster_of(folder, workers):
    """Give a cluster with so many workers, and a client of it, for as long as they live."""
    cluster = Cluster(folder)
    try:
        for k in range(workers):
            cluster.add(f"worker-{k}")
        with cluster.client() as client:
            client.wait_for_workers(workers, timeout=SECONDS)
            yield cluster, client
    finally:
        cluster.end()


@contextmanager
def one_more(cluster, client, name, **how):
    """Give a further worker's process and address; it is gone afterwards."""
    before = set(client.nthreads())
    worker = cluster.add(name, **how)
    client.wait_for_workers(len(before) + 1, timeout=SECONDS)
    (address,) = set(client.nthreads()) - before
    try:
        yield worker, address
    finally:
        end(worker)
        wait_until(lambda: address not in client.nthreads())


def wait_until(is_so):
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
