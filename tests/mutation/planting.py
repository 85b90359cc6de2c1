"""Plants an error in a copy of the package and lets the copy be judged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from code_map import PACKAGE
from mutants import Mutant


def copy_package(folder: Path) -> Path:
    """Copy the package into a folder; return where it is."""
    target = folder / "simulation"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def judge(package: Path, recordings: Path, mutant: Mutant | None, process: str, kind: str) -> str:
    """Return what is found wrong with a copy of the package in which an error is planted meanwhile."""
    if mutant is None:
        return _run(package, recordings, process, kind)
    file = package / mutant.file
    right = file.read_text(encoding="utf-8")
    file.write_text(mutant.planted(package), encoding="utf-8")
    try:
        return _run(package, recordings, process, kind)
    finally:
        file.write_text(right, encoding="utf-8")


def _run(package: Path, recordings: Path, process: str, kind: str) -> str:
    cache = package.parent / "cache"
    environment = {
        **os.environ, "PYTHONPATH": str(package.parent), "NUMBA_DISABLE_JIT": "1", "SIMULATE_CACHE_DIR": str(cache),
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = [sys.executable, Path(__file__).with_name("judging.py"), recordings, process, kind]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return f"crash: {done.stderr.strip().splitlines()[-1]}"
    return done.stdout.strip()
