"""Run the notebooks in docs/notebooks again and store what they show.

`python docs/build_notebooks.py [NAME…]`, with the packages of `.[dev]`. Results folders go to a temporary place. What
depends on the machine or the hour (progress, notices, counters of cells) is not stored.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "docs" / "notebooks"
SECONDS = 300
"""After which a cell is given up; the first history of a version waits for compiling."""


def executed(path: Path) -> Any:
    """Return a notebook with its cells run in order in a folder of their own; nbclient's error where one fails."""
    notebook = nbformat.read(path, as_version=4)
    # Figures as data: as HTML each would carry all of plotly.
    os.environ.setdefault("PLOTLY_RENDERER", "plotly_mimetype")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": folder}}
        )
        client.execute()
    return notebook


def tidy(notebook: Any) -> Any:
    """Return a notebook without what another machine or another hour would show otherwise."""
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [each for each in cell.outputs if each.get("name") != "stderr"]
    return notebook


def main() -> int:
    """Run the notebooks that are named, or all, and write them."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        if not sys.argv[1:] or path.stem in sys.argv[1:]:
            nbformat.write(tidy(executed(path)), path)
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
