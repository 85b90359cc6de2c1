"""A lesson from the command to its end: its folder, what is told on the terminal, the server, the results."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from simulation.classroom.address import LOOPBACK, Address, address_of, bound
from simulation.classroom.application import Application
from simulation.classroom.ending import PAGE, write_results
from simulation.classroom.plan import Plan, plan_of
from simulation.classroom.room import Bounds, Room
from simulation.classroom.server import Server
from simulation.classroom.store import Store
from simulation.errors import InputError, SimulateError
from simulation.io.output_path import output_path
from simulation.io.signals import last_words
from simulation.results.disk_errors import in_words
from simulation.results.owner import take
from simulation.results.publication import RESULTS

DATABASE, LOCK = "class.sqlite", "class.lock"
PORT = 8765
_log = logging.getLogger("simulation.classroom")

Say = Callable[[str], object]


@dataclass(frozen=True, kw_only=True)
class Session:
    """How a lesson is held: where it is served, kept and played; `names` says whether nicknames are taken home."""

    host: str = LOOPBACK
    port: int = PORT
    out: Path | None = None
    seed: int = 1
    bounds: Bounds = field(default_factory=Bounds)
    workers: int | None = None
    names: bool = False


def hold(file: str, session: Session, say: Say) -> None:
    """Hold the lesson of a scenario until the process is ended; one that was begun in the folder goes on.

    `say` is told what the teacher has to know. InputError for a scenario without a lesson, for a folder of another
    lesson or one that another process holds, and for a host or port that cannot be had.
    """
    plan = plan_of(file, session.seed)
    folder = _folder(plan, session)
    workers = session.workers or os.cpu_count() or 1
    with contextlib.closing(bound(session.host, session.port)) as place, _opened(plan, folder) as store:
        room = Room(plan, store, session.bounds, workers)
        say("Getting ready. The first histories of a version take half a minute to compile.")
        room.player.warm_up()
        room.player.start()
        address = address_of(place)
        say(_welcome(room, address, folder))
        last_words(f"the lesson is kept; simulate classroom {file} --out {folder} goes on")

        def take_home() -> None:
            _in_background(lambda: _write(room, store, folder, workers, session.names))

        app = Application(room, address, take_home).guarded()
        Server(app, room.feed).serve_at(place)
        room.player.stop()


def _folder(plan: Plan, session: Session) -> Path:
    """Return the folder that was named, or that of the day for the lesson: the first whose results are not written."""
    if session.out is not None:
        return output_path(session.out)
    day = RESULTS / f"class-{plan.scenario.name}-{datetime.date.today().isoformat()}"
    names = itertools.chain([day], (day.with_name(f"{day.name}-{k}") for k in itertools.count(2)))
    return output_path(next(each for each in names if not (each / PAGE).exists()))


@contextlib.contextmanager
def _opened(plan: Plan, folder: Path) -> Iterator[Store]:
    """Give what is kept in a folder, made where there is none, to this process alone."""
    with in_words(folder, folder):
        if folder.exists() and not (folder / DATABASE).exists() and any(folder.iterdir()):
            raise InputError("holds something else than a lesson; name an empty or new folder", file=folder)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    store = None
    try:
        if not take(lock, folder / LOCK):
            raise InputError("another process holds this lesson; end it, or name another folder", file=folder)
        store = Store(folder / DATABASE)
        _check_same(plan, store, folder)
        yield store
    finally:
        if store is not None:
            store.close()
        os.close(lock)


def _check_same(plan: Plan, store: Store, folder: Path) -> None:
    """Refuse a folder in which another lesson was begun: InputError that says what differs."""
    ours, kept = plan.identity, json.loads(store.facts().get("plan", "null"))
    if kept is None:
        store.write_facts(plan=json.dumps(ours))
    elif kept != json.loads(json.dumps(ours)):
        differs = ", ".join(name for name, value in ours.items() if kept.get(name) != value)
        raise InputError(
            f"another lesson was begun in it: {differs} differ; name another folder", file=folder
        )


def _in_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="results", daemon=True).start()


def _write(room: Room, store: Store, folder: Path, workers: int, names: bool) -> None:
    """Write the results, and tell the room where they are or why they are not."""
    try:
        page = write_results(room, folder, workers, names)
        if not names:
            store.forget_names()
    except Exception as error:
        _log.warning("the results could not be written: %s: %s", type(error).__name__, error)
        ours = isinstance(error, SimulateError)
        room.ended("", str(error) if ours else f"The results could not be written ({type(error).__name__}).")
    else:
        room.ended(str(page))
        last_words(f"the results are in {folder}")


def _welcome(room: Room, address: Address, folder: Path) -> str:
    """Return what the teacher reads first."""
    alone = address.host == LOOPBACK
    note = "\nOnly this computer can reach it. For a class add --host 0.0.0.0\n" if alone else ""
    on = f"goes on with {len(room.seats)} seats and {len(room.dots)} histories" if room.seats else "begins"
    return (
        f"{room.plan.scenario.title}: the lesson {on}.\n\n{address.terminal(room.code)}\n"
        f"Pupils     {address.url}   code {room.code}\n{note}"
        f"Projector  {address.url}/projector#{room.code}\n"
        f"Teacher    {address.url}/teacher#{room.teacher}   (keep this one to yourself)\n\n"
        f"All is kept in {folder}. Ctrl-C ends; the same command goes on."
    )
