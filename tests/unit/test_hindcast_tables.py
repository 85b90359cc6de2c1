"""The tables of docs/hindcast.md are made from a scorecard by one command."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from code_map import ROOT

from simulation.scenario import load_scenario
from simulation.scoring.observables import Observable
from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow, score
from simulation.scoring.truth import TruthItem

PAGE = ROOT / "docs" / "hindcast.md"


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    return importlib.import_module("build_hindcast")


def observable(kind: Any, happened: float, **item: Any) -> Observable:
    return Observable(
        item=TruthItem(**item), kind=kind, label=f"Some {kind}", unit="day", value=happened, low=happened,
        high=happened, horizon=30,
    )  # fmt: skip


@pytest.fixture
def scored() -> Scorecard:
    draws = {
        observable("fall", 8, place=("P",), day=8): (np.repeat([8.0, 30.0], 50), np.full(100, 30.0)),
        observable("amount", 380, series="killed", by_day=3, value=380): (np.full(100, 400.0), None),
        observable("ending", 1, ending="truce"): (np.repeat([1.0, 0.0], [25, 75]), np.zeros(100)),
    }
    rows = [
        ScoreRow(
            observable=what,
            scores={MODEL: score(what, ours)} | ({} if calm is None else {"calm": score(what, calm)}),
        )
        for what, (ours, calm) in draws.items()
    ]
    return Scorecard(
        title="T", rows=tuple(rows), naive={"calm": ("calm", "so")}, not_scored=(), replicates=100, horizon=30
    )


def test_every_row_and_every_forecast_stands_in_the_tables(builder: ModuleType, scored: Scorecard) -> None:
    made = builder.tables(scored, "Made so.").splitlines()
    assert made[0].startswith("Made so. *Below*")
    assert [line for line in made if line.startswith("| ")] == [
        "| Measure | Happened | Middle history (9 of 10) | Below | The model | Calm |",
        "| --- | --- | --- | --- | --- | --- |",
        "| Some fall, day | 8 | 19 (8 to not) | 25.0 | **5.5** | 22 |",
        "| Some amount | 380 | 400 | 0.0 | 20 | \N{EN DASH} |",
        "| Some ending | yes | in 25 of 100 |  | **0.56** | 1 |",
        "| Measure | The model | Calm |",
        "| --- | --- | --- |",
        "| Some fall | 0.69 (50 of 100) | 5.31 (0 of 100) |",
        "| Some ending | 1.38 (25 of 100) | 5.31 (0 of 100) |",
    ]
    assert "Its 90 % intervals held 0 of 1." in made[-1]


def test_one_table_holds_the_model_and_every_forecast_of_every_case(
    builder: ModuleType, scored: Scorecard
) -> None:
    assert builder.all_cases({"First": scored, "Second": scored}).splitlines()[2:] == [
        "| First | The model | 1 of 2 | 1.03 |  |  |  |",
        "|  | calm | 0 of 1 | 5.31 (the model 1.03) | 2 of 2 | 0 | +0.59 |",
        "| Second | The model | 1 of 2 | 1.03 |  |  |  |",
        "|  | calm | 0 of 1 | 5.31 (the model 1.03) | 2 of 2 | 0 | +0.59 |",
    ]


def test_every_bundled_case_with_truth_has_its_place_in_the_page(builder: ModuleType) -> None:
    text = PAGE.read_text(encoding="utf-8")
    worlds = {file.parents[1] for file in (ROOT / "seeds").rglob("truth/*.yaml")}
    assert {Path(load_scenario(case).seeds).resolve() for case in builder.CASES} == worlds
    for name in (*builder.CASES, "all"):
        again = builder.replaced(text, name, "NEW")
        place = f"<!-- made: hindcast {name} -->"
        assert f"{place}\n\nNEW\n\n<!-- end -->" in again
        assert again.split(place, 1)[0] == text.split(place, 1)[0]
    assert "`python docs/build_hindcast.py`" in text
    with pytest.raises(ValueError, match="needs one"):
        builder.replaced("nothing", "aleppo", "NEW")
