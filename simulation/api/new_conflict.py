"""The library: begin a conflict of one's own from an article and a box."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation import arguments
from simulation.documents.actor import read_actors
from simulation.errors import InputError
from simulation.io.file_cache import FileCache
from simulation.io.output_path import output_path
from simulation.wording.notebook import one_line

LABELS, ACTORS, LAYDOWN, ENDINGS, QUESTIONS = (
    "labels.csv", "actors.yaml", "laydown.yaml", "endings.yaml", "QUESTIONS.md",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NewConflict:
    """The folder of a conflict that is being made: what was drafted now, and what a person has to do next."""

    folder: Path
    made: tuple[Path, ...]
    todo: tuple[str, ...]

    def __repr__(self) -> str:
        """Return the folder on one line."""
        return one_line(self, str(self.folder))

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        return {
            "folder": str(self.folder),
            "made": [str(each) for each in self.made],
            "todo": list(self.todo),
        }

    def text(self) -> str:
        """Return what was drafted and what is to do, for a terminal."""
        made = (
            "".join(f"drafted  {each}\n" for each in self.made)
            or "nothing was missing that can be drafted now\n"
        )
        return f"{made}\nNext:\n" + "".join(f"  {k}. {each}\n" for k, each in enumerate(self.todo, 1))


def new_conflict(
    folder: str | Path,
    article: str | Path | None = None,
    box: str | Sequence[float] | None = None,
    *,
    actors: str | Path | None = None,
    labels: str | Path | None = None,
    country: str | Sequence[str] = (),
    title: str = "",
    source: str = "",
    day: str = "",
) -> NewConflict:
    """Draft what a conflict of one's own needs and is not there yet; nothing that is there is touched.

    The first time `article`, plain text, and `box`, S,W,N,E in degrees, are needed: they give the document, the
    skeleton of actors.yaml and labels.csv. When who holds what is filled in there (or given as `labels`, and the
    parties as `actors`), the next time gives region, claims, laydown, endings, the scenario and questions. Every
    drafted line is marked, and no world is built from one. `day` is the day of the article. InputError for what cannot
    be used, and where the extras `draft` and `region` are not installed.
    """
    place = output_path(arguments.path("folder", folder))
    work = _Work(place, tuple(arguments.texts("country", country)))
    if not (place / "documents").is_dir():
        if article is None or box is None:
            raise InputError(
                "a new conflict begins with an article and a box: --article FILE --box S,W,N,E", file=place
            )
        work.begin(
            arguments.path("article", article),
            box,
            _path("actors", actors),
            _path("labels", labels),
            title,
            source,
            day,
        )
    return work.go_on()


def _path(name: str, given: str | Path | None) -> Path | None:
    return None if given is None else arguments.path(name, given)


class _Work:
    """The steps in their order; each writes a file that is not there."""

    def __init__(self, folder: Path, country: Sequence[str]) -> None:
        self.folder, self.country = folder, country
        self.made: list[Path] = []

    def begin(
        self, article: Path, box: str | Sequence[float], actors: Path | None, labels: Path | None,
        title: str, source: str, day: str,
    ) -> None:  # fmt: skip
        """Write document, actors and labels."""
        from simulation.drafting.parser import parsed
        from simulation.drafting.text import read_text
        from simulation.new_conflict.actors_file import actors_text
        from simulation.new_conflict.document_file import document_text
        from simulation.new_conflict.labels_file import box_line, labels_text
        from simulation.new_conflict.parties import candidates
        from simulation.region_building.box import box_of
        from simulation.region_building.gazetteer import nations, towns_in

        text = read_text(article, day)
        if not text.day:
            raise InputError("no day of the article is known: say it with --date 2024-11-28", file=article)
        area = box_of(box)
        towns = towns_in(area)
        if actors is not None:
            read_actors(actors, FileCache())
        docs = parsed(text.sentences.values())
        found = candidates(docs, {town.name for town in towns}, {nation.name for nation in nations()})
        listed = labels_text(area, text, towns) if labels is None else box_line(area) + _content(labels)
        told = title or next(line.strip() for line in _content(article).splitlines() if line.strip())[:120]
        document = document_text(text, told, source or "say who published it, and when")
        self._write(f"documents/{text.day}-{self.folder.name}.md", lambda: document)
        self._write(ACTORS, lambda: _content(actors) if actors is not None else actors_text(found))
        self._write(LABELS, lambda: listed)

    def go_on(self) -> NewConflict:
        """Draft what can be drafted now, and say what is to do."""
        from simulation.drafting.names import read_parties

        parties = {each.id: each.short for each in read_parties(self.folder)}
        holders = self._holders(parties)
        if len(holders) < 2:
            return self._stopped(
                f"Correct {self.folder / ACTORS}: names, aliases, kinds; remove who is no party.",
                f"Say in {self.folder / LABELS} who held which place: the column control, with two actors at least.",
                f"Run `simulate new {self.folder}` again: it drafts the rest.",
            )
        region = self._region()
        (document,) = sorted((self.folder / "documents").glob("*.md"))[:1]
        drafts, asked = self._claims(document)
        self._from_sides(region, drafts, parties)
        name = self.folder.name
        self._scenario(name, document, asked)
        return self._stopped(
            f"Look at {self.folder / 'region' / 'region.html'} and correct {LABELS}; its foot says how to draw it "
            "again.",
            f"Answer {self.folder / QUESTIONS}, and read every line that is marked as a draft.",
            f"simulate validate {self.folder / name}.yaml lists the marks that are left.",
            f"simulate check {self.folder / name}.yaml says what was understood.",
            f"simulate run {self.folder / name}.yaml -n 100 --open",
        )

    def _holders(self, parties: dict[str, str]) -> set[str]:
        rows = FileCache().rows(self.folder / LABELS, ["name", "control"])
        holders = {each.strip() for each in rows.columns["control"]} - {""}
        if unknown := sorted(holders - set(parties)):
            known = ", ".join(parties)
            raise InputError(
                f"no actor is called '{unknown[0]}'; there are {known}", file=self.folder / LABELS
            )
        return holders

    def _region(self) -> Any:
        from simulation.api.build_region import build_region
        from simulation.new_conflict.labels_file import box_in
        from simulation.region import load_region

        place = self.folder / "region"
        if place.is_dir():
            return load_region(place)
        box = box_in(_content(self.folder / LABELS))
        if not box:
            raise InputError("the line '# box: S,W,N,E' is missing", file=self.folder / LABELS)
        done = build_region(box, self.folder / LABELS, country=self.country, name=self.folder.name, out=place)
        self.made.append(place)
        return done.region

    def _claims(self, document: Path) -> tuple[list[Any], tuple[str, ...]]:
        """Draft the claims; return them, and the questions of the text."""
        from simulation.drafting import draft_claims

        found = draft_claims(document, self.folder)
        self._write(f"claims/{document.stem}.yaml", lambda: found.text)
        return [line.draft for line in found.lines], found.questions

    def _from_sides(self, region: Any, drafts: Sequence[Any], parties: dict[str, str]) -> None:
        from simulation.new_conflict.endings_file import endings_text
        from simulation.new_conflict.laydown_file import laydown_text
        from simulation.new_conflict.sides import sides_of

        sides = sides_of(region.places, drafts)
        self._write(LAYDOWN, lambda: laydown_text(sides))
        self._write(ENDINGS, lambda: endings_text(sides, parties))

    def _scenario(self, name: str, document: Path, asked: tuple[str, ...]) -> None:
        from simulation.documents.document import read_document
        from simulation.new_conflict.scenario_file import questions_text, scenario_text

        read = read_document(document, FileCache())
        self._write(f"{name}.yaml", lambda: scenario_text(read.title, read.date))
        self._write(QUESTIONS, lambda: questions_text(name, asked))

    def _write(self, name: str, text: Callable[[], str]) -> None:
        """Write a file unless it is there: somebody may have corrected it."""
        file = self.folder / name
        if file.exists():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(), encoding="utf-8")
        self.made.append(file)

    def _stopped(self, *todo: str) -> NewConflict:
        return NewConflict(folder=self.folder, made=tuple(self.made), todo=todo)


def _content(file: Path) -> str:
    from simulation.io.text_file import text_of

    return text_of(file, most_bytes=10_000_000, kind="a text")
