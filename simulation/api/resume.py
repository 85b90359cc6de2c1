"""The library: finish what was interrupted."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulation import arguments
from simulation.api.compare import Compared, play_comparison
from simulation.api.film import Film, play_film
from simulation.api.hindcast import Hindcast, play_hindcast
from simulation.api.manifests import manifest_in
from simulation.api.run import Run, play
from simulation.api.scored_scenario import ScoredScenario
from simulation.api.sensitivity import Sensitivity, play_study
from simulation.api.setup import Asked, Terms, asked_of, terms_of
from simulation.api.study_request import StudyRequest
from simulation.api.sweep import Sweep, play_sweep
from simulation.comparison.manifest import ComparisonManifest
from simulation.comparison.scenario_folders import variants_in
from simulation.errors import InputError
from simulation.io.output_path import real_path
from simulation.parameter_study.manifest import SweepManifest
from simulation.results.leftovers import clear_left
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST
from simulation.results.opening import check_engine
from simulation.results.packed_inputs import SCENARIO
from simulation.results.unfinished import REQUEST, is_unfinished, results_of
from simulation.scenario import load_scenario
from simulation.scoring.film_manifest import FilmManifest
from simulation.sensitivity_analysis.manifest import StudyManifest

if TYPE_CHECKING:
    from distributed import Client


def resume(
    folder: str | Path,
    *,
    workers: int | None = None,
    client: Client | None = None,
    parts: str | Path | None = None,
    report: bool = True,
    progress: bool = False,
) -> Run | Compared | Sensitivity | Hindcast | Sweep | Film:
    """Finish what lies in an unfinished folder, `NAME.unfinished`, or the one beside the results `NAME`; return it.

    Only the histories that are not in it are played; the tables are those of a command that was never interrupted, to
    the byte. They go where they were to go, and the unfinished folder is removed. InputError for another folder, for
    one that another process works on or that another engine began, and as in the function that began; RunError for a
    full disk.
    """
    place = arguments.path("folder", folder)
    terms = terms_of(
        seed=0, workers=workers, client=client, out=None, report=report, progress=progress, parts=parts
    )
    beside = place.with_name(f"{place.name}.unfinished")
    place = beside if is_unfinished(beside) and not is_unfinished(place) else place
    if not is_unfinished(place):
        raise InputError(_why_not(place), file=place)
    request = manifest_in(place, REQUEST)
    check_engine(request, place, "resume plays histories")
    if terms.sharing is not None and request.kind != "run":
        raise InputError(f"parts can be shared of a run alone, and this is a {request.kind}", file=place)
    name = results_of(place)
    if name is None:
        message = "its name must end in .unfinished, before which is the name of the results; rename it"
        raise InputError(message, file=place)
    terms = dataclasses.replace(
        terms,
        seed=request.seed,
        place=None if name.name == request.folder_name else name,
        within=place.parent,
        unfinished=place,
    )
    return ON[request.kind](place, request, terms)


def _why_not(folder: Path) -> str:
    """Return why there is nothing to finish in a folder: it is finished already, or no unfinished one."""
    done = results_of(folder)
    if done is not None and (done / MANIFEST).is_file():
        clear_left(real_path(folder).parent)
        return f"is finished already: the results are in {done}"
    return f"not an unfinished folder: it has no {REQUEST}"


def _run(folder: Path, request: Manifest, terms: Terms) -> Run:
    return play(load_scenario(folder / SCENARIO), _asked(request, terms))


def _comparison(folder: Path, request: ComparisonManifest, terms: Terms) -> Compared:
    return play_comparison(variants_in(folder, request), _asked(request, terms))


def _study(folder: Path, request: StudyManifest, terms: Terms) -> Sensitivity:
    return play_study(load_scenario(folder / SCENARIO), StudyRequest.of(request), terms)


def _hindcast(folder: Path, request: Manifest, terms: Terms) -> Hindcast:
    return play_hindcast(_scored(folder, request.truth, _asked(request, terms)))


def _film(folder: Path, request: FilmManifest, terms: Terms) -> Film:
    asked = _asked(request, terms)
    return play_film([_scored(folder / name, request.truth, asked) for name in request.folders])


def _scored(folder: Path, truth: Sequence[str], asked: Asked) -> ScoredScenario:
    files = [folder / name for name in truth]
    return ScoredScenario(file=folder / SCENARIO, settings=(), truth=files, asked=asked)


def _sweep(folder: Path, request: SweepManifest, terms: Terms) -> Sweep:
    every = [load_scenario(folder / name / SCENARIO) for name in request.folders]
    base = load_scenario(folder / SCENARIO)
    return play_sweep(base, every, request.design, request.outcomes, request.replicates, terms)


def _asked(request: Manifest | ComparisonManifest | FilmManifest, terms: Terms) -> Asked:
    stopping = request.stopping
    return asked_of(
        terms,
        request.replicates,
        until=stopping.until if stopping else (),
        most=stopping.most if stopping else None,
        first=request.first_replicate if isinstance(request, Manifest) else 0,
        sequential=request.asked_sequential,
    )


ON: Final[Mapping[str, Callable[[Path, Any, Terms], Run | Compared | Sensitivity | Hindcast | Sweep | Film]]] = {
    "run": _run, "comparison": _comparison, "sensitivity": _study, "hindcast": _hindcast,
    "sweep": _sweep, "film": _film,
}  # fmt: skip
"""How each kind is gone on with."""
