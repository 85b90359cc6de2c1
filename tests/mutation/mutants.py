"""Planted errors of 5 %: for each process its rate or due time, one number of its effect, one draw, and its waits.

Each is one exact replacement in one file; `planted` fails loudly where the text does not stand exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulation.process import TIMED, Process

TABLE, CLOCKS = "processes/table.py", "engine/clocks.py"


@dataclass(frozen=True)
class Mutant:
    """One planted error; `kind` is rate, effect, draw or wait."""

    process: Process
    kind: str
    file: str
    old: str
    new: str

    @property
    def name(self) -> str:
        return f"{self.process.name.lower()}-{self.kind}"

    def planted(self, package: Path) -> str:
        """Return the text of the file with the error in it; ValueError where it cannot be planted."""
        text = (package / self.file).read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.old!r} stands {text.count(self.old)} times in {self.file}")
        return text.replace(self.old, self.new)


def _rate(process: Process) -> Mutant:
    name = process.name.lower()
    told = f"{name}.{'due' if process in TIMED else 'rate'}(s, e))"
    return Mutant(process, "rate", TABLE, f"tell(s, {told}", f"tell(s, 1.05 * {told}")


def _wait(process: Process) -> Mutant:
    old = "c.hazard = exponential(u)"
    return Mutant(process, "wait", CLOCKS, old, f"{old} * (1.05 if c.process == {process.value} else 1.0)")


def _own(process: Process, kind: str, old: str, new: str) -> Mutant:
    return Mutant(process, kind, f"processes/{process.name.lower()}.py", old, new)


def _times(process: Process, kind: str, old: str, file: str | None = None) -> Mutant:
    """Return the mutant in which a term is 5 % larger."""
    return Mutant(process, kind, file or f"processes/{process.name.lower()}.py", old, f"1.05 * {old}")


P = Process
EFFECTS = (
    _own(P.MEASURE, "effect", "a.sorties_per_day = m.value if", "a.sorties_per_day = 1.05 * m.value if"),
    _times(P.DAY, "effect", "memory * 2"),
    _times(P.CASUALTY, "effect", "p.casualty_shock /"),
    _own(P.GIVE_WAY, "effect", "(s, near, actor, p.near_shock)", "(s, near, actor, 1.05 * p.near_shock)"),
    _own(P.RALLY, "effect", "cohesion + step *", "cohesion + 1.05 * step *"),
    _times(P.MARCH, "effect", "drag * ruggedness"),
    _times(P.SEIZE, "effect", "weight * s.params[0].place_shock", "effects/control.py"),
    _times(P.COMMAND, "effect", "s.params[0].fog * noise", "planning/view.py"),
    _own(P.SORTIE, "effect", "p.sortie_kills, p.sortie_shock", "p.sortie_kills, 1.05 * p.sortie_shock"),
    _own(P.INTERDICTION, "effect", "u.arrives += p", "u.arrives += 1.05 * p"),
    _own(P.REINFORCE, "effect", "+ p.reinforce_delay *", "+ 1.05 * p.reinforce_delay *"),
    _own(P.TRUCE, "effect", "set_truce(s, a, b, 1, compliance)", "set_truce(s, a, b, 1, 1.05 * compliance)"),
    _own(P.BREACH, "effect", "set_truce(s, a, b, 0, p", "set_truce(s, a, b, 0, 1.05 * p"),
    _own(P.JOIN, "effect", "s.world[0].t, s", "1.05 * s.world[0].t, s"),
    _own(P.FLEE, "effect", "p.flee_share, c", "1.05 * p.flee_share, c"),
    _own(P.RETURN_HOME, "effect", "s.params[0].return_share, s", "1.05 * s.params[0].return_share, s"),
    _own(P.DISSOLVE, "effect", "= entity, s.", "= entity, 1.05 * s."),
    _own(P.REPORT, "effect", "+ error / 2", "+ 1.05 * error / 2"),
)  # fmt: skip
DRAWS = (
    _times(P.DAY, "draw", "luck(s, WEATHER)"),
    _times(P.CASUALTY, "draw", "luck(s, FATE)"),
    _times(P.GIVE_WAY, "draw", "luck(s, CAPTURED)"),
    _times(P.COMMAND, "draw", "luck(s, PACE)"),
    _times(P.SORTIE, "draw", "luck(s, REAR)"),
    _times(P.INTERDICTION, "draw", "luck(s, LOSSES)"),
    _times(P.REINFORCE, "draw", "exponential(luck(s, DELAY))"),
    _times(P.BREACH, "draw", "luck(s, END)"),
    _own(P.FLEE, "draw", "luck(s, SHARE), luck", "1.05 * luck(s, SHARE), luck"),
    _own(P.RETURN_HOME, "draw", "luck(s, SHARE), luck", "1.05 * luck(s, SHARE), luck"),
    _own(P.REPORT, "draw", "normal(u, v)", "1.05 * normal(u, v)"),
)
MUTANTS = (
    *(_rate(process) for process in Process),
    *EFFECTS,
    *DRAWS,
    *(_wait(process) for process in Process if process not in TIMED),
)
