"""The record of battles and the fights of the model are counted alike (docs/fights.md)."""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from simulation.model.registry import Process
from simulation.outcomes.events import Event

ROOT = Path(__file__).resolve().parents[2]
HEAD = "WINA,STRA,STRD,QUALA,SURPA,POST1,ATPBYR1"


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import battle_record

    return battle_record


@pytest.fixture
def fights(record: ModuleType) -> ModuleType:
    import build_fights

    return build_fights


def test_the_slope_is_the_logarithm_of_the_ratio_of_odds_for_each_e_fold(fights: ModuleType) -> None:
    """Exact for odds of two sizes; fights at odds below one to three have no say."""
    counts = {(100, False): 30, (100, True): 10, (300, False): 20, (300, True): 40, (20, True): 50}
    every = [
        fights.Fight(0, attackers, 100, 1, won) for (attackers, won), n in counts.items() for _ in range(n)
    ]
    slope = math.log(40 / 20 * 30 / 10) / math.log(3)
    error = math.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 40) / math.log(3)
    assert fights.slope(every) == f"{slope:.2f} ± {error:.2f}"


def test_odds_at_a_bound_belong_to_the_class_above(record: ModuleType) -> None:
    classes = record.class_of(np.array([0.1, 1 / 3, 0.9, 1.0, 1.49, 1.5, 3.0, 40.0])).tolist()
    assert classes == [0, 1, 2, 3, 3, 4, 5, 5]
    assert [record.class_words(k) for k in range(6)] == [
        "below 0.33", "0.33 to 0.67", "0.67 to 1.0", "1.0 to 1.5", "1.5 to 3.0", "3.0 or more",
    ]  # fmt: skip


def test_battles_without_a_known_end_or_strength_do_not_count(
    record: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = ("1,300,100", "-1,100,100", "1,100,200", "-1,300,150", "1,120,100", "-1,90,100")
    known = [
        f"{kind},{k // 3 - 1},{k % 2},{('HD', 'PD', 'FD')[k % 3]},1944" for kind in kinds for k in range(9)
    ]
    unknown = ["-9,100,100,0,0,HD,1944", "1,-1,100,0,0,HD,1944", "1,100,0,0,0,HD,1944"]
    file = tmp_path / "CDB90.csv"
    file.write_text("\n".join([HEAD, *known, *unknown]), encoding="latin1")
    monkeypatch.setattr("sys.argv", ["battle_record.py", str(file)])
    record.main()
    told = capsys.readouterr().out
    assert "all: 54 battles; won 0.50, lost 0.50" in told
    assert "0.33 to 0.67   0.167 of them; won 1.00 of 9" in told


def test_every_fight_has_two_sides_and_an_end(fights: ModuleType) -> None:
    found = fights.fights_of("two-valleys", 20)
    assert len(found) > 20
    assert all(f.attackers > 0 and f.defenders > 0 and f.ended >= f.began for f in found)
    assert {f.won for f in found} == {True, False}


def test_a_fight_lasts_from_the_first_to_the_last_who_stand_against_each_other(fights: ModuleType) -> None:
    from simulation.scenario import load_scenario
    from simulation.world.world import build_world

    driver = fights.CompiledDriver(build_world(load_scenario("two-valleys")), 0, 1)
    state, watcher = driver.state, fights.Fights(driver.state)
    attacks, defends = (
        int(np.flatnonzero(np.array(state.actors["bloc"]) == side)[0]) for side in watcher._sides
    )
    cell = int(np.flatnonzero(np.array(state.cells["control"]) == defends)[0])
    state.presence[cell] = 0

    def happens(time: float, attackers: int, defenders: int) -> None:
        state.presence[cell, attacks], state.presence[cell, defends] = attackers, defenders
        watcher.before(Process.CASUALTY, cell, time)
        fields = dict.fromkeys(Event._fields, -1) | {"time": time, "process": Process.CASUALTY, "cell": cell}
        watcher.after(Event(**fields))

    for step in enumerate([(0, 90), (30, 90), (60, 80), (50, 0), (50, 10), (0, 10)]):
        happens(float(step[0]), *step[1])
    won, lost = watcher.done
    assert (won.began, won.ended, won.attackers, won.defenders, won.won) == (1.0, 3.0, 60, 90, True)
    assert (lost.began, lost.ended, lost.attackers, lost.defenders, lost.won) == (4.0, 5.0, 50, 10, False)
    assert won.odds == pytest.approx(2 / 3)


def test_the_page_has_the_record_and_every_class(fights: ModuleType, record: ModuleType) -> None:
    page = fights.PAGE.read_text(encoding="utf-8")
    for number, told in enumerate(fights.RECORD):
        assert f"| {record.class_words(number)} | {told} |" in page
    assert sum(int(told.split(" of ")[1].rstrip(")")) for told in fights.RECORD) == 657
    assert sum(int(told.split("(")[1].split(" of ")[0]) for told in fights.RECORD) == 398
