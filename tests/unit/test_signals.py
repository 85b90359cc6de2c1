"""A signal ends the program with one line, whatever it is at, and removes what is half-finished."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.io.signals import ends_as_exceptions, undisturbed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
ROOT = Path(__file__).parents[2]
HEAD = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from simulation.io import signals
def send(*numbers):
    for number in numbers:
        os.kill(os.getpid(), number)
signals.end_in_a_word()
signals.remember(lambda: open(sys.argv[1] + "/removed", "x"))
INT, TERM, HUP = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
"""


def _ended(code: str, folder: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", before + HEAD + code, str(folder)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("send(INT); time.sleep(9)", 130),
        ("send(TERM); print('never')", 143),
        ("send(HUP); raise ValueError", 129),
        ("send(signal.SIGXCPU); time.sleep(9)", 128 + signal.SIGXCPU),
        ("send(TERM, INT, HUP, TERM); time.sleep(9)", 143),
        ("try:\n send(TERM)\nfinally:\n print('never')", 143),
        ("with signals.undisturbed():\n send(TERM); open('whole', 'x')\nprint('never')", 143),
        ("import ctypes; signals.PATIENCE = 0; send(TERM); ctypes.CDLL(None).sleep(9)", 143),
    ],
)
def test_one_word_and_nothing_left(code: str, status: int, tmp_path: Path) -> None:
    done = _ended(code, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "interrupted\n")
    names = ["removed", "whole"] if "whole" in code else ["removed"]
    assert sorted(each.name for each in tmp_path.iterdir()) == names


@pytest.mark.parametrize(("said", "line"), [("'5 kept'", "interrupted; 5 kept\n"), ("''", "interrupted\n")])
def test_what_is_kept_stands_on_the_same_line(said: str, line: str, tmp_path: Path) -> None:
    done = _ended(f"signals.last_words('4 kept'); signals.last_words({said}); send(TERM)", tmp_path)
    assert (done.returncode, done.stderr) == (143, line)


@pytest.mark.parametrize(
    ("ending", "status"), [("send(TERM); time.sleep(9)", 143), ("raise SystemExit(3)", 3), ("pass", 0)]
)
def test_a_scratch_folder_is_gone_however_the_work_in_it_ends(
    ending: str, status: int, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code = f"""
import tempfile
from simulation.io.scratch_folder import scratch_folder
tempfile.tempdir = sys.argv[1] + "/scratch"
with scratch_folder("simulate-") as made:
    (made / "run").mkdir(), (made / "run" / "table").write_text("half")
    open(sys.argv[1] + "/made", "x").write(made.name)
    {ending}
"""
    assert _ended(code, tmp_path).returncode == status
    assert (tmp_path / "made").read_text().startswith("simulate-") and list(scratch.iterdir()) == []


def test_what_is_ignored_stays_ignored(tmp_path: Path) -> None:
    done = _ended("send(HUP); print('done')", tmp_path, "import signal; signal.signal(1, signal.SIG_IGN)")
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_in_the_library_a_signal_waits_for_the_end_of_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    for number, error in ((signal.SIGTERM, SystemExit), (signal.SIGINT, KeyboardInterrupt)):
        before, done = signal.signal(signal.SIGINT, signal.default_int_handler), []
        with pytest.raises(error), ends_as_exceptions():
            with undisturbed():
                os.kill(os.getpid(), number)
                os.kill(os.getpid(), number)
                done.append("whole")
            done.append("never")
        signal.signal(signal.SIGINT, before)
        assert done == ["whole"] and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_program_that_ends_by_itself_is_no_longer_ended(tmp_path: Path) -> None:
    done = _ended("signals.end_in_peace(); send(INT, TERM, HUP); print('done')", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
