"""A process with everything loaded that forks commands: what a command needs seconds to import is there at once.

For each line on stdin, a JSON object, it forks a child, which is the command from its first own line to the end of the
interpreter, sends it a signal after a number of seconds, waits for its end, and answers with a line on stdout.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

STEP = 0.005
"""Seconds between two looks at whether a child has ended."""
OURS = ("SIGINT", "SIGTERM", "SIGHUP")
HARMLESS = ("jemalloc_bg_thd",)
"""Threads of libraries that know of forks: that of pyarrow's allocator."""


def warm_up() -> None:
    """Import all modules of the program, and load the compiled rules by playing one history.

    Its seed is one that no command is given, so that nothing is remembered that a command would have to draw.
    """
    import simulation

    for module in pkgutil.walk_packages(simulation.__path__, "simulation."):
        importlib.import_module(module.name)
    from simulation.engine.replicate import NO_LOG, close, start_history
    from simulation.scenario.loader import load_scenario
    from simulation.world.world import build_world

    state = start_history(build_world(load_scenario("two-valleys")), 0, 0)
    importlib.import_module("simulation.engine.loop").run_on(state, NO_LOG)
    close(state)


def learn(names: list[str]) -> None:
    """Import what a command has imported while it ran; a part of a library that cannot be had alone is left out."""
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:
            sys.modules.pop(name, None)
    gc.collect()
    gc.freeze()


def become(asked: dict[str, Any]) -> None:
    """Be, in the child, the process of a command: its streams, folders, arguments, signals and changed constants."""
    os.chdir(asked["folder"])
    for descriptor, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, asked["stdout"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, asked["stderr"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        os.dup2(os.open(path, flags), descriptor)
    os.environ["TMPDIR"], tempfile.tempdir = asked["temporary"], None
    for name in OURS:
        handler = signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
        signal.signal(getattr(signal, name), handler)
    sys.argv = ["-c", *asked["arguments"]]
    for name, value in asked.get("settings", {}).items():
        module, _, constant = name.rpartition(".")
        setattr(sys.modules[module], constant, value)


def command(asked: dict[str, Any]) -> None:
    """Run a command as from the terminal, leaving a mark when it hears signals."""
    import cli

    heard = cli.end_in_a_word
    cli.end_in_a_word = lambda: (heard(), Path("begun").touch())  # type: ignore[func-returns-value]
    before = set(sys.modules)
    try:
        cli.main()
    finally:
        if "modules" in asked:
            Path(asked["modules"]).write_text(
                json.dumps([each for each in sys.modules if each not in before])
            )


def ended(child: int, until: float) -> int | None:
    """Return the status of a child as soon as it has ended, None when it still runs at a moment."""
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        left = until - time.monotonic()
        if left <= 0:
            return None
        time.sleep(min(STEP, left))


def attacked(child: int, asked: dict[str, Any]) -> dict[str, Any]:
    """Send the signal when its time has come, and return how the child ended and how long that took [s]."""
    begun = time.monotonic()
    status = ended(child, begun + asked["after"])
    sent = time.monotonic()
    if status is None and asked["signal"]:
        os.kill(child, asked["signal"])
        status = ended(child, sent + asked["patience"])
    if status is None:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    now = time.monotonic()
    return {"status": status, "ran": now - begun, "took": now - sent}


def threads() -> list[str]:
    """Return the names of threads that a child would miss, where the system tells them."""
    tasks = [each for each in Path("/proc/self/task").glob("*") if each.name != str(os.getpid())]
    names = [(each / "comm").read_text().strip() for each in tasks]
    return [name for name in names if name not in HARMLESS]


def serve() -> dict[str, Any] | None:
    """Fork a child for every line; return what is asked in the child, None in this process when there is no more."""
    for line in sys.stdin:
        asked = json.loads(line)
        if strangers := threads():
            raise RuntimeError(f"a fork would lose the threads {strangers}")
        child = os.fork()
        if not child:
            return asked
        answer = attacked(child, asked)
        if "modules" in asked and Path(asked["modules"]).exists():
            learn(json.loads(Path(asked["modules"]).read_text()))
        print(json.dumps(answer), flush=True)
    return None


if __name__ == "__main__":
    warnings.filterwarnings("ignore", "This process .* is multi-threaded")
    warm_up()
    mine = serve()
    if mine is not None:
        become(mine)
        command(mine)
