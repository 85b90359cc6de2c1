"""What drives a duel after a report: shares of variance against exact ones, by the master equation; |z| <= 4."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import linalg

from simulation import open_results, sensitivity

RED, BLUE, TIME, LEFT, TRUST = 8, 7, 0.3, 4, 0.9
RATES = (0.5, 1.0, 2.0)
REPORT = f"fighters_present.blue <= {LEFT} trust {TRUST} @ {TIME}"
WEIGHTS = "weights: [0.25, 0.5, 0.25]"
SETTINGS = [
    f"inputs.red_fighters={RED}",
    f"inputs.blue_fighters={BLUE}",
    *(
        f"inputs.{side}_kill_rate={{dist: choice, values: [0.5, 1.0, 2.0], {WEIGHTS}, source: made up}}"
        for side in ("red", "blue")
    ),
]
PRIOR = np.array([0.25, 0.5, 0.25])


def heard(a: float, b: float) -> tuple[float, float]:
    """Return for two rates the chance of the report, and of the report and that red wins."""
    wide = BLUE + 1
    rates, win = np.zeros(((RED + 1) * wide,) * 2), np.zeros((RED + 1, wide))
    win[1:, 0] = 1
    for x in range(1, RED + 1):
        for y in range(1, BLUE + 1):
            here, hit = x * wide + y, a * x / (a * x + b * y)
            rates[here, here - 1], rates[here, here - wide] = a * x, b * y
            rates[here, here] = -a * x - b * y
            win[x, y] = hit * win[x, y - 1] + (1 - hit) * win[x - 1, y]
    there = linalg.expm(TIME * rates)[-1].reshape(win.shape)
    said = there * np.where(np.arange(wide) <= LEFT, TRUST, 1 - TRUST)
    return float(said.sum()), float((said * win).sum())


def exact() -> dict[str, float]:
    """Return the share of each rate in the variance of a win, given the report."""
    both = np.array([[heard(a, b) for b in RATES] for a in RATES]) * np.outer(PRIOR, PRIOR)[:, :, None]
    both /= both[:, :, 0].sum()
    chance = both[:, :, 1].sum()
    found = {}
    for name, axis in (("red_kill_rate", 1), ("blue_kill_rate", 0)):
        said, won = both.sum(axis=axis).T
        found[name] = float((said * (won / said - chance) ** 2).sum() / (chance * (1 - chance)))
    return found


@pytest.mark.parametrize("sequential", [False, True])
def test_a_study_on_a_report_has_the_exact_shares(sequential, tmp_path):
    number = 600 if sequential else 2500
    done = sensitivity(
        "duel", overrides=SETTINGS, given=REPORT, histories=number, outcomes="ending.red_wins", report=not sequential,
        sequential=sequential, out=tmp_path / "study",
    )  # fmt: skip
    study, due = done.study, exact()
    assert (study.method, study.troubles) == ("given", {})
    assert 300 < study.effective < number + 1
    rows = study.tables["first_order"].set_index("input")
    for name, share in due.items():
        error = (rows.loc[name, "high"] - rows.loc[name, "low"]) / (2 * 1.96)
        assert abs(rows.loc[name, "share"] - share) <= 4 * error, (
            f"{name}: {rows.loc[name]}, exactly {share:.3f}"
        )
    assert open_results(done.folder).text() == done.text()
    if not sequential:
        page = done.report.read_text(encoding="utf-8")
        assert "given what was reported" in page and "Chance against ignorance" not in page
        assert f"worth {study.effective:,.0f} after the reports" in done.text()
