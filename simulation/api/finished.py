"""The library: what a finished result of any kind can do in a notebook: draw its figures, and be kept elsewhere."""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.errors import InputError
from simulation.io.pydantic_messages import nearest
from simulation.results.file_record import check_file
from simulation.results.manifest_head import ManifestHead
from simulation.results.publication import Publication

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from simulation.report.figures import Drawn


class Finished:
    """What lies whole in a results folder and has a page with figures."""

    if TYPE_CHECKING:

        @property
        def folder(self) -> Path:
            """The results folder."""

        @property
        def manifest(self) -> ManifestHead:
            """What was made, with what and when, and a record of every file."""

    def _drawn(self) -> dict[str, Drawn]:
        """Return the figures of the page by name."""
        raise NotImplementedError

    @cached_property
    def _figures(self) -> dict[str, Drawn]:
        return self._drawn()

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the figures that `plot` draws, in the order of the page."""
        return tuple(self._figures)

    def plot(self, name: str | None = None) -> Figure:
        """Return a figure of the page, the first when no name is given, as a plotly figure with its title.

        InputError for a name that is not among `figures`. Maps, which plotly does not draw, are on the page alone.
        """
        known = self._figures
        if not known:
            raise InputError("there is no figure: nothing in these histories differs enough to be drawn")
        asked = next(iter(known)) if name is None else arguments.text("name", name)
        if asked not in known:
            listed = ", ".join(known)
            raise InputError(f"there is no figure '{asked}', but {listed}{nearest(asked, known)}")
        return known[asked].figure()

    def save(self, folder: str | Path) -> Path:
        """Copy the results folder, so that `open_results` (of a run also `open_run`) finds it there; return the copy.

        InputError for a place that holds something else, and for a file that is not as it was written; RunError for
        a full disk.
        """
        place: Publication[Any] = Publication(self.manifest, arguments.path("folder", folder))
        with place:
            for name in self.manifest.files:
                check_file(self.folder, name, self.manifest.files)
                copy = place.working / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.folder / name, copy)
            place.seal(self.manifest)
        return place.folder
