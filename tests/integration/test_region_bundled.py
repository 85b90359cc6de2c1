"""The maps of the smaller wars are what `simulate region` draws from the labels and roads beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
BOXES = {"goma": "-2.75,28.2,-0.45,29.7", "tripoli": "31.85,12.1,33.1,15.25"}
"""As the README.md beside each map says."""
PROVINCES = {"Nord Kivu": "North Kivu", "Sha`biyat al ": ""}
"""What was corrected by hand."""


@pytest.mark.parametrize("case", BOXES)
def test_a_bundled_map_is_drawn_again_from_its_labels(case: str, tmp_path: Path) -> None:
    from simulation import build_region

    bundled = SEEDS / case / "region"
    assert f"--box={BOXES[case]} " in (bundled / "README.md").read_text(encoding="utf-8")
    given = {name: shutil.copy(bundled / f"{name}.csv", tmp_path) for name in ("labels", "roads")}
    done = build_region(BOXES[case], **given, towns_from=10_000_000, out=tmp_path / "again", report=False)
    for name in ("cells.csv", "places.csv", "governorates.csv"):
        text = (done.folder / name).read_text(encoding="utf-8")
        for before, after in PROVINCES.items():
            text = text.replace(before, after)
        assert text == (bundled / name).read_text(encoding="utf-8"), name
