"""Writing a page so that the tables beside it are kept where that fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simulation.errors import RunError

PAGE = "report.html"


def attempt(write: Callable[[Path], object], folder: Path, name: str = PAGE) -> Exception | None:
    """Let the page of a folder be written; return what went wrong, if anything. Disk trouble is raised."""
    page = folder / name
    try:
        write(page)
    except OSError:
        raise
    except Exception as trouble:
        page.unlink(missing_ok=True)
        return trouble
    return None


def own_up(trouble: Exception | None, folder: Path) -> None:
    """Raise RunError where the page could not be made, once the tables are in their folder."""
    if trouble is not None:
        raise RunError(
            f"the tables are in {folder}, but the report could not be made: {trouble}"
        ) from trouble
