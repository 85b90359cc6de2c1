"""The page that replays one history: how it ends, the map with the story beside it, and what it is not."""

from __future__ import annotations

import shlex
from html import escape
from pathlib import Path

from simulation.errors import InputError
from simulation.report.control_map import map_table
from simulation.report.frame import ABOUT, about, document
from simulation.report.markup import figure, section
from simulation.report.page_data import (
    LEAVES_OUT,
    Grid,
    Scene,
    Story,
    actor_styles,
    licences,
    map_grid,
    map_places,
)
from simulation.report.repeat import repeat_section
from simulation.report.replay.map import film_frames
from simulation.report.replay.story import story_body
from simulation.results.manifest import Manifest
from simulation.scenario import Scenario, load_scenario
from simulation.world.world import World

READING = (
    "How to read it: a square has the colour of the actor that holds it, a disc is fighters, a star a strike, an "
    "arrow people in flight. Press play, or select the slider and use the arrow keys; the story beside the map "
    "follows."
)
WHERE = "Type it in the folder in which this page was made."
CHANGED = (
    "The scenario was changed by a program: put the one with the digest below in the place of the one named."
)
EXAMPLE = "1 of 1,000 histories"


def write_replay(world: World, story: Story, manifest: Manifest, path: Path) -> Path:
    """Write the replay of a history to one HTML file that needs no network; return its path."""
    path.write_text(replay_page(world, story, manifest), encoding="utf-8")
    return path


def replay_page(world: World, story: Story, manifest: Manifest) -> str:
    """Return the replay of a history as HTML; the manifest is that of a run of the scenario with the same seed."""
    scenario = world.scenario
    scene = Scene(start=scenario.start, actors=actor_styles(world), places=map_places(world))
    ending = section("answer", "How this history ends", f"<p>{escape(story.ending)} {escape(story.toll)}</p>")
    return document(
        command="replay",
        title=story.title,
        kicker=f"{scenario.title} · history {story.replicate}",
        question=story.why,
        main='<div class="alone">'
        + ending
        + section("replay", "Day by day", _replay(scene, map_grid(world), story, world.region.note))
        + section("about", ABOUT, about(EXAMPLE, LEAVES_OUT, world.region.note))
        + section("repeat", "How to repeat this replay", _repeat(world, story, manifest))
        + "</div>",
        scripts=("map.js", "replay.js", "page.js"),
        plots=False,
    )


def _repeat(world: World, story: Story, manifest: Manifest) -> str:
    return repeat_section(
        manifest,
        histories=f"number {story.replicate:,} alone",
        licences=licences(world),
        command=again(world, story, manifest),
        where=WHERE if _is_repeated(world.scenario) else CHANGED,
    )


def again(world: World, story: Story, manifest: Manifest) -> str:
    """Return the command that replays the same history, as a shell takes it."""
    number = ("--replicate", str(story.replicate), "--seed", str(manifest.seed))
    return shlex.join(("simulate", "replay", *world.scenario.asked, *number))


def _is_repeated(scenario: Scenario) -> bool:
    """Return whether the words by which a scenario was asked for give it again, unlike one changed in Python."""
    name, *options = scenario.asked or ("",)
    try:
        return load_scenario(name, options[1::2], scenario.archive).digest == scenario.digest
    except InputError:
        return False


def _replay(scene: Scene, grid: Grid | None, story: Story, note: str) -> str:
    body = story_body(scene, grid, story, "story")
    if grid is None or not story.film:
        return f"<p>This world is too small for a map.</p>{body}"
    table = map_table(scene, grid, film_frames(story.film), certain=True)
    return figure(
        body, reading=f"{READING} {note}".strip(), table=table, table_name="The map as a table of places"
    )
