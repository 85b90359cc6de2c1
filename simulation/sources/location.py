"""Where the things of a seeds folder are written: the file, from the repository's root, and the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from simulation.documents import Seeds
from simulation.io.file_cache import FileCache
from simulation.io.origin import Origin, where
from simulation.io.yaml_file import YamlSource
from simulation.scenario.scenario import Scenario


class Locations:
    """Looks up file and line of actors' numbers, claims, sentences, forces, endings and places."""

    def __init__(self, scenario: Scenario, seeds: Seeds) -> None:
        """Take the lines from the files as they were read for the scenario."""
        files = scenario.archive.files
        self._scenario, self._seeds = scenario, seeds
        self._actors = files.yaml(seeds.folder / "actors.yaml")
        self._forces = files.yaml(seeds.folder / "laydown.yaml")
        self._endings = files.yaml(seeds.folder / "endings.yaml")
        self._claims = _claim_places(seeds.folder / "claims", files)

    def actor(self, index: int) -> str:
        """Return where an actor is written."""
        return _at(self._actors, ("actors", index))

    def quantity(self, index: int, name: str) -> str:
        """Return where a number of an actor is written."""
        return _at(self._actors, ("actors", index, "quantities", name))

    def force(self, index: int) -> str:
        """Return where a force of the laydown is written."""
        return _at(self._forces, ("forces", index))

    def ending(self, index: int) -> str:
        """Return where an ending is written."""
        return _at(self._endings, ("endings", index))

    def claim(self, name: str) -> str:
        """Return where a claim is written: in the seeds, or in the scenario that adds it."""
        return self._claims.get(name) or self._added(name)

    def sentence(self, document: str, number: str) -> str:
        """Return where a sentence of a document is written."""
        known = self._seeds.documents[document]
        return where(Origin(file=known.path, line=known.sentences[number].line))

    def edit(self, name: str) -> str:
        """Return where the scenario disbelieves a claim; empty where it does not."""
        for index, edit in enumerate(self._scenario.claim_edits):
            if edit.disbelieve == name:
                return spoken(self._scenario.origin.get(f"claims[{index}].disbelieve", ""))
        return ""

    def value(self, path: str) -> str:
        """Return where the scenario writes a value or its parts: each place once, the command line in words."""
        return origin_of(self._scenario, path)

    def _added(self, name: str) -> str:
        for index, edit in enumerate(self._scenario.claim_edits):
            if edit.add is not None and edit.add.get("id") == name:
                return self.value(f"claims[{index}].add.id")
        return ""


def origin_of(scenario: Scenario, path: str) -> str:
    """Return where a scenario writes a value or its parts, each place once."""
    inner = (f"{path}.", f"{path}[")
    found = [at for known, at in scenario.origin.items() if known == path or known.startswith(inner)]
    return ", ".join(_joined(dict.fromkeys(found)))


def _joined(origins: Iterable[str]) -> Iterator[str]:
    """Yield each origin in words, the lines of one file together: `scenarios/base.yaml:14-15`."""
    lines: dict[str, list[int]] = {}
    for origin in origins:
        file, _, line = origin.rpartition(":")
        if origin.startswith("--") or not (file and line.isdecimal()):
            yield spoken(origin)
        else:
            lines.setdefault(file, []).append(int(line))
    for file, numbers in lines.items():
        first, last = min(numbers), max(numbers)
        yield f"{file}:{first}" if first == last else f"{file}:{first}-{last}"


def spoken(origin: str) -> str:
    """Return an origin in words: an override is said to come from the command line."""
    return f"command line ({origin})" if origin.startswith("--") else origin


def _at(source: YamlSource, path: tuple[str | int, ...]) -> str:
    return where(Origin(file=source.path, line=source.line_of(path)))


def _claim_places(folder: Path, files: FileCache) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        source = files.yaml(path)
        for index, claim in enumerate(source.data["claims"]):
            found[claim["id"]] = _at(source, ("claims", index))
    return found
