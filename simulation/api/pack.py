"""The library: a folder for a class that has no server, no network and nothing installed."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import arguments
from simulation.api.lesson import LessonKit, checked_lesson, lesson
from simulation.api.run import Run
from simulation.api.sweep import sweep
from simulation.io.output_path import output_path
from simulation.io.scratch_folder import scratch_folder
from simulation.outcomes.labels import INPUT_PREFIX, describe
from simulation.outcomes.targets import is_updated
from simulation.outcomes.variables import CIVILIAN_OUTCOMES
from simulation.results.whole_file import checked_file, write_whole
from simulation.scenario.catalogue import names
from simulation.scenario.inputs import Input
from simulation.statistics.rank_correlations import rank_correlations
from simulation.wording.notebook import one_line
from simulation.wording.phrases import number

if TYPE_CHECKING:
    from simulation.report.pack.what_if import Slider

USUAL, POINTS = 300, 100
"""Histories of each scenario of a lesson, and of each point of a what-if page, where nobody says otherwise."""
MOVED, MARKS = 3, (0.1, 0.5, 0.9)
"""How many inputs a what-if page moves, and at which quantiles of their draws."""
PUPILS, TEACHERS, INDEX, PLOTLY = "pupils", "teachers", "index.html", "plotly.js"


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A finished pack: the folder that pupils get, the one that they do not, and the lessons in them."""

    folder: Path
    lessons: tuple[str, ...]

    @property
    def pupils(self) -> Path:
        """The page that pupils open first."""
        return self.folder / PUPILS / INDEX

    @property
    def teachers(self) -> Path:
        """The page that teachers open first."""
        return self.folder / TEACHERS / INDEX

    def __repr__(self) -> str:
        """Return the folder on one line."""
        return one_line(self, f"of {len(self.lessons)} lessons in {self.folder}")

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        pages = {"pupils": str(self.pupils), "teachers": str(self.teachers)}
        return {"folder": str(self.folder), "lessons": list(self.lessons), **pages}

    def text(self) -> str:
        """Return what to do with the folder, for a terminal."""
        size = sum(each.stat().st_size for each in self.folder.rglob("*") if each.is_file())
        return (
            f"{len(self.lessons)} lessons in {self.folder}, {size / 1e6:.0f} MB.\n"
            f"Copy {self.folder / PUPILS} to a stick or a site: pupils open {INDEX}, with nothing installed.\n"
            f"Keep {self.folder / TEACHERS}: it has the answers.\n"
        )


def pack(
    lessons: Sequence[str] | str = (),
    *,
    out: str | Path = "pack",
    replicates: int | None = None,
    points: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    progress: bool = False,
) -> Pack:
    """Play lessons in advance and write a folder of pages that open from a stick: no server, no network.

    `lessons` are scenarios, all bundled ones when left out. Each is played with `replicates`
    histories (300). A lesson about a single run without reports also gets a what-if page over a grid of the three
    inputs that go most with how it ends, with `points` histories (100) at each point. Pages that are there and not
    ours are not replaced. InputError as from `lesson`, before anything is played.
    """
    chosen = arguments.texts("lessons", lessons) or names()
    folder = output_path(arguments.path("out", out))
    for place in (PUPILS, TEACHERS):
        checked_file(folder / place / INDEX, _mark("pack"))
    many = USUAL if replicates is None else arguments.whole_number("replicates", replicates, 1, 1_000_000)
    each_point = POINTS if points is None else arguments.whole_number("points", points, 1, 1_000_000)
    for name in chosen:
        checked_lesson(name)
    found = []
    with scratch_folder("simulate-pack-") as scratch:
        for name in dict.fromkeys(chosen):
            kit = lesson(
                name,
                replicates=many,
                seed=seed,
                workers=workers,
                out=scratch / Path(name).stem,
                progress=progress,
            )
            found.append(_packed(kit, folder, each_point, seed, workers))
            shutil.rmtree(kit.folder)
    _write_index(folder, found)
    return Pack(folder=folder, lessons=tuple(each.name for each in found))


def _packed(kit: LessonKit, folder: Path, points: int, seed: int, workers: int | None) -> Any:
    """Write the pages of a lesson, and return its entry in the index."""
    from simulation.report.pack.article import article_page
    from simulation.report.pack.frame import sharing_plotly
    from simulation.report.pack.index import Entry
    from simulation.report.pack.what_if import what_if_page

    name, world = kit.folder.name, kit.world
    place = folder / PUPILS / name
    speakers = {each.id: each.words for each in world.seeds.speakers.values()}
    article = article_page(world.seeds.documents.values(), world.seeds.claims.values(), speakers)
    report = sharing_plotly(kit.report.read_text(encoding="utf-8"), f"../{PLOTLY}")
    _write(place / "article.html", article, "pack")
    _write(place / "report.html", report, kit.command[0])
    _write(place / "worksheet.html", kit.worksheet.read_text(encoding="utf-8"), "lesson")
    _write(folder / TEACHERS / name / "teacher.html", kit.teacher.read_text(encoding="utf-8"), "lesson")
    pages = [
        ("What was reported", f"{name}/article.html"),
        ("Worksheet", f"{name}/worksheet.html"),
        ("Report, covered until you ask", f"{name}/report.html"),
    ]
    if isinstance(kit.done, Run) and not is_updated(kit.scenario) and (moved := _moved(kit.done)):
        _write(place / "what-if.html", what_if_page(_what_if(kit, moved, points, seed, workers)), "pack")
        pages.append(("What if?", f"{name}/what-if.html"))
    plan = None if kit.scenario.lesson is None else kit.scenario.lesson.plan
    return Entry(
        name=name,
        title=kit.scenario.title,
        question=kit.scenario.question,
        pages=tuple(pages),
        number=0 if plan is None else plan.number,
    )


def _moved(run: Run) -> dict[str, tuple[float, ...]]:
    """Return the inputs that go most with how a run ends, each with three of its values; {} without any.

    Pupils guess the endings, so an input counts by its rank correlations with them, each squared and weighed by the
    ending's variance over histories.
    """
    outcomes = run.results.outcomes
    inputs = [f"{INPUT_PREFIX}{name}" for name in run.world.scenario.inputs]
    columns = [each for each in inputs if each in outcomes and outcomes[each].nunique() > len(MARKS)]
    strength = dict.fromkeys(columns, 0.0)
    for ending in sorted(outcomes["ending"].unique()):
        ends = (outcomes["ending"] == ending).astype(float)
        for found in rank_correlations(outcomes.assign(ends=ends), columns, "ends"):
            strength[found.column] += found.value**2 * float(ends.var(ddof=0))
    first = sorted((name for name in columns if strength[name]), key=lambda column: -strength[column])[:MOVED]
    return {
        column.removeprefix(INPUT_PREFIX): tuple(
            float(f"{value:.3g}") for value in np.quantile(outcomes[column], MARKS)
        )
        for column in first
    }


def _what_if(
    kit: LessonKit, moved: dict[str, tuple[float, ...]], points: int, seed: int, workers: int | None
) -> Any:
    """Play the grid, and return what its page shows."""
    from simulation.report.pack.what_if import WhatIf
    from simulation.report.page_data import ending_texts

    scenario, endings = kit.scenario, ending_texts(kit.world)
    people = [each for each in CIVILIAN_OUTCOMES if each in _outcomes(kit)]
    done = sweep(
        kit.source,
        {f"inputs.{name}": values for name, values in moved.items()},
        outcomes=[*(f"ending.{each.id}" for each in endings), *people],
        replicates=points,
        seed=seed,
        workers=workers,
        out=kit.folder / "sweep",
        report=False,
    )
    return WhatIf(
        name=kit.folder.name,
        title=scenario.title,
        question=scenario.question,
        histories=points,
        sliders=[_slider(scenario.inputs[name], values) for name, values in moved.items()],
        endings=[_row(done.points, f"ending.{each.id}", each.label, 100.0) for each in endings],
        people=[_row(done.points, name, describe(name).label.capitalize(), 1.0) for name in people],
    )


def _outcomes(kit: LessonKit) -> tuple[str, ...]:
    assert isinstance(kit.done, Run)
    return kit.done.results.outcome_names


def _slider(known: Input, values: tuple[float, ...]) -> Slider:
    from simulation.report.pack.what_if import Slider

    unit = "" if known.unit == "1" else f" {known.unit.replace('1/day', 'a day')}"
    label = known.label or known.name.replace("_", " ")
    return Slider(
        path=f"inputs.{known.name}",
        settings=values,
        label=label[:1].upper() + label[1:],
        meaning=known.meaning,
        values=tuple(f"{number(each)}{unit}" for each in values),
    )


def _row(table: Any, outcome: str, label: str, factor: float) -> Any:
    from simulation.report.pack.what_if import Row

    rows = table[table["outcome"] == outcome].sort_values("point")
    numbers = {name: tuple((factor * rows[name]).round(6)) for name in ("value", "low", "high")}
    return Row(label=label, numbers=numbers["value"], low=numbers["low"], high=numbers["high"])


def _write_index(folder: Path, found: Sequence[Any]) -> None:
    from simulation.report.frame import plotly_script
    from simulation.report.pack.index import index_page

    _write(folder / PUPILS / PLOTLY, plotly_script(), "")
    _write(folder / PUPILS / INDEX, index_page(found), "pack")
    answers = [
        dataclasses.replace(each, pages=(("Plan and answers", f"{each.name}/teacher.html"),))
        for each in found
    ]
    _write(folder / TEACHERS / INDEX, index_page(answers, for_teachers=True), "pack")


def _write(path: Path, text: str, command: str) -> None:
    """Write a page; one of the same command is replaced, and nothing else."""
    write_whole(
        path, lambda place: place.write_text(text, encoding="utf-8"), _mark(command) if command else "plotly"
    )


def _mark(command: str) -> str:
    from simulation.report.frame import generator

    return generator(command)
