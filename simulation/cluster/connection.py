"""From what is typed after --on to a client of a Dask cluster, which is closed again when its work is done."""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.errors import InputError, RunError
from simulation.results.workplace import scratch_folder

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "dask"
"""The word for a cluster of processes on this machine."""
SECONDS = 5.0
"""For a scheduler to answer."""


@contextmanager
def connected(on: str, workers: int | None = None) -> Iterator[Client]:
    """Give a client of the cluster that is meant by `on`: "dask", an address, or a scheduler file.

    "dask" is a cluster of as many processes here as `workers` says, one for each core when left out, which ends with
    the block; any other is somebody's, and stays. Errors: InputError where Dask is not installed, for what is none of
    these, for a number of workers of another's cluster, and where nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        message = "--on needs Dask, which is not installed: pip install 'simulate-conflict[dask]'"
        raise InputError(message) from None
    with ExitStack() as opened:
        opened.enter_context(_quiet())
        if on == LOCAL:
            given: Any = opened.enter_context(_local(workers))
        else:
            if workers is not None:
                raise InputError("--workers are started here: the cluster after --on has its own")
            given = _address(on)
        try:
            client = Client(given, timeout=SECONDS, set_as_default=False)
        except Exception as error:
            why = f"{error}".splitlines()[0] if f"{error}" else type(error).__name__
            message = f"no Dask scheduler answers at {given} ({why}): start one (dask scheduler), or mend the address"
            raise InputError(message) from error
        opened.callback(_close, client)
        yield client


@contextmanager
def _local(workers: int | None) -> Iterator[Any]:
    """Give a cluster of processes with one thread each: what is kept of histories is made in Python, one at a time."""
    from distributed import LocalCluster

    number = workers or os.cpu_count() or 1
    _tidy_in_silence()
    with scratch_folder("simulate-dask") as folder, ExitStack() as opened:
        try:
            cluster = LocalCluster(
                n_workers=number, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=None,
                silence_logs=logging.CRITICAL, local_directory=str(folder),
            )  # fmt: skip
        except Exception as error:
            raise RunError(f"a cluster of processes could not be started here: {error}") from error
        yield opened.enter_context(cluster)


def _tidy_in_silence() -> None:
    """Start the process that tidies up after this one if it is ended, so that it does so without a word on stderr."""
    if os.name != "posix":  # elsewhere there is none
        return
    before = os.environ.get("PYTHONWARNINGS")
    quiet = "ignore::UserWarning:multiprocessing.resource_tracker"
    os.environ["PYTHONWARNINGS"] = f"{before},{quiet}" if before else quiet
    try:
        resource_tracker.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONWARNINGS"]
        else:
            os.environ["PYTHONWARNINGS"] = before


def _address(on: str) -> str:
    """Return the address of a scheduler; InputError for a file that holds none, and for what is neither."""
    if "://" in on:
        return on
    file = Path(on)
    if file.suffix != ".json" and not file.exists():
        allowed = f"{LOCAL}, an address such as tcp://192.168.0.5:8786, or a scheduler file"
        raise InputError(f"--on must be {allowed}, not {on!r}")
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])
    except OSError as error:
        raise InputError(f"cannot be read: {os.strerror(error.errno or 0)}", file=file) from error
    except (ValueError, KeyError, TypeError) as error:
        message = "not a scheduler file, which dask scheduler --scheduler-file writes: it has no address"
        raise InputError(message, file=file) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Let Dask say nothing meanwhile: what matters of it is said in our words."""
    from distributed.utils import silence_logging_cmgr

    with silence_logging_cmgr(logging.CRITICAL + 1), warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="distributed")
        yield


def _close(client: Client) -> None:
    with suppress(Exception):
        client.close(timeout=SECONDS)
