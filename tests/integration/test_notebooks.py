"""The notebooks of the documentation run, and show in each cell one thing at most."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

DOCS = Path(__file__).parents[2] / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_as_it_stands(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    from build_notebooks import executed, tidy

    stored, ran = nbformat.read(path, as_version=4), tidy(executed(path))
    assert [len(cell.get("outputs", ())) for cell in ran.cells] == [
        len(cell.get("outputs", ())) for cell in stored.cells
    ]
    assert all(len(cell.get("outputs", ())) <= 1 for cell in ran.cells)
    shown = {name for cell in ran.cells for each in cell.get("outputs", ()) for name in each.get("data", ())}
    assert {"text/html", "application/vnd.plotly.v1+json"} <= shown
    assert path.stat().st_size < 200_000, "more than a reader wants to load"
