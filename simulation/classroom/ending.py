"""The end of a lesson: the pooled run as a results folder, the guesses as a table, and one page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import numpy as np

from simulation.api.open_run import open_run
from simulation.api.run import Run, run
from simulation.classroom import views
from simulation.classroom.application import static_files
from simulation.classroom.room import Room
from simulation.errors import RunError
from simulation.results.manifest_head import MANIFEST
from simulation.results.whole_file import write_whole
from simulation.scenario.lesson_stage import Stage

PAGE, GUESSES = "class.html", "guesses.csv"


def write_results(room: Room, folder: Path, workers: int, names: bool) -> Path:
    """Write what a class takes home into a folder, and return its page; playing has to be closed.

    For each scenario that was played there is a results folder of its name, to the byte that of one plain run of as
    many histories, and every dot is compared with it: RunError where one differs.
    """
    room.player.finish()
    written = {}
    for choice, histories in enumerate(room.histories()):
        if histories:
            written[choice] = _run(room, choice, histories, folder, workers)
            _check(room, choice, written[choice])
    mark = '<meta name="generator" content="simulate classroom">'
    table, page = _table(room, names), _page(room, written, mark)
    (folder / GUESSES).write_text(table, encoding="utf-8", newline="")
    write_whole(folder / PAGE, lambda file: file.write_text(page, encoding="utf-8"), mark)
    return folder / PAGE


def _run(room: Room, choice: int, histories: int, folder: Path, workers: int) -> Run:
    scenario = room.plan.choices[choice].scenario
    place = folder / scenario.name
    if (place / MANIFEST).exists():
        found = open_run(place)
        if (found.manifest.replicates, found.manifest.scenario_digest) == (histories, scenario.digest):
            return found
    return run(scenario, replicates=histories, seed=room.plan.seed, workers=workers, out=place)


def _check(room: Room, choice: int, done: Run) -> None:
    """Compare every dot with the row of its history: RunError for one that is missing, twice, or another."""
    dots = {each.replicate: each for each in room.dots if each.choice == choice}
    names = list(done.manifest.endings)
    failed = {each.replicate for each in done.failed}
    rows = {int(row["replicate"]): row for row in done.outcomes.to_dict("records")}
    if set(dots) != set(rows) | failed or len(dots) != done.manifest.replicates:
        raise RunError(
            f"{done.folder}: the class has {len(dots)} dots for {done.manifest.replicates} histories"
        )
    for number, row in rows.items():
        found = dots[number].found
        same = bool(found) and names[int(found[0] or 0)] == row["ending"]
        for value, question in zip(found[1:], room.plan.questions, strict=True):
            if question.target.kind == "outcome" and value is not None:
                same = same and bool(np.isclose(value, row[question.target.name], rtol=1e-12, atol=0))
        if not same:
            raise RunError(f"{done.folder}: history {number} is not the one that the class has seen")


def _table(room: Room, names: bool) -> str:
    """Return all guesses as CSV, a row for each; nicknames only where they are asked for."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["seat", *(["nickname"] if names else []), "scenario", "question", "unit", "guess"])
    for (seat, choice, number), value in sorted(room.guesses.items()):
        if room.seats[seat].removed:
            continue
        question = room.plan.questions[number]
        who = [_harmless(room.seats[seat].nickname)] if names else []
        name = room.plan.choices[choice].name
        writer.writerow([seat, *who, name, question.target.label, question.unit, f"{value:.15g}"])
    return out.getvalue()


def _harmless(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@" else text


def _page(room: Room, written: Mapping[int, Run], mark: str) -> str:
    """Return the page: the lesson with all dots and guesses, in one file that needs no network."""
    files = {name: content.decode() for name, content in static_files().items()}
    data: dict[str, Any] = views.lesson(room) | {"stage": Stage.HOME, "guesses": views.all_guesses(room)}
    data["debrief"], data["dots"] = room.plan.lesson.debrief, [views.dot(each) for each in room.dots]
    links = [
        f'<li><a href="{escape(each.folder.name)}/report.html">{escape(each.scenario.title)}</a>: '
        f"{each.manifest.replicates:,} histories, as <code>simulate run {escape(each.scenario.name)} --replicates "
        f"{each.manifest.replicates} --seed {each.seed}</code> plays them</li>"
        for each in written.values()
    ]
    return Template(files["class.html"]).substitute(
        mark=mark,
        title=escape(room.plan.scenario.title),
        question=escape(room.plan.scenario.question),
        predict=escape(views.to_predict(room)),
        debrief=escape(room.plan.lesson.debrief),
        links="".join(links),
        style=files["class.css"],
        data=json.dumps(data).replace("<", "\\u003c"),
        script=files["figure.js"].replace("export ", "") + files["class.js"],
    )
