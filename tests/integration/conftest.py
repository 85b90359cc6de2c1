import subprocess

import pytest
from commands import run_to

from simulation.engine import ensemble, executor
from simulation.results import unfinished


@pytest.fixture(scope="session")
def valleys(tmp_path_factory):
    """A finished run of thirty histories with its report."""
    return run_to(tmp_path_factory.mktemp("valleys") / "run", "two-valleys", "-n", 30, "--workers", 2)


@pytest.fixture(scope="session")
def aleppo(tmp_path_factory):
    """Twelve histories of the first two days, with their report."""
    folder = tmp_path_factory.mktemp("aleppo") / "run"
    return run_to(folder, "aleppo", "--days", 2, "-n", 12, "--workers", 2)


@pytest.fixture
def put_on_the_disk_at_once(monkeypatch):
    """Let every chunk of histories be a part on the disk, with none that wait for others or for time to pass."""
    monkeypatch.setattr(executor, "FEW", ensemble.CHUNK)
    monkeypatch.setattr(unfinished, "EVERY_SECONDS", 0.0)


@pytest.fixture(scope="session")
def in_mount():
    """Return the beginning of a command that runs another with a small file system of its own mounted.

    `in_mount(options, place)`; what is left in the place is listed on the last line of stderr.
    """
    script = (
        'mount -t tmpfs -o "$0" tmpfs "$1" || exit 99; place=$1; shift; "$@"; code=$?; '
        'echo "left: $(ls -A "$place")" >&2; exit $code'
    )

    def prefix(options, place):
        return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, options, str(place)]

    try:
        probe = subprocess.run([*prefix("size=64k", "/mnt"), "true"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("needs unshare, a Linux command")
    if probe.returncode:
        pytest.skip("this system does not let its users mount a file system")
    return prefix
