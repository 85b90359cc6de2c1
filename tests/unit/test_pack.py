"""What the what-if page of a pack moves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from simulation.api.pack import _moved


def test_a_what_if_page_moves_what_its_guesses_are_about() -> None:
    """Pupils guess the endings: what only goes with people in flight comes after all that goes with these."""
    random = np.random.default_rng(5)
    drawn = {f"input.{name}": random.random(400) for name in ("flight", "nerve", "odds", "guns", "luck")}
    score = drawn["input.nerve"] + drawn["input.odds"] + drawn["input.guns"]
    outcomes = pd.DataFrame(drawn).assign(
        case=range(400),
        ending=np.where(score > 1.8, "won", np.where(score < 1.2, "lost", "open")),
        end_day=30.0,
        displaced_peak=1000 * drawn["input.flight"],
    )
    scenario = SimpleNamespace(inputs=[name.removeprefix("input.") for name in drawn])
    run: Any = SimpleNamespace(
        results=SimpleNamespace(outcomes=outcomes), world=SimpleNamespace(scenario=scenario)
    )
    moved = _moved(run)
    assert set(moved) == {"nerve", "odds", "guns"}
    assert all(low < middle < high for low, middle, high in moved.values())
