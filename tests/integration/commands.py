"""The command as a user has it: another process, in a folder of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema

from simulation.io.folders import cache_root

ROOT = Path(__file__).parents[2]
TABLES = ("outcomes", "places", "daily", "cells")
SECONDS = 120
SCHEMA = json.loads((ROOT / "docs" / "manifest.schema.json").read_text(encoding="utf-8"))
# A process started in the background ignores Ctrl-C unless it is told otherwise.
START = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import cli; cli.main()"
COMMAND = (sys.executable, "-c", START)


def environment(**changes):
    """Return the environment of a command: these sources, no colours forced, one cache of compiled rules."""
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR")}
    return kept | {"PYTHONPATH": str(ROOT), "SIMULATE_CACHE_DIR": str(cache_root())} | changes


def simulate(*arguments, cwd, **changes):
    """Run a command to its end and return it with its texts."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=cwd, env=environment(**changes), capture_output=True, text=True,
        timeout=SECONDS, check=False,
    )  # fmt: skip


def begin(*arguments, cwd):
    """Start a command and return it while it runs."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)], cwd=cwd, env=environment(), text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip


def run_to(folder, *arguments):
    """Run a scenario into a folder; it must succeed without a word on stderr."""
    done = simulate("run", *arguments, "--quiet", "--out", folder, cwd=folder.parent)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def bytes_of(folder):
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def manifest_of(folder):
    """Return the manifest of a folder, which follows the published schema."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    jsonschema.validate(manifest, SCHEMA)
    return manifest
