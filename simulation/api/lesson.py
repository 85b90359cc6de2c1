"""The library: what a class needs for the lesson of a scenario, in a folder."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from simulation import arguments
from simulation.api import compare, run
from simulation.comparison.manifest import ComparisonManifest
from simulation.errors import InputError
from simulation.outcomes.targets import is_updated
from simulation.results.manifest import Manifest
from simulation.results.summary import answer
from simulation.results.whole_file import checked_file, write_whole
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.lesson_steps import PROGRAM, Command, own_command
from simulation.statistics.intervals import ending_shares
from simulation.wording.notebook import one_line
from simulation.world.world import World, build_world

WORKSHEET, TEACHER, PAGE, RUN = "worksheet.html", "teacher.html", "report.html", "run"
PLAYS = ("run", "compare")
Played = run.Run | compare.Compared


@dataclass(frozen=True, kw_only=True)
class LessonKit:
    """The folder of a lesson: worksheet, teacher's page, the covered report, and the run that it is about.

    `source` is the file or name that the scenario was read from.
    """

    folder: Path
    source: str | Path
    scenario: Scenario
    command: Command
    worksheet: Path
    teacher: Path
    report: Path
    done: Played

    @property
    def world(self) -> World:
        """The world of the run, or of the first scenario of a comparison."""
        return self.done.world if isinstance(self.done, run.Run) else self.done.reference

    @property
    def failed(self) -> tuple[Any, ...]:
        """The histories that failed."""
        return tuple(self.done.failed)

    @property
    def manifest(self) -> Manifest | ComparisonManifest:
        """What was asked of the run and what came of it."""
        return self.done.manifest

    def __repr__(self) -> str:
        """Return the folder on one line."""
        return one_line(self, str(self.folder))

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        pages = {"worksheet": self.worksheet, "teacher": self.teacher, "report": self.report}
        return {"folder": str(self.folder), **{name: str(page) for name, page in pages.items()}}

    def text(self) -> str:
        """Return what to do with the folder, for a terminal."""
        return (
            f"Print {self.worksheet} for each pupil and {self.teacher} for yourself, two sheets each.\n"
            f"Show {self.report}: what came of it is covered until you ask for it.\n"
        )


def lesson(
    scenario: str | Path,
    *,
    replicates: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    out: str | Path | None = None,
    progress: bool = False,
) -> LessonKit:
    """Play the command of a scenario's lesson and write what a class needs into a folder.

    The command is the last one in the lesson's `predict`, a `run` or `compare` with `--set` and `--days` at most. The
    folder, `lesson-<scenario>` when left out, gets the run in a folder of its own and three pages; pages that are
    not ours are not replaced. InputError for a scenario without a lesson or with another command.
    """
    found = (
        scenario
        if isinstance(scenario, str)
        else arguments.path("scenario", scenario, "a file or a bundled name")
    )
    loaded, command, play = checked_lesson(found)
    folder = Path(f"lesson-{Path(found).stem}") if out is None else arguments.path("out", out)
    for name in (WORKSHEET, TEACHER, PAGE):
        checked_file(folder / name, _mark(name, command))
    done = play(
        replicates=replicates, seed=seed, workers=workers, progress=progress, report=True, out=folder / RUN
    )
    pages = _pages(Path(found).stem, loaded, command, done)
    for name, page in pages.items():
        write_whole(folder / name, _writer(page), _mark(name, command))
    return LessonKit(
        folder=folder,
        source=found,
        scenario=loaded,
        command=command,
        worksheet=folder / WORKSHEET,
        teacher=folder / TEACHER,
        report=folder / PAGE,
        done=done,
    )


def checked_lesson(found: str | Path) -> tuple[Scenario, Command, Callable[..., Played]]:
    """Return a lesson's scenario, its command and what plays it; InputError as from `lesson`."""
    loaded = load_scenario(found)
    if loaded.lesson is None:
        raise InputError("has no lesson, so that there is nothing to print for a class", file=found)
    command = own_command(loaded.lesson)
    play = _player(command, found)
    if loaded.lesson.plan is not None:
        _check_answers(loaded, command, found)
    return loaded, command, play


def _player(command: Command, file: str | Path) -> Callable[..., Played]:
    """Return what plays a command: InputError for one that is not in a lesson's power."""
    asked = _parsed(command, file)
    overrides = [*asked.set, *([f"days={asked.days:.17g}"] if asked.days else [])]
    if asked.command == "run" and len(asked.scenarios) == 1:
        return lambda **more: run.run(asked.scenarios[0], overrides=overrides, **more)
    if asked.command == "compare":
        return lambda **more: compare.compare(asked.scenarios, overrides=overrides, **more)
    raise InputError(
        f"the lesson's command {' '.join((PROGRAM, *command))!r} runs more than one thing", file=file
    )


def _check_answers(scenario: Scenario, command: Command, file: str | Path) -> None:
    """Refuse answers that name numbers which the command cannot have, before anything is played: InputError."""
    from simulation.report.lesson_kit.answers import check_numbers

    assert scenario.lesson is not None and scenario.lesson.plan is not None
    asked = _parsed(command, file)
    check_numbers(
        scenario.lesson.plan,
        build_world(scenario),
        compares=asked.command == "compare",
        updated=is_updated(load_scenario(shlex.split(asked.scenarios[0])[0])),
    )


def _parsed(command: Command, file: str | Path) -> argparse.Namespace:
    class Reader(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            told = f"the lesson's `predict` has to end in a command such as `{PROGRAM} run NAME`, a run or a comparison"
            raise InputError(f"{told}: {message}", file=file)

    reader = Reader(prog=PROGRAM, add_help=False, allow_abbrev=False, exit_on_error=False)
    reader.add_argument("command", choices=PLAYS)
    reader.add_argument("scenarios", nargs="+")
    reader.add_argument("--set", action="append", default=[])
    reader.add_argument("--days", type=float)
    try:
        return reader.parse_args(command)
    except argparse.ArgumentError as error:
        reader.error(str(error))


def _pages(name: str, scenario: Scenario, command: Command, done: Played) -> dict[str, str]:
    from simulation.report.cover import covered
    from simulation.report.lesson_kit.subject import lesson_subject
    from simulation.report.lesson_kit.teacher import teachers_page
    from simulation.report.lesson_kit.worksheet import worksheet

    assert done.report is not None
    world = done.world if isinstance(done, run.Run) else done.reference
    runs = [("of 100", done.results)] if isinstance(done, run.Run) else _sides(done)
    comparison = None if isinstance(done, run.Run) else done.comparison
    subject = lesson_subject(name, scenario, world, command, runs, [_sentences(done)], comparison)
    return {
        WORKSHEET: worksheet(subject),
        TEACHER: teachers_page(subject),
        PAGE: covered(done.report.read_text(encoding="utf-8")),
    }


def _sides(done: compare.Compared) -> list[tuple[str, Any]]:
    return [*zip(done.comparison.names, done.comparison.runs, strict=True)]


def _sentences(done: Played) -> str:
    if isinstance(done, compare.Compared):
        return done.comparison.answer
    clauses = {ending.id: ending.within_sentence for ending in done.world.seeds.endings}
    return answer(ending_shares(done.results.columns("ending"), done.manifest.endings), clauses)


def _writer(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


def _mark(name: str, command: Command) -> str:
    from simulation.report.frame import generator

    return generator(command[0] if name == PAGE else "lesson")
