"""Measure how fights end in the bundled cases and write the tables of docs/fights.md.

`python docs/build_fights.py` plays 100 histories of each case with seed 1, and of two of them with `give_way_odds` set
to each of several values; that takes minutes. It replaces what stands between `<!-- made: NAME -->` and `<!-- end -->`.
The record beside them is what `python docs/battle_record.py` prints of CDB90. The sentences around the tables are
written by hand, and must be read again afterwards.
"""

from __future__ import annotations

import argparse
import math
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from battle_record import STEPS, class_of, class_words
from statsmodels.api import Logit
from world_tables import table

from simulation.histories.drivers import CompiledDriver
from simulation.model.registry import Process
from simulation.model.state import Stance, State
from simulation.outcomes.events import Event
from simulation.scenario import load_scenario
from simulation.world.world import build_world

PAGE = Path(__file__).resolve().parent / "fights.md"
CASES = "aleppo", "goma", "tripoli"
RECORD = (
    "1 (3 of 6)",
    "7 (24 of 48)",
    "19 (71 of 122)",
    "23 (81 of 149)",
    "32 (136 of 212)",
    "18 (83 of 120)",
)
"""Of 100 battles of CDB90 so many in each class of odds, and of how many the attacker won how many."""
VALUES = 0.05, 0.2, 0.35, 0.5, 0.65, 0.9
"""The values of `give_way_odds` at which the slope is measured."""
LEAST_ODDS = 1 / 3
"""Below these odds hardly any battle is on record, so that fights there have no say in the slope."""
MOVES = Process.MARCH, Process.GIVE_WAY, Process.CASUALTY, Process.SEIZE


@dataclass
class Fight:
    """Attackers and defenders in a cell that the defenders hold: the most of each at once, and who was left."""

    began: float
    attackers: int = 0
    defenders: int = 0
    ended: float = math.nan
    won: bool = False

    @property
    def odds(self) -> float:
        """Attackers for each defender."""
        return self.attackers / self.defenders


@dataclass
class Fights:
    """A watcher that notes the fights of one history between the first attacker's bloc and the defender's."""

    state: State
    done: list[Fight] = field(default_factory=list)
    open: dict[int, Fight] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find out who is who."""
        actors = self.state.actors
        first = int(np.flatnonzero(actors["stance"] == Stance.OFFENSIVE)[0])
        bloc = np.array(actors["bloc"])
        self._sides = bloc[first], bloc[actors["rival"][first]]
        self._bloc, self._from = bloc, -1

    def before(self, process: int, entity: int, time: float) -> None:
        """Note where a unit stands that is about to leave."""
        leaves = process in (Process.MARCH, Process.GIVE_WAY)
        self._from = int(self.state.units["cell"][entity]) if leaves else -1

    def after(self, record: Event) -> None:
        """Look at the cells that an event may have brought a fight to, or ended one in."""
        if record.process not in MOVES:
            return
        stands = int(self.state.units["cell"][record.unit]) if record.unit >= 0 else -1
        for cell in {self._from, record.cell, stands} - {-1}:
            self._look(cell, record.time)

    def _look(self, cell: int, time: float) -> None:
        present = np.array(self.state.presence[cell])
        attackers, defenders = (int(present[self._bloc == side].sum()) for side in self._sides)
        fight = self.open.get(cell)
        if fight is None and attackers and defenders:
            holder = int(self.state.cells["control"][cell])
            if holder >= 0 and self._bloc[holder] == self._sides[1]:
                fight = self.open[cell] = Fight(time)
        if fight is None:
            return
        fight.attackers, fight.defenders = max(fight.attackers, attackers), max(fight.defenders, defenders)
        if not (attackers and defenders):
            fight.ended, fight.won = time, attackers > 0
            self.done.append(self.open.pop(cell))


def fights_of(scenario: str, histories: int, *overrides: str) -> list[Fight]:
    """Play histories and return their fights, but for those that the end of the run cut short."""
    world, found = build_world(load_scenario(scenario, list(overrides))), []
    for replicate in range(histories):
        driver = CompiledDriver(world, replicate, 1)
        watcher = Fights(driver.state)
        for _ in driver.play([watcher]):
            pass
        found += watcher.done
    return found


def slope(fights: list[Fight]) -> str:
    """Return by how much the log-odds that attackers win rise with an e-fold of their numbers."""
    odds = np.array([fight.odds for fight in fights])
    won = np.array([float(fight.won) for fight in fights])
    counted = odds >= LEAST_ODDS
    terms = np.column_stack([np.ones(counted.sum()), np.log(odds[counted])])
    logit = Logit(won[counted], terms).fit(disp=False)
    return f"{logit.params[1]:.2f} ± {logit.bse[1]:.2f}"


def by_odds(histories: int, pool: ProcessPoolExecutor) -> str:
    """Return the table of who wins at what odds, each case beside the record."""
    every = list(pool.map(fights_of, CASES, [histories] * len(CASES)))
    rows = []
    for number in range(len(STEPS) - 1):
        row = [class_words(number), RECORD[number]]
        for fights in every:
            some = [fight for fight in fights if class_of(np.array([fight.odds]))[0] == number]
            row.append(f"{100 * len(some) / len(fights):.0f} ({sum(f.won for f in some):,} of {len(some):,})")
        rows.append(row)
    rows.append(
        ["all", "100 (398 of 657)", *(f"100 ({sum(f.won for f in o):,} of {len(o):,})" for o in every)]
    )
    rows.append(["slope, from 0.33 on", "1.09 ± 0.18", *(slope(fights) for fights in every)])
    return table(["Odds", "Battles", *(f"`{case}`" for case in CASES)], rows)


def by_value(histories: int, pool: ProcessPoolExecutor) -> str:
    """Return the table of slopes by what `give_way_odds` is set to."""
    cases = CASES[:2]
    asked = [(case, value) for value in VALUES for case in cases]
    found = pool.map(
        fights_of,
        [case for case, _ in asked],
        [histories] * len(asked),
        [f"inputs.give_way_odds={value}" for _, value in asked],
    )
    slopes = dict(zip(asked, map(slope, found), strict=True))
    rows = ([f"{value}", *(slopes[case, value] for case in cases)] for value in VALUES)
    return table(["`give_way_odds`", *(f"`{case}`" for case in cases)], rows)


def main() -> None:
    """Measure, and replace the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=100)
    histories, page = parser.parse_args().histories, PAGE.read_text(encoding="utf-8")
    with ProcessPoolExecutor() as pool:
        made = {"by odds": by_odds(histories, pool), "by value": by_value(histories, pool)}
    for name, text in made.items():
        part = re.compile(rf"(<!-- made: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        assert part.search(page), name
        page = part.sub(lambda found, text=text: f"{found[1]}\n{text}\n\n{found[2]}", page)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
