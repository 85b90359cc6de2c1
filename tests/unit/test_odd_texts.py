"""Odd texts in the files of a world: two forms of one name, unseen characters, pipes, and very long names."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from simulation.errors import InputError
from simulation.scenario import load_scenario
from simulation.scenario.resolution import resolved_text

ROOT = Path(__file__).parents[2]
SCENARIO = "extends: two-valleys\nseeds: seeds\nregion: seeds/region\n"
APART, WHOLE = "Larche\u0301", "Larch\u00e9"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Return a folder with the two valleys and a scenario of them."""
    shutil.copytree(ROOT / "seeds" / "two_valleys", tmp_path / "seeds")
    (tmp_path / "x.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def refusal(world: Path) -> str:
    """Return the sentence with which `validate` refuses the scenario, without the folder's name."""
    done = CliRunner().invoke(cli.app, ["validate", str(world / "x.yaml")])
    assert (done.exit_code, done.stdout) == (2, "")
    return done.stderr.replace(f"{world}/", "").rstrip("\n")


def swap(file: Path, old: str, new: str, times: int = -1) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, times), encoding="utf-8")


def test_a_name_in_two_forms_is_one_name(world: Path) -> None:
    swap(world / "seeds/region/places.csv", "Larch,", f"{APART} ,")
    for file in ("laydown.yaml", "endings.yaml", "claims/valley-courier.yaml", "actors.yaml"):
        text = (world / "seeds" / file).read_text(encoding="utf-8")
        (world / "seeds" / file).write_text(text.replace("Larch", WHOLE), encoding="utf-8")
    (world / "x.yaml").write_text(
        f"{SCENARIO}measures: [{{reinforcement: {{of: river_council, fighters: 9, at: {WHOLE}, from_day: 1}}}}]\n",
        encoding="utf-8",
    )
    scenario = load_scenario(world / "x.yaml", overrides=[f"measures[0].reinforcement.at={APART}"])
    assert dict(scenario.measures[0])["at"] == WHOLE
    assert WHOLE in {place.name for place in scenario.archive.region(scenario.region).places}


@pytest.mark.parametrize("command", [("show",), ("show", "--resolved"), ("show", "--json")])
def test_what_moves_letters_is_escaped_and_read_again(world: Path, command: tuple[str, ...]) -> None:
    title = "a\u202eb\u2066c\u200bd \u0645\u06cc\u200c\u062e\ufeff"
    (world / "x.yaml").write_text(f'{SCENARIO}title: "{title}"\n', encoding="utf-8")
    printed = CliRunner().invoke(cli.app, [command[0], str(world / "x.yaml"), *command[1:]]).stdout
    assert r"a\u202eb\u2066c\u200bd" in printed
    assert not set("\u202e\u2066\u200b\ufeff") & set(printed)
    scenario = load_scenario(world / "x.yaml")
    (world / "y.yaml").write_text(resolved_text(scenario, world), encoding="utf-8")
    again = load_scenario(world / "y.yaml")
    assert (again.title, again.digest) == (title, scenario.digest)


def test_a_line_break_in_the_name_of_a_file_breaks_no_line(world: Path) -> None:
    odd = (world / "x.yaml").rename(world / "x\n\x1b[31m.yaml")
    scenario = load_scenario(odd)
    (world / "y.yaml").write_text(resolved_text(scenario, world), encoding="utf-8")
    assert load_scenario(world / "y.yaml").digest == scenario.digest


@pytest.mark.parametrize(
    ("short", "message"),
    [
        ('"\\u202eLeague"', "a name cannot hold U+202E RIGHT-TO-LEFT OVERRIDE, which nobody sees"),
        ('"Lea\\ngue"', "a name cannot hold U+000A, which nobody sees"),
        ("L" * 100_000, "must have at most 200 letters, not 100,000"),
    ],
    ids=["override", "line break", "long"],
)
def test_a_name_that_cannot_be_shown_is_refused(world: Path, short: str, message: str) -> None:
    swap(world / "seeds/actors.yaml", "short: League", f"short: {short}")
    assert refusal(world).endswith(f"actors[0].short: {message}")


@pytest.mark.parametrize(
    "name",
    [
        "actors.yaml",
        "more.yaml",
        "claims/more.yaml",
        "documents/more.md",
        "region/cells.csv",
        "region/more.csv",
        "../x.yaml",
    ],
)
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (os.mkfifo, "not an ordinary file"),
        (lambda file: file.symlink_to("/dev/zero"), "not an ordinary file"),
        (lambda file: file.symlink_to(file), "Too many levels of symbolic links"),
        (lambda file: file.symlink_to("nowhere"), "there is no such file"),
        (lambda file: file.mkdir(), "a folder, not a"),
        (lambda file: file.open("wb").truncate(10**12), "the file is over"),
    ],
    ids=["pipe", "device", "loop", "link to nothing", "folder", "a terabyte of nothing"],
)
def test_what_is_no_ordinary_file_is_named_and_never_waited_for(
    world: Path, name: str, make: object, message: str
) -> None:
    file = (world / "seeds" / name).resolve()
    file.unlink(missing_ok=True)
    make(file)  # type: ignore[operator]
    with pytest.raises(InputError) as caught:
        load_scenario(world / "x.yaml").digest  # noqa: B018
    assert f"{file.name}: " in str(caught.value) and message in str(caught.value)


def test_ten_thousand_places_are_read(world: Path) -> None:
    with (world / "seeds/region/places.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"P{k},0.02,0.02,village,0,West Valley,0,river_council\n" for k in range(10_000))
    (world / "x.yaml").write_text(
        f"{SCENARIO}measures: [{{reinforcement: {{of: river_council, fighters: 9, at: Lurch, from_day: 1}}}}]\n",
        encoding="utf-8",
    )
    assert refusal(world).endswith("unknown place 'Lurch'; did you mean 'Larch'?")
