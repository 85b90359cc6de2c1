"""Who had the cores while something was measured: one process, another, or others on the same machine (Linux)."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
"""Parts of a second in which the kernel counts."""
IDLE = (3, 4)
"""Where the first line of /proc/stat has idle time and waiting for a disk, after its name."""


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has had, its threads included [s]."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS


def _busy_seconds() -> float:
    """Return the CPU time that all processes of the machine have had, on all cores together [s]."""
    every = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return (sum(every) - sum(every[k] for k in IDLE)) / TICKS


@dataclass(frozen=True, kw_only=True)
class Shares:
    """The shares of all cores, 0 to 1, over `wall` seconds: of a server, of this process, and of all others."""

    wall: float
    server: float
    own: float
    others: float

    def sentence(self, own: str) -> str:
        """Return them in words; `own` is what this process is called."""
        return (
            f"of {os.cpu_count()} cores over {self.wall:.0f} s the server had {self.server:.0%}, {own} {self.own:.0%}, "
            f"other programs {self.others:.0%}; idle {max(0.0, 1 - self.server - self.own - self.others):.0%}"
        )


class Watch:
    """Starts to count when it is made. `server_before` is the CPU time that the server has had by then [s]."""

    def __init__(self, server_before: float) -> None:
        self._began, self._busy, self._own = time.monotonic(), _busy_seconds(), time.process_time()
        self._server = server_before

    def shares(self, server_now: float) -> Shares:
        """Return who had the cores since then."""
        wall = time.monotonic() - self._began
        cores = wall * (os.cpu_count() or 1)
        server, own = server_now - self._server, time.process_time() - self._own
        others = max(0.0, _busy_seconds() - self._busy - server - own)
        return Shares(wall=wall, server=server / cores, own=own / cores, others=others / cores)
