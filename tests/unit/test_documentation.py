"""What is written about the program agrees with the program."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import code_map
import pytest
import typer

import cli
from simulation.commands import ORDER
from simulation.documents import SPEAKERS
from simulation.documents.actor import ActorSeed
from simulation.model.registry import Process
from simulation.region.description import RegionDescription
from simulation.region.loader import CELL_COLUMNS, GOVERNORATE_COLUMNS, PLACE_COLUMNS
from simulation.region.region import KINDS

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "ATTRIBUTIONS.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
INSTALL = "python -m venv .venv && .venv/bin/pip install -c constraints.txt -e "


def test_the_pages_that_are_made_are_in_step_with_the_code() -> None:
    command = [sys.executable, "docs/build_model.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_guide_to_a_conflict_of_ones_own_names_all_that_may_be_written() -> None:
    guide = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8").split("## A conflict of your own")[1]
    words = {*CELL_COLUMNS, *PLACE_COLUMNS, *GOVERNORATE_COLUMNS, *KINDS, *ActorSeed.model_fields,
             *RegionDescription.model_fields, *SPEAKERS}  # fmt: skip
    assert words - set(re.findall(r"`([a-z_]+)`", guide)) == set()


def slots_of(module: ast.Module) -> dict[str, int]:
    """Return the whole numbers that a process gives names to, one by one or several in a line."""
    pairs = []
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple | ast.Name):
            target, value = node.targets[0], node.value
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            pairs += zip(names, value.elts if isinstance(value, ast.Tuple) else [value], strict=False)
    return {name.id: value.value for name, value in pairs if isinstance(value, ast.Constant)}


@pytest.mark.parametrize("process", Process, ids=lambda process: process.name.lower())
def test_every_draw_of_a_process_is_listed_at_its_head(process: Process) -> None:
    text = (code_map.PACKAGE / code_map.PROCESSES / f"{process.name.lower()}.py").read_text(encoding="utf-8")
    module = ast.parse(text)
    slots = slots_of(module)
    used = {slots[name] for name in re.findall(r"luck\(s, (\w+)", text)}
    listed = re.search(r"^Draws: (.*?)^Source:", ast.get_docstring(module) or "", re.DOTALL | re.MULTILINE)
    assert used <= {int(number) for number in re.findall(r"\b\d+\b", listed[1] if listed else "")}
    assert bool(used) == bool(listed)


def folders_of_the_package() -> set[str]:
    """Return the folders of the package that hold files under version control or new ones, as paths from the root."""
    files = (file for file in code_map.PACKAGE.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return {f"{file.parent.relative_to(ROOT).as_posix()}/" for file in files} - {"simulation/"}


def test_the_map_of_the_code_names_every_folder_and_every_process() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|[^|]*\| `(simulation/[\w/]+/)` \| \S", text, flags=re.MULTILINE)
    assert len(rows) == len(set(rows)) and set(rows) == folders_of_the_package()
    files = {f"{process.name.lower()}.py" for process in Process}
    assert files - set(re.findall(r"`(\w+\.py)`", text)) == set()


def test_every_path_in_the_map_of_the_code_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+(?:/|\.(?:py|js|md|toml)))`", text))
    files = {file.name for file in code_map.PACKAGE.rglob("*")}
    paths = {name for name in named if "/" in name}
    assert {name for name in paths if not (ROOT / name).exists()} == set()
    assert {name for name in named - paths if name not in files and not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_readme_has_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert f"{INSTALL}. && .venv/bin/simulate run scenarios/aleppo.yaml" in lines
    assert f"{INSTALL}'.[dev]' && .venv/bin/python -m pytest" in lines


def test_constraints_pin_every_dependency_exactly() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(want for extra in extras for want in extra)]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    assert [line for line in pinned if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    names = {line.split("==")[0].lower() for line in pinned}
    assert {re.split(r"[\[<>=~!]", want)[0].lower() for want in wanted} - names == set()


def commands() -> set[str]:
    group: Any = typer.main.get_command(cli.app)
    return set(group.commands)


def test_the_readme_lists_the_usual_commands_and_none_that_is_not_there() -> None:
    """A command that is not among the usual ones may be added to the table; `simulate --help` has it anyway."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = set(re.findall(r"^\| `simulate (\w+)", readme, flags=re.MULTILINE))
    assert {name.removesuffix("_") for name in ORDER} <= table <= commands()


def examples() -> list[str]:
    """Return the complete scenarios that stand in the pages."""
    blocks = [
        block
        for page in PAGES
        for block in re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    ]
    return [block for block in blocks if re.search(r"^extends:", block, re.MULTILINE)]


@pytest.mark.parametrize("text", examples(), ids=range(len(examples())))
def test_the_scenarios_in_the_pages_are_valid(text: str, tmp_path: Path) -> None:
    from simulation.scenario import load_scenario

    file = tmp_path / "my.yaml"
    file.write_text(text, encoding="utf-8")
    assert load_scenario(file).title


def test_the_scenario_page_names_every_actor_of_the_war() -> None:
    from simulation.scenario import load_scenario
    from simulation.world.world import build_world

    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    named = page.partition("Actors are those of `seeds/actors.yaml`: ")[2].partition(". Places are")[0]
    actors = build_world(load_scenario("aleppo")).seeds.actor_ids
    assert [each.strip(" `\n") for each in named.split(",")] == list(actors)


def test_every_measure_in_the_scenario_page_is_valid(tmp_path: Path) -> None:
    from simulation.scenario import load_scenario
    from simulation.scenario.description import absent_words, measure_words
    from simulation.scenario.schema import KINDS

    page = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\{.*?\})` \|", page, flags=re.MULTILINE)
    assert {kind for kind, _ in rows} == set(KINDS)
    file = tmp_path / "my.yaml"
    file.write_text(
        "extends: aleppo\nmeasures:\n" + "".join(f"  - {k}: {v}\n" for k, v in rows), encoding="utf-8"
    )
    scenario = load_scenario(file)
    assert len(scenario.measures) == len(rows)
    for measure in scenario.measures:
        told = (measure.name({}), measure_words(measure, {}), absent_words(measure, scenario.inputs))
        assert all(text and "{" not in text for text in told), measure.kind
        assert not told[2].endswith("; "), measure.kind
        assert measure.changes() and (measure.own or measure.absent), measure.kind
        assert measure.effect, measure.kind


def test_the_page_of_checks_is_whole_and_every_planted_error_was_found() -> None:
    page = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8")
    about = (ROOT / "simulation" / "selftest" / "about.md").read_text(encoding="utf-8")
    assert page.startswith(about)
    assert "| **fail** |" not in page and "not found" not in page
    for process in Process:
        assert f"| {process.name.lower()} | rate |" in page


def test_the_page_on_credibility_counts_the_inputs_as_they_are() -> None:
    from simulation.scenario import load_scenario

    page = (ROOT / "docs" / "credibility.md").read_text(encoding="utf-8")
    inputs = load_scenario("aleppo").inputs.values()
    assumed = sum(each.source.startswith("assumption") for each in inputs)
    fixed = sum(each.value is not None for each in inputs)
    told = f"{len(inputs)} inputs: {len(inputs) - assumed} with a source, {assumed} assumptions"
    assert f"{told}; {len(inputs) - fixed} are drawn, {fixed} fixed" in page


def test_both_pages_with_scores_were_measured_with_the_same_scenario() -> None:
    told, scored = (
        (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("credibility.md", "hindcast.md")
    )
    measured = re.findall(r"^`simulate hindcast aleppo .*, scenario ([0-9a-f]{12}),", scored, re.MULTILINE)
    assert set(re.findall(r"\b[0-9a-f]{12}\b", told)) == set(measured) and len(measured) == 1
