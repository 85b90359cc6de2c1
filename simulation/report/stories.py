"""Single histories told day by day, beside a map that replays them."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from simulation.report.material import Grid, ReportInput, Setting, Story
from simulation.report.replay import replay_widget


def stories_section(material: ReportInput) -> str:
    """Return each story with its replay."""
    if not material.stories:
        return "<p>No single history was kept for this run.</p>"
    intro = (
        "A distribution hides what a history is: one thing leading to another. Here are single histories in "
        "full, as the model produced them. None of them is what will happen."
    )
    told = "".join(_story(material, story, row) for row, story in enumerate(material.stories))
    return f"<p>{escape(intro)}</p>{told}"


def _story(material: ReportInput, story: Story, row: int) -> str:
    return (
        f'<article class="story"><h3>{escape(story.title)}</h3>'
        f'<p class="note">History {story.replicate}. {escape(story.why)}</p>'
        f"{story_body(material, material.grid, story, f'story-{row}')}</article>"
    )


def story_body(setting: Setting, grid: Grid | None, story: Story, name: str) -> str:
    """Return a history replayed on the map, if there is one, with its sentences beside it."""
    replay = ""
    if grid is not None and story.film:
        replay = replay_widget(setting, grid, story.film, name=f"{name}-map", replicate=story.replicate)
    told = "".join(_day(day, sentences, setting.start) for day, sentences in story.days)
    return (
        f'<div class="story-body">{replay}<div class="telling" data-map="{name}-map" tabindex="0" '
        f'role="region" aria-label="The story day by day"><ol class="days">{told}</ol></div></div>'
    )


def _day(day: int, sentences: tuple[str, ...], start: date) -> str:
    when = start + timedelta(days=day)
    told = "".join(f"<p>{escape(text)}</p>" for text in sentences) or "<p>A quiet day.</p>"
    return f'<li data-day="{day}"><p class="when">Day {day} · {when:%a} {when.day} {when:%b}</p>{told}</li>'
