"""The section that shows how an estimate settled: panels, bands, and the sentence on why a run stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fakes import fake_material, write_fake

from simulation.report.run.convergence import settling_section
from simulation.results.convergence import marks, running_endings, running_targets
from simulation.results.folder import Results
from simulation.results.stopping_rule import StoppingRecord, TargetState

STOPPING = StoppingRecord(
    until=("ending.truce:0.1", "outcome.civilians_killed:50", "place.Hama:0.1"),
    first=100,
    most=400,
    histories=120,
    reached=(TargetState(target="ending.truce", asked=0.1, value=0.2, low=0.11, high=0.29),),
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return write_fake(tmp_path_factory.mktemp("settling") / "run", replicates=120)


def test_marks_grow_to_the_end() -> None:
    assert marks(5).tolist() == [5] and marks(12).tolist() == [10, 11, 12]
    assert marks(1000)[-1] == 1000 and (np.diff(marks(1000)) > 0).all()


def test_every_ending_that_occurred_has_a_panel_that_ends_at_its_share(plain: Results) -> None:
    shares = plain.outcomes["ending"].astype(str).value_counts(normalize=True)
    panels = running_endings(plain)
    assert {(panel.kind, panel.name) for panel in panels} == {("ending", name) for name in shares.index}
    for panel in panels:
        assert panel.value[-1] == pytest.approx(100 * shares[panel.name])
        assert ((panel.low <= panel.value) & (panel.value <= panel.high)).all()
        assert panel.high[-1] - panel.low[-1] < panel.high[0] - panel.low[0]


def test_targets_have_the_intervals_of_the_rule(plain: Results) -> None:
    ending, outcome, place = running_targets(plain, STOPPING)
    assert outcome.value[-1] == pytest.approx(plain.outcomes["civilians_killed"].mean())
    assert outcome.high[0] == np.inf and np.isfinite(outcome.high[-1])
    assert ending.numbers[-1] == place.numbers[-1] == 120
    assert outcome.unit == "people" and place.unit == "histories out of 100"
    assert place.words({}) == "Hama has fallen by the end"


def test_the_section_says_why_it_stopped(tmp_path: Path) -> None:
    html = settling_section(fake_material(write_fake(tmp_path / "run", replicates=120, stopping=STOPPING)))
    assert "This run stopped at 120 histories: the 95 % interval of ending.truce is 0.2000 ± 0.09" in html
    assert html.count('class="plot"') == 3 and "Infinity" not in html and "NaN" not in html


def test_one_history_has_nothing_to_settle(tmp_path: Path) -> None:
    assert "no estimate to settle" in settling_section(
        fake_material(write_fake(tmp_path / "run", replicates=1))
    )
