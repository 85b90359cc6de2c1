"""Every broken scenario is refused with exactly the sentences it expects; every sound one loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from simulation.scenario import load_scenario
from simulation.world.consistency import validity_of

HERE = Path(__file__).parent
INVALID = sorted((HERE / "invalid").glob("*.yaml"))
VALID = sorted((HERE / "valid").glob("*.yaml"))
MARK = "# expect: "


def expected(file: Path) -> str:
    """The sentences in the file's first lines, or beside it where the file cannot hold a comment."""
    beside = file.with_suffix(".expect")
    if beside.exists():
        return beside.read_text(encoding="utf-8").strip()
    lines = file.read_text(encoding="utf-8").splitlines()
    sentences = [line.removeprefix(MARK) for line in lines if line.startswith(MARK)]
    assert sentences and lines[0].startswith(MARK)
    return "\n".join(sentences)


def test_there_are_many_of_both() -> None:
    assert len(INVALID) >= 90
    assert len(VALID) >= 12


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_a_broken_scenario_is_refused_with_all_that_is_wrong(file: Path) -> None:
    done = CliRunner().invoke(cli.app, ["validate", str(file)])
    assert done.stderr.replace(f"{file.parent}/", "") == expected(file) + "\n"
    assert done.stdout == ""
    assert done.exit_code == 2


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_a_sound_scenario_loads(file: Path) -> None:
    scenario = load_scenario(file)
    assert scenario.name == file.stem
    assert len(scenario.digest) == 12


@pytest.mark.parametrize(
    "file", sorted((HERE.parents[1] / "scenarios").glob("*.yaml")), ids=lambda file: file.stem
)
def test_every_bundled_scenario_is_valid_and_names_its_schema(file: Path) -> None:
    assert validity_of(file.stem, ())["valid"]
    assert file.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../docs/scenario.schema.json\n"
    )
