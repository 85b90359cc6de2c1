"""The bundled scenarios teach: each has a lesson, its commands and YAML work, and each of a family differs."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import code_map
import pytest
import typer.main

import cli
from simulation.report.comparison import page as comparison
from simulation.report.lesson import afterwards, code_html, prediction, whole
from simulation.report.run.page import SECTIONS
from simulation.scenario import load_scenario
from simulation.scenario.archive import Archive
from simulation.scenario.catalogue import bundled_file, names
from simulation.scenario.digest import canonical
from simulation.scenario.lesson import CODE, Lesson
from simulation.scenario.lesson_steps import question_of, trials
from simulation.scenario.resolution import short_text
from simulation.scenario.scenario import Scenario
from simulation.scenario.variants import variants

ROOT = Path(__file__).parents[2]
FAMILY = {
    "aleppo": [
        "no-bombardment",
        "bombardment-2020",
        "bombardment-late",
        "allies-available",
        "allies-distracted",
        "truce-holds",
        "truce-fails",
        "deescalation-restored",
        "turkey-restrains",
        "fronts-quiet",
        "army-of-2015",
        "brittle-army",
        "claims-disbelieved",
        "aleppo-as-of-28-november",
        "aleppo-as-of-30-november",
        "allies-free-in-december",
    ],
    "two-valleys": ["two-valleys-ceasefire", "two-valleys-steady-guard"],
    "goma": ["goma-rwanda-believed", "goma-ceasefire", "goma-allies-fight"],
}
ALONE = {
    "aleppo",
    "aleppo-60-days",
    "aleppo-as-of-28-november",
    "aleppo-as-of-30-november",
    "duel",
    "two-valleys",
    "goma",
    "tripoli",
}
"""Those whose lesson begins with a run: runs of two lengths cannot be compared."""
MEMBERS = [(base, name) for base, members in FAMILY.items() for name in members]
ONLY_TOLD = {"title", "question", "lesson"}
ARCHIVE = Archive()
"""Reading is what takes long here."""
OPENING = {"What can be told apart, and what cannot"}
HEADINGS = {each.heading for each in (*SECTIONS, *comparison.SECTIONS)} | OPENING
RUN = "simulate "
SENTENCE = re.compile(r"(?<=[.?!:;])\s+")
QUOTED = re.compile(r'[Uu]nder ((?:"[^"]+"(?:,? and )?)+)')


@pytest.fixture(autouse=True)
def _files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{code_map.module(code_map.VARIANTS)}.Archive", lambda: ARCHIVE)


@cache
def loaded(name: str, *overrides: str) -> Scenario:
    return load_scenario(name, overrides, ARCHIVE)


def lesson(name: str) -> Lesson:
    found = loaded(name).lesson
    assert found is not None, f"{name} has no lesson of its own"
    return found


def test_the_bundled_scenarios_hold_the_three_bases_and_their_families() -> None:
    assert set(names()) >= {"aleppo", "duel", "two-valleys"} | {name for _, name in MEMBERS}


@pytest.mark.parametrize("name", names())
def test_every_bundled_scenario_has_a_title_a_question_and_a_lesson(name: str) -> None:
    scenario, told = loaded(name), lesson(name)
    assert scenario.title
    assert scenario.question.endswith("?")
    assert 3 <= len(told.notice) <= 4
    assert 2 <= len(told.attempts) <= 4
    assert "rite down" in told.predict
    run = "run" if name in ALONE else "compare"
    assert re.search(rf"`simulate {run} [\w -]*{name}`", " ".join(told.predict.split()))


@pytest.mark.parametrize("name", names())
def test_pupils_read_short_sentences(name: str) -> None:
    """Of 16 words on average, and none of over 34; what a colon or semicolon parts counts apart."""
    told = lesson(name)
    for texts in ((question_of(told),), told.notice, tuple(each.told for each in trials(told))):
        parts = [part for text in texts for part in SENTENCE.split(" ".join(CODE.sub("X", text).split()))]
        words = [len(part.split()) for part in parts]
        assert sum(words) / len(words) <= 16 and max(words) <= 34, max(parts, key=len)


@pytest.mark.parametrize("name", names())
def test_a_lesson_points_to_sections_that_reports_have(name: str) -> None:
    for text in lesson(name).notice:
        named = [each for group in QUOTED.findall(text) for each in re.findall(r'"([^"]+)"', group)]
        assert named, f"points to no section: {text}"
        assert set(named) <= HEADINGS


@pytest.mark.parametrize(("base", "name"), MEMBERS)
def test_a_member_of_a_family_differs_from_its_base_and_says_only_what_differs(base: str, name: str) -> None:
    there, here = canonical(loaded(base)), canonical(loaded(name))
    differing = {key for key in here if here[key] != there.get(key)} - ONLY_TOLD
    if "claims" in differing:
        differing -= {"inputs"}  # a number that rests on a claim follows it
    if "as_of" in differing:
        differing -= {"seeds"}  # the digest of the reports is part of theirs
    assert len(differing) == 1
    assert differing < {"inputs", "measures", "claims", "as_of"}
    text = (bundled_file(name) or Path()).read_text(encoding="utf-8")
    assert set(re.findall(r"^(\w+):", text, re.MULTILINE)) == ONLY_TOLD | {"extends"} | differing


@pytest.mark.parametrize(("base", "name"), MEMBERS)
def test_every_number_of_a_measure_has_a_source(base: str, name: str) -> None:
    assert all(measure.source for measure in loaded(name).measures)


def pieces(name: str) -> tuple[list[str], list[str]]:
    """Return the commands of a lesson and, for each item that has some, its YAML as one text."""
    found = [CODE.findall(text) for text in (lesson(name).predict, *lesson(name).attempts)]
    assert all(found), "an item without anything to type"
    commands = [code for item in found for code in item if code.startswith(RUN)]
    yaml = ["\n".join(code for code in item if not code.startswith(RUN)) for item in found]
    return commands, [text for text in yaml if text]


@pytest.mark.parametrize("name", names())
def test_the_commands_and_yaml_of_a_lesson_work(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands, yaml = pieces(name)
    for text in yaml:
        assert text.startswith("extends: ")
        Path("my.yaml").write_text(text, encoding="utf-8")
        assert load_scenario("my.yaml").digest != loaded(name).digest
    for command in commands:
        check_command(shlex.split(command)[1:])


def check_command(words: list[str]) -> None:
    """Read a command as the program would, up to the scenarios it would run."""
    group: Any = typer.main.get_command(cli.app)
    given = group.commands[words[0]].make_context(words[0], words[1:]).params
    overrides = given.get("overrides") or ()
    if words[0] == "compare":
        found = variants(given["files"], overrides, given["against"] or (), ablate=given["ablate"])
        assert len({each.scenario.digest for each in found}) == len(found) >= 2
    else:
        assert loaded(given["file"], *overrides).title


def test_a_lesson_is_not_inherited(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("extends: duel\ntitle: Mine\n", encoding="utf-8")
    assert load_scenario(file).lesson is None
    again = tmp_path / "again.yaml"
    again.write_text("extends: my.yaml\n", encoding="utf-8")
    assert load_scenario(again).lesson is None


def test_a_lesson_reads_well_on_a_terminal() -> None:
    text = short_text(load_scenario("truce-holds"))
    told = text[text.index("Predict before you run:") :]
    for heading in ("Notice:\n  - ", "Try:\n  - ", "Take home:\n  "):
        assert f"\n{heading}" in told
    plain = [line for line in told.splitlines() if "`" not in line]
    assert max(map(len, plain)) <= 88
    commands, _ = pieces("truce-holds")
    assert all(f"`{command}`" in told for command in commands)


def test_code_in_a_lesson_is_marked_and_everything_is_escaped() -> None:
    assert code_html("do `a < b` & see") == "do <code>a &lt; b</code> &amp; see"
    assert code_html("one ` alone") == "one ` alone"


def test_without_a_lesson_the_pages_show_none() -> None:
    assert prediction(None) == afterwards(None) == whole(None) == ""
    told = lesson("duel")
    assert whole(told).count("<h4>") == 4
    assert afterwards(told).count("<details>") == 3
    assert code_html(told.predict) in prediction(told)
    assert code_html(told.debrief) not in prediction(told)
